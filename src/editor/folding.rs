//! Folded units: only their headings are shown, and the ring stops at those.

use crate::model::UnitId;

use super::selection::Selection;
use super::{Editor, Effect, GridWindow};

/// Where the ring can stand from top to bottom: a lane of an unfolded unit, or a folded unit's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// An index into [`GridWindow::rows`].
    Lane(usize),
    Heading(UnitId),
}

impl Editor {
    /// Whether only the heading of a unit is shown.
    pub fn is_folded(&self, unit: &UnitId) -> bool {
        self.folded.contains(unit)
    }

    /// Folds a unit, whose heading is chosen then, or shows its posts again.
    pub(super) fn fold(&mut self, unit: UnitId, folded: bool) {
        if folded {
            self.folded.insert(unit.clone());
        } else {
            self.folded.remove(&unit);
        }
        self.choose(Selection::Unit(unit));
        self.effects.push(Effect::ScrollToSelection);
    }

    /// Whoever goes to cells wants to see them, all of them: nothing is chosen that is not drawn.
    pub(super) fn unfold_chosen(&mut self) {
        let Some(doc) = &self.doc else { return };
        match &self.selection {
            Selection::Cells(range) if !self.folded.is_empty() => {
                let window = doc.grid().window(&range.window);
                let Some((window, rect)) = window.and_then(|w| Some((w, range.resolve(w)?))) else { return };
                for row in &window.rows[rect.rows] {
                    self.folded.remove(&row.unit);
                }
            }
            Selection::Post(id) => {
                if let Some(post) = doc.rota().post(id) {
                    self.folded.remove(&post.unit);
                }
            }
            _ => {}
        }
    }

    fn stops(&self, window: &GridWindow) -> Vec<Stop> {
        let mut stops = Vec::with_capacity(window.rows.len());
        let mut row = 0;
        for unit in &window.units {
            let lanes = unit.rows().count();
            if self.is_folded(&unit.id) {
                stops.push(Stop::Heading(unit.id.clone()));
            } else {
                stops.extend((row..row + lanes).map(Stop::Lane));
            }
            row += lanes;
        }
        stops
    }

    /// So many stops down (or up) from a lane.
    pub(super) fn stop_from(&self, window: &GridWindow, row: usize, dy: i32) -> Stop {
        let stops = self.stops(window);
        let at = stops.iter().position(|stop| *stop == Stop::Lane(row)).unwrap_or(0);
        let to = at.saturating_add_signed(dy as isize).min(stops.len().saturating_sub(1));
        stops.into_iter().nth(to).unwrap_or(Stop::Lane(row))
    }

    /// So many stops down (or up) from a heading, folded or not.
    pub(super) fn stop_from_heading(&self, window: &GridWindow, unit: &UnitId, dy: i32) -> Option<Stop> {
        let stops = self.stops(window);
        let of_unit = |stop: &Stop| match stop {
            Stop::Lane(row) => window.rows[*row].unit == *unit,
            Stop::Heading(id) => id == unit,
        };
        let first = stops.iter().position(of_unit)?;
        // From an unfolded heading its first lane is one step down.
        let above = !self.is_folded(unit) && dy > 0;
        let to = first.saturating_add_signed(dy as isize - isize::from(above)).min(stops.len() - 1);
        stops.into_iter().nth(to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{post_id, range, rota};
    use super::super::testing::env;
    use super::super::{Action, Document, Settings, Verb};
    use super::*;
    use crate::model::{Post, Rota, Unit};

    fn three_units() -> Rota {
        let mut rota = rota();
        for (unit, post) in [("mat", "reg"), ("neo", "annp")] {
            let id = UnitId::new(unit).unwrap();
            rota.units.push(Unit { id: id.clone(), ..rota.units[0].clone() });
            rota.posts.push(Post { id: post_id(post), unit: id, ..rota.posts[0].clone() });
        }
        rota
    }

    fn text_of(editor: &Editor) -> String {
        match editor.selection() {
            Selection::Cells(range) => format!("{} {}", range.last.row.post, range.last.row.lane),
            Selection::Unit(unit) => format!("heading {unit}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_ring_stops_at_the_heading_of_a_folded_unit_and_passes_its_lanes() {
        let mut editor = Editor::new(Settings::default());
        editor.show(Document::unsaved(three_units()));
        let mut run = |action| {
            env(|env| editor.run(action, env));
            let folded = ["ae", "mat", "neo"].map(|id| editor.is_folded(&UnitId::new(id).unwrap()));
            (text_of(&editor), folded)
        };
        let step = |dy| Action::MoveCursor { dx: 0, dy, extend: false, jump: false };
        let mat = Selection::Unit(UnitId::new("mat").unwrap());
        run(Action::Select(mat));
        assert_eq!(run(Action::Do(Verb::FoldUnit)), ("heading mat".to_owned(), [false, true, false]));
        assert_eq!(run(step(1)).0, "annp 0");
        assert_eq!(run(step(-1)).0, "heading mat");
        assert_eq!(run(step(-1)).0, "sho 0");
        assert_eq!(run(step(1)), ("heading mat".to_owned(), [false, true, false]));
        assert_eq!(run(Action::Do(Verb::FoldUnit)), ("heading mat".to_owned(), [false; 3]));
        assert_eq!(run(step(1)).0, "reg 0", "its first lane is below its heading");
        assert_eq!(run(step(-1)).0, "sho 0");
        assert_eq!(run(Action::Do(Verb::FoldUnit)), ("heading ae".to_owned(), [true, false, false]));
        assert_eq!(run(step(1)).0, "reg 0");
    }

    #[test]
    fn nothing_is_chosen_that_is_folded_away() {
        let mut editor = Editor::new(Settings::default());
        editor.show(Document::unsaved(three_units()));
        let unit = || UnitId::new("ae").unwrap();
        for action in [
            Action::Select(Selection::Cells(range("cons", 0, "10:00", "mg", 0, "11:00"))),
            Action::Do(Verb::SelectAll),
            Action::Select(Selection::Post(post_id("mg"))),
        ] {
            env(|env| editor.run(Action::Select(Selection::Unit(unit())), env));
            env(|env| editor.run(Action::Do(Verb::FoldUnit), env));
            assert!(editor.is_folded(&unit()));
            env(|env| editor.run(action, env));
            assert!(!editor.is_folded(&unit()));
        }
    }
}
