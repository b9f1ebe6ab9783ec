//! All integration tests, as one program.

#![allow(clippy::unwrap_used, reason = "all of this is tests; the lint knows only functions marked as such")]

mod circles;
mod cli;
mod damaged;
mod docs;
mod driver;
mod exports;
mod going;
mod layers;
mod never_safe;
mod oracle;
mod planner;
mod one_story;
mod plans;
mod random;
mod regression;
mod saved_rotas;
mod second_checker;
mod tidy;
mod ui_around;
mod ui_consent;
mod ui_context_menus;
mod ui_day;
mod ui_dialogs;
mod ui_export;
mod ui_fields;
mod ui_first_steps;
mod ui_grid;
mod ui_grid_steady;
mod ui_keys;
mod ui_menus;
mod ui_panels;
mod ui_people_dialogs;
mod ui_suggest;
mod ui_views;
mod window;
mod words;
