//! All that this program asks of a disk, small enough that a fake can refuse, lie, fill up and lose power.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::looks::{Looks, Lost, take_after};

/// What a file's bytes come to: two files of one hash are the same file for everything that is decided here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash that these 64 hex digits spell, if they do.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut hash = [0; 32];
        let is_hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        for (i, byte) in hash.iter_mut().enumerate().take_while(|_| is_hex) {
            *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
        }
        is_hex.then_some(Self(hash))
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is done to a disk, one step at a time. Every step may fail and none may be thought done until it says so.
pub trait Disk: Send + Sync {
    /// The bytes of an ordinary file.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] above `limit`, before it is read; [`ErrorKind::IsADirectory`]; as the system says.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// The path with every link followed, whether or not the file is there yet.
    ///
    /// # Errors
    /// Where the folder is not there, or a link leads nowhere.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// Whether the file that is there may be written to, by its own permissions.
    ///
    /// # Errors
    /// As the system says.
    fn may_write(&self, path: &Path) -> io::Result<bool>;

    /// A new file with these bytes, forced to the disk; gives what it could not take over.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] if there is one of that name; as the system says.
    fn write_new(&self, path: &Path, bytes: &[u8], looks: Looks<'_>) -> io::Result<Lost>;

    /// Gives a file another name in one step, in place of the file that had that name.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Forces the names in a folder to the disk, where the system has that.
    ///
    /// # Errors
    /// As the system says.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder that only its owner may look into, and those above it, where they are not there yet; one that is
    /// there already is put right.
    ///
    /// # Errors
    /// As the system says.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Makes an ordinary folder, and those above it, where they are not there yet.
    ///
    /// # Errors
    /// As the system says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Sees to it that nobody but its owner may look into a file, where the system has that.
    ///
    /// # Errors
    /// As the system says.
    fn make_private(&self, path: &Path) -> io::Result<()>;

    /// The files in a folder, in the order of their names.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;

    /// How long ago an ordinary file was last written, by this computer's clock.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] where it is not an ordinary file, or was written later than now; as the system says.
    fn age(&self, path: &Path) -> io::Result<Duration>;

    /// Whether the error means that another program has the file for a moment, so that trying again makes sense.
    fn is_busy(&self, error: &io::Error) -> bool;

    /// Waits before the next try.
    fn pause(&self, time: Duration);
}

/// The disk of this computer, and whatever it has mounted.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let about = fs::metadata(path)?;
        if about.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        // Opening a pipe would wait for somebody to write into it.
        if !about.is_file() {
            return Err(io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file"));
        }
        if about.len() > limit {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        let error = match fs::canonicalize(path) {
            Ok(real) => return Ok(real),
            Err(error) => error,
        };
        let is_link = fs::symlink_metadata(path).is_ok();
        match (path.file_name(), error.kind()) {
            (Some(name), ErrorKind::NotFound) if !is_link => Ok(fs::canonicalize(folder(path))?.join(name)),
            _ => Err(error),
        }
    }

    fn may_write(&self, path: &Path) -> io::Result<bool> {
        if fs::metadata(path)?.permissions().readonly() {
            return Ok(false);
        }
        match OpenOptions::new().write(true).open(path) {
            Ok(_) => Ok(true),
            Err(e) if matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(false),
            // Somebody reads it just now: whether that stands in the way is seen when it is replaced.
            Err(e) if self.is_busy(&e) => Ok(true),
            Err(e) => Err(e),
        }
    }

    fn write_new(&self, path: &Path, bytes: &[u8], looks: Looks<'_>) -> io::Result<Lost> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        // Nobody may look in before the permissions are those of the file it stands for.
        #[cfg(unix)]
        if looks != Looks::New {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut file = options.open(path)?;
        file.write_all(bytes)?;
        let lost = match looks {
            Looks::Like(old) => take_after(&file, old)?,
            Looks::New | Looks::Private => Lost::default(),
        };
        unless_unsupported(file.sync_all())?;
        Ok(lost)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        // Windows cannot open a folder as a file, and orders the renames of a volume itself.
        if cfg!(windows) { Ok(()) } else { unless_unsupported(File::open(dir)?.sync_all()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        set_mode(path, 0o700)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn make_private(&self, path: &Path) -> io::Result<()> {
        set_mode(path, 0o600)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        Ok(paths)
    }

    fn age(&self, path: &Path) -> io::Result<Duration> {
        let about = fs::symlink_metadata(path)?;
        if !about.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        about.modified()?.elapsed().map_err(|_| ErrorKind::InvalidInput.into())
    }

    fn is_busy(&self, error: &io::Error) -> bool {
        // Access denied, sharing violation, lock violation: a virus scanner or a synchronised folder has it.
        cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// Sets who may do what, where it is something else. A link is left alone: what it leads to is not ours.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let about = fs::symlink_metadata(path)?;
    if about.is_symlink() || about.permissions().mode() & 0o777 == mode {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// A user's folder is the user's own here.
#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Some network drives cannot force anything to the disk; what was written is read back and compared all the same.
fn unless_unsupported(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|e| match e.kind() {
        ErrorKind::Unsupported | ErrorKind::InvalidInput => Ok(()),
        _ => Err(e),
    })
}

/// The folder that a path is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = ContentHash::of(b"rota");
        assert_eq!(ContentHash::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(ContentHash::from_hex("é".repeat(32).as_str()), None);
        assert_ne!(hash, ContentHash::of(b"rot"));
    }

    #[test]
    fn a_file_above_the_limit_a_folder_and_a_file_that_is_not_there_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rota.ron");
        let kind = |path: &Path| RealDisk.read(path, 4).unwrap_err().kind();
        assert_eq!(kind(&path), ErrorKind::NotFound);
        RealDisk.write_new(&path, b"12345", Looks::New).unwrap();
        assert_eq!(kind(&path), ErrorKind::FileTooLarge);
        assert_eq!(kind(dir.path()), ErrorKind::IsADirectory);
        assert_eq!(RealDisk.read(&path, 5).unwrap(), b"12345");
        assert_eq!(RealDisk.write_new(&path, b"", Looks::New).unwrap_err().kind(), ErrorKind::AlreadyExists);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read_and_a_link_to_nothing_leads_nowhere() {
        assert_eq!(RealDisk.read(Path::new("/dev/zero"), 4).unwrap_err().kind(), ErrorKind::InvalidInput);
        let dir = tempfile::tempdir().unwrap();
        let link = dir.path().join("link.ron");
        std::os::unix::fs::symlink(dir.path().join("gone.ron"), &link).unwrap();
        assert_eq!(RealDisk.real_path(&link).unwrap_err().kind(), ErrorKind::NotFound);
        let new = dir.path().join("new.ron");
        assert_eq!(RealDisk.real_path(&new).unwrap(), dir.path().canonicalize().unwrap().join("new.ron"));
    }
}
