//! The preview of clinics and lists pasted from a spreadsheet.

use egui::{Label, ScrollArea, Ui, vec2};

use crate::editor::dialogs::{Doctor, Part, PasteSessionsDraft, SessionColumn, SessionPasteRow};
use crate::model::{Instant, Rota, words};
use crate::ui::marks::Mark;
use crate::ui::theme::{Type, tokens};
use crate::ui::widgets::{NoticeKind, notice_bar};

use super::Scene;
use super::form::{
    Form, choose_columns_ui, choose_ui, head_ui, hint_ui, pasted_text_ui, perhaps_ui, sentence_ui, take_pasted_rows,
    wrong_ui,
};

const ROW: f32 = 24.0;
const DOCTOR: f32 = 320.0;
/// So many rows that are left out are told; with more, the paste is better mended first.
const ERRORS_SHOWN: usize = 20;
const WIDTHS: [(&str, f32); 6] =
    [("Session", 220.0), ("When", 240.0), ("Team", 130.0), ("Patients", 230.0), ("Protected", 72.0), ("", 160.0)];

pub(super) fn paste_sessions_ui(scene: &mut Scene<'_>, draft: &PasteSessionsDraft) {
    let rota = scene.rota;
    let now = rota.windows.first().map_or(Instant(0), |window| window.span.from);
    let pasted = take_pasted_rows(scene.ctx);
    let was_pasted = pasted.is_some();
    let main = draft.main_words();
    let form = Form::new("Paste sessions", &main).width(1160.0).empty(draft.rows.is_empty());
    scene.form(form, draft, |ui, draft, marks| {
        let hint = "Session, team, day, from, to, patients; with headings in any order";
        if let Some(text) = pasted_text_ui(ui, pasted, &draft.text, draft.has_box.then_some(hint)) {
            draft.set_text(rota, &text, now);
            // The room is for the rows now; other rows can be pasted over them.
            draft.has_box &= !was_pasted;
        }
        marks.whole_ui(ui, Part::Rows);
        if draft.rows.is_empty() {
            return;
        }
        sentence_ui(ui, &summary(draft));
        perhaps_ui(ui, draft.left_out_words(), |ui, rows| {
            let text = format!("{rows}. See why below the list.");
            notice_bar(ui, NoticeKind::Warning, &text, |_| {});
        });
        let (all, label) = (SessionColumn::ALL, SessionColumn::label);
        if let Some((place, column)) = choose_columns_ui(ui, &draft.columns, &draft.header, all, label) {
            draft.set_column(rota, place, column, now);
        }
        not_read_ui(ui, draft);
        perhaps_ui(ui, Some(()), |ui, ()| doctors_ui(ui, rota, draft, now));
        ui.separator();
        ui.horizontal(|ui| WIDTHS.iter().for_each(|(text, width)| head_ui(ui, text, *width)));
        let rows = draft.rows.len();
        ScrollArea::vertical().max_height(276.0).auto_shrink([false, true]).show_rows(ui, ROW, rows, |ui, range| {
            draft.rows[range].iter().for_each(|row| row_ui(ui, rota, row));
        });
        for row in draft.rows.iter().filter(|row| !row.errors.is_empty()).take(ERRORS_SHOWN) {
            wrong_ui(ui, &format!("Row {}: {}.", row.line, row.errors.join("; ")));
        }
        hint_ui(
            ui,
            "All sessions are entered as running. A session cannot run if any doctor of its team is taken; rows without \
             a day are of the day shown.",
        );
    });
}

fn summary(draft: &PasteSessionsDraft) -> String {
    let (new, there, wrong) = draft.counts();
    let mut parts = vec![words::count(new as u64, "new session")];
    if there > 0 {
        parts.push(format!("{there} already in the rota"));
    }
    if wrong > 0 {
        parts.push(format!("{} left out", words::count(wrong as u64, "row")));
    }
    let lacks = [
        (draft.without_patients(), "patients not entered"),
        (draft.without_doctor(), "no doctor, or not all in the rota"),
    ];
    for (many, what) in lacks.into_iter().filter(|(many, _)| *many > 0) {
        parts.push(format!("{}: {what}", words::count(many as u64, "session")));
    }
    format!("{}.", parts.join("; "))
}

/// What was not read, and as what patients count where their column does not say.
fn not_read_ui(ui: &mut Ui, draft: &PasteSessionsDraft) {
    let mut told = draft.not_read_words();
    if let Some(name) = draft.patients_column() {
        told.push(format!(
            "“{name}” counts as inpatient operations for a list, theatre or surgery, else as appointments."
        ));
    }
    perhaps_ui(ui, (!told.is_empty()).then_some(told.join(" ")), |ui, told| hint_ui(ui, &told));
}

/// Whom each name means that fits nobody, or more than one person: chosen once for all rows that have it.
fn doctors_ui(ui: &mut Ui, rota: &Rota, draft: &mut PasteSessionsDraft, now: Instant) {
    if draft.doctors.is_empty() {
        return;
    }
    let mut choices: Vec<(Option<Doctor>, String)> = vec![(None, "Choose the doctor…".to_owned())];
    choices.push((Some(Doctor::NotHere), "Not in the rota: add without, name in the note".to_owned()));
    choices.extend(rota.people.iter().map(|person| {
        let name = format!("{} {}", person.initials.trim(), person.full_name());
        (Some(Doctor::Person(person.id.clone())), words::safe(name.trim()).into_owned())
    }));
    for doctor in draft.doctors.clone().iter().take(ERRORS_SHOWN) {
        let name = words::safe(&doctor.name);
        let mut chosen = doctor.chosen.clone();
        ui.horizontal(|ui| {
            choose_ui(ui, &format!("Doctor meant by “{name}”"), DOCTOR, &mut chosen, &choices);
            let rows: Vec<String> = doctor.rows.iter().map(ToString::to_string).collect();
            let noun = if rows.len() == 1 { "row" } else { "rows" };
            hint_ui(ui, &format!("is meant by “{name}” in {noun} {}", words::list(&rows)));
        });
        if chosen != doctor.chosen {
            draft.set_doctor(rota, &doctor.name, chosen.as_ref(), now);
        }
    }
}

fn row_ui(ui: &mut Ui, rota: &Rota, row: &SessionPasteRow) {
    let colours = tokens(ui);
    let team = row.team.iter().filter_map(|id| rota.person(id)).map(|person| words::safe(&person.initials));
    let (mark, what) = match (row.errors.is_empty(), row.is_there) {
        (false, _) => (Some(Mark::Error), "left out: see below"),
        (true, true) => (None, "already there: unchanged"),
        (true, false) if !row.not_here.is_empty() => (Some(Mark::Warning), "a doctor is not in the rota"),
        (true, false) if row.team.is_empty() => (Some(Mark::Warning), "no doctor"),
        (true, false) => (None, ""),
    };
    let texts = [
        row.title.clone(),
        row.span.map_or_else(String::new, |span| words::span(rota.zone(), span)),
        team.collect::<Vec<_>>().join(", "),
        patients(row),
        if row.protected { "yes" } else { "" }.to_owned(),
        what.to_owned(),
    ];
    let ink = if row.errors.is_empty() { colours.text } else { colours.gap_text };
    ui.horizontal(|ui| {
        for (at, (text, (_, width))) in texts.iter().zip(WIDTHS).enumerate() {
            ui.allocate_ui(vec2(width, ROW), |ui| {
                ui.set_min_size(vec2(width, ROW));
                ui.horizontal_centered(|ui| {
                    if let (Some(mark), true) = (mark, at + 1 == WIDTHS.len()) {
                        let (rect, _) = ui.allocate_exact_size(vec2(16.0, ROW), egui::Sense::hover());
                        mark.paint(ui.painter(), rect.center(), 13.0, colours);
                    }
                    ui.add(Label::new(Type::Body.ink(words::safe(text), ink)).truncate());
                });
            });
        }
    });
}

/// How many there are, and as what they count.
fn patients(row: &SessionPasteRow) -> String {
    let part = |number: u32, noun: &str| (number > 0).then(|| words::count(number, noun));
    let parts =
        [part(row.appointments, "appointment"), part(row.inpatient, "inpatient"), part(row.day_case, "day case")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match (row.has_patients, parts.as_slice()) {
        (false, _) => "patients not entered".to_owned(),
        (true, []) => "no patients".to_owned(),
        (true, parts) => parts.join(", "),
    }
}
