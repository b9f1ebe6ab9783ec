//! What can be taken away together with what refers to it.

use crate::model::{NormalId, PersonId, PostId, SessionId, UnitId};

/// A record to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removed {
    /// A unit and its posts.
    Unit(UnitId),
    /// A post and what is on it.
    Post(PostId),
    /// A person and what they hold.
    Person(PersonId),
    Sessions(Vec<SessionId>),
    /// Normal staffing.
    Normal(NormalId),
}
