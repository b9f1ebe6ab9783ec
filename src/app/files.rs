//! Which work on files is to be done, and what is told when it is done, takes too long or breaks.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::editor::{Answer, Moment, OnDisk, OpenedFile, SaveFailure, SaveWhy};
use crate::file::{Disk, Faults, KeptCopy, Since, since_kept};

use super::giving;
use super::job::{Job, RecoveryJob};
use super::open_file::{Open, OpenFile};
use super::store::{self, kept_work};

/// What has to wait for what: one file after another is opened and saved, looks go on meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Opening and saving, in the order of asking.
    Files,
    /// Looking at the open file.
    Look,
    /// What waits for nothing.
    Beside,
}

/// What is being done, for when it is done, or is not.
#[derive(Debug)]
pub(super) enum About {
    Read(PathBuf),
    MakeFolder,
    Write { path: PathBuf, from: Option<PathBuf>, why: SaveWhy, state: u64 },
    Export,
    Look(Box<Open>),
    Recovered { kept: PathBuf, from: Option<Box<Open>>, opened: Box<OpenedFile> },
    Compare(Vec<KeptCopy>),
    Reach,
}

/// What came of it.
pub(super) enum Outcome {
    Read(Result<(Box<OpenedFile>, Box<Open>), Faults>),
    MadeFolder,
    Written(Result<Box<Open>, SaveFailure>),
    Exported(Result<(PathBuf, usize), String>),
    Looked(OnDisk),
    SinceWorkBegan(Option<Box<Open>>),
    Compared(Vec<Since>),
    Reached(Vec<(PathBuf, String)>),
}

/// Work that may take as long as a disk takes.
pub(super) type Task = Box<dyn FnOnce() -> Outcome + Send>;

impl About {
    /// What it has to wait for.
    pub(super) fn lane(&self) -> Lane {
        match self {
            Self::Read(_) | Self::MakeFolder | Self::Write { .. } => Lane::Files,
            Self::Look(_) => Lane::Look,
            Self::Export | Self::Recovered { .. } | Self::Compare(_) | Self::Reach => Lane::Beside,
        }
    }

    /// Whether a result still counts after it was said that there is none: a save may be done all the same.
    pub(super) fn is_told_late(&self) -> bool {
        matches!(self, Self::Write { .. } | Self::Export | Self::Look(_) | Self::Reach)
    }
}

/// The files of the window's program.
pub(super) struct Files {
    disk: Arc<dyn Disk>,
    open: OpenFile,
    recovery: Sender<RecoveryJob>,
}

impl Files {
    /// On that disk. What is open is shared with the recovery, which is told what it need not keep.
    pub(super) fn new(disk: Arc<dyn Disk>, open: OpenFile, recovery: Sender<RecoveryJob>) -> Self {
        Self { disk, open, recovery }
    }

    /// The file that is looked at.
    pub(super) fn open(&self) -> Option<Open> {
        self.open.get()
    }

    /// The work of a job. A change of what is watched is none: it is done at once.
    pub(super) fn begin(&self, job: Job) -> Option<(About, Task)> {
        let (disk, open) = (Arc::clone(&self.disk), self.open.clone());
        match job {
            Job::Read { path, view_only } => {
                let about = About::Read(path.clone());
                let task = move || {
                    let read = store::read(disk.as_ref(), &path, view_only);
                    Outcome::Read(read.map(|(opened, open)| (opened, Box::new(open))))
                };
                Some((about, Box::new(task)))
            }
            Job::MakeFolder(path) => {
                // If it could not be made, the file cannot be written, which is told.
                let task = move || {
                    let _ = disk.make_folder(&path);
                    Outcome::MadeFolder
                };
                Some((About::MakeFolder, Box::new(task)))
            }
            Job::Write(writing) => {
                let (path, from) = (writing.path.clone(), writing.from.clone());
                let about = About::Write { path, from, why: writing.why, state: writing.state };
                let task = move || Outcome::Written(store::write(disk.as_ref(), &open, &writing).map(Box::new));
                Some((about, Box::new(task)))
            }
            Job::Export(exporting) => {
                let task = move || Outcome::Exported(giving::give_out(disk.as_ref(), &open, &exporting));
                Some((About::Export, Box::new(task)))
            }
            Job::Watch(path) => {
                if self.open.named(path.as_deref()).is_none() {
                    self.open.set(None);
                }
                None
            }
            Job::Recovered { kept, from, opened } => {
                let about = About::Recovered { kept, from: from.clone(), opened };
                let task = move || {
                    let since = from.and_then(|from| store::since_work_began(disk.as_ref(), *from));
                    Outcome::SinceWorkBegan(since.map(Box::new))
                };
                Some((about, Box::new(task)))
            }
            Job::Compare(copies) => {
                let looked_at = copies.clone();
                let task =
                    move || Outcome::Compared(looked_at.iter().map(|copy| since_kept(disk.as_ref(), copy)).collect());
                Some((About::Compare(copies), Box::new(task)))
            }
            Job::Reach(paths) => {
                let task = move || {
                    let why = |path: PathBuf| store::unreachable(disk.as_ref(), &path).map(|why| (path, why));
                    Outcome::Reached(paths.into_iter().filter_map(why).collect())
                };
                Some((About::Reach, Box::new(task)))
            }
        }
    }

    /// A look at the open file.
    pub(super) fn begin_look(&self) -> Option<(About, Task)> {
        let (disk, open) = (Arc::clone(&self.disk), self.open.clone());
        let file = Box::new(self.open.get()?);
        let looked_at = file.clone();
        let task = move || Outcome::Looked(store::look(disk.as_ref(), &open, &looked_at));
        Some((About::Look(file), Box::new(task)))
    }

    /// What is told when the work is done.
    pub(super) fn finish(&self, about: About, outcome: Outcome) -> Vec<Answer> {
        match (about, outcome) {
            (About::Read(path), Outcome::Read(read)) => {
                let result = read.map(|(opened, open)| {
                    self.open.set(Some(*open));
                    opened
                });
                vec![Answer::FileRead { path, result }]
            }
            (About::Write { path, from, why, state }, Outcome::Written(written)) => {
                // The save tells it; if the file comes back as it was, that is news again.
                if let (Err(SaveFailure::Gone), Some(open)) = (&written, self.open.named(Some(&path))) {
                    self.open.note(&open.real, |open| open.told = OnDisk::Gone);
                }
                let result = written.map(|open| {
                    // Whoever has gone on with another file meanwhile is not taken back to this one.
                    let asked = self.open.get().map(|open| open.asked);
                    if why == SaveWhy::Save && (asked.is_none() || asked == from) {
                        self.open.set(Some(*open));
                    }
                });
                vec![Answer::FileWritten { path, why, state, result }]
            }
            (About::Look(looked_at), Outcome::Looked(found)) => self.looked(&looked_at, found),
            (About::Recovered { kept, opened, .. }, Outcome::SinceWorkBegan(open)) => {
                self.recovered(kept, open.map(|open| *open), opened)
            }
            (About::Compare(copies), Outcome::Compared(since)) => {
                let (saved, left): (Vec<_>, Vec<_>) =
                    copies.into_iter().zip(since).partition(|(_, since)| *since == Since::HasIt);
                for (copy, _) in saved {
                    // Where the recovery is gone, the program is about to end.
                    let _ = self.recovery.send(RecoveryJob::DropKept(copy.path));
                }
                vec![Answer::Kept(left.into_iter().map(|(copy, since)| kept_work(copy, &since)).collect())]
            }
            (_, Outcome::Exported(result)) => vec![Answer::Exported(result)],
            (_, Outcome::Reached(unreachable)) => vec![Answer::Unreachable(unreachable)],
            _ => Vec::new(),
        }
    }

    /// Kept work is shown, and its file, if it has one, is looked at from now on.
    fn recovered(&self, kept: PathBuf, open: Option<Open>, opened: Box<OpenedFile>) -> Vec<Answer> {
        let file = open.as_ref().map(|open| (open.asked.clone(), open.told.clone()));
        if open.is_some() {
            self.open.set(open);
        }
        vec![Answer::KeptRead { path: kept, file, result: Ok(opened) }]
    }

    /// What a look has found, where that is not what was last told. A look that is older than a save counts nothing.
    fn looked(&self, looked_at: &Open, found: OnDisk) -> Vec<Answer> {
        let is_news = self
            .open
            .get()
            .is_some_and(|open| (&open.real, open.hash) == (&looked_at.real, looked_at.hash) && open.told != found);
        if !is_news {
            return Vec::new();
        }
        self.open.note(&looked_at.real, |open| open.told = found.clone());
        vec![Answer::OnDisk(found)]
    }

    /// What is told when the disk has not answered in time. What was asked may still be done.
    pub(super) fn no_answer(&self, about: &About, since: Moment) -> Vec<Answer> {
        match about {
            About::Read(path) => {
                let why = "the disk or the network does not answer: try again, or use a copy on this computer";
                vec![Answer::FileRead { path: path.clone(), result: Err(Faults::one(why)) }]
            }
            About::Write { path, why, state, .. } => {
                let result = Err(SaveFailure::NoAnswer { since });
                vec![Answer::FileWritten { path: path.clone(), why: *why, state: *state, result }]
            }
            About::Look(open) => self.looked(open, OnDisk::NoAnswer { since }),
            About::Recovered { kept, from, opened } => {
                let open = from.as_deref().map(|from| Open { told: OnDisk::NoAnswer { since }, ..from.clone() });
                self.recovered(kept.clone(), open, opened.clone())
            }
            About::Compare(copies) => {
                let offered = copies.iter().cloned().map(|copy| kept_work(copy, &Since::Unknown));
                vec![Answer::Kept(offered.collect())]
            }
            About::Export => {
                let why = "the disk or the network does not answer: what is exported may be written later";
                vec![Answer::Exported(Err(why.to_owned()))]
            }
            About::MakeFolder | About::Reach => Vec::new(),
        }
    }

    /// What is told when the program itself has broken at it.
    pub(super) fn broke(&self, about: &About, why: &str, since: Moment) -> Vec<Answer> {
        match about {
            About::Read(path) => {
                vec![Answer::FileRead { path: path.clone(), result: Err(Faults::one(why)) }]
            }
            About::Write { path, why: what_for, state, .. } => {
                let result = Err(SaveFailure::CannotWrite(format!("not saved, {why}: try again, or save a copy")));
                vec![Answer::FileWritten { path: path.clone(), why: *what_for, state: *state, result }]
            }
            About::Look(open) => self.looked(open, OnDisk::Unreadable),
            About::Export => vec![Answer::Exported(Err(format!("not exported, {why}: try again")))],
            About::MakeFolder | About::Reach => vec![Answer::Trouble(why.to_owned())],
            About::Recovered { .. } | About::Compare(_) => self.no_answer(about, since),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::{Receiver, channel};

    use super::super::store::Writing;
    use super::*;
    use crate::editor::{SaveAllowed, Stands};
    use crate::file::{self, FakeDisk, Header, RealDisk};
    use crate::model::Rota;

    /// The work done at once.
    struct AtOnce(
        Files,
        #[expect(dead_code, reason = "what is sent there needs somewhere to go")] Receiver<RecoveryJob>,
    );

    impl AtOnce {
        fn on(disk: Arc<dyn Disk>) -> Self {
            let (send, receive) = channel();
            Self(Files::new(disk, OpenFile::default(), send), receive)
        }

        fn handle(&self, job: Job) -> Vec<Answer> {
            self.0.begin(job).map(|(about, task)| self.0.finish(about, task())).unwrap_or_default()
        }

        fn look(&self) -> Vec<Answer> {
            self.0.begin_look().map(|(about, task)| self.0.finish(about, task())).unwrap_or_default()
        }

        fn write(&self, writing: Writing) -> Result<(), SaveFailure> {
            match self.handle(Job::Write(Box::new(writing))).as_slice() {
                [Answer::FileWritten { result, state: 7, .. }] => result.clone(),
                other => panic!("{other:?}"),
            }
        }
    }

    fn titled(title: &str) -> Box<Rota> {
        let mut rota = Rota::empty();
        rota.properties.title = title.to_owned();
        Box::new(rota)
    }

    fn writing(path: &Path, from: Option<&Path>, title: &str) -> Writing {
        let (path, from) = (path.to_owned(), from.map(PathBuf::from));
        let (allowed, why, by) = (SaveAllowed::default(), SaveWhy::Save, "x".to_owned());
        Writing { path, from, replace: false, allowed, why, rota: titled(title), state: 7, by }
    }

    fn unreadable() -> OnDisk {
        OnDisk::Changed { by: String::new(), at: None, stands: Stands::Unreadable }
    }

    fn real() -> (tempfile::TempDir, AtOnce, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        (dir, AtOnce::on(Arc::new(RealDisk)), path)
    }

    #[test]
    fn a_saved_rota_is_saved_again_under_the_same_document() {
        let (_dir, files, path) = real();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        let first = file::read(&std::fs::read(&path).unwrap()).unwrap().header;
        assert_eq!(files.write(writing(&path, Some(&path), "two")), Ok(()));
        let second = file::read(&std::fs::read(&path).unwrap()).unwrap().header;
        assert_eq!(first.document, second.document);
        assert_eq!(second.parents, Some(vec![first.revision.unwrap()]));
    }

    #[test]
    fn what_somebody_else_wrote_is_not_overwritten_and_is_told() {
        let (_dir, files, path) = real();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        assert_eq!(files.look(), []);
        std::fs::write(&path, "theirs").unwrap();
        assert_eq!(files.look(), [Answer::OnDisk(unreadable())]);
        assert_eq!(files.look(), [], "it is told once");
        let refused = files.write(writing(&path, Some(&path), "mine"));
        assert_eq!(
            refused,
            Err(SaveFailure::ChangedOnDisk { by: String::new(), at: None, stands: Stands::Unreadable })
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(files.look(), [Answer::OnDisk(OnDisk::Gone)]);
    }

    #[test]
    fn a_file_cut_short_is_told_as_such_and_so_is_an_older_version() {
        let (_dir, files, path) = real();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(files.look(), [Answer::OnDisk(unreadable())]);
        let file::Opened { rota, header, .. } = file::read(&whole).unwrap();
        let saved =
            header.saved.clone().map(|saved| file::Saved { at: saved.at.plus(-5), by: "y".to_owned(), ..saved });
        let older = Header { saved: saved.clone(), revision: None, ..header };
        std::fs::write(&path, file::write(&rota, &older)).unwrap();
        let at = saved.map(|saved| saved.at);
        let stands = Stands::Older;
        assert_eq!(files.look(), [Answer::OnDisk(OnDisk::Changed { by: "y".to_owned(), at, stands })]);
    }

    #[test]
    fn a_file_that_is_gone_is_told_and_written_anew_where_somebody_said_so() {
        let (dir, files, _) = real();
        let folder = dir.path().join("walkouts");
        let path = folder.join("a.ron");
        std::fs::create_dir(&folder).unwrap();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        let document = file::read(&std::fs::read(&path).unwrap()).unwrap().header.document;
        let anew = |title: &str| {
            let allowed = SaveAllowed { anew: true, loss: false };
            Writing { allowed, ..writing(&path, Some(&path), title) }
        };
        std::fs::rename(&path, folder.join("moved.ron")).unwrap();
        assert_eq!(files.write(writing(&path, Some(&path), "two")), Err(SaveFailure::Gone));
        assert_eq!(files.look(), [], "the save has told it");
        std::fs::rename(folder.join("moved.ron"), &path).unwrap();
        assert_eq!(files.look(), [Answer::OnDisk(OnDisk::Same)], "that it is there again is news");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(files.look(), [Answer::OnDisk(OnDisk::Gone)]);
        assert_eq!(files.write(anew("two")), Ok(()));
        assert_eq!(file::read(&std::fs::read(&path).unwrap()).unwrap().header.document, document);
        assert_eq!(files.write(writing(&path, Some(&path), "three")), Ok(()));

        std::fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(files.write(writing(&path, Some(&path), "four")), Err(SaveFailure::NoFolder(_))));
        files.handle(Job::MakeFolder(folder));
        assert_eq!(files.write(anew("four")), Ok(()));
        assert_eq!(files.look(), []);
    }

    #[test]
    fn whoever_saved_last_is_not_blamed_for_what_another_program_did() {
        let (_dir, files, path) = real();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend(b"// looked at\n");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(file::read(&std::fs::read(&path).unwrap()).unwrap().sealed, Some(true));
        let another = OnDisk::Changed { by: String::new(), at: None, stands: Stands::Another };
        assert_eq!(files.look(), [Answer::OnDisk(another)]);
        let other = AtOnce::on(Arc::new(RealDisk));
        other.handle(Job::Read { path: path.clone(), view_only: false });
        assert_eq!(other.write(writing(&path, Some(&path), "two")), Ok(()));
        assert!(matches!(
            files.look().as_slice(),
            [Answer::OnDisk(OnDisk::Changed { by, at: Some(_), stands: Stands::Another })] if by == "x"
        ));
    }

    #[test]
    fn another_file_is_replaced_only_where_somebody_said_so() {
        let (_dir, files, path) = real();
        std::fs::write(&path, "theirs").unwrap();
        assert!(matches!(files.write(writing(&path, None, "mine")), Err(SaveFailure::CannotWrite(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(files.write(Writing { replace: true, ..writing(&path, None, "mine") }), Ok(()));
    }

    #[test]
    fn a_folder_that_is_not_there_is_told_and_can_be_made() {
        let (dir, files, _) = real();
        let path = dir.path().join("walkouts/2026/a.ron");
        assert!(matches!(files.write(writing(&path, None, "one")), Err(SaveFailure::NoFolder(_))));
        files.handle(Job::MakeFolder(path.parent().unwrap().to_owned()));
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
    }

    #[test]
    fn opening_a_file_clears_away_what_killed_saves_left_beside_it() {
        let disk = Arc::new(FakeDisk::default());
        let (path, leftover) = (Path::new("/share/a.ron"), "/share/.cover-rota-12-0.tmp");
        disk.put(path, &file::write(&titled("one"), &Header::default()));
        disk.put(Path::new(leftover), b"half");
        disk.set_age(leftover, std::time::Duration::from_hours(25));
        let files = AtOnce::on(disk.clone());
        files.handle(Job::Read { path: path.to_owned(), view_only: true });
        assert!(disk.content(leftover).is_some(), "whoever only looks changes nothing");
        files.handle(Job::Read { path: path.to_owned(), view_only: false });
        assert_eq!(disk.content(leftover), None);
    }

    #[test]
    fn a_look_that_began_before_a_save_says_nothing_about_it() {
        let (_dir, files, path) = real();
        assert_eq!(files.write(writing(&path, None, "one")), Ok(()));
        let (about, task) = files.0.begin_look().unwrap();
        std::fs::write(&path, "theirs").unwrap();
        let outcome = task();
        let theirs = Writing { replace: true, ..writing(&path, None, "two") };
        files.0.begin(Job::Watch(None));
        assert_eq!(files.write(theirs), Ok(()));
        assert_eq!(files.0.finish(about, outcome), []);
    }

    #[test]
    fn what_is_not_there_is_told_of_the_recent_files() {
        let (dir, files, path) = real();
        std::fs::write(&path, "x").unwrap();
        let gone = dir.path().join("gone.ron");
        let told = files.handle(Job::Reach(vec![path, gone.clone()]));
        assert_eq!(told, [Answer::Unreachable(vec![(gone, "the file is not there".to_owned())])]);
    }
}
