//! The second checker: slow, plain, and written from the rules of `docs/checker.md` alone.
//!
//! It shares no code with `cover_rota::checker` beyond the names of codes and verdicts. It looks at every minute by
//! itself, in UTC, and asks chrono-tz what the clock on the wall shows. Judging "if all agree" is judging another
//! rota: the one in which all have agreed and every session to postpone is postponed ([`as_if_all_agreed`]).
//!
//! Where the rules leave a choice this is how both checkers read them, on the safe side:
//! - A finding that concerns several units or windows is given once for each, so that each verdict sees it.
//! - COV-1 is not cut where only names change: it names everybody who counts (or does not) at some minute of it.
//! - What exists only if all agree is compared minute by minute for COV, and by key, window and unit for people rules;
//!   an error then becomes a warning, an info stays an info.
//! - COV-4 of a unit that nobody ever needs in a window is told over the whole window, shut hours and all. COV-6 is told
//!   of a closed unit too.
//! - RST-3, HRS-2 and HRS-3 blame one spell: the last one that has an assignment in a window. Weeks that no such spell
//!   reaches into are not looked at.
//! - "In a row" is spells of that kind with no other spell between. For Trainee2016, RST-4 looks at runs of 3 or more.
//!   A run of too many long spells, and another spell after it, are two findings of HRS-3.
//! - Unknown time, before the first and after the last work, is free.
//! - Of on-call posts nobody is present: BRK-1, HND-1 and EDG-1 leave them out too. COV-5 may move somebody from one.
//! - BRK-1 looks for others only at the minutes of the spell that lie in the window, and for nobody's who is not
//!   available at any minute of the spell.
//! - HND-1 is silent where nothing is needed or nobody counts (COV-1 says so); 15 minutes beyond the edge somebody has
//!   to be assigned in the unit, or on a duty at work or from home.
//! - RST-2 looks at the night before the civil day on which an assignment begins, whatever its hour.
//! - CON-1 and DAT-2 tell every pair. A day of the calendar is longer than 24 h by as much as the clocks go back in it:
//!   by 30 minutes on Lord Howe.
//! - DAT-1 takes the whole name as one word, so that a given name written before the family name in one field is no
//!   disguise. Initials compare without blanks around them and without regard to capitals, telephone numbers by their
//!   digits. Who shares initials or a number only with people told together anyhow is not told again. Its error stands
//!   in each unit of the overlapping assignments.

mod cases;
mod clashes;
mod coverage;
mod edges;
mod hours;
mod names;
mod numbers;
mod runs;

use std::collections::BTreeSet;

use cover_rota::checker::{Code, Severity, Verdict};
use cover_rota::model::{Rota, SessionState, Status};

use numbers::Numbers;

/// One finding, as far as the file format prints it, but for its message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub window: Option<String>,
    pub unit: Option<String>,
    pub code: Code,
    pub severity: Severity,
    pub span: Option<(i64, i64)>,
    pub tier: Option<String>,
    pub posts: Vec<String>,
    pub people: Vec<String>,
    pub not_counted: Vec<(String, Vec<Code>)>,
    pub sessions: Vec<String>,
    pub need: Option<u64>,
    pub have: Option<u64>,
    pub have_if_agreed: Option<u64>,
    pub short: Option<u64>,
}

/// What is said of one unit in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitAnswer {
    pub window: String,
    pub unit: String,
    pub verdict: Verdict,
    pub normal_minutes: u64,
    pub short_minutes: u64,
    pub short_minutes_if_agreed: u64,
}

/// All that a checker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub verdict: Verdict,
    pub exit_status: u8,
    pub units: Vec<UnitAnswer>,
    /// Sorted.
    pub rows: Vec<Row>,
}

/// The whole answer, from the page.
pub(crate) fn judge(rota: &Rota) -> Answer {
    let all_rota = as_if_all_agreed(rota);
    let (agreed, all) = (Numbers::of(rota), Numbers::of(&all_rota));
    let mut rows = findings(&agreed, &all);
    let errors = errors_of(&rows);
    let errors_if_agreed = errors_of(&findings(&all, &all));
    let mut units = Vec::new();
    for (w, window) in rota.windows.iter().enumerate() {
        let minutes = coverage::minutes(&agreed, w);
        let minutes_if_agreed = coverage::minutes(&all, w);
        for (u, unit) in rota.units.iter().enumerate() {
            let (normal_minutes, short_minutes) = minutes[u];
            let (_, short_minutes_if_agreed) = minutes_if_agreed[u];
            let place = (window.id.to_string(), unit.id.to_string());
            let verdict = if agreed.windows[w].closed[u] {
                Verdict::Closed
            } else if normal_minutes == 0 {
                Verdict::NoNormalStaffing
            } else if !errors.iter().any(|(at, ..)| *at == place) {
                Verdict::Covered
            } else if !errors_if_agreed.iter().any(|(at, ..)| *at == place) {
                Verdict::IfAgreed
            } else if errors_if_agreed.iter().any(|(at, code)| *at == place && is_shortage(*code)) {
                Verdict::Short
            } else {
                Verdict::Errors
            };
            let is_promise = matches!(verdict, Verdict::Covered | Verdict::IfAgreed | Verdict::Errors);
            let verdict = if is_promise && !coverage::has_whole_normal_day(&agreed, w, u) {
                Verdict::NoNormalStaffing
            } else {
                verdict
            };
            let (window, unit) = place;
            units.push(UnitAnswer { window, unit, verdict, normal_minutes, short_minutes, short_minutes_if_agreed });
        }
    }
    let verdict = worst(units.iter().map(|u| u.verdict));
    rows.sort();
    Answer { verdict, exit_status: u8::from(verdict != Verdict::Covered), units, rows }
}

/// The rota in which everybody who has not declined agrees, and everything to postpone is postponed.
pub(crate) fn as_if_all_agreed(rota: &Rota) -> Rota {
    let mut all = rota.clone();
    for assignment in &mut all.assignments {
        if assignment.status != Status::Declined {
            assignment.status = Status::Agreed;
        }
    }
    for session in &mut all.sessions {
        if session.state == SessionState::ToPostpone {
            session.state = SessionState::Postponed;
        }
    }
    all
}

/// Every finding of every rule. `all` is `agreed` as if all agreed.
fn findings(agreed: &Numbers, all: &Numbers) -> Vec<Row> {
    let mut rows = coverage::findings(agreed, all);
    rows.extend(clashes::findings(agreed));
    rows.extend(hours::findings(agreed, all));
    rows.extend(edges::findings(agreed));
    rows
}

/// COV-1, and COV-2 where it is an error at all (then the post is essential).
fn is_shortage(code: Code) -> bool {
    matches!(code, Code::Cov1 | Code::Cov2)
}

/// Window, unit and code of the errors.
fn errors_of(rows: &[Row]) -> BTreeSet<((String, String), Code)> {
    let errors = rows.iter().filter(|row| row.severity == Severity::Error);
    errors.filter_map(|row| Some(((row.window.clone()?, row.unit.clone()?), row.code))).collect()
}

/// The worst, in the order of the page; closed ones do not count.
fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let order = [Verdict::Covered, Verdict::IfAgreed, Verdict::Errors, Verdict::NoNormalStaffing, Verdict::Short];
    let places = verdicts.filter_map(|verdict| order.iter().position(|v| *v == verdict));
    places.max().map_or(Verdict::NoNormalStaffing, |place| order[place])
}
