//! What the window says without being asked: the seal, the copy on disk, kept work, and what was just done.

use std::fmt::Write as _;
use std::path::Path;

use egui::accesskit::Live;
use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Ui, vec2};

use crate::editor::{Action, Document, Editor, FileState, KeptWork, Verb};
use crate::model::{Zone, words};

use super::file_state::clock;
use super::keys::shortcut_text;
use super::theme::{self, Type, sizes};
use super::widgets::{NoticeKind, PushButton, notice_bar, sure_button, undo_line};

/// Draws the notices that stand above everything else.
pub fn notices_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    kept_ui(ui, editor, actions);
    if let Some(doc) = editor.doc() {
        file_ui(ui, doc, actions);
    }
}

/// Whether there is anything to say.
#[must_use]
pub fn are_any(editor: &Editor) -> bool {
    let of_file = |doc: &Document| {
        !doc.seal_confirmed()
            || matches!(doc.file_state(), FileState::ChangedOnDisk { .. } | FileState::NotConfirmed(_))
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
    let mut text = kept_text(first, zone);
    if kept.len() > 1 {
        let _ = write!(text, " ({} more after it.)", kept.len() - 1);
    }
    notice_bar(ui, NoticeKind::Warning, &text, |ui| {
        if button(ui, "Not now") {
            actions.push(Action::KeptNotNow);
        }
        if sure_button(ui, "Throw away", "Press again to throw it away") {
            actions.push(Action::DropKept(0));
        }
        if button(ui, "Look and recover…") {
            actions.push(Action::Recover(0));
        }
    });
}

/// Such as `Unsaved work on "Walkout cover" was kept 08:09:41 (3 changes); its file was last saved 07:42 Thu 21-Apr.`
#[must_use]
pub fn kept_text(kept: &KeptWork, zone: Zone) -> String {
    let name = if kept.title.trim().is_empty() {
        kept.path
            .as_deref()
            .and_then(Path::file_name)
            .map_or("a new rota".to_owned(), |n| n.to_string_lossy().into_owned())
    } else {
        kept.title.clone()
    };
    let day = |moment: crate::editor::Moment| format!("{} {}", clock(zone, moment), words::day(zone, moment.at));
    let when = kept.kept.map(|at| format!(" {}", day(at))).unwrap_or_default();
    let changes = words::count(kept.changes as u64, "change");
    let saved = match (&kept.path, kept.saved) {
        (Some(_), Some(at)) => {
            format!("; its file was last saved {} {}", words::time(zone, at.at), words::day(zone, at.at))
        }
        (Some(_), None) => "; its file is as it was".to_owned(),
        (None, _) => "; it was never saved to a file".to_owned(),
    };
    format!("Unsaved work on “{}” was kept{when}: {changes}{saved}.", words::safe(&name))
}

fn file_ui(ui: &mut Ui, doc: &Document, actions: &mut Vec<Action>) {
    if !doc.seal_confirmed() {
        let text = "This file was changed outside the program, or damaged, after it was saved. \
                    Until somebody has looked at it, no verdict is shown as current.";
        notice_bar(ui, NoticeKind::Warning, text, |ui| {
            if button(ui, "Review…") {
                actions.push(Action::ShowSealNotice);
            }
        });
    }
    match doc.file_state() {
        FileState::ChangedOnDisk { by, at } => {
            let by = if by.is_empty() { "Somebody else".to_owned() } else { words::safe(by).into_owned() };
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
        FileState::NotConfirmed(why) => {
            let text = format!("Not saved: {}. The work is kept in recovery.", why.trim_end_matches('.'));
            notice_bar(ui, NoticeKind::Error, &text, |ui| {
                if button(ui, "Save a copy…") {
                    actions.push(Action::Do(Verb::SaveCopy));
                }
                if button(ui, "Try again") {
                    actions.push(Action::Do(Verb::Save));
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
    Area::new(Id::unique("said once"))
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -(sizes::STATUS_BAR + 12.0)))
        .order(Order::Foreground)
        .interactable(false)
        .show(ctx, |ui| {
            let frame = Frame::new().fill(t.focus_edge).corner_radius(sizes::CORNER);
            frame.stroke((1.0, t.line2)).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                let said = ui.label(Type::Body.ink(&toast.text, t.on_focus_edge()));
                ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_work_says_both_times() {
        let kept = KeptWork {
            kept_path: "kept".into(),
            title: String::new(),
            kept: None,
            path: Some("/rotas/april.ron".into()),
            saved: None,
            changes: 3,
        };
        assert_eq!(
            kept_text(&kept, Zone::LONDON),
            "Unsaved work on “april.ron” was kept: 3 changes; its file is as it was."
        );
        let new = KeptWork { path: None, title: "Cover".to_owned(), changes: 1, ..kept };
        assert_eq!(
            kept_text(&new, Zone::LONDON),
            "Unsaved work on “Cover” was kept: 1 change; it was never saved to a file."
        );
    }
}
