//! `check FILE`: verdicts, findings and the price, for people; `--json` for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use crate::checker::{self, Acceptances, Code, Elective, Finding, NotCounted, Report, Severity, Verdict, VerdictWords};
use crate::file::{self, Opened, RealDisk};
use crate::model::{Rota, UnitId, WindowId, words};

use super::table::Table;
use super::{Said, check_json, complain, refused};

/// A title may be longer than a name, though not without end.
const LINE_LETTERS_MAX: usize = 200;

/// What the check says, and the exit status.
pub(super) fn run(path: &Path, json: bool, err: &mut dyn Write) -> Said {
    let opened = match file::open(&RealDisk, path) {
        Ok(on_disk) => on_disk.opened,
        Err(faults) if json => return Said { out: check_json::of_faults(&faults), status: 2 },
        Err(faults) => return refused(err, path, faults.texts()),
    };
    let report = checker::check(&opened.rota);
    let is_seal_wrong = opened.sealed == Some(false);
    if is_seal_wrong {
        complain(err, "changed outside Cover Rota, or damaged: check before use");
    }
    if report.is_shortened {
        complain(err, &checker::shortened_words());
    }
    let out = if json { check_json::of_report(&opened, &report) } else { for_people(&opened, &report) };
    Said { out, status: u8::from(report.verdict != Verdict::Covered || is_seal_wrong) }
}

/// Whether a finding stands in a section.
type IsHere = fn(&Finding, &Report) -> bool;

/// A finding, and those that say the same of one of its posts.
struct Told<'a> {
    finding: &'a Finding,
    posts: Vec<&'a Finding>,
}

/// Everything, each once: what is said of one person's time belongs to each unit and day of the work concerned, and one
/// night over the edge of a day is one night.
fn told<'a>(rota: &Rota, report: &'a Report, is_accepted: impl Fn(&Finding) -> bool) -> Vec<Told<'a>> {
    let mut folds = checker::folded_into(rota, report, |_| true);
    // What was accepted by itself is counted by itself.
    for (into, finding) in folds.iter_mut().zip(&report.findings).filter(|(_, it)| it.code == Code::Cov2) {
        *into = into.filter(|_| !is_accepted(finding));
    }
    let mut posts: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    for (finding, into) in report.findings.iter().zip(&folds) {
        if let Some(into) = into.filter(|_| finding.code == Code::Cov2) {
            posts.entry(into).or_default().push(finding);
        }
    }
    let all = report.findings.iter().zip(&folds).enumerate().filter(|(_, (_, into))| into.is_none());
    all.map(|(at, (finding, _))| Told { finding, posts: posts.remove(&at).unwrap_or_default() }).collect()
}

/// The report in words.
fn for_people(opened: &Opened, report: &Report) -> String {
    let rota = &opened.rota;
    // A verdict on a file that somebody has changed unseen is never shown as current.
    let was = if opened.sealed == Some(false) { "was " } else { "" };
    let mut text = String::new();
    for line in [&rota.properties.title, &rota.properties.hospital].into_iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "{}", words::safe_up_to(line, LINE_LETTERS_MAX));
    }
    let _ = writeln!(text, "\n{was}{}\n", checker::overall_words(rota, report));
    text.push_str(&verdict_table(rota, report, was));
    let acceptances = Acceptances::new(rota);
    let is_accepted = |finding: &Finding| acceptances.of(finding).is_some();
    let (accepted, open): (Vec<Told>, Vec<Told>) =
        told(rota, report, is_accepted).into_iter().partition(|told| is_accepted(told.finding));
    // As the window lists them: what only waits for an answer comes after what no answer cures.
    let sections: [(&str, IsHere); 4] = [
        ("Errors", |it, report| it.severity == Severity::Error && !checker::needs_answer(it, report)),
        ("To agree", |it, report| checker::needs_answer(it, report)),
        ("Warnings", |it, _| it.severity == Severity::Warning),
        ("Good to know", |it, _| it.severity == Severity::Info),
    ];
    for (title, is_here) in sections {
        let found: Vec<&Told> = open.iter().filter(|told| is_here(told.finding, report)).collect();
        text.push_str(&findings(rota, &found, title));
    }
    if !accepted.is_empty() {
        let _ = writeln!(text, "\nAccepted ({})", accepted.len());
    }
    text.push_str(&elective(report));
    text.trim_end().to_owned()
}

/// Units down, windows across.
pub(super) fn verdict_table(rota: &Rota, report: &Report, was: &str) -> String {
    if report.units.is_empty() {
        return "Nothing to check: the rota needs walkout times and a unit.\n".to_owned();
    }
    let mut table = Table::default();
    let header = |line: fn(&Rota, usize) -> String| {
        let cells = (0..rota.windows.len()).map(move |window| line(rota, window));
        std::iter::once(String::new()).chain(cells).collect()
    };
    table.row(header(|rota, window| words::safe(&rota.windows[window].label).into_owned()));
    table.row(header(|rota, window| words::day(rota.zone(), rota.windows[window].span.from)));
    table.row(header(|rota, window| words::times(rota.zone(), rota.windows[window].span)));
    let words_of = VerdictWords::new(rota, report);
    for (at, unit) in rota.units.iter().enumerate() {
        // By window and then unit.
        let verdicts = report.units.iter().skip(at).step_by(rota.units.len());
        let cells = verdicts.map(|verdict| format!("{was}{}", words_of.of(verdict)));
        table.row(std::iter::once(words::safe(&unit.name).into_owned()).chain(cells).collect());
    }
    table.to_string()
}

/// Findings under a line for each window and unit.
fn findings(rota: &Rota, found: &[&Told], title: &str) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{title} ({})\n", found.len());
    let mut group = None;
    for told in found {
        let finding = told.finding;
        let of_finding = (finding.window.as_ref(), finding.unit.as_ref());
        if group != Some(of_finding) {
            group = Some(of_finding);
            let _ = writeln!(text, "  {}", group_name(rota, of_finding.0, of_finding.1));
        }
        let _ = writeln!(text, "    {:<6} {}", finding.code.as_str(), harmless(&finding.message));
        if let Some(hint) = not_counted(rota, finding) {
            let _ = writeln!(text, "           {}", harmless(&hint));
        }
        for post in &told.posts {
            let _ = writeln!(text, "           {} {}", post.code.as_str(), harmless(&post.message));
            if let Some(hint) = not_counted(rota, post).filter(|hint| not_counted(rota, finding).as_ref() != Some(hint))
            {
                let _ = writeln!(text, "                 {}", harmless(&hint));
            }
        }
    }
    text
}

/// Who is named for a shortage but does not count, and why; who has only not agreed yet the sentence itself says.
fn not_counted(rota: &Rota, finding: &Finding) -> Option<String> {
    let mut told = Finding::new(finding.code, finding.severity, "");
    let is_told = |not: &&NotCounted| !not.why.is_empty();
    told.not_counted = finding.not_counted.iter().filter(is_told).cloned().collect();
    checker::hint(&told, rota).filter(|_| matches!(finding.code, Code::Cov1 | Code::Cov2))
}

fn group_name(rota: &Rota, window: Option<&WindowId>, unit: Option<&UnitId>) -> String {
    let unit = unit.and_then(|id| rota.unit(id)).map(|unit| words::safe(&unit.name).into_owned());
    let window = window.and_then(|id| rota.window(id)).map(|w| {
        let label = if w.label.is_empty() { String::new() } else { format!("{}, ", words::safe(&w.label)) };
        format!("{label}{}", words::span(rota.zone(), w.span))
    });
    let parts: Vec<String> = [window, unit].into_iter().flatten().collect();
    if parts.is_empty() { "The whole rota".to_owned() } else { parts.join(": ") }
}

/// A message may name many things and be long; each of its letters is harmless to a terminal.
pub(super) fn harmless(message: &str) -> String {
    message.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

fn elective(report: &Report) -> String {
    let lines = [("running", report.running), ("to postpone", report.to_postpone), ("postponed", report.postponed)];
    if lines.iter().all(|(_, elective)| elective.sessions == 0) {
        return String::new();
    }
    let mut table = Table::default();
    for (name, elective) in lines {
        table.row(elective_row(name, elective));
    }
    format!("\nElective work\n{table}")
}

fn elective_row(name: &str, elective: Elective) -> Vec<String> {
    let Elective { sessions, appointments, inpatient, day_case } = elective;
    vec![
        format!("  {name}"),
        words::count(sessions, "session"),
        words::count(appointments, "appointment"),
        words::count(inpatient, "inpatient operation"),
        words::count(day_case, "day-case operation"),
    ]
}
