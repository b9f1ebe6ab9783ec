//! Going about: to the next problem, elsewhere while something is typed, and to what undo changed.

use super::fixture::{self, person_id, post_id, span, window_id, with};
use super::grid_tests::{able, choose, editor as open, run, told};
use super::*;
use crate::model::{Rota, Span, Status, WindowId};

/// Nothing normal is entered, so that only what a test puts there is a problem.
fn two_quiet_days() -> Rota {
    let mut rota = able();
    rota.normals[0].staffing.retain(|line| line.post == post_id("cons"));
    let rota = with(rota, "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
    with(rota, "a2", "cons", "hg", "2016-04-27T08:00", "2016-04-27T17:00", Status::Agreed)
}

#[test]
fn f8_goes_on_to_the_next_window_and_round() {
    let mut rota = two_quiet_days();
    rota.assignments[0].span = span("08:00", "12:00");
    rota.assignments[1].span = span("2016-04-27T09:00", "2016-04-27T17:00");
    let mut editor = open(rota);
    editor.problem_filter.kind = ProblemKind::Error;
    let mut walk = |verb| {
        run(&mut editor, Action::Do(verb));
        let Selection::Cells(range) = editor.selection() else { panic!("{:?}", editor.selection()) };
        let when = cells::times(crate::model::Zone::LONDON, range.span());
        format!("{} {when} {:?}", editor.window().unwrap(), editor.toast().map(|toast| toast.text.as_str()))
    };
    assert_eq!(walk(Verb::NextProblem), "w1 12:00–17:00 None");
    assert_eq!(walk(Verb::NextProblem), "w2 08:00–09:00 Some(\"On Wed 27-Apr\")");
    assert_eq!(walk(Verb::NextProblem), "w1 12:00–17:00 Some(\"On Tue 26-Apr\")");
    assert_eq!(walk(Verb::PreviousProblem), "w2 08:00–09:00 Some(\"On Wed 27-Apr\")");
    let mut none = open(two_quiet_days());
    none.problem_filter.kind = ProblemKind::Error;
    run(&mut none, Action::Do(Verb::NextProblem));
    assert_eq!(none.notice(), Some("No such problems on any day"));
}

#[test]
fn going_elsewhere_enters_whole_initials_only_and_says_what_was_not_entered() {
    let mut editor = open(able());
    let typed = |editor: &mut Editor, text: &str, then: Action| {
        choose(editor, "mg", 0, "10:00", "10:00");
        run(editor, Action::StartTyping(text.to_owned()));
        run(editor, then);
        assert_eq!(editor.typing(), None);
        editor.toast().filter(|toast| !toast.can_undo).map(|toast| toast.text.clone())
    };
    let elsewhere = || Action::Select(Selection::Post(post_id("cons")));
    assert_eq!(typed(&mut editor, "", elsewhere()), None);
    assert_eq!(typed(&mut editor, "zz", elsewhere()).as_deref(), Some("Nobody is called “zz”: nobody was put there"));
    let refused = typed(&mut editor, "mw", Action::LeaveTyping).unwrap();
    assert!(refused.starts_with("MW was not put there: "), "{refused}");
    assert!(told(&editor).is_empty());
    for begun in ["k", "pereir"] {
        let told = format!("“{begun}” was typed for Middle grade, 10:00–11:00, but not entered: Enter was not pressed");
        assert_eq!(typed(&mut editor, begun, elsewhere()), Some(told));
    }
    assert!(told(&editor).is_empty());
    assert_eq!(typed(&mut editor, "kp", elsewhere()), None);
    assert_eq!(told(&editor), ["KP, Middle grade, 10:00–11:00 Tue 26-Apr-2016 proposed"]);
    assert_eq!(*editor.selection(), Selection::Post(post_id("cons")), "and goes there");
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(typed(&mut editor, "rs 10:15-10:30", Action::Do(Verb::NextPane)), None);
    assert_eq!(told(&editor), ["RS, Middle grade, 10:15–10:30 Tue 26-Apr-2016 proposed"]);
}

#[test]
fn a_number_without_a_list_says_that_a_gap_has_to_be_chosen_first() {
    let first = "Choose a gap first: 1 to 9 then propose somebody from “Who could”";
    let mut editor = open(with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed));
    for then in [Action::LeaveTyping, Action::CommitTyping { go: Direction::Here, anyway: false }] {
        choose(&mut editor, "cons", 0, "10:00", "10:00");
        run(&mut editor, Action::StartTyping("1".to_owned()));
        run(&mut editor, then);
        assert_eq!((editor.typing(), editor.dialog()), (None, None));
        assert_eq!(editor.toast().unwrap().text, first);
    }
    choose(&mut editor, "mg", 0, "10:00", "10:00");
    run(&mut editor, Action::StartTyping("9".to_owned()));
    run(&mut editor, Action::LeaveTyping);
    assert_eq!(editor.toast().unwrap().text, "“Who could” has no number 9");
    run(&mut editor, Action::Select(Selection::None));
    run(&mut editor, Action::StartTyping("1".to_owned()));
    assert_eq!(editor.notice(), Some(first));
    assert_eq!(told(&editor).len(), 1);
}

#[test]
fn undo_and_redo_show_what_they_changed() {
    let mut editor = open(with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed));
    choose(&mut editor, "mg", 0, "10:00", "11:00");
    run(&mut editor, Action::Do(Verb::Clear));
    run(&mut editor, Action::ShowWindow(WindowId::new("w2").unwrap()));
    run(&mut editor, Action::Do(Verb::ViewSessions));
    run(&mut editor, Action::Do(Verb::Undo));
    let shown = |editor: &Editor| match editor.selection() {
        Selection::Cells(range) => (range.window.clone(), range.last.row.post.clone(), range.span()),
        other => panic!("{other:?}"),
    };
    let there = (window_id(), post_id("mg"), span("10:00", "12:00"));
    assert_eq!((editor.view(), shown(&editor)), (View::Posts, there.clone()));
    assert_eq!(editor.toast().unwrap().text, "Undone: remove KP, 10:00–12:00");
    assert_eq!(editor.window(), Some(&window_id()));
    choose(&mut editor, "cons", 0, "08:00", "08:00");
    run(&mut editor, Action::Do(Verb::Redo));
    assert_eq!(shown(&editor), there);
    assert_eq!(editor.toast().unwrap().text, "Redone: remove KP, 10:00–12:00");
    run(&mut editor, Action::Do(Verb::Undo));
    run(&mut editor, Action::Do(Verb::ViewPeople));
    run(&mut editor, Action::Select(Selection::None));
    run(&mut editor, Action::Do(Verb::Redo));
    assert_eq!((editor.view(), editor.selection()), (View::People, &Selection::Person(person_id("kp"))));
}

#[test]
fn clearing_many_that_were_called_says_how_many_until_the_next_action() {
    let mut rota = able();
    for slot in 0..21 {
        let from = span("08:00", "17:00").from.plus(slot * 20);
        let who = ["kp", "rs"][usize::try_from(slot % 2).unwrap()];
        let id = format!("b{slot}");
        rota.assignments.push(fixture::assignment(&id, "mg", who, Span::new(from, from.plus(20)), Status::Agreed));
    }
    let before = rota.clone();
    let mut editor = open(rota);
    run(&mut editor, Action::Do(Verb::SelectAll));
    run(&mut editor, Action::Do(Verb::Clear));
    assert!(told(&editor).is_empty());
    let said = "2 people had been asked or had agreed (21 shifts). One Undo reverses everything.";
    assert_eq!(editor.notice(), Some(said));
    assert!(editor.toast().unwrap().can_undo);
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(*editor.doc().unwrap().rota(), before, "in one step");
    assert_eq!(editor.notice(), None);
}
