//! What is done to people at once: not free from a time on, trainees not available, two people swapped.

use crate::model::{
    Assignment, Availability, Available, Change, Command, Instant, Person, PersonId, Rota, Span, Status, words,
};

use super::assign::{cut, initials, joined, names};
use super::env::Env;
use super::log::log_change;
use super::refused::Refused;

/// The person with that said of `span`: what was said of it before goes, and touching stretches of the same join.
pub(super) fn with_availability(person: &Person, span: Span, is: Availability) -> Person {
    let cut =
        |a: &Available| -> Vec<Available> { a.span.without(span).map(|s| Available { span: s, is: a.is }).collect() };
    let mut all: Vec<Available> = person.availability.iter().flat_map(cut).collect();
    all.push(Available { span, is });
    all.sort();
    let mut joined: Vec<Available> = Vec::new();
    for next in all {
        match joined.last_mut() {
            Some(last) if last.is == next.is && next.span.from <= last.span.to => {
                last.span.to = last.span.to.max(next.span.to);
            }
            _ => joined.push(next),
        }
    }
    Person { availability: joined, ..person.clone() }
}

/// What the person holds at some minute of that time that has not been declined.
pub(super) fn held_in<'a>(rota: &'a Rota, person: &PersonId, span: Span) -> Vec<&'a Assignment> {
    rota.assignments
        .iter()
        .filter(|a| a.person == *person && a.status != Status::Declined && a.span.overlaps(span))
        .collect()
}

/// Not available from `from` until then, or to the end of the last window; what they hold in that time is released if
/// asked.
///
/// # Errors
/// One sentence: why not.
pub(super) fn not_free_from(
    rota: &Rota,
    person: &PersonId,
    from: Instant,
    until: Option<Instant>,
    release: bool,
    env: &mut Env<'_>,
) -> Result<Command, Refused> {
    let record = rota.person(person).ok_or(Refused::PersonGone)?;
    let end = rota.windows.iter().map(|w| w.span.to).max().ok_or(Refused::FieldTimesFirst)?;
    if from >= end {
        return Err(Refused::AfterTheEnd(words::moment(rota.zone(), end)));
    }
    let span = Span::new(from, until.unwrap_or_else(|| end_of_work(rota, person, end)));
    let mut changes = vec![Change::replace(with_availability(record, span, Availability::NotAvailable))];
    let mut released = 0_u64;
    if release {
        for assignment in held_in(rota, person, span) {
            released += 1;
            changes.extend(cut(assignment, span, env));
        }
    }
    let name = initials(rota, person);
    let label = match until {
        Some(_) => format!("{name} unavailable {}", words::span(rota.zone(), span)),
        None => format!("{name} unavailable from {}", words::moment(rota.zone(), from)),
    };
    let text =
        if released > 0 { format!("{label}, removed from {}", words::count(released, "shift")) } else { label.clone() };
    changes.push(log_change(rota, env, text));
    Ok(Command::edit(label, changes))
}

/// When the walkout ends for somebody: at its end, or with the last shift of theirs that goes on beyond it, so that nobody
/// who is ill stays agreed for a quarter of an hour of handing over.
pub(super) fn end_of_work(rota: &Rota, person: &PersonId, end: Instant) -> Instant {
    let last = rota.assignments.iter().filter(|a| a.person == *person && a.span.from < end).map(|a| a.span.to).max();
    last.map_or(end, |last| last.max(end))
}

/// Whoever is under trainee rules: those who are named before they are marked, and no others. Somebody whose contract was
/// not known is under them from the paste on; other limits were chosen for everybody else.
pub(super) fn trainees(rota: &Rota) -> impl Iterator<Item = &Person> {
    rota.people.iter().filter(|person| person.rules.is_trainee())
}

/// All trainees are not available in any window.
///
/// # Errors
/// One sentence: why not.
pub(super) fn trainees_not_available(rota: &Rota) -> Result<Command, Refused> {
    if rota.windows.is_empty() {
        return Err(Refused::TimesFirst);
    }
    let trainees: Vec<&Person> = trainees(rota).collect();
    if trainees.is_empty() {
        return Err(Refused::NoTrainees);
    }
    let mark = |person: &Person| {
        let all = |p: Person, w: &crate::model::Window| with_availability(&p, w.span, Availability::NotAvailable);
        rota.windows.iter().fold(person.clone(), all)
    };
    let changes = trainees.iter().map(|p| Change::replace(mark(p))).collect();
    let count = words::count(trainees.len() as u64, "trainee");
    let who = names(rota, trainees.iter().map(|person| &person.id));
    Ok(Command::edit(format!("mark {count} unavailable: {who}"), changes))
}

/// Gives two people each other's posts within `span`. All that changes hands is Proposed.
///
/// # Errors
/// One sentence: why not.
pub(super) fn swap(
    rota: &Rota,
    one: &PersonId,
    other: &PersonId,
    span: Span,
    env: &mut Env<'_>,
) -> Result<Command, Refused> {
    let (name, other_name) = (initials(rota, one), initials(rota, other));
    if one == other {
        return Err(Refused::SamePerson);
    }
    let mut changes = Vec::new();
    let (mut cuts, mut adds) = (Vec::new(), Vec::new());
    for assignment in rota.assignments.iter().filter(|a| a.status != Status::Declined) {
        let to = match &assignment.person {
            p if p == one => other,
            p if p == other => one,
            _ => continue,
        };
        let Some(part) = assignment.span.overlap(span) else { continue };
        cuts.extend(cut(assignment, part, env));
        adds.push(Change::add(Assignment {
            id: env.assignment_id(),
            person: to.clone(),
            span: part,
            status: Status::Proposed,
            locked: false,
            ..assignment.clone()
        }));
    }
    if adds.is_empty() {
        let when = words::span(rota.zone(), span);
        return Err(Refused::NoShifts(name, other_name, when));
    }
    changes.extend(cuts);
    changes.extend(adds);
    Ok(Command::edit(format!("swap {name} and {other_name}"), joined(rota, changes)))
}

#[cfg(test)]
mod tests {
    use super::super::assign::sentence;
    use super::super::dialogs::{ManyDraft, ManyWhat};
    use super::super::fixture::{at, person_id, rota, span, with};
    use super::super::testing::env;
    use super::*;
    use crate::model::{History, Rules};

    fn messages(rota: &Rota) -> Vec<String> {
        rota.assignments.iter().map(|a| format!("{} {}", sentence(rota, a), a.status.words())).collect()
    }

    #[test]
    fn not_free_from_a_time_on_releases_in_one_step() {
        let start = with(rota(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let start = with(start, "a2", "mg", "hg", "14:00", "15:00", Status::Proposed);
        let mut history = History::new(start.clone());
        let command = env(|env| not_free_from(&start, &person_id("hg"), at("13:00"), None, true, env)).unwrap();
        assert_eq!(command.label, "HG unavailable from 13:00 Tue 26-Apr-2016");
        history.run(command).unwrap();
        assert_eq!(messages(history.rota()), ["HG, Consultant, 08:00–13:00 Tue 26-Apr-2016 agreed"]);
        assert_eq!(history.rota().people[0].availability_at(at("16:59")), Availability::NotAvailable);
        assert_eq!(history.rota().log[0].text, "HG unavailable from 13:00 Tue 26-Apr-2016, removed from 2 shifts");
        history.undo();
        assert_eq!(*history.rota(), start);
        let kept = env(|env| not_free_from(&start, &person_id("hg"), at("13:00"), None, false, env)).unwrap();
        history.run(kept).unwrap();
        assert_eq!(history.rota().assignments, start.assignments);
        history.undo();
        let part =
            env(|env| not_free_from(&start, &person_id("hg"), at("09:00"), Some(at("11:00")), true, env)).unwrap();
        assert_eq!(part.label, "HG unavailable 09:00–11:00 Tue 26-Apr-2016");
        history.run(part).unwrap();
        assert_eq!(
            messages(history.rota()),
            [
                "HG, Consultant, 08:00–09:00 Tue 26-Apr-2016 agreed",
                "HG, Middle grade, 14:00–15:00 Tue 26-Apr-2016 proposed",
                "HG, Consultant, 11:00–17:00 Tue 26-Apr-2016 agreed"
            ]
        );
        let late = env(|env| not_free_from(&start, &person_id("hg"), at("17:00"), None, true, env));
        assert_eq!(late.unwrap_err().to_string(), "the walkout ends before that, at 17:00 Tue 26-Apr-2016");
    }

    #[test]
    fn what_is_said_of_a_time_replaces_what_was_said_of_it() {
        use Availability::{Available as Yes, NotAvailable as No};
        let mut person = rota().people[0].clone();
        person.availability = vec![Available { span: span("08:00", "17:00"), is: Yes }];
        let person = with_availability(&person, span("10:00", "12:00"), No);
        let person = with_availability(&person, span("12:00", "13:00"), No);
        let told: Vec<_> = person.availability.iter().map(|a| (a.span, a.is)).collect();
        assert_eq!(told, [(span("08:00", "10:00"), Yes), (span("10:00", "13:00"), No), (span("13:00", "17:00"), Yes)]);
    }

    #[test]
    fn whoever_is_under_trainee_rules_is_marked_whatever_the_grade_says() {
        let mut start = rota();
        assert_eq!(trainees_not_available(&start), Err(Refused::NoTrainees));
        start.people[1].rules = Rules::NewDeal;
        start.people[2].rules = Rules::Trainee2016;
        // Working Time Regulations were chosen for these, or entered by hand.
        start.people[3].grade = "Trust grade".to_owned();
        start.people[4].grade = "Dr".to_owned();
        let named = ManyDraft::of(&start, ManyWhat::TraineesUnavailable).unwrap();
        assert_eq!(named.title, "Mark all 2 trainees unavailable?");
        assert_eq!(named.lines.iter().map(|line| &line[..2]).collect::<Vec<_>>(), ["KP", "RS"]);
        let mut history = History::new(start);
        let command = trainees_not_available(history.rota()).unwrap();
        assert_eq!(command.label, "mark 2 trainees unavailable: KP and RS");
        history.run(command).unwrap();
        let marked: Vec<bool> = history
            .rota()
            .people
            .iter()
            .map(|p| p.availability_at(at("16:59")) == Availability::NotAvailable)
            .collect();
        assert_eq!(marked, [false, true, true, false, false]);
    }

    #[test]
    fn a_swap_changes_hands_within_the_time_and_makes_no_consent() {
        let start = with(rota(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let start = with(start, "a2", "mg", "kp", "10:00", "14:00", Status::Agreed);
        let mut history = History::new(start.clone());
        let command = env(|env| swap(&start, &person_id("hg"), &person_id("kp"), span("08:00", "13:00"), env)).unwrap();
        assert_eq!(command.label, "swap HG and KP");
        history.run(command).unwrap();
        let mut after = messages(history.rota());
        after.sort();
        assert_eq!(
            after,
            [
                "HG, Consultant, 13:00–17:00 Tue 26-Apr-2016 agreed",
                "HG, Middle grade, 10:00–13:00 Tue 26-Apr-2016 proposed",
                "KP, Consultant, 08:00–13:00 Tue 26-Apr-2016 proposed",
                "KP, Middle grade, 13:00–14:00 Tue 26-Apr-2016 agreed",
            ]
        );
        let nothing = env(|env| swap(&start, &person_id("rs"), &person_id("an"), span("08:00", "13:00"), env));
        assert_eq!(nothing.unwrap_err().to_string(), "neither RS nor AN has a shift 08:00–13:00 Tue 26-Apr-2016");
    }
}
