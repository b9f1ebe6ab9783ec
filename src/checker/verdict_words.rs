//! A verdict in a few words: `SHORT 4 h`, `2 TO AGREE, 1 CLINIC TO POSTPONE`.

use super::code::Code;
use super::finding::{Finding, Report, Severity, UnitVerdict, Verdict};
use super::said;
use crate::model::{Assignment, PersonId, Rota, Session, SessionId, SessionKind, SessionState, Span, Status, words};

/// The verdict of one unit in one window, in capitals but for `closed`.
#[must_use]
pub fn verdict_words(rota: &Rota, report: &Report, verdict: &UnitVerdict) -> String {
    match verdict.verdict {
        Verdict::Closed => "closed".to_owned(),
        Verdict::Covered => "COVERED".to_owned(),
        Verdict::NoNormalStaffing => not_compared(rota, &[verdict]),
        Verdict::IfAgreed => Awaited::of(rota, std::iter::once(verdict)).words(),
        Verdict::Errors => errors(report, std::iter::once(verdict)),
        Verdict::Short => short(verdict.short_minutes_if_agreed),
    }
}

/// The verdict of the whole rota: what is said of the units that have it, together.
#[must_use]
pub fn overall_words(rota: &Rota, report: &Report) -> String {
    let worst = || report.units.iter().filter(|unit| unit.verdict == report.verdict);
    match report.verdict {
        Verdict::Closed | Verdict::Covered => "COVERED".to_owned(),
        Verdict::NoNormalStaffing => not_compared(rota, &worst().collect::<Vec<_>>()),
        Verdict::IfAgreed => Awaited::of(rota, worst()).words(),
        Verdict::Errors => errors(report, worst()),
        Verdict::Short => short(worst().map(|unit| unit.short_minutes_if_agreed).sum()),
    }
}

/// Whether the finding is an error even if everybody agrees.
#[must_use]
pub fn stays_an_error(finding: &Finding) -> bool {
    match (finding.code, finding.severity) {
        (Code::Cov1 | Code::Cov2, Severity::Error) => finding.have_if_agreed < finding.need,
        (_, Severity::Error) => true,
        (Code::Cov1 | Code::Cov2 | Code::Cov3, _) | (_, Severity::Info) => false,
        (_, Severity::Warning) => finding.message.ends_with("becomes an error once agreed"),
    }
}

/// Why nothing can be promised, in capitals: `NOT COMPARED 00:00–08:00`, `EXAMPLE STAFFING`, `NO NORMAL STAFFING`.
#[must_use]
pub fn not_compared(rota: &Rota, verdicts: &[&UnitVerdict]) -> String {
    let is_whole = |verdict: &&UnitVerdict| verdict.if_compared == Verdict::NoNormalStaffing;
    let times: Vec<Span> = verdicts.iter().flat_map(|verdict| verdict.not_compared.iter().copied()).collect();
    match times.as_slice() {
        _ if verdicts.is_empty() || verdicts.iter().any(is_whole) => "NO NORMAL STAFFING".to_owned(),
        [] => "EXAMPLE STAFFING".to_owned(),
        [one] => format!("NOT COMPARED {}", words::times(rota.zone(), *one)),
        many => format!("NOT COMPARED {}", words::length(many.iter().map(|span| span.minutes()).sum())),
    }
}

/// The same of one unit in one window as sentences without a stop: "Not compared 00:00–08:00: no normal staffing
/// entered", "Would be covered if the example staffing were yours: confirm it". Nothing of any other verdict.
#[must_use]
pub fn not_compared_sentence(rota: &Rota, verdict: &UnitVerdict) -> String {
    if verdict.verdict != Verdict::NoNormalStaffing {
        return String::new();
    }
    if verdict.if_compared == Verdict::NoNormalStaffing {
        return "Not compared: no normal staffing entered".to_owned();
    }
    let mut parts = Vec::new();
    if !verdict.not_compared.is_empty() {
        let times = said::some_of(verdict.not_compared.len(), |at| words::times(rota.zone(), verdict.not_compared[at]));
        parts.push(format!("Not compared {times}: no normal staffing entered"));
    }
    if verdict.is_example {
        parts.push(match verdict.if_compared {
            Verdict::Covered => "Would be covered if the example staffing were yours: confirm it".to_owned(),
            Verdict::IfAgreed => {
                "Would be covered if everyone agreed and the example staffing were yours: confirm it".to_owned()
            }
            _ => "Compared with example staffing: confirm it, or enter your own".to_owned(),
        });
    }
    parts.join(". ")
}

/// Doctor-hours that stay short whatever anybody answers.
fn short(minutes: u64) -> String {
    let minutes = i64::try_from(minutes).unwrap_or(i64::MAX);
    if minutes == 0 { "SHORT".to_owned() } else { format!("SHORT {}", words::length(minutes)) }
}

/// What is an error whatever anybody answers.
fn errors<'a>(report: &Report, units: impl Iterator<Item = &'a UnitVerdict>) -> String {
    let count: usize = units
        .map(|unit| {
            let of_unit = report.findings.iter().filter(|finding| {
                stays_an_error(finding)
                    && finding.window.as_ref() == Some(&unit.window)
                    && finding.unit.as_ref() == Some(&unit.unit)
            });
            of_unit.count()
        })
        .sum();
    words::count(count.max(1) as u64, "error").to_uppercase()
}

/// What still has to happen.
#[derive(Default)]
struct Awaited<'a> {
    people: Vec<&'a PersonId>,
    sessions: Vec<&'a SessionId>,
    are_all_clinics: bool,
}

impl<'a> Awaited<'a> {
    fn of<'u>(rota: &'a Rota, units: impl Iterator<Item = &'u UnitVerdict>) -> Self {
        let mut awaited = Self { are_all_clinics: true, ..Self::default() };
        for unit in units {
            let Some(window) = rota.window(&unit.window) else { continue };
            let is_here = |it: &Assignment| {
                it.status != Status::Declined
                    && it.span.overlaps(window.span)
                    && rota.post(&it.post).is_some_and(|post| post.unit == unit.unit)
            };
            for assignment in rota.assignments.iter().filter(|it| is_here(it)) {
                if assignment.status != Status::Agreed && !awaited.people.contains(&&assignment.person) {
                    awaited.people.push(&assignment.person);
                }
                let is_stopped = |session: &&Session| {
                    session.state == SessionState::ToPostpone
                        && session.team.contains(&assignment.person)
                        && session.span.overlaps(assignment.span)
                };
                rota.sessions.iter().filter(is_stopped).for_each(|session| awaited.postpone(session));
            }
        }
        awaited
    }

    fn postpone(&mut self, session: &'a Session) {
        if !self.sessions.contains(&&session.id) {
            self.are_all_clinics &= session.kind == SessionKind::Clinic;
            self.sessions.push(&session.id);
        }
    }

    fn words(&self) -> String {
        let agree = (!self.people.is_empty()).then(|| format!("{} TO AGREE", self.people.len()));
        let noun = if self.are_all_clinics { "clinic" } else { "session" };
        let sessions = words::count(self.sessions.len() as u64, noun).to_uppercase();
        let postpone = (!self.sessions.is_empty()).then(|| format!("{sessions} TO POSTPONE"));
        let parts: Vec<String> = [agree, postpone].into_iter().flatten().collect();
        if parts.is_empty() { "TO AGREE".to_owned() } else { parts.join(", ") }
    }
}
