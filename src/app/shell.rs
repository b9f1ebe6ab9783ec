//! One frame after another: answers in, the clock, views drawn, actions done, effects out.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand};

use crate::editor::{Action, Editor, Effect, KEEP_AGAIN, ThemeName, Verb};
use crate::ui::{self, theme};

use super::clock::{World, now, random};
use super::ending;
use super::file_dialog;
use super::giving::Exporting;
use super::job::{Job, RecoveryJob, Work};
use super::jobs::{Jobs, News, Wake};
use super::planning::{PlanJob, Planning};
use super::renderer::FirstFrame;
use super::store::Writing;

/// How long what was just done stays on the screen.
const TOAST: Duration = Duration::from_secs(8);

/// The window's program.
pub(super) struct Shell {
    editor: Editor,
    jobs: Jobs,
    planning: Planning,
    world: World,
    ctx: Context,
    actions: Vec<Action>,
    first_frame: FirstFrame,
    /// The file that is looked at.
    watched: Option<PathBuf>,
    /// A file that the system's dialog was told to replace.
    may_replace: Option<PathBuf>,
    /// The question about unsaved work has been answered.
    may_close: bool,
    /// The window was told to close: letters that came with the same frame are entered first.
    close_asked: bool,
    /// The system has asked for the end of the program; all work is kept by then.
    is_ending: Arc<AtomicBool>,
}

impl Shell {
    /// Puts the look in and asks the disk for what an earlier run left; opens `file` if there is one.
    pub(super) fn new(
        ctx: &Context,
        editor: Editor,
        jobs: Jobs,
        first_frame: FirstFrame,
        file: Option<PathBuf>,
    ) -> Self {
        ui::install(ctx);
        ctx.options_mut(|options| {
            // The question about unsaved work comes first, and sizes are the editor's.
            options.quit_shortcuts.clear();
            options.zoom_with_keyboard = false;
        });
        let actions = file.map(Action::OpenPath).into_iter().collect();
        let waking = ctx.clone();
        let is_ending = ending::keep_first(jobs.flush(), Box::new(move || waking.request_repaint()));
        let mut shell = Self {
            editor,
            jobs,
            planning: Planning::default(),
            world: World::new(),
            ctx: ctx.clone(),
            actions,
            first_frame,
            watched: None,
            may_replace: None,
            may_close: false,
            close_asked: false,
            is_ending,
        };
        shell.look();
        shell.jobs.recovery(RecoveryJob::Start);
        shell
    }

    fn look(&mut self) {
        let settings = self.editor.settings();
        apply_theme(&self.ctx, settings.theme);
        self.ctx.set_zoom_factor(f32::from(settings.text_percent) / 100.0);
    }

    fn wake(&self) -> Wake {
        let ctx = self.ctx.clone();
        Box::new(move || ctx.request_repaint())
    }

    fn run_actions(&mut self) {
        while !self.actions.is_empty() {
            for action in std::mem::take(&mut self.actions) {
                self.world.with_env(|env| self.editor.run(action, env));
                self.ctx.request_repaint();
            }
            self.do_effects();
        }
    }

    fn take_answers(&mut self) {
        for news in self.jobs.take() {
            match news {
                News::Answer(answer) => self.world.with_env(|env| self.editor.answer(answer, env)),
                News::MayReplace(path) => self.may_replace = Some(path),
            }
            self.ctx.request_repaint();
        }
    }

    fn do_effects(&mut self) {
        for effect in self.editor.take_effects() {
            self.do_effect(effect);
        }
    }

    fn do_effect(&mut self, effect: Effect) {
        match effect {
            Effect::AskOpenPath => file_dialog::ask_open(&self.jobs, self.wake()),
            Effect::AskSavePath { suggested, why } => file_dialog::ask_save(&self.jobs, self.wake(), suggested, why),
            Effect::ReadFile { path, view_only } => self.jobs.file(Job::Read { path, view_only }),
            Effect::WriteFile { path, why, allowed, rota, state } => {
                let from = self.editor.doc().and_then(|doc| doc.path()).map(PathBuf::from);
                let replace = self.may_replace.take().is_some_and(|named| named == path);
                let by = self.world.user().to_owned();
                let writing = Writing { path, from, replace, allowed, why, rota, state, by };
                self.jobs.file(Job::Write(Box::new(writing)));
            }
            Effect::AskExportPath { suggested, export } => {
                let beside = self.editor.doc().and_then(|doc| doc.path());
                file_dialog::ask_export(&self.jobs, self.wake(), (suggested, beside), export);
            }
            Effect::Export { path, export, rota } => {
                let from = self.editor.doc().and_then(|doc| doc.path()).map(PathBuf::from);
                let replace = self.may_replace.take().is_some_and(|named| named == path);
                let (now, random) = (now().0, random());
                let exporting = Exporting { path, from, replace, export, rota, now, random };
                self.jobs.file(Job::Export(Box::new(exporting)));
            }
            Effect::Plan { job, rota, scope, seconds } => {
                let (send, wake) = (self.jobs.sender(), self.wake());
                self.planning.start(PlanJob { job, rota, scope, seconds }, send, wake);
            }
            Effect::StopPlan { job } => self.planning.stop(job),
            Effect::MakeFolder(path) => self.jobs.file(Job::MakeFolder(path)),
            Effect::CopyText(text) => self.ctx.copy_text(text),
            Effect::AskPaste => self.ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Effect::KeepRecovery { rota, path, saved, changes, state } => {
                self.jobs.recovery(RecoveryJob::Keep(Work { rota, path, saved, changes, state }));
            }
            Effect::SetAside { rota, path, saved, changes } => {
                self.jobs.recovery(RecoveryJob::SetAside(Work { rota, path, saved, changes, state: 0 }));
            }
            Effect::DropRecovery => self.jobs.recovery(RecoveryJob::Drop),
            Effect::DropKept(path) => self.jobs.recovery(RecoveryJob::DropKept(path)),
            Effect::ThrowAway(path) => self.jobs.recovery(RecoveryJob::Discard(path)),
            Effect::ReadKept(path) => self.jobs.recovery(RecoveryJob::ReadKept(path)),
            Effect::KeepRecent(recent) => self.jobs.recovery(RecoveryJob::KeepRecent(recent)),
            Effect::KeepSettings(settings) => self.jobs.recovery(RecoveryJob::KeepSettings(settings)),
            Effect::ApplyTheme(name) => apply_theme(&self.ctx, name),
            Effect::ApplyTextSize(percent) => self.ctx.set_zoom_factor(f32::from(percent) / 100.0),
            Effect::FocusFind => ui::focus_find(&self.ctx),
            Effect::FocusPane { forward } => ui::focus_pane(&self.ctx, forward),
            Effect::ScrollToSelection => ui::scroll_to_selection(&self.ctx),
            Effect::SetTitle(title) => self.ctx.send_viewport_cmd(ViewportCommand::Title(title)),
            Effect::CloseWindow => {
                self.may_close = true;
                self.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Effect::Repaint => self.ctx.request_repaint(),
        }
    }

    /// Closing the window asks about unsaved work first, but for where the system closes the program.
    fn guard_close(&mut self, ctx: &Context) {
        if self.is_ending.load(Ordering::Relaxed) && !self.may_close {
            self.may_close = true;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.close_asked = true;
            ctx.request_repaint();
        }
    }

    /// Asks for the end if the window was told to close: once what was typed until then has been heard, or, where
    /// nothing is drawn, a frame later.
    fn ask_to_close(&mut self) {
        if std::mem::take(&mut self.close_asked) {
            self.actions.push(Action::Do(Verb::Quit));
        }
    }

    fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !dropped.is_empty() {
            self.actions.push(Action::FilesDropped(dropped));
        }
    }

    /// Has another file looked at when the editor goes on with one.
    fn watch(&mut self) {
        let path = self.editor.doc().and_then(|doc| doc.path()).map(PathBuf::from);
        if path != self.watched {
            self.watched.clone_from(&path);
            self.jobs.file(Job::Watch(path));
        }
    }

    fn tick(&mut self, ctx: &Context) {
        self.watch();
        self.world.with_env(|env| self.editor.tick(env));
        self.do_effects();
        // At rest nothing is drawn: work that is kept waits on a thread of its own.
        if self.editor.not_kept().is_some() {
            ctx.request_repaint_after(KEEP_AGAIN);
        }
        if self.editor.toast().is_some() {
            ctx.request_repaint_after(TOAST);
        }
    }
}

impl eframe::App for Shell {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.take_answers();
        self.ask_to_close();
        self.guard_close(ctx);
        self.take_dropped_files(ctx);
        self.run_actions();
        self.tick(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        ui::root_ui(ui, &self.editor, &mut self.actions);
        self.ask_to_close();
        self.run_actions();
        self.first_frame.is_painted();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

fn apply_theme(ctx: &Context, choice: ThemeName) {
    // A blinking cursor would draw the whole window twice a second, which costs too much without a GPU.
    theme::apply(ctx, choice, false);
}
