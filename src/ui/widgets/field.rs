//! Fields for typing: a line, the search field, and labelled rows of a form with what is wrong under them.

use egui::accesskit::Invalid;
use egui::{Align2, Context, Response, StrokeKind, TextEdit, Ui, Vec2, vec2};

use super::{icon_button, layout};
use crate::ui::icons;
use crate::ui::marks::Mark;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Type, sizes};

/// A field for one line, its text in the middle of its height.
pub fn line_edit(text: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(text).align(Align2::LEFT_CENTER)
}

/// The field to find things with, as wide as there is room. `what` is its hint and its name; `key` leads to it.
pub fn search_field(ui: &mut Ui, text: &mut String, what: &str, key: &str) -> Response {
    let t = theme::tokens(ui);
    let lens = icons::rich(icons::MAGNIFYING_GLASS, icons::IN_ROW).color(t.text2);
    let empty = text.is_empty();
    let before = text.clone();
    let room = ui.available_rect_before_wrap();
    let mut field = line_edit(text).hint_text(Type::Body.ink(what, t.text2)).prefix(lens);
    field = field.desired_width(f32::INFINITY);
    if empty {
        field = field.suffix(Type::Small.ink(key, t.text2));
    } else {
        // Room for the button that clears it.
        field = field.suffix(Type::Body.rich("      "));
    }
    let mut response = ui.add(field).accessible_name(what);
    if !empty {
        let side = sizes::BAR_CONTROL;
        let at = egui::Rect::from_center_size(
            egui::pos2(response.rect.right() - 0.5 * side - 2.0, response.rect.center().y),
            Vec2::splat(side),
        );
        let clear = ui.scope_builder(egui::UiBuilder::new().max_rect(at.intersect(room.expand(2.0))), |ui| {
            ui.spacing_mut().interact_size.y = side;
            icon_button(ui, icons::X, "Clear what is typed")
        });
        if clear.inner.clicked() {
            text.clear();
            response.request_focus();
        }
    }
    if *text != before {
        response.mark_changed();
    }
    response
}

/// A row of a form: label above, whatever `add` adds, and under it what is wrong with it.
pub fn form_row(ui: &mut Ui, label: &str, error: Option<&str>, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let label = ui.label(Type::SmallStrong.rich(label));
        let response = add(ui).labelled_by(label.id);
        say_what_is_wrong(ui, &response, error);
        response
    })
    .inner
}

/// Gives the keyboard to the first field that is drawn as wrong in the next frame: whoever was refused goes on typing
/// there.
pub fn focus_first_wrong(ctx: &Context) {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| state.dialogs.refused_in = Some(frame));
    ctx.request_repaint();
}

/// For whatever draws a field as wrong: gives it the keyboard, if it is the first after a refusal.
pub fn is_wrong(field: &Response) {
    let ctx = &field.ctx;
    let Some(refused) = UiState::of(ctx, |state| state.dialogs.refused_in) else { return };
    if refused < ctx.cumulative_frame_nr() && field.sense.is_focusable() {
        UiState::of(ctx, |state| state.dialogs.refused_in = None);
        if refused + 1 == ctx.cumulative_frame_nr() {
            field.request_focus();
        }
    }
}

/// A red edge around a field and a sentence under it, which belongs to the field for assistive technology too.
fn say_what_is_wrong(ui: &mut Ui, field: &Response, error: Option<&str>) {
    let Some(error) = error else { return };
    is_wrong(field);
    let t = theme::tokens(ui);
    ui.painter().rect_stroke(field.rect, sizes::CORNER, (2.0, t.gap_plate), StrokeKind::Inside);
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_invalid(Invalid::True);
        node.set_description(error);
    });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let line = layout(ui, "x", Type::Small, t.gap_text).size().y;
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, line), egui::Sense::hover());
        Mark::Error.paint(ui.painter(), rect.center(), 13.0, t);
        ui.add(egui::Label::new(Type::Small.ink(error, t.gap_text)).wrap());
    });
}
