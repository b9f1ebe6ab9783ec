//! DBL-1: one person on two posts at once, neither of them on call.
//!
//! It is said in every unit that has one of the posts, because each of them lacks the person.

use super::context::{Context, Judged, PersonIx, PostIx, UnitIx, WindowIx};
use super::records::Held;
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity, said};
use crate::model::{Instant, Span, Status, words};

pub(super) const RULE: Rule = Rule {
    code: Code::Dbl1,
    family: Family::Person,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if two different posts are agreed, else warning",
    title: "Double-booked",
    why: "Nobody is in two places at once. Until one of the two is removed the person counts on neither.",
    source: "Common sense; the commonest mistake in rotas kept in spreadsheets",
    example: "
post Majors: A&E SHO
post Minors: A&E SHO
       |08  09  10  |
Majors |KP  KP  .   |
Minors |    KP  KP  |
            ^^^^ error: KP is on two posts at once: Majors and Minors, 09:00–10:00 Tue 26-Apr-2016; counted on neither
",
    check: Check::Person(check),
};

fn check(ctx: &Context, person: PersonIx, found: &mut Found) {
    let present = || ctx.people[person].assignments.iter().filter(|held| !ctx.posts[held.post].on_call);
    if present().is_sorted_by(|earlier, later| earlier.span.to <= later.span.from) {
        return;
    }
    let helds: Vec<&Held> = present().collect();
    if helds.len() > HELDS_MAX {
        many::tell(ctx, found, person);
        return;
    }
    let units = sorted(helds.iter().map(|held| ctx.posts[held.post].unit));
    for unit in units {
        for clash in clashes(ctx, &helds, unit) {
            for (window, span) in ctx.windows_in(clash.span) {
                tell(ctx, found, person, &helds, &clash, (window, unit, span));
            }
        }
    }
}

/// With more entries than this a person is told of post by post: see [`many`].
const HELDS_MAX: usize = 60;

/// A stretch in which the same posts, one of them in the unit, are held at once.
struct Clash {
    span: Span,
    /// All of them, in the order of the rota.
    posts: Vec<PostIx>,
    /// More than one is agreed, and one of those is in the unit.
    is_error: bool,
}

/// Where more than one post is held, and one in the unit, each stretch as long as the posts, and whether it is an error
/// there, stay the same.
fn clashes(ctx: &Context, helds: &[&Held], unit: UnitIx) -> Vec<Clash> {
    let mut edges: Vec<Instant> = helds.iter().flat_map(|held| [held.span.from, held.span.to]).collect();
    edges.sort_unstable();
    edges.dedup();
    let in_unit = |posts: &[PostIx]| posts.iter().any(|post| ctx.posts[*post].unit == unit);
    let mut clashes: Vec<Clash> = Vec::new();
    for pair in edges.windows(2) {
        let span = Span::new(pair[0], pair[1]);
        let now: Vec<&&Held> = helds.iter().filter(|held| held.span.contains(span.from)).collect();
        let posts = sorted(now.iter().map(|held| held.post));
        let agreed = sorted(now.iter().filter(|held| held.status == Status::Agreed).map(|held| held.post));
        let is_error = agreed.len() > 1 && in_unit(&agreed);
        match clashes.last_mut() {
            _ if posts.len() < 2 || !in_unit(&posts) => {}
            Some(last) if last.span.to == span.from && last.posts == posts && last.is_error == is_error => {
                last.span.to = span.to;
            }
            _ => clashes.push(Clash { span, posts, is_error }),
        }
    }
    clashes
}

fn sorted(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn tell(
    ctx: &Context,
    found: &mut Found,
    person: PersonIx,
    helds: &[&Held],
    clash: &Clash,
    (window, unit, span): (WindowIx, UnitIx, Span),
) {
    if clash.is_error {
        found.block(Judged::Agreed, window, unit, false);
    }
    found.block(Judged::IfAllAgree, window, unit, false);
    let names: Vec<_> = clash.posts.iter().map(|post| ctx.post_name(*post)).collect();
    let (number, none) = match names.len() {
        2 => ("two".to_owned(), "neither"),
        more => (more.to_string(), "none of them"),
    };
    let (severity, end) = if clash.is_error {
        (Severity::Error, format!("counted on {none}"))
    } else {
        (Severity::Warning, "becomes an error once agreed".to_owned())
    };
    let who = ctx.who(person);
    let message = said::message(format_args!("{who} is on {number} posts at once: {}, {}; {end}", words::list(&names), ctx.when(span)));
    let held = helds.iter().filter(|held| held.span.overlaps(span) && clash.posts.contains(&held.post));
    let blocks_if_agreed = !clash.is_error;
    found.tell(
        Finding { blocks_if_agreed, ..Finding::new(Code::Dbl1, severity, message) }
            .at(ctx, window, unit)
            .when(span)
            .posts(ctx, clash.posts.iter().copied())
            .people(ctx, [person])
            .assignments(ctx, held.map(|held| held.at)),
    );
}

/// Somebody with very many entries: each post is told of by itself, without the others.
mod many {
    use std::collections::BTreeMap;

    use super::super::context::{Context, Judged, PersonIx};
    use super::super::rule::Found;
    use super::super::{Code, Finding, Severity, said, spans};
    use crate::model::{Span, Status};

    pub(super) fn tell(ctx: &Context, found: &mut Found, person: PersonIx) {
        let mut held: BTreeMap<(usize, bool), Vec<Span>> = BTreeMap::new();
        for one in ctx.people[person].assignments.iter().filter(|held| !ctx.posts[held.post].on_call) {
            held.entry((one.post, one.status == Status::Agreed)).or_default().push(one.span);
        }
        let [agreed, all] = Judged::BOTH.map(|judged| ctx.people[person].doubled(judged, &ctx.posts));
        let only_all = spans::without(&all, &agreed);
        for ((post, is_agreed), spans) in held {
            for span in spans::union(spans) {
                if is_agreed {
                    stretch(ctx, found, (person, post, span), Severity::Error, &agreed);
                }
                stretch(ctx, found, (person, post, span), Severity::Warning, if is_agreed { &only_all } else { &all });
            }
        }
    }

    fn stretch(
        ctx: &Context,
        found: &mut Found,
        (person, post, held): (PersonIx, usize, Span),
        severity: Severity,
        doubled: &[Span],
    ) {
        let unit = ctx.posts[post].unit;
        for (window, part) in ctx.windows_in(held) {
            for span in spans::within(doubled, part) {
                if severity == Severity::Error {
                    found.block(Judged::Agreed, window, unit, false);
                }
                found.block(Judged::IfAllAgree, window, unit, false);
                if !found.findings.has_room(ctx, Code::Dbl1, severity, window, unit) {
                    break;
                }
                let end = if severity == Severity::Error { "counted on none of them" } else { "becomes an error once agreed" };
                let (who, name, when) = (ctx.who(person), ctx.post_name(post), ctx.when(span));
                let message = said::message(format_args!("{who} is on several posts at once, one of them {name}, {when}; {end}"));
                let blocks_if_agreed = severity != Severity::Error;
                let finding = Finding { blocks_if_agreed, ..Finding::new(Code::Dbl1, severity, message) };
                let finding = finding.at(ctx, window, unit).when(span);
                found.tell(finding.posts(ctx, [post]).people(ctx, [person]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn touching_is_not_at_once_and_home_is_not_a_place() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
post Minors: A&E SHO
post Home: A&E SHO, on call
       |08  09  |
Majors |KP  .   |
Minors |    KP  |
Home   |KP      |
",
        );
    }

    #[test]
    fn proposed_beside_agreed_warns_and_declined_does_not() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
post Minors: A&E SHO
post Resus: A&E SHO
       |08  09  |
Majors |KP      |
Minors |KP* .   |
Resus  |KP/     |
        ^^^^ warning: KP is on two posts at once: Majors and Minors, 08:00–09:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }

    #[test]
    fn a_change_of_status_that_changes_nothing_cuts_nothing() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
post Minors: A&E SHO
       |08  09  |
Majors |KP  KP* |
Minors |KP?     |
        ^^^^^^^^ warning: KP is on two posts at once: Majors and Minors, 08:00–10:00 Tue 26-Apr-2016; becomes an error once agreed
",
        );
    }

    #[test]
    fn each_unit_that_lacks_the_person_is_told() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO
        |08  |
A&E SHO |KP  |
ICU SHO |KP  |
         ^^^^ error: KP is on two posts at once: A&E SHO and ICU SHO, 08:00–09:00 Tue 26-Apr-2016; counted on neither
         ^^^^ error: KP is on two posts at once: A&E SHO and ICU SHO, 08:00–09:00 Tue 26-Apr-2016; counted on neither
",
        );
    }

    #[test]
    fn what_changes_in_another_unit_cuts_nothing() {
        check_rule(
            &RULE,
            "
unit A&E: SHO
unit ICU: SHO
post Majors: A&E SHO
post Minors: A&E SHO
post Beds: ICU SHO
       |08  09  |
Majors |KP      |
Minors |KP      |
Beds   |KP* KP  |
        ^^^^^^^^ error: KP is on 3 posts at once: Majors, Minors and Beds, 08:00–10:00 Tue 26-Apr-2016; counted on none of them
        ^^^^ warning: KP is on 3 posts at once: Majors, Minors and Beds, 08:00–09:00 Tue 26-Apr-2016; becomes an error once agreed
            ^^^^ error: KP is on 3 posts at once: Majors, Minors and Beds, 09:00–10:00 Tue 26-Apr-2016; counted on none of them
",
        );
    }

    #[test]
    fn a_third_post_is_another_set() {
        check_rule(
            &RULE,
            "
post Majors: A&E SHO
post Minors: A&E SHO
post Resus: A&E SHO
       |08  09  |
Majors |KP      |
Minors |KP      |
Resus  |    KP? |
        ^^^^ error: KP is on two posts at once: Majors and Minors, 08:00–09:00 Tue 26-Apr-2016; counted on neither
            ^^^^ error: KP is on 3 posts at once: Majors, Minors and Resus, 09:00–10:00 Tue 26-Apr-2016; counted on none of them
",
        );
    }

    #[test]
    fn nothing_is_said_outside_the_windows() {
        check_rule(
            &RULE,
            "
day 09:00-10:00
post Majors: A&E SHO
post Minors: A&E SHO
       |08  09  10  |
Majors |KP          |
Minors |KP          |
            ^^^^ error: KP is on two posts at once: Majors and Minors, 09:00–10:00 Tue 26-Apr-2016; counted on neither
",
        );
    }
}
