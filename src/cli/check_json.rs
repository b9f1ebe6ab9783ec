//! `check --json`: one object, its fields in the order of `docs/file-format.md`.

use serde::Serialize;

use crate::checker::{Elective, Finding, NotCounted, Report, Severity, UnitVerdict, Verdict};
use crate::file::{Faults, Opened, offset_date_time};
use crate::model::{Instant, PersonId, PostId, SessionId, TierId, UnitId, WindowId, Zone};

use super::json::{self, text_of};
use super::once::once_unless_error;

const FORMAT: &str = "cover-rota-check";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct CheckJson<'a> {
    format: &'static str,
    version: u32,
    document: Option<&'a str>,
    revision: Option<&'a str>,
    sealed: Option<bool>,
    verdict: &'static str,
    units: Vec<UnitJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    elective: ElectiveJson,
}

#[derive(Serialize)]
struct UnitJson<'a> {
    window: &'a str,
    unit: &'a str,
    verdict: &'static str,
    normal_minutes: u64,
    short_minutes: u64,
    short_minutes_if_agreed: u64,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    rule: &'static str,
    severity: &'static str,
    window: Option<&'a str>,
    unit: Option<&'a str>,
    tier: Option<&'a str>,
    posts: Vec<&'a str>,
    people: Vec<&'a str>,
    not_counted: Vec<NotCountedJson<'a>>,
    sessions: Vec<&'a str>,
    from: Option<String>,
    to: Option<String>,
    need: Option<u32>,
    have: Option<u32>,
    have_if_agreed: Option<u32>,
    short: Option<u32>,
    message: &'a str,
}

#[derive(Serialize)]
struct NotCountedJson<'a> {
    person: &'a str,
    why: Vec<&'static str>,
}

#[derive(Serialize)]
struct ElectiveJson {
    running: SumJson,
    to_postpone: SumJson,
    postponed: SumJson,
}

#[derive(Serialize)]
struct SumJson {
    sessions: u64,
    appointments: u64,
    inpatient: u64,
    day_case: u64,
}

/// What is printed for a file that cannot be read.
pub(super) fn of_faults(faults: &Faults) -> String {
    json::of_faults(FORMAT, VERSION, faults)
}

/// What is printed for a rota.
pub(super) fn of_report(opened: &Opened, report: &Report) -> String {
    let zone = opened.rota.zone();
    text_of(&CheckJson {
        format: FORMAT,
        version: VERSION,
        document: opened.header.document.as_deref(),
        revision: opened.header.revision.as_deref(),
        sealed: opened.sealed,
        // A script that reads nothing else must not be misled by a file that somebody has changed unseen.
        verdict: if opened.sealed == Some(false) { "unconfirmed" } else { verdict(report.verdict) },
        units: report.units.iter().map(unit).collect(),
        findings: once_unless_error(report.findings.iter()).into_iter().map(|it| finding(it, zone)).collect(),
        elective: ElectiveJson {
            running: sum(report.running),
            to_postpone: sum(report.to_postpone),
            postponed: sum(report.postponed),
        },
    })
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Closed => "closed",
        Verdict::Covered => "covered",
        Verdict::IfAgreed => "if-agreed",
        Verdict::Errors => "errors",
        Verdict::NoNormalStaffing => "no-normal-staffing",
        Verdict::Short => "short",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn unit(unit: &UnitVerdict) -> UnitJson<'_> {
    UnitJson {
        window: unit.window.as_str(),
        unit: unit.unit.as_str(),
        verdict: verdict(unit.verdict),
        normal_minutes: unit.normal_minutes,
        short_minutes: unit.short_minutes,
        short_minutes_if_agreed: unit.short_minutes_if_agreed,
    }
}

fn finding(finding: &Finding, zone: Zone) -> FindingJson<'_> {
    let time = |at: Instant| offset_date_time(at, zone);
    FindingJson {
        code: finding.code.as_str(),
        rule: finding.code.rule_name(),
        severity: severity(finding.severity),
        window: finding.window.as_ref().map(WindowId::as_str),
        unit: finding.unit.as_ref().map(UnitId::as_str),
        tier: finding.tier.as_ref().map(TierId::as_str),
        posts: finding.posts.iter().map(PostId::as_str).collect(),
        people: finding.people.iter().map(PersonId::as_str).collect(),
        not_counted: finding.not_counted.iter().map(not_counted).collect(),
        sessions: finding.sessions.iter().map(SessionId::as_str).collect(),
        from: finding.span.map(|span| time(span.from)),
        to: finding.span.map(|span| time(span.to)),
        need: finding.need,
        have: finding.have,
        have_if_agreed: finding.have_if_agreed,
        short: finding.short,
        message: &finding.message,
    }
}

fn not_counted(it: &NotCounted) -> NotCountedJson<'_> {
    NotCountedJson { person: it.person.as_str(), why: it.why.iter().map(|code| code.as_str()).collect() }
}

fn sum(elective: Elective) -> SumJson {
    let Elective { sessions, appointments, inpatient, day_case } = elective;
    SumJson { sessions, appointments, inpatient, day_case }
}
