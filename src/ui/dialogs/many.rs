//! Before many people are changed at once: who, by name. The keyboard begins on Cancel.

use crate::editor::dialogs::ManyDraft;

use super::Scene;
use super::form::{Form, hint_ui, sentence_ui, sentences_ui};

pub(super) fn many_ui(scene: &mut Scene<'_>, draft: &ManyDraft) {
    scene.form(Form::new(&draft.title, draft.main).careful(), draft, |ui, draft, _| {
        sentence_ui(ui, draft.about);
        sentences_ui(ui, &draft.lines);
        hint_ui(ui, "One Undo reverses everything.");
    });
}
