//! The posts that lack somebody in a shortage: where somebody is still to be found, and who has still to agree.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::context::{Context, Judged, PersonIx, PostIx};
use super::finding::Lacking;
use super::said;
use super::spans;
use super::sweep::{On, PersonTime, Sweep};
use crate::model::{Span, Status};

/// So many stretches are told with one finding, at most.
const LACKING_MAX: usize = 20;

/// One post over a stretch of time in which it lacks the same.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    post: PostIx,
    span: Span,
    empty: u32,
    waiting: u32,
    to_agree: Vec<PersonIx>,
    to_postpone: Vec<PersonIx>,
}

/// What the posts lack in `span`, whose ends are edges: highest tier first, then in the order of the rota and by time.
pub(super) fn stretches(ctx: &Context, sweep: &Sweep, judged: Judged, span: Span, on: On) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (place, post) in ctx.units[sweep.unit].posts.iter().copied().enumerate() {
        if !on.holds(ctx, post) {
            continue;
        }
        for step in sweep.steps_of(span) {
            let cover = sweep.post(step, place);
            let lacks = cover.need.saturating_sub(cover.have[judged.ix()]);
            if lacks == 0 {
                continue;
            }
            let empty = lacks.min(cover.need.saturating_sub(cover.have[Judged::IfAllAgree.ix()]));
            let (span, waiting) = (sweep.span(step), lacks - empty);
            match all.last_mut() {
                Some(last)
                    if (last.post, last.span.to, last.empty, last.waiting) == (post, span.from, empty, waiting) =>
                {
                    last.span.to = span.to;
                }
                _ => all.push(Stretch { post, span, empty, waiting, to_agree: Vec::new(), to_postpone: Vec::new() }),
            }
        }
    }
    if all.len() > LACKING_MAX {
        all.sort_by_key(|one| one.empty == 0);
        all.truncate(LACKING_MAX);
    }
    all.sort_by_key(|one| (Reverse(ctx.posts[one.post].tier), one.post, one.span));
    for one in all.iter_mut().filter(|one| one.waiting > 0) {
        awaited(ctx, sweep, one);
    }
    all
}

/// Who would count there if all agree and does not yet at some time of it.
fn awaited(ctx: &Context, sweep: &Sweep, one: &mut Stretch) {
    let on = On::Post(one.post);
    let now = sweep.who_counts(ctx, Judged::Agreed, one.span, on);
    let later = sweep.who_counts(ctx, Judged::IfAllAgree, one.span, on);
    let times = |who: &[PersonTime]| -> Vec<Span> { who.iter().map(|(_, time)| *time).collect() };
    for of_person in later.chunk_by(|a, b| a.0 == b.0) {
        let person = of_person[0].0;
        let from = now.partition_point(|(other, _)| *other < person);
        let counts = &now[from..from + now[from..].partition_point(|(other, _)| *other == person)];
        if counts == of_person {
            continue;
        }
        let later = spans::without(&times(of_person), &times(counts));
        if later.is_empty() {
            continue;
        }
        let mut agreed = ctx.people[person].assignments.iter().filter(|held| held.status == Status::Agreed);
        let has_agreed = agreed.any(|held| held.post == one.post && later.iter().any(|at| at.overlaps(held.span)));
        if has_agreed { one.to_postpone.push(person) } else { one.to_agree.push(person) }
    }
}

/// As the finding holds them.
pub(super) fn of_stretches(ctx: &Context, stretches: &[Stretch]) -> Vec<Lacking> {
    let ids = |people: &[PersonIx]| people.iter().map(|at| ctx.rota.people[*at].id.clone()).collect();
    let lacking = stretches.iter().map(|one| Lacking {
        post: ctx.rota.posts[one.post].id.clone(),
        span: one.span,
        empty: one.empty,
        waiting: one.waiting,
        to_agree: ids(&one.to_agree),
        to_postpone: ids(&one.to_postpone),
    });
    lacking.collect()
}

/// "; unfilled: Majors; to agree: RS; session to postpone: AN": the posts only where `has_posts`.
pub(super) fn push_words(text: &mut String, ctx: &Context, stretches: &[Stretch], has_posts: bool) {
    let unfilled = stretches.iter().filter(|one| has_posts && one.empty > 0).map(|one| one.post);
    push_once(text, "; unfilled: ", unfilled, |post| ctx.post_name(post));
    let to_agree = stretches.iter().flat_map(|one| one.to_agree.iter().copied());
    push_once(text, "; to agree: ", to_agree, |person| ctx.who(person));
    let to_postpone = stretches.iter().flat_map(|one| one.to_postpone.iter().copied());
    push_once(text, "; session to postpone: ", to_postpone, |person| ctx.who(person));
}

/// What is said of those places, with the name of each once; nothing of none.
fn push_once<'a>(
    text: &mut String,
    what: &str,
    places: impl Iterator<Item = usize>,
    name: impl Fn(usize) -> Cow<'a, str>,
) {
    let mut once: Vec<usize> = Vec::new();
    for at in places {
        if !once.contains(&at) {
            once.push(at);
        }
    }
    if !once.is_empty() {
        text.push_str(what);
        said::push_some_of(text, once.len(), |text, at| text.push_str(&name(once[at])));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::rota;
    use super::super::{Code, Finding, check};
    use crate::model::PersonId;

    /// What each shortage lacks: post, hours, empty and waiting, and who has still to agree.
    fn messages(drawing: &str) -> Vec<String> {
        let rota = rota(drawing);
        let zone = rota.zone();
        let tell = |finding: &Finding| {
            let lacking = finding.lacking.iter().map(|one| {
                let name = &rota.post(&one.post).unwrap().name;
                let times = crate::model::words::times(zone, one.span);
                let who = |people: &[PersonId]| people.iter().map(PersonId::as_str).collect::<Vec<_>>().join(" ");
                format!(
                    "{name} {times} {}+{} ({}) ({})",
                    one.empty,
                    one.waiting,
                    who(&one.to_agree),
                    who(&one.to_postpone)
                )
            });
            let lacking: Vec<String> = lacking.collect();
            let waits = if finding.is_waiting() { "waits" } else { "lacks" };
            format!("{} {waits}: {}", finding.code, lacking.join("; "))
        };
        check(&rota).findings.iter().filter(|finding| finding.code == Code::Cov1).map(tell).collect()
    }

    #[test]
    fn the_empty_place_is_named_and_not_the_grade_in_whose_sum_it_shows() {
        // The consultant is only waited for; it is the lowest post that stands empty, and the other way round.
        assert_eq!(
            messages(
                "
                 |08  |
A&E consultant 1 |HG? |
A&E SHO 1        |.   |
"
            ),
            [
                "COV-1 lacks: A&E consultant 08:00–09:00 0+1 (hg) (); A&E SHO 08:00–09:00 1+0 () ()",
                "COV-1 waits: A&E consultant 08:00–09:00 0+1 (hg) ()",
            ]
        );
        assert_eq!(
            messages(
                "
                 |08  |
A&E consultant 1 |.   |
A&E SHO 1        |KP? |
"
            ),
            [
                "COV-1 waits: A&E consultant 08:00–09:00 1+0 () (); A&E SHO 08:00–09:00 0+1 (kp) ()",
                "COV-1 lacks: A&E consultant 08:00–09:00 1+0 () ()",
            ]
        );
    }

    #[test]
    fn who_waits_for_a_session_to_be_postponed_has_agreed() {
        assert_eq!(
            messages(
                "
session Clinic: KP; 08:00-09:00; to postpone
          |08  |
A&E SHO 2 |KP  |
          |RS* |
"
            ),
            ["COV-1 waits: A&E SHO 08:00–09:00 0+2 (rs) (kp)"]
        );
    }
}
