//! The registry's verbs as rows of a menu: label, key, what stands before them, and why not where they cannot be used.

use egui::{Response, ScrollArea, Ui, Widget};

use crate::editor::{Action, Editor, Verb, VerbRow};

use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::widgets::{Lead, icon_button, menu_entry};

/// A menu of which every row can be reached: where the window is too low for it, it scrolls.
pub fn whole_ui<T>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> T) -> T {
    const AROUND: f32 = 48.0;
    let room = (ui.ctx().content_rect().height() - AROUND).max(96.0);
    ui.set_max_height(room);
    ScrollArea::vertical().max_height(room).show(ui, content).inner
}

/// Rows of a menu, with a line where the group changes.
pub fn rows_ui<'a>(ui: &mut Ui, rows: impl Iterator<Item = &'a VerbRow>, editor: &Editor, actions: &mut Vec<Action>) {
    let mut group = None;
    for row in rows {
        if group.is_some_and(|before| before != row.group) {
            ui.separator();
        }
        group = Some(row.group);
        if verb_ui(ui, row, editor).clicked() {
            actions.push(Action::Do(row.verb));
            ui.close();
        }
    }
}

/// One row: label, shortcut, and why it cannot be used now where it cannot.
pub fn verb_ui(ui: &mut Ui, row: &VerbRow, editor: &Editor) -> Response {
    labelled_verb_ui(ui, row, &editor.label(row.verb), editor)
}

/// The same, called something else.
pub fn labelled_verb_ui(ui: &mut Ui, row: &VerbRow, label: &str, editor: &Editor) -> Response {
    let enabled = editor.is_enabled(row.verb);
    let key = shortcut_text(ui, row.verb);
    let lead = if editor.is_checked(row.verb) { Lead::Icon(icons::CHECK) } else { lead_of(row.verb) };
    let response = ui.add_enabled_ui(enabled.is_ok(), |ui| menu_entry(ui, lead, label, &key)).inner;
    if editor.is_checked(row.verb) {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled(egui::accesskit::Toggled::True));
    }
    match enabled {
        Ok(()) => response.on_hover_text(row.tooltip),
        Err(why) => response.on_disabled_hover_text(format!("{}. {why}", row.tooltip)),
    }
}

/// A button for a verb outside menus; it can be pressed while the verb can be used.
pub fn verb_button(
    ui: &mut Ui,
    verb: Verb,
    button: impl Widget,
    editor: &Editor,
    actions: &mut Vec<Action>,
) -> Response {
    let response = ui.add_enabled(editor.is_enabled(verb).is_ok(), button);
    if response.clicked() {
        actions.push(Action::Do(verb));
    }
    response
}

/// A button for a verb that is an icon alone, in the head of a panel.
pub fn verb_icon(ui: &mut Ui, verb: Verb, icon: char, editor: &Editor, actions: &mut Vec<Action>) {
    let button = |ui: &mut Ui| icon_button(ui, icon, verb.row().label);
    if ui.add_enabled_ui(editor.is_enabled(verb).is_ok(), button).inner.clicked() {
        actions.push(Action::Do(verb));
    }
}

/// What stands before a verb in menus.
fn lead_of(verb: Verb) -> Lead {
    let icon = match verb {
        Verb::SetProposed => return Lead::Mark(Mark::NotAsked),
        Verb::SetAsked => return Lead::Mark(Mark::Waiting),
        Verb::SetAgreed => return Lead::Mark(Mark::Agreed),
        Verb::SetDeclined => return Lead::Mark(Mark::Declined),
        Verb::SuggestCover | Verb::SuggestForGap | Verb::SuggestForUnit | Verb::SuggestForDay | Verb::SuggestAgain => {
            icons::MAGIC_WAND
        }
        Verb::AcceptSuggested | Verb::AcceptTicked => icons::CHECK,
        Verb::RejectSuggested => icons::X,
        Verb::New => icons::FILE_PLUS,
        Verb::Open => icons::FOLDER_OPEN,
        Verb::OpenExample => icons::FILE_TEXT,
        Verb::Save | Verb::SaveAs => icons::FLOPPY_DISK,
        Verb::Recover | Verb::Undo => icons::ARROW_U_UP_LEFT,
        Verb::Redo => icons::ARROW_U_UP_RIGHT,
        Verb::Cut => icons::SCISSORS,
        Verb::Copy | Verb::CopyToWindow | Verb::CopyDay => icons::COPY,
        Verb::Paste => icons::CLIPBOARD,
        Verb::Clear | Verb::RemovePerson | Verb::RemovePost | Verb::RemoveSession | Verb::RemoveUnit => icons::TRASH,
        Verb::FillRight | Verb::MoveOn => icons::ARROW_RIGHT,
        Verb::SessionOn => icons::CALENDAR_X,
        Verb::SessionBack => icons::CALENDAR_CHECK,
        Verb::FillDown => icons::ARROW_DOWN,
        Verb::TypeInCell => icons::KEYBOARD,
        Verb::Find => icons::MAGNIFYING_GLASS,
        Verb::Palette => icons::LIST,
        Verb::Lock => icons::LOCK_SIMPLE,
        Verb::ChangeTime => icons::ARROWS_LEFT_RIGHT,
        Verb::SwapPeople => icons::SWAP,
        Verb::NotFreeFrom | Verb::MarkTraineesNotAvailable => icons::PROHIBIT,
        Verb::AddPerson => icons::USER_PLUS,
        Verb::PastePeople | Verb::SetForSeveral => icons::USERS,
        Verb::ShowInPeople => icons::USER,
        Verb::EditPerson | Verb::EditPost | Verb::EditSession | Verb::EditUnit => icons::NOTE_PENCIL,
        Verb::AddPost | Verb::AddUnit | Verb::AddSession | Verb::PasteSessions => icons::PLUS,
        Verb::RotaProperties => icons::GEAR_SIX,
        Verb::Windows => icons::CALENDAR_BLANK,
        Verb::ExplainRule | Verb::Help => icons::QUESTION,
        Verb::About => icons::INFO,
        _ => return Lead::None,
    };
    Lead::Icon(icon)
}
