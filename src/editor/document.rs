//! One open rota: its history, what the checker says of it, and how it stands to its file.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::checker::{Candidate, Checker, CoverStep, Finding, Gap, Lacks, PostStep, Report, acceptance, are_equal};
use crate::model::{Acceptance, Command, History, Instant, PostId, Refusal, Rota, Span, Step, UnitId, WindowId};

use super::effect::{OnDisk, OpenedFile, Stands};
use super::env::Moment;
use super::lanes::{Grid, LaneWish};
use super::other_specialty::of_another_specialty;
use super::unsaved_steps::UnsavedSteps;

/// How an open rota stands to its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// It has no file yet.
    NotSaved,
    /// As read or saved then.
    Saved {
        /// When, if known.
        at: Option<Moment>,
    },
    /// Being written.
    Saving,
    /// Written, but reading it back did not confirm it, or not written at all: why.
    NotConfirmed(String),
    /// Somebody else changed it.
    ChangedOnDisk {
        /// Who, if the file says.
        by: String,
        /// When, if the file says.
        at: Option<Instant>,
        /// What is there now.
        stands: Stands,
    },
    /// It is not there any more: the window has the only copy.
    Gone {
        /// Since when that is known.
        since: Moment,
    },
    /// It cannot be read, or its disk does not answer.
    CannotCheck {
        /// Since when.
        since: Moment,
        /// A save was under way: whether it is done is not known yet.
        saving: bool,
    },
}

impl FileState {
    /// Whether what is open may be another rota than the file on disk.
    fn is_in_doubt(&self) -> bool {
        matches!(
            self,
            Self::ChangedOnDisk { .. } | Self::Gone { .. } | Self::CannotCheck { .. } | Self::NotConfirmed(_)
        )
    }

    /// Whether a save is under way.
    fn is_saving(&self) -> bool {
        matches!(self, Self::Saving | Self::CannotCheck { saving: true, .. })
    }
}

/// One open rota.
#[derive(Debug, Clone)]
pub struct Document {
    history: History,
    checker: Checker,
    grid: Grid,
    /// For each window and unit, as soon as somebody looks at it.
    coverage: Vec<Vec<OnceCell<Vec<CoverStep>>>>,
    path: Option<PathBuf>,
    /// The history's state that the file holds; none where no file does.
    saved_state: Option<u64>,
    file_state: FileState,
    /// The same apart from a save that is under way: what holds again if that save does not get there.
    on_disk: FileState,
    read_only: bool,
    seal_confirmed: bool,
    /// Newer work on this file was kept, and is neither opened nor put off.
    newer_kept: bool,
    /// When the file was last saved.
    saved: Option<Moment>,
    /// It was saved in this run, so that the second is known.
    saved_here: bool,
    steps: UnsavedSteps,
    /// Somebody has said that who may open the file, or its other names, may be lost by a save.
    may_lose: bool,
    /// Nothing would be lost but what a template, an example or a file brought.
    is_fresh: bool,
    /// Which document this is.
    number: u64,
    /// Changes with every step, so that views know what they have drawn. Undo gives a new number, not the old one.
    state: u64,
}

impl Document {
    /// A rota that no file holds.
    pub fn unsaved(rota: Rota) -> Self {
        Self::new(rota, None, None, FileState::NotSaved)
    }

    /// Work that an earlier run kept, lost if it is not saved: to the file it belongs to, last saved then, or to one
    /// that is still to be named. So many of its changes are in no file.
    pub fn recovered(rota: Rota, path: Option<PathBuf>, saved: Option<Moment>, changes: usize) -> Self {
        let saved = saved.filter(|_| path.is_some());
        let state = if path.is_some() { FileState::Saved { at: saved } } else { FileState::NotSaved };
        let steps = UnsavedSteps::recovered(changes);
        Self { is_fresh: false, saved, steps, ..Self::new(rota, path, None, state) }
    }

    /// A rota as read from a file.
    pub fn opened(file: OpenedFile, path: PathBuf) -> Self {
        let seal_confirmed = file.sealed != Some(false);
        let at = file.saved_at.map(|at| Moment { at, second: 0 });
        // A file with a wrong seal counts as unsaved: what was sealed is not what is there.
        let saved_state = seal_confirmed.then_some(0);
        let document = Self::new(file.rota, Some(path), saved_state, FileState::Saved { at });
        Self { read_only: file.read_only, seal_confirmed, saved: at, ..document }
    }

    fn new(rota: Rota, path: Option<PathBuf>, saved_state: Option<u64>, file_state: FileState) -> Self {
        let history = History::new(rota);
        let checker = Checker::new(history.rota());
        let grid = Grid::new(history.rota(), None);
        let coverage = not_looked_at(history.rota());
        let first_state = first_state();
        Self {
            history,
            checker,
            grid,
            coverage,
            path,
            saved_state,
            on_disk: file_state.clone(),
            file_state,
            read_only: false,
            seal_confirmed: true,
            newer_kept: false,
            saved: None,
            saved_here: false,
            steps: UnsavedSteps::default(),
            may_lose: false,
            is_fresh: true,
            number: first_state,
            state: first_state,
        }
    }

    pub fn rota(&self) -> &Rota {
        self.history.rota()
    }

    /// What the checker says of it.
    pub fn report(&self) -> &Report {
        self.checker.report()
    }

    /// Its lanes.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Need and have of a unit over a window, step by step.
    pub fn coverage(&self, window: &WindowId, unit: &UnitId) -> &[CoverStep] {
        let rota = self.rota();
        let place = (rota.windows.iter().position(|w| w.id == *window), rota.units.iter().position(|u| u.id == *unit));
        let (Some(w), Some(u)) = place else { return &[] };
        let cell = self.coverage.get(w).and_then(|units| units.get(u));
        cell.map_or(&[], |cell| cell.get_or_init(|| self.checker.coverage(rota, window, unit)))
    }

    /// What a post of the unit lacks at the worst minute of that time in the window.
    pub fn lacks_on(&self, window: &WindowId, unit: &UnitId, post: &PostId, span: Span) -> Lacks {
        let steps = self.coverage(window, unit).iter().filter(|step| step.span.overlaps(span));
        let of_post = steps.flat_map(|step| step.posts.iter().filter(|it| it.post == *post));
        of_post.map(PostStep::lacks).max().unwrap_or_default()
    }

    /// Everybody for a gap, in the order of the checker; of equals who could whoever is of another specialty comes last,
    /// and is said to be.
    pub fn who_could(&self, gap: &Gap) -> Vec<Candidate> {
        let mut all = self.checker.who_could(self.rota(), gap);
        let mut others = BTreeSet::new();
        for candidate in all.iter_mut().filter(|candidate| candidate.obstacles.is_empty()) {
            let person = self.rota().person(&candidate.person);
            if let Some(remark) = person.and_then(|person| of_another_specialty(self.rota(), person, &gap.post)) {
                candidate.text = format!("{}; {remark}", candidate.text);
                others.insert(candidate.person.clone());
            }
        }
        for equals in all.chunk_by_mut(are_equal).filter(|_| !others.is_empty()) {
            equals.sort_by_key(|candidate| others.contains(&candidate.person));
        }
        all
    }

    /// The checker with what it knows of the rota as it stands.
    pub fn checker(&self) -> &Checker {
        &self.checker
    }

    /// Whether somebody has accepted a finding, and nothing it depends on has changed since.
    pub fn is_accepted(&self, finding: usize) -> bool {
        self.report().findings.get(finding).is_some_and(|f| self.acceptance(f).is_some())
    }

    /// Who accepted a finding, when and why.
    pub fn acceptance(&self, finding: &Finding) -> Option<&Acceptance> {
        acceptance(finding, self.rota())
    }

    /// Its file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether something would be lost if it were closed now.
    pub fn is_unsaved(&self) -> bool {
        self.is_only_copy() || self.saved_state != Some(self.history.state())
    }

    /// Whether no file holds it any more, so that all of it would be lost: the file is gone, or cannot be read.
    pub fn is_only_copy(&self) -> bool {
        self.is_gone() || matches!(self.on_disk, FileState::ChangedOnDisk { stands: Stands::Unreadable, .. })
    }

    /// Whether what is not saved cannot be saved to its file: something else stands there.
    pub fn is_changed_on_disk(&self) -> bool {
        matches!(self.on_disk, FileState::ChangedOnDisk { .. })
    }

    /// Whether the file is not there any more.
    pub fn is_gone(&self) -> bool {
        matches!(self.on_disk, FileState::Gone { .. })
    }

    /// Whether somebody's work would be lost if it were closed now: an untouched template or example is nobody's.
    pub fn would_lose_work(&self) -> bool {
        self.is_only_copy() || self.is_unsaved() && !(self.is_fresh && self.steps.is_at_start()) && !self.read_only
    }

    /// Whether anything was done to it since it was opened or saved, and not taken back.
    pub fn was_edited(&self) -> bool {
        self.steps.any()
    }

    /// How many changes are not in the file.
    pub fn changes(&self) -> usize {
        if self.is_unsaved() { self.steps.count().max(1) } else { 0 }
    }

    /// When the file was last saved, as far as it says.
    pub fn saved(&self) -> Option<Moment> {
        self.saved
    }

    /// Whether it was saved in this run: a file says only the minute.
    pub fn was_saved_here(&self) -> bool {
        self.saved_here
    }

    /// Opened only to be looked at.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// A number that changes with every edit, undo and redo: the key of whatever is cached.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// How it stands to its file.
    pub fn file_state(&self) -> &FileState {
        &self.file_state
    }

    /// Whether verdicts may be shown as true now; otherwise they are grey and say "was …".
    pub fn is_current(&self) -> bool {
        self.seal_confirmed && !self.newer_kept && !self.file_state.is_in_doubt() && !self.on_disk.is_in_doubt()
    }

    /// Whether the seal was right, missing, or its notice has been confirmed.
    pub fn seal_confirmed(&self) -> bool {
        self.seal_confirmed
    }

    /// The label of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// The label of the step that redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Does a command and checks again. Gives `false` where it changed nothing.
    pub(super) fn run(&mut self, command: Command, wishes: &[LaneWish]) -> Result<bool, Refusal> {
        let only_lanes = command.changes.is_empty() && !wishes.is_empty();
        let step = self.history.run(command)?;
        if only_lanes {
            self.state += 1;
            self.grid = Grid::with_wishes(self.history.rota(), Some(&self.grid), wishes);
        }
        if step.is_some() {
            self.steps.done();
        }
        Ok(self.follow(step.as_ref(), wishes) || only_lanes)
    }

    /// Takes the last step back, and gives what would do it again.
    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.history.undo();
        if step.is_some() {
            self.steps.undone();
        }
        self.follow(step.as_ref(), &[]);
        step
    }

    /// Does the last undone step again, and gives what would take it back.
    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.history.redo();
        if step.is_some() {
            self.steps.redone();
        }
        self.follow(step.as_ref(), &[]);
        step
    }

    /// Brings everything derived up to the rota after a step.
    fn follow(&mut self, step: Option<&Step>, wishes: &[LaneWish]) -> bool {
        let Some(step) = step else { return false };
        self.state += 1;
        self.checker.update(self.history.rota(), &step.inverse);
        self.grid = Grid::with_wishes(self.history.rota(), Some(&self.grid), wishes);
        self.coverage = not_looked_at(self.history.rota());
        true
    }

    /// Whether newer work on the file is kept that was not saved, and is offered.
    pub fn has_newer_kept(&self) -> bool {
        self.newer_kept
    }

    /// Whether newer work on this file waits to be looked at.
    pub(super) fn set_newer_kept(&mut self, newer_kept: bool) {
        self.newer_kept = newer_kept;
    }

    pub(super) fn set_file_state(&mut self, state: FileState) {
        if !state.is_saving() {
            self.on_disk = state.clone();
        }
        self.file_state = state;
    }

    /// A save has not got there: how it stands to its file is as it was before, or as was seen meanwhile.
    pub(super) fn settle_file_state(&mut self) {
        self.file_state = self.on_disk.clone();
    }

    /// Somebody has looked at the file on disk. What was not confirmed is told by the next save alone; while one is
    /// under way, what was seen counts once it has failed.
    pub(super) fn looked_at(&mut self, found: OnDisk, now: Moment) {
        let seen = match (found, &self.on_disk) {
            (_, FileState::NotSaved | FileState::NotConfirmed(_))
            | (OnDisk::Same, FileState::Saved { .. })
            | (OnDisk::Gone, FileState::Gone { .. })
            | (
                OnDisk::Unreadable | OnDisk::NoAnswer { .. },
                // Where nothing can be seen, nobody has seen that the file is there again.
                FileState::CannotCheck { .. } | FileState::Gone { .. },
            ) => return,
            (OnDisk::Same, _) => FileState::Saved { at: self.saved },
            (OnDisk::Changed { by, at, stands }, _) => FileState::ChangedOnDisk { by, at, stands },
            (OnDisk::Gone, _) => FileState::Gone { since: now },
            (OnDisk::Unreadable, _) => FileState::CannotCheck { since: now, saving: false },
            (OnDisk::NoAnswer { since }, _) => FileState::CannotCheck { since, saving: false },
        };
        self.on_disk = seen;
        if !self.file_state.is_saving() {
            self.settle_file_state();
        }
    }

    pub(super) fn confirm_seal(&mut self) {
        self.seal_confirmed = true;
    }

    /// Which document this is: no two of one run share a number.
    pub fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn may_lose(&self) -> bool {
        self.may_lose
    }

    pub(super) fn allow_loss(&mut self) {
        self.may_lose = true;
    }

    /// The number of the history's state, to be given to a save and back.
    pub(super) fn saving_state(&self) -> u64 {
        self.history.state()
    }

    /// The file at `path` now holds the rota as it stood at `state`.
    pub(super) fn was_saved(&mut self, path: PathBuf, state: u64, at: Moment) {
        self.path = Some(path);
        self.saved_state = Some(state);
        if state == self.history.state() {
            self.steps.saved();
        }
        self.set_file_state(FileState::Saved { at: Some(at) });
        self.saved = Some(at);
        self.saved_here = true;
        self.is_fresh = false;
        self.read_only = false;
    }
}

/// Where a document begins to count its states: no two of one run share a number, not even the same file read twice,
/// so that nothing kept of one is shown for the other.
fn first_state() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed) << 32
}

/// A place for the coverage of each window and unit.
fn not_looked_at(rota: &Rota) -> Vec<Vec<OnceCell<Vec<CoverStep>>>> {
    vec![vec![OnceCell::new(); rota.units.len()]; rota.windows.len()]
}
