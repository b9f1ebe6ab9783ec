//! The order of findings: window, unit (null last), code, from, to, tier, post, people, sessions.

use std::cmp::Ordering;

use super::context::Context;
use super::finding::Finding;
use crate::model::TierId;

/// What a finding is sorted by first: places in the rota, with null after all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    window: u32,
    unit: u32,
    code: super::Code,
    from: i64,
    to: i64,
    tier: u32,
}

impl Key {
    pub(super) fn of(ctx: &Context, finding: &Finding) -> Self {
        let unit = finding.unit.as_ref().and_then(|id| ctx.unit_ix(id));
        let tier = |id: &TierId| ctx.rota.units.get(unit?)?.tier_index(id);
        Self {
            window: place(finding.window.as_ref().and_then(|id| ctx.window_ix(id))),
            unit: place(unit),
            code: finding.code,
            from: finding.span.map_or(i64::MAX, |span| span.from.0),
            to: finding.span.map_or(i64::MAX, |span| span.to.0),
            tier: place(finding.tier.as_ref().and_then(tier)),
        }
    }

    /// The place of its window.
    pub(super) fn window(&self) -> u32 {
        self.window
    }
}

fn place(ix: Option<usize>) -> u32 {
    ix.and_then(|ix| u32::try_from(ix).ok()).unwrap_or(u32::MAX)
}

/// The order of two findings with their keys; what is equal in all that `docs/file-format.md` names is ordered by its
/// words and then by the rest.
pub(super) fn order(ctx: &Context, a: (&Key, &Finding), b: (&Key, &Finding)) -> Ordering {
    let names = || {
        by_place(&a.1.posts, &b.1.posts, |id| ctx.post_ix(id))
            .then_with(|| by_place(&a.1.people, &b.1.people, |id| ctx.person_ix(id)))
            .then_with(|| by_place(&a.1.sessions, &b.1.sessions, |id| ctx.session_ix(id)))
    };
    let rest = |finding: &'_ Finding| (finding.severity, finding.assignments.clone(), finding.not_counted.clone());
    a.0.cmp(b.0).then_with(names).then_with(|| a.1.message.cmp(&b.1.message)).then_with(|| rest(a.1).cmp(&rest(b.1)))
}

/// The order of two lists of names by their places in the rota; the shorter first where it is how the longer begins.
///
/// Few findings come this far, and most differ in the first name: places are looked up only until one is found.
fn by_place<Id: PartialEq>(a: &[Id], b: &[Id], place_of: impl Fn(&Id) -> Option<usize>) -> Ordering {
    let differ = a.iter().zip(b).find(|(one, other)| one != other);
    match differ {
        Some((one, other)) => place(place_of(one)).cmp(&place(place_of(other))),
        None => a.len().cmp(&b.len()),
    }
}

/// The findings in order, each with its key.
pub(super) fn sorted(ctx: &Context, mut findings: Vec<Finding>) -> (Vec<Key>, Vec<Finding>) {
    let keys: Vec<Key> = findings.iter().map(|finding| Key::of(ctx, finding)).collect();
    let mut places: Vec<usize> = (0..findings.len()).collect();
    // Findings are large: what is moved about is where they stand.
    places.sort_by(|&a, &b| order(ctx, (&keys[a], &findings[a]), (&keys[b], &findings[b])));
    let in_order = places.iter().map(|at| take(&mut findings[*at])).collect();
    (places.iter().map(|at| keys[*at]).collect(), in_order)
}

/// Moves a finding out of a list and leaves one that says nothing.
pub(super) fn take(finding: &mut Finding) -> Finding {
    let nothing = Finding::new(finding.code, finding.severity, String::new());
    std::mem::replace(finding, nothing)
}
