//! One post, and several new posts.

use crate::editor::dialogs::{AddPostsDraft, Part, PostDraft};
use crate::model::{Rota, TierId, UnitId, words};
use crate::ui::widgets::{NoticeKind, form_row, notice_bar};

use super::Scene;
use super::form::{
    Form, add_ui, begin_in, cell_ui, check_ui, choose_cell_ui, choose_ui, head_ui, heading_ui, hint_ui, long_text_ui,
    member_ui, perhaps_ui, sentences_ui, short_text_ui, take_pasted_rows, text_ui,
};

const ON_CALL: &str = "Held from home: does not count as present, and is checked separately";

fn tiers(rota: &Rota, unit: Option<&UnitId>) -> Vec<(Option<TierId>, String)> {
    let unit = unit.and_then(|id| rota.unit(id));
    unit.map(|unit| unit.tiers.iter().map(|tier| (Some(tier.id.clone()), tier.name.clone())).collect())
        .unwrap_or_default()
}

pub(super) fn post_ui(scene: &mut Scene<'_>, draft: &PostDraft) {
    let rota = scene.rota;
    let unit = rota.unit(&draft.unit).map_or("", |unit| unit.name.as_str());
    let tiers = tiers(rota, Some(&draft.unit));
    scene.form(Form::new("Post", "OK").width(560.0), draft, |ui, draft, marks| {
        hint_ui(ui, &format!("Of {}", words::safe(unit)));
        text_ui(ui, "Name", &mut draft.name, marks.of(Part::Name));
        ui.horizontal_top(|ui| {
            form_row(ui, "Grade", marks.of(Part::Grade), |ui| choose_ui(ui, "Grade", 180.0, &mut draft.tier, &tiers));
            short_text_ui(ui, "Bleep, goes with the post", &mut draft.bleep, 120.0, None);
        });
        perhaps_ui(ui, draft.other_grade(rota), |ui, text| notice_bar(ui, NoticeKind::Warning, &text, |_| {}));
        for (ticked, label, hint) in [
            (&mut draft.essential, "Essential", "A gap here is an error, not a warning"),
            (&mut draft.exclusive, "Exclusive", "Whoever holds it may do nothing else at the same time"),
            (&mut draft.on_call, "On call from home", ON_CALL),
        ] {
            ui.horizontal(|ui| {
                check_ui(ui, ticked, label, "");
                hint_ui(ui, hint);
            });
        }
        perhaps_ui(ui, draft.no_longer_needed(rota), |ui, text| notice_bar(ui, NoticeKind::Warning, &text, |_| {}));
        if !rota.competencies.is_empty() {
            heading_ui(ui, "Requires");
            ui.horizontal_wrapped(|ui| {
                for competency in &rota.competencies {
                    member_ui(ui, &mut draft.requires, &competency.id, &words::safe(&competency.name));
                }
            });
        }
        long_text_ui(ui, "Note", &mut draft.note, "Do not write why somebody is absent");
    });
}

pub(super) fn add_posts_ui(scene: &mut Scene<'_>, draft: &AddPostsDraft) {
    let rota = scene.rota;
    let units: Vec<(Option<UnitId>, String)> =
        rota.units.iter().map(|unit| (Some(unit.id.clone()), unit.name.clone())).collect();
    let pasted = take_pasted_rows(scene.ctx);
    let form = Form::new("Add posts", "Add").width(720.0);
    scene.form(form, draft, |ui, draft, marks| {
        if let Some(text) = pasted {
            draft.paste(rota, &text);
        }
        form_row(ui, "Unit", marks.of(Part::Unit), |ui| choose_ui(ui, "Unit", 220.0, &mut draft.unit, &units));
        hint_ui(
            ui,
            "One post per line; blank lines are ignored. Rows of a spreadsheet can be pasted: name, grade, bleep, \
             or with their headings in any order.",
        );
        perhaps_ui(ui, Some(&draft.pasted), |ui, lines| sentences_ui(ui, lines));
        let tiers = tiers(rota, draft.unit.as_ref());
        ui.horizontal(|ui| {
            head_ui(ui, "Name", 220.0);
            head_ui(ui, "Grade", 150.0);
            head_ui(ui, "Bleep", 72.0);
        });
        let warnings: Vec<Option<String>> = (0..draft.rows.len()).map(|i| draft.other_grade(rota, i)).collect();
        for (i, row) in draft.rows.iter_mut().enumerate() {
            let what = format!("post {}", i + 1);
            ui.horizontal(|ui| {
                cell_ui(ui, &format!("{what}: name"), &mut row.name, 220.0, marks.at(Part::Name, i));
                choose_cell_ui(ui, &format!("{what}: grade"), 150.0, &mut row.tier, &tiers, marks.at(Part::Grade, i));
                cell_ui(ui, &format!("{what}: bleep"), &mut row.bleep, 72.0, None);
                check_ui(ui, &mut row.essential, "essential", "A gap here is an error, not a warning");
                check_ui(ui, &mut row.on_call, "on call", ON_CALL);
            });
            marks.row_ui(ui, i);
            perhaps_ui(ui, warnings[i].as_ref(), |ui, text| notice_bar(ui, NoticeKind::Warning, text, |_| {}));
        }
        if add_ui(ui, "Add a line") {
            draft.add_row();
            begin_in(ui, format!("post {}: name", draft.rows.len()));
        }
    });
}
