//! Which format the rota is given out in: the list, what each is for and who may see it, and its beginning.

use egui::{Grid, Id, Label, ScrollArea, Ui, vec2};

use crate::editor::Choice as Pressed;
use crate::editor::dialogs::{ExportDraft, Part, Preview};
use crate::exchange::{Choice, FORMATS};
use crate::model::{Instant, words};
use crate::ui::cached::{DocKey, cached};
use crate::ui::theme::Type;

use super::Scene;
use super::choice_rows::{Rows, choose_among_ui};
use super::form::{Form, hint_ui, sentence_ui, short_text_ui};

/// How wide the list of formats is, in points.
const FORMATS_WIDTH: f32 = 270.0;
/// How wide a few times of day are, in points.
const TIMES: f32 = 160.0;
/// How high the beginning of the text is, in points.
const PREVIEW: f32 = 180.0;
/// How high a line of it is, in points.
const LINE: f32 = 18.0;
/// So many letters of a cell or a line are shown.
const LETTERS_MAX: usize = 120;

pub(super) fn export_ui(scene: &mut Scene<'_>, draft: &ExportDraft) {
    let preview = preview(scene, draft);
    let form = Form::new("Export", "Choose where…").width(860.0).empty(preview.is_err());
    let is_copied = draft.format().is_copied() && preview.is_ok();
    let form = if is_copied { form.other("Copy", Pressed::CopyExport) } else { form };
    scene.form(form, draft, |ui, draft, marks| {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(FORMATS_WIDTH);
                let formats: Vec<(&str, &str)> = FORMATS.iter().map(|format| (format.title, format.purpose)).collect();
                choose_among_ui(ui, "export in this format", Rows::Titles, &formats, &mut draft.format);
            });
            ui.vertical(|ui| {
                let format = draft.format();
                sentence_ui(ui, &format!("{}.", format.purpose));
                hint_ui(ui, &format!("For {}.", format.readers));
                if draft.offers(Choice::Times) {
                    let label = "Count doctors at, e.g. 09:00, 20:00";
                    short_text_ui(ui, label, &mut draft.times, TIMES, marks.of(Part::Times));
                }
                match preview.as_ref() {
                    Ok(preview) => preview_ui(ui, preview),
                    Err(why) => sentence_ui(ui, &format!("Not possible: {why}.")),
                }
            });
        });
    });
}

/// What it would look like, worked out again where the rota or what is chosen is another.
fn preview(scene: &Scene<'_>, draft: &ExportDraft) -> std::sync::Arc<Result<Preview, String>> {
    let doc = scene.editor.doc();
    // What is written says as of when it is.
    let now = scene.editor.now().map_or(Instant(0), |now| now.at);
    let key = (doc.map(DocKey::of), draft.format, draft.times.clone(), draft.is_saved, now);
    cached(scene.ctx, Id::unique("export preview"), key, || {
        let doc = doc.ok_or_else(|| "no rota is open".to_owned())?;
        draft.preview(doc.rota(), doc.report(), now).map_err(|why| why.to_string())
    })
}

fn preview_ui(ui: &mut Ui, preview: &Preview) {
    if !preview.files.is_empty() {
        sentence_ui(ui, &preview.files);
    }
    hint_ui(ui, "How it begins:");
    ScrollArea::both().id_salt("export preview").max_height(PREVIEW).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = LINE;
        Grid::new("export preview").striped(true).spacing(vec2(12.0, 2.0)).show(ui, |ui| {
            for row in &preview.rows {
                for cell in row {
                    ui.add(Label::new(Type::Small.rich(words::safe_up_to(cell, LETTERS_MAX).into_owned())).extend());
                }
                ui.end_row();
            }
        });
    });
}
