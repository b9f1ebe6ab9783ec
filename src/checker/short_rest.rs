//! RST-1: less than 11 hours free of work in one piece in 24 hours (8 under the New Deal), told by the duty day.
//!
//! A duty day is spells with less than that free between each and the next. As long as it keeps within the 13 hours (16)
//! that the rest leaves of 24, a morning and an afternoon with lunch between them are no matter; where it is longer, some
//! 24 hours hold no such rest. One long spell alone is HRS-1's. What comes after everything known counts as free.

use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::work::rest_wanted;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::{LongDay, long_days};
use super::{Code, Severity, said};
use crate::model::words;

pub(super) const RULE: Rule = Rule {
    code: Code::Rst1,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Error,
    severity: "error for trainees if agreed, else warning",
    title: "Rest too short",
    why: "Doctors who cover after too little sleep make mistakes. Consultants and SAS doctors may work on, but the rest \
          they miss is owed back to them and can stop the next day's clinic; a trainee's contract forbids it.",
    source: "Working Time Regulations 1998, regulations 10 and 24 (11 hours in each 24, or compensatory rest; AL(MD)6/98 \
             for consultants and SAS doctors); junior doctors' contract 2016 and 2019, schedule 3, paragraph 19 (11 \
             hours); New Deal (8 hours between duties on shifts)",
    example: "
person LR: Rahman, Laila; on duty Mon 17:00-23:30
post Resus: A&E consultant
LR on Resus 08:00-17:00
LR on Resus Wed 08:00-17:00
warning: LR Rahman: longest rest 8 h 30 min between 17:00–23:30 Mon 25-Apr-2016 and 08:00–17:00 Tue 26-Apr-2016; 11 h needed, 2 h 30 min short; could start at 10:30 instead of 08:00; compensatory rest owed: 2 h 30 min
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_time(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    for day in long_days(worker.spells(), rest_wanted(worker.rules)) {
        if let Some(spell) = worker.last_with_place(day.spells.clone()) {
            let (message, free) = (message(&worker, &day), day.free.minutes());
            worker.blame(spell, day.span, Code::Rst1, worker.severity(), (&message, &[free]), out);
        }
    }
}

fn message(worker: &Worker, day: &LongDay) -> String {
    let wanted = rest_wanted(worker.rules);
    let spells = &worker.spells()[day.spells.clone()];
    let (before, last) = (spells[spells.len() - 2], spells[spells.len() - 1]);
    let missing = words::length(wanted - day.free.minutes());
    let owed = if worker.severity() == Severity::Warning {
        format!("; compensatory rest owed: {missing}")
    } else {
        String::new()
    };
    let start = before.to.plus(wanted);
    format!(
        "{}: longest rest {} between {}; {} needed, {missing} short; could start at {} instead of {}{owed}",
        worker.name(),
        words::length(day.free.minutes()),
        said::some_of(spells.len(), |text, at| words::push_span(text, worker.ctx.clock(), spells[at])),
        words::length(wanted),
        worker.beside(start, last.from),
        words::time(worker.ctx.clock(), last.from),
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
    fn eleven_hours_are_enough_and_a_minute_less_is_not() {
        says("person KP: on duty Mon 12:00-21:00\nKP on Majors 08:00-17:00");
        says(
            "person KP: on duty Mon 12:00-21:01\nKP on Majors 08:00-17:00
warning: KP Family KP: longest rest 10 h 59 min between 12:00–21:01 Mon 25-Apr-2016 and 08:00–17:00 Tue 26-Apr-2016; 11 h needed, 1 min short; could start at 08:01 instead of 08:00; compensatory rest owed: 1 min",
        );
    }

    #[test]
    fn eight_hours_are_enough_under_the_new_deal() {
        says("person KP: NewDeal; on duty Mon 16:00-00:00\nKP on Majors 08:00-17:00");
        says(
            "person KP: NewDeal; on duty Mon 16:00-00:01\nKP on Majors 08:00-17:00
error: KP Family KP: longest rest 7 h 59 min between 16:00 Mon 25-Apr-2016 – 00:01 Tue 26-Apr-2016 and 08:00–17:00 Tue 26-Apr-2016; 8 h needed, 1 min short; could start at 08:01 instead of 08:00",
        );
    }

    #[test]
    fn a_day_of_two_spells_may_last_thirteen_hours_and_sixteen_under_the_new_deal() {
        let day = |rules: &str, to: &str| format!("day 06:00-00:00\nperson KP: {rules}\nKP on Majors 06:00-10:00\nKP on Majors 13:00-{to}");
        says(&day("Trainee2019", "19:00"));
        says(&day("NewDeal", "22:00"));
        says(&format!(
            "{}\nerror: KP Family KP: longest rest 3 h between 06:00–10:00 Tue 26-Apr-2016 and 13:00–19:01 Tue 26-Apr-2016; 11 h needed, 8 h short; could start at 21:00 instead of 13:00",
            day("Trainee2019", "19:01")
        ));
        says(&format!(
            "{}\nerror: KP Family KP: longest rest 3 h between 06:00–10:00 Tue 26-Apr-2016 and 13:00–22:01 Tue 26-Apr-2016; 8 h needed, 5 h short; could start at 18:00 instead of 13:00",
            day("NewDeal", "22:01")
        ));
    }

    #[test]
    fn a_day_shift_and_a_night_with_three_hours_between_them_are_told_even_before_a_long_rest() {
        says(
            "day 08:00-08:00\nKP on Majors 09:00-17:00\nKP on Majors 20:00-08:00
warning: KP Family KP: longest rest 3 h between 09:00–17:00 Tue 26-Apr-2016 and 20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016; 11 h needed, 8 h short; could start at 04:00 Wed 27-Apr-2016 instead of 20:00; compensatory rest owed: 8 h",
        );
    }

    #[test]
    fn all_spells_of_the_day_are_named_and_the_last_of_them_could_start_later() {
        says(
            "person KP: on duty 18:00-20:00; on duty Wed 06:00-08:00\nKP on Majors 08:00-16:00
warning: KP Family KP: longest rest 10 h between 08:00–16:00 Tue 26-Apr-2016, 18:00–20:00 Tue 26-Apr-2016 and 06:00–08:00 Wed 27-Apr-2016; 11 h needed, 1 h short; could start at 07:00 instead of 06:00; compensatory rest owed: 1 h",
        );
    }

    #[test]
    fn a_trainee_is_blocked_if_agreed_and_warned_of_if_not() {
        let told = "TR Family TR: longest rest 10 h between 14:00–22:00 Mon 25-Apr-2016 and 08:00–17:00 Tue 26-Apr-2016; 11 h needed, 1 h short; could start at 09:00 instead of 08:00";
        for rules in ["Trainee2016", "Trainee2019"] {
            let words = format!("person TR: {rules}; on duty Mon 14:00-22:00\nTR on Majors 08:00-17:00");
            says(&format!("{words}\nerror: {told}"));
            says(&format!("{words}, proposed\nwarning: {told}; becomes an error once agreed"));
            says(&format!("{words}, declined"));
        }
    }

    #[test]
    fn the_earlier_spell_is_blamed_where_the_later_has_no_assignment_in_a_window() {
        says(
            "KP on Majors 08:00-17:00\nperson KP: on duty 22:00-07:59
warning: KP Family KP: longest rest 5 h between 08:00–17:00 Tue 26-Apr-2016 and 22:00 Tue 26-Apr-2016 – 07:59 Wed 27-Apr-2016; 11 h needed, 6 h short; could start at 04:00 Wed 27-Apr-2016 instead of 22:00; compensatory rest owed: 6 h",
        );
        // Outside the window nobody is blamed.
        says("KP on Majors Mon 08:00-17:00\nperson KP: on duty Mon 22:00-08:00");
    }

    #[test]
    fn being_on_call_from_home_is_not_work() {
        says("post Home: A&E consultant, on call\nKP on Home Mon 17:00-08:00\nKP on Majors 08:00-17:00");
        says("person KP: on call Mon 17:00-08:00; elsewhere Mon 20:00-23:00\nKP on Majors 08:00-17:00");
    }

    #[test]
    fn lunch_and_eleven_hours_before_and_after_are_right() {
        says("KP on Majors 08:00-11:00\nKP on Majors 14:00-17:00\nperson KP: on duty Wed 04:00-12:00; on duty Mon 08:00-21:00");
    }

    #[test]
    fn one_long_spell_alone_is_not_for_this_rule() {
        says("day 08:00-09:00\nKP on Majors 08:00-08:00");
    }

    #[test]
    fn rest_is_elapsed_time_when_the_clocks_change() {
        // 21:00 to 08:00 is 10 h in the night the clocks go forward, 20:00 to 06:00 is 11 h when they go back.
        says(
            "day 27-Mar 08:00-17:00\nperson KP: on duty 26-Mar 12:00-21:00\nKP on Majors 27-Mar 08:00-17:00
warning: KP Family KP: longest rest 10 h between 12:00–21:00 Sat 26-Mar-2016 and 08:00–17:00 Sun 27-Mar-2016; 11 h needed, 1 h short; could start at 09:00 instead of 08:00; compensatory rest owed: 1 h",
        );
        says("day 30-Oct 06:00-17:00\nperson KP: on duty 29-Oct 12:00-20:00\nKP on Majors 30-Oct 06:00-15:00");
    }

    #[test]
    fn a_session_to_postpone_is_work_until_it_is_postponed() {
        let words =
            |state: &str| format!("session Late clinic: KP; Mon 16:00-22:00; {state}\nKP on Majors 08:00-17:00");
        says(&words("postponed"));
        let told = "warning: KP Family KP: longest rest 10 h between 16:00–22:00 Mon 25-Apr-2016 and 08:00–17:00 Tue 26-Apr-2016; 11 h needed, 1 h short; could start at 09:00 instead of 08:00; compensatory rest owed: 1 h";
        says(&format!("{}\n{told}", words("to postpone")));
    }

    #[test]
    fn the_window_of_the_last_spell_hears_of_it() {
        let words = "post Majors: A&E middle grade\nday Mon 08:00-23:00\nday 06:00-17:00
KP on Majors Mon 13:00-22:00\nKP on Majors 08:00-17:00";
        let report = super::super::check(&super::super::testing::rota(words));
        let told = report.findings.iter().filter(|finding| finding.code == Code::Rst1);
        let windows: Vec<&str> =
            told.filter_map(|finding| finding.window.as_ref()).map(crate::model::WindowId::as_str).collect();
        assert_eq!(windows, ["w2"]);
    }
}
