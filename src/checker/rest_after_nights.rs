//! RST-4: too little rest between the last night of a run and work that is not a night.
//!
//! Nights in a row are nights under 46 hours apart with no other spell between them. Under the contract as issued in
//! 2016 the rest is owed after a run of 3 or 4; a longer run (which HRS-3 forbids) owes it too.

use super::Code;
use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::Severity;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::RestAfterNights;
use super::work::{REST_AFTER_NIGHTS, nights_min};
use crate::model::words;

pub(super) const RULE: Rule = Rule {
    code: Code::Rst4,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Error,
    severity: "error if agreed, else warning; trainees under the contracts of 2016 and 2019",
    title: "Rest too short after nights",
    why: "One free night does not make up for a run of nights: a trainee who goes from nights straight to a day shift is \
          too tired to be safe.",
    source: "Junior doctors' contract 2016, schedule 3: 46 hours after a run of 3 or 4 nights; as changed in 2019, \
             paragraph 13: 46 hours after any number of nights, even one",
    example: "
person TR: Obi, Tam; Trainee2019; on duty 24-Apr 20:00-08:00
post Majors: A&E middle grade
TR on Majors 26-Apr 08:00-17:00, asked
warning: TR Obi: rest 24 h after 1 night, before 08:00 Tue 26-Apr-2016; 46 h needed, 22 h short; could start at 06:00 Wed 27-Apr-2016 (night 20:00 Sun 24-Apr-2016 – 08:00 Mon 25-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016); becomes an error once agreed
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    if ctx.people[person].rules.and_then(nights_min).is_some() {
        let Some(mut both) = find_both(ctx, person, |judged, out| find_all(ctx, person, judged, out)) else { return };
        found.judge_time(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
    }
}

fn find_all(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    for rest in worker.work.rests_after_nights(worker.rules) {
        let (last, next) = (rest.nights.end - 1, rest.nights.end);
        let Some(spell) = [next, last].into_iter().find(|spell| worker.has_place(*spell)) else { continue };
        let message = message(&worker, &rest);
        worker.blame(spell, rest.free, Code::Rst4, worker.severity(), (&message, &[]), out);
    }
}

fn message(worker: &Worker, rest: &RestAfterNights) -> String {
    let (last, next) = (worker.spells()[rest.nights.end - 1], worker.spells()[rest.nights.end]);
    let free = rest.free.minutes();
    format!(
        "{}: rest {} after {}, before {}; 46 h needed, {} short; could start at {} (night {}, then {})",
        worker.name(),
        words::length(free),
        match rest.nights.len() {
            1 => "1 night".to_owned(),
            nights => format!("{nights} nights in a row"),
        },
        words::moment(worker.ctx.clock(), next.from),
        words::length(REST_AFTER_NIGHTS - free),
        worker.beside(last.to.plus(REST_AFTER_NIGHTS), next.from),
        worker.ctx.when(last),
        worker.ctx.when(next)
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}"));
    }

    #[test]
    fn forty_six_hours_are_enough_and_a_minute_less_is_not() {
        says("person TR: Trainee2019; on duty 23-Apr 22:00-10:00\nTR on Majors 08:00-17:00");
        says(
            "person TR: Trainee2019; on duty 23-Apr 22:00-10:01\nTR on Majors 08:00-17:00
error: TR Family TR: rest 45 h 59 min after 1 night, before 08:00 Tue 26-Apr-2016; 46 h needed, 1 min short; could start at 08:01 (night 22:00 Sat 23-Apr-2016 – 10:01 Sun 24-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)",
        );
    }

    #[test]
    fn under_the_contract_of_2016_three_nights_ask_for_it_and_two_do_not() {
        let two = "person TR: Trainee2016; on duty 22-Apr 20:00-08:00; on duty 23-Apr 20:00-08:00";
        let day = "TR on Majors Mon 14:00-17:00";
        let window = "day Mon 08:00-17:00";
        says(&format!("{window}\n{two}\n{day}"));
        says(&format!(
            "{window}\n{two}; on duty 21-Apr 20:00-08:00\n{day}
error: TR Family TR: rest 30 h after 3 nights in a row, before 14:00 Mon 25-Apr-2016; 46 h needed, 16 h short; could start at 06:00 Tue 26-Apr-2016 (night 20:00 Sat 23-Apr-2016 – 08:00 Sun 24-Apr-2016, then 14:00–17:00 Mon 25-Apr-2016)"
        ));
    }

    #[test]
    fn another_night_asks_for_nothing_and_others_have_no_such_limit() {
        says("day 08:00-08:00\nperson TR: Trainee2019; on duty Mon 20:00-08:00\nTR on Majors 20:00-08:00");
        for rules in ["Wtr", "Compensatory", "NewDeal"] {
            says(&format!("person TR: {rules}; on duty 24-Apr 20:00-08:00\nTR on Majors 08:00-17:00"));
        }
    }

    #[test]
    fn three_hours_after_23_make_a_night() {
        says("person TR: Trainee2019; on duty Mon 14:00-01:59\nTR on Majors 13:00-17:00");
        says(
            "person TR: Trainee2019; on duty Mon 14:00-02:00\nTR on Majors 13:00-17:00
error: TR Family TR: rest 11 h after 1 night, before 13:00 Tue 26-Apr-2016; 46 h needed, 35 h short; could start at 00:00 Thu 28-Apr-2016 (night 14:00 Mon 25-Apr-2016 – 02:00 Tue 26-Apr-2016, then 13:00–17:00 Tue 26-Apr-2016)",
        );
    }

    #[test]
    fn the_window_of_the_day_hears_of_it_or_else_that_of_the_night() {
        let windows = |day: &str| {
            let words = format!(
                "post Majors: A&E middle grade\nday Mon 19:00-08:00\nday 08:00-Wed 08:00\nperson TR: Trainee2019{day}
TR on Majors Mon 20:00-08:00"
            );
            let report = super::super::check(&super::super::testing::rota(&words));
            let told = report.findings.into_iter().filter(|finding| finding.code == Code::Rst4);
            told.filter_map(|finding| finding.window).map(|id| id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(windows("\nTR on Majors 20:00-22:00"), ["w2"]);
        assert_eq!(windows("; on duty 20:00-22:00"), ["w1"]);
    }
}
