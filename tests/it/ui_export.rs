//! Export in the window: the format by mouse and by keys, its beginning, and where it goes.

use cover_rota::editor::{Answer, Dialog, Effect};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::driver::{activate, click, press, press_with};
use crate::window::{Window, opened, saved};

/// What the program was asked for last: the name to begin with, and the format.
fn asked(window: &Harness<'_, Window>) -> Option<(String, &'static str)> {
    match window.state().effects.last() {
        Some(Effect::AskExportPath { suggested, export }) => Some((suggested.clone(), export.format)),
        _ => None,
    }
}

#[test]
fn a_format_is_chosen_by_mouse_from_the_menu_looked_at_and_given_a_place() {
    let mut window = opened(saved("norwich-2016-draft"));
    click(&mut window, "File");
    click(&mut window, "Export…");
    assert!(matches!(window.state().editor.dialog(), Some(Dialog::Export(_))));
    assert!(window.query_by_label_contains("35 files: ").is_some(), "how many messages there will be");
    click(&mut window, "Daily return (CSV)");
    assert!(window.query_all_by_label("Doctors present").next().is_some(), "its beginning");
    assert!(window.query_by_label_contains("For managers").is_some(), "who may see it");
    activate(&mut window, "Copy");
    let copied = window.state().effects.iter().rev().find_map(|effect| match effect {
        Effect::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(copied.unwrap().contains("Doctors present\tA&E\tConsultant\t2\t2\t2\t0\t"), "for a spreadsheet");
    click(&mut window, "File");
    click(&mut window, "Export…");
    window.get_by_label_contains("Daily return (CSV). ").click_accesskit();
    window.run();
    activate(&mut window, "Choose where…");
    assert_eq!(asked(&window), Some(("test sitrep.csv".to_owned(), "sitrep")));
    window.state_mut().answer(Answer::Exported(Ok(("/x/test sitrep.csv".into(), 1))));
    window.run();
    assert!(window.query_by_label_contains("Written to /x/test sitrep.csv").is_some());
}

#[test]
fn a_format_is_chosen_by_keys_alone() {
    let mut window = opened(saved("norwich-2016-draft"));
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    press(&mut window, Key::ArrowDown);
    assert!(window.get_by_label_contains("Shifts as a table (CSV). ").is_focused());
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert_eq!(asked(&window), Some(("test csv.csv".to_owned(), "csv")));
}
