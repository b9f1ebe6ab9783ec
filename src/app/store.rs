//! What is done to rota files on any disk: opened, saved, looked at. Each may take as long as the disk takes.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::editor::{KeptWork, Moment, OnDisk, OpenedFile, SaveAllowed, SaveFailure, SaveWhy, Stands};
use crate::file::{
    self, ContentHash, Disk, Faults, Header, KeptCopy, KeptNote, Known, Opened, Over, Prepared, SaveRefused, Saved,
    Since,
};
use crate::model::{Instant, Rota};

use super::clock::{now, random};
use super::open_file::{Open, OpenFile};

/// A rota to be written.
#[derive(Debug, Clone)]
pub(super) struct Writing {
    pub path: PathBuf,
    /// The file it was opened from, if any.
    pub from: Option<PathBuf>,
    /// Somebody has said that another file of that name may go.
    pub replace: bool,
    /// What else somebody has said may happen.
    pub allowed: SaveAllowed,
    /// What the file is saved for.
    pub why: SaveWhy,
    /// The rota as it stood.
    pub rota: Box<Rota>,
    /// The number of that state.
    pub state: u64,
    /// Who saves.
    pub by: String,
}

/// Reads a rota file.
pub(super) fn read(disk: &dyn Disk, path: &Path, view_only: bool) -> Result<(Box<OpenedFile>, Open), Faults> {
    let on_disk = file::open(disk, path)?;
    let may_write = disk.may_write(&on_disk.path).unwrap_or(false);
    if may_write && !view_only {
        file::sweep_leftovers(disk, &on_disk.path);
    }
    let open = Open::new(path.to_owned(), on_disk.path, on_disk.opened.header.clone(), on_disk.hash);
    Ok((Box::new(opened_file(on_disk.opened, view_only || !may_write)), open))
}

/// Writes a rota. What is to be written is noted before anything is, so that it is known again whatever comes of it.
pub(super) fn write(disk: &dyn Disk, file: &OpenFile, job: &Writing) -> Result<Open, SaveFailure> {
    let real = disk.real_path(&job.path).map_err(|error| no_place(&job.path, &error))?;
    let open = file.named(job.from.as_deref());
    let header = open.as_ref().map_or_else(|| Header::new_document(random()), |open| open.header.clone());
    let saved = Saved { at: now().0, by: job.by.clone(), app: env!("CARGO_PKG_VERSION").to_owned() };
    let header = header.next(saved, &mut random);
    let failure = |refused| failure(disk, refused, open.as_ref());
    let prepared = Prepared::new(&job.rota, &header).map_err(failure)?;
    let known = open.as_ref().filter(|open| open.real == real).map(Open::hashes);
    let over = match &known {
        Some(hashes) => {
            file.note(&real, |open| open.tried.push(prepared.hash()));
            let SaveAllowed { anew, loss } = job.allowed;
            Over::Known(Known { hashes, or_gone: anew, may_lose: loss })
        }
        None if job.replace => Over::Anything,
        None => Over::Nothing,
    };
    let written = prepared.save(disk, &job.path, over).map_err(failure)?;
    Ok(Open::new(job.path.clone(), written.path, header, written.hash))
}

/// What has become of the open file.
pub(super) fn look(disk: &dyn Disk, file: &OpenFile, open: &Open) -> OnDisk {
    let bytes = disk.read(&open.real, file::SIZE_MAX);
    // A save may have begun meanwhile: what it writes is no stranger's.
    let known = file.get().filter(|now| now.real == open.real).map_or_else(|| open.hashes(), |now| now.hashes());
    match bytes {
        Ok(bytes) if known.contains(&ContentHash::of(&bytes)) => OnDisk::Same,
        Ok(bytes) => {
            let (by, at, stands) = what_stands(&bytes, open);
            OnDisk::Changed { by, at, stands }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => OnDisk::Gone,
        Err(_) => OnDisk::Unreadable,
    }
}

/// The file that kept work came from, as it was when the work began, if that is known.
pub(super) fn from_note(note: KeptNote, header: Header) -> Option<Open> {
    let (asked, hash) = (note.from?, note.base?);
    Some(Open { tried: note.tried, ..Open::new(asked.clone(), asked, header, hash) })
}

/// The file that kept work came from, with what has become of it since; none where it is what it was, but may not be
/// written.
pub(super) fn since_work_began(disk: &dyn Disk, from: Open) -> Option<Open> {
    let there = file::open(disk, &from.asked).ok().filter(|there| from.hashes().contains(&there.hash));
    if let Some(there) = there {
        disk.may_write(&there.path).ok().filter(|may| *may)?;
        return Some(Open::new(from.asked, there.path, there.opened.header, there.hash));
    }
    let real = disk.real_path(&from.asked).unwrap_or_else(|_| from.asked.clone());
    let open = Open { real, ..from };
    let told = look(disk, &OpenFile::default(), &open);
    Some(Open { told, ..open })
}

/// Why a file of the recent list cannot be reached, if it cannot.
pub(super) fn unreachable(disk: &dyn Disk, path: &Path) -> Option<String> {
    disk.may_write(path).err().map(|error| match error.kind() {
        ErrorKind::NotFound => "the file is not there".to_owned(),
        _ => "the file cannot be reached".to_owned(),
    })
}

fn failure(disk: &dyn Disk, refused: SaveRefused, open: Option<&Open>) -> SaveFailure {
    match refused {
        SaveRefused::ChangedOnDisk => {
            let there = open.and_then(|open| Some((disk.read(&open.real, file::SIZE_MAX).ok()?, open)));
            let there = there.map(|(bytes, open)| what_stands(&bytes, open));
            let (by, at, stands) = there.unwrap_or((String::new(), None, Stands::Another));
            SaveFailure::ChangedOnDisk { by, at, stands }
        }
        SaveRefused::Vanished => SaveFailure::Gone,
        SaveRefused::WouldLose(lost) => SaveFailure::WouldLose { access: lost.access },
        SaveRefused::NotConfirmed(why) => SaveFailure::NotConfirmed(why),
        full @ SaveRefused::Full => SaveFailure::Full(full.to_string()),
        other => SaveFailure::CannotWrite(other.to_string()),
    }
}

/// What stands in the file now, and who saved it and when, if it says so, its seal is right and it is another revision
/// than the one that is open: another program leaves the words of whoever saved it before.
fn what_stands(bytes: &[u8], open: &Open) -> (String, Option<Instant>, Stands) {
    let Ok(there) = file::read(bytes) else { return (String::new(), None, Stands::Unreadable) };
    let ours = open.header.revision.as_ref();
    let is_new = ours.is_none() || there.header.revision.as_ref() != ours;
    let Some(saved) = there.header.saved.filter(|_| is_new && there.sealed == Some(true)) else {
        return (String::new(), None, Stands::Another);
    };
    let is_older = open.header.saved.as_ref().is_some_and(|ours| saved.at < ours.at);
    (saved.by, Some(saved.at), if is_older { Stands::Older } else { Stands::Another })
}

/// The folder is not there, or may not be looked into.
fn no_place(path: &Path, error: &io::Error) -> SaveFailure {
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    match error.kind() {
        ErrorKind::NotFound => SaveFailure::NoFolder(format!(
            "Not saved: there is no folder {folder}. Type another path, or tick the box to make the folder."
        )),
        _ => SaveFailure::CannotWrite(format!(
            "not saved, the folder cannot be reached: choose another ({folder}: {error})"
        )),
    }
}

/// A rota file for the editor.
pub(super) fn opened_file(opened: Opened, read_only: bool) -> OpenedFile {
    let saved = opened.header.saved;
    OpenedFile {
        rota: opened.rota,
        sealed: opened.sealed,
        read_only,
        saved_at: saved.as_ref().map(|saved| saved.at),
        saved_by: saved.map(|saved| saved.by).unwrap_or_default(),
    }
}

/// A kept copy to be offered; one that cannot be read any more says so in place of its title. Of a file that was saved
/// again since it is told when, and nobody can say how many changes are only in the copy.
pub(super) fn kept_work(copy: KeptCopy, since: &Since) -> KeptWork {
    let note = copy.note.unwrap_or_default();
    let (saved, changes) = match since {
        Since::Changed(saved) => (saved.as_ref().map(|saved| Moment { at: saved.at, second: 0 }), 0),
        _ => (note.saved_seconds.map(moment), note.changes as usize),
    };
    KeptWork {
        title: copy.opened.map_or_else(|_| "A kept copy that cannot be read".to_owned(), |o| o.rota.properties.title),
        kept_path: copy.path,
        kept: (note.kept_seconds != 0).then(|| moment(note.kept_seconds)),
        path: note.from,
        saved,
        changes,
    }
}

/// Seconds since 1970.
pub(super) fn seconds(moment: Moment) -> i64 {
    moment.at.0 * 60 + i64::from(moment.second)
}

fn moment(seconds: i64) -> Moment {
    Moment { at: Instant(seconds.div_euclid(60)), second: u8::try_from(seconds.rem_euclid(60)).unwrap_or(0) }
}
