//! Opening and saving: a save is all or nothing, and "saved" is said only of what was read back.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

use crate::model::Rota;

use super::disk::{ContentHash, Disk, folder};
use super::leftover::temporary_name;
use super::looks::{Looks, Lost};
use super::{Faults, Header, Opened, SIZE_MAX, read, too_large, write};

/// A rota that was opened, and what the file was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// What it says.
    pub opened: Opened,
    /// The file itself, links followed.
    pub path: PathBuf,
    /// What is to be there still when it is saved.
    pub hash: ContentHash,
}

/// Opens a file.
///
/// # Errors
/// [`Faults`] of the disk or of the file.
pub fn open(disk: &dyn Disk, path: &Path) -> Result<OnDisk, Faults> {
    let bytes = disk.read(path, SIZE_MAX).map_err(|error| Faults::one(reading_fault(&error)))?;
    let opened = read(&bytes)?;
    let path = disk.real_path(path).map_err(|error| Faults::one(reading_fault(&error)))?;
    Ok(OnDisk { opened, path, hash: ContentHash::of(&bytes) })
}

/// Why a file cannot be read, in one sentence.
fn reading_fault(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file: choose another".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, not a file: choose the rota in it".to_owned(),
        ErrorKind::PermissionDenied => {
            "you have no permission to read this file: ask whoever gave it to you".to_owned()
        }
        ErrorKind::FileTooLarge => too_large(),
        _ => format!("the file cannot be read: {error}"),
    }
}

/// What a save may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over<'h> {
    /// Nothing: there must be no file of that name.
    Nothing,
    /// The file that is open, if it is still known.
    Known(Known<'h>),
    /// Whatever is there: somebody has said so.
    Anything,
    /// Whatever is there, with a file that nobody but its owner may look into: what the program keeps for itself.
    Own,
}

/// How the file that is open is known again, and what somebody has said may happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'h> {
    /// What was opened or saved, and what this program has tried to write there since.
    pub hashes: &'h [ContentHash],
    /// If it is gone it is written as a new file.
    pub or_gone: bool,
    /// Who may read it, or its other names, may be lost.
    pub may_lose: bool,
}

/// A file that was written and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file itself, links followed.
    pub path: PathBuf,
    /// What is to be there still at the next save.
    pub hash: ContentHash,
}

/// Why a file was not saved. Except for [`Self::NotConfirmed`] the file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SaveRefused {
    /// The rota as it would be written cannot be read back: a fault of the program, told before anything is touched.
    #[error("not saved, it could not be read back: {0}")]
    Unsound(Faults),
    /// The file is no longer what was opened.
    #[error("not saved, the file was changed by somebody else: save a copy")]
    ChangedOnDisk,
    /// The file is no longer there.
    #[error("not saved, the file is no longer there: save a copy")]
    Vanished,
    /// There is a file of that name.
    #[error("not saved, there is a file of that name: choose another")]
    AlreadyThere,
    /// The file, or its folder, may not be written to.
    #[error("not saved, you may not write there: save a copy elsewhere")]
    NoPermission,
    /// The disk is full.
    #[error("not saved, the disk is full: make room and save again, or save a copy on another disk")]
    Full,
    /// The file that is there cannot be read.
    #[error("not saved, the file there cannot be read: save a copy ({0})")]
    Unreadable(String),
    /// The disk refused something else.
    #[error("not saved: save a copy elsewhere ({0})")]
    Failed(String),
    /// It can be replaced only by a file that is not quite like it; nothing was written.
    #[error("not saved, who may read the file could not be kept: save a copy")]
    WouldLose(Lost),
    /// It was written, but what is there now could not be seen to be it.
    #[error("not confirmed, what was written could not be read back: save a copy ({0})")]
    NotConfirmed(String),
}

impl SaveRefused {
    /// Why, in a few words, for whoever says what it was about and what to do.
    pub fn reason(&self) -> String {
        match self {
            Self::NoPermission => "its folder may not be written to".to_owned(),
            Self::Full => "the disk is full".to_owned(),
            Self::Failed(why) | Self::NotConfirmed(why) | Self::Unreadable(why) => why.clone(),
            other => other.to_string(),
        }
    }
}

impl From<io::Error> for SaveRefused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NoPermission,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// A rota as it will stand in its file, parsed back and compared before anything is touched.
#[derive(Debug)]
pub struct Prepared {
    bytes: Vec<u8>,
    hash: ContentHash,
}

impl Prepared {
    /// The rota in writing. The header is that of the new revision.
    ///
    /// # Errors
    /// [`SaveRefused::Unsound`].
    pub fn new(rota: &Rota, header: &Header) -> Result<Self, SaveRefused> {
        let bytes = checked_bytes(rota, header)?;
        Ok(Self { hash: ContentHash::of(&bytes), bytes })
    }

    /// What the file will be known by: whoever tries to write it knows it again, whatever comes of the try.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// Saves it: all of it or none.
    ///
    /// # Errors
    /// [`SaveRefused`].
    pub fn save(&self, disk: &dyn Disk, path: &Path, over: Over<'_>) -> Result<Written, SaveRefused> {
        Ok(Written { path: write_all_or_nothing(disk, path, &self.bytes, over)?, hash: self.hash })
    }
}

/// Saves the rota: all of it or none. The header is that of the new revision.
///
/// # Errors
/// [`SaveRefused`].
pub fn save(
    disk: &dyn Disk,
    path: &Path,
    rota: &Rota,
    header: &Header,
    over: Over<'_>,
) -> Result<Written, SaveRefused> {
    Prepared::new(rota, header)?.save(disk, path, over)
}

/// The bytes to be written, parsed back and compared.
fn checked_bytes(rota: &Rota, header: &Header) -> Result<Vec<u8>, SaveRefused> {
    let bytes = write(rota, header);
    let back = read(&bytes).map_err(SaveRefused::Unsound)?;
    if back.rota == *rota && back.header == *header {
        Ok(bytes)
    } else {
        Err(SaveRefused::Unsound(Faults::one("what was read back differs from what was written")))
    }
}

/// Saves any file, not only a rota: all of it or none, as safely as a rota. Links are followed, and the file itself is
/// what is given back.
///
/// # Errors
/// [`SaveRefused`]; except for [`SaveRefused::NotConfirmed`] what was there is as it was.
pub fn write_all_or_nothing(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    over: Over<'_>,
) -> Result<PathBuf, SaveRefused> {
    let path = disk.real_path(path)?;
    write_whole(disk, &path, bytes, over)?;
    Ok(path)
}

/// Puts these bytes in place of what may be replaced, in one step, and reads them back.
pub(super) fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8], over: Over<'_>) -> Result<(), SaveRefused> {
    let is_there = check_target(disk, path, over)?;
    let (temporary, lost) = write_temporary(disk, path, bytes, is_there, over)?;
    let replaced = match over {
        Over::Known(known) if lost.is_any() && !known.may_lose => Err(SaveRefused::WouldLose(lost)),
        _ => rename_patiently(disk, &temporary, path, bytes, over),
    };
    if replaced.is_err() {
        // Left behind it does no harm: no other save uses its name.
        let _ = disk.remove(&temporary);
    }
    replaced?;
    let not_confirmed = |error: io::Error| SaveRefused::NotConfirmed(error.to_string());
    disk.sync_dir(folder(path)).map_err(not_confirmed)?;
    match disk.read(path, bytes.len() as u64) {
        Ok(back) if back == bytes => Ok(()),
        Ok(_) => Err(SaveRefused::NotConfirmed("the file holds something else".to_owned())),
        Err(error) => Err(not_confirmed(error)),
    }
}

/// Whether there is a file that may be replaced. Its contents are looked at last: whatever may wait comes before.
fn check_target(disk: &dyn Disk, path: &Path, over: Over<'_>) -> Result<bool, SaveRefused> {
    let may_write = match disk.may_write(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        may_write => may_write,
    };
    let there = match read_patiently(disk, path) {
        Ok(bytes) => Some(ContentHash::of(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        // It is more than a rota can be, so it is not what was opened.
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return match over {
                Over::Nothing | Over::Known(_) => Err(SaveRefused::ChangedOnDisk),
                Over::Anything | Over::Own => may_write?.then_some(true).ok_or(SaveRefused::NoPermission),
            };
        }
        Err(error) => return Err(SaveRefused::Unreadable(error.to_string())),
    };
    match (over, there) {
        (Over::Nothing, Some(_)) => Err(SaveRefused::AlreadyThere),
        (Over::Known(known), None) if !known.or_gone => Err(SaveRefused::Vanished),
        (Over::Known(known), Some(now)) if !known.hashes.contains(&now) => Err(SaveRefused::ChangedOnDisk),
        (_, Some(_)) if !may_write? => Err(SaveRefused::NoPermission),
        (_, there) => Ok(there.is_some()),
    }
}

/// So long is waited in all for another program that has the file.
const WAITS_MS: [u64; 8] = [10, 25, 50, 100, 200, 400, 600, 600];

/// What is there, as soon as another program that has it for a moment lets go.
fn read_patiently(disk: &dyn Disk, path: &Path) -> io::Result<Vec<u8>> {
    let mut waits = WAITS_MS.into_iter();
    loop {
        let read = disk.read(path, SIZE_MAX);
        match (&read, waits.next()) {
            (Err(error), Some(wait)) if disk.is_busy(error) => disk.pause(Duration::from_millis(wait)),
            _ => return read,
        }
    }
}

/// A file beside the target with the new bytes, on the disk and read back, and what it could not take over.
fn write_temporary(
    disk: &dyn Disk,
    path: &Path,
    bytes: &[u8],
    is_there: bool,
    over: Over<'_>,
) -> Result<(PathBuf, Lost), SaveRefused> {
    const TRIES: u32 = 100;
    let looks = match over {
        Over::Own => Looks::Private,
        _ if is_there => Looks::Like(path),
        _ => Looks::New,
    };
    for number in 0..TRIES {
        let name = temporary_name(std::process::id(), number);
        let temporary = folder(path).join(name);
        let lost = match disk.write_new(&temporary, bytes, looks) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => {
                let _ = disk.remove(&temporary);
                return Err(error.into());
            }
            Ok(lost) => lost,
        };
        if disk.read(&temporary, bytes.len() as u64).is_ok_and(|back| back == bytes) {
            return Ok((temporary, lost));
        }
        let _ = disk.remove(&temporary);
        return Err(SaveRefused::Failed("the disk did not keep what was written".to_owned()));
    }
    Err(SaveRefused::Failed("too many temporary files of this program in the folder".to_owned()))
}

/// Renames over the target, trying again for about two seconds while another program holds it. Before each try the
/// target is looked at again, so that only a moment is left in which somebody else could write unseen.
fn rename_patiently(disk: &dyn Disk, from: &Path, to: &Path, bytes: &[u8], over: Over<'_>) -> Result<(), SaveRefused> {
    let mut waits = WAITS_MS.into_iter();
    loop {
        check_target(disk, to, over)?;
        let Err(error) = disk.rename(from, to) else { return Ok(()) };
        // A network drive may do it and lose the answer.
        if disk.read(to, bytes.len() as u64).is_ok_and(|now| now == bytes) {
            return Ok(());
        }
        match waits.next() {
            Some(wait) if disk.is_busy(&error) => disk.pause(Duration::from_millis(wait)),
            _ => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::fake_disk::{FakeDisk, Trouble};
    use crate::file::sample::SAMPLE;

    const PATH: &str = "/share/rota.ron";

    fn old_and_new() -> (Vec<u8>, Rota, Header, Vec<u8>) {
        let mut opened = read(SAMPLE.as_bytes()).unwrap();
        opened.header.is_sealed = true;
        let old = write(&opened.rota, &opened.header);
        opened.rota.properties.title = "New title, longer than the old one was".to_owned();
        opened.header.revision = Some("f".repeat(32));
        let new = write(&opened.rota, &opened.header);
        (old, opened.rota, opened.header, new)
    }

    fn save_on(disk: &FakeDisk, over: Over<'_>) -> Result<Written, SaveRefused> {
        let (_, rota, header, _) = old_and_new();
        save(disk, Path::new(PATH), &rota, &header, over)
    }

    fn known(hashes: &[ContentHash]) -> Over<'_> {
        Over::Known(Known { hashes, or_gone: false, may_lose: false })
    }

    fn over_old() -> (Vec<u8>, Vec<u8>, Over<'static>) {
        static OLD: std::sync::OnceLock<[ContentHash; 1]> = std::sync::OnceLock::new();
        let (old, _, _, new) = old_and_new();
        (old.clone(), new, known(OLD.get_or_init(|| [ContentHash::of(&old)])))
    }

    #[test]
    fn a_save_replaces_what_was_opened_and_leaves_nothing_else() {
        let (old, new, over) = over_old();
        let disk = FakeDisk::with(PATH, &old);
        let written = save_on(&disk, over).unwrap();
        assert_eq!(written, Written { path: PATH.into(), hash: ContentHash::of(&new) });
        assert_eq!(disk.content(PATH), Some(new));
        assert_eq!(disk.names(), [Path::new(PATH)]);
    }

    #[test]
    fn power_may_go_at_any_step() {
        let (old, new, over) = over_old();
        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, over).unwrap();
        for step in 1..=whole.steps() + 1 {
            let disk = FakeDisk::with(PATH, &old).trouble(step, Trouble::FromThenOn(ErrorKind::Other));
            let result = save_on(&disk, over);
            for content in disk.contents_after_power_loss(PATH) {
                let content = content.expect("the file is there");
                assert!(content == old || content == new, "step {step}: {content:?}");
                assert!(result.is_err() || content == new, "step {step} was called saved");
            }
        }
    }

    #[test]
    fn whatever_fails_the_file_is_whole_and_saved_is_never_said_of_what_is_not() {
        let (old, new, over) = over_old();
        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, over).unwrap();
        for step in 1..=whole.steps() {
            for trouble in [
                Trouble::Once(ErrorKind::StorageFull),
                Trouble::Once(ErrorKind::PermissionDenied),
                Trouble::Once(ErrorKind::NotFound),
                Trouble::FromThenOn(ErrorKind::StorageFull),
                Trouble::Lie,
                Trouble::Torn,
            ] {
                let disk = FakeDisk::with(PATH, &old).trouble(step, trouble);
                let result = save_on(&disk, over);
                let content = disk.content(PATH).expect("the file is there");
                assert!(content == old || content == new, "step {step}, {trouble:?}");
                match result {
                    Ok(_) => assert_eq!(content, new, "step {step}, {trouble:?}: called saved"),
                    Err(SaveRefused::NotConfirmed(_)) => {}
                    Err(refused) => assert_eq!(content, old, "step {step}, {trouble:?}: {refused}"),
                }
            }
        }
    }

    #[test]
    fn a_file_that_is_no_rota_is_saved_as_safely() {
        let (path, text) = (Path::new("/share/list.csv"), b"no rota, and longer than what was there".as_slice());
        let old = b"old".to_vec();
        for (over, before) in [(Over::Nothing, None), (Over::Anything, Some(&old))] {
            let disk_before = || before.map_or_else(FakeDisk::default, |old| FakeDisk::with("/share/list.csv", old));
            let whole = disk_before();
            assert_eq!(write_all_or_nothing(&whole, path, text, over), Ok(path.to_owned()));
            assert_eq!((whole.content("/share/list.csv").as_deref(), whole.names().len()), (Some(text), 1));
            for step in 1..=whole.steps() {
                let troubles = [
                    Trouble::Once(ErrorKind::StorageFull),
                    Trouble::FromThenOn(ErrorKind::Other),
                    Trouble::Lie,
                    Trouble::Torn,
                ];
                for trouble in troubles {
                    let disk = disk_before().trouble(step, trouble);
                    let result = write_all_or_nothing(&disk, path, text, over);
                    // A disk that lies keeps no promise over the loss of power.
                    let is_honest = matches!(trouble, Trouble::FromThenOn(_));
                    let mut contents =
                        if is_honest { disk.contents_after_power_loss("/share/list.csv") } else { Vec::new() };
                    contents.push(disk.content("/share/list.csv"));
                    let is_whole = |now: &Option<Vec<u8>>| now.as_ref() == before || now.as_deref() == Some(text);
                    assert!(contents.iter().all(is_whole), "step {step}, {trouble:?}: {contents:?}");
                    let is_there = contents.last().is_some_and(|now| now.as_deref() == Some(text));
                    assert!(result.is_err() || is_there, "step {step}, {trouble:?}: called saved");
                }
            }
            let taken = FakeDisk::with("/share/list.csv", b"theirs");
            let refused = write_all_or_nothing(&taken, path, text, Over::Nothing);
            assert_eq!(refused, Err(SaveRefused::AlreadyThere));
        }
    }

    #[test]
    fn a_disk_that_fills_up_is_told_and_keeps_no_rest() {
        let (old, _, over) = over_old();
        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, over).unwrap();
        let full = (1..=whole.steps()).filter(|step| {
            let disk = FakeDisk::with(PATH, &old).trouble(*step, Trouble::Torn);
            let is_full = save_on(&disk, over) == Err(SaveRefused::Full);
            assert!(!is_full || disk.names() == [Path::new(PATH)]);
            is_full
        });
        assert_eq!(full.count(), 1);
    }

    #[test]
    fn what_somebody_else_wrote_is_never_replaced() {
        let (old, _, over) = over_old();
        let disk = FakeDisk::with(PATH, b"somebody else's");
        assert_eq!(save_on(&disk, over), Err(SaveRefused::ChangedOnDisk));
        assert_eq!(save_on(&disk, Over::Nothing), Err(SaveRefused::AlreadyThere));
        assert_eq!(disk.content(PATH).unwrap(), b"somebody else's");
        assert_eq!(save_on(&FakeDisk::default(), over), Err(SaveRefused::Vanished));

        // Whatever they write at any step but that of the rename itself is there afterwards, and is told.
        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, over).unwrap();
        let rename = whole.step_of_rename().unwrap();
        for step in (1..=whole.steps()).filter(|step| *step != rename) {
            let disk = FakeDisk::with(PATH, &old).meanwhile(step, PATH, b"theirs");
            let refused = save_on(&disk, over).unwrap_err();
            assert_eq!(disk.content(PATH).unwrap(), b"theirs", "step {step}");
            assert_eq!(step < rename, refused == SaveRefused::ChangedOnDisk, "step {step}: {refused}");
        }
    }

    #[test]
    fn what_is_written_while_the_file_is_held_is_not_replaced_either() {
        let (old, _, over) = over_old();
        let disk = FakeDisk::with(PATH, &old).busy(2).meanwhile_waiting(PATH, b"theirs");
        assert_eq!(save_on(&disk, over), Err(SaveRefused::ChangedOnDisk));
        assert_eq!((disk.content(PATH).unwrap(), disk.names().len()), (b"theirs".to_vec(), 1));
    }

    #[test]
    fn what_this_program_tried_to_write_is_its_own() {
        let (old, rota, header, new) = old_and_new();
        let hashes = [ContentHash::of(&old), Prepared::new(&rota, &header).unwrap().hash()];
        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, known(&hashes)).unwrap();
        for step in 1..=whole.steps() {
            let disk = FakeDisk::with(PATH, &old).trouble(step, Trouble::Once(ErrorKind::Other));
            let _ = save_on(&disk, known(&hashes));
            save_on(&disk, known(&hashes)).unwrap_or_else(|refused| panic!("step {step}: {refused}"));
            assert_eq!(disk.content(PATH).as_ref(), Some(&new));
        }
    }

    #[test]
    fn a_file_that_is_gone_is_written_anew_where_somebody_said_so() {
        let (old, _, _) = over_old();
        let hashes = [ContentHash::of(&old)];
        let anew = Over::Known(Known { hashes: &hashes, or_gone: true, may_lose: false });
        let disk = FakeDisk::default();
        assert_eq!(save_on(&disk, known(&hashes)), Err(SaveRefused::Vanished));
        assert!(save_on(&disk, anew).is_ok());
        let theirs = FakeDisk::with(PATH, b"theirs");
        assert_eq!(save_on(&theirs, anew), Err(SaveRefused::ChangedOnDisk), "somebody else was there first");
    }

    #[test]
    fn who_may_read_it_is_kept_or_told_before_anything_is_written() {
        let (old, new, over) = over_old();
        for lost in [Lost { access: true, links: false }, Lost { access: false, links: true }] {
            let disk = FakeDisk::with(PATH, &old).losing(lost);
            assert_eq!(save_on(&disk, over), Err(SaveRefused::WouldLose(lost)));
            assert_eq!((disk.content(PATH).as_ref(), disk.names().len()), (Some(&old), 1));
            let hashes = [ContentHash::of(&old)];
            save_on(&disk, Over::Known(Known { hashes: &hashes, or_gone: false, may_lose: true })).unwrap();
            assert_eq!(disk.content(PATH).as_ref(), Some(&new));
        }
    }

    #[test]
    fn what_the_program_keeps_for_itself_is_nobody_elses_to_read() {
        let disk = FakeDisk::with(PATH, b"old");
        write_whole(&disk, Path::new(PATH), b"new", Over::Own).unwrap();
        assert!(disk.is_private(PATH));
    }

    #[test]
    fn a_file_that_is_marked_read_only_is_not_replaced() {
        let (old, _, over) = over_old();
        let disk = FakeDisk::with(PATH, &old);
        disk.set_read_only(PATH);
        assert_eq!(save_on(&disk, over), Err(SaveRefused::NoPermission));
        assert_eq!(disk.content(PATH), Some(old));
    }

    #[test]
    fn a_file_that_is_held_for_a_moment_is_waited_for() {
        let (old, new, over) = over_old();
        let disk = FakeDisk::with(PATH, &old).busy(3);
        assert!(save_on(&disk, over).is_ok());
        assert_eq!((disk.content(PATH), disk.pauses()), (Some(new), 3));
        let held = FakeDisk::with(PATH, &old).busy(1000);
        assert!(matches!(save_on(&held, over), Err(SaveRefused::Failed(_))));
        assert_eq!((held.content(PATH), held.names().len()), (Some(old), 1));
    }

    #[test]
    fn a_rota_that_could_not_be_read_back_touches_nothing() {
        let (old, mut rota, header, _) = old_and_new();
        rota.assignments[0].span.to = rota.assignments[0].span.from;
        let disk = FakeDisk::with(PATH, &old);
        let refused = save(&disk, Path::new(PATH), &rota, &header, Over::Anything).unwrap_err();
        assert!(refused.to_string().contains("assignments \"a1\""), "{refused}");
        assert_eq!(disk.steps(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn on_a_real_disk_links_are_followed_and_permissions_kept() {
        use crate::file::disk::RealDisk;
        use std::os::unix::fs::PermissionsExt;
        let (old, rota, header, new) = old_and_new();
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("real.ron"), dir.path().join("link.ron"));
        std::fs::write(&real, &old).unwrap();
        std::fs::set_permissions(&real, PermissionsExt::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let opened = open(&RealDisk, &link).unwrap();
        save(&RealDisk, &link, &rota, &header, known(&[opened.hash])).unwrap();
        assert_eq!(std::fs::read(&real).unwrap(), new);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
        std::fs::set_permissions(&real, PermissionsExt::from_mode(0o440)).unwrap();
        let refused = save(&RealDisk, &real, &rota, &header, Over::Anything);
        assert_eq!(refused, Err(SaveRefused::NoPermission));
    }

    #[cfg(unix)]
    #[test]
    fn on_a_real_disk_the_group_and_attributes_are_kept_and_another_name_is_told() {
        use crate::file::disk::RealDisk;
        use rustix::fs::{XattrFlags, getxattr, setxattr};
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let (old, rota, header, _) = old_and_new();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rota.ron");
        std::fs::write(&path, &old).unwrap();
        // Only an administrator gives files away, and not every disk has attributes: what is there is to stay.
        let _ = chown(&path, Some(1234), Some(5678));
        let _ = setxattr(&path, "user.ward", b"A&E", XattrFlags::empty());
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o660)).unwrap();
        let looks = || {
            let (about, mut ward) = (path.metadata().unwrap(), vec![0; 16]);
            let ward = getxattr(&path, "user.ward", ward.as_mut_slice()).map(|length| ward[..length].to_vec());
            (about.uid(), about.gid(), about.mode() & 0o777, ward.ok())
        };
        let before = looks();
        let hashes = [ContentHash::of(&old), Prepared::new(&rota, &header).unwrap().hash()];
        save(&RealDisk, &path, &rota, &header, known(&hashes)).unwrap();
        assert_eq!(looks(), before);
        std::fs::hard_link(&path, dir.path().join("other.ron")).unwrap();
        let refused = save(&RealDisk, &path, &rota, &header, known(&hashes));
        assert_eq!(refused, Err(SaveRefused::WouldLose(Lost { access: false, links: true })));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "nothing is left beside them");
    }

    #[test]
    fn what_cannot_be_opened_is_told_in_plain_words() {
        use crate::file::disk::RealDisk;
        let dir = tempfile::tempdir().unwrap();
        let told = |path: &Path| open(&RealDisk, path).unwrap_err().to_string();
        assert_eq!(told(dir.path()), "this is a folder, not a file: choose the rota in it");
        assert_eq!(told(&dir.path().join("gone.ron")), "there is no such file: choose another");
        let large = dir.path().join("large.ron");
        std::fs::File::create(&large).unwrap().set_len(17 * 1024 * 1024).unwrap();
        assert_eq!(told(&large), "the file is above the 16 MiB that a rota may have: use another");
        let disk = FakeDisk::with(PATH, b"").trouble(1, Trouble::Once(ErrorKind::PermissionDenied));
        assert!(open(&disk, Path::new(PATH)).unwrap_err().to_string().starts_with("you have no permission"));
    }
}
