//! What each postponement buys, and the dearest cover of each unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{PersonId, PostId, SessionId, SessionState, Span, UnitId};

use super::draft::{Draft, Held};
use super::facts::{Facts, Team};
use super::index::{HeldIx, List, PersonIx, SessionIx, UnitIx, numbered};

/// What postponing a session buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    pub session: SessionId,
    /// Who of its team covers what meanwhile: person, post and when, proposed or kept.
    pub cover: Vec<(PersonId, PostId, Span)>,
}

/// The dearest cover of a unit: without it these sessions would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    pub unit: UnitId,
    pub person: PersonId,
    pub span: Span,
    /// Operations that would run.
    pub operations: i64,
    /// Appointments that would run.
    pub appointments: i64,
}

/// The sessions that are to be postponed in the draft.
fn to_postpone<'a>(facts: &'a Facts, draft: &'a Draft) -> impl Iterator<Item = SessionIx> + 'a {
    facts.sessions.keys().filter(|s| draft.postponed[*s] && facts.sessions[*s].state != SessionState::Postponed)
}

/// Whether an assignment keeps the session from running.
fn is_in_the_way(facts: &Facts, held: &Held, session: SessionIx) -> bool {
    let session = &facts.sessions[session];
    // Somebody kept counts on a post held from home even while a session of theirs runs.
    let needs_them = held.kept.is_none() || !facts.posts[held.post].on_call;
    needs_them && session.team.contains(&held.person) && session.span.overlaps(held.span)
}

/// What each session that is to be postponed makes possible, in the order of the rota.
pub(super) fn bought(facts: &Facts, draft: &Draft) -> Vec<Bought> {
    let cover = |session: SessionIx| {
        // The assignments of one person are next to each other.
        let of_person = |person: PersonIx| {
            let first = draft.held.partition_point(|held| held.person < person);
            draft.held[first..].iter().take_while(move |held| held.person == person)
        };
        let team: BTreeSet<PersonIx> = facts.sessions[session].team.iter().copied().collect();
        let held: Vec<&Held> = team.into_iter().flat_map(of_person).collect();
        let held = held.into_iter().filter(|held| is_in_the_way(facts, held, session));
        held.map(|h| (facts.rota.people[h.person].id.clone(), facts.rota.posts[h.post].id.clone(), h.span)).collect()
    };
    to_postpone(facts, draft)
        .map(|session| Bought { session: facts.rota.sessions[session].id.clone(), cover: cover(session) })
        .collect()
}

/// For each unit the assignment whose sessions, for nobody else postponed, cost the most an hour.
pub(super) fn prices(facts: &Facts, draft: &Draft) -> Vec<UnitPrice> {
    let mut prices: List<UnitIx, Option<UnitPrice>> = List::new(None, facts.units.len());
    let mut of_person: List<PersonIx, Vec<HeldIx>> = List::new(Vec::new(), facts.people.len());
    numbered(&draft.held).for_each(|(at, held)| of_person[held.person].push(at));
    // For each assignment that alone keeps sessions from running, those sessions.
    let mut alone: BTreeMap<HeldIx, Vec<SessionIx>> = BTreeMap::new();
    let could_run = |session: &SessionIx| {
        let is = facts.sessions[*session].team_is;
        let was_running = facts.sessions[*session].state == SessionState::Running;
        (is == Team::Sure || was_running && is == Team::NotKnown)
            && facts.sessions_at_once(*session).into_iter().all(|other| draft.postponed[other])
    };
    for session in to_postpone(facts, draft).filter(could_run) {
        let team: BTreeSet<PersonIx> = facts.sessions[session].team.iter().copied().collect();
        let all = team.iter().flat_map(|person| &of_person[*person]);
        let mut in_the_way = all.filter(|at| is_in_the_way(facts, &draft.held[**at], session));
        if let (Some(only), None) = (in_the_way.next(), in_the_way.next()) {
            alone.entry(*only).or_default().push(session);
        }
    }
    for (at, sessions) in alone {
        let held = &draft.held[at];
        let operations: i64 = sessions.iter().map(|s| facts.sessions[*s].operations).sum();
        let appointments: i64 = sessions.iter().map(|s| facts.sessions[*s].appointments).sum();
        let unit = facts.posts[held.post].unit;
        let price = UnitPrice {
            unit: facts.rota.units[unit].id.clone(),
            person: facts.rota.people[held.person].id.clone(),
            span: held.span,
            operations,
            appointments,
        };
        if operations + appointments > 0 && prices[unit].as_ref().is_none_or(|best| price.is_dearer_than(best)) {
            prices[unit] = Some(price);
        }
    }
    prices.iter().flatten().cloned().collect()
}

impl UnitPrice {
    /// By operations an hour, then by appointments an hour.
    fn is_dearer_than(&self, other: &Self) -> bool {
        let hourly =
            |price: &Self, by: &Self| (price.operations * by.span.minutes(), price.appointments * by.span.minutes());
        hourly(self, other) > hourly(other, self)
    }
}
