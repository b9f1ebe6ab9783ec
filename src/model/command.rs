//! Every change to a rota is a [`Command`]: a label for the undo menu and a list of [`Change`]s, done whole or not at all.
//!
//! *No edit makes consent* is decided here and nowhere else: a command of [`Kind::Edit`] that would leave somebody
//! Asked, Agreed or Declined where that person was not so before is refused. So is one that leaves somebody Asked or
//! Agreed on a post that is to be held from home from then on, or no longer.

use super::change::{Change, ListChange, Refusal, apply_all};
use super::rota::{Assignment, Rota, Status};
use super::soundness::Soundness;
use super::time::Span;
use super::{AssignmentId, PersonId, PostId};

/// One change that a person makes, with the words that undo and redo show for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Such as "move KP to Labour ward"; the menu puts "Undo: " before it.
    pub label: String,
    /// Whether it may set a status.
    pub kind: Kind,
    /// In this order; all or none.
    pub changes: Vec<Change>,
}

/// What a command may do to consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Typing, filling, pasting, moving: never makes anybody Asked, Agreed or Declined.
    Edit,
    /// The status action: somebody says that a person was asked, agreed or declined.
    Status,
}

impl Command {
    /// A command that makes nobody agree.
    pub fn edit(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { label: label.into(), kind: Kind::Edit, changes }
    }

    /// The status action.
    pub fn status(label: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { label: label.into(), kind: Kind::Status, changes }
    }

    /// Does it, and gives the changes that take it back, in the order to do them. `was_sound` says that the rota has no
    /// faults before.
    ///
    /// # Errors
    /// [`Refusal`], and the rota is as it was.
    pub(super) fn apply(self, rota: &mut Rota, was_sound: bool) -> Result<Vec<Change>, Refusal> {
        let before = ConsentBefore::of(&self, rota);
        let soundness = Soundness::after(&self.changes, was_sound);
        let inverse = apply_all(self.changes, rota)?;
        let refusal = before.find_made(rota).or_else(|| {
            let faults = soundness.faults(rota);
            (!faults.is_empty()).then_some(Refusal::Unsound(faults))
        });
        match refusal {
            None => Ok(inverse),
            Some(refusal) => {
                // Taking back what was just done cannot fail: every record is where the inverse expects it.
                let _ = apply_all(inverse, rota);
                Err(refusal)
            }
        }
    }
}

/// What people had said of the assignments that an edit touches, before it.
struct ConsentBefore {
    /// Empty for the status action, which may say anything.
    touched: Vec<AssignmentId>,
    said: Vec<(PersonId, PostId, Status, Span)>,
    /// The posts that are held from home from now on, or no longer: other work than anybody has agreed to.
    moved: Vec<PostId>,
}

impl ConsentBefore {
    fn of(command: &Command, rota: &Rota) -> Self {
        if command.kind == Kind::Status {
            return Self { touched: Vec::new(), said: Vec::new(), moved: Vec::new() };
        }
        let mut touched = Vec::new();
        let mut people = Vec::new();
        let mut moved = Vec::new();
        for change in &command.changes {
            match change {
                Change::Assignments(ListChange::Insert(_, a) | ListChange::Replace(a))
                    if a.status != Status::Proposed =>
                {
                    touched.push(a.id.clone());
                    people.push(&a.person);
                }
                Change::Posts(ListChange::Insert(_, post) | ListChange::Replace(post))
                    if rota.post(&post.id).is_some_and(|was| was.on_call != post.on_call) =>
                {
                    moved.push(post.id.clone());
                }
                _ => {}
            }
        }
        let said = rota.assignments.iter().filter(|a| people.contains(&&a.person) && a.status != Status::Proposed);
        let said = said.map(|a| (a.person.clone(), a.post.clone(), a.status, a.span)).collect();
        Self { touched, said, moved }
    }

    /// The first touched assignment whose status nobody has given for all of its time.
    fn find_made(&self, rota: &Rota) -> Option<Refusal> {
        let after = rota.assignments.iter().filter(|a| a.status != Status::Proposed && self.touched.contains(&a.id));
        let is_moved = |a: &&Assignment| a.status.is_asked_or_agreed() && self.moved.contains(&a.post);
        let mut made = after.filter(|a| !self.was_said(a)).chain(rota.assignments.iter().filter(is_moved));
        made.next().map(|a| Refusal::MakesConsent { person: a.person.clone() })
    }

    fn was_said(&self, after: &Assignment) -> bool {
        let mut left = vec![after.span];
        for (person, post, status, span) in &self.said {
            if *person == after.person && *post == after.post && *status == after.status {
                left = left.into_iter().flat_map(|part| part.without(*span)).collect();
            }
        }
        left.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Instant, Person, Post, Tier, TierId, Unit, UnitId};

    fn rota() -> Rota {
        let unit = UnitId::new("ae").unwrap();
        let tier = TierId::new("mg").unwrap();
        let post = |id: &str| Post::new(PostId::new(id).unwrap(), unit.clone(), tier.clone(), id);
        let person = |id: &str| {
            let initials = id.to_uppercase();
            Person { family: id.to_owned(), ..Person::new(PersonId::new(id).unwrap(), initials) }
        };
        Rota {
            units: vec![Unit::new(
                unit.clone(),
                "A&E",
                vec![Tier { id: tier.clone(), name: "Middle grade".to_owned() }],
            )],
            posts: vec![post("one"), post("two")],
            people: vec![person("kp"), person("rs")],
            assignments: vec![assignment("a1", "one", "kp", 0, 60, Status::Agreed)],
            ..Rota::empty()
        }
    }

    fn assignment(id: &str, post: &str, person: &str, from: i64, to: i64, status: Status) -> Assignment {
        Assignment {
            status,
            ..Assignment::new(
                AssignmentId::new(id).unwrap(),
                PostId::new(post).unwrap(),
                PersonId::new(person).unwrap(),
                Span::new(Instant(from), Instant(to)),
            )
        }
    }

    fn done(changes: Vec<Change>) -> Result<Rota, Refusal> {
        let mut rota = rota();
        Command::edit("test", changes).apply(&mut rota, true).map(|_| rota)
    }

    #[test]
    fn shortening_and_splitting_keep_agreed() {
        let shorter = assignment("a1", "one", "kp", 0, 20, Status::Agreed);
        let rest = assignment("a2", "one", "kp", 40, 60, Status::Agreed);
        assert!(done(vec![Change::replace(shorter), Change::add(rest)]).is_ok());
    }

    #[test]
    fn no_edit_makes_consent() {
        let refused = Err(Refusal::MakesConsent { person: PersonId::new("kp").unwrap() });
        for made in [
            assignment("a1", "one", "kp", 0, 61, Status::Agreed),
            assignment("a1", "two", "kp", 0, 60, Status::Agreed),
            assignment("a1", "one", "kp", 10, 70, Status::Agreed),
            assignment("a1", "one", "kp", 0, 60, Status::Asked),
            assignment("a1", "one", "kp", 0, 60, Status::Declined),
        ] {
            assert_eq!(done(vec![Change::replace(made)]), refused);
        }
        let other = assignment("a2", "one", "rs", 0, 60, Status::Agreed);
        assert_eq!(done(vec![Change::add(other)]), Err(Refusal::MakesConsent { person: PersonId::new("rs").unwrap() }));
        assert!(done(vec![Change::replace(assignment("a1", "two", "rs", 5, 90, Status::Proposed))]).is_ok());
    }

    #[test]
    fn nobody_who_agreed_to_be_on_call_from_home_is_made_to_be_present() {
        let moved = || Change::replace(Post { on_call: true, ..rota().posts[0].clone() });
        let refused = Err(Refusal::MakesConsent { person: PersonId::new("kp").unwrap() });
        assert_eq!(done(vec![moved()]), refused);
        let asked_again = assignment("a1", "one", "kp", 0, 60, Status::Proposed);
        assert!(done(vec![moved(), Change::replace(asked_again)]).is_ok());
    }

    #[test]
    fn the_status_action_makes_consent() {
        let mut rota = rota();
        let agreed = assignment("a2", "one", "rs", 0, 60, Status::Agreed);
        assert!(Command::status("agreed", vec![Change::add(agreed)]).apply(&mut rota, true).is_ok());
    }

    #[test]
    fn a_refused_command_leaves_everything_as_it_was() {
        let mut rota = rota();
        let before = rota.clone();
        let gone = PersonId::new("nobody").unwrap();
        let changes =
            vec![Change::remove::<Assignment>(AssignmentId::new("a1").unwrap()), Change::remove::<Person>(gone)];
        assert!(matches!(Command::edit("x", changes).apply(&mut rota, true), Err(Refusal::Gone { .. })));
        assert_eq!(rota, before);
        let used = PersonId::new("kp").unwrap();
        let refusal = Command::edit("x", vec![Change::remove::<Person>(used)]).apply(&mut rota, true);
        assert_eq!(
            refusal.unwrap_err().to_string(),
            "assignments \"a1\": there is no person \"kp\": add it, or name another"
        );
        assert_eq!(rota, before);
    }

    #[test]
    fn an_id_that_is_there_already_is_refused_and_the_first_stays() {
        let mut rota = rota();
        let before = rota.clone();
        let twin = Post { name: "twin".to_owned(), ..rota.posts[0].clone() };
        let refusal = Command::edit("x", vec![Change::add(twin)]).apply(&mut rota, true).unwrap_err();
        assert_eq!(refusal.to_string(), "posts \"one\": this id is there twice: give one of them another");
        assert_eq!(rota, before);
    }

    #[test]
    fn the_inverse_restores_order_too() {
        let mut rota = rota();
        rota.assignments.push(assignment("a2", "two", "rs", 0, 60, Status::Proposed));
        let before = rota.clone();
        let changes = vec![
            ListChange::<Post>::Move(PostId::new("one").unwrap(), 1).into(),
            Change::remove::<Assignment>(AssignmentId::new("a1").unwrap()),
            Change::add(assignment("a3", "two", "kp", 0, 60, Status::Proposed)),
        ];
        let inverse = Command::edit("x", changes).apply(&mut rota, true).unwrap();
        assert_ne!(rota, before);
        apply_all(inverse, &mut rota).unwrap();
        assert_eq!(rota, before);
    }
}
