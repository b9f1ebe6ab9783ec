//! Buttons: normal and primary ones with a word, small ones with an icon, and entries of menus.

use egui::{Align2, Color32, Pos2, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{layout, put};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Type, icon_font, sizes};

/// What stands before a button's or menu entry's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// Nothing; in a menu the room for it stays.
    None,
    Icon(char),
    Mark(Mark),
}

impl Lead {
    const SIZE: f32 = icons::IN_ROW;

    fn width(self) -> f32 {
        if self == Self::None { 0.0 } else { Self::SIZE + 6.0 }
    }

    fn paint(self, ui: &Ui, center: Pos2, colour: Color32) {
        match self {
            Self::None => {}
            Self::Icon(icon) => icons::paint(ui.painter(), center, icon, Self::SIZE, colour),
            Self::Mark(mark) => mark.paint(ui.painter(), center, 14.0, theme::tokens(ui)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Normal,
    Primary,
    Link,
}

/// Between a button's edge and its words.
const PADDING: f32 = 12.0;

/// A button with a word, perhaps an icon before it and its key behind it.
#[must_use = "add it to a Ui"]
pub struct PushButton<'a> {
    text: &'a str,
    name: &'a str,
    key: &'a str,
    lead: Lead,
    kind: Kind,
    min_width: f32,
}

impl<'a> PushButton<'a> {
    /// A normal button: surface with an edge.
    pub const fn new(text: &'a str) -> Self {
        Self { text, name: text, key: "", lead: Lead::None, kind: Kind::Normal, min_width: 0.0 }
    }

    /// The one button in sight that does what the person most likely wants.
    pub const fn primary(text: &'a str) -> Self {
        Self { kind: Kind::Primary, ..Self::new(text) }
    }

    /// A word that acts, without a frame.
    pub const fn link(text: &'a str) -> Self {
        Self { kind: Kind::Link, ..Self::new(text) }
    }

    /// With an icon before the word.
    pub const fn icon(mut self, icon: char) -> Self {
        self.lead = Lead::Icon(icon);
        self
    }

    /// With its key behind the word.
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// Spoken instead of the word, where the word alone does not say what it acts on.
    pub const fn spoken(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// At least this wide.
    pub const fn min_width(mut self, points: f32) -> Self {
        self.min_width = points;
        self
    }
}

impl Widget for PushButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let t = theme::tokens(ui);
        let (role, text) = match self.kind {
            Kind::Normal => (Type::Body, t.text),
            Kind::Primary => (Type::Strong, t.on_accent),
            Kind::Link => (Type::Body, t.link),
        };
        let words = layout(ui, self.text, role, text);
        let key_colour = if self.kind == Kind::Primary { t.on_accent } else { t.text2 };
        let key = layout(ui, self.key, Type::Small, key_colour);
        let key_width = if self.key.is_empty() { 0.0 } else { 10.0 + key.size().x };
        let content = self.lead.width() + words.size().x + key_width;
        let padding = if self.kind == Kind::Link { 4.0 } else { PADDING };
        let width = (content + 2.0 * padding).max(self.min_width).max(sizes::BAR_CONTROL);
        let size = vec2(width, ui.spacing().interact_size.y);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let (fill, edge) = match (self.kind, response.hovered() || response.is_pointer_button_down_on()) {
            (Kind::Normal, false) => (t.surface, Stroke::new(1.0, t.ctl)),
            (Kind::Normal, true) => (t.accent_soft, Stroke::new(1.0, t.accent)),
            (Kind::Primary, false) => (t.accent, Stroke::new(1.0, t.accent)),
            (Kind::Primary, true) => (t.accent, Stroke::new(2.0, t.text)),
            (Kind::Link, false) => (Color32::TRANSPARENT, Stroke::NONE),
            (Kind::Link, true) => (t.accent_soft, Stroke::NONE),
        };
        ui.painter().rect(rect, sizes::CORNER, fill, edge, StrokeKind::Inside);
        let middle = rect.center().y;
        let mut left = rect.center().x - 0.5 * content;
        let icon_colour = if self.kind == Kind::Normal { t.text2 } else { text };
        self.lead.paint(ui, pos2(left + 0.5 * Lead::SIZE, middle), icon_colour);
        left = put(ui, words, left + self.lead.width(), middle);
        put(ui, key, left + 10.0, middle);
        response
    }
}

/// A square button with an icon alone; `name` is spoken and shown on hover.
pub fn icon_button(ui: &mut Ui, icon: char, name: &str) -> Response {
    let t = theme::tokens(ui);
    let side = ui.spacing().interact_size.y.max(sizes::BAR_CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let hovered = response.hovered();
        if hovered {
            ui.painter().rect_filled(rect, sizes::CORNER, t.accent_soft);
        }
        let colour = if hovered { t.text } else { t.text2 };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, icon_font(icons::IN_HEAD), colour);
    }
    response.on_hover_text(name).on_disabled_hover_text(name)
}

/// A button for what cannot be taken back: the first press asks with `again`, the second does it. A press anywhere
/// else takes the question away. It is as wide for both, so that nothing near it moves, and nothing comes under the
/// mouse. Whether it was pressed twice.
pub fn sure_button(ui: &mut Ui, text: &str, again: &str) -> bool {
    let id = ui.next_auto_id();
    let asks = UiState::of(ui, |state| state.dialogs.asks_again.contains(&id));
    let ink = theme::tokens(ui).text;
    let longest = [text, again].map(|text| layout(ui, text, Type::Body, ink).size().x);
    let width = longest[0].max(longest[1]) + 2.0 * PADDING;
    let response = ui.add(PushButton::new(if asks { again } else { text }).min_width(width));
    let pressed = response.clicked();
    let left = response.clicked_elsewhere();
    if pressed || left {
        UiState::of(ui, |state| {
            let asking = &mut state.dialogs.asks_again;
            if pressed && !asks { asking.insert(id) } else { asking.remove(&id) }
        });
    }
    pressed && asks
}

/// An entry of a menu: icon or mark, words, key. Inside a menu it is as wide as the widest.
pub fn menu_entry(ui: &mut Ui, lead: Lead, text: &str, key: &str) -> Response {
    let t = theme::tokens(ui);
    let words = layout(ui, text, Type::Body, t.text);
    let keys = layout(ui, key, Type::Small, t.text2);
    let words_at = 10.0 + Lead::SIZE + 10.0;
    let need = words_at + words.size().x + if key.is_empty() { 16.0 } else { 28.0 + keys.size().x + 12.0 };
    let fills = ui.layout().horizontal_justify() && !ui.is_sizing_pass() && ui.available_width().is_finite();
    let width = if fills { need.max(ui.available_width()) } else { need };
    let (rect, response) = ui.allocate_exact_size(vec2(width, sizes::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), text));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(rect) {
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, sizes::CORNER, t.accent_soft);
        }
        let middle = rect.center().y;
        lead.paint(ui, pos2(rect.left() + 10.0 + 0.5 * Lead::SIZE, middle), t.text2);
        put(ui, words, rect.left() + words_at, middle);
        let keys_at = rect.right() - 12.0 - keys.size().x;
        put(ui, keys, keys_at, middle);
    }
    response
}
