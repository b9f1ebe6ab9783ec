//! The same name, however it is written: the same person entered twice is found by it.
//!
//! Family and given name, in either order, after compatibility decomposition, case folding and Unicode's skeletons of
//! confusable letters; format characters, titles, and every kind of quote, hyphen and blank left out. The whole name is
//! taken as one word, so that it is the same if all of it stands in one field. No name at all is nobody's.

use std::ops::Range;
use std::sync::LazyLock;

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;

use crate::model::Person;

/// Titles that belong to no name, folded.
const TITLES: &[&str] = &["dr", "mr", "mrs", "ms", "miss", "prof"];

/// A telephone number of fewer digits may be an extension that many share.
const DIGITS_MIN: usize = 7;

/// What people of the same name have in common, however it is written; none for no name at all. A whole name in one field
/// has that of the order it is written in.
pub fn name_key(person: &Person) -> Option<String> {
    let mut text = String::new();
    let both = push_both_orders(&mut text, person);
    both.into_iter().map(|order| &text[order]).min().filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Both orders of the whole name by its letters, family name first and given name first: where in `text` they are.
pub fn push_both_orders(text: &mut String, person: &Person) -> [Range<usize>; 2] {
    let from = text.len();
    push_letters(text, &person.family);
    let given = text.len();
    push_letters(text, &person.given);
    let to = text.len();
    text.extend_from_within(from..given);
    [from..to, given..text.len()]
}

/// The digits of the telephone number, if they are enough to be somebody's own.
pub fn push_phone(text: &mut String, person: &Person) {
    let digits = |letter: char| letter.to_digit(10).and_then(|digit| char::from_digit(digit, 10));
    if person.phone.is_ascii() {
        text.extend(person.phone.chars().filter_map(digits));
    } else {
        text.extend(person.phone.nfkc().filter_map(digits));
    }
    if text.len() < DIGITS_MIN {
        text.clear();
    }
}

/// What two spellings of one name have in common, such as those with another apostrophe, other capitals or other blanks.
pub fn letters_of(name: &str) -> String {
    let mut text = String::new();
    push_letters(&mut text, name);
    text
}

/// What remains of one name.
fn push_letters(text: &mut String, name: &str) {
    if name.is_ascii() {
        let skeletons: &[String] = &ASCII;
        for word in name.split_ascii_whitespace().filter(|word| !is_title_in_ascii(word)) {
            for letter in word.bytes() {
                match skeletons[usize::from(letter)].as_bytes() {
                    [one] => text.push(char::from(*one)),
                    _ => text.push_str(&skeletons[usize::from(letter)]),
                }
            }
        }
        return;
    }
    // Format characters go first: one inside a title or between two words must not hide it.
    let visible: String = name.nfkc().filter(|letter| !is_hidden(*letter)).map(plain_capital).collect();
    for word in visible.split(is_blank) {
        let folded: String = word.chars().default_case_fold().nfkc().collect();
        if !TITLES.contains(&folded.trim_matches('.')) {
            push_skeleton(text, &folded);
        }
    }
}

/// A large letter of another alphabet that is drawn like one of this: folded, it would often look otherwise.
fn plain_capital(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let text = letter.to_string();
    let mut skeleton = unicode_security::skeleton(&text);
    match (skeleton.next(), skeleton.next()) {
        (Some(plain), None) if plain.is_ascii_uppercase() => plain,
        _ => letter,
    }
}

fn is_title_in_ascii(word: &str) -> bool {
    let word = word.trim_matches('.');
    word.len() <= 4 && TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

/// The skeleton of each letter of the alphabet by itself, folded.
static ASCII: LazyLock<Vec<String>> = LazyLock::new(|| {
    let skeleton = |letter: u8| {
        let mut text = String::new();
        push_skeleton(&mut text, char::from(letter).to_ascii_lowercase().encode_utf8(&mut [0; 4]));
        text
    };
    (0..128).map(skeleton).collect()
});

/// Confusable letters taken as one, and quotes and hyphens left out.
fn push_skeleton(text: &mut String, folded: &str) {
    // Some letters are confusable with a capital only, such as 0 with O: the skeleton is folded again.
    let skeleton = unicode_security::skeleton(folded).default_case_fold().nfkc();
    text.extend(skeleton.filter(|letter| !is_hidden(*letter) && !is_blank(*letter) && !is_joint(*letter)));
}

/// Letters that are not seen: they turn the direction of writing, join, or say which form the letter before them takes.
fn is_hidden(letter: char) -> bool {
    matches!(letter,
        '\u{00ad}' | '\u{034f}' | '\u{0600}'..='\u{0605}' | '\u{061c}' | '\u{06dd}' | '\u{070f}' | '\u{08e2}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}')
}

/// Quotes and hyphens of every kind, and the stop of an abbreviation.
fn is_joint(letter: char) -> bool {
    matches!(letter,
        '.' | '-' | '\'' | '"' | '`' | '\u{00ab}' | '\u{00b4}' | '\u{00bb}' | '\u{02b9}'..='\u{02bf}' | '\u{02c8}'
        | '\u{02ca}' | '\u{02cb}' | '\u{02d7}' | '\u{02ee}' | '\u{055a}' | '\u{058a}' | '\u{05be}' | '\u{05f3}'
        | '\u{05f4}' | '\u{1400}' | '\u{1806}' | '\u{2010}'..='\u{201f}' | '\u{2032}'..='\u{2037}'
        | '\u{2039}' | '\u{203a}' | '\u{2043}' | '\u{2212}' | '\u{2e17}' | '\u{2e1a}' | '\u{2e3a}' | '\u{2e3b}'
        | '\u{2e40}' | '\u{300c}'..='\u{300f}' | '\u{301c}'..='\u{301f}' | '\u{3030}' | '\u{30a0}' | '\u{30fc}'
        | '\u{a78b}' | '\u{a78c}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing::rota;

    /// Both ways to write it down.
    fn name(family: &str, given: &str) -> [String; 2] {
        let mut person = rota("person A: Smith, John").people.remove(0);
        (person.family, person.given) = (family.to_owned(), given.to_owned());
        let mut text = String::new();
        push_both_orders(&mut text, &person).map(|order| text[order].to_owned())
    }

    fn is_same(one: (&str, &str), other: (&str, &str)) -> bool {
        let (one, other) = (name(one.0, one.1), name(other.0, other.1));
        one.iter().any(|name| !name.is_empty() && other.contains(name))
    }

    #[test]
    fn one_doctor_written_in_two_ways_has_one_name() {
        let pairs = [
            (("O'Brien", "Sean"), ("O\u{2019}Brien", "Sean")),
            (("O'Brien", "Sean"), ("O`Brien", "Sean")),
            (("O'Brien", "Sean"), ("OBrien", "Sean")),
            (("N\u{fa}\u{f1}ez", "Jos\u{e9}"), ("Nu\u{301}n\u{303}ez", "Jose\u{301}")),
            (("de Souza", "Ana"), ("de\u{a0}Souza", "Ana")),
            (("de Souza", "Ana"), ("de  Souza", "Ana ")),
            (("Smith", "John"), ("Sm\u{200b}ith", "John")),
            (("Smith", "John"), ("Smith\u{202e}", "\u{feff}John")),
            (("Smith-Jones", "Ann"), ("Smith\u{2010}Jones", "Ann")),
            (("Smith-Jones", "Ann"), ("Smith\u{2011}Jones", "Ann")),
            (("Smith-Jones", "Ann"), ("Smith\u{2013}Jones", "Ann")),
            (("Smith-Jones", "Ann"), ("Smith Jones", "Ann")),
            (("Smith-Jones", "Ann"), ("Smith\u{ad}Jones", "Ann")),
            (("Pope", "Aaron"), ("\u{420}\u{43e}\u{440}\u{435}", "\u{410}aron")),
            (("Birch", "Helen"), ("\u{412}irch", "\u{397}elen")),
            (("Pope", "Igor"), ("Pope", "\u{406}gor")),
            (("Smith", "John"), ("John", "Smith")),
            (("Smith", "John"), ("Smith", "Dr John")),
            (("Smith", "John"), ("Dr. Smith", "JOHN")),
            (("Smith", "John"), ("Prof  Smith", "Mr John")),
            (("Smith", "John"), ("", "John Smith")),
            (("Weiss", "Eva"), ("Wei\u{df}", "Eva")),
            (("Smith", "John"), ("\u{ff33}\u{ff4d}\u{ff49}\u{ff54}\u{ff48}", "John")),
            (("Obi", "Tam"), ("0bi", "Tam")),
        ];
        for (one, other) in pairs {
            assert!(is_same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn two_doctors_keep_their_names() {
        for (one, other) in [
            (("Smith", "John"), ("Smith", "Joan")),
            (("Smith", "John"), ("Smithson", "John")),
            (("Jose", "Ana"), ("Jos\u{e9}", "Ana")),
            (("Drew", "Ann"), ("ew", "Ann")),
            (("Smith", ""), ("", "")),
        ] {
            assert!(!is_same(one, other), "{one:?} {other:?}");
        }
        for (family, given) in [("", ""), (" ", "\u{200b}"), ("Dr", "-")] {
            assert_eq!(name(family, given), ["", ""]);
        }
    }

    #[test]
    fn letters_of_the_alphabet_have_the_skeleton_that_they_have_among_others() {
        for letter in 0..128_u8 {
            let letter = char::from(letter);
            let mut among = String::new();
            push_letters(&mut among, &format!("x{letter}x\u{e9}"));
            let mut alone = String::new();
            push_letters(&mut alone, &format!("x{letter}x"));
            assert_eq!(
                among.strip_suffix("e\u{301}").or(among.strip_suffix('\u{e9}')),
                Some(alone.as_str()),
                "{letter:?}"
            );
        }
    }

    #[test]
    fn a_telephone_number_is_its_digits_if_there_are_seven() {
        let phone = |text: &str| {
            let mut person = rota("person A: Smith, John").people.remove(0);
            person.phone = text.to_owned();
            let mut digits = String::new();
            push_phone(&mut digits, &person);
            digits
        };
        assert_eq!([phone("07700 900-123"), phone("ext 214567"), phone("214 5678")], ["07700900123", "", "2145678"]);
        assert_eq!(phone("\u{ff10}7700 900123"), "07700900123");
    }
}
