//! What each change of a proposal says: who, where, when, what it costs, and why somebody gives way.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Assignment, AssignmentId, Availability, DutyKind, PersonId, Rota, Session, SessionId, SessionState, Span, Status,
    words,
};
use crate::planner::{Plan, Reason, SuggestedChange};

use super::super::assign::{initials, post_name};
use super::super::other_specialty::of_another_specialty;
use super::Proposal;
use super::price::counted;
use super::rest_words::short_rest_near;
use crate::checker::{Code, Report};

/// What kind of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Somebody new on a post.
    Added,
    /// Somebody who was proposed already, elsewhere or at another time.
    Moved,
    /// A proposal that only goes.
    Dropped,
    /// A session to be postponed, so that somebody counts who is on a post already.
    Postponed,
    /// A session that runs after all.
    Restored,
}

/// What is said of most changes.
const AVAILABLE: &str = "Available, postpones nothing.";

/// A sentence about a change, and whether it costs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// It says something.
    Plain(String),
    /// It costs something.
    Price(String),
    /// It costs nothing.
    Free(&'static str),
}

impl Note {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Price(text) => text,
            Self::Free(text) => text,
        }
    }
}

/// A change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    pub kind: ItemKind,
    /// When; for showing where it is.
    pub span: Span,
    /// Such as `RS Sethi`, or a session's title.
    pub who: String,
    /// Such as `10:00–12:00, Majors middle grade`.
    pub what: String,
    /// Whoever gives way; shown as `KP → RS`.
    pub instead_of: Vec<String>,
    /// What it costs, and why.
    pub notes: Vec<Note>,
}

impl ItemText {
    /// Whether its person is known to be available, and nothing is postponed.
    pub fn is_free(&self) -> bool {
        self.notes.contains(&Note::Free(AVAILABLE))
    }

    /// All of it as one sentence, for assistive technology.
    pub fn spoken(&self, rota: &Rota) -> String {
        let day = words::day(rota.zone(), self.span.from);
        let instead = match self.instead_of.as_slice() {
            [] => String::new(),
            names => format!(" instead of {}", words::list(names)),
        };
        let notes: Vec<&str> = self.notes.iter().map(Note::text).collect();
        format!("{}{instead}, {day} {}. {}", self.who, self.what, notes.join(" ")).trim().to_owned()
    }
}

/// The words of one change.
pub fn item_text(proposal: &Proposal, item: &SuggestedChange) -> ItemText {
    let speak = Speak {
        rota: proposal.rota(),
        plan: &proposal.plan,
        report: &proposal.preview.report,
        clashing: &proposal.clashing,
        nights: &proposal.nights,
    };
    match item.added.and_then(|at| proposal.plan.assignments.get(at)) {
        Some(new) => speak.added(item, new),
        None => speak.other(item),
    }
}

/// What kind of change it is, without its words.
fn kind_of(proposal: &Proposal, item: &SuggestedChange) -> ItemKind {
    let rota = proposal.rota();
    match item.added.and_then(|at| proposal.plan.assignments.get(at)) {
        Some(new) => {
            let was_theirs = |id| rota.assignment(id).is_some_and(|a| a.person == new.person);
            if item.removed.iter().any(was_theirs) { ItemKind::Moved } else { ItemKind::Added }
        }
        None if item.removed.iter().any(|id| rota.assignment(id).is_some()) => ItemKind::Dropped,
        None if item.postpone.is_empty() => ItemKind::Restored,
        None => ItemKind::Postponed,
    }
}

/// What moves of what is ticked, in one sentence: `2 added, 1 moved, 1 session can go ahead`; then what goes with that.
pub fn moved_text(proposal: &Proposal) -> String {
    let part = proposal.plan.part(&proposal.items, &proposal.ticked);
    let ticked = proposal.items.iter().zip(&proposal.ticked).filter(|(_, ticked)| **ticked);
    let kinds: Vec<ItemKind> = ticked.map(|(item, _)| kind_of(proposal, item)).collect();
    let count = |kind| kinds.iter().filter(|k| **k == kind).count();
    let (moved, dropped, postponed) = (count(ItemKind::Moved), count(ItemKind::Dropped), count(ItemKind::Postponed));
    let sessions = |number: usize| words::count(number as u64, "session");
    let mut parts = Vec::new();
    for (number, what) in [(count(ItemKind::Added), "added"), (moved, "moved"), (dropped, "dropped")] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    if postponed > 0 {
        parts.push(format!("{} to postpone", sessions(postponed)));
    }
    match count(ItemKind::Restored) {
        0 => {}
        restored => parts.push(format!("{} can go ahead", sessions(restored))),
    }
    let mut with = Vec::new();
    let gone = part.removed.len().saturating_sub(moved + dropped);
    if gone > 0 {
        with.push(format!("{} dropped", words::count(gone as u64, "proposal")));
    }
    let for_them = part.postpone.len().saturating_sub(postponed);
    if for_them > 0 {
        with.push(format!("{} to postpone", sessions(for_them)));
    }
    match (parts.is_empty(), with.is_empty()) {
        (true, _) => "Nothing is ticked".to_owned(),
        (false, true) => parts.join(", "),
        (false, false) => format!("{}; for that {}", parts.join(", "), with.join(", ")),
    }
}

/// How many of the ticked changes are of people who are on call at the time.
pub fn on_call_clashes(proposal: &Proposal) -> usize {
    let ticked = proposal.items.iter().zip(&proposal.ticked).filter(|(_, ticked)| **ticked);
    ticked.filter(|(item, _)| item.added.is_some_and(|at| proposal.clashing.get(at) == Some(&true))).count()
}

/// What is not declined of the rota, once all of the plan is accepted.
pub(super) fn with_plan<'a>(rota: &'a Rota, plan: &'a Plan) -> impl Iterator<Item = &'a Assignment> {
    let gone: BTreeSet<&AssignmentId> = plan.removed.iter().collect();
    let stays = rota.assignments.iter().filter(move |a| a.status != Status::Declined && !gone.contains(&a.id));
    stays.chain(&plan.assignments)
}

/// Of each new assignment, whether its person is on call at the time, or the other way about.
pub(super) fn clashing(rota: &Rota, plan: &Plan) -> Vec<bool> {
    let is_on_call = |a: &Assignment| rota.post(&a.post).is_some_and(|post| post.on_call);
    let mut held: BTreeMap<&PersonId, Vec<(&Assignment, bool)>> = BTreeMap::new();
    for a in with_plan(rota, plan) {
        held.entry(&a.person).or_default().push((a, is_on_call(a)));
    }
    let clashes = |new: &Assignment| {
        let is_home = is_on_call(new);
        let duties = rota.person(&new.person).map(|person| person.duties.as_slice()).unwrap_or_default();
        let on_duty =
            |duty: &crate::model::Duty| (duty.kind == DutyKind::OnCall || is_home) && duty.span.overlaps(new.span);
        let others = held.get(&new.person).map(Vec::as_slice).unwrap_or_default();
        let meets = |(a, home): &(&Assignment, bool)| a.id != new.id && a.span.overlaps(new.span) && (*home || is_home);
        duties.iter().any(on_duty) || others.iter().any(meets)
    };
    plan.assignments.iter().map(clashes).collect()
}

struct Speak<'a> {
    rota: &'a Rota,
    plan: &'a Plan,
    report: &'a Report,
    clashing: &'a [bool],
    nights: &'a [Vec<String>],
}

impl<'a> Speak<'a> {
    /// Such as `RS Sethi`.
    fn name(&self, person: &PersonId) -> String {
        let family = self.rota.person(person).map(|p| words::safe(&p.family).into_owned()).unwrap_or_default();
        format!("{} {family}", initials(self.rota, person)).trim().to_owned()
    }

    fn place(&self, a: &Assignment) -> String {
        format!("{}, {}", words::times(self.rota.zone(), a.span), post_name(self.rota, &a.post))
    }

    fn removed(&self, ids: &[AssignmentId]) -> Vec<&'a Assignment> {
        ids.iter().filter_map(|id| self.rota.assignment(id)).collect()
    }

    fn added(&self, item: &SuggestedChange, new: &Assignment) -> ItemText {
        let gone = self.removed(&item.removed);
        let own = |a: &&&Assignment| a.person == new.person;
        let mut notes: Vec<Note> = self.declined(new).into_iter().map(Note::Plain).collect();
        let moved: Vec<&Assignment> = gone.iter().filter(own).copied().collect();
        notes.extend(self.moved(&moved, new).map(Note::Plain));
        let others: Vec<&Assignment> = gone.iter().copied().filter(|a| a.person != new.person).collect();
        notes.extend(others.iter().map(|old| Note::Plain(self.why_gone(old))));
        notes.extend(self.price(item, new));
        notes.extend(self.no_more(new).into_iter().map(Note::Plain));
        let mut instead_of: Vec<String> = Vec::new();
        for name in others.iter().map(|a| self.name(&a.person)) {
            if !instead_of.contains(&name) {
                instead_of.push(name);
            }
        }
        ItemText {
            kind: if gone.iter().any(|a| a.person == new.person) { ItemKind::Moved } else { ItemKind::Added },
            span: new.span,
            who: self.name(&new.person),
            what: self.place(new),
            instead_of,
            notes,
        }
    }

    /// Why the person does not do more of a gap that the new assignment touches: such as `Not 09:00–20:00 too: CD would
    /// have too little rest (next shift 20:00).` Each reason is said once, with all its times.
    fn no_more(&self, new: &Assignment) -> Vec<String> {
        let zone = self.rota.zone();
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for (gap, why) in self.plan.why_no_more(new) {
            let is_tired = why.reasons.iter().any(|reason| matches!(reason, Reason::ShortRest | Reason::Hours));
            // Work of another day stands in the words already.
            let is_told = why.text.ends_with(')');
            let other = (is_tired && !is_told).then(|| self.other_shift(new, gap)).flatten();
            let other = other.map(|other| format!(" ({other})")).unwrap_or_default();
            let (why, times) = (format!("{}{other}", why.text), words::times(zone, gap));
            match all.iter_mut().find(|(said, _)| *said == why) {
                Some((_, all)) if all.contains(&times) => {}
                Some((_, all)) => all.push(times),
                None => all.push((why, vec![times])),
            }
        }
        all.into_iter().map(|(why, times)| format!("Not {} too: {why}.", words::list(&times))).collect()
    }

    /// The next work of the person after a gap that follows a new assignment, or the last before one that it ends.
    fn other_shift(&self, new: &Assignment, gap: Span) -> Option<String> {
        let zone = self.rota.zone();
        let held = with_plan(self.rota, self.plan).filter(|a| a.person == new.person && a.id != new.id);
        let duties = self.rota.person(&new.person).into_iter().flat_map(|person| &person.duties);
        let duties = duties.filter(|duty| duty.kind == DutyKind::Resident).map(|duty| duty.span);
        let work = held.map(|a| a.span).chain(duties);
        if gap.from == new.span.to {
            let next = work.filter(|span| span.from >= gap.from).map(|span| span.from).min()?;
            return Some(format!("next shift {}", words::moment(zone, next)));
        }
        let last = work.filter(|span| span.to <= gap.to).map(|span| span.to).max()?;
        Some(format!("shift before ends {}", words::moment(zone, last)))
    }

    /// What a new assignment costs: sessions, and asking first where nobody knows.
    fn price(&self, item: &SuggestedChange, new: &Assignment) -> Vec<Note> {
        let mut notes: Vec<Note> =
            item.postpone.iter().filter_map(|id| self.rota.session(id)).map(|s| Note::Price(postpones(s))).collect();
        let on_call = self.rota.post(&new.post).is_some_and(|post| post.on_call);
        let already = self.rota.sessions.iter().filter(|s| {
            !on_call && s.state == SessionState::ToPostpone && s.team.contains(&new.person) && s.span.overlaps(new.span)
        });
        notes.extend(already.map(|s| Note::Plain(format!("{} is to be postponed already.", words::safe(&s.title)))));
        if item.added.is_some_and(|at| self.clashing.get(at) == Some(&true)) {
            notes.push(Note::Price("On call from home at the time.".to_owned()));
        }
        let nights = item.added.and_then(|at| self.nights.get(at)).into_iter().flatten();
        notes.extend(nights.map(|text| Note::Price(text.clone())));
        let owed =
            self.report.findings.iter().filter(|finding| {
                matches!(finding.code, Code::Rst1 | Code::Rst4) && finding.assignments.contains(&new.id)
            });
        notes.extend(owed.map(|finding| Note::Price(format!("{}.", finding.message))));
        let before = short_rest_near(self.report, new);
        notes.extend(before.map(|message| Note::Price(format!("Too little rest already: {message}."))));
        let is_known = !self.is_unknown(&new.person, new.span);
        let person = self.rota.person(&new.person);
        let other = person.and_then(|person| of_another_specialty(self.rota, person, &new.post));
        notes.extend(other.map(|other| Note::Price(format!("{}.", words::capital(&other)))));
        match (notes.is_empty(), is_known) {
            (true, true) => notes.push(Note::Free(AVAILABLE)),
            (true, false) => {
                notes.push(Note::Free("Postpones nothing."));
                notes.push(Note::Plain("Availability not known: ask first.".to_owned()));
            }
            (false, false) => notes.push(Note::Plain("Availability not known: ask first.".to_owned())),
            (false, true) => {}
        }
        notes
    }

    fn is_unknown(&self, person: &PersonId, span: Span) -> bool {
        let Some(person) = self.rota.person(person) else { return false };
        !person.times_with(Availability::NotKnown, span).is_empty()
    }

    /// Who declined that post then.
    fn declined(&self, new: &Assignment) -> Option<String> {
        let declined = |a: &&Assignment| {
            a.status == Status::Declined && a.post == new.post && a.span.overlaps(new.span) && a.person != new.person
        };
        let mut names: Vec<String> = Vec::new();
        for name in self.rota.assignments.iter().filter(declined).map(|a| initials(self.rota, &a.person)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| format!("{} declined.", words::list(&names)))
    }

    /// How somebody who was proposed already is proposed now, in one sentence.
    fn moved(&self, old: &[&Assignment], new: &Assignment) -> Option<String> {
        let zone = self.rota.zone();
        match old {
            [] => None,
            [old] if old.post == new.post => Some(format!("Was {}.", words::span(zone, old.span))),
            [old] => {
                let same = old.span == new.span;
                let when = if same { String::new() } else { format!(", {}", words::span(zone, old.span)) };
                Some(format!("Was on {}{when}.", post_name(self.rota, &old.post)))
            }
            several => {
                let mut by_time = several.to_vec();
                by_time.sort_by_key(|old| old.span);
                let each = by_time.into_iter().map(|old| {
                    let post =
                        if old.post == new.post { "this post".to_owned() } else { post_name(self.rota, &old.post) };
                    format!("on {post} {}", words::times_beside(zone, old.span, new.span))
                });
                Some(format!("Was {}.", words::list(&each.collect::<Vec<_>>())))
            }
        }
    }

    /// Why a proposal goes: what stands against the person, where the person goes, or what runs for it.
    fn why_gone(&self, old: &Assignment) -> String {
        let who = initials(self.rota, &old.person);
        let Some(person) = self.rota.person(&old.person) else { return format!("{who} is not on the list.") };
        if !person.times_with(Availability::NotAvailable, old.span).is_empty() {
            return format!("{who} is not available then.");
        }
        if let Some(new) = self.plan.assignments.iter().find(|a| a.person == old.person && a.span.overlaps(old.span)) {
            return format!(
                "{who} goes to {}, {}.",
                post_name(self.rota, &new.post),
                words::times(self.rota.zone(), new.span)
            );
        }
        let runs = self.plan.restore.iter().filter_map(|id| self.rota.session(id));
        let mut runs = runs.filter(|s| s.team.contains(&old.person) && s.span.overlaps(old.span));
        if let Some(session) = runs.next() {
            return format!("{who} is not needed: {} can go ahead.", words::safe(&session.title));
        }
        if self.is_unknown(&old.person, old.span) {
            return format!("{who} is not known to be available.");
        }
        format!("{who} is not needed there then.")
    }

    /// What only goes, is postponed, or runs again.
    fn other(&self, item: &SuggestedChange) -> ItemText {
        let zone = self.rota.zone();
        let nothing = Span::new(crate::model::Instant(0), crate::model::Instant(0));
        let gone = self.removed(&item.removed);
        if let Some(old) = gone.first() {
            return ItemText {
                kind: ItemKind::Dropped,
                span: old.span,
                who: self.name(&old.person),
                what: format!("{}: no longer proposed", self.place(old)),
                instead_of: Vec::new(),
                notes: vec![Note::Plain(self.why_gone(old))],
            };
        }
        let (id, kind) = match (item.postpone.first(), item.restore.first()) {
            (Some(id), _) => (Some(id), ItemKind::Postponed),
            (None, id) => (id, ItemKind::Restored),
        };
        let session = id.and_then(|id: &SessionId| self.rota.session(id));
        let Some(session) = session else {
            return ItemText {
                kind,
                span: nothing,
                who: String::new(),
                what: String::new(),
                instead_of: Vec::new(),
                notes: Vec::new(),
            };
        };
        let (what, note) = if kind == ItemKind::Postponed {
            ("to postpone", Note::Price(format!("{} {}", patients(session), self.frees(session))))
        } else {
            let team: Vec<String> = session.team.iter().map(|person| initials(self.rota, person)).collect();
            let is = if team.len() == 1 { "is" } else { "are" };
            let free = format!("{} {is} available and not needed elsewhere then.", words::list(&team));
            let note = format!("{} {free}", patients(session));
            ("can go ahead", Note::Plain(note))
        };
        ItemText {
            kind,
            span: session.span,
            who: words::safe(&session.title).into_owned(),
            what: format!("{}, {what}", words::times(zone, session.span)),
            instead_of: Vec::new(),
            notes: vec![note],
        }
    }

    /// Who is on a post and counts once the session does not run.
    fn frees(&self, session: &Session) -> String {
        let is_on_post = |a: &&Assignment| {
            a.status != Status::Declined
                && session.team.contains(&a.person)
                && a.span.overlaps(session.span)
                && self.rota.post(&a.post).is_some_and(|post| !post.on_call)
        };
        let on_posts = self.rota.assignments.iter().filter(is_on_post);
        let names: Vec<String> = on_posts
            .map(|a| format!("{} for {}", initials(self.rota, &a.person), post_name(self.rota, &a.post)))
            .collect();
        if names.is_empty() { String::new() } else { format!("Frees {}.", words::list(&names)) }
    }
}

/// Such as `Postpones ED follow-up clinic, 9 appointments.`
fn postpones(session: &Session) -> String {
    let protected = if session.protected { ", protected" } else { "" };
    format!("Postpones {}{protected}, {}", words::safe(&session.title), patients(session))
}

/// Such as `9 appointments.`
fn patients(session: &Session) -> String {
    let parts: Vec<String> = [(session.operations(), "operation"), (session.appointments, "appointment")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| counted(i64::from(number), noun))
        .collect();
    if parts.is_empty() { "nobody booked.".to_owned() } else { format!("{}.", parts.join(" and ")) }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{assignment, rota, span};
    use super::*;
    use crate::planner::{NoDeadline, Scope, plan};

    fn speak<'a>(rota: &'a Rota, plan: &'a Plan, report: &'a Report) -> Speak<'a> {
        Speak { rota, plan, report, clashing: &[], nights: &[] }
    }

    #[test]
    fn why_somebody_does_no_more_is_said_once_with_all_its_times() {
        let rota = crate::checker::testing::rota(
            "unit A&E: Middle grade; handover 09:00; handover 20:00
post Majors: A&E Middle grade
window 07:00-07:00
normal Majors: 1 07:00-20:00
person CD: A&E up to Middle grade; not available 07:00-09:00; not available 12:00-20:00
",
        );
        let mut plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let again = plan.gaps[0].clone();
        plan.gaps.push(again);
        let report = crate::checker::check(&rota);
        let told = speak(&rota, &plan, &report).no_more(&plan.assignments[0]);
        assert_eq!(told, ["Not 07:00–09:00 and 12:00–20:00 too: CD is not available."]);
    }

    #[test]
    fn where_somebody_was_before_is_one_sentence() {
        let rota = rota();
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let report = crate::checker::check(&rota);
        let held = |post: &str, from: &str, to: &str| {
            assignment("a1", post, "kp", span(from, to), crate::model::Status::Proposed)
        };
        let new = held("mg", "08:00", "17:00");
        let (cons, same) = (held("cons", "08:00", "13:00"), held("mg", "13:00", "17:00"));
        let told = |old: &[&Assignment]| speak(&rota, &plan, &report).moved(old, &new);
        let both = "Was on Consultant 08:00–13:00 and on this post 13:00–17:00.";
        assert_eq!(told(&[&same, &cons]).as_deref(), Some(both));
        assert_eq!(told(&[&cons]).as_deref(), Some("Was on Consultant, 08:00–13:00 Tue 26-Apr-2016."));
        assert_eq!(told(&[&same]).as_deref(), Some("Was 13:00–17:00 Tue 26-Apr-2016."));
        assert_eq!(told(&[]), None);
    }
}
