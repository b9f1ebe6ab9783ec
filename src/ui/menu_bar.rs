//! The menu bar: the registry's verbs by menu, the rota's title, and what the window says about the file.

use egui::{Button, MenuBar, RichText, Ui};

use crate::editor::{Action, Editor, Menu, ThemeName, Verb, VerbRow, View, Zoom};

use super::file_state::file_state_ui;
use super::keys::shortcut_text;
use super::theme::{Type, tokens};

/// Draws the bar.
pub fn menu_bar_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            menu_ui(ui, menu, editor, actions);
        }
        if let Some(doc) = editor.doc() {
            ui.separator();
            let properties = &doc.rota().properties;
            let parts = [properties.title.as_str(), properties.hospital.as_str()];
            let title: Vec<_> =
                parts.into_iter().filter(|part| !part.is_empty()).map(crate::model::words::safe).collect();
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                file_state_ui(ui, doc, actions);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(Type::Strong.rich(title.join(" · "))).truncate());
                });
            });
        }
    });
}

fn menu_ui(ui: &mut Ui, menu: Menu, editor: &Editor, actions: &mut Vec<Action>) {
    let is_useful = Verb::of_menu(menu).any(|row| editor.is_enabled(row.verb).is_ok());
    ui.add_enabled_ui(is_useful, |ui| {
        ui.menu_button(menu.label(), |ui| {
            ui.set_min_width(220.0);
            rows_ui(ui, Verb::of_menu(menu), editor, actions);
        });
    });
}

/// Rows of a menu or context menu, with a line where the group changes.
pub fn rows_ui<'a>(ui: &mut Ui, rows: impl Iterator<Item = &'a VerbRow>, editor: &Editor, actions: &mut Vec<Action>) {
    let mut group = None;
    for row in rows {
        if group.is_some_and(|before| before != row.group) {
            ui.separator();
        }
        group = Some(row.group);
        if verb_ui(ui, row, editor) {
            actions.push(Action::Do(row.verb));
            ui.close();
        }
    }
}

/// One row: label, shortcut, and why it cannot be used now where it cannot.
fn verb_ui(ui: &mut Ui, row: &VerbRow, editor: &Editor) -> bool {
    let enabled = editor.is_enabled(row.verb);
    let colours = tokens(ui);
    let ink = if enabled.is_ok() { colours.text2 } else { colours.disabled };
    let shortcut = RichText::new(shortcut_text(ui, row.verb)).color(ink).small();
    let mut button = Button::new(editor.label(row.verb)).shortcut_text(shortcut);
    if is_chosen(row.verb, editor) {
        button = button.selected(true);
    }
    let response = ui.add_enabled(enabled.is_ok(), button);
    match enabled {
        Ok(()) => response.on_hover_text(row.tooltip).clicked(),
        Err(why) => response.on_disabled_hover_text(format!("{}. {why}", row.tooltip)).clicked(),
    }
}

/// Whether a verb says how things already are, so that its row has a tick.
fn is_chosen(verb: Verb, editor: &Editor) -> bool {
    let settings = editor.settings();
    match verb {
        Verb::ViewPosts => editor.view() == View::Posts,
        Verb::ViewPeople => editor.view() == View::People,
        Verb::ViewSessions => editor.view() == View::Sessions,
        Verb::Zoom15 => editor.zoom() == Zoom::Quarter,
        Verb::Zoom30 => editor.zoom() == Zoom::Half,
        Verb::Zoom60 => editor.zoom() == Zoom::Hour,
        Verb::ThemeSystem => settings.theme == ThemeName::System,
        Verb::ThemeLight => settings.theme == ThemeName::Light,
        Verb::ThemeDark => settings.theme == ThemeName::Dark,
        Verb::ThemeHighContrast => settings.theme == ThemeName::HighContrast,
        Verb::TogglePeoplePanel => settings.people_panel,
        Verb::ToggleProblemsPanel => settings.problems_panel,
        Verb::ShowDeclined => settings.show_declined,
        _ => false,
    }
}
