//! Opening dialogs, and what their buttons do.

use crate::checker::{Finding, acceptance_key, can_be_accepted};
use crate::model::{
    Acceptance, Change, Command, History, PersonId, PostId, Rota, SessionId, SessionState, Span, Status, words,
};

use super::action::{Ask, Choice};
use super::dates::day_at;
use super::dialogs::{
    AcceptDraft, AddPostsDraft, ChangeTimeDraft, CompetenciesDraft, CopyDayDraft, Dialog, FieldError, LeftOutDraft,
    ManyDraft, NormalDraft, NotFreeFromDraft, Part, PastePeopleDraft, PasteSessionsDraft, PersonDraft, PostDraft,
    PostponeDraft, PropertiesDraft, RemoveDraft, RenamedDraft, SessionDraft, SeveralDraft, SwapDraft, Then, UnitDraft,
    UnreadRow, WindowsDraft,
};
use super::edits::said;
use super::effect::SaveWhy;
use super::palette::{find_everywhere, palette_matches};
use super::refused::Refused;
use super::selection::{CellRange, Selection, View};
use super::{Editor, Env, cells, removal, sessions, status};

impl Editor {
    pub(super) fn ask(&mut self, ask: Ask, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        if doc.is_read_only() && !matches!(ask, Ask::Explain(_)) {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        let rota = doc.rota();
        let dialog = match ask {
            Ask::RotaProperties => Some(Dialog::RotaProperties(PropertiesDraft::of(rota))),
            Ask::Windows => Some(Dialog::Windows(WindowsDraft::of(rota, env.now))),
            Ask::Competencies => Some(Dialog::Competencies(CompetenciesDraft::of(rota))),
            Ask::Unit(id) => Some(Dialog::Unit(UnitDraft::of(rota, id.as_ref()))),
            Ask::Post(id) => PostDraft::of(rota, &id).map(Dialog::Post),
            Ask::AddPosts(unit) => Some(Dialog::AddPosts(AddPostsDraft::of(rota, unit))),
            Ask::Normal(id) => {
                let shown = self.window.as_ref().and_then(|id| rota.window(id)).map(|w| w.normal.clone());
                let id = id.or(shown).or_else(|| rota.normals.first().map(|n| n.id.clone()));
                // Whoever came from a unit goes on at that unit.
                let begin_in = if let Selection::Unit(unit) = &self.selection { Some(unit.clone()) } else { None };
                let today = day_at(rota.zone(), env.now);
                Some(Dialog::Normal(NormalDraft { begin_in, ..NormalDraft::of(rota, id.as_ref(), today) }))
            }
            Ask::Person(id) => Some(Dialog::Person(PersonDraft::of(rota, id.as_ref()))),
            Ask::Several(people) => Some(Dialog::Several(SeveralDraft::of(rota, people))),
            Ask::Session(id) => {
                Some(Dialog::Session(SessionDraft::of(rota, id.as_ref(), self.window.as_ref(), env.now)))
            }
            Ask::PastePeople(text) => Some(Dialog::PastePeople(PastePeopleDraft::of(rota, &text, env.now))),
            Ask::PasteSessions(text) => {
                let draft = PasteSessionsDraft::of(rota, &text, self.window.as_ref(), env.now);
                Some(Dialog::PasteSessions(draft))
            }
            Ask::NotFreeFrom(id) => Some(Dialog::NotFreeFrom(NotFreeFromDraft::of(rota, &id, env.now))),
            Ask::ChangeTime(id) => ChangeTimeDraft::of(rota, &id).map(Dialog::ChangeTime),
            Ask::SwapWith(person) => self
                .chosen_span()
                .map(|span| Dialog::SwapWith(SwapDraft { person, with: None, find: String::new(), span })),
            Ask::CopyDay => CopyDayDraft::of(rota, self.window.as_ref()).map(Dialog::CopyDay),
            Ask::Explain(code) => Some(Dialog::ExplainRule(code)),
            Ask::Remove(what) => {
                let lines = removal::goes_with_it(rota, &what);
                Some(Dialog::Remove(RemoveDraft { name: removal::name(rota, &what), what, lines }))
            }
        };
        self.typing = None;
        self.dialog = dialog;
    }

    pub(super) fn paste_people(&mut self, text: &str, env: &mut Env<'_>) {
        self.ask(Ask::PastePeople(text.to_owned()), env);
    }

    pub(super) fn ask_accept(&mut self, at: usize) {
        let Some(finding) = self.doc.as_ref().and_then(|doc| doc.report().findings.get(at)) else { return };
        if !can_be_accepted(finding) {
            self.notice = Some("Errors must be fixed; they cannot be accepted".to_owned());
            return;
        }
        let draft = AcceptDraft { finding: at, message: finding.message.clone(), reason: String::new() };
        self.dialog = Some(Dialog::AcceptFinding(draft));
    }

    /// What is wrong in the open dialog, by field.
    pub fn dialog_errors(&self) -> Vec<FieldError> {
        let (Some(dialog), Some(doc)) = (&self.dialog, &self.doc) else {
            return if let Some(Dialog::New(draft)) = &self.dialog { draft.errors() } else { Vec::new() };
        };
        let rota = doc.rota();
        let reason = |text: &str, why| {
            if text.trim().is_empty() { vec![FieldError::new(Part::Reason, why)] } else { Vec::new() }
        };
        match dialog {
            Dialog::RotaProperties(draft) => draft.errors(),
            Dialog::Windows(draft) | Dialog::MovedDays(draft) => draft.errors(rota),
            Dialog::Competencies(draft) => draft.errors(),
            Dialog::Unit(draft) => draft.errors(rota),
            Dialog::Post(draft) => draft.errors(rota),
            Dialog::AddPosts(draft) => draft.errors(rota),
            Dialog::Normal(draft) => draft.errors(rota),
            Dialog::Person(draft) => draft.errors(rota),
            Dialog::Several(draft) => draft.errors(),
            Dialog::Session(draft) => draft.errors(rota),
            Dialog::PastePeople(draft) => draft.errors(),
            Dialog::PasteSessions(draft) => draft.errors(),
            Dialog::NotFreeFrom(draft) => draft.errors(rota),
            Dialog::ChangeTime(draft) => draft.errors(rota),
            Dialog::SwapWith(draft) => draft.errors(),
            Dialog::CopyDay(draft) => draft.errors(),
            Dialog::New(draft) => draft.errors(),
            Dialog::AcceptFinding(draft) => reason(&draft.reason, "enter a reason"),
            Dialog::Postpone(draft) if draft.asks_reason => {
                reason(&draft.reason, "this is protected work: enter a reason; it is kept in the log")
            }
            Dialog::LeftOut(_)
            | Dialog::Renamed(_)
            | Dialog::ExplainRule(_)
            | Dialog::Many(_)
            | Dialog::Declined(_)
            | Dialog::Drop(_)
            | Dialog::Postpone(_)
            | Dialog::Remove(_)
            | Dialog::Unsaved(_)
            | Dialog::SealNotice
            | Dialog::ChangedOnDisk
            | Dialog::Recover
            | Dialog::SaveAgain(_)
            | Dialog::TypedPath(_)
            | Dialog::Examples
            | Dialog::Find(_)
            | Dialog::Palette(_)
            | Dialog::Message { .. }
            | Dialog::Help
            | Dialog::About => Vec::new(),
        }
    }

    /// The dialog's main button. With errors it stays open; they stand beside their fields.
    pub(super) fn dialog_ok(&mut self, env: &mut Env<'_>) {
        let Some(dialog) = self.dialog.take() else { return };
        let done = self.accept(&dialog, env);
        if !done && self.dialog.is_none() {
            self.dialog = Some(dialog);
        }
    }

    /// Does what the dialog is for; `false` leaves it open.
    fn accept(&mut self, dialog: &Dialog, env: &mut Env<'_>) -> bool {
        match dialog {
            Dialog::Message { .. } | Dialog::Help | Dialog::About | Dialog::ExplainRule(_) | Dialog::Examples => true,
            Dialog::Recover | Dialog::ChangedOnDisk | Dialog::Declined(_) | Dialog::Drop(_) | Dialog::Renamed(_) => {
                false
            }
            Dialog::SealNotice => {
                if let Some(doc) = &mut self.doc {
                    doc.confirm_seal();
                }
                true
            }
            Dialog::Unsaved(then) => {
                self.save_then(then.clone());
                true
            }
            Dialog::SaveAgain(draft) => {
                self.save_again(draft.clone());
                true
            }
            Dialog::TypedPath(draft) => {
                self.typed_path(draft);
                self.notice.is_none()
            }
            Dialog::New(draft) => {
                if !draft.errors().is_empty() {
                    return false;
                }
                self.guard(Then::New(draft.clone()));
                true
            }
            Dialog::Palette(draft) => {
                let chosen = palette_matches(self, &draft.text).into_iter().nth(draft.marked);
                if let Some(chosen) = &chosen {
                    self.run_verb(chosen.verb, env);
                }
                chosen.is_some()
            }
            Dialog::Find(draft) => {
                let found = self.doc.as_ref().map(|doc| find_everywhere(doc.rota(), &draft.text));
                let chosen = found.into_iter().flatten().nth(draft.marked);
                if let Some(chosen) = &chosen {
                    self.go_to(chosen.what.clone());
                }
                chosen.is_some()
            }
            Dialog::Postpone(draft) => self.postpone(draft, env),
            Dialog::ChangeTime(draft) => {
                let span = self.doc.as_ref().and_then(|doc| draft.span(doc.rota()).ok());
                span.is_some_and(|span| self.resize(&draft.assignment, span, env) || self.notice.is_none())
            }
            Dialog::Person(draft) => self.accept_person(draft, env),
            Dialog::Remove(draft) => {
                let Some(doc) = &self.doc else { return true };
                match removal::remove(doc.rota(), &draft.what) {
                    Ok(command) => {
                        self.command(command, env);
                    }
                    Err(why) => self.refuse(&why),
                }
                true
            }
            Dialog::AcceptFinding(draft) => self.accept_finding(draft, env),
            Dialog::Many(draft) => self.do_to_many(draft, env),
            Dialog::Windows(draft) => {
                let asks = self.doc.as_ref().and_then(|doc| draft.asks_what_moves(doc.rota()));
                let Some(asks) = asks else { return self.accept_seen(dialog, env) };
                self.dialog = Some(Dialog::MovedDays(asks));
                false
            }
            Dialog::MovedDays(_) | Dialog::Normal(_) | Dialog::Post(_) | Dialog::Unit(_) | Dialog::Competencies(_) => {
                self.accept_seen(dialog, env)
            }
            Dialog::LeftOut(draft) => self.accept_draft(&draft.back, env),
            Dialog::RotaProperties(_)
            | Dialog::AddPosts(_)
            | Dialog::Several(_)
            | Dialog::Session(_)
            | Dialog::PastePeople(_)
            | Dialog::PasteSessions(_)
            | Dialog::NotFreeFrom(_)
            | Dialog::SwapWith(_)
            | Dialog::CopyDay(_) => self.accept_draft(dialog, env),
        }
    }

    /// Does what the dialog is for, or asks first where cover would go out of sight by it, or less be needed.
    fn accept_seen(&mut self, dialog: &Dialog, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let Some(command) = command_of(dialog, doc.rota(), env) else { return true };
        let mut history = History::new(doc.rota().clone());
        if command.is_ok_and(|command| history.run(command).is_ok())
            && let Some(question) = LeftOutDraft::of(doc.rota(), history.rota(), dialog)
        {
            self.dialog = Some(Dialog::LeftOut(question));
            return false;
        }
        self.accept_draft(dialog, env)
    }

    fn accept_draft(&mut self, dialog: &Dialog, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let rota = doc.rota();
        let Some(command) = command_of(dialog, rota, env) else { return true };
        let could_not = if let Dialog::CopyDay(draft) = dialog { draft.preview(rota).could_not } else { Vec::new() };
        // Whoever was released leaves gaps: the first is shown, with who could.
        let released = match dialog {
            Dialog::NotFreeFrom(draft) if draft.release => draft.first_held(rota),
            _ => None,
        };
        let pasted = match (dialog, &command) {
            (Dialog::PastePeople(draft), Ok(command)) => Some((draft.told(command), draft.left_out())),
            (Dialog::Normal(draft), Ok(command)) if !draft.left_out.is_empty() => {
                let told = format!("{}; {}", said(&command.label), draft.told_left_out());
                Some((told, draft.left_out.iter().map(UnreadRow::text).collect()))
            }
            (Dialog::PasteSessions(draft), Ok(_)) => Some((draft.told(), draft.left_out())),
            _ => None,
        };
        match command {
            Ok(command) => {
                let is_changed = self.command(command, env);
                let done = is_changed || self.notice.is_none();
                if done && matches!(dialog, Dialog::PasteSessions(_)) {
                    // What was pasted is seen.
                    self.view = View::Sessions;
                }
                if let (true, Some((post, span))) = (done, released) {
                    self.go_to_gap(&post, span);
                }
                if done && !could_not.is_empty() {
                    self.tell("Some of it was not copied", could_not);
                }
                if let (true, Some((told, left_out))) = (done, pasted) {
                    self.tell_pasted(is_changed.then_some(told), left_out);
                }
                done
            }
            Err(errors) => {
                self.notice = errors.into_iter().next().map(|error| error.text);
                false
            }
        }
    }

    /// What was pasted, and in a list of their own the rows that were left out.
    fn tell_pasted(&mut self, told: Option<String>, left_out: Vec<String>) {
        if let (Some(toast), Some(told)) = (&mut self.toast, told) {
            toast.text = told;
        }
        if !left_out.is_empty() {
            let rows = words::count(left_out.len() as u64, "row");
            self.tell(format!("{rows} left out"), left_out);
        }
    }

    fn accept_person(&mut self, draft: &PersonDraft, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return true };
        let Ok(person) = draft.person(doc.rota(), env) else { return false };
        if let Some(question) = RenamedDraft::of(doc.rota(), draft) {
            self.dialog = Some(Dialog::Renamed(Box::new(question)));
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
    fn do_to_many(&mut self, draft: &ManyDraft, env: &mut Env<'_>) -> bool {
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

    fn accept_finding(&mut self, draft: &AcceptDraft, env: &mut Env<'_>) -> bool {
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

    /// Another button than the main one.
    pub(super) fn dialog_press(&mut self, choice: Choice, env: &mut Env<'_>) {
        let Some(dialog) = self.dialog.take() else { return };
        match (choice, dialog) {
            (Choice::Save, Dialog::Unsaved(then)) => self.save_then(then),
            (Choice::Discard, Dialog::Unsaved(then)) => {
                self.set_aside();
                self.proceed(then);
            }
            (Choice::SaveElsewhere, Dialog::SaveAgain(draft)) => {
                self.then = draft.then;
                self.ask_save(draft.why);
            }
            (Choice::NotThisPost, Dialog::Declined(draft)) => {
                let Some(doc) = &self.doc else { return };
                let ids: Vec<_> = draft.pieces.iter().map(|(id, _)| id.clone()).collect();
                if let Some(command) = status::set_status(doc.rota(), &ids, Status::Declined, env) {
                    self.command(command, env);
                }
            }
            (Choice::NotFreeThen, Dialog::Declined(draft)) => {
                let Some(doc) = &self.doc else { return };
                if let Some(command) = status::not_free_then(doc.rota(), &draft.pieces, env) {
                    self.command(command, env);
                }
            }
            (Choice::SameDoctor, Dialog::Renamed(draft)) => {
                let Some(doc) = &self.doc else { return };
                let command = draft.person.command(doc.rota(), env);
                self.command_or_why(command, env);
            }
            (Choice::SomebodyElse, Dialog::Renamed(draft)) => {
                let Some(doc) = &self.doc else { return };
                let command = draft.somebody_else(doc.rota(), env);
                self.command_or_why(command, env);
            }
            (Choice::Swap, Dialog::Drop(draft)) => self.drop_swap(&draft, env),
            (Choice::Replace, Dialog::Drop(draft)) => {
                let span = self.doc.as_ref().and_then(|doc| doc.rota().assignment(&draft.on)).map(|a| a.span);
                let window = span.and_then(|span| self.window_of(span));
                let on = self.doc.as_ref().and_then(|doc| doc.rota().assignment(&draft.on)).map(|a| a.post.clone());
                let done = self.edit_in(window.as_ref(), env, |sheet| cells::replace(sheet, &draft.on, &draft.person));
                if let (true, Some(post), Some(span)) = (done, on, span) {
                    self.ring_on(&draft.person, &post, span);
                }
            }
            (Choice::SaveCopy, _) => self.ask_save(SaveWhy::Copy),
            (Choice::Reload, _) => self.guard(Then::Reload),
            (Choice::TryAgain, _) => self.save(),
            (_, dialog) => self.dialog = Some(dialog),
        }
    }

    fn command_or_why(&mut self, command: Result<Command, Vec<FieldError>>, env: &Env<'_>) {
        match command {
            Ok(command) => {
                self.command(command, env);
            }
            Err(errors) => self.notice = errors.into_iter().next().map(|error| error.text),
        }
    }

    fn save_then(&mut self, then: Then) {
        self.drop_half_typed();
        self.then = Some(then);
        self.save();
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

    fn postpone(&mut self, draft: &PostponeDraft, env: &mut Env<'_>) -> bool {
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

    pub(super) fn close_dialog(&mut self) {
        // A wrong seal stays unconfirmed: the verdicts stay grey and the notice can be opened again.
        self.then = None;
        match self.dialog.take() {
            // Whoever does not mean it goes on where it was typed.
            Some(Dialog::LeftOut(question)) => self.dialog = Some(*question.back),
            Some(Dialog::Unsaved(_)) => self.give_back_half_typed(),
            _ => {}
        }
    }
}

/// The one command that OK does; none for a dialog that does something else, or asks.
fn command_of(dialog: &Dialog, rota: &Rota, env: &mut Env<'_>) -> Option<Result<Command, Vec<FieldError>>> {
    Some(match dialog {
        Dialog::RotaProperties(draft) => draft.command(rota),
        Dialog::Windows(draft) | Dialog::MovedDays(draft) => draft.command(rota, env),
        Dialog::Competencies(draft) => draft.command(rota, env),
        Dialog::Unit(draft) => draft.command(rota, env),
        Dialog::Post(draft) => draft.command(rota),
        Dialog::AddPosts(draft) => draft.command(rota, env),
        Dialog::Normal(draft) => draft.command(rota, env),
        Dialog::Several(draft) => draft.command(rota),
        Dialog::Session(draft) => draft.command(rota, env),
        Dialog::PastePeople(draft) => draft.command(rota, env),
        Dialog::PasteSessions(draft) => draft.command(env),
        Dialog::NotFreeFrom(draft) => draft.command(rota, env),
        Dialog::SwapWith(draft) => draft.command(rota, env),
        Dialog::CopyDay(draft) => draft.command(rota, env),
        Dialog::LeftOut(_)
        | Dialog::Person(_)
        | Dialog::Renamed(_)
        | Dialog::ChangeTime(_)
        | Dialog::AcceptFinding(_)
        | Dialog::ExplainRule(_)
        | Dialog::Many(_)
        | Dialog::Declined(_)
        | Dialog::Drop(_)
        | Dialog::Postpone(_)
        | Dialog::Remove(_)
        | Dialog::Unsaved(_)
        | Dialog::SealNotice
        | Dialog::ChangedOnDisk
        | Dialog::Recover
        | Dialog::SaveAgain(_)
        | Dialog::TypedPath(_)
        | Dialog::New(_)
        | Dialog::Examples
        | Dialog::Find(_)
        | Dialog::Palette(_)
        | Dialog::Message { .. }
        | Dialog::Help
        | Dialog::About => return None,
    })
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
