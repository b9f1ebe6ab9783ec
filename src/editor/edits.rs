//! Edits of the grid: from actions through the pure functions of [`super::cells`] to the document.

use std::collections::BTreeSet;

use crate::checker::{Gap, who_could};
use crate::model::{
    Assignment, AssignmentId, Change, Command, Instant, ListChange, PersonId, PostId, Rota, Span, Status, WindowId,
    words,
};

use super::assign::{initials, names, post_name, said};
use super::cells::{self, Edit, Sheet};
use super::dialogs::{Ask, Dialog, DropDraft};
use super::log::log_change;
use super::lost;
use super::one_shift::one_shift;
use super::refused::Refused;
use super::rows::numbered_rows;
use super::selection::{CellRange, DropTarget, Selection};
use super::{Cell, Editor, Effect, Env, Slots, Toast, View, clipboard};

/// What stays where cells are cleared.
const REFUSAL_STAYS: &str = "Nobody is here, and a refusal stays: Remove refusal takes it back";

/// So many blocks that were asked or agreed go without a word more than the toast's.
const CLEARED_QUIETLY_MAX: usize = 20;

impl Editor {
    /// Does a command; what it was is said once, and why not where it is refused.
    pub(super) fn command(&mut self, command: Command, env: &Env<'_>) -> bool {
        self.finish(Edit { command, wishes: Vec::new(), notes: Vec::new(), left_over: Vec::new() }, env)
    }

    /// Says why nothing is done.
    pub(super) fn refuse(&mut self, why: &Refused) {
        self.notice = Some(why.to_string());
    }

    /// Does an edit of the grid in the window shown.
    pub(super) fn edit(
        &mut self,
        env: &mut Env<'_>,
        edit: impl FnOnce(&mut Sheet<'_>) -> Result<Edit, Refused>,
    ) -> bool {
        let window = self.window.clone();
        self.edit_in(window.as_ref(), env, edit)
    }

    pub(super) fn edit_in(
        &mut self,
        window: Option<&WindowId>,
        env: &mut Env<'_>,
        edit: impl FnOnce(&mut Sheet<'_>) -> Result<Edit, Refused>,
    ) -> bool {
        let (Some(doc), Some(window)) = (&self.doc, window) else { return false };
        let mut sheet = Sheet { rota: doc.rota(), grid: doc.grid(), window, random: &mut *env.random };
        match edit(&mut sheet) {
            Ok(edit) => match locked_in_way(doc.rota(), &edit.command.changes) {
                None => self.finish(edit, env),
                Some(why) => {
                    self.notice = Some(why);
                    false
                }
            },
            Err(refused) => {
                self.refuse(&refused);
                false
            }
        }
    }

    fn finish(&mut self, edit: Edit, env: &Env<'_>) -> bool {
        let chosen = self.chosen_before();
        let Some(doc) = &mut self.doc else { return false };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
            return false;
        }
        let only_lanes = edit.command.changes.is_empty();
        let label = said(&edit.command.label);
        let at_stake = lost::at_stake(doc.rota(), &edit.command);
        // Whoever lost an answer is named by that.
        let answered: Vec<String> = at_stake.iter().map(|was| initials(doc.rota(), &was.person)).collect();
        let whom = lost::whom(doc.rota(), &edit.command, &format!("{} {}", edit.command.label, answered.join(" ")));
        let entered: Vec<Assignment> = edit.command.changes.iter().filter_map(entered).collect();
        match doc.run(edit.command, &edit.wishes) {
            Ok(true) => {
                if !only_lanes {
                    let lost = lost::told(doc.rota(), &at_stake, &answered);
                    let text = lost.map_or_else(|| label.clone(), |lost| format!("{label} ({lost})")) + &whom;
                    let text = text + &lost::left_over(doc.rota(), &edit.left_over) + &stays_open(doc, &entered);
                    self.toast = Some(Toast { text, can_undo: true, said: env.moment() });
                }
                self.after_change(&chosen);
                self.tell_notes(edit.notes);
                true
            }
            Ok(false) => {
                self.tell_notes(edit.notes);
                false
            }
            Err(refusal) => {
                self.notice = Some(refusal.to_string());
                false
            }
        }
    }

    /// One thing left out stands in the status bar; more are listed.
    fn tell_notes(&mut self, mut notes: Vec<String>) {
        match notes.len() {
            0 => {}
            1 => self.notice = notes.pop(),
            _ => self.tell("Some changes were left out", notes),
        }
    }

    /// The chosen assignments: blocks of chosen cells (who declined, where nobody else is there), or chosen blocks. Of a
    /// person that is chosen none is: nothing shows which of their blocks would be meant.
    pub fn chosen_assignments(&self) -> Vec<AssignmentId> {
        let Some(doc) = &self.doc else { return Vec::new() };
        match &self.selection {
            Selection::Cells(range) => {
                let Some(window) = doc.grid().window(&range.window) else { return Vec::new() };
                let there = cells::assignments_in(window, range);
                if there.is_empty() { declined_in(doc, range) } else { there }
            }
            Selection::Assignments(ids) => {
                ids.iter().filter(|id| doc.rota().assignment(id).is_some()).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn on_cells(
        &mut self,
        env: &mut Env<'_>,
        edit: impl FnOnce(&mut Sheet<'_>, &CellRange) -> Result<Edit, Refused>,
    ) -> bool {
        let Selection::Cells(range) = self.selection.clone() else { return false };
        let window = range.window.clone();
        self.edit_in(Some(&window), env, |sheet| edit(sheet, &range))
    }

    /// Takes the chosen cells or blocks out. Where that undoes many telephone calls, says so until the next action.
    pub(super) fn clear(&mut self, env: &mut Env<'_>) {
        let (people, shifts) = self.doc.as_ref().map_or((0, 0), |doc| {
            let all = self.chosen_assignments();
            let all = all.iter().filter_map(|id| doc.rota().assignment(id));
            let called = all.filter(|a| a.status.is_asked_or_agreed());
            let (people, shifts): (BTreeSet<&PersonId>, Vec<&AssignmentId>) =
                called.map(|a| (&a.person, &a.id)).unzip();
            (people.len(), shifts.len())
        });
        if self.clear_chosen(env) && shifts > CLEARED_QUIETLY_MAX {
            let (people, shifts) = (words::people(people), words::count(shifts as u64, "shift"));
            let told = format!("{people} had been asked or had agreed ({shifts}). One Undo reverses everything.");
            self.notice = Some(told);
        }
    }

    fn clear_chosen(&mut self, env: &mut Env<'_>) -> bool {
        if let Selection::Assignments(ids) = self.selection.clone() {
            let Some(doc) = &self.doc else { return false };
            let all: Vec<&Assignment> = ids
                .iter()
                .filter_map(|id| doc.rota().assignment(id))
                .filter(|a| a.status != Status::Declined)
                .collect();
            if all.is_empty() {
                self.notice = Some(REFUSAL_STAYS.to_owned());
                return false;
            }
            let changes: Vec<Change> = all.iter().map(|a| Change::remove::<Assignment>(a.id.clone())).collect();
            let label = format!("remove {}", names(doc.rota(), all.iter().map(|a| &a.person)));
            if let Some(why) = locked_in_way(doc.rota(), &changes) {
                self.notice = Some(why);
                return false;
            }
            let done = self.command(Command::edit(label, changes), env);
            if done {
                self.selection = Selection::None;
            }
            done
        } else {
            let on_refusal = self.chosen_declined().is_some();
            let done = self.on_cells(env, cells::clear);
            if on_refusal && !done {
                self.notice = Some(REFUSAL_STAYS.to_owned());
            }
            done
        }
    }

    /// The refusals that are chosen, where nobody else is; none if none is.
    pub(super) fn chosen_declined(&self) -> Option<Vec<AssignmentId>> {
        let rota = self.doc.as_ref()?.rota();
        let chosen = self.chosen_assignments();
        let is_declined = |id: &AssignmentId| rota.assignment(id).is_some_and(|a| a.status == Status::Declined);
        (!chosen.is_empty() && chosen.iter().all(is_declined)).then_some(chosen)
    }

    /// Takes the chosen refusals back: the only thing that forgets one.
    pub(super) fn forget_declined(&mut self, env: &Env<'_>) {
        let (Some(ids), Some(doc)) = (self.chosen_declined(), &self.doc) else { return };
        let people = ids.iter().filter_map(|id| doc.rota().assignment(id)).map(|a| &a.person);
        let label = format!("forget that {} declined", names(doc.rota(), people));
        let changes = ids.into_iter().map(Change::remove::<Assignment>).collect();
        self.command(Command::edit(label, changes), env);
    }

    pub(super) fn drop_person(&mut self, person: &PersonId, on: &DropTarget, env: &mut Env<'_>) {
        match on {
            DropTarget::Slot(cell) => {
                let Some(window) = self.window.clone() else { return };
                let range = CellRange::one(window, cell.clone());
                if self.edit(env, |sheet| cells::put(sheet, &range, person)) {
                    self.choose(Selection::Cells(range));
                }
            }
            DropTarget::Gap(cell) => {
                if self.edit(env, |sheet| cells::fill_gap(sheet, cell, person)) {
                    self.ring_on(person, &cell.row.post, cell.span());
                }
            }
            DropTarget::Post(post) => {
                let window = self.window.as_ref().and_then(|id| Some(self.doc.as_ref()?.rota().window(id)?.span));
                if self.edit(env, |sheet| cells::fill_post(sheet, post, person))
                    && let Some(span) = window
                {
                    self.ring_on(person, post, span);
                }
            }
            DropTarget::Block(block) => self.ask_drop(person, block),
        }
    }

    /// A person on somebody's block: swap or replace, which is asked.
    fn ask_drop(&mut self, person: &PersonId, block: &AssignmentId) {
        let Some(doc) = &self.doc else { return };
        let rota = doc.rota();
        let Some(there) = rota.assignment(block) else { return };
        if there.person == *person {
            self.notice = Some(format!("{} is there already", initials(rota, person)));
            return;
        }
        let about = format!("{} onto {}", initials(rota, person), super::assign::sentence(rota, there));
        let can_swap = held_meanwhile(rota, person, there.span).is_some();
        let mut lines: Vec<String> = lost::answered(rota, there).into_iter().collect();
        lines.extend(would_not_count(rota, person, there));
        let draft = DropDraft { person: person.clone(), on: block.clone(), about, lines, can_swap };
        self.dialog = Some(Dialog::Drop(draft));
    }

    pub(super) fn drop_swap(&mut self, draft: &DropDraft, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let Some(there) = doc.rota().assignment(&draft.on) else { return };
        let Some(own) = held_meanwhile(doc.rota(), &draft.person, there.span) else { return };
        self.edit(env, |sheet| cells::swap(sheet, &own, &draft.on));
    }

    pub(super) fn paste(&mut self, text: &str, env: &mut Env<'_>) {
        match (&mut self.dialog, &self.doc) {
            (Some(dialog), Some(doc)) => {
                if let Some(draft) = dialog.draft_mut() {
                    draft.take_rows(doc.rota(), text, env.now);
                }
            }
            (_, None) => {}
            (None, Some(doc)) => match (self.view, self.selection.clone()) {
                (View::Posts, Selection::Cells(_)) if is_staff(doc.rota(), text) => self.paste_people(text, env),
                (View::Posts, Selection::Cells(range)) => {
                    self.paste_cells(&range, text, env);
                }
                (View::People | View::Posts, _) => self.paste_people(text, env),
                (View::Sessions, _) => self.ask(Ask::PasteSessions(text.to_owned()), env),
            },
        }
    }

    /// Reads the text as cells and puts them on the grid.
    pub(super) fn paste_cells(&mut self, range: &CellRange, text: &str, env: &mut Env<'_>) -> bool {
        let Some(doc) = &self.doc else { return false };
        let Some(window) = doc.grid().window(&range.window) else { return false };
        let slots = Slots::new(window.span, doc.rota().zone(), self.settings.zoom.minutes());
        self.edit_in(Some(&range.window), env, |sheet| clipboard::paste(sheet, slots, range, text))
    }

    pub(super) fn copy(&mut self) -> bool {
        let Some(doc) = &self.doc else { return false };
        let rota = doc.rota();
        let text = match &self.selection {
            Selection::Cells(range) => doc.grid().window(&range.window).and_then(|window| {
                let slots = Slots::new(window.span, rota.zone(), self.settings.zoom.minutes());
                clipboard::copy(rota, window, slots, range)
            }),
            Selection::Session(ids) => Some(super::tables::sessions_table(rota, ids)),
            Selection::Person(id) => Some(super::tables::people_table(rota, std::slice::from_ref(id))),
            _ => None,
        };
        let Some(text) = text else {
            self.notice = Some("Choose cells, a person or sessions to copy".to_owned());
            return false;
        };
        self.effects.push(Effect::CopyText(text));
        true
    }

    /// The chosen lanes for people to read, with what they are and when. It can be pasted back: see [`clipboard`].
    pub(super) fn copy_with_headings(&mut self, now: Instant) {
        let Some(doc) = &self.doc else { return };
        let Selection::Cells(range) = &self.selection else { return };
        let text = doc.grid().window(&range.window).and_then(|window| {
            let slots = Slots::new(window.span, doc.rota().zone(), self.settings.zoom.minutes());
            clipboard::copy_with_headings(doc, window, slots, range, now)
        });
        self.effects.extend(text.map(Effect::CopyText));
    }

    /// Puts a person on a gap beside whoever is there; asked in the same step if wanted.
    pub(super) fn propose(&mut self, person: &PersonId, gap: &Gap, asked: bool, env: &mut Env<'_>) {
        let Some(window) = self.window_of(gap.span) else {
            self.notice = Some("That time is no longer within the walkout times".to_owned());
            return;
        };
        let Some(doc) = &self.doc else { return };
        let mut sheet = Sheet { rota: doc.rota(), grid: doc.grid(), window: &window, random: &mut *env.random };
        let mut edit = match cells::propose(&mut sheet, person, &gap.post, gap.span) {
            Ok(edit) => edit,
            Err(refused) => {
                self.notice = Some(refused.to_string());
                return;
            }
        };
        if asked {
            let rota = doc.rota();
            let changes = ask_in(edit.command.changes, person);
            let what = format!("{}, {}", initials(rota, person), post_name(rota, &gap.post));
            let log = log_change(rota, env, format!("{what}, {}: asked", words::span(rota.zone(), gap.span)));
            let to = format!("{} to {}", initials(rota, person), post_name(rota, &gap.post));
            let label = format!("{to}, {}, asked", super::status::when(rota, gap.span));
            edit.command = Command::status(label, changes.into_iter().chain([log]).collect());
        }
        if self.finish(edit, env) {
            self.ring_on(person, &gap.post, gap.span);
        }
    }

    /// The ring goes to whom one has just put there: what is pressed next is about them.
    pub(super) fn ring_on(&mut self, person: &PersonId, post: &PostId, span: Span) {
        let Some(doc) = &self.doc else { return };
        let put = |a: &&Assignment| {
            a.person == *person && a.post == *post && a.status != Status::Declined && a.span.overlaps(span)
        };
        let range = self.window_of(span).and_then(|id| {
            let window = doc.grid().window(&id)?;
            let block = doc.rota().assignments.iter().filter(put).min_by_key(|a| a.span.from)?;
            let (row, shown) = (window.row_of(&block.id)?, block.span.overlap(window.span)?);
            Some(CellRange::one(id, Cell { row, at: shown.from, until: shown.to }))
        });
        let Some(range) = range.filter(|_| self.view == View::Posts) else { return };
        self.show_cells(range);
    }

    pub(super) fn hand_over(&mut self, block: &AssignmentId, to: &PersonId, env: &mut Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let Some(there) = doc.rota().assignment(block) else { return };
        if there.person == *to {
            return;
        }
        if held_meanwhile(doc.rota(), to, there.span).is_some() {
            self.ask_drop(to, block);
            return;
        }
        let window = self.window_of(there.span).or_else(|| self.window.clone());
        self.edit_in(window.as_ref(), env, |sheet| cells::replace(sheet, block, to));
    }

    pub(super) fn move_block(&mut self, block: &AssignmentId, to: &Cell, copy: bool, env: &mut Env<'_>) {
        if self.edit(env, |sheet| cells::move_block(sheet, block, to, copy)) {
            let range = self.window.clone().map(|window| CellRange::one(window, to.clone()));
            self.choose(range.map_or(Selection::None, Selection::Cells));
        }
    }

    pub(super) fn resize(&mut self, block: &AssignmentId, to: Span, env: &mut Env<'_>) -> bool {
        let old = self.doc.as_ref().and_then(|doc| doc.rota().assignment(block)).map(|a| a.span);
        let window = old.and_then(|span| self.window_of(span)).or_else(|| self.window.clone());
        self.edit_in(window.as_ref(), env, |sheet| cells::resize(sheet, block, to))
    }

    /// The window shown if it shares a minute with the span, else the first that does.
    pub(super) fn window_of(&self, span: Span) -> Option<WindowId> {
        let windows = &self.doc.as_ref()?.rota().windows;
        let fits = |w: &&crate::model::Window| w.span.overlaps(span);
        let shown = windows.iter().filter(fits).find(|w| Some(&w.id) == self.window.as_ref());
        shown.or_else(|| windows.iter().find(fits)).map(|w| w.id.clone())
    }
}

/// Somebody who is put on a post by a change.
fn entered(change: &Change) -> Option<Assignment> {
    match change {
        Change::Assignments(ListChange::Insert(_, new)) => Some(new.clone()),
        _ => None,
    }
}

/// What is left of a shift over the change of day by somebody who was put on its first part alone: such as
/// `; 1 h after 07:00 stays open`. Nothing where several people were put there, or where what is left is the greater part.
fn stays_open(doc: &super::Document, entered: &[Assignment]) -> String {
    let [one] = entered else { return String::new() };
    let (rota, grid) = (doc.rota(), doc.grid());
    let next = grid.windows.iter().find(|window| window.span.from == one.span.to);
    let is_end = rota.windows.iter().any(|window| window.span.to == one.span.to);
    let rest = next.filter(|_| is_end).and_then(|window| {
        let gap = window.gaps_of(&one.post).find(|gap| gap.from == one.span.to)?;
        let from_start = Span::new(one.span.from, gap.to);
        let shift = one_shift(rota, Gap { post: one.post.clone(), span: from_start }).span;
        shift.overlap(gap).filter(|rest| rest.minutes() <= one.span.minutes())
    });
    rest.map_or_else(String::new, |rest| {
        let (length, from) = (words::length(rest.minutes()), words::time(rota.zone(), rest.from));
        format!("; {length} after {from} stays open")
    })
}

/// Why an edit by hand is refused that would move, cut or take away a locked block.
fn locked_in_way(rota: &crate::model::Rota, changes: &[Change]) -> Option<String> {
    let locked = |id: &AssignmentId| rota.assignment(id).filter(|a| a.locked);
    let held = changes.iter().find_map(|change| match change {
        Change::Assignments(ListChange::Remove(id)) => locked(id),
        Change::Assignments(ListChange::Replace(after)) => {
            let same = |a: &&Assignment| a.post == after.post && a.person == after.person && after.span.covers(a.span);
            locked(&after.id).filter(|before| !same(before))
        }
        _ => None,
    })?;
    Some(format!("{} is locked: unlock it first", super::assign::sentence(rota, held)))
}

/// The same changes, with what is new of that person as Asked.
fn ask_in(changes: Vec<Change>, person: &PersonId) -> Vec<Change> {
    let ask = |change| match change {
        Change::Assignments(ListChange::Insert(at, a)) if a.person == *person => {
            Change::Assignments(ListChange::Insert(at, Assignment { status: Status::Asked, ..a }))
        }
        other => other,
    };
    changes.into_iter().map(ask).collect()
}

/// Why somebody would not count in the place of who is there, if so.
fn would_not_count(rota: &Rota, person: &PersonId, there: &Assignment) -> Option<String> {
    let mut without = rota.clone();
    without.assignments.retain(|a| a.id != there.id);
    let gap = Gap { post: there.post.clone(), span: there.span };
    let found = who_could(&without, &gap).into_iter().find(|candidate| candidate.person == *person)?;
    let why = found.text.trim_end_matches('.');
    (!found.obstacles.is_empty()).then(|| format!("{} would not count there: {why}.", initials(rota, person)))
}

/// What the person holds on a post at some minute of that time.
fn held_meanwhile(rota: &crate::model::Rota, person: &PersonId, span: Span) -> Option<AssignmentId> {
    let held = |a: &&Assignment| a.person == *person && a.status != Status::Declined && a.span.overlaps(span);
    rota.assignments.iter().find(held).map(|a| a.id.clone())
}

fn declined_in(doc: &super::Document, range: &CellRange) -> Vec<AssignmentId> {
    let Some(window) = doc.grid().window(&range.window) else { return Vec::new() };
    let Some(rect) = range.resolve(window) else { return Vec::new() };
    let lanes = window.rows[rect.rows].iter().filter_map(|row| window.lane(row));
    let declined = lanes.flat_map(|lane| lane.declined.iter().filter(|block| block.span.overlaps(rect.span)));
    declined.map(|block| block.assignment.clone()).collect()
}

/// Whether text pasted on the grid is a list of staff and no cells: rows of several columns of which none is anybody's
/// initials.
fn is_staff(rota: &Rota, text: &str) -> bool {
    let rows = numbered_rows(text);
    let names_somebody = |cell: &String| {
        let first = cell.split_whitespace().next().unwrap_or_default().trim_end_matches(['?', '*', ',']);
        rota.people.iter().any(|person| person.initials.eq_ignore_ascii_case(first))
    };
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    rows.iter().any(|(_, cells)| filled(cells) >= 3 && cells.iter().any(|cell| cell.trim().len() > 4))
        && !rows.iter().any(|(_, cells)| cells.iter().any(names_somebody))
}
