//! What the People view says of everybody: bars, rest, hours, and words where there is nothing. No drawing here.

use crate::checker::context::Judged;
use crate::checker::{PersonWork, Severity, people_work};
use crate::editor::find_text::matches_person;
use crate::editor::held_hours::HeldHours;
use crate::editor::{Document, PeopleFilter, PeopleOrder};
use crate::model::{AssignmentId, DutyKind, PersonId, Rota, SessionId, SessionState, Span, Status, words};
use crate::ui::people_groups::groups;

use super::look::Look;

/// Everybody, worked out once for each state of the rota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleModel {
    /// In the order of the rota.
    pub people: Vec<PersonRow>,
    /// The windows from left to right.
    pub windows: Vec<WindowHead>,
    titles: Vec<String>,
}

/// One window in the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowHead {
    pub span: Span,
    /// Its place in the rota's list.
    pub at: usize,
    /// Such as `Tue`.
    pub day: String,
    /// Such as `Tue 26-Apr-2016`.
    pub date: String,
    /// Such as `walkout 08:00–17:00`.
    pub times: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PersonRow {
    pub person: PersonId,
    /// As typed into cells.
    pub initials: String,
    /// Family and given name.
    pub name: String,
    /// Grade, and specialty.
    pub grade: String,
    /// Grade, and specialty only where the heading of the group does not say it.
    pub grade_in_group: String,
    /// What is drawn on the time line, by start; away first.
    pub bars: Vec<Bar>,
    /// Words where somebody holds nothing.
    pub words: Vec<Words>,
    /// Between one piece of work and the next.
    pub rests: Vec<RestMark>,
    /// On the rota, for each window of the model.
    pub hours: Vec<HeldHours>,
    /// The same over all windows.
    pub total: HeldHours,
    /// The most work in any 7 days.
    pub week: String,
    /// Whether that is over the limit.
    pub week_is_over: bool,
    /// The least rest between two pieces of work; a dash where all work is one piece, empty where there is none.
    pub rest: String,
    /// Such as `−2 h 30`; empty if all rests are enough.
    pub owed: String,
    /// The worst that is said of the person.
    pub worst: Option<Severity>,
    /// The sentence a person would say.
    pub spoken: String,
    pub(super) group: usize,
    pub(super) is: Is,
    pub(super) sort: Sort,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Is {
    pub on_the_rota: bool,
    pub to_agree: bool,
    pub free: bool,
    pub away: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sort {
    pub minutes: i64,
    pub name: String,
}

/// One thing on a person's time line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub what: What,
    pub span: Span,
    /// What it is called: the post, the duty, the session.
    pub name: String,
    /// The same with fewer words.
    pub short: String,
    /// The worst that is said of it.
    pub problem: Option<Severity>,
    /// Whether it differs from the version last given out.
    pub changed: bool,
    /// Whether it is drawn under another that it overlaps.
    pub below: bool,
    /// The sentence a person would say.
    pub spoken: String,
}

/// What a bar is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Post {
        /// Which block.
        assignment: AssignmentId,
        /// How far agreed.
        status: Status,
        /// Stays as it is when cover is looked for.
        locked: bool,
        /// Held from home.
        on_call: bool,
    },
    /// Other work.
    Duty(DutyKind),
    /// A session that runs.
    Session(SessionId),
    /// A session to postpone or postponed: a line of words.
    Stopped(SessionId, SessionState),
    /// Not available.
    Away,
}

/// Words over a stretch with nothing in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    pub span: Span,
    /// "free", else "not known".
    pub is_free: bool,
}

/// A rest between two pieces of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestMark {
    pub span: Span,
    /// Such as `15 h rest`, or `8 h 30` where it is too short.
    pub text: String,
    /// Whether some of it is missing.
    pub is_short: bool,
}

/// A line of the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Group {
        /// Its words.
        title: String,
        /// How many are under it.
        count: usize,
    },
    /// A person, by their place in [`PeopleModel::people`].
    Person(usize),
}

impl PeopleModel {
    /// Everybody of a rota.
    pub fn of(doc: &Document) -> Self {
        let rota = doc.rota();
        let (titles, places) = groups(&rota.people);
        let windows = window_heads(rota);
        let look = Look::new(doc, &windows);
        // Whatever is asked for counts as work here, so that nobody is asked for more than they can do.
        let work = people_work(rota, Judged::IfAllAgree);
        let none = PersonWork::default();
        let title = |group: usize| titles.get(group).map_or("", String::as_str);
        let row = |at: usize| look.row(at, work.get(at).unwrap_or(&none), places[at], title(places[at]));
        let people = (0..rota.people.len()).map(row).collect();
        Self { people, windows, titles }
    }

    /// Whether anybody is on call from home: their hours want room of their own.
    pub fn has_on_call(&self) -> bool {
        self.people.iter().any(|row| row.total.on_call > 0)
    }

    /// How many there are under a filter.
    pub fn count(&self, filter: PeopleFilter) -> usize {
        self.people.iter().filter(|row| row.passes(filter)).count()
    }

    /// The lines to show.
    pub fn lines(&self, rota: &Rota, filter: PeopleFilter, order: PeopleOrder, typed: &str) -> Vec<Line> {
        let typed = typed.trim();
        let fits = |at: &usize| {
            let found = typed.is_empty() || rota.people.get(*at).is_some_and(|p| matches_person(p, typed).is_some());
            found && self.people[*at].passes(filter)
        };
        let mut shown: Vec<usize> = (0..self.people.len()).filter(fits).collect();
        let row = |at: &usize| &self.people[*at];
        let title = match order {
            PeopleOrder::Grade => return self.grouped(&shown),
            PeopleOrder::Name => {
                shown.sort_by(|a, b| row(a).sort.name.cmp(&row(b).sort.name));
                "Everybody, by name"
            }
            PeopleOrder::Hours => {
                shown.sort_by_key(|at| std::cmp::Reverse(row(at).sort.minutes));
                "Everybody, most hours on the rota first"
            }
            PeopleOrder::Problems => {
                shown.sort_by_key(|at| row(at).worst.map_or(3, |worst| worst as u8));
                "Everybody, those with problems first"
            }
        };
        let mut lines = Vec::with_capacity(shown.len() + 1);
        if !shown.is_empty() {
            lines.push(Line::Group { title: title.to_owned(), count: shown.len() });
            lines.extend(shown.into_iter().map(Line::Person));
        }
        lines
    }

    fn grouped(&self, shown: &[usize]) -> Vec<Line> {
        let mut lines = Vec::with_capacity(shown.len() + self.titles.len());
        for (group, title) in self.titles.iter().enumerate() {
            let of_it: Vec<usize> = shown.iter().copied().filter(|at| self.people[*at].group == group).collect();
            if !of_it.is_empty() {
                lines.push(Line::Group { title: title.clone(), count: of_it.len() });
                lines.extend(of_it.into_iter().map(Line::Person));
            }
        }
        lines
    }
}

impl PersonRow {
    fn passes(&self, filter: PeopleFilter) -> bool {
        match filter {
            PeopleFilter::All => true,
            PeopleFilter::OnTheRota => self.is.on_the_rota,
            PeopleFilter::WithProblems => self.worst.is_some(),
            PeopleFilter::ToAgree => self.is.to_agree,
            PeopleFilter::Free => self.is.free,
            PeopleFilter::NotAvailable => self.is.away,
        }
    }

    /// The bars that can be chosen, in order of time.
    pub fn choosable(&self) -> impl Iterator<Item = &Bar> {
        self.bars.iter().filter(|bar| bar.can_be_chosen())
    }
}

impl Bar {
    /// Whether it is a record of its own, not a line of the person's.
    pub fn can_be_chosen(&self) -> bool {
        matches!(self.what, What::Post { .. } | What::Session(_) | What::Stopped(..))
    }
}

/// Such as `5 h`, `8 h 30` or `45 min`.
pub fn hours(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) if rest > 0 => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest:02}"),
    }
}

fn window_heads(rota: &Rota) -> Vec<WindowHead> {
    let zone = rota.zone();
    let mut order: Vec<usize> = (0..rota.windows.len()).collect();
    order.sort_by_key(|at| rota.windows[*at].span);
    let head = |at: usize| {
        let span = rota.windows[at].span;
        WindowHead {
            span,
            at,
            day: zone.civil(span.from).local.format("%a").to_string(),
            date: words::date(zone, span.from),
            times: format!("walkout {}", words::times(zone, span)),
        }
    };
    order.into_iter().map(head).collect()
}
