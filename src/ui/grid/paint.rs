//! Draws the grid: only what is in sight, ground first, then cells, then what is chosen, then the frozen parts.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::layout::{GridLayout, HEADER};
use super::rows::{HaveNeedStep, LaneRow, Row, UnitRow};
use super::suggested::Suggested;
use super::view::{GridView, Refusal};
use crate::editor::{Block, CellRange, GridRow, cells};
use crate::model::{AssignmentId, Instant, Span, Status, UnitId};
use crate::ui::cell_paint::{BlockLook, CellBrush, GapLook, RefusalLook};
use crate::ui::strokes::Dashes;
use crate::ui::theme::{Tokens, Type};

/// The parts of the visible grid.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub whole: Rect,
    /// Right of the frozen columns and under the header.
    pub body: Rect,
    /// Where the body's content begins, wherever it is scrolled to.
    pub origin: Pos2,
}

impl Frame {
    /// The parts of `whole`, whose content begins at `content` (scrolled).
    pub(super) fn new(whole: Rect, content: Pos2, layout: &GridLayout) -> Self {
        let corner = pos2(whole.left() + layout.frozen, whole.top() + HEADER);
        let body = Rect::from_min_max(corner.min(whole.max), whole.max);
        Self { whole, body, origin: content + vec2(layout.frozen, HEADER) }
    }

    /// From the content to the screen.
    pub(super) fn on_screen(&self, rect: Rect) -> Rect {
        rect.translate(self.origin.to_vec2())
    }

    /// Under the header, at the left.
    pub(super) fn frozen(&self) -> Rect {
        Rect::from_min_max(pos2(self.whole.left(), self.body.top()), pos2(self.body.left(), self.whole.bottom()))
    }
}

/// What is different while something is dragged or typed.
#[derive(Clone, Copy)]
pub(super) struct Moving<'m> {
    /// The block that is lifted.
    pub hidden: Option<&'m AssignmentId>,
    /// Have and need as they would be.
    pub figures: &'m [(UnitId, Vec<HaveNeedStep>)],
    /// The grid has the keyboard: only then has what is chosen the ring.
    pub has_keyboard: bool,
    /// The typing box is open: it stands for the ring.
    pub typing: bool,
    /// Where the ring is: the plate of a gap stands beside it.
    pub ringed: Option<Rect>,
    /// A proposal that is looked at, and which change of it is pointed at.
    pub suggested: Option<(&'m Suggested, Option<usize>)>,
}

/// Draws one grid.
pub(super) struct GridPainter<'v, 'a> {
    pub view: &'v GridView<'a>,
    pub layout: &'v GridLayout,
    pub frame: Frame,
    pub tokens: &'static Tokens,
    pub painter: &'v Painter,
}

impl GridPainter<'_, '_> {
    /// Everything but what moves with the pointer.
    pub(super) fn paint(&self, chosen: Option<&CellRange>, editable: bool, moving: Moving<'_>) {
        self.painter.rect_filled(self.frame.whole, 0.0, self.tokens.surface);
        let body = self.painter.with_clip_rect(self.frame.body.intersect(self.painter.clip_rect()));
        self.paint_ground(&body);
        self.paint_cells(&body, moving);
        if let Some((suggested, pointed_at)) = moving.suggested {
            self.paint_suggested(&body, suggested, pointed_at);
        }
        if let Some(chosen) = chosen.filter(|_| !moving.typing) {
            self.paint_chosen(&body, chosen, editable, moving);
        }
        if let Some((suggested, _)) = moving.suggested {
            self.paint_plan_numbers(&body, suggested);
        }
        self.paint_frozen();
        self.paint_header();
    }

    pub(super) fn rows_in_sight(&self) -> std::ops::Range<usize> {
        let top = self.frame.body.top() - self.frame.origin.y;
        self.layout.rows_between(top, top + self.frame.body.height())
    }

    /// A brush for what moves with the pointer.
    pub(super) fn brush<'p>(&self, painter: &'p Painter) -> CellBrush<'p> {
        let origin = self.frame.origin + vec2(self.layout.sizes.sliver, 0.0);
        CellBrush::new(painter, self.tokens, origin)
            .with_current(self.view.is_current())
            .with_agreed_need(self.view.is_need_agreed())
    }

    /// From where to where a row is on the screen.
    pub(super) fn row_y(&self, row: usize) -> (f32, f32) {
        let (top, bottom) = self.layout.y_range(row);
        (self.frame.origin.y + top, self.frame.origin.y + bottom)
    }

    pub(super) fn screen_x(&self, at: Instant) -> f32 {
        self.frame.origin.x + self.layout.x(at)
    }

    pub(super) fn is_wholly_beside(&self, left: f32, right: f32) -> bool {
        right < self.frame.body.left() || left > self.frame.body.right()
    }

    fn paint_ground(&self, painter: &Painter) {
        let (t, body) = (self.tokens, self.frame.body);
        let window = self.view.window.span;
        let (start, end) = (self.screen_x(window.from), self.screen_x(window.to));
        let rows_end = match self.view.rows.last() {
            Some(Row::Add) => self.layout.y_range(self.view.rows.len() - 1).0,
            _ => self.layout.height,
        };
        let bottom = (self.frame.origin.y + rows_end).min(body.bottom());
        let mut shapes = Vec::with_capacity(256);
        let add_rect = |shapes: &mut Vec<Shape>, rect: Rect, colour: Color32| {
            if rect.is_positive() {
                shapes.push(Shape::rect_filled(rect, 0.0, colour));
            }
        };
        add_rect(&mut shapes, body.with_max_x(start), t.outside);
        add_rect(&mut shapes, body.with_min_x(end), t.outside);
        for slot in self.hour_lines() {
            let x = self.screen_x(slot).round() + 0.5;
            if !self.is_wholly_beside(x, x) {
                shapes.push(Shape::vline(x, body.top()..=bottom, Stroke::new(1.0, t.line)));
            }
        }
        for index in self.rows_in_sight() {
            let (top, bottom) = self.row_y(index);
            let row = Rect::from_min_max(pos2(body.left(), top), pos2(body.right(), bottom));
            match &self.view.rows[index] {
                Row::Unit(_) => add_rect(&mut shapes, row, t.head),
                Row::Lane(lane) => {
                    if let Some(line) = self.lane_line(lane, index, bottom) {
                        shapes.push(line);
                    }
                }
                Row::HaveNeed(_) => {
                    let inside = row.with_min_x(start.max(body.left())).with_max_x(end.min(body.right()));
                    add_rect(&mut shapes, inside, t.sunken);
                    shapes.push(hairline(row, t.line2));
                }
                Row::Beside(_) => shapes.push(hairline(row, t.line)),
                Row::Add => {}
            }
        }
        if t.is_high_contrast() {
            for x in [start, end] {
                shapes.push(Shape::vline(x.round() + 0.5, body.top()..=bottom, Stroke::new(1.0, t.line2)));
            }
        }
        painter.extend(shapes);
    }

    /// Solid under the last lane of a post, dotted between its lanes, nothing over the have/need row.
    fn lane_line(&self, row: &LaneRow<'_>, index: usize, bottom: f32) -> Option<Shape> {
        let (t, body) = (self.tokens, self.frame.body);
        let last = row.row.lane + 1 == row.of.lanes.len();
        let foot = body.with_max_y(bottom);
        if !last {
            let line = Rect::from_min_max(pos2(body.left(), bottom - 1.0), pos2(body.right(), bottom));
            let dots = Dashes { on: 2.0, off: 3.0, stroke: Stroke::new(1.0, t.line) };
            let visible = line.intersect(self.painter.clip_rect());
            return Some(dots.shape(visible, 1.0 / self.painter.pixels_per_point()));
        }
        let next = self.view.rows.get(index + 1);
        (!matches!(next, Some(Row::Unit(_)) | None)).then(|| hairline(foot, t.line))
    }

    /// The slots' starts and the window's end, thinned out so that lines stand at least 20 points apart.
    pub(super) fn hour_lines(&self) -> impl Iterator<Item = Instant> {
        let slots = self.view.slots;
        slots.iter().map(|slot| slot.from).chain([self.view.window.span.to])
    }

    fn paint_cells(&self, painter: &Painter, moving: Moving<'_>) {
        let mut brush = self.brush(painter);
        for index in self.rows_in_sight() {
            match &self.view.rows[index] {
                Row::Lane(row) => self.paint_lane(&mut brush, index, row, moving),
                Row::HaveNeed(row) => {
                    let would_be = moving.figures.iter().find(|(unit, _)| *unit == row.unit.id);
                    let steps = would_be.map_or(&row.steps, |(_, steps)| steps);
                    let changed = moving.suggested.map_or(&[][..], |(suggested, _)| suggested.figures_of(&row.unit.id));
                    self.paint_have_need(&mut brush, index, &without(steps, changed));
                }
                Row::Beside(row) => {
                    for idle in moving.suggested.map_or(&[][..], |(suggested, _)| suggested.idle(row)) {
                        let rect = self.frame.on_screen(self.layout.block(index, *idle));
                        if !self.is_wholly_beside(rect.left(), rect.right()) {
                            brush.nobody_normally(self.in_sight(rect));
                        }
                    }
                }
                Row::Unit(_) | Row::Add => {}
            }
        }
        drop(brush);
        for index in self.rows_in_sight() {
            if let Row::Unit(row) = &self.view.rows[index] {
                self.paint_unit_body(painter, index, row);
            }
        }
    }

    fn paint_lane(&self, brush: &mut CellBrush<'_>, index: usize, row: &LaneRow<'_>, moving: Moving<'_>) {
        let place = |span: Span| {
            let rect = self.frame.on_screen(self.layout.block(index, span));
            (!self.is_wholly_beside(rect.left(), rect.right())).then_some(rect)
        };
        let idle = moving.suggested.map_or(&row.lane.idle[..], |(suggested, _)| suggested.idle(&row.row));
        for idle in idle {
            if let Some(rect) = place(*idle) {
                brush.nobody_normally(self.in_sight(rect));
            }
        }
        // With nobody at all on a post one plate speaks for all its lanes.
        let says_so = row.row.lane == 0 || row.of.blocks().next().is_some();
        let open = moving.suggested.map(|(suggested, _)| suggested.still_open(&row.row, row.lane));
        for gap in open.as_ref().unwrap_or(&row.lane.gaps) {
            if let Some(rect) = place(*gap) {
                let times = cells::times(self.view.zone(), *gap);
                let refusal = |Refusal { initials, span, is_all }: Refusal| {
                    let times = if is_all { String::new() } else { cells::times(self.view.zone(), span) };
                    RefusalLook { initials, times, rect: self.frame.on_screen(self.layout.block(index, span)) }
                };
                let declined: Vec<RefusalLook> =
                    self.view.refusals_in(row.lane, *gap).into_iter().map(refusal).collect();
                let ringed = moving.ringed.filter(|ring| ring.intersects(rect));
                let look = GapLook { times: &times, declined: &declined, plate: says_so, ringed };
                brush.gap(self.in_sight(rect), &look);
            }
        }
        for block in row.lane.blocks.iter().filter(|block| Some(&block.assignment) != moving.hidden) {
            if let Some(rect) = place(block.span) {
                let ringed = moving.ringed.filter(|ring| ring.intersects(rect));
                brush.block(self.held_in_sight(rect), &BlockLook { ringed, ..self.view.block_look(block, row) });
                self.paint_tails(brush, index, block);
            }
        }
    }

    /// A block that begins or ends out of sight keeps in sight what it says, and the bar or hatch at its left that says
    /// whether it counts; its right edge is left outside.
    pub(super) fn held_in_sight(&self, rect: Rect) -> Rect {
        const OUTSIDE: f32 = 4.0;
        let body = self.frame.body;
        let (left, right) = (rect.left().max(body.left()), rect.right().min(body.right() + OUTSIDE));
        if right - left > OUTSIDE { rect.with_min_x(left).with_max_x(right) } else { rect }
    }

    /// Words about a time stand in the part of that time that is in sight, so that no words are cut at the edge.
    fn in_sight(&self, rect: Rect) -> Rect {
        let seen = rect.intersect(self.frame.body);
        if seen.is_positive() { seen } else { rect }
    }

    /// The edge of an agreed block where it goes on beyond the day: its ground alone is too like that of the time there.
    fn paint_tails(&self, brush: &mut CellBrush<'_>, index: usize, block: &Block) {
        let window = self.view.window.span;
        if block.status != Status::Agreed || self.tokens.is_high_contrast() || window.covers(block.span) {
            return;
        }
        for beyond in block.span.without(window) {
            let rect = self.held_in_sight(self.frame.on_screen(self.layout.block(index, beyond)));
            let line = Stroke::new(1.0, self.tokens.agreed_bar);
            // The bar is its edge at the left, and the day is where it has none.
            let across = rect.x_range().shrink(1.0);
            brush.add(Shape::hline(across, rect.top() + 0.5, line));
            brush.add(Shape::hline(across, rect.bottom() - 0.5, line));
            if beyond.from >= window.to {
                brush.add(Shape::vline(rect.right() - 0.5, rect.y_range().shrink(1.0), line));
            }
        }
    }

    /// What is chosen of a lane, with what of a block there goes on beyond the day: the ring goes around all that is
    /// drawn.
    fn drawn_span(&self, row: &GridRow, span: Span) -> Span {
        let window = self.view.window.span;
        let blocks = self.view.window.lane(row).map_or(&[][..], |lane| &lane.blocks);
        let mut drawn = span;
        for block in blocks.iter().filter(|block| block.span.overlaps(span)) {
            if span.from <= window.from {
                drawn.from = drawn.from.min(block.span.from);
            }
            if span.to >= window.to {
                drawn.to = drawn.to.max(block.span.to);
            }
        }
        drawn
    }

    fn paint_have_need(&self, brush: &mut CellBrush<'_>, index: usize, steps: &[HaveNeedStep]) {
        for step in steps.iter().filter(|step| step.look.need > 0 || step.look.agreed + step.look.waiting > 0) {
            let rect = self.frame.on_screen(self.layout.block(index, step.span));
            if !self.is_wholly_beside(rect.left(), rect.right()) {
                brush.have_need(self.in_sight(rect), &step.look);
            }
        }
    }

    fn paint_unit_body(&self, painter: &Painter, index: usize, row: &UnitRow<'_>) {
        let (t, (_, bottom)) = (self.tokens, self.row_y(index));
        let mut free_from = self.frame.body.left();
        for at in &row.handovers {
            let x = self.screen_x(*at);
            let words = format!("handover {}", self.view.zone().time_of_day(*at));
            let galley = painter.layout_no_wrap(words, Type::Small.font(), t.text2);
            let points = vec![pos2(x - 4.5, bottom - 6.0), pos2(x + 4.5, bottom - 6.0), pos2(x, bottom - 1.0)];
            painter.add(Shape::convex_polygon(points, t.text2, Stroke::NONE));
            if x >= free_from {
                free_from = x + 9.0 + galley.size().x + 8.0;
                painter.galley(pos2(x + 9.0, bottom - 5.0 - galley.size().y + 2.0), galley, t.text2);
            }
        }
    }

    /// The edge of everything chosen, and while the grid has the keyboard the ring around the last. Where a suggestion is
    /// looked at and several rows are chosen, the ring alone: the edges would be all that is seen of it.
    fn paint_chosen(&self, painter: &Painter, chosen: &CellRange, editable: bool, moving: Moving<'_>) {
        let Some(rect) = chosen.resolve(self.view.window) else { return };
        let ring = self.ring(chosen);
        let mut brush = self.brush(painter);
        let gives_way = moving.suggested.is_some() && rect.rows.len() > 1;
        for row in self.view.window.rows[rect.rows.clone()].iter().filter(|_| !gives_way) {
            let Some((index, _)) = self.view.lane_row(row) else { continue };
            let around = self.frame.on_screen(self.layout.block(index, self.drawn_span(row, rect.span)));
            if ring != Some(around) {
                brush.chosen(around);
            }
        }
        if chosen.anchor == chosen.last {
            self.paint_what_it_stands_for(&mut brush, chosen);
        }
        if let Some(ring) = ring {
            if moving.has_keyboard {
                brush.ring(ring);
            } else {
                brush.resting_ring(ring);
            }
            if editable && !gives_way {
                brush.fill_handle(self.handle_cell(chosen).unwrap_or(ring));
            }
        }
    }

    /// Around the whole of a block of which a part is chosen: keys that ask, agree, decline and lock act on all of it.
    fn paint_what_it_stands_for(&self, brush: &mut CellBrush<'_>, chosen: &CellRange) {
        let Some((index, row)) = self.view.lane_row(&chosen.last.row) else { return };
        let part = self.drawn_span(&chosen.last.row, chosen.span());
        for block in row.lane.blocks.iter().filter(|b| b.span.overlaps(part) && !part.covers(b.span)) {
            brush.stands_for(self.frame.on_screen(self.layout.block(index, block.span)));
        }
    }

    /// What the ring goes around: the last cell of what is chosen.
    pub(super) fn ring(&self, chosen: &CellRange) -> Option<Rect> {
        let (index, _) = self.view.lane_row(&chosen.last.row)?;
        let span = self.drawn_span(&chosen.last.row, chosen.last.span().overlap(self.view.window.span)?);
        Some(self.frame.on_screen(self.layout.block(index, span)))
    }

    /// A unit's heading, from the left edge of the grid to the right.
    pub(super) fn heading(&self, unit: &crate::model::UnitId) -> Option<Rect> {
        let is_it = |row: &Row<'_>| matches!(row, Row::Unit(heading) if heading.unit.id == *unit);
        let index = self.view.rows.iter().position(is_it)?;
        let (top, bottom) = self.row_y(index);
        Some(Rect::from_x_y_ranges(self.frame.whole.x_range(), top..=bottom))
    }

    /// The cell at the lower right of what is chosen, where the fill handle is.
    pub(super) fn handle_cell(&self, chosen: &CellRange) -> Option<Rect> {
        let rect = chosen.resolve(self.view.window)?;
        let row = self.view.window.rows.get(rect.rows.end.checked_sub(1)?)?;
        let (index, _) = self.view.lane_row(row)?;
        Some(self.frame.on_screen(self.layout.block(index, self.drawn_span(row, rect.span))))
    }
}

/// The steps without the time of the others, which are drawn by themselves.
fn without<'s>(steps: &'s [HaveNeedStep], others: &[HaveNeedStep]) -> std::borrow::Cow<'s, [HaveNeedStep]> {
    if others.is_empty() {
        return steps.into();
    }
    let left = |step: &HaveNeedStep| {
        let mut spans = vec![step.span];
        for other in others {
            spans = spans.into_iter().flat_map(|span| span.without(other.span)).collect();
        }
        spans.into_iter().map(|span| HaveNeedStep { span, look: step.look }).collect::<Vec<_>>()
    };
    steps.iter().flat_map(left).collect::<Vec<_>>().into()
}

/// The line at the foot of a row.
pub(super) fn hairline(row: Rect, colour: Color32) -> Shape {
    Shape::hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, colour))
}

/// The look of a block that is being dragged: as it will be, Proposed.
pub(super) fn as_proposed(look: BlockLook<'_>) -> BlockLook<'_> {
    BlockLook { status: Status::Proposed, problem: None, changed: false, ..look }
}

/// The typing box is at least so wide.
const TYPING_WIDTH: f32 = 90.0;

impl GridPainter<'_, '_> {
    /// Where the typing box goes: over the cells of the lane with the ring, wide enough for a name.
    pub(super) fn typing_rect(&self, typing: &crate::editor::Typing) -> Option<Rect> {
        let rect = typing.cells.resolve(self.view.window)?;
        let (index, _) = self.view.lane_row(&typing.cells.anchor.row)?;
        let (cells, body) = (self.frame.on_screen(self.layout.block(index, rect.span)), self.frame.body);
        // Scrolled out of sight it stays at the edge: what has the keyboard is always to be seen.
        let width = |most: f32| TYPING_WIDTH.min(most.max(0.0));
        let left = cells.left().clamp(body.left(), body.right() - width(body.width()));
        let right = cells.right().clamp(left + width(body.right() - left), body.right().max(left));
        let top = cells.top().min(body.bottom() - cells.height()).max(body.top());
        Some(Rect::from_min_max(pos2(left, top), pos2(right, top + cells.height())))
    }
}
