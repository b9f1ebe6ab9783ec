//! Dialogs about when: not free from, change time, swap, copy a day.

use egui::{Id, Key, Ui};

use crate::checker::Context;
use crate::editor::assign::names;
use crate::editor::dialogs::{ChangeTimeDraft, CopyDayDraft, NotFreeFromDraft, Part, SwapDraft};
use crate::model::{Person, PersonId, Rota, WindowId, words};
use crate::ui::theme::{Sizes, Type, tokens};
use crate::ui::view_bar::window_name;
use crate::ui::widgets::{ListRow, form_row};

use super::Scene;
use super::form::{
    Form, check_ui, choose_ui, heading_ui, hint_ui, perhaps_ui, sentence_ui, sentences_ui, span_fields_ui, span_ui,
    text_ui,
};

fn name(rota: &Rota, id: &PersonId) -> String {
    rota.person(id).map_or_else(String::new, person_name)
}

fn person_name(person: &Person) -> String {
    format!("{} {}", words::safe(&person.initials), words::safe(&person.full_name()))
}

fn lines_ui(ui: &mut Ui, lines: &[String], none: &str) {
    if lines.is_empty() {
        hint_ui(ui, none);
    }
    sentences_ui(ui, lines);
}

pub(super) fn not_free_from_ui(scene: &mut Scene<'_>, draft: &NotFreeFromDraft) {
    let rota = scene.rota;
    let title = format!("{} unavailable from…", name(rota, &draft.person));
    // The Enter that chose it in the search for commands must not answer it too.
    scene.form(Form::new(&title, "OK").pauses(), draft, |ui, draft, marks| {
        hint_ui(ui, "No reason is asked for or recorded.");
        let fields = [Part::Day, Part::Time, Part::UntilDay, Part::UntilTime];
        let times = [&mut draft.day, &mut draft.time, &mut draft.until_day, &mut draft.until_time];
        if span_fields_ui(ui, times, ["From, day", "time", "Until, day", "time"], fields, marks) {
            draft.write_out(rota);
        }
        hint_ui(ui, "Leave “Until” blank for the rest of the walkout.");
        check_ui(ui, &mut draft.release, "Remove from shifts in that time", "The gaps then show who could");
        heading_ui(ui, "Current shifts");
        lines_ui(ui, &draft.held(rota), "None in that time.");
    });
}

pub(super) fn change_time_ui(scene: &mut Scene<'_>, draft: &ChangeTimeDraft) {
    let rota = scene.rota;
    scene.form(Form::new("Change time", "OK"), draft, |ui, draft, marks| {
        if let Some(assignment) = rota.assignment(&draft.assignment) {
            let post = rota.post(&assignment.post).map_or("", |post| post.name.as_str());
            sentence_ui(ui, &format!("{} on {}", name(rota, &assignment.person), words::safe(post)));
        }
        span_ui(ui, rota.zone(), &mut draft.when, marks);
        if draft.asks_again(rota) {
            hint_ui(ui, "This is moved or longer, so it becomes Proposed and has to be asked again.");
        }
    });
}

pub(super) fn swap_ui(scene: &mut Scene<'_>, draft: &SwapDraft) {
    let rota = scene.rota;
    let title = format!("Swap {} with…", name(rota, &draft.person));
    scene.form(Form::new(&title, "Swap").width(640.0), draft, |ui, draft, marks| {
        lines_ui(ui, &draft.held(rota, &draft.person), "No shifts at that time.");
        let field = text_ui(ui, "With, by initials or name", &mut draft.find, marks.of(Part::With));
        let matches = draft.matches(rota);
        let row_id = |person: &Person| Id::unique("swap with").with(&person.id);
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            // The first Enter chooses, so that what changes hands is read before the next.
            if let Some(found) = draft.found(rota).filter(|found| draft.with.as_ref() != Some(found)) {
                draft.with = Some(found);
                field.request_focus();
            }
        } else if let (true, Some(first)) = (field.has_focus(), matches.first())
            && ui.input(|input| input.key_pressed(Key::ArrowDown))
        {
            ui.memory_mut(|memory| memory.request_focus(row_id(first)));
        }
        let context = Context::new(rota);
        for person in matches {
            let is_chosen = draft.with.as_ref() == Some(&person.id);
            let held = draft.held(rota, &person.id);
            let holds = if held.is_empty() { "no shifts then".to_owned() } else { held.join("; ") };
            let against = draft.would_not_count(&context, &person.id);
            let warning = if against.is_empty() { String::new() } else { format!(". {}", against.join(". ")) };
            let spoken = format!("{}, {holds}{warning}", person_name(person));
            let row = ListRow::new(&spoken, Sizes::now(ui).list_row).chosen(is_chosen).id(row_id(person));
            let response = row.show(ui, |ui| {
                ui.label(person_name(person));
                ui.add(egui::Label::new(Type::Small.ink(&holds, tokens(ui).text2)).truncate());
            });
            if response.on_hover_text(holds).clicked() {
                draft.with = Some(person.id.clone());
            }
            against_ui(ui, &against);
        }
        perhaps_ui(ui, draft.sentence(rota), |ui, text| sentence_ui(ui, &text));
    });
}

/// Who would not count after a swap, and why, under the row of whom it would be with.
fn against_ui(ui: &mut Ui, lines: &[String]) {
    for line in lines {
        ui.horizontal(|ui| {
            ui.add_space(24.0);
            ui.add(egui::Label::new(Type::Small.ink(line, tokens(ui).amber_text)).wrap());
        });
    }
}

pub(super) fn copy_day_ui(scene: &mut Scene<'_>, draft: &CopyDayDraft) {
    let rota = scene.rota;
    let windows: Vec<(WindowId, String)> =
        rota.windows.iter().map(|w| (w.id.clone(), window_name(rota.zone(), &rota.windows, w))).collect();
    let targets: Vec<(Option<WindowId>, String)> =
        windows.iter().map(|(id, name)| (Some(id.clone()), name.clone())).collect();
    scene.form(Form::new("Copy a day", "Copy"), draft, |ui, draft, marks| {
        ui.horizontal_top(|ui| {
            form_row(ui, "From", None, |ui| choose_ui(ui, "From", 180.0, &mut draft.from, &windows));
            form_row(ui, "To", marks.of(Part::To), |ui| choose_ui(ui, "To", 180.0, &mut draft.to, &targets));
        });
        let preview = draft.preview(rota);
        let who = names(rota, preview.pieces.iter().map(|piece| &piece.person));
        let copied = words::count(preview.pieces.len() as u64, "block");
        sentence_ui(
            ui,
            &match preview.pieces.len() {
                0 => "Nothing to copy.".to_owned(),
                _ => format!("{copied} copied, all as Proposed: {who}."),
            },
        );
        for line in draft.clashes(rota) {
            ui.add(egui::Label::new(Type::Body.ink(line, tokens(ui).amber_text)).wrap());
        }
        if preview.already_there > 0 {
            let there = words::count(preview.already_there as u64, "block");
            hint_ui(ui, &format!("{there} the same on both days: left unchanged."));
        }
        for line in &preview.could_not {
            hint_ui(ui, line);
        }
    });
}
