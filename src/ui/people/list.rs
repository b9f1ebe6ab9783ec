//! What the People panel lists: a row for each person with what they do in the window shown. No drawing here.

use std::fmt::Write as _;

use crate::checker::spans;
use crate::editor::held_hours::HeldHours;
use crate::editor::possible_same::{called, possible_twins};
use crate::editor::surnames::Surnames;
use crate::editor::{Document, PeopleFilter};
use crate::model::{
    Assignment, Availability, DutyKind, Person, PersonId, Rota, Session, SessionState, Span, Status, Window, WindowId,
    words,
};

use super::facts::{Held, Standing, findings, worst_words};
use super::groups::groups;
use super::lines::{PeopleLine, Roll};
use crate::ui::marks::Mark;

/// How the words at the right of a row are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Hours,
    /// Can be asked.
    Free,
    /// Cannot, or nobody knows.
    Quiet,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    pub person: PersonId,
    /// As typed into cells.
    pub initials: String,
    /// Family name, or whatever there is; with the given name where others have that family name.
    pub name: String,
    /// Family and given name, grade, specialty.
    pub whole: String,
    /// Before the words at the right.
    pub marks: Vec<Mark>,
    /// Such as `9 h`, `free to 12:00`, `not known`, `clinic`.
    pub says: String,
    /// How that is meant.
    pub tone: Tone,
    /// The sentence a person would say.
    pub spoken: String,
}

impl ListedPerson {
    /// With a note of who may be the same person.
    fn noting(mut self, twins: &[String]) -> Self {
        if !twins.is_empty() {
            let note = format!("ay be the same person as {}", words::list(twins));
            self.marks.push(Mark::Note);
            self.whole = format!("{}\nM{note}", self.whole);
            self.spoken = format!("{}, m{note}", self.spoken);
        }
        self
    }
}

/// Everybody, worked out once for each state of the rota and window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everybody {
    roll: Roll,
    people: Vec<ListedPerson>,
}

impl Everybody {
    /// Everybody of a rota, as they are in one window.
    pub fn of(doc: &Document, window: Option<&WindowId>) -> Self {
        let rota = doc.rota();
        let held = Held::of(rota);
        let window = window.and_then(|id| rota.window(id)).or(rota.windows.first());
        let is_here = |id: &WindowId| window.is_some_and(|window| window.id == *id);
        let worst = held.worst(findings(doc).filter(|finding| finding.window.as_ref().is_none_or(is_here)));
        let twins = possible_twins(&rota.people);
        let surnames = Surnames::of(&rota.people);
        let row = |at: usize| {
            let twins: Vec<String> = twins[at].iter().map(|twin| called(&rota.people[*twin])).collect();
            let (assignments, sessions) = (&held.assignments[at], &held.sessions[at]);
            let name = surnames.name(&rota.people[at]);
            let person = PersonInWindow { rota, window, person: &rota.people[at], name, assignments, sessions };
            let (row, standing) = person.row(held.standing(at, worst[at]));
            (row.noting(&twins), standing)
        };
        let (people, standings) = (0..rota.people.len()).map(row).unzip();
        let (titles, groups) = groups(&rota.people);
        Self { roll: Roll { titles, groups, standings }, people }
    }

    pub fn person(&self, at: usize) -> Option<&ListedPerson> {
        self.people.get(at)
    }

    /// How many there are under a filter.
    pub fn count(&self, filter: PeopleFilter) -> usize {
        self.roll.count(filter)
    }

    /// The lines to show: groups with their people, those who are not available in a group at the end.
    pub fn lines(&self, rota: &Rota, filter: PeopleFilter, typed: &str, show_away: bool) -> Vec<PeopleLine> {
        let shown = self.roll.shown(rota, filter, typed);
        let (away, here): (Vec<usize>, Vec<usize>) = shown.into_iter().partition(|at| self.roll.standings[*at].away);
        let mut lines = self.roll.grouped(&here);
        if !away.is_empty() {
            // The group is open for somebody who types a name or filters, folded or not.
            let open = show_away || !typed.trim().is_empty() || filter == PeopleFilter::NotAvailable;
            let (title, count) = ("Not available".to_owned(), away.len());
            lines.push(PeopleLine::Heading { title, count, folded: Some(!open) });
            lines.extend(away.into_iter().filter(|_| open).map(PeopleLine::Person));
        }
        lines
    }
}

struct PersonInWindow<'a> {
    rota: &'a Rota,
    window: Option<&'a Window>,
    person: &'a Person,
    name: String,
    assignments: &'a [&'a Assignment],
    sessions: &'a [&'a Session],
}

impl PersonInWindow<'_> {
    /// The row, and the standing completed by what the person could do in the window.
    fn row(&self, standing: Standing) -> (ListedPerson, Standing) {
        let person = self.person;
        let in_window = |a: &&Assignment| self.window.is_some_and(|window| window.span.overlaps(a.span));
        let inside: Vec<&Assignment> = self.assignments.iter().copied().filter(in_window).collect();
        let has = |status| inside.iter().any(|a| a.status == status);
        let (says, tone, away) =
            if inside.is_empty() { self.nothing_held() } else { (self.hours(&inside), Tone::Hours, false) };
        let mut marks: Vec<Mark> = Mark::of_problem(standing.worst).into_iter().collect();
        if has(Status::Asked) {
            marks.push(Mark::Waiting);
        } else if has(Status::Proposed) {
            marks.push(Mark::NotAsked);
        }
        let parts = [person.full_name(), person.grade.clone(), person.specialty.clone()];
        let parts: Vec<String> =
            parts.iter().filter(|part| !part.trim().is_empty()).map(|part| words::safe(part).into_owned()).collect();
        let initials = words::safe(&person.initials).into_owned();
        let whole = parts.join(", ");
        let row = ListedPerson {
            person: person.id.clone(),
            spoken: self.spoken(&initials, &whole, &inside, &says, worst_words(standing.worst)),
            initials,
            name: self.name.clone(),
            whole,
            marks,
            says,
            tone,
        };
        (row, Standing { free: tone == Tone::Free, away, ..standing })
    }

    fn hours(&self, inside: &[&Assignment]) -> String {
        let hours = |day: &Window| HeldHours::of(self.rota, inside.iter().copied(), day.span).text();
        self.window.map(hours).unwrap_or_default()
    }

    /// What somebody with nothing in the window could do, and whether they are away for all of it.
    fn nothing_held(&self) -> (String, Tone, bool) {
        let Some(window) = self.window.map(|w| w.span) else { return (String::new(), Tone::Quiet, false) };
        let zone = self.rota.zone();
        let away = self.person.times_with(Availability::NotAvailable, window);
        let unknown = self.person.times_with(Availability::NotKnown, window);
        if away == [window] {
            return ("not available".to_owned(), Tone::Quiet, true);
        }
        let duties = self.person.duties.iter().filter(|duty| duty.kind != DutyKind::OnCall);
        let duties: Vec<Span> = duties.filter_map(|duty| duty.span.overlap(window)).collect();
        let runs = |session: &&&Session| session.state == SessionState::Running && session.span.overlaps(window);
        let sessions: Vec<&Session> = self.sessions.iter().filter(runs).copied().collect();
        let in_session = sessions.iter().map(|session| session.span).collect();
        let free = spans::gaps(window, &spans::union([away, unknown.clone(), duties.clone(), in_session].concat()));
        match free.as_slice() {
            [one] if *one == window => ("free".to_owned(), Tone::Free, false),
            [one] if one.from == window.from => (format!("free to {}", words::time(zone, one.to)), Tone::Free, false),
            [one] if one.to == window.to => (format!("free from {}", words::time(zone, one.from)), Tone::Free, false),
            [one] => (format!("free {}", words::times(zone, *one)), Tone::Free, false),
            [] => {
                let why_not = match sessions.first() {
                    _ if !unknown.is_empty() => "not known",
                    Some(session) => session.kind.noun(),
                    None if !duties.is_empty() => "on duty",
                    None => "not available",
                };
                (why_not.to_owned(), Tone::Quiet, false)
            }
            many => (format!("free {}", words::length(spans::minutes(many))), Tone::Free, false),
        }
    }

    fn spoken(&self, initials: &str, whole: &str, inside: &[&Assignment], says: &str, worst: Option<&str>) -> String {
        let mut text = format!("{initials} {whole}: ").replace(" : ", ": ");
        if inside.is_empty() {
            text.push_str(says);
        } else {
            let day =
                self.window.map_or_else(String::new, |w| format!(" on {}", words::day(self.rota.zone(), w.span.from)));
            let _ = write!(text, "{says}{day}");
            for (status, word) in [(Status::Asked, "asked"), (Status::Proposed, "proposed")] {
                if inside.iter().any(|a| a.status == status) {
                    let _ = write!(text, ", {word}");
                }
            }
        }
        if let Some(worst) = worst {
            let _ = write!(text, ", {worst}");
        }
        text
    }
}
