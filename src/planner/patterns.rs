//! Set partitioning over work patterns: where hours and rest forbid much of what one person could work, all that is
//! permitted is listed instead of everything that is not.
//!
//! A pattern is a set of stretches at work together with the sessions of the person that run meanwhile. Each pattern
//! becomes a column, a variable that is 0 or 1; exactly one column of the person is 1, and the person is at work in a
//! stretch only as that pattern has it: the usual formulation of crew and nurse rostering (Balas and Padberg, "Set
//! partitioning: a survey", SIAM Review 18, 1976; Ernst and others, "Staff scheduling and rostering", European Journal
//! of Operational Research 153, 2004). Its relaxation is far tighter than that of one row for each conflict.
//!
//! Thousands of permitted sets become few columns because a pattern stands for a range: every set between a least and a
//! most. Such ranges are grown as in two-level logic minimisation (Brayton and others, "Logic Minimization Algorithms
//! for VLSI Synthesis", 1984): from the largest set not yet in a range, one stretch after the other is made optional as
//! long as every set of the range is permitted.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Span;

use super::facts::Facts;
use super::fatigue::Lasts;
use super::fixed_work::FixedWork;
use super::index::{Ix, PersonIx, SessionIx, VarIx};
use super::lazy_rows::{LazyRow, work_of};
use super::model::{Completion, Model, Point, VarKind};
use super::rests::add_rests;

/// People with more stretches are not listed: a set is the bits of one number of 64 bits, and with more stretches there
/// would be too many sets long before those are used up.
const STRETCHES_MAX: usize = 40;
/// People with more sessions that may be postponed are not listed: every set of running sessions, 64 of them with six,
/// is gone through.
const SESSIONS_MAX: usize = 6;
/// For people with more stretches than this rests are written first: they take rows by the stretch, patterns by the
/// set.
const STRETCHES_FEW: usize = 20;
/// So many rounds forbid single conflicts before patterns are listed: often one conflict is all there is.
const ROUNDS_BEFORE: usize = 2;
/// Where there are too many patterns of all stretches, those of so many stretches around the conflict are listed: at
/// most 2^14 sets.
const STRETCHES_NEAR: usize = 14;
/// Sessions that far from a stretch do not matter for a spell or a rest, in minutes: no rest is longer than 48 hours.
const APART_MINUTES: i64 = 48 * 60;
/// So many sets are judged or looked up for one person: counted, so that the plan is the same on every machine.
const WORK_MAX: usize = 250_000;
/// The same for all people: sixteen times as much as for one.
const WORK_IN_ALL_MAX: usize = 4_000_000;
/// So many columns are written for one person: beyond that, a row for each conflict keeps the model smaller.
const PATTERNS_MAX: usize = 1_500;

/// The patterns of one person, as they stand in the model.
struct Patterns {
    stretches: Vec<Stretch>,
    /// The variables of the person's sessions that may be postponed.
    sessions: Vec<VarIx>,
    all: Vec<Pattern>,
}

/// The variables that would have the person at work for the same time.
#[derive(Clone)]
struct Stretch {
    span: Span,
    vars: Vec<VarIx>,
}

/// While exactly the sessions of `running` run, the person may work every set of stretches between `least` and `most`;
/// each set is a number whose bits are stretches or sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    running: u64,
    least: u64,
    most: u64,
    var: VarIx,
}

/// Whose patterns or rests are in the model already.
#[derive(Default)]
pub(super) struct Reformulations {
    /// Everybody looked at, and whether all their patterns are there.
    people: BTreeMap<PersonIx, bool>,
    /// Everybody for whom rests were tried.
    rested: BTreeSet<PersonIx>,
    /// The parts of people's time that are there.
    parts: BTreeSet<(PersonIx, Vec<Span>)>,
    work: usize,
}

impl Reformulations {
    /// Writes the person's rests or patterns into the model, or the patterns around the conflict. Gives whether that
    /// forbids the conflict.
    pub(super) fn add(&mut self, facts: &Facts, model: &mut Model, lazy_row: &LazyRow, round: usize) -> bool {
        let person = lazy_row.person;
        let mut stretches = stretches(facts, model, person);
        if stretches.len() > STRETCHES_FEW && self.is_rested(facts, model, lazy_row) {
            return true;
        }
        if round <= ROUNDS_BEFORE {
            return false;
        }
        if let Entry::Vacant(entry) = self.people.entry(person) {
            let patterns = Patterns::listed(facts, model, person, &stretches, false, &mut self.work);
            let is_there = patterns.map(|patterns| patterns.write(model)).is_some();
            entry.insert(is_there);
        }
        if self.people[&person] || self.is_rested(facts, model, lazy_row) {
            return true;
        }
        let Some(span) = lazy_row.lasting else { return false };
        let apart = |stretch: &Stretch| (span.from.0 - stretch.span.to.0).max(stretch.span.from.0 - span.to.0).max(-1);
        stretches.sort_by_key(apart);
        let is_broken = |stretch: &Stretch| apart(stretch) < 0;
        if stretches.iter().filter(|stretch| is_broken(stretch)).count() > STRETCHES_NEAR {
            return false;
        }
        stretches.truncate(STRETCHES_NEAR);
        stretches.sort_by_key(|stretch| stretch.span);
        let spans: Vec<Span> = stretches.iter().map(|stretch| stretch.span).collect();
        self.parts.insert((person, spans))
            && Patterns::listed(facts, model, person, &stretches, true, &mut self.work)
                .map(|patterns| patterns.write(model))
                .is_some()
    }
}

impl Reformulations {
    /// Writes the person's rests into the model, once. Gives whether that was possible and forbids the conflict.
    fn is_rested(&mut self, facts: &Facts, model: &mut Model, lazy_row: &LazyRow) -> bool {
        lazy_row.lasting.is_some() && self.rested.insert(lazy_row.person) && add_rests(facts, model, lazy_row.person)
    }
}

/// The person's work by its time, in order.
fn stretches(facts: &Facts, model: &Model, person: PersonIx) -> Vec<Stretch> {
    let mut stretches: BTreeMap<Span, Vec<VarIx>> = BTreeMap::new();
    for var in work_of(facts, model, person) {
        if let Some((_, _, span)) = model.place(facts, var) {
            stretches.entry(span).or_default().push(var);
        }
    }
    stretches.into_iter().map(|(span, vars)| Stretch { span, vars }).collect()
}

impl Patterns {
    /// The patterns of these stretches, which are all of the person's stretches or, with `is_part`, some of them: then
    /// only sets are left out that no other work could mend. `None` if there are too many.
    fn listed(
        facts: &Facts,
        model: &Model,
        person: PersonIx,
        stretches: &[Stretch],
        is_part: bool,
        work: &mut usize,
    ) -> Option<Self> {
        let first = stretches.first()?.span.from.plus(-APART_MINUTES);
        let last = stretches.iter().map(|s| s.span.to).max()?.plus(APART_MINUTES);
        let matters = |s: &SessionIx| !is_part || facts.sessions[*s].span.overlaps(Span::new(first, last));
        let of_person = facts.people[person].sessions.iter().copied();
        let sessions: Vec<SessionIx> = of_person.filter(|s| model.session[*s].is_some() && matters(s)).collect();
        if stretches.len() > STRETCHES_MAX || sessions.len() > SESSIONS_MAX {
            return None;
        }
        let spans: Vec<Span> = stretches.iter().map(|stretch| stretch.span).collect();
        let fixed_work = FixedWork::new(facts, person, &spans);
        let left = WORK_MAX.min(WORK_IN_ALL_MAX.saturating_sub(*work));
        let mut search = Search { facts, model, fixed_work, is_part, spans: &spans, sessions: &sessions, left };
        let patterns = search.patterns();
        *work += left - search.left;
        let patterns = patterns.filter(|patterns| (1..=PATTERNS_MAX).contains(&patterns.len()))?;
        let sessions = sessions.iter().filter_map(|s| model.session[*s]).collect();
        Some(Self { stretches: stretches.to_vec(), sessions, all: patterns })
    }

    fn write(mut self, model: &mut Model) {
        for pattern in &mut self.all {
            pattern.var = model.add(VarKind::Pattern, 1);
        }
        self.add_rows(model);
        model.completions.push(Box::new(self));
    }

    fn add_rows(&self, model: &mut Model) {
        let one = |wanted: &dyn Fn(&Pattern) -> bool, by: i64| -> Vec<(VarIx, i64)> {
            self.all.iter().filter(|pattern| wanted(pattern)).map(|pattern| (pattern.var, by)).collect()
        };
        model.row(one(&|_| true, 1), 1);
        model.row(one(&|_| true, -1), -1);
        for (bit, stretch) in self.stretches.iter().enumerate() {
            let by = |by: i64| stretch.vars.iter().map(move |var| (*var, by));
            model.row(by(1).chain(one(&|pattern| pattern.most & (1 << bit) != 0, -1)).collect(), 0);
            model.row(by(-1).chain(one(&|pattern| pattern.least & (1 << bit) != 0, 1)).collect(), 0);
        }
        for (bit, session) in self.sessions.iter().enumerate() {
            let runs = |pattern: &Pattern| pattern.running & (1 << bit) != 0;
            model.row([(*session, 1)].into_iter().chain(one(&runs, 1)).collect(), 1);
            model.row([(*session, -1)].into_iter().chain(one(&runs, -1)).collect(), -1);
        }
    }
}

impl Completion for Patterns {
    /// Chooses the pattern that fits the person's work in these values.
    fn complete(&self, values: &mut Point) {
        let sum = |set: &mut dyn Iterator<Item = bool>| {
            set.enumerate().fold(0, |bits: u64, (bit, is_in)| bits | u64::from(is_in) << bit)
        };
        let at_work = sum(&mut self.stretches.iter().map(|s| s.vars.iter().any(|var| values[*var] == 1)));
        let running = sum(&mut self.sessions.iter().map(|var| values[*var] == 0));
        let fits = |pattern: &&Pattern| {
            pattern.running == running && pattern.least & !at_work == 0 && at_work & !pattern.most == 0
        };
        let found = self.all.iter().find(fits).map(|pattern| pattern.var);
        for pattern in &self.all {
            values[pattern.var] = i64::from(Some(pattern.var) == found);
        }
    }
}

fn bits(set: u64) -> impl Iterator<Item = u32> {
    (0..u64::BITS).filter(move |bit| set & (1 << bit) != 0)
}

struct Search<'a> {
    facts: &'a Facts<'a>,
    model: &'a Model,
    fixed_work: FixedWork<'a>,
    is_part: bool,
    spans: &'a [Span],
    sessions: &'a [SessionIx],
    /// So many sets may still be judged or looked up.
    left: usize,
}

impl Search<'_> {
    fn patterns(&mut self) -> Option<Vec<Pattern>> {
        let mut patterns = Vec::new();
        for running in 0..1_u64 << self.sessions.len() {
            let mut permitted = Vec::new();
            self.grow(running, 0, &mut Vec::new(), 0, &mut permitted)?;
            permitted.sort_unstable();
            let ranges = self.ranges(&permitted)?;
            patterns.extend(ranges.into_iter().map(|(least, most)| Pattern { running, least, most, var: Ix::new(0) }));
        }
        Some(patterns)
    }

    /// Adds every permitted set that begins with `chosen` and goes on with stretches from `next`; `None` if that is too
    /// much work.
    fn grow(
        &mut self,
        running: u64,
        next: usize,
        chosen: &mut Vec<Span>,
        at_work: u64,
        permitted: &mut Vec<u64>,
    ) -> Option<()> {
        self.spend(1)?;
        let found = self.fixed_work.breach(chosen, |session| {
            match self.sessions.iter().position(|s| *s == session) {
                Some(bit) => running & (1 << bit) != 0,
                // Where only some stretches are listed, sessions far away are taken not to run: that permits the most.
                None => self.model.session[session].is_none() && !self.model.postponed[session],
            }
        });
        match found {
            None => permitted.push(at_work),
            Some(breach) if breach.lasts == Lasts::Always => return Some(()),
            Some(_) if self.is_part => permitted.push(at_work),
            Some(_) => {}
        }
        for at in next..self.spans.len() {
            let span = self.spans[at];
            if chosen.last().is_none_or(|last| last.to <= span.from) && !self.is_in_a_session(running, span) {
                chosen.push(span);
                let done = self.grow(running, at + 1, chosen, at_work | 1 << at, permitted);
                chosen.pop();
                done?;
            }
        }
        Some(())
    }

    fn spend(&mut self, work: usize) -> Option<()> {
        self.left = self.left.checked_sub(work)?;
        Some(())
    }

    /// All permitted sets as ranges between a least and a most, the largest first; `permitted` is sorted.
    fn ranges(&mut self, permitted: &[u64]) -> Option<Vec<(u64, u64)>> {
        let is_permitted = |set: u64| permitted.binary_search(&set).is_ok();
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        let mut largest: Vec<u64> = permitted.to_vec();
        largest.sort_by_key(|set| (std::cmp::Reverse(set.count_ones()), *set));
        for set in largest {
            if ranges.iter().any(|(least, most)| least & !set == 0 && set & !most == 0) {
                continue;
            }
            self.spend(ranges.len() / 8)?;
            let (mut least, mut most) = (set, set);
            // Every set of the range, by what it has more than the least.
            let mut more = vec![0_u64];
            for bit in (0..self.spans.len()).map(|at| 1_u64 << at) {
                self.spend(more.len() / 4)?;
                if least & bit != 0 && more.iter().all(|more| is_permitted(least & !bit | more)) {
                    least &= !bit;
                } else if most & bit == 0 && more.iter().all(|more| is_permitted(least | bit | more)) {
                    most |= bit;
                } else {
                    continue;
                }
                more.extend(more.clone().into_iter().map(|more| more | bit));
            }
            ranges.push((least, most));
        }
        Some(ranges)
    }

    fn is_in_a_session(&self, running: u64, span: Span) -> bool {
        bits(running).any(|bit| self.facts.sessions[self.sessions[bit as usize]].span.overlaps(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing;
    use crate::planner::fixed_work::breach;
    use crate::planner::{NoDeadline, Scope};

    /// AB has the longer hours; CD is a trainee who has worked three nights, with a clinic that may be postponed.
    const DRAWN: &str = "
unit A&E: SHO; handover 14:00
post Day: A&E SHO
post Night: A&E SHO
window 08:00-08:00
window Wed 08:00-08:00
window Thu 08:00-08:00
normal Day: 1 08:00-20:00
normal Night: 1 20:00-02:00
normal Night: 1 02:00-08:00
person AB: Able, Ann; A&E up to SHO
person CD: Cold, Carl; Trainee2019; A&E up to SHO; on duty 23-Apr 21:00-05:00; on duty 24-Apr 21:00-05:00; on duty Sun 21:00-05:00
session Fracture clinic: CD; Wed 09:00-12:00; 14 appointments
";

    /// Every way to be at work in parts of the three days, with and without the clinic, and whether it is
    /// permitted.
    fn all_sets(facts: &Facts, model: &Model, person: PersonIx) -> Vec<(Point, bool, bool)> {
        let work: Vec<VarIx> = work_of(facts, model, person).collect();
        let spans: Vec<Span> = work.iter().filter_map(|var| Some(model.place(facts, *var)?.2)).collect();
        let clinic = model.session.iter().find_map(|var| *var).expect("the clinic may be postponed");
        let mut all = Vec::new();
        for set in 0..1_u64 << (work.len() + 1) {
            let chosen: Vec<Span> = bits(set).filter_map(|bit| spans.get(bit as usize).copied()).collect();
            let runs = set & (1 << work.len()) == 0;
            let is_split = facts.people[person].sessions.is_empty() && !runs;
            let clashes = |span: &Span| {
                runs && facts.people[person].sessions.iter().any(|s| facts.sessions[*s].span.overlaps(*span))
            };
            if is_split || chosen.windows(2).any(|pair| pair[0].overlaps(pair[1])) || chosen.iter().any(clashes) {
                continue;
            }
            let found = breach(facts, person, &chosen, |_| runs);
            let lasting = found.as_ref().is_some_and(|breach| breach.lasts == Lasts::Always);
            let mut values = Point::new(0, model.kind.len());
            bits(set).filter_map(|bit| work.get(bit as usize)).for_each(|var| values[*var] = 1);
            values[clinic] = i64::from(!runs);
            all.push((values, found.is_some(), lasting));
        }
        all
    }

    /// Whether the values keep to the rows from number `first` on.
    fn is_kept(model: &Model, first: usize, mut values: Point) -> bool {
        values.resize(model.kind.len(), 0);
        model.complete(&mut values);
        model.rows[first..].iter().all(|row| row.is_kept_by(&values))
    }

    #[test]
    fn the_ways_are_what_hours_and_rest_permit_and_nothing_else() {
        let rota = testing::rota(DRAWN);
        let facts = Facts::new(&rota, &Scope::everything());
        for person in facts.people.keys() {
            let mut model = Model::new(&facts, &Scope::everything(), &NoDeadline).expect("time enough");
            let stretches = stretches(&facts, &model, person);
            let patterns = Patterns::listed(&facts, &model, person, &stretches, false, &mut 0).expect("not too many");
            let all = all_sets(&facts, &model, person);
            assert!(patterns.all.len() < all.len() / 4, "{} patterns for {} sets", patterns.all.len(), all.len());
            let first = model.rows.len();
            patterns.write(&mut model);
            let mut counts = [0, 0];
            for (values, is_broken, _) in all {
                counts[usize::from(is_broken)] += 1;
                assert_eq!(is_kept(&model, first, values.clone()), !is_broken, "{person:?}: {values:?}");
            }
            assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
        }
    }

    #[test]
    fn rests_forbid_long_spells_and_short_rests_and_nothing_else() {
        let rota = testing::rota(DRAWN);
        let facts = Facts::new(&rota, &Scope::everything());
        for person in facts.people.keys() {
            let mut model = Model::new(&facts, &Scope::everything(), &NoDeadline).expect("time enough");
            let all = all_sets(&facts, &model, person);
            let first = model.rows.len();
            assert!(add_rests(&facts, &mut model, person));
            // Three days are less than 72 hours of work: all that lasts is a spell or a rest.
            let mut counts = [0, 0];
            for (values, _, is_lasting) in all {
                counts[usize::from(is_lasting)] += 1;
                assert_eq!(
                    is_kept(&model, first, values.clone()),
                    !is_lasting,
                    "{person:?}: {:?}",
                    (values.iter().zip(&*model.kind))
                        .filter(|(value, _)| **value == 1)
                        .map(|(_, kind)| kind)
                        .collect::<Vec<_>>()
                );
            }
            assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
        }
    }
}
