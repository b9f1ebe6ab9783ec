//! What edits of assignments have in common: words for them, joining pieces that touch, and taking time out of them.

use std::collections::BTreeSet;

use crate::model::{Assignment, AssignmentId, Change, ListChange, PersonId, PostId, Rota, Span, Status, words};

use super::env::Env;

/// Initials as they stand in a sentence, made harmless.
pub fn initials(rota: &Rota, person: &PersonId) -> String {
    rota.person(person).map_or_else(|| person.to_string(), |p| words::safe(&p.initials).into_owned())
}

/// So many people are named one by one in a sentence.
pub(super) const NAMED_MAX: usize = 6;

/// Who, each once and by initials: such as `KP and RS`, or of many people `AB, AN, GH, HG and 36 more`.
pub fn names<'a>(rota: &Rota, people: impl IntoIterator<Item = &'a PersonId>) -> String {
    let each: BTreeSet<&PersonId> = people.into_iter().collect();
    let mut names: Vec<String> = each.into_iter().map(|id| initials(rota, id)).collect();
    names.sort();
    if names.len() > NAMED_MAX {
        let more = names.len() - (NAMED_MAX - 2);
        names.truncate(NAMED_MAX - 2);
        names.push(format!("{more} more"));
    }
    words::list(&names)
}

/// The post's name as it stands in a sentence, made harmless.
pub fn post_name(rota: &Rota, post: &PostId) -> String {
    rota.post(post).map_or_else(|| post.to_string(), |p| words::safe(&p.name).into_owned())
}

/// Such as `AN, Majors middle grade, 12:00–17:00 Tue 26-Apr-2016`.
pub fn sentence(rota: &Rota, assignment: &Assignment) -> String {
    let when = words::span(rota.zone(), assignment.span);
    format!("{}, {}, {when}", initials(rota, &assignment.person), post_name(rota, &assignment.post))
}

/// The changes that take `span` out of an assignment: shortened, split, or gone. What is left keeps its status.
pub fn cut(assignment: &Assignment, span: Span, env: &mut Env<'_>) -> Vec<Change> {
    let mut left = assignment.span.without(span);
    let mut changes = Vec::new();
    match left.next() {
        None => changes.push(Change::remove::<Assignment>(assignment.id.clone())),
        Some(first) if first == assignment.span => {}
        Some(first) => changes.push(Change::replace(Assignment { span: first, ..assignment.clone() })),
    }
    for rest in left {
        changes.push(Change::add(Assignment { id: env.assignment_id(), span: rest, ..assignment.clone() }));
    }
    changes
}

/// The same changes, and those that join touching pieces of one person, post and status among what they touch.
pub fn joined(rota: &Rota, mut changes: Vec<Change>) -> Vec<Change> {
    let touched: BTreeSet<(PersonId, PostId)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Assignments(ListChange::Insert(_, a) | ListChange::Replace(a)) => {
                Some((a.person.clone(), a.post.clone()))
            }
            _ => None,
        })
        .collect();
    if touched.is_empty() {
        return changes;
    }
    let mut after = after(rota, &changes);
    after.retain(|a| touched.contains(&(a.person.clone(), a.post.clone())));
    after.sort_by(|a, b| (&a.person, &a.post, a.span).cmp(&(&b.person, &b.post, b.span)));
    let mut kept: Option<Assignment> = None;
    let mut gone: Vec<AssignmentId> = Vec::new();
    for next in after {
        match &mut kept {
            Some(last) if joins(last, &next) => {
                last.span.to = last.span.to.max(next.span.to);
                gone.push(next.id);
            }
            _ => {
                flush(&mut changes, kept.replace(next), &mut gone);
            }
        }
    }
    flush(&mut changes, kept, &mut gone);
    changes
}

fn joins(a: &Assignment, b: &Assignment) -> bool {
    a.person == b.person
        && a.post == b.post
        && a.status == b.status
        && a.status != Status::Declined
        && a.locked == b.locked
        && a.note == b.note
        && b.span.from <= a.span.to
}

fn flush(changes: &mut Vec<Change>, kept: Option<Assignment>, gone: &mut Vec<AssignmentId>) {
    if let (Some(kept), false) = (kept, gone.is_empty()) {
        changes.extend(gone.drain(..).map(Change::remove::<Assignment>));
        changes.push(Change::replace(kept));
    }
    gone.clear();
}

/// The assignments as they stand after the changes.
fn after(rota: &Rota, changes: &[Change]) -> Vec<Assignment> {
    let mut list = rota.assignments.clone();
    for change in changes {
        match change {
            Change::Assignments(ListChange::Insert(_, a)) => list.push(a.clone()),
            Change::Assignments(ListChange::Replace(a)) => {
                if let Some(old) = list.iter_mut().find(|old| old.id == a.id) {
                    *old = a.clone();
                }
            }
            Change::Assignments(ListChange::Remove(id)) => list.retain(|old| old.id != *id),
            _ => {}
        }
    }
    list
}

/// What was done, by what it is called as a step: `remove KP` becomes `Removed KP`.
pub(super) fn said(label: &str) -> String {
    label.strip_prefix("remove ").map_or_else(|| sentence_case(label), |rest| format!("Removed {rest}"))
}

fn sentence_case(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{assignment, rota, span, with};
    use super::super::testing::env;
    use super::*;
    use crate::model::{Command, History};

    fn messages(rota: &Rota) -> Vec<String> {
        rota.assignments.iter().map(|a| format!("{} {}", sentence(rota, a), a.status.words())).collect()
    }

    #[test]
    fn a_cut_in_the_middle_leaves_both_ends_agreed() {
        let mut history = History::new(with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed));
        let changes = env(|env| cut(&history.rota().assignments[0], span("09:00", "10:00"), env));
        history.run(Command::edit("x", changes)).unwrap();
        assert_eq!(
            messages(history.rota()),
            [
                "KP, Middle grade, 08:00–09:00 Tue 26-Apr-2016 agreed",
                "KP, Middle grade, 10:00–13:00 Tue 26-Apr-2016 agreed"
            ]
        );
    }

    #[test]
    fn touching_pieces_of_one_person_post_and_status_join() {
        let start = with(rota(), "a1", "mg", "kp", "08:00", "10:00", Status::Proposed);
        let start = with(start, "a2", "mg", "kp", "12:00", "13:00", Status::Proposed);
        let start = with(start, "a3", "mg", "kp", "13:00", "14:00", Status::Agreed);
        let start = with(start, "a4", "mg", "rs", "10:00", "12:00", Status::Proposed);
        let mut history = History::new(start);
        let new = assignment("a5", "mg", "kp", span("10:00", "12:00"), Status::Proposed);
        let changes = joined(history.rota(), vec![Change::add(new)]);
        history.run(Command::edit("x", changes)).unwrap();
        assert_eq!(
            messages(history.rota()),
            [
                "KP, Middle grade, 08:00–13:00 Tue 26-Apr-2016 proposed",
                "KP, Middle grade, 13:00–14:00 Tue 26-Apr-2016 agreed",
                "RS, Middle grade, 10:00–12:00 Tue 26-Apr-2016 proposed"
            ]
        );
    }
}
