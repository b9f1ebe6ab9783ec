//! Dragging: a rectangle, a block, an edge of a block, the fill handle, a person from the list. One action at the drop,
//! none on the way.

use egui::{CursorIcon, Key, PointerButton, Pos2, Rect, Ui, vec2};

use super::hit::{Grip, Place};
use super::paint::as_proposed;
use super::view::LaneRow;
use super::{GridState, Parts};
use crate::editor::cells::{self, Edge, Edit, Refused, Sheet};
use crate::editor::{Action, Block, CellRange, DropTarget, Verb};
use crate::model::{AssignmentId, Instant, PersonId, Span};

/// What is being dragged.
#[derive(Clone)]
pub(super) enum Drag {
    /// A rectangle of cells.
    Choose,
    /// The fill handle.
    Fill { from: CellRange },
    /// A block, taken at that moment of it.
    Block { id: AssignmentId, taken_at: Instant },
    /// An edge of a block.
    Edge { id: AssignmentId, edge: Edge },
}

/// Within this distance of the body's edge a drag scrolls.
const SCROLL_MARGIN: f32 = 22.0;
/// Points scrolled in each frame.
const SCROLL_STEP: f32 = 9.0;

/// Begins, follows and ends drags.
pub(super) fn follow(ui: &Ui, parts: &Parts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    let response = parts.response;
    if response.drag_started_by(PointerButton::Primary) {
        response.request_focus();
        let origin = ui.input(|input| input.pointer.press_origin());
        state.drag = origin.and_then(|at| begin(ui, parts, at, actions));
    }
    if state.drag.is_some() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        state.drag = None;
        state.leaving = false;
    }
    let at = response.interact_pointer_pos();
    if let (Some(drag), Some(at)) = (&state.drag, at) {
        scroll_at_edges(ui, parts, at);
        match drag {
            Drag::Choose | Drag::Fill { .. } => extend(parts, at, actions),
            Drag::Block { .. } => ui.set_cursor_icon(CursorIcon::Grabbing),
            Drag::Edge { .. } => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
        }
    } else {
        hover_cursor(ui, parts);
    }
    if response.drag_stopped()
        && let Some(drag) = state.drag.take()
    {
        actions.extend(at.and_then(|at| drop_at(ui, parts, &drag, at)));
    }
    drop_person(ui, parts, actions);
}

fn begin(ui: &Ui, parts: &Parts<'_, '_>, at: Pos2, actions: &mut Vec<Action>) -> Option<Drag> {
    if parts.is_on_handle(at) {
        return Some(Drag::Fill { from: parts.chosen()?.clone() });
    }
    let shift = ui.input(|input| input.modifiers.shift);
    if parts.editable
        && !shift
        && let Some((_, block, _, grip)) = parts.block_at(at)
    {
        let id = block.assignment.clone();
        return Some(match grip {
            Grip::Start => Drag::Edge { id, edge: Edge::Start },
            Grip::End => Drag::Edge { id, edge: Edge::End },
            Grip::Middle => Drag::Block { id, taken_at: parts.time_at(at) },
        });
    }
    let Some(Place::Cell { cell, .. }) = parts.place_at(at) else { return None };
    actions.push(if shift { Action::ExtendTo(cell) } else { parts.select(&cell) });
    Some(Drag::Choose)
}

fn extend(parts: &Parts<'_, '_>, at: Pos2, actions: &mut Vec<Action>) {
    let body = parts.painter.frame.body;
    let inside = at.clamp(body.min + vec2(1.0, 1.0), body.max - vec2(1.0, 1.0));
    if let Some(Place::Cell { cell, .. }) = parts.place_at(inside)
        && parts.chosen().is_some_and(|range| range.last != cell)
    {
        actions.push(Action::ExtendTo(cell));
    }
}

fn scroll_at_edges(ui: &Ui, parts: &Parts<'_, '_>, at: Pos2) {
    let body = parts.painter.frame.body;
    let push = |low: f32, high: f32, at: f32| {
        if at < low + SCROLL_MARGIN {
            SCROLL_STEP
        } else if at > high - SCROLL_MARGIN {
            -SCROLL_STEP
        } else {
            0.0
        }
    };
    let delta = vec2(push(body.left(), body.right(), at.x), push(body.top(), body.bottom(), at.y));
    if delta != egui::Vec2::ZERO {
        ui.scroll_with_delta(delta);
        ui.request_repaint();
    }
}

fn hover_cursor(ui: &Ui, parts: &Parts<'_, '_>) {
    let Some(at) = parts.response.hover_pos() else { return };
    if parts.is_on_handle(at) {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    } else if parts.editable
        && let Some((.., grip)) = parts.block_at(at)
    {
        ui.set_cursor_icon(if grip == Grip::Middle { CursorIcon::Grab } else { CursorIcon::ResizeHorizontal });
    }
}

/// Where a dragged block or edge would go.
struct Landing {
    target: Target,
    edit: Result<Edit, Refused>,
}

struct Target {
    row: crate::editor::GridRow,
    span: Span,
}

fn landing(ui: &Ui, parts: &Parts<'_, '_>, drag: &Drag, at: Pos2) -> Option<(Landing, Action)> {
    let view = parts.painter.view;
    match drag {
        Drag::Choose | Drag::Fill { .. } => None,
        Drag::Block { id, taken_at } => {
            let block = view.rota.assignment(id)?;
            let body = parts.painter.frame.body;
            let inside = at.clamp(body.min + vec2(1.0, 1.0), body.max - vec2(1.0, 1.0));
            let Some(Place::Cell { row, .. }) = parts.place_at(inside) else { return None };
            let moved = taken_at.minutes_until(parts.time_at(at));
            let zoom = view.slots.minutes;
            let by = (moved + zoom / 2).div_euclid(zoom) * zoom;
            let from = block.span.from.plus(by);
            let span = Span::new(from, from.plus(block.span.minutes()));
            let copy = ui.input(|input| input.modifiers.command);
            let to = crate::editor::Cell { row: row.row.clone(), at: from, until: span.to };
            let edit = tried(parts, |sheet| cells::move_block(sheet, id, &to, copy));
            let landing = Landing { target: Target { row: row.row.clone(), span }, edit };
            Some((landing, Action::MoveBlock { assignment: id.clone(), to, copy }))
        }
        Drag::Edge { id, edge } => {
            let block = view.rota.assignment(id)?;
            let row = view.window.row_of(id)?;
            let window = view.window.span;
            let edge_at = view.slots.nearest_edge(parts.time_at(at));
            let span = cells::with_edge(block.span, *edge, Instant(edge_at.0.clamp(window.from.0, window.to.0)));
            let edit = tried(parts, |sheet| cells::resize(sheet, id, span));
            let landing = Landing { target: Target { row, span }, edit };
            Some((landing, Action::ResizeBlock { assignment: id.clone(), to: span }))
        }
    }
}

/// What an edit would come to; nothing is changed.
fn tried(parts: &Parts<'_, '_>, edit: impl FnOnce(&mut Sheet<'_>) -> Result<Edit, Refused>) -> Result<Edit, Refused> {
    let Some(doc) = parts.editor.doc() else { return Err(Refused::Gone) };
    let mut chance = || 0;
    let window = &parts.painter.view.window.id;
    edit(&mut Sheet { rota: doc.rota(), grid: doc.grid(), window, random: &mut chance })
}

fn drop_at(ui: &Ui, parts: &Parts<'_, '_>, drag: &Drag, at: Pos2) -> Option<Action> {
    if let Drag::Fill { from } = drag {
        let to = parts.chosen()?;
        let down = to.last.row != from.last.row;
        let grew = to.last != from.last;
        return grew.then_some(Action::Do(if down { Verb::FillDown } else { Verb::FillRight }));
    }
    let (landing, action) = landing(ui, parts, drag, at)?;
    let edit = landing.edit.ok()?;
    let idle = edit.command.changes.is_empty() && edit.wishes.is_empty();
    (!idle).then_some(action)
}

/// What moves with the pointer, drawn over everything else in the body.
pub(super) fn paint(ui: &Ui, parts: &Parts<'_, '_>, state: &GridState) {
    let frame = parts.painter.frame;
    let over = ui.painter().with_clip_rect(frame.body);
    if let (Some(drag), Some(at)) = (&state.drag, parts.response.interact_pointer_pos()) {
        let (Drag::Block { id, .. } | Drag::Edge { id, .. }) = drag else { return };
        let Some((landing, _)) = landing(ui, parts, drag, at) else { return };
        let Some((row, block, from)) = drawn_block(parts, id) else { return };
        let mut brush = parts.painter.brush(&over);
        brush.left_behind(from, parts.painter.view.names(&block.person).0);
        let Some(to) = target_rect(parts, &landing.target) else { return };
        match landing.edit {
            Ok(_) => {
                let look = parts.painter.view.block_look(block, row.lane);
                let same = landing.target.span == block.span && landing.target.row.post == row.row.post;
                brush.lifted(to, &if same { look } else { as_proposed(look) });
            }
            Err(refused) => brush.refused(to, &refused.to_string()),
        }
    }
    paint_person(parts, &over);
}

fn drawn_block<'v>(parts: &Parts<'v, 'v>, id: &AssignmentId) -> Option<(&'v LaneRow<'v>, &'v Block, Rect)> {
    let view = parts.painter.view;
    let row = view.window.row_of(id)?;
    let (index, lane) = view.lane_row(&row)?;
    let block = lane.lane.blocks.iter().find(|block| block.assignment == *id)?;
    Some((lane, block, parts.painter.frame.on_screen(parts.painter.layout.block(index, block.span))))
}

fn target_rect(parts: &Parts<'_, '_>, target: &Target) -> Option<Rect> {
    let (index, _) = parts.painter.view.lane_row(&target.row)?;
    Some(parts.painter.frame.on_screen(parts.painter.layout.block(index, target.span)))
}

/// Where a person from the list would go, and what that comes to.
fn person_landing(
    parts: &Parts<'_, '_>,
    person: &PersonId,
    at: Pos2,
) -> Option<(DropTarget, Target, Result<Edit, Refused>)> {
    match parts.place_at(at)? {
        Place::Post(row) => {
            let post = row.post.id.clone();
            let edit = tried(parts, |sheet| cells::fill_post(sheet, &post, person));
            let span = parts.painter.view.window.span;
            Some((DropTarget::Post(post), Target { row: row.row.clone(), span }, edit))
        }
        Place::Cell { row, cell, .. } => {
            let under = row.lane.blocks.iter().find(|block| block.span.contains(parts.time_at(at)));
            if let Some(block) = under {
                let edit = tried(parts, |sheet| cells::replace(sheet, &block.assignment, person));
                let target = Target { row: row.row.clone(), span: block.span };
                return Some((DropTarget::Block(block.assignment.clone()), target, edit));
            }
            let here = crate::editor::Cell { at: parts.time_at(at), ..cell.clone() };
            if let Some(gap) = row.lane.gap_at(here.at) {
                let edit = tried(parts, |sheet| cells::fill_gap(sheet, &here, person));
                return Some((DropTarget::Gap(here), Target { row: row.row.clone(), span: gap }, edit));
            }
            let range = parts.range(row, cell.span());
            let edit = tried(parts, |sheet| cells::put(sheet, &range, person));
            let target = Target { row: row.row.clone(), span: cell.span() };
            Some((DropTarget::Slot(cell), target, edit))
        }
        Place::Unit { .. } | Place::HaveNeed { .. } => None,
    }
}

fn drop_person(ui: &Ui, parts: &Parts<'_, '_>, actions: &mut Vec<Action>) {
    if !parts.editable {
        return;
    }
    if parts.response.dnd_hover_payload::<PersonId>().is_some()
        && let Some(at) = ui.input(|input| input.pointer.hover_pos())
    {
        scroll_at_edges(ui, parts, at);
    }
    let Some(person) = parts.response.dnd_release_payload::<PersonId>() else { return };
    let Some(at) = ui.input(|input| input.pointer.interact_pos()) else { return };
    if let Some((on, _, Ok(_))) = person_landing(parts, &person, at) {
        actions.push(Action::DropPerson { person: (*person).clone(), on });
    }
}

fn paint_person(parts: &Parts<'_, '_>, over: &egui::Painter) {
    let Some(person) = parts.response.dnd_hover_payload::<PersonId>().filter(|_| parts.editable) else { return };
    let Some(at) = over.ctx().input(|input| input.pointer.hover_pos()) else { return };
    let Some((on, target, edit)) = person_landing(parts, &person, at) else { return };
    let Some(rect) = target_rect(parts, &target) else { return };
    let (initials, family) = parts.painter.view.names(&person);
    let mut brush = parts.painter.brush(over);
    match (edit, on) {
        (Err(refused), _) => brush.refused(rect, &refused.to_string()),
        (Ok(_), DropTarget::Block(_)) => brush.chosen(rect),
        (Ok(_), _) => {
            let status = crate::ui::cell_paint::BlockStatus::Proposed;
            brush.lifted(rect, &crate::ui::cell_paint::BlockLook::new(status, initials, family));
        }
    }
}

impl Parts<'_, '_> {
    /// The moment under a point.
    pub(super) fn time_at(&self, at: Pos2) -> Instant {
        self.painter.layout.at(at.x - self.painter.frame.origin.x)
    }
}
