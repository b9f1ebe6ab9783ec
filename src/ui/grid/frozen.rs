//! What stays in sight while the grid is scrolled: post, bleep and need at the left, the window and its hours on top.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Rangef, Rect, Stroke, pos2};

use super::paint::{GridPainter, hairline};
use super::rows::{LaneRow, Row, UnitNote, UnitRow};
use crate::checker::Verdict;
use crate::model::{Instant, words};
use crate::ui::cell_paint::NOT_AGREED;
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::theme::Type;
use crate::ui::theme::sizes::{HEADER_WINDOW, PANEL_PADDING};

impl GridPainter<'_, '_> {
    pub(super) fn paint_frozen(&self) {
        let (t, area) = (self.tokens, self.frame.frozen());
        let painter = self.painter.with_clip_rect(area.intersect(self.painter.clip_rect()));
        painter.rect_filled(area, 0.0, t.surface);
        for index in self.rows_in_sight() {
            let (top, bottom) = self.row_y(index);
            let row = Rect::from_min_max(pos2(area.left(), top), pos2(area.right(), bottom));
            match &self.view.rows[index] {
                Row::Unit(unit) => self.paint_unit_head(&painter, row, unit),
                Row::Lane(lane) => self.paint_post(&painter, row, index, lane),
                Row::Beside(_) => {
                    let at = pos2(row.left() + PANEL_PADDING, row.center().y);
                    painter.text(at, Align2::LEFT_CENTER, "suggested as extra", Type::Small.font(), t.plan_text);
                    painter.add(hairline(row, t.line));
                }
                Row::HaveNeed(_) => {
                    painter.rect_filled(row, 0.0, t.sunken);
                    let at = pos2(row.right() - 8.0, row.center().y);
                    let words = match (self.view.is_current(), self.view.is_need_agreed()) {
                        (false, _) => "Have / need (not current)",
                        (true, false) => "Have / need (figures not agreed)",
                        (true, true) => "Have / need",
                    };
                    painter.text(at, Align2::RIGHT_CENTER, words, Type::SmallStrong.font(), t.text2);
                    painter.add(hairline(row, t.line2));
                }
                Row::Add => {}
            }
        }
        let edge = area.right() - 0.5;
        self.painter.vline(edge, self.frame.whole.y_range(), Stroke::new(1.0, t.line2));
    }

    /// The unit's caret and name, and what else its heading says, over the frozen columns and the body.
    fn paint_unit_head(&self, frozen: &Painter, row: Rect, unit: &UnitRow<'_>) {
        let t = self.tokens;
        let whole = Rect::from_min_max(row.min, pos2(self.frame.whole.right(), row.bottom()));
        let painter = self.painter.with_clip_rect(Rect::from_min_max(self.frame.frozen().min, self.frame.whole.max));
        frozen.rect_filled(row, 0.0, t.head);
        let middle = row.center().y;
        let caret = if unit.folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
        icons::paint(&painter, pos2(row.left() + 13.0, middle), caret, icons::IN_BLOCK, t.text2);
        let name = painter.layout_no_wrap(words::safe(&unit.unit.name).into_owned(), Type::Unit.font(), t.text);
        let end = row.left() + 24.0 + name.size().x;
        painter.galley(pos2(row.left() + 24.0, middle - 0.5 * name.size().y), name, t.text);
        if let Some((mark, word)) = self.verdict_words(unit) {
            mark.paint(&painter, pos2(end + 20.0, middle), 14.0, t);
            painter.text(pos2(end + 32.0, middle), Align2::LEFT_CENTER, word, Type::Small.font(), t.text);
        }
        let end = self.head_end(unit);
        if let Some(note) = unit.note {
            let colour = if note == UnitNote::NoNormal { t.amber_text } else { t.text2 };
            let at = pos2(self.note_left(end), middle);
            painter.text(at, Align2::LEFT_CENTER, note.text(), Type::Small.font(), colour);
        }
        if unit.folded {
            painter.add(hairline(whole, t.line2));
        } else if t.is_high_contrast() {
            painter.add(hairline(whole, t.line));
        }
    }

    /// The mark and words of the unit's verdict beside its name.
    fn verdict_words(&self, unit: &UnitRow<'_>) -> Option<(Mark, String)> {
        let (mark, word) = unit.verdict.and_then(verdict_mark)?;
        let is_current = self.view.is_current();
        Some(if is_current { (mark, word.to_owned()) } else { (Mark::NotCurrent, format!("was {word}")) })
    }

    /// Where the unit's name and its verdict end.
    fn head_end(&self, unit: &UnitRow<'_>) -> f32 {
        let width =
            |text: String, role: Type| self.painter.layout_no_wrap(text, role.font(), self.tokens.text).size().x;
        let name = width(words::safe(&unit.unit.name).into_owned(), Type::Unit);
        let verdict = self.verdict_words(unit).map_or(0.0, |(_, word)| 32.0 + width(word, Type::Small));
        self.frame.whole.left() + 24.0 + name + verdict
    }

    /// Where what else the heading says begins.
    fn note_left(&self, head_end: f32) -> f32 {
        (head_end + 12.0).max(self.frame.body.left() + 16.0)
    }

    /// Where that ends.
    pub(super) fn note_end(&self, unit: &UnitRow<'_>) -> f32 {
        let text = unit.note.map_or("", UnitNote::text).to_owned();
        let width = self.painter.layout_no_wrap(text, Type::Small.font(), self.tokens.text).size().x;
        self.note_left(self.head_end(unit)) + width
    }

    fn paint_post(&self, painter: &Painter, row: Rect, index: usize, lane: &LaneRow<'_>) {
        let t = self.tokens;
        let left = row.left() + PANEL_PADDING;
        let lanes = lane.of.lanes.len();
        let (post, middle) = (lane.post, row.center().y);
        if lane.row.lane == 0 {
            let width = self.layout.post - PANEL_PADDING - 6.0;
            // A long name goes on beside the second lane; the whole of it is in the hover card.
            let lines_max = if lanes > 1 { 2 } else { 1 };
            let name = elided(painter, &words::safe(&post.name), Type::Body, t.text, (width, lines_max));
            let top = middle - 0.5 * name.size().y / name.rows.len().max(1) as f32;
            let wrapped = name.rows.len() > 1;
            painter.galley(pos2(left, top), name, t.text);
            let bleep =
                elided(painter, &words::safe(&post.bleep), Type::Body, t.text2, (self.layout.sizes.bleep - 4.0, 1));
            let bleep_at = pos2(row.left() + self.layout.post, middle - 0.5 * bleep.size().y);
            painter.galley(bleep_at, bleep, t.text2);
            let need = match lane.of.peak {
                0 => "0".to_owned(),
                _ if post.on_call => "on call".to_owned(),
                peak if self.view.is_need_agreed() => peak.to_string(),
                peak => format!("{peak}{NOT_AGREED}"),
            };
            painter.text(pos2(row.right() - 8.0, middle), Align2::RIGHT_CENTER, need, Type::Body.font(), t.text);
            if lanes > 1 && !wrapped && post.is_essential() {
                let below = self.layout.y_range(index + 1);
                let at = pos2(left, self.frame.origin.y + f32::midpoint(below.0, below.1) - 2.0);
                let under = painter.with_clip_rect(self.frame.frozen().intersect(self.painter.clip_rect()));
                under.text(at, Align2::LEFT_CENTER, "essential", Type::Small.font(), t.text2);
            }
        }
        let not_drawn = lane.of.lanes_not_drawn();
        if lane.row.lane == 2 && not_drawn > 0 {
            let words = format!("and {not_drawn} more");
            painter.text(pos2(left, middle), Align2::LEFT_CENTER, words, Type::Small.font(), t.text2);
        }
        if lane.row.lane + 1 == lanes && !matches!(self.view.rows.get(index + 1), Some(Row::Unit(_)) | None) {
            painter.add(hairline(row, t.line));
        }
    }

    pub(super) fn paint_header(&self) {
        let (t, whole) = (self.tokens, self.frame.whole);
        let header = whole.with_max_y(self.frame.body.top());
        self.painter.rect_filled(header, 0.0, t.head);
        let hours_middle = header.top() + HEADER_WINDOW + 10.0;
        let font = Type::SmallStrong.font();
        let left = whole.left();
        let need_right = self.frame.body.left() - 8.0;
        let heads = [
            (left + PANEL_PADDING, Align2::LEFT_CENTER, "Post"),
            (left + self.layout.post, Align2::LEFT_CENTER, "Bleep"),
            (need_right, Align2::RIGHT_CENTER, "Need"),
        ];
        for (x, align, word) in heads {
            self.painter.text(pos2(x, hours_middle), align, word, font.clone(), t.text2);
        }
        let over_body = header.with_min_x(self.frame.body.left());
        let painter = self.painter.with_clip_rect(over_body.intersect(self.painter.clip_rect()));
        self.paint_window_line(&painter, header);
        self.paint_hours(&painter, hours_middle);
        self.painter.hline(whole.x_range(), header.bottom() - 0.5, Stroke::new(1.0, t.line2));
        let edge = self.frame.body.left() - 0.5;
        self.painter.vline(edge, header.y_range(), Stroke::new(1.0, t.line2));
    }

    fn paint_window_line(&self, painter: &Painter, header: Rect) {
        let t = self.tokens;
        let (day, rest) = self.view.window_line();
        let at = pos2(self.frame.body.left() + self.layout.sizes.sliver, header.top() + 0.5 * HEADER_WINDOW + 2.0);
        let day = painter.text(at, Align2::LEFT_CENTER, day, Type::Strong.font(), t.text);
        painter.text(pos2(day.right() + 9.0, at.y), Align2::LEFT_CENTER, rest, Type::Body.font(), t.text2);
    }

    /// The window's two ends, and between them as many times as there is room for.
    fn paint_hours(&self, painter: &Painter, middle: f32) {
        let t = self.tokens;
        let window = self.view.window.span;
        let zone = self.view.zone();
        let say = |at: Instant, role: Type, colour: Color32| {
            painter.layout_no_wrap(zone.time_of_day(at).to_string(), role.font(), colour)
        };
        // No label is cut at the edge: those of the ends stand inside it, the others are left out there.
        let body = self.frame.body.x_range();
        // Where it stands, if it does.
        let put = |at: Instant, galley: Arc<Galley>, is_end: bool| -> Option<Rangef> {
            let (x, width) = (self.screen_x(at), galley.size().x);
            let fits = x - 0.5 * width >= body.min && x + 0.5 * width <= body.max;
            if fits || (is_end && body.expand(1.0).contains(x)) {
                let left = (x - 0.5 * width).min(body.max - width).max(body.min);
                painter.galley(pos2(left, middle - 0.5 * galley.size().y), galley, t.text);
                return Some(Rangef::new(left - 8.0, left + width + 8.0));
            }
            None
        };
        let ends = [window.from, window.to];
        let widest = say(window.from, Type::SmallStrong, t.text).size().x + 8.0;
        let taken: Vec<Rangef> =
            ends.into_iter().filter_map(|end| put(end, say(end, Type::SmallStrong, t.text), true)).collect();
        let mut last_x = self.screen_x(window.from);
        let end_x = self.screen_x(window.to);
        for at in self.hour_lines() {
            let x = self.screen_x(at);
            // The label of an end may stand further in than its time.
            let own = Rangef::new(x - 0.5 * widest + 4.0, x + 0.5 * widest - 4.0);
            let is_taken = taken.iter().any(|end| end.intersects(own));
            if x - last_x < widest || end_x - x < widest || is_taken {
                continue;
            }
            last_x = x;
            if !self.is_wholly_beside(x - widest, x + widest) {
                put(at, say(at, Type::Small, t.text), false);
            }
        }
    }
}

fn elided(painter: &Painter, text: &str, role: Type, colour: Color32, (width, lines_max): (f32, usize)) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), role.font(), colour, width);
    job.wrap.max_rows = lines_max;
    job.wrap.break_anywhere = lines_max == 1;
    painter.layout_job(job)
}

/// What a folded unit's heading shows of its verdict.
fn verdict_mark(verdict: Verdict) -> Option<(Mark, &'static str)> {
    Some(match verdict {
        Verdict::Closed => return None,
        Verdict::Covered => (Mark::Covered, "covered"),
        Verdict::IfAgreed => (Mark::Waiting, "to agree"),
        Verdict::Errors => (Mark::Error, "broken rules"),
        Verdict::NoNormalStaffing => (Mark::Nothing, "not compared"),
        Verdict::Short => (Mark::Short, "short"),
    })
}
