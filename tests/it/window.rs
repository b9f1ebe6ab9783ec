//! The whole window for tests: an editor behind the real views, a clock that stands still, ids that count up, and the
//! clipboard; the disk and the dialogs of the system are left out.

use cover_rota::editor::{Action, Answer, Editor, Effect, Env, OpenedFile, Settings, ThemeName, Verb};
use cover_rota::file;
use cover_rota::model::{Instant, Rota};
use cover_rota::ui::{self, theme};
use egui::vec2;
use egui_kittest::Harness;

/// The editor and its world.
pub(crate) struct Window {
    pub editor: Editor,
    /// What was asked of the program, in order.
    pub effects: Vec<Effect>,
    /// What was done by menu, key or button, in order.
    pub verbs: Vec<Verb>,
    random: u128,
}

impl Window {
    /// With that rota open.
    pub(crate) fn on(rota: Rota, settings: Settings) -> Self {
        let mut window = Self::empty(settings);
        let opened = OpenedFile { rota, sealed: Some(true), read_only: false, saved_at: None, saved_by: String::new() };
        let answer = Answer::FileRead { path: "test.ron".into(), result: Ok(Box::new(opened)) };
        window.answer(answer);
        window
    }

    /// With a rota open that was changed outside the program: nothing in it is current.
    pub(crate) fn unsealed(rota: Rota, settings: Settings) -> Self {
        let mut window = Self::empty(settings);
        let opened =
            OpenedFile { rota, sealed: Some(false), read_only: false, saved_at: None, saved_by: String::new() };
        window.answer(Answer::FileRead { path: "test.ron".into(), result: Ok(Box::new(opened)) });
        window
    }

    /// With nothing open.
    pub(crate) fn empty(settings: Settings) -> Self {
        Self { editor: Editor::new(settings), effects: Vec::new(), verbs: Vec::new(), random: 0 }
    }

    fn with_env(&mut self, run: impl FnOnce(&mut Editor, &mut Env<'_>)) {
        let random = &mut self.random;
        let mut chance = || {
            *random += 1;
            *random
        };
        let running = std::time::Duration::ZERO;
        let mut env = Env { now: Instant(24_357_000), second: 0, running, user: "t.ester", random: &mut chance };
        run(&mut self.editor, &mut env);
    }

    /// Does an action as if a view had asked for it.
    pub(crate) fn act(&mut self, action: Action) {
        self.with_env(|editor, env| editor.run(action, env));
    }

    /// What came back from the world.
    pub(crate) fn answer(&mut self, answer: Answer) {
        self.with_env(|editor, env| editor.answer(answer, env));
    }

    /// The open rota.
    pub(crate) fn rota(&self) -> &Rota {
        self.editor.doc().expect("a rota is open").rota()
    }

    /// Draws the window once and does what it asks for.
    pub(crate) fn frame(&mut self, ui: &mut egui::Ui) {
        let mut actions = Vec::new();
        ui::root_ui(ui, &self.editor, &mut actions);
        if !actions.is_empty() {
            ui.ctx().request_repaint();
        }
        for action in actions {
            if let Action::Do(verb) = &action {
                self.verbs.push(*verb);
            }
            self.act(action);
        }
        for effect in self.editor.take_effects() {
            self.effects.push(effect.clone());
            match effect {
                Effect::CopyText(text) => ui.ctx().copy_text(text),
                Effect::FocusFind => ui::focus_find(ui.ctx()),
                Effect::FocusPane { forward } => ui::focus_pane(ui.ctx(), forward),
                Effect::ScrollToSelection => ui::scroll_to_selection(ui.ctx()),
                _ => {}
            }
        }
    }
}

/// The window at the size of a coordinator's screen, light, with that rota open and drawn.
pub(crate) fn opened(rota: Rota) -> Harness<'static, Window> {
    shown(Window::on(rota, Settings::default()), ThemeName::Light)
}

/// Any window in any theme.
pub(crate) fn shown(window: Window, choice: ThemeName) -> Harness<'static, Window> {
    let build = Harness::builder().with_size(vec2(1366.0, 696.0)).with_max_steps(20).with_context_setup(move |ctx| {
        ui::install(ctx);
        theme::apply(ctx, choice, false);
    });
    let mut harness = build.build_ui_state(|ui, window: &mut Window| window.frame(ui), window);
    harness.run();
    harness
}

/// One of the saved rotas.
pub(crate) fn saved(name: &str) -> Rota {
    let path = format!("{}/saved_rotas/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    file::read(&std::fs::read(path).expect("the example is there")).expect("the example is sound").rota
}
