//! BRK-1: nobody else is in the unit who could cover a break that is due.
//!
//! What is asked is whether anybody else counts in the unit, on a post that is not on call, at some minute of the spell
//! that lies in the window: outside it the usual doctors are back, of whom the file knows nothing. Whether a break is
//! due is a matter of the whole spell. One finding for each unit and window, as it stands; if there is none, the one
//! that there would be if all agree. Whoever is not available at any time of the spell is not there to need a break.

use super::blame::name;
use super::context::{Context, Judged, PersonIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::spell::HOUR;
use super::pairs::Others;
use super::sweep::Sweep;
use super::{Code, Finding, Severity, spans};
use std::cell::LazyCell;
use std::collections::BTreeMap;
use crate::model::{Rules, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Brk1,
    family: Family::Unit,
    reach: Reach::Spells,
    worst: Severity::Info,
    severity: "info",
    title: "Nobody to cover a break",
    why: "A break can be taken only if somebody else holds the bleep meanwhile.",
    source: "Working Time Regulations 1998, regulation 12 (20 minutes when the day exceeds 6 hours); junior doctors' \
             contract 2016 and 2019, schedule 3, paragraph 21 (30 minutes over 5 hours); New Deal (30 minutes about \
             every 4 hours)",
    example: "
                   |08  09  10  11  12  13  14  15  |
A&E middle grade 1 |KP                          RS  |
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: A&E: nobody else to cover the break of KP Family KP (08:00–15:00 Tue 26-Apr-2016: 7 h at work, over 6 h: 20 min due)
",
    check: Check::Unit(check),
};

/// Over so many minutes a break of so many is due.
const fn due(rules: Rules) -> (i64, i64) {
    match rules {
        Rules::Wtr | Rules::Compensatory => (6 * HOUR, 20),
        Rules::Trainee2016 | Rules::Trainee2019 => (5 * HOUR, 30),
        Rules::NewDeal => (4 * HOUR, 30),
    }
}

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    if let Some(finding) = Judged::BOTH.into_iter().find_map(|judged| find(ctx, sweep, judged)) {
        found.tell(finding);
    }
}

/// Somebody's spell with a break due in it and nobody else there.
struct Alone {
    person: PersonIx,
    spell: Span,
    assignments: Vec<usize>,
}

fn find(ctx: &Context, sweep: &Sweep, judged: Judged) -> Option<Finding> {
    let alone = all_alone(ctx, sweep, judged);
    let span = Span::around(alone.iter().map(|a| a.spell))?;
    let mut people: Vec<PersonIx> = alone.iter().map(|a| a.person).collect();
    people.dedup();
    let told: Vec<String> = alone.iter().map(|a| describe(ctx, a)).collect();
    let noun = if told.len() == 1 { "break" } else { "breaks" };
    let unit = ctx.unit_name(sweep.unit);
    let message = format!("{unit}: nobody else to cover the {noun} of {}", words::list(&told));
    let finding = Finding::new(Code::Brk1, Severity::Info, message).at(ctx, sweep.window, sweep.unit).when(span);
    Some(finding.people(ctx, people).assignments(ctx, alone.iter().flat_map(|a| a.assignments.clone())))
}

fn describe(ctx: &Context, alone: &Alone) -> String {
    let (over, due) = ctx.people[alone.person].rules.map_or((0, 0), due);
    let (at_work, when) = (words::length(alone.spell.minutes()), ctx.when(alone.spell));
    let (over, due) = (words::length(over), words::length(due));
    format!("{} ({when}: {at_work} at work, over {over}: {due} due)", name(ctx, alone.person))
}

fn all_alone(ctx: &Context, sweep: &Sweep, judged: Judged) -> Vec<Alone> {
    let named = ctx.named(sweep.window, sweep.unit).iter();
    let here = named.filter(|named| judged.counts(named.status) && !ctx.posts[named.post].on_call);
    let mut people: Vec<PersonIx> = here.map(|named| named.person).collect();
    people.sort_unstable();
    people.dedup();
    let there = LazyCell::new(|| presence(ctx, sweep, judged));
    people.into_iter().flat_map(|person| alone(ctx, sweep, (judged, &there), person)).collect()
}

/// When each person counts in the unit on a post that is not on call.
fn presence(ctx: &Context, sweep: &Sweep, judged: Judged) -> Others<PersonIx> {
    let here = sweep.counted(judged).iter().filter(|counted| !ctx.posts[counted.post].on_call);
    let mut times: BTreeMap<PersonIx, Vec<Span>> = BTreeMap::new();
    for counted in here {
        times.entry(counted.person).or_default().push(counted.span);
    }
    let each = times.into_iter();
    Others::new(each.flat_map(|(person, times)| spans::union(times).into_iter().map(move |span| (span, person))))
}

fn alone(
    ctx: &Context,
    sweep: &Sweep,
    (judged, there): (Judged, &LazyCell<Others<PersonIx>, impl FnOnce() -> Others<PersonIx>>),
    person: PersonIx,
) -> Vec<Alone> {
    let facts = &ctx.people[person];
    let Some((over, _)) = facts.rules.map(due) else { return Vec::new() };
    let (work, window) = (facts.work(judged), ctx.windows[sweep.window].span);
    let first = work.spells().partition_point(|spell| spell.to <= window.from);
    let mut found = Vec::new();
    for (at, spell) in work.spells().iter().enumerate().skip(first) {
        let Some(inside) = spell.overlap(window) else { break };
        if spell.minutes() <= over {
            continue;
        }
        if is_soon_seen(ctx, sweep, judged, (person, inside)) || there.at(inside).any(|(_, who)| who != person) {
            continue;
        }
        if is_away(&facts.not_available, *spell) {
            continue;
        }
        let held = work.assignments(&facts.assignments, at);
        let held = held.filter(|held| ctx.posts[held.post].unit == sweep.unit && held.span.overlaps(window));
        let assignments: Vec<usize> = held.map(|held| held.at).collect();
        if !assignments.is_empty() {
            found.push(Alone { person, spell: *spell, assignments });
        }
    }
    found
}

/// Whether one of the first who count in the unit is there besides that person at that time: mostly so, and nobody has to
/// be put in order then.
fn is_soon_seen(ctx: &Context, sweep: &Sweep, judged: Judged, (person, inside): (PersonIx, Span)) -> bool {
    const FIRST: usize = 4;
    let first = sweep.counted(judged).iter().filter(|counted| !ctx.posts[counted.post].on_call).take(FIRST);
    first.into_iter().any(|counted| counted.person != person && counted.span.overlaps(inside))
}

/// Whether somebody is not available at any time of the spell: nobody has a break to cover who is not there.
fn is_away(not_available: &[Span], spell: Span) -> bool {
    spans::gaps(spell, not_available).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::*;

    fn says(words: &str) {
        check_rule(&RULE, &format!("post Majors: A&E middle grade\npost Resus: A&E consultant\n{words}"));
    }

    #[test]
    fn a_break_is_due_after_so_long() {
        for (rules, last, over, due) in [
            ("Wtr", "14:00", "6 h", "20 min"),
            ("Compensatory", "14:00", "6 h", "20 min"),
            ("Trainee2016", "13:00", "5 h", "30 min"),
            ("Trainee2019", "13:00", "5 h", "30 min"),
            ("NewDeal", "12:00", "4 h", "30 min"),
        ] {
            says(&format!("person KP: {rules}\nKP on Majors 08:00-{last}"));
            says(&format!(
                "person KP: {rules}\nKP on Majors 08:00-{}\ninfo: A&E: nobody else to cover the break of KP Family KP (08:00–{} Tue 26-Apr-2016: {over} 1 min at work, over {over}: {due} due)",
                last.replace(":00", ":01"),
                last.replace(":00", ":01")
            ));
        }
    }

    #[test]
    fn somebody_who_counts_for_a_minute_is_there_and_nobody_else_is() {
        let told = "info: A&E: nobody else to cover the break of KP Family KP (08:00–17:00 Tue 26-Apr-2016: 9 h at work, over 6 h: 20 min due)";
        says("KP on Majors 08:00-17:00\nRS on Resus 16:59-17:00");
        says(&format!("KP on Majors 08:00-17:00\nRS on Resus 17:00-18:00\n{told}"));
        says(&format!("KP on Majors 08:00-17:00\nRS on Resus 09:00-10:00, asked\n{told}"));
        says(&format!(
            "KP on Majors 08:00-17:00\nperson RS: not available 08:00-17:00\nRS on Resus 09:00-10:00\n{told}"
        ));
        says(&format!("post Home: A&E consultant, on call\nKP on Majors 08:00-17:00\nRS on Home 08:00-17:00\n{told}"));
    }

    #[test]
    fn whoever_is_not_available_all_the_while_needs_nobody_to_cover_a_break() {
        says("person KP: not available 08:00-17:00\nKP on Majors 08:00-17:00");
        says(
            "person KP: not available 08:00-16:59\nKP on Majors 08:00-17:00
info: A&E: nobody else to cover the break of KP Family KP (08:00–17:00 Tue 26-Apr-2016: 9 h at work, over 6 h: 20 min due)",
        );
    }

    #[test]
    fn a_unit_is_told_once() {
        says(
            "day 08:00-22:00\nKP on Majors 08:00-14:30\nRS on Majors 14:30-21:00
info: A&E: nobody else to cover the breaks of KP Family KP (08:00–14:30 Tue 26-Apr-2016: 6 h 30 min at work, over 6 h: 20 min due) and RS Family RS (14:30–21:00 Tue 26-Apr-2016: 6 h 30 min at work, over 6 h: 20 min due)",
        );
    }

    #[test]
    fn if_nobody_has_agreed_it_is_told_of_who_was_asked() {
        says(
            "KP on Majors 08:00-17:00, asked
info: A&E: nobody else to cover the break of KP Family KP (08:00–17:00 Tue 26-Apr-2016: 9 h at work, over 6 h: 20 min due)",
        );
    }

    #[test]
    fn the_whole_spell_makes_a_break_due() {
        says(
            "person KP: on duty 05:00-08:00\nKP on Majors 08:00-11:30
info: A&E: nobody else to cover the break of KP Family KP (05:00–11:30 Tue 26-Apr-2016: 6 h 30 min at work, over 6 h: 20 min due)",
        );
    }

    #[test]
    fn a_person_with_two_such_spells_is_named_once() {
        let words =
            "post Majors: A&E middle grade\nday 08:00-08:00\nKP on Majors 08:00-15:00\nKP on Majors 22:00-06:00";
        let report = super::super::check(&super::super::testing::rota(words));
        let told = report.findings.iter().find(|finding| finding.code == Code::Brk1).unwrap();
        assert_eq!((told.people.len(), told.assignments.len()), (1, 2));
    }
}
