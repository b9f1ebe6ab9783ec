//! Where everything of the grid is, in points from the upper left of its content. No painting.

use egui::{Rect, pos2, vec2};

use super::rows::Row;
use super::view::GridView;
use crate::model::{Instant, Span};
use crate::ui::row_list::Tops;
use crate::ui::theme::Sizes;
use crate::ui::theme::sizes::{HEADER_HOURS, HEADER_WINDOW, HOUR_WIDTH_MIN_FITTED, POST_WIDTHS};

/// Height of the frozen header.
pub(super) const HEADER: f32 = HEADER_WINDOW + HEADER_HOURS;
/// The narrowest that something outside the window is shown on its sliver.
const OUTSIDE_MIN: f32 = 6.0;
/// What the list of rows ends with.
const ADD_ROW: f32 = 36.0;

/// The places of rows and times.
pub(super) struct GridLayout {
    pub sizes: &'static Sizes,
    /// Width of the column of post names.
    pub post: f32,
    /// Width of all frozen columns.
    pub frozen: f32,
    /// Width of what scrolls beside them.
    pub body: f32,
    /// Height of what scrolls under the header.
    pub height: f32,
    /// Points for each minute.
    pub minute: f32,
    span: Span,
    /// Where each row begins, from under the header.
    tops: Tops,
}

impl GridLayout {
    /// Lays the view out in a width (without the scroll bar) for names of at most that width; `hour_least` is the
    /// narrowest that an hour becomes before it scrolls.
    pub(super) fn new(
        view: &GridView<'_>,
        sizes: &'static Sizes,
        width: f32,
        name_width: f32,
        hour_least: f32,
    ) -> Self {
        let tops = Tops::new(view.rows.iter().map(|row| match row {
            Row::Unit(_) => sizes.unit_row,
            Row::Lane(_) | Row::Beside(_) => sizes.lane,
            Row::HaveNeed(_) => sizes.have_need,
            Row::Add => ADD_ROW,
        }));
        let post = (name_width + 24.0).ceil().clamp(POST_WIDTHS.0.max(sizes.post), POST_WIDTHS.1);
        let frozen = post + sizes.bleep + sizes.need;
        let span = view.window.span;
        let column = column_width((sizes, hour_least), view.slots.minutes, span.minutes(), width - frozen);
        let minute = column / view.slots.minutes as f32;
        let body = (slivers(sizes) + minute * span.minutes() as f32).max(width - frozen);
        Self { sizes, post, frozen, body, height: tops.height(), minute, span, tops }
    }

    /// Where a moment is, from the left of the body; on the slivers to scale, as far as they go.
    pub(super) fn x(&self, at: Instant) -> f32 {
        let minutes = self.span.from.minutes_until(at) as f32;
        (self.sizes.sliver + minutes * self.minute).clamp(0.0, self.body)
    }

    /// From where to where a span is; never so narrow that it is lost.
    pub(super) fn x_range(&self, span: Span) -> (f32, f32) {
        let (from, to) = (self.x(span.from), self.x(span.to));
        if to - from >= OUTSIDE_MIN {
            (from, to)
        } else if from >= self.body - OUTSIDE_MIN {
            (self.body - OUTSIDE_MIN, self.body)
        } else {
            (from, from + OUTSIDE_MIN.min((span.minutes() as f32 * self.minute).max(2.0)))
        }
    }

    /// The moment at a place, from the left of the body; the window's first or last minute beside it.
    pub(super) fn at(&self, x: f32) -> Instant {
        let minutes = ((x - self.sizes.sliver) / self.minute).floor();
        let last = (self.span.minutes() - 1).max(0);
        self.span.from.plus((minutes as i64).clamp(0, last))
    }

    /// From where to where a row is, from under the header.
    pub(super) fn y_range(&self, row: usize) -> (f32, f32) {
        self.tops.of(row)
    }

    /// The row at a place, from under the header.
    pub(super) fn row_at(&self, y: f32) -> Option<usize> {
        (0.0..self.height).contains(&y).then(|| self.tops.between(y, y).start)
    }

    /// The rows of which something lies between two heights.
    pub(super) fn rows_between(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        self.tops.between(top, bottom)
    }

    /// The cell of a row over a span, from the upper left of the body.
    pub(super) fn cell(&self, row: usize, span: Span) -> Rect {
        let ((left, right), (top, bottom)) = (self.x_range(span), self.y_range(row));
        Rect::from_min_max(pos2(left, top), pos2(right, bottom))
    }

    /// What a block, gap or have/need cell of a row fills.
    pub(super) fn block(&self, row: usize, span: Span) -> Rect {
        let cell = self.cell(row, span);
        let inset = vec2(if cell.width() > 4.0 { 1.0 } else { 0.0 }, 2.0);
        cell.shrink2(inset)
    }
}

/// The widest multiple of 4 with which the window fits; if that is too narrow, the narrowest there is, and it scrolls.
fn column_width((sizes, hour_least): (&Sizes, f32), slot_minutes: i64, window_minutes: i64, width: f32) -> f32 {
    let narrowest = match slot_minutes {
        15 => sizes.quarter_hour,
        30 => sizes.half_hour,
        _ => hour_least,
    };
    let columns = (window_minutes as f32 / slot_minutes as f32).max(1.0);
    // Where the whole day is to be seen, no room is left over.
    let step = if hour_least <= HOUR_WIDTH_MIN_FITTED { 1.0 } else { 4.0 };
    let fitting = ((width - slivers(sizes)) / columns / step).floor() * step;
    fitting.max(narrowest)
}

/// The least width of both slivers: the last one may be a little narrower.
fn slivers(sizes: &Sizes) -> f32 {
    2.0 * sizes.sliver - 4.0
}
