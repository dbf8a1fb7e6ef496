//! What was asked for last, within a bound.

use std::{
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Keeps values in two generations: the young ones, and those before them, which go as a whole when the
/// young ones weigh too much. What is asked for before that is young again.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    kept: Mutex<Generations<K, V>>,
    /// What one generation weighs at most.
    bound: usize,
}

#[derive(Debug)]
struct Generations<K, V> {
    young: HashMap<K, Weighed<V>>,
    old: HashMap<K, Weighed<V>>,
    /// Of the young ones.
    weight: usize,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<K: Eq + Hash, V> Recent<K, V> {
    /// At most twice `bound`, in the unit of the weights.
    pub(crate) fn new(bound: usize) -> Self {
        let kept = Generations {
            young: HashMap::new(),
            old: HashMap::new(),
            weight: 0,
        };
        Self {
            kept: Mutex::new(kept),
            bound,
        }
    }

    /// Keeps a value, in the place of another one of this key. What weighs more than a generation may is
    /// not kept.
    pub(crate) fn keep(&self, key: K, value: V, weight: usize) {
        self.lock().keep(key, Weighed { value, weight }, self.bound);
    }

    /// Takes a value out.
    pub(crate) fn take(&self, key: &K) -> Option<V> {
        self.lock().take(key).map(|kept| kept.value)
    }

    fn lock(&self) -> MutexGuard<'_, Generations<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// A value, which stays.
    pub(crate) fn get(&self, key: K) -> Option<V> {
        let mut kept = self.lock();
        if let Some(young) = kept.young.get(&key) {
            return Some(young.value.clone());
        }
        let old = kept.take(&key)?;
        let value = old.value.clone();
        kept.keep(key, old, self.bound);
        Some(value)
    }
}

impl<K: Eq + Hash, V> Generations<K, V> {
    fn keep(&mut self, key: K, kept: Weighed<V>, bound: usize) {
        self.take(&key);
        if kept.weight > bound {
            return;
        }
        if self.weight + kept.weight > bound {
            self.old = mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += kept.weight;
        self.young.insert(key, kept);
    }

    fn take(&mut self, key: &K) -> Option<Weighed<V>> {
        if let Some(young) = self.young.remove(key) {
            self.weight -= young.weight;
            return Some(young);
        }
        self.old.remove(key)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;

    fn kept(recent: &Recent<usize, usize>) -> usize {
        let kept = recent.lock();
        let all = kept.young.values().chain(kept.old.values());
        all.map(|weighed| weighed.weight).sum()
    }

    /// Of the young ones.
    fn weight(recent: &Recent<&str, usize>) -> usize {
        recent.lock().weight
    }

    #[test]
    fn it_stays_bounded_and_keeps_what_is_asked_for() {
        let recent = Recent::new(100);
        recent.keep(0, 7, 3);
        for n in 1..1_000 {
            recent.keep(n, n, n % 11);
            assert!(kept(&recent) <= 200, "{n}");
            assert_eq!(recent.get(0), Some(7), "{n}");
            assert_eq!(recent.get(n), Some(n));
        }
        assert_eq!(recent.get(1), None);
    }

    #[test]
    fn a_value_is_there_once_and_weighs_once() {
        let recent = Recent::new(10);
        for n in 0..50 {
            recent.keep("a", n, 6);
            assert_eq!((weight(&recent), recent.get("a")), (6, Some(n)));
        }
        // It was kept before as an old one.
        recent.keep("b", 1, 6);
        recent.keep("a", 50, 4);
        assert_eq!(recent.take(&"a"), Some(50));
        assert_eq!(recent.take(&"a"), None);
        assert_eq!((weight(&recent), recent.take(&"b")), (6, Some(1)));
        assert_eq!(weight(&recent), 0);
    }

    #[test]
    fn what_is_too_heavy_is_not_kept_and_takes_nothing_with_it() {
        let recent = Recent::new(10);
        recent.keep("small", 1, 2);
        recent.keep("large", 2, 11);
        assert_eq!((recent.get("small"), recent.get("large")), (Some(1), None));
        recent.keep("small", 3, 11);
        assert_eq!(recent.get("small"), None);
    }
}
