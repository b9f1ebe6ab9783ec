//! The lanes of one unit in one window, out of the rota.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Assignment, AssignmentId, Normal, Post, PostId, Rota, Span, Status, Unit, Window, WindowId};

use super::need::{add_declined, fill_gaps, need_steps};
use super::spread::{mark_over, spread};
use super::{GridPost, GridUnit, LANES_MAX, LaneWish};

pub(super) type ByPost<'a> = BTreeMap<&'a PostId, Vec<(&'a Assignment, Option<&'a WindowId>)>>;

/// Each post's assignments by start, each with the nearest window if it lies outside all of them.
pub(super) fn assignments_by_post(rota: &Rota) -> ByPost<'_> {
    let mut by_post: ByPost<'_> = BTreeMap::new();
    for assignment in &rota.assignments {
        by_post.entry(&assignment.post).or_default().push((assignment, stray_window(rota, assignment.span)));
    }
    for list in by_post.values_mut() {
        // Of those who start together the longest comes first, so that gaps gather below.
        list.sort_by_key(|(assignment, _)| (assignment.span.from, Reverse(assignment.span.to)));
    }
    by_post
}

/// The window on whose sliver a span is shown that overlaps none: the nearest, the earlier of two.
fn stray_window(rota: &Rota, span: Span) -> Option<&WindowId> {
    if rota.windows.iter().any(|window| window.span.overlaps(span)) {
        return None;
    }
    let distance = |w: &&Window| (w.span.from.0 - span.to.0).max(span.from.0 - w.span.to.0);
    rota.windows.iter().min_by_key(distance).map(|window| &window.id)
}

pub(super) fn build_unit(
    rota: &Rota,
    window: &Window,
    normal: Option<&Normal>,
    unit: &Unit,
    by_post: &ByPost<'_>,
    remembered: &BTreeMap<(WindowId, AssignmentId), usize>,
    wishes: &[&LaneWish],
) -> GridUnit {
    let closed = normal.is_some_and(|normal| normal.closed.contains(&unit.id));
    let normal = normal.filter(|_| !closed);
    let mut posts: Vec<&Post> = rota.posts.iter().filter(|post| post.unit == unit.id).collect();
    posts.sort_by_key(|post| Reverse(unit.tier_index(&post.tier)));
    let build = |post: &Post| {
        let here = by_post.get(&post.id).into_iter().flatten();
        let here = here.filter(|(a, stray)| a.span.overlaps(window.span) || *stray == Some(&window.id));
        let (declined, present): (Vec<&Assignment>, Vec<&Assignment>) =
            here.map(|(assignment, _)| *assignment).partition(|a| a.status == Status::Declined);
        let need = need_steps(rota, window, normal, &post.id);
        let peak = need.iter().map(|step| step.count).max().unwrap_or(0);
        let base = peak.clamp(1, LANES_MAX) as usize;
        let last_lane = |id: &AssignmentId| remembered.get(&(window.id.clone(), id.clone())).copied();
        let mut lanes = spread(&present, base, wishes, last_lane);
        mark_over(&mut lanes, base.max(peak as usize));
        fill_gaps(&mut lanes, window.span, &need);
        for assignment in declined {
            add_declined(&mut lanes, assignment);
        }
        GridPost { id: post.id.clone(), need, peak, lanes, base }
    };
    GridUnit { id: unit.id.clone(), closed, posts: posts.into_iter().map(build).collect() }
}
