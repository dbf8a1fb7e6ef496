//! Accumulation: what a message says changes the trip that the conversation has built. This is the only
//! place that changes it.

mod asked;
mod changes;
mod legs;
mod wishes;

use jiff::{ToSpan, civil::Date};

use crate::{
    reading::{DateSpan, PartyMention, Place, PlaceKind, Problem, Reading, SlotName},
    trip::{Subject, TripRequest},
    wish::Change,
};
use travel::{Iata, Party, airport};

impl TripRequest {
    /// The trip after a message, and what in the message cannot be. `asked`: what the agent had
    /// asked for; `today`: where the visitor is.
    #[must_use]
    pub fn merge(
        &self,
        reading: &Reading,
        asked: Option<SlotName>,
        today: Date,
    ) -> (Self, Vec<Problem>) {
        if let Some(other) = self.taken_up(reading, asked) {
            return other.merge(reading, asked, today);
        }
        let mut trip = self.clone();
        let mut problems = reading.problems.clone();
        if self.is_left_for(reading) {
            // Who travels, and in which cabin, stays; what was asked of the other route does not.
            trip.leave();
        }
        for change in &reading.changes {
            trip.change(change, today, &mut problems);
        }
        trip.take_places(reading, asked, &mut problems);
        trip.take_dates(self, reading, today, &mut problems);
        trip.take_legs(reading);
        trip.settle_legs(&mut problems);
        trip.take_party(reading, &mut problems);
        trip.take_wishes(reading);
        if trip != *self {
            trip.subject = subject(reading);
        }
        let moved = |before: &Option<Place>, now: &Option<Place>| {
            let codes = |place: &Option<Place>| place.as_ref().map(|place| place.codes.clone());
            now.is_some() && codes(before) != codes(now)
        };
        if moved(&self.destination, &trip.destination) {
            // Who goes elsewhere asks about that.
            trip.about = None;
        }
        trip.wait(self, reading);
        (trip.remember(reading), problems)
    }

    /// Whether a message names both ends of another trip than this one.
    fn is_left_for(&self, reading: &Reading) -> bool {
        let other = |known: &Option<Place>, said: &Option<Place>| match (known, said) {
            (Some(known), Some(said)) => known.codes != said.codes,
            _ => false,
        };
        reading.origin.is_some()
            && reading.destination.is_some()
            && (other(&self.origin, &reading.origin)
                || other(&self.destination, &reading.destination))
    }

    fn take_places(
        &mut self,
        reading: &Reading,
        asked: Option<SlotName>,
        problems: &mut Vec<Problem>,
    ) {
        for (slot, place) in [
            (SlotName::Origin, &reading.origin),
            (SlotName::Destination, &reading.destination),
        ] {
            if place.is_some() {
                *self.end(slot) = place.clone();
                if self
                    .open_ambiguity
                    .as_ref()
                    .is_some_and(|open| open.slot == slot)
                {
                    self.open_ambiguity = None;
                }
            }
        }
        if let Some(open) = reading.ambiguities.first() {
            *self.end(open.slot) = None;
            self.open_ambiguity = Some(open.clone());
        }
        if same(self.origin.as_ref(), self.destination.as_ref()) {
            problems.push(Problem::SamePlace);
            // The newer one stays; said together, the one that was asked for does.
            let newer_origin = match (&reading.origin, &reading.destination) {
                (Some(_), Some(_)) => asked == Some(SlotName::Origin),
                (origin, _) => origin.is_some(),
            };
            if newer_origin {
                self.destination = None;
            } else {
                self.origin = None;
            }
        }
    }

    fn end(&mut self, slot: SlotName) -> &mut Option<Place> {
        match slot {
            SlotName::Origin => &mut self.origin,
            _ => &mut self.destination,
        }
    }

    fn take_dates(
        &mut self,
        before: &Self,
        reading: &Reading,
        today: Date,
        problems: &mut Vec<Problem>,
    ) {
        // "Paris to Rome from 3 to 6 March, and a Lyon to Oslo one way": said of the other trip.
        let other = reading.return_date.is_some() && !reading.also.is_empty();
        // Which of the two was meant is asked; until then the way back stays.
        let torn = reading.problems.contains(&Problem::OneWayWithReturn);
        let one_way = reading
            .one_way
            .filter(|one_way| !(*one_way && (other || torn)));
        if one_way.is_some() {
            self.one_way = one_way;
        }
        if one_way == Some(true) {
            self.return_date = None;
            self.stay_days = None;
            self.forget_way_back();
        }
        if let Some(depart) = &reading.depart_date {
            self.depart_date = Some(depart.clone());
            if reading.return_date.is_none() && reading.stay_days.is_none() {
                self.follow(before, depart);
            }
        }
        if let Some(days) = reading.stay_days {
            self.stay_days = Some(days);
            self.return_date = None;
        }
        if let Some(back) = &reading.return_date {
            self.return_date = Some(back.clone());
            self.stay_days = None;
        }
        if one_way.is_none() && (reading.return_date.is_some() || reading.stay_days.is_some()) {
            self.one_way = Some(false);
        }
        self.derive_return();
        // A month that was said weeks ago has begun, or is over.
        if let Some(span) = &mut self.depart_date {
            if span.to < today {
                self.depart_date = None;
            } else {
                span.from = span.from.max(today);
            }
        }
        if let (Some(depart), Some(back)) = (&self.depart_date, &self.return_date)
            && back.to < depart.from
        {
            problems.push(Problem::ReturnBeforeDeparture);
            self.return_date = None;
        }
    }

    /// Moves the way back with a corrected way out, keeping the stay; drops it when it cannot.
    fn follow(&mut self, before: &Self, depart: &DateSpan) {
        let (Some(old), Some(back)) = (&before.depart_date, &before.return_date) else {
            return;
        };
        if depart.from <= back.from {
            return;
        }
        self.return_date = match (exact(old), exact(back), exact(depart)) {
            (Some(from), Some(to), Some(day)) => from.until(to).ok().map(|stay| {
                let moved = day.saturating_add(stay);
                DateSpan::new(back.surface.clone(), moved, moved)
            }),
            _ => None,
        };
    }

    /// "pour une semaine": the return follows from an exact departure.
    fn derive_return(&mut self) {
        let (Some(days), Some(depart)) = (self.stay_days, &self.depart_date) else {
            return;
        };
        self.return_date = exact(depart).map(|day| {
            let back = day.saturating_add(i64::from(days).days());
            DateSpan::new("", back, back)
        });
    }

    fn take_party(&mut self, reading: &Reading, problems: &mut Vec<Problem>) {
        let before = self.party.clone();
        if let Some(said) = &reading.passengers
            && !self.is_counted_again(said, reading)
        {
            self.party = Some(self.counted(said));
        }
        let Some(party) = &self.party else {
            return;
        };
        if party.adults == 0 || party.seats() > Party::MAX_SEATS || party.infants > party.adults {
            if reading.passengers.is_some() || !reading.changes.is_empty() {
                problems.push(Problem::BadParty);
            }
            self.party =
                before.filter(|party| party.adults > 0 && party.seats() <= Party::MAX_SEATS);
        }
    }

    /// Whether a message counts but what somebody who joins or leaves makes of the party: "my mother is
    /// joining, so it's three adults now".
    fn is_counted_again(&self, said: &PartyMention, reading: &Reading) -> bool {
        let moves = |change: &Change| matches!(change, Change::Add(_) | Change::Remove(_));
        let Some(party) = self.party.as_ref() else {
            return false;
        };
        let bare = said.children.is_none() && said.infants.is_none();
        let told = said
            .adults
            .is_some_and(|count| count == party.adults || usize::from(count) == party.size());
        bare && told && reading.changes.iter().any(moves)
    }

    /// The children whom a message counts; as many as before, of whom no age is said, are the same ones.
    fn children_again(&self, said: &PartyMention) -> Option<Vec<Option<u8>>> {
        let children = said.children.as_ref()?;
        let known = self.party.as_ref().map(|party| &party.children);
        let same = known
            .filter(|known| known.len() == children.len() && children.iter().all(Option::is_none));
        Some(same.unwrap_or(children).clone())
    }

    /// The party that a message counts.
    fn counted(&self, said: &PartyMention) -> Party {
        let known = self.party.clone().unwrap_or_default();
        Party {
            adults: said.adults.unwrap_or(known.adults),
            children: self
                .children_again(said)
                .unwrap_or_else(|| match said.adults {
                    // "en fait 3 personnes" counts everyone anew.
                    Some(_) if said.infants.is_none() && self.party.is_some() => Vec::new(),
                    _ => known.children.clone(),
                }),
            infants: said.infants.unwrap_or(match said.adults {
                Some(_) if said.children.is_none() => 0,
                _ => known.infants,
            }),
        }
    }
}

/// The one thing that a message is about, as far as a bare number may correct it.
fn subject(reading: &Reading) -> Option<Subject> {
    let party = reading.passengers.is_some()
        || reading
            .changes
            .iter()
            .any(|change| matches!(change, Change::Add(_) | Change::Remove(_)));
    let stay = reading.stay_days.is_some()
        || reading
            .changes
            .iter()
            .any(|change| matches!(change, Change::Stay { .. }));
    match (party, reading.money.is_some(), stay) {
        (true, false, false) => Some(Subject::Party),
        (false, true, false) => Some(Subject::Money),
        (false, false, true) => Some(Subject::Stay),
        _ => None,
    }
}

fn exact(span: &DateSpan) -> Option<Date> {
    (span.from == span.to).then_some(span.from)
}

/// Whether both ends are one place: the same airports, or one within the other, as Orly is in Paris.
fn same(origin: Option<&Place>, destination: Option<&Place>) -> bool {
    let airports = |place: &Place| -> Vec<_> {
        let codes = place.codes.iter().flat_map(|code| airport::resolve(*code));
        codes.map(|airport| airport.iata).collect()
    };
    let (Some(origin), Some(destination)) = (origin, destination) else {
        return false;
    };
    let (from, to) = (airports(origin), airports(destination));
    let wide = |place: &Place| place.kind == PlaceKind::Country;
    let within = |inner: &[Iata], outer: &[Iata]| {
        !inner.is_empty() && inner.iter().all(|code| outer.contains(code))
    };
    origin.codes == destination.codes
        || from == to && !from.is_empty()
        || !wide(origin) && !wide(destination) && (within(&from, &to) || within(&to, &from))
}
