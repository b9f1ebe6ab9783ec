//! What the forms have in common: errors that wait until somebody pressed OK, fields in rows, times as typed.

use std::cell::RefCell;

use egui::accesskit::Invalid;
use egui::{Checkbox, Context, Id, Label, Response, ScrollArea, StrokeKind, Ui, vec2};

use crate::editor::Action;
use crate::editor::Choice;
use crate::editor::dialogs::{Field, FieldError, Part, Row, SpanFields};
use crate::model::{Zone, words};
use crate::ui::icons;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Type, sizes};
use crate::ui::widgets::{
    Dialog, DialogAnswer, DropDown, PushButton, focus_first_wrong, form_row, icon_button, is_wrong, line_edit, tick_box,
};

/// The frame of a form.
pub(super) struct Form<'a> {
    pub title: &'a str,
    pub main: &'a str,
    pub width: f32,
    /// What is wrong with the draft as it stands; filled in by the scene.
    pub errors: Vec<FieldError>,
    /// The third button, and what it does.
    pub other: Option<(&'a str, Choice)>,
    /// What the main button does, if it is not OK.
    pub main_choice: Option<Choice>,
    /// The keyboard begins on Cancel.
    pub careful: bool,
    /// Keys typed before it could be read do not answer it.
    pub pauses: bool,
    /// There is nothing yet that the main button could do.
    pub is_empty: bool,
    /// What Cancel is called, if it leads back to another dialog.
    pub cancel: &'a str,
}

impl<'a> Form<'a> {
    pub(super) fn new(title: &'a str, main: &'a str) -> Self {
        Self {
            title,
            main,
            width: 480.0,
            errors: Vec::new(),
            other: None,
            main_choice: None,
            careful: false,
            pauses: false,
            is_empty: false,
            cancel: "Cancel",
        }
    }

    pub(super) fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    pub(super) fn other(self, label: &'a str, choice: Choice) -> Self {
        Self { other: Some((label, choice)), ..self }
    }

    pub(super) fn main_choice(self, choice: Choice) -> Self {
        Self { main_choice: Some(choice), ..self }
    }

    pub(super) fn careful(self) -> Self {
        Self { careful: true, ..self }
    }

    pub(super) fn pauses(self) -> Self {
        Self { pauses: true, ..self }
    }

    pub(super) fn empty(self, is_empty: bool) -> Self {
        Self { is_empty, ..self }
    }

    pub(super) fn cancel(self, label: &'a str) -> Self {
        Self { cancel: label, ..self }
    }

    /// Draws it. Errors are shown from the first press of the main button on: an empty form is not a wrong one.
    pub(super) fn show(mut self, ctx: &Context, content: impl FnOnce(&mut Ui, &Marks<'_>)) -> Option<Action> {
        let tried = was_tried(ctx, self.title);
        self.errors.iter_mut().for_each(|error| error.text = sentence(&error.text));
        let marks = Marks::new(if tried { &self.errors } else { &[] });
        let mut dialog =
            Dialog::new(self.title, self.main).width(self.width).main_enabled(!self.is_empty).cancel(self.cancel);
        if let Some((label, _)) = self.other {
            dialog = dialog.other(label);
        }
        if self.careful {
            dialog = dialog.careful();
        }
        if self.pauses {
            dialog = dialog.pauses();
        }
        let show = |ui: &mut Ui| {
            content(ui, &marks);
            marks.rest_ui(ui);
        };
        match dialog.show(ctx, show) {
            DialogAnswer::Open => None,
            DialogAnswer::Cancel => Some(Action::CloseDialog),
            DialogAnswer::Other => self.other.map(|(_, choice)| Action::DialogPress(choice)),
            DialogAnswer::Main if self.errors.is_empty() => {
                Some(self.main_choice.map_or(Action::DialogOk, Action::DialogPress))
            }
            DialogAnswer::Main => {
                try_it(ctx, self.title);
                None
            }
        }
    }
}

/// Whether the main button of a dialog was pressed while it stayed open; asking says that it is still open.
fn was_tried(ctx: &Context, title: &str) -> bool {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| {
        let form = state.dialogs.forms.entry(Id::unique(title)).or_default();
        if form.last_frame + 1 < frame {
            form.tried = false;
            form.opened_in = frame;
        }
        form.last_frame = frame;
        form.tried
    })
}

/// Whether a form is drawn for the first time since it was opened: in the first frame it is measured, in the second it
/// has its place.
pub(super) fn was_just_opened(ctx: &Context, title: &str) -> bool {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| {
        let form = state.dialogs.forms.get(&Id::unique(title)).copied().unwrap_or_default();
        form.last_frame + 1 < frame || form.opened_in + 1 >= frame
    })
}

/// More is asked for than when the main button was pressed: nothing is shown as wrong until it is pressed again.
pub(super) fn asks_for_more(ctx: &Context, title: &str) {
    UiState::of(ctx, |state| state.dialogs.forms.entry(Id::unique(title)).or_default().tried = false);
}

/// From now on, as long as the dialog stays open, what is wrong is shown.
fn try_it(ctx: &Context, title: &str) {
    UiState::of(ctx, |state| state.dialogs.forms.entry(Id::unique(title)).or_default().tried = true);
    focus_first_wrong(ctx);
}

/// The errors that may be shown now.
pub(super) struct Marks<'a> {
    errors: &'a [FieldError],
    /// The fields that were drawn, which show their own.
    drawn: RefCell<Vec<Field>>,
}

impl<'a> Marks<'a> {
    fn new(errors: &'a [FieldError]) -> Self {
        Self { errors, drawn: RefCell::default() }
    }

    fn error(&self, field: Field) -> Option<&str> {
        self.drawn.borrow_mut().push(field);
        self.errors.iter().find(|error| error.field == field).map(|error| error.text.as_str())
    }

    /// The error of a field that is there once.
    pub(super) fn of(&self, part: Part) -> Option<&str> {
        self.error(Field { row: None, part })
    }

    /// The error of a field in a row.
    pub(super) fn at(&self, part: Part, row: impl Into<Row>) -> Option<&str> {
        self.error(Field { row: Some(row.into()), part })
    }

    /// Under a list: what is wrong with it as a whole.
    pub(super) fn whole_ui(&self, ui: &mut Ui, part: Part) {
        perhaps_ui(ui, self.of(part), wrong_ui);
    }

    /// Under a row: all that is wrong in it.
    pub(super) fn row_ui(&self, ui: &mut Ui, row: impl Into<Row>) {
        let row = Some(row.into());
        let of_row: Vec<&FieldError> = self.errors.iter().filter(|error| error.field.row == row).collect();
        self.drawn.borrow_mut().extend(of_row.iter().map(|error| error.field));
        let wrong: Vec<&str> = of_row.iter().map(|error| error.text.trim_end_matches('.')).collect();
        perhaps_ui(ui, (!wrong.is_empty()).then_some(wrong.join(". ")), |ui, text| wrong_ui(ui, &text));
    }

    /// At the foot: what is wrong with fields that are not drawn now. Nobody is refused without a word.
    fn rest_ui(&self, ui: &mut Ui) {
        let drawn = self.drawn.borrow();
        let rest = self.errors.iter().filter(|error| !drawn.contains(&error.field));
        rest.for_each(|error| wrong_ui(ui, &error.text));
    }
}

/// Something that is shown now and then. The room for it is always there, so that the fields after it stay the same
/// fields, and keep the keyboard, when it comes and goes.
pub(super) fn perhaps_ui<T>(ui: &mut Ui, what: Option<T>, show: impl FnOnce(&mut Ui, T)) {
    let is_shown = what.is_some();
    ui.scope(|ui| {
        if let Some(what) = what {
            show(ui, what);
        }
    });
    if !is_shown {
        // What is not there takes no room between its neighbours.
        let spacing = ui.spacing().item_spacing;
        ui.add_space(-if ui.layout().is_horizontal() { spacing.x } else { spacing.y });
    }
}

/// With a capital letter.
pub(super) fn sentence(text: &str) -> String {
    crate::model::words::capital(text)
}

/// A red sentence.
pub(super) fn wrong_ui(ui: &mut Ui, text: &str) {
    let ink = theme::tokens(ui).gap_text;
    ui.add(Label::new(Type::Small.ink(text, ink)).wrap());
}

/// A quiet sentence that explains.
pub(super) fn hint_ui(ui: &mut Ui, text: &str) {
    let ink = theme::tokens(ui).text2;
    ui.add(Label::new(Type::Small.ink(text, ink)).wrap());
}

/// An ordinary sentence.
pub(super) fn sentence_ui(ui: &mut Ui, text: &str) {
    ui.add(Label::new(Type::Body.rich(text)).wrap());
}

/// One below the other.
pub(super) fn sentences_ui(ui: &mut Ui, lines: &[String]) {
    for line in lines {
        sentence_ui(ui, line);
    }
}

/// A heading inside a form.
pub(super) fn heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(Type::Strong.rich(text));
}

/// A field with its label above and its error below, as wide as there is room.
pub(super) fn text_ui(ui: &mut Ui, label: &str, text: &mut String, error: Option<&str>) -> Response {
    form_row(ui, label, error, |ui| ui.add(line_edit(text).desired_width(f32::INFINITY)))
}

/// The same, so many points wide.
pub(super) fn short_text_ui(ui: &mut Ui, label: &str, text: &mut String, width: f32, error: Option<&str>) -> Response {
    form_row(ui, label, error, |ui| ui.add(line_edit(text).desired_width(width)))
}

/// A field of several lines.
pub(super) fn long_text_ui(ui: &mut Ui, label: &str, text: &mut String, hint: &str) -> Response {
    form_row(ui, label, None, |ui| {
        ui.add(egui::TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY).hint_text(hint))
    })
}

/// A field in a row of a list: its name is spoken, its error is a red edge here and a sentence under the row.
pub(super) fn cell_ui(ui: &mut Ui, name: &str, text: &mut String, width: f32, error: Option<&str>) -> Response {
    let response = ui.add(line_edit(text).desired_width(width)).accessible_name(name);
    begins_ui(ui, &response, name);
    wrong_edge_ui(ui, &response, error);
    response
}

/// A red edge where something is wrong, which says so to assistive technology too.
fn wrong_edge_ui(ui: &Ui, field: &Response, error: Option<&str>) {
    let Some(error) = error else { return };
    is_wrong(field);
    ui.painter().rect_stroke(field.rect, sizes::CORNER, (2.0, theme::tokens(ui).gap_plate), StrokeKind::Inside);
    ui.ctx().accesskit_node_builder(field.id, |node| {
        node.set_invalid(Invalid::True);
        node.set_description(error);
    });
}

/// A box to tick.
pub(super) fn check_ui(ui: &mut Ui, value: &mut bool, label: &str, hint: &str) {
    let response = tick_box(ui, Checkbox::new(value, label));
    if !hint.is_empty() {
        response.on_hover_text(hint);
    }
}

/// Ticks an id in or out of a list.
pub(super) fn member_ui<T: Clone + PartialEq>(ui: &mut Ui, list: &mut Vec<T>, id: &T, label: &str) -> Response {
    let mut is_in = list.contains(id);
    let tick = tick_box(ui, Checkbox::new(&mut is_in, label));
    if tick.changed() {
        if is_in {
            list.push(id.clone());
        } else {
            list.retain(|other| other != id);
        }
    }
    tick
}

/// The head of a column in a list, as wide as the fields under it.
pub(super) fn head_ui(ui: &mut Ui, text: &str, width: f32) {
    let ink = theme::tokens(ui).text2;
    ui.allocate_ui(vec2(width, 18.0), |ui| {
        ui.set_min_width(width);
        ui.label(Type::SmallStrong.ink(text, ink));
    });
}

/// Ticks all of these in or out of a list; half ticked where some are in.
pub(super) fn members_ui<T: Clone + PartialEq>(ui: &mut Ui, list: &mut Vec<T>, ids: &[T], label: &str) {
    let count = ids.iter().filter(|id| list.contains(id)).count();
    let (mut all, some) = (count == ids.len(), count > 0 && count < ids.len());
    if tick_box(ui, Checkbox::new(&mut all, label).indeterminate(some)).changed() {
        list.retain(|other| !ids.contains(other));
        if all {
            list.extend(ids.iter().cloned());
        }
    }
}

/// What is said of those who are ticked and not listed, by name, and the button that unticks them: nobody is changed
/// unseen.
pub(super) fn hidden_ticked(names: &[String]) -> (String, String) {
    let those = if let [one] = names { one.clone() } else { format!("these {}", names.len()) };
    (format!("Also ticked, but hidden by this search: {}", words::list(names)), format!("Untick {those}"))
}

/// A button that takes a row away.
pub(super) fn remove_ui(ui: &mut Ui, what: &str) -> bool {
    icon_button(ui, icons::TRASH, &format!("Remove {what}")).clicked()
}

/// So many frames a row that was added may take to be there.
const FRAMES_MAX: u64 = 10;

/// A row was added: the keyboard begins in its field of that name, so that what is typed goes into it.
pub(super) fn begin_in(ui: &Ui, name: impl Into<String>) {
    let frame = ui.ctx().cumulative_frame_nr();
    UiState::of(ui.ctx(), |state| state.dialogs.begins_in = Some((name.into(), frame)));
}

/// Gives the keyboard to the field if it is to begin there.
pub(super) fn begins_ui(ui: &Ui, field: &Response, name: &str) {
    let (frame, has_focus) = (ui.ctx().cumulative_frame_nr(), field.has_focus());
    let is_wanted = UiState::of(ui.ctx(), |state| {
        let wanted = &mut state.dialogs.begins_in;
        let is_this = wanted.as_ref().is_some_and(|(of, _)| of == name);
        let is_old = wanted.as_ref().is_some_and(|(_, since)| since + FRAMES_MAX < frame);
        // What is only measured cannot have it yet.
        if is_old || is_this && has_focus {
            *wanted = None;
        }
        is_this && wanted.is_some()
    });
    if is_wanted {
        field.request_focus();
        field.scroll_to_me(None);
    }
}

/// A button that adds a row.
pub(super) fn add_ui(ui: &mut Ui, label: &str) -> bool {
    ui.add(PushButton::new(label).icon(icons::PLUS)).clicked()
}

/// Width of a field for a day and for a time.
pub(super) const DAY: f32 = 128.0;
pub(super) const TIME: f32 = 64.0;

/// From and to, as typed, in one line with a label over each.
pub(super) fn span_ui(ui: &mut Ui, zone: Zone, when: &mut SpanFields, marks: &Marks<'_>) {
    let times = [&mut when.from_day, &mut when.from_time, &mut when.to_day, &mut when.to_time];
    let fields = [Part::FromDay, Part::FromTime, Part::ToDay, Part::ToTime];
    if span_fields_ui(ui, times, ["From, day", "time", "To, day", "time"], fields, marks) {
        when.write_out();
    }
    let overnight = marks.of(Part::ToTime).and_then(|_| when.overnight(zone));
    perhaps_ui(ui, overnight, |ui, day| {
        if ui.add(PushButton::new(&format!("Overnight until {day}"))).clicked() {
            when.to_day = day;
        }
    });
    hint_ui(
        ui,
        "Days as 26/4, 26-Apr or +1d; times as 8 or 08:00. Leave “To, day” blank if it ends that day or overnight.",
    );
}

/// Two days and two times in one line with a label over each; what is wrong stands under the line, as wide as it needs.
/// Whether a day has just been left.
pub(super) fn span_fields_ui(
    ui: &mut Ui,
    texts: [&mut String; 4],
    labels: [&str; 4],
    fields: [Part; 4],
    marks: &Marks<'_>,
) -> bool {
    let mut left = false;
    ui.horizontal_top(|ui| {
        for (at, text) in texts.into_iter().enumerate() {
            if at == 2 {
                ui.add_space(8.0);
            }
            let is_day = at % 2 == 0;
            let error = marks.of(fields[at]);
            let response = form_row(ui, labels[at], None, |ui| {
                cell_ui(ui, labels[at], text, if is_day { DAY } else { TIME }, error)
            });
            left |= is_day && response.lost_focus();
        }
    });
    ui.scope(|ui| fields.into_iter().filter_map(|field| marks.of(field)).for_each(|wrong| wrong_ui(ui, wrong)));
    left
}

/// The same in a row of a list, without labels.
pub(super) fn span_cells_ui(ui: &mut Ui, what: &str, row: impl Into<Row>, when: &mut SpanFields, marks: &Marks<'_>) {
    let row = row.into();
    let from = cell_ui(ui, &format!("{what}: from, day"), &mut when.from_day, DAY, marks.at(Part::FromDay, row));
    cell_ui(ui, &format!("{what}: from, time"), &mut when.from_time, TIME, marks.at(Part::FromTime, row));
    let to = cell_ui(
        ui,
        &format!("{what}: to, day, empty for the same day"),
        &mut when.to_day,
        DAY,
        marks.at(Part::ToDay, row),
    );
    cell_ui(ui, &format!("{what}: to, time"), &mut when.to_time, TIME, marks.at(Part::ToTime, row));
    // What was understood, before anybody relies on it.
    if from.lost_focus() || to.lost_focus() {
        when.write_out();
    }
}

/// The heads of those four columns.
pub(super) fn span_heads_ui(ui: &mut Ui) {
    head_ui(ui, "From, day", DAY);
    head_ui(ui, "time", TIME);
    head_ui(ui, "To, day", DAY);
    head_ui(ui, "time", TIME);
}

/// One of a few, in a list that drops down; `name` is spoken.
pub(super) fn choose_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    choices: &[(T, String)],
) -> Response {
    let at = choices.iter().position(|(value, _)| value == chosen);
    let shown = at.and_then(|at| choices.get(at)).map_or("Choose…", |(_, text)| text.as_str());
    let names: Vec<&str> = choices.iter().map(|(_, name)| name.as_str()).collect();
    let list = DropDown::new(shown, &names, at).width(width);
    let salt = ui.next_auto_id();
    let (response, taken) = list.show(ui, salt, |ui, i| ui.selectable_label(at == Some(i), &choices[i].1));
    ui.skip_ahead_auto_ids(1);
    if let Some((value, _)) = taken.and_then(|at| choices.get(at)) {
        *chosen = value.clone();
    }
    response.accessible_name(name)
}

/// The same in a row of a list: with a red edge where it is wrong.
pub(super) fn choose_cell_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut T,
    choices: &[(T, String)],
    error: Option<&str>,
) {
    let response = choose_ui(ui, name, width, chosen, choices);
    wrong_edge_ui(ui, &response, error);
}

/// What each pasted column is, called as its heading; wrong guesses are put right here. The place that was changed, and
/// what it is from now on.
pub(super) fn choose_columns_ui<C: Copy + PartialEq>(
    ui: &mut Ui,
    columns: &[C],
    header: &[String],
    all: &[C],
    label: fn(C) -> &'static str,
) -> Option<(usize, C)> {
    let choices: Vec<(C, String)> = all.iter().map(|column| (*column, label(*column).to_owned())).collect();
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        ui.label("Columns:");
        for (place, was) in columns.iter().enumerate() {
            let mut column = *was;
            let name = header.get(place).map_or_else(|| format!("Column {}", place + 1), Clone::clone);
            choose_ui(ui, &name, 116.0, &mut column, &choices).on_hover_text(words::safe(&name));
            if column != *was {
                changed = Some((place, column));
            }
        }
    });
    changed
}

/// The rows of a paste dialog, where they are no longer `text`: what was pasted just now, or typed into the box that is
/// shown with `hint`.
pub(super) fn pasted_text_ui(ui: &mut Ui, pasted: Option<String>, text: &str, hint: Option<&str>) -> Option<String> {
    let mut now = pasted.unwrap_or_else(|| text.to_owned());
    if let Some(hint) = hint {
        paste_box_ui(ui, &mut now, hint);
    }
    (now != text).then_some(now)
}

/// So many lines are to be seen of a box that is empty.
const EMPTY_BOX_ROWS: usize = 14;

/// A box to paste rows of a spreadsheet into, where nothing had been copied before.
fn paste_box_ui(ui: &mut Ui, text: &mut String, columns: &str) {
    form_row(ui, "Copy the rows in the spreadsheet, then paste them here (Ctrl+V)", None, |ui| {
        let rows = if text.trim().is_empty() { EMPTY_BOX_ROWS } else { 3 };
        let line = ui.text_style_height(&egui::TextStyle::Body);
        let height = rows as f32 * line + 16.0;
        let shown = ScrollArea::vertical().id_salt("box to paste into").max_height(height).show(ui, |ui| {
            let edit = egui::TextEdit::multiline(text).desired_rows(rows).desired_width(f32::INFINITY);
            ui.add(edit.hint_text(columns))
        });
        shown.inner
    });
}

/// Rows of a spreadsheet that are pasted while the dialog is open. A single word goes into the field that has the
/// keyboard; several cells are meant for the dialog.
pub(super) fn take_pasted_rows(ctx: &Context) -> Option<String> {
    let mut pasted = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Paste(text) if text.contains(['\t', '\n']) => {
                pasted = Some(text.clone());
                false
            }
            _ => true,
        });
    });
    pasted
}
