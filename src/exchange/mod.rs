//! What goes in and out besides the rota file: start templates.

mod template;

pub use template::Template;
