//! The rooms of the window and what stands in each.
//!
//! Menu bar, notices, verdicts; the list of people at the left, the view in the middle, problems or the inspector at
//! the right; the status bar. In a narrow window the side panels fold, and open over the view when asked for.

use std::mem;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Popup, Stroke, Ui};

use crate::editor::{Action, Dialog, Editor, Verb, View, Where};

use super::sides::{PanelPlace, Side, Sides, over, side};
use super::state::{InTheWay, UiState};
use super::theme::{self, sizes};
use super::verdict_bar::VerdictBar;
use super::{
    dialogs, find_bar, focus, grid, inspector, keys, menu_bar, notices, palette, panes, people, people_view,
    problems_panel, sessions_view, start_page, status_bar, suggest_panel, view_bar, who_could,
};

/// Draws the whole window and gathers what was asked for.
pub fn root_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    keys::drop_repeats(ui);
    if editor.dialog().is_none() {
        keys::take_verbs(ui, &[Where::Everywhere], editor, actions);
    }
    suggest_panel::take_accept(ui, editor, actions);
    // What was told of a thing under the pointer would stay over a dialog: beneath one there is no pointer.
    let pointer = editor.dialog().is_some().then(|| ui.input_mut(|input| mem::take(&mut input.pointer)));
    bar(ui, "menu bar", sizes::MENU_BAR, |ui| menu_bar::menu_bar_ui(ui, editor, actions));
    if notices::are_any(editor) {
        Panel::top("notices").show_separator_line(false).frame(Frame::new()).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            notices::notices_ui(ui, editor, actions);
        });
    }
    if editor.doc().is_some() {
        rota_ui(ui, editor, actions);
    } else {
        start_page::start_page_ui(ui, editor, actions);
    }
    notices::toast_ui(ui, editor, actions);
    if let Some(pointer) = pointer {
        ui.input_mut(|input| input.pointer = pointer);
    }
    dialog_ui(ui, editor, actions);
    give_back(ui, editor);
    suggest_panel::take_escape(ui, editor, actions);
    if editor.dialog().is_none() {
        // Rows that nothing with the keyboard took, as on a rota that is still empty.
        keys::take_left_over_paste(ui, editor, actions);
        if actions.iter().any(leads_to_the_view) {
            panes::want(ui, panes::Pane::Grid);
        }
        panes::give_wanted(ui);
    }
}

/// When a dialog or a menu has gone and left the keyboard nowhere, the view in the middle has it.
fn give_back(ctx: &Context, editor: &Editor) {
    let now = InTheWay { dialog: editor.dialog().is_some(), menu: Popup::is_any_open(ctx) };
    let before = UiState::of(ctx, |state| mem::replace(&mut state.keyboard.in_the_way, now));
    // A session that was moved on by the dialog stands in another row.
    let moves = before.dialog && editor.view() == View::Sessions;
    if before.any() && !now.any() && (moves || focus::is_nowhere(ctx) && !focus::goes_back(ctx)) {
        panes::want(ctx, panes::Pane::Grid);
    }
}

/// Whether an action takes the eye to the view in the middle, and so the keyboard too.
fn leads_to_the_view(action: &Action) -> bool {
    matches!(
        action,
        Action::Do(
            Verb::NextProblem
                | Verb::PreviousProblem
                | Verb::ViewPosts
                | Verb::ViewPeople
                | Verb::ViewSessions
                | Verb::SessionOn
                | Verb::SessionBack
        ) | Action::GoToFinding(_)
            | Action::Propose { .. }
            | Action::DropPerson { .. }
            | Action::GoToUnit { .. }
    )
}

/// What is open over the window.
fn dialog_ui(ui: &Ui, editor: &Editor, actions: &mut Vec<Action>) {
    match editor.dialog() {
        None => {}
        Some(Dialog::Palette(draft)) => palette::palette_ui(ui, editor, draft, actions),
        Some(Dialog::Find(draft)) => find_bar::find_ui(ui, editor, draft, actions),
        Some(_) => dialogs::dialog_ui(ui, editor, actions),
    }
}

fn rota_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let colours = theme::tokens(ui);
    if let Some(doc) = editor.doc() {
        let verdicts = VerdictBar::new(ui, doc);
        let panel = Panel::top("verdict bar").exact_size(verdicts.height()).show_separator_line(false);
        let shown = panel.frame(Frame::new().fill(colours.chrome)).show(ui, |ui| verdicts.show(ui, editor, actions));
        let rect = shown.response.rect;
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, colours.line2));
    }
    Panel::bottom("status bar").exact_size(sizes::STATUS_BAR).frame(bar_frame(ui)).show(ui, |ui| {
        status_bar::status_bar_ui(ui, editor, actions);
    });
    let sides = Sides::now(ui, editor);
    if sides.people == PanelPlace::Beside {
        side(ui, Side::People, editor, actions, people::panel::people_panel_ui);
    }
    suggest_panel::suggest_panel_ui(ui, editor, actions);
    if sides.right == PanelPlace::Beside {
        side(ui, Side::Right, editor, actions, right_ui);
    }
    let central = CentralPanel::default().frame(Frame::new().fill(colours.surface)).show(ui, |ui| {
        bar(ui, "view bar", sizes::VIEW_BAR, |ui| view_bar::view_bar_ui(ui, editor, sides, actions));
        let room = ui.available_rect_before_wrap();
        view_ui(ui, editor, actions);
        room
    });
    let room = central.inner;
    if sides.people == PanelPlace::Over {
        over(ui, Side::People, room, |ui| people::panel::people_panel_ui(ui, editor, actions));
    }
    if sides.right == PanelPlace::Over {
        over(ui, Side::Right, room, |ui| right_ui(ui, editor, actions));
    }
}

/// The view in the middle.
fn view_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    match editor.view() {
        View::Posts => grid::grid_ui(ui, editor, actions),
        View::People => people_view::people_view_ui(ui, editor, actions),
        View::Sessions => sessions_view::sessions_view_ui(ui, editor, actions),
    }
}

/// What stands at the right of it.
fn right_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    match editor.view() {
        View::Posts => problems_ui(ui, editor, actions),
        View::People | View::Sessions => inspector::inspector_ui(ui, editor, actions),
    }
}

/// Problems above, who could fill the chosen gap below; the line between them is dragged.
fn problems_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    if editor.who_could().is_some() {
        let height = ui.available_height();
        let shown = Panel::bottom(("who could", height as i32 / 200))
            .resizable(true)
            .default_size((height * 0.43).round())
            .size_range(96.0..=(height - 160.0).max(120.0))
            .show_separator_line(false)
            .frame(Frame::new().fill(t.surface))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                who_could::who_could_ui(ui, editor, actions);
            });
        let rect = shown.response.rect;
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, t.line2));
    }
    problems_panel::problems_panel_ui(ui, editor, actions);
}

fn bar_frame(ui: &Ui) -> Frame {
    Frame::new().fill(theme::tokens(ui).chrome).inner_margin(Margin::symmetric(8, 0))
}

fn bar(ui: &mut Ui, name: &'static str, height: f32, add: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let shown = Panel::top(name).exact_size(height).show_separator_line(false).frame(bar_frame(ui)).show(ui, |ui| {
        theme::in_bar(ui);
        ui.horizontal_centered(add);
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line2));
}
