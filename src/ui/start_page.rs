//! What stands in the window while nothing is open: kept work, new, examples, open, recent files.

use std::path::Path;

use egui::{Align, CentralPanel, Frame, Id, Label, Layout, Margin, Popup, Rect, Response, Role, ScrollArea, Sense};
use egui::{Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::kept_work::{KEPT_FOUND, kept_text, kept_title, others};
use super::keys::shortcut_text;
use super::marks::Mark;
use super::state::UiState;
use super::theme::{self, Type, sizes};
use super::widgets::{Lead, PushButton, icon_button, menu_entry, verdict_pill};
use super::{icons, panes};
use crate::editor::{Action, Editor, KeptWork, RecentFile, Verb};
use crate::exchange::{Example, Template};
use crate::model::{Zone, words};

/// Width of the left column.
const NEW_WIDTH: f32 = 508.0;
/// Widest right column.
const OPEN_WIDTH: f32 = 900.0;
/// At both sides and between the columns.
const MARGIN: f32 = 40.0;
/// Between the text and the buttons.
const APART: f32 = 24.0;
/// Below this width the columns stand one above the other.
const TWO_COLUMNS_FROM: f32 = 940.0;
/// There is no rota whose zone could be asked.
const ZONE: Zone = Zone::LONDON;

fn first_template_id() -> Id {
    Id::unique("cover-rota first template")
}

/// Draws the page.
pub fn start_page_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let surface = theme::tokens(ui).surface;
    CentralPanel::default().frame(Frame::new().fill(surface)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(first) = editor.kept().first() {
            kept_ui(ui, first, editor.kept().len(), actions);
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| columns_ui(ui, editor, actions));
        focus_first(ui, editor);
    });
}

/// On the first frame of the page the keyboard is on the first template.
fn focus_first(ui: &Ui, editor: &Editor) {
    let frame = ui.ctx().cumulative_frame_nr();
    let before = UiState::of(ui, |state| state.start_page_drawn_in.replace(frame));
    let is_new = before.is_none_or(|before| before + 1 < frame);
    let nothing_else = ui.memory(egui::Memory::focused).is_none() && editor.dialog().is_none();
    if is_new && nothing_else {
        ui.memory_mut(|memory| memory.request_focus(first_template_id()));
    }
    panes::register(ui, panes::Pane::Grid, ui.max_rect(), first_template_id());
}

fn columns_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let whole = ui.available_rect_before_wrap();
    ui.add_space(24.0);
    if whole.width() < TWO_COLUMNS_FROM {
        for part in [new_ui, open_ui] {
            column(ui, (whole.left() + MARGIN, whole.right() - MARGIN), |ui| part(ui, editor, actions));
            ui.add_space(24.0);
        }
        return;
    }
    let left = whole.left() + MARGIN;
    let middle = left + NEW_WIDTH + 24.0;
    let right = (middle + 24.0 + OPEN_WIDTH).min(whole.right() - MARGIN);
    let top = ui.cursor().top();
    let new = column_at(ui, top, (left, left + NEW_WIDTH), |ui| new_ui(ui, editor, actions));
    let open = column_at(ui, top, (middle + 24.0, right), |ui| open_ui(ui, editor, actions));
    let bottom = new.bottom().max(open.bottom());
    let line = Stroke::new(1.0, theme::tokens(ui).line2);
    ui.painter().vline(middle.round() + 0.5, top + 4.0..=bottom.max(whole.bottom() - 24.0), line);
    ui.expand_to_include_rect(Rect::from_min_max(whole.min, pos2(right, bottom + 24.0)));
}

fn column(ui: &mut Ui, x: (f32, f32), add: impl FnOnce(&mut Ui)) {
    let top = ui.cursor().top();
    let rect = column_at(ui, top, x, add);
    ui.advance_cursor_after_rect(rect);
}

fn column_at(ui: &mut Ui, top: f32, (left, right): (f32, f32), add: impl FnOnce(&mut Ui)) -> Rect {
    let rect = Rect::from_min_max(pos2(left, top), pos2(right, f32::INFINITY));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)));
    add(&mut child);
    child.min_rect()
}

/// Work that earlier runs kept, in one banner: the latest with both times, how many more there are, and what to do.
fn kept_ui(ui: &mut Ui, kept: &KeptWork, count: usize, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let text = format!("{}: {}{}", kept_title(kept), kept_text(kept, ZONE), others(count));
    let frame = Frame::new().fill(t.amber_soft).inner_margin(Margin { left: 16, right: 24, top: 8, bottom: 8 });
    let region = UiBuilder::new()
        .accessibility_role(egui::accesskit::Role::Alert)
        .accessibility_label(format!("{KEPT_FOUND}. {text}"));
    let shown = ui.scope_builder(region, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(24.0, 36.0), Sense::hover());
                Mark::Warning.paint(ui.painter(), rect.center(), 18.0, t);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.add(PushButton::new("Not now").min_width(96.0)).clicked() {
                        actions.push(Action::KeptNotNow);
                    }
                    if ui.add(PushButton::primary("Review…").min_width(120.0)).clicked() {
                        actions.push(Action::Do(Verb::Recover));
                    }
                    ui.add_space(APART);
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.add(Label::new(Type::Strong.ink(KEPT_FOUND, t.wait_text)).wrap());
                        ui.add(Label::new(Type::Body.ink(text.as_str(), t.wait_text)).wrap());
                    });
                });
            });
        });
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.wait_edge));
}

/// New rotas and examples.
fn new_ui(ui: &mut Ui, _editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    ui.label(Type::Page.ink("Cover Rota", t.text));
    ui.label(Type::Body.ink("Who covers which post in a walkout, and where it is short of a normal day.", t.text2));
    ui.add_space(16.0);
    heading(ui, "New from template");
    ui.spacing_mut().item_spacing.y = 8.0;
    for (at, template) in Template::ALL.iter().enumerate() {
        let icon = match template.name {
            "empty" => icons::FILE_PLUS,
            "five-days" => icons::MOON,
            _ => icons::CALENDAR_BLANK,
        };
        let id = if at == 0 { first_template_id() } else { first_template_id().with(at) };
        if card(ui, id, icon, template.title, template.about).clicked() {
            actions.push(Action::NewFrom { template: at });
        }
    }
    let note =
        "Templates bring an example of normal staffing, plainly marked: edit it to your unit before you rely on it.";
    ui.add(Label::new(Type::Body.ink(note, t.text2)).wrap());
    ui.add_space(12.0);
    heading(ui, "Look around");
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, example) in Example::ALL.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.add_space(2.0);
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, sizes::CONTROL), Sense::hover());
            icons::paint(ui.painter(), rect.center(), icons::FILE_TEXT, icons::IN_ROW, t.text2);
            ui.spacing_mut().item_spacing.x = 2.0;
            let spoken = format!("{}: {}", example.title, example.about);
            if ui.add(PushButton::link(example.title).spoken(&spoken)).clicked() {
                actions.push(Action::OpenExampleAt(at));
            }
            ui.add(Label::new(Type::Body.ink(example.about, t.text2)).truncate());
        });
    }
    ui.horizontal(|ui| {
        ui.add_space(2.0);
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, sizes::CONTROL), Sense::hover());
        icons::paint(ui.painter(), rect.center(), icons::QUESTION, icons::IN_ROW, t.text2);
        ui.spacing_mut().item_spacing.x = 2.0;
        if ui.add(PushButton::link("Help")).clicked() {
            actions.push(Action::Do(Verb::Help));
        }
        let key = shortcut_text(ui, Verb::Help);
        ui.label(Type::Small.ink(format!("keys, rules, how it is meant to be used   {key}"), t.text2));
    });
}

fn heading(ui: &mut Ui, text: &str) {
    let response = ui.label(Type::Unit.ink(text, theme::tokens(ui).text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Heading));
    ui.add_space(4.0);
}

/// A card that is one press: icon, title, one line.
fn card(ui: &mut Ui, id: Id, icon: char, title: &str, about: &str) -> Response {
    let t = theme::tokens(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 52.0));
    let response = ui.interact(rect, id, Sense::click());
    let spoken = format!("{title}. {about}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &spoken));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let (fill, edge) = if response.hovered() { (t.accent_soft, t.accent) } else { (t.surface, t.line2) };
    let mut all_is_read = true;
    ui.painter().rect(rect, sizes::CORNER, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    icons::paint(ui.painter(), pos2(rect.left() + 26.0, rect.center().y), icon, 24.0, t.link);
    let caret = pos2(rect.right() - 20.0, rect.center().y);
    icons::paint(ui.painter(), caret, icons::CARET_RIGHT, icons::IN_ROW, t.text2);
    for (text, role, ink, y) in [(title, Type::Strong, t.text, 16.0), (about, Type::Small, t.text2, 35.0)] {
        let galley = role.elided(ui.painter(), text, ink, rect.width() - 52.0 - 40.0);
        all_is_read &= !galley.elided;
        ui.painter().galley(pos2(rect.left() + 52.0, rect.top() + y - 0.5 * galley.size().y), galley, ink);
    }
    if all_is_read { response } else { response.on_hover_text(about) }
}

/// Open and recent files.
fn open_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    ui.horizontal(|ui| {
        ui.label(Type::Page.ink("Open", t.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let button = PushButton::new("Open…").icon(icons::FOLDER_OPEN).min_width(116.0);
            if ui.add(button).clicked() {
                actions.push(Action::Do(Verb::Open));
            }
            ui.label(Type::Small.ink(shortcut_text(ui, Verb::Open), t.text2));
        });
    });
    ui.label(Type::Body.ink("Or drop a rota file anywhere on this window.", t.text2));
    ui.add_space(16.0);
    heading(ui, "Recent");
    ui.spacing_mut().item_spacing.y = 8.0;
    for (at, file) in editor.recent().iter().enumerate() {
        recent_ui(ui, at, file, actions);
    }
    let note = if editor.recent().is_empty() {
        "Rotas you open will be listed here."
    } else {
        "What each file said when it was last saved. Opening it checks again."
    };
    ui.label(Type::Small.ink(note, t.text2));
}

/// Height of a recent file's card.
const RECENT: f32 = 96.0;

/// A recent file: what it is, who saved it when, what it said then.
fn recent_ui(ui: &mut Ui, at: usize, file: &RecentFile, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let (id, rect) = ui.allocate_space(vec2(ui.available_width(), RECENT));
    let response = ui.interact(rect, id, Sense::click());
    let said = was(file);
    let second = second_line(file);
    let spoken = format!("{}, {}. {second}. {said}", title_of(file), words::safe(&file.hospital));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &spoken));
    let (ground, edge) = if response.hovered() { (t.accent_soft, t.accent) } else { (t.surface, t.line2) };
    ui.painter().rect(rect, sizes::CORNER, ground, Stroke::new(1.0, edge), StrokeKind::Inside);
    let corner = Rect::from_min_max(pos2(rect.left(), rect.top() + 10.0), pos2(rect.right() - 16.0, rect.bottom()));
    let corner = UiBuilder::new().max_rect(corner).layout(Layout::right_to_left(Align::Min));
    let pill = ui.scope_builder(corner, |ui| verdict_pill(ui, None, &said).rect).inner;
    let left = rect.left() + 16.0;
    let room = pill.left() - 12.0 - left;
    let put = |y: f32, from: f32, room: f32, text: &str, role: Type, ink: egui::Color32| {
        let galley = role.elided(ui.painter(), text, ink, room.max(8.0));
        ui.painter().galley(pos2(from, rect.top() + y - 0.5 * galley.size().y), galley, ink);
    };
    put(17.0, left, room, &title_of(file), Type::Strong, t.text);
    let path_room = rect.width() - 72.0;
    put(38.0, left, room, &words::safe(&file.hospital), Type::Body, t.text2);
    put(58.0, left, path_room, &second, Type::Small, t.text);
    let path = shortened(&file.path, (path_room / 7.0) as usize);
    put(78.0, left, path_room, &path, Type::Small, t.text2);
    let more = Rect::from_min_size(pos2(rect.right() - 42.0, rect.bottom() - 30.0), vec2(28.0, 26.0));
    let more = ui.scope_builder(UiBuilder::new().max_rect(more), |ui| {
        ui.spacing_mut().interact_size.y = sizes::BAR_CONTROL;
        icon_button(ui, icons::DOTS_THREE, &format!("More about {}", title_of(file)))
    });
    Popup::menu(&more.inner).show(|ui| {
        if menu_entry(ui, Lead::Icon(icons::EYE), "Open to view", "").clicked() {
            actions.push(Action::ViewPath(file.path.clone()));
            ui.close();
        }
        if menu_entry(ui, Lead::Icon(icons::X), "Forget", "").clicked() {
            actions.push(Action::ForgetRecent(at));
            ui.close();
        }
    });
    if response.clicked() {
        actions.push(Action::OpenPath(file.path.clone()));
    }
    response.on_hover_text(file.path.display().to_string());
}

fn title_of(file: &RecentFile) -> String {
    let title = file.title.trim();
    if title.is_empty() {
        let name = file.path.file_name().map(|name| name.to_string_lossy().into_owned());
        return words::safe(&name.unwrap_or_default()).into_owned();
    }
    words::safe(title).into_owned()
}

/// What the file said when it was last saved; never in colour, because nobody has checked it since.
fn was(file: &RecentFile) -> String {
    match (&file.unreachable, file.verdict.trim()) {
        (Some(_), _) => "cannot check".to_owned(),
        (None, "") => "not checked".to_owned(),
        (None, verdict) => format!("was {}", verdict.to_lowercase()),
    }
}

fn second_line(file: &RecentFile) -> String {
    if let Some(why) = &file.unreachable {
        return format!("Not reachable: {why}");
    }
    let when = file.saved_at.map(|at| format!("{} {}", words::date(ZONE, at), words::time(ZONE, at)));
    match (words::who(&file.saved_by), when) {
        (None, None) => "Saved at an unknown time".to_owned(),
        (None, Some(when)) => format!("Saved {when}"),
        (Some(by), None) => format!("Saved by {by}"),
        (Some(by), Some(when)) => format!("Saved by {by}, {when}"),
    }
}

/// A path with its middle left out where it is longer than so many letters.
fn shortened(path: &Path, letters: usize) -> String {
    let text = path.display().to_string();
    let count = text.chars().count();
    if count <= letters || letters < 12 {
        return text;
    }
    let (head, tail) = (letters / 3, letters - letters / 3 - 1);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recent_file_says_what_it_was() {
        let mut file = RecentFile {
            path: "/rotas/a.ron".into(),
            title: String::new(),
            hospital: String::new(),
            // 21 April 2016, 07:51 in London.
            saved_at: Some(crate::model::Instant(24_353_691)),
            saved_by: "p.okoro".to_owned(),
            verdict: "SHORT 4 h".to_owned(),
            unreachable: None,
        };
        assert_eq!((title_of(&file).as_str(), was(&file).as_str()), ("a.ron", "was short 4 h"));
        assert_eq!(second_line(&file), "Saved by p.okoro, Thu 21-Apr-2016 07:51");
        file.saved_by = "unknown".to_owned();
        assert_eq!(second_line(&file), "Saved Thu 21-Apr-2016 07:51");
        file.unreachable = Some("the file is not there".to_owned());
        assert_eq!(
            (was(&file).as_str(), second_line(&file).as_str()),
            ("cannot check", "Not reachable: the file is not there")
        );
    }

    #[test]
    fn a_long_path_loses_its_middle() {
        let path = Path::new("/srv/emergency planning/walkouts/2016/april/2016-04-26 cover.ron");
        let short = shortened(path, 36);
        assert_eq!(short, "/srv/emergen…il/2016-04-26 cover.ron");
        assert_eq!(shortened(Path::new("/a/b.ron"), 36), "/a/b.ron");
    }
}
