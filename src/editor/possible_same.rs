//! People who may be one doctor though the checker takes their names for two: accents, initials, a letter more or less,
//! one half of a double-barrelled name. Only ever a remark: two doctors may well be called so.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::model::{Person, words};

use super::people_names::{is_title, spoken_name};

/// Given names of fewer letters are others with one letter changed: Ann and Ane.
const LETTERS_MIN: usize = 4;

/// A name by its letters alone: without accents, capitals, titles and what stands in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letters {
    family: Vec<String>,
    given: Vec<String>,
}

impl Letters {
    pub(super) fn of(family: &str, given: &str) -> Self {
        Self { family: folded(family), given: folded(given) }
    }

    /// The whole name in one, in both orders; where one field has all of it, in the order in which it is written.
    fn whole(&self) -> [String; 2] {
        let (family, given) = (self.family.concat(), self.given.concat());
        [format!("{family}{given}"), format!("{given}{family}")]
    }

    /// Whether both may be one person's name.
    pub(super) fn may_be(&self, other: &Self) -> bool {
        if self.family.is_empty() || other.family.is_empty() {
            return false;
        }
        let (given, others) = (self.given.concat(), other.given.concat());
        let whole = other.whole();
        if self.whole().iter().any(|name| whole.contains(name)) {
            return true;
        }
        if self.family.concat() == other.family.concat() {
            return are_initials(&self.given, &other.given)
                || are_initials(&other.given, &self.given)
                || is_one_letter_off(&given, &others);
        }
        let holds = |long: &[String], short: &[String]| {
            long.len() > short.len() && short.iter().all(|word| long.contains(word))
        };
        !given.is_empty()
            && given == others
            && (holds(&self.family, &other.family) || holds(&other.family, &self.family))
    }

    /// Whoever may be the same person has one of these in common.
    fn keys(&self) -> BTreeSet<String> {
        self.family.iter().cloned().chain([self.family.concat()]).chain(self.whole()).collect()
    }
}

/// Whoever of the people may be the same person as each of them, by their places.
pub fn possible_twins(people: &[Person]) -> Vec<Vec<usize>> {
    let letters: Vec<Letters> = people.iter().map(|person| Letters::of(&person.family, &person.given)).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, name) in letters.iter().enumerate() {
        for key in name.keys() {
            alike.entry(key).or_default().push(at);
        }
    }
    let mut twins = vec![BTreeSet::new(); people.len()];
    for places in alike.values() {
        for (i, one) in places.iter().enumerate() {
            for other in &places[i + 1..] {
                if letters[*one].may_be(&letters[*other]) {
                    twins[*one].insert(*other);
                    twins[*other].insert(*one);
                }
            }
        }
    }
    twins.into_iter().map(|places| places.into_iter().collect()).collect()
}

/// Such as `Sarah Filby (SF)`.
pub fn called(person: &Person) -> String {
    format!("{} ({})", spoken_name(person), words::safe(person.initials.trim()))
}

/// The words of a name by their letters; two capitals together are initials.
pub(super) fn folded(name: &str) -> Vec<String> {
    let name = name.split('(').next().unwrap_or_default();
    let parts = name.split(|c: char| c.is_whitespace() || c == '.' || is_hyphen(c));
    let mut folded = Vec::new();
    for part in parts.filter(|part| !is_title(part)) {
        let letters: String = part.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(plain).collect();
        let is_initials = part.chars().count() == 2 && part.chars().all(char::is_uppercase);
        if is_initials {
            folded.extend(letters.chars().map(String::from));
        } else if !letters.is_empty() {
            folded.push(letters);
        }
    }
    folded
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A letter in small, without the stroke or the ring that belongs to it.
fn plain(letter: char) -> Vec<char> {
    let small = letter.to_lowercase().filter(|c| c.is_alphanumeric());
    let mut plain = Vec::new();
    for c in small {
        match c {
            'ß' => plain.extend(['s', 's']),
            'æ' => plain.extend(['a', 'e']),
            'œ' => plain.extend(['o', 'e']),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            c => plain.push(c),
        }
    }
    plain
}

/// Whether these are initials alone, and fit the names.
fn are_initials(initials: &[String], names: &[String]) -> bool {
    let is_one = |word: &String| word.chars().count() == 1;
    let fits = |(initial, name): (&String, &String)| name.starts_with(initial.as_str());
    !initials.is_empty() && !names.is_empty() && initials.iter().all(is_one) && initials.iter().zip(names).all(fits)
}

/// Whether one letter is another, more or missing, in names of four letters or more.
pub(super) fn is_one_letter_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < LETTERS_MIN || long.len() > short.len() + 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let behind = if long.len() == short.len() { same + 1 } else { same };
    short.get(behind..).unwrap_or_default() == long.get(same + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(one: (&str, &str), other: (&str, &str)) -> bool {
        let (one, other) = (Letters::of(one.0, one.1), Letters::of(other.0, other.1));
        assert_eq!(one.may_be(&other), other.may_be(&one));
        one.may_be(&other)
    }

    #[test]
    fn one_doctor_under_several_spellings_is_remarked() {
        let filby = ("Filby", "Sarah");
        for other in [
            ("Filby", "Sara"),
            ("Filby", "Sarrah"),
            ("Filby", "Sarab"),
            ("Filby", "S"),
            ("Filby", "S."),
            ("Filby", "SE"),
            ("Filby", "S.E."),
            ("Filby-Jones", "Sarah"),
            ("Jones Filby", "Dr Sarah"),
            ("F\u{ed}lby", "Sarah"),
            ("Fi\u{301}lby", "Professor Sarah (LTFT)"),
            ("Sarah", "Filby"),
            ("Mx Sarah Filby", ""),
        ] {
            assert!(may_be(filby, other), "{other:?}");
        }
        assert!(may_be(("S\u{f8}rensen", "\u{141}ucja"), ("Sorensen", "Lucja")));
    }

    #[test]
    fn two_doctors_are_not_remarked() {
        for (one, other) in [
            (("Filby", "Sarah"), ("Filby", "Tom")),
            (("Filby", "Sarah"), ("Filby", "T")),
            (("Filby", "Sarah"), ("Filby", "Sandra")),
            (("Filby", "Sarah"), ("Filby", "")),
            (("Filby", "Ann"), ("Filby", "Ane")),
            (("Locum 1", "Night"), ("Locum 2", "Night")),
            (("Filby", "Sarah"), ("Jones", "Sarah")),
            (("Filby-Jones", "Sarah"), ("Filby-Hill", "Sarah")),
            (("Filby-Jones", "Sarah"), ("Filby", "Sara")),
            (("", ""), ("", "")),
            (("", "Sarah"), ("", "Sarah")),
        ] {
            assert!(!may_be(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn each_is_told_of_all_others() {
        let mut people = super::super::fixture::rota().people;
        let names = [("Filby", "Sarah"), ("Filby-Jones", "Sarah"), ("Grant", "Hugo"), ("Filby", "S")];
        for (person, (family, given)) in people.iter_mut().zip(names) {
            (person.family, person.given) = (family.to_owned(), given.to_owned());
        }
        people.truncate(names.len());
        assert_eq!(possible_twins(&people), [vec![1, 3], vec![0], vec![], vec![0]]);
    }
}
