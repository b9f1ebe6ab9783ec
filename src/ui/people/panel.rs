//! The People panel: everybody by group, with what they do in the window shown. Rows are dragged to cells.

use egui::{Area, Color32, Id, Order, Popup, Response, Ui, pos2, vec2};

use crate::editor::{Action, Ask, Context, Document, Editor, PeopleFilter, Selection, Verb, Where, assign};
use crate::model::PersonId;
use crate::ui::cached::{DocKey, cached};
use crate::ui::context_menu::list_menu_ui;
use crate::ui::marks::Mark;
use crate::ui::panes::{self, Pane};
use crate::ui::row_list::{LaidLines, RowList, Tops};
use crate::ui::state::UiState;
use crate::ui::theme::{self, Sizes, Type, sizes};
use crate::ui::verb_rows::verb_icon;
use crate::ui::widgets::{self, GroupRow, ListRow, icon_button, menu_entry, panel_head};
use crate::ui::{icons, keys};

use super::lines::PeopleLine;
use super::list::{Everybody, ListedPerson, Tone};
use super::shared;

/// The filters of the funnel, with their words.
const FILTERS: [(PeopleFilter, &str); 6] = [
    (PeopleFilter::All, "Everybody"),
    (PeopleFilter::OnTheRota, "On the rota"),
    (PeopleFilter::WithProblems, "With problems"),
    (PeopleFilter::ToAgree, "To agree"),
    (PeopleFilter::Free, "Free"),
    (PeopleFilter::NotAvailable, "Not available"),
];

fn list_id() -> Id {
    Id::unique("cover-rota people list")
}

/// Draws the panel.
pub fn people_panel_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let window = editor.window().cloned();
    let key = (DocKey::of(doc), window.clone());
    let everybody = cached(ui, list_id().with("everybody"), key.clone(), || Everybody::of(doc, window.as_ref()));
    let total = doc.rota().people.len();
    panel_head(ui, "People", &total.to_string(), |ui| head_buttons(ui, editor, &everybody, actions));
    if total == 0 {
        nobody_ui(ui, editor, actions);
        return;
    }
    find_ui(ui, editor, actions);
    filter_ui(ui, editor, &everybody, actions);
    let show_away = UiState::of(ui, |state| state.lists.shows_away);
    let filter = editor.people_filter();
    let typed = editor.find_text().to_owned();
    let height = Sizes::now(ui).list_row;
    let lines_key = (key, filter, typed.clone(), show_away, height.to_bits());
    let lines = cached(ui, list_id().with("lines"), lines_key, || {
        LaidLines::new(everybody.lines(doc.rota(), filter, &typed, show_away), |_| height)
    });
    if lines.lines.is_empty() {
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(sizes::PANEL_PADDING);
            shared::nobody_matches_ui(ui, actions);
        });
        return;
    }
    PeopleRows { editor, everybody: &everybody, lines: &lines.lines, tops: &lines.tops }.show(ui, actions);
}

fn head_buttons(ui: &mut Ui, editor: &Editor, everybody: &Everybody, actions: &mut Vec<Action>) {
    verb_icon(ui, Verb::AddPerson, icons::USER_PLUS, editor, actions);
    let funnel = icon_button(ui, icons::FUNNEL, "Filter the people");
    if editor.people_filter() != PeopleFilter::All {
        let t = theme::tokens(ui);
        ui.painter().circle_filled(funnel.rect.right_top() + vec2(-5.0, 5.0), 3.5, t.accent);
    }
    Popup::menu(&funnel).show(|ui| {
        for (filter, words) in FILTERS {
            let lead =
                if filter == editor.people_filter() { widgets::Lead::Icon(icons::CHECK) } else { widgets::Lead::None };
            if menu_entry(ui, lead, words, &everybody.count(filter).to_string()).clicked() {
                actions.push(Action::FilterPeople(filter));
                ui.close();
            }
        }
    });
}

fn find_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin { left: 8, right: 8, top: 6, bottom: 6 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        // The first row is a heading.
        let response = shared::find_ui(ui, editor, list_id().with(1_usize), actions);
        if !response.changed() && response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            // Leaving it by Esc leaves nobody hidden.
            actions.push(Action::SetFindText(String::new()));
        }
    });
}

/// The filter that is on, with a way to take it off.
fn filter_ui(ui: &mut Ui, editor: &Editor, everybody: &Everybody, actions: &mut Vec<Action>) {
    let filter = editor.people_filter();
    let Some((_, words)) = FILTERS.iter().find(|(f, _)| *f == filter && filter != PeopleFilter::All) else { return };
    ui.horizontal(|ui| {
        ui.add_space(sizes::PANEL_PADDING);
        let text = format!("{words} {}", everybody.count(filter));
        let spoken = format!("{text}: show everybody again");
        let chip = widgets::Chip { mark: None, text: &text, chosen: true, spoken: &spoken };
        if chip.show(ui).clicked() {
            actions.push(Action::FilterPeople(PeopleFilter::All));
        }
    });
    ui.add_space(4.0);
}

fn nobody_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    egui::Frame::new().inner_margin(egui::Margin::same(12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(Type::Strong.ink("No staff yet.", t.text)).wrap());
        ui.add(
            egui::Label::new(Type::Body.ink(
                "Copy the rows in your spreadsheet (initials, name, grade, specialty, telephone), then paste them here.",
                t.text2,
            ))
            .wrap(),
        );
        ui.add_space(8.0);
        shared::first_staff_ui(ui, editor, true, actions);
    });
    let response = shared::paste_here_ui(ui, list_id());
    panes::register(ui, Pane::People, ui.max_rect(), list_id());
    if response.has_focus() {
        keys_of_list(ui, editor, false, actions);
    }
}

/// A paste in this list is a paste of staff, whatever is chosen in the grid. Other keys act only while the ring is on
/// the person who is chosen.
fn keys_of_list(ui: &Ui, editor: &Editor, is_chosen: bool, actions: &mut Vec<Action>) {
    if editor.dialog().is_some() {
        return;
    }
    for text in keys::take_pastes(ui) {
        actions.push(Action::Ask(Ask::PastePeople(text)));
    }
    if is_chosen {
        keys::take_verbs(ui, &[Where::Lists], editor, actions);
    }
}

/// The rows of the list.
struct PeopleRows<'a> {
    editor: &'a Editor,
    everybody: &'a Everybody,
    lines: &'a [PeopleLine],
    tops: &'a Tops,
}

impl PeopleRows<'_> {
    fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let chosen = match self.editor.selection() {
            Selection::Person(person) => Some(person),
            _ => None,
        };
        let chosen_row = chosen.and_then(|id| (0..self.lines.len()).find(|row| self.person(*row) == Some(id)));
        let first = (0..self.lines.len()).find(|row| self.person(*row).is_some()).unwrap_or(0);
        let stops = |row: usize| self.person(row).is_some() || self.folded(row).is_some();
        let home = chosen_row.unwrap_or(first);
        let list = RowList { id: list_id(), pane: Pane::People, home, tops: self.tops, stops: &stops, show: None };
        let heard = list.show(ui, |ui, row, id| self.line_ui(ui, row, id, chosen, actions));
        if let Some(person) = heard.moved_to.and_then(|row| self.person(row)) {
            actions.push(Action::Select(Selection::Person(person.clone())));
        }
        if let Some(person) = heard.entered.and_then(|row| self.person(row)) {
            actions.push(Action::Select(Selection::Person(person.clone())));
            actions.push(Action::Do(Verb::ShowInPosts));
        }
        if heard.focused.is_some() {
            let has_ring = list.focused_row(ui).and_then(|row| self.person(row));
            keys_of_list(ui, self.editor, has_ring == chosen, actions);
        }
        let (asked_on, menu) = heard.menu(ui, self.editor, Context::Person, |row| self.person(row).is_some()).unzip();
        if let Some(person) = asked_on.and_then(|row| self.person(row)) {
            actions.push(Action::Select(Selection::Person(person.clone())));
        }
        list_menu_ui(ui, list.id, list.row_id(home), menu, &[], self.editor, actions);
        self.dragged_ui(ui);
    }

    fn row(&self, row: usize) -> Option<&ListedPerson> {
        self.everybody.person(self.lines.get(row)?.person()?)
    }

    fn person(&self, row: usize) -> Option<&PersonId> {
        self.row(row).map(|row| &row.person)
    }

    fn folded(&self, row: usize) -> Option<bool> {
        match self.lines.get(row)? {
            PeopleLine::Heading { folded, .. } => *folded,
            PeopleLine::Person(_) => None,
        }
    }

    fn line_ui(
        &self,
        ui: &mut Ui,
        row: usize,
        id: Id,
        chosen: Option<&PersonId>,
        actions: &mut Vec<Action>,
    ) -> Response {
        if let Some(person) = self.row(row) {
            return person_ui(ui, person, id, chosen == Some(&person.person), actions);
        }
        let Some(PeopleLine::Heading { title, count, folded }) = self.lines.get(row) else { return ui.response() };
        let response = GroupRow { title, count: &count.to_string(), folded: *folded, id: Some(id) }.show(ui);
        if let (true, Some(folded)) = (response.clicked(), folded) {
            UiState::of(ui, |state| state.lists.shows_away = *folded);
        }
        response
    }

    /// The initials follow the pointer while a person is dragged.
    fn dragged_ui(&self, ui: &Ui) {
        let Some(person) = egui::DragAndDrop::payload::<PersonId>(ui) else { return };
        let Some(at) = ui.ctx().pointer_latest_pos() else { return };
        let Some(rota) = self.editor.doc().map(Document::rota) else { return };
        let text = assign::initials(rota, &person);
        Area::new(list_id().with("dragged"))
            .order(Order::Tooltip)
            .fixed_pos(at + vec2(12.0, 8.0))
            .interactable(false)
            .show(ui, |ui| {
                let t = theme::tokens(ui);
                let frame = egui::Frame::new().fill(t.prop_fill).stroke((1.5, t.wait_edge));
                frame.inner_margin(egui::Margin::symmetric(8, 3)).show(ui, |ui| {
                    ui.label(Type::Strong.ink(text, t.text));
                });
            });
    }
}

fn person_ui(ui: &mut Ui, row: &ListedPerson, id: Id, is_chosen: bool, actions: &mut Vec<Action>) -> Response {
    let list_row = ListRow::new(&row.spoken, Sizes::now(ui).list_row).chosen(is_chosen).id(id);
    let response = list_row.show(ui, |ui| paint_person(ui, row));
    response.dnd_set_drag_payload(row.person.clone());
    let by_key = ui.input(|input| input.key_pressed(egui::Key::Enter));
    if response.clicked() && !by_key {
        actions.push(Action::Select(Selection::Person(row.person.clone())));
    }
    if (response.clicked() && !by_key) || response.secondary_clicked() {
        response.request_focus();
    }
    if response.double_clicked() {
        actions.push(Action::Do(Verb::ShowInPosts));
    }
    response.on_hover_text(&row.whole)
}

/// Initials, family name; at the right marks and words. The name gives way where there is no room.
fn paint_person(ui: &mut Ui, row: &ListedPerson) {
    let t = theme::tokens(ui);
    let rect = ui.max_rect();
    let middle = rect.center().y;
    let painter = ui.painter();
    let line = |text: &str, role: Type, ink: Color32| painter.layout_no_wrap(text.to_owned(), role.font(), ink);
    let (role, ink) = match row.tone {
        Tone::Hours => (Type::Body, t.text),
        Tone::Free => (Type::SmallStrong, t.ok_text),
        Tone::Quiet => (Type::Small, t.text2),
    };
    let says = line(&row.says, role, ink);
    let mut right = rect.right() - says.size().x;
    painter.galley(pos2(right, middle - 0.5 * says.size().y), says, ink);
    for mark in row.marks.iter().rev() {
        right -= 18.0;
        mark.paint(painter, pos2(right + 7.0, middle), mark_size(*mark), t);
    }
    let initials = line(&row.initials, Type::Strong, t.text);
    let name_at = rect.left() + (initials.size().x + 6.0).max(28.0);
    painter.galley(pos2(rect.left(), middle - 0.5 * initials.size().y), initials, t.text);
    let room = right - 4.0 - name_at;
    if room > 12.0 {
        let name = Type::Body.elided(painter, row.name.as_str(), t.text, room);
        painter.galley(pos2(name_at, middle - 0.5 * name.size().y), name, t.text);
    }
}

fn mark_size(mark: Mark) -> f32 {
    if mark == Mark::Warning { 14.0 } else { 13.0 }
}
