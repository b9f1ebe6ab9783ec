//! Long lists: only the rows in sight are drawn, and the whole list is one stop to the keyboard.
//!
//! Up, Down, Page up, Page down, Home and End go from row to row; Tab goes on to the next pane.

use std::ops::Range;

use egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Response, ScrollArea, Ui, UiBuilder, pos2};

use super::context_menu::{self, OpenMenu};
use super::panes::{self, Pane};
use super::state::UiState;
use crate::editor::{Context, Editor};

/// Where each row of a list begins, and where the last one ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Tops(Vec<f32>);

impl Tops {
    /// Of rows with these heights.
    pub fn new(heights: impl IntoIterator<Item = f32>) -> Self {
        let mut tops = vec![0.0];
        let mut y = 0.0;
        for height in heights {
            y += height;
            tops.push(y);
        }
        Self(tops)
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.0.len() - 1
    }

    /// How high all of them are together.
    pub fn height(&self) -> f32 {
        self.0.last().copied().unwrap_or_default()
    }

    /// The rows that touch this stretch.
    pub fn between(&self, from: f32, to: f32) -> Range<usize> {
        let first = self.0.partition_point(|top| *top <= from).saturating_sub(1);
        let end = self.0.partition_point(|top| *top < to);
        first.min(self.count())..end.min(self.count())
    }

    /// The same with so much more room in one row.
    pub fn with_room(&self, row: usize, room: f32) -> Self {
        let lower = |(at, top): (usize, &f32)| if at > row { top + room } else { *top };
        Self(self.0.iter().enumerate().map(lower).collect())
    }

    /// From where to where a row goes.
    pub fn of(&self, row: usize) -> (f32, f32) {
        match self.0.get(row..row + 2) {
            Some(&[top, bottom]) => (top, bottom),
            _ => (self.height(), self.height()),
        }
    }
}

/// The lines of a list, and where they stand.
pub struct LaidLines<L> {
    pub lines: Vec<L>,
    pub tops: Tops,
}

impl<L> LaidLines<L> {
    /// Lines one under the other, each so many points high.
    pub fn new(lines: Vec<L>, height: impl Fn(&L) -> f32) -> Self {
        let tops = Tops::new(lines.iter().map(height));
        Self { lines, tops }
    }
}

/// What keyboard and pointer did to a list in this frame.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// The focus went to that row.
    pub moved_to: Option<usize>,
    /// Enter on that row.
    pub entered: Option<usize>,
    /// The row that was drawn with the keyboard, and where.
    pub focused: Option<(usize, Rect)>,
    /// The row that was clicked with the right button.
    right_clicked: Option<(usize, Response)>,
}

impl Heard {
    /// The menu that the pointer or the keyboard asks for in this frame, and its row, if that row has one.
    pub fn menu(
        &self,
        ui: &Ui,
        editor: &Editor,
        context: Context,
        has_menu: impl Fn(usize) -> bool,
    ) -> Option<(usize, OpenMenu)> {
        if let Some((row, rect)) = self.focused.filter(|(row, _)| has_menu(*row))
            && editor.dialog().is_none()
            && context_menu::was_called(ui)
        {
            // Under the first line of a row that has several.
            let line = rect.with_max_y(rect.bottom().min(rect.top() + 28.0));
            return Some((row, OpenMenu::under(line, context)));
        }
        let (row, response) = self.right_clicked.as_ref().filter(|(row, _)| has_menu(*row))?;
        context_menu::clicked_at(response, context).map(|menu| (*row, menu))
    }
}

/// How a list has to be scrolled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// So far in this frame; as it was if none.
    pub offset: Option<f32>,
    /// At least so high is what scrolls.
    pub least: f32,
}

/// What of a list was in sight.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// How far it was scrolled.
    pub offset: f32,
    /// How high what is in sight is.
    pub height: f32,
}

/// A list of rows; `row_id` names the widget of each.
pub struct RowList<'a> {
    /// Tells lists apart.
    pub id: Id,
    pub pane: Pane,
    /// The row that the keyboard comes to when it comes to the pane.
    pub home: usize,
    pub tops: &'a Tops,
    /// Which rows the keyboard stops at.
    pub stops: &'a dyn Fn(usize) -> bool,
    /// A row to be brought into sight.
    pub show: Option<usize>,
}

impl RowList<'_> {
    /// The widget of a row.
    pub fn row_id(&self, row: usize) -> Id {
        self.id.with(row)
    }

    /// Draws the rows in sight; `add` draws one, with its place and the id its widget must have.
    pub fn show(&self, ui: &mut Ui, add: impl FnMut(&mut Ui, usize, Id) -> Response) -> Heard {
        self.show_held(ui, Held::default(), add).0
    }

    /// The same scrolled as it has to be; with what was in sight.
    pub fn show_held(
        &self,
        ui: &mut Ui,
        held: Held,
        mut add: impl FnMut(&mut Ui, usize, Id) -> Response,
    ) -> (Heard, Sight) {
        let height = self.tops.height().max(held.least);
        panes::register(ui, self.pane, ui.max_rect(), self.row_id(self.home));
        let mut heard = Heard::default();
        let mut area = ScrollArea::vertical().id_salt(self.id).auto_shrink(false);
        if let Some(offset) = held.offset {
            area = area.vertical_scroll_offset(offset);
        }
        let shown = area.show_viewport(ui, |ui, viewport| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_min_height(height);
            let origin = ui.min_rect().min;
            let width = ui.available_width();
            let row_rect = |row: usize| {
                let (top, bottom) = self.tops.of(row);
                Rect::from_x_y_ranges(origin.x..=origin.x + width, origin.y + top..=origin.y + bottom)
            };
            let sight = self.tops.between(viewport.top(), viewport.bottom());
            let page = (sight.len().saturating_sub(2)).max(1);
            // The row with the keyboard is there even where it is out of sight, or it would lose the keyboard.
            let held = self.focused_row(ui).filter(|row| !sight.contains(row) && *row < self.tops.count());
            let mut stopped_at = None;
            for row in sight.chain(held) {
                let rect = row_rect(row);
                let id = self.row_id(row);
                let response =
                    ui.scope_builder(UiBuilder::new().id_salt(id).max_rect(rect), |ui| add(ui, row, id)).inner;
                if response.has_focus() {
                    heard.focused = Some((row, response.rect));
                    if (self.stops)(row) {
                        stopped_at = Some(row);
                        self.listen(ui, row, page, &mut heard);
                    }
                }
                if response.secondary_clicked() {
                    heard.right_clicked = Some((row, response));
                }
            }
            self.remember(ui, heard.moved_to.or(stopped_at));
            if let Some(row) = heard.moved_to {
                ui.memory_mut(|memory| memory.request_focus(self.row_id(row)));
            }
            if let Some(row) = heard.moved_to.or(self.show) {
                ui.scroll_to_rect(row_rect(row), None);
            }
            // What scrolls is as high as all rows, drawn or not.
            ui.expand_to_include_rect(Rect::from_min_max(origin, pos2(origin.x, origin.y + height)));
        });
        (heard, Sight { offset: shown.state.clamped_offset().y, height: shown.inner_rect.height() })
    }

    /// The keyboard goes from the row that has it to the one that stands so many rows below: what it was on has moved.
    pub fn follow(&self, ui: &Ui, rows: isize) {
        let to = self.focused_row(ui).and_then(|row| row.checked_add_signed(rows));
        if let Some(to) = to.filter(|to| rows != 0 && *to < self.tops.count()) {
            self.remember(ui, Some(to));
            ui.memory_mut(|memory| memory.request_focus(self.row_id(to)));
        }
    }

    /// The row that has the keyboard.
    pub fn focused_row(&self, ui: &Ui) -> Option<usize> {
        let row = UiState::of(ui, |state| state.lists.keyboard_at.get(&self.id).copied())?;
        ui.memory(|memory| memory.has_focus(self.row_id(row))).then_some(row)
    }

    fn remember(&self, ui: &Ui, row: Option<usize>) {
        UiState::of(ui, |state| match row {
            Some(row) => _ = state.lists.keyboard_at.insert(self.id, row),
            None => _ = state.lists.keyboard_at.remove(&self.id),
        });
    }

    fn listen(&self, ui: &Ui, row: usize, page: usize, heard: &mut Heard) {
        let filter = EventFilter { tab: true, vertical_arrows: true, horizontal_arrows: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(self.row_id(row), filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = self.tops.count().saturating_sub(1);
        let forward = |from: usize| (from..=last).find(|at| (self.stops)(*at));
        let back = |from: usize| (0..=from).rev().find(|at| (self.stops)(*at));
        heard.moved_to = if pressed(Key::ArrowDown) {
            forward(row + 1)
        } else if pressed(Key::ArrowUp) {
            row.checked_sub(1).and_then(back)
        } else if pressed(Key::PageDown) {
            forward((row + page).min(last)).or_else(|| back(last))
        } else if pressed(Key::PageUp) {
            back(row.saturating_sub(page)).or_else(|| forward(0))
        } else if pressed(Key::Home) {
            forward(0)
        } else if pressed(Key::End) {
            back(last)
        } else {
            None
        };
        let is_enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, .. });
        if ui.input(|input| input.events.iter().any(is_enter)) {
            heard.entered = Some(row);
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Tab)) {
            panes::focus_next(ui, false);
        } else if pressed(Key::Tab) {
            panes::focus_next(ui, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_sight_are_those_that_touch_it() {
        let tops = Tops::new([20.0, 30.0, 10.0]);
        assert_eq!((tops.count(), tops.height()), (3, 60.0));
        assert_eq!(tops.between(0.0, 60.0), 0..3);
        assert_eq!(tops.between(0.0, 20.0), 0..1);
        assert_eq!(tops.between(19.0, 21.0), 0..2);
        assert_eq!(tops.between(20.0, 21.0), 1..2);
        assert_eq!(tops.between(55.0, 500.0), 2..3);
        assert_eq!(tops.between(-10.0, 5.0), 0..1);
        assert_eq!(tops.of(1), (20.0, 50.0));
        assert_eq!(Tops::new([]).between(0.0, 100.0), 0..0);
    }
}
