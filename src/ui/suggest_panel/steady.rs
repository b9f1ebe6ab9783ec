//! Keeps the changes in their place while a tick changes what stands above them: whoever clicks again without moving the
//! pointer means the same line.

use super::super::row_list::{Held, Sight, Tops};
use super::super::state::{Steady, SteadyRow};
use super::lines::{Heading, PanelLine, PanelLines};

impl Steady {
    /// That of this suggestion in a panel as wide; a new one begins where it stands.
    pub(super) fn of(known: Option<Self>, job: u64, version: u64, width: f32) -> Self {
        let fits = |steady: &Self| steady.job == job && steady.width == width.to_bits();
        known.filter(fits).unwrap_or(Self { job, version, width: width.to_bits(), ..Self::default() })
    }

    /// Remembers where the row of a change stands that is ticked or unticked now.
    pub(super) fn hold(&mut self, change: usize, row: usize, tops: &Tops) {
        self.held = Some(SteadyRow { change: Some(change), row, top: tops.of(row).0 });
    }

    /// Where the rows stand, with how far they are scrolled and by how many rows those of the changes have moved: where
    /// the lines are new, what was ticked stays where it was in sight, else the heading of the changes does.
    pub(super) fn place(&mut self, laid: &PanelLines, version: u64) -> (Tops, Held, isize) {
        let mut offset = None;
        let mut moved = 0;
        if self.version != version {
            let row = self.held.take().and_then(|was| Some((row_of(laid, was.change)?, was)));
            if let Some((row, was)) = row {
                let (in_sight, top) = (was.top - self.offset, laid.tops.of(row).0);
                self.room = (in_sight - top).max(0.0);
                let to = (top + self.room - in_sight).max(0.0);
                self.least = to + self.height;
                offset = Some(to);
                moved = row.cast_signed() - was.row.cast_signed();
            }
            self.version = version;
        } else {
            // What was added under the list goes as soon as somebody scrolls back.
            self.least = self.least.min(self.offset + self.height);
        }
        let heading = row_of(laid, None);
        let rule = heading.and_then(|heading| heading.checked_sub(1));
        let tops = rule.map_or_else(|| laid.tops.clone(), |rule| laid.tops.with_room(rule, self.room));
        let ticked = self.held.take().and_then(|held| held.change);
        let held = ticked.and_then(|change| Some((ticked, row_of(laid, Some(change))?)));
        let held = held.or_else(|| heading.map(|row| (None, row)));
        self.held = held.map(|(change, row)| SteadyRow { change, row, top: tops.of(row).0 });
        (tops, Held { offset, least: self.least }, moved)
    }

    /// Remembers what was in sight.
    pub(super) fn saw(&mut self, sight: Sight) {
        (self.offset, self.height) = (sight.offset, sight.height);
    }
}

/// The line of a change; without one the heading of all of them.
fn row_of(laid: &PanelLines, change: Option<usize>) -> Option<usize> {
    laid.lines.iter().position(|line| match (line, change) {
        (PanelLine::Change { at, .. }, Some(change)) => *at == change,
        (PanelLine::Heading { kind, .. }, None) => *kind == Heading::Changes,
        _ => false,
    })
}
