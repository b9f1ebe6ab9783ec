//! Minute by minute to intervals: the longest ones over which a key stays the same.

use std::collections::BTreeMap;

/// Gathers minutes that are told in order, each with a key, into the longest intervals of one key.
pub(super) struct Runs<K, V> {
    open: BTreeMap<K, (i64, i64, V)>,
    done: Vec<Run<K, V>>,
}

/// A key, the interval over which it held, and what was gathered over it.
pub(super) struct Run<K, V> {
    pub key: K,
    pub from: i64,
    pub to: i64,
    pub gathered: V,
}

impl<K: Ord + Clone, V: Default> Runs<K, V> {
    pub(super) fn new() -> Self {
        Self { open: BTreeMap::new(), done: Vec::new() }
    }

    /// The key holds at this minute. Telling it twice for one minute is the same as once.
    pub(super) fn mark(&mut self, minute: i64, key: K) -> &mut V {
        if self.open.get(&key).is_some_and(|(_, to, _)| *to < minute)
            && let Some((from, to, gathered)) = self.open.remove(&key)
        {
            self.done.push(Run { key: key.clone(), from, to, gathered });
        }
        let (_, to, gathered) = self.open.entry(key).or_insert((minute, minute, V::default()));
        *to = minute + 1;
        gathered
    }

    pub(super) fn finish(mut self) -> Vec<Run<K, V>> {
        for (key, (from, to, gathered)) in self.open {
            self.done.push(Run { key, from, to, gathered });
        }
        self.done
    }
}
