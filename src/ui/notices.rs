//! What the window says without being asked: the seal, the copy on disk, kept work, and what was just done.

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Margin, Order, Ui, vec2};

use crate::editor::{Action, Document, Editor, FileState, Verb};
use crate::model::words;

use super::changed_file;
use super::kept_work::{KEPT_FOUND, kept_text, kept_title, others};
use super::keys::shortcut_text;
use super::theme::{self, Type, sizes};
use super::widgets::{NoticeKind, PushButton, notice_bar, undo_line, undo_line_id};

/// What the window says until it is no longer true, with the buttons beside it from right to left.
struct Notice {
    kind: NoticeKind,
    text: String,
    buttons: Vec<(&'static str, Action)>,
}

/// Draws the notices that stand above everything else.
pub fn notices_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    for notice in notices(editor) {
        notice_bar(ui, notice.kind, &notice.text, |ui| {
            for (label, action) in notice.buttons {
                if ui.add(PushButton::new(label)).clicked() {
                    actions.push(action);
                }
            }
        });
    }
}

/// Whether there is anything to say.
pub fn are_any(editor: &Editor) -> bool {
    !notices(editor).is_empty()
}

/// All of them: kept work, the seal, the file, and what cannot be kept. On the start page kept work stands in the page
/// itself.
fn notices(editor: &Editor) -> Vec<Notice> {
    let Some(doc) = editor.doc() else { return Vec::new() };
    [kept(editor, doc), seal(doc), file(editor, doc), not_kept(editor)].into_iter().flatten().collect()
}

/// Work that an earlier run kept, before anything else.
fn kept(editor: &Editor, doc: &Document) -> Option<Notice> {
    let kept = editor.kept();
    let first = kept.first()?;
    let (about, others) = (kept_text(first, doc.rota().zone()), others(kept.len()));
    let text = if editor.is_of_open_file(first) {
        format!("Newer work on this file was not saved: {about}{others}")
    } else {
        format!("{KEPT_FOUND} in “{}”: {about}{others}", kept_title(first))
    };
    let buttons = vec![("Not now", Action::KeptNotNow), ("Review…", Action::Do(Verb::Recover))];
    Some(Notice { kind: NoticeKind::Warning, text, buttons })
}

fn seal(doc: &Document) -> Option<Notice> {
    let text = "This file was changed by another program or damaged after it was saved. \
                Until somebody has checked it, no verdict is shown as current.";
    let buttons = vec![("Review…", Action::ShowSealNotice)];
    (!doc.seal_confirmed()).then(|| Notice { kind: NoticeKind::Warning, text: text.to_owned(), buttons })
}

/// Unsaved work that could not be kept on this computer: said until it is kept or saved.
fn not_kept(editor: &Editor) -> Option<Notice> {
    let why = words::safe(editor.not_kept()?.trim_end_matches('.'));
    let text = format!(
        "Your unsaved changes are not kept on this computer: {why}. If the program closes now they are lost. Save them."
    );
    Some(Notice { kind: NoticeKind::Error, text, buttons: vec![("Save a copy…", Action::Do(Verb::SaveCopy))] })
}

/// What is wrong with the copy on disk.
fn file(editor: &Editor, doc: &Document) -> Option<Notice> {
    let zone = doc.rota().zone();
    let save_copy = ("Save a copy…", Action::Do(Verb::SaveCopy));
    let (kind, text, buttons) = match doc.file_state() {
        FileState::ChangedOnDisk { .. } if changed_file::is_unreadable(doc) => {
            let text = format!("{} {}", changed_file::notice(doc), editor.kept_sentence());
            (NoticeKind::Error, text, vec![save_copy, ("Review…", Action::ShowChangedOnDisk)])
        }
        FileState::ChangedOnDisk { .. } => {
            let save_as = doc.would_lose_work().then_some(("Save as…", Action::Do(Verb::SaveAs)));
            let buttons = save_as.into_iter().chain([("Review…", Action::ShowChangedOnDisk)]);
            (NoticeKind::Warning, changed_file::notice(doc), buttons.collect())
        }
        FileState::Gone { .. } => {
            let text = format!("{} {}", changed_file::gone(doc), editor.kept_sentence());
            (NoticeKind::Error, text, vec![save_copy, ("Save…", Action::Do(Verb::Save))])
        }
        FileState::NotConfirmed(why) => {
            let text = format!("Not saved: {}. {}", why.trim_end_matches('.'), editor.kept_sentence());
            (NoticeKind::Error, text, vec![save_copy, ("Try again", Action::Do(Verb::Save))])
        }
        FileState::CannotCheck { since, saving: true } => {
            let text = format!(
                "The disk has not answered since {}. What you saved may still get there. {}",
                since.clock(zone),
                editor.kept_sentence()
            );
            (NoticeKind::Warning, text, vec![save_copy])
        }
        _ => return None,
    };
    Some(Notice { kind, text, buttons })
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
