//! Dragging: a rectangle, a block, an edge of a block, the fill handle, a person from the list. One action at the drop,
//! none on the way; what would come of it is shown meanwhile.

use egui::{CursorIcon, Key, Modifiers, PointerButton, Pos2, Rect, Ui, vec2};

use super::hit::GridPart;
use super::landing::{Dragged, Landing};
use super::paint::as_proposed;
use super::rows::LaneRow;
use super::{GridParts, GridState};
use crate::editor::cells::Edge;
use crate::editor::{Action, Block, CellRange, DropTarget, GridRow, Verb};
use crate::model::{AssignmentId, PersonId, Span, Status};
use crate::ui::block_grip::{Grip, SCROLL_MARGIN, scroll_step};
use crate::ui::cell_paint::BlockLook;

/// What is being dragged inside the grid.
#[derive(Clone)]
pub(super) enum Drag {
    /// A rectangle of cells.
    Choose,
    /// The fill handle.
    Fill { from: CellRange },
    /// A block or one of its edges.
    Lift(Dragged),
}

/// Begins, follows and ends drags.
pub(super) fn follow(ui: &Ui, parts: &GridParts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    let response = parts.response;
    if response.drag_started_by(PointerButton::Primary) {
        response.request_focus();
        let origin = ui.input(|input| input.pointer.press_origin());
        state.drag = origin.and_then(|at| begin(ui, parts, at, actions));
    }
    if state.drag.is_some() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.drag = None;
        state.leaving = false;
    }
    let at = response.interact_pointer_pos();
    match (&state.drag, at) {
        (Some(drag), Some(at)) => {
            scroll_at_edges(ui, parts, at);
            match drag {
                Drag::Choose | Drag::Fill { .. } => extend(parts, at, actions),
                Drag::Lift(Dragged::Edge { .. }) => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
                Drag::Lift(_) => ui.set_cursor_icon(CursorIcon::Grabbing),
            }
        }
        _ => hover_cursor(ui, parts),
    }
    let person = response.dnd_hover_payload::<PersonId>().filter(|_| parts.editable);
    follow_landing(ui, parts, state, at, person.as_deref());
    if response.drag_stopped()
        && let Some(drag) = state.drag.take()
    {
        drop_here(parts, state, &drag, at, actions);
    }
    if parts.editable && response.dnd_release_payload::<PersonId>().is_some() {
        land(state, at.or(ui.input(|input| input.pointer.interact_pos())), actions);
    }
    if state.drag.is_none() && person.is_none() {
        state.landing = None;
    }
}

/// Works out where what is dragged would land, as soon as that changes.
fn follow_landing(
    ui: &Ui,
    parts: &GridParts<'_, '_>,
    state: &mut GridState,
    at: Option<Pos2>,
    person: Option<&PersonId>,
) {
    let copy = ui.input(|input| input.modifiers.command);
    let (dragged, at) = match (&state.drag, person) {
        (Some(Drag::Lift(dragged)), _) => (dragged.clone(), at),
        (None, Some(person)) => {
            let at = ui.input(|input| input.pointer.hover_pos());
            if let Some(at) = at {
                scroll_at_edges(ui, parts, at);
            }
            (Dragged::Person(person.clone()), at)
        }
        _ => return,
    };
    let target = at.and_then(|at| parts.target(&dragged, at, copy));
    let Some(target) = target else {
        // A release comes a frame after the pointer was last seen over the grid.
        if at.is_some() {
            state.landing = None;
        }
        return;
    };
    if state.landing.as_ref().is_none_or(|landing| landing.target != target) {
        state.landing = Some(Landing::new(parts, dragged, target));
    }
}

fn begin(ui: &Ui, parts: &GridParts<'_, '_>, at: Pos2, actions: &mut Vec<Action>) -> Option<Drag> {
    if parts.is_on_handle(at) {
        return Some(Drag::Fill { from: parts.chosen()?.clone() });
    }
    let shift = ui.input(|input| input.modifiers.shift);
    if parts.editable
        && !shift
        && let Some((_, block, _, grip)) = parts.block_at(at)
    {
        let id = block.assignment.clone();
        return Some(Drag::Lift(match grip {
            Grip::Start => Dragged::Edge { id, edge: Edge::Start },
            Grip::End => Dragged::Edge { id, edge: Edge::End },
            Grip::Middle => Dragged::Block { id, taken_at: parts.time_at(at) },
        }));
    }
    let Some(GridPart::Cell { cell, .. }) = parts.part_at(at) else { return None };
    actions.push(if shift { Action::ExtendTo(cell) } else { parts.select(&cell) });
    Some(Drag::Choose)
}

fn extend(parts: &GridParts<'_, '_>, at: Pos2, actions: &mut Vec<Action>) {
    if let Some(GridPart::Cell { cell, .. }) = parts.part_at(parts.inside(at))
        && parts.chosen().is_some_and(|range| range.last != cell)
    {
        actions.push(Action::ExtendTo(cell));
    }
}

fn scroll_at_edges(ui: &Ui, parts: &GridParts<'_, '_>, at: Pos2) {
    let body = parts.painter.frame.body;
    let beside = Rect::from_min_max(parts.painter.frame.frozen().min, body.max);
    let sideways = if body.contains(at) { scroll_step(body.left(), body.right(), at.x) } else { 0.0 };
    let up = if beside.expand(SCROLL_MARGIN).contains(at) { scroll_step(body.top(), body.bottom(), at.y) } else { 0.0 };
    let layout = parts.painter.layout;
    let frame = parts.painter.frame;
    let room = Rect::from_min_size(frame.origin, vec2(layout.body, layout.height));
    // Only while there is more to see that way: an idle window asks for no frames.
    let more = |push: f32, before: bool, after: bool| (push > 0.0 && before) || (push < 0.0 && after);
    let dx = if more(sideways, room.left() < body.left(), room.right() > body.right()) { sideways } else { 0.0 };
    let dy = if more(up, room.top() < body.top(), room.bottom() > body.bottom()) { up } else { 0.0 };
    if dx != 0.0 || dy != 0.0 {
        ui.scroll_with_delta(vec2(dx, dy));
        ui.request_repaint();
    }
}

fn hover_cursor(ui: &Ui, parts: &GridParts<'_, '_>) {
    let Some(at) = parts.response.hover_pos() else { return };
    if parts.is_on_handle(at) {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    } else if parts.editable
        && let Some((.., grip)) = parts.block_at(at)
    {
        ui.set_cursor_icon(if grip == Grip::Middle { CursorIcon::Grab } else { CursorIcon::ResizeHorizontal });
    }
}

fn drop_here(
    parts: &GridParts<'_, '_>,
    state: &mut GridState,
    drag: &Drag,
    at: Option<Pos2>,
    actions: &mut Vec<Action>,
) {
    match drag {
        Drag::Choose => {}
        Drag::Fill { from } => {
            let Some(to) = parts.chosen().filter(|to| to.last != from.last) else { return };
            let down = to.last.row != from.last.row;
            actions.push(Action::Do(if down { Verb::FillDown } else { Verb::FillRight }));
        }
        Drag::Lift(_) => land(state, at, actions),
    }
}

/// Does what was shown, or asks where somebody else is in the way.
fn land(state: &mut GridState, at: Option<Pos2>, actions: &mut Vec<Action>) {
    let Some(landing) = state.landing.take() else { return };
    if let Some(why) = landing.why_not() {
        actions.push(Action::Refuse(format!("Not put there: {why}")));
        return;
    }
    match landing.question(at) {
        Some(question) => state.question = Some(question),
        None => actions.extend(landing.action()),
    }
}

/// What moves with the pointer, drawn over everything else in the body.
pub(super) fn paint(ui: &Ui, parts: &GridParts<'_, '_>, state: &GridState) {
    let over = ui.painter().with_clip_rect(parts.painter.frame.body);
    let Some(landing) = &state.landing else { return };
    let view = parts.painter.view;
    let mut brush = parts.painter.brush(&over);
    let lifted = landing.dragged.assignment().and_then(|id| drawn_block(parts, id));
    if let Some((_, block, from)) = lifted {
        brush.left_behind(from, view.names(&block.person).0);
    }
    let Some(to) = target_rect(parts, &landing.target.row, landing.target.span) else { return };
    if let Some(why_not) = landing.why_not() {
        // The reason is read even where the target is narrow.
        let width = 22.0 + why_not.chars().count() as f32 * 7.5;
        let room = to.with_max_x(to.right().max((to.left() + width).min(parts.painter.frame.body.right())));
        brush.refused(room, why_not);
        return;
    }
    match (&landing.dragged, lifted) {
        (Dragged::Person(_), _) if matches!(landing.target.on, Some(DropTarget::Block(_))) => brush.chosen(to),
        (Dragged::Person(person), _) => {
            let (initials, family) = view.names(person);
            brush.lifted(to, &BlockLook::new(Status::Proposed, initials, family));
        }
        (_, Some((row, block, _))) => {
            let look = view.block_look(block, row);
            let kept = landing.target.row.post == row.row.post && block.span.covers(landing.target.span);
            brush.lifted(to, &if kept { look } else { as_proposed(look) });
        }
        _ => {}
    }
}

fn drawn_block<'v>(parts: &GridParts<'v, 'v>, id: &AssignmentId) -> Option<(&'v LaneRow<'v>, &'v Block, Rect)> {
    let view = parts.painter.view;
    let row = view.window.row_of(id)?;
    let (index, lane) = view.lane_row(&row)?;
    let block = lane.lane.blocks.iter().find(|block| block.assignment == *id)?;
    Some((lane, block, parts.painter.frame.on_screen(parts.painter.layout.block(index, block.span))))
}

fn target_rect(parts: &GridParts<'_, '_>, row: &GridRow, span: Span) -> Option<Rect> {
    let (index, _) = parts.painter.view.lane_row(row)?;
    Some(parts.painter.frame.on_screen(parts.painter.layout.block(index, span)))
}
