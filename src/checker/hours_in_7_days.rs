//! HRS-2: more than 72 hours of work in some 168 consecutive hours.
//!
//! Any 168 hours are looked at, to the minute, not calendar days, that share a minute with a spell that has an
//! assignment in a window; the earliest with the most work are named, once for each person.

use super::blame::Worker;
use super::context::{Context, Judged, PersonIx};
use super::rule::{Check, Found, Rule};
use super::spell::{HOUR, WEEK, most_work};
use super::{Code, Finding};
use crate::model::{Span, words};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Hrs2,
    severity: "error for trainees if agreed, else warning",
    title: "Too many hours in 7 days",
    why: "Cover is added on top of a normal week; the sum is seen on no single day.",
    source: "Junior doctors' contract 2016 and 2019, schedule 3, paragraph 8: at most 72 hours in any 168 consecutive \
             hours. The New Deal and the Working Time Regulations 1998 allow less on average (56 and 48 hours a week)",
    example: "
person KP: Pereira, Keith; on duty 19-Apr 20:00-08:30; on duty 20-Apr 20:00-08:30; on duty 21-Apr 20:00-08:30; on duty 22-Apr 20:00-08:30; on duty 24-Apr 08:00-20:30; on duty Mon 08:00-12:00
post Majors: A&E middle grade
KP on Majors 08:00-17:00
warning: KP Pereira: 75 h 30 min of work in the 168 h 17:00 Tue 19-Apr-2016 – 17:00 Tue 26-Apr-2016; at most 72 h, 3 h 30 min over
",
    check: Check::Person(check),
};

/// The most work in 168 hours that is not too much.
pub const MINUTES_MAX: i64 = 72 * HOUR;

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    found.judge_once(ctx, |judged, out| find(ctx, person, judged, out));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Vec<Finding>) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    let spells = worker.spells();
    if spells.iter().map(|spell| spell.minutes()).sum::<i64>() <= MINUTES_MAX {
        return;
    }
    let most = most_work(spells, WEEK, &worker.work.in_windows(ctx, person));
    let Some((stretch, minutes)) = most.filter(|(_, minutes)| *minutes > MINUTES_MAX) else { return };
    let Some(spell) = worker.last_in(stretch) else { return };
    worker.blame(spell, stretch, Code::Hrs2, worker.severity(), &message(&worker, stretch, minutes), out);
}

fn message(worker: &Worker, stretch: Span, minutes: i64) -> String {
    format!(
        "{}: {} of work in the 168 h {}; at most 72 h, {} over",
        worker.name(),
        words::length(minutes),
        worker.ctx.when(stretch),
        words::length(minutes - MINUTES_MAX)
    )
}
