//! What an edit touched: whose facts change, and which rules have to look again.

use super::context::{Facts, PersonIx, SessionIx};
use super::lookup::letters_number;
use super::person::{Part, PersonFacts};
use super::records::{Held, Slot};
use super::scope::Scope;
use super::spans;
use crate::model::{Assignment, AssignmentId, Change, ListChange, Person, Rota, Span};

/// An edit of more assignments than this is checked as a whole: it is no slower.
const ASSIGNMENTS_MAX: usize = 400;

/// HND-1 looks this far over the edge of a window.
const BEYOND_MINUTES: i64 = 15;

/// The records that an edit touched.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Sorted.
    assignments: Vec<AssignmentId>,
    people: Vec<PersonIx>,
    sessions: Vec<SessionIx>,
}

/// One person whose facts change.
struct Before {
    person: PersonIx,
    facts: PersonFacts,
    /// All that was work under one judgement or the other.
    busy: Vec<Span>,
    /// When something of the person's changes.
    times: Vec<Span>,
    /// The record changed, so that anything of the person's may.
    is_replaced: bool,
}

impl Touched {
    /// What changed, if it is only assignments, sessions and people who are still called the same; else everything is
    /// to be checked.
    pub(super) fn by(changes: &[Change], rota: &Rota, facts: &Facts) -> Option<Self> {
        let mut touched = Self::default();
        let is_known = facts.people.len() == rota.people.len()
            && facts.sessions.len() == rota.sessions.len()
            && facts.slots.len() <= 2 * rota.assignments.len() + 1_000;
        for change in changes {
            match change {
                Change::Assignments(change) => touched.assignments.push(assignment_id(change).clone()),
                Change::People(ListChange::Replace(before)) => {
                    let at = facts.person_ix(&before.id)?;
                    let is_called_the_same = name(before) == name(rota.people.get(at)?);
                    touched.people.push(Some(at).filter(|_| is_called_the_same)?);
                }
                Change::Sessions(ListChange::Replace(before)) => touched.sessions.push(facts.session_ix(&before.id)?),
                Change::Accepted(_) | Change::SignOffs(_) | Change::Issued(_) | Change::Log(_) => {}
                Change::Properties(before) if before.zone == rota.zone() => {}
                _ => return None,
            }
        }
        touched.assignments.sort_unstable();
        touched.assignments.dedup();
        (is_known && touched.assignments.len() <= ASSIGNMENTS_MAX).then_some(touched)
    }

    /// Whether elective work changed.
    pub(super) fn has_sessions(&self) -> bool {
        !self.sessions.is_empty()
    }

    /// Brings the facts up to date and gives what has to be looked at again; nothing if the rota is unsound.
    pub(super) fn apply(self, rota: &Rota, facts: &mut Facts) -> Option<Vec<Scope>> {
        let mut places = self.places(facts);
        let mut held: Vec<(PersonIx, Held)> = Vec::new();
        for assignment in self.records(rota, &places) {
            let known = places.iter().copied().find(|at| facts.slots[*at].id == assignment.id);
            let place = known.unwrap_or(facts.slots.len());
            let (person, now) = facts.held(place, assignment)?;
            held.push((person, now));
            if known.is_none() {
                facts.slots.push(Slot::new(&assignment.id, person));
                places.push(place);
            }
        }
        let mut before = self.before(rota, facts, &held, &places)?;
        for (person, now) in &held {
            facts.slots[now.at].person = *person;
        }
        for session in &self.sessions {
            facts.sessions[*session] = facts.session(rota.sessions.get(*session)?)?;
        }
        let mut scopes = Vec::new();
        for one in &mut before {
            facts.unname(one.person);
            self.renew(one, rota, facts, (&held, &places))?;
            facts.name_in_order(one.person);
            scopes.extend(scopes_of(one, facts));
        }
        scopes.extend(facts.namesakes.iter().enumerate().filter_map(|(at, group)| {
            let is_touched = before.iter().any(|one| group.binary_search(&one.person).is_ok());
            is_touched.then_some(Scope::Namesakes(at))
        }));
        if self.has_sessions() {
            scopes.push(Scope::Rota);
        }
        scopes.sort_unstable();
        scopes.dedup();
        Some(scopes)
    }

    /// Where the assignments that were known before stand, in order.
    fn places(&self, facts: &Facts) -> Vec<usize> {
        let mut numbers: Vec<u64> = self.assignments.iter().map(|id| letters_number(id.as_str())).collect();
        numbers.sort_unstable();
        let (Some(least), Some(most)) = (numbers.first(), numbers.last()) else { return Vec::new() };
        let is_touched = |slot: &Slot| {
            (least..=most).contains(&&slot.number)
                && numbers.binary_search(&slot.number).is_ok()
                && self.assignments.binary_search(&slot.id).is_ok()
        };
        facts.slots.iter().enumerate().filter(|(_, slot)| is_touched(slot)).map(|(at, _)| at).collect()
    }

    /// The assignments as they are now, those that are still there.
    fn records<'a>(&self, rota: &'a Rota, places: &[usize]) -> Vec<&'a Assignment> {
        let is_touched = |assignment: &&Assignment| self.assignments.binary_search(&assignment.id).is_ok();
        // While none comes or goes each stands in the rota where it was found.
        let in_place: Vec<&Assignment> =
            places.iter().filter_map(|at| rota.assignments.get(*at)).filter(is_touched).collect();
        if in_place.len() == self.assignments.len() {
            return in_place;
        }
        rota.assignments.iter().filter(is_touched).collect()
    }

    /// Everybody whose facts change, as they were, with the times at which something did or will.
    fn before(&self, rota: &Rota, facts: &Facts, held: &[(PersonIx, Held)], places: &[usize]) -> Option<Vec<Before>> {
        let mut times: Vec<(PersonIx, Span)> = held.iter().map(|(person, held)| (*person, held.span)).collect();
        for place in places {
            let person = facts.slots[*place].person;
            let all = facts.people[person].assignments.iter().chain(&facts.people[person].declined);
            times.extend(all.filter(|held| held.at == *place).map(|held| (person, held.span)));
        }
        for session in &self.sessions {
            let (was, is) = (&facts.sessions[*session], facts.session(rota.sessions.get(*session)?)?);
            times.extend(was.team.iter().map(|person| (*person, was.span)));
            times.extend(is.team.iter().map(|person| (*person, is.span)));
        }
        let mut people: Vec<PersonIx> = times.iter().map(|(person, _)| *person).chain(self.people.clone()).collect();
        people.sort_unstable();
        people.dedup();
        times.sort_unstable();
        let times_of = |person: PersonIx| {
            let from = times.partition_point(|(other, _)| *other < person);
            times[from..].iter().take_while(move |(other, _)| *other == person).map(|(_, span)| *span)
        };
        let before = people.into_iter().map(|person| Before {
            person,
            facts: facts.people[person].clone(),
            busy: facts.people[person].busy(&facts.posts, &facts.sessions),
            times: times_of(person).collect(),
            is_replaced: self.people.contains(&person),
        });
        Some(before.collect())
    }

    /// The person's facts as they are now.
    fn renew(
        &self,
        one: &Before,
        rota: &Rota,
        facts: &mut Facts,
        (held, places): (&[(PersonIx, Held)], &[usize]),
    ) -> Option<()> {
        let record = rota.people.get(one.person).filter(|_| one.is_replaced);
        let mut now = match record {
            Some(record) => facts.person(record, rota)?,
            None => one.facts.clone(),
        };
        (now.assignments, now.declined) = (Vec::new(), Vec::new());
        let kept = one.facts.assignments.iter().chain(&one.facts.declined);
        let kept = kept.filter(|held| places.binary_search(&held.at).is_err());
        let new = held.iter().filter(|(person, _)| *person == one.person).map(|(_, held)| held);
        for held in kept.chain(new) {
            now.hold(*held);
        }
        now.sessions = one.facts.sessions.iter().copied().filter(|at| !self.sessions.contains(at)).collect();
        for session in &self.sessions {
            if facts.sessions[*session].team.contains(&one.person) && !now.sessions.contains(session) {
                now.sessions.push(*session);
            }
        }
        now.settle(&facts.posts, &facts.sessions, &facts.slots, facts.clock(rota));
        facts.people[one.person] = now;
        Some(())
    }
}

/// What has to be looked at again because of one person.
fn scopes_of(one: &Before, facts: &Facts) -> Vec<Scope> {
    let (was, is) = (&one.facts, &facts.people[one.person]);
    let mut scopes = vec![Scope::Person(one.person)];
    let mut parts: Vec<_> = was.parts.iter().chain(&is.parts).collect();
    let mut changed = one.times.clone();
    let sorted = |facts: &PersonFacts| {
        let mut parts = facts.parts.clone();
        parts.sort_unstable();
        parts
    };
    let (parts_were, parts_are) = (sorted(was), sorted(is));
    let only = |these: &[Part], those: &[Part]| -> Vec<Span> {
        these.iter().filter(|part| those.binary_search(part).is_err()).map(|part| part.span).collect()
    };
    changed.extend(only(&parts_were, &parts_are));
    changed.extend(only(&parts_are, &parts_were));
    if one.is_replaced {
        changed.extend(parts.iter().map(|part| part.span));
    }
    // BRK-1 looks at whole spells, HND-1 a little over the edge.
    let busy = one.busy.iter().copied().chain(is.busy(&facts.posts, &facts.sessions));
    let changed_times = spans::union(changed.clone());
    // What only touches a spell belongs to it.
    let is_touched = |spell: &Span| {
        let around = Span::new(spell.from.plus(-1), spell.to.plus(1));
        spans::within(&changed_times, around).next().is_some()
    };
    let spells: Vec<Span> = busy.filter(is_touched).collect();
    changed.extend(spells);
    let widened = changed.iter().map(|span| Span::new(span.from.plus(-BEYOND_MINUTES), span.to.plus(BEYOND_MINUTES)));
    let changed = spans::union(widened.collect());
    parts.sort_unstable_by_key(|part| (part.span, part.post));
    for (window, of_window) in facts.windows.iter().enumerate() {
        if spans::within(&changed, of_window.span).next().is_none() {
            continue;
        }
        scopes.push(Scope::Window(window));
        for part in parts.iter().filter(|part| part.span.overlaps(of_window.span)) {
            scopes.push(Scope::Unit(window * facts.units.len() + facts.posts[part.post].unit));
        }
    }
    scopes
}

fn assignment_id(change: &ListChange<crate::model::Assignment>) -> &AssignmentId {
    match change {
        ListChange::Insert(_, record) | ListChange::Replace(record) => &record.id,
        ListChange::Remove(id) | ListChange::Move(id, _) => id,
    }
}

/// What messages call somebody, and what tells people apart.
fn name(person: &Person) -> [&str; 4] {
    [&person.initials, &person.family, &person.given, &person.phone]
}
