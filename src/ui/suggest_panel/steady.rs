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
    ///
    /// Nothing can be scrolled farther than it could when it was last drawn: new lines are drawn once to make the room,
    /// and once more in their place ([`Steady::next`]).
    pub(super) fn place(&mut self, laid: &PanelLines, version: u64) -> (Tops, Held, isize) {
        let offset = self.next.take();
        let mut moved = 0;
        if self.version != version {
            let row = self.held.take().and_then(|was| Some((row_of(laid, was.change)?, was)));
            if let Some((row, was)) = row {
                let (in_sight, top) = (was.top - self.offset, laid.tops.of(row).0);
                self.room = (in_sight - top).max(0.0);
                let to = (top + self.room - in_sight).max(0.0);
                self.least = to + self.height;
                self.next = Some(to);
                moved = row.cast_signed() - was.row.cast_signed();
            }
            self.version = version;
        } else if offset.is_none() {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// So many headings above the changes.
    fn laid(above: usize) -> PanelLines {
        let heading = |kind| PanelLine::Heading { title: String::new(), count: String::new(), kind };
        let mut lines: Vec<PanelLine> = (0..above).map(|_| heading(Heading::Plain)).collect();
        lines.extend([PanelLine::Rule, heading(Heading::Changes)]);
        PanelLines::new(lines, PanelLine::height)
    }

    #[test]
    fn whatever_comes_or_goes_above_them_the_changes_stay_where_they_are_in_sight() {
        let mut steady = Steady::of(None, 1, 0, 300.0);
        let mut seen = Vec::new();
        for (version, above) in [5, 5, 9, 2, 5, 1, 12].into_iter().enumerate() {
            let laid = laid(above);
            let (_, held, moved) = steady.place(&laid, version as u64);
            assert_eq!(held.offset, None, "there is no room for it yet");
            let room = held.least;
            let (tops, held, _) = steady.place(&laid, version as u64);
            assert!(held.offset.is_none() || held.least >= room);
            let offset = held.offset.unwrap_or(steady.offset);
            let height = tops.height().max(held.least);
            assert!(
                offset >= 0.0 && offset + 400.0 <= height.max(400.0),
                "it can be scrolled so far: {offset} of {height}"
            );
            steady.saw(Sight { offset, height: 400.0 });
            seen.push((tops.of(above + 1).0 - offset, moved));
        }
        assert!(seen.iter().all(|(top, _)| (*top - seen[0].0).abs() < 0.01), "{seen:?}");
        assert_eq!(seen.iter().map(|(_, moved)| *moved).collect::<Vec<_>>(), [0, 0, 4, -7, 3, -4, 11]);
    }
}
