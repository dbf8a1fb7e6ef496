//! What was asked for last, within a bound.

use std::{collections::HashMap, hash::Hash, mem};

/// Keeps values in two generations: the young ones, and those before them, which go as a whole when the
/// young ones weigh too much. What is asked for before that is young again.
#[derive(Debug)]
pub(crate) struct Recent<K, V> {
    young: HashMap<K, Weighed<V>>,
    old: HashMap<K, Weighed<V>>,
    /// Of the young ones.
    weight: usize,
    /// What one generation weighs at most.
    bound: usize,
}

#[derive(Debug)]
struct Weighed<V> {
    value: V,
    weight: usize,
}

impl<K: Eq + Hash, V> Recent<K, V> {
    /// At most twice `bound`, in the unit of the weights.
    pub(crate) fn new(bound: usize) -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            weight: 0,
            bound,
        }
    }

    /// Keeps a value, in the place of another one of this key. What weighs more than a generation may is
    /// not kept.
    pub(crate) fn keep(&mut self, key: K, value: V, weight: usize) {
        self.take(&key);
        if weight > self.bound {
            return;
        }
        if self.weight + weight > self.bound {
            self.old = mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += weight;
        self.young.insert(key, Weighed { value, weight });
    }

    /// Takes a value out.
    pub(crate) fn take(&mut self, key: &K) -> Option<V> {
        if let Some(young) = self.young.remove(key) {
            self.weight -= young.weight;
            return Some(young.value);
        }
        self.old.remove(key).map(|old| old.value)
    }
}

#[cfg(test)]
impl<K: Eq + Hash, V> Recent<K, V> {
    /// A value, as if nobody had asked.
    pub(crate) fn peek(&self, key: &K) -> Option<&V> {
        let kept = self.young.get(key).or_else(|| self.old.get(key));
        kept.map(|kept| &kept.value)
    }
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// A value, which stays.
    pub(crate) fn get(&mut self, key: K) -> Option<V> {
        if let Some(young) = self.young.get(&key) {
            return Some(young.value.clone());
        }
        let Weighed { value, weight } = self.old.remove(&key)?;
        self.keep(key, value.clone(), weight);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;

    fn kept(recent: &Recent<usize, usize>) -> usize {
        let all = recent.young.values().chain(recent.old.values());
        all.map(|weighed| weighed.weight).sum()
    }

    #[test]
    fn it_stays_bounded_and_keeps_what_is_asked_for() {
        let mut recent = Recent::new(100);
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
        let mut recent = Recent::new(10);
        for n in 0..50 {
            recent.keep("a", n, 6);
            assert_eq!((recent.weight, recent.get("a")), (6, Some(n)));
        }
        // It was kept before as an old one.
        recent.keep("b", 1, 6);
        recent.keep("a", 50, 4);
        assert_eq!(recent.take(&"a"), Some(50));
        assert_eq!(recent.take(&"a"), None);
        assert_eq!((recent.weight, recent.take(&"b")), (6, Some(1)));
        assert_eq!(recent.weight, 0);
    }

    #[test]
    fn what_is_too_heavy_is_not_kept_and_takes_nothing_with_it() {
        let mut recent = Recent::new(10);
        recent.keep("small", 1, 2);
        recent.keep("large", 2, 11);
        assert_eq!((recent.get("small"), recent.get("large")), (Some(1), None));
        recent.keep("small", 3, 11);
        assert_eq!(recent.get("small"), None);
    }
}
