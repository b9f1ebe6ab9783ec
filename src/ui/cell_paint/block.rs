//! A person on a post from a time to a time.

use egui::{Color32, CornerRadius, Rect, Shape, Stroke, pos2, vec2};

use super::{CellBrush, MARK, PROBLEM_MARK, shorter_and_shorter};
use crate::model::Status;
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::strokes::{Dashes, Hatch, edge};
use crate::ui::theme::{Type, sizes};

/// A person on a post from a time to a time.
#[derive(Clone, Copy, Debug)]
pub struct BlockLook<'a> {
    /// Decides ground, edge and mark; who declined is drawn as proposed.
    pub status: Status,
    /// Shown from 26 points of width.
    pub initials: &'a str,
    /// Shown last, if there is room.
    pub family: &'a str,
    /// How many more than normal this lane makes; 0 for the lanes of a normal day.
    pub over_normal: u16,
    /// The mark of the worst that the checker says: an error has a red edge too.
    pub problem: Option<Mark>,
    /// Whether nothing but the person at the keyboard may move it.
    pub locked: bool,
    /// Whether it is held from home: a moon.
    pub on_call: bool,
    /// Whether it differs from the version last issued.
    pub changed: bool,
    /// What is ringed of it: a ring around a part of the block must not cut a name.
    pub ringed: Option<Rect>,
}

impl<'a> BlockLook<'a> {
    /// A block with nothing special about it.
    pub const fn new(status: Status, initials: &'a str, family: &'a str) -> Self {
        Self {
            status,
            initials,
            family,
            over_normal: 0,
            problem: None,
            locked: false,
            on_call: false,
            changed: false,
            ringed: None,
        }
    }
}

/// Under this width a block says nothing.
pub(super) const INITIALS_FROM: f32 = 26.0;
/// From this width a block also has its mark and icons; from less, if its initials fit beside the mark.
const MARK_FROM: f32 = 60.0;
/// Between the right edge and the first thing from the right.
const RIGHT: f32 = 6.0;
/// Size of the corner "changed since issue".
const CHANGED: f32 = 9.0;

/// Where words of that width begin that an edge of the ring would cut: right of it; else where they would.
fn beside_ring(ring: Option<Rect>, start: f32, width: f32) -> f32 {
    let is_cut = |edge: f32| edge > start - 2.0 && edge < start + width + 2.0;
    ring.filter(|ring| is_cut(ring.left()) || is_cut(ring.right())).map_or(start, |ring| ring.right() + 6.0)
}

impl CellBrush<'_> {
    /// A person on a post. `rect` is what the block fills, inset from its lane.
    pub fn block(&mut self, rect: Rect, look: &BlockLook<'_>) {
        let inner_left = self.ground(rect, look.status);
        if look.problem == Some(Mark::Error) {
            self.shapes.push(edge(rect, sizes::BLOCK_CORNER as u8, 2.0, self.tokens.gap_plate));
        }
        if look.changed {
            self.changed_corner(rect);
        }
        let initials = self.layout(look.initials, Type::Strong, self.block_text(look.status));
        // Mark, initials and a little air.
        let needed = self.mark_at(look.status) + 11.0 + initials.size().x + 3.0;
        if rect.width() >= MARK_FROM.min(needed) {
            self.wide_block(rect, look);
        } else if rect.width() >= INITIALS_FROM {
            let room = Rect::from_min_max(pos2(inner_left, rect.top()), rect.right_bottom());
            if initials.size().x <= room.width() {
                self.put_centred(initials, room.center());
            }
        }
    }

    /// Fill, edge and the bar or hatch at the left; returns where that ends.
    fn ground(&mut self, rect: Rect, status: Status) -> f32 {
        let t = self.tokens;
        let corner = sizes::BLOCK_CORNER as u8;
        let wait = Stroke::new(t.wait_edge_width(), t.wait_edge);
        match status {
            Status::Agreed => {
                let stroke = Stroke::new(t.agreed_edge_width(), t.agreed_edge());
                self.rect(rect, corner, t.agreed_fill, stroke);
                let bar = rect.with_max_x((rect.left() + t.bar_width()).min(rect.right()));
                let left_corners = CornerRadius { nw: corner, sw: corner, ne: 0, se: 0 };
                self.shapes.push(Shape::rect_filled(bar, left_corners, t.agreed_bar));
                return bar.right();
            }
            Status::Asked => self.rect(rect, corner, t.wait_fill, wait),
            Status::Proposed | Status::Declined => {
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

    /// Where the middle of the mark is, from the left.
    fn mark_at(&self, status: Status) -> f32 {
        if status == Status::Agreed { 10.0 + self.tokens.bar_width() } else { 18.0 }
    }

    fn wide_block(&mut self, rect: Rect, look: &BlockLook<'_>) {
        let t = self.tokens;
        let text = self.block_text(look.status);
        let mark = if look.status == Status::Declined { Mark::NotAsked } else { Mark::of_status(look.status) };
        let mark_at = self.mark_at(look.status);
        let middle = rect.center().y;
        let initials = self.layout(look.initials, Type::Strong, text);
        let start = rect.left() + mark_at - 0.5 * MARK;
        let width = 0.5 * MARK + 11.0 + initials.size().x;
        let beside = beside_ring(look.ringed, start, width);
        let start = if beside + width <= rect.right() - 3.0 { beside } else { start };
        mark.add(pos2(start + 0.5 * MARK, middle), MARK, mark.ink(t), &mut self.shapes);
        let mut left = start + 0.5 * MARK + 11.0;
        if left + initials.size().x > rect.right() - 3.0 {
            return;
        }
        left = self.put(initials, left, middle);

        let right = self.icons_from_the_right(rect, look, left);
        let right = self.word_at_the_right(rect, look, (left, right));
        for name in shorter_and_shorter(look.family) {
            let family = self.layout(name, Type::Body, text);
            let start = beside_ring(look.ringed, left + 7.0, family.size().x);
            if start + family.size().x <= right {
                self.put(family, start, middle);
                break;
            }
        }
    }

    /// Problem, lock and moon; returns how far to the right the words may go.
    fn icons_from_the_right(&mut self, rect: Rect, look: &BlockLook<'_>, left: f32) -> f32 {
        let t = self.tokens;
        let mut right = rect.right() - RIGHT;
        if look.changed {
            right -= CHANGED - 2.0;
        }
        if let Some(mark) = look.problem
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
        if look.on_call && left + 4.0 + icons::IN_BLOCK <= right {
            let at = pos2(right - 0.5 * icons::IN_BLOCK, rect.center().y);
            self.icon(icons::MOON, at, self.block_text(look.status));
            right -= icons::IN_BLOCK + RIGHT;
        }
        right
    }

    /// "asked", "proposed", "1 over normal", if there is room; returns where the family name must end.
    fn word_at_the_right(&mut self, rect: Rect, look: &BlockLook<'_>, (left, right): (f32, f32)) -> f32 {
        let status = match look.status {
            Status::Agreed => "",
            Status::Asked => "asked",
            Status::Proposed | Status::Declined => "proposed",
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

    const fn block_text(&self, status: Status) -> Color32 {
        match status {
            Status::Agreed => self.tokens.agreed_text,
            Status::Asked => self.tokens.wait_text,
            Status::Proposed | Status::Declined => self.tokens.text,
        }
    }

    fn changed_corner(&mut self, rect: Rect) {
        let corner = rect.right_top();
        let side = CHANGED.min(rect.width()).min(rect.height());
        let points = vec![corner - vec2(side, 0.0), corner, corner + vec2(0.0, side)];
        self.shapes.push(Shape::convex_polygon(points, self.tokens.changed, Stroke::NONE));
    }
}
