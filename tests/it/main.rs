//! All integration tests, as one program.

mod saved_rotas;
mod tidy;
