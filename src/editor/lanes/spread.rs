//! Which lane each assignment is drawn on.

use crate::model::{Assignment, AssignmentId, Instant};

use super::{Block, Lane, LaneWish};

/// Why an assignment is on a lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// An edit wants it there.
    Wished(usize),
    /// It was there, on a lane of doctors normally there.
    Kept(usize),
    /// It was, or is wished, on a lane over normal, where nobody stays while there is room above.
    Extra(usize),
    /// It has never been drawn.
    Fresh,
}

/// Puts every assignment (given by start) on a lane. Nobody leaves a lane because somebody else was edited; only from
/// lanes over normal one goes up into room, so that they can close.
pub(super) fn spread(
    present: &[&Assignment],
    base: usize,
    wishes: &[&LaneWish],
    last_lane: impl Fn(&AssignmentId) -> Option<usize>,
) -> Vec<Lane> {
    let claim = |assignment: &Assignment| {
        let wish = wishes.iter().rev().find(|wish| wish.assignment == assignment.id).map(|wish| wish.lane);
        match (wish, last_lane(&assignment.id)) {
            (Some(lane), _) if lane < base => Claim::Wished(lane),
            (None, Some(lane)) if lane < base => Claim::Kept(lane),
            (Some(lane), _) | (None, Some(lane)) => Claim::Extra(lane),
            (None, None) => Claim::Fresh,
        }
    };
    let mut order: Vec<(Claim, &Assignment)> = present.iter().map(|a| (claim(a), *a)).collect();
    order.sort_by_key(|(claim, _)| *claim);
    let mut lanes = vec![Lane::default(); base];
    for (claim, assignment) in order {
        let is_free = |lane: &usize| lanes.get(*lane).is_some_and(|lane| lane.is_free(assignment.span));
        let wanted = match claim {
            Claim::Wished(lane) | Claim::Kept(lane) => Some(lane).filter(is_free),
            Claim::Extra(lane) => (0..base).find(is_free).or(Some(lane).filter(is_free)),
            Claim::Fresh => None,
        };
        let lane = wanted.or_else(|| (0..lanes.len()).find(is_free)).unwrap_or(lanes.len());
        if lane == lanes.len() {
            lanes.push(Lane::default());
        }
        lanes[lane].add(Block::of(assignment));
    }
    lanes
}

/// Says of each lane over normal by how many people there are more than that while somebody is on it.
pub(super) fn mark_over(lanes: &mut [Lane], normal: usize) {
    if lanes.len() <= normal {
        return;
    }
    let starts = lanes.iter().flat_map(|lane| lane.blocks.iter().map(|block| block.span.from));
    let present = |at: Instant| lanes.iter().filter(|lane| lane.block_at(at).is_some()).count();
    let present: Vec<(Instant, usize)> = starts.map(|at| (at, present(at))).collect();
    for (index, lane) in lanes.iter_mut().enumerate().skip(normal) {
        let on_it = present.iter().filter(|(at, _)| lane.block_at(*at).is_some());
        let most = on_it.map(|(_, count)| *count).max().unwrap_or(0);
        lane.over = most.saturating_sub(normal).min(index + 1 - normal) as u32;
    }
}
