//! Ejection chains: slots are handed on until as few people as possible hold them all.
//!
//! Somebody is sent home: their costly slots are ejected. An ejected slot is inserted with the person who can
//! take it at the least cost; whatever that person holds at the same time is ejected in turn, and so on in a chain. Two
//! things keep the chain from going round in circles. A slot does not go straight back to the person who has just lost
//! it (a tabu list). And each insertion makes a slot heavier: the cost of ejecting a slot is its weight, so that slots
//! which are hard to insert stop being ejected. When no slot is left over, one person fewer is needed, and the next one
//! is sent home.
//!
//! Nagata and Bräysy, "A powerful route minimization heuristic for the vehicle routing problem with time windows",
//! Operations Research Letters 37 (2009); ejection chains are Glover's, Discrete Applied Mathematics 65 (1996). Work is
//! counted, not timed, and chance begins from a fixed number: the same slots give the same answer.

use std::collections::BTreeSet;

use crate::model::Span;

use super::index::{List, PersonIx, SlotIx, placed};

placed! {
    Slot by SlotIx,
}

/// One place on one post over one stretch of time, which one person has to hold.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub span: Span,
    /// Who may hold it, in the order of the rota.
    pub candidates: Vec<Candidate>,
}

/// Somebody who may hold a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub person: PersonIx,
    /// Whether holding it makes them one of the people who are to be as few as possible.
    pub is_costly: bool,
}

/// The most work for each pair of a slot and a candidate, so that work grows with the size of the problem: counted, so
/// that the plan is the same on every machine.
const WORK_PER_PAIR: u64 = 200;
/// More work for a small problem, up to the square of its pairs: it costs little there, and small problems are then
/// nearly always solved to the best (see the test below).
const WORK_MORE: u64 = 400_000;
/// The most work for each pair where nobody is sent home: slots that were empty from the beginning are filled soon or
/// not at all, and a large part of them may never be filled.
const INSERT_PER_PAIR: u64 = 10;
/// After so many steps without fewer slots left over, somebody else is sent home; in a small problem, after four steps
/// for each slot: by then each slot has had its turn several times.
const PATIENCE: u64 = 1_000;
const PATIENCE_PER_SLOT: u64 = 4;
/// The weight of each slot at first: a slot that has been inserted forty times weighs as much as two others.
const WEIGHT_AT_FIRST: u64 = 40;
/// Where chance begins: 2^64 divided by the golden ratio, whose bits follow no pattern.
pub(super) const CHANCE_AT_FIRST: u64 = 0x9E37_79B9_7F4A_7C15;

/// Whether one person can work all these times, and how much work it was to tell.
pub(super) type IsSound<'a> = dyn Fn(PersonIx, &[Span]) -> (bool, u64) + 'a;

/// Who holds which slot, while the search goes on.
pub(super) struct EjectionSearch<'a> {
    slots: &'a List<SlotIx, Slot>,
    is_sound: &'a IsSound<'a>,
    /// Whether there is no time left.
    stops: &'a dyn Fn() -> bool,
    holder: List<SlotIx, Option<PersonIx>>,
    /// What each person holds, in order of time.
    held: List<PersonIx, Vec<SlotIx>>,
    /// For each person, how many of the slots they hold are costly.
    costly: List<PersonIx, usize>,
    /// Whether each person may hold costly slots.
    may_be_costly: List<PersonIx, bool>,
    /// Whether each person cannot be sent home, because nobody else may hold one of their slots.
    is_indispensable: List<PersonIx, bool>,
    /// The slots that nobody holds.
    ejected: Vec<SlotIx>,
    /// What it costs to eject each slot: more each time it is inserted.
    weight: List<SlotIx, u64>,
    /// For each slot and candidate, the step until which the slot does not go to that candidate.
    tabu_until: List<SlotIx, Vec<u64>>,
    step: u64,
    /// Candidates looked at so far, and the cost of looking at their hours.
    work: u64,
    /// Pairs of a slot and a candidate.
    pairs: u64,
    chance: u64,
}

/// A state of the search to go back to.
#[derive(Clone)]
struct Saved {
    holder: List<SlotIx, Option<PersonIx>>,
    may_be_costly: List<PersonIx, bool>,
}

impl<'a> EjectionSearch<'a> {
    /// `holder` says who holds each slot now; everybody may hold more.
    pub(super) fn new(
        slots: &'a List<SlotIx, Slot>,
        people: usize,
        holder: &List<SlotIx, Option<PersonIx>>,
        is_sound: &'a IsSound<'a>,
        stops: &'a dyn Fn() -> bool,
    ) -> Self {
        let pairs: u64 = slots.iter().map(|slot| slot.candidates.len() as u64).sum();
        let mut search = Self {
            slots,
            is_sound,
            stops,
            holder: List::new(None, slots.len()),
            held: List::new(Vec::new(), people),
            costly: List::new(0, people),
            may_be_costly: List::new(true, people),
            is_indispensable: List::new(false, people),
            ejected: Vec::new(),
            weight: List::new(WEIGHT_AT_FIRST, slots.len()),
            tabu_until: slots.iter().map(|slot| vec![0; slot.candidates.len()]).collect(),
            step: 0,
            work: 0,
            pairs,
            chance: CHANCE_AT_FIRST,
        };
        for slot in slots.iter() {
            if let [Candidate { person, is_costly: true }] = slot.candidates[..] {
                search.is_indispensable[person] = true;
            }
        }
        for (slot, holder) in holder.entries() {
            match holder {
                Some(person) => search.put(slot, *person),
                None => search.ejected.push(slot),
            }
        }
        search
    }

    /// Who holds each slot.
    pub(super) fn holders(&self) -> &List<SlotIx, Option<PersonIx>> {
        &self.holder
    }

    /// How many people hold costly slots.
    pub(super) fn costly(&self) -> usize {
        self.costly.iter().filter(|count| **count > 0).count()
    }

    /// Inserts every ejected slot, as far as that is possible. Gives whether none is left over.
    pub(super) fn insert_all(&mut self) -> bool {
        self.insert_ejected(INSERT_PER_PAIR * self.pairs)
    }

    /// Sends home people with costly slots, one after the other, until `low` of them are left or the work is used up.
    pub(super) fn fewest(&mut self, low: usize) {
        let work_max = self.work + WORK_PER_PAIR * self.pairs + WORK_MORE.min(self.pairs.saturating_mul(self.pairs));
        let mut failed = 0;
        while self.ejected.is_empty() && self.costly() > low && self.work < work_max && !(self.stops)() {
            let saved = self.saved();
            for person in self.costly.keys() {
                self.may_be_costly[person] = self.costly[person] > 0;
            }
            let Some(person) = self.least_busy(failed) else { return };
            self.send_home(person);
            if self.insert_ejected(work_max) {
                failed = 0;
            } else {
                self.restore(&saved);
                failed += 1;
            }
        }
    }

    /// Of the people who can be sent home, the one with the fewest slots, or the next one after `skip` others.
    fn least_busy(&self, skip: usize) -> Option<PersonIx> {
        let mut all: Vec<PersonIx> = self.can_go().collect();
        all.sort_by_key(|person| (self.held[*person].len(), *person));
        all.get(skip % all.len().max(1)).copied()
    }

    /// The people with costly slots who can be sent home.
    fn can_go(&self) -> impl Iterator<Item = PersonIx> {
        self.costly.keys().filter(|person| self.costly[*person] > 0 && !self.is_indispensable[*person])
    }

    fn send_home(&mut self, person: PersonIx) {
        self.may_be_costly[person] = false;
        for slot in self.held[person].clone() {
            if self.is_costly(slot, person) {
                self.take(slot, person);
                self.ejected.push(slot);
            }
        }
    }

    /// Inserts ejected slots until none is left over, or the work is used up.
    fn insert_ejected(&mut self, work_max: u64) -> bool {
        let patience = PATIENCE.min(PATIENCE_PER_SLOT * self.slots.len() as u64);
        let (mut fewest, mut since) = (usize::MAX, self.step);
        while !self.ejected.is_empty() && self.work < work_max {
            self.step += 1;
            if self.step.is_multiple_of(4_096) && (self.stops)() {
                return false;
            }
            if self.ejected.len() < fewest {
                (fewest, since) = (self.ejected.len(), self.step);
            }
            if self.step - since > patience {
                self.exchange_people();
                (fewest, since) = (usize::MAX, self.step);
            }
            let at = self.below(self.ejected.len());
            let slot = self.ejected.swap_remove(at);
            if !self.insert(slot) {
                // A slot that nobody can take counts as work, so that the loop ends.
                self.work += 1;
                self.ejected.push(slot);
            }
        }
        self.ejected.is_empty()
    }

    /// Lets somebody at home come, and sends somebody else home instead: the way out where the chain makes no progress.
    fn exchange_people(&mut self) {
        let mut gains = List::new(0_u64, self.costly.len());
        for slot in &self.ejected {
            for candidate in
                self.slots[*slot].candidates.iter().filter(|candidate| !self.may_be_costly[candidate.person])
            {
                gains[candidate.person] += self.weight[*slot];
            }
        }
        let most = gains.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return;
        }
        let coming: Vec<PersonIx> = gains.keys().filter(|person| gains[*person] * 4 >= most * 3).collect();
        let comes = coming[self.below(coming.len())];
        let mut going: Vec<PersonIx> = self.can_go().collect();
        going.sort_by_key(|person| (self.held[*person].iter().map(|slot| self.weight[*slot]).sum::<u64>(), *person));
        going.truncate((going.len() / 8).max(2));
        if going.is_empty() {
            return;
        }
        let goes = going[self.below(going.len())];
        self.may_be_costly[comes] = true;
        self.send_home(goes);
    }

    /// Inserts the slot with the candidate for whom it costs the least; equals are decided by chance.
    fn insert(&mut self, slot: SlotIx) -> bool {
        let span = self.slots[slot].span;
        let mut refused: BTreeSet<usize> = BTreeSet::new();
        loop {
            let mut best: Option<((u64, bool), usize)> = None;
            let mut ties = 0;
            self.work += self.slots[slot].candidates.len() as u64;
            for (at, candidate) in self.slots[slot].candidates.iter().enumerate() {
                if candidate.is_costly && !self.may_be_costly[candidate.person]
                    || self.tabu_until[slot][at] > self.step
                    || refused.contains(&at)
                {
                    continue;
                }
                let limit = best.map_or((u64::MAX, true), |best| best.0);
                let Some(cost) = self.cost(candidate.person, span, limit.0) else { continue };
                // Between two equal costs, a person who holds costly slots already comes first.
                let cost = (cost, candidate.is_costly && self.costly[candidate.person] == 0);
                if cost > limit {
                    continue;
                }
                ties = if cost < limit { 1 } else { ties + 1 };
                if ties == 1 || below(&mut self.chance, ties) == 0 {
                    best = Some((cost, at));
                }
            }
            let Some((_, at)) = best else { return false };
            let person = self.slots[slot].candidates[at].person;
            if self.insert_with(slot, person) {
                return true;
            }
            refused.insert(at);
        }
    }

    /// The weight of the slots that would be ejected; nothing if it is more than `limit`.
    fn cost(&self, person: PersonIx, span: Span, limit: u64) -> Option<u64> {
        let mut cost = 0;
        for slot in self.in_the_way(person, span) {
            cost += self.weight[*slot];
            if cost > limit {
                return None;
            }
        }
        Some(cost)
    }

    fn in_the_way(&self, person: PersonIx, span: Span) -> &[SlotIx] {
        let held = &self.held[person];
        let first = held.partition_point(|slot| self.slots[*slot].span.to <= span.from);
        let count = held[first..].partition_point(|slot| self.slots[*slot].span.from < span.to);
        &held[first..first + count]
    }

    /// Inserts the slot with that person and ejects their slots of the same time. Gives whether their hours and rest
    /// allow it; if not, nothing has changed.
    fn insert_with(&mut self, slot: SlotIx, person: PersonIx) -> bool {
        let others: Vec<SlotIx> = self.in_the_way(person, self.slots[slot].span).to_vec();
        for other in &others {
            self.take(*other, person);
        }
        self.put(slot, person);
        let spans: Vec<Span> = self.held[person].iter().map(|slot| self.slots[*slot].span).collect();
        let (is_sound, work) = (self.is_sound)(person, &spans);
        self.work += work;
        if !is_sound {
            self.take(slot, person);
            for other in others {
                self.put(other, person);
            }
            return false;
        }
        self.weight[slot] += 1;
        for other in others {
            let at = self.slots[other].candidates.binary_search_by_key(&person, |candidate| candidate.person);
            if let Ok(at) = at {
                self.tabu_until[other][at] = self.step + 1;
            }
            self.ejected.push(other);
        }
        true
    }

    fn put(&mut self, slot: SlotIx, person: PersonIx) {
        let from = self.slots[slot].span.from;
        let at = self.held[person].partition_point(|other| self.slots[*other].span.from < from);
        self.held[person].insert(at, slot);
        self.holder[slot] = Some(person);
        self.costly[person] += usize::from(self.is_costly(slot, person));
    }

    fn take(&mut self, slot: SlotIx, person: PersonIx) {
        self.held[person].retain(|other| *other != slot);
        self.holder[slot] = None;
        self.costly[person] -= usize::from(self.is_costly(slot, person));
    }

    fn is_costly(&self, slot: SlotIx, person: PersonIx) -> bool {
        let candidates = &self.slots[slot].candidates;
        candidates.binary_search_by_key(&person, |candidate| candidate.person).is_ok_and(|at| candidates[at].is_costly)
    }

    fn saved(&self) -> Saved {
        Saved { holder: self.holder.clone(), may_be_costly: self.may_be_costly.clone() }
    }

    fn restore(&mut self, saved: &Saved) {
        self.ejected.clear();
        self.held.iter_mut().for_each(Vec::clear);
        self.costly.iter_mut().for_each(|count| *count = 0);
        self.may_be_costly.clone_from(&saved.may_be_costly);
        for slot in self.slots.keys() {
            self.holder[slot] = None;
            if let Some(person) = saved.holder[slot] {
                self.put(slot, person);
            }
        }
    }

    fn below(&mut self, count: usize) -> usize {
        below(&mut self.chance, count)
    }
}

/// A whole number below `count`, by chance: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003).
pub(super) fn below(chance: &mut u64, count: usize) -> usize {
    *chance ^= *chance << 13;
    *chance ^= *chance >> 7;
    *chance ^= *chance << 17;
    (*chance % count.max(1) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::super::fewest_bound::at_least;
    use super::*;
    use crate::model::Instant;
    use crate::planner::index::Ix as _;

    fn always(_: PersonIx, _: &[Span]) -> (bool, u64) {
        (true, 1)
    }

    fn never() -> bool {
        false
    }

    /// Up to seven slots within twelve hours, each for some of four people, some of whom cost nothing.
    fn drawn(chance: &mut u64) -> List<SlotIx, Slot> {
        let mut slot = || {
            let from = below(chance, 9) as i64;
            let span = Span::new(Instant(from), Instant(from + 1 + below(chance, 4) as i64));
            let who: Vec<usize> = (0..4).filter(|_| below(chance, 3) > 0).collect();
            let candidates = who
                .into_iter()
                .map(|person| Candidate { person: PersonIx::new(person), is_costly: person > 0 || from > 6 })
                .collect();
            Slot { span, candidates }
        };
        (0..7).map(|_| slot()).filter(|slot| !slot.candidates.is_empty()).collect()
    }

    /// How few people are costly if every way to hold the slots is tried; nothing if there is none. One such way.
    fn tried(slots: &[Slot], holders: &mut Vec<PersonIx>) -> Option<(usize, Vec<PersonIx>)> {
        let Some(next) = slots.get(holders.len()) else {
            let is_costly = |at: usize| slots[at].candidates.iter().any(|t| t.person == holders[at] && t.is_costly);
            let costly: BTreeSet<PersonIx> =
                (0..slots.len()).filter(|at| is_costly(*at)).map(|at| holders[at]).collect();
            return Some((costly.len(), holders.clone()));
        };
        let mut best = None;
        for candidate in &next.candidates {
            let is_free =
                (0..holders.len()).all(|at| holders[at] != candidate.person || !slots[at].span.overlaps(next.span));
            if is_free {
                holders.push(candidate.person);
                best = best.into_iter().chain(tried(slots, holders)).min_by_key(|found: &(usize, _)| found.0);
                holders.pop();
            }
        }
        best
    }

    #[test]
    fn as_few_as_there_can_be_and_never_fewer_than_the_bound() {
        let mut chance = 12_345;
        let (mut solvable, mut is_best, mut is_proven) = (0, 0, 0);
        for case in 0..2_000 {
            let slots = drawn(&mut chance);
            let Some((least, _)) = tried(&slots, &mut Vec::new()) else { continue };
            let low = at_least(&slots);
            assert!(low <= least, "case {case}: at least {low}, but {least} will do: {slots:?}");
            let mut search = EjectionSearch::new(&slots, 4, &List::new(None, slots.len()), &always, &never);
            if !search.insert_all() {
                continue;
            }
            let before = search.costly();
            search.fewest(low);
            let found = search.costly();
            assert!((least..=before).contains(&found), "case {case}: {before}, {found}, {least}");
            solvable += 1;
            is_best += usize::from(found == least);
            is_proven += usize::from(found == low);
        }
        assert!(solvable > 800, "{solvable}");
        assert!(is_best * 100 >= solvable * 95, "{is_best} of {solvable} are best");
        assert!(is_proven * 100 >= solvable * 90, "{is_proven} of {solvable} are proven");
    }

    #[test]
    fn whoever_holds_a_place_may_hold_it_and_nothing_else_meanwhile() {
        let mut chance = 777;
        let mut all_held = 0;
        for _ in 0..500 {
            let slots = drawn(&mut chance);
            // Nobody works more than five hours.
            let is_rested =
                |_: PersonIx, spans: &[Span]| (spans.iter().map(|span| span.minutes()).sum::<i64>() <= 5, 1);
            let found = || {
                let mut search = EjectionSearch::new(&slots, 4, &List::new(None, slots.len()), &is_rested, &never);
                search.insert_all();
                search.fewest(0);
                search.holders().clone()
            };
            let after = found();
            assert_eq!(after, found(), "the same slots, the same answer");
            for person in (0..4).map(PersonIx::new) {
                let mine: Vec<SlotIx> = slots.keys().filter(|at| after[*at] == Some(person)).collect();
                assert!(mine.iter().all(|at| slots[*at].candidates.iter().any(|candidate| candidate.person == person)));
                let spans: Vec<Span> = mine.iter().map(|at| slots[*at].span).collect();
                let clash = |n: usize| spans[..n].iter().any(|other| other.overlaps(spans[n]));
                assert!(!(0..spans.len()).any(clash), "{spans:?}");
                assert!(is_rested(person, &spans).0, "{spans:?}");
            }
            all_held += usize::from(after.iter().all(Option::is_some));
        }
        assert!(all_held > 150, "{all_held}");
    }
}
