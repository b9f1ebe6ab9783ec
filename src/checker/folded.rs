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
