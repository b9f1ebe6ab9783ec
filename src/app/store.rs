//! What happens on the disk's thread: opening, saving, watching the open file, keeping unsaved work.

use std::path::{Path, PathBuf};

use crate::editor::{Answer, KeptWork, Moment, OnDisk, OpenedFile, RecentFile, SaveFailure, SaveWhy, Settings};
use crate::file::{self, ContentHash, Disk, Header, KeptCopy, KeptNote, Opened, Over, SaveRefused, Saved};
use crate::model::{Instant, Rota};

use super::clock::{now, random};
use super::session::{Session, is_alive};
use super::settings_file;

/// Something for the disk's thread to do.
pub enum Job {
    /// Tell what earlier runs left: recent files, kept work.
    Start,
    /// Read a rota file.
    Read { path: PathBuf, view_only: bool },
    /// Make a folder for a file that is written next.
    MakeFolder(PathBuf),
    /// Write the rota; `from` is the file it was opened from, if any; `replace`, whether somebody has said that
    /// another file of that name may go.
    Write { path: PathBuf, from: Option<PathBuf>, replace: bool, why: SaveWhy, rota: Box<Rota>, state: u64, by: String },
    /// The editor now works on this file, or on none.
    Watch(Option<PathBuf>),
    /// Look whether the open file is still what it was.
    Look,
    /// Keep unsaved work.
    Keep { rota: Box<Rota>, path: Option<PathBuf>, saved: Option<Moment>, changes: usize },
    /// The kept work of this run is not needed any more.
    DropRecovery,
    /// Kept work of an earlier run is not needed any more: it is saved.
    DropKept(PathBuf),
    /// Throw kept work of an earlier run away; for a while it can be had back.
    ThrowAway(PathBuf),
    /// Read kept work of an earlier run.
    ReadKept(PathBuf),
    /// Keep the list of recent files.
    KeepRecent(Vec<RecentFile>),
    /// Keep the settings.
    KeepSettings(Settings),
}

/// The open file, as it was when it was read or saved.
struct Open {
    /// As the editor names it.
    asked: PathBuf,
    /// Links followed.
    real: PathBuf,
    header: Header,
    hash: ContentHash,
    /// What was last told of it.
    told: OnDisk,
}

/// The disk as the window's program sees it.
pub struct Store {
    disk: Box<dyn Disk>,
    data_dir: Option<PathBuf>,
    open: Option<Open>,
    session: Session,
    /// Where unsaved work of this run is kept now.
    kept: Option<PathBuf>,
}

impl Store {
    /// The real disk, and the user's folder if there is one.
    #[must_use]
    pub fn new(data_dir: Option<PathBuf>) -> Self {
        Self::on(Box::new(file::RealDisk), data_dir)
    }

    fn on(disk: Box<dyn Disk>, data_dir: Option<PathBuf>) -> Self {
        let session = Session::begin(data_dir.as_deref());
        Self { disk, data_dir, open: None, session, kept: None }
    }

    /// Does one job and gives what is to be told to the editor.
    pub fn handle(&mut self, job: Job) -> Vec<Answer> {
        match job {
            Job::Start => self.start(),
            Job::Read { path, view_only } => vec![self.read(path, view_only)],
            Job::Write { path, from, replace, why, rota, state, by } => {
                let result = self.write(&path, from.as_deref(), replace, why, &rota, by);
                vec![Answer::FileWritten { path, why, state, result }]
            }
            Job::MakeFolder(path) => {
                // If it could not be made, the file cannot be written, which is told.
                let _ = self.disk.make_folder(&path);
                Vec::new()
            }
            Job::Watch(path) => {
                if self.open.as_ref().map(|open| &open.asked) != path.as_ref() {
                    self.open = None;
                }
                Vec::new()
            }
            Job::Look => self.look().into_iter().collect(),
            Job::KeepSettings(settings) => {
                if let Some(dir) = &self.data_dir {
                    settings_file::write(dir, &settings);
                }
                Vec::new()
            }
            Job::Keep { rota, path, saved, changes } => self.keep(&rota, path, saved, changes).into_iter().collect(),
            Job::DropRecovery => {
                if let Some(path) = self.kept.take() {
                    self.discard(&path);
                }
                Vec::new()
            }
            Job::DropKept(path) => {
                self.discard(&path);
                Vec::new()
            }
            Job::ThrowAway(path) => {
                // A copy that stays is offered once more, which loses nothing.
                let _ = file::throw_away(self.disk.as_ref(), &path);
                vec![self.thrown()]
            }
            Job::ReadKept(path) => vec![self.read_kept(path)],
            Job::KeepRecent(recent) => {
                self.keep_recent(&recent);
                Vec::new()
            }
        }
    }

    fn start(&self) -> Vec<Answer> {
        let Some(dir) = &self.data_dir else { return Vec::new() };
        let recent = file::recent_files(self.disk.as_ref(), dir).into_iter().map(|file| self.recent(file)).collect();
        file::sweep_leftovers(self.disk.as_ref(), &dir.join("kept"));
        let copies = file::kept_copies(self.disk.as_ref(), dir).into_iter();
        let kept = copies.filter(|copy| !is_alive(&copy.path)).map(kept_work).collect();
        vec![self.thrown(), Answer::Recent(recent), Answer::Kept(kept)]
    }

    /// What was thrown away and can still be had back.
    fn thrown(&self) -> Answer {
        let dir = self.data_dir.iter();
        let copies = dir.flat_map(|dir| file::thrown_copies(self.disk.as_ref(), dir));
        Answer::ThrownAway(copies.map(kept_work).collect())
    }

    /// A file of the list, and whether it is there now.
    fn recent(&self, known: file::RecentFile) -> RecentFile {
        let unreachable = self.disk.may_write(&known.path).err().map(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "the file is not there".to_owned(),
            _ => "the file cannot be reached".to_owned(),
        });
        RecentFile {
            unreachable,
            saved_at: (known.saved_minutes != 0).then_some(Instant(known.saved_minutes)),
            path: known.path,
            title: known.title,
            hospital: known.hospital,
            saved_by: known.saved_by,
            verdict: known.verdict,
        }
    }

    fn keep_recent(&self, recent: &[RecentFile]) {
        let Some(dir) = &self.data_dir else { return };
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

    fn keep(&mut self, rota: &Rota, path: Option<PathBuf>, saved: Option<Moment>, changes: usize) -> Option<Answer> {
        let Some(dir) = &self.data_dir else {
            return Some(Answer::RecoveryFailed("this user has no folder for it".to_owned()));
        };
        let open = self.open.as_ref().filter(|open| Some(&open.asked) == path.as_ref());
        let (at, second) = now();
        let note = KeptNote {
            base: open.map(|open| open.hash),
            from: path,
            kept_seconds: seconds(Moment { at, second }),
            saved_seconds: saved.map(seconds),
            changes: u32::try_from(changes).unwrap_or(u32::MAX),
        };
        let header = open.map_or_else(|| Header::new_document(random()), |open| open.header.clone());
        match file::keep(self.disk.as_ref(), dir, self.session.name(), &note, rota, &header) {
            Ok(path) => {
                self.kept = Some(path);
                None
            }
            Err(refused) => Some(Answer::RecoveryFailed(refused.to_string())),
        }
    }

    fn discard(&self, path: &Path) {
        // A copy that stays is offered once more, which loses nothing.
        let _ = file::discard(self.disk.as_ref(), path);
    }

    fn read_kept(&mut self, path: PathBuf) -> Answer {
        match file::kept_copy(self.disk.as_ref(), &path) {
            Ok(KeptCopy { note, opened: Ok(opened), .. }) => {
                let over = note.and_then(|note| self.still_there(note));
                Answer::KeptRead { path, over, result: Ok(Box::new(opened_file(opened, false))) }
            }
            Ok(KeptCopy { opened: Err(faults), .. }) => {
                Answer::KeptRead { path, over: None, result: Err(faults.texts().to_vec()) }
            }
            Err(error) => Answer::KeptRead { path, over: None, result: Err(vec![error.to_string()]) },
        }
    }

    /// The file that kept work belongs to, if it may be saved over: it is just what it was when the work began.
    fn still_there(&mut self, note: KeptNote) -> Option<PathBuf> {
        let (asked, base) = (note.from?, note.base?);
        let there = file::open(self.disk.as_ref(), &asked).ok().filter(|there| there.hash == base)?;
        self.disk.may_write(&there.path).ok().filter(|may| *may)?;
        self.open = Some(Open {
            asked: asked.clone(),
            real: there.path,
            header: there.opened.header,
            hash: there.hash,
            told: OnDisk::Same,
        });
        Some(asked)
    }

    fn read(&mut self, path: PathBuf, view_only: bool) -> Answer {
        let result = match file::open(self.disk.as_ref(), &path) {
            Ok(on_disk) => {
                let may_write = self.disk.may_write(&on_disk.path).unwrap_or(false);
                if may_write && !view_only {
                    file::sweep_leftovers(self.disk.as_ref(), &on_disk.path);
                }
                self.open = Some(Open {
                    asked: path.clone(),
                    real: on_disk.path,
                    header: on_disk.opened.header.clone(),
                    hash: on_disk.hash,
                    told: OnDisk::Same,
                });
                Ok(Box::new(opened_file(on_disk.opened, view_only || !may_write)))
            }
            Err(faults) => Err(faults.texts().to_vec()),
        };
        Answer::FileRead { path, result }
    }

    fn write(
        &mut self,
        path: &Path,
        from: Option<&Path>,
        replace: bool,
        why: SaveWhy,
        rota: &Rota,
        by: String,
    ) -> Result<(), SaveFailure> {
        let real = self.disk.real_path(path).map_err(|error| no_place(path, &error))?;
        let open = self.open.as_ref().filter(|open| Some(open.asked.as_path()) == from);
        let header = open.map_or_else(|| Header::new_document(random()), |open| open.header.clone());
        let over = match open {
            Some(open) if open.real == real => Over::Opened(open.hash),
            _ if replace => Over::Anything,
            _ => Over::Nothing,
        };
        let saved = Saved { at: now().0, by, app: env!("CARGO_PKG_VERSION").to_owned() };
        let header = header.next(saved, &mut random);
        let written = file::save(self.disk.as_ref(), path, rota, &header, over);
        let written = written.map_err(|refused| self.failure(refused))?;
        if why == SaveWhy::Save {
            self.open = Some(Open {
                asked: path.to_owned(),
                real: written.path,
                header,
                hash: written.hash,
                told: OnDisk::Same,
            });
        }
        Ok(())
    }

    fn failure(&self, refused: SaveRefused) -> SaveFailure {
        match refused {
            SaveRefused::ChangedOnDisk => {
                let saved = self.open.as_ref().and_then(|open| self.saved_there(&open.real));
                SaveFailure::ChangedOnDisk {
                    by: saved.as_ref().map(|saved| saved.by.clone()).unwrap_or_default(),
                    at: saved.map(|saved| saved.at),
                }
            }
            SaveRefused::NotConfirmed(why) => SaveFailure::NotConfirmed(why),
            other => SaveFailure::CannotWrite(other.to_string()),
        }
    }

    /// Who saved the file that is there now, if it says so, its seal is right and it is another revision than the one
    /// that is open: another program leaves the words of whoever saved it before.
    fn saved_there(&self, path: &Path) -> Option<Saved> {
        let there = file::open(self.disk.as_ref(), path).ok()?.opened;
        let ours = self.open.as_ref().and_then(|open| open.header.revision.as_ref());
        let is_new = ours.is_none() || there.header.revision.as_ref() != ours;
        there.header.saved.filter(|_| is_new && there.sealed == Some(true))
    }

    /// What has become of the open file, where that is not what was last told.
    fn look(&mut self) -> Option<Answer> {
        let open = self.open.as_ref()?;
        let now = match self.disk.read(&open.real, file::SIZE_MAX) {
            Ok(bytes) if ContentHash::of(&bytes) == open.hash => OnDisk::Same,
            Ok(_) => {
                let saved = self.saved_there(&open.real);
                let by = saved.as_ref().map(|saved| saved.by.clone()).unwrap_or_default();
                OnDisk::Changed { by, at: saved.map(|saved| saved.at) }
            }
            Err(_) => OnDisk::Unreadable,
        };
        let open = self.open.as_mut()?;
        (open.told != now).then(|| {
            open.told = now.clone();
            Answer::OnDisk(now)
        })
    }
}

/// The folder is not there, or may not be looked into.
fn no_place(path: &Path, error: &std::io::Error) -> SaveFailure {
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    match error.kind() {
        std::io::ErrorKind::NotFound => SaveFailure::NoFolder(format!(
            "Not saved: there is no folder {folder}. Write another path, or have it made."
        )),
        _ => SaveFailure::CannotWrite(format!(
            "not saved, the folder cannot be reached: choose another ({folder}: {error})"
        )),
    }
}

fn opened_file(opened: Opened, read_only: bool) -> OpenedFile {
    let saved = opened.header.saved;
    OpenedFile {
        rota: opened.rota,
        sealed: opened.sealed,
        read_only,
        saved_at: saved.as_ref().map(|saved| saved.at),
        saved_by: saved.map(|saved| saved.by).unwrap_or_default(),
    }
}

/// A kept copy for the start page; one that cannot be read any more says so in place of its title.
fn kept_work(copy: KeptCopy) -> KeptWork {
    let note = copy.note.unwrap_or_default();
    KeptWork {
        title: copy.opened.map_or_else(|_| "A kept copy that cannot be read".to_owned(), |o| o.rota.properties.title),
        kept_path: copy.path,
        kept: (note.kept_seconds != 0).then(|| moment(note.kept_seconds)),
        path: note.from,
        saved: note.saved_seconds.map(moment),
        changes: note.changes as usize,
    }
}

fn seconds(moment: Moment) -> i64 {
    moment.at.0 * 60 + i64::from(moment.second)
}

fn moment(seconds: i64) -> Moment {
    Moment { at: Instant(seconds.div_euclid(60)), second: u8::try_from(seconds.rem_euclid(60)).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(dir: &Path) -> Store {
        Store::on(Box::new(file::RealDisk), Some(dir.join("data")))
    }

    fn titled(title: &str) -> Box<Rota> {
        let mut rota = Rota::empty();
        rota.properties.title = title.to_owned();
        Box::new(rota)
    }

    fn write(path: &Path, from: Option<&Path>, title: &str) -> Job {
        let (path, from) = (path.to_owned(), from.map(PathBuf::from));
        let (why, rota, by) = (SaveWhy::Save, titled(title), "x".to_owned());
        Job::Write { path, from, replace: false, why, rota, state: 7, by }
    }

    fn result(answers: &[Answer]) -> Result<(), SaveFailure> {
        match answers {
            [Answer::FileWritten { result, state: 7, .. }] => result.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_saved_rota_is_saved_again_under_the_same_document() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, path) = (store(dir.path()), dir.path().join("a.ron"));
        assert_eq!(result(&store.handle(write(&path, None, "one"))), Ok(()));
        let first = file::read(&std::fs::read(&path).unwrap()).unwrap().header;
        assert_eq!(result(&store.handle(write(&path, Some(&path), "two"))), Ok(()));
        let second = file::read(&std::fs::read(&path).unwrap()).unwrap().header;
        assert_eq!(first.document, second.document);
        assert_eq!(second.parents, Some(vec![first.revision.unwrap()]));
    }

    #[test]
    fn what_somebody_else_wrote_is_not_overwritten_and_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, path) = (store(dir.path()), dir.path().join("a.ron"));
        assert_eq!(result(&store.handle(write(&path, None, "one"))), Ok(()));
        assert_eq!(store.handle(Job::Look), []);
        std::fs::write(&path, "theirs").unwrap();
        assert_eq!(store.handle(Job::Look), [Answer::OnDisk(OnDisk::Changed { by: String::new(), at: None })]);
        assert_eq!(store.handle(Job::Look), [], "it is told once");
        let refused = result(&store.handle(write(&path, Some(&path), "mine")));
        assert_eq!(refused, Err(SaveFailure::ChangedOnDisk { by: String::new(), at: None }));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(store.handle(Job::Look), [Answer::OnDisk(OnDisk::Unreadable)]);
    }

    #[test]
    fn whoever_saved_last_is_not_blamed_for_what_another_program_did() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, path) = (store(dir.path()), dir.path().join("a.ron"));
        assert_eq!(result(&store.handle(write(&path, None, "one"))), Ok(()));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend(b"// looked at\n");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(file::read(&std::fs::read(&path).unwrap()).unwrap().sealed, Some(true));
        assert_eq!(store.handle(Job::Look), [Answer::OnDisk(OnDisk::Changed { by: String::new(), at: None })]);
        let mut other = self::store(dir.path());
        other.handle(Job::Read { path: path.clone(), view_only: false });
        assert_eq!(result(&other.handle(write(&path, Some(&path), "two"))), Ok(()));
        assert!(matches!(
            store.handle(Job::Look).as_slice(),
            [Answer::OnDisk(OnDisk::Changed { by, at: Some(_) })] if by == "x"
        ));
    }

    #[test]
    fn another_file_is_replaced_only_where_somebody_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, path) = (store(dir.path()), dir.path().join("other.ron"));
        std::fs::write(&path, "theirs").unwrap();
        assert!(matches!(result(&store.handle(write(&path, None, "mine"))), Err(SaveFailure::CannotWrite(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        let mut said = write(&path, None, "mine");
        if let Job::Write { replace, .. } = &mut said {
            *replace = true;
        }
        assert_eq!(result(&store.handle(said)), Ok(()));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_and_can_be_made() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, path) = (store(dir.path()), dir.path().join("walkouts/2026/a.ron"));
        assert!(matches!(result(&store.handle(write(&path, None, "one"))), Err(SaveFailure::NoFolder(_))));
        store.handle(Job::MakeFolder(path.parent().unwrap().to_owned()));
        assert_eq!(result(&store.handle(write(&path, None, "one"))), Ok(()));
    }

    #[test]
    fn unsaved_work_is_kept_and_offered_after_a_crash_only() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("data")).unwrap();
        let mut crashed = store(dir.path());
        let keep = || Job::Keep { rota: titled("kept"), path: None, saved: None, changes: 3 };
        assert_eq!(crashed.handle(keep()), []);
        let kept = |store: &mut Store| match store.handle(Job::Start).pop() {
            Some(Answer::Kept(kept)) => kept,
            other => panic!("{other:?}"),
        };
        assert_eq!(kept(&mut store(dir.path())), [], "the run that kept it is alive");
        drop(crashed);
        let mut next = store(dir.path());
        let work = kept(&mut next);
        assert_eq!((work.len(), work[0].title.as_str(), work[0].changes), (1, "kept", 3));
        let path = work[0].kept_path.clone();
        match next.handle(Job::ReadKept(path.clone())).pop() {
            Some(Answer::KeptRead { result: Ok(opened), .. }) => assert_eq!(opened.rota, *titled("kept")),
            other => panic!("{other:?}"),
        }
        let thrown = match next.handle(Job::ThrowAway(path)).as_slice() {
            [Answer::ThrownAway(thrown)] => thrown.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(kept(&mut next), []);
        assert_eq!((thrown.len(), thrown[0].title.as_str(), thrown[0].changes), (1, "kept", 3));
        assert!(matches!(
            next.handle(Job::ReadKept(thrown[0].kept_path.clone())).pop(),
            Some(Answer::KeptRead { result: Ok(opened), .. }) if opened.rota == *titled("kept")
        ));
        assert!(next.handle(Job::Start).contains(&Answer::ThrownAway(thrown.clone())), "the next start knows of it");
        next.handle(Job::DropKept(thrown[0].kept_path.clone()));
        assert!(next.handle(Job::Start).contains(&Answer::ThrownAway(Vec::new())));
    }

    #[test]
    fn opening_a_file_clears_away_what_killed_saves_left_beside_it() {
        let disk = file::FakeDisk::default();
        let (path, leftover) = (Path::new("/share/a.ron"), "/share/.cover-rota-12-0.tmp");
        disk.put(path, &file::write(&titled("one"), &Header::default()));
        disk.put(Path::new(leftover), b"half");
        disk.set_age(leftover, std::time::Duration::from_hours(25));
        let mut store = Store::on(Box::new(disk), None);
        assert!(store.disk.read(Path::new(leftover), 9).is_ok());
        store.handle(Job::Read { path: path.to_owned(), view_only: true });
        assert!(store.disk.read(Path::new(leftover), 9).is_ok(), "whoever only looks changes nothing");
        store.handle(Job::Read { path: path.to_owned(), view_only: false });
        assert!(store.disk.read(Path::new(leftover), 9).is_err());
    }

    #[test]
    fn recovered_work_goes_over_its_file_only_while_that_is_what_it_was() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("data")).unwrap();
        let path = dir.path().join("a.ron");
        let mut crashed = store(dir.path());
        assert_eq!(result(&crashed.handle(write(&path, None, "one"))), Ok(()));
        crashed.handle(Job::Keep { rota: titled("kept"), path: Some(path.clone()), saved: None, changes: 1 });
        let document = file::read(&std::fs::read(&path).unwrap()).unwrap().header.document;
        drop(crashed);
        let mut next = store(dir.path());
        let kept = match next.handle(Job::Start).pop() {
            Some(Answer::Kept(kept)) => kept[0].kept_path.clone(),
            other => panic!("{other:?}"),
        };
        let mut over = || match next.handle(Job::ReadKept(kept.clone())).pop() {
            Some(Answer::KeptRead { over, result: Ok(_), .. }) => over,
            other => panic!("{other:?}"),
        };
        assert_eq!(over(), Some(path.clone()));
        let before = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&*before, b"// theirs"].concat()).unwrap();
        assert_eq!(over(), None, "somebody else has saved since");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(over(), None, "it is gone");
        std::fs::write(&path, before).unwrap();
        assert_eq!(over(), Some(path.clone()));
        assert_eq!(result(&next.handle(write(&path, Some(&path), "kept"))), Ok(()));
        let saved = file::read(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!((saved.rota.properties.title.as_str(), saved.header.document), ("kept", document));
    }
}
