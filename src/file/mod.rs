//! The rota file: text in, rota or faults out; rota in, the same text out, always.
//!
//! The file's own types live in one module for each version ([`v1`]) and know nothing of the model; the model knows
//! nothing of them. A file is read whole or not at all, and nothing in it is guessed.

mod clock_text;
mod disk;
#[cfg(test)]
mod fake_disk;
mod fault;
#[cfg(test)]
mod fuzz;
mod head;
mod leftover;
mod looks;
#[cfg(test)]
mod sample;
mod save;
mod save_folder;
mod recent;
mod recovery;
mod text;
mod v1;

use sha2::{Digest, Sha256};

use crate::model::{Instant, Rota};

pub use clock_text::offset_date_time;
pub use disk::{ContentHash, Disk, RealDisk};
#[cfg(test)]
pub use fake_disk::{FakeDisk, Trouble};
pub use fault::Faults;
use head::Head;
pub use leftover::sweep_leftovers;
pub use looks::{Looks, Lost};
pub use recent::{RecentFile, keep_recent_files, recent_files, remember};
pub use recovery::{
    KeptCopy, KeptNote, Since, discard, keep, kept_copies, kept_copy, put_right, since_kept, throw_away, thrown_copies,
};
pub use save::{Known, OnDisk, Over, Prepared, SaveRefused, Written, open, save, write_all_or_nothing};
pub use save_folder::save_folder;

/// A file above this is refused before it is read: 16 MiB.
pub const SIZE_MAX: u64 = 16 * 1024 * 1024;

/// What `format` says in every rota file.
const FORMAT: &str = "cover-rota";

/// The newest version this program reads, and the one it writes.
const VERSION: i64 = 1;

/// What stands before the rota in a file. A hand-written file may have none of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// 32 hex digits, given once, never changed.
    pub document: Option<String>,
    /// 32 hex digits, new at every save.
    pub revision: Option<String>,
    /// The revision this one was made from; two after a merge.
    pub parents: Option<Vec<String>>,
    /// When, by whom and with what it was saved.
    pub saved: Option<Saved>,
    /// Whether the file carries a seal; the seal itself is made anew whenever it is written.
    pub is_sealed: bool,
}

/// When, by whom and with what a file was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub at: Instant,
    /// The name of the user as the system has it.
    pub by: String,
    /// The version of the program.
    pub app: String,
}

impl Header {
    /// The header of a rota that was never saved. The caller brings the chance.
    pub fn new_document(random: u128) -> Self {
        Self { document: Some(hex_id(random)), parents: Some(Vec::new()), is_sealed: true, ..Self::default() }
    }

    /// The header of the next save: the same document, a new revision made from this one.
    pub fn next(&self, saved: Saved, random: &mut dyn FnMut() -> u128) -> Self {
        Self {
            document: Some(self.document.clone().unwrap_or_else(|| hex_id(random()))),
            revision: Some(hex_id(random())),
            parents: Some(self.revision.iter().cloned().collect()),
            saved: Some(saved),
            is_sealed: true,
        }
    }
}

/// 32 hex digits.
fn hex_id(random: u128) -> String {
    format!("{random:032x}")
}

/// A rota as it stood in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub rota: Rota,
    /// What stood before it.
    pub header: Header,
    /// Whether the seal is right; `None` where there is none, as in a file written by hand. One that is missing from a
    /// file that the program has saved is wrong.
    pub sealed: Option<bool>,
}

/// The rota that the bytes of a file spell.
///
/// # Errors
/// [`Faults`]: the first one of the text, or all of the meaning.
pub fn read(bytes: &[u8]) -> Result<Opened, Faults> {
    let text = text_of(bytes)?;
    let file: v1::File<'_> = ron::from_str(text)
        // Another program's file, or a newer version, is better told as such than by its first strange field.
        .map_err(|error| foreign_faults(text).unwrap_or_else(|| fault::of_text(&error, text)))?;
    head_faults(Some(&file.format.0), Some(file.version)).map_or(Ok(()), Err)?;
    v1::opened(file)
}

/// The bytes of a file that holds the rota, in version 1.
pub fn write(rota: &Rota, header: &Header) -> Vec<u8> {
    v1::write(rota, header).into_bytes()
}

/// What is wrong with a file that is no rota this program could read, as far as its first fields tell.
fn foreign_faults(text: &str) -> Option<Faults> {
    let head = Head::of(text);
    if head.format.is_none() && !head.is_whole { None } else { head_faults(head.format.as_deref(), head.version) }
}

fn head_faults(format: Option<&str>, version: Option<i64>) -> Option<Faults> {
    let text = match (format, version) {
        (None, _) => "this is not a rota file: the field `format: \"cover-rota\"` is missing".to_owned(),
        (Some(FORMAT), Some(VERSION) | None) => return None,
        (Some(FORMAT), Some(newer)) if newer > VERSION => format!(
            "the file has version {newer}, this program reads up to {VERSION}: \
             open it with a newer Cover Rota, or ask for a copy"
        ),
        (Some(FORMAT), Some(version)) => format!("there is no file version {version}: correct it to {VERSION}"),
        (Some(other), _) => format!("this is not a rota file: `format` is {}, not \"cover-rota\"", fault::shown(other)),
    };
    Some(Faults::one(text))
}

fn text_of(bytes: &[u8]) -> Result<&str, Faults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() as u64 > SIZE_MAX {
        return Err(Faults::one(too_large()));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(Faults::one("the file is empty: use a copy that is not"));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Faults::one("the file is written in UTF-16: save it as UTF-8"));
    }
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(fault::at_byte(&bytes[..at], "a NUL byte stands here, the file is damaged: use another copy"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let what = "this is not UTF-8 text: save the file as UTF-8, or use another copy";
        fault::at_byte(&bytes[..error.valid_up_to()], what)
    })
}

fn too_large() -> String {
    "the file is above the 16 MiB that a rota may have: use another".to_owned()
}

fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::sample::SAMPLE;
    use super::*;

    fn faults(text: &str) -> String {
        read(text.as_bytes()).unwrap_err().to_string()
    }

    /// The sample with one text in it changed.
    fn changed(from: &str, to: &str) -> String {
        assert!(SAMPLE.contains(from), "{from}");
        SAMPLE.replacen(from, to, 1)
    }

    #[test]
    fn a_missing_seal_is_a_wrong_one_where_the_program_has_saved_the_file() {
        let sealed = |text: &str| read(text.as_bytes()).unwrap().sealed;
        let without = |text: &str, field: &str| {
            let line = text.lines().find(|line| line.trim_start().starts_with(field)).unwrap().to_owned();
            text.replacen(&line, "", 1)
        };
        let by_hand = without(&without(SAMPLE, "revision:"), "saved:");
        assert_eq!(sealed(&by_hand), None, "written by hand");
        assert_eq!(sealed(&without(SAMPLE, "revision:")), Some(false));
        assert_eq!(sealed(&without(SAMPLE, "saved:")), Some(false));
        assert_eq!(sealed(SAMPLE), Some(false));
    }

    #[test]
    fn the_sample_of_the_contract_opens() {
        let opened = read(SAMPLE.as_bytes()).unwrap();
        assert_eq!(opened.rota.people[0].initials, "HG");
        assert_eq!(opened.header.saved.unwrap().by, "j.harris");
    }

    #[test]
    fn what_is_written_is_laid_out_for_people() {
        let opened = read(SAMPLE.as_bytes()).unwrap();
        let text = String::from_utf8(write(&opened.rota, &opened.header)).unwrap();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn writing_a_file_back_gives_the_same_bytes() {
        let mut opened = read(SAMPLE.as_bytes()).unwrap();
        opened.header.is_sealed = true;
        let once = write(&opened.rota, &opened.header);
        let again = read(&once).unwrap();
        assert_eq!(again, Opened { sealed: Some(true), ..opened });
        assert_eq!(write(&again.rota, &again.header), once);
    }

    #[test]
    fn a_hand_written_file_keeps_what_it_left_out() {
        let text = changed("document: \"2f1c0000000000000000000000000001\",", "");
        let opened = read(text.as_bytes()).unwrap();
        assert_eq!(opened.header.document, None);
        let written = write(&opened.rota, &opened.header);
        assert!(!String::from_utf8_lossy(&written).contains("document"));
        assert_eq!(read(&written).unwrap(), opened);
    }

    #[test]
    fn the_seal_tells_a_change_and_not_another_layout() {
        let mut opened = read(SAMPLE.as_bytes()).unwrap();
        opened.header.is_sealed = true;
        let text = String::from_utf8(write(&opened.rota, &opened.header)).unwrap();
        let open = |text: &str| read(text.as_bytes()).unwrap().sealed;
        assert_eq!(open(&text.replace('\n', "\r\n")), Some(true));
        assert_eq!(open(&format!("\u{feff}// a comment\n{text}")), Some(true));
        assert_eq!(open(&text.replacen("Grant", "Grunt", 1)), Some(false));
        assert_eq!(open(&text.replacen("sha256:", "sha256:0", 1)), Some(false));
    }

    #[test]
    fn the_seal_of_the_sample_is_frozen() {
        let opened = read(SAMPLE.as_bytes()).unwrap();
        insta::assert_snapshot!(
            v1::seal(&opened.rota),
            @"sha256:5cabe47ef6376531c2e2259047c1ae3e83efbb970d1b3c0d118b835a88adf889"
        );
    }

    #[test]
    fn faults_of_the_text_name_the_first_place() {
        let cut = &SAMPLE[..SAMPLE.find("people:").unwrap() + 60];
        let deep = format!("(format: \"cover-rota\", version: 1, rota: {}", "[".repeat(200_000));
        let told = [
            faults(""),
            faults(" \r\n"),
            faults("Dear all,\nplease find attached"),
            faults("[1, 2]"),
            faults("()"),
            faults("(format: \"cover-rota\", version: 2, plans: [])"),
            faults("(format: \"cover-rota\", version: 0, rota: 1)"),
            faults("(format: \"theme\", version: 1)"),
            faults(cut),
            faults(&deep),
            faults(&format!("{SAMPLE}\nand more")),
            faults(&changed("label: \"Day 1\"", "label: \"Day 1\", colour: 3")),
            faults(&changed("label: \"Day 1\", ", "")),
            faults(&changed("label: \"Day 1\"", "label: \"Day 1\", label: \"\"")),
            faults(&changed("label: \"Day 1\"", "label: 1")),
            faults(&changed("label: \"Day 1\"", "label: Some(\"Day 1\")")),
            faults(&changed("label: \"Day 1\",", "label: \"Day 1\"")),
            faults(&changed("count: 2", "count: 2.5")),
            faults(&changed("count: 2", "count: \"2\"")),
            faults(&changed("count: 2", "count: 99999999999999999999999")),
            faults(&changed("count: 2", "")),
            faults(&changed("essential: true", "essential: yes")),
            faults(&changed("Compensatory", "Wonderful")),
            faults(&changed("team: [\"hg\"]", "team: \"hg\"")),
            faults(&changed("team: [\"hg\"]", "team: [\"hg\"")),
            faults(&changed("(id: \"resus\", name: \"Resus lead\")", "\"resus\"")),
            faults(&changed("title: \"Walkout", "title: \"\\q")),
            faults(&changed("title:", "title")),
            faults(&changed("rota: (", "rota: Plan(")),
            faults(&format!("/* {SAMPLE}")),
            faults(&format!("#![enable(magic)]{SAMPLE}")),
            faults(&changed("Grant", "Gr\0ant")),
        ];
        insta::assert_snapshot!(told.join("\n"));
        assert!(read(b"\xff\xfe(\0").unwrap_err().to_string().contains("UTF-16"));
        assert!(read(b"(a: \"\xc3(\")").unwrap_err().to_string().starts_with("line 1, column 6: "));
    }

    #[test]
    fn faults_of_the_meaning_are_told_all_with_their_records() {
        let mut text = SAMPLE.to_owned();
        for (from, to) in [
            ("2f1c0000000000000000000000000001", "2f1c"),
            ("2016-04-20T15:05Z", "2016-04-20T15:05"),
            (
                "id: \"w2\", label: \"Day 2\", from: \"2016-04-27T08:00\"",
                "id: \"w1\", label: \"\", from: \"2016-04-27T18:00\"",
            ),
            ("senior_from: \"mg\"", "senior_from: \"boss\""),
            ("handovers: [\"13:00\"]", "handovers: [\"24:00\"]"),
            ("requires: [\"resus\"]", "requires: [\"Resus\"]"),
            ("count: 2", "count: -2"),
            ("id: \"hg\", initials", "id: \"HG\", initials"),
            ("from: \"2016-04-25T20:00\"", "from: \"2016-03-27T01:30\""),
            ("2016-04-26T13:00\", is", "2016-04-26T07:00\", is"),
            ("appointments: 14", "appointments: 100001"),
            ("log: [],", "log: [(at: \"262142-01-01T00:00Z\", by: \"\", text: \"\")],"),
        ] {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        insta::assert_snapshot!(faults(&text));
    }

    #[test]
    fn an_unknown_zone_makes_no_other_fault() {
        let text = changed("Europe/London", "Europe/Lodon").replacen(
            "to: \"2016-04-26T17:00\"",
            "to: \"2016-04-26T07:00\"",
            1,
        );
        assert_eq!(
            faults(&text),
            "zone: \"Europe/Lodon\" is not a time zone: use an IANA name such as \"Europe/London\""
        );
    }

    #[test]
    fn a_hundred_faults_are_enough() {
        let text = changed(
            "assignments: [",
            &format!(
                "assignments: [{}",
                "(id: \"X\", post: \"Y\", person: \"Z\", from: \"\", to: \"\", status: Agreed),".repeat(500)
            ),
        );
        assert_eq!(read(text.as_bytes()).unwrap_err().texts().len(), crate::model::FAULTS_MAX);
    }

    #[test]
    fn extensions_of_the_text_change_nothing() {
        let plain = read(SAMPLE.as_bytes()).unwrap();
        for extension in ["implicit_some", "unwrap_newtypes", "unwrap_variant_newtypes"] {
            assert_eq!(read(format!("#![enable({extension})]\n{SAMPLE}").as_bytes()), Ok(plain.clone()));
        }
        let raw = changed("\"Helen\"", "r#\"Hel\"en\"#");
        assert_eq!(read(raw.as_bytes()).unwrap().rota.people[0].given, "Hel\"en");
    }
}
