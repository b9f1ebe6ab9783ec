//! Who has too little rest: said in the headline and beside each change that is near it.
//!
//! The planner proposes nothing that leaves anybody too little rest, so whoever has too little had so before.

use crate::checker::{Code, Finding, Report, Severity};
use crate::model::{Assignment, Span};

use super::super::assign::initials;
use super::Proposal;

/// How near a change a short rest is told beside it, in minutes.
const DAY_MINUTES: i64 = 24 * 60;

/// Whether a finding says that somebody has too little rest.
fn is_short_rest(finding: &Finding) -> bool {
    matches!(finding.code, Code::Rst1 | Code::Rst4) && finding.severity != Severity::Info
}

/// Initials of whoever has too little rest with what is ticked. The planner proposes nothing that shortens a rest, so
/// they had it before.
pub fn short_rests(proposal: &Proposal) -> Vec<String> {
    let mut names = Vec::new();
    for finding in proposal.preview.report.findings.iter().filter(|finding| is_short_rest(finding)) {
        for name in finding.people.iter().map(|person| initials(&proposal.rota, person)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// What is said of a person's short rest within a day of a change that has no part in it.
pub(super) fn short_rest_near<'a>(report: &'a Report, new: &'a Assignment) -> impl Iterator<Item = &'a str> {
    let near = Span::new(new.span.from.plus(-DAY_MINUTES), new.span.to.plus(DAY_MINUTES));
    let is_near = move |finding: &&Finding| {
        is_short_rest(finding)
            && finding.people.contains(&new.person)
            && !finding.assignments.contains(&new.id)
            && finding.span.is_some_and(|span| span.overlaps(near))
    };
    report.findings.iter().filter(is_near).map(|finding| finding.message.as_str())
}
