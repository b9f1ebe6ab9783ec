//! What goes in and out besides the rota file: start templates and examples.

mod example;
mod template;

pub use example::Example;
pub use template::{Template, dates_in_words};
