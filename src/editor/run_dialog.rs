//! Opening dialogs, and what their buttons do.

use crate::model::{History, Rota};

use super::dialogs::{Afterwards, Ask, At, Choice, CommandDraft, Dialog, FieldError, LeftOutDraft};
use super::refused::Refused;
use super::{Editor, Env};

impl Editor {
    pub(super) fn ask(&mut self, ask: Ask, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let dialog = ask.open(&At { editor: self, rota: doc.rota(), now: env.now });
        if doc.is_read_only() && dialog.as_ref().is_none_or(|dialog| dialog.draft().holds_work()) {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        self.typing = None;
        self.forget_opened();
        self.dialog = dialog;
    }

    pub(super) fn paste_people(&mut self, text: &str, env: &mut Env<'_>) {
        self.ask(Ask::PastePeople(text.to_owned()), env);
    }

    /// What is wrong in the open dialog, by field.
    pub fn dialog_errors(&self) -> Vec<FieldError> {
        let Some(dialog) = &self.dialog else { return Vec::new() };
        let empty = Rota::empty();
        dialog.draft().errors(self.doc.as_ref().map_or(&empty, |doc| doc.rota()))
    }

    /// The dialog's main button. With errors it stays open; they stand beside their fields.
    pub(super) fn dialog_ok(&mut self, env: &mut Env<'_>) {
        let Some(dialog) = self.dialog.take() else { return };
        let done = dialog.ok(self, env);
        if !done && self.dialog.is_none() {
            self.dialog = Some(dialog);
        }
    }

    /// Another button than the main one.
    pub(super) fn dialog_press(&mut self, choice: Choice, env: &mut Env<'_>) {
        let Some(dialog) = self.dialog.take() else { return };
        if !dialog.press(choice, self, env) {
            self.dialog = Some(dialog);
        }
    }

    pub(super) fn close_dialog(&mut self) {
        // A wrong seal stays unconfirmed: the verdicts stay grey and the notice can be opened again.
        self.then = None;
        let Some(dialog) = self.dialog.take() else { return };
        match self.asks_to_discard(&dialog) {
            Some(question) => self.dialog = Some(Dialog::Discard(question)),
            None => dialog.draft().cancelled(self),
        }
    }

    /// Does the draft's command, or asks first where cover would go out of sight by it, or less be needed.
    pub(super) fn accept_seen<D>(&mut self, draft: &D, env: &mut Env<'_>) -> bool
    where
        D: CommandDraft + Clone + Into<Dialog>,
    {
        let Some(doc) = &self.doc else { return true };
        let rota = doc.rota();
        let question = draft.asks_first(rota).or_else(|| {
            let mut history = History::new(rota.clone());
            let is_done = draft.command(rota, env).is_ok_and(|command| history.run(command).is_ok());
            let question = is_done.then(|| LeftOutDraft::of(rota, history.rota(), &draft.clone().into())).flatten();
            question.map(Dialog::LeftOut)
        });
        if question.is_some() {
            self.dialog = question;
            return false;
        }
        self.accept_command(draft, env)
    }

    /// It is meant.
    pub(super) fn accept_left_out(&mut self, draft: &LeftOutDraft, env: &mut Env<'_>) -> bool {
        draft.back.command_draft().is_none_or(|draft| self.accept_command(draft, env))
    }

    /// Does the draft's command, and shows and says what comes after it.
    pub(super) fn accept_command(&mut self, draft: &dyn CommandDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        match draft.command(doc.rota(), env) {
            Ok(command) => {
                let afterwards = draft.afterwards(doc.rota(), &command);
                let is_changed = self.command(command, env);
                let done = is_changed || self.notice.is_none();
                if done {
                    self.show_afterwards(afterwards, is_changed);
                }
                done
            }
            Err(errors) => {
                self.say_why(errors);
                false
            }
        }
    }

    fn show_afterwards(&mut self, afterwards: Afterwards, is_changed: bool) {
        let Afterwards { said, not_done: (title, lines), gap, view } = afterwards;
        self.view = view.unwrap_or(self.view);
        if let Some((post, span)) = gap {
            self.go_to_gap(&post, span);
        }
        if let (true, Some(toast), Some(said)) = (is_changed, &mut self.toast, said) {
            toast.text = said;
        }
        if !lines.is_empty() {
            self.tell(title, lines);
        }
    }

    pub(super) fn say_why(&mut self, errors: Vec<FieldError>) {
        self.notice = errors.into_iter().next().map(|error| error.text);
    }
}
