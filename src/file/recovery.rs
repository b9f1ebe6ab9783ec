//! Unsaved work, kept in the user's data folder: a rota file each, with a first line that says where it came from.
//!
//! A kept copy is an ordinary rota file, so that whatever happens it can be opened by hand as well.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::model::Rota;

use super::disk::{ContentHash, Disk};
use super::save::{Over, SaveRefused, open, write_whole};
use super::text::quoted;
use super::{Faults, Header, Opened, SIZE_MAX, Saved, read, write};

const SUFFIX: &str = ".kept.ron";
const THROWN: &str = ".thrown.ron";
/// So long a copy that was thrown away can be had back.
const THROWN_FOR: Duration = Duration::from_hours(7 * 24);
const FIRST_LINE: &str = "// cover-rota kept copy: ";

/// Where kept work came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptNote {
    /// The file it was opened from, if any.
    pub from: Option<PathBuf>,
    /// What that file was then: saving over it asks for the same.
    pub base: Option<ContentHash>,
    /// What the program had tried to write there since, without being sure of it: just as good.
    pub tried: Vec<ContentHash>,
    /// When it was kept, in seconds since 1970 UTC.
    pub kept_seconds: i64,
    /// When its file was last saved, likewise.
    pub saved_seconds: Option<i64>,
    /// How many changes are only in the kept copy.
    pub changes: u32,
}

/// A kept copy that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCopy {
    pub path: PathBuf,
    /// Where it came from, if that can still be read.
    pub note: Option<KeptNote>,
    /// What was kept.
    pub opened: Result<Opened, Faults>,
}

/// Keeps unsaved work under a name of its own: the document's id, or the session's where it was never saved.
///
/// # Errors
/// [`SaveRefused`]; an older copy of that name is then as it was.
pub fn keep(
    disk: &dyn Disk,
    dir: &Path,
    name: &str,
    note: &KeptNote,
    rota: &Rota,
    header: &Header,
) -> Result<PathBuf, SaveRefused> {
    disk.create_dir(dir)?;
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let path = dir.join(name + SUFFIX);
    let mut bytes = note.line().into_bytes();
    bytes.extend(write(rota, header));
    write_whole(disk, &path, &bytes, Over::Own)?;
    Ok(path)
}

/// Sees to it that nobody else may look into the folder or at anything in it, whatever an earlier version left there.
pub fn put_right(disk: &dyn Disk, dir: &Path) {
    // What cannot be changed is told when something is to be kept there.
    let _ = disk.create_dir(dir);
    for path in disk.list(dir).unwrap_or_default() {
        let _ = disk.make_private(&path);
    }
}

/// All kept copies, damaged ones too.
pub fn kept_copies(disk: &dyn Disk, dir: &Path) -> Vec<KeptCopy> {
    let paths = disk.list(dir).unwrap_or_default();
    let kept = paths.iter().filter(|path| is_kept_copy(path));
    kept.filter_map(|path| kept_copy(disk, path).ok()).collect()
}

/// One kept copy.
///
/// # Errors
/// As the system says; a damaged copy is none.
pub fn kept_copy(disk: &dyn Disk, path: &Path) -> io::Result<KeptCopy> {
    let bytes = disk.read(path, SIZE_MAX)?;
    Ok(KeptCopy { note: KeptNote::of(&bytes), opened: read(&bytes), path: path.to_owned() })
}

/// Throws a kept copy away: it is offered no longer, but stays for a week under another name, where one wrong click
/// can be mended. Where it is then.
///
/// # Errors
/// [`SaveRefused`]; the copy is then still kept.
pub fn throw_away(disk: &dyn Disk, path: &Path) -> Result<PathBuf, SaveRefused> {
    let text = path.to_string_lossy();
    let stem = text.strip_suffix(SUFFIX).ok_or_else(|| io::Error::from(ErrorKind::InvalidInput))?;
    let thrown = PathBuf::from(format!("{stem}{THROWN}"));
    // Written anew, so that its age is counted from now.
    write_whole(disk, &thrown, &disk.read(path, SIZE_MAX)?, Over::Own)?;
    disk.remove(path)?;
    Ok(thrown)
}

/// What a look at the file that kept work came from has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// There is none, or it cannot be looked at.
    Unknown,
    /// It has this work already: it was saved, and the copy was only not cleared away.
    HasIt,
    /// It is what it was when the work began.
    Untouched,
    /// It was saved since, or changed in another way; what it says of that, if anything.
    Changed(Option<Saved>),
}

/// Looks at the file that kept work came from.
pub fn since_kept(disk: &dyn Disk, copy: &KeptCopy) -> Since {
    let Some((note, from)) = copy.note.as_ref().and_then(|note| Some((note, note.from.as_deref()?))) else {
        return Since::Unknown;
    };
    let Ok(there) = open(disk, from) else { return Since::Unknown };
    let is_it = |kept: &Opened| kept.rota == there.opened.rota && there.opened.sealed == Some(true);
    match &copy.opened {
        Ok(kept) if is_it(kept) => Since::HasIt,
        _ if note.is_base(there.hash) => Since::Untouched,
        _ => Since::Changed(there.opened.header.saved),
    }
}

/// The copies that were thrown away within a week; older ones are removed.
pub fn thrown_copies(disk: &dyn Disk, dir: &Path) -> Vec<KeptCopy> {
    let paths = disk.list(dir).unwrap_or_default();
    let (old, thrown): (Vec<_>, Vec<_>) = paths
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(THROWN))
        .partition(|path| disk.age(path).is_ok_and(|age| age >= THROWN_FOR));
    for path in old {
        // Left where it is, it does no harm.
        let _ = disk.remove(path);
    }
    thrown.into_iter().filter_map(|path| kept_copy(disk, path).ok()).collect()
}

/// Removes a kept copy, thrown away or not, and nothing that is none.
///
/// # Errors
/// As the system says; that it is gone already is no error.
pub fn discard(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if !is_kept_copy(path) && !path.to_string_lossy().ends_with(THROWN) {
        return Err(ErrorKind::InvalidInput.into());
    }
    disk.remove(path).or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

fn is_kept_copy(path: &Path) -> bool {
    path.to_string_lossy().ends_with(SUFFIX)
}

/// The note as it stands in the file.
#[derive(Deserialize)]
struct NoteFields {
    kept: i64,
    changes: u32,
    saved: Vec<i64>,
    base: String,
    #[serde(default)]
    tried: Vec<String>,
    from: String,
}

impl KeptNote {
    /// Whether work that began with that file may be saved over this one.
    pub fn is_base(&self, hash: ContentHash) -> bool {
        self.base == Some(hash) || self.tried.contains(&hash)
    }

    fn line(&self) -> String {
        let saved: Vec<String> = self.saved_seconds.iter().map(ToString::to_string).collect();
        // A path that is no text cannot be saved over by name: the copy then counts as never saved.
        let from = self.from.as_deref().and_then(Path::to_str).unwrap_or_default();
        let tried: Vec<String> = self.tried.iter().map(|hash| format!("\"{hash}\"")).collect();
        format!(
            "{FIRST_LINE}(kept: {}, changes: {}, saved: [{}], base: \"{}\", tried: [{}], from: {})\n",
            self.kept_seconds,
            self.changes,
            saved.join(", "),
            self.base.map(|hash| hash.to_string()).unwrap_or_default(),
            tried.join(", "),
            quoted(from),
        )
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let first = bytes.split(|b| *b == b'\n').next()?;
        let line: NoteFields = ron::from_str(std::str::from_utf8(first).ok()?.strip_prefix(FIRST_LINE)?).ok()?;
        Some(Self {
            from: (!line.from.is_empty()).then(|| line.from.into()),
            base: ContentHash::from_hex(&line.base),
            tried: line.tried.iter().filter_map(|hash| ContentHash::from_hex(hash)).collect(),
            kept_seconds: line.kept,
            saved_seconds: line.saved.first().copied(),
            changes: line.changes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::fake_disk::{FakeDisk, Trouble};
    use crate::file::sample::SAMPLE;

    const DIR: &str = "/home/user/data/kept";

    fn note() -> KeptNote {
        KeptNote {
            from: Some("/share/O'Brien \"x\"\n.ron".into()),
            base: Some(ContentHash::of(b"old")),
            tried: vec![ContentHash::of(b"tried"), ContentHash::of(b"tried again")],
            kept_seconds: 1_461_164_712,
            saved_seconds: Some(1_461_164_000),
            changes: 3,
        }
    }

    fn keep_on(disk: &FakeDisk, name: &str, note: &KeptNote) -> Result<PathBuf, SaveRefused> {
        let opened = read(SAMPLE.as_bytes()).unwrap();
        keep(disk, Path::new(DIR), name, note, &opened.rota, &opened.header)
    }

    #[test]
    fn what_is_kept_is_found_again_and_can_be_discarded() {
        let disk = FakeDisk::default();
        let path = keep_on(&disk, "2f1c", &note()).unwrap();
        keep_on(&disk, "../../etc/x", &KeptNote { from: None, ..note() }).unwrap();
        keep_on(&disk, "2f1c", &note()).unwrap();
        let found = kept_copies(&disk, Path::new(DIR));
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|copy| copy.path.parent() == Some(Path::new(DIR))));
        let copy = found.into_iter().find(|copy| copy.path == path).unwrap();
        assert_eq!((copy.note, copy.opened), (Some(note()), read(SAMPLE.as_bytes())));
        discard(&disk, &path).unwrap();
        discard(&disk, &path).unwrap();
        assert_eq!(kept_copies(&disk, Path::new(DIR)).len(), 1);
        assert!(discard(&disk, Path::new("/share/rota.ron")).is_err());
    }

    #[test]
    fn a_crash_while_keeping_leaves_the_copy_before() {
        let whole = FakeDisk::default();
        let path = keep_on(&whole, "a", &note()).unwrap();
        let before = whole.content(path.to_str().unwrap()).unwrap();
        let steps = whole.steps();
        for step in 1..=steps + 4 {
            let disk = FakeDisk::with(path.to_str().unwrap(), &before);
            let disk = disk.trouble(step, Trouble::FromThenOn(ErrorKind::StorageFull));
            let newer = KeptNote { changes: 4, ..note() };
            let _ = keep_on(&disk, "a", &newer);
            for content in disk.contents_after_power_loss(path.to_str().unwrap()) {
                let note = KeptNote::of(&content.unwrap()).unwrap();
                assert!(note == self::note() || note == newer);
            }
        }
    }

    #[test]
    fn what_is_thrown_away_can_be_had_back_for_a_week() {
        let disk = FakeDisk::default();
        let path = keep_on(&disk, "2f1c", &note()).unwrap();
        disk.set_age(path.to_str().unwrap(), THROWN_FOR * 2);
        let thrown = throw_away(&disk, &path).unwrap();
        assert_eq!(kept_copies(&disk, Path::new(DIR)), []);
        let found = thrown_copies(&disk, Path::new(DIR));
        assert_eq!((found.len(), &found[0].path, &found[0].note), (1, &thrown, &Some(note())));
        assert!(throw_away(&disk, Path::new("/share/rota.ron")).is_err());
        disk.set_age(thrown.to_str().unwrap(), THROWN_FOR);
        assert_eq!(thrown_copies(&disk, Path::new(DIR)), []);
        assert_eq!(disk.names(), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_copy_that_cannot_be_thrown_away_is_still_kept() {
        let whole = FakeDisk::default();
        let path = keep_on(&whole, "a", &note()).unwrap();
        let before = whole.content(path.to_str().unwrap()).unwrap();
        for step in 1..=20 {
            let disk = FakeDisk::with(path.to_str().unwrap(), &before);
            let disk = disk.trouble(step, Trouble::FromThenOn(ErrorKind::StorageFull));
            let thrown = throw_away(&disk, &path);
            let kept = disk.content(path.to_str().unwrap()).is_some();
            assert!(kept || thrown.is_ok_and(|path| disk.content(path.to_str().unwrap()).as_ref() == Some(&before)));
        }
    }

    #[test]
    fn a_note_of_an_earlier_version_is_read() {
        let text = format!("{FIRST_LINE}(kept: 1461164712, changes: 3, saved: [], base: \"\", from: \"/a.ron\")\n");
        let note = KeptNote::of(text.as_bytes()).unwrap();
        assert_eq!((note.from.as_deref(), note.tried.len(), note.changes), (Some(Path::new("/a.ron")), 0, 3));
    }

    #[test]
    fn nobody_else_may_read_what_is_kept_whatever_stood_there_before() {
        let disk = FakeDisk::with("/home/user/data/kept/old.kept.ron", b"telephone numbers");
        let path = keep_on(&disk, "2f1c", &note()).unwrap();
        assert!(disk.is_private(path.to_str().unwrap()));
        let thrown = throw_away(&disk, &path).unwrap();
        assert!(disk.is_private(thrown.to_str().unwrap()));
        put_right(&disk, Path::new(DIR));
        assert!(disk.is_private("/home/user/data/kept/old.kept.ron"));
    }

    #[cfg(unix)]
    #[test]
    fn on_a_real_disk_the_folder_and_its_files_are_the_users_alone() {
        use crate::file::RealDisk;
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let kept = dir.path().join("data");
        std::fs::create_dir(&kept).unwrap();
        std::fs::write(kept.join("old.kept.ron"), "telephone numbers").unwrap();
        std::fs::set_permissions(&kept, PermissionsExt::from_mode(0o755)).unwrap();
        std::fs::set_permissions(kept.join("old.kept.ron"), PermissionsExt::from_mode(0o644)).unwrap();
        put_right(&RealDisk, &kept);
        let opened = read(SAMPLE.as_bytes()).unwrap();
        let path = keep(&RealDisk, &kept, "2f1c", &note(), &opened.rota, &opened.header).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&kept), mode(&kept.join("old.kept.ron")), mode(&path)), (0o700, 0o600, 0o600));
    }

    #[test]
    fn the_file_is_looked_at_before_kept_work_is_offered() {
        let mut opened = read(SAMPLE.as_bytes()).unwrap();
        opened.header.is_sealed = true;
        let (path, kept) = ("/share/rota.ron", opened.clone());
        let old = {
            let mut old = opened.clone();
            old.rota.properties.title = "before".to_owned();
            write(&old.rota, &old.header)
        };
        let note = KeptNote { from: Some(path.into()), base: Some(ContentHash::of(&old)), ..note() };
        let copy = KeptCopy { path: "k".into(), note: Some(note), opened: Ok(kept) };
        let since = |bytes: &[u8]| since_kept(&FakeDisk::with(path, bytes), &copy);
        assert_eq!(since(&old), Since::Untouched);
        assert_eq!(since(&write(&opened.rota, &opened.header)), Since::HasIt);
        opened.rota.properties.title = "theirs".to_owned();
        assert_eq!(since(&write(&opened.rota, &opened.header)), Since::Changed(opened.header.saved.clone()));
        assert_eq!(since(b"no rota"), Since::Unknown);
        assert_eq!(since_kept(&FakeDisk::default(), &copy), Since::Unknown);
    }

    #[test]
    fn a_damaged_copy_is_still_named() {
        let disk = FakeDisk::with("/home/user/data/kept/a.kept.ron", b"// cover-rota kept copy: (\n\0\0");
        let found = kept_copies(&disk, Path::new(DIR));
        assert_eq!(found[0].note, None);
        assert!(found[0].opened.is_err());
        assert_eq!(
            kept_copies(&FakeDisk::default().trouble(1, Trouble::Once(ErrorKind::NotFound)), Path::new(DIR)),
            []
        );
    }
}
