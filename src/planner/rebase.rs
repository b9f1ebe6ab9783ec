//! A plan made for an older state of a rota: whether it still fits, and what it comes to now.
//!
//! A plan that fits is never applied as if nothing had happened: what was proven of it is proven no longer, unless
//! nothing that it depends on has changed.

use std::collections::BTreeSet;

use crate::model::{Assignment, Instant, Rota, Session, SessionState, Span, Status, words};

use super::draft::{Draft, Held};
use super::facts::{Facts, Stays};
use super::objective::{Cover, Objective, values};
use super::plan::{Figure, Plan, always, bought, prices};
use super::reasons::holes_of_all;
use super::scope::Scope;

impl Plan {
    /// The plan for `now`, having been made for `before`.
    ///
    /// # Errors
    /// Why it no longer fits: a sentence.
    pub fn rebased(&self, before: &Rota, now: &Rota) -> Result<Self, String> {
        self.is_untouched(before, now)?;
        if is_same_to_the_planner(before, now) {
            return Ok(self.clone());
        }
        let facts = Facts::new(now, &Scope::everything());
        let after = self.draft(&facts)?;
        Fit { facts: &facts, plan: self, after: &after }.check()?;
        let (was, found) = (values(&facts, &Draft::as_it_is(&facts)), values(&facts, &after));
        if found[..Objective::PROVEN] > was[..Objective::PROVEN] {
            return Err("it would make things worse now".to_owned());
        }
        let low = always(&facts, &after);
        let figure = |(n, objective): (usize, &Objective)| {
            let bound = low[n].min(found[n]);
            Figure { objective: *objective, value: found[n], bound, is_proven: false }
        };
        let mut gaps = holes_of_all(&facts, &after);
        for gap in &mut gaps {
            let same = |old: &&super::reasons::Gap| {
                (&old.window, &old.unit, &old.tier, &old.posts) == (&gap.window, &gap.unit, &gap.tier, &gap.posts)
                    && (old.span, old.short) == (gap.span, gap.short)
            };
            if let Some(old) = self.gaps.iter().find(same) {
                *gap = old.clone();
            }
        }
        Ok(Self {
            figures: Objective::ALL.iter().enumerate().map(figure).collect(),
            before: was,
            gaps,
            bought: bought(&facts, &after),
            prices: prices(&facts, &after),
            ..self.clone()
        })
    }

    /// Whether all that it would take away or move on is as it was.
    fn is_untouched(&self, before: &Rota, now: &Rota) -> Result<(), String> {
        if self.removed.iter().any(|id| now.assignment(id).is_none() || now.assignment(id) != before.assignment(id)) {
            return Err("a proposal that it would change has been changed".to_owned());
        }
        let plain = |session: &Session| Session { title: String::new(), note: String::new(), ..session.clone() };
        let same = |id| now.session(id).map(plain).is_some_and(|s| before.session(id).map(plain) == Some(s));
        if !self.postpone.iter().chain(&self.restore).all(same) {
            return Err("a session that it would move has been changed".to_owned());
        }
        if self.assignments.iter().any(|a| now.assignment(&a.id).is_some()) {
            return Err("some of it is there already".to_owned());
        }
        Ok(())
    }

    /// The rota with the plan in it.
    fn draft(&self, facts: &Facts) -> Result<Draft, String> {
        let rota = facts.rota;
        let stays = facts
            .assignments
            .iter()
            .enumerate()
            .filter(|(at, a)| a.kind != Stays::Declined && !self.removed.contains(&rota.assignments[*at].id));
        let mut held: Vec<Held> = stays
            .map(|(at, a)| Held {
                person: a.person,
                post: a.post,
                span: a.span,
                kept: (a.kind == Stays::Kept).then_some(at),
            })
            .collect();
        for a in &self.assignments {
            let person = rota.people.iter().position(|person| person.id == a.person);
            let post = rota.posts.iter().position(|post| post.id == a.post);
            let (Some(person), Some(post)) = (person, post) else {
                return Err("somebody or something in it is no longer there".to_owned());
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

/// A plan held against the rota as it is now.
struct Fit<'a> {
    facts: &'a Facts<'a>,
    plan: &'a Plan,
    after: &'a Draft,
}

impl Fit<'_> {
    fn check(&self) -> Result<(), String> {
        let rota = self.facts.rota;
        for a in &self.plan.assignments {
            let new = self.after.held.iter().find(|h| {
                h.kept.is_none()
                    && h.span == a.span
                    && rota.people[h.person].id == a.person
                    && rota.posts[h.post].id == a.post
            });
            new.map_or(Ok(()), |new| self.fits(new))?;
        }
        self.stops()?;
        self.runs()
    }

    /// Whether a new assignment still has its person and its place.
    fn fits(&self, new: &Held) -> Result<(), String> {
        let facts = self.facts;
        let who = words::safe(&facts.rota.people[new.person].initials).into_owned();
        let is_elsewhere = |h: &Held| {
            h != new
                && h.span.overlaps(new.span)
                && facts.people[new.person].namesakes.contains(&h.person)
                && (h.person != new.person || h.post == new.post || facts.excludes_each_other(h.post, new.post))
        };
        let is_there_already = self.after.held.iter().filter(|h| *h == new).count() > 1;
        if is_there_already
            || !facts.may_take(new.person, new.post, new.span)
            || self.after.held.iter().any(is_elsewhere)
        {
            return Err(format!("{who} is no longer free for it"));
        }
        if facts.sessions_in_the_way(new.person, new.post, new.span).any(|s| !self.after.postponed[s]) {
            return Err(format!("{who} has a session then that runs"));
        }
        if self.after.breach(facts, new.person, &self.after.proposed_work(facts, new.person)).is_some() {
            return Err(format!("{who} would now work too long or rest too little"));
        }
        if self.is_crowded(new) {
            let post = words::safe(&facts.rota.posts[new.post].name).into_owned();
            return Err(format!("the place of {who} on {post} has been taken"));
        }
        Ok(())
    }

    /// Whether more than are needed would be on the post at some moment.
    fn is_crowded(&self, new: &Held) -> bool {
        let unit = self.facts.posts[new.post].unit;
        let Some(n) = self.facts.units[unit].posts.iter().position(|p| *p == new.post) else { return true };
        let cover = Cover::new(self.facts, self.after);
        let moments: BTreeSet<Instant> =
            cover.edges(unit).into_iter().filter(|at| new.span.contains(*at)).chain([new.span.from]).collect();
        let is_over = |at: &Instant| {
            let counting = &cover.counting_in(unit, *at)[n];
            counting.contains(&new.person) && counting.len() > self.facts.need_max(new.post, *at) as usize
        };
        moments.iter().any(is_over)
    }

    /// Whether what is to be postponed for people who are on posts already still has to be.
    fn stops(&self) -> Result<(), String> {
        let facts = self.facts;
        let found = values(facts, self.after);
        for id in &self.plan.postpone {
            let Some(at) = facts.rota.sessions.iter().position(|s| s.id == *id) else { continue };
            let session = &facts.sessions[at];
            let comes =
                |h: &Held| h.kept.is_none() && session.team.contains(&h.person) && session.span.overlaps(h.span);
            if self.after.held.iter().any(comes) {
                continue;
            }
            let mut without = self.after.clone();
            without.postponed[at] = false;
            if values(facts, &without)[..Objective::PROVEN] < found[..Objective::PROVEN] {
                let title = words::safe(&facts.rota.sessions[at].title).into_owned();
                return Err(format!("{title} need no longer be postponed"));
            }
        }
        Ok(())
    }

    /// Whether what is to run again has all its team.
    fn runs(&self) -> Result<(), String> {
        let facts = self.facts;
        for id in &self.plan.restore {
            let Some(at) = facts.rota.sessions.iter().position(|s| s.id == *id) else { continue };
            let session = &facts.sessions[at];
            let is_taken = |h: &Held| {
                let whole: Span = h.span;
                !facts.posts[h.post].on_call && session.team.contains(&h.person) && session.span.overlaps(whole)
            };
            if self.after.held.iter().any(is_taken) {
                let title = words::safe(&facts.rota.sessions[at].title).into_owned();
                return Err(format!("somebody of {title} is needed meanwhile"));
            }
        }
        Ok(())
    }
}
