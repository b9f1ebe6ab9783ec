//! When each post lacks somebody once the people who are kept are counted, and which new assignments are short stints.

use crate::model::Span;

use super::cover::Cover;
use super::draft::{Draft, Held};
use super::facts::{Facts, Stays};
use super::index::{List, PostIx, SessionIx};

/// An assignment shorter than this is a short stint, in minutes (`docs/planner.md`, section 2).
pub(super) const STINT_MINUTES: i64 = 2 * 60;

/// When each post lacks somebody once the people who are kept are counted.
pub(super) struct Holes<'a> {
    facts: &'a Facts<'a>,
    /// The kept assignments, and the sessions that do not run.
    kept: Draft,
    /// The holes of each post, once they have been looked up.
    of_post: List<PostIx, Option<Vec<Span>>>,
}

impl<'a> Holes<'a> {
    /// The holes while these sessions do not run.
    pub(super) fn new(facts: &'a Facts<'a>, postponed: &List<SessionIx, bool>) -> Self {
        let all = facts.assignments.entries().filter(|(_, a)| a.kind == Stays::Kept);
        let held = all.map(|(at, a)| Held::standing(at, a)).collect();
        let kept = Draft { held, postponed: postponed.clone() };
        Self { facts, kept, of_post: List::new(None, facts.posts.len()) }
    }

    /// Whether the assignment is new, under 2 hours, and does not fill a whole hole. The caller looks whether another
    /// one of the same person and post touches it.
    pub(super) fn is_short_stint(&mut self, held: &Held) -> bool {
        if held.kept.is_some() || held.span.minutes() >= STINT_MINUTES {
            return false;
        }
        let Self { facts, kept, of_post } = self;
        let holes = of_post[held.post].get_or_insert_with(|| Cover::new(facts, kept).holes(held.post));
        let first = holes.partition_point(|hole| hole.from < held.span.from);
        !holes.get(first).is_some_and(|hole| held.span.covers(*hole))
    }
}
