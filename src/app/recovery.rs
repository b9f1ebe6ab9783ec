//! Unsaved work, kept in the user's data folder: on a thread and a disk of its own, so that nothing else holds it up.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant as Clock};

use thiserror::Error;

use crate::editor::{Answer, Moment, RecentFile};
use crate::file::{self, Disk, Faults, Header, KeptCopy, KeptNote, SaveRefused, Since};
use crate::model::Instant;

use super::clock::{now, random};
use super::job::{BROKE, Job, RecoveryJob, Work};
use super::open_file::OpenFile;
use super::session::{Session, is_alive, sweep_sessions};
use super::settings_file;
use super::store::{self, kept_work, opened_file, seconds};

/// So long unsaved work may wait for more of it. With the writing it is then less than five seconds behind.
pub(super) const KEEP_AFTER: Duration = Duration::from_secs(2);

/// So long somebody who has to end waits for the work to be kept.
const FLUSH_MAX: Duration = Duration::from_secs(5);

/// Lets work be kept at once, from any thread: by whoever has to end the program.
#[derive(Debug, Clone)]
pub(super) struct Flush(pub Sender<RecoveryJob>);

impl Flush {
    /// Waits until all work is kept, though not for ever.
    pub(super) fn now(&self) {
        let (done, is_done) = channel();
        if self.0.send(RecoveryJob::Flush(done)).is_ok() {
            // Whether it is done or cannot be, there is nothing more to be waited for.
            let _ = is_done.recv_timeout(FLUSH_MAX);
        }
    }
}

/// Why unsaved work is not kept.
#[derive(Debug, Error)]
enum NotKept {
    #[error("your account has no folder for it")]
    NoFolder,
    #[error("{}", .0.reason())]
    Refused(#[from] SaveRefused),
}

/// Where unsaved work is kept.
pub(super) struct Recovery {
    disk: Arc<dyn Disk>,
    dir: Option<PathBuf>,
    open: OpenFile,
    session: Session,
    /// Where unsaved work of this run is kept now.
    kept: Option<PathBuf>,
    /// How much was set aside in this run.
    set_aside: usize,
    /// Work on files, which may be on another disk.
    files: Box<dyn Fn(Job) + Send>,
}

impl Recovery {
    /// In that folder, if the user has one.
    pub(super) fn new(
        disk: Arc<dyn Disk>,
        dir: Option<PathBuf>,
        open: OpenFile,
        files: Box<dyn Fn(Job) + Send>,
    ) -> Self {
        let session = Session::begin(dir.as_deref());
        Self { disk, dir, open, session, kept: None, set_aside: 0, files }
    }

    /// Does jobs until it is told to end. Work that is to be kept waits a little for more of it, by a clock that
    /// nobody can set, and is written at the end.
    pub(super) fn run(&mut self, inbox: &Receiver<RecoveryJob>, keep_after: Duration, tell: &dyn Fn(Vec<Answer>)) {
        let mut waiting: Option<(Work, Clock)> = None;
        loop {
            let next = match &waiting {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some((_, since)) => inbox.recv_timeout(keep_after.saturating_sub(since.elapsed())),
            };
            match next {
                Ok(RecoveryJob::Keep(work)) => {
                    // The newest is written when the oldest is due.
                    let since = waiting.map_or_else(Clock::now, |(_, since)| since);
                    waiting = Some((work, since));
                    continue;
                }
                Ok(RecoveryJob::Drop | RecoveryJob::SetAside(_)) => waiting = None,
                _ => {}
            }
            let is_due = waiting.as_ref().is_some_and(|(_, since)| since.elapsed() >= keep_after);
            let is_flush = matches!(next, Ok(RecoveryJob::Flush(_)));
            let is_end = matches!(next, Ok(RecoveryJob::End) | Err(RecvTimeoutError::Disconnected));
            if is_due || is_flush || is_end {
                let work = waiting.take().map(|(work, _)| work);
                tell(unbroken(|| work.iter().map(|work| self.keep(work)).collect()));
            }
            match next {
                Ok(RecoveryJob::Flush(done)) => {
                    // Whoever asked may have gone.
                    let _ = done.send(());
                }
                Ok(RecoveryJob::End) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(job) => tell(unbroken(|| self.handle(job))),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn handle(&mut self, job: RecoveryJob) -> Vec<Answer> {
        match job {
            RecoveryJob::Start => return self.start(),
            RecoveryJob::SetAside(work) => {
                let told = self.set_aside(&work);
                self.drop_kept();
                return told;
            }
            RecoveryJob::Drop => self.drop_kept(),
            RecoveryJob::DropKept(path) => self.remove(&path),
            RecoveryJob::Discard(path) => {
                // A copy that stays is offered once more, which loses nothing.
                let _ = file::throw_away(self.disk.as_ref(), &path);
                return vec![self.thrown()];
            }
            RecoveryJob::ReadKept(path) => return self.read_kept(path),
            RecoveryJob::KeepRecent(recent) => self.keep_recent(&recent),
            RecoveryJob::KeepSettings(settings) => {
                if let Some(dir) = &self.dir {
                    settings_file::write(dir, &settings);
                }
            }
            RecoveryJob::Keep(_) | RecoveryJob::Flush(_) | RecoveryJob::End => {}
        }
        Vec::new()
    }

    fn start(&self) -> Vec<Answer> {
        let Some(dir) = &self.dir else { return Vec::new() };
        let disk = self.disk.as_ref();
        file::put_right(disk, dir);
        file::sweep_leftovers(disk, &dir.join("kept"));
        let recent: Vec<RecentFile> = file::recent_files(disk, dir).into_iter().map(recent).collect();
        (self.files)(Job::Reach(recent.iter().map(|file| file.path.clone()).collect()));
        let copies: Vec<KeptCopy> =
            file::kept_copies(disk, dir).into_iter().filter(|copy| !is_alive(&copy.path)).collect();
        sweep_sessions(dir);
        let told = vec![self.thrown(), Answer::Recent(recent)];
        if copies.is_empty() {
            return told;
        }
        (self.files)(Job::Compare(copies));
        told
    }

    /// What was discarded and can still be had back.
    fn thrown(&self) -> Answer {
        let copies = self.dir.iter().flat_map(|dir| file::thrown_copies(self.disk.as_ref(), dir));
        Answer::ThrownAway(copies.map(|copy| kept_work(copy, &Since::Unknown)).collect())
    }

    /// Keeps the work; that it is kept is said only of what was read back.
    fn keep(&mut self, work: &Work) -> Answer {
        match self.write(work, self.session.name()) {
            Ok(path) => {
                self.kept = Some(path);
                let (at, second) = now();
                Answer::RecoveryKept { state: work.state, at: Moment { at, second } }
            }
            Err(why) => Answer::RecoveryFailed(why.to_string()),
        }
    }

    fn write(&self, work: &Work, name: &str) -> Result<PathBuf, NotKept> {
        let Some(dir) = &self.dir else { return Err(NotKept::NoFolder) };
        let open = self.open.named(work.path.as_deref());
        let (at, second) = now();
        let note = KeptNote {
            base: open.as_ref().map(|open| open.hash),
            tried: open.as_ref().map(|open| open.tried.clone()).unwrap_or_default(),
            from: work.path.clone(),
            kept_seconds: seconds(Moment { at, second }),
            saved_seconds: work.saved.map(seconds),
            changes: u32::try_from(work.changes).unwrap_or(u32::MAX),
        };
        let header = open.map_or_else(|| Header::new_document(random()), |open| open.header);
        Ok(file::keep(self.disk.as_ref(), dir, name, &note, &work.rota, &header)?)
    }

    fn set_aside(&mut self, work: &Work) -> Vec<Answer> {
        self.set_aside += 1;
        let name = format!("{}-{}", self.session.name(), self.set_aside);
        let aside = self.write(work, &name).and_then(|path| Ok(file::throw_away(self.disk.as_ref(), &path)?));
        match aside {
            Ok(_) => vec![self.thrown()],
            Err(why) => vec![Answer::Trouble(format!("What you did not save could not be kept: {why}"))],
        }
    }

    fn drop_kept(&mut self) {
        if let Some(path) = self.kept.take() {
            self.remove(&path);
        }
    }

    fn remove(&self, path: &Path) {
        // A copy that stays is offered once more, which loses nothing.
        let _ = file::discard(self.disk.as_ref(), path);
    }

    fn read_kept(&self, path: PathBuf) -> Vec<Answer> {
        let faults = match file::kept_copy(self.disk.as_ref(), &path) {
            Ok(KeptCopy { note, opened: Ok(opened), .. }) => {
                let from = note.and_then(|note| store::from_note(note, opened.header.clone())).map(Box::new);
                (self.files)(Job::Recovered { kept: path, from, opened: Box::new(opened_file(opened, false)) });
                return Vec::new();
            }
            Ok(KeptCopy { opened: Err(faults), .. }) => faults,
            Err(error) => Faults::one(error.to_string()),
        };
        vec![Answer::KeptRead { path, file: None, result: Err(faults) }]
    }

    fn keep_recent(&self, recent: &[RecentFile]) {
        let Some(dir) = &self.dir else { return };
        let list: Vec<file::RecentFile> = recent
            .iter()
            .map(|known| file::RecentFile {
                path: known.path.clone(),
                title: known.title.clone(),
                hospital: known.hospital.clone(),
                verdict: known.verdict.clone(),
                saved_minutes: known.saved_at.map_or(0, |at| at.0),
                saved_by: known.saved_by.clone(),
            })
            .collect();
        // A list that cannot be kept costs a click at the next start, so nobody is interrupted for it.
        let _ = file::keep_recent_files(self.disk.as_ref(), dir, &list);
    }
}

/// A file of the list; whether it is there is looked at later.
fn recent(known: file::RecentFile) -> RecentFile {
    RecentFile {
        unreachable: None,
        saved_at: (known.saved_minutes != 0).then_some(Instant(known.saved_minutes)),
        path: known.path,
        title: known.title,
        hospital: known.hospital,
        saved_by: known.saved_by,
        verdict: known.verdict,
    }
}

/// Does some work; where the program itself breaks at it, that is told, and the thread goes on.
fn unbroken(work: impl FnOnce() -> Vec<Answer>) -> Vec<Answer> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| vec![Answer::RecoveryFailed(BROKE.to_owned())])
}
