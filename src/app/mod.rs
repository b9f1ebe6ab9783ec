//! The window's program: the clock, the dialogs, the threads, and what the editor asks of them.

mod clock;
pub mod cores;
mod ending;
mod file_dialog;
mod files;
mod giving;
mod job;
mod jobs;
#[cfg(test)]
mod jobs_tests;
mod open_file;
mod planning;
mod recovery;
pub mod renderer;
mod session;
mod settings_file;
mod shell;
mod store;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::NativeOptions;
use egui::ViewportBuilder;
use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

use crate::editor::Editor;
use crate::file::{Disk, RealDisk};

use jobs::{Jobs, Limits, Wake};
use renderer::{Renderer, WindowError};
use shell::Shell;

/// How the window is opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A rota to open at once.
    pub file: Option<PathBuf>,
    /// What draws.
    pub renderer: Renderer,
}

/// Opens the window and stays in it until it is closed.
///
/// # Errors
/// [`WindowError`] where no renderer works, in words for standard error.
pub fn run(options: &Options) -> Result<(), WindowError> {
    let data_dir = data_dir();
    if let Some(dir) = &data_dir {
        // Without the folder nothing is kept between two starts; what needs it says so when it fails.
        let _ = RealDisk.create_dir(dir);
    }
    let file = options.file.clone().map(|path| std::path::absolute(&path).unwrap_or(path));
    renderer::open_window(options.renderer, data_dir.as_deref(), native_options, |context, first_frame| {
        let settings = data_dir.as_deref().map(settings_file::read).unwrap_or_default();
        let ctx = context.egui_ctx.clone();
        let wake = || -> Wake {
            let waking = ctx.clone();
            Box::new(move || waking.request_repaint())
        };
        let jobs = Jobs::start(Arc::new(RealDisk), Arc::new(RealDisk), data_dir.clone(), Limits::default(), wake);
        Shell::new(&ctx, Editor::new(settings), jobs, first_frame, file.clone())
    })
}

/// The user's folder for recovery copies, the recent list and settings.
fn data_dir() -> Option<PathBuf> {
    Some(choose_native_strategy().ok()?.data_dir().join("cover-rota"))
}

fn native_options() -> NativeOptions {
    let viewport = ViewportBuilder::default()
        .with_title("Cover Rota")
        .with_app_id("cover-rota")
        .with_inner_size([1366.0, 696.0])
        .with_min_inner_size([800.0, 480.0])
        .with_maximized(true)
        .with_drag_and_drop(true);
    NativeOptions { viewport, persist_window: false, ..NativeOptions::default() }
}
