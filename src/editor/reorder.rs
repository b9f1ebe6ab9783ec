//! The order of units, and of the posts of a unit: one place up or down.

use crate::model::{Change, Command, ListChange, PostId, Rota, UnitId, words};

use super::assign::post_name;
use super::refused::Refused;
use super::selection::Selection;
use super::{Editor, Env};

/// What has a place of its own in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placed {
    /// Among all units.
    Unit(UnitId),
    /// Among the posts of its unit and tier: tiers stand in their own order.
    Post(PostId),
}

impl Placed {
    pub(super) fn name(&self, rota: &Rota) -> String {
        match self {
            Self::Unit(id) => rota.unit(id).map(|unit| words::safe(&unit.name).into_owned()).unwrap_or_default(),
            Self::Post(id) => post_name(rota, id),
        }
    }

    /// The change that puts it one place up or down.
    ///
    /// # Errors
    /// Why it cannot go there.
    pub(super) fn moved(&self, rota: &Rota, up: bool) -> Result<Change, Refused> {
        match self {
            Self::Unit(id) => {
                let at = rota.units.iter().position(|unit| unit.id == *id).ok_or(Refused::Gone)?;
                let all: Vec<usize> = (0..rota.units.len()).collect();
                let to = neighbour(&all, at, up).ok_or(if up { Refused::FirstUnit } else { Refused::LastUnit })?;
                Ok(Change::Units(ListChange::Move(id.clone(), to)))
            }
            Self::Post(id) => {
                let at = rota.posts.iter().position(|post| post.id == *id).ok_or(Refused::Gone)?;
                let post = &rota.posts[at];
                let same = |other: usize| rota.posts[other].unit == post.unit && rota.posts[other].tier == post.tier;
                let all: Vec<usize> = (0..rota.posts.len()).filter(|other| same(*other)).collect();
                let end = if up { Refused::FirstPost } else { Refused::LastPost };
                let to = neighbour(&all, at, up).ok_or(end)?;
                Ok(Change::Posts(ListChange::Move(id.clone(), to)))
            }
        }
    }
}

/// The place before or after `at` among `all`.
fn neighbour(all: &[usize], at: usize, up: bool) -> Option<usize> {
    let here = all.iter().position(|place| *place == at)?;
    let there = if up { here.checked_sub(1)? } else { here + 1 };
    all.get(there).copied()
}

impl Editor {
    /// The chosen unit, or the chosen post.
    pub(super) fn chosen_place(&self) -> Option<Placed> {
        match &self.selection {
            Selection::Unit(id) => Some(Placed::Unit(id.clone())),
            _ => self.chosen_post().map(Placed::Post),
        }
    }

    pub(super) fn reorder(&mut self, up: bool, env: &Env<'_>) {
        let (Some(doc), Some(place)) = (&self.doc, self.chosen_place()) else { return };
        match place.moved(doc.rota(), up) {
            Ok(change) => {
                let way = if up { "up" } else { "down" };
                let label = format!("{} one place {way}", place.name(doc.rota()));
                self.command(Command::edit(label, vec![change]), env);
            }
            Err(why) => self.refuse(&why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{post_id, rota};
    use super::super::testing::env;
    use super::super::{Action, Document, Settings, Verb};
    use super::*;
    use crate::model::Unit;

    fn two_units() -> Rota {
        let mut rota = rota();
        let second = Unit { id: UnitId::new("mat").unwrap(), name: "Maternity".to_owned(), ..rota.units[0].clone() };
        rota.units.push(second);
        let mut more = rota.posts[1].clone();
        more.id = post_id("mg2");
        more.name = "Children’s middle grade".to_owned();
        rota.posts.push(more);
        rota
    }

    #[test]
    fn units_and_posts_of_a_tier_change_places_in_one_step() {
        let mut editor = Editor::new(Settings::default());
        editor.show(Document::unsaved(two_units()));
        let mut run = |action| {
            env(|env| editor.run(action, env));
            let doc = editor.doc().unwrap();
            let drawn = doc.grid().windows[0].units.iter().map(|unit| {
                let posts: Vec<&str> = unit.posts.iter().map(|post| post.id.as_str()).collect();
                format!("{}: {}", unit.id, posts.join(" "))
            });
            (drawn.collect::<Vec<_>>().join("; "), editor.notice().map(ToOwned::to_owned), editor.label(Verb::MoveUp))
        };
        let start = "ae: cons mg mg2 sho; mat: ";
        assert_eq!(run(Action::Select(Selection::Post(post_id("mg2")))).0, start);
        let (now, _, label) = run(Action::Do(Verb::MoveUp));
        assert_eq!((now.as_str(), label.as_str()), ("ae: cons mg2 mg sho; mat: ", "Move Children’s middle grade up"));
        let refused = run(Action::Do(Verb::MoveUp)).1;
        assert_eq!(refused.as_deref(), Some("It is the first post of its grade"));
        assert_eq!(run(Action::Do(Verb::MoveDown)).0, start);
        run(Action::Select(Selection::Unit(UnitId::new("ae").unwrap())));
        assert_eq!(run(Action::Do(Verb::MoveDown)).0, "mat: ; ae: cons mg mg2 sho");
        assert_eq!(run(Action::Do(Verb::MoveDown)).1.as_deref(), Some("It is the last unit"));
        for _ in 0..3 {
            run(Action::Do(Verb::Undo));
        }
        assert_eq!(*editor.doc().unwrap().rota(), two_units());
    }
}
