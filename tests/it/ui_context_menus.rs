//! Context menus by the right button, as a hand presses it: each frame drawn, the first press opens, Esc closes, the
//! next opens again where it was pressed, and none comes back later somewhere else.

use cover_rota::editor::{Action, Selection, Settings, ThemeName, Verb};
use egui::accesskit::Role;
use egui::{Key, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::driver::{act, press, right_click};
use crate::window::{Window, saved, shown};

fn draft() -> Harness<'static, Window> {
    shown(Window::on(saved("norwich-2016-draft"), Settings::default()), ThemeName::Light)
}

fn entries(window: &Harness<'_, Window>) -> Vec<String> {
    window.query_all(By::new().role(Role::MenuItem)).filter_map(|node| node.accesskit_node().label()).collect()
}

/// The open menu: where it is, and what it offers.
fn menu(window: &Harness<'_, Window>) -> Option<(Rect, Vec<String>)> {
    let all = window.query_all(By::new().role(Role::MenuItem)).map(|node| node.rect());
    Some((all.reduce(egui::Rect::union)?, entries(window)))
}

/// Where the thing stands whose name says little more than this.
fn named(window: &Harness<'_, Window>, says: &str) -> Rect {
    let all = window.query_all_by_label_contains(says).filter(|node| node.rect().height() > 1.0);
    let length = |label: Option<String>| label.map_or(usize::MAX, |label| label.len());
    let shortest = all.min_by_key(|node| length(node.accesskit_node().label()));
    shortest.unwrap_or_else(|| panic!("{says} is there")).rect()
}

/// Presses on each of these in turn, with Esc between, and then goes about something else.
fn try_all(mut window: Harness<'static, Window>, places: &[(&str, &str)]) {
    for (says, offers) in places {
        let row = named(&window, says);
        let at = row.left_center() + vec2(24.0_f32.min(0.5 * row.width()), 0.0);
        right_click(&mut window, at);
        let (rect, entries) = menu(&window).unwrap_or_else(|| panic!("a right click on {says} opens a menu"));
        assert!(entries.iter().any(|entry| entry == offers), "{says} offers {offers}: {entries:?}");
        assert!(rect.expand(24.0).contains(at), "the menu of {says} is where the pointer is: {rect:?}");
        press(&mut window, Key::Escape);
        assert_eq!(entries_now(&window), "", "Esc closes the menu of {says}");
    }
    for verb in [Verb::ViewPeople, Verb::ViewSessions, Verb::ViewPosts, Verb::NextProblem] {
        act(&mut window, Action::Do(verb));
        assert_eq!(entries_now(&window), "", "none comes back");
    }
    let people: Vec<_> = window.state().rota().people.iter().take(12).map(|person| person.id.clone()).collect();
    for person in people {
        act(&mut window, Action::Select(Selection::Person(person)));
        assert_eq!(entries_now(&window), "", "none comes back beside somebody else");
    }
}

fn entries_now(window: &Harness<'_, Window>) -> String {
    entries(window).join(", ")
}

#[test]
fn the_first_right_click_on_a_person_opens_the_menu_and_so_does_each_after_it() {
    try_all(
        draft(),
        &[
            ("KP Pereira,", "Edit KP…"),
            ("RS Sethi,", "Edit RS…"),
            ("KP Pereira,", "Edit KP…"),
            ("HG Grant,", "Edit HG…"),
        ],
    );
}

#[test]
fn a_right_click_elsewhere_while_a_menu_is_open_opens_the_other_one() {
    let mut window = draft();
    for (says, offers) in [("RS Sethi", "Edit RS…"), ("KP Pereira", "Edit KP…")] {
        let rows = window.query_all_by_label_contains(says).map(|node| node.rect());
        let row = rows.into_iter().find(|rect| rect.left() < 60.0 && rect.height() > 1.0).unwrap();
        right_click(&mut window, row.left_center() + vec2(8.0, 0.0));
        assert!(entries(&window).iter().any(|entry| entry == offers), "{:?}", entries(&window));
    }
}

#[test]
fn days_problems_and_sessions_have_menus_too() {
    try_all(draft(), &[("Tue 26-Apr", "Copy a day…"), ("Wed 27-Apr", "Copy a day…"), ("Tue 26-Apr", "Copy a day…")]);
    try_all(
        draft(),
        &[
            ("Error: A&E: 4 of 5 at middle grade or above", "Explain the rule…"),
            ("Error: A&E: 9 of 11 at SHO or above", "Explain the rule…"),
        ],
    );
    let mut window = draft();
    act(&mut window, Action::Do(Verb::ViewSessions));
    let clinic = window.state().rota().sessions[0].title.clone();
    let list = window.state().rota().sessions[1].title.clone();
    try_all(window, &[(&clinic, "Edit session…"), (&list, "Edit session…")]);
}

#[test]
fn a_menu_left_open_in_another_view_is_gone_when_one_comes_back() {
    let mut window = draft();
    let unit = window.query_all_by_label_contains("Consultant in charge").next().unwrap().rect();
    right_click(&mut window, unit.left_center() + vec2(24.0, 0.0));
    assert!(menu(&window).is_some());
    act(&mut window, Action::Do(Verb::ViewSessions));
    assert_eq!(entries_now(&window), "");
    act(&mut window, Action::Do(Verb::ViewPosts));
    assert_eq!(entries_now(&window), "");
}
