//! What the pointer is on, and what a click there asks for.

use egui::{Modifiers, PointerButton, Pos2, Rect, Ui};

use super::rows::{LaneRow, Row};
use super::{GridParts, GridState};
use crate::checker::Gap;
use crate::editor::{Action, Block, Cell, CellRange, Context, Selection, Verb, cells};
use crate::model::{Span, UnitId};
use crate::ui::block_grip::Grip;
use crate::ui::cell_paint::fill_handle_rect;
use crate::ui::context_menu::OpenMenu;

/// A place in the grid.
pub(super) enum GridPart<'v> {
    /// A unit's heading; on its caret or beside it.
    Unit {
        id: &'v UnitId,
        caret: bool,
    },
    /// A post's name, bleep or need.
    Post(&'v LaneRow<'v>),
    Cell {
        row: &'v LaneRow<'v>,
        index: usize,
        cell: Cell,
    },
    /// A have/need row.
    HaveNeed {
        index: usize,
    },
}

impl<'v> GridParts<'v, 'v> {
    /// What is at a point of the screen.
    pub(super) fn part_at(&self, at: Pos2) -> Option<GridPart<'v>> {
        let (painter, frame) = (&self.painter, self.painter.frame);
        let in_frozen = frame.frozen().contains(at);
        if !in_frozen && !frame.body.contains(at) {
            return None;
        }
        let view = painter.view;
        let index = painter.layout.row_at(at.y - frame.origin.y)?;
        match &view.rows[index] {
            Row::Unit(unit) => Some(GridPart::Unit { id: &unit.unit.id, caret: at.x < frame.whole.left() + 24.0 }),
            Row::Lane(row) if in_frozen => Some(GridPart::Post(row)),
            Row::Lane(row) => {
                let cell = view.cell(&row.row, painter.layout.at(at.x - frame.origin.x));
                Some(GridPart::Cell { row, index, cell })
            }
            Row::HaveNeed(_) if in_frozen => None,
            Row::HaveNeed(_) => Some(GridPart::HaveNeed { index }),
            Row::Beside(_) | Row::Add => None,
        }
    }

    /// The block at a point, where it is drawn, and where on it the point is.
    pub(super) fn block_at(&self, at: Pos2) -> Option<(&'v LaneRow<'v>, &'v Block, Rect, Grip)> {
        let Some(GridPart::Cell { row, index, .. }) = self.part_at(at) else { return None };
        let drawn =
            |block: &'v Block| (block, self.painter.frame.on_screen(self.painter.layout.block(index, block.span)));
        let near = |rect: &Rect| rect.expand2(egui::vec2(1.0, 4.0)).contains(at);
        let (block, rect) = row.lane.blocks.iter().map(drawn).find(|(_, rect)| near(rect))?;
        let window = self.painter.view.window.span;
        let is_here = (window.contains(block.span.from), block.span.to <= window.to);
        Some((row, block, rect, Grip::at(at.x, rect, is_here)))
    }

    /// Whether a point is on the fill handle.
    pub(super) fn is_on_handle(&self, at: Pos2) -> bool {
        let cell = self.chosen().filter(|_| self.editable).and_then(|range| self.painter.handle_cell(range));
        cell.is_some_and(|cell| {
            let handle = fill_handle_rect(cell).expand(2.0);
            self.painter.frame.body.intersects(handle) && handle.contains(at)
        })
    }

    /// A range over part of a lane.
    pub(super) fn range(&self, row: &LaneRow<'_>, span: Span) -> CellRange {
        let window = self.painter.view.window;
        let span = span.overlap(window.span).unwrap_or(window.span);
        let cell = Cell { row: row.row.clone(), at: span.from, until: span.to };
        CellRange::one(window.id.clone(), cell)
    }

    pub(super) fn select(&self, cell: &Cell) -> Action {
        Action::Select(Selection::Cells(CellRange::one(self.painter.view.window.id.clone(), cell.clone())))
    }

    /// All of the block or the gap in a cell; else the cell.
    pub(super) fn whole_of(&self, row: &LaneRow<'_>, cell: &Cell) -> CellRange {
        let block = row.lane.block_in(cell.span());
        let span = block.map(|block| block.span).or_else(|| self.gap_to_choose(row, cell));
        self.range(row, span.unwrap_or(cell.span()))
    }

    /// The gap in a cell, as far as one person is asked for it.
    fn gap_to_choose(&self, row: &LaneRow<'_>, cell: &Cell) -> Option<Span> {
        let gap = row.lane.gaps.iter().copied().find(|gap| gap.overlaps(cell.span()))?;
        let view = self.painter.view;
        let gap = Gap { post: row.post.id.clone(), span: gap };
        Some(cells::shift_in(view.rota, view.grid, view.window, &gap, cell.at.max(gap.span.from)))
    }

    /// What a click on a cell chooses: of a gap all that one person is asked for, else the cell. A second click on what is
    /// chosen takes the other: the one cell of a gap, all of a block.
    fn clicked(&self, row: &LaneRow<'_>, cell: &Cell) -> CellRange {
        let one = CellRange::one(self.painter.view.window.id.clone(), cell.clone());
        let whole = self.whole_of(row, cell);
        let is_gap = row.lane.blocks.iter().all(|block| !block.span.overlaps(cell.span()));
        let (first, second) = if is_gap { (whole, one) } else { (one, whole) };
        if self.chosen() == Some(&first) { second } else { first }
    }

    /// Whether a cell lies in what is chosen.
    pub(super) fn is_chosen(&self, cell: &Cell) -> bool {
        let window = self.painter.view.window;
        let rect = self.chosen().and_then(|range| range.resolve(window));
        rect.zip(window.row_index(&cell.row))
            .is_some_and(|(rect, index)| rect.rows.contains(&index) && rect.span.overlaps(cell.span()))
    }
}

/// Clicks, double clicks and right clicks.
pub(super) fn clicks(ui: &Ui, parts: &GridParts<'_, '_>, state: &mut GridState, actions: &mut Vec<Action>) {
    let response = parts.response;
    let Some(at) = response.interact_pointer_pos() else { return };
    let modifiers = ui.input(|input| input.modifiers);
    if response.clicked_by(PointerButton::Primary) || response.clicked_by(PointerButton::Secondary) {
        response.request_focus();
        state.leaving = false;
    }
    let Some(place) = parts.part_at(at) else {
        if response.clicked() {
            actions.push(Action::Select(Selection::None));
        }
        return;
    };
    if response.double_clicked() {
        double_click(parts, place, actions);
    } else if response.clicked() {
        click(parts, place, modifiers, actions);
    } else if response.secondary_clicked() {
        right_click(parts, state, place, at, actions);
    }
}

fn click(parts: &GridParts<'_, '_>, place: GridPart<'_>, modifiers: Modifiers, actions: &mut Vec<Action>) {
    match place {
        GridPart::Unit { id, caret } => {
            let again = parts.editor.selection() == &Selection::Unit(id.clone());
            actions.push(Action::Select(Selection::Unit(id.clone())));
            if caret || again {
                actions.push(Action::Do(Verb::FoldUnit));
            }
        }
        GridPart::Post(row) => actions.push(Action::Select(Selection::Post(row.post.id.clone()))),
        GridPart::Cell { cell, .. } if modifiers.shift => actions.push(Action::ExtendTo(cell)),
        GridPart::Cell { row, cell, .. } => {
            actions.push(Action::Select(Selection::Cells(parts.clicked(row, &cell))));
        }
        // Nothing can be done to figures: a key after this acts on nobody.
        GridPart::HaveNeed { .. } => actions.push(Action::Select(Selection::None)),
    }
}

fn double_click(parts: &GridParts<'_, '_>, place: GridPart<'_>, actions: &mut Vec<Action>) {
    match place {
        GridPart::Unit { id, .. } => {
            actions.push(Action::Select(Selection::Unit(id.clone())));
            actions.push(Action::Do(Verb::EditUnit));
        }
        GridPart::Post(row) => {
            actions.push(Action::Select(Selection::Post(row.post.id.clone())));
            actions.push(Action::Do(Verb::EditPost));
        }
        GridPart::Cell { row, cell, .. } => {
            actions.push(Action::Select(Selection::Cells(parts.whole_of(row, &cell))));
            if parts.editable {
                actions.push(Action::StartTyping(String::new()));
            }
        }
        GridPart::HaveNeed { .. } => {}
    }
}

fn right_click(
    parts: &GridParts<'_, '_>,
    state: &mut GridState,
    place: GridPart<'_>,
    at: Pos2,
    actions: &mut Vec<Action>,
) {
    let menu = match place {
        GridPart::Unit { id, .. } => {
            actions.push(Action::Select(Selection::Unit(id.clone())));
            OpenMenu::new(at, Context::Unit)
        }
        GridPart::Post(row) => {
            actions.push(Action::Select(Selection::Post(row.post.id.clone())));
            OpenMenu::new(at, Context::Post)
        }
        GridPart::Cell { row, cell, .. } => {
            if !parts.is_chosen(&cell) {
                actions.push(Action::Select(Selection::Cells(parts.whole_of(row, &cell))));
            }
            let block = row.lane.block_in(cell.span());
            OpenMenu::new(at, context_of(block)).on(block.map(|block| block.person.clone()))
        }
        GridPart::HaveNeed { .. } => return,
    };
    state.menu = Some(menu);
}

/// What a menu in a cell is about: the block there, else the gap.
pub(super) fn context_of(block: Option<&Block>) -> Context {
    if block.is_some() { Context::Block } else { Context::Gap }
}
