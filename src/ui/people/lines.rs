//! The lines of a list of people: whom a filter and the find field show, under the headings of their groups.

use crate::editor::PeopleFilter;
use crate::editor::find_text::finds_person;
use crate::model::Rota;

use super::facts::Standing;

/// One line of a list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleLine {
    Heading {
        title: String,
        /// How many are under it.
        count: usize,
        /// Whether it is folded; none if it cannot be.
        folded: Option<bool>,
    },
    /// A person, by their place in the rota.
    Person(usize),
}

impl PeopleLine {
    /// The place in the rota of the person whose line it is.
    pub const fn person(&self) -> Option<usize> {
        match self {
            Self::Person(at) => Some(*at),
            Self::Heading { .. } => None,
        }
    }
}

/// Everybody of a rota, in its order: the group of each, and what the filters ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    /// The headings of the groups, in the order in which they are shown.
    pub titles: Vec<String>,
    /// The group of each person.
    pub groups: Vec<usize>,
    pub standings: Vec<Standing>,
}

impl Roll {
    /// How many there are under a filter.
    pub fn count(&self, filter: PeopleFilter) -> usize {
        self.standings.iter().filter(|standing| standing.passes(filter)).count()
    }

    /// The places of those whom the filter shows and the typed text finds.
    pub fn shown(&self, rota: &Rota, filter: PeopleFilter, typed: &str) -> Vec<usize> {
        let is_found = |at: usize| rota.people.get(at).is_some_and(|p| finds_person(p, typed).is_some());
        (0..self.standings.len()).filter(|at| self.standings[*at].passes(filter) && is_found(*at)).collect()
    }

    /// These people under the headings of their groups.
    pub fn grouped(&self, shown: &[usize]) -> Vec<PeopleLine> {
        let group = |(group, title): (usize, &String)| {
            let members = shown.iter().copied().filter(|at| self.groups[*at] == group).collect();
            under(title, members)
        };
        self.titles.iter().enumerate().flat_map(group).collect()
    }
}

/// These people under one heading; nothing at all of nobody.
pub fn under(title: &str, people: Vec<usize>) -> Vec<PeopleLine> {
    let heading = PeopleLine::Heading { title: title.to_owned(), count: people.len(), folded: None };
    let heading = (!people.is_empty()).then_some(heading);
    heading.into_iter().chain(people.into_iter().map(PeopleLine::Person)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::groups::groups;
    use super::*;
    use crate::editor::fixture::{person, rota};

    #[test]
    fn filter_and_typed_text_leave_out_people_and_the_headings_of_nobody() {
        let mut rota = rota();
        rota.people = vec![person("ab", "Abara"), person("bc", "Brennan"), person("cd", "Brown")];
        for (person, specialty) in rota.people.iter_mut().zip(["Cardiology", "Surgery", "Surgery"]) {
            person.specialty = specialty.to_owned();
        }
        rota.people
            .extend(["x", "y"].map(|id| crate::model::Person { specialty: "Surgery".to_owned(), ..person(id, id) }));
        let (titles, groups) = groups(&rota.people);
        let mut standings = vec![Standing::default(); rota.people.len()];
        standings[1].free = true;
        let roll = Roll { titles, groups, standings };
        assert_eq!((roll.count(PeopleFilter::All), roll.count(PeopleFilter::Free)), (5, 1));
        assert_eq!(roll.shown(&rota, PeopleFilter::All, " br "), [1, 2]);
        assert_eq!(roll.shown(&rota, PeopleFilter::Free, "br"), [1]);
        assert_eq!(roll.shown(&rota, PeopleFilter::All, "cardio"), [0], "by specialty too");
        let heading = |title: &str, count| PeopleLine::Heading { title: title.to_owned(), count, folded: None };
        assert_eq!(roll.grouped(&[1, 2]), [heading("Surgery", 2), PeopleLine::Person(1), PeopleLine::Person(2)]);
        let all = roll.grouped(&roll.shown(&rota, PeopleFilter::All, ""));
        assert_eq!(all.iter().filter(|line| line.person().is_none()).count(), 2);
        assert_eq!(all.last(), Some(&PeopleLine::Person(0)), "few people stand under other specialties, at the end");
        assert!(under("Everybody", Vec::new()).is_empty());
    }
}
