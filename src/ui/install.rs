//! What the window needs before its first frame.

use egui::Context;

use super::focus::Focus;
use super::theme::fonts;

/// Puts the fonts in and draws the focus ring from now on; once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.add_plugin(Focus::default());
}
