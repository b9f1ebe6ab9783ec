//! Unsaved work and its copy on this computer: handed over after every change, called kept only when it is.

use std::path::Path;
use std::time::Duration;

use crate::model::Zone;

use super::effect::Effect;
use super::env::{Env, Moment};
use super::{Document, Editor};

/// Work that could not be kept is handed over again after this.
pub const KEEP_AGAIN: Duration = Duration::from_secs(5);

/// How the unsaved work stands to its copy on this computer.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    /// The document's state that was handed over to be kept.
    given: Option<u64>,
    /// The state that was kept and read back, and when.
    kept: Option<(u64, Moment)>,
    /// Why it could not be kept, and how long the program had run then.
    failed: Option<(String, Duration)>,
    /// The program closes: nothing is handed over any more.
    is_over: bool,
}

impl Editor {
    /// Hands unsaved work over to be kept, unless that was done already; says so when nothing is to be kept any more.
    pub(super) fn keep_unsaved(&mut self, running: Duration) {
        if self.recovery.is_over {
            return;
        }
        let Some(doc) = self.doc.as_ref().filter(|doc| doc.would_lose_work()) else {
            self.drop_recovery();
            return;
        };
        let is_again = self.recovery.failed.as_ref().is_some_and(|(_, at)| running.saturating_sub(*at) >= KEEP_AGAIN);
        if self.recovery.given == Some(doc.state()) && !is_again {
            return;
        }
        self.recovery.given = Some(doc.state());
        if let Some((_, at)) = &mut self.recovery.failed {
            *at = running;
        }
        self.effects.push(Effect::KeepRecovery {
            rota: Box::new(doc.rota().clone()),
            path: doc.path().map(Path::to_owned),
            saved: doc.saved(),
            changes: doc.changes(),
            state: doc.state(),
        });
    }

    pub(super) fn recovery_kept(&mut self, state: u64, at: Moment) {
        if self.recovery.given.is_some() {
            self.recovery.kept = Some((state, at));
            self.recovery.failed = None;
        }
    }

    pub(super) fn recovery_failed(&mut self, why: String, env: &Env<'_>) {
        self.recovery.failed = Some((why, env.running));
        self.recovery.kept = None;
    }

    /// What was kept of this run's work is not needed any more.
    pub(super) fn drop_recovery(&mut self) {
        if std::mem::take(&mut self.recovery).given.is_some() {
            self.effects.push(Effect::DropRecovery);
        }
    }

    /// The program closes with nothing to be kept, or what is not wanted set aside.
    pub(super) fn end_recovery(&mut self) {
        self.drop_recovery();
        self.recovery.is_over = true;
    }

    /// Somebody does not want to save: the work can be had back for a week. Recovered work that was not touched is
    /// still in the copy that it came from.
    pub(super) fn set_aside(&mut self) {
        let Some(doc) = self.doc.as_ref().filter(|doc| doc.would_lose_work()) else { return };
        if self.recovering.is_some() && !doc.was_edited() {
            self.drop_recovery();
            return;
        }
        self.effects.push(Effect::SetAside {
            rota: Box::new(doc.rota().clone()),
            path: doc.path().map(Path::to_owned),
            saved: doc.saved(),
            changes: doc.changes(),
        });
        self.recovery = Recovery::default();
    }

    /// Why unsaved work is not kept on this computer, if it could not be.
    pub fn not_kept(&self) -> Option<&str> {
        self.recovery.failed.as_ref().map(|(why, _)| why.as_str())
    }

    /// What is true of the copy of the unsaved work on this computer, in a sentence.
    pub fn kept_sentence(&self) -> String {
        let zone = self.doc.as_ref().map_or(Zone::LONDON, |doc| doc.rota().zone());
        let state = self.doc.as_ref().map(Document::state);
        match (&self.recovery.failed, self.recovery.kept) {
            (Some(_), _) => "It could not be kept on this computer either.".to_owned(),
            (None, Some((kept, at))) if Some(kept) == state => {
                format!("Your work is kept on this computer ({}).", at.clock(zone))
            }
            _ => "Your work is being kept on this computer.".to_owned(),
        }
    }
}
