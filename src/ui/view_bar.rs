//! The bar above a view: which view, undo and redo, which window, and how long a slot is.

use egui::{Align, Layout, Ui};

use crate::checker::Verdict;
use crate::editor::{Action, Editor, Verb, View, Zoom};
use crate::model::{Window, words};

use super::icons;
use super::keys::shortcut_text;
use super::marks::Mark;
use super::root::{Place, Side, Sides, open_over};
use super::widgets::{Segment, icon_button, segments, tab};

const VIEWS: [(View, Verb); 3] =
    [(View::Posts, Verb::ViewPosts), (View::People, Verb::ViewPeople), (View::Sessions, Verb::ViewSessions)];

const ZOOMS: [(Zoom, Verb, &str); 3] =
    [(Zoom::Quarter, Verb::Zoom15, "15"), (Zoom::Half, Verb::Zoom30, "30"), (Zoom::Hour, Verb::Zoom60, "60 min")];

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
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            fold_button(ui, Side::Right, sides.right, icons::LIST, right_name(editor.view()));
            if editor.view() == View::Posts {
                zooms_ui(ui, editor, actions);
                ui.add_space(8.0);
            }
            if editor.view() != View::People {
                windows_ui(ui, editor, actions);
            }
        });
    });
}

/// What the panel at the right is called in each view.
fn right_name(view: View) -> &'static str {
    if view == View::Posts { "Problems" } else { "Details" }
}

/// Opens a panel over the view where there is no room beside it.
fn fold_button(ui: &mut Ui, side: Side, place: Place, icon: char, name: &str) {
    if matches!(place, Place::Folded | Place::Over) {
        let open = place == Place::Over;
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

/// One segment a window, with the worst of its units' verdicts; beyond five they fold into a list.
fn windows_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(doc) = editor.doc() else { return };
    let windows = &doc.rota().windows;
    let chosen = editor.window().and_then(|id| windows.iter().position(|w| w.id == *id));
    let names: Vec<String> = windows.iter().map(|w| window_name(doc.rota().zone(), windows, w)).collect();
    let mark_of = |window: &Window| {
        if !doc.is_current() {
            return Some(Mark::NotCurrent);
        }
        let verdicts = doc.report().units.iter().filter(|u| u.window == window.id && u.verdict != Verdict::Closed);
        verdicts.map(|u| u.verdict).max().map(verdict_mark)
    };
    if windows.len() <= SEGMENTS_MAX {
        let named = windows.iter().zip(&names).enumerate();
        let parts: Vec<Segment<'_, usize>> =
            named.map(|(i, (window, name))| Segment { mark: mark_of(window), ..Segment::new(i, name) }).collect();
        if let Some(at) = segments(ui, "Window", &parts, chosen.unwrap_or(usize::MAX)) {
            actions.push(Action::ShowWindow(windows[at].id.clone()));
        }
        return;
    }
    let shown = chosen.map_or("Window", |at| names[at].as_str());
    egui::ComboBox::from_id_salt("window").selected_text(shown).show_ui(ui, |ui| {
        for (at, window) in windows.iter().enumerate() {
            let word = mark_of(window).map_or("", Mark::word);
            if ui.selectable_label(chosen == Some(at), format!("{}  {word}", names[at])).clicked() {
                actions.push(Action::ShowWindow(window.id.clone()));
            }
        }
    });
}

const SEGMENTS_MAX: usize = 6;

/// `Tue 26-Apr`, and the label where two windows begin on one day.
#[must_use]
pub fn window_name(zone: crate::model::Zone, windows: &[Window], window: &Window) -> String {
    let day = |w: &Window| zone.civil(w.span.from).local.format("%a %-d-%b").to_string();
    let name = day(window);
    if windows.iter().any(|other| other.id != window.id && day(other) == name) {
        return format!("{name} {}", words::safe(&window.label));
    }
    name
}

/// The mark of a verdict.
#[must_use]
pub fn verdict_mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Covered | Verdict::Closed => Mark::Covered,
        Verdict::IfAgreed => Mark::Waiting,
        Verdict::Errors => Mark::Error,
        Verdict::NoNormalStaffing => Mark::Nothing,
        Verdict::Short => Mark::Short,
    }
}
