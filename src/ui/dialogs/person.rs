//! A person: name, scope, availability and duties.

use egui::{Label, Ui};

use crate::editor::dialogs::{List, Part, PersonDraft, ScopeRow, all_of_another_told, tick_own_posts};
use crate::editor::other_specialty::specialty_of;
use crate::editor::people_names::spoken_name;
use crate::model::{Availability, DutyKind, Instant, Person, Rota, Rules, words};
use crate::ui::marks::Mark;
use crate::ui::theme::{Type, tokens};
use crate::ui::widgets::form_row;

use super::Scene;
use super::form::{
    Form, Marks, add_ui, begin_in, cell_ui, choose_cell_ui, choose_ui, heading_ui, hint_ui, member_ui, perhaps_ui,
    remove_ui, sentence, short_text_ui, span_cells_ui, span_heads_ui,
};

/// As wide as a row of duties wants.
const WIDTH: f32 = 836.0;

/// Names, grade and scope stand in the same columns.
const COLUMNS: [f32; 3] = [180.0, 220.0, 220.0];

pub(super) fn person_ui(scene: &mut Scene<'_>, draft: &PersonDraft) {
    let rota = scene.rota;
    // By the name in the rota: it also tells dialogs apart, and is not to change while a name is typed.
    let person = draft.id.as_ref().and_then(|id| rota.person(id));
    let title = person.map_or_else(|| "New person".to_owned(), titled);
    // Rows that are added begin on the first window's day; only a rota without windows would ask the clock.
    let begin = rota.windows.first().map_or(Instant(0), |window| window.span.from);
    scene.form(Form::new(&title, "OK").width(WIDTH), draft, |ui, draft, marks| {
        name_ui(ui, rota, begin, draft, marks);
        scope_ui(ui, rota, draft, marks);
        availability_ui(ui, rota, begin, draft, marks);
        duties_ui(ui, rota, begin, draft, marks);
    });
}

/// Such as "Helen Grant (HG)".
fn titled(person: &Person) -> String {
    let name = spoken_name(person);
    let initials = words::safe(person.initials.trim());
    if name.is_empty() { initials.into_owned() } else { format!("{name} ({initials})") }
}

fn name_ui(ui: &mut Ui, rota: &Rota, begin: Instant, draft: &mut PersonDraft, marks: &Marks<'_>) {
    // Somebody else's initials are told while they are typed: the wrong one would be rung.
    let taken = draft.initials_taken(rota).map(|text| sentence(&text));
    ui.horizontal_top(|ui| {
        let wrong = marks.of(Part::Initials).or(taken.as_deref());
        short_text_ui(ui, "Initials", &mut draft.initials, COLUMNS[0], wrong);
        short_text_ui(ui, "Family name", &mut draft.family, COLUMNS[1], marks.of(Part::Family));
        short_text_ui(ui, "Given name", &mut draft.given, COLUMNS[2], None);
    });
    ui.horizontal_top(|ui| {
        if short_text_ui(ui, "Grade", &mut draft.grade, COLUMNS[0], None).changed() {
            draft.follow_grade(rota, begin);
        }
        short_text_ui(ui, "Specialty", &mut draft.specialty, COLUMNS[1], None);
        short_text_ui(ui, "Telephone", &mut draft.phone, COLUMNS[2], None);
    });
    perhaps_ui(ui, draft.spelled_otherwise(rota), |ui, usual| {
        ui.horizontal(|ui| {
            hint_ui(ui, &format!("Others are entered as {}.", words::safe(&usual)));
            if ui.link(format!("Use {}", words::safe(&usual))).clicked() {
                draft.specialty = usual;
            }
        });
    });
    for remark in draft.remarks(rota) {
        notice_line_ui(ui, &remark);
    }
    let rules: Vec<(Rules, String)> = Rules::ALL.map(|rules| (rules, rules.words().to_owned())).to_vec();
    let before = draft.rules;
    form_row(ui, "Contract", None, |ui| choose_ui(ui, "Contract", 320.0, &mut draft.rules, &rules));
    draft.rules_chosen |= draft.rules != before;
    perhaps_ui(ui, draft.usual_rules(rota, begin), |ui, usual| {
        ui.horizontal(|ui| {
            hint_ui(ui, &format!("This grade usually has: {}.", usual.words()));
            if ui.link("Use these limits").clicked() {
                draft.rules = usual;
                draft.rules_chosen = true;
            }
        });
    });
}

/// Something worth a look, with its mark.
fn notice_line_ui(ui: &mut Ui, text: &str) {
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(egui::vec2(14.0, 16.0), egui::Sense::hover());
        Mark::Warning.paint(ui.painter(), place.center(), 12.0, tokens(ui));
        ui.add(Label::new(Type::Small.ink(text, tokens(ui).text)).wrap());
    });
}

fn scope_ui(ui: &mut Ui, rota: &Rota, draft: &mut PersonDraft, marks: &Marks<'_>) {
    heading_ui(ui, "May cover");
    let specialty = specialty_of(&draft.specialty, &draft.grade).into_owned();
    for (i, scope) in draft.may_cover.iter_mut().enumerate() {
        let Some(unit) = rota.unit(&scope.unit) else { continue };
        let mut choices = vec![(None, "not at all".to_owned())];
        choices.extend(
            unit.tiers
                .iter()
                .map(|tier| (Some(tier.id.clone()), format!("up to {}", words::inside(&words::safe(&tier.name))))),
        );
        ui.horizontal(|ui| {
            ui.allocate_ui(egui::vec2(COLUMNS[0], 24.0), |ui| {
                ui.set_width(COLUMNS[0]);
                ui.add(Label::new(words::safe(&unit.name).as_ref()).truncate());
            });
            let was = scope.up_to.clone();
            choose_ui(ui, &format!("May cover {}", unit.name), COLUMNS[1], &mut scope.up_to, &choices);
            if scope.up_to != was {
                tick_own_posts(rota, scope, was.as_ref(), &specialty);
            }
            if let Some(up_to) = &scope.up_to {
                let tier = unit.tiers.iter().find(|tier| tier.id == *up_to).map_or("", |tier| tier.name.as_str());
                let all = format!("All posts up to {}", words::inside(&words::safe(tier)));
                let choices = [(false, all), (true, "Only these posts:".to_owned())];
                let name = format!("Which posts of {}", unit.name);
                let wrong = marks.at(Part::Only, List::Scope.row(i));
                choose_cell_ui(ui, &name, COLUMNS[2], &mut scope.only_some, &choices, wrong);
            }
        });
        perhaps_ui(ui, (scope.up_to.is_some() && scope.only_some).then_some(()), |ui, ()| only_ui(ui, rota, scope));
        perhaps_ui(ui, scope.above_grade(rota, &draft.grade), |ui, text| {
            notice_line_ui(ui, &format!("{text}: check it."));
        });
        perhaps_ui(ui, all_of_another_told(rota, scope, &specialty), |ui, text| notice_line_ui(ui, &text));
        marks.row_ui(ui, List::Scope.row(i));
    }
    if rota.units.is_empty() {
        hint_ui(ui, "There are no units yet.");
    }
    if !rota.competencies.is_empty() {
        heading_ui(ui, "Competencies");
        ui.horizontal_wrapped(|ui| {
            for competency in &rota.competencies {
                member_ui(ui, &mut draft.competencies, &competency.id, &words::safe(&competency.name));
            }
        });
    }
}

/// The posts of the unit, to be ticked.
fn only_ui(ui: &mut Ui, rota: &Rota, scope: &mut ScopeRow) {
    let posts = scope.posts(rota);
    ui.indent(("only these posts", &scope.unit), |ui| {
        for post in posts {
            member_ui(ui, &mut scope.only, &post.id, &words::safe(&post.name));
        }
    });
}

fn availability_ui(ui: &mut Ui, rota: &Rota, begin: Instant, draft: &mut PersonDraft, marks: &Marks<'_>) {
    let choices = Availability::ALL.map(|is| (is, is.words().to_owned()));
    heading_ui(ui, "Availability");
    hint_ui(ui, "No reasons recorded. Where periods overlap, “Not available” wins.");
    ui.horizontal(|ui| {
        ui.label("Usually");
        choose_ui(ui, "Usually", 160.0, &mut draft.usually, &choices);
    });
    perhaps_ui(ui, draft.availability.first().map(|_| ()), |ui, ()| {
        ui.horizontal(span_heads_ui);
    });
    let mut removed = None;
    for (i, row) in draft.availability.iter_mut().enumerate() {
        let what = format!("availability {}", i + 1);
        ui.horizontal(|ui| {
            span_cells_ui(ui, &what, List::Availability.row(i), &mut row.when, marks);
            choose_ui(ui, &what, 160.0, &mut row.is, &choices);
            if remove_ui(ui, &what) {
                removed = Some(i);
            }
        });
        marks.row_ui(ui, List::Availability.row(i));
    }
    if let Some(i) = removed {
        draft.availability.remove(i);
    }
    if add_ui(ui, "Add a period") {
        draft.add_availability(rota, begin);
        begin_in(ui, format!("availability {}: from, day", draft.availability.len()));
    }
}

fn duties_ui(ui: &mut Ui, rota: &Rota, begin: Instant, draft: &mut PersonDraft, marks: &Marks<'_>) {
    heading_ui(ui, "Other duties");
    hint_ui(ui, "Nights on call before the walkout matter too: rest is counted from them.");
    perhaps_ui(ui, draft.duties.first().map(|_| ()), |ui, ()| {
        ui.horizontal(span_heads_ui);
    });
    let mut removed = None;
    for (i, row) in draft.duties.iter_mut().enumerate() {
        let what = format!("duty {}", i + 1);
        ui.horizontal(|ui| {
            span_cells_ui(ui, &what, List::Duties.row(i), &mut row.when, marks);
            choose_ui(
                ui,
                &format!("{what}: kind"),
                150.0,
                &mut row.kind,
                &DutyKind::ALL.map(|kind| (kind, kind.name().to_owned())),
            );
            cell_ui(ui, &format!("{what}: label"), &mut row.label, 130.0, None);
            if remove_ui(ui, &what) {
                removed = Some(i);
            }
        });
        marks.row_ui(ui, List::Duties.row(i));
    }
    if let Some(i) = removed {
        draft.duties.remove(i);
    }
    if add_ui(ui, "Add a duty") {
        draft.add_duty(rota, begin);
        begin_in(ui, format!("duty {}: from, day", draft.duties.len()));
    }
}
