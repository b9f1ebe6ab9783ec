//! How few people could hold all the places at the very least.
//!
//! At one moment every place takes somebody else: what cannot be given to people who cost nothing is left for the
//! others. And places that nobody but they may hold, no two of which one person could hold, take one each.

use std::collections::BTreeSet;

use crate::model::{Instant, Span};

use super::chains::{Place, below};

/// Beyond so many places they are not compared with each other.
const COMPARED_MAX: usize = 3_000;
/// So many pairs of places are looked at, whatever the machine.
const WORK_MAX: usize = 30_000_000;

/// No fewer people than this hold places that make them dear, whoever holds what.
pub(super) fn at_least(places: &[Place]) -> usize {
    let starts: BTreeSet<Instant> = places.iter().map(|place| place.span.from).collect();
    let mut most = 0;
    let mut largest: Vec<usize> = Vec::new();
    for at in starts {
        let here: Vec<usize> = (0..places.len()).filter(|n| places[*n].span.contains(at)).collect();
        if here.len() > most {
            most = most.max(here.len() - given_away(places, &here, here.len() - most));
        }
        let dear: Vec<usize> = here.into_iter().filter(|n| is_only_dear(&places[*n])).collect();
        if dear.len() > largest.len() {
            largest = dear;
        }
    }
    most.max(apart(places, &largest))
}

fn is_only_dear(place: &Place) -> bool {
    !place.takers.is_empty() && place.takers.iter().all(|taker| taker.is_dear)
}

/// How many of these places, all at one moment, people who cost nothing can hold; `enough` or more is all one.
fn given_away(places: &[Place], here: &[usize], enough: usize) -> usize {
    let people = here.iter().flat_map(|n| &places[*n].takers).map(|taker| taker.person + 1).max().unwrap_or(0);
    let mut of: Vec<Option<usize>> = vec![None; people];
    let mut count = 0;
    for place in here {
        let mut seen = vec![false; people];
        count += usize::from(finds_somebody(places, *place, &mut of, &mut seen));
        if count >= enough {
            break;
        }
    }
    count
}

/// Finds somebody who costs nothing for the place, others changing theirs if need be.
fn finds_somebody(places: &[Place], place: usize, of: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    let free = || places[place].takers.iter().filter(|taker| !taker.is_dear).map(|taker| taker.person);
    if let Some(person) = free().find(|person| of[*person].is_none()) {
        of[person] = Some(place);
        return true;
    }
    for person in free() {
        if seen[person] {
            continue;
        }
        seen[person] = true;
        let Some(other) = of[person] else { continue };
        if finds_somebody(places, other, of, seen) {
            of[person] = Some(place);
            return true;
        }
    }
    false
}

/// How many places were found that nobody but dear people may hold and no two of which one person could. `first` are
/// some, all at one moment.
fn apart(places: &[Place], first: &[usize]) -> usize {
    let all: Vec<usize> = (0..places.len()).filter(|n| is_only_dear(&places[*n])).collect();
    if all.is_empty() || all.len() > COMPARED_MAX {
        return first.len();
    }
    let beside = shared(places, &all);
    let order = |from: &[usize]| -> Vec<bool> {
        let mut is_in = vec![false; all.len()];
        let mut rest: Vec<usize> = (0..all.len()).collect();
        rest.sort_by_key(|n| (beside[*n].len(), *n));
        for n in from.iter().chain(&rest) {
            if !is_in[*n] && beside[*n].iter().all(|m| !is_in[*m]) {
                is_in[*n] = true;
            }
        }
        is_in
    };
    let first: Vec<usize> = first.iter().filter_map(|n| all.binary_search(n).ok()).collect();
    let count = |is_in: &[bool]| is_in.iter().filter(|is| **is).count();
    let (one, other) = (order(&first), order(&[]));
    let best = if count(&one) >= count(&other) { one } else { other };
    exchanged(&beside, best)
}

/// For each place those that one person could hold besides.
fn shared(places: &[Place], all: &[usize]) -> Vec<Vec<usize>> {
    let people: Vec<Vec<usize>> =
        all.iter().map(|n| places[*n].takers.iter().map(|taker| taker.person).collect()).collect();
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
    let spans: Vec<Span> = all.iter().map(|n| places[*n].span).collect();
    let mut beside = vec![Vec::new(); all.len()];
    for n in 0..all.len() {
        for m in 0..n {
            if !spans[n].overlaps(spans[m]) && bits[n].iter().zip(&bits[m]).any(|(a, b)| a & b != 0) {
                beside[n].push(m);
                beside[m].push(n);
            }
        }
    }
    beside
}

/// One place in, those it could share a person with out, whatever then has room in: as long as that gains, and sideways.
fn exchanged(beside: &[Vec<usize>], mut is_in: Vec<bool>) -> usize {
    let mut tight: Vec<usize> = beside.iter().map(|b| b.iter().filter(|m| is_in[**m]).count()).collect();
    let mut count = is_in.iter().filter(|is| **is).count();
    let (mut best, mut work) = (count, 0);
    let mut chance = 0x9E37_79B9_7F4A_7C15;
    let mut last = vec![0_usize; beside.len()];
    let mut step = 0;
    while work < WORK_MAX && step < 40 * beside.len() {
        step += 1;
        // Of those that push out one, the one that was moved longest ago; now and then anything.
        let any = below(&mut chance, beside.len());
        let sample = (0..24).map(|_| below(&mut chance, beside.len()));
        let few = sample.filter(|n| !is_in[*n] && tight[*n] <= 1).min_by_key(|n| (tight[*n], last[*n]));
        let Some(comes) = few.or((!is_in[any] && step % 8 == 0).then_some(any)) else { continue };
        let out: Vec<usize> = beside[comes].iter().copied().filter(|m| is_in[*m]).collect();
        work += beside[comes].len();
        for gone in &out {
            is_in[*gone] = false;
            last[*gone] = step;
            work += beside[*gone].len();
            beside[*gone].iter().for_each(|m| tight[*m] -= 1);
        }
        let enter = |n: usize, is_in: &mut Vec<bool>, tight: &mut Vec<usize>| {
            is_in[n] = true;
            beside[n].iter().for_each(|m| tight[*m] += 1);
        };
        enter(comes, &mut is_in, &mut tight);
        last[comes] = step;
        count = count + 1 - out.len();
        for gone in &out {
            for next in &beside[*gone] {
                if !is_in[*next] && tight[*next] == 0 && *next != comes {
                    enter(*next, &mut is_in, &mut tight);
                    work += beside[*next].len();
                    count += 1;
                }
            }
        }
        best = best.max(count);
    }
    best
}
