//! RST-1: less than 11 hours free of work in the 24 hours from the start of a spell (8 under the New Deal).
//!
//! A spell of 24 hours or more leaves no free time that begins in its 24 hours: that is a rest of nothing, and the
//! spell itself is blamed and named. What comes after everything known counts as free.

use super::blame::Worker;
use super::context::{Context, Judged, PersonIx};
use super::person_work::rest_wanted;
use super::rule::{Check, Found, Rule};
use super::spell::{DailyRest, short_rests};
use super::{Code, Finding, Severity};
use crate::model::{Span, words};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Rst1,
    severity: "error for trainees if agreed, else warning",
    title: "Short rest",
    why: "Whoever covers after too little sleep makes mistakes. Consultants and SAS doctors may work on, but the rest \
          they miss is owed back to them and can stop the next day's clinic; a trainee's contract forbids it.",
    source: "Working Time Regulations 1998, regulations 10 and 24 (11 hours in each 24, or compensatory rest; AL(MD)6/98 \
             for consultants and SAS doctors); junior doctors' contract 2016 and 2019, schedule 3, paragraph 19 (11 \
             hours); New Deal (8 hours between duties on shifts)",
    example: "
person LR: Rahman, Laila; on duty Mon 17:00-23:30
post Resus: A&E consultant
LR on Resus 08:00-17:00
LR on Resus Wed 08:00-17:00
warning: LR Rahman: rest 8 h 30 min before 08:00 Tue 26-Apr-2016; 11 h wanted, 2 h 30 min short; earliest start with full rest 10:30; compensatory rest owed: 2 h 30 min (at work 17:00–23:30 Mon 25-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    found.judge_time(ctx, |judged, out| find(ctx, person, judged, out));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Vec<Finding>) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    for rest in short_rests(worker.spells(), rest_wanted(worker.rules)) {
        let blamed = [rest.later, rest.earlier].into_iter().find(|spell| worker.has_place(*spell));
        if let Some(spell) = blamed {
            let is_nothing = rest.earlier == rest.later;
            let span = if is_nothing { worker.spells()[rest.earlier] } else { rest.free };
            worker.blame(spell, span, Code::Rst1, worker.severity(), &message(&worker, rest), out);
        }
    }
}

fn message(worker: &Worker, rest: DailyRest) -> String {
    let wanted = rest_wanted(worker.rules);
    let (earlier, later) = (worker.spells()[rest.earlier], worker.spells()[rest.later]);
    let missing = words::length(wanted - rest.free.minutes());
    let full = rest.free.from.plus(wanted);
    let (what, at_work) = if rest.earlier == rest.later {
        let day = Span::new(earlier.from, earlier.from.plus(super::spell::DAY));
        (format!("no rest in the 24 h {}", worker.ctx.when(day)), worker.ctx.when(earlier))
    } else {
        let before = words::moment(worker.ctx.zone(), later.from);
        let both = format!("{}, then {}", worker.ctx.when(earlier), worker.ctx.when(later));
        (format!("rest {} before {before}", words::length(rest.free.minutes())), both)
    };
    let owed = if worker.severity() == Severity::Warning {
        format!("; compensatory rest owed: {missing}")
    } else {
        String::new()
    };
    let full = worker.beside(full, later.from);
    let wanted = words::length(wanted);
    format!(
        "{}: {what}; {wanted} wanted, {missing} short; earliest start with full rest {full}{owed} (at work {at_work})",
        worker.name()
    )
}
