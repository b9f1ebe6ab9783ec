//! The figure that a finished rota reaches in each objective, counted from the rota itself and not from the model that
//! was solved.

use std::collections::BTreeSet;

use crate::model::{Instant, SessionState, Span};

use super::cover::Cover;
use super::draft::Draft;
use super::facts::{Facts, Stays};
use super::fatigue::night_before;
use super::holes::Holes;
use super::index::{PersonIx, PostIx, WindowIx};
use super::objective::{Objective, Values};
use super::spans::merged;

/// Every figure of `draft`, judged as if all agree.
pub(super) fn values(facts: &Facts, draft: &Draft) -> Values {
    let mut values = Values::default();
    let cover = Cover::new(facts, draft);
    for unit in facts.units.keys() {
        cover.add_shortage(unit, &mut values);
    }
    for (session, facts) in facts.sessions.entries() {
        if draft.postponed[session] && facts.state != SessionState::Postponed {
            values[Objective::Operations] += facts.operations;
            values[Objective::Appointments] += facts.appointments;
            if facts.protected {
                values[Objective::ProtectedPostponed] += facts.operations + facts.appointments;
            }
        }
    }
    values[Objective::AfterOnCall] = after_on_call(facts, draft);
    values[Objective::PeopleNotKnown] = people_not_known(facts, draft);
    values[Objective::ShortStints] = short_stints(facts, draft);
    values[Objective::Changes] = changes(facts, draft);
    values[Objective::Handovers] = draft.held.len() as i64;
    values[Objective::Unevenness] = longest_cover(facts, draft);
    values
}

/// How many assignments begin on a morning after a night on call.
pub(super) fn after_on_call(facts: &Facts, draft: &Draft) -> i64 {
    let present = draft.held.iter().filter(|h| !facts.posts[h.post].on_call);
    present.filter(|h| is_after_on_call(facts, draft, h.person, h.span.from)).count() as i64
}

/// The longest cover of one person, in minutes.
pub(super) fn longest_cover(facts: &Facts, draft: &Draft) -> i64 {
    facts.people.keys().map(|person| cover_minutes(facts, draft, person)).max().unwrap_or(0)
}

/// Whether work that begins at `from` comes after a night on call of that person.
fn is_after_on_call(facts: &Facts, draft: &Draft, person: PersonIx, from: Instant) -> bool {
    let night = night_before(facts.rota.zone(), from);
    let held = draft.held.iter().filter(|h| h.person == person && facts.posts[h.post].on_call);
    facts.people[person].on_call.iter().copied().chain(held.map(|h| h.span)).any(|span| span.overlaps(night))
}

fn people_not_known(facts: &Facts, draft: &Draft) -> i64 {
    let new = draft.held.iter().filter(|h| h.kept.is_none());
    let pairs: BTreeSet<(PersonIx, WindowIx)> =
        new.flat_map(|h| facts.people[h.person].to_ask(h.span).map(|window| (h.person, window))).collect();
    pairs.len() as i64
}

/// How many new assignments are short and touch no other of the same person and post.
pub(super) fn short_stints(facts: &Facts, draft: &Draft) -> i64 {
    let mut holes = Holes::new(facts, &draft.postponed);
    // Everything of one person and post stands together, in order of time.
    let of_one = draft.held.chunk_by(|a, b| (a.person, a.post) == (b.person, b.post));
    let mut count = 0;
    for held in of_one {
        let mut until: Option<Instant> = None;
        for (n, one) in held.iter().enumerate() {
            let touches = until.is_some_and(|until| until >= one.span.from)
                || held.get(n + 1).is_some_and(|next| next.span.from <= one.span.to);
            count += i64::from(!touches && holes.is_short_stint(one));
            until = until.max(Some(one.span.to));
        }
    }
    count
}

fn changes(facts: &Facts, draft: &Draft) -> i64 {
    let is_still = |person: PersonIx, post: PostIx, span: Span| {
        draft.held.iter().any(|h| h.person == person && h.post == post && h.span.covers(span))
    };
    let loose = facts.assignments.iter().filter(|a| a.kind == Stays::Loose);
    loose.filter(|a| !is_still(a.person, a.post, a.span)).count() as i64
}

/// How long the person covers, posts held from home left out.
fn cover_minutes(facts: &Facts, draft: &Draft, person: PersonIx) -> i64 {
    let held = draft.held.iter().filter(|h| h.person == person && !facts.posts[h.post].on_call);
    merged(held.map(|h| h.span)).into_iter().map(Span::minutes).sum()
}
