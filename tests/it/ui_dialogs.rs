//! The dialogs, each opened and worked by its labels.

use cover_rota::checker::Code;
use cover_rota::editor::dialogs::Message;
use cover_rota::editor::{Action, Ask, Dialog, Removed, Selection, Settings, ThemeName, Verb};
use cover_rota::model::{Availability, PersonId, SessionState, Status};
use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, activate, click, press, write};
use crate::window::{Window, opened, saved, shown};

fn norwich() -> Harness<'static, Window> {
    opened(saved("norwich-2016-draft"))
}

fn ask(window: &mut Harness<'_, Window>, ask: Ask) {
    act(window, Action::Ask(ask));
}

fn type_into(window: &mut Harness<'_, Window>, label: &str, text: &str) {
    window.get_by_label(label).focus();
    window.run();
    window.get_by_label(label).type_text(text);
    window.run();
}

fn person(window: &Harness<'_, Window>, initials: &str) -> PersonId {
    window.state().rota().people.iter().find(|p| p.initials == initials).unwrap().id.clone()
}

/// Everything that can be asked of a rota.
fn everything(window: &Harness<'_, Window>) -> Vec<Ask> {
    let rota = window.state().rota();
    let (unit, post) = (rota.units[0].id.clone(), rota.posts[0].id.clone());
    let (person, session) = (rota.people[0].id.clone(), rota.sessions[0].id.clone());
    let normal = rota.normals[0].id.clone();
    vec![
        Ask::RotaProperties,
        Ask::Windows,
        Ask::Competencies,
        Ask::Unit(None),
        Ask::Unit(Some(unit.clone())),
        Ask::Post(post.clone()),
        Ask::AddPosts(None),
        Ask::AddPosts(Some(unit.clone())),
        Ask::Normal(None),
        Ask::Normal(Some(normal.clone())),
        Ask::Person(None),
        Ask::Person(Some(person.clone())),
        Ask::Several(vec![person.clone()]),
        Ask::Session(None),
        Ask::Session(Some(session.clone())),
        Ask::PastePeople("AB\tAble, Ann\tConsultant\tSurgery\t020 7946 0000\nCD\tDoe, Cy".to_owned()),
        Ask::NotFreeFrom(person.clone()),
        Ask::ChangeTime(rota.assignments[0].id.clone()),
        Ask::SwapWith(person.clone()),
        Ask::CopyDay,
        Ask::Explain(Code::Rst1),
        Ask::Remove(Removed::Unit(unit)),
        Ask::Remove(Removed::Post(post)),
        Ask::Remove(Removed::Person(person)),
        Ask::Remove(Removed::Sessions(vec![session])),
    ]
}

#[test]
fn every_dialog_is_drawn_in_every_theme_and_esc_leaves_it_without_a_change() {
    for choice in [ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast] {
        let rota = saved("norwich-2016-draft");
        let mut window = shown(Window::on(rota.clone(), Settings::default()), choice);
        for what in everything(&window) {
            ask(&mut window, what.clone());
            assert!(window.state().editor.dialog().is_some(), "{what:?}");
            press(&mut window, Key::Escape);
            assert_eq!(window.state().editor.dialog(), None, "{what:?}");
        }
        for verb in [Verb::New, Verb::OpenExample, Verb::Export, Verb::Help, Verb::About] {
            act(&mut window, Action::Do(verb));
            assert!(window.state().editor.dialog().is_some(), "{verb:?}");
            press(&mut window, Key::Escape);
        }
        assert_eq!(*window.state().rota(), rota);
    }
}

#[test]
fn esc_asks_before_it_throws_changes_away_and_a_removed_line_can_be_put_back() {
    let mut window = norwich();
    ask(&mut window, Ask::Normal(None));
    let line = window.query_all_by_label_contains("Remove a line of").next().expect("a line can be removed");
    line.click_accesskit();
    window.run();
    press(&mut window, Key::Escape);
    let is_asked = |window: &Harness<'_, Window>| {
        window.query_all_by_label("Discard the changes to normal staffing?").next().is_some()
    };
    assert!(is_asked(&window));
    assert!(window.get_by_label("Keep editing").is_focused());
    press(&mut window, Key::Enter);
    assert!(!is_asked(&window));
    let back = window.query_all_by_label_contains("Put back").next().expect("it can be put back");
    back.click_accesskit();
    window.run();
    press(&mut window, Key::Escape);
    assert_eq!(window.state().editor.dialog(), None, "as it was opened: nothing to ask");

    ask(&mut window, Ask::PastePeople("AB\tAble, Ann\tConsultant\tSurgery\t020 7946 0000\nCD\tDoe, Cy".to_owned()));
    let Some(Dialog::PastePeople(mut draft)) = window.state().editor.dialog().cloned() else { panic!("preview") };
    draft.ticked.insert(draft.rows[0].line);
    act(&mut window, Action::DialogEdited(Box::new(Dialog::PastePeople(draft.clone()))));
    click(&mut window, "Cancel");
    click(&mut window, "Keep editing");
    assert_eq!(window.state().editor.dialog(), Some(&Dialog::PastePeople(draft)));
    press(&mut window, Key::Escape);
    click(&mut window, "Discard");
    assert_eq!(window.state().editor.dialog(), None);
}

#[test]
fn who_agreed_is_not_shown_as_missing_before_it_could_be_typed() {
    let mut window = norwich();
    ask(&mut window, Ask::Normal(None));
    let Some(Dialog::Normal(mut draft)) = window.state().editor.dialog().cloned() else { panic!("normal staffing") };
    if !draft.is_example() {
        draft.set_ours(false);
    }
    draft.agreed_by.clear();
    draft.agreed_on.clear();
    let rota = window.state().rota().clone();
    draft.paste(&rota, "Matron\t8\t17\t1");
    act(&mut window, Action::DialogEdited(Box::new(Dialog::Normal(draft))));
    // Refused for a row that is not read; then the row is left out.
    click(&mut window, "OK");
    click(&mut window, "Leave out row 1");
    click(&mut window, "These are our figures");
    let missing = |window: &Harness<'_, Window>| {
        window.query_all_by_label_contains("rite who agreed these figures").next().is_some()
    };
    assert!(!missing(&window), "nothing was typed yet");
    click(&mut window, "OK");
    assert!(missing(&window));
}

#[test]
fn a_new_person_is_entered_and_taken_back_in_one_step() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Person(None));
    assert!(window.query_by_label_contains("write").is_none(), "an empty form is not a wrong one");
    click(&mut window, "OK");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Person(_))), "without a name it stays open");
    type_into(&mut window, "Initials", "ZZ");
    type_into(&mut window, "Family name", "Zephyr");
    click(&mut window, "OK");
    let added = window.state().rota().people.last().unwrap().clone();
    assert_eq!((added.initials.as_str(), added.family.as_str()), ("ZZ", "Zephyr"));
    assert_eq!(added.usually, Availability::NotKnown);
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn staff_are_pasted_after_a_preview() {
    let mut window = norwich();
    let rows = "Initials\tName\tGrade\nQX\tQuince, Xenia\tConsultant\nQY\tQuill, Yan\tST3\n\t\tST3";
    ask(&mut window, Ask::PastePeople(rows.to_owned()));
    assert!(window.query_by_label_contains("2 new").is_some());
    let people = window.state().rota().people.len();
    click(&mut window, "Add to the rota");
    assert_eq!(window.state().rota().people.len(), people + 2);
}

#[test]
fn not_free_from_releases_what_they_held() {
    let mut window = norwich();
    let kp = person(&window, "KP");
    ask(&mut window, Ask::NotFreeFrom(kp.clone()));
    click(&mut window, "OK");
    let rota = window.state().rota();
    assert!(!rota.assignments.iter().any(|a| a.person == kp));
    let start = rota.windows[0].span.from;
    assert_eq!(rota.person(&kp).unwrap().availability_at(start), Availability::NotAvailable);
}

#[test]
fn postponing_asks_once_because_patients_are_told() {
    let mut window = norwich();
    let rota = window.state().rota();
    let running = rota.sessions.iter().find(|s| s.state == SessionState::Running && !s.protected).unwrap().id.clone();
    act(&mut window, Action::SetSessions(vec![running.clone()], SessionState::Postponed));
    assert_eq!(window.state().rota().session(&running).unwrap().state, SessionState::Running, "not before it is said");
    click(&mut window, "Postpone");
    assert_eq!(window.state().rota().session(&running).unwrap().state, SessionState::Postponed);
}

#[test]
fn a_unit_keeps_the_tiers_that_are_used() {
    let mut window = norwich();
    let unit = window.state().rota().units[0].clone();
    ask(&mut window, Ask::Unit(Some(unit.id.clone())));
    activate(&mut window, "Add a grade above");
    let name = format!("grade {}: name", unit.tiers.len() + 1);
    type_into(&mut window, &name, "Professor");
    click(&mut window, "OK");
    let tiers = &window.state().rota().units[0].tiers;
    assert_eq!(tiers.len(), unit.tiers.len() + 1);
    assert_eq!(tiers.last().unwrap().name, "Professor");
}

#[test]
fn normal_staffing_takes_rows_of_a_spreadsheet() {
    let mut window = norwich();
    let normal = window.state().rota().normals[0].clone();
    ask(&mut window, Ask::Normal(Some(normal.id.clone())));
    let rows = "Majors middle grade\t08:00\t12:00\t7\nNo such post\t08:00\t12:00\t1\n";
    window.event(egui::Event::Paste(rows.to_owned()));
    window.run();
    assert!(window.query_by_label_contains("No such post").is_some(), "what was not taken is named");
    click(&mut window, "OK");
    assert_eq!(window.state().rota().normals[0], normal, "nothing is done while a row is not read");
    assert!(window.query_by_label_contains("Row 2 could not be read").is_some());
    click(&mut window, "Leave out row 2");
    click(&mut window, "OK");
    let Some(Dialog::Message(Message { title, lines })) = window.state().editor.dialog() else { panic!("it is told") };
    let told = (title.as_str(), lines.as_slice());
    assert_eq!(told, ("1 row left out", &["Row 2: there is no post \"No such post\"".to_owned()][..]));
    let rota = window.state().rota();
    let post = rota.posts.iter().find(|p| p.name == "Majors middle grade").unwrap();
    let lines: Vec<_> = rota.normals[0].staffing.iter().filter(|line| line.post == post.id).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].count, 7);
}

#[test]
fn what_many_people_may_cover_is_set_in_one_step() {
    let mut window = norwich();
    let before = window.state().rota().clone();
    ask(&mut window, Ask::Several(Vec::new()));
    click(&mut window, "Change");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Several(_))), "nobody is ticked");
    click(&mut window, "ED SAS doctors: all 4");
    window.get_by_label("For DM, EV, KP and RS");
    window.get_by_label("May cover Neonatal").focus();
    window.run();
    for key in [Key::Space, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        press(&mut window, key);
    }
    click(&mut window, "Change 4 people");
    assert_eq!(window.state().editor.dialog(), None);
    let rota = window.state().rota();
    let unit = rota.units.iter().find(|unit| unit.name == "Neonatal").unwrap();
    let may = |initials: &str| {
        let person = rota.people.iter().find(|person| person.initials == initials).unwrap();
        person.may_cover.iter().find(|cover| cover.unit == unit.id).map(|cover| cover.up_to.clone())
    };
    for initials in ["KP", "RS", "EV", "DM"] {
        assert_eq!(may(initials), Some(unit.tiers[0].id.clone()), "{initials}");
    }
    assert_eq!(may("HG"), None);
    window.state_mut().act(Action::Do(Verb::Undo));
    assert_eq!(*window.state().rota(), before);
}

#[test]
fn every_field_of_a_form_has_a_name() {
    let mut window = norwich();
    ask(&mut window, Ask::Windows);
    let labels = window.query_all_by_role(egui::accesskit::Role::TextInput);
    for field in labels {
        assert!(field.accesskit_node().label().is_some_and(|label| !label.is_empty()));
    }
}

fn clear(window: &mut Harness<'_, Window>, label: &str) {
    window.get_by_label(label).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
    press(window, Key::Delete);
}

#[test]
fn windows_moved_to_other_days_take_along_who_is_not_available() {
    let mut rota = saved("norwich-2016-draft");
    for person in &mut rota.people {
        let span = rota.windows[0].span;
        person.availability = vec![cover_rota::model::Available { span, is: Availability::NotAvailable }];
    }
    let mut window = opened(rota);
    ask(&mut window, Ask::Windows);
    for (label, day) in [("window 1: from, day", "24/11/2026"), ("window 2: from, day", "25/11")] {
        clear(&mut window, label);
        type_into(&mut window, label, day);
    }
    window.get_by_label("window 2: from, time").focus();
    window.run();
    let typed = |window: &Harness<'_, Window>, label: &str| window.get_by_label(label).value();
    assert_eq!(typed(&window, "window 2: from, day").as_deref(), Some("Wed 25-Nov-2026"), "it says what it understood");
    click(&mut window, "OK");
    window.get_by_label_contains("45 people are unavailable: ");
    window.run();
    click(&mut window, "Move");
    let after = window.state().rota();
    assert!(after.people.iter().all(|p| p.availability[0].span == after.windows[0].span));
    assert!(after.assignments.iter().all(|a| a.status != cover_rota::model::Status::Agreed || a.locked));
}

#[test]
fn whoever_is_refused_goes_on_in_the_field_that_is_wrong() {
    let mut window = norwich();
    ask(&mut window, Ask::Session(None));
    type_into(&mut window, "From, day", "x");
    press(&mut window, Key::Enter);
    assert!(window.state().editor.dialog().is_some());
    assert!(window.get_by_label("Title").is_focused(), "the first that is wrong");
}

#[test]
fn several_people_are_found_by_grade_and_specialty() {
    let mut window = norwich();
    ask(&mut window, Ask::Several(Vec::new()));
    let dialog = window.get_by_label("Cancel").rect();
    type_into(&mut window, "Find people to tick", "cons");
    assert!(window.query_all_by_label_contains(", Consultant").count() > 3);
    assert_eq!(window.get_by_label("Cancel").rect(), dialog, "it stays where it is");
    type_into(&mut window, "Find people to tick", "zzz");
    window.get_by_label_contains("No matching person");
    assert_eq!(window.get_by_label("Cancel").rect(), dialog);
}

#[test]
fn ctrl_z_in_a_field_brings_back_nothing_of_another_record() {
    let mut window = norwich();
    let posts: Vec<_> = window.state().rota().posts[..2].to_vec();
    ask(&mut window, Ask::Post(posts[0].id.clone()));
    press(&mut window, Key::Escape);
    ask(&mut window, Ask::Post(posts[1].id.clone()));
    let name = |window: &Harness<'_, Window>| window.get_by_label("Name").value();
    assert!(window.get_by_label("Name").is_focused());
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(name(&window), Some(posts[1].name.clone()));
    write(&mut window, "!");
    assert_eq!(name(&window), Some(format!("{}!", posts[1].name)), "the caret is at the end");
    // Of a list, the row below takes the place of the one that goes.
    press(&mut window, Key::Escape);
    act(&mut window, Action::DialogOk);
    ask(&mut window, Ask::Competencies);
    for text in ["Airway", "Resus lead"] {
        click(&mut window, "Add a competency");
        let count = window.query_all_by_label_contains(": name").count();
        type_into(&mut window, &format!("competency {count}: name"), text);
    }
    let first = window.query_all_by_label_contains(": name").count() - 1;
    window.get_by_label(&format!("competency {first}: name")).focus();
    window.run();
    click(&mut window, &format!("Remove competency {first}"));
    window.get_by_label(&format!("competency {first}: name")).focus();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.get_by_label(&format!("competency {first}: name")).value().as_deref(), Some("Resus lead"));
}

#[test]
fn whoever_is_ticked_already_is_in_sight_and_named() {
    let mut window = norwich();
    let mut people = window.state().rota().people.clone();
    people.sort_by(|a, b| a.initials.cmp(&b.initials));
    let ids: Vec<PersonId> = people.iter().map(|p| p.id.clone()).collect();
    for person in &people {
        ask(&mut window, Ask::Several(vec![person.id.clone()]));
        window.get_by_label(&format!("For {}", person.initials));
        window.get_by_label(&format!("Change {}", person.initials));
        let spoken = format!("{} {}, ", person.initials, person.family);
        let top = window.get_by_label("Find people to tick").rect().bottom();
        let bottom = window.get_by_label("Cancel").rect().top();
        let ticks = window.query_all_by_role(egui::accesskit::Role::CheckBox);
        let mut own = ticks.filter(|node| node.accesskit_node().label().is_some_and(|l| l.starts_with(&spoken)));
        let place = own.next().unwrap().rect();
        assert!(place.top() >= top && place.bottom() <= bottom, "{spoken} {place:?} {top} {bottom}");
        drop(own);
        press(&mut window, Key::Escape);
    }
    ask(&mut window, Ask::Several(ids));
    window.get_by_label(&format!("Change {} people", people.len()));
}

#[test]
fn whom_to_swap_with_is_found_by_the_keyboard_and_said_who_would_not_count() {
    let mut window = opened(saved("james-paget-2016"));
    let rota = window.state().rota().clone();
    let held = rota.assignments.iter().find(|a| a.status != Status::Declined).unwrap().clone();
    let chosen = Action::Select(Selection::Assignments(vec![held.id.clone()]));
    act(&mut window, chosen);
    ask(&mut window, Ask::SwapWith(held.person.clone()));
    let with = |window: &Harness<'_, Window>| match window.state().editor.dialog() {
        Some(Dialog::SwapWith(draft)) => draft.with.clone(),
        other => panic!("{other:?}"),
    };
    let other = rota.people.iter().find(|p| p.id != held.person).unwrap();
    type_into(&mut window, "With, by initials or name", &other.initials);
    press(&mut window, Key::Enter);
    assert_eq!(with(&window), Some(other.id.clone()), "chosen, and not swapped yet");
    for _ in 0..other.initials.len() {
        press(&mut window, Key::Backspace);
    }
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Space);
    let Some(Dialog::SwapWith(draft)) = window.state().editor.dialog() else { panic!() };
    let listed: Vec<PersonId> = draft.matches(&rota).into_iter().map(|p| p.id.clone()).collect();
    assert_eq!(with(&window).as_ref(), listed.get(1));
    let context = cover_rota::checker::Context::new(&rota);
    let lines: Vec<String> = listed.iter().flat_map(|id| draft.would_not_count(&context, id)).collect();
    assert!(!lines.is_empty());
    for line in lines {
        assert!(window.query_all_by_label(&line).next().is_some(), "{line}");
    }
}
