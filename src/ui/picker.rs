//! A field with a list under it, over the window: the palette and the window-wide find are both this.

use egui::accesskit::Role as NodeRole;
use egui::{
    Align2, Context, Event, Frame, Id, Key, Margin, Modal, Modifiers, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
};
use egui::{WidgetInfo, pos2, vec2};

use super::focus;
use super::state::UiState;
use super::theme::{self, Type, sizes};
use super::widgets::search_field;
use crate::editor::{Action, Dialog};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub title: String,
    /// After it, in small letters.
    pub detail: String,
    /// At the right: its key.
    pub key: String,
    /// Whether the line can be chosen now.
    pub enabled: bool,
}

/// What the person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    Nothing,
    /// Text or mark are now these.
    Edited(String, usize),
    /// The line at this place was chosen.
    Chosen(usize),
    /// Esc, or a click beside it.
    Closed,
}

/// Turns what the person did into actions; `dialog` makes the dialog with a text and a marked line.
pub fn answer(picked: Picked, text: &str, dialog: impl Fn(String, usize) -> Dialog, actions: &mut Vec<Action>) {
    let edited = |text, marked| Action::DialogEdited(Box::new(dialog(text, marked)));
    match picked {
        Picked::Nothing => {}
        Picked::Edited(text, marked) => actions.push(edited(text, marked)),
        Picked::Chosen(at) => {
            actions.push(edited(text.to_owned(), at));
            actions.push(Action::DialogOk);
        }
        Picked::Closed => actions.push(Action::CloseDialog),
    }
}

/// Shows the field and the list; `name` is the field's hint and the dialog's name, `nothing` stands in an empty list.
pub fn picker_ui(ui: &Ui, name: &str, text: &str, marked: usize, choices: &[Choice], nothing: &str) -> Picked {
    let t = theme::tokens(ui);
    let id = Id::unique("cover-rota picker").with(name);
    let before = had_keyboard(ui, id);
    let frame = Frame::new().fill(t.surface).stroke(Stroke::new(1.0, t.ctl)).corner_radius(sizes::CORNER);
    let screen = ui.ctx().content_rect();
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, (screen.height() * 0.12).min(88.0)));
    let modal = Modal::new(id).area(area).frame(frame).backdrop_color(t.backdrop());
    let shown = modal.show(ui, |ui| {
        let named = UiBuilder::new().accessibility_role(NodeRole::Dialog).accessibility_label(name);
        ui.scope_builder(named, |ui| inside(ui, name, text, marked, choices, nothing)).inner
    });
    let picked = if shown.should_close() { Picked::Closed } else { shown.inner };
    if let (Picked::Chosen(_) | Picked::Closed, Some(before)) = (&picked, before) {
        focus::give_back(ui, before);
    }
    picked
}

/// What had the keyboard before it was opened.
fn had_keyboard(ctx: &Context, id: Id) -> Option<Id> {
    let frame = ctx.cumulative_frame_nr();
    let remembered = UiState::of(ctx, |state| state.dialogs.pickers.get(&id).copied());
    let before = match remembered {
        Some((last, before)) if last + 1 >= frame => before,
        _ => focus::before_dialog(ctx),
    };
    UiState::of(ctx, |state| state.dialogs.pickers.insert(id, (frame, before)));
    before
}

fn inside(ui: &mut Ui, name: &str, text: &str, marked: usize, choices: &[Choice], nothing: &str) -> Picked {
    let t = theme::tokens(ui);
    let screen = ui.ctx().content_rect();
    ui.set_width(560.0_f32.min(screen.width() - 32.0));
    // As high as the list needs, not as it was in the frame before.
    ui.set_max_height(screen.height());
    ui.spacing_mut().item_spacing.y = 0.0;
    let last = choices.len().saturating_sub(1);
    let mut mark = marked.min(last);
    let mut typed = text.to_owned();
    let moved = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if moved(Key::ArrowDown) {
        mark = if mark >= last { 0 } else { mark + 1 };
    }
    if moved(Key::ArrowUp) {
        mark = if mark == 0 { last } else { mark - 1 };
    }
    let enter = ui.input(|input| {
        input.events.iter().any(|event| matches!(event, Event::Key { key: Key::Enter, pressed: true, .. }))
    });
    Frame::new().inner_margin(Margin::same(8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let field = search_field(ui, &mut typed, name, "");
        if !field.has_focus() {
            field.request_focus();
        }
    });
    if typed != text {
        mark = 0;
    }
    let mut chosen = None;
    if choices.is_empty() {
        Frame::new().inner_margin(Margin { left: 16, right: 16, top: 4, bottom: 14 }).show(ui, |ui| {
            ui.label(Type::Body.ink(nothing, t.text2));
        });
    }
    // Whole lines, and one for how many more there are.
    let room = ((screen.height() * 0.88 - 140.0).max(100.0) / sizes::CONTROL).floor() * sizes::CONTROL;
    let shown = ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        for (at, choice) in choices.iter().enumerate() {
            if choice_ui(ui, choice, at == mark, mark != marked) && choice.enabled {
                chosen = Some(at);
            }
        }
    });
    let below = shown.content_size.y - shown.state.clamped_offset().y - shown.inner_rect.height();
    if shown.content_size.y > shown.inner_rect.height() + 0.5 {
        more_ui(ui, (below / sizes::CONTROL).round().max(0.0) as usize);
    }
    // Enter with nothing typed or marked is an Enter that came before its letters.
    let is_meant = enter && !choices.is_empty() && typed == text && !(text.is_empty() && marked == 0);
    if let Some(at) = chosen.or(is_meant.then_some(mark))
        && choices.get(at).is_some_and(|choice| choice.enabled)
    {
        return Picked::Chosen(at);
    }
    if typed != text || mark != marked { Picked::Edited(typed, mark) } else { Picked::Nothing }
}

/// How many entries stand below those in sight.
fn more_ui(ui: &mut Ui, below: usize) {
    let t = theme::tokens(ui);
    let text = match below {
        0 => "End of the list".to_owned(),
        1 => "1 more below".to_owned(),
        more => format!("{more} more below"),
    };
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), (1.0, t.line));
    Frame::new().inner_margin(Margin { left: 16, right: 16, top: 5, bottom: 6 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(Type::Small.ink(text, t.text2));
    });
}

fn choice_ui(ui: &mut Ui, choice: &Choice, is_marked: bool, has_moved: bool) -> bool {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), sizes::CONTROL), Sense::CLICK);
    let spoken = [choice.title.as_str(), choice.detail.as_str(), choice.key.as_str()];
    let spoken: Vec<&str> = spoken.into_iter().filter(|part| !part.is_empty()).collect();
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, choice.enabled, is_marked, spoken.join(", ")));
    if is_marked && has_moved {
        response.scroll_to_me(None);
    }
    if is_marked || (response.hovered() && choice.enabled) {
        ui.painter().rect_filled(rect, 0.0, if is_marked { t.accent_soft } else { t.sunken });
    }
    let ink = if choice.enabled { t.text } else { t.disabled };
    let second = if choice.enabled { t.text2 } else { t.disabled };
    let painter = ui.painter();
    let middle = rect.center().y;
    let key = painter.layout_no_wrap(choice.key.clone(), Type::Small.font(), second);
    let key_at = rect.right() - 16.0 - key.size().x;
    painter.galley(pos2(key_at, middle - 0.5 * key.size().y), key, second);
    let title = painter.layout_no_wrap(choice.title.clone(), Type::Body.font(), ink);
    let detail_at = rect.left() + 16.0 + title.size().x + 12.0;
    painter.galley(pos2(rect.left() + 16.0, middle - 0.5 * title.size().y), title, ink);
    let room = key_at - 12.0 - detail_at;
    if room > 24.0 && !choice.detail.is_empty() {
        let detail = Type::Small.elided(painter, choice.detail.as_str(), second, room);
        painter.galley(pos2(detail_at, middle - 0.5 * detail.size().y), detail, second);
    }
    response.clicked()
}
