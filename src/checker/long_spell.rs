//! HRS-1: one spell of work of more than 13 hours (14 under the New Deal).

use super::blame::{Worker, find_both};
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
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_time(ctx, |judged, out| out.append(&mut both[judged.ix()]));
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

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}"));
    }

    #[test]
    fn thirteen_hours_are_not_too_long_and_a_minute_more_is() {
        says("KP on Majors 08:00-21:00");
        let told =
            "KP Family KP: at work 13 h 1 min in one spell, 08:00–21:01 Tue 26-Apr-2016; at most 13 h, 1 min over";
        says(&format!("KP on Majors 08:00-21:01\nwarning: {told}"));
        says(&format!("person KP: Trainee2019\nKP on Majors 08:00-21:01\nerror: {told}"));
        says(&format!(
            "person KP: Trainee2019\nKP on Majors 08:00-21:01, asked\nwarning: {told}; would block if agreed"
        ));
        says(&format!("person KP: Wtr\nKP on Majors 08:00-21:01, asked\nwarning: {told}"));
    }

    #[test]
    fn fourteen_hours_under_the_new_deal() {
        says("person KP: NewDeal\nKP on Majors 08:00-22:00");
        says(
            "person KP: NewDeal\nKP on Majors 08:00-22:01
error: KP Family KP: at work 14 h 1 min in one spell, 08:00–22:01 Tue 26-Apr-2016; at most 14 h, 1 min over",
        );
    }

    #[test]
    fn work_that_touches_is_one_spell_and_a_minute_apart_is_two() {
        let parts = "session Clinic: KP; 06:00-08:00\nperson KP: on duty 16:00-20:00\nKP on Majors";
        says(&format!("{parts} 08:01-16:00"));
        says(&format!(
            "{parts} 08:00-16:00
warning: KP Family KP: at work 14 h in one spell, 06:00–20:00 Tue 26-Apr-2016; at most 13 h, 1 h over"
        ));
    }

    #[test]
    fn the_night_the_clocks_go_back_has_an_hour_more() {
        says("window 29-Oct 08:00-08:00\nKP on Majors 29-Oct 20:00-30-Oct 08:00");
        says(
            "window 29-Oct 08:00-30-Oct 08:00\nKP on Majors 29-Oct 20:00-30-Oct 08:30
warning: KP Family KP: at work 13 h 30 min in one spell, 20:00 Sat 29-Oct-2016 – 08:30 Sun 30-Oct-2016; at most 13 h, 30 min over",
        );
    }

    #[test]
    fn every_unit_and_window_of_the_spell_hears_of_it() {
        let told =
            "warning: KP Family KP: at work 14 h in one spell, 08:00–22:00 Tue 26-Apr-2016; at most 13 h, 1 h over";
        check_rule(
            &RULE,
            &format!(
                "unit A&E: Consultant\nunit Maternity: Consultant
post Majors: A&E Consultant\npost Labour ward: Maternity Consultant
window 08:00-17:00\nwindow 18:00-23:00
KP on Majors 08:00-17:00\nKP on Labour ward 17:00-22:00\n{told}\n{told}"
            ),
        );
    }

    #[test]
    fn a_finding_points_to_the_assignments_of_its_own_unit_and_window() {
        let words = "unit A&E: Consultant\nunit Maternity: Consultant
post Majors: A&E Consultant\npost Labour ward: Maternity Consultant
window 08:00-12:00\nwindow 12:00-23:00
KP on Majors 08:00-12:00\nKP on Majors 12:00-17:00\nKP on Labour ward 17:00-22:00";
        let report = super::super::check(&super::super::testing::rota(words));
        let told = report.findings.iter().filter(|finding| finding.code == Code::Hrs1);
        let told: Vec<(&str, &str, Vec<&str>)> = told
            .map(|finding| {
                let (window, unit) = (finding.window.as_ref().unwrap(), finding.unit.as_ref().unwrap());
                (
                    window.as_str(),
                    unit.as_str(),
                    finding.assignments.iter().map(crate::model::AssignmentId::as_str).collect(),
                )
            })
            .collect();
        assert_eq!(told, [("w1", "ae", vec!["a1"]), ("w2", "ae", vec!["a2"]), ("w2", "maternity", vec!["a3"])]);
    }
}
