//! Who covers, and what it costs: the plan that closes the gaps of a rota while postponing the least.
//!
//! - The rota is read into plain numbers, each a place in one kind of list: [`facts`], [`reading`], [`index`].
//! - They are written as an integer programme: [`model`], [`formulation`], [`supply`].
//! - It is solved exactly, component by component, one objective after the other in the order of `docs/planner.md`
//!   (lexicographic optimisation by branch and bound): [`solve`], [`components`], [`lexicographic`], and [`solver`], the
//!   one place that knows the solver library.
//! - Hours and rest come in as lazy constraints ([`lazy_rows`]), as columns of a set partitioning ([`patterns`]), or as
//!   rows for long rests ([`rests`]), or are repaired by hand ([`repair`]).
//! - What need not be proven gets a counted amount of work: ejection chains for as few people to ask as possible
//!   ([`fewest`], [`ejection_chains`], [`fewest_bound`]), a short search ([`simplify`]) and local search ([`polish`]).
//! - The figures of the finished plan are counted from the plan, not from the model: [`figures`], [`cover`]. What remains
//!   short is explained: [`gaps`], [`causes`].
//!
//! Pure and repeatable: no clock but the [`Desk`]'s, and the same plan for the same rota when no deadline strikes. No
//! code is shared with the checker, which judges every plan in the tests, but for what is the same name.
//!
//! Where the rules of `docs/planner.md` leave a choice, its section "Readings" says what is done.

mod causes;
mod components;
mod cover;
mod desk;
mod draft;
mod ejection_chains;
mod facts;
mod fatigue;
mod fewest;
mod fewest_bound;
mod figures;
mod fitting;
mod fixed_work;
mod formulation;
mod gaps;
mod holes;
mod index;
mod lazy_rows;
mod lexicographic;
mod limits;
mod misfit;
mod model;
mod objective;
mod part;
mod patterns;
mod plan;
mod polish;
mod prices;
mod proof;
mod reading;
mod reason;
mod rebase;
mod repair;
mod rests;
mod scope;
mod simplify;
mod solve;
mod solver;
mod spans;
mod splitter;
mod stints;
mod supply;

pub use desk::{Desk, NoDeadline, Progress};
pub use fatigue::night_before;
pub use fitting::Fitting;
pub use gaps::{Gap, Release, WhyNot};
pub use limits::TooLarge;
pub use misfit::Misfit;
pub use objective::{Objective, Values};
pub use part::{Part, SuggestedChange, settle, tick};
pub use plan::{Figure, Plan, plan, try_plan};
pub use prices::{Bought, UnitPrice};
pub use reason::Reason;
pub use scope::Scope;
