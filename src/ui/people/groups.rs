//! The groups that people are listed in: a specialty, and in a large one each kind of grade.

use std::collections::BTreeMap;

use crate::editor::grades::grade_kind;
use crate::editor::specialties;
use crate::model::{Person, words};

/// A specialty with at least so many people is listed by kind of grade.
const SPLIT_FROM: usize = 8;
/// A specialty with fewer people is listed under "Other specialties".
const OWN_FROM: usize = 3;

/// Kinds of grade in the words of a group's heading, in the order of `GradeKind`.
const KINDS: [&str; 6] =
    ["consultants", "SAS doctors", "nurses and practitioners", "trainees", "support staff", "other grades"];

/// For each person, the heading they are listed under; the headings in the order in which they are to be shown.
///
/// Specialties keep the order in which they were entered; inside one, consultants come first.
pub fn groups(people: &[Person]) -> (Vec<String>, Vec<usize>) {
    let keys: Vec<String> = people.iter().map(|person| specialties::key(&person.specialty)).collect();
    let mut specialties: Vec<Specialty> = Vec::new();
    let mut place_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (person, key) in people.iter().zip(&keys) {
        let place = *place_of.entry(key).or_insert_with(|| {
            specialties.push(Specialty::default());
            specialties.len() - 1
        });
        let of_it = &mut specialties[place];
        of_it.size += 1;
        *of_it.written.entry(words::safe(person.specialty.trim()).into_owned()).or_default() += 1;
    }
    let rank_of = |(person, key): (&Person, &String)| {
        let place = place_of.get(key.as_str()).copied().unwrap_or_default();
        match specialties.get(place).map_or(0, |of_it| of_it.size) {
            size if size >= SPLIT_FROM => (0, place, kind_of(&person.grade)),
            size if size >= OWN_FROM => (0, place, KINDS.len()),
            _ => (1, 0, KINDS.len()),
        }
    };
    let mut ranks: Vec<_> = people.iter().zip(&keys).map(rank_of).collect();
    let of_person = ranks.clone();
    ranks.sort_unstable();
    ranks.dedup();
    let title = |(is_other, place, kind): &(usize, usize, usize)| {
        let specialty = specialties.get(*place).map_or("", Specialty::name);
        match (is_other, KINDS.get(*kind)) {
            (1, _) => "Other specialties".to_owned(),
            (_, Some(kind)) if specialty.is_empty() => format!("No specialty: {kind}"),
            (_, Some(kind)) => format!("{} {kind}", short_specialty(specialty)),
            (_, None) if specialty.is_empty() => "No specialty".to_owned(),
            (_, None) => specialty.to_owned(),
        }
    };
    let titles = ranks.iter().map(title).collect();
    let places = of_person.iter().map(|rank| ranks.binary_search(rank).unwrap_or_default()).collect();
    (titles, places)
}

/// One specialty, however it is written.
#[derive(Default)]
struct Specialty {
    size: usize,
    /// Each way of writing it, with how many people have it.
    written: BTreeMap<String, usize>,
}

impl Specialty {
    /// As most of its people have it.
    fn name(&self) -> &str {
        self.written.iter().max_by_key(|(_, times)| **times).map_or("", |(name, _)| name)
    }
}

/// Which of [`KINDS`] a grade is.
fn kind_of(grade: &str) -> usize {
    grade_kind(grade) as usize
}

/// What hospitals call a specialty where there is little room.
fn short_specialty(name: &str) -> &str {
    let is = |of: &str| specialties::key(name) == specialties::key(of);
    match name {
        _ if is("Emergency medicine") => "ED",
        _ if is("Obstetrics and gynaecology") => "O&G",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PersonId;

    fn person(grade: &str, specialty: &str) -> Person {
        let nobody = Person::new(PersonId::new("p").unwrap(), "");
        Person { grade: grade.to_owned(), specialty: specialty.to_owned(), ..nobody }
    }

    #[test]
    fn a_large_specialty_is_listed_by_grade_and_small_ones_together() {
        let mut people = vec![person("Consultant", "Cardiology")];
        for grade in ["ST4", "Consultant", "Specialty doctor", "Consultant", "Locum", "FY2", "Matron", "Consultant"] {
            people.push(person(grade, "Emergency medicine"));
        }
        people.extend(["Consultant", "ST3", "Consultant"].map(|grade| person(grade, "Paediatrics")));
        let (titles, places) = groups(&people);
        assert_eq!(
            titles,
            ["ED consultants", "ED SAS doctors", "ED trainees", "ED other grades", "Paediatrics", "Other specialties"]
        );
        assert_eq!(places, [5, 2, 0, 1, 0, 3, 2, 3, 0, 4, 4, 4]);
    }

    #[test]
    fn spellings_of_one_specialty_are_one_group_named_as_most_write_it() {
        let mut people: Vec<Person> =
            ["Anaesthetics", "anaesthesia", "Anaesthetics", "Anaes"].map(|s| person("ST4", s)).into();
        let (titles, places) = groups(&people);
        assert_eq!((titles, places), (vec!["Anaesthetics".to_owned()], vec![0; 4]));
        people.extend(["ED", "A&E", "Emergency medicine"].map(|s| person("ST4", s)));
        assert_eq!(groups(&people).0.len(), 2);
        assert_eq!(people[1].specialty, "anaesthesia", "no record is changed");
    }

    #[test]
    fn kinds_of_grade() {
        let kinds = ["Consultant", "Associate specialist", "Emergency nurse practitioner", "ST4", "FY2", "Friend"];
        assert_eq!(kinds.map(kind_of), [0, 1, 2, 3, 3, 5]);
        // The words that a pasted list has are the words of the groups.
        let written = ["Cons", "cons", "assoc spec", "ANP", "reg", "StR", "locum reg", "IMT2", "Nurse consultant", "?"];
        assert_eq!(written.map(kind_of), [0, 0, 1, 2, 3, 3, 3, 3, 2, 5]);
        let support = ["HCA", "HCAs", "Healthcare assistant", "Health care assistant", "HCSW", "Senior HCA, bank"];
        assert!(support.iter().all(|grade| kind_of(grade) == 4), "no practitioners");
        assert_eq!(["Staff nurse", "Sister", "ENP"].map(kind_of), [2; 3]);
        assert_eq!(groups(&[]), (Vec::new(), Vec::new()));
        let unknown: Vec<Person> = (0..SPLIT_FROM).map(|_| person("?", "")).collect();
        assert_eq!(groups(&unknown).0, ["No specialty: other grades"]);
    }
}
