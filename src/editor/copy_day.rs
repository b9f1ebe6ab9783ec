//! Copying cover from one window to another at the same times of day. Whatever is copied is Proposed.

use crate::model::{Assignment, Change, Command, Rota, Span, Status, Window, words};

use super::assign::{initials, joined, post_name};
use super::dates::day_at;
use super::env::Env;
use super::refused::Refused;

/// What a copy would do, and what it could not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// The pieces as they would stand in the other window.
    pub pieces: Vec<Assignment>,
    /// How many pieces stand there already.
    pub already_there: usize,
    /// One sentence for each piece, or part of one, that has no place there.
    pub could_not: Vec<String>,
}

/// The pieces of `assignments` inside `from`, moved to the same civil times of `to`.
pub(super) fn copied<'a>(
    rota: &Rota,
    assignments: impl IntoIterator<Item = &'a Assignment>,
    from: &Window,
    to: &Window,
    env: &mut Env<'_>,
) -> Copied {
    let mut result = Copied::default();
    for assignment in assignments.into_iter().filter(|a| a.status != Status::Declined) {
        let Some(part) = assignment.span.overlap(from.span) else { continue };
        let name = format!("{}, {}", initials(rota, &assignment.person), post_name(rota, &assignment.post));
        let when = words::times(rota.zone(), part);
        let Some(moved) = moved(rota, part, from, to) else {
            result.could_not.push(format!("{name}, {when}: the clocks change during it"));
            continue;
        };
        let Some(inside) = moved.overlap(to.span) else {
            result.could_not.push(format!("{name}, {when}: outside the hours of the other day"));
            continue;
        };
        for outside in moved.without(to.span) {
            result
                .could_not
                .push(format!("{name}, {}: outside the hours of the other day", words::times(rota.zone(), outside)));
        }
        let mut left = vec![inside];
        for there in rota.assignments.iter().filter(|a| a.person == assignment.person && a.post == assignment.post) {
            left = left.into_iter().flat_map(|s| s.without(there.span)).collect();
        }
        result.already_there += usize::from(left.is_empty());
        result.pieces.extend(left.into_iter().map(|span| Assignment {
            id: env.assignment_id(),
            span,
            status: Status::Proposed,
            locked: false,
            ..assignment.clone()
        }));
    }
    result
}

/// The span at the same civil times, so many days later as the windows begin apart.
fn moved(rota: &Rota, span: Span, from: &Window, to: &Window) -> Option<Span> {
    let zone = rota.zone();
    let days = day_at(zone, to.span.from) - day_at(zone, from.span.from);
    let at = |instant| {
        let civil = zone.civil(instant);
        zone.instant(civil.local.checked_add_signed(days)?, civil.later).ok()
    };
    let moved = Span::new(at(span.from)?, at(span.to)?);
    (!moved.is_empty()).then_some(moved)
}

/// Copies all cover of a window to another.
///
/// # Errors
/// One sentence: why there is nothing to copy.
pub(super) fn copy_day(
    rota: &Rota,
    from: &Window,
    to: &Window,
    env: &mut Env<'_>,
) -> Result<(Command, Copied), Refused> {
    let copied = copied(rota, &rota.assignments, from, to, env);
    command(rota, copied, to)
}

/// The command of a copy.
///
/// # Errors
/// One sentence: why there is nothing to copy.
pub(super) fn command(rota: &Rota, copied: Copied, to: &Window) -> Result<(Command, Copied), Refused> {
    if copied.pieces.is_empty() {
        let Copied { already_there, could_not, .. } = copied;
        return Err(Refused::NothingToCopy { already_there, could_not: could_not.into_iter().next() });
    }
    let blocks = words::count(copied.pieces.len() as u64, "block");
    let label = format!("copy {blocks} to {}", words::day(rota.zone(), to.span.from));
    let changes = copied.pieces.iter().cloned().map(Change::add).collect();
    Ok((Command::edit(label, joined(rota, changes)), copied))
}

#[cfg(test)]
mod tests {
    use super::super::assign::sentence;
    use super::super::fixture::{rota, span, with, with_day};
    use super::super::testing::env;
    use super::*;
    use crate::model::History;

    fn two_days(second: Span) -> Rota {
        let mut rota = with(rota(), "a1", "mg", "kp", "07:00", "12:00", Status::Agreed);
        rota = with(rota, "a2", "mg", "rs", "12:00", "17:00", Status::Asked);
        rota = with(rota, "a3", "cons", "hg", "08:00", "17:00", Status::Declined);
        with_day(rota, second)
    }

    #[test]
    fn a_day_is_copied_at_its_civil_times_as_proposed() {
        let start = two_days(span("2016-04-27T09:00", "2016-04-27T17:00"));
        let mut history = History::new(start.clone());
        let (command, copied) = env(|env| copy_day(&start, &start.windows[0], &start.windows[1], env)).unwrap();
        assert_eq!(command.label, "copy 2 blocks to Wed 27-Apr");
        assert_eq!(copied.could_not, ["KP, Middle grade, 08:00–09:00: outside the hours of the other day"]);
        history.run(command).unwrap();
        let told: Vec<String> = history.rota().assignments[3..]
            .iter()
            .map(|a| format!("{} {}", sentence(history.rota(), a), a.status.words()))
            .collect();
        assert_eq!(
            told,
            [
                "KP, Middle grade, 09:00–12:00 Wed 27-Apr-2016 proposed",
                "RS, Middle grade, 12:00–17:00 Wed 27-Apr-2016 proposed"
            ]
        );
        let rota = history.rota();
        let again = env(|env| copy_day(rota, &rota.windows[0], &rota.windows[1], env));
        assert!(again.unwrap_err().to_string().starts_with("nothing to copy; 2 there already"));
    }

    #[test]
    fn the_night_the_clocks_go_forward_says_what_it_skips() {
        let mut rota = two_days(span("2026-03-28T20:00", "2026-03-29T08:00"));
        rota.windows[0].span = span("2026-03-27T20:00", "2026-03-28T08:00");
        rota.assignments.clear();
        rota = with(rota, "a1", "mg", "kp", "2026-03-27T20:00", "2026-03-28T01:30", Status::Agreed);
        rota = with(rota, "a2", "mg", "rs", "2026-03-28T02:00", "2026-03-28T08:00", Status::Agreed);
        let (_, copied) = env(|env| copy_day(&rota, &rota.windows[0], &rota.windows[1], env)).unwrap();
        assert_eq!(copied.could_not, ["KP, Middle grade, 20:00–01:30: the clocks change during it"]);
        assert_eq!(copied.pieces.len(), 1);
    }
}
