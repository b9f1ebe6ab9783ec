//! What stands in the place of the grid while there is nothing to draw: what to do next.

use egui::Ui;

use crate::editor::{Action, Editor, Verb};
use crate::ui::theme::{self, Type};
use crate::ui::verb_rows::verb_button;
use crate::ui::widgets::PushButton;

/// No walkout window yet.
pub(super) fn no_window_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let text = "Enter when the walkout is, day by day; each day is compared with a kind of normal day.";
    next_step_ui(ui, editor, actions, ("No walkout times yet", text), (Verb::Windows, "Walkout times…"));
}

/// No unit yet.
pub(super) fn no_units_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let text = "Enter the places to be covered, such as A&E, each with its posts and who is there on a normal day.";
    next_step_ui(ui, editor, actions, ("No unit yet", text), (Verb::AddUnit, "Add unit…"));
}

fn next_step_ui(
    ui: &mut Ui,
    editor: &Editor,
    actions: &mut Vec<Action>,
    (title, text): (&str, &str),
    (verb, label): (Verb, &str),
) {
    let t = theme::tokens(ui);
    ui.painter().rect_filled(ui.available_rect_before_wrap(), 0.0, t.surface);
    ui.vertical_centered(|ui| {
        ui.add_space(0.3 * ui.available_height());
        ui.label(Type::Section.ink(title, t.text));
        ui.add_space(4.0);
        ui.label(Type::Body.ink(text, t.text2));
        ui.add_space(12.0);
        verb_button(ui, verb, PushButton::primary(label), editor, actions);
    });
}
