//! Typing into cells, as actions.

use crate::checker::{Gap, Obstacle};
use crate::model::{PersonId, Rota, words};

use super::dialogs::{Dialog, PersonDraft};
use super::refused::Refused;
use super::selection::{CellRange, Selection};
use super::{Direction, Editor, Env, Toast, Typing, assign, cells};

impl Editor {
    /// Begins to type into the chosen cells.
    pub(super) fn start_typing(&mut self, text: String) {
        let Some(doc) = &self.doc else { return };
        let Selection::Cells(range) = &self.selection else {
            self.notice = Some("Choose a cell first: letters put somebody there".to_owned());
            return;
        };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        if let Some(why) = doc.grid().window(&range.window).and_then(|window| too_many_posts(window, range)) {
            self.notice = Some(why);
            return;
        }
        let Some(gap) = doc.grid().window(&range.window).and_then(|window| gap_of(window, range)) else { return };
        let mut ranked = doc.who_could(&gap);
        let lane = doc.grid().window(&range.window).and_then(|window| window.lane(&range.last.row));
        for block in lane.into_iter().flat_map(|lane| &lane.blocks).filter(|block| block.span.overlaps(gap.span)) {
            let there = ranked.iter_mut().find(|candidate| candidate.person == block.person);
            let is_all =
                |obstacle: &Obstacle| matches!(obstacle, Obstacle::OnPost(held) if held.id == block.assignment);
            if let Some(candidate) = there.filter(|candidate| candidate.obstacles.iter().all(is_all)) {
                candidate.obstacles.clear();
                let held = cells::times(doc.rota().zone(), block.span);
                candidate.text = format!("Is here already, {held}: this lengthens it");
            }
        }
        self.typing = Some(Typing::new(doc.rota(), range.clone(), gap, ranked, text));
    }

    pub(super) fn typing_changed(&mut self, text: String) {
        let Some(doc) = &self.doc else { return };
        match &mut self.typing {
            Some(typing) => typing.set_text(doc.rota(), text),
            None => self.start_typing(text),
        }
    }

    pub(super) fn typing_mark(&mut self, at: usize) {
        if let Some(typing) = &mut self.typing
            && at < typing.choices.len()
        {
            typing.marked = Some(at);
        }
    }

    /// Takes what is typed: the marked line, or "Add person…" where it means nobody.
    pub(super) fn commit_typing(&mut self, go: Direction, anyway: bool, env: &mut Env<'_>) {
        let Some(typing) = &self.typing else { return };
        if let Some(choice) = typing.choice() {
            let person = choice.person.clone();
            self.typing_choose(&person, anyway, go, env);
        } else if typing.is_whole_cell() {
            let (range, text) = (typing.cells.clone(), typing.text.clone());
            if self.paste_cells(&range, &text, env) {
                self.go_on(&range, go);
            }
        } else if typing.is_unknown() {
            self.add_person_typed();
        } else {
            let cells = typing.cells.clone();
            self.typing = None;
            self.go_on(&cells, go);
        }
    }

    /// Ends the typing without Enter or Tab: the whole initials of one person are entered, anything else is not. In either
    /// case it is said, nothing is typed any more, and what is chosen stays as it is.
    pub(super) fn leave_typing(&mut self, env: &mut Env<'_>) {
        let (Some(typing), Some(doc)) = (self.typing.take(), &self.doc) else { return };
        if typing.name().is_empty() {
            return;
        }
        let range = typing.cells.clone();
        let why_not = match typing.choice() {
            _ if typing.is_unknown() => {
                Some(format!("Nobody is called “{}”: nobody was put there", words::safe(typing.name())))
            }
            _ if !typing.is_whole(doc.rota()) => Some(not_entered(doc.rota(), &typing)),
            Some(choice) if !choice.could => {
                let who = cells::initials(doc.rota(), &choice.person);
                Some(format!("{who} was not put there{}", why_not(&choice.text)))
            }
            Some(choice) => {
                let done = self.edit_in(Some(&range.window), env, |sheet| cells::put(sheet, &range, &choice.person));
                if done { None } else { self.notice.take() }
            }
            None => {
                let done = self.paste_cells(&range, &typing.text, env);
                if done { None } else { self.notice.take() }
            }
        };
        if let Some(why_not) = why_not {
            self.toast = Some(Toast { text: why_not, can_undo: false, said: env.moment() });
            self.half_typed.refused_in_cell(typing);
        } else if let Some(toast) = &self.toast {
            self.half_typed.entered_by_leaving(toast.text.clone());
        }
        self.toast_stays = self.toast.is_some();
    }

    /// Letters that may not be entered yet stay in their cell while the rota is saved, and it is said that they are not
    /// in it.
    pub(super) fn type_on_after_saving(&mut self, typing: Typing, env: &Env<'_>) {
        let Some(doc) = &self.doc else { return };
        let text = not_entered(doc.rota(), &typing) + ", so it is not saved";
        self.toast = Some(Toast { text, can_undo: false, said: env.moment() });
        self.toast_stays = true;
        if self.dialog.is_none() {
            self.typing = Some(typing);
        }
    }

    /// Puts a person on the cells. Who cannot count there is placed only if that is asked for.
    pub(super) fn typing_choose(&mut self, person: &PersonId, anyway: bool, go: Direction, env: &mut Env<'_>) {
        let (Some(typing), Some(doc)) = (&self.typing, &self.doc) else { return };
        let choice = typing.choices.iter().find(|choice| choice.person == *person);
        if let Some(choice) = choice.filter(|choice| !choice.could && !anyway) {
            let who = cells::initials(doc.rota(), person);
            let why = why_not(&choice.text);
            self.notice = Some(format!("{who} would not count{why}. Ctrl+Enter proposes {who} anyway"));
            return;
        }
        let range = typing.cells.clone();
        let person = person.clone();
        self.typing = None;
        if self.edit_in(Some(&range.window), env, |sheet| cells::put(sheet, &range, &person)) {
            self.go_on(&range, go);
        }
    }

    /// "Add person…": a draft with the initials typed; OK puts the person on the cells too.
    pub(super) fn add_person_typed(&mut self) {
        let (Some(typing), Some(doc)) = (self.typing.take(), &self.doc) else { return };
        let mut draft = PersonDraft::of(doc.rota(), None);
        let typed = typing.name().to_owned();
        if typed.chars().any(char::is_whitespace) || typed.chars().count() > 4 {
            draft.family = typed;
        } else {
            draft.initials = typed.to_uppercase();
        }
        draft.then_place = Some(typing.cells);
        self.dialog = Some(Dialog::Person(draft));
    }
}

/// Such as "“c” was typed for Majors SHO, 08:00–09:00, but not entered: Enter was not pressed".
fn not_entered(rota: &Rota, typing: &Typing) -> String {
    let (post, times) = (assign::post_name(rota, &typing.gap.post), cells::times(rota.zone(), typing.gap.span));
    format!("“{}” was typed for {post}, {times}, but not entered: Enter was not pressed", words::safe(typing.name()))
}

/// Such as ": Lacks Resus lead".
fn why_not(text: &str) -> String {
    let why = text.trim_end_matches('.');
    if why.is_empty() { String::new() } else { format!(": {why}") }
}

/// Why letters mean nothing on cells of so many posts: one person would be on all of them at once.
fn too_many_posts(window: &super::GridWindow, range: &CellRange) -> Option<String> {
    let rect = range.resolve(window)?;
    let mut rows = window.rows[rect.rows].to_vec();
    rows.dedup_by(|a, b| a.post == b.post);
    let one_unit = rows.iter().all(|row| row.unit == rows[0].unit);
    (!one_unit || rows.len() > POSTS_MAX).then(|| {
        format!("You have chosen cells of {} posts. Initials go on one post at a time: choose its cells", rows.len())
    })
}

/// Nobody is put on more posts than this by one typing.
const POSTS_MAX: usize = 3;

/// The topmost chosen post over the chosen time.
fn gap_of(window: &super::GridWindow, range: &CellRange) -> Option<Gap> {
    let rect = range.resolve(window)?;
    Some(Gap { post: window.rows.get(rect.rows.start)?.post.clone(), span: rect.span })
}
