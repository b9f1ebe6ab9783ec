//! One person's work: spells with what they are made of, and the rest that is wanted between them.

use super::judged::Judged;
use super::records::{Held, PostFacts, SessionFacts, SessionIx};
use super::spans;
use super::spell::{self, HOUR, RestAfterNights};
use crate::model::{Clock, Duty, DutyKind, Rules, Span};

/// What somebody does in a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// An assignment to a post that is not on call: its place in the person's `assignments`.
    Assignment(usize),
    /// A Resident duty: its place in the person's `duties`.
    Duty(usize),
    /// A session that runs.
    Session(SessionIx),
}

/// One piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    pub span: Span,
    pub doing: Doing,
}

/// What one person does; all of it in order of time.
#[derive(Debug, Clone, Copy)]
pub struct Doings<'a> {
    /// Which working-time limits apply.
    pub rules: Option<Rules>,
    /// Assignments that are not Declined.
    pub assignments: &'a [Held],
    /// Other work.
    pub duties: &'a [Duty],
    /// Sessions of any state with the person in their team.
    pub sessions: &'a [SessionIx],
}

/// All that is known of one person's work: spells, each of pieces that touch or overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    spells: Vec<Span>,
    pieces: Vec<Piece>,
    /// For each spell, where its pieces end.
    ends: Vec<usize>,
    /// For each spell, whether it is a night; empty where the person's rules do not ask.
    nights: Vec<bool>,
}

impl Work {
    /// The work of one person.
    ///
    /// Work is: assignments that count to posts that are not on call, Resident duties, and sessions that run.
    pub fn of(of: Doings<'_>, judged: Judged, posts: &[PostFacts], sessions: &[SessionFacts], clock: Clock) -> Self {
        if of.assignments.is_empty() && of.duties.is_empty() && of.sessions.is_empty() {
            return Self::default();
        }
        let assignments = of.assignments.iter().enumerate();
        let assignments = assignments
            .filter(|(_, held)| judged.counts(held.status) && !posts[held.post].on_call)
            .map(|(at, held)| Piece { span: held.span, doing: Doing::Assignment(at) });
        let duties = of.duties.iter().enumerate().filter(|(_, duty)| duty.kind == DutyKind::Resident);
        let duties = duties.map(|(at, duty)| Piece { span: duty.span, doing: Doing::Duty(at) });
        let sessions = of
            .sessions
            .iter()
            .filter(|at| judged.runs(sessions[**at].state))
            .map(|at| Piece { span: sessions[*at].span, doing: Doing::Session(*at) });
        let mut work = Self::from_pieces(assignments.chain(duties).chain(sessions).collect());
        if matches!(of.rules, Some(Rules::Trainee2016 | Rules::Trainee2019)) {
            work.nights = work.spells.iter().map(|spell| spell::is_night(clock, *spell)).collect();
        }
        work
    }

    fn from_pieces(mut pieces: Vec<Piece>) -> Self {
        pieces.sort_unstable();
        let mut spells: Vec<Span> = Vec::with_capacity(pieces.len());
        let mut ends: Vec<usize> = Vec::with_capacity(pieces.len());
        for (at, piece) in pieces.iter().enumerate() {
            match (spells.last_mut(), ends.last_mut()) {
                (Some(spell), Some(end)) if piece.span.from <= spell.to => {
                    spell.to = spell.to.max(piece.span.to);
                    *end = at + 1;
                }
                _ => {
                    spells.push(piece.span);
                    ends.push(at + 1);
                }
            }
        }
        Self { spells, pieces, ends, nights: Vec::new() }
    }

    /// When, in order, none touching the next.
    pub fn spells(&self) -> &[Span] {
        &self.spells
    }

    /// The same without some sessions, as if they had been postponed.
    pub fn spells_without(&self, sessions: &[SessionIx]) -> Vec<Span> {
        let stops = |piece: &&Piece| matches!(piece.doing, Doing::Session(at) if sessions.contains(&at));
        spans::union(self.pieces.iter().filter(|piece| !stops(piece)).map(|piece| piece.span).collect())
    }

    /// Of each spell, whether it is a night: known of trainees under the contracts of 2016 and 2019, else empty.
    pub fn nights(&self) -> &[bool] {
        &self.nights
    }

    /// All that the work is made of, by time.
    pub fn all_pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What a spell is made of, by time.
    pub fn pieces(&self, spell: usize) -> &[Piece] {
        let from = spell.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.pieces[from..self.ends[spell]]
    }

    /// The assignments in a spell, of all those that the person holds, in order.
    pub fn assignments<'a>(&'a self, held: &'a [Held], spell: usize) -> impl Iterator<Item = &'a Held> {
        self.pieces(spell).iter().filter_map(|piece| match piece.doing {
            Doing::Assignment(at) => Some(&held[at]),
            Doing::Duty(_) | Doing::Session(_) => None,
        })
    }

    /// The rests after nights that are too short under those rules.
    pub fn rests_after_nights(&self, rules: Rules) -> Vec<RestAfterNights> {
        let Some(nights_min) = nights_min(rules) else { return Vec::new() };
        spell::rests_after_nights(&self.spells, &self.nights, nights_min, REST_AFTER_NIGHTS)
    }
}

/// Minutes of daily rest that are wanted.
pub const fn rest_wanted(rules: Rules) -> i64 {
    match rules {
        Rules::NewDeal => 8 * HOUR,
        Rules::Wtr | Rules::Compensatory | Rules::Trainee2016 | Rules::Trainee2019 => 11 * HOUR,
    }
}

/// Minutes of rest wanted after nights.
pub const REST_AFTER_NIGHTS: i64 = 46 * HOUR;

/// So many nights in a row ask for that rest; `None` where no number does.
pub const fn nights_min(rules: Rules) -> Option<usize> {
    match rules {
        Rules::Trainee2019 => Some(1),
        Rules::Trainee2016 => Some(3),
        Rules::Wtr | Rules::Compensatory | Rules::NewDeal => None,
    }
}
