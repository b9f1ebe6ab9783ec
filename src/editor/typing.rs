//! Typing initials into cells: the text, and the completion list ranked for that post and time.

use crate::checker::Gap;
use crate::model::PersonId;

use super::selection::CellRange;

/// What is being typed, and who it could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// The cells it goes into.
    pub cells: CellRange,
    /// Where and when, for the ranking.
    pub gap: Gap,
    /// As typed.
    pub text: String,
    /// The list: who could first, then who cannot.
    pub choices: Vec<TypingChoice>,
    /// Which of them has the mark; none where nobody matches.
    pub marked: Option<usize>,
}

/// One line of the completion list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingChoice {
    /// Who.
    pub person: PersonId,
    /// Such as "Free, postpones nothing", or why not.
    pub text: String,
    /// Whether the checker says that the person could. Otherwise only Ctrl+Enter places them.
    pub could: bool,
}

impl Typing {
    /// Whether the text is nobody's initials or name: "Add person…" is offered.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        !self.text.trim().is_empty() && self.choices.is_empty()
    }
}
