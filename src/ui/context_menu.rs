//! The context menu of a cell, row or bar: the registry's verbs for what is under the pointer or the ring. By mouse with
//! the right button, by keyboard with Shift+F10 or the Menu key.

use egui::{Align, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, PopupKind, Response, Ui};

use crate::editor::{Action, Context, Editor, Menu, Verb, VerbRow};
use crate::model::Status;

pub use super::open_menu::OpenMenu;
use super::state::UiState;
use super::verb_rows::{labelled_verb_ui, whole_ui};
use super::widgets::{Lead, menu_entry};

/// Whether the keyboard asks for the menu of what it is on.
pub fn was_called(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Menu) || input.consume_key(Modifiers::SHIFT, Key::F10))
}

/// An entry that only one kind of row has, before the verbs.
pub struct Own {
    pub lead: Lead,
    pub label: &'static str,
    pub key: String,
    pub action: Action,
}

/// Draws the open menu, if one is; the keyboard goes back to `back` when it closes.
pub fn context_menu_ui(
    ui: &Ui,
    menu: &mut Option<OpenMenu>,
    back: Id,
    own: &[Own],
    editor: &Editor,
    actions: &mut Vec<Action>,
) {
    let pass = ui.ctx().cumulative_pass_nr();
    menu.take_if(|menu| menu.drawn && menu.pass + 1 < pass);
    let Some(shown) = menu.clone() else { return };
    let mut open = true;
    let mut chosen = None;
    // A menu of its own for each place, so that the click that asks for it elsewhere does not close it.
    let id = Id::unique("cover-rota context menu").with((shown.at.x.to_bits(), shown.at.y.to_bits()));
    Popup::new(id, ui.ctx().clone(), shown.at, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| chosen = whole_ui(ui, |ui| entries_ui(ui, &shown, own, editor)));
    if let Some(action) = chosen {
        actions.push(action);
        open = false;
    }
    if open {
        if !shown.begun {
            ui.ctx().request_repaint();
        }
        *menu = Some(OpenMenu { drawn: true, begun: shown.drawn, pass, ..shown });
    } else {
        *menu = None;
        ui.memory_mut(|memory| memory.request_focus(back));
    }
}

/// Draws the open menu of a list: a right click on a row and the keyboard both end here. The row that gets the keyboard
/// back may differ from frame to frame; the list does not.
pub fn list_menu_ui(
    ui: &Ui,
    list: Id,
    back: Id,
    asked: Option<OpenMenu>,
    own: &[Own],
    editor: &Editor,
    actions: &mut Vec<Action>,
) {
    let mut menu = asked.or_else(|| UiState::of(ui, |state| state.menus.of_lists.remove(&list)));
    context_menu_ui(ui, &mut menu, back, own, editor, actions);
    UiState::of(ui, |state| match menu {
        Some(menu) => _ = state.menus.of_lists.insert(list, menu),
        None => _ = state.menus.of_lists.remove(&list),
    });
}

/// Where a right click on a row opens its menu.
pub fn clicked_at(response: &Response, context: Context) -> Option<OpenMenu> {
    let at = response.interact_pointer_pos().unwrap_or(response.rect.center());
    response.secondary_clicked().then(|| OpenMenu::new(at, context))
}

fn entries_ui(ui: &mut Ui, menu: &OpenMenu, own: &[Own], editor: &Editor) -> Option<Action> {
    let (mut group, mut chosen, mut first) = (None, None, menu.drawn && !menu.begun);
    let mut begin_on = |entry: &Response, can_be_used: bool| {
        if first && can_be_used {
            entry.request_focus();
            first = false;
        }
    };
    for entry in own {
        let response = menu_entry(ui, entry.lead, entry.label, &entry.key);
        begin_on(&response, true);
        if response.clicked() {
            chosen = Some(entry.action.clone());
        }
    }
    for row in rows(menu.context).into_iter().filter(|row| says_something(row.verb, editor)) {
        if group.map_or(!own.is_empty(), |before| before != row.group) {
            ui.separator();
        }
        group = Some(row.group);
        // Of several people who are chosen, the one under the pointer.
        let person = menu.person.as_ref().filter(|_| editor.chosen_assignments().len() > 1);
        let about = person.and_then(|person| Some((person, Editor::action_about(row.verb, person)?)));
        let label = about.as_ref().map_or_else(|| editor.label(row.verb), |(who, _)| editor.label_about(row.verb, who));
        let response = labelled_verb_ui(ui, row, &label, editor);
        begin_on(&response, editor.is_enabled(row.verb).is_ok());
        if response.clicked() {
            chosen = Some(about.map_or(Action::Do(row.verb), |(_, action)| action));
        }
    }
    chosen
}

/// Whether an entry says what no other does: a status that all have already, or that comes next anyway, does not.
fn says_something(verb: Verb, editor: &Editor) -> bool {
    match verb {
        Verb::MoveOn => editor.next_status().is_some(),
        Verb::SetAgreed => editor.next_status() == Some(Status::Asked),
        Verb::SetProposed => !editor.is_checked(Verb::SetProposed),
        _ => true,
    }
}

/// The verbs of a context: what is about the people first, then what any cell can have done to it.
fn rows(context: Context) -> Vec<&'static VerbRow> {
    let mut rows: Vec<&VerbRow> = Verb::of_context(context).collect();
    let place = |row: &&VerbRow| match row.group.menu() {
        Menu::Rota => 0,
        Menu::View => 1,
        Menu::Edit => 2,
        Menu::File | Menu::Help => 3,
    };
    rows.sort_by_key(place);
    rows
}
