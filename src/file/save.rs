//! Opening and saving: a save is all or nothing, and "saved" is said only of what was read back.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::Rota;

use super::disk::{ContentHash, Disk, folder};
use super::leftover::temporary_name;
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
pub enum Over {
    /// Nothing: there must be no file of that name.
    Nothing,
    /// The file that was opened, if it is still what it was.
    Opened(ContentHash),
    /// Whatever is there: somebody has said so.
    Anything,
}

/// A file that was written and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file itself, links followed.
    pub path: PathBuf,
    /// What is to be there still at the next save.
    pub hash: ContentHash,
}

/// Why a rota was not saved. Except for [`Self::NotConfirmed`] the file is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveRefused {
    /// The rota as it would be written cannot be read back: a fault of the program, told before anything is touched.
    Unsound(Faults),
    /// The file is no longer what was opened.
    ChangedOnDisk,
    /// The file is no longer there.
    Vanished,
    /// There is a file of that name.
    AlreadyThere,
    /// The file, or its folder, may not be written to.
    NoPermission,
    /// The disk is full.
    Full,
    /// The file that is there cannot be read.
    Unreadable(String),
    /// The disk refused something else.
    Failed(String),
    /// It was written, but what is there now could not be seen to be it.
    NotConfirmed(String),
}

impl fmt::Display for SaveRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsound(faults) => write!(f, "not saved, it could not be read back: {faults}"),
            Self::ChangedOnDisk => f.write_str("not saved, the file was changed by somebody else: save a copy"),
            Self::Vanished => f.write_str("not saved, the file is no longer there: save a copy"),
            Self::AlreadyThere => f.write_str("not saved, there is a file of that name: choose another"),
            Self::NoPermission => f.write_str("not saved, you may not write there: save a copy elsewhere"),
            Self::Full => f.write_str("not saved, the disk is full: make room, or save a copy elsewhere"),
            Self::Unreadable(why) => write!(f, "not saved, the file there cannot be read: save a copy ({why})"),
            Self::Failed(why) => write!(f, "not saved: save a copy elsewhere ({why})"),
            Self::NotConfirmed(why) => {
                write!(f, "not confirmed, what was written could not be read back: save a copy ({why})")
            }
        }
    }
}

impl std::error::Error for SaveRefused {}

impl From<io::Error> for SaveRefused {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NoPermission,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Saves the rota: all of it or none. The header is that of the new revision.
///
/// # Errors
/// [`SaveRefused`].
pub fn save(disk: &dyn Disk, path: &Path, rota: &Rota, header: &Header, over: Over) -> Result<Written, SaveRefused> {
    let bytes = checked_bytes(rota, header)?;
    let path = disk.real_path(path)?;
    write_whole(disk, &path, &bytes, over)?;
    Ok(Written { hash: ContentHash::of(&bytes), path })
}

/// The bytes to be written, parsed back and compared.
fn checked_bytes(rota: &Rota, header: &Header) -> Result<Vec<u8>, SaveRefused> {
    let bytes = write(rota, header);
    let back = read(&bytes).map_err(SaveRefused::Unsound)?;
    if back.rota == *rota && back.header == *header {
        Ok(bytes)
    } else {
        Err(SaveRefused::Unsound(Faults::one("what was written reads differently")))
    }
}

/// Puts these bytes in place of what may be replaced, in one step, and reads them back.
pub(super) fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8], over: Over) -> Result<(), SaveRefused> {
    let is_there = check_target(disk, path, over)?;
    let temporary = write_temporary(disk, path, bytes, is_there)?;
    let replaced = match check_target(disk, path, over) {
        // Looked at again, so that only a moment is left in which somebody else could write unseen.
        Ok(_) => rename_patiently(disk, &temporary, path, bytes),
        Err(refused) => Err(refused),
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
        Ok(_) => Err(SaveRefused::NotConfirmed("the file has other contents".to_owned())),
        Err(error) => Err(not_confirmed(error)),
    }
}

/// Whether there is a file that may be replaced.
fn check_target(disk: &dyn Disk, path: &Path, over: Over) -> Result<bool, SaveRefused> {
    let there = match disk.read(path, SIZE_MAX) {
        Ok(bytes) => Some(ContentHash::of(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        // It is more than a rota can be, so it is not what was opened.
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            return if over == Over::Anything { Ok(true) } else { Err(SaveRefused::ChangedOnDisk) };
        }
        Err(error) => return Err(SaveRefused::Unreadable(error.to_string())),
    };
    match (over, there) {
        (Over::Nothing, Some(_)) => Err(SaveRefused::AlreadyThere),
        (Over::Opened(_), None) => Err(SaveRefused::Vanished),
        (Over::Opened(opened), Some(now)) if opened != now => Err(SaveRefused::ChangedOnDisk),
        (_, Some(_)) if !disk.may_write(path)? => Err(SaveRefused::NoPermission),
        (_, there) => Ok(there.is_some()),
    }
}

/// A file beside the target with the new bytes, on the disk and read back.
fn write_temporary(disk: &dyn Disk, path: &Path, bytes: &[u8], is_there: bool) -> Result<PathBuf, SaveRefused> {
    const TRIES: u32 = 100;
    let like = is_there.then_some(path);
    for number in 0..TRIES {
        let name = temporary_name(std::process::id(), number);
        let temporary = folder(path).join(name);
        match disk.write_new(&temporary, bytes, like) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => {
                let _ = disk.remove(&temporary);
                return Err(error.into());
            }
            Ok(()) => {}
        }
        if disk.read(&temporary, bytes.len() as u64).is_ok_and(|back| back == bytes) {
            return Ok(temporary);
        }
        let _ = disk.remove(&temporary);
        return Err(SaveRefused::Failed("the disk did not keep what was written".to_owned()));
    }
    Err(SaveRefused::Failed("too many temporary files of this program in the folder".to_owned()))
}

/// Renames over the target, trying again for about two seconds while another program holds it.
fn rename_patiently(disk: &dyn Disk, from: &Path, to: &Path, bytes: &[u8]) -> Result<(), SaveRefused> {
    const WAITS_MS: [u64; 8] = [10, 25, 50, 100, 200, 400, 600, 600];
    let mut waits = WAITS_MS.into_iter();
    loop {
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

    fn save_on(disk: &FakeDisk, over: Over) -> Result<Written, SaveRefused> {
        let (_, rota, header, _) = old_and_new();
        save(disk, Path::new(PATH), &rota, &header, over)
    }

    fn over_old() -> (Vec<u8>, Vec<u8>, Over) {
        let (old, _, _, new) = old_and_new();
        let over = Over::Opened(ContentHash::of(&old));
        (old, new, over)
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

        let whole = FakeDisk::with(PATH, &old);
        save_on(&whole, over).unwrap();
        let told = (1..=whole.steps()).filter(|step| {
            let disk = FakeDisk::with(PATH, &old).meanwhile(*step, PATH, b"theirs");
            save_on(&disk, over) == Err(SaveRefused::ChangedOnDisk) && disk.content(PATH).unwrap() == b"theirs"
        });
        assert!(told.count() >= 6, "until the temporary file is there");
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
        save(&RealDisk, &link, &rota, &header, Over::Opened(opened.hash)).unwrap();
        assert_eq!(std::fs::read(&real).unwrap(), new);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
        std::fs::set_permissions(&real, PermissionsExt::from_mode(0o440)).unwrap();
        let refused = save(&RealDisk, &real, &rota, &header, Over::Anything);
        assert_eq!(refused, Err(SaveRefused::NoPermission));
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
