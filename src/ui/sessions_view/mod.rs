//! The Sessions view: clinics and lists in the order of what needs doing, with what each buys.
//!
//! [`model`] says what is in it, [`paint`] draws it. The table is one stop to the keyboard; each row is a widget.

pub mod model;
pub mod paint;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Align, Id, Layout, Margin, Modifiers, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::cached::{DocKey, cached};
use super::context_menu::list_menu_ui;
use super::keys;
use super::panes::{self, Pane};
use super::row_list::{RowList, Tops};
use super::theme::{self, Sizes, Type, sizes};
use super::verb_rows::verb_button;
use super::widgets::{ListRow, PushButton};
use super::{requests, state};
use crate::editor::suggest::{Fate, Proposal, SessionMark};
use crate::editor::{Action, Context, Document, Editor, Selection, Verb, Where};
use crate::model::{SessionId, SessionState, words};
use model::{Group, SessionRow, SessionsModel};
use paint::Columns;

fn list_id() -> Id {
    Id::unique("cover-rota sessions view")
}

/// What only the view itself has to remember from frame to frame.
#[derive(Clone, Default)]
struct SessionsState {
    folded: BTreeSet<SessionState>,
    /// Of all days, not only that of the window shown.
    all_days: bool,
    /// From where Shift extends.
    anchor: Option<SessionId>,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableLine {
    Group(usize),
    Session(usize, usize),
    /// Sessions of other days, and a new one.
    End,
}

/// The model of a rota, worked out once for each of its states.
pub fn model_of(ui: &Ui, doc: &Document) -> Arc<SessionsModel> {
    cached(ui, list_id().with("model"), DocKey::of(doc), || SessionsModel::of(doc))
}

/// What the proposal that is looked at would do to sessions.
fn marks_of(ui: &Ui, editor: &Editor, doc: &Document) -> Arc<BTreeMap<SessionId, SessionMark>> {
    let key = (DocKey::of(doc), editor.proposal().map(|proposal| proposal.version));
    cached(ui, list_id().with("suggested"), key, || editor.proposal().map(Proposal::session_marks).unwrap_or_default())
}

/// Draws the view and gathers what was asked for.
pub fn sessions_view_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let model = model_of(ui, doc);
    if doc.rota().sessions.is_empty() {
        no_sessions_ui(ui, editor, actions);
        return;
    }
    let mut state: SessionsState = state::own(ui);
    let here: BTreeSet<SessionId> = editor.sessions_shown().into_iter().collect();
    if chosen(editor).iter().any(|id| !here.contains(id)) {
        // A session that somebody goes to is shown, whatever its day.
        state.all_days = true;
    }
    let is_shown = |row: &SessionRow| state.all_days || here.contains(&row.session);
    let lines = lines(&model, &state.folded, is_shown);
    let row_height = Sizes::now(ui).list_row;
    let tops = Tops::new(lines.iter().map(|line| match line {
        TableLine::Group(_) => row_height + 4.0,
        TableLine::Session(..) => row_height,
        TableLine::End => 36.0,
    }));
    let area = ui.available_rect_before_wrap();
    let bar = ui.spacing().scroll.floating_allocated_width;
    let day = day_shown(editor);
    let is_other = |line: &TableLine| match line {
        TableLine::Session(group, row) => model.groups[*group].rows[*row].day != day,
        _ => false,
    };
    let columns = Columns::new(area.width() - bar, state.all_days || lines.iter().any(is_other));
    paint::header(ui, area.with_max_y(area.top() + paint::HEADER), &columns);
    let marks = marks_of(ui, editor, doc);
    let mut table = Table {
        editor,
        model: &model,
        marks: &marks,
        lines: &lines,
        columns: &columns,
        here: &here,
        day,
        state,
        add: None,
    };
    let below = Rect::from_min_max(area.min + vec2(0.0, paint::HEADER), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| table.show(ui, &tops, actions));
    let state = table.state;
    state::keep_own(ui, state);
}

/// The date on which the walkout day shown begins, in words.
fn day_shown(editor: &Editor) -> String {
    let window = editor.doc().zip(editor.window());
    let window = window.and_then(|(doc, id)| Some((doc.rota().zone(), doc.rota().window(id)?.span)));
    window.map_or_else(String::new, |(zone, span)| words::day(zone, span.from))
}

fn chosen(editor: &Editor) -> &[SessionId] {
    match editor.selection() {
        Selection::Session(ids) => ids,
        _ => &[],
    }
}

fn lines(
    model: &SessionsModel,
    folded: &BTreeSet<SessionState>,
    shown: impl Fn(&SessionRow) -> bool,
) -> Vec<TableLine> {
    let mut lines = Vec::new();
    for (at, group) in model.groups.iter().enumerate() {
        lines.push(TableLine::Group(at));
        if !folded.contains(&group.state) {
            let rows = group.rows.iter().enumerate().filter(|(_, row)| shown(row));
            lines.extend(rows.map(|(row, _)| TableLine::Session(at, row)));
        }
    }
    lines.push(TableLine::End);
    lines
}

struct Table<'a> {
    editor: &'a Editor,
    model: &'a SessionsModel,
    /// What the proposal that is looked at would do to them.
    marks: &'a BTreeMap<SessionId, SessionMark>,
    lines: &'a [TableLine],
    columns: &'a Columns,
    /// The sessions of the walkout day shown.
    here: &'a BTreeSet<SessionId>,
    /// That day, such as `Tue 26-Apr`.
    day: String,
    state: SessionsState,
    /// The button under the last row.
    add: Option<Id>,
}

impl Table<'_> {
    fn show(&mut self, ui: &mut Ui, tops: &Tops, actions: &mut Vec<Action>) {
        let lines = self.lines;
        let (here, all_days) = (self.here, self.state.all_days);
        let is_shown = |row: &SessionRow| all_days || here.contains(&row.session);
        let last = chosen(self.editor).last().cloned();
        let place = |id: &SessionId| (0..lines.len()).find(|line| self.session(*line) == Some(id));
        let chosen_line = last.as_ref().and_then(place);
        let show = chosen_line.filter(|_| requests::take_scroll_request(ui));
        let has_rows = |at: usize| self.model.groups[at].rows.iter().any(is_shown);
        let is_empty = !(0..self.model.groups.len()).any(has_rows);
        // A group without a session to show is only a heading.
        let is_stop = |line: usize| match lines.get(line) {
            Some(TableLine::Group(at)) => has_rows(*at),
            Some(TableLine::Session(..)) => true,
            Some(TableLine::End) | None => false,
        };
        let first = (0..lines.len()).find(|line| matches!(lines[*line], TableLine::Session(..)));
        let first = first.or_else(|| (0..lines.len()).find(|line| is_stop(*line))).unwrap_or(0);
        let home = chosen_line.unwrap_or(first);
        let list = RowList { id: list_id(), pane: Pane::Grid, home, tops, stops: &is_stop, show };
        // The last session of a group has left it: the ring goes with what is chosen, or to what there is.
        let has_lost_its_stop = list.focused_row(ui).is_some_and(|line| !is_stop(line));
        let shift = ui.input(|input| input.modifiers.shift);
        let heard = list.show(ui, |ui, line, id| {
            let response = self.line_ui(ui, line, id, actions);
            // The ring is on what is told of at the right.
            if response.gained_focus()
                && chosen(self.editor).is_empty()
                && let Some(id) = self.session(line).cloned()
            {
                self.choose(&id, Modifiers::NONE, actions);
            }
            response
        });
        let add = self.add.filter(|_| is_empty);
        if has_lost_its_stop {
            ui.memory_mut(|memory| memory.request_focus(add.unwrap_or_else(|| list.row_id(home))));
        }
        if let Some(add) = add {
            panes::register(ui, Pane::Grid, ui.max_rect(), add);
        }
        if let Some(id) = heard.moved_to.and_then(|line| self.session(line)).cloned() {
            self.choose(&id, if shift { Modifiers::SHIFT } else { Modifiers::NONE }, actions);
        } else if heard.moved_to.is_some() && !shift {
            // On a heading no session is chosen: no key acts on what has not got the ring.
            actions.push(Action::Select(Selection::None));
        }
        match heard.entered.and_then(|line| lines.get(line)) {
            Some(TableLine::Session(..)) => actions.push(Action::Do(Verb::EditSession)),
            Some(TableLine::Group(at)) => self.fold(*at),
            _ => {}
        }
        let mut pressed = Vec::new();
        let mut about = None;
        if let (Some((line, _)), None) = (heard.focused, self.editor.dialog())
            && let Some(id) = self.session(line)
        {
            keys::take_verbs(ui, &[Where::Sessions, Where::Lists], self.editor, &mut pressed);
            about = Some(id).filter(|_| !pressed.is_empty());
        }
        let (asked_on, menu) =
            heard.menu(ui, self.editor, Context::Session, |line| self.session(line).is_some()).unzip();
        // After Tab or F6 the ring is on a session that is not chosen yet.
        let about = asked_on.and_then(|line| self.session(line)).or(about).cloned();
        if let Some(id) = about.filter(|id| !chosen(self.editor).contains(id)) {
            if !chosen(self.editor).is_empty() {
                // Another one is chosen, such as by a click a moment ago: a key acts on neither.
                pressed.clear();
            }
            self.choose(&id, Modifiers::NONE, actions);
        }
        actions.append(&mut pressed);
        list_menu_ui(ui, list.id, list.row_id(home), menu, &[], self.editor, actions);
    }

    fn row(&self, line: usize) -> Option<&SessionRow> {
        match self.lines.get(line)? {
            TableLine::Session(group, row) => self.model.groups.get(*group)?.rows.get(*row),
            _ => None,
        }
    }

    fn session(&self, line: usize) -> Option<&SessionId> {
        self.row(line).map(|row| &row.session)
    }

    fn fold(&mut self, group: usize) {
        let state = self.model.groups[group].state;
        if !self.state.folded.remove(&state) {
            self.state.folded.insert(state);
        }
    }

    /// Chooses a session: alone, with Ctrl besides others, with Shift all from the last chosen alone.
    fn choose(&mut self, id: &SessionId, modifiers: Modifiers, actions: &mut Vec<Action>) {
        let before = chosen(self.editor);
        let all = if modifiers.shift {
            let at = |id: &SessionId| (0..self.lines.len()).find(|line| self.session(*line) == Some(id));
            let anchor = self.state.anchor.as_ref().or(before.last()).and_then(at);
            match (anchor, at(id)) {
                (Some(from), Some(to)) => {
                    let mut all: Vec<SessionId> =
                        (from.min(to)..=from.max(to)).filter_map(|line| self.session(line)).cloned().collect();
                    if to < from {
                        all.reverse();
                    }
                    all
                }
                _ => vec![id.clone()],
            }
        } else if modifiers.command && before.contains(id) && before.len() > 1 {
            before.iter().filter(|other| *other != id).cloned().collect()
        } else if modifiers.command {
            before.iter().filter(|other| *other != id).chain([id]).cloned().collect()
        } else {
            vec![id.clone()]
        };
        if !modifiers.shift {
            self.state.anchor = Some(id.clone());
        }
        actions.push(Action::Select(Selection::Session(all)));
    }

    fn line_ui(&mut self, ui: &mut Ui, line: usize, id: Id, actions: &mut Vec<Action>) -> Response {
        match self.lines[line] {
            TableLine::Group(at) => self.group_ui(ui, at, id),
            TableLine::Session(group, row) => {
                let model = self.model;
                self.session_ui(ui, &model.groups[group].rows[row], id, actions)
            }
            TableLine::End => self.end_ui(ui, id, actions),
        }
    }

    fn group_ui(&mut self, ui: &mut Ui, at: usize, id: Id) -> Response {
        let group: &Group = &self.model.groups[at];
        let is_shown = |row: &&SessionRow| self.state.all_days || self.here.contains(&row.session);
        let shown: Vec<&SessionRow> = group.rows.iter().filter(is_shown).collect();
        let count = paint::group_count(group, shown.len(), &self.day);
        let count = format!("{count}{}", self.suggested_of(&shown));
        // Count and sums are of the rows that stand under the heading; what is on other days is said beside them.
        let sum = |of: fn(&SessionRow) -> u32| shown.iter().map(|row| u64::from(of(row))).sum::<u64>();
        let sum = [sum(|row| row.appointments), sum(|row| row.inpatient), sum(|row| row.day_case)];
        let folded = (!shown.is_empty()).then(|| self.state.folded.contains(&group.state));
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), Sizes::now(ui).list_row + 4.0));
        let response = ui.interact(rect, id, Sense::click());
        let role = if folded.is_some() { Role::DisclosureTriangle } else { Role::Label };
        let sums = [
            words::count(sum[0], "appointment"),
            words::count(sum[1], "inpatient operation"),
            words::count(sum[2], "day-case operation"),
        ];
        let spoken = format!("{}, {count}: {}", paint::group_title(group.state), sums.join(", "));
        response.widget_info(|| WidgetInfo::labeled(role, true, &spoken));
        ui.ctx().accesskit_node_builder(id, |node| {
            if let Some(folded) = folded {
                node.set_expanded(!folded);
            }
        });
        paint::group(ui, rect, self.columns, group.state, sum, &count, folded);
        let by_key = ui.input(|input| input.key_pressed(egui::Key::Enter));
        if response.clicked() && !by_key && folded.is_some() {
            self.fold(at);
        }
        response
    }

    /// How many of these the proposal would move: `; suggested: 1 to postpone`.
    fn suggested_of(&self, rows: &[&SessionRow]) -> String {
        let fates = rows.iter().filter_map(|row| self.marks.get(&row.session)).map(|mark| mark.fate);
        let count = |fate: Fate| fates.clone().filter(|of| *of == fate).count();
        match (count(Fate::Postponed), count(Fate::Runs)) {
            (0, 0) => String::new(),
            (postponed, 0) => format!("; suggested: {postponed} to postpone"),
            (0, 1) => "; suggested: 1 can go ahead".to_owned(),
            (0, runs) => format!("; suggested: {runs} can go ahead"),
            (postponed, runs) => format!("; suggested: {postponed} to postpone, {runs} can go ahead"),
        }
    }

    fn session_ui(&mut self, ui: &mut Ui, row: &SessionRow, id: Id, actions: &mut Vec<Action>) -> Response {
        let all = chosen(self.editor);
        let is_chosen = all.contains(&row.session);
        let mark = self.marks.get(&row.session);
        let spoken = mark.map_or_else(|| row.spoken.clone(), |mark| format!("{}. {}", row.spoken, mark.spoken()));
        let mut list_row = ListRow::new(&spoken, Sizes::now(ui).list_row).chosen(is_chosen).id(id);
        if all.last() == Some(&row.session) {
            list_row = list_row.bar();
        }
        let response = list_row.show(ui, |_| {});
        paint::row(ui, response.rect, self.columns, (row, mark), is_chosen, self.state.all_days || row.day != self.day);
        let (modifiers, by_key) = ui.input(|input| {
            (input.modifiers, input.key_pressed(egui::Key::Enter) || input.key_pressed(egui::Key::Space))
        });
        if response.clicked() && !by_key {
            response.request_focus();
            self.choose(&row.session, modifiers, actions);
        }
        if response.double_clicked() {
            actions.push(Action::Do(Verb::EditSession));
        }
        response.on_hover_text(paint::hover_text(row, mark))
    }

    /// Under the last row: a new session, and those of other days.
    fn end_ui(&mut self, ui: &mut Ui, id: Id, actions: &mut Vec<Action>) -> Response {
        let all: usize = self.model.groups.iter().map(|group| group.rows.len()).sum();
        let others = all - self.here.len().min(all);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            theme::in_bar(ui);
            ui.add_space(8.0);
            let add = PushButton::link("+ Add session…").spoken("Add session…");
            self.add = Some(verb_button(ui, Verb::AddSession, add, self.editor, actions).id);
            let text = match (others, self.state.all_days) {
                (0, _) => return,
                (_, true) => format!("Show those of {} only", self.day),
                (others, false) => format!("Show {} on other days", words::count(others as u64, "session")),
            };
            if ui.add(PushButton::link(&text)).clicked() {
                self.state.all_days = !self.state.all_days;
                if !self.state.all_days {
                    // What is chosen of another day would open them again.
                    actions.push(Action::Select(Selection::None));
                }
            }
        });
        ui.interact(Rect::NOTHING, id, Sense::hover())
    }
}

fn no_sessions_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    egui::Frame::new().inner_margin(Margin::same(24)).show(ui, |ui| {
        ui.label(Type::Unit.ink("No sessions yet", t.text));
        ui.label(Type::Body.ink("Without sessions the program cannot say what cover costs.", t.text2));
        ui.add_space(sizes::GAP);
        let [add, _] = [Verb::AddSession, Verb::PasteSessions]
            .map(|verb| verb_button(ui, verb, PushButton::new(verb.row().label), editor, actions));
        panes::register(ui, Pane::Grid, ui.max_rect(), add.id);
    });
}
