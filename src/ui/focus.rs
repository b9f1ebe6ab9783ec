//! The keyboard's focus: one ring for everything that can have it, and the way back when a dialog closes.

use egui::{Context, Id, LayerId, Memory, Painter, Plugin, Rect, Ui};

use super::{strokes, theme};

/// Works at the end of every pass, so that no widget can forget its ring.
pub(super) struct Focus;

impl Plugin for Focus {
    fn debug_name(&self) -> &'static str {
        "focus"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        take_back(ui.ctx());
        draw_ring(ui.ctx());
    }
}

/// Two lines around what has the focus, after everything else in its layer.
fn draw_ring(ctx: &Context) {
    let Some(focused) = ctx.memory(Memory::focused) else { return };
    let own: Option<Id> = ctx.data(|data| data.get_temp(own_ring_id()));
    if own == Some(focused) {
        return;
    }
    if let Some((layer, rect)) = visible_part(ctx, focused) {
        let painter = Painter::new(ctx.clone(), layer, ctx.content_rect());
        painter.extend(strokes::double_ring(rect, theme::tokens(ctx)));
    }
}

/// Where the widget is, without what its scroll area cuts off. (Asking for its response would count as drawing it
/// again, which takes the focus from it in a frame with a click elsewhere.)
fn visible_part(ctx: &Context, id: Id) -> Option<(LayerId, Rect)> {
    let widget = ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())?;
    let rect = widget.rect.intersect(widget.interact_rect.expand(1.0));
    (rect.is_positive() && rect.is_finite()).then_some((widget.layer_id, rect))
}

fn own_ring_id() -> Id {
    Id::unique("cover-rota draws its own ring")
}

/// For the one view that draws a ring of its own, around the chosen cell: no ring around the whole of it.
pub fn draws_own_ring(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.insert_temp(own_ring_id(), id));
}

fn back_id() -> Id {
    Id::unique("cover-rota gives the focus back")
}

/// Gives the focus to what had it before a dialog that closes in this frame was opened.
pub(super) fn give_back(ctx: &Context, to: Id) {
    let frame = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| data.insert_temp(back_id(), (frame, to)));
    ctx.request_repaint();
}

/// egui keeps everything under a dialog from having the focus for one frame more, so this waits for that.
fn take_back(ctx: &Context) {
    let waiting: Option<(u64, Id)> = ctx.data(|data| data.get_temp(back_id()));
    let Some((closed_in, to)) = waiting.filter(|(frame, _)| *frame < ctx.cumulative_frame_nr()) else { return };
    ctx.data_mut(|data| data.remove::<(u64, Id)>(back_id()));
    let nobody_else = ctx.memory(Memory::focused).is_none();
    if nobody_else && closed_in + 1 == ctx.cumulative_frame_nr() {
        ctx.memory_mut(|memory| memory.request_focus(to));
        ctx.request_repaint();
    }
}
