//! A change that makes other work of what people were asked for, or have agreed to: their shifts become Proposed, and who
//! they are is said before it is done.

use std::collections::BTreeSet;

use crate::model::{Assignment, Change, Command, PersonId, Post, PostId, Rota, Status, words};

use super::super::assign::{joined, names};
use super::left_out_part::LeftOutPart;

/// What has been asked for or agreed to, of what is meant.
pub(super) fn asked_or_agreed(rota: &Rota, is_meant: impl Fn(&Assignment) -> bool) -> Vec<&Assignment> {
    rota.assignments.iter().filter(|a| a.status.is_asked_or_agreed() && is_meant(a)).collect()
}

/// The changes that make all of it Proposed.
pub(super) fn proposed(rota: &Rota, held: &[&Assignment]) -> Vec<Change> {
    let propose = |a: &&Assignment| Change::replace(Assignment { status: Status::Proposed, ..(*a).clone() });
    joined(rota, held.iter().map(propose).collect())
}

/// The command, and with it the shifts on these posts as Proposed.
pub(super) fn with_posts_to_ask_again(rota: &Rota, mut command: Command, posts: &[&PostId]) -> Command {
    let held = asked_or_agreed(rota, |a| posts.contains(&&a.post));
    if !held.is_empty() {
        let (who, is_one) = held_by(rota, &held);
        let becomes = if is_one { "becomes" } else { "become" };
        command.label = format!("{}: {who} {becomes} Proposed", command.label);
        command.changes.extend(proposed(rota, &held));
    }
    command
}

/// What is asked before a rota becomes one in which people are held to other work than they were asked for; none where
/// nobody is.
pub(super) fn question(before: &Rota, after: &Rota) -> Option<LeftOutPart> {
    let changed = before.posts.iter().filter(|was| after.post(&was.id).is_some_and(|is| is.on_call != was.on_call));
    let mut lines: Vec<String> = changed.flat_map(|was| elsewhere(before, was)).collect();
    lines.extend(other_clock(before, after));
    let about = "This is other work than people were asked for, or have agreed to:".to_owned();
    (!lines.is_empty()).then_some(LeftOutPart { about, lines })
}

/// Who was to be at home and is to be here, or the other way round.
fn elsewhere(rota: &Rota, was: &Post) -> Vec<String> {
    let place = if was.on_call { "to be on call from home" } else { "to be present" };
    let post = words::safe(&was.name);
    let line = |status: Status| {
        let held = asked_or_agreed(rota, |a| a.post == was.id && a.status == status);
        let (who, is_one) = held_by(rota, &held);
        let said = match (status, is_one) {
            (Status::Agreed, _) => "agreed",
            (_, true) => "was asked",
            (_, false) => "were asked",
        };
        let they = if is_one { "this becomes" } else { "they become" };
        (!held.is_empty()).then(|| format!("{post}: {who} {said} {place}: {they} Proposed."))
    };
    [Status::Agreed, Status::Asked].into_iter().filter_map(line).collect()
}

/// Who has agreed to hours by the clock of another zone.
fn other_clock(before: &Rota, after: &Rota) -> Option<String> {
    let (old, new) = (before.zone(), after.zone());
    let held = asked_or_agreed(before, |_| old != new);
    let (who, _) = held_by(before, &held);
    let (shifts, becomes) = match held.len() {
        0 => return None,
        1 => ("1 shift, asked for or agreed".to_owned(), "It becomes"),
        many => (format!("{many} shifts, asked for or agreed"), "They become"),
    };
    Some(format!(
        "{who}: {shifts} by the clock of {}. {becomes} Proposed, at the same times by the clock of {}.",
        old.name(),
        new.name()
    ))
}

/// Whose these are, by initials, and whether it is one person.
fn held_by(rota: &Rota, held: &[&Assignment]) -> (String, bool) {
    let people: BTreeSet<&PersonId> = held.iter().map(|a| &a.person).collect();
    let is_one = people.len() == 1;
    (names(rota, people), is_one)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota, with};
    use super::super::super::grid_tests::{editor, run};
    use super::super::super::{Action, Ask, Dialog, Verb};
    use super::super::{PostDraft, PropertiesDraft};
    use super::*;

    fn held() -> Rota {
        let rota = with(rota(), "a1", "sho", "kp", "08:00", "12:00", Status::Agreed);
        let rota = with(rota, "a2", "sho", "rs", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a3", "sho", "an", "08:00", "17:00", Status::Asked);
        let rota = with(rota, "a4", "sho", "mw", "08:00", "17:00", Status::Declined);
        with(rota, "a5", "cons", "hg", "08:00", "17:00", Status::Agreed)
    }

    fn statuses(rota: &Rota) -> Vec<Status> {
        rota.assignments.iter().map(|a| a.status).collect()
    }

    #[test]
    fn whoever_agreed_to_be_on_call_has_not_agreed_to_be_present_nor_the_other_way_round() {
        use Status::{Agreed, Declined, Proposed};
        for (on_call, place) in [(true, "to be on call from home"), (false, "to be present")] {
            let mut start = held();
            start.posts[0].on_call = on_call;
            let mut editor = editor(start.clone());
            let mut draft = PostDraft::of(&start, &post_id("sho")).unwrap();
            draft.on_call = !on_call;
            run(&mut editor, Action::Ask(Ask::Post(post_id("sho"))));
            run(&mut editor, Action::DialogEdited(Box::new(draft.clone().into())));
            run(&mut editor, Action::DialogOk);
            let Some(Dialog::LeftOut(question)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
            let lines: Vec<&String> = question.parts.iter().flat_map(|part| &part.lines).collect();
            let agreed = format!("SHO: KP and RS agreed {place}: they become Proposed.");
            let asked = format!("SHO: AN was asked {place}: this becomes Proposed.");
            assert_eq!(lines, [&agreed, &asked]);
            assert_eq!(*editor.doc().unwrap().rota(), start, "nothing is done yet");
            run(&mut editor, Action::CloseDialog);
            assert_eq!(editor.dialog(), Some(&draft.into()), "back where it was changed");
            run(&mut editor, Action::DialogOk);
            run(&mut editor, Action::DialogOk);
            let after = editor.doc().unwrap().rota();
            assert_eq!(after.posts[0].on_call, !on_call);
            assert_eq!(statuses(after), [Proposed, Proposed, Proposed, Declined, Agreed]);
            run(&mut editor, Action::Do(Verb::Undo));
            assert_eq!(*editor.doc().unwrap().rota(), start, "one step of undo");
        }
    }

    #[test]
    fn another_time_zone_makes_everything_proposed_and_says_so_first() {
        let mut editor_ = editor(held());
        let draft = PropertiesDraft { zone: "Europe/Paris".to_owned(), ..PropertiesDraft::of(&held()) };
        run(&mut editor_, Action::Ask(Ask::RotaProperties));
        run(&mut editor_, Action::DialogEdited(Box::new(draft.clone().into())));
        run(&mut editor_, Action::DialogOk);
        let Some(Dialog::LeftOut(question)) = editor_.dialog() else { panic!("{:?}", editor_.dialog()) };
        assert_eq!(
            question.parts[0].lines,
            [
                "AN, HG, KP and RS: 4 shifts, asked for or agreed by the clock of Europe/London. They become Proposed, at \
              the same times by the clock of Europe/Paris."
            ]
        );
        run(&mut editor_, Action::DialogOk);
        let after = editor_.doc().unwrap().rota();
        assert_eq!(after.zone().name(), "Europe/Paris");
        assert!(asked_or_agreed(after, |_| true).is_empty(), "{:?}", statuses(after));
        run(&mut editor_, Action::Do(Verb::Undo));
        assert_eq!(*editor_.doc().unwrap().rota(), held());
        let mut nobody = editor(rota());
        run(&mut nobody, Action::Ask(Ask::RotaProperties));
        run(&mut nobody, Action::DialogEdited(Box::new(draft.into())));
        run(&mut nobody, Action::DialogOk);
        assert_eq!((nobody.dialog(), nobody.doc().unwrap().rota().zone().name()), (None, "Europe/Paris"));
    }
}
