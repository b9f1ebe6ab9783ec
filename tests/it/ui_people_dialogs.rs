//! The dialogs in which people, units and normal staffing are entered: what is wrong stands where it is wrong, rows of a
//! spreadsheet are mended in their preview, and the keyboard alone is enough.

use cover_rota::editor::{Action, Ask, Dialog, Selection, Verb};
use cover_rota::exchange::Template;
use cover_rota::model::{Availability, Rota, Rules};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, activate, press};
use crate::window::{Window, opened, saved};

fn norwich() -> Harness<'static, Window> {
    opened(saved("norwich-2016-draft"))
}

fn template(name: &str) -> Rota {
    Template::named(name).unwrap().rota().unwrap()
}

fn ask(window: &mut Harness<'_, Window>, ask: Ask) {
    act(window, Action::Ask(ask));
}

/// Opens the list that has the keyboard, and takes the entry so many below the chosen one.
fn choose_below(window: &mut Harness<'_, Window>, steps: usize) {
    press(window, Key::Space);
    (0..steps).for_each(|_| press(window, Key::ArrowDown));
    press(window, Key::Enter);
}

/// Replaces what is in the field.
fn write(window: &mut Harness<'_, Window>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    press(window, Key::Delete);
    if !text.is_empty() {
        window.get_by_label(label).type_text(text);
        window.run();
    }
}

/// The fields that are marked as wrong, by their names, with why.
fn wrong(window: &Harness<'_, Window>) -> Vec<String> {
    let all = window.root().children_recursive();
    let is_wrong = |node: &egui_kittest::Node<'_>| node.accesskit_node().data().invalid().is_some();
    all.filter(is_wrong)
        .map(|node| {
            let node = node.accesskit_node();
            format!("{} | {}", node.label().unwrap_or_default(), node.description().unwrap_or_default())
        })
        .collect()
}

fn refused(window: &mut Harness<'_, Window>) -> Vec<String> {
    activate(window, "OK");
    assert!(window.state().editor.dialog().is_some(), "it stays open");
    wrong(window)
}

#[test]
fn a_wrong_duty_is_told_in_its_own_row_of_its_own_list() {
    let mut window = norwich();
    let hg = window.state().rota().people[0].id.clone();
    ask(&mut window, Ask::Person(Some(hg)));
    for label in ["Add a period", "Add a period", "Add a duty", "Add a duty"] {
        activate(&mut window, label);
    }
    let first = |window: &Harness<'_, Window>, what: &str| {
        let rows = (1..9).filter(|n| window.query_by_label(&format!("{what} {n}: from, day")).is_some());
        rows.max().unwrap()
    };
    let duty = format!("duty {}", first(&window, "duty"));
    write(&mut window, &format!("{duty}: from, day"), "31/2");
    write(&mut window, &format!("{duty}: from, time"), "8");
    write(&mut window, &format!("{duty}: to, time"), "17");
    assert_eq!(refused(&mut window), [format!("{duty}: from, day | There is no 31 February.")]);
    assert!(window.get_by_label(&format!("{duty}: from, day")).is_focused());
    let name = format!("{duty}: from, day");
    let (field, told) = (window.get_by_label(&name), window.get_by_label("There is no 31 February"));
    let below = told.rect().top() - field.rect().bottom();
    assert!((0.0..24.0).contains(&below), "right under its row: {below}");
}

#[test]
fn the_second_row_of_every_list_says_itself_what_is_wrong_with_it() {
    let mut window = norwich();
    let rota = window.state().rota().clone();
    ask(&mut window, Ask::Windows);
    write(&mut window, "window 1: to, time", "x");
    write(&mut window, "window 2: from, day", "31/4");
    write(&mut window, "window 2: to, day, empty for the same day", "y");
    assert_eq!(
        refused(&mut window),
        [
            "window 1: to, time | Write the time as 08:00, 24-hour",
            "window 2: from, day | There is no 31 April.",
            "window 2: to, day, empty for the same day | Write the day as 26/4, 26-Apr or 26/04/2016, or as +2d",
        ]
    );
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::Unit(Some(rota.units[0].id.clone())));
    write(&mut window, "grade 2: name", "");
    assert_eq!(refused(&mut window)[0], "grade 2: name | Enter a name");
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::Competencies);
    write(&mut window, "competency 2: name", "");
    assert_eq!(refused(&mut window), ["competency 2: name | Enter a name, or remove the row"]);
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::AddPosts(Some(rota.units[0].id.clone())));
    activate(&mut window, "Add a line");
    write(&mut window, "post 2: name", "Resus");
    activate(&mut window, "Add");
    assert_eq!(wrong(&window), ["post 2: grade | Choose one of the unit's grades"]);
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::Normal(None));
    let post = &rota.post(&rota.normals[0].staffing[1].post).unwrap().name;
    write(&mut window, &format!("{post}: doctors"), "many");
    assert_eq!(refused(&mut window), [format!("{post}: doctors | Write a whole number, 0 to 100000")]);
}

#[test]
fn example_figures_are_made_ours_with_who_and_when_in_one_step() {
    let mut window = opened(template("one-day"));
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Normal(None));
    activate(&mut window, "These are our figures");
    let told = ["Agreed by | Write who agreed these figures", "Agreed on | Write the day on which they were agreed"];
    assert_eq!(refused(&mut window), told);
    write(&mut window, "Agreed by", "x");
    write(&mut window, "Agreed on", "2027-01-04");
    let told = [
        "Agreed by | Write a name or a role, such as Clinical lead",
        "Agreed on | This day is still to come: today is Sat 23-Apr-2016",
    ];
    assert_eq!(refused(&mut window), told, "nobody can have agreed tomorrow");
    write(&mut window, "Agreed by", "Dr Helen Grant, clinical lead");
    write(&mut window, "Agreed on", "2016-04-11");
    press(&mut window, Key::Tab);
    assert_eq!(window.get_by_label("Agreed on").value().as_deref(), Some("Mon 11-Apr-2016"), "no ISO dates on screen");
    activate(&mut window, "OK");
    assert_eq!(*window.state().rota(), before, "nothing is done before the answer");
    window.get_by_label_contains("nobody is needed on these posts at these times");
    assert!(window.get_by_label("Back").is_focused(), "Enter by habit agrees to nothing");
    activate(&mut window, "Nobody, on purpose");
    let normals = &window.state().rota().normals;
    assert_eq!(normals.iter().map(|normal| normal.example).collect::<Vec<_>>(), [false, true]);
    assert_eq!(normals[0].agreed_on, "2016-04-11");
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn a_post_added_where_figures_are_agreed_asks_whether_anybody_is_normally_there() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    ask(&mut window, Ask::AddPosts(Some(before.units[0].id.clone())));
    write(&mut window, "post 1: name", "Paediatric A&E registrar");
    let tier = before.units[0].tiers[0].id.clone();
    let Some(Dialog::AddPosts(mut draft)) = window.state().editor.dialog().cloned() else { panic!("no dialog") };
    draft.rows[0].tier = Some(tier);
    window.state_mut().act(Action::DialogEdited(Box::new(Dialog::AddPosts(draft))));
    window.run();
    activate(&mut window, "Add");
    assert_eq!(*window.state().rota(), before, "nothing is done before the answer");
    let about = "were agreed without this post: nobody is needed on it, and no gap is shown.";
    assert!(window.query_all_by_label_contains(about).next().is_some());
    assert!(window.get_by_label("Cancel").is_focused());
    window.get_by_label("Nobody normally");
    activate(&mut window, "Have the figures agreed again");
    let rota = window.state().rota();
    assert_eq!((rota.posts.len(), rota.normals[0].example), (before.posts.len() + 1, true));
}

#[test]
fn figures_that_are_changed_have_to_be_agreed_again() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    let post = before.post(&before.normals[0].staffing[0].post).unwrap().name.clone();
    let doctors = format!("{post}: doctors");
    ask(&mut window, Ask::Normal(None));
    write(&mut window, &doctors, "2");
    assert_eq!(window.get_by_label("Agreed by").value().as_deref(), Some(""), "what was agreed were other figures");
    let told = "not the figures that were agreed by Clinical leads of the three units on Mon 11-Apr-2016";
    assert!(window.query_all_by_label_contains(told).next().is_some());
    write(&mut window, &doctors, "1");
    assert_eq!(window.get_by_label("Agreed on").value().as_deref(), Some("Mon 11-Apr-2016"), "as before");
    write(&mut window, &doctors, "2");
    activate(&mut window, "OK");
    let normal = &window.state().rota().normals[0];
    assert_eq!((normal.example, normal.agreed_by.as_str(), normal.agreed_on.as_str()), (true, "", ""));
    let report = window.state().editor.doc().unwrap().report();
    assert!(report.findings.iter().any(|finding| finding.code == cover_rota::checker::Code::Cov6));
    assert!(report.units.iter().all(|unit| unit.verdict != cover_rota::checker::Verdict::Covered));
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before, "the agreement comes back with the figures");
    ask(&mut window, Ask::Normal(None));
    write(&mut window, &doctors, "2");
    activate(&mut window, "These are our figures");
    assert_eq!(refused(&mut window).len(), 2, "who and when are said anew");
    write(&mut window, "Agreed by", "Medical director");
    write(&mut window, "Agreed on", "22/4");
    activate(&mut window, "OK");
    let normal = &window.state().rota().normals[0];
    assert_eq!((normal.example, normal.agreed_on.as_str()), (false, "2016-04-22"));
}

#[test]
fn whoever_adds_a_line_types_into_it_at_once() {
    let mut window = norwich();
    let rota = window.state().rota().clone();
    let (unit, count) = (rota.units[0].clone(), rota.competencies.len() + 1);
    let cases = [
        (Ask::Competencies, "Add a competency", format!("competency {count}: name")),
        (Ask::Unit(Some(unit.id.clone())), "Add a grade above", format!("grade {}: name", unit.tiers.len() + 1)),
        (Ask::AddPosts(Some(unit.id.clone())), "Add a line", "post 2: name".to_owned()),
        (Ask::Windows, "Add the next day", format!("window {}: label", rota.windows.len() + 1)),
        (Ask::Person(None), "Add a period", "availability 1: from, day".to_owned()),
        (Ask::Person(None), "Add a duty", "duty 1: from, day".to_owned()),
    ];
    for (what, button, field) in cases {
        ask(&mut window, what);
        activate(&mut window, button);
        assert!(window.get_by_label(&field).is_focused(), "{field}");
        press(&mut window, Key::Escape);
        if matches!(window.state().editor.dialog(), Some(Dialog::Discard(_))) {
            window.state_mut().act(Action::DialogOk);
            window.run();
        }
        assert_eq!(window.state().editor.dialog(), None, "{button}");
    }
    ask(&mut window, Ask::Normal(None));
    let post = rota.posts[0].name.clone();
    window.get_all_by_label(&format!("Add a line for {post}")).next().unwrap().click_accesskit();
    window.run();
    let from: Vec<bool> = window.get_all_by_label(&format!("{post}: from")).map(|field| field.is_focused()).collect();
    assert_eq!(from.iter().rposition(|is_focused| *is_focused), Some(from.len() - 1), "the last of the post");
    let add = ["Add hours when nobody normally works here", "Add more such hours"];
    let add = add.iter().find_map(|label| window.query_all_by_label(label).next()).unwrap();
    add.click_accesskit();
    window.run();
    let hours = window.query_all_by_label_contains(", nobody works: from");
    assert_eq!(hours.filter(egui_kittest::Node::is_focused).count(), 1);
}

#[test]
fn nothing_moves_when_figures_are_said_to_be_ours() {
    let mut window = opened(template("one-day"));
    ask(&mut window, Ask::Normal(None));
    let places = |window: &Harness<'_, Window>| {
        ["These are our figures", "Agreed by", "Agreed on", "OK"].map(|label| window.get_by_label(label).rect())
    };
    let before = places(&window);
    activate(&mut window, "These are our figures");
    assert_eq!(places(&window), before);
}

#[test]
fn closing_a_unit_asks_with_who_is_on_its_posts() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Normal(None));
    window.get_all_by_label("Closed on this kind of day").next().unwrap().click_accesskit();
    window.run();
    activate(&mut window, "OK");
    assert_eq!(*window.state().rota(), before, "nothing is done before the answer");
    window.get_by_label_contains("A&E will not be checked on Tue 26-Apr and Wed 27-Apr");
    window.get_by_label_contains("Consultant in charge: HG and MW");
    assert!(window.get_by_label("Back").is_focused(), "Enter by habit closes nothing");
    press(&mut window, Key::Escape);
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Normal(draft)) if draft.closed.len() == 1));
    activate(&mut window, "OK");
    activate(&mut window, "Close A&E");
    let normal = &window.state().rota().normals[0];
    assert_eq!((normal.closed.len(), normal.example), (1, true), "and the figures have to be agreed again");
    window.get_by_label_contains("A&E: CLOSED. Closed on Tue and Wed, but ");
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn a_day_that_is_mistyped_shorter_asks_with_who_would_lie_outside() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Windows);
    window.get_by_label_contains("Leave “To, day” blank if it ends that day or overnight");
    write(&mut window, "window 1: to, time", "9");
    window.get_by_label("1 h");
    activate(&mut window, "OK");
    assert_eq!(*window.state().rota(), before, "nothing is done before the answer");
    window.get_by_label_contains("people have cover outside the walkout times, where nothing is checked");
    window.get_by_label_contains("A&E Consultant in charge, 09:00–17:00 Tue 26-Apr-2016: HG and MW");
    press(&mut window, Key::Escape);
    write(&mut window, "window 1: to, time", "19");
    activate(&mut window, "OK");
    assert_eq!(window.state().editor.dialog(), None, "a longer day leaves nobody out");
}

#[test]
fn people_are_pasted_over_the_view_that_is_shown() {
    let mut window = norwich();
    let before = window.state().editor.view();
    act(&mut window, Action::Do(Verb::PastePeople));
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::PastePeople(_))));
    assert_eq!(window.state().editor.view(), before);
}

#[test]
fn long_names_leave_every_button_of_normal_staffing_in_sight() {
    let mut rota = saved("norwich-2016-draft");
    rota.normals[0].name = "Normal weekday in term time without bank holidays and leave".to_owned();
    let mut other = rota.normals[0].clone();
    other.id = cover_rota::model::NormalId::new("other").unwrap();
    rota.normals.push(other);
    let mut window = opened(rota);
    ask(&mut window, Ask::Normal(None));
    let right = window.get_by_label("OK").rect().right();
    for label in ["Kind of day", "Name", "Copy the lines of", "Remove…"] {
        let place = window.get_by_label(label).rect();
        assert!(place.right() <= right, "{label}: {place}");
    }
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::Windows);
    let right = window.get_by_label("OK").rect().right();
    let remove = |window: &Harness<'_, Window>, label: &str| window.get_by_label(label).rect().right();
    let (first, second) = (remove(&window, "Remove window 1"), remove(&window, "Remove window 2"));
    assert!((first - second).abs() < 0.5 && first <= right, "{first} and {second}: one under the other");
}

#[test]
fn hours_in_which_nobody_works_are_entered_by_keyboard() {
    let mut rota = saved("norwich-2016-draft");
    rota.units[0].name = "A very long name of an emergency department that does not end soon ".repeat(3);
    let mut window = opened(rota);
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Normal(None));
    window.get_all_by_label("Add hours when nobody normally works here").next().unwrap().focus();
    window.run();
    press(&mut window, Key::Enter);
    let fields: Vec<String> = window
        .query_all_by_role(Role::TextInput)
        .filter_map(|field| field.accesskit_node().label())
        .filter(|label| label.contains("nobody works"))
        .collect();
    assert_eq!(fields.len(), 2);
    write(&mut window, &fields[0], "22");
    write(&mut window, &fields[1], "x");
    assert_eq!(refused(&mut window).len(), 1);
    write(&mut window, &fields[1], "8");
    press(&mut window, Key::Enter);
    let shut = &window.state().rota().normals[0].shut;
    assert_eq!(shut.iter().map(|h| format!("{}–{}", h.from, h.to)).collect::<Vec<_>>(), ["22:00–08:00"]);
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn normal_staffing_opens_at_the_unit_it_was_asked_for() {
    let mut window = norwich();
    let unit = window.state().rota().units.last().unwrap().clone();
    let post = window.state().rota().posts.iter().find(|post| post.unit == unit.id).unwrap().clone();
    act(&mut window, Action::Select(Selection::Unit(unit.id)));
    act(&mut window, Action::Do(Verb::NormalStaffing));
    let name = format!("{}: from", post.name);
    let field = window.get_by_label(&name);
    assert!(field.is_focused());
    let dialog = window.get_by_label("OK").rect();
    assert!(field.rect().bottom() < dialog.top() && field.rect().top() > 40.0, "in sight: {}", field.rect());
}

#[test]
fn tab_through_a_long_dialog_keeps_the_keyboard_in_sight() {
    let mut window = norwich();
    ask(&mut window, Ask::Normal(None));
    let bottom = window.get_by_label("OK").rect().top();
    for _ in 0..60 {
        press(&mut window, Key::Tab);
        let Some(field) = window.root().children_recursive().find(egui_kittest::Node::is_focused) else { continue };
        assert!(field.rect().bottom() < bottom + 60.0, "{:?} at {}", field.accesskit_node().label(), field.rect());
    }
}

#[test]
fn the_template_with_the_ring_is_the_one_created() {
    let mut window = opened(saved("norwich-2016-draft"));
    act(&mut window, Action::Do(Verb::New));
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    let chosen = &Template::ALL[2];
    assert!(window.get_by_label(&format!("{}. {}", chosen.title, chosen.about)).is_focused());
    press(&mut window, Key::Tab);
    window.event(egui::Event::Text("24/11/2026".to_owned()));
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(window.state().editor.dialog(), None);
    let rota = window.state().rota();
    assert_eq!((rota.windows.len(), rota.properties.title.as_str()), (1, "Walkout cover, 24 November 2026"));
}

#[test]
fn initials_that_somebody_has_are_told_while_they_are_typed() {
    let mut window = norwich();
    ask(&mut window, Ask::Person(None));
    window.get_by_label("Initials").type_text("hg");
    window.run();
    assert_eq!(wrong(&window), ["Initials | Hg already belongs to Helen Grant: choose other initials"]);
    write(&mut window, "Initials", "zz");
    assert_eq!(wrong(&window), [""; 0]);
    write(&mut window, "Grade", "cons");
    let limits = window.get_by_label("Contract").value();
    assert_eq!(limits.as_deref(), Some("Consultant or SAS: compensatory rest"));
}

#[test]
fn the_same_telephone_the_same_name_and_another_spelling_are_remarked() {
    let mut rota = saved("norwich-2016-draft");
    rota.people[0].phone = "07700 900123".to_owned();
    let mut window = opened(rota);
    ask(&mut window, Ask::Person(None));
    write(&mut window, "Telephone", "+44 7700 900123");
    window.get_by_label("Same telephone as Helen Grant (HG).");
    write(&mut window, "Family name", "grant");
    write(&mut window, "Given name", "Helen");
    window.get_by_label_contains("Same name as Helen Grant (HG). If this is another doctor, add a middle name");
    write(&mut window, "Specialty", "A&E");
    activate(&mut window, "Use Emergency medicine");
    assert_eq!(window.get_by_label("Specialty").value().as_deref(), Some("Emergency medicine"));
    assert!(window.query_by_label("Use Emergency medicine").is_none());
    press(&mut window, Key::Escape);
    let hg = window.state().rota().people[0].id.clone();
    ask(&mut window, Ask::Person(Some(hg)));
    assert!(window.query_all_by_label("Helen Grant (HG)").next().is_some(), "the title names who it is");
    assert!(window.query_by_label_contains("Same telephone").is_none());
}

#[test]
fn the_fields_of_a_person_stand_in_columns_without_holes() {
    let rota = saved("norwich-2016-draft");
    let (units, hg) = (rota.units.clone(), rota.people[0].id.clone());
    let mut window = opened(rota);
    ask(&mut window, Ask::Person(Some(hg)));
    let place = |label: &str| window.get_by_label(label).rect();
    let scope = |at: usize| place(&format!("May cover {}", units[at].name));
    assert_eq!(place("Initials").x_range(), place("Grade").x_range());
    assert_eq!(place("Family name").x_range(), place("Specialty").x_range());
    assert_eq!(place("Given name").x_range(), place("Telephone").x_range());
    assert!((scope(0).left() - place("Specialty").left()).abs() < 1.0);
    let gap = scope(2).top() - scope(1).bottom();
    assert!((4.0..=10.0).contains(&gap), "{gap}");
    assert!(place("Add a period").bottom() < place("OK").top());
    let inside = place("OK").right() - place("Initials").left();
    assert!((inside - 804.0).abs() < 1.0, "no row is wider than the dialog: {inside}");
}

#[test]
fn somebody_is_cleared_for_one_post_of_a_unit_alone() {
    let mut window = norwich();
    let person = window.state().rota().people.iter().find(|p| !p.may_cover.is_empty()).unwrap().clone();
    let may = person.may_cover[0].clone();
    let unit = window.state().rota().unit(&may.unit).unwrap().name.clone();
    ask(&mut window, Ask::Person(Some(person.id.clone())));
    window.get_by_label(&format!("Which posts of {unit}")).focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    assert_eq!(refused(&mut window), [format!("Which posts of {unit} | Tick at least one post, or choose all posts")]);
    let rota = window.state().rota().clone();
    let post = rota.posts.iter().find(|post| post.unit == may.unit).unwrap();
    activate(&mut window, &post.name);
    activate(&mut window, "OK");
    let after = window.state().rota().person(&person.id).unwrap();
    assert_eq!(after.may_cover[0].only, std::slice::from_ref(&post.id));
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), rota);
}

const STAFF: &str = "Initials\tName\tGrade\tSpecialty\n\
    QX\tQuince, Xenia\tCons O&G\t\nQY\tQuill, Yan\treg\tA&E\nQZ\tQuick, Zoe\tDr\tA&E\nHG\tHugo Gill\tSHO\tA&E";

#[test]
fn what_grades_settle_is_shown_and_what_they_do_not_is_asked_for() {
    let mut window = norwich();
    ask(&mut window, Ask::PastePeople(STAFF.to_owned()));
    let value = |window: &Harness<'_, Window>, label: &str| window.get_by_label(label).value().unwrap();
    assert_eq!(value(&window, "row 2: contract"), "Consultant or SAS: compensatory rest");
    assert_eq!(value(&window, "row 3: contract"), "Trainee, New Deal");
    assert_eq!(value(&window, "row 4: contract"), "Contract not known");
    assert!(window.query_all_by_label_contains("Contract not known: 1 person.").next().is_some());
    window.get_by_label("3 new people; 1 row left out.");
    window.get_by_label("Row 5: initials HG already belong to Helen Grant");
    write(&mut window, "row 5: initials", "HUG");
    window.get_by_label("4 new people.");
    let before = window.state().rota().clone();
    activate(&mut window, "Add to the rota");
    let people = &window.state().rota().people;
    let told: Vec<_> =
        people[before.people.len()..].iter().map(|p| (p.initials.as_str(), p.rules, p.usually)).collect();
    let (asked, absent) = (Availability::NotKnown, Availability::NotAvailable);
    assert_eq!(
        told,
        [
            ("QX", Rules::Compensatory, asked),
            ("QY", Rules::NewDeal, asked),
            ("QZ", Rules::NewDeal, absent),
            ("HUG", Rules::NewDeal, asked),
        ]
    );
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn rows_that_are_left_out_say_why_where_they_stand_and_after_the_paste() {
    let mut window = norwich();
    let people = window.state().rota().people.len();
    // Thirty rows, those that cannot be taken at the end.
    let rows: Vec<String> = (0..30).map(|n| format!("\tFamily{n}, Given\tST4\tA&E\n")).collect();
    let rows = rows.concat();
    let text = format!("Initials\tName\tGrade\tSpecialty\n{rows}HG\tHugo Gill\tSHO\tA&E\nQV\t\tST4\tA&E\n");
    ask(&mut window, Ask::PastePeople(text));
    activate(&mut window, "Show 2 rows to check");
    let told = "Row 32: initials HG already belong to Helen Grant";
    let (why, ok) = (window.get_by_label(told).rect(), window.get_by_label("Add to the rota").rect());
    assert!(why.bottom() < ok.top() && why.top() > 0.0, "in sight: {why}");
    activate(&mut window, "row 32: Use HG2");
    assert_eq!(window.get_by_label("row 32: initials").value().as_deref(), Some("HG2"), "it stays in sight");
    write(&mut window, "row 32: initials", "HG");
    activate(&mut window, "Add to the rota");
    let editor = &window.state().editor;
    let toast = editor.toast().map(|toast| toast.text.clone());
    let expected = "Added 30 people; 2 rows left out: HG (initials taken), QV (no name)";
    assert_eq!((toast.as_deref(), editor.doc().unwrap().rota().people.len()), (Some(expected), people + 30));
    assert!(window.query_all_by_label("2 rows left out").next().is_some());
    window.get_by_label("Row 32, Hugo Gill, SHO: initials HG already belong to Helen Grant");
    window.get_by_label("Row 33, ST4: QV has no name");
}

#[test]
fn somebody_of_the_same_name_can_be_added_by_keyboard() {
    let mut window = norwich();
    let people = window.state().rota().people.len();
    ask(&mut window, Ask::PastePeople("Name\tGrade\nHelen Grant\tFY1".to_owned()));
    window.get_by_label("row 2: Add as somebody else").focus();
    window.run();
    press(&mut window, Key::Enter);
    window.get_by_label("1 new person.");
    activate(&mut window, "Add to the rota");
    let added = &window.state().rota().people[people..];
    assert_eq!(added.iter().map(|p| p.initials.as_str()).collect::<Vec<_>>(), ["HG2"]);
}

#[test]
fn tab_held_down_goes_through_all_pasted_rows_and_the_list_with_it() {
    let mut window = norwich();
    let rows: Vec<String> = (0..40).map(|n| format!("Family{n}, Given\tST4\tA&E\n")).collect();
    let rows = rows.concat();
    ask(&mut window, Ask::PastePeople(format!("Name\tGrade\tSpecialty\n{rows}")));
    let list = window.get_by_label("row 2: initials").rect().top()..window.get_by_label("Add to the rota").rect().top();
    let mut last = 0;
    for _ in 0..200 {
        window.key_press(Key::Tab);
        // One frame only: no time for anything to glide.
        window.step();
        let Some(field) = window.root().children_recursive().find(egui_kittest::Node::is_focused) else { continue };
        let label = field.accesskit_node().label().unwrap_or_default();
        if label == "Cancel" {
            break;
        }
        if let Some(line) = label.strip_suffix(": initials").and_then(|row| row.strip_prefix("row ")) {
            last = line.parse().unwrap();
            window.step();
            let field = window.get_by_label(&label).rect();
            assert!(list.start - 1.0 <= field.top() && field.bottom() < list.end, "{label} at {field}");
        }
    }
    assert_eq!(last, 41);
}

#[test]
fn an_empty_box_is_seen_whole_and_nothing_can_be_added() {
    for verb in [Verb::PastePeople, Verb::PasteSessions] {
        let mut window = norwich();
        act(&mut window, Action::Do(verb));
        let ok = window.get_by_label("Add to the rota");
        assert!(ok.accesskit_node().is_disabled());
        let field = window.get_by_role(Role::MultilineTextInput).rect();
        assert!(field.height() > 200.0 && field.bottom() < ok.rect().top(), "{field}");
        window.event(egui::Event::Paste(STAFF.replace("Initials", "Session")));
        window.run();
        assert!(!window.get_by_label("Add to the rota").accesskit_node().is_disabled());
    }
}

#[test]
fn contract_and_scope_are_set_for_everybody_who_is_ticked() {
    let mut window = norwich();
    let people = window.state().rota().people.len();
    ask(&mut window, Ask::PastePeople(STAFF.to_owned()));
    activate(&mut window, "Tick them");
    window.get_by_label("Set for 1 person ticked:");
    window.get_by_label("Contract of everybody ticked").focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    window.get_by_label("Everybody ticked may cover A&E").focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    activate(&mut window, "Add to the rota");
    let added = &window.state().rota().people[people + 2];
    assert_eq!((added.initials.as_str(), added.usually), ("QZ", Availability::NotKnown));
    assert_ne!(added.rules, Rules::NewDeal);
    assert_eq!(added.may_cover.len(), 1);
}

#[test]
fn nobody_who_is_hidden_is_set_and_whoever_is_ticked_and_hidden_is_named() {
    let mut window = norwich();
    let people = window.state().rota().people.len();
    ask(&mut window, Ask::PastePeople(STAFF.to_owned()));
    activate(&mut window, "Tick row 2");
    activate(&mut window, "Tick row 4");
    write(&mut window, "Find rows to tick", "quick");
    window.get_by_label("Set for 1 person ticked:");
    window.get_by_label("Also ticked, but hidden by this search: QX");
    window.get_by_label("Everybody ticked may cover A&E").focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    write(&mut window, "Find rows to tick", "quill");
    window.get_by_label("Also ticked, but hidden by this search: QX and QZ");
    for list in ["Contract of everybody ticked", "Everybody ticked may cover A&E"] {
        assert!(window.get_by_label(list).accesskit_node().is_disabled(), "{list}: nobody in sight is ticked");
    }
    write(&mut window, "Find rows to tick", "quince");
    activate(&mut window, "Untick QZ");
    activate(&mut window, "Untick all");
    assert!(window.query_by_label_contains("Also ticked").is_none());
    write(&mut window, "Find rows to tick", "");
    activate(&mut window, "Tick all 3");
    write(&mut window, "Find rows to tick", "quince");
    activate(&mut window, "Untick all, hidden ones too");
    write(&mut window, "Find rows to tick", "");
    window.get_by_label("Tick rows, then set:");
    activate(&mut window, "Add to the rota");
    let added = &window.state().rota().people[people..];
    let told: Vec<_> = added.iter().map(|p| (p.initials.as_str(), p.may_cover.len())).collect();
    assert_eq!(told, [("QX", 1), ("QY", 1), ("QZ", 1)]);
    assert!(added[0].may_cover[0].unit != added[2].may_cover[0].unit, "QX covers what was guessed alone");
}

#[test]
fn nothing_moves_in_pasted_people_and_the_list_has_the_height_there_is() {
    let mut window = norwich();
    window.set_size(egui::vec2(1366.0, 768.0));
    let rows: Vec<String> = (0..24).map(|n| format!("Family{n}, Given\tENP\tA&E\n")).collect();
    ask(&mut window, Ask::PastePeople(format!("Name\tGrade\tSpecialty\n{}Dee Quill\tDr\tA&E\n", rows.concat())));
    let places = |window: &Harness<'_, Window>| {
        ["Contract of everybody ticked", "Everybody ticked may cover A&E", "Find rows to tick", "Add to the rota"]
            .map(|label| window.get_by_label(label).rect())
    };
    let row = |window: &Harness<'_, Window>, line: usize| window.get_by_label(&format!("row {line}: initials")).rect();
    let (before, first) = (places(&window), row(&window, 2));
    let foot = before[3].top();
    assert!(row(&window, 11).bottom() < foot - 60.0, "ten rows are in sight: {}", row(&window, 11));
    let steady = |window: &Harness<'_, Window>, what: &str| {
        assert_eq!(places(window), before, "{what}");
    };
    activate(&mut window, "Tick row 2");
    steady(&window, "ticked");
    assert_eq!(row(&window, 2), first);
    write(&mut window, "Find rows to tick", "quill");
    steady(&window, "found");
    assert_eq!(row(&window, 26), first, "what is found stands at the top");
    activate(&mut window, "Tick row 26");
    window.get_by_label("Contract of everybody ticked").focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    steady(&window, "every contract known");
    write(&mut window, "Find rows to tick", "");
    activate(&mut window, "Tick all 25");
    window.get_by_label("Everybody ticked may cover A&E").focus();
    window.run();
    choose_below(&mut window, 5);
    steady(&window, "warned");
    assert!(window.query_by_label_contains("is above the grade ENP").is_some());
    assert_eq!(row(&window, 2), first);
    write(&mut window, "Find rows to tick", "nobody");
    steady(&window, "nobody found");
}

#[test]
fn what_is_above_a_grade_is_told_in_the_dialog_of_a_person_and_of_several() {
    let mut window = norwich();
    let rota = window.state().rota().clone();
    let nurse = rota.people.iter().find(|person| person.grade.contains("nurse practitioner")).unwrap().clone();
    ask(&mut window, Ask::Person(Some(nurse.id.clone())));
    window.get_by_label("May cover A&E").focus();
    window.run();
    choose_below(&mut window, 3);
    let told = format!("A&E up to consultant is above the grade {}", nurse.grade);
    window.get_by_label(&format!("{told}: check it."));
    activate(&mut window, "Cancel");
    ask(&mut window, Ask::Several(vec![nurse.id.clone()]));
    assert!(window.query_by_label_contains("is above the grade").is_none());
    window.get_by_label("May cover A&E").focus();
    window.run();
    choose_below(&mut window, 5);
    assert!(window.query_all_by_label_contains(&format!("{}: {told}", nurse.initials)).next().is_some());
    activate(&mut window, "Change NB");
    assert_ne!(*window.state().rota(), rota, "nobody is refused for it");
}

#[test]
fn with_nothing_copied_there_is_a_box_to_paste_into() {
    let mut window = norwich();
    let people = window.state().rota().people.len();
    act(&mut window, Action::Do(Verb::PastePeople));
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::PastePeople(_))));
    window.event(egui::Event::Paste(STAFF.to_owned()));
    window.run();
    window.get_by_label("3 new people; 1 row left out.");
    assert!(window.query_by_role(Role::MultilineTextInput).is_none(), "the room is for the rows");
    activate(&mut window, "Add to the rota");
    assert_eq!(window.state().rota().people.len(), people + 3);
}

#[test]
fn what_is_not_read_of_pasted_clinics_is_told_and_the_doctor_is_chosen() {
    let mut window = norwich();
    let before = window.state().rota().sessions.len();
    let rows = "Tuesday's clinics\t\t\t\nDate\tClinic\tDoctor\tFrom\tTo\tPts\tRoom\n\
                26/4/2016\tEye clinic\tT Hay\t09:00\t12:30\t14\t3\n26/4/2016\tHip list\tHG\t9\t12\t4\t1\n\
                26/4/2016\tHand clinic\tHG\t13\t15\t\t1\n";
    ask(&mut window, Ask::PasteSessions(rows.to_owned()));
    window.get_by_label("2 new sessions; 1 row left out; 1 session: patients not entered.");
    window.get_by_label(
        "Columns not read: Room. The headings are below 1 other row, not read. “Pts” counts as inpatient operations \
         for a list, theatre or surgery, else as appointments.",
    );
    for told in ["14 appointments", "4 inpatients", "patients not entered"] {
        window.get_by_label(told);
    }
    window.get_by_label("is meant by “T Hay” in row 3");
    window.get_by_label("Doctor meant by “T Hay”").focus();
    window.run();
    choose_below(&mut window, 2);
    window.get_by_label("3 new sessions; 1 session: patients not entered.");
    activate(&mut window, "Add to the rota");
    let rota = window.state().rota();
    assert_eq!((rota.sessions.len(), &rota.sessions[before].team), (before + 3, &vec![rota.people[0].id.clone()]));
}

#[test]
fn forty_clinics_are_pasted_after_a_preview_in_one_step() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    act(&mut window, Action::Do(Verb::PasteSessions));
    let row = |n: usize| format!("26/4/2016\tClinic {n} {}\tHG\t09:00\t12:30\t14\n", "with a long name ".repeat(5));
    let rows = "Date\tClinic\tDoctor\tFrom\tTo\tAppointments\n".to_owned()
        + &(0..40).map(row).collect::<String>()
        + "26/4/2016\tNobody's clinic\tXY\t9\t12\t3\n";
    window.event(egui::Event::Paste(rows));
    window.run();
    window.get_by_label("40 new sessions; 1 row left out.");
    window.get_by_label("Row 42: nobody is called “XY”.");
    let told = "1 row left out: Nobody's clinic. See why below the list.";
    window.get_by_role_and_label(Role::Alert, told);
    activate(&mut window, "Add 40 sessions, leave out 1 row");
    assert_eq!(window.state().rota().sessions.len(), before.sessions.len() + 40);
    let toast = window.state().editor.toast().map(|toast| toast.text.clone());
    assert_eq!(toast.as_deref(), Some("Added 40 sessions; 1 row left out: Nobody's clinic"));
    window.get_by_label("Row 42, Nobody's clinic: nobody is called “XY”");
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}
