//! Why a file is refused: one sentence for each fault, with its place and what to do.

use std::fmt;

use ron::error::{Error, Position, SpannedError};

use crate::model::FAULTS_MAX;

use super::text::quoted;

/// The faults of a file, never empty and at most [`FAULTS_MAX`]; each is one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Faults(Vec<String>);

impl Faults {
    /// One fault.
    pub fn one(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// These, if there are any.
    pub(super) fn of(mut texts: Vec<String>) -> Option<Self> {
        texts.truncate(FAULTS_MAX);
        (!texts.is_empty()).then_some(Self(texts))
    }

    /// The sentences, in the order of the file.
    pub fn texts(&self) -> &[String] {
        &self.0
    }
}

/// A text out of a file as it may stand in a message: in quotes, nothing hidden, not too long.
pub(super) fn shown(text: &str) -> String {
    const SHOWN_MAX: usize = 60;
    match text.char_indices().nth(SHOWN_MAX) {
        None => quoted(text),
        Some((end, _)) => format!("{}…", quoted(&text[..end])),
    }
}

/// A fault of the text at a place in it.
pub(super) fn at_position(line: usize, column: usize, what: impl fmt::Display) -> Faults {
    Faults::one(format!("line {line}, column {column}: {what}"))
}

/// A fault of the text at the byte `at` of it.
pub(super) fn at_byte(before: &[u8], what: impl fmt::Display) -> Faults {
    let line = before.split(|b| *b == b'\n').count();
    let begin = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let column = 1 + String::from_utf8_lossy(&before[begin..]).chars().count();
    at_position(line, column, what)
}

/// What the RON library found, in plain words.
pub(super) fn of_text(error: &SpannedError, text: &str) -> Faults {
    let SpannedError { code, span } = error;
    let is_in_last_word = || is_at_end(span.end, text) || is_last_word(span.start, text);
    if is_at_end(span.end, text) && is_wanting_more(code) || has_open_brackets(text) && is_in_last_word() {
        return at_byte(text.as_bytes(), "the file ends too early, part of it is missing: use a complete copy");
    }
    let place = if has_its_place_before(code) { span.start } else { span.end };
    at_position(place.line, place.col, in_words(code))
}

/// Errors that the library finds after it has read the word that they are about.
fn has_its_place_before(code: &Error) -> bool {
    matches!(
        code,
        Error::NoSuchStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::InvalidValueForType { .. }
            | Error::IntegerOutOfBounds
            | Error::Message(_)
    )
}

fn is_at_end(at: Position, text: &str) -> bool {
    let text = text.trim_end();
    let lines = text.split('\n').count();
    let columns = 1 + text.rsplit('\n').next().unwrap_or_default().chars().count();
    at.line > lines || at.line == lines && at.col >= columns
}

/// Whether nothing but a part of a word follows: what stands there may be right once the word is whole.
fn is_last_word(at: Position, text: &str) -> bool {
    let line = text.split('\n').nth(at.line.saturating_sub(1)).unwrap_or_default();
    let is_last_line = text.trim_end().split('\n').count() <= at.line;
    let mut rest = line.chars().skip(at.col.saturating_sub(1));
    is_last_line && rest.all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter.is_whitespace())
}

/// Whether a bracket outside of texts and comments is not closed.
fn has_open_brackets(text: &str) -> bool {
    let mut open: i64 = 0;
    let mut letters = text.bytes().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open -= 1,
            b'"' => loop {
                match letters.next() {
                    Some(b'\\') => drop(letters.next()),
                    None | Some(b'"') => break,
                    Some(_) => {}
                }
            },
            b'/' if letters.peek() == Some(&b'/') => while !matches!(letters.next(), None | Some(b'\n')) {},
            _ => {}
        }
    }
    open > 0
}

/// Whether more text could have made it good.
fn is_wanting_more(code: &Error) -> bool {
    !matches!(
        code,
        Error::TrailingCharacters
            | Error::MissingStructField { .. }
            | Error::NoSuchStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::NoSuchEnumVariant { .. }
            | Error::IntegerOutOfBounds
            | Error::ExceededRecursionLimit
            | Error::UnexpectedChar(_)
            | Error::ExpectedDifferentStructName { .. }
    )
}

fn in_words(code: &Error) -> String {
    match code {
        Error::NoSuchStructField { expected, found, outer } => {
            format!("{} has no field {}: {}", a_record(outer.as_deref()), word(found), choose(expected))
        }
        Error::MissingStructField { field, outer } => {
            format!("{} that ends here lacks the field `{field}`: add it", a_record(outer.as_deref()))
        }
        Error::DuplicateStructField { field, .. } => format!("the field `{field}` is there twice: keep one"),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("{} is not allowed here: {}", word(found), choose(expected))
        }
        Error::ExpectedString => "text in quotes is expected here".to_owned(),
        Error::ExpectedStringEnd => {
            "the text in quotes that begins here has no end: close it, or use a complete copy".to_owned()
        }
        Error::ExpectedInteger | Error::ExpectedFloat | Error::InvalidIntegerDigit { .. } => {
            "a whole number is expected here".to_owned()
        }
        Error::IntegerOutOfBounds => "this number is far too large: correct it".to_owned(),
        Error::ExpectedBoolean => "`true` or `false` is expected here".to_owned(),
        Error::ExpectedArray => "a list is expected here, `[` … `]`".to_owned(),
        Error::ExpectedArrayEnd => "a comma or `]` is expected here".to_owned(),
        Error::ExpectedNamedStructLike("File") | Error::ExpectedDifferentStructName { expected: "File", .. } => {
            "this is not a rota file, which begins with `(`: choose another".to_owned()
        }
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "a record is expected here, `(` … `)`".to_owned()
        }
        Error::ExpectedStructLikeEnd => "a comma or `)` is expected here".to_owned(),
        Error::ExpectedComma => "a comma is missing before this".to_owned(),
        Error::ExpectedMapColon => "a colon is missing between a field and its value".to_owned(),
        Error::ExpectedIdentifier => "a word is expected here".to_owned(),
        Error::ExpectedDifferentStructName { found, .. } => {
            format!("records are written without a name: remove {}", word(found))
        }
        Error::ExceededRecursionLimit => "this is nested too deep for a rota file: use another copy".to_owned(),
        Error::TrailingCharacters => "the rota ends before this: remove what follows".to_owned(),
        Error::UnclosedBlockComment => "a comment `/*` has no end: add `*/`".to_owned(),
        Error::InvalidValueForType { found, .. } => format!("{found} does not belong here: correct it"),
        other => format!("this is not RON: {}", lower_first(&shorten(&other.to_string()))),
    }
}

/// The library names a record by its type, which is the record's name in capitals.
fn a_record(outer: Option<&str>) -> String {
    let name = match outer {
        None => "record",
        Some("File" | "Head") => "file",
        Some("StaffingLine") => "staffing line",
        Some("MayCover") => "`may_cover` record",
        Some("Available") => "`availability` record",
        Some("SignOff") => "sign-off",
        Some("LogEntry") => "log entry",
        Some("Saved") => "`saved` record",
        Some(other) => return format!("the {}", other.to_lowercase()),
    };
    format!("the {name}")
}

fn word(found: &str) -> String {
    format!("`{}`", shorten(found))
}

fn shorten(text: &str) -> String {
    shown(text).trim_matches('"').to_owned()
}

fn choose(expected: &[&str]) -> String {
    let words: Vec<String> = expected.iter().map(|word| format!("`{word}`")).collect();
    format!("use one of {}", words.join(", "))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
