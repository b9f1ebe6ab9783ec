//! A new file takes over who may read and write the one that it is to stand for.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// What a new file looks like to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks<'p> {
    /// As any new file of this user.
    New,
    /// As the file that it is to stand for: its group, its permissions, its attributes.
    Like(&'p Path),
    /// Nobody but its owner may look into it.
    Private,
}

/// What a new file could not take over from the one that it is to stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lost {
    /// Who may read and write it: colleagues may be locked out.
    pub access: bool,
    /// The file has other names (hard links), which go on showing what it was.
    pub links: bool,
}

impl Lost {
    /// Whether there is anything.
    pub fn is_any(self) -> bool {
        self.access || self.links
    }
}

/// Gives `new` the owner, the group, the permissions and the attributes of `old`, and tells what could not be given.
#[cfg(unix)]
pub(super) fn take_after(new: &File, old: &Path) -> io::Result<Lost> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let was = fs::metadata(old)?;
    let is = new.metadata()?;
    if (is.uid(), is.gid()) != (was.uid(), was.gid()) && fchown(new, Some(was.uid()), Some(was.gid())).is_err() {
        // Only an administrator gives files away; a group one belongs to can be given.
        let _ = fchown(new, None, Some(was.gid()));
    }
    let lists_kept = take_attributes(new, old);
    // Last, because a change of the group may take permissions away.
    let _ = new.set_permissions(fs::Permissions::from_mode(was.mode() & 0o7777));
    let is = new.metadata()?;
    let group_counts = was.mode() & 0o070 != 0;
    let group_kept = is.gid() == was.gid() || !group_counts;
    let access = !group_kept || !lists_kept || is.mode() & 0o777 != was.mode() & 0o777;
    Ok(Lost { access, links: was.nlink() > 1 })
}

/// Gives `new` the attributes of `old`, as far as the system lets us; whether a list of who may do what was among those
/// that could not be given.
#[cfg(unix)]
fn take_attributes(new: &File, old: &Path) -> bool {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr, listxattr};
    const SIZE_MAX: usize = 64 * 1024;
    let mut names = vec![0; SIZE_MAX];
    // A file system without attributes has nothing to take over.
    let length = listxattr(old, names.as_mut_slice()).unwrap_or(0);
    let mut lists_kept = true;
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let mut value = vec![0; SIZE_MAX];
        let given = getxattr(old, name, value.as_mut_slice())
            .and_then(|length| fsetxattr(new, name, &value[..length], XattrFlags::empty()));
        lists_kept &= given.is_ok() || !name.starts_with(b"system.posix_acl");
    }
    lists_kept
}

/// Here a file's permissions are whether it may be written to, and its folder's otherwise.
#[cfg(not(unix))]
pub(super) fn take_after(new: &File, old: &Path) -> io::Result<Lost> {
    new.set_permissions(fs::metadata(old)?.permissions())?;
    Ok(Lost::default())
}
