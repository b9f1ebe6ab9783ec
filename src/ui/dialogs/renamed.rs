//! Another name over somebody's record: the same doctor, or somebody else.

use crate::editor::Choice;
use crate::editor::dialogs::RenamedDraft;

use super::Scene;
use super::form::{Form, hint_ui, sentence_ui, sentences_ui};

pub(super) fn renamed_ui(scene: &mut Scene<'_>, draft: &RenamedDraft) {
    let title = format!("Is {} the same doctor as {}?", draft.is, draft.was);
    let form = Form::new(&title, "Somebody else")
        .main_choice(Choice::SomebodyElse)
        .other("The same doctor", Choice::SameDoctor)
        .careful();
    scene.form(form, draft, |ui, draft, _| {
        sentence_ui(ui, &format!("{} was asked for, or agreed to:", draft.was));
        sentences_ui(ui, &draft.lines);
        hint_ui(ui, "The same doctor: only the name changes.");
        hint_ui(ui, "Somebody else: all of this becomes Proposed, as nobody has asked them. Check telephone, competencies and availability too.");
    });
}
