//! `booking`: two lists that together are all sessions: what goes ahead, and what does not or may not.
//!
//! Patients in the list that goes ahead are told: if you do not hear from us, come as planned. So it holds only what runs
//! and can run: no session that is to be postponed, and none of which somebody of the team is not there.

use super::format::{Choices, Document, Format, NotExported, Source};
use super::shifts::{as_of, date, time};
use super::stopped::cannot_run;
use super::table::{Cell, Table};
use crate::model::{Session, SessionState};

pub(super) const FORMAT: Format = Format {
    name: "booking",
    ending: "csv",
    title: "Lists for the booking office (CSV)",
    purpose: "Two lists that together are all sessions: what goes ahead as planned, and what is postponed or still to be decided",
    readers: "the booking office: it names the teams by initials, and no patients",
    choices: &[],
    is_folder: true,
    write,
};

const HEADINGS: [&str; 15] = [
    "Hospital", "From date", "From", "To date", "To", "Kind", "Session", "Specialty", "Team", "Outpatient appointments",
    "Inpatient operations", "Day-case operations", "Protected", "What to do", "As of",
];

fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    let stopped = cannot_run(source)?;
    let mut lists = [Table::new(&HEADINGS), Table::new(&HEADINGS)];
    let mut sessions: Vec<&Session> = source.rota.sessions.iter().collect();
    sessions.sort_by_key(|session| (session.span, &session.title, &session.id));
    for session in sessions {
        let (goes_ahead, told) = match (session.state, stopped.get(&session.id)) {
            (SessionState::Postponed, _) => (false, "Postponed: tell the patients".to_owned()),
            (SessionState::ToPostpone, _) => {
                (false, "To be postponed: ask the rota coordinator before anybody is told".to_owned())
            }
            (SessionState::Running, Some(who)) => {
                (false, format!("Not decided: {who} cannot be there; ask the rota coordinator before anybody is told"))
            }
            (SessionState::Running, None) => {
                (true, "Goes ahead: if patients do not hear from us, they come as planned".to_owned())
            }
        };
        lists[usize::from(goes_ahead)].rows.push(row(source, session, told));
    }
    let [not, goes] = lists;
    let document = |name: &str, table: &Table| Document { name: name.to_owned(), bytes: table.csv() };
    Ok(vec![document("postponed-or-to-decide", &not), document("goes-ahead", &goes)])
}

fn row(source: &Source<'_>, session: &Session, told: String) -> Vec<Cell> {
    let rota = source.rota;
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
        as_of(source).into(),
    ]
}
