//! Who may follow the traces as they end: a few for each address, and the admin always finds a place.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::caller::address::AddressKey;

/// Visitors at once: each looks at every turn that ends.
const VISITORS: usize = 48;
/// Admins at once.
const ADMINS: usize = 16;
/// Visitors at once from one address: cookies cost nothing.
const EACH_ADDRESS: usize = 8;

/// The places of this process.
pub struct Followers {
    visitors: Arc<Semaphore>,
    admins: Arc<Semaphore>,
    by_address: Arc<Mutex<HashMap<AddressKey, usize>>>,
}

/// A place, given back when it is dropped.
pub struct Following {
    /// Of a visitor, who counts for an address.
    address: Option<AddressKey>,
    by_address: Arc<Mutex<HashMap<AddressKey, usize>>>,
    _place: OwnedSemaphorePermit,
}

impl Default for Followers {
    fn default() -> Self {
        Self {
            visitors: Arc::new(Semaphore::new(VISITORS)),
            admins: Arc::new(Semaphore::new(ADMINS)),
            by_address: Arc::default(),
        }
    }
}

impl Followers {
    /// A place, if there is one.
    pub fn admit(&self, address: AddressKey, is_admin: bool) -> Option<Following> {
        let places = if is_admin {
            &self.admins
        } else {
            &self.visitors
        };
        let place = Arc::clone(places).try_acquire_owned().ok()?;
        if !is_admin {
            let mut counts = lock(&self.by_address);
            let count = counts.entry(address).or_default();
            if *count >= EACH_ADDRESS {
                return None;
            }
            *count += 1;
        }
        Some(Following {
            address: (!is_admin).then_some(address),
            by_address: Arc::clone(&self.by_address),
            _place: place,
        })
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut counts = lock(&self.by_address);
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

fn lock(
    counts: &Mutex<HashMap<AddressKey, usize>>,
) -> std::sync::MutexGuard<'_, HashMap<AddressKey, usize>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn address(last: usize) -> AddressKey {
        let address: IpAddr = format!("10.0.0.{last}").parse().unwrap();
        address.into()
    }

    #[test]
    fn one_address_takes_some_places_and_gives_them_back() {
        let followers = Followers::default();
        let admit = |last| followers.admit(address(last), false);
        let held: Vec<_> = (0..EACH_ADDRESS).map(|_| admit(1).unwrap()).collect();
        assert!(admit(1).is_none());
        assert!(admit(2).is_some(), "another address");
        drop(held);
        assert!(admit(1).is_some());
        assert!(
            lock(&followers.by_address).is_empty(),
            "nothing is left behind"
        );
    }

    #[test]
    fn visitors_never_take_the_admin_s_places() {
        let followers = Followers::default();
        let all: Vec<_> = (0..VISITORS)
            .map(|n| followers.admit(address(n / EACH_ADDRESS), false).unwrap())
            .collect();
        assert!(followers.admit(address(99), false).is_none());
        let admins: Vec<_> = (0..ADMINS)
            .map(|_| followers.admit(address(1), true).unwrap())
            .collect();
        assert!(followers.admit(address(1), true).is_none());
        drop((all, admins));
    }
}
