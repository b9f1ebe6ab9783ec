//! RST-1: less than 11 hours free of work in the 24 hours from the start of a spell (8 under the New Deal).
//!
//! A spell of 24 hours or more leaves no free time that begins in its 24 hours: that is a rest of nothing, and the
//! spell itself is blamed and named. What comes after everything known counts as free.

use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::person_work::rest_wanted;
use super::rule::{Check, Found, Rule};
use super::spell::{DailyRest, short_rests};
use super::{Code, Severity};
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
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_time(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
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
warning: KP Family KP: rest 10 h 59 min before 08:00 Tue 26-Apr-2016; 11 h wanted, 1 min short; earliest start with full rest 08:01; compensatory rest owed: 1 min (at work 12:00–21:01 Mon 25-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)",
        );
    }

    #[test]
    fn eight_hours_are_enough_under_the_new_deal() {
        says("person KP: NewDeal; on duty Mon 16:00-00:00\nKP on Majors 08:00-17:00");
        says(
            "person KP: NewDeal; on duty Mon 16:00-00:01\nKP on Majors 08:00-17:00
error: KP Family KP: rest 7 h 59 min before 08:00 Tue 26-Apr-2016; 8 h wanted, 1 min short; earliest start with full rest 08:01 (at work 16:00 Mon 25-Apr-2016 – 00:01 Tue 26-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)",
        );
    }

    #[test]
    fn a_trainee_is_blocked_if_agreed_and_warned_of_if_not() {
        let told = "TR Family TR: rest 10 h before 08:00 Tue 26-Apr-2016; 11 h wanted, 1 h short; earliest start with full rest 09:00 (at work 14:00–22:00 Mon 25-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)";
        for rules in ["Trainee2016", "Trainee2019"] {
            let words = format!("person TR: {rules}; on duty Mon 14:00-22:00\nTR on Majors 08:00-17:00");
            says(&format!("{words}\nerror: {told}"));
            says(&format!("{words}, proposed\nwarning: {told}; would block if agreed"));
            says(&format!("{words}, declined"));
        }
    }

    #[test]
    fn the_earlier_spell_is_blamed_where_the_later_has_no_assignment_in_a_window() {
        says(
            "KP on Majors 08:00-17:00\nperson KP: on duty 22:00-08:00
warning: KP Family KP: rest 5 h before 22:00 Tue 26-Apr-2016; 11 h wanted, 6 h short; earliest start with full rest 04:00 Wed 27-Apr-2016; compensatory rest owed: 6 h (at work 08:00–17:00 Tue 26-Apr-2016, then 22:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016)",
        );
        // A minute less, and there is rest without end in the 24 hours; and outside the window nobody is blamed.
        says("KP on Majors 08:00-17:00\nperson KP: on duty 22:00-07:59");
        says("KP on Majors Mon 08:00-17:00\nperson KP: on duty Mon 22:00-08:00");
    }

    #[test]
    fn being_on_call_from_home_is_not_work() {
        says("post Home: A&E consultant, on call\nKP on Home Mon 17:00-08:00\nKP on Majors 08:00-17:00");
        says("person KP: on call Mon 17:00-08:00; elsewhere Mon 20:00-23:00\nKP on Majors 08:00-17:00");
    }

    #[test]
    fn a_split_day_is_rested_by_its_longest_free_time() {
        says("KP on Majors 08:00-11:00\nKP on Majors 14:00-17:00\nperson KP: on duty Wed 04:00-12:00");
    }

    #[test]
    fn a_spell_of_24_hours_has_no_rest() {
        says("window 08:00-09:00\nKP on Majors 08:00-Wed 07:59");
        says(
            "window 08:00-09:00\nKP on Majors 08:00-08:00
warning: KP Family KP: no rest in the 24 h 08:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016; 11 h wanted, 11 h short; earliest start with full rest 19:00 Wed 27-Apr-2016; compensatory rest owed: 11 h (at work 08:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016)",
        );
    }

    #[test]
    fn rest_is_elapsed_time_when_the_clocks_change() {
        // 21:00 to 08:00 is 10 h in the night the clocks go forward, 20:00 to 06:00 is 11 h when they go back.
        says(
            "window 27-Mar 08:00-17:00\nperson KP: on duty 26-Mar 12:00-21:00\nKP on Majors 27-Mar 08:00-17:00
warning: KP Family KP: rest 10 h before 08:00 Sun 27-Mar-2016; 11 h wanted, 1 h short; earliest start with full rest 09:00; compensatory rest owed: 1 h (at work 12:00–21:00 Sat 26-Mar-2016, then 08:00–17:00 Sun 27-Mar-2016)",
        );
        says("window 30-Oct 06:00-17:00\nperson KP: on duty 29-Oct 12:00-20:00\nKP on Majors 30-Oct 06:00-15:00");
    }

    #[test]
    fn a_session_to_postpone_is_work_until_it_is_postponed() {
        let words =
            |state: &str| format!("session Late clinic: KP; Mon 16:00-22:00; {state}\nKP on Majors 08:00-17:00");
        says(&words("postponed"));
        let told = "warning: KP Family KP: rest 10 h before 08:00 Tue 26-Apr-2016; 11 h wanted, 1 h short; earliest start with full rest 09:00; compensatory rest owed: 1 h (at work 16:00–22:00 Mon 25-Apr-2016, then 08:00–17:00 Tue 26-Apr-2016)";
        says(&format!("{}\n{told}", words("to postpone")));
    }

    #[test]
    fn the_window_of_the_later_spell_hears_of_it() {
        let words = "post Majors: A&E middle grade\nwindow Mon 08:00-23:00\nwindow 06:00-17:00
KP on Majors Mon 13:00-22:00\nKP on Majors 08:00-17:00";
        let report = super::super::check(&super::super::testing::rota(words));
        let told = report.findings.iter().filter(|finding| finding.code == Code::Rst1);
        let windows: Vec<&str> =
            told.filter_map(|finding| finding.window.as_ref()).map(crate::model::WindowId::as_str).collect();
        assert_eq!(windows, ["w2"]);
    }
}
