//! Another name for a post, a unit or a competency: the same, or another one. The keyboard begins on Cancel.

use crate::editor::Choice;
use crate::editor::dialogs::OtherNameDraft;

use super::Scene;
use super::form::{Form, hint_ui, sentence_ui, sentences_ui};

pub(super) fn other_name_ui(scene: &mut Scene<'_>, draft: &OtherNameDraft) {
    let form = Form::new(draft.title, draft.another.0)
        .main_choice(Choice::AnotherThing)
        .other(draft.same.0, Choice::SameThing)
        .width(560.0)
        .careful();
    scene.form(form, draft, |ui, draft, _| {
        sentence_ui(ui, &draft.about);
        ui.indent("whom", |ui| sentences_ui(ui, &draft.lines));
        hint_ui(ui, draft.same.1);
        hint_ui(ui, draft.another.1);
    });
}
