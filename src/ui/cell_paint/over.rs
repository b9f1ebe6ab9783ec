//! What lies over a cell while it is chosen, typed into or dragged.

use egui::{Rect, Stroke, Vec2, pos2, vec2};

use super::block::INITIALS_FROM;
use super::{BlockLook, CellBrush};
use crate::ui::icons;
use crate::ui::strokes::{Dashes, double_ring, edge};
use crate::ui::theme::{Type, sizes};

/// Side of the fill handle.
const HANDLE: f32 = 8.0;

impl CellBrush<'_> {
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

    /// The ring while another pane has the keyboard: thinner outside, where the ring of the keyboard has two points.
    pub fn resting_ring(&mut self, rect: Rect) {
        let t = self.tokens;
        self.chosen(rect);
        if t.ring() != t.focus {
            self.shapes.push(edge(rect.expand(2.0), 4, 1.0, t.focus));
        }
    }

    /// The thin line around the whole block that one chosen cell of it stands for.
    pub fn stands_for(&mut self, rect: Rect) {
        let t = self.tokens;
        self.shapes.push(edge(rect.expand(1.0), 3, 1.0, t.ring()));
        self.shapes.push(edge(rect.expand(2.0), 4, 1.0, t.focus));
    }

    /// The square at the lower right of the ring around `rect` with which a cell is filled on.
    pub fn fill_handle(&mut self, rect: Rect) {
        let stroke = Stroke::new(1.5, self.tokens.focus);
        self.rect(fill_handle_rect(rect), 0, self.tokens.focus_edge, stroke);
    }
}

/// Where the fill handle of a chosen `rect` is, for those who must hit it.
pub fn fill_handle_rect(rect: Rect) -> Rect {
    Rect::from_min_size(rect.right_bottom() + vec2(4.0 - HANDLE, 4.0 - HANDLE), Vec2::splat(HANDLE))
}
