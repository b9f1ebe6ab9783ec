//! A lower bound on how few people can hold all slots, from two arguments.
//!
//! At one moment all slots need different people. As many of them as possible go to people who cost nothing: a maximum
//! matching, found by augmenting paths (Kuhn 1955; Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 12). The
//! slots that are left over then need one costly person each.
//!
//! Over the whole time, take slots that only costly people may hold, no two of which one person could hold: each needs
//! a person of its own. Such slots are an independent set in the graph that joins two slots where one person could hold
//! both. The largest one is looked for with the local search of Andrade, Resende and Werneck, "Fast local search for
//! the maximum independent set problem", Journal of Heuristics 18 (2012): one slot comes in, its neighbours go out, and
//! every slot whose neighbours are now all out comes in too. Any independent set gives a valid bound, the largest one
//! the best.

use std::collections::BTreeSet;

use crate::model::{Instant, Span};

use super::ejection_chains::{CHANCE_AT_FIRST, Slot, below};
use super::index::{Ix, List, PersonIx, SlotIx};

/// With more slots the second argument is left out: all pairs of slots are compared, and 3,000 slots are 4.5 million
/// pairs.
const SLOTS_MAX: usize = 3_000;
/// So many neighbours are looked at in the local search: counted, so that the bound is the same on every machine.
const WORK_MAX: usize = 30_000_000;
/// Steps of the local search for each slot: most gains come early, and each slot has had its turn many times by then.
const STEPS_PER_SLOT: usize = 40;
/// So many slots are drawn by chance to choose the next one from: enough to find one that is worth it most of the time.
const SAMPLE: usize = 24;
/// In each eighth step without such a slot, any slot comes in, which leads out of dead ends.
const ANY_EVERY: usize = 8;

/// However the slots are held, at least so many people hold costly ones.
pub(super) fn at_least(slots: &List<SlotIx, Slot>) -> usize {
    let starts: BTreeSet<Instant> = slots.iter().map(|slot| slot.span.from).collect();
    let mut most = 0;
    let mut largest: Vec<SlotIx> = Vec::new();
    for at in starts {
        let here: Vec<SlotIx> = slots.keys().filter(|n| slots[*n].span.contains(at)).collect();
        if here.len() > most {
            most = most.max(here.len() - matched(slots, &here, here.len() - most));
        }
        let costly: Vec<SlotIx> = here.into_iter().filter(|n| is_only_costly(&slots[*n])).collect();
        if costly.len() > largest.len() {
            largest = costly;
        }
    }
    most.max(independent(slots, &largest))
}

fn is_only_costly(slot: &Slot) -> bool {
    !slot.candidates.is_empty() && slot.candidates.iter().all(|candidate| candidate.is_costly)
}

/// How many of these slots, all at one moment, people who cost nothing can hold; counting stops at `enough`.
fn matched(slots: &List<SlotIx, Slot>, here: &[SlotIx], enough: usize) -> usize {
    let people =
        here.iter().flat_map(|n| &slots[*n].candidates).map(|candidate| candidate.person.at() + 1).max().unwrap_or(0);
    let mut slot_of: List<PersonIx, Option<SlotIx>> = List::new(None, people);
    let mut count = 0;
    for slot in here {
        let mut seen = List::new(false, people);
        count += usize::from(augments(slots, *slot, &mut slot_of, &mut seen));
        if count >= enough {
            break;
        }
    }
    count
}

/// Finds somebody who costs nothing for the slot, along an augmenting path: each person on it changes slots.
fn augments(
    slots: &List<SlotIx, Slot>,
    slot: SlotIx,
    slot_of: &mut List<PersonIx, Option<SlotIx>>,
    seen: &mut List<PersonIx, bool>,
) -> bool {
    let free =
        || slots[slot].candidates.iter().filter(|candidate| !candidate.is_costly).map(|candidate| candidate.person);
    if let Some(person) = free().find(|person| slot_of[*person].is_none()) {
        slot_of[person] = Some(slot);
        return true;
    }
    for person in free() {
        if seen[person] {
            continue;
        }
        seen[person] = true;
        let Some(other) = slot_of[person] else { continue };
        if augments(slots, other, slot_of, seen) {
            slot_of[person] = Some(slot);
            return true;
        }
    }
    false
}

/// The size of a large independent set among the slots that only costly people may hold. `first` is such a set: slots
/// of one moment.
fn independent(slots: &List<SlotIx, Slot>, first: &[SlotIx]) -> usize {
    let all: Vec<SlotIx> = slots.keys().filter(|n| is_only_costly(&slots[*n])).collect();
    if all.is_empty() || all.len() > SLOTS_MAX {
        return first.len();
    }
    let neighbours = shareable(slots, &all);
    let order = |from: &[usize]| -> Vec<bool> {
        let mut is_in = vec![false; all.len()];
        let mut rest: Vec<usize> = (0..all.len()).collect();
        rest.sort_by_key(|n| (neighbours[*n].len(), *n));
        for n in from.iter().chain(&rest) {
            if !is_in[*n] && neighbours[*n].iter().all(|m| !is_in[*m]) {
                is_in[*n] = true;
            }
        }
        is_in
    };
    let first: Vec<usize> = first.iter().filter_map(|n| all.binary_search(n).ok()).collect();
    let count = |is_in: &[bool]| is_in.iter().filter(|is| **is).count();
    let (one, other) = (order(&first), order(&[]));
    let best = if count(&one) >= count(&other) { one } else { other };
    local_search(&neighbours, best)
}

/// For each slot, the other slots that one person could hold besides it.
fn shareable(slots: &List<SlotIx, Slot>, all: &[SlotIx]) -> Vec<Vec<usize>> {
    let people: Vec<Vec<usize>> =
        all.iter().map(|n| slots[*n].candidates.iter().map(|candidate| candidate.person.at()).collect()).collect();
    let words = people.iter().flatten().max().map_or(0, |most| most / 64 + 1);
    let bits: Vec<Vec<u64>> = people
        .iter()
        .map(|people| {
            let mut bits = vec![0_u64; words];
            for person in people {
                bits[person / 64] |= 1 << (person % 64);
            }
            bits
        })
        .collect();
    let spans: Vec<Span> = all.iter().map(|n| slots[*n].span).collect();
    let mut neighbours = vec![Vec::new(); all.len()];
    for n in 0..all.len() {
        for m in 0..n {
            if !spans[n].overlaps(spans[m]) && bits[n].iter().zip(&bits[m]).any(|(a, b)| a & b != 0) {
                neighbours[n].push(m);
                neighbours[m].push(n);
            }
        }
    }
    neighbours
}

/// Improves the independent set `is_in` and gives the largest size that was reached. `tightness` is how many neighbours
/// of a slot are in: a slot of tightness 1 comes in for one that goes out.
fn local_search(neighbours: &[Vec<usize>], mut is_in: Vec<bool>) -> usize {
    let mut tightness: Vec<usize> = neighbours.iter().map(|b| b.iter().filter(|m| is_in[**m]).count()).collect();
    let mut count = is_in.iter().filter(|is| **is).count();
    let (mut best, mut work) = (count, 0);
    let mut chance = CHANCE_AT_FIRST;
    let mut last = vec![0_usize; neighbours.len()];
    let mut step = 0;
    while work < WORK_MAX && step < STEPS_PER_SLOT * neighbours.len() {
        step += 1;
        // The slot that pushes out the fewest; among equals, the one that was moved longest ago.
        let any = below(&mut chance, neighbours.len());
        let sample = (0..SAMPLE).map(|_| below(&mut chance, neighbours.len()));
        let few = sample.filter(|n| !is_in[*n] && tightness[*n] <= 1).min_by_key(|n| (tightness[*n], last[*n]));
        let Some(comes) = few.or((!is_in[any] && step % ANY_EVERY == 0).then_some(any)) else { continue };
        let out: Vec<usize> = neighbours[comes].iter().copied().filter(|m| is_in[*m]).collect();
        work += neighbours[comes].len();
        for gone in &out {
            is_in[*gone] = false;
            last[*gone] = step;
            work += neighbours[*gone].len();
            neighbours[*gone].iter().for_each(|m| tightness[*m] -= 1);
        }
        let enter = |n: usize, is_in: &mut Vec<bool>, tightness: &mut Vec<usize>| {
            is_in[n] = true;
            neighbours[n].iter().for_each(|m| tightness[*m] += 1);
        };
        enter(comes, &mut is_in, &mut tightness);
        last[comes] = step;
        count = count + 1 - out.len();
        for gone in &out {
            for next in &neighbours[*gone] {
                if !is_in[*next] && tightness[*next] == 0 && *next != comes {
                    enter(*next, &mut is_in, &mut tightness);
                    work += neighbours[*next].len();
                    count += 1;
                }
            }
        }
        best = best.max(count);
    }
    best
}
