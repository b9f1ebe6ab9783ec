//! HRS-3: too many long spells, nights or spells in a row.
//!
//! In a row are spells of one kind, none of another kind between them, with under 48 hours between one and the next
//! (nights: 46). The whole run is named; its last spell that has an assignment in a window is blamed. After as many long
//! spells as are allowed 48 hours are owed before work of any kind: who works sooner has a run of those and that spell.

use super::Code;
use super::blame::{Worker, find_both};
use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::work::Work;
use super::Severity;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::{HOUR, runs_of};
use std::ops::Range;
use crate::model::{Rules, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Hrs3,
    family: Family::Hours,
    reach: Reach::Spells,
    worst: Severity::Error,
    severity: "error if agreed, else warning; trainees under the contracts of 2016 and 2019",
    title: "Too many consecutive shifts",
    why: "Long days and nights one after the other exhaust people; the contract says after how many there must be two \
          days of rest.",
    source: "Junior doctors' contract, schedule 3, paragraphs 10, 12 and 14. As issued in 2016: at most 5 long shifts \
             (over 10 hours), 4 nights, 8 shifts in a row; as changed in 2019: 4, 4 and 7; then 48 hours of rest (46 \
             after nights)",
    example: "
person TR: Obi, Tam; Trainee2019; on duty 22-Apr 08:00-18:30; on duty 23-Apr 08:00-18:30; on duty 24-Apr 08:00-18:30; on duty Mon 08:00-18:30
post Majors: A&E middle grade
TR on Majors 08:00-18:30
error: TR Obi: 5 long shifts (over 10 h) in a row, 08:00 Fri 22-Apr-2016 – 18:30 Tue 26-Apr-2016; limit 4, 1 over (under 48 h between them)
",
    check: Check::Person(check),
};

/// What can be too many in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Spells of over 10 hours.
    Long,
    Night,
    /// Any spells.
    Any,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Long, Self::Night, Self::Any];

    /// How many may follow each other; `None` where the rules set no limit.
    const fn count_max(self, rules: Rules) -> Option<usize> {
        match (rules, self) {
            (Rules::Trainee2019, Self::Long) | (Rules::Trainee2016 | Rules::Trainee2019, Self::Night) => Some(4),
            (Rules::Trainee2019, Self::Any) => Some(7),
            (Rules::Trainee2016, Self::Long) => Some(5),
            (Rules::Trainee2016, Self::Any) => Some(8),
            (Rules::Wtr | Rules::Compensatory | Rules::NewDeal, _) => None,
        }
    }

    /// So much rest ends a run.
    const fn rest(self) -> i64 {
        match self {
            Self::Night => 46 * HOUR,
            Self::Long | Self::Any => 48 * HOUR,
        }
    }

    /// Of each spell, whether it is of that kind.
    fn of_spells(self, work: &Work) -> Vec<bool> {
        match self {
            Self::Long => work.spells().iter().map(|spell| spell.minutes() > 10 * HOUR).collect(),
            Self::Night => work.nights().to_vec(),
            Self::Any => vec![true; work.spells().len()],
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Long => "long shifts (over 10 h)",
            Self::Night => "nights",
            Self::Any => "shifts",
        }
    }
}

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(rules) = ctx.people[person].rules else { return };
    for kind in Kind::ALL {
        if let Some(most) = kind.count_max(rules) {
            let Some(mut both) = find_both(ctx, person, |judged, out| find(ctx, person, judged, kind, most, out))
            else {
                continue;
            };
            found.judge_time(ctx, |judged, out| out.append(std::mem::take(&mut both[judged.ix()])));
        }
    }
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, kind: Kind, most: usize, out: &mut Listed) {
    let Some(worker) = Worker::new(ctx, person, judged).filter(|worker| worker.spells().len() > most) else { return };
    let spells = worker.spells();
    let is_kind = kind.of_spells(worker.work);
    for run in runs_of(spells, &is_kind, kind.rest()) {
        if run.len() > most {
            let message = too_many(&worker, run.clone(), kind, most);
            tell(&worker, run.clone(), &message, out);
        }
        if kind == Kind::Long && run.len() >= most {
            let next = spells.get(run.end).filter(|next| spells[run.end - 1].to.minutes_until(next.from) < kind.rest());
            if let Some(next) = next {
                let message = too_soon(&worker, run.clone(), *next);
                tell(&worker, run.start..run.end + 1, &message, out);
            }
        }
    }
}

fn tell(worker: &Worker, run: Range<usize>, message: &str, out: &mut Listed) {
    let whole = whole(worker.spells(), run.clone());
    if let Some(spell) = worker.last_with_place(run) {
        worker.blame(spell, whole, Code::Hrs3, worker.severity(), (message, &[]), out);
    }
}

fn whole(spells: &[Span], run: Range<usize>) -> Span {
    Span::new(spells[run.start].from, spells[run.end - 1].to)
}

fn too_many(worker: &Worker, run: Range<usize>, kind: Kind, most: usize) -> String {
    format!(
        "{}: {} {} in a row, {}; limit {most}, {} over (under {} between them)",
        worker.name(),
        run.len(),
        kind.words(),
        worker.ctx.when(whole(worker.spells(), run.clone())),
        run.len() - most,
        words::length(kind.rest())
    )
}

/// After as many long spells as are allowed, or more, `next` comes too soon.
fn too_soon(worker: &Worker, run: Range<usize>, next: Span) -> String {
    let (count, wanted) = (run.len(), Kind::Long.rest());
    let last = whole(worker.spells(), run).to;
    format!(
        "{}: rest {} after {count} {} in a row, before {}; {} needed, {} short; could start at {}",
        worker.name(),
        words::length(last.minutes_until(next.from)),
        Kind::Long.words(),
        words::moment(worker.ctx.clock(), next.from),
        words::length(wanted),
        words::length(wanted - last.minutes_until(next.from)),
        worker.beside(last.plus(wanted), next.from)
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    /// Work each day from `first` April to Mon 25, and in the window on Tue 26.
    fn says(rules: &str, first: u32, times: &str, told: &str) {
        let duties = (first..26).map(|day| format!("; on duty {day}-Apr {times}")).collect::<Vec<_>>().concat();
        let words = format!("day 08:00-08:00\nperson TR: {rules}{duties}\nTR on Majors {times}");
        check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}\n{told}"));
    }

    #[test]
    fn long_spells_in_a_row() {
        let told = |count: u32, from: &str, most: u32| {
            format!(
                "error: TR Family TR: {count} long shifts (over 10 h) in a row, 08:00 {from} – 18:01 Tue 26-Apr-2016; limit {most}, 1 over (under 48 h between them)"
            )
        };
        says("Trainee2019", 23, "08:00-18:01", "");
        says("Trainee2019", 22, "08:00-18:01", &told(5, "Fri 22-Apr-2016", 4));
        says("Trainee2019", 22, "08:00-18:00", "");
        says("Trainee2016", 22, "08:00-18:01", "");
        says("Trainee2016", 21, "08:00-18:01", &told(6, "Thu 21-Apr-2016", 5));
    }

    #[test]
    fn nights_in_a_row() {
        for rules in ["Trainee2016", "Trainee2019"] {
            says(rules, 23, "22:00-07:00", "");
            says(
                rules,
                22,
                "22:00-07:00",
                "error: TR Family TR: 5 nights in a row, 22:00 Fri 22-Apr-2016 – 07:00 Wed 27-Apr-2016; limit 4, 1 over (under 46 h between them)",
            );
        }
    }

    #[test]
    fn spells_in_a_row() {
        let told = |count: u32, from: &str, most: u32| {
            format!(
                "error: TR Family TR: {count} shifts in a row, 08:00 {from} – 16:00 Tue 26-Apr-2016; limit {most}, 1 over (under 48 h between them)"
            )
        };
        says("Trainee2019", 20, "08:00-16:00", "");
        says("Trainee2019", 19, "08:00-16:00", &told(8, "Tue 19-Apr-2016", 7));
        says("Trainee2016", 19, "08:00-16:00", "");
        says("Trainee2016", 18, "08:00-16:00", &told(9, "Mon 18-Apr-2016", 8));
    }

    #[test]
    fn nobody_else_has_such_a_limit() {
        for rules in ["Wtr", "Compensatory", "NewDeal"] {
            says(rules, 16, "20:00-07:00", "");
        }
    }

    #[test]
    fn enough_rest_or_a_spell_of_another_kind_ends_a_run() {
        let longs = |gap: &str| {
            format!(
                "post Majors: A&E middle grade\nperson TR: Trainee2019; on duty 20-Apr 08:00-19:00; on duty 21-Apr 08:00-19:00; on duty 22-Apr 08:00-19:00; {gap}; on duty Mon 08:00-19:00\nTR on Majors 08:00-19:00"
            )
        };
        // 48 h of rest after the second spell; then with a short spell between the third and the fourth.
        check_rule(&RULE, &longs("on duty 18-Apr 08:00-08:01").replace("22-Apr 08:00-19:00", "22-Apr 08:00-10:00"));
        check_rule(&RULE, &longs("on duty 23-Apr 08:00-12:00; on duty 24-Apr 08:00-19:00"));
        check_rule(
            &RULE,
            &format!(
                "{}\nerror: TR Family TR: 6 long shifts (over 10 h) in a row, 08:00 Wed 20-Apr-2016 – 19:00 Tue 26-Apr-2016; limit 4, 2 over (under 48 h between them)",
                longs("on duty 23-Apr 20:00-24-Apr 07:00")
            ),
        );
    }

    #[test]
    fn after_as_many_long_spells_as_are_allowed_any_other_comes_48_hours_later() {
        // The last long day ends on Sat 23-Apr at 19:00.
        let works = |rules: &str, first: u32, next: &str, told: &str| {
            let duties = (first..24).map(|day| format!("; on duty {day}-Apr 08:00-19:00")).collect::<Vec<_>>().concat();
            let words = format!("day Mon 08:00-08:00\nperson TR: {rules}{duties}\nTR on Majors Mon {next}");
            check_rule(&RULE, &format!("post Majors: A&E middle grade\n{words}\n{told}"));
        };
        let told = |count: u32| {
            format!(
                "error: TR Family TR: rest 47 h 59 min after {count} long shifts (over 10 h) in a row, before 18:59 Mon 25-Apr-2016; 48 h needed, 1 min short; could start at 19:00"
            )
        };
        for (rules, most) in [("Trainee2019", 4), ("Trainee2016", 5)] {
            works(rules, 24 - most, "19:00-23:00", "");
            works(rules, 25 - most, "18:59-23:00", "");
            works(rules, 24 - most, "18:59-23:00", &told(most));
        }
        works("NewDeal", 19, "18:59-23:00", "");
    }

    #[test]
    fn a_run_of_two_kinds_is_told_for_each() {
        says(
            "Trainee2019",
            22,
            "20:00-07:00",
            "error: TR Family TR: 5 long shifts (over 10 h) in a row, 20:00 Fri 22-Apr-2016 – 07:00 Wed 27-Apr-2016; limit 4, 1 over (under 48 h between them)
error: TR Family TR: 5 nights in a row, 20:00 Fri 22-Apr-2016 – 07:00 Wed 27-Apr-2016; limit 4, 1 over (under 46 h between them)",
        );
    }
}
