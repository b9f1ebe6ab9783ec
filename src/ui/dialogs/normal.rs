//! Normal staffing: a table of posts for each unit, and who agreed to the figures.

use egui::{Align, Checkbox, Label, Layout, Response, Ui, vec2};

use crate::editor::dialogs::{LineRow, List, NormalDraft, Part};
use crate::editor::{Action, Ask, Removed};
use crate::model::{Normal, NormalId, Post, Rota, Unit, UnitId, words};
use crate::ui::icons;
use crate::ui::theme::{Type, sizes};
use crate::ui::widgets::{NoticeKind, PushButton, form_row, icon_button, is_wrong, notice_bar, tick_box};

use super::Scene;
use super::form::{
    DAY, Form, Marks, TIME, asks_for_more, begin_in, begins_ui, cell_ui, choose_ui, head_ui, heading_ui, hint_ui,
    member_ui, perhaps_ui, remove_ui, short_text_ui, take_pasted_rows, wrong_ui,
};

/// Width of a post's name, of a count, and of a button.
const POST: f32 = 340.0;
const COUNT: f32 = 64.0;
const BUTTON: f32 = 28.0;

pub(super) fn normal_ui(scene: &mut Scene<'_>, draft: &NormalDraft) {
    let rota = scene.rota;
    let title = title(draft);
    let pasted = take_pasted_rows(scene.ctx);
    let form = Form::new(title, "OK").width(760.0);
    let mut removes = false;
    scene.form(form, draft, |ui, draft, marks| {
        removes = which_ui(ui, rota, draft, marks);
        if let Some(text) = pasted {
            draft.paste(rota, &text);
        }
        agreement_ui(ui, rota, draft, marks);
        hint_ui(
            ui,
            "How many doctors are on each post on this kind of day. 20:00 to 08:00 is overnight; two lines of one \
             post are added together. Rows of a spreadsheet can be pasted: post, from, to, doctors.",
        );
        not_pasted_ui(ui, draft, marks);
        for unit in &rota.units {
            unit_ui(ui, rota, unit, draft, marks);
        }
        if rota.posts.is_empty() {
            hint_ui(ui, "There are no posts yet: add units and posts first.");
        }
    });
    if let (true, Some(id)) = (removes, draft.id.clone()) {
        scene.actions.push(Action::Ask(Ask::Remove(Removed::Normal(id))));
    }
}

fn title(draft: &NormalDraft) -> &'static str {
    if draft.id.is_some() { "Normal staffing" } else { "New normal staffing" }
}

/// Which kind of day is edited, or a new one, and its name; whether it is to be taken away.
fn which_ui(ui: &mut Ui, rota: &Rota, draft: &mut NormalDraft, marks: &Marks<'_>) -> bool {
    let is_changed = draft.is_changed(rota);
    let mut choices: Vec<(Option<NormalId>, String)> =
        rota.normals.iter().map(|normal| (Some(normal.id.clone()), short_name(normal))).collect();
    choices.push((None, "New kind of day".to_owned()));
    let mut removes = false;
    ui.horizontal_top(|ui| {
        // Always there, so that no field after it loses the keyboard when it may not be used.
        let enabled = ui.add_enabled_ui(!is_changed, |ui| {
            let mut chosen = draft.id.clone();
            form_row(ui, "Kind of day", None, |ui| choose_ui(ui, "Kind of day", 200.0, &mut chosen, &choices));
            if chosen != draft.id {
                *draft = NormalDraft::of(rota, chosen.as_ref(), draft.today);
            }
        });
        if is_changed {
            enabled.response.on_hover_text("Press OK or Cancel first: what was changed here would be lost");
        }
        short_text_ui(ui, "Name", &mut draft.name, 190.0, marks.of(Part::Name));
        copy_from_ui(ui, rota, draft);
        ui.add_enabled_ui(!is_changed && draft.id.is_some(), |ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(Type::SmallStrong.rich(""));
                removes = ui.add(PushButton::new("Remove…")).clicked();
            })
        });
    });
    removes
}

/// Pasted rows that could not be read: each waits for its button, so that none is left out without a word.
fn not_pasted_ui(ui: &mut Ui, draft: &mut NormalDraft, marks: &Marks<'_>) {
    let mut leaves = None;
    ui.scope(|ui| {
        for (at, row) in draft.not_pasted.iter().enumerate() {
            ui.horizontal(|ui| {
                let button = ui.add(PushButton::new(&format!("Leave out row {}", row.row)));
                if marks.of(Part::NotPasted).is_some() {
                    is_wrong(&button);
                }
                if button.clicked() {
                    leaves = Some(at);
                }
                wrong_ui(ui, &row.text());
            });
        }
        marks.whole_ui(ui, Part::NotPasted);
        for row in &draft.left_out {
            hint_ui(ui, &format!("{}: left out", row.text()));
        }
    });
    if let Some(at) = leaves {
        draft.leave_out(at);
    }
}

/// So much of the name as there is room for beside the others; all of it stands in its field.
pub(super) fn short_name(normal: &Normal) -> String {
    words::safe_up_to(&normal.name, 24).into_owned()
}

fn copy_from_ui(ui: &mut Ui, rota: &Rota, draft: &mut NormalDraft) {
    let others = rota.normals.iter().filter(|normal| Some(&normal.id) != draft.id.as_ref());
    let mut choices: Vec<(Option<NormalId>, String)> = vec![(None, "Choose…".to_owned())];
    choices.extend(others.map(|normal| (Some(normal.id.clone()), short_name(normal))));
    if choices.len() > 1 {
        let mut chosen = None;
        form_row(ui, "Copy the lines of", None, |ui| choose_ui(ui, "Copy the lines of", 160.0, &mut chosen, &choices));
        if let Some(other) = chosen {
            draft.copy_from(rota, &other);
        }
    }
}

/// Who agreed to the figures and when; until that is said nobody has. All of it is always there, so that
/// nothing moves under the pointer.
fn agreement_ui(ui: &mut Ui, rota: &Rota, draft: &mut NormalDraft, marks: &Marks<'_>) {
    let (kind, text) = match (draft.is_example(), draft.lapsed, draft.agreement(rota)) {
        (true, true, Some(by)) => (
            NoticeKind::Warning,
            format!("These are not the figures that were agreed by {by}: until they are agreed again, nothing compared with them is shown as covered."),
        ),
        (true, ..) => (
            NoticeKind::Warning,
            "Nobody at your hospital has agreed these figures. Edit them and have them agreed; until then nothing compared with them is shown as covered.".to_owned(),
        ),
        (false, ..) if draft.are_ours => {
            (NoticeKind::Note, "Say who agreed these figures, and when: a day up to today. They become yours with OK. Cover is compared with them.".to_owned())
        }
        (false, _, Some(by)) => {
            (NoticeKind::Note, format!("Agreed by {by}. If the figures are changed, they have to be agreed again; until then nothing compared with them is shown as covered."))
        }
        (false, _, None) => {
            (NoticeKind::Note, "Entered here, without the name of anybody who agreed them. Cover is compared with them already: ask somebody to check them.".to_owned())
        }
    };
    notice_bar(ui, kind, &text, |_| {});
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(Type::SmallStrong.rich(""));
            ui.allocate_ui(vec2(200.0, sizes::CONTROL), |ui| {
                ui.set_min_size(vec2(200.0, sizes::CONTROL));
                let mut is_ours = !draft.is_example();
                if tick_box(ui, Checkbox::new(&mut is_ours, "These are our figures")).changed() {
                    draft.set_ours(is_ours);
                    asks_for_more(ui.ctx(), title(draft));
                }
            });
        });
        ui.add_enabled_ui(!draft.is_example(), |ui| {
            ui.horizontal_top(|ui| {
                short_text_ui(ui, "Agreed by", &mut draft.agreed_by, 260.0, marks.of(Part::AgreedBy));
                let on = short_text_ui(ui, "Agreed on", &mut draft.agreed_on, DAY, marks.of(Part::AgreedOn));
                if on.lost_focus() {
                    draft.write_out();
                }
            });
        });
    });
    perhaps_ui(ui, draft.still_example(), |ui, text| notice_bar(ui, NoticeKind::Warning, &text, |_| {}));
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

fn unit_ui(ui: &mut Ui, rota: &Rota, unit: &Unit, draft: &mut NormalDraft, marks: &Marks<'_>) {
    heading_ui(ui, &words::safe(&unit.name));
    let closed = member_ui(ui, &mut draft.closed, &unit.id, "Closed on this kind of day");
    let mut begins = draft.begin_in.as_ref() == Some(&unit.id);
    let posts: Vec<&Post> = rota.posts.iter().filter(|post| post.unit == unit.id).collect();
    if draft.closed.contains(&unit.id) || posts.is_empty() {
        begin_here(&closed, &mut begins, &mut draft.begin_in);
    }
    if draft.closed.contains(&unit.id) {
        hint_ui(ui, "Not checked on such days: no gap in it is shown.");
        return;
    }
    if posts.is_empty() {
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            head_ui(ui, "Post", POST);
            head_ui(ui, "From", TIME);
            head_ui(ui, "To", TIME);
            head_ui(ui, "Doctors", COUNT);
        });
        for post in posts {
            post_ui(ui, post, draft, &mut begins, marks);
        }
        shut_ui(ui, rota, unit, draft, marks);
    });
}

/// A row of the table for each line of a post; one that is normally not staffed has a row too.
fn post_ui(ui: &mut Ui, post: &Post, draft: &mut NormalDraft, begins: &mut bool, marks: &Marks<'_>) {
    let name = words::safe(&post.name);
    let own: Vec<usize> = (0..draft.lines.len()).filter(|i| draft.lines[*i].post == post.id).collect();
    let (mut removed, mut adds) = (None, false);
    for (nth, i) in own.iter().copied().enumerate() {
        ui.horizontal(|ui| {
            name_ui(ui, if nth == 0 { name.as_ref() } else { "" });
            let from = line_ui(ui, &name, i, &mut draft.lines[i], marks);
            begins_ui(ui, &from, &line_name(i));
            begin_here(&from, begins, &mut draft.begin_in);
            if remove_ui(ui, &format!("a line of {name}")) {
                removed = Some(i);
            }
            if nth + 1 == own.len() {
                adds = icon_button(ui, icons::PLUS, &format!("Add a line for {name}")).clicked();
            }
        });
        marks.row_ui(ui, i);
    }
    if own.is_empty() {
        ui.horizontal(|ui| {
            name_ui(ui, &name);
            let room = 2.0 * TIME + COUNT + BUTTON + 3.0 * ui.spacing().item_spacing.x;
            ui.allocate_ui_with_layout(vec2(room, sizes::CONTROL), Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_size(vec2(room, sizes::CONTROL));
                hint_ui(ui, "not normally staffed");
            });
            let add = icon_button(ui, icons::PLUS, &format!("Add a line for {name}"));
            begin_here(&add, begins, &mut draft.begin_in);
            adds = add.clicked();
        });
    }
    let taken = draft.taken_lines.iter().map(|(_, line)| (line.post == post.id).then(|| line.text())).collect();
    if let Some(back) = put_back_ui(ui, &name, taken) {
        draft.put_back_line(back);
    }
    if let Some(i) = removed {
        draft.take_line(i);
    }
    if adds {
        let at = draft.add_line(&post.id);
        begin_in(ui, line_name(at));
    }
}

/// What a line of staffing is called to begin in it: the names of its fields are those of every line of the post.
fn line_name(at: usize) -> String {
    format!("staffing line {at}")
}

/// The same of hours in which nobody works.
fn shut_name(at: usize) -> String {
    format!("shut hours {at}")
}

/// A line for each row that was taken away, with a button that puts it back; gives the one that was pressed.
fn put_back_ui(ui: &mut Ui, of: &str, taken: Vec<Option<String>>) -> Option<usize> {
    let mut back = None;
    for (at, text) in taken.into_iter().enumerate() {
        let Some(text) = text else { continue };
        ui.horizontal(|ui| {
            name_ui(ui, "");
            hint_ui(ui, &format!("Removed: {text}"));
            let spoken = format!("Put back {of}, {text}");
            if ui.add(PushButton::new("Put back").spoken(&spoken)).clicked() {
                back = Some(at);
            }
        });
    }
    back
}

/// The name of a post in its column; all of it is read where the pointer rests.
fn name_ui(ui: &mut Ui, name: &str) {
    ui.allocate_ui_with_layout(vec2(POST, sizes::CONTROL), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(vec2(POST, sizes::CONTROL));
        ui.add(Label::new(Type::Body.rich(name)).truncate());
    });
}

/// The hours in which nobody works in a unit on purpose: where they are not entered, cover cannot be checked then.
fn shut_ui(ui: &mut Ui, rota: &Rota, unit: &Unit, draft: &mut NormalDraft, marks: &Marks<'_>) {
    let name = words::safe(&unit.name);
    let own: Vec<usize> = (0..draft.shut.len()).filter(|i| draft.shut[*i].unit == unit.id).collect();
    let mut removed = None;
    for i in own.iter().copied() {
        ui.horizontal(|ui| {
            name_ui(ui, "Nobody normally works here");
            let row = &mut draft.shut[i];
            let at = List::Shut.row(i);
            let from = format!("{name}, nobody works: from");
            let from = cell_ui(ui, &from, &mut row.from, TIME, marks.at(Part::From, at));
            begins_ui(ui, &from, &shut_name(i));
            cell_ui(ui, &format!("{name}, nobody works: to"), &mut row.to, TIME, marks.at(Part::To, at));
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
    let taken = draft.taken_shut.iter().map(|(_, row)| (row.unit == unit.id).then(|| row.text())).collect();
    if let Some(back) = put_back_ui(ui, &format!("{name}, nobody works"), taken) {
        draft.put_back_shut(back);
    }
    if let Some(i) = removed {
        draft.take_shut(i);
    }
    let label = if own.is_empty() { "Add hours when nobody normally works here" } else { "Add more such hours" };
    if ui.link(label).on_hover_text(name.as_ref()).clicked() {
        let at = draft.add_shut(&unit.id);
        begin_in(ui, shut_name(at));
    }
}

/// The fields of a line; gives the first.
fn line_ui(ui: &mut Ui, name: &str, i: usize, line: &mut LineRow, marks: &Marks<'_>) -> Response {
    let from = cell_ui(ui, &format!("{name}: from"), &mut line.from, TIME, marks.at(Part::From, i));
    cell_ui(ui, &format!("{name}: to"), &mut line.to, TIME, marks.at(Part::To, i));
    cell_ui(ui, &format!("{name}: doctors"), &mut line.count, COUNT, marks.at(Part::Count, i));
    from
}
