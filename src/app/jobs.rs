//! Work off the window's thread: the desk that gives out work on files and hears what came of it, the recovery, and a
//! thread for each dialog. Nothing here touches a disk, so nothing here can be held up by one.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::{Duration, Instant};

use crate::editor::{Answer, Moment, SaveFailure};
use crate::file::Disk;

use super::clock::now;
use super::files::{About, Files, Lane, Outcome, Task};
use super::job::{BROKE, Job, RecoveryJob};
use super::open_file::OpenFile;
use super::recovery::{Flush, KEEP_AFTER, Recovery};

/// What comes back from another thread.
pub(super) enum News {
    /// For the editor.
    Answer(Answer),
    /// Somebody was asked by the system whether to replace this file, and said yes.
    MayReplace(PathBuf),
}

/// Wakes the window when an answer has come.
pub(super) type Wake = Box<dyn Fn() + Send>;

/// How often and how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How often the open file is looked at, whatever else is done.
    pub look_every: Duration,
    /// After this, what a disk has not answered is told as not answered.
    pub answer_within: Duration,
    /// How long unsaved work waits for more of it.
    pub keep_after: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { look_every: Duration::from_secs(5), answer_within: Duration::from_secs(10), keep_after: KEEP_AFTER }
    }
}

/// Sends jobs out and takes answers in. Dropping it ends the threads after what they have been given, though not after
/// what a disk does not answer.
pub(super) struct Jobs {
    desk: Sender<In>,
    recovery: Sender<RecoveryJob>,
    /// Each of the two threads says here that it has ended.
    ended: Receiver<()>,
    threads: usize,
    sender: Sender<News>,
    news: Receiver<News>,
}

impl Jobs {
    /// Starts the threads: one disk for files, which may be anywhere, and one for the user's folder.
    ///
    /// Where the system gives no thread, the window still opens; whatever needs the disk then does nothing, and no
    /// save is ever said to be done.
    pub(super) fn start(
        files: Arc<dyn Disk>,
        own: Arc<dyn Disk>,
        dir: Option<PathBuf>,
        limits: Limits,
        wake: impl Fn() -> Wake,
    ) -> Self {
        let (to_desk, inbox) = channel();
        let (to_recovery, recovery_inbox) = channel();
        let (sender, news) = channel();
        let (ends, ended) = channel();
        let open = OpenFile::default();
        let line = |wake: Wake| ToWindow { out: sender.clone(), wake };
        let to_self = to_desk.clone();
        let for_files = Box::new(move |job| {
            // The desk ends last.
            let _ = to_self.send(In::Job(job));
        });
        let mut recovery = Recovery::new(own, dir, open.clone(), for_files);
        let desk = Desk {
            files: Files::new(files, open, to_recovery.clone()),
            to_self: to_desk.clone(),
            queue: VecDeque::new(),
            running: Vec::new(),
            look_due: None,
            number: 0,
            is_ending: false,
            limits,
            line: line(wake()),
        };
        let recovery_line = line(wake());
        let desk_ends = ends.clone();
        let desk = Builder::new().name("disk".to_owned()).spawn(move || {
            desk.run(&inbox);
            let _ = desk_ends.send(());
        });
        let recovery = Builder::new().name("recovery".to_owned()).spawn(move || {
            recovery.run(&recovery_inbox, limits.keep_after, &|answers| recovery_line.tell(answers));
            drop(recovery);
            let _ = ends.send(());
        });
        let threads = usize::from(desk.is_ok()) + usize::from(recovery.is_ok());
        Self { desk: to_desk, recovery: to_recovery, ended, threads, sender, news }
    }

    /// Gives out work on files: opening and saving one after another.
    pub(super) fn file(&self, job: Job) {
        // The desk ends only when this does.
        let _ = self.desk.send(In::Job(job));
    }

    /// Gives the recovery something to do, after all it was given before.
    pub(super) fn recovery(&self, job: RecoveryJob) {
        // The thread ends only when this does.
        let _ = self.recovery.send(job);
    }

    /// For whoever has to end the program.
    pub(super) fn flush(&self) -> Flush {
        Flush(self.recovery.clone())
    }

    /// Runs something that waits for a person, on a thread of its own.
    pub(super) fn wait_for(&self, name: &str, wake: Wake, wait: impl FnOnce() -> Vec<News> + Send + 'static) {
        let sender = self.sender.clone();
        let spawned = Builder::new().name(name.to_owned()).spawn(move || {
            for news in wait() {
                let _ = sender.send(news);
            }
            wake();
        });
        if let Err(error) = spawned {
            let why = format!("The operating system could not start a thread: {error}");
            let _ = self.sender.send(News::Answer(Answer::Trouble(why)));
        }
    }

    /// Where another thread sends what it has to tell.
    pub(super) fn sender(&self) -> Sender<News> {
        self.sender.clone()
    }

    /// What has come.
    pub(super) fn take(&self) -> Vec<News> {
        self.news.try_iter().collect()
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        let until = Instant::now() + Limits::default().answer_within;
        self.flush().now();
        let _ = self.recovery.send(RecoveryJob::End);
        let _ = self.desk.send(In::End);
        for _ in 0..self.threads {
            if self.ended.recv_timeout(until.saturating_duration_since(Instant::now())).is_err() {
                // A disk that does not answer is not waited for.
                return;
            }
        }
    }
}

/// Tells the window.
struct ToWindow {
    out: Sender<News>,
    wake: Wake,
}

impl ToWindow {
    fn tell(&self, answers: Vec<Answer>) {
        if answers.is_empty() {
            return;
        }
        for answer in answers {
            // Nobody listens any more only when the window is gone.
            let _ = self.out.send(News::Answer(answer));
        }
        (self.wake)();
    }
}

/// What comes to the desk.
enum In {
    Job(Job),
    /// Work with that number is done; none where the program broke at it.
    Done(u64, Option<Outcome>),
    End,
}

/// Work that is being done on a thread of its own.
struct Running {
    number: u64,
    about: About,
    since: Instant,
    began: Moment,
    /// It was told that there is no answer.
    is_late: bool,
}

/// Gives out the work on files, one after another where that matters, and knows what takes too long.
struct Desk {
    files: Files,
    to_self: Sender<In>,
    queue: VecDeque<Job>,
    running: Vec<Running>,
    /// When the open file is next looked at.
    look_due: Option<Instant>,
    number: u64,
    is_ending: bool,
    limits: Limits,
    line: ToWindow,
}

impl Desk {
    fn run(mut self, inbox: &Receiver<In>) {
        loop {
            self.tell_late();
            self.begin_next();
            self.begin_look();
            if self.is_ending && self.queue.is_empty() && !self.is_busy(Lane::Files) {
                return;
            }
            let next = match self.next_due() {
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(In::Job(job)) => self.take(job),
                Ok(In::Done(number, outcome)) => self.finish(number, outcome),
                Ok(In::End) => self.is_ending = true,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Whether that lane is taken by work that still has time.
    fn is_busy(&self, lane: Lane) -> bool {
        self.running.iter().any(|running| running.about.lane() == lane && !running.is_late)
    }

    fn next_due(&self) -> Option<Instant> {
        let limits = self.running.iter().filter(|running| !running.is_late);
        let limits = limits.map(|running| running.since + self.limits.answer_within);
        limits.chain(self.look_due.filter(|_| !self.is_looking())).min()
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Read { .. } | Job::Write(_) | Job::MakeFolder(_) => self.queue.push_back(job),
            beside => self.begin(beside),
        }
    }

    fn begin_next(&mut self) {
        while !self.is_busy(Lane::Files) {
            let Some(job) = self.queue.pop_front() else { return };
            if let Some(answer) = self.refused(&job) {
                self.line.tell(vec![answer]);
            } else {
                self.begin(job);
            }
        }
    }

    /// While the disk has not answered one save, another of the same file could come before it.
    fn refused(&self, job: &Job) -> Option<Answer> {
        let Job::Write(writing) = job else { return None };
        let before = self
            .running
            .iter()
            .find(|running| matches!(&running.about, About::Write { path, .. } if *path == writing.path))?;
        let result = Err(SaveFailure::NoAnswer { since: before.began });
        Some(Answer::FileWritten { path: writing.path.clone(), why: writing.why, state: writing.state, result })
    }

    fn begin(&mut self, job: Job) {
        if let Some((about, task)) = self.files.begin(job) {
            self.spawn(about, task);
        }
    }

    /// A look is begun when it is due, whatever else is done, but not while the one before has no answer.
    fn begin_look(&mut self) {
        let Some(open) = self.files.open() else {
            self.look_due = None;
            return;
        };
        let now = Instant::now();
        let due = *self.look_due.get_or_insert(now + self.limits.look_every);
        if now < due || self.is_looking_at(&open.real) {
            return;
        }
        self.look_due = Some(now + self.limits.look_every);
        if let Some((about, task)) = self.files.begin_look() {
            self.spawn(about, task);
        }
    }

    fn is_looking(&self) -> bool {
        self.files.open().is_some_and(|open| self.is_looking_at(&open.real))
    }

    fn is_looking_at(&self, real: &Path) -> bool {
        self.running.iter().any(|running| matches!(&running.about, About::Look(open) if open.real == real))
    }

    fn spawn(&mut self, about: About, task: Task) {
        self.number += 1;
        let (number, done) = (self.number, self.to_self.clone());
        let (at, second) = now();
        let began = Moment { at, second };
        let spawned = Builder::new().name("disk at work".to_owned()).spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(task)).ok();
            // The desk may have ended, and the program with it.
            let _ = done.send(In::Done(number, outcome));
        });
        match spawned {
            Ok(_) => self.running.push(Running { number, about, since: Instant::now(), began, is_late: false }),
            Err(error) => {
                self.line.tell(self.files.broke(
                    &about,
                    &format!("the operating system could not start a thread, {error}"),
                    began,
                ));
            }
        }
    }

    fn finish(&mut self, number: u64, outcome: Option<Outcome>) {
        let Some(at) = self.running.iter().position(|running| running.number == number) else { return };
        let running = self.running.remove(at);
        if running.is_late && !running.about.is_told_late() {
            return;
        }
        let answers = match outcome {
            Some(outcome) => self.files.finish(running.about, outcome),
            None => self.files.broke(&running.about, BROKE, running.began),
        };
        self.line.tell(answers);
    }

    /// Whatever has taken too long is told, and not waited for any more.
    fn tell_late(&mut self) {
        let now = Instant::now();
        let limit = self.limits.answer_within;
        for running in self.running.iter_mut().filter(|r| !r.is_late && now >= r.since + limit) {
            running.is_late = true;
            self.line.tell(self.files.no_answer(&running.about, running.began));
        }
    }
}
