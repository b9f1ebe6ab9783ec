//! What the editor asks of the view that is drawn next: the find field's focus, and the selection in sight.

use egui::{Context, Id};

use super::state::UiState;

/// Says which widget is the find field in this frame.
pub(super) fn is_find_field(ctx: &Context, id: Id) {
    UiState::of(ctx, |state| state.requests.find_field = Some(id));
}

/// Gives the keyboard to the find field.
pub fn focus_find(ctx: &Context) {
    if let Some(field) = UiState::of(ctx, |state| state.requests.find_field) {
        ctx.memory_mut(|memory| memory.request_focus(field));
    }
}

/// Asks the view to bring the selection into sight when it is next drawn.
pub fn scroll_to_selection(ctx: &Context) {
    UiState::of(ctx, |state| state.requests.scroll_to_selection = true);
    ctx.request_repaint();
}

/// Whether the view has to bring the selection into sight; asking takes the request.
pub fn take_scroll_request(ctx: &Context) -> bool {
    UiState::of(ctx, |state| std::mem::take(&mut state.requests.scroll_to_selection))
}
