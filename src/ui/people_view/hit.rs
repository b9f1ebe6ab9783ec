//! What the pointer is on in the People view, and what a click there asks for.

use egui::{Modifiers, PointerButton, Pos2, Rect, Tooltip, Ui};

use super::row::{Bar, BarKind, PersonTimeline};
use super::{PeopleParts, PeopleState, open_in_posts};
use crate::editor::{Action, Context, Selection, Verb};
use crate::ui::block_grip::Grip;
use crate::ui::context_menu::OpenMenu;
use crate::ui::theme::Type;

impl<'p> PeopleParts<'p> {
    /// The person whose row is at a point.
    pub(super) fn person_at(&self, at: Pos2) -> Option<(usize, &'p PersonTimeline)> {
        let painter = &self.painter;
        let under_header = at.y >= painter.frame.body.top() && painter.frame.whole.contains(at);
        let line = painter.in_sight().find(|line| under_header && painter.line_rect(*line).contains(at))?;
        Some((line, &painter.model.people[painter.lines[line].person()?]))
    }

    /// The bar at a point, the topmost first, with its line and what is drawn of it.
    pub(super) fn bar_at(&self, at: Pos2) -> Option<(&'p PersonTimeline, &'p Bar, Rect, Grip)> {
        if !self.painter.frame.body.contains(at) {
            return None;
        }
        let (line, row) = self.person_at(at)?;
        let drawn = row.bars.iter().rev().map(|bar| (bar, self.painter.bar_rect(line, bar)));
        let (bar, rect) = drawn.into_iter().find(|(_, rect)| rect.expand2(egui::vec2(1.0, 2.0)).contains(at))?;
        Some((row, bar, rect, Grip::at(at.x, rect, (true, true))))
    }
}

/// What choosing a bar chooses: the record it stands for, else the person.
pub(super) fn selection_of(row: &PersonTimeline, bar: &Bar) -> Selection {
    match &bar.what {
        BarKind::Post { assignment, .. } => Selection::Assignments(vec![assignment.clone()]),
        BarKind::Session(id) | BarKind::Stopped(id, _) => Selection::Session(vec![id.clone()]),
        BarKind::Duty(_) | BarKind::Away => Selection::Person(row.person.clone()),
    }
}

/// Clicks, double clicks and right clicks.
pub(super) fn clicks(ui: &Ui, parts: &PeopleParts<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let response = parts.response;
    let Some(at) = response.interact_pointer_pos() else { return };
    if response.clicked_by(PointerButton::Primary) || response.clicked_by(PointerButton::Secondary) {
        response.request_focus();
    }
    let modifiers = ui.input(|input| input.modifiers);
    let Some((_, row)) = parts.person_at(at) else { return };
    let bar = parts.bar_at(at);
    let target = bar.map_or_else(|| Selection::Person(row.person.clone()), |(row, bar, ..)| selection_of(row, bar));
    if response.double_clicked() {
        match bar.map(|(_, bar, ..)| &bar.what) {
            Some(BarKind::Post { assignment, .. }) => open_in_posts(parts.doc, assignment, actions),
            Some(BarKind::Session(_) | BarKind::Stopped(..)) => actions.push(Action::Do(Verb::EditSession)),
            _ => actions.push(Action::Do(Verb::EditPerson)),
        }
    } else if response.clicked() {
        actions.push(Action::Select(with_more(parts, target, modifiers)));
    } else if response.secondary_clicked() {
        let context = match target {
            Selection::Assignments(_) => Context::Block,
            Selection::Session(_) => Context::Session,
            _ => Context::Person,
        };
        if !contains(parts.editor.selection(), &target) {
            actions.push(Action::Select(target));
        }
        state.menu = Some(OpenMenu::new(at, context).on(Some(row.person.clone())));
    }
}

/// Ctrl adds a block to those chosen, or takes it from them.
fn with_more(parts: &PeopleParts<'_>, target: Selection, modifiers: Modifiers) -> Selection {
    let (true, Selection::Assignments(new), Selection::Assignments(old)) =
        (modifiers.command, &target, parts.editor.selection())
    else {
        return target;
    };
    let mut all = old.clone();
    for id in new {
        if let Some(at) = all.iter().position(|other| other == id) {
            all.remove(at);
        } else {
            all.push(id.clone());
        }
    }
    if all.is_empty() { target } else { Selection::Assignments(all) }
}

fn contains(chosen: &Selection, target: &Selection) -> bool {
    match (chosen, target) {
        (Selection::Assignments(all), Selection::Assignments(one)) => one.iter().all(|id| all.contains(id)),
        (chosen, target) => chosen == target,
    }
}

/// The sentence of the bar, or of the person, under the pointer.
pub(super) fn hover_ui(parts: &PeopleParts<'_>, state: &PeopleState) {
    if state.drag.is_some() || state.menu.is_some() || !parts.response.hovered() {
        return;
    }
    let Some(at) = parts.response.hover_pos() else { return };
    let text = match (parts.bar_at(at), parts.person_at(at)) {
        (Some((_, bar, ..)), _) => bar.spoken.clone(),
        (None, Some((_, row))) if parts.painter.frame.names().contains(at) => {
            format!("{} {}\n{}", row.initials, row.name, row.grade)
        }
        _ => return,
    };
    Tooltip::for_enabled(parts.response).at_pointer().gap(14.0).show(|ui| {
        ui.set_max_width(360.0);
        ui.label(Type::Body.rich(text));
    });
}
