//! How long one frame of the Posts grid takes on the CPU: one egui pass and tessellation at 1920×1080.
//!
//! `cargo bench --bench draw` prints the table, and fails if a grid at rest asks for another frame.

mod sizes;

use std::time::{Duration, Instant};

use cover_rota::editor::{Action, Answer, Editor, Env, OpenedFile, Settings, ThemeName, Zoom};
use cover_rota::model::Rota;
use cover_rota::ui::{self, theme};
use egui::{Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use sizes::{L, S, XL};

/// What the README's table of speed allows at the 99th percentile, in milliseconds.
const MUST: f64 = 2.0;
/// Frames that are measured of each kind.
const FRAMES: usize = 600;
/// Frames before that: fonts are laid out once.
const WARM_UP: usize = 30;

/// The part of the window that is drawn.
#[derive(Clone, Copy)]
enum Part {
    Grid,
    Window,
}

fn main() {
    println!("| what | must | median | 99 % under |");
    println!("|---|---|---|---|");
    for (name, rota) in [("S", sizes::rota(S)), ("L", sizes::rota(L)), ("XL", sizes::rota(XL))] {
        for (zoom, minutes) in [(Zoom::Hour, 60), (Zoom::Quarter, 15)] {
            for moving in [Moving::Pointer, Moving::Scrolling, Moving::Ring] {
                let what = format!("grid, {name}, {minutes} min, {}", moving.words());
                row(&what, Some(MUST), &measured(&rota, zoom, moving, Part::Grid));
            }
        }
        row(&format!("whole window, {name}"), None, &measured(&rota, Zoom::Hour, Moving::Pointer, Part::Window));
    }
    for zoom in [Zoom::Hour, Zoom::Quarter] {
        let mut bench = Bench::new(sizes::rota(XL), zoom, Part::Grid);
        let delay = (0..20).map(|_| bench.frame(Vec::new()).repaint_after).last().unwrap_or_default();
        assert!(delay > Duration::from_mins(1), "a grid at rest asks for another frame after {delay:?}");
    }
    println!("\nA grid at rest asks for no frames.");
}

/// What happens from frame to frame.
#[derive(Clone, Copy)]
enum Moving {
    Pointer,
    Scrolling,
    Ring,
}

impl Moving {
    const fn words(self) -> &'static str {
        match self {
            Self::Pointer => "pointer moves",
            Self::Scrolling => "scrolling",
            Self::Ring => "ring moves",
        }
    }

    fn events(self, frame: usize) -> Vec<Event> {
        let at = Pos2::new(400.0 + (frame * 37 % 1200) as f32, 100.0 + (frame * 53 % 900) as f32);
        match self {
            Self::Pointer => vec![Event::PointerMoved(at)],
            Self::Scrolling => {
                let delta = vec2(0.0, if (frame / 60).is_multiple_of(2) { -24.0 } else { 24.0 });
                let wheel = Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    source: MouseWheelSource::Wheel,
                    delta,
                    phase: TouchPhase::Move,
                    modifiers: Modifiers::NONE,
                };
                vec![Event::PointerMoved(Pos2::new(960.0, 540.0)), wheel]
            }
            Self::Ring => {
                let key = [Key::ArrowDown, Key::ArrowRight, Key::ArrowUp, Key::ArrowLeft][frame / 20 % 4];
                let press = |pressed| Event::Key {
                    key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                };
                vec![press(true), press(false)]
            }
        }
    }
}

struct Frame {
    took: Duration,
    repaint_after: Duration,
}

struct Bench {
    ctx: Context,
    editor: Editor,
    part: Part,
    random: u128,
    frames: f64,
}

impl Bench {
    fn new(rota: Rota, zoom: Zoom, part: Part) -> Self {
        let ctx = Context::default();
        ui::install(&ctx);
        theme::apply(&ctx, ThemeName::Light, false);
        let editor = Editor::new(Settings { zoom, ..Settings::default() });
        let mut bench = Self { ctx, editor, part, random: 0, frames: 0.0 };
        let file = OpenedFile { rota, sealed: Some(true), read_only: false, saved_at: None, saved_by: String::new() };
        let answer = Answer::FileRead { path: "bench.ron".into(), result: Ok(Box::new(file)) };
        bench.with_env(|editor, env| editor.answer(answer, env));
        bench.ctx.memory_mut(|memory| memory.request_focus(ui::grid::grid_id()));
        bench
    }

    fn with_env(&mut self, run: impl FnOnce(&mut Editor, &mut Env<'_>)) {
        let random = &mut self.random;
        let mut chance = || {
            *random += 1;
            *random
        };
        let now = cover_rota::model::Instant(24_357_000);
        run(
            &mut self.editor,
            &mut Env { now, second: 0, running: std::time::Duration::ZERO, user: "bench", random: &mut chance },
        );
    }

    /// One pass and its tessellation; the actions of the pass are done afterwards and not measured.
    fn frame(&mut self, events: Vec<Event>) -> Frame {
        self.frames += 1.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0))),
            time: Some(self.frames / 60.0),
            events,
            ..RawInput::default()
        };
        let mut actions: Vec<Action> = Vec::new();
        let began = Instant::now();
        let (editor, part) = (&self.editor, self.part);
        let output = self.ctx.run_ui(input, |ui| match part {
            Part::Grid => {
                egui::CentralPanel::no_frame().show(ui, |ui| ui::grid::grid_ui(ui, editor, &mut actions));
            }
            Part::Window => ui::root_ui(ui, editor, &mut actions),
        });
        let triangles = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = began.elapsed();
        assert!(!triangles.is_empty());
        let delays = output.viewport_output.values().map(|viewport| viewport.repaint_delay);
        let repaint_after = delays.min().unwrap_or_default();
        for action in actions {
            self.with_env(|editor, env| editor.run(action, env));
        }
        let mut textures = output.textures_delta;
        textures.clear();
        Frame { took, repaint_after }
    }
}

fn measured(rota: &Rota, zoom: Zoom, moving: Moving, part: Part) -> Vec<Duration> {
    let mut bench = Bench::new(rota.clone(), zoom, part);
    for frame in 0..WARM_UP {
        bench.frame(moving.events(frame));
    }
    let mut times: Vec<Duration> = (0..FRAMES).map(|frame| bench.frame(moving.events(frame)).took).collect();
    times.sort_unstable();
    times
}

fn row(what: &str, must: Option<f64>, times: &[Duration]) {
    let ms = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    let must = must.map_or(String::new(), |must| format!("{must} ms"));
    println!("| {what} | {must} | {:.2} ms | {:.2} ms |", ms(50), ms(99));
}
