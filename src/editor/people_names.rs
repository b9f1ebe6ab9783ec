//! Names as they stand in staff lists: either way round, with titles and remarks; and cells that are no name at all.

use crate::model::{Person, words};

use super::grades::read_grade;
use super::same_text::plain;

/// What stands in lists where nobody is.
const NOBODY: [&str; 13] = [
    "vacant",
    "vacancy",
    "vacantpost",
    "tbc",
    "tba",
    "na",
    "none",
    "unfilled",
    "gap",
    "locum",
    "locumcover",
    "bank",
    "agency",
];

const TITLES: [&str; 8] = ["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "mx"];

/// Whether a word is a title, such as "Dr" or "Mrs.".
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word.trim().trim_end_matches('.').to_lowercase().as_str())
}

/// No line breaks, no double spaces.
pub fn tidy(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Family, Given", "Given Family", "FAMILY Given" or "Family G", with or without "Dr": family and given name. What stands
/// in brackets goes with the given name.
pub fn split_name(name: &str) -> (String, String) {
    // Small words belong to the family name: "Anna van der Berg", "Siobhán Ní Bhriain".
    #[rustfmt::skip]
    const SMALL: [&str; 30] = [
        "van", "von", "de", "der", "den", "da", "di", "la", "le", "al", "el", "dos", "das", "du", "des", "del", "della",
        "ter", "ten", "zu", "ibn", "bin", "binti", "ní", "nic", "ó", "mac", "mc", "ua", "uí",
    ];
    let with_remark = |given: String, remark: &str| tidy(&format!("{given} {remark}"));
    let without_titles =
        |text: &str| tidy(&text.split_whitespace().filter(|w| !is_title(w)).collect::<Vec<_>>().join(" "));
    let mut open = 0_usize;
    let comma = name.char_indices().find(|(_, c)| {
        open = (open + usize::from(*c == '(')).saturating_sub(usize::from(*c == ')'));
        *c == ',' && open == 0
    });
    if let Some((at, _)) = comma {
        let (family, remark) = without_brackets(&name[..at]);
        return (without_titles(&family), with_remark(without_titles(&name[at + 1..]), &remark));
    }
    let (name, remark) = without_brackets(name);
    let with_remark = |given: String| with_remark(given, &remark);
    let name = without_titles(&name);
    let words: Vec<&str> = name.split(' ').collect();
    let in_capitals = words.iter().take_while(|word| is_in_capitals(word, 3)).count();
    if in_capitals > 0 && words[in_capitals..].iter().any(|word| word.chars().any(char::is_lowercase)) {
        return (words[..in_capitals].join(" "), with_remark(words[in_capitals..].join(" ")));
    }
    let last = words.len() - 1;
    // "Smith A" and "Smith AB": nobody's family name is as short.
    let is_letters = |word: &str| is_in_capitals(word, 1) && word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
    if last > 0 && is_letters(words[last]) && !is_in_capitals(words[0], 1) {
        return (words[..last].join(" "), with_remark(words[last].to_owned()));
    }
    let mut from = last;
    while from > 1 && SMALL.contains(&words[from - 1].to_lowercase().as_str()) {
        from -= 1;
    }
    (words[from..].join(" "), with_remark(words[..from].join(" ")))
}

/// Whether a word has at least so many letters, and all are capitals; in scripts without capitals none is.
fn is_in_capitals(word: &str, least: usize) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= least && !word.chars().any(char::is_lowercase)
}

/// The name, and what stands in brackets in it.
fn without_brackets(name: &str) -> (String, String) {
    match name.find('(').zip(name.rfind(')')) {
        Some((from, to)) if from > 0 && from < to => {
            (format!("{} {}", &name[..from], &name[to + 1..]), name[from..=to].to_owned())
        }
        _ => (name.to_owned(), String::new()),
    }
}

/// The first letters of given and family name, as in "KP".
pub fn initials_of(family: &str, given: &str) -> String {
    let first = |text: &str| text.chars().find(|c| c.is_alphabetic());
    let letters = [first(given), first(family)];
    letters.into_iter().flatten().flat_map(char::to_uppercase).collect()
}

/// Why a cell of names names nobody, if it does not: a heading such as "Consultants", an empty place, a line of notes.
pub fn names_nobody(name: &str, is_alone: bool) -> Option<&'static str> {
    let plain = plain(name);
    if plain.is_empty() {
        return None;
    }
    if NOBODY.contains(&plain.as_str()) {
        return Some("is nobody’s name");
    }
    let grade = read_grade(name);
    let is_grade = grade.specialty.is_empty() && (grade.level.is_some() || grade.contract.is_some());
    if is_alone && is_grade {
        return Some("is a heading, not a name");
    }
    (is_alone && name.chars().any(|c| c.is_ascii_digit())).then_some("is a note, not a name")
}

/// A name as it is spoken, such as `Helen Grant`.
pub fn spoken_name(person: &Person) -> String {
    let name = format!("{} {}", person.given.trim(), person.family.trim());
    words::safe(name.trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_either_way_round() {
        let told = |name: &str| {
            let (family, given) = split_name(name);
            format!("{family}|{given}")
        };
        assert_eq!(told("Grant, Helen"), "Grant|Helen");
        assert_eq!(told("Dr. Helen Mary Grant"), "Grant|Helen Mary");
        assert_eq!(told("Anna van der Berg"), "van der Berg|Anna");
        assert_eq!(told("Siobhán Ní Bhriain"), "Ní Bhriain|Siobhán");
        assert_eq!(told("Ana Maria dos Santos"), "dos Santos|Ana Maria");
        assert_eq!(told("Grant"), "Grant|");
        assert_eq!(told(""), "|");
        assert_eq!(told("D'Souza, Ms Sita"), "D'Souza|Sita");
        assert_eq!(told("GRANT Helen"), "GRANT|Helen", "as personnel records write it");
        assert_eq!(told("VAN DER BERG Anna Maria"), "VAN DER BERG|Anna Maria");
        assert_eq!(told("HELEN GRANT"), "GRANT|HELEN");
        assert_eq!(told("Smith A"), "Smith|A");
        assert_eq!(told("Smith A.B."), "Smith|A.B.");
        assert_eq!(told("A Smith"), "Smith|A");
        assert_eq!(told("JF Li"), "Li|JF");
        assert_eq!(told("Ann Bell (LTFT 80%)"), "Bell|Ann (LTFT 80%)");
        assert_eq!(told("Bell (Mon, Wed), Ann"), "Bell|Ann (Mon, Wed)");
        assert_eq!(told("Ann Bell (Mon, Wed)"), "Bell|Ann (Mon, Wed)");
        assert_eq!(told("李 小龙"), "小龙|李", "no capitals, no guess");
        assert_eq!(told("Иванова Анна"), "Анна|Иванова");
    }

    #[test]
    fn what_is_no_name_is_told() {
        for name in ["Vacant", "VACANCY", "TBC", "n/a", "Locum"] {
            assert_eq!(names_nobody(name, false), Some("is nobody’s name"), "{name}");
        }
        assert_eq!(names_nobody("Consultants", true), Some("is a heading, not a name"));
        assert_eq!(names_nobody("Middle grades", true), Some("is a heading, not a name"));
        assert_eq!(names_nobody("Updated 12/8", true), Some("is a note, not a name"));
        for name in ["Ann Bell", "Bank, Ann", "Nurse", "", "-", "Gapes"] {
            assert_eq!(names_nobody(name, false), None, "{name}");
        }
    }
}
