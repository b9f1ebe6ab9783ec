//! Several people at once: whom it is for at the left, what becomes of them at the right.

use egui::style::ScrollAnimation;
use egui::{Align, ScrollArea, Ui};

use crate::editor::dialogs::{Part, ScopeChange, SeveralDraft};
use crate::editor::find_text::finds_person;
use crate::model::{Availability, Person, PersonId, Rota, Rules, Tier, words};
use crate::ui::people::groups::groups;
use crate::ui::theme::{Type, tokens};
use crate::ui::widgets::{NoticeKind, PushButton, form_row, line_edit, notice_bar};

use super::Scene;
use super::form::{
    Form, Marks, choose_ui, heading_ui, hidden_ticked, hint_ui, member_ui, members_ui, perhaps_ui, was_just_opened,
};

const TITLE: &str = "Edit several people";
const LIST_WIDTH: f32 = 320.0;

pub(super) fn several_ui(scene: &mut Scene<'_>, draft: &SeveralDraft) {
    let rota = scene.rota;
    let room = (scene.ctx.content_rect().height() - 300.0).clamp(120.0, 420.0);
    let main = draft.main_words(rota);
    // Whoever was ticked before it was opened is in sight from the first.
    let seeks_ticked = was_just_opened(scene.ctx, TITLE);
    scene.form(Form::new(TITLE, &main).width(800.0), draft, |ui, draft, marks| {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(LIST_WIDTH);
                whom_ui(ui, rota, draft, (room, seeks_ticked), marks);
            });
            ui.add_space(16.0);
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                what_ui(ui, rota, draft, marks);
            });
        });
    });
}

/// Everybody by group, each with a tick; a group's tick is for all of it that is listed.
fn whom_ui(
    ui: &mut Ui,
    rota: &Rota,
    draft: &mut SeveralDraft,
    (room, mut seeks_ticked): (f32, bool),
    marks: &Marks<'_>,
) {
    heading_ui(ui, &draft.for_words(rota));
    ui.add(line_edit(&mut draft.find).hint_text("Find by name, grade or specialty").desired_width(LIST_WIDTH))
        .accessible_name("Find people to tick");
    marks.whole_ui(ui, Part::People);
    let typed = draft.find.trim().to_owned();
    let fits = |person: &Person| typed.is_empty() || finds_person(person, &typed).is_some();
    let hidden = rota.people.iter().filter(|person| draft.people.contains(&person.id) && !fits(person));
    let hidden: Vec<&Person> = hidden.collect();
    perhaps_ui(ui, (!hidden.is_empty()).then_some(hidden), |ui, hidden| hidden_ui(ui, draft, &hidden));
    let (titles, places) = groups(&rota.people);
    // As high whatever is found, so that the dialog stays where it is while one types.
    let list = ScrollArea::vertical().id_salt("people to tick").max_height(room).min_scrolled_height(room);
    list.auto_shrink([true, false]).show(ui, |ui| {
        ui.set_width(LIST_WIDTH - 16.0);
        if !rota.people.iter().any(fits) {
            hint_ui(ui, "No matching person.");
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        for (group, title) in titles.iter().enumerate() {
            let listed = rota.people.iter().zip(&places).filter(|(person, place)| **place == group && fits(person));
            let people: Vec<&Person> = listed.map(|(person, _)| person).collect();
            if people.is_empty() {
                continue;
            }
            let ids: Vec<PersonId> = people.iter().map(|person| person.id.clone()).collect();
            members_ui(ui, &mut draft.people, &ids, &format!("{title}: all {}", ids.len()));
            for person in people {
                ui.horizontal(|ui| {
                    ui.add_space(20.0);
                    let is_ticked = draft.people.contains(&person.id);
                    let tick = member_ui(ui, &mut draft.people, &person.id, &name_of(person));
                    if is_ticked && std::mem::take(&mut seeks_ticked) {
                        ui.scroll_to_rect_animation(tick.rect, Some(Align::Center), ScrollAnimation::none());
                    }
                });
            }
            ui.add_space(6.0);
        }
    });
}

/// Who is ticked and not listed below, by name: nobody is changed unseen.
fn hidden_ui(ui: &mut Ui, draft: &mut SeveralDraft, hidden: &[&Person]) {
    let names: Vec<String> = hidden.iter().map(|person| words::safe(&person.initials).into_owned()).collect();
    let (text, untick) = hidden_ticked(&names);
    ui.add(egui::Label::new(Type::SmallStrong.ink(text, tokens(ui).amber_text)).wrap());
    if ui.add(PushButton::new(&untick)).clicked() {
        draft.people.retain(|id| !hidden.iter().any(|person| person.id == *id));
    }
}

/// Such as `HG Grant, Consultant`.
fn name_of(person: &Person) -> String {
    let name = if person.family.trim().is_empty() { &person.given } else { &person.family };
    let grade = if person.grade.trim().is_empty() { String::new() } else { format!(", {}", person.grade.trim()) };
    words::safe(&format!("{} {name}{grade}", person.initials)).into_owned()
}

fn what_ui(ui: &mut Ui, rota: &Rota, draft: &mut SeveralDraft, marks: &Marks<'_>) {
    heading_ui(ui, "Set");
    hint_ui(ui, "“Leave unchanged” keeps each person’s setting. One Undo reverses everything.");
    marks.whole_ui(ui, Part::What);
    let units = draft.may_cover.iter().map(|row| draft.keeps_to_some(rota, &row.unit)).collect::<Vec<_>>();
    for (row, keeps_to_some) in draft.may_cover.iter_mut().zip(units) {
        let Some(unit) = rota.unit(&row.unit) else { continue };
        let mut choices =
            vec![(ScopeChange::Leave, "Leave unchanged".to_owned()), (ScopeChange::NotAtAll, "not at all".to_owned())];
        let up_to = |tier: &Tier| format!("up to {}", words::inside(&words::safe(&tier.name)));
        choices.extend(unit.tiers.iter().map(|tier| (ScopeChange::UpTo(tier.id.clone()), up_to(tier))));
        if keeps_to_some {
            let all = |tier: &Tier| (ScopeChange::AllUpTo(tier.id.clone()), format!("{}, all posts", up_to(tier)));
            choices.extend(unit.tiers.iter().map(all));
        }
        let label = format!("May cover {}", words::safe(&unit.name));
        form_row(ui, &label, None, |ui| choose_ui(ui, &label, 300.0, &mut row.to, &choices));
    }
    perhaps_ui(ui, draft.to_check(rota), |ui, text| notice_bar(ui, NoticeKind::Warning, &text, |_| {}));
    let mut usually: Vec<(Option<Availability>, String)> = vec![(None, "Leave unchanged".to_owned())];
    usually.extend(Availability::ALL.map(|is| (Some(is), is.words().to_owned())));
    form_row(ui, "Usually", None, |ui| choose_ui(ui, "Usually", 300.0, &mut draft.usually, &usually));
    let mut rules: Vec<(Option<Rules>, String)> = vec![(None, "Leave unchanged".to_owned())];
    rules.extend(Rules::ALL.map(|rules| (Some(rules), rules.words().to_owned())));
    form_row(ui, "Contract", None, |ui| choose_ui(ui, "Contract", 300.0, &mut draft.rules, &rules));
    let has = [(None, "Leave unchanged"), (Some(true), "Have it"), (Some(false), "Do not have it")];
    let has = has.map(|(value, text)| (value, text.to_owned()));
    for (id, chosen) in &mut draft.competencies {
        let Some(competency) = rota.competency(id) else { continue };
        let name = words::safe(&competency.name);
        form_row(ui, &name, None, |ui| choose_ui(ui, &name, 300.0, chosen, &has));
    }
}
