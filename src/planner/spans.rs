//! Lists of spans in order of time.

use crate::model::Span;

/// The union of the spans, in order; touching ones are one.
pub(super) fn merged(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    spans.sort();
    let mut union: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match union.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => union.push(span),
        }
    }
    union
}

/// Whether one of these spans overlaps the other; they are in order and none touches the next.
pub(super) fn any_overlaps(spans: &[Span], other: Span) -> bool {
    spans.get(spans.partition_point(|span| span.to <= other.from)).is_some_and(|span| span.overlaps(other))
}

/// What of these spans lies in the other; they are in order and none touches the next.
pub(super) fn parts_in(spans: &[Span], other: Span) -> impl Iterator<Item = Span> {
    let first = spans.partition_point(|span| span.to <= other.from);
    spans[first..].iter().map_while(move |span| span.overlap(other))
}
