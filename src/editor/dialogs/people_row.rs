//! One row of pasted staff: what was read, what was set in the preview, and why it cannot be taken.

use std::collections::BTreeSet;

use crate::model::{Availability, CompetencyId, MayCover, Person, PersonId, Rota, Rules, Unit, words};

use super::super::env::Env;
use super::super::grades::{Contract, has_no_grade_for, moment_of, read_grade, rules_of};
use super::super::other_specialty::specialty_of;
use super::super::reach::same_phone;
use super::own_posts::{all_of_another, covers_other_posts};
use super::person::{ScopeRow, may_cover_of};

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasteRow {
    /// The line in the pasted text, from 1.
    pub line: usize,
    /// As pasted, or made from the name.
    pub initials: String,
    /// The initials were made from the name.
    pub initials_made: bool,
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    pub grade: String,
    pub specialty: String,
    /// Telephone.
    pub phone: String,
    /// The competencies that were understood.
    pub competencies: Vec<CompetencyId>,
    /// What was pasted as competencies and is none.
    pub unknown: Vec<String>,
    /// The limits of the contract that the grade goes with; none where it tells nothing. Only for people who are new.
    pub rules: Option<Rules>,
    /// What the person may cover, one row for each unit: guessed from grade and specialty. Only for people who are new.
    pub may_cover: Vec<ScopeRow>,
    /// That the person may cover above the grade. Only for people who are new.
    pub above_grade: Option<String>,
    /// Why nothing was guessed from the grade, in words that go after it.
    pub doubt: Option<&'static str>,
    /// That the person may cover all posts of a unit of another specialty. Only for people who are new.
    pub all_of_another: Option<String>,
    /// What somebody who is there already may no longer cover at the grade that was pasted.
    pub outgrown: Option<Outgrown>,
    /// What was set here instead of read.
    pub set: SetHere,
    /// The person who is there already.
    pub existing: Option<PersonId>,
    /// Why the row cannot be taken; it is left out.
    pub error: Option<LeftOut>,
    /// What could be done about that, or about a person who is there already.
    pub remedy: Option<Remedy>,
    /// What is worth a look, such as "same telephone as HG".
    pub remarks: Vec<String>,
}

/// What somebody may cover in the rota, and what is left of it at another grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgrown {
    /// As the rota has it, such as "A&E up to ENP".
    pub was: String,
    /// What is left, with what is usual for the other grade; empty for nothing.
    pub becomes: Vec<MayCover>,
    /// The same in words.
    pub becomes_words: String,
}

/// Why a row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub why: LeftOutWhy,
    /// In a sentence without its row.
    pub text: String,
}

/// What is wrong with a row that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// It names nobody.
    NoName,
    InitialsMissing,
    InitialsNotUsable,
    /// Somebody else has the same.
    InitialsTaken,
    /// It is taken for the person of a row above.
    SamePerson,
}

impl LeftOutWhy {
    /// In two words, such as "initials taken".
    pub fn short(self) -> &'static str {
        match self {
            Self::NoName => "no name",
            Self::InitialsMissing => "initials missing",
            Self::InitialsNotUsable => "initials not usable",
            Self::InitialsTaken => "initials taken",
            Self::SamePerson => "same name twice",
        }
    }

    /// Whether other initials would put it right.
    pub fn is_of_initials(self) -> bool {
        matches!(self, Self::InitialsMissing | Self::InitialsNotUsable | Self::InitialsTaken)
    }
}

/// What can be done about a row with one press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Other initials, which nobody has.
    Initials(String),
    /// It is taken for somebody who is there, and is somebody else.
    SomebodyElse,
}

/// What was set in the preview: it stays when the columns are read in another way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetHere {
    /// Other initials.
    pub initials: Option<String>,
    /// Another contract, or none that is known.
    pub rules: Option<Option<Rules>>,
    /// Another scope.
    pub may_cover: Option<Vec<ScopeRow>>,
    /// Whoever is there already keeps what the rota says that they may cover, whatever grade was pasted.
    pub keeps_cover: bool,
    /// The person is somebody else than whoever has the same name.
    pub somebody_else: bool,
}

impl PasteRow {
    /// Whether it becomes a new person.
    pub fn is_new(&self) -> bool {
        self.error.is_none() && self.existing.is_none()
    }

    /// Whether nobody else can have its initials.
    pub fn is_taken(&self) -> bool {
        self.error.is_none()
    }

    /// Whether somebody should look at it before it is taken.
    pub fn wants_a_look(&self) -> bool {
        let is_above = self.above_grade.is_some() || self.all_of_another.is_some();
        let is_asked = self.asks_contract() || self.is_new() && (is_above || self.will_not_count());
        let is_doubtful = self.grade_doubt().is_some();
        self.error.is_some() || !self.remarks.is_empty() || !self.unknown.is_empty() || is_asked || is_doubtful
    }

    /// Whether it changes what somebody may cover who is there already, and nobody has said yet that it should stay.
    pub fn changes_cover(&self) -> bool {
        self.error.is_none() && self.outgrown.is_some() && !self.set.keeps_cover
    }

    /// Why nothing was guessed from the grade, such as "“Student nurse” is not a known grade": until somebody chooses, the
    /// person counts nowhere.
    pub fn grade_doubt(&self) -> Option<String> {
        let why = self.doubt.filter(|_| self.is_new() && self.set.may_cover.is_none())?;
        Some(format!("“{}” {why}", words::safe(self.grade.trim())))
    }

    /// Whether something was set in the preview: it stays in sight then.
    pub fn was_set(&self) -> bool {
        self.set != SetHere::default()
    }

    /// What the row is called in a message: its initials, else its name, else its number.
    pub(super) fn called(&self) -> String {
        let name = if self.family.is_empty() { &self.given } else { &self.family };
        let said = if self.initials_made { name } else { &self.initials };
        let named = [said, name].into_iter().find(|text| !text.is_empty());
        named.map_or_else(|| format!("row {}", self.line), |text| words::safe(text).into_owned())
    }

    /// Whether it becomes somebody whose contract nobody knows.
    pub fn asks_contract(&self) -> bool {
        self.is_new() && self.rules.is_none()
    }

    /// Whether its grade tells of no contract: it was asked for here, or is.
    pub(super) fn asked_contract(&self) -> bool {
        self.is_new() && read_grade(&self.grade).sure_contract().is_none()
    }

    /// Looks again at whether what the person may cover is above the grade.
    pub(in crate::editor) fn compare_grade(&mut self, rota: &Rota) {
        self.above_grade = self.may_cover.iter().find_map(|scope| scope.above_grade(rota, &self.grade));
        let specialty = specialty_of(&self.specialty, &self.grade);
        let other = self.may_cover.iter().find(|scope| covers_other_posts(rota, scope, &specialty));
        let unit = other.and_then(|scope| rota.unit(&scope.unit));
        self.all_of_another = unit.map(all_of_another);
    }

    /// The unit of the specialty, where it has no grade at which the person would usually work.
    pub fn unit_without_grade<'a>(&self, rota: &'a Rota) -> Option<&'a Unit> {
        rota.units.iter().find(|unit| has_no_grade_for(unit, &self.grade, &self.specialty))
    }

    /// Whether the person could count nowhere.
    pub fn covers_nothing(&self) -> bool {
        self.may_cover.iter().all(|scope| scope.up_to.is_none())
    }

    /// Whether it is still to be said what the person may cover, in a rota with units.
    pub fn will_not_count(&self) -> bool {
        !self.may_cover.is_empty() && self.covers_nothing()
    }

    /// Whether what is typed finds the row: by initials, name, grade or specialty.
    pub fn fits(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let has = |text: &String| {
            let text = text.to_lowercase();
            text.starts_with(&typed) || text.split_whitespace().any(|word| word.starts_with(&typed))
        };
        [&self.initials, &self.family, &self.given, &self.grade, &self.specialty].into_iter().any(has)
    }

    /// Whoever's contract is not known may be absent: until somebody says which it is, the person is under the limits
    /// of trainees, so that they are among those who are marked as unavailable, and is not available at all.
    pub(super) fn somebody_new(&self, rota: &Rota, env: &mut Env<'_>) -> Person {
        let strictest = || rules_of(Contract::Trainee, rota.zone(), moment_of(rota, env.now));
        let rules = self.rules.unwrap_or_else(strictest);
        let usually = if self.rules.is_some() { Availability::NotKnown } else { Availability::NotAvailable };
        Person { rules, usually, may_cover: may_cover_of(rota, &self.may_cover), ..Person::new(env.person_id(), "") }
    }

    /// The person with what was pasted; what was left empty stays.
    pub(super) fn onto(&self, person: Person) -> Person {
        let take = |new: &str, old: String| if new.is_empty() { old } else { new.to_owned() };
        let mut competencies = person.competencies;
        competencies.extend(self.competencies.iter().cloned());
        let mut seen = BTreeSet::new();
        competencies.retain(|id| seen.insert(id.clone()));
        let may_cover = match &self.outgrown {
            Some(outgrown) if !self.set.keeps_cover => outgrown.becomes.clone(),
            _ => person.may_cover,
        };
        let initials = if self.initials_made && !person.initials.is_empty() { "" } else { &self.initials };
        Person {
            initials: take(initials, person.initials),
            family: take(&self.family, person.family),
            given: take(&self.given, person.given),
            grade: take(&self.grade, person.grade),
            specialty: take(&self.specialty, person.specialty),
            phone: if same_phone(&person.phone, &self.phone) { person.phone } else { take(&self.phone, person.phone) },
            competencies,
            may_cover,
            ..person
        }
    }
}
