//! The preview of staff pasted from a spreadsheet.

use crate::model::PersonId;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastePeopleDraft {
    /// As pasted.
    pub text: String,
    /// What each column of the text is.
    pub columns: Vec<PasteColumn>,
    /// The first row names the columns.
    pub has_header: bool,
    /// What the columns are called in the first row, if it names them.
    pub header: Vec<String>,
    /// The rows below it, read with `columns`.
    pub rows: Vec<PasteRow>,
    /// What to do with people who are there already.
    pub duplicates: PasteDuplicate,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PasteColumn {
    /// Not read.
    #[default]
    Ignored,
    /// Initials.
    Initials,
    /// "Family, Given" or "Given Family".
    Name,
    /// Family name alone.
    Family,
    /// Given name alone.
    Given,
    /// Grade.
    Grade,
    /// Specialty.
    Specialty,
    /// Telephone.
    Phone,
}

/// What happens to people who are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasteDuplicate {
    /// Their empty fields and changed ones take what was pasted.
    Update,
    /// They stay as they are.
    #[default]
    Skip,
}

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PasteRow {
    /// The line in the pasted text, from 1.
    pub line: usize,
    /// As pasted, or made from the name.
    pub initials: String,
    /// The initials were made from the name.
    pub initials_made: bool,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Grade.
    pub grade: String,
    /// Specialty.
    pub specialty: String,
    /// Telephone.
    pub phone: String,
    /// The person who is there already.
    pub existing: Option<PersonId>,
    /// Why the row cannot be taken; it is left out.
    pub error: Option<String>,
}
