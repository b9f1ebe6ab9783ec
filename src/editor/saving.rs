//! Saving, the recent list, and keeping unsaved work at most ten seconds old.

use std::path::{Path, PathBuf};

use crate::model::Instant;

use super::dialogs::{Dialog, PathWhy, TypedPathDraft};
use super::effect::{Effect, RecentFile, SaveFailure, SaveWhy};
use super::env::Env;
use super::verdict_text::overall_text;
use super::{Editor, FileState, Toast};

/// Unsaved work is kept when it is this old. The window looks every few seconds, so it is never older than ten.
const KEEP_AFTER_SECONDS: i64 = 3;
/// A toast stays this long.
const TOAST_SECONDS: i64 = 8;
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
            _ if *doc.file_state() == FileState::Saving => {}
            _ if matches!(doc.file_state(), FileState::ChangedOnDisk { .. }) => {
                self.dialog = Some(Dialog::ChangedOnDisk);
            }
            Some(path) if !doc.is_read_only() => self.write(path, SaveWhy::Save),
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

    pub(super) fn write(&mut self, path: PathBuf, why: SaveWhy) {
        let Some(doc) = &mut self.doc else { return };
        let (rota, state) = (Box::new(doc.rota().clone()), doc.saving_state());
        if why == SaveWhy::Save {
            doc.set_file_state(FileState::Saving);
        }
        self.effects.push(Effect::WriteFile { path, why, rota, state });
    }

    pub(super) fn file_written(
        &mut self,
        path: &Path,
        why: SaveWhy,
        state: u64,
        result: Result<(), SaveFailure>,
        env: &mut Env<'_>,
    ) {
        match result {
            Ok(()) => self.was_written(path, why, state, env),
            Err(failure) => self.was_not_written(path, why, failure),
        }
    }

    fn was_written(&mut self, path: &Path, why: SaveWhy, state: u64, env: &mut Env<'_>) {
        let Some(doc) = &mut self.doc else { return };
        if why == SaveWhy::Copy {
            self.notice = Some(format!("A copy is in {}", path.display()));
            return;
        }
        doc.was_saved(path.to_owned(), state, env.moment());
        if !doc.is_unsaved() {
            self.drop_recovery();
        }
        if let Some(kept) = self.recovering.take() {
            self.effects.push(Effect::DropKept(kept.kept_path));
        }
        self.remember_recent(path, Some(env.now), env.user.to_owned());
        self.retitle();
        if let Some(then) = self.then.take() {
            self.guard(then);
        }
    }

    fn was_not_written(&mut self, path: &Path, why: SaveWhy, failure: SaveFailure) {
        self.then = None;
        let Some(doc) = &mut self.doc else { return };
        if why == SaveWhy::Save {
            doc.settle_file_state();
        }
        match failure {
            SaveFailure::ChangedOnDisk { by, at } if why == SaveWhy::Save => {
                doc.set_file_state(FileState::ChangedOnDisk { by, at });
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
                self.tell("Not confirmed", vec![text, "Your work is kept; try again, or save a copy.".to_owned()]);
            }
            SaveFailure::NoFolder(text) => self.ask_other_path(path, why, text, true),
            SaveFailure::CannotWrite(text) => self.ask_other_path(path, why, text, false),
        }
        self.keep_now();
    }

    /// What was typed stays, to be put right.
    fn ask_other_path(&mut self, path: &Path, why: SaveWhy, text: String, no_folder: bool) {
        let typed = TypedPathDraft::new(PathWhy::Save(why), path.display().to_string());
        self.dialog = Some(Dialog::TypedPath(TypedPathDraft { wrong: vec![text], no_folder, ..typed }));
    }

    /// Lets time pass: keeps unsaved work, takes the toast away.
    pub fn tick(&mut self, env: &mut Env<'_>) {
        let now = env.moment();
        self.now = Some(now);
        if self.toast.as_ref().is_some_and(|toast| toast.said.seconds_until(now) >= TOAST_SECONDS) {
            self.toast = None;
            self.effects.push(Effect::Repaint);
        }
        let Some(doc) = &self.doc else { return };
        if !doc.would_lose_work() {
            self.dirty_since = None;
            if self.kept_state.is_some() {
                self.drop_recovery();
            }
            return;
        }
        if self.kept_state == Some(doc.state()) {
            return;
        }
        let since = *self.dirty_since.get_or_insert(now);
        if since.seconds_until(now) >= KEEP_AFTER_SECONDS {
            self.keep_now();
        }
    }

    fn keep_now(&mut self) {
        let Some(doc) = self.doc.as_ref().filter(|doc| doc.would_lose_work()) else { return };
        self.effects.push(Effect::KeepRecovery {
            rota: Box::new(doc.rota().clone()),
            path: doc.path().map(Path::to_owned),
            saved: doc.saved(),
            changes: doc.changes(),
        });
        self.kept_state = Some(doc.state());
        self.dirty_since = None;
    }

    /// What was kept of this run's work is not needed any more.
    pub(super) fn drop_recovery(&mut self) {
        self.dirty_since = None;
        if self.kept_state.take().is_some() {
            self.effects.push(Effect::DropRecovery);
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
            let text = "Thrown away; for a week File, Recover… brings it back".to_owned();
            self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
        }
        if self.kept.is_empty() && self.dialog == Some(Dialog::Recover) {
            self.dialog = None;
        }
    }
}
