//! A plan taken apart: the changes that a person can accept one by one, and what goes with each.
//!
//! One change is one new assignment with the proposals it replaces and the sessions it needs postponed; what only goes,
//! and what runs again, are changes of their own. Whatever is ticked, nobody new is left on a post while a session of
//! theirs runs, nor in two places at once.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assignment, AssignmentId, Change, Command, Instant, Rota, Session, SessionId, SessionState, Span};

use super::cover::Cover;
use super::draft::Draft;
use super::facts::{AssignmentFacts, Facts, Stays};
use super::plan::Plan;
use super::scope::Scope;

/// One change of a plan that can be accepted without the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The new assignment, by its place in the plan; none where something only goes, or runs again.
    pub added: Option<usize>,
    /// The proposals that go with it.
    pub removed: Vec<AssignmentId>,
    /// The sessions that are to be postponed for it.
    pub postpone: Vec<SessionId>,
    /// The sessions that run after all.
    pub restore: Vec<SessionId>,
    /// It can be done only where these proposals have gone too.
    pub needs: Vec<AssignmentId>,
    /// Where the changes stand that make good what it takes from a unit: without them somebody would be missing.
    pub with: Vec<usize>,
}

/// Some of the changes of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// New assignments, all Proposed.
    pub assignments: Vec<Assignment>,
    /// Proposals that go.
    pub removed: Vec<AssignmentId>,
    /// Sessions that are to be postponed.
    pub postpone: Vec<SessionId>,
    /// Sessions that run after all.
    pub restore: Vec<SessionId>,
}

/// Rest is 11 hours at the least, and a spell 13 at the most: what one person is proposed for nearer than this to
/// something new may have gone to make room for it.
const NEAR_MINUTES: i64 = 13 * 60;

impl Plan {
    /// Its changes: new assignments by unit and time, then what goes, what is postponed for people who are on posts
    /// already, and what runs after all. Together they are the whole plan. `rota` is the one it was made for.
    pub fn items(&self, rota: &Rota) -> Vec<Item> {
        Splitter::new(rota, self).items()
    }

    /// The changes that are ticked.
    pub fn part(&self, items: &[Item], ticked: &[bool]) -> Part {
        let chosen: Vec<&Item> =
            items.iter().zip(ticked).filter(|(_, ticked)| **ticked).map(|(item, _)| item).collect();
        let added: BTreeSet<usize> = chosen.iter().filter_map(|item| item.added).collect();
        let all = |of: fn(&Item) -> &Vec<AssignmentId>| chosen.iter().flat_map(move |item| of(item)).collect();
        let sessions = |of: fn(&Item) -> &Vec<SessionId>| chosen.iter().flat_map(move |item| of(item)).collect();
        let removed: BTreeSet<&AssignmentId> = all(|item| &item.removed);
        let (postpone, restore): (BTreeSet<&SessionId>, BTreeSet<&SessionId>) =
            (sessions(|item| &item.postpone), sessions(|item| &item.restore));
        Part {
            assignments: added.iter().filter_map(|at| self.assignments.get(*at)).cloned().collect(),
            removed: self.removed.iter().filter(|id| removed.contains(id)).cloned().collect(),
            postpone: self.postpone.iter().filter(|id| postpone.contains(id)).cloned().collect(),
            restore: self.restore.iter().filter(|id| restore.contains(id)).cloned().collect(),
        }
    }
}

/// Takes the tick off whatever cannot be done without something that is not ticked, or would leave somebody missing.
pub fn settle(items: &[Item], ticked: &mut [bool]) {
    loop {
        let chosen = items.iter().zip(&*ticked).filter(|(_, ticked)| **ticked);
        let gone: BTreeSet<&AssignmentId> = chosen.flat_map(|(item, _)| &item.removed).collect();
        let stands = |item: &Item| {
            item.needs.iter().all(|id| gone.contains(id))
                && item.with.iter().all(|other| ticked.get(*other).copied().unwrap_or_default())
        };
        let fallen: Vec<usize> = (0..items.len()).filter(|at| ticked[*at] && !stands(&items[*at])).collect();
        if fallen.is_empty() {
            return;
        }
        for at in fallen {
            ticked[at] = false;
        }
    }
}

/// Ticks a change and whatever it cannot be done without.
pub fn tick(items: &[Item], ticked: &mut [bool], at: usize) {
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let (Some(item), Some(tick)) = (items.get(at), ticked.get_mut(at)) else { continue };
        if std::mem::replace(tick, true) {
            continue;
        }
        let goes = |(_, other): &(usize, &Item)| item.needs.iter().any(|id| other.removed.contains(id));
        open.extend(items.iter().enumerate().filter(goes).map(|(other, _)| other));
        open.extend(&item.with);
    }
}

impl Part {
    /// Whether nothing is ticked.
    pub fn is_empty(&self) -> bool {
        self.assignments.is_empty() && self.removed.is_empty() && self.postpone.is_empty() && self.restore.is_empty()
    }

    /// As one step in undo, with whatever else belongs to that step.
    pub fn command(&self, rota: &Rota, label: impl Into<String>, more: Vec<Change>) -> Command {
        let mut changes: Vec<Change> = self.removed.iter().map(|id| Change::remove::<Assignment>(id.clone())).collect();
        changes.extend(self.assignments.iter().cloned().map(Change::add));
        let states = [(&self.postpone, SessionState::ToPostpone), (&self.restore, SessionState::Running)];
        for (ids, state) in states {
            let sessions = ids.iter().filter_map(|id| rota.session(id)).cloned();
            changes.extend(sessions.map(|session| Change::replace(Session { state, ..session })));
        }
        changes.extend(more);
        Command::edit(label, changes)
    }
}

struct Splitter<'a> {
    facts: Facts<'a>,
    plan: &'a Plan,
    /// New assignments: person, post, span.
    added: Vec<(usize, usize, Span)>,
    /// What goes, by its place in the rota.
    removed: Vec<usize>,
}

impl<'a> Splitter<'a> {
    fn new(rota: &'a Rota, plan: &'a Plan) -> Self {
        let facts = Facts::new(rota, &Scope::everything());
        let place = |a: &Assignment| {
            let person = rota.people.iter().position(|person| person.id == a.person);
            let post = rota.posts.iter().position(|post| post.id == a.post);
            (person.unwrap_or(usize::MAX), post.unwrap_or(usize::MAX), a.span)
        };
        let added = plan.assignments.iter().map(place).collect();
        let is_removed = |at: &usize| plan.removed.contains(&rota.assignments[*at].id);
        let removed = (0..rota.assignments.len()).filter(is_removed).collect();
        Self { facts, plan, added, removed }
    }

    fn items(&self) -> Vec<Item> {
        let mut items = self.additions();
        let rota = self.facts.rota;
        let id = |at: &usize| rota.assignments[*at].id.clone();
        let bound: BTreeSet<AssignmentId> = items.iter().flat_map(|item| item.removed.iter().cloned()).collect();
        let alone = self.removed.iter().map(id).filter(|id| !bound.contains(id));
        items.extend(alone.map(|id| Item { removed: vec![id], ..Item::default() }));
        let taken: BTreeSet<SessionId> = items.iter().flat_map(|item| item.postpone.iter().cloned()).collect();
        let for_kept = self.plan.postpone.iter().filter(|id| !taken.contains(id)).cloned();
        items.extend(for_kept.map(|id| Item { postpone: vec![id], ..Item::default() }));
        items.extend(self.plan.restore.iter().map(|session| Item {
            restore: vec![session.clone()],
            needs: self.removed.iter().filter(|at| self.keeps_from_running(**at, session)).map(id).collect(),
            ..Item::default()
        }));
        let changes: Vec<Vec<(usize, Span)>> = items.iter().map(|item| self.gains(item)).collect();
        let of_item =
            |(at, item): (usize, &Item)| item.postpone.iter().map(move |id| (id.clone(), at)).collect::<Vec<_>>();
        let by_session: BTreeMap<SessionId, usize> = items.iter().enumerate().flat_map(of_item).collect();
        for (at, item) in items.iter_mut().enumerate() {
            let mut with = BTreeSet::new();
            for (unit, span) in self.losses(item) {
                let comes_in = |span: Span| {
                    let is_there = move |gain: &(usize, Span)| gain.0 == unit && gain.1.overlaps(span);
                    (0..changes.len()).filter(|n| *n != at && changes[*n].iter().any(is_there)).collect::<Vec<usize>>()
                };
                let mut good = comes_in(span);
                if good.is_empty() {
                    // Nobody comes at that time: what comes to the unit in the same window makes up for it.
                    let windows = self.facts.rota.windows.iter().map(|window| window.span);
                    good = windows.filter(|window| window.overlaps(span)).flat_map(comes_in).collect();
                }
                with.extend(good);
            }
            with.extend(self.postponed_to_run(item).filter_map(|id| by_session.get(&id).copied()).filter(|n| *n != at));
            item.with = with.into_iter().collect();
        }
        items
    }

    /// What the plan postpones so that somebody of a session that runs after all is not in both.
    fn postponed_to_run<'s>(&'s self, item: &'s Item) -> impl Iterator<Item = SessionId> + 's {
        let sessions = &self.facts.rota.sessions;
        let runs = item.restore.iter().filter_map(|id| sessions.iter().position(|session| session.id == *id));
        let at_once = runs.flat_map(|at| self.facts.sessions_at_once(at)).map(|other| sessions[other].id.clone());
        at_once.filter(|id| self.plan.postpone.contains(id))
    }

    /// What stays as it is of these people, not declined, within a span: unit and time.
    fn staying(&self, is_theirs: impl Fn(usize) -> bool, span: Span) -> Vec<(usize, Span)> {
        let facts = &self.facts;
        let stays =
            facts.assignments.iter().enumerate().filter(|(at, a)| {
                !matches!(a.kind, Stays::Declined) && !self.removed.contains(at) && is_theirs(a.person)
            });
        stays.filter_map(|(_, a)| Some((facts.posts[a.post].unit, a.span.overlap(span)?))).collect()
    }

    fn staying_of_team(&self, ids: &[SessionId]) -> Vec<(usize, Span)> {
        let sessions = self.facts.rota.sessions.iter().zip(&self.facts.sessions);
        let named = sessions.filter(|(session, _)| ids.contains(&session.id));
        named.flat_map(|(_, facts)| self.staying(|person| facts.team.contains(&person), facts.span)).collect()
    }

    fn removed_of<'s>(&'s self, item: &'s Item) -> impl Iterator<Item = &'s AssignmentFacts> {
        let is_its = |at: &&usize| item.removed.contains(&self.facts.rota.assignments[**at].id);
        self.removed.iter().filter(is_its).map(|at| &self.facts.assignments[*at])
    }

    fn added_of(&self, item: &Item) -> Option<(usize, usize, Span)> {
        item.added.map(|at| self.added[at])
    }

    /// Where somebody comes, or begins to count, by a change: unit and time.
    fn gains(&self, item: &Item) -> Vec<(usize, Span)> {
        let added = self.added_of(item).map(|(_, post, span)| (self.facts.posts[post].unit, span));
        let mut gains: Vec<(usize, Span)> = added.into_iter().collect();
        gains.extend(self.staying_of_team(&item.postpone));
        for old in self.removed_of(item) {
            gains.extend(self.staying(|person| person == old.person, old.span));
        }
        gains
    }

    /// Where somebody goes, or counts no longer, by a change: unit and time.
    fn losses(&self, item: &Item) -> Vec<(usize, Span)> {
        let mut losses = self.staying_of_team(&item.restore);
        let added = self.added_of(item);
        for old in self.removed_of(item) {
            let unit = self.facts.posts[old.post].unit;
            let own = added.filter(|new| new.1 == old.post).and_then(|new| new.2.overlap(old.span));
            let left = match own {
                Some(own) => vec![Span::new(old.span.from, own.from), Span::new(own.to, old.span.to)],
                None => vec![old.span],
            };
            losses.extend(left.into_iter().filter(|span| span.from < span.to).map(|span| (unit, span)));
        }
        if let Some((new, _, span)) = added {
            losses.extend(self.staying(|person| person == new, span));
        }
        losses
    }

    fn additions(&self) -> Vec<Item> {
        let rota = self.facts.rota;
        let known = |at: &usize| self.added[*at].0 != usize::MAX && self.added[*at].1 != usize::MAX;
        let mut order: Vec<usize> = (0..self.added.len()).filter(known).collect();
        order.sort_by_key(|at| {
            let (person, post, span) = self.added[*at];
            (self.facts.posts[post].unit, span.from, post, span.to, person)
        });
        let mut goes: Vec<Vec<usize>> = order.iter().map(|at| self.goes_with(*at)).collect();
        self.bind_the_rest(&order, &mut goes);
        let item = |(at, goes): (&usize, &Vec<usize>)| Item {
            added: Some(*at),
            removed: goes.iter().map(|at| rota.assignments[*at].id.clone()).collect(),
            postpone: self.postponed_for(*at),
            ..Item::default()
        };
        order.iter().zip(&goes).map(item).collect()
    }

    /// What has to go for a new assignment: what the same person has then or near it, and whoever has its place.
    fn goes_with(&self, added: usize) -> Vec<usize> {
        let (person, post, span) = self.added[added];
        let near = Span::new(span.from.plus(-NEAR_MINUTES), span.to.plus(NEAR_MINUTES));
        let facts = &self.facts;
        let goes = |at: &&usize| {
            let old = &facts.assignments[**at];
            let is_theirs = facts.people[person].namesakes.contains(&old.person) && old.span.overlaps(near);
            is_theirs || old.post == post && old.span.overlaps(span) && self.has_no_room(post, old.span, span)
        };
        self.removed.iter().filter(goes).copied().collect()
    }

    /// Whether the post, as it stands, is full at some moment of both spans.
    fn has_no_room(&self, post: usize, old: Span, new: Span) -> bool {
        let Some(both) = old.overlap(new) else { return false };
        let draft = Draft::as_it_is(&self.facts);
        let cover = Cover::new(&self.facts, &draft);
        let unit = self.facts.posts[post].unit;
        let Some(n) = self.facts.units[unit].posts.iter().position(|p| *p == post) else { return false };
        let mut moments: Vec<Instant> = cover.edges(unit).into_iter().filter(|at| both.contains(*at)).collect();
        moments.push(both.from);
        moments.into_iter().any(|at| cover.counting_in(unit, at)[n].len() >= self.facts.need_max(post, at) as usize)
    }

    /// What goes and has room made it for nobody in particular goes with the last that comes to its post meanwhile.
    fn bind_the_rest(&self, order: &[usize], goes: &mut [Vec<usize>]) {
        for old in &self.removed {
            if goes.iter().any(|goes| goes.contains(old)) {
                continue;
            }
            let facts = &self.facts.assignments[*old];
            let comes = |at: &usize| self.added[*at].1 == facts.post && self.added[*at].2.overlaps(facts.span);
            if let Some(last) = order.iter().rposition(comes) {
                goes[last].push(*old);
            }
        }
    }

    /// The sessions that the plan postpones and the new assignment cannot do without.
    fn postponed_for(&self, added: usize) -> Vec<SessionId> {
        let (person, _, span) = self.added[added];
        let rota = self.facts.rota;
        let sessions = self.facts.sessions_in_the_way(person, span).map(|at| &rota.sessions[at].id);
        sessions.filter(|id| self.plan.postpone.contains(id)).cloned().collect()
    }

    /// Whether somebody of the session's team holds that post meanwhile.
    fn keeps_from_running(&self, old: usize, session: &SessionId) -> bool {
        let old = &self.facts.assignments[old];
        let Some(at) = self.facts.rota.sessions.iter().position(|s| s.id == *session) else { return false };
        let session = &self.facts.sessions[at];
        session.team.contains(&old.person) && session.span.overlaps(old.span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::{Finding, Severity, check, testing};
    use crate::model::{History, PersonId, Status};
    use crate::planner::{Patient, plan};

    /// KP alone may be the consultant but is proposed as SHO; HG can come only without the clinic; RS is proposed while
    /// not available; nobody needs AN of the eye list.
    const DRAWN: &str = "
person KP: Pereira, Karl; A&E up to Consultant
person HG: Grant, Helen; A&E up to SHO
person RS: Sethi, Ravi; A&E up to SHO; not available 08:00-13:00
person TO: Osei, Tunde; A&E up to Middle grade
person AN: Nwosu, Ada; A&E never
session Fracture clinic: HG; 09:00-12:00; 14 appointments
session Eye list: AN; 09:00-12:00; 3 inpatient; to postpone
                   |08  09  10  11  12  |
A&E SHO 1          |KP* KP* KP* KP* RS* |
A&E middle grade 1 |.   .   .   .   TO  |
A&E consultant 1   |.   .   .   .   .   |
";

    fn ticked(bits: usize, count: usize) -> Vec<bool> {
        (0..count).map(|at| bits & (1 << at) != 0).collect()
    }

    fn done(rota: &Rota, part: &Part) -> Rota {
        let mut history = History::new(rota.clone());
        history.run(part.command(rota, "x", Vec::new())).unwrap();
        history.rota().clone()
    }

    /// What is broken besides cover, if all agree.
    fn errors(rota: &Rota) -> Vec<String> {
        let mut agreed = rota.clone();
        agreed.assignments.iter_mut().filter(|a| a.status != Status::Declined).for_each(|a| a.status = Status::Agreed);
        for session in agreed.sessions.iter_mut().filter(|s| s.state == SessionState::ToPostpone) {
            session.state = SessionState::Postponed;
        }
        let is_error = |f: &Finding| f.severity == Severity::Error && !f.code.as_str().starts_with("COV");
        check(&agreed).findings.into_iter().filter(is_error).map(|f| f.message).collect()
    }

    #[test]
    fn all_items_together_are_the_plan() {
        let rota = testing::rota(DRAWN);
        let plan = plan(&rota, &Scope::everything(), &Patient);
        let items = plan.items(&rota);
        let part = plan.part(&items, &vec![true; items.len()]);
        let whole = Part {
            assignments: plan.assignments.clone(),
            removed: plan.removed.clone(),
            postpone: plan.postpone.clone(),
            restore: plan.restore.clone(),
        };
        assert_eq!(part, whole);
        assert!(!plan.removed.is_empty() && !plan.postpone.is_empty() && !plan.restore.is_empty(), "{plan:?}");
        assert!(plan.part(&items, &vec![false; items.len()]).is_empty());
    }

    #[test]
    fn no_part_of_a_plan_breaks_anything_that_was_whole() {
        let rota = testing::rota(DRAWN);
        let before = errors(&rota);
        let plan = plan(&rota, &Scope::everything(), &Patient);
        let items = plan.items(&rota);
        assert!((4..12).contains(&items.len()), "{items:?}");
        for bits in 0..1 << items.len() {
            let mut some = ticked(bits, items.len());
            settle(&items, &mut some);
            let part = plan.part(&items, &some);
            let new: Vec<String> = errors(&done(&rota, &part)).into_iter().filter(|e| !before.contains(e)).collect();
            assert!(new.is_empty(), "{some:?} of {items:?} brings {new:?}");
        }
    }

    #[test]
    fn an_item_brings_the_session_it_needs_and_whoever_was_there_goes() {
        let rota = testing::rota(DRAWN);
        let plan = plan(&rota, &Scope::everything(), &Patient);
        let items = plan.items(&rota);
        let of = |person: &str| {
            let id = PersonId::new(person).unwrap();
            let is_theirs = |item: &&Item| item.added.is_some_and(|at| plan.assignments[at].person == id);
            items.iter().find(is_theirs).unwrap_or_else(|| panic!("nothing for {person}: {:?}", plan.assignments))
        };
        assert_eq!(of("hg").postpone.len(), 1);
        let kp = PersonId::new("kp").unwrap();
        let is_kp = |id: &AssignmentId| rota.assignment(id).is_some_and(|a| a.person == kp);
        assert!(of("kp").removed.iter().any(is_kp), "KP is not in two places");
    }

    #[test]
    fn what_needs_something_else_is_unticked_with_it() {
        let id = AssignmentId::new("a").unwrap();
        let items = [
            Item { removed: vec![id.clone()], ..Item::default() },
            Item { needs: vec![id], ..Item::default() },
            Item::default(),
        ];
        let mut ticked = [false, true, true];
        settle(&items, &mut ticked);
        assert_eq!(ticked, [false, false, true]);
        let mut ticked = [true, true, false];
        settle(&items, &mut ticked);
        assert_eq!(ticked, [true, true, false]);
    }
}
