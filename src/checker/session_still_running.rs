//! SES-1: somebody is on a post while a session of theirs still runs.

use super::context::{Context, Judged, PersonIx, SessionIx, WindowIx};
use super::pairs::{Effort, Others};
use super::records::Held;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said};
use crate::model::{SessionState, Span};

pub(super) const RULE: Rule = Rule {
    code: Code::Ses1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if agreed, else warning",
    title: "Still has a clinic or list",
    why: "Patients are coming. Whoever is needed in clinic or theatre is not in the unit until the session is \
          postponed and the patients are told. A session that is only marked for postponement still goes ahead.",
    source: "NHS England, planning for industrial action: elective work is stood down before its staff are redeployed",
    example: "
session Fracture clinic: KP, RS; 09:00-10:30; 14 appointments
          |08  09  10  |
A&E SHO 1 |KP  KP  KP  |
               ^^^^^^ error: KP on A&E SHO: Fracture clinic still runs, 09:00–10:30 Tue 26-Apr-2016 (14 appointments)
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let facts = &ctx.people[person];
    if facts.sessions.is_empty() || facts.assignments.is_empty() {
        return;
    }
    let mut effort = Effort::new();
    for state in [SessionState::Running, SessionState::ToPostpone] {
        let sessions = facts.sessions.iter().copied().filter(|at| ctx.sessions[*at].state == state);
        let sessions = Others::new(sessions.map(|at| (ctx.sessions[at].span, at)));
        for held in facts.assignments.iter().filter(|held| !ctx.posts[held.post].on_call) {
            let judged = Judged::BOTH.into_iter().filter(|j| j.counts(held.status) && j.runs(state));
            let judged: Vec<Judged> = judged.collect();
            if !judged.is_empty() {
                with_sessions(ctx, person, held, (&judged, &sessions, &mut effort), found);
            }
        }
    }
}

fn with_sessions(
    ctx: &Context,
    person: PersonIx,
    held: &Held,
    (judged, sessions, effort): (&[Judged], &Others<SessionIx>, &mut Effort),
    found: &mut Found,
) {
    let unit = ctx.posts[held.post].unit;
    let severity = if judged.contains(&Judged::Agreed) { Severity::Error } else { Severity::Warning };
    let room = |found: &mut Found, window: WindowIx| {
        // It is asked only where there is such a session: what it blocks is said even if the finding is not listed.
        for judged in judged {
            found.block(*judged, window, unit, false);
        }
        found.findings.room(ctx, (Code::Ses1, severity), window, unit)
    };
    let tell = |found: &mut Found, window: WindowIx, span: Span, session: SessionIx| {
        let finding = finding(ctx, person, held, session, span).of_held(ctx, person, held, window);
        found.tell_judged(ctx, judged, finding.when(span).sessions(ctx, [session]));
    };
    effort.pairs(ctx, held, sessions, |_| true, (&mut *found, room, tell));
}

fn finding(ctx: &Context, person: PersonIx, held: &Held, session: SessionIx, span: Span) -> Finding {
    let (who, post, when) = (ctx.who(person), ctx.post_name(held.post), ctx.when(span));
    let message = said::message(format_args!("{who} on {post}: {}, {when}{}", runs(ctx, session), at_stake(ctx, session)));
    let record = ctx.session(session);
    let measures = [record.appointments, record.operations()].map(i64::from).to_vec();
    Finding { measures, ..Finding::new(Code::Ses1, Severity::Error, message) }
}

fn runs(ctx: &Context, session: SessionIx) -> String {
    let name = ctx.session_name(session);
    match ctx.sessions[session].state {
        SessionState::ToPostpone => format!("{name} is not postponed yet"),
        _ => format!("{name} still runs"),
    }
}

/// " (14 appointments, 2 operations)", or nothing.
fn at_stake(ctx: &Context, session: SessionIx) -> String {
    let session = ctx.session(session);
    let said = said::at_stake(session.appointments, session.operations());
    if said.is_empty() { said } else { format!(" ({said})") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn postponed_is_free_and_to_postpone_is_not_yet() {
        check_rule(
            &RULE,
            "
session Eye list: KP; 08:00-09:00; 3 inpatient; 1 day case; to postpone
session Skin clinic: KP; 09:00-10:00; 1 appointments; postponed
          |08  09  |
A&E SHO 1 |KP      |
           ^^^^ error: KP on A&E SHO: Eye list is not postponed yet, 08:00–09:00 Tue 26-Apr-2016 (4 operations)
",
        );
    }

    #[test]
    fn whoever_has_not_agreed_would_be_free_once_it_is_postponed() {
        check_rule(
            &RULE,
            "
session Eye list: KP; 08:00-09:00; to postpone
session Skin clinic: KP; 09:00-10:00
          |08  09  |
A&E SHO 1 |KP?     |
               ^^^^ warning: KP on A&E SHO: Skin clinic still runs, 09:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }

    #[test]
    fn touching_and_on_call_are_no_matter() {
        check_rule(
            &RULE,
            "
post Home: A&E consultant, on call
session Skin clinic: KP; 09:00-10:00
          |08  09  |
A&E SHO 1 |KP  .   |
Home 1    |KP      |
",
        );
    }
}
