//! A verdict in a few words: `SHORT 4 h`, `2 TO AGREE, 1 CLINIC TO POSTPONE`.

use super::code::Code;
use super::finding::{Finding, Report, Severity, UnitVerdict, Verdict};
use super::{said, spans};
use crate::model::{
    PersonId, Post, PostId, Rota, Session, SessionId, SessionState, Span, Status, UnitId, WindowId, words,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The verdict of the whole rota: what is said of the units that have it, together.
pub fn overall_words(rota: &Rota, report: &Report) -> String {
    VerdictWords::new(rota, report).overall()
}

/// One unit in one window.
type UnitDay<'a> = (&'a WindowId, &'a UnitId);

fn place(unit: &UnitVerdict) -> UnitDay<'_> {
    (&unit.window, &unit.unit)
}

/// The words for the verdicts of one report; what they are made of is gathered once.
#[derive(Debug)]
pub struct VerdictWords<'a> {
    rota: &'a Rota,
    report: &'a Report,
    /// What was found in each unit on each day.
    found: BTreeMap<UnitDay<'a>, Vec<&'a Finding>>,
    /// What still has to happen.
    awaited: BTreeMap<UnitDay<'a>, Awaited<'a>>,
}

impl<'a> VerdictWords<'a> {
    /// The words for all of them.
    pub fn new(rota: &'a Rota, report: &'a Report) -> Self {
        let units = &report.units;
        let mut found: BTreeMap<UnitDay, Vec<&Finding>> = units.iter().map(|unit| (place(unit), Vec::new())).collect();
        for finding in &report.findings {
            let place = finding.window.as_ref().zip(finding.unit.as_ref());
            if let Some(found) = place.and_then(|place| found.get_mut(&place)) {
                found.push(finding);
            }
        }
        let waits = |unit: &&UnitVerdict| {
            matches!(unit.verdict, Verdict::IfAgreed | Verdict::Errors | Verdict::Short)
                || [Verdict::IfAgreed, Verdict::Errors].iter().any(|would| would_be(unit, *would))
        };
        let waiting: Vec<UnitDay> = units.iter().filter(waits).map(place).collect();
        Self { rota, report, found, awaited: awaited(rota, &waiting) }
    }

    /// The verdict of one unit in one window, in capitals but for `closed`.
    pub fn of(&self, verdict: &UnitVerdict) -> String {
        match verdict.verdict {
            Verdict::Closed => "closed".to_owned(),
            // What is short by day may have nothing to compare with by night: neither goes without the other.
            Verdict::Short if !verdict.not_compared.is_empty() => {
                format!("{}, {}", self.pill(&[verdict]), times_not_compared(self.rota, &verdict.not_compared))
            }
            Verdict::NoNormalStaffing => self.not_compared_and_left(&[verdict]),
            _ => self.pill(&[verdict]),
        }
    }

    /// The verdict of the whole rota: what is said of the units that have it, together.
    pub fn overall(&self) -> String {
        let worst: Vec<&UnitVerdict> =
            self.report.units.iter().filter(|unit| unit.verdict == self.report.verdict).collect();
        match self.report.verdict {
            Verdict::Closed => "COVERED".to_owned(),
            Verdict::NoNormalStaffing => self.not_compared_and_left(&worst),
            _ => self.pill_among(&worst, &self.report.units.iter().collect::<Vec<_>>()),
        }
    }

    /// What is said together of units and days that have the same verdict, in capitals: `SHORT 4 h, 2 h TO AGREE`.
    pub fn pill(&self, verdicts: &[&UnitVerdict]) -> String {
        self.pill_among(verdicts, verdicts)
    }

    /// The same of those that have the worst verdict `among` all that it stands for: what waits is told of all of them,
    /// also where nothing is short.
    pub fn pill_among(&self, verdicts: &[&UnitVerdict], among: &[&UnitVerdict]) -> String {
        match verdicts.first().map_or(Verdict::NoNormalStaffing, |first| first.verdict) {
            Verdict::Closed => "CLOSED".to_owned(),
            Verdict::Covered => "COVERED".to_owned(),
            Verdict::NoNormalStaffing => not_compared(self.rota, verdicts),
            Verdict::IfAgreed => self.awaited_of(verdicts).words(),
            // Who has not agreed is told beside what is wrong, not only once that is mended.
            Verdict::Errors => {
                let awaited = self.awaited_of(among);
                let waits = if awaited.is_empty() { String::new() } else { format!(", {}", awaited.words()) };
                errors(self.errors(verdicts).len()) + &waits
            }
            Verdict::Short => self.short(verdicts, among),
        }
    }

    /// Why nothing can be promised, and what would be left to do if it could: `FIGURES NOT AGREED, 2 TO AGREE`.
    fn not_compared_and_left(&self, verdicts: &[&UnitVerdict]) -> String {
        let mut text = not_compared(self.rota, verdicts);
        let of = |would: Verdict| -> Vec<&UnitVerdict> {
            verdicts.iter().copied().filter(|unit| would_be(unit, would)).collect()
        };
        let (wrong, waiting) = (of(Verdict::Errors), of(Verdict::IfAgreed));
        if !wrong.is_empty() {
            _ = write!(text, ", {}", errors(self.errors(&wrong).len()));
        }
        let awaited = self.awaited_of(&[wrong, waiting.clone()].concat());
        if !waiting.is_empty() || !awaited.is_empty() {
            _ = write!(text, ", {}", awaited.words());
        }
        text
    }

    /// Doctor-hours and essential posts that stay short whatever anybody answers, and of all what hangs on an answer: in
    /// hours too where both are known in hours, else the people and sessions.
    fn short(&self, verdicts: &[&UnitVerdict], among: &[&UnitVerdict]) -> String {
        let minutes: u64 = verdicts.iter().map(|unit| unit.short_minutes_if_agreed).sum();
        let waiting: u64 =
            among.iter().map(|unit| unit.short_minutes.saturating_sub(unit.short_minutes_if_agreed)).sum();
        let hours = (minutes > 0).then(|| length(minutes));
        let posts = self.posts_short(verdicts);
        let posts = (posts > 0).then(|| words::count(posts as u64, "post").to_uppercase());
        let short: Vec<String> = hours.into_iter().chain(posts).collect();
        let mut text = format!("SHORT {}", short.join(", ")).trim_end().to_owned();
        let awaited = self.awaited_of(among);
        if waiting > 0 && (minutes > 0 || awaited.is_empty()) {
            let lacks = if awaited.people.is_empty() { "WAITING" } else { "TO AGREE" };
            _ = write!(text, ", {} {lacks}", length(waiting));
        } else if self.is_awaited(among) {
            _ = write!(text, ", {}", awaited.words());
        }
        text
    }

    /// Whether an answer would fill a place there.
    pub fn is_awaited(&self, verdicts: &[&UnitVerdict]) -> bool {
        let waits = |finding: &Finding| finding.severity == Severity::Error && waits_somewhere(finding);
        verdicts.iter().any(|unit| unit.short_minutes > unit.short_minutes_if_agreed)
            || self.findings(verdicts).any(waits)
    }

    /// How many essential posts stay without somebody whom no shortage of hours tells: posts held from home, and those
    /// of which others are more than enough at their grade.
    fn posts_short(&self, verdicts: &[&UnitVerdict]) -> usize {
        let errors = self.errors(verdicts);
        let is_told = |post: &PostId, of: &Finding| {
            let same =
                |other: &&&Finding| other.code == Code::Cov1 && (&other.window, &other.unit) == (&of.window, &of.unit);
            errors.iter().filter(same).any(|other| other.lacking.iter().any(|lacking| lacking.post == *post))
        };
        let posts = errors.iter().filter(|finding| finding.code == Code::Cov2);
        let posts: BTreeSet<&PostId> =
            posts.filter_map(|finding| finding.posts.first().filter(|post| !is_told(post, finding))).collect();
        posts.len()
    }

    pub(super) fn rota(&self) -> &'a Rota {
        self.rota
    }

    /// What was found in those units on those days, each in the order of the report.
    pub fn findings<'b>(&'b self, verdicts: &'b [&UnitVerdict]) -> impl Iterator<Item = &'a Finding> + use<'a, 'b> {
        verdicts.iter().filter_map(|unit| self.found.get(&(&unit.window, &unit.unit))).flatten().copied()
    }

    /// What is an error there whatever anybody answers.
    pub fn errors(&self, verdicts: &[&UnitVerdict]) -> Vec<&'a Finding> {
        self.findings(verdicts).filter(|finding| stays_an_error(finding)).collect()
    }

    /// What those units still wait for on those days; nothing of a verdict that no answer changes.
    pub fn awaited_of(&self, verdicts: &[&UnitVerdict]) -> Awaited<'a> {
        let mut all = Awaited::default();
        verdicts.iter().filter_map(|unit| self.awaited.get(&(&unit.window, &unit.unit))).for_each(|one| all.add(one));
        all
    }
}

/// Whether nothing is promised of a unit, and this is what would be said of it otherwise.
pub fn would_be(unit: &UnitVerdict, verdict: Verdict) -> bool {
    unit.verdict == Verdict::NoNormalStaffing && unit.if_compared == verdict
}

/// Whether somebody named for a place of a shortage would fill it by agreeing.
fn waits_somewhere(finding: &Finding) -> bool {
    finding.is_waiting() || finding.code == Code::Cov2 && finding.lacking.iter().any(|lacking| lacking.waiting > 0)
}

/// Whether the finding is an error even if everybody agrees.
pub fn stays_an_error(finding: &Finding) -> bool {
    match (finding.code, finding.severity) {
        (Code::Cov1 | Code::Cov2, Severity::Error) => !finding.is_waiting(),
        (_, Severity::Error) => true,
        (Code::Cov1 | Code::Cov2 | Code::Cov3, _) | (_, Severity::Info) => false,
        (_, Severity::Warning) => finding.blocks_if_agreed,
    }
}

/// Whether it is an error now and none any more once everybody has agreed and what is to be postponed is postponed: it
/// waits for an answer.
pub fn needs_answer(finding: &Finding, report: &Report) -> bool {
    let is_there = |unit: &&UnitVerdict| {
        Some(&unit.window) == finding.window.as_ref() && Some(&unit.unit) == finding.unit.as_ref()
    };
    let is_cured = || report.units.iter().find(is_there).is_some_and(|unit| unit.if_compared == Verdict::IfAgreed);
    finding.severity == Severity::Error && (finding.is_waiting() || is_cured())
}

/// Why nothing can be promised, in capitals: `NOT COMPARED 00:00–08:00`, `FIGURES NOT AGREED`, `NO NORMAL STAFFING`.
pub fn not_compared(rota: &Rota, verdicts: &[&UnitVerdict]) -> String {
    let is_whole = |verdict: &&UnitVerdict| verdict.if_compared == Verdict::NoNormalStaffing;
    let times: Vec<Span> = verdicts.iter().flat_map(|verdict| verdict.not_compared.iter().copied()).collect();
    match times.as_slice() {
        _ if verdicts.is_empty() || verdicts.iter().any(is_whole) => "NO NORMAL STAFFING".to_owned(),
        [] => "FIGURES NOT AGREED".to_owned(),
        times => times_not_compared(rota, times),
    }
}

/// Such as `NOT COMPARED 00:00–08:00`, or of several stretches how long they are together.
fn times_not_compared(rota: &Rota, times: &[Span]) -> String {
    match times {
        [one] => format!("NOT COMPARED {}", words::times(rota.zone(), *one)),
        many => format!("NOT COMPARED {}", words::length(many.iter().map(|span| span.minutes()).sum())),
    }
}

/// The same of one unit in one window as a sentence without a stop: "Not compared 00:00–08:00: no normal staffing
/// entered". Nothing where all of the day is compared, also with figures that nobody has agreed, and nothing of verdicts
/// that do not hang on it.
pub fn not_compared_sentence(rota: &Rota, verdict: &UnitVerdict) -> String {
    if would_be(verdict, Verdict::NoNormalStaffing) {
        return "Not compared: no normal staffing entered".to_owned();
    }
    if !matches!(verdict.verdict, Verdict::NoNormalStaffing | Verdict::Short) || verdict.not_compared.is_empty() {
        return String::new();
    }
    let times = said::some_of(verdict.not_compared.len(), |text, at| {
        words::push_times(text, rota.zone(), verdict.not_compared[at]);
    });
    format!("Not compared {times}: no normal staffing entered")
}

fn length(minutes: u64) -> String {
    words::length(i64::try_from(minutes).unwrap_or(i64::MAX))
}

/// So many errors; a verdict of errors has at least one.
fn errors(count: usize) -> String {
    words::count(count.max(1) as u64, "error").to_uppercase()
}

/// What still has to happen.
#[derive(Debug, Default)]
pub struct Awaited<'a> {
    /// Who is named and has not agreed, with each status that they have there.
    pub people: BTreeSet<(&'a PersonId, Status)>,
    /// Sessions to postpone of those who are named there meanwhile.
    pub sessions: BTreeMap<&'a SessionId, &'a Session>,
}

impl<'a> Awaited<'a> {
    /// Whether nobody is to agree and nothing to be postponed.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.sessions.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.people.extend(&other.people);
        self.sessions.extend(&other.sessions);
    }

    /// Who has not agreed, each once: all, or those of one status.
    pub fn people(&self, of: Option<Status>) -> Vec<&'a PersonId> {
        let is_asked_for = |(_, status): &&(&PersonId, Status)| of.is_none_or(|of| of == *status);
        let mut people: Vec<&PersonId> = self.people.iter().filter(is_asked_for).map(|(person, _)| *person).collect();
        people.dedup();
        people
    }

    /// The sessions to postpone, by time.
    pub fn sessions(&self) -> Vec<&'a Session> {
        let mut sessions: Vec<&Session> = self.sessions.values().copied().collect();
        sessions.sort_by_key(|session| (session.span, &session.id));
        sessions
    }

    /// Such as `2 clinics`, or `3 sessions` where they are of several kinds.
    pub fn count_of_sessions(&self) -> String {
        let mut nouns: Vec<&str> = self.sessions.values().map(|session| session.kind.noun()).collect();
        nouns.dedup();
        let noun = if let [one] = nouns.as_slice() { one } else { "session" };
        words::count(self.sessions.len() as u64, noun)
    }

    fn words(&self) -> String {
        let people = self.people(None).len();
        let agree = (people > 0).then(|| format!("{people} TO AGREE"));
        let sessions = self.count_of_sessions().to_uppercase();
        let postpone = (!self.sessions.is_empty()).then(|| format!("{sessions} TO POSTPONE"));
        let parts: Vec<String> = [agree, postpone].into_iter().flatten().collect();
        if parts.is_empty() { "TO AGREE".to_owned() } else { parts.join(", ") }
    }
}

/// What those units still wait for: everybody named there who has not agreed, and sessions to postpone of everybody
/// who is to be present there meanwhile.
fn awaited<'a>(rota: &'a Rota, asked: &[UnitDay<'a>]) -> BTreeMap<UnitDay<'a>, Awaited<'a>> {
    let mut all: BTreeMap<UnitDay, Awaited> = asked.iter().map(|place| (*place, Awaited::default())).collect();
    if all.is_empty() {
        return all;
    }
    let posts: BTreeMap<&PostId, &Post> = rota.posts.iter().map(|post| (&post.id, post)).collect();
    let mut windows: Vec<&WindowId> = asked.iter().map(|(window, _)| *window).collect();
    windows.sort_unstable();
    windows.dedup();
    let windows: Vec<(&WindowId, Span)> =
        windows.into_iter().filter_map(|id| Some((id, rota.window(id)?.span))).collect();
    let mut there: BTreeMap<(UnitDay, &PersonId), Vec<Span>> = BTreeMap::new();
    for one in rota.assignments.iter().filter(|one| one.status != Status::Declined) {
        let Some(post) = posts.get(&one.post) else { continue };
        for (window, _) in windows.iter().filter(|(_, span)| span.overlaps(one.span)) {
            let Some(awaited) = all.get_mut(&(*window, &post.unit)) else { continue };
            if one.status != Status::Agreed {
                awaited.people.insert((&one.person, one.status));
            }
            if !post.on_call {
                there.entry(((*window, &post.unit), &one.person)).or_default().push(one.span);
            }
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
        awaited.sessions.extend(stopped.map(|session| (&session.id, *session)));
    }
    all
}
