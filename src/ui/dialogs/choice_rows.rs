//! Rows to choose from: each clicked at once, or one chosen by the arrows.

use egui::{EventFilter, Id, Key, Modifiers, Response, Ui, vec2};

use crate::ui::theme::Type;
use crate::ui::widgets::ListRow;

use super::form::hint_ui;

/// What a row shows.
#[derive(Clone, Copy)]
pub(super) enum Rows {
    /// The title, and what is said of it below.
    WithAbout,
    /// The title alone; what is said of it is spoken, and stands elsewhere for the chosen one.
    Titles,
}

impl Rows {
    /// How high a row is, in points.
    fn height(self) -> f32 {
        match self {
            Self::WithAbout => 62.0,
            Self::Titles => 30.0,
        }
    }
}

/// A row that does something at once.
pub(super) fn choice_row(ui: &mut Ui, title: &str, about: &str) -> bool {
    row_ui(ui, Rows::WithAbout, (title, about), |row| row).clicked()
}

fn row_ui(
    ui: &mut Ui,
    rows: Rows,
    (title, about): (&str, &str),
    make: impl FnOnce(ListRow<'_>) -> ListRow<'_>,
) -> Response {
    let spoken = format!("{title}. {about}");
    make(ListRow::new(&spoken, rows.height())).show(ui, |ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
            ui.add_space(4.0);
            ui.label(Type::Strong.rich(title));
            if matches!(rows, Rows::WithAbout) {
                hint_ui(ui, about);
            }
        });
    })
}

/// Rows of which one is chosen, each a title and what is said of it: the arrows choose, Tab goes on to what is below, and
/// the ring is always on the chosen one.
pub(super) fn choose_among_ui(ui: &mut Ui, what: &str, shown: Rows, rows: &[(&str, &str)], chosen: &mut usize) {
    let id = |at: usize| Id::unique(what).with(at);
    let mut steps = 0;
    for (at, row) in rows.iter().enumerate() {
        let is_chosen = *chosen == at;
        let response = row_ui(ui, shown, *row, |row| row.chosen(is_chosen).id(id(at)).tab_stop(is_chosen));
        if response.clicked() {
            *chosen = at;
            response.request_focus();
        } else if is_chosen && response.has_focus() {
            let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id(at), arrows));
            let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as isize;
            steps = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
        }
    }
    if steps != 0 {
        *chosen = chosen.saturating_add_signed(steps).min(rows.len() - 1);
        ui.memory_mut(|memory| memory.request_focus(id(*chosen)));
    }
}
