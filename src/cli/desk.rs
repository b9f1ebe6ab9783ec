//! The clock and the cores that the command line gives to the planner.

use std::time::{Duration, Instant};

use crate::app::cores::work_on_all;
use crate::planner::{Desk, Progress};

/// Works until a time, on so many cores at once.
pub(super) struct Bench {
    begun: Instant,
    allowed: Duration,
}

/// More would not help: a rota falls into few parts of weight.
const CORES_MAX: usize = 8;

impl Bench {
    /// Allows so much time from now on.
    pub(super) fn for_up_to(allowed: Duration) -> Self {
        Self { begun: Instant::now(), allowed }
    }

    /// How long it has been.
    pub(super) fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Desk for Bench {
    fn time_left(&self) -> Duration {
        self.allowed.saturating_sub(self.elapsed())
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        work_on_all(jobs, CORES_MAX);
    }
}
