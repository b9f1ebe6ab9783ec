//! What stands at the right of People and Sessions: all about what is chosen, and what can be done with it.

mod person;
mod session;

use egui::{Label, Margin, RichText, Ui};

use super::theme::{self, Type, sizes};
use super::widgets::panel_head;
use crate::editor::{Action, Editor, Selection, View};

/// Draws the inspector of the view shown.
pub fn inspector_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    match (editor.selection(), editor.view()) {
        (Selection::Session(ids), _) => session::sessions_ui(ui, editor, ids, actions),
        (Selection::Person(id), View::People) => person::person_ui(ui, editor, id, None, actions),
        (Selection::Assignments(ids), View::People) => {
            let last = ids.last().and_then(|id| editor.doc()?.rota().assignment(id));
            match last {
                Some(block) => person::person_ui(ui, editor, &block.person, Some(block), actions),
                None => nothing_ui(ui, "Person", "Choose a person."),
            }
        }
        (_, View::Sessions) => nothing_ui(ui, "Session", "Choose a session to see what postponing it frees up."),
        _ => nothing_ui(ui, "Person", "Choose a person to see their work and rest."),
    }
}

fn nothing_ui(ui: &mut Ui, title: &str, text: &str) {
    panel_head(ui, title, "", |_| {});
    body(ui, |ui| {
        wrapped(ui, Type::Body.ink(text, theme::tokens(ui).text2));
    });
}

/// The padded, scrolling part under the head.
fn body(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::same(sizes::PANEL_PADDING as i8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = egui::vec2(8.0, 4.0);
            add(ui);
        });
    });
}

fn wrapped(ui: &mut Ui, text: RichText) {
    ui.add(Label::new(text).wrap());
}

/// A name and what it is, in two columns.
fn field(ui: &mut Ui, name: &str, value: &str) {
    let t = theme::tokens(ui);
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(76.0, 18.0), egui::Sense::hover());
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, name, Type::Small.font(), t.text2);
        let response = ui.add(Label::new(Type::Body.ink(value, t.text)).wrap());
        // Read together.
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(format!("{name}: {value}")));
    });
}

/// A line across, with room above and under it.
fn divider(ui: &mut Ui) {
    ui.add_space(4.0);
    ui.separator();
    ui.add_space(2.0);
}
