//! The Problems panel: what is short, broken, waiting or worth a look, in the order of what needs doing.

use std::sync::Arc;

use egui::{Event, Galley, Id, Popup, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::editor::problems::{Problem, ProblemList};
use crate::editor::verdict_text::day_name;
use crate::editor::{Action, Context, Document, Editor, ProblemFilter, ProblemKind, Verb};
use crate::model::{Rota, words};

use super::cached::{DocKey, cached};
use super::context_menu::{Own, list_menu_ui};
use super::marks::Mark;
use super::panes::{self, Pane};
use super::row_list::{LaidLines, RowList};
use super::state::UiState;
use super::theme::{self, Sizes, Type, sizes};
use super::verb_rows::verb_button;
use super::widgets::{Chip, GroupRow, Lead, ListRow, PushButton, menu_entry, panel_head};
use super::{icons, keys};

const TEXT_LEFT: f32 = 36.0;
const TEXT_RIGHT: f32 = 20.0;

fn list_id() -> Id {
    Id::unique("cover-rota problem list")
}

/// The list as it is filtered now.
pub fn problems(ctx: &egui::Context, editor: &Editor, doc: &Document) -> Arc<ProblemList> {
    let key = (DocKey::of(doc), editor.problem_filter().clone(), editor.window().cloned());
    cached(ctx, list_id().with("list"), key, || editor.problems())
}

/// Draws the panel.
pub fn problems_panel_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let list = problems(ui, editor, doc);
    let title = if doc.is_current() { "Problems" } else { "Earlier problems" };
    panel_head(ui, title, &list.counts.all().to_string(), |ui| scope_ui(ui, editor, doc, actions));
    chips_ui(ui, editor, &list, doc.is_current(), actions);
    if list.problems.is_empty() && list.accepted.is_empty() {
        nothing_ui(ui, editor, doc, actions);
        return;
    }
    let width = (ui.available_width() - TEXT_LEFT - TEXT_RIGHT).max(80.0);
    let t = theme::tokens(ui);
    let filter = editor.problem_filter();
    let key =
        (DocKey::of(doc), filter.clone(), editor.window().cloned(), width.to_bits(), t.surface, ui.pixels_per_point());
    let laid = cached(ui, list_id().with("rows"), key, || ProblemLine::all(ui, &list, filter.accepted, width));
    ProblemRows { editor, list: &list, laid: &laid, is_current: doc.is_current() }.show(ui, actions);
}

/// Which windows and units are listed.
fn scope_ui(ui: &mut Ui, editor: &Editor, doc: &Document, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let filter = editor.problem_filter();
    let rota = doc.rota();
    let shown = editor.window().and_then(|id| rota.window(id));
    let day = shown.map_or_else(|| "This day".to_owned(), |window| day_name(rota, window));
    let unit = filter.unit.as_ref().and_then(|id| rota.unit(id)).map(|unit| words::safe(&unit.name).into_owned());
    let window = if filter.all_windows { "All days".to_owned() } else { day };
    let text = format!("{window}, {}", unit.unwrap_or_else(|| "all units".to_owned()));
    let room = (ui.available_width() - 24.0).max(40.0);
    let galley = Type::Body.elided(ui.painter(), text.as_str(), t.text2, room);
    let size = vec2(galley.size().x + 24.0, sizes::BAR_CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Listed problems: {text}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, sizes::CORNER, t.accent_soft);
    }
    let middle = rect.center().y;
    ui.painter().galley(pos2(rect.left() + 2.0, middle - 0.5 * galley.size().y), galley, t.text2);
    icons::paint(ui.painter(), pos2(rect.right() - 9.0, middle), icons::CARET_DOWN, icons::IN_BLOCK, t.text2);
    Popup::menu(&response).show(|ui| scope_menu(ui, editor, doc, actions));
}

fn scope_menu(ui: &mut Ui, editor: &Editor, doc: &Document, actions: &mut Vec<Action>) {
    let filter = editor.problem_filter();
    let mut entry = |ui: &mut Ui, text: &str, to: ProblemFilter| {
        let lead = if to == *filter { Lead::Icon(icons::CHECK) } else { Lead::None };
        if menu_entry(ui, lead, text, "").clicked() {
            actions.push(Action::FilterProblems(to));
            ui.close();
        }
    };
    entry(ui, "This day", ProblemFilter { all_windows: false, ..filter.clone() });
    entry(ui, "All days", ProblemFilter { all_windows: true, ..filter.clone() });
    ui.separator();
    entry(ui, "All units", ProblemFilter { unit: None, ..filter.clone() });
    for unit in &doc.rota().units {
        entry(ui, &words::safe(&unit.name), ProblemFilter { unit: Some(unit.id.clone()), ..filter.clone() });
    }
}

/// From one chip to the next.
const CHIPS_GAP: f32 = 4.0;
/// Chips with less than this at their sides begin another line.
const CHIP_PADDING_MIN: f32 = 3.0;

/// While the file is not current the chips have words instead of coloured marks.
fn chips_ui(ui: &mut Ui, editor: &Editor, list: &ProblemList, is_current: bool, actions: &mut Vec<Action>) {
    const KINDS: [(ProblemKind, Option<Mark>, &str); 5] = [
        (ProblemKind::All, None, "all problems"),
        (ProblemKind::Error, Some(Mark::Short), "short or broken"),
        (ProblemKind::ToAgree, Some(Mark::Waiting), "to agree"),
        (ProblemKind::Warning, Some(Mark::Warning), "warnings"),
        (ProblemKind::Info, Some(Mark::Note), "notes"),
    ];
    let filter = editor.problem_filter();
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 4, top: 6, bottom: 6 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let said = KINDS.map(|(kind, mark, words)| {
            let count = list.counts.of(kind);
            let words = if count == 1 && mark.is_some() { words.trim_end_matches('s') } else { words };
            let text = match mark {
                None => format!("All {count}"),
                Some(_) if is_current => count.to_string(),
                Some(_) => format!("{count} {words}"),
            };
            (kind, mark.filter(|_| is_current), text, format!("{count} {words}"))
        });
        let chips = said.each_ref().map(|(kind, mark, text, spoken)| {
            (*kind, Chip { mark: *mark, text, chosen: filter.kind == *kind, spoken })
        });
        // Larger numbers take of the room at their sides: the list under them does not move.
        let words: f32 = chips.iter().map(|(_, chip)| chip.content_width(ui)).sum();
        let left = ui.available_width() - words - CHIPS_GAP * (chips.len() - 1) as f32;
        let padding = (0.5 * left / chips.len() as f32).floor();
        let padding = if padding < CHIP_PADDING_MIN { Chip::PADDING } else { padding.min(Chip::PADDING) };
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(CHIPS_GAP, 4.0);
            for (kind, chip) in chips {
                if chip.show_within(ui, padding).clicked() {
                    let kind = if filter.kind == kind { ProblemKind::All } else { kind };
                    actions.push(Action::FilterProblems(ProblemFilter { kind, ..filter.clone() }));
                }
            }
        });
    });
}

/// Nothing to show, and why.
fn nothing_ui(ui: &mut Ui, editor: &Editor, doc: &Document, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let filter = editor.problem_filter();
    let is_filtered = filter.kind != ProblemKind::All || filter.unit.is_some();
    let rota = doc.rota();
    let shown = editor.window().and_then(|id| rota.window(id)).filter(|_| !filter.all_windows);
    let day = shown.map(|w| format!(" on {}", rota.zone().civil(w.span.from).local.format("%A")));
    let such = if is_filtered { "such " } else { "" };
    // Of an empty rota it must not sound as if all were well.
    let first = first_to_do(rota);
    let text = match first {
        Some((what, _)) => format!("Nothing can be checked yet. {what}"),
        None => format!("No {such}problems{}.", day.unwrap_or_default()),
    };
    egui::Frame::new().inner_margin(egui::Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let said =
            ui.add(egui::Label::new(Type::Body.ink(text, t.text2)).wrap().sense(Sense::focusable_noninteractive()));
        panes::register(ui, Pane::Problems, ui.max_rect(), said.id);
        if let Some((_, verb)) = first {
            ui.add_space(4.0);
            verb_button(ui, verb, PushButton::new(verb.row().label), editor, actions);
            return;
        }
        let everything = ProblemFilter { accepted: filter.accepted, all_windows: true, ..ProblemFilter::default() };
        let more = is_filtered || !filter.all_windows;
        if more && ui.add(PushButton::link("Show all days and units")).clicked() {
            actions.push(Action::FilterProblems(everything));
        }
    });
}

/// What an empty rota needs before anything can be checked, and the verb for it.
fn first_to_do(rota: &Rota) -> Option<(&'static str, Verb)> {
    match (rota.windows.is_empty(), rota.units.is_empty()) {
        (true, _) => Some(("Enter the walkout times first.", Verb::Windows)),
        (_, true) => Some(("Add the units to be covered first, such as A&E.", Verb::AddUnit)),
        _ => None,
    }
}

enum ProblemLine {
    /// A problem: its place in the list, and whether among the accepted ones.
    Problem { at: usize, accepted: bool, title: Arc<Galley>, text: Arc<Galley> },
    /// The heading over the accepted ones.
    Accepted { count: usize, folded: bool },
}

impl ProblemLine {
    /// All lines for a panel of this width.
    fn all(ui: &Ui, list: &ProblemList, show_accepted: bool, width: f32) -> LaidLines<Self> {
        let t = theme::tokens(ui);
        let lay = |text: &str, role: Type, ink| ui.painter().layout(text.to_owned(), role.font(), ink, width);
        let problem = |(at, problem): (usize, &Problem)| ProblemLine::Problem {
            at,
            accepted: problem.accepted,
            title: lay(&problem.title, Type::Strong, t.text),
            text: lay(&problem.text, Type::Body, t.text2),
        };
        let mut lines: Vec<ProblemLine> = list.problems.iter().enumerate().map(problem).collect();
        if !list.accepted.is_empty() {
            lines.push(ProblemLine::Accepted { count: list.accepted.len(), folded: !show_accepted });
            if show_accepted {
                lines.extend(list.accepted.iter().enumerate().map(problem));
            }
        }
        let list_row = Sizes::now(ui).list_row;
        LaidLines::new(lines, |line| line.height(list_row))
    }

    fn height(&self, list_row: f32) -> f32 {
        match self {
            Self::Problem { title, text, .. } => {
                let lines = title.rows.len().saturating_sub(1) + text.rows.len();
                sizes::PROBLEM_ROW.0 + sizes::PROBLEM_ROW.1 * lines as f32 + 2.0
            }
            Self::Accepted { .. } => list_row,
        }
    }
}

struct ProblemRows<'a> {
    editor: &'a Editor,
    list: &'a ProblemList,
    laid: &'a LaidLines<ProblemLine>,
    is_current: bool,
}

impl ProblemRows<'_> {
    fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let chosen = self.editor.chosen_finding();
        let count = self.laid.lines.len();
        let is_chosen = |row: usize| {
            self.problem(row).is_some_and(|p| chosen.is_some_and(|f| p.finding == f || p.folded.contains(&f)))
        };
        let chosen_row = chosen.and_then(|_| (0..count).find(|row| is_chosen(*row)));
        let list = RowList {
            id: list_id(),
            pane: Pane::Problems,
            home: chosen_row.unwrap_or(0),
            tops: &self.laid.tops,
            stops: &|_| true,
            show: self.newly_chosen(ui, chosen_row),
        };
        let heard = list.show(ui, |ui, row, id| self.line_ui(ui, row, id, is_chosen(row), actions));
        if let Some(problem) = heard.moved_to.and_then(|row| self.problem(row)) {
            actions.push(Action::ChooseFinding(Some(problem.finding)));
        }
        if let Some(problem) = heard.entered.and_then(|row| self.problem(row)) {
            actions.push(Action::GoToFinding(problem.finding));
        }
        if let Some(problem) = heard.focused.and_then(|(row, _)| self.problem(row)) {
            copy_sentence(ui, problem, actions);
        }
        let (asked_on, menu) = heard.menu(ui, self.editor, Context::Problem, |row| self.problem(row).is_some()).unzip();
        if let Some(problem) = asked_on.and_then(|row| self.problem(row)) {
            actions.push(Action::ChooseFinding(Some(problem.finding)));
        }
        let about = asked_on.or(chosen_row);
        let own = about.and_then(|row| self.problem(row)).map_or_else(Vec::new, |problem| own_entries(ui, problem));
        list_menu_ui(ui, list.id, list.row_id(about.unwrap_or(0)), menu, &own, self.editor, actions);
    }

    /// The chosen row, if it was another one in the last frame: it is brought into sight once.
    fn newly_chosen(&self, ui: &Ui, chosen: Option<usize>) -> Option<usize> {
        let now = chosen.and_then(|row| self.problem(row)).map(|problem| problem.finding);
        let was = UiState::of(ui, |state| std::mem::replace(&mut state.lists.chosen_problem, now));
        chosen.filter(|_| was != now)
    }

    fn problem(&self, row: usize) -> Option<&Problem> {
        match self.laid.lines.get(row)? {
            ProblemLine::Problem { at, accepted: false, .. } => self.list.problems.get(*at),
            ProblemLine::Problem { at, accepted: true, .. } => self.list.accepted.get(*at),
            ProblemLine::Accepted { .. } => None,
        }
    }

    fn line_ui(&self, ui: &mut Ui, row: usize, id: Id, chosen: bool, actions: &mut Vec<Action>) -> Response {
        match (&self.laid.lines[row], self.problem(row)) {
            (ProblemLine::Problem { title, text, .. }, Some(problem)) => {
                problem_ui(ui, problem, (title, text), RowLook { id, chosen, is_current: self.is_current }, actions)
            }
            (ProblemLine::Accepted { count, folded }, _) => {
                let response =
                    GroupRow { title: "Accepted", count: &count.to_string(), folded: Some(*folded), id: Some(id) }
                        .show(ui);
                if response.clicked() {
                    let filter = ProblemFilter { accepted: *folded, ..self.editor.problem_filter().clone() };
                    actions.push(Action::FilterProblems(filter));
                }
                response
            }
            _ => ui.response(),
        }
    }
}

/// How one line is drawn.
struct RowLook {
    id: Id,
    chosen: bool,
    is_current: bool,
}

fn problem_ui(
    ui: &mut Ui,
    problem: &Problem,
    (title, text): (&Arc<Galley>, &Arc<Galley>),
    RowLook { id, chosen, is_current }: RowLook,
    actions: &mut Vec<Action>,
) -> Response {
    let t = theme::tokens(ui);
    let mark = if is_current { mark_of(problem) } else { Mark::NotCurrent };
    let was = if is_current { "" } else { "Not current, was " };
    let spoken = format!("{was}{}", spoken(problem));
    let height = ui.max_rect().height();
    let response = ListRow::new(&spoken, height).chosen(chosen).bar().id(id).show(ui, |_| {});
    let rect = response.rect;
    let painter = ui.painter();
    if !chosen {
        painter.hline(
            rect.left() + TEXT_LEFT - 24.0..=rect.right() - TEXT_RIGHT + 4.0,
            rect.bottom() - 0.5,
            (1.0, t.line),
        );
    }
    mark.paint(painter, pos2(rect.left() + 20.0, rect.top() + 13.0), 15.0, t);
    let left = rect.left() + TEXT_LEFT;
    let top = rect.top() + 4.0;
    let grey = problem.accepted || !is_current;
    let (first, second) = if grey { (t.text2, t.text2) } else { (t.text, t.text2) };
    painter.galley_with_override_text_color(pos2(left, top), Arc::clone(title), first);
    let below = top + 18.0 * title.rows.len() as f32;
    let second = if chosen { t.text } else { second };
    painter.galley_with_override_text_color(pos2(left, below), Arc::clone(text), second);
    let by_key = ui.input(|input| input.key_pressed(egui::Key::Enter));
    if response.clicked() && !by_key {
        actions.push(Action::GoToFinding(problem.finding));
    }
    if problem.more.is_empty() { response } else { response.on_hover_text(&problem.more) }
}

/// What can be done with a problem besides the verbs.
fn own_entries(ui: &Ui, problem: &Problem) -> Vec<Own> {
    let entry = |icon, label, action| Own { lead: Lead::Icon(icon), label, key: String::new(), action };
    let mut own = vec![
        Own { key: "Enter".to_owned(), ..entry(icons::ARROW_RIGHT, "Go there", Action::GoToFinding(problem.finding)) },
        Own {
            key: keys::shortcut_text(ui, Verb::Copy),
            ..entry(icons::COPY, "Copy the sentence", Action::CopyText(sentence(problem)))
        },
    ];
    if problem.accepted {
        let withdraw = Action::WithdrawAccept(problem.finding);
        own.push(entry(icons::ARROW_U_UP_LEFT, "Withdraw the acceptance", withdraw));
    }
    own
}

/// Ctrl+C on a row copies its sentence, not the chosen cells.
fn copy_sentence(ui: &Ui, problem: &Problem, actions: &mut Vec<Action>) {
    let copied = ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| *event != Event::Copy);
        input.events.len() < before
    });
    if copied {
        actions.push(Action::CopyText(sentence(problem)));
    }
}

fn sentence(problem: &Problem) -> String {
    let text = problem.text.trim_end_matches('.');
    format!("{}. {text}. {}", problem.title.trim_end_matches('.'), problem.more).trim_end().to_owned()
}

fn spoken(problem: &Problem) -> String {
    let kind = match problem.kind {
        ProblemKind::All | ProblemKind::Error => "Error",
        ProblemKind::ToAgree => "To agree",
        ProblemKind::Warning => "Warning",
        ProblemKind::Info => "Note",
    };
    let accepted = if problem.accepted { ", accepted" } else { "" };
    format!("{kind}{accepted}: {}", sentence(problem))
}

/// Square for what is short, diamond for a broken rule, half disc for what waits, triangle, ring.
fn mark_of(problem: &Problem) -> Mark {
    match problem.kind {
        ProblemKind::All | ProblemKind::Error if problem.is_gap => Mark::Short,
        ProblemKind::All | ProblemKind::Error => Mark::Error,
        ProblemKind::ToAgree => Mark::Waiting,
        ProblemKind::Warning => Mark::Warning,
        ProblemKind::Info => Mark::Note,
    }
}
