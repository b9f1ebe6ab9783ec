//! The menu bar: the registry's verbs by menu, the rota's title, and what the window says about the file.

use egui::{Key, MenuBar, Modifiers, Ui};

use crate::editor::{Action, Editor, Menu, Verb, VerbRow};

use super::file_state::file_state_ui;
use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::theme::Type;
use super::widgets::{Lead, menu_entry};

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
                file_state_ui(ui, doc, editor.now(), actions);
                if ui.available_width() > 80.0 {
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(Type::Strong.rich(title.join(" · "))).truncate());
                    });
                }
            });
        }
    });
}

fn menu_ui(ui: &mut Ui, menu: Menu, editor: &Editor, actions: &mut Vec<Action>) {
    let is_useful = Verb::of_menu(menu).any(|row| editor.is_enabled(row.verb).is_ok());
    ui.add_enabled_ui(is_useful, |ui| {
        let button = ui.menu_button(menu.label(), |ui| {
            ui.set_min_width(220.0);
            groups_ui(ui, menu, editor, actions);
        });
        if is_useful && editor.dialog().is_none() && was_called(ui, menu) {
            egui::Popup::toggle_id(ui, egui::Popup::default_response_id(&button.response));
            button.response.request_focus();
        }
    });
}

/// Alt and the first letter open a menu, and F10 the first, as people know it.
fn was_called(ui: &Ui, menu: Menu) -> bool {
    let key = match menu {
        Menu::File => Key::F,
        Menu::Edit => Key::E,
        Menu::Rota => Key::R,
        Menu::View => Key::V,
        Menu::Help => Key::H,
    };
    ui.input_mut(|input| {
        input.consume_key(Modifiers::ALT, key)
            || menu == Menu::File && input.modifiers.is_none() && input.consume_key(Modifiers::NONE, Key::F10)
    })
}

/// Groups that open as a menu of their own, so that no menu is longer than a small screen is high.
const SUBMENUS: [(Menu, u8, &str); 6] = [
    (Menu::Rota, 3, "People"),
    (Menu::Rota, 4, "Sessions"),
    (Menu::Rota, 5, "Units and posts"),
    (Menu::View, 4, "Panels"),
    (Menu::View, 5, "Theme"),
    (Menu::View, 6, "Text size"),
];

fn groups_ui(ui: &mut Ui, menu: Menu, editor: &Editor, actions: &mut Vec<Action>) {
    let last = Verb::of_menu(menu).map(|row| row.group).max().unwrap_or(0);
    let mut was_submenu = true;
    for group in 0..=last {
        let rows = Verb::of_menu(menu).filter(move |row| row.group == group);
        let submenu = SUBMENUS.iter().find(|(of, number, _)| (*of, *number) == (menu, group));
        if group > 0 && !(was_submenu && submenu.is_some()) {
            ui.separator();
        }
        was_submenu = submenu.is_some();
        match submenu {
            Some((_, _, name)) => submenu_ui(ui, name, |ui| rows_ui(ui, rows, editor, actions)),
            None => rows_ui(ui, rows, editor, actions),
        }
    }
}

/// An entry that opens a menu, its words under those of the other entries.
fn submenu_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let padding = ui.spacing().button_padding;
    ui.spacing_mut().button_padding.x = WORDS_AT;
    ui.menu_button(name, |ui| {
        ui.spacing_mut().button_padding = padding;
        ui.set_min_width(200.0);
        content(ui);
    });
    ui.spacing_mut().button_padding = padding;
}

/// Where the words of a menu's entries begin, behind their icons.
const WORDS_AT: f32 = 36.0;

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
    let label = editor.label(row.verb);
    let key = shortcut_text(ui, row.verb);
    let lead = if editor.is_checked(row.verb) { Lead::Icon(icons::CHECK) } else { verb_lead(row.verb) };
    let response = ui.add_enabled_ui(enabled.is_ok(), |ui| menu_entry(ui, lead, &label, &key)).inner;
    if editor.is_checked(row.verb) {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled(egui::accesskit::Toggled::True));
    }
    match enabled {
        Ok(()) => response.on_hover_text(row.tooltip).clicked(),
        Err(why) => response.on_disabled_hover_text(format!("{}. {why}", row.tooltip)).clicked(),
    }
}

/// What stands before a verb in menus.
#[must_use]
pub fn verb_lead(verb: Verb) -> Lead {
    let icon = match verb {
        Verb::SetProposed => return Lead::Mark(Mark::NotAsked),
        Verb::SetAsked => return Lead::Mark(Mark::Waiting),
        Verb::SetAgreed => return Lead::Mark(Mark::Agreed),
        Verb::SetDeclined => return Lead::Mark(Mark::Declined),
        Verb::New => icons::FILE_PLUS,
        Verb::Open => icons::FOLDER_OPEN,
        Verb::OpenExample => icons::FILE_TEXT,
        Verb::Save | Verb::SaveAs => icons::FLOPPY_DISK,
        Verb::Undo => icons::ARROW_U_UP_LEFT,
        Verb::Redo => icons::ARROW_U_UP_RIGHT,
        Verb::Cut => icons::SCISSORS,
        Verb::Copy | Verb::CopyToWindow | Verb::CopyDay => icons::COPY,
        Verb::Paste => icons::CLIPBOARD,
        Verb::Clear | Verb::RemovePerson | Verb::RemovePost | Verb::RemoveSession | Verb::RemoveUnit => icons::TRASH,
        Verb::FillRight | Verb::MoveOn | Verb::SessionOn => icons::ARROW_RIGHT,
        Verb::FillDown => icons::ARROW_DOWN,
        Verb::TypeInCell => icons::KEYBOARD,
        Verb::Find => icons::MAGNIFYING_GLASS,
        Verb::Palette => icons::LIST,
        Verb::Lock => icons::LOCK_SIMPLE,
        Verb::ChangeTime => icons::ARROWS_LEFT_RIGHT,
        Verb::SwapPeople => icons::SWAP,
        Verb::NotFreeFrom | Verb::MarkTraineesNotAvailable => icons::PROHIBIT,
        Verb::AddPerson => icons::USER_PLUS,
        Verb::PastePeople => icons::USERS,
        Verb::ShowInPeople => icons::USER,
        Verb::EditPerson | Verb::EditPost | Verb::EditSession | Verb::EditUnit => icons::NOTE_PENCIL,
        Verb::AddPost | Verb::AddUnit | Verb::AddSession => icons::PLUS,
        Verb::RotaProperties => icons::GEAR_SIX,
        Verb::Windows => icons::CALENDAR_BLANK,
        Verb::ExplainRule | Verb::Help => icons::QUESTION,
        Verb::About => icons::INFO,
        _ => return Lead::None,
    };
    Lead::Icon(icon)
}
