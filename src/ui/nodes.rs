//! The nodes that a view painted as one widget shows to assistive technology: one for each thing in it that speaks.

use egui::accesskit::{Action as Ask, Node, NodeId, Rect as Bounds, Role};
use egui::{Event, Id, Rect, Response, Sense, Ui};

/// Adds nodes to one view and hears the clicks on them.
pub(super) struct Nodes<'u> {
    ui: &'u Ui,
    view: &'u Response,
    /// The nodes that were clicked in this frame.
    clicked: Vec<NodeId>,
}

impl<'u> Nodes<'u> {
    /// The view as a whole, in this role and by this name; none where nothing listens, so that it costs nothing then.
    pub(super) fn of(ui: &'u Ui, view: &'u Response, role: Role, name: &str) -> Option<Self> {
        ui.ctx().accesskit_node_builder(view.id, |node| {
            node.set_role(role);
            node.set_label(name);
        })?;
        let clicked = ui.input(|input| {
            let asked = input.events.iter().filter_map(|event| match event {
                Event::AccessKitActionRequest(request) if request.action == Ask::Click => Some(request.target_node),
                _ => None,
            });
            asked.collect()
        });
        Some(Self { ui, view, clicked })
    }

    /// One node; whether it was clicked, where it `acts`. What is scrolled out of sight has none.
    pub(super) fn node(&self, id: Id, rect: Rect, role: Role, label: &str, acts: bool) -> bool {
        if !rect.is_positive() {
            return false;
        }
        // Tells egui where in the tree the node belongs; it takes no part in what the pointer does.
        self.ui.interact(rect, id, Sense::hover());
        self.ui.ctx().accesskit_node_builder(id, |node: &mut Node| {
            node.set_role(role);
            node.set_label(label);
            node.set_bounds(Bounds {
                x0: rect.min.x.into(),
                y0: rect.min.y.into(),
                x1: rect.max.x.into(),
                y1: rect.max.y.into(),
            });
            if acts {
                node.add_action(Ask::Click);
            }
        });
        let clicked = acts && self.clicked.contains(&id.accesskit_id());
        if clicked {
            self.view.request_focus();
        }
        clicked
    }

    /// A node for something that can be chosen, which says whether it is chosen.
    pub(super) fn choice(&self, id: Id, rect: Rect, role: Role, label: &str, is_chosen: bool) -> bool {
        let clicked = self.node(id, rect, role, label, true);
        if rect.is_positive() {
            self.ui.ctx().accesskit_node_builder(id, |node: &mut Node| node.set_selected(is_chosen));
        }
        clicked
    }

    /// Says which node the keyboard acts on.
    pub(super) fn set_active(&self, active: Id) {
        let active = active.accesskit_id();
        self.ui.ctx().accesskit_node_builder(self.view.id, |node| node.set_active_descendant(active));
    }
}
