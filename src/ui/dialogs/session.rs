//! A session: a clinic or a list, its team and its patients.

use egui::Ui;

use crate::editor::dialogs::{Part, SessionDraft};
use crate::model::{Rota, SessionKind, SessionState, words};
use crate::ui::widgets::{PushButton, form_row};

use super::Scene;
use super::form::{
    Form, Marks, check_ui, choose_ui, heading_ui, hint_ui, long_text_ui, short_text_ui, span_ui, text_ui,
};

pub(super) fn session_ui(scene: &mut Scene<'_>, draft: &SessionDraft) {
    let title = if draft.id.is_some() { "Session" } else { "New session" };
    let rota = scene.rota;
    scene.form(Form::new(title, "OK").width(560.0), draft, |ui, draft, marks| {
        let kinds = SessionKind::ALL.map(|kind| (kind, kind.name().to_owned()));
        form_row(ui, "Kind", None, |ui| choose_ui(ui, "Kind", 180.0, &mut draft.kind, &kinds));
        text_ui(ui, "Title", &mut draft.title, marks.of(Part::Title));
        text_ui(ui, "Specialty", &mut draft.specialty, None);
        span_ui(ui, rota.zone(), &mut draft.when, marks);
        team_ui(ui, rota, draft, marks);
        heading_ui(ui, "Patients");
        ui.horizontal_top(|ui| {
            short_text_ui(ui, "Appointments", &mut draft.appointments, 90.0, marks.of(Part::Appointments));
            short_text_ui(ui, "Inpatient operations", &mut draft.inpatient, 90.0, marks.of(Part::Inpatient));
            short_text_ui(ui, "Day-case operations", &mut draft.day_case, 90.0, marks.of(Part::DayCase));
        });
        check_ui(ui, &mut draft.protected, "Protected", "Must not be postponed if there is any other way");
        check_ui(ui, &mut draft.locked, "Locked", "Stays as it is when cover is looked for");
        let states = SessionState::ALL.map(|state| (state, state.words().to_owned()));
        form_row(ui, "State", None, |ui| choose_ui(ui, "State", 180.0, &mut draft.state, &states));
        if draft.asks_reason(rota) {
            text_ui(ui, "Reason for postponing protected work", &mut draft.reason, marks.of(Part::Reason));
        }
        long_text_ui(ui, "Note", &mut draft.note, "Do not write why somebody is absent");
    });
}

fn team_ui(ui: &mut Ui, rota: &Rota, draft: &mut SessionDraft, marks: &Marks<'_>) {
    heading_ui(ui, "Team");
    hint_ui(
        ui,
        "Cannot run if any of these doctors is taken. If it can run with fewer, enter one session for each doctor.",
    );
    let mut removed = None;
    ui.horizontal_wrapped(|ui| {
        for (i, id) in draft.team.iter().enumerate() {
            let name = rota.person(id).map_or_else(String::new, |p| format!("{} {}", p.initials, p.family));
            let button = PushButton::new(&name).icon(crate::ui::icons::X);
            if ui.add(button.spoken(&format!("Take {name} off the team"))).clicked() {
                removed = Some(i);
            }
        }
    });
    if let Some(i) = removed {
        draft.team.remove(i);
    }
    let field = text_ui(ui, "Add by initials or name", &mut draft.add_to_team, marks.of(Part::AddToTeam));
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        draft.take_first_match(rota);
        field.request_focus();
    }
    let matches: Vec<_> = draft.team_matches(rota).into_iter().take(6).cloned().collect();
    ui.horizontal_wrapped(|ui| {
        for person in matches {
            let name = format!("{} {}", words::safe(&person.initials), words::safe(&person.full_name()));
            if ui.link(name).clicked() {
                draft.team.push(person.id.clone());
                draft.add_to_team.clear();
            }
        }
    });
}
