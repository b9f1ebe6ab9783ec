//! The rooms of the window and what stands in each.

use egui::{CentralPanel, Context, Frame, Id, Margin, Panel, Ui};

use crate::editor::{Action, Editor, View, Where};

use super::theme::{self, Sizes};
use super::{keys, menu_bar, status_bar, view_bar};

/// Below this width the People panel folds away.
const PEOPLE_FROM: f32 = 1180.0;
/// Below this width the Problems panel folds away and opens over the view.
const PROBLEMS_FROM: f32 = 1000.0;

/// Draws the whole window and gathers what was asked for.
pub fn root_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    if editor.dialog().is_none() {
        keys::take_verbs(ui, &[Where::Everywhere], editor, actions);
    }
    bar(ui, "menu bar", 28.0, |ui| menu_bar::menu_bar_ui(ui, editor, actions));
    if editor.doc().is_some() {
        rota_ui(ui, editor, actions);
    }
}

fn rota_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let colours = theme::tokens(ui);
    Panel::bottom("status bar").exact_size(28.0).frame(bar_frame(ui)).show(ui, |ui| {
        status_bar::status_bar_ui(ui, editor, actions);
    });
    CentralPanel::default().frame(Frame::new().fill(colours.surface)).show(ui, |ui| {
        bar(ui, "view bar", 36.0, |ui| view_bar::view_bar_ui(ui, editor, actions));
        let _ = (Sizes::now(ui), PEOPLE_FROM, PROBLEMS_FROM, View::Posts);
    });
}

fn bar_frame(ui: &Ui) -> Frame {
    Frame::new().fill(theme::tokens(ui).chrome).inner_margin(Margin::symmetric(8, 0))
}

fn bar(ui: &mut Ui, name: &'static str, height: f32, add: impl FnOnce(&mut Ui)) {
    Panel::top(name).exact_size(height).frame(bar_frame(ui)).show(ui, |ui| {
        theme::in_bar(ui);
        ui.horizontal_centered(add);
    });
}

fn find_id() -> Id {
    Id::unique("cover-rota find field")
}

/// Gives the keyboard to the find field.
pub fn focus_find(ctx: &Context) {
    ctx.memory_mut(|memory| memory.request_focus(find_id()));
}

fn scroll_id() -> Id {
    Id::unique("cover-rota scroll to selection")
}

/// Asks the view to bring the selection into sight when it is next drawn.
pub fn scroll_to_selection(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(scroll_id(), true));
    ctx.request_repaint();
}

/// Whether the view has to bring the selection into sight; asking takes the request.
pub fn take_scroll_request(ctx: &Context) -> bool {
    ctx.data_mut(|data| data.remove_temp::<bool>(scroll_id())).unwrap_or(false)
}
