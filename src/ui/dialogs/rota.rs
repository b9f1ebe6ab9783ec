//! Rota properties, and the list of windows.

use egui::{Align, Layout, Ui, vec2};

use crate::editor::dialogs::{MovedDaysDraft, Part, PropertiesDraft, WindowsDraft};
use crate::model::{NormalId, Span, words};
use crate::ui::theme::{Type, sizes};
use crate::ui::widgets::PushButton;

use super::Scene;
use super::form::{
    Form, add_ui, begin_in, cell_ui, check_ui, choose_cell_ui, head_ui, hint_ui, perhaps_ui, remove_ui, sentence_ui,
    span_cells_ui, span_heads_ui, text_ui,
};
use super::normal::short_name;

pub(super) fn properties_ui(scene: &mut Scene<'_>, draft: &PropertiesDraft) {
    let form = Form::new("Rota properties", "OK");
    scene.form(form, draft, |ui, draft, marks| {
        text_ui(ui, "Title, also on the printed rota", &mut draft.title, None);
        text_ui(ui, "Hospital", &mut draft.hospital, None);
        text_ui(ui, "Region, to add rotas up by", &mut draft.region, None);
        text_ui(ui, "What to call the absent group, e.g. resident doctors", &mut draft.absent_group, None);
        text_ui(ui, "Time zone", &mut draft.zone, marks.of(Part::Zone));
        zones_ui(ui, draft);
        hint_ui(ui, "Every time in the rota is a time on the clocks there.");
    });
}

/// Names that fit what is typed, to be clicked.
fn zones_ui(ui: &mut Ui, draft: &mut PropertiesDraft) {
    let matches = draft.zone_matches();
    if matches.len() == 1 && matches[0] == draft.zone {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for name in matches.into_iter().take(6) {
            if ui.link(name).clicked() {
                name.clone_into(&mut draft.zone);
            }
        }
    });
}

const LABEL: f32 = 96.0;
const NORMAL: f32 = 200.0;
const LENGTH: f32 = 72.0;

/// How long the day is as typed: a time that is mistyped is seen here first.
fn length_ui(ui: &mut Ui, span: Option<Span>) {
    let text = span.map_or_else(String::new, |span| words::length(span.minutes()));
    ui.allocate_ui_with_layout(vec2(LENGTH, sizes::CONTROL), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(LENGTH, sizes::CONTROL));
        ui.label(Type::Body.rich(text));
    });
}

pub(super) fn windows_ui(scene: &mut Scene<'_>, draft: &WindowsDraft) {
    let rota = scene.rota;
    let normals: Vec<(Option<NormalId>, String)> =
        rota.normals.iter().map(|normal| (Some(normal.id.clone()), short_name(normal))).collect();
    let form = Form::new("Walkout times", "OK").width(884.0);
    let zone = rota.zone();
    scene.form(form, draft, |ui, draft, marks| {
        hint_ui(
            ui,
            "When the walkout is. One line for each day, so that each day is compared with its own normal staffing. \
             Days as 26/4 or 26-Apr, times as 8 or 08:00. Leave “To, day” blank if it ends that day or overnight.",
        );
        ui.horizontal(|ui| {
            head_ui(ui, "Label", LABEL);
            span_heads_ui(ui);
            head_ui(ui, "Length", LENGTH);
            head_ui(ui, "Compared with", NORMAL);
        });
        draft.see_from_above();
        let mut removed = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (i, row) in draft.rows.iter_mut().enumerate() {
                let what = format!("window {}", i + 1);
                ui.horizontal(|ui| {
                    cell_ui(ui, &format!("{what}: label"), &mut row.label, LABEL, None);
                    span_cells_ui(ui, &what, i, &mut row.when, marks);
                    length_ui(ui, row.when.read(zone, None).ok());
                    if normals.is_empty() {
                        hint_ui(ui, "a new normal day");
                    } else {
                        let name = format!("{what}: compared with");
                        choose_cell_ui(ui, &name, NORMAL, &mut row.normal, &normals, marks.at(Part::Normal, i));
                    }
                    if remove_ui(ui, &what) {
                        removed = Some(i);
                    }
                });
                marks.row_ui(ui, i);
                let asks = marks.at(Part::ToTime, i).and_then(|_| row.when.overnight(zone));
                perhaps_ui(ui, asks, |ui, day| {
                    if ui.add(PushButton::new(&format!("Overnight until {day}"))).clicked() {
                        row.when.to_day = day;
                    }
                });
            }
        });
        if let Some(i) = removed {
            draft.rows.remove(i);
        }
        if add_ui(ui, "Add the next day") {
            draft.add_next(rota);
            begin_in(ui, format!("window {}: label", draft.rows.len()));
        }
    });
}

/// What moves along with windows that begin on other days: each with a box to tick, and the title they would have.
pub(super) fn moved_days_ui(scene: &mut Scene<'_>, draft: &MovedDaysDraft) {
    let rota = scene.rota;
    scene.form(Form::new("What moves to the new days?", "Move").careful().cancel("Back"), draft, |ui, draft, _| {
        let along = draft.windows.moved_along(rota);
        let Some(moves) = &mut draft.windows.moves else { return };
        sentence_ui(ui, "The walkout begins on another day. Move with it:");
        let mut tick = |what: Option<String>, ticked: &mut bool, note: &str| {
            if let Some(what) = what {
                check_ui(ui, ticked, &what, "");
                hint_ui(ui, note);
            }
        };
        tick(along.unavailable(rota), &mut moves.unavailable, "They are then unavailable on the new days instead.");
        tick(along.cover(rota), &mut moves.cover, "All of it becomes Proposed: nobody has agreed to the new days yet.");
        tick(along.duties(), &mut moves.duties, "Unticked, duties stay on their own days.");
        tick(
            along.sessions(),
            &mut moves.sessions,
            "Unticked, clinics and lists stay on the days their patients know.",
        );
        along.stays().iter().for_each(|line| hint_ui(ui, line));
        text_ui(ui, "Title of the rota", &mut moves.title, None);
    });
}
