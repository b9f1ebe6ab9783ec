//! HRS-3: too many long spells, nights or spells in a row.
//!
//! In a row are spells of one kind, none of another kind between them, with under 48 hours between one and the next
//! (nights: 46). The whole run is named; its last spell that has an assignment in a window is blamed.

use super::blame::Worker;
use super::context::{Context, Judged, PersonIx};
use super::rule::{Check, Found, Rule};
use super::spell::{HOUR, is_night, runs_of};
use super::{Code, Finding};
use crate::model::{Rules, Span, Zone, words};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Hrs3,
    severity: "error if agreed, else warning; trainees under the contracts of 2016 and 2019",
    title: "Too many in a row",
    why: "Long days and nights wear people down one after the other; the contract says after how many there must be two \
          days of rest.",
    source: "Junior doctors' contract, schedule 3, paragraphs 10, 12 and 14. As issued in 2016: at most 5 long shifts \
             (over 10 hours), 4 nights, 8 shifts in a row; as changed in 2019: 4, 4 and 7; then 48 hours of rest (46 \
             after nights)",
    example: "
person TR: Obi, Tam; Trainee2019; on duty 22-Apr 08:00-18:30; on duty 23-Apr 08:00-18:30; on duty 24-Apr 08:00-18:30; on duty Mon 08:00-18:30
post Majors: A&E middle grade
TR on Majors 08:00-18:30
error: TR Obi: 5 spells of over 10 h in a row, 08:00 Fri 22-Apr-2016 – 18:30 Tue 26-Apr-2016; at most 4, 1 over (no 48 h between them)
",
    check: Check::Person(check),
};

/// What can be too many in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Spells of over 10 hours.
    Long,
    /// Nights.
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

    fn holds(self, zone: Zone, spell: Span) -> bool {
        match self {
            Self::Long => spell.minutes() > 10 * HOUR,
            Self::Night => is_night(zone, spell),
            Self::Any => true,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Long => "spells of over 10 h",
            Self::Night => "nights",
            Self::Any => "spells of work",
        }
    }
}

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let Some(rules) = ctx.people[person].rules else { return };
    for kind in Kind::ALL {
        if let Some(most) = kind.count_max(rules) {
            found.judge_time(ctx, |judged, out| find(ctx, person, judged, kind, most, out));
        }
    }
}

fn find(ctx: &Context, person: PersonIx, judged: Judged, kind: Kind, most: usize, out: &mut Vec<Finding>) {
    let Some(worker) = Worker::new(ctx, person, judged).filter(|worker| worker.spells().len() > most) else { return };
    let spells = worker.spells();
    let is_kind: Vec<bool> = spells.iter().map(|spell| kind.holds(ctx.zone(), *spell)).collect();
    for run in runs_of(spells, &is_kind, kind.rest()).into_iter().filter(|run| run.len() > most) {
        let whole = Span::new(spells[run.start].from, spells[run.end - 1].to);
        let message = format!(
            "{}: {} {} in a row, {}; at most {most}, {} over (no {} between them)",
            worker.name(),
            run.len(),
            kind.words(),
            ctx.when(whole),
            run.len() - most,
            words::length(kind.rest())
        );
        if let Some(spell) = worker.last_with_place(run) {
            worker.blame(spell, whole, Code::Hrs3, worker.severity(), &message, out);
        }
    }
}
