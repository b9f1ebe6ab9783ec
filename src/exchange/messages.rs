//! `messages`: each person's own text: what they are asked for or have agreed to, and whom they hand over to.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{Choices, Document, Format, NotExported, Source};
use super::names::file_name;
use super::shifts::{Shift, errors_of};
use super::table::harmless;
use crate::checker::Code;
use crate::model::{AssignmentId, Person, PersonId, PostId, Rota, SessionState, Span, Status, words};

pub(super) const FORMAT: Format = Format {
    name: "messages",
    ending: "txt",
    title: "Messages, one for each person",
    purpose: "Each person's own text to be sent: post, times, bleep, whom they take over from and hand over to, and their sessions that are postponed",
    readers: "each person their own text: it has nobody's telephone number",
    choices: &[],
    is_folder: true,
    write,
};

#[allow(clippy::unnecessary_wraps, reason = "formats that can fail have the same shape")]
fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    let mut shifts = Shift::all(source.rota);
    shifts.retain(|shift| shift.assignment.status != Status::Declined);
    let mut all = Shifts { on_post: BTreeMap::new(), errors: errors_of(source.report) };
    let mut of_person: BTreeMap<&PersonId, Vec<&Shift<'_>>> = BTreeMap::new();
    for shift in &shifts {
        of_person.entry(&shift.person.id).or_default().push(shift);
        all.on_post.entry(&shift.post.id).or_default().push(shift);
    }
    let people = source.rota.people.iter().filter_map(|person| Some((person, of_person.remove(&person.id)?)));
    let messages = people.map(|(person, own)| Document {
        name: file_name(&[&person.initials, &person.family], person.id.as_str()),
        bytes: message(source, person, &own, &all).into_bytes(),
    });
    Ok(messages.collect())
}

/// What a message says of other shifts, and of its own.
struct Shifts<'a> {
    /// Of each post, but for those declined.
    on_post: BTreeMap<&'a PostId, Vec<&'a Shift<'a>>>,
    /// What keeps a shift from counting.
    errors: BTreeMap<&'a AssignmentId, BTreeSet<Code>>,
}

/// The text for one person.
fn message(source: &Source<'_>, person: &Person, own: &[&Shift<'_>], all: &Shifts<'_>) -> String {
    let rota = source.rota;
    let mut lines = vec![format!("To {}", called(person)), heading(rota)];
    // What is settled comes first, then what wants an answer.
    for (status, said) in [
        (Status::Agreed, "You have agreed to cover:"),
        (Status::Asked, "You have been asked to cover. Please say yes or no:"),
        (Status::Proposed, "Could you cover this? Please say yes or no:"),
    ] {
        let mut shifts: Vec<&&Shift<'_>> = own.iter().filter(|shift| shift.assignment.status == status).collect();
        shifts.sort_by_key(|shift| shift.assignment.span);
        if !shifts.is_empty() {
            lines.push(String::new());
            lines.push(said.to_owned());
            for shift in shifts {
                lines.extend(told(rota, shift, all));
                let cannot = all.errors.contains_key(&shift.assignment.id);
                lines.extend(cannot.then(|| "  Please ring the rota coordinator about this one: it cannot count yet.".to_owned()));
            }
        }
    }
    lines.extend(sessions(rota, person, own));
    lines.push(String::new());
    let as_of = words::moment(rota.zone(), source.now);
    lines.push(format!("As of {as_of}. Check the live rota before you come."));
    // As text files are on Windows.
    lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect()
}

fn called(person: &Person) -> String {
    let name = [&person.given, &person.family].map(|part| harmless(part));
    let name: Vec<&str> = name.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if name.is_empty() { harmless(&person.initials) } else { name.join(" ") }
}

fn heading(rota: &Rota) -> String {
    let parts = [&rota.properties.hospital, &rota.properties.title].map(|part| harmless(part));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// One shift: where and when, its bleep, and who is there before and after.
fn told(rota: &Rota, shift: &Shift<'_>, all: &Shifts<'_>) -> Vec<String> {
    let Shift { assignment, post, unit, .. } = shift;
    let mut facts = vec![format!("{}, {}", harmless(&unit.name), harmless(&post.name))];
    facts.extend(post.on_call.then(|| "on call from home".to_owned()));
    facts.extend((!post.bleep.is_empty()).then(|| format!("bleep {}", harmless(&post.bleep))));
    let mut lines = vec![format!("- {}", words::span(rota.zone(), assignment.span)), format!("  {}", facts.join(", "))];
    let beside = |is_there: &dyn Fn(Span) -> bool| -> Vec<String> {
        let on_post = all.on_post.get(&post.id).into_iter().flatten();
        let there = on_post.filter(|it| it.person.id != shift.person.id && is_there(it.assignment.span));
        there.map(|it| format!("{}{}", called(it.person), not_agreed(it.assignment.status))).collect()
    };
    let before = beside(&|span| is_handed_over(span, assignment.span));
    let after = beside(&|span| is_handed_over(assignment.span, span));
    lines.extend((!before.is_empty()).then(|| format!("  Take over from {}", words::list(&before))));
    lines.extend((!after.is_empty()).then(|| format!("  Hand over to {}", words::list(&after))));
    lines
}

/// Shifts on one post may overlap by so much where one person hands over to the next.
const HANDOVER_MINUTES_MAX: i64 = 60;

/// Whether somebody who is there for one time hands over to somebody who is there for the other.
fn is_handed_over(from: Span, to: Span) -> bool {
    (0..=HANDOVER_MINUTES_MAX).contains(&to.from.minutes_until(from.to)) && from.from < to.from && from.to < to.to
}

fn not_agreed(status: Status) -> &'static str {
    if status == Status::Agreed { "" } else { " (not agreed yet)" }
}

/// What becomes of the person's own sessions at these times.
fn sessions(rota: &Rota, person: &Person, own: &[&Shift<'_>]) -> Vec<String> {
    let is_meanwhile = |span: Span| own.iter().any(|shift| shift.assignment.span.overlaps(span) && !shift.post.on_call);
    let mine = rota.sessions.iter().filter(|session| session.team.contains(&person.id));
    let lines = mine.filter(|session| session.state == SessionState::Postponed || is_meanwhile(session.span));
    let lines = lines.map(|session| {
        let becomes = match session.state {
            SessionState::Postponed => "is postponed; the patients are told",
            SessionState::ToPostpone => "is to be postponed; no patient has been told yet",
            SessionState::Running => "still runs at this time: please ring the rota coordinator",
        };
        format!("- {}, {}: {becomes}", harmless(&session.title), words::span(rota.zone(), session.span))
    });
    let lines: Vec<String> = lines.collect();
    let heading = [String::new(), "Your sessions:".to_owned()];
    if lines.is_empty() { lines } else { heading.into_iter().chain(lines).collect() }
}
