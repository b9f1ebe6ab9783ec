//! A person: name, scope by unit, competencies, availability and duties.

use crate::model::{Availability, CompetencyId, DutyKind, PersonId, Rules, TierId, UnitId};

use super::super::selection::CellRange;
use super::field::SpanFields;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDraft {
    /// None if it is somebody new.
    pub id: Option<PersonId>,
    /// What is typed into cells.
    pub initials: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Such as "Consultant".
    pub grade: String,
    /// Such as "Emergency medicine".
    pub specialty: String,
    /// As typed.
    pub phone: String,
    /// Which working-time limits apply.
    pub rules: Rules,
    /// One row for each unit of the rota.
    pub may_cover: Vec<ScopeRow>,
    /// What the person can do.
    pub competencies: Vec<CompetencyId>,
    /// Where `availability` says nothing.
    pub usually: Availability,
    /// Stretches of time.
    pub availability: Vec<AvailableRow>,
    /// Other work.
    pub duties: Vec<DutyRow>,
    /// The cells that unknown initials were typed into: OK puts the person there too.
    pub then_place: Option<CellRange>,
}

/// Up to which tier the person may cover one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRow {
    /// The unit.
    pub unit: UnitId,
    /// None: not at all.
    pub up_to: Option<TierId>,
}

/// Availability over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailableRow {
    /// When.
    pub when: SpanFields,
    /// What.
    pub is: Availability,
}

/// Other work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// When.
    pub when: SpanFields,
    /// At work, on call from home, or elsewhere.
    pub kind: DutyKind,
    /// Such as "Night on call".
    pub label: String,
}
