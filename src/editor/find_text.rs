//! How typed text fits a name: initials first, then the beginning of a name, then anywhere in it.

use crate::model::Person;

/// How well the text fits the person, 0 best; none if not at all.
pub fn matches_person(person: &Person, typed: &str) -> Option<u8> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Some(9);
    }
    let initials = person.initials.to_lowercase();
    let (family, given) = (person.family.to_lowercase(), person.given.to_lowercase());
    let full = person.full_name().to_lowercase();
    if initials == typed {
        Some(0)
    } else if initials.starts_with(&typed) {
        Some(1)
    } else if family.starts_with(&typed) || full.starts_with(&typed) {
        Some(2)
    } else if given.starts_with(&typed) || format!("{given} {family}").starts_with(&typed) {
        Some(3)
    } else if words_of(&full).any(|word| word.starts_with(&typed)) {
        Some(4)
    } else {
        None
    }
}

/// The same for whoever looks for somebody: after initials and names also by the words of grade and specialty. A cell that
/// takes initials does not ask it: there Enter enters whoever is found.
pub fn finds_person(person: &Person, typed: &str) -> Option<u8> {
    let name = person.full_name();
    let texts = [&person.initials, &name, &person.grade, &person.specialty].map(String::as_str);
    let by_words = || typed.contains(char::is_alphanumeric) && matches_words(&texts, typed);
    matches_person(person, typed).or_else(|| by_words().then_some(5))
}

/// Whether every typed word begins some word of the texts: for lists that a field narrows.
pub fn matches_words(texts: &[&str], typed: &str) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    typed.to_lowercase().split_whitespace().all(|wanted| {
        // Signs between words mean nothing: `theme: light`, `File > Recover…`.
        let wanted = wanted.trim_matches([':', ',', ';', '>', '›', '…']);
        texts.iter().any(|text| {
            text.contains(wanted) && words_of(text).any(|word| word.starts_with(wanted))
                || text.trim_end_matches('…') == wanted
        })
    })
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '&').filter(|word| !word.is_empty())
}

/// How well `typed` fits `label` letter by letter in order, higher is better; none if it does not.
pub fn fuzzy(label: &str, typed: &str) -> Option<i32> {
    let letters: Vec<char> = label.to_lowercase().chars().collect();
    let mut score = 0;
    let mut at = 0;
    let mut run = 0;
    for wanted in typed.to_lowercase().chars().filter(|c| !c.is_whitespace() && !":,;>›".contains(*c)) {
        let step = letters[at..].iter().position(|letter| *letter == wanted)?;
        let begins_word = at + step == 0 || !letters[at + step - 1].is_alphanumeric();
        run = if step == 0 && at > 0 { run + 1 } else { 0 };
        score += 1 + if begins_word { 8 } else { 0 } + run * 4 - i32::try_from(step.min(20)).unwrap_or(20) / 4;
        at += step + 1;
    }
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::person;
    use super::*;

    #[test]
    fn initials_go_before_names() {
        let varga = Person { given: "Eszter".to_owned(), ..person("ev", "van Varga") };
        let told = |typed: &str| matches_person(&varga, typed);
        assert_eq!(
            [told("EV"), told("e"), told("van"), told("esz"), told("eszter v"), told("varg"), told("x")],
            [Some(0), Some(1), Some(2), Some(3), Some(3), Some(4), None]
        );
    }

    #[test]
    fn people_are_found_by_grade_and_specialty_after_names() {
        let varga = Person {
            grade: "Associate specialist".to_owned(),
            specialty: "Anaesthetics".to_owned(),
            ..person("ev", "Varga")
        };
        let told = |typed: &str| finds_person(&varga, typed);
        assert_eq!(
            [told("var"), told("anaes"), told("Spec"), told("assoc anaes"), told("surg"), told(" "), told(":")],
            [Some(2), Some(5), Some(5), Some(5), None, Some(9), None]
        );
        assert_eq!(matches_person(&varga, "anaes"), None, "in a cell nobody is meant by a specialty");
    }

    #[test]
    fn a_list_is_narrowed_by_the_beginnings_of_words() {
        assert!(matches_words(&["Majors middle grade", "A&E"], "mid maj"));
        assert!(matches_words(&["Majors middle grade", "A&E"], "a&e"));
        assert!(!matches_words(&["Majors middle grade"], "rade"));
        assert!(matches_words(&["x"], " ") && matches_words(&["x"], " > "));
        assert!(matches_words(&["Light theme"], "theme: light"));
    }

    #[test]
    fn letters_in_order_fit_and_beginnings_of_words_fit_better() {
        assert!(fuzzy("Fill right", "fr") > fuzzy("Further", "fr"));
        assert!(fuzzy("Normal staffing…", "nors").is_some());
        assert_eq!(fuzzy("Undo", "x"), None);
        assert_eq!(fuzzy("Undo", ""), Some(0));
    }
}
