//! What is typed and not entered yet when the rota is to be left: letters in a cell that mean nobody who can be put
//! there, and a dialog that was filled in. The question about leaving names it, and Cancel gives it back.

use std::mem::{Discriminant, discriminant};

use super::dialogs::{Dialog, DiscardDraft};
use super::{Editor, Typing, assign, cells};
use crate::model::{Rota, words};

/// What would be lost if the rota were left now, though no change of the rota holds it.
#[derive(Debug, Default)]
pub(super) struct HalfTyped {
    /// Letters in a cell that were refused when the typing ended.
    cell: Option<Typing>,
    /// What the end of the typing entered, though Enter was not pressed.
    entered: Option<String>,
    /// The dialog over which the question stands.
    dialog: Option<Box<Dialog>>,
    /// The dialog that is open, as it was opened; kept where leaving it may have to ask.
    opened: Option<Box<Dialog>>,
    /// Something was typed or chosen in the dialog that is open.
    dialog_was_edited: bool,
}

impl HalfTyped {
    pub(super) fn refused_in_cell(&mut self, typing: Typing) {
        self.cell = Some(typing);
    }

    pub(super) fn entered_by_leaving(&mut self, told: String) {
        self.entered = Some(told);
    }
}

/// The dialog that is open before an action.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    kind: Option<Discriminant<Dialog>>,
    is_question: bool,
    /// It asks about what was typed in the dialog under it.
    asks_about_it: bool,
}

impl Opened {
    pub(super) fn now(editor: &Editor) -> Self {
        let dialog = editor.dialog();
        Self {
            kind: dialog.map(discriminant),
            is_question: matches!(dialog, Some(Dialog::Unsaved(_))),
            asks_about_it: dialog.is_some_and(asks_about_what_is_under_it),
        }
    }
}

/// Whether it is a question about what was typed in another dialog, where its Cancel leads.
fn asks_about_what_is_under_it(dialog: &Dialog) -> bool {
    matches!(dialog, Dialog::LeftOut(_) | Dialog::MovedDays(_) | Dialog::Discard(_))
}

impl Editor {
    /// The question before a dialog is left in which something was changed that would be lost; none where nothing was,
    /// or too little to ask about.
    pub(super) fn asks_to_discard(&self, dialog: &Dialog) -> Option<DiscardDraft> {
        let (what, opened) = (dialog.draft().would_lose()?, self.half_typed.opened.as_deref()?);
        let empty = Rota::empty();
        let rota = self.doc().map_or(&empty, |doc| doc.rota());
        let is_changed = dialog != opened && !dialog.draft().holds_nothing_new(opened, rota);
        is_changed.then(|| DiscardDraft { what, back: Box::new(dialog.clone()) })
    }

    /// Another dialog is opened, or the same for another record: what was typed before is not in it.
    pub(super) fn forget_opened(&mut self) {
        self.half_typed.opened = None;
    }

    /// Whether something is typed and not entered; a dialog that was filled in goes under the question.
    pub(super) fn holds_half_typed(&mut self, quits: bool) -> bool {
        let edited = self.half_typed.dialog_was_edited;
        if let Some(dialog) = self.dialog.take_if(|dialog| quits && edited && dialog.draft().holds_work()) {
            self.half_typed.dialog = Some(Box::new(dialog));
        }
        self.half_typed.cell.is_some() || self.half_typed.dialog.is_some()
    }

    /// What leaving would lose, or has just entered, a sentence each; for the question.
    pub fn half_typed(&self) -> Vec<String> {
        let entered = self.half_typed.entered.as_ref().map(|told| format!("Entered just now: {told}."));
        let cell = self.half_typed.cell.as_ref().zip(self.doc()).map(|(typing, doc)| {
            let (rota, typed) = (doc.rota(), words::safe(typing.name()));
            let (post, times) = (assign::post_name(rota, &typing.gap.post), cells::times(rota.zone(), typing.gap.span));
            format!("“{typed}” is typed for {post}, {times}, but is not in the rota. It will not be saved.")
        });
        let dialog = self.half_typed.dialog.as_ref();
        let dialog = dialog.map(|_| {
            "The dialog that is open has changes that are not in the rota. They will not be saved.".to_owned()
        });
        entered.into_iter().chain(cell).chain(dialog).collect()
    }

    /// Takes letters out of their cell that may not be entered without Enter.
    pub(super) fn take_unfinished(&mut self) -> Option<Typing> {
        let rota = self.doc.as_ref()?.rota();
        let is_unfinished = |typing: &mut Typing| {
            let could = typing.choice().is_none_or(|choice| choice.could);
            !(typing.name().is_empty() || could && typing.is_whole(rota))
        };
        self.typing.take_if(is_unfinished)
    }

    /// Nobody leaves after all: it is there again as it was.
    pub(super) fn give_back_half_typed(&mut self) {
        let kept = std::mem::take(&mut self.half_typed);
        self.typing = kept.cell;
        self.half_typed.dialog_was_edited = kept.dialog.is_some();
        self.half_typed.opened = kept.opened;
        self.dialog = kept.dialog.map(|dialog| *dialog);
    }

    /// It is left behind.
    pub(super) fn drop_half_typed(&mut self) {
        self.half_typed = HalfTyped::default();
    }

    /// After each action, with the dialog that was open before it: nothing is kept but while the question is asked, and
    /// a dialog was edited only while it stays open.
    pub(super) fn follow_half_typed(&mut self, before: Opened, edits_dialog: bool) {
        let is_asked = matches!(self.dialog, Some(Dialog::Unsaved(_)));
        if is_asked || before.is_question {
            return;
        }
        let asks_about_it = before.asks_about_it || self.dialog.as_ref().is_some_and(asks_about_what_is_under_it);
        let is_same = self.dialog.is_some() && (asks_about_it || self.dialog.as_ref().map(discriminant) == before.kind);
        let dialog_was_edited = is_same && (edits_dialog || self.half_typed.dialog_was_edited);
        let opened = self.half_typed.opened.take().filter(|_| is_same);
        let asks = |dialog: &&Dialog| dialog.draft().would_lose().is_some();
        let opened = opened.or_else(|| self.dialog.as_ref().filter(asks).cloned().map(Box::new));
        self.half_typed = HalfTyped { opened, dialog_was_edited, ..HalfTyped::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogs::Then;
    use super::super::fixture::{rota, with};
    use super::super::grid_tests::{choose, editor, run};
    use super::super::{Action, Ask, Choice, Effect, Verb};
    use super::*;
    use crate::model::Status;

    fn is_closed(editor: &mut Editor) -> bool {
        editor.take_effects().iter().any(|effect| matches!(effect, Effect::CloseWindow))
    }

    /// Letters typed into a cell of a saved rota, and the window is closed.
    fn closed_while_typing(text: &str) -> Editor {
        let mut editor = editor(rota());
        choose(&mut editor, "mg", 0, "10:00", "10:00");
        run(&mut editor, Action::StartTyping(text.to_owned()));
        run(&mut editor, Action::Do(Verb::Quit));
        assert!(!is_closed(&mut editor), "{text} would be lost");
        assert_eq!(editor.dialog(), Some(&Dialog::Unsaved(Then::Quit)));
        editor
    }

    #[test]
    fn letters_that_were_not_entered_are_named_before_the_window_closes_and_cancel_gives_them_back() {
        // Nobody is called so; MW may not cover this post.
        for text in ["zz", "mw"] {
            let mut editor = closed_while_typing(text);
            let told = editor.half_typed().join(" ");
            assert!(told.starts_with(&format!("“{text}” is typed for Middle grade, 10:00–11:00,")), "{told}");
            run(&mut editor, Action::CloseDialog);
            assert_eq!(editor.typing().map(|typing| typing.text.as_str()), Some(text));
            run(&mut editor, Action::Do(Verb::Quit));
            assert!(editor.dialog().is_some(), "asked again");
            run(&mut editor, Action::DialogPress(Choice::Discard));
            assert!(is_closed(&mut editor));
        }
    }

    #[test]
    fn a_dialog_that_was_filled_in_is_named_too_and_comes_back() {
        let mut editor = editor(rota());
        run(&mut editor, Action::Ask(Ask::Person(None)));
        let Some(Dialog::Person(draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
        let mut filled_in = draft.clone();
        filled_in.family = "Quayle".to_owned();
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Person(filled_in.clone()))));
        for _ in 0..2 {
            run(&mut editor, Action::Do(Verb::Quit));
            assert!(!is_closed(&mut editor));
            assert_eq!(editor.half_typed().len(), 1);
            run(&mut editor, Action::CloseDialog);
            assert_eq!(editor.dialog(), Some(&Dialog::Person(filled_in.clone())));
        }
        run(&mut editor, Action::CloseDialog);
        run(&mut editor, Action::DialogOk);
        run(&mut editor, Action::Do(Verb::Quit));
        assert!(is_closed(&mut editor), "it was given up");
    }

    #[test]
    fn a_dialog_with_changes_is_not_left_without_asking() {
        let mut editor = editor(rota());
        run(&mut editor, Action::Ask(Ask::Normal(None)));
        let Some(Dialog::Normal(opened)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Normal(opened.clone()))));
        run(&mut editor, Action::CloseDialog);
        assert_eq!(editor.dialog(), None, "nothing was changed");

        run(&mut editor, Action::Ask(Ask::Normal(None)));
        let mut changed = opened.clone();
        changed.take_line(0);
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Normal(changed.clone()))));
        run(&mut editor, Action::CloseDialog);
        let Some(Dialog::Discard(question)) = editor.dialog() else { panic!("{:?}", editor.dialog()) };
        assert_eq!(question.what, "the changes to normal staffing");
        // Keep editing, then the window is to be closed and that is left too: it is asked again each time.
        for _ in 0..2 {
            run(&mut editor, Action::CloseDialog);
            assert!(matches!(editor.dialog(), Some(Dialog::Normal(draft)) if draft.lines.len() == changed.lines.len()));
            run(&mut editor, Action::Do(Verb::Quit));
            run(&mut editor, Action::CloseDialog);
            run(&mut editor, Action::CloseDialog);
            assert!(matches!(editor.dialog(), Some(Dialog::Discard(_))), "{:?}", editor.dialog());
        }
        run(&mut editor, Action::CloseDialog);
        let Some(Dialog::Normal(mut draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
        draft.put_back_line(0);
        assert_eq!(draft, opened);
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Normal(draft))));
        run(&mut editor, Action::CloseDialog);
        assert_eq!(editor.dialog(), None, "the line is back: nothing is lost");

        run(&mut editor, Action::Ask(Ask::Normal(None)));
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Normal(changed))));
        run(&mut editor, Action::CloseDialog);
        run(&mut editor, Action::DialogOk);
        assert_eq!(editor.dialog(), None, "discarded");
        assert_eq!(*editor.doc().unwrap().rota(), rota());
    }

    #[test]
    fn what_was_typed_under_a_question_about_it_is_named_too() {
        let start = with(rota(), "a1", "mg", "kp", "08:00", "17:00", Status::Agreed);
        let mut editor = editor(start);
        run(&mut editor, Action::Ask(Ask::Windows));
        let Some(Dialog::Windows(mut draft)) = editor.dialog().cloned() else { panic!("{:?}", editor.dialog()) };
        draft.rows[0].when.to_time = "9".to_owned();
        run(&mut editor, Action::DialogEdited(Box::new(Dialog::Windows(draft.clone()))));
        run(&mut editor, Action::DialogOk);
        assert!(matches!(editor.dialog(), Some(Dialog::LeftOut(_))));
        run(&mut editor, Action::CloseDialog);
        assert_eq!(editor.dialog(), Some(&Dialog::Windows(draft)), "back where it was typed");
        run(&mut editor, Action::Do(Verb::Quit));
        assert!(!is_closed(&mut editor));
        assert_eq!(editor.half_typed().len(), 1);
    }

    #[test]
    fn a_dialog_that_was_only_looked_at_asks_nothing() {
        let mut editor = editor(rota());
        run(&mut editor, Action::Ask(Ask::Person(None)));
        run(&mut editor, Action::Do(Verb::Quit));
        assert!(is_closed(&mut editor));
    }
}
