//! The preview of staff pasted from a spreadsheet.

use crate::model::{Change, Command, Instant, MayCover, Person, PersonId, Rota, Rules};

use super::super::env::Env;
use super::super::people_paste::{find_columns, guess_rules, read_person_rows};
use super::super::rows::numbered_rows;
use super::field::FieldError;
use super::person::{ScopeRow, nobody};

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastePeopleDraft {
    /// As pasted.
    pub text: String,
    /// What each column of the text is.
    pub columns: Vec<PasteColumn>,
    /// The first row names the columns.
    pub has_header: bool,
    /// What the columns are called in the first row, if it names them.
    pub header: Vec<String>,
    /// The rows below it, read with `columns`.
    pub rows: Vec<PasteRow>,
    /// What to do with people who are there already.
    pub duplicates: PasteDuplicate,
    /// What new people of each grade and specialty may cover: nothing, until somebody says so.
    pub scopes: Vec<GradeScope>,
}

/// What new people of one grade and specialty may cover: a consultant of one is none of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeScope {
    /// As pasted; empty for those without one.
    pub grade: String,
    /// As pasted; empty for those without one.
    pub specialty: String,
    /// One row for each unit of the rota.
    pub may_cover: Vec<ScopeRow>,
}

impl GradeScope {
    fn is_of(&self, row: &PasteRow) -> bool {
        self.grade == row.grade && self.specialty == row.specialty
    }

    /// Such as `Consultant, Emergency medicine`.
    #[must_use]
    pub fn name(&self) -> String {
        let grade = if self.grade.is_empty() { "no grade" } else { &self.grade };
        if self.specialty.is_empty() { grade.to_owned() } else { format!("{grade}, {}", self.specialty) }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PasteColumn {
    /// Not read.
    #[default]
    Ignored,
    /// Initials.
    Initials,
    /// "Family, Given" or "Given Family".
    Name,
    /// Family name alone.
    Family,
    /// Given name alone.
    Given,
    /// Grade.
    Grade,
    /// Specialty.
    Specialty,
    /// Telephone.
    Phone,
}

impl PasteColumn {
    /// All of them, as the preview offers them.
    pub const ALL: [Self; 8] = [
        Self::Ignored,
        Self::Initials,
        Self::Name,
        Self::Family,
        Self::Given,
        Self::Grade,
        Self::Specialty,
        Self::Phone,
    ];

    /// As the preview calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ignored => "Not read",
            Self::Initials => "Initials",
            Self::Name => "Name",
            Self::Family => "Family name",
            Self::Given => "Given name",
            Self::Grade => "Grade",
            Self::Specialty => "Specialty",
            Self::Phone => "Telephone",
        }
    }
}

/// What happens to people who are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PasteDuplicate {
    /// What was pasted replaces what they have; what was left empty stays.
    Update,
    /// They stay as they are.
    #[default]
    Skip,
}

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
    /// Grade.
    pub grade: String,
    /// Specialty.
    pub specialty: String,
    /// Telephone.
    pub phone: String,
    /// Guessed from the grade; only for people who are new.
    pub rules: Rules,
    /// The person who is there already.
    pub existing: Option<PersonId>,
    /// Why the row cannot be taken; it is left out.
    pub error: Option<String>,
}

impl PastePeopleDraft {
    /// The preview of `text`.
    #[must_use]
    pub fn of(rota: &Rota, text: &str, now: Instant) -> Self {
        let rows = numbered_rows(text);
        let found = find_columns(&rows);
        let header =
            if found.has_header { rows.first().map(|(_, c)| c.clone()).unwrap_or_default() } else { Vec::new() };
        let mut draft = Self {
            text: text.to_owned(),
            columns: found.columns,
            has_header: found.has_header,
            header,
            rows: Vec::new(),
            duplicates: PasteDuplicate::Skip,
            scopes: Vec::new(),
        };
        draft.read(rota, now);
        draft
    }

    /// Another column is chosen for a place: reads the rows again.
    pub fn set_column(&mut self, rota: &Rota, place: usize, column: PasteColumn, now: Instant) {
        if column != PasteColumn::Ignored {
            self.columns.iter_mut().filter(|c| **c == column).for_each(|c| *c = PasteColumn::Ignored);
        }
        if let Some(at) = self.columns.get_mut(place) {
            *at = column;
        }
        self.read(rota, now);
    }

    fn read(&mut self, rota: &Rota, now: Instant) {
        let rows = numbered_rows(&self.text);
        let rows = rows.get(usize::from(self.has_header)..).unwrap_or_default();
        let day = rota.windows.first().map_or(now, |w| w.span.from);
        self.rows = read_person_rows(rota, rows, &self.columns, |grade| guess_rules(grade, rota.zone(), day));
        let mut scopes: Vec<GradeScope> = Vec::new();
        for row in self.rows.iter().filter(|row| row.error.is_none() && row.existing.is_none()) {
            if !scopes.iter().any(|scope| scope.is_of(row)) {
                let known = self.scopes.iter().find(|scope| scope.is_of(row)).cloned();
                let (grade, specialty) = (row.grade.clone(), row.specialty.clone());
                scopes.push(known.unwrap_or_else(|| GradeScope { grade, specialty, may_cover: nothing(rota) }));
            }
        }
        self.scopes = scopes;
    }

    fn may_cover(&self, row: &PasteRow) -> Vec<MayCover> {
        let scope = self.scopes.iter().find(|scope| scope.is_of(row));
        let cover = |row: &ScopeRow| Some(MayCover::up_to(row.unit.clone(), row.up_to.clone()?));
        scope.map(|scope| scope.may_cover.iter().filter_map(cover).collect()).unwrap_or_default()
    }

    /// Rows that become new people.
    #[must_use]
    pub fn new_count(&self) -> usize {
        self.rows.iter().filter(|row| row.error.is_none() && row.existing.is_none()).count()
    }

    /// Rows whose people are there already.
    #[must_use]
    pub fn existing_count(&self) -> usize {
        self.rows.iter().filter(|row| row.error.is_none() && row.existing.is_some()).count()
    }

    /// Rows that cannot be taken.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.rows.iter().filter(|row| row.error.is_some()).count()
    }

    /// What is wrong with all of it: nothing stands in the way of the rows that can be taken.
    #[must_use]
    pub fn errors(&self) -> Vec<FieldError> {
        let updates = if self.duplicates == PasteDuplicate::Update { self.existing_count() } else { 0 };
        if self.new_count() + updates > 0 {
            return Vec::new();
        }
        let text = match (self.rows.is_empty(), self.existing_count()) {
            (true, _) => "copy rows of people in a spreadsheet first, then paste here",
            (_, 0) => "no row can be taken: say what the columns are",
            _ => "everybody is there already: choose Update to take what changed",
        };
        vec![FieldError::new("rows", text)]
    }

    /// What OK does, in one step.
    ///
    /// # Errors
    /// What is wrong.
    pub fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let errors = self.errors();
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut changes = Vec::new();
        let (mut added, mut updated) = (0, 0);
        for row in self.rows.iter().filter(|row| row.error.is_none()) {
            match row.existing.as_ref().and_then(|id| rota.person(id)) {
                None => {
                    added += 1;
                    let may_cover = self.may_cover(row);
                    let person = Person { rules: row.rules, may_cover, ..nobody(env.person_id()) };
                    changes.push(Change::add(row.onto(person)));
                }
                Some(person) if self.duplicates == PasteDuplicate::Update => {
                    let after = row.onto(person.clone());
                    if after != *person {
                        updated += 1;
                        changes.push(Change::replace(after));
                    }
                }
                Some(_) => {}
            }
        }
        let people = |count: usize| if count == 1 { "1 person".to_owned() } else { format!("{count} people") };
        let label = match (added, updated) {
            (_, 0) => format!("paste {}", people(added)),
            (0, _) => format!("update {}", people(updated)),
            _ => format!("paste {}, update {updated}", people(added)),
        };
        Ok(Command::edit(label, changes))
    }
}

/// One row for each unit, none of which may be covered.
fn nothing(rota: &Rota) -> Vec<ScopeRow> {
    rota.units.iter().map(|unit| ScopeRow { unit: unit.id.clone(), up_to: None, only: Vec::new() }).collect()
}

impl PasteRow {
    /// The person with what was pasted; what was left empty stays.
    fn onto(&self, person: Person) -> Person {
        let take = |new: &str, old: String| if new.is_empty() { old } else { new.to_owned() };
        let initials = if self.initials_made && !person.initials.is_empty() { "" } else { &self.initials };
        Person {
            initials: take(initials, person.initials),
            family: take(&self.family, person.family),
            given: take(&self.given, person.given),
            grade: take(&self.grade, person.grade),
            specialty: take(&self.specialty, person.specialty),
            phone: take(&self.phone, person.phone),
            ..person
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    const STAFF: &str = "Grade\tName\tTel\tInits\tSpecialty\r\n\
        Consultant\tFielding, Joanna\t07700 900123\tJF\tEmergency medicine\r\n\
        ST4\tPeter Dacre\t\t\tSurgery\r\n\
        Consultant\t\t07700 900456\t\t\r\n\
        Associate specialist\tPereira, Keith\t07700 900789\tKP\tEmergency medicine\r\n";

    fn draft() -> PastePeopleDraft {
        PastePeopleDraft::of(&rota(), STAFF, at("07:00"))
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        use PasteColumn::{Grade, Initials, Name, Phone, Specialty};
        let draft = draft();
        assert_eq!(draft.columns, [Grade, Name, Phone, Initials, Specialty]);
        let told: Vec<String> = draft
            .rows
            .iter()
            .map(|r| {
                format!("{} {} | {} | {} | {:?} | {:?}", r.line, r.initials, r.family, r.given, r.existing, r.error)
            })
            .collect();
        assert_eq!(
            told,
            [
                "2 JF | Fielding | Joanna | None | None",
                "3 PD | Dacre | Peter | None | None",
                "4  |  |  | None | Some(\"no name and no initials\")",
                "5 KP | Pereira | Keith | Some(\"kp\") | None",
            ]
        );
        assert_eq!((draft.new_count(), draft.existing_count(), draft.error_count()), (2, 1, 1));
        assert_eq!((draft.rows[0].rules, draft.rows[1].rules), (Rules::Compensatory, Rules::NewDeal));
    }

    #[test]
    fn a_paste_is_one_step_and_leaves_those_who_are_there() {
        let mut history = History::new(rota());
        let command = env(|env| draft().command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "paste 2 people");
        history.run(command).unwrap();
        assert_eq!(history.rota().people.len(), 7);
        assert_eq!(history.rota().people[1], rota().people[1]);
        history.undo();
        assert_eq!(*history.rota(), rota());
    }

    #[test]
    fn what_people_of_a_grade_and_specialty_may_cover_is_said_once() {
        let mut history = History::new(rota());
        let text = STAFF.to_owned() + "Consultant\tAnn Bell\t\t\tObstetrics\r\nConsultant\tJo Hay\t\t\tObstetrics\r\n";
        let mut draft = PastePeopleDraft::of(&rota(), &text, at("07:00"));
        let told: Vec<String> = draft.scopes.iter().map(GradeScope::name).collect();
        assert_eq!(told, ["Consultant, Emergency medicine", "ST4, Surgery", "Consultant, Obstetrics"], "of new people");
        draft.scopes[0].may_cover[0].up_to = Some(history.rota().units[0].tiers[2].id.clone());
        draft.set_column(history.rota(), 2, PasteColumn::Ignored, at("07:00"));
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        let told: Vec<usize> = history.rota().people[5..].iter().map(|p| p.may_cover.len()).collect();
        assert_eq!(told, [1, 0, 0, 0], "nobody may cover what nobody has said");
    }

    #[test]
    fn an_update_takes_what_was_pasted_and_keeps_the_rest() {
        let mut history = History::new(rota());
        let mut draft = draft();
        draft.duplicates = PasteDuplicate::Update;
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "paste 2 people, update 1");
        history.run(command).unwrap();
        let kp = &history.rota().people[1];
        assert_eq!((kp.given.as_str(), kp.phone.as_str(), kp.rules), ("Keith", "07700 900789", Rules::Wtr));
    }

    #[test]
    fn a_column_can_be_chosen_by_hand() {
        let mut draft = PastePeopleDraft::of(&rota(), "x\tJo Ford\ny\tAl Hay", at("07:00"));
        draft.set_column(&rota(), 1, PasteColumn::Name, at("07:00"));
        assert_eq!((draft.rows[0].family.as_str(), draft.rows[1].initials.as_str()), ("Ford", "y"));
        let empty = PastePeopleDraft::of(&rota(), "", at("07:00"));
        assert_eq!(empty.errors().len(), 1);
    }
}
