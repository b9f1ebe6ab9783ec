//! Undo and redo, and going to what was changed by them, so that nothing changes out of sight.

use std::collections::BTreeMap;

use crate::checker::Gap;
use crate::model::{
    Assignment, Change, Instant, ListChange, PersonId, PostId, Record, SessionId, Span, Status, Step, WindowId,
};

use super::one_shift::shift_in;
use super::refused::Refused;
use super::selection::{Cell, CellRange, GridRow, Selection, View};
use super::{Document, Editor, Effect, Env, Grid, GridWindow, Toast, cells};

/// After a step that changed no more assignments than these the first of them is chosen: an exchange of two people, with
/// what that cut and joined.
const CHANGES_MAX: usize = 6;

impl Editor {
    pub(super) fn undo(&mut self, env: &Env<'_>) {
        self.step_history(Document::undo, "Undone", env);
    }

    pub(super) fn redo(&mut self, env: &Env<'_>) {
        self.step_history(Document::redo, "Redone", env);
    }

    fn step_history(&mut self, step: fn(&mut Document) -> Option<Step>, done: &str, env: &Env<'_>) {
        let chosen = self.chosen_before();
        let Some(doc) = &mut self.doc else { return };
        if doc.is_read_only() {
            self.refuse(&Refused::ViewOnly);
            return;
        }
        let Some(step) = step(doc) else { return };
        self.after_change(&chosen);
        self.go_to_changes(&step.inverse);
        self.toast = Some(Toast { text: format!("{done}: {}", step.label), can_undo: false, said: env.moment() });
    }

    /// Shows and chooses the first of what a step changed, if it is anywhere in the window.
    fn go_to_changes(&mut self, inverse: &[Change]) {
        let Some(doc) = &self.doc else { return };
        let rota = doc.rota();
        if let Some(place) = changed_cells(doc, self.window.as_ref(), inverse) {
            let person = place.person.filter(|_| self.view == View::People);
            if person.is_none() {
                self.view = View::Posts;
            }
            self.show_window(place.window);
            let cells = place.range.map_or(Selection::None, Selection::Cells);
            self.choose(person.map_or(cells, Selection::Person));
        } else if let Some(sessions) = changed_sessions(inverse).filter(|ids| rota.session(&ids[0]).is_some()) {
            let sessions: Vec<SessionId> = sessions.into_iter().filter(|id| rota.session(id).is_some()).collect();
            let window = rota.session(&sessions[0]).and_then(|s| self.window_of(s.span));
            self.view = View::Sessions;
            if let Some(window) = window {
                self.show_window(window);
            }
            self.choose(Selection::Session(sessions));
        } else if let Some(person) = inverse.iter().find_map(|change| match change {
            Change::People(change) => Some(id_of(change)).filter(|id| rota.person(id).is_some()),
            _ => None,
        }) {
            if self.view == View::Sessions {
                self.view = View::People;
            }
            self.choose(Selection::Person(person));
        } else if let Some(selection) = inverse.iter().find_map(|change| match change {
            Change::Posts(change) => Some(id_of(change)).filter(|id| rota.post(id).is_some()).map(Selection::Post),
            Change::Units(change) => Some(id_of(change)).filter(|id| rota.unit(id).is_some()).map(Selection::Unit),
            _ => None,
        }) {
            self.view = View::Posts;
            self.choose(selection);
        } else {
            return;
        }
        self.effects.push(Effect::ScrollToSelection);
    }
}

fn id_of<T: Record>(change: &ListChange<T>) -> T::Id {
    match change {
        ListChange::Insert(_, record) | ListChange::Replace(record) => record.id().clone(),
        ListChange::Remove(id) | ListChange::Move(id, _) => id.clone(),
    }
}

fn changed_sessions(inverse: &[Change]) -> Option<Vec<SessionId>> {
    let ids: Vec<SessionId> = inverse
        .iter()
        .filter_map(|change| match change {
            Change::Sessions(change) => Some(id_of(change)),
            _ => None,
        })
        .collect();
    (!ids.is_empty()).then_some(ids)
}

/// Where assignments changed: the cells, and who is there or was.
struct ChangedCells {
    window: WindowId,
    /// None where the step changed many, or somebody else, whom it left alone, has every line of the post then.
    range: Option<CellRange>,
    person: Option<PersonId>,
}

/// What one post had before a step, and what it has now, of what the step changed.
#[derive(Default)]
struct BeforeAndNow {
    before: Vec<Assignment>,
    now: Vec<Assignment>,
}

/// The cells of the first post, in the window shown if it can be, whose people a step changed.
fn changed_cells(doc: &Document, shown: Option<&WindowId>, inverse: &[Change]) -> Option<ChangedCells> {
    let mut posts: BTreeMap<PostId, BeforeAndNow> = BTreeMap::new();
    for change in inverse {
        let Change::Assignments(change) = change else { continue };
        let now = doc.rota().assignment(&id_of(change)).cloned();
        if let ListChange::Insert(_, before) | ListChange::Replace(before) = change {
            posts.entry(before.post.clone()).or_default().before.push(before.clone());
        }
        if let Some(now) = now {
            posts.entry(now.post.clone()).or_default().now.push(now);
        }
    }
    let changed: BTreeMap<&PostId, Vec<Span>> = posts.iter().map(|(post, both)| (post, both.changed())).collect();
    let window = window_of(doc.grid(), shown, &changed)?;
    let row = window
        .rows
        .iter()
        .find(|row| changed.get(&row.post).is_some_and(|spans| spans.iter().any(|span| span.overlaps(window.span))))?;
    let here = || changed[&row.post].iter().filter_map(|span| span.overlap(window.span));
    let span = Span::new(here().map(|s| s.from).min()?, here().map(|s| s.to).max()?);
    let both = &posts[&row.post];
    let person = both.now.iter().chain(&both.before).map(|a| a.person.clone()).next();
    let range = lane_of(window, row, both, span).map(|lane| {
        let row = GridRow { lane, ..row.clone() };
        let span = gap_now(doc, window, &row, span);
        CellRange::one(window.id.clone(), Cell { row, at: span.from, until: span.to })
    });
    // Of a step that changed many, nobody stands for the others: the next key is not meant for whoever comes first.
    let changes = inverse.iter().filter(|change| matches!(change, Change::Assignments(_))).count();
    let range = range.filter(|range| changes <= CHANGES_MAX && cells::assignments_in(window, range).len() <= 1);
    Some(ChangedCells { window: window.id.clone(), range, person })
}

/// Where nobody is now: the gap that is there, as a click on it chooses it; else the time as it is.
fn gap_now(doc: &Document, window: &GridWindow, row: &GridRow, span: Span) -> Span {
    let gap = window.lane(row).and_then(|lane| lane.gaps.iter().copied().find(|gap| gap.covers(span)));
    let Some(gap) = gap else { return span };
    let gap = Gap { post: row.post.clone(), span: gap };
    let shift = shift_in(doc.rota(), doc.grid(), window, &gap, span.from);
    shift.overlap(gap.span).filter(|shift| shift.covers(span)).unwrap_or(span)
}

/// The window shown if something changed in it, else the first in which something did.
fn window_of<'g>(
    grid: &'g Grid,
    shown: Option<&WindowId>,
    changed: &BTreeMap<&PostId, Vec<Span>>,
) -> Option<&'g GridWindow> {
    let touched = |w: &&GridWindow| changed.values().flatten().any(|span| span.overlaps(w.span));
    let mut windows = grid.windows.iter().filter(touched);
    windows.clone().find(|w| Some(&w.id) == shown).or_else(|| windows.next())
}

/// The lane of what is there now, else one that is free then, a gap before others.
fn lane_of(window: &GridWindow, row: &GridRow, both: &BeforeAndNow, span: Span) -> Option<usize> {
    let is_now = |id| both.now.iter().any(|a| a.id == id && a.span.overlaps(span));
    let post = window.post(&row.post)?;
    let there = post.blocks().find(|(_, block)| block.span.overlaps(span) && is_now(block.assignment.clone()));
    let lanes = || post.lanes.iter().enumerate();
    let gap = || lanes().find(|(_, lane)| lane.gaps.iter().any(|gap| gap.overlaps(span)));
    let free = || lanes().find(|(_, lane)| !lane.blocks.iter().any(|block| block.span.overlaps(span)));
    there.map(|(lane, _)| lane).or_else(|| gap().or_else(free).map(|(lane, _)| lane))
}

impl BeforeAndNow {
    /// The stretches in which other people, or people with another status, are there.
    fn changed(&self) -> Vec<Span> {
        let all = || self.before.iter().chain(&self.now);
        let mut edges: Vec<Instant> = all().flat_map(|a| [a.span.from, a.span.to]).collect();
        edges.sort_unstable();
        edges.dedup();
        let parts = edges.windows(2).map(|pair| Span::new(pair[0], pair[1]));
        parts.filter(|part| at(&self.before, part.from) != at(&self.now, part.from)).collect()
    }
}

/// Who is there at a minute.
fn at(list: &[Assignment], minute: Instant) -> Vec<(&PersonId, Status, bool, &str)> {
    let here = list.iter().filter(|a| a.span.contains(minute));
    let mut here: Vec<_> = here.map(|a| (&a.person, a.status, a.locked, a.note.as_str())).collect();
    here.sort();
    here
}
