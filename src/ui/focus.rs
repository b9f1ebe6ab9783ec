//! The keyboard's focus: one ring for everything that can have it, and the way back when a dialog closes. Whatever
//! comes after a key or a press that moves the keyboard waits for the next frame, so that it lands where it is meant.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Event, Id, Key, LayerId, Memory, Painter, Plugin, RawInput, Rect, Ui, WidgetRect};

use super::state::{Pane, UiState};
use super::{strokes, theme};

/// Works at the end of every pass, so that no widget can forget its ring.
#[derive(Default)]
pub(super) struct Focus {
    /// What came with a frame and belongs to a later one.
    waiting: Vec<Event>,
    /// The last frame.
    frame: Option<u64>,
    /// What had the keyboard at the end of the last pass.
    before: Option<Id>,
    /// The view in the middle has been given the keyboard for what waits: it is not held back again.
    woken: bool,
    /// Pressed in the last frame, and may have chosen or opened something that is drawn in this one.
    opener: Option<Opener>,
}

impl Plugin for Focus {
    fn debug_name(&self) -> &'static str {
        "focus"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let frame = Some(ctx.cumulative_frame_nr());
        if std::mem::replace(&mut self.frame, frame) == frame {
            // Drawn once more.
            self.waiting.append(&mut input.events);
            return;
        }
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        if !std::mem::take(&mut self.woken)
            && let Some(at) = events.iter().position(is_for_the_view)
            && let Some(view) = view_without_keyboard(ctx)
        {
            ctx.memory_mut(|memory| memory.request_focus(view));
            self.woken = true;
            self.waiting = events.split_off(at);
            // What would change something is not done by a key that nobody could see the effect of.
            if self.waiting.first().is_some_and(changes_something) {
                self.waiting.retain(|event| !changes_something(event) && !matches!(event, Event::Text(_)));
            }
            input.events = events;
            return;
        }
        let held = events.iter().position(is_for_the_view).filter(|_| view_is_about_to_hear(ctx));
        let end = self.end_of_frame(&events[..held.unwrap_or(events.len())]);
        self.waiting = events.split_off(end);
        input.events = events;
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        take_back(ctx);
        let now = ctx.memory(Memory::focused);
        if let (true, Some(field)) =
            (ctx.input(|input| input.key_pressed(Key::Tab)), now.filter(|_| now != self.before))
        {
            select_all(ctx, field);
        }
        self.before = now;
        draw_ring(ctx);
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl Focus {
    /// How many of these events belong to one frame: all up to Tab or a button of the pointer, that included; or up to
    /// what is typed after something that may have opened or chosen what it is for; or up to a key that acts on the
    /// letters before it; or up to what is pressed or typed after a key that moves the ring or acts: it is meant for
    /// what has the ring by then.
    fn end_of_frame(&mut self, events: &[Event]) -> usize {
        let mut opener = self.opener.take();
        let mut acted = None;
        for (at, event) in events.iter().enumerate() {
            if opener.is_some_and(|opener| opener.is_before(event)) {
                return at;
            }
            // The space that the space bar writes comes with it.
            if acted.is_some_and(|acted| acted + 1 < at || !matches!(event, Event::Text(_))) && is_next(event) {
                return at;
            }
            let is_letter = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_));
            if acts(event, events.get(at + 1)) {
                if events[..at].iter().any(is_letter) {
                    return at;
                }
                acted = Some(at);
            }
            if let Some(found) = Opener::of(event) {
                opener = Some(found);
                self.opener = opener;
            }
            if ends_the_frame(event) {
                return at + 1;
            }
        }
        events.len()
    }
}

/// What may open a dialog, a menu or a field, close it, or choose something: the frame that it comes with does so, and
/// the next one draws it.
#[derive(Clone, Copy, PartialEq)]
enum Opener {
    /// A shortcut, Enter, Esc, Delete or an F key.
    Key(Key),
    /// A button of the pointer let go.
    Pointer,
}

impl Opener {
    fn of(event: &Event) -> Option<Self> {
        let (key, modifiers) = match event {
            Event::Key { key, pressed: true, repeat: false, modifiers, .. } => (key, modifiers),
            Event::PointerButton { pressed: false, .. } => return Some(Self::Pointer),
            _ => return None,
        };
        let is_alone = matches!(key, Key::Enter | Key::Escape | Key::Delete) || is_f_key(*key);
        (is_alone || modifiers.command || modifiers.alt).then_some(Self::Key(*key))
    }

    /// Whether the event is meant for what this has opened: something else is pressed or typed; not the same key, held
    /// down, and not the second press of a double click.
    fn is_before(self, event: &Event) -> bool {
        match event {
            Event::Key { key, pressed: true, repeat, .. } => self != Self::Key(*key) || !repeat,
            Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy => true,
            Event::PointerButton { pressed: true, .. } => self != Self::Pointer,
            _ => false,
        }
    }
}

/// Whether a key does more than write the letter that comes with it. Letters before it may open a field, which it is then
/// meant for: the space bar of `rs 10-12` marks nobody as asked.
fn acts(event: &Event, next: Option<&Event>) -> bool {
    let Event::Key { key, pressed: true, .. } = event else { return false };
    matches!(key, Key::Space | Key::Slash) || !matches!(next, Some(Event::Text(_)))
}

/// Whether something is pressed or typed anew; a key that is held down goes on with what it does.
fn is_next(event: &Event) -> bool {
    match event {
        Event::Key { pressed, repeat, .. } => *pressed && !repeat,
        Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy => true,
        _ => false,
    }
}

fn is_f_key(key: Key) -> bool {
    key.name().len() > 1 && key.name().starts_with('F')
}

/// A key for the view in the middle: an arrow, a letter, Esc, and what its cells know besides.
fn is_for_the_view(event: &Event) -> bool {
    let (key, modifiers) = match event {
        Event::Key { key, pressed: true, modifiers, .. } => (key, modifiers),
        Event::Text(text) => return text.starts_with(char::is_alphabetic),
        _ => return false,
    };
    let is_other = matches!(key, Key::Tab | Key::Enter) || is_f_key(*key);
    !modifiers.command && !modifiers.alt && !is_other
}

/// Whether a key in the view changes the rota without a word more.
fn changes_something(event: &Event) -> bool {
    let Event::Key { key, .. } = event else { return false };
    let is_digit = key.name().len() == 1 && key.name().starts_with(|c: char| c.is_ascii_digit());
    is_digit || matches!(key, Key::Space | Key::Delete | Key::Backspace)
}

/// The view in the middle, where neither it nor anything else in the window has the keyboard.
fn view_without_keyboard(ctx: &Context) -> Option<Id> {
    let view = UiState::of(ctx, |state| {
        let is_covered = state.keyboard.in_the_way.any() || state.panes.wanted.is_some();
        let grid = state.panes.seen.panes.iter().find(|(pane, ..)| *pane == Pane::Grid);
        grid.filter(|_| !is_covered).map(|(.., target)| *target)
    })?;
    // Between two passes the last one stands in either place, and a field that it drew first in that one alone.
    let was_drawn =
        |id: Id| ctx.viewport(|at| [&at.prev_pass, &at.this_pass].iter().any(|pass| pass.widgets.get(id).is_some()));
    let has_keyboard = ctx.memory(Memory::focused).is_some_and(was_drawn);
    (was_drawn(view) && !has_keyboard && !goes_back(ctx)).then_some(view)
}

/// Whether the view in the middle gets the keyboard in this frame or got it in the last: until it has been drawn with it,
/// the arrows would take the keyboard elsewhere, and other keys would act on what stood there before.
fn view_is_about_to_hear(ctx: &Context) -> bool {
    let now = ctx.cumulative_frame_nr();
    let (view, is_due) = UiState::of(ctx, |state| {
        let view = state.panes.seen.panes.iter().find(|(pane, ..)| *pane == Pane::Grid).map(|(.., target)| *target);
        let wanted = state.panes.wanted.filter(|(pane, _)| *pane == Pane::Grid).map(|(_, asked)| asked);
        let goes_back = state.keyboard.goes_back.map(|(closed, _)| closed);
        (view, wanted.max(goes_back).is_some_and(|asked| now <= asked + 1))
    });
    let is_new = |view: Id| ctx.memory(|memory| memory.has_focus(view) && !memory.had_focus_last_frame(view));
    is_due || view.is_some_and(is_new)
}

/// Tab, and a button of the pointer: what is typed after it is meant for what has the keyboard then, and what the
/// pointer does after it, is done where it has gone by then. On a slow screen it all comes with one frame.
fn ends_the_frame(event: &Event) -> bool {
    matches!(event, Event::Key { key: Key::Tab, pressed: true, .. } | Event::PointerButton { .. })
}

/// In a field that Tab has come to, all of the text is selected: what is typed takes its place.
fn select_all(ctx: &Context, field: Id) {
    if let Some(mut state) = TextEditState::load(ctx, field) {
        // The end is brought back to that of the text when it is drawn.
        let all = CCursorRange::two(CCursor::default(), CCursor::new(usize::MAX));
        state.cursor.set_char_range(Some(all));
        state.store(ctx, field);
    }
}

/// What has been drawn in this frame under that name.
fn drawn(ctx: &Context, id: Id) -> Option<WidgetRect> {
    ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())
}

/// Whether nothing in the window has the keyboard: nothing at all, or something that is not drawn any more. To be asked
/// after everything is drawn.
pub(super) fn is_nowhere(ctx: &Context) -> bool {
    ctx.memory(Memory::focused).is_none_or(|id| drawn(ctx, id).is_none())
}

/// Two lines around what has the focus, after everything else in its layer.
fn draw_ring(ctx: &Context) {
    let Some(focused) = ctx.memory(Memory::focused) else { return };
    if UiState::of(ctx, |state| state.keyboard.own_ring) == Some(focused) {
        return;
    }
    if let Some((layer, rect)) = visible_part(ctx, focused) {
        let painter = Painter::new(ctx.clone(), layer, ctx.content_rect());
        painter.extend(strokes::double_ring(rect, theme::tokens(ctx)));
    }
}

/// Where the widget is, without what its scroll area cuts off. (Asking for its response would count as drawing it
/// again, which takes the focus from it in a frame with a click elsewhere.)
fn visible_part(ctx: &Context, id: Id) -> Option<(LayerId, Rect)> {
    let widget = drawn(ctx, id)?;
    let rect = widget.rect.intersect(widget.interact_rect.expand(1.0));
    (rect.is_positive() && rect.is_finite()).then_some((widget.layer_id, rect))
}

/// Scrolls to what has just been given the keyboard, where it is out of sight. Call it last inside what scrolls; inside
/// the inner one first, where one area scrolls inside another.
pub(super) fn scroll_to_focus(ui: &Ui) {
    let Some(focused) = ui.memory(Memory::focused) else { return };
    let Some(widget) = drawn(ui, focused) else { return };
    let is_inside = widget.layer_id == ui.layer_id() && ui.min_rect().contains(widget.rect.center());
    if !is_inside || UiState::of(ui, |state| state.keyboard.scrolled_to) == Some(focused) {
        return;
    }
    UiState::of(ui, |state| state.keyboard.scrolled_to = Some(focused));
    if !widget.interact_rect.expand(1.0).contains_rect(widget.rect) {
        ui.scroll_to_rect(widget.rect.expand(6.0), None);
    }
}

/// For the one view that draws a ring of its own, around the chosen cell: no ring around the whole of it.
pub fn draws_own_ring(ctx: &Context, id: Id) {
    UiState::of(ctx, |state| state.keyboard.own_ring = Some(id));
}

/// Gives the focus to what had it before a dialog that closes in this frame was opened.
pub(super) fn give_back(ctx: &Context, to: Id) {
    let frame = ctx.cumulative_frame_nr();
    UiState::of(ctx, |state| state.keyboard.goes_back = Some((frame, to)));
    ctx.request_repaint();
}

/// What had the keyboard before something opens over the window: if one thing closes and another opens, what had it
/// before the first.
pub(super) fn before_dialog(ctx: &Context) -> Option<Id> {
    let waiting = UiState::of(ctx, |state| state.keyboard.goes_back.take());
    let focused = ctx.memory(Memory::focused);
    if let Some(focused) = focused {
        ctx.memory_mut(|memory| memory.surrender_focus(focused));
    }
    waiting.map(|(_, to)| to).or(focused)
}

/// Whether the keyboard is about to go back to something that is still in the window. To be asked after everything is
/// drawn.
pub(super) fn goes_back(ctx: &Context) -> bool {
    let waiting = UiState::of(ctx, |state| state.keyboard.goes_back);
    waiting.is_some_and(|(_, to)| drawn(ctx, to).is_some())
}

/// egui keeps everything under a dialog from having the focus for one frame more, so this waits for that.
fn take_back(ctx: &Context) {
    let waiting = UiState::of(ctx, |state| state.keyboard.goes_back);
    let Some((closed_in, to)) = waiting.filter(|(frame, _)| *frame < ctx.cumulative_frame_nr()) else { return };
    UiState::of(ctx, |state| state.keyboard.goes_back = None);
    if drawn(ctx, to).is_some() && is_nowhere(ctx) && closed_in + 1 == ctx.cumulative_frame_nr() {
        ctx.memory_mut(|memory| memory.request_focus(to));
        ctx.request_repaint();
    }
}
