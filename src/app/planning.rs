//! The planner at work off the window's thread: a clock, a Stop button and a second core.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::thread::{self, Builder};
use std::time::{Duration, Instant};

use crate::editor::Answer;
use crate::model::Rota;
use crate::planner::{Desk, Progress, Scope, try_plan};

use super::cores::work_on_all;
use super::jobs::{News, Wake};

/// How often the window is told how far the planner is, at most.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Cover to be looked for.
pub(super) struct PlanJob {
    /// Comes back in the answers.
    pub job: u64,
    pub rota: Arc<Rota>,
    /// What may be filled and changed.
    pub scope: Scope,
    /// How long, at the most.
    pub seconds: u32,
}

/// The planner that works now, if one does.
#[derive(Default)]
pub(super) struct Planning {
    now: Option<(u64, Arc<AtomicBool>)>,
}

impl Planning {
    /// Begins a job on a thread of its own; the one before is told to stop.
    pub(super) fn start(&mut self, job: PlanJob, send: Sender<News>, wake: Wake) {
        self.stop_all();
        let stop = Arc::new(AtomicBool::new(false));
        self.now = Some((job.job, Arc::clone(&stop)));
        let number = job.job;
        let failed = send.clone();
        let spawned = Builder::new().name("planner".to_owned()).spawn(move || work(&job, stop, send, wake));
        if let Err(error) = spawned {
            let why = format!("The operating system could not start a thread: {error}");
            // Nobody listens any more only when the window is gone.
            let _ = failed.send(News::Answer(Answer::PlanFailed { job: number, why }));
        }
    }

    /// Tells a job to bring the best it has.
    pub(super) fn stop(&self, job: u64) {
        if let Some((_, stop)) = self.now.as_ref().filter(|(now, _)| *now == job) {
            stop.store(true, Ordering::Relaxed);
        }
    }

    fn stop_all(&self) {
        if let Some((_, stop)) = &self.now {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Planning {
    fn drop(&mut self) {
        self.stop_all();
    }
}

fn work(job: &PlanJob, stop: Arc<AtomicBool>, send: Sender<News>, wake: Wake) {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(job.seconds.into());
    let line = Mutex::new(ToWindow { send, wake, told: None });
    let desk = ClockDesk { job: job.job, begun, until, stop, line };
    // A defect of the planner must not leave the window waiting.
    let answer = thread::scope(|scope| {
        let planner = Builder::new().name("planner at work".to_owned());
        let spawned = planner.spawn_scoped(scope, || try_plan(&job.rota, &job.scope, &desk));
        let failed = |why: String| Answer::PlanFailed { job: job.job, why };
        match spawned.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(Ok(plan))) => Answer::Planned { job: job.job, plan: Box::new(plan), millis: millis_since(begun) },
            Ok(Ok(Err(why))) => failed(why.to_string()),
            Ok(Err(_)) => failed("The planner stopped because of a fault in this program".to_owned()),
            Err(error) => failed(format!("The operating system could not start a thread: {error}")),
        }
    });
    desk.say(answer);
}

fn millis_since(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// What the window hears.
struct ToWindow {
    send: Sender<News>,
    wake: Wake,
    /// When it last heard how far it is.
    told: Option<Instant>,
}

/// The planner's desk in the window's program.
struct ClockDesk {
    job: u64,
    begun: Instant,
    until: Instant,
    stop: Arc<AtomicBool>,
    line: Mutex<ToWindow>,
}

impl ClockDesk {
    fn say(&self, answer: Answer) {
        let line = self.line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let _ = line.send.send(News::Answer(answer));
        (line.wake)();
    }
}

impl Desk for ClockDesk {
    fn time_left(&self) -> Duration {
        if self.stop.load(Ordering::Relaxed) {
            Duration::ZERO
        } else {
            self.until.saturating_duration_since(Instant::now())
        }
    }

    fn progress(&self, progress: &Progress) {
        let is_due = {
            let mut line = self.line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let is_due = line.told.is_none_or(|told| told.elapsed() >= TELL_EVERY);
            if is_due {
                line.told = Some(Instant::now());
            }
            is_due
        };
        if is_due {
            self.say(Answer::PlanProgress { job: self.job, progress: *progress, millis: millis_since(self.begun) });
        }
    }

    fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
        // The window needs a core too.
        work_on_all(jobs, 2);
    }
}
