//! What it means to be covered: a pure function of the rota, one file for each rule.

mod code;
mod finding;

pub use code::Code;
pub use finding::{
    Candidate, CoverStep, Elective, Finding, Gap, NotCounted, Obstacle, PostStep, Price, Report, Severity, UnitVerdict,
    Verdict,
};
