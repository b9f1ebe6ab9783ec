//! Several people at once: what they may cover, whether they are usually available, which working-time limits apply.

use crate::model::{
    Availability, Change, Command, CompetencyId, MayCover, Person, PersonId, Rota, Rules, TierId, UnitId, words,
};

use super::super::assign::names;
use super::super::env::Env;
use super::super::grades::{above_grade, above_grade_told};
use super::Dialog;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part};

/// The draft. What is left as it is stays different from person to person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeveralDraft {
    /// Whom it is for.
    pub people: Vec<PersonId>,
    /// What is typed to find people; changes nothing.
    pub find: String,
    /// One row for each unit of the rota.
    pub may_cover: Vec<UnitScope>,
    /// None: as it is.
    pub usually: Option<Availability>,
    /// None: as they are.
    pub rules: Option<Rules>,
    /// One row for each competency of the rota: whether everybody has it now. None: as it is.
    pub competencies: Vec<(CompetencyId, Option<bool>)>,
}

/// What becomes of everybody's scope in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScope {
    pub unit: UnitId,
    /// What it becomes.
    pub to: ScopeChange,
}

/// What a scope becomes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ScopeChange {
    #[default]
    Leave,
    /// They may not cover the unit.
    NotAtAll,
    /// They may cover it up to this tier.
    UpTo(TierId),
}

impl SeveralDraft {
    /// Nothing set yet, for these people.
    pub fn of(rota: &Rota, people: Vec<PersonId>) -> Self {
        let row = |unit: &crate::model::Unit| UnitScope { unit: unit.id.clone(), to: ScopeChange::Leave };
        Self {
            people,
            find: String::new(),
            may_cover: rota.units.iter().map(row).collect(),
            usually: None,
            rules: None,
            competencies: rota.competencies.iter().map(|competency| (competency.id.clone(), None)).collect(),
        }
    }

    /// Who may cover above the grade once it is done, each by name.
    pub fn above_grade(&self, rota: &Rota) -> Option<String> {
        let set: Vec<_> = self
            .may_cover
            .iter()
            .filter_map(|row| match &row.to {
                ScopeChange::UpTo(tier) => Some((rota.unit(&row.unit)?, tier)),
                ScopeChange::Leave | ScopeChange::NotAtAll => None,
            })
            .collect();
        let chosen = rota.people.iter().filter(|person| self.people.contains(&person.id));
        let above = chosen.filter_map(|person| {
            let why = set.iter().find_map(|(unit, tier)| above_grade(unit, &person.grade, tier))?;
            Some(format!("{}: {why}", words::safe(person.initials.trim())))
        });
        above_grade_told(&above.collect::<Vec<_>>())
    }

    fn applied(&self, person: &Person) -> Person {
        let mut person = person.clone();
        for row in &self.may_cover {
            let place = person.may_cover.iter().position(|cover| cover.unit == row.unit);
            match (&row.to, place) {
                (ScopeChange::Leave, _) | (ScopeChange::NotAtAll, None) => {}
                (ScopeChange::NotAtAll, Some(at)) => {
                    person.may_cover.remove(at);
                }
                (ScopeChange::UpTo(tier), Some(at)) => person.may_cover[at].up_to = tier.clone(),
                (ScopeChange::UpTo(tier), None) => {
                    person.may_cover.push(MayCover::up_to(row.unit.clone(), tier.clone()));
                }
            }
        }
        person.usually = self.usually.unwrap_or(person.usually);
        person.rules = self.rules.unwrap_or(person.rules);
        for (id, has) in &self.competencies {
            let had = person.competencies.contains(id);
            match has {
                Some(true) if !had => person.competencies.push(id.clone()),
                Some(false) => person.competencies.retain(|other| other != id),
                _ => {}
            }
        }
        person
    }
}

impl DialogDraft for SeveralDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to these people")
    }

    /// What is typed to find people changes nothing.
    fn holds_nothing_new(&self, opened: &Dialog, _rota: &Rota) -> bool {
        matches!(opened, Dialog::Several(opened) if Self { find: opened.find.clone(), ..self.clone() } == *opened)
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.people.is_empty() {
            errors.push(FieldError::new(Part::People, "tick who to change"));
        }
        let leaves = self.may_cover.iter().all(|row| row.to == ScopeChange::Leave);
        let same = self.competencies.iter().all(|(_, has)| has.is_none());
        if leaves && same && self.usually.is_none() && self.rules.is_none() {
            errors.push(FieldError::new(Part::What, "choose what to change"));
        }
        errors
    }
}

impl CommandDraft for SeveralDraft {
    /// One step, whoever would stay the same left out.
    fn command(&self, rota: &Rota, _env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        self.checked(rota)?;
        let chosen = rota.people.iter().filter(|person| self.people.contains(&person.id));
        let changed: Vec<Person> = chosen
            .map(|person| (person, self.applied(person)))
            .filter(|(was, is)| **was != *is)
            .map(|(_, is)| is)
            .collect();
        let who = names(rota, changed.iter().map(|person| &person.id));
        Ok(Command::edit(format!("change {who}"), changed.into_iter().map(Change::replace).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{person_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    #[test]
    fn several_people_are_set_in_one_step_and_what_is_left_stays() {
        let start = rota();
        let (unit, tier) = (start.units[0].id.clone(), start.units[0].tiers[1].id.clone());
        let mut draft = SeveralDraft::of(&start, vec![person_id("hg"), person_id("kp")]);
        assert_eq!(draft.errors(&start).iter().map(|e| e.field.part).collect::<Vec<_>>(), [Part::What]);
        draft.may_cover[0].to = ScopeChange::UpTo(tier.clone());
        draft.rules = Some(Rules::NewDeal);
        let mut history = History::new(start.clone());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "change HG and KP");
        history.run(command).unwrap();
        for id in ["hg", "kp"] {
            let (was, is) = (start.person(&person_id(id)).unwrap(), history.rota().person(&person_id(id)).unwrap());
            assert_eq!(is.may_cover, [MayCover::up_to(unit.clone(), tier.clone())]);
            assert_eq!((is.rules, is.usually, &is.family), (Rules::NewDeal, was.usually, &was.family));
        }
        assert_eq!(history.rota().person(&person_id("rs")), start.person(&person_id("rs")), "nobody else");
        draft.may_cover[0].to = ScopeChange::NotAtAll;
        history.run(env(|env| draft.command(history.rota(), env)).unwrap()).unwrap();
        assert_eq!(history.rota().person(&person_id("hg")).unwrap().may_cover, []);
        history.undo();
        history.undo();
        assert_eq!(*history.rota(), start);
    }

    #[test]
    fn whoever_stays_the_same_is_left_out() {
        let mut start = rota();
        start.people[0].usually = Availability::Available;
        start.people[1].usually = Availability::NotKnown;
        let people: Vec<PersonId> = start.people[..2].iter().map(|person| person.id.clone()).collect();
        let draft = SeveralDraft { usually: Some(Availability::Available), ..SeveralDraft::of(&start, people) };
        let command = env(|env| draft.command(&start, env)).unwrap();
        assert_eq!((command.changes.len(), command.label.as_str()), (1, "change KP"));
    }

    #[test]
    fn competencies_are_given_and_taken_and_only_some_posts_stay_only_some() {
        let mut start = rota();
        for id in ["resus", "airway"] {
            let id = CompetencyId::new(id).unwrap();
            start.competencies.push(crate::model::Competency { name: id.to_string(), id });
        }
        let id = |at: usize| start.competencies[at].id.clone();
        start.people[1].competencies = vec![id(1)];
        let only = vec![start.posts[1].id.clone()];
        let up_to = MayCover::up_to(start.units[0].id.clone(), start.units[0].tiers[1].id.clone());
        start.people[1].may_cover = vec![MayCover { only: only.clone(), ..up_to }];
        let mut draft = SeveralDraft::of(&start, vec![person_id("hg"), person_id("kp")]);
        draft.competencies = vec![(id(0), Some(true)), (id(1), Some(false))];
        assert_eq!(draft.errors(&start), []);
        draft.may_cover[0].to = ScopeChange::UpTo(start.units[0].tiers[2].id.clone());
        let mut history = History::new(start.clone());
        history.run(env(|env| draft.command(&start, env)).unwrap()).unwrap();
        let people = &history.rota().people;
        assert_eq!((&people[0].competencies, &people[1].competencies), (&vec![id(0)], &vec![id(0)]));
        assert_eq!(people[1].may_cover[0].only, only);
        history.undo();
        assert_eq!(*history.rota(), start);
    }

    #[test]
    fn whoever_would_cover_above_the_grade_is_named() {
        let mut start = rota();
        start.people[0].grade = "ENP".to_owned();
        start.people[1].grade = "Consultant".to_owned();
        let tier = start.units[0].tiers[2].id.clone();
        let mut draft = SeveralDraft::of(&start, vec![person_id("hg"), person_id("kp")]);
        assert_eq!(draft.above_grade(&start), None);
        draft.may_cover[0].to = ScopeChange::UpTo(tier);
        let told = "HG: A&E up to consultant is above the grade ENP. Check what they may cover.";
        assert_eq!(draft.above_grade(&start).as_deref(), Some(told));
        assert_eq!(draft.errors(&start), [], "nobody is refused for it");
    }

    #[test]
    fn nobody_ticked_is_wrong() {
        let draft = SeveralDraft { rules: Some(Rules::Wtr), ..SeveralDraft::of(&rota(), Vec::new()) };
        assert_eq!(draft.errors(&rota())[0].field.part, Part::People);
    }
}
