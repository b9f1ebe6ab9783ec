//! Paints a proposal over the grid, and says which change of it is drawn at a point.

use egui::{Painter, Pos2, Rect};

use super::paint::GridPainter;
use super::rows::Row;
use super::suggested::{PlanBlock, Suggested};
use crate::ui::cell_paint::PlanLook;

impl GridPainter<'_, '_> {
    /// Where a piece of the proposal is on the screen.
    pub(super) fn plan_rect(&self, block: &PlanBlock) -> Option<Rect> {
        let index = self.view.plan_row(&block.row)?;
        let span = block.span.overlap(self.view.window.span)?;
        Some(self.frame.on_screen(self.layout.block(index, span)))
    }

    /// The change that is drawn at a point.
    pub(super) fn change_at(&self, suggested: &Suggested, at: Pos2) -> Option<usize> {
        if !self.frame.body.contains(at) {
            return None;
        }
        let is_there = |block: &&PlanBlock| self.plan_rect(block).is_some_and(|rect| rect.contains(at));
        suggested.blocks.iter().find(is_there).map(|block| block.item)
    }

    /// Draws the proposal over the cells.
    pub(super) fn paint_suggested(&self, painter: &Painter, suggested: &Suggested, pointed_at: Option<usize>) {
        let mut brush = self.brush(painter);
        let sight = self.rows_in_sight();
        for index in sight.clone() {
            let Row::Lane(row) = &self.view.rows[index] else { continue };
            for block in &row.lane.blocks {
                if suggested.struck.iter().any(|(id, _)| *id == block.assignment) {
                    brush.struck(self.frame.on_screen(self.layout.block(index, block.span)));
                }
            }
        }
        for block in &suggested.blocks {
            let Some(rect) = self.plan_rect(block) else { continue };
            if !rect.intersects(self.frame.body) {
                continue;
            }
            let (initials, family) = self.view.names(&block.person);
            let ringed = pointed_at == Some(block.item);
            let rect = self.held_in_sight(rect);
            brush.proposal(rect, &PlanLook { initials, family, instead_of: &block.instead_of, ringed });
        }
        for index in sight {
            let Row::HaveNeed(row) = &self.view.rows[index] else { continue };
            for step in suggested.figures_of(&row.unit.id) {
                let rect = self.frame.on_screen(self.layout.block(index, step.span));
                if !self.is_wholly_beside(rect.left(), rect.right()) {
                    brush.have_need_with_plan(rect, &step.look);
                }
            }
        }
    }

    /// The numbers of the changes, over all else that is in the body.
    pub(super) fn paint_plan_numbers(&self, painter: &Painter, suggested: &Suggested) {
        let place = |block: &PlanBlock| Some((self.plan_rect(block)?, block.number));
        let all: Vec<(Rect, usize)> = suggested.blocks.iter().filter_map(place).collect();
        self.brush(painter).plan_numbers(self.frame.body, &all);
    }
}
