//! Before cover goes out of sight: which posts and people it is about. The keyboard begins on Back.

use crate::editor::dialogs::LeftOutDraft;

use super::Scene;
use super::form::{Form, hint_ui, sentence_ui, sentences_ui};

pub(super) fn left_out_ui(scene: &mut Scene<'_>, draft: &LeftOutDraft) {
    let form = Form::new(&draft.title, &draft.main).width(560.0).careful().cancel("Back");
    scene.form(form, draft, |ui, draft, _| {
        for part in &draft.parts {
            sentence_ui(ui, &part.about);
            ui.indent("posts", |ui| sentences_ui(ui, &part.lines));
        }
        hint_ui(ui, "One Undo reverses everything.");
    });
}
