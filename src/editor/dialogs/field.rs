//! What drafts have in common: a field that is wrong, and a stretch of time as typed.

/// What is wrong with one field, shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The draft's field, by its name in the code, such as "from_day".
    pub field: &'static str,
    /// The row of a list, if the field is in one.
    pub row: Option<usize>,
    /// One sentence, with what to do.
    pub text: String,
}

impl FieldError {
    /// An error of a field that is there once.
    #[must_use]
    pub fn new(field: &'static str, text: impl Into<String>) -> Self {
        Self { field, row: None, text: text.into() }
    }

    /// An error of a field in a row.
    #[must_use]
    pub fn in_row(row: usize, field: &'static str, text: impl Into<String>) -> Self {
        Self { field, row: Some(row), text: text.into() }
    }
}

/// The error of a field, if it has one.
#[must_use]
pub fn error_at<'a>(errors: &'a [FieldError], field: &str, row: Option<usize>) -> Option<&'a str> {
    errors.iter().find(|e| e.field == field && e.row == row).map(|e| e.text.as_str())
}

/// A stretch of time as typed: days as `26/4`, `26/04/2016`, `26-Apr`, `+2d`; times as `8`, `08:00`, `0800`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpanFields {
    /// The day it begins.
    pub from_day: String,
    /// When.
    pub from_time: String,
    /// The day it ends; empty means the same day, or the next where the time is not later.
    pub to_day: String,
    /// When.
    pub to_time: String,
}
