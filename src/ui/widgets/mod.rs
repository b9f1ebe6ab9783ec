//! The small things views are made of. Each is at least 24 points high, can be worked by keyboard and has a name for
//! assistive technology.

mod button;
mod choice;
mod dialog;
mod drop_down;
mod field;
mod list;
mod notice;
mod pill;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use egui::{Color32, Frame, Galley, Margin, Stroke, Ui, pos2};

pub use button::{Lead, PushButton, icon_button, menu_entry, sure_button};
pub use choice::{Chip, Segment, pick_segment, segments, segments_width, tab};
pub use dialog::{Dialog, DialogAnswer, dialog_room, tick_box};
pub use drop_down::DropDown;
pub use field::{focus_first_wrong, form_row, is_wrong, line_edit, search_field};
pub use list::{GroupRow, ListRow, panel_head};
pub use notice::{NoticeKind, key_cap, keys_line, notice_bar, undo_line, undo_line_id};
pub use pill::{PillLook, verdict_pill};

use super::theme::{self, Type, sizes};

/// The frame of a card: surface with a thin edge.
pub fn card_frame(ui: &Ui) -> Frame {
    let t = theme::tokens(ui);
    Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line2))
        .corner_radius(sizes::CORNER)
        .inner_margin(Margin::same(sizes::PANEL_PADDING as i8))
}

fn layout(ui: &Ui, text: &str, role: Type, colour: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), role.font(), colour)
}

/// Text from `left` on, its line centred on `middle`; returns where it ends.
fn put(ui: &Ui, galley: Arc<Galley>, left: f32, middle: f32) -> f32 {
    let end = left + galley.size().x;
    ui.painter().galley(pos2(left, middle - 0.5 * galley.size().y), galley, Color32::PLACEHOLDER);
    end
}
