//! The keyboard in the grid: the ring moves as in a spreadsheet, letters type, verbs come from the registry.

use egui::{Event, EventFilter, Key, Modifiers, Ui};

use super::hit::context_of;
use super::{GridParts, GridState, grid_id};
use crate::editor::{Action, CellRange, Context, Direction, Selection, Verb, Where};
use crate::ui::context_menu::OpenMenu;
use crate::ui::keys;

/// Farther than any grid reaches.
const FAR: i32 = 1_000_000;

/// Hears the keys while the grid has the focus.
pub(super) fn listen(ui: &Ui, parts: &GridParts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    if parts.response.gained_focus() {
        state.leaving = false;
        let on_heading = matches!(parts.editor.selection(), Selection::Unit(_) | Selection::Post(_));
        if parts.chosen().is_none() && !on_heading {
            actions.extend(first_cell(parts));
        }
    }
    let asked = state.menu.is_some() || state.question.is_some() || parts.editor.dialog().is_some();
    if !parts.response.has_focus() || parts.editor.typing().is_some() || asked {
        return;
    }
    let filter = EventFilter { tab: !state.leaving, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(grid_id(), filter));
    keys::take_verbs(ui, &[Where::Grid, Where::Lists], parts.editor, actions);
    let page = page_rows(parts);
    let events = ui.input(|input| input.filtered_events(&filter));
    let mut typed = String::new();
    for event in events {
        match event {
            // On a slow screen several letters, and Enter after them, come with one frame.
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !typed.is_empty() => {
                actions.push(Action::StartTyping(std::mem::take(&mut typed)));
                actions.push(Action::CommitTyping { go: Direction::Here, anyway: modifiers.command });
            }
            Event::Key { key, pressed: true, modifiers, .. } => on_key(key, modifiers, page, parts, state, actions),
            Event::Text(text) if typed.is_empty() && proposal(&text, parts).is_some() => {
                actions.extend(proposal(&text, parts));
            }
            Event::Text(text) if parts.editable && (!typed.is_empty() || begins_typing(&text)) => typed.push_str(&text),
            _ => {}
        }
    }
    if !typed.is_empty() {
        actions.push(Action::StartTyping(typed));
    }
}

/// The number of somebody in "Who could" proposes them; no initials begin with a digit that is listed there.
fn proposal(text: &str, parts: &GridParts<'_, '_>) -> Option<Action> {
    let number: usize = text.parse().ok().filter(|number| (1..=9).contains(number) && parts.editable)?;
    let who = parts.editor.who_could()?;
    let person = who.could.get(number - 1)?.person.clone();
    Some(Action::Propose { person, gap: who.gap.clone(), asked: false })
}

/// The space bar and the slash are verbs; control characters mean nothing here.
fn begins_typing(text: &str) -> bool {
    text.chars().next().is_some_and(|first| !first.is_whitespace() && first != '/' && !first.is_control())
}

fn on_key(
    key: Key,
    modifiers: Modifiers,
    page: i32,
    parts: &GridParts<'_, '_>,
    state: &mut GridState,
    actions: &mut Vec<Action>,
) {
    let (extend, jump) = (modifiers.shift, modifiers.command);
    let go = |dx: i32, dy: i32, jump: bool| Action::MoveCursor { dx, dy, extend, jump };
    let mut to = |action: Action| actions.push(action);
    if let Selection::Unit(unit) = parts.editor.selection() {
        let folded = parts.editor.is_folded(unit);
        let folds = match key {
            Key::ArrowLeft => !folded,
            Key::ArrowRight => folded,
            Key::Enter => modifiers.is_none(),
            _ => false,
        };
        if folds {
            to(Action::Do(Verb::FoldUnit));
            return;
        }
    }
    match key {
        Key::ArrowLeft => to(go(-1, 0, jump)),
        Key::ArrowRight => to(go(1, 0, jump)),
        Key::ArrowUp => to(go(0, -1, jump)),
        Key::ArrowDown => to(go(0, 1, jump)),
        Key::Home => to(go(-FAR, if jump { -FAR } else { 0 }, false)),
        Key::End => to(go(FAR, if jump { FAR } else { 0 }, false)),
        Key::PageUp if !jump => to(go(0, -page, false)),
        Key::PageDown if !jump => to(go(0, page, false)),
        Key::Tab if !state.leaving => {
            to(Action::MoveCursor { dx: if modifiers.shift { -1 } else { 1 }, dy: 0, extend: false, jump: false });
        }
        Key::Enter if parts.editable && modifiers.is_none() => to(Action::StartTyping(String::new())),
        Key::Menu => open_menu(parts, state),
        Key::F10 if modifiers.shift => open_menu(parts, state),
        Key::Escape => {
            state.leaving = true;
            return;
        }
        _ => return,
    }
    state.leaving = false;
}

/// The context menu beside the ring.
fn open_menu(parts: &GridParts<'_, '_>, state: &mut GridState) {
    if let Selection::Unit(unit) = parts.editor.selection() {
        let heading = parts.painter.heading(unit).map(|row| row.left_bottom() + egui::vec2(24.0, 2.0));
        state.menu = heading.map(|at| OpenMenu::new(at, Context::Unit));
        return;
    }
    let Some(range) = parts.chosen() else { return };
    let Some(ring) = parts.painter.ring(range) else { return };
    let lane = parts.painter.view.window.lane(&range.last.row);
    let block = lane.and_then(|lane| lane.block_in(range.last.span()));
    state.menu = Some(OpenMenu::under(ring, context_of(block)).on(block.map(|block| block.person.clone())));
}

/// How many rows a page is: what is in sight, less one.
fn page_rows(parts: &GridParts<'_, '_>) -> i32 {
    let rows = parts.painter.frame.body.height() / parts.painter.layout.sizes.lane;
    (rows as i32 - 1).max(1)
}

/// The first cell of the window.
fn first_cell(parts: &GridParts<'_, '_>) -> Option<Action> {
    let view = parts.painter.view;
    let row = view.window.rows.first()?;
    let cell = view.cell(row, view.window.span.from);
    Some(Action::Select(Selection::Cells(CellRange::one(view.window.id.clone(), cell))))
}
