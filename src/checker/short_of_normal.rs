//! COV-1: a unit has fewer doctors, at some tier or above, than on a normal day.

use std::fmt::Write;

use super::context::{Context, Judged, TierIx, UnitIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::sweep::{On, Sweep, people_of};
use super::{Code, Finding, Severity, lacking, said};
use crate::model::Span;

pub(super) const RULE: Rule = Rule {
    code: Code::Cov1,
    family: Family::Cover,
    reach: Reach::Moment,
    worst: Severity::Error,
    severity: "error",
    title: "Fewer doctors than normal",
    why: "The walkout is safe only if every unit has, at every minute, as many doctors at each grade as on a normal \
          day. Seniors may cover for juniors, not vice versa, so doctors are counted at a grade or above.",
    source: "NHS England, planning for industrial action: cover is compared with normal staffing by unit and grade",
    example: "
                   |08  09  10  11  |
A&E middle grade 2 |KP  KP  KP  KP  |
                   |RS  RS? .   RS  |
                        ^^^^ error: A&E, middle grade or above: 1 to agree, 09:00–10:00 Tue 26-Apr-2016 (need 2, have 1: KP); to agree: RS
                            ^^^^ error: A&E, middle grade or above: 1 short, 10:00–11:00 Tue 26-Apr-2016 (need 2, have 1: KP); unfilled: A&E middle grade
",
    check: Check::Unit(check),
};

fn check(ctx: &Context, sweep: &Sweep, found: &mut Found) {
    for tier in 0..ctx.units[sweep.unit].tiers {
        for judged in Judged::BOTH {
            if (0..sweep.steps()).any(|step| sweep.tier(step, tier).short[judged.ix()] > 0) {
                found.block(judged, sweep.window, sweep.unit, true);
            }
        }
        for (span, shortage) in shortages(sweep, tier) {
            let (severity, _) = severity(shortage.judged);
            if !found.findings.has_room(ctx, Code::Cov1, severity, sweep.window, sweep.unit) {
                continue;
            }
            found.tell(finding(ctx, sweep, tier, span, &shortage));
        }
    }
}

/// The figures of one shortage: what `docs/checker.md` calls its key.
#[derive(PartialEq)]
pub(super) struct Shortage {
    /// As it stands, or only if all agree.
    pub judged: Judged,
    pub short: u64,
    pub need: u64,
    pub have: [u64; 2],
}

/// The shortages at one tier, each as long as its figures stay the same.
pub(super) fn shortages(sweep: &Sweep, tier: TierIx) -> Vec<(Span, Shortage)> {
    sweep.runs(|step| {
        let cover = sweep.tier(step, tier);
        let judged = Judged::BOTH.into_iter().find(|judged| cover.short[judged.ix()] > 0)?;
        Some(Shortage { judged, short: cover.short[judged.ix()], need: cover.need, have: cover.have })
    })
}

/// "A&E, middle grade or above": the unit and everybody who counts at the tier.
pub(super) fn place(ctx: &Context, unit: UnitIx, tier: TierIx) -> String {
    let or_above = if tier + 1 < ctx.units[unit].tiers { " or above" } else { "" };
    let mut text = String::with_capacity(said::MESSAGE_LETTERS);
    let _ = write!(text, "{}, {}{or_above}", ctx.unit_name(unit), ctx.tier_name(unit, tier));
    text
}

/// Need less have is more than the shortage told here where a higher tier tells the rest.
fn said_above(need: u64, have: u64, short: u64) -> String {
    match need.saturating_sub(have).saturating_sub(short) {
        0 => String::new(),
        1 => "; one of those missing is at a higher grade".to_owned(),
        above => format!("; {above} of those missing are at a higher grade"),
    }
}

/// How many are missing, as the verdict counts them: "1 short", "1 to agree", "2 short and 1 to agree".
pub(super) fn lacks_words(short: u64, later: u64) -> String {
    match short.saturating_sub(later) {
        0 => format!("{short} short"),
        waiting if later == 0 => format!("{waiting} to agree"),
        waiting => format!("{later} short and {waiting} to agree"),
    }
}

fn severity(judged: Judged) -> (Severity, &'static str) {
    match judged {
        Judged::Agreed => (Severity::Error, ""),
        Judged::IfAllAgree => (Severity::Warning, " if everyone agrees"),
    }
}

fn finding(ctx: &Context, sweep: &Sweep, tier: TierIx, span: Span, shortage: &Shortage) -> Finding {
    let Shortage { judged, short, need, have } = *shortage;
    let here = On::From(tier);
    let who = sweep.who_counts(ctx, judged, span, here);
    let (severity, if_all_agree) = severity(judged);
    let steps = sweep.steps_of(span);
    let later = steps.map(|step| sweep.tier(step, tier).short[Judged::IfAllAgree.ix()]).max().unwrap_or(short);
    let lacking = lacking::stretches(ctx, sweep, judged, span, here);
    let mut message = place(ctx, sweep.unit, tier);
    let lacks = lacks_words(short, later);
    let _ = write!(message, ": {lacks}{if_all_agree}, {} (need {need}, ", ctx.when(span));
    said::push_have(&mut message, ctx, have[judged.ix()], &who, span);
    message.push_str(&said_above(need, have[judged.ix()], short));
    message.push(')');
    lacking::push_words(&mut message, ctx, &lacking, later > 0);
    let mut finding = Finding::new(Code::Cov1, severity, message)
        .at(ctx, sweep.window, sweep.unit)
        .when(span)
        .people(ctx, people_of(&who))
        .not_counted(ctx, sweep.who_does_not(ctx, judged, span, here))
        .figures(need, have, short)
        .lacking(ctx, &lacking, later);
    finding.tier = ctx.rota.units[sweep.unit].tiers.get(tier).map(|tier| tier.id.clone());
    finding
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn as_many_as_normal_is_not_short_and_one_fewer_for_a_quarter_is() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E middle grade 1 |KP  KP  |
",
        );
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E middle grade 1 |KP    . |
                          ^^ error: A&E, middle grade or above: 1 short, 09:30–10:00 Tue 26-Apr-2016 (need 1, have 0); unfilled: A&E middle grade
",
        );
    }

    #[test]
    fn a_senior_stands_in_for_a_junior_and_not_the_reverse() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E consultant 1   |HG      |
                   |MW  .   |
A&E middle grade 1 |.       |
                        ^^^^ error: A&E, middle grade or above: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 2, have 1: HG); unfilled: A&E middle grade
",
        );
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E consultant 1   |HG  .   |
A&E middle grade 1 |KP      |
                   |RS      |
                        ^^^^ error: A&E, consultant: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0); unfilled: A&E consultant
",
        );
    }

    #[test]
    fn what_a_higher_tier_reports_is_not_reported_twice() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E consultant 2   |.       |
A&E SHO 1          |.       |
                    ^^^^^^^^ error: A&E, SHO or above: 1 short, 08:00–10:00 Tue 26-Apr-2016 (need 3, have 0; 2 of those missing are at a higher grade); unfilled: A&E consultant and A&E SHO
                    ^^^^^^^^ error: A&E, consultant: 2 short, 08:00–10:00 Tue 26-Apr-2016 (need 2, have 0); unfilled: A&E consultant
",
        );
    }

    #[test]
    fn whoever_counts_for_part_of_the_time_is_named_with_it() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E middle grade 2 |KP  RS  |
                    ^^^^^^^^ error: A&E, middle grade or above: 1 short, 08:00–10:00 Tue 26-Apr-2016 (need 2, have 1: KP 08:00–09:00, RS 09:00–10:00); unfilled: A&E middle grade
",
        );
    }

    #[test]
    fn a_proposal_elsewhere_that_would_double_book_is_a_warning() {
        check_rule(
            &RULE,
            "
                   |08  09  |
A&E middle grade 1 |KP      |
A&E SHO 0          |KP* .   |
                    ^^^^ warning: A&E, middle grade or above: 1 short if everyone agrees, 08:00–09:00 Tue 26-Apr-2016 (need 1, have 0); unfilled: A&E middle grade
",
        );
    }

    #[test]
    fn on_call_posts_and_declined_are_not_presence() {
        check_rule(
            &RULE,
            "
post Consultant at home: A&E consultant, on call
                     |08  09  |
Consultant at home 1 |HG      |
A&E middle grade 1   |KP/     |
                      ^^^^^^^^ error: A&E, middle grade or above: 1 short, 08:00–10:00 Tue 26-Apr-2016 (need 1, have 0); unfilled: A&E middle grade
",
        );
    }

    #[test]
    fn whoever_counts_is_not_among_those_who_do_not() {
        let rota = super::super::testing::rota(
            "
session Fracture clinic: AN; 08:00-09:00
                   |08  09  |
A&E middle grade 4 |KP      |
                   |KP* .   |
                   |AN      |
                   |RS? .   |
",
        );
        let report = super::super::check(&rota);
        let who: Vec<String> = report.findings[0]
            .not_counted
            .iter()
            .map(|not| format!("{} {:?}", not.person, not.why.iter().map(ToString::to_string).collect::<Vec<_>>()))
            .collect();
        assert_eq!(who, [r#"an ["SES-1"]"#, "rs []"]);
    }

    #[test]
    fn a_closed_unit_needs_nobody() {
        check_rule(
            &RULE,
            "
closed A&E
                   |08  09  |
A&E middle grade 1 |.       |
",
        );
    }
}
