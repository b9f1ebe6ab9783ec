//! Who loses an answer by an edit: whoever had agreed to, or been asked for, a time that they are no longer put down
//! for. Somebody has telephoned them, and will have to again.

use std::collections::BTreeSet;

use crate::model::{Assignment, Change, Command, Kind, ListChange, PersonId, Rota, Span, Status, words};

use super::assign::{initials, names};

/// The blocks with an answer that a command takes away or changes. Of a change of status somebody decides by name.
pub(super) fn at_stake(rota: &Rota, command: &Command) -> Vec<Assignment> {
    if command.kind == Kind::Status {
        return Vec::new();
    }
    let touched = command.changes.iter().filter_map(|change| match change {
        Change::Assignments(ListChange::Replace(a)) => rota.assignment(&a.id),
        Change::Assignments(ListChange::Remove(id)) => rota.assignment(id),
        _ => None,
    });
    touched.filter(|a| a.status.is_asked_or_agreed()).cloned().collect()
}

/// Such as `UT had agreed; AN had been asked`; nothing where every answer still stands. `names` are the initials of each,
/// since whoever was removed has none in the rota.
pub(super) fn told(rota: &Rota, at_stake: &[Assignment], names: &[String]) -> Option<String> {
    let stands = |was: &Assignment, now: &&Assignment| {
        now.person == was.person && now.post == was.post && (now.status == Status::Agreed || now.status == was.status)
    };
    let is_lost = |was: &Assignment| {
        let mut left = vec![was.span];
        for now in rota.assignments.iter().filter(|now| stands(was, now)) {
            left = left.into_iter().flat_map(|part| part.without(now.span)).collect();
        }
        left.iter().any(|part| !part.is_empty())
    };
    let named = |status: Status, what: &str| {
        let mut people: Vec<(&PersonId, &str)> = Vec::new();
        for (was, name) in at_stake.iter().zip(names).filter(|(was, _)| was.status == status && is_lost(was)) {
            if !people.iter().any(|(person, _)| *person == &was.person) {
                people.push((&was.person, name));
            }
        }
        match people.len() {
            0 => None,
            1..=3 => {
                let names: Vec<&str> = people.iter().map(|(_, name)| *name).collect();
                Some(format!("{} had {what}", words::list(&names)))
            }
            many => Some(format!("{many} had {what}")),
        }
    };
    let told: Vec<String> =
        [named(Status::Agreed, "agreed"), named(Status::Asked, "been asked")].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Who is changed by a command that changes several people, and is not named by `text` yet: such as `: AN, HG and KP`.
pub(super) fn whom(before: &Rota, command: &Command, text: &str) -> String {
    let mut people: BTreeSet<&PersonId> = BTreeSet::new();
    for change in &command.changes {
        match change {
            Change::Assignments(ListChange::Insert(_, a)) => {
                people.insert(&a.person);
            }
            Change::Assignments(ListChange::Replace(a)) => {
                people.insert(&a.person);
                people.extend(before.assignment(&a.id).map(|was| &was.person));
            }
            Change::Assignments(ListChange::Remove(id)) => people.extend(before.assignment(id).map(|was| &was.person)),
            Change::People(ListChange::Replace(person)) => {
                people.insert(&person.id);
            }
            _ => {}
        }
    }
    let unnamed: Vec<&PersonId> = people.iter().copied().filter(|id| !has_words(text, &initials(before, id))).collect();
    let is_counted = text.contains(" people") || text.contains(" more") || text.starts_with("accept");
    match (people.len(), unnamed.len()) {
        (0 | 1, _) | (_, 0) => String::new(),
        _ if is_counted => String::new(),
        (all, some) if all == some => format!(": {}", names(before, unnamed)),
        _ => format!("; also changed: {}", names(before, unnamed)),
    }
}

/// Whether the text has those words, and not only as a part of others.
fn has_words(text: &str, words: &str) -> bool {
    let ends = |before: Option<char>| before.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words)
        .any(|(at, found)| ends(text[..at].chars().next_back()) && ends(text[at + found.len()..].chars().next()))
}

/// Who keeps a time outside the day of an edit, which is now Proposed: such as `; 2 keep 07:00–08:00 Tue 24-Nov, now
/// Proposed: AC and CF`. Nothing of nobody.
pub(super) fn left_over(rota: &Rota, kept: &[(PersonId, Span)]) -> String {
    if kept.is_empty() {
        return String::new();
    }
    let mut times: Vec<Span> = kept.iter().map(|(_, span)| *span).collect();
    times.sort_unstable();
    times.dedup();
    let at = |time: &Span| {
        let who: BTreeSet<&PersonId> = kept.iter().filter(|(_, span)| span == time).map(|(person, _)| person).collect();
        let (times, day) = (words::times(rota.zone(), *time), words::day(rota.zone(), time.from));
        match who.len() {
            1 => format!("{} keeps {times} {day}, now Proposed", names(rota, who)),
            many => format!("{many} keep {times} {day}, now Proposed: {}", names(rota, who)),
        }
    };
    times.iter().fold(String::new(), |text, time| text + "; " + &at(time))
}

/// What somebody who is already there has answered, before anybody takes their place.
pub fn answered(rota: &Rota, there: &Assignment) -> Option<String> {
    let who = initials(rota, &there.person);
    match there.status {
        Status::Agreed => Some(format!("{who} has agreed to this, and would have to be told.")),
        Status::Asked => Some(format!("{who} has been asked for this, and would have to be told.")),
        Status::Proposed | Status::Declined => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogs::Dialog;
    use super::super::fixture::{assignment_id, person_id, range, with};
    use super::super::grid_tests::{able, choose, editor, run};
    use super::super::{Action, Direction, DropTarget, Editor, Selection, Verb};
    use super::*;

    fn toast(editor: &Editor) -> &str {
        editor.toast().map_or("", |toast| toast.text.as_str())
    }

    #[test]
    fn whoever_is_typed_over_is_named_with_what_they_had_answered() {
        let rota = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let mut editor = editor(with(rota, "a2", "cons", "hg", "08:00", "12:00", Status::Asked));
        choose(&mut editor, "mg", 0, "10:00", "10:00");
        run(&mut editor, Action::StartTyping("rs".to_owned()));
        run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
        assert_eq!(toast(&editor), "RS to Middle grade, 10:00–11:00 (KP had agreed)");
        assert!(editor.toast().unwrap().can_undo);
        run(&mut editor, Action::Do(Verb::Undo));
        choose(&mut editor, "cons", 0, "08:00", "08:00");
        run(&mut editor, Action::Do(Verb::Clear));
        assert_eq!(toast(&editor), "Removed HG, 08:00–09:00 (HG had been asked)");
        choose(&mut editor, "mg", 1, "12:00", "12:00");
        run(&mut editor, Action::StartTyping("an".to_owned()));
        run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
        assert_eq!(toast(&editor), "AN to Middle grade, 12:00–13:00", "nobody was there");
    }

    #[test]
    fn whoever_is_removed_altogether_is_named_by_initials() {
        let mut rota = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let kp = rota.people.iter_mut().find(|person| person.id == person_id("kp")).unwrap();
        kp.initials = "KAP".to_owned();
        let mut editor = editor(rota);
        run(&mut editor, Action::Select(Selection::Person(person_id("kp"))));
        run(&mut editor, Action::Do(Verb::RemovePerson));
        run(&mut editor, Action::DialogOk);
        assert_eq!(toast(&editor), "Removed KAP (KAP had agreed)");
    }

    #[test]
    fn one_letter_over_an_agreed_shift_is_entered_by_nothing_but_enter() {
        let start = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let cell = |post: &str| Action::Select(Selection::Cells(range(post, 0, "08:00", post, 0, "08:00")));
        let elsewhere: [&[Action]; 4] = [
            &[cell("cons")],
            &[Action::LeaveTyping, cell("cons")],
            &[cell("cons"), Action::LeaveTyping],
            &[Action::Do(Verb::ViewPeople)],
        ];
        for actions in elsewhere {
            let mut editor = editor(start.clone());
            choose(&mut editor, "mg", 0, "10:00", "11:00");
            run(&mut editor, Action::StartTyping("r".to_owned()));
            for action in actions {
                run(&mut editor, action.clone());
            }
            assert_eq!(*editor.doc().unwrap().rota(), start, "{actions:?}");
            let said = "“r” was typed for Middle grade, 10:00–12:00, but not entered: Enter was not pressed";
            assert_eq!(toast(&editor), said, "{actions:?}");

            choose(&mut editor, "mg", 0, "10:00", "11:00");
            run(&mut editor, Action::StartTyping("rs".to_owned()));
            for action in actions {
                run(&mut editor, action.clone());
            }
            assert_eq!(toast(&editor), "RS to Middle grade, 10:00–12:00 (KP had agreed)", "{actions:?}");
            assert!(editor.toast().unwrap().can_undo);
            run(&mut editor, Action::Do(Verb::Undo));
            assert_eq!(*editor.doc().unwrap().rota(), start);
        }
    }

    #[test]
    fn what_is_half_typed_is_not_saved_and_stays_in_its_cell() {
        let start = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let mut editor = editor(start.clone());
        choose(&mut editor, "mg", 0, "10:00", "11:00");
        run(&mut editor, Action::StartTyping("r".to_owned()));
        run(&mut editor, Action::Do(Verb::Save));
        assert_eq!(*editor.doc().unwrap().rota(), start);
        assert_eq!(editor.typing().map(|typing| typing.text.as_str()), Some("r"), "typing goes on");
        assert_eq!(
            toast(&editor),
            "“r” was typed for Middle grade, 10:00–12:00, but not entered: Enter was not pressed, so it is not saved"
        );
        run(&mut editor, Action::TypingChanged("rs".to_owned()));
        run(&mut editor, Action::Do(Verb::Save));
        assert_eq!(toast(&editor), "RS to Middle grade, 10:00–12:00 (KP had agreed)");
    }

    #[test]
    fn closing_in_mid_typing_names_what_was_entered_and_what_was_not() {
        let start = with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let closed = |text: &str| {
            let mut editor = editor(start.clone());
            choose(&mut editor, "mg", 0, "10:00", "11:00");
            run(&mut editor, Action::StartTyping(text.to_owned()));
            run(&mut editor, Action::Do(Verb::Quit));
            assert!(matches!(editor.dialog(), Some(Dialog::Unsaved(_))), "{text}");
            (editor.half_typed(), *editor.doc().unwrap().rota() == start)
        };
        let named = "“r” is typed for Middle grade, 10:00–12:00, but is not in the rota. It will not be saved.";
        assert_eq!(closed("r"), (vec![named.to_owned()], true));
        let named = "Entered just now: RS to Middle grade, 10:00–12:00 (KP had agreed).";
        assert_eq!(closed("rs"), (vec![named.to_owned()], false));
    }

    #[test]
    fn whoever_is_changed_is_named_in_what_is_said() {
        let rota = with(able(), "a1", "mg", "kp", "08:00", "10:00", Status::Proposed);
        let mut editor = editor(with(rota, "a2", "cons", "hg", "08:00", "10:00", Status::Proposed));
        choose(&mut editor, "mg", 0, "08:00", "08:00");
        run(&mut editor, Action::StartTyping("rs".to_owned()));
        run(&mut editor, Action::CommitTyping { go: Direction::Here, anyway: false });
        assert_eq!(toast(&editor), "RS to Middle grade, 08:00–09:00; also changed: KP");
        run(&mut editor, Action::Do(Verb::Undo));
        choose(&mut editor, "cons", 0, "08:00", "08:00");
        run(&mut editor, Action::ExtendTo(range("mg", 0, "08:00", "mg", 0, "12:00").last));
        run(&mut editor, Action::Do(Verb::FillRight));
        assert!(toast(&editor).ends_with(": HG and KP"), "{}", toast(&editor));
    }

    #[test]
    fn the_question_says_who_has_agreed_and_why_the_other_would_not_count() {
        let mut editor = editor(with(able(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed));
        let drop =
            |person: &str| Action::DropPerson { person: person_id(person), on: DropTarget::Block(assignment_id("a1")) };
        run(&mut editor, drop("mw"));
        let Some(Dialog::Drop(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
        assert_eq!(draft.lines[0], "KP has agreed to this, and would have to be told.");
        assert!(draft.lines[1].starts_with("MW would not count there: "), "{:?}", draft.lines);
        run(&mut editor, Action::CloseDialog);
        run(&mut editor, drop("rs"));
        let Some(Dialog::Drop(draft)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
        assert_eq!(draft.lines.len(), 1, "RS could: {:?}", draft.lines);
    }
}
