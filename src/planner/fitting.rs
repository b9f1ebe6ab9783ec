//! As much of a plan as still fits after an edit: what the edit touches goes, the rest stays.

use crate::model::{AssignmentId, Rota, SessionId};

use super::facts::Facts;
use super::misfit::Misfit;
use super::part::{Part, SuggestedChange, settle};
use super::plan::Plan;
use super::rebase::{Fit, is_same_session};
use super::scope::Scope;

/// What is left of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// The plan for the rota as it is, without what no longer fits.
    pub plan: Plan,
    /// How many of its changes no longer fit.
    pub left_out: usize,
    /// Why they do not; what only went with them is not told.
    pub whys: Vec<Misfit>,
}

/// What an edit has touched.
#[derive(Debug, PartialEq, Eq)]
enum Touched<'a> {
    Added(&'a AssignmentId),
    Removed(&'a AssignmentId),
    Session(SessionId),
}

impl Plan {
    /// As much of the plan as still fits `now`, having been made for `before`.
    ///
    /// # Errors
    /// Why nothing of it fits any more.
    pub fn fitting(&self, before: &Rota, now: &Rota) -> Result<Fitting, Misfit> {
        if let Ok(plan) = self.rebased(before, now) {
            return Ok(Fitting { plan, left_out: 0, whys: Vec::new() });
        }
        let items = self.items(before);
        let mut left = vec![true; items.len()];
        let mut whys: Vec<Misfit> = Vec::new();
        let mut has_only_people = false;
        loop {
            let some = self.only(self.part(&items, &left));
            let touched = some.touched(before, now);
            if touched.is_empty() {
                match some.judged_in(now, &self.gaps) {
                    Ok(plan) => {
                        let left_out = left.iter().filter(|left| !**left).count();
                        return Ok(Fitting { plan, left_out, whys });
                    }
                    Err(why) if has_only_people => return Err(why),
                    // What only takes away may be too much without what went before.
                    Err(_) => {
                        has_only_people = true;
                        let comes = |(item, left): (&SuggestedChange, bool)| left && item.added.is_some();
                        left = items.iter().zip(left).map(comes).collect();
                    }
                }
            }
            for (what, why) in touched {
                for (item, left) in items.iter().zip(&mut left) {
                    *left &= !self.has(item, &what);
                }
                if !whys.contains(&why) {
                    whys.push(why);
                }
            }
            settle(&items, &mut left);
            if !left.contains(&true) {
                return Err(whys.into_iter().next().unwrap_or(Misfit::NothingLeft));
            }
        }
    }

    /// What a part of the plan comes to in the rota it was made for; nothing is proven of it.
    pub fn of_part(&self, rota: &Rota, part: Part) -> Self {
        let some = self.only(part);
        let facts = Facts::new(rota, &Scope::everything());
        match some.draft(&facts) {
            Ok(after) => some.reckoned(&facts, &after, &self.gaps),
            Err(_) => some,
        }
    }

    /// The plan with nothing in it but this part.
    fn only(&self, part: Part) -> Self {
        Self {
            scope: self.scope.clone(),
            figures: self.figures.clone(),
            before: self.before,
            assignments: part.assignments,
            removed: part.removed,
            postpone: part.postpone,
            restore: part.restore,
            gaps: Vec::new(),
            bought: Vec::new(),
            prices: Vec::new(),
        }
    }

    fn has(&self, item: &SuggestedChange, what: &Touched<'_>) -> bool {
        match what {
            Touched::Added(id) => {
                item.added.and_then(|at| self.assignments.get(at)).is_some_and(|added| added.id == **id)
            }
            Touched::Removed(id) => item.removed.contains(id),
            Touched::Session(id) => item.postpone.contains(id) || item.restore.contains(id),
        }
    }

    /// What of it no longer fits, and why. Of several that one place has no room for any more it is one.
    fn touched<'a>(&'a self, before: &Rota, now: &Rota) -> Vec<(Touched<'a>, Misfit)> {
        let mut touched = self.gone(before, now);
        if !touched.is_empty() {
            return touched;
        }
        let facts = Facts::new(now, &Scope::everything());
        let Ok(after) = self.draft(&facts) else { return touched };
        let fit = Fit::new(&facts, self, &after);
        let held = || self.assignments.iter().filter_map(|a| Some((a, fit.held(a)?)));
        touched.extend(held().filter_map(|(a, new)| Some((Touched::Added(&a.id), fit.is_free(new).err()?))));
        if touched.is_empty() {
            // The one that stands where somebody was put is the one that was meant.
            let is_meant = |a: &&crate::model::Assignment| {
                let put = |it: &&crate::model::Assignment| it.post == a.post && it.span.overlaps(a.span);
                now.assignments.iter().filter(put).any(|it| before.assignment(&it.id).is_none() && it.span == a.span)
            };
            let full = held().filter_map(|(a, new)| Some((a, fit.has_room(new).err()?)));
            let first = full.min_by_key(|(a, _)| !is_meant(a));
            touched.extend(first.map(|(a, why)| (Touched::Added(&a.id), why)));
        }
        if touched.is_empty() {
            let session = fit.stops().or_else(|| fit.runs());
            touched.extend(session.map(|(id, why)| (Touched::Session(id), why)));
        }
        touched
    }

    /// What is no longer there, or is there already.
    fn gone<'a>(&'a self, before: &Rota, now: &Rota) -> Vec<(Touched<'a>, Misfit)> {
        let is_changed =
            |id: &&AssignmentId| now.assignment(id).is_none() || now.assignment(id) != before.assignment(id);
        let removed = self.removed.iter().filter(is_changed);
        let removed = removed.map(|id| (Touched::Removed(id), Misfit::ProposalChanged));
        let sessions = self.postpone.iter().chain(&self.restore).filter(|id| !is_same_session(before, now, id));
        let sessions = sessions.map(|id| (Touched::Session(id.clone()), Misfit::SessionChanged));
        let there = self.assignments.iter().filter_map(|a| {
            let why = if now.assignment(&a.id).is_some() {
                Misfit::AlreadyThere
            } else if now.person(&a.person).is_none() || now.post(&a.post).is_none() {
                Misfit::Gone
            } else {
                return None;
            };
            Some((Touched::Added(&a.id), why))
        });
        removed.chain(sessions).chain(there).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing;
    use crate::model::{Availability, Available, Person, PersonId};
    use crate::planner::{NoDeadline, Objective, plan};

    /// Three places for three people, and a fourth whom nobody needs.
    const DRAWN: &str = "
person KP: Pereira, Karl; A&E up to Consultant
person HG: Grant, Helen; A&E up to SHO
person TO: Osei, Tunde; A&E up to Middle grade
person UT: Thorpe, Una; A&E up to SHO
                   |08  09  10  11  12  |
A&E SHO 1          |.   .   .   .   .   |
A&E middle grade 1 |.   .   .   .   .   |
A&E consultant 1   |.   .   .   .   .   |
";

    fn edited(edit: impl FnOnce(&mut Rota, &Plan)) -> (Plan, Result<Fitting, Misfit>) {
        let before = testing::rota(DRAWN);
        let plan = plan(&before, &Scope::everything(), &NoDeadline);
        assert_eq!(plan.assignments.len(), 3, "{plan:?}");
        let mut now = before.clone();
        edit(&mut now, &plan);
        let fitting = plan.fitting(&before, &now);
        (plan, fitting)
    }

    fn person<'r>(rota: &'r mut Rota, id: &str) -> &'r mut Person {
        rota.people.iter_mut().find(|person| person.id.as_str() == id).unwrap()
    }

    #[test]
    fn what_an_edit_touches_goes_and_the_rest_stays() {
        let span = testing::rota(DRAWN).windows[0].span;
        let (plan, fitting) = edited(|rota, _| {
            person(rota, "kp").availability.push(Available { span, is: Availability::NotAvailable });
        });
        let fitting = fitting.unwrap();
        assert_eq!((fitting.left_out, fitting.whys.as_slice()), (1, &[Misfit::NotFree("KP".to_owned())][..]));
        let kept: Vec<_> = plan.assignments.iter().filter(|a| a.person.as_str() != "kp").cloned().collect();
        assert_eq!(fitting.plan.assignments, kept);
        let short = fitting.plan.figures.iter().find(|f| f.objective == Objective::Short).unwrap();
        assert!(short.value > 0 && !short.is_proven && !fitting.plan.gaps.is_empty(), "{short:?}");
    }

    #[test]
    fn a_place_that_is_taken_costs_no_other() {
        let (_, fitting) = edited(|rota, plan| {
            let sho = plan.assignments.iter().find(|a| ["hg", "ut"].contains(&a.person.as_str())).unwrap();
            let other = if sho.person.as_str() == "hg" { "ut" } else { "hg" };
            let id = AssignmentId::new("typed").unwrap();
            let there = crate::model::Assignment { id, person: PersonId::new(other).unwrap(), ..sho.clone() };
            rota.assignments.push(there);
        });
        let fitting = fitting.unwrap();
        assert_eq!((fitting.left_out, fitting.plan.assignments.len()), (1, 2));
        assert!(fitting.whys[0].to_string().contains("has been taken"), "{:?}", fitting.whys);
    }

    #[test]
    fn where_nothing_is_left_it_says_why() {
        let (_, fitting) = edited(|rota, _| rota.people.clear());
        assert_eq!(fitting.unwrap_err(), Misfit::Gone);
        let (plan, fitting) = edited(|_, _| {});
        assert_eq!(fitting.unwrap().plan, plan, "nothing was touched");
    }

    #[test]
    fn a_part_is_counted_for_itself() {
        let rota = testing::rota(DRAWN);
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let items = plan.items(&rota);
        let mut ticked = vec![true; items.len()];
        ticked[0] = false;
        let part = plan.of_part(&rota, plan.part(&items, &ticked));
        let short = |plan: &Plan| plan.figures.iter().find(|f| f.objective == Objective::Short).unwrap().value;
        assert_eq!((short(&plan), short(&part)), (0, 5 * 60));
        assert!(part.figures.iter().all(|figure| !figure.is_proven || figure.value == figure.bound));
        assert!(!part.is_optimal() && part.gaps.len() == 1, "{:?}", part.gaps);
    }
}
