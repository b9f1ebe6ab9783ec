//! Who the team of a pasted session is: initials, names, or an initial and a family name that fit one person alone.

use thiserror::Error;

use crate::model::{Person, PersonId, Rota, words};

use super::people_names::is_title;
use super::same_text::plain;

/// Who is meant by a name that nobody in the rota answers to by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doctor {
    Person(PersonId),
    /// Somebody who is not in the rota: the session is taken without, and says so in its note.
    NotHere,
}

/// A name in pasted rows that fits nobody, or more than one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDoctor {
    /// As it is written.
    pub name: String,
    /// The lines of its rows, from 1.
    pub rows: Vec<usize>,
    /// Whom it was said to be.
    pub chosen: Option<Doctor>,
}

/// Why a name stands for no person: what it is, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum NotOnePerson {
    #[error("nobody is called “{}”", words::safe(.0))]
    Nobody(String),
    #[error("more than one person is called “{}”", words::safe(.0))]
    Several(String),
}

/// The team that one cell names.
#[derive(Debug, Default)]
pub(super) struct Team {
    pub people: Vec<PersonId>,
    /// The names that fit nobody, or more than one person, and why; chosen since or not.
    pub asked: Vec<(String, NotOnePerson)>,
    /// Those of them of whom nobody has said yet who they are.
    pub open: Vec<String>,
    /// Those of them who are not in the rota.
    pub not_here: Vec<String>,
}

/// Everybody that a cell names: initials, or names; commas, semicolons, slashes, `+` and `and` stand between.
pub(super) fn read_team(rota: &Rota, cell: &str, doctors: &[WrittenDoctor]) -> Team {
    let mut team = Team::default();
    // "Grant, Helen" is one person, "HG, KP" are two.
    if cell.is_empty() || by_name(rota, cell).is_ok() {
        team.people.extend(by_name(rota, cell));
        return team;
    }
    let cell = cell.replace(" and ", ";").replace('&', ";");
    for piece in cell.split([';', '/', '+', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let parts: Vec<&str> = piece.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let are_all_known = parts.iter().all(|part| who(rota, part).is_ok());
        // "Evans, R" too is one person, and so it is where nobody fits: "R" alone would be nobody's name.
        let is_one = by_name(rota, piece).is_ok() || by_initial(rota, piece).is_ok() || is_family_and_letter(&parts);
        if !are_all_known && is_one {
            team.add(rota, piece, doctors);
        } else {
            for part in parts {
                team.add(rota, part, doctors);
            }
        }
    }
    team
}

impl Team {
    fn add(&mut self, rota: &Rota, name: &str, doctors: &[WrittenDoctor]) {
        let person = match who(rota, name) {
            Ok(person) => Some(person),
            Err(why) => {
                self.asked.push((name.to_owned(), why));
                let known = doctors.iter().find(|doctor| plain(&doctor.name) == plain(name));
                match known.and_then(|doctor| doctor.chosen.clone()) {
                    Some(Doctor::Person(person)) => Some(person),
                    Some(Doctor::NotHere) => {
                        self.not_here.push(name.to_owned());
                        None
                    }
                    None => {
                        self.open.push(name.to_owned());
                        None
                    }
                }
            }
        };
        self.people.extend(person.filter(|person| !self.people.contains(person)));
    }
}

/// The one person with those initials, else of that name, else of that initial and family name.
fn who(rota: &Rota, text: &str) -> Result<PersonId, NotOnePerson> {
    let found = match by_name(rota, text) {
        Err(0) => by_initial(rota, text),
        found => found,
    };
    found.map_err(|found| match found {
        0 => NotOnePerson::Nobody(text.to_owned()),
        _ => NotOnePerson::Several(text.to_owned()),
    })
}

/// The one person with those initials, else of that name; else how many there are.
fn by_name(rota: &Rota, text: &str) -> Result<PersonId, usize> {
    let name: String = text.split_whitespace().filter(|word| !is_title(word)).map(plain).collect();
    let is_named = |p: &&Person| {
        let (family, given) = (plain(&p.family), plain(&p.given));
        !family.is_empty() && [family.clone(), format!("{given}{family}"), format!("{family}{given}")].contains(&name)
    };
    if name.is_empty() {
        return Err(0);
    }
    let is_numbered = |p: &&Person| {
        let initials = plain(&p.initials);
        initials.strip_prefix(&name).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    // Whoever got a number because somebody else has the same initials is "JS" in other lists too.
    let numbered = rota.people.iter().filter(is_numbered).count();
    match only(rota.people.iter().filter(|p| plain(&p.initials) == name)) {
        Ok(_) if numbered > 0 => Err(numbered + 1),
        Err(0) => only(rota.people.iter().filter(is_named)),
        found => found,
    }
}

/// The one person of that family name whose given names begin so, as in "R Evans", "Evans R.J." and "Evans, R".
fn by_initial(rota: &Rota, text: &str) -> Result<PersonId, usize> {
    let text = text.replace(',', " ");
    let all: Vec<&str> = text.split_whitespace().filter(|word| !is_title(word)).collect();
    let most = all.len().saturating_sub(1);
    let before = all.iter().take_while(|word| are_letters(word)).count().min(most);
    let behind = all.iter().rev().take_while(|word| are_letters(word)).count().min(most);
    let (family, letters) = all.split_at(all.len() - behind);
    let readings = [all.split_at(before), (letters, family)];
    let fits = |p: &&Person| {
        readings.iter().any(|(letters, family)| {
            let is_family = plain(&p.family) == plain(&family.concat());
            !letters.is_empty() && is_family && begin_so(p, &plain(&letters.concat()))
        })
    };
    only(rota.people.iter().filter(fits))
}

/// Whether a word is of first letters, such as "R", "RJ" or "R.J.".
fn are_letters(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() == 1 || (2..=3).contains(&letters.len()) && letters.iter().all(|c| c.is_uppercase())
}

/// Whether "Evans, R" is meant: a family name, and first letters that are no second person's.
fn is_family_and_letter(parts: &[&str]) -> bool {
    matches!(parts, [family, letter] if !are_letters(family) && plain(letter).chars().count() == 1)
}

/// Whether the first of the letters is that of the given name, and no other contradicts what is known of the second. Of
/// somebody without a given name the initials tell.
fn begin_so(person: &Person, letters: &str) -> bool {
    let given: Vec<char> = person.given.split([' ', '-']).filter_map(|name| plain(name).chars().next()).collect();
    let given = if given.is_empty() { plain(&person.initials).chars().take(1).collect() } else { given };
    !given.is_empty() && !letters.is_empty() && letters.chars().zip(given).all(|(letter, own)| letter == own)
}

/// The one there is, else how many.
fn only<'a>(mut found: impl Iterator<Item = &'a Person>) -> Result<PersonId, usize> {
    match (found.next(), found.count()) {
        (Some(one), 0) => Ok(one.id.clone()),
        (None, _) => Err(0),
        (Some(_), others) => Err(others + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rota;
    use super::*;

    /// Rhys Evans (RE) is the only Evans; of two Shahs one is Anil Kumar and one Bina.
    fn staff() -> Rota {
        let mut rota = rota();
        let names =
            [("Evans", "Rhys", "RE"), ("Shah", "Anil Kumar", "AS"), ("Shah", "Bina", "BS"), ("O'Brien", "", "MO")];
        for (person, (family, given, initials)) in rota.people.iter_mut().zip(names) {
            person.family = family.to_owned();
            person.given = given.to_owned();
            person.initials = initials.to_owned();
        }
        rota
    }

    #[test]
    fn initials_that_another_person_has_with_a_number_may_mean_either() {
        let mut rota = staff();
        rota.people[3].initials = "AS2".to_owned();
        assert_eq!(told(&rota, "AS, RE", &[]), "RE; more than one person is called “AS”");
        assert_eq!((told(&rota, "AS2", &[]), told(&rota, "RE", &[])), ("AS2".to_owned(), "RE".to_owned()));
        let second = Some(Doctor::Person(rota.people[3].id.clone()));
        let chosen = [WrittenDoctor { name: "AS".to_owned(), rows: vec![1], chosen: second }];
        assert_eq!(told(&rota, "AS", &chosen), "AS2");
    }

    fn told(rota: &Rota, cell: &str, doctors: &[WrittenDoctor]) -> String {
        let team = read_team(rota, cell, doctors);
        let initials = team.people.iter().filter_map(|id| rota.person(id)).map(|p| p.initials.as_str());
        let known = initials.collect::<Vec<_>>().join(" ");
        let why = team.asked.into_iter().filter(|(name, _)| team.open.contains(name)).map(|(_, why)| why.to_string());
        let all = [known].into_iter().chain(why).filter(|text| !text.is_empty());
        all.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn an_initial_and_a_family_name_are_the_one_person_they_fit() {
        let rota = staff();
        for name in [
            "R Evans",
            "R. Evans",
            "Dr R Evans",
            "Evans R",
            "Evans, R",
            "EVANS R",
            "RJ Evans",
            "Mr R.J. Evans",
            "r evans",
        ] {
            assert_eq!(told(&rota, name, &[]), "RE", "{name}");
        }
        for (name, who) in
            [("A Shah", "AS"), ("Shah AK", "AS"), ("B Shah", "BS"), ("M O'Brien", "MO"), ("Shah, B", "BS")]
        {
            assert_eq!(told(&rota, name, &[]), who, "{name}");
        }
        for name in ["T Evans", "A B Shah", "R Evan", "Evans, T"] {
            assert_eq!(told(&rota, name, &[]), format!("nobody is called “{name}”"), "{name}");
        }
        assert_eq!(told(&rota, "Shah", &[]), "more than one person is called “Shah”");
        let mut rota = rota;
        rota.people[2].given = "Ajay".to_owned();
        assert_eq!(told(&rota, "A Shah", &[]), "more than one person is called “A Shah”");
    }

    #[test]
    fn several_are_told_apart() {
        let rota = staff();
        for cell in
            ["RE, BS", "R Evans / B Shah", "Evans R and Shah B", "Evans, R; Shah, B", "Evans, BS", "R Evans, B Shah"]
        {
            assert_eq!(told(&rota, cell, &[]), "RE BS", "{cell}");
        }
        assert_eq!(told(&rota, "Evans, RE", &[]), "RE", "the same person twice");
        assert_eq!(told(&rota, "XY, RE", &[]), "RE; nobody is called “XY”");
    }

    #[test]
    fn whoever_is_not_known_is_whom_somebody_chose() {
        let rota = staff();
        let as_written = |chosen| WrittenDoctor { name: "T Hay".to_owned(), rows: vec![2], chosen };
        let id = rota.people[1].id.clone();
        assert_eq!(told(&rota, "RE/T. Hay", &[as_written(Some(Doctor::Person(id)))]), "RE AS");
        assert_eq!(told(&rota, "RE/T Hay", &[as_written(None)]), "RE; nobody is called “T Hay”");
        let team = read_team(&rota, "RE/T Hay", &[as_written(Some(Doctor::NotHere))]);
        assert_eq!(
            (team.people.len(), team.not_here, team.open.len(), team.asked.len()),
            (1, vec!["T Hay".to_owned()], 0, 1)
        );
    }
}
