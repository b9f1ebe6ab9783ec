//! For tests: the lines of the panel as they are laid out for the suggestion on the example rota.

use super::lines::PanelLines;
use super::writer::Writer;
use crate::editor::testing::norwich_suggested;
use crate::ui::testing::in_frame;

/// What `read` reads from the lines in a panel of this width, low or high, with these gaps open.
pub(super) fn in_lines<R: Default>(width: f32, is_low: bool, open: &[usize], read: impl Fn(&PanelLines) -> R) -> R {
    let editor = norwich_suggested();
    let Some(((doc, suggestion), proposal)) = editor.doc().zip(editor.suggestion()).zip(editor.proposal()) else {
        panic!("nothing is suggested")
    };
    let mut found = R::default();
    in_frame(egui::RawInput::default(), |ui| {
        let what = &suggestion.what;
        found = read(&Writer { ui, doc, what, proposal, open, width, is_low }.laid());
    });
    found
}
