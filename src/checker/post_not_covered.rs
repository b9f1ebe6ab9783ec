//! COV-2: a post has fewer doctors than on a normal day, whatever the rest of the unit has.

use std::fmt::Write;

use super::context::{Context, Judged, PostIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::short_of_normal::lacks_words;
use super::sweep::{Cover, On, Sweep, people_of};
use super::{Code, Finding, Severity, lacking, said};
use crate::model::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::Cov2,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error if the post is essential, else warning",
    title: "Post not covered",
    why: "A unit may have enough doctors and still nobody at the post that is rung in an emergency. An essential post, \
          or one that requires a competency, cannot be made up for by somebody elsewhere.",
    source: "NHS England, planning for industrial action: named cover for every critical role; the posts and their \
             normal staffing are the hospital's own",
    example: "
post Resus: A&E middle grade, essential, bleep 2145
        |08  09  10  |
Resus 1 |KP  KP? .   |
             ^^^^ error: A&E, Resus: 1 to agree, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0); to agree: KP
                 ^^^^ error: A&E, Resus: 1 short, 10:00–11:00 Tue 26-Apr-2016 (need 1, have 0)
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    for (place, post) in ctx.units[sweep.unit].posts.iter().copied().enumerate() {
        let short = |step: usize, judged: Judged| {
            let cover = sweep.post(step, place);
            cover.have[judged.ix()] < cover.need
        };
        if ctx.posts[post].essential {
            for judged in Judged::BOTH {
                if (0..sweep.steps()).any(|step| short(step, judged)) {
                    found.block(judged, sweep.window, sweep.unit, true);
                }
            }
        }
        let runs = sweep.runs(|step| {
            let judged = Judged::BOTH.into_iter().find(|judged| short(step, *judged))?;
            Some((judged, sweep.post(step, place)))
        });
        for (span, (judged, cover)) in runs {
            let (severity, _) = severity(ctx, post, judged);
            if !found.findings.has_room(ctx, Code::Cov2, severity, sweep.window, sweep.unit) {
                continue;
            }
            found.tell(finding(ctx, sweep, post, span, judged, cover));
        }
    }
}

fn severity(ctx: &Context, post: PostIx, judged: Judged) -> (Severity, &'static str) {
    match judged {
        Judged::Agreed if ctx.posts[post].essential => (Severity::Error, ""),
        Judged::Agreed => (Severity::Warning, ""),
        Judged::IfAllAgree => (Severity::Warning, " if everyone agrees"),
    }
}

fn finding(ctx: &Context, sweep: &Sweep, post: PostIx, span: Span, judged: Judged, cover: Cover) -> Finding {
    let have = cover.have.map(u64::from);
    let short = u64::from(cover.need) - have[judged.ix()];
    let later = u64::from(cover.need).saturating_sub(have[Judged::IfAllAgree.ix()]);
    let lacks = lacks_words(short, later);
    let lacking = lacking::stretches(ctx, sweep, judged, span, On::Post(post));
    let who = sweep.who_counts(ctx, judged, span, On::Post(post));
    let (severity, if_all_agree) = severity(ctx, post, judged);
    let mut message = String::with_capacity(said::MESSAGE_LETTERS);
    let (unit, name, when, need) = (ctx.unit_name(sweep.unit), ctx.post_name(post), ctx.when(span), cover.need);
    let _ = write!(message, "{unit}, {name}: {lacks}{if_all_agree}, {when} (need {need}, ");
    said::push_have(&mut message, ctx, have[judged.ix()], &who, span);
    message.push(')');
    lacking::push_words(&mut message, ctx, &lacking, false);
    Finding::new(Code::Cov2, severity, message)
        .at(ctx, sweep.window, sweep.unit)
        .when(span)
        .posts(ctx, [post])
        .people(ctx, people_of(&who))
        .not_counted(ctx, sweep.who_does_not(ctx, judged, span, On::Post(post)))
        .figures(u64::from(cover.need), have, short)
        .lacking(ctx, &lacking, later)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn as_many_as_needed_is_enough_and_a_spare_elsewhere_is_not() {
        check_rule(
            &RULE,
            "
post Majors: A&E middle grade
post Minors: A&E middle grade
         |08  09  |
Majors 1 |KP      |
Minors 1 |RS  .   |
Majors   |    AN  |
              ^^^^ warning: A&E, Minors: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0)
",
        );
    }

    #[test]
    fn a_post_that_requires_a_competency_is_essential() {
        check_rule(
            &RULE,
            "
post Airway: A&E middle grade, needs Intubation
person KP: can Intubation
         |08  09  |
Airway 1 |KP  RS  |
              ^^^^ error: A&E, Airway: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0)
",
        );
    }

    #[test]
    fn an_on_call_post_is_judged_by_this_rule_and_a_running_clinic_does_not_matter_there() {
        check_rule(
            &RULE,
            "
post Consultant at home: A&E consultant, on call, essential
session Fracture clinic: HG; 08:00-10:00
                     |08  09  10  |
Consultant at home 1 |HG      .   |
                              ^^^^ error: A&E, Consultant at home: 1 short, 10:00–11:00 Tue 26-Apr-2016 (need 1, have 0)
",
        );
    }

    #[test]
    fn one_person_entered_twice_counts_once() {
        check_rule(
            &RULE,
            "
post Majors: A&E middle grade
         |08  09  |
Majors 2 |KP      |
         |    KP  |
          ^^^^^^^^ warning: A&E, Majors: 1 short, 08:00–10:00 Tue 26-Apr-2016 (need 2, have 1: KP)
",
        );
    }
}
