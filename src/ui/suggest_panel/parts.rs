//! What the lines of the panel look like, apart from those that can be ticked or unfolded.

use std::sync::Arc;

use egui::{
    Align, Galley, Id, Key, Layout, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::editor::Action;
use crate::editor::suggest::Accept;
use crate::model::UnitId;

use super::super::icons;
use super::super::marks::Mark;
use super::super::strokes::edge;
use super::super::theme::{self, Type};
use super::super::widgets::{ListRow, PushButton};
use super::inside;
use super::lines::{Heading, Lead, PROOF};

/// Room for the button that takes the changes of one unit.
const UNIT_BUTTON: f32 = 130.0;

/// Words for assistive technology where nothing can be done.
pub(super) fn label(ui: &Ui, rect: Rect, id: Id, text: &str) -> Response {
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

pub(super) fn words_ui(
    ui: &mut Ui,
    galley: &Arc<Galley>,
    lead: Lead,
    above: f32,
    id: Id,
    actions: &mut Vec<Action>,
) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let top = rect.top() + above + 1.0;
    let left = rect.left() + if matches!(lead, Lead::Nothing | Lead::Link(_)) { 12.0 } else { 34.0 };
    let mark_at = pos2(rect.left() + 20.0, top + 9.0);
    match lead {
        Lead::Proven => icons::paint(ui.painter(), mark_at, icons::SEAL_CHECK, icons::IN_ROW, t.ok_text),
        Lead::NotProven => Mark::Nothing.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Warning => Mark::Warning.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Covered => Mark::Covered.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Waiting => Mark::Waiting.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Error => Mark::Error.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Short => Mark::Short.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Nothing | Lead::Link(_) => {}
    }
    let Lead::Link(link) = lead else {
        ui.painter().galley(pos2(left, top), Arc::clone(galley), t.text);
        return label(ui, rect, id, galley.text());
    };
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, galley.text()));
    if response.hovered() {
        ui.painter().rect_filled(
            Rect::from_min_size(pos2(left - 4.0, top - 1.0), galley.size() + vec2(8.0, 2.0)),
            4.0,
            t.accent_soft,
        );
    }
    ui.painter().galley(pos2(left, top), Arc::clone(galley), t.link);
    if is_clicked_by_mouse(ui, &response) {
        actions.push(link.action());
    }
    response
}

pub(super) fn heading_ui(
    ui: &mut Ui,
    title: &str,
    count: &str,
    kind: Heading,
    id: Id,
    actions: &mut Vec<Action>,
) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let line = inside(rect);
    let middle = rect.center().y;
    let (role, ink) = if kind == Heading::Group { (Type::SmallStrong, t.text2) } else { (Type::Strong, t.text) };
    if kind == Heading::Group {
        ui.painter().rect_filled(rect, 0.0, t.sunken);
    }
    let words = ui.painter().layout_no_wrap(title.to_owned(), role.font(), ink);
    let end = line.left() + words.size().x;
    ui.painter().galley(pos2(line.left(), middle - 0.5 * words.size().y), words, t.text);
    let count_words = ui.painter().layout_no_wrap(count.to_owned(), Type::Small.font(), t.text2);
    ui.painter().galley(pos2(end + 8.0, middle - 0.5 * count_words.size().y), count_words, t.text2);
    match kind {
        Heading::Plain | Heading::Group => {}
        Heading::Changes => {
            let right = UiBuilder::new().max_rect(line).layout(Layout::right_to_left(Align::Center));
            ui.scope_builder(right, |ui| {
                theme::in_bar(ui);
                for (text, all) in [("none", false), ("all", true)] {
                    let spoken = if all { "Tick all changes" } else { "Tick no change" };
                    if ui.add(PushButton::link(text).spoken(spoken)).clicked() {
                        actions.push(Action::TickAllChanges(all));
                    }
                }
            });
        }
        Heading::Figures => {
            let words = ui.painter().layout_no_wrap("now → plan".to_owned(), Type::SmallStrong.font(), t.text2);
            let at = pos2(rect.right() - PROOF - words.size().x, middle - 0.5 * words.size().y);
            ui.painter().galley(at, words, t.text2);
        }
    }
    let response = ui.interact(line.with_max_x(end), id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{title} {count}").trim()));
    response
}

/// The unit whose changes follow, and taking those alone.
pub(super) fn unit_ui(
    ui: &mut Ui,
    unit: &UnitId,
    name: &str,
    count: usize,
    id: Id,
    actions: &mut Vec<Action>,
) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, t.sunken);
    let line = inside(rect);
    let words = Type::SmallStrong.elided(ui.painter(), name, t.text2, line.width() - UNIT_BUTTON);
    ui.painter().galley(pos2(line.left(), rect.center().y - 0.5 * words.size().y), words, t.text2);
    let right = UiBuilder::new().max_rect(line).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(right, |ui| {
        theme::in_bar(ui);
        let text = match count {
            0 => "Accept".to_owned(),
            1 => "Accept this one".to_owned(),
            _ => format!("Accept these {count}"),
        };
        let spoken = if count == 0 { format!("Accept for {name}") } else { format!("Accept {count} for {name}") };
        if ui.add_enabled(count > 0, PushButton::link(&text).spoken(&spoken)).clicked() {
            actions.push(Action::AcceptSuggested(Accept::Unit(unit.clone())));
        }
    });
    let response = ui.interact(line.with_max_x(line.right() - UNIT_BUTTON), id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("Changes for {name}")));
    response
}

/// Whether a row was clicked, and not by the keys, which the whole list answers for.
pub(super) fn is_clicked_by_mouse(ui: &Ui, response: &Response) -> bool {
    response.clicked() && !ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space))
}

pub(super) fn short_ui(
    ui: &mut Ui,
    at: usize,
    (title, notes): (&Arc<Galley>, &[Arc<Galley>]),
    spoken: &str,
    id: Id,
    actions: &mut Vec<Action>,
) -> Response {
    let t = theme::tokens(ui);
    let response = ListRow::new(spoken, ui.max_rect().height()).id(id).show(ui, |_| {});
    let rect = response.rect;
    Mark::Short.paint(ui.painter(), pos2(rect.left() + 20.0, rect.top() + 14.0), 15.0, t);
    let mut top = rect.top() + 5.0;
    for galley in std::iter::once(title).chain(notes) {
        ui.painter().galley(pos2(rect.left() + 36.0, top), Arc::clone(galley), t.text);
        top += 18.0 * galley.rows.len().max(1) as f32;
    }
    if is_clicked_by_mouse(ui, &response) {
        response.request_focus();
        actions.push(Action::GoToPlanGap(at));
    }
    response
}

pub(super) fn figure_ui(
    ui: &Ui,
    (name, figures, proof): (&Arc<Galley>, &Arc<Galley>, Option<&Arc<Galley>>),
    is_proven: bool,
    spoken: &str,
    id: Id,
) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let top = rect.top() + 2.0;
    let painter = ui.painter();
    painter.galley(pos2(rect.left() + 12.0, top), Arc::clone(name), t.text);
    let right = rect.right() - PROOF;
    painter.galley(pos2(right - figures.size().x, top), Arc::clone(figures), t.text);
    if is_proven {
        icons::paint(painter, pos2(right + 16.0, top + 9.0), icons::SEAL_CHECK, icons::IN_ROW, t.ok_text);
    }
    let left = if is_proven { 28.0 } else { 8.0 };
    if let Some(proof) = proof {
        painter.galley(pos2(right + left, top + 0.5), Arc::clone(proof), t.text2);
    }
    // The row shows the whole sentence: nothing pops up over the next row.
    label(ui, rect, id, spoken)
}

/// A box with a tick, or empty.
pub(super) fn tick_box(ui: &Ui, center: Pos2, ticked: bool, hovered: bool) {
    let t = theme::tokens(ui);
    let rect = Rect::from_center_size(center, vec2(16.0, 16.0));
    let line = if hovered { t.accent } else { t.ctl };
    if ticked {
        ui.painter().rect(rect, 3.0, t.accent, Stroke::new(1.0, t.accent), StrokeKind::Inside);
        let at = |x: f32, y: f32| rect.min + vec2(x, y);
        let points = vec![at(4.0, 8.0), at(7.0, 11.0), at(12.0, 5.0)];
        ui.painter().add(Shape::line(points, Stroke::new(2.0, t.on_accent)));
        if hovered {
            ui.painter().add(edge(rect.expand(1.0), 4, 1.0, t.text));
        }
    } else {
        ui.painter().rect(rect, 3.0, t.surface, Stroke::new(1.0, line), StrokeKind::Inside);
    }
}
