//! Objective 9: as few people as possible whose availability is not known, window by window; and empty slots filled.
//!
//! What the planner proposes in a window becomes slots, which ejection chains ([`super::ejection_chains`]) hand on
//! between the people who may hold them without a session postponed, a senior missing or a morning after a night on
//! call more than before. Objectives 1 to 8 keep their values. The same chains fill empty slots, so that the solver of
//! a large model begins with a good solution.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Span;

use super::desk::Desk;
use super::draft::Draft;
use super::ejection_chains::{Candidate, EjectionSearch, Slot};
use super::facts::Facts;
use super::fatigue::{HARMLESS_MINUTES_MAX, night_before};
use super::figures::after_on_call;
use super::fixed_work::breach;
use super::index::{List, PersonIx, PostIx, SessionIx, SlotIx, VarIx, WindowIx, numbered};
use super::model::{Model, Point, VarKind};
use super::objective::{Objective, Values};

/// The work of judging somebody's hours and rest, where looking at one candidate is 1: it merges and sorts all the work
/// of one person, and takes about as long as looking at some hundreds of candidates.
const BREACH_WORK: u64 = 400;

/// The same plan with fewer people whose availability is not known, if that is found. `low` are bounds by window.
pub(super) fn fewer(
    facts: &Facts,
    model: &Model,
    values: &Point,
    low: &List<WindowIx, i64>,
    desk: &dyn Desk,
) -> Option<Point> {
    let before = Before { costs: model.costs(values), after_on_call: after_nights(facts, model, values) };
    let now = Current { facts, model, values };
    let windows: Vec<WindowIx> = low.keys().collect();
    let is_better = |found: &Point, than: &Point| {
        let not_known = |values: &Point| model.costs(values)[Objective::PeopleNotKnown];
        before.is_no_better(facts, model, found) && not_known(found) < not_known(than)
    };
    let all = now.fewer_in(&windows, low, desk)?;
    if is_better(&all, values) {
        return Some(all);
    }
    // Window by window, should one of them have cost something above.
    let mut best = values.clone();
    for window in windows {
        let found = Current { facts, model, values: &best }.fewer_in(&[window], low, desk);
        if let Some(found) = found.filter(|found| is_better(found, &best)) {
            best = found;
        }
    }
    (best != *values).then_some(best)
}

impl Current<'_> {
    /// The plan with fewer such people in these windows, if that is found, whatever else it costs.
    fn fewer_in(&self, windows: &[WindowIx], low: &List<WindowIx, i64>, desk: &dyn Desk) -> Option<Point> {
        let Current { facts, model, .. } = *self;
        let mut best = self.values.clone();
        let mut is_found = false;
        for window in windows {
            // First what one person holds at a stretch stays together, then it may be parted where handing over is
            // possible.
            for is_parted in [false, true] {
                let Some(board) = SlotBoard::new(*self, &best, Some(*window), is_parted, desk) else { break };
                let is_same = is_parted && board.slots.len() == board.runs;
                if is_same || desk.time_left().is_zero() {
                    break;
                }
                let low = usize::try_from(low[*window]).unwrap_or(0).saturating_sub(board.costly_anyway);
                let is_sound = |person: PersonIx, spans: &[Span]| board.is_sound(facts, model, &best, person, spans);
                let stops = || desk.time_left().is_zero();
                let mut search =
                    EjectionSearch::new(&board.slots, facts.people.len(), &board.holders, &is_sound, &stops);
                let was = search.costly();
                if was <= low {
                    break;
                }
                search.fewest(low);
                if search.costly() < was {
                    best = board.values(&best, search.holders());
                    is_found = true;
                }
            }
        }
        model.complete(&mut best);
        is_found.then_some(best)
    }
}

/// What the plan was before.
struct Before {
    costs: Values,
    after_on_call: i64,
}

impl Before {
    /// Whether objectives 1 to 8 are no better than those of `found`, which keeps to every row.
    fn is_no_better(&self, facts: &Facts, model: &Model, found: &Point) -> bool {
        model.is_kept_by(found)
            && model.costs(found).proven() <= self.costs.proven()
            && after_nights(facts, model, found) <= self.after_on_call
    }
}

fn after_nights(facts: &Facts, model: &Model, values: &Point) -> i64 {
    after_on_call(facts, &Draft::of(facts, model, values))
}

/// Smaller models need no good beginning: they are solved soon enough.
const FILLED_MIN: usize = 4_000;

/// Fills slots that nobody holds with people who are free, as far as that is found, for a large model to begin with.
pub(super) fn fill(facts: &Facts, model: &Model, values: &mut Point, desk: &dyn Desk) {
    if model.kind.len() < FILLED_MIN || desk.time_left().is_zero() {
        return;
    }
    for is_parted in [false, true] {
        let Some(board) = SlotBoard::with_gaps(facts, model, values, is_parted, desk) else { return };
        if board.holders.iter().all(Option::is_some) {
            return;
        }
        let is_sound = |person: PersonIx, spans: &[Span]| board.is_sound(facts, model, values, person, spans);
        let stops = || desk.time_left().is_zero();
        let mut search = EjectionSearch::new(&board.slots, facts.people.len(), &board.holders, &is_sound, &stops);
        search.insert_all();
        let mut filled = board.values(values, search.holders());
        model.complete(&mut filled);
        if model.is_kept_by(&filled) && model.costs(&filled) < model.costs(values) {
            *values = filled;
        }
    }
}

/// What is proposed piece by piece, in one window or everywhere, as slots that other people may hold.
struct SlotBoard {
    window: Option<WindowIx>,
    slots: List<SlotIx, Slot>,
    holders: List<SlotIx, Option<PersonIx>>,
    /// For each slot, the post and its stretches between two cuts.
    of: List<SlotIx, (PostIx, Vec<Span>)>,
    /// The variables of one post and stretch, by person.
    vars: BTreeMap<(PostIx, Span), Vec<(PersonIx, VarIx)>>,
    /// What each person holds that does not change hands.
    fixed: List<PersonIx, Vec<(PostIx, Span)>>,
    /// For each person, from when to when they are at work whatever changes hands.
    hull: List<PersonIx, Option<Span>>,
    /// How many people are costly with what does not change hands.
    costly_anyway: usize,
    /// How many slots there would be if nothing were parted.
    runs: usize,
}

/// The plan as it is.
#[derive(Clone, Copy)]
struct Current<'a> {
    facts: &'a Facts<'a>,
    model: &'a Model,
    values: &'a Point,
}

impl SlotBoard {
    /// Nothing if the time runs out.
    fn new(
        Current { facts, model, .. }: Current,
        values: &Point,
        window: Option<WindowIx>,
        is_parted: bool,
        desk: &dyn Desk,
    ) -> Option<Self> {
        let mut board = Self {
            window,
            slots: List::default(),
            holders: List::default(),
            of: List::default(),
            vars: BTreeMap::new(),
            fixed: List::new(Vec::new(), facts.people.len()),
            hull: List::default(),
            costly_anyway: 0,
            runs: 0,
        };
        let now = Current { facts, model, values };
        let mut held: Vec<(PersonIx, PostIx, Span)> = Vec::new();
        for (var, kind) in model.kind.entries() {
            let Some((person, post, span)) = model.place(facts, var) else { continue };
            let is_here = window.is_none_or(|window| facts.rota.windows[window].span.covers(span));
            let is_piece = is_here && matches!(kind, VarKind::Piece { .. }) && !facts.posts[post].on_call;
            if is_piece {
                board.vars.entry((post, span)).or_default().push((person, var));
            }
            if values[var] == 1 && is_piece {
                held.push((person, post, span));
            } else if values[var] == 1 {
                board.fixed[person].push((post, span));
            }
        }
        board.vars.values_mut().for_each(|vars| vars.sort_unstable());
        board.costly_anyway = facts.people.keys().filter(|who| board.is_costly_anyway(facts, *who)).count();
        board.hull = facts.people.keys().map(|person| board.hull(facts, person)).collect();
        held.sort_unstable();
        let runs = runs(&held);
        board.runs = runs.len();
        for (person, post, spans) in runs {
            if desk.time_left().is_zero() {
                return None;
            }
            board.add(now, post, spans, Some(person), is_parted);
        }
        Some(board)
    }

    /// With the slots that nobody holds; nothing if the time runs out.
    fn with_gaps(facts: &Facts, model: &Model, values: &Point, is_parted: bool, desk: &dyn Desk) -> Option<Self> {
        let now = Current { facts, model, values };
        let mut board = Self::new(now, values, None, true, desk)?;
        for (post, spans) in gaps(facts, model, values) {
            if desk.time_left().is_zero() {
                return None;
            }
            board.add(now, post, spans, None, is_parted);
        }
        Some(board)
    }

    /// One slot, or one for each stretch: parted where it is asked for, or where nobody could hold all of it.
    fn add(&mut self, now: Current, post: PostIx, spans: Vec<Span>, holder: Option<PersonIx>, is_parted: bool) {
        let candidates = self.candidates(now, post, &spans, holder);
        if spans.len() > 1 && (is_parted || candidates.is_empty()) {
            for span in spans {
                self.add(now, post, vec![span], holder, false);
            }
            return;
        }
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
        if !candidates.is_empty() {
            self.slots.push(Slot { span: Span::new(first.from, last.to), candidates });
            self.holders.push(holder);
            self.of.push((post, spans));
        }
    }

    /// Everybody who may hold the post over all these stretches, whatever other slots they hold.
    fn candidates(&self, now: Current, post: PostIx, spans: &[Span], holder: Option<PersonIx>) -> Vec<Candidate> {
        let Current { facts, model, values } = now;
        let unit = facts.posts[post].unit;
        let has_var = |who: PersonIx, span: &Span| {
            self.vars.get(&(post, *span)).is_some_and(|vars| vars.binary_search_by_key(&who, |v| v.0).is_ok())
        };
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Vec::new() };
        let whole = Span::new(first.from, last.to);
        let needs_senior = holder.is_some_and(|holder| facts.is_senior(holder, unit));
        let may = |who: PersonIx| {
            spans.iter().all(|span| has_var(who, span))
                && (!needs_senior || facts.is_senior(who, unit))
                && facts.people[who].namesakes.len() == 1
                && !self.is_bound(who, whole)
                && facts
                    .sessions_in_the_way(who, whole)
                    .all(|s| model.session[s].map_or(model.postponed[s], |var| values[var] == 1))
                && !self.had_a_night(facts, who, whole)
        };
        let all = self.vars.get(&(post, *first)).into_iter().flatten().map(|(who, _)| *who);
        all.filter(|who| Some(*who) == holder || may(*who))
            .map(|person| Candidate { person, is_costly: self.is_costly(facts, person, whole) })
            .collect()
    }

    /// Whether holding a slot then would make one more of the people who are to be few.
    fn is_costly(&self, facts: &Facts, person: PersonIx, span: Span) -> bool {
        is_to_ask(facts, person, span, self.window) && !self.is_costly_anyway(facts, person)
    }

    /// Whether the person is one of those with what does not change hands.
    fn is_costly_anyway(&self, facts: &Facts, person: PersonIx) -> bool {
        self.fixed[person].iter().any(|(_, span)| is_to_ask(facts, person, *span, self.window))
    }

    /// Whether something that does not change hands keeps the person from the post.
    fn is_bound(&self, person: PersonIx, span: Span) -> bool {
        self.fixed[person].iter().any(|(_, s)| s.overlaps(span))
    }

    /// Whether the person is on call in the night before one of the days.
    fn had_a_night(&self, facts: &Facts, person: PersonIx, span: Span) -> bool {
        let who = &facts.people[person];
        let kept = who.kept.iter().map(|at| &facts.assignments[*at]).map(|a| (a.post, a.span));
        let held = kept.chain(self.fixed[person].iter().copied()).filter(|(post, _)| facts.posts[*post].on_call);
        let nights: Vec<Span> = who.on_call.iter().copied().chain(held.map(|(_, span)| span)).collect();
        if nights.is_empty() {
            return false;
        }
        let before = night_before(facts.rota.zone(), span.from);
        let reach = Span::new(before.from, before.to.max(span.to));
        nights.iter().any(|night| night.overlaps(reach))
    }

    /// From when to when the person is at work with what is kept, their duties, what does not change hands, and the
    /// sessions that run or did.
    fn hull(&self, facts: &Facts, person: PersonIx) -> Option<Span> {
        let who = &facts.people[person];
        let kept = who.kept.iter().map(|at| facts.assignments[*at].span);
        let sessions = who.sessions.iter().map(|at| facts.sessions[*at].span);
        let fixed = self.fixed[person].iter().map(|(_, span)| *span);
        let all = kept.chain(sessions).chain(fixed).chain(who.resident.iter().copied());
        Span::around(all)
    }

    fn is_sound(&self, facts: &Facts, model: &Model, values: &Point, person: PersonIx, spans: &[Span]) -> (bool, u64) {
        let fixed = self.fixed[person].iter().filter(|(post, _)| !facts.posts[*post].on_call).map(|(_, span)| *span);
        // All of it within 13 hours breaks nothing.
        let hull = Span::around(self.hull[person].iter().chain(spans).copied());
        if hull.is_none_or(|hull| hull.minutes() <= HARMLESS_MINUTES_MAX) {
            return (true, 1);
        }
        let all: Vec<Span> = fixed.chain(spans.iter().copied()).collect();
        let runs =
            |session: SessionIx| model.session[session].map_or(!model.postponed[session], |var| values[var] == 0);
        (breach(facts, person, &all, runs).is_none(), BREACH_WORK)
    }

    /// The values with the slots held so; what follows from them is not yet among them.
    fn values(&self, values: &Point, holders: &List<SlotIx, Option<PersonIx>>) -> Point {
        let mut new = values.clone();
        let mut set = |at: SlotIx, person: Option<PersonIx>, value: i64| {
            let (post, spans) = &self.of[at];
            for vars in spans.iter().filter_map(|span| self.vars.get(&(*post, *span))) {
                let var = person.and_then(|person| vars.binary_search_by_key(&person, |v| v.0).ok());
                if let Some(var) = var {
                    new[vars[var].1] = value;
                }
            }
        };
        self.of.keys().for_each(|at| set(at, self.holders[at], 0));
        self.of.keys().for_each(|at| set(at, holders[at], 1));
        new
    }
}

/// Whether the person would have to be asked whether they are available then, in that window or in any.
fn is_to_ask(facts: &Facts, person: PersonIx, span: Span, window: Option<WindowIx>) -> bool {
    facts.people[person].to_ask(span).any(|at| window.is_none_or(|window| at == window))
}

/// Touching stretches of one person and post together. `held` is sorted.
fn runs(held: &[(PersonIx, PostIx, Span)]) -> Vec<(PersonIx, PostIx, Vec<Span>)> {
    let mut runs: Vec<(PersonIx, PostIx, Vec<Span>)> = Vec::new();
    for (person, post, span) in held {
        match runs.last_mut() {
            Some((p, q, spans)) if p == person && q == post && spans.last().is_some_and(|s| s.to == span.from) => {
                spans.push(*span);
            }
            _ => runs.push((*person, *post, vec![*span])),
        }
    }
    runs
}

/// The stretches that nobody holds: post, and what touches together.
fn gaps(facts: &Facts, model: &Model, values: &Point) -> Vec<(PostIx, Vec<Span>)> {
    let mut missing: BTreeMap<(PostIx, Span), i64> = BTreeMap::new();
    for demand in demands(facts, model, &|_| true) {
        let filled = demand.vars.iter().filter(|var| values[**var] == 1).count() as i64;
        let pieces = demand.vars.iter().filter_map(|var| match model.kind[*var] {
            VarKind::Piece { post, span, .. } => Some((post, span)),
            _ => None,
        });
        if let Some(slot) = pieces.min() {
            let most = missing.entry(slot).or_default();
            *most = (*most).max(demand.least - filled);
        }
    }
    missing.retain(|_, count| *count > 0);
    let mut gaps: Vec<(PostIx, Vec<Span>)> = Vec::new();
    while let Some(slot) = missing.keys().next().copied() {
        let (post, mut span) = slot;
        let mut spans = Vec::new();
        loop {
            spans.push(span);
            if let Some(count) = missing.get_mut(&(post, span)) {
                *count -= 1;
            }
            let next = missing.range((post, Span::new(span.to, span.to))..).next();
            match next {
                Some(((p, s), count)) if *p == post && s.from == span.to && *count > 0 => span = *s,
                _ => break,
            }
        }
        missing.retain(|_, count| *count > 0);
        gaps.push((post, spans));
    }
    gaps
}

/// At least so many of these variables are 1 unless a post is short.
pub(super) struct Demand {
    pub vars: Vec<VarIx>,
    pub least: i64,
    pub span: Span,
}

/// What the posts that nobody holds from home need, and nobody kept can give, as long as `is_none_short` of the
/// variable that says how many are missing.
pub(super) fn demands(facts: &Facts, model: &Model, is_none_short: &dyn Fn(VarIx) -> bool) -> Vec<Demand> {
    let mut demands = Vec::new();
    for row in model.rows.iter().filter(|row| row.at_most < 0) {
        let counts = |var: VarIx, objective: Objective| model.cost[var][objective] > 0;
        let is_short = |var: VarIx| {
            model.kind[var] == VarKind::Short
                && (counts(var, Objective::EssentialShort) || counts(var, Objective::PostShort))
        };
        let (short, vars): (Vec<VarIx>, Vec<VarIx>) = row.terms.iter().map(|(var, _)| *var).partition(|v| is_short(*v));
        let [short] = short[..] else { continue };
        let slots: Option<Vec<(PersonIx, PostIx, Span)>> = vars.iter().map(|var| model.place(facts, *var)).collect();
        let Some(slots) = slots.filter(|_| is_none_short(short)) else { continue };
        let span = slots.iter().map(|slot| slot.2).reduce(|a, b| Span::new(a.from.max(b.from), a.to.min(b.to)));
        let Some(span) = span.filter(|span| span.from < span.to) else { continue };
        if row.terms.iter().all(|(_, by)| *by == -1) && slots.iter().all(|slot| !facts.posts[slot.1].on_call) {
            demands.push(Demand { vars, least: -row.at_most, span });
        }
    }
    // Windows that overlap ask for the same slots, each for itself.
    demands.sort_by(|a, b| (&a.vars, b.least).cmp(&(&b.vars, a.least)));
    demands.dedup_by(|later, earlier| later.vars == earlier.vars);
    demands
}

/// For each window: no plan as good in objectives 1 to 7 uses fewer people in it whose availability is not known.
/// `closed` are the variables that are 0 in all such plans.
pub(super) fn bounds(facts: &Facts, model: &Model, closed: &BTreeSet<VarIx>) -> List<WindowIx, i64> {
    let is_open = |var: &VarIx| {
        let Some((person, _, span)) = model.place(facts, *var) else { return false };
        let mut sessions = facts.sessions_in_the_way(person, span);
        !closed.contains(var) && sessions.all(|s| model.session[s].is_none_or(|var| !closed.contains(&var)))
    };
    let demands = demands(facts, model, &|short| closed.contains(&short));
    let bound = |window: WindowIx| {
        let mut slots = List::default();
        let here = facts.rota.windows[window].span;
        for demand in demands.iter().filter(|demand| here.covers(demand.span)) {
            let who = demand.vars.iter().filter(|var| is_open(var)).filter_map(|var| model.place(facts, *var));
            let candidates: BTreeMap<PersonIx, bool> =
                who.map(|(who, _, span)| (who, is_to_ask(facts, who, span, Some(window)))).collect();
            let candidates: Vec<Candidate> =
                candidates.into_iter().map(|(person, is_costly)| Candidate { person, is_costly }).collect();
            slots.extend((0..demand.least).map(|_| Slot { span: demand.span, candidates: candidates.clone() }));
        }
        super::fewest_bound::at_least(&slots) as i64
    };
    numbered(&facts.rota.windows).map(|(at, _)| bound(at)).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::checker::testing;
    use crate::planner::desk::Progress;
    use crate::planner::{NoDeadline, Scope};

    /// A desk whose time is up.
    struct Over;

    impl Desk for Over {
        fn time_left(&self) -> Duration {
            Duration::ZERO
        }

        fn progress(&self, _: &Progress) {}

        fn all(&self, jobs: Vec<Box<dyn FnOnce() + Send + '_>>) {
            for job in jobs {
                job();
            }
        }
    }

    #[test]
    fn places_are_laid_out_only_while_there_is_time() {
        let rota = testing::rota("person KP: A&E up to SHO\n          |08  09  |\nA&E SHO 1 |.   .   |\n");
        let scope = Scope::everything();
        let facts = Facts::new(&rota, &scope);
        let model = Model::new(&facts, &scope, &NoDeadline).expect("it has time");
        let values = List::new(0, model.kind.len());
        let board = |desk: &dyn Desk| SlotBoard::with_gaps(&facts, &model, &values, true, desk).map(|b| b.slots.len());
        assert!(board(&NoDeadline).is_some_and(|slots| slots > 0));
        assert_eq!(board(&Over), None);
    }
}
