//! The People view: everybody's work, rest and hours on one time line over all windows.
//!
//! [`model`] says what is in it, [`layout`] where, [`paint`] draws it. All of it is one thing to the mouse and one stop
//! to the keyboard; rows and bars are told to assistive technology one by one.

mod drag;
mod hit;
mod keys;
pub mod layout;
pub mod model;
pub mod paint;
mod paint_bars;
mod paint_heads;
pub mod row;
mod row_maker;
mod speech;
pub mod windows;

use egui::{Id, Margin, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::cached::{DocKey, cached};
use super::context_menu::{OpenMenu, context_menu_ui};
use super::keys::{shortcut_text, take_verbs};
use super::marks::Mark;
use super::panes::{self, Pane};
use super::people::lines::PeopleLine;
use super::people::shared;
use super::row_list::LaidLines;
use super::theme::{self, Sizes, Type, sizes};
use super::widgets::{Chip, DropDown, Lead, PushButton, menu_entry};
use super::{focus, requests, state};
use crate::editor::{Action, Cell, CellRange, Document, Editor, PeopleFilter, PeopleOrder, Selection, Verb, Where};
use crate::model::AssignmentId;
use layout::{Axis, Columns};
use model::PeopleModel;
use paint::{Chosen, Frame, HEADER, PeoplePainter};
use row::BarKind;

/// What takes the keyboard in the view.
pub fn people_id() -> Id {
    Id::unique("cover-rota people view")
}

/// What only the view itself has to remember from frame to frame.
#[derive(Clone, Default)]
struct PeopleState {
    drag: Option<drag::Drag>,
    menu: Option<OpenMenu>,
    /// What was chosen when it was last brought into sight.
    seen: Selection,
}

/// What the parts of the view work with.
struct PeopleParts<'p> {
    editor: &'p Editor,
    doc: &'p Document,
    painter: PeoplePainter<'p>,
    response: &'p Response,
    chosen: Chosen,
    editable: bool,
}

/// The model of a rota, worked out once for each of its states.
pub fn model_of(ui: &Ui, doc: &Document) -> std::sync::Arc<PeopleModel> {
    cached(ui, people_id().with("model"), DocKey::of(doc), || PeopleModel::of(doc))
}

/// Draws the view and gathers what was asked for.
pub fn people_view_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let model = model_of(ui, doc);
    if model.people.is_empty() {
        nobody_ui(ui, editor, actions);
        return;
    }
    let area = ui.available_rect_before_wrap();
    let row = Sizes::now(ui).list_row;
    let typed = editor.find_text().to_owned();
    let key = (DocKey::of(doc), editor.people_filter(), editor.people_order(), typed.clone(), row.to_bits());
    let lines = cached(ui, people_id().with("lines"), key, || {
        let lines = model.lines(doc.rota(), editor.people_filter(), editor.people_order(), &typed);
        LaidLines::new(lines, |line| if line.person().is_some() { sizes::PERSON_ROW } else { row })
    });
    let columns = Columns::new(model.windows.len(), model.has_on_call(), Sizes::now(ui));
    let is_high = HEADER + lines.tops.height() > area.height();
    let bar = if is_high { ui.spacing().scroll.floating_allocated_width } else { 0.0 };
    let room = area.width() - columns.names - columns.figures - bar;
    let axis = Axis::new(&model.windows, doc.rota().zone(), room);
    let mut state: PeopleState = state::own(ui);
    let bars = Rect::from_min_max(area.min + vec2(0.0, HEADER), area.max);
    ScrollArea::both().id_salt("people view").auto_shrink(false).scroll_bar_rect(bars).show_viewport(ui, |ui, _| {
        let content = ui.min_rect().min;
        let width = columns.names + axis.width().max(room) + columns.figures;
        ui.set_min_size(vec2(width, HEADER + lines.tops.height()));
        let whole = ui.clip_rect();
        let frame = Frame::new(whole, content, &columns);
        panes::register(ui, Pane::Grid, whole, people_id());
        let response = ui.interact(whole, people_id(), Sense::click_and_drag());
        focus::draws_own_ring(ui, people_id());
        let canvas = ui.painter().with_clip_rect(ui.clip_rect());
        let painter = PeoplePainter {
            model: &model,
            lines: &lines.lines,
            tops: &lines.tops,
            axis: &axis,
            columns: &columns,
            frame,
            tokens: theme::tokens(ui),
            painter: &canvas,
            zone: doc.rota().zone(),
        };
        let chosen = chosen(editor, &painter, response.has_focus());
        let parts = PeopleParts { editor, doc, painter, response: &response, chosen, editable: !doc.is_read_only() };
        keys::listen(ui, &parts, &mut state, actions);
        hit::clicks(ui, &parts, &mut state, actions);
        drag::follow(ui, &parts, &mut state, actions);
        parts.painter.paint(&parts.chosen);
        drag::paint(ui, &parts, &state);
        speech::tell(ui, &parts, actions);
        hit::hover_ui(&parts, &state);
        figures_hint_ui(ui, &frame, whole);
        context_menu_ui(ui, &mut state.menu, people_id(), &[], editor, actions);
        bring_into_sight(ui, &parts, &mut state);
    });
    find_ui(ui, editor, area.with_max_x(area.left() + columns.names), actions);
    if lines.lines.is_empty() {
        nobody_matches_ui(ui, area.with_max_x(area.left() + columns.names), actions);
    }
    state::keep_own(ui, state);
}

/// What the hours and the rest count, over their headings.
fn figures_hint_ui(ui: &Ui, frame: &Frame, whole: Rect) {
    let at = Rect::from_x_y_ranges(frame.figures().x_range(), whole.top()..=whole.top() + HEADER);
    let response = ui.interact(at, people_id().with("figures"), Sense::hover()).on_hover_text(REST_COUNTS);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, REST_COUNTS));
}

/// The chosen person's row and bars.
fn chosen(editor: &Editor, painter: &PeoplePainter<'_>, has_focus: bool) -> Chosen {
    let people = &painter.model.people;
    let mut chosen = Chosen { has_focus, ..Chosen::default() };
    let places = |at: usize, fits: &dyn Fn(&BarKind) -> bool| {
        let bars = people[at].bars.iter().enumerate();
        bars.filter(|(_, bar)| fits(&bar.what)).map(|(place, _)| place).collect::<Vec<_>>()
    };
    match editor.selection() {
        Selection::Person(id) => chosen.person = people.iter().position(|row| row.person == *id),
        Selection::Assignments(ids) => {
            let is_last =
                |what: &BarKind| matches!(what, BarKind::Post { assignment, .. } if Some(assignment) == ids.last());
            let holds = |row: &row::PersonTimeline| row.bars.iter().any(|bar| is_last(&bar.what));
            chosen.person = people.iter().position(holds);
            if let Some(at) = chosen.person {
                let is_one =
                    |what: &BarKind| matches!(what, BarKind::Post { assignment, .. } if ids.contains(assignment));
                chosen.bars = places(at, &is_one);
            }
        }
        Selection::Session(ids) => {
            let is_one =
                |what: &BarKind| matches!(what, BarKind::Session(id) | BarKind::Stopped(id, _) if ids.contains(id));
            let holds = |at: &usize| people[*at].bars.iter().any(|bar| is_one(&bar.what));
            chosen.person = painter.lines.iter().filter_map(PeopleLine::person).find(holds);
            if let Some(at) = chosen.person {
                chosen.bars = places(at, &is_one);
            }
        }
        _ => {}
    }
    chosen
}

/// Scrolls so that what is chosen is seen when it has changed, or when somebody asked for it.
fn bring_into_sight(ui: &mut Ui, parts: &PeopleParts<'_>, state: &mut PeopleState) {
    let asked = requests::take_scroll_request(ui);
    if state.drag.is_some() || (!asked && state.seen == *parts.editor.selection()) {
        return;
    }
    state.seen = parts.editor.selection().clone();
    let painter = &parts.painter;
    let Some((line, row)) = parts.chosen.person.and_then(|at| painter.line_of(at)) else { return };
    let rect = painter.line_rect(line);
    let body = painter.frame.body;
    let bar = parts.chosen.bars.last().and_then(|at| row.bars.get(*at)).map(|bar| painter.bar_rect(line, bar));
    let x = bar.map_or(body.x_range(), |bar| bar.x_range());
    let is_seen = body.y_range().contains(rect.top()) && body.y_range().contains(rect.bottom() - 1.0);
    let across = bar.is_none_or(|bar| body.x_range().contains(bar.left()) && body.x_range().contains(bar.right()));
    if !is_seen || !across {
        // What the frozen parts cover is out of sight too.
        let left = if across { painter.frame.whole.left() } else { x.min - painter.columns.names - 8.0 };
        let right = if across { painter.frame.whole.right() } else { x.max + painter.columns.figures + 20.0 };
        let around = Rect::from_min_max(egui::pos2(left, rect.top() - HEADER - 28.0), egui::pos2(right, rect.bottom()));
        ui.scroll_to_rect(around, None);
    }
}

/// The find field in the corner of the heading.
fn find_ui(ui: &mut Ui, editor: &Editor, corner: Rect, actions: &mut Vec<Action>) {
    let at = corner.with_max_y(corner.top() + HEADER).shrink2(vec2(8.0, 8.0));
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        shared::find_ui(ui, editor, people_id(), actions);
    });
}

/// What is work in hours and rest, as the rules have it.
pub const REST_COUNTS: &str = "Hours under a day and under All are those on the rota inside the walkout's times. 7 days and rest count all work \
     here: posts, resident duties and running sessions, also before and after the walkout. Duties elsewhere and on call \
     from home are drawn but not counted as work.";

/// The filters of the chips, with their words and marks.
const CHIPS: [(PeopleFilter, &str, Option<Mark>); 5] = [
    (PeopleFilter::All, "All", None),
    (PeopleFilter::OnTheRota, "On the rota", None),
    (PeopleFilter::WithProblems, "With problems", Some(Mark::Warning)),
    (PeopleFilter::ToAgree, "To agree", Some(Mark::Waiting)),
    (PeopleFilter::Free, "Free some time", None),
];

/// What the order is called.
const fn order_words(order: PeopleOrder) -> &'static str {
    match order {
        PeopleOrder::Grade => "By grade",
        PeopleOrder::Name => "By name",
        PeopleOrder::Hours => "Most hours first",
        PeopleOrder::Problems => "Problems first",
    }
}

/// The chips that filter people and their order, at the right end of the view bar but for `after` points; a list where
/// there is no room for the chips.
pub fn people_chips_ui(ui: &mut Ui, editor: &Editor, after: f32, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let model = model_of(ui, doc);
    let words = CHIPS.map(|(filter, words, _)| format!("{words} {}", model.count(filter)));
    let width = |text: &str, role: Type| {
        ui.painter().layout_no_wrap(text.to_owned(), role.font(), egui::Color32::PLACEHOLDER).size().x
    };
    let order = order_words(editor.people_order());
    let order_width = width(order, Type::Body) + 16.0;
    let chips = CHIPS.iter().zip(&words).map(|((_, _, mark), text)| {
        let mark = if mark.is_some() { 20.0 } else { 0.0 };
        20.0 + mark + width(text, Type::SmallStrong) + 8.0
    });
    let chips: f32 = chips.sum();
    let room = ui.available_width() - after;
    let fits = chips + order_width <= room;
    ui.add_space((room - order_width - if fits { chips } else { FILTER_LIST + 12.0 }).max(0.0));
    if fits {
        for ((filter, _, mark), words) in CHIPS.iter().zip(&words) {
            let chosen = *filter == editor.people_filter();
            if (Chip { mark: *mark, text: words, chosen, spoken: words }).show(ui).clicked() {
                actions.push(Action::FilterPeople(if chosen { PeopleFilter::All } else { *filter }));
            }
            ui.add_space(4.0);
        }
    } else {
        filter_list_ui(ui, editor, &words, actions);
    }
    let button = PushButton::link(order).spoken("Change the order of the people");
    let hint = format!("{} ({})", Verb::SortPeople.row().label, shortcut_text(ui, Verb::SortPeople));
    if ui.add(button).on_hover_text(hint).clicked() {
        actions.push(Action::Do(Verb::SortPeople));
    }
}

/// Width of the list that stands for the chips.
const FILTER_LIST: f32 = 150.0;

fn filter_list_ui(ui: &mut Ui, editor: &Editor, words: &[String], actions: &mut Vec<Action>) {
    let at = CHIPS.iter().position(|(filter, ..)| *filter == editor.people_filter()).unwrap_or(0);
    let list = DropDown::new(&words[at], words, Some(at)).width(FILTER_LIST);
    let (response, taken) = list.show(ui, "people filter", |ui, i| {
        let key = if i == at { "shown" } else { "" };
        menu_entry(ui, CHIPS[i].2.map_or(Lead::None, Lead::Mark), &words[i], key)
    });
    actions.extend(taken.map(|i| Action::FilterPeople(CHIPS[i].0)));
    response.accessible_name("Which people");
}

fn nobody_matches_ui(ui: &mut Ui, area: Rect, actions: &mut Vec<Action>) {
    let at = Rect::from_min_max(area.min + vec2(sizes::PANEL_PADDING, HEADER + 12.0), area.max);
    ui.scope_builder(UiBuilder::new().max_rect(at), |ui| {
        ui.horizontal_wrapped(|ui| shared::nobody_matches_ui(ui, actions));
    });
}

fn nobody_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    panes::register(ui, Pane::Grid, ui.available_rect_before_wrap(), people_id());
    egui::Frame::new().inner_margin(Margin::same(24)).show(ui, |ui| {
        ui.label(Type::Unit.ink("No staff yet", t.text));
        let how =
            "Copy the rows of your spreadsheet (initials, name, grade, specialty, telephone) and paste them here.";
        ui.label(Type::Body.ink(how, t.text2));
        ui.add_space(8.0);
        ui.horizontal(|ui| shared::first_staff_ui(ui, editor, false, actions));
    });
    if shared::paste_here_ui(ui, people_id()).has_focus() {
        take_verbs(ui, &[Where::Lists], editor, actions);
    }
}

/// Goes to a block in Posts.
fn open_in_posts(doc: &Document, block: &AssignmentId, actions: &mut Vec<Action>) {
    let place = doc.grid().windows.iter().find_map(|window| Some((window, window.row_of(block)?)));
    let span = doc.rota().assignment(block).map(|a| a.span);
    let (Some((window, row)), Some(span)) = (place, span) else { return };
    let Some(span) = span.overlap(window.span) else { return };
    let cell = Cell { row, at: span.from, until: span.to };
    actions.push(Action::ShowWindow(window.id.clone()));
    actions.push(Action::Do(Verb::ViewPosts));
    let range = CellRange::one(window.id.clone(), cell);
    actions.push(Action::Select(Selection::Cells(range)));
}
