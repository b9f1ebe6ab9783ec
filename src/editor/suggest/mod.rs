//! Suggested cover: what is being looked for, the proposal while it is looked at, and what is taken of it.
//!
//! The planner works elsewhere, on a copy of the rota ([`super::Effect::Plan`]); editing goes on meanwhile. A proposal
//! that was made for an older state is held against the rota as it is, and thrown away where it no longer fits.

mod accept;
mod item_words;
mod preview;
mod price;
mod rest_words;
mod session_marks;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::checker::Gap;
use crate::model::{Rota, UnitId, WindowId, words};
use crate::planner::{Item, Plan, Progress, Scope};

use super::assign::post_name;
use super::edits::VIEW_ONLY;
use super::{Editor, Effect, Env, Moment, Selection};

use item_words::clashing;
pub use item_words::{ItemKind, ItemText, Note, item_text, moved_text, on_call_clashes};
use preview::Known;
pub use preview::{Preview, UnitChange, lasting_errors};
pub use price::{Price, figure_text, proof_text};
use rest_words::little_rest;
pub use session_marks::{Fate, SessionMark};

/// Seconds that are spent looking before the best so far is shown.
pub const SECONDS: u32 = 5;
/// The same when somebody says to go on.
pub const SECONDS_MORE: u32 = 60;

/// What cover is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestFor {
    /// The whole rota.
    Everything,
    /// One unit.
    Unit(UnitId),
    /// One window.
    Window(WindowId),
    /// One gap.
    Gap(Gap),
}

/// Cover that is looked for, or was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// What for.
    pub what: SuggestFor,
    /// Which job it is; answers to others come too late.
    pub job: u64,
    /// How far it is.
    pub stage: Stage,
    /// What no longer fits, as long as it may fit again: an edit may be undone.
    shelved: Option<Box<Proposal>>,
}

/// How far a suggestion is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The planner works.
    Looking(Looking),
    /// There is a plan.
    Proposal(Box<Proposal>),
    /// There is none, and why.
    Told(Told),
}

/// A planner at work.
#[derive(Debug, Clone, PartialEq)]
pub struct Looking {
    /// How far it is, as soon as it says so.
    pub progress: Option<Progress>,
    /// How long it has been at it.
    pub millis: u64,
    /// It has been told to stop, and brings the best so far.
    pub is_stopping: bool,
    /// Seconds after which it stops by itself.
    pub seconds: u32,
    /// The rota it works on.
    rota: Arc<Rota>,
    /// When it began.
    begun: Moment,
}

/// A plan that nobody has accepted yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The plan, for the rota as it is.
    pub plan: Plan,
    /// Its changes, in the order of their numbers.
    pub items: Vec<Item>,
    /// Which of them are ticked.
    pub ticked: Vec<bool>,
    /// When it was asked for.
    pub begun: Moment,
    /// How long it took.
    pub millis: u64,
    /// The rota has been changed since in a way that matters: it still fits, but need not be the best any more.
    pub is_older: bool,
    /// The rota with what is ticked.
    pub preview: Preview,
    /// Changes whenever the plan or a tick does: the key of whatever is drawn from it.
    pub version: u64,
    /// Which of its new assignments clash with on-call.
    clashing: Vec<bool>,
    /// Of each new assignment, how little rest it leaves.
    little_rest: Vec<Option<String>>,
    /// The rota that it fits, its state, and what is broken in it already.
    rota: Arc<Rota>,
    state: u64,
    known: Known,
}

/// Why there is no proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// In a few words.
    pub title: String,
    /// A sentence or two: why, and what to do.
    pub text: String,
    /// Whether it makes sense to look again.
    pub can_look_again: bool,
}

/// How much of a proposal is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accept {
    /// All of it.
    All,
    /// What is ticked.
    Ticked,
    /// What concerns one unit; the rest is still proposed.
    Unit(UnitId),
}

impl SuggestFor {
    fn scope(&self, rota: &Rota) -> Scope {
        match self {
            Self::Everything => Scope::everything(),
            Self::Unit(unit) => Scope { unit: Some(unit.clone()), ..Scope::default() },
            Self::Window(window) => Scope { window: Some(window.clone()), ..Scope::default() },
            Self::Gap(gap) => Scope {
                unit: rota.post(&gap.post).map(|post| post.unit.clone()),
                posts: vec![gap.post.clone()],
                span: Some(gap.span),
                ..Scope::default()
            },
        }
    }

    /// Whether a unit's cover in a window is what it is about.
    #[must_use]
    pub fn concerns(&self, rota: &Rota, unit: &UnitId, window: &WindowId) -> bool {
        match self {
            Self::Everything => true,
            Self::Unit(id) => id == unit,
            Self::Window(id) => id == window,
            Self::Gap(gap) => {
                let in_window = rota.window(window).is_some_and(|window| window.span.overlaps(gap.span));
                in_window && rota.post(&gap.post).is_some_and(|post| post.unit == *unit)
            }
        }
    }

    /// Whether a shortage that a plan leaves is what it is about.
    #[must_use]
    pub fn concerns_gap(&self, rota: &Rota, short: &crate::planner::Gap) -> bool {
        let is_at_gap = match self {
            Self::Gap(gap) => short.posts.contains(&gap.post) && short.span.overlaps(gap.span),
            _ => true,
        };
        is_at_gap && self.concerns(rota, &short.unit, &short.window)
    }

    /// What it is called: "everything", "A&E", "Tue 26-Apr", or the gap.
    #[must_use]
    pub fn words(&self, rota: &Rota) -> String {
        let zone = rota.zone();
        match self {
            Self::Everything => "everything".to_owned(),
            Self::Unit(id) => rota.unit(id).map_or("a unit".into(), |unit| words::safe(&unit.name)).into_owned(),
            Self::Window(id) => rota.window(id).map_or("a day".to_owned(), |w| words::day(zone, w.span.from)),
            Self::Gap(gap) => format!("{}, {}", post_name(rota, &gap.post), words::span(zone, gap.span)),
        }
    }
}

impl Suggestion {
    /// The proposal, if there is one to be looked at.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        match &self.stage {
            Stage::Proposal(proposal) => Some(proposal),
            _ => None,
        }
    }

    /// Whether the planner works.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        matches!(self.stage, Stage::Looking(_))
    }
}

impl Proposal {
    fn new(plan: Plan, rota: Arc<Rota>, state: u64, looked: &Looking, millis: u64, version: u64) -> Self {
        let items = plan.items(&rota);
        let ticked = vec![true; items.len()];
        let known = Known::of(&rota);
        let preview = Preview::new(&rota, &plan.part(&items, &ticked), &known);
        let begun = looked.begun;
        let (clashing, little_rest) = (clashing(&rota, &plan), little_rest(&rota, &plan));
        Self {
            clashing,
            little_rest,
            plan,
            items,
            ticked,
            begun,
            millis,
            is_older: false,
            preview,
            version,
            rota,
            state,
            known,
        }
    }

    /// How many of its changes are ticked.
    #[must_use]
    pub fn ticked_count(&self) -> usize {
        self.ticked.iter().filter(|ticked| **ticked).count()
    }

    /// The rota that it was made for, or still fits.
    #[must_use]
    pub fn rota(&self) -> &Rota {
        &self.rota
    }

    /// What the ticked changes cost.
    #[must_use]
    pub fn price(&self) -> Price {
        Price::of(&self.rota, &self.plan.part(&self.items, &self.ticked))
    }

    fn look_again(&mut self, version: u64) {
        self.version = version;
        self.clashing = clashing(&self.rota, &self.plan);
        self.little_rest = little_rest(&self.rota, &self.plan);
        self.preview = Preview::new(&self.rota, &self.plan.part(&self.items, &self.ticked), &self.known);
    }
}

impl Editor {
    /// Cover that is looked for, or was found and not yet accepted.
    #[must_use]
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestion.as_ref()
    }

    /// The proposal that is being looked at.
    #[must_use]
    pub fn proposal(&self) -> Option<&Proposal> {
        self.suggestion.as_ref().and_then(Suggestion::proposal)
    }

    fn proposal_mut(&mut self) -> Option<&mut Proposal> {
        match self.suggestion.as_mut().map(|suggestion| &mut suggestion.stage) {
            Some(Stage::Proposal(proposal)) => Some(proposal),
            _ => None,
        }
    }

    pub(super) fn next_version(&mut self) -> u64 {
        self.suggestions += 1;
        self.suggestions
    }

    /// Begins to look for cover.
    pub(super) fn suggest(&mut self, what: SuggestFor, seconds: u32, env: &Env<'_>) {
        self.stop_planner();
        let Some(doc) = &self.doc else { return };
        if doc.is_read_only() {
            self.notice = Some(VIEW_ONLY.to_owned());
            return;
        }
        let rota = doc.rota();
        if let Some(told) = nothing_to_work_with(rota) {
            self.suggestion = Some(Suggestion { what, job: 0, stage: Stage::Told(told), shelved: None });
            return;
        }
        let scope = what.scope(rota);
        let rota = Arc::new(rota.clone());
        let job = self.next_version();
        self.effects.push(Effect::Plan { job, rota: Arc::clone(&rota), scope, seconds });
        let begun = env.moment();
        let looking = Looking { progress: None, millis: 0, is_stopping: false, seconds, rota, begun };
        self.suggestion = Some(Suggestion { what, job, stage: Stage::Looking(looking), shelved: None });
    }

    /// Looks for the same once more.
    pub(super) fn suggest_again(&mut self, seconds: u32, env: &Env<'_>) {
        let what = self.suggestion.as_ref().map_or(SuggestFor::Everything, |suggestion| suggestion.what.clone());
        self.suggest(what, seconds, env);
    }

    /// Tells the planner to bring what it has.
    pub(super) fn stop_suggesting(&mut self) {
        if let Some(Suggestion { job, stage: Stage::Looking(looking), .. }) = &mut self.suggestion {
            looking.is_stopping = true;
            self.effects.push(Effect::StopPlan { job: *job });
        }
    }

    /// The planner's work is no longer wanted.
    fn stop_planner(&mut self) {
        if let Some(Suggestion { job, stage: Stage::Looking(_), .. }) = &self.suggestion {
            self.effects.push(Effect::StopPlan { job: *job });
        }
    }

    /// Puts the suggestion away, whatever it was.
    pub(super) fn drop_suggestion(&mut self) {
        self.stop_planner();
        self.suggestion = None;
    }

    /// The gap that is chosen, all of it.
    pub(super) fn chosen_whole_gap(&self) -> Option<Gap> {
        let gap = &self.who_could.as_ref()?.gap;
        let window = self.doc.as_ref()?.grid().window(&self.window_of(gap.span)?)?;
        let lanes = window.post(&gap.post)?.lanes.iter();
        let chosen = match &self.selection {
            Selection::Cells(range) => Some(range.last.row.lane),
            _ => None,
        };
        let mut of_lane = lanes.enumerate().filter(|(lane, _)| chosen.is_none_or(|chosen| chosen == *lane));
        let span = of_lane.find_map(|(_, lane)| lane.gaps.iter().find(|part| part.overlaps(gap.span)).copied());
        Some(Gap { post: gap.post.clone(), span: span.unwrap_or(gap.span) })
    }

    pub(super) fn plan_progress(&mut self, job: u64, progress: Progress, millis: u64) {
        if let Some(Suggestion { job: of, stage: Stage::Looking(looking), .. }) = &mut self.suggestion
            && *of == job
        {
            looking.progress = Some(progress);
            looking.millis = millis;
        }
    }

    pub(super) fn plan_failed(&mut self, job: u64, why: &str) {
        if self.suggestion.as_ref().is_some_and(|s| s.job == job && s.is_looking()) {
            let text = format!("{why}. Nothing has been changed.");
            self.tell_no_plan(Told { title: "Cover could not be looked for".to_owned(), text, can_look_again: true });
        }
    }

    fn tell_no_plan(&mut self, told: Told) {
        if let Some(suggestion) = &mut self.suggestion {
            suggestion.stage = Stage::Told(told);
        }
    }

    /// The planner is done. What was edited meanwhile is taken into account.
    pub(super) fn planned(&mut self, job: u64, plan: Plan, millis: u64) {
        let version = self.next_version();
        let Some(doc) = &self.doc else { return };
        let state = doc.state();
        let Some(suggestion) = self.suggestion.as_mut().filter(|suggestion| suggestion.job == job) else { return };
        let Stage::Looking(looked) = &suggestion.stage else { return };
        let now = doc.rota();
        // As it was: the plan is taken whole. That of a large rota has a million reasons, which nobody need copy.
        let (fits, rota) = if *looked.rota == *now {
            (Ok((plan, false)), Arc::clone(&looked.rota))
        } else {
            let fits = plan.rebased(&looked.rota, now);
            let told = fits.map(|fitting| {
                let is_older = fitting.figures != plan.figures;
                (fitting, is_older)
            });
            (told, Arc::new(now.clone()))
        };
        suggestion.stage = match fits {
            Ok((fitting, is_older)) => {
                let proposal = Proposal::new(fitting, rota, state, looked, millis, version);
                Stage::Proposal(Box::new(Proposal { is_older, ..proposal }))
            }
            Err(why) => Stage::Told(no_longer_fits(&why)),
        };
    }

    /// After any change of the rota: a proposal made for an older state still fits, or goes.
    pub(super) fn follow_with_proposal(&mut self) {
        let Some(doc) = &self.doc else { return };
        let (state, now) = (doc.state(), doc.rota());
        if let Some(suggestion) = &mut self.suggestion
            && let Some(shelved) = &mut suggestion.shelved
        {
            if shelved.state != state && *shelved.rota == *now {
                shelved.state = state;
                suggestion.stage = suggestion.shelved.take().map_or_else(|| suggestion.stage.clone(), Stage::Proposal);
            } else {
                shelved.state = state;
            }
            return;
        }
        let Some(proposal) = self.proposal().filter(|proposal| proposal.state != state) else { return };
        match proposal.plan.rebased(&proposal.rota, now) {
            Ok(plan) => {
                let rota = Arc::new(now.clone());
                let version = self.next_version();
                if let Some(proposal) = self.proposal_mut() {
                    proposal.is_older |= plan.figures != proposal.plan.figures;
                    proposal.known = Known::of(&rota);
                    (proposal.plan, proposal.rota, proposal.state) = (plan, rota, state);
                    proposal.look_again(version);
                }
            }
            Err(why) => {
                let told = no_longer_fits(&why);
                self.notice = Some(format!("{}: {why}", told.title));
                if let Some(suggestion) = &mut self.suggestion {
                    let before = std::mem::replace(&mut suggestion.stage, Stage::Told(told));
                    if let Stage::Proposal(mut proposal) = before {
                        proposal.state = state;
                        suggestion.shelved = Some(proposal);
                    }
                }
            }
        }
    }

    /// Ticks one change, or takes its tick off.
    pub(super) fn tick_change(&mut self, at: usize, ticked: bool) {
        self.change_ticks(|items, all| {
            if ticked {
                crate::planner::tick(items, all, at);
            } else if let Some(tick) = all.get_mut(at) {
                *tick = false;
            }
        });
    }

    /// Ticks all changes, or none.
    pub(super) fn tick_all_changes(&mut self, ticked: bool) {
        self.change_ticks(|_, all| all.fill(ticked));
    }

    fn change_ticks(&mut self, change: impl FnOnce(&[Item], &mut [bool])) {
        let version = self.next_version();
        let Some(proposal) = self.proposal_mut() else { return };
        change(&proposal.items, &mut proposal.ticked);
        crate::planner::settle(&proposal.items, &mut proposal.ticked);
        proposal.look_again(version);
    }
}

fn no_longer_fits(why: &str) -> Told {
    Told {
        title: "The suggestion no longer fits".to_owned(),
        text: format!("The rota was changed after it was asked for: {why}. Nothing of it has been applied."),
        can_look_again: true,
    }
}

/// Why there is nothing that a planner could do.
fn nothing_to_work_with(rota: &Rota) -> Option<Told> {
    let told =
        |title: &str, text: &str| Some(Told { title: title.to_owned(), text: text.to_owned(), can_look_again: false });
    if rota.windows.is_empty() {
        told("No windows yet", "Enter when the walkout is under Rota, Windows…: cover is looked for inside windows.")
    } else if rota.posts.is_empty() {
        told("No posts yet", "Enter the units and posts to be covered first.")
    } else if rota.normals.iter().all(|normal| normal.staffing.is_empty()) {
        told("No normal staffing yet", "Enter who is there on a normal day: that is what cover is measured against.")
    } else if rota.people.is_empty() {
        told("No people yet", "Paste or enter the staff who could cover, then ask again.")
    } else {
        None
    }
}
