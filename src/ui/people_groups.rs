//! The groups that people are listed in: a specialty, and in a large one each kind of grade.

use std::collections::BTreeMap;

use crate::model::{Person, words};

/// A specialty with at least so many people is listed by kind of grade.
const SPLIT_FROM: usize = 8;
/// A specialty with fewer people is listed under "Other specialties".
const OWN_FROM: usize = 3;

/// Kinds of grade, most senior first, in the words of a group's heading.
const KINDS: [&str; 5] = ["consultants", "SAS doctors", "practitioners", "trainees", "other grades"];

/// For each person, the heading they are listed under; the headings in the order in which they are to be shown.
///
/// Specialties keep the order in which they were entered; inside one, consultants come first.
#[must_use]
pub fn groups(people: &[Person]) -> (Vec<String>, Vec<usize>) {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for person in people {
        let name = specialty_of(person);
        if !order.contains(&name) {
            order.push(name.clone());
        }
        *sizes.entry(name).or_default() += 1;
    }
    let rank_of = |person: &Person| {
        let name = specialty_of(person);
        let place = order.iter().position(|other| *other == name).unwrap_or_default();
        match sizes.get(&name).copied().unwrap_or_default() {
            size if size >= SPLIT_FROM => (0, place, kind_of(&person.grade)),
            size if size >= OWN_FROM => (0, place, KINDS.len()),
            _ => (1, 0, KINDS.len()),
        }
    };
    let mut ranks: Vec<_> = people.iter().map(rank_of).collect();
    let of_person = ranks.clone();
    ranks.sort_unstable();
    ranks.dedup();
    let title = |(is_other, place, kind): &(usize, usize, usize)| {
        let specialty = order.get(*place).map_or("", String::as_str);
        match (is_other, KINDS.get(*kind)) {
            (1, _) => "Other specialties".to_owned(),
            (_, Some(kind)) => format!("{} {kind}", short_specialty(specialty)),
            (_, None) if specialty.is_empty() => "No specialty".to_owned(),
            (_, None) => specialty.to_owned(),
        }
    };
    let titles = ranks.iter().map(title).collect();
    let places = of_person.iter().map(|rank| ranks.binary_search(rank).unwrap_or_default()).collect();
    (titles, places)
}

fn specialty_of(person: &Person) -> String {
    words::safe(person.specialty.trim()).into_owned()
}

/// Which of [`KINDS`] a grade is.
fn kind_of(grade: &str) -> usize {
    let grade = grade.trim().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| grade.contains(word));
    let code =
        |letters: &str| grade.strip_prefix(letters).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if has(&["consultant"]) {
        0
    } else if has(&["associate specialist", "specialty doctor", "staff grade", "sas", "specialist grade"]) {
        1
    } else if has(&["practitioner", "nurse", "physician associate", "acp", "enp"]) {
        2
    } else if has(&["registrar", "trainee", "foundation", "sho", "spr"])
        || ["st", "ct", "fy", "f", "ft"].iter().any(|letters| code(letters))
    {
        3
    } else {
        4
    }
}

/// What hospitals call a specialty where there is little room.
fn short_specialty(name: &str) -> &str {
    match name {
        "" => "Other",
        "Emergency medicine" | "Emergency Medicine" => "ED",
        "Obstetrics and gynaecology" | "Obstetrics & gynaecology" => "O&G",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Availability, PersonId, Rules};

    fn person(grade: &str, specialty: &str) -> Person {
        Person {
            id: PersonId::new("p").unwrap(),
            initials: String::new(),
            family: String::new(),
            given: String::new(),
            grade: grade.to_owned(),
            specialty: specialty.to_owned(),
            phone: String::new(),
            rules: Rules::Wtr,
            may_cover: Vec::new(),
            competencies: Vec::new(),
            usually: Availability::Available,
            availability: Vec::new(),
            duties: Vec::new(),
        }
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
    fn kinds_of_grade() {
        let kinds = ["Consultant", "Associate specialist", "Emergency nurse practitioner", "ST4", "FY2", "Friend"];
        assert_eq!(kinds.map(kind_of), [0, 1, 2, 3, 3, 4]);
        assert_eq!(groups(&[]), (Vec::new(), Vec::new()));
    }
}
