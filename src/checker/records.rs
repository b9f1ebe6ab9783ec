//! The rota's records with their references followed: everything is found by its place in the rota's own lists
//! ([`PersonIx`] and so on), so that nothing depends on the order of a hash.

use super::lookup::{Lookup, letters_number};
use crate::model::{
    AssignmentId, CompetencyId, PersonId, PostId, SessionId, SessionState, Span, Status, UnitId, WindowId,
};

/// A place in `rota.windows`.
pub type WindowIx = usize;
/// A place in `rota.units`.
pub type UnitIx = usize;
/// A place in `rota.posts`.
pub type PostIx = usize;
/// A place in `rota.people`.
pub type PersonIx = usize;
/// A place in `rota.sessions`.
pub type SessionIx = usize;
/// A tier's place in its unit, 0 for the lowest.
pub type TierIx = usize;

/// A window with what its normal staffing closes.
#[derive(Debug, Clone)]
pub struct WindowFacts {
    /// When it is.
    pub span: Span,
    /// Whether each unit is closed in it.
    pub closed: Vec<bool>,
    /// When, in it, nobody is normally in each unit, on purpose.
    pub shut: Vec<Vec<Span>>,
    /// Its normal staffing is an example that nobody has made their own yet.
    pub is_example: bool,
    /// Whether that example has a line for each unit.
    pub has_lines: Vec<bool>,
}

/// A unit with its posts.
#[derive(Debug, Clone)]
pub struct UnitFacts {
    /// In the order of the rota.
    pub posts: Vec<PostIx>,
    /// How many tiers it has.
    pub tiers: usize,
    /// Somebody who may cover this tier must be present.
    pub senior_from: Option<TierIx>,
}

/// A post with its references followed.
#[derive(Debug, Clone)]
pub struct PostFacts {
    pub unit: UnitIx,
    /// Its tier there.
    pub tier: TierIx,
    /// Held from home.
    pub on_call: bool,
    /// Marked so, or requiring a competency.
    pub essential: bool,
    /// Places in `rota.competencies`, sorted.
    pub requires: Vec<usize>,
}

/// A session with its team.
#[derive(Debug, Clone)]
pub struct SessionFacts {
    /// When it is.
    pub span: Span,
    /// Whether it runs.
    pub state: SessionState,
    /// In the order of the file.
    pub team: Vec<PersonIx>,
}

/// An assignment as its person's facts hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    pub span: Span,
    /// On which post.
    pub post: PostIx,
    /// Its place: what `Finding::assignments` takes.
    pub at: usize,
    /// How far agreed.
    pub status: Status,
}

/// An assignment's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub id: AssignmentId,
    /// Mostly another for another id: see [`letters_number`].
    pub number: u64,
    /// Who holds it, or did when last seen.
    pub person: PersonIx,
}

impl Slot {
    pub(super) fn new(id: &AssignmentId, person: PersonIx) -> Self {
        Self { id: id.clone(), number: letters_number(id.as_str()), person }
    }
}

/// From ids to places.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    pub windows: Lookup<WindowId>,
    pub units: Lookup<UnitId>,
    pub posts: Lookup<PostId>,
    pub people: Lookup<PersonId>,
    pub sessions: Lookup<SessionId>,
    pub competencies: Lookup<CompetencyId>,
}
