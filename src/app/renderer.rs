//! Which renderer draws the window, and what to try when one does not work.
//!
//! Hospital desktops are often remote desktops without a GPU. Software OpenGL was measured five times faster than
//! software Vulkan, so OpenGL goes first where it always exists in software (Linux); elsewhere the system's own
//! interface goes first, but only on real hardware, then OpenGL, then whatever there is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::{AppCreator, CreationContext, NativeOptions};

/// What a person can ask for with `--renderer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Renderer {
    /// What suits the system, then the others.
    #[default]
    Auto,
    /// OpenGL first.
    Glow,
    /// Vulkan, Metal or Direct3D first.
    Wgpu,
}

/// One rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rung {
    Glow,
    WgpuHardware,
    WgpuAny,
}

impl Rung {
    fn name(self) -> &'static str {
        match self {
            Self::Glow => "glow",
            Self::WgpuHardware => "wgpu on hardware",
            Self::WgpuAny => "wgpu",
        }
    }
}

/// The rungs in the order to try them.
fn ladder(asked: Renderer, is_linux: bool) -> &'static [Rung] {
    match (asked, is_linux) {
        (Renderer::Glow, _) | (Renderer::Auto, true) => &[Rung::Glow, Rung::WgpuAny],
        (Renderer::Wgpu, _) => &[Rung::WgpuAny, Rung::Glow],
        (Renderer::Auto, false) => &[Rung::WgpuHardware, Rung::Glow, Rung::WgpuAny],
    }
}

/// How one try ended.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The window was there, and was closed.
    Closed,
    /// The program failed after the window had been there: another renderer would not help.
    FailedLater(String),
    /// No window: try the next one.
    NoWindow(String),
}

/// No renderer gave a window, or the program failed while it was open.
#[derive(Debug)]
pub struct WindowError(String);

impl std::fmt::Display for WindowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Tries rung after rung. `trying` is a file that stands while a rung is tried: one that is found at the start names
/// a rung at which the whole process died, and that one goes last.
fn climb(rungs: &[Rung], trying: Option<&Path>, mut attempt: impl FnMut(Rung) -> Outcome) -> Result<(), WindowError> {
    let died = trying.and_then(|path| std::fs::read_to_string(path).ok());
    let mut rungs = rungs.to_vec();
    rungs.sort_by_key(|rung| died.as_deref().map(str::trim) == Some(rung.name()));
    let mut failures = Vec::new();
    for rung in rungs {
        if let Some(path) = trying {
            // Without the file only the memory of a crash is lost, so its failure is no reason to stop.
            let _ = std::fs::write(path, rung.name());
        }
        let outcome = attempt(rung);
        if let Some(path) = trying {
            let _ = std::fs::remove_file(path);
        }
        match outcome {
            Outcome::Closed => return Ok(()),
            Outcome::FailedLater(why) => return Err(WindowError(why)),
            Outcome::NoWindow(why) => failures.push(format!("{}: {why}", rung.name())),
        }
    }
    Err(WindowError(format!(
        "No window could be opened.\n  {}\n`cover-rota check FILE` works without a window.",
        failures.join("\n  ")
    )))
}

/// Tells the ladder that a frame was painted, so that a failure from then on is the program's own.
#[derive(Debug, Clone)]
pub struct FirstFrame {
    painted: Arc<AtomicBool>,
    trying: Option<PathBuf>,
}

impl FirstFrame {
    /// To be called once per frame; only the first time does anything.
    pub fn is_painted(&self) {
        if !self.painted.swap(true, Ordering::Relaxed)
            && let Some(path) = &self.trying
        {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Opens the window with the first renderer that works and stays in it until it is closed.
///
/// `create` makes the application anew for each try. `data_dir` remembers a renderer that took the process down.
///
/// # Errors
/// [`WindowError`] in words for standard error.
pub fn open_window<A: eframe::App>(
    asked: Renderer,
    data_dir: Option<&Path>,
    options: impl Fn() -> NativeOptions,
    create: impl Fn(&CreationContext<'_>, FirstFrame) -> A,
) -> Result<(), WindowError> {
    let trying = data_dir.map(|dir| dir.join("renderer-trying"));
    climb(ladder(asked, cfg!(target_os = "linux")), trying.as_deref(), |rung| {
        let painted = Arc::new(AtomicBool::new(false));
        let first_frame = FirstFrame { painted: painted.clone(), trying: trying.clone() };
        let creator: AppCreator<'_> = Box::new(|context| {
            if rung == Rung::WgpuHardware && is_software(context) {
                return Err("only a software adapter".into());
            }
            Ok(Box::new(create(context, first_frame)))
        });
        let renderer = if rung == Rung::Glow { eframe::Renderer::Glow } else { eframe::Renderer::Wgpu };
        let native = NativeOptions { renderer, event_loop_builder: event_loop(), ..options() };
        let run = catch_unwind(AssertUnwindSafe(|| eframe::run_native("Cover Rota", native, creator)));
        let had_window = painted.load(Ordering::Relaxed);
        match (run, had_window) {
            (Ok(Ok(())), _) => Outcome::Closed,
            (Ok(Err(error)), true) => Outcome::FailedLater(say(&error)),
            (Ok(Err(error)), false) => Outcome::NoWindow(say(&error)),
            (Err(_), true) => Outcome::FailedLater(
                "The program had to close because of a fault in it. Unsaved changes were kept and are offered at the next \
                 start."
                    .to_owned(),
            ),
            (Err(_), false) => Outcome::NoWindow("the driver failed".to_owned()),
        }
    })
}

/// Why there is no window, for a person: a library's own error may name places in its source.
fn say(error: &eframe::Error) -> String {
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            "no desktop was found (on Linux, DISPLAY or WAYLAND_DISPLAY names it)".to_owned()
        }
        eframe::Error::Glutin(_) | eframe::Error::NoGlutinConfigs(..) | eframe::Error::OpenGL(_) => {
            "OpenGL does not work on this computer (on Debian or Ubuntu, install libgl1-mesa-dri)".to_owned()
        }
        eframe::Error::Wgpu(_) => "neither Vulkan, Metal nor Direct3D works on this computer".to_owned(),
        eframe::Error::AppCreation(error) => error.to_string(),
    }
}

/// X11 where a Wayland is named that nobody answers at, as a session that has ended leaves it behind.
#[cfg(target_os = "linux")]
fn event_loop() -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::x11::EventLoopBuilderExtX11;
    let is_set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let answers = |socket: &Path| std::os::unix::net::UnixStream::connect(socket).is_ok();
    let wayland = is_set("WAYLAND_DISPLAY").filter(|_| is_set("WAYLAND_SOCKET").is_none())?;
    let socket = wayland_socket(Path::new(&wayland), is_set("XDG_RUNTIME_DIR").as_deref().map(Path::new));
    let is_stale = is_set("DISPLAY").is_some() && !socket.is_some_and(|socket| answers(&socket));
    is_stale.then(|| -> eframe::EventLoopBuilderHook {
        Box::new(|builder| {
            builder.with_x11();
        })
    })
}

/// Other systems have one kind of desktop.
#[cfg(not(target_os = "linux"))]
fn event_loop() -> Option<eframe::EventLoopBuilderHook> {
    None
}

/// Where that Wayland is to be found: a name in the user's folder for such things, or a whole path.
#[cfg(target_os = "linux")]
fn wayland_socket(named: &Path, runtime: Option<&Path>) -> Option<PathBuf> {
    if named.is_absolute() { Some(named.to_owned()) } else { runtime.map(|runtime| runtime.join(named)) }
}

fn is_software(context: &CreationContext<'_>) -> bool {
    context
        .wgpu_render_state
        .as_ref()
        .is_some_and(|state| state.adapter.get_info().device_type == eframe::wgpu::DeviceType::Cpu)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(asked: Renderer, is_linux: bool, trying: Option<&Path>, works: Rung) -> Vec<Rung> {
        let mut rungs = Vec::new();
        let result = climb(ladder(asked, is_linux), trying, |rung| {
            rungs.push(rung);
            if rung == works { Outcome::Closed } else { Outcome::NoWindow("no".to_owned()) }
        });
        assert!(result.is_ok());
        rungs
    }

    #[test]
    fn what_fails_is_followed_by_the_next() {
        assert_eq!(tried(Renderer::Auto, true, None, Rung::Glow), [Rung::Glow]);
        assert_eq!(tried(Renderer::Auto, true, None, Rung::WgpuAny), [Rung::Glow, Rung::WgpuAny]);
        assert_eq!(tried(Renderer::Wgpu, true, None, Rung::Glow), [Rung::WgpuAny, Rung::Glow]);
        let all = [Rung::WgpuHardware, Rung::Glow, Rung::WgpuAny];
        assert_eq!(tried(Renderer::Auto, false, None, Rung::WgpuAny), all);
    }

    #[test]
    fn nothing_that_works_says_what_was_tried_and_what_still_does() {
        let error = climb(ladder(Renderer::Auto, true), None, |_| Outcome::NoWindow("no display".to_owned()));
        assert_eq!(
            error.unwrap_err().to_string(),
            "No window could be opened.\n  glow: no display\n  wgpu: no display\n\
             `cover-rota check FILE` works without a window."
        );
    }

    #[test]
    fn why_there_is_no_window_is_told_in_a_sentence() {
        let error = eframe::Error::AppCreation("only a software adapter".into());
        assert_eq!(say(&error), "only a software adapter");
        let told = say(&eframe::Error::Wgpu(eframe::egui_wgpu::WgpuError::NoSurfaceFormatsAvailable));
        assert_eq!(told, "neither Vulkan, Metal nor Direct3D works on this computer");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_wayland_is_looked_for_where_it_would_be() {
        let socket = |named: &str| wayland_socket(Path::new(named), Some(Path::new("/run/user/7")));
        assert_eq!(socket("wayland-0"), Some("/run/user/7/wayland-0".into()));
        assert_eq!(socket("/tmp/w"), Some("/tmp/w".into()));
        assert_eq!(wayland_socket(Path::new("wayland-0"), None), None);
    }

    #[test]
    fn a_fault_after_the_first_frame_opens_no_second_window() {
        let mut tries = 0;
        let result = climb(ladder(Renderer::Auto, true), None, |_| {
            tries += 1;
            Outcome::FailedLater("fault".to_owned())
        });
        assert!(result.is_err());
        assert_eq!(tries, 1);
    }

    #[test]
    fn a_renderer_that_took_the_process_down_goes_last() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("renderer-trying");
        std::fs::write(&path, "glow").unwrap();
        assert_eq!(tried(Renderer::Auto, true, Some(&path), Rung::WgpuAny), [Rung::WgpuAny]);
        assert!(!path.exists(), "a try that ended leaves no trace");
    }
}
