//! One post, several new posts, and normal staffing.

use egui::{Align, Label, Response, Ui};

use crate::editor::dialogs::{AddPostsDraft, LineRow, List, NormalDraft, PostDraft};
use crate::editor::{Action, Ask, Dialog, Removed};
use crate::model::{NormalId, Rota, TierId, UnitId, words};
use crate::ui::theme::Type;
use crate::ui::widgets::{NoticeKind, PushButton, form_row, notice_bar};

use super::Scene;
use super::form::{
    DAY, Form, Marks, TIME, add_ui, cell_ui, check_ui, choose_cell_ui, choose_ui, head_ui, heading_ui, hint_ui,
    long_text_ui, member_ui, perhaps_ui, remove_ui, sentence_ui, short_text_ui, take_pasted_rows, text_ui, wrong_ui,
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
            form_row(ui, "Grade", marks.of("tier"), |ui| choose_ui(ui, "Grade", 180.0, &mut draft.tier, &tiers));
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
            "One post per line; blank lines are ignored. Rows of a spreadsheet can be pasted: name, grade, bleep, \
             or with their headings in any order.",
        );
        perhaps_ui(ui, Some(&draft.pasted), |ui, lines| lines.iter().for_each(|text| sentence_ui(ui, text)));
        let tiers = tiers(rota, draft.unit.as_ref());
        ui.horizontal(|ui| {
            head_ui(ui, "Name", 220.0);
            head_ui(ui, "Grade", 150.0);
            head_ui(ui, "Bleep", 72.0);
        });
        for (i, row) in draft.rows.iter_mut().enumerate() {
            let what = format!("post {}", i + 1);
            ui.horizontal(|ui| {
                cell_ui(ui, &format!("{what}: name"), &mut row.name, 220.0, marks.at("name", i));
                choose_cell_ui(ui, &format!("{what}: grade"), 150.0, &mut row.tier, &tiers, marks.at("tier", i));
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
        perhaps_ui(ui, draft.example.then_some(()), |ui, ()| example_ui(ui, draft));
        text_ui(ui, "Kind of day", &mut draft.name, marks.of("name"));
        ui.horizontal_top(|ui| {
            short_text_ui(ui, "Agreed by", &mut draft.agreed_by, 260.0, marks.of("agreed_by"));
            let on = short_text_ui(ui, "Agreed on", &mut draft.agreed_on, DAY, marks.of("agreed_on"));
            if on.lost_focus() {
                draft.write_out(rota);
            }
        });
        copy_from_ui(ui, rota, draft);
        hint_ui(
            ui,
            "How many doctors are on each post on this kind of day. Lines of one post add up; a line that ends at or \
             before its start runs past midnight. Rows of a spreadsheet can be pasted: post, from, to, count.",
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

/// Example figures say so until somebody makes them their own: who and when is asked in the fields below.
fn example_ui(ui: &mut Ui, draft: &mut NormalDraft) {
    let (kind, text, button) = if draft.are_ours {
        let text = "These become your own figures with OK. Say below who agreed them, and when.";
        (NoticeKind::Note, text, "Still an example")
    } else {
        let text = "These are example figures, made up for a hospital like yours. Edit them to your units. Until \
                    somebody says that they are yours, nothing compared with them is shown as covered.";
        (NoticeKind::Warning, text, "These are our figures")
    };
    notice_bar(ui, kind, text, |ui| {
        if ui.add(PushButton::new(button)).clicked() {
            draft.are_ours = !draft.are_ours;
        }
    });
}

/// Gives the keyboard to the first thing of the unit that the dialog was opened for.
fn begin_here(field: &Response, begins: &mut bool, begin_in: &mut Option<UnitId>) {
    if !std::mem::take(begins) {
        return;
    }
    // What is only measured cannot have it yet.
    if field.has_focus() {
        *begin_in = None;
    } else {
        field.request_focus();
    }
    field.scroll_to_me(Some(Align::Center));
}

fn unit_lines_ui(ui: &mut Ui, rota: &Rota, unit: &crate::model::Unit, draft: &mut NormalDraft, marks: &Marks<'_>) {
    ui.add_space(6.0);
    heading_ui(ui, &words::safe(&unit.name));
    let closed = member_ui(ui, &mut draft.closed, &unit.id, "Closed on this kind of day");
    let mut begins = draft.begin_in.as_ref() == Some(&unit.id);
    let has_posts = rota.posts.iter().any(|post| post.unit == unit.id);
    if draft.closed.contains(&unit.id) || !has_posts {
        begin_here(&closed, &mut begins, &mut draft.begin_in);
    }
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
                let from = line_ui(ui, &name, i, &mut draft.lines[i], marks);
                begin_here(&from, &mut begins, &mut draft.begin_in);
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
                hint_ui(ui, "not normally staffed");
            }
            let add = ui.link(if own.is_empty() { "Add" } else { "Add a line" }).on_hover_text(name.as_ref());
            if own.is_empty() {
                begin_here(&add, &mut begins, &mut draft.begin_in);
            }
            if add.clicked() {
                draft.add_line(&post.id);
            }
        });
    }
    if has_posts {
        shut_ui(ui, rota, unit, draft, marks);
    }
}

/// The hours in which nobody works in a unit on purpose: where they are not entered, cover cannot be checked then.
fn shut_ui(ui: &mut Ui, rota: &Rota, unit: &crate::model::Unit, draft: &mut NormalDraft, marks: &Marks<'_>) {
    let name = words::safe(&unit.name);
    let own: Vec<usize> = (0..draft.shut.len()).filter(|i| draft.shut[*i].unit == unit.id).collect();
    let mut removed = None;
    for i in own.iter().copied() {
        ui.horizontal(|ui| {
            ui.label("Nobody normally works here");
            let row = &mut draft.shut[i];
            let at = List::Shut.row(i);
            cell_ui(ui, &format!("{name}, nobody works: from"), &mut row.from, TIME, marks.at("from", at));
            ui.label("to");
            cell_ui(ui, &format!("{name}, nobody works: to"), &mut row.to, TIME, marks.at("to", at));
            if remove_ui(ui, &format!("the hours in which nobody works in {name}")) {
                removed = Some(i);
            }
        });
        marks.row_ui(ui, List::Shut.row(i));
        let staffed = draft.staffed_while_shut(rota, &draft.shut[i]);
        perhaps_ui(ui, (!staffed.is_empty()).then_some(staffed), |ui, posts| {
            let posts: Vec<_> = posts.into_iter().map(words::safe).collect();
            hint_ui(ui, &format!("Still staffed in these hours, and compared: {}.", words::list(&posts)));
        });
    }
    if let Some(i) = removed {
        draft.shut.remove(i);
    }
    let label = if own.is_empty() { "Add hours when nobody normally works here" } else { "Add more such hours" };
    if ui.link(label).on_hover_text(name.as_ref()).clicked() {
        draft.add_shut(&unit.id);
    }
}

/// The fields of a line; gives the first.
fn line_ui(ui: &mut Ui, name: &str, i: usize, line: &mut LineRow, marks: &Marks<'_>) -> Response {
    let from = cell_ui(ui, &format!("{name}: from"), &mut line.from, TIME, marks.at("from", i));
    ui.label("to");
    cell_ui(ui, &format!("{name}: to"), &mut line.to, TIME, marks.at("to", i));
    cell_ui(ui, &format!("{name}: doctors"), &mut line.count, 48.0, marks.at("count", i));
    ui.label("doctors");
    from
}
