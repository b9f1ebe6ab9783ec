//! Cover Rota: who covers which post when doctors walk out, and where it is short of a normal day.
//!
//! The architecture, in reading order. A module uses only what stands before it; a test enforces it.
//!
//! 1. [`model`]: the rota, its time, and `Command`, the only way to change it.
//! 2. [`checker`]: what is short, wrong or worth a look, and the verdicts; pure.
//! 3. [`planner`]: who could close the gaps at the least cost, with a proof; pure.
//! 4. [`mod@file`]: the rota file, read with every fault named, written always the same, saved whole or not at all.
//! 5. [`exchange`]: what goes in and out besides the rota file, and start templates.
//! 6. [`editor`]: what is open, chosen and asked: `Action`s in, `Effect`s out; no window system.
//! 7. [`ui`]: views that draw the editor and push `Action`s.
//! 8. [`app`]: the window's program: the clock, the threads, the system's dialogs, one frame after another.
//! 9. [`cli`]: the command line: the calls that need no window.
//!
//! `main` is a door of a few lines in front of them. `docs/architecture.md` follows the data through the layers and has
//! a recipe for each kind of addition.
//!
//! What always holds: only `Command` changes a rota. Checker and planner are repeatable: same rota, same findings in
//! the same order. The file format is not the model. Only `app` and `cli` know the time, the dialogs and the threads.
//! Views ask, they do not act. Not there on purpose: whether anybody is on strike.

pub mod model;
pub mod checker;
pub mod planner;
pub mod file;
pub mod exchange;
pub mod editor;
pub mod ui;
pub mod app;
pub mod cli;
