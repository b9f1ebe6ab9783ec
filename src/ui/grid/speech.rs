//! What the grid tells assistive technology: a node for each cell, block, gap and have/need cell in sight, each with
//! the sentence a person would say, and each of them can be clicked from there.

use egui::accesskit::{Action as Ask, Node, Role};
use egui::{Event, Id, Rect, Ui};

use super::rows::{LaneRow, Row};
use super::suggested::Suggested;
use super::{GridParts, grid_id};
use crate::editor::{Action, CellRange, Selection, Verb, block_facts};
use crate::model::{Span, UnitId, words};
use crate::ui::nodes::Nodes;

/// Builds the nodes and answers clicks on them. Costs nothing while nothing listens.
pub(super) fn tell(ui: &Ui, parts: &GridParts<'_, '_>, suggested: Option<&Suggested>, actions: &mut Vec<Action>) {
    let view = parts.painter.view;
    let chosen = parts.chosen();
    let active = chosen.map(|range| cell_id(&range.last.row, view.slots.slot_at(range.last.at)));
    let name = format!("Posts grid, {}", view.window_line().0);
    let Some(nodes) = Nodes::of(ui, parts.response, Role::Grid, &name) else { return };
    let teller = GridSpeaker { ui, parts, nodes };
    let mut active_is_in_sight = false;
    let mut heading = None;
    for index in parts.painter.rows_in_sight() {
        match &view.rows[index] {
            Row::Unit(unit) => {
                let note = unit.note.map_or(String::new(), |note| format!(". {}", note.text()));
                let words = format!("{}{note}", words::safe(&unit.unit.name));
                let id = heading_id(&unit.unit.id);
                if teller.nodes.node(id, teller.row_rect(index), Role::RowHeader, &words, true) {
                    actions.push(Action::Select(Selection::Unit(unit.unit.id.clone())));
                }
                if parts.editor.selection() == &Selection::Unit(unit.unit.id.clone()) {
                    heading = Some(id);
                }
                if teller.folds(id, unit.folded) {
                    actions.push(Action::Select(Selection::Unit(unit.unit.id.clone())));
                    actions.push(Action::Do(Verb::FoldUnit));
                }
            }
            Row::Lane(row) => {
                active_is_in_sight |= teller.lane(index, row, active, actions);
            }
            Row::HaveNeed(row) => {
                for step in &row.steps {
                    let rect = teller.cell_rect(index, step.span);
                    let id = grid_id().with(("have need", &row.unit.id, step.span.from.0));
                    teller.nodes.node(id, rect, Role::GridCell, &view.have_need_sentence(row.unit, step), false);
                }
                for step in suggested.map_or(&[][..], |suggested| suggested.figures_of(&row.unit.id)) {
                    let rect = teller.cell_rect(index, step.span);
                    let id = grid_id().with(("have need with plan", &row.unit.id, step.span.from.0));
                    teller.nodes.node(id, rect, Role::GridCell, &view.with_plan_sentence(row.unit, step), false);
                }
            }
            Row::Beside(_) | Row::Add => {}
        }
    }
    for block in suggested.map(|s| s.blocks.as_slice()).unwrap_or_default() {
        let rect = parts.painter.plan_rect(block).map(|rect| rect.intersect(parts.painter.frame.body));
        let id = grid_id().with(("suggestion", block.item, block.span.from.0));
        if rect.is_some_and(|rect| teller.nodes.node(id, rect, Role::Button, &block.spoken, true)) {
            actions.push(Action::GoToChange(block.item));
        }
    }
    if let Some(active) = active.filter(|_| active_is_in_sight).or(heading) {
        teller.nodes.set_active(active);
    }
}

fn heading_id(unit: &UnitId) -> Id {
    grid_id().with(("unit", unit))
}

fn cell_id(row: &crate::editor::GridRow, slot: Span) -> Id {
    grid_id().with(("cell", &row.post, row.lane, slot.from.0))
}

struct GridSpeaker<'u, 'p, 'v, 'a> {
    ui: &'u Ui,
    parts: &'p GridParts<'v, 'a>,
    nodes: Nodes<'u>,
}

impl GridSpeaker<'_, '_, '_, '_> {
    fn row_rect(&self, index: usize) -> Rect {
        let painter = &self.parts.painter;
        let (top, bottom) = painter.layout.y_range(index);
        let y = painter.frame.origin.y;
        Rect::from_x_y_ranges(painter.frame.frozen().x_range(), y + top..=y + bottom)
    }

    fn cell_rect(&self, index: usize, span: Span) -> Rect {
        let painter = &self.parts.painter;
        painter.frame.on_screen(painter.layout.cell(index, span)).intersect(painter.frame.body)
    }

    /// Says of a heading whether it is folded; whether it was asked to be the other.
    fn folds(&self, id: Id, folded: bool) -> bool {
        let ask = if folded { Ask::Expand } else { Ask::Collapse };
        self.ui.ctx().accesskit_node_builder(id, |node: &mut Node| {
            node.set_expanded(!folded);
            node.add_action(ask);
        });
        let is_it = |event: &Event| {
            let Event::AccessKitActionRequest(request) = event else { return false };
            request.action == ask && request.target_node == id.accesskit_id()
        };
        self.ui.input(|input| input.events.iter().any(is_it))
    }

    /// The nodes of a lane; whether the active cell is one of them.
    fn lane(&self, index: usize, row: &LaneRow<'_>, active: Option<Id>, actions: &mut Vec<Action>) -> bool {
        let view = self.parts.painter.view;
        let select = |range: CellRange| Action::Select(Selection::Cells(range));
        if row.row.lane == 0 {
            let bleep = if row.post.bleep.is_empty() { String::new() } else { format!(", bleep {}", row.post.bleep) };
            let essential = if row.post.is_essential() { ", essential" } else { "" };
            let grade =
                row.unit.tiers.iter().find(|tier| tier.id == row.post.tier).map_or("", |tier| tier.name.as_str());
            let need = format!("{}{}", row.of.peak, if row.of.peak > 0 { view.not_agreed() } else { "" });
            let words = format!("Post {}, {}{bleep}, need {need}{essential}", row.place(), words::safe(grade));
            let id = grid_id().with(("post", &row.post.id));
            if self.nodes.node(id, self.row_rect(index), Role::RowHeader, &words, true) {
                actions.push(Action::Select(Selection::Post(row.post.id.clone())));
            }
        }
        let mut seen = false;
        for slot in view.slots.iter() {
            let rect = self.cell_rect(index, slot);
            if !rect.is_positive() {
                continue;
            }
            let id = cell_id(&row.row, slot);
            seen |= active == Some(id);
            if self.nodes.node(id, rect, Role::GridCell, &view.cell_sentence(row, slot), true) {
                actions.push(select(self.parts.range(row, slot)));
            }
        }
        for block in &row.lane.blocks {
            let id = grid_id().with(("block", &block.assignment));
            let rect = self.cell_rect(index, block.span);
            if self.nodes.node(id, rect, Role::Button, &view.block_sentence(row, block), true) {
                actions.push(select(self.parts.range(row, block.span)));
            }
            // Of the block with the ring, what its card says too.
            let has_ring = |range: &CellRange| range.last.row == row.row && range.last.span().overlaps(block.span);
            if self.parts.chosen().is_some_and(has_ring) {
                self.ui.ctx().accesskit_node_builder(id, |node: &mut Node| {
                    let assignment = view.rota.assignment(&block.assignment);
                    if let Some((doc, assignment)) = self.parts.editor.doc().zip(assignment) {
                        node.set_description(block_facts::spoken(doc, assignment));
                    }
                });
            }
        }
        for gap in &row.lane.gaps {
            let id = grid_id().with(("gap", &row.post.id, row.row.lane, gap.from.0));
            let rect = self.cell_rect(index, *gap);
            if self.nodes.node(id, rect, Role::Button, &view.gap_sentence(row, *gap), true) {
                actions.push(select(self.parts.range(row, *gap)));
            }
            // What its card says, too.
            self.ui
                .ctx()
                .accesskit_node_builder(id, |node: &mut Node| node.set_description(view.gap_figures(row, *gap)));
        }
        seen
    }
}
