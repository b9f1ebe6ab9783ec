//! The list of problems: what the checker found, in the order of what needs doing, with what says the same folded in.

use std::collections::BTreeMap;

use crate::checker::{Code, Finding, Report, Severity, Verdict, hint, rule};
use crate::model::{Rota, Span, TierId, UnitId, WindowId, words};

use super::action::{ProblemFilter, ProblemKind};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its place in the report.
    pub finding: usize,
    /// Its mark.
    pub kind: ProblemKind,
    /// Such as `A&E middle grade: 1 short`.
    pub title: String,
    /// What the title does not say.
    pub text: String,
    /// Findings about the same post and time, by their places in the report.
    pub folded: Vec<usize>,
    /// Somebody has looked at it and accepted it.
    pub accepted: bool,
}

/// The list as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemList {
    /// Errors first, then what waits for an answer, warnings, infos; of each first where somebody is missing, else in
    /// the order of the report.
    pub problems: Vec<Problem>,
    /// Folded away at the end.
    pub accepted: Vec<Problem>,
    /// How many there are of each kind, whatever kind is shown.
    pub counts: Counts,
}

/// How many problems there are of each kind, accepted ones left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Short or broken whatever they answer.
    pub errors: usize,
    /// Until somebody agrees.
    pub to_agree: usize,
    /// Warnings.
    pub warnings: usize,
    /// Infos.
    pub infos: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn all(self) -> usize {
        self.errors + self.to_agree + self.warnings + self.infos
    }

    /// Of one kind.
    #[must_use]
    pub fn of(self, kind: ProblemKind) -> usize {
        match kind {
            ProblemKind::All => self.all(),
            ProblemKind::Error => self.errors,
            ProblemKind::ToAgree => self.to_agree,
            ProblemKind::Warning => self.warnings,
            ProblemKind::Info => self.infos,
        }
    }
}

/// The list for a filter, with the window that is shown.
pub fn problem_list(
    rota: &Rota,
    report: &Report,
    filter: &ProblemFilter,
    shown: Option<&WindowId>,
    is_accepted: impl Fn(usize) -> bool,
) -> ProblemList {
    let folds = folds(rota, report);
    let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (other, at) in folds.iter().enumerate() {
        if let Some(at) = at {
            into.entry(*at).or_default().push(other);
        }
    }
    let mut list = ProblemList::default();
    for (at, finding) in report.findings.iter().enumerate() {
        if folds[at].is_some() || !is_in(finding, filter, shown) {
            continue;
        }
        let kind = kind_of(finding, report);
        let accepted = finding.severity != Severity::Error && is_accepted(at);
        if !accepted {
            match kind {
                ProblemKind::Error | ProblemKind::All => list.counts.errors += 1,
                ProblemKind::ToAgree => list.counts.to_agree += 1,
                ProblemKind::Warning => list.counts.warnings += 1,
                ProblemKind::Info => list.counts.infos += 1,
            }
        }
        if filter.kind != ProblemKind::All && filter.kind != kind {
            continue;
        }
        let folded = into.get(&at).cloned().unwrap_or_default();
        let (title, text) = words_of(rota, finding, kind);
        let problem = Problem { finding: at, kind, title, text, folded, accepted };
        if accepted { list.accepted.push(problem) } else { list.problems.push(problem) }
    }
    list.problems.sort_by_key(|problem| (problem.kind, !has_empty_row(&report.findings[problem.finding])));
    list.accepted.sort_by_key(|problem| problem.kind);
    list
}

fn is_in(finding: &Finding, filter: &ProblemFilter, shown: Option<&WindowId>) -> bool {
    let in_window = filter.all_windows || finding.window.is_none() || finding.window.as_ref() == shown;
    let in_unit = filter.unit.is_none() || finding.unit == filter.unit;
    in_window && in_unit
}

/// Whether a shortage is of more doctors than stand there and do not count: then somebody is simply missing.
#[must_use]
pub fn has_empty_row(finding: &Finding) -> bool {
    let idle = finding.not_counted.iter().filter(|n| !n.why.is_empty()).count() as u64;
    matches!(finding.code, Code::Cov1 | Code::Cov2 | Code::Cov3 | Code::Cov5)
        && !finding.is_waiting()
        && finding.short.is_none_or(|short| u64::from(short) > idle)
}

/// What an answer can cure waits for it; the rest is what its severity says.
#[must_use]
pub fn kind_of(finding: &Finding, report: &Report) -> ProblemKind {
    if finding.severity != Severity::Error {
        return ProblemKind::of(finding.severity);
    }
    let verdict = report
        .units
        .iter()
        .find(|v| Some(&v.window) == finding.window.as_ref() && Some(&v.unit) == finding.unit.as_ref())
        .map(|v| v.if_compared);
    if finding.is_waiting() || verdict == Some(Verdict::IfAgreed) { ProblemKind::ToAgree } else { ProblemKind::Error }
}

/// For each finding, the COV-1 it is folded into: a COV-2 about a post of that tier, at that time.
fn folds(rota: &Rota, report: &Report) -> Vec<Option<usize>> {
    type Place<'a> = (Option<&'a WindowId>, Option<&'a UnitId>, &'a TierId);
    let mut shortages: BTreeMap<Place<'_>, Vec<(usize, Span)>> = BTreeMap::new();
    for (at, f) in report.findings.iter().enumerate().filter(|(_, f)| f.code == Code::Cov1) {
        if let (Some(tier), Some(span)) = (&f.tier, f.span) {
            shortages.entry((f.window.as_ref(), f.unit.as_ref(), tier)).or_default().push((at, span));
        }
    }
    let fold = |f: &Finding| {
        if f.code != Code::Cov2 {
            return None;
        }
        let span = f.span?;
        let post = f.posts.first().and_then(|id| rota.post(id))?;
        let same = shortages.get(&(f.window.as_ref(), f.unit.as_ref(), &post.tier))?;
        let mut left = vec![span];
        for (_, other) in same {
            left = left.into_iter().flat_map(|part| part.without(*other)).collect();
        }
        same.iter().find(|(_, other)| left.is_empty() && other.overlaps(span)).map(|(at, _)| *at)
    };
    report.findings.iter().map(fold).collect()
}

/// Title and text of one line.
fn words_of(rota: &Rota, finding: &Finding, kind: ProblemKind) -> (String, String) {
    let unit = finding.unit.as_ref().and_then(|id| rota.unit(id));
    let unit_name = unit.map_or_else(String::new, |u| words::safe(&u.name).into_owned());
    let (Code::Cov1 | Code::Cov2, Some(span), Some(need), Some(have)) =
        (finding.code, finding.span, finding.need, finding.have)
    else {
        let title = rule(finding.code).title;
        let name =
            if unit_name.is_empty() { title.to_owned() } else { format!("{unit_name}: {}", words::inside(title)) };
        return (name, format!("{}.", finding.message.trim_end_matches('.')));
    };
    let tier = finding.tier.as_ref().zip(unit).and_then(|(id, u)| u.tiers.iter().find(|t| t.id == *id));
    let post = finding.posts.first().and_then(|id| rota.post(id));
    let place = match (finding.code, tier, post) {
        (Code::Cov1, Some(tier), _) => format!("{unit_name} {}", words::inside(&words::safe(&tier.name))),
        (_, _, Some(post)) => format!("{unit_name}, {}", words::safe(&post.name)),
        _ => unit_name,
    };
    let short = finding.short.unwrap_or_else(|| need.saturating_sub(have));
    let waits = if kind == ProblemKind::ToAgree { "to agree" } else { "short" };
    let names: Vec<String> = finding.people.iter().map(|id| super::assign::initials(rota, id)).collect();
    let above = need.saturating_sub(finding.have.unwrap_or(have)).saturating_sub(short);
    let above = if above > 0 { format!("; {above} more short at a higher grade") } else { String::new() };
    let have = if names.is_empty() { have.to_string() } else { format!("{have}: {}", words::list(&names)) };
    let level = if finding.code == Code::Cov1 { " at this grade or above" } else { "" };
    let when = words::span(rota.zone(), span);
    let hint = hint(finding, rota).map_or_else(String::new, |hint| format!(" {}.", hint.trim_end_matches('.')));
    (format!("{place}: {short} {waits}"), format!("{when}. Need {need}{level}, have {have}{above}.{hint}"))
}

/// The next problem of a list after a finding, or the one before; none at the end. From nowhere: the first, or the last.
#[must_use]
pub fn next_problem(list: &ProblemList, from: Option<usize>, forward: bool) -> Option<usize> {
    let all = &list.problems;
    let at = from.and_then(|f| all.iter().position(|p| p.finding == f || p.folded.contains(&f)));
    let next = match (at, forward) {
        (None, true) => 0,
        (None, false) => all.len().checked_sub(1)?,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.checked_sub(1)?,
    };
    all.get(next).map(|p| p.finding)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{rota, window_id, with};
    use super::*;
    use crate::checker::check;
    use crate::model::{MayCover, Status};

    fn able() -> Rota {
        let mut rota = rota();
        for person in &mut rota.people {
            person.may_cover = vec![MayCover::up_to(rota.units[0].id.clone(), rota.units[0].tiers[2].id.clone())];
        }
        let rota = with(rota, "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        with(rota, "a3", "mg", "rs", "10:00", "15:00", Status::Asked)
    }

    fn list(rota: &Rota, filter: &ProblemFilter, accepted: &[usize]) -> ProblemList {
        problem_list(rota, &check(rota), filter, Some(&window_id()), |at| accepted.contains(&at))
    }

    #[test]
    fn short_goes_before_to_agree_and_cov_2_is_folded_in() {
        let rota = able();
        let all = list(&rota, &ProblemFilter::default(), &[]);
        let cover: Vec<String> = all
            .problems
            .iter()
            .filter(|p| matches!(p.kind, ProblemKind::Error | ProblemKind::ToAgree))
            .map(|p| format!("{} | {} | {}", p.title, p.text, p.folded.len()))
            .collect();
        assert_eq!(
            cover,
            [
                "A&E middle grade: 1 short | 15:00–17:00 Tue 26-Apr-2016. Need 3 at this grade or above, have 2: HG and KP. | 1",
                "A&E middle grade: 1 to agree | 10:00–15:00 Tue 26-Apr-2016. Need 3 at this grade or above, have 2: HG and KP. RS asked. | 1",
            ]
            .map(ToOwned::to_owned)
        );
    }

    #[test]
    fn counts_are_of_all_and_the_list_of_one_kind() {
        let rota = able();
        let all = list(&rota, &ProblemFilter::default(), &[]);
        assert_eq!((all.counts.errors, all.counts.to_agree), (1, 1));
        let one = list(&rota, &ProblemFilter { kind: ProblemKind::ToAgree, ..ProblemFilter::default() }, &[]);
        assert_eq!(one.problems.len(), 1);
        assert_eq!(one.counts, all.counts);
        assert_eq!(all.counts.all(), all.problems.len());
    }

    #[test]
    fn what_is_accepted_is_folded_away_but_never_an_error() {
        let rota = able();
        let every: Vec<usize> = (0..check(&rota).findings.len()).collect();
        let all = list(&rota, &ProblemFilter::default(), &every);
        assert_eq!(all.counts.all(), 2, "the two errors stay");
        assert!(all.accepted.iter().all(|p| p.accepted) && !all.accepted.is_empty());
    }

    #[test]
    fn f8_goes_to_the_end_of_the_list() {
        let all = list(&able(), &ProblemFilter::default(), &[]);
        let order: Vec<usize> = all.problems.iter().map(|p| p.finding).collect();
        assert_eq!(next_problem(&all, None, true), Some(order[0]));
        assert_eq!(next_problem(&all, Some(order[0]), true), Some(order[1]));
        assert_eq!(next_problem(&all, Some(order[1]), false), Some(order[0]));
        assert_eq!(next_problem(&all, order.last().copied(), true), None);
        assert_eq!(next_problem(&all, Some(order[0]), false), None);
        assert_eq!(next_problem(&all, None, false), order.last().copied());
        assert_eq!(next_problem(&ProblemList::default(), Some(3), true), None);
    }
}
