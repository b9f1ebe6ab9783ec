//! Where something dragged would land, what would come of it, and what is asked when somebody else is in the way.

use egui::Pos2;

use super::GridParts;
use super::hit::GridPart;
use super::rows::{HaveNeedStep, have_need};
use crate::checker::{Gap, Obstacle, coverage, who_could};
use crate::editor::cells::{self, Edge, Edit, Sheet};
use crate::editor::{Action, Cell, Choice, DropTarget, GridRow};
use crate::model::{Assignment, AssignmentId, Change, History, Instant, ListChange, PersonId, Rota, Span, UnitId};

/// What is dragged.
#[derive(Clone, PartialEq)]
pub(super) enum Dragged {
    /// A block, taken at that moment of it.
    Block { id: AssignmentId, taken_at: Instant },
    /// An edge of a block.
    Edge { id: AssignmentId, edge: Edge },
    /// Somebody from the list.
    Person(PersonId),
}

/// Where something dragged would land.
#[derive(Clone, PartialEq)]
pub(super) struct DropPlace {
    pub row: GridRow,
    pub span: Span,
    pub copy: bool,
    /// What a person is dropped on.
    pub on: Option<DropTarget>,
}

/// What would come of a drop.
#[derive(Clone)]
pub(super) struct Landing {
    pub dragged: Dragged,
    pub target: DropPlace,
    outcome: Outcome,
}

#[derive(Clone)]
enum Outcome {
    Refused(String),
    /// Nothing would change.
    Idle,
    Done {
        /// Somebody else's block of whom time would be taken.
        in_the_way: Option<AssignmentId>,
        /// Who could swap with whoever is in the way: the two hold their blocks at the same time.
        swapper: Option<PersonId>,
        /// Names for the question.
        words: (String, String),
        /// What whoever is in the way has answered.
        about: String,
        figures: Vec<(UnitId, Vec<HaveNeedStep>)>,
    },
}

/// What is asked at a drop: each answer with what it does.
#[derive(Clone)]
pub(super) struct Question {
    pub at: Pos2,
    /// What whoever is there has answered.
    pub about: String,
    pub answers: Vec<(String, Vec<Action>)>,
    /// The question has been drawn once: "Leave it" has the focus.
    pub drawn: bool,
}

impl Dragged {
    /// The block, if it is one.
    pub(super) fn assignment(&self) -> Option<&AssignmentId> {
        match self {
            Self::Block { id, .. } | Self::Edge { id, .. } => Some(id),
            Self::Person(_) => None,
        }
    }
}

impl GridParts<'_, '_> {
    /// Where something dragged is over; nothing where it cannot be dropped at all.
    pub(super) fn target(&self, dragged: &Dragged, at: Pos2, copy: bool) -> Option<DropPlace> {
        let view = self.painter.view;
        match dragged {
            Dragged::Block { id, taken_at } => {
                let block = view.rota.assignment(id)?;
                let Some(GridPart::Cell { row, .. }) = self.part_at(self.inside(at)) else { return None };
                let zoom = view.slots.minutes;
                let moved = taken_at.minutes_until(self.time_at(at));
                let by = (moved + zoom / 2).div_euclid(zoom) * zoom;
                let span = shifted(block.span, by, view.window.span);
                Some(DropPlace { row: row.row.clone(), span, copy, on: None })
            }
            Dragged::Edge { id, edge } => {
                let block = view.rota.assignment(id)?;
                let window = view.window.span;
                let edge_at = view.slots.nearest_edge(self.time_at(at)).0.clamp(window.from.0, window.to.0);
                let span = cells::with_edge(block.span, *edge, Instant(edge_at));
                Some(DropPlace { row: view.window.row_of(id)?, span, copy: false, on: None })
            }
            Dragged::Person(_) => self.person_target(at),
        }
    }

    fn person_target(&self, at: Pos2) -> Option<DropPlace> {
        let target = |row: &GridRow, span, on| Some(DropPlace { row: row.clone(), span, copy: false, on: Some(on) });
        match self.part_at(at)? {
            GridPart::Post(row) => {
                let view = self.painter.view;
                let shift = cells::shift_to_fill(view.rota, view.grid, view.window, &row.post.id);
                let shift = shift.unwrap_or(view.window.span);
                target(&row.row, shift, DropTarget::Post(row.post.id.clone()))
            }
            GridPart::Cell { row, cell, .. } => {
                let here = Cell { at: self.time_at(at), ..cell.clone() };
                if let Some(block) = row.lane.block_at(here.at) {
                    target(&row.row, block.span, DropTarget::Block(block.assignment.clone()))
                } else if let Some(gap) = row.lane.gap_at(here.at) {
                    let view = self.painter.view;
                    let gap = Gap { post: row.post.id.clone(), span: gap };
                    let part = cells::shift_in(view.rota, view.grid, view.window, &gap, here.at);
                    target(&row.row, part, DropTarget::Gap(here))
                } else {
                    target(&row.row, cell.span(), DropTarget::Slot(cell))
                }
            }
            GridPart::Unit { .. } | GridPart::HaveNeed { .. } => None,
        }
    }

    /// The nearest point in the body.
    pub(super) fn inside(&self, at: Pos2) -> Pos2 {
        let body = self.painter.frame.body.shrink(1.0);
        at.clamp(body.min, body.max.max(body.min))
    }

    /// The moment under a point.
    pub(super) fn time_at(&self, at: Pos2) -> Instant {
        self.painter.layout.at(at.x - self.painter.frame.origin.x)
    }
}

/// So many minutes later, but what lies in the window stays in it.
fn shifted(span: Span, by: i64, window: Span) -> Span {
    let by = if window.covers(span) {
        by.clamp(span.from.minutes_until(window.from), span.to.minutes_until(window.to))
    } else {
        by
    };
    Span::new(span.from.plus(by), span.to.plus(by))
}

impl Landing {
    /// Works out what a drop there would come to. Nothing is changed.
    pub(super) fn new(parts: &GridParts<'_, '_>, dragged: Dragged, target: DropPlace) -> Self {
        let outcome = outcome(parts, &dragged, &target);
        Self { dragged, target, outcome }
    }

    /// Why nothing would happen.
    pub(super) fn why_not(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Refused(why) => Some(why),
            Outcome::Idle | Outcome::Done { .. } => None,
        }
    }

    /// Have and need as they would be, of the units concerned.
    pub(super) fn figures(&self) -> &[(UnitId, Vec<HaveNeedStep>)] {
        match &self.outcome {
            Outcome::Done { figures, .. } => figures,
            Outcome::Idle | Outcome::Refused(_) => &[],
        }
    }

    /// What the drop asks for.
    pub(super) fn action(&self) -> Option<Action> {
        if !matches!(self.outcome, Outcome::Done { .. }) {
            return None;
        }
        let DropPlace { row, span, copy, on } = &self.target;
        Some(match (&self.dragged, on) {
            (Dragged::Block { id, .. }, _) => {
                let to = Cell { row: row.clone(), at: span.from, until: span.to };
                Action::MoveBlock { assignment: id.clone(), to, copy: *copy }
            }
            (Dragged::Edge { id, .. }, _) => Action::ResizeBlock { assignment: id.clone(), to: *span },
            (Dragged::Person(person), Some(on)) => Action::DropPerson { person: person.clone(), on: on.clone() },
            (Dragged::Person(_), None) => return None,
        })
    }

    /// What is asked before a block takes somebody else's time.
    pub(super) fn question(&self, at: Option<Pos2>) -> Option<Question> {
        let Outcome::Done { in_the_way: Some(other), words: (own, theirs), swapper, about, .. } = &self.outcome else {
            return None;
        };
        let Dragged::Block { .. } = &self.dragged else { return None };
        let take = self.action()?;
        let mut answers = Vec::new();
        if let Some(person) = swapper.clone().filter(|_| !self.target.copy) {
            let on = DropTarget::Block(other.clone());
            let swap = vec![Action::DropPerson { person, on }, Action::DialogPress(Choice::Swap)];
            answers.push((format!("Swap {own} and {theirs}"), swap));
        }
        answers.push((format!("{own} in place of {theirs}"), vec![take]));
        answers.push(("Leave it".to_owned(), Vec::new()));
        Some(Question { at: at?, about: about.clone(), answers, drawn: false })
    }
}

fn outcome(parts: &GridParts<'_, '_>, dragged: &Dragged, target: &DropPlace) -> Outcome {
    let Some(doc) = parts.editor.doc() else { return Outcome::Idle };
    let (rota, window) = (doc.rota(), &parts.painter.view.window.id);
    let mut chance = chance();
    let mut sheet = Sheet { rota, grid: doc.grid(), window, random: &mut chance };
    let edit = match (dragged, &target.on) {
        (Dragged::Block { id, .. }, _) => {
            let to = Cell { row: target.row.clone(), at: target.span.from, until: target.span.to };
            cells::move_block(&mut sheet, id, &to, target.copy)
        }
        (Dragged::Edge { id, .. }, _) => cells::resize(&mut sheet, id, target.span),
        (Dragged::Person(person), Some(DropTarget::Gap(cell))) => cells::fill_gap(&mut sheet, cell, person),
        (Dragged::Person(person), Some(DropTarget::Slot(cell))) => {
            let range = crate::editor::CellRange::one(window.clone(), cell.clone());
            cells::put(&mut sheet, &range, person)
        }
        (Dragged::Person(person), Some(DropTarget::Block(block))) => cells::replace(&mut sheet, block, person),
        (Dragged::Person(person), Some(DropTarget::Post(post))) => cells::fill_post(&mut sheet, post, person),
        (Dragged::Person(_), None) => return Outcome::Idle,
    };
    let edit = match edit {
        Ok(edit) => edit,
        Err(refused) => return Outcome::Refused(refused.to_string()),
    };
    if edit.command.changes.is_empty() && edit.wishes.is_empty() {
        return Outcome::Idle;
    }
    if let Some(why) = obstacle(rota, dragged, target) {
        return Outcome::Refused(why);
    }
    let in_the_way = in_the_way(rota, dragged, &edit);
    let words = words(rota, dragged, in_the_way.as_ref());
    let swapper = in_the_way.as_ref().and_then(|other| swapper(rota, dragged, other));
    let about = in_the_way.as_ref().and_then(|id| crate::editor::answered(rota, rota.assignment(id)?));
    let about = about.unwrap_or_default();
    Outcome::Done { in_the_way, swapper, words, about, figures: figures(rota, parts, target, dragged, edit) }
}

/// Ids for assignments that never come to be.
fn chance() -> impl FnMut() -> u128 {
    let mut last = u128::MAX;
    move || {
        last -= 1;
        last
    }
}

/// Why the person cannot be there, as the checker sees it, the block that is moved left aside.
fn obstacle(rota: &Rota, dragged: &Dragged, target: &DropPlace) -> Option<String> {
    let (person, own) = match dragged {
        // The other times of a block are its own business: shortening must always be possible.
        Dragged::Edge { .. } => return None,
        Dragged::Block { id, .. } => {
            let own = rota.assignment(id)?;
            if own.post == target.row.post && own.span == target.span {
                return None;
            }
            (own.person.clone(), Some(id).filter(|_| !target.copy))
        }
        Dragged::Person(person) => (person.clone(), None),
    };
    if matches!(target.on, Some(DropTarget::Post(_) | DropTarget::Block(_))) {
        return None;
    }
    let without = own.map(|id| {
        let mut rota = rota.clone();
        rota.assignments.retain(|a| a.id != *id);
        rota
    });
    let gap = Gap { post: target.row.post.clone(), span: target.span };
    let all = who_could(without.as_ref().unwrap_or(rota), &gap);
    let found = all.into_iter().find(|candidate| candidate.person == person)?;
    let hard = found.obstacles.iter().any(|obstacle| !matches!(obstacle, Obstacle::Declined(_)));
    hard.then(|| format!("{}: {}", cells::initials(rota, &person), found.text))
}

/// The first block of somebody else that the edit shortens or takes away.
fn in_the_way(rota: &Rota, dragged: &Dragged, edit: &Edit) -> Option<AssignmentId> {
    let own = dragged.assignment().and_then(|id| rota.assignment(id))?;
    let touched = edit.command.changes.iter().filter_map(|change| match change {
        Change::Assignments(ListChange::Replace(after)) => Some(&after.id),
        Change::Assignments(ListChange::Remove(id)) => Some(id),
        _ => None,
    });
    let is_other = |id: &&AssignmentId| rota.assignment(id).is_some_and(|other| other.person != own.person);
    touched.into_iter().find(is_other).cloned()
}

/// The person of the dragged block, if the other block shares a minute with it on another post.
fn swapper(rota: &Rota, dragged: &Dragged, other: &AssignmentId) -> Option<PersonId> {
    let (own, other) = (rota.assignment(dragged.assignment()?)?, rota.assignment(other)?);
    (own.span.overlaps(other.span) && own.post != other.post).then(|| own.person.clone())
}

fn words(rota: &Rota, dragged: &Dragged, other: Option<&AssignmentId>) -> (String, String) {
    let name = |id: Option<&AssignmentId>| {
        id.and_then(|id| rota.assignment(id)).map(|a| cells::initials(rota, &a.person)).unwrap_or_default()
    };
    (name(dragged.assignment()), name(other))
}

/// Have and need after the edit, of the unit it comes from and the unit it goes to.
fn figures(
    rota: &Rota,
    parts: &GridParts<'_, '_>,
    target: &DropPlace,
    dragged: &Dragged,
    edit: Edit,
) -> Vec<(UnitId, Vec<HaveNeedStep>)> {
    let mut history = History::new(rota.clone());
    if history.run(edit.command).is_err() {
        return Vec::new();
    }
    let from = dragged.assignment().and_then(|id| rota.assignment(id)).and_then(|a: &Assignment| rota.post(&a.post));
    let mut units = vec![target.row.unit.clone()];
    units.extend(from.map(|post| post.unit.clone()).filter(|unit| *unit != target.row.unit));
    let window = &parts.painter.view.window.id;
    let after = |unit: UnitId| {
        let steps = have_need(&coverage(history.rota(), window, &unit));
        (unit, steps)
    };
    units.into_iter().map(after).collect()
}
