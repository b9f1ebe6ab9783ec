//! Units with their tiers, and competencies.

use egui::Ui;

use crate::editor::dialogs::{CompetenciesDraft, CompetencyRow, Part, TierRow, UnitDraft};
use crate::ui::icons;
use crate::ui::widgets::{form_row, icon_button};

use super::Scene;
use super::form::{
    Form, Marks, add_ui, begin_in, cell_ui, choose_ui, heading_ui, hint_ui, long_text_ui, remove_ui, text_ui,
};

pub(super) fn unit_ui(scene: &mut Scene<'_>, draft: &UnitDraft) {
    let title = if draft.id.is_some() { "Unit" } else { "New unit" };
    let rota = scene.rota;
    scene.form(Form::new(title, "OK").width(760.0), draft, |ui, draft, marks| {
        text_ui(ui, "Name", &mut draft.name, marks.of(Part::Name));
        heading_ui(ui, "Grades, most junior first");
        hint_ui(ui, "Seniors may cover for juniors, not vice versa.");
        tiers_ui(ui, rota, draft, marks);
        let mut seniors = vec![(None, "No rule".to_owned())];
        seniors.extend(draft.tiers.iter().enumerate().map(|(i, tier)| (Some(i), format!("{} or above", tier.name))));
        form_row(ui, "Always at least one", marks.of(Part::SeniorFrom), |ui| {
            choose_ui(ui, "Always at least one", 220.0, &mut draft.senior_from, &seniors)
        });
        text_ui(ui, "Handover times, e.g. 13:00, 21:00", &mut draft.handovers, marks.of(Part::Handovers));
        long_text_ui(ui, "If no answer", &mut draft.escalation, "Such as: ring 2140, consultant in charge");
    });
}

fn tiers_ui(ui: &mut Ui, rota: &crate::model::Rota, draft: &mut UnitDraft, marks: &Marks<'_>) {
    let (mut removed, mut swapped) = (None, None);
    let last = draft.tiers.len().saturating_sub(1);
    for (i, tier) in draft.tiers.iter_mut().enumerate() {
        let what = format!("grade {}", i + 1);
        ui.horizontal(|ui| {
            cell_ui(ui, &format!("{what}: name"), &mut tier.name, 220.0, marks.at(Part::Grade, i));
            ui.add_enabled_ui(i > 0, |ui| {
                if icon_button(ui, icons::CARET_UP, &format!("Move {what} lower in seniority")).clicked() {
                    swapped = Some((i - 1, i));
                }
            });
            ui.add_enabled_ui(i < last, |ui| {
                if icon_button(ui, icons::CARET_DOWN, &format!("Move {what} higher in seniority")).clicked() {
                    swapped = Some((i, i + 1));
                }
            });
            let used = match (&draft.id, &tier.id) {
                (Some(unit), Some(id)) => UnitDraft::tier_use(rota, unit, id),
                _ => None,
            };
            match used {
                Some(used) => hint_ui(ui, &format!("Used by {used}")),
                None => {
                    if remove_ui(ui, &what) {
                        removed = Some(i);
                    }
                }
            }
        });
        marks.row_ui(ui, i);
    }
    marks.whole_ui(ui, Part::Grades);
    if let Some((a, b)) = swapped {
        draft.swap_tiers(a, b);
    }
    if let Some(i) = removed {
        draft.remove_tier(i);
    }
    if add_ui(ui, "Add a grade above") {
        draft.tiers.push(TierRow::default());
        begin_in(ui, format!("grade {}: name", draft.tiers.len()));
    }
}

pub(super) fn competencies_ui(scene: &mut Scene<'_>, draft: &CompetenciesDraft) {
    let rota = scene.rota;
    scene.form(Form::new("Competencies", "OK"), draft, |ui, draft, marks| {
        hint_ui(ui, "What a post can require and a person can have. A post that requires one is essential.");
        let mut removed = None;
        for (i, row) in draft.rows.iter_mut().enumerate() {
            let what = format!("competency {}", i + 1);
            ui.horizontal(|ui| {
                cell_ui(ui, &format!("{what}: name"), &mut row.name, 320.0, marks.at(Part::Name, i));
                if remove_ui(ui, &what) {
                    removed = Some(i);
                }
            });
            marks.row_ui(ui, i);
        }
        if let Some(i) = removed {
            draft.rows.remove(i);
        }
        if add_ui(ui, "Add a competency") {
            draft.rows.push(CompetencyRow::default());
            begin_in(ui, format!("competency {}: name", draft.rows.len()));
        }
        for line in draft.goes_with_it(rota) {
            hint_ui(ui, &line);
        }
    });
}
