//! What the People panel lists: a row for each person with what they do in the window shown. No drawing here.

use std::fmt::Write as _;

use crate::checker::Severity;
use crate::editor::find_text::matches_person;
use crate::editor::held_hours::HeldHours;
use crate::editor::{Document, PeopleFilter};
use crate::model::{
    Assignment, Availability, DutyKind, Person, PersonId, Rota, SessionKind, SessionState, Span, Status, Window,
    WindowId, words,
};

use crate::editor::possible_same::{called, possible_twins};

use super::marks::Mark;
use super::people_groups::groups;

/// How the words at the right of a row are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Hours held.
    Hours,
    /// Can be asked.
    Free,
    /// Cannot, or nobody knows.
    Quiet,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub person: PersonId,
    /// As typed into cells.
    pub initials: String,
    /// Family name, or whatever there is.
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
    group: usize,
    is: Is,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Is {
    on_the_rota: bool,
    in_the_window: bool,
    problem: bool,
    to_agree: bool,
    free: bool,
    away: bool,
}

impl PersonRow {
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

    fn passes(&self, filter: PeopleFilter) -> bool {
        match filter {
            PeopleFilter::All => true,
            PeopleFilter::OnTheRota => self.is.on_the_rota,
            PeopleFilter::WithProblems => self.is.problem,
            PeopleFilter::ToAgree => self.is.to_agree,
            PeopleFilter::Free => self.is.free,
            PeopleFilter::NotAvailable => self.is.away,
        }
    }
}

/// Everybody, worked out once for each state of the rota and window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Everybody {
    titles: Vec<String>,
    people: Vec<PersonRow>,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Group {
        /// Its words.
        title: String,
        /// How many are under it.
        count: usize,
        /// Whether it is folded; none if it cannot be.
        folded: Option<bool>,
    },
    /// A person, by their place in [`Everybody`].
    Person(usize),
}

impl Everybody {
    /// Everybody of a rota, as they stand in one window.
    pub fn of(doc: &Document, window: Option<&WindowId>) -> Self {
        let rota = doc.rota();
        let (titles, places) = groups(&rota.people);
        let held = held_by(rota);
        let window = window.and_then(|id| rota.window(id)).or(rota.windows.first());
        let worst = problems(doc, window);
        let people = rota.people.iter().enumerate();
        let twins = possible_twins(&rota.people);
        let row = |(at, person): (usize, &Person)| {
            let twins: Vec<String> = twins[at].iter().map(|twin| called(&rota.people[*twin])).collect();
            Look { rota, window, person, held: &held[at] }.row(places[at], worst[at]).noting(&twins)
        };
        Self { titles, people: people.map(row).collect() }
    }

    pub fn person(&self, at: usize) -> Option<&PersonRow> {
        self.people.get(at)
    }

    /// How many there are under a filter.
    pub fn count(&self, filter: PeopleFilter) -> usize {
        self.people.iter().filter(|row| row.passes(filter)).count()
    }

    /// The lines to show: groups with their people, those who are not available in a group at the end.
    pub fn lines(&self, rota: &Rota, filter: PeopleFilter, typed: &str, show_away: bool) -> Vec<Line> {
        let typed = typed.trim();
        let fits = |at: usize| {
            let found = typed.is_empty() || rota.people.get(at).is_some_and(|p| matches_person(p, typed).is_some());
            found && self.people[at].passes(filter)
        };
        let shown: Vec<usize> = (0..self.people.len()).filter(|at| fits(*at)).collect();
        let mut lines = Vec::new();
        for (group, title) in self.titles.iter().enumerate() {
            let of_it: Vec<usize> = shown
                .iter()
                .copied()
                .filter(|at| self.people[*at].group == group && !self.people[*at].is.away)
                .collect();
            if !of_it.is_empty() {
                lines.push(Line::Group { title: title.clone(), count: of_it.len(), folded: None });
                lines.extend(of_it.into_iter().map(Line::Person));
            }
        }
        let away: Vec<usize> = shown.into_iter().filter(|at| self.people[*at].is.away).collect();
        if !away.is_empty() {
            // Whoever looks for somebody finds them, folded or not.
            let open = show_away || !typed.is_empty() || filter == PeopleFilter::NotAvailable;
            lines.push(Line::Group { title: "Not available".to_owned(), count: away.len(), folded: Some(!open) });
            if open {
                lines.extend(away.into_iter().map(Line::Person));
            }
        }
        lines
    }
}

/// The assignments of each person, Declined left out, in the order of the people.
fn held_by(rota: &Rota) -> Vec<Vec<&Assignment>> {
    let mut held = vec![Vec::new(); rota.people.len()];
    let places: std::collections::BTreeMap<&PersonId, usize> =
        rota.people.iter().enumerate().map(|(at, person)| (&person.id, at)).collect();
    for assignment in rota.assignments.iter().filter(|a| a.status != Status::Declined) {
        if let Some(at) = places.get(&assignment.person) {
            held[*at].push(assignment);
        }
    }
    held
}

/// The worst that the rules about people say of each in a window, accepted findings and notes left out.
fn problems(doc: &Document, window: Option<&Window>) -> Vec<Option<Severity>> {
    let rota = doc.rota();
    let places: std::collections::BTreeMap<&PersonId, usize> =
        rota.people.iter().enumerate().map(|(at, person)| (&person.id, at)).collect();
    let mut worst: Vec<Option<Severity>> = vec![None; rota.people.len()];
    for (at, finding) in doc.report().findings.iter().enumerate() {
        let about_people = finding.code.rule().family.is_of_people();
        let is_here = finding.window.is_none() || finding.window.as_ref() == window.map(|w| &w.id);
        if !about_people || !is_here || finding.severity == Severity::Info || doc.is_accepted(at) {
            continue;
        }
        for place in finding.people.iter().filter_map(|id| places.get(id)) {
            let before = &mut worst[*place];
            *before = Some(before.map_or(finding.severity, |b| b.min(finding.severity)));
        }
    }
    worst
}

/// One person in one window.
struct Look<'a> {
    rota: &'a Rota,
    window: Option<&'a Window>,
    person: &'a Person,
    held: &'a [&'a Assignment],
}

impl Look<'_> {
    fn row(&self, group: usize, worst: Option<Severity>) -> PersonRow {
        let person = self.person;
        let inside: Vec<&Assignment> = self.held.iter().copied().filter(|a| self.part(a.span).is_some()).collect();
        let has = |status| inside.iter().any(|a| a.status == status);
        let (says, tone, away) =
            if inside.is_empty() { self.nothing_held() } else { (self.hours(&inside), Tone::Hours, false) };
        let mut marks = Vec::new();
        match worst {
            Some(Severity::Error) => marks.push(Mark::Error),
            Some(Severity::Warning) => marks.push(Mark::Warning),
            _ => {}
        }
        if has(Status::Asked) {
            marks.push(Mark::Waiting);
        } else if has(Status::Proposed) {
            marks.push(Mark::NotAsked);
        }
        let name = if person.family.trim().is_empty() { &person.given } else { &person.family };
        let parts = [person.full_name(), person.grade.clone(), person.specialty.clone()];
        let parts: Vec<String> =
            parts.iter().filter(|part| !part.trim().is_empty()).map(|part| words::safe(part).into_owned()).collect();
        let initials = words::safe(&person.initials).into_owned();
        let whole = parts.join(", ");
        PersonRow {
            person: person.id.clone(),
            spoken: self.spoken(&initials, &whole, &inside, &says, worst),
            initials,
            name: words::safe(name).into_owned(),
            whole,
            marks,
            is: Is {
                on_the_rota: self.held.iter().any(|a| self.rota.windows.iter().any(|w| w.span.overlaps(a.span))),
                in_the_window: !inside.is_empty(),
                problem: worst.is_some(),
                to_agree: self.held.iter().any(|a| matches!(a.status, Status::Proposed | Status::Asked)),
                free: tone == Tone::Free,
                away,
            },
            says,
            tone,
            group,
        }
    }

    fn part(&self, span: Span) -> Option<Span> {
        self.window.and_then(|window| window.span.overlap(span))
    }

    fn hours(&self, inside: &[&Assignment]) -> String {
        let hours = |day: &Window| HeldHours::of(self.rota, inside.iter().copied(), day.span).text();
        self.window.map(hours).unwrap_or_default()
    }

    /// What somebody with nothing in the window could do, and whether they are away for all of it.
    fn nothing_held(&self) -> (String, Tone, bool) {
        let Some(window) = self.window.map(|w| w.span) else { return (String::new(), Tone::Quiet, false) };
        let zone = self.rota.zone();
        let of = |wanted: Availability| self.availability(window, wanted);
        let away = of(Availability::NotAvailable);
        let unknown = of(Availability::NotKnown);
        if union(away.clone()) == [window] {
            return ("not available".to_owned(), Tone::Quiet, true);
        }
        let duties: Vec<Span> = self.duties().filter_map(|span| span.overlap(window)).collect();
        let sessions: Vec<(Span, SessionKind)> = self
            .rota
            .sessions
            .iter()
            .filter(|s| s.state == SessionState::Running && s.team.contains(&self.person.id))
            .filter_map(|s| Some((s.span.overlap(window)?, s.kind)))
            .collect();
        let mut taken = [away, unknown.clone(), duties.clone()].concat();
        taken.extend(sessions.iter().map(|(span, _)| *span));
        let free = gaps(window, &union(taken));
        match free.as_slice() {
            [one] if *one == window => ("free".to_owned(), Tone::Free, false),
            [one] if one.from == window.from => (format!("free to {}", words::time(zone, one.to)), Tone::Free, false),
            [one] if one.to == window.to => (format!("free from {}", words::time(zone, one.from)), Tone::Free, false),
            [one] => (format!("free {}", words::times(zone, *one)), Tone::Free, false),
            [] => (Self::why_not(&unknown, &sessions, &duties), Tone::Quiet, false),
            many => {
                let minutes = many.iter().map(|span| span.minutes()).sum();
                (format!("free {}", words::length(minutes)), Tone::Free, false)
            }
        }
    }

    fn why_not(unknown: &[Span], sessions: &[(Span, SessionKind)], duties: &[Span]) -> String {
        match sessions.first() {
            _ if !unknown.is_empty() => "not known".to_owned(),
            Some((_, SessionKind::Clinic)) => "clinic".to_owned(),
            Some((_, SessionKind::Theatre | SessionKind::DayCase)) => "list".to_owned(),
            Some(_) => "session".to_owned(),
            None if !duties.is_empty() => "on duty".to_owned(),
            None => "not available".to_owned(),
        }
    }

    fn duties(&self) -> impl Iterator<Item = Span> + '_ {
        self.person.duties.iter().filter(|duty| duty.kind != DutyKind::OnCall).map(|duty| duty.span)
    }

    /// The parts of a stretch over which the person's availability is that.
    fn availability(&self, whole: Span, wanted: Availability) -> Vec<Span> {
        let mut edges = vec![whole.from, whole.to];
        for said in &self.person.availability {
            edges.extend([said.span.from, said.span.to].into_iter().filter(|at| whole.contains(*at)));
        }
        edges.sort_unstable();
        edges.dedup();
        let parts = edges.windows(2).map(|pair| Span::new(pair[0], pair[1]));
        parts.filter(|part| self.person.availability_at(part.from) == wanted).collect()
    }

    fn spoken(
        &self,
        initials: &str,
        whole: &str,
        inside: &[&Assignment],
        says: &str,
        worst: Option<Severity>,
    ) -> String {
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
        match worst {
            Some(Severity::Error) => text.push_str(", has an error"),
            Some(Severity::Warning) => text.push_str(", has a warning"),
            _ => {}
        }
        text
    }
}

fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| (span.from, span.to));
    let mut joined: Vec<Span> = Vec::new();
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

/// What of a stretch is in none of the spans, which are in order and apart.
fn gaps(whole: Span, taken: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut from = whole.from;
    for span in taken {
        if span.from > from {
            left.push(Span::new(from, span.from));
        }
        from = from.max(span.to);
    }
    if from < whole.to {
        left.push(Span::new(from, whole.to));
    }
    left
}
