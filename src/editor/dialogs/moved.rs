//! What moves along when windows are moved to other days: nobody is asked twice who is not available in the walkout,
//! and nobody is said to have agreed, or to be available, on a day that they were not asked about.

use chrono::TimeDelta;

use crate::model::{
    Assignment, Availability, Change, Person, PersonId, Rota, Session, SessionState, Span, Status, WindowId, Zone,
    words,
};

use super::super::assign::names;
use super::super::dates::day_at;

/// What of it is to move along with the windows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four boxes to tick")]
pub struct Moves {
    /// Who is not available then.
    pub unavailable: bool,
    /// Other duties then.
    pub duties: bool,
    /// Clinics and lists: their patients have a letter with the old day.
    pub sessions: bool,
    /// Who covers, as Proposed.
    pub cover: bool,
    /// What the rota is called from now on; empty leaves its title.
    pub title: String,
}

impl Moves {
    /// What belongs to the walkout moves with it; what has a day of its own stays. Absence moves: whoever is away for
    /// the walkout must not count as free on its new days because nobody ticked a box.
    pub(super) const USUAL: Self =
        Self { unavailable: true, duties: false, sessions: false, cover: true, title: String::new() };

    const ALL: Self = Self { unavailable: true, duties: true, sessions: true, cover: true, title: String::new() };
}

/// A window that begins on another day than before.
struct Shift {
    from: Span,
    to: Span,
    days: TimeDelta,
}

impl Shift {
    /// The span at the same civil times so many days later; what was all of the window is all of it again.
    fn moved(&self, zone: Zone, span: Span) -> Span {
        if span == self.from {
            return self.to;
        }
        let at = |at| {
            let local = zone.civil(at).local;
            zone.instant_or_next(local.checked_add_signed(self.days).unwrap_or(local))
        };
        let moved = Span::new(at(span.from), at(span.to));
        if moved.is_empty() { span } else { moved }
    }
}

/// What moves along, as it will be, and what does not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MovedAlong {
    people: Vec<Person>,
    sessions: Vec<Session>,
    assignments: Vec<Assignment>,
    /// Who is not available then.
    not_available: Vec<PersonId>,
    duties: usize,
    available: usize,
    locked: usize,
}

impl MovedAlong {
    /// All that could move with windows that go to these times.
    pub(super) fn all(rota: &Rota, windows: &[(WindowId, Span)]) -> Self {
        Self::of(rota, windows, &Moves::ALL)
    }

    /// For windows that go to these times.
    pub(super) fn of(rota: &Rota, windows: &[(WindowId, Span)], moves: &Moves) -> Self {
        let zone = rota.zone();
        let day = |span: Span| day_at(zone, span.from);
        let shifts: Vec<Shift> = windows
            .iter()
            .filter_map(|(id, to)| {
                let from = rota.window(id)?.span;
                (day(from) != day(*to)).then(|| Shift { from, to: *to, days: day(*to) - day(from) })
            })
            .collect();
        // Where something lies in two windows, it goes with the one that has more of it.
        let shift_of = |span: Span| {
            let minutes = |shift: &&Shift| shift.from.overlap(span).map_or(0, Span::minutes);
            shifts.iter().filter(|shift| minutes(shift) > 0).max_by_key(minutes)
        };
        let moved = |span: Span| shift_of(span).map(|shift| shift.moved(zone, span));
        let mut along = Self::default();
        for person in &rota.people {
            along.person(person, moves, &moved);
        }
        for session in rota.sessions.iter().filter(|_| moves.sessions) {
            let Some(span) = moved(session.span) else { continue };
            if session.locked {
                along.locked += 1;
                continue;
            }
            // Nobody has told the patients of the other day anything.
            let state = session.state.min(SessionState::ToPostpone);
            along.sessions.push(Session { span, state, ..session.clone() });
        }
        for assignment in rota.assignments.iter().filter(|a| moves.cover && a.status != Status::Declined) {
            let Some(span) = moved(assignment.span) else { continue };
            if assignment.locked {
                along.locked += 1;
                continue;
            }
            along.assignments.push(Assignment { span, status: Status::Proposed, ..assignment.clone() });
        }
        along
    }

    fn person(&mut self, person: &Person, moves: &Moves, moved: &impl Fn(Span) -> Option<Span>) {
        let mut after = person.clone();
        let (mut not_available, mut available) = (false, false);
        for said in &mut after.availability {
            let Some(span) = moved(said.span) else { continue };
            if said.is == Availability::NotAvailable {
                if moves.unavailable {
                    said.span = span;
                    not_available = true;
                }
            } else {
                available = true;
            }
        }
        for duty in after.duties.iter_mut().filter(|_| moves.duties) {
            if let Some(span) = moved(duty.span) {
                duty.span = span;
                self.duties += 1;
            }
        }
        if not_available {
            self.not_available.push(person.id.clone());
        }
        self.available += usize::from(available);
        if after != *person {
            self.people.push(after);
        }
    }

    /// Whether there is nothing to ask about.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Such as `2 people are unavailable: HG and RS`; none if nobody is.
    pub fn unavailable(&self, rota: &Rota) -> Option<String> {
        let count = self.not_available.len();
        let (is, who) = (if count == 1 { "is" } else { "are" }, names(rota, &self.not_available));
        (count > 0).then(|| format!("{} {is} unavailable: {who}", words::people(count)))
    }

    /// Such as `2 duties`.
    pub fn duties(&self) -> Option<String> {
        match self.duties {
            0 => None,
            1 => Some("1 duty".to_owned()),
            many => Some(format!("{many} duties")),
        }
    }

    /// Such as `2 sessions`.
    pub fn sessions(&self) -> Option<String> {
        (!self.sessions.is_empty()).then(|| words::count(self.sessions.len() as u64, "session"))
    }

    /// Such as `AN, HG and KP: 12 blocks of cover`.
    pub fn cover(&self, rota: &Rota) -> Option<String> {
        let who = names(rota, self.assignments.iter().map(|a| &a.person));
        let blocks = words::count(self.assignments.len() as u64, "block");
        (!self.assignments.is_empty()).then(|| format!("{blocks} of cover: {who}"))
    }

    /// What stays on the old days whatever is chosen, one sentence each.
    pub fn stays(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.available > 0 {
            let who = words::people(self.available);
            lines.push(format!("{who} said they were available on the old days: ask again."));
        }
        if self.locked > 0 {
            lines.push(format!("Locked, so left on the old days: {}.", self.locked));
        }
        lines
    }

    pub(super) fn changes(self) -> Vec<Change> {
        let people = self.people.into_iter().map(Change::replace);
        let sessions = self.sessions.into_iter().map(Change::replace);
        people.chain(sessions).chain(self.assignments.into_iter().map(Change::replace)).collect()
    }
}
