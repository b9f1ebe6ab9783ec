//! What it means to be covered: a pure function of the rota, one file for each rule.
//!
//! [`context`] follows the rota's references once; a rule ([`mod@rule`]) looks at one person, or at one unit in one window
//! ([`sweep`]), and says what it finds. Everything is judged under two sets of statuses: see [`context::Judged`].

mod blame;
mod accept;
mod code;
mod coverage;
mod finding;
mod folded;
mod gaps;
mod judged;
mod incremental;
mod lacking;
mod lines;
pub mod listed;
mod lookup;
mod need;
mod order;
mod pairs;
mod report;
mod said;
mod scope;
mod verdict_words;
pub mod context;
pub mod person;
pub mod person_work;
pub mod records;
pub mod rule;
pub mod spans;
pub mod spell;
pub mod sweep;
pub mod work;
mod touched;
mod who_could;
#[cfg(test)]
mod published_cases;
#[cfg(test)]
pub mod testing;

pub use accept::{Acceptances, acceptance, acceptance_key, can_be_accepted, hint, is_accepted, reasons};
pub use code::Code;
pub use context::Context;
pub use coverage::{coverage, coverage_in};
pub use finding::{
    Candidate, CoverStep, Elective, Finding, Gap, Lacking, Lacks, NotCounted, Obstacle, PostStep, Price, Report,
    Severity, UnitVerdict, Verdict,
};
pub use folded::{folded_into, is_of_time};
pub use gaps::{OpenGap, Place, count_gaps, empty_places};
pub use hours_in_7_days::MINUTES_MAX as MINUTES_IN_7_DAYS_MAX;
pub use incremental::Checker;
pub use listed::{LISTED_MAX, shortened_words};
pub use need_outlasts_window::outlasting_posts;
pub use person_work::{PersonWork, Rest, SpellWork, WindowWork, WorkItem, people_work, person_work};
pub use report::check;
pub use rule::{Family, Reach, Rule};
pub use verdict_words::{
    Awaited, VerdictWords, needs_answer, not_compared, not_compared_sentence, overall_words, stays_an_error, would_be,
};
pub use who_could::{are_equal, could, who_could};

rule::rules! {
    short_of_normal
    post_not_covered
    no_senior
    no_normal_staffing
    example_staffing
    could_move
    double_booked
    same_post_twice
    not_available
    out_of_scope
    lacks_competency
    session_still_running
    session_cannot_run
    duty_clash
    exclusive_post_shared
    short_rest
    after_on_call
    weekly_rest
    rest_after_nights
    long_spell
    hours_in_7_days
    runs
    break_uncovered
    no_handover
    need_outlasts_window
    bleep
    same_person_twice
    windows
    session
}
