//! Draws the People view: only the rows in sight, ground first, then bars, then the frozen columns and the heading.

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::layout::{Axis, Columns, PartKind, bar_rect};
use super::model::PeopleModel;
use super::row::{Bar, BarKind, PersonTimeline, hours};
use crate::editor::held_hours::HeldHours;
use crate::model::Span;
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::people::lines::PeopleLine;
use crate::ui::row_list::Tops;
use crate::ui::strokes::double_ring;
use crate::ui::theme::sizes::{HEADER_HOURS, HEADER_WINDOW, PANEL_PADDING};
use crate::ui::theme::{Tokens, Type, icon_font};

/// Height of the heading.
pub const HEADER: f32 = HEADER_WINDOW + HEADER_HOURS;

/// The parts of what is in sight.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub whole: Rect,
    /// Between the names and the figures, under the heading.
    pub body: Rect,
    /// Where the body's content begins, wherever it is scrolled to.
    pub origin: Pos2,
}

impl Frame {
    /// The parts of `whole`, whose content begins at `content` (scrolled).
    pub fn new(whole: Rect, content: Pos2, columns: &Columns) -> Self {
        let left = (whole.left() + columns.names).min(whole.right());
        let right = (whole.right() - columns.figures).max(left);
        let body = Rect::from_min_max(pos2(left, whole.top() + HEADER), pos2(right, whole.bottom()));
        Self { whole, body, origin: content + vec2(columns.names, HEADER) }
    }

    /// The names, under the heading.
    pub fn names(&self) -> Rect {
        Rect::from_min_max(pos2(self.whole.left(), self.body.top()), self.body.left_bottom())
    }

    /// The figures, under the heading.
    pub fn figures(&self) -> Rect {
        Rect::from_min_max(self.body.right_top(), self.whole.max)
    }
}

/// What is chosen, for the painter.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    pub person: Option<usize>,
    /// Bars of it, by their places.
    pub bars: Vec<usize>,
    /// The view has the keyboard.
    pub has_focus: bool,
}

/// Draws one People view.
pub struct PeoplePainter<'a> {
    pub model: &'a PeopleModel,
    pub lines: &'a [PeopleLine],
    pub tops: &'a Tops,
    pub axis: &'a Axis,
    pub columns: &'a Columns,
    pub frame: Frame,
    pub tokens: &'static Tokens,
    pub painter: &'a Painter,
    pub zone: crate::model::Zone,
}

impl PeoplePainter<'_> {
    /// The lines in sight.
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        let top = self.frame.body.top() - self.frame.origin.y;
        self.tops.between(top, top + self.frame.body.height())
    }

    /// A line's place on the screen, as wide as everything.
    pub fn line_rect(&self, line: usize) -> Rect {
        let (top, bottom) = self.tops.of(line);
        let y = self.frame.origin.y;
        Rect::from_x_y_ranges(self.frame.whole.x_range(), y + top..=y + bottom)
    }

    /// From where to where a span is on the screen.
    pub fn x_range(&self, span: Span) -> (f32, f32) {
        let (left, right) = self.axis.x_range(span);
        (self.frame.origin.x + left, self.frame.origin.x + right)
    }

    /// What a bar fills on the screen.
    pub fn bar_rect(&self, line: usize, bar: &Bar) -> Rect {
        let row = self.line_rect(line);
        if matches!(bar.what, BarKind::Stopped(..)) {
            return self.stopped_rect(row, bar);
        }
        bar_rect(row, self.x_range(bar.span), bar.below)
    }

    /// Everything but what moves with the pointer.
    pub fn paint(&self, chosen: &Chosen) {
        self.painter.rect_filled(self.frame.whole, 0.0, self.tokens.surface);
        let body = self.painter.with_clip_rect(self.frame.body.intersect(self.painter.clip_rect()));
        self.paint_ground(&body);
        for line in self.in_sight() {
            if let Some(at) = self.lines[line].person() {
                self.paint_row(&body, line, &self.model.people[at]);
            }
        }
        self.paint_chosen(&body, chosen);
        for line in self.in_sight() {
            self.paint_sides(line, chosen);
        }
        self.paint_edges();
        self.paint_header();
    }

    fn paint_ground(&self, painter: &Painter) {
        let (t, body) = (self.tokens, self.frame.body);
        let bottom = (self.frame.origin.y + self.tops.height()).min(body.bottom());
        for part in &self.axis.parts {
            let rect = Rect::from_min_max(
                pos2(self.frame.origin.x + part.left, body.top()),
                pos2(self.frame.origin.x + part.right, bottom),
            );
            let fill = match part.kind {
                // Where every ground is black, a night has the one that is not.
                PartKind::Beside(_) | PartKind::Night(_) if t.is_high_contrast() => t.outside,
                PartKind::Beside(_) => t.head,
                PartKind::Night(_) => t.sunken,
                PartKind::Window(_) => continue,
            };
            painter.rect_filled(rect, 0.0, fill);
        }
        for x in self.window_edges() {
            painter.vline(x.round() + 0.5, body.top()..=bottom, Stroke::new(1.0, t.line2));
        }
        for line in self.in_sight() {
            let row = self.line_rect(line);
            if self.lines[line].person().is_none() {
                painter.rect_filled(row, 0.0, t.sunken);
            }
            painter.hline(body.x_range(), row.bottom() - 0.5, Stroke::new(1.0, t.line));
        }
    }

    /// Where windows begin and end, on the screen.
    fn window_edges(&self) -> impl Iterator<Item = f32> + '_ {
        self.model.windows.iter().flat_map(|window| {
            let (left, right) = self.x_range(window.span);
            [left, right]
        })
    }

    fn paint_row(&self, painter: &Painter, line: usize, row: &PersonTimeline) {
        let rect = self.line_rect(line);
        let words = row.words.iter().filter_map(|words| self.paint_words(painter, rect, *words));
        let mut words: Vec<Rect> = words.collect();
        let stopped = row.bars.iter().filter(|bar| matches!(bar.what, BarKind::Stopped(..)) || bar.below);
        words.extend(stopped.map(|bar| self.bar_rect(line, bar)));
        let taken: Vec<Span> = row
            .bars
            .iter()
            .filter(|bar| matches!(bar.what, BarKind::Post { .. } | BarKind::Duty(_)))
            .map(|b| b.span)
            .collect();
        for rest in &row.rests {
            self.paint_rest(painter, rect, rest, &taken, &words);
        }
        for bar in &row.bars {
            let (left, right) = self.x_range(bar.span);
            if right < self.frame.body.left() || left > self.frame.body.right() {
                continue;
            }
            // Words under a bar that is drawn there would be read with its own; what stands in the bar goes first.
            let own = matches!(bar.what, BarKind::Stopped(..)).then(|| self.bar_rect(line, bar));
            let lower = row.bars.iter().filter(|other| other.below).map(|other| self.bar_rect(line, other));
            if own.is_some_and(|own| lower.into_iter().any(|other| other.intersects(own))) {
                continue;
            }
            self.paint_bar(painter, line, bar);
        }
    }

    fn paint_chosen(&self, painter: &Painter, chosen: &Chosen) {
        let Some((line, row)) = chosen.person.and_then(|at| self.line_of(at)) else { return };
        for (nth, at) in chosen.bars.iter().enumerate() {
            let Some(bar) = row.bars.get(*at) else { continue };
            let rect = self.bar_rect(line, bar);
            if nth + 1 == chosen.bars.len() && chosen.has_focus {
                painter.extend(double_ring(rect, self.tokens));
            } else {
                let edge = Stroke::new(2.0, self.tokens.ring());
                painter.rect_stroke(rect, 3.0, edge, egui::StrokeKind::Outside);
            }
        }
    }

    /// The line of a person, if it is shown.
    pub fn line_of(&self, person: usize) -> Option<(usize, &PersonTimeline)> {
        let line = self.lines.iter().position(|line| line.person() == Some(person))?;
        Some((line, &self.model.people[person]))
    }

    /// Name and figures of a line, over whatever has been scrolled under them.
    fn paint_sides(&self, line: usize, chosen: &Chosen) {
        let t = self.tokens;
        let row = self.line_rect(line);
        let names = Rect::from_x_y_ranges(self.frame.names().x_range(), row.y_range());
        let figures = Rect::from_x_y_ranges(self.frame.figures().x_range(), row.y_range());
        let under_header = self.painter.with_clip_rect(
            Rect::from_min_max(self.frame.names().min, self.frame.whole.max).intersect(self.painter.clip_rect()),
        );
        let (painter, line_stroke) = (&under_header, Stroke::new(1.0, t.line));
        match &self.lines[line] {
            PeopleLine::Heading { title, count, .. } => {
                painter.rect_filled(names, 0.0, t.sunken);
                painter.rect_filled(figures, 0.0, t.sunken);
                let left = names.left() + PANEL_PADDING;
                let title = painter.layout_no_wrap(title.clone(), Type::SmallStrong.font(), t.text2);
                let count = painter.layout_no_wrap(count.to_string(), Type::Small.font(), t.text2);
                let middle = row.center().y;
                let after = left + title.size().x + 8.0;
                painter.galley(pos2(left, middle - 0.5 * title.size().y), title, t.text2);
                painter.galley(pos2(after, middle - 0.5 * count.size().y), count, t.text2);
            }
            PeopleLine::Person(at) => {
                let is_chosen = chosen.person == Some(*at);
                let fill = if is_chosen { t.accent_soft } else { t.surface };
                painter.rect_filled(names, 0.0, fill);
                painter.rect_filled(figures, 0.0, t.surface);
                let person = &self.model.people[*at];
                self.paint_name(painter, names, person);
                self.paint_figures(painter, figures, person);
                if is_chosen {
                    painter.rect_filled(names.with_max_x(names.left() + 4.0), 0.0, t.accent);
                    if chosen.has_focus && chosen.bars.is_empty() {
                        painter.extend(double_ring(names.shrink(3.0), t));
                    }
                }
            }
        }
        for side in [names, figures] {
            painter.hline(side.x_range(), row.bottom() - 0.5, line_stroke);
        }
    }

    fn paint_name(&self, painter: &Painter, rect: Rect, person: &PersonTimeline) {
        let t = self.tokens;
        let (left, middle) = (rect.left() + PANEL_PADDING, rect.center().y);
        let mut right = rect.right() - 8.0;
        if let Some(mark) = Mark::of_problem(person.worst) {
            right -= 16.0;
            mark.paint(painter, pos2(right + 8.0, middle - 9.0), 13.0, t);
        }
        let in_groups = self.lines.iter().filter(|line| line.person().is_none()).nth(1).is_some();
        let grade = if in_groups { &person.grade_in_group } else { &person.grade };
        let initials = painter.layout_no_wrap(person.initials.clone(), Type::Strong.font(), t.text);
        let at = left + (initials.size().x + 6.0).max(28.0);
        painter.galley(pos2(left, middle - 9.0 - 0.5 * initials.size().y), initials, t.text);
        for (text, role, ink, y, end) in [
            (&person.name, Type::Body, t.text, middle - 9.0, right),
            (grade, Type::Small, t.text2, middle + 9.0, rect.right() - 8.0),
        ] {
            let galley = role.elided(painter, text.as_str(), ink, (end - at).max(10.0));
            painter.galley(pos2(at, y - 0.5 * galley.size().y), galley, ink);
        }
    }

    fn paint_figures(&self, painter: &Painter, rect: Rect, person: &PersonTimeline) {
        let t = self.tokens;
        let y = rect.top() + 13.0;
        let put = |right: f32, y: f32, text: &str, role: Type, ink: Color32| {
            painter.text(pos2(rect.left() + right, y), Align2::RIGHT_CENTER, text, role.font(), ink)
        };
        let zero = |text: &str| if text == "0 h" { t.text2 } else { t.text };
        // Work on the first line, on call from home under it; alone it has the first line to itself.
        let put_hours = |right: f32, held: HeldHours| {
            if held.work > 0 || held.on_call == 0 {
                let text = hours(held.work);
                put(right, y, &text, Type::Body, zero(&text));
            }
            if held.on_call > 0 {
                let below = if held.work > 0 { 18.0 } else { 0.0 };
                let said = put(right, y + below, &hours(held.on_call), Type::Small, t.text);
                // As on the bars of those who are on call.
                let at = pos2(said.left() - 9.0, y + below);
                painter.text(at, Align2::CENTER_CENTER, icons::MOON, icon_font(12.0), t.text2);
            }
        };
        if self.columns.has_total(person.hours.len()) {
            put_hours(self.columns.hours[0], person.total);
        } else {
            self.columns.hours.iter().zip(&person.hours).for_each(|(right, held)| put_hours(*right, *held));
        }
        let (role, ink) =
            if person.week_is_over { (Type::Strong, t.amber_text) } else { (Type::Body, zero(&person.week)) };
        put(self.columns.week, y, &person.week, role, ink);
        if person.owed.is_empty() {
            put(self.columns.rest, y, &person.rest, Type::Body, t.text);
        } else {
            put(self.columns.rest, y, &person.rest, Type::Strong, t.amber_text);
            let owed = put(self.columns.rest, y + 18.0, &person.owed, Type::Small, t.amber_text);
            Mark::Warning.paint(painter, pos2(owed.left() - 10.0, y + 18.0), 12.0, t);
        }
    }
}
