//! The rota itself: its records, its time, and the only way to change it.
//!
//! Nothing here knows a file, a window or the clock. [`Rota`] is plain data; [`Command`] is every change that a
//! person can make to it, and [`History`] holds one rota together with the steps that can be undone and redone.

mod availability;
mod called;
mod change;
mod clock;
mod command;
mod fault;
mod history;
mod id;
pub mod names;
mod record;
mod rota;
mod size;
mod soundness;
mod time;
mod unsound;
pub mod words;

pub use change::{Change, ListChange, Refusal};
pub use clock::{Clock, Steady};
pub use command::{Command, Kind};
pub use fault::{FAULTS_MAX, Fault};
pub use history::{History, Step};
pub use id::{
    AssignmentId, CompetencyId, IdError, NormalId, PersonId, PostId, SessionId, TierId, UnitId, WindowId, random_id,
};
pub use record::Record;
pub use rota::{
    Acceptance, Assignment, Availability, Available, COUNT_MAX, Competency, Duty, DutyKind, Issue, LogEntry, MayCover,
    Normal, Person, Post, Properties, Rota, Rules, Session, SessionKind, SessionState, ShutHours, SignOff,
    StaffingLine, Status, Tier, Unit, Window,
};
pub use time::{Civil, Instant, Skipped, Span, TimeOfDay, YEARS, Zone};
pub use unsound::faults;
