//! Another name for a post, a unit or a competency: plainly the same, or perhaps another thing altogether.

use super::possible_same::{folded, is_one_letter_off};

/// Words of fewer letters are others with one letter changed: Male and Mile.
const LETTERS_MIN: usize = 6;

/// Short forms, and what they stand for.
const SHORT: [(&str, &str); 24] = [
    ("anaes", "anaesthetics"),
    ("anaesthetic", "anaesthetics"),
    ("ass", "associate"),
    ("cons", "consultant"),
    ("gynae", "gynaecology"),
    ("hdu", "high dependency unit"),
    ("icu", "intensive care unit"),
    ("itu", "intensive care unit"),
    ("jnr", "junior"),
    ("jr", "junior"),
    ("med", "medical"),
    ("mg", "middle grade"),
    ("obs", "obstetrics"),
    ("obstetric", "obstetrics"),
    ("ortho", "orthopaedics"),
    ("orthopaedic", "orthopaedics"),
    ("paed", "paediatrics"),
    ("paediatric", "paediatrics"),
    ("paeds", "paediatrics"),
    ("reg", "registrar"),
    ("resus", "resuscitation"),
    ("snr", "senior"),
    ("sr", "senior"),
    ("surg", "surgical"),
];

/// Whether both plainly name the same thing: they differ in capitals, accents, blanks and marks, by a short form, or by
/// one letter of a long word.
pub(super) fn is_plainly_same(one: &str, other: &str) -> bool {
    let (one, other) = (words_of(one), words_of(other));
    let is_same = |(a, b): (&String, &String)| a == b || is_misspelt(a, b);
    one.concat() == other.concat() || one.len() == other.len() && one.iter().zip(&other).all(is_same)
}

/// What stands in brackets is part of the name: “Ward (day)” is not “Ward (night)”.
fn words_of(name: &str) -> Vec<String> {
    let open = name.to_lowercase().replace(['(', ')', '[', ']', '/', ',', '–', '—', '&', '+'], " ");
    let long =
        |word: String| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| (*long).to_owned());
    folded(&open)
        .into_iter()
        .map(long)
        .flat_map(|words| words.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// A long word with one letter more, less or another; figures are never misspelt, nor is a first letter.
fn is_misspelt(one: &str, other: &str) -> bool {
    let is_word = |word: &str| word.chars().count() >= LETTERS_MIN && word.chars().all(char::is_alphabetic);
    is_word(one) && is_word(other) && one.chars().next() == other.chars().next() && is_one_letter_off(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_spelling_is_the_same_and_another_place_number_or_grade_is_not() {
        for (one, other) in [
            ("Majors SHO", "majors  sho"),
            ("Majors SHO", "Majors-SHO"),
            ("Majors reg", "Majors Registrar"),
            ("Cons in charge", "Consultant in charge"),
            ("Consultent in charge", "Consultant in charge"),
            ("Surgical MG", "Surgical middle grade"),
            ("Ward (day)", "Ward day"),
        ] {
            assert!(is_plainly_same(one, other) && is_plainly_same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("Majors SHO", "Minors SHO"),
            ("Majors SHO", "Majors reg"),
            ("Majors SHO", "Majors"),
            ("Resus 1", "Resus 2"),
            ("Ward A", "Ward B"),
            ("Ward (day)", "Ward (night)"),
            ("Dental SHO", "Mental SHO"),
            ("Tier 3000", "Tier 3001"),
            ("Airway", "Resus lead"),
            ("A&E", "ED"),
        ] {
            assert!(!is_plainly_same(one, other) && !is_plainly_same(other, one), "{one} {other}");
        }
    }
}
