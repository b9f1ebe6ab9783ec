//! What the People view says of everybody: bars, rest, hours, and words where there is nothing. No drawing here.

use crate::checker::context::Judged;
use crate::checker::{PersonWork, people_work};
use crate::editor::find_text::matches_person;
use crate::editor::{Document, PeopleFilter, PeopleOrder};
use crate::model::Rota;
use crate::ui::people_groups::groups;

use super::look::Look;
use super::row::PersonRow;
use super::windows::{WindowHead, window_heads};

/// Everybody, worked out once for each state of the rota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleModel {
    /// In the order of the rota.
    pub people: Vec<PersonRow>,
    /// The windows from left to right.
    pub windows: Vec<WindowHead>,
    titles: Vec<String>,
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
