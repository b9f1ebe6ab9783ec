//! `new`: a rota from a template, in a file of its own.

use std::io::Write;
use std::path::Path;

use chrono::Utc;

use crate::exchange::Template;
use crate::file::{self, Header, Over, RealDisk, Saved};
use crate::model::{Instant, words};

use super::{NotWritten, Said, refused};

/// Writes the file, says where it is, and gives the exit status.
pub(super) fn run(template: &str, path: &Path, err: &mut dyn Write) -> Said {
    match write(template, path) {
        Ok(()) => Said { out: format!("{}: written", words::safe(&path.to_string_lossy())), status: 0 },
        Err(why) => refused(err, path, &[why]),
    }
}

fn write(template: &str, path: &Path) -> Result<(), NotWritten> {
    let template = Template::named(template).ok_or_else(|| NotWritten::NoTemplate(template.to_owned()))?;
    let rota = template.rota()?;
    let mut random = random_numbers()?;
    let header = Header::new_document(random()).next(saved_now(), &mut random);
    file::save(&RealDisk, path, &rota, &header, Over::Nothing)?;
    Ok(())
}

/// Who saves, now.
pub(super) fn saved_now() -> Saved {
    Saved { at: now(), by: user(), app: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Numbers for ids, drawn ahead so that a system without chance is told of before anything is written.
pub(super) fn random_numbers() -> Result<impl FnMut() -> u128, NotWritten> {
    let mut random = [[0; 16]; 4];
    for bytes in &mut random {
        getrandom::fill(bytes).map_err(NotWritten::NoRandomNumbers)?;
    }
    let mut numbers = random.map(u128::from_be_bytes).into_iter().cycle();
    Ok(move || numbers.next().unwrap_or_default())
}

#[allow(clippy::disallowed_methods, reason = "the command line knows the time")]
pub(super) fn now() -> Instant {
    Instant::from_utc(Utc::now().naive_utc())
}

/// The name of the user as the system has it; empty if it does not say.
fn user() -> String {
    ["USER", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}
