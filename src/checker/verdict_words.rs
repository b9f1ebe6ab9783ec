//! A verdict in a few words: `SHORT 4 h`, `2 TO AGREE, 1 CLINIC TO POSTPONE`.

use super::code::Code;
use super::finding::{Finding, Report, Severity, UnitVerdict, Verdict};
use super::{said, spans};
use crate::model::{
    PersonId, PostId, Rota, Session, SessionId, SessionKind, SessionState, Span, Status, UnitId, WindowId, words,
};
use std::collections::{BTreeMap, BTreeSet};

/// The verdict of one unit in one window, in capitals but for `closed`.
///
/// For all verdicts of a report there is [`VerdictWords`], which looks through the rota once.
#[must_use]
pub fn verdict_words(rota: &Rota, report: &Report, verdict: &UnitVerdict) -> String {
    VerdictWords::of_some(rota, report, |unit| (&unit.window, &unit.unit) == (&verdict.window, &verdict.unit))
        .of(verdict)
}

/// The verdict of the whole rota: what is said of the units that have it, together.
#[must_use]
pub fn overall_words(rota: &Rota, report: &Report) -> String {
    VerdictWords::of_some(rota, report, |unit| unit.verdict == report.verdict).overall()
}

/// One unit in one window.
type Place<'a> = (&'a WindowId, &'a UnitId);

fn place(unit: &UnitVerdict) -> Place<'_> {
    (&unit.window, &unit.unit)
}

/// The words for the verdicts of one report; what they are made of is gathered once.
#[derive(Debug)]
pub struct VerdictWords<'a> {
    rota: &'a Rota,
    report: &'a Report,
    /// What is an error whatever anybody answers.
    errors: BTreeMap<Place<'a>, usize>,
    /// What still has to happen.
    awaited: BTreeMap<Place<'a>, Awaited<'a>>,
}

impl<'a> VerdictWords<'a> {
    /// The words for all of them.
    #[must_use]
    pub fn new(rota: &'a Rota, report: &'a Report) -> Self {
        Self::of_some(rota, report, |_| true)
    }

    fn of_some(rota: &'a Rota, report: &'a Report, is_asked: impl Fn(&UnitVerdict) -> bool) -> Self {
        let asked = |verdict: Verdict| {
            let units = report.units.iter().filter(|unit| unit.verdict == verdict && is_asked(unit));
            units.map(place).collect::<Vec<_>>()
        };
        let mut errors: BTreeMap<Place, usize> = asked(Verdict::Errors).into_iter().map(|place| (place, 0)).collect();
        let findings = if errors.is_empty() { &[] } else { report.findings.as_slice() };
        for finding in findings.iter().filter(|finding| stays_an_error(finding)) {
            let place = finding.window.as_ref().zip(finding.unit.as_ref());
            if let Some(count) = place.and_then(|place| errors.get_mut(&place)) {
                *count += 1;
            }
        }
        Self { rota, report, errors, awaited: awaited(rota, &asked(Verdict::IfAgreed)) }
    }

    /// The verdict of one unit in one window, in capitals but for `closed`.
    #[must_use]
    pub fn of(&self, verdict: &UnitVerdict) -> String {
        match verdict.verdict {
            Verdict::Closed => "closed".to_owned(),
            Verdict::Covered => "COVERED".to_owned(),
            Verdict::NoNormalStaffing => not_compared(self.rota, &[verdict]),
            Verdict::IfAgreed => self.awaited.get(&place(verdict)).map(Awaited::words).unwrap_or_default(),
            Verdict::Errors => errors(self.errors.get(&place(verdict)).copied().unwrap_or(0)),
            Verdict::Short => short(verdict.short_minutes_if_agreed),
        }
    }

    /// The verdict of the whole rota: what is said of the units that have it, together.
    #[must_use]
    pub fn overall(&self) -> String {
        let worst = || self.report.units.iter().filter(|unit| unit.verdict == self.report.verdict);
        match self.report.verdict {
            Verdict::Closed | Verdict::Covered => "COVERED".to_owned(),
            Verdict::NoNormalStaffing => not_compared(self.rota, &worst().collect::<Vec<_>>()),
            Verdict::IfAgreed => {
                let mut all = Awaited::default();
                self.awaited.values().for_each(|awaited| all.add(awaited));
                all.words()
            }
            Verdict::Errors => errors(self.errors.values().sum()),
            Verdict::Short => short(worst().map(|unit| unit.short_minutes_if_agreed).sum()),
        }
    }
}

/// Whether the finding is an error even if everybody agrees.
#[must_use]
pub fn stays_an_error(finding: &Finding) -> bool {
    match (finding.code, finding.severity) {
        (Code::Cov1 | Code::Cov2, Severity::Error) => !finding.is_waiting(),
        (_, Severity::Error) => true,
        (Code::Cov1 | Code::Cov2 | Code::Cov3, _) | (_, Severity::Info) => false,
        (_, Severity::Warning) => finding.blocks_if_agreed,
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

/// So many errors; a verdict of errors has at least one.
fn errors(count: usize) -> String {
    words::count(count.max(1) as u64, "error").to_uppercase()
}

/// What still has to happen.
#[derive(Debug, Default)]
struct Awaited<'a> {
    people: BTreeSet<&'a PersonId>,
    sessions: BTreeMap<&'a SessionId, SessionKind>,
}

impl Awaited<'_> {
    fn add(&mut self, other: &Self) {
        self.people.extend(&other.people);
        self.sessions.extend(&other.sessions);
    }

    fn words(&self) -> String {
        let agree = (!self.people.is_empty()).then(|| format!("{} TO AGREE", self.people.len()));
        let are_all_clinics = self.sessions.values().all(|kind| *kind == SessionKind::Clinic);
        let noun = if are_all_clinics { "clinic" } else { "session" };
        let sessions = words::count(self.sessions.len() as u64, noun).to_uppercase();
        let postpone = (!self.sessions.is_empty()).then(|| format!("{sessions} TO POSTPONE"));
        let parts: Vec<String> = [agree, postpone].into_iter().flatten().collect();
        if parts.is_empty() { "TO AGREE".to_owned() } else { parts.join(", ") }
    }
}

/// What those units still wait for: everybody named there who has not agreed, and sessions to postpone of everybody
/// named there meanwhile.
fn awaited<'a>(rota: &'a Rota, asked: &[Place<'a>]) -> BTreeMap<Place<'a>, Awaited<'a>> {
    let mut all: BTreeMap<Place, Awaited> = asked.iter().map(|place| (*place, Awaited::default())).collect();
    if all.is_empty() {
        return all;
    }
    let units: BTreeMap<&PostId, &UnitId> = rota.posts.iter().map(|post| (&post.id, &post.unit)).collect();
    let mut windows: Vec<&WindowId> = asked.iter().map(|(window, _)| *window).collect();
    windows.sort_unstable();
    windows.dedup();
    let windows: Vec<(&WindowId, Span)> =
        windows.into_iter().filter_map(|id| Some((id, rota.window(id)?.span))).collect();
    let mut there: BTreeMap<(Place, &PersonId), Vec<Span>> = BTreeMap::new();
    for one in rota.assignments.iter().filter(|one| one.status != Status::Declined) {
        let Some(unit) = units.get(&one.post) else { continue };
        for (window, _) in windows.iter().filter(|(_, span)| span.overlaps(one.span)) {
            let Some(awaited) = all.get_mut(&(*window, *unit)) else { continue };
            if one.status != Status::Agreed {
                awaited.people.insert(&one.person);
            }
            there.entry(((*window, *unit), &one.person)).or_default().push(one.span);
        }
    }
    let mut sessions: BTreeMap<&PersonId, Vec<&Session>> = BTreeMap::new();
    for session in rota.sessions.iter().filter(|session| session.state == SessionState::ToPostpone) {
        session.team.iter().for_each(|person| sessions.entry(person).or_default().push(session));
    }
    for ((place, person), times) in there {
        let (Some(sessions), Some(awaited)) = (sessions.get(person), all.get_mut(&place)) else { continue };
        let times = spans::union(times);
        let stopped = sessions.iter().filter(|session| spans::within(&times, session.span).next().is_some());
        awaited.sessions.extend(stopped.map(|session| (&session.id, session.kind)));
    }
    all
}
