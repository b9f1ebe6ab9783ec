//! What goes in and out besides the rota file: start templates, examples, and the formats a rota is given out in.
//!
//! A format is one file with a constant `FORMAT` and one word in the list below.

mod example;
mod format;
mod names;
mod shifts;
mod stopped;
mod table;
mod template;

pub use example::Example;
pub use format::{Choice, Choices, Document, Format, NotExported, Source};
pub use table::not_a_formula;
pub use template::{Template, dates_in_words};

format::formats! {
    messages
    csv
    calendar
    sitrep
    booking
    share
}
