//! What a person does to the window, for tests: keys, letters, the pointer, and what assistive technology does.

use cover_rota::editor::Action;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};

use crate::window::Window;

/// Presses a key and lets it go.
pub(crate) fn press(window: &mut Harness<'_, Window>, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

pub(crate) fn press_with(window: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// Types as fast as keys come: all letters before the window is drawn again.
pub(crate) fn write(window: &mut Harness<'_, Window>, text: &str) {
    for letter in text.chars() {
        window.event(Event::Text(letter.to_string()));
    }
    window.run();
}

/// Types so slowly that each letter is seen before the next.
pub(crate) fn write_slowly(window: &mut Harness<'_, Window>, text: &str) {
    text.chars().for_each(|letter| write(window, &letter.to_string()));
}

/// Clicks on what is called just that; a cell of the grid is pressed as assistive technology does, since it may be out
/// of sight.
pub(crate) fn click(window: &mut Harness<'_, Window>, label: &str) {
    let node = window.get_by_label(label);
    if node.accesskit_node().role() == Role::GridCell {
        node.click_accesskit();
    } else {
        node.click();
    }
    window.run();
}

/// Does what assistive technology does to press what is called just that, in sight or not.
pub(crate) fn activate(window: &mut Harness<'_, Window>, label: &str) {
    window.get_by_label(label).click_accesskit();
    window.run();
}

pub(crate) fn click_at(window: &mut Harness<'_, Window>, at: Pos2) {
    click_with(window, at, PointerButton::Primary, Modifiers::NONE);
}

pub(crate) fn right_click(window: &mut Harness<'_, Window>, at: Pos2) {
    click_with(window, at, PointerButton::Secondary, Modifiers::NONE);
}

/// Goes to that place, presses the button and lets it go, each drawn.
pub(crate) fn click_with(window: &mut Harness<'_, Window>, at: Pos2, button: PointerButton, modifiers: Modifiers) {
    window.event(Event::PointerMoved(at));
    window.step();
    for pressed in [true, false] {
        window.event_modifiers(Event::PointerButton { pos: at, button, pressed, modifiers }, modifiers);
        window.step();
    }
    window.run();
}

/// Takes what is at one place to another, in small steps.
pub(crate) fn drag(window: &mut Harness<'_, Window>, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(1);
    for step in 1..=6 {
        window.hover_at(from.lerp(to, step as f32 / 6.0));
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run();
}

/// Does an action as if a view had asked for it.
pub(crate) fn act(window: &mut Harness<'_, Window>, action: Action) {
    window.state_mut().act(action);
    window.run();
}

/// The names of all that has that role.
pub(crate) fn labels(window: &Harness<'_, Window>, role: Role) -> Vec<String> {
    window.query_all(By::new().role(role)).filter_map(|node| node.accesskit_node().label()).collect()
}
