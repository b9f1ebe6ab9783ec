//! Phrases that several rules' messages share.

use super::context::{Context, PersonIx};
use crate::model::{Span, words};

/// "have 2: KP, RS 10:00–11:00": how many count, who, and when if not all the time.
pub(super) fn have(ctx: &Context, number: u64, who: &[(PersonIx, Vec<Span>)], span: Span) -> String {
    if who.is_empty() { format!("have {number}") } else { format!("have {number}: {}", names(ctx, who, span)) }
}

/// "KP, RS 10:00–11:00": who, and when if not all the time.
pub(super) fn names(ctx: &Context, who: &[(PersonIx, Vec<Span>)], span: Span) -> String {
    let mut names = String::with_capacity(8 * who.len());
    for (number, (person, times)) in who.iter().enumerate() {
        if number > 0 {
            names.push_str(", ");
        }
        names.push_str(&ctx.who(*person));
        if *times != [span] {
            for (number, part) in times.iter().enumerate() {
                names.push_str(if number == 0 { " " } else { " and " });
                names.push_str(&words::times(ctx.zone(), *part));
            }
        }
    }
    names
}

/// "14 appointments, 2 operations", or nothing.
pub(super) fn at_stake(appointments: u32, operations: u32) -> String {
    let counts =
        [(appointments, "appointment"), (operations, "operation")].into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, noun)| words::count(number, noun)).collect::<Vec<_>>().join(", ")
}
