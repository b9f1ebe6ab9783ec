//! One of several: segments, chips that filter, tabs.

use egui::accesskit::Role as NodeRole;
use egui::{CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{layout, put};
use crate::ui::cell_paint::{plan_number, plan_number_width};
use crate::ui::marks::Mark;
use crate::ui::theme::{self, Type, sizes};

/// One part of a segmented control.
#[derive(Clone, Debug)]
pub struct Segment<'a, T> {
    /// What choosing it gives.
    pub value: T,
    pub label: &'a str,
    pub mark: Option<Mark>,
    /// So many suggested changes: their number stands after the words, where there are any.
    pub changes: usize,
    /// Shown on hover, if not empty.
    pub hint: &'a str,
}

impl<'a, T> Segment<'a, T> {
    /// A part with words alone.
    pub const fn new(value: T, label: &'a str) -> Self {
        Self { value, label, mark: None, changes: 0, hint: "" }
    }

    fn spoken(&self) -> String {
        let mut parts = vec![self.label.to_owned()];
        parts.extend(self.mark.map(|mark| mark.word().to_owned()));
        if self.changes > 0 {
            parts.push(crate::model::words::count(self.changes as u64, "suggested change"));
        }
        parts.join(", ")
    }
}

/// What was done with joined parts.
#[derive(Debug)]
pub struct Picked<T> {
    pub clicked: Option<T>,
    /// The part that has the keyboard, or was clicked with the right button: what a menu would be about.
    pub at: Option<(T, Response)>,
}

/// A row of joined parts of which one is chosen. Returns what was clicked; `name` is spoken before the parts.
pub fn segments<T: Copy + PartialEq>(ui: &mut Ui, name: &str, parts: &[Segment<'_, T>], chosen: T) -> Option<T> {
    pick_segment(ui, name, parts, chosen).clicked
}

/// A row of joined parts that have menus too.
pub fn pick_segment<T: Copy + PartialEq>(ui: &mut Ui, name: &str, parts: &[Segment<'_, T>], chosen: T) -> Picked<T> {
    let group = UiBuilder::new().accessibility_role(NodeRole::RadioGroup).accessibility_label(name);
    ui.scope_builder(group, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.horizontal(|ui| {
            let mut picked = Picked { clicked: None, at: None };
            let mut ring = None;
            for (i, part) in parts.iter().enumerate() {
                let is_chosen = part.value == chosen;
                let ends = (i == 0, i + 1 == parts.len());
                let response = segment(ui, part, is_chosen, ends);
                if is_chosen {
                    ring = Some((response.rect, corners(ends)));
                }
                if response.clicked() {
                    picked.clicked = Some(part.value);
                }
                if response.secondary_clicked() || (response.has_focus() && picked.at.is_none()) {
                    picked.at = Some((part.value, response));
                }
            }
            if let Some((rect, corners)) = ring {
                let edge = Stroke::new(1.5, theme::tokens(ui).accent);
                ui.painter().rect_stroke(rect, corners, edge, StrokeKind::Inside);
            }
            picked
        })
        .inner
    })
    .inner
}

/// How wide [`segments`] will be.
pub fn segments_width<T>(ui: &Ui, parts: &[Segment<'_, T>]) -> f32 {
    parts.iter().map(|part| segment_width(ui, part)).sum()
}

fn segment_width<T>(ui: &Ui, part: &Segment<'_, T>) -> f32 {
    // As wide as it is when chosen, so that nothing moves.
    let widest = layout(ui, part.label, Type::Strong, theme::tokens(ui).text).size().x;
    let mark_width = if part.mark.is_some() { 20.0 } else { 0.0 };
    (8.0 + mark_width + widest + changes_width(ui, part) + 8.0).max(28.0)
}

/// What the number of suggested changes takes of a part, with the space before it.
fn changes_width<T>(ui: &Ui, part: &Segment<'_, T>) -> f32 {
    if part.changes == 0 { 0.0 } else { 6.0 + plan_number_width(ui, part.changes) }
}

/// Rounded only where the control ends.
const fn corners((first, last): (bool, bool)) -> CornerRadius {
    let (left, right) = (if first { 4 } else { 0 }, if last { 4 } else { 0 });
    CornerRadius { nw: left, sw: left, ne: right, se: right }
}

fn segment<T>(ui: &mut Ui, part: &Segment<'_, T>, chosen: bool, ends: (bool, bool)) -> Response {
    let t = theme::tokens(ui);
    let words = layout(ui, part.label, if chosen { Type::Strong } else { Type::Body }, t.text);
    let mark_width = if part.mark.is_some() { 20.0 } else { 0.0 };
    let size = vec2(segment_width(ui, part), ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, part.spoken()));
    if ui.is_rect_visible(rect) {
        let fill = if chosen { t.accent_soft } else { t.surface };
        // Under the pointer it has an edge, which nobody takes for the part that is chosen.
        let edge = if response.hovered() { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.ctl) };
        // The next part's left edge stands for this one's right edge.
        let outline = if ends.1 { rect } else { rect.with_max_x(rect.right() + 1.0) };
        ui.painter().rect(outline, corners(ends), fill, edge, StrokeKind::Inside);
        let middle = rect.center().y;
        let changes = changes_width(ui, part);
        let left = rect.center().x - 0.5 * (mark_width + words.size().x + changes);
        if let Some(mark) = part.mark {
            mark.paint(ui.painter(), pos2(left + 7.0, middle), 14.0, t);
        }
        let end = left + mark_width + words.size().x;
        put(ui, words, left + mark_width, middle);
        if part.changes > 0 {
            plan_number(ui, pos2(end + 6.0 + 0.5 * (changes - 6.0), middle), part.changes);
        }
    }
    if part.hint.is_empty() { response } else { response.on_hover_text(part.hint) }
}

/// A filter with a mark or a word, and a count.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct Chip<'a> {
    pub mark: Option<Mark>,
    /// Words, or the count alone after a mark.
    pub text: &'a str,
    pub chosen: bool,
    /// What is spoken and shown on hover, such as "2 short".
    pub spoken: &'a str,
}

impl Chip<'_> {
    /// How much stands at each side of its words.
    pub const PADDING: f32 = 10.0;

    /// Shows the chip; clicked means that the filter should be turned on or off.
    pub fn show(self, ui: &mut Ui) -> Response {
        self.show_within(ui, Self::PADDING)
    }

    /// How wide it is without what stands at its sides.
    pub fn content_width(&self, ui: &Ui) -> f32 {
        let widest = layout(ui, self.text, Type::SmallStrong, theme::tokens(ui).text).size().x;
        widest + if self.mark.is_some() { 14.0 + 6.0 } else { 0.0 }
    }

    /// The same with so much at each side.
    pub fn show_within(self, ui: &mut Ui, padding: f32) -> Response {
        let t = theme::tokens(ui);
        let role = if self.chosen { Type::SmallStrong } else { Type::Small };
        let words = layout(ui, self.text, role, t.text);
        let mark_width = if self.mark.is_some() { 14.0 + 6.0 } else { 0.0 };
        let size = vec2(padding + self.content_width(ui) + padding, sizes::BAR_CONTROL);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), self.chosen, self.spoken));
        if ui.is_rect_visible(rect) {
            let fill = if self.chosen { t.accent_soft } else { t.surface };
            let is_marked = self.chosen || response.hovered();
            let edge = if is_marked { Stroke::new(1.5, t.accent) } else { Stroke::new(1.0, t.ctl) };
            ui.painter().rect(rect, 0.5 * rect.height(), fill, edge, StrokeKind::Inside);
            let middle = rect.center().y;
            let left = rect.center().x - 0.5 * (mark_width + words.size().x);
            if let Some(mark) = self.mark {
                mark.paint(ui.painter(), pos2(left + 7.0, middle), 14.0, t);
            }
            put(ui, words, left + mark_width, middle);
        }
        if self.spoken == self.text { response } else { response.on_hover_text(self.spoken) }
    }
}

/// A tab of the view bar: surface and a line above when chosen.
pub fn tab(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    let t = theme::tokens(ui);
    let widest = layout(ui, text, Type::Strong, t.text).size().x;
    let words = layout(ui, text, if chosen { Type::Strong } else { Type::Body }, t.text);
    let (rect, response) = ui.allocate_exact_size(vec2(widest + 24.0, sizes::VIEW_BAR), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), chosen, text));
    if ui.is_rect_visible(rect) {
        if chosen {
            ui.painter().rect_filled(rect, 0.0, t.surface);
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(rect.width(), 3.0)), 0.0, t.accent);
            for x in [rect.left() + 0.5, rect.right() - 0.5] {
                ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, t.line2));
            }
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, t.accent_soft);
        }
        let left = rect.center().x - 0.5 * words.size().x;
        put(ui, words, left, rect.center().y);
    }
    response
}
