//! The file that is open, as it was when it was read or saved: for whoever saves it, looks at it and keeps its work.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::editor::OnDisk;
use crate::file::{ContentHash, Header};

/// The open file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Open {
    /// As the editor names it.
    pub asked: PathBuf,
    /// Links followed.
    pub real: PathBuf,
    /// What its next revision is made from.
    pub header: Header,
    /// What it was.
    pub hash: ContentHash,
    /// What this program has tried to write there since, without being sure of it.
    pub tried: Vec<ContentHash>,
    /// What was last told of it.
    pub told: OnDisk,
}

impl Open {
    /// As it was just read or written.
    pub(super) fn new(asked: PathBuf, real: PathBuf, header: Header, hash: ContentHash) -> Self {
        Self { asked, real, header, hash, tried: Vec::new(), told: OnDisk::Same }
    }

    /// By what it is known again: nobody else has made any of these.
    pub(super) fn hashes(&self) -> Vec<ContentHash> {
        [&[self.hash][..], &self.tried].concat()
    }
}

/// The open file, if there is one, shared between threads. It is held for a moment only, never while a disk works.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenFile(Arc<Mutex<Option<Open>>>);

impl OpenFile {
    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It, as it is now known.
    pub(super) fn get(&self) -> Option<Open> {
        self.lock().clone()
    }

    /// It, if the editor means it by that name.
    pub(super) fn named(&self, asked: Option<&Path>) -> Option<Open> {
        self.lock().clone().filter(|open| Some(open.asked.as_path()) == asked)
    }

    /// Another file is open from now on, or none.
    pub(super) fn set(&self, open: Option<Open>) {
        *self.lock() = open;
    }

    /// Notes something of that file, if it is still the one that is open.
    pub(super) fn note(&self, real: &Path, note: impl FnOnce(&mut Open)) {
        if let Some(open) = self.lock().as_mut().filter(|open| open.real == real) {
            note(open);
        }
    }
}
