//! Temporary files of saves that were killed: cleared away beside a rota, a day later.

use std::path::Path;
use std::time::Duration;

use super::disk::{Disk, folder};

/// No save takes so long, however slow the network.
const AGE_MIN: Duration = Duration::from_hours(24);

/// The name of a temporary file of a save.
pub(super) fn temporary_name(process: u32, number: u32) -> String {
    format!(".cover-rota-{process}-{number}.tmp")
}

/// Whether a save of this program gave that name, exactly.
fn is_temporary_name(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let middle = name.strip_prefix(".cover-rota-").and_then(|rest| rest.strip_suffix(".tmp"));
    middle.and_then(|middle| middle.split_once('-')).is_some_and(|(process, number)| digits(process) && digits(number))
}

/// Removes what killed saves left in the folder of `path`. Whatever cannot be seen to be old and ours stays.
pub fn sweep_leftovers(disk: &dyn Disk, path: &Path) {
    let beside = disk.list(folder(path)).unwrap_or_default();
    let is_ours =
        |path: &&std::path::PathBuf| path.file_name().and_then(std::ffi::OsStr::to_str).is_some_and(is_temporary_name);
    for leftover in beside.iter().filter(is_ours) {
        if disk.age(leftover).is_ok_and(|age| age >= AGE_MIN) {
            // Left where it is, it does no harm.
            let _ = disk.remove(leftover);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::fake_disk::{FakeDisk, Trouble};
    use std::io::ErrorKind;

    const DAY: Duration = AGE_MIN;

    /// A folder with a rota, what killed saves left, and what only looks like it.
    fn disk() -> FakeDisk {
        let disk = FakeDisk::with("/share/rota.ron", b"rota");
        for (name, age) in [
            (".cover-rota-4711-0.tmp", DAY),
            (".cover-rota-4712-99.tmp", 30 * DAY),
            (".cover-rota-4713-0.tmp", Duration::from_mins(24 * 60 - 1)),
            (".cover-rota-4714-0.tmp.ron", DAY),
            (".cover-rota--0.tmp", DAY),
            (".cover-rota-4715-.tmp", DAY),
            (".cover-rota-4715-1a.tmp", DAY),
            ("cover-rota-4715-1.tmp", DAY),
            (".cover-rota-4715-1-2.tmp", DAY),
            ("cover.tmp", DAY),
        ] {
            let path = format!("/share/{name}");
            disk.put(Path::new(&path), b"x");
            disk.set_age(&path, age);
        }
        disk.put(Path::new("/share/deeper/.cover-rota-1-0.tmp"), b"x");
        disk.set_age("/share/deeper/.cover-rota-1-0.tmp", DAY);
        disk
    }

    #[test]
    fn what_killed_saves_left_goes_after_a_day_and_nothing_else() {
        let disk = disk();
        let before = disk.names();
        sweep_leftovers(&disk, Path::new("/share/rota.ron"));
        let after = disk.names();
        let gone: Vec<_> = before.iter().filter(|path| !after.contains(path)).collect();
        assert_eq!(gone, [Path::new("/share/.cover-rota-4711-0.tmp"), Path::new("/share/.cover-rota-4712-99.tmp")]);
    }

    #[test]
    fn what_cannot_be_looked_at_stays() {
        for step in 1..=3 {
            let disk = disk().trouble(step, Trouble::FromThenOn(ErrorKind::PermissionDenied));
            let before = disk.names();
            sweep_leftovers(&disk, Path::new("/share/rota.ron"));
            assert_eq!(disk.names(), before);
        }
    }

    #[test]
    fn a_save_gives_names_that_are_known_again() {
        assert!(is_temporary_name(&temporary_name(std::process::id(), 7)));
    }
}
