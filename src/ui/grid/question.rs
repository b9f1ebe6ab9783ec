//! What a drop on somebody else's block means: asked where it was dropped.

use egui::{PopupCloseBehavior, Ui};

use super::landing::Question;
use super::{GridState, grid_id};
use crate::editor::Action;
use crate::ui::icons;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{Lead, menu_entry};

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
        if !question.about.is_empty() {
            ui.label(Type::Small.ink(&question.about, theme::tokens(ui).text2));
            ui.separator();
        }
        for (index, (words, answer)) in question.answers.iter().enumerate() {
            let entry = menu_entry(ui, answer_lead(index, answer), words, "");
            // Enter by habit must not take away what somebody has agreed to.
            if answer.is_empty() && !question.drawn {
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
