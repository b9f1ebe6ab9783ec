//! What every rule looks at: the rota with its references followed, its times sorted and its normal staffing unrolled.
//!
//! A rota that is unsound ([`crate::model::faults`]) has no facts at all: nothing in it is covered.

use std::borrow::Cow;
use std::ops::Deref;

pub use super::judged::Judged;
use super::lookup::Lookup;
use super::need::{self, NeedStep};
use super::person::{PersonFacts, Said, Why};
pub use super::records::{
    Held, PersonIx, PostFacts, PostIx, SessionFacts, SessionIx, TierIx, UnitFacts, UnitIx, WindowFacts, WindowIx,
};
use super::records::{Ids, Slot};
use crate::model::{
    Assignment, AssignmentId, Clock, Person, PersonId, Post, PostId, Rota, Session, SessionId, Span, Status, Steady,
    UnitId, WindowId, words,
};

/// Somebody named on a post of a unit during a window, over a stretch in which nothing about that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    pub post: PostIx,
    pub person: PersonIx,
    /// When, inside the window.
    pub span: Span,
    /// Never Declined.
    pub status: Status,
    /// Why the person does not count as it stands, and if all agree.
    pub why: [Why; 2],
}

impl Named {
    /// Whether the person counts.
    pub fn counts(&self, judged: Judged) -> bool {
        judged.counts(self.status) && self.why[judged.ix()].is_empty()
    }
}

/// Everything that the rules look up, owned, so that it can be kept from one check to the next.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// As `rota.windows`.
    pub windows: Vec<WindowFacts>,
    /// As `rota.units`.
    pub units: Vec<UnitFacts>,
    /// As `rota.posts`.
    pub posts: Vec<PostFacts>,
    /// As `rota.people`.
    pub people: Vec<PersonFacts>,
    /// As `rota.sessions`.
    pub sessions: Vec<SessionFacts>,
    /// When its clocks are known not to change.
    steady: Option<Steady>,
    /// Groups of people whom a name, initials or a telephone number joins, each sorted, larger than one.
    pub namesakes: Vec<Vec<PersonIx>>,
    /// What tells people apart.
    pub(super) said: Vec<Said>,
    /// Every assignment, at the place that [`Held::at`] says. Places stay when others come and go.
    pub(super) slots: Vec<Slot>,
    needs: Vec<Vec<NeedStep>>,
    named: Vec<Vec<Named>>,
    ids: Ids,
}

/// The rota and its facts.
#[derive(Debug)]
pub struct Context<'a> {
    /// The rota: for names and for whatever has no fact.
    pub rota: &'a Rota,
    /// What is looked up; a context gives them out as its own.
    pub(super) facts: Cow<'a, Facts>,
}

impl Deref for Context<'_> {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl<'a> Context<'a> {
    /// Follows every reference of the rota.
    pub fn new(rota: &'a Rota) -> Self {
        Self { rota, facts: Cow::Owned(Facts::of(rota).unwrap_or_default()) }
    }

    /// The rota with the facts that are known of it.
    pub(super) fn of(rota: &'a Rota, facts: &'a Facts) -> Self {
        Self { rota, facts: Cow::Borrowed(facts) }
    }

    /// The rota's clock.
    pub fn clock(&self) -> Clock {
        self.facts.clock(self.rota)
    }

    /// What to call somebody in a message: the initials, else the name, made harmless.
    pub fn who(&self, person: PersonIx) -> Cow<'a, str> {
        let person = &self.rota.people[person];
        if !person.initials.trim().is_empty() {
            return words::safe(&person.initials);
        }
        let name = person.full_name();
        if name.trim().is_empty() { words::safe(person.id.as_str()) } else { words::safe(&name).into_owned().into() }
    }

    /// The post's name, made harmless.
    pub fn post_name(&self, post: PostIx) -> Cow<'a, str> {
        words::safe(&self.rota.posts[post].name)
    }

    /// The unit's name, made harmless.
    pub fn unit_name(&self, unit: UnitIx) -> Cow<'a, str> {
        words::safe(&self.rota.units[unit].name)
    }

    /// The tier's name as inside a sentence, made harmless.
    pub fn tier_name(&self, unit: UnitIx, tier: TierIx) -> String {
        let name = self.rota.units[unit].tiers.get(tier).map_or("", |tier| &tier.name);
        words::inside(&words::safe(name))
    }

    /// The session's title, made harmless.
    pub fn session_name(&self, session: SessionIx) -> Cow<'a, str> {
        words::safe(&self.rota.sessions[session].title)
    }

    /// When, in words: `10:00–12:00 Tue 26-Apr-2016`.
    pub fn when(&self, span: Span) -> String {
        words::span(self.clock(), span)
    }

    pub fn assignment_id(&self, held: &Held) -> &AssignmentId {
        &self.slots[held.at].id
    }

    /// The post's record.
    pub fn post(&self, post: PostIx) -> &'a Post {
        &self.rota.posts[post]
    }

    /// The session's record.
    pub fn session(&self, session: SessionIx) -> &'a Session {
        &self.rota.sessions[session]
    }
}

/// More than this of one person in one place are sorted in, not put in one by one.
const INSERTED_MAX: usize = 8;

impl Facts {
    /// The facts of a sound rota; none of an unsound one.
    pub fn of(rota: &Rota) -> Option<Self> {
        let ids = Ids {
            windows: Lookup::new(rota.windows.iter().map(|w| &w.id)),
            units: Lookup::new(rota.units.iter().map(|u| &u.id)),
            posts: Lookup::new(rota.posts.iter().map(|p| &p.id)),
            people: Lookup::new(rota.people.iter().map(|p| &p.id)),
            sessions: Lookup::new(rota.sessions.iter().map(|s| &s.id)),
            competencies: Lookup::new(rota.competencies.iter().map(|c| &c.id)),
        };
        let (units, posts) = units_and_posts(rota, &ids)?;
        let said = Said::of_all(rota);
        let steady = steady(rota);
        let clock = Clock::new(rota.zone(), steady);
        let mut facts = Self {
            windows: windows(rota, clock, &ids, &posts)?,
            needs: need::of_all(rota, clock, &ids.posts, &posts)?,
            units,
            posts,
            people: Vec::with_capacity(rota.people.len()),
            sessions: rota.sessions.iter().map(|s| session(s, &ids)).collect::<Option<_>>()?,
            namesakes: super::person::namesakes(&said),
            said,
            steady,
            slots: Vec::with_capacity(rota.assignments.len()),
            named: Vec::new(),
            ids,
        };
        facts.add_people(rota)?;
        facts.named = vec![Vec::new(); facts.windows.len() * facts.units.len()];
        for person in 0..facts.people.len() {
            facts.name(person);
        }
        for named in &mut facts.named {
            named.sort_unstable();
        }
        Some(facts)
    }

    fn add_people(&mut self, rota: &Rota) -> Option<()> {
        for person in &rota.people {
            self.people.push(PersonFacts::of(person, &self.ids, &self.units, rota)?);
        }
        for (at, assignment) in rota.assignments.iter().enumerate() {
            let (person, held) = self.held(at, assignment)?;
            self.slots.push(Slot::new(&assignment.id, person));
            self.people[person].hold(held);
        }
        for (at, session) in self.sessions.iter().enumerate() {
            for person in &session.team {
                self.people[*person].sessions.push(at);
            }
        }
        let clock = self.clock(rota);
        for person in &mut self.people {
            person.settle(&self.posts, &self.sessions, &self.slots, clock);
        }
        Some(())
    }

    /// The rota's clock.
    pub(super) fn clock(&self, rota: &Rota) -> Clock {
        Clock::new(rota.zone(), self.steady)
    }

    pub(super) fn held(&self, at: usize, assignment: &Assignment) -> Option<(PersonIx, Held)> {
        let person = self.ids.people.get(&assignment.person)?;
        let post = self.ids.posts.get(&assignment.post)?;
        let held = Held { span: assignment.span, post, at, status: assignment.status };
        (!held.span.is_empty()).then_some((person, held))
    }

    /// What a person's record says, before assignments and sessions.
    pub(super) fn person(&self, person: &Person, rota: &Rota) -> Option<PersonFacts> {
        PersonFacts::of(person, &self.ids, &self.units, rota)
    }

    /// What a session's record says.
    pub(super) fn session(&self, session: &Session) -> Option<SessionFacts> {
        self::session(session, &self.ids)
    }

    /// The places, by window and then unit, that somebody's parts lie in, each with the part.
    fn places(&self, person: PersonIx) -> Vec<(usize, Named)> {
        let mut places = Vec::with_capacity(self.people[person].parts.len());
        for part in &self.people[person].parts {
            let unit = self.posts[part.post].unit;
            for (window, span) in self.windows_in(part.span) {
                let named = Named { post: part.post, person, span, status: part.status, why: part.why };
                places.push((window * self.units.len() + unit, named));
            }
        }
        places
    }

    /// Enters somebody's parts into every unit and window they lie in.
    fn name(&mut self, person: PersonIx) {
        for (place, named) in self.places(person) {
            self.named[place].push(named);
        }
    }

    /// The same, where all others are entered and in order.
    pub(super) fn name_in_order(&mut self, person: PersonIx) {
        let mut places = self.places(person);
        places.sort_unstable();
        for same in places.chunk_by(|a, b| a.0 == b.0) {
            let all = &mut self.named[same[0].0];
            if same.len() > INSERTED_MAX {
                all.extend(same.iter().map(|(_, named)| *named));
                all.sort_unstable();
                continue;
            }
            for (_, named) in same {
                let at = all.partition_point(|other| other < named);
                all.insert(at, *named);
            }
        }
    }

    /// Takes somebody's parts out of every unit and window they lie in.
    pub(super) fn unname(&mut self, person: PersonIx) {
        let mut places: Vec<usize> = self.places(person).into_iter().map(|(place, _)| place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            self.named[place].retain(|named| named.person != person);
        }
    }

    /// What the post needs in the window, in order, where that is above 0; nothing in a closed unit.
    pub fn need(&self, window: WindowIx, post: PostIx) -> &[NeedStep] {
        &self.needs[window * self.posts.len() + post]
    }

    /// Everybody named on a post of the unit in the window.
    pub fn named(&self, window: WindowIx, unit: UnitIx) -> &[Named] {
        &self.named[window * self.units.len() + unit]
    }

    /// The windows that share a minute with `span`, with what they share.
    pub fn windows_in(&self, span: Span) -> impl Iterator<Item = (WindowIx, Span)> + '_ {
        self.windows.iter().enumerate().filter_map(move |(at, window)| Some((at, window.span.overlap(span)?)))
    }

    /// Whether the person may cover the post.
    pub fn is_in_scope(&self, person: PersonIx, post: PostIx) -> bool {
        self.people[person].is_in_scope(post, &self.posts[post])
    }

    /// Whether the person can do all that the post requires.
    pub fn is_able(&self, person: PersonIx, post: PostIx) -> bool {
        self.people[person].is_able(&self.posts[post])
    }

    /// Where the person of that id stands.
    pub fn person_ix(&self, id: &PersonId) -> Option<PersonIx> {
        self.ids.people.get(id)
    }

    /// Where the post of that id stands.
    pub fn post_ix(&self, id: &PostId) -> Option<PostIx> {
        self.ids.posts.get(id)
    }

    /// Where the unit of that id stands.
    pub fn unit_ix(&self, id: &UnitId) -> Option<UnitIx> {
        self.ids.units.get(id)
    }

    /// Where the window of that id stands.
    pub fn window_ix(&self, id: &WindowId) -> Option<WindowIx> {
        self.ids.windows.get(id)
    }

    /// Where the session of that id stands.
    pub fn session_ix(&self, id: &SessionId) -> Option<SessionIx> {
        self.ids.sessions.get(id)
    }
}

/// When the rota's clocks do not change, around all its windows.
fn steady(rota: &Rota) -> Option<Steady> {
    let windows = Span::around(rota.windows.iter().map(|window| window.span))?;
    Steady::around(rota.zone(), windows)
}

fn windows(rota: &Rota, clock: Clock, ids: &Ids, posts: &[PostFacts]) -> Option<Vec<WindowFacts>> {
    let shut = need::shut_of_all(rota, clock, &ids.units)?;
    let facts = rota.windows.iter().zip(shut).map(|(window, shut)| {
        let normal = rota.normal(&window.normal)?;
        let (mut closed, mut has_lines) = (vec![false; rota.units.len()], vec![false; rota.units.len()]);
        for unit in &normal.closed {
            closed[ids.units.get(unit)?] = true;
        }
        for line in normal.staffing.iter().filter(|_| normal.example) {
            has_lines[posts[ids.posts.get(&line.post)?].unit] = true;
        }
        let facts = WindowFacts { span: window.span, closed, shut, is_example: normal.example, has_lines };
        (!window.span.is_empty()).then_some(facts)
    });
    facts.collect()
}

fn units_and_posts(rota: &Rota, ids: &Ids) -> Option<(Vec<UnitFacts>, Vec<PostFacts>)> {
    let units = rota.units.iter().map(|unit| {
        let senior_from = match &unit.senior_from {
            None => None,
            Some(tier) => Some(unit.tier_index(tier)?),
        };
        (!unit.tiers.is_empty()).then_some(UnitFacts { posts: Vec::new(), tiers: unit.tiers.len(), senior_from })
    });
    let mut units: Vec<UnitFacts> = units.collect::<Option<_>>()?;
    let mut posts = Vec::with_capacity(rota.posts.len());
    for (at, post) in rota.posts.iter().enumerate() {
        let unit = ids.units.get(&post.unit)?;
        let tier = rota.units[unit].tier_index(&post.tier)?;
        let mut requires: Vec<usize> =
            post.requires.iter().map(|id| ids.competencies.get(id)).collect::<Option<_>>()?;
        requires.sort_unstable();
        units[unit].posts.push(at);
        posts.push(PostFacts { unit, tier, on_call: post.on_call, essential: post.is_essential(), requires });
    }
    Some((units, posts))
}

fn session(session: &Session, ids: &Ids) -> Option<SessionFacts> {
    let team = session.team.iter().map(|id| ids.people.get(id)).collect::<Option<_>>()?;
    (!session.span.is_empty()).then_some(SessionFacts { span: session.span, state: session.state, team })
}
