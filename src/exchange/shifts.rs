//! Shifts in the order of the sheet: by unit and post as they stand in the rota, then by time.

use std::collections::{BTreeMap, BTreeSet};

use super::format::Source;
use crate::checker::{Code, Report, Severity};
use crate::model::{Assignment, AssignmentId, Instant, Person, Post, Rota, Tier, Unit, words};

/// An assignment with everything that it names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift<'a> {
    pub(super) assignment: &'a Assignment,
    pub(super) post: &'a Post,
    pub(super) unit: &'a Unit,
    /// The grade of the post.
    pub(super) tier: Option<&'a Tier>,
    pub(super) person: &'a Person,
}

impl<'a> Shift<'a> {
    /// All of them.
    pub(super) fn all(rota: &'a Rota) -> Vec<Self> {
        Self::of(rota, &rota.assignments)
    }

    /// Those of these assignments of which post and person are in the rota.
    pub(super) fn of(rota: &'a Rota, assignments: impl IntoIterator<Item = &'a Assignment>) -> Vec<Self> {
        let units: BTreeMap<_, _> = rota.units.iter().enumerate().map(|(at, unit)| (&unit.id, (at, unit))).collect();
        let posts: BTreeMap<_, _> = rota.posts.iter().enumerate().map(|(at, post)| (&post.id, (at, post))).collect();
        let people: BTreeMap<_, _> = rota.people.iter().map(|person| (&person.id, person)).collect();
        let shift = |assignment: &'a Assignment| {
            let (post_at, post) = *posts.get(&assignment.post)?;
            let (unit_at, unit) = *units.get(&post.unit)?;
            let tier = unit.tiers.iter().find(|tier| tier.id == post.tier);
            let person = *people.get(&assignment.person)?;
            Some(((unit_at, post_at), Self { assignment, post, unit, tier, person }))
        };
        let mut all: Vec<_> = assignments.into_iter().filter_map(shift).collect();
        all.sort_by_key(|(place, it)| (*place, it.assignment.span, &it.assignment.id));
        all.into_iter().map(|(_, shift)| shift).collect()
    }
}

/// The errors that name an assignment: what keeps it from counting, or its unit from being covered.
pub(super) fn errors_of(report: &Report) -> BTreeMap<&AssignmentId, BTreeSet<Code>> {
    let mut errors: BTreeMap<&AssignmentId, BTreeSet<Code>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        // A shortage names those who are there.
        if !matches!(finding.code, Code::Cov1 | Code::Cov2) {
            for assignment in &finding.assignments {
                errors.entry(assignment).or_default().insert(finding.code);
            }
        }
    }
    errors
}

/// Civil date as spreadsheets take it, such as `2016-04-26`.
pub(super) fn date(rota: &Rota, at: Instant) -> String {
    rota.zone().civil(at).local.format("%Y-%m-%d").to_string()
}

/// Civil time, such as `08:00`.
pub(super) fn time(rota: &Rota, at: Instant) -> String {
    words::time(rota.zone(), at)
}

/// When it is given out, such as `2016-04-21 08:12`.
pub(super) fn as_of(source: &Source<'_>) -> String {
    format!("{} {}", date(source.rota, source.now), time(source.rota, source.now))
}
