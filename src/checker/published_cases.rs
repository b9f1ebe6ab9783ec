//! Patterns of work that contracts, guidance and other programs' tests publish, with what the people rules make of them.
//!
//! Each row is written as a coordinator would say it: who, under which rules, and shifts by the day of April 2016 (30
//! and more run into May). Everything lies in one window, all of it agreed, so that each limit is seen by itself.

use super::testing::rota;
use super::{Code, Severity, check};

/// What is published, under which rules, the shifts, and what is found; "E" is an error, "W" a warning.
struct Case(&'static str, &'static str, &'static str, &'static [&'static str]);

/// Sources: NHS Employers, "Working hours and patterns FAQs" (2016) and "Rota rules at a glance" (2019); BMA, "Rota
/// design made easy" (New Deal); the Working Time Regulations 1998; and what the tests of other rota programs try
/// (a pair whose earlier shift comes later in the file; midnight; weeks that are not calendar weeks; clock changes).
const CASES: &[Case] = &[
    // Length of a shift.
    Case("13 hours is the longest shift", "Trainee2016", "26 08:00-21:00", &[]),
    Case("13 hours and a quarter is not", "Trainee2016", "26 08:00-21:15", &["E HRS-1"]),
    Case(
        "12 hours 30 with handover at both ends is one shift",
        "Trainee2019",
        "26 07:30-20:00, 26 19:30-21:00",
        &["E HRS-1"],
    ),
    Case("a night of 13 hours", "Trainee2019", "26 19:30-08:30", &[]),
    Case("the New Deal allows 14 hours of continuous duty; told as long", "NewDeal", "26 08:00-22:00", &["W HRS-1"]),
    Case("and not 14 and a half", "NewDeal", "26 08:00-22:30", &["E HRS-1"]),
    Case("a consultant resident for 24 hours is one long shift", "Compensatory", "26 08:00-08:00", &["W HRS-1"]),
    Case("a trainee resident for 24 hours", "Trainee2016", "26 08:00-08:00", &["E HRS-1"]),
    // Rest between shifts.
    Case("a late to 21:00 and an early from 08:00: 11 hours", "Wtr", "25 13:00-21:00, 26 08:00-16:00", &[]),
    Case("a late to 21:30 and an early from 08:00", "Wtr", "25 13:00-21:30, 26 08:00-16:00", &["W RST-1"]),
    Case("the same for a trainee", "Trainee2019", "25 13:00-21:30, 26 08:00-16:00", &["E RST-1"]),
    Case("the later shift first in the file", "Trainee2019", "26 08:00-16:00, 25 13:00-21:30", &["E RST-1"]),
    Case(
        "a day 07:00 to 19:00 and the next from 07:00: 12 hours",
        "Trainee2019",
        "25 07:00-19:00, 26 07:00-19:00",
        &[],
    ),
    Case("shifts that touch are no rest and no gap", "Trainee2016", "26 08:00-12:00, 26 12:00-16:00", &[]),
    Case("the New Deal wants 8 hours", "NewDeal", "25 14:00-00:00, 26 08:00-16:00", &[]),
    Case("and not 7 and a half", "NewDeal", "25 14:00-00:30, 26 08:00-16:00", &["E RST-1"]),
    Case("a long day, a free day, a long day", "Trainee2019", "24 08:00-20:30, 26 08:00-20:30", &[]),
    Case("a clinic, lunch and an evening within 13 hours", "Trainee2019", "26 08:00-12:00, 26 13:00-21:00", &[]),
    Case("and a quarter of an hour longer", "Trainee2019", "26 08:00-12:00, 26 13:00-21:15", &["E RST-1"]),
    Case(
        "a day and a night with three hours between them, before a free day",
        "Compensatory",
        "26 09:00-17:00, 26 20:00-08:00",
        &["W RST-1"],
    ),
    // 72 hours in 168.
    Case(
        "six days of 12 hours are 72",
        "NewDeal",
        "20 08:00-20:00, 21 08:00-20:00, 22 08:00-20:00, 24 08:00-20:00, 25 08:00-20:00, 26 08:00-20:00",
        &[],
    ),
    Case(
        "six long days of 12 hours 30 in a week are 75",
        "Trainee2016",
        "20 08:00-20:30, 21 08:00-20:30, 22 08:00-20:30, 24 08:00-20:30, 25 08:00-20:30, 26 08:00-20:30",
        &["E HRS-2", "E HRS-3"],
    ),
    Case(
        "the same over two calendar weeks",
        "Trainee2016",
        "22 08:00-20:30, 23 08:00-20:30, 24 08:00-20:30, 26 08:00-20:30, 27 08:00-20:30, 28 08:00-20:30",
        &["E HRS-2", "E HRS-3"],
    ),
    Case(
        "a consultant is warned of 75 hours",
        "Compensatory",
        "20 08:00-20:30, 21 08:00-20:30, 22 08:00-20:30, 24 08:00-20:30, 25 08:00-20:30, 26 08:00-20:30",
        &["W HRS-2"],
    ),
    Case(
        "seven nights of 10 hours 30, as before 2016, under the New Deal",
        "NewDeal",
        "20 21:30-08:00, 21 21:30-08:00, 22 21:30-08:00, 23 21:30-08:00, 24 21:30-08:00, 25 21:30-08:00, 26 21:30-08:00",
        &["E HRS-2"],
    ),
    Case(
        "seven ordinary days are 56 hours",
        "Trainee2019",
        "20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00",
        &[],
    ),
    // Long shifts in a row.
    Case(
        "four long days, then 48 hours off, then a day",
        "Trainee2019",
        "20 08:00-20:30, 21 08:00-20:30, 22 08:00-20:30, 23 08:00-20:30, 26 08:00-16:00",
        &[],
    ),
    Case(
        "five long days in a row",
        "Trainee2019",
        "20 08:00-20:30, 21 08:00-20:30, 22 08:00-20:30, 23 08:00-20:30, 24 08:00-20:30",
        &["E HRS-3"],
    ),
    Case(
        "five long days in a row as issued in 2016",
        "Trainee2016",
        "20 08:00-20:30, 21 08:00-20:30, 22 08:00-20:30, 23 08:00-20:30, 24 08:00-20:30",
        &[],
    ),
    Case(
        "a shift of exactly 10 hours is not long",
        "Trainee2019",
        "20 08:00-18:00, 21 08:00-18:00, 22 08:00-18:00, 23 08:00-18:00, 24 08:00-18:00",
        &[],
    ),
    Case(
        "two long days, a short one, three long days",
        "Trainee2019",
        "20 08:00-19:00, 21 08:00-19:00, 22 08:00-16:00, 23 08:00-19:00, 24 08:00-19:00, 25 08:00-19:00",
        &[],
    ),
    // Nights.
    Case(
        "four nights, 46 hours, a day",
        "Trainee2016",
        "21 21:00-09:00, 22 21:00-09:00, 23 21:00-09:00, 24 21:00-09:00, 27 07:00-15:00",
        &[],
    ),
    Case(
        "four nights, 45 hours, a day",
        "Trainee2016",
        "21 21:00-09:00, 22 21:00-09:00, 23 21:00-09:00, 24 21:00-09:00, 27 06:00-14:00",
        &["E RST-4"],
    ),
    Case(
        "three nights, 30 hours, a day",
        "Trainee2016",
        "22 21:00-09:00, 23 21:00-09:00, 24 21:00-09:00, 26 15:00-22:00",
        &["E RST-4"],
    ),
    Case(
        "two nights, 30 hours, a day, as issued in 2016",
        "Trainee2016",
        "23 21:00-09:00, 24 21:00-09:00, 26 15:00-22:00",
        &[],
    ),
    Case("one night, 30 hours, a day, since 2019", "Trainee2019", "24 21:00-09:00, 26 15:00-22:00", &["E RST-4"]),
    Case(
        "five nights in a row",
        "Trainee2016",
        "21 21:00-07:00, 22 21:00-07:00, 23 21:00-07:00, 24 21:00-07:00, 25 21:00-07:00",
        &["E HRS-3"],
    ),
    Case(
        "two nights, 46 hours, three nights",
        "Trainee2019",
        "20 21:00-07:00, 21 21:00-07:00, 24 05:00-08:59, 26 21:00-07:00",
        &[],
    ),
    Case("a twilight to 01:30 is no night", "Trainee2019", "24 15:30-01:30, 26 08:00-16:00", &[]),
    Case("a twilight to 02:00 is", "Trainee2019", "24 15:30-02:00, 25 15:00-23:00", &["E RST-4"]),
    Case("work from 03:00 is a night", "Trainee2019", "25 03:00-11:00, 26 08:00-16:00", &["E RST-4"]),
    Case("a consultant's night has no such rule", "Compensatory", "24 21:00-09:00, 26 08:00-16:00", &[]),
    // Shifts in a row.
    Case(
        "seven shifts in a row",
        "Trainee2019",
        "20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00",
        &[],
    ),
    Case(
        "eight shifts in a row",
        "Trainee2019",
        "20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00",
        &["E HRS-3"],
    ),
    Case(
        "eight shifts in a row as issued in 2016",
        "Trainee2016",
        "20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00",
        &[],
    ),
    Case(
        "a day off is not 48 hours",
        "Trainee2019",
        "20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00, 28 08:00-16:00",
        &["E HRS-3"],
    ),
    Case(
        "a weekend is",
        "Trainee2019",
        "19 08:00-16:00, 20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00, 28 08:00-16:00",
        &[],
    ),
    // Weekly rest.
    Case(
        "twelve ordinary days without a day off",
        "Wtr",
        "17 08:00-16:00, 18 08:00-16:00, 19 08:00-16:00, 20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 23 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00, 28 08:00-16:00",
        &["W RST-3"],
    ),
    Case(
        "a day off in the middle",
        "Wtr",
        "17 08:00-16:00, 18 08:00-16:00, 19 08:00-16:00, 20 08:00-16:00, 21 08:00-16:00, 22 08:00-16:00, 24 08:00-16:00, 25 08:00-16:00, 26 08:00-16:00, 27 08:00-16:00, 28 08:00-16:00",
        &[],
    ),
];

/// The rules whose findings a case lists: all that look at what is known of one person's time.
const LISTED: &[Code] = &[Code::Rst1, Code::Rst3, Code::Rst4, Code::Hrs1, Code::Hrs2, Code::Hrs3];

#[test]
fn published_patterns_are_judged_as_published() {
    let wrong: Vec<String> = CASES.iter().filter_map(judge).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the case, if anything.
fn judge(Case(title, rules, shifts, expected): &Case) -> Option<String> {
    let shift = |shift: &str| {
        let (day, times) = shift.split_once(' ').unwrap();
        format!("TR on Majors {day}-Apr {times}\n")
    };
    let shifts: Vec<String> = shifts.split(", ").map(shift).collect();
    let words = format!(
        "day 10-Apr 00:00-10-May 00:00\npost Majors: A&E middle grade\nperson TR: {rules}\n{}",
        shifts.concat()
    );
    let report = check(&rota(&words));
    let found = report.findings.iter().filter(|finding| LISTED.contains(&finding.code)).map(|finding| {
        let severity = if finding.severity == Severity::Error { 'E' } else { 'W' };
        format!("{severity} {}", finding.code)
    });
    let found: Vec<String> = found.collect();
    (found != *expected).then(|| format!("{title}: found {found:?}, published {expected:?}"))
}
