//! The clock and the cores that the command line gives to the planner.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

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
    pub fn for_up_to(allowed: Duration) -> Self {
        Self { begun: Instant::now(), allowed }
    }

    /// How long it has been.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }
}

impl Desk for Bench {
    fn time_left(&self) -> Duration {
        self.allowed.saturating_sub(self.elapsed())
    }

    fn progress(&self, _: &Progress) {}

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        let cores = thread::available_parallelism().map_or(1, usize::from).min(CORES_MAX).min(jobs.len());
        let jobs = Mutex::new(jobs.into_iter());
        let next = || jobs.lock().ok().and_then(|mut jobs| jobs.next());
        thread::scope(|scope| {
            for core in 1..cores {
                let work = || {
                    while let Some(job) = next() {
                        job();
                    }
                };
                // A thread that cannot be had is done without.
                _ = thread::Builder::new().name(format!("plan-{core}")).spawn_scoped(scope, work);
            }
            while let Some(job) = next() {
                job();
            }
        });
    }
}
