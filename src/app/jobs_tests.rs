//! Files and recovery on threads of their own: with disks that hang, fail, lie and break, and clocks that run fast.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::editor::{Answer, KeptWork, OnDisk, SaveAllowed, SaveFailure, SaveWhy, Stands};
use crate::file::{self, FakeDisk, Header, RealDisk, Trouble};
use crate::model::Rota;

use super::job::{BROKE, Job, RecoveryJob, Work};
use super::jobs::{Jobs, Limits, News};
use super::store::Writing;

const PATH: &str = "/share/a.ron";
const DATA: &str = "/home/user/data";
/// In place of five, ten and two seconds.
const LIMITS: Limits = Limits {
    look_every: Duration::from_millis(40),
    answer_within: Duration::from_millis(200),
    keep_after: Duration::from_millis(30),
};

/// So long an answer that has to come is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

fn titled(title: &str) -> Box<Rota> {
    let mut rota = Rota::empty();
    rota.properties.title = title.to_owned();
    Box::new(rota)
}

fn bytes(title: &str) -> Vec<u8> {
    file::write(&titled(title), &Header::default())
}

/// The share, the user's own disk, and the threads between.
struct Desk {
    share: Arc<FakeDisk>,
    own: Arc<FakeDisk>,
    jobs: Jobs,
    /// What was told and not yet asked for.
    heard: RefCell<VecDeque<Answer>>,
}

/// With the file open, as it stands on a share, and looked at often.
fn looking() -> Desk {
    desk_with(LIMITS)
}

/// The same without looks, so that the steps of a disk can be counted, and with time for every answer, however busy the
/// computer is.
fn desk() -> Desk {
    desk_with(Limits { look_every: Duration::from_hours(1), answer_within: PATIENCE, ..LIMITS })
}

/// Without looks, on a share that is soon given up.
fn impatient_desk() -> Desk {
    desk_with(Limits { look_every: Duration::from_hours(1), ..LIMITS })
}

fn desk_with(limits: Limits) -> Desk {
    let (share, own) = (Arc::new(FakeDisk::with(PATH, &bytes("one"))), Arc::new(FakeDisk::default()));
    let jobs = Jobs::start(share.clone(), own.clone(), Some(DATA.into()), limits, || Box::new(|| {}));
    let desk = Desk { share, own, jobs, heard: RefCell::default() };
    desk.jobs.file(Job::Read { path: PATH.into(), view_only: false });
    assert!(matches!(desk.hear(), Answer::FileRead { result: Ok(_), .. }));
    desk
}

impl Desk {
    /// The next answer, within [`PATIENCE`].
    fn hear(&self) -> Answer {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let mut heard = self.heard.borrow_mut();
            heard.extend(self.jobs.take().into_iter().filter_map(|news| match news {
                News::Answer(answer) => Some(answer),
                News::MayReplace(_) => None,
            }));
            if let Some(answer) = heard.pop_front() {
                return answer;
            }
            drop(heard);
            std::thread::sleep(Duration::from_millis(1));
        }
        panic!("nothing was told");
    }

    fn hear_until(&self, is_it: impl Fn(&Answer) -> bool) -> Answer {
        loop {
            let answer = self.hear();
            if is_it(&answer) {
                return answer;
            }
        }
    }

    fn save(&self, title: &str, path: &str) {
        self.jobs.file(Job::Write(Box::new(writing(Path::new(path), Some(Path::new(PATH)), title))));
    }

    fn saved(&self) -> Result<(), SaveFailure> {
        match self.hear_until(|answer| matches!(answer, Answer::FileWritten { .. })) {
            Answer::FileWritten { result, .. } => result,
            _ => unreachable!("it is one"),
        }
    }

    fn keep(&self, title: &str) {
        self.jobs.recovery(RecoveryJob::Keep(work(title, Some(PATH), 7)));
    }

    fn kept_titles(&self) -> Vec<String> {
        let copies = file::kept_copies(self.own.as_ref(), Path::new(DATA)).into_iter();
        copies.map(|copy| copy.opened.unwrap().rota.properties.title).collect()
    }
}

fn work(title: &str, path: Option<&str>, state: u64) -> Work {
    Work { rota: titled(title), path: path.map(PathBuf::from), saved: None, changes: 3, state }
}

fn writing(path: &Path, from: Option<&Path>, title: &str) -> Writing {
    Writing {
        path: path.to_owned(),
        from: from.map(PathBuf::from),
        replace: false,
        allowed: SaveAllowed::default(),
        why: SaveWhy::Save,
        rota: titled(title),
        state: 7,
        by: "x".to_owned(),
    }
}

#[test]
fn unsaved_work_is_kept_while_the_share_does_not_answer() {
    let desk = impatient_desk();
    desk.share.trouble_in(1, Trouble::Hang);
    desk.save("two", PATH);
    desk.keep("three");
    desk.hear_until(|answer| matches!(answer, Answer::RecoveryKept { state: 7, .. }));
    assert_eq!(desk.kept_titles(), ["three"]);
    desk.share.let_go();
}

#[test]
fn a_look_that_is_not_answered_is_told_and_so_is_that_it_answers_again() {
    let desk = looking();
    desk.share.trouble_in(1, Trouble::Hang);
    assert!(matches!(desk.hear(), Answer::OnDisk(OnDisk::NoAnswer { .. })));
    std::thread::sleep(LIMITS.answer_within);
    assert_eq!(desk.jobs.take().len(), 0, "told once");
    desk.share.let_go();
    assert_eq!(desk.hear(), Answer::OnDisk(OnDisk::Same));
}

#[test]
fn a_save_that_is_not_answered_is_told_and_when_it_is_done_all_the_same() {
    let desk = impatient_desk();
    // Whatever the save hangs at.
    desk.share.trouble_in(2, Trouble::Hang);
    desk.save("two", PATH);
    assert!(matches!(desk.saved(), Err(SaveFailure::NoAnswer { .. })));
    desk.save("three", PATH);
    assert!(matches!(desk.saved(), Err(SaveFailure::NoAnswer { .. })), "the one before may still come after it");
    desk.save("elsewhere", "/share/b.ron");
    assert_eq!(desk.saved(), Ok(()), "another file does not wait");
    desk.share.let_go();
    assert_eq!(desk.saved(), Ok(()));
    let title = |path: &str| file::read(&desk.share.content(path).unwrap()).unwrap().rota.properties.title;
    assert_eq!((title(PATH), title("/share/b.ron")), ("two".to_owned(), "elsewhere".to_owned()));
}

#[test]
fn the_file_is_looked_at_whatever_else_is_done() {
    let desk = desk_with(Limits { answer_within: PATIENCE, ..LIMITS });
    desk.share.put(Path::new(PATH), b"theirs");
    let began = Instant::now();
    let mut found = None;
    // An edit, and more to do, without a pause.
    while found.is_none() && began.elapsed() < PATIENCE {
        desk.keep("edit");
        desk.jobs.file(Job::MakeFolder("/share".into()));
        found = desk.jobs.take().into_iter().find_map(|news| match news {
            News::Answer(Answer::OnDisk(found)) => Some(found),
            _ => None,
        });
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(found, Some(OnDisk::Changed { by: String::new(), at: None, stands: Stands::Unreadable }));
}

#[test]
fn what_this_program_has_written_is_nobody_elses_however_the_save_ended() {
    let whole = {
        let desk = desk();
        let before = desk.share.steps();
        desk.save("two", PATH);
        assert_eq!(desk.saved(), Ok(()));
        desk.share.steps() - before
    };
    for step in 1..=whole {
        let desk = desk();
        desk.share.trouble_in(step, Trouble::Once(ErrorKind::Other));
        desk.save("two", PATH);
        let first = desk.saved();
        assert!(!matches!(first, Err(SaveFailure::ChangedOnDisk { .. })), "step {step}: {first:?}");
        desk.save("three", PATH);
        assert_eq!(desk.saved(), Ok(()), "step {step}, after {first:?}");
    }
}

#[test]
fn a_thread_that_breaks_is_told_of_and_the_next_save_is_done() {
    let desk = desk();
    // A save takes more steps than a look.
    desk.save("two", PATH);
    assert_eq!(desk.saved(), Ok(()));
    desk.share.trouble_in(4, Trouble::Panic);
    desk.save("three", PATH);
    match desk.hear_until(|answer| !matches!(answer, Answer::OnDisk(_))) {
        Answer::FileWritten { result: Err(SaveFailure::CannotWrite(why)), .. } => assert!(why.contains(BROKE)),
        other => panic!("{other:?}"),
    }
    desk.save("four", PATH);
    assert_eq!(desk.saved(), Ok(()));
    desk.own.trouble_in(2, Trouble::Panic);
    desk.keep("five");
    let is_recovery = |answer: &Answer| !matches!(answer, Answer::OnDisk(_));
    assert_eq!(desk.hear_until(is_recovery), Answer::RecoveryFailed(BROKE.to_owned()));
    desk.keep("six");
    assert!(matches!(desk.hear_until(is_recovery), Answer::RecoveryKept { .. }));
}

#[test]
fn kept_is_said_only_of_what_was_read_back() {
    let whole = {
        let desk = desk();
        desk.keep("two");
        desk.hear();
        desk.own.steps()
    };
    for trouble in [
        Trouble::Once(ErrorKind::Other),
        Trouble::FromThenOn(ErrorKind::Other),
        Trouble::Once(ErrorKind::StorageFull),
        Trouble::Lie,
        Trouble::Torn,
    ] {
        for step in 1..=whole {
            let desk = desk();
            desk.own.trouble_in(step, trouble);
            desk.keep("two");
            let told = desk.hear();
            let is_there = || desk.kept_titles() == ["two"];
            match told {
                Answer::RecoveryKept { .. } => assert!(is_there(), "{trouble:?} at step {step}"),
                Answer::RecoveryFailed(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn unsaved_work_is_kept_at_once_when_the_program_has_to_end() {
    let (share, own) = (Arc::new(FakeDisk::default()), Arc::new(FakeDisk::default()));
    let limits = Limits { keep_after: Duration::from_hours(1), ..LIMITS };
    let jobs = Jobs::start(share.clone(), own.clone(), Some(DATA.into()), limits, || Box::new(|| {}));
    let desk = Desk { share, own, jobs, heard: RefCell::default() };
    desk.keep("two");
    desk.jobs.flush().now();
    assert_eq!(desk.kept_titles(), ["two"]);
    desk.keep("three");
    let (own, dir) = (desk.own.clone(), Path::new(DATA));
    drop(desk);
    assert_eq!(file::kept_copies(own.as_ref(), dir)[0].opened.as_ref().unwrap().rota.properties.title, "three");
}

#[test]
fn edits_that_follow_each_other_do_not_put_off_keeping() {
    let desk = desk();
    let began = Instant::now();
    let mut kept = false;
    while !kept && began.elapsed() < PATIENCE {
        desk.keep("edit");
        std::thread::sleep(Duration::from_millis(3));
        kept = desk.jobs.take().iter().any(|news| matches!(news, News::Answer(Answer::RecoveryKept { .. })));
    }
    assert!(kept, "the oldest edit was due long ago");
}

#[test]
fn what_is_not_saved_can_be_had_back_for_a_week() {
    let desk = desk();
    desk.keep("two");
    desk.hear();
    for (number, title) in ["two", "three"].into_iter().enumerate() {
        desk.jobs.recovery(RecoveryJob::SetAside(work(title, Some(PATH), 0)));
        match desk.hear() {
            Answer::ThrownAway(thrown) => assert_eq!(thrown.len(), number + 1),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(desk.kept_titles(), [] as [&str; 0], "it is not offered as if the program had died");
    let own = desk.own.clone();
    drop(desk);
    let titles: Vec<String> = file::thrown_copies(own.as_ref(), Path::new(DATA))
        .into_iter()
        .map(|copy| copy.opened.unwrap().rota.properties.title)
        .collect();
    assert_eq!(titles, ["two", "three"]);
}

/// Two runs one after the other, on a real disk.
struct Runs {
    dir: tempfile::TempDir,
}

impl Runs {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("a.ron")
    }

    fn begin(&self) -> Desk {
        let data = self.dir.path().join("data");
        std::fs::create_dir_all(&data).unwrap();
        let limits = Limits { answer_within: PATIENCE, ..LIMITS };
        let jobs = Jobs::start(Arc::new(RealDisk), Arc::new(RealDisk), Some(data), limits, || Box::new(|| {}));
        Desk { share: Arc::default(), own: Arc::default(), jobs, heard: RefCell::default() }
    }

    /// A run that saves "one", keeps "two", and dies.
    fn crash(&self) {
        let desk = self.begin();
        desk.jobs.file(Job::Write(Box::new(writing(&self.path(), None, "one"))));
        assert_eq!(desk.saved(), Ok(()));
        desk.jobs.recovery(RecoveryJob::Keep(work("two", self.path().to_str(), 7)));
        desk.hear_until(|answer| matches!(answer, Answer::RecoveryKept { .. }));
    }
}

/// What a run offers when it begins.
fn offered(desk: &Desk) -> Vec<KeptWork> {
    desk.jobs.recovery(RecoveryJob::Start);
    match desk.hear_until(|answer| matches!(answer, Answer::Kept(_))) {
        Answer::Kept(kept) => kept,
        _ => unreachable!("it is one"),
    }
}

#[test]
fn unsaved_work_is_offered_after_a_crash_with_what_the_file_says_now() {
    let runs = Runs::new();
    runs.crash();
    let next = runs.begin();
    let kept = offered(&next);
    assert_eq!((kept.len(), kept[0].title.as_str(), kept[0].changes), (1, "two", 3));
    let before = std::fs::read(runs.path()).unwrap();

    let mut other = file::read(&before).unwrap();
    other.rota.properties.title = "theirs".to_owned();
    std::fs::write(runs.path(), file::write(&other.rota, &other.header)).unwrap();
    let changed = offered(&next);
    assert_eq!(changed[0].changes, 0, "nobody can say how many");
    assert_eq!(changed[0].saved.map(|saved| saved.at), other.header.saved.as_ref().map(|saved| saved.at));

    // The kill came between the rename and the clearing away of the copy.
    other.rota.properties.title = "two".to_owned();
    std::fs::write(runs.path(), file::write(&other.rota, &other.header)).unwrap();
    assert_eq!(offered(&next), [], "the file has it already");
    let until = Instant::now() + PATIENCE;
    while kept[0].kept_path.exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!kept[0].kept_path.exists(), "and the copy is cleared away");
}

#[test]
fn recovered_work_goes_over_its_file_only_while_that_is_what_it_was() {
    let runs = Runs::new();
    runs.crash();
    let next = runs.begin();
    let kept = offered(&next)[0].kept_path.clone();
    let file_of = || {
        next.jobs.recovery(RecoveryJob::ReadKept(kept.clone()));
        match next.hear_until(|answer| matches!(answer, Answer::KeptRead { .. })) {
            Answer::KeptRead { file, result: Ok(opened), .. } => {
                assert_eq!(opened.rota, *titled("two"));
                file
            }
            other => panic!("{other:?}"),
        }
    };
    let path = runs.path();
    assert_eq!(file_of(), Some((path.clone(), OnDisk::Same)));
    let before = std::fs::read(&path).unwrap();
    std::fs::write(&path, [&*before, b"// theirs"].concat()).unwrap();
    let theirs = OnDisk::Changed { by: String::new(), at: None, stands: Stands::Another };
    assert_eq!(file_of(), Some((path.clone(), theirs)), "somebody else has saved since");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(file_of(), Some((path.clone(), OnDisk::Gone)), "it is gone");
    std::fs::write(&path, &before).unwrap();
    assert_eq!(file_of(), Some((path.clone(), OnDisk::Same)));
    next.jobs.file(Job::Write(Box::new(writing(&path, Some(&path), "two"))));
    assert_eq!(next.saved(), Ok(()));
    let (was, saved) = (file::read(&before).unwrap(), file::read(&std::fs::read(&path).unwrap()).unwrap());
    assert_eq!((saved.rota, saved.header.document), (*titled("two"), was.header.document));
}

#[test]
fn the_work_of_a_run_that_lives_is_not_offered_and_what_was_discarded_comes_back() {
    let runs = Runs::new();
    let alive = runs.begin();
    alive.jobs.recovery(RecoveryJob::Keep(work("two", None, 7)));
    alive.hear();
    let next = runs.begin();
    next.jobs.recovery(RecoveryJob::Start);
    // What the other thread says of recent files comes before or after.
    let of_recovery = || next.hear_until(|answer| !matches!(answer, Answer::Unreachable(_)));
    assert_eq!(of_recovery(), Answer::ThrownAway(Vec::new()));
    assert_eq!(of_recovery(), Answer::Recent(Vec::new()));
    drop(alive);
    let kept = offered(&next);
    next.jobs.recovery(RecoveryJob::Discard(kept[0].kept_path.clone()));
    let Answer::ThrownAway(thrown) =
        next.hear_until(|answer| matches!(answer, Answer::ThrownAway(thrown) if !thrown.is_empty()))
    else {
        panic!("it is told")
    };
    assert_eq!((thrown.len(), thrown[0].title.as_str(), thrown[0].changes), (1, "two", 3));
    next.jobs.recovery(RecoveryJob::ReadKept(thrown[0].kept_path.clone()));
    let read = next.hear_until(|answer| matches!(answer, Answer::KeptRead { .. }));
    assert!(matches!(read, Answer::KeptRead { result: Ok(opened), .. } if opened.rota == *titled("two")));
}
