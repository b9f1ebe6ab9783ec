//! What the window says without being asked: the seal, the copy on disk, kept work, and what was just done.

use std::path::Path;

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Margin, Order, Ui, vec2};

use crate::editor::{Action, Document, Editor, FileState, Verb};
use crate::model::{Zone, words};

use super::kept_work::{KEPT_FOUND, kept_text, kept_title, others};
use super::keys::shortcut_text;
use super::theme::{self, Type, sizes};
use super::widgets::{NoticeKind, PushButton, notice_bar, undo_line, undo_line_id};

/// Draws the notices that stand above everything else.
pub fn notices_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    kept_ui(ui, editor, actions);
    if let Some(doc) = editor.doc() {
        file_ui(ui, editor, doc, actions);
        not_kept_ui(ui, editor, actions);
    }
}

/// Whether there is anything to say.
pub fn are_any(editor: &Editor) -> bool {
    let of_file = |doc: &Document| {
        !doc.seal_confirmed()
            || editor.not_kept().is_some()
            || matches!(
                doc.file_state(),
                FileState::ChangedOnDisk { .. }
                    | FileState::Gone { .. }
                    | FileState::NotConfirmed(_)
                    | FileState::CannotCheck { saving: true, .. }
            )
    };
    // On the start page kept work stands in the page itself.
    editor.doc().is_some_and(|doc| !editor.kept().is_empty() || of_file(doc))
}

fn button(ui: &mut Ui, text: &str) -> bool {
    ui.add(PushButton::new(text)).clicked()
}

/// Work that an earlier run kept, before anything else.
fn kept_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let kept = editor.kept();
    let Some(first) = kept.first().filter(|_| editor.doc().is_some()) else { return };
    let zone = editor.doc().map_or(Zone::LONDON, |doc| doc.rota().zone());
    let (about, others) = (kept_text(first, zone), others(kept.len()));
    let text = if editor.is_of_open_file(first) {
        format!("Newer work on this file was not saved: {about}{others}")
    } else {
        format!("{KEPT_FOUND} in “{}”: {about}{others}", kept_title(first))
    };
    notice_bar(ui, NoticeKind::Warning, &text, |ui| {
        if button(ui, "Not now") {
            actions.push(Action::KeptNotNow);
        }
        if button(ui, "Review…") {
            actions.push(Action::Do(Verb::Recover));
        }
    });
}

/// Unsaved work that could not be kept on this computer: said until it is kept or saved.
fn not_kept_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(why) = editor.not_kept() else { return };
    let text = format!(
        "Your unsaved changes are not kept on this computer: {}. If the program closes now they are lost. Save them.",
        words::safe(why.trim_end_matches('.'))
    );
    notice_bar(ui, NoticeKind::Error, &text, |ui| {
        if button(ui, "Save a copy…") {
            actions.push(Action::Do(Verb::SaveCopy));
        }
    });
}

fn file_ui(ui: &mut Ui, editor: &Editor, doc: &Document, actions: &mut Vec<Action>) {
    if !doc.seal_confirmed() {
        let text = "This file was changed by another program or damaged after it was saved. \
                    Until somebody has checked it, no verdict is shown as current.";
        notice_bar(ui, NoticeKind::Warning, text, |ui| {
            if button(ui, "Review…") {
                actions.push(Action::ShowSealNotice);
            }
        });
    }
    match doc.file_state() {
        FileState::ChangedOnDisk { by, at } => {
            let by = words::who(by).unwrap_or("Somebody else".into());
            let at = at.map(|at| format!(" at {}", words::time(doc.rota().zone(), at))).unwrap_or_default();
            let text = format!(
                "{by} has changed the file{at}. What you see is not current, and saving would not overwrite theirs."
            );
            notice_bar(ui, NoticeKind::Warning, &text, |ui| {
                if button(ui, "Review…") {
                    actions.push(Action::ShowChangedOnDisk);
                }
            });
        }
        FileState::Gone { .. } => {
            let name =
                doc.path().and_then(Path::file_name).map(|name| words::safe(&name.to_string_lossy()).into_owned());
            let text = format!(
                "{} was moved, renamed or deleted: this window has the only copy of it. {}",
                name.unwrap_or_else(|| "The file".to_owned()),
                editor.kept_sentence()
            );
            notice_bar(ui, NoticeKind::Error, &text, |ui| {
                if button(ui, "Save a copy…") {
                    actions.push(Action::Do(Verb::SaveCopy));
                }
                if button(ui, "Save…") {
                    actions.push(Action::Do(Verb::Save));
                }
            });
        }
        FileState::NotConfirmed(why) => {
            let text = format!("Not saved: {}. {}", why.trim_end_matches('.'), editor.kept_sentence());
            notice_bar(ui, NoticeKind::Error, &text, |ui| {
                if button(ui, "Save a copy…") {
                    actions.push(Action::Do(Verb::SaveCopy));
                }
                if button(ui, "Try again") {
                    actions.push(Action::Do(Verb::Save));
                }
            });
        }
        FileState::CannotCheck { since, saving: true } => {
            let text = format!(
                "The disk has not answered since {}. What you saved may still get there. {}",
                since.clock(doc.rota().zone()),
                editor.kept_sentence()
            );
            notice_bar(ui, NoticeKind::Warning, &text, |ui| {
                if button(ui, "Save a copy…") {
                    actions.push(Action::Do(Verb::SaveCopy));
                }
            });
        }
        _ => {}
    }
}

/// What was just done, with a way back where there is one.
pub fn toast_ui(ctx: &Context, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(toast) = editor.toast() else { return };
    if toast.can_undo {
        let key = shortcut_text(ctx, Verb::Undo);
        if undo_line(ctx, &toast.text, &key) {
            actions.push(Action::Do(Verb::Undo));
        }
        return;
    }
    let t = theme::tokens(ctx);
    Area::new(undo_line_id())
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, 0.0))
        .order(Order::Foreground)
        .interactable(false)
        .show(ctx, |ui| {
            let frame = Frame::new().fill(t.focus_edge).corner_radius(sizes::CORNER);
            frame.stroke((1.0, t.line2)).inner_margin(Margin::symmetric(14, 3)).show(ui, |ui| {
                let text = Type::Body.ink(&toast.text, t.on_focus_edge());
                // An area as narrow as the one before would break it in two.
                let said = ui.add(egui::Label::new(text).extend());
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
            });
        });
}
