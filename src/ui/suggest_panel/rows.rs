//! The lines of a proposal drawn: one list, one stop to the keyboard. Space ticks, Enter accepts what is ticked.

use std::sync::Arc;

use egui::{
    Align, Galley, Id, Key, Layout, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::editor::suggest::{Accept, Proposal};
use crate::editor::verdict_text::PillKind;
use crate::editor::{Action, Document, Editor, Verb};
use crate::model::UnitId;

use super::super::cached::{DocKey, cached};
use super::super::cell_paint::plan_disc;
use super::super::icons;
use super::super::marks::Mark;
use super::super::panes::{self, Pane};
use super::super::row_list::RowList;
use super::super::strokes::edge;
use super::super::theme::{self, Type};
use super::super::verdict_bar::pill_kind;
use super::super::widgets::{ListRow, PushButton, verdict_pill};
use super::lines::{CHANGE_LEFT, Heading, Laid, Lead, Line, Link, RIGHT, Writer};
use super::{From, inside, point_at, pointed_at};

fn list_id() -> Id {
    super::id().with("list")
}

/// Draws what is proposed.
pub(super) fn rows_ui(ui: &mut Ui, editor: &Editor, proposal: &Proposal, actions: &mut Vec<Action>) {
    let Some((doc, suggestion)) = editor.doc().zip(editor.suggestion()) else { return };
    let open = open_gaps(ui, proposal);
    let width = ui.available_width();
    let t = theme::tokens(ui);
    let key = (
        DocKey::of(doc),
        proposal.version,
        editor.window().cloned(),
        open.clone(),
        width.to_bits(),
        t.surface,
        ui.pixels_per_point(),
    );
    let writer = Writer { ui, doc, what: &suggestion.what, proposal, shown: editor.window(), open: &open, width };
    let laid = cached(ui, list_id().with("laid"), key, || writer.laid());
    Rows { doc, proposal, laid: &laid, open }.show(ui, actions);
}

/// The gaps of which the reasons are shown; of another plan none.
fn open_gaps(ui: &Ui, proposal: &Proposal) -> Vec<usize> {
    let kept: Option<(u64, Vec<usize>)> = ui.data(|data| data.get_temp(list_id().with("open")));
    kept.filter(|(millis, _)| *millis == proposal.millis).map(|(_, open)| open).unwrap_or_default()
}

struct Rows<'a> {
    doc: &'a Document,
    proposal: &'a Proposal,
    laid: &'a Laid,
    open: Vec<usize>,
}

impl Rows<'_> {
    fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let lines = &self.laid.lines;
        let stops = |row: usize| lines.get(row).is_some_and(Line::is_stop);
        let list = RowList { id: list_id(), tops: &self.laid.tops, stops: &stops, show: None };
        let first = lines.iter().position(|line| matches!(line, Line::Change { .. }));
        let first = first.or_else(|| lines.iter().position(Line::is_stop)).unwrap_or(0);
        panes::register(ui, Pane::Problems, ui.max_rect(), list.row_id(first));
        let mut pointed = None;
        let mut focused = None;
        let keyed = list.show(ui, |ui, row, id| {
            let response = self.line_ui(ui, row, id, actions);
            if let Line::Change { at, .. } = &lines[row]
                && (response.has_focus() || response.hovered())
            {
                pointed = Some(*at);
            }
            if response.has_focus() {
                focused = Some(row);
            }
            response
        });
        point_at(ui, From::Panel, pointed);
        if let Some(row) = focused {
            if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Space)) {
                self.space(ui, row, actions);
            }
            if keyed.entered.is_some() {
                self.enter(ui, row, actions);
            }
        }
    }

    /// Ticks, folds, or does what the words say.
    fn space(&self, ui: &Ui, row: usize, actions: &mut Vec<Action>) {
        match &self.laid.lines[row] {
            Line::Change { at, .. } => self.toggle(*at, actions),
            Line::Why { at, .. } => self.fold(ui, *at),
            Line::Words { lead: Lead::Link(link), .. } => actions.push(follow(*link)),
            _ => {}
        }
    }

    fn enter(&self, ui: &Ui, row: usize, actions: &mut Vec<Action>) {
        match &self.laid.lines[row] {
            Line::Change { .. } => actions.push(Action::AcceptSuggested(Accept::Ticked)),
            Line::Short { at, .. } => actions.push(Action::GoToPlanGap(*at)),
            _ => self.space(ui, row, actions),
        }
    }

    fn toggle(&self, at: usize, actions: &mut Vec<Action>) {
        let ticked = self.proposal.ticked.get(at).copied().unwrap_or_default();
        actions.push(Action::TickChange { at, ticked: !ticked });
    }

    fn fold(&self, ui: &Ui, at: usize) {
        let mut open = self.open.clone();
        match open.iter().position(|other| *other == at) {
            Some(place) => {
                open.remove(place);
            }
            None => open.push(at),
        }
        ui.data_mut(|data| data.insert_temp(list_id().with("open"), (self.proposal.millis, open)));
        ui.ctx().request_repaint();
    }

    fn line_ui(&self, ui: &mut Ui, row: usize, id: Id, actions: &mut Vec<Action>) -> Response {
        match &self.laid.lines[row] {
            Line::Verdict { name, spoken, now, then, is_wide } => {
                self.verdict_ui(ui, name, (now, then), *is_wide, spoken, id)
            }
            Line::Words { galley, lead, above } => words_ui(ui, galley, *lead, *above, id, actions),
            Line::Rule => {
                let (rect, line) = (ui.max_rect(), theme::tokens(ui).line2);
                ui.painter().hline(inside(rect).x_range(), rect.center().y, Stroke::new(1.0, line));
                ui.interact(rect, id, Sense::hover())
            }
            Line::Heading { title, count, kind } => heading_ui(ui, title, count, *kind, id, actions),
            Line::Unit { unit, name, count } => unit_ui(ui, unit, name, *count, id, actions),
            Line::Change { at, title, notes, spoken } => self.change_ui(ui, *at, (title, notes), spoken, id, actions),
            Line::Short { at, title, notes, spoken } => short_ui(ui, *at, (title, notes), spoken, id, actions),
            Line::Why { at, open, text } => self.why_ui(ui, *at, *open, text, id),
            Line::Reason { galley } => {
                let rect = ui.max_rect();
                ui.painter().galley(rect.min + vec2(44.0, 1.0), Arc::clone(galley), theme::tokens(ui).text2);
                label(ui, rect, id, galley.text())
            }
            Line::Figure { name, figures, is_proven, spoken } => figure_ui(ui, (name, figures), *is_proven, spoken, id),
        }
    }

    fn verdict_ui(
        &self,
        ui: &mut Ui,
        name: &Arc<Galley>,
        (now, then): (&(PillKind, String), &(PillKind, String)),
        is_wide: bool,
        spoken: &str,
        id: Id,
    ) -> Response {
        let t = theme::tokens(ui);
        let rect = ui.max_rect();
        let inside = inside(rect);
        let top = Rect::from_min_size(inside.min + vec2(0.0, 4.0), vec2(inside.width(), 26.0));
        ui.painter().galley(pos2(top.left(), top.center().y - 0.5 * name.size().y), Arc::clone(name), t.text);
        let current = self.doc.is_current();
        // A child of its own, so that a long pill never makes the panel wider.
        let mut line = |at: Rect| {
            let place = UiBuilder::new().max_rect(at).layout(Layout::left_to_right(Align::Center));
            let mut child = ui.new_child(place);
            child.set_clip_rect(at.expand(2.0).intersect(child.clip_rect()));
            child.spacing_mut().item_spacing.x = 8.0;
            child
        };
        let mut first = line(top.with_min_x(top.left() + name.size().x + 12.0));
        verdict_pill(&mut first, pill_kind(now.0, current), &now.1);
        let mut second = if is_wide { line(top.translate(vec2(0.0, 28.0))) } else { first };
        second.label(Type::Body.ink("→", t.text));
        verdict_pill(&mut second, pill_kind(then.0, true), &then.1);
        label(ui, rect, id, spoken)
    }

    fn change_ui(
        &self,
        ui: &mut Ui,
        at: usize,
        (title, notes): (&Arc<Galley>, &[Arc<Galley>]),
        spoken: &str,
        id: Id,
        actions: &mut Vec<Action>,
    ) -> Response {
        let t = theme::tokens(ui);
        let height = ui.max_rect().height();
        let ticked = self.proposal.ticked.get(at).copied().unwrap_or_default();
        let state = if ticked { "ticked" } else { "not ticked" };
        let words = format!("Change {}: {spoken} {state}", at + 1);
        let response = ListRow::new(&words, height).chosen(pointed_at(ui) == Some(at)).id(id).show(ui, |_| {});
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_toggled(if ticked { egui::accesskit::Toggled::True } else { egui::accesskit::Toggled::False });
        });
        let rect = response.rect;
        let box_rect = Rect::from_min_size(rect.min + vec2(8.0, 2.0), vec2(24.0, 24.0));
        let tick = ui.interact(box_rect, id.with("tick"), Sense::click());
        tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, format!("Take change {}", at + 1)));
        tick_box(ui, box_rect.center(), ticked, tick.hovered());
        number(ui, pos2(rect.left() + 43.0, box_rect.center().y), at + 1);
        let mut top = rect.top() + 5.0;
        for (n, galley) in std::iter::once(title).chain(notes).enumerate() {
            let at = pos2(rect.left() + CHANGE_LEFT, top);
            let mut painter = ui.painter().clone();
            if !ticked {
                painter.multiply_opacity(if n == 0 { 0.85 } else { 0.75 });
            }
            painter.galley(at, Arc::clone(galley), t.text);
            top += 18.0 * galley.rows.len().max(1) as f32;
        }
        ui.painter().hline(inside(rect).x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
        if tick.clicked() {
            self.toggle(at, actions);
        }
        if is_clicked_by_mouse(ui, &response) {
            response.request_focus();
            actions.push(Action::GoToChange(at));
        }
        response
    }

    fn why_ui(&self, ui: &mut Ui, at: usize, open: bool, text: &str, id: Id) -> Response {
        let t = theme::tokens(ui);
        let response = ListRow::new(text, ui.max_rect().height()).id(id).show(ui, |_| {});
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(open));
        let rect = response.rect;
        let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        icons::paint(ui.painter(), pos2(rect.left() + 28.0, rect.center().y), caret, icons::IN_BLOCK, t.text2);
        let words = ui.painter().layout_no_wrap(text.to_owned(), Type::Body.font(), t.link);
        ui.painter().galley(pos2(rect.left() + 38.0, rect.center().y - 0.5 * words.size().y), words, t.link);
        if is_clicked_by_mouse(ui, &response) {
            response.request_focus();
            self.fold(ui, at);
        }
        response
    }
}

const fn follow(link: Link) -> Action {
    match link {
        Link::Again => Action::Do(Verb::SuggestAgain),
        Link::Longer => Action::Do(Verb::SuggestLonger),
    }
}

/// Words for assistive technology where nothing can be done.
fn label(ui: &Ui, rect: Rect, id: Id, text: &str) -> Response {
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

fn words_ui(ui: &mut Ui, galley: &Arc<Galley>, lead: Lead, above: f32, id: Id, actions: &mut Vec<Action>) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let top = rect.top() + above + 1.0;
    let left = rect.left() + if matches!(lead, Lead::Nothing | Lead::Link(_)) { 12.0 } else { 34.0 };
    let mark_at = pos2(rect.left() + 20.0, top + 9.0);
    match lead {
        Lead::Proven => icons::paint(ui.painter(), mark_at, icons::SEAL_CHECK, icons::IN_ROW, t.ok_text),
        Lead::NotProven => Mark::Nothing.paint(ui.painter(), mark_at, 14.0, t),
        Lead::Warning => Mark::Warning.paint(ui.painter(), mark_at, 14.0, t),
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
        actions.push(follow(link));
    }
    response
}

fn heading_ui(ui: &mut Ui, title: &str, count: &str, kind: Heading, id: Id, actions: &mut Vec<Action>) -> Response {
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
            let at = pos2(rect.right() - 96.0 - words.size().x, middle - 0.5 * words.size().y);
            ui.painter().galley(at, words, t.text2);
        }
    }
    let response = ui.interact(line.with_max_x(end), id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("{title} {count}").trim()));
    response
}

/// The unit whose changes follow, and taking those alone.
fn unit_ui(ui: &mut Ui, unit: &UnitId, name: &str, count: usize, id: Id, actions: &mut Vec<Action>) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, t.sunken);
    let line = inside(rect);
    let mut job = egui::text::LayoutJob::simple_singleline(name.to_owned(), Type::SmallStrong.font(), t.text2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(line.width() - 100.0);
    let words = ui.painter().layout_job(job);
    ui.painter().galley(pos2(line.left(), rect.center().y - 0.5 * words.size().y), words, t.text2);
    let right = UiBuilder::new().max_rect(line).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(right, |ui| {
        theme::in_bar(ui);
        let (text, spoken) = (format!("accept {count}"), format!("Accept {count} for {name}"));
        if ui.add_enabled(count > 0, PushButton::link(&text).spoken(&spoken)).clicked() {
            actions.push(Action::AcceptSuggested(Accept::Unit(unit.clone())));
        }
    });
    let response = ui.interact(line.with_max_x(line.right() - 100.0), id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("Changes for {name}")));
    response
}

/// Whether a row was clicked, and not by the keys, which the whole list answers for.
fn is_clicked_by_mouse(ui: &Ui, response: &Response) -> bool {
    response.clicked() && !ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space))
}

fn short_ui(
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

fn figure_ui(
    ui: &Ui,
    (name, figures): (&Arc<Galley>, &Arc<Galley>),
    is_proven: bool,
    spoken: &str,
    id: Id,
) -> Response {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let top = rect.top() + 2.0;
    let painter = ui.painter();
    painter.galley(pos2(rect.left() + 12.0, top), Arc::clone(name), t.text);
    painter.galley(pos2(rect.right() - 96.0 - figures.size().x, top), Arc::clone(figures), t.text);
    let at = pos2(rect.right() - RIGHT - 64.0, top + 9.0);
    let (text, ink) = if is_proven { ("proven", t.text2) } else { ("not proven", t.text2) };
    if is_proven {
        icons::paint(painter, at, icons::SEAL_CHECK, icons::IN_ROW, t.ok_text);
    }
    let left = if is_proven { at.x + 12.0 } else { at.x - 4.0 };
    let words = painter.layout_no_wrap(text.to_owned(), Type::Small.font(), ink);
    painter.galley(pos2(left, top + 0.5), words, ink);
    label(ui, rect, id, spoken).on_hover_text(spoken)
}

/// A box with a tick, or empty.
fn tick_box(ui: &Ui, center: Pos2, ticked: bool, hovered: bool) {
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

/// The number of a change, as on the grid.
fn number(ui: &Ui, center: Pos2, number: usize) {
    let t = theme::tokens(ui);
    let mut shapes = Vec::new();
    plan_disc(t, center, &mut shapes);
    ui.painter().extend(shapes);
    let words = ui.painter().layout_no_wrap(number.to_string(), Type::SmallStrong.font(), t.on_plan);
    let at = center - 0.5 * words.size();
    ui.painter().galley(at, words, t.on_plan);
}
