//! The findings that are listed: no more than anybody could read, so that no file makes the list grow without end.
//!
//! Verdicts are not made of what is listed but of blocks ([`super::rule::Block`]), of which none is ever left out. Of
//! each rule, window, unit and severity that has anything to say at least one finding is listed, and errors come before
//! all others: leaving out can make a list shorter, never a rota look better.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::code::Code;
use super::context::{Context, UnitIx, WindowIx};
use super::finding::{Finding, Severity};
use crate::model::{UnitId, WindowId};

/// So many findings of one rule are listed for one unit in one window.
pub const LISTED_MAX: usize = 1_000;

/// So many findings are listed of one person, or in one unit and window, and so many times as many in the whole rota;
/// after these only the first of each rule, window, unit and severity.
const SCOPE_MAX: usize = 5_000;
const ROTA_MAX: usize = 40_000;

/// What one sentence of those that list findings says if some were left out.
pub fn shortened_words() -> String {
    "too many findings to list, more than 1,000 of one rule for one unit and day or very many in all: only the first \
     are listed; the verdicts take account of all"
        .to_owned()
}

/// What is counted together.
type Sort = (Code, Option<WindowId>, Option<UnitId>, Severity);

fn sort_of(finding: &Finding) -> Sort {
    (finding.code, finding.window.clone(), finding.unit.clone(), finding.severity)
}

/// Findings of one scope, as many as are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    findings: Vec<Finding>,
    /// How many there are of each sort; empty while there are too few in all to count.
    counts: BTreeMap<Sort, usize>,
    /// Some were left out.
    pub is_shortened: bool,
}

impl Deref for Listed {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.findings
    }
}

impl Listed {
    /// Lists a finding if there is room for it.
    pub fn push(&mut self, finding: Finding) {
        if self.findings.len() < LISTED_MAX {
            self.findings.push(finding);
            return;
        }
        self.count();
        let sort = sort_of(&finding);
        let count = self.counts.get(&sort).copied().unwrap_or(0);
        if self.holds_all_of(count) {
            self.is_shortened = true;
            return;
        }
        self.counts.insert(sort, count + 1);
        self.findings.push(finding);
    }

    /// Lists all of the others for which there is room.
    pub fn append(&mut self, other: Self) {
        self.is_shortened |= other.is_shortened;
        if self.findings.is_empty() && self.counts.is_empty() {
            (self.findings, self.counts) = (other.findings, other.counts);
        } else {
            other.findings.into_iter().for_each(|finding| self.push(finding));
        }
    }

    /// Whether a finding of that sort would be listed. If not it counts as left out, and need not be put together.
    pub fn has_room(&mut self, ctx: &Context, code: Code, severity: Severity, window: WindowIx, unit: UnitIx) -> bool {
        self.findings.len() < LISTED_MAX || self.has_room_in(ctx, (code, severity), window, Some(unit))
    }

    /// The same of findings that are in no unit.
    pub fn has_room_in_window(&mut self, ctx: &Context, code: Code, severity: Severity, window: WindowIx) -> bool {
        self.findings.len() < LISTED_MAX || self.has_room_in(ctx, (code, severity), window, None)
    }

    fn has_room_in(
        &mut self,
        ctx: &Context,
        (code, severity): (Code, Severity),
        window: WindowIx,
        unit: Option<UnitIx>,
    ) -> bool {
        self.count();
        let unit = unit.map(|unit| ctx.rota.units[unit].id.clone());
        let sort = (code, Some(ctx.rota.windows[window].id.clone()), unit, severity);
        let has_room = !self.holds_all_of(self.counts.get(&sort).copied().unwrap_or(0));
        self.is_shortened |= !has_room;
        has_room
    }

    /// The same, and whether there is any at all.
    pub(super) fn room(&mut self, ctx: &Context, sort: (Code, Severity), window: WindowIx, unit: UnitIx) -> Listing {
        if !self.has_room(ctx, sort.0, sort.1, window, unit) {
            return Listing::Full;
        }
        let (window, unit) = (&ctx.rota.windows[window].id, &ctx.rota.units[unit].id);
        let is_such = |finding: &Finding| {
            (finding.code, finding.severity) == sort
                && finding.window.as_ref() == Some(window)
                && finding.unit.as_ref() == Some(unit)
        };
        let has_any = if self.counts.is_empty() {
            self.findings.iter().any(is_such)
        } else {
            self.counts.contains_key(&(sort.0, Some(window.clone()), Some(unit.clone()), sort.1))
        };
        if has_any { Listing::Begun } else { Listing::Empty }
    }

    /// Says that something was left out.
    pub(super) fn leave_out(&mut self) {
        self.is_shortened = true;
    }

    /// Whether no more of that sort is listed here.
    pub fn is_full_of(&self, finding: &Finding) -> bool {
        self.is_shortened && self.holds_all_of(self.counts.get(&sort_of(finding)).copied().unwrap_or(0))
    }

    /// Those of which that cannot be said.
    pub fn without(self, is_out: impl Fn(&Finding) -> bool) -> Self {
        let mut kept = Self { is_shortened: self.is_shortened, ..Self::default() };
        self.findings.into_iter().filter(|finding| !is_out(finding)).for_each(|finding| kept.push(finding));
        kept
    }

    pub fn each_mut(&mut self, change: fn(&mut Finding)) {
        self.findings.iter_mut().for_each(change);
        self.counts.clear();
    }

    pub fn into_vec(self) -> Vec<Finding> {
        self.findings
    }

    fn holds_all_of(&self, count: usize) -> bool {
        count >= LISTED_MAX || count > 0 && self.findings.len() >= SCOPE_MAX
    }

    fn count(&mut self) {
        if self.counts.is_empty() {
            for finding in &self.findings {
                *self.counts.entry(sort_of(finding)).or_default() += 1;
            }
        }
    }
}

/// Leaves out what is too many of one rule in one unit and window, and in all: of findings in order, errors last.
/// Whether anything was left out.
pub(super) fn shorten(findings: &mut Vec<Finding>) -> bool {
    if findings.len() <= LISTED_MAX {
        return false;
    }
    let before = findings.len();
    keep_of_each(findings, LISTED_MAX);
    if findings.len() > ROTA_MAX {
        let groups = findings.chunk_by(is_same_place).count();
        keep_of_each(findings, ROTA_MAX / groups.max(1));
    }
    findings.len() < before
}

/// Whether some of those, which are in order, would have to be left out.
pub(super) fn is_too_long(findings: &[Finding]) -> bool {
    // Those of one place stand together.
    findings.len() > ROTA_MAX || findings.windows(LISTED_MAX + 1).any(|all| is_same_place(&all[0], &all[LISTED_MAX]))
}

fn is_same_place(a: &Finding, b: &Finding) -> bool {
    (a.code, &a.window, &a.unit) == (b.code, &b.window, &b.unit)
}

/// At most so many of each rule, window and unit, errors before others, and at least one of each severity.
fn keep_of_each(findings: &mut Vec<Finding>, most: usize) {
    let mut is_kept = vec![true; findings.len()];
    let mut from = 0;
    for group in findings.chunk_by(is_same_place) {
        if group.len() > most {
            let mut room = most;
            for severity in [Severity::Error, Severity::Warning, Severity::Info] {
                let mut is_first = true;
                for (at, _) in group.iter().enumerate().filter(|(_, finding)| finding.severity == severity) {
                    is_kept[from + at] = is_first || room > 0;
                    room = room.saturating_sub(1);
                    is_first = false;
                }
            }
        }
        from += group.len();
    }
    let mut is_kept = is_kept.into_iter();
    findings.retain(|_| is_kept.next().unwrap_or(true));
}

/// What is told already of one rule in one window and unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Listing {
    /// Nothing.
    Empty,
    /// Something, and there is room for more.
    Begun,
    /// As much as is listed.
    Full,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing::rota;
    use crate::checker::{Checker, Report, Verdict, check};
    use crate::model::{
        Assignment, AssignmentId, Change, Command, Duty, DutyKind, History, Kind, ListChange, Person, PersonId, Rota,
        Status,
    };

    /// KP on Majors so many times, with so many duties at the same time.
    fn crowded(assignments: usize, duties: usize, status: impl Fn(usize) -> Status) -> Rota {
        let mut rota = rota("post Majors: A&E SHO\nperson KP: Patel, Kiran\nKP on Majors 08:00-17:00");
        let (one, span) = (rota.assignments[0].clone(), rota.assignments[0].span);
        let twin = |at: usize| Assignment {
            id: AssignmentId::new(&format!("twin-{at:05}")).unwrap(),
            status: status(at),
            ..one.clone()
        };
        rota.assignments = (0..assignments).map(twin).collect();
        let person = rota.people.iter_mut().find(|person| person.id == one.person).unwrap();
        let duty = |at: usize| Duty { span, kind: DutyKind::Other, label: at.to_string() };
        person.duties = (0..duties).map(duty).collect();
        rota
    }

    fn of(report: &Report, code: Code, severity: Severity) -> usize {
        report.findings.iter().filter(|finding| (finding.code, finding.severity) == (code, severity)).count()
    }

    #[test]
    fn of_very_many_findings_a_thousand_are_listed_and_the_verdict_stands() {
        let few = check(&crowded(10, 100, |_| Status::Agreed));
        assert_eq!((of(&few, Code::Dty1, Severity::Error), few.is_shortened), (1_000, false));
        for (assignments, duties) in [(11, 100), (100, 100), (700, 700)] {
            let many = check(&crowded(assignments, duties, |_| Status::Agreed));
            assert_eq!((of(&many, Code::Dty1, Severity::Error), many.is_shortened), (1_000, true));
            assert_eq!(many.verdict, few.verdict);
            assert_ne!(many.verdict, Verdict::Covered);
        }
    }

    #[test]
    fn an_error_is_never_left_out_for_warnings() {
        let last = |at: usize| if at == 1_999 { Status::Agreed } else { Status::Asked };
        let report = check(&crowded(2_000, 2_000, last));
        assert!(of(&report, Code::Dty1, Severity::Error) > 0, "the one that is agreed");
        assert_eq!(report.findings.iter().filter(|finding| finding.code == Code::Dty1).count(), LISTED_MAX);
        assert!(!matches!(report.verdict, Verdict::Covered | Verdict::IfAgreed));
    }

    #[test]
    fn an_edit_of_a_crowded_rota_gives_the_report_of_the_full_check() {
        let mut history = History::new(crowded(11, 100, |_| Status::Agreed));
        let mut checker = Checker::new(history.rota());
        assert_eq!(*checker.report(), check(history.rota()));
        // One fewer is few enough to list all; one more is too many again.
        let last = history.rota().assignments[10].clone();
        let changes = vec![Change::Assignments(ListChange::Remove(last.id))];
        let removed = history.run(Command { label: String::new(), kind: Kind::Edit, changes }).unwrap().unwrap();
        checker.update(history.rota(), &removed.inverse);
        assert!(!checker.report().is_shortened);
        assert_eq!(*checker.report(), check(history.rota()));
        let put_back = history.undo().unwrap();
        checker.update(history.rota(), &put_back.inverse);
        assert!(checker.report().is_shortened);
        assert_eq!(*checker.report(), check(history.rota()));
    }

    #[test]
    fn what_many_people_bring_together_is_shortened_after_an_edit_too() {
        let mut rota = crowded(1, 1, |_| Status::Agreed);
        let (person, assignment) =
            (rota.people.iter().find(|one| !one.duties.is_empty()).cloned().unwrap(), rota.assignments[0].clone());
        for at in 0..=LISTED_MAX {
            let id = PersonId::new(&format!("other-{at}")).unwrap();
            let (initials, family) = (format!("O{at}"), format!("Other {at}"));
            rota.people.push(Person { id: id.clone(), initials, family, ..person.clone() });
            let own = AssignmentId::new(&format!("other-{at}")).unwrap();
            rota.assignments.push(Assignment { id: own, person: id, ..assignment.clone() });
        }
        let mut history = History::new(rota);
        let gone = |at: usize| Change::Assignments(ListChange::Remove(history.rota().assignments[at].id.clone()));
        let changes = vec![gone(LISTED_MAX), gone(LISTED_MAX + 1)];
        history.run(Command { label: String::new(), kind: Kind::Edit, changes }).unwrap();
        let mut checker = Checker::new(history.rota());
        assert_eq!(of(checker.report(), Code::Dty1, Severity::Error), LISTED_MAX);
        assert!(!checker.report().is_shortened);
        let put_back = history.undo().unwrap();
        checker.update(history.rota(), &put_back.inverse);
        assert!(checker.report().is_shortened);
        assert_eq!(*checker.report(), check(history.rota()));
    }

    #[test]
    fn errors_come_before_others_and_one_of_each_severity_stays() {
        let finding = |severity: Severity, at: usize| Finding::new(Code::Dty1, severity, at.to_string());
        let mut findings: Vec<Finding> =
            (0..1_500).map(|at| finding(if at < 1_200 { Severity::Warning } else { Severity::Error }, at)).collect();
        findings.push(finding(Severity::Info, 1_500));
        assert!(shorten(&mut findings));
        let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
        assert_eq!([Severity::Error, Severity::Warning, Severity::Info].map(count), [300, 700, 1]);
    }
}
