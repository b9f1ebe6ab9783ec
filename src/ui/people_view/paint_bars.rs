//! Draws what stands on a person's time line: words where there is nothing, rests, posts, duties, sessions, absence.

use egui::{Align2, Color32, Painter, Rect, Shape, Stroke, pos2, vec2};

use super::layout::PartKind;
use super::paint::PeoplePainter;
use super::row::{Bar, BarKind, RestMark, Words};
use crate::model::{DutyKind, SessionState, Span, Status};
use crate::ui::cell_paint::{BlockLook, CellBrush};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::theme::sizes::BLOCK_CORNER;
use crate::ui::theme::{Type, icon_font};

impl PeoplePainter<'_> {
    /// "free" or "not known" in the middle of its stretch, if it fits; gives where.
    pub(super) fn paint_words(&self, painter: &Painter, row: Rect, words: Words) -> Option<Rect> {
        let t = self.tokens;
        let (text, role, ink) =
            if words.is_free { ("free", Type::SmallStrong, t.ok_text) } else { ("not known", Type::Small, t.text2) };
        let (left, right) = self.x_range(words.span);
        let galley = painter.layout_no_wrap(text.to_owned(), role.font(), ink);
        if galley.size().x + 6.0 > right - left {
            return None;
        }
        let at = pos2(0.5 * (left + right), row.top() + 13.0) - 0.5 * galley.size();
        let place = Rect::from_min_size(at, galley.size());
        painter.galley(at, galley, ink);
        Some(place)
    }

    /// How long a rest is, in its night: on the line of the words "free" and "not known", else on the line below, where
    /// nothing else stands.
    pub(super) fn paint_rest(&self, painter: &Painter, row: Rect, rest: &RestMark, taken: &[Span], words: &[Rect]) {
        let t = self.tokens;
        if rest.is_short {
            self.paint_short_rest(painter, row, rest);
            return;
        }
        // In the night that holds most of it.
        let beside =
            self.axis.parts.iter().filter(|part| matches!(part.kind, PartKind::Beside(_) | PartKind::Night(_)));
        let best = beside
            .filter_map(|part| part.span.overlap(rest.span))
            .filter(|span| !taken.iter().any(|other| other.overlaps(*span)))
            .max_by_key(|span| span.minutes());
        let Some(span) = best else { return };
        let galley = painter.layout_no_wrap(rest.text.clone(), Type::Small.font(), t.text2);
        if let Some(middle) = self.middle_of_room(span, galley.size().x + 4.0) {
            let place = |y: f32| Rect::from_center_size(pos2(middle, row.top() + y), galley.size());
            let is_clear = |place: &Rect| !words.iter().any(|other| other.expand2(vec2(4.0, 0.0)).intersects(*place));
            if let Some(place) = [place(13.0), place(33.0)].into_iter().find(is_clear) {
                painter.galley(place.min, galley, t.text2);
            }
        }
    }

    /// The middle of what is in sight of a span, if that is so wide: words that would be cut are left out.
    pub fn middle_of_room(&self, span: Span, width: f32) -> Option<f32> {
        let (left, right) = self.x_range(span);
        let (left, right) = (left.max(self.frame.body.left()), right.min(self.frame.body.right()));
        (right - left >= width).then_some(0.5 * (left + right))
    }

    /// A bracket over the whole rest, its length under it.
    pub(super) fn paint_short_rest(&self, painter: &Painter, row: Rect, rest: &RestMark) {
        let t = self.tokens;
        let (left, right) = self.x_range(rest.span);
        let (y, stroke) = (row.top() + 27.0, Stroke::new(1.5, t.amber_text));
        painter.hline(left + 1.0..=right - 1.0, y, stroke);
        for x in [left + 1.0, right - 1.0] {
            painter.vline(x, y - 3.0..=y + 3.0, stroke);
        }
        let galley = painter.layout_no_wrap(rest.text.clone(), Type::SmallStrong.font(), t.amber_text);
        let width = galley.size().x + 16.0;
        let (left, right) = (left.max(self.frame.body.left()), right.min(self.frame.body.right()));
        if right - left < 1.0 {
            return;
        }
        let middle = (0.5 * (left + right)).clamp(left.min(right - width) + 0.5 * width, right.max(left + width));
        let start = middle - 0.5 * width;
        Mark::Warning.paint(painter, pos2(start + 6.0, y + 9.0), 11.0, t);
        painter.galley(pos2(start + 16.0, y + 9.0 - 0.5 * galley.size().y), galley, t.amber_text);
    }

    pub(super) fn paint_bar(&self, painter: &Painter, line: usize, bar: &Bar) {
        let rect = self.bar_rect(line, bar);
        match &bar.what {
            BarKind::Post { .. } => {
                let mut brush = CellBrush::new(painter, self.tokens, self.frame.origin);
                let name = self.block_name(painter, rect, bar);
                brush.block(rect, &self.look(bar, &name));
            }
            BarKind::Duty(kind) => self.paint_duty(painter, rect, bar, *kind),
            BarKind::Session(_) => self.paint_session(painter, rect, bar),
            BarKind::Stopped(_, state) => self.paint_stopped(painter, rect, bar, *state),
            BarKind::Away => self.paint_away(painter, rect, bar),
        }
    }

    /// A post's block with what [`Self::block_name`] calls it, and a moon where it is held from home.
    pub fn look<'b>(&self, bar: &Bar, name: &'b str) -> BlockLook<'b> {
        let (status, locked) = match bar.what {
            BarKind::Post { status, locked, .. } => (status, locked),
            _ => (Status::Proposed, false),
        };
        let problem = Mark::of_problem(bar.problem);
        let on_call = bar.is_on_call();
        BlockLook { problem, locked, on_call, changed: bar.changed, ..BlockLook::new(status, name, "") }
    }

    /// The post's name as much of it as fits, or only that it is on call.
    pub fn block_name(&self, painter: &Painter, rect: Rect, bar: &Bar) -> String {
        let has_lock = matches!(bar.what, BarKind::Post { locked: true, .. });
        let icons = [bar.problem.is_some(), has_lock, bar.is_on_call()].into_iter().filter(|is| *is).count() as f32;
        let room = if rect.width() >= 60.0 { rect.width() - 36.0 - 20.0 * icons } else { rect.width() - 12.0 };
        let fits = |text: &str| {
            let galley = painter.layout_no_wrap(text.to_owned(), Type::Strong.font(), Color32::PLACEHOLDER);
            galley.size().x <= room
        };
        let whole = [bar.name.as_str(), bar.short.as_str()].into_iter().find(|text| !text.is_empty() && fits(text));
        let cut = || {
            let ends = bar.name.char_indices().map(|(at, _)| at).rev();
            let texts = ends.map(|at| format!("{}…", bar.name[..at].trim_end()));
            // Fewer than three letters say nothing.
            texts.take_while(|text| text.chars().count() > 3).find(|text| fits(text)).unwrap_or_default()
        };
        whole.map_or_else(cut, str::to_owned)
    }

    pub(super) fn paint_duty(&self, painter: &Painter, rect: Rect, bar: &Bar, kind: DutyKind) {
        let t = self.tokens;
        painter.rect(rect, BLOCK_CORNER, t.outside, Stroke::new(1.0, t.text2), egui::StrokeKind::Inside);
        let icon = match kind {
            DutyKind::OnCall => icons::MOON,
            DutyKind::Resident => icons::USER,
            DutyKind::Other => icons::BRIEFCASE,
        };
        self.paint_labelled(painter, rect, icon, &[&bar.name, &bar.short], t.text);
    }

    pub(super) fn paint_session(&self, painter: &Painter, rect: Rect, bar: &Bar) {
        let t = self.tokens;
        painter.rect(rect, BLOCK_CORNER, t.surface, Stroke::new(1.0, t.text2), egui::StrokeKind::Inside);
        let kind = bar.short.split(' ').next().unwrap_or_default();
        self.paint_labelled(painter, rect, icons::CLIPBOARD_TEXT, &[&bar.name, &bar.short, kind], t.text);
    }

    /// An icon and the first of the words that fit beside it, else the first that fits alone; else the icon.
    pub(super) fn paint_labelled(&self, painter: &Painter, rect: Rect, icon: char, words: &[&str], ink: Color32) {
        if rect.width() < 20.0 {
            return;
        }
        let middle = rect.center().y;
        let galleys = || words.iter().map(|text| painter.layout_no_wrap((*text).to_owned(), Type::Small.font(), ink));
        let beside = galleys().find(|galley| galley.size().x <= rect.width() - 22.0 - 4.0);
        if let (None, Some(alone)) = (&beside, galleys().find(|galley| galley.size().x <= rect.width() - 6.0)) {
            painter.galley(rect.center() - 0.5 * alone.size(), alone, ink);
            return;
        }
        let at = pos2(rect.left() + 12.0, middle);
        painter.text(at, Align2::CENTER_CENTER, icon, icon_font(icons::IN_BLOCK), self.tokens.text2);
        if let Some(galley) = beside {
            painter.galley(pos2(rect.left() + 22.0, middle - 0.5 * galley.size().y), galley, ink);
        }
    }

    /// Where the words of a stopped session stand: under what is drawn, ending inside the session's window.
    pub(super) fn stopped_rect(&self, row: Rect, bar: &Bar) -> Rect {
        let (left, right) = self.x_range(bar.span);
        let size = self.stopped_galley(self.painter, bar, Color32::PLACEHOLDER).size();
        let window = self.model.windows.iter().find(|window| window.span.overlaps(bar.span));
        let (from, to) = window.map_or((left, right), |window| self.x_range(window.span));
        let middle = 0.5 * (left + right);
        let most = (to - 2.0 - size.x).max(from);
        let start = (middle - 0.5 * size.x).clamp(from, most);
        Rect::from_min_size(pos2(start, row.top() + 24.0), vec2(size.x.min((to - from).max(4.0)), 19.0))
    }

    pub(super) fn stopped_galley(&self, painter: &Painter, bar: &Bar, ink: Color32) -> std::sync::Arc<egui::Galley> {
        let window = self.model.windows.iter().find(|window| window.span.overlaps(bar.span));
        let room = window.map_or(f32::INFINITY, |window| {
            let (left, right) = self.x_range(window.span);
            right - left - 4.0
        });
        let lay = |text: &str| painter.layout_no_wrap(text.to_owned(), Type::Small.font(), ink);
        let whole = lay(&bar.name);
        if whole.size().x <= room { whole } else { lay(&bar.short) }
    }

    pub(super) fn paint_stopped(&self, painter: &Painter, rect: Rect, bar: &Bar, state: SessionState) {
        let t = self.tokens;
        let ink = if state == SessionState::ToPostpone { t.amber_text } else { t.text2 };
        let galley = self.stopped_galley(painter, bar, ink);
        painter.galley(pos2(rect.left(), rect.center().y - 0.5 * galley.size().y), galley, ink);
    }

    pub(super) fn paint_away(&self, painter: &Painter, rect: Rect, bar: &Bar) {
        let t = self.tokens;
        let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        let stroke = Stroke::new(1.0, t.line2);
        let seen = rect.intersect(self.frame.body);
        // Lines that fall to the right, the other way from a gap's.
        let first = ((seen.left() - rect.height() - rect.left()) / 6.0).floor() as i32;
        let last = ((seen.right() - rect.left()) / 6.0).ceil() as i32;
        let lines = (first.max(-4)..=last).map(|at| {
            let x = rect.left() + at as f32 * 6.0;
            Shape::line_segment([pos2(x, rect.top()), pos2(x + rect.height(), rect.bottom())], stroke)
        });
        inside.extend(lines.collect::<Vec<_>>());
        for text in [bar.name.as_str(), "away"] {
            let galley = painter.layout_no_wrap(text.to_owned(), Type::Small.font(), t.text2);
            if galley.size().x + 8.0 <= seen.width() {
                let at = Rect::from_center_size(seen.center(), galley.size() + vec2(8.0, 0.0));
                painter.rect_filled(at, 0.0, t.surface);
                painter.galley(at.min + vec2(4.0, 0.0), galley, t.text2);
                return;
            }
        }
    }
}
