//! What is told once: findings that say what another one says already.

use std::collections::BTreeMap;

use super::code::Code;
use super::finding::{Finding, Report};
use crate::model::{Rota, Span, TierId, UnitId, WindowId};

/// For each finding, the earlier or wider one that says the same, among those that are listed: of a COV-2 the COV-1 of
/// that tier at that time; of what is said of one person's hours and rest in each unit and day of the work concerned,
/// the first.
pub fn folded_into(rota: &Rota, report: &Report, is_listed: impl Fn(&Finding) -> bool) -> Vec<Option<usize>> {
    type Place<'a> = (Option<&'a WindowId>, Option<&'a UnitId>, &'a TierId);
    let mut shortages: BTreeMap<Place<'_>, Vec<(usize, Span, bool)>> = BTreeMap::new();
    for (at, f) in report.findings.iter().enumerate().filter(|(_, f)| f.code == Code::Cov1) {
        if let (Some(tier), Some(span)) = (&f.tier, f.span) {
            shortages.entry((f.window.as_ref(), f.unit.as_ref(), tier)).or_default().push((at, span, f.is_waiting()));
        }
    }
    let fold = |f: &Finding| {
        if f.code != Code::Cov2 {
            return None;
        }
        let span = f.span?;
        let post = f.posts.first().and_then(|id| rota.post(id))?;
        let same = shortages.get(&(f.window.as_ref(), f.unit.as_ref(), &post.tier))?;
        // What stays empty whatever anybody answers is not told among what only waits for an answer: others of the grade
        // may be more than enough, and nobody the one that holds this post.
        let same = || same.iter().filter(|(_, _, waits)| f.is_waiting() || !waits);
        let mut left = vec![span];
        for (_, other, _) in same() {
            left = left.into_iter().flat_map(|part| part.without(*other)).collect();
        }
        same().find(|(_, other, _)| left.is_empty() && other.overlaps(span)).map(|(at, ..)| *at)
    };
    let mut told = BTreeMap::new();
    let mut into: Vec<Option<usize>> = report.findings.iter().map(fold).collect();
    for (at, finding) in report.findings.iter().enumerate() {
        if is_of_time(finding.code) && is_listed(finding) {
            let said = (finding.code, &finding.people, finding.span, &finding.message);
            let first = *told.entry(said).or_insert(at);
            into[at] = (first != at).then_some(first);
        }
    }
    into
}

/// Whether the rule is about one person's hours and rest.
pub const fn is_of_time(code: Code) -> bool {
    matches!(code, Code::Rst1 | Code::Rst3 | Code::Rst4 | Code::Hrs1 | Code::Hrs2 | Code::Hrs3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::check;
    use crate::checker::testing::rota;

    #[test]
    fn a_post_that_nobody_can_fill_is_not_told_among_those_that_wait_for_an_answer() {
        let rota = rota(
            "
post Majors: A&E Middle grade
post Children: A&E Middle grade, essential
person EV: Varga, Eszter; A&E up to Middle grade; not available 08:00-12:00
           |08  09  10  11  |
Majors 1   |KP  KP  KP  KP  |
           |RS* RS* RS* RS* |
Children 1 |EV? EV? EV? EV? |
",
        );
        let report = check(&rota);
        let folds = folded_into(&rota, &report, |_| true);
        let find = |code: Code| report.findings.iter().position(|it| it.code == code).unwrap();
        let (tier, post) = (find(Code::Cov1), find(Code::Cov2));
        assert!(report.findings[tier].is_waiting(), "RS would be the second of the grade");
        assert!(!report.findings[post].is_waiting(), "nobody would be with the children");
        assert_eq!(folds[post], None);
    }
}
