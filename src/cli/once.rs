//! What programs are told once, though it belongs to several units or days.

use std::collections::BTreeSet;

use crate::checker::{self, Finding};

/// What is said of one person's time is said once, though it belongs to each unit and day of the work concerned; but
/// programs find each verdict's own errors beside it, so what makes one of them stays in its place.
pub(super) fn once_unless_error<'a>(found: impl Iterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut told = BTreeSet::new();
    let is_kept = |it: &Finding| !checker::is_of_time(it.code) || checker::stays_an_error(it);
    found.filter(|it| is_kept(it) || told.insert((it.code, &it.people, it.span, &it.message))).collect()
}
