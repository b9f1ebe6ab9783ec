//! Moving sessions on and back: running, to postpone, postponed.

use crate::model::{
    Assignment, Change, Command, PersonId, PostId, Rota, Session, SessionId, SessionState, Span, words,
};

use super::assign::{initials, joined, post_name};
use super::dialogs::PostponeDraft;
use super::env::Env;
use super::log::log_changes;
use super::sessions_back::no_longer_count;

/// The state that comes next, or before.
pub(super) fn next_state(state: SessionState, on: bool) -> Option<SessionState> {
    use SessionState::{Postponed, Running, ToPostpone};
    match (state, on) {
        (Running, true) | (Postponed, false) => Some(ToPostpone),
        (ToPostpone, true) => Some(Postponed),
        (ToPostpone, false) => Some(Running),
        (Postponed, true) | (Running, false) => None,
    }
}

/// Of a mixed selection, those that move, and to what: on, the least advanced; back, the most.
pub(super) fn step(rota: &Rota, ids: &[SessionId], on: bool) -> Option<(Vec<SessionId>, SessionState)> {
    let all: Vec<&Session> = ids.iter().filter_map(|id| rota.session(id)).collect();
    let from = all.iter().map(|s| s.state);
    let from = if on { from.min() } else { from.max() }?;
    let to = next_state(from, on)?;
    Some((all.iter().filter(|s| s.state == from).map(|s| s.id.clone()).collect(), to))
}

/// What has to be asked before sessions become `to`: none where nothing has.
pub(super) fn question(
    rota: &Rota,
    ids: &[SessionId],
    to: SessionState,
    propose: Option<(PersonId, PostId, Span)>,
) -> Option<PostponeDraft> {
    let all = || ids.iter().filter_map(|id| rota.session(id));
    let sessions: Vec<&Session> = all().filter(|s| s.state < to).collect();
    let asks_reason = sessions.iter().any(|s| s.protected && s.state == SessionState::Running);
    let back = going_back(rota, &all().filter(|s| s.state > to).collect::<Vec<_>>(), to);
    let is_back = sessions.is_empty() || !asks_reason && to != SessionState::Postponed;
    let (title, main, lines) = if is_back { back? } else { going_on(&sessions, to, back) };
    Some(PostponeDraft {
        sessions: ids.to_vec(),
        to,
        title,
        main,
        lines,
        is_back,
        asks_reason,
        reason: String::new(),
        propose,
    })
}

/// Title, button and lines of a question.
type Asked = (String, &'static str, Vec<String>);

/// The question before sessions are postponed, or marked for it, and others, if any, go back.
fn going_on(sessions: &[&Session], to: SessionState, back: Option<Asked>) -> Asked {
    let mut lines: Vec<String> = sessions.iter().map(|s| patients(s)).collect();
    let (title, main) = match to {
        SessionState::Postponed => (format!("Postpone {}?", called(sessions)), "Postpone"),
        _ => (format!("Mark {} for postponement?", called(sessions)), "Mark for postponement"),
    };
    if to == SessionState::Postponed {
        lines.push(format!("{} will be told.", words::count(patients_of(sessions), "patient")));
    }
    lines.extend(back.into_iter().flat_map(|(.., lines)| lines));
    (title, main, lines)
}

/// The question before sessions that are postponed, or are to be, go back towards running: none
/// where no patients have been told and everybody counts as before.
fn going_back(rota: &Rota, sessions: &[&Session], to: SessionState) -> Option<Asked> {
    let ids: Vec<SessionId> = sessions.iter().map(|session| session.id.clone()).collect();
    let told: Vec<&Session> = sessions.iter().copied().filter(|s| s.state == SessionState::Postponed).collect();
    let lost = if ids.is_empty() { Vec::new() } else { no_longer_count(rota, &ids, to) };
    if told.is_empty() && lost.is_empty() {
        return None;
    }
    let what = called(sessions);
    let (title, main) = match to {
        SessionState::Running if told.is_empty() => (format!("Keep {what} running?"), "Keep running"),
        SessionState::Running => (format!("Reinstate {what}?"), "Reinstate"),
        _ => (format!("Mark {what} as still to be postponed?"), "Mark as to postpone"),
    };
    let mut lines: Vec<String> = sessions.iter().map(|session| patients(session)).collect();
    if patients_of(&told) > 0 {
        let patients = words::count(patients_of(&told), "patient");
        lines.push(format!("{patients} may have been told of the postponement."));
    }
    lines.extend(lost);
    Some((title, main, lines))
}

fn called(sessions: &[&Session]) -> String {
    match sessions {
        [one] => words::safe(&one.title).into_owned(),
        many => words::count(many.len() as u64, "session"),
    }
}

fn patients_of(sessions: &[&Session]) -> u64 {
    sessions.iter().map(|s| u64::from(s.appointments) + u64::from(s.operations())).sum()
}

/// Such as `Fracture clinic, 14 appointments, protected`.
fn patients(session: &Session) -> String {
    let mut parts = vec![words::safe(&session.title).into_owned()];
    if session.appointments > 0 {
        parts.push(words::count(session.appointments, "appointment"));
    }
    if session.operations() > 0 {
        parts.push(words::count(session.operations(), "operation"));
    }
    if session.protected {
        parts.push("protected".to_owned());
    }
    parts.join(", ")
}

/// Sets the state of sessions, and proposes somebody for a gap in the same step. None where that changes nothing.
pub(super) fn set_state(
    rota: &Rota,
    ids: &[SessionId],
    to: SessionState,
    reason: &str,
    propose: Option<&(PersonId, PostId, Span)>,
    env: &mut Env<'_>,
) -> Option<Command> {
    let sessions: Vec<&Session> = ids.iter().filter_map(|id| rota.session(id)).filter(|s| s.state != to).collect();
    let mut changes: Vec<Change> =
        sessions.iter().map(|s| Change::replace(Session { state: to, ..(*s).clone() })).collect();
    let mut label = match sessions.as_slice() {
        [one] => format!("{} {}", words::safe(&one.title), to.words()),
        all => format!("{} {}", words::count(all.len() as u64, "session"), to.words()),
    };
    if let Some((person, post, span)) = propose {
        label = format!("{label}, propose {} for {}", initials(rota, person), post_name(rota, post));
        changes.push(Change::add(proposed(person, post, *span, env)));
    }
    if changes.is_empty() {
        return None;
    }
    let reason = reason.trim();
    let entry = |s: &&Session| {
        let why = if reason.is_empty() { String::new() } else { format!(": {reason}") };
        let protected = if s.protected { ", protected" } else { "" };
        let when = words::span(rota.zone(), s.span);
        format!("{}{protected}, {when}, {}{why}", s.title, to.words())
    };
    if !sessions.is_empty() {
        changes.push(log_changes(rota, env, sessions.iter().map(entry)));
    }
    Some(Command::edit(label, joined(rota, changes)))
}

/// Locks all of them, or unlocks them if all are locked.
pub(super) fn toggle_lock(rota: &Rota, ids: &[SessionId]) -> Option<Command> {
    let all: Vec<&Session> = ids.iter().filter_map(|id| rota.session(id)).collect();
    let locked = all.iter().any(|s| !s.locked);
    let others = all.iter().filter(|s| s.locked != locked);
    let changes: Vec<Change> = others.map(|s| Change::replace(Session { locked, ..(*s).clone() })).collect();
    let verb = if locked { "lock" } else { "unlock" };
    let label = format!("{verb} {}", words::count(changes.len() as u64, "session"));
    (!changes.is_empty()).then(|| Command::edit(label, changes))
}

/// A new assignment, Proposed as every new one is.
pub(super) fn proposed(person: &PersonId, post: &PostId, span: Span, env: &mut Env<'_>) -> Assignment {
    Assignment::new(env.assignment_id(), post.clone(), person.clone(), span)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{able, person_id, post_id, rota, span, with, with_day};
    use super::super::testing::env;
    use super::*;
    use crate::model::{History, SessionKind, Status};
    use SessionState::{Postponed, Running, ToPostpone};

    fn session(id: &str, state: SessionState, protected: bool) -> Session {
        Session {
            team: vec![person_id("an")],
            appointments: 14,
            protected,
            state,
            ..Session::new(
                SessionId::new(id).unwrap(),
                SessionKind::Clinic,
                format!("Clinic {id}"),
                span("09:00", "12:00"),
            )
        }
    }

    fn start() -> Rota {
        let sessions =
            vec![session("s1", Running, false), session("s2", ToPostpone, false), session("s3", Running, true)];
        Rota { sessions, ..rota() }
    }

    fn ids(names: &[&str]) -> Vec<SessionId> {
        names.iter().map(|name| SessionId::new(name).unwrap()).collect()
    }

    #[test]
    fn the_least_advanced_go_on_and_the_most_advanced_back() {
        assert_eq!(step(&start(), &ids(&["s1", "s2"]), true), Some((ids(&["s1"]), ToPostpone)));
        assert_eq!(step(&start(), &ids(&["s1", "s2"]), false), Some((ids(&["s2"]), Running)));
        assert_eq!(step(&start(), &ids(&["s2"]), true), Some((ids(&["s2"]), Postponed)));
        assert_eq!(step(&start(), &ids(&["s1"]), false), None);
    }

    #[test]
    fn postponed_asks_once_and_protected_asks_why() {
        assert_eq!(question(&start(), &ids(&["s1"]), ToPostpone, None), None);
        let asked = question(&start(), &ids(&["s2"]), Postponed, None).unwrap();
        assert_eq!(asked.lines, ["Clinic s2, 14 appointments", "14 patients will be told."]);
        assert!(!asked.asks_reason);
        let protected = question(&start(), &ids(&["s3"]), ToPostpone, None).unwrap();
        assert!(protected.asks_reason);
        assert_eq!(protected.lines, ["Clinic s3, 14 appointments, protected"]);
        assert_eq!(question(&start(), &ids(&["s2"]), Running, None), None, "nobody was told, and nobody hangs on it");
    }

    #[test]
    fn what_was_postponed_asks_before_it_goes_ahead_and_says_who_would_no_longer_count() {
        let covered = Rota { people: able().people, ..start() };
        let mut rota = with(covered, "a1", "mg", "an", "08:00", "17:00", Status::Agreed);
        rota.sessions[1].state = Postponed;
        let asked = question(&rota, &ids(&["s2"]), Running, None).unwrap();
        assert_eq!((asked.title.as_str(), asked.main, asked.is_back), ("Reinstate Clinic s2?", "Reinstate", true));
        assert_eq!(
            asked.lines[..2],
            ["Clinic s2, 14 appointments", "14 patients may have been told of the postponement."]
        );
        assert_eq!(asked.lines.len(), 2, "AN is in two other clinics that run: {:?}", asked.lines);
        rota.sessions.retain(|session| session.id.as_str() == "s2");
        let lines = |rota: &Rota, to| question(rota, &ids(&["s2"]), to, None).unwrap().lines;
        assert_eq!(lines(&rota, Running)[2..], ["AN, agreed, would no longer count: A&E SHORT 19 h"]);
        assert_eq!(lines(&rota, ToPostpone)[2..], ["AN, agreed, would no longer count: A&E SHORT 16 h, 3 h WAITING"]);
        let two_days = with_day(rota.clone(), span("2016-04-27T08:00", "2016-04-27T17:00"));
        let of_day = "AN, agreed, would no longer count: A&E on Tue 26-Apr: SHORT 19 h";
        assert_eq!(lines(&two_days, Running)[2..], [of_day]);
        rota.sessions[0].state = ToPostpone;
        let asked = question(&rota, &ids(&["s2"]), Running, None).unwrap();
        assert_eq!(asked.title, "Keep Clinic s2 running?");
        assert_eq!(asked.lines[1..], ["AN, not agreed yet, would not count: A&E SHORT 19 h"]);
    }

    #[test]
    fn to_postpone_and_propose_is_one_step() {
        let mut history = History::new(start());
        let propose = (person_id("an"), post_id("mg"), span("09:00", "12:00"));
        let command = env(|env| set_state(history.rota(), &ids(&["s1"]), ToPostpone, "", Some(&propose), env)).unwrap();
        assert_eq!(command.label, "Clinic s1 to postpone, propose AN for Middle grade");
        history.run(command).unwrap();
        assert_eq!(history.rota().sessions[0].state, ToPostpone);
        assert_eq!(history.rota().assignments[0].status, Status::Proposed);
        assert_eq!(history.rota().log[0].text, "Clinic s1, 09:00–12:00 Tue 26-Apr-2016, to postpone");
        history.undo();
        assert_eq!(*history.rota(), start());
    }
}
