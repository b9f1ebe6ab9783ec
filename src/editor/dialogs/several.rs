//! Several people at once: what they may cover, whether they are usually available, which working-time limits apply.

use crate::model::{
    Availability, Change, Command, CompetencyId, MayCover, Person, PersonId, Rota, Rules, TierId, UnitId, words,
};

use super::super::assign::names;
use super::super::env::Env;
use super::super::grades::{above_grade, above_grade_told};
use super::super::other_specialty::{posts_of_specialty, specialty_of_person};
use super::Dialog;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part};
use super::own_posts::{all_of_another, covers_other_posts, own_posts};
use super::person::ScopeRow;

/// So many people are named on the main button; of more it says how many.
const BY_INITIALS_MAX: usize = 3;

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
    /// They may cover it up to this tier. Whoever is kept to some posts stays so, and whose specialty has posts of its own
    /// in the unit of another is cleared for those alone.
    UpTo(TierId),
    /// They may cover all posts of it up to this tier.
    AllUpTo(TierId),
}

impl ScopeChange {
    /// Up to which tier they may cover it then.
    pub fn tier(&self) -> Option<&TierId> {
        match self {
            Self::UpTo(tier) | Self::AllUpTo(tier) => Some(tier),
            Self::Leave | Self::NotAtAll => None,
        }
    }

    /// What it makes of the scope of somebody in that unit; none: not at all.
    fn of(&self, rota: &Rota, person: &Person, unit: &UnitId, was: Option<&MayCover>) -> Option<MayCover> {
        match (self, was) {
            (Self::Leave, was) => was.cloned(),
            (Self::NotAtAll, _) => None,
            (Self::AllUpTo(tier), _) => Some(MayCover::up_to(unit.clone(), tier.clone())),
            (Self::UpTo(tier), Some(was)) => Some(MayCover { up_to: tier.clone(), ..was.clone() }),
            (Self::UpTo(tier), None) => {
                let all = MayCover::up_to(unit.clone(), tier.clone());
                let row = ScopeRow::of(unit.clone(), Some(&all));
                Some(MayCover { only: own_posts(rota, &row, &specialty_of_person(person)), ..all })
            }
        }
    }
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

    /// What is to be checked once it is done, each person by name: who may cover above the grade, or all posts of a unit
    /// of another specialty.
    pub fn to_check(&self, rota: &Rota) -> Option<String> {
        let told = |person: &Person, row: &UnitScope| {
            let (unit, tier) = rota.unit(&row.unit).zip(row.to.tier())?;
            if let Some(why) = above_grade(unit, &person.grade, tier) {
                return Some(why);
            }
            let was = person.may_cover.iter().find(|cover| cover.unit == row.unit);
            let becomes = row.to.of(rota, person, &row.unit, was);
            let scope = ScopeRow::of(row.unit.clone(), becomes.as_ref());
            let is_new = becomes.as_ref() != was && covers_other_posts(rota, &scope, &specialty_of_person(person));
            is_new.then(|| all_of_another(unit))
        };
        let each = self.chosen(rota).filter_map(|person| {
            let why = self.may_cover.iter().find_map(|row| told(person, row))?;
            Some(format!("{}: {why}", words::safe(person.initials.trim())))
        });
        above_grade_told(&each.collect::<Vec<_>>())
    }

    /// Whether some of them are, or would be, kept to some posts of the unit.
    pub fn keeps_to_some(&self, rota: &Rota, unit: &UnitId) -> bool {
        let Some(unit) = rota.unit(unit) else { return false };
        self.chosen(rota).any(|person| {
            let has_only = person.may_cover.iter().any(|cover| cover.unit == unit.id && !cover.only.is_empty());
            has_only || posts_of_specialty(rota, unit, &specialty_of_person(person)).is_some_and(|own| !own.is_empty())
        })
    }

    /// Whom it is for, such as `For BL and MH`, or of many `For AB, AN, GH, HG and 36 more`.
    pub fn for_words(&self, rota: &Rota) -> String {
        if self.people.is_empty() { "For nobody yet".to_owned() } else { format!("For {}", names(rota, &self.people)) }
    }

    /// What the main button says: a few by initials, such as `Change BL and MH`, else how many.
    pub fn main_words(&self, rota: &Rota) -> String {
        match self.people.len() {
            0 => "Change".to_owned(),
            1..=BY_INITIALS_MAX => format!("Change {}", names(rota, &self.people)),
            many => format!("Change {}", words::people(many)),
        }
    }

    fn chosen<'a>(&self, rota: &'a Rota) -> impl Iterator<Item = &'a Person> {
        rota.people.iter().filter(|person| self.people.contains(&person.id))
    }

    fn applied(&self, rota: &Rota, person: &Person) -> Person {
        let mut person = person.clone();
        for row in &self.may_cover {
            let place = person.may_cover.iter().position(|cover| cover.unit == row.unit);
            let becomes = row.to.of(rota, &person, &row.unit, place.map(|at| &person.may_cover[at]));
            match (becomes, place) {
                (Some(scope), Some(at)) => person.may_cover[at] = scope,
                (Some(scope), None) => person.may_cover.push(scope),
                (None, Some(at)) => drop(person.may_cover.remove(at)),
                (None, None) => {}
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
        let changed: Vec<Person> = self
            .chosen(rota)
            .map(|person| (person, self.applied(rota, person)))
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
    fn whom_it_is_for_is_said_by_initials() {
        let start = rota();
        let draft = |ids: &[&str]| SeveralDraft::of(&start, ids.iter().map(|id| person_id(id)).collect());
        let said = |ids: &[&str]| (draft(ids).for_words(&start), draft(ids).main_words(&start));
        assert_eq!(said(&[]), ("For nobody yet".to_owned(), "Change".to_owned()));
        assert_eq!(said(&["kp", "hg"]), ("For HG and KP".to_owned(), "Change HG and KP".to_owned()));
        let four = said(&["kp", "hg", "an", "rs"]);
        assert_eq!(four, ("For AN, HG, KP and RS".to_owned(), "Change 4 people".to_owned()));
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
        assert_eq!(draft.to_check(&start), None);
        draft.may_cover[0].to = ScopeChange::UpTo(tier);
        let told = "HG: A&E up to consultant is above the grade ENP. Check what they may cover.";
        assert_eq!(draft.to_check(&start).as_deref(), Some(told));
        assert_eq!(draft.errors(&start), [], "nobody is refused for it");
    }

    #[test]
    fn a_specialty_with_posts_of_its_own_is_kept_to_them_unless_all_posts_are_chosen() {
        let mut start = rota();
        let (unit, tier) = (start.units[0].id.clone(), start.units[0].tiers[2].id.clone());
        start.posts[1].name = "Duty anaesthetist".to_owned();
        start.people[0].specialty = "Anaesthetics".to_owned();
        for person in &mut start.people[..2] {
            person.may_cover.clear();
        }
        let mut draft = SeveralDraft::of(&start, vec![person_id("hg"), person_id("kp")]);
        let becomes = |draft: &SeveralDraft| -> Vec<Vec<crate::model::PostId>> {
            let command = env(|env| draft.command(&start, env)).unwrap();
            let mut history = History::new(start.clone());
            history.run(command).unwrap();
            history.rota().people[..2].iter().map(|person| person.may_cover[0].only.clone()).collect()
        };
        draft.may_cover[0].to = ScopeChange::UpTo(tier.clone());
        assert!(draft.keeps_to_some(&start, &unit));
        assert_eq!(becomes(&draft), [vec![start.posts[1].id.clone()], vec![]]);
        assert_eq!(draft.to_check(&start), None);
        draft.may_cover[0].to = ScopeChange::AllUpTo(tier);
        assert_eq!(becomes(&draft), [vec![], vec![]]);
        let told = "HG: all posts of A&E, not only those of the specialty. Check what they may cover.";
        assert_eq!(draft.to_check(&start).as_deref(), Some(told));
    }

    #[test]
    fn nobody_ticked_is_wrong() {
        let draft = SeveralDraft { rules: Some(Rules::Wtr), ..SeveralDraft::of(&rota(), Vec::new()) };
        assert_eq!(draft.errors(&rota())[0].field.part, Part::People);
    }
}
