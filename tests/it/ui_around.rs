//! What stands around the work: cards of problems, the bar's place, messages, menus of blocks, how much of a day is seen.

use cover_rota::editor::{Action, Selection, Settings, ThemeName, Verb};
use cover_rota::model::{Rota, Status};
use egui::accesskit::Role;
use egui::{Event, Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, click, labels, press, right_click};
use crate::window::{Window, opened, saved, shown};

type Test = Harness<'static, Window>;

fn norwich() -> Test {
    opened(saved("norwich-2016-draft"))
}

fn place(test: &Test, says: &str) -> Rect {
    let found = test.query_all_by_label_contains(says).find(|node| node.rect().height() > 1.0);
    found.unwrap_or_else(|| panic!("{says} is there")).rect()
}

/// The menu of the first block that has this status.
fn menu_of(test: &mut Test, status: &str) -> Vec<String> {
    let blocks = test.query_all(By::new().role(Role::Button).label_contains(status));
    let block = blocks.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
    let (_, rect) = block.into_iter().find(|(label, _)| label.contains(", Tue 26 Apr ")).expect("a block is there");
    right_click(test, rect.center());
    let entries = labels(test, Role::MenuItem);
    press(test, Key::Escape);
    entries
}

#[test]
fn the_menu_of_a_block_is_short_and_names_what_comes_next() {
    let mut test = norwich();
    let asked = menu_of(&mut test, ", asked");
    assert_eq!(asked[0], "Mark as agreed");
    assert!(asked.len() <= 11, "{asked:?}");
    let agreed = menu_of(&mut test, ", agreed");
    assert!(!agreed.iter().any(|entry| entry.starts_with("Mark as")), "nothing comes after Agreed: {agreed:?}");
    assert!(agreed.contains(&"Back to proposed".to_owned()) && agreed.len() <= 11, "{agreed:?}");
    press(&mut test, Key::F8);
    test.event(Event::Text("1".to_owned()));
    test.run();
    let proposed = menu_of(&mut test, ", proposed");
    assert_eq!(proposed[..2], ["Mark as asked", "Mark as agreed"]);
    assert!(!proposed.contains(&"Back to proposed".to_owned()) && proposed.len() <= 11, "{proposed:?}");
}

#[test]
fn a_problem_is_two_lines_without_initials_or_year_and_says_the_rest_when_asked() {
    let test = norwich();
    let list = test.state().editor.problems();
    let gaps: Vec<_> = list.problems.iter().filter(|problem| problem.is_gap).collect();
    assert!(!gaps.is_empty());
    for problem in gaps {
        // As many as the figures under the unit say, of as many: not the difference of other sums.
        assert!(problem.title.contains(" of ") && !problem.title.contains("short"), "{}", problem.title);
        assert!(problem.text.ends_with(" unfilled.") && !problem.text.contains("2016"), "{}", problem.text);
        assert!(problem.more.contains(" at "), "{}", problem.more);
        let row = place(
            &test,
            &format!("Error: {}. {}. {}", problem.title, problem.text.trim_end_matches('.'), problem.more),
        );
        assert!(row.height() <= 82.0, "{} is {} high", problem.title, row.height());
    }
}

#[test]
fn problems_and_who_could_are_grey_with_the_verdicts() {
    let mut test = shown(Window::unsealed(saved("norwich-2016-draft"), Settings::default()), ThemeName::Light);
    test.state_mut().act(Action::CloseDialog);
    act(&mut test, Action::Do(Verb::NextProblem));
    let rows = labels(&test, Role::ListItem);
    assert!(rows.iter().any(|row| row.starts_with("Not current, was Error: ")), "{rows:?}");
    assert!(!rows.iter().any(|row| row.starts_with("Error: ")), "{rows:?}");
    assert!(test.query_all_by_label_contains(", was 1 short").count() > 0);
    assert!(test.query_all_by_label_contains("Earlier problems").count() > 0);
}

#[test]
fn an_edit_moves_nothing_under_the_pointer_and_its_message_covers_nothing() {
    let mut test = norwich();
    press(&mut test, Key::F8);
    let header = |test: &Test| test.get_by_role_and_label(Role::Tab, "Posts").rect();
    let before = header(&test);
    let floor = test.ctx.content_rect().bottom() - 29.0;
    let mut said = 0;
    for _ in 0..6 {
        test.event(Event::Text("1".to_owned()));
        test.run();
        let undo = test.query_all_by_label_contains("Undo: ").map(|node| node.rect()).find(|rect| rect.top() > 300.0);
        if test.state().editor.toast().is_some_and(|toast| toast.can_undo) {
            said += 1;
            let undo = undo.expect("what was just done is said");
            assert!(undo.top() >= floor, "{undo:?} is on the status bar, below {floor}");
        }
        press(&mut test, Key::F8);
        assert_eq!(header(&test), before, "the bar above keeps its height");
    }
    assert!(said > 0);
}

#[test]
fn one_person_is_asked_for_a_shift_of_a_day_long_gap() {
    let mut rota: Rota = saved("nights-2025");
    rota.assignments.clear();
    let mut test = opened(rota);
    press(&mut test, Key::F8);
    for _ in 0..12 {
        if let Some(who) = test.state().editor.who_could() {
            let on_call = test.state().rota().post(&who.gap.post).is_some_and(|post| post.on_call);
            assert!(on_call || who.gap.span.minutes() <= 13 * 60, "{:?}", who.gap);
        }
        test.event(Event::Text("1".to_owned()));
        test.run();
        press(&mut test, Key::F8);
    }
    let rota = test.state().rota();
    let longest = rota.assignments.iter().filter(|a| rota.post(&a.post).is_some_and(|post| !post.on_call));
    let longest = longest.map(|a| a.span.minutes()).max().expect("somebody was proposed");
    assert!(longest <= 13 * 60, "{longest}");
    assert!(rota.assignments.iter().all(|a| a.status == Status::Proposed));
}

#[test]
fn a_whole_day_fits_when_asked_to() {
    let mut rota = saved("norwich-2016-draft");
    rota.windows.truncate(1);
    rota.windows[0].span.to = rota.windows[0].span.from.plus(24 * 60);
    let mut test = opened(rota);
    let is_seen = |test: &Test| test.query_all_by_label_contains(", 06:00: ").any(|node| node.rect().width() > 8.0);
    assert!(!is_seen(&test), "24 hours are wider than the grid at first");
    click(&mut test, "Fit day");
    assert!(is_seen(&test));
    assert!(test.state().editor.is_checked(Verb::ZoomDay));
}

#[test]
fn sessions_add_up_choose_what_has_the_ring_and_keep_red_for_gaps() {
    let mut test = norwich();
    act(&mut test, Action::Do(Verb::ViewSessions));
    // Count and sums are of the same rows: those that stand under the heading.
    test.get_by_label("Running, 8 sessions on Tue 26-Apr, 3 more on other days: 99 appointments, 2 inpatient operations, 6 day-case operations");
    let chosen = |test: &Test| match test.state().editor.selection() {
        Selection::Session(ids) => ids.len(),
        _ => 0,
    };
    assert_eq!(chosen(&test), 0);
    test.get_by_label_contains("Orthopaedic list, to postpone").focus();
    test.run();
    assert_eq!(chosen(&test), 1, "the ring and the panel at the right are of one session");
    assert!(test.query_by_label_contains("Choose a session").is_none());
}

#[test]
fn with_everybody_proposed_and_one_post_empty_the_bar_the_list_and_f8_lead_to_that_post() {
    let mut rota = saved("dorset-2016");
    rota.windows.truncate(1);
    for assignment in &mut rota.assignments {
        if assignment.status != Status::Declined {
            assignment.status = Status::Proposed;
        }
    }
    let window = rota.windows[0].span;
    let essential = |id: &cover_rota::model::PostId| rota.post(id).is_some_and(|post| !post.on_call);
    let gone =
        rota.assignments.iter().filter(|a| essential(&a.post) && a.span.overlaps(window)).nth(2).unwrap().clone();
    rota.assignments.retain(|a| a.id != gone.id);
    let name = rota.post(&gone.post).unwrap().name.clone();
    let mut test = opened(rota);
    let list = test.state().editor.problems();
    let first = &list.problems[0];
    assert!(first.is_empty && first.text.ends_with(&format!(": {name} unfilled.")), "{name}: {}", first.text);
    let gaps = list.problems.iter().filter(|problem| problem.is_gap).count();
    assert!(list.problems[gaps..].iter().all(|problem| !problem.is_gap), "what waits comes after every gap");
    let card = test.query_all_by_label_contains("SHORT").filter_map(|node| node.accesskit_node().label());
    assert!(card.into_iter().any(|label| label.contains(&name)), "the bar names {name}");
    press(&mut test, Key::F8);
    let Selection::Cells(range) = test.state().editor.selection() else { panic!("a cell is chosen") };
    assert_eq!(range.last.row.post, gone.post);
    assert!(test.state().editor.who_could().is_some());
}
