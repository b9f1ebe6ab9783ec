//! The rota as it would be with what is ticked, and what the checker says of it.

use crate::checker::{
    Code, Family, Finding, Report, Severity, UnitVerdict, Verdict, VerdictWords, check, count_gaps, stays_an_error,
};
use crate::model::{
    Change, Command, History, PersonId, PostId, Rota, Session, SessionId, SessionState, Status, UnitId, WindowId,
};
use crate::planner::{Gap, Part};

/// The rota with some changes of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// As it would be.
    pub rota: Rota,
    /// What the checker would say.
    pub report: Report,
    /// What would be broken besides cover, if all agree, that is not now: a sentence each.
    pub new_errors: Vec<String>,
}

/// The verdict of one unit in one window, now and with the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitChange {
    pub unit: UnitId,
    pub window: WindowId,
    pub now: (Verdict, String),
    /// With what is ticked.
    pub then: (Verdict, String),
}

impl UnitChange {
    /// Whether something else is said of the unit with what is ticked.
    pub fn is_change(&self) -> bool {
        self.now != self.then
    }
}

impl Preview {
    /// `known` are the errors of the rota as it is.
    pub(super) fn new(rota: &Rota, part: &Part, known: &Known) -> Self {
        let then = after(rota, part.command(rota, "", Vec::new()));
        let report = check(&then);
        let new_errors = errors(&then).into_iter().filter(|error| !known.0.contains(&key(error)));
        Self { report, new_errors: new_errors.map(|error| error.message).collect(), rota: then }
    }

    /// Units of which something else is said, and those that stay short, in the order of the report.
    pub fn changes(&self, now: &Rota, report: &Report) -> Vec<UnitChange> {
        let (words_now, words_then) = (VerdictWords::new(now, report), VerdictWords::new(&self.rota, &self.report));
        let pair = |before: &UnitVerdict| {
            let is_it = |v: &&UnitVerdict| v.unit == before.unit && v.window == before.window;
            let after = self.report.units.iter().find(is_it)?;
            let change = UnitChange {
                unit: before.unit.clone(),
                window: before.window.clone(),
                now: (before.verdict, words_now.of(before)),
                then: (after.verdict, words_then.of(after)),
            };
            (change.is_change() || after.verdict == Verdict::Short).then_some(change)
        };
        report.units.iter().filter_map(pair).collect()
    }
}

/// How many gaps a plan leaves where `is_asked`, as the cards above the grid count them, and stretches without a senior.
pub fn gaps_left(planned: &Rota, report: &Report, gaps: &[Gap], is_asked: impl Fn(&UnitVerdict) -> bool) -> usize {
    count_gaps(planned, report, is_asked) + gaps.iter().filter(|gap| gap.short == 0).count()
}

/// A unit's errors that no answer mends, as its verdict above the grid counts them.
pub fn lasting_errors<'a>(report: &'a Report, of: (&UnitId, &WindowId)) -> impl Iterator<Item = &'a Finding> {
    let (unit, window) = (of.0.clone(), of.1.clone());
    report.findings.iter().filter(move |finding| {
        finding.unit.as_ref() == Some(&unit) && finding.window.as_ref() == Some(&window) && stays_an_error(finding)
    })
}

/// The rota after a command; as it was, should the command be refused. Accepting then says why.
pub(super) fn after(rota: &Rota, command: Command) -> Rota {
    let mut history = History::new(rota.clone());
    let _ = history.run(command);
    history.rota().clone()
}

/// What is broken besides cover in a rota as it is, judged as if all agree.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Known(Vec<Key>);

impl Known {
    pub(super) fn of(rota: &Rota) -> Self {
        Self(errors(rota).iter().map(key).collect())
    }
}

/// What an error is about, whatever its numbers.
type Key = (Code, Option<WindowId>, Vec<PersonId>, Vec<PostId>, Vec<SessionId>);

fn key(error: &Finding) -> Key {
    (error.code, error.window.clone(), error.people.clone(), error.posts.clone(), error.sessions.clone())
}

/// What is broken besides cover, if all agree.
fn errors(rota: &Rota) -> Vec<Finding> {
    let asked = rota.assignments.iter().filter(|a| matches!(a.status, Status::Asked | Status::Proposed));
    let agree = asked.map(|a| Change::replace(crate::model::Assignment { status: Status::Agreed, ..a.clone() }));
    let stopped = rota.sessions.iter().filter(|session| session.state == SessionState::ToPostpone);
    let postpone = stopped.map(|s| Change::replace(Session { state: SessionState::Postponed, ..s.clone() }));
    let agreed = after(rota, Command::status("", agree.chain(postpone).collect()));
    let is_error = |f: &Finding| f.severity == Severity::Error && f.code.rule().family != Family::Cover;
    check(&agreed).findings.into_iter().filter(is_error).collect()
}
