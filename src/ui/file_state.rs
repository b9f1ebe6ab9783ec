//! What the window says about the file, at the right end of the menu bar.

use egui::{Label, Response, Role, Sense, Ui, WidgetInfo};

use crate::editor::{Action, Document, FileState, Moment, Verb};
use crate::model::{Zone, words};

use super::changed_file;
use super::icons;
use super::marks::Mark;
use super::theme::{Type, tokens};

/// With less room than this, nothing is said where all is well.
const CURRENT_FROM: f32 = 420.0;

/// Draws the state of the file, from right to left.
pub fn file_state_ui(ui: &mut Ui, doc: &Document, now: Option<Moment>, actions: &mut Vec<Action>) {
    if doc.is_read_only() {
        icon_and_text(ui, icons::EYE, "View only")
            .on_hover_text("This rota was opened to be looked at. Save a copy to change it.");
    }
    let zone = doc.rota().zone();
    if doc.is_current() && doc.path().is_some() && ui.available_width() > CURRENT_FROM {
        mark_and_text(ui, Mark::Covered, "Current").on_hover_text("The file on disk is the one that is open here.");
        ui.add_space(8.0);
    }
    match doc.file_state() {
        FileState::NotSaved => {
            icon_and_text(ui, icons::FLOPPY_DISK, "Not saved yet");
        }
        FileState::Saving => {
            icon_and_text(ui, icons::FLOPPY_DISK, "Saving…");
        }
        FileState::Saved { at } => {
            let at = at.map(|at| saved_at(zone, at, now, doc.was_saved_here()));
            let text = match (doc.is_unsaved(), at) {
                (true, Some(at)) if ui.available_width() > CURRENT_FROM => format!("Unsaved changes (last saved {at})"),
                (true, _) => "Unsaved changes".to_owned(),
                (false, Some(at)) => format!("Saved {at}"),
                (false, None) => "Saved".to_owned(),
            };
            icon_and_text(ui, icons::FLOPPY_DISK, &text);
        }
        FileState::NotConfirmed(why) => {
            if mark_and_link(ui, Mark::Error, "Not confirmed: try again").on_hover_text(why.as_str()).clicked() {
                actions.push(Action::Do(Verb::Save));
            }
        }
        FileState::ChangedOnDisk { .. } => {
            let mark = if changed_file::is_unreadable(doc) { Mark::Error } else { Mark::Waiting };
            if mark_and_link(ui, mark, &changed_file::link(doc)).clicked() {
                actions.push(Action::ShowChangedOnDisk);
            }
        }
        FileState::Gone { .. } => {
            if mark_and_link(ui, Mark::Error, "The file is not there: save it again").clicked() {
                actions.push(Action::Do(Verb::Save));
            }
        }
        FileState::CannotCheck { since, .. } => {
            mark_and_text(ui, Mark::NotCurrent, &format!("Cannot check since {}", zone.time_of_day(since.at)))
                .on_hover_text(
                    "The file cannot be read, or its disk does not answer. Verdicts are grey until it does.",
                );
        }
    }
}

/// `07:42:10` if it was saved in this run; a file says only the minute. With the date unless it is today.
fn saved_at(zone: Zone, at: Moment, now: Option<Moment>, here: bool) -> String {
    let time = if here { at.clock(zone) } else { words::time(zone, at.at) };
    let date = words::date(zone, at.at);
    if now.is_some_and(|now| words::date(zone, now.at) == date) { time } else { format!("{time} {date}") }
}

fn icon_and_text(ui: &mut Ui, icon: char, text: &str) -> Response {
    let colours = tokens(ui);
    let response = ui.add(Label::new(Type::Body.ink(text, colours.text)));
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(icons::IN_ROW), Sense::hover());
    icons::paint(ui.painter(), rect.center(), icon, icons::IN_ROW, colours.text2);
    response
}

fn mark_and_text(ui: &mut Ui, mark: Mark, text: &str) -> Response {
    let response = ui.add(Label::new(Type::Body.ink(text, tokens(ui).text2)));
    mark_ui(ui, mark);
    response
}

fn mark_and_link(ui: &mut Ui, mark: Mark, text: &str) -> Response {
    let ink = if mark == Mark::Error { tokens(ui).gap_text } else { tokens(ui).amber_text };
    let response = ui.add(Label::new(Type::Body.ink(text, ink)).truncate().sense(Sense::click()));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    mark_ui(ui, mark);
    response
}

fn mark_ui(ui: &mut Ui, mark: Mark) {
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(16.0), Sense::hover());
    mark.paint(ui.painter(), rect.center(), 14.0, tokens(ui));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Instant;

    #[test]
    fn when_a_file_was_saved_is_told_as_exactly_as_it_is_known() {
        let zone = Zone::LONDON;
        let at = Moment { at: Instant(24_357_000), second: 7 };
        let later = |minutes: i64| Some(Moment { at: Instant(at.at.0 + minutes), second: 0 });
        assert_eq!(saved_at(zone, at, later(5), true), "15:00:07");
        assert_eq!(saved_at(zone, at, later(5), false), "15:00");
        assert_eq!(saved_at(zone, at, later(24 * 60), false), "15:00 Sat 23-Apr-2016");
        assert_eq!(saved_at(zone, at, None, false), "15:00 Sat 23-Apr-2016");
    }
}
