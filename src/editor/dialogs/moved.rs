//! What moves along when windows are moved to other days: nobody is asked twice who is not available in the walkout,
//! and nobody is said to have agreed, or to be available, on a day that they were not asked about.

use chrono::TimeDelta;

use crate::model::{
    Assignment, Availability, Change, Person, Rota, Session, SessionState, Span, Status, WindowId, Zone, words,
};

use super::super::dates::day_at;

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
    not_available: usize,
    duties: usize,
    available: usize,
    locked: usize,
}

impl MovedAlong {
    /// For windows that go to these times.
    pub(super) fn of(rota: &Rota, windows: &[(WindowId, Span)]) -> Self {
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
            along.person(person, &moved);
        }
        for session in &rota.sessions {
            let Some(span) = moved(session.span) else { continue };
            if session.locked {
                along.locked += 1;
                continue;
            }
            // Nobody has told the patients of the other day anything.
            let state = session.state.min(SessionState::ToPostpone);
            along.sessions.push(Session { span, state, ..session.clone() });
        }
        for assignment in rota.assignments.iter().filter(|a| a.status != Status::Declined) {
            let Some(span) = moved(assignment.span) else { continue };
            if assignment.locked {
                along.locked += 1;
                continue;
            }
            along.assignments.push(Assignment { span, status: Status::Proposed, ..assignment.clone() });
        }
        along
    }

    fn person(&mut self, person: &Person, moved: &impl Fn(Span) -> Option<Span>) {
        let mut after = person.clone();
        let (mut not_available, mut available) = (false, false);
        for said in &mut after.availability {
            let Some(span) = moved(said.span) else { continue };
            if said.is == Availability::NotAvailable {
                said.span = span;
                not_available = true;
            } else {
                available = true;
            }
        }
        for duty in &mut after.duties {
            if let Some(span) = moved(duty.span) {
                duty.span = span;
                self.duties += 1;
            }
        }
        self.not_available += usize::from(not_available);
        self.available += usize::from(available);
        if after != *person {
            self.people.push(after);
        }
    }

    /// Such as `14 people not available, 2 duties, 1 session, 3 blocks of cover`; empty where nothing moves.
    #[must_use]
    pub fn what(&self) -> String {
        let count = |number: usize, noun| (number > 0).then(|| words::count(number as u64, noun));
        let people = (self.not_available > 0).then(|| format!("{} not available", words::people(self.not_available)));
        let duties = match self.duties {
            0 => None,
            1 => Some("1 duty".to_owned()),
            many => Some(format!("{many} duties")),
        };
        let sessions = count(self.sessions.len(), "session");
        let blocks = count(self.assignments.len(), "block").map(|blocks| format!("{blocks} of cover"));
        [people, duties, sessions, blocks].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What stays on the old days all the same, one sentence each.
    #[must_use]
    pub fn stays(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.assignments.is_empty() {
            lines.push("Cover becomes Proposed: whoever agreed, agreed to the old day.".to_owned());
        }
        if self.available > 0 {
            let who = words::people(self.available);
            lines.push(format!("That {who} said they could come stays with the old days: ask again."));
        }
        if self.locked > 0 {
            lines.push(format!("Locked and left on the old days: {}.", self.locked));
        }
        lines
    }

    pub(super) fn changes(self) -> Vec<Change> {
        let people = self.people.into_iter().map(Change::replace);
        let sessions = self.sessions.into_iter().map(Change::replace);
        people.chain(sessions).chain(self.assignments.into_iter().map(Change::replace)).collect()
    }
}
