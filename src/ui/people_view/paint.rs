//! Draws the People view: only the rows in sight, ground first, then bars, then the frozen columns and the heading.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::layout::{Axis, Columns, PartKind, bar_rect};
use super::model::{Bar, Line, PeopleModel, PersonRow, RestMark, What, Words};
use crate::checker::Severity;
use crate::model::{DutyKind, SessionState, Span, Status};
use crate::ui::cell_paint::{BlockLook, BlockProblem, BlockStatus, CellBrush};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::row_list::Tops;
use crate::ui::strokes::double_ring;
use crate::ui::theme::sizes::{BLOCK_CORNER, HEADER_HOURS, HEADER_WINDOW, PANEL_PADDING};
use crate::ui::theme::{Tokens, Type, icon_font};

/// Height of the heading.
pub const HEADER: f32 = HEADER_WINDOW + HEADER_HOURS;

/// The parts of what is in sight.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// All of it.
    pub whole: Rect,
    /// Between the names and the figures, under the heading.
    pub body: Rect,
    /// Where the body's content begins, wherever it is scrolled to.
    pub origin: Pos2,
}

impl Frame {
    /// The parts of `whole`, whose content begins at `content` (scrolled).
    #[must_use]
    pub fn new(whole: Rect, content: Pos2, columns: &Columns) -> Self {
        let left = (whole.left() + columns.names).min(whole.right());
        let right = (whole.right() - columns.figures).max(left);
        let body = Rect::from_min_max(pos2(left, whole.top() + HEADER), pos2(right, whole.bottom()));
        Self { whole, body, origin: content + vec2(columns.names, HEADER) }
    }

    /// The names, under the heading.
    #[must_use]
    pub fn names(&self) -> Rect {
        Rect::from_min_max(pos2(self.whole.left(), self.body.top()), self.body.left_bottom())
    }

    /// The figures, under the heading.
    #[must_use]
    pub fn figures(&self) -> Rect {
        Rect::from_min_max(self.body.right_top(), self.whole.max)
    }
}

/// What is chosen, for the painter.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// The row.
    pub person: Option<usize>,
    /// Bars of it, by their places.
    pub bars: Vec<usize>,
    /// The view has the keyboard.
    pub has_focus: bool,
}

/// Draws one People view.
pub struct PeoplePainter<'a> {
    /// What it says.
    pub model: &'a PeopleModel,
    /// The lines shown.
    pub lines: &'a [Line],
    /// Where they stand.
    pub tops: &'a Tops,
    /// The time line.
    pub axis: &'a Axis,
    /// The columns at both sides.
    pub columns: &'a Columns,
    /// What is in sight.
    pub frame: Frame,
    /// Colours.
    pub tokens: &'static Tokens,
    /// Draws on all of it.
    pub painter: &'a Painter,
    /// Whether what is counted may be shown as true now.
    pub zone: crate::model::Zone,
}

impl PeoplePainter<'_> {
    /// The lines in sight.
    #[must_use]
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        let top = self.frame.body.top() - self.frame.origin.y;
        self.tops.between(top, top + self.frame.body.height())
    }

    /// A line's place on the screen, as wide as everything.
    #[must_use]
    pub fn line_rect(&self, line: usize) -> Rect {
        let (top, bottom) = self.tops.of(line);
        let y = self.frame.origin.y;
        Rect::from_x_y_ranges(self.frame.whole.x_range(), y + top..=y + bottom)
    }

    /// From where to where a span is on the screen.
    #[must_use]
    pub fn x_range(&self, span: Span) -> (f32, f32) {
        let (left, right) = self.axis.x_range(span);
        (self.frame.origin.x + left, self.frame.origin.x + right)
    }

    /// What a bar fills on the screen.
    #[must_use]
    pub fn bar_rect(&self, line: usize, bar: &Bar) -> Rect {
        let row = self.line_rect(line);
        if matches!(bar.what, What::Stopped(..)) {
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
            if let Line::Person(at) = self.lines[line] {
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
            if matches!(self.lines[line], Line::Group { .. }) {
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

    fn paint_row(&self, painter: &Painter, line: usize, row: &PersonRow) {
        let rect = self.line_rect(line);
        for words in &row.words {
            self.paint_words(painter, rect, *words);
        }
        let taken: Vec<Span> = row
            .bars
            .iter()
            .filter(|bar| matches!(bar.what, What::Post { .. } | What::Duty(_)))
            .map(|b| b.span)
            .collect();
        for rest in &row.rests {
            self.paint_rest(painter, rect, rest, &taken);
        }
        for bar in &row.bars {
            let (left, right) = self.x_range(bar.span);
            if right < self.frame.body.left() || left > self.frame.body.right() {
                continue;
            }
            self.paint_bar(painter, line, bar);
        }
    }

    /// "free" or "not known" in the middle of its stretch, if it fits.
    fn paint_words(&self, painter: &Painter, row: Rect, words: Words) {
        let t = self.tokens;
        let (text, role, ink) =
            if words.is_free { ("free", Type::SmallStrong, t.ok_text) } else { ("not known", Type::Small, t.text2) };
        let (left, right) = self.x_range(words.span);
        let galley = painter.layout_no_wrap(text.to_owned(), role.font(), ink);
        if galley.size().x + 6.0 <= right - left {
            let at = pos2(0.5 * (left + right), row.top() + 13.0) - 0.5 * galley.size();
            painter.galley(at, galley, ink);
        }
    }

    fn paint_rest(&self, painter: &Painter, row: Rect, rest: &RestMark, taken: &[Span]) {
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
        let (left, right) = self.x_range(span);
        let galley = painter.layout_no_wrap(rest.text.clone(), Type::Small.font(), t.text2);
        if galley.size().x + 4.0 <= right - left {
            let at = pos2(0.5 * (left + right), row.top() + 13.0) - 0.5 * galley.size();
            painter.galley(at, galley, t.text2);
        }
    }

    /// A bracket over the whole rest, its length under it.
    fn paint_short_rest(&self, painter: &Painter, row: Rect, rest: &RestMark) {
        let t = self.tokens;
        let (left, right) = self.x_range(rest.span);
        let (y, stroke) = (row.top() + 27.0, Stroke::new(1.5, t.amber_text));
        painter.hline(left + 1.0..=right - 1.0, y, stroke);
        for x in [left + 1.0, right - 1.0] {
            painter.vline(x, y - 3.0..=y + 3.0, stroke);
        }
        let galley = painter.layout_no_wrap(rest.text.clone(), Type::SmallStrong.font(), t.amber_text);
        let width = galley.size().x + 16.0;
        let middle = (0.5 * (left + right)).clamp(left.min(right - width) + 0.5 * width, right.max(left + width));
        let start = middle - 0.5 * width;
        Mark::Warning.paint(painter, pos2(start + 6.0, y + 9.0), 11.0, t);
        painter.galley(pos2(start + 16.0, y + 9.0 - 0.5 * galley.size().y), galley, t.amber_text);
    }

    fn paint_bar(&self, painter: &Painter, line: usize, bar: &Bar) {
        let rect = self.bar_rect(line, bar);
        match &bar.what {
            What::Post { .. } => {
                let mut brush = CellBrush::new(painter, self.tokens, self.frame.origin);
                brush.block(rect, &self.look(painter, rect, bar));
            }
            What::Duty(kind) => self.paint_duty(painter, rect, bar, *kind),
            What::Session(_) => self.paint_session(painter, rect, bar),
            What::Stopped(_, state) => self.paint_stopped(painter, rect, bar, *state),
            What::Away => self.paint_away(painter, rect, bar),
        }
    }

    /// A post's block with the post's name, or its unit's where that does not fit.
    #[must_use]
    pub fn look<'b>(&self, painter: &Painter, rect: Rect, bar: &'b Bar) -> BlockLook<'b> {
        let (status, locked) = match bar.what {
            What::Post { status: Status::Agreed, locked, .. } => (BlockStatus::Agreed, locked),
            What::Post { status: Status::Asked, locked, .. } => (BlockStatus::Asked, locked),
            What::Post { locked, .. } => (BlockStatus::Proposed, locked),
            _ => (BlockStatus::Proposed, false),
        };
        let problem = match bar.problem {
            Some(Severity::Error) => Some(BlockProblem::Error),
            Some(Severity::Warning) => Some(BlockProblem::Warning),
            _ => None,
        };
        let marks = if problem.is_some() { 20.0 } else { 0.0 } + if locked { 20.0 } else { 0.0 };
        let room = if rect.width() >= 60.0 { rect.width() - 36.0 - marks } else { rect.width() - 12.0 };
        let width =
            |text: &str| painter.layout_no_wrap(text.to_owned(), Type::Strong.font(), Color32::PLACEHOLDER).size().x;
        let name = [bar.name.as_str(), bar.short.as_str()].into_iter().find(|text| width(text) <= room).unwrap_or("");
        BlockLook { problem, locked, changed: bar.changed, ..BlockLook::new(status, name, "") }
    }

    fn paint_duty(&self, painter: &Painter, rect: Rect, bar: &Bar, kind: DutyKind) {
        let t = self.tokens;
        painter.rect(rect, BLOCK_CORNER, t.outside, Stroke::new(1.0, t.text2), egui::StrokeKind::Inside);
        let icon = if kind == DutyKind::Other { icons::BRIEFCASE } else { icons::MOON };
        self.paint_labelled(painter, rect, icon, &[&bar.name, &bar.short], t.text);
    }

    fn paint_session(&self, painter: &Painter, rect: Rect, bar: &Bar) {
        let t = self.tokens;
        painter.rect(rect, BLOCK_CORNER, t.surface, Stroke::new(1.0, t.text2), egui::StrokeKind::Inside);
        let kind = bar.short.split(' ').next().unwrap_or_default();
        self.paint_labelled(painter, rect, icons::CLIPBOARD_TEXT, &[&bar.name, &bar.short, kind], t.text);
    }

    /// An icon and the first of the words that fit.
    fn paint_labelled(&self, painter: &Painter, rect: Rect, icon: char, words: &[&str], ink: Color32) {
        if rect.width() < 20.0 {
            return;
        }
        let middle = rect.center().y;
        painter.text(
            pos2(rect.left() + 12.0, middle),
            Align2::CENTER_CENTER,
            icon,
            icon_font(icons::IN_BLOCK),
            self.tokens.text2,
        );
        let room = rect.width() - 22.0 - 4.0;
        let galleys = words.iter().map(|text| painter.layout_no_wrap((*text).to_owned(), Type::Small.font(), ink));
        if let Some(galley) = galleys.into_iter().find(|galley| galley.size().x <= room) {
            painter.galley(pos2(rect.left() + 22.0, middle - 0.5 * galley.size().y), galley, ink);
        }
    }

    /// Where the words of a stopped session stand: under what is drawn, ending inside the session's window.
    fn stopped_rect(&self, row: Rect, bar: &Bar) -> Rect {
        let (left, right) = self.x_range(bar.span);
        let size = self.stopped_galley(self.painter, bar, Color32::PLACEHOLDER).size();
        let window = self.model.windows.iter().find(|window| window.span.overlaps(bar.span));
        let (from, to) = window.map_or((left, right), |window| self.x_range(window.span));
        let middle = 0.5 * (left + right);
        let most = (to - 2.0 - size.x).max(from);
        let start = (middle - 0.5 * size.x).clamp(from, most);
        Rect::from_min_size(pos2(start, row.top() + 24.0), vec2(size.x.min((to - from).max(4.0)), 19.0))
    }

    fn stopped_galley(&self, painter: &Painter, bar: &Bar, ink: Color32) -> std::sync::Arc<egui::Galley> {
        let window = self.model.windows.iter().find(|window| window.span.overlaps(bar.span));
        let room = window.map_or(f32::INFINITY, |window| {
            let (left, right) = self.x_range(window.span);
            right - left - 4.0
        });
        let lay = |text: &str| painter.layout_no_wrap(text.to_owned(), Type::Small.font(), ink);
        let whole = lay(&bar.name);
        if whole.size().x <= room { whole } else { lay(&bar.short) }
    }

    fn paint_stopped(&self, painter: &Painter, rect: Rect, bar: &Bar, state: SessionState) {
        let t = self.tokens;
        let ink = if state == SessionState::ToPostpone { t.amber_text } else { t.text2 };
        let galley = self.stopped_galley(painter, bar, ink);
        painter.galley(pos2(rect.left(), rect.center().y - 0.5 * galley.size().y), galley, ink);
    }

    fn paint_away(&self, painter: &Painter, rect: Rect, bar: &Bar) {
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

    fn paint_chosen(&self, painter: &Painter, chosen: &Chosen) {
        let Some((line, row)) = chosen.person.and_then(|at| self.line_of(at)) else { return };
        for (nth, at) in chosen.bars.iter().enumerate() {
            let Some(bar) = row.bars.get(*at) else { continue };
            let rect = self.bar_rect(line, bar);
            if nth + 1 == chosen.bars.len() {
                painter.extend(double_ring(rect, self.tokens));
            } else {
                let edge = Stroke::new(2.0, self.tokens.ring());
                painter.rect_stroke(rect, 3.0, edge, egui::StrokeKind::Outside);
            }
        }
    }

    /// The line of a person, if it is shown.
    #[must_use]
    pub fn line_of(&self, person: usize) -> Option<(usize, &PersonRow)> {
        let line = self.lines.iter().position(|line| *line == Line::Person(person))?;
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
            Line::Group { title, count } => {
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
            Line::Person(at) => {
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
                        painter.extend(double_ring(names.shrink(5.0), t));
                    }
                }
            }
        }
        for side in [names, figures] {
            painter.hline(side.x_range(), row.bottom() - 0.5, line_stroke);
        }
    }

    fn paint_name(&self, painter: &Painter, rect: Rect, person: &PersonRow) {
        let t = self.tokens;
        let (left, middle) = (rect.left() + PANEL_PADDING, rect.center().y);
        let mut right = rect.right() - 6.0;
        let mark = match person.worst {
            Some(Severity::Error) => Some(Mark::Error),
            Some(Severity::Warning) => Some(Mark::Warning),
            _ => None,
        };
        if let Some(mark) = mark {
            right -= 16.0;
            mark.paint(painter, pos2(right + 8.0, middle - 9.0), 13.0, t);
        }
        let in_groups = self.lines.iter().filter(|line| matches!(line, Line::Group { .. })).nth(1).is_some();
        let grade = if in_groups { &person.grade_in_group } else { &person.grade };
        let initials = painter.layout_no_wrap(person.initials.clone(), Type::Strong.font(), t.text);
        let at = left + (initials.size().x + 6.0).max(28.0);
        painter.galley(pos2(left, middle - 9.0 - 0.5 * initials.size().y), initials, t.text);
        for (text, role, ink, y, end) in [
            (&person.name, Type::Body, t.text, middle - 9.0, right),
            (grade, Type::Small, t.text2, middle + 9.0, rect.right() - 6.0),
        ] {
            let mut job = egui::text::LayoutJob::simple_singleline(text.clone(), role.font(), ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width((end - at).max(10.0));
            let galley = painter.layout_job(job);
            painter.galley(pos2(at, y - 0.5 * galley.size().y), galley, ink);
        }
    }

    fn paint_figures(&self, painter: &Painter, rect: Rect, person: &PersonRow) {
        let t = self.tokens;
        let y = rect.top() + 13.0;
        let put = |right: f32, y: f32, text: &str, role: Type, ink: Color32| {
            painter.text(pos2(rect.left() + right, y), Align2::RIGHT_CENTER, text, role.font(), ink)
        };
        let zero = |text: &str| if text == "0 h" { t.text2 } else { t.text };
        if self.columns.has_total(person.hours.len()) {
            put(self.columns.hours[0], y, &person.total, Type::Body, zero(&person.total));
        } else {
            for (right, hours) in self.columns.hours.iter().zip(&person.hours) {
                put(*right, y, hours, Type::Body, zero(hours));
            }
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

    fn paint_edges(&self) {
        let edge = Stroke::new(1.0, self.tokens.line2);
        for x in [self.frame.body.left() - 0.5, self.frame.body.right() + 0.5] {
            self.painter.vline(x, self.frame.whole.y_range(), edge);
        }
    }

    fn paint_header(&self) {
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

    fn paint_time_line(&self, painter: &Painter, rect: Rect) {
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
    fn paint_ticks(&self, painter: &Painter, rect: Rect, window: Span, free_from: &mut f32) {
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
            if left < *free_from {
                continue;
            }
            *free_from = left + galley.size().x + 6.0;
            painter.galley(pos2(left, rect.top() + 31.0 - 0.5 * galley.size().y), galley, t.text);
        }
    }

    fn paint_figure_heads(&self, header: Rect) {
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
