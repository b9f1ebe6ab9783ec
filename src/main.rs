//! The program: a thin door to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let options = cover_rota::app::Options { file: std::env::args_os().nth(1).map(Into::into), ..Default::default() };
    match cover_rota::app::run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
