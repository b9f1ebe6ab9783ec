//! Typing into cells: the box over the cell, and the list of whom it could mean.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Area, Frame, Id, Key, Layout, Margin, Modifiers, Order, Rect, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::{GridParts, GridState, grid_id};
use crate::editor::{Action, Direction, Typing, TypingChoice, Verb};
use crate::ui::focus;
use crate::ui::theme::{self, Type};
use crate::ui::widgets::{PushButton, keys_line};

/// The list is never narrower than this.
const LIST_WIDTH: f32 = 320.0;
/// So high is what stands in the list besides its rows: its edges, and the line of keys.
const AROUND_ROWS: f32 = 48.0;
/// So many of the list are shown.
const SHOWN: usize = 7;

fn list_id() -> Id {
    grid_id().with("typing list")
}

fn field_id() -> Id {
    grid_id().with("typing")
}

/// The box and its list, while somebody types.
pub(super) fn typing_ui(ui: &mut Ui, parts: &GridParts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    let Some(typing) = parts.editor.typing() else {
        // Back to the grid, if the keyboard has not gone elsewhere by itself.
        let idle = ui.memory(|memory| memory.focused().is_none_or(|id| id == field_id()));
        if std::mem::take(&mut state.typing) && idle {
            ui.memory_mut(|memory| memory.request_focus(grid_id()));
        }
        return;
    };
    let Some(cells) = parts.painter.typing_rect(typing) else {
        // The lane is not drawn any more: keys would go nowhere.
        actions.push(Action::LeaveTyping);
        return;
    };
    if !state.typing {
        state.typing = true;
        // The box remembers where the caret was when it was last open: letters go on after those that opened it.
        let mut caret = TextEditState::default();
        let end = CCursor::new(typing.text.chars().count());
        caret.cursor.set_char_range(Some(CCursorRange::one(end)));
        caret.store(ui.ctx(), field_id());
        ui.memory_mut(|memory| memory.request_focus(field_id()));
        state.marked = None;
    }
    keys(ui, typing, actions);
    let lost = box_ui(ui, parts, typing, cells, actions);
    list_ui(ui, parts, state, typing, cells, actions);
    if lost {
        leave(ui, actions);
    }
}

/// The keyboard has left the box: a click into its list gives it back, anything else ends the typing.
fn leave(ui: &Ui, actions: &mut Vec<Action>) {
    if actions.iter().any(is_end) {
        return;
    }
    let list = ui.memory(|memory| memory.area_rect(list_id()));
    let at = ui.input(|input| input.pointer.interact_pos().filter(|_| input.pointer.any_click()));
    if list.zip(at).is_some_and(|(list, at)| list.contains(at)) {
        ui.memory_mut(|memory| memory.request_focus(field_id()));
    } else {
        actions.push(Action::LeaveTyping);
    }
}

/// Whether the typing comes to its end by that.
fn is_end(action: &Action) -> bool {
    matches!(action, Action::CommitTyping { .. } | Action::TypingChoose { .. } | Action::CancelTyping)
}

/// What the field must not keep for itself: taking, leaving, and the mark of the list.
fn keys(ui: &Ui, typing: &Typing, actions: &mut Vec<Action>) {
    let pressed = |key: Key, modifiers: Modifiers| ui.input_mut(|input| input.consume_key(modifiers, key));
    let take = |go: Direction, anyway: bool| Action::CommitTyping { go, anyway };
    if pressed(Key::Enter, Modifiers::COMMAND) {
        actions.push(take(Direction::Here, true));
    } else if pressed(Key::Enter, Modifiers::SHIFT) {
        actions.push(take(Direction::Up, false));
    } else if pressed(Key::Enter, Modifiers::NONE) {
        actions.push(take(Direction::Here, false));
    } else if pressed(Key::Tab, Modifiers::SHIFT) {
        actions.push(take(Direction::Left, false));
    } else if pressed(Key::Tab, Modifiers::NONE) {
        actions.push(take(Direction::Right, false));
    } else if pressed(Key::Escape, Modifiers::NONE) {
        actions.push(Action::CancelTyping);
    }
    let count = typing.choices.len();
    if count > 0 {
        let marked = typing.marked.unwrap_or(0);
        if pressed(Key::ArrowDown, Modifiers::NONE) {
            actions.push(Action::TypingMark((marked + 1).min(count - 1)));
        } else if pressed(Key::ArrowUp, Modifiers::NONE) {
            actions.push(Action::TypingMark(marked.saturating_sub(1)));
        }
    }
}

/// The field; whether it has just lost the keyboard.
fn box_ui(ui: &mut Ui, parts: &GridParts<'_, '_>, typing: &Typing, cells: Rect, actions: &mut Vec<Action>) -> bool {
    let over = ui.painter().with_clip_rect(parts.painter.frame.body);
    let mut brush = parts.painter.brush(&over);
    brush.typing_box(cells);
    drop(brush);
    let mut text = typing.text.clone();
    let field = TextEdit::singleline(&mut text)
        .id(field_id())
        .frame(Frame::NONE)
        .font(Type::Body.font())
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .lock_focus(true)
        .desired_width(cells.width() - 16.0);
    focus::draws_own_ring(ui, field_id());
    let inside = cells.shrink2(vec2(8.0, 1.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)));
    // As high as its cell, not as fields elsewhere.
    child.spacing_mut().interact_size.y = inside.height();
    let response = child.add_sized(inside.size(), field);
    let place = parts.painter.view.lane_row(&typing.cells.last.row).map(|(_, row)| row.place());
    let name = format!("Initials for {}", place.unwrap_or_default());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    if response.changed() {
        actions.push(Action::TypingChanged(text));
    }
    // What Enter would take stands behind the letters.
    if let Some(choice) = typing.marked.and_then(|at| typing.choices.get(at)).filter(|choice| choice.could) {
        let t = theme::tokens(ui);
        let typed = over.layout_no_wrap(typing.text.clone(), Type::Body.font(), t.text).size().x;
        let (initials, family) = parts.painter.view.names(&choice.person);
        let mut brush = parts.painter.brush(&over);
        brush.completion(cells, cells.left() + 8.0 + typed + 14.0, &format!("{initials} {family}"));
    }
    response.lost_focus()
}

fn list_ui(
    ui: &Ui,
    parts: &GridParts<'_, '_>,
    state: &mut GridState,
    typing: &Typing,
    cells: Rect,
    actions: &mut Vec<Action>,
) {
    let t = theme::tokens(ui);
    let screen = ui.ctx().content_rect();
    let id = list_id();
    let height = ui.memory(|memory| memory.area_rect(id)).map_or(200.0, |rect| rect.height());
    // All of it stands on one side of the field, where there is more room if there is enough on neither.
    let beside = [screen.with_min_y(cells.bottom() + 2.0), screen.with_max_y(cells.top() - 2.0)];
    let is_below = height <= beside[0].height() || beside[0].height() >= beside[1].height();
    let (pivot, at, side) = if is_below {
        (Align2::LEFT_TOP, cells.left_bottom() + vec2(0.0, 2.0), beside[0])
    } else {
        (Align2::LEFT_BOTTOM, cells.left_top() - vec2(0.0, 2.0), beside[1])
    };
    let width = LIST_WIDTH.max(cells.width().min(420.0));
    let area = Area::new(id).order(Order::Foreground).pivot(pivot).fixed_pos(at).constrain_to(side);
    let most = (side.height() - AROUND_ROWS).max(48.0);
    let is_moved = state.marked != typing.marked;
    state.marked = typing.marked;
    area.show(ui, |ui| {
        let frame = Frame::new().fill(t.surface).stroke(Stroke::new(1.0, t.ctl)).corner_radius(4).inner_margin(4);
        frame.show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let first = typing.marked.unwrap_or(0).saturating_sub(SHOWN - 1);
            let shown: Vec<(usize, &TypingChoice)> =
                typing.choices.iter().enumerate().skip(first).take(SHOWN).collect();
            let mut said_why_not = false;
            ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
                for (index, choice) in shown {
                    if !choice.could && !said_why_not {
                        said_why_not = true;
                        ui.separator();
                        ui.label(Type::SmallStrong.ink("Would not count here (Ctrl+Enter proposes anyway)", t.text2));
                    }
                    let is_marked = typing.marked == Some(index);
                    let rect = choice_ui(ui, parts, choice, is_marked, actions);
                    if is_marked && is_moved {
                        ui.scroll_to_rect(rect, None);
                    }
                }
            });
            if typing.is_unknown() {
                let why = typing.unknown_text(parts.editor.who_could().is_some());
                ui.label(Type::Body.ink(why, t.text));
                if !typing.is_number_of_list() && ui.add(PushButton::link("Add person…")).clicked() {
                    actions.push(Action::CancelTyping);
                    actions.push(Action::Do(Verb::AddPerson));
                }
            }
            ui.separator();
            keys_line(ui, keys_of(typing));
        });
    });
}

/// What the keys do for the marked entry.
fn keys_of(typing: &Typing) -> &'static [(&'static str, &'static str)] {
    match typing.choice() {
        Some(choice) if !choice.could => &[("Ctrl+Enter", "propose anyway"), ("Esc", "leave")],
        None if typing.is_number_of_list() => &[("Esc", "leave")],
        None if typing.is_unknown() => &[("Enter", "add person…"), ("Esc", "leave")],
        _ => &[("Enter", "take"), ("Tab", "take, go right"), ("Esc", "leave")],
    }
}

fn choice_ui(
    ui: &mut Ui,
    parts: &GridParts<'_, '_>,
    choice: &TypingChoice,
    marked: bool,
    actions: &mut Vec<Action>,
) -> Rect {
    let t = theme::tokens(ui);
    let colour = if choice.is_free { t.ok_text } else { t.text2 };
    let width = ui.available_width();
    // All reasons are read, on as many lines as they take.
    let why = ui.painter().layout(choice.text.clone(), Type::Small.font(), colour, width - 44.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 24.0 + why.size().y), Sense::click());
    let (initials, family) = parts.painter.view.names(&choice.person);
    let grade = parts.painter.view.person(&choice.person).map_or("", |person| person.grade.as_str());
    response.widget_info(|| {
        let spoken = format!("{initials} {family}, {}", choice.text);
        egui::WidgetInfo::selected(egui::Role::ListItem, true, marked, spoken)
    });
    // What Enter takes has a bar; what the pointer is on is only edged.
    if marked {
        ui.painter().rect_filled(rect, 2.0, t.accent_soft);
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 4.0), 0.0, t.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 2.0, t.sunken);
        ui.painter().rect_stroke(rect, 2.0, Stroke::new(1.0, t.line), StrokeKind::Inside);
    }
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let upper = pos2(rect.left() + 8.0, rect.top() + 11.0);
    let end = painter.text(upper, Align2::LEFT_CENTER, initials, Type::Strong.font(), t.text).right();
    let left = (end + 9.0).max(rect.left() + 36.0);
    let name = if grade.is_empty() { family.to_owned() } else { format!("{family}, {grade}") };
    painter.text(pos2(left, upper.y), Align2::LEFT_CENTER, name, Type::Body.font(), t.text);
    painter.galley(pos2(rect.left() + 36.0, rect.top() + 20.0), why, colour);
    if response.clicked() {
        let anyway = !choice.could && ui.input(|input| input.modifiers.command);
        actions.push(Action::TypingChoose { person: choice.person.clone(), anyway });
    }
    rect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::{Gap, who_could};
    use crate::editor::fixture::{post_id, range, rota, span};

    #[test]
    fn the_keys_say_what_they_do_for_the_marked_entry() {
        // Nobody in this rota may cover anything.
        let rota = rota();
        let gap = Gap { post: post_id("mg"), span: span("10:00", "11:00") };
        let ranked = who_could(&rota, &gap);
        let typed = |text: &str| {
            let cells = range("mg", 0, "10:00", "mg", 0, "10:00");
            keys_of(&Typing::new(&rota, cells, gap.clone(), ranked.clone(), text.to_owned()))[0]
        };
        assert_eq!(typed("kp"), ("Ctrl+Enter", "propose anyway"));
        assert_eq!(typed("zz"), ("Enter", "add person…"));
        assert_eq!(typed("kp 10:15-10:30"), ("Enter", "take"));
    }
}
