//! The first steps of the README on its draft, with nothing but its keys: whatever is pressed next is about what was
//! just chosen or put there.

use cover_rota::editor::dialogs::AcceptDraft;
use cover_rota::editor::{Action, Cell, Choice, Dialog, DropTarget, Selection, Settings, ThemeName, Verb, View};
use cover_rota::model::{Assignment, PersonId, Status};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::driver::{act, press, write_slowly};
use crate::window::{Window, saved, shown};

fn draft() -> Harness<'static, Window> {
    shown(Window::on(saved("norwich-2016-draft"), Settings::default()), ThemeName::Light)
}

fn ring(window: &Harness<'_, Window>) -> Cell {
    let Selection::Cells(range) = window.state().editor.selection() else {
        panic!("{:?}", window.state().editor.selection())
    };
    assert_eq!(range.anchor, range.last, "one cell, block or gap");
    range.last.clone()
}

fn gap_under_the_ring(window: &Harness<'_, Window>) -> bool {
    let editor = &window.state().editor;
    let grid = editor.doc().unwrap().grid().window(editor.window().unwrap()).unwrap();
    let cell = ring(window);
    grid.gap_at(&cell) == Some(cell.span())
}

/// The blocks that keys would act on.
fn under_the_ring(window: &Harness<'_, Window>) -> Vec<Assignment> {
    let editor = &window.state().editor;
    let all = editor.chosen_assignments();
    all.iter().map(|id| window.state().rota().assignment(id).unwrap().clone()).collect()
}

#[test]
fn the_first_problem_is_a_gap_and_what_is_proposed_there_has_the_ring() {
    let mut window = draft();
    press(&mut window, Key::F8);
    assert!(gap_under_the_ring(&window), "{:?}", ring(&window));
    let gap = window.state().editor.who_could().unwrap().gap.clone();
    assert_eq!((gap.post, gap.span), (ring(&window).row.post, ring(&window).span()), "ring and list are of one gap");
    let first = window.state().editor.who_could().unwrap().could[0].person.clone();
    window.event(Event::Text("1".to_owned()));
    window.run();
    let put = under_the_ring(&window);
    assert_eq!(put.len(), 1);
    assert_eq!((&put[0].person, put[0].span, put[0].status), (&first, gap.span, Status::Proposed));
    press(&mut window, Key::Space);
    assert_eq!(under_the_ring(&window)[0].status, Status::Asked, "{:?}", window.state().editor.notice());
    press(&mut window, Key::Slash);
    let Some(cover_rota::editor::Dialog::Declined(draft)) = window.state().editor.dialog() else { panic!("asked") };
    assert_eq!(draft.pieces.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), [put[0].id.clone()]);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Space);
    assert_eq!(under_the_ring(&window)[0].status, Status::Agreed);
    press(&mut window, Key::Slash);
    let who = window.state().rota().person(&first).unwrap().initials.clone();
    window.get_by_role_and_label(Role::Dialog, &format!("What can {who} no longer cover?"));
}

#[test]
fn every_shortage_without_an_answer_leads_to_a_gap_or_to_who_does_not_count_and_never_to_a_heading() {
    let mut window = draft();
    let count = window.state().editor.problems().problems.len();
    for _ in 0..count {
        press(&mut window, Key::F8);
        let editor = &window.state().editor;
        let at = editor.chosen_finding().unwrap();
        let finding = editor.doc().unwrap().report().findings[at].clone();
        assert!(!matches!(editor.selection(), Selection::Unit(_) | Selection::None), "{}", finding.message);
        let (Selection::Cells(range), Some(span)) =
            (editor.selection(), finding.span.filter(|_| finding.need.is_some()))
        else {
            continue;
        };
        assert!(range.span().overlaps(span), "{}", finding.message);
        if let Some(who) = editor.who_could() {
            assert_eq!(who.gap.post, range.last.row.post, "{}", finding.message);
            assert!(who.gap.span.overlaps(range.span()), "{}", finding.message);
        }
    }
}

#[test]
fn after_a_gap_is_filled_the_worst_that_is_left_comes_next() {
    let mut window = draft();
    press(&mut window, Key::F8);
    window.event(Event::Text("1".to_owned()));
    window.run();
    press(&mut window, Key::F8);
    let editor = &window.state().editor;
    assert_eq!(editor.chosen_finding(), editor.problems().problems.first().map(|problem| problem.finding));
    let finding = &editor.doc().unwrap().report().findings[editor.chosen_finding().unwrap()];
    let held = under_the_ring(&window);
    let is_idle = |block: &Assignment| finding.not_counted.iter().any(|other| other.person == block.person);
    assert!(gap_under_the_ring(&window) || held.iter().any(is_idle), "a gap, or whoever is there and does not count");
}

#[test]
fn letters_go_in_as_they_are_typed_after_the_box_was_left_too() {
    let mut window = draft();
    press(&mut window, Key::F8);
    for open in [Key::F2, Key::Enter] {
        press(&mut window, open);
        assert!(window.state().editor.typing().is_some());
        press(&mut window, Key::Escape);
        write_slowly(&mut window, "rs");
        assert_eq!(window.state().editor.typing().map(|typing| typing.text.as_str()), Some("rs"));
        press(&mut window, Key::Home);
        press(&mut window, Key::Escape);
        write_slowly(&mut window, "hg");
        assert_eq!(window.state().editor.typing().map(|typing| typing.text.as_str()), Some("hg"));
        press(&mut window, Key::Escape);
    }
    assert_eq!(window.state().editor.view(), View::Posts);
}

#[test]
fn what_is_dropped_on_a_gap_has_the_ring_and_the_keys() {
    let mut window = draft();
    press(&mut window, Key::F8);
    let gap = ring(&window);
    let name = |at| window.state().rota().zone().time_of_day(at);
    let place = format!("{}–{}, not covered", name(gap.at), name(gap.until));
    let to = window.query_all_by_label_contains(&place).find(|n| n.rect().height() > 1.0).unwrap().rect().center();
    let from = window.query_all_by_label_contains("RS Sethi").next().unwrap().rect().center();
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(1);
    for step in 1_u8..=6 {
        window.hover_at(from.lerp(to, f32::from(step) / 6.0));
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run();
    let put = under_the_ring(&window);
    assert_eq!((put.len(), put[0].person.as_str(), put[0].span), (1, "rs", gap.span()));
    press(&mut window, Key::Space);
    assert_eq!(under_the_ring(&window)[0].status, Status::Asked);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
}

#[test]
fn a_drop_on_who_has_agreed_says_so_and_begins_on_cancel() {
    let mut window = draft();
    let rota = window.state().rota();
    let agreed = rota.assignments.iter().find(|a| a.person.as_str() == "gh" && a.status == Status::Agreed).unwrap();
    let on = DropTarget::Block(agreed.id.clone());
    let before = rota.assignments.clone();
    act(&mut window, Action::DropPerson { person: PersonId::new("rs").unwrap(), on });
    window.get_by_label("GH has agreed to this, and would have to be told.");
    assert!(window.query_by_label_contains("RS would not count there: ").is_some());
    assert!(window.get_by_label("Cancel").accesskit_node().is_focused(), "not on Replace");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().editor.dialog(), None);
    assert_eq!(window.state().rota().assignments, before);
}

#[test]
fn rows_stay_where_they_are_while_gaps_are_filled() {
    let mut window = draft();
    let top = |window: &Harness<'_, Window>| window.get_by_label("Find a person").rect().top();
    let mut before = top(&window);
    for _ in 0..6 {
        press(&mut window, Key::F8);
        window.event(Event::Text("1".to_owned()));
        window.run();
        assert!(top(&window) >= before, "{} < {before}", top(&window));
        before = top(&window);
    }
}

#[test]
fn a_key_that_does_nothing_says_why() {
    let mut window = draft();
    press(&mut window, Key::F8);
    for key in [Key::Space, Key::Slash] {
        window.state_mut().act(Action::Refuse("old".to_owned()));
        press(&mut window, key);
        let says = window.state().editor.notice().map(ToOwned::to_owned);
        assert!(says.as_deref().is_some_and(|says| says.starts_with("Nobody is here yet")), "{key:?}: {says:?}");
    }
    let unit = window.state().rota().units[0].id.clone();
    window.state_mut().act(Action::Select(Selection::Unit(unit)));
    assert_eq!(window.state().editor.notice(), None, "an old refusal goes with the selection");
    window.run();
    write_slowly(&mut window, "k");
    assert!(window.state().editor.notice().is_some_and(|says| says.starts_with("Choose a cell first")));
}

#[test]
fn who_is_found_on_another_day_is_told_and_the_list_is_whole_again() {
    let mut window = draft();
    window.state_mut().act(Action::Do(Verb::NextProblem));
    assert!(window.state().editor.chosen_finding().is_some());
    window.state_mut().act(Action::SetFindText("sethi".to_owned()));
    window.state_mut().act(Action::Select(Selection::Person(PersonId::new("rs").unwrap())));
    act(&mut window, Action::Do(Verb::ShowInPosts));
    let editor = &window.state().editor;
    assert_eq!(editor.toast().map(|toast| toast.text.as_str()), Some("RS is on Wed 27-Apr"));
    assert_eq!(editor.find_text(), "");
    assert!(editor.is_enabled(Verb::AcceptFinding).is_err(), "nothing is accepted that is not in sight");
}

#[test]
fn whoever_declined_is_seen_in_the_gap() {
    let mut window = draft();
    press(&mut window, Key::F8);
    window.event(Event::Text("1".to_owned()));
    window.run();
    let who = under_the_ring(&window)[0].person.clone();
    let initials = window.state().rota().person(&who).unwrap().initials.clone();
    window.state_mut().act(Action::Do(Verb::SetDeclined));
    act(&mut window, Action::DialogPress(Choice::NotThisPost));
    let spoken = format!("not covered, {initials} declined");
    assert!(window.query_all_by_label_contains(&spoken).next().is_some(), "{spoken}");
}

#[test]
fn what_is_accepted_is_told_in_words_and_still_seen() {
    let mut window = draft();
    let report = window.state().editor.doc().unwrap().report();
    let at = report.findings.iter().position(|f| f.code.as_str() == "RST-1").unwrap();
    window.state_mut().act(Action::AskAccept(at));
    let Some(Dialog::AcceptFinding(draft)) = window.state().editor.dialog().cloned() else { panic!("asked") };
    let draft = AcceptDraft { reason: "agreed with LR".to_owned(), ..draft };
    window.state_mut().act(Action::DialogEdited(Box::new(Dialog::AcceptFinding(draft))));
    act(&mut window, Action::DialogOk);
    let toast = window.state().editor.toast().unwrap().text.clone();
    assert!(toast.contains("LR") && !toast.contains("RST"), "{toast}");
    assert!(window.state().editor.problem_filter().accepted, "the accepted ones are unfolded");
}

#[test]
fn a_card_comes_only_where_the_pointer_was_moved_to() {
    let mut window = draft();
    let block = "KP Pereira: A&E Majors middle grade";
    let at = window.query_all_by_label_contains(block).next().unwrap().rect().center();
    let cards = |window: &Harness<'_, Window>| window.query_all_by_label("replace").count();
    window.hover_at(at);
    window.run_steps(60);
    assert_eq!(cards(&window), 1, "pointed at");
    press(&mut window, Key::F8);
    press(&mut window, Key::F8);
    window.run_steps(60);
    assert_eq!(cards(&window), 0, "whoever goes on by keyboard does not want it");
    window.hover_at(at + egui::vec2(3.0, 0.0));
    window.run_steps(60);
    assert_eq!(cards(&window), 1, "pointed at again");
    act(&mut window, Action::Do(Verb::Help));
    window.state_mut().act(Action::CloseDialog);
    window.run_steps(60);
    assert_eq!(cards(&window), 0, "a dialog that closes over it does not bring it");
}

#[test]
fn rest_says_what_it_counts() {
    let mut window = draft();
    window.state_mut().act(Action::Do(Verb::ViewPeople));
    act(&mut window, Action::SetFindText("lovell".to_owned()));
    window.get_by_label(cover_rota::ui::people_view::REST_COUNTS);
    let row = window
        .query_all_by_label_contains("AL Lovell")
        .find_map(|node| node.accesskit_node().label().filter(|label| label.contains("in 7 days")));
    assert!(row.is_some_and(|row| row.contains("one piece of work, so no rest between")), "AL");
}

#[test]
fn who_has_declined_cannot_decline_again() {
    let mut window = draft();
    press(&mut window, Key::F8);
    window.event(Event::Text("1".to_owned()));
    window.run();
    window.state_mut().act(Action::Do(Verb::SetDeclined));
    act(&mut window, Action::DialogPress(Choice::NotThisPost));
    press(&mut window, Key::Slash);
    assert_eq!(window.state().editor.dialog(), None);
    assert_eq!(window.state().editor.notice(), Some("Already declined"));
}
