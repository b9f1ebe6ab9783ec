//! Dragging a block along its row to other times, by an edge to be longer, or onto another row to hand it over. One
//! action at the drop, none on the way.

use egui::{CursorIcon, Key, PointerButton, Pos2, Rect, Ui, vec2};

use super::row::{Bar, BarKind, PersonTimeline};
use super::{PeopleParts, PeopleState};
use crate::editor::Action;
use crate::editor::cells::{self, Sheet};
use crate::model::{AssignmentId, Instant, PersonId, Span, Status, words};
use crate::ui::block_grip::{Grip, scroll_step};
use crate::ui::cell_paint::{BlockLook, CellBrush};
use crate::ui::theme::Type;

/// Times are dragged in steps of so many minutes.
const STEP: i64 = 15;

/// What is being dragged.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    block: AssignmentId,
    grip: Grip,
    taken_at: Instant,
}

/// Where a dragged block would go.
struct Landing {
    person: PersonId,
    span: Span,
    action: Option<Action>,
}

/// Begins, follows and ends drags.
pub(super) fn follow(ui: &Ui, parts: &PeopleParts<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let response = parts.response;
    if response.drag_started_by(PointerButton::Primary) {
        response.request_focus();
        let origin = ui.input(|input| input.pointer.press_origin());
        state.drag = origin.and_then(|at| begin(parts, at));
        if let Some(drag) = &state.drag {
            actions.push(Action::Select(crate::editor::Selection::Assignments(vec![drag.block.clone()])));
        }
    }
    if state.drag.is_some() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        state.drag = None;
    }
    let at = response.interact_pointer_pos();
    match (&state.drag, at) {
        (Some(drag), Some(at)) => {
            scroll_at_edges(ui, parts, at);
            let is_edge = drag.grip != Grip::Middle;
            ui.set_cursor_icon(if is_edge { CursorIcon::ResizeHorizontal } else { CursorIcon::Grabbing });
        }
        _ => hover_cursor(ui, parts),
    }
    if response.drag_stopped()
        && let Some(drag) = state.drag.take()
    {
        actions.extend(at.and_then(|at| landing(parts, &drag, at)).and_then(|landing| landing.action));
    }
}

fn begin(parts: &PeopleParts<'_>, at: Pos2) -> Option<Drag> {
    let (_, bar, _, grip) = parts.bar_at(at).filter(|_| parts.editable)?;
    let BarKind::Post { assignment, .. } = &bar.what else { return None };
    Some(Drag { block: assignment.clone(), grip, taken_at: time_at(parts, at) })
}

fn hover_cursor(ui: &Ui, parts: &PeopleParts<'_>) {
    let Some(at) = parts.response.hover_pos() else { return };
    let Some((_, bar, _, grip)) = parts.bar_at(at) else { return };
    match bar.what {
        BarKind::Post { .. } if parts.editable && grip != Grip::Middle => {
            ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
        }
        BarKind::Post { .. } if parts.editable => ui.set_cursor_icon(CursorIcon::Grab),
        _ => {}
    }
}

fn scroll_at_edges(ui: &Ui, parts: &PeopleParts<'_>, at: Pos2) {
    let body = parts.painter.frame.body;
    let delta = vec2(scroll_step(body.left(), body.right(), at.x), scroll_step(body.top(), body.bottom(), at.y));
    if delta != egui::Vec2::ZERO {
        ui.scroll_with_delta(delta);
        ui.request_repaint();
    }
}

/// The moment under a point.
fn time_at(parts: &PeopleParts<'_>, at: Pos2) -> Instant {
    parts.painter.axis.at(at.x - parts.painter.frame.origin.x)
}

fn landing(parts: &PeopleParts<'_>, drag: &Drag, at: Pos2) -> Option<Landing> {
    let block = parts.doc.rota().assignment(&drag.block)?;
    let body = parts.painter.frame.body;
    let inside = at.clamp(body.min + vec2(1.0, 1.0), body.max - vec2(1.0, 1.0));
    let over = parts.person_at(inside).map(|(_, row)| &row.person);
    if let (Grip::Middle, Some(other)) = (drag.grip, over.filter(|other| **other != block.person)) {
        let action = Action::HandOver { assignment: block.id.clone(), to: other.clone() };
        return Some(Landing { person: other.clone(), span: block.span, action: Some(action) });
    }
    let moved = drag.taken_at.minutes_until(time_at(parts, inside));
    let rounded = |minutes: i64| (minutes + STEP / 2).div_euclid(STEP) * STEP;
    let span = match drag.grip {
        Grip::Middle => Span::new(block.span.from.plus(rounded(moved)), block.span.to.plus(rounded(moved))),
        Grip::Start => {
            let latest = block.span.to.plus(-STEP);
            Span::new(Instant(rounded(block.span.from.0 + moved)).min(latest), block.span.to)
        }
        Grip::End => {
            let earliest = block.span.from.plus(STEP);
            Span::new(block.span.from, Instant(rounded(block.span.to.0 + moved)).max(earliest))
        }
    };
    let action = (span != block.span).then(|| Action::ResizeBlock { assignment: block.id.clone(), to: span });
    Some(Landing { person: block.person.clone(), span, action })
}

/// Why the drop would be refused, if it would.
fn refused(parts: &PeopleParts<'_>, landing: &Landing) -> Option<String> {
    let doc = parts.doc;
    let mut chance = || 0;
    let window = doc.rota().windows.iter().find(|window| window.span.overlaps(landing.span)).map(|w| &w.id);
    let Some(window) = window.or(parts.editor.window()) else { return Some("outside the walkout".to_owned()) };
    let mut sheet = Sheet { rota: doc.rota(), grid: doc.grid(), window, random: &mut chance };
    match landing.action.as_ref()? {
        Action::ResizeBlock { assignment, to } => cells::resize(&mut sheet, assignment, *to).err(),
        // Somebody else at that time is no obstacle: a dialog asks whether to swap or replace.
        _ => None,
    }
    .map(|refused| refused.to_string())
}

/// What moves with the pointer, drawn over everything else in the body.
pub(super) fn paint(ui: &Ui, parts: &PeopleParts<'_>, state: &PeopleState) {
    let (Some(drag), Some(at)) = (&state.drag, parts.response.interact_pointer_pos()) else { return };
    let Some(landing) = landing(parts, drag, at) else { return };
    let painter = &parts.painter;
    let over = ui.painter().with_clip_rect(painter.frame.body);
    let Some((row, bar)) = dragged(parts, &drag.block) else { return };
    let place = |person: &PersonId| painter.model.people.iter().position(|row| row.person == *person);
    let Some((to_line, _)) = place(&landing.person).and_then(|at| painter.line_of(at)) else { return };
    let target = painter.bar_rect(to_line, &Bar { span: landing.span, below: bar.below, ..bar.clone() });
    let mut brush = CellBrush::new(&over, painter.tokens, painter.frame.origin);
    if let Some((from_line, _)) = place(&row.person).and_then(|at| painter.line_of(at)) {
        let from = painter.bar_rect(from_line, bar);
        brush.add(egui::Shape::rect_filled(from, 0.0, painter.tokens.surface));
        brush.left_behind(from, &row.initials);
    }
    if let Some(why) = refused(parts, &landing) {
        brush.refused(target, &why);
        return;
    }
    let name = painter.block_name(&over, target, bar);
    let look = painter.look(bar, &name);
    let look =
        if landing.person == row.person { look } else { BlockLook { status: Status::Proposed, problem: None, ..look } };
    brush.lifted(target, &look);
    drop(brush);
    if landing.person == row.person {
        label(&over, parts, target, landing.span);
    }
}

/// The times that the block would have, over it.
fn label(over: &egui::Painter, parts: &PeopleParts<'_>, target: Rect, span: Span) {
    let t = parts.painter.tokens;
    let galley = over.layout_no_wrap(words::times(parts.painter.zone, span), Type::SmallStrong.font(), t.text);
    let size = galley.size() + vec2(8.0, 2.0);
    let at = Rect::from_min_size(target.left_bottom() + vec2(0.0, 2.0), size);
    over.rect(at, 2.0, t.surface, egui::Stroke::new(1.0, t.accent), egui::StrokeKind::Inside);
    over.galley(at.min + vec2(4.0, 1.0), galley, t.text);
}

fn dragged<'p>(parts: &PeopleParts<'p>, block: &AssignmentId) -> Option<(&'p PersonTimeline, &'p Bar)> {
    let is_it = |bar: &&Bar| matches!(&bar.what, BarKind::Post { assignment, .. } if assignment == block);
    parts.painter.model.people.iter().find_map(|row| Some((row, row.bars.iter().find(is_it)?)))
}
