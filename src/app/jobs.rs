//! Work off the window's thread: one thread for the disk, so that saves keep their order, and one for each dialog.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use crate::editor::Answer;

use super::store::{Job, Store};

/// How often the open file is looked at while nothing else is to be done.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What comes back from another thread.
pub enum News {
    /// For the editor.
    Answer(Answer),
    /// Somebody was asked by the system whether to replace this file, and said yes.
    MayReplace(PathBuf),
}

/// Wakes the window when an answer has come.
pub type Wake = Box<dyn Fn() + Send>;

/// Sends jobs out and takes answers in. Dropping it ends the disk's thread after what it has been given.
pub struct Jobs {
    to_disk: Option<Sender<Job>>,
    disk: Option<std::thread::JoinHandle<()>>,
    sender: Sender<News>,
    news: Receiver<News>,
}

impl Jobs {
    /// Starts the disk's thread with that store.
    ///
    /// Where the system gives no thread, the window still opens; whatever needs the disk then does nothing, and no
    /// save is ever said to be done.
    #[must_use]
    pub fn start(mut store: Store, wake: Wake) -> Self {
        let (to_disk, jobs) = channel::<Job>();
        let (sender, news) = channel();
        let out = sender.clone();
        let disk = Builder::new().name("disk".to_owned()).spawn(move || {
            loop {
                let job = match jobs.recv_timeout(LOOK_EVERY) {
                    Ok(job) => job,
                    Err(RecvTimeoutError::Timeout) => Job::Look,
                    Err(RecvTimeoutError::Disconnected) => return,
                };
                let answers = store.handle(job);
                let any = !answers.is_empty();
                for answer in answers {
                    // Nobody listens any more only when the window is gone.
                    let _ = out.send(News::Answer(answer));
                }
                if any {
                    wake();
                }
            }
        });
        Self { to_disk: Some(to_disk), disk: disk.ok(), sender, news }
    }

    /// Gives the disk something to do, after all it was given before.
    pub fn disk(&self, job: Job) {
        if let Some(to_disk) = &self.to_disk {
            // The thread ends only when this sender goes.
            let _ = to_disk.send(job);
        }
    }

    /// Runs something that waits for a person, on a thread of its own.
    pub fn wait_for(&self, name: &str, wake: Wake, wait: impl FnOnce() -> Vec<News> + Send + 'static) {
        let sender = self.sender.clone();
        let spawned = Builder::new().name(name.to_owned()).spawn(move || {
            for news in wait() {
                let _ = sender.send(news);
            }
            wake();
        });
        if let Err(error) = spawned {
            let why = format!("the system gives no thread: {error}");
            let _ = self.sender.send(News::Answer(Answer::RecoveryFailed(why)));
        }
    }

    /// Where another thread sends what it has to tell.
    pub fn sender(&self) -> Sender<News> {
        self.sender.clone()
    }

    /// What has come.
    pub fn take(&self) -> Vec<News> {
        self.news.try_iter().collect()
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.to_disk = None;
        if let Some(disk) = self.disk.take() {
            let _ = disk.join();
        }
    }
}
