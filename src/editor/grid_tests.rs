//! What the coordinator does on the grid, told step by step.

use super::dialogs::Dialog;
use super::fixture::{assignment_id, person_id, post_id, range, span, window_id, with};
use super::testing::env;
use super::*;
use crate::checker::Gap;
use crate::model::{Availability, Rota, Status, WindowId};

pub(super) fn able() -> Rota {
    let mut rota = fixture::able();
    rota.people[4].may_cover.clear();
    fixture::with_day(rota, span("2016-04-27T08:00", "2016-04-27T17:00"))
}

pub(super) fn editor(rota: Rota) -> Editor {
    let mut editor = Editor::new(Settings::default());
    editor.show(Document::unsaved(rota));
    editor
}

pub(super) fn run(editor: &mut Editor, action: Action) {
    env(|env| editor.run(action, env));
}

pub(super) fn choose(editor: &mut Editor, post: &str, lane: usize, from: &str, to: &str) {
    run(editor, Action::Select(Selection::Cells(range(post, lane, from, post, lane, to))));
}

pub(super) fn told(editor: &Editor) -> Vec<String> {
    let rota = editor.doc().unwrap().rota();
    let mut all: Vec<_> = rota.assignments.iter().collect();
    all.sort_by_key(|a| (a.span, a.post.clone()));
    all.iter().map(|a| format!("{} {}", assign::sentence(rota, a), a.status.words())).collect()
}

#[test]
fn typing_initials_puts_somebody_on_exactly_those_cells() {
    let mut editor = editor(able());
    choose(&mut editor, "mg", 0, "10:00", "11:00");
    run(&mut editor, Action::StartTyping("k".to_owned()));
    run(&mut editor, Action::TypingChanged("kp".to_owned()));
    assert_eq!(editor.typing().unwrap().choices.len(), 1);
    run(&mut editor, Action::CommitTyping { go: Direction::Right, anyway: false });
    assert_eq!(told(&editor), ["KP, Middle grade, 10:00–12:00 Tue 26-Apr-2016 proposed"]);
    assert_eq!(editor.toast().unwrap().text, "KP to Middle grade, 10:00–12:00");
    let Selection::Cells(range) = editor.selection() else { panic!() };
    assert_eq!(range.span(), span("12:00", "13:00"), "on to the next cell");
    assert_eq!(editor.typing(), None);
}

#[test]
fn a_cell_may_be_typed_with_its_times() {
    let mut editor = editor(able());
    choose(&mut editor, "mg", 0, "10:00", "10:00");
    run(&mut editor, Action::StartTyping("kp 10:30-10:45".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    assert_eq!(told(&editor), ["KP, Middle grade, 10:30–10:45 Tue 26-Apr-2016 proposed"]);
}

#[test]
fn who_cannot_is_placed_only_if_it_is_meant() {
    let mut editor = editor(able());
    choose(&mut editor, "mg", 0, "10:00", "10:00");
    run(&mut editor, Action::StartTyping("mw".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Down, anyway: false });
    assert!(editor.notice().unwrap().starts_with("MW would not count: "), "{:?}", editor.notice());
    assert!(editor.typing().is_some() && told(&editor).is_empty());
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: true });
    assert_eq!(told(&editor), ["MW, Middle grade, 10:00–11:00 Tue 26-Apr-2016 proposed"]);
}

#[test]
fn unknown_initials_become_a_person_on_those_cells_in_one_step() {
    let mut editor = editor(able());
    choose(&mut editor, "mg", 0, "10:00", "11:00");
    run(&mut editor, Action::StartTyping("jf".to_owned()));
    assert!(editor.typing().unwrap().is_unknown());
    run(&mut editor, Action::CommitTyping { go: Direction::Right, anyway: false });
    let Some(Dialog::Person(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
    assert_eq!(draft.initials, "JF");
    run(&mut editor, Action::DialogOk);
    assert_eq!(editor.dialog_errors()[0].field.part, super::dialogs::Part::Family, "it stays open");
    let draft = dialogs::PersonDraft { family: "Fielding".to_owned(), ..draft };
    run(&mut editor, Action::DialogEdited(Box::new(Dialog::Person(draft))));
    run(&mut editor, Action::DialogOk);
    assert_eq!(told(&editor), ["JF, Middle grade, 10:00–12:00 Tue 26-Apr-2016 proposed"]);
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(*editor.doc().unwrap().rota(), able());
}

#[test]
fn f8_goes_to_a_gap_and_says_who_could() {
    let rota = with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
    let mut editor = editor(with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed));
    run(&mut editor, Action::Do(Verb::NextProblem));
    let Selection::Cells(range) = editor.selection() else { panic!("{:?}", editor.selection()) };
    assert_eq!((range.last.row.post.as_str(), range.span()), ("mg", span("10:00", "17:00")));
    let who = editor.who_could().unwrap();
    assert_eq!(who.gap, Gap { post: post_id("mg"), span: span("10:00", "17:00") });
    assert_eq!(who.could.iter().map(|c| c.person.as_str()).collect::<Vec<_>>(), ["rs", "an"]);
    assert_eq!(who.could_not.len(), 3);
    let first = who.could[0].person.clone();
    let gap = who.gap.clone();
    run(&mut editor, Action::Propose { person: first, gap, asked: true });
    assert_eq!(told(&editor)[2], "RS, Middle grade, 10:00–17:00 Tue 26-Apr-2016 asked");
    assert_eq!(editor.doc().unwrap().rota().log.len(), 1);
    assert_eq!(editor.who_could(), None, "the gap is filled");
    run(&mut editor, Action::Do(Verb::Undo));
    assert!(editor.doc().unwrap().rota().log.is_empty(), "one step");
}

#[test]
fn space_moves_on_and_a_refusal_asks_which() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "13:00", Status::Proposed));
    choose(&mut editor, "mg", 0, "09:00", "09:00");
    run(&mut editor, Action::Do(Verb::MoveOn));
    run(&mut editor, Action::Do(Verb::MoveOn));
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 agreed"], "all of the block");
    run(&mut editor, Action::Do(Verb::MoveOn));
    assert_eq!(editor.notice(), Some("Already agreed"));
    run(&mut editor, Action::Do(Verb::SetDeclined));
    assert!(matches!(editor.dialog(), Some(Dialog::Declined(_))));
    run(&mut editor, Action::DialogPress(Choice::NotThisPost));
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 declined"]);
    assert!(editor.who_could().is_some(), "the gap that is left");
    run(&mut editor, Action::Do(Verb::Undo));
    run(&mut editor, Action::Do(Verb::SetDeclined));
    run(&mut editor, Action::DialogPress(Choice::NotFreeThen));
    let person = editor.doc().unwrap().rota().person(&person_id("kp")).unwrap();
    assert!(told(&editor).is_empty());
    assert_eq!(person.availability_at(span("12:59", "13:00").from), Availability::NotAvailable);
}

#[test]
fn not_free_from_now_releases_and_shows_the_gap() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed));
    run(&mut editor, Action::Select(Selection::Person(person_id("kp"))));
    run(&mut editor, Action::Do(Verb::ViewPeople));
    assert_eq!(editor.label(Verb::NotFreeFrom), "KP unavailable from…");
    run(&mut editor, Action::Do(Verb::NotFreeFrom));
    run(&mut editor, Action::DialogOk);
    assert!(told(&editor).is_empty());
    assert_eq!(editor.view(), View::Posts);
    let who = editor.who_could().unwrap();
    assert_eq!(who.gap.post, post_id("mg"));
    assert!(who.could_not.iter().any(|c| c.person == person_id("kp")));
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(told(&editor).len(), 1, "one step");
}

#[test]
fn dropping_on_somebody_asks_swap_or_replace() {
    let rota = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
    let mut editor = editor(with(rota, "a2", "cons", "hg", "08:00", "17:00", Status::Agreed));
    let on = DropTarget::Block(assignment_id("a1"));
    run(&mut editor, Action::DropPerson { person: person_id("hg"), on: on.clone() });
    let Some(Dialog::Drop(draft)) = editor.dialog() else { panic!() };
    assert!(draft.can_swap);
    run(&mut editor, Action::DialogPress(Choice::Swap));
    assert_eq!(
        told(&editor),
        [
            "KP, Consultant, 08:00–17:00 Tue 26-Apr-2016 proposed",
            "HG, Middle grade, 08:00–17:00 Tue 26-Apr-2016 proposed"
        ]
    );
    run(&mut editor, Action::DropPerson { person: person_id("rs"), on });
    run(&mut editor, Action::DialogPress(Choice::Replace));
    assert_eq!(told(&editor)[1], "RS, Middle grade, 08:00–17:00 Tue 26-Apr-2016 proposed");
}

#[test]
fn a_locked_block_stays_until_it_is_unlocked() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed));
    choose(&mut editor, "mg", 0, "09:00", "09:00");
    run(&mut editor, Action::Do(Verb::Lock));
    let locked = editor.doc().unwrap().rota().clone();
    let to = range("cons", 0, "08:00", "cons", 0, "08:00").anchor;
    for action in [
        Action::Do(Verb::Clear),
        Action::Do(Verb::Cut),
        Action::MoveBlock { assignment: assignment_id("a1"), to, copy: false },
        Action::ResizeBlock { assignment: assignment_id("a1"), to: span("08:00", "12:00") },
        Action::HandOver { assignment: assignment_id("a1"), to: person_id("rs") },
        Action::PasteText("HG".to_owned()),
    ] {
        run(&mut editor, action);
        assert_eq!(*editor.doc().unwrap().rota(), locked);
        assert_eq!(editor.notice(), Some("KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 is locked: unlock it first"));
    }
    assert_eq!(editor.label(Verb::Lock), "Unlock");
    run(&mut editor, Action::Do(Verb::Lock));
    run(&mut editor, Action::Do(Verb::Clear));
    assert_eq!(told(&editor).len(), 2);
}

#[test]
fn the_ring_walks_slots_and_jumps_to_edges() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed));
    let at = |editor: &Editor| {
        let Selection::Cells(range) = editor.selection() else { panic!() };
        let zone = crate::model::Zone::LONDON;
        format!("{} {} {}", range.last.row.post, range.last.row.lane, cells::times(zone, range.span()))
    };
    let walk = |editor: &mut Editor, dx, dy, extend, jump| {
        run(editor, Action::MoveCursor { dx, dy, extend, jump });
        at(editor)
    };
    assert_eq!(walk(&mut editor, 1, 0, false, false), "cons 0 08:00–09:00", "it begins at the first");
    assert_eq!(walk(&mut editor, 0, 1, false, false), "mg 0 08:00–09:00");
    assert_eq!(walk(&mut editor, 1, 0, false, true), "mg 0 13:00–14:00");
    assert_eq!(walk(&mut editor, 2, 0, true, false), "mg 0 13:00–16:00");
    assert_eq!(walk(&mut editor, -1, 0, false, true), "mg 0 13:00–14:00");
    assert_eq!(walk(&mut editor, 0, 9, false, false), "sho 0 13:00–14:00");
    assert_eq!(walk(&mut editor, 99, 0, false, false), "sho 0 16:00–17:00");
    run(&mut editor, Action::Do(Verb::NextWindow));
    assert_eq!(editor.window().map(WindowId::as_str), Some("w2"));
}

#[test]
fn up_and_down_keep_the_hours_that_were_typed_into() {
    let mut editor = editor(able());
    choose(&mut editor, "cons", 0, "10:00", "13:00");
    run(&mut editor, Action::StartTyping("hg".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    let step = |editor: &mut Editor, action: Action| {
        run(editor, action);
        let Selection::Cells(range) = editor.selection() else { panic!("{:?}", editor.selection()) };
        let hours = range.anchor.span().from.min(range.last.span().from);
        (range.last.row.post.to_string(), range.last.row.lane, hours, range.anchor.until.max(range.last.until))
    };
    let down = || Action::MoveCursor { dx: 0, dy: 1, extend: false, jump: false };
    let (from, to) = (span("10:00", "14:00").from, span("10:00", "14:00").to);
    assert_eq!(step(&mut editor, down()), ("mg".to_owned(), 0, from, to));
    run(&mut editor, Action::StartTyping("kp".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    assert_eq!(step(&mut editor, down()), ("mg".to_owned(), 1, from, to));
    run(&mut editor, Action::StartTyping("rs".to_owned()));
    let up = Action::CommitTyping { go: Direction::Up, anyway: false };
    assert_eq!(step(&mut editor, up), ("mg".to_owned(), 0, from, to));
    choose(&mut editor, "cons", 0, "10:00", "13:00");
    assert_eq!(step(&mut editor, down()).2, span("13:00", "14:00").from, "nothing was typed into these");
}

#[test]
fn whoever_is_there_already_is_lengthened_by_typing() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "11:00", Status::Proposed));
    choose(&mut editor, "mg", 0, "10:00", "12:00");
    run(&mut editor, Action::StartTyping("kp".to_owned()));
    let choice = editor.typing().unwrap().choices[0].clone();
    assert_eq!((choice.could, choice.text.as_str()), (true, "Is here already, 08:00–11:00: this lengthens it"));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 proposed"]);
    choose(&mut editor, "mg", 1, "10:00", "14:00");
    run(&mut editor, Action::StartTyping("kp".to_owned()));
    assert!(!editor.typing().unwrap().choices[0].could, "nobody is on one post twice");
}

#[test]
fn cells_go_to_a_spreadsheet_and_come_back_proposed() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "10:00", Status::Agreed));
    choose(&mut editor, "mg", 0, "08:00", "09:00");
    run(&mut editor, Action::Do(Verb::Cut));
    let text = editor.take_effects().into_iter().find_map(|effect| match effect {
        Effect::CopyText(text) => Some(text),
        _ => None,
    });
    assert_eq!(text.as_deref(), Some("KP\tKP\n"));
    assert!(told(&editor).is_empty());
    choose(&mut editor, "mg", 0, "12:00", "12:00");
    run(&mut editor, Action::PasteText(text.unwrap()));
    assert_eq!(told(&editor), ["KP, Middle grade, 12:00–14:00 Tue 26-Apr-2016 proposed"]);
}

#[test]
fn one_chosen_cell_of_a_shift_is_one_cell_copied_and_pasting_names_who_was_pasted_and_who_lost_time() {
    let start = with(able(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed);
    let mut editor = editor(with(start, "a2", "cons", "hg", "08:00", "13:00", Status::Proposed));
    choose(&mut editor, "mg", 0, "09:00", "09:00");
    run(&mut editor, Action::Do(Verb::Copy));
    assert!(editor.take_effects().contains(&Effect::CopyText("KP\n".to_owned())));
    choose(&mut editor, "cons", 0, "09:00", "09:00");
    run(&mut editor, Action::PasteText("KP\n".to_owned()));
    assert_eq!(editor.toast().unwrap().text, "Paste KP into 1 cell; also changed: HG");
    assert_eq!(editor.notice(), None);
}

#[test]
fn a_day_is_copied_by_dialog_and_a_block_by_menu() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "10:00", Status::Agreed));
    choose(&mut editor, "mg", 0, "08:00", "09:00");
    assert_eq!(editor.label(Verb::CopyToWindow), "Copy to Wed 27-Apr");
    run(&mut editor, Action::Do(Verb::CopyToWindow));
    assert_eq!(told(&editor)[1], "KP, Middle grade, 08:00–10:00 Wed 27-Apr-2016 proposed");
    run(&mut editor, Action::Do(Verb::Undo));
    run(&mut editor, Action::ShowWindow(window_id()));
    run(&mut editor, Action::Do(Verb::CopyDay));
    run(&mut editor, Action::DialogOk);
    assert_eq!(told(&editor).len(), 2);
    assert_eq!(editor.label(Verb::Undo), "Undo: copy 1 block to Wed 27-Apr");
}

#[test]
fn a_card_leads_to_its_first_problem() {
    let mut editor = editor(able());
    let unit = editor.doc().unwrap().rota().units[0].id.clone();
    let window = WindowId::new("w2").ok();
    run(&mut editor, Action::GoToUnit { unit, window: window.clone() });
    assert_eq!(editor.window(), window.as_ref());
    assert!(editor.chosen_finding().is_some());
    let finding = &editor.doc().unwrap().report().findings[editor.chosen_finding().unwrap()];
    assert_eq!(finding.window, window);
}

#[test]
fn a_warning_is_accepted_with_a_reason_until_it_changes() {
    let mut editor = editor(with(able(), "a1", "cons", "hg", "08:00", "17:00", Status::Proposed));
    let warning = |editor: &Editor| {
        let report = editor.doc().unwrap().report();
        report.findings.iter().position(crate::checker::can_be_accepted).unwrap()
    };
    let at = warning(&editor);
    run(&mut editor, Action::AskAccept(at));
    run(&mut editor, Action::DialogOk);
    let Some(Dialog::AcceptFinding(draft)) = editor.dialog().cloned() else { panic!("a reason is asked for") };
    let draft = dialogs::AcceptDraft { reason: "agreed with switchboard".to_owned(), ..draft };
    run(&mut editor, Action::DialogEdited(Box::new(Dialog::AcceptFinding(draft))));
    run(&mut editor, Action::DialogOk);
    assert!(editor.doc().unwrap().is_accepted(at));
    run(&mut editor, Action::WithdrawAccept(at));
    assert!(!editor.doc().unwrap().is_accepted(at));
    let error = editor.doc().unwrap().report().findings.iter().position(|f| !crate::checker::can_be_accepted(f));
    run(&mut editor, Action::AskAccept(error.unwrap()));
    assert_eq!(editor.notice(), Some("Errors must be fixed; they cannot be accepted"));
}

#[test]
fn what_is_chosen_says_why_a_verb_cannot_be_used() {
    let mut editor = editor(able());
    assert_eq!(editor.is_enabled(Verb::MoveOn).unwrap_err().to_string(), "Choose a block first");
    run(&mut editor, Action::Do(Verb::MoveOn));
    assert_eq!(editor.notice(), Some("Choose a block first"));
    assert_eq!(editor.window(), Some(&window_id()));
    assert_eq!(Editor::new(Settings::default()).is_enabled(Verb::Clear).unwrap_err().to_string(), "No rota is open");
}

/// Everybody normally there is there, and one more on a line of their own.
fn one_more() -> Editor {
    let rota = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
    let rota = with(rota, "a2", "mg", "rs", "08:00", "17:00", Status::Asked);
    editor(with(rota, "a3", "mg", "an", "10:00", "12:00", Status::Proposed))
}

#[test]
fn where_a_line_closes_the_ring_does_not_come_to_stand_on_somebody_else() {
    for remove in [Verb::SetDeclined, Verb::Clear] {
        let mut editor = one_more();
        choose(&mut editor, "mg", 2, "10:00", "11:00");
        run(&mut editor, Action::Do(remove));
        run(&mut editor, Action::DialogPress(Choice::NotThisPost));
        assert_eq!(editor.doc().unwrap().grid().windows[0].post(&post_id("mg")).unwrap().lanes.len(), 2, "{remove:?}");
        assert_eq!(*editor.selection(), Selection::None, "{remove:?}");
        let before = told(&editor);
        run(&mut editor, Action::Do(Verb::MoveOn));
        run(&mut editor, Action::Do(Verb::Clear));
        assert_eq!(told(&editor), before, "{remove:?}: the next key means nobody");
    }
}

#[test]
fn what_was_undone_on_a_line_that_closed_leaves_nobody_chosen() {
    let rota = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
    let mut editor = editor(with(rota, "a2", "mg", "rs", "08:00", "17:00", Status::Asked));
    let gap = Gap { post: post_id("mg"), span: span("13:00", "15:00") };
    run(&mut editor, Action::Propose { person: person_id("an"), gap, asked: false });
    assert_eq!(told(&editor).len(), 3);
    run(&mut editor, Action::Do(Verb::Undo));
    assert_eq!(told(&editor).len(), 2);
    assert_eq!(*editor.selection(), Selection::None);
}

#[test]
fn somebody_entered_where_they_are_already_stays_agreed() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed));
    choose(&mut editor, "mg", 0, "10:00", "11:00");
    run(&mut editor, Action::StartTyping("kp".to_owned()));
    run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–17:00 Tue 26-Apr-2016 agreed"]);
    assert_eq!(editor.notice(), Some("KP is here already, 08:00–17:00: nothing changed"));
}

#[test]
fn a_second_press_at_once_is_nobodys_yes() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "13:00", Status::Proposed));
    choose(&mut editor, "mg", 0, "09:00", "09:00");
    let press = |editor: &mut Editor, millis: u64| {
        env(|env| {
            env.running = std::time::Duration::from_millis(millis);
            editor.run(Action::Do(Verb::MoveOn), env);
        });
    };
    for millis in [1_000, 1_150, 1_700, 2_250] {
        press(&mut editor, millis);
    }
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 asked"]);
    assert!(editor.notice().unwrap().starts_with("Marked as asked. Space again"));
    press(&mut editor, 3_200);
    assert_eq!(told(&editor), ["KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 agreed"]);
}

#[test]
fn whoever_is_ill_is_unavailable_for_the_whole_of_the_shift_that_one_cell_stands_for() {
    let mut editor = editor(with(able(), "a1", "mg", "kp", "07:45", "17:15", Status::Agreed));
    choose(&mut editor, "mg", 0, "10:00", "10:00");
    run(&mut editor, Action::Do(Verb::NotFreeFrom));
    let Some(Dialog::NotFreeFrom(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
    assert_eq!(draft.time, "07:45");
    run(&mut editor, Action::DialogOk);
    assert_eq!(told(&editor), Vec::<String>::new(), "nor is anything left of it at its edges");
}
