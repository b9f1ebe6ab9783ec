//! EXC-1: somebody is on call while holding a post whose holder may do nothing else.
//!
//! Work at the same time is DBL-1, SES-1 or DTY-1; this rule is about being on call, which those only warn of. It is an
//! error if both are agreed; an on-call duty counts as agreed.

use super::blame::name;
use super::context::{Context, Judged, PersonIx, WindowIx};
use super::listed::Listed;
use super::pairs::{Effort, Others};
use super::records::Held;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity};
use crate::model::{Duty, DutyKind, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Exc1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning",
    title: "Exclusive post shared",
    why: "Whoever holds this post may do nothing else: the duty obstetric anaesthetist who is called elsewhere is \
          missing when a mother needs them.",
    source: "OAA and AAGBI guidelines for obstetric anaesthesia services: a duty anaesthetist immediately available, \
             without other responsibilities",
    example: "
post Labour ward anaesthetist: A&E middle grade, exclusive
person PD: Dacre, Peter; on call 12:00-20:00
PD on Labour ward anaesthetist 08:00-17:00, asked
warning: PD Dacre: Labour ward anaesthetist needs a dedicated doctor, but PD is on call (On call) for 5 h of it, 12:00–17:00 Tue 26-Apr-2016; becomes an error once agreed
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    if ctx.people[person].assignments.iter().any(|held| ctx.post(held.post).exclusive) {
        found.judge_held(ctx, person, |judged, out| find(ctx, person, judged, out));
    }
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let facts = &ctx.people[person];
    let counted = || facts.assignments.iter().filter(|held| judged.counts(held.status));
    let duties = facts.duties.iter().filter(|duty| duty.kind == DutyKind::OnCall);
    let duties = Others::new(duties.map(|duty| (duty.span, duty)));
    let on_call = Others::new(counted().filter(|held| ctx.posts[held.post].on_call).map(|held| (held.span, held)));
    let mut effort = Effort::new();
    for own in counted().filter(|held| ctx.post(held.post).exclusive) {
        let unit = ctx.posts[own.post].unit;
        let room = |out: &mut Listed, window| out.room(ctx, (Code::Exc1, Severity::Error), window, unit);
        let tell = |out: &mut Listed, window, span, duty: &Duty| {
            let label = words::safe(duty.label.trim());
            let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
            out.push(finding(ctx, person, (own, None), &label, (window, span)));
        };
        effort.pairs(ctx, own, &duties, |_| true, (&mut *out, room, tell));
        let tell = |out: &mut Listed, window, span, other: &Held| {
            let label = format!(" ({})", ctx.post_name(other.post));
            out.push(finding(ctx, person, (own, Some(other)), &label, (window, span)));
        };
        effort.pairs(ctx, own, &on_call, |other| other.post != own.post, (&mut *out, room, tell));
    }
}

fn finding(
    ctx: &Context,
    person: PersonIx,
    (own, other): (&Held, Option<&Held>),
    label: &str,
    (window, span): (WindowIx, Span),
) -> Finding {
    let message = format!(
        "{}: {} needs a dedicated doctor, but {} is on call{label} for {} of it, {}",
        name(ctx, person),
        ctx.post_name(own.post),
        ctx.who(person),
        words::length(span.minutes()),
        ctx.when(span)
    );
    let finding = Finding::new(Code::Exc1, Severity::Error, message).when(span).people(ctx, [person]);
    let finding = finding.at(ctx, window, ctx.posts[own.post].unit);
    let named = || std::iter::once(own).chain(other);
    finding.posts(ctx, named().map(|held| held.post)).assignments(ctx, named().map(|held| held.at))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        let posts = "post LW: A&E middle grade, exclusive\npost Home: A&E consultant, on call\npost Majors: A&E SHO";
        check_rule(&RULE, &format!("{posts}\n{words}"));
    }

    #[test]
    fn an_on_call_post_during_an_exclusive_one() {
        let told = "PD Family PD: LW needs a dedicated doctor, but PD is on call (Home) for 1 min, 16:59–17:00 Tue 26-Apr-2016";
        let told = told.replace("1 min,", "1 min of it,");
        says("PD on LW 08:00-17:00\nPD on Home 17:00-20:00");
        says(&format!("PD on LW 08:00-17:00\nPD on Home 16:59-20:00\nerror: {told}"));
        says(&format!(
            "PD on LW 08:00-17:00, proposed\nPD on Home 16:59-20:00\nwarning: {told}; becomes an error once agreed"
        ));
        says(&format!("PD on LW 08:00-17:00\nPD on Home 16:59-20:00, asked\nwarning: {told}; becomes an error once agreed"));
        says("PD on LW 08:00-17:00\nPD on Home 16:59-20:00, declined");
    }

    #[test]
    fn other_clashes_have_their_own_rules() {
        says("person PD: on duty 08:00-17:00; elsewhere 08:00-17:00\nPD on LW 08:00-17:00\nPD on Majors 08:00-17:00");
        says("person PD: on call 08:00-17:00\nPD on Majors 08:00-17:00");
    }

    #[test]
    fn an_on_call_duty_counts_as_agreed() {
        says(
            "person PD: on call 16:00-20:00\nPD on LW 08:00-17:00
error: PD Family PD: LW needs a dedicated doctor, but PD is on call (On call) for 1 h of it, 16:00–17:00 Tue 26-Apr-2016",
        );
    }
}
