//! All integration tests, as one program.

mod cli;
mod regression;
mod saved_rotas;
mod tidy;
