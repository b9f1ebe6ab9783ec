//! The same report as [`super::check`], kept up to date: after an edit only what it touched is checked again.

use std::borrow::Cow;

use super::context::{Context, Facts};
use super::coverage::cover_steps;
use super::finding::{Candidate, CoverStep, Finding, Gap, Report};
use super::lines::Lines;
use super::listed::{self, LISTED_MAX};
use super::order::Key;
use super::report::{Blocked, Gathered, assemble, elective, found_in, unit_verdict, worst};
use super::rule::Found;
use super::scope::{self, Scope};
use super::sweep::Sweep;
use super::touched::Touched;
use super::who_could;
use crate::model::{Change, Rota, SessionState, UnitId, WindowId};

/// A report with all that is needed to bring it up to date.
#[derive(Debug, Clone)]
pub struct Checker {
    facts: Facts,
    /// By window and then unit.
    sweeps: Vec<Sweep>,
    /// None of so large a rota that its findings are not listed in full: each edit of it is checked as a whole.
    said: Option<Said>,
    /// By window and then unit.
    blocked: Vec<Blocked>,
    /// What each of the report's findings is sorted by.
    keys: Vec<Key>,
    report: Report,
}

/// What was found, by scope.
#[derive(Debug, Clone, Default)]
struct Said {
    people: Vec<Found>,
    namesakes: Vec<Found>,
    units: Vec<Found>,
    windows: Vec<Found>,
    rota: Found,
}

impl Said {
    /// What was found in that scope, to be put in or read.
    fn of(&mut self, scope: Scope) -> Option<&mut Found> {
        match scope {
            Scope::Person(at) => self.people.get_mut(at),
            Scope::Namesakes(at) => self.namesakes.get_mut(at),
            Scope::Unit(at) => self.units.get_mut(at),
            Scope::Window(at) => self.windows.get_mut(at),
            Scope::Rota => Some(&mut self.rota),
        }
    }
}

impl Checker {
    /// Checks the whole rota.
    pub fn new(rota: &Rota) -> Self {
        let facts = Facts::of(rota).unwrap_or_default();
        let ctx = Context::of(rota, &facts);
        let sweeps = scope::sweeps(&ctx);
        let mut said = Some(Said {
            people: vec![Found::default(); ctx.people.len()],
            namesakes: vec![Found::default(); ctx.namesakes.len()],
            units: vec![Found::default(); sweeps.len()],
            windows: vec![Found::default(); ctx.windows.len()],
            rota: Found::default(),
        });
        let mut blocked = vec![Blocked::default(); sweeps.len()];
        let mut lines = Gathered::default();
        for scope in scope::all(&ctx) {
            let found = found_in(&ctx, &sweeps, scope, &mut blocked);
            lines.take(&ctx, found.findings.clone());
            if lines.is_large() {
                said = None;
            } else if let Some(place) = said.as_mut().and_then(|said| said.of(scope)) {
                *place = found;
            }
        }
        let (keys, findings, is_shortened) = lines.sorted(&ctx);
        let said = said.filter(|_| !is_shortened);
        let units = sweeps.iter().zip(&blocked).map(|(sweep, blocked)| unit_verdict(&ctx, sweep, *blocked)).collect();
        let report = Report { is_shortened, ..assemble(rota, units, findings) };
        Self { facts, sweeps, said, blocked, keys, report }
    }

    /// The report of the rota as it was last seen.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Brings the report up to date: `changes` name every record that is no longer as it was when last seen, such as
    /// [`crate::model::Step::inverse`].
    pub fn update(&mut self, rota: &Rota, changes: &[Change]) {
        let touched = Touched::by(changes, rota, &self.facts).filter(|_| self.said.is_some());
        let Some(touched) = touched else {
            *self = Self::new(rota);
            return;
        };
        let has_sessions = touched.has_sessions();
        let Some(scopes) = touched.apply(rota, &mut self.facts) else {
            *self = Self::new(rota);
            return;
        };
        self.run_again(rota, &scopes);
        if self.is_too_much() {
            *self = Self::new(rota);
            return;
        }
        if has_sessions {
            self.report.running = elective(rota, SessionState::Running);
            self.report.to_postpone = elective(rota, SessionState::ToPostpone);
            self.report.postponed = elective(rota, SessionState::Postponed);
        }
    }

    /// Need and cover of the unit in the window, step by step; `rota` is the one last seen.
    pub fn coverage(&self, rota: &Rota, window: &WindowId, unit: &UnitId) -> Vec<CoverStep> {
        let ctx = Context::of(rota, &self.facts);
        let place = ctx.window_ix(window).zip(ctx.unit_ix(unit));
        let sweep = place.and_then(|(window, unit)| self.sweeps.get(window * ctx.units.len() + unit));
        sweep.map(|sweep| cover_steps(&ctx, sweep)).unwrap_or_default()
    }

    /// Who could fill the gap; `rota` is the one last seen.
    pub fn who_could(&self, rota: &Rota, gap: &Gap) -> Vec<Candidate> {
        who_could::in_context(&Context::of(rota, &self.facts), gap)
    }

    /// The facts of the rota last seen, for whoever looks at people's work or windows.
    pub fn context<'a>(&'a self, rota: &'a Rota) -> Context<'a> {
        Context::of(rota, &self.facts)
    }

    /// Whether an edit has made the list longer than it may be.
    fn is_too_much(&self) -> bool {
        self.report.is_shortened
            || self.report.findings.len() > LISTED_MAX && listed::is_too_long(&self.report.findings)
    }

    fn run_again(&mut self, rota: &Rota, scopes: &[Scope]) {
        let ctx = Context { rota, facts: Cow::Borrowed(&self.facts) };
        let units = ctx.units.len();
        for scope in scopes {
            if let Scope::Unit(at) = *scope {
                self.sweeps[at] = Sweep::new(&ctx, at / units, at % units);
            }
        }
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        let mut judged_again: Vec<usize> = Vec::new();
        for scope in scopes {
            if let Scope::Unit(at) = *scope {
                judged_again.push(at);
            }
            let mut now = Found::default();
            scope::run(&ctx, &self.sweeps, *scope, &mut now);
            self.report.is_shortened |= now.findings.is_shortened;
            let Some(before) = self.said.as_mut().and_then(|said| said.of(*scope)) else { continue };
            if *before == now {
                continue;
            }
            let found = before;
            let before = std::mem::replace(found, now);
            for (block, is_new) in
                before.blocks.iter().map(|block| (block, false)).chain(found.blocks.iter().map(|block| (block, true)))
            {
                let at = block.window * units + block.unit;
                judged_again.push(at);
                if is_new { self.blocked[at].add(*block) } else { self.blocked[at].remove(*block) }
            }
            difference(before.findings.into_vec(), &found.findings, &mut gone, &mut new);
        }
        judged_again.sort_unstable();
        judged_again.dedup();
        for at in judged_again {
            self.report.units[at] = unit_verdict(&ctx, &self.sweeps[at], self.blocked[at]);
        }
        self.report.verdict = worst(&self.report.units);
        Lines { ctx: &ctx, keys: &mut self.keys, findings: &mut self.report.findings }.change(gone, new);
    }
}

/// What is only in the one list goes, what is only in the other comes.
fn difference(before: Vec<Finding>, after: &[Finding], gone: &mut Vec<Finding>, new: &mut Vec<Finding>) {
    let mut kept = vec![false; before.len()];
    for finding in after {
        match (0..before.len()).find(|at| !kept[*at] && before[*at] == *finding) {
            Some(at) => kept[at] = true,
            None => new.push(finding.clone()),
        }
    }
    gone.extend(before.into_iter().zip(kept).filter(|(_, kept)| !kept).map(|(finding, _)| finding));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::check;
    use crate::checker::testing::rota;
    use crate::model::{
        Assignment, AssignmentId, Available, Command, Duty, DutyKind, History, ListChange, Person, Rules, Session,
        Span, Status,
    };
    use proptest::prelude::*;

    const BASE: &str = "
unit A&E: SHO, Middle grade, Consultant; senior from Middle grade
unit ICU: Registrar, Consultant
day Tue 08:00-Tue 17:00
day Tue 17:00-Wed 08:00
day Wed 07:00-Wed 20:00, weekend
post Majors: A&E SHO, bleep 2145, essential
post Minors: A&E SHO, bleep 2145
post Resus: A&E Middle grade, essential, needs Airway
post Home: A&E Consultant, on call
post Beds: ICU Registrar, exclusive
post Boss: ICU Consultant
normal Majors: 2 08:00-20:00, 1 20:00-08:00
normal Minors: 1 09:00-17:00
normal Resus: 1 00:00-00:00
normal Home: 1 17:00-08:00
normal Beds: 1 08:00-08:00
normal weekend Majors: 1 07:00-20:00
closed weekend ICU
person AA: Trainee2019; can Airway; on duty Mon 20:00-06:00
person BB: A&E up to Middle grade; not available Wed 08:00-12:00
person CC: initials AA; Trainee2016; usually not known
person DD: NewDeal; ICU never; on call Mon 20:00-08:00
person EE: can Airway; elsewhere 12:00-14:00
session Fracture clinic: BB, EE; 09:00-12:30; 14 appointments
session Eye list: EE; Wed 09:00-12:00; 2 inpatient; to postpone
session Skin clinic: AA; 10:00-11:00; postponed
AA on Majors 08:00-17:00
BB on Resus 08:00-17:00, asked
EE on Majors 13:00-21:00
DD on Minors 09:00-17:00
";

    /// Numbers from a seed, small and repeatable.
    struct Dice(u64);

    impl Dice {
        fn minutes(&mut self, quarters: usize) -> i64 {
            15 * i64::try_from(self.roll(quarters)).unwrap()
        }

        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % sides
        }

        fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
            &list[self.roll(list.len())]
        }

        /// Some stretch of quarters of an hour from Monday evening to Wednesday night.
        fn span(&mut self, rota: &Rota) -> Span {
            let from = rota.windows[0].span.from.plus(self.minutes(60 * 4) - 12 * 60);
            Span::new(from, from.plus(15 + self.minutes(60)))
        }
    }

    fn status(dice: &mut Dice) -> Status {
        *dice.of(&[Status::Proposed, Status::Asked, Status::Agreed, Status::Agreed, Status::Declined])
    }

    fn assignment(rota: &Rota, dice: &mut Dice, id: AssignmentId) -> Assignment {
        let (post, person) = (dice.of(&rota.posts).id.clone(), dice.of(&rota.people).id.clone());
        Assignment { status: status(dice), ..Assignment::new(id, post, person, dice.span(rota)) }
    }

    fn person(rota: &Rota, dice: &mut Dice) -> Person {
        let mut person = dice.of(&rota.people).clone();
        let span = dice.span(rota);
        match dice.roll(7) {
            0 => person.availability.push(Available { span, is: crate::model::Availability::NotAvailable }),
            1 => person.availability.clear(),
            2 => {
                let kind = *dice.of(&[DutyKind::Resident, DutyKind::OnCall, DutyKind::Other]);
                person.duties.push(Duty { span, kind, label: String::new() });
            }
            3 => person.duties.clear(),
            4 => person.rules = *dice.of(&Rules::ALL),
            5 => person.may_cover.truncate(dice.roll(3)),
            _ => person.initials = (*dice.of(&["AA", "BB", "Q"])).to_owned(),
        }
        person
    }

    fn session(rota: &Rota, dice: &mut Dice) -> Session {
        use crate::model::SessionState::{Postponed, Running, ToPostpone};
        let mut session = dice.of(&rota.sessions).clone();
        match dice.roll(4) {
            0 => session.state = *dice.of(&[Running, ToPostpone, Postponed]),
            1 => session.span = dice.span(rota),
            2 => session.team = vec![dice.of(&rota.people).id.clone()],
            _ => session.appointments = dice.roll(20) as u32,
        }
        session
    }

    /// One or two changes of any kind that a person makes.
    fn changes(rota: &Rota, dice: &mut Dice, number: usize) -> Vec<Change> {
        let new_id = AssignmentId::new(&format!("new{number}")).unwrap();
        if rota.assignments.is_empty() {
            return vec![Change::add(assignment(rota, dice, new_id))];
        }
        let old = dice.of(&rota.assignments).clone();
        match dice.roll(14) {
            0..4 => vec![Change::add(assignment(rota, dice, new_id))],
            4 => vec![Change::remove::<Assignment>(old.id)],
            5 => vec![Change::remove::<Assignment>(old.id), Change::add(assignment(rota, dice, new_id))],
            6 => vec![Change::replace(assignment(rota, dice, old.id))],
            7 => vec![Change::replace(Assignment { status: status(dice), ..old })],
            8 => vec![Change::replace(Assignment { span: dice.span(rota), ..old })],
            9 => vec![Change::replace(person(rota, dice))],
            10 => vec![Change::replace(session(rota, dice))],
            11 => vec![Change::replace(person(rota, dice)), Change::replace(session(rota, dice))],
            12 => vec![ListChange::<Assignment>::Move(old.id, dice.roll(9)).into()],
            _ => {
                let mut window = dice.of(&rota.windows).clone();
                window.span.to = window.span.to.plus(15);
                vec![Change::replace(window)]
            }
        }
    }

    fn edits(seed: u64) {
        let mut dice = Dice(seed);
        let mut history = History::new(rota(BASE));
        let mut checker = Checker::new(history.rota());
        assert_eq!(*checker.report(), check(history.rota()));
        for number in 0..20 {
            let step = match dice.roll(6) {
                0 => history.undo(),
                1 => history.redo(),
                _ => {
                    let changes = changes(history.rota(), &mut dice, number);
                    history.run(Command::status("edit", changes)).unwrap()
                }
            };
            let Some(step) = step else { continue };
            checker.update(history.rota(), &step.inverse);
            let full = check(history.rota());
            assert_eq!(*checker.report(), full, "seed {seed}, step {number}: {:?}", step.inverse);
            for sweep in &checker.sweeps {
                let (window, unit) = (&history.rota().windows[sweep.window].id, &history.rota().units[sweep.unit].id);
                let steps = checker.coverage(history.rota(), window, unit);
                assert_eq!(steps, super::super::coverage(history.rota(), window, unit));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn after_every_edit_the_report_is_that_of_the_full_check(seed: u64) {
            edits(seed);
        }
    }
}
