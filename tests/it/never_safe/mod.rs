//! What must never look safe: rotas made to look covered, each beside one that is.

mod hours;
mod made;
mod names;
mod not_there;
mod staffing;
mod windows;

use cover_rota::checker::{self, Verdict};
use cover_rota::file::{self, Header};
use cover_rota::model::{self, Rota};

use crate::oracle;

/// What looks covered and is not; what is done to a covered rota first, so that it is still covered; and the harm.
type Case = (&'static str, fn(&mut Rota), fn(&mut Rota));

/// Nothing is done first.
const AS_MADE: fn(&mut Rota) = |_| {};

#[test]
fn what_looks_covered_and_is_not_is_never_called_covered() {
    let cases: Vec<Case> = [staffing::CASES, windows::CASES, not_there::CASES, names::CASES, hours::CASES].concat();
    assert!(cases.len() >= 60, "{}", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|case| fault(*case)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What is wrong with what the program says of the case.
fn fault((idea, first, harm): Case) -> Option<String> {
    let mut rota = made::covered();
    first(&mut rota);
    if let Some(wrong) = not_agreed(&rota) {
        return Some(format!("{idea}, before: {wrong}"));
    }
    let report = checker::check(&rota);
    if report.verdict != Verdict::Covered {
        let errors = report.findings.iter().map(|finding| format!("\n  {} {}", finding.code, finding.message));
        return Some(format!("{idea}, before: {:?}{}", report.verdict, errors.collect::<String>()));
    }
    harm(&mut rota);
    if let Some(wrong) = not_agreed(&rota) {
        return Some(format!("{idea}: {wrong}"));
    }
    (checker::check(&rota).verdict == Verdict::Covered).then(|| format!("{idea}: covered"))
}

/// The rota is one that a file can hold, and the second checker comes to the same verdict.
fn not_agreed(rota: &Rota) -> Option<String> {
    let faults = model::faults(rota);
    if !faults.is_empty() {
        return Some(format!("unsound: {faults:?}"));
    }
    let written = file::write(rota, &Header::default());
    if file::read(&written).map(|opened| opened.rota).as_ref() != Ok(rota) {
        return Some("not written and read back as it is".to_owned());
    }
    let (own, page) = (checker::check(rota).verdict, oracle::judge(rota).verdict);
    (own != page).then(|| format!("the program says {own:?}, the page {page:?}"))
}

#[test]
fn a_file_that_cannot_be_a_rota_has_no_verdict() {
    let good = String::from_utf8(file::write(&made::covered(), &Header::default())).unwrap();
    let changes: &[(&str, &str, &str)] = &[
        ("a window of no length", "to: \"2016-04-26T17:00\", normal", "to: \"2016-04-26T08:00\", normal"),
        ("a window that ends before it begins", "to: \"2016-04-26T17:00\", normal", "to: \"2016-04-25T17:00\", normal"),
        ("a window of an unknown normal", "normal: \"n\"", "normal: \"m\""),
        ("a field nobody knows", "windows: [", "covered: true, windows: ["),
        ("a status nobody knows", "status: Agreed", "status: Certain"),
        ("a count below nothing", "count: 1", "count: -1"),
        ("a list that is left out", "people: [", "persons: ["),
        ("another program's file", "\"cover-rota\"", "\"cover-quota\""),
        ("a newer version", "version: 1", "version: 2"),
        ("a post of no unit", "unit: \"ae\", name: \"SHO\"", "unit: \"er\", name: \"SHO\""),
        ("somebody who is not there", "person: \"a\"", "person: \"z\""),
        ("a clock of nowhere", "Europe/London", "Europe/Norwich"),
    ];
    for (idea, from, to) in changes {
        assert!(good.contains(from), "{from} in\n{good}");
        assert!(file::read(good.replacen(from, to, 1).as_bytes()).is_err(), "{idea}");
    }
    assert_eq!(checker::check(&file::read(good.as_bytes()).unwrap().rota).verdict, Verdict::Covered);
}

#[test]
fn a_checker_that_has_seen_nothing_yet_promises_nothing() {
    assert_eq!(checker::check(&Rota::empty()).verdict, Verdict::NoNormalStaffing);
}
