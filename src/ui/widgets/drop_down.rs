//! A list that drops down, to choose one of a few. By keyboard it begins at what is chosen, letters go to the entry that
//! begins with them; Enter takes what is marked and closes, Esc closes it and nothing else, and the keyboard is back on
//! the button.

use egui::{Align, AsIdSalt, ComboBox, Event, EventFilter, Id, Key, Memory, Modifiers, Response, Ui};

use crate::ui::icons;
use crate::ui::state::{OpenList, UiState};

/// Letters that come within so many seconds of each other are the beginning of one name.
const LETTERS_APART_MAX: f64 = 1.0;

/// The button of such a list. Give it a name with `accessible_name`, or put it into a form row.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct DropDown<'a, S> {
    shown: &'a str,
    width: f32,
    names: &'a [S],
    chosen: Option<usize>,
}

impl<'a, S: AsRef<str>> DropDown<'a, S> {
    /// One of the entries of these names; `shown` is what the button says.
    pub const fn new(shown: &'a str, names: &'a [S], chosen: Option<usize>) -> Self {
        Self { shown, width: 120.0, names, chosen }
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
        let mut open = load(ui, own);
        let was_open = open.is_some();
        let to = if let Some(open) = &mut open { self.hear(ui, open) } else { self.chosen };
        let mut taken = None;
        let mut has_mark = false;
        let list = ComboBox::from_id_salt(salt).selected_text(self.shown).width(self.width).truncate().icon(
            |ui, rect, visuals, _open| {
                icons::paint(ui.painter(), rect.center(), icons::CARET_DOWN, icons::IN_BLOCK, visuals.text_color());
            },
        );
        let shown = list.show_ui(ui, |ui| {
            for at in 0..self.names.len() {
                let response = entry(ui, at);
                if to == Some(at) {
                    response.request_focus();
                    response.scroll_to_me(Some(Align::Center));
                }
                has_mark |= response.has_focus();
                if response.clicked() {
                    taken = Some(at);
                    ui.close();
                }
            }
        });
        let is_open = ComboBox::is_open(ui, shown.response.id);
        let now_open = (shown.inner.is_some() && is_open).then(|| OpenList { has_mark, ..open.unwrap_or_default() });
        if now_open.is_some() && !has_mark {
            // The first arrow marks an entry, and goes nowhere else.
            shown.response.request_focus();
            let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(shown.response.id, arrows));
        }
        store(ui, own, now_open);
        let left = was_open && !is_open && ui.memory(Memory::focused).is_none();
        if taken.is_some() || left {
            shown.response.request_focus();
        }
        (shown.response, taken)
    }

    /// Which entry gets the mark by what was typed. While none has it, Enter and Space take nothing.
    fn hear(&self, ui: &Ui, open: &mut OpenList) -> Option<usize> {
        let (now, texts) = ui.input_mut(|input| {
            let mut texts = String::new();
            input.events.retain(|event| match event {
                Event::Text(text) => {
                    texts.push_str(text);
                    false
                }
                _ => true,
            });
            (input.time, texts)
        });
        let by_letters = self.begins_with(open, now, &texts);
        if open.has_mark || self.names.is_empty() {
            return by_letters;
        }
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) > 0;
        let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
        if by_letters.is_none() {
            pressed(Key::Enter);
            pressed(Key::Space);
        }
        by_letters.or_else(|| down.then_some(0)).or_else(|| up.then_some(self.names.len() - 1))
    }

    /// The first entry that begins with the letters typed until now.
    fn begins_with(&self, open: &mut OpenList, now: f64, texts: &str) -> Option<usize> {
        if texts.trim().is_empty() && open.letters.is_empty() || texts.is_empty() {
            return None;
        }
        if now - open.last_letter > LETTERS_APART_MAX {
            open.letters.clear();
        }
        open.last_letter = now;
        open.letters.push_str(&texts.to_lowercase());
        let wanted = open.letters.trim_start();
        let is_it = |name: &S| name.as_ref().to_lowercase().starts_with(wanted);
        if wanted.is_empty() { None } else { self.names.iter().position(is_it) }
    }
}

/// The list as it was when it was drawn last, if it was open then.
fn load(ui: &Ui, own: Id) -> Option<OpenList> {
    let frame = ui.ctx().cumulative_frame_nr();
    UiState::of(ui, |state| state.lists.drop_downs.get(&own).cloned()).filter(|last| last.frame + 1 >= frame)
}

fn store(ui: &Ui, own: Id, open: Option<OpenList>) {
    let frame = ui.ctx().cumulative_frame_nr();
    UiState::of(ui, |state| match open {
        Some(open) => state.lists.drop_downs.insert(own, OpenList { frame, ..open }),
        None => state.lists.drop_downs.remove(&own),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::widgets::{Dialog, DialogAnswer};
    use egui::Key;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    const WORDS: [&str; 4] = ["not known", "available", "by arrangement", "not available"];

    struct State {
        chosen: Option<usize>,
        answer: DialogAnswer,
    }

    /// A dialog with a list whose third entry is chosen, and the keyboard on it.
    fn window() -> Harness<'static, State> {
        let draw = |ui: &mut Ui, state: &mut State| {
            let answer = Dialog::new("Edit person", "Save").show(ui, |ui| {
                let list = DropDown::new(state.chosen.map_or("Choose…", |at| WORDS[at]), &WORDS, state.chosen);
                let (response, taken) =
                    list.show(ui, "usually", |ui, at| ui.selectable_label(Some(at) == state.chosen, WORDS[at]));
                response.accessible_name("Usually");
                state.chosen = taken.or(state.chosen);
            });
            if answer != DialogAnswer::Open {
                state.answer = answer;
            }
        };
        let mut window = testing::window(State { chosen: Some(2), answer: DialogAnswer::Open }, draw);
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
        assert_eq!(window.state().chosen, Some(3));
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
        assert_eq!((window.state().chosen, window.state().answer), (Some(2), DialogAnswer::Open));
        assert!(window.get_by_label("Usually").is_focused());
        press(&mut window, Key::Escape);
        assert_eq!(window.state().answer, DialogAnswer::Cancel);
    }

    fn write(window: &mut Harness<'_, State>, text: &str) {
        window.input_mut().events.push(egui::Event::Text(text.to_owned()));
        window.run();
    }

    #[test]
    fn letters_jump_to_the_entry_that_begins_with_them() {
        let mut window = window();
        press(&mut window, Key::Space);
        write(&mut window, "n");
        assert!(window.get_by_label("not known").is_focused());
        write(&mut window, "o");
        write(&mut window, "t a");
        assert!(window.get_by_label("not available").is_focused(), "several letters are one beginning");
        press(&mut window, Key::Enter);
        assert_eq!(window.state().chosen, Some(3));
        press(&mut window, Key::Space);
        write(&mut window, "x");
        assert!(window.get_by_label("not available").is_focused(), "nothing begins so");
        window.input_mut().time = Some(100.0);
        window.run();
        write(&mut window, "A");
        assert!(window.get_by_label("available").is_focused());
    }

    #[test]
    fn where_nothing_is_marked_enter_takes_nothing() {
        let mut window = window();
        window.state_mut().chosen = None;
        window.run();
        press(&mut window, Key::Space);
        press(&mut window, Key::Enter);
        press(&mut window, Key::Space);
        assert_eq!((window.state().chosen, window.state().answer), (None, DialogAnswer::Open));
        assert!(window.query_by_label("not known").is_some(), "the list is still open");
        press(&mut window, Key::ArrowDown);
        assert!(window.get_by_label("not known").is_focused());
        press(&mut window, Key::ArrowDown);
        press(&mut window, Key::Enter);
        assert_eq!(window.state().chosen, Some(1));
        window.state_mut().chosen = None;
        window.run();
        press(&mut window, Key::Space);
        write(&mut window, "b");
        press(&mut window, Key::Enter);
        assert_eq!(window.state().chosen, Some(2));
    }
}
