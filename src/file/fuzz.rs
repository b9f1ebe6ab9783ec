//! Whatever the bytes, reading ends with a rota or with faults; whatever the rota, writing and reading is the identity.

use proptest::prelude::*;

use super::clock_text::{civil_text, parse_civil};
use super::sample::SAMPLE;
use super::{read, write};
use crate::model::{Instant, Rota, Zone};

/// Reads without a panic, and what opens is written back to something that opens as the same.
fn survives(bytes: &[u8]) {
    if let Ok(opened) = read(bytes) {
        let again = read(&write(&opened.rota, &opened.header)).unwrap();
        assert!(again.rota == opened.rota && again.header == opened.header);
    }
}

fn sealed_sample() -> Vec<u8> {
    let mut opened = read(SAMPLE.as_bytes()).unwrap();
    opened.header.is_sealed = true;
    write(&opened.rota, &opened.header)
}

/// Pieces of RON and of rotas that a mutation puts in.
fn piece() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "r#\"",
        "/*",
        "//",
        "#![enable(implicit_some)]",
        "Some(",
        "None",
        "()",
        "'a'",
        "b\"x\"",
        "..",
        "-",
        "1e9",
        "0x",
        "NaN",
        "\0",
        "\u{202e}",
        "\\u{110000}",
        "id: \"\"",
        "2016-02-30T08:00",
        "262142-01-01T00:00",
        "99999999999999999999",
        "-1",
        "2026-10-25T01:30+00:00",
        "Agreed",
    ];
    prop_oneof![prop::sample::select(WORDS).prop_map(str::to_owned), any::<String>(), "[a-z\"(),:]{0,12}"]
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn a_mutated_file_is_survived(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, piece()), 1..4),
    ) {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (at, cut, piece) in changes {
            let from = at.index(text.len());
            let to = (from + cut).min(text.len());
            text.splice(from..to, piece.chars());
        }
        survives(text.into_iter().collect::<String>().as_bytes());
    }

    #[test]
    fn any_moment_of_any_zone_comes_back(minutes in 15_800_000_i64..68_000_000, zone in any::<prop::sample::Index>()) {
        let names: Vec<&str> = Zone::names().collect();
        let zone = Zone::named(names[zone.index(names.len())]).unwrap();
        let at = Instant(minutes);
        prop_assert_eq!(parse_civil(&civil_text(at, zone), Some(zone)), Ok(Some(at)));
    }

    #[test]
    fn any_words_come_back(words in prop::collection::vec(any::<String>(), 4)) {
        let mut rota: Rota = read(SAMPLE.as_bytes()).unwrap().rota;
        rota.properties.title.clone_from(&words[0]);
        rota.units[0].name.clone_from(&words[1]);
        rota.people[0].family.clone_from(&words[2]);
        rota.people[0].duties[0].label.clone_from(&words[3]);
        let header = super::Header { is_sealed: true, ..super::Header::default() };
        let bytes = write(&rota, &header);
        let back = read(&bytes).unwrap();
        prop_assert_eq!(&back.rota, &rota);
        prop_assert_eq!(back.sealed, Some(true));
        prop_assert_eq!(write(&back.rota, &back.header), bytes);
    }
}

#[test]
fn every_damaged_byte_is_noticed_or_harmless() {
    let good = sealed_sample();
    let rota = read(&good).unwrap().rota;
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        if let Ok(opened) = read(&bytes) {
            assert!(opened.sealed != Some(true) || opened.rota == rota, "byte {at} was changed unnoticed");
        }
    }
}

#[test]
fn every_truncation_is_noticed() {
    let good = sealed_sample();
    for end in 0..good.len() - 1 {
        let opened = read(&good[..end]);
        let faults = opened.expect_err("a part was taken for the whole");
        // Once it can be known for a rota file it is said to be cut short, whatever word or text the cut is in.
        let is_letter = std::str::from_utf8(&good[..end]).is_ok();
        let is_known = good[..end].windows(10).any(|text| text == b"version: 1");
        if is_letter && is_known {
            let text = faults.to_string();
            assert!(text.contains("part of it is missing") || text.contains("has no end"), "{end}: {text}");
        }
    }
}
