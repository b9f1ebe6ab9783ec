//! Suggested cover: what is being looked for, the proposal while it is looked at, and what is taken of it.
//!
//! The planner works elsewhere, on a copy of the rota ([`super::Effect::Plan`]); editing goes on meanwhile. A proposal
//! that was made for an older state is held against the rota as it is, and thrown away where it no longer fits.

mod accept;
mod change_days;
mod item_words;
mod night_words;
mod preview;
mod price;
mod rest_words;
mod session_marks;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::checker::Gap;
use crate::model::{AssignmentId, Rota, Span, UnitId, WindowId, words};
use crate::planner::{Fitting, Misfit, Plan, Progress, Scope, SuggestedChange};

use super::assign::post_name;
use super::one_shift::shift_in;
use super::other_specialty::taken_last;
use super::refused::Refused;
use super::{Editor, Effect, Env, Moment, Selection};

use item_words::clashing;
pub use item_words::{ItemKind, ItemText, Note, item_text, moved_text, on_call_clashes};
pub use night_words::{at_work_after_nights, nights_before_work, nights_of_candidate};
use preview::Known;
pub use preview::{Preview, UnitChange, gaps_left, lasting_errors};
pub use price::{Price, figure_text};
pub use rest_words::short_rests;
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
    Unit(UnitId),
    Window(WindowId),
    Gap(Gap),
}

/// Cover that is looked for, or was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub what: SuggestFor,
    /// Which job it is; answers to others come too late.
    pub job: u64,
    /// How far it is.
    pub stage: Stage,
    /// What no longer fits, as it may fit again: an edit may be undone.
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
    pub plan: Arc<Plan>,
    /// Its changes.
    pub items: Vec<SuggestedChange>,
    /// For each item.
    pub ticked: Vec<bool>,
    /// When it was asked for.
    pub begun: Moment,
    /// How long it took.
    pub millis: u64,
    /// The rota has been changed since in a way that matters: it still fits, but need not be the best any more.
    pub is_older: bool,
    /// How many changes no longer fit and were left out.
    pub left_out: usize,
    /// Why they were: a sentence each, without a full stop.
    pub left_out_whys: Vec<Misfit>,
    /// The rota with what is ticked.
    pub preview: Preview,
    /// Changes whenever the plan or a tick does: the key of whatever is drawn from it.
    pub version: u64,
    /// Which of its new assignments clash with on-call.
    clashing: Vec<bool>,
    /// Of each of them what is to be said of a night on call before work.
    nights: Vec<Vec<String>>,
    /// The number that each change is called by.
    numbers: Vec<usize>,
    /// Every change that has had a number, also those that are gone: an edit may be undone.
    numbered: Vec<ItemKey>,
    /// What is ticked, where that is not all, counted for itself.
    part: Option<Arc<Plan>>,
    /// The plan as it was found, and the rota that it was found for.
    found: (Arc<Plan>, Arc<Rota>),
    /// The rota that it fits, its state, and what is broken in it already.
    rota: Arc<Rota>,
    state: u64,
    known: Known,
}

/// What tells a change of one state of a proposal from the others in the next state.
type ItemKey = (Option<AssignmentId>, Option<SuggestedChange>);

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
    All,
    Ticked,
    /// What concerns one unit; the rest is still proposed.
    Unit(UnitId),
}

impl SuggestFor {
    pub(in crate::editor) fn scope(&self, rota: &Rota) -> Scope {
        let last = taken_last(rota);
        let scope = match self {
            Self::Everything => Scope::everything(),
            Self::Unit(unit) => Scope { unit: Some(unit.clone()), ..Scope::default() },
            Self::Window(window) => Scope { window: Some(window.clone()), ..Scope::default() },
            Self::Gap(gap) => Scope {
                unit: rota.post(&gap.post).map(|post| post.unit.clone()),
                posts: vec![gap.post.clone()],
                span: Some(gap.span),
                ..Scope::default()
            },
        };
        Scope { last, ..scope }
    }

    /// Whether a unit's cover in a window is what it is about.
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
    pub fn concerns_gap(&self, rota: &Rota, short: &crate::planner::Gap) -> bool {
        let is_at_gap = match self {
            Self::Gap(gap) => short.posts.contains(&gap.post) && short.span.overlaps(gap.span),
            _ => true,
        };
        is_at_gap && self.concerns(rota, &short.unit, &short.window)
    }

    /// What it is called: "everything", "A&E", "Tue 26-Apr", or the gap.
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
    pub fn proposal(&self) -> Option<&Proposal> {
        match &self.stage {
            Stage::Proposal(proposal) => Some(proposal),
            _ => None,
        }
    }

    /// Whether the planner works.
    pub fn is_looking(&self) -> bool {
        matches!(self.stage, Stage::Looking(_))
    }
}

impl Proposal {
    /// The plan as it was found for the rota that was looked at, which `now` may have gone on from.
    fn new(plan: Plan, looked: &Looking, now: (&Rota, u64), millis: u64, version: u64) -> Result<Self, Misfit> {
        let (rota, state) = now;
        let found = (Arc::new(plan), Arc::clone(&looked.rota));
        let is_as_it_was = *looked.rota == *rota;
        let known = Known::of(rota);
        let mut proposal = Self {
            plan: Arc::clone(&found.0),
            items: Vec::new(),
            ticked: Vec::new(),
            begun: looked.begun,
            millis,
            is_older: false,
            left_out: 0,
            left_out_whys: Vec::new(),
            preview: Preview::new(rota, &crate::planner::Part::default(), &known),
            version,
            clashing: Vec::new(),
            nights: Vec::new(),
            numbers: Vec::new(),
            numbered: Vec::new(),
            part: None,
            rota: Arc::clone(&looked.rota),
            state,
            known,
            found,
        };
        // The plan of a large rota has a million reasons, which nobody need copy.
        if is_as_it_was {
            proposal.items = proposal.plan.items(rota);
            proposal.ticked = vec![true; proposal.items.len()];
            proposal.look_again(version);
        } else {
            let fitting = proposal.fitting(rota)?;
            proposal.take(fitting, Arc::new(rota.clone()), state, version);
        }
        Ok(proposal)
    }

    /// As much of what was found as fits another state of the rota.
    fn fitting(&self, now: &Rota) -> Result<Fitting, Misfit> {
        self.found.0.fitting(&self.found.1, now)
    }

    /// Goes on with what still fits; what was not ticked stays so.
    fn take(&mut self, fitting: Fitting, rota: Arc<Rota>, state: u64, version: u64) {
        let unticked: Vec<ItemKey> =
            self.items.iter().zip(&self.ticked).filter(|(_, ticked)| !**ticked).map(|(i, _)| self.key(i)).collect();
        self.is_older = fitting.plan.figures != self.found.0.figures;
        (self.left_out, self.left_out_whys) = (fitting.left_out, fitting.whys);
        self.plan = Arc::new(fitting.plan);
        self.items = self.plan.items(&rota);
        self.ticked = self.items.iter().map(|item| !unticked.contains(&self.key(item))).collect();
        crate::planner::settle(&self.items, &mut self.ticked);
        self.known = Known::of(&rota);
        (self.rota, self.state) = (rota, state);
        self.look_again(version);
    }

    fn key(&self, item: &SuggestedChange) -> ItemKey {
        let added = item.added.and_then(|at| self.plan.assignments.get(at)).map(|a| a.id.clone());
        let alone = added.is_none();
        let bare = SuggestedChange { added: None, needs: Vec::new(), with: Vec::new(), ..item.clone() };
        (added, alone.then_some(bare))
    }

    /// Every change keeps the number it had, whatever is edited or accepted meanwhile; what is new gets the next.
    fn give_numbers(&mut self) {
        let keys: Vec<ItemKey> = self.items.iter().map(|item| self.key(item)).collect();
        let mut number = |key: ItemKey| {
            let known = self.numbered.iter().position(|known| *known == key);
            let at = known.unwrap_or_else(|| {
                self.numbered.push(key);
                self.numbered.len() - 1
            });
            at + 1
        };
        self.numbers = keys.into_iter().map(&mut number).collect();
    }

    /// The number that the change at a place is called by, from 1.
    pub fn number(&self, at: usize) -> usize {
        self.numbers.get(at).copied().unwrap_or(at + 1)
    }

    /// What is ticked, counted for itself; all of the plan if all of it is.
    pub fn seen(&self) -> &Plan {
        self.part.as_deref().unwrap_or(&self.plan)
    }

    /// How many of its changes are ticked.
    pub fn ticked_count(&self) -> usize {
        self.ticked.iter().filter(|ticked| **ticked).count()
    }

    /// The rota that it was made for, or still fits.
    pub fn rota(&self) -> &Rota {
        &self.rota
    }

    /// What the ticked changes cost.
    pub fn price(&self) -> Price {
        Price::of(&self.rota, &self.plan.part(&self.items, &self.ticked))
    }

    fn look_again(&mut self, version: u64) {
        self.version = version;
        self.give_numbers();
        let is_part = self.ticked.contains(&false);
        let part = is_part.then(|| self.plan.of_part(&self.rota, self.plan.part(&self.items, &self.ticked)));
        self.part = part.map(Arc::new);
        self.clashing = clashing(&self.rota, &self.plan);
        self.nights = nights_before_work(&self.rota, &self.plan);
        self.preview = Preview::new(&self.rota, &self.plan.part(&self.items, &self.ticked), &self.known);
    }
}

impl Editor {
    /// Cover that is looked for, or was found and not yet accepted.
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestion.as_ref()
    }

    /// The proposal that is being looked at.
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
            self.refuse(&Refused::ViewOnly);
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

    /// The gap that is chosen: all of it in its window, and what goes on of its first and last shift in the days beside.
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
        let of_window = Gap { post: gap.post.clone(), span: span.unwrap_or(gap.span) };
        let (rota, grid) = (self.doc.as_ref()?.rota(), self.doc.as_ref()?.grid());
        let shift = |at| shift_in(rota, grid, window, &of_window, at);
        let (first, last) = (shift(of_window.span.from), shift(of_window.span.to.plus(-1)));
        let span = Span::new(first.from.min(of_window.span.from), last.to.max(of_window.span.to));
        Some(Gap { span, ..of_window })
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
        suggestion.stage = match Proposal::new(plan, looked, (doc.rota(), state), millis, version) {
            Ok(proposal) => Stage::Proposal(Box::new(proposal)),
            Err(why) => Stage::Told(no_longer_fits(&why)),
        };
    }

    /// After any change of the rota: what still fits of a proposal stays, and what fits again comes back.
    pub(super) fn follow_with_proposal(&mut self) {
        let Some(doc) = &self.doc else { return };
        let (state, now) = (doc.state(), doc.rota());
        let shelved = self.suggestion.as_ref().and_then(|suggestion| suggestion.shelved.as_deref());
        let Some(before) = shelved.or_else(|| self.proposal()).filter(|proposal| proposal.state != state) else {
            return;
        };
        let (fitting, rota) = (before.fitting(now), Arc::new(now.clone()));
        let had_left_out = before.left_out;
        let version = self.next_version();
        let Some(suggestion) = &mut self.suggestion else { return };
        let shown = std::mem::replace(&mut suggestion.stage, Stage::Told(no_longer_fits(&Misfit::NothingLeft)));
        let proposal = match (suggestion.shelved.take(), shown) {
            (Some(proposal), _) | (None, Stage::Proposal(proposal)) => Some(proposal),
            (None, other) => {
                suggestion.stage = other;
                None
            }
        };
        let Some(mut proposal) = proposal else { return };
        match fitting {
            Ok(fitting) => {
                if fitting.left_out > had_left_out {
                    self.notice = Some(left_out_text(fitting.left_out, &fitting.whys));
                }
                proposal.take(fitting, rota, state, version);
                suggestion.stage = Stage::Proposal(proposal);
            }
            Err(why) => {
                let told = no_longer_fits(&why);
                self.notice = Some(format!("{}: {why}", told.title));
                proposal.state = state;
                suggestion.stage = Stage::Told(told);
                suggestion.shelved = Some(proposal);
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

    fn change_ticks(&mut self, change: impl FnOnce(&[SuggestedChange], &mut [bool])) {
        let version = self.next_version();
        let Some(proposal) = self.proposal_mut() else { return };
        change(&proposal.items, &mut proposal.ticked);
        crate::planner::settle(&proposal.items, &mut proposal.ticked);
        proposal.look_again(version);
    }
}

fn no_longer_fits(why: &Misfit) -> Told {
    Told {
        title: "The suggestion no longer fits".to_owned(),
        text: format!("You changed the rota: {why}. Nothing was applied."),
        can_look_again: true,
    }
}

/// Such as `2 suggested changes no longer fit and were left out: KP is no longer free for it`.
pub fn left_out_text(count: usize, whys: &[Misfit]) -> String {
    let changes = words::count(count as u64, "suggested change");
    let (fit, were) = if count == 1 { ("fits", "was") } else { ("fit", "were") };
    let more = if whys.len() > 2 { "; and so on" } else { "" };
    format!("{changes} no longer {fit} and {were} left out: {}{more}", joined(&whys[..whys.len().min(2)]))
}

/// One after the other, for a sentence.
fn joined(whys: &[Misfit]) -> String {
    whys.iter().map(Misfit::to_string).collect::<Vec<_>>().join("; ")
}

/// Why there is nothing that a planner could do.
fn nothing_to_work_with(rota: &Rota) -> Option<Told> {
    let told =
        |title: &str, text: &str| Some(Told { title: title.to_owned(), text: text.to_owned(), can_look_again: false });
    if rota.windows.is_empty() {
        told(
            "No walkout times yet",
            "Enter when the walkout is under Rota, Walkout times…: cover is looked for on those days.",
        )
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
