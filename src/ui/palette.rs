//! The palette: any action by a few letters of its name, with its key at the right.

use egui::Ui;

use crate::editor::dialogs::PaletteDraft;
use crate::editor::palette::palette_matches;
use crate::editor::{Action, Dialog, Editor};

use super::picker::{Choice, answer, picker_ui};

pub fn palette_ui(ui: &Ui, editor: &Editor, draft: &PaletteDraft, actions: &mut Vec<Action>) {
    let is_mac = ui.ctx().os().is_mac();
    let matches = palette_matches(editor, &draft.text);
    let choices: Vec<Choice> = matches
        .iter()
        .map(|found| Choice {
            title: found.label.clone(),
            detail: match (&found.why_not, found.by_other_word) {
                (Some(why_not), _) => why_not.to_string(),
                (None, true) => found.verb.row().tooltip.to_owned(),
                (None, false) => found.verb.row().group.menu().label().to_owned(),
            },
            key: found.shortcut.map(|key| key.text(is_mac)).unwrap_or_default(),
            enabled: found.why_not.is_none(),
        })
        .collect();
    let picked = picker_ui(ui, "Search commands", &draft.text, draft.marked, &choices, "No matching command");
    answer(picked, &draft.text, |text, marked| Dialog::Palette(PaletteDraft { text, marked }), actions);
}
