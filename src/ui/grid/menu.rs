//! The context menu: the registry's verbs for what is under the pointer or the ring.

use egui::{PopupCloseBehavior, Pos2, Ui};

use super::landing::Question;
use super::{GridState, Parts, grid_id};
use crate::editor::{Action, Context, Menu, Verb, VerbRow};
use crate::ui::icons;
use crate::ui::keys::shortcut_text;
use crate::ui::marks::Mark;
use crate::ui::widgets::{Lead, menu_entry};

/// A menu that is open.
#[derive(Clone)]
pub(super) struct OpenMenu {
    at: Pos2,
    context: Context,
    /// It has been drawn once: from then on a click elsewhere closes it.
    drawn: bool,
}

impl OpenMenu {
    pub(super) fn new(at: Pos2, context: Context) -> Self {
        Self { at, context, drawn: false }
    }
}

/// Draws the open menu, if one is.
pub(super) fn menu_ui(ui: &Ui, parts: &Parts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    let Some(menu) = state.menu.clone() else { return };
    let mut open = true;
    let mut chosen = None;
    let popup = egui::Popup::new(grid_id().with("menu"), ui.ctx().clone(), menu.at, ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .layout(egui::Layout::top_down_justified(egui::Align::Min))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open);
    popup.show(|ui| {
        let mut group = None;
        let mut first = !menu.drawn;
        for row in rows(menu.context) {
            let place = (row.menu, row.group);
            if group.is_some_and(|group| group != place) {
                ui.separator();
            }
            group = Some(place);
            let enabled = parts.editor.is_enabled(row.verb);
            let label = parts.editor.label(row.verb);
            let key = shortcut_text(ui, row.verb);
            let entry = ui.add_enabled_ui(enabled.is_ok(), |ui| menu_entry(ui, lead(row.verb), &label, &key)).inner;
            if first && enabled.is_ok() {
                entry.request_focus();
                first = false;
            }
            let entry = entry.on_hover_text(row.tooltip);
            let entry = if let Err(why) = enabled { entry.on_disabled_hover_text(why) } else { entry };
            if entry.clicked() {
                chosen = Some(row.verb);
            }
        }
    });
    if let Some(verb) = chosen {
        actions.push(Action::Do(verb));
        open = false;
    }
    if open {
        state.menu = Some(OpenMenu { drawn: true, ..menu });
    } else {
        state.menu = None;
        ui.memory_mut(|memory| memory.request_focus(grid_id()));
    }
}

/// The verbs of a context: what is about the people first, then what any cell can have done to it.
fn rows(context: Context) -> Vec<&'static VerbRow> {
    let mut rows: Vec<&VerbRow> = Verb::of_context(context).collect();
    let place = |row: &&VerbRow| match row.menu {
        Menu::Rota => 0,
        Menu::View => 1,
        Menu::Edit => 2,
        Menu::File | Menu::Help => 3,
    };
    rows.sort_by_key(place);
    rows
}

/// Asks what a drop on somebody else's block means.
pub(super) fn question_ui(ui: &Ui, state: &mut GridState, actions: &mut Vec<Action>) {
    let Some(question) = state.question.clone() else { return };
    let mut open = true;
    let mut chosen = None;
    let popup = egui::Popup::new(grid_id().with("question"), ui.ctx().clone(), question.at, ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .layout(egui::Layout::top_down_justified(egui::Align::Min))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open);
    popup.show(|ui| {
        for (index, (words, answer)) in question.answers.iter().enumerate() {
            let entry = menu_entry(ui, answer_lead(index, answer), words, "");
            if index == 0 && !question.drawn {
                entry.request_focus();
            }
            if entry.clicked() {
                chosen = Some(answer.clone());
            }
        }
    });
    if chosen.is_some() || !open {
        actions.extend(chosen.into_iter().flatten());
        state.question = None;
        ui.memory_mut(|memory| memory.request_focus(grid_id()));
    } else {
        state.question = Some(Question { drawn: true, ..question });
    }
}

fn answer_lead(index: usize, answer: &[Action]) -> Lead {
    match (index, answer.len()) {
        (_, 0) => Lead::Icon(icons::X),
        (_, 1) => Lead::Icon(icons::ARROW_RIGHT),
        _ => Lead::Icon(icons::SWAP),
    }
}

fn lead(verb: Verb) -> Lead {
    match verb {
        Verb::SetProposed => Lead::Mark(Mark::NotAsked),
        Verb::SetAsked => Lead::Mark(Mark::Waiting),
        Verb::SetAgreed => Lead::Mark(Mark::Agreed),
        Verb::SetDeclined => Lead::Mark(Mark::Declined),
        Verb::MoveOn => Lead::Icon(icons::ARROW_RIGHT),
        Verb::Lock => Lead::Icon(icons::LOCK_SIMPLE),
        Verb::ChangeTime => Lead::Icon(icons::ARROWS_LEFT_RIGHT),
        Verb::SwapPeople => Lead::Icon(icons::SWAP),
        Verb::Copy | Verb::CopyToWindow => Lead::Icon(icons::COPY),
        Verb::Cut => Lead::Icon(icons::SCISSORS),
        Verb::Paste => Lead::Icon(icons::CLIPBOARD),
        Verb::Clear | Verb::RemovePost | Verb::RemoveUnit => Lead::Icon(icons::TRASH),
        Verb::NotFreeFrom => Lead::Icon(icons::PROHIBIT),
        Verb::ShowInPeople => Lead::Icon(icons::USER),
        Verb::TypeInCell => Lead::Icon(icons::KEYBOARD),
        Verb::EditPerson | Verb::EditPost | Verb::EditUnit => Lead::Icon(icons::NOTE_PENCIL),
        Verb::AddPost => Lead::Icon(icons::PLUS),
        _ => Lead::None,
    }
}
