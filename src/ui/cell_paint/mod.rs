//! How one cell of the grid looks: a block, a gap, what is over it while it is chosen, typed into or dragged.
//!
//! A cell says as much as its width allows and drops whole parts, never letters.

mod block;
mod gap;
mod over;
mod plan;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::epaint::{RectShape, StrokeKind};
use egui::{Color32, CornerRadius, Galley, Painter, Pos2, Rect, Shape, Stroke, pos2};

pub use block::BlockLook;
pub use gap::{GapLook, HaveNeedLook, NOT_AGREED, RefusalLook};
pub use over::fill_handle_rect;
pub use plan::{PlanLook, plan_number, plan_number_width};

use super::icons;
use super::theme::{Tokens, Type, icon_font};

/// Size of a mark in a block.
const MARK: f32 = 12.0;
/// Size of a problem's mark in a block.
const PROBLEM_MARK: f32 = 14.0;

/// Paints cells. Collects shapes and hands them over all at once when it is dropped.
pub struct CellBrush<'a> {
    painter: &'a Painter,
    tokens: &'static Tokens,
    /// Where the window begins; hatching starts from there so that neighbours match.
    origin: Pos2,
    pixel: f32,
    /// What is counted may be shown as true now; otherwise it is grey and says "was".
    current: bool,
    /// Somebody has agreed the normal staffing; otherwise a need ends in "?".
    agreed_need: bool,
    shapes: Vec<Shape>,
}

impl Drop for CellBrush<'_> {
    fn drop(&mut self) {
        self.painter.extend(std::mem::take(&mut self.shapes));
    }
}

impl<'a> CellBrush<'a> {
    /// A brush for a grid whose window begins at `origin`.
    pub fn new(painter: &'a Painter, tokens: &'static Tokens, origin: Pos2) -> Self {
        let pixel = 1.0 / painter.pixels_per_point().max(0.1);
        Self { painter, tokens, origin, pixel, current: true, agreed_need: true, shapes: Vec::with_capacity(256) }
    }

    /// A brush for a rota that may differ from its file: gaps and figures are no verdicts then.
    pub fn with_current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    /// A brush for a day whose normal staffing somebody has agreed, or nobody.
    pub fn with_agreed_need(mut self, agreed: bool) -> Self {
        self.agreed_need = agreed;
        self
    }

    /// Adds any other shape in order.
    pub fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Time in which nobody is there on a normal day. The words only where there is room.
    pub fn nobody_normally(&mut self, rect: Rect) {
        let t = self.tokens;
        self.rect(rect, 0, t.sunken, Stroke::NONE);
        let words = self.layout("not normally staffed", Type::Small, t.text2);
        if words.size().x + 16.0 <= rect.width() {
            self.put(words, rect.left() + 8.0, rect.center().y);
        }
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

/// A name as it may stand in a block: `Evans, Tom`, and where that has no room `Evans`.
fn shorter_and_shorter(name: &str) -> impl Iterator<Item = &str> {
    std::iter::once(name).chain(name.split_once(", ").map(|(family, _)| family))
}
