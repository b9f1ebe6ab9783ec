//! The bar above a view: which view, undo and redo, which window, and how long a slot is.

use egui::{Response, Ui};

use crate::checker::Verdict;
use crate::editor::{Action, Context, Editor, Verb, View, Zoom};
use crate::model::{Window, WindowId, words};

use super::context_menu::{self, OpenMenu, context_menu_ui};
use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::sides::{PanelPlace, Side, Sides, open_over};
use super::state::UiState;
use super::widgets::{DropDown, Lead, Segment, icon_button, menu_entry, pick_segment, segments, segments_width, tab};

const VIEWS: [(View, Verb); 3] =
    [(View::Posts, Verb::ViewPosts), (View::People, Verb::ViewPeople), (View::Sessions, Verb::ViewSessions)];

const ZOOMS: [(Zoom, Verb, &str); 4] = [
    (Zoom::Quarter, Verb::Zoom15, "15"),
    (Zoom::Half, Verb::Zoom30, "30"),
    (Zoom::Hour, Verb::Zoom60, "60 min"),
    (Zoom::Day, Verb::ZoomDay, "Fit day"),
];

/// Draws the bar.
pub fn view_bar_ui(ui: &mut Ui, editor: &Editor, sides: Sides, actions: &mut Vec<Action>) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        fold_button(ui, Side::People, sides.people, icons::USERS, "People");
        for (view, verb) in VIEWS {
            if tab(ui, verb.row().label, editor.view() == view).on_hover_text(shortcut_text(ui, verb)).clicked() {
                actions.push(Action::Do(verb));
            }
        }
        ui.add_space(8.0);
        step_button(ui, Verb::Undo, icons::ARROW_U_UP_LEFT, editor, actions);
        step_button(ui, Verb::Redo, icons::ARROW_U_UP_RIGHT, editor, actions);
        if editor.view() == View::People {
            let fold = if matches!(sides.right, PanelPlace::Folded | PanelPlace::Over) { 32.0 } else { 0.0 };
            super::people_view::people_chips_ui(ui, editor, fold, actions);
        }
        let right = Right::new(ui, editor, sides);
        ui.add_space((ui.available_width() - right.width).max(8.0));
        right.show(ui, editor, sides, actions);
    });
}

/// A walkout day that can be shown.
struct Day {
    window: WindowId,
    name: String,
    /// The worst of its units' verdicts.
    mark: Option<Mark>,
    /// How many changes of the suggestion that is looked at are on it.
    changes: usize,
}

/// What stands at the right end, and how wide it is together.
struct Right {
    width: f32,
    windows: Vec<Day>,
    /// One segment a window; else there is room for a list only.
    windows_side_by_side: bool,
    zooms_side_by_side: bool,
}

impl Right {
    fn new(ui: &Ui, editor: &Editor, sides: Sides) -> Self {
        let shown = editor.view() != View::People;
        let windows_as = |month| if shown { windows(editor, month) } else { Vec::new() };
        let fold = if matches!(sides.right, PanelPlace::Folded | PanelPlace::Over) { 32.0 } else { 0.0 };
        let zooms = match editor.view() {
            View::Posts => segments_width(ui, &ZOOMS.map(|(zoom, _, text)| Segment::new(zoom, text))) + 12.0,
            View::People | View::Sessions => 0.0,
        };
        let room = ui.available_width() - 8.0;
        let width = |windows: &[Day]| segments_width(ui, &window_segments(windows)) + 12.0;
        let mut windows = windows_as(true);
        if width(&windows) + zooms + fold > room {
            windows = windows_as(false);
        }
        let windows_side_by_side = width(&windows) + zooms + fold <= room;
        if !windows_side_by_side {
            windows = windows_as(true);
        }
        let list = if windows.is_empty() { 0.0 } else { LIST_WIDTH + 12.0 };
        let windows_width = if windows_side_by_side { width(&windows) } else { list };
        let zooms_side_by_side = zooms > 0.0 && windows_width + zooms + fold <= room;
        let zooms_width = if zooms_side_by_side { zooms } else { 0.0 };
        Self { width: windows_width + zooms_width + fold, windows, windows_side_by_side, zooms_side_by_side }
    }

    fn show(&self, ui: &mut Ui, editor: &Editor, sides: Sides, actions: &mut Vec<Action>) {
        let chosen = editor.window().and_then(|id| self.windows.iter().position(|day| day.window == *id));
        if self.windows_side_by_side {
            let parts = window_segments(&self.windows);
            let picked = pick_segment(ui, "Day", &parts, chosen.unwrap_or(usize::MAX));
            if let Some(at) = picked.clicked {
                actions.push(Action::ShowWindow(self.windows[at].window.clone()));
            }
            let about = picked.at.map(|(at, response)| (self.windows[at].window.clone(), response));
            window_menu_ui(ui, about, editor, actions);
            ui.add_space(8.0);
        } else if !self.windows.is_empty() {
            self.window_list(ui, chosen, editor, actions);
            ui.add_space(8.0);
        }
        if self.zooms_side_by_side {
            zooms_ui(ui, editor, actions);
            ui.add_space(8.0);
        }
        fold_button(ui, Side::Right, sides.right, icons::LIST, right_name(editor.view()));
    }

    fn window_list(&self, ui: &mut Ui, chosen: Option<usize>, editor: &Editor, actions: &mut Vec<Action>) {
        let shown = chosen.and_then(|at| self.windows.get(at)).map_or("Day", |day| day.name.as_str());
        let names: Vec<&str> = self.windows.iter().map(|day| day.name.as_str()).collect();
        let list = DropDown::new(shown, &names, chosen).width(LIST_WIDTH);
        let (response, taken) = list.show(ui, "window", |ui, at| {
            let day = &self.windows[at];
            let shown = if chosen == Some(at) { "shown" } else { "" };
            let suggested = format!("{} suggested", day.changes);
            let key = if day.changes > 0 { suggested.as_str() } else { shown };
            menu_entry(ui, day.mark.map_or(Lead::None, Lead::Mark), &day.name, key)
        });
        actions.extend(taken.map(|at| Action::ShowWindow(self.windows[at].window.clone())));
        let about = chosen.map(|at| self.windows[at].window.clone()).map(|window| (window, response.clone()));
        window_menu_ui(ui, about.filter(|(_, r)| r.has_focus() || r.secondary_clicked()), editor, actions);
        response.accessible_name("Day");
    }
}

/// What can be done with a window, from the button that shows it: it is shown first, as a row is chosen first.
fn window_menu_ui(ui: &Ui, about: Option<(WindowId, Response)>, editor: &Editor, actions: &mut Vec<Action>) {
    let mut menu = UiState::of(ui, |state| state.menus.of_window.clone());
    if let Some((window, response)) = about {
        let by_key = || response.has_focus() && editor.dialog().is_none() && context_menu::was_called(ui);
        let asked = context_menu::clicked_at(&response, Context::Window)
            .or_else(|| by_key().then(|| OpenMenu::under(response.rect, Context::Window)));
        if let Some(asked) = asked {
            actions.push(Action::ShowWindow(window));
            menu = Some((asked, response.id));
        }
    }
    if let Some((open, back)) = menu {
        let mut open = Some(open);
        context_menu_ui(ui, &mut open, back, &[], editor, actions);
        UiState::of(ui, |state| state.menus.of_window = open.map(|open| (open, back)));
    }
}

/// Width of the list of windows.
const LIST_WIDTH: f32 = 132.0;

/// What the panel at the right is called in each view.
fn right_name(view: View) -> &'static str {
    if view == View::Posts { "Problems" } else { "Details" }
}

/// Opens a panel over the view where there is no room beside it.
fn fold_button(ui: &mut Ui, side: Side, place: PanelPlace, icon: char, name: &str) {
    if matches!(place, PanelPlace::Folded | PanelPlace::Over) {
        let open = place == PanelPlace::Over;
        let name = if open { format!("Close {name}") } else { format!("Show {name} over the view") };
        if icon_button(ui, icon, &name).clicked() {
            open_over(ui, side, !open);
        }
    }
}

fn step_button(ui: &mut Ui, verb: Verb, icon: char, editor: &Editor, actions: &mut Vec<Action>) {
    let enabled = editor.is_enabled(verb).is_ok();
    let name = format!("{} ({})", editor.label(verb), shortcut_text(ui, verb));
    if ui.add_enabled_ui(enabled, |ui| icon_button(ui, icon, &name)).inner.clicked() {
        actions.push(Action::Do(verb));
    }
}

fn zooms_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let parts = ZOOMS.map(|(zoom, _, text)| Segment::new(zoom, text));
    if let Some(zoom) = segments(ui, "Slot length", &parts, editor.zoom()) {
        actions.extend(ZOOMS.iter().find(|(z, ..)| *z == zoom).map(|(_, verb, _)| Action::Do(*verb)));
    }
}

/// All walkout days.
fn windows(editor: &Editor, month: bool) -> Vec<Day> {
    let Some(doc) = editor.doc() else { return Vec::new() };
    let windows = &doc.rota().windows;
    let mark_of = |window: &Window| {
        if !doc.is_current() {
            return Some(Mark::NotCurrent);
        }
        let verdicts = doc.report().units.iter().filter(|u| u.window == window.id && u.verdict != Verdict::Closed);
        verdicts.map(|u| u.verdict).max().map(verdict_mark)
    };
    let name = |w: &Window| named(doc.rota().zone(), windows, w, if month { "%a %-d-%b" } else { "%a %-d" });
    let suggested = editor.proposal().map(crate::editor::suggest::Proposal::days).unwrap_or_default();
    let changes = |w: &Window| suggested.iter().find(|(id, _)| *id == w.id).map_or(0, |(_, count)| *count);
    let day = |w: &Window| Day { window: w.id.clone(), name: name(w), mark: mark_of(w), changes: changes(w) };
    windows.iter().map(day).collect()
}

fn window_segments(days: &[Day]) -> Vec<Segment<'_, usize>> {
    let parts = days.iter().enumerate();
    parts.map(|(at, day)| Segment { mark: day.mark, changes: day.changes, ..Segment::new(at, &day.name) }).collect()
}

/// `Tue 26-Apr`, and the label where two windows begin on one day.
pub fn window_name(zone: crate::model::Zone, windows: &[Window], window: &Window) -> String {
    named(zone, windows, window, "%a %-d-%b")
}

fn named(zone: crate::model::Zone, windows: &[Window], window: &Window, format: &str) -> String {
    let day = |w: &Window| zone.civil(w.span.from).local.format(format).to_string();
    let name = day(window);
    if windows.iter().any(|other| other.id != window.id && day(other) == name) {
        return format!("{name} {}", words::safe(&window.label));
    }
    name
}

pub fn verdict_mark(verdict: Verdict) -> Mark {
    if verdict == Verdict::Closed { Mark::Covered } else { Mark::of_verdict(verdict) }
}
