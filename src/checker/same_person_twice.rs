//! DAT-1: two records that may be one person, or that can be taken for each other.
//!
//! A group is everybody with the same initials or everybody with the same name, capitals and spaces at the ends aside;
//! of it those are named who have an assignment in the window. Where two of one name hold assignments at the same
//! minute, the same doctor may have been counted twice: an error in each unit concerned. An overlap that there would
//! be only if all agree is told in each unit as a warning, since it would keep that unit from being covered.

use super::blame::name;
use super::context::{Context, Judged, PersonIx, UnitIx, WindowIx};
use super::rule::{Check, Found, Rule};
use super::{Code, Finding, Severity};
use crate::model::{Person, Span, words};

/// The rule.
pub const RULE: Rule = Rule {
    code: Code::Dat1,
    severity: "error if two of one name are agreed at once, else warning",
    title: "The same person twice",
    why: "One doctor entered twice is counted twice, and two doctors with the same initials are rung for each other. \
          Tell them apart.",
    source: "Wrong person is one of the ways to harm in the hazard log",
    example: "
post Majors: A&E middle grade
post Resus: A&E middle grade
person JS: Smith, John
person JS2: Smith, John; initials JO
JS on Majors 08:00-12:00
JS2 on Resus 11:00-17:00
error: JS Smith and JO Smith have the same name (Smith, John) and are both in A&E 11:00–12:00 Tue 26-Apr-2016: tell them apart
",
    check: Check::Namesakes(check),
};

fn check(ctx: &Context, group: &[PersonIx], found: &mut Found) {
    let Some(same) = Same::of(ctx, group) else { return };
    for window in 0..ctx.windows.len() {
        let span = ctx.windows[window].span;
        let is_here = |person: &PersonIx| ctx.people[*person].assignments.iter().any(|held| held.span.overlaps(span));
        let here: Vec<PersonIx> = group.iter().copied().filter(is_here).collect();
        // Of initials that only people of one name share here, the group of that name tells.
        let told_by_name = same == Same::Initials && Same::of(ctx, &here) == Some(Same::Name);
        if here.len() > 1 && !told_by_name {
            in_window(ctx, window, &here, same, found);
        }
    }
}

/// What the people of a group share.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    Name,
    Initials,
}

impl Same {
    fn of(ctx: &Context, group: &[PersonIx]) -> Option<Self> {
        let first = &ctx.rota.people[*group.first()?];
        let name = |person: &Person| (plain(&person.family), plain(&person.given));
        let has_name = name(first) != (String::new(), String::new());
        let is_same = group.iter().all(|person| name(&ctx.rota.people[*person]) == name(first));
        Some(if has_name && is_same { Self::Name } else { Self::Initials })
    }

    fn words(self, ctx: &Context, here: &[PersonIx]) -> String {
        let first = &ctx.rota.people[here[0]];
        let names: Vec<String> = here
            .iter()
            .map(|person| match self {
                Self::Name => name(ctx, *person),
                Self::Initials => words::safe(&ctx.rota.people[*person].full_name()).into_owned(),
            })
            .collect();
        let (noun, shared) = match self {
            Self::Name => ("name", first.full_name()),
            Self::Initials => ("initials", first.initials.trim().to_owned()),
        };
        format!("{} have the same {noun} ({})", words::list(&names), words::safe(&shared))
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

fn in_window(ctx: &Context, window: WindowIx, here: &[PersonIx], same: Same, found: &mut Found) {
    let overlaps = Judged::BOTH.map(|judged| match same {
        Same::Name => overlaps(ctx, window, here, judged),
        Same::Initials => Vec::new(),
    });
    let what = same.words(ctx, here);
    for judged in Judged::BOTH {
        for (unit, ..) in &overlaps[judged.ix()] {
            found.block(judged, window, *unit, false);
        }
    }
    let [now, later] = overlaps;
    let is_new = |(unit, ..): &Overlap| !now.iter().any(|(told, ..)| told == unit);
    let later: Vec<Overlap> = later.into_iter().filter(is_new).collect();
    if now.is_empty() && later.is_empty() {
        let message = format!("{what}: tell them apart");
        let finding = Finding::new(Code::Dat1, Severity::Warning, message).in_window(ctx, window);
        found.tell(finding.people(ctx, here.iter().copied()));
    }
    let told = now.into_iter().map(|overlap| (Severity::Error, "", overlap));
    let told = told.chain(later.into_iter().map(|overlap| (Severity::Warning, "; would block if agreed", overlap)));
    for (severity, would, (unit, span, assignments)) in told {
        let (unit_name, when) = (ctx.unit_name(unit), ctx.when(span));
        let message = format!("{what} and are both in {unit_name} {when}: tell them apart{would}");
        let finding = Finding::new(Code::Dat1, severity, message).at(ctx, window, unit).when(span);
        found.tell(finding.people(ctx, here.iter().copied()).assignments(ctx, assignments));
    }
}

/// In which unit, from the first to the last minute at once, and the assignments by person and time.
type Overlap = (UnitIx, Span, Vec<usize>);

/// Where two different people of the group hold assignments at the same minute of the window, by unit.
fn overlaps(ctx: &Context, window: WindowIx, here: &[PersonIx], judged: Judged) -> Vec<Overlap> {
    let mut found: Vec<Overlap> = Vec::new();
    for (at, one) in here.iter().enumerate() {
        for other in &here[at + 1..] {
            let held = |person: PersonIx| ctx.people[person].assignments.iter().filter(|h| judged.counts(h.status));
            for (a, b) in held(*one).flat_map(|a| held(*other).map(move |b| (a, b))) {
                let both = a.span.overlap(b.span).and_then(|both| both.overlap(ctx.windows[window].span));
                let Some(both) = both else { continue };
                let mut units = [a, b].map(|held| ctx.posts[held.post].unit).to_vec();
                units.dedup();
                for unit in units {
                    add(&mut found, unit, both, [a.at, b.at]);
                }
            }
        }
    }
    found.sort_unstable_by_key(|(unit, ..)| *unit);
    found
}

fn add(found: &mut Vec<Overlap>, unit: UnitIx, both: Span, assignments: [usize; 2]) {
    match found.iter_mut().find(|(told, ..)| *told == unit) {
        Some((_, span, all)) => {
            *span = Span::new(span.from.min(both.from), span.to.max(both.to));
            for at in assignments {
                if !all.contains(&at) {
                    all.push(at);
                }
            }
        }
        None => found.push((unit, both, assignments.to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        let start = "post Majors: A&E middle grade\npost Resus: A&E consultant\nperson A: Smith, John; initials JS";
        check_rule(&RULE, &format!("{start}\n{words}"));
    }

    const NAMES: &str = "JS Smith and JO Smith have the same name (Smith, John)";

    #[test]
    fn one_name_at_once_is_an_error_and_after_each_other_a_warning() {
        let two = "person B: Smith, John; initials JO\nA on Majors 08:00-12:00";
        let at_once = "and are both in A&E 11:59–12:00 Tue 26-Apr-2016: tell them apart";
        says(&format!("{two}\nB on Resus 11:59-17:00\nerror: {NAMES} {at_once}"));
        says(&format!("{two}\nB on Resus 12:00-17:00\nwarning: {NAMES}: tell them apart"));
        says(&format!("{two}\nB on Resus 11:59-17:00, asked\nwarning: {NAMES} {at_once}; would block if agreed"));
        says(&format!("{two}\nB on Resus 11:59-17:00, declined"));
    }

    #[test]
    fn capitals_and_spaces_at_the_ends_make_no_difference() {
        says(&format!(
            "person B: SMITH, john ; initials JO\nA on Majors 08:00-12:00\nB on Resus 11:00-17:00
error: {} and are both in A&E 11:00–12:00 Tue 26-Apr-2016: tell them apart",
            NAMES.replace("JO Smith", "JO SMITH")
        ));
    }

    #[test]
    fn the_same_initials_only_warn() {
        says(
            "person B: Sorrel, Jane; initials js\nA on Majors 08:00-12:00\nB on Resus 08:00-17:00
warning: Smith, John and Sorrel, Jane have the same initials (JS): tell them apart",
        );
    }

    #[test]
    fn initials_that_only_one_name_shares_here_are_told_once() {
        says(
            "person B: Smith, John; initials JS\nperson C: Sorrel, Jane; initials JS
A on Majors 08:00-12:00\nB on Resus 12:00-17:00
warning: JS Smith and JS Smith have the same name (Smith, John): tell them apart",
        );
    }

    #[test]
    fn a_namesake_who_is_not_here_does_not_make_it_twice() {
        says(
            "person B: Smith, John; initials JS\nperson C: Smith, John; initials JC
A on Majors 08:00-12:00\nB on Resus 12:00-17:00
warning: JS Smith and JS Smith have the same name (Smith, John): tell them apart",
        );
    }

    #[test]
    fn whoever_has_no_assignment_in_the_window_is_not_taken_for_anybody() {
        says("person B: Smith, John; initials JS\nA on Majors 08:00-12:00");
        says("person B: Smith, John; initials JS\nA on Majors 08:00-12:00\nB on Resus 17:00-18:00");
        says("person B: Sorrel, Jane; initials JA\nA on Majors 08:00-12:00\nB on Resus 08:00-17:00");
    }

    #[test]
    fn each_unit_concerned_hears_of_it() {
        let told =
            |unit: &str| format!("error: {NAMES} and are both in {unit} 09:00–10:00 Tue 26-Apr-2016: tell them apart");
        check_rule(
            &RULE,
            &format!(
                "unit A&E: Consultant\nunit Maternity: Consultant\npost Majors: A&E Consultant\npost Labour ward: Maternity Consultant
person A: Smith, John; initials JS\nperson B: Smith, John; initials JO
A on Majors 08:00-10:00\nB on Labour ward 09:00-12:00\n{}\n{}",
                told("A&E"),
                told("Maternity")
            ),
        );
    }

    #[test]
    fn one_family_is_not_one_name() {
        says(
            "person B: Smith, Jane; initials JS\nA on Majors 08:00-12:00\nB on Resus 08:00-17:00
warning: Smith, John and Smith, Jane have the same initials (JS): tell them apart",
        );
    }

    #[test]
    fn a_doctor_who_may_be_counted_twice_covers_nothing() {
        let verdict = |family: &str, status: &str| {
            let words = format!(
                "post Majors: A&E middle grade\nnormal Majors: 2 08:00-17:00\nperson A: Smith, John\nperson B: {family}, John
A on Majors 08:00-17:00\nB on Majors 08:00-17:00, {status}"
            );
            super::super::check(&super::super::testing::rota(&words)).units[0].verdict
        };
        assert_eq!(verdict("Sorrel", "agreed"), Verdict::Covered);
        assert_eq!(verdict("Smith", "agreed"), Verdict::Errors);
        assert_eq!(verdict("Sorrel", "asked"), Verdict::IfAgreed);
        assert_eq!(verdict("Smith", "asked"), Verdict::Errors);
    }
}
