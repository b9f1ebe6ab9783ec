//! The changes of a plan that a person can accept one by one, and the part of a plan that is ticked.
//!
//! One change is one new assignment with the proposals it replaces and the sessions it needs postponed; what only goes,
//! and what runs again, are changes of their own. Whatever is ticked, nobody new is left on a post while a session of
//! theirs runs, nor in two places at once.

use std::collections::BTreeSet;

use crate::model::{Assignment, AssignmentId, Change, Command, Rota, Session, SessionId, SessionState};

use super::plan::Plan;

/// One change of a plan that can be accepted without the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SuggestedChange {
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

impl Plan {
    /// The changes that are ticked.
    pub fn part(&self, items: &[SuggestedChange], ticked: &[bool]) -> Part {
        let chosen: Vec<&SuggestedChange> =
            items.iter().zip(ticked).filter(|(_, ticked)| **ticked).map(|(item, _)| item).collect();
        let added: BTreeSet<usize> = chosen.iter().filter_map(|item| item.added).collect();
        let all =
            |of: fn(&SuggestedChange) -> &Vec<AssignmentId>| chosen.iter().flat_map(move |item| of(item)).collect();
        let sessions =
            |of: fn(&SuggestedChange) -> &Vec<SessionId>| chosen.iter().flat_map(move |item| of(item)).collect();
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
pub fn settle(items: &[SuggestedChange], ticked: &mut [bool]) {
    loop {
        let chosen = items.iter().zip(&*ticked).filter(|(_, ticked)| **ticked);
        let gone: BTreeSet<&AssignmentId> = chosen.flat_map(|(item, _)| &item.removed).collect();
        let stands = |item: &SuggestedChange| {
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
pub fn tick(items: &[SuggestedChange], ticked: &mut [bool], at: usize) {
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let (Some(item), Some(tick)) = (items.get(at), ticked.get_mut(at)) else { continue };
        if std::mem::replace(tick, true) {
            continue;
        }
        let goes = |(_, other): &(usize, &SuggestedChange)| item.needs.iter().any(|id| other.removed.contains(id));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::{Finding, Severity, check, testing};
    use crate::model::{History, PersonId, Status};
    use crate::planner::{NoDeadline, Scope, plan};

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
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
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
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
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
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let items = plan.items(&rota);
        let of = |person: &str| {
            let id = PersonId::new(person).unwrap();
            let is_theirs = |item: &&SuggestedChange| item.added.is_some_and(|at| plan.assignments[at].person == id);
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
            SuggestedChange { removed: vec![id.clone()], ..SuggestedChange::default() },
            SuggestedChange { needs: vec![id], ..SuggestedChange::default() },
            SuggestedChange::default(),
        ];
        let mut ticked = [false, true, true];
        settle(&items, &mut ticked);
        assert_eq!(ticked, [false, false, true]);
        let mut ticked = [true, true, false];
        settle(&items, &mut ticked);
        assert_eq!(ticked, [true, true, false]);
    }
}
