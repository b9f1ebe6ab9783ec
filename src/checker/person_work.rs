//! One person's work: spells with what they are made of, and the summary that the People view shows.

use super::context::{Context, Judged, PersonIx, PostFacts, SessionFacts, SessionIx, UnitIx, WindowIx};
use super::person::{Held, PersonFacts};
use super::spell::{self, HOUR, WEEK};
use super::{rest_after_nights, spans};
use crate::model::{DutyKind, Rules, Span};

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
    /// When.
    pub span: Span,
    /// What.
    pub doing: Doing,
}

/// All that is known of one person's work: spells, each of pieces that touch or overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    spells: Vec<Span>,
    pieces: Vec<Piece>,
    /// For each spell, where its pieces end.
    ends: Vec<usize>,
}

impl Work {
    /// The work of one person, whose assignments, duties and sessions are in order.
    ///
    /// Work is: assignments that count to posts that are not on call, Resident duties, and sessions that run.
    #[must_use]
    pub fn of(person: &PersonFacts, judged: Judged, posts: &[PostFacts], sessions: &[SessionFacts]) -> Self {
        let assignments = person.assignments.iter().enumerate();
        let assignments = assignments
            .filter(|(_, held)| judged.counts(held.status) && !posts[held.post].on_call)
            .map(|(at, held)| Piece { span: held.span, doing: Doing::Assignment(at) });
        let duties = person.duties.iter().enumerate().filter(|(_, duty)| duty.kind == DutyKind::Resident);
        let duties = duties.map(|(at, duty)| Piece { span: duty.span, doing: Doing::Duty(at) });
        let sessions = person
            .sessions
            .iter()
            .filter(|at| judged.runs(sessions[**at].state))
            .map(|at| Piece { span: sessions[*at].span, doing: Doing::Session(*at) });
        Self::from_pieces(assignments.chain(duties).chain(sessions).collect())
    }

    fn from_pieces(mut pieces: Vec<Piece>) -> Self {
        pieces.sort_unstable();
        let (mut spells, mut ends): (Vec<Span>, Vec<usize>) = (Vec::new(), Vec::new());
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
        Self { spells, pieces, ends }
    }

    /// When, in order, none touching the next.
    #[must_use]
    pub fn spells(&self) -> &[Span] {
        &self.spells
    }

    /// What a spell is made of, by time.
    #[must_use]
    pub fn pieces(&self, spell: usize) -> &[Piece] {
        let from = spell.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.pieces[from..self.ends[spell]]
    }

    /// The assignments in a spell.
    pub fn assignments<'a>(&'a self, person: &'a PersonFacts, spell: usize) -> impl Iterator<Item = &'a Held> {
        self.pieces(spell).iter().filter_map(|piece| match piece.doing {
            Doing::Assignment(at) => Some(&person.assignments[at]),
            Doing::Duty(_) | Doing::Session(_) => None,
        })
    }

    /// The windows and units of a spell's assignments, in order, each once.
    #[must_use]
    pub fn places(&self, ctx: &Context, person: PersonIx, spell: usize) -> Vec<(WindowIx, UnitIx)> {
        let held = self.assignments(&ctx.people[person], spell);
        let places =
            held.flat_map(|held| ctx.windows_in(held.span).map(|(window, _)| (window, ctx.posts[held.post].unit)));
        let mut places: Vec<(WindowIx, UnitIx)> = places.collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether a spell has an assignment that shares a minute with a window.
    #[must_use]
    pub fn is_in_a_window(&self, ctx: &Context, person: PersonIx, spell: usize) -> bool {
        self.assignments(&ctx.people[person], spell).any(|held| ctx.windows_in(held.span).next().is_some())
    }

    /// The spells that have an assignment in a window.
    #[must_use]
    pub fn in_windows(&self, ctx: &Context, person: PersonIx) -> Vec<Span> {
        let spells = self.spells.iter().enumerate();
        spells.filter(|(at, _)| self.is_in_a_window(ctx, person, *at)).map(|(_, spell)| *spell).collect()
    }
}

/// Minutes of daily rest that are wanted.
#[must_use]
pub const fn rest_wanted(rules: Rules) -> i64 {
    match rules {
        Rules::NewDeal => 8 * HOUR,
        Rules::Wtr | Rules::Compensatory | Rules::Trainee2016 | Rules::Trainee2019 => 11 * HOUR,
    }
}

/// The time between two spells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// When.
    pub span: Span,
    /// Minutes wanted.
    pub wanted: i64,
    /// Minutes missing, and owed back to who is under compensatory rest. 0 where the rest is enough, and where another
    /// rest of the same day is.
    pub missing: i64,
}

/// Minutes in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WindowWork {
    /// On posts that are not on call.
    pub on_rota: i64,
    /// The same with Resident duties and sessions that run.
    pub at_work: i64,
}

/// What the People view says of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonWork {
    /// The spells, with what they are made of.
    pub work: Work,
    /// Between each spell and the next.
    pub rests: Vec<Rest>,
    /// For each window of the rota.
    pub windows: Vec<WindowWork>,
    /// The most minutes of work in some 168 consecutive hours.
    pub most_in_7_days: i64,
    /// The earliest 168 hours with the most.
    pub busiest_7_days: Option<Span>,
    /// The least of the longest rests in the 24 hours from the start of each spell; `None` if no rest has an end.
    pub least_rest: Option<i64>,
    /// Minutes of rest missing, over all rests.
    pub missing: i64,
}

/// The summary of one person's work.
#[must_use]
pub fn person_work(ctx: &Context, person: PersonIx, judged: Judged) -> PersonWork {
    let Some(facts) = ctx.people.get(person) else { return PersonWork::default() };
    let Some(rules) = facts.rules else { return PersonWork::default() };
    let work = facts.work[judged.ix()].clone();
    let spells = work.spells();
    let rests = rests(ctx, rules, spells);
    let on_rota =
        spans::union(work.pieces.iter().filter(|p| matches!(p.doing, Doing::Assignment(_))).map(|p| p.span).collect());
    let windows = ctx.windows.iter().map(|window| WindowWork {
        on_rota: spans::within(&on_rota, window.span).map(Span::minutes).sum(),
        at_work: spans::within(spells, window.span).map(Span::minutes).sum(),
    });
    let busiest = spell::most_work(spells, WEEK, spells);
    let daily = (0..spells.len()).filter_map(|at| spell::daily_rest(spells, at));
    PersonWork {
        windows: windows.collect(),
        most_in_7_days: busiest.map_or(0, |(_, minutes)| minutes),
        busiest_7_days: busiest.map(|(span, _)| span),
        least_rest: daily.map(|rest| rest.free.minutes()).min(),
        missing: rests.iter().map(|rest| rest.missing).sum(),
        rests,
        work,
    }
}

/// Every rest, with what is wanted by RST-1 and, after nights, by RST-4.
fn rests(ctx: &Context, rules: Rules, spells: &[Span]) -> Vec<Rest> {
    let wanted = rest_wanted(rules);
    let short = spell::short_rests(spells, wanted);
    let after_nights = rest_after_nights::find(rules, ctx.zone(), spells);
    let rest = |span: Span| {
        let is_short = short.iter().any(|rest| rest.free == span);
        let missing = if is_short { wanted - span.minutes() } else { 0 };
        match after_nights.iter().find(|rest| rest.free == span) {
            Some(_) => {
                let wanted = rest_after_nights::WANTED;
                Rest { span, wanted, missing: wanted - span.minutes() }
            }
            None => Rest { span, wanted, missing },
        }
    };
    spell::rests(spells).map(rest).collect()
}
