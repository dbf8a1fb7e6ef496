//! Who may stay when there is no room: the one of whom least would be lost goes. Pure.

use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
};

use crate::caller::address::AddressKey;

/// What a connection is doing, the first to go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It has not finished the head of a request.
    Heading,
    /// It waits between two requests.
    Idle,
    /// A request is being read or answered: never made to go.
    Busy,
    /// It was told to go.
    Leaving,
}

/// A connection's name.
pub(super) type Id = u64;

/// What becomes of a new connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// Its name, unless it is turned away.
    pub(super) admitted: Option<Id>,
    /// Those that must go to make room.
    pub(super) evicted: Vec<Id>,
    /// All places were taken, not only those of the address.
    pub(super) is_full: bool,
}

/// The connections of this process.
#[derive(Debug)]
pub(super) struct Gate {
    most: usize,
    most_per_address: usize,
    /// Counts what happens: of two connections, the one with the lower number waits for longer.
    events: u64,
    connections: HashMap<Id, Connection>,
    /// The first one is the first to go.
    order: BTreeSet<(Standing, u64, Id)>,
    by_address: HashMap<AddressKey, BTreeSet<Id>>,
    leaving: usize,
}

#[derive(Clone, Copy, Debug)]
struct Connection {
    address: Option<AddressKey>,
    standing: Standing,
    since: u64,
}

impl Gate {
    pub(super) fn new(most: usize, most_per_address: usize) -> Self {
        Self {
            most,
            most_per_address,
            events: 0,
            connections: HashMap::new(),
            order: BTreeSet::new(),
            by_address: HashMap::new(),
            leaving: 0,
        }
    }

    /// Someone comes; `address` is `None` for those whose connections are not counted by address.
    pub(super) fn enter(&mut self, address: Option<IpAddr>) -> Decision {
        let address = address.map(AddressKey::from);
        let mut decision = Decision {
            admitted: None,
            evicted: Vec::new(),
            is_full: false,
        };
        while address.is_some_and(|address| self.staying_from(address) >= self.most_per_address) {
            let Some(goes) = address.and_then(|address| self.first_to_go_from(address)) else {
                return decision;
            };
            self.stands(goes, Standing::Leaving);
            decision.evicted.push(goes);
        }
        while self.connections.len() - self.leaving >= self.most {
            decision.is_full = true;
            let Some(goes) = self.first_to_go() else {
                return decision;
            };
            self.stands(goes, Standing::Leaving);
            decision.evicted.push(goes);
        }
        self.events += 1;
        let id = self.events;
        let connection = Connection {
            address,
            standing: Standing::Heading,
            since: id,
        };
        self.connections.insert(id, connection);
        self.order.insert((connection.standing, id, id));
        if let Some(address) = address {
            self.by_address.entry(address).or_default().insert(id);
        }
        decision.admitted = Some(id);
        decision
    }

    /// A connection does something else now. One that was told to go and had a request on its way
    /// stays until that is answered.
    pub(super) fn stands(&mut self, id: Id, standing: Standing) {
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        let old = connection.standing;
        if old == Standing::Leaving && standing != Standing::Busy {
            return;
        }
        self.order.remove(&(old, connection.since, id));
        self.events += 1;
        connection.standing = standing;
        connection.since = self.events;
        self.order.insert((standing, connection.since, id));
        self.leaving += usize::from(standing == Standing::Leaving);
        self.leaving -= usize::from(old == Standing::Leaving);
    }

    /// A connection is closed.
    pub(super) fn leave(&mut self, id: Id) {
        let Some(connection) = self.connections.remove(&id) else {
            return;
        };
        self.order
            .remove(&(connection.standing, connection.since, id));
        self.leaving -= usize::from(connection.standing == Standing::Leaving);
        if let Some(address) = connection.address
            && let Some(ids) = self.by_address.get_mut(&address)
        {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_address.remove(&address);
            }
        }
    }

    /// Connections that were told to go and are not closed yet.
    pub(super) fn leaving(&self) -> usize {
        self.leaving
    }

    fn first_to_go(&self) -> Option<Id> {
        let (standing, _, id) = self.order.first()?;
        (*standing < Standing::Busy).then_some(*id)
    }

    fn first_to_go_from(&self, address: AddressKey) -> Option<Id> {
        let ids = self.by_address.get(&address)?.iter();
        let known = ids.filter_map(|id| Some((self.connections.get(id)?, *id)));
        known
            .filter(|(connection, _)| connection.standing < Standing::Busy)
            .min_by_key(|(connection, _)| (connection.standing, connection.since))
            .map(|(_, id)| id)
    }

    fn staying_from(&self, address: AddressKey) -> usize {
        let ids = self.by_address.get(&address).into_iter().flatten();
        let known = ids.filter_map(|id| self.connections.get(id));
        known
            .filter(|connection| connection.standing != Standing::Leaving)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(gate: &mut Gate) -> Id {
        let decision = gate.enter(None);
        assert!(decision.evicted.is_empty());
        decision.admitted.unwrap()
    }

    fn from(gate: &mut Gate, address: &str) -> Decision {
        gate.enter(Some(address.parse().unwrap()))
    }

    #[test]
    fn the_oldest_without_a_finished_head_goes() {
        let mut gate = Gate::new(3, 9);
        let [idle, first, second] = [(); 3].map(|()| admitted(&mut gate));
        gate.stands(idle, Standing::Busy);
        gate.stands(idle, Standing::Idle);
        let decision = gate.enter(None);
        assert!(decision.is_full && decision.admitted.is_some());
        assert_eq!(decision.evicted, [first]);
        assert_eq!(gate.leaving(), 1);
        gate.leave(first);
        assert_eq!(gate.leaving(), 0);
        assert_eq!(gate.enter(None).evicted, [second]);
    }

    #[test]
    fn then_the_one_that_has_been_idle_for_longest() {
        let mut gate = Gate::new(2, 9);
        let [long, short] = [(); 2].map(|()| admitted(&mut gate));
        for id in [short, long, short] {
            gate.stands(id, Standing::Busy);
            gate.stands(id, Standing::Idle);
        }
        assert_eq!(gate.enter(None).evicted, [long]);
    }

    #[test]
    fn no_one_who_is_served_goes() {
        let mut gate = Gate::new(2, 9);
        let busy = [(); 2].map(|()| admitted(&mut gate));
        for id in busy {
            gate.stands(id, Standing::Busy);
        }
        let refused = Decision {
            admitted: None,
            evicted: vec![],
            is_full: true,
        };
        assert_eq!(gate.enter(None), refused);
        gate.leave(busy[0]);
        assert!(gate.enter(None).admitted.is_some());
    }

    #[test]
    fn a_request_on_its_way_is_served_and_the_room_is_found_elsewhere() {
        let mut gate = Gate::new(2, 9);
        let [told, other] = [(); 2].map(|()| admitted(&mut gate));
        assert_eq!(gate.enter(None).evicted, [told]);
        gate.stands(told, Standing::Busy);
        // Three stay where two may: the next one costs two.
        let decision = gate.enter(None);
        assert_eq!(decision.evicted.len(), 2);
        assert!(decision.evicted.contains(&other) && !decision.evicted.contains(&told));
    }

    #[test]
    fn an_address_makes_room_among_its_own() {
        let mut gate = Gate::new(9, 2);
        let other = from(&mut gate, "192.0.2.9").admitted.unwrap();
        let first = from(&mut gate, "192.0.2.1").admitted.unwrap();
        let second = from(&mut gate, "::ffff:192.0.2.1").admitted.unwrap();
        let third = from(&mut gate, "192.0.2.1");
        assert_eq!((&third.evicted, third.is_full), (&vec![first], false));
        for id in [second, third.admitted.unwrap()] {
            gate.stands(id, Standing::Busy);
        }
        let refused = from(&mut gate, "192.0.2.1");
        assert_eq!((refused.admitted, refused.evicted), (None, vec![]));
        gate.leave(second);
        assert!(from(&mut gate, "192.0.2.1").admitted.is_some());
        gate.leave(other);
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let mut gate = Gate::new(9, 1);
        assert!(from(&mut gate, "2001:db8::1").evicted.is_empty());
        assert_eq!(from(&mut gate, "2001:db8::2:1").evicted.len(), 1);
        assert!(from(&mut gate, "2001:db8:0:1::1").evicted.is_empty());
    }

    #[test]
    fn nothing_is_kept_of_those_who_left() {
        let mut gate = Gate::new(9, 2);
        let all = [(); 3].map(|()| from(&mut gate, "192.0.2.1").admitted.unwrap());
        for id in all.into_iter().chain(all) {
            gate.stands(id, Standing::Idle);
            gate.leave(id);
        }
        assert!(gate.connections.is_empty() && gate.order.is_empty());
        assert!(gate.by_address.is_empty());
        assert_eq!(gate.leaving(), 0);
    }
}
