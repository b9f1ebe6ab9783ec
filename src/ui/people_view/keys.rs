//! The keyboard in the People view: up and down from person to person, left and right from bar to bar.

use egui::{EventFilter, Key, Modifiers, Ui};

use super::hit::selection_of;
use super::row::BarKind;
use super::{PeopleParts, PeopleState, open_in_posts, people_id};
use crate::editor::{Action, Context, Selection, Verb, Where};
use crate::ui::context_menu::{self, OpenMenu};
use crate::ui::keys;
use crate::ui::people::lines::PeopleLine;

/// Hears the keys while the view has the focus.
pub(super) fn listen(ui: &Ui, parts: &PeopleParts<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let response = parts.response;
    if !response.has_focus() || parts.editor.dialog().is_some() {
        return;
    }
    let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(people_id(), filter));
    let before = actions.len();
    keys::take_verbs(ui, &[Where::Grid, Where::Lists], parts.editor, actions);
    if actions.len() > before && parts.chosen.person.is_some_and(|at| parts.painter.line_of(at).is_none()) {
        // Whoever is chosen is not listed now: no key acts on what nobody sees.
        actions.insert(before, Action::Select(Selection::None));
    }
    if parts.chosen.person.is_none() && response.gained_focus() {
        actions.extend(person(parts, 0).map(Action::Select));
        return;
    }
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let page = ((parts.painter.frame.body.height() / crate::ui::theme::sizes::PERSON_ROW) as i64 - 1).max(1);
    let last = i64::MAX / 4;
    let steps = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::Home, -last),
        (Key::End, last),
    ];
    if let Some((_, by)) = steps.into_iter().find(|(key, _)| pressed(*key)) {
        actions.extend(step(parts, by).map(Action::Select));
    } else if pressed(Key::ArrowRight) {
        actions.extend(along(parts, true).map(Action::Select));
    } else if pressed(Key::ArrowLeft) {
        actions.extend(along(parts, false).map(Action::Select));
    } else if pressed(Key::Enter) {
        enter(parts, actions);
    } else if pressed(Key::Escape) {
        up(parts, actions);
    } else if context_menu::was_called(ui) {
        state.menu = menu(parts);
    }
}

/// The people shown, in order.
fn shown(parts: &PeopleParts<'_>) -> Vec<usize> {
    parts.painter.lines.iter().filter_map(PeopleLine::person).collect()
}

fn person(parts: &PeopleParts<'_>, place: usize) -> Option<Selection> {
    let at = *shown(parts).get(place)?;
    Some(Selection::Person(parts.painter.model.people[at].person.clone()))
}

fn step(parts: &PeopleParts<'_>, by: i64) -> Option<Selection> {
    let shown = shown(parts);
    let now = parts.chosen.person.and_then(|person| shown.iter().position(|at| *at == person));
    let last = i64::try_from(shown.len()).ok()? - 1;
    let next = now.map_or(0, |now| (i64::try_from(now).unwrap_or(0) + by).clamp(0, last.max(0)));
    person(parts, usize::try_from(next).ok()?)
}

/// The next bar of the person, or the one before; before the first is the person.
fn along(parts: &PeopleParts<'_>, forward: bool) -> Option<Selection> {
    let row = &parts.painter.model.people[parts.chosen.person?];
    let places: Vec<usize> = (0..row.bars.len()).filter(|at| row.bars[*at].can_be_chosen()).collect();
    let now = parts.chosen.bars.last().and_then(|bar| places.iter().position(|at| at == bar));
    let next = match (now, forward) {
        (None, true) => 0,
        (None, false) => return None,
        (Some(now), true) => (now + 1).min(places.len().checked_sub(1)?),
        (Some(0), false) => return Some(Selection::Person(row.person.clone())),
        (Some(now), false) => now - 1,
    };
    Some(selection_of(row, &row.bars[*places.get(next)?]))
}

/// A block opens in Posts, a session its details, a person the first of their blocks.
fn enter(parts: &PeopleParts<'_>, actions: &mut Vec<Action>) {
    let Some(row) = parts.chosen.person.map(|at| &parts.painter.model.people[at]) else { return };
    match parts.chosen.bars.last().map(|at| &row.bars[*at].what) {
        Some(BarKind::Post { assignment, .. }) => open_in_posts(parts.doc, assignment, actions),
        Some(BarKind::Session(_) | BarKind::Stopped(..)) => actions.push(Action::Do(Verb::EditSession)),
        _ => actions.push(Action::Do(Verb::ShowInPosts)),
    }
}

/// From a bar to its person.
fn up(parts: &PeopleParts<'_>, actions: &mut Vec<Action>) {
    if let (Some(at), false) = (parts.chosen.person, parts.chosen.bars.is_empty()) {
        let person = parts.painter.model.people[at].person.clone();
        actions.push(Action::Select(Selection::Person(person)));
    }
}

/// The context menu beside what is chosen.
fn menu(parts: &PeopleParts<'_>) -> Option<OpenMenu> {
    let (line, row) = parts.painter.line_of(parts.chosen.person?)?;
    let bar = parts.chosen.bars.last().and_then(|at| row.bars.get(*at));
    let rect = bar.map_or_else(
        || parts.painter.line_rect(line).with_max_x(parts.painter.frame.names().right()),
        |bar| parts.painter.bar_rect(line, bar),
    );
    let context = match bar.map(|bar| &bar.what) {
        Some(BarKind::Post { .. }) => Context::Block,
        Some(BarKind::Session(_) | BarKind::Stopped(..)) => Context::Session,
        _ => Context::Person,
    };
    Some(OpenMenu::under(rect, context).on(Some(row.person.clone())))
}
