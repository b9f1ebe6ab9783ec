//! Phrases that several rules' messages share.

use super::context::{Context, PersonIx};
use crate::model::{Span, words};

/// "have 2: KP, RS 10:00–11:00": how many count, who, and when if not all the time.
pub(super) fn have(ctx: &Context, number: u64, who: &[(PersonIx, Vec<Span>)], span: Span) -> String {
    if who.is_empty() { format!("have {number}") } else { format!("have {number}: {}", names(ctx, who, span)) }
}

/// "KP, RS 10:00–11:00": who, and when if not all the time.
pub(super) fn names(ctx: &Context, who: &[(PersonIx, Vec<Span>)], span: Span) -> String {
    let name = |(person, times): &(PersonIx, Vec<Span>)| {
        let who = ctx.who(*person);
        if *times == [span] {
            return who;
        }
        let times: Vec<String> = times.iter().map(|part| words::times(ctx.zone(), *part)).collect();
        format!("{who} {}", times.join(" and "))
    };
    who.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// "14 appointments, 2 operations", or nothing.
pub(super) fn at_stake(appointments: u32, operations: u32) -> String {
    let counts =
        [(appointments, "appointment"), (operations, "operation")].into_iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, noun)| words::count(number, noun)).collect::<Vec<_>>().join(", ")
}
