//! One post, several new posts, and normal staffing.

use egui::{Label, Ui};

use crate::editor::dialogs::{AddPostsDraft, LineRow, NormalDraft, PostDraft};
use crate::editor::{Action, Ask, Dialog, Removed};
use crate::model::{NormalId, Rota, TierId, UnitId, words};
use crate::ui::theme::Type;
use crate::ui::widgets::{NoticeKind, PushButton, form_row, notice_bar};

use super::Scene;
use super::form::{
    Form, Marks, TIME, add_ui, cell_ui, check_ui, choose_ui, head_ui, heading_ui, hint_ui, long_text_ui, member_ui,
    perhaps_ui, remove_ui, sentence_ui, short_text_ui, take_pasted_rows, text_ui, wrong_ui,
};

const ON_CALL: &str = "Held from home: it is not presence, and is judged by itself";

fn tiers(rota: &Rota, unit: Option<&UnitId>) -> Vec<(Option<TierId>, String)> {
    let unit = unit.and_then(|id| rota.unit(id));
    unit.map(|unit| unit.tiers.iter().map(|tier| (Some(tier.id.clone()), tier.name.clone())).collect())
        .unwrap_or_default()
}

pub(super) fn post_ui(scene: &mut Scene<'_>, draft: &PostDraft) {
    let rota = scene.rota;
    let unit = rota.unit(&draft.unit).map_or("", |unit| unit.name.as_str());
    let tiers = tiers(rota, Some(&draft.unit));
    scene.form(Form::new("Post", "OK"), draft, Dialog::Post, |ui, draft, marks| {
        hint_ui(ui, &format!("Of {}", words::safe(unit)));
        text_ui(ui, "Name", &mut draft.name, marks.of("name"));
        ui.horizontal_top(|ui| {
            form_row(ui, "Tier", marks.of("tier"), |ui| choose_ui(ui, "Tier", 180.0, &mut draft.tier, &tiers));
            short_text_ui(ui, "Bleep, goes with the post", &mut draft.bleep, 120.0, None);
        });
        check_ui(ui, &mut draft.essential, "Essential", "Short here is an error, not a warning");
        check_ui(ui, &mut draft.exclusive, "Exclusive", "Whoever holds it may do nothing else meanwhile");
        check_ui(ui, &mut draft.on_call, "On call from home", ON_CALL);
        if !rota.competencies.is_empty() {
            heading_ui(ui, "Requires");
            ui.horizontal_wrapped(|ui| {
                for competency in &rota.competencies {
                    member_ui(ui, &mut draft.requires, &competency.id, &words::safe(&competency.name));
                }
            });
        }
        long_text_ui(ui, "Note", &mut draft.note, "Never why somebody is absent");
    });
}

pub(super) fn add_posts_ui(scene: &mut Scene<'_>, draft: &AddPostsDraft) {
    let rota = scene.rota;
    let units: Vec<(Option<UnitId>, String)> =
        rota.units.iter().map(|unit| (Some(unit.id.clone()), unit.name.clone())).collect();
    let pasted = take_pasted_rows(scene.ctx);
    let form = Form::new("Add posts", "Add").width(720.0);
    scene.form(form, draft, Dialog::AddPosts, |ui, draft, marks| {
        if let Some(text) = pasted {
            draft.paste(rota, &text);
        }
        form_row(ui, "Unit", marks.of("unit"), |ui| choose_ui(ui, "Unit", 220.0, &mut draft.unit, &units));
        hint_ui(
            ui,
            "One line a post; an empty line is left out. Rows of a spreadsheet can be pasted: name, tier, bleep, \
             or with their headings in any order.",
        );
        perhaps_ui(ui, Some(&draft.pasted), |ui, lines| lines.iter().for_each(|text| sentence_ui(ui, text)));
        let tiers = tiers(rota, draft.unit.as_ref());
        ui.horizontal(|ui| {
            head_ui(ui, "Name", 220.0);
            head_ui(ui, "Tier", 150.0);
            head_ui(ui, "Bleep", 72.0);
        });
        for (i, row) in draft.rows.iter_mut().enumerate() {
            let what = format!("post {}", i + 1);
            ui.horizontal(|ui| {
                cell_ui(ui, &format!("{what}: name"), &mut row.name, 220.0, marks.at("name", i));
                choose_ui(ui, &format!("{what}: tier"), 150.0, &mut row.tier, &tiers);
                cell_ui(ui, &format!("{what}: bleep"), &mut row.bleep, 72.0, None);
                check_ui(ui, &mut row.essential, "essential", "Short here is an error, not a warning");
                check_ui(ui, &mut row.on_call, "on call", ON_CALL);
            });
            marks.row_ui(ui, i);
        }
        marks.whole_ui(ui, "rows");
        if add_ui(ui, "Add a line") {
            draft.add_row();
        }
    });
}

pub(super) fn normal_ui(scene: &mut Scene<'_>, draft: &NormalDraft) {
    let rota = scene.rota;
    let title = if draft.id.is_some() { "Normal staffing" } else { "New normal staffing" };
    let pasted = take_pasted_rows(scene.ctx);
    let form = Form::new(title, "OK").width(760.0);
    let mut removes = false;
    scene.form(form, draft, Dialog::Normal, |ui, draft, marks| {
        removes = which_normal_ui(ui, rota, draft);
        if let Some(text) = pasted {
            draft.paste(rota, &text);
        }
        perhaps_ui(ui, draft.is_example().then_some(()), |ui, ()| {
            let text = "This is an example. Edit it to your unit, say who agreed it, and take “example” out of its name: \
                        “covered” means nothing beside a normal day that is not yours.";
            notice_bar(ui, NoticeKind::Warning, text, |_| {});
        });
        text_ui(ui, "Kind of day", &mut draft.name, marks.of("name"));
        ui.horizontal_top(|ui| {
            short_text_ui(ui, "Agreed by", &mut draft.agreed_by, 260.0, None);
            short_text_ui(ui, "Agreed on", &mut draft.agreed_on, 120.0, None);
        });
        copy_from_ui(ui, rota, draft);
        hint_ui(
            ui,
            "How many doctors are on each post on such a day. Lines of one post add up; one that ends at or before its \
             start runs past midnight. Rows of a spreadsheet can be pasted: post, from, to, count.",
        );
        perhaps_ui(ui, Some(&draft.not_pasted), |ui, lines| lines.iter().for_each(|text| wrong_ui(ui, text)));
        for unit in &rota.units {
            unit_lines_ui(ui, rota, unit, draft, marks);
        }
        if rota.posts.is_empty() {
            hint_ui(ui, "There are no posts yet: add units and posts first.");
        }
    });
    if let (true, Some(id)) = (removes, draft.id.clone()) {
        scene.actions.push(Action::Ask(Ask::Remove(Removed::Normal(id))));
    }
}

/// Which kind of day is edited, a new one, or taking this one away; whether that was pressed.
fn which_normal_ui(ui: &mut Ui, rota: &Rota, draft: &mut NormalDraft) -> bool {
    let is_changed = draft.is_changed(rota);
    let name = |normal: &crate::model::Normal| words::safe(&normal.name).into_owned();
    let mut choices: Vec<(Option<NormalId>, String)> =
        rota.normals.iter().map(|normal| (Some(normal.id.clone()), name(normal))).collect();
    choices.push((None, "New kind of day".to_owned()));
    let mut removes = false;
    // Always there, so that no field below loses the keyboard when it may not be used.
    ui.add_enabled_ui(!is_changed, |ui| {
        ui.horizontal(|ui| {
            let mut chosen = draft.id.clone();
            choose_ui(ui, "Which kind of day", 360.0, &mut chosen, &choices);
            if chosen != draft.id {
                *draft = NormalDraft::of(rota, chosen.as_ref());
            }
            removes = ui.add_enabled(draft.id.is_some(), PushButton::new("Remove…")).clicked();
        })
    });
    removes
}

fn copy_from_ui(ui: &mut Ui, rota: &Rota, draft: &mut NormalDraft) {
    let others = rota.normals.iter().filter(|normal| Some(&normal.id) != draft.id.as_ref());
    let mut choices: Vec<(Option<NormalId>, String)> = vec![(None, "Copy the lines of…".to_owned())];
    choices.extend(others.map(|normal| (Some(normal.id.clone()), normal.name.clone())));
    if choices.len() > 1 {
        let mut chosen = None;
        choose_ui(ui, "Copy the lines of another kind of day", 260.0, &mut chosen, &choices);
        if let Some(other) = chosen {
            draft.copy_from(rota, &other);
        }
    }
}

fn unit_lines_ui(ui: &mut Ui, rota: &Rota, unit: &crate::model::Unit, draft: &mut NormalDraft, marks: &Marks<'_>) {
    heading_ui(ui, &words::safe(&unit.name));
    member_ui(ui, &mut draft.closed, &unit.id, "does not open on such a day");
    if draft.closed.contains(&unit.id) {
        return;
    }
    for post in rota.posts.iter().filter(|post| post.unit == unit.id) {
        let name = words::safe(&post.name);
        let own: Vec<usize> = (0..draft.lines.len()).filter(|i| draft.lines[*i].post == post.id).collect();
        let mut removed = None;
        for (nth, i) in own.iter().copied().enumerate() {
            ui.horizontal(|ui| {
                let shown = if nth == 0 { name.as_ref() } else { "" };
                ui.allocate_ui(egui::vec2(240.0, 24.0), |ui| {
                    ui.set_min_width(240.0);
                    ui.add(Label::new(Type::Body.rich(shown)).truncate());
                });
                line_ui(ui, &name, i, &mut draft.lines[i], marks);
                if remove_ui(ui, &format!("a line of {name}")) {
                    removed = Some(i);
                }
            });
            marks.row_ui(ui, i);
        }
        if let Some(i) = removed {
            draft.lines.remove(i);
        }
        ui.horizontal(|ui| {
            if own.is_empty() {
                ui.allocate_ui(egui::vec2(240.0, 24.0), |ui| {
                    ui.set_min_width(240.0);
                    ui.add(Label::new(Type::Body.rich(name.as_ref())).truncate());
                });
                hint_ui(ui, "nobody normally");
            }
            if ui.link(if own.is_empty() { "Add" } else { "Add a line" }).on_hover_text(name.as_ref()).clicked() {
                draft.add_line(&post.id);
            }
        });
    }
}

fn line_ui(ui: &mut Ui, name: &str, i: usize, line: &mut LineRow, marks: &Marks<'_>) {
    cell_ui(ui, &format!("{name}: from"), &mut line.from, TIME, marks.at("from", i));
    ui.label("to");
    cell_ui(ui, &format!("{name}: to"), &mut line.to, TIME, marks.at("to", i));
    cell_ui(ui, &format!("{name}: doctors"), &mut line.count, 48.0, marks.at("count", i));
    ui.label("doctors");
}
