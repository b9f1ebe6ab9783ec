//! Units with their tiers, and competencies.

use crate::model::{
    Change, Command, Competency, CompetencyId, Person, Post, Rota, Tier, TierId, TimeOfDay, Unit, UnitId, words,
};

use super::super::dates::parse_time;
use super::super::env::Env;
use super::Dialog;
use super::consent::with_posts_to_ask_again;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part, list_changes};
use super::needed::with_figures_to_agree;
use super::other_name::{Meant, OtherNameDraft, Typed};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitDraft {
    /// None if it is new.
    pub id: Option<UnitId>,
    /// Such as "A&E".
    pub name: String,
    /// Lowest first; rows without a name are left out.
    pub tiers: Vec<TierRow>,
    /// The place in `tiers` of the lowest that counts as senior.
    pub senior_from: Option<usize>,
    /// Times of day, as in "13:00, 21:00".
    pub handovers: String,
    /// What to do when nobody answers.
    pub escalation: String,
    /// What was said of another name.
    pub meant: Option<Meant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TierRow {
    /// None if it is new.
    pub id: Option<TierId>,
    /// Such as "Middle grade".
    pub name: String,
}

impl UnitDraft {
    /// As the rota has it; a new one begins with the three usual tiers.
    pub fn of(rota: &Rota, id: Option<&UnitId>) -> Self {
        let Some(unit) = id.and_then(|id| rota.unit(id)) else {
            let tiers = ["SHO", "Middle grade", "Consultant"].map(|name| TierRow { id: None, name: name.to_owned() });
            return Self { tiers: tiers.to_vec(), senior_from: Some(1), ..Self::default() };
        };
        let times: Vec<String> = unit.handovers.iter().map(ToString::to_string).collect();
        Self {
            id: Some(unit.id.clone()),
            name: unit.name.clone(),
            tiers: unit.tiers.iter().map(|t| TierRow { id: Some(t.id.clone()), name: t.name.clone() }).collect(),
            senior_from: unit.senior_from.as_ref().and_then(|tier| unit.tier_index(tier)),
            handovers: times.join(", "),
            escalation: unit.escalation.clone(),
            meant: None,
        }
    }

    fn typed(&self) -> Typed<'_> {
        Typed { name: &self.name, meant: self.meant.as_ref() }
    }

    /// Takes a row out and keeps `senior_from` on its tier.
    pub fn remove_tier(&mut self, row: usize) {
        if row < self.tiers.len() {
            self.tiers.remove(row);
            self.senior_from = self.senior_from.filter(|at| *at != row).map(|at| if at > row { at - 1 } else { at });
        }
    }

    /// Swaps two rows and keeps `senior_from` on its tier.
    pub fn swap_tiers(&mut self, a: usize, b: usize) {
        if a < self.tiers.len() && b < self.tiers.len() {
            self.tiers.swap(a, b);
            self.senior_from = self.senior_from.map(|at| {
                if at == a {
                    b
                } else if at == b {
                    a
                } else {
                    at
                }
            });
        }
    }

    /// Who uses a tier, as in "2 posts (Majors, Resus) and the scope of 3 people (KP, RS, AN)"; nothing if nobody.
    pub fn tier_use(rota: &Rota, unit: &UnitId, tier: &TierId) -> Option<String> {
        let posts: Vec<&str> =
            rota.posts.iter().filter(|p| p.unit == *unit && p.tier == *tier).map(|p| p.name.as_str()).collect();
        let may = |p: &&Person| p.may_cover.iter().any(|c| c.unit == *unit && c.up_to == *tier);
        let people: Vec<&str> = rota.people.iter().filter(may).map(|p| p.initials.as_str()).collect();
        let mut parts = Vec::new();
        if !posts.is_empty() {
            parts.push(format!("{} ({})", words::count(posts.len() as u64, "post"), few(&posts)));
        }
        if !people.is_empty() {
            let noun = if people.len() == 1 { "1 person".to_owned() } else { format!("{} people", people.len()) };
            parts.push(format!("the scope of {noun} ({})", few(&people)));
        }
        (!parts.is_empty()).then(|| parts.join(" and "))
    }

    fn removed_tiers_in_use(&self, rota: &Rota) -> Vec<FieldError> {
        let Some(unit) = self.id.as_ref().and_then(|id| rota.unit(id)) else { return Vec::new() };
        let gone = unit.tiers.iter().filter(|t| self.tiers.iter().all(|row| row.id.as_ref() != Some(&t.id)));
        let error = |tier: &Tier| {
            let used = Self::tier_use(rota, &unit.id, &tier.id)?;
            Some(FieldError::new(
                Part::Grades,
                format!("{} is used by {used}: give them another grade first", tier.name),
            ))
        };
        gone.filter_map(error).collect()
    }

    fn read_handovers(&self) -> Result<Vec<TimeOfDay>, FieldError> {
        let wrong = |_| FieldError::new(Part::Handovers, "enter times, e.g. 13:00, 21:00");
        let mut times = Vec::new();
        for text in self.handovers.split([',', ';', ' ']).filter(|text| !text.trim().is_empty()) {
            times.push(parse_time(text).map_err(wrong)?.0);
        }
        times.sort();
        times.dedup();
        Ok(times)
    }
}

impl DialogDraft for UnitDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to this unit")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let name = self.name.trim();
        if name.is_empty() {
            errors.push(FieldError::new(Part::Name, "enter a name"));
        } else if rota.units.iter().any(|u| Some(&u.id) != self.id.as_ref() && u.name.trim() == name) {
            errors.push(FieldError::new(Part::Name, "another unit has the same name"));
        }
        if self.tiers.iter().all(|row| row.name.trim().is_empty()) {
            errors.push(FieldError::new(Part::Grades, "enter at least one grade"));
        }
        for (i, row) in self.tiers.iter().enumerate() {
            let name = row.name.trim();
            if name.is_empty() && row.id.is_some() {
                errors.push(FieldError::in_row(i, Part::Grade, "enter a name"));
            } else if !name.is_empty() && self.tiers[..i].iter().any(|other| other.name.trim() == name) {
                errors.push(FieldError::in_row(i, Part::Grade, "a grade above has the same name"));
            }
        }
        if self.senior_from.is_some_and(|at| self.tiers.get(at).is_none_or(|row| row.name.trim().is_empty())) {
            errors.push(FieldError::new(Part::SeniorFrom, "choose one of the grades, or no rule"));
        }
        errors.extend(self.read_handovers().err());
        errors.extend(self.removed_tiers_in_use(rota));
        errors
    }
}

impl CommandDraft for UnitDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let errors = self.errors(rota);
        let (true, Ok(handovers)) = (errors.is_empty(), self.read_handovers()) else { return Err(errors) };
        let mut senior_from = None;
        let mut tiers = Vec::new();
        for (i, row) in self.tiers.iter().enumerate().filter(|(_, row)| !row.name.trim().is_empty()) {
            let id = row.id.clone().unwrap_or_else(|| TierId::random(env.random()));
            if self.senior_from == Some(i) {
                senior_from = Some(id.clone());
            }
            tiers.push(Tier { id, name: row.name.trim().to_owned() });
        }
        let name = self.name.trim().to_owned();
        let unit = |id| Unit {
            id,
            name: name.clone(),
            tiers,
            senior_from,
            handovers,
            escalation: self.escalation.trim().to_owned(),
        };
        Ok(match &self.id {
            Some(id) => {
                let mut command = Command::edit(format!("change {name}"), vec![Change::replace(unit(id.clone()))]);
                if rota.unit(id).is_some_and(|was| self.typed().is_another(&was.name)) {
                    let posts = rota.posts.iter().filter(|post| post.unit == *id).map(|post| &post.id);
                    command = with_posts_to_ask_again(rota, command, &posts.collect::<Vec<_>>());
                }
                with_figures_to_agree(rota, command)
            }
            None => Command::edit(format!("add {name}"), vec![Change::add(unit(UnitId::random(env.random())))]),
        })
    }

    fn asks_first(&self, rota: &Rota) -> Option<Dialog> {
        let question =
            OtherNameDraft::of_unit(rota, rota.unit(self.id.as_ref()?)?, &self.typed(), self.clone().into())?;
        self.errors(rota).is_empty().then_some(Dialog::OtherName(question))
    }
}

/// The first three names, and how many more.
fn few(names: &[&str]) -> String {
    match names.len() {
        0..=3 => names.join(", "),
        more => format!("{} and {} more", names[..3].join(", "), more - 3),
    }
}

/// The draft of all competencies.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompetenciesDraft {
    /// In order; new rows without a name are left out.
    pub rows: Vec<CompetencyRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompetencyRow {
    /// None if it is new.
    pub id: Option<CompetencyId>,
    /// Such as "Resus lead".
    pub name: String,
    /// What was said of another name.
    pub meant: Option<Meant>,
}

impl CompetencyRow {
    fn typed(&self) -> Typed<'_> {
        Typed { name: &self.name, meant: self.meant.as_ref() }
    }
}

impl CompetenciesDraft {
    /// As the rota has them.
    pub fn of(rota: &Rota) -> Self {
        let row = |c: &Competency| CompetencyRow { id: Some(c.id.clone()), name: c.name.clone(), meant: None };
        Self { rows: rota.competencies.iter().map(row).collect() }
    }

    /// What goes with the competencies that were taken out, as in "Resus lead: required by 2 posts, 14 people have it".
    pub fn goes_with_it(&self, rota: &Rota) -> Vec<String> {
        let gone = rota.competencies.iter().filter(|c| !self.keeps(&c.id));
        let line = |c: &Competency| {
            let posts = rota.posts.iter().filter(|p| p.requires.contains(&c.id)).count() as u64;
            let people = rota.people.iter().filter(|p| p.competencies.contains(&c.id)).count();
            let have = if people == 1 { "1 person has it".to_owned() } else { format!("{people} people have it") };
            let used = posts > 0 || people > 0;
            used.then(|| format!("{}: required by {}, {have}", c.name, words::count(posts, "post")))
        };
        gone.filter_map(line).collect()
    }

    fn keeps(&self, id: &CompetencyId) -> bool {
        self.rows.iter().any(|row| row.id.as_ref() == Some(id))
    }

    /// Whether whoever has it still has it: it is there, and not another one under its new name.
    fn is_still_had(&self, rota: &Rota, id: &CompetencyId) -> bool {
        let row = self.rows.iter().find(|row| row.id.as_ref() == Some(id));
        let is_other = |row: &CompetencyRow| rota.competency(id).is_some_and(|was| row.typed().is_another(&was.name));
        row.is_some_and(|row| !is_other(row))
    }
}

impl DialogDraft for CompetenciesDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to the competencies")
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            let name = row.name.trim();
            if name.is_empty() && row.id.is_some() {
                errors.push(FieldError::in_row(i, Part::Name, "enter a name, or remove the row"));
            } else if !name.is_empty() && self.rows[..i].iter().any(|other| other.name.trim() == name) {
                errors.push(FieldError::in_row(i, Part::Name, "one above has the same name"));
            }
        }
        errors
    }
}

impl CommandDraft for CompetenciesDraft {
    /// What is taken out is also taken off posts and people.
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        self.checked(rota)?;
        let named = self.rows.iter().filter(|row| !row.name.trim().is_empty());
        let competencies: Vec<Competency> = named
            .map(|row| Competency {
                id: row.id.clone().unwrap_or_else(|| CompetencyId::random(env.random())),
                name: row.name.trim().to_owned(),
            })
            .collect();
        let mut changes = Vec::new();
        let keeps = |list: &[CompetencyId]| list.iter().all(|id| self.keeps(id));
        let kept = |list: &[CompetencyId]| list.iter().filter(|id| self.keeps(id)).cloned().collect();
        for post in rota.posts.iter().filter(|post| !keeps(&post.requires)) {
            changes.push(Change::replace(Post { requires: kept(&post.requires), ..post.clone() }));
        }
        for person in &rota.people {
            let is_had = |id: &&CompetencyId| self.is_still_had(rota, id);
            let competencies: Vec<_> = person.competencies.iter().filter(is_had).cloned().collect();
            if competencies != person.competencies {
                changes.push(Change::replace(Person { competencies, ..person.clone() }));
            }
        }
        changes.extend(list_changes(&rota.competencies, competencies));
        Ok(with_figures_to_agree(rota, Command::edit("change the competencies", changes)))
    }

    fn asks_first(&self, rota: &Rota) -> Option<Dialog> {
        let asked = |was: &Competency| {
            let row = self.rows.iter().find(|row| row.id.as_ref() == Some(&was.id))?;
            OtherNameDraft::of_competency(rota, was, &row.typed(), self.clone().into())
        };
        let question = rota.competencies.iter().find_map(asked)?;
        self.errors(rota).is_empty().then_some(Dialog::OtherName(question))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::rota;
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    #[test]
    fn a_tier_in_use_says_who_uses_it() {
        let rota = rota();
        let mut draft = UnitDraft::of(&rota, Some(&rota.units[0].id));
        assert_eq!(draft.errors(&rota), []);
        draft.remove_tier(1);
        assert_eq!(
            draft.errors(&rota)[0].text,
            "Middle grade is used by 1 post (Middle grade): give them another grade first"
        );
    }

    #[test]
    fn a_new_unit_has_tiers_and_times_in_order() {
        let mut history = History::new(rota());
        let mut draft = UnitDraft::of(history.rota(), None);
        draft.name = " Maternity ".to_owned();
        draft.handovers = "21:00, 13".to_owned();
        draft.swap_tiers(0, 1);
        draft.tiers.push(TierRow::default());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        let unit = &history.rota().units[1];
        let names: Vec<&str> = unit.tiers.iter().map(|tier| tier.name.as_str()).collect();
        assert_eq!((unit.name.as_str(), names), ("Maternity", vec!["Middle grade", "SHO", "Consultant"]));
        assert_eq!(unit.senior_from, Some(unit.tiers[0].id.clone()), "it stays with its tier");
        assert_eq!(unit.handovers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["13:00", "21:00"]);
    }

    #[test]
    fn a_unit_without_name_or_tiers_is_refused() {
        let mut draft = UnitDraft { handovers: "x".to_owned(), ..UnitDraft::default() };
        let fields: Vec<Part> = draft.errors(&rota()).iter().map(|e| e.field.part).collect();
        assert_eq!(fields, [Part::Name, Part::Grades, Part::Handovers]);
        draft.name = "A&E".to_owned();
        assert_eq!(draft.errors(&rota())[0].text, "another unit has the same name");
    }

    #[test]
    fn a_competency_that_goes_is_taken_off_everybody_in_one_step() {
        let mut start = rota();
        let id = CompetencyId::new("resus").unwrap();
        start.competencies.push(Competency { id: id.clone(), name: "Resus lead".to_owned() });
        start.posts[0].requires.push(id.clone());
        start.people[0].competencies.push(id);
        let mut history = History::new(start.clone());
        let draft =
            CompetenciesDraft { rows: vec![CompetencyRow { name: "Airway".to_owned(), ..CompetencyRow::default() }] };
        assert_eq!(draft.goes_with_it(&start), ["Resus lead: required by 1 post, 1 person has it"]);
        let command = env(|env| draft.command(&start, env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(history.rota().competencies.len(), 1);
        assert!(history.rota().posts[0].requires.is_empty() && history.rota().people[0].competencies.is_empty());
        history.undo();
        assert_eq!(*history.rota(), start);
    }
}
