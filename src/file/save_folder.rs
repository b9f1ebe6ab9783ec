//! Several files in a folder of their own, saved all or none.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::{Disk, folder};
use super::looks::Looks;
use super::save::SaveRefused;

/// Saves files, each by its name and bytes, in a new folder: all of them or none. An empty folder may be there already.
///
/// # Errors
/// [`SaveRefused`]; except for [`SaveRefused::NotConfirmed`] nothing is left of it.
pub fn save_folder(disk: &dyn Disk, path: &Path, files: &[(String, Vec<u8>)]) -> Result<PathBuf, SaveRefused> {
    let path = disk.real_path(path)?;
    let is_there = match disk.list(&path) {
        Ok(inside) if inside.is_empty() => true,
        Ok(_) => return Err(SaveRefused::AlreadyThere),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(SaveRefused::AlreadyThere),
        Err(error) => return Err(error.into()),
    };
    let temporary = temporary(&path);
    let made = fill(disk, &temporary, files).and_then(|()| {
        if is_there {
            // Some systems give no folder the name of another.
            let _ = disk.remove_folder(&path);
        }
        disk.rename(&temporary, &path)
    });
    if let Err(error) = made {
        for (name, _) in files {
            let _ = disk.remove(&temporary.join(name));
        }
        let _ = disk.remove_folder(&temporary);
        return Err(error.into());
    }
    let not_confirmed = |error: io::Error| SaveRefused::NotConfirmed(error.to_string());
    disk.sync_dir(folder(&path)).map_err(not_confirmed)?;
    for (name, bytes) in files {
        if disk.read(&path.join(name), bytes.len() as u64).map_err(not_confirmed)? != *bytes {
            return Err(SaveRefused::NotConfirmed("a file holds something else".to_owned()));
        }
    }
    Ok(path)
}

/// A name beside it that nobody else uses.
fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let short: String = name.chars().take(40).collect();
    path.with_file_name(format!(".{short}.{}.tmp", std::process::id()))
}

fn fill(disk: &dyn Disk, folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    disk.make_folder(folder)?;
    for (name, bytes) in files {
        disk.write_new(&folder.join(name), bytes, Looks::New)?;
    }
    disk.sync_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::RealDisk;

    fn files() -> Vec<(String, Vec<u8>)> {
        [("a.txt", "one"), ("b.txt", "two")].map(|(name, text)| (name.to_owned(), text.into())).to_vec()
    }

    fn names(dir: &Path) -> Vec<String> {
        let all = RealDisk.list(dir).unwrap();
        all.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn all_files_are_there_and_a_folder_that_holds_anything_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("messages");
        save_folder(&RealDisk, &out, &files()).unwrap();
        assert_eq!(names(&out), ["a.txt", "b.txt"]);
        assert_eq!(std::fs::read(out.join("b.txt")).unwrap(), b"two");
        assert_eq!(save_folder(&RealDisk, &out, &files()), Err(SaveRefused::AlreadyThere));
        let empty = dir.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        save_folder(&RealDisk, &empty, &files()).unwrap();
        assert_eq!(names(&empty), ["a.txt", "b.txt"]);
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert_eq!(save_folder(&RealDisk, &dir.path().join("file"), &files()), Err(SaveRefused::AlreadyThere));
    }

    #[test]
    fn nothing_is_left_where_one_file_cannot_be_written() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("messages");
        // The second has the name of the first.
        let twice = vec![("a.txt".to_owned(), Vec::new()), ("a.txt".to_owned(), Vec::new())];
        assert!(matches!(save_folder(&RealDisk, &out, &twice), Err(SaveRefused::Failed(_))));
        assert_eq!(names(dir.path()), Vec::<String>::new());
    }
}
