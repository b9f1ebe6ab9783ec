//! Dialogs about when: not free from, change time, swap, copy a day.

use crate::model::{AssignmentId, PersonId, Span, WindowId};

use super::field::SpanFields;

/// From when somebody is not free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFreeFromDraft {
    /// Who.
    pub person: PersonId,
    /// The day, as typed.
    pub day: String,
    /// The time, as typed.
    pub time: String,
    /// Take the person off what they hold from then on.
    pub release: bool,
}

/// Other times for a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeTimeDraft {
    /// The block.
    pub assignment: AssignmentId,
    /// When it is to be.
    pub when: SpanFields,
}

/// With whom to swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwapDraft {
    /// Who.
    pub person: PersonId,
    /// With whom, once chosen.
    pub with: Option<PersonId>,
    /// Initials or a name, to find them.
    pub find: String,
    /// What both hold in this time changes hands.
    pub span: Span,
}

/// Which window to which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyDayDraft {
    /// From.
    pub from: WindowId,
    /// To.
    pub to: Option<WindowId>,
}
