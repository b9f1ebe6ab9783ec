//! Draws the heading of the People view: windows, hours, and what the figures are.

use egui::{Align2, Painter, Rect, Stroke, pos2};

use super::layout::PartKind;
use super::paint::{HEADER, PeoplePainter};
use crate::model::Span;
use crate::ui::theme::Type;

impl PeoplePainter<'_> {
    pub(super) fn paint_edges(&self) {
        let edge = Stroke::new(1.0, self.tokens.line2);
        for x in [self.frame.body.left() - 0.5, self.frame.body.right() + 0.5] {
            self.painter.vline(x, self.frame.whole.y_range(), edge);
        }
    }

    pub(super) fn paint_header(&self) {
        let t = self.tokens;
        let header = self.frame.whole.with_max_y(self.frame.whole.top() + HEADER);
        self.painter.rect_filled(header, 0.0, t.head);
        let over_body = Rect::from_x_y_ranges(self.frame.body.x_range(), header.y_range());
        self.paint_time_line(&self.painter.with_clip_rect(over_body.intersect(self.painter.clip_rect())), over_body);
        self.paint_figure_heads(header);
        self.painter.hline(header.x_range(), header.bottom() - 0.5, Stroke::new(1.0, t.line2));
        for x in [over_body.left() - 0.5, over_body.right() + 0.5] {
            self.painter.vline(x, header.y_range(), Stroke::new(1.0, t.line2));
        }
    }

    pub(super) fn paint_time_line(&self, painter: &Painter, rect: Rect) {
        let t = self.tokens;
        let first_line = rect.top() + 13.0;
        for part in &self.axis.parts {
            let PartKind::Beside(words) = &part.kind else { continue };
            let middle = self.frame.origin.x + 0.5 * (part.left + part.right);
            painter.text(pos2(middle, first_line), Align2::CENTER_CENTER, words, Type::Small.font(), t.text2);
        }
        let mut free_from = f32::NEG_INFINITY;
        for window in &self.model.windows {
            let (left, right) = self.x_range(window.span);
            let mut at = left.max(rect.left() + 4.0).min(right - 4.0);
            let date = painter.layout_no_wrap(window.date.clone(), Type::Strong.font(), t.text);
            let times = painter.layout_no_wrap(window.times.clone(), Type::Small.font(), t.text2);
            let clip = painter
                .with_clip_rect(Rect::from_x_y_ranges(left..=right, rect.y_range()).intersect(painter.clip_rect()));
            let date_right = at + date.size().x;
            clip.galley(pos2(at, first_line - 0.5 * date.size().y), date, t.text);
            at = date_right + 9.0;
            if at + times.size().x <= right {
                clip.galley(pos2(at, first_line - 0.5 * times.size().y), times, t.text2);
            }
            self.paint_ticks(painter, rect, window.span, &mut free_from);
        }
    }

    /// Times of day under the date, at most one where there is room for it.
    pub(super) fn paint_ticks(&self, painter: &Painter, rect: Rect, window: Span, free_from: &mut f32) {
        let t = self.tokens;
        let step = self.axis.tick_hours() * 60;
        let count = window.minutes() / step;
        let mut ticks: Vec<_> = (0..=count).map(|at| window.from.plus(at * step)).collect();
        if ticks.last().is_some_and(|last| *last != window.to) {
            // The end of the window is always written; the tick before it gives way.
            if ticks.last().is_some_and(|last| self.axis.x(window.to) - self.axis.x(*last) < 44.0) {
                ticks.pop();
            }
            ticks.push(window.to);
        }
        for at in ticks {
            let x = self.frame.origin.x + self.axis.x(at);
            let galley = painter.layout_no_wrap(self.zone.time_of_day(at).to_string(), Type::Small.font(), t.text);
            let left = x - 0.5 * galley.size().x;
            // A time that would be cut at the edge reads as another.
            if left < *free_from || left < rect.left() || left + galley.size().x > rect.right() {
                continue;
            }
            *free_from = left + galley.size().x + 6.0;
            painter.galley(pos2(left, rect.top() + 31.0 - 0.5 * galley.size().y), galley, t.text);
        }
    }

    pub(super) fn paint_figure_heads(&self, header: Rect) {
        let t = self.tokens;
        let rect = Rect::from_x_y_ranges(self.frame.figures().x_range(), header.y_range());
        let painter = self.painter.with_clip_rect(rect.intersect(self.painter.clip_rect()));
        let put = |right: f32, y: f32, text: &str, role: Type| {
            painter.text(pos2(rect.left() + right, rect.top() + y), Align2::RIGHT_CENTER, text, role.font(), t.text2);
        };
        put(self.columns.rest, 13.0, "Hours on the rota, least rest", Type::Small);
        if self.columns.has_total(self.model.windows.len()) {
            put(self.columns.hours[0], 31.0, "All", Type::SmallStrong);
        } else {
            for (right, window) in self.columns.hours.iter().zip(&self.model.windows) {
                put(*right, 31.0, &window.day, Type::SmallStrong);
            }
        }
        put(self.columns.week, 31.0, "7 days", Type::SmallStrong);
        put(self.columns.rest, 31.0, "Rest", Type::SmallStrong);
    }
}
