//! Another family or given name was typed over somebody's: is it the same doctor, or somebody else?

use crate::model::{Assignment, Command, Person, Rota, words};

use super::super::assign::post_name;
use super::super::env::Env;
use super::consent::{asked_or_agreed, proposed};
use super::draft::DialogDraft;
use super::field::FieldError;
use super::person::PersonDraft;

/// The question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedDraft {
    /// The record as it was typed.
    pub person: Box<PersonDraft>,
    /// Who it was.
    pub was: String,
    /// Who it would be.
    pub is: String,
    /// What they have been asked for or have agreed to, a line each.
    pub lines: Vec<String>,
}

impl RenamedDraft {
    /// What is asked; none where nobody gets another name, or nothing has been asked or agreed.
    pub fn of(rota: &Rota, draft: &PersonDraft) -> Option<Self> {
        let before = rota.person(draft.id.as_ref()?)?;
        let another = |was: &str, is: &str| !was.trim().is_empty() && was.trim() != is.trim();
        if !another(&before.family, &draft.family) && !another(&before.given, &draft.given) {
            return None;
        }
        let line = |a: &Assignment| {
            let when = words::span(rota.zone(), a.span);
            format!("{}, {when}, {}", post_name(rota, &a.post), a.status.words())
        };
        let lines: Vec<String> = asked_or_agreed(rota, |a| a.person == before.id).into_iter().map(line).collect();
        let after = Person { family: draft.family.clone(), given: draft.given.clone(), ..before.clone() };
        let named = |person: &Person| match person.full_name().trim() {
            "" => "nobody by name".to_owned(),
            name => words::safe(name).into_owned(),
        };
        let (was, is) = (named(before), named(&after));
        (!lines.is_empty()).then_some(Self { person: Box::new(draft.clone()), was, is, lines })
    }

    /// The record is somebody else's now: nobody has asked them, so all that was asked or agreed is Proposed.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn somebody_else(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let mut command = self.person.command(rota, env)?;
        let Some(before) = self.person.id.as_ref().and_then(|id| rota.person(id)) else { return Ok(command) };
        command.changes.extend(proposed(rota, &asked_or_agreed(rota, |a| a.person == before.id)));
        command.label = format!("{} instead of {}: all Proposed", self.is, self.was);
        Ok(command)
    }
}

impl DialogDraft for RenamedDraft {}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{person_id, rota, with};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{History, Status};

    #[test]
    fn somebody_else_has_agreed_to_nothing() {
        let start = with(rota(), "a1", "mg", "kp", "08:00", "12:00", Status::Agreed);
        let start = with(start, "a2", "mg", "kp", "12:00", "17:00", Status::Asked);
        let start = with(start, "a3", "cons", "kp", "18:00", "19:00", Status::Declined);
        let mut draft = PersonDraft::of(&start, Some(&person_id("kp")));
        assert_eq!(RenamedDraft::of(&start, &draft), None, "the same name");
        draft.given = "Keith".to_owned();
        assert_eq!(RenamedDraft::of(&start, &draft), None, "a name that was not known is no other name");
        draft.family = "Okafor".to_owned();
        let asked = RenamedDraft::of(&start, &draft).unwrap();
        assert_eq!(asked.lines.len(), 2, "{:?}", asked.lines);
        let mut history = History::new(start.clone());
        history.run(env(|env| asked.somebody_else(&start, env)).unwrap()).unwrap();
        let after = history.rota();
        assert_eq!(after.person(&person_id("kp")).unwrap().family, "Okafor");
        assert!(!after.assignments.iter().any(|a| matches!(a.status, Status::Asked | Status::Agreed)));
        history.undo();
        assert_eq!(*history.rota(), start, "one step of undo");
    }
}
