//! What keys do: a key that is held down acts once, a key acts on what has the ring, and what changes many people is
//! asked about by name.

use cover_rota::editor::dialogs::{DialogDraft, PersonDraft};
use cover_rota::editor::{Action, Ask, Dialog, ProblemFilter, ProblemKind, Selection, Verb};
use cover_rota::model::{Assignment, PostId, SessionId, SessionState, Status};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, click, click_at, press, press_with, write};
use crate::window::{Window, opened, saved};

/// Holds a key down for so many repeats, as the keyboard sends it.
fn hold(window: &mut Harness<'_, Window>, key: Key, times: usize) {
    for _ in 0..times {
        window.key_down(key);
        window.run();
    }
    window.key_up(key);
    window.run();
}

fn statuses(window: &Harness<'_, Window>) -> Vec<Status> {
    window.state().rota().assignments.iter().map(|a| a.status).collect()
}

fn grid() -> Harness<'static, Window> {
    let mut rota = saved("norwich-2016-draft");
    for assignment in &mut rota.assignments {
        assignment.status = Status::Proposed;
        assignment.locked = false;
    }
    let mut window = opened(rota);
    press(&mut window, Key::F8);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window
}

#[test]
fn a_key_that_is_held_down_acts_once() {
    let mut window = grid();
    hold(&mut window, Key::Space, 12);
    assert!(statuses(&window).contains(&Status::Asked), "it acts");
    assert!(!statuses(&window).contains(&Status::Agreed), "and once only");
    assert!(window.state().editor.dialog().is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(statuses(&window).iter().all(|status| *status == Status::Proposed), "one step of undo");
}

#[test]
fn that_several_people_have_agreed_is_asked_by_name() {
    let mut window = grid();
    press(&mut window, Key::Space);
    let asked = statuses(&window).iter().filter(|status| **status == Status::Asked).count();
    press(&mut window, Key::Space);
    let Some(Dialog::Many(draft)) = window.state().editor.dialog() else { panic!("not asked") };
    assert_eq!(draft.lines.len(), asked, "each by name");
    let names = draft.lines.clone();
    for line in &names {
        assert!(window.query_all_by_label(line).next().is_some(), "{line}");
    }
    assert!(window.get_by_label("Cancel").is_focused(), "Enter by habit changes nothing");
    press(&mut window, Key::Enter);
    assert!(!statuses(&window).contains(&Status::Agreed));
    press(&mut window, Key::Space);
    click(&mut window, "Mark as agreed");
    let agreed = statuses(&window).iter().filter(|status| **status == Status::Agreed).count();
    assert_eq!(agreed, asked);
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!statuses(&window).contains(&Status::Agreed), "one step of undo");
}

#[test]
fn one_person_agrees_without_a_question() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rota = window.state().rota();
    let asked = rota.assignments.iter().find(|a| a.status == Status::Asked).unwrap().id.clone();
    window.state_mut().act(Action::Do(Verb::ViewPeople));
    window.state_mut().act(Action::Select(Selection::Assignments(vec![asked.clone()])));
    window.state_mut().act(Action::Do(Verb::MoveOn));
    assert!(window.state().editor.dialog().is_none());
    assert_eq!(window.state().rota().assignment(&asked).unwrap().status, Status::Agreed);
    let toast = window.state().editor.toast().unwrap().text.clone();
    assert!(toast.contains('–'), "the times are said: {toast}");
}

#[test]
fn trainees_are_marked_after_a_question_with_their_names() {
    let mut window = opened(saved("norwich-2016-draft"));
    act(&mut window, Action::Do(Verb::MarkTraineesNotAvailable));
    let Some(Dialog::Many(draft)) = window.state().editor.dialog() else { panic!("not asked") };
    let trainees = window.state().rota().people.iter().filter(|p| p.rules.is_trainee()).count();
    assert_eq!(draft.lines.len(), trainees);
    assert!(!window.state().editor.doc().unwrap().is_unsaved(), "nothing is done yet");
    click(&mut window, "Mark unavailable");
    assert!(window.state().editor.doc().unwrap().is_unsaved() || trainees == 0);
}

#[test]
fn on_a_heading_of_sessions_no_key_acts_on_sessions_below() {
    let mut window = opened(saved("norwich-2016-draft"));
    act(&mut window, Action::Do(Verb::ViewSessions));
    let states = |window: &Harness<'_, Window>| -> Vec<SessionState> {
        window.state().rota().sessions.iter().map(|session| session.state).collect()
    };
    let before = states(&window);
    let first = window.state().editor.sessions_shown()[0].clone();
    // Six are chosen, and the ring goes up to the heading above them.
    window.get_by_label_contains("Fracture clinic, running").click();
    window.run();
    press(&mut window, Key::Home);
    assert_eq!(*window.state().editor.selection(), Selection::None, "the ring is on a heading");
    press(&mut window, Key::Space);
    assert_eq!(states(&window), before);
    assert!(window.state().editor.dialog().is_none());
    press(&mut window, Key::Space);
    press_with(&mut window, Modifiers::SHIFT, Key::Space);
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    assert_eq!(states(&window), before);
    // Chosen by something else than the ring: still nothing.
    act(&mut window, Action::Select(Selection::Session(vec![first])));
    press(&mut window, Key::Space);
    assert_eq!(states(&window), before);
    assert!(window.state().editor.dialog().is_none());
    assert!(window.state().editor.notice().is_none());
}

#[test]
fn another_name_over_a_persons_asks_whether_it_is_the_same_doctor() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rota = window.state().rota();
    let agreed = rota.assignments.iter().find(|a| a.status == Status::Agreed).unwrap().clone();
    let family = |window: &Harness<'_, Window>| window.state().rota().person(&agreed.person).unwrap().family.clone();
    let was = family(&window);
    let rename = |window: &mut Harness<'static, Window>, to: &str| {
        act(window, Action::Ask(Ask::Person(Some(agreed.person.clone()))));
        let Some(Dialog::Person(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
        let draft = PersonDraft { family: to.to_owned(), ..draft.clone() };
        window.state_mut().act(Action::DialogEdited(Box::new(Dialog::Person(draft))));
        act(window, Action::DialogOk);
    };
    let held = |window: &Harness<'_, Window>| -> Vec<Status> {
        let all = window.state().rota().assignments.iter().filter(|a| a.person == agreed.person);
        all.map(|a| a.status).filter(|status| *status != Status::Declined).collect()
    };
    let before = held(&window);
    rename(&mut window, "Okonkwo");
    assert_eq!(family(&window), was, "nothing is done before the answer");
    click(&mut window, "The same doctor");
    assert_eq!((family(&window), held(&window)), ("Okonkwo".to_owned(), before));
    rename(&mut window, "Lindqvist");
    click(&mut window, "Somebody else");
    assert_eq!(family(&window), "Lindqvist");
    assert!(held(&window).iter().all(|status| *status == Status::Proposed), "{:?}", held(&window));
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(family(&window), "Okonkwo", "one step of undo");
}

#[test]
fn the_palette_finds_what_it_shows_and_nothing_loose_that_acts_on_many() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rota = window.state().rota();
    let person = rota.people[0].clone();
    act(&mut window, Action::Select(Selection::Person(person.id.clone())));
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    for letter in format!("edit {}", person.initials.to_lowercase()).chars() {
        window.event(Event::Text(letter.to_string()));
    }
    window.run();
    press(&mut window, Key::Enter);
    let Some(Dialog::Person(draft)) = window.state().editor.dialog() else {
        panic!("{:?}", window.state().editor.dialog())
    };
    assert_eq!(draft.id.as_ref(), Some(&person.id));
    press(&mut window, Key::Escape);
    // Nobody is chosen: the letters fit many names loosely, and still nothing is done to many people.
    act(&mut window, Action::Select(Selection::None));
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    for letter in "edit ab".chars() {
        window.event(Event::Text(letter.to_string()));
    }
    window.run();
    press(&mut window, Key::Enter);
    assert!(!window.state().editor.doc().unwrap().is_unsaved());
    assert!(!matches!(window.state().editor.dialog(), Some(Dialog::Many(_))));
}

/// F8, and then the keyboard is with nothing: Esc leaves the grid, Tab goes to the menus, Esc leaves those.
fn with_nothing() -> Harness<'static, Window> {
    let mut window = opened(saved("norwich-2016-draft"));
    for key in [Key::F8, Key::Escape, Key::Tab, Key::Escape] {
        press(&mut window, key);
    }
    assert_eq!(window.ctx.memory(egui::Memory::focused), None, "the menus have let go");
    window
}

#[test]
fn a_key_that_nothing_has_is_for_the_grid() {
    let chosen = |window: &Harness<'_, Window>| window.state().editor.selection().clone();
    let mut window = with_nothing();
    let was = chosen(&window);
    press(&mut window, Key::ArrowRight);
    assert_ne!(chosen(&window), was, "the ring moves");
    let mut window = with_nothing();
    window.event(Event::Text("r".to_owned()));
    window.event(Event::Text("s".to_owned()));
    window.run();
    assert_eq!(window.state().editor.typing().map(|typing| typing.text.as_str()), Some("rs"), "no letter is lost");
    let mut window = with_nothing();
    press(&mut window, Key::Escape);
    press(&mut window, Key::ArrowDown);
    assert_ne!(chosen(&window), was);
    // A letter that means nothing on cells of so many posts, and out of the grid and back.
    let mut window = opened(saved("norwich-2016-draft"));
    press(&mut window, Key::F8);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window.event(Event::Text("r".to_owned()));
    window.run();
    press(&mut window, Key::Tab);
    press(&mut window, Key::Escape);
    let was = chosen(&window);
    press(&mut window, Key::ArrowUp);
    assert_ne!(chosen(&window), was);
}

#[test]
fn a_key_that_changes_something_only_wakes_the_grid() {
    let mut rota = saved("norwich-2016-draft");
    rota.assignments.iter_mut().for_each(|a| a.status = Status::Proposed);
    let mut window = opened(rota);
    press(&mut window, Key::F8);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    for key in [Key::Escape, Key::Tab, Key::Escape, Key::Space] {
        press(&mut window, key);
    }
    assert!(statuses(&window).iter().all(|status| *status == Status::Proposed));
    press(&mut window, Key::Space);
    assert!(statuses(&window).contains(&Status::Asked));
}

#[test]
fn del_never_forgets_a_refusal() {
    let mut rota = saved("norwich-2016-draft");
    let first = rota.assignments[0].post.clone();
    rota.assignments.retain(|a| a.post == first);
    rota.assignments.truncate(1);
    rota.assignments[0].status = Status::Declined;
    rota.assignments[0].locked = false;
    let mut window = opened(rota);
    press(&mut window, Key::F6);
    act(&mut window, Action::Do(Verb::ViewPosts));
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::Delete);
    press(&mut window, Key::Backspace);
    assert_eq!(statuses(&window), [Status::Declined]);
    assert!(window.state().editor.notice().is_some_and(|why| why.contains("Remove refusal")));
    window.state_mut().act(Action::Do(Verb::ForgetDeclined));
    assert_eq!(statuses(&window), []);
    assert!(window.state().editor.toast().is_some_and(|toast| toast.text.contains("declined")));
}

#[test]
fn who_is_ticked_but_not_in_the_search_is_named() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rota = window.state().rota();
    let (first, other) = (rota.people[0].clone(), rota.people[1].clone());
    act(&mut window, Action::Ask(Ask::Several(vec![first.id.clone(), other.id.clone()])));
    assert!(window.query_by_label_contains("not in this search").is_none());
    let Some(Dialog::Several(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let mut draft = draft.clone();
    draft.find = first.initials.clone();
    act(&mut window, Action::DialogEdited(Box::new(Dialog::Several(draft))));
    let hidden = format!("Also ticked, but hidden by this search: {}", other.initials);
    window.get_by_label(&hidden);
    let mut both = [first.initials.as_str(), other.initials.as_str()];
    both.sort_unstable();
    window.get_by_label(&format!("Change {} and {}", both[0], both[1]));
    click(&mut window, &format!("Untick {}", other.initials));
    assert!(window.query_by_label(&hidden).is_none());
    window.get_by_label(&format!("Change {}", first.initials));
}

#[test]
fn a_day_that_is_moved_asks_what_moves_with_it() {
    let mut window = opened(saved("norwich-2016-draft"));
    let sessions = window.state().rota().sessions.clone();
    act(&mut window, Action::Ask(Ask::Windows));
    let Some(Dialog::Windows(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let mut draft = draft.clone();
    for (row, day) in draft.rows.iter_mut().zip(["10/5/2016", "11/5/2016"]) {
        row.when.from_day = day.to_owned();
        row.when.to_day.clear();
    }
    window.state_mut().act(Action::DialogEdited(Box::new(Dialog::Windows(draft))));
    act(&mut window, Action::DialogOk);
    assert!(!window.state().editor.doc().unwrap().is_unsaved(), "nothing is done before the answer");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::MovedDays(_))));
    window.get(By::new().role(Role::CheckBox).label_contains("sessions"));
    window.get_by_label("Title of the rota");
    click(&mut window, "Move");
    assert!(window.state().editor.dialog().is_none());
    assert_eq!(window.state().rota().sessions, sessions, "clinics stay on the days that their patients know");
    let agreed = |a: &Assignment| matches!(a.status, Status::Asked | Status::Agreed) && !a.locked;
    assert!(!window.state().rota().assignments.iter().any(agreed), "nobody has agreed to the new days");
}

#[test]
fn after_the_palette_the_keyboard_is_back_where_it_was() {
    let mut window = grid();
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    for letter in "30 min".chars() {
        window.event(Event::Text(letter.to_string()));
    }
    window.run();
    press(&mut window, Key::Enter);
    assert_eq!(window.state().editor.zoom().minutes(), 30);
    press(&mut window, Key::Space);
    assert!(statuses(&window).contains(&Status::Asked), "the grid hears keys again");
}

#[test]
fn letters_right_after_tab_land_in_the_next_field_and_take_the_place_of_its_text() {
    let mut window = opened(saved("norwich-2016-draft"));
    let person = window.state().rota().people[0].id.clone();
    act(&mut window, Action::Ask(Ask::Person(Some(person))));
    window.get_by_label("Family name").focus();
    window.run();
    let tab =
        Event::Key { key: Key::Tab, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    // All of it comes with one frame, as on a slow screen.
    window.input_mut().events.extend([tab, Event::Text("Z".to_owned()), Event::Text("o".to_owned())]);
    window.run();
    let Some(Dialog::Person(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    assert_eq!(draft.given, "Zo");
}

#[test]
fn a_refusal_stands_in_the_dialog_and_not_behind_it() {
    let mut rota = saved("norwich-2016-draft");
    let first = rota.assignments.iter().position(|a| a.status == Status::Agreed).unwrap();
    rota.assignments[first].locked = true;
    let id = rota.assignments[first].id.clone();
    let mut window = opened(rota);
    act(&mut window, Action::Ask(Ask::ChangeTime(id)));
    let Some(Dialog::ChangeTime(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let mut draft = draft.clone();
    draft.when.from_time = "09:30".to_owned();
    window.state_mut().act(Action::DialogEdited(Box::new(Dialog::ChangeTime(draft))));
    act(&mut window, Action::DialogOk);
    let why = window.state().editor.notice().unwrap().to_owned();
    let shown = window.get_by_label(&why).rect();
    let ok = window.get_by_label("OK").rect();
    assert!(shown.bottom() < ok.top() && shown.left() < ok.left(), "in the dialog, above its buttons");
}

#[test]
fn times_the_wrong_way_round_ask_whether_it_goes_on_overnight() {
    let rota = saved("norwich-2016-draft");
    let first =
        rota.assignments.iter().find(|a| !a.locked && a.span.from == rota.windows[0].span.from).unwrap().clone();
    let mut window = opened(rota);
    act(&mut window, Action::Ask(Ask::ChangeTime(first.id.clone())));
    let Some(Dialog::ChangeTime(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let mut draft = draft.clone();
    (draft.when.from_time, draft.when.to_time) = ("12:30".to_owned(), "9".to_owned());
    act(&mut window, Action::DialogEdited(Box::new(Dialog::ChangeTime(draft))));
    click(&mut window, "OK");
    assert_eq!(
        window.state().rota().assignment(&first.id).unwrap().span,
        first.span,
        "nothing is done before the answer"
    );
    let wrong = window.get_by_label_contains("overnight until Wed 09:00?").rect();
    assert!(wrong.height() < 40.0, "as wide as it needs: {wrong:?}");
    click(&mut window, "Overnight until Wed 27-Apr-2016");
    let Some(Dialog::ChangeTime(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    assert_eq!(draft.when.to_day, "Wed 27-Apr-2016");
    assert!(draft.errors(window.state().rota()).is_empty());
}

#[test]
fn a_day_with_people_on_it_says_so_before_a_day_is_copied_onto_it() {
    let mut window = opened(saved("norwich-2016-draft"));
    act(&mut window, Action::Ask(Ask::CopyDay));
    window.get_by_label_contains("on that day already: ");
    window.get_by_label_contains("On two posts at once afterwards: ");
}

#[test]
fn somebody_may_be_unavailable_until_a_time() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rota = window.state().rota();
    let first = rota.assignments.iter().find(|a| a.span == rota.windows[0].span && !a.locked).unwrap().clone();
    act(&mut window, Action::Ask(Ask::NotFreeFrom(first.person.clone())));
    window.get_by_label("No reason is asked for or recorded.");
    let Some(Dialog::NotFreeFrom(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let mut draft = draft.clone();
    (draft.time, draft.until_time) = ("09:00".to_owned(), "11:00".to_owned());
    act(&mut window, Action::DialogEdited(Box::new(Dialog::NotFreeFrom(draft))));
    window.get_by_label("Current shifts");
    click(&mut window, "OK");
    assert!(window.state().editor.dialog().is_none());
    let rota = window.state().rota();
    let minutes = |a: &Assignment| a.span.minutes();
    let left: i64 =
        rota.assignments.iter().filter(|a| a.person == first.person && a.post == first.post).map(minutes).sum();
    assert!(left >= first.span.minutes() - 120, "only the two hours are released: {left}");
    assert!(
        rota.assignments.iter().any(|a| a.person == first.person && a.post == first.post && a.span.to == first.span.to)
    );
}

#[test]
fn left_and_right_go_from_menu_to_menu() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::ALT, Key::F);
    assert!(window.query_by_label_contains("Save as…").is_some(), "File is open");
    press(&mut window, Key::ArrowRight);
    assert!(window.query_by_label_contains("Save as…").is_none(), "File is closed");
    assert!(window.query_by_label_contains("Select all").is_some(), "Edit is open");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowLeft);
    assert!(window.query_by_label_contains("Save as…").is_some(), "File is open again");
    press(&mut window, Key::ArrowLeft);
    assert!(window.query_by_label_contains("About Cover Rota").is_some(), "and round to Help");
}

#[test]
fn f6_passes_a_pane_in_which_there_is_nothing() {
    let mut window = opened(saved("norwich-2016-draft"));
    let unit = window.state().rota().units.last().unwrap().id.clone();
    let filter = ProblemFilter { kind: ProblemKind::ToAgree, unit: Some(unit), ..ProblemFilter::default() };
    act(&mut window, Action::FilterProblems(filter));
    assert!(window.query_by_label_contains("No such problems").is_some());
    for _ in 0..8 {
        press(&mut window, Key::F6);
        assert!(!window.query_all_by_label_contains("No such problems").any(|node| node.is_focused()));
        let has_ring = window.query_all(By::new()).any(|node| node.is_focused());
        assert!(has_ring, "something has the keyboard");
    }
}

#[test]
fn a_dialog_that_comes_back_after_a_question_has_the_keyboard() {
    for answer in [Key::Escape, Key::Enter] {
        let mut window = opened(saved("norwich-2016-draft"));
        act(&mut window, Action::Ask(Ask::Person(None)));
        write(&mut window, "zz");
        act(&mut window, Action::Do(Verb::Quit));
        assert!(window.query_all_by_label_contains("Leave without entering what was typed?").next().is_some());
        press(&mut window, answer);
        assert!(matches!(window.state().editor.dialog(), Some(Dialog::Person(_))), "{answer:?}");
        write(&mut window, "y");
        let Some(Dialog::Person(draft)) = window.state().editor.dialog() else { panic!() };
        assert!(draft.initials.contains('y'), "{answer:?}: {:?}", draft.initials);
    }
}

#[test]
fn no_letter_is_lost_however_few_frames_lie_between_two() {
    for frames in 1..=4 {
        let mut window = opened(saved("norwich-2016-draft"));
        press(&mut window, Key::F8);
        for letter in "rs 1030-1130".chars() {
            window.event(Event::Text(letter.to_string()));
            window.run_steps(frames);
        }
        window.run();
        let typed = window.state().editor.typing().map(|typing| typing.text.clone());
        assert_eq!(typed.as_deref(), Some("rs 1030-1130"), "{frames} frames after each letter");
    }
}

#[test]
fn what_is_typed_with_the_key_that_opens_a_dialog_goes_into_the_dialog() {
    for frames in 0..=3 {
        let mut window = opened(saved("norwich-2016-draft"));
        press(&mut window, Key::F8);
        let ctrl_k =
            Event::Key { key: Key::K, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND };
        window.input_mut().events.push(ctrl_k);
        if frames > 0 {
            window.run_steps(frames);
        }
        window.input_mut().events.extend("dark".chars().map(|letter| Event::Text(letter.to_string())));
        window.run();
        assert_eq!(window.state().editor.typing().map(|typing| typing.text.clone()), None, "{frames} frames after it");
        let mut fields = window.get_all_by_role(Role::TextInput).map(|field| field.accesskit_node().value());
        assert!(fields.any(|text| text.as_deref() == Some("dark")), "{frames} frames after it");
    }
}

#[test]
fn what_is_typed_after_enter_in_the_same_moment_begins_another_cell() {
    let mut window = opened(saved("norwich-2016-draft"));
    press(&mut window, Key::F8);
    let letters = |text: &str| text.chars().map(|letter| Event::Text(letter.to_string())).collect::<Vec<_>>();
    let modifiers = Modifiers::NONE;
    let enter = Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers };
    let before = window.state().rota().assignments.len();
    window.input_mut().events.extend([letters("rs"), vec![enter], letters("kp")].concat());
    window.run();
    let typing = window.state().editor.typing().expect("the next cell is being typed into");
    assert_eq!(typing.text, "kp");
    assert_eq!(window.state().rota().assignments.len(), before + 1, "the first stands in the rota");
}

#[test]
fn enter_in_the_same_moment_as_the_letters_of_a_command_runs_it() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    let modifiers = Modifiers::NONE;
    let enter = Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.extend("30 min".chars().map(|letter| Event::Text(letter.to_string())));
    window.input_mut().events.push(enter);
    window.run();
    assert!(window.state().editor.dialog().is_none());
    assert_eq!(window.state().editor.zoom().minutes(), 30);
}

#[test]
fn a_key_in_the_same_moment_as_a_click_acts_on_what_was_clicked() {
    let mut window = opened(saved("norwich-2016-draft"));
    let place = |window: &Harness<'_, Window>, label: &str| window.get_by_label_contains(label).rect().center();
    // AN has been asked; MW, whose block is clicked next, has agreed long ago.
    let (asked, other) =
        (place(&window, "AN Nwosu: A&E Majors middle grade"), place(&window, "MW Whitlock: A&E Consultant in charge"));
    click_at(&mut window, asked);
    let before = window.state().rota().assignments.clone();
    let modifiers = Modifiers::NONE;
    let pointer = |pressed| Event::PointerButton { pos: other, button: PointerButton::Primary, pressed, modifiers };
    let space = |pressed| Event::Key { key: Key::Space, physical_key: None, pressed, repeat: false, modifiers };
    let events = [Event::PointerMoved(other), pointer(true), pointer(false), space(true), Event::Text(" ".to_owned())];
    window.input_mut().events.extend(events);
    window.run();
    let an = |all: &[Assignment]| all.iter().filter(|a| a.status == Status::Asked).count();
    assert_eq!(an(&window.state().rota().assignments), an(&before), "nobody asked has agreed by it");
}

/// Chooses one session, presses Space, clicks where another stood when the key was pressed, and presses Space: so many
/// frames between any two of these, or all in one. Gives the window, and both sessions.
fn two_sessions_in_a_moment(
    choose: impl Fn(&[SessionId]) -> (usize, usize),
    frames: Option<usize>,
) -> (Harness<'static, Window>, SessionId, SessionId) {
    let mut rota = saved("norwich-2016-draft");
    rota.sessions.iter_mut().for_each(|session| session.state = SessionState::Running);
    let mut window = opened(rota);
    act(&mut window, Action::Do(Verb::ViewSessions));
    let rows: Vec<SessionId> = session_rows(&window).into_iter().map(|(id, _)| id).collect();
    let (first, second) = choose(&rows);
    let (first, second) = (rows[first].clone(), rows[second].clone());
    let place = |window: &Harness<'_, Window>, id: &SessionId| {
        session_rows(window).into_iter().find(|(of, _)| of == id).unwrap().1
    };
    let other = place(&window, &second);
    let at = place(&window, &first);
    click_at(&mut window, at);
    let modifiers = Modifiers::NONE;
    let pointer = |pressed| Event::PointerButton { pos: other, button: PointerButton::Primary, pressed, modifiers };
    let space = |pressed| Event::Key { key: Key::Space, physical_key: None, pressed, repeat: false, modifiers };
    let steps = [
        vec![space(true), Event::Text(" ".to_owned()), space(false)],
        vec![Event::PointerMoved(other)],
        vec![pointer(true)],
        vec![pointer(false)],
        vec![space(true), Event::Text(" ".to_owned()), space(false)],
    ];
    for step in steps {
        window.input_mut().events.extend(step);
        if let Some(frames) = frames {
            window.run_steps(frames);
        }
    }
    window.run();
    (window, first, second)
}

/// The sessions in sight, from above, and where each can be clicked.
fn session_rows(window: &Harness<'_, Window>) -> Vec<(SessionId, egui::Pos2)> {
    let model = cover_rota::ui::sessions_view::model::SessionsModel::of(window.state().editor.doc().unwrap());
    let rows = model.groups.iter().flat_map(|group| &group.rows);
    let place =
        |spoken: &str| window.query_by_label(spoken).map(|node| node.rect().left_center() + egui::vec2(60.0, 0.0));
    rows.filter_map(|row| Some((row.session.clone(), place(&row.spoken)?))).collect()
}

#[test]
fn a_key_after_a_click_on_another_session_does_not_act_on_the_one_before() {
    let (window, first, _) = two_sessions_in_a_moment(|_| (0, 2), None);
    assert!(window.state().editor.dialog().is_none(), "{:?}", window.state().editor.dialog());
    let state = window.state().rota().sessions.iter().find(|session| session.id == first).unwrap().state;
    assert_eq!(state, SessionState::ToPostpone);
}

#[test]
fn space_slash_and_backspace_in_the_same_moment_as_letters_are_for_what_is_typed() {
    let mut window = opened(saved("norwich-2016-draft"));
    press(&mut window, Key::F8);
    press(&mut window, Key::ArrowRight);
    let before = window.state().rota().clone();
    let key = |key: Key, pressed: bool| {
        let modifiers = Modifiers::NONE;
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
    };
    for letter in "rs 1200-1300 / kpx".chars() {
        let of_it = Key::from_name(&letter.to_string()).unwrap_or(Key::Space);
        window.input_mut().events.extend([key(of_it, true), Event::Text(letter.to_string()), key(of_it, false)]);
    }
    window.input_mut().events.push(key(Key::Backspace, true));
    window.run();
    assert_eq!(window.state().editor.typing().map(|typing| typing.text.as_str()), Some("rs 1200-1300 / kp"));
    assert_eq!(*window.state().rota(), before, "nobody has been asked, nobody has declined");
}

#[test]
fn whoever_agrees_to_more_than_the_chosen_times_is_asked_about_with_all_of_them() {
    let mut window = opened(saved("norwich-2016-draft"));
    let asked = window.get_by_label_contains("AN Nwosu: A&E Majors middle grade").rect().left_center();
    let status = |window: &Harness<'_, Window>| {
        let rota = window.state().rota();
        let an = rota.people.iter().find(|p| p.initials == "AN").unwrap().id.clone();
        let post = PostId::new("ae-majors-mg").unwrap();
        rota.assignments.iter().find(|a| a.person == an && a.post == post).unwrap().status
    };
    click_at(&mut window, asked + egui::vec2(12.0, 0.0));
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    press(&mut window, Key::Space);
    let Some(Dialog::Many(draft)) = window.state().editor.dialog() else { panic!("not asked") };
    assert_eq!(draft.lines, ["AN, Majors middle grade, 12:00–17:00 Tue 26-Apr-2016"]);
    assert_eq!(status(&window), Status::Asked, "nothing is done yet");
    press(&mut window, Key::Escape);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Space);
    assert!(window.state().editor.dialog().is_none(), "one cell stands for its block");
    assert_eq!(status(&window), Status::Agreed);
}

#[test]
fn a_click_is_where_the_button_was_let_go_wherever_the_pointer_went_in_the_same_moment() {
    let modifiers = Modifiers::NONE;
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    let click = |pos| [Event::PointerMoved(pos), button(pos, true), button(pos, false)];
    let chosen = |window: &Harness<'_, Window>| match window.state().editor.selection() {
        Selection::Cells(range) => (range.anchor.row.post.to_string(), range.span().minutes()),
        other => panic!("{other:?}"),
    };
    for frames in 0..3 {
        let mut window = opened(saved("norwich-2016-draft"));
        let place = |window: &Harness<'_, Window>, label: &str| {
            window.get_by_label_contains(label).rect().left_center() + egui::vec2(20.0, 0.0)
        };
        let (one, other) = (place(&window, "UT Thorpe: A&E"), place(&window, "DM Mensah: A&E"));
        window.input_mut().events.extend(click(one));
        if frames > 0 {
            window.run_steps(frames);
        }
        window.input_mut().events.push(Event::PointerMoved(other));
        window.run();
        assert_eq!(chosen(&window), ("ae-obs-sho".to_owned(), 60), "{frames} frames between");
        window.input_mut().events.extend(click(other));
        window.run();
        assert_eq!(chosen(&window), ("ae-children-mg".to_owned(), 60), "{frames} frames between");
        window.input_mut().events.extend([click(one), click(other)].concat());
        window.run();
        assert_eq!(chosen(&window), ("ae-children-mg".to_owned(), 60), "one cell, clicked once");
    }
}

#[test]
fn after_a_click_on_the_figures_of_a_unit_a_key_acts_on_nobody() {
    let mut window = opened(saved("norwich-2016-draft"));
    let asked = window.get_by_label_contains("AN Nwosu: A&E Majors middle grade").rect().left_center();
    let figures = window.get_by_label_contains("A&E, have and need, Tue 26 Apr 12:00").rect().center();
    click_at(&mut window, asked + egui::vec2(12.0, 0.0));
    let before = window.state().rota().assignments.clone();
    click_at(&mut window, figures);
    for key in [Key::Space, Key::Delete, Key::Slash] {
        press(&mut window, key);
        assert!(window.state().editor.dialog().is_none(), "{key:?}");
    }
    assert_eq!(window.state().rota().assignments, before);
    press(&mut window, Key::ArrowDown);
    assert!(matches!(window.state().editor.selection(), Selection::Cells(_)), "the arrows go on");
}
