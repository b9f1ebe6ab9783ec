//! A plan made for an older state of a rota: whether it still fits, and what it comes to now.
//!
//! A plan that fits is never applied as if nothing had happened: what was proven of it is proven no longer, unless
//! nothing that it depends on has changed.

use std::collections::BTreeSet;

use crate::model::{Assignment, Instant, Rota, Session, SessionId, SessionState, Status, words};

use super::cover::Cover;
use super::draft::{Draft, Held};
use super::facts::{Facts, Stays, Team};
use super::figures::values;
use super::gaps::{Gap, bare_gaps};
use super::index::{List, PersonIx, UnitIx, position};
use super::misfit::Misfit;
use super::objective::Objective;
use super::plan::{Figure, Plan, always};
use super::prices::{bought, prices};
use super::scope::Scope;

impl Plan {
    /// The plan for `now`, having been made for `before`.
    ///
    /// # Errors
    /// Why it no longer fits.
    pub fn rebased(&self, before: &Rota, now: &Rota) -> Result<Self, Misfit> {
        self.is_untouched(before, now)?;
        if is_same_to_the_planner(before, now) {
            return Ok(self.clone());
        }
        self.judged_in(now, &self.gaps)
    }

    /// The plan with its figures in `now`, if it fits. Reasons are taken from `explained` for gaps that are as they
    /// were.
    pub(super) fn judged_in(&self, now: &Rota, explained: &[Gap]) -> Result<Self, Misfit> {
        let facts = Facts::new(now, &Scope::everything());
        let after = self.draft(&facts)?;
        Fit::new(&facts, self, &after).check()?;
        let (was, found) = (values(&facts, &Draft::as_it_is(&facts)), values(&facts, &after));
        if found.proven() > was.proven() {
            return Err(Misfit::Worse);
        }
        Ok(self.reckoned(&facts, &after, explained))
    }

    /// The plan with its figures and gaps counted anew; nothing is proven of it.
    pub(super) fn reckoned(&self, facts: &Facts, after: &Draft, explained: &[Gap]) -> Self {
        let found = values(facts, after);
        let low = always(facts, after);
        let figure = |objective: Objective| {
            let value = found[objective];
            Figure { objective, value, bound: low[objective].min(value), is_proven: false }
        };
        let mut gaps = bare_gaps(facts, &self.scope, after);
        for gap in &mut gaps {
            let same = |old: &&Gap| {
                (&old.window, &old.unit, &old.tier, &old.posts) == (&gap.window, &gap.unit, &gap.tier, &gap.posts)
                    && (old.span, old.short) == (gap.span, gap.short)
            };
            if let Some(old) = explained.iter().find(same) {
                *gap = old.clone();
            }
        }
        Self {
            scope: self.scope.clone(),
            figures: Objective::ALL.map(figure).to_vec(),
            before: values(facts, &Draft::as_it_is(facts)),
            assignments: self.assignments.clone(),
            removed: self.removed.clone(),
            postpone: self.postpone.clone(),
            restore: self.restore.clone(),
            gaps,
            bought: bought(facts, after),
            prices: prices(facts, after),
        }
    }

    /// Whether the proposals it drops and the sessions it moves are unchanged.
    fn is_untouched(&self, before: &Rota, now: &Rota) -> Result<(), Misfit> {
        if self.removed.iter().any(|id| now.assignment(id).is_none() || now.assignment(id) != before.assignment(id)) {
            return Err(Misfit::ProposalChanged);
        }
        if !self.postpone.iter().chain(&self.restore).all(|id| is_same_session(before, now, id)) {
            return Err(Misfit::SessionChanged);
        }
        if self.assignments.iter().any(|a| now.assignment(&a.id).is_some()) {
            return Err(Misfit::AlreadyThere);
        }
        Ok(())
    }

    /// The rota with the plan in it.
    pub(super) fn draft(&self, facts: &Facts) -> Result<Draft, Misfit> {
        let rota = facts.rota;
        let stays = facts
            .assignments
            .entries()
            .filter(|(at, a)| a.kind != Stays::Declined && !self.removed.contains(&rota.assignments[*at].id));
        let mut held: Vec<Held> = stays.map(|(at, a)| Held::standing(at, a)).collect();
        for a in &self.assignments {
            let person = position(&rota.people, |person| person.id == a.person);
            let post = position(&rota.posts, |post| post.id == a.post);
            let (Some(person), Some(post)) = (person, post) else {
                return Err(Misfit::Gone);
            };
            held.push(Held { person, post, span: a.span, kept: None });
        }
        held.sort();
        let postponed = |session: &Session| {
            let moves = |ids: &[_]| ids.contains(&session.id);
            (session.state != SessionState::Running || moves(&self.postpone)) && !moves(&self.restore)
        };
        Ok(Draft { held, postponed: rota.sessions.iter().map(postponed).collect() })
    }
}

/// Whether a session is unchanged, but for its words.
pub(super) fn is_same_session(before: &Rota, now: &Rota, id: &SessionId) -> bool {
    let plain = |session: &Session| Session { title: String::new(), note: String::new(), ..session.clone() };
    now.session(id).map(plain).is_some_and(|session| before.session(id).map(plain) == Some(session))
}

/// Whether nothing has changed that the planner reads, but for people moving on towards Agreed and locks, which only
/// leave it fewer plans.
fn is_same_to_the_planner(before: &Rota, now: &Rota) -> bool {
    let same = |(old, new): (&Assignment, &Assignment)| {
        (&old.id, &old.post, &old.person, old.span) == (&new.id, &new.post, &new.person, new.span)
            && (old.status == new.status || old.status < new.status && new.status != Status::Declined)
            && (new.locked || !old.locked)
    };
    before.zone() == now.zone()
        && before.windows == now.windows
        && before.competencies == now.competencies
        && before.units == now.units
        && before.posts == now.posts
        && before.normals == now.normals
        && before.people == now.people
        && before.sessions == now.sessions
        && before.assignments.len() == now.assignments.len()
        && before.assignments.iter().zip(&now.assignments).all(same)
}

/// Who counts on each post of a unit.
type Counting = Vec<BTreeSet<PersonIx>>;

/// A plan held against the rota as it is now.
pub(super) struct Fit<'a> {
    facts: &'a Facts<'a>,
    plan: &'a Plan,
    after: &'a Draft,
    /// For each unit to which somebody comes: when it may change who counts, and who does from then on.
    moments: List<UnitIx, Vec<(Instant, Counting)>>,
}

impl<'a> Fit<'a> {
    pub(super) fn new(facts: &'a Facts<'a>, plan: &'a Plan, after: &'a Draft) -> Self {
        let cover = Cover::new(facts, after);
        let comes = |unit: UnitIx| after.held.iter().any(|h| h.kept.is_none() && facts.posts[h.post].unit == unit);
        let of_unit = |unit: UnitIx| {
            let edges = if comes(unit) { cover.edges(unit) } else { BTreeSet::new() };
            edges.into_iter().map(|at| (at, cover.counting_in(unit, at))).collect()
        };
        Self { facts, plan, after, moments: facts.units.keys().map(of_unit).collect() }
    }

    fn check(&self) -> Result<(), Misfit> {
        for a in &self.plan.assignments {
            if let Some(new) = self.held(a) {
                self.is_free(new)?;
                self.has_room(new)?;
            }
        }
        self.stops().map_or(Ok(()), |(_, why)| Err(why))?;
        self.runs().map_or(Ok(()), |(_, why)| Err(why))
    }

    /// A new assignment as the draft holds it.
    pub(super) fn held(&self, a: &Assignment) -> Option<&Held> {
        let rota = self.facts.rota;
        self.after.held.iter().find(|h| {
            h.kept.is_none()
                && h.span == a.span
                && rota.people[h.person].id == a.person
                && rota.posts[h.post].id == a.post
        })
    }

    fn initials(&self, new: &Held) -> String {
        words::safe(&self.facts.rota.people[new.person].initials).into_owned()
    }

    /// Whether a new assignment still has its person.
    pub(super) fn is_free(&self, new: &Held) -> Result<(), Misfit> {
        let facts = self.facts;
        let is_elsewhere =
            |h: &Held| h != new && h.span.overlaps(new.span) && facts.people[new.person].namesakes.contains(&h.person);
        let is_there_already = self.after.held.iter().filter(|h| *h == new).count() > 1;
        if is_there_already
            || !facts.may_take(new.person, new.post, new.span)
            || self.after.held.iter().any(is_elsewhere)
        {
            return Err(Misfit::NotFree(self.initials(new)));
        }
        if facts.sessions_in_the_way(new.person, new.span).any(|s| !self.after.postponed[s]) {
            return Err(Misfit::SessionRuns(self.initials(new)));
        }
        Ok(())
    }

    /// Whether there is still room for a new assignment: in the hours of its person, and on its post. Where it is one
    /// of several, one of them gives way.
    pub(super) fn has_room(&self, new: &Held) -> Result<(), Misfit> {
        let facts = self.facts;
        if self.after.breach(facts, new.person, &self.after.proposed_work(facts, new.person)).is_some() {
            return Err(Misfit::HoursOrRest(self.initials(new)));
        }
        if self.is_crowded(new) {
            let post = words::safe(&facts.rota.posts[new.post].name).into_owned();
            return Err(Misfit::PlaceTaken { initials: self.initials(new), post });
        }
        Ok(())
    }

    /// Whether more people than are needed would be on the post at some moment.
    fn is_crowded(&self, new: &Held) -> bool {
        let unit = self.facts.posts[new.post].unit;
        let Some(n) = self.facts.units[unit].posts.iter().position(|p| *p == new.post) else { return true };
        let moments = &self.moments[unit];
        // Who counts stays the same from one moment to the next.
        let first = moments.partition_point(|(at, _)| *at <= new.span.from).saturating_sub(1);
        let during = moments[first..].iter().take_while(|(at, _)| *at < new.span.to);
        let is_over = |(at, counting): &(Instant, Counting)| {
            let at = (*at).max(new.span.from);
            counting[n].contains(&new.person) && counting[n].len() > self.facts.need_max(new.post, at) as usize
        };
        during.into_iter().any(is_over)
    }

    /// A session to be postponed for people who are on posts already that need not be postponed any more.
    pub(super) fn stops(&self) -> Option<(SessionId, Misfit)> {
        let facts = self.facts;
        let found = values(facts, self.after);
        for id in &self.plan.postpone {
            let Some(at) = position(&facts.rota.sessions, |s| s.id == *id) else { continue };
            let session = &facts.sessions[at];
            let comes =
                |h: &Held| h.kept.is_none() && session.team.contains(&h.person) && session.span.overlaps(h.span);
            if self.after.held.iter().any(comes) {
                continue;
            }
            let mut without = self.after.clone();
            without.postponed[at] = false;
            if values(facts, &without).proven() < found.proven() {
                return Some((id.clone(), Misfit::NeedNotStop(facts.title(at))));
            }
        }
        None
    }

    /// A session that was to run again and no longer has all its team.
    pub(super) fn runs(&self) -> Option<(SessionId, Misfit)> {
        let facts = self.facts;
        for id in &self.plan.restore {
            let Some(at) = position(&facts.rota.sessions, |s| s.id == *id) else { continue };
            let session = &facts.sessions[at];
            if session.team_is != Team::Sure {
                return Some((id.clone(), Misfit::TeamUnsure(facts.title(at))));
            }
            if facts.sessions_at_once(at).into_iter().any(|other| !self.after.postponed[other]) {
                return Some((id.clone(), Misfit::TeamInSession(facts.title(at))));
            }
            let is_taken = |h: &Held| {
                let needs_them = h.kept.is_none() || !facts.posts[h.post].on_call;
                needs_them && session.team.contains(&h.person) && session.span.overlaps(h.span)
            };
            if self.after.held.iter().any(is_taken) {
                return Some((id.clone(), Misfit::TeamNeeded(facts.title(at))));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing;
    use crate::model::{Availability, Available, PersonId};
    use crate::planner::{NoDeadline, plan};

    /// HG comes without the clinic; KP is proposed for longer than before.
    const DRAWN: &str = "
person KP: Pereira, Karl; A&E up to Consultant
person HG: Grant, Helen; A&E up to SHO
person TO: Osei, Tunde; A&E up to Middle grade
session Fracture clinic: HG; 09:00-12:00; 14 appointments
                   |08  09  10  11  12  |
A&E SHO 1          |.   .   .   .   .   |
A&E middle grade 1 |TO  TO  TO  TO  TO  |
A&E consultant 1   |KP* KP* KP* .   .   |
";

    fn rebased(edit: impl FnOnce(&mut Rota)) -> Result<Plan, Misfit> {
        let before = testing::rota(DRAWN);
        let plan = plan(&before, &Scope::everything(), &NoDeadline);
        assert_eq!((plan.assignments.len(), plan.removed.len(), plan.postpone.len()), (2, 1, 1), "{plan:?}");
        let mut now = before.clone();
        edit(&mut now);
        plan.rebased(&before, &now)
    }

    fn person<'r>(rota: &'r mut Rota, id: &str) -> &'r mut crate::model::Person {
        let id = PersonId::new(id).unwrap();
        rota.people.iter_mut().find(|person| person.id == id).unwrap()
    }

    #[test]
    fn what_nobody_touched_is_as_it_was() {
        let untouched = rebased(|_| {}).unwrap();
        assert!(untouched.is_optimal());
        let agreed = rebased(|rota| rota.assignments.iter_mut().for_each(|a| a.note = "rung".to_owned()));
        assert!(agreed.is_err(), "even a note on a proposal that goes is somebody's");
        let locked = rebased(|rota| {
            let to = rota.assignments.iter_mut().find(|a| a.status == Status::Agreed).unwrap();
            to.locked = true;
        });
        assert!(locked.unwrap().is_optimal(), "a lock leaves fewer plans, and this one");
    }

    #[test]
    fn another_change_leaves_it_unproven() {
        let elsewhere = rebased(|rota| person(rota, "to").phone = "07700 900000".to_owned()).unwrap();
        assert!(!elsewhere.is_optimal());
        assert!(elsewhere.figures.iter().all(|figure| figure.bound <= figure.value));
        assert_eq!(elsewhere.assignments.len(), 2);
    }

    #[test]
    fn of_what_nobody_asked_for_no_gap_is_told() {
        let before = testing::rota(DRAWN);
        let consultant = before.posts.iter().find(|post| post.name.contains("consultant")).unwrap().id.clone();
        let scope = Scope { posts: vec![consultant], ..Scope::everything() };
        let part = plan(&before, &scope, &NoDeadline);
        let mut now = before.clone();
        person(&mut now, "hg").phone = "07700 900000".to_owned();
        let rebased = part.rebased(&before, &now).unwrap();
        assert!(!rebased.is_optimal() && rebased.gaps.is_empty(), "{:?}", rebased.gaps);
        assert!(
            !bare_gaps(&Facts::new(&now, &scope), &Scope::everything(), &Draft::as_it_is(&Facts::new(&now, &scope)))
                .is_empty()
        );
    }

    #[test]
    fn what_it_needs_is_looked_for_again() {
        let span = testing::rota(DRAWN).windows[0].span;
        let away = rebased(|rota| {
            person(rota, "hg").availability.push(Available { span, is: Availability::NotAvailable });
        });
        assert_eq!(away.unwrap_err().to_string(), "HG is no longer free for it");
        let gone = rebased(|rota| rota.assignments.retain(|a| a.status != Status::Proposed));
        assert_eq!(gone.unwrap_err(), Misfit::ProposalChanged);
        let stopped = rebased(|rota| rota.sessions[0].state = SessionState::ToPostpone);
        assert_eq!(stopped.unwrap_err(), Misfit::SessionChanged);
        let taken = rebased(|rota| {
            let plan = plan(rota, &Scope::everything(), &NoDeadline);
            let sho = plan.assignments.iter().find(|a| a.person.as_str() == "hg").unwrap();
            rota.people.push(crate::model::Person { id: PersonId::new("new").unwrap(), ..rota.people[0].clone() });
            person(rota, "new").family = "Newman".to_owned();
            let there = Assignment { person: PersonId::new("new").unwrap(), ..sho.clone() };
            rota.assignments.push(Assignment { id: crate::model::AssignmentId::new("x").unwrap(), ..there });
        });
        assert!(taken.unwrap_err().to_string().contains("has been taken"));
    }
}
