//! Jobs on several cores at once, for the window and the command line alike.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

/// Does all the jobs on at most `cores_max` cores, this thread's among them, and returns when they are done.
pub fn work_on_all(jobs: Vec<Box<dyn FnOnce() + Send + '_>>, cores_max: usize) {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(cores_max).min(jobs.len());
    let queue = Mutex::new(VecDeque::from(jobs));
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let work = || {
        while let Some(job) = next() {
            job();
        }
    };
    thread::scope(|scope| {
        for core in 1..cores {
            // Where the system gives no thread, this one does it all.
            let _ = Builder::new().name(format!("planner's helper {core}")).spawn_scoped(scope, work);
        }
        work();
    });
}
