//! Sets of time: sorted spans that neither touch nor overlap.

use crate::model::{Instant, Span};

/// Before every time a rota may speak of, and after.
pub const ALWAYS: Span = Span::new(Instant(i64::MIN / 4), Instant(i64::MAX / 4));

/// All time that any of the spans holds.
pub fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    if spans.len() < 2 {
        return spans;
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

/// The parts of `whole` that the set does not hold.
pub fn gaps(whole: Span, set: &[Span]) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut from = whole.from;
    for span in within(set, whole) {
        if from < span.from {
            gaps.push(Span::new(from, span.from));
        }
        from = from.max(span.to);
    }
    if from < whole.to {
        gaps.push(Span::new(from, whole.to));
    }
    gaps
}

/// The parts of the set that lie in `whole`.
pub fn within(set: &[Span], whole: Span) -> impl Iterator<Item = Span> + '_ {
    let first = set.partition_point(|span| span.to <= whole.from);
    set[first..].iter().map_while(move |span| span.overlap(whole))
}

/// Whether the set holds that moment.
pub fn holds(set: &[Span], at: Instant) -> bool {
    set.get(set.partition_point(|span| span.to <= at)).is_some_and(|span| span.contains(at))
}

/// The first set without the second.
pub fn without(set: &[Span], other: &[Span]) -> Vec<Span> {
    set.iter().flat_map(|span| gaps(*span, other)).collect()
}

/// Elapsed minutes in the set.
pub fn minutes(set: &[Span]) -> i64 {
    set.iter().map(|span| span.minutes()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, to: i64) -> Span {
        Span::new(Instant(from), Instant(to))
    }

    #[test]
    fn touching_spans_are_one() {
        assert_eq!(union(vec![span(5, 6), span(0, 2), span(2, 3), span(1, 2), span(9, 9)]), [span(0, 3), span(5, 6)]);
    }

    #[test]
    fn gaps_are_what_is_left() {
        let set = [span(0, 3), span(5, 6)];
        assert_eq!(gaps(span(1, 8), &set), [span(3, 5), span(6, 8)]);
        assert_eq!(gaps(span(3, 5), &set), [span(3, 5)]);
        assert_eq!(gaps(span(0, 3), &set), []);
        assert_eq!(without(&[span(0, 10)], &set), [span(3, 5), span(6, 10)]);
        assert_eq!(minutes(&set), 4);
    }

    #[test]
    fn a_set_holds_its_first_minute_and_not_the_one_after_its_last() {
        let set = [span(0, 3), span(5, 6)];
        assert_eq!([0, 2, 3, 4, 5, 6].map(|at| holds(&set, Instant(at))), [true, true, false, false, true, false]);
        assert_eq!(within(&set, span(2, 9)).collect::<Vec<_>>(), [span(2, 3), span(5, 6)]);
    }
}
