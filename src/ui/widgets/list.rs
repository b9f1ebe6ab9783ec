//! Rows of lists: what is clicked to choose, what folds a group, and the head of a panel.

use egui::{Align, Id, Layout, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{layout, put};
use crate::ui::icons;
use crate::ui::theme::{self, Type, sizes};

/// A row that can be chosen.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct ListRow<'a> {
    /// The sentence a person would say.
    pub spoken: &'a str,
    pub height: f32,
    pub chosen: bool,
    /// Whether it has a bar at the left when chosen, as in lists that lead somewhere.
    pub bar: bool,
    /// The id of the widget, where a list has to find the row again.
    pub id: Option<Id>,
    /// Whether Tab stops at it: of rows that are chosen among by arrows only the chosen one is.
    pub tab_stop: bool,
}

impl<'a> ListRow<'a> {
    /// A row of this height.
    pub const fn new(spoken: &'a str, height: f32) -> Self {
        Self { spoken, height, chosen: false, bar: false, id: None, tab_stop: true }
    }

    /// Chosen or not.
    pub const fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// With a bar at the left when chosen.
    pub const fn bar(mut self) -> Self {
        self.bar = true;
        self
    }

    /// With an id of its own.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Tab goes past it.
    pub const fn tab_stop(mut self, tab_stop: bool) -> Self {
        self.tab_stop = tab_stop;
        self
    }

    /// As wide as there is room; `add` fills it from left to right, inside its padding.
    pub fn show(self, ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Response {
        let t = theme::tokens(ui);
        let size = vec2(ui.available_width(), self.height);
        let (own, rect) = ui.allocate_space(size);
        let sense = if self.tab_stop { Sense::click_and_drag() } else { Sense::CLICK | Sense::DRAG };
        let response = ui.interact(rect, self.id.unwrap_or(own), sense);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, ui.is_enabled(), self.chosen, self.spoken));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        if self.chosen {
            ui.painter().rect_filled(rect, 0.0, t.accent_soft);
            if self.bar {
                ui.painter().rect_filled(rect.with_max_x(rect.left() + 4.0), 0.0, t.accent);
            }
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, t.sunken);
            ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, t.line), egui::StrokeKind::Inside);
        }
        let inside = rect.shrink2(vec2(sizes::PANEL_PADDING, 0.0));
        let layout = Layout::left_to_right(Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inside).layout(layout));
        child.set_clip_rect(rect.intersect(ui.clip_rect()));
        add(&mut child);
        response
    }
}

/// A heading inside a list, which may fold what is under it.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct GroupRow<'a> {
    pub title: &'a str,
    /// At the right; how many are under it.
    pub count: &'a str,
    /// Whether it is folded; none if it cannot be.
    pub folded: Option<bool>,
    /// The id of the widget, where a list has to find the row again.
    pub id: Option<Id>,
}

impl GroupRow<'_> {
    /// Shows the heading; clicked means that the group should be folded or unfolded.
    pub fn show(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let height = theme::Sizes::now(ui).list_row;
        let sense = if self.folded.is_some() { Sense::click() } else { Sense::hover() };
        let (own_id, rect) = ui.allocate_space(vec2(ui.available_width(), height));
        let response = ui.interact(rect, self.id.unwrap_or(own_id), sense);
        self.describe(ui, &response);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let hovered = self.folded.is_some() && response.hovered();
        ui.painter().rect_filled(rect, 0.0, if hovered { t.accent_soft } else { t.sunken });
        let middle = rect.center().y;
        let mut left = rect.left() + sizes::PANEL_PADDING;
        if let Some(folded) = self.folded {
            let caret = if folded { icons::CARET_RIGHT } else { icons::CARET_DOWN };
            icons::paint(ui.painter(), pos2(left + 6.0, middle), caret, icons::IN_BLOCK, t.text2);
            left += 18.0;
        }
        let count = layout(ui, self.count, Type::Small, t.text2);
        let right = rect.right() - sizes::PANEL_PADDING - count.size().x;
        let title = layout(ui, self.title, Type::SmallStrong, t.text2);
        put(&ui_clipped(ui, rect.with_max_x(right - 4.0)), title, left, middle);
        put(ui, count, right, middle);
        response
    }

    fn describe(&self, ui: &Ui, response: &Response) {
        let spoken =
            if self.count.is_empty() { self.title.to_owned() } else { format!("{}, {}", self.title, self.count) };
        let role = if self.folded.is_some() { Role::DisclosureTriangle } else { Role::Heading };
        response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), &spoken));
        if let Some(folded) = self.folded {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(!folded));
        }
    }
}

/// A place to paint that cuts off what leaves `rect`.
fn ui_clipped(ui: &mut Ui, rect: Rect) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

/// The head of a panel: its title, a count behind it, and at the right whatever `add` adds from right to left.
pub fn panel_head(ui: &mut Ui, title: &str, count: &str, add: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), sizes::VIEW_BAR), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.chrome);
    let inside = rect.shrink2(vec2(sizes::PANEL_PADDING, 0.0));
    let line = UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center));
    let mut child = ui.new_child(line);
    child.label(Type::Panel.ink(title, t.text));
    child.label(Type::Body.ink(count, t.text2));
    theme::in_bar(&mut child);
    child.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        add(ui);
    });
}
