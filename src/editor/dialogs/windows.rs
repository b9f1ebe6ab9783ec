//! The list of windows: when the walkout is, and which normal day each is compared with.

use crate::model::{NormalId, WindowId};

use super::field::SpanFields;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowsDraft {
    /// The windows in order.
    pub rows: Vec<WindowRow>,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRow {
    /// None if it is new.
    pub id: Option<WindowId>,
    /// Such as "Day 1".
    pub label: String,
    /// When.
    pub when: SpanFields,
    /// What it is compared with; none where the rota has no normal staffing yet.
    pub normal: Option<NormalId>,
}
