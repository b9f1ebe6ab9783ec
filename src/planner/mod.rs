//! Who covers, and what it costs: the plan that closes the gaps of a rota while postponing the least.
//!
//! The rota is read into plain numbers ([`facts`]), written as a mathematical model ([`model`]), and solved exactly,
//! one objective after the other in the order of `docs/planner.md` ([`solve`]), through one small trait ([`solver`]).
//! What need not be proven is then polished with a counted amount of work ([`polish`]). The figures of the finished
//! plan are counted from the plan, not from the model ([`figures`]); what remains short is explained ([`reasons`]).
//!
//! Pure and repeatable: no clock but the [`Desk`]'s, and the same plan for the same rota when no deadline strikes. No
//! code is shared with the checker, which judges every plan in the tests, but for what is the same name.
//!
//! Where the rules of `docs/planner.md` leave a choice:
//! - Two records of one name never hold anything at once (DAT-1). A duty of any kind, on call too, keeps its person from
//!   a post held from home, and nobody holds two posts from home at once. A session is postponed for a post held from
//!   home as for any other; whoever is kept on one counts there whether a session of theirs runs or not.
//! - A Proposed assignment that its person cannot keep is dropped, even if the rota then looks worse.
//! - Under trainee rules nothing is proposed either in a run that is too long, or beside a rest after nights or long days
//!   that is too short; and no session is put back, or taken out of a spell that is too long, where that would be an
//!   error there was not.
//! - Cover is new until its person is Asked, also where it was Proposed before. A hole, as short stints have it, goes on
//!   from one window into the next.
//! - A staffing line of 24 hours has an edge, and so a cut, at its hour, although nothing changes there.
//! - Of a part of the rota, a session comes back only if somebody of its team has or could have a place in that part
//!   meanwhile; one is not postponed only for people on posts that nobody asked about.

mod at_least;
mod chains;
mod causes;
mod cover;
mod desk;
mod draft;
mod facts;
mod fatigue;
mod fewest;
mod figures;
mod fitting;
mod fixed_work;
mod holes;
mod limits;
mod model;
mod objective;
mod part;
mod plan;
mod polish;
mod proof;
mod reasons;
mod rebase;
mod repair;
mod rests;
mod scope;
mod solve;
mod solver;
mod stints;
mod tired;
mod ways;

pub use desk::{Desk, Patient, Progress};
pub use facts::Reason;
pub use fatigue::night_before;
pub use fitting::Fitting;
pub use objective::{Objective, Values};
pub use part::{Item, Part, settle, tick};
pub use plan::{Bought, Figure, Plan, UnitPrice, plan, try_plan};
pub use reasons::{Gap, WhyNot};
pub use scope::Scope;
