//! Normal staffing: who is there on a normal day, by post, from, to and count.

use crate::model::{NormalId, PostId, UnitId};

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormalDraft {
    /// None if it is new.
    pub id: Option<NormalId>,
    /// Such as "Normal weekday".
    pub name: String,
    /// Who agreed that this is normal.
    pub agreed_by: String,
    /// When, as written.
    pub agreed_on: String,
    /// Units that do not open on such a day.
    pub closed: Vec<UnitId>,
    /// The lines, in any order; those of one post add up.
    pub lines: Vec<LineRow>,
    /// Pasted rows that named no post, and why.
    pub not_pasted: Vec<String>,
}

/// So many doctors on a post between two times of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The post.
    pub post: PostId,
    /// As typed, such as "08:00".
    pub from: String,
    /// As typed; at or before `from` runs past midnight.
    pub to: String,
    /// As typed.
    pub count: String,
}
