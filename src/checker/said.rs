//! Phrases that several rules' messages share.

use std::fmt::{self, Write as _};

use super::context::Context;
use super::sweep::PersonTime;
use crate::model::{Span, words};

/// A message of usual length fits without growing.
pub(super) const MESSAGE_LETTERS: usize = 192;

/// The message of those words, put together without growing on the way.
pub(super) fn message(words: fmt::Arguments<'_>) -> String {
    let mut text = String::with_capacity(MESSAGE_LETTERS);
    let _ = text.write_fmt(words);
    text
}

/// So many names are said in one message, at most.
const NAMES_MAX: usize = 60;

/// "A, B and C", or of very many the first and how many more.
pub(super) fn some<T: AsRef<str>>(names: &[T]) -> String {
    some_of(names.len(), |text, at| text.push_str(names[at].as_ref()))
}

/// The same of so many names, of which only those said are put together.
pub(super) fn some_of(count: usize, push_name: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    push_some_of(&mut text, count, push_name);
    text
}

/// The same at the end of a text.
pub(super) fn push_some_of(text: &mut String, count: usize, push_name: impl Fn(&mut String, usize)) {
    for at in 0..count.min(NAMES_MAX) {
        text.push_str(match at {
            0 => "",
            _ if at + 1 == count => " and ",
            _ => ", ",
        });
        push_name(text, at);
    }
    if count > NAMES_MAX {
        let _ = write!(text, " and {} more", count - NAMES_MAX);
    }
}

/// "have 2: KP, RS 10:00–11:00": how many count, who, and when if not all the time.
pub(super) fn push_have(text: &mut String, ctx: &Context, number: u64, who: &[PersonTime], span: Span) {
    let _ = write!(text, "have {number}");
    if !who.is_empty() {
        text.push_str(": ");
        push_names(text, ctx, who, span);
    }
}

/// "KP, RS 10:00–11:00": who, and when if not all the time.
pub(super) fn push_names(text: &mut String, ctx: &Context, who: &[PersonTime], span: Span) {
    let mut people = who.chunk_by(|a, b| a.0 == b.0);
    for (number, times) in people.by_ref().take(NAMES_MAX).enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        text.push_str(&ctx.who(times[0].0));
        if !matches!(times, [(_, whole)] if *whole == span) {
            for (number, (_, part)) in times.iter().take(NAMES_MAX).enumerate() {
                text.push_str(if number == 0 { " " } else { " and " });
                words::push_times(text, ctx.clock(), *part);
            }
        }
    }
    let more = people.count();
    if more > 0 {
        let _ = write!(text, " and {more} more");
    }
}

/// "14 appointments, 2 operations", or nothing.
pub(super) fn at_stake(appointments: u32, operations: u32) -> String {
    let counts =
        [(appointments, "appointment"), (operations, "operation")].into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, noun)| words::count(number, noun)).collect::<Vec<_>>().join(", ")
}
