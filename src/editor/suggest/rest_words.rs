//! How little rest a change leaves, said even where no rule calls it too short.
//!
//! Rule RST-1 looks for eleven hours free that *begin* within 24 hours of the beginning of work: a night that follows
//! three hours after a day is no finding, if the day after it is free. Whoever accepts the change should know.

use std::collections::BTreeMap;

use crate::checker::spans;
use crate::model::{Assignment, DutyKind, PersonId, Rota, Rules, SessionState, Span, words};
use crate::planner::Plan;

use super::super::assign::initials;
use super::Proposal;
use super::item_words::with_plan;
use crate::checker::{Code, Finding, Report, Severity};

/// Whether a finding says that somebody has too little rest.
fn is_short_rest(finding: &Finding) -> bool {
    matches!(finding.code, Code::Rst1 | Code::Rst4) && finding.severity != Severity::Info
}

/// Initials of whoever has too little rest with what is ticked. The planner proposes nothing that shortens a rest, so
/// they had it before.
#[must_use]
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

const DAY_MINUTES: i64 = 24 * 60;

/// Two spells that together take longer than this leave no long rest in a day, in minutes.
const LONG_MINUTES: i64 = 13 * 60;

/// Of each new assignment of the plan what is to be said, if anything.
pub(super) fn little_rest(rota: &Rota, plan: &Plan) -> Vec<Option<String>> {
    let work = work_with(rota, plan);
    let is_home = |a: &Assignment| rota.post(&a.post).is_some_and(|post| post.on_call);
    let of = |new: &Assignment| {
        let spells = work.get(&new.person).filter(|_| !is_home(new))?;
        let rules = rota.person(&new.person).map(|person| person.rules)?;
        let least = if rules == Rules::NewDeal { 8 * 60 } else { 11 * 60 };
        let at = spells.iter().position(|spell| spell.covers(new.span))?;
        let between = |first: Span, second: Span| {
            let free = first.to.minutes_until(second.from);
            (free < least && first.from.minutes_until(second.to) > LONG_MINUTES).then_some(free)
        };
        let before = at.checked_sub(1).and_then(|before| between(spells[before], spells[at]));
        let after = spells.get(at + 1).and_then(|after| between(spells[at], *after));
        let said = [(before, "before"), (after, "after")];
        let said = said.into_iter().filter_map(|(free, side)| Some(format!("{} free {side} it", words::length(free?))));
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("Only {}.", said.join(" and ")))
    };
    plan.assignments.iter().map(of).collect()
}

/// The work of everybody in the plan once it is accepted, as spells.
fn work_with<'a>(rota: &'a Rota, plan: &'a Plan) -> BTreeMap<&'a PersonId, Vec<Span>> {
    let mut work: BTreeMap<&PersonId, Vec<Span>> =
        plan.assignments.iter().map(|new| (&new.person, Vec::new())).collect();
    for a in with_plan(rota, plan) {
        if let Some(spans) = work.get_mut(&a.person)
            && rota.post(&a.post).is_some_and(|post| !post.on_call)
        {
            spans.push(a.span);
        }
    }
    for session in &rota.sessions {
        let runs = session.state == SessionState::Running && !plan.postpone.contains(&session.id)
            || plan.restore.contains(&session.id);
        for person in session.team.iter().filter(|_| runs) {
            if let Some(spans) = work.get_mut(person) {
                spans.push(session.span);
            }
        }
    }
    for person in &rota.people {
        if let Some(spans) = work.get_mut(&person.id) {
            spans.extend(person.duties.iter().filter(|duty| duty.kind == DutyKind::Resident).map(|duty| duty.span));
        }
    }
    work.into_iter().map(|(person, all)| (person, spans::union(all))).collect()
}
