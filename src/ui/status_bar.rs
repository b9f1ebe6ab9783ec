//! The status bar: what is chosen, what the marks mean, and what cover costs so far.

use egui::accesskit::Live;
use egui::{Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::editor::selection_text::{elective_text, reach_first, selection_text};
use crate::editor::{Action, Editor, Selection};

use super::marks::Mark;
use super::panes::{self, Pane};
use super::strokes::{Hatch, edge};
use super::theme::{Type, tokens};
use super::widgets::undo_line_id;

pub fn status_bar_ui(ui: &mut Ui, editor: &Editor, _actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let t = tokens(ui);
    let bar = ui.max_rect();
    let inside = bar.shrink2(vec2(4.0, 0.0));
    let lay = |text: &str, ink| ui.painter().layout_no_wrap(text.to_owned(), Type::Body.font(), ink);
    let elective = elective_text(doc.rota(), doc.report());
    let price = lay(&elective, t.text);
    let price_at = inside.right() - price.size().x;
    let proposed = editor.proposal().is_some_and(|proposal| !proposal.items.is_empty());
    let selection = if proposed && *editor.selection() == Selection::None {
        "This is a suggestion: nothing has changed yet. One Undo reverses accepting it.".to_owned()
    } else {
        selection_text(doc, editor.selection(), editor.zoom())
    };
    // A dialog says itself why it could not do something.
    let notice = editor.notice().filter(|_| editor.dialog().is_none());
    let said = notice.map_or(selection.as_str(), |why| why);
    let wanted = lay(said, t.text).size().x + 20.0;
    // What was refused goes before the price; the legend gives way first.
    let show_price = wanted + 24.0 + price.size().x <= inside.width() || notice.is_none();
    let right = if show_price { price_at - 24.0 } else { inside.right() };
    // What was just done stands in the middle for some seconds, where the legend is.
    let toast = editor.toast().and_then(|_| ui.memory(|memory| memory.area_rect(undo_line_id())));
    let show_price = show_price && toast.is_none_or(|toast| toast.right() + 8.0 <= price_at);
    let right = toast.map_or(right, |toast| right.min(toast.left() - 8.0));
    // The number to ring is not what a message beside it may hide.
    let is_cut = inside.left() + lay(said, t.text).size().x > right;
    let brief = reach_first(doc, editor.selection()).filter(|_| is_cut && said == selection);
    let left = said_ui(
        ui,
        Rect::from_x_y_ranges(inside.left()..=right.max(inside.left()), bar.y_range()),
        (said, brief.as_deref().unwrap_or(said)),
        notice.is_some(),
    );
    if show_price {
        let middle = bar.center().y - 0.5 * price.size().y;
        let rect = Rect::from_min_size(pos2(price_at, bar.top()), vec2(price.size().x, bar.height()));
        let response = ui.interact(rect, ui.scope_id().with("price"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &elective));
        ui.painter().galley(pos2(price_at, middle), price, t.text);
    }
    let room = left + 24.0..=if show_price { price_at - 24.0 } else { inside.right() };
    if editor.toast().is_none() {
        legend_ui(ui, bar, room);
    }
}

/// What is chosen, or why the last thing was not done: all of it, which is spoken, and what is drawn of it. Returns where
/// it ends.
fn said_ui(ui: &mut Ui, rect: Rect, (text, drawn): (&str, &str), is_refusal: bool) -> f32 {
    let t = tokens(ui);
    let response = ui.interact(rect, ui.scope_id().with("said"), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(if is_refusal { Live::Assertive } else { Live::Polite });
    });
    if !text.is_empty() {
        panes::register(ui, Pane::Status, ui.max_rect(), response.id);
    }
    let mut left = rect.left();
    let ink = if is_refusal { t.amber_text } else { t.text };
    if is_refusal {
        Mark::Warning.paint(ui.painter(), pos2(left + 7.0, rect.center().y), 14.0, t);
        left += 20.0;
    }
    let galley = Type::Body.elided(ui.painter(), drawn, ink, (rect.right() - left).max(0.0));
    let end = left + galley.size().x;
    let is_cut = galley.elided || drawn != text;
    ui.painter().galley(pos2(left, rect.center().y - 0.5 * galley.size().y), galley, ink);
    if is_cut {
        response.on_hover_text(text);
    }
    end
}

/// What the marks mean, in the middle of the window if there is room.
fn legend_ui(ui: &Ui, bar: Rect, room: std::ops::RangeInclusive<f32>) {
    const MARKS: [(Mark, &str); 3] = [(Mark::NotAsked, "Proposed"), (Mark::Waiting, "Asked"), (Mark::Agreed, "Agreed")];
    let t = tokens(ui);
    let painter = ui.painter();
    let words = |text: &str| painter.layout_no_wrap(text.to_owned(), Type::Small.font(), t.text2);
    let not_covered = words("Not covered");
    let width =
        MARKS.iter().map(|(_, text)| 18.0 + words(text).size().x + 14.0).sum::<f32>() + 26.0 + not_covered.size().x;
    let left = (bar.center().x - 0.5 * width).clamp(*room.start(), (*room.end() - width).max(*room.start()));
    if left + width > *room.end() {
        return;
    }
    let middle = bar.center().y;
    let mut x = left;
    for (mark, text) in MARKS {
        mark.paint(painter, pos2(x + 6.0, middle), 12.0, t);
        let galley = words(text);
        x += 18.0;
        let end = x + galley.size().x;
        painter.galley(pos2(x, middle - 0.5 * galley.size().y), galley, t.text2);
        x = end + 14.0;
    }
    let sample = Rect::from_center_size(pos2(x + 10.0, middle), vec2(20.0, 12.0));
    painter.rect_filled(sample, 0.0, t.gap_fill);
    let hatch = Hatch { spacing: 6.0, width: 1.5, origin: sample.min, colour: t.gap_hatch };
    painter.add(hatch.shape(sample, 1.0 / ui.pixels_per_point()));
    painter.add(edge(sample, 0, 1.0, t.gap_plate));
    painter.galley(pos2(x + 26.0, middle - 0.5 * not_covered.size().y), not_covered, t.text2);
}
