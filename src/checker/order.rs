//! The order of findings: window, unit (null last), code, from, to, tier, post, people, sessions.

use std::cmp::Ordering;

use super::context::Context;
use super::finding::Finding;
use crate::model::TierId;

/// What a finding is sorted by: places in the rota, with null after all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    window: usize,
    unit: usize,
    code: super::Code,
    from: i64,
    to: i64,
    tier: usize,
    /// Places of posts, people and sessions, each counted from 1; a 0 ends each list, so that the shorter comes first.
    names: Vec<u32>,
}

impl Key {
    /// The place of its window.
    pub(super) fn window(&self) -> usize {
        self.window
    }

    pub(super) fn of(ctx: &Context, finding: &Finding) -> Self {
        const NULL: usize = usize::MAX;
        let unit = finding.unit.as_ref().and_then(|id| ctx.unit_ix(id));
        let tier = |id: &TierId| ctx.rota.units.get(unit?)?.tier_index(id);
        let place = |ix: Option<usize>| ix.unwrap_or(NULL);
        Self {
            window: place(finding.window.as_ref().and_then(|id| ctx.window_ix(id))),
            unit: place(unit),
            code: finding.code,
            from: finding.span.map_or(i64::MAX, |span| span.from.0),
            to: finding.span.map_or(i64::MAX, |span| span.to.0),
            tier: place(finding.tier.as_ref().and_then(tier)),
            names: names(ctx, finding),
        }
    }
}

fn names(ctx: &Context, finding: &Finding) -> Vec<u32> {
    let mut names = Vec::with_capacity(finding.posts.len() + finding.people.len() + finding.sessions.len() + 2);
    let place = |ix: Option<usize>| ix.and_then(|ix| u32::try_from(ix + 1).ok()).unwrap_or(u32::MAX);
    names.extend(finding.posts.iter().map(|id| place(ctx.post_ix(id))));
    names.push(0);
    names.extend(finding.people.iter().map(|id| place(ctx.person_ix(id))));
    names.push(0);
    names.extend(finding.sessions.iter().map(|id| place(ctx.session_ix(id))));
    names
}

/// The order of two findings with their keys.
pub(super) fn order(a: &(Key, Finding), b: &(Key, Finding)) -> Ordering {
    order_of((&a.0, &a.1), (&b.0, &b.1))
}

/// The same; what is equal in all that the contract names is ordered by its words and then by the rest.
pub(super) fn order_of(a: (&Key, &Finding), b: (&Key, &Finding)) -> Ordering {
    let rest = |finding: &Finding| (finding.severity, finding.assignments.clone(), finding.not_counted.clone());
    a.0.cmp(b.0).then_with(|| a.1.message.cmp(&b.1.message)).then_with(|| rest(a.1).cmp(&rest(b.1)))
}

/// The findings in order.
pub(super) fn sorted(ctx: &Context, findings: Vec<Finding>) -> Vec<Finding> {
    let mut keyed: Vec<(Key, Finding)> =
        findings.into_iter().map(|finding| (Key::of(ctx, &finding), finding)).collect();
    keyed.sort_by(order);
    keyed.into_iter().map(|(_, finding)| finding).collect()
}
