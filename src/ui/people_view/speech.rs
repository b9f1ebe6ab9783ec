//! What the People view tells assistive technology: a node for each person and each bar in sight, with the sentence a
//! person would say; each can be clicked from there.

use egui::accesskit::{Action as Ask, Node, NodeId, Rect as Bounds, Role};
use egui::{Event, Id, Rect, Sense, Ui};

use super::hit::selection_of;
use super::{Parts, people_id};
use crate::editor::{Action, Selection};
use crate::ui::people::lines::PeopleLine;

/// Builds the nodes and answers clicks on them. Costs nothing while nothing listens.
pub(super) fn tell(ui: &Ui, parts: &Parts<'_>, actions: &mut Vec<Action>) {
    let listening = ui.ctx().accesskit_node_builder(people_id(), |node| {
        node.set_role(Role::ListGrid);
        node.set_label("People, all days");
    });
    if listening.is_none() {
        return;
    }
    let clicks = clicks(ui);
    let painter = &parts.painter;
    let sight = Rect::from_min_max(painter.frame.names().min, painter.frame.whole.max);
    let mut active = None;
    for line in painter.in_sight() {
        let row_rect = painter.line_rect(line).intersect(sight);
        match &painter.lines[line] {
            PeopleLine::Heading { title, count, .. } => {
                let words = format!("{title}, {count}");
                node(ui, parts, people_id().with(("group", line)), row_rect, Role::Heading, &words, None);
            }
            PeopleLine::Person(at) => {
                let row = &painter.model.people[*at];
                let id = people_id().with(("person", &row.person));
                let names = row_rect.with_max_x(painter.frame.names().right());
                let is_chosen = parts.chosen.person == Some(*at);
                if node(ui, parts, id, names, Role::Row, &row.spoken, Some((&clicks, is_chosen))) {
                    actions.push(Action::Select(Selection::Person(row.person.clone())));
                }
                active = active.or(is_chosen.then_some(id));
                for (place, bar) in row.bars.iter().enumerate() {
                    let rect = painter.bar_rect(line, bar).intersect(painter.frame.body);
                    let id = people_id().with(("bar", &row.person, place));
                    let is_bar = is_chosen && parts.chosen.bars.contains(&place);
                    let role = if bar.can_be_chosen() { Role::Button } else { Role::Label };
                    let acts = bar.can_be_chosen().then_some((&clicks, is_bar));
                    if node(ui, parts, id, rect, role, &bar.spoken, acts) {
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
        ui.ctx().accesskit_node_builder(people_id(), |node| node.set_active_descendant(active.accesskit_id()));
    }
}

/// The nodes that were clicked in this frame.
fn clicks(ui: &Ui) -> Vec<NodeId> {
    ui.input(|input| {
        let asked = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) if request.action == Ask::Click => Some(request.target_node),
            _ => None,
        });
        asked.collect()
    })
}

/// One node; whether it was clicked. What is scrolled out of sight has none.
fn node(
    ui: &Ui,
    parts: &Parts<'_>,
    id: Id,
    rect: Rect,
    role: Role,
    label: &str,
    acts: Option<(&Vec<NodeId>, bool)>,
) -> bool {
    if !rect.is_positive() {
        return false;
    }
    // Tells egui where in the tree the node belongs; it takes no part in what the pointer does.
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node: &mut Node| {
        node.set_role(role);
        node.set_label(label);
        node.set_bounds(Bounds {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        if let Some((_, chosen)) = acts {
            node.add_action(Ask::Click);
            node.set_selected(chosen);
        }
    });
    let clicked = acts.is_some_and(|(clicks, _)| clicks.contains(&id.accesskit_id()));
    if clicked {
        parts.response.request_focus();
    }
    clicked
}
