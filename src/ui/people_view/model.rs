//! What the People view says of everybody: bars, rest, hours, and words where there is nothing. No drawing here.

use std::cmp::Reverse;

use crate::checker::context::Judged;
use crate::checker::{PersonWork, people_work};
use crate::editor::{Document, PeopleFilter, PeopleOrder};
use crate::model::Rota;
use crate::ui::people::groups::groups;
use crate::ui::people::lines::{PeopleLine, Roll, under};

use super::row::PersonTimeline;
use super::row_maker::RowMaker;
use super::windows::{WindowHead, window_heads};

/// Everybody, worked out once for each state of the rota.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeopleModel {
    /// In the order of the rota.
    pub people: Vec<PersonTimeline>,
    /// The windows from left to right.
    pub windows: Vec<WindowHead>,
    roll: Roll,
}

impl PeopleModel {
    /// Everybody of a rota.
    pub fn of(doc: &Document) -> Self {
        let rota = doc.rota();
        let (titles, groups) = groups(&rota.people);
        let windows = window_heads(rota);
        let rows = RowMaker::new(doc, &windows);
        // Whatever is asked for counts as work here, so that nobody is asked for more than they can do.
        let work = people_work(rota, Judged::IfAllAgree);
        let none = PersonWork::default();
        let title = |at: usize| titles.get(groups[at]).map_or("", String::as_str);
        let row = |at: usize| rows.row(at, work.get(at).unwrap_or(&none), title(at));
        let (people, standings) = (0..rota.people.len()).map(row).unzip();
        Self { people, windows, roll: Roll { titles, groups, standings } }
    }

    /// Whether anybody is on call from home: their hours want room of their own.
    pub fn has_on_call(&self) -> bool {
        self.people.iter().any(|row| row.total.on_call > 0)
    }

    /// How many there are under a filter.
    pub fn count(&self, filter: PeopleFilter) -> usize {
        self.roll.count(filter)
    }

    /// The lines to show.
    pub fn lines(&self, rota: &Rota, filter: PeopleFilter, order: PeopleOrder, typed: &str) -> Vec<PeopleLine> {
        let mut shown = self.roll.shown(rota, filter, typed);
        match order {
            PeopleOrder::Grade => self.roll.grouped(&shown),
            PeopleOrder::Name => {
                shown.sort_by_cached_key(|at| rota.people[*at].full_name().to_lowercase());
                under("Everybody, by name", shown)
            }
            PeopleOrder::Hours => {
                shown.sort_by_key(|at| Reverse(self.people[*at].total.minutes()));
                under("Everybody, most hours on the rota first", shown)
            }
            PeopleOrder::Problems => {
                shown.sort_by_key(|at| self.people[*at].worst.map_or(3, |worst| worst as u8));
                under("Everybody, those with problems first", shown)
            }
        }
    }
}
