//! For tests: a window of 800 × 600 with the program's fonts and light colours, and single frames without a window.

use egui::{Context, RawInput, Ui, vec2};
use egui_kittest::Harness;

use super::install;
use super::theme::apply;
use crate::editor::ThemeName;

fn prepare(ctx: &Context) {
    install(ctx);
    apply(ctx, ThemeName::Light, false);
}

/// A window in which `draw` draws.
pub(super) fn window<S: 'static>(state: S, draw: impl FnMut(&mut Ui, &mut S) + 'static) -> Harness<'static, S> {
    Harness::builder().with_size(vec2(800.0, 600.0)).with_context_setup(prepare).build_ui_state(draw, state)
}

/// Draws one frame.
pub(super) fn in_frame(input: RawInput, draw: impl FnMut(&mut Ui)) {
    let ctx = Context::default();
    prepare(&ctx);
    ctx.run_ui(input, draw).textures_delta.clear();
}
