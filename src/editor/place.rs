//! How a window is cut into slots, and rectangles of them.
//!
//! A slot is 15, 30 or 60 *elapsed* minutes, counted so that at the window's start slots begin on the civil quarter,
//! half or hour. On the night the clocks go back a window simply has four more quarters, and no slot ever lasts longer
//! than another. The first and the last slot of a window are cut to it.

use crate::model::{Instant, Span, Zone};

use super::lanes::GridWindow;
use super::selection::CellRange;

impl CellRange {
    /// Its lanes, topmost first, and its time; nothing if it does not lie in the window.
    pub fn resolve(&self, window: &GridWindow) -> Option<Rect> {
        let (a, b) = (window.row_index(&self.anchor.row)?, window.row_index(&self.last.row)?);
        let span = self.span().overlap(window.span)?;
        Some(Rect { rows: a.min(b)..a.max(b) + 1, span })
    }
}

/// A rectangle of cells as indices into the window's rows and as time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rect {
    /// Indices into [`GridWindow::rows`].
    pub rows: std::ops::Range<usize>,
    /// From the first minute of the first slot to the last of the last.
    pub span: Span,
}

/// How a window is cut into slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    /// The window's span.
    pub span: Span,
    /// Elapsed minutes of a whole slot.
    pub minutes: i64,
    /// Minutes by which civil time is ahead of UTC at the window's start.
    offset: i64,
}

impl Slots {
    /// Cuts `span` into slots of so many minutes.
    pub fn new(span: Span, zone: Zone, minutes: i64) -> Self {
        Self { span, minutes: minutes.max(1), offset: zone.offset_minutes(span.from) }
    }

    /// How many there are.
    pub fn len(self) -> usize {
        if self.span.is_empty() { 0 } else { self.index_at(Instant(self.span.to.0 - 1)) + 1 }
    }

    /// Whether the window has no minute.
    pub fn is_empty(self) -> bool {
        self.span.is_empty()
    }

    /// The slot that holds `at`, or the nearest one if `at` lies outside the window.
    pub fn slot_at(self, at: Instant) -> Span {
        let at = self.clamp(at);
        let from = (at.0 + self.offset).div_euclid(self.minutes) * self.minutes - self.offset;
        let whole = Span::new(Instant(from), Instant(from + self.minutes));
        whole.overlap(self.span).unwrap_or(self.span)
    }

    /// The place of the slot that holds `at`, 0 for the first.
    pub fn index_at(self, at: Instant) -> usize {
        let count = |at: Instant| (at.0 + self.offset).div_euclid(self.minutes);
        usize::try_from(count(self.clamp(at)) - count(self.span.from)).unwrap_or(0)
    }

    /// The slot at that place, the last one if there are fewer.
    pub fn slot(self, index: usize) -> Span {
        let first = (self.span.from.0 + self.offset).div_euclid(self.minutes) * self.minutes - self.offset;
        let steps = i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(self.minutes);
        self.slot_at(Instant(first.saturating_add(steps)))
    }

    /// All slots in order.
    pub fn iter(self) -> impl Iterator<Item = Span> {
        (0..self.len()).map(move |index| self.slot(index))
    }

    /// The edge between slots that is nearest to `at`; may lie outside the window.
    pub fn nearest_edge(self, at: Instant) -> Instant {
        let half = self.minutes / 2;
        Instant((at.0 + self.offset + half).div_euclid(self.minutes) * self.minutes - self.offset)
    }

    fn clamp(self, at: Instant) -> Instant {
        Instant(at.0.clamp(self.span.from.0, (self.span.to.0 - 1).max(self.span.from.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civil(zone: Zone, text: &str) -> Instant {
        let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        zone.instant(local, false).unwrap()
    }

    #[test]
    fn slots_begin_on_the_civil_hour_and_are_cut_to_the_window() {
        let zone = Zone::LONDON;
        let span = Span::new(civil(zone, "2016-04-26T07:20"), civil(zone, "2016-04-26T10:10"));
        let slots = Slots::new(span, zone, 60);
        let lengths: Vec<i64> = slots.iter().map(Span::minutes).collect();
        assert_eq!(lengths, [40, 60, 60, 10]);
        assert_eq!(slots.slot_at(civil(zone, "2016-04-26T09:59")), slots.slot(2));
        assert_eq!(slots.slot_at(civil(zone, "2016-04-27T09:59")), slots.slot(3), "outside: the nearest");
        assert_eq!(slots.nearest_edge(civil(zone, "2016-04-26T08:29")), civil(zone, "2016-04-26T08:00"));
        assert_eq!(slots.nearest_edge(civil(zone, "2016-04-26T08:30")), civil(zone, "2016-04-26T09:00"));
    }

    #[test]
    fn both_clock_change_nights_are_cut_into_equal_slots() {
        let zone = Zone::LONDON;
        for (from, to, hours) in
            [("2026-10-24T20:00", "2026-10-25T08:00", 13), ("2026-03-28T20:00", "2026-03-29T08:00", 11)]
        {
            let slots = Slots::new(Span::new(civil(zone, from), civil(zone, to)), zone, 60);
            assert_eq!(slots.len(), hours);
            assert!(slots.iter().all(|slot| slot.minutes() == 60));
            assert_eq!(slots.iter().map(Span::minutes).sum::<i64>(), slots.span.minutes());
        }
    }

    #[test]
    fn quarters_follow_a_zone_that_is_not_on_the_hour() {
        let zone = Zone::named("Asia/Kathmandu").unwrap();
        let span = Span::new(civil(zone, "2016-04-26T08:00"), civil(zone, "2016-04-26T10:00"));
        assert_eq!(Slots::new(span, zone, 60).len(), 2);
        assert_eq!(Slots::new(span, zone, 30).len(), 4);
    }
}
