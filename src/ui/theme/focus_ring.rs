//! The one focus ring: two lines around whatever has the keyboard, drawn after everything else in its layer.

use egui::{Context, Id, LayerId, Painter, Plugin, Rect, Ui};

use crate::ui::strokes;

/// Draws the ring at the end of every pass, so that no widget can forget to.
pub(super) struct FocusRing;

impl Plugin for FocusRing {
    fn debug_name(&self) -> &'static str {
        "focus ring"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        let Some(focused) = ctx.memory(egui::Memory::focused) else { return };
        let own: Option<Id> = ctx.data(|data| data.get_temp(own_id()));
        if own == Some(focused) {
            return;
        }
        if let Some((layer, rect)) = visible_part(ctx, focused) {
            let painter = Painter::new(ctx.clone(), layer, ctx.content_rect());
            painter.extend(strokes::double_ring(rect, super::tokens(ctx)));
        }
    }
}

/// Where the widget is, without what its scroll area cuts off.
fn visible_part(ctx: &Context, id: Id) -> Option<(LayerId, Rect)> {
    let response = ctx.read_response(id)?;
    let rect = response.rect.intersect(response.interact_rect.expand(1.0));
    (rect.is_positive() && rect.is_finite()).then_some((response.layer_id, rect))
}

fn own_id() -> Id {
    Id::unique("cover-rota shows its own focus")
}

/// For the one view that draws a ring of its own, around the chosen cell: no ring around the whole of it.
pub fn shows_own_focus(ctx: &Context, id: Id) {
    ctx.data_mut(|data| data.insert_temp(own_id(), id));
}
