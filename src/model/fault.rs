//! A fault of a rota, told the same way wherever it is found.

use std::fmt::Display;

use thiserror::Error;

use super::time::Span;

/// So many faults are told at once, at most.
pub const FAULTS_MAX: usize = 100;

/// One reason why a rota is unsound: where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{at}: {what}")]
pub struct Fault {
    /// The record's path, such as `people "hg", duties 1`.
    pub at: String,
    /// One sentence without its full stop.
    pub what: String,
}

pub(super) const TWICE: &str = "this id is there twice: give one of them another";

impl Fault {
    /// The record at that path has the id of another.
    pub(super) fn twice(at: String) -> Self {
        Self { at, what: TWICE.to_owned() }
    }
}

/// Faults gathered so far, never more than [`FAULTS_MAX`].
#[derive(Default)]
pub(super) struct Found(pub(super) Vec<Fault>);

impl Found {
    pub(super) fn add(&mut self, at: impl Display, what: impl Into<String>) {
        if self.0.len() < FAULTS_MAX {
            self.0.push(Fault { at: at.to_string(), what: what.into() });
        }
    }

    pub(super) fn missing(&mut self, at: impl Display, noun: &str, id: impl Display) {
        if self.0.len() >= FAULTS_MAX {
            return;
        }
        self.add(at, format!("there is no {noun} \"{id}\": add it, or name another"));
    }

    pub(super) fn span(&mut self, at: impl Display, span: Span) {
        if span.is_empty() {
            self.add(at, "`from` is not before `to`: change one of them");
        }
    }
}
