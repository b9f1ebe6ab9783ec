//! While the planner works: the best so far, what no plan can be below, seconds, and Stop.

use std::time::Duration;

use egui::{Align2, Context, Frame, Label, Margin, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::editor::suggest::{Looking, figure_text};
use crate::editor::{Action, Editor, Verb};
use crate::planner::{Objective, Progress};

use super::super::panes::{self, Pane};
use super::super::state::UiState;
use super::super::theme::{self, Type, sizes};
use super::super::widgets::PushButton;

/// How often the seconds are counted on.
const COUNT_EVERY: Duration = Duration::from_millis(200);

/// Seconds since the job was first shown, or what the planner says if that is more.
pub(super) fn shown_seconds(ctx: &Context, job: u64, looking: &Looking) -> String {
    let now = ctx.input(|input| input.time);
    let begun = UiState::of(ctx, |state| match state.suggested.begun {
        Some((of, begun)) if of == job => begun,
        _ => state.suggested.begun.insert((job, now)).1,
    });
    let millis = (((now - begun) * 1000.0).max(0.0) as u64).max(looking.millis);
    format!("{}.{}", millis / 1000, millis % 1000 / 100)
}

pub(super) fn looking_ui(ui: &mut Ui, job: u64, looking: &Looking, editor: &Editor, actions: &mut Vec<Action>) {
    let t = theme::tokens(ui);
    ui.ctx().request_repaint_after(COUNT_EVERY);
    let Some((doc, suggestion)) = editor.doc().zip(editor.suggestion()) else { return };
    Frame::new().inner_margin(Margin::symmetric(12, 12)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let what = suggestion.what.words(doc.rota());
        ui.add(Label::new(Type::Unit.ink(format!("Looking for cover: {what}"), t.text)).wrap());
        ui.add_space(4.0);
        let seconds = shown_seconds(ui, job, looking);
        let is_over = seconds.parse::<f64>().is_ok_and(|seconds| seconds > f64::from(looking.seconds));
        let text = if looking.is_stopping {
            "Stopping: the best so far is being put together.".to_owned()
        } else if is_over {
            "Time is up: the best so far is being put together.".to_owned()
        } else {
            format!("{seconds} s of at most {} s. You can keep editing.", looking.seconds)
        };
        ui.add(Label::new(Type::Body.ink(text, t.text2)).wrap());
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = sizes::CONTROL;
            let stop = ui.add_enabled(!looking.is_stopping && !is_over, PushButton::new("Stop and use best so far"));
            panes::register(ui, Pane::Problems, ui.max_rect(), stop.id);
            if stop.clicked() {
                actions.push(Action::Do(Verb::StopSuggesting));
            }
            if ui.add(PushButton::new("Cancel").key("Esc")).clicked() {
                actions.push(Action::Do(Verb::RejectSuggested));
            }
        });
    });
    // In a low window the figures are scrolled to; the buttons stay.
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin { bottom: 12, ..Margin::symmetric(12, 0) }).show(ui, |ui| {
            ui.set_width(ui.available_width());
            match &looking.progress {
                Some(progress) => progress_ui(ui, progress),
                None => _ = ui.label(Type::Small.ink("Reading the rota: no plan yet.", t.text2)),
            }
        });
    });
}

/// Best and bound of what is proven in the end.
fn progress_ui(ui: &mut Ui, progress: &Progress) {
    let t = theme::tokens(ui);
    let parts = format!("{} of {} steps done", progress.parts_done.min(progress.parts), progress.parts);
    ui.label(Type::Small.ink(parts, t.text2));
    ui.add_space(6.0);
    row_ui(ui, "", ("best so far", "at least"), Type::SmallStrong);
    for (n, objective) in Objective::ALL.iter().enumerate().take(Objective::PROVEN) {
        let (best, bound) = (progress.best[n], progress.bound[n].max(0).min(progress.best[n]));
        let (best, bound) = (figure_text(*objective, best), figure_text(*objective, bound));
        row_ui(ui, objective.words(), (&best, &bound), Type::Body);
    }
}

/// One objective with its best and its bound.
fn row_ui(ui: &mut Ui, name: &str, (best, bound): (&str, &str), role: Type) {
    let t = theme::tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let put = |right: f32, text: &str, ink| {
        ui.painter().text(pos2(right, rect.center().y), Align2::RIGHT_CENTER, text, role.font(), ink);
    };
    put(rect.right(), bound, t.text2);
    put(rect.right() - 80.0, best, t.text);
    let words = role.elided(ui.painter(), name, t.text, (rect.width() - 160.0).max(40.0));
    ui.painter().galley(pos2(rect.left(), rect.center().y - 0.5 * words.size().y), words, t.text);
    if !name.is_empty() {
        let spoken = format!("{name}: best so far {best}, at least {bound}");
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    }
}
