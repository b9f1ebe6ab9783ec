//! Another name was typed over that of a post, a unit or a competency: is it the same under another name, or another one?

use crate::model::{Assignment, Competency, Post, Rota, Unit, words};

use super::super::Editor;
use super::super::assign::{names, sentence};
use super::super::env::Env;
use super::super::same_name::is_plainly_same;
use super::Dialog;
use super::consent::asked_or_agreed;
use super::draft::DialogDraft;

/// What somebody said of a name that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The name that it was said of.
    name: String,
    /// It is another post, unit or competency.
    is_another: bool,
}

/// The question.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherNameDraft {
    /// Such as "The same post, or another job?".
    pub title: &'static str,
    /// What it was called, what it is to be called, and what the lines are.
    pub about: String,
    /// Whom it concerns.
    pub lines: Vec<String>,
    /// The button for the same, and what it does.
    pub same: (&'static str, &'static str),
    /// The button for another, and what it does.
    pub another: (&'static str, &'static str),
    /// The name as typed.
    name: String,
    /// The dialog that it was typed in: where Cancel leads, and what is done.
    pub back: Box<Dialog>,
}

impl OtherNameDraft {
    /// What is asked of a post; none where nobody was asked for it, or it is plainly the same.
    pub(super) fn of_post(rota: &Rota, was: &Post, typed: &Typed<'_>, back: Dialog) -> Option<Self> {
        let held = asked_or_agreed(rota, |a| a.post == was.id);
        (typed.is_open(&was.name) && !held.is_empty()).then(|| Self {
            title: "The same post, or another job?",
            about: format!("{} They were asked for it, or have agreed to it:", called(&was.name, typed.name)),
            lines: held.into_iter().map(|a| line(rota, a)).collect(),
            same: ("The same post", "The same post: only the name changes."),
            another: ("Another job", "Another job: all of this becomes Proposed, as nobody has asked them for it."),
            name: typed.name.trim().to_owned(),
            back: Box::new(back),
        })
    }

    /// The same of a unit.
    pub(super) fn of_unit(rota: &Rota, was: &Unit, typed: &Typed<'_>, back: Dialog) -> Option<Self> {
        let posts: Vec<&Post> = rota.posts.iter().filter(|post| post.unit == was.id).collect();
        let of_post = |post: &Post| {
            let held = asked_or_agreed(rota, |a| a.post == post.id);
            let shifts = words::count(held.len() as u64, "shift");
            (!held.is_empty()).then(|| {
                let who = names(rota, held.iter().map(|a| &a.person));
                format!("{}: {shifts}, {who}", words::safe(&post.name))
            })
        };
        let lines: Vec<String> = posts.into_iter().filter_map(of_post).collect();
        (typed.is_open(&was.name) && !lines.is_empty()).then(|| Self {
            title: "The same unit, or another unit?",
            about: format!("{} Asked for or agreed in it:", called(&was.name, typed.name)),
            lines,
            same: ("The same unit", "The same unit: only the name changes."),
            another: (
                "Another unit",
                "Another unit: all of this becomes Proposed, as nobody has asked them to work there.",
            ),
            name: typed.name.trim().to_owned(),
            back: Box::new(back),
        })
    }

    /// The same of a competency, which somebody has.
    pub(super) fn of_competency(rota: &Rota, was: &Competency, typed: &Typed<'_>, back: Dialog) -> Option<Self> {
        let have: Vec<_> = rota.people.iter().filter(|p| p.competencies.contains(&was.id)).map(|p| &p.id).collect();
        (typed.is_open(&was.name) && !have.is_empty()).then(|| Self {
            title: "The same competency, or another one?",
            about: format!("{} Who has it:", called(&was.name, typed.name)),
            lines: vec![format!("{}: {}", words::people(have.len()), names(rota, have))],
            same: ("The same competency", "The same competency: everybody keeps it under its new name."),
            another: (
                "Another competency",
                "Another competency: nobody has it. What posts require stays, under the new name.",
            ),
            name: typed.name.trim().to_owned(),
            back: Box::new(back),
        })
    }

    /// The dialog that it was typed in, with what was said of the name.
    fn back_with(&self, is_another: bool) -> Dialog {
        let mut back = (*self.back).clone();
        let meant = Some(Meant { name: self.name.clone(), is_another });
        match &mut back {
            Dialog::Post(draft) => draft.meant = meant,
            Dialog::Unit(draft) => draft.meant = meant,
            Dialog::Competencies(draft) => {
                let named = draft.rows.iter_mut().find(|row| row.id.is_some() && row.name.trim() == self.name);
                if let Some(row) = named {
                    row.meant = meant;
                }
            }
            _ => {}
        }
        back
    }
}

impl DialogDraft for OtherNameDraft {
    /// Whoever does not know yet goes on where it was typed.
    fn cancelled(&self, editor: &mut Editor) {
        editor.dialog = Some((*self.back).clone());
    }
}

impl Editor {
    pub(in crate::editor) fn same_thing(&mut self, draft: &OtherNameDraft, env: &mut Env<'_>) {
        self.dialog = Some(draft.back_with(false));
        self.dialog_ok(env);
    }

    pub(in crate::editor) fn another_thing(&mut self, draft: &OtherNameDraft, env: &mut Env<'_>) {
        self.dialog = Some(draft.back_with(true));
        self.dialog_ok(env);
    }
}

/// A name as it is typed, and what was said of it.
pub(super) struct Typed<'a> {
    pub name: &'a str,
    pub meant: Option<&'a Meant>,
}

impl Typed<'_> {
    /// Whether it has to be asked what is meant by it.
    fn is_open(&self, was: &str) -> bool {
        !is_plainly_same(was, self.name) && self.meant.is_none_or(|meant| meant.name != self.name.trim())
    }

    /// Whether somebody has said that what was called so is another one under this name.
    pub(super) fn is_another(&self, was: &str) -> bool {
        let is_said = |meant: &Meant| meant.name == self.name.trim() && meant.is_another;
        !is_plainly_same(was, self.name) && self.meant.is_some_and(is_said)
    }
}

fn called(was: &str, is: &str) -> String {
    format!("“{}” is to be called “{}”.", words::safe(was.trim()), words::safe(is.trim()))
}

fn line(rota: &Rota, assignment: &Assignment) -> String {
    format!("{}, {}", sentence(rota, assignment), assignment.status.words())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota, with};
    use super::super::super::grid_tests::{editor, run};
    use super::super::super::{Action, Ask, Choice, Verb};
    use super::super::{CompetenciesDraft, Part, PostDraft, UnitDraft};
    use super::*;
    use crate::model::{CompetencyId, Status};

    fn held() -> Rota {
        let mut rota = with(rota(), "a1", "sho", "kp", "08:00", "12:00", Status::Agreed);
        let airway = CompetencyId::new("airway").unwrap();
        rota.competencies.push(Competency { id: airway.clone(), name: "Airway".to_owned() });
        rota.people[1].competencies.push(airway.clone());
        rota.posts[1].requires.push(airway);
        with(rota, "a2", "cons", "rs", "08:00", "17:00", Status::Asked)
    }

    /// The question asked when that is filled in and OK pressed.
    fn asked(editor: &mut Editor, ask: Ask, filled_in: Dialog) -> Option<OtherNameDraft> {
        run(editor, Action::Ask(ask));
        run(editor, Action::DialogEdited(Box::new(filled_in)));
        run(editor, Action::DialogOk);
        match editor.dialog() {
            Some(Dialog::OtherName(question)) => Some(question.clone()),
            _ => None,
        }
    }

    fn post(name: &str) -> Dialog {
        PostDraft { name: name.to_owned(), ..PostDraft::of(&held(), &post_id("sho")).unwrap() }.into()
    }

    fn unit(name: &str) -> Dialog {
        let rota = held();
        UnitDraft { name: name.to_owned(), ..UnitDraft::of(&rota, Some(&rota.units[0].id)) }.into()
    }

    fn competency(name: &str) -> Dialog {
        let mut draft = CompetenciesDraft::of(&held());
        draft.rows[0].name = name.to_owned();
        draft.into()
    }

    #[test]
    fn another_name_asks_whether_it_is_the_same_and_another_job_is_proposed() {
        use Status::{Agreed, Asked, Proposed};
        let unit_id = held().units[0].id.clone();
        let cases = [
            (Ask::Post(post_id("sho")), post("Minors SHO"), vec!["KP, SHO, 08:00–12:00 Tue 26-Apr-2016, agreed"]),
            (Ask::Unit(Some(unit_id)), unit("Labour ward"), vec!["SHO: 1 shift, KP", "Consultant: 1 shift, RS"]),
            (Ask::Competencies, competency("Resus lead"), vec!["1 person: KP"]),
        ];
        let expected = [[Proposed, Asked], [Proposed, Proposed], [Agreed, Asked]];
        for ((ask, filled_in, lines), proposed) in cases.into_iter().zip(expected) {
            for choice in [Choice::SameThing, Choice::AnotherThing] {
                let mut editor = editor(held());
                assert_eq!(asked(&mut editor, ask.clone(), filled_in.clone()).unwrap().lines, lines);
                assert_eq!(*editor.doc().unwrap().rota(), held(), "nothing is done yet");
                run(&mut editor, Action::CloseDialog);
                assert_eq!(editor.dialog(), Some(&filled_in), "back where it was typed");
                run(&mut editor, Action::DialogOk);
                run(&mut editor, Action::DialogPress(choice));
                assert_eq!(editor.dialog(), None);
                let after = editor.doc().unwrap().rota();
                let is_another = choice == Choice::AnotherThing;
                let statuses: Vec<Status> = after.assignments.iter().map(|a| a.status).collect();
                assert_eq!(statuses, if is_another { proposed.to_vec() } else { vec![Agreed, Asked] });
                let has_it = !after.people[1].competencies.is_empty();
                assert_eq!(has_it, !(is_another && ask == Ask::Competencies));
                assert_eq!(after.posts[1].requires.len(), 1, "what is needed stays");
                assert_ne!(*after, held());
                run(&mut editor, Action::Do(Verb::Undo));
                assert_eq!(*editor.doc().unwrap().rota(), held(), "one step of undo");
            }
        }
    }

    #[test]
    fn another_spelling_is_not_asked_about_nor_is_a_name_that_nobody_has_agreed_under() {
        let mut editor_ = editor(held());
        assert_eq!(asked(&mut editor_, Ask::Post(post_id("sho")), post("S.H.O.")), None);
        assert_eq!(editor_.doc().unwrap().rota().posts[0].name, "S.H.O.");
        let free = PostDraft { name: "Minors reg".to_owned(), ..PostDraft::of(&held(), &post_id("mg")).unwrap() };
        assert_eq!(asked(&mut editor(held()), Ask::Post(post_id("mg")), free.into()), None);
    }

    #[test]
    fn what_was_said_of_one_name_says_nothing_of_the_next() {
        let mut editor = editor(held());
        let question = asked(&mut editor, Ask::Post(post_id("sho")), post("Minors SHO")).unwrap();
        let Dialog::Post(mut draft) = question.back_with(false) else { panic!() };
        draft.name = "Resus SHO".to_owned();
        run(&mut editor, Action::CloseDialog);
        run(&mut editor, Action::DialogEdited(Box::new(draft.into())));
        run(&mut editor, Action::DialogOk);
        assert!(matches!(editor.dialog(), Some(Dialog::OtherName(_))));
    }

    #[test]
    fn two_posts_of_one_unit_cannot_have_one_name() {
        let mut editor = editor(held());
        assert_eq!(asked(&mut editor, Ask::Post(post_id("sho")), post("consultant ")), None);
        let errors = editor.dialog_errors();
        assert_eq!((errors[0].field.part, errors[0].text.as_str()), (Part::Name, "A&E has another post of this name"));
    }
}
