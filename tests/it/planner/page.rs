//! What `docs/planner.md` lets a plan do, read from a rota: cuts, who may be where, who is kept and counts.

use std::collections::{BTreeMap, BTreeSet};

use cover_rota::model::{Availability, DutyKind, PersonId, PostId, Rota, SessionState, Span, Status, UnitId};
use cover_rota::planner::Scope;

use super::hours::{self, Stretch, Week};

const DAY: i64 = 24 * 60;

/// The rota in minutes, every id as its place in the list.
pub(super) struct Page<'a> {
    pub rota: &'a Rota,
    pub scope: &'a Scope,
    /// Minutes that the clocks are ahead of UTC, all the time.
    pub offset: i64,
    pub posts: Vec<PostPage>,
    /// Non-declined assignments that stay.
    pub kept: Vec<Held>,
    /// What was proposed and may be changed.
    pub loose: Vec<Held>,
    pub declined: Vec<Held>,
    /// Who is Asked or Agreed, and when.
    pub asked: Vec<(usize, Stretch)>,
    /// The windows.
    pub windows: Vec<Stretch>,
    pub sessions: Vec<Stretch>,
    /// The places in the rota's people of each session's team.
    pub teams: Vec<Vec<usize>>,
}

pub(super) struct PostPage {
    pub unit: usize,
    pub tier: usize,
    pub on_call: bool,
    pub exclusive: bool,
    pub essential: bool,
}

/// Somebody on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub person: usize,
    pub post: usize,
    pub time: Stretch,
}

fn minutes(span: Span) -> Stretch {
    (span.from.0, span.to.0)
}

pub(super) fn overlap(one: Stretch, other: Stretch) -> bool {
    one.0 < other.1 && other.0 < one.1
}

impl<'a> Page<'a> {
    pub(super) fn new(rota: &'a Rota, scope: &'a Scope) -> Self {
        let at = rota.windows[0].span.from;
        let offset = (rota.zone().civil(at).local - at.utc()).num_minutes();
        let unit = |id: &UnitId| rota.units.iter().position(|u| u.id == *id).unwrap();
        let posts = rota.posts.iter().map(|post| PostPage {
            unit: unit(&post.unit),
            tier: rota.units[unit(&post.unit)].tiers.iter().position(|t| t.id == post.tier).unwrap(),
            on_call: post.on_call,
            exclusive: post.exclusive,
            essential: post.essential || !post.requires.is_empty(),
        });
        let person = |id: &PersonId| rota.people.iter().position(|p| p.id == *id).unwrap();
        let mut page = Self {
            rota,
            scope,
            offset,
            posts: posts.collect(),
            kept: vec![],
            loose: vec![],
            declined: vec![],
            asked: vec![],
            windows: rota.windows.iter().map(|w| minutes(w.span)).collect(),
            sessions: rota.sessions.iter().map(|s| minutes(s.span)).collect(),
            teams: rota.sessions.iter().map(|s| s.team.iter().map(person).collect()).collect(),
        };
        for a in &rota.assignments {
            let post = rota.posts.iter().position(|p| p.id == a.post).unwrap();
            let held = Held { person: person(&a.person), post, time: minutes(a.span) };
            if matches!(a.status, Status::Asked | Status::Agreed) {
                page.asked.push((held.person, held.time));
            }
            match a.status {
                Status::Declined => page.declined.push(held),
                Status::Proposed if !a.locked && page.asked_for(post, held.time) => page.loose.push(held),
                _ => page.kept.push(held),
            }
        }
        page
    }

    /// Whether the place lies whole in what was asked for.
    pub(super) fn asked_for(&self, post: usize, time: Stretch) -> bool {
        let inside = |span: Span| span.from.0 <= time.0 && time.1 <= span.to.0;
        let post = &self.rota.posts[post];
        self.scope.unit.as_ref().is_none_or(|unit| *unit == post.unit)
            && (self.scope.posts.is_empty() || self.scope.posts.contains(&post.id))
            && self.scope.span.is_none_or(inside)
            && self
                .scope
                .window
                .as_ref()
                .is_none_or(|window| self.rota.windows.iter().any(|w| w.id == *window && inside(w.span)))
    }

    /// Whether some of the place lies in what was asked for.
    fn is_partly_asked_for(&self, post: usize, time: Stretch) -> bool {
        let touches = |span: Span| overlap(minutes(span), time);
        let post = &self.rota.posts[post];
        self.scope.unit.as_ref().is_none_or(|unit| *unit == post.unit)
            && (self.scope.posts.is_empty() || self.scope.posts.contains(&post.id))
            && self.scope.span.is_none_or(touches)
            && self
                .scope
                .window
                .as_ref()
                .is_none_or(|window| self.rota.windows.iter().any(|w| w.id == *window && touches(w.span)))
    }

    /// When a staffing line of those times of day holds inside `part`; what touches is one.
    fn daily(&self, part: Stretch, from: u16, to: u16) -> Vec<Stretch> {
        let first = (part.0 + self.offset).div_euclid(DAY) - 1;
        let last = (part.1 + self.offset).div_euclid(DAY) + 1;
        let length = if from < to { i64::from(to - from) } else { DAY - i64::from(from) + i64::from(to) };
        let all = (first..=last).map(|day| day * DAY + i64::from(from) - self.offset);
        let inside = all.map(|at| (at.max(part.0), (at + length).min(part.1))).filter(|part| part.0 < part.1);
        hours::united(&inside.collect::<Vec<_>>())
    }

    /// How many are needed on the post at that minute, as the window sees it.
    pub(super) fn need(&self, window: usize, post: usize, at: i64) -> i64 {
        if at < self.windows[window].0 || self.windows[window].1 <= at {
            return 0;
        }
        let normal = self.rota.normals.iter().find(|n| n.id == self.rota.windows[window].normal).unwrap();
        let post = &self.rota.posts[post];
        if normal.closed.contains(&post.unit) {
            return 0;
        }
        let time = (at + self.offset).rem_euclid(DAY);
        let holds = |from: i64, to: i64| if from < to { from <= time && time < to } else { from <= time || time < to };
        let lines = normal.staffing.iter().filter(|line| line.post == post.id);
        let lines = lines.filter(|line| holds(line.from.minutes().into(), line.to.minutes().into()));
        lines.map(|line| i64::from(line.count)).sum()
    }

    pub(super) fn most_needed(&self, post: usize, at: i64) -> i64 {
        (0..self.windows.len()).map(|window| self.need(window, post, at)).max().unwrap_or(0)
    }

    /// Section 1: the cuts of the unit.
    pub(super) fn cuts(&self, unit: usize) -> BTreeSet<i64> {
        let mut cuts = BTreeSet::new();
        for (w, window) in self.windows.iter().enumerate() {
            let mut add =
                |edges: [i64; 2]| cuts.extend(edges.into_iter().filter(|at| window.0 <= *at && *at <= window.1));
            add([window.0, window.1]);
            let normal = self.rota.normals.iter().find(|n| n.id == self.rota.windows[w].normal).unwrap();
            for line in &normal.staffing {
                if self.rota.posts.iter().any(|p| p.id == line.post && p.unit == self.rota.units[unit].id) {
                    let parts = self.daily(*window, line.from.minutes(), line.to.minutes());
                    for part in parts {
                        add([part.0, part.1]);
                    }
                    if line.from == line.to {
                        let from = line.from.minutes();
                        let starts = self.daily(*window, from, (from + 1) % 1440);
                        for start in starts {
                            add([start.0, start.0]);
                        }
                    }
                }
            }
            for handover in &self.rota.units[unit].handovers {
                let minute = (handover.minutes() + 1) % 1440;
                self.daily(*window, handover.minutes(), minute).into_iter().for_each(|part| add([part.0, part.0]));
            }
            for held in self.kept.iter().filter(|held| self.posts[held.post].unit == unit) {
                add([held.time.0, held.time.1]);
            }
            for person in &self.rota.people {
                if person.may_cover.iter().any(|may| may.unit == self.rota.units[unit].id) {
                    person.availability.iter().for_each(|a| add([a.span.from.0, a.span.to.0]));
                    person.duties.iter().for_each(|d| add([d.span.from.0, d.span.to.0]));
                }
            }
        }
        cuts
    }

    /// From one cut of the unit to the next, inside the windows.
    pub(super) fn pieces(&self, unit: usize) -> Vec<Stretch> {
        let cuts: Vec<i64> = self.cuts(unit).into_iter().collect();
        let pieces = cuts.windows(2).map(|pair| (pair[0], pair[1]));
        pieces.filter(|piece| self.windows.iter().any(|w| w.0 <= piece.0 && piece.0 < w.1)).collect()
    }

    /// Every edge of anything, inside the windows: between two of them nothing changes.
    pub(super) fn edges(&self) -> Vec<i64> {
        let mut edges: BTreeSet<i64> = (0..self.rota.units.len()).flat_map(|unit| self.cuts(unit)).collect();
        let held = self.kept.iter().chain(&self.loose).flat_map(|h| [h.time.0, h.time.1]);
        let sessions = self.sessions.iter().flat_map(|s| [s.0, s.1]);
        let people = self.rota.people.iter().flat_map(|p| {
            let duties = p.duties.iter().map(|d| d.span);
            p.availability.iter().map(|a| a.span).chain(duties).flat_map(|s| [s.from.0, s.to.0])
        });
        edges.extend(held.chain(sessions).chain(people));
        edges.into_iter().collect()
    }

    fn availability(&self, person: usize, at: i64) -> Availability {
        let person = &self.rota.people[person];
        let said = person.availability.iter().filter(|a| a.span.from.0 <= at && at < a.span.to.0).map(|a| a.is);
        let said: Vec<Availability> = said.collect();
        let worst = [Availability::NotAvailable, Availability::NotKnown, Availability::Available];
        worst.into_iter().find(|is| said.contains(is)).unwrap_or(person.usually)
    }

    /// Whether the person's availability is `wanted` at some minute of it.
    pub(super) fn is_ever(&self, person: usize, time: Stretch, wanted: Availability) -> bool {
        let spoken = self.rota.people[person].availability.iter().flat_map(|a| [a.span.from.0, a.span.to.0]);
        let inside = spoken.filter(|at| time.0 <= *at && *at < time.1);
        inside.chain([time.0]).any(|at| self.availability(person, at) == wanted)
    }

    fn has_duty(&self, person: usize, time: Stretch, kinds: &[DutyKind]) -> bool {
        let duties = &self.rota.people[person].duties;
        duties.iter().any(|d| kinds.contains(&d.kind) && overlap(minutes(d.span), time))
    }

    /// Tier and competencies.
    pub(super) fn is_able(&self, person: usize, post: usize) -> bool {
        let (who, what) = (&self.rota.people[person], &self.rota.posts[post]);
        let unit = self.posts[post].unit;
        let only = self.only(person, unit);
        self.covers_up_to(person, unit).is_some_and(|up_to| up_to >= self.posts[post].tier)
            && (only.is_empty() || only.contains(&what.id))
            && what.requires.iter().all(|c| who.competencies.contains(c))
    }

    fn covers_up_to(&self, person: usize, unit: usize) -> Option<usize> {
        let unit = &self.rota.units[unit];
        let line = self.rota.people[person].may_cover.iter().find(|may| may.unit == unit.id)?;
        unit.tiers.iter().position(|tier| tier.id == line.up_to)
    }

    /// The posts of the unit that the person may cover; none for all of them.
    fn only(&self, person: usize, unit: usize) -> &[PostId] {
        let unit = &self.rota.units[unit].id;
        let mut lines = self.rota.people[person].may_cover.iter();
        lines.find(|may| may.unit == *unit).map_or(&[], |may| &may.only)
    }

    pub(super) fn is_senior(&self, person: usize, unit: usize) -> bool {
        let from = self.rota.units[unit].senior_from.as_ref();
        let from = from.and_then(|from| self.rota.units[unit].tiers.iter().position(|tier| tier.id == *from));
        from.is_some_and(|from| self.covers_up_to(person, unit).is_some_and(|up_to| up_to >= from))
            && self.only(person, unit).is_empty()
    }

    pub(super) fn same_name(&self, one: usize, other: usize) -> bool {
        let name = |p: usize| {
            let p = &self.rota.people[p];
            (p.family.trim().to_lowercase(), p.given.trim().to_lowercase())
        };
        one == other || name(one) == name(other)
    }

    /// Whether one person cannot have both: nobody is on two posts at once, from home or not.
    pub(super) fn clash(one: Held, other: Held) -> bool {
        overlap(one.time, other.time)
    }

    /// Whether the person may be proposed there, as far as nothing else that is proposed matters.
    pub(super) fn may_be(&self, held: Held, postponed: &[bool]) -> bool {
        let Held { person, post, time } = held;
        let facts = &self.posts[post];
        let in_session = |s: usize| self.teams[s].contains(&person) && overlap(self.sessions[s], time) && !postponed[s];
        let no_duty: &[DutyKind] = if facts.exclusive || facts.on_call {
            &[DutyKind::Resident, DutyKind::Other, DutyKind::OnCall]
        } else {
            &[DutyKind::Resident, DutyKind::Other]
        };
        self.is_able(person, post)
            && !self.is_ever(person, time, Availability::NotAvailable)
            && !self.has_duty(person, time, no_duty)
            && !self.declined.iter().any(|d| d.person == person && d.post == post && overlap(d.time, time))
            && !self.kept.iter().any(|k| self.same_name(k.person, person) && Self::clash(*k, held))
            && !(0..self.sessions.len()).any(in_session)
    }

    /// Whether the person's own hours and rest forbid these proposals.
    pub(super) fn is_too_much(&self, person: usize, proposed: &[Held], postponed: &[bool]) -> bool {
        let at_work = |held: &&Held| held.person == person && !self.posts[held.post].on_call;
        let kept = self.kept.iter().filter(at_work).map(|held| held.time);
        let resident = self.rota.people[person].duties.iter().filter(|d| d.kind == DutyKind::Resident);
        let fixed: Vec<Stretch> = kept.chain(resident.map(|d| minutes(d.span))).collect();
        let with = |runs: &dyn Fn(usize) -> bool| -> Vec<Stretch> {
            let mine = (0..self.sessions.len()).filter(|s| self.teams[*s].contains(&person) && runs(*s));
            fixed.iter().copied().chain(mine.map(|s| self.sessions[s])).collect()
        };
        let proposed: Vec<Stretch> = proposed.iter().filter(at_work).map(|held| held.time).collect();
        hours::is_broken(&Week {
            rules: self.rota.people[person].rules,
            offset: self.offset,
            before: with(&|s| self.rota.sessions[s].state == SessionState::Running),
            stays: with(&|s| !postponed[s]),
            proposed: &proposed,
        })
    }

    /// What each session may be: whether it may be postponed, and whether it may run.
    pub(super) fn choices(&self, session: usize) -> (bool, bool) {
        let facts = &self.rota.sessions[session];
        let taken = |k: &Held| {
            let in_team = self.teams[session].contains(&k.person);
            in_team && !self.posts[k.post].on_call && overlap(k.time, self.sessions[session])
        };
        match facts.state {
            SessionState::Postponed => (true, false),
            SessionState::Running => {
                let mut of_team = self.kept.iter().filter(|k| taken(k)).peekable();
                let is_asked = |k: &Held| self.is_partly_asked_for(k.post, k.time);
                (!facts.locked && (of_team.peek().is_none() || of_team.any(is_asked)), true)
            }
            SessionState::ToPostpone => {
                let proposed =
                    |l: &Held| self.teams[session].contains(&l.person) && overlap(l.time, self.sessions[session]);
                let may_return = *self.scope == Scope::everything()
                    || self.loose.iter().any(proposed)
                    || self.teams[session].iter().any(|person| self.could_have_a_place(*person, session));
                let is_there = |person: &usize| {
                    let time = self.sessions[session];
                    !self.is_ever(*person, time, Availability::NotAvailable)
                        && !self.is_ever(*person, time, Availability::NotKnown)
                        && !self.has_duty(*person, time, &[DutyKind::Resident, DutyKind::Other])
                };
                let team = &self.teams[session];
                let has_team = !team.is_empty() && team.iter().all(is_there);
                (true, may_return && has_team && !facts.locked && !self.kept.iter().any(taken))
            }
        }
    }

    /// Whether none comes back while somebody of its team is in another that runs.
    pub(super) fn may_run_together(&self, postponed: &[bool]) -> bool {
        let comes_back = |s: usize| !postponed[s] && self.rota.sessions[s].state == SessionState::ToPostpone;
        let share = |s: usize, t: usize| self.teams[s].iter().any(|person| self.teams[t].contains(person));
        let running: Vec<usize> = (0..postponed.len()).filter(|s| !postponed[*s]).collect();
        running
            .iter()
            .filter(|s| comes_back(**s))
            .all(|s| !running.iter().any(|t| t != s && share(*s, *t) && overlap(self.sessions[*s], self.sessions[*t])))
    }

    /// Whether the person, if no session ran, could have a place in what was asked for during the session.
    fn could_have_a_place(&self, person: usize, session: usize) -> bool {
        let free = vec![true; self.sessions.len()];
        (0..self.posts.len()).any(|post| {
            self.pieces(self.posts[post].unit).into_iter().any(|time| {
                overlap(time, self.sessions[session])
                    && self.asked_for(post, time)
                    && self.may_be(Held { person, post, time }, &free)
            })
        })
    }

    /// Whether somebody kept counts at that minute if all agree and these sessions are postponed (`docs/checker.md`,
    /// section 2).
    pub(super) fn counts(&self, kept: Held, at: i64, postponed: &[bool]) -> bool {
        let now = (at, at + 1);
        let Held { person, post, .. } = kept;
        let elsewhere =
            |k: &Held| k.person == person && k.post != post && overlap(k.time, now) && !self.posts[k.post].on_call;
        let in_session = |s: usize| self.teams[s].contains(&person) && overlap(self.sessions[s], now) && !postponed[s];
        overlap(kept.time, now)
            && self.is_able(person, post)
            && self.availability(person, at) != Availability::NotAvailable
            && (self.posts[post].on_call
                || !(self.kept.iter().any(elsewhere)
                    || self.has_duty(person, now, &[DutyKind::Resident, DutyKind::Other])
                    || (0..self.sessions.len()).any(in_session)))
    }

    /// Who is kept on each post and counts at that minute.
    pub(super) fn kept_at(&self, at: i64, postponed: &[bool]) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut on: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for kept in self.kept.iter().filter(|k| self.counts(**k, at, postponed)) {
            on.entry(kept.post).or_default().insert(kept.person);
        }
        on
    }
}
