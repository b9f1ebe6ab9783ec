//! `ics`: what each person has agreed to or been asked for, as a calendar.
//!
//! A shift keeps its UID for as long as the same person holds it, and the SEQUENCE rises with each export, so that a
//! calendar that has the event already takes the change (RFC 5545, 3.8.7.4). Times are in UTC: no calendar can misread them
//! on the day the clocks change.

use std::collections::BTreeMap;

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::format::{Choices, Document, Format, NotExported, Source};
use super::names::file_name;
use super::shifts::Shift;
use super::table::harmless;
use crate::model::{Assignment, AssignmentId, Instant, Person, PersonId, Rota, Status, words};

pub(super) const FORMAT: Format = Format {
    name: "ics",
    ending: "ics",
    title: "Calendars, one for each person (ICS)",
    purpose: "A calendar file for each person: agreed shifts, shifts they are asked for as tentative, and declined ones cancelled; of shifts that were deleted, those of an issued version",
    readers: "each person their own file: no other person is named in it",
    choices: &[],
    is_folder: true,
    write,
};

fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    let document = source.header.document.as_deref().ok_or(NotExported::NotSaved)?;
    let issued = issued(source.rota);
    let mut of_person: BTreeMap<&PersonId, Vec<Event>> = BTreeMap::new();
    let mut add = |shift: Shift<'_>, id, status| {
        of_person.entry(id).or_default().push(event((source, document), shift, status));
    };
    for shift in Shift::all(source.rota) {
        let held = (&shift.assignment.id, &shift.person.id);
        let status = match shift.assignment.status {
            Status::Agreed => EventStatus::Confirmed,
            Status::Asked => EventStatus::Tentative,
            Status::Declined => EventStatus::Cancelled,
            // Nobody has been asked; but whoever has it from an issued version must not come.
            Status::Proposed if issued.contains_key(&held) => EventStatus::Cancelled,
            Status::Proposed => continue,
        };
        add(shift, &shift.person.id, status);
    }
    let is_gone = |it: &&Assignment| source.rota.assignment(&it.id).is_none_or(|now| now.person != it.person);
    for shift in Shift::of(source.rota, issued.into_values().filter(is_gone)) {
        add(shift, &shift.person.id, EventStatus::Cancelled);
    }
    let people = source.rota.people.iter();
    Ok(people.filter_map(|person| Some(of(source, person, of_person.remove(&person.id)?))).collect())
}

/// Every shift of the issued versions by itself and by who held it, as it was last given out.
fn issued(rota: &Rota) -> BTreeMap<(&AssignmentId, &PersonId), &Assignment> {
    let issued = rota.issued.iter().flat_map(|issue| &issue.assignments);
    issued.map(|it| ((&it.id, &it.person), it)).collect()
}

fn of(source: &Source<'_>, person: &Person, events: Vec<Event>) -> Document {
    let mut calendar = Calendar::new();
    calendar.properties.retain(|property| property.key() != "PRODID");
    calendar.append_property(Property::new("PRODID", "-//Cover Rota//Cover Rota//EN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.name(&harmless(&source.rota.properties.title));
    calendar.extend(events);
    Document { name: file_name(&[&person.initials, &person.family], person.id.as_str()), bytes: calendar.to_string().into_bytes() }
}

fn event((source, document): (&Source<'_>, &str), shift: Shift<'_>, status: EventStatus) -> Event {
    let Shift { assignment, post, unit, person, .. } = shift;
    let rota = source.rota;
    let asked = match status {
        EventStatus::Tentative => " (asked, not agreed)",
        EventStatus::Cancelled => " (cancelled)",
        EventStatus::Confirmed => "",
    };
    let mut about = vec![format!("{}, {}", unit.name, words::span(rota.zone(), assignment.span))];
    about.extend((!post.bleep.is_empty()).then(|| format!("Bleep {}", post.bleep)));
    about.extend(post.on_call.then(|| "On call from home".to_owned()));
    about.push("Check the live rota before use.".to_owned());
    let place = [&unit.name, &rota.properties.hospital].map(|it| harmless(it)).into_iter().filter(|it| !it.is_empty());
    let mut event = Event::new();
    event.uid(&format!(
        "{document}-{}-{}@cover-rota",
        assignment.id.as_str(),
        person.id.as_str()
    ));
    event.summary(&format!("{}{asked}", harmless(&post.name)));
    event.description(&about.iter().map(|line| harmless(line)).collect::<Vec<_>>().join("\n"));
    event.location(&place.collect::<Vec<_>>().join(", "));
    event.starts(utc(assignment.span.from)).ends(utc(assignment.span.to));
    event.timestamp(utc(source.now));
    // Minutes since 1970: it rises with each export, and needs no memory of the ones before.
    event.sequence(u32::try_from(source.now.0).unwrap_or_default());
    event.status(status);
    event.done()
}

fn utc(at: Instant) -> chrono::DateTime<chrono::Utc> {
    at.utc().and_utc()
}
