//! What the rota is given out as: read by other code than wrote it, and held against the rota.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cover_rota::checker;
use cover_rota::exchange::{Choices, Document, FORMATS, Format, NotExported, Source};
use cover_rota::file::{self, Header};
use cover_rota::model::{Assignment, Instant, Issue, Rota, SessionState, Status, TimeOfDay};

use crate::random;
use crate::saved_rotas::rotas_in;

/// 08:12 UTC on Thursday 21 April 2016.
const NOW: Instant = Instant(24_353_772);

fn header() -> Header {
    Header { document: Some("d".repeat(32)), ..Header::default() }
}

fn documents_with(rota: &Rota, format: &str, choices: &Choices) -> Result<Vec<Document>, NotExported> {
    let report = checker::check(rota);
    let source = Source { rota, report: &report, header: &header(), now: NOW, random: 7 };
    Format::named(format).unwrap_or_else(|| panic!("no format {format}")).documents(&source, choices)
}

fn documents(rota: &Rota, format: &str) -> Vec<Document> {
    documents_with(rota, format, &Choices::default()).unwrap_or_else(|why| panic!("{format}: {why}"))
}

fn text(document: &Document) -> String {
    String::from_utf8(document.bytes.clone()).unwrap()
}

fn saved(name: &str) -> Rota {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saved_rotas").join(name);
    file::read(&std::fs::read(path).unwrap()).unwrap().rota
}

/// The rows of a CSV by their headings.
fn rows(document: &Document) -> Vec<BTreeMap<String, String>> {
    let text = text(document);
    let text = text.strip_prefix('\u{feff}').expect("Excel takes UTF-8 by its mark only");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| headings.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn every_format_of_two_examples_is_known() {
    for name in ["norwich-2016-draft", "every-rule"] {
        let rota = saved(&format!("{name}.ron"));
        for format in FORMATS {
            let documents = documents_with(&rota, format.name, &Choices::default());
            let told = match &documents {
                Err(why) => why.to_string(),
                Ok(documents) => {
                    let told = documents.iter().take(3).map(|it| format!("=== {}\n{}", it.name, text(it)));
                    format!("{} files\n{}", documents.len(), told.collect::<String>())
                }
            };
            insta::assert_snapshot!(format!("{name}-{}", format.name), told.replace('\r', ""));
        }
    }
}

#[test]
fn every_format_of_every_example_and_template_is_made() {
    for path in rotas_in("saved_rotas").into_iter().chain(rotas_in("assets/templates")) {
        let rota = file::read(&std::fs::read(&path).unwrap()).unwrap().rota;
        for format in FORMATS {
            let made = documents_with(&rota, format.name, &Choices::default());
            let is_told = matches!(made, Ok(_) | Err(NotExported::LooksSafer(_) | NotExported::Nothing));
            assert!(is_told, "{} {}", path.display(), format.name);
        }
    }
}

#[test]
fn the_table_has_every_shift_once() {
    for seed in 0..200 {
        let rota = random::rota(seed);
        let rows = rows(&documents(&rota, "csv")[0]);
        let told: BTreeMap<&str, &BTreeMap<String, String>> =
            rows.iter().map(|row| (row["Shift"].as_str(), row)).collect();
        assert_eq!((rows.len(), told.len()), (rota.assignments.len(), rota.assignments.len()), "seed {seed}");
        for it in &rota.assignments {
            let row = told[it.id.as_str()];
            assert_eq!(row["Person"], it.person.as_str());
            assert_eq!(row["Minutes"], (it.span.to.0 - it.span.from.0).to_string());
            assert_eq!(row["Status"].to_lowercase(), format!("{:?}", it.status).to_lowercase());
        }
    }
}

#[test]
fn whoever_does_not_count_has_the_reason_in_the_table() {
    let rota = saved("norwich-2016-draft.ron");
    let rows = rows(&documents(&rota, "csv")[0]);
    let wrong: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| !row["Errors"].is_empty())
        .map(|row| (row["Initials"].as_str(), row["Errors"].as_str()))
        .collect();
    assert_eq!(wrong, [("GH", "SES-1"), ("AL", "DBL-1"), ("AL", "DBL-1")]);
}

#[test]
fn the_two_lists_together_are_all_sessions_and_only_what_can_run_goes_ahead() {
    let mut ahead = 0;
    for seed in 0..300 {
        let rota = random::rota(seed);
        let lists = documents(&rota, "booking");
        let [not, goes] = lists.as_slice() else { panic!("two lists") };
        assert_eq!((not.name.as_str(), goes.name.as_str()), ("postponed-or-to-decide", "goes-ahead"));
        let (not, goes) = (rows(not), rows(goes));
        assert_eq!(not.len() + goes.len(), rota.sessions.len(), "seed {seed}");
        let mut left: Vec<_> = rota.sessions.iter().collect();
        for row in goes {
            let at = left
                .iter()
                .position(|it| it.title == row["Session"] && it.state == SessionState::Running && is_free(&rota, it))
                .unwrap_or_else(|| panic!("seed {seed}: {row:?} cannot go ahead"));
            let session = left.remove(at);
            assert_eq!(row["Outpatient appointments"], session.appointments.to_string());
            ahead += 1;
        }
    }
    assert!(ahead > 50, "{ahead} sessions went ahead");
}

/// Whether nobody of the team is on a post, or may be, while the session runs.
fn is_free(rota: &Rota, session: &cover_rota::model::Session) -> bool {
    let is_in_the_way = |it: &Assignment| {
        let on_call = rota.post(&it.post).unwrap().on_call;
        it.status != Status::Declined && !on_call && it.span.overlaps(session.span) && session.team.contains(&it.person)
    };
    !rota.assignments.iter().any(is_in_the_way)
}

#[test]
fn the_return_adds_up_to_what_the_checker_says() {
    for name in ["norwich-2016-draft.ron", "dorset-2016.ron", "five-days-2025.ron", "every-rule.ron"] {
        let rota = saved(name);
        let report = checker::check(&rota);
        let rows = rows(&documents(&rota, "sitrep")[0]);
        let postponed = |kind: &str| -> u64 {
            let row = rows.iter().find(|row| row["Return"] == kind).unwrap();
            row["Short or postponed"].parse().unwrap()
        };
        assert_eq!(postponed("Outpatient appointments"), report.postponed.appointments, "{name}");
        assert_eq!(postponed("Inpatient operations"), report.postponed.inpatient, "{name}");
        assert_eq!(postponed("Day-case operations"), report.postponed.day_case, "{name}");
        // What is undecided is neither postponed nor promised: planned is all of it.
        let going: u64 =
            rows_of_list(&rota, "goes-ahead").iter().map(|row| number(row, "Outpatient appointments")).sum();
        let row = rows.iter().find(|row| row["Return"] == "Outpatient appointments").unwrap();
        assert_eq!(number(row, "Now"), going, "{name}: the return and the list for the booking office agree");
        // A night has no 09:00.
        if name == "every-rule.ron" {
            continue;
        }
        let present: Vec<_> = rows.iter().filter(|row| row["Return"] == "Doctors present").collect();
        let tiers: usize = rota.units.iter().map(|unit| unit.tiers.len()).sum();
        assert_eq!(present.len(), rota.windows.len() * tiers, "{name}");
    }
}

/// One of the two lists for the booking office.
fn rows_of_list(rota: &Rota, name: &str) -> Vec<BTreeMap<String, String>> {
    rows(documents(rota, "booking").iter().find(|list| list.name == name).unwrap())
}

fn number(row: &BTreeMap<String, String>, heading: &str) -> u64 {
    row[heading].parse().unwrap()
}

#[test]
fn the_return_says_where_nothing_can_be_said() {
    let choices = Choices { times: vec!["03:00".parse::<TimeOfDay>().unwrap()] };
    let rota = saved("norwich-2016-draft.ron");
    let out = rows(&documents_with(&rota, "sitrep", &choices).unwrap()[0]);
    let first: Vec<&str> = ["Time", "Normal", "Now", "Note"].map(|heading| out[0][heading].as_str()).to_vec();
    assert_eq!(first, ["03:00", "", "", "03:00 is not in the walkout times of Day 1"]);
    let mut bare = rota;
    bare.normals.iter_mut().for_each(|normal| normal.staffing.clear());
    let out = rows(&documents(&bare, "sitrep")[0]);
    assert_eq!((out[0]["Normal"].as_str(), out[0]["Short or postponed"].as_str()), ("", ""));
    assert_eq!(out[0]["Note"], "normal staffing not entered for this time");
}

/// The events of a calendar, each by the names of its lines, continued lines joined.
fn events(document: &Document) -> Vec<BTreeMap<String, String>> {
    let text = text(document).replace("\r\n ", "");
    let mut events = Vec::new();
    for line in text.split("\r\n") {
        match line.split_once(':') {
            Some(("BEGIN", "VEVENT")) => events.push(BTreeMap::new()),
            Some((name, value)) => {
                if let Some(event) = events.last_mut() {
                    event.insert(name.to_owned(), value.to_owned());
                }
            }
            None => assert!(line.is_empty(), "{line}"),
        }
    }
    events
}

fn all_events(rota: &Rota) -> Vec<BTreeMap<String, String>> {
    documents(rota, "ics").iter().flat_map(events).collect()
}

#[test]
fn a_calendar_has_what_was_agreed_and_what_is_asked_in_utc() {
    let rota = saved("norwich-2016-draft.ron");
    let events = all_events(&rota);
    let told = rota.assignments.iter().filter(|it| it.status != Status::Proposed).count();
    assert_eq!(events.len(), told);
    let uids: BTreeSet<&String> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), told);
    let of = |id: &str| events.iter().find(|event| event["UID"].contains(&format!("-{id}-"))).unwrap();
    let stamp = |key: &str| of("a7")[key].as_str();
    // Summer time is an hour ahead of UTC.
    assert_eq!(
        (stamp("DTSTART"), stamp("DTEND"), stamp("STATUS")),
        ("20160426T110000Z", "20160426T160000Z", "TENTATIVE")
    );
    assert_eq!((of("a5")["STATUS"].as_str(), of("a13")["STATUS"].as_str()), ("CONFIRMED", "CANCELLED"));
}

#[test]
fn what_was_issued_and_is_gone_is_cancelled_and_keeps_its_uid() {
    let mut rota = saved("norwich-2016-draft.ron");
    let before = all_events(&rota);
    let uid = |events: &[BTreeMap<String, String>], id: &str, person: &str| -> Vec<(String, String)> {
        let end = format!("-{id}-{person}@cover-rota");
        let mine = events.iter().filter(|event| event["UID"].ends_with(&end));
        mine.map(|event| (event["UID"].clone(), event["STATUS"].clone())).collect()
    };
    rota.issued.push(Issue { number: 1, at: NOW, by: String::new(), assignments: rota.assignments.clone() });
    rota.assignments.retain(|it| it.id.as_str() != "a5");
    let at = rota.assignments.iter().position(|it| it.id.as_str() == "a6").unwrap();
    rota.assignments[at].person =
        rota.people.iter().find(|it| it.id.as_str() == "wp").unwrap_or(&rota.people[0]).id.clone();
    let other = rota.assignments[at].person.to_string();
    let after = all_events(&rota);
    assert_eq!(uid(&after, "a5", "kp"), [(uid(&before, "a5", "kp")[0].0.clone(), "CANCELLED".to_owned())]);
    assert_eq!(uid(&after, "a6", "ev"), [(uid(&before, "a6", "ev")[0].0.clone(), "CANCELLED".to_owned())]);
    assert_eq!(uid(&after, "a6", &other).len(), 1);
}

#[test]
fn a_message_has_nobodys_telephone_number() {
    let rota = saved("norwich-2016-draft.ron");
    let messages = documents(&rota, "messages");
    let phones: Vec<&str> = rota.people.iter().map(|it| it.phone.as_str()).filter(|it| !it.is_empty()).collect();
    assert!(phones.len() > 3 && messages.len() > 20, "{} {}", phones.len(), messages.len());
    for message in &messages {
        assert!(phones.iter().all(|phone| !text(message).contains(phone)), "{}", message.name);
    }
}

#[test]
fn a_copy_to_share_never_looks_safer_and_names_nobody() {
    let mut shared = 0;
    for seed in 0..400 {
        let rota = random::rota(seed);
        let report = checker::check(&rota);
        let Ok(documents) = documents_with(&rota, "share", &Choices::default()) else { continue };
        let opened = file::read(&documents[0].bytes).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        shared += 1;
        assert_eq!(opened.sealed, Some(true), "seed {seed}");
        assert_ne!(opened.header.document, header().document);
        let copy = checker::check(&opened.rota);
        for (was, is) in report.units.iter().zip(&copy.units) {
            assert!(is.verdict >= was.verdict, "seed {seed}: {was:?} {is:?}");
        }
        assert!(opened.rota.assignments.iter().all(|it| it.status == Status::Agreed && it.note.is_empty()));
        let named = |person: &cover_rota::model::Person| {
            !person.family.is_empty()
                || !person.given.is_empty()
                || !person.phone.is_empty()
                || !person.availability.is_empty()
        };
        assert!(
            !opened.rota.people.iter().any(named) && opened.rota.log.is_empty() && opened.rota.sign_offs.is_empty()
        );
    }
    assert!(shared > 100, "{shared} copies");
}

/// Names that try to be a formula, another line, a folder, a device or a page.
const HOSTILE: [&str; 8] = [
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0472",
    "@SUM(1,2)",
    "a\r\nATTENDEE:mailto:x@example.org",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "CON",
    "-1\u{202e}\u{0}",
];

/// The rota with a hostile name wherever text stands.
fn hostile() -> Rota {
    let mut rota = saved("norwich-2016-draft.ron");
    let mut names = HOSTILE.iter().cycle().map(|name| (*name).to_owned());
    let mut next = || names.next().unwrap();
    rota.properties.title = next();
    rota.properties.hospital = next();
    rota.units.iter_mut().for_each(|it| it.name = next());
    rota.posts.iter_mut().for_each(|it| (it.name, it.bleep, it.note) = (next(), next(), next()));
    rota.people
        .iter_mut()
        .for_each(|it| (it.initials, it.family, it.given, it.grade) = (next(), next(), next(), next()));
    rota.sessions.iter_mut().for_each(|it| (it.title, it.specialty, it.note) = (next(), next(), next()));
    rota.assignments.iter_mut().for_each(|it| it.note = next());
    rota
}

#[test]
fn a_hostile_name_stays_harmless_in_every_format() {
    let rota = hostile();
    for format in FORMATS.iter().filter(|format| format.name != "share") {
        let documents = documents(&rota, format.name);
        assert!(!documents.is_empty(), "{}", format.name);
        for document in &documents {
            let name = &document.name;
            assert!(!name.contains(['/', '\\', '\0', '.', ':']) && !name.eq_ignore_ascii_case("con"), "{name}");
            if format.ending == "csv" {
                for cell in rows(document).iter().flat_map(BTreeMap::values) {
                    let is_number = cell.parse::<u64>().is_ok();
                    assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                    assert!(!cell.contains(['\r', '\n', '\0']), "{cell:?}");
                }
            }
            assert!(!text(document).contains(['\0', '\u{202e}']), "{}", format.name);
            assert!(!text(document).contains("\nATTENDEE"), "{}", format.name);
        }
    }
    let names: BTreeSet<String> = documents(&rota, "ics").into_iter().map(|it| it.name.to_lowercase()).collect();
    assert_eq!(names.len(), documents(&rota, "ics").len());
}

#[test]
fn the_readme_lists_the_formats_as_they_are() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for format in FORMATS {
        let files = if format.is_folder { "a folder of" } else { "one" };
        let row = format!(
            "| `{}` | {}, {files} .{} | {} | {} |",
            format.name, format.title, format.ending, format.purpose, format.readers
        );
        assert!(readme.contains(&row), "the README has no row {row}");
    }
}
