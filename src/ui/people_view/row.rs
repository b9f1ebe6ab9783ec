//! What the People view says of one person: bars, words where there is nothing, rest and hours.

use crate::checker::Severity;
use crate::editor::held_hours::HeldHours;
use crate::model::{AssignmentId, DutyKind, PersonId, SessionId, SessionState, Span, Status};

#[derive(Clone, Debug, PartialEq)]
pub struct PersonTimeline {
    pub person: PersonId,
    /// As typed into cells.
    pub initials: String,
    /// Family and given name.
    pub name: String,
    /// Grade, and specialty.
    pub grade: String,
    /// Grade, and specialty only where the heading of the group does not say it.
    pub grade_in_group: String,
    /// What is drawn on the time line, by start; away first.
    pub bars: Vec<Bar>,
    /// Words where somebody holds nothing.
    pub words: Vec<Words>,
    /// Between one piece of work and the next.
    pub rests: Vec<RestMark>,
    /// On the rota, for each window of the model.
    pub hours: Vec<HeldHours>,
    /// On the rota, over all windows.
    pub total: HeldHours,
    /// The most work in any 7 days.
    pub week: String,
    /// Whether that is over the limit.
    pub week_is_over: bool,
    /// The least rest between two pieces of work; a dash where all work is one piece, empty where there is none.
    pub rest: String,
    /// Such as `−2 h 30`; empty if all rests are enough.
    pub owed: String,
    /// The worst that is said of the person.
    pub worst: Option<Severity>,
    /// The sentence a person would say.
    pub spoken: String,
}

/// One thing on a person's time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub what: BarKind,
    pub span: Span,
    /// The name of the post, the duty or the session.
    pub name: String,
    /// The name in fewer words.
    pub short: String,
    /// The worst that the checker says of the block.
    pub problem: Option<Severity>,
    /// Whether it differs from the version last given out.
    pub changed: bool,
    /// Whether it is drawn under another that it overlaps.
    pub below: bool,
    /// The sentence a person would say.
    pub spoken: String,
}

/// What a bar is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BarKind {
    Post {
        assignment: AssignmentId,
        status: Status,
        /// Stays as it is when cover is looked for.
        locked: bool,
        on_call: bool,
    },
    /// Other work.
    Duty(DutyKind),
    /// A session that runs.
    Session(SessionId),
    /// A session to postpone or postponed: a line of words.
    Stopped(SessionId, SessionState),
    Away,
}

/// Words over a stretch with nothing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub span: Span,
    /// "free", else "not known".
    pub is_free: bool,
}

/// A rest between two pieces of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestMark {
    pub span: Span,
    /// Such as `15 h rest`, or `8 h 30` where it is too short.
    pub text: String,
    pub is_short: bool,
}

impl Bar {
    /// On call from home, as post or as duty.
    pub fn is_on_call(&self) -> bool {
        matches!(self.what, BarKind::Post { on_call: true, .. } | BarKind::Duty(DutyKind::OnCall))
    }

    /// Whether it is a record of its own, not a line of the person's.
    pub fn can_be_chosen(&self) -> bool {
        matches!(self.what, BarKind::Post { .. } | BarKind::Session(_) | BarKind::Stopped(..))
    }
}

/// Such as `5 h`, `8 h 30` or `45 min`.
pub fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) if rest > 0 => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest:02}"),
    }
}
