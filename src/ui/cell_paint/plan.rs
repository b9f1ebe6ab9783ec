//! What a planner proposes, over the cells as they are: nothing of it is in the rota yet.

use egui::{Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::{CellBrush, HaveNeedLook, MARK, shorter_and_shorter};
use crate::ui::marks::Mark;
use crate::ui::strokes::{Dashes, edge};
use crate::ui::theme::{self, Tokens, Type};

/// Somebody whom the planner proposes.
#[derive(Clone, Copy, Debug)]
pub struct PlanLook<'a> {
    /// Shown from 26 points of width.
    pub initials: &'a str,
    /// Shown last, if there is room.
    pub family: &'a str,
    /// Initials of whoever gives way, shown before those of the person.
    pub instead_of: &'a str,
    /// Whether it is pointed at in the list.
    pub ringed: bool,
}

/// Size of the disc with the number of a change.
const DISC: f32 = 16.0;
/// How far a number stands out at the right of what it belongs to.
const NUMBER_OUT: f32 = 6.0;
/// What a number of two digits takes of the right end of what it belongs to, also where that goes on out of sight.
const NUMBER_COVERS: f32 = 28.0;
/// With less of a proposal in sight its number is not shown.
const SEEN_MIN: f32 = 6.0;
/// Under this width a proposal says nothing but its number.
const INITIALS_FROM: f32 = 26.0;
/// From this width it also has its mark.
const MARK_FROM: f32 = 60.0;

impl CellBrush<'_> {
    /// A proposal: its own ground and a dashed edge, so that it is told from what is in the rota without colour too.
    pub fn proposal(&mut self, rect: Rect, look: &PlanLook<'_>) {
        let t = self.tokens;
        self.rect(rect, 0, t.plan_fill, Stroke::NONE);
        let dashes = Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, t.plan) };
        self.shapes.push(dashes.shape(rect, self.pixel));
        if look.ringed {
            self.shapes.push(edge(rect.expand(2.0), 3, 2.0, t.ring()));
        }
        if rect.width() < INITIALS_FROM {
            return;
        }
        let middle = rect.center().y;
        let initials = self.layout(look.initials, Type::Strong, t.plan_text);
        if rect.width() < MARK_FROM {
            if initials.size().x + 6.0 <= rect.width() {
                self.put_centred(initials, rect.center());
            }
            return;
        }
        let mark = Mark::ink_on(t.plan_fill, t.plan);
        Mark::NotAsked.add(pos2(rect.left() + 16.0, middle), MARK, mark, &mut self.shapes);
        let mut left = rect.left() + 27.0;
        // Who was there, and who will be: `KP → RS`.
        if !look.instead_of.is_empty() {
            let from = self.layout(&format!("{} →", look.instead_of), Type::Small, t.plan_text);
            if left + from.size().x + 4.0 + initials.size().x <= rect.right() - NUMBER_COVERS {
                left = self.put(from, left, middle) + 4.0;
            }
        }
        left = self.put(initials, left, middle);
        // The disc of the number covers the upper right corner.
        let mut right = rect.right() - NUMBER_COVERS;
        let word = self.layout("new", Type::Small, t.plan_text);
        if right - word.size().x >= left + 8.0 {
            right -= word.size().x;
            self.put(word, right, middle);
            right -= 8.0;
        }
        for name in shorter_and_shorter(look.family) {
            let family = self.layout(name, Type::Body, t.plan_text);
            if left + 7.0 + family.size().x <= right {
                self.put(family, left + 7.0, middle);
                break;
            }
        }
    }

    /// A proposal of before that goes: struck through.
    pub fn struck(&mut self, rect: Rect) {
        let t = self.tokens;
        let dashes = Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, t.plan) };
        self.shapes.push(dashes.shape(rect, self.pixel));
        let middle = rect.center().y;
        self.shapes.push(Shape::hline(rect.x_range().shrink(4.0), middle, Stroke::new(2.0, t.plan)));
        let words = self.layout("no longer", Type::Small, t.plan_text);
        if words.size().x + 80.0 <= rect.width() {
            let size = egui::vec2(words.size().x + 8.0, words.size().y);
            let at = Rect::from_center_size(pos2(rect.right() - 12.0 - 0.5 * size.x, middle), size);
            self.rect(at, 2, t.plan_fill, Stroke::NONE);
            self.put_centred(words, at.center());
        }
    }

    /// The numbers of changes, each on a corner of what the change brings: on the upper right one if it can be, inside
    /// `sight`, and never on one another. Of what is nearly out of sight the number is too.
    pub fn plan_numbers(&mut self, sight: Rect, all: &[(Rect, usize)]) {
        let t = self.tokens;
        let mut taken: Vec<Rect> = Vec::new();
        for (rect, number) in all {
            let number = self.layout(&number.to_string(), Type::SmallStrong, t.on_plan);
            let size = disc_size(number.size().x) + vec2(2.0, 2.0);
            let Some(at) = number_place(sight, *rect, size, &taken) else { continue };
            plan_disc(t, at.center(), number.size().x, &mut self.shapes);
            self.put_centred(number, at.center());
            taken.push(at);
        }
    }

    /// A stretch of the have/need row as it would be.
    pub fn have_need_with_plan(&mut self, rect: Rect, look: &HaveNeedLook) {
        let t = self.tokens;
        // What stays short is red, whoever proposes it.
        let (fill, ink) = if look.short > 0 { (t.gap_plate, t.on_gap) } else { (t.plan_fill, t.plan_text) };
        self.rect(rect, 0, fill, Stroke::NONE);
        let dashes = Dashes { on: 5.0, off: 3.0, stroke: Stroke::new(2.0, t.plan) };
        self.shapes.push(dashes.shape(rect, self.pixel));
        let figures = format!("{}/{}{}", look.agreed + look.waiting, look.need, self.need_end());
        let short = if look.short > 0 { format!(", {} short", look.short) } else { String::new() };
        for words in [format!("{figures} if all agree{short}"), format!("{figures}{short}"), figures] {
            let words = self.layout(&words, Type::SmallStrong, ink);
            if words.size().x + 8.0 <= rect.width() {
                self.put_centred(words, rect.center());
                return;
            }
        }
        if look.short > 0 && MARK <= rect.width() {
            Mark::Short.add(rect.center(), MARK, Mark::ink_on(fill, ink), &mut self.shapes);
        }
    }
}

/// The number of a change in a list, as on the grid.
pub fn plan_number(ui: &Ui, center: Pos2, number: usize) {
    let t = theme::tokens(ui);
    let words = ui.painter().layout_no_wrap(number.to_string(), Type::SmallStrong.font(), t.on_plan);
    let mut shapes = Vec::new();
    plan_disc(t, center, words.size().x, &mut shapes);
    ui.painter().extend(shapes);
    ui.painter().galley(center - 0.5 * words.size(), words, t.on_plan);
}

/// How wide the disc with a number is.
pub fn plan_number_width(ui: &Ui, number: usize) -> f32 {
    let words = ui.painter().layout_no_wrap(number.to_string(), Type::SmallStrong.font(), egui::Color32::PLACEHOLDER);
    disc_size(words.size().x).x
}

fn disc_size(words: f32) -> Vec2 {
    vec2((words + 6.0).max(DISC), DISC)
}

/// Where a number of that size stands on a corner of `rect`, moved into `sight`; nowhere if too little of `rect` is in
/// sight, or all corners are taken.
fn number_place(sight: Rect, rect: Rect, size: Vec2, taken: &[Rect]) -> Option<Rect> {
    let seen = rect.intersect(sight);
    if seen.width() < SEEN_MIN || seen.height() < SEEN_MIN || sight.width() < size.x || sight.height() < size.y {
        return None;
    }
    let half = 0.5 * size;
    let room = Rect::from_min_max(sight.min + half, sight.max - half);
    let (out, top) = (0.5 * size.x - NUMBER_OUT, seen.top() + 1.0);
    let corners = [(seen.right() - out, top), (seen.right() - out, seen.bottom() - 1.0), (seen.left() + out, top)];
    let places = corners.map(|(x, y)| Rect::from_center_size(room.clamp(pos2(x, y)), size));
    // Those that only touch are still apart.
    places.into_iter().find(|place| !taken.iter().any(|other| other.shrink(0.5).intersects(*place)))
}

/// The disc on which the number of a change stands; as wide as the number needs.
fn plan_disc(t: &Tokens, center: Pos2, words: f32, shapes: &mut Vec<Shape>) {
    let size = disc_size(words);
    let mut put = |size: Vec2, fill| {
        let rect = Rect::from_center_size(center, size);
        shapes.push(Shape::rect_filled(rect, 0.5 * size.y, fill));
    };
    put(size + vec2(2.0, 2.0), t.surface);
    put(size, t.plan);
}
