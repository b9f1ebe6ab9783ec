//! A night over the change of day: what is proposed for it, and what is left of it.

use super::fixture::{person_id, post_id, range, span, window_id};
use super::grid_tests::{able, editor, run, told};
use super::*;
use crate::checker::Gap;
use crate::model::{Span, Status, WindowId};

/// Two days that meet at 07:00, with a night on the consultant's post from 20:00 to 08:00 and nothing else.
fn a_night_over_two_days() -> crate::model::Rota {
    let mut rota = able();
    let line = crate::model::StaffingLine {
        post: post_id("cons"),
        from: "20:00".parse().unwrap(),
        to: "08:00".parse().unwrap(),
        count: 1,
    };
    rota.normals[0].staffing = vec![line];
    rota.windows[0].span = span("07:00", "2016-04-27T07:00");
    rota.windows[1].span = span("2016-04-27T07:00", "2016-04-28T07:00");
    rota
}

fn night() -> Span {
    span("2016-04-26T20:00", "2016-04-27T08:00")
}

#[test]
fn a_night_over_the_change_of_day_is_one_gap_for_proposing() {
    let start = a_night_over_two_days();
    for day in 0..2 {
        let mut editor = editor(start.clone());
        let first =
            if day == 0 { ("2016-04-26T20:00", "2016-04-26T20:00") } else { ("2016-04-27T07:00", "2016-04-27T07:00") };
        let mut cells = range("cons", 0, first.0, "cons", 0, first.1);
        cells.window = start.windows[day].id.clone();
        run(&mut editor, Action::ShowWindow(cells.window.clone()));
        run(&mut editor, Action::Select(Selection::Cells(cells)));
        let gap = editor.who_could().unwrap().gap.clone();
        assert_eq!(gap, Gap { post: post_id("cons"), span: night() });
        let text = selection_text::selection_text(editor.doc().unwrap(), editor.selection(), editor.zoom());
        assert!(text.contains("20:00–08:00"), "the status bar is about the same time: {text}");
        run(&mut editor, Action::Propose { person: person_id("hg"), gap, asked: false });
        let held = &editor.doc().unwrap().rota().assignments;
        assert_eq!(held.iter().map(|a| a.span).collect::<Vec<_>>(), [night()]);
        assert_eq!(editor.toast().unwrap().text, "HG to Consultant, 20:00–08:00");
    }
}

#[test]
fn a_drop_and_a_suggestion_for_one_gap_are_about_all_of_the_night() {
    let start = a_night_over_two_days();
    let mut editor = editor(start);
    let cell = range("cons", 0, "2016-04-26T22:00", "cons", 0, "2016-04-26T22:00").anchor;
    run(&mut editor, Action::DropPerson { person: person_id("hg"), on: DropTarget::Gap(cell.clone()) });
    assert_eq!(editor.doc().unwrap().rota().assignments[0].span, night());
    run(&mut editor, Action::Do(Verb::Undo));
    // On the post's name in the second day, where the night is the first of what is not filled.
    run(&mut editor, Action::ShowWindow(WindowId::new("w2").unwrap()));
    run(&mut editor, Action::DropPerson { person: person_id("hg"), on: DropTarget::Post(post_id("cons")) });
    assert_eq!(editor.doc().unwrap().rota().assignments[0].span, night());
    run(&mut editor, Action::Do(Verb::Undo));
    run(&mut editor, Action::ShowWindow(window_id()));
    run(&mut editor, Action::Select(Selection::Cells(CellRange::one(window_id(), cell))));
    run(&mut editor, Action::Do(Verb::SuggestForGap));
    let what = editor.suggestion().map(|suggestion| suggestion.what.clone());
    assert_eq!(what, Some(suggest::SuggestFor::Gap(Gap { post: post_id("cons"), span: night() })));
}

#[test]
fn a_first_part_typed_alone_says_what_stays_open_on_the_next_day() {
    let mut editor = editor(a_night_over_two_days());
    let cells = range("cons", 0, "2016-04-26T20:00", "cons", 0, "2016-04-27T06:00");
    run(&mut editor, Action::Select(Selection::Cells(cells)));
    run(&mut editor, Action::StartTyping("hg".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    assert_eq!(editor.toast().unwrap().text, "HG to Consultant, 20:00–07:00; 1 h after 07:00 stays open");
}

#[test]
fn clearing_a_day_names_who_keeps_a_piece_of_the_next_one() {
    let mut start = a_night_over_two_days();
    start.assignments.push(super::fixture::assignment("a1", "cons", "hg", night(), Status::Agreed));
    let mut editor = editor(start);
    run(&mut editor, Action::Do(Verb::SelectAll));
    run(&mut editor, Action::Do(Verb::Clear));
    assert_eq!(told(&editor), ["HG, Consultant, 07:00–08:00 Wed 27-Apr-2016 proposed"]);
    let said = &editor.toast().unwrap().text;
    assert!(said.ends_with("; HG keeps 07:00–08:00 Wed 27-Apr, now Proposed"), "{said}");
}

#[test]
fn after_undo_the_ring_is_on_the_gap_that_is_there_now() {
    let mut editor = editor(a_night_over_two_days());
    let cells = range("cons", 0, "2016-04-26T23:00", "cons", 0, "2016-04-27T01:00");
    run(&mut editor, Action::Select(Selection::Cells(cells)));
    run(&mut editor, Action::StartTyping("hg".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    run(&mut editor, Action::Do(Verb::Undo));
    let Selection::Cells(range) = editor.selection() else { panic!("{:?}", editor.selection()) };
    assert_eq!(range.span(), span("2016-04-26T20:00", "2016-04-27T07:00"), "all of it in the day shown");
    assert_eq!(editor.who_could().unwrap().gap.span, night());
}
