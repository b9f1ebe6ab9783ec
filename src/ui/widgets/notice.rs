//! Things said in passing: a notice over a view, the line that offers undo, and keys as they are on a keyboard.

use egui::accesskit::{Live, Role as NodeRole};
use egui::{Align, Align2, Area, Context, Frame, Id, Label, Layout, Margin, Order, Response, Role, Sense, Stroke};
use egui::{StrokeKind, Ui, UiBuilder, WidgetInfo, vec2};

use super::{layout, put};
use crate::ui::marks::Mark;
use crate::ui::theme::{self, Type, sizes};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    Note,
    /// Look at it soon.
    Warning,
    /// Something failed or is refused.
    Error,
}

/// A line across a view: mark, text that wraps, and at the right whatever `add` adds from right to left.
pub fn notice_bar(ui: &mut Ui, kind: NoticeKind, text: &str, add: impl FnOnce(&mut Ui)) {
    let t = theme::tokens(ui);
    let (fill, edge, ink, mark) = match kind {
        NoticeKind::Note => (t.accent_soft, t.line2, t.text, Mark::Note),
        NoticeKind::Warning => (t.amber_soft, t.wait_edge, t.wait_text, Mark::Warning),
        NoticeKind::Error => (t.gap_fill, t.gap_plate, t.gap_text, Mark::Error),
    };
    let frame = Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, edge))
        .inner_margin(Margin::symmetric(sizes::PANEL_PADDING as i8, 6));
    let region = UiBuilder::new().accessibility_role(NodeRole::Alert).accessibility_label(text);
    ui.scope_builder(region, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
                mark.paint(ui.painter(), rect.center(), 15.0, t);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    add(ui);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(Label::new(Type::Body.ink(text, ink)).wrap());
                    });
                });
            });
        });
    });
}

/// Where the line stands, for what would be under it.
pub fn undo_line_id() -> Id {
    Id::unique("undo line")
}

/// Undo, its key and the margins, beside the sentence that says what was done, in points.
const BESIDE_SENTENCE: f32 = 220.0;

/// What was just done, in the middle of the status bar, where it covers nothing that is worked on, with a way back.
/// Returns whether Undo was pressed.
pub fn undo_line(ctx: &Context, text: &str, key: &str) -> bool {
    let t = theme::tokens(ctx);
    let area = Area::new(undo_line_id()).anchor(Align2::CENTER_BOTTOM, vec2(0.0, 0.0)).order(Order::Foreground);
    let frame = Frame::new()
        .fill(t.focus_edge)
        .stroke(Stroke::new(1.0, if t.is_dark() { t.line2 } else { t.focus_edge }))
        .corner_radius(sizes::CORNER)
        .inner_margin(Margin::symmetric(14, 0));
    let stood = ctx.memory(|memory| memory.area_rect(undo_line_id()));
    let shown = area.show(ctx, |ui| {
        frame
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    let said = sentence(ui, text, BESIDE_SENTENCE);
                    ui.add_space((240.0 - said.rect.width()).max(24.0));
                    let undo = undo_word(ui, text);
                    ui.label(Type::Small.ink(key, t.on_focus_edge()));
                    undo.clicked()
                })
                .inner
            })
            .inner
    });
    let stands = ctx.memory(|memory| memory.area_rect(undo_line_id()));
    if stood.map(|rect| rect.size()) != stands.map(|rect| rect.size()) {
        // It was put where the sentence before had room.
        ctx.request_discard("the sentence is of another size");
    }
    shown.inner
}

/// A sentence as wide as its words, or as the window without what stands beside it, where it is broken into lines.
fn sentence(ui: &mut Ui, text: &str, beside: f32) -> Response {
    let ink = theme::tokens(ui).on_focus_edge();
    let room = ui.ctx().content_rect().width() - beside;
    let words = ui.painter().layout(text.to_owned(), Type::Body.font(), ink, room);
    let (rect, said) = ui.allocate_exact_size(words.size(), Sense::hover());
    ui.painter().galley(rect.min, words, ink);
    said.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
    said
}

fn undo_word(ui: &mut Ui, what: &str) -> Response {
    let t = theme::tokens(ui);
    let words = layout(ui, "Undo", Type::Strong, t.focus);
    let size = vec2(words.size().x + 12.0, sizes::BAR_CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Undo: {what}")));
    if response.hovered() {
        ui.painter().rect_stroke(rect, sizes::CORNER, (1.0, t.focus), StrokeKind::Inside);
    }
    put(ui, words, rect.left() + 6.0, rect.center().y);
    response
}

/// A key as it is on the keyboard.
pub fn key_cap(ui: &mut Ui, key: &str) -> Response {
    let t = theme::tokens(ui);
    let words = layout(ui, key, Type::Small, t.text);
    let (rect, response) = ui.allocate_exact_size(vec2((words.size().x + 12.0).max(20.0), 20.0), Sense::hover());
    ui.painter().rect(rect.shrink2(vec2(0.0, 1.0)), 3.0, t.surface, (1.0, t.ctl), StrokeKind::Inside);
    let left = rect.center().x - 0.5 * words.size().x;
    put(ui, words, left, rect.center().y);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, key));
    response
}

/// Keys and what each does, such as `[Enter] take  [Esc] leave`.
pub fn keys_line(ui: &mut Ui, keys: &[(&str, &str)]) {
    let t = theme::tokens(ui);
    ui.horizontal_wrapped(|ui| {
        for (key, does) in keys {
            ui.spacing_mut().item_spacing.x = 5.0;
            key_cap(ui, key);
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.label(Type::Small.ink(*does, t.text2));
        }
    });
}
