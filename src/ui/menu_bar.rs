//! The menu bar: the registry's verbs by menu, the rota's title, and what the window says about the file.

use egui::accesskit::{HasPopup, Role};
use egui::containers::menu::{MenuConfig, MenuState, SubMenuButton};
use egui::{Event, FocusDirection, Key, MenuBar, Modifiers, Popup, SetOpenCommand, Ui, UiKind, UiStackInfo, Vec2};

use crate::editor::{Action, Editor, Group, Menu, Verb};
use crate::model::words::safe_up_to;

use super::file_state::file_state_ui;
use super::icons;
use super::state::{BarMenu, UiState};
use super::theme::Type;
use super::verb_rows::{rows_ui, whole_ui};

/// So many letters of the title are laid out: how many of them are shown is a matter of room.
const TITLE_LETTERS: usize = 200;

/// Draws the bar.
pub fn menu_bar_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    cross(ui);
    MenuBar::new().ui(ui, |ui| {
        let drawn: Vec<BarMenu> = Menu::ALL.into_iter().filter_map(|menu| menu_ui(ui, menu, editor, actions)).collect();
        UiState::of(ui, |state| state.menus.in_bar = drawn);
        if let Some(doc) = editor.doc() {
            ui.separator();
            let properties = &doc.rota().properties;
            let parts = [properties.title.as_str(), properties.hospital.as_str()];
            let title: Vec<_> =
                parts.into_iter().filter(|part| !part.is_empty()).map(|part| safe_up_to(part, TITLE_LETTERS)).collect();
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

/// Left and Right go from an open menu to the one beside it, unless they are meant for a menu inside it.
fn cross(ui: &Ui) {
    let by = ui.input(|input| match (input.key_pressed(Key::ArrowLeft), input.key_pressed(Key::ArrowRight)) {
        (true, false) => -1,
        (false, true) => 1,
        _ => 0,
    });
    let (drawn, on_entry) = UiState::of(ui, |state| (state.menus.in_bar.clone(), state.menus.opens_another));
    let Some(open) = drawn.iter().position(|menu| Popup::is_id_open(ui, menu.popup)) else { return };
    let inside = MenuState::from_id(ui, drawn[open].popup, |state| state.open_item.is_some());
    let opens = by == 1 && on_entry.is_some() && on_entry == ui.memory(egui::Memory::focused);
    let count = i32::try_from(drawn.len()).unwrap_or(1).max(1);
    let next = (i32::try_from(open).unwrap_or(0) + by).rem_euclid(count);
    if let (false, false, false, Some(next)) = (by == 0, inside, opens, drawn.get(usize::try_from(next).unwrap_or(0))) {
        ui.memory_mut(|memory| {
            memory.move_focus(FocusDirection::None);
            memory.request_focus(next.button);
        });
        Popup::open_id(ui, next.popup);
    }
}

fn menu_ui(ui: &mut Ui, menu: Menu, editor: &Editor, actions: &mut Vec<Action>) -> Option<BarMenu> {
    let is_useful = Verb::of_menu(menu).any(|row| editor.is_enabled(row.verb).is_ok());
    ui.add_enabled_ui(is_useful, |ui| {
        let button = ui.button(menu.label());
        let mut popup = Popup::menu(&button);
        let id = popup.get_id();
        // A pointer that is taken to another menu opens it. One that rests there does not: the arrows have gone on.
        let is_moved = ui.input(|input| input.pointer.delta() != Vec2::ZERO);
        let others = UiState::of(ui, |state| state.menus.in_bar.clone());
        let is_other = |other: &BarMenu| other.popup != id && Popup::is_id_open(ui, other.popup);
        if is_moved && button.hovered() && others.iter().any(is_other) {
            popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        let config = MenuConfig::default();
        let info = UiStackInfo::new(UiKind::Menu).with_tag_value(MenuConfig::MENU_CONFIG_TAG, config.clone());
        popup.close_behavior(config.close_behavior).style(config.style).info(info).show(|ui| {
            ui.set_min_width(220.0);
            whole_ui(ui, |ui| groups_ui(ui, menu, editor, actions));
        });
        if is_useful && editor.dialog().is_none() && was_called(ui, menu) {
            Popup::toggle_id(ui, id);
            button.request_focus();
        }
        is_useful.then_some(BarMenu { button: button.id, popup: id })
    })
    .inner
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
    // Shift+F10 is another key; whether Shift is down by the end of the frame says nothing of it.
    let is_f10 = |event: &Event| match event {
        Event::Key { key: Key::F10, pressed: true, modifiers, .. } => modifiers.is_none(),
        _ => false,
    };
    ui.input_mut(|input| {
        input.consume_key(Modifiers::ALT, key)
            || menu == Menu::File && input.events.iter().any(is_f10) && input.consume_key(Modifiers::NONE, Key::F10)
    })
}

/// The groups of a menu, a line between them; those of a submenu behind one entry, so that no menu is longer than a
/// small screen is high.
fn groups_ui(ui: &mut Ui, menu: Menu, editor: &Editor, actions: &mut Vec<Action>) {
    let groups: Vec<Group> = Group::ALL.iter().copied().filter(|group| group.menu() == menu).collect();
    let mut was_submenu = true;
    for (i, together) in groups.chunk_by(|a, b| a.submenu().is_some() && a.submenu() == b.submenu()).enumerate() {
        let submenu = together.first().and_then(|group| group.submenu());
        if i > 0 && !(was_submenu && submenu.is_some()) {
            ui.separator();
        }
        was_submenu = submenu.is_some();
        let rows = Verb::of_menu(menu).filter(|row| together.contains(&row.group));
        match submenu {
            Some(name) => submenu_ui(ui, name, |ui| rows_ui(ui, rows, editor, actions)),
            None => rows_ui(ui, rows, editor, actions),
        }
    }
}

/// An entry that opens a menu, its words under those of the other entries.
fn submenu_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let padding = ui.spacing().button_padding;
    ui.spacing_mut().button_padding.x = WORDS_AT;
    let button = SubMenuButton::from_button(egui::Button::new(name).right_text(caret()));
    let (response, _) = button.ui(ui, |ui| {
        ui.spacing_mut().button_padding = padding;
        ui.set_min_width(200.0);
        whole_ui(ui, content);
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::MenuItem);
        node.set_has_popup(HasPopup::Menu);
    });
    if response.has_focus() {
        UiState::of(ui, |state| state.menus.opens_another = Some(response.id));
    }
    ui.spacing_mut().button_padding = padding;
}

/// The chevron of all that unfolds, at the right of an entry that opens a menu.
fn caret() -> egui::Atom<'static> {
    let paint = |ui: &Ui, args: egui::AtomPaintArgs| {
        let ink = args.fallback_text_color;
        icons::paint(ui.painter(), args.rect.center(), icons::CARET_RIGHT, icons::IN_BLOCK, ink);
    };
    let size = egui::Vec2::splat(icons::IN_BLOCK);
    let sized = move || egui::IntoSizedResult {
        intrinsic_size: size,
        sized: egui::SizedAtomKind::Paint { paint: std::sync::Arc::new(paint), size },
    };
    egui::AtomKind::closure(move |_, _| sized()).into()
}

/// Where the words of a menu's entries begin, behind their icons.
const WORDS_AT: f32 = 36.0;
