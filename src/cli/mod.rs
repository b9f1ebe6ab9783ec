//! The command line: what was asked for, and the calls that need no window.

mod check;
mod check_json;
mod desk;
mod export;
mod json;
mod new;
mod once;
mod plan;
mod plan_json;
mod table;
mod window_process;

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};
use thiserror::Error;

use crate::app::renderer::Renderer;
use crate::exchange::{Choices, FORMATS, Format, NotExported, Template};
use crate::file::{Faults, SaveRefused};
use crate::model::{TimeOfDay, words};

pub use window_process::is_handed_over;

/// What the program was called for.
#[derive(Debug)]
pub enum Asked {
    /// The window, on a file if one is named.
    Window {
        file: Option<PathBuf>,
        /// How to draw.
        renderer: Renderer,
    },
    /// Something that is done now.
    Done(ExitCode),
}

const EXAMPLES: &str = "\
Examples:
  cover-rota                               open the window
  cover-rota walkout.ron                   open the window on a file
  cover-rota check walkout.ron             say what is covered and what is not
  cover-rota check walkout.ron --json      the same for another program
  cover-rota plan walkout.ron              say who could close the gaps, and what that costs
  cover-rota plan walkout.ron --out p.ron  the same, and write the planned rota
  cover-rota export walkout.ron --to sitrep
                                           print the daily return; `export --help` lists the formats
  cover-rota new --out walkout.ron         start a rota from a template
  cover-rota ./check                       open a file that is called \"check\"

Exit status of check: 0 covered everywhere, 1 not, 2 the file cannot be read.
Exit status of plan: 0 every unit covered if all agree, 1 gaps remain, 2 the file cannot be read.
Exit status of export: 0, or 2 if nothing was written or printed; standard error says why.
Exit status of new: 0, or 2 if nothing was written or printed; standard error says which.";

/// Build a hospital's walkout rota: who covers which post and when, and where it is short of a normal day.
#[derive(Debug, Parser)]
#[command(name = "cover-rota", version, after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
struct Arguments {
    /// The rota file to open in the window
    file: Option<PathBuf>,
    /// What draws the window
    #[arg(long, value_enum, value_name = "NAME", default_value_t)]
    renderer: Renderer,
    #[command(subcommand)]
    call: Option<Call>,
}

#[derive(Debug, Subcommand)]
enum Call {
    /// Say for every unit and day whether it is covered, what is wrong, and what it costs
    #[command(after_help = "Exit status: 0 covered everywhere, 1 not, 2 the file cannot be read.")]
    Check {
        /// The rota file
        #[arg(value_parser = any_path())]
        file: PathBuf,
        /// Print one JSON object for another program
        #[arg(long)]
        json: bool,
    },
    /// Say who could close the gaps while the fewest operations and appointments are postponed
    #[command(
        after_help = "Exit status: 0 every unit covered if all agree, 1 gaps remain, 2 the file cannot be read, \
                            or OUT not written."
    )]
    Plan {
        /// The rota file; it is never written
        #[arg(value_parser = any_path())]
        file: PathBuf,
        /// Write the planned rota here, everybody new in it proposed; a file that is there already is left alone
        #[arg(long, value_name = "OUT")]
        out: Option<PathBuf>,
        /// How long to look for something better; the best so far is given then, with what no plan can be below
        #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = seconds, allow_negative_numbers = true)]
        seconds: f64,
        /// Print one JSON object for another program
        #[arg(long)]
        json: bool,
    },
    /// Give the rota out in another format: tables, calendars, messages, the daily return
    #[command(after_help = formats_help(), after_long_help = formats_help())]
    Export {
        /// The rota file; it is never written
        #[arg(value_parser = any_path())]
        file: PathBuf,
        /// Which format
        #[arg(long, value_name = "FORMAT", value_parser = format)]
        to: &'static Format,
        /// The file to write, or the folder where a format is several files; one that is there already is left alone
        #[arg(long, value_name = "OUT")]
        out: Option<PathBuf>,
        /// Count doctors at these times of day, such as 09:00,20:00
        #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = time_of_day)]
        at: Vec<TimeOfDay>,
    },
    /// Begin a new rota from a template
    #[command(after_help = templates_help(), after_long_help = templates_help())]
    New {
        /// Which template
        #[arg(long, value_name = "NAME", default_value = Template::ALL[0].name)]
        template: String,
        /// The file to write; one that is there already is left alone
        #[arg(long, value_name = "OUT")]
        out: PathBuf,
    },
}

/// Why an argument is no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum NoSeconds {
    #[error("not a number of seconds")]
    NoNumber,
    #[error("from 0 to 86400 seconds")]
    OutOfRange,
}

/// A number of seconds, from nothing to a day.
fn seconds(text: &str) -> Result<f64, NoSeconds> {
    const DAY: f64 = 86_400.0;
    let number: f64 = text.parse().map_err(|_| NoSeconds::NoNumber)?;
    if (0.0..=DAY).contains(&number) { Ok(number) } else { Err(NoSeconds::OutOfRange) }
}

/// The format of that name.
fn format(name: &str) -> Result<&'static Format, NoFormat> {
    Format::named(name).ok_or(NoFormat)
}

/// Why an argument is no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there is no such format: use {}", format_names())]
struct NoFormat;

fn format_names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// A time of day as it is typed.
fn time_of_day(text: &str) -> Result<TimeOfDay, NoTime> {
    text.trim().parse().map_err(|_| NoTime)
}

/// Why an argument is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a time of day such as 09:00")]
struct NoTime;

fn formats_help() -> String {
    let line = |format: &Format| {
        let kind = if format.is_folder { "a folder of" } else { "one" };
        format!(
            "  {:<10}{}, {kind} .{}: {}. For {}.\n",
            format.name, format.title, format.ending, format.purpose, format.readers
        )
    };
    format!(
        "Formats:\n{}\nExit status: 0, or 2 if nothing was written or printed; standard error says why.",
        FORMATS.iter().map(line).collect::<String>()
    )
}

/// Why no file was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
enum NotWritten {
    /// There is no template of that name.
    #[error("there is no template \"{}\": use {}", words::safe(.0), template_names())]
    NoTemplate(String),
    /// The template cannot be read.
    #[error(transparent)]
    Template(#[from] Faults),
    #[error("not written, the operating system gave no random numbers: {0}")]
    NoRandomNumbers(getrandom::Error),
    /// OUT is the file that was read.
    #[error("this is the file that was read; give another name after --out")]
    SameFile,
    /// The new file would look as if it could be trusted.
    #[error(
        "not written, since the file was changed outside Cover Rota, or is damaged; open it, look at it, and save it first"
    )]
    WrongSeal,
    /// Several files were asked for, and no folder.
    #[error("{0} is several files: name a folder after --out")]
    NoFolder(&'static str),
    /// It is no text.
    #[error("{0} is no text to be printed: name a file after --out")]
    NoFile(&'static str),
    #[error(transparent)]
    NotExported(#[from] NotExported),
    #[error(transparent)]
    Refused(#[from] SaveRefused),
}

fn template_names() -> String {
    Template::ALL.iter().map(|template| template.name).collect::<Vec<_>>().join(", ")
}

fn templates_help() -> String {
    let names = Template::ALL.iter().map(|template| format!("  {:<14}{}\n", template.name, template.summary()));
    format!(
        "Templates:\n{}\nExit status: 0, or 2 if nothing was written or printed; standard error says which.",
        names.collect::<String>()
    )
}

/// A path as it is: an empty one is a file that cannot be read, and told like any other.
fn any_path() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Reads the arguments and does what needs no window. Help, the version and wrong arguments end the program here.
pub fn run() -> Asked {
    let arguments = Arguments::parse();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let said = match arguments.call {
        None => return Asked::Window { file: arguments.file, renderer: arguments.renderer },
        Some(Call::Check { file, json }) => check::run(&file, json, &mut err),
        Some(Call::Plan { file, out: path, seconds, json }) => {
            plan::run(&plan::Wanted { file, out: path, allowed: Duration::from_secs_f64(seconds), json }, &mut err)
        }
        Some(Call::Export { file, to: format, out: path, at }) => {
            let choices = if at.is_empty() { Choices::default() } else { Choices { times: at } };
            let wrote = path.is_some();
            let said = export::run(&export::Wanted { file, format, choices, out: path }, &mut err);
            if wrote {
                return Asked::Done(ExitCode::from(finish_file(&said, &mut out, &mut err)));
            }
            said
        }
        Some(Call::New { template, out: path }) => {
            let said = new::run(&template, &path, &mut err);
            return Asked::Done(ExitCode::from(finish_file(&said, &mut out, &mut err)));
        }
    };
    Asked::Done(ExitCode::from(finish(&said, &mut out, &mut err)))
}

/// What a call has to say in the end, and its exit status.
struct Said {
    /// For standard output.
    out: String,
    status: u8,
}

/// Says why nothing came of it, a line for each reason, each with the file that it is about.
fn refused(err: &mut dyn Write, path: &Path, whys: &[impl Display]) -> Said {
    let path = path.to_string_lossy();
    for why in whys {
        complain(err, &format!("{}: {why}", words::safe(&path)));
    }
    Said { out: String::new(), status: 2 }
}

/// Prints what was said. What could not be printed must not look as if it had been: that is status 2.
fn finish(said: &Said, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    if said.out.is_empty() {
        return said.status;
    }
    match writeln!(out, "{}", said.out).and_then(|()| out.flush()) {
        Ok(()) => said.status,
        // A reader that has gone away, as `head` does, has had what it wanted.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => said.status,
        Err(error) => {
            complain(err, &format!("standard output cannot be written: {error}"));
            2
        }
    }
}

/// Prints what was said of a file. Where that cannot be printed the file is there all the same, which is said on
/// standard error.
fn finish_file(said: &Said, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let status = finish(said, out, err);
    if status != said.status {
        complain(err, &said.out);
    }
    status
}

/// Prints on standard error. Where that cannot be written either there is nobody left to tell.
fn complain(err: &mut dyn Write, text: &str) {
    let _ = writeln!(err, "{text}").and_then(|()| err.flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// A full disk.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_could_not_be_printed_never_looks_like_success() {
        let said = || Said { out: "covered".to_owned(), status: 0 };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        assert_eq!(finish(&said(), &mut out, &mut err), 0);
        assert_eq!((out.as_slice(), err.as_slice()), (&b"covered\n"[..], &b""[..]));
        assert_eq!(finish(&said(), &mut Full, &mut err), 2);
        assert!(String::from_utf8(err).unwrap().starts_with("standard output cannot be written: "));
        assert_eq!(finish(&said(), &mut Full, &mut Full), 2);
    }

    #[test]
    fn a_file_that_was_written_is_said_to_be_written_wherever_that_can_be_said() {
        let said = Said { out: "walkout.ron: written".to_owned(), status: 0 };
        let mut err = Vec::new();
        assert_eq!(finish_file(&said, &mut Full, &mut err), 2);
        let err = String::from_utf8(err).unwrap();
        assert!(err.starts_with("standard output cannot be written: ") && err.ends_with("\nwalkout.ron: written\n"));
        assert_eq!(finish_file(&Said { out: String::new(), status: 2 }, &mut Full, &mut Vec::new()), 2);
    }

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_call_goes_before_a_file_of_its_name() {
        let parse = |words: &[&str]| Arguments::try_parse_from([&["cover-rota"], words].concat());
        assert!(matches!(parse(&["check", "x.ron"]).unwrap().call, Some(Call::Check { json: false, .. })));
        assert_eq!(parse(&["./check"]).unwrap().file, Some("./check".into()));
        assert_eq!(parse(&["--renderer", "wgpu", "x.ron"]).unwrap().renderer, Renderer::Wgpu);
        for wrong in [&["check"][..], &["--renderer", "paper"], &["x.ron", "y.ron"], &["new"], &["--seconds", "3"]] {
            assert_eq!(parse(wrong).unwrap_err().exit_code(), 2, "{wrong:?}");
        }
    }
}
