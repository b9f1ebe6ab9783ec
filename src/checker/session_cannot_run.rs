//! SES-2: a session is to go ahead although somebody of its team cannot be there.
//!
//! Only sessions that are Running are meant, on both sides: of one that is to be postponed nobody is told that it goes
//! ahead. Told once for each stretch of clash and window; a session outside all windows is not looked at.

use super::blame::name;
use super::context::{Context, PersonIx, SessionIx};
use super::pairs::Others;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said, spans};
use crate::model::{Duty, DutyKind, SessionState, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Ses2,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Warning,
    severity: "warning",
    title: "Session cannot run",
    why: "The booking office is told that this session goes ahead. Patients would come for nothing.",
    source: "The two lists for the booking office together are all sessions: what is not postponed is told to come",
    example: "
person AN: Nwosu, Adaeze; not available 10:00-12:00
session Fracture clinic: AN; 09:00-12:30; 14 appointments
warning: Fracture clinic, 09:00–12:30 Tue 26-Apr-2016, is running, but AN Nwosu is not available 10:00–12:00 Tue 26-Apr-2016: patients would still come (14 appointments)
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let runs = |at: &&SessionIx| ctx.sessions[**at].state == SessionState::Running;
    let running: Vec<SessionIx> = ctx.people[person].sessions.iter().filter(runs).copied().collect();
    if running.is_empty() {
        return;
    }
    let duties = ctx.people[person].duties.iter().filter(|duty| duty.kind != DutyKind::OnCall);
    let duties = Others::new(duties.map(|duty| (duty.span, duty)));
    let sessions = Others::new(running.iter().map(|at| (ctx.sessions[*at].span, *at)));
    for session in &running {
        let mut windows = ctx.windows_in(ctx.sessions[*session].span);
        if !windows.any(|(window, _)| found.findings.has_room_in_window(ctx, Code::Ses2, Severity::Warning, window)) {
            continue;
        }
        let clashes = clashes(ctx, person, *session, (&duties, &sessions));
        let times = spans::union(clashes.iter().map(|(span, _)| *span).collect());
        for time in times {
            for (window, span) in ctx.windows_in(time) {
                let here = clashes.iter().filter(|(clash, _)| clash.overlaps(span)).map(|(_, why)| why.as_str());
                let mut here: Vec<&str> = here.collect();
                here.dedup();
                let finding = Finding::new(Code::Ses2, Severity::Warning, message(ctx, person, *session, &here, span));
                let record = ctx.session(*session);
                let measures = [record.appointments, record.operations()].map(i64::from).to_vec();
                let finding = Finding { measures, ..finding }.in_window(ctx, window).when(span).people(ctx, [person]);
                found.tell(finding.sessions(ctx, [*session]));
            }
        }
    }
}

/// When the person cannot be in the session, and why.
fn clashes(
    ctx: &Context,
    person: PersonIx,
    session: SessionIx,
    (duties, sessions): (&Others<&Duty>, &Others<SessionIx>),
) -> Vec<(Span, String)> {
    let facts = &ctx.people[person];
    let span = ctx.sessions[session].span;
    let away = spans::within(&facts.not_available, span).map(|away| (away, "not available".to_owned()));
    let duties = duties.at(span).filter_map(|(other, duty)| {
        let on = if duty.kind == DutyKind::Resident { "on duty" } else { "elsewhere" };
        let label = words::safe(duty.label.trim());
        let on = if label.is_empty() { on.to_owned() } else { format!("{on} ({label})") };
        Some((other.overlap(span)?, on))
    });
    let sessions = sessions
        .at(span)
        .filter(|(_, other)| *other != session)
        .filter_map(|(other_span, other)| Some((other_span.overlap(span)?, format!("in {}", ctx.session_name(other)))));
    away.take(CLASHES_MAX).chain(duties.take(CLASHES_MAX)).chain(sessions.take(CLASHES_MAX)).collect()
}

/// So many clashes of one session of each kind are looked at, at most.
const CLASHES_MAX: usize = 20;

fn message(ctx: &Context, person: PersonIx, session: SessionIx, why: &[&str], span: Span) -> String {
    let record = ctx.session(session);
    let price = price(record.appointments, record.operations());
    format!(
        "{}, {}, is running, but {} is {} {}: patients would still come{price}",
        ctx.session_name(session),
        ctx.when(record.span),
        name(ctx, person),
        said::some(why),
        ctx.when(span)
    )
}

/// " (14 appointments, 2 operations)", or nothing.
fn price(appointments: u32, operations: u32) -> String {
    let told = [(appointments, "appointment"), (operations, "operation")];
    let told: Vec<String> = told.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| words::count(n, noun)).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    const SESSION: &str = "session Fracture clinic: AN; 09:00-12:30";

    fn says(words: &str) {
        check_rule(&RULE, &format!("{SESSION}\n{words}"));
    }

    fn text_of(why: &str, when: &str) -> String {
        format!(
            "warning: Fracture clinic, 09:00–12:30 Tue 26-Apr-2016, is running, but AN Family AN is {why} {when} Tue 26-Apr-2016: patients would still come"
        )
    }

    #[test]
    fn what_only_touches_the_session_is_no_clash() {
        says("person AN: not available 08:00-09:00; on duty 12:30-13:00; elsewhere 07:00-09:00");
        says(&format!("person AN: not available 08:00-09:01\n{}", text_of("not available", "09:00–09:01")));
        says(&format!("person AN: on duty 12:29-13:00\n{}", text_of("on duty (Ward round)", "12:29–12:30")));
        says(&format!("person AN: elsewhere 07:00-13:00\n{}", text_of("elsewhere (Teaching)", "09:00–12:30")));
    }

    #[test]
    fn being_on_call_is_no_clash() {
        says("person AN: on call 08:00-17:00");
    }

    #[test]
    fn two_sessions_at_once_are_each_told_while_both_run() {
        let other = text_of("in Hand clinic", "12:00–12:30");
        says(&format!(
            "session Hand clinic: AN; 12:00-13:00; 7 appointments; 2 inpatient\n{other}
warning: Hand clinic, 12:00–13:00 Tue 26-Apr-2016, is running, but AN Family AN is in Fracture clinic 12:00–12:30 Tue 26-Apr-2016: patients would still come (7 appointments, 2 operations)"
        ));
        says("session Hand clinic: AN; 12:00-13:00; to postpone");
        says("session Hand clinic: AN; 12:00-13:00; postponed");
        says("session Hand clinic: AN; 12:30-13:00");
    }

    #[test]
    fn a_session_that_is_or_will_be_postponed_is_not_told_to_go_ahead() {
        for state in ["to postpone", "postponed"] {
            check_rule(&RULE, &format!("{SESSION}; {state}\nperson AN: not available 08:00-17:00"));
        }
    }

    #[test]
    fn clashes_that_touch_are_told_as_one() {
        says(&format!(
            "person AN: not available 10:00-11:00; on duty 11:00-12:00\n{}",
            text_of("not available and on duty (Ward round)", "10:00–12:00")
        ));
        says(&format!(
            "person AN: not available 10:00-11:00; not available 12:00-13:00\n{}\n{}",
            text_of("not available", "10:00–11:00"),
            text_of("not available", "12:00–12:30")
        ));
    }
}
