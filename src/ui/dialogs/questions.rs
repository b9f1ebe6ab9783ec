//! Questions and short choices: declined, drop, postpone, remove, accept, unsaved, the file, templates, examples.

use std::collections::BTreeSet;

use egui::{Key, Modifiers, Ui};

use crate::editor::dialogs::{
    AcceptDraft, DeclinedDraft, DiscardDraft, DropDraft, Message, NewDraft, Part, PostponeDraft, RemoveDraft,
    SaveAgain, SaveAgainDraft, Then, TypedPathDraft,
};
use crate::editor::{Action, Choice, Document, KeptWork, PathWhy, SaveWhy};
use crate::exchange::{Example, Template};
use crate::model::{AssignmentId, PersonId, SessionState, Zone, words};
use crate::ui::changed_file;
use crate::ui::kept_work::{kept_text, kept_title};
use crate::ui::theme::Type;
use crate::ui::widgets::{Dialog as Frame, DialogAnswer, PushButton, sure_button};

use super::Scene;
use super::choice_rows::{Rows, choice_row, choose_among_ui};
use super::form::{
    DAY, Form, check_ui, heading_ui, hint_ui, sentence, sentence_ui, sentences_ui, short_text_ui, text_ui,
};

pub(super) fn accept_ui(scene: &mut Scene<'_>, draft: &AcceptDraft) {
    scene.form(Form::new("Accept this", "Accept"), draft, |ui, draft, marks| {
        sentence_ui(ui, &draft.message);
        text_ui(ui, "Reason for accepting", &mut draft.reason, marks.of(Part::Reason));
        hint_ui(ui, "It is folded away until anything that it depends on changes. Your name and the reason are kept.");
    });
}

pub(super) fn declined_ui(scene: &mut Scene<'_>, draft: &DeclinedDraft) {
    let title = if draft.had_agreed {
        format!("What can {} no longer cover?", draft.who)
    } else {
        format!("What did {} decline?", draft.who)
    };
    let form = Form::new(&title, "This post only")
        .main_choice(Choice::NotThisPost)
        .other("All work at this time", Choice::NotFreeThen);
    let of = |id: &AssignmentId| scene.rota.assignment(id).map(|a| &a.person);
    let people: BTreeSet<&PersonId> = draft.pieces.iter().filter_map(|(id, _)| of(id)).collect();
    let form = if people.len() > 1 { form.careful() } else { form };
    scene.form(form, draft, |ui, draft, _| {
        sentences_ui(ui, &draft.lines);
        hint_ui(ui, "This post only: remembered as declined; another post at that time may still be offered.");
        hint_ui(ui, "All work at this time: unavailable then, for every post.");
        hint_ui(ui, "No reason is asked for or recorded.");
    });
}

pub(super) fn drop_ui(scene: &mut Scene<'_>, draft: &DropDraft) {
    let mut form = Form::new("Somebody is there already", "Replace").main_choice(Choice::Replace).careful();
    if draft.can_swap {
        form = form.other("Swap the two", Choice::Swap);
    }
    scene.form(form, draft, |ui, draft, _| {
        sentence_ui(ui, &draft.about);
        sentences_ui(ui, &draft.lines);
        hint_ui(ui, "Whoever is moved becomes Proposed and has to be asked.");
    });
}

pub(super) fn postpone_ui(scene: &mut Scene<'_>, draft: &PostponeDraft) {
    let form = Form::new(&draft.title, draft.main);
    let tells_patients = draft.is_back || draft.to == SessionState::Postponed;
    let form = if tells_patients { form.careful() } else { form };
    scene.form(form, draft, |ui, draft, marks| {
        sentences_ui(ui, &draft.lines);
        if tells_patients {
            hint_ui(ui, "By your booking office: this program sends nothing to patients.");
        }
        if draft.asks_reason {
            text_ui(ui, "Reason for postponing protected work", &mut draft.reason, marks.of(Part::Reason));
            hint_ui(ui, "The reason is kept in the log.");
        }
    });
}

pub(super) fn remove_ui(scene: &mut Scene<'_>, draft: &RemoveDraft) {
    let title = format!("Remove {}?", words::safe(&draft.name));
    scene.form(Form::new(&title, "Remove").careful(), draft, |ui, draft, _| {
        if draft.lines.is_empty() {
            sentence_ui(ui, "Nothing else refers to it.");
        }
        sentences_ui(ui, &draft.lines);
        hint_ui(ui, "You can undo this.");
    });
}

pub(super) fn discard_ui(scene: &mut Scene<'_>, draft: &DiscardDraft) {
    let title = format!("Discard {}?", draft.what);
    let form = Form::new(&title, "Discard").careful().cancel("Keep editing");
    scene.form(form, draft, |ui, _, _| {
        sentence_ui(ui, "Nothing typed or pasted here is in the rota yet.");
    });
}

pub(super) fn unsaved_ui(scene: &mut Scene<'_>, then: &Then) {
    let title = scene.rota.properties.title.trim();
    let name = if title.is_empty() { "this rota".to_owned() } else { format!("“{}”", words::safe(title)) };
    let before = match then {
        Then::Close | Then::Quit => "before closing",
        _ => "first",
    };
    let half_typed = scene.editor.half_typed();
    if !scene.doc.is_some_and(Document::would_lose_work) {
        let form = Form::new("Leave without entering what was typed?", "Leave without entering it")
            .main_choice(Choice::Discard)
            .careful();
        scene.form(form, then, |ui, _, _| {
            sentences_ui(ui, &half_typed);
        });
        return;
    }
    if scene.doc.is_some_and(Document::is_changed_on_disk) {
        unsaved_over_another_ui(scene, then, &name, before, &half_typed);
        return;
    }
    let (title, question) = match scene.doc.filter(|doc| doc.is_gone()) {
        Some(doc) => ("The file is not there", format!("{} Save it {before}?", changed_file::gone(doc))),
        None => ("Save changes?", format!("Save changes to {name} {before}?")),
    };
    let form = Form::new(title, "Save").main_choice(Choice::Save).other("Don’t save", Choice::Discard);
    let form = if half_typed.is_empty() { form } else { form.careful() };
    scene.form(form, then, |ui, _, _| {
        sentence_ui(ui, &question);
        sentences_ui(ui, &half_typed);
        hint_ui(ui, "What you do not save can be recovered within 7 days: File > Recover…");
    });
}

pub(super) fn save_again_ui(scene: &mut Scene<'_>, draft: &SaveAgainDraft) {
    let name = draft.path.file_name().map(|name| words::safe(&name.to_string_lossy()).into_owned());
    let name = name.unwrap_or_else(|| "The file".to_owned());
    let (title, main, told) = match draft.about {
        SaveAgain::Gone => (
            "The file is not there",
            "Save as a new file",
            format!(
                "{name} was moved, renamed or deleted after you opened it. You can save it there again as a new file."
            ),
        ),
        SaveAgain::Access => (
            "Colleagues may lose access",
            "Save anyway",
            format!(
                "{name} belongs to a group that you cannot give to a file, or has a list of who may open it. Once you \
                 have saved, colleagues may not be able to open it any more. Ask whoever looks after the folder, or \
                 save a copy."
            ),
        ),
        SaveAgain::Links => (
            "The file has another name",
            "Save anyway",
            format!(
                "{name} can be opened by another name too (a hard link). Once you have saved, the other name still \
                 shows the rota without your changes."
            ),
        ),
    };
    let form = Form::new(title, main).other("Save elsewhere…", Choice::SaveElsewhere).careful();
    scene.form(form, draft, |ui, _, _| sentence_ui(ui, &told));
}

/// What is not saved cannot go into the file, in which something else is now: Save would lead back to the same question.
fn unsaved_over_another_ui(scene: &mut Scene<'_>, then: &Then, name: &str, before: &str, half_typed: &[String]) {
    let unreadable = scene.doc.filter(|doc| changed_file::is_unreadable(doc));
    let (title, question) = match unreadable {
        Some(doc) => {
            ("The file cannot be read", format!("{} Save a copy {before}?", changed_file::cannot_be_read(doc)))
        }
        None => (
            "The file has changed",
            format!("Your changes to {name} cannot be saved over it. Save them as a copy {before}?"),
        ),
    };
    let other = if *then == Then::Reload { "Keep mine for recovery, show theirs" } else { "Don’t save" };
    let form = Form::new(title, "Save a copy…").main_choice(Choice::CopyThen).other(other, Choice::Discard);
    let form = if half_typed.is_empty() { form } else { form.careful() };
    scene.form(form, then, |ui, _, _| {
        sentence_ui(ui, &question);
        sentences_ui(ui, half_typed);
        hint_ui(ui, "Without a copy, your work is kept for 7 days: File > Recover…");
    });
}

pub(super) fn seal_ui(scene: &mut Scene<'_>) {
    let frame = Frame::new("Changed outside Cover Rota, or damaged", "I’ve checked it").cancel("Not yet").careful();
    let answer = frame.show(scene.ctx, |ui| {
        sentence_ui(
            ui,
            "This file was changed by another program or damaged after it was saved. Check it before use: names, \
             times and who agreed.",
        );
        sentence_ui(ui, "Until you confirm, no verdict is shown as current, and the rota counts as unsaved.");
    });
    match answer {
        DialogAnswer::Main => scene.actions.extend([Action::ConfirmSeal, Action::CloseDialog]),
        DialogAnswer::Cancel => scene.actions.push(Action::CloseDialog),
        DialogAnswer::Open | DialogAnswer::Other => {}
    }
}

pub(super) fn changed_on_disk_ui(scene: &mut Scene<'_>) {
    let Some(doc) = scene.doc else { return };
    let told = changed_file::what_happened(doc);
    let (copy, show) = ("Save mine as a copy…", "Show what is there now");
    let is_unreadable = changed_file::is_unreadable(doc);
    let is_safe = !doc.would_lose_work();
    let frame = match (is_unreadable, is_safe) {
        (true, _) => Frame::new("The file cannot be read", "Save a copy…"),
        (false, true) => Frame::new("The file has changed", show).other("Save a copy…"),
        (false, false) => Frame::new("The file has changed", copy).other(show),
    };
    let answer = frame.cancel("Keep editing").show(scene.ctx, |ui| {
        sentence_ui(ui, &told);
        match (is_unreadable, is_safe) {
            (true, _) => sentence_ui(ui, "Save a copy, and use it instead of the file that cannot be read."),
            (false, true) => {}
            (false, false) => {
                sentence_ui(
                    ui,
                    "Your unsaved changes are not in it, and cannot be saved over it. Save them as a copy and enter them \
                     again in the other file, or look at what is there now.",
                );
                hint_ui(ui, "“Show what is there now” asks first what becomes of your changes.");
            }
        }
    });
    let (save, reload) = (Action::DialogPress(Choice::SaveCopy), Action::DialogPress(Choice::Reload));
    match answer {
        DialogAnswer::Main => scene.actions.push(if is_safe && !is_unreadable { reload } else { save }),
        DialogAnswer::Other => scene.actions.push(if is_safe { save } else { reload }),
        DialogAnswer::Cancel => scene.actions.push(Action::CloseDialog),
        DialogAnswer::Open => {}
    }
}

pub(super) fn recover_ui(scene: &mut Scene<'_>) {
    let editor = scene.editor;
    let (kept, thrown) = (editor.kept(), editor.thrown_away());
    let title = if kept.is_empty() { "Recover discarded work" } else { "Unsaved changes found" };
    // As everywhere Ctrl+Enter does the main thing: it opens the work that has the keyboard, else the first.
    let opens = !kept.is_empty() && scene.ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let mut opened = 0;
    scene.message(title, "Not now", 640.0, |ui, actions| {
        hint_ui(ui, "Opens as a copy; your file is not changed until you save.");
        for (at, work) in kept.iter().enumerate() {
            ui.separator();
            about_kept_ui(ui, work, editor.is_of_open_file(work));
            ui.horizontal(|ui| {
                let spoken = format!("Open {}", kept_title(work));
                let open = ui.add(PushButton::primary("Open…").spoken(&spoken));
                if open.has_focus() {
                    opened = at;
                }
                if open.clicked() {
                    actions.push(Action::Recover(at));
                }
                ui.add_space(24.0);
                if sure_button(ui, "Discard", "Click again to discard") {
                    actions.push(Action::ThrowAway(at));
                }
            });
        }
        if !thrown.is_empty() {
            ui.separator();
            heading_ui(ui, "Discarded within the last 7 days");
        }
        for (at, work) in thrown.iter().enumerate() {
            ui.add_space(8.0);
            about_kept_ui(ui, work, editor.is_of_open_file(work));
            let spoken = format!("Bring back {}", kept_title(work));
            if ui.add(PushButton::new("Bring back…").spoken(&spoken)).clicked() {
                actions.push(Action::RecoverThrown(at));
            }
        }
        if kept.is_empty() && thrown.is_empty() {
            sentence_ui(ui, "There is nothing to recover.");
        }
        if opens {
            actions.push(Action::Recover(opened));
        }
    });
}

fn about_kept_ui(ui: &mut Ui, work: &KeptWork, is_open: bool) {
    let title = kept_title(work);
    ui.label(Type::Strong.rich(if is_open { format!("{title} (the file that is open)") } else { title }));
    let text = kept_text(work, Zone::LONDON);
    sentence_ui(ui, &format!("K{}", text.strip_prefix('k').unwrap_or(&text)));
    if let Some(path) = &work.path {
        hint_ui(ui, &path.display().to_string());
    }
}

pub(super) fn typed_path_ui(scene: &mut Scene<'_>, draft: &TypedPathDraft) {
    let (title, main) = match (&draft.why, draft.wrong.is_empty()) {
        (PathWhy::Open, true) => ("Open: type the path", "Open"),
        (PathWhy::Open, false) => ("Not opened", "Open"),
        (PathWhy::Save(SaveWhy::Save), true) => ("Save as: type the path", "Save"),
        (PathWhy::Save(SaveWhy::Save), false) => ("Not saved", "Save"),
        (PathWhy::Save(SaveWhy::Copy), true) => ("Save a copy: type the path", "Save"),
        (PathWhy::Save(SaveWhy::Copy), false) => ("The copy was not saved", "Save"),
        (PathWhy::Export(_), _) => ("Export: type the path", "Export"),
    };
    scene.form(Form::new(title, main).width(640.0), draft, |ui, draft, _| {
        match (draft.wrong.is_empty(), &draft.why) {
            (true, PathWhy::Open) => {
                hint_ui(ui, "No file picker available. Type the path, or drop a file on the window.");
            }
            (true, PathWhy::Save(_) | PathWhy::Export(_)) => {
                hint_ui(ui, "No file picker available. Type the path; the folder must already exist.");
            }
            (false, _) => {
                for line in &draft.wrong {
                    sentence_ui(ui, &words::safe_up_to(&sentence(line), 1000));
                }
            }
        }
        text_ui(ui, "Path of the file", &mut draft.text, None);
        if draft.no_folder {
            check_ui(ui, &mut draft.make_folder, "Make the folder", "");
        }
    });
}

pub(super) fn new_ui(scene: &mut Scene<'_>, draft: &NewDraft) {
    let form = Form::new("New rota from a template", "Create rota").width(560.0);
    scene.form(form, draft, |ui, draft, marks| {
        let templates: Vec<(&str, &str)> = Template::ALL.iter().map(|it| (it.title, it.about)).collect();
        choose_among_ui(ui, "new rota from this template", Rows::WithAbout, &templates, &mut draft.template);
        if draft.asks_day() {
            let label = "First day, e.g. 26/4 (blank = template’s date)";
            let field = short_text_ui(ui, label, &mut draft.first_day, DAY, marks.of(Part::FirstDay));
            // What is only measured cannot have it yet.
            if draft.is_chosen && !field.has_focus() {
                field.request_focus();
            }
            draft.is_chosen &= !field.has_focus();
            if let Some(day) = draft.day() {
                hint_ui(ui, &day.format("%a %-d-%b-%Y").to_string());
            }
        }
        hint_ui(
            ui,
            "Templates bring example staffing. Edit it to your units and say that it is yours: until then nothing is \
             shown as covered.",
        );
    });
}

pub(super) fn examples_ui(scene: &mut Scene<'_>) {
    scene.message("Open an example", "Cancel", 560.0, |ui, actions| {
        hint_ui(ui, "Invented people in rotas of a real size. Opening an example changes no files.");
        for (at, example) in Example::ALL.iter().enumerate() {
            if choice_row(ui, example.title, example.about) {
                actions.push(Action::OpenExampleAt(at));
            }
        }
    });
}

pub(super) fn message_ui(scene: &mut Scene<'_>, message: &Message) {
    scene.message(&message.title, "Close", 640.0, |ui, _| {
        for line in &message.lines {
            sentence_ui(ui, &words::safe_up_to(line, 1000));
        }
    });
}
