//! The list of recent files, kept in the user's data folder. It is a convenience: damage to it is forgiven.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::Disk;
use super::save::{Over, SaveRefused, write_whole};

const NAME: &str = "recent.ron";
const SIZE_MAX: u64 = 1024 * 1024;
/// So many are remembered.
const FILES_MAX: usize = 12;

/// A file that was open not long ago, and what was known of it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct RecentFile {
    pub path: PathBuf,
    /// The rota's title.
    pub title: String,
    pub hospital: String,
    /// The last verdict that was shown, in words.
    pub verdict: String,
    /// When it was saved, in minutes since 1970 UTC; 0 if not known.
    pub saved_minutes: i64,
    /// By whom.
    pub saved_by: String,
}

/// Recent files, the latest first, each once.
pub fn recent_files(disk: &dyn Disk, dir: &Path) -> Vec<RecentFile> {
    let bytes = disk.read(&dir.join(NAME), SIZE_MAX).unwrap_or_default();
    let files: Vec<RecentFile> = ron::de::from_bytes(&bytes).unwrap_or_default();
    let mut list = Vec::new();
    for file in files.into_iter().rev().filter(|file| !file.path.as_os_str().is_empty()) {
        remember(&mut list, file);
    }
    list
}

/// Puts a file first, in place of what was known of it before.
pub fn remember(list: &mut Vec<RecentFile>, file: RecentFile) {
    list.retain(|known| known.path != file.path);
    list.insert(0, file);
    list.truncate(FILES_MAX);
}

/// Keeps the list.
///
/// # Errors
/// [`SaveRefused`]; the list on disk is then as it was.
pub fn keep_recent_files(disk: &dyn Disk, dir: &Path, list: &[RecentFile]) -> Result<(), SaveRefused> {
    // A path that is no text cannot be written down; it is left out.
    let list: Vec<&RecentFile> = list.iter().filter(|file| file.path.to_str().is_some()).collect();
    let layout = ron::ser::PrettyConfig::new().depth_limit(1).new_line("\n");
    let text = ron::ser::to_string_pretty(&list, layout).map_err(|e| SaveRefused::Failed(e.to_string()))?;
    disk.create_dir(dir)?;
    write_whole(disk, &dir.join(NAME), text.as_bytes(), Over::Own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::fake_disk::FakeDisk;

    const DIR: &str = "/home/user/data";

    fn file(path: &str) -> RecentFile {
        RecentFile { path: path.into(), title: format!("Rota \"{path}\""), saved_minutes: 7, ..RecentFile::default() }
    }

    #[test]
    fn the_latest_is_first_and_each_is_there_once() {
        let mut list = Vec::new();
        for number in 0..20 {
            remember(&mut list, file(&format!("{number}.ron")));
        }
        remember(&mut list, file("15.ron"));
        let paths: Vec<&str> = list.iter().map(|file| file.path.to_str().unwrap()).collect();
        assert_eq!(&paths[..3], ["15.ron", "19.ron", "18.ron"]);
        assert_eq!(paths.len(), FILES_MAX);
        let disk = FakeDisk::default();
        keep_recent_files(&disk, Path::new(DIR), &list).unwrap();
        assert_eq!(recent_files(&disk, Path::new(DIR)), list);
    }

    #[test]
    fn damage_is_forgiven() {
        assert_eq!(recent_files(&FakeDisk::default(), Path::new(DIR)), []);
        for text in ["", "\0", "[(path: 3)]", "[(path: \"\")]"] {
            let disk = FakeDisk::with("/home/user/data/recent.ron", text.as_bytes());
            assert_eq!(recent_files(&disk, Path::new(DIR)), []);
        }
        let disk = FakeDisk::with("/home/user/data/recent.ron", b"[(path: \"a.ron\", colour: 1), (path: \"a.ron\")]");
        assert_eq!(recent_files(&disk, Path::new(DIR)).len(), 1);
    }
}
