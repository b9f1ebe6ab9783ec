//! The program: a thin door to the library.

use std::process::ExitCode;

use cover_rota::app::{self, Options};
use cover_rota::cli::{self, Asked};

fn main() -> ExitCode {
    let (file, renderer) = match cli::run() {
        Asked::Done(status) => return status,
        Asked::Window { file, renderer } => (file, renderer),
    };
    if cli::is_handed_over() {
        return ExitCode::SUCCESS;
    }
    match app::run(&Options { file, renderer }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
