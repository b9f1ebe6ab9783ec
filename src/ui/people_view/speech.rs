//! What the People view tells assistive technology: a node for each person and each bar in sight, with the sentence a
//! person would say; each can be clicked from there.

use egui::accesskit::Role;
use egui::{Rect, Ui};

use super::hit::selection_of;
use super::{PeopleParts, people_id};
use crate::editor::{Action, Selection};
use crate::ui::nodes::Nodes;
use crate::ui::people::lines::PeopleLine;

/// Builds the nodes and answers clicks on them. Costs nothing while nothing listens.
pub(super) fn tell(ui: &Ui, parts: &PeopleParts<'_>, actions: &mut Vec<Action>) {
    let Some(nodes) = Nodes::of(ui, parts.response, Role::ListGrid, "People, all days") else { return };
    let painter = &parts.painter;
    let sight = Rect::from_min_max(painter.frame.names().min, painter.frame.whole.max);
    let mut active = None;
    for line in painter.in_sight() {
        let row_rect = painter.line_rect(line).intersect(sight);
        match &painter.lines[line] {
            PeopleLine::Heading { title, count, .. } => {
                let id = people_id().with(("group", line));
                nodes.node(id, row_rect, Role::Heading, &format!("{title}, {count}"), false);
            }
            PeopleLine::Person(at) => {
                let row = &painter.model.people[*at];
                let id = people_id().with(("person", &row.person));
                let names = row_rect.with_max_x(painter.frame.names().right());
                let is_chosen = parts.chosen.person == Some(*at);
                if nodes.choice(id, names, Role::Row, &row.spoken, is_chosen) {
                    actions.push(Action::Select(Selection::Person(row.person.clone())));
                }
                active = active.or(is_chosen.then_some(id));
                for (place, bar) in row.bars.iter().enumerate() {
                    let rect = painter.bar_rect(line, bar).intersect(painter.frame.body);
                    let id = people_id().with(("bar", &row.person, place));
                    let is_bar = is_chosen && parts.chosen.bars.contains(&place);
                    if !bar.can_be_chosen() {
                        nodes.node(id, rect, Role::Label, &bar.spoken, false);
                    } else if nodes.choice(id, rect, Role::Button, &bar.spoken, is_bar) {
                        actions.push(Action::Select(selection_of(row, bar)));
                    }
                    if is_bar {
                        active = Some(id);
                    }
                }
            }
        }
    }
    if let Some(active) = active {
        nodes.set_active(active);
    }
}
