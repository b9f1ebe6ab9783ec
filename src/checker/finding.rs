//! What the checker says: findings, verdicts and the price in elective work, as plain data.

use crate::model::{Assignment, AssignmentId, PersonId, PostId, SessionId, Span, Status, TierId, UnitId, WindowId};

use super::code::Code;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not covered while it stands; cannot be accepted.
    Error,
    /// Somebody has to look at it.
    Warning,
    /// Good to know.
    Info,
}

/// What can be said of one unit in one window, or of all of them. Ordered from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The unit does not open on such a day; not counted in the overall verdict.
    Closed,
    /// At every minute the doctors of a normal day, each agreed, able, free and there.
    Covered,
    /// Covered if everybody asked or proposed agrees and every session to postpone is postponed.
    IfAgreed,
    /// Enough people, but something else is an error.
    Errors,
    /// Not all of it is compared with a normal day that is the unit's own: nothing can be promised. See
    /// [`UnitVerdict::not_compared`] and [`UnitVerdict::is_example`].
    NoNormalStaffing,
    /// Short of a normal day even if everybody agrees.
    Short,
}

/// Somebody who is named on a post but does not count, and why: codes of the rules that say so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotCounted {
    pub person: PersonId,
    /// DBL-1, AVL-1, SCP-1, SKL-1, SES-1 or DTY-1, in that order; empty where the person has only not agreed yet.
    pub why: Vec<Code>,
    /// How far the person has agreed to what does not count: the furthest of those assignments. Not in the file's JSON.
    pub status: Status,
}

/// A post that lacks somebody in a shortage, over a stretch of time in which that stays the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    pub post: PostId,
    /// When, inside the finding's own time.
    pub span: Span,
    /// So many are still to be found: nobody is named, or whoever is could not count.
    pub empty: u32,
    /// So many more would be there if all agree.
    pub waiting: u32,
    /// Who of those has still to agree, in the order of the rota.
    pub to_agree: Vec<PersonId>,
    /// Who of those has agreed and waits only for a session to be postponed.
    pub to_postpone: Vec<PersonId>,
}

/// One thing that a rule has to say. Fields that do not apply are `None` or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// The window it belongs to.
    pub window: Option<WindowId>,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
    /// The tier, of a shortage.
    pub tier: Option<TierId>,
    /// Posts it names.
    pub posts: Vec<PostId>,
    /// People it names; of a shortage, who counts.
    pub people: Vec<PersonId>,
    /// Who is named on a post but does not count.
    pub not_counted: Vec<NotCounted>,
    /// Sessions it names.
    pub sessions: Vec<SessionId>,
    /// Assignments it is about: where to go when it is clicked. Not in the file's JSON.
    pub assignments: Vec<AssignmentId>,
    pub span: Option<Span>,
    /// Doctors wanted.
    pub need: Option<u32>,
    /// Doctors who count.
    pub have: Option<u32>,
    /// Doctors who would count if all agree.
    pub have_if_agreed: Option<u32>,
    /// Doctors missing.
    pub short: Option<u32>,
    /// Other figures of its sentence that nothing else here says, such as minutes or appointments, in a fixed order.
    /// Not in the file's JSON.
    pub measures: Vec<i64>,
    /// Doctors who would still be missing if all agree: the most at any minute of it.
    pub short_if_agreed: Option<u32>,
    /// Of a shortage (COV-1, COV-2): the posts that lack somebody, highest tier first, each by time. Of very many only
    /// the first, empty ones before those that wait.
    pub lacking: Vec<Lacking>,
    /// A warning that becomes an error once those concerned agree.
    pub blocks_if_agreed: bool,
    /// One sentence: who or where, when, the limit, the value and by how much.
    pub message: String,
}

impl Finding {
    /// A finding that names nothing yet.
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            window: None,
            unit: None,
            tier: None,
            posts: Vec::new(),
            people: Vec::new(),
            not_counted: Vec::new(),
            sessions: Vec::new(),
            assignments: Vec::new(),
            span: None,
            need: None,
            have: None,
            have_if_agreed: None,
            short: None,
            measures: Vec::new(),
            short_if_agreed: None,
            lacking: Vec::new(),
            blocks_if_agreed: false,
            message: message.into(),
        }
    }

    /// Whether it is a shortage (COV-1 or COV-2) that only waits for answers: if all agree nobody is missing. It comes
    /// after every gap that nobody has been named for.
    pub fn is_waiting(&self) -> bool {
        matches!(self.code, Code::Cov1 | Code::Cov2) && self.short_if_agreed == Some(0)
    }
}

/// The verdict of one unit in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitVerdict {
    pub window: WindowId,
    pub unit: UnitId,
    /// What can be said.
    pub verdict: Verdict,
    /// What could be said if all of the window were compared with figures that are the unit's own.
    pub if_compared: Verdict,
    /// When no normal staffing is entered, outside the unit's shut hours; the whole window where none is at all.
    pub not_compared: Vec<Span>,
    /// The normal staffing is an example that nobody has made their own yet.
    pub is_example: bool,
    /// Need summed over posts (not on call) and minutes.
    pub normal_minutes: u64,
    /// The shortage summed over tiers and minutes, of those who agreed.
    pub short_minutes: u64,
    /// The same if all agree.
    pub short_minutes_if_agreed: u64,
}

/// Sessions and the patients in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Elective {
    /// How many sessions.
    pub sessions: u64,
    /// Outpatient appointments.
    pub appointments: u64,
    /// Inpatient operations.
    pub inpatient: u64,
    /// Day-case operations.
    pub day_case: u64,
}

/// All that the checker says of one rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The worst of the units' verdicts, closed ones left out.
    pub verdict: Verdict,
    /// By window, then unit, in the order of the rota.
    pub units: Vec<UnitVerdict>,
    /// In the order of `docs/file-format.md`, section 7.
    pub findings: Vec<Finding>,
    /// There are more: see [`super::listed`].
    pub is_shortened: bool,
    /// Sessions that run.
    pub running: Elective,
    /// Sessions proposed for postponement.
    pub to_postpone: Elective,
    /// Sessions postponed.
    pub postponed: Elective,
}

/// A stretch of time over which one unit's need, and everybody who counts in it, stay the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverStep {
    pub span: Span,
    /// `need_1`: doctors wanted in the unit, on-call posts left out.
    pub need: u32,
    /// Doctors who count, of those who agreed.
    pub have: u32,
    /// Doctors who would count if all agree.
    pub have_if_agreed: u32,
    /// The shortage summed over tiers, of those who agreed: above 0 although `have` is enough where seniors are missing.
    pub short: u32,
    /// The same if all agree.
    pub short_if_agreed: u32,
    /// For each post of the unit, in the order of the rota.
    pub posts: Vec<PostStep>,
}

/// What one post needs and has over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostStep {
    pub post: PostId,
    /// Doctors wanted.
    pub need: u32,
    /// Who counts, of those who agreed.
    pub counts: Vec<PersonId>,
    /// Who would count if all agree.
    pub counts_if_agreed: Vec<PersonId>,
    /// Named on it (any status but Declined) but not counting now, and why.
    pub not_counted: Vec<NotCounted>,
}

/// What somebody looks at is short of, at its worst: what stays empty whatever anybody answers, and what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Lacks {
    /// Doctors who are missing even if all agree.
    pub short: u32,
    /// Doctors who are named and have not agreed.
    pub to_agree: u32,
}

impl PostStep {
    /// What the post lacks.
    pub fn lacks(&self) -> Lacks {
        let missing = |counts: &[PersonId]| self.need.saturating_sub(u32::try_from(counts.len()).unwrap_or(u32::MAX));
        let short = missing(&self.counts_if_agreed);
        Lacks { short, to_agree: missing(&self.counts).saturating_sub(short) }
    }
}

impl CoverStep {
    /// What the unit lacks.
    pub fn lacks(&self) -> Lacks {
        Lacks { short: self.short_if_agreed, to_agree: self.short.saturating_sub(self.short_if_agreed) }
    }
}

impl std::fmt::Display for Lacks {
    /// As the report says it: `1 short and 2 to agree`; empty where nothing is lacking.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.short, self.to_agree) {
            (0, 0) => Ok(()),
            (short, 0) => write!(f, "{short} short"),
            (0, to_agree) => write!(f, "{to_agree} to agree"),
            (short, to_agree) => write!(f, "{short} short and {to_agree} to agree"),
        }
    }
}

/// A gap to be filled: one post (or any post of a unit) over some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The post to be filled.
    pub post: PostId,
    pub span: Span,
}

/// Why somebody cannot fill a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Not available in part of it.
    NotAvailable(Span),
    /// May not cover the unit at all, or only up to a lower tier.
    OutOfScope {
        /// The highest tier of the unit the person may cover.
        up_to: Option<TierId>,
    },
    /// Lacks a competency that the post requires.
    Lacks(crate::model::CompetencyId),
    /// On another post (or this one) in part of it.
    OnPost(Assignment),
    /// On duty or elsewhere in part of it: the index into the person's duties.
    OnDuty(usize),
    /// Has declined this post for part of it.
    Declined(AssignmentId),
}

/// What it would cost if somebody filled a gap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Price {
    /// Running sessions that would stop.
    pub sessions: Vec<SessionId>,
    /// Whether a session among those is protected.
    pub protected: bool,
    /// Patients in those sessions.
    pub appointments: u32,
    /// Operations in those sessions.
    pub operations: u32,
    /// Minutes of rest that would be owed or missing.
    pub rest_owed_minutes: i64,
    /// Minutes by which the shift that it would be part of is longer than 13 hours (New Deal: 14).
    pub shift_over_minutes: i64,
    /// Minutes over 72 hours that the person would work in some 7 days around it.
    pub week_over_minutes: i64,
    /// It would begin on a morning after a night on call.
    pub after_on_call: bool,
    /// The person is on call from home then; for a post held from home, at work or on duty then.
    pub on_call_clash: bool,
    /// Too little rest or too many hours would be an error once agreed: the person is a trainee.
    pub breaks_limits: bool,
    /// Availability is not known for part of the time.
    pub not_known: bool,
}

impl Price {
    /// All minutes of rest too short, and of shift and week too long.
    pub fn tired_minutes(&self) -> i64 {
        self.rest_owed_minutes + self.shift_over_minutes + self.week_over_minutes
    }

    /// Whether nothing at all speaks against it: no session, no rest, no call, no question.
    pub fn is_nothing(&self) -> bool {
        self.sessions.is_empty()
            && self.tired_minutes() == 0
            && !(self.not_known || self.after_on_call || self.on_call_clash)
    }
}

/// One line of "who could": a person, and either the price or the reasons against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub person: PersonId,
    /// Nothing stands against it if empty.
    pub obstacles: Vec<Obstacle>,
    /// Of those who could; of the others what it would be besides.
    pub price: Price,
    /// One short line such as "Free, postpones nothing" or "Postpones Fracture clinic, 14 appointments".
    pub text: String,
}
