//! Units with their tiers, posts, and competencies.

use crate::model::{CompetencyId, PostId, TierId, UnitId};

/// The draft of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitDraft {
    /// None if it is new.
    pub id: Option<UnitId>,
    /// Such as "A&E".
    pub name: String,
    /// Lowest first.
    pub tiers: Vec<TierRow>,
    /// The place in `tiers` of the lowest that counts as senior.
    pub senior_from: Option<usize>,
    /// Times of day, as in "13:00, 21:00".
    pub handovers: String,
    /// What to do when nobody answers.
    pub escalation: String,
}

/// One tier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TierRow {
    /// None if it is new.
    pub id: Option<TierId>,
    /// Such as "Middle grade".
    pub name: String,
}

/// The draft of one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostDraft {
    /// Which.
    pub id: PostId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// As on the grid.
    pub name: String,
    /// One of the unit's tiers.
    pub tier: Option<TierId>,
    /// As typed.
    pub bleep: String,
    /// What whoever holds it must be able to do.
    pub requires: Vec<CompetencyId>,
    /// Marked essential.
    pub essential: bool,
    /// Whoever holds it may do nothing else meanwhile.
    pub exclusive: bool,
    /// Held from home.
    pub on_call: bool,
    /// Free text.
    pub note: String,
}

/// The draft of several new posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddPostsDraft {
    /// The unit they belong to.
    pub unit: Option<UnitId>,
    /// One row each; rows without a name are left out.
    pub rows: Vec<NewPostRow>,
}

/// One new post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPostRow {
    /// As on the grid.
    pub name: String,
    /// One of the unit's tiers.
    pub tier: Option<TierId>,
    /// As typed.
    pub bleep: String,
    /// Marked essential.
    pub essential: bool,
    /// Held from home.
    pub on_call: bool,
}

/// The draft of all competencies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompetenciesDraft {
    /// In order.
    pub rows: Vec<CompetencyRow>,
}

/// One competency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompetencyRow {
    /// None if it is new.
    pub id: Option<CompetencyId>,
    /// Such as "Resus lead".
    pub name: String,
}
