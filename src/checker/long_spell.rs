//! HRS-1: one spell of work of more than 13 hours (14 under the New Deal).

use super::blame::Worker;
use super::context::{Context, Judged, PersonIx};
use super::rule::{Check, Found, Rule};
use super::spell::HOUR;
use super::{Code, Finding};
use crate::model::{Rules, words};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Hrs1,
    severity: "error for trainees if agreed, else warning",
    title: "Long spell",
    why: "Cover that is joined to a night, a clinic or a second post can run on far longer than either part shows.",
    source: "Junior doctors' contract 2016 and 2019, schedule 3, paragraph 9 (13 hours); New Deal (14 hours of \
             continuous duty on a full shift); for others 13 hours is what 11 hours of rest leave of a day (Working \
             Time Regulations 1998, regulation 10)",
    example: "
post Majors: A&E middle grade
post Resus: A&E middle grade
person KP: Pereira, Keith; Trainee2016
KP on Majors 08:00-17:00
KP on Resus 17:00-21:30
error: KP Pereira: at work 13 h 30 min in one spell, 08:00–21:30 Tue 26-Apr-2016; at most 13 h, 30 min over
",
    check: Check::Person(check),
};

/// The longest spell that is not too long.
const fn minutes_max(rules: Rules) -> i64 {
    match rules {
        Rules::NewDeal => 14 * HOUR,
        Rules::Wtr | Rules::Compensatory | Rules::Trainee2016 | Rules::Trainee2019 => 13 * HOUR,
    }
}

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    found.judge_time(ctx, |judged, out| find(ctx, person, judged, out));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Vec<Finding>) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    let most = minutes_max(worker.rules);
    for (at, spell) in worker.spells().iter().enumerate().filter(|(_, spell)| spell.minutes() > most) {
        let message = format!(
            "{}: at work {} in one spell, {}; at most {}, {} over",
            worker.name(),
            words::length(spell.minutes()),
            ctx.when(*spell),
            words::length(most),
            words::length(spell.minutes() - most)
        );
        worker.blame(at, *spell, Code::Hrs1, worker.severity(), &message, out);
    }
}
