//! What the buttons of the dialogs do that run no command of a draft: answers to questions, and what is gone on with.

use crate::checker::{Finding, acceptance_key, can_be_accepted};
use crate::model::{Acceptance, Change, Command, PersonId, PostId, Rota, SessionId, SessionState, Span, Status, words};

use super::dialogs::{
    AcceptDraft, ChangeTimeDraft, DeclinedDraft, Dialog, DialogDraft, DropDraft, FieldError, FindDraft, ManyDraft,
    NewDraft, PaletteDraft, PersonDraft, PostponeDraft, RemoveDraft, RenamedDraft, SaveAgainDraft, Then,
    TypedPathDraft,
};
use super::effect::SaveWhy;
use super::palette::{find_everywhere, palette_matches};
use super::selection::{CellRange, Selection};
use super::{Editor, Env, cells, removal, sessions, status};

impl Editor {
    pub(super) fn ask_accept(&mut self, at: usize) {
        let Some(finding) = self.doc.as_ref().and_then(|doc| doc.report().findings.get(at)) else { return };
        if !can_be_accepted(finding) {
            self.notice = Some("Errors must be fixed; they cannot be accepted".to_owned());
            return;
        }
        let draft = AcceptDraft { finding: at, message: finding.message.clone(), reason: String::new() };
        self.dialog = Some(Dialog::AcceptFinding(draft));
    }

    pub(super) fn accept_seal(&mut self) -> bool {
        if let Some(doc) = &mut self.doc {
            doc.confirm_seal();
        }
        true
    }

    pub(super) fn save_as_copy(&mut self) {
        self.ask_save(SaveWhy::Copy);
    }

    pub(super) fn reload(&mut self) {
        self.guard(Then::Reload);
    }

    pub(super) fn save_then(&mut self, then: &Then, _env: &mut Env<'_>) -> bool {
        self.drop_half_typed();
        self.then = Some(then.clone());
        self.save();
        true
    }

    pub(super) fn copy_then(&mut self, then: &Then, _env: &mut Env<'_>) {
        self.drop_half_typed();
        self.then = Some(then.clone());
        self.ask_save(SaveWhy::Copy);
    }

    pub(super) fn discard_then(&mut self, then: &Then, _env: &mut Env<'_>) {
        self.set_aside();
        self.proceed(then.clone());
    }

    pub(super) fn accept_save_again(&mut self, draft: &SaveAgainDraft, _env: &mut Env<'_>) -> bool {
        self.save_again(draft.clone());
        true
    }

    pub(super) fn save_elsewhere(&mut self, draft: &SaveAgainDraft, _env: &mut Env<'_>) {
        self.then.clone_from(&draft.then);
        self.ask_save(draft.why);
    }

    pub(super) fn accept_typed_path(&mut self, draft: &TypedPathDraft, _env: &mut Env<'_>) -> bool {
        self.typed_path(draft);
        self.notice.is_none()
    }

    pub(super) fn accept_new(&mut self, draft: &NewDraft, _env: &mut Env<'_>) -> bool {
        let is_right = draft.errors(&Rota::empty()).is_empty();
        if is_right {
            self.guard(Then::New(draft.clone()));
        }
        is_right
    }

    pub(super) fn run_marked(&mut self, draft: &PaletteDraft, env: &mut Env<'_>) -> bool {
        let chosen = palette_matches(self, &draft.text).into_iter().nth(draft.marked);
        if let Some(chosen) = &chosen {
            self.run_verb(chosen.verb, env);
        }
        chosen.is_some()
    }

    pub(super) fn go_to_marked(&mut self, draft: &FindDraft, _env: &mut Env<'_>) -> bool {
        let found = self.doc.as_ref().map(|doc| find_everywhere(doc.rota(), &draft.text));
        let chosen = found.into_iter().flatten().nth(draft.marked);
        if let Some(chosen) = &chosen {
            self.go_to(chosen.what.clone());
        }
        chosen.is_some()
    }

    pub(super) fn change_time(&mut self, draft: &ChangeTimeDraft, env: &mut Env<'_>) -> bool {
        let span = self.doc.as_ref().and_then(|doc| draft.span(doc.rota()).ok());
        span.is_some_and(|span| self.resize(&draft.assignment, span, env) || self.notice.is_none())
    }

    pub(super) fn remove(&mut self, draft: &RemoveDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        match removal::remove(doc.rota(), &draft.what) {
            Ok(command) => {
                self.command(command, env);
            }
            Err(why) => self.refuse(&why),
        }
        true
    }

    pub(super) fn accept_person(&mut self, draft: &PersonDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let Ok(person) = draft.person(doc.rota(), env) else { return false };
        if let Some(question) = RenamedDraft::of(doc.rota(), draft) {
            self.dialog = Some(Dialog::Renamed(question));
            return false;
        }
        let id = person.id.clone();
        let done = match (&draft.id, &draft.then_place) {
            (None, Some(range)) => self.add_and_place(person, range, env),
            _ => match draft.command(doc.rota(), env) {
                Ok(command) => self.command(command, env) || self.notice.is_none(),
                Err(_) => false,
            },
        };
        if done && draft.id.is_none() && draft.then_place.is_none() && doc_has(self, &id) {
            self.choose(Selection::Person(id));
        }
        done
    }

    /// Adds a person and puts them on the cells that their initials were typed into, in one step.
    fn add_and_place(&mut self, person: crate::model::Person, range: &CellRange, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return false };
        let mut with = doc.rota().clone();
        let id = person.id.clone();
        with.people.push(person.clone());
        let mut sheet = cells::Sheet { rota: &with, grid: doc.grid(), window: &range.window, random: &mut *env.random };
        match cells::put(&mut sheet, range, &id) {
            Ok(mut edit) => {
                edit.command.changes.insert(0, Change::add(person));
                edit.command.label = format!("add {}", edit.command.label);
                let range = range.clone();
                let done = self.edit_in(Some(&range.window), env, |_| Ok(edit));
                self.choose(Selection::Cells(range));
                done
            }
            Err(refused) => {
                self.notice = Some(refused.to_string());
                false
            }
        }
    }

    /// Does to many people what was asked about; where others are meant by now, they are asked about first.
    pub(super) fn do_to_many(&mut self, draft: &ManyDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let now = ManyDraft::of(doc.rota(), draft.what.clone());
        if let Some(now) = now.filter(|now| now != draft) {
            self.notice = Some("The rota has changed: check the names again".to_owned());
            self.dialog = Some(Dialog::Many(now));
            return false;
        }
        match draft.command(doc.rota(), env) {
            Ok(command) => {
                if !self.command(command, env) && self.notice.is_none() {
                    self.notice = Some("All of them are already marked".to_owned());
                }
            }
            Err(why) => self.refuse(&why),
        }
        true
    }

    pub(super) fn accept_finding(&mut self, draft: &AcceptDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let Some(finding) = doc.report().findings.get(draft.finding).filter(|f| f.message == draft.message) else {
            return true;
        };
        if draft.reason.trim().is_empty() || !can_be_accepted(finding) {
            return false;
        }
        let mut accepted = doc.rota().accepted.clone();
        let about = acceptance_key(finding);
        accepted.retain(|a| a.code != finding.code.as_str() || a.about != about);
        accepted.push(Acceptance {
            code: finding.code.as_str().to_owned(),
            about,
            by: env.user.to_owned(),
            at: env.now,
            reason: draft.reason.trim().to_owned(),
        });
        let label = format!("accept {}", in_words(doc.rota(), finding));
        let done = self.command(Command::edit(label, vec![Change::Accepted(accepted)]), env);
        // It goes from where it was to the end of the list: there it is seen.
        self.problem_filter.accepted |= done;
        done
    }

    pub(super) fn withdraw_accept(&mut self, at: usize, env: &Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let Some(finding) = doc.report().findings.get(at) else { return };
        let Some(accepted) = doc.acceptance(finding) else { return };
        let left = doc.rota().accepted.iter().filter(|a| *a != accepted).cloned().collect();
        let label = format!("no longer accept {}", in_words(doc.rota(), finding));
        self.command(Command::edit(label, vec![Change::Accepted(left)]), env);
    }

    pub(super) fn not_this_post(&mut self, draft: &DeclinedDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let ids: Vec<_> = draft.pieces.iter().map(|(id, _)| id.clone()).collect();
        if let Some(command) = status::set_status(doc.rota(), &ids, Status::Declined, env) {
            self.command(command, env);
        }
    }

    pub(super) fn not_free_then(&mut self, draft: &DeclinedDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        if let Some(command) = status::not_free_then(doc.rota(), &draft.pieces, env) {
            self.command(command, env);
        }
    }

    pub(super) fn same_doctor(&mut self, draft: &RenamedDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let command = draft.person.command(doc.rota(), env);
        self.command_or_why(command, env);
    }

    pub(super) fn somebody_else(&mut self, draft: &RenamedDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let command = draft.somebody_else(doc.rota(), env);
        self.command_or_why(command, env);
    }

    fn command_or_why(&mut self, command: Result<Command, Vec<FieldError>>, env: &Env<'_>) {
        match command {
            Ok(command) => {
                self.command(command, env);
            }
            Err(errors) => self.say_why(errors),
        }
    }

    pub(super) fn drop_replace(&mut self, draft: &DropDraft, env: &mut Env<'_>) {
        let there = self.doc.as_ref().and_then(|doc| doc.rota().assignment(&draft.on));
        let there = there.map(|there| (there.post.clone(), there.span));
        let window = there.as_ref().and_then(|(_, span)| self.window_of(*span));
        let done = self.edit_in(window.as_ref(), env, |sheet| cells::replace(sheet, &draft.on, &draft.person));
        if let (true, Some((post, span))) = (done, there) {
            self.ring_on(&draft.person, &post, span);
        }
    }

    /// Sets the state of sessions, after asking what has to be asked.
    pub(super) fn set_sessions(
        &mut self,
        ids: &[SessionId],
        to: SessionState,
        propose: Option<&(PersonId, PostId, Span)>,
        env: &mut Env<'_>,
    ) {
        let Some(doc) = &self.doc else { return };
        match sessions::question(doc.rota(), ids, to, propose.cloned()) {
            Some(mut question) if !doc.is_read_only() => {
                let suggested = self.proposal().map(|p| p.before_moving(doc.rota(), ids, to, propose, env));
                question.lines.extend(suggested.unwrap_or_default());
                self.dialog = Some(Dialog::Postpone(question));
            }
            _ => {
                if let Some(command) = sessions::set_state(doc.rota(), ids, to, "", propose, env)
                    && self.command(command, env)
                    && let Some((person, post, span)) = propose
                {
                    self.ring_on(person, post, *span);
                }
            }
        }
    }

    pub(super) fn postpone(&mut self, draft: &PostponeDraft, env: &mut Env<'_>) -> bool {
        if draft.asks_reason && draft.reason.trim().is_empty() {
            return false;
        }
        let Some(doc) = &self.doc else { return true };
        let command =
            sessions::set_state(doc.rota(), &draft.sessions, draft.to, &draft.reason, draft.propose.as_ref(), env);
        if let Some(command) = command {
            self.command(command, env);
        }
        true
    }
}

fn doc_has(editor: &Editor, id: &PersonId) -> bool {
    editor.doc().is_some_and(|doc| doc.rota().person(id).is_some())
}

/// What a finding is called in a step of undo, such as `“Rest too short” of LR`.
fn in_words(rota: &Rota, finding: &Finding) -> String {
    let title = finding.code.rule().title;
    let names: Vec<String> = finding.people.iter().map(|id| super::assign::initials(rota, id)).collect();
    if names.is_empty() { format!("“{title}”") } else { format!("“{title}” of {}", words::list(&names)) }
}
