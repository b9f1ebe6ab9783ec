//! All integration tests, as one program.

#![allow(clippy::unwrap_used, reason = "all of this is tests; the lint knows only functions marked as such")]

mod cli;
mod regression;
mod saved_rotas;
mod tidy;
mod ui_day;
mod ui_dialogs;
mod ui_grid;
mod ui_panels;
mod ui_views;
mod window;
