//! The status action: who was asked, agreed or declined. The only place where that is said; each is one undo step
//! and stands in the log.

use crate::model::{Assignment, AssignmentId, Change, Command, Instant, LogEntry, Person, Rota, Span, Status, words};

use super::assign::{cut, initials, joined, names, post_name, sentence};
use super::env::Env;
use super::log::log_changes;
use super::people_ops::with_availability;
use super::refused::Refused;

/// So many entries go into the log one by one; more are told in one.
const LOGGED_SINGLY_MAX: usize = 20;

fn found<'a>(rota: &'a Rota, ids: &[AssignmentId]) -> Vec<&'a Assignment> {
    ids.iter().filter_map(|id| rota.assignment(id)).collect()
}

/// Sets the status of all of them. None where that changes nothing.
pub(super) fn set_status(rota: &Rota, ids: &[AssignmentId], to: Status, env: &Env<'_>) -> Option<Command> {
    let moving: Vec<&Assignment> = found(rota, ids).into_iter().filter(|a| a.status != to).collect();
    let changes: Vec<Change> =
        moving.iter().map(|a| Change::replace(Assignment { status: to, ..(*a).clone() })).collect();
    if changes.is_empty() {
        return None;
    }
    let mut changes = joined(rota, changes);
    changes.push(log_changes(rota, env, entries(rota, &moving, to.words())));
    Some(Command::status(label(rota, &moving, to.words()), changes))
}

/// Proposed becomes Asked, Asked becomes Agreed: of a mixed selection only the least advanced move. Gives which, and
/// what they become.
///
/// # Errors
/// Why there is nothing to move on.
pub(super) fn next(rota: &Rota, ids: &[AssignmentId]) -> Result<(Vec<AssignmentId>, Status), Refused> {
    let all = found(rota, ids);
    let least = all.iter().map(|a| a.status).filter(|s| *s != Status::Declined).min();
    let next = match least {
        Some(Status::Proposed) => Status::Asked,
        Some(Status::Asked) => Status::Agreed,
        Some(_) => return Err(Refused::AlreadyAgreed),
        None if all.is_empty() => return Err(Refused::NobodyThere),
        None => return Err(Refused::Declined),
    };
    Ok((all.iter().filter(|a| Some(a.status) == least).map(|a| a.id.clone()).collect(), next))
}

/// "All work at this time": the person is not available at that time, and is taken off what was asked.
pub(super) fn not_free_then(rota: &Rota, pieces: &[(AssignmentId, Span)], env: &mut Env<'_>) -> Option<Command> {
    let held: Vec<(&Assignment, Span)> =
        pieces.iter().filter_map(|(id, span)| Some((rota.assignment(id)?, *span))).collect();
    let mut changes = Vec::new();
    let mut people: Vec<Person> = Vec::new();
    for (assignment, span) in &held {
        changes.extend(cut(assignment, *span, env));
        let at = people.iter().position(|p| p.id == assignment.person).or_else(|| {
            people.push(rota.person(&assignment.person)?.clone());
            Some(people.len() - 1)
        })?;
        people[at] = with_availability(&people[at], *span, crate::model::Availability::NotAvailable);
    }
    changes.extend(people.into_iter().map(Change::replace));
    if changes.is_empty() {
        return None;
    }
    let all: Vec<&Assignment> = held.iter().map(|(a, _)| *a).collect();
    changes.push(log_changes(rota, env, entries(rota, &all, "unavailable at this time")));
    Some(Command::status(label(rota, &all, "unavailable at this time"), changes))
}

/// Locks all of them, or unlocks them if all are locked.
pub(super) fn toggle_lock(rota: &Rota, ids: &[AssignmentId]) -> Option<Command> {
    let all = found(rota, ids);
    let locked = all.iter().any(|a| !a.locked);
    let changes: Vec<Change> = all
        .iter()
        .filter(|a| a.locked != locked)
        .map(|a| Change::replace(Assignment { locked, ..(*a).clone() }))
        .collect();
    let verb = if locked { "lock" } else { "unlock" };
    let label = format!("{verb} {}", who(rota, &all));
    (!changes.is_empty()).then(|| Command::edit(label, changes))
}

/// Such as "KP agreed, Majors SHO, 08:00–17:00 Tue 26-Apr" or "KP and RS agreed, Tue 26-Apr". The day stands there where
/// the rota has more than one.
fn label(rota: &Rota, all: &[&Assignment], what: &str) -> String {
    match all {
        [one] => {
            let (who, post) = (initials(rota, &one.person), post_name(rota, &one.post));
            format!("{who} {what}, {post}, {}", when(rota, one.span))
        }
        [one, ..] if all.iter().all(|a| a.span == one.span) => {
            format!("{} {what}, {}", who(rota, all), when(rota, one.span))
        }
        _ if has_days(rota) => format!("{} {what}, {}", who(rota, all), days(rota, all)),
        _ => format!("{} {what}", who(rota, all)),
    }
}

fn has_days(rota: &Rota) -> bool {
    rota.windows.len() > 1
}

/// The times, with the day where the rota has more than one.
pub(super) fn when(rota: &Rota, span: Span) -> String {
    if has_days(rota) { words::span_in_days(rota.zone(), span) } else { words::times(rota.zone(), span) }
}

/// The days on which these begin, such as `Tue 26-Apr and Wed 27-Apr`.
fn days(rota: &Rota, all: &[&Assignment]) -> String {
    let mut starts: Vec<Instant> = all.iter().map(|a| a.span.from).collect();
    starts.sort_unstable();
    let mut days: Vec<String> = starts.into_iter().map(|at| words::day(rota.zone(), at)).collect();
    days.dedup();
    words::list(&days)
}

fn who(rota: &Rota, all: &[&Assignment]) -> String {
    names(rota, all.iter().map(|a| &a.person))
}

fn entries(rota: &Rota, all: &[&Assignment], what: &str) -> Vec<String> {
    if all.len() > LOGGED_SINGLY_MAX {
        return vec![format!("{} {what}", words::count(all.len() as u64, "shift"))];
    }
    all.iter().map(|a| entry(rota, a, what)).collect()
}

fn entry(rota: &Rota, assignment: &Assignment, what: &str) -> String {
    format!("{}: {what}", sentence(rota, assignment))
}

/// Who said last that somebody was asked, agreed or declined, and when: if the log has it of the block as it is now.
pub fn who_said<'a>(rota: &'a Rota, assignment: &Assignment) -> Option<&'a LogEntry> {
    let text = entry(rota, assignment, assignment.status.words());
    let said = rota.log.iter().rev().find(|entry| entry.text == text);
    said.filter(|_| assignment.status != Status::Proposed)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{assignment_id, rota, span, with};
    use super::super::testing::env;
    use super::*;
    use crate::model::{Availability, History};

    fn start() -> Rota {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Proposed);
        let rota = with(rota, "a2", "mg", "rs", "08:00", "13:00", Status::Asked);
        with(rota, "a3", "cons", "hg", "08:00", "17:00", Status::Agreed)
    }

    fn ids() -> Vec<AssignmentId> {
        ["a1", "a2", "a3"].map(assignment_id).to_vec()
    }

    fn move_on(rota: &Rota, ids: &[AssignmentId], env: &Env<'_>) -> Result<Command, Refused> {
        let (moving, to) = next(rota, ids)?;
        set_status(rota, &moving, to, env).ok_or(Refused::NobodyThere)
    }

    fn statuses(rota: &Rota) -> Vec<Status> {
        rota.assignments.iter().map(|a| a.status).collect()
    }

    #[test]
    fn of_a_mixed_selection_the_least_advanced_moves_on() {
        use Status::{Agreed, Asked};
        let mut history = History::new(start());
        let press = |history: &mut History| {
            let command = env(|env| move_on(history.rota(), &ids(), env))?;
            let label = command.label.clone();
            history.run(command).unwrap();
            Ok::<_, Refused>(label)
        };
        assert_eq!(press(&mut history).as_deref(), Ok("KP asked, Middle grade, 08:00–13:00"));
        assert_eq!(statuses(history.rota()), [Asked, Asked, Agreed]);
        assert_eq!(press(&mut history).as_deref(), Ok("KP and RS agreed, 08:00–13:00"));
        assert_eq!(statuses(history.rota()), [Agreed, Agreed, Agreed]);
        assert_eq!(press(&mut history).unwrap_err().to_string(), "Already agreed");
        let log: Vec<&str> = history.rota().log.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(
            log,
            [
                "KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016: asked",
                "KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016: agreed",
                "RS, Middle grade, 08:00–13:00 Tue 26-Apr-2016: agreed",
            ]
        );
        history.undo();
        history.undo();
        assert_eq!(*history.rota(), start());
    }

    #[test]
    fn on_a_rota_of_several_days_the_day_is_said() {
        let mut rota = start();
        let first = rota.windows[0].clone();
        let next_day = |span: Span| Span::new(span.from.plus(24 * 60), span.to.plus(24 * 60));
        let id = crate::model::WindowId::new("second").unwrap();
        rota.windows.push(crate::model::Window { id, span: next_day(first.span), ..first });
        rota.assignments[1].span = next_day(rota.assignments[1].span);
        let to = |ids: &[AssignmentId]| env(|env| set_status(&rota, ids, Status::Declined, env)).unwrap().label;
        assert_eq!(to(&ids()[..1]), "KP declined, Middle grade, 08:00–13:00 Tue 26-Apr");
        assert_eq!(to(&ids()[..2]), "KP and RS declined, Tue 26-Apr and Wed 27-Apr");
        rota.assignments[0].span = rota.assignments[1].span;
        let to = |ids: &[AssignmentId]| env(|env| set_status(&rota, ids, Status::Declined, env)).unwrap().label;
        assert_eq!(to(&ids()[..2]), "KP and RS declined, 08:00–13:00 Wed 27-Apr");
    }

    #[test]
    fn who_asked_is_known_while_the_block_is_as_it_was() {
        let mut history = History::new(start());
        let said = |rota: &Rota, at: usize| who_said(rota, &rota.assignments[at]).map(|entry| entry.by.clone());
        assert_eq!(said(history.rota(), 1), None, "asked before the log began");
        let command = env(|env| move_on(history.rota(), &ids()[..1], env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(said(history.rota(), 0).as_deref(), Some("j.harris"));
        let mut changed = history.rota().clone();
        changed.assignments[0].span = span("08:00", "12:00");
        assert_eq!(said(&changed, 0), None, "nobody was asked for just that");
        changed.assignments[0] = Assignment { status: Status::Proposed, ..history.rota().assignments[0].clone() };
        assert_eq!(said(&changed, 0), None);
    }

    #[test]
    fn not_free_then_is_not_available_and_released() {
        let mut history = History::new(start());
        let command = env(|env| not_free_then(history.rota(), &[(assignment_id("a3"), span("13:00", "17:00"))], env));
        history.run(command.unwrap()).unwrap();
        let rota = history.rota();
        assert_eq!(rota.assignments[2].span, span("08:00", "13:00"));
        assert_eq!(rota.assignments[2].status, Status::Agreed, "what is left was agreed");
        assert_eq!(rota.people[0].availability_at(span("13:00", "17:00").from), Availability::NotAvailable);
        assert_eq!(rota.people[0].availability_at(span("08:00", "17:00").from), Availability::Available);
        history.undo();
        assert_eq!(*history.rota(), start());
    }

    #[test]
    fn a_lock_is_put_on_all_or_taken_off_all() {
        let mut history = History::new(start());
        let one = toggle_lock(history.rota(), &ids()[..1]).unwrap();
        assert_eq!(one.label, "lock KP");
        history.run(one).unwrap();
        history.run(toggle_lock(history.rota(), &ids()).unwrap()).unwrap();
        assert!(history.rota().assignments.iter().all(|a| a.locked));
        history.run(toggle_lock(history.rota(), &ids()).unwrap()).unwrap();
        assert!(history.rota().assignments.iter().all(|a| !a.locked));
    }

    #[test]
    fn what_becomes_the_same_joins() {
        let start = with(rota(), "a1", "mg", "kp", "08:00", "10:00", Status::Agreed);
        let start = with(start, "a2", "mg", "kp", "10:00", "12:00", Status::Asked);
        let mut history = History::new(start);
        let command = env(|env| set_status(history.rota(), &[assignment_id("a2")], Status::Agreed, env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(history.rota().assignments.len(), 1);
        assert_eq!(history.rota().assignments[0].span, span("08:00", "12:00"));
    }
}
