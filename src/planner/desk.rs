//! What a planner is given from outside: how long it may work, whether to stop, and who wants to know how far it is.

use std::time::Duration;

use super::objective::Objective;

/// The clock, the Stop button and the second core, which the planner itself does not know.
pub trait Desk: Sync {
    /// How long the planner may still work; nothing once it is to stop.
    fn time_left(&self) -> Duration;

    /// Told whenever something better is known.
    fn progress(&self, progress: &Progress);

    /// Runs all the jobs, at once if it can; returns when all are done.
    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>);
}

/// How far the planner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What the best plan so far comes to in objectives 1 to 7.
    pub best: [i64; Objective::PROVEN],
    /// No plan is below these.
    pub bound: [i64; Objective::PROVEN],
    /// Parts solved.
    pub parts_done: usize,
    /// Parts in all, as far as is known.
    pub parts: usize,
}

/// A desk that keeps some of the time in reserve for what comes after the search.
pub(super) struct WithReserve<'a> {
    desk: &'a dyn Desk,
    reserve: Duration,
}

impl<'a> WithReserve<'a> {
    /// Keeps a tenth of the time that is left, at most a second.
    pub(super) fn new(desk: &'a dyn Desk) -> Self {
        Self { desk, reserve: (desk.time_left() / 10).min(Duration::from_secs(1)) }
    }

    /// Whether half of the reserve is used up: then nothing more is repaired or filled.
    pub(super) fn is_late(&self) -> bool {
        self.desk.time_left() < self.reserve / 2
    }
}

impl Desk for WithReserve<'_> {
    fn time_left(&self) -> Duration {
        self.desk.time_left().saturating_sub(self.reserve)
    }

    fn progress(&self, progress: &Progress) {
        self.desk.progress(progress);
    }

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        self.desk.all(jobs);
    }
}

/// A desk without a clock: the planner works until it has finished, one job after the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDeadline;

impl Desk for NoDeadline {
    fn time_left(&self) -> Duration {
        Duration::MAX
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        for job in jobs {
            job();
        }
    }
}
