//! What is wrong stands where it is wrong: at its row, in its field; and every field that a draft refuses is shown.

use std::collections::BTreeSet;
use std::fs;

use cover_rota::editor::dialogs::{CompetencyRow, DialogDraft, LineRow, NewPostRow, Part};
use cover_rota::editor::{Action, Ask, Dialog};
use cover_rota::model::{Rota, Span};
use egui::accesskit::Invalid;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, click};
use crate::window::{Window, opened, saved};

/// The names and lower edges of all fields that are marked as wrong, with what is said of them.
fn wrong_fields(window: &Harness<'_, Window>) -> Vec<(String, f32, String)> {
    let is_wrong = |node: &egui_kittest::kittest::AccessKitNode<'_>| node.data().invalid() == Some(Invalid::True);
    let fields = window.query_all(By::new().predicate(is_wrong));
    let told = |node: egui_kittest::Node<'_>| {
        let (label, description) = (node.accesskit_node().label(), node.accesskit_node().data().description());
        (label.unwrap_or_default(), node.rect().bottom(), description.unwrap_or_default().to_owned())
    };
    fields.map(told).collect()
}

/// Opens a dialog, fills it in, presses its button and asks that only that field is wrong, with what is wrong under it.
fn refused(rota: Rota, ask: Ask, fill_in: impl FnOnce(&mut Dialog), button: &str, field: &str, why: &str) {
    let mut window = opened(rota);
    window.state_mut().act(Action::Ask(ask));
    let mut dialog = window.state().editor.dialog().cloned().unwrap();
    fill_in(&mut dialog);
    act(&mut window, Action::DialogEdited(Box::new(dialog)));
    click(&mut window, button);
    let wrong = wrong_fields(&window);
    let named: Vec<_> = wrong.iter().map(|(label, _, said)| (label.as_str(), said.as_str())).collect();
    assert_eq!(named, [(field, why)]);
    let messages: Vec<f32> = window.query_all_by_label(why).map(|node| node.rect().top()).collect();
    let below = |top: &f32| (-4.0..20.0).contains(&(top - wrong[0].1));
    assert!(messages.len() == 1 && messages.iter().all(below), "{field}: {messages:?} under {}", wrong[0].1);
}

const NO_TIME: &str = "Write the time as 08:00, 24-hour";

#[test]
fn the_second_of_several_days_is_wrong() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Windows(draft) = dialog else { panic!("{dialog:?}") };
        draft.rows[1].when.from_time = "x".to_owned();
    };
    let rota = saved("norwich-2016-draft");
    refused(rota, Ask::Windows, fill_in, "OK", "window 2: from, time", NO_TIME);
}

#[test]
fn the_second_of_several_posts_is_wrong() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::AddPosts(draft) = dialog else { panic!("{dialog:?}") };
        let tier = saved("norwich-2016-draft").units[0].tiers[0].id.clone();
        let row = |name: &str, tier| NewPostRow { name: name.to_owned(), tier, ..NewPostRow::default() };
        draft.rows = vec![row("One", Some(tier.clone())), row("Two", None), row("Three", Some(tier))];
    };
    let why = "Choose one of the unit's grades";
    refused(saved("norwich-2016-draft"), Ask::AddPosts(None), fill_in, "Add", "post 2: grade", why);
}

#[test]
fn the_second_grade_of_a_unit_is_wrong() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Unit(draft) = dialog else { panic!("{dialog:?}") };
        draft.tiers[1].name = draft.tiers[0].name.clone();
    };
    let rota = saved("norwich-2016-draft");
    let ask = Ask::Unit(Some(rota.units[0].id.clone()));
    refused(rota, ask, fill_in, "OK", "grade 2: name", "A grade above has the same name");
}

#[test]
fn the_second_line_of_normal_staffing_is_wrong() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Normal(draft) = dialog else { panic!("{dialog:?}") };
        let first = draft.lines[0].clone();
        draft.lines.insert(1, LineRow { count: "many".to_owned(), ..first });
        draft.settle(&saved("norwich-2016-draft"));
    };
    let rota = saved("norwich-2016-draft");
    let post = rota.normals[0].staffing[0].post.clone();
    let field = format!("{}: doctors", rota.post(&post).unwrap().name);
    let ask = Ask::Normal(Some(rota.normals[0].id.clone()));
    refused(rota, ask, fill_in, "OK", &field, "Write a whole number, 0 to 100000");
}

#[test]
fn the_second_competency_is_wrong() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Competencies(draft) = dialog else { panic!("{dialog:?}") };
        draft.rows = ["Airway", "Airway", "Resus"]
            .map(|n| CompetencyRow { name: n.to_owned(), ..CompetencyRow::default() })
            .to_vec();
    };
    let rota = saved("norwich-2016-draft");
    refused(rota, Ask::Competencies, fill_in, "OK", "competency 2: name", "One above has the same name");
}

/// Somebody of whom it is said twice when they are available, and who has two other duties.
fn said_twice() -> (Rota, Ask) {
    let mut rota = saved("norwich-2016-draft");
    let Span { from, .. } = rota.windows[0].span;
    let is = cover_rota::model::Availability::Available;
    let kind = cover_rota::model::DutyKind::OnCall;
    let hours = |at: i64| Span::new(from.plus(at * 60), from.plus((at + 1) * 60));
    let person = &mut rota.people[0];
    person.availability = [0, 1].map(|at| cover_rota::model::Available { span: hours(at), is }).to_vec();
    person.duties = [2, 3].map(|at| cover_rota::model::Duty { span: hours(at), kind, label: String::new() }).to_vec();
    let ask = Ask::Person(Some(person.id.clone()));
    (rota, ask)
}

#[test]
fn the_second_stretch_of_availability_is_wrong_and_not_the_second_duty() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Person(draft) = dialog else { panic!("{dialog:?}") };
        draft.availability[1].when.to_time = "x".to_owned();
    };
    let (rota, ask) = said_twice();
    refused(rota, ask, fill_in, "OK", "availability 2: to, time", NO_TIME);
}

#[test]
fn the_second_duty_is_wrong_and_not_the_second_stretch_of_availability() {
    let fill_in = |dialog: &mut Dialog| {
        let Dialog::Person(draft) = dialog else { panic!("{dialog:?}") };
        draft.duties[1].when.to_time = "x".to_owned();
    };
    let (rota, ask) = said_twice();
    refused(rota, ask, fill_in, "OK", "duty 2: to, time", NO_TIME);
}

#[test]
fn the_second_of_pasted_people_is_wrong() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rows = "QX\tQuince, Xenia\tConsultant\nQX\tQuill, Yan\tST3\nQZ\tQuine, Zoe\tST3";
    act(&mut window, Action::Ask(Ask::PastePeople(rows.to_owned())));
    let wrong: Vec<_> = wrong_fields(&window).into_iter().map(|(label, _, said)| (label, said)).collect();
    let expected = [("row 2: initials".to_owned(), "initials QX are also in row 1".to_owned())];
    assert_eq!(wrong, expected);
    let (field, message) = (
        window.get_by_label("row 2: initials").rect(),
        window.get_by_label("Row 2: initials QX are also in row 1").rect(),
    );
    assert!((field.center().y - message.center().y).abs() < 8.0, "{field:?} {message:?}");
}

#[test]
fn the_second_of_pasted_sessions_is_wrong() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rows = "Date\tClinic\tConsultant\tStart\tFinish\n26/4\tHand clinic\tHG\t9\t12\n\
                31/4\tSkin clinic\tHG\t9\t12\n26/4\tEye clinic\tHG\t13\t16";
    act(&mut window, Action::Ask(Ask::PasteSessions(rows.to_owned())));
    // The first is the row of headings.
    assert_eq!(window.query_all_by_label_contains("Row 3: ").count(), 1);
    assert_eq!(window.query_all_by_label("left out: see below").count(), 1);
    let row = window.get_by_label("Skin clinic").rect().center().y;
    let left_out = window.get_by_label("left out: see below").rect().center().y;
    assert!((row - left_out).abs() < 8.0);
}

#[test]
fn what_is_wrong_in_a_row_that_is_not_drawn_is_said_at_the_foot() {
    let mut window = opened(saved("norwich-2016-draft"));
    let normal = window.state().rota().normals[0].id.clone();
    window.state_mut().act(Action::Ask(Ask::Normal(Some(normal))));
    let Some(Dialog::Normal(mut draft)) = window.state().editor.dialog().cloned() else { panic!("it is open") };
    let unit = window.state().rota().post(&draft.lines[0].post).unwrap().unit.clone();
    draft.lines[0].count = "many".to_owned();
    draft.closed.push(unit);
    act(&mut window, Action::DialogEdited(Box::new(Dialog::Normal(draft))));
    click(&mut window, "OK");
    window.get_by_label("Write a whole number, 0 to 100000");
}

/// The drafts that refuse fields, and the forms that show them.
const PAIRS: [(&[&str], &[&str]); 13] = [
    (&["dialogs/field"], &["form"]),
    (&["dialogs/export"], &["export"]),
    (&["dialogs/normal"], &["normal"]),
    (&["dialogs/paste_sessions"], &["paste_sessions"]),
    (&["dialogs/people"], &["people"]),
    (&["dialogs/person"], &["person"]),
    (&["dialogs/places"], &["places"]),
    (&["dialogs/posts"], &["posts"]),
    (&["dialogs/question", "run_dialog"], &["questions"]),
    (&["dialogs/rota", "dialogs/windows"], &["rota"]),
    (&["dialogs/session"], &["session"]),
    (&["dialogs/several"], &["several"]),
    (&["dialogs/swap", "dialogs/time"], &["time"]),
];

/// A stretch of time is read and shown in one place for all dialogs.
const SPAN: [Part; 4] = [Part::FromDay, Part::FromTime, Part::ToDay, Part::ToTime];

fn source(path: &str) -> String {
    let text = fs::read_to_string(format!("{}/src/{path}.rs", env!("CARGO_MANIFEST_DIR"))).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

/// The parts that these files name, but for those of a stretch of time.
fn parts(folder: &str, files: &[&str]) -> BTreeSet<String> {
    let spans = SPAN.map(|part| format!("{part:?}"));
    let text: String = files.iter().map(|file| source(&format!("{folder}/{file}"))).collect();
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let names = code
        .split("Part::")
        .skip(1)
        .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned());
    names.filter(|name| !spans.contains(name)).collect()
}

#[test]
fn every_field_that_a_draft_refuses_is_shown_by_its_form_and_no_form_asks_for_another() {
    let mut all: BTreeSet<String> = SPAN.iter().map(|part| format!("{part:?}")).collect();
    for (drafts, forms) in PAIRS {
        let (made, shown) = (parts("editor", drafts), parts("ui/dialogs", forms));
        assert_eq!(made, shown, "{drafts:?} and {forms:?}");
        all.extend(made);
    }
    let field = source("editor/dialogs/field");
    let body = field.split_once("pub enum Part {").unwrap().1.split_once('}').unwrap().0;
    let declared: BTreeSet<String> =
        body.lines().filter_map(|line| Some(line.trim().strip_suffix(',')?.to_owned())).collect();
    assert!(declared.len() > 30, "{declared:?}");
    assert_eq!(declared, all, "no part is there for nothing");
}
