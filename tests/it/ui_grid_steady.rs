//! The Posts grid stays where it is and keeps the keyboard, whatever is done on it.

use std::path::Path;

use cover_rota::editor::{Action, Answer, CellRange, Effect, SaveWhy, Selection, Verb};
use cover_rota::model::{AssignmentId, Span, Status};
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, click_at, press, press_with, write};
use crate::window::{Window, opened, saved};

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
            press(&mut window, Key::F8);
            press_with(&mut window, Modifiers::COMMAND, Key::A);
            if letters {
                write(&mut window, "rs");
            }
            press(&mut window, Key::Enter);
            let said = window.state().editor.notice().unwrap_or_default().to_owned();
            assert!(said.contains("Initials go on one post at a time"), "{name}: {said}");
            assert_eq!(*window.state().rota(), before);
            let last = chosen(&window).last;
            press(&mut window, Key::ArrowUp);
            assert_ne!(chosen(&window).last, last, "{name}: the arrow moves the ring");
            press(&mut window, Key::F8);
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
    press(&mut window, Key::F8);
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
            press(&mut window, Key::F8);
            write(&mut window, "1");
            steady(&window, "proposing");
            press(&mut window, Key::Space);
            steady(&window, "asking");
            if round % 2 == 0 {
                press(&mut window, Key::Space);
                steady(&window, "agreeing");
            }
        }
        for _ in 0..5 {
            press_with(&mut window, Modifiers::COMMAND, Key::Z);
            steady(&window, "undoing");
        }
        act(&mut window, Action::Do(Verb::NextWindow));
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
        act(window, Action::Do(Verb::NextWindow));
    }
}

#[test]
fn not_even_the_worst_edit_a_first_save_or_another_name_moves_the_grid() {
    let mut would_differ = 0;
    // The first gap of an empty day is at a post with a long name: its sentence takes another line.
    let mut long = saved("dorset-2016");
    for post in &mut long.posts {
        if ["Observation ward SHO", "Elective caesareans, surgeon"].contains(&post.name.as_str()) {
            post.name.push_str(", also of the clinical decisions unit and of the day ward until the evening");
        }
    }
    let rotas = [saved("norwich-2016-draft"), saved("dorset-2016"), saved("five-days-2025"), long];
    for rota in rotas {
        let name = rota.properties.title.clone();
        let mut window = opened(rota);
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
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
        steady(&window, "taking it back");
    }
    assert!(would_differ > 0, "opened so, at least one has a bar of another height");
}

const GAP: &str = "Gap: A&E Majors middle grade, lane 2, Tue 26 Apr 10:00–12:00, not covered";

#[test]
fn a_click_on_a_gap_chooses_all_of_it_and_the_next_one_hour() {
    let mut window = opened(saved("norwich-2016-draft"));
    let gap = window.get_by_label(GAP).rect();
    let at = egui::pos2(gap.left() + 0.25 * gap.width(), gap.center().y);
    click_at(&mut window, at);
    assert_eq!(chosen(&window).span().minutes(), 120, "what is marked as one is one");
    // Not so soon that it is a double click.
    window.input_mut().time = Some(30.0);
    window.run();
    click_at(&mut window, at);
    assert_eq!(chosen(&window).span().minutes(), 60);
}

#[test]
fn a_gap_says_who_more_than_normal_makes_up_for_it_elsewhere() {
    let mut rota = saved("norwich-2016-draft");
    // One consultant more than normal counts for the middle grade that is missing.
    let mut more = rota.assignments.iter().find(|held| held.person.as_str() == "hg").unwrap().clone();
    let from = rota.windows[0].span.from;
    more.id = AssignmentId::new("one-more").unwrap();
    more.person = rota.people.iter().find(|person| person.id.as_str() == "mw").unwrap().id.clone();
    more.span = Span::new(from.plus(120), from.plus(180));
    more.status = Status::Agreed;
    rota.assignments.push(more);
    let mut window = opened(rota);
    let gap = window.get_by_label(GAP).rect();
    window.input_mut().time = Some(10.0);
    window.hover_at(gap.left_center() + egui::vec2(12.0, 0.0));
    window.run_steps(2);
    window.input_mut().time = Some(11.0);
    window.run_steps(2);
    let said = "Not covered. Normally 2, 1 agreed. Covered by a surplus on Consultant in charge 10:00–11:00";
    window.get_by_label(said);
}

#[test]
fn a_gap_that_the_pointer_rests_on_says_what_is_missing_and_who_could() {
    let mut window = opened(saved("norwich-2016-draft"));
    let gap = window.get_by_label(GAP).rect();
    let rest = |window: &mut Harness<'_, Window>, time: f64| {
        window.input_mut().time = Some(time);
        window.hover_at(gap.left_center() + egui::vec2(12.0 + time as f32, 0.0));
        window.run_steps(2);
        window.input_mut().time = Some(time + 1.0);
        window.run_steps(2);
    };
    rest(&mut window, 10.0);
    window.get_by_label("Not covered. Normally 2, 1 agreed");
    window.get_by_label("Click to see who could");
    press(&mut window, Key::F8);
    rest(&mut window, 20.0);
    window.get_by_label_contains("RS Sethi: ");
}

#[test]
fn another_zoom_keeps_the_time_at_the_left_edge() {
    let mut window = opened(saved("nights-2025"));
    let grid = window.get_by_role(egui::accesskit::Role::Grid).rect();
    act(&mut window, Action::Do(Verb::Zoom30));
    window.hover_at(grid.center());
    window.run_steps(1);
    for _ in 0..6 {
        let down = wheel(-80.0);
        let Event::MouseWheel { unit, delta, modifiers, phase, source } = down else { return };
        let delta = egui::vec2(delta.y, 0.0);
        window.event(Event::MouseWheel { unit, delta, modifiers, phase, source });
        window.run_steps(40);
    }
    let first = |window: &Harness<'_, Window>| {
        let cells = window.query_all_by_role(egui::accesskit::Role::GridCell);
        let named = cells.filter_map(|node| Some((node.rect().left(), node.accesskit_node().label()?)));
        let lead = named.filter(|(_, label)| label.contains("Night lead"));
        lead.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, label)| label.chars().skip(29).take(2).collect::<String>())
    };
    let before = first(&window);
    assert!(before.as_deref().is_some_and(|hour| hour != "20"), "scrolled: {before:?}");
    for verb in [Verb::Zoom15, Verb::Zoom30, Verb::Zoom15] {
        act(&mut window, Action::Do(verb));
        assert_eq!(first(&window), before, "{verb:?}");
    }
}
