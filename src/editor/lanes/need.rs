//! How many doctors a post normally has, and where that leaves gaps on its lanes.

use std::cmp::Reverse;

use crate::model::{Assignment, Instant, Normal, PostId, Rota, Span, Window};

use super::{Block, Lane, NeedStep};

/// The need of one post over the whole window.
pub(super) fn need_steps(rota: &Rota, window: &Window, normal: Option<&Normal>, post: &PostId) -> Vec<NeedStep> {
    let lines = normal.into_iter().flat_map(|normal| &normal.staffing).filter(|line| line.post == *post);
    let mut parts: Vec<(Span, u32)> = Vec::new();
    for line in lines {
        let daily = rota.zone().daily_parts(window.span, line.from, line.to);
        parts.extend(daily.into_iter().map(|part| (part, line.count)));
    }
    let edges = edges_within(window.span, parts.iter().map(|(part, _)| *part));
    let mut steps: Vec<NeedStep> = Vec::new();
    for pair in edges.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let holding = parts.iter().filter(|(part, _)| part.contains(span.from));
        let count = holding.fold(0u32, |sum, (_, count)| sum.saturating_add(*count));
        match steps.last_mut() {
            Some(last) if last.count == count => last.span.to = span.to,
            _ => steps.push(NeedStep { span, count }),
        }
    }
    steps
}

/// The ends of `whole` and all edges of `parts` inside it, in order, each once.
fn edges_within(whole: Span, parts: impl Iterator<Item = Span>) -> Vec<Instant> {
    let mut edges = vec![whole.from, whole.to];
    edges.extend(parts.flat_map(|part| [part.from, part.to]).filter(|at| whole.contains(*at)));
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Marks, minute by minute, as many empty lanes as people are missing as gaps, topmost first, and the rest as idle.
pub(super) fn fill_gaps(lanes: &mut [Lane], window: Span, need: &[NeedStep]) {
    let blocks = lanes.iter().flat_map(|lane| lane.blocks.iter().map(|block| block.span));
    let edges = edges_within(window, blocks.chain(need.iter().map(|step| step.span)));
    for pair in edges.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let needed = need.iter().find(|step| step.span.contains(span.from)).map_or(0, |step| step.count) as usize;
        let present = lanes.iter().filter(|lane| lane.block_at(span.from).is_some()).count();
        let mut missing = needed.saturating_sub(present);
        for lane in lanes.iter_mut().filter(|lane| lane.block_at(span.from).is_none()) {
            let spans = if missing > 0 { &mut lane.gaps } else { &mut lane.idle };
            missing = missing.saturating_sub(1);
            match spans.last_mut() {
                Some(last) if last.to == span.from => last.to = span.to,
                _ => spans.push(span),
            }
        }
    }
}

/// Remembers who declined on the lane whose gaps it would have filled best.
pub(super) fn add_declined(lanes: &mut [Lane], assignment: &Assignment) {
    let filled = |lane: &Lane| -> i64 {
        lane.gaps.iter().filter_map(|gap| gap.overlap(assignment.span)).map(Span::minutes).sum()
    };
    let best = lanes.iter_mut().max_by_key(|lane| (filled(lane), Reverse(lane.declined.len())));
    if let Some(lane) = best.filter(|lane| filled(lane) > 0) {
        lane.declined.push(Block::of(assignment));
    }
}
