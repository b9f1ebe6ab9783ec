//! What the editor is told of the world: the time, who sits there, and chance for new ids.

use std::time::Duration;

use crate::model::{AssignmentId, Instant, PersonId, Zone};

/// The world at the time of one action.
pub struct Env<'a> {
    /// The minute it is.
    pub now: Instant,
    /// The second of that minute.
    pub second: u8,
    /// How long the program has run, by a clock that nobody can set: for whatever waits.
    pub running: Duration,
    /// Who is signed in to the computer, as in "j.harris".
    pub user: &'a str,
    /// Random bits for ids.
    pub random: &'a mut dyn FnMut() -> u128,
}

/// A moment to the second, as shown beside "Saved".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The minute.
    pub at: Instant,
    pub second: u8,
}

impl Moment {
    /// Such as `07:42:10`.
    pub fn clock(self, zone: Zone) -> String {
        format!("{}:{:02}", zone.time_of_day(self.at), self.second)
    }
}

impl Env<'_> {
    /// Now, to the second.
    pub fn moment(&self) -> Moment {
        Moment { at: self.now, second: self.second }
    }

    /// Random bits.
    pub fn random(&mut self) -> u128 {
        (self.random)()
    }

    /// A new id for an assignment.
    pub fn assignment_id(&mut self) -> AssignmentId {
        AssignmentId::random(self.random())
    }

    /// A new id for a person.
    pub fn person_id(&mut self) -> PersonId {
        PersonId::random(self.random())
    }
}
