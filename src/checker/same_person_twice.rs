//! DAT-1: two records that may be one person, or that can be taken for each other.
//!
//! A group is those of everybody with an assignment in the window who have the same name, however it is written
//! ([`crate::model::names`]), the same initials, or the same telephone number. Where two of one name hold assignments at the
//! same minute, the same doctor may have been counted twice: an error in each unit concerned. An overlap that there
//! would be only if all agree is told in each unit as a warning, since it would keep that unit from being covered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::blame::name;
use super::context::{Context, Judged, PersonIx, UnitIx, WindowIx};
use super::pairs::Others;
use super::person::{Shared, told_groups};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said, spans};
use crate::model::{Instant, Span, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Dat1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if two of one name are agreed at once, else warning",
    title: "Same person twice?",
    why: "One doctor entered twice is counted twice, and two doctors with the same initials are rung for each other. \
          Tell two doctors of one name apart by a middle name or a word in a given name, such as “Tom (surgery)”.",
    source: "Listed among the known hazards: the wrong person",
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
    // By window and then person: whoever has an assignment there.
    let mut here: Vec<(WindowIx, PersonIx)> = Vec::new();
    for person in group {
        let held = ctx.people[*person].assignments.iter().map(|held| held.span);
        for span in spans::union(held.collect()) {
            here.extend(ctx.windows_in(span).map(|(window, _)| (window, *person)));
        }
    }
    here.sort_unstable();
    here.dedup();
    for here in here.chunk_by(|a, b| a.0 == b.0).filter(|here| here.len() > 1) {
        let (window, here): (WindowIx, Vec<PersonIx>) = (here[0].0, here.iter().map(|(_, person)| *person).collect());
        for (shared, here) in told_groups(&ctx.said, &here) {
            in_window(ctx, window, &here, shared, found);
        }
    }
}

/// "JS Smith and JO Smith have the same name (Smith, John)".
fn words_of(ctx: &Context, here: &[PersonIx], shared: Shared) -> String {
    let first = &ctx.rota.people[here[0]];
    let full_name = |person: PersonIx| words::safe(&ctx.rota.people[person].full_name()).into_owned();
    let names = said::some_of(here.len(), |text, at| {
        text.push_str(&match shared {
            Shared::Initials => full_name(here[at]),
            Shared::Name | Shared::Phone => name(ctx, here[at]),
        });
    });
    let (noun, what) = match shared {
        Shared::Name => ("name", first.full_name()),
        Shared::Initials => ("initials", first.initials.trim().to_owned()),
        Shared::Phone => ("telephone number", first.phone.trim().to_owned()),
    };
    format!("{names} have the same {noun} ({})", words::safe(&what))
}

fn in_window(ctx: &Context, window: WindowIx, here: &[PersonIx], shared: Shared, found: &mut Found) {
    let overlaps = Judged::BOTH.map(|judged| match shared {
        Shared::Name => overlaps(ctx, window, here, judged),
        Shared::Initials | Shared::Phone => Vec::new(),
    });
    let what = words_of(ctx, here, shared);
    for judged in Judged::BOTH {
        for overlap in &overlaps[judged.ix()] {
            found.block(judged, window, overlap.unit, false);
        }
    }
    let [now, later] = overlaps;
    let told_now: BTreeSet<UnitIx> = now.iter().map(|overlap| overlap.unit).collect();
    let is_new = |overlap: &Overlap| !told_now.contains(&overlap.unit);
    let later: Vec<Overlap> = later.into_iter().filter(is_new).collect();
    if now.is_empty() && later.is_empty() {
        let message = format!("{what}, {}: tell them apart", ctx.when(ctx.windows[window].span));
        let finding = Finding::new(Code::Dat1, Severity::Warning, message).in_window(ctx, window);
        found.tell(finding.people(ctx, here.iter().copied()));
    }
    let told = now.into_iter().map(|overlap| (Severity::Error, "", overlap));
    let told = told.chain(later.into_iter().map(|overlap| (Severity::Warning, "; becomes an error once agreed", overlap)));
    for (severity, would, overlap) in told {
        if !found.findings.has_room(ctx, Code::Dat1, severity, window, overlap.unit) {
            continue;
        }
        let message = format!("{what}{}: tell them apart{would}", where_they_are(ctx, here, &overlap));
        let blocks_if_agreed = severity != Severity::Error;
        let finding = Finding { blocks_if_agreed, ..Finding::new(Code::Dat1, severity, message) };
        let finding = finding.at(ctx, window, overlap.unit).when(overlap.span);
        found.tell(finding.people(ctx, here.iter().copied()).assignments(ctx, overlap.assignments));
    }
}

/// " and are both in A&E 11:00–12:00", or who is where if that is not all there is to say.
fn where_they_are(ctx: &Context, here: &[PersonIx], overlap: &Overlap) -> String {
    let when = ctx.when(overlap.span);
    let is_all_here = overlap.who.iter().map(|(person, _)| person).eq(here);
    if is_all_here && overlap.who.iter().all(|(_, unit)| *unit == overlap.unit) {
        let all = if here.len() == 2 { "both" } else { "all" };
        return format!(" and are {all} in {} {when}", ctx.unit_name(overlap.unit));
    }
    let who = |text: &mut String, at: usize| {
        let (person, unit) = overlap.who[at];
        let _ = write!(text, "{} in {}", name(ctx, person), ctx.unit_name(unit));
    };
    format!("; at once, {when}, are {}", said::some_of(overlap.who.len(), who))
}

/// Where people of one name are at work at once.
struct Overlap {
    unit: UnitIx,
    /// From the first to the last minute of it.
    span: Span,
    /// Who is where meanwhile, in the order of the rota.
    who: Vec<(PersonIx, UnitIx)>,
    /// By person and time.
    assignments: Vec<usize>,
}

/// One assignment of one of the group, as far as it is in the window.
#[derive(Clone, Copy)]
struct NamesakeShift {
    span: Span,
    person: PersonIx,
    unit: UnitIx,
    at: usize,
}

/// Where different people of the group hold assignments at the same minute of the window, by unit.
fn overlaps(ctx: &Context, window: WindowIx, here: &[PersonIx], judged: Judged) -> Vec<Overlap> {
    let mut items: Vec<NamesakeShift> = Vec::new();
    for person in here {
        let held = ctx.people[*person].assignments.iter().filter(|held| judged.counts(held.status));
        items.extend(held.filter_map(|held| {
            let span = held.span.overlap(ctx.windows[window].span)?;
            Some(NamesakeShift { span, person: *person, unit: ctx.posts[held.post].unit, at: held.at })
        }));
    }
    let at_once = at_once(&items);
    // Of each person's time in a unit once, however many entries it is made of.
    let mut times: BTreeMap<(UnitIx, PersonIx), Vec<Span>> = BTreeMap::new();
    for item in &items {
        times.entry((item.unit, item.person)).or_default().push(item.span);
    }
    let mut by_unit: BTreeMap<UnitIx, Vec<Span>> = BTreeMap::new();
    for ((unit, _), times) in times {
        let times = spans::union(times);
        by_unit.entry(unit).or_default().extend(times.iter().flat_map(|span| spans::within(&at_once, *span)));
    }
    let all = Others::new(items.iter().map(|item| (item.span, *item)));
    by_unit.into_iter().filter_map(|(unit, times)| overlap(unit, &spans::union(times), &all)).collect()
}

/// Who is at work, and where, while people of that unit are at work at once with others.
fn overlap(unit: UnitIx, times: &[Span], all: &Others<NamesakeShift>) -> Option<Overlap> {
    let span = Span::new(times.first()?.from, times.last()?.to);
    let there = all.at(span).filter(|(at, _)| spans::within(times, *at).next().is_some());
    let mut there: Vec<NamesakeShift> = there.map(|(_, item)| item).collect();
    there.sort_by_key(|item| (item.person, item.span));
    let mut who: Vec<(PersonIx, UnitIx)> = there.iter().map(|item| (item.person, item.unit)).collect();
    who.sort_unstable();
    who.dedup();
    Some(Overlap { unit, span, who, assignments: there.iter().map(|item| item.at).collect() })
}

/// When more than one person is at work.
fn at_once(items: &[NamesakeShift]) -> Vec<Span> {
    let mut edges: Vec<(Instant, bool, PersonIx)> = items
        .iter()
        .flat_map(|item| [(item.span.from, true, item.person), (item.span.to, false, item.person)])
        .collect();
    edges.sort_unstable();
    let mut there: BTreeMap<PersonIx, usize> = BTreeMap::new();
    let (mut times, mut since) = (Vec::new(), None);
    for (at, begins, person) in edges {
        let count = there.entry(person).or_default();
        *count = if begins { *count + 1 } else { count.saturating_sub(1) };
        if *count == 0 {
            there.remove(&person);
        }
        since = match (since, there.len() > 1) {
            (None, true) => Some(at),
            (Some(from), false) => {
                times.push(Span::new(from, at));
                None
            }
            (since, _) => since,
        };
    }
    spans::union(times)
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
        says(&format!("{two}\nB on Resus 12:00-17:00\nwarning: {NAMES}, 08:00–17:00 Tue 26-Apr-2016: tell them apart"));
        says(&format!("{two}\nB on Resus 11:59-17:00, asked\nwarning: {NAMES} {at_once}; becomes an error once agreed"));
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
warning: Smith, John and Sorrel, Jane have the same initials (JS), 08:00–17:00 Tue 26-Apr-2016: tell them apart",
        );
    }

    #[test]
    fn initials_that_only_one_name_shares_here_are_told_once() {
        says(
            "person B: Smith, John; initials JS\nperson C: Sorrel, Jane; initials JS
A on Majors 08:00-12:00\nB on Resus 12:00-17:00
warning: JS Smith and JS Smith have the same name (Smith, John), 08:00–17:00 Tue 26-Apr-2016: tell them apart",
        );
    }

    #[test]
    fn a_namesake_who_is_not_here_does_not_make_it_twice() {
        says(
            "person B: Smith, John; initials JS\nperson C: Smith, John; initials JC
A on Majors 08:00-12:00\nB on Resus 12:00-17:00
warning: JS Smith and JS Smith have the same name (Smith, John), 08:00–17:00 Tue 26-Apr-2016: tell them apart",
        );
    }

    #[test]
    fn whoever_has_no_assignment_in_the_window_is_not_taken_for_anybody() {
        says("person B: Smith, John; initials JS\nA on Majors 08:00-12:00");
        says("person B: Smith, John; initials JS\nA on Majors 08:00-12:00\nB on Resus 17:00-18:00");
        says("person B: Sorrel, Jane; initials JA\nA on Majors 08:00-12:00\nB on Resus 08:00-17:00");
    }

    #[test]
    fn all_of_three_and_only_those_who_are_at_work_are_named_where_they_are() {
        let three = "post Majors: A&E SHO
person A: Smith, John; initials JS
person B: Smith, John; initials JO
person C: Smith, John; initials JN
A on Majors 08:00-12:00
B on Majors 08:00-12:00";
        let who = "error: JS Smith, JO Smith and JN Smith have the same name (Smith, John)";
        check_rule(
            &RULE,
            &format!(
                "{three}\nC on Majors 10:00-13:00
{who} and are all in A&E 08:00–12:00 Tue 26-Apr-2016: tell them apart"
            ),
        );
        check_rule(
            &RULE,
            &format!(
                "{three}\nC on Majors 12:00-13:00
{who}; at once, 08:00–12:00 Tue 26-Apr-2016, are JS Smith in A&E and JO Smith in A&E: tell them apart"
            ),
        );
    }

    #[test]
    fn each_unit_concerned_hears_of_it() {
        let told = format!(
            "error: {NAMES}; at once, 09:00–10:00 Tue 26-Apr-2016, are JS Smith in A&E and JO Smith in Maternity: tell them apart"
        );
        check_rule(
            &RULE,
            &format!(
                "unit A&E: Consultant\nunit Maternity: Consultant\npost Majors: A&E Consultant\npost Labour ward: Maternity Consultant
person A: Smith, John; initials JS\nperson B: Smith, John; initials JO
A on Majors 08:00-10:00\nB on Labour ward 09:00-12:00\n{told}\n{told}"
            ),
        );
    }

    #[test]
    fn one_name_written_in_two_ways_is_told() {
        says(
            "person B: John, Dr Sm\u{200b}ith; initials JO\nA on Majors 08:00-12:00\nB on Resus 11:00-17:00
error: JS Smith and JO John have the same name (Smith, John) and are both in A&E 11:00–12:00 Tue 26-Apr-2016: tell them apart",
        );
    }

    #[test]
    fn one_telephone_number_is_told_once() {
        let told = |phone: &str, more: &str| {
            let words = format!("post Majors: A&E middle grade\nperson A: Smith, John\nperson B: Sorrel, Jane{more}\nA on Majors 08:00-12:00\nB on Majors 12:00-17:00");
            let mut rota = super::super::testing::rota(&words);
            rota.people.iter_mut().for_each(|person| phone.clone_into(&mut person.phone));
            let report = super::super::check(&rota);
            let told = report.findings.iter().filter(|finding| finding.code == Code::Dat1);
            told.map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            told("07700 900123", ""),
            ["A Smith and B Sorrel have the same telephone number (07700 900123), 08:00–17:00 Tue 26-Apr-2016: tell them apart"]
        );
        assert_eq!(told("ext 2145", ""), [""; 0]);
        let initials = told("07700 900123", "; initials A");
        assert_eq!(initials, ["Smith, John and Sorrel, Jane have the same initials (A), 08:00–17:00 Tue 26-Apr-2016: tell them apart"]);
    }

    #[test]
    fn one_family_is_not_one_name() {
        says(
            "person B: Smith, Jane; initials JS\nA on Majors 08:00-12:00\nB on Resus 08:00-17:00
warning: Smith, John and Smith, Jane have the same initials (JS), 08:00–17:00 Tue 26-Apr-2016: tell them apart",
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
