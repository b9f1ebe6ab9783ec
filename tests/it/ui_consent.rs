//! Nobody is marked as asked or agreed, and nobody as declined, by a key whose effect nothing in the window has shown.

use cover_rota::editor::dialogs::ManyWhat;
use cover_rota::editor::{Action, Ask, CellRange, Dialog, Selection, Verb, View};
use cover_rota::model::{Assignment, AssignmentId, PersonId, Rota, SessionState, Status, WindowId};
use cover_rota::ui::grid::grid_id;
use cover_rota::ui::people_view::people_id;
use cover_rota::ui::theme;
use egui::accesskit::Role;
use egui::{Event, Id, Key, Memory, Modifiers, PointerButton, Rect, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, click, click_at, click_with, press, press_with, right_click};
use crate::window::{Window, opened, saved};

/// An example in which everybody has been asked.
fn asked() -> Rota {
    let mut rota = saved("james-paget-2016");
    for assignment in &mut rota.assignments {
        assignment.status = Status::Asked;
        assignment.locked = false;
    }
    rota
}

fn id(text: &str) -> AssignmentId {
    AssignmentId::new(text).unwrap()
}

fn of<'w>(window: &'w Harness<'_, Window>, assignment: &str) -> &'w Assignment {
    window.state().rota().assignment(&id(assignment)).unwrap()
}

fn agreed(window: &Harness<'_, Window>) -> Vec<String> {
    let all = window.state().rota().assignments.iter().filter(|a| a.status == Status::Agreed);
    all.map(|a| a.id.to_string()).collect()
}

fn notice(window: &Harness<'_, Window>) -> String {
    window.state().editor.notice().unwrap_or_default().to_owned()
}

fn focused(window: &Harness<'_, Window>) -> Option<Id> {
    window.ctx.memory(Memory::focused)
}

fn stroke(key: Key, modifiers: Modifiers) -> [Event; 2] {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    [event(true), event(false)]
}

/// Presses keys one after the other: so many frames between any two, or all in one.
fn burst(window: &mut Harness<'_, Window>, keys: &[(Modifiers, Key)], frames: Option<usize>) {
    for (modifiers, key) in keys {
        window.input_mut().events.extend(stroke(*key, *modifiers));
        if let Some(frames) = frames {
            window.run_steps(frames);
        }
    }
    window.run();
}

const IN_ONE_OR_MORE: [Option<usize>; 5] = [None, Some(1), Some(2), Some(3), Some(4)];

/// Gives the keyboard to a view.
fn focus(window: &mut Harness<'_, Window>, view: Id) {
    window.ctx.memory_mut(|memory| memory.request_focus(view));
    window.run();
}

/// Where somebody's block on a post is drawn in Posts.
fn block(window: &Harness<'_, Window>, says: &str) -> Rect {
    window.get_by_label_contains(says).rect()
}

#[test]
fn a_person_alone_is_chosen_and_no_key_acts_on_any_of_their_blocks() {
    let mut window = opened(asked());
    press_with(&mut window, Modifiers::COMMAND, Key::Num2);
    let before = window.state().rota().clone();
    for day in 0..2 {
        let shown = window.state().rota().windows[day].id.clone();
        act(&mut window, Action::ShowWindow(shown));
        act(&mut window, Action::Select(Selection::Person(PersonId::new("fa").unwrap())));
        for (modifiers, key) in
            [(Modifiers::NONE, Key::Space), (Modifiers::NONE, Key::Slash), (Modifiers::COMMAND, Key::L)]
        {
            press_with(&mut window, modifiers, key);
            assert_eq!(notice(&window), "Choose a block first", "{key:?}");
            assert!(window.state().editor.dialog().is_none(), "{key:?}");
        }
        press(&mut window, Key::Delete);
        assert_eq!(*window.state().rota(), before);
    }
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Space);
    assert_eq!(agreed(&window), ["a2"], "the block that the ring is on");
    let toast = window.state().editor.toast().unwrap().text.clone();
    assert_eq!(toast, "FA agreed, Consultant in charge, 13:00–17:15 Tue 26-Apr", "with its day");
}

#[test]
fn a_block_of_somebody_who_is_not_listed_now_is_not_acted_on() {
    let mut window = opened(asked());
    press_with(&mut window, Modifiers::COMMAND, Key::Num2);
    act(&mut window, Action::Select(Selection::Assignments(vec![id("a2")])));
    act(&mut window, Action::SetFindText("breydon".to_owned()));
    assert_eq!(focused(&window), Some(people_id()));
    press(&mut window, Key::Space);
    assert_eq!(agreed(&window), [""; 0]);
    assert_eq!(notice(&window), "Choose a block first");
}

#[test]
fn keys_right_after_a_change_of_view_are_for_what_has_the_ring_in_the_new_one() {
    let command = Modifiers::COMMAND;
    for frames in IN_ONE_OR_MORE {
        for last in [Key::Space, Key::Slash] {
            let mut window = opened(asked());
            let cell = block(&window, "TO Oulton: A&E Majors SHO").center();
            click_at(&mut window, cell);
            let keys = [(command, Key::Num2), (Modifiers::NONE, Key::ArrowDown), (Modifiers::NONE, last)];
            burst(&mut window, &keys, frames);
            assert_eq!(window.state().editor.view(), View::People);
            assert_eq!(focused(&window), Some(people_id()), "{frames:?}");
            let chosen = window.state().editor.selection().clone();
            let Selection::Person(person) = &chosen else { panic!("{chosen:?}") };
            assert_ne!(person.as_str(), "to", "the arrow has moved the ring, {frames:?}");
            assert_eq!(agreed(&window), [""; 0], "{frames:?}");
            assert!(window.state().editor.dialog().is_none(), "{frames:?}");
            burst(&mut window, &[(command, Key::Num1), (Modifiers::NONE, Key::ArrowDown)], frames);
            assert_eq!(focused(&window), Some(grid_id()), "{frames:?}");
        }
    }
}

#[test]
fn a_key_in_the_same_moment_as_an_arrow_acts_on_where_the_arrow_leads() {
    for frames in IN_ONE_OR_MORE {
        let mut window = opened(asked());
        let cell = block(&window, "TO Oulton: A&E Majors SHO").center();
        click_at(&mut window, cell);
        burst(&mut window, &[(Modifiers::NONE, Key::ArrowDown), (Modifiers::NONE, Key::Space)], frames);
        assert_eq!(agreed(&window), ["a8"], "{frames:?}");
        burst(&mut window, &[(Modifiers::NONE, Key::ArrowDown), (Modifiers::NONE, Key::Slash)], frames);
        let Some(Dialog::Declined(draft)) = window.state().editor.dialog() else { panic!("not asked") };
        assert_eq!(draft.who, "RS");
    }
}

#[test]
fn a_gap_with_a_refusal_alone_says_that_nobody_is_there() {
    let mut rota = asked();
    rota.assignments.retain(|a| a.id == id("a6"));
    rota.assignments[0].status = Status::Declined;
    let mut window = opened(rota);
    focus(&mut window, grid_id());
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::Space);
    assert!(notice(&window).starts_with("Nobody is here yet: "), "{}", notice(&window));
}

#[test]
fn a_night_is_agreed_into_the_next_day_only_after_a_question() {
    let mut rota = saved("five-days-2025");
    let edges: Vec<_> = rota.windows.iter().map(|window| window.span).collect();
    let is_over = |a: &&mut Assignment| edges.iter().any(|day| day.contains(a.span.from) && a.span.to > day.to);
    let night = rota.assignments.iter_mut().find(is_over).unwrap();
    night.status = Status::Asked;
    let (night, span) = (night.id.clone(), night.span);
    let mut window = opened(rota);
    let shown: WindowId =
        window.state().rota().windows.iter().find(|day| day.span.contains(span.from)).unwrap().id.clone();
    act(&mut window, Action::ShowWindow(shown));
    focus(&mut window, grid_id());
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    let Selection::Cells(all) = window.state().editor.selection().clone() else { panic!("no cells") };
    let row = window.state().editor.doc().unwrap().grid().window(&all.window).unwrap().row_of(&night).unwrap();
    let day = all.span();
    let cell = cover_rota::editor::Cell { row, at: span.from, until: day.to };
    act(&mut window, Action::Select(Selection::Cells(CellRange::one(all.window, cell))));
    press(&mut window, Key::Space);
    let Some(Dialog::Many(draft)) = window.state().editor.dialog() else { panic!("not asked") };
    assert_eq!(draft.what, ManyWhat::AgreedToMore(vec![night.clone()]));
    assert!(window.get_by_label("Cancel").is_focused());
    assert_eq!(window.state().rota().assignment(&night).unwrap().status, Status::Asked);
}

#[test]
fn a_refusal_of_several_people_begins_on_cancel_and_hears_no_key_meant_for_the_grid() {
    let mut window = opened(asked());
    focus(&mut window, grid_id());
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    let before = window.state().rota().clone();
    let command = Modifiers::COMMAND;
    burst(&mut window, &[(Modifiers::NONE, Key::Slash), (command, Key::T), (command, Key::L)], None);
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Declined(_))));
    assert!(window.get_by_label("Cancel").is_focused());
    assert_eq!((notice(&window).as_str(), window.state().rota()), ("", &before));
    press(&mut window, Key::Enter);
    assert!(window.state().editor.dialog().is_none());
    assert_eq!(*window.state().rota(), before, "Enter by habit changes nothing");
    // Of one person it begins on what is meant most.
    let one = block(&window, "KB Belhadj: A&E").center();
    click_at(&mut window, one);
    press(&mut window, Key::Slash);
    assert!(window.get_by_label("This post only").is_focused());
}

#[test]
fn whoever_has_agreed_and_has_a_clinic_is_told_what_still_runs() {
    let mut rota = saved("james-paget-2016");
    rota.sessions[0].state = SessionState::Running;
    let mut window = opened(rota);
    let cell = block(&window, "OJ Jalloh: A&E Majors SHO").center();
    click_at(&mut window, cell);
    press(&mut window, Key::Space);
    assert_eq!(
        notice(&window),
        "Already agreed; Acute medicine clinic still runs then. Postpone it in Sessions (Ctrl+3)."
    );
    assert_eq!(of(&window, "a8").status, Status::Agreed);
}

#[test]
fn unavailable_from_takes_the_chosen_time() {
    let mut window = opened(asked());
    let cell = block(&window, "OJ Jalloh: A&E Majors SHO").center();
    click_at(&mut window, cell);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
    let Selection::Cells(range) = window.state().editor.selection().clone() else { panic!("no cells") };
    act(&mut window, Action::Do(Verb::NotFreeFrom));
    let Some(Dialog::NotFreeFrom(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    let zone = window.state().rota().zone();
    assert_ne!(range.span().from, of(&window, "a8").span.from);
    assert_eq!(draft.time, cover_rota::model::words::time(zone, range.span().from));
    assert_eq!(draft.day, "Tue 26-Apr-2016");
    act(&mut window, Action::CloseDialog);
    // A block of another day: from its start.
    act(&mut window, Action::Do(Verb::ViewPeople));
    let wednesday = window.state().rota().assignments.iter().find(|a| a.span.from >= range.span().from.plus(12 * 60));
    let (block, person) = wednesday.map(|a| (a.id.clone(), a.person.clone())).unwrap();
    act(&mut window, Action::Select(Selection::Assignments(vec![block])));
    act(&mut window, Action::Ask(Ask::NotFreeFrom(person)));
    let Some(Dialog::NotFreeFrom(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    assert_eq!(draft.day, "Wed 27-Apr-2016");
}

#[test]
fn a_menu_on_one_of_several_chosen_people_is_about_that_one() {
    let mut window = opened(asked());
    let place = |window: &Harness<'_, Window>, says| block(window, says).center();
    let (to, rs) = (place(&window, "TO Oulton: A&E Majors SHO"), place(&window, "RS Somerton: A&E Majors SHO"));
    click_at(&mut window, to);
    click_with(&mut window, rs, PointerButton::Primary, Modifiers::SHIFT);
    let oj = place(&window, "OJ Jalloh: A&E Majors SHO");
    right_click(&mut window, egui::pos2(to.x, oj.y));
    let entries: Vec<_> = window.query_all(By::new().role(Role::MenuItem)).collect();
    let entries: Vec<String> = entries.into_iter().filter_map(|node| node.accesskit_node().label()).collect();
    for about in ["OJ unavailable from…", "Edit OJ…", "Show OJ in People", "Swap OJ with…"] {
        assert!(entries.iter().any(|entry| entry == about), "{about}: {entries:?}");
    }
    assert!(!entries.iter().any(|entry| entry.contains("TO")), "{entries:?}");
    click(&mut window, "OJ unavailable from…");
    let Some(Dialog::NotFreeFrom(draft)) = window.state().editor.dialog() else { panic!("no dialog") };
    assert_eq!(draft.person.as_str(), "oj");
}

#[test]
fn left_and_right_go_from_a_menu_that_the_mouse_has_opened_to_the_next() {
    let mut window = opened(asked());
    let file = window.get_by_label("File").rect().center();
    click_at(&mut window, file);
    assert!(window.query_by_label_contains("Save as…").is_some(), "File is open");
    press(&mut window, Key::ArrowRight);
    assert!(window.query_by_label_contains("Save as…").is_none(), "File is closed");
    assert!(window.query_by_label_contains("Select all").is_some(), "Edit is open");
    press(&mut window, Key::ArrowLeft);
    assert!(window.query_by_label_contains("Save as…").is_some(), "File is open again");
    // The pointer still opens the menu that it is taken to.
    let edit = window.get_by_label("Edit").rect().center();
    window.event(Event::PointerMoved(edit));
    window.run();
    assert!(window.query_by_label_contains("Select all").is_some(), "Edit is open");
    assert!(window.query_by_label_contains("Save as…").is_none(), "File is closed");
}

#[test]
fn the_whole_block_that_a_chosen_cell_stands_for_has_a_line_around_it() {
    let mut window = opened(asked());
    let of_block = block(&window, "OJ Jalloh: A&E Majors SHO");
    let colour = theme::tokens(&window.ctx).ring();
    let is_line = |shape: &Shape| match shape {
        Shape::Rect(drawn) => {
            let is_near = |a: f32, b: f32| (a - b).abs() < 4.0;
            let is_around =
                is_near(drawn.rect.left(), of_block.left()) && is_near(drawn.rect.right(), of_block.right());
            let is_thin = drawn.stroke.width < 1.5 && drawn.stroke.width > 0.5 && drawn.stroke.color == colour;
            is_thin && is_around && drawn.rect.y_range().contains(of_block.center().y)
        }
        _ => false,
    };
    let lines =
        |window: &Harness<'_, Window>| window.output().shapes.iter().filter(|clipped| is_line(&clipped.shape)).count();
    assert_eq!(lines(&window), 0);
    click_at(&mut window, of_block.center());
    assert_eq!(lines(&window), 1, "one cell is chosen");
    click_at(&mut window, of_block.center());
    assert_eq!(lines(&window), 0, "all of the block is chosen, which has the ring");
}
