//! Damaged files: no flipped bit of a covered rota is ever shown as covered, and no mutated rota brings anything down.
//!
//! The long runs look at every bit, and at as many mutations as are asked for:
//! `COVER_ROTA_FLIPS=all COVER_ROTA_MUTATIONS=200000 cargo test --release --test it damaged -- --nocapture`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use cover_rota::checker::{self, Verdict};
use cover_rota::file;
use cover_rota::model::Rota;

use crate::random::Dice;

/// The rota of the examples that is covered.
const COVERED: &str = "james-paget-2016.ron";

fn saved_rotas() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas");
    let mut rotas: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    rotas.sort();
    rotas
}

fn covered_file() -> Vec<u8> {
    let (_, bytes) = saved_rotas().into_iter().find(|(name, _)| name == COVERED).unwrap();
    bytes
}

/// The rota that these bytes would show as covered, with exit status 0: read, not known for a wrong seal, and judged.
fn shown_as_covered(bytes: &[u8]) -> Option<Rota> {
    let opened = file::read(bytes).ok()?;
    let is_shown = opened.sealed != Some(false) && checker::check(&opened.rota).verdict == Verdict::Covered;
    is_shown.then_some(opened.rota)
}

/// Place and bit of each flip that is tried: all of them, or one bit of every 23rd byte.
fn flips(length: usize) -> Vec<(usize, u32)> {
    if std::env::var("COVER_ROTA_FLIPS").is_ok_and(|asked| asked == "all") {
        return (0..length).flat_map(|at| (0..8).map(move |bit| (at, bit))).collect();
    }
    (0..length).step_by(23).zip((0..8).cycle()).collect()
}

fn each_flip(good: &[u8], mut look: impl FnMut((usize, u32), &[u8])) -> usize {
    let mut bytes = good.to_vec();
    let flips = flips(good.len());
    for (at, bit) in &flips {
        bytes[*at] ^= 1 << bit;
        look((*at, *bit), &bytes);
        bytes[*at] ^= 1 << bit;
    }
    flips.len()
}

#[test]
fn a_flipped_bit_is_never_shown_as_covered_unless_it_says_the_same() {
    let good = covered_file();
    let rota = shown_as_covered(&good).expect("the example is covered");
    let mut same = 0;
    let tried = each_flip(&good, |flip, bytes| {
        if let Some(shown) = shown_as_covered(bytes) {
            assert!(shown == rota, "byte and bit {flip:?}: another rota is shown as covered");
            same += 1;
        }
    });
    println!("{tried} flips of {COVERED}: {same} of them say the same and are covered, no other is");
}

#[test]
fn without_its_seal_a_saved_rota_is_never_shown_as_covered() {
    let text = String::from_utf8(covered_file()).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("seal:"));
    let without: String = lines.flat_map(|line| [line, "\n"]).collect();
    assert!(without.len() < text.len() && without.contains("revision:") && without.contains("saved:"));
    assert!(shown_as_covered(without.as_bytes()).is_none(), "the seal is gone");
    let tried = each_flip(without.as_bytes(), |flip, bytes| {
        assert!(shown_as_covered(bytes).is_none(), "byte and bit {flip:?}");
    });
    println!("{tried} flips of {COVERED} without its seal: none is shown as covered");
}

#[test]
fn mutated_rotas_are_read_and_checked_or_refused() {
    let asked = std::env::var("COVER_ROTA_MUTATIONS").ok().map(|text| text.parse().expect("a number of mutations"));
    let rotas = saved_rotas();
    let (mut refused, mut judged) = (0, 0);
    for seed in 0..asked.unwrap_or(400_u64) {
        let (name, good) = &rotas[usize::try_from(seed).unwrap() % rotas.len()];
        let mutated = mutated(std::str::from_utf8(good).unwrap(), seed);
        let survived = catch_unwind(AssertUnwindSafe(|| {
            let opened = file::read(mutated.as_bytes()).ok()?;
            let report = checker::check(&opened.rota);
            assert!(report == checker::check(&opened.rota), "another answer the second time");
            let again = file::read(&file::write(&opened.rota, &opened.header)).expect("what is written is read");
            assert!(again.rota == opened.rota, "not written and read back as it is");
            Some(())
        }));
        assert!(survived.is_ok(), "mutation {seed}, of {name}:\n{mutated}");
        *(if matches!(survived, Ok(Some(()))) { &mut judged } else { &mut refused }) += 1;
    }
    println!("mutated rotas: {judged} judged, {refused} refused");
    assert!(judged > refused / 10, "{judged} judged, {refused} refused: the mutations are too wild to try the checker");
}

/// The text with one to three things changed: a word for another of the same kind, a record twice, gone or elsewhere.
fn mutated(text: &str, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = text.to_owned();
    for _ in 0..dice.from_to(1, 3) {
        text = match dice.from_to(0, 19) {
            0 => with_line_moved(&text, &mut dice),
            1 => with_letter_changed(&text, &mut dice),
            2..=4 => with_time_moved(&text, &mut dice),
            _ => with_word_exchanged(&text, &mut dice),
        };
    }
    text
}

fn place(dice: &mut Dice, length: usize) -> usize {
    usize::try_from(dice.from_to(0, i64::try_from(length).unwrap() - 1)).unwrap()
}

/// A line is dropped, said twice, or changes places with another.
fn with_line_moved(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let (one, other) = (place(dice, lines.len()), place(dice, lines.len()));
    match dice.from_to(0, 2) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(one, lines[one]),
        _ => lines.swap(one, other),
    }
    lines.join("\n")
}

fn with_letter_changed(text: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = place(dice, letters.len());
    let put = *dice.pick(&['0', '9', '-', '"', '(', ')', ',', ':', 'a', ' ', '\u{200b}', '\u{301}', 'é', '\0', '/']);
    letters.iter().enumerate().map(|(i, letter)| if i == at { put } else { *letter }).collect()
}

/// A word of the text, and the field it stands in.
struct Word<'a> {
    field: &'a str,
    from: usize,
    to: usize,
}

/// What stands in quotes, and the names and numbers behind a colon.
fn words(text: &str) -> Vec<Word<'_>> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (mut words, mut field, mut at) = (Vec::new(), "", 0);
    for (i, part) in text.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(Word { field, from: at, to: at + part.len() });
        } else {
            for (colon, _) in part.match_indices(": ") {
                let before = &part[..colon];
                field = &before[before.trim_end_matches(is_letter).len()..];
                let behind = &part[colon + 2..];
                let length = behind.find(|c| !is_letter(c)).unwrap_or(behind.len());
                if length > 0 {
                    words.push(Word { field, from: at + colon + 2, to: at + colon + 2 + length });
                }
            }
        }
        at += part.len() + 1;
    }
    words
}

fn with_word_exchanged(text: &str, dice: &mut Dice) -> String {
    let words = words(text);
    let Word { field, from, to } = *dice.pick(&words);
    let odd = ["", "0", "100000", "00:00", "23:59", "2016-10-30T01:30", "2016-04-26T08:00", "Declined", "NotAvailable"];
    let same: Vec<&str> =
        words.iter().filter(|word| word.field == field).map(|word| &text[word.from..word.to]).collect();
    let put = if dice.chance(10) { *dice.pick(&odd) } else { *dice.pick(&same) };
    format!("{}{put}{}", &text[..from], &text[to..])
}

/// One digit of a time is another.
fn with_time_moved(text: &str, dice: &mut Dice) -> String {
    let times: Vec<usize> = text.match_indices('T').map(|(at, _)| at).filter(|at| is_time(text, *at)).collect();
    if times.is_empty() {
        return text.to_owned();
    }
    let at = *dice.pick(&times) + *dice.pick(&[1, 2, 4, 5]);
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = *dice.pick(b"0123456789");
    String::from_utf8(bytes).unwrap()
}

/// Whether the T stands between a day and a time.
fn is_time(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    at >= 3 && bytes[at - 1].is_ascii_digit() && bytes[at - 3] == b'-' && bytes.get(at + 3) == Some(&b':')
}
