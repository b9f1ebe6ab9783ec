//! How large a rota may be for the planner: what would take more time or memory than anybody has is refused with a
//! sentence, before anything is begun.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::model::{PersonId, Rota, words};

use super::facts::Facts;
use super::index::PostIx;
use super::scope::Scope;

/// Assignments, duties, sessions and times of availability of one person: more than a person has in years.
const RECORDS_MAX: usize = 1_000;
/// People of one name: each is held against all the others.
const NAMESAKES_MAX: usize = 200;
/// People times posts times stretches of time: each makes a variable of the model.
const PLACES_MAX: usize = 1_000_000;
/// Posts of a unit times its stretches of time: each makes rows of the model.
const STRETCHES_MAX: usize = 200_000;

/// Why a rota is not planned: a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TooLarge {
    #[error(
        "{initials} has {} assignments, duties, sessions and times of availability: cover is suggested with up to {}",
        thousands(*count),
        thousands(RECORDS_MAX)
    )]
    Records {
        /// Safe to print.
        initials: String,
        count: usize,
    },
    #[error(
        "{} people have the same name: cover is suggested with up to {}",
        thousands(*.0),
        thousands(NAMESAKES_MAX)
    )]
    Namesakes(usize),
    #[error(
        "this rota is too large to look at as a whole (people times posts times stretches of the day): ask for one unit or one day"
    )]
    Places,
}

/// Whether the records of the rota are few enough to be read.
pub(super) fn check_records(rota: &Rota) -> Result<(), TooLarge> {
    let mut count: BTreeMap<&PersonId, usize> = BTreeMap::new();
    for person in &rota.people {
        *count.entry(&person.id).or_default() += person.availability.len() + person.duties.len();
    }
    for person in rota.assignments.iter().map(|a| &a.person).chain(rota.sessions.iter().flat_map(|s| &s.team)) {
        *count.entry(person).or_default() += 1;
    }
    match count.into_iter().max_by_key(|(_, count)| *count) {
        Some((person, count)) if count > RECORDS_MAX => {
            let initials = rota.person(person).map_or_else(String::new, |p| words::safe(&p.initials).into_owned());
            Err(TooLarge::Records { initials, count })
        }
        _ => Ok(()),
    }
}

/// Whether the rota, once it is read, is small enough to be planned.
pub(super) fn check_size(facts: &Facts, scope: &Scope) -> Result<(), TooLarge> {
    let namesakes = facts.people.iter().map(|person| person.namesakes.len()).max().unwrap_or(0);
    if namesakes > NAMESAKES_MAX {
        return Err(TooLarge::Namesakes(namesakes));
    }
    let (mut places, mut stretches) = (0_usize, 0_usize);
    for unit in facts.units.iter() {
        let posts = unit.posts.iter().copied().filter(|post| {
            let mut segments = unit.segments.iter();
            segments.any(|segment| scope.touches(facts.rota, &facts.rota.posts[*post].id, *segment))
        });
        let posts: Vec<PostIx> = posts.collect();
        stretches = stretches.max(posts.len().saturating_mul(unit.segments.len()));
        for post in posts {
            let able = facts.people.keys().filter(|person| facts.is_able(*person, post)).count();
            let asked = unit.segments.iter().filter(|segment| {
                scope.holds(facts.rota, &facts.rota.posts[post].id, **segment) && facts.need_max(post, segment.from) > 0
            });
            places = places.saturating_add(able.saturating_mul(asked.count()));
            if places > PLACES_MAX {
                break;
            }
        }
    }
    if places > PLACES_MAX || stretches > STRETCHES_MAX { Err(TooLarge::Places) } else { Ok(()) }
}

/// `155,000`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing;
    use crate::model::{Duty, DutyKind, Instant, Span};
    use crate::planner::{NoDeadline, try_plan};

    fn refused(rota: &Rota) -> Option<String> {
        try_plan(rota, &Scope::everything(), &NoDeadline).err().map(|why| why.to_string())
    }

    fn small() -> Rota {
        testing::rota("person KP: A&E up to SHO\n          |08  09  |\nA&E SHO 1 |.   .   |\n")
    }

    #[test]
    fn what_a_hospital_has_is_planned() {
        assert_eq!(refused(&small()), None);
        assert_eq!(thousands(155_000), "155,000");
        assert_eq!(thousands(12), "12");
    }

    #[test]
    fn too_much_of_one_person_is_told() {
        let mut rota = small();
        let duty = |n: i64| {
            let from = Instant(n * 10);
            Duty { span: Span::new(from, from.plus(5)), kind: DutyKind::Resident, label: String::new() }
        };
        rota.people[0].duties = (0..5_000).map(duty).collect();
        let why = refused(&rota).expect("it is too much");
        assert!(why.starts_with("KP has 5,000 assignments, duties,"), "{why}");
    }

    #[test]
    fn too_many_of_one_name_are_told() {
        let mut rota = small();
        let one = rota.people[0].clone();
        rota.people = (0..201)
            .map(|n| crate::model::Person { id: PersonId::new(&format!("p{n}")).unwrap(), ..one.clone() })
            .collect();
        assert_eq!(refused(&rota).as_deref(), Some("201 people have the same name: cover is suggested with up to 200"));
    }
}
