//! Sessions that were postponed, or were to be, and go ahead: who would no longer count on a post.

use crate::checker::{Context, CoverStep, PostStep, UnitVerdict, VerdictWords, check, coverage_in};
use crate::model::{PersonId, Rota, Session, SessionId, SessionState, Status, words};

use super::assign::names;

/// Who would no longer count if these sessions became `to`, and the verdict then: a line for each unit and day, such as
/// `UT, agreed, would no longer count: Maternity SHORT 12 h`, or of several days `Maternity on Tue 26-Apr: SHORT 12 h`.
pub(super) fn no_longer_count(rota: &Rota, ids: &[SessionId], to: SessionState) -> Vec<String> {
    let sessions: Vec<&Session> = ids.iter().filter_map(|id| rota.session(id)).filter(|s| s.state != to).collect();
    let mut after = rota.clone();
    after.sessions.iter_mut().filter(|session| ids.contains(&session.id)).for_each(|session| session.state = to);
    let (was, is, report) = (Context::new(rota), Context::new(&after), check(&after));
    let verdicts = VerdictWords::new(&after, &report);
    let mut lines = Vec::new();
    for unit in report.units.iter().filter(|unit| has_team_on_posts(rota, unit, &sessions)) {
        let [was, is] = [&was, &is].map(|ctx| coverage_in(ctx, &unit.window, &unit.unit));
        let lost = |counting: fn(&PostStep) -> &[PersonId]| {
            let less = |person: &PersonId, session: &Session| {
                minutes(&was, person, session, counting) > minutes(&is, person, session, counting)
            };
            let of_team = |session: &&Session| -> Vec<PersonId> {
                session.team.iter().filter(|person| less(person, session)).cloned().collect()
            };
            sessions.iter().flat_map(of_team).collect::<Vec<_>>()
        };
        let agreed = lost(|post| &post.counts);
        let mut others = lost(|post| &post.counts_if_agreed);
        others.retain(|person| !agreed.contains(person));
        // The card above the grid adds up all days: of several this is the one that is meant.
        let on_day = rota.window(&unit.window).filter(|_| rota.windows.len() > 1);
        let on_day = on_day.map_or_else(String::new, |day| format!(" on {}:", words::day(rota.zone(), day.span.from)));
        let verdict = format!("{}{on_day} {}", unit_name(rota, unit), verdicts.of(unit));
        for (who, how) in [(agreed, "agreed, would no longer count"), (others, "not agreed yet, would not count")] {
            if !who.is_empty() {
                lines.push(format!("{}, {how}: {verdict}", names(rota, &who)));
            }
        }
    }
    lines
}

fn unit_name(rota: &Rota, unit: &UnitVerdict) -> String {
    rota.unit(&unit.unit).map_or_else(String::new, |unit| words::safe(&unit.name).into_owned())
}

/// Whether somebody of the sessions' teams is on a post of the unit on that day meanwhile.
fn has_team_on_posts(rota: &Rota, unit: &UnitVerdict, sessions: &[&Session]) -> bool {
    let Some(window) = rota.window(&unit.window) else { return false };
    let of_unit = |post| rota.post(post).is_some_and(|post| post.unit == unit.unit);
    rota.assignments
        .iter()
        .filter(|a| a.status != Status::Declined && a.span.overlaps(window.span))
        .any(|a| sessions.iter().any(|s| s.team.contains(&a.person) && s.span.overlaps(a.span)) && of_unit(&a.post))
}

/// How long the person counts in the unit while the session is, in minutes.
fn minutes(steps: &[CoverStep], person: &PersonId, session: &Session, counting: fn(&PostStep) -> &[PersonId]) -> i64 {
    let has = |step: &&CoverStep| step.posts.iter().any(|post| counting(post).contains(person));
    steps.iter().filter(has).filter_map(|step| step.span.overlap(session.span)).map(crate::model::Span::minutes).sum()
}
