//! A session: elective work that stops if any one of its team is taken for cover.

use crate::model::{PersonId, SessionId, SessionKind, SessionState};

use super::field::SpanFields;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDraft {
    /// None if it is new.
    pub id: Option<SessionId>,
    /// Clinic, theatre list, …
    pub kind: SessionKind,
    /// Such as "Fracture clinic".
    pub title: String,
    /// Such as "Orthopaedics".
    pub specialty: String,
    /// When.
    pub when: SpanFields,
    /// Everybody without whom it cannot run.
    pub team: Vec<PersonId>,
    /// Initials or a name, to add to the team.
    pub add_to_team: String,
    /// Outpatient appointments, as typed.
    pub appointments: String,
    /// Inpatient operations, as typed.
    pub inpatient: String,
    /// Day-case operations, as typed.
    pub day_case: String,
    /// Must not be postponed if there is any other way.
    pub protected: bool,
    /// Whether it runs.
    pub state: SessionState,
    /// Why a protected session does not run; kept in the log.
    pub reason: String,
    /// Keeps the planner's hands off it.
    pub locked: bool,
    /// Free text.
    pub note: String,
}
