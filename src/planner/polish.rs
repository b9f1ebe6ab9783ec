//! Objectives 8 to 13 by local search: a proposal moves to another person or another post as long as that makes the
//! plan simpler.
//!
//! First improvement, in several neighbourhoods one after the other: one person takes two touching proposals of a post;
//! one person stays on one post instead of changing; somebody else takes one proposal; everything of one person goes to
//! others (Aarts and Lenstra, "Local Search in Combinatorial Optimization", 1997). Objectives 1 to 7 keep their values,
//! since only proposals move, and each move is checked for hours, rest and seniors. Where nothing simpler is found,
//! that is no proof.
//!
//! Last of all, posts that somebody marked as essential are filled rather than others that count as essential too: see
//! [`marked`].

mod marked;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::model::{Instant, Span};

use super::desk::Desk;
use super::draft::{Draft, Held, joined};
use super::facts::{AssignmentFacts, Facts, Stays};
use super::fatigue::night_before;
use super::fixed_work::breach;
use super::holes::Holes;
use super::index::{Ix, List, PersonIx, PostIx, SessionIx, UnitIx, WindowIx};
use super::model::Model;
use super::objective::{Objective, Values};
use super::spans::merged;

/// So many moves are tried: counted, so that the plan is the same on every machine.
const TRIES_MAX: usize = 400_000;
/// Plans with more proposals are not gone over again for the person with the least to do: "Who could" asks for single
/// gaps, and it is for those that the order matters. Whoever is to be taken last is looked at in every plan.
const ORDERED_MAX: usize = 60;
/// So many sweeps over all proposals: it rarely takes more than two or three until nothing becomes simpler.
const SWEEPS_MAX: usize = 6;

/// Makes the draft simpler without touching what is proven, as long as there is time.
pub(super) fn polish(facts: &Facts, model: &Model, draft: &mut Draft, desk: &dyn Desk) {
    let mut people = List::new(Vec::new(), facts.people.len());
    for held in draft.held.iter().filter(|held| held.kept.is_none()) {
        people[held.person].push(*held);
    }
    let cuts = facts.units.iter().map(|unit| unit.segments.iter().flat_map(|s| [s.from, s.to]).collect()).collect();
    let holes = RefCell::new(Holes::new(facts, &draft.postponed));
    let kept = draft.held.iter().copied().filter(|held| held.kept.is_some()).collect();
    let postponed = &draft.postponed;
    let mut search = LocalSearch { facts, model, desk, postponed, holes, people, kept, cuts, tries: 0 };
    for _ in 0..SWEEPS_MAX {
        if !search.sweep() {
            break;
        }
    }
    search.in_order();
    search.fill_marked();
    let mut held = search.kept;
    held.extend(search.people.iter().flatten());
    held.sort();
    draft.held = held;
}

/// A proposal goes to somebody else, or to another post.
#[derive(Debug, Clone, Copy)]
struct Move {
    held: Held,
    to: PersonIx,
    post: PostIx,
}

impl Move {
    fn to_person(held: Held, to: PersonIx) -> Self {
        Self { held, to, post: held.post }
    }

    fn to_post(held: Held, post: PostIx) -> Self {
        Self { held, to: held.person, post }
    }
}

struct LocalSearch<'a> {
    facts: &'a Facts<'a>,
    model: &'a Model,
    desk: &'a dyn Desk,
    postponed: &'a List<SessionIx, bool>,
    holes: RefCell<Holes<'a>>,
    /// The proposals of each person.
    people: List<PersonIx, Vec<Held>>,
    /// What stays as it is.
    kept: Vec<Held>,
    /// The cuts of each unit.
    cuts: List<UnitIx, BTreeSet<Instant>>,
    tries: usize,
}

impl LocalSearch<'_> {
    /// Whether enough has been tried.
    fn is_over(&self) -> bool {
        self.tries > TRIES_MAX || self.desk.time_left().is_zero()
    }

    /// Once over all proposals. Gives whether anything became simpler.
    fn sweep(&mut self) -> bool {
        let mut has_changed = false;
        let mut all: Vec<Held> = self.people.iter().flatten().copied().collect();
        all.sort_by_key(|held| (held.post, held.span, held.person));
        for held in all {
            if self.is_over() {
                return false;
            }
            if self.people[held.person].contains(&held) {
                has_changed |= self.join(held) || self.stay(held) || self.hand_on(held);
            }
        }
        self.people.keys().for_each(|person| has_changed |= self.do_without(person));
        has_changed
    }

    /// Everything of somebody whose availability is not known goes to people who are used anyway.
    fn do_without(&mut self, person: PersonIx) -> bool {
        if self.is_over() || self.score(&[person].into())[Objective::PeopleNotKnown] == 0 {
            return false;
        }
        let was = self.people.clone();
        for held in was[person].clone() {
            let is_used =
                |to: &PersonIx| *to != person && (!was[*to].is_empty() || !self.facts.people[*to].kept.is_empty());
            let others: Vec<PersonIx> = self.people.keys().filter(is_used).collect();
            self.tries += others.len();
            let found = others.into_iter().find(|to| {
                let before = self.score(&[*to].into());
                let one_move = Move::to_person(held, *to);
                let Some(was) = self.moved(&[one_move]) else { return false };
                let after = self.score(&[*to].into());
                let counted = [Objective::AfterOnCall, Objective::PeopleNotKnown, Objective::ShortStints];
                let is_taken = counted.into_iter().all(|objective| after[objective] <= before[objective]);
                if !is_taken {
                    self.put_back(was);
                }
                is_taken
            });
            if found.is_none() {
                self.people = was;
                return false;
            }
        }
        true
    }

    /// One person for two touching proposals of one post.
    fn join(&mut self, held: Held) -> bool {
        let after = |h: &&Held| h.post == held.post && h.span.from == held.span.to && h.person != held.person;
        let Some(next) = self.people.iter().flatten().find(after).copied() else { return false };
        let (first, second) = (held.person, next.person);
        if self.exchange(&[Move::to_person(next, first)]) || self.exchange(&[Move::to_person(held, second)]) {
            return true;
        }
        // Whoever is in the way takes the place that becomes free.
        for (block, to) in [(next, first), (held, second)] {
            let in_the_way: Vec<Held> =
                self.people[to].iter().filter(|h| h.span.overlaps(block.span)).copied().collect();
            if let [other] = in_the_way[..]
                && self.exchange(&[Move::to_person(block, to), Move::to_person(other, block.person)])
            {
                return true;
            }
        }
        self.people.keys().any(|to| {
            to != first && to != second && self.exchange(&[Move::to_person(held, to), Move::to_person(next, to)])
        })
    }

    /// One post for somebody who goes from one to another of a unit.
    fn stay(&mut self, held: Held) -> bool {
        let unit = self.facts.posts[held.post].unit;
        let touches = |h: &&Held| {
            h.post != held.post
                && self.facts.posts[h.post].unit == unit
                // Nobody moves between work and call from home: only people at work count as senior.
                && self.facts.posts[h.post].on_call == self.facts.posts[held.post].on_call
                && (h.span.from == held.span.to || h.span.to == held.span.from)
        };
        let posts: BTreeSet<PostIx> = self.people[held.person].iter().filter(touches).map(|h| h.post).collect();
        posts.into_iter().any(|post| {
            let there: Vec<Held> =
                self.people.iter().flatten().filter(|h| h.post == post && h.span == held.span).copied().collect();
            self.is_as_good(held, post) && self.exchange(&[Move::to_post(held, post)])
                || there
                    .into_iter()
                    .any(|other| self.exchange(&[Move::to_post(held, post), Move::to_post(other, held.post)]))
        })
    }

    /// Whether the two posts count the same, and the other one has an empty place.
    fn is_as_good(&self, held: Held, post: PostIx) -> bool {
        let (one, other) = (&self.facts.posts[held.post], &self.facts.posts[post]);
        let proposed = self.people.iter().flatten().filter(|h| h.post == post && h.span.overlaps(held.span)).count();
        let kept = self.facts.assignments.iter().filter(|a| a.kind == Stays::Kept && a.post == post);
        let kept = kept.filter(|a| a.span.overlaps(held.span)).count();
        let segments = self.facts.units[one.unit].segments.iter().filter(|s| s.overlaps(held.span));
        // The least of all windows that hold that time: a place counts in each of them.
        let need = segments
            .flat_map(|s| self.facts.windows_at(s.from).map(|window| self.facts.need(window, post, s.from)))
            .min()
            .unwrap_or(0);
        let of_one = self.facts.units[one.unit].segments.iter().filter(|s| s.overlaps(held.span));
        let over = of_one.map(|s| self.facts.need_max(held.post, s.from)).max().unwrap_or(0);
        over > 0
            && (one.essential, one.tier, one.on_call) == (other.essential, other.tier, other.on_call)
            && proposed + kept < need as usize
    }

    /// Somebody else for one proposal.
    fn hand_on(&mut self, held: Held) -> bool {
        let now = self.score(&[held.person].into());
        let is_simple = now.more_important_than(Objective::Handovers).iter().all(|figure| *figure == 0);
        if is_simple && self.people[held.person].len() == 1 {
            return false;
        }
        self.people.keys().any(|to| to != held.person && self.exchange(&[Move::to_person(held, to)]))
    }

    /// Gives a proposal to somebody who is not to be taken last, then to whoever is cleared least above the grade of the
    /// post, then to whoever can be rung, then to the person who covers least, where that changes nothing else; of equals
    /// to the first in the rota, so that "Who could" and a plan of one gap name the same person.
    fn in_order(&mut self) {
        let mut all: Vec<Held> = self.people.iter().flatten().copied().collect();
        if all.len() > ORDERED_MAX {
            all.retain(|held| self.facts.last.contains(&(held.person, held.post)));
        }
        all.sort_by_key(|held| (held.post, held.span, held.person));
        for held in all {
            if self.is_over() {
                return;
            }
            let place = |person: PersonIx| {
                let role = &self.facts.posts[held.post];
                let above =
                    self.facts.up_to(person, role.unit).map_or(0, |up_to| up_to.at().saturating_sub(role.tier.at()));
                let has_number = !self.facts.rota.people[person].phone.trim().is_empty();
                let is_last = self.facts.last.contains(&(person, held.post));
                (is_last, above, !has_number, self.cover_without(person, &held), person)
            };
            let own = place(held.person);
            let others = self.people.keys().map(place);
            let mut others: Vec<(bool, usize, bool, i64, PersonIx)> = others.filter(|other| *other < own).collect();
            others.sort_unstable();
            others.into_iter().any(|(.., to)| self.takes_over(Move::to_person(held, to)));
        }
    }

    /// How long the person covers, in minutes, but for one proposal.
    fn cover_without(&self, person: PersonIx, held: &Held) -> i64 {
        let kept = self.facts.people[person].kept.iter().map(|at| &self.facts.assignments[*at]);
        let kept = kept.map(|a| (a.post, a.span));
        let mine = self.people[person].iter().filter(|mine| *mine != held).map(|mine| (mine.post, mine.span));
        let present = kept.chain(mine).filter(|(post, _)| !self.facts.posts[*post].on_call);
        merged(present.map(|(_, span)| span)).into_iter().map(Span::minutes).sum()
    }

    /// Makes the move if it is permitted and costs nothing but evenness.
    fn takes_over(&mut self, one_move: Move) -> bool {
        self.tries += 1;
        let people = [one_move.held.person, one_move.to].into();
        let before = self.score(&people);
        let Some(was) = self.moved(&[one_move]) else { return false };
        let all_but_evenness = Objective::Unevenness;
        if self.score(&people).more_important_than(all_but_evenness) <= before.more_important_than(all_but_evenness) {
            return true;
        }
        self.put_back(was);
        false
    }

    /// Makes the moves if they are permitted and make the plan simpler.
    fn exchange(&mut self, moves: &[Move]) -> bool {
        self.tries += 1;
        let people: BTreeSet<PersonIx> =
            moves.iter().flat_map(|one_move| [one_move.held.person, one_move.to]).collect();
        let before = self.score(&people);
        let Some(was) = self.moved(moves) else { return false };
        if self.score(&people) < before {
            return true;
        }
        self.put_back(was);
        false
    }

    fn put_back(&mut self, was: Vec<(PersonIx, Vec<Held>)>) {
        for (person, held) in was {
            self.people[person] = held;
        }
    }

    /// Makes the moves if they are permitted. Gives what the people held before.
    fn moved(&mut self, moves: &[Move]) -> Option<Vec<(PersonIx, Vec<Held>)>> {
        if !moves.iter().all(|one_move| self.may_move(*one_move)) {
            return None;
        }
        let people: BTreeSet<PersonIx> =
            moves.iter().flat_map(|one_move| [one_move.held.person, one_move.to]).collect();
        let was: Vec<(PersonIx, Vec<Held>)> = people.iter().map(|p| (*p, self.people[*p].clone())).collect();
        for one_move in moves {
            self.people[one_move.held.person].retain(|held| *held != one_move.held);
        }
        for one_move in moves {
            self.people[one_move.to].push(Held { person: one_move.to, post: one_move.post, ..one_move.held });
        }
        // Looked at before touching pieces are joined: two places of one post would be joined as well.
        let is_clear = moves.iter().all(|one_move| self.is_clear(one_move.to));
        for person in &people {
            let pieces = self.people[*person].iter().map(|held| (held.person, held.post, held.span)).collect();
            self.people[*person] = joined(pieces);
        }
        // Less work can break a run of nights as well.
        let is_led = moves.iter().all(|one_move| self.has_senior(*one_move));
        if is_clear && is_led && people.iter().all(|person| self.is_sound(*person)) {
            return Some(was);
        }
        self.put_back(was);
        None
    }

    /// Whether the other person may be there, whatever else they are proposed for.
    fn may_move(&self, Move { held, to, post }: Move) -> bool {
        let unit = self.facts.posts[post].unit;
        let at_cuts = self.cuts[unit].contains(&held.span.from) && self.cuts[unit].contains(&held.span.to);
        let is_free = |session| self.postponed[session];
        at_cuts
            && self.facts.may_take(to, post, held.span)
            && self.facts.sessions_in_the_way(to, held.span).all(is_free)
            && self.model.can_be_freed(self.facts, to, held.span)
    }

    /// Whether a senior gave way to a senior, or there is another one all the while.
    fn has_senior(&self, Move { held, to, post }: Move) -> bool {
        let unit = self.facts.posts[post].unit;
        if self.facts.is_senior(to, unit) || !self.facts.is_senior(held.person, unit) {
            return true;
        }
        let leads = |h: &&Held| {
            let role = &self.facts.posts[h.post];
            role.unit == unit && !role.on_call && self.facts.is_senior(h.person, unit) && h.span.overlaps(held.span)
        };
        merged(self.people.iter().flatten().filter(leads).map(|h| h.span)).iter().any(|span| span.covers(held.span))
    }

    /// Whether what the person is proposed for can be done by one person.
    fn is_clear(&self, person: PersonIx) -> bool {
        let clash = |one: &Held, other: &Held| one.span.overlaps(other.span);
        let mine = self.people[person].iter().enumerate();
        let others = || self.facts.people[person].namesakes.iter().flat_map(|p| self.people[*p].iter().enumerate());
        mine.into_iter()
            .all(|(n, one)| others().all(|(m, other)| (n == m && one.person == other.person) || !clash(one, other)))
    }

    /// Whether the person is rested, whatever they are proposed for.
    fn is_sound(&self, person: PersonIx) -> bool {
        let mine = &self.people[person];
        let at_work: Vec<Span> = mine.iter().filter(|h| !self.facts.posts[h.post].on_call).map(|h| h.span).collect();
        breach(self.facts, person, &at_work, |session| !self.postponed[session]).is_none()
    }

    /// Objectives 8 to 13, as far as these people matter for them.
    fn score(&self, people: &BTreeSet<PersonIx>) -> Values {
        let mut score = Values::default();
        for person in people {
            let (who, mine) = (&self.facts.people[*person], &self.people[*person]);
            let kept = || who.kept.iter().map(|at| &self.facts.assignments[*at]);
            let from_home = |post: PostIx| self.facts.posts[post].on_call;
            let nights: Vec<Span> = (who.on_call.iter().copied())
                .chain(kept().filter(|a| from_home(a.post)).map(|a| a.span))
                .chain(mine.iter().filter(|h| from_home(h.post)).map(|h| h.span))
                .collect();
            let present = || mine.iter().filter(|h| !from_home(h.post));
            // Touching proposals of one person and post are one already: only kept assignments can touch.
            let touches = |h: &Held, a: &AssignmentFacts| {
                a.post == h.post && a.span.from <= h.span.to && h.span.from <= a.span.to
            };
            let is_stint = |h: &&Held| self.holes.borrow_mut().is_short_stint(h) && !kept().any(|a| touches(h, a));
            let after_night = |h: &&Held| {
                let night = night_before(self.facts.rota.zone(), h.span.from);
                nights.iter().any(|span| span.overlaps(night))
            };
            score[Objective::AfterOnCall] +=
                if nights.is_empty() { 0 } else { present().filter(after_night).count() as i64 };
            let to_ask: BTreeSet<WindowIx> = mine.iter().flat_map(|h| who.to_ask(h.span)).collect();
            score[Objective::PeopleNotKnown] += to_ask.len() as i64;
            score[Objective::ShortStints] += mine.iter().filter(is_stint).count() as i64;
            let loose = who.loose.iter().map(|at| &self.facts.assignments[*at]);
            score[Objective::Changes] +=
                loose.filter(|a| !mine.iter().any(|h| h.post == a.post && h.span.covers(a.span))).count() as i64;
            score[Objective::Handovers] += mine.len() as i64;
            let kept = kept().filter(|a| !from_home(a.post)).map(|a| a.span);
            let cover = merged(kept.chain(present().map(|h| h.span))).into_iter().map(Span::minutes).sum();
            score[Objective::Unevenness] = score[Objective::Unevenness].max(cover);
        }
        score
    }
}
