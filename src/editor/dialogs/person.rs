//! A person: name, scope by unit, competencies, availability and duties.

use crate::model::{
    Availability, Available, Change, Command, CompetencyId, Duty, DutyKind, MayCover, Person, PersonId, PostId, Rota,
    Rules, TierId, UnitId,
};

use super::super::dates::base_day;
use super::super::env::Env;
use super::super::selection::CellRange;
use super::field::{FieldError, SpanFields};
use crate::model::Instant;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDraft {
    /// None if it is somebody new.
    pub id: Option<PersonId>,
    /// What is typed into cells.
    pub initials: String,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Such as "Consultant".
    pub grade: String,
    /// Such as "Emergency medicine".
    pub specialty: String,
    /// As typed.
    pub phone: String,
    /// Which working-time limits apply.
    pub rules: Rules,
    /// One row for each unit of the rota.
    pub may_cover: Vec<ScopeRow>,
    /// What the person can do.
    pub competencies: Vec<CompetencyId>,
    /// Where `availability` says nothing.
    pub usually: Availability,
    /// Stretches of time; blank rows are left out.
    pub availability: Vec<AvailableRow>,
    /// Other work; blank rows are left out.
    pub duties: Vec<DutyRow>,
    /// The cells that unknown initials were typed into: OK puts the person there too.
    pub then_place: Option<CellRange>,
}

/// Up to which tier the person may cover one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeRow {
    /// The unit.
    pub unit: UnitId,
    /// None: not at all.
    pub up_to: Option<TierId>,
    /// These posts of the unit and no others; empty for all of them.
    pub only: Vec<PostId>,
}

/// Availability over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailableRow {
    /// When.
    pub when: SpanFields,
    /// What.
    pub is: Availability,
}

/// Other work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// When.
    pub when: SpanFields,
    /// At work, on call from home, or elsewhere.
    pub kind: DutyKind,
    /// Such as "Night on call".
    pub label: String,
}

impl PersonDraft {
    /// As the rota has the person, or somebody new.
    #[must_use]
    pub fn of(rota: &Rota, id: Option<&PersonId>) -> Self {
        let person = id.and_then(|id| rota.person(id)).cloned().unwrap_or_else(|| nobody(PersonId::random(0)));
        let scope = |unit: &crate::model::Unit| {
            let may = person.may_cover.iter().find(|cover| cover.unit == unit.id);
            let only = may.map(|cover| cover.only.clone()).unwrap_or_default();
            ScopeRow { unit: unit.id.clone(), up_to: may.map(|cover| cover.up_to.clone()), only }
        };
        let zone = rota.zone();
        let duty = |d: &Duty| DutyRow { when: SpanFields::of(zone, d.span), kind: d.kind, label: d.label.clone() };
        Self {
            id: id.filter(|id| rota.person(id).is_some()).cloned(),
            may_cover: rota.units.iter().map(scope).collect(),
            availability: person
                .availability
                .iter()
                .map(|a| AvailableRow { when: SpanFields::of(zone, a.span), is: a.is })
                .collect(),
            duties: person.duties.iter().map(duty).collect(),
            initials: person.initials,
            family: person.family,
            given: person.given,
            grade: person.grade,
            specialty: person.specialty,
            phone: person.phone,
            rules: person.rules,
            competencies: person.competencies,
            usually: person.usually,
            then_place: None,
        }
    }

    /// One more stretch of availability, for the first window.
    pub fn add_availability(&mut self, rota: &Rota, now: Instant) {
        self.availability.push(AvailableRow { when: first_window(rota, now), is: Availability::NotAvailable });
    }

    /// One more duty.
    pub fn add_duty(&mut self, rota: &Rota, now: Instant) {
        let when = SpanFields::empty(base_day(rota, now));
        self.duties.push(DutyRow { when, kind: DutyKind::Resident, label: String::new() });
    }

    /// Who has these initials already: no error, but a reason to choose others.
    #[must_use]
    pub fn initials_taken_by(&self, rota: &Rota) -> Option<String> {
        let typed = self.initials.trim().to_lowercase();
        let other = |p: &&Person| Some(&p.id) != self.id.as_ref() && p.initials.trim().to_lowercase() == typed;
        (!typed.is_empty()).then(|| rota.people.iter().find(other)).flatten().map(Person::full_name)
    }

    /// What is wrong.
    #[must_use]
    pub fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }

    fn read(&self, rota: &Rota) -> Result<(Vec<Available>, Vec<Duty>), Vec<FieldError>> {
        let zone = rota.zone();
        let mut errors = Vec::new();
        let initials = self.initials.trim();
        if initials.is_empty() {
            errors.push(FieldError::new("initials", "write what is typed into cells, such as KP"));
        } else if initials.chars().any(char::is_whitespace) || initials.ends_with(['?', '*']) || initials.contains('/')
        {
            errors.push(FieldError::new("initials", "letters and digits only, so that they can be typed into cells"));
        }
        if self.family.trim().is_empty() && self.given.trim().is_empty() {
            errors.push(FieldError::new("family", "write the name"));
        }
        let (mut availability, mut duties) = (Vec::new(), Vec::new());
        for (i, row) in self.availability.iter().enumerate().filter(|(_, row)| !row.when.is_blank()) {
            match row.when.read(zone, Some(i)) {
                Ok(span) => availability.push(Available { span, is: row.is }),
                Err(wrong) => {
                    errors.extend(wrong.into_iter().map(|e| FieldError { field: of_availability(e.field), ..e }));
                }
            }
        }
        let typed = |row: &DutyRow| !row.when.is_blank() || !row.label.trim().is_empty();
        for (i, row) in self.duties.iter().enumerate().filter(|(_, row)| typed(row)) {
            match row.when.read(zone, Some(i)) {
                Ok(span) => duties.push(Duty { span, kind: row.kind, label: row.label.trim().to_owned() }),
                Err(wrong) => errors.extend(wrong.into_iter().map(|e| FieldError { field: of_duties(e.field), ..e })),
            }
        }
        if errors.is_empty() { Ok((availability, duties)) } else { Err(errors) }
    }

    /// The person that OK makes.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn person(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Person, Vec<FieldError>> {
        let (availability, duties) = self.read(rota)?;
        let text = |text: &str| text.trim().to_owned();
        let cover = |row: &ScopeRow| {
            Some(MayCover { only: row.only.clone(), ..MayCover::up_to(row.unit.clone(), row.up_to.clone()?) })
        };
        Ok(Person {
            id: self.id.clone().unwrap_or_else(|| env.person_id()),
            initials: text(&self.initials),
            family: text(&self.family),
            given: text(&self.given),
            grade: text(&self.grade),
            specialty: text(&self.specialty),
            phone: text(&self.phone),
            rules: self.rules,
            may_cover: self.may_cover.iter().filter_map(cover).collect(),
            competencies: self.competencies.clone(),
            usually: self.usually,
            availability,
            duties,
        })
    }

    /// What OK does.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let person = self.person(rota, env)?;
        Ok(match self.id {
            Some(_) => Command::edit(format!("change {}", person.initials), vec![Change::replace(person)]),
            None => Command::edit(format!("add {}", person.initials), vec![Change::add(person)]),
        })
    }
}

/// Time fields of both lists have names of their own, so that an error stands in the right one.
fn of_availability(field: &'static str) -> &'static str {
    match field {
        "from_day" => "availability.from_day",
        "from_time" => "availability.from_time",
        "to_day" => "availability.to_day",
        _ => "availability.to_time",
    }
}

fn of_duties(field: &'static str) -> &'static str {
    match field {
        "from_day" => "duties.from_day",
        "from_time" => "duties.from_time",
        "to_day" => "duties.to_day",
        _ => "duties.to_time",
    }
}

fn first_window(rota: &Rota, now: Instant) -> SpanFields {
    match rota.windows.first() {
        Some(window) => SpanFields::of(rota.zone(), window.span),
        None => SpanFields::empty(base_day(rota, now)),
    }
}

/// Somebody of whom nothing is known.
#[must_use]
pub fn nobody(id: PersonId) -> Person {
    Person {
        id,
        initials: String::new(),
        family: String::new(),
        given: String::new(),
        grade: String::new(),
        specialty: String::new(),
        phone: String::new(),
        rules: Rules::Wtr,
        may_cover: Vec::new(),
        competencies: Vec::new(),
        usually: Availability::NotKnown,
        availability: Vec::new(),
        duties: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, person_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{History, words};

    #[test]
    fn a_person_goes_through_the_draft_unchanged() {
        let mut start = rota();
        start.people[0].may_cover =
            vec![MayCover::up_to(start.units[0].id.clone(), start.units[0].tiers[1].id.clone())];
        start.people[0].duties = vec![Duty {
            span: crate::model::Span::new(at("2016-04-25T20:00"), at("08:00")),
            kind: DutyKind::OnCall,
            label: "Night".into(),
        }];
        let draft = PersonDraft::of(&start, Some(&person_id("hg")));
        assert_eq!(env(|env| draft.person(&start, env)).unwrap(), start.people[0]);
    }

    #[test]
    fn somebody_new_needs_initials_and_a_name() {
        let rota = rota();
        let mut draft = PersonDraft::of(&rota, None);
        let fields: Vec<&str> = draft.errors(&rota).iter().map(|e| e.field).collect();
        assert_eq!(fields, ["initials", "family"]);
        draft.initials = "kp".to_owned();
        draft.family = "Power".to_owned();
        assert_eq!(draft.initials_taken_by(&rota).as_deref(), Some("Pereira"));
        draft.initials = "K P".to_owned();
        assert_eq!(draft.errors(&rota)[0].field, "initials");
        draft.initials = "KPO".to_owned();
        let mut history = History::new(rota);
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "add KPO");
        history.run(command).unwrap();
        assert_eq!(history.rota().people.last().map(|p| p.family.as_str()), Some("Power"));
    }

    #[test]
    fn times_of_availability_and_duties_have_their_own_errors() {
        let rota = rota();
        let mut draft = PersonDraft::of(&rota, Some(&person_id("hg")));
        draft.add_availability(&rota, at("07:00"));
        draft.add_duty(&rota, at("07:00"));
        assert_eq!(draft.errors(&rota), [], "a blank duty is left out");
        draft.availability[0].when.to_time = "x".to_owned();
        draft.duties[0].when.from_day = "32/1".to_owned();
        let fields: Vec<&str> = draft.errors(&rota).iter().map(|e| e.field).collect();
        assert_eq!(fields, ["availability.to_time", "duties.from_day", "duties.from_time", "duties.to_time"]);
        draft.availability[0].when.to_time = "12:00".to_owned();
        draft.duties.clear();
        let person = env(|env| draft.person(&rota, env)).unwrap();
        assert_eq!(words::span(rota.zone(), person.availability[0].span), "08:00–12:00 Tue 26-Apr-2016");
    }
}
