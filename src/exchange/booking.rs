//! `booking`: two lists that together are all sessions: what goes ahead, and what does not or may not.
//!
//! Patients in the list that goes ahead are told: if you do not hear from us, come as planned. So it holds only what runs
//! and can run: no session that is to be postponed, and none of which somebody of the team is not there.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{Choices, Document, Format, NotExported, Source};
use super::shifts::{date, time};
use super::table::{Cell, Table};
use crate::checker::Code;
use crate::model::{Assignment, PersonId, Rota, Session, SessionId, SessionState, Span, Status, words};

pub(super) const FORMAT: Format = Format {
    name: "booking",
    ending: "csv",
    title: "Lists for the booking office (CSV)",
    purpose: "Two lists that together are all sessions: what goes ahead as planned, and what is postponed or still to be decided",
    readers: "the booking office: it names the teams by initials, and no patients",
    choices: &[],
    is_folder: true,
    is_text: true,
    write,
};

const HEADINGS: [&str; 14] = [
    "Hospital", "From date", "From", "To date", "To", "Kind", "Session", "Specialty", "Team", "Outpatient appointments",
    "Inpatient operations", "Day-case operations", "Protected", "What to do",
];

fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    let stopped = cannot_run(source)?;
    let mut lists = [Table::new(&HEADINGS), Table::new(&HEADINGS)];
    let mut sessions: Vec<&Session> = source.rota.sessions.iter().collect();
    sessions.sort_by_key(|session| (session.span, &session.title, &session.id));
    for session in sessions {
        let told = match (session.state, stopped.get(&session.id)) {
            (SessionState::Postponed, _) => "Postponed: tell the patients".to_owned(),
            (SessionState::ToPostpone, _) => "To be postponed: ask the rota coordinator before anybody is told".to_owned(),
            (SessionState::Running, Some(who)) => {
                format!("Not decided: {who} cannot be there; ask the rota coordinator before anybody is told")
            }
            (SessionState::Running, None) => "Goes ahead: if patients do not hear from us, they come as planned".to_owned(),
        };
        let goes_ahead = session.state == SessionState::Running && !stopped.contains_key(&session.id);
        lists[usize::from(goes_ahead)].rows.push(row(source.rota, session, told));
    }
    let [not, goes] = lists;
    let document = |name: &str, table: &Table| Document { name: name.to_owned(), bytes: table.csv() };
    Ok(vec![document("postponed-or-to-decide", &not), document("goes-ahead", &goes)])
}

/// The sessions that run although somebody of the team cannot be there, each with who that is.
fn cannot_run<'a>(source: &Source<'a>) -> Result<BTreeMap<&'a SessionId, String>, NotExported> {
    // Of findings that are not listed nothing can be promised.
    if source.report.is_shortened {
        return Err(NotExported::TooManyProblems);
    }
    let rota = source.rota;
    let mut missing: BTreeMap<&SessionId, BTreeSet<&str>> = BTreeMap::new();
    for finding in source.report.findings.iter().filter(|it| matches!(it.code, Code::Ses1 | Code::Ses2)) {
        let who = finding.people.iter().filter_map(|id| rota.person(id)).map(|person| person.initials.as_str());
        let who: Vec<&str> = who.collect();
        for session in &finding.sessions {
            missing.entry(session).or_default().extend(&who);
        }
    }
    let mut work: BTreeMap<&PersonId, Vec<Span>> = BTreeMap::new();
    // Also of whoever has only been proposed: an answer must not come after the patients.
    for it in rota.assignments.iter().filter(|it| it.status != Status::Declined && !is_on_call(rota, it)) {
        work.entry(&it.person).or_default().push(it.span);
    }
    for session in &rota.sessions {
        let is_needed = |id: &&PersonId| work.get(id).is_some_and(|all| all.iter().any(|it| it.overlaps(session.span)));
        for person in session.team.iter().filter(is_needed).filter_map(|id| rota.person(id)) {
            missing.entry(&session.id).or_default().insert(&person.initials);
        }
    }
    let who = |initials: BTreeSet<&str>| words::list(&initials.into_iter().map(words::safe).collect::<Vec<_>>());
    Ok(missing.into_iter().map(|(session, initials)| (session, who(initials))).collect())
}

fn is_on_call(rota: &Rota, assignment: &Assignment) -> bool {
    rota.post(&assignment.post).is_some_and(|post| post.on_call)
}

fn row(rota: &Rota, session: &Session, told: String) -> Vec<Cell> {
    let team: Vec<&str> = session.team.iter().filter_map(|id| rota.person(id)).map(|it| it.initials.as_str()).collect();
    vec![
        rota.properties.hospital.as_str().into(),
        date(rota, session.span.from).into(),
        time(rota, session.span.from).into(),
        date(rota, session.span.to).into(),
        time(rota, session.span.to).into(),
        session.kind.name().into(),
        session.title.as_str().into(),
        session.specialty.as_str().into(),
        team.join(", ").into(),
        session.appointments.into(),
        session.inpatient.into(),
        session.day_case.into(),
        if session.protected { "yes" } else { "no" }.into(),
        told.into(),
    ]
}
