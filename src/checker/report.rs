//! The report: verdicts of units and windows, and of the rota; findings in order; what it costs in elective work.

use super::context::{Context, Judged};
use super::finding::{Elective, Finding, Report, UnitVerdict, Verdict};
use super::listed::{self, Listed};
use super::order::Key;
use super::rule::{Block, Found};
use super::sweep::Sweep;
use super::{order, scope};
use crate::model::{Rota, SessionState};

/// Checks the whole rota.
pub fn check(rota: &Rota) -> Report {
    let ctx = Context::new(rota);
    let sweeps = scope::sweeps(&ctx);
    let mut blocked = vec![Blocked::default(); sweeps.len()];
    let mut lines = Gathered::default();
    for scope in scope::all(&ctx) {
        lines.take(&ctx, found_in(&ctx, &sweeps, scope, &mut blocked).findings);
    }
    let units = sweeps.iter().zip(&blocked).map(|(sweep, blocked)| unit_verdict(&ctx, sweep, *blocked)).collect();
    let (_, findings, is_shortened) = lines.sorted(&ctx);
    Report { is_shortened, ..assemble(rota, units, findings) }
}

/// More findings than this are shortened before others are put to them.
const GATHERED_MAX: usize = 60_000;

/// The findings of scope after scope, never very many at once.
#[derive(Default)]
pub(super) struct Gathered {
    findings: Vec<Finding>,
    /// So many were left when they were last shortened.
    kept: usize,
    is_shortened: bool,
}

impl Gathered {
    pub(super) fn take(&mut self, ctx: &Context, found: Listed) {
        self.is_shortened |= found.is_shortened;
        self.findings.append(&mut found.into_vec());
        if self.findings.len() - self.kept > GATHERED_MAX {
            self.findings = order::sorted(ctx, std::mem::take(&mut self.findings)).1;
            self.is_shortened |= listed::shorten(&mut self.findings);
            self.kept = self.findings.len();
        }
    }

    /// Whether so many have come together that they are not kept apart as well.
    pub(super) fn is_large(&self) -> bool {
        self.is_shortened || self.findings.len() > GATHERED_MAX
    }

    /// In order with their keys, and whether some were left out.
    pub(super) fn sorted(self, ctx: &Context) -> (Vec<Key>, Vec<Finding>, bool) {
        let (keys, mut findings) = order::sorted(ctx, self.findings);
        if !listed::shorten(&mut findings) {
            return (keys, findings, self.is_shortened);
        }
        let keys = findings.iter().map(|finding| Key::of(ctx, finding)).collect();
        (keys, findings, true)
    }
}

/// What the rules find in one scope; what stands against units and windows is added to `blocked`, by window and then unit.
pub(super) fn found_in(ctx: &Context, sweeps: &[Sweep], scope: scope::Scope, blocked: &mut [Blocked]) -> Found {
    let mut found = Found::default();
    scope::run(ctx, sweeps, scope, &mut found);
    for block in &found.blocks {
        blocked[block.window * ctx.units.len() + block.unit].add(*block);
    }
    found
}

/// How many errors stand against one unit in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Blocked {
    /// As it stands, and if all agree.
    errors: [u32; 2],
    /// Those that say doctors are missing, if all agree.
    short: u32,
}

impl Blocked {
    pub(super) fn add(&mut self, block: Block) {
        self.errors[block.judged.ix()] += 1;
        self.short += u32::from(block.short && block.judged == Judged::IfAllAgree);
    }

    pub(super) fn remove(&mut self, block: Block) {
        self.errors[block.judged.ix()] -= 1;
        self.short -= u32::from(block.short && block.judged == Judged::IfAllAgree);
    }
}

/// The verdict of one unit in one window.
pub(super) fn unit_verdict(ctx: &Context, sweep: &Sweep, blocked: Blocked) -> UnitVerdict {
    let (mut normal, mut short, mut any_need) = (0, [0; 2], false);
    for step in 0..sweep.steps() {
        let minutes = sweep.span(step).minutes().unsigned_abs();
        let need = sweep.need(step);
        any_need |= need > 0;
        normal += need * minutes;
        for tier in sweep.tiers(step) {
            short = [0, 1].map(|ix| short[ix] + tier.short[ix] * minutes);
        }
    }
    let if_compared = if sweep.closed {
        Verdict::Closed
    } else if !any_need {
        Verdict::NoNormalStaffing
    } else if blocked.errors[0] == 0 {
        Verdict::Covered
    } else if blocked.errors[1] == 0 {
        Verdict::IfAgreed
    } else if blocked.short > 0 {
        Verdict::Short
    } else {
        Verdict::Errors
    };
    let not_compared = sweep.not_compared(ctx);
    let is_example = ctx.windows[sweep.window].is_example && any_need && !sweep.closed;
    let verdict = match if_compared {
        // A promise needs a whole normal day that is the unit's own; what is missing is missing all the same.
        Verdict::Covered | Verdict::IfAgreed | Verdict::Errors if is_example || !not_compared.is_empty() => {
            Verdict::NoNormalStaffing
        }
        other => other,
    };
    UnitVerdict {
        window: ctx.rota.windows[sweep.window].id.clone(),
        unit: ctx.rota.units[sweep.unit].id.clone(),
        verdict,
        if_compared,
        not_compared,
        is_example,
        normal_minutes: normal,
        short_minutes: short[0],
        short_minutes_if_agreed: short[1],
    }
}

/// The worst of the verdicts, closed ones left out; nothing at all is never covered.
pub(super) fn worst(units: &[UnitVerdict]) -> Verdict {
    let open = units.iter().map(|unit| unit.verdict).filter(|verdict| *verdict != Verdict::Closed);
    open.max().unwrap_or(Verdict::NoNormalStaffing)
}

pub(super) fn assemble(rota: &Rota, units: Vec<UnitVerdict>, findings: Vec<super::Finding>) -> Report {
    Report {
        verdict: worst(&units),
        units,
        findings,
        is_shortened: false,
        running: elective(rota, SessionState::Running),
        to_postpone: elective(rota, SessionState::ToPostpone),
        postponed: elective(rota, SessionState::Postponed),
    }
}

/// The sessions in that state, and the patients in them.
pub(super) fn elective(rota: &Rota, state: SessionState) -> Elective {
    rota.sessions.iter().filter(|session| session.state == state).fold(Elective::default(), |sum, session| Elective {
        sessions: sum.sessions + 1,
        appointments: sum.appointments + u64::from(session.appointments),
        inpatient: sum.inpatient + u64::from(session.inpatient),
        day_case: sum.day_case + u64::from(session.day_case),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing::rota;

    fn verdicts(drawing: &str) -> Vec<Verdict> {
        let report = check(&rota(drawing));
        [report.verdict].into_iter().chain(report.units.iter().map(|unit| unit.verdict)).collect()
    }

    #[test]
    fn what_must_never_look_safe() {
        assert_eq!(check(&Rota::empty()).verdict, Verdict::NoNormalStaffing, "an empty rota");
        assert_eq!(verdicts("day 08:00-17:00"), [Verdict::NoNormalStaffing; 2], "no staffing lines");
        let asked = "
                   |08  09  |
A&E middle grade 1 |KP?     |
";
        assert_eq!(verdicts(asked), [Verdict::IfAgreed; 2], "nobody agreed");
        let elsewhere = "
day Wed 08:00-09:00
post Majors: A&E middle grade
normal Majors: 1 08:00-09:00
KP on Majors Tue 08:00-09:00
";
        assert_eq!(verdicts(elsewhere), [Verdict::Short; 2], "windows elsewhere");
        let mut unsound = rota(asked);
        unsound.windows[0].span.to = unsound.windows[0].span.from;
        assert_eq!(check(&unsound).verdict, Verdict::NoNormalStaffing, "a window of no length");
    }

    #[test]
    fn covered_is_said_only_where_all_is_well() {
        let covered = "
                   |08  09  |
A&E middle grade 1 |KP      |
";
        assert_eq!(verdicts(covered), [Verdict::Covered; 2]);
        let report = check(&rota(covered));
        let unit = &report.units[0];
        assert_eq!((unit.normal_minutes, unit.short_minutes, unit.short_minutes_if_agreed), (120, 0, 0));
    }

    #[test]
    fn closed_units_do_not_count_unless_all_are() {
        let two =
            "unit A&E: SHO\nunit ICU: SHO\npost Ward: A&E SHO\nnormal Ward: 1 08:00-17:00\nKP on Ward 08:00-17:00\n";
        assert_eq!(verdicts(&format!("{two}closed ICU")), [Verdict::Covered, Verdict::Covered, Verdict::Closed]);
        assert_eq!(
            verdicts(&format!("{two}closed ICU\nclosed A&E")),
            [Verdict::NoNormalStaffing, Verdict::Closed, Verdict::Closed]
        );
        assert_eq!(verdicts(two), [Verdict::NoNormalStaffing, Verdict::Covered, Verdict::NoNormalStaffing]);
    }

    #[test]
    fn nothing_is_promised_of_hours_that_nothing_is_compared_with() {
        let day = |window: &str, more: &str| {
            verdicts(&format!(
                "day {window}\npost Ward: A&E SHO\nnormal Ward: 1 08:00-17:00\nKP on Ward 08:00-17:00{more}"
            ))[1]
        };
        assert_eq!(day("08:00-17:00", ""), Verdict::Covered);
        assert_eq!(day("07:00-17:00", ""), Verdict::NoNormalStaffing);
        assert_eq!(day("00:00-17:00", ", asked"), Verdict::NoNormalStaffing, "not even if all agree");
        assert_eq!(day("08:00-17:01", "\nperson KP: Trainee2016; on duty 17:00-22:00"), Verdict::NoNormalStaffing);
        assert_eq!(day("07:00-17:00", ", declined"), Verdict::Short, "what is short stays short");
        assert_eq!(day("07:00-17:00", "\nshut A&E: 17:00-08:00"), Verdict::Covered);
        assert_eq!(day("07:00-17:00", "\nshut A&E: 07:01-08:00"), Verdict::NoNormalStaffing);
    }

    #[test]
    fn nothing_is_promised_of_example_staffing() {
        let day = |more: &str| verdicts(&format!("post Ward: A&E SHO\nnormal Ward: 1 08:00-17:00\nexample\n{more}"))[1];
        assert_eq!(day("KP on Ward 08:00-17:00"), Verdict::NoNormalStaffing);
        assert_eq!(day("KP on Ward 08:00-17:00, asked"), Verdict::NoNormalStaffing);
        assert_eq!(day("KP on Ward 08:00-16:00"), Verdict::Short);
        assert_eq!(day("closed A&E"), Verdict::Closed);
    }

    #[test]
    fn short_minutes_are_summed_over_tiers() {
        let report = check(&rota(
            "
                   |08  09  |
A&E consultant 2   |HG? .   |
A&E SHO 1          |.       |
",
        ));
        let unit = &report.units[0];
        assert_eq!((unit.normal_minutes, unit.short_minutes, unit.short_minutes_if_agreed), (360, 360, 300));
        assert_eq!(unit.verdict, Verdict::Short);
    }
}
