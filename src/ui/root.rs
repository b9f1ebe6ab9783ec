//! The rooms of the window and what stands in each.
//!
//! Menu bar, notices, verdicts; the list of people at the left, the view in the middle, problems or the inspector at
//! the right; the status bar. In a narrow window the side panels fold, and open over the view when asked for.

use egui::{Area, CentralPanel, Context, Frame, Id, Margin, Order, Panel, Pos2, Rect, Stroke, Ui, UiBuilder, pos2};

use crate::editor::{Action, Dialog, Editor, Verb, View, Where};

use super::theme::{self, Sizes, sizes};
use super::verdict_bar::VerdictBar;
use super::{
    dialogs, find_bar, focus, grid, inspector, keys, menu_bar, notices, palette, panes, people_panel, people_view,
    problems_panel, sessions_view, start_page, status_bar, suggest_panel, view_bar, who_could,
};

/// Draws the whole window and gathers what was asked for.
pub fn root_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    keys::drop_repeats(ui);
    if editor.dialog().is_none() {
        keys::take_verbs(ui, &[Where::Everywhere], editor, actions);
    }
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
    dialog_ui(ui, editor, actions);
    give_back_after_dialog(ui, editor);
    suggest_panel::take_escape(ui, editor, actions);
    suggest_panel::take_accept(ui, editor, actions);
    if editor.dialog().is_none() {
        // Rows that nothing with the keyboard took, as on a rota that is still empty.
        keys::take_left_over_paste(ui, editor, actions);
        if actions.iter().any(leads_to_the_view) {
            panes::want(ui, panes::Pane::Grid);
        }
        panes::give_wanted(ui);
    }
}

/// When a dialog has gone and left the keyboard nowhere, the view in the middle has it.
fn give_back_after_dialog(ctx: &Context, editor: &Editor) {
    let id = Id::unique("cover-rota had a dialog");
    let has = editor.dialog().is_some();
    let had = ctx.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(id), has));
    // A session that was moved on by the dialog stands in another row.
    let moves = editor.view() == View::Sessions;
    if had && !has && (moves || focus::is_nowhere(ctx) && !focus::goes_back(ctx)) {
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
    if sides.people == Place::Beside {
        side(ui, Side::People, editor, actions, people_panel::people_panel_ui);
    }
    suggest_panel::suggest_panel_ui(ui, editor, actions);
    if sides.right == Place::Beside {
        side(ui, Side::Right, editor, actions, right_ui);
    }
    let central = CentralPanel::default().frame(Frame::new().fill(colours.surface)).show(ui, |ui| {
        bar(ui, "view bar", sizes::VIEW_BAR, |ui| view_bar::view_bar_ui(ui, editor, sides, actions));
        let room = ui.available_rect_before_wrap();
        view_ui(ui, editor, actions);
        room
    });
    let room = central.inner;
    if sides.people == Place::Over {
        over(ui, Side::People, room, |ui| people_panel::people_panel_ui(ui, editor, actions));
    }
    if sides.right == Place::Over {
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

/// One of the two side panels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The list of people, at the left.
    People,
    /// Problems and who could, or an inspector, at the right.
    Right,
}

/// Where a side panel is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Not wanted, or not part of this view.
    Hidden,
    /// Beside the view.
    Beside,
    /// No room beside the view, and not asked for.
    Folded,
    /// No room beside the view: over it.
    Over,
}

/// Where both side panels are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The list of people.
    pub people: Place,
    /// Problems or an inspector.
    pub right: Place,
}

impl Sides {
    fn now(ui: &Ui, editor: &Editor) -> Self {
        let width = ui.ctx().content_rect().width();
        let settings = editor.settings();
        let place = |setting: bool, has_place: bool, folds_below: f32, side: Side| {
            // Coming back to a view asks for nothing.
            let asked = was_asked_for(ui, side, setting);
            match (setting && has_place, width >= folds_below) {
                (true, false) if asked => {
                    open_over(ui, side, true);
                    Place::Over
                }
                (false, _) => Place::Hidden,
                (true, true) => Place::Beside,
                (true, false) if is_open(ui, side) => Place::Over,
                (true, false) => Place::Folded,
            }
        };
        let in_posts = editor.view() == View::Posts;
        let is_beside = editor.suggestion().is_some();
        let people_fold = if is_beside { sizes::PEOPLE_FOLDS_BELOW_BESIDE } else { sizes::PEOPLE_FOLDS_BELOW };
        Self {
            people: place(settings.people_panel, in_posts, people_fold, Side::People),
            // A suggestion stands there as long as it is looked at.
            right: place(
                settings.problems_panel,
                editor.suggestion().is_none(),
                sizes::PROBLEMS_FOLD_BELOW,
                Side::Right,
            ),
        }
    }
}

/// Whether the setting has just been turned on: in a narrow window that means over the view.
fn was_asked_for(ctx: &Context, side: Side, wanted: bool) -> bool {
    let id = open_id(side).with("setting");
    let before: Option<bool> = ctx.data(|data| data.get_temp(id));
    ctx.data_mut(|data| data.insert_temp(id, wanted));
    wanted && before == Some(false)
}

fn open_id(side: Side) -> Id {
    Id::unique(("cover-rota side panel is open over the view", side == Side::People))
}

fn is_open(ctx: &Context, side: Side) -> bool {
    ctx.data(|data| data.get_temp(open_id(side))).unwrap_or(false)
}

/// Opens a folded panel over the view, or closes it.
pub(super) fn open_over(ctx: &Context, side: Side, open: bool) {
    ctx.data_mut(|data| {
        data.insert_temp(open_id(Side::People), open && side == Side::People);
        data.insert_temp(open_id(Side::Right), open && side == Side::Right);
    });
}

/// A panel beside the view; its inner edge is dragged.
fn side(
    ui: &mut Ui,
    side: Side,
    editor: &Editor,
    actions: &mut Vec<Action>,
    add: impl FnOnce(&mut Ui, &Editor, &mut Vec<Action>),
) {
    let t = theme::tokens(ui);
    let now = Sizes::now(ui);
    let settings = editor.settings();
    let (usual, kept, (least, most)) = match side {
        Side::People => (now.people, settings.people_width, sizes::PEOPLE_WIDTHS),
        Side::Right => (now.problems, settings.right_width, sizes::PROBLEMS_WIDTHS),
    };
    let default = kept.map_or(usual, f32::from);
    // Each kind of screen has its own width, so that a window that grows gets the wider one.
    let id = ("side panel", side == Side::People, usual as i32);
    let panel = match side {
        Side::People => Panel::left(id),
        Side::Right => Panel::right(id),
    };
    let shown = panel
        .resizable(true)
        .default_size(default)
        .size_range(least..=most)
        .show_separator_line(false)
        .frame(Frame::new().fill(t.surface))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            add(ui, editor, actions);
        });
    let rect = shown.response.rect;
    let x = if side == Side::People { rect.right() - 0.5 } else { rect.left() + 0.5 };
    ui.painter().vline(x, rect.y_range(), Stroke::new(1.0, t.line2));
    if was_dragged(ui, side, Rect::from_x_y_ranges(x..=x, rect.y_range())) {
        actions.push(Action::ResizePanel { people: side == Side::People, width: rect.width().round() as u16 });
    }
}

/// Whether the inner edge of a side panel has just been let go of.
fn was_dragged(ctx: &Context, side: Side, edge: Rect) -> bool {
    let id = open_id(side).with("dragged");
    let (pressed, released, at) = ctx.input(|input| {
        (input.pointer.primary_pressed(), input.pointer.primary_released(), input.pointer.interact_pos())
    });
    if pressed {
        let reach = ctx.global_style().interaction.resize_grab_radius_side;
        let on_edge = at.is_some_and(|at| edge.expand2(egui::vec2(reach, 0.0)).contains(at));
        ctx.data_mut(|data| data.insert_temp(id, on_edge));
    }
    released && ctx.data_mut(|data| std::mem::take(data.get_temp_mut_or_default::<bool>(id)))
}

/// A folded panel, over the view; Esc or a click beside it closes it.
fn over(ui: &Ui, side: Side, room: Rect, add: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let width = match side {
        Side::People => Sizes::now(ui).people.max(240.0),
        Side::Right => Sizes::now(ui).problems.max(300.0),
    };
    let width = width.min(room.width() - 24.0).max(120.0);
    let left = if side == Side::People { room.left() } else { room.right() - width };
    let rect = Rect::from_min_size(pos2(left, room.top()), egui::vec2(width, room.height()));
    let area = Area::new(open_id(side).with("area")).order(Order::Middle).fixed_pos(rect.min).constrain(false);
    area.show(ui, |ui| {
        let (fill, _) = ui.allocate_exact_size(rect.size(), egui::Sense::click());
        ui.painter().rect(fill, 0.0, t.surface, Stroke::new(1.0, t.ctl), egui::StrokeKind::Inside);
        ui.scope_builder(UiBuilder::new().max_rect(fill.shrink(1.0)), |ui| {
            ui.set_clip_rect(fill);
            ui.spacing_mut().item_spacing.y = 0.0;
            add(ui);
        });
    });
    let away = |at: Option<Pos2>| at.is_some_and(|at| room.contains(at) && !rect.contains(at));
    let pressed_away = ui.input(|input| input.pointer.any_pressed() && away(input.pointer.interact_pos()));
    let popup = egui::Popup::is_any_open(ui);
    let esc = !popup && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
    if esc || (pressed_away && !popup) {
        open_over(ui, side, false);
    }
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

fn find_id() -> Id {
    Id::unique("cover-rota find field")
}

/// Says which widget is the find field in this frame.
pub(super) fn is_find_field(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.insert_temp(find_id(), id));
}

/// Gives the keyboard to the find field.
pub fn focus_find(ctx: &Context) {
    if let Some(field) = ctx.data(|data| data.get_temp::<Id>(find_id())) {
        ctx.memory_mut(|memory| memory.request_focus(field));
    }
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
