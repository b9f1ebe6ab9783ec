//! Where everything of the People view is: one time line for all windows, nights at a smaller scale. No painting.

use egui::Rect;

use super::windows::{WindowHead, drawn};
use crate::model::{Instant, Span, TimeOfDay, Zone, words};
use crate::ui::theme::Sizes;

/// Width of the frozen column of names at 1366 points.
const NAMES: f32 = 196.0;
/// Width of the frozen column of names in a large window.
const NAMES_WIDE: f32 = 240.0;
/// Width of the time before, between and after windows.
const NIGHT: f32 = 80.0;
/// Nights inside a window are drawn at this part of its scale.
const NIGHT_SCALE: f32 = 0.4;
/// Windows longer than this have nights of their own.
const LONG_MINUTES: i64 = 16 * 60;
/// Narrowest and widest hour of a window.
const HOUR_WIDTHS: (f32, f32) = (20.0, 84.0);
/// More windows than this have one column of hours together.
const COLUMNS_MAX: usize = 4;
/// Width of a column of hours that may be on call.
const ON_CALL_HOURS: f32 = 48.0;
/// Height of what a bar fills.
pub const BAR: f32 = 20.0;

/// What a part of the time line is.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// Before, between or after windows, with its heading.
    Beside(String),
    /// A window, by its place in the model.
    Window(usize),
    /// A night inside a window.
    Night(usize),
}

/// A part of the time line with one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub kind: PartKind,
    pub span: Span,
    pub left: f32,
    pub right: f32,
}

/// The time line, from the left of the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// From left to right, without holes.
    pub parts: Vec<Part>,
    /// Points for each hour of a window.
    pub hour: f32,
}

impl Axis {
    /// A time line for windows, for so much room.
    pub fn new(windows: &[WindowHead], zone: Zone, room: f32) -> Self {
        let cut = cut(windows, zone);
        let beside = cut.iter().filter(|(kind, _)| matches!(kind, PartKind::Beside(_))).count() as f32 * NIGHT;
        let weight = |kind: &PartKind| match kind {
            PartKind::Beside(_) => 0.0,
            PartKind::Window(_) => 1.0,
            PartKind::Night(_) => NIGHT_SCALE,
        };
        let weighed: f32 = cut.iter().map(|(kind, span)| weight(kind) * span.minutes() as f32 / 60.0).sum();
        let hour = ((room - beside) / weighed.max(1.0)).clamp(HOUR_WIDTHS.0, HOUR_WIDTHS.1);
        let mut left = 0.0;
        let mut parts = Vec::with_capacity(cut.len());
        for (kind, span) in cut {
            let width = match kind {
                PartKind::Beside(_) => NIGHT,
                _ => (weight(&kind) * hour * span.minutes() as f32 / 60.0).round().max(1.0),
            };
            parts.push(Part { kind, span, left, right: left + width });
            left += width;
        }
        Self { parts, hour }
    }

    /// How wide it is.
    pub fn width(&self) -> f32 {
        self.parts.last().map_or(0.0, |part| part.right)
    }

    /// Where a moment is; at its ends for what lies outside.
    pub fn x(&self, at: Instant) -> f32 {
        let part = self.parts.iter().find(|part| at < part.span.to).or(self.parts.last());
        part.map_or(0.0, |part| {
            let share = part.span.from.minutes_until(at) as f32 / part.span.minutes().max(1) as f32;
            part.left + share.clamp(0.0, 1.0) * (part.right - part.left)
        })
    }

    /// The moment at a place.
    pub fn at(&self, x: f32) -> Instant {
        let part = self.parts.iter().find(|part| x < part.right).or(self.parts.last());
        part.map_or(Instant(0), |part| {
            let share = ((x - part.left) / (part.right - part.left)).clamp(0.0, 1.0);
            part.span.from.plus((share * part.span.minutes() as f32).round() as i64)
        })
    }

    /// From where to where a span is.
    pub fn x_range(&self, span: Span) -> (f32, f32) {
        let (left, right) = (self.x(span.from), self.x(span.to));
        (left, right.max(left + 2.0))
    }

    /// Every how many hours a time is written.
    pub fn tick_hours(&self) -> i64 {
        [1, 2, 3, 4, 6].into_iter().find(|hours| *hours as f32 * self.hour >= 62.0).unwrap_or(12)
    }
}

/// The parts of the time line, without places.
fn cut(windows: &[WindowHead], zone: Zone) -> Vec<(PartKind, Span)> {
    let mut parts: Vec<(PartKind, Span)> = Vec::new();
    let whole = drawn(windows);
    let mut from = whole.from;
    for (at, window) in windows.iter().enumerate() {
        if window.span.from > from {
            let span = Span::new(from, window.span.from);
            parts.push((PartKind::Beside(beside_words(zone, span)), span));
        }
        let shown = Span::new(window.span.from.max(from), window.span.to);
        if shown.is_empty() {
            continue;
        }
        let nights = if shown.minutes() > LONG_MINUTES { nights(zone, shown) } else { Vec::new() };
        let mut day_from = shown.from;
        for night in nights {
            if night.from > day_from {
                parts.push((PartKind::Window(at), Span::new(day_from, night.from)));
            }
            parts.push((PartKind::Night(at), night));
            day_from = night.to;
        }
        if day_from < shown.to {
            parts.push((PartKind::Window(at), Span::new(day_from, shown.to)));
        }
        from = shown.to;
    }
    if !windows.is_empty() {
        let span = Span::new(from, whole.to);
        parts.push((PartKind::Beside(beside_words(zone, span)), span));
    }
    parts
}

/// Such as `Mon night` or `Sat daytime`, whichever most of it is, or how long it is where it is more than a day.
fn beside_words(zone: Zone, span: Span) -> String {
    if span.minutes() > 24 * 60 {
        return words::count(u64::try_from(span.minutes() / (24 * 60)).unwrap_or(0), "day");
    }
    let middle = span.from.plus(span.minutes() / 2);
    let day = |at: Instant| zone.civil(at).local.format("%a").to_string();
    let night: i64 = nights(zone, span).iter().map(|night| night.minutes()).sum();
    if 2 * night < span.minutes() {
        return format!("{} daytime", day(middle));
    }
    // The evening that the time lies in, whatever the walkout's hours.
    format!("{} night", day(middle.plus(-8 * 60)))
}

/// The hours between 21:00 and 07:00.
fn nights(zone: Zone, span: Span) -> Vec<Span> {
    let time = |hours: u16| TimeOfDay::from_minutes(hours * 60);
    match (time(21), time(7)) {
        (Some(start), Some(end)) => zone.daily_parts(span, start, end),
        _ => Vec::new(),
    }
}

/// The places of the columns at both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Width of the names.
    pub names: f32,
    /// Right edge of each column of hours, from the left of the figures.
    pub hours: Vec<f32>,
    /// Right edge of the 7 days.
    pub week: f32,
    /// Right edge of the rest.
    pub rest: f32,
    pub figures: f32,
}

impl Columns {
    /// The columns for so many windows; with room for a moon where anybody is on call.
    pub fn new(windows: usize, has_on_call: bool, sizes: &Sizes) -> Self {
        let names = if sizes.people > 220.0 { NAMES_WIDE } else { NAMES };
        let (count, width) = if windows > COLUMNS_MAX { (1, 52.0) } else { (windows, 36.0) };
        let width = if has_on_call { ON_CALL_HOURS.max(width) } else { width };
        let hours: Vec<f32> = (1..=count).map(|at| 4.0 + at as f32 * width).collect();
        let week = hours.last().copied().unwrap_or(4.0) + 50.0;
        let rest = week + 60.0;
        Self { names, hours, week, rest, figures: rest + 8.0 }
    }

    /// Whether all windows share one column of hours.
    pub fn has_total(&self, windows: usize) -> bool {
        windows > self.hours.len()
    }
}

/// What a bar fills in its row.
pub fn bar_rect(row: Rect, x: (f32, f32), below: bool) -> Rect {
    let top = row.top() + if below { 4.0 + BAR } else { 3.0 };
    let height = if below { BAR - 1.0 } else { BAR };
    let inset = if x.1 - x.0 > 4.0 { 0.5 } else { 0.0 };
    Rect::from_x_y_ranges(x.0 + inset..=x.1 - inset, top..=top + height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::fixture::span;

    fn head(from: &str, to: &str) -> WindowHead {
        let span = span(from, to);
        WindowHead { span, at: 0, day: String::new(), date: String::new(), times: String::new() }
    }

    fn two_days() -> [WindowHead; 2] {
        [head("2016-04-26T08:00", "2016-04-26T17:00"), head("2016-04-27T08:00", "2016-04-27T17:00")]
    }

    #[test]
    fn two_days_fit_and_nights_are_narrow() {
        let axis = Axis::new(&two_days(), Zone::LONDON, 702.0);
        assert!((axis.width() - 702.0).abs() < 2.0, "{}", axis.width());
        let told: Vec<String> = axis
            .parts
            .iter()
            .map(|part| match &part.kind {
                PartKind::Beside(words) => format!("{words} {}", part.right - part.left),
                PartKind::Window(at) | PartKind::Night(at) => format!("{at} {}", part.right - part.left),
            })
            .collect();
        assert_eq!(told, ["Mon night 80", "0 231", "Tue night 80", "1 231", "Wed night 80"]);
    }

    #[test]
    fn what_lies_between_nights_is_daytime() {
        let nights = [head("2025-07-25T20:00", "2025-07-26T08:00"), head("2025-07-26T20:00", "2025-07-27T08:00")];
        let axis = Axis::new(&nights, Zone::LONDON, 700.0);
        let beside = axis.parts.iter().filter_map(|part| match &part.kind {
            PartKind::Beside(words) => Some(words.as_str()),
            _ => None,
        });
        assert_eq!(beside.collect::<Vec<_>>(), ["Fri daytime", "Sat daytime", "Sun daytime"]);
    }

    #[test]
    fn places_and_times_are_each_others_inverse() {
        let axis = Axis::new(&two_days(), Zone::LONDON, 702.0);
        for minutes in (0..540).step_by(15) {
            let at = two_days()[1].span.from.plus(minutes);
            assert_eq!(axis.at(axis.x(at)), at);
        }
        assert!(axis.x(Instant(0)).abs() < 0.01);
        assert!((axis.x(Instant(i64::MAX / 4)) - axis.width()).abs() < 0.01);
    }

    #[test]
    fn nights_of_a_long_window_are_drawn_at_a_smaller_scale() {
        let windows = [head("2016-04-26T07:00", "2016-04-27T07:00"), head("2016-04-27T07:00", "2016-04-28T07:00")];
        let axis = Axis::new(&windows, Zone::LONDON, 700.0);
        let kinds: Vec<&PartKind> = axis.parts.iter().map(|part| &part.kind).collect();
        assert!(matches!(
            kinds.as_slice(),
            [
                PartKind::Beside(_),
                PartKind::Window(0),
                PartKind::Night(0),
                PartKind::Window(1),
                PartKind::Night(1),
                PartKind::Beside(_)
            ]
        ));
        let width = |at: usize| axis.parts[at].right - axis.parts[at].left;
        assert!(width(2) < width(1) / 2.0);
    }

    #[test]
    fn ten_windows_scroll_and_have_one_column_of_hours() {
        let day = |at: i64| {
            let first = head("2016-04-26T08:00", "2016-04-26T17:00");
            let move_on = |time: Instant| time.plus(at * 24 * 60);
            WindowHead { span: Span::new(move_on(first.span.from), move_on(first.span.to)), ..first }
        };
        let windows: Vec<WindowHead> = (0..10).map(day).collect();
        let axis = Axis::new(&windows, Zone::LONDON, 700.0);
        assert!(axis.width() > 2000.0);
        let columns = Columns::new(10, false, &crate::ui::theme::sizes::COMPACT);
        assert!(columns.has_total(10) && columns.figures < 200.0);
        assert!(!Columns::new(2, true, &crate::ui::theme::sizes::COMPACT).has_total(2));
    }

    #[test]
    fn no_window_is_no_trouble() {
        let axis = Axis::new(&[], Zone::LONDON, 700.0);
        assert!(axis.width() + axis.x(Instant(5)) < 0.01);
        assert_eq!(axis.at(3.0), Instant(0));
    }
}
