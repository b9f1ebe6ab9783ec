//! Suggested cover, at the right of the window: how far the planner is, then what it proposes, what that costs and what
//! is proven of it, change by change; and why something stays short.

mod changes;
mod figures;
mod lines;
mod looking;
mod parts;
mod rows;
mod short;
mod steady;
mod summary;
#[cfg(test)]
mod testing;
mod writer;

use egui::accesskit::Live;
use egui::{
    Align, Context, Frame, Id, Layout, Margin, Panel, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::editor::assign::post_name;
use crate::editor::suggest::{Accept, Stage, SuggestFor, Suggestion, Told};
use crate::editor::{Action, Editor, Verb};

use super::icons;
use super::panes::{self, Pane};
use super::state::{Asked, UiState};
use super::theme::sizes::COMPACT;
use super::theme::{self, Sizes, Type, sizes};
use super::widgets::{PushButton, icon_button};

/// How wide the panel is in a low window and in a high one.
const WIDTHS: (f32, f32) = (336.0, 420.0);
/// The grid keeps at least this much of a narrow window.
const SHARE_MOST: f32 = 0.48;

/// Room for the button that closes it, with what is beside it.
const CLOSE: f32 = 56.0;

/// From where a change is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointedFrom {
    /// The place of the change on the grid.
    Grid,
    /// The row of the change in the panel.
    Panel,
}

/// Whether the window has room for the most important alone.
fn is_low(ctx: &Context) -> bool {
    *Sizes::now(ctx) == COMPACT
}

fn id() -> Id {
    Id::unique("cover-rota suggested cover")
}

/// Says which change is pointed at from there, so that it is ringed in the other place too.
pub fn point_at(ctx: &Context, from: PointedFrom, change: Option<usize>) {
    let before = UiState::of(ctx, |state| {
        let suggested = &mut state.suggested;
        let slot = match from {
            PointedFrom::Grid => &mut suggested.pointed_at_in_grid,
            PointedFrom::Panel => &mut suggested.pointed_at_in_panel,
        };
        std::mem::replace(slot, change)
    });
    if before != change {
        ctx.request_repaint();
    }
}

/// The change that is pointed at, in the grid or in the panel.
pub fn pointed_at(ctx: &Context) -> Option<usize> {
    UiState::of(ctx, |state| state.suggested.pointed_at_in_grid.or(state.suggested.pointed_at_in_panel))
}

/// Draws the panel at the right, if there is anything to show in it.
pub fn suggest_panel_ui(ui: &mut Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let Some(suggestion) = editor.suggestion() else {
        UiState::of(ui, |state| state.suggested.asked = None);
        return;
    };
    let t = theme::tokens(ui);
    let content = ui.ctx().content_rect();
    let wanted = if is_low(ui) { WIDTHS.0 } else { WIDTHS.1 };
    let width = wanted.min(content.width() * SHARE_MOST).floor();
    let panel = Panel::right("suggested cover").exact_size(width).resizable(false).show_separator_line(false);
    let shown =
        panel.frame(Frame::new().fill(t.surface).inner_margin(Margin { left: 2, ..Margin::ZERO })).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            head_ui(ui, editor, suggestion, actions);
            match &suggestion.stage {
                Stage::Looking(looking) => looking::looking_ui(ui, suggestion.job, looking, editor, actions),
                Stage::Proposal(proposal) => {
                    foot_ui(ui, proposal, actions);
                    rows::rows_ui(ui, editor, proposal, actions);
                }
                Stage::Told(message) => message_ui(ui, message, actions),
            }
        });
    let rect = shown.response.rect;
    ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, t.plan);
    give_keyboard(ui, editor, suggestion);
}

/// The panel has the keyboard as soon as it opens and when it has something to say, unless somebody works elsewhere by
/// then.
fn give_keyboard(ctx: &Context, editor: &Editor, suggestion: &Suggestion) {
    let focused = ctx.memory(egui::Memory::focused);
    let (job, shows_proposal) = (suggestion.job, suggestion.proposal().is_some());
    let asked = UiState::of(ctx, |state| state.suggested.asked.clone());
    let is_new = asked.as_ref().is_none_or(|asked| asked.job != job);
    if !is_new && asked.as_ref().is_some_and(|asked| asked.shows_proposal == shows_proposal) {
        return;
    }
    let selection = editor.selection().clone();
    let is_idle = |asked: &Asked| {
        (focused.is_none() || focused == asked.focused || panes::has_keyboard(ctx, Pane::Problems))
            && asked.selection == selection
    };
    let is_busy = editor.typing().is_some() || editor.dialog().is_some();
    let wants = shows_proposal && !is_busy && (is_new || asked.as_ref().is_none_or(is_idle));
    if wants {
        panes::want(ctx, Pane::Problems);
    }
    let focused = if is_new { focused } else { asked.and_then(|asked| asked.focused) };
    UiState::of(ctx, |state| state.suggested.asked = Some(Asked { job, shows_proposal, focused, selection }));
}

/// Ctrl+Enter takes what is ticked, where nothing more inward has the keys. To be called before anything else is drawn: a
/// row or a button with the keyboard would hear Enter in it.
pub fn take_accept(ui: &Ui, editor: &Editor, actions: &mut Vec<Action>) {
    // In "Who could" it asks somebody.
    let is_heard = editor.proposal().is_some() && !is_busy(ui, editor) && !panes::has_keyboard(ui, Pane::WhoCould);
    if is_heard && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter)) {
        actions.push(Action::Do(Verb::AcceptTicked));
    }
}

/// Whether something more inward has the keys.
fn is_busy(ui: &Ui, editor: &Editor) -> bool {
    editor.typing().is_some()
        || editor.dialog().is_some()
        || egui::Popup::is_any_open(ui)
        || ui.ctx().dragged_id().is_some()
        || ui.ctx().text_edit_focused()
}

/// Esc puts the suggestion away, where nothing more inward took it. To be called after everything else is drawn.
pub fn take_escape(ui: &Ui, editor: &Editor, actions: &mut Vec<Action>) {
    let busy = editor.suggestion().is_none() || is_busy(ui, editor);
    if !busy && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        actions.push(Action::Do(Verb::RejectSuggested));
    }
}

fn head_ui(ui: &mut Ui, editor: &Editor, suggestion: &Suggestion, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), sizes::VIEW_BAR), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, t.plan_fill);
    if t.is_high_contrast() {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line2));
    }
    let middle = rect.center().y;
    icons::paint(ui.painter(), pos2(rect.left() + 21.0, middle), icons::MAGIC_WAND, icons::IN_HEAD, t.plan_text);
    let text = match &suggestion.stage {
        Stage::Looking(looking) => format!("{} s", looking::shown_seconds(ui, suggestion.job, looking)),
        Stage::Proposal(proposal) => found_text(proposal.millis),
        Stage::Told(_) => String::new(),
    };
    let text = ui.painter().layout_no_wrap(text, Type::Small.font(), t.plan_text);
    let room = rect.width() - 36.0 - text.size().x - CLOSE;
    // What has no room is said in the first line under it: no word is cut.
    let lay = |title: String| ui.painter().layout_no_wrap(title, Type::Panel.font(), t.plan_text);
    let mut titles = titles(editor, suggestion).into_iter().map(lay);
    let title = titles.find(|title| title.size().x <= room).unwrap_or_else(|| lay("Suggested cover".to_owned()));
    ui.painter().galley(pos2(rect.left() + 36.0, middle - 0.5 * title.size().y), title, t.plan_text);
    let line = UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 0.0))).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(line, |ui| {
        theme::in_bar(ui);
        if icon_button(ui, icons::X, "Close the suggestion").clicked() {
            actions.push(Action::Do(Verb::RejectSuggested));
        }
        ui.label(text);
    });
    let response = ui.interact(rect.with_max_x(rect.left() + 200.0), id().with("head"), Sense::hover());
    let spoken = spoken(suggestion);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// What the panel may be called, the most telling first.
fn titles(editor: &Editor, suggestion: &Suggestion) -> Vec<String> {
    let Some(doc) = editor.doc() else { return Vec::new() };
    let mut scopes = Vec::new();
    if suggestion.what != SuggestFor::Everything {
        scopes.push(suggestion.what.words(doc.rota()));
    }
    if let SuggestFor::Gap(gap) = &suggestion.what {
        scopes.push(post_name(doc.rota(), &gap.post));
    }
    scopes.into_iter().map(|scope| format!("Suggested cover: {scope}")).collect()
}

/// Said once when it changes: that it looks, what it found, or why there is nothing.
fn spoken(suggestion: &Suggestion) -> String {
    match &suggestion.stage {
        Stage::Looking(_) => "Suggested cover: looking".to_owned(),
        Stage::Proposal(proposal) if proposal.items.is_empty() => "Suggested cover: nothing to change".to_owned(),
        Stage::Proposal(proposal) => {
            let changes = crate::model::words::count(proposal.items.len() as u64, "change");
            format!("Suggested cover: {changes}. {}", proposal.price().text())
        }
        Stage::Told(told) => format!("Suggested cover: {}. {}", told.title, told.text),
    }
}

/// Such as `found in 0.4 s`.
fn found_text(millis: u64) -> String {
    match millis {
        0..100 => "under 0.1 s".to_owned(),
        _ => format!("found in {}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

/// The buttons under a proposal.
fn foot_ui(ui: &mut Ui, proposal: &crate::editor::suggest::Proposal, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    let frame = Frame::new().fill(t.chrome).inner_margin(Margin::symmetric(12, 10));
    let panel = Panel::bottom("suggested cover buttons").resizable(false).show_separator_line(false).frame(frame);
    let shown = panel.show(ui, |ui| {
        ui.spacing_mut().interact_size.y = sizes::CONTROL;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(sizes::GAP, 6.0);
            let (all, ticked) = (proposal.items.len(), proposal.ticked_count());
            if all > 0 {
                // The button accepts what is ticked.
                let (text, what, tip) = match (ticked, all) {
                    (1, 1) => ("Accept".to_owned(), Accept::All, Verb::AcceptSuggested.row().tooltip),
                    _ if ticked == all => {
                        (format!("Accept all {all}"), Accept::All, Verb::AcceptSuggested.row().tooltip)
                    }
                    _ => (format!("Accept {ticked} of {all}"), Accept::Ticked, Verb::AcceptTicked.row().tooltip),
                };
                let key = if ui.ctx().os().is_mac() { "⌘Enter" } else { "Ctrl+Enter" };
                let button = ui.add_enabled(ticked > 0, PushButton::primary(&text).key(key));
                if button.on_hover_text(tip).on_disabled_hover_text("Nothing is ticked").clicked() {
                    actions.push(Action::AcceptSuggested(what));
                }
            }
            let text = if all > 0 { "Reject" } else { "Close" };
            if ui.add(PushButton::new(text).key("Esc")).clicked() {
                actions.push(Action::Do(Verb::RejectSuggested));
            }
        });
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, t.line2));
}

/// Why there is no proposal, and what to do.
fn message_ui(ui: &mut Ui, message: &Told, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    Frame::new().inner_margin(Margin::symmetric(12, 14)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(Type::Unit.ink(&message.title, t.text)).wrap());
        ui.add_space(6.0);
        let said = ui.add(
            egui::Label::new(Type::Body.ink(&message.text, t.text2)).wrap().sense(Sense::focusable_noninteractive()),
        );
        panes::register(ui, Pane::Problems, ui.max_rect(), said.id);
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = sizes::CONTROL;
            if message.can_look_again && ui.add(PushButton::primary("Suggest again").icon(icons::MAGIC_WAND)).clicked()
            {
                actions.push(Action::Do(Verb::SuggestAgain));
            }
            if ui.add(PushButton::new("Close").key("Esc")).clicked() {
                actions.push(Action::CloseSuggestion);
            }
        });
    });
}

/// A rectangle with room at its sides, as rows of the panel have.
fn inside(rect: Rect) -> Rect {
    rect.shrink2(vec2(sizes::PANEL_PADDING, 0.0))
}
