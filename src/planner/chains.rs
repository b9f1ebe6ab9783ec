//! Places handed from one person to another until as few people as possible hold them all.
//!
//! Somebody is sent home, and their places wait. A place that waits goes to whoever can take it at the least cost,
//! and what they hold meanwhile waits in its turn; not straight back to where it came from, and a place that has
//! waited often weighs more. When nothing waits any more, one person fewer is needed. All of it is counted work with
//! chance from a fixed beginning: the same places give the same answer.

use std::collections::BTreeSet;

use crate::model::Span;

/// One place of one post over one stretch of time, that somebody has to hold.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub span: Span,
    /// Who may, in order.
    pub takers: Vec<Taker>,
}

/// Somebody who may hold a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taker {
    pub person: usize,
    /// Whether this would make them one of the people who are to be as few as possible.
    pub is_dear: bool,
}

/// For each pair of a place and somebody who may hold it, so much work at the most.
const WORK_A_PAIR: u64 = 200;
/// And so much more for few pairs, as far as their square goes.
const WORK_MORE: u64 = 400_000;
/// To find somebody for places that wait from the beginning takes far less, if it can be done at all.
const SETTLE_A_PAIR: u64 = 10;
/// Without anything gained in so many steps, fewer where there are few places, somebody else is sent home.
const PATIENCE: u64 = 1_000;
const PATIENCE_A_PLACE: u64 = 4;

/// Whether one person can work all these times, and how much work it was to tell.
pub(super) type IsSound<'a> = dyn Fn(usize, &[Span]) -> (bool, u64) + 'a;

/// Who holds what.
pub(super) struct Table<'a> {
    places: &'a [Place],
    is_sound: &'a IsSound<'a>,
    /// Whether there is no time left.
    stops: &'a dyn Fn() -> bool,
    holder: Vec<Option<usize>>,
    /// What each person holds, in order of time.
    held: Vec<Vec<usize>>,
    /// For each person, how many of the places make them dear.
    dear: Vec<usize>,
    /// Who may hold what makes them dear.
    is_open: Vec<bool>,
    /// Who cannot be sent home: nobody else may hold one of their places.
    is_alone: Vec<bool>,
    waiting: Vec<usize>,
    weight: Vec<u64>,
    /// For each place and taker, until which step the place does not come back.
    until: Vec<Vec<u64>>,
    step: u64,
    work: u64,
    pairs: u64,
    chance: u64,
}

/// Who holds each place, and who may hold what makes them dear.
#[derive(Clone)]
struct Saved {
    holder: Vec<Option<usize>>,
    is_open: Vec<bool>,
}

impl<'a> Table<'a> {
    /// `holder` says who holds each place now; everybody may hold more.
    pub(super) fn new(
        places: &'a [Place],
        people: usize,
        holder: Vec<Option<usize>>,
        is_sound: &'a IsSound<'a>,
        stops: &'a dyn Fn() -> bool,
    ) -> Self {
        let pairs: u64 = places.iter().map(|place| place.takers.len() as u64).sum();
        let mut table = Self {
            places,
            is_sound,
            stops,
            holder: vec![None; places.len()],
            held: vec![Vec::new(); people],
            dear: vec![0; people],
            is_open: vec![true; people],
            is_alone: vec![false; people],
            waiting: Vec::new(),
            weight: vec![40; places.len()],
            until: places.iter().map(|place| vec![0; place.takers.len()]).collect(),
            step: 0,
            work: 0,
            pairs,
            chance: 0x9E37_79B9_7F4A_7C15,
        };
        for place in places {
            if let [Taker { person, is_dear: true }] = place.takers[..] {
                table.is_alone[person] = true;
            }
        }
        for (place, holder) in holder.into_iter().enumerate() {
            match holder {
                Some(person) => table.put(place, person),
                None => table.waiting.push(place),
            }
        }
        table
    }

    /// Who holds each place.
    pub(super) fn holders(&self) -> &[Option<usize>] {
        &self.holder
    }

    /// How many people hold what makes them dear.
    pub(super) fn dear(&self) -> usize {
        self.dear.iter().filter(|count| **count > 0).count()
    }

    /// Finds somebody for every place that waits, as far as that is found.
    pub(super) fn settle_all(&mut self) -> bool {
        self.settle(SETTLE_A_PAIR * self.pairs)
    }

    /// Sends home as many as it can, down to `low`.
    pub(super) fn fewest(&mut self, low: usize) {
        let work_max = self.work + WORK_A_PAIR * self.pairs + WORK_MORE.min(self.pairs.saturating_mul(self.pairs));
        let mut failed = 0;
        while self.waiting.is_empty() && self.dear() > low && self.work < work_max && !(self.stops)() {
            let saved = self.saved();
            for person in 0..self.dear.len() {
                self.is_open[person] = self.dear[person] > 0;
            }
            let Some(person) = self.least_busy(failed) else { return };
            self.send_home(person);
            if self.settle(work_max) {
                failed = 0;
            } else {
                self.restore(&saved);
                failed += 1;
            }
        }
    }

    /// Of those who are dear, the one with the fewest places, or the next ones after that.
    fn least_busy(&self, skip: usize) -> Option<usize> {
        let mut all: Vec<usize> = self.can_go().collect();
        all.sort_by_key(|person| (self.held[*person].len(), *person));
        all.get(skip % all.len().max(1)).copied()
    }

    /// Who is dear and need not be.
    fn can_go(&self) -> impl Iterator<Item = usize> {
        (0..self.dear.len()).filter(|person| self.dear[*person] > 0 && !self.is_alone[*person])
    }

    fn send_home(&mut self, person: usize) {
        self.is_open[person] = false;
        for place in self.held[person].clone() {
            if self.is_dear(place, person) {
                self.take(place, person);
                self.waiting.push(place);
            }
        }
    }

    /// Until nothing waits, or so much work is done.
    fn settle(&mut self, work_max: u64) -> bool {
        let patience = PATIENCE.min(PATIENCE_A_PLACE * self.places.len() as u64);
        let (mut fewest, mut since) = (usize::MAX, self.step);
        while !self.waiting.is_empty() && self.work < work_max {
            self.step += 1;
            if self.step.is_multiple_of(4_096) && (self.stops)() {
                return false;
            }
            if self.waiting.len() < fewest {
                (fewest, since) = (self.waiting.len(), self.step);
            }
            if self.step - since > patience {
                self.exchange_people();
                (fewest, since) = (usize::MAX, self.step);
            }
            let at = self.below(self.waiting.len());
            let place = self.waiting.swap_remove(at);
            if !self.seat(place) {
                // Nobody can: it counts as work, so that this ends.
                self.work += 1;
                self.waiting.push(place);
            }
        }
        self.waiting.is_empty()
    }

    /// Somebody at home comes, and somebody else goes.
    fn exchange_people(&mut self) {
        let mut gains = vec![0_u64; self.dear.len()];
        for place in &self.waiting {
            for taker in self.places[*place].takers.iter().filter(|taker| !self.is_open[taker.person]) {
                gains[taker.person] += self.weight[*place];
            }
        }
        let most = gains.iter().copied().max().unwrap_or(0);
        if most == 0 {
            return;
        }
        let coming: Vec<usize> = (0..gains.len()).filter(|person| gains[*person] * 4 >= most * 3).collect();
        let comes = coming[self.below(coming.len())];
        let mut going: Vec<usize> = self.can_go().collect();
        going.sort_by_key(|person| (self.held[*person].iter().map(|place| self.weight[*place]).sum::<u64>(), *person));
        going.truncate((going.len() / 8).max(2));
        if going.is_empty() {
            return;
        }
        let goes = going[self.below(going.len())];
        self.is_open[comes] = true;
        self.send_home(goes);
    }

    /// Gives the place to whoever can take it at the least cost.
    fn seat(&mut self, place: usize) -> bool {
        let span = self.places[place].span;
        let mut refused: BTreeSet<usize> = BTreeSet::new();
        loop {
            let mut best: Option<((u64, bool), usize)> = None;
            let mut ties = 0;
            self.work += self.places[place].takers.len() as u64;
            for (at, taker) in self.places[place].takers.iter().enumerate() {
                if taker.is_dear && !self.is_open[taker.person]
                    || self.until[place][at] > self.step
                    || refused.contains(&at)
                {
                    continue;
                }
                let limit = best.map_or((u64::MAX, true), |best| best.0);
                let Some(cost) = self.cost(taker.person, span, limit.0) else { continue };
                // Of two that cost as much, not the one who would be one more.
                let cost = (cost, taker.is_dear && self.dear[taker.person] == 0);
                if cost > limit {
                    continue;
                }
                ties = if cost < limit { 1 } else { ties + 1 };
                if ties == 1 || below(&mut self.chance, ties) == 0 {
                    best = Some((cost, at));
                }
            }
            let Some((_, at)) = best else { return false };
            let person = self.places[place].takers[at].person;
            if self.seat_with(place, person) {
                return true;
            }
            refused.insert(at);
        }
    }

    /// What the person holds at that time, by weight; nothing if it is more than `limit`.
    fn cost(&self, person: usize, span: Span, limit: u64) -> Option<u64> {
        let mut cost = 0;
        for place in self.in_the_way(person, span) {
            cost += self.weight[*place];
            if cost > limit {
                return None;
            }
        }
        Some(cost)
    }

    fn in_the_way(&self, person: usize, span: Span) -> &[usize] {
        let held = &self.held[person];
        let first = held.partition_point(|place| self.places[*place].span.to <= span.from);
        let count = held[first..].partition_point(|place| self.places[*place].span.from < span.to);
        &held[first..first + count]
    }

    /// Gives the place to that person; whatever is in the way waits. Not if they cannot work so.
    fn seat_with(&mut self, place: usize, person: usize) -> bool {
        let others: Vec<usize> = self.in_the_way(person, self.places[place].span).to_vec();
        for other in &others {
            self.take(*other, person);
        }
        self.put(place, person);
        let spans: Vec<Span> = self.held[person].iter().map(|place| self.places[*place].span).collect();
        let (is_sound, work) = (self.is_sound)(person, &spans);
        self.work += work;
        if !is_sound {
            self.take(place, person);
            for other in others {
                self.put(other, person);
            }
            return false;
        }
        self.weight[place] += 1;
        for other in others {
            let at = self.places[other].takers.binary_search_by_key(&person, |taker| taker.person);
            if let Ok(at) = at {
                self.until[other][at] = self.step + 1;
            }
            self.waiting.push(other);
        }
        true
    }

    fn put(&mut self, place: usize, person: usize) {
        let from = self.places[place].span.from;
        let at = self.held[person].partition_point(|other| self.places[*other].span.from < from);
        self.held[person].insert(at, place);
        self.holder[place] = Some(person);
        self.dear[person] += usize::from(self.is_dear(place, person));
    }

    fn take(&mut self, place: usize, person: usize) {
        self.held[person].retain(|other| *other != place);
        self.holder[place] = None;
        self.dear[person] -= usize::from(self.is_dear(place, person));
    }

    fn is_dear(&self, place: usize, person: usize) -> bool {
        let takers = &self.places[place].takers;
        takers.binary_search_by_key(&person, |taker| taker.person).is_ok_and(|at| takers[at].is_dear)
    }

    fn saved(&self) -> Saved {
        Saved { holder: self.holder.clone(), is_open: self.is_open.clone() }
    }

    fn restore(&mut self, saved: &Saved) {
        self.waiting.clear();
        self.held.iter_mut().for_each(Vec::clear);
        self.dear.iter_mut().for_each(|count| *count = 0);
        self.is_open.clone_from(&saved.is_open);
        for place in 0..self.places.len() {
            self.holder[place] = None;
            if let Some(person) = saved.holder[place] {
                self.put(place, person);
            }
        }
    }

    fn below(&mut self, count: usize) -> usize {
        below(&mut self.chance, count)
    }
}

/// A whole number below `count`, by chance.
pub(super) fn below(chance: &mut u64, count: usize) -> usize {
    *chance ^= *chance << 13;
    *chance ^= *chance >> 7;
    *chance ^= *chance << 17;
    (*chance % count.max(1) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::super::at_least::at_least;
    use super::*;
    use crate::model::Instant;

    fn always(_: usize, _: &[Span]) -> (bool, u64) {
        (true, 1)
    }

    fn never() -> bool {
        false
    }

    /// Up to seven places within twelve hours, each for some of four people, some of whom cost nothing.
    fn drawn(chance: &mut u64) -> Vec<Place> {
        let mut place = || {
            let from = below(chance, 9) as i64;
            let span = Span::new(Instant(from), Instant(from + 1 + below(chance, 4) as i64));
            let who: Vec<usize> = (0..4).filter(|_| below(chance, 3) > 0).collect();
            let takers = who.into_iter().map(|person| Taker { person, is_dear: person > 0 || from > 6 }).collect();
            Place { span, takers }
        };
        (0..7).map(|_| place()).filter(|place| !place.takers.is_empty()).collect()
    }

    /// How few people are dear if every way to hold the places is tried; nothing if there is none. One such way.
    fn tried(places: &[Place], holders: &mut Vec<usize>) -> Option<(usize, Vec<usize>)> {
        let Some(next) = places.get(holders.len()) else {
            let is_dear = |at: usize| places[at].takers.iter().any(|t| t.person == holders[at] && t.is_dear);
            let dear: BTreeSet<usize> = (0..places.len()).filter(|at| is_dear(*at)).map(|at| holders[at]).collect();
            return Some((dear.len(), holders.clone()));
        };
        let mut best = None;
        for taker in &next.takers {
            let is_free =
                (0..holders.len()).all(|at| holders[at] != taker.person || !places[at].span.overlaps(next.span));
            if is_free {
                holders.push(taker.person);
                best = best.into_iter().chain(tried(places, holders)).min_by_key(|found: &(usize, _)| found.0);
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
            let places = drawn(&mut chance);
            let Some((least, _)) = tried(&places, &mut Vec::new()) else { continue };
            let low = at_least(&places);
            assert!(low <= least, "case {case}: at least {low}, but {least} will do: {places:?}");
            let mut table = Table::new(&places, 4, vec![None; places.len()], &always, &never);
            if !table.settle_all() {
                continue;
            }
            let before = table.dear();
            table.fewest(low);
            let found = table.dear();
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
            let places = drawn(&mut chance);
            // Nobody works more than five hours.
            let is_rested = |_: usize, spans: &[Span]| (spans.iter().map(|span| span.minutes()).sum::<i64>() <= 5, 1);
            let found = || {
                let mut table = Table::new(&places, 4, vec![None; places.len()], &is_rested, &never);
                table.settle_all();
                table.fewest(0);
                table.holders().to_vec()
            };
            let after = found();
            assert_eq!(after, found(), "the same places, the same answer");
            for person in 0..4 {
                let mine: Vec<usize> = (0..places.len()).filter(|at| after[*at] == Some(person)).collect();
                assert!(mine.iter().all(|at| places[*at].takers.iter().any(|taker| taker.person == person)));
                let spans: Vec<Span> = mine.iter().map(|at| places[*at].span).collect();
                let clash = |n: usize| spans[..n].iter().any(|other| other.overlaps(spans[n]));
                assert!(!(0..spans.len()).any(clash), "{spans:?}");
                assert!(is_rested(person, &spans).0, "{spans:?}");
            }
            all_held += usize::from(after.iter().all(Option::is_some));
        }
        assert!(all_held > 150, "{all_held}");
    }
}
