//! One run of the program: a name for the work it keeps, and a lock by which other runs see that it is alive.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::clock::random;

/// This run. Dropping it, at a clean end, takes its lock away; the system frees it after a crash.
#[derive(Debug)]
pub(super) struct Session {
    name: String,
    lock: Option<(File, PathBuf)>,
}

impl Session {
    /// Begins a run that keeps its work in that folder. Without a lock the run goes on: other runs then offer its
    /// kept work too early, which loses nothing.
    pub(super) fn begin(dir: Option<&Path>) -> Self {
        let name = format!("{:032x}", random());
        let lock = dir.and_then(|dir| {
            let path = lock_path(dir, &name);
            let file = File::create(&path).ok()?;
            file.try_lock().ok()?;
            Some((file, path))
        });
        Self { name, lock }
    }

    /// The name under which it keeps its work.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some((file, path)) = self.lock.take() {
            drop(file);
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Whether the run that kept work in this file is still alive. A dead run's lock is cleared away.
pub(super) fn is_alive(kept: &Path) -> bool {
    let (Some(dir), Some(file_name)) = (kept.parent(), kept.file_name()) else { return false };
    let file_name = file_name.to_string_lossy();
    let path = lock_path(dir, file_name.split('.').next().unwrap_or_default());
    let Ok(file) = File::open(&path) else { return false };
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
        return true;
    }
    drop(file);
    let _ = std::fs::remove_file(path);
    false
}

/// Clears away the locks that killed runs have left, whether or not they kept work.
pub(super) fn sweep_sessions(dir: &Path) {
    // A run that begins just now has made its lock and does not hold it yet.
    const AGE_MIN: Duration = Duration::from_mins(1);
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_old = || entry.metadata().ok()?.modified().ok()?.elapsed().ok().filter(|age| *age >= AGE_MIN);
        if path.extension().is_some_and(|ending| ending == "session") && is_old().is_some() {
            let _ = is_alive(&path);
        }
    }
}

fn lock_path(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}.session"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_alive_until_it_ends() {
        let dir = tempfile::tempdir().unwrap();
        let session = Session::begin(Some(dir.path()));
        let kept = dir.path().join(format!("{}.kept.ron", session.name()));
        assert!(is_alive(&kept));
        drop(session);
        assert!(!is_alive(&kept));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "no lock is left behind");
    }

    #[test]
    fn what_killed_runs_left_is_swept_and_whoever_lives_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let alive = Session::begin(Some(dir.path()));
        let old = |name: &str| {
            let path = dir.path().join(name);
            let file = File::create(&path).unwrap();
            file.set_modified(file.metadata().unwrap().modified().unwrap() - Duration::from_hours(1)).unwrap();
            path
        };
        let killed = old("abc.session");
        let others = [old("abc.kept.ron"), old("settings.ron"), dir.path().join("new.session")];
        std::fs::write(&others[2], "").unwrap();
        sweep_sessions(dir.path());
        assert!(!killed.exists());
        assert!(others.iter().all(|path| path.exists()), "nothing else, and no run that begins just now");
        assert!(lock_path(dir.path(), alive.name()).exists());
    }

    #[test]
    fn a_run_that_crashed_is_not_alive() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("abc.session"), "").unwrap();
        assert!(!is_alive(&dir.path().join("abc.kept.ron")));
        assert!(!is_alive(&dir.path().join("other.kept.ron")));
    }
}
