//! The small things, worked by keyboard, mouse and assistive technology.

use egui::{Key, accesskit};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::testing::window;

#[test]
fn segments_are_chosen_by_mouse_and_by_keyboard() {
    let parts = [Segment::new(15, "15"), Segment { mark: Some(Mark::Short), ..Segment::new(60, "60 min") }];
    let mut window = window(15, move |ui, chosen| {
        if let Some(minutes) = segments(ui, "Column width", &parts, *chosen) {
            *chosen = minutes;
        }
    });
    window.get_by_label("60 min, short").click();
    window.run();
    assert_eq!(*window.state(), 60);
    window.get_by_label("15").focus();
    window.run();
    window.key_press(Key::Space);
    window.run();
    assert_eq!(*window.state(), 15);
    window.get_by_label("Column width");
}

#[test]
fn a_row_can_be_clicked_beside_the_button_in_it() {
    let mut window = window((0, 0), |ui, (row, button)| {
        let shown = ListRow::new("RS Sethi, free", 44.0).show(ui, |ui| {
            ui.label("RS");
            if ui.add(PushButton::new("Propose").spoken("Propose RS")).clicked() {
                *button += 1;
            }
        });
        if shown.clicked() {
            *row += 1;
        }
    });
    window.get_by_label("RS Sethi, free").click();
    window.run();
    window.get_by_label("Propose RS").click();
    window.run();
    assert_eq!(*window.state(), (1, 1));
}

#[test]
fn a_group_says_whether_it_is_folded() {
    let mut window = window(true, |ui, folded| {
        let row = GroupRow { title: "Not available", count: "12", folded: Some(*folded), id: None };
        if row.show(ui).clicked() {
            *folded = !*folded;
        }
    });
    let expanded =
        |window: &Harness<'_, bool>| window.get_by_label("Not available, 12").accesskit_node().data().is_expanded();
    assert_eq!(expanded(&window), Some(false));
    window.get_by_label("Not available, 12").click();
    window.run();
    assert_eq!(expanded(&window), Some(true));
}

#[test]
fn what_is_wrong_with_a_field_belongs_to_the_field() {
    let window = window(String::from("HG"), |ui, text| {
        form_row(ui, "Initials", Some("HG is taken."), |ui| ui.add(line_edit(text)));
        form_row(ui, "Grade", None, |ui| {
            DropDown::new("Consultant", &[""; 0], None).show(ui, "grade", |ui, _| ui.response()).0
        });
    });
    let field = window.get_by_role_and_label(accesskit::Role::TextInput, "Initials");
    assert_eq!(field.accesskit_node().data().description(), Some("HG is taken."));
    assert_eq!(field.accesskit_node().data().invalid(), Some(accesskit::Invalid::True));
    window.get_by_role_and_label(accesskit::Role::ComboBox, "Grade");
}

#[test]
fn the_search_field_is_cleared_and_keeps_the_focus() {
    let mut window = window(String::new(), |ui, text| {
        search_field(ui, text, "Find a person", "Ctrl+F");
    });
    window.get_by_label("Find a person").focus();
    window.run();
    window.get_by_label("Find a person").type_text("sethi");
    window.run();
    assert_eq!(window.state(), "sethi");
    window.get_by_label("Clear what is typed").click();
    window.run();
    assert_eq!(window.state(), "");
    assert!(window.get_by_label("Find a person").is_focused());
}

#[test]
fn undo_is_offered_by_name() {
    let mut window = window(false, |ui, undone| *undone |= undo_line(ui, "KP moved to Majors SHO", "Ctrl+Z"));
    window.run();
    window.get_by_label("Undo: KP moved to Majors SHO").click();
    window.run();
    assert!(window.state());
}

#[test]
fn every_target_is_24_points_high_and_wide() {
    let mut window = window(String::new(), |ui, text| {
        ui.add(PushButton::new("a"));
        ui.add(PushButton::link("b"));
        icon_button(ui, icons::PLUS, "c");
        menu_entry(ui, Lead::None, "d", "");
        segments(ui, "Width", &[Segment::new(1, "e"), Segment::new(2, "f")], 1);
        Chip { mark: None, text: "9", chosen: false, spoken: "g" }.show(ui);
        tab(ui, "h", true);
        GroupRow { title: "i", count: "", folded: Some(true), id: None }.show(ui);
        form_row(ui, "j", None, |ui| ui.add(line_edit(text)));
        let _ = ui.checkbox(&mut true, "k");
        DropDown::new("l", &[""; 0], None).show(ui, "l", |ui, _| ui.response()).0.accessible_name("l");
    });
    window.run();
    for name in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "k", "l"] {
        let size = window.get_by_label(name).rect().size();
        assert!(size.min_elem() >= 24.0, "{name} is only {size:?}");
    }
    let field = window.get_by_role_and_label(accesskit::Role::TextInput, "j");
    assert!(field.rect().height() >= 24.0);
}
