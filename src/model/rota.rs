//! The records of a rota, in the words of `docs/file-format.md`, as plain data.

use super::id::{AssignmentId, CompetencyId, NormalId, PersonId, PostId, SessionId, TierId, UnitId, WindowId};
use super::time::{Instant, Span, TimeOfDay, Zone};

/// The largest count of anything: doctors in a staffing line, appointments in a session.
pub const COUNT_MAX: u32 = 100_000;

/// Everything that one walkout rota says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// Title, hospital, region, zone, and the words for those expected to be absent.
    pub properties: Properties,
    /// The walkout windows.
    pub windows: Vec<Window>,
    /// What a post can require and a person can have.
    pub competencies: Vec<Competency>,
    /// The units to be covered, with their tiers.
    pub units: Vec<Unit>,
    /// The posts to be filled.
    pub posts: Vec<Post>,
    /// Normal staffing, by kind of day.
    pub normals: Vec<Normal>,
    /// Everybody who could cover.
    pub people: Vec<Person>,
    /// Elective work.
    pub sessions: Vec<Session>,
    /// Who covers which post when.
    pub assignments: Vec<Assignment>,
    /// Warnings and infos that somebody has looked at and accepted.
    pub accepted: Vec<Acceptance>,
    /// Who signed off which unit and window.
    pub sign_offs: Vec<SignOff>,
    /// What was given out.
    pub issued: Vec<Issue>,
    /// What was done, newest last.
    pub log: Vec<LogEntry>,
}

/// What the rota is called and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// As on the print.
    pub title: String,
    /// The hospital's name.
    pub hospital: String,
    /// Empty if none.
    pub region: String,
    /// Civil times are times there.
    pub zone: Zone,
    /// The words shown for staff expected to be absent.
    pub absent_group: String,
}

/// A stretch of the walkout that is compared with one kind of normal day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub id: WindowId,
    /// Such as "Day 1".
    pub label: String,
    /// When it is.
    pub span: Span,
    /// What it is compared with.
    pub normal: NormalId,
}

/// Something that a post can require.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    pub id: CompetencyId,
    /// Such as "Resus lead".
    pub name: String,
}

/// A place that has to be covered, such as A&E.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    /// Such as "A&E".
    pub name: String,
    /// Lowest first; never empty in a sound rota.
    pub tiers: Vec<Tier>,
    /// Somebody who may cover this tier or above must be present.
    pub senior_from: Option<TierId>,
    /// The times of day at which one person may hand over to another inside a window.
    pub handovers: Vec<TimeOfDay>,
    /// What to do when nobody answers.
    pub escalation: String,
}

impl Unit {
    /// A unit with these grades, that nobody hands over in.
    pub fn new(id: UnitId, name: impl Into<String>, tiers: Vec<Tier>) -> Self {
        Self { id, name: name.into(), tiers, senior_from: None, handovers: Vec::new(), escalation: String::new() }
    }
}

/// A level of seniority within one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Its id, unique within the unit.
    pub id: TierId,
    /// Such as "Middle grade".
    pub name: String,
}

/// A job to be held, such as "Majors middle grade".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub id: PostId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// As on the grid.
    pub name: String,
    /// One of the unit's tiers.
    pub tier: TierId,
    /// The bleep goes with the post, not with the person.
    pub bleep: String,
    /// What whoever holds it must be able to do.
    pub requires: Vec<CompetencyId>,
    /// Marked essential; see also [`Post::is_essential`].
    pub essential: bool,
    /// Whoever holds it may do nothing else at the same time.
    pub exclusive: bool,
    /// Held from home: not presence.
    pub on_call: bool,
    /// Free text.
    pub note: String,
}

impl Post {
    /// A post of a unit that asks for nothing but its tier.
    pub fn new(id: PostId, unit: UnitId, tier: TierId, name: impl Into<String>) -> Self {
        Self {
            id,
            unit,
            name: name.into(),
            tier,
            bleep: String::new(),
            requires: Vec::new(),
            essential: false,
            exclusive: false,
            on_call: false,
            note: String::new(),
        }
    }
}

/// Who is there on one kind of normal day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    pub id: NormalId,
    /// Such as "Normal weekday".
    pub name: String,
    /// Who agreed that this is normal.
    pub agreed_by: String,
    /// When, as written.
    pub agreed_on: String,
    /// Units that do not open on such a day.
    pub closed: Vec<UnitId>,
    /// Hours in which nobody is normally in a unit, on purpose.
    pub shut: Vec<ShutHours>,
    /// Figures that nobody has made their own yet: nothing compared with them is ever covered.
    pub example: bool,
    /// Lines of one post add up.
    pub staffing: Vec<StaffingLine>,
}

impl Normal {
    /// A kind of normal day on which nobody is needed.
    pub fn new(id: NormalId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            agreed_by: String::new(),
            agreed_on: String::new(),
            closed: Vec::new(),
            shut: Vec::new(),
            example: false,
            staffing: Vec::new(),
        }
    }
}

/// Hours in which nobody is normally in a unit, past midnight where `to` is at or before `from`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShutHours {
    pub unit: UnitId,
    /// From this time of day.
    pub from: TimeOfDay,
    /// Until this time of day.
    pub to: TimeOfDay,
}

/// So many doctors on a post between two times of day, past midnight where `to` is at or before `from`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffingLine {
    pub post: PostId,
    /// From this time of day.
    pub from: TimeOfDay,
    /// Until this time of day.
    pub to: TimeOfDay,
    /// How many doctors, at most [`COUNT_MAX`].
    pub count: u32,
}

/// Somebody who could cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
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
    /// Telephone number, as typed.
    pub phone: String,
    /// Which working-time limits apply.
    pub rules: Rules,
    /// At most one for each unit.
    pub may_cover: Vec<MayCover>,
    /// What the person can do.
    pub competencies: Vec<CompetencyId>,
    /// Where `availability` says nothing.
    pub usually: Availability,
    /// Stretches that may overlap: not available beats not known beats available.
    pub availability: Vec<Available>,
    /// Other work.
    pub duties: Vec<Duty>,
}

impl Person {
    /// Somebody of whom nothing is known but the initials.
    pub fn new(id: PersonId, initials: impl Into<String>) -> Self {
        Self {
            id,
            initials: initials.into(),
            family: String::new(),
            given: String::new(),
            grade: String::new(),
            specialty: String::new(),
            phone: String::new(),
            rules: Rules::Wtr,
            may_cover: Vec::new(),
            competencies: Vec::new(),
            usually: Availability::NotKnown,
            availability: Vec::new(),
            duties: Vec::new(),
        }
    }
}

/// Which working-time limits apply to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rules {
    /// Working Time Regulations 1998.
    Wtr,
    /// The same, where less rest is owed back: consultants and SAS doctors.
    Compensatory,
    /// The junior doctors' contract as issued in 2016.
    Trainee2016,
    /// The same as changed in 2019.
    Trainee2019,
    /// The New Deal contract before it.
    NewDeal,
}

/// Up to which tier somebody may cover a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MayCover {
    pub unit: UnitId,
    /// The highest tier.
    pub up_to: TierId,
    /// These posts of the unit and no others; empty for all of them.
    pub only: Vec<PostId>,
}

impl MayCover {
    /// Every post of the unit up to that tier.
    pub fn up_to(unit: UnitId, up_to: TierId) -> Self {
        Self { unit, up_to, only: Vec::new() }
    }
}

/// All that planning needs to know of somebody's plans, on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Availability {
    /// Can be asked.
    Available,
    /// Nobody has said.
    NotKnown,
    /// Cannot be here.
    NotAvailable,
}

/// Availability over one stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Available {
    pub span: Span,
    pub is: Availability,
}

/// Other work of one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duty {
    pub span: Span,
    /// At work, on call from home, or elsewhere.
    pub kind: DutyKind,
    /// Such as "Night on call".
    pub label: String,
}

/// What a duty binds somebody to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyKind {
    /// At work.
    Resident,
    /// On call from home.
    OnCall,
    /// Elsewhere, cannot be here.
    Other,
}

/// Elective work that stops if any one of its team is taken for cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    /// Clinic, theatre list, …
    pub kind: SessionKind,
    /// Such as "Fracture clinic".
    pub title: String,
    /// Such as "Orthopaedics".
    pub specialty: String,
    pub span: Span,
    /// Everybody without whom it cannot run.
    pub team: Vec<PersonId>,
    /// Outpatient appointments.
    pub appointments: u32,
    /// Inpatient operations.
    pub inpatient: u32,
    /// Day-case operations.
    pub day_case: u32,
    /// Must not be postponed if there is any other way.
    pub protected: bool,
    /// Whether it runs.
    pub state: SessionState,
    /// Keeps the planner's hands off it.
    pub locked: bool,
    /// Free text.
    pub note: String,
}

impl Session {
    /// A session that runs, without team or patients.
    pub fn new(id: SessionId, kind: SessionKind, title: impl Into<String>, span: Span) -> Self {
        Self {
            id,
            kind,
            title: title.into(),
            specialty: String::new(),
            span,
            team: Vec::new(),
            appointments: 0,
            inpatient: 0,
            day_case: 0,
            protected: false,
            state: SessionState::Running,
            locked: false,
            note: String::new(),
        }
    }
}

/// What kind of elective work a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKind {
    /// Outpatient clinic.
    Clinic,
    /// Theatre list.
    Theatre,
    /// Day-case list.
    DayCase,
    /// Anything else.
    Other,
}

/// Whether a session runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionState {
    /// Goes ahead.
    Running,
    /// Proposed for postponement: nobody has been told.
    ToPostpone,
    /// Postponed: patients are told.
    Postponed,
}

/// One person on one post for one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub id: AssignmentId,
    pub post: PostId,
    pub person: PersonId,
    pub span: Span,
    /// How far the person has agreed.
    pub status: Status,
    /// Keeps the planner's hands off it.
    pub locked: bool,
    /// Free text.
    pub note: String,
}

impl Assignment {
    /// Somebody put on a post, and not asked.
    pub fn new(id: AssignmentId, post: PostId, person: PersonId, span: Span) -> Self {
        Self { id, post, person, span, status: Status::Proposed, locked: false, note: String::new() }
    }
}

/// How far a person has agreed to an assignment. Only Agreed counts as cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Entered, not asked.
    Proposed,
    /// Asked, no answer yet.
    Asked,
    Agreed,
    /// Asked and refused: remembered, never counts.
    Declined,
}

impl Status {
    /// Somebody has been asked to be there then, and may have agreed: another post or time has to be asked for again.
    pub const fn is_asked_or_agreed(self) -> bool {
        matches!(self, Self::Asked | Self::Agreed)
    }
}

/// A warning or info that somebody has looked at and accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Acceptance {
    /// The rule's code, such as "RST-1".
    pub code: String,
    /// Everything the finding depends on: void when that changes.
    pub about: String,
    /// Who accepted.
    pub by: String,
    pub at: Instant,
    pub reason: String,
}

/// A signature under one unit and window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    pub unit: UnitId,
    pub window: WindowId,
    /// Who signed.
    pub by: String,
    /// As what.
    pub role: String,
    pub at: Instant,
    /// Over everything the verdict depends on.
    pub digest: String,
}

/// A version that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// 1 for the first.
    pub number: u32,
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Full copies.
    pub assignments: Vec<Assignment>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogEntry {
    pub at: Instant,
    /// By whom.
    pub by: String,
    pub text: String,
}

impl Rota {
    /// A rota with nothing in it.
    pub fn empty() -> Self {
        Self {
            properties: Properties {
                title: String::new(),
                hospital: String::new(),
                region: String::new(),
                zone: Zone::LONDON,
                absent_group: "junior doctors".to_owned(),
            },
            windows: Vec::new(),
            competencies: Vec::new(),
            units: Vec::new(),
            posts: Vec::new(),
            normals: Vec::new(),
            people: Vec::new(),
            sessions: Vec::new(),
            assignments: Vec::new(),
            accepted: Vec::new(),
            sign_offs: Vec::new(),
            issued: Vec::new(),
            log: Vec::new(),
        }
    }

    /// The zone that civil times are in.
    pub fn zone(&self) -> Zone {
        self.properties.zone
    }
}

impl Unit {
    /// The tier's place, 0 for the lowest.
    pub fn tier_index(&self, tier: &TierId) -> Option<usize> {
        self.tiers.iter().position(|t| t.id == *tier)
    }
}

impl Post {
    /// Marked essential, or requiring a competency.
    pub fn is_essential(&self) -> bool {
        self.essential || !self.requires.is_empty()
    }
}

impl Person {
    /// Family name in capitals and given name, as in lists.
    pub fn full_name(&self) -> String {
        match (self.family.is_empty(), self.given.is_empty()) {
            (_, true) => self.family.clone(),
            (true, _) => self.given.clone(),
            _ => format!("{}, {}", self.family, self.given),
        }
    }
}

impl Rules {
    /// Trainees have limits that block; for the others the same limits only warn.
    pub fn is_trainee(self) -> bool {
        matches!(self, Self::Trainee2016 | Self::Trainee2019 | Self::NewDeal)
    }
}

impl Session {
    /// Operations, inpatient and day case.
    pub fn operations(&self) -> u32 {
        self.inpatient + self.day_case
    }
}
