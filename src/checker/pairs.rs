//! Pairs of things at the same time: looked up in order, and of very many only as many as are listed.

use super::context::{Context, Held, WindowIx};
use super::listed::Listing;
use super::spans;
use crate::model::{Instant, Span};

/// So many pairs of one person are looked at for one rule; beyond that only the first where nothing is told yet.
const PAIRS_MAX: usize = 200_000;

/// So many more are looked at for these.
const SEARCHED_MAX: usize = 50_000_000;

/// Things that somebody's assignments may be at the same time as.
pub(super) struct Others<T> {
    /// In order.
    items: Vec<(Span, T)>,
    /// For each, the latest end up to there.
    latest: Vec<Instant>,
    all: Vec<Span>,
}

impl<T: Copy> Others<T> {
    pub(super) fn new(items: impl Iterator<Item = (Span, T)>) -> Self {
        let mut items: Vec<(Span, T)> = items.collect();
        items.sort_by_key(|(span, _)| *span);
        let mut latest: Vec<Instant> = items.iter().map(|(span, _)| span.to).collect();
        for at in 1..latest.len() {
            latest[at] = latest[at].max(latest[at - 1]);
        }
        let all = spans::union(items.iter().map(|(span, _)| *span).collect());
        Self { items, latest, all }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All that could share a minute with the span, and maybe some more.
    fn near(&self, span: Span) -> &[(Span, T)] {
        let from = self.latest.partition_point(|to| *to <= span.from);
        let to = self.items.partition_point(|(other, _)| other.from < span.to);
        &self.items[from..to.max(from)]
    }

    /// Those that share a minute with the span, in order.
    pub(super) fn at(&self, span: Span) -> impl Iterator<Item = (Span, T)> + '_ {
        self.near(span).iter().copied().filter(move |(other, _)| other.overlaps(span))
    }
}

/// How much is looked at for one person and rule.
pub(super) struct Effort {
    pairs: usize,
    searched: usize,
}

impl Effort {
    pub(super) fn new() -> Self {
        Self { pairs: PAIRS_MAX, searched: SEARCHED_MAX }
    }

    /// Tells what the assignment is at the same time as, window by window: at least once where nothing is told yet.
    ///
    /// Where there is so much that it is not gone through, the first thing there is taken even if it is not `meant`:
    /// one finding too many is better than one too few.
    pub(super) fn pairs<T: Copy, S>(
        &mut self,
        ctx: &Context,
        own: &Held,
        others: &Others<T>,
        meant: impl Fn(T) -> bool,
        (state, room, tell): (&mut S, impl Fn(&mut S, WindowIx) -> Listing, impl Fn(&mut S, WindowIx, Span, T)),
    ) {
        if others.is_empty() {
            return;
        }
        for (window, part) in ctx.windows_in(own.span) {
            if spans::within(&others.all, part).next().is_none() {
                continue;
            }
            let near = others.near(part);
            let at_once = || near.iter().filter_map(|(span, item)| Some((span.overlap(part)?, *item)));
            if near.len() <= self.pairs {
                self.pairs -= near.len();
                for (both, item) in at_once().filter(|(_, item)| meant(*item)) {
                    if room(state, window) == Listing::Full {
                        break;
                    }
                    tell(state, window, both, item);
                }
            } else if room(state, window) == Listing::Empty {
                let is_too_far = near.len() > self.searched;
                self.searched = self.searched.saturating_sub(near.len());
                if let Some((both, item)) = at_once().find(|(_, item)| is_too_far || meant(*item)) {
                    tell(state, window, both, item);
                }
            }
        }
    }
}
