//! Who could fill a gap: everybody, by what it would cost; then who cannot, with every reason.
//!
//! Asked as if everybody asked or proposed agrees: whoever is proposed elsewhere is not free. Running sessions are a
//! price, not an obstacle, because they can be postponed; one that is to be postponed already costs nothing more.

use super::after_on_call::night_before;
use super::context::{Context, Judged, PersonIx, PostIx};
use super::finding::{Candidate, Gap, Obstacle, Price};
use super::hours_in_7_days::MINUTES_MAX as WEEK_MINUTES_MAX;
use super::long_spell;
use super::records::SessionIx;
use super::spell::{WEEK, long_days, most_work};
use super::work::rest_wanted;
use super::{out_of_scope, said, spans};
use crate::model::{DutyKind, PersonId, Rota, SessionState, Span, words};

/// Everybody, the best first; nothing if there is no such post.
pub fn who_could(rota: &Rota, gap: &Gap) -> Vec<Candidate> {
    in_context(&Context::new(rota), gap)
}

/// The same, where the facts are known already.
pub(super) fn in_context(ctx: &Context, gap: &Gap) -> Vec<Candidate> {
    let Some(post) = ctx.post_ix(&gap.post) else { return Vec::new() };
    let people = (0..ctx.people.len()).map(|person| candidate(ctx, person, post, gap.span));
    let of_equals = |person: PersonIx| {
        let has_number = !ctx.rota.people[person].phone.trim().is_empty();
        (above_grade(ctx, person, post), !has_number, cover_minutes(ctx, person))
    };
    let ranked = people.enumerate().map(|(person, it)| ((rank(&it), of_equals(person)), it));
    let mut ranked: Vec<((Rank, OfEquals), Candidate)> = ranked.collect();
    // Last whoever covers least already; stable: who is equal in that too stays in the order of the rota.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The same of one person; none if there is no such person or post.
pub fn could(ctx: &Context, person: &PersonId, gap: &Gap) -> Option<Candidate> {
    Some(candidate(ctx, ctx.person_ix(person)?, ctx.post_ix(&gap.post)?, gap.span))
}

fn candidate(ctx: &Context, person: PersonIx, post: PostIx, span: Span) -> Candidate {
    let obstacles = obstacles(ctx, person, post, span);
    let price = price(ctx, person, post, span);
    let text = if obstacles.is_empty() {
        price_text(ctx, (person, post), span, &price)
    } else {
        let texts: Vec<String> =
            obstacles.iter().map(|obstacle| obstacle_text(ctx, (person, post), span, obstacle)).collect();
        texts.join("; ")
    };
    Candidate { person: ctx.rota.people[person].id.clone(), obstacles, price, text }
}

/// (a) to (d) and (f) of the definitions, and whether the person has declined; what is quickest to lift first.
fn obstacles(ctx: &Context, person: PersonIx, post: PostIx, span: Span) -> Vec<Obstacle> {
    let (facts, at_home) = (&ctx.people[person], ctx.posts[post].on_call);
    let mut obstacles = Vec::new();
    let clashing = |other: PostIx| other == post || !at_home && !ctx.posts[other].on_call;
    for held in facts.assignments.iter().filter(|held| held.span.overlaps(span) && clashing(held.post)) {
        let id = ctx.assignment_id(held);
        obstacles.extend(ctx.rota.assignment(id).cloned().map(Obstacle::OnPost));
    }
    if !at_home {
        let duties = ctx.rota.people[person].duties.iter().enumerate();
        let clashing = duties.filter(|(_, duty)| duty.kind != DutyKind::OnCall && duty.span.overlaps(span));
        obstacles.extend(clashing.map(|(at, _)| Obstacle::OnDuty(at)));
    }
    let declined = facts.declined.iter().filter(|held| held.post == post && held.span.overlaps(span));
    obstacles.extend(declined.map(|held| Obstacle::Declined(ctx.assignment_id(held).clone())));
    let lacks = ctx.posts[post].requires.iter().filter(|needed| !facts.competencies.contains(needed));
    obstacles.extend(lacks.map(|at| Obstacle::Lacks(ctx.rota.competencies[*at].id.clone())));
    if !ctx.is_in_scope(person, post) {
        let unit = &ctx.rota.units[ctx.posts[post].unit];
        let scope = facts.scope_in(ctx.posts[post].unit);
        let up_to = scope.and_then(|scope| Some(unit.tiers.get(scope.up_to)?.id.clone()));
        obstacles.push(Obstacle::OutOfScope { up_to });
    }
    obstacles.extend(spans::within(&facts.not_available, span).map(Obstacle::NotAvailable));
    obstacles
}

/// What it would cost besides.
fn price(ctx: &Context, person: PersonIx, post: PostIx, span: Span) -> Price {
    let facts = &ctx.people[person];
    let not_known = spans::within(&facts.not_known, span).next().is_some();
    let overlaps = |span_of: Span| span_of.overlaps(span);
    let holds = |at_home: bool| {
        let all = facts.assignments.iter().filter(|held| held.post != post && overlaps(held.span));
        all.into_iter().any(|held| ctx.posts[held.post].on_call == at_home)
    };
    let is_on =
        |on_call: bool| facts.duties.iter().any(|d| (d.kind == DutyKind::OnCall) == on_call && overlaps(d.span));
    if ctx.posts[post].on_call {
        let runs = |at: &usize| ctx.sessions[*at].state == SessionState::Running && overlaps(ctx.sessions[*at].span);
        let is_at_work = holds(false) || is_on(false) || facts.sessions.iter().any(runs);
        return Price { not_known, on_call_clash: is_at_work || holds(true) || is_on(true), ..Price::default() };
    }
    let stopped = facts
        .sessions
        .iter()
        .copied()
        .filter(|at| ctx.sessions[*at].state == SessionState::Running && ctx.sessions[*at].span.overlaps(span));
    let stopped: Vec<usize> = stopped.collect();
    let sessions = || stopped.iter().map(|at| ctx.session(*at));
    let tired = tired(ctx, person, span, &stopped);
    Price {
        sessions: sessions().map(|session| session.id.clone()).collect(),
        protected: sessions().any(|session| session.protected),
        appointments: sessions().map(|session| session.appointments).fold(0, u32::saturating_add),
        operations: sessions().map(crate::model::Session::operations).fold(0, u32::saturating_add),
        not_known,
        after_on_call: night_on_call(ctx, person, span).is_some(),
        on_call_clash: holds(true) || is_on(true),
        ..tired
    }
}

/// The night on call that comes before work that begins then.
fn night_on_call(ctx: &Context, person: PersonIx, span: Span) -> Option<Span> {
    let facts = &ctx.people[person];
    let duties = facts.duties.iter().filter(|duty| duty.kind == DutyKind::OnCall).map(|duty| duty.span);
    let held = facts.assignments.iter().filter(|held| ctx.posts[held.post].on_call).map(|held| held.span);
    let mut on_call = duties.chain(held).peekable();
    on_call.peek()?;
    let night = night_before(ctx, span)?;
    on_call.find(|span| span.overlaps(night))
}

/// Of those of one rank smaller is better: grades above the post, no number to ring, minutes of cover already.
type OfEquals = (usize, bool, i64);

/// By how many grades the person may cover more of the unit than the post asks for.
fn above_grade(ctx: &Context, person: PersonIx, post: PostIx) -> usize {
    let facts = &ctx.posts[post];
    let scope = ctx.people[person].scope_in(facts.unit);
    scope.map_or(0, |scope| scope.up_to.saturating_sub(facts.tier))
}

/// How long the person covers already, in minutes.
fn cover_minutes(ctx: &Context, person: PersonIx) -> i64 {
    let held = ctx.people[person].assignments.iter().filter(|held| !ctx.posts[held.post].on_call);
    spans::union(held.map(|held| held.span).collect()).into_iter().map(Span::minutes).sum()
}

/// The person's other work on the duty day that work in that time would be part of, once these sessions are postponed.
fn work_beside(ctx: &Context, person: PersonIx, span: Span, stopped: &[SessionIx]) -> Vec<Span> {
    let facts = &ctx.people[person];
    let Some(rules) = facts.rules else { return Vec::new() };
    let mut with = facts.work(Judged::IfAllAgree).spells_without(stopped);
    with.push(span);
    let with = spans::union(with);
    let is_own = |spell: &Span| spell.covers(span);
    let days = long_days(&with, rest_wanted(rules)).into_iter();
    let days = days.map(|day| &with[day.spells]).filter(|spells| spells.iter().any(is_own));
    days.flatten().filter(|spell| !is_own(spell)).copied().collect()
}

/// By how many minutes more the person's rest would be too short, and the shift and the week too long, once these
/// sessions are postponed.
fn tired(ctx: &Context, person: PersonIx, span: Span, stopped: &[SessionIx]) -> Price {
    let facts = &ctx.people[person];
    let Some(rules) = facts.rules else { return Price::default() };
    let wanted = rest_wanted(rules);
    let missing =
        |spells: &[Span]| -> i64 { long_days(spells, wanted).iter().map(|day| wanted - day.free.minutes()).sum() };
    let work = facts.work(Judged::IfAllAgree);
    let now = work.spells();
    let mut with = work.spells_without(stopped);
    with.push(span);
    let with = spans::union(with);
    let shift = with.iter().find(|spell| spell.covers(span)).map_or(0, |spell| spell.minutes());
    let week = most_work(&with, WEEK, &[span]).map_or(0, |(_, minutes)| minutes);
    let mut price = Price {
        rest_owed_minutes: (missing(&with) - missing(now)).max(0),
        shift_over_minutes: (shift - long_spell::minutes_max(rules)).max(0),
        week_over_minutes: (week - WEEK_MINUTES_MAX).max(0),
        ..Price::default()
    };
    price.breaks_limits = rules.is_trainee() && price.tired_minutes() > 0;
    price
}

/// Smaller is better: who could before who cannot; by price, last what would be an error once agreed; at the same price
/// who was not on call the night before, and who is available before who has not said; those who cannot by how hard the hardest of their obstacles is to lift, and how many there are.
///
/// The price is told apart as the planner does: protected work, then operations, then appointments. Of those who could
/// at one price whoever is cleared just for the grade goes before more senior doctors, who may be needed above it, and
/// whoever can be rung before somebody without a number.
type Rank = (u8, usize, bool, (bool, u32, u32, usize, i64), (bool, bool));

/// Whether the two stand equal but for who is taken first of equals: by grade, telephone and cover so far.
pub fn are_equal(one: &Candidate, other: &Candidate) -> bool {
    rank(one) == rank(other)
}

fn rank(candidate: &Candidate) -> Rank {
    let price = &candidate.price;
    let cost = (price.protected, price.operations, price.appointments, price.sessions.len(), price.tired_minutes());
    let class = match (price.sessions.is_empty(), price.tired_minutes() > 0 || price.on_call_clash) {
        _ if price.breaks_limits => 3,
        (true, false) => 0,
        (true, true) => 1,
        (false, _) => 2,
    };
    let hardest = candidate.obstacles.iter().map(hardness).max();
    match hardest {
        None => (0, class, false, cost, (price.after_on_call, price.not_known)),
        Some(hardest) => (hardest, candidate.obstacles.len(), price.not_known, cost, (false, false)),
    }
}

/// How hard an obstacle is to lift; above 0.
fn hardness(obstacle: &Obstacle) -> u8 {
    match obstacle {
        Obstacle::OnPost(_) => 1,
        Obstacle::OnDuty(_) => 2,
        Obstacle::Declined(_) => 3,
        Obstacle::Lacks(_) => 4,
        Obstacle::OutOfScope { .. } => 5,
        Obstacle::NotAvailable(_) => 6,
    }
}

/// "Free, postpones nothing", or what it would cost.
fn price_text(ctx: &Context, (person, post): (PersonIx, PostIx), span: Span, price: &Price) -> String {
    let mut parts = Vec::new();
    if !price.sessions.is_empty() {
        let names =
            price.sessions.iter().filter_map(|id| ctx.session_ix(id)).map(|at| ctx.session_name(at).into_owned());
        let names: Vec<String> = names.collect();
        let protected = if price.protected { "protected " } else { "" };
        let at_stake = said::at_stake(price.appointments, price.operations);
        let comma = if at_stake.is_empty() { "" } else { ", " };
        parts.push(format!("Postpones {protected}{}{comma}{at_stake}", words::list(&names)));
    }
    if price.rest_owed_minutes > 0 {
        let stopped: Vec<SessionIx> = price.sessions.iter().filter_map(|id| ctx.session_ix(id)).collect();
        let work = work_beside(ctx, person, span, &stopped);
        let at_work = said::some_of(work.len(), |text, at| {
            text.push_str(&words::times_beside(ctx.clock(), work[at], span));
        });
        let at_work = if at_work.is_empty() { at_work } else { format!(" (at work {at_work})") };
        parts.push(format!("Rest {} short{at_work}", words::length(price.rest_owed_minutes)));
    }
    if price.shift_over_minutes > 0 {
        parts.push(format!("Shift {} too long", words::length(price.shift_over_minutes)));
    }
    if price.week_over_minutes > 0 {
        parts.push(format!("{} over 72 h in 7 days", words::length(price.week_over_minutes)));
    }
    if price.breaks_limits {
        parts.push("Trainee: becomes an error once agreed".to_owned());
    }
    if price.on_call_clash {
        let clash =
            if ctx.posts[post].on_call { "At work or on call elsewhere then" } else { "On call from home then" };
        parts.push(clash.to_owned());
    }
    if let Some(night) = night_on_call(ctx, person, span).filter(|_| price.after_on_call) {
        parts.push(format!("After a night on call, {}", words::times_beside(ctx.clock(), night, span)));
    }
    if price.not_known {
        parts.push("Availability not known".to_owned());
    }
    if parts.is_empty() { "Free, postpones nothing".to_owned() } else { parts.join("; ") }
}

fn obstacle_text(ctx: &Context, (person, post): (PersonIx, PostIx), gap: Span, obstacle: &Obstacle) -> String {
    let times = |span: Span| words::times_beside(ctx.clock(), span, gap);
    let unit = ctx.posts[post].unit;
    match obstacle {
        Obstacle::NotAvailable(span) => format!("Not available {}", times(*span)),
        Obstacle::OutOfScope { .. } => match ctx.people[person].scope_in(unit) {
            Some(_) => words::capital(&out_of_scope::may_cover(ctx, person, post)),
            None => may_cover(ctx, person),
        },
        Obstacle::Lacks(id) => {
            let name = ctx.rota.competency(id).map_or("", |competency| &competency.name);
            format!("Lacks {}", words::safe(name))
        }
        Obstacle::OnPost(other) => {
            let name = ctx.post_ix(&other.post).map(|post| ctx.post_name(post)).unwrap_or_default();
            format!("On {name} {}", times(other.span))
        }
        Obstacle::OnDuty(at) => {
            let duty = ctx.rota.people[person].duties.get(*at);
            duty.map(|duty| format!("{} {}", duty_name(&duty.label), times(duty.span))).unwrap_or_default()
        }
        Obstacle::Declined(_) => "Has declined this post".to_owned(),
    }
}

fn duty_name(label: &str) -> String {
    if label.trim().is_empty() { "On duty".to_owned() } else { words::safe(label).into_owned() }
}

/// "May cover Maternity only": which units.
fn may_cover(ctx: &Context, person: PersonIx) -> String {
    let scopes = &ctx.people[person].may_cover;
    let names: Vec<String> = scopes.iter().map(|scope| ctx.unit_name(scope.unit).into_owned()).collect();
    if names.is_empty() {
        "May cover nothing yet".to_owned()
    } else {
        format!("May cover {} only", words::list(&names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing::rota;
    use crate::model::{PostId, WindowId};

    fn messages(text: &str) -> Vec<String> {
        let rota = rota(text);
        let window = rota.window(&WindowId::new("w1").unwrap()).unwrap();
        let gap = Gap { post: PostId::new("majors").unwrap(), span: window.span };
        let say = |candidate: Candidate| {
            let cannot = if candidate.obstacles.is_empty() { "" } else { "(no) " };
            format!("{cannot}{}: {}", rota.person(&candidate.person).unwrap().initials, candidate.text)
        };
        who_could(&rota, &gap).into_iter().map(say).collect()
    }

    #[test]
    fn those_who_could_stand_by_price_and_those_who_cannot_by_what_is_quickest_to_lift() {
        let told = messages(
            "
unit A&E: SHO, Middle grade
unit Maternity: SHO
day 10:00-12:00
post Majors: A&E middle grade, needs Trauma
post Minors: A&E SHO
post Ward: Maternity SHO
session Cancer clinic: CC; 09:00-11:00; 2 appointments; protected
session Fracture clinic: AN; 09:00-10:30; 14 appointments
session Eye list: EL; 09:00-10:30; 1 inpatient; 2 day case; to postpone
session Ear list: EA; 11:59-13:00; 1 inpatient; 2 day case
person NA: can Trauma; not available 11:00-12:00
person SC: can Trauma; A&E up to SHO
person RN: can Trauma; A&E never
person LT: can Airway
person DE: can Trauma
person TE: can Trauma; elsewhere 11:00-13:00
person MI: can Trauma
person CC: can Trauma
person AN: can Trauma
person EA: can Trauma
person RE: can Trauma; on duty Mon 18:00-00:00; on duty 20:00-23:00
person NK: can Trauma; usually not known
person EL: can Trauma; on call Mon 20:00-08:00
person RS: can Trauma
DE on Majors 08:00-11:00, declined
MI on Minors 11:00-13:00, proposed
RS on Ward 12:00-13:00
",
        );
        assert_eq!(
            told,
            [
                "RS: Free, postpones nothing",
                "NK: Availability not known",
                "EL: After a night on call, 20:00 Mon 25-Apr – 08:00 Tue 26-Apr",
                "RE: Rest 1 h short (at work 18:00–00:00 Mon 25-Apr and 20:00–23:00)",
                "AN: Postpones Fracture clinic, 14 appointments",
                "EA: Postpones Ear list, 3 operations",
                "CC: Postpones protected Cancer clinic, 2 appointments",
                "(no) MI: On Minors 11:00–13:00",
                "(no) TE: Teaching 11:00–13:00",
                "(no) DE: Has declined this post",
                "(no) LT: Lacks Trauma",
                "(no) SC: May cover A&E only up to SHO",
                "(no) RN: May cover Maternity only",
                "(no) NA: Not available 11:00–12:00",
            ]
        );
    }

    #[test]
    fn too_many_hours_and_a_call_are_told_and_what_would_be_an_error_comes_last() {
        let told = messages(
            "
window 13:00-20:00
post Majors: A&E SHO
post Home: A&E SHO, on call
session Long list: LL; 08:00-14:00; 1 day case
person TR: Trainee2016; on duty 06:00-13:00
person DR: on duty 06:00-13:00
person WK: on duty 19-Apr 20:00-08:00; on duty 20-Apr 20:00-08:00; on duty 21-Apr 20:00-08:00; on duty 22-Apr 20:00-08:00; on duty 23-Apr 20:00-08:00; on duty 24-Apr 20:00-Mon 06:00
person LL: usually available
person MU: usually available
person FR: usually available
person OC: usually available
MU on Majors Mon 13:00-17:00
OC on Home 13:00-20:00
",
        );
        assert_eq!(
            told,
            [
                "FR: Free, postpones nothing",
                "MU: Free, postpones nothing",
                "OC: On call from home then",
                "DR: Shift 1 h too long",
                "WK: 5 h over 72 h in 7 days",
                "LL: Postpones Long list, 1 operation",
                "TR: Shift 1 h too long; Trainee: becomes an error once agreed",
            ]
        );
    }

    #[test]
    fn what_keeps_somebody_on_another_day_says_which() {
        let told = messages(
            "
post Majors: A&E SHO
post Nights: A&E SHO
person ND: on duty Mon 21:00-08:30
person TR: Trainee2016; on duty Mon 14:00-22:00
person HD: elsewhere 10:00-11:00
ON on Nights Mon 20:00-09:00, proposed
",
        );
        assert_eq!(
            told,
            [
                "TR: Rest 1 h short (at work 14:00–22:00 Mon 25-Apr); Trainee: becomes an error once agreed",
                "(no) ON: On Nights 20:00 Mon 25-Apr – 09:00 Tue 26-Apr",
                "(no) HD: Teaching 10:00–11:00",
                "(no) ND: Ward round 21:00 Mon 25-Apr – 08:30 Tue 26-Apr",
            ]
        );
    }

    #[test]
    fn whoever_fits_the_grade_and_can_be_rung_goes_first() {
        let mut rota = rota(
            "
unit A&E: SHO, Middle grade, Consultant
day 20:00-08:00
post Majors: A&E SHO
session Eye clinic: PC; 20:00-21:00; 4 appointments
person CA: A&E up to consultant
person CB: A&E up to consultant
person MG: A&E up to middle grade
person NS: A&E up to SHO
person CT: A&E up to SHO
person NK: A&E up to SHO; usually not known
person PC: A&E up to SHO
",
        );
        for person in ["CB", "CT", "PC", "NK"] {
            rota.people.iter_mut().find(|p| p.initials == person).unwrap().phone = "07700 900123".to_owned();
        }
        let gap = Gap { post: PostId::new("majors").unwrap(), span: rota.windows[0].span };
        let initials = |candidate: &Candidate| rota.person(&candidate.person).unwrap().initials.clone();
        let order: Vec<String> = who_could(&rota, &gap).iter().map(initials).collect();
        assert_eq!(order, ["CT", "NS", "MG", "CB", "CA", "NK", "PC"]);
    }

    #[test]
    fn every_reason_is_given() {
        let told = messages(
            "
post Majors: A&E SHO, needs Trauma
person KP: A&E never; not available 09:00-10:00; elsewhere 10:00-11:00
",
        );
        assert_eq!(
            told,
            ["(no) KP: Teaching 10:00–11:00; Lacks Trauma; May cover nothing yet; Not available 09:00–10:00"]
        );
    }

    #[test]
    fn a_post_held_from_home_asks_for_less() {
        let told = messages(
            "
post Majors: A&E SHO, on call
post Minors: A&E SHO
session Fracture clinic: KP; 09:00-10:00; 14 appointments
person KP: elsewhere 10:00-11:00
KP on Minors 08:00-09:00
RS on Majors 08:00-09:00
",
        );
        assert_eq!(told, ["KP: At work or on call elsewhere then", "(no) RS: On Majors 08:00–09:00"]);
    }
}
