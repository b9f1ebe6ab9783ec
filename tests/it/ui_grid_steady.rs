//! The Posts grid stays where it is and keeps the keyboard, whatever is done on it.

use std::path::Path;

use cover_rota::editor::{Action, Answer, CellRange, Effect, SaveWhy, Selection, Verb};
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::window::{Window, opened, saved};

fn press(window: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn write(window: &mut Harness<'_, Window>, text: &str) {
    for letter in text.chars() {
        window.event(Event::Text(letter.to_string()));
    }
    window.run();
}

fn chosen(window: &Harness<'_, Window>) -> CellRange {
    match window.state().editor.selection() {
        Selection::Cells(range) => range.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_cells_chosen_letters_and_enter_say_why_not_and_keys_go_on_working() {
    for name in ["norwich-2016-draft", "five-days-2025"] {
        for letters in [true, false] {
            let mut window = opened(saved(name));
            let before = window.state().rota().clone();
            press(&mut window, Modifiers::NONE, Key::F8);
            press(&mut window, Modifiers::COMMAND, Key::A);
            if letters {
                write(&mut window, "rs");
            }
            press(&mut window, Modifiers::NONE, Key::Enter);
            let said = window.state().editor.notice().unwrap_or_default().to_owned();
            assert!(said.contains("letters put one person on one post"), "{name}: {said}");
            assert_eq!(*window.state().rota(), before);
            let last = chosen(&window).last;
            press(&mut window, Modifiers::NONE, Key::ArrowUp);
            assert_ne!(chosen(&window).last, last, "{name}: the arrow moves the ring");
            press(&mut window, Modifiers::NONE, Key::F8);
            write(&mut window, "rs");
            assert!(window.state().editor.typing().is_some(), "{name}: letters go into the cell");
        }
    }
}

fn wheel(down: f32) -> Event {
    Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, down),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    }
}

#[test]
fn an_open_typing_box_that_is_scrolled_away_stays_in_sight() {
    let mut window = opened(saved("norwich-2016-draft"));
    press(&mut window, Modifiers::NONE, Key::F8);
    write(&mut window, "r");
    let field = |window: &Harness<'_, Window>| {
        let all = window.query_all_by_role(egui::accesskit::Role::TextInput);
        all.map(|node| node.rect()).find(|rect| rect.left() > 300.0)
    };
    let at = field(&window).expect("the box is open").center();
    window.hover_at(at);
    window.run_steps(1);
    for _ in 0..20 {
        window.event(wheel(-200.0));
        window.run_steps(2);
    }
    window.run();
    assert!(field(&window).is_some(), "the box is still there");
    write(&mut window, "s");
    assert_eq!(window.state().editor.typing().map(|typing| typing.text.as_str()), Some("rs"));
}

/// Where the grid begins, from the top of the window.
fn top(window: &Harness<'_, Window>) -> f32 {
    window.get_by_role(egui::accesskit::Role::Grid).rect().top()
}

#[test]
fn an_edit_never_moves_the_rows_under_the_pointer() {
    for name in ["norwich-2016-draft", "dorset-2016", "james-paget-2016", "five-days-2025", "nights-2025"] {
        let mut window = opened(saved(name));
        let was = top(&window);
        let steady = |window: &Harness<'_, Window>, what: &str| {
            assert!((top(window) - was).abs() < 0.5, "{name}: {what} moves the grid from {was} to {}", top(window));
        };
        for round in 0..4 {
            press(&mut window, Modifiers::NONE, Key::F8);
            write(&mut window, "1");
            steady(&window, "proposing");
            press(&mut window, Modifiers::NONE, Key::Space);
            steady(&window, "asking");
            if round % 2 == 0 {
                press(&mut window, Modifiers::NONE, Key::Space);
                steady(&window, "agreeing");
            }
        }
        for _ in 0..5 {
            press(&mut window, Modifiers::COMMAND, Key::Z);
            steady(&window, "undoing");
        }
        window.state_mut().act(Action::Do(Verb::NextWindow));
        window.run();
        steady(&window, "the next day");
    }
}

/// Everybody goes, of every day.
fn clear_all(window: &mut Harness<'_, Window>) {
    for _ in 0..window.state().rota().windows.len() {
        window.state_mut().act(Action::Do(Verb::SelectAll));
        window.state_mut().act(Action::Do(Verb::Clear));
        if window.state().editor.dialog().is_some() {
            window.state_mut().act(Action::DialogOk);
        }
        window.state_mut().act(Action::Do(Verb::NextWindow));
        window.run();
    }
}

#[test]
fn not_even_the_worst_edit_a_first_save_or_another_name_moves_the_grid() {
    let mut would_differ = 0;
    for name in ["norwich-2016-draft", "dorset-2016", "five-days-2025"] {
        let mut window = opened(saved(name));
        let was = top(&window);
        let steady = |window: &Harness<'_, Window>, what: &str| {
            assert!((top(window) - was).abs() < 0.5, "{name}: {what} moves the grid from {was} to {}", top(window));
        };
        clear_all(&mut window);
        would_differ += usize::from((top(&opened(window.state().rota().clone())) - was).abs() > 1.0);
        steady(&window, "clearing the day");
        window.state_mut().act(Action::Do(Verb::SaveAs));
        let why = SaveWhy::Save;
        window.state_mut().answer(Answer::SavePath { path: Some("other.ron".into()), why });
        window.run();
        let state = window.state().effects.iter().rev().find_map(|effect| match effect {
            Effect::WriteFile { state, .. } => Some(*state),
            _ => None,
        });
        let state = state.expect("it is written");
        window.state_mut().answer(Answer::FileWritten { path: "other.ron".into(), why, state, result: Ok(()) });
        window.run();
        assert_eq!(window.state().editor.doc().and_then(|doc| doc.path()), Some(Path::new("other.ron")));
        steady(&window, "another name");
        press(&mut window, Modifiers::COMMAND, Key::Z);
        steady(&window, "taking it back");
    }
    assert!(would_differ > 0, "opened so, at least one has a bar of another height");
}
