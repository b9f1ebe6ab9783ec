//! A list that drops down, to choose one of a few. By keyboard it begins at what is chosen; Enter takes and closes,
//! Esc closes it and nothing else, and the keyboard is back on the button.

use egui::{Align, AsIdSalt, ComboBox, Id, Memory, Response, Ui};

use crate::ui::icons;
use crate::ui::state::UiState;

/// The button of such a list. Give it a name with `accessible_name`, or put it into a form row.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct DropDown<'a> {
    shown: &'a str,
    width: f32,
    count: usize,
    chosen: Option<usize>,
}

impl<'a> DropDown<'a> {
    /// One of `count` entries; `shown` is what the button says.
    pub const fn new(shown: &'a str, count: usize, chosen: Option<usize>) -> Self {
        Self { shown, width: 120.0, count, chosen }
    }

    /// How wide the button is.
    pub const fn width(mut self, points: f32) -> Self {
        self.width = points;
        self
    }

    /// Draws the button and, while it is open, the list; `entry` draws one entry. Gives what was taken.
    pub fn show(
        self,
        ui: &mut Ui,
        salt: impl AsIdSalt,
        mut entry: impl FnMut(&mut Ui, usize) -> Response,
    ) -> (Response, Option<usize>) {
        let own = ui.make_persistent_id(&salt).with("drop-down");
        let was_open = was_open(ui, own);
        let mut taken = None;
        let list = ComboBox::from_id_salt(salt).selected_text(self.shown).width(self.width).truncate().icon(
            |ui, rect, visuals, _open| {
                icons::paint(ui.painter(), rect.center(), icons::CARET_DOWN, icons::IN_BLOCK, visuals.text_color());
            },
        );
        let shown = list.show_ui(ui, |ui| {
            for at in 0..self.count {
                let response = entry(ui, at);
                if !was_open && at == self.chosen.unwrap_or(0) {
                    response.request_focus();
                    response.scroll_to_me(Some(Align::Center));
                }
                if response.clicked() {
                    taken = Some(at);
                    ui.close();
                }
            }
        });
        let is_open = ComboBox::is_open(ui, shown.response.id);
        remember(ui, own, shown.inner.is_some() && is_open);
        let left = was_open && !is_open && ui.memory(Memory::focused).is_none();
        if taken.is_some() || left {
            shown.response.request_focus();
        }
        (shown.response, taken)
    }
}

/// Whether the list was open in this frame or the one before.
fn was_open(ui: &Ui, own: Id) -> bool {
    let frame = ui.ctx().cumulative_frame_nr();
    UiState::of(ui, |state| state.lists.drop_downs.get(&own).is_some_and(|last| last + 1 >= frame))
}

fn remember(ui: &Ui, own: Id, open: bool) {
    let frame = ui.ctx().cumulative_frame_nr();
    UiState::of(ui, |state| match open {
        true => state.lists.drop_downs.insert(own, frame),
        false => state.lists.drop_downs.remove(&own),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::install;
    use crate::ui::theme::{ThemeChoice, apply};
    use crate::ui::widgets::{Dialog, DialogAnswer};
    use egui::{Key, vec2};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    const WORDS: [&str; 4] = ["not known", "available", "by arrangement", "not available"];

    struct State {
        chosen: usize,
        answer: DialogAnswer,
    }

    /// A dialog with a list whose third entry is chosen, and the keyboard on it.
    fn window() -> Harness<'static, State> {
        let build = Harness::builder().with_size(vec2(800.0, 600.0)).with_context_setup(|ctx| {
            install(ctx);
            apply(ctx, ThemeChoice::Light, false);
        });
        let draw = |ui: &mut Ui, state: &mut State| {
            let answer = Dialog::new("Edit person", "Save").show(ui, |ui| {
                let list = DropDown::new(WORDS[state.chosen], WORDS.len(), Some(state.chosen));
                let (response, taken) =
                    list.show(ui, "usually", |ui, at| ui.selectable_label(at == state.chosen, WORDS[at]));
                response.accessible_name("Usually");
                state.chosen = taken.unwrap_or(state.chosen);
            });
            if answer != DialogAnswer::Open {
                state.answer = answer;
            }
        };
        let mut window = build.build_ui_state(draw, State { chosen: 2, answer: DialogAnswer::Open });
        window.run();
        window.get_by_label("Usually").focus();
        window.run();
        window
    }

    fn press(window: &mut Harness<'_, State>, key: Key) {
        window.key_press(key);
        window.run();
    }

    #[test]
    fn the_keyboard_begins_at_what_is_chosen_and_enter_takes_and_closes() {
        let mut window = window();
        press(&mut window, Key::Space);
        assert!(window.get_by_label("by arrangement").is_focused());
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::Enter);
        assert_eq!(window.state().chosen, 3);
        assert!(window.query_by_label("available").is_none(), "the list is closed");
        assert_eq!(window.state().answer, DialogAnswer::Open, "and the dialog is not");
        assert!(window.get_by_label("Usually").is_focused());
    }

    #[test]
    fn a_very_short_click_opens_the_list() {
        let mut window = window();
        let at = window.get_by_label("Usually").rect().center();
        let press = |pressed| egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        };
        // Press and release come with one frame, as a remote desktop sends them.
        window.input_mut().events.extend([egui::Event::PointerMoved(at), press(true), press(false)]);
        window.run();
        assert!(window.query_by_label("by arrangement").is_some(), "the list is open");
    }

    #[test]
    fn esc_closes_the_list_only() {
        let mut window = window();
        press(&mut window, Key::Space);
        press(&mut window, Key::Escape);
        assert!(window.query_by_label("available").is_none());
        assert_eq!((window.state().chosen, window.state().answer), (2, DialogAnswer::Open));
        assert!(window.get_by_label("Usually").is_focused());
        press(&mut window, Key::Escape);
        assert_eq!(window.state().answer, DialogAnswer::Cancel);
    }
}
