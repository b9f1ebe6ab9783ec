//! What a plan is judged by: the thirteen objectives in the order of `docs/planner.md`, their names and their words.

use std::ops::{Index, IndexMut};

/// One of the thirteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Objective {
    /// Minutes short on essential posts.
    EssentialShort,
    /// Minutes without a senior.
    SeniorMissing,
    /// Appointments and operations in protected sessions.
    ProtectedPostponed,
    /// Doctor-minutes short of normal.
    Short,
    /// Minutes short on other posts.
    PostShort,
    /// Operations postponed.
    Operations,
    /// Appointments postponed.
    Appointments,
    /// Assignments that begin on a morning after a night on call.
    AfterOnCall,
    /// Pairs of person and window: new cover at a time at which the person's availability is not known, unless they are
    /// already Asked or Agreed in that window.
    PeopleNotKnown,
    /// New assignments under 2 hours that touch no other of the same person and post, and do not fill the whole of a
    /// hole that is as short.
    ShortStints,
    /// Earlier Proposed assignments dropped or moved.
    Changes,
    /// Separate assignments.
    Handovers,
    /// Longest cover time of one person, in minutes.
    Unevenness,
}

impl Objective {
    /// All of them, the most important first.
    pub const ALL: [Self; 13] = [
        Self::EssentialShort,
        Self::SeniorMissing,
        Self::ProtectedPostponed,
        Self::Short,
        Self::PostShort,
        Self::Operations,
        Self::Appointments,
        Self::AfterOnCall,
        Self::PeopleNotKnown,
        Self::ShortStints,
        Self::Changes,
        Self::Handovers,
        Self::Unevenness,
    ];

    /// How many of them have to be proven before a plan is.
    pub const PROVEN: usize = 7;

    /// Whether it is one of those.
    pub(super) fn has_to_be_proven(self) -> bool {
        (self as usize) < Self::PROVEN
    }

    /// As in `plan --json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EssentialShort => "essential_short_minutes",
            Self::SeniorMissing => "senior_missing_minutes",
            Self::ProtectedPostponed => "protected_postponed",
            Self::Short => "short_minutes",
            Self::PostShort => "post_short_minutes",
            Self::Operations => "operations_postponed",
            Self::Appointments => "appointments_postponed",
            Self::AfterOnCall => "after_on_call",
            Self::PeopleNotKnown => "people_not_known",
            Self::ShortStints => "short_stints",
            Self::Changes => "changes",
            Self::Handovers => "handovers",
            Self::Unevenness => "unevenness",
        }
    }

    /// As a person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::EssentialShort => "Short on essential posts",
            Self::SeniorMissing => "Without a senior",
            Self::ProtectedPostponed => "Protected work postponed",
            Self::Short => "Short of normal, all posts",
            Self::PostShort => "Short on other posts",
            Self::Operations => "Operations postponed",
            Self::Appointments => "Appointments postponed",
            Self::AfterOnCall => "Shifts straight after a night on call",
            Self::PeopleNotKnown => "People to check with first",
            Self::ShortStints => "Shifts of under 2 hours",
            Self::Changes => "Proposals dropped or moved",
            Self::Handovers => "Separate shifts",
            Self::Unevenness => "Most hours for one person",
        }
    }

    /// Whether the figure is minutes.
    pub fn is_minutes(self) -> bool {
        matches!(self, Self::EssentialShort | Self::SeniorMissing | Self::Short | Self::PostShort | Self::Unevenness)
    }
}

/// A figure for each objective; compared in the order of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Values([i64; Objective::ALL.len()]);

impl Values {
    /// The figure that `figure` has for each objective.
    pub fn of(figure: impl Fn(Objective) -> i64) -> Self {
        Self(Objective::ALL.map(figure))
    }

    /// All of them, the most important first.
    pub fn in_order(self) -> [i64; Objective::ALL.len()] {
        self.0
    }

    /// Those that have to be proven before a plan is, the most important first.
    pub(super) fn proven(&self) -> &[i64] {
        &self.0[..Objective::PROVEN]
    }

    /// Those of the objectives before `objective`.
    pub(super) fn more_important_than(&self, objective: Objective) -> &[i64] {
        &self.0[..objective as usize]
    }

    /// Adds the figures of `other`, so many times.
    pub(super) fn add(&mut self, times: i64, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, figure)| *sum += times * figure);
    }
}

impl Index<Objective> for Values {
    type Output = i64;

    fn index(&self, objective: Objective) -> &i64 {
        &self.0[objective as usize]
    }
}

impl IndexMut<Objective> for Values {
    fn index_mut(&mut self, objective: Objective) -> &mut i64 {
        &mut self.0[objective as usize]
    }
}
