//! HRS-1: one spell of work of more than 13 hours.
//!
//! Under the New Deal over 13 hours is a warning and over 14, which it forbids, an error.

use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::HOUR;
use super::{Code, Severity};
use crate::model::{Rules, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Hrs1,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Error,
    severity: "error for trainees if agreed (New Deal: over 14 hours), else warning",
    title: "Shift too long",
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
error: KP Pereira: 13 h 30 min in one shift, 08:00–21:30 Tue 26-Apr-2016; limit 13 h, 30 min over
",
    check: Check::Person(check),
};

/// The longest spell that nobody need be told of.
const MINUTES_MAX: i64 = 13 * HOUR;

/// The longest that is allowed under the New Deal.
const NEW_DEAL_MINUTES_MAX: i64 = 14 * HOUR;

/// The longest shift, in minutes, that these rules never make an error of: what the planner proposes at the most.
pub(super) const fn minutes_max(rules: Rules) -> i64 {
    if matches!(rules, Rules::NewDeal) { NEW_DEAL_MINUTES_MAX } else { MINUTES_MAX }
}

/// How bad a spell of so many minutes is, and the limit that it is over; nothing if it is not too long.
fn too_long(worker: &Worker, minutes: i64) -> Option<(Severity, i64)> {
    match worker.rules {
        Rules::NewDeal if minutes > NEW_DEAL_MINUTES_MAX => Some((Severity::Error, NEW_DEAL_MINUTES_MAX)),
        Rules::NewDeal if minutes > MINUTES_MAX => Some((Severity::Warning, MINUTES_MAX)),
        _ => (minutes > MINUTES_MAX).then(|| (worker.severity(), MINUTES_MAX)),
    }
}

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, out)) else { return };
    found.judge_time(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged) else { return };
    for (at, spell) in worker.spells().iter().enumerate() {
        let Some((severity, most)) = too_long(&worker, spell.minutes()) else { continue };
        let message = format!(
            "{}: {} in one shift, {}; limit {}, {} over",
            worker.name(),
            words::length(spell.minutes()),
            ctx.when(*spell),
            words::length(most),
            words::length(spell.minutes() - most)
        );
        worker.blame(at, *spell, Code::Hrs1, severity, (&message, &[]), out);
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
            "KP Family KP: 13 h 1 min in one shift, 08:00–21:01 Tue 26-Apr-2016; limit 13 h, 1 min over";
        says(&format!("KP on Majors 08:00-21:01\nwarning: {told}"));
        says(&format!("person KP: Trainee2019\nKP on Majors 08:00-21:01\nerror: {told}"));
        says(&format!(
            "person KP: Trainee2019\nKP on Majors 08:00-21:01, asked\nwarning: {told}; becomes an error once agreed"
        ));
        says(&format!("person KP: Wtr\nKP on Majors 08:00-21:01, asked\nwarning: {told}"));
    }

    #[test]
    fn under_the_new_deal_over_thirteen_hours_warn_and_over_fourteen_are_an_error() {
        says("person KP: NewDeal\nKP on Majors 08:00-21:00");
        for (to, long, over) in [("21:01", "13 h 1 min", "1 min"), ("22:00", "14 h", "1 h")] {
            for asked in ["", ", asked"] {
                says(&format!(
                    "person KP: NewDeal\nKP on Majors 08:00-{to}{asked}
warning: KP Family KP: {long} in one shift, 08:00–{to} Tue 26-Apr-2016; limit 13 h, {over} over"
                ));
            }
        }
        says(
            "person KP: NewDeal\nKP on Majors 08:00-22:01
error: KP Family KP: 14 h 1 min in one shift, 08:00–22:01 Tue 26-Apr-2016; limit 14 h, 1 min over",
        );
    }

    #[test]
    fn work_that_touches_is_one_spell_and_a_minute_apart_is_two() {
        let parts = "session Clinic: KP; 06:00-08:00\nperson KP: on duty 16:00-20:00\nKP on Majors";
        says(&format!("{parts} 08:01-16:00"));
        says(&format!(
            "{parts} 08:00-16:00
warning: KP Family KP: 14 h in one shift, 06:00–20:00 Tue 26-Apr-2016; limit 13 h, 1 h over"
        ));
    }

    #[test]
    fn the_night_the_clocks_go_back_has_an_hour_more() {
        says("day 29-Oct 08:00-08:00\nKP on Majors 29-Oct 20:00-30-Oct 08:00");
        says(
            "day 29-Oct 08:00-30-Oct 08:00\nKP on Majors 29-Oct 20:00-30-Oct 08:30
warning: KP Family KP: 13 h 30 min in one shift, 20:00 Sat 29-Oct-2016 – 08:30 Sun 30-Oct-2016; limit 13 h, 30 min over",
        );
    }

    #[test]
    fn every_unit_and_window_of_the_spell_hears_of_it() {
        let told =
            "warning: KP Family KP: 14 h in one shift, 08:00–22:00 Tue 26-Apr-2016; limit 13 h, 1 h over";
        check_rule(
            &RULE,
            &format!(
                "unit A&E: Consultant\nunit Maternity: Consultant
post Majors: A&E Consultant\npost Labour ward: Maternity Consultant
day 08:00-17:00\nday 18:00-23:00
KP on Majors 08:00-17:00\nKP on Labour ward 17:00-22:00\n{told}\n{told}"
            ),
        );
    }

    #[test]
    fn a_finding_points_to_the_assignments_of_its_own_unit_and_window() {
        let words = "unit A&E: Consultant\nunit Maternity: Consultant
post Majors: A&E Consultant\npost Labour ward: Maternity Consultant
day 08:00-12:00\nday 12:00-23:00
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
