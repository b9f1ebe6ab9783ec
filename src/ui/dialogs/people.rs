//! The preview of staff pasted from a spreadsheet.

use egui::{Label, ScrollArea, Ui, vec2};

use crate::editor::Dialog;
use crate::editor::dialogs::{PasteColumn, PasteDuplicate, PastePeopleDraft, PasteRow};
use crate::model::{Instant, words};
use crate::ui::marks::Mark;
use crate::ui::theme::{Type, tokens};
use crate::ui::widgets::Segment;
use crate::ui::widgets::segments;

use super::Scene;
use super::form::{Form, choose_ui, hint_ui, sentence_ui, wrong_ui};
use super::person::rules_name;

const ROW: f32 = 24.0;
/// So many rows that are left out are told; with more, the paste is better mended first.
const ERRORS_SHOWN: usize = 20;
const WIDTHS: [(&str, f32); 6] =
    [("Initials", 80.0), ("Name", 200.0), ("Grade", 130.0), ("Specialty", 150.0), ("Telephone", 110.0), ("", 220.0)];

pub(super) fn paste_people_ui(scene: &mut Scene<'_>, draft: &PastePeopleDraft) {
    let rota = scene.rota;
    let now = rota.windows.first().map_or(Instant(0), |window| window.span.from);
    let form = Form::new("Paste people", "Add to the rota").width(980.0);
    scene.form(form, draft, Dialog::PastePeople, |ui, draft, _| {
        sentence_ui(ui, &summary(draft));
        if draft.existing_count() > 0 {
            ui.horizontal(|ui| {
                ui.label("Those who are there already:");
                let parts = [
                    Segment::new(PasteDuplicate::Skip, "Leave as they are"),
                    Segment::new(PasteDuplicate::Update, "Update from the paste"),
                ];
                if let Some(chosen) = segments(ui, "Those who are there already", &parts, draft.duplicates) {
                    draft.duplicates = chosen;
                }
            });
        }
        columns_ui(ui, rota, draft, now);
        ui.separator();
        heads_ui(ui);
        let rows = draft.rows.len();
        ScrollArea::vertical().max_height(232.0).auto_shrink([false, true]).show_rows(ui, ROW, rows, |ui, range| {
            for row in &draft.rows[range] {
                row_ui(ui, row, draft.duplicates);
            }
        });
        let wrong = draft.rows.iter().filter_map(|row| Some((row.line, row.error.as_ref()?)));
        for (line, error) in wrong.take(ERRORS_SHOWN) {
            wrong_ui(ui, &format!("line {line}: {error}"));
        }
        scopes_ui(ui, rota, draft);
        hint_ui(ui, "Whoever may cover nothing counts nowhere. Availability of everybody new is “not known” until you say more.");
    });
}

/// What new people of each grade and specialty may cover.
fn scopes_ui(ui: &mut Ui, rota: &crate::model::Rota, draft: &mut PastePeopleDraft) {
    for scope in &mut draft.scopes {
        let name_of = scope.name();
        let grade = words::safe(&name_of);
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("New, {grade}, may cover:"));
            for row in &mut scope.may_cover {
                let Some(unit) = rota.unit(&row.unit) else { continue };
                let name = words::safe(&unit.name);
                let mut choices = vec![(None, format!("{name}: not at all"))];
                let tiers = unit.tiers.iter();
                choices.extend(tiers.map(|t| (Some(t.id.clone()), format!("{name}: up to {}", words::safe(&t.name)))));
                choose_ui(ui, &format!("{grade} may cover {name}"), 220.0, &mut row.up_to, &choices);
            }
        });
    }
}

fn summary(draft: &PastePeopleDraft) -> String {
    let mut parts = vec![format!("{} new", draft.new_count())];
    if draft.existing_count() > 0 {
        parts.push(format!("{} there already", draft.existing_count()));
    }
    if draft.error_count() > 0 {
        parts.push(format!("{} that cannot be taken, and are left out", draft.error_count()));
    }
    format!("{}.", parts.join(", "))
}

/// What each pasted column is; wrong guesses are put right here.
fn columns_ui(ui: &mut Ui, rota: &crate::model::Rota, draft: &mut PastePeopleDraft, now: Instant) {
    let choices: Vec<_> = PasteColumn::ALL.into_iter().map(|column| (column, column.label().to_owned())).collect();
    ui.horizontal_wrapped(|ui| {
        ui.label("Columns:");
        for place in 0..draft.columns.len() {
            let mut column = draft.columns[place];
            let name = draft.header.get(place).map_or_else(|| format!("Column {}", place + 1), Clone::clone);
            choose_ui(ui, &name, 110.0, &mut column, &choices).on_hover_text(words::safe(&name));
            if column != draft.columns[place] {
                draft.set_column(rota, place, column, now);
            }
        }
    });
}

fn heads_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        for (text, width) in WIDTHS {
            super::form::head_ui(ui, text, width);
        }
    });
}

fn row_ui(ui: &mut Ui, row: &PasteRow, duplicates: PasteDuplicate) {
    let colours = tokens(ui);
    let name = if row.given.is_empty() { row.family.clone() } else { format!("{}, {}", row.family, row.given) };
    let (mark, what) = match (&row.error, &row.existing) {
        (Some(_), _) => (Some(Mark::Error), "left out: see below".to_owned()),
        (None, Some(_)) if duplicates == PasteDuplicate::Update => (None, "there already: updated".to_owned()),
        (None, Some(_)) => (None, "there already: left".to_owned()),
        (None, None) if row.initials_made => {
            (Some(Mark::Note), format!("initials made from the name; {}", rules_name(row.rules)))
        }
        (None, None) => (None, rules_name(row.rules).to_owned()),
    };
    let texts = [&row.initials, &name, &row.grade, &row.specialty, &row.phone, &what];
    ui.horizontal(|ui| {
        for (text, (_, width)) in texts.into_iter().zip(WIDTHS) {
            ui.allocate_ui(vec2(width, ROW), |ui| {
                ui.set_min_size(vec2(width, ROW));
                ui.horizontal_centered(|ui| {
                    if text == &what
                        && let Some(mark) = mark
                    {
                        let (rect, _) = ui.allocate_exact_size(vec2(16.0, ROW), egui::Sense::hover());
                        mark.paint(ui.painter(), rect.center(), 13.0, colours);
                    }
                    let ink = if row.error.is_some() { colours.gap_text } else { colours.text };
                    ui.add(Label::new(Type::Body.ink(words::safe(text), ink)).truncate());
                });
            });
        }
    });
}
