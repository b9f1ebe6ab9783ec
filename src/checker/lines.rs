//! The report's findings in order, and how some go and others come.

use std::cmp::Ordering;

use super::context::Context;
use super::finding::Finding;
use super::order::{self, Key};

/// The findings of a report with what they are sorted by.
pub(super) struct Lines<'a> {
    pub ctx: &'a Context<'a>,
    pub keys: &'a mut Vec<Key>,
    pub findings: &'a mut Vec<Finding>,
}

/// A finding that goes or comes.
struct Change {
    key: Key,
    finding: Finding,
    is_new: bool,
}

impl Lines<'_> {
    /// Takes findings out and puts others in, in order.
    ///
    /// What an edit changes in one window stands close together: only the stretch from the first to the last of it is
    /// put together anew, and the rest moves at most once.
    pub(super) fn change(&mut self, gone: Vec<Finding>, new: Vec<Finding>) {
        let ctx = self.ctx;
        let change = |finding: Finding, is_new: bool| Change { key: Key::of(ctx, &finding), finding, is_new };
        let gone = gone.into_iter().map(|finding| change(finding, false));
        let mut changes: Vec<Change> = gone.chain(new.into_iter().map(|finding| change(finding, true))).collect();
        changes.sort_by(|a, b| order::order(ctx, (&a.key, &a.finding), (&b.key, &b.finding)));
        for of_window in changes.chunk_by_mut(|a, b| a.key.window() == b.key.window()) {
            self.change_stretch(of_window);
        }
    }

    /// The same for changes that stand close together, in order.
    fn change_stretch(&mut self, changes: &mut [Change]) {
        let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return };
        let stretch = self.place(first)..(self.place(last) + changes.len()).min(self.keys.len());
        let stood = self.findings[stretch.clone()].iter_mut().map(order::take);
        let mut stands: Vec<(Key, Finding)> = self.keys[stretch.clone()].iter().copied().zip(stood).collect();
        for change in changes {
            if change.is_new {
                stands.push((change.key, order::take(&mut change.finding)));
            } else if let Some(at) =
                stands.iter().position(|(key, other)| *key == change.key && *other == change.finding)
            {
                stands.remove(at);
            }
        }
        stands.sort_by(|a, b| order::order(self.ctx, (&a.0, &a.1), (&b.0, &b.1)));
        let (keys, findings): (Vec<Key>, Vec<Finding>) = stands.into_iter().unzip();
        self.keys.splice(stretch.clone(), keys);
        self.findings.splice(stretch, findings);
    }

    /// Where the finding stands, or would stand: the first place at which nothing is before it.
    fn place(&self, change: &Change) -> usize {
        let (mut low, mut high) = (0, self.keys.len());
        while low < high {
            let middle = low.midpoint(high);
            let there = (&self.keys[middle], &self.findings[middle]);
            match order::order(self.ctx, there, (&change.key, &change.finding)) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal | Ordering::Greater => high = middle,
            }
        }
        low
    }
}
