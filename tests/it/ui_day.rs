//! The tour of the README and what a first-time user met: keys that work from a fresh start, pastes that find their
//! place, menus that open by keyboard.

use cover_rota::editor::{Action, Dialog, Selection, Verb, View};
use cover_rota::exchange::Template;
use cover_rota::model::Status;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driver::{act, press, press_with, write};
use crate::window::{Window, opened, saved};

const STAFF: &str = "QX\tQuince, Xenia\tConsultant\tSurgery\nQY\tQuill, Yan\tST3\tSurgery";

#[test]
fn the_tour_by_keyboard_from_a_fresh_start() {
    let mut window = opened(saved("norwich-2016-draft"));
    // The first problem whose gap somebody could fill.
    for _ in 0..20 {
        press(&mut window, Key::F8);
        if window.state().editor.who_could().is_some_and(|who| !who.could.is_empty()) {
            break;
        }
    }
    let who = window.state().editor.who_could().expect("a gap with candidates").clone();
    let held = |window: &Harness<'_, Window>, status| {
        let rota = window.state().rota();
        let fits = |a: &&cover_rota::model::Assignment| {
            a.post == who.gap.post && a.person == who.could[0].person && a.status == status
        };
        rota.assignments.iter().filter(fits).count()
    };
    let before = held(&window, Status::Proposed);
    write(&mut window, "1");
    assert_eq!(held(&window, Status::Proposed), before + 1, "the first of Who could is proposed");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(held(&window, Status::Proposed), before);
}

#[test]
fn another_view_has_the_keyboard_at_once() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.state().editor.view(), View::Sessions);
    press(&mut window, Key::ArrowDown);
    assert!(matches!(window.state().editor.selection(), Selection::Session(_)), "an arrow chooses a session");
}

#[test]
fn staff_pasted_on_a_fresh_rota_or_on_the_grid_come_to_the_preview() {
    let template = Template::ALL[0].rota().unwrap();
    let mut window = opened(template);
    window.event(Event::Paste(STAFF.to_owned()));
    window.run();
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::PastePeople(_))), "on a fresh rota");
    press(&mut window, Key::Escape);
    act(&mut window, Action::Do(Verb::NextProblem));
    window.event(Event::Paste(STAFF.to_owned()));
    window.run();
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::PastePeople(_))), "on the grid");
}

#[test]
fn a_row_that_cannot_be_taken_is_told_once_and_whole() {
    let mut window = opened(saved("norwich-2016-draft"));
    let rows = "Initials\tName\nQX\tQuince, Xenia\nQX\tQuinn, Xavier";
    act(&mut window, Action::Ask(cover_rota::editor::Ask::PastePeople(rows.to_owned())));
    assert!(window.query_by_label_contains("Row 3: initials QX").is_some());
    assert!(window.query_by_label_contains("Row 3: row 3").is_none());
}

#[test]
fn menus_open_by_alt_and_their_letter() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::ALT, Key::R);
    assert!(window.query_by_label("Normal staffing…").is_some());
}

#[test]
fn the_keyboard_follows_a_session_that_is_moved_on() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    let running = |s: &&cover_rota::model::Session| {
        s.state == cover_rota::model::SessionState::Running && !s.protected && s.title == "Acute medicine clinic"
    };
    let session = window.state().rota().sessions.iter().find(running).expect("it runs").clone();
    window.state_mut().act(Action::Select(Selection::Session(vec![session.id.clone()])));
    window.state_mut().act(Action::Do(Verb::ViewSessions));
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    press(&mut window, Key::Space);
    assert_ne!(window.state().rota().session(&session.id).unwrap().state, session.state, "it was moved on");
    let mut rows = window.query_all_by_label_contains("Acute medicine clinic");
    assert!(rows.any(|row| row.is_focused()), "the row that went to another group has the keyboard");
}
