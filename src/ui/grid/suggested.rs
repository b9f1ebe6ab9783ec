//! A proposal over the grid: where each change of it stands, what would go, and have and need with it.

use std::sync::Arc;

use egui::{Context, Id};

use super::rows::{HaveNeedStep, have_need};
use super::sentences::spoken_date;
use super::view::GridView;
use crate::checker::{self, coverage_in, spans};
use crate::editor::suggest::{Proposal, item_text};
use crate::editor::{Document, Editor, GridPost, GridRow, Lane, cells};
use crate::model::{Assignment, AssignmentId, Instant, PersonId, Span, UnitId, WindowId, words};
use crate::ui::cached::{DocKey, cached};

/// What a proposal puts over the grid of one window.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Suggested {
    /// Who would come.
    pub blocks: Vec<PlanBlock>,
    /// Who would go, and with which change.
    pub struck: Vec<(AssignmentId, usize)>,
    /// Have and need of each unit with the plan; only the stretches that it changes.
    pub figures: Vec<(UnitId, Vec<HaveNeedStep>)>,
    /// Rows for those who have no room on the lanes there are: whoever stays is never drawn over.
    pub beside: Vec<GridRow>,
}

/// Somebody who would come, on one lane.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlanBlock {
    /// The change, by its place.
    pub item: usize,
    /// Whether it is the last piece of its change, which bears the number.
    pub is_last: bool,
    /// The lane.
    pub row: GridRow,
    pub span: Span,
    pub person: PersonId,
    /// Initials of whoever gives way.
    pub instead_of: String,
    /// The sentence a person would say.
    pub spoken: String,
}

/// What the proposal that is looked at puts over the window shown, worked out once.
pub(super) fn suggested(ctx: &Context, editor: &Editor, doc: &Document, window: &WindowId) -> Option<Arc<Suggested>> {
    let proposal = editor.proposal()?;
    let key = (DocKey::of(doc), proposal.version, window.clone());
    let id = Id::unique("cover-rota proposal over the grid");
    Some(cached(ctx, id, key, || Suggested::new(doc, proposal, window)))
}

impl Suggested {
    /// Puts the ticked changes of a proposal onto the lanes of a window.
    pub(super) fn new(doc: &Document, proposal: &Proposal, window: &WindowId) -> Self {
        let Some(grid) = doc.grid().window(window) else { return Self::default() };
        let mut suggested = Self::default();
        let rota = doc.rota();
        let ticked = || proposal.items.iter().enumerate().filter(|(at, _)| proposal.ticked.get(*at) == Some(&true));
        for (at, item) in ticked() {
            suggested.struck.extend(item.removed.iter().map(|id| (id.clone(), at)));
        }
        for (at, item) in ticked() {
            let new = item.added.and_then(|at| proposal.plan.assignments.get(at));
            let Some(new) = new.filter(|new| new.span.overlaps(grid.span)) else { continue };
            let Some(post) = grid.post(&new.post) else { continue };
            let Some(unit) = rota.post(&new.post).map(|post| post.unit.clone()) else { continue };
            let text = item_text(proposal, item);
            let gone = item.removed.iter().filter_map(|id| rota.assignment(id)).filter(|a| a.person != new.person);
            let mut names: Vec<String> = Vec::new();
            for name in gone.map(|a| crate::editor::assign::initials(rota, &a.person)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let pieces = suggested.lanes(post, new);
            let count = pieces.len();
            for (n, (lane, span)) in pieces.into_iter().enumerate() {
                let row = GridRow { unit: unit.clone(), post: new.post.clone(), lane };
                if lane >= post.lanes.len() && !suggested.beside.contains(&row) {
                    suggested.beside.push(row.clone());
                }
                suggested.blocks.push(PlanBlock {
                    item: at,
                    is_last: n + 1 == count,
                    row,
                    span,
                    person: new.person.clone(),
                    instead_of: names.join(", "),
                    spoken: format!("Suggestion {}: {}", at + 1, text.spoken(rota)),
                });
            }
        }
        suggested.figures = figures(doc, proposal, window);
        suggested
    }

    /// The stretches of a unit's have and need that it changes.
    pub(super) fn figures_of(&self, unit: &UnitId) -> &[HaveNeedStep] {
        self.figures.iter().find(|(id, _)| id == unit).map_or(&[], |(_, steps)| steps)
    }

    /// What stays open of a lane's gaps beside whoever would come.
    pub(super) fn still_open(&self, row: &GridRow, gaps: &[Span]) -> Vec<Span> {
        let taken = self.blocks.iter().filter(|block| block.row == *row).map(|block| block.span).collect();
        spans::without(gaps, &spans::union(taken))
    }

    /// The lanes on which somebody new has room: one for all the time if there is one, else piece by piece; a lane
    /// beside those there are where somebody who stays has all of them.
    fn lanes(&self, post: &GridPost, new: &Assignment) -> Vec<(usize, Span)> {
        let is_free = |lane: usize, span: Span| {
            let stays = |b: &&crate::editor::Block| !self.struck.iter().any(|(id, _)| *id == b.assignment);
            let taken = |lane: &Lane| lane.blocks.iter().filter(stays).any(|b| b.span.overlaps(span));
            let given = |b: &PlanBlock| b.row.post == new.post && b.row.lane == lane && b.span.overlaps(span);
            !post.lanes.get(lane).is_some_and(taken) && !self.blocks.iter().any(given)
        };
        let whole = (0..post.lanes.len()).find(|lane| is_free(*lane, new.span));
        if let Some(lane) = whole {
            return vec![(lane, new.span)];
        }
        let blocks = post.lanes.iter().flat_map(|lane| &lane.blocks).map(|b| b.span);
        let given = self.blocks.iter().filter(|b| b.row.post == new.post).map(|b| b.span);
        let mut edges: Vec<Instant> =
            blocks.chain(given).flat_map(|s| [s.from, s.to]).filter(|at| new.span.contains(*at)).collect();
        edges.extend([new.span.from, new.span.to]);
        edges.sort_unstable();
        edges.dedup();
        let mut pieces: Vec<(usize, Span)> = Vec::new();
        for pair in edges.windows(2) {
            let span = Span::new(pair[0], pair[1]);
            let last = pieces.last().map(|(lane, _)| *lane).filter(|lane| is_free(*lane, span));
            let Some(lane) = last.or_else(|| (0..post.lanes.len()).find(|lane| is_free(*lane, span))) else {
                let most = post.lanes.len() + self.blocks.len();
                let beside = (post.lanes.len()..=most).find(|lane| is_free(*lane, new.span));
                return beside.map(|lane| (lane, new.span)).into_iter().collect();
            };
            match pieces.last_mut() {
                Some((before, part)) if *before == lane && part.to == span.from => part.to = span.to,
                _ => pieces.push((lane, span)),
            }
        }
        pieces
    }
}

/// Have and need with the plan, where they are not what they are now.
fn figures(doc: &Document, proposal: &Proposal, window: &WindowId) -> Vec<(UnitId, Vec<HaveNeedStep>)> {
    let rota = &proposal.preview.rota;
    let ctx = checker::Context::new(rota);
    let of_unit = |unit: &crate::model::Unit| {
        let then = have_need(&coverage_in(&ctx, window, &unit.id));
        let now = have_need(doc.coverage(window, &unit.id));
        (unit.id.clone(), changed(&now, &then))
    };
    rota.units.iter().map(of_unit).collect()
}

/// The stretches of `then` in which the figures differ from those of `now`.
fn changed(now: &[HaveNeedStep], then: &[HaveNeedStep]) -> Vec<HaveNeedStep> {
    let mut steps: Vec<HaveNeedStep> = Vec::new();
    for step in then {
        for old in now.iter().filter(|old| old.look != step.look) {
            let Some(span) = old.span.overlap(step.span) else { continue };
            match steps.last_mut() {
                Some(last) if last.look == step.look && last.span.to == span.from => last.span.to = span.to,
                _ => steps.push(HaveNeedStep { span, look: step.look }),
            }
        }
    }
    steps
}

impl GridView<'_> {
    /// What a have/need cell says aloud that the plan changes.
    pub(super) fn with_plan_sentence(&self, unit: &crate::model::Unit, step: &HaveNeedStep) -> String {
        let zone = self.zone();
        let when = format!("{} {}", spoken_date(zone, step.span.from), cells::times(zone, step.span));
        let look = step.look;
        let short = if look.short > 0 { format!(", {} short", look.short) } else { String::new() };
        let (agreed, waiting, need) = (look.agreed, look.waiting, look.need);
        format!(
            "{}, with the plan, {when}: {agreed} agreed, {waiting} asked or proposed, {need} normally{short}",
            words::safe(&unit.name)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::testing::norwich_suggested;

    #[test]
    fn nobody_who_stays_is_drawn_over() {
        let editor = norwich_suggested();
        let (doc, proposal) = (editor.doc().unwrap(), editor.proposal().unwrap());
        let mut drawn = 0;
        let mut beside = 0;
        for window in &doc.rota().windows {
            let suggested = Suggested::new(doc, proposal, &window.id);
            let grid = doc.grid().window(&window.id).unwrap();
            beside += suggested.beside.len();
            for block in &suggested.blocks {
                let Some(lane) = grid.post(&block.row.post).unwrap().lanes.get(block.row.lane) else { continue };
                let goes = |id: &AssignmentId| suggested.struck.iter().any(|(struck, _)| struck == id);
                let mut stay = lane.blocks.iter().filter(|b| !goes(&b.assignment));
                assert!(!stay.any(|b| b.span.overlaps(block.span)), "{block:?}");
                let open = suggested.still_open(&block.row, &lane.gaps);
                assert!(!open.iter().any(|gap| gap.overlaps(block.span)), "{block:?} in {open:?}");
                drawn += 1;
            }
        }
        assert!(drawn > 3 && beside > 0, "{drawn} on lanes, {beside} rows beside");
    }
}
