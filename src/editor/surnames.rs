//! Family names that several people have: wherever there is room, such people are shown with their given names too.

use std::collections::BTreeSet;

use crate::model::{Person, words};

/// The family names that more than one person has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surnames {
    shared: BTreeSet<String>,
}

impl Surnames {
    /// Those of a rota's people.
    pub fn of(people: &[Person]) -> Self {
        let mut seen = BTreeSet::new();
        let shared = people.iter().map(key).filter(|name| !name.is_empty() && !seen.insert(name.clone())).collect();
        Self { shared }
    }

    /// What a list calls somebody, made harmless: the family name, else the given name. Of a family name that others have
    /// too, with what tells them apart ([`Self::beside`]), such as `Evans, Tom`.
    pub fn name(&self, person: &Person) -> String {
        let name = if person.family.trim().is_empty() { &person.given } else { &person.family };
        let name = words::safe(name.trim()).into_owned();
        self.beside(person).map_or(name.clone(), |beside| format!("{name}, {beside}"))
    }

    /// What tells somebody apart from others of the same family name, made harmless: the given name, else the grade.
    /// None where nobody else has the name, or nothing more is known.
    pub fn beside(&self, person: &Person) -> Option<String> {
        let is_shared = !self.shared.is_empty() && self.shared.contains(&key(person));
        let known = [&person.given, &person.grade].into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
        known.filter(|_| is_shared).map(|text| words::safe(text).into_owned())
    }
}

fn key(person: &Person) -> String {
    person.family.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PersonId;

    #[test]
    fn whoever_shares_a_family_name_has_the_given_name_or_the_grade_beside_it() {
        let people: Vec<Person> = [
            ("Evans", "Tom", "ST4"),
            ("EVANS ", "", "Consultant"),
            ("Evans", "", ""),
            ("Bell", "Ann", "ST4"),
            ("", "Jo", "ST4"),
            ("", "Jo", "ST5"),
        ]
        .into_iter()
        .enumerate()
        .map(|(at, (family, given, grade))| Person {
            family: family.to_owned(),
            given: given.to_owned(),
            grade: grade.to_owned(),
            ..Person::new(PersonId::new(&format!("p{at}")).unwrap(), format!("P{at}"))
        })
        .collect();
        let surnames = Surnames::of(&people);
        let names: Vec<String> = people.iter().map(|person| surnames.name(person)).collect();
        assert_eq!(names, ["Evans, Tom", "EVANS, Consultant", "Evans", "Bell", "Jo", "Jo"]);
        assert_eq!(surnames.beside(&people[3]), None);
    }
}
