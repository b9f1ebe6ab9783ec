//! Find a person, a post or a session by name, where no field for it is in sight.

use egui::Ui;

use crate::editor::dialogs::FindDraft;
use crate::editor::palette::{FoundWhat, find_everywhere};
use crate::editor::{Action, Dialog, Editor};

use super::picker::{Choice, answer, picker_ui};

pub fn find_ui(ui: &Ui, editor: &Editor, draft: &FindDraft, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let found = find_everywhere(doc.rota(), &draft.text);
    let kind = |what: &FoundWhat| match what {
        FoundWhat::Person(_) => "person",
        FoundWhat::Post(_) => "post",
        FoundWhat::Session(_) => "session",
    };
    let choices: Vec<Choice> = found
        .iter()
        .map(|found| Choice {
            title: found.title.clone(),
            detail: found.detail.clone(),
            key: kind(&found.what).to_owned(),
            enabled: true,
        })
        .collect();
    let nothing = if draft.text.trim().is_empty() {
        "Type initials, a name, a post or a clinic."
    } else {
        "Nothing is called that."
    };
    let picked = picker_ui(ui, "Find a person, a post or a session", &draft.text, draft.marked, &choices, nothing);
    answer(picked, &draft.text, |text, marked| Dialog::Find(FindDraft { text, marked }), actions);
}
