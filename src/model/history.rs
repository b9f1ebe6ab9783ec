//! One rota with the steps that lead to it and on from it.

use super::change::{Change, Refusal, apply_all};
use super::command::Command;
use super::rota::Rota;
use super::unsound::faults;

/// A rota that only commands change, and every step can be taken back.
#[derive(Debug, Clone)]
pub struct History {
    rota: Rota,
    /// Whether the rota had no faults when it came; no step brings one about.
    was_sound: bool,
    done: Vec<Recorded>,
    undone: Vec<Recorded>,
    /// The number of the state the rota is in: the same number, the same rota.
    state: u64,
    states: u64,
}

/// A step that was done, undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The command's label.
    pub label: String,
    /// What takes the step back: it names every record that changed.
    pub inverse: Vec<Change>,
}

#[derive(Debug, Clone)]
struct Recorded {
    label: String,
    /// The changes that take the rota to `state`.
    changes: Vec<Change>,
    state: u64,
}

impl History {
    /// Begins with that rota and nothing to undo.
    pub fn new(rota: Rota) -> Self {
        let was_sound = faults(&rota).is_empty();
        Self { rota, was_sound, done: Vec::new(), undone: Vec::new(), state: 0, states: 0 }
    }

    /// The rota as it stands.
    pub fn rota(&self) -> &Rota {
        &self.rota
    }

    /// A number that is the same only while the rota is: undoing all that was done since a save gives it back.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// The label of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// The label of the step that redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Does the command. One that changes nothing leaves no step, and gives none.
    ///
    /// # Errors
    /// [`Refusal`], and neither the rota nor any step, done or undone, is touched.
    pub fn run(&mut self, command: Command) -> Result<Option<Step>, Refusal> {
        let label = command.label.clone();
        let inverse = command.apply(&mut self.rota, self.was_sound)?;
        if inverse.iter().all(|change| is_idle(change, &self.rota)) {
            return Ok(None);
        }
        self.done.push(Recorded { label: label.clone(), changes: inverse.clone(), state: self.state });
        self.undone.clear();
        self.states += 1;
        self.state = self.states;
        Ok(Some(Step { label, inverse }))
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Step> {
        step_between(&mut self.done, &mut self.undone, &mut self.rota, &mut self.state)
    }

    /// Does the last undone step again.
    pub fn redo(&mut self) -> Option<Step> {
        step_between(&mut self.undone, &mut self.done, &mut self.rota, &mut self.state)
    }
}

fn step_between(from: &mut Vec<Recorded>, to: &mut Vec<Recorded>, rota: &mut Rota, state: &mut u64) -> Option<Step> {
    let step = from.pop()?;
    // Steps fit the rota they were recorded on; should one not, it is dropped and the rota is left as it is.
    let inverse = apply_all(step.changes, rota).ok()?;
    to.push(Recorded { label: step.label.clone(), changes: inverse.clone(), state: *state });
    *state = step.state;
    Some(Step { label: step.label, inverse })
}

/// Whether taking the change back would change nothing.
fn is_idle(inverse: &Change, rota: &Rota) -> bool {
    use super::change::ListChange;
    use super::record::Record;
    fn same<T: Record>(change: &ListChange<T>, rota: &Rota) -> bool {
        match change {
            ListChange::Replace(before) => T::list(rota).contains(before),
            ListChange::Move(id, to) => T::list(rota).get(*to).is_some_and(|record| record.id() == id),
            ListChange::Insert(..) | ListChange::Remove(_) => false,
        }
    }
    match inverse {
        Change::Properties(before) => *before == rota.properties,
        Change::Windows(change) => same(change, rota),
        Change::Competencies(change) => same(change, rota),
        Change::Units(change) => same(change, rota),
        Change::Posts(change) => same(change, rota),
        Change::Normals(change) => same(change, rota),
        Change::People(change) => same(change, rota),
        Change::Sessions(change) => same(change, rota),
        Change::Assignments(change) => same(change, rota),
        Change::Accepted(before) => *before == rota.accepted,
        Change::SignOffs(before) => *before == rota.sign_offs,
        Change::Issued(before) => *before == rota.issued,
        Change::Log(before) => *before == rota.log,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Properties;

    fn titled(title: &str) -> Command {
        let properties = Properties { title: title.to_owned(), ..Rota::empty().properties };
        Command::edit(format!("call it {title}"), vec![Change::Properties(properties)])
    }

    #[test]
    fn undo_and_redo_walk_the_same_states() {
        let mut history = History::new(Rota::empty());
        let saved = history.state();
        history.run(titled("one")).unwrap();
        history.run(titled("two")).unwrap();
        assert_eq!(history.undo_label(), Some("call it two"));
        history.undo().unwrap();
        assert_eq!(history.rota().properties.title, "one");
        assert_eq!(history.redo_label(), Some("call it two"));
        history.undo().unwrap();
        assert_eq!(history.state(), saved);
        assert!(history.undo().is_none());
        history.redo().unwrap();
        history.redo().unwrap();
        assert_eq!(history.rota().properties.title, "two");
        assert!(history.redo().is_none());
    }

    #[test]
    fn a_new_step_after_undo_is_another_state() {
        let mut history = History::new(Rota::empty());
        history.run(titled("one")).unwrap();
        let one = history.state();
        history.undo();
        history.run(titled("other")).unwrap();
        assert_ne!(history.state(), one);
        assert_eq!(history.redo_label(), None);
    }

    #[test]
    fn what_is_refused_or_idle_loses_no_step() {
        let mut history = History::new(Rota::empty());
        history.run(titled("one")).unwrap();
        history.run(titled("two")).unwrap();
        history.undo();
        assert_eq!(history.run(titled("one")), Ok(None));
        let gone = crate::model::PersonId::new("x").unwrap();
        let refused = Command::edit("x", vec![Change::remove::<crate::model::Person>(gone)]);
        assert!(history.run(refused).is_err());
        assert_eq!(history.redo_label(), Some("call it two"));
    }
}
