//! The frame of every dialog: title, content that scrolls, buttons. Esc leaves, Enter does the main thing, and the
//! keyboard stays inside.

use egui::accesskit::Role as NodeRole;
use egui::{
    Align, Checkbox, Context, Event, FocusDirection, Frame, Id, Key, Layout, Margin, Memory, Modal, Modifiers, Popup,
};
use egui::{Response, ScrollArea, Stroke, Ui, UiBuilder, Vec2, vec2};

use super::PushButton;
use crate::ui::focus;
use crate::ui::state::{OpenDialog, UiState, forget_typing};
use crate::ui::theme::{self, Type, sizes};

/// What the person did with a dialog in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialogAnswer {
    /// Nothing yet.
    Open,
    /// The main button, or Enter.
    Main,
    /// The other button, such as "Don't save".
    Other,
    /// Cancel, or Esc.
    Cancel,
}

/// What stands above and below the content of a dialog, and above and below the dialog.
const AROUND: f32 = 140.0;
/// Above and below the content, inside what scrolls.
const PADDING: i8 = 12;

/// So high can the content of a dialog be that fills the window from top to bottom and does not scroll.
pub fn dialog_room(ctx: &Context) -> f32 {
    (most_height(ctx) - 2.0 * f32::from(PADDING)).floor()
}

fn most_height(ctx: &Context) -> f32 {
    (ctx.content_rect().height() - AROUND).max(80.0)
}

/// A dialog over a dimmed window.
#[derive(Clone, Copy, Debug)]
#[must_use = "call show"]
pub struct Dialog<'a> {
    /// Also tells dialogs apart.
    title: &'a str,
    width: f32,
    main: &'a str,
    main_enabled: bool,
    other: &'a str,
    cancel: &'a str,
    careful: bool,
    pauses: bool,
}

impl<'a> Dialog<'a> {
    /// A dialog with a main button and Cancel.
    pub const fn new(title: &'a str, main: &'a str) -> Self {
        Self {
            title,
            width: 480.0,
            main,
            main_enabled: true,
            other: "",
            cancel: "Cancel",
            careful: false,
            pauses: false,
        }
    }

    /// One that only tells: a single button that closes it.
    pub const fn message(title: &'a str, close: &'a str) -> Self {
        Self { main: "", cancel: close, ..Self::new(title, "") }
    }

    /// How wide its content is, if the window is.
    pub const fn width(mut self, points: f32) -> Self {
        self.width = points;
        self
    }

    /// Whether the main button can be pressed; Enter neither if not.
    pub const fn main_enabled(mut self, enabled: bool) -> Self {
        self.main_enabled = enabled;
        self
    }

    /// A third button, at the left.
    pub const fn other(mut self, text: &'a str) -> Self {
        self.other = text;
        self
    }

    /// What Cancel is called here.
    pub const fn cancel(mut self, text: &'a str) -> Self {
        self.cancel = text;
        self
    }

    /// Without a field, the keyboard begins on Cancel: Enter by habit must not do what this asks about.
    pub const fn careful(mut self) -> Self {
        self.careful = true;
        self.pauses()
    }

    /// Keys typed before it could be read do not answer it.
    pub const fn pauses(mut self) -> Self {
        self.pauses = true;
        self
    }

    /// Shows the dialog with this content. To be called in every frame until there is an answer.
    pub fn show(self, ctx: &Context, content: impl FnOnce(&mut Ui)) -> DialogAnswer {
        let id = Id::unique("dialog").with(self.title);
        let remembered = remember(ctx, id);
        let OpenDialog { opened_in, last_frame, focus_before, .. } = remembered;
        let just_opened = opened_in == last_frame;
        let only_measures = remembered.measured_in == ctx.cumulative_pass_nr();
        let t = theme::tokens(ctx);
        let frame = Frame::new()
            .fill(t.surface)
            .stroke(Stroke::new(1.0, t.ctl))
            .corner_radius(sizes::CORNER)
            .inner_margin(Margin::ZERO);
        if self.pauses && !remembered.answers {
            drop_keys_typed_ahead(ctx, id);
        }
        let enter = EnterKey::before(ctx, just_opened);
        // The size that the dialog had the last time says nothing of the size now.
        let area = Modal::default_area(id).sizing_pass(only_measures);
        let modal = Modal::new(id).area(area).frame(frame).backdrop_color(t.backdrop());
        let shown = modal.show(ctx, |ui| {
            let named = UiBuilder::new().accessibility_role(NodeRole::Dialog).accessibility_label(self.title);
            ui.scope_builder(named, |ui| self.inside(ui, enter, !remembered.touched, content)).inner
        });
        draw_again_if_it_grew(ctx, id, remembered, shown.response.rect.size(), only_measures);
        let esc = !just_opened
            && shown.is_top_modal
            && !shown.any_popup_open
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let answer = if esc { DialogAnswer::Cancel } else { shown.inner };
        if answer != DialogAnswer::Open
            && let Some(before) = focus_before
        {
            focus::give_back(ctx, before);
        }
        answer
    }

    fn inside(self, ui: &mut Ui, enter: EnterKey, is_fresh: bool, content: impl FnOnce(&mut Ui)) -> DialogAnswer {
        let screen = ui.ctx().content_rect().size();
        let width = self.width.min(screen.x - 32.0);
        ui.set_width(width);
        // As high as its content needs, not as it was in the frame before.
        ui.set_max_height(screen.y);
        ui.spacing_mut().item_spacing.y = 0.0;
        let padded = |y: i8| Frame::new().inner_margin(Margin::symmetric(16, y));
        padded(12).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(Type::Unit.rich(self.title));
        });
        rule(ui);
        // In a window too narrow for it, as with very large text, it scrolls sideways too.
        let is_cut = width < self.width;
        let scroll = ScrollArea::new([is_cut, true]).max_height(most_height(ui.ctx()));
        scroll.auto_shrink([false, true]).show(ui, |ui| {
            padded(PADDING).show(ui, |ui| {
                ui.set_width(if is_cut { self.width - 32.0 } else { ui.available_width() });
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                content(ui);
            });
            focus::scroll_to_focus(ui);
        });
        let entered = enter.does_the_main_thing(ui);
        rule(ui);
        let pressed = padded(10).show(ui, |ui| self.buttons(ui, is_fresh)).inner;
        if pressed == DialogAnswer::Open && entered {
            return match (self.main.is_empty(), self.main_enabled) {
                (true, _) => DialogAnswer::Cancel,
                (false, true) => DialogAnswer::Main,
                (false, false) => DialogAnswer::Open,
            };
        }
        pressed
    }

    fn buttons(&self, ui: &mut Ui, is_fresh: bool) -> DialogAnswer {
        let mut answer = DialogAnswer::Open;
        ui.horizontal(|ui| {
            let other = (!self.other.is_empty()).then(|| ui.add(PushButton::new(self.other)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let main = (!self.main.is_empty())
                    .then(|| ui.add_enabled(self.main_enabled, PushButton::primary(self.main).min_width(80.0)));
                let cancel = ui.add(PushButton::new(self.cancel).min_width(80.0));
                let pressed = |button: &Option<Response>| button.as_ref().is_some_and(Response::clicked);
                answer = match () {
                    () if pressed(&main) => DialogAnswer::Main,
                    () if pressed(&other) => DialogAnswer::Other,
                    () if cancel.clicked() => DialogAnswer::Cancel,
                    () => DialogAnswer::Open,
                };
                if is_fresh {
                    self.begin_on(other, main, cancel);
                }
            });
        });
        answer
    }

    /// Where there is no field to begin in, the keyboard begins on the main button, never on the third, and on Cancel
    /// where care is wanted.
    fn begin_on(&self, other: Option<Response>, main: Option<Response>, cancel: Response) {
        let on_third = other.is_some_and(|button| button.has_focus());
        let on_main = main.as_ref().is_some_and(Response::has_focus);
        if on_third || on_main && self.careful {
            main.filter(|_| !self.careful).unwrap_or(cancel).request_focus();
        }
    }
}

/// The dialog stands in the middle by its size in the frame before: where that was another, the frame is drawn again.
fn draw_again_if_it_grew(ctx: &Context, id: Id, before: OpenDialog, size: Vec2, only_measures: bool) {
    if only_measures || size != before.size {
        UiState::of(ctx, |state| state.dialogs.open.entry(id).or_default().size = size);
        ctx.request_discard("a dialog has another size");
        ctx.request_repaint();
    }
}

/// A hairline from side to side.
fn rule(ui: &mut Ui) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.line2);
}

/// When the dialog has just been opened, the first thing in it that can have the focus gets it.
fn remember(ctx: &Context, id: Id) -> OpenDialog {
    let frame = ctx.cumulative_frame_nr();
    let before = UiState::of(ctx, |state| state.dialogs.open.get(&id).copied());
    let mut now = before.unwrap_or_default();
    if before.is_none_or(|before| before.last_frame + 1 < frame) {
        now.opened_in = frame;
        now.measured_in = ctx.cumulative_pass_nr();
        now.touched = false;
        (now.quiet_since, now.answers) = ((ctx.input(|input| input.time), frame), false);
        now.focus_before = focus::before_dialog(ctx);
        forget_typing(ctx);
        ctx.request_repaint();
    }
    let pressed = |event: &Event| {
        matches!(event, Event::Key { pressed: true, .. } | Event::PointerButton { pressed: true, .. } | Event::Text(_))
    };
    now.touched |= frame > now.opened_in && ctx.input(|input| input.events.iter().any(pressed));
    let (since, in_frame) = now.quiet_since;
    now.answers |= ctx.input(|input| input.time) - since >= SEEN_FIRST && frame >= in_frame + FRAMES_FIRST;
    // The first pass only measures; nothing in it can have the focus yet.
    if !now.touched && ctx.memory(Memory::focused).is_none() {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
    }
    now.last_frame = frame;
    UiState::of(ctx, |state| state.dialogs.open.insert(id, now));
    now
}

/// So long, in seconds, a dialog that pauses is seen before a key answers it.
const SEEN_FIRST: f64 = 0.5;
/// So many frames it has been drawn before: on a slow computer one frame may last longer, and what was typed meanwhile
/// comes with the next.
const FRAMES_FIRST: u64 = 3;

/// What was typed before a question could be read does not answer it: Enter and Space are heard once it has been there
/// for a moment in which neither was pressed.
fn drop_keys_typed_ahead(ctx: &Context, id: Id) {
    let (now, frame) = (ctx.input(|input| input.time), ctx.cumulative_frame_nr());
    let any = take_answers(ctx);
    let quiet_in = UiState::of(ctx, |state| {
        let open = state.dialogs.open.entry(id).or_default();
        if any {
            open.quiet_since = (now, frame);
        }
        open.quiet_since.1
    });
    if frame < quiet_in + FRAMES_FIRST {
        ctx.request_repaint();
    }
}

/// Takes the keys that press a button, and whether there was one.
fn take_answers(ctx: &Context) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        let answers = |event: &Event| matches!(event, Event::Key { key: Key::Enter | Key::Space, pressed: true, .. });
        input.events.retain(|event| !answers(event));
        input.events.len() < before
    })
}

/// Enter, as it was when the dialog began to be drawn: a field, a list or a button inside may use it up.
#[derive(Clone, Copy)]
struct EnterKey {
    pressed: bool,
    /// Nothing inside can use it up.
    for_dialog: bool,
    focused: Option<Id>,
    in_text: bool,
}

impl EnterKey {
    fn before(ctx: &Context, just_opened: bool) -> Self {
        let focused = ctx.memory(Memory::focused);
        let is_heard = !just_opened && !Popup::is_any_open(ctx);
        let on_tick = focused.is_some_and(|id| tick_box_id_of(ctx) == Some(id));
        // With Ctrl it is meant for the dialog, and on a box to tick it is too: Space ticks.
        let with_ctrl = is_heard && take_enter(ctx, true);
        let for_dialog = with_ctrl || is_heard && on_tick && take_enter(ctx, false);
        Self {
            pressed: for_dialog || is_heard && ctx.input(|input| input.key_pressed(Key::Enter)),
            for_dialog,
            focused,
            in_text: ctx.text_edit_focused(),
        }
    }

    /// With Ctrl always; else if nothing has the focus, or a field of one line has just let go of it.
    fn does_the_main_thing(self, ui: &Ui) -> bool {
        let let_go = self.in_text && ui.memory(Memory::focused) != self.focused;
        self.pressed && (self.for_dialog || self.focused.is_none() || let_go)
    }
}

/// Takes Enter, with Ctrl or without, as it was when the key was pressed.
fn take_enter(ctx: &Context, with_ctrl: bool) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| match event {
            Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => modifiers.command != with_ctrl,
            _ => true,
        });
        input.events.len() < before
    })
}

/// The box to tick that had the keyboard when it was last drawn.
fn tick_box_id_of(ctx: &Context) -> Option<Id> {
    UiState::of(ctx, |state| state.dialogs.tick_box)
}

/// A box to tick in a dialog: Space ticks it, Enter does the dialog's main thing.
pub fn tick_box(ui: &mut Ui, tick: Checkbox<'_>) -> Response {
    let response = ui.add(tick);
    if response.has_focus() {
        UiState::of(ui, |state| state.dialogs.tick_box = Some(response.id));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::widgets::{form_row, line_edit};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    #[derive(Default)]
    struct State {
        open: bool,
        name: String,
        note: String,
        answers: Vec<DialogAnswer>,
    }

    /// A window with one button that opens a dialog with two fields.
    fn window() -> Harness<'static, State> {
        testing::window(State::default(), |ui, state: &mut State| {
            if ui.add(PushButton::new("Edit…")).clicked() {
                state.open = true;
            }
            if !state.open {
                return;
            }
            let answer = Dialog::new("Edit person", "Save").other("Remove").show(ui, |ui| {
                form_row(ui, "Name", None, |ui| ui.add(line_edit(&mut state.name)));
                form_row(ui, "Note", None, |ui| ui.text_edit_multiline(&mut state.note));
            });
            if answer != DialogAnswer::Open {
                state.answers.push(answer);
                state.open = false;
            }
        })
    }

    fn opened() -> Harness<'static, State> {
        let mut window = window();
        window.get_by_label("Edit…").focus();
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert!(window.state().open);
        window
    }

    #[test]
    fn the_first_field_has_the_focus_and_typing_and_enter_save() {
        let mut window = opened();
        assert!(window.get_by_label("Name").is_focused());
        window.get_by_label("Name").type_text("Grant");
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert_eq!((window.state().name.as_str(), &*window.state().answers), ("Grant", &[DialogAnswer::Main][..]));
    }

    #[test]
    fn esc_leaves_and_gives_the_focus_back() {
        let mut window = opened();
        window.key_press(Key::Escape);
        window.run();
        assert_eq!(window.state().answers, [DialogAnswer::Cancel]);
        assert!(window.get_by_label("Edit…").is_focused());
    }

    #[test]
    fn a_question_begins_on_its_main_button_or_where_care_is_wanted_on_cancel() {
        for (careful, expected) in [(false, "Save"), (true, "Cancel")] {
            let mut window = testing::window((), move |ui, ()| {
                let mut dialog = Dialog::new("Save the changes?", "Save").other("Don’t save");
                dialog.careful = careful;
                dialog.show(ui, |ui| {
                    ui.label("A question");
                });
            });
            window.run();
            assert!(window.get_by_label(expected).is_focused(), "{expected}");
        }
    }

    #[test]
    fn what_was_typed_before_a_question_could_be_read_does_not_answer_it() {
        type Asked = (bool, Vec<DialogAnswer>);
        let mut window = testing::window((false, Vec::new()), |ui, (is_open, answers): &mut Asked| {
            if !*is_open {
                return;
            }
            let answer = Dialog::new("Mark 2 people as agreed?", "Mark as agreed").careful().show(ui, |ui| {
                ui.label("A question");
            });
            answers.extend((answer != DialogAnswer::Open).then_some(answer));
        });
        let ctrl_enter = |window: &mut Harness<'_, Asked>| {
            let (key, physical_key, modifiers) = (Key::Enter, None, Modifiers::COMMAND);
            for pressed in [true, false] {
                window.input_mut().events.push(Event::Key { key, physical_key, pressed, repeat: false, modifiers });
            }
        };
        window.state_mut().0 = true;
        for _ in 0..12 {
            // Whoever goes on pressing has not read it.
            ctrl_enter(&mut window);
            window.step();
        }
        assert_eq!(window.state().1, []);
        window.run_steps(80);
        ctrl_enter(&mut window);
        window.run();
        assert_eq!(window.state().1, [DialogAnswer::Main]);
    }

    #[test]
    fn it_has_its_place_and_size_in_the_first_frame_and_keeps_them() {
        let draw = |ui: &mut Ui, rows: &mut usize| {
            Dialog::new("Rows", "OK").show(ui, |ui| {
                for row in 0..*rows {
                    ui.label(format!("row {row}"));
                }
            });
        };
        let mut window = testing::window(16, draw);
        let place =
            |window: &Harness<'_, usize>| (window.get_by_label("OK").rect(), window.get_by_label("row 0").rect());
        window.step();
        let first = place(&window);
        window.run();
        assert_eq!(place(&window), first);
        assert!(window.get_by_label("row 15").rect().bottom() < first.0.top(), "all of it is in sight");
        *window.state_mut() = 3;
        window.step();
        let fewer = place(&window);
        window.run();
        assert_eq!(place(&window), fewer, "nor does it move later when it has shrunk");
    }

    #[test]
    fn tab_stays_inside() {
        let mut window = opened();
        for _ in 0..12 {
            window.key_press(Key::Tab);
            window.run();
            assert!(!window.get_by_label("Edit…").is_focused());
        }
    }

    #[test]
    fn enter_in_a_long_text_is_a_new_line_and_on_a_button_is_that_button() {
        let mut window = opened();
        window.get_by_label("Note").focus();
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert_eq!((window.state().note.as_str(), window.state().answers.len()), ("\n", 0));
        window.get_by_label("Remove").focus();
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(window.state().answers, [DialogAnswer::Other]);
    }

    #[test]
    fn ctrl_enter_saves_from_anywhere() {
        for at in ["Note", "Name", "Remove", "Cancel"] {
            let mut window = opened();
            window.get_by_label(at).focus();
            window.run();
            window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
            window.run();
            assert_eq!(window.state().answers, [DialogAnswer::Main], "{at}");
        }
    }

    #[test]
    fn space_ticks_a_box_and_enter_saves() {
        let mut window =
            testing::window((false, Vec::new()), |ui, (ticked, answers): &mut (bool, Vec<DialogAnswer>)| {
                let answer = Dialog::new("Edit", "Save").show(ui, |ui| {
                    tick_box(ui, Checkbox::new(ticked, "Locked"));
                });
                if answer != DialogAnswer::Open {
                    answers.push(answer);
                }
            });
        window.run();
        window.get_by_label("Locked").focus();
        window.run();
        window.key_press(Key::Space);
        window.run();
        assert_eq!(*window.state(), (true, vec![]));
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(*window.state(), (true, vec![DialogAnswer::Main]));
    }
}
