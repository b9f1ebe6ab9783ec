//! The lines of a proposal drawn: one list, one stop to the keyboard. Space ticks, Enter goes to the place.

use std::cell::RefCell;
use std::sync::Arc;

use egui::{
    Align, Galley, Id, Key, Layout, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::checker::Verdict;
use crate::editor::suggest::Proposal;
use crate::editor::{Action, Document, Editor};

use super::super::cached::{DocKey, cached};
use super::super::cell_paint::plan_number;
use super::super::icons;
use super::super::panes::Pane;
use super::super::row_list::{Held, RowList, Tops};
use super::super::state::{Steady, UiState};
use super::super::theme::{self, Type};
use super::super::widgets::{ListRow, PillLook, verdict_pill};
use super::lines::{CHANGE_LEFT, DETAILS, Lead, PILL_LINE, PanelLine, PanelLines, Pills};
use super::parts::{figure_ui, heading_ui, is_clicked_by_mouse, label, short_ui, tick_box, unit_ui, words_ui};
use super::writer::Writer;
use super::{PointedFrom, inside, is_low, point_at, pointed_at};

/// What belongs to the list of every suggestion.
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
        is_low(ui),
        open.clone(),
        width.to_bits(),
        t.surface,
        ui.pixels_per_point(),
    );
    let is_low = is_low(ui);
    let writer = Writer { ui, doc, what: &suggestion.what, proposal, open: &open, width, is_low };
    let laid = cached(ui, list_id().with("laid"), key, || writer.laid());
    let known = UiState::of(ui, |state| state.suggested.steady.take());
    let mut steady = Steady::of(known, suggestion.job, proposal.version, width);
    let (tops, held, moved) = steady.place(&laid, proposal.version);
    let rows =
        Rows { doc, proposal, laid: &laid, tops: &tops, open, job: suggestion.job, steady: RefCell::new(steady) };
    rows.show(ui, (held, moved), actions);
    let steady = rows.steady.take();
    if steady.next.is_some() {
        ui.ctx().request_discard("the rows of the suggestion stay where they are");
        ui.ctx().request_repaint();
    }
    UiState::of(ui, |state| state.suggested.steady = Some(steady));
}

/// The gaps of which the reasons are shown; of another plan none.
fn open_gaps(ui: &Ui, proposal: &Proposal) -> Vec<usize> {
    let kept = UiState::of(ui, |state| state.suggested.open_gaps.clone());
    kept.filter(|(millis, _)| *millis == proposal.millis).map(|(_, open)| open).unwrap_or_default()
}

struct Rows<'a> {
    doc: &'a Document,
    proposal: &'a Proposal,
    laid: &'a PanelLines,
    /// Where the lines stand.
    tops: &'a Tops,
    open: Vec<usize>,
    /// A suggestion that is opened again begins at the top.
    job: u64,
    steady: RefCell<Steady>,
}

impl Rows<'_> {
    fn show(&self, ui: &mut Ui, (held, moved): (Held, isize), actions: &mut Vec<Action>) {
        let lines = &self.laid.lines;
        let stops = |row: usize| lines.get(row).is_some_and(PanelLine::is_stop);
        let is_answer = |line: &PanelLine| matches!(line, PanelLine::Change { .. } | PanelLine::Short { .. });
        // Where not even the first answer is in sight, the keyboard begins at the top.
        let in_sight = |row: &usize| self.tops.of(*row).1 <= ui.max_rect().height();
        let answer = lines.iter().position(is_answer).filter(in_sight);
        let home = answer.or_else(|| lines.iter().position(PanelLine::is_stop)).unwrap_or(0);
        let id = list_id().with(self.job);
        let list = RowList { id, pane: Pane::Problems, home, tops: self.tops, stops: &stops, show: None };
        let mut pointed = None;
        list.follow(ui, moved);
        let (heard, sight) = list.show_held(ui, held, |ui, row, id| {
            let response = self.line_ui(ui, row, id, actions);
            if let PanelLine::Change { at, .. } = &lines[row]
                && (response.has_focus() || response.hovered())
            {
                pointed = Some(*at);
            }
            response
        });
        self.steady.borrow_mut().saw(sight);
        point_at(ui, PointedFrom::Panel, pointed);
        if let Some((row, _)) = heard.focused {
            if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Space)) {
                self.space(ui, row, actions);
            }
            if heard.entered.is_some() && ui.input(|input| input.modifiers.is_none()) {
                self.enter(ui, row, actions);
            }
        }
    }

    /// Ticks, folds, or does what the words say.
    fn space(&self, ui: &Ui, row: usize, actions: &mut Vec<Action>) {
        match &self.laid.lines[row] {
            PanelLine::Change { at, .. } => self.toggle(*at, actions),
            PanelLine::Fold { at, .. } => self.fold(ui, *at),
            PanelLine::Words { lead: Lead::Link(link), .. } => actions.push(link.action()),
            _ => {}
        }
    }

    fn enter(&self, ui: &Ui, row: usize, actions: &mut Vec<Action>) {
        match &self.laid.lines[row] {
            PanelLine::Change { at, .. } => actions.push(Action::GoToChange(*at)),
            PanelLine::Short { at, .. } => actions.push(Action::GoToPlanGap(*at)),
            _ => self.space(ui, row, actions),
        }
    }

    fn toggle(&self, at: usize, actions: &mut Vec<Action>) {
        let ticked = self.proposal.ticked.get(at).copied().unwrap_or_default();
        let is_it = |line: &PanelLine| matches!(line, PanelLine::Change { at: other, .. } if *other == at);
        if let Some(row) = self.laid.lines.iter().position(is_it) {
            self.steady.borrow_mut().hold(at, row, self.tops);
        }
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
        UiState::of(ui, |state| state.suggested.open_gaps = Some((self.proposal.millis, open)));
        ui.ctx().request_repaint();
    }

    fn line_ui(&self, ui: &mut Ui, row: usize, id: Id, actions: &mut Vec<Action>) -> Response {
        match &self.laid.lines[row] {
            PanelLine::Verdict { name, spoken, now, then, is_now_below, is_then_below, columns } => {
                let (now_at, then_at) = ((*is_now_below, columns.0), (*is_then_below, columns.1));
                self.verdict_ui(ui, (name, now, then), now_at, then_at, spoken, id)
            }
            PanelLine::Words { galley, lead, above } => words_ui(ui, galley, *lead, *above, id, actions),
            PanelLine::Rule => {
                let (rect, line) = (ui.max_rect(), theme::tokens(ui).line2);
                ui.painter().hline(inside(rect).x_range(), rect.center().y, Stroke::new(1.0, line));
                ui.interact(rect, id, Sense::hover())
            }
            PanelLine::Heading { title, count, kind } => heading_ui(ui, title, count, *kind, id, actions),
            PanelLine::Unit { unit, name, count } => unit_ui(ui, unit, name, *count, id, actions),
            PanelLine::Change { at, title, notes, spoken } => {
                self.change_ui(ui, *at, (title, notes.as_ref()), spoken, id, actions)
            }
            PanelLine::Short { at, title, notes, spoken } => short_ui(ui, *at, (title, notes), spoken, id, actions),
            PanelLine::Fold { at, open, text } => self.fold_ui(ui, *at, *open, text, id),
            PanelLine::Reason { galley } => {
                let rect = ui.max_rect();
                ui.painter().galley(rect.min + vec2(44.0, 1.0), Arc::clone(galley), theme::tokens(ui).text2);
                label(ui, rect, id, galley.text())
            }
            PanelLine::Figure { name, figures, is_proven, proof, spoken } => {
                figure_ui(ui, (name, figures, proof.as_ref()), *is_proven, spoken, id)
            }
        }
    }

    fn verdict_ui(
        &self,
        ui: &mut Ui,
        (name, now, then): (&Arc<Galley>, &(Verdict, Arc<Galley>), &Pills),
        (is_now_below, now_at): (bool, f32),
        (is_then_below, then_at): (bool, f32),
        spoken: &str,
        id: Id,
    ) -> Response {
        let t = theme::tokens(ui);
        let rect = ui.max_rect();
        let inside = inside(rect);
        let mut line = Rect::from_min_size(inside.min + vec2(0.0, 2.0), vec2(inside.width(), PILL_LINE - 2.0));
        let put = |left: f32, middle: f32, galley: &Arc<Galley>, ink| {
            ui.painter().galley(pos2(left, middle - 0.5 * galley.size().y), Arc::clone(galley), ink);
        };
        put(line.left(), line.center().y, name, t.text);
        if is_now_below {
            let height = now.1.size().y;
            line = Rect::from_min_size(pos2(line.left(), line.bottom()), vec2(line.width(), height));
        }
        let left = line.left() + now_at;
        let look = PillLook::of(Some(now.0).filter(|_| self.doc.is_current()), t);
        let first = if is_now_below { line.top() + 8.0 } else { line.center().y };
        look.mark.paint(ui.painter(), pos2(left + 7.0, first), 14.0, t);
        put(left + 20.0, line.center().y, &now.1, t.text2);
        let left = line.left() + then_at;
        for (n, text) in then.1.iter().enumerate() {
            let place = if is_then_below {
                let top = line.bottom() + PILL_LINE * n as f32 + 1.0;
                Rect::from_min_max(pos2(left, top), pos2(line.right(), top + PILL_LINE - 2.0))
            } else {
                line.with_min_x(left)
            };
            // A child of its own, so that a long pill never makes the panel wider.
            let layout = Layout::left_to_right(Align::Center);
            let mut child = ui.new_child(UiBuilder::new().id_salt(n).max_rect(place).layout(layout));
            child.set_clip_rect(place.expand(2.0).intersect(child.clip_rect()));
            child.spacing_mut().item_spacing.x = 8.0;
            child.label(Type::Body.ink(if n == 0 { "→" } else { "   " }, t.text));
            verdict_pill(&mut child, Some(then.0), text);
        }
        label(ui, rect, id, spoken)
    }

    fn change_ui(
        &self,
        ui: &mut Ui,
        at: usize,
        (title, notes): (&Arc<Galley>, Option<&Arc<Galley>>),
        spoken: &str,
        id: Id,
        actions: &mut Vec<Action>,
    ) -> Response {
        let t = theme::tokens(ui);
        let height = ui.max_rect().height();
        let ticked = self.proposal.ticked.get(at).copied().unwrap_or_default();
        let number = self.proposal.number(at);
        let state = if ticked { "ticked" } else { "not ticked" };
        let words = format!("Change {number}: {spoken} {state}");
        let response = ListRow::new(&words, height).chosen(pointed_at(ui) == Some(at)).id(id).show(ui, |_| {});
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_toggled(if ticked { egui::accesskit::Toggled::True } else { egui::accesskit::Toggled::False });
        });
        let rect = response.rect;
        let box_rect = Rect::from_min_size(rect.min + vec2(6.0, 1.0), vec2(24.0, 24.0));
        let tick = ui.interact(box_rect, id.with("tick"), Sense::click());
        tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, ticked, format!("Take change {number}")));
        tick_box(ui, box_rect.center(), ticked, tick.hovered());
        plan_number(ui, pos2(rect.left() + 40.0, box_rect.center().y), number);
        let mut top = rect.top() + 4.0;
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

    fn fold_ui(&self, ui: &mut Ui, at: usize, open: bool, text: &str, id: Id) -> Response {
        let t = theme::tokens(ui);
        let response = ListRow::new(text, ui.max_rect().height()).id(id).show(ui, |_| {});
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(open));
        let rect = response.rect;
        let caret = if open { icons::CARET_DOWN } else { icons::CARET_RIGHT };
        // Those of a gap stand under its words.
        let left = rect.left() + if at == DETAILS { 18.0 } else { 28.0 };
        icons::paint(ui.painter(), pos2(left, rect.center().y), caret, icons::IN_BLOCK, t.text2);
        let words = ui.painter().layout_no_wrap(text.to_owned(), Type::Body.font(), t.link);
        ui.painter().galley(pos2(left + 10.0, rect.center().y - 0.5 * words.size().y), words, t.link);
        if is_clicked_by_mouse(ui, &response) {
            response.request_focus();
            self.fold(ui, at);
        }
        response
    }
}
