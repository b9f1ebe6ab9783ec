//! The context menu of a row or bar: the registry's verbs for what is under the pointer or the ring.

use egui::{Align, Id, Layout, Popup, PopupCloseBehavior, PopupKind, Pos2, Ui};

use crate::editor::{Action, Context, Editor, Verb};

use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::widgets::{Lead, menu_entry};

/// A menu that is open.
#[derive(Clone, Debug)]
pub struct OpenMenu {
    at: Pos2,
    context: Context,
    /// It has been drawn once: from then on a click elsewhere closes it.
    drawn: bool,
}

impl OpenMenu {
    /// A menu at a place.
    #[must_use]
    pub const fn new(at: Pos2, context: Context) -> Self {
        Self { at, context, drawn: false }
    }
}

/// Draws the open menu, if one is; the keyboard goes back to `back` when it closes.
pub fn view_menu_ui(ui: &Ui, menu: &mut Option<OpenMenu>, back: Id, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(shown) = menu.clone() else { return };
    let mut open = true;
    let mut chosen = None;
    Popup::new(back.with("menu"), ui.ctx().clone(), shown.at, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| chosen = rows_ui(ui, &shown, editor));
    if let Some(verb) = chosen {
        actions.push(Action::Do(verb));
        open = false;
    }
    if open {
        *menu = Some(OpenMenu { drawn: true, ..shown });
    } else {
        *menu = None;
        ui.memory_mut(|memory| memory.request_focus(back));
    }
}

fn rows_ui(ui: &mut Ui, menu: &OpenMenu, editor: &Editor) -> Option<Verb> {
    let (mut group, mut chosen, mut first) = (None, None, !menu.drawn);
    for row in Verb::of_context(menu.context) {
        let place = (row.menu, row.group);
        if group.is_some_and(|group| group != place) {
            ui.separator();
        }
        group = Some(place);
        let enabled = editor.is_enabled(row.verb);
        let label = editor.label(row.verb);
        let key = shortcut_text(ui, row.verb);
        let entry = ui.add_enabled_ui(enabled.is_ok(), |ui| menu_entry(ui, lead(row.verb), &label, &key)).inner;
        if first && enabled.is_ok() {
            entry.request_focus();
            first = false;
        }
        let entry = match enabled {
            Ok(()) => entry.on_hover_text(row.tooltip),
            Err(why) => entry.on_disabled_hover_text(why),
        };
        if entry.clicked() {
            chosen = Some(row.verb);
        }
    }
    chosen
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
        Verb::Clear | Verb::RemovePerson | Verb::RemoveSession => Lead::Icon(icons::TRASH),
        Verb::NotFreeFrom => Lead::Icon(icons::PROHIBIT),
        Verb::ShowInPeople => Lead::Icon(icons::USER),
        Verb::EditPerson | Verb::EditSession => Lead::Icon(icons::NOTE_PENCIL),
        Verb::SessionOn => Lead::Icon(icons::CALENDAR_X),
        Verb::SessionBack => Lead::Icon(icons::CALENDAR_CHECK),
        _ => Lead::None,
    }
}
