//! What a plan is judged by: the thirteen objectives in the order of `docs/planner.md`, their names and their words.

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

/// A figure for each objective, in their order.
pub type Values = [i64; 13];

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
