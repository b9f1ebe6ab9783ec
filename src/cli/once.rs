//! What `check` says once, though it belongs to several units or days.

use std::collections::BTreeSet;

use crate::checker::{self, Code, Finding};

/// What is said of one person's time is said once, though it belongs to each unit and day of the work concerned: one
/// night over the edge of a day is one night.
pub(super) fn once<'a>(found: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut told = BTreeSet::new();
    found.filter(|it| !is_of_time(it.code) || told.insert((it.code, &it.people, it.span, &it.message))).collect()
}

/// The same for programs, which find each verdict's own errors beside it: what makes one of them stays in its place.
pub(super) fn once_unless_error<'a>(found: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut told = BTreeSet::new();
    let is_kept = |it: &Finding| !is_of_time(it.code) || checker::stays_an_error(it);
    found.filter(|it| is_kept(it) || told.insert((it.code, &it.people, it.span, &it.message))).collect()
}

/// Whether the rule is about one person's hours and rest.
const fn is_of_time(code: Code) -> bool {
    matches!(code, Code::Rst1 | Code::Rst3 | Code::Rst4 | Code::Hrs1 | Code::Hrs2 | Code::Hrs3)
}
