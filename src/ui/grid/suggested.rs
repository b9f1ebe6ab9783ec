//! A proposal over the grid: where each change of it stands, what would go, and have and need with it.

use std::sync::Arc;

use egui::{Context, Id};

use super::rows::{HaveNeedStep, have_need};
use super::sentences::spoken_date;
use super::view::GridView;
use crate::checker::{self, coverage_in, spans};
use crate::editor::suggest::{Proposal, item_text};
use crate::editor::{Block, Document, Editor, Grid, GridPost, GridRow, GridWindow, Lane, cells};
use crate::model::{Assignment, AssignmentId, PersonId, Span, UnitId, WindowId, words};
use crate::ui::cached::{DocKey, cached};

/// What a proposal puts over the grid of one window.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Suggested {
    /// The people who would come.
    pub blocks: Vec<PlanBlock>,
    /// The assignments that would go, each with the change that takes it away.
    pub struck: Vec<(AssignmentId, usize)>,
    /// Have and need of each unit with the plan; only the stretches that it changes.
    pub figures: Vec<(UnitId, Vec<HaveNeedStep>)>,
    /// Rows for those who have no room on the lanes there are: whoever stays is never drawn over.
    pub beside: Vec<GridRow>,
    /// The lanes as they will be once it is accepted.
    then: Option<GridWindow>,
}

/// Somebody who would come, on one lane.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlanBlock {
    /// The change, by its place.
    pub item: usize,
    /// The number it is called by.
    pub number: usize,
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
    /// Puts the ticked changes of a proposal onto the lanes of a window, where they will be once they are accepted: no
    /// row moves then.
    pub(super) fn new(doc: &Document, proposal: &Proposal, window: &WindowId) -> Self {
        let Some(grid) = doc.grid().window(window) else { return Self::default() };
        let then = Grid::new(&proposal.preview.rota, Some(doc.grid())).window(window).cloned();
        let mut suggested = Self { then, ..Self::default() };
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
            let number = proposal.number(at);
            let lane = suggested.lane(post, new);
            let row = GridRow { unit, post: new.post.clone(), lane };
            if lane >= post.lanes.len() && !suggested.beside.contains(&row) {
                suggested.beside.push(row.clone());
            }
            suggested.blocks.push(PlanBlock {
                item: at,
                number,
                row,
                span: new.span,
                person: new.person.clone(),
                instead_of: names.join(", "),
                spoken: format!("Suggestion {number}: {}", text.spoken(rota)),
            });
        }
        suggested.beside.sort_by_key(|row| row.lane);
        suggested.figures = figures(doc, proposal, window);
        suggested
    }

    /// The stretches of a unit's have and need that it changes.
    pub(super) fn figures_of(&self, unit: &UnitId) -> &[HaveNeedStep] {
        self.figures.iter().find(|(id, _)| id == unit).map_or(&[], |(_, steps)| steps)
    }

    /// What will be open of a lane that has those blocks now. Which of a post's lanes is short may be another then.
    pub(super) fn still_open(&self, row: &GridRow, lane: &Lane) -> Vec<Span> {
        let Some(then) = self.then_lane(row) else { return Vec::new() };
        let stay = lane.blocks.iter().filter(|block| self.stays(block)).map(|block| block.span);
        let new = self.blocks.iter().filter(|block| block.row == *row).map(|block| block.span);
        spans::without(&then.gaps, &spans::union(stay.chain(new).collect()))
    }

    /// Where nobody will be on a lane, nor is normally.
    pub(super) fn idle(&self, row: &GridRow) -> &[Span] {
        self.then_lane(row).map_or(&[], |lane| &lane.idle)
    }

    fn then_lane(&self, row: &GridRow) -> Option<&Lane> {
        self.then.as_ref()?.lane(row)
    }

    fn stays(&self, block: &Block) -> bool {
        !self.struck.iter().any(|(id, _)| *id == block.assignment)
    }

    /// The lane that somebody new will be on; where somebody is drawn there who only then goes up into room, the first
    /// that is free, or one beside those there are.
    fn lane(&self, post: &GridPost, new: &Assignment) -> usize {
        let is_free = |lane: &usize| {
            let stay = post.lanes.get(*lane).into_iter().flat_map(|lane| &lane.blocks);
            let mut stay = stay.filter(|block| self.stays(block)).map(|block| block.span);
            let given = self.blocks.iter().filter(|b| b.row.post == new.post && b.row.lane == *lane);
            !stay.any(|span| span.overlaps(new.span)) && !given.map(|b| b.span).any(|span| span.overlaps(new.span))
        };
        let then = self.then.as_ref().and_then(|then| then.row_of(&new.id)).map(|row| row.lane);
        let most = post.lanes.len() + self.blocks.len();
        then.filter(is_free).or_else(|| (0..most).find(is_free)).unwrap_or(most)
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
            "{}, with the plan, {when}: {} if all agree ({agreed} agreed, {waiting} asked or proposed), {need} normally{}{short}",
            words::safe(&unit.name),
            agreed + waiting,
            self.not_agreed()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Action;
    use crate::editor::suggest::Accept;
    use crate::editor::testing::{env, norwich_suggested, suggested_for};

    /// The example of five days with nobody on its Monday and all that can be suggested for it.
    fn empty_monday() -> (Editor, WindowId) {
        let mut rota = crate::file::read(include_bytes!("../../../saved_rotas/five-days-2025.ron")).unwrap().rota;
        let monday = rota.windows[3].clone();
        rota.assignments.retain(|a| !a.span.overlaps(monday.span));
        (suggested_for(rota), monday.id)
    }

    /// Every lane of a window: its post, its place, and where it is red.
    fn red(grid: &GridWindow, gaps: impl Fn(&GridRow, &Lane) -> Vec<Span>) -> Vec<(GridRow, Vec<Span>)> {
        let all = grid.rows.iter().map(|row| (row.clone(), gaps(row, grid.lane(row).unwrap())));
        all.filter(|(_, gaps)| !gaps.is_empty()).collect()
    }

    #[test]
    fn nothing_is_red_where_nothing_is_short_and_nobody_moves_on_accepting() {
        let (mut editor, monday) = empty_monday();
        let (doc, proposal) = (editor.doc().unwrap(), editor.proposal().unwrap());
        let suggested = Suggested::new(doc, proposal, &monday);
        let grid = doc.grid().window(&monday).unwrap();
        let proposed = red(grid, |row, lane| suggested.still_open(row, lane));
        let drawn: Vec<(GridRow, PersonId, Span)> =
            suggested.blocks.iter().map(|b| (b.row.clone(), b.person.clone(), b.span)).collect();
        assert!(drawn.len() > 20, "{drawn:?}");
        assert!(proposed.is_empty(), "{proposed:?}");
        env(|env| editor.run(Action::AcceptSuggested(Accept::All), env));
        let doc = editor.doc().unwrap();
        let accepted = doc.grid().window(&monday).unwrap();
        assert!(red(accepted, |_, lane| lane.gaps.clone()).is_empty());
        for (row, person, span) in drawn {
            let lane = accepted.lane(&row).unwrap();
            assert!(lane.blocks.iter().any(|b| b.person == person && b.span == span), "{person:?} on {row:?}");
        }
    }

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
                let open = suggested.still_open(&block.row, lane);
                assert!(!open.iter().any(|gap| gap.overlaps(block.span)), "{block:?} in {open:?}");
                drawn += 1;
            }
        }
        assert!(drawn > 3 && beside > 0, "{drawn} on lanes, {beside} rows beside");
    }
}
