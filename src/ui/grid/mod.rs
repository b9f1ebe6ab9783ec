//! The Posts grid: who covers which post when, against a normal day.
//!
//! [`view`] says what is in it, [`layout`] where, [`paint`] draws it. All of it is one thing to the mouse and one stop to
//! the keyboard; cells are told to assistive technology one by one.

mod drag;
mod empty;
mod frozen;
mod hit;
mod hover;
mod keys;
mod landing;
mod layout;
mod question;
mod paint;
mod rows;
mod sentences;
mod speech;
mod paint_suggested;
mod suggested;
#[cfg(test)]
mod tests;
mod typing;
mod view;

use egui::{Id, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::context_menu::{OpenMenu, context_menu_ui};
use super::panes::{self, Pane};
use super::theme::sizes::{HOUR_WIDTH_MIN, HOUR_WIDTH_MIN_BESIDE, HOUR_WIDTH_MIN_FITTED};
use super::theme::{self, Sizes, Type};
use super::{focus, requests, state, suggest_panel};
use crate::editor::{Action, CellRange, Editor, Selection, Verb, Zoom};
use crate::model::{UnitId, WindowId, words};
use layout::{GridLayout, HEADER};
use paint::{Frame, GridPainter};
use rows::{Row, UnitNote};
use view::{GridOptions, GridView};

/// What takes the keyboard in the grid.
pub fn grid_id() -> Id {
    Id::unique("cover-rota posts grid")
}

/// What only the grid itself has to remember from frame to frame.
#[derive(Clone, Default)]
struct GridState {
    drag: Option<drag::Drag>,
    /// Where what is dragged would land.
    landing: Option<landing::Landing>,
    /// What is asked after a drop.
    question: Option<landing::Question>,
    hover: hover::HoverState,
    menu: Option<OpenMenu>,
    /// What was chosen when it was last brought into sight.
    seen: Option<CellRange>,
    /// Esc was pressed: Tab leaves the grid.
    leaving: bool,
    /// The typing box has been given the keyboard.
    typing: bool,
    /// The marked entry of its list when that was last drawn.
    marked: Option<usize>,
    /// The time at the left edge of the body.
    left: Option<LeftEdge>,
    /// The scale of the last pass, in points for each minute.
    laid_out_at: f32,
}

/// The time at the left edge of what scrolls, to be kept there when the scale changes.
#[derive(Clone, PartialEq)]
struct LeftEdge {
    window: WindowId,
    /// Points for each minute.
    minute: f32,
    /// Points scrolled.
    scrolled: f32,
}

impl LeftEdge {
    /// How far the grid has to be scrolled for the same time to be at its left edge; nothing while the scale is the same.
    fn kept(&self, window: &WindowId, layout: &GridLayout) -> Option<f32> {
        let is_other = self.window == *window && (self.minute - layout.minute).abs() > 1e-4;
        let sliver = layout.sizes.sliver;
        let beyond = (self.scrolled - sliver).max(0.0) * layout.minute / self.minute;
        is_other.then_some(if self.scrolled <= sliver { self.scrolled } else { beyond + sliver })
    }
}

/// What the parts of the grid work with.
struct GridParts<'p, 'a> {
    editor: &'a Editor,
    painter: GridPainter<'p, 'a>,
    response: &'p Response,
    editable: bool,
}

impl GridParts<'_, '_> {
    fn chosen(&self) -> Option<&CellRange> {
        chosen(self.editor)
    }
}

/// The cells that are chosen, if cells are.
fn chosen(editor: &Editor) -> Option<&CellRange> {
    match editor.selection() {
        Selection::Cells(range) if Some(&range.window) == editor.window() => Some(range),
        _ => None,
    }
}

/// Draws the grid of the window shown and gathers what was asked for.
pub fn grid_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let area = ui.available_rect_before_wrap();
    let mut state: GridState = state::own(ui);
    let is_folded = |unit: &UnitId| editor.is_folded(unit);
    let suggested = editor.window().and_then(|window| suggested::suggested(ui, editor, doc, window));
    let shown = editor.window().map(|window| GridOptions {
        window,
        minutes: editor.zoom().minutes(),
        declined: editor.settings().show_declined,
        is_folded: &is_folded,
        beside: suggested.as_ref().map_or(&[], |suggested| &suggested.beside),
    });
    let Some(view) = shown.and_then(|shown| GridView::new(doc, shown)) else {
        empty::no_window_ui(ui, editor, actions);
        return;
    };
    if view.window.units.is_empty() {
        empty::no_units_ui(ui, editor, actions);
        return;
    }
    let hour_least = match (editor.zoom(), editor.suggestion()) {
        (Zoom::Day, _) => HOUR_WIDTH_MIN_FITTED,
        (_, Some(_)) => HOUR_WIDTH_MIN_BESIDE,
        (_, None) => HOUR_WIDTH_MIN,
    };
    let layout = lay_out(ui, &view, area, hour_least);
    let bars = Rect::from_min_max(area.min + vec2(0.0, HEADER), area.max);
    let mut scroll = ScrollArea::both().id_salt("posts grid").auto_shrink(false).scroll_bar_rect(bars);
    let kept = state.left.as_ref().and_then(|left| left.kept(&view.window.id, &layout));
    // How far it can be scrolled is known only once it has been laid out at the new scale.
    let is_known = std::mem::replace(&mut state.laid_out_at, layout.minute).to_bits() == layout.minute.to_bits();
    if let Some(scrolled) = kept.filter(|_| is_known) {
        let most = (layout.frozen + layout.body - area.width()).max(0.0);
        scroll = scroll.horizontal_scroll_offset(scrolled.min(most));
    }
    let shown = scroll.show_viewport(ui, |ui, _| scrolled_ui(ui, editor, &view, &layout, &mut state, actions));
    if kept.is_some() && !is_known {
        ui.ctx().request_discard("the grid has another scale");
    } else {
        let scrolled = shown.state.clamped_offset().x;
        state.left = Some(LeftEdge { window: view.window.id.clone(), minute: layout.minute, scrolled });
    }
    state::keep_own(ui, state);
}

/// The layout for the room there is beside the scroll bars.
fn lay_out(ui: &Ui, view: &GridView<'_>, area: Rect, hour_least: f32) -> GridLayout {
    let sizes = Sizes::now(ui);
    let names = view.rows.iter().filter_map(|row| match row {
        Row::Lane(lane) if lane.row.lane == 0 => Some(&lane.post.name),
        _ => None,
    });
    let width = |name: &String| {
        ui.painter().layout_no_wrap(words::safe(name).into_owned(), Type::Body.font(), egui::Color32::BLACK).size().x
    };
    let widest = names.map(width).fold(0.0, f32::max);
    let bar = ui.spacing().scroll.floating_allocated_width;
    let layout = GridLayout::new(view, sizes, area.width(), widest, hour_least);
    if layout.height + HEADER > area.height() {
        GridLayout::new(view, sizes, area.width() - bar, widest, hour_least)
    } else {
        layout
    }
}

fn scrolled_ui(
    ui: &mut Ui,
    editor: &Editor,
    view: &GridView<'_>,
    layout: &GridLayout,
    state: &mut GridState,
    actions: &mut Vec<Action>,
) {
    let content = ui.min_rect().min;
    ui.set_min_size(vec2(layout.frozen + layout.body, HEADER + layout.height));
    let frame = Frame::new(ui.clip_rect(), content, layout);
    panes::register(ui, Pane::Grid, frame.whole, grid_id());
    let response = ui.interact(frame.whole, grid_id(), Sense::click_and_drag());
    focus::draws_own_ring(ui, grid_id());
    let canvas = ui.painter().with_clip_rect(frame.whole);
    let painter = GridPainter { view, layout, frame, tokens: theme::tokens(ui), painter: &canvas };
    let editable = editor.doc().is_some_and(|doc| !doc.is_read_only());
    let parts = GridParts { editor, painter, response: &response, editable };

    keys::listen(ui, &parts, state, actions);
    hit::clicks(ui, &parts, state, actions);
    drag::follow(ui, &parts, state, actions);
    let suggested = editor.doc().and_then(|doc| suggested::suggested(ui, editor, doc, &view.window.id));
    let lifted = state.landing.as_ref().filter(|landing| !landing.target.copy);
    let moving = paint::Moving {
        hidden: lifted.and_then(|landing| landing.dragged.assignment()),
        figures: state.landing.as_ref().map_or(&[], landing::Landing::figures),
        has_keyboard: response.has_focus(),
        typing: editor.typing().is_some(),
        ringed: parts.chosen().and_then(|range| parts.painter.ring(range)),
        suggested: suggested.as_deref().map(|suggested| (suggested, suggest_panel::pointed_at(ui))),
    };
    parts.painter.paint(parts.chosen(), editable, moving);
    paint_chosen_heading(&parts);
    drag::paint(ui, &parts, state);
    links_ui(ui, &parts, actions);
    if let Some(suggested) = &suggested {
        let at = response.hover_pos().and_then(|at| parts.painter.change_at(suggested, at));
        suggest_panel::point_at(ui, suggest_panel::PointedFrom::Grid, at);
    }
    speech::tell(ui, &parts, suggested.as_deref(), actions);
    typing::typing_ui(ui, &parts, state, actions);
    context_menu_ui(ui, &mut state.menu, grid_id(), &[], editor, actions);
    question::question_ui(ui, state, actions);
    hover::hover_ui(ui, &parts, state);
    bring_into_sight(ui, &parts, state);
}

/// The ring around a unit's heading that is chosen.
fn paint_chosen_heading(parts: &GridParts<'_, '_>) {
    let Selection::Unit(unit) = parts.editor.selection() else { return };
    let frame = parts.painter.frame;
    let room = frame.whole.with_min_y(frame.body.top());
    let Some(row) = parts.painter.heading(unit).filter(|row| room.intersects(*row)) else { return };
    let over = parts.painter.painter.with_clip_rect(room);
    let row = row.shrink2(vec2(2.0, 1.0));
    let mut brush = parts.painter.brush(&over);
    if parts.response.has_focus() { brush.ring(row) } else { brush.resting_ring(row) }
}

/// What acts in the headings and under the last row.
fn links_ui(ui: &mut Ui, parts: &GridParts<'_, '_>, actions: &mut Vec<Action>) {
    let painter = &parts.painter;
    for index in painter.rows_in_sight() {
        let (top, bottom) = painter.layout.y_range(index);
        let y = painter.frame.origin.y;
        let row = Rect::from_x_y_ranges(painter.frame.whole.x_range(), y + top..=y + bottom);
        match &painter.view.rows[index] {
            Row::Unit(unit) if unit.note == Some(UnitNote::NoNormal) && parts.editable => {
                let left = painter.note_end(unit) + 16.0;
                if link(ui, parts, row.with_min_x(left), "Enter normal staffing…") {
                    actions.push(Action::Select(Selection::Unit(unit.unit.id.clone())));
                    actions.push(Action::Do(Verb::NormalStaffing));
                }
            }
            Row::Unit(unit) if unit.note == Some(UnitNote::NoPosts) && parts.editable => {
                let left = painter.note_end(unit) + 16.0;
                if link(ui, parts, row.with_min_x(left), "Add posts…") {
                    actions.push(Action::Select(Selection::Unit(unit.unit.id.clone())));
                    actions.push(Action::Do(Verb::AddPost));
                }
            }
            Row::Add => {
                let left = painter.frame.whole.left() + 8.0;
                if link(ui, parts, row.with_min_x(left), "+ Add unit…") {
                    actions.push(Action::Do(Verb::AddUnit));
                }
                if link(ui, parts, row.with_min_x(left + 96.0), "+ Add posts…") {
                    actions.push(Action::Do(Verb::AddPost));
                }
            }
            _ => {}
        }
    }
}

fn link(ui: &mut Ui, parts: &GridParts<'_, '_>, at: Rect, text: &str) -> bool {
    let under_header = at.top() >= parts.painter.frame.body.top();
    if !under_header || at.width() < 24.0 {
        return false;
    }
    let mut child =
        ui.new_child(UiBuilder::new().max_rect(at).layout(egui::Layout::left_to_right(egui::Align::Center)));
    child.link(text).clicked()
}

/// Scrolls so that the ring is seen when it has moved, or when somebody asked for it.
fn bring_into_sight(ui: &mut Ui, parts: &GridParts<'_, '_>, state: &mut GridState) {
    let asked = requests::take_scroll_request(ui);
    let chosen = parts.chosen();
    if state.drag.is_some() || (!asked && chosen == state.seen.as_ref()) {
        return;
    }
    let heading = match parts.editor.selection() {
        Selection::Unit(unit) if asked => parts.painter.heading(unit),
        _ => None,
    };
    if let Some(heading) = heading.filter(|row| {
        let body = parts.painter.frame.body;
        row.top() < body.top() || row.bottom() > body.bottom()
    }) {
        ui.scroll_to_rect(heading.with_min_y(heading.top() - HEADER), None);
    }
    if let Some(ring) = chosen.and_then(|range| parts.painter.ring(range)) {
        let frame = parts.painter.frame;
        // What the frozen parts cover is out of sight too.
        let covered = Rect::from_min_max(
            ring.min - vec2(frame.body.left() - frame.whole.left() + 8.0, HEADER + parts.painter.layout.sizes.unit_row),
            ring.max + vec2(8.0, parts.painter.layout.sizes.lane),
        );
        if !frame.body.shrink(2.0).contains_rect(ring.intersect(Rect::everything_right_of(ring.left()))) {
            ui.scroll_to_rect(covered, None);
        }
    }
    state.seen = chosen.cloned();
}
