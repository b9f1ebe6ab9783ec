//! A night on call and work on the day after it: said beside each change that brings the two together.
//!
//! The checker tells only of assignments (RST-2), and the planner counts only those. Whoever is to be rung has to know
//! of a duty or a session on the next day too.

use std::collections::BTreeMap;

use crate::model::{Assignment, DutyKind, Instant, PersonId, Rota, SessionState, Span, words};
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
    let mut days: BTreeMap<&PersonId, Days> = plan.assignments.iter().map(|a| (&a.person, Days::default())).collect();
    let zone = rota.zone();
    let is_on_call = |a: &Assignment| rota.post(&a.post).is_some_and(|post| post.on_call);
    for a in with_plan(rota, plan) {
        let Some(days) = days.get_mut(&a.person) else { continue };
        if is_on_call(a) {
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
    for session in &rota.sessions {
        let stays = session.state == SessionState::Running && !plan.postpone.contains(&session.id);
        for person in session.team.iter().filter(|_| stays || plan.restore.contains(&session.id)) {
            let Some(days) = days.get_mut(person) else { continue };
            let from = session.span.from;
            days.work.push((from, night_before(zone, from), words::safe(&session.title).into_owned()));
        }
    }
    for days in days.values_mut() {
        days.on_call.sort();
        days.work.sort();
    }
    let said = |new: &Assignment| {
        let Some(days) = days.get(&new.person) else { return Vec::new() };
        if is_on_call(new) {
            let after = |(from, night, _): &&(Instant, Span, String)| *from > new.span.from && night.overlaps(new.span);
            let at_work = |(from, _, what): &(Instant, Span, String)| {
                format!("After this night on call at work {} ({what}).", words::moment(zone, *from))
            };
            return days.work.iter().filter(after).map(at_work).collect();
        }
        let night = night_before(zone, new.span.from);
        let on_call = days.on_call.iter().filter(|(span, _)| span.overlaps(night));
        on_call
            .map(|(span, what)| format!("On call the night before, {} ({what}).", words::times(zone, *span)))
            .collect()
    };
    plan.assignments.iter().map(said).collect()
}

fn named(label: String, otherwise: &str) -> String {
    if label.is_empty() { otherwise.to_owned() } else { label }
}

/// Initials of those who would be at work after a night on call with what is ticked.
pub fn at_work_after_nights(proposal: &Proposal) -> Vec<String> {
    let ticked = proposal.items.iter().zip(&proposal.ticked).filter(|(_, ticked)| **ticked);
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
