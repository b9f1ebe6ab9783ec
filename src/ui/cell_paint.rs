//! How one cell of the grid looks: a block, a gap, what is over it while it is chosen, typed into or dragged.
//!
//! A cell says as much as its width allows and drops whole parts, never letters.

use std::sync::Arc;

use egui::epaint::{RectShape, StrokeKind};
use egui::{Color32, CornerRadius, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::icons;
use super::marks::Mark;
use super::strokes::{Dashes, Hatch, double_ring, edge};
use super::theme::{Tokens, Type, icon_font, sizes};

/// How far a person's cover has been arranged; decides ground, edge and mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockStatus {
    /// Counts.
    Agreed,
    /// Does not count yet.
    Asked,
    /// Not asked, does not count.
    Proposed,
}

/// The worst thing the checker says about a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockProblem {
    /// A triangle.
    Warning,
    /// A red edge and a diamond.
    Error,
}

/// A person on a post from a time to a time.
#[derive(Clone, Copy, Debug)]
pub struct BlockLook<'a> {
    /// Agreed, asked or proposed.
    pub status: BlockStatus,
    /// Shown from 26 points of width.
    pub initials: &'a str,
    /// Shown last, if there is room.
    pub family: &'a str,
    /// How many more than normal this lane makes; 0 for the lanes of a normal day.
    pub over_normal: u16,
    /// The worst problem.
    pub problem: Option<BlockProblem>,
    /// Whether nothing but the person at the keyboard may move it.
    pub locked: bool,
    /// Whether it differs from the version last issued.
    pub changed: bool,
}

impl<'a> BlockLook<'a> {
    /// A block with nothing special about it.
    #[must_use]
    pub const fn new(status: BlockStatus, initials: &'a str, family: &'a str) -> Self {
        Self { status, initials, family, over_normal: 0, problem: None, locked: false, changed: false }
    }
}

/// Time that a normal day covers and nobody does.
#[derive(Clone, Copy, Debug, Default)]
pub struct GapLook<'a> {
    /// Such as `10:00–12:00`; shown from 184 points of width.
    pub times: &'a str,
    /// Initials of those who declined, such as `IM` or `IM, PD`; empty if none.
    pub declined: &'a str,
    /// False for the lanes of a post that share one plate.
    pub plate: bool,
}

/// One stretch of a unit's have/need row, within which nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HaveNeedLook {
    /// Doctors who agreed and count.
    pub agreed: u32,
    /// Asked or proposed who would count.
    pub waiting: u32,
    /// Doctors on a normal day.
    pub need: u32,
    /// How many are short even if all agree, at any grade.
    pub short: u32,
}

impl HaveNeedLook {
    /// `9/9`, or `8+1/9` while somebody has not agreed.
    #[must_use]
    pub fn figures(&self) -> String {
        if self.waiting > 0 {
            format!("{}+{}/{}", self.agreed, self.waiting, self.need)
        } else {
            format!("{}/{}", self.agreed, self.need)
        }
    }

    /// What the cell is marked with; nothing if the need is met.
    #[must_use]
    pub const fn mark(&self) -> Option<Mark> {
        if self.short > 0 {
            Some(Mark::Short)
        } else if self.agreed < self.need {
            Some(Mark::Waiting)
        } else {
            None
        }
    }
}

/// Under this width a block says nothing.
const INITIALS_FROM: f32 = 26.0;
/// From this width a block also has its mark and icons.
const MARK_FROM: f32 = 60.0;
/// From this width a gap has the square ✕.
const CROSS_FROM: f32 = 18.0;
/// From this width a gap says SHORT.
const SHORT_FROM: f32 = 54.0;
/// From this width a gap says NOT COVERED.
const NOT_COVERED_FROM: f32 = 110.0;
/// From this width a gap also says when.
const TIMES_FROM: f32 = 184.0;
/// Size of a mark in a block.
const MARK: f32 = 12.0;
/// Size of a problem's mark in a block.
const PROBLEM_MARK: f32 = 14.0;
/// Between the right edge and the first thing from the right.
const RIGHT: f32 = 6.0;
/// Size of the corner "changed since issue".
const CHANGED: f32 = 9.0;
/// Side of the fill handle.
const HANDLE: f32 = 8.0;

/// Paints cells. Collects shapes and hands them over all at once when it is dropped.
pub struct CellBrush<'a> {
    painter: &'a Painter,
    tokens: &'static Tokens,
    /// Where the window begins; hatching starts from there so that neighbours match.
    origin: Pos2,
    pixel: f32,
    shapes: Vec<Shape>,
}

impl Drop for CellBrush<'_> {
    fn drop(&mut self) {
        self.painter.extend(std::mem::take(&mut self.shapes));
    }
}

impl<'a> CellBrush<'a> {
    /// A brush for a grid whose window begins at `origin`.
    #[must_use]
    pub fn new(painter: &'a Painter, tokens: &'static Tokens, origin: Pos2) -> Self {
        let pixel = 1.0 / painter.pixels_per_point().max(0.1);
        Self { painter, tokens, origin, pixel, shapes: Vec::with_capacity(256) }
    }

    /// Adds any other shape in order.
    pub fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// A person on a post. `rect` is what the block fills, inset from its lane.
    pub fn block(&mut self, rect: Rect, look: &BlockLook<'_>) {
        let inner_left = self.ground(rect, look.status);
        if look.problem == Some(BlockProblem::Error) {
            self.shapes.push(edge(rect, sizes::BLOCK_CORNER as u8, 2.0, self.tokens.gap_plate));
        }
        if look.changed {
            self.changed_corner(rect);
        }
        if rect.width() >= MARK_FROM {
            self.wide_block(rect, look);
        } else if rect.width() >= INITIALS_FROM {
            let initials = self.layout(look.initials, Type::Strong, self.block_text(look.status));
            let room = Rect::from_min_max(pos2(inner_left, rect.top()), rect.right_bottom());
            if initials.size().x <= room.width() {
                self.put_centred(initials, room.center());
            }
        }
    }

    /// Fill, edge and the bar or hatch at the left; returns where that ends.
    fn ground(&mut self, rect: Rect, status: BlockStatus) -> f32 {
        let t = self.tokens;
        let corner = sizes::BLOCK_CORNER as u8;
        let wait = Stroke::new(t.wait_edge_width(), t.wait_edge);
        match status {
            BlockStatus::Agreed => {
                let stroke = Stroke::new(t.agreed_edge_width(), t.agreed_bar);
                self.rect(rect, corner, t.agreed_fill, stroke);
                let bar = rect.with_max_x((rect.left() + t.bar_width()).min(rect.right()));
                let left_corners = CornerRadius { nw: corner, sw: corner, ne: 0, se: 0 };
                self.shapes.push(Shape::rect_filled(bar, left_corners, t.agreed_bar));
                return bar.right();
            }
            BlockStatus::Asked => self.rect(rect, corner, t.wait_fill, wait),
            BlockStatus::Proposed => {
                self.rect(rect, 0, t.prop_fill, Stroke::NONE);
                self.shapes.push(Dashes { on: 5.0, off: 3.0, stroke: wait }.shape(rect, self.pixel));
            }
        }
        let inside = rect.shrink(wait.width);
        let strip = inside.with_max_x((inside.left() + 7.0).min(inside.right()));
        let hatch = Hatch { origin: strip.left_bottom(), spacing: 5.0, width: 1.5, colour: t.wait_hatch };
        self.shapes.push(hatch.shape(strip, self.pixel));
        strip.right()
    }

    fn wide_block(&mut self, rect: Rect, look: &BlockLook<'_>) {
        let t = self.tokens;
        let text = self.block_text(look.status);
        let (mark, mark_at) = match look.status {
            BlockStatus::Agreed => (Mark::Agreed, 10.0 + t.bar_width()),
            BlockStatus::Asked => (Mark::Waiting, 18.0),
            BlockStatus::Proposed => (Mark::NotAsked, 18.0),
        };
        let middle = rect.center().y;
        mark.add(pos2(rect.left() + mark_at, middle), MARK, mark.ink(t), &mut self.shapes);
        let mut left = rect.left() + mark_at + 11.0;
        let initials = self.layout(look.initials, Type::Strong, text);
        if left + initials.size().x > rect.right() - 3.0 {
            return;
        }
        left = self.put(initials, left, middle);

        let right = self.icons_from_the_right(rect, look, left);
        let right = self.word_at_the_right(rect, look, (left, right));
        let family = self.layout(look.family, Type::Body, text);
        if left + 7.0 + family.size().x <= right {
            self.put(family, left + 7.0, middle);
        }
    }

    /// Problem and lock; returns how far to the right the words may go.
    fn icons_from_the_right(&mut self, rect: Rect, look: &BlockLook<'_>, left: f32) -> f32 {
        let t = self.tokens;
        let mut right = rect.right() - RIGHT;
        if look.changed {
            right -= CHANGED - 2.0;
        }
        let mark = look.problem.map(|problem| match problem {
            BlockProblem::Warning => Mark::Warning,
            BlockProblem::Error => Mark::Error,
        });
        if let Some(mark) = mark
            && left + 4.0 + PROBLEM_MARK <= right
        {
            let at = pos2(right - 0.5 * PROBLEM_MARK, rect.center().y);
            mark.add(at, PROBLEM_MARK, mark.ink(t), &mut self.shapes);
            right -= PROBLEM_MARK + RIGHT;
        }
        if look.locked && left + 4.0 + icons::IN_BLOCK <= right {
            let at = pos2(right - 0.5 * icons::IN_BLOCK, rect.center().y);
            self.icon(icons::LOCK_SIMPLE, at, self.block_text(look.status));
            right -= icons::IN_BLOCK + RIGHT;
        }
        right
    }

    /// "asked", "proposed", "1 over normal", if there is room; returns where the family name must end.
    fn word_at_the_right(&mut self, rect: Rect, look: &BlockLook<'_>, (left, right): (f32, f32)) -> f32 {
        let status = match look.status {
            BlockStatus::Agreed => "",
            BlockStatus::Asked => "asked",
            BlockStatus::Proposed => "proposed",
        };
        let over = match look.over_normal {
            0 => String::new(),
            more => format!("{more} over normal"),
        };
        let both = match (status.is_empty(), over.is_empty()) {
            (true, true) => return right,
            (false, true) => status.to_owned(),
            (true, false) => over,
            (false, false) => format!("{status}, {over}"),
        };
        let colour = self.block_text(look.status);
        for words in [both.as_str(), status] {
            let words = self.layout(words, Type::Small, colour);
            let start = right - words.size().x;
            if words.size().x > 0.0 && start >= left + 8.0 {
                self.put(words, start, rect.center().y);
                return start - 8.0;
            }
        }
        right
    }

    const fn block_text(&self, status: BlockStatus) -> Color32 {
        match status {
            BlockStatus::Agreed => self.tokens.agreed_text,
            BlockStatus::Asked => self.tokens.wait_text,
            BlockStatus::Proposed => self.tokens.text,
        }
    }

    fn changed_corner(&mut self, rect: Rect) {
        let corner = rect.right_top();
        let side = CHANGED.min(rect.width()).min(rect.height());
        let points = vec![corner - vec2(side, 0.0), corner, corner + vec2(0.0, side)];
        self.shapes.push(Shape::convex_polygon(points, self.tokens.changed, Stroke::NONE));
    }

    /// Time nobody covers: hatched all over, with a plate that says so and, at the right, who declined.
    pub fn gap(&mut self, rect: Rect, look: &GapLook<'_>) {
        let t = self.tokens;
        self.rect(rect, 0, t.gap_fill, Stroke::NONE);
        let hatch = Hatch { origin: self.origin, spacing: 8.0, width: t.gap_hatch_width(), colour: t.gap_hatch };
        self.shapes.push(hatch.shape(rect, self.pixel));
        let right = if look.declined.is_empty() { rect.right() } else { self.declined(rect, look.declined) };
        if look.plate {
            self.gap_plate(rect.with_max_x(right), look.times);
        }
    }

    fn gap_plate(&mut self, rect: Rect, times: &str) {
        let t = self.tokens;
        if rect.width() < CROSS_FROM {
            return;
        }
        if rect.width() < SHORT_FROM {
            let size = PROBLEM_MARK.min(rect.width() - 2.0);
            Mark::Short.add(rect.center(), size, Mark::Short.ink(t), &mut self.shapes);
            return;
        }
        let with_times = (rect.width() >= TIMES_FROM && !times.is_empty()).then(|| format!("NOT COVERED  {times}"));
        let not_covered = (rect.width() >= NOT_COVERED_FROM).then_some("NOT COVERED");
        for words in [with_times.as_deref(), not_covered, Some("SHORT")].into_iter().flatten() {
            let words = self.layout(words, Type::Plate, t.on_gap);
            let width = words.size().x + 10.0;
            if width <= rect.width() - 2.0 {
                let plate = Rect::from_center_size(rect.center(), vec2(width, (rect.height() - 4.0).min(20.0)));
                self.rect(plate, sizes::PLATE_CORNER as u8, t.gap_plate, Stroke::NONE);
                self.put_centred(words, plate.center());
                return;
            }
        }
    }

    /// A box with struck initials and "declined"; without the word, or nothing, where there is no room for it.
    fn declined(&mut self, rect: Rect, initials: &str) -> f32 {
        let t = self.tokens;
        let initials = self.layout(initials, Type::Small, t.ghost);
        let mut word = Some(self.layout("declined", Type::Small, t.ghost));
        let width = |word: &Option<Arc<Galley>>| {
            5.0 + MARK + 4.0 + initials.size().x + word.as_ref().map_or(0.0, |word| 4.0 + word.size().x) + 5.0
        };
        if rect.width() - width(&word) - 8.0 < SHORT_FROM {
            word = None;
        }
        let width = width(&word);
        if rect.width() - width - 8.0 < CROSS_FROM {
            return rect.right();
        }
        let size = vec2(width, (rect.height() - 4.0).min(20.0));
        let frame = Rect::from_center_size(pos2(rect.right() - 4.0 - 0.5 * width, rect.center().y), size);
        self.rect(frame, sizes::PLATE_CORNER as u8, t.surface, Stroke::new(1.0, t.ghost));
        let middle = frame.center().y;
        let mark_at = pos2(frame.left() + 5.0 + 0.5 * MARK, middle);
        Mark::Declined.add(mark_at, MARK, Mark::Declined.ink(t), &mut self.shapes);
        let start = frame.left() + 5.0 + MARK + 4.0;
        let end = self.put(initials, start, middle);
        self.shapes.push(Shape::hline(start..=end, middle + 0.5, Stroke::new(1.0, t.ghost)));
        if let Some(word) = word {
            self.put(word, end + 4.0, middle);
        }
        frame.left() - 4.0
    }

    /// Time in which nobody is there on a normal day. The words only where there is room.
    pub fn nobody_normally(&mut self, rect: Rect) {
        let t = self.tokens;
        self.rect(rect, 0, t.sunken, Stroke::NONE);
        let words = self.layout("nobody normally", Type::Small, t.text2);
        if words.size().x + 16.0 <= rect.width() {
            self.put(words, rect.left() + 8.0, rect.center().y);
        }
    }

    /// Time outside the window: tinted, nothing counted.
    pub fn outside(&mut self, rect: Rect) {
        self.rect(rect, 0, self.tokens.outside, Stroke::NONE);
    }

    /// One stretch of the have/need row.
    pub fn have_need(&mut self, rect: Rect, look: &HaveNeedLook) {
        let t = self.tokens;
        let short = if look.short > 0 { format!("{} short", look.short) } else { String::new() };
        let (role, text) = match look.mark() {
            Some(Mark::Short) => {
                self.rect(rect, sizes::PLATE_CORNER as u8, t.gap_plate, Stroke::NONE);
                (Type::Plate, t.on_gap)
            }
            Some(_) => {
                let stroke = Stroke::new(1.0, t.wait_edge);
                self.rect(rect, sizes::PLATE_CORNER as u8, t.amber_soft, stroke);
                (Type::SmallStrong, t.wait_text)
            }
            None => (Type::Body, t.text),
        };
        let figures = self.layout(&look.figures(), role, text);
        let short = self.layout(&short, role, text);
        let mark = look.mark();
        let mark_width = if mark.is_some() { MARK + 4.0 } else { 0.0 };
        let short_width = if look.short > 0 { 7.0 + short.size().x } else { 0.0 };
        let room = rect.width() - 6.0;
        let figures_width = figures.size().x;
        // Whole parts go: first how many short, then the mark, and at last the figures.
        let (with_mark, with_figures, with_short) = if mark_width + figures_width + short_width <= room {
            (true, true, look.short > 0)
        } else if mark_width + figures_width <= room {
            (true, true, false)
        } else if figures_width <= room {
            (false, true, false)
        } else {
            (MARK <= room, false, false)
        };
        let width = match (with_mark, with_figures) {
            (true, true) => mark_width + figures_width + if with_short { short_width } else { 0.0 },
            (false, true) => figures_width,
            _ => MARK,
        };
        let mut left = rect.center().x - 0.5 * width;
        let middle = rect.center().y;
        if let Some(mark) = mark.filter(|_| with_mark) {
            let ink = if mark == Mark::Short { Mark::ink_on(t.gap_plate, t.on_gap) } else { mark.ink(t) };
            mark.add(pos2(left + 0.5 * MARK, middle), MARK, ink, &mut self.shapes);
            left += mark_width;
        }
        if with_figures {
            left = self.put(figures, left, middle);
        }
        if with_short {
            self.put(short, left + 7.0, middle);
        }
    }

    /// The box in which somebody types; the field itself goes inside it.
    pub fn typing_box(&mut self, rect: Rect) {
        let stroke = Stroke::new(2.0, self.tokens.accent);
        self.rect(rect, sizes::PLATE_CORNER as u8, self.tokens.surface, stroke);
    }

    /// What the typed letters would be completed to, from `left` on, if there is room.
    pub fn completion(&mut self, rect: Rect, left: f32, text: &str) {
        let words = self.layout(text, Type::Body, self.tokens.text2);
        if left + words.size().x + 4.0 <= rect.right() {
            self.put(words, left, rect.center().y);
        }
    }

    /// Where a dragged block came from.
    pub fn left_behind(&mut self, rect: Rect, initials: &str) {
        let stroke = Stroke::new(1.0, self.tokens.ghost);
        self.shapes.push(Dashes { on: 3.0, off: 2.0, stroke }.shape(rect, self.pixel));
        let initials = self.layout(initials, Type::Body, self.tokens.ghost);
        if initials.size().x + 4.0 <= rect.width() {
            self.put_centred(initials, rect.center());
        }
    }

    /// A block that is being dragged, where it would land.
    pub fn lifted(&mut self, rect: Rect, look: &BlockLook<'_>) {
        self.block(rect, look);
        self.shapes.push(edge(rect.expand(1.0), 4, 2.0, self.tokens.accent));
    }

    /// Where a dragged block cannot land, and why.
    pub fn refused(&mut self, rect: Rect, reason: &str) {
        let t = self.tokens;
        self.rect(rect, 0, t.surface, Stroke::NONE);
        self.shapes.push(Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, t.gap_plate) }.shape(rect, self.pixel));
        if rect.width() < INITIALS_FROM {
            return;
        }
        let words = self.layout(reason, Type::Strong, t.gap_text);
        let fits = 22.0 + words.size().x + 4.0 <= rect.width();
        let at = if fits { pos2(rect.left() + 12.0, rect.center().y) } else { rect.center() };
        self.icon(icons::PROHIBIT, at, t.gap_text);
        if fits {
            self.put(words, rect.left() + 22.0, rect.center().y);
        }
    }

    /// The edge of what is chosen but not last.
    pub fn chosen(&mut self, rect: Rect) {
        self.shapes.push(edge(rect.expand(1.0), 3, 2.0, self.tokens.ring()));
    }

    /// The ring around the last that was chosen. Draw it last.
    pub fn ring(&mut self, rect: Rect) {
        self.shapes.extend(double_ring(rect, self.tokens));
    }

    /// The square at the lower right of the ring around `rect` with which a cell is filled on.
    pub fn fill_handle(&mut self, rect: Rect) {
        let stroke = Stroke::new(1.5, self.tokens.focus);
        self.rect(fill_handle_rect(rect), 0, self.tokens.focus_edge, stroke);
    }

    fn rect(&mut self, rect: Rect, corner: u8, fill: Color32, stroke: Stroke) {
        self.shapes.push(RectShape::new(rect, CornerRadius::same(corner), fill, stroke, StrokeKind::Inside).into());
    }

    fn icon(&mut self, icon: char, center: Pos2, colour: Color32) {
        let galley = self.painter.layout_no_wrap(icon.to_string(), icon_font(icons::IN_BLOCK), colour);
        self.put_centred(galley, center);
    }

    fn layout(&self, text: &str, role: Type, colour: Color32) -> Arc<Galley> {
        self.painter.layout_no_wrap(text.to_owned(), role.font(), colour)
    }

    /// Text from `left` on, its line centred on `middle`; returns where it ends.
    fn put(&mut self, galley: Arc<Galley>, left: f32, middle: f32) -> f32 {
        let end = left + galley.size().x;
        let at = pos2(left, middle - 0.5 * galley.size().y);
        self.shapes.push(Shape::galley(at, galley, Color32::PLACEHOLDER));
        end
    }

    fn put_centred(&mut self, galley: Arc<Galley>, center: Pos2) {
        let at = center - 0.5 * galley.size();
        self.shapes.push(Shape::galley(at, galley, Color32::PLACEHOLDER));
    }
}

/// Where the fill handle of a chosen `rect` is, for those who must hit it.
#[must_use]
pub fn fill_handle_rect(rect: Rect) -> Rect {
    Rect::from_min_size(rect.right_bottom() + vec2(4.0 - HANDLE, 4.0 - HANDLE), Vec2::splat(HANDLE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::{self, Palette, ThemeChoice};
    use egui::{Context, LayerId, RawInput};

    /// Runs one frame of an empty window.
    fn in_window(mut run: impl FnMut(&Painter)) {
        let ctx = Context::default();
        theme::install(&ctx);
        theme::apply(&ctx, ThemeChoice::Light, false);
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 100.0));
        let input = RawInput { screen_rect: Some(screen), ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| run(&Painter::new(ui.ctx().clone(), LayerId::background(), screen)));
        output.textures_delta.clear();
    }

    fn cell(width: f32) -> Rect {
        Rect::from_min_size(pos2(100.0, 40.0), vec2(width, 20.0))
    }

    /// The words painted, in order.
    fn said(width: f32, paint: impl Fn(&mut CellBrush<'_>, Rect)) -> Vec<String> {
        let mut words = Vec::new();
        in_window(|painter| {
            let mut brush = CellBrush::new(painter, Tokens::of(Palette::Light), Pos2::ZERO);
            paint(&mut brush, cell(width));
            let texts = brush.shapes.iter().filter_map(|shape| match shape {
                Shape::Text(text) => Some(text.galley.text().to_owned()),
                _ => None,
            });
            words = texts.collect();
        });
        words
    }

    fn words(width: f32, look: &BlockLook<'_>) -> Vec<String> {
        said(width, |brush, rect| brush.block(rect, look))
    }

    const GRANT: BlockLook<'static> = BlockLook::new(BlockStatus::Asked, "HG", "Grant");

    #[test]
    fn a_block_says_what_fits_and_drops_whole_parts() {
        assert_eq!(words(20.0, &GRANT), [""; 0]);
        assert_eq!(words(40.0, &GRANT), ["HG"]);
        assert_eq!(words(70.0, &GRANT), ["HG"]);
        assert_eq!(words(100.0, &GRANT), ["HG", "asked"]);
        assert_eq!(words(200.0, &GRANT), ["HG", "asked", "Grant"]);
    }

    #[test]
    fn a_gap_says_what_fits() {
        let say = |width, look: GapLook<'_>| said(width, |brush, rect| brush.gap(rect, &look));
        let gap = GapLook { times: "10:00–12:00", plate: true, ..GapLook::default() };
        assert_eq!(say(40.0, gap), [""; 0]);
        assert_eq!(say(60.0, gap), ["SHORT"]);
        assert_eq!(say(120.0, gap), ["NOT COVERED"]);
        assert_eq!(say(200.0, gap), ["NOT COVERED  10:00–12:00"]);
        assert_eq!(say(198.0, GapLook { declined: "IM", ..gap }), ["IM", "declined", "SHORT"]);
        assert_eq!(say(90.0, GapLook { declined: "IM", ..gap }), ["IM"]);
    }

    #[test]
    fn have_and_need_say_what_fits() {
        let say = |width, look: HaveNeedLook| said(width, |brush, rect| brush.have_need(rect, &look));
        let short = HaveNeedLook { agreed: 7, waiting: 1, need: 9, short: 1 };
        assert_eq!(say(200.0, short), ["7+1/9", "1 short"]);
        assert_eq!(say(60.0, short), ["7+1/9"]);
        assert_eq!(say(26.0, short), [""; 0]);
        assert_eq!(say(60.0, HaveNeedLook { agreed: 9, waiting: 0, need: 9, short: 0 }), ["9/9"]);
    }

    #[test]
    fn nothing_leaves_its_cell_at_any_width() {
        let everything = BlockLook {
            over_normal: 2,
            problem: Some(BlockProblem::Error),
            locked: true,
            changed: true,
            ..BlockLook::new(BlockStatus::Proposed, "WWW", "Featherstonehaugh")
        };
        in_window(|painter| {
            for width in 1..300 {
                let rect = cell(width as f32);
                let mut brush = CellBrush::new(painter, Tokens::of(Palette::HighContrast), Pos2::ZERO);
                brush.block(rect, &everything);
                brush.gap(rect, &GapLook { times: "10:00–12:00", declined: "WWW, MMM", plate: true });
                brush.have_need(rect, &HaveNeedLook { agreed: 88, waiting: 10, need: 99, short: 11 });
                brush.nobody_normally(rect);
                brush.refused(rect, "WWW teaching");
                for shape in &brush.shapes {
                    let bounds = shape.visual_bounding_rect();
                    let inside = rect.expand(1.0).contains_rect(bounds) || !bounds.is_positive();
                    assert!(inside, "at {width}: {bounds:?} is not in {rect:?}: {shape:?}");
                }
            }
        });
    }
}
