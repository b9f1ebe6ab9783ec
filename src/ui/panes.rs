//! The panes that F6 goes round: each says every frame where it is and what takes the keyboard in it.

use egui::{Context, Id, Rect};

pub use super::state::Pane;
use super::state::{Panes, Seen, UiState};

/// Says where a pane is in this frame, and which widget takes the keyboard when F6 comes to it.
pub fn register(ctx: &Context, pane: Pane, rect: Rect, target: Id) {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| {
        let seen = &mut state.panes.seen;
        if seen.frame != frame {
            *seen = Seen { frame, panes: Vec::new() };
        }
        seen.panes.retain(|(other, ..)| *other != pane);
        seen.panes.push((pane, rect, target));
        seen.panes.sort_by_key(|(pane, ..)| *pane);
    });
}

/// Whether there is anything in a pane for the keyboard: something to press, or something that is said.
fn has_something(ctx: &Context, pane: Pane, target: Id) -> bool {
    let drawn = ctx.viewport(|viewport| {
        let widget = viewport.this_pass.widgets.get(target).or_else(|| viewport.prev_pass.widgets.get(target));
        widget.map(|widget| (widget.sense.senses_click(), widget.rect.is_positive()))
    });
    drawn.is_some_and(|(pressed, has_room)| has_room && (pressed || pane == Pane::Status))
}

/// Gives the keyboard to the next pane (or the one before) in which there is something.
pub fn focus_next(ctx: &Context, forward: bool) {
    let mut panes = UiState::of(ctx, |state| state.panes.seen.clone()).panes;
    panes.retain(|(pane, _, target)| has_something(ctx, *pane, *target));
    if panes.is_empty() {
        return;
    }
    let focused = ctx.memory(egui::Memory::focused);
    let here = focused.and_then(|id| {
        let by_target = panes.iter().position(|(_, _, target)| *target == id);
        // Asking for the response would count as drawing the widget once more.
        let centre = ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).map(|widget| widget.rect.center()));
        by_target.or_else(|| centre.and_then(|c| panes.iter().position(|(_, rect, _)| rect.contains(c))))
    });
    let next = match here {
        Some(at) if forward => (at + 1) % panes.len(),
        Some(at) => (at + panes.len() - 1) % panes.len(),
        None => panes.iter().position(|(pane, ..)| *pane == Pane::Grid).unwrap_or(0),
    };
    ctx.memory_mut(|memory| memory.request_focus(panes[next].2));
}

/// Whether what has the keyboard stands in that pane, as it was drawn last.
pub fn has_keyboard(ctx: &Context, pane: Pane) -> bool {
    let Some(focused) = ctx.memory(egui::Memory::focused) else { return false };
    let seen = UiState::of(ctx, |state| state.panes.seen.clone());
    let Some((_, rect, target)) = seen.panes.iter().find(|(other, ..)| *other == pane) else { return false };
    let widget = |widgets: &egui::WidgetRects| widgets.get(focused).map(|widget| widget.rect.center());
    let centre = ctx.viewport(|v| widget(&v.this_pass.widgets).or_else(|| widget(&v.prev_pass.widgets)));
    *target == focused || centre.is_some_and(|centre| rect.contains(centre))
}

/// Asks that the keyboard goes to a pane once it has been drawn in a later frame: the ring is then where the eye is.
pub fn want(ctx: &Context, pane: Pane) {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| state.panes.wanted = Some((pane, frame)));
    ctx.request_repaint();
}

/// Gives the keyboard to the pane that is wanted, if it was drawn in this frame. To be called after all panes.
pub fn give_wanted(ctx: &Context) {
    let now = ctx.cumulative_frame_nr();
    let Panes { seen, wanted } = UiState::of(ctx, |state| state.panes.clone());
    let Some((pane, asked)) = wanted else { return };
    let target = seen.panes.iter().find(|(other, ..)| *other == pane).map(|(.., target)| *target);
    if asked == now || seen.frame != now {
        return;
    }
    UiState::of(ctx, |state| state.panes.wanted = None);
    if let Some(target) = target {
        ctx.memory_mut(|memory| memory.request_focus(target));
    }
}
