//! A night on call and work on the day after it: said beside each change that brings the two together.
//!
//! The checker tells only of assignments (RST-2), and the planner counts only those. Whoever is to be rung has to know
//! of a duty or a session on the next day too.

use std::collections::BTreeMap;

use crate::checker::{Candidate, Gap};
use crate::model::{Assignment, DutyKind, Instant, PersonId, Rota, Session, SessionState, Span, Status, words};
use crate::planner::{Plan, night_before};

use super::super::assign::{initials, post_name};
use super::Proposal;
use super::item_words::with_plan;

/// What one person has on call and at work, with what each is called.
#[derive(Default)]
struct Days {
    on_call: Vec<(Span, String)>,
    /// When work begins, and the night before it.
    work: Vec<(Instant, Span, String)>,
}

/// Of each new assignment of the plan what is to be said of a night on call before work: nothing, or a sentence each.
pub fn nights_before_work(rota: &Rota, plan: &Plan) -> Vec<Vec<String>> {
    let runs = |session: &Session| {
        let stays = session.state == SessionState::Running && !plan.postpone.contains(&session.id);
        stays || plan.restore.contains(&session.id)
    };
    let people = plan.assignments.iter().map(|a| &a.person);
    let days = days(rota, people, with_plan(rota, plan), runs);
    let said = |new: &Assignment| {
        let is_on_call = rota.post(&new.post).is_some_and(|post| post.on_call);
        days.get(&new.person).map(|days| said(rota, days, is_on_call, new.span)).unwrap_or_default()
    };
    plan.assignments.iter().map(said).collect()
}

/// The same of somebody who could fill a gap, as far as the price does not say it already.
pub fn nights_of_candidate(rota: &Rota, candidate: &Candidate, gap: &Gap) -> Vec<String> {
    if candidate.price.after_on_call {
        return Vec::new();
    }
    let runs =
        |session: &Session| session.state == SessionState::Running && !candidate.price.sessions.contains(&session.id);
    let present = rota.assignments.iter().filter(|a| a.status != Status::Declined);
    let days = days(rota, std::iter::once(&candidate.person), present, runs);
    let is_on_call = rota.post(&gap.post).is_some_and(|post| post.on_call);
    days.get(&candidate.person).map(|days| said(rota, days, is_on_call, gap.span)).unwrap_or_default()
}

/// What these people have on call and at work.
fn days<'a>(
    rota: &'a Rota,
    people: impl Iterator<Item = &'a PersonId>,
    present: impl Iterator<Item = &'a Assignment>,
    runs: impl Fn(&Session) -> bool,
) -> BTreeMap<&'a PersonId, Days> {
    let mut days: BTreeMap<&PersonId, Days> = people.map(|person| (person, Days::default())).collect();
    let zone = rota.zone();
    for a in present {
        let Some(days) = days.get_mut(&a.person) else { continue };
        if rota.post(&a.post).is_some_and(|post| post.on_call) {
            days.on_call.push((a.span, post_name(rota, &a.post)));
        } else {
            days.work.push((a.span.from, night_before(zone, a.span.from), post_name(rota, &a.post)));
        }
    }
    for person in &rota.people {
        let Some(days) = days.get_mut(&person.id) else { continue };
        for duty in &person.duties {
            let label = words::safe(duty.label.trim()).into_owned();
            match duty.kind {
                DutyKind::OnCall => days.on_call.push((duty.span, named(label, "on-call duty"))),
                DutyKind::Resident => {
                    let night = night_before(zone, duty.span.from);
                    days.work.push((duty.span.from, night, named(label, "duty at work")));
                }
                DutyKind::Other => {}
            }
        }
    }
    for session in rota.sessions.iter().filter(|session| runs(session)) {
        for person in &session.team {
            let Some(days) = days.get_mut(person) else { continue };
            let from = session.span.from;
            days.work.push((from, night_before(zone, from), words::safe(&session.title).into_owned()));
        }
    }
    for days in days.values_mut() {
        days.on_call.sort();
        days.work.sort();
    }
    days
}

/// The sentences on a night on call before work, of somebody on a post then.
fn said(rota: &Rota, days: &Days, is_on_call: bool, span: Span) -> Vec<String> {
    let zone = rota.zone();
    if is_on_call {
        let after = |(from, night, _): &&(Instant, Span, String)| *from > span.from && night.overlaps(span);
        let at_work = |(from, _, what): &(Instant, Span, String)| {
            format!("After this night on call at work {} ({what}).", words::moment(zone, *from))
        };
        return days.work.iter().filter(after).map(at_work).collect();
    }
    let night = night_before(zone, span.from);
    let on_call = days.on_call.iter().filter(|(span, _)| span.overlaps(night));
    let times = |on_call: Span| words::times_beside(zone, on_call, span);
    on_call.map(|(on_call, what)| format!("On call the night before, {} ({what}).", times(*on_call))).collect()
}

fn named(label: String, otherwise: &str) -> String {
    if label.is_empty() { otherwise.to_owned() } else { label }
}

/// Initials of those who would be at work after a night on call with what is ticked.
pub fn at_work_after_nights(proposal: &Proposal) -> Vec<String> {
    at_work_with(proposal, &proposal.ticked)
}

/// The same with what is chosen.
pub(super) fn at_work_with(proposal: &Proposal, chosen: &[bool]) -> Vec<String> {
    let ticked = proposal.items.iter().zip(chosen).filter(|(_, chosen)| **chosen);
    let has_night = |at: &usize| proposal.nights.get(*at).is_some_and(|nights| !nights.is_empty());
    let new = ticked.filter_map(|(item, _)| item.added).filter(has_night);
    let mut names: Vec<String> = Vec::new();
    for name in new.filter_map(|at| Some(initials(&proposal.rota, &proposal.plan.assignments.get(at)?.person))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
