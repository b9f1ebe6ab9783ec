//! What the People panel and the People view draw alike: the find field, the way back from a filter, and the first staff.

use egui::{Id, Key, Modifiers, Response, Role, Sense, Ui, WidgetInfo};

use crate::editor::{Action, Editor, PeopleFilter, Verb};
use crate::ui::keys::shortcut_text;
use crate::ui::requests;
use crate::ui::theme::{self, Type};
use crate::ui::verb_rows::verb_button;
use crate::ui::widgets::{PushButton, search_field};

/// The find field. Down or Enter leads from it to `first`, whatever takes the keyboard for the first person found.
pub(in crate::ui) fn find_ui(ui: &mut Ui, editor: &Editor, first: Id, actions: &mut Vec<Action>) -> Response {
    let mut text = editor.find_text().to_owned();
    let key = shortcut_text(ui, Verb::Find);
    let response = search_field(ui, &mut text, "Find a person", &key);
    requests::is_find_field(ui, response.id);
    if response.changed() {
        actions.push(Action::SetFindText(text));
    }
    if response.has_focus() || response.lost_focus() {
        let down = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if down || enter {
            ui.memory_mut(|memory| memory.request_focus(first));
        }
    }
    response
}

/// Says that the filter and the find field show nobody, with a link that shows everybody again.
pub(in crate::ui) fn nobody_matches_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.label(Type::Body.ink("Nobody matches.", theme::tokens(ui).text2));
    if ui.add(PushButton::link("Clear the filter")).clicked() {
        actions.push(Action::SetFindText(String::new()));
        actions.push(Action::FilterPeople(PeopleFilter::All));
    }
}

/// The buttons that enter the first staff; `with_key` names the key beside the one that pastes.
pub(in crate::ui) fn first_staff_ui(ui: &mut Ui, editor: &Editor, with_key: bool, actions: &mut Vec<Action>) {
    for verb in [Verb::PastePeople, Verb::AddPerson] {
        let is_paste = with_key && verb == Verb::PastePeople;
        let key = if is_paste { shortcut_text(ui, Verb::Paste) } else { String::new() };
        verb_button(ui, verb, PushButton::new(verb.row().label).key(&key), editor, actions);
    }
}

/// What is left of an empty list takes the keyboard, so that a paste there is a paste of staff.
pub(in crate::ui) fn paste_here_ui(ui: &Ui, id: Id) -> Response {
    let response = ui.interact(ui.available_rect_before_wrap(), id, Sense::click());
    if response.clicked() {
        response.request_focus();
    }
    let spoken = "No staff yet: paste your staff list here";
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken));
    response
}
