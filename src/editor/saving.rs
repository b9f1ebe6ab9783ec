//! Saving, what is asked before and told after it, and the recent list.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::model::Instant;

use super::dialogs::{Dialog, SaveAgain, SaveAgainDraft, TypedPathDraft};
use super::effect::{Effect, OnDisk, PathWhy, RecentFile, SaveAllowed, SaveFailure, SaveWhy};
use super::env::Env;
use super::verdict_text::overall_text;
use super::{Editor, FileState, Toast};

/// A toast stays this long.
const TOAST: Duration = Duration::from_secs(8);
/// So many files are remembered.
const RECENT_MAX: usize = 12;

impl Editor {
    /// Saves to the rota's file, or asks for one.
    pub(super) fn save(&mut self) {
        if self.asks_for_seal() {
            return;
        }
        let Some(doc) = &self.doc else { return };
        match doc.path().map(Path::to_owned) {
            _ if matches!(doc.file_state(), FileState::Saving | FileState::CannotCheck { saving: true, .. }) => {}
            _ if matches!(doc.file_state(), FileState::ChangedOnDisk { .. }) => {
                self.dialog = Some(Dialog::ChangedOnDisk);
            }
            Some(path) if !doc.is_read_only() => self.write(path, SaveWhy::Save, SaveAllowed::default()),
            _ => self.ask_save(SaveWhy::Save),
        }
    }

    /// What is written has a right seal, so a wrong one has to be confirmed first.
    pub(super) fn asks_for_seal(&mut self) -> bool {
        let asks = self.doc.as_ref().is_some_and(|doc| !doc.seal_confirmed());
        if asks {
            self.then = None;
            self.dialog = Some(Dialog::SealNotice);
        }
        asks
    }

    pub(super) fn write(&mut self, path: PathBuf, why: SaveWhy, allowed: SaveAllowed) {
        let Some(doc) = &mut self.doc else { return };
        let (rota, state) = (Box::new(doc.rota().clone()), doc.saving_state());
        let allowed = SaveAllowed { loss: allowed.loss || doc.may_lose(), ..allowed };
        if why == SaveWhy::Save {
            doc.set_file_state(FileState::Saving);
            self.saving = Some((doc.number(), path.clone(), state));
        }
        self.effects.push(Effect::WriteFile { path, why, allowed, rota, state });
    }

    /// Somebody has said that a file that is gone, or one that is not quite like it, is written all the same.
    pub(super) fn save_again(&mut self, draft: SaveAgainDraft) {
        let Some(doc) = &mut self.doc else { return };
        let anew = draft.about == SaveAgain::Gone;
        if !anew {
            doc.allow_loss();
        }
        self.then = draft.then;
        self.write(draft.path, draft.why, SaveAllowed { anew, loss: !anew });
    }

    pub(super) fn file_written(
        &mut self,
        path: &Path,
        why: SaveWhy,
        state: u64,
        result: Result<(), SaveFailure>,
        env: &mut Env<'_>,
    ) {
        // The disk may answer when another rota is open, or when this one has long been saved elsewhere.
        let is_asked = |(number, to, of): &(u64, PathBuf, u64)| {
            self.doc.as_ref().is_some_and(|doc| doc.number() == *number) && to == path && *of == state
        };
        if why == SaveWhy::Save && !self.saving.as_ref().is_some_and(is_asked) {
            return;
        }
        match result {
            Ok(()) => self.was_written(path, why, state, env),
            Err(failure) => self.was_not_written(path, why, failure),
        }
    }

    fn was_written(&mut self, path: &Path, why: SaveWhy, state: u64, env: &mut Env<'_>) {
        let Some(doc) = &mut self.doc else { return };
        if why == SaveWhy::Copy {
            let is_all = doc.saving_state() == state;
            match self.then.take() {
                // What was to be kept is in the copy.
                Some(then) if is_all => self.proceed(then),
                Some(then) => self.guard(then),
                None => {}
            }
            self.notice = Some(format!("A copy is in {}", path.display()));
            return;
        }
        self.saving = None;
        doc.was_saved(path.to_owned(), state, env.moment());
        let is_saved = !doc.is_unsaved();
        if is_saved {
            self.drop_recovery();
        }
        if let Some(kept) = self.recovering.take() {
            self.effects.push(Effect::DropKept(kept.kept_path));
        }
        self.remember_recent(path, Some(env.now), env.user.to_owned());
        self.retitle();
        if let Some(then) = self.then.take() {
            self.guard(then);
        } else if let (true, Some(Dialog::Unsaved(then))) = (is_saved, &self.dialog) {
            // It was asked while the save was under way: there is nothing to ask any more.
            self.proceed(then.clone());
        }
    }

    fn was_not_written(&mut self, path: &Path, why: SaveWhy, failure: SaveFailure) {
        let then = self.then.take();
        let Some(doc) = &mut self.doc else { return };
        if why == SaveWhy::Save {
            doc.settle_file_state();
        }
        let is_missing = matches!(failure, SaveFailure::Gone | SaveFailure::NoFolder(_));
        if let (true, true, Some(now)) = (is_missing, doc.path() == Some(path), self.now) {
            doc.looked_at(OnDisk::Gone, now);
        }
        let again = |about| {
            let draft = SaveAgainDraft { path: path.to_owned(), why, about, then: then.clone() };
            Some(Dialog::SaveAgain(draft))
        };
        match failure {
            SaveFailure::ChangedOnDisk { by, at, stands } if why == SaveWhy::Save => {
                doc.set_file_state(FileState::ChangedOnDisk { by, at, stands });
                self.dialog = Some(Dialog::ChangedOnDisk);
            }
            SaveFailure::ChangedOnDisk { .. } => {
                let line = "The file there was changed by somebody else. Choose another name.".to_owned();
                self.tell("The copy was not saved", vec![line]);
            }
            SaveFailure::NotConfirmed(text) => {
                if why == SaveWhy::Save {
                    doc.set_file_state(FileState::NotConfirmed(text.clone()));
                }
                let told =
                    format!("What was written could not be read back ({text}). The file may hold your changes or not.");
                self.tell("Not confirmed", vec![told, "Try again, or save a copy.".to_owned()]);
            }
            SaveFailure::NoAnswer { since } if why == SaveWhy::Save => {
                doc.set_file_state(FileState::CannotCheck { since, saving: true });
                // It may still be saved: the banner says so, and goes when it is.
                self.dialog = self.dialog.take().filter(|dialog| !matches!(dialog, Dialog::Unsaved(_)));
            }
            SaveFailure::NoAnswer { .. } => {
                let line = "The disk or the network does not answer. Choose another place.".to_owned();
                self.tell("The copy was not saved", vec![line]);
            }
            SaveFailure::Gone => self.dialog = again(SaveAgain::Gone),
            SaveFailure::WouldLose { access } => {
                self.dialog = again(if access { SaveAgain::Access } else { SaveAgain::Links });
            }
            SaveFailure::NoFolder(text) => self.ask_other_path(path, why, text, true),
            // Its own folder would be as full, and takes nothing: another one is for somebody to name.
            SaveFailure::Full(text) => self.ask_other_path(Path::new(&name_of(path)), why, text, false),
            SaveFailure::CannotWrite(text) if self.doc.as_ref().is_some_and(|doc| doc.path() == Some(path)) => {
                self.ask_other_path(Path::new(&name_of(path)), why, text, false);
            }
            SaveFailure::CannotWrite(text) => self.ask_other_path(path, why, text, false),
        }
    }

    /// What was typed stays, to be put right; of what nobody typed, its name.
    fn ask_other_path(&mut self, path: &Path, why: SaveWhy, text: String, no_folder: bool) {
        let typed = TypedPathDraft::new(PathWhy::Save(why), path.display().to_string());
        self.dialog = Some(Dialog::TypedPath(TypedPathDraft { wrong: vec![text], no_folder, ..typed }));
    }

    /// Lets time pass: hands over unsaved work that could not be kept, takes the toast away.
    pub fn tick(&mut self, env: &mut Env<'_>) {
        self.now = Some(env.moment());
        self.time_toast(env.running);
        self.keep_unsaved(env.running);
    }

    /// Takes the toast away when it has stood long enough, by a clock that nobody can set.
    pub(super) fn time_toast(&mut self, running: Duration) {
        let Some(toast) = &self.toast else {
            self.toast_since = None;
            return;
        };
        match &self.toast_since {
            Some((seen, since)) if seen == toast => {
                if running.saturating_sub(*since) >= TOAST {
                    self.toast = None;
                    self.toast_since = None;
                    self.effects.push(Effect::Repaint);
                }
            }
            _ => self.toast_since = Some((toast.clone(), running)),
        }
    }

    /// What earlier runs knew, after what was opened since.
    pub(super) fn add_recent(&mut self, earlier: Vec<RecentFile>) {
        let is_new = !self.recent.is_empty();
        for file in earlier {
            if !self.recent.iter().any(|known| known.path == file.path) {
                self.recent.push(file);
            }
        }
        self.recent.truncate(RECENT_MAX);
        if is_new {
            self.effects.push(Effect::KeepRecent(self.recent.clone()));
        }
    }

    pub(super) fn remember_recent(&mut self, path: &Path, saved_at: Option<Instant>, saved_by: String) {
        let Some(doc) = &self.doc else { return };
        let rota = doc.rota();
        let file = RecentFile {
            path: path.to_owned(),
            title: rota.properties.title.clone(),
            hospital: rota.properties.hospital.clone(),
            saved_at,
            saved_by,
            verdict: if doc.is_current() { overall_text(rota, doc.report()) } else { String::new() },
            unreachable: None,
        };
        self.recent.retain(|known| known.path != file.path);
        self.recent.insert(0, file);
        self.recent.truncate(RECENT_MAX);
        self.effects.push(Effect::KeepRecent(self.recent.clone()));
    }

    pub(super) fn forget_recent(&mut self, at: usize) {
        if at < self.recent.len() {
            self.recent.remove(at);
            self.effects.push(Effect::KeepRecent(self.recent.clone()));
        }
    }

    pub(super) fn throw_away(&mut self, at: usize, env: &Env<'_>) {
        if at < self.kept.len() {
            let kept = self.kept.remove(at);
            self.effects.push(Effect::ThrowAway(kept.kept_path));
            let text = "Discarded. Recover within 7 days: File > Recover…".to_owned();
            self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
        }
        if self.kept.is_empty() && self.dialog == Some(Dialog::Recover) {
            self.dialog = None;
        }
    }
}

/// The name of a file, without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
