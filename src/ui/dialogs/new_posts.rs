//! Before posts are added where figures are agreed: is anybody normally there?

use crate::editor::Choice;
use crate::editor::dialogs::NewPostsDraft;

use super::Scene;
use super::form::{Form, hint_ui, sentence_ui, sentences_ui};

pub(super) fn new_posts_ui(scene: &mut Scene<'_>, draft: &NewPostsDraft) {
    let form = Form::new(&draft.title, "Have the figures agreed again")
        .main_choice(Choice::AgreeAgain)
        .other("Nobody normally", Choice::NobodyNormally)
        .width(600.0)
        .careful();
    scene.form(form, draft, |ui, draft, _| {
        sentence_ui(ui, &draft.about);
        ui.indent("posts", |ui| sentences_ui(ui, &draft.lines));
        hint_ui(ui, "Nobody normally: the figures stay agreed.");
        hint_ui(ui, "Have the figures agreed again: enter the new figures in Normal staffing. Until they are agreed, nothing compared with them is shown as covered.");
    });
}
