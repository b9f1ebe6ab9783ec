//! DTY-1: an assignment at the same time as a duty, or an on-call post at the same time as other work.
//!
//! Two assignments to the same post are DBL-2 and not told again. Of two on-call posts the pair is told once, under the
//! one that begins first (of two that begin and end together, the post that stands first). Only sessions that are Running clash with an on-call post.

use super::blame::name;
use super::context::{Context, Judged, PersonIx, SessionIx, WindowIx};
use super::listed::Listed;
use super::listed::Listing;
use super::pairs::{Effort, Others};
use super::records::Held;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said};
use crate::model::{Duty, DutyKind, SessionState, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Dty1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning; warning where either is on call",
    title: "Clash with a duty",
    why: "Nobody can be in two places. Being on call from home is a promise to come in, which somebody at work elsewhere \
          may not be able to keep.",
    source: "CLWRota: nobody is in more than one place at once; on call from home is not presence",
    example: "
post Majors: A&E middle grade
person EV: Varga, Eszter; elsewhere 10:00-12:00
EV on Majors 08:00-11:00
error: EV Varga: Majors clashes with being elsewhere (Teaching) for 1 h, 10:00–11:00 Tue 26-Apr-2016
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let facts = &ctx.people[person];
    if !facts.assignments.is_empty() {
        let on_call = facts.assignments.iter().any(|held| ctx.posts[held.post].on_call);
        if on_call || !facts.duties.is_empty() {
            found.judge_held(ctx, person, |judged, out| find(ctx, person, judged, out));
        }
    }
}

/// Two things at once.
struct Clash<'a> {
    own: &'a Held,
    severity: Severity,
    other: String,
    other_assignment: Option<Held>,
    session: Option<SessionIx>,
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let mut effort = Effort::new();
    with_duties(ctx, person, judged, &mut effort, out);
    let facts = &ctx.people[person];
    if facts.assignments.iter().any(|held| ctx.posts[held.post].on_call) {
        on_call_with_work(ctx, person, judged, &mut effort, out);
    }
}

fn counted<'a>(ctx: &'a Context, person: PersonIx, judged: Judged) -> impl Iterator<Item = &'a Held> {
    ctx.people[person].assignments.iter().filter(move |held| judged.counts(held.status))
}

fn with_duties(ctx: &Context, person: PersonIx, judged: Judged, effort: &mut Effort, out: &mut Listed) {
    for is_on_call in [false, true] {
        let duties = ctx.people[person].duties.iter().filter(|duty| (duty.kind == DutyKind::OnCall) == is_on_call);
        let duties = Others::new(duties.map(|duty| (duty.span, duty)));
        for own in counted(ctx, person, judged) {
            let is_on_call = is_on_call || ctx.posts[own.post].on_call;
            let severity = if is_on_call { Severity::Warning } else { Severity::Error };
            let tell = |out: &mut Listed, window, span, duty: &Duty| {
                let other = duty_name(duty);
                let clash = Clash { own, severity, other, other_assignment: None, session: None };
                out.push(finding(ctx, person, &clash, window, span));
            };
            effort.pairs(ctx, own, &duties, |_| true, (&mut *out, room(ctx, own, severity), tell));
        }
    }
}

fn room(ctx: &Context, own: &Held, severity: Severity) -> impl Fn(&mut Listed, WindowIx) -> Listing {
    let unit = ctx.posts[own.post].unit;
    move |out, window| out.room(ctx, (Code::Dty1, severity), window, unit)
}

fn duty_name(duty: &Duty) -> String {
    let what = match duty.kind {
        DutyKind::Resident => "being on duty",
        DutyKind::OnCall => "being on call",
        DutyKind::Other => "being elsewhere",
    };
    let label = words::safe(duty.label.trim());
    if label.is_empty() { what.to_owned() } else { format!("{what} ({label})") }
}

fn on_call_with_work(ctx: &Context, person: PersonIx, judged: Judged, effort: &mut Effort, out: &mut Listed) {
    let severity = Severity::Warning;
    let others = Others::new(counted(ctx, person, judged).map(|held| (held.span, held)));
    let sessions = ctx.people[person].sessions.iter().copied();
    let sessions = sessions.filter(|at| ctx.sessions[*at].state == SessionState::Running);
    let sessions = Others::new(sessions.map(|at| (ctx.sessions[at].span, at)));
    for own in counted(ctx, person, judged).filter(|held| ctx.posts[held.post].on_call) {
        let is_told_here = |other: &Held| {
            let is_told_there = ctx.posts[other.post].on_call && (other.span, other.post) < (own.span, own.post);
            other.post != own.post && !is_told_there
        };
        let tell = |out: &mut Listed, window, span, held: &Held| {
            let other = ctx.post_name(held.post).into_owned();
            let clash = Clash { own, severity, other, other_assignment: Some(*held), session: None };
            out.push(finding(ctx, person, &clash, window, span));
        };
        effort.pairs(ctx, own, &others, is_told_here, (&mut *out, room(ctx, own, severity), tell));
        let tell = |out: &mut Listed, window, span, session: SessionIx| {
            let other = ctx.session_name(session).into_owned();
            let clash = Clash { own, severity, other, other_assignment: None, session: Some(session) };
            out.push(finding(ctx, person, &clash, window, span));
        };
        effort.pairs(ctx, own, &sessions, |_| true, (&mut *out, room(ctx, own, severity), tell));
    }
}

fn finding(ctx: &Context, person: PersonIx, clash: &Clash, window: WindowIx, span: Span) -> Finding {
    let own = ctx.post_name(clash.own.post);
    let on_call = if ctx.posts[clash.own.post].on_call { " (on call)" } else { "" };
    let minutes = words::length(span.minutes());
    let who = name(ctx, person);
    let message = said::message(format_args!("{who}: {own}{on_call} clashes with {} for {minutes}, {}", clash.other, ctx.when(span)));
    let both = std::iter::once(clash.own).chain(&clash.other_assignment);
    let finding = Finding::new(Code::Dty1, clash.severity, message).when(span);
    let finding = finding.at(ctx, window, ctx.posts[clash.own.post].unit).people(ctx, [person]);
    let finding = finding.posts(ctx, both.clone().map(|held| held.post)).sessions(ctx, clash.session);
    finding.assignments(ctx, both.map(|held| held.at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        check_rule(&RULE, &format!("post Majors: A&E middle grade\npost Home: A&E consultant, on call\n{words}"));
    }

    #[test]
    fn what_only_touches_is_no_clash() {
        says("person EV: on duty 06:00-08:00; elsewhere 11:00-12:00; on call 12:00-20:00\nEV on Majors 08:00-11:00");
    }

    #[test]
    fn at_work_or_elsewhere_blocks_if_agreed() {
        let told =
            "EV Family EV: Majors clashes with being on duty (Ward round) for 1 min, 10:59–11:00 Tue 26-Apr-2016";
        says(&format!("person EV: on duty 10:59-12:00\nEV on Majors 08:00-11:00\nerror: {told}"));
        says(&format!(
            "person EV: on duty 10:59-12:00\nEV on Majors 08:00-11:00, asked\nwarning: {told}; becomes an error once agreed"
        ));
        says("person EV: on duty 10:59-12:00\nEV on Majors 08:00-11:00, declined");
    }

    #[test]
    fn where_either_is_on_call_it_warns() {
        says(
            "person EV: on call 10:00-20:00\nEV on Majors 08:00-11:00
warning: EV Family EV: Majors clashes with being on call (On call) for 1 h, 10:00–11:00 Tue 26-Apr-2016",
        );
        says(
            "person EV: on duty 10:00-20:00\nEV on Home 08:00-11:00
warning: EV Family EV: Home (on call) clashes with being on duty (Ward round) for 1 h, 10:00–11:00 Tue 26-Apr-2016",
        );
    }

    #[test]
    fn an_on_call_post_clashes_with_posts_and_sessions() {
        says(
            "EV on Home 08:00-17:00\nEV on Majors 12:00-13:00
warning: EV Family EV: Home (on call) clashes with Majors for 1 h, 12:00–13:00 Tue 26-Apr-2016",
        );
        says(
            "session Clinic: EV; 12:00-13:00\nEV on Home 08:00-17:00
warning: EV Family EV: Home (on call) clashes with Clinic for 1 h, 12:00–13:00 Tue 26-Apr-2016",
        );
        says("session Clinic: EV; 12:00-13:00; to postpone\nEV on Home 08:00-17:00");
        says("EV on Home 08:00-17:00\nEV on Home 12:00-13:00");
        says("EV on Home 08:00-12:00\nEV on Majors 12:00-13:00");
    }

    #[test]
    fn two_on_call_posts_are_told_once() {
        let words = "post Home 2: A&E consultant, on call";
        for other in [", asked", ""] {
            says(&format!(
                "{words}\nEV on Home 2 12:00-17:00\nEV on Home 08:00-13:00{other}
warning: EV Family EV: Home (on call) clashes with Home 2 for 1 h, 12:00–13:00 Tue 26-Apr-2016"
            ));
        }
    }

    #[test]
    fn a_clash_is_cut_at_the_edges_of_windows() {
        says(
            "day 08:00-10:00\nday 12:00-17:00\nperson EV: elsewhere 09:00-13:00\nEV on Majors 08:00-17:00
error: EV Family EV: Majors clashes with being elsewhere (Teaching) for 1 h, 09:00–10:00 Tue 26-Apr-2016
error: EV Family EV: Majors clashes with being elsewhere (Teaching) for 1 h, 12:00–13:00 Tue 26-Apr-2016",
        );
        says("person EV: elsewhere 17:00-18:00\nEV on Majors 08:00-18:00");
    }
}
