//! Phrases that several rules' messages share.

use std::fmt::Write as _;

use super::context::{Context, PersonIx};
use crate::model::{Span, words};

/// A message of usual length fits without growing.
pub(super) const MESSAGE_LETTERS: usize = 128;

/// So many names are said in one message, at most.
const NAMES_MAX: usize = 60;

/// "A, B and C", or of very many the first and how many more.
pub(super) fn some<T: AsRef<str>>(names: &[T]) -> String {
    some_of(names.len(), |at| names[at].as_ref().to_owned())
}

/// The same of so many names, of which only those said are put together.
pub(super) fn some_of(count: usize, name: impl Fn(usize) -> String) -> String {
    let mut said: Vec<String> = (0..count.min(NAMES_MAX)).map(name).collect();
    if count > NAMES_MAX {
        said.push(format!("{} more", count - NAMES_MAX));
    }
    words::list(&said)
}

/// "have 2: KP, RS 10:00–11:00": how many count, who, and when if not all the time.
pub(super) fn push_have(text: &mut String, ctx: &Context, number: u64, who: &[(PersonIx, Vec<Span>)], span: Span) {
    text.push_str("have ");
    text.push_str(&number.to_string());
    if !who.is_empty() {
        text.push_str(": ");
        push_names(text, ctx, who, span);
    }
}

/// "KP, RS 10:00–11:00": who, and when if not all the time.
pub(super) fn push_names(text: &mut String, ctx: &Context, who: &[(PersonIx, Vec<Span>)], span: Span) {
    for (number, (person, times)) in who.iter().take(NAMES_MAX).enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        text.push_str(&ctx.who(*person));
        if *times != [span] {
            for (number, part) in times.iter().take(NAMES_MAX).enumerate() {
                text.push_str(if number == 0 { " " } else { " and " });
                words::push_times(text, ctx.clock(), *part);
            }
        }
    }
    if who.len() > NAMES_MAX {
        let _ = write!(text, " and {} more", who.len() - NAMES_MAX);
    }
}

/// "14 appointments, 2 operations", or nothing.
pub(super) fn at_stake(appointments: u32, operations: u32) -> String {
    let counts =
        [(appointments, "appointment"), (operations, "operation")].into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, noun)| words::count(number, noun)).collect::<Vec<_>>().join(", ")
}
