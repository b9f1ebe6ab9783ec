//! The two side panels: beside the view where there is room, folded in a narrow window, and over the view when asked for.

use egui::{Area, Context, Frame, Id, Order, Panel, Pos2, Rect, Stroke, Ui, UiBuilder, pos2};

use crate::editor::{Action, Editor, View};

use super::state::UiState;
use super::theme::{self, Sizes, sizes};

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
pub enum PanelPlace {
    /// Not wanted, or not part of this view.
    Hidden,
    Beside,
    /// No room beside the view, and not asked for.
    Folded,
    /// No room beside the view: over it.
    Over,
}

/// Where both side panels are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    pub people: PanelPlace,
    pub right: PanelPlace,
}

impl Sides {
    pub(super) fn now(ui: &Ui, editor: &Editor) -> Self {
        let width = ui.ctx().content_rect().width();
        let settings = editor.settings();
        let place = |setting: bool, has_place: bool, folds_below: f32, side: Side| {
            // Coming back to a view asks for nothing.
            let asked = was_asked_for(ui, side, setting);
            match (setting && has_place, width >= folds_below) {
                (true, false) if asked => {
                    open_over(ui, side, true);
                    PanelPlace::Over
                }
                (false, _) => PanelPlace::Hidden,
                (true, true) => PanelPlace::Beside,
                (true, false) if is_open(ui, side) => PanelPlace::Over,
                (true, false) => PanelPlace::Folded,
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
    let before = UiState::of(ctx, |state| state.sides.wanted[side as usize].replace(wanted));
    wanted && before == Some(false)
}

fn is_open(ctx: &Context, side: Side) -> bool {
    UiState::of(ctx, |state| state.sides.over[side as usize])
}

/// Opens a folded panel over the view, or closes it.
pub(super) fn open_over(ctx: &Context, side: Side, open: bool) {
    UiState::of(ctx, |state| state.sides.over = [Side::People, Side::Right].map(|other| open && other == side));
}

/// A panel beside the view; its inner edge is dragged.
pub(super) fn side(
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
    let (pressed, released, at) = ctx.input(|input| {
        (input.pointer.primary_pressed(), input.pointer.primary_released(), input.pointer.interact_pos())
    });
    if pressed {
        let reach = ctx.global_style().interaction.resize_grab_radius_side;
        let on_edge = at.is_some_and(|at| edge.expand2(egui::vec2(reach, 0.0)).contains(at));
        UiState::of(ctx, |state| state.sides.dragged[side as usize] = on_edge);
    }
    released && UiState::of(ctx, |state| std::mem::take(&mut state.sides.dragged[side as usize]))
}

/// A folded panel, over the view; Esc or a click beside it closes it.
pub(super) fn over(ui: &Ui, side: Side, room: Rect, add: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let width = match side {
        Side::People => Sizes::now(ui).people.max(240.0),
        Side::Right => Sizes::now(ui).problems.max(300.0),
    };
    let width = width.min(room.width() - 24.0).max(120.0);
    let left = if side == Side::People { room.left() } else { room.right() - width };
    let rect = Rect::from_min_size(pos2(left, room.top()), egui::vec2(width, room.height()));
    let id = Id::unique(("cover-rota side panel is open over the view", side == Side::People)).with("area");
    let area = Area::new(id).order(Order::Middle).fixed_pos(rect.min).constrain(false);
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
