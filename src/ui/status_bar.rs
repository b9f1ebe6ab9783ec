//! The status bar: what is chosen, what the marks mean, and the price so far.

use egui::{Align, Label, Layout, Ui};

use crate::editor::{Action, Editor};

use super::marks::Mark;
use super::theme::{Type, tokens};

/// Draws it.
pub fn status_bar_ui(ui: &mut Ui, editor: &Editor, _actions: &mut Vec<Action>) {
    let colours = tokens(ui);
    let said = editor.notice().unwrap_or_default();
    ui.horizontal_centered(|ui| {
        ui.add(Label::new(Type::Body.ink(said, colours.gap_text)).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (mark, word) in [(Mark::Agreed, "Agreed"), (Mark::Waiting, "Asked"), (Mark::NotAsked, "Proposed")] {
                ui.label(Type::Small.ink(word, colours.text2));
                let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(16.0), egui::Sense::hover());
                mark.paint(ui.painter(), rect.center(), 12.0, colours);
            }
        });
    });
}
