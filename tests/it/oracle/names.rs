//! Whose name is the same: a small table of what looks or reads alike, of this checker's own.

use std::collections::BTreeSet;

use cover_rota::model::Person;

/// Letters that are drawn alike or stand for others, each with what it is taken as. Small letters are taken first.
const ALIKE: &[(&str, &str)] = &[
    // Cyrillic, large and small.
    ("АВЕКМНОРСТХаеорсх", "abekmhopctxaeopcx"),
    // Greek.
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "abezhikmnoptyxo"),
    // Figures.
    ("01", "ol"),
    // Full width.
    ("ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ", "abcdefghijklmnopqrstuvwxyz"),
    ("ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ", "abcdefghijklmnopqrstuvwxyz"),
];

/// One letter that is as good as several: ligatures, letters with their accents, and m, which is drawn like r and n.
const SEVERAL: &[(char, &str)] = &[
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('é', "e\u{301}"),
    ('É', "e\u{301}"),
    ('ö', "o\u{308}"),
    ('Ö', "o\u{308}"),
    ('m', "rn"),
];

/// Not drawn at all: zero width, joiners, directions, soft hyphen, byte-order mark.
const UNSEEN: &[char] = &[
    '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2060}',
    '\u{feff}',
];

const QUOTES: &[char] = &['\'', '’', '‘', '‛', 'ʼ', 'ʻ', 'ʹ', '′', '`', '´', '＇', '"', '“', '”'];

const HYPHENS: &[char] = &['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}', '－', '﹣'];

const TITLES: &[&str] = &["dr", "mr", "mrs", "ms", "miss", "prof"];

/// Under which the person is known: family and given name, whichever is written first. No name is nobody's.
pub(super) fn of(person: &Person) -> BTreeSet<String> {
    let (family, given) = (plain(&person.family), plain(&person.given));
    let both = [format!("{family}{given}"), format!("{given}{family}")];
    both.into_iter().filter(|name| !name.is_empty()).collect()
}

/// A name with nothing in it but what tells people apart.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(|c| !UNSEEN.contains(c)).flat_map(taken_as).collect();
    let titles: Vec<String> = TITLES.iter().map(|title| title.chars().flat_map(taken_as).collect()).collect();
    let words =
        letters.split_whitespace().filter(|word| !titles.iter().any(|title| word.trim_end_matches('.') == title));
    words.flat_map(str::chars).filter(|c| !QUOTES.contains(c) && !HYPHENS.contains(c)).collect()
}

fn taken_as(letter: char) -> Vec<char> {
    let alike = ALIKE.iter().find_map(|(drawn, plain)| {
        let at = drawn.chars().position(|c| c == letter)?;
        plain.chars().nth(at)
    });
    let small: Vec<char> = alike.map_or_else(|| letter.to_lowercase().collect(), |plain| vec![plain]);
    let several = |c: &char| SEVERAL.iter().find(|(one, _)| one == c).map(|(_, several)| several.chars().collect());
    small.iter().flat_map(|c| several(c).unwrap_or_else(|| vec![*c])).collect()
}

#[test]
fn a_name_is_the_same_however_it_is_written() {
    let person = |family: &str, given: &str| Person {
        family: family.to_owned(),
        given: given.to_owned(),
        ..crate::random::somebody("p1")
    };
    let plain = of(&person("O'Brien-Elm", "Ann"));
    for (family, given) in [
        ("O’Brien‑Elm", "ann"),
        ("Dr O'BRIEN ELM", "Ann"),
        ("Ann", "O'Brien-Elm"),
        ("", "Ann O'Brien-Elm"),
        ("O\u{200b}'Brien\u{a0}-Elrn", "Ａｎｎ"),
        ("O'Вrien-Elm", "Prof. Аnn"),
    ] {
        assert!(!of(&person(family, given)).is_disjoint(&plain), "{family}, {given}");
    }
    for (family, given) in [("O'Brian-Elm", "Ann"), ("O'Brien-Elm", "Anne"), ("", "Ann"), ("O'Brién-Elm", "Ann")] {
        assert!(of(&person(family, given)).is_disjoint(&plain), "{family}, {given}");
    }
    assert_eq!(of(&person(" Dr ", "-")), BTreeSet::new());
}
