//! The preview of staff pasted from a spreadsheet.

use std::collections::BTreeSet;

use crate::model::{Change, Command, Instant, Rota, Rules, TierId, UnitId, words};

use super::super::env::Env;
use super::super::grades::{above_grade_told, moment_of, rules_of};
use super::super::other_specialty::specialty_of;
use super::super::paste_columns::{choose_column, not_read_words};
use super::super::people_columns::{PasteColumn, find_columns};
use super::super::people_paste::read_person_rows;
use super::super::rows::numbered_rows;
use super::Dialog;
use super::draft::{Afterwards, CommandDraft, DialogDraft, left_out_words};
use super::field::{FieldError, Part};
use super::own_posts::keep_to_own_posts;
use super::people_row::{PasteRow, Remedy};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastePeopleDraft {
    /// As pasted, or typed into the box.
    pub text: String,
    /// The rows are pasted into a box: nothing had been copied when the dialog was opened.
    pub has_box: bool,
    /// What each column of the text is.
    pub columns: Vec<PasteColumn>,
    /// The row that names the columns, from 0, if one does.
    pub heading: Option<usize>,
    /// What the columns are called there.
    pub header: Vec<String>,
    /// The rows below it, read with `columns`.
    pub rows: Vec<PasteRow>,
    /// What to do with people who are there already.
    pub duplicates: PasteDuplicate,
    /// What is typed to find rows to tick; changes nothing.
    pub find: String,
    /// Only rows that want a look are shown; changes nothing.
    pub only_to_check: bool,
    /// The lines of the rows that are ticked: what is set is set for all of them.
    pub ticked: BTreeSet<usize>,
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

impl PastePeopleDraft {
    /// The preview of `text`.
    pub fn of(rota: &Rota, text: &str, now: Instant) -> Self {
        let mut draft = Self { has_box: text.trim().is_empty(), ..Self::default() };
        draft.set_text(rota, text, now);
        draft
    }

    /// Another text: all of it is read again.
    pub fn set_text(&mut self, rota: &Rota, text: &str, now: Instant) {
        let rows = numbered_rows(text);
        let found = find_columns(&rows);
        let header = found.heading.and_then(|at| rows.get(at)).map(|(_, cells)| cells.clone());
        text.clone_into(&mut self.text);
        self.columns = found.columns;
        self.heading = found.heading;
        self.header = header.unwrap_or_default();
        self.rows.clear();
        self.ticked.clear();
        self.only_to_check = false;
        self.read(rota, now);
    }

    /// Another column is chosen for a place: reads the rows again.
    pub fn set_column(&mut self, rota: &Rota, place: usize, column: PasteColumn, now: Instant) {
        choose_column(&mut self.columns, place, column);
        self.read(rota, now);
    }

    /// Other initials for a row: what clashed may clash no more.
    pub fn set_initials(&mut self, rota: &Rota, line: usize, initials: &str, now: Instant) {
        let typed: String = initials.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        for row in self.rows.iter_mut().filter(|row| row.line == line) {
            row.set.initials = Some(typed.clone());
        }
        self.read(rota, now);
    }

    /// What the row offers: other initials, or that it is somebody else than whoever has the name.
    pub fn take_remedy(&mut self, rota: &Rota, line: usize, now: Instant) {
        for row in self.rows.iter_mut().filter(|row| row.line == line) {
            match row.remedy.take() {
                Some(Remedy::Initials(initials)) => row.set.initials = Some(initials),
                Some(Remedy::SomebodyElse) => row.set.somebody_else = true,
                None => {}
            }
        }
        self.read(rota, now);
        let taken = |row: &&PasteRow| row.line == line && row.set.somebody_else && row.error.is_some();
        if let Some(Remedy::Initials(initials)) = self.rows.iter().find(taken).and_then(|row| row.remedy.clone()) {
            self.set_initials(rota, line, &initials, now);
        }
    }

    /// The contract of one row.
    pub fn set_rules(&mut self, line: usize, rules: Option<Rules>) {
        for row in self.rows.iter_mut().filter(|row| row.line == line) {
            row.rules = rules;
            row.set.rules = Some(rules);
        }
    }

    /// Whether the row is listed: it fits what is typed to find rows, and is not hidden while only some are shown.
    pub fn is_listed(&self, row: &PasteRow) -> bool {
        row.fits(&self.find) && (!self.only_to_check || self.wants_a_look(row) || row.was_set())
    }

    /// The lines of the rows that are ticked and listed: what is set is set for these, and for nobody unseen.
    pub fn ticked_and_listed(&self) -> BTreeSet<usize> {
        let rows = self.rows.iter().filter(|row| self.ticked.contains(&row.line) && self.is_listed(row));
        rows.map(|row| row.line).collect()
    }

    /// What the rows are called that are ticked, but not listed.
    pub fn hidden(&self) -> Vec<String> {
        let rows = self.rows.iter().filter(|row| self.ticked.contains(&row.line) && !self.is_listed(row));
        rows.map(|row| words::safe(&row.initials).into_owned()).collect()
    }

    /// Unticks the rows that are not listed.
    pub fn untick_hidden(&mut self) {
        self.ticked = self.ticked_and_listed();
    }

    /// The contract of all rows that are ticked and listed.
    pub fn set_rules_of_ticked(&mut self, rules: Option<Rules>) {
        for line in self.ticked_and_listed() {
            self.set_rules(line, rules);
        }
    }

    /// Up to which tier of a unit everybody may cover who is ticked and listed: whose specialty has posts of its own in the
    /// unit of another, those alone.
    pub fn set_scope_of_ticked(&mut self, rota: &Rota, unit: &UnitId, up_to: Option<&TierId>) {
        self.set_scope(rota, unit, up_to, false);
    }

    /// The same with all posts of the unit for everybody.
    pub fn set_all_posts_of_ticked(&mut self, rota: &Rota, unit: &UnitId, up_to: &TierId) {
        self.set_scope(rota, unit, Some(up_to), true);
    }

    fn set_scope(&mut self, rota: &Rota, unit: &UnitId, up_to: Option<&TierId>, all_posts: bool) {
        let lines = self.ticked_and_listed();
        for row in self.rows.iter_mut().filter(|row| lines.contains(&row.line)) {
            for scope in row.may_cover.iter_mut().filter(|scope| scope.unit == *unit) {
                scope.up_to = up_to.cloned();
                (scope.only_some, scope.only) = (false, Vec::new());
                if !all_posts {
                    keep_to_own_posts(rota, scope, &specialty_of(&row.specialty, &row.grade));
                }
            }
            row.set.may_cover = Some(row.may_cover.clone());
            row.compare_grade(rota);
        }
    }

    /// What all that are ticked and listed have in common: `None` where they differ, or there is nobody.
    pub fn common<T: PartialEq>(&self, of: impl Fn(&PasteRow) -> T) -> Option<T> {
        let lines = self.ticked_and_listed();
        let mut all = self.rows.iter().filter(|row| lines.contains(&row.line)).map(of);
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }

    fn read(&mut self, rota: &Rota, now: Instant) {
        let rows = numbered_rows(&self.text);
        let rows = rows.get(self.heading.map_or(0, |at| at + 1)..).unwrap_or_default();
        let rules = |contract| rules_of(contract, rota.zone(), moment_of(rota, now));
        self.rows = read_person_rows(rota, rows, &self.columns, &self.rows, rules);
        let new: BTreeSet<usize> = self.rows.iter().filter(|row| row.is_new()).map(|row| row.line).collect();
        self.ticked.retain(|line| new.contains(line));
    }

    /// Rows that become new people.
    pub fn new_count(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new()).count()
    }

    /// Rows whose people are there already.
    pub fn existing_count(&self) -> usize {
        self.rows.iter().filter(|row| row.error.is_none() && row.existing.is_some()).count()
    }

    /// Rows whose people are there already, and say something else of them than the rota.
    pub fn changed_count(&self, rota: &Rota) -> usize {
        let is_other = |row: &&PasteRow| {
            let person = row.existing.as_ref().and_then(|id| rota.person(id));
            row.error.is_none() && person.is_some_and(|person| row.onto(person.clone()) != *person)
        };
        self.rows.iter().filter(is_other).count()
    }

    /// Rows that cannot be taken.
    pub fn error_count(&self) -> usize {
        self.rows.iter().filter(|row| row.error.is_some()).count()
    }

    /// Whether somebody should look at the row; also where an update changes what the person may cover.
    pub fn wants_a_look(&self, row: &PasteRow) -> bool {
        row.wants_a_look() || self.duplicates == PasteDuplicate::Update && row.changes_cover()
    }

    /// Whoever is there already keeps what the rota says that they may cover, or does not.
    pub fn keep_cover(&mut self, line: usize, keeps_cover: bool) {
        for row in self.rows.iter_mut().filter(|row| row.line == line) {
            row.set.keeps_cover = keeps_cover;
        }
    }

    /// What the main button says.
    pub fn main_words(&self, rota: &Rota) -> String {
        match (self.duplicates, self.new_count(), self.changed_count(rota)) {
            (PasteDuplicate::Update, 0, there @ 1..) => format!("Update {}", words::people(there)),
            (PasteDuplicate::Update, new, there @ 1..) => format!("Add {}, update {there}", words::people(new)),
            _ => "Add to the rota".to_owned(),
        }
    }

    /// Rows that somebody should look at.
    pub fn to_check_count(&self) -> usize {
        self.rows.iter().filter(|row| self.wants_a_look(row)).count()
    }

    /// What is not read of the paste, one sentence each: columns, and the rows above that of the headings.
    pub fn not_read_words(&self) -> Vec<String> {
        not_read_words(&self.columns, &self.header, self.heading)
    }

    /// What was done, said when it is: such as "Added 27 people; 2 rows left out: AB (initials taken), row 9 (no name)".
    pub fn told(&self, command: &Command) -> String {
        let added = self.new_count();
        let updated = command.changes.len().saturating_sub(added);
        let unchanged = self.existing_count() - updated.min(self.existing_count());
        let mut parts = Vec::new();
        match (added, updated) {
            (added, 0) => parts.push(format!("Added {}", words::people(added))),
            (0, updated) => parts.push(format!("Updated {}", words::people(updated))),
            (added, updated) => parts.push(format!("Added {}, updated {updated}", words::people(added))),
        }
        if unchanged > 0 {
            parts.push(format!("{unchanged} already there"));
        }
        let why = |row: &PasteRow| Some(format!("{} ({})", row.called(), row.error.as_ref()?.why.short()));
        parts.extend(left_out_words(self.rows.iter().filter_map(why).collect()));
        parts.join("; ")
    }

    /// The rows that were left out, each in a line with its name and why.
    pub fn left_out(&self) -> Vec<String> {
        let line = |row: &PasteRow| {
            let why = &row.error.as_ref()?.text;
            let name = words::safe(format!("{} {}", row.given, row.family).trim()).into_owned();
            let grade = words::safe(row.grade.trim()).into_owned();
            let who: Vec<String> = [name, grade].into_iter().filter(|text| !text.is_empty()).collect();
            let who = if who.is_empty() { String::new() } else { format!(", {}", who.join(", ")) };
            Some(format!("Row {}{who}: {why}", row.line))
        };
        self.rows.iter().filter_map(line).collect()
    }

    /// New people of whom nobody knows which contract they have.
    pub fn contract_asked_count(&self) -> usize {
        self.rows.iter().filter(|row| row.asks_contract()).count()
    }

    /// Whether some grade tells of no contract, whether or not one was chosen since.
    pub fn asked_contracts(&self) -> bool {
        self.rows.iter().any(PasteRow::asked_contract)
    }

    /// New people who may cover above their grades, by name.
    pub fn above_grade(&self) -> Option<String> {
        above_grade_told(&self.each_above_grade())
    }

    fn each_above_grade(&self) -> Vec<String> {
        let new = self.rows.iter().filter(|row| row.is_new());
        new.filter_map(|row| Some(format!("{}: {}", words::safe(&row.initials), row.above_grade.as_ref()?))).collect()
    }
}

impl DialogDraft for PastePeopleDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the pasted people")
    }

    /// What is typed to find rows changes nothing.
    fn holds_nothing_new(&self, opened: &Dialog, _rota: &Rota) -> bool {
        let Dialog::PastePeople(opened) = opened else { return false };
        let (find, only_to_check) = (opened.find.clone(), opened.only_to_check);
        Self { find, only_to_check, ..self.clone() } == *opened
    }

    /// What is wrong with all of it: nothing stands in the way of the rows that can be taken.
    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let is_update = self.duplicates == PasteDuplicate::Update;
        let updates = if is_update { self.changed_count(rota) } else { 0 };
        if self.new_count() + updates > 0 {
            return Vec::new();
        }
        let text = match (self.rows.is_empty(), self.existing_count()) {
            (true, _) => "copy rows of people in a spreadsheet first, then paste here",
            (_, 0) => "no row can be added: mend the rows, or choose what the columns are",
            _ if is_update => "everybody is there already, as in these rows: nothing to update",
            _ => "everybody is there already: choose Update to take what changed",
        };
        vec![FieldError::new(Part::Rows, text)]
    }

    fn take_rows(&mut self, rota: &Rota, text: &str, now: Instant) {
        self.set_text(rota, text, now);
    }
}

impl CommandDraft for PastePeopleDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        self.checked(rota)?;
        let mut changes = Vec::new();
        let (mut added, mut updated) = (0, 0);
        for row in self.rows.iter().filter(|row| row.error.is_none()) {
            match row.existing.as_ref().and_then(|id| rota.person(id)) {
                None => {
                    added += 1;
                    changes.push(Change::add(row.onto(row.somebody_new(rota, env))));
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
        let label = match (added, updated) {
            (_, 0) => format!("paste {}", words::people(added)),
            (0, _) => format!("update {}", words::people(updated)),
            _ => format!("paste {}, update {updated}", words::people(added)),
        };
        Ok(Command::edit(label, changes))
    }

    fn afterwards(&self, _rota: &Rota, command: &Command) -> Afterwards {
        Afterwards::pasted(self.told(command), self.left_out()).with_above_grade(self.each_above_grade())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota};
    use super::super::super::paste_columns::not_read;
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{Availability, Competency, CompetencyId, History, MayCover, Person};

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
                let error = r.error.as_ref().map(|e| e.text.clone());
                format!("{} {} | {} | {} | {:?} | {:?}", r.line, r.initials, r.family, r.given, r.existing, error)
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
        assert_eq!((draft.rows[0].rules, draft.rows[1].rules), (Some(Rules::Compensatory), Some(Rules::NewDeal)));
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

    fn pasted(text: &str, set: impl FnOnce(&mut PastePeopleDraft, &Rota)) -> Vec<Person> {
        let mut history = History::new(rota());
        let mut draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        set(&mut draft, history.rota());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        history.rota().people[5..].to_vec()
    }

    #[test]
    fn what_people_may_cover_is_guessed_in_their_own_unit_and_set_for_many_at_once() {
        let text = STAFF.to_owned() + "Consultant\tAnn Bell\t\t\tObstetrics\r\nConsultant\tJo Hay\t\t\tObstetrics\r\n";
        let guessed = pasted(&text, |draft, _| {
            let told: Vec<bool> = draft.rows.iter().map(PasteRow::covers_nothing).collect();
            assert_eq!(told, [false, true, true, false, true, true], "nobody covers where the specialty is another");
        });
        assert_eq!(guessed[0].may_cover[0].up_to.as_str(), "cons");
        let set = pasted(&text, |draft, rota| {
            draft.ticked = draft.rows.iter().filter(|row| row.fits("obst")).map(|row| row.line).collect();
            assert_eq!(draft.ticked.len(), 2);
            assert_eq!(draft.common(|row| row.rules), Some(Some(Rules::Compensatory)));
            draft.set_scope_of_ticked(rota, &rota.units[0].id, Some(&rota.units[0].tiers[1].id));
            draft.set_column(rota, 2, PasteColumn::Ignored, at("07:00"));
        });
        let told: Vec<&str> = set.iter().map(|p| p.may_cover.first().map_or("", |c| c.up_to.as_str())).collect();
        assert_eq!(told, ["cons", "", "mg", "mg"], "what was set stays when the columns are read again");
    }

    #[test]
    fn of_whoever_is_of_no_known_grade_nothing_is_guessed_until_somebody_chooses() {
        let mut start = rota();
        start.units[0].tiers[0].name = "ENP".to_owned();
        let grades =
            ["Student nurse", "Staff Nurse", "Paramedic", "Physician associate", "Consultant's secretary", "ENP"];
        let rows = grades.iter().enumerate().map(|(at, grade)| format!("\nNewly Named{at}\t{grade}\tA&E"));
        let text = format!("Name\tGrade\tSpecialty{}", rows.collect::<String>());
        let mut draft = PastePeopleDraft::of(&start, &text, at("07:00"));
        let (known, others) = draft.rows.split_last().unwrap();
        assert!(others.iter().all(|row| row.covers_nothing() && row.wants_a_look() && row.is_new()), "{others:?}");
        assert_eq!(others[0].grade_doubt().as_deref(), Some("“Student nurse” is not a known grade"));
        assert_eq!(others[1].grade_doubt().as_deref(), Some("“Staff Nurse” does not say what may be covered"));
        assert!(!known.covers_nothing() && !known.wants_a_look());
        draft.ticked = [2].into();
        let unit = start.units[0].clone();
        draft.set_scope_of_ticked(&start, &unit.id, Some(&unit.tiers[0].id));
        assert_eq!(draft.rows[0].grade_doubt(), None, "somebody has chosen");
        let people = env(|env| draft.command(&start, env)).unwrap();
        let mut history = History::new(start);
        history.run(people).unwrap();
        let counting: Vec<bool> = history.rota().people[5..].iter().map(|p| !p.may_cover.is_empty()).collect();
        assert_eq!(counting, [true, false, false, false, false, true]);
    }

    #[test]
    fn a_lower_grade_ends_what_no_longer_fits_unless_somebody_keeps_it() {
        let mut start = rota();
        start.units[0].tiers[0].name = "ENP".to_owned();
        let unit = start.units[0].clone();
        start.people[1].grade = "ENP".to_owned();
        start.people[1].specialty = "A&E".to_owned();
        start.people[1].may_cover = vec![MayCover::up_to(unit.id.clone(), unit.tiers[0].id.clone())];
        let after = |grade: &str, keeps_cover: bool| {
            let text = format!("Initials\tName\tGrade\nKP\tPereira\t{grade}");
            let mut draft = PastePeopleDraft::of(&start, &text, at("07:00"));
            assert_eq!(draft.to_check_count(), 0, "nothing changes while they are left unchanged");
            draft.duplicates = PasteDuplicate::Update;
            let to_check = draft.to_check_count();
            draft.keep_cover(2, keeps_cover);
            assert_eq!(draft.to_check_count(), if keeps_cover { 0 } else { to_check });
            let mut history = History::new(start.clone());
            let command = env(|env| draft.command(&start, env));
            if let Ok(command) = command {
                drop(history.run(command).unwrap());
            }
            let covers = history.rota().people[1].may_cover.first().map_or("nothing", |c| c.up_to.as_str()).to_owned();
            (to_check, covers)
        };
        for grade in ["Healthcare assistant", "Student nurse", "Manager"] {
            assert_eq!(after(grade, false), (1, "nothing".to_owned()), "{grade}");
            assert_eq!(after(grade, true).1, unit.tiers[0].id.as_str(), "{grade}");
        }
        for grade in ["ENP", "", "Consultant"] {
            assert_eq!(after(grade, false), (0, unit.tiers[0].id.to_string()), "{grade}");
        }
        let text = "Initials\tName\tGrade\nKP\tPereira\tHealthcare assistant";
        let draft = PastePeopleDraft::of(&start, text, at("07:00"));
        let outgrown = draft.rows[0].outgrown.as_ref().unwrap();
        assert_eq!((outgrown.was.as_str(), outgrown.becomes_words.as_str()), ("A&E up to ENP", "nothing"));
    }

    #[test]
    fn an_anaesthetist_is_cleared_for_the_posts_of_anaesthetists_alone() {
        let mut start = rota();
        start.units[0].name = "Maternity".to_owned();
        start.posts[1].name = "Duty obstetric anaesthetist".to_owned();
        let (unit, own) = (start.units[0].clone(), start.posts[1].id.clone());
        let highest = &unit.tiers[2].id;
        let text = "Name\tGrade\tSpecialty\nAnn Bell\tConsultant\tAnaesthetics\nJo Hay\tConsultant\tO&G\n\
                    Al Burr\tConsultant\tPaediatrics";
        let mut draft = PastePeopleDraft::of(&start, text, at("07:00"));
        draft.ticked = [2, 3, 4].into();
        draft.set_scope_of_ticked(&start, &unit.id, Some(highest));
        let only: Vec<_> = draft.rows.iter().map(|row| row.may_cover[0].only.clone()).collect();
        let rest = vec![start.posts[0].id.clone(), start.posts[2].id.clone()];
        assert_eq!(only, [vec![own.clone()], rest, vec![]], "in their own unit all but those of others");
        let to_check: Vec<bool> = draft.rows.iter().map(|row| draft.wants_a_look(row)).collect();
        assert_eq!(to_check, [false, false, true], "a unit without a post of the specialty");
        let people = env(|env| draft.command(&start, env)).unwrap();
        let mut history = History::new(start.clone());
        history.run(people).unwrap();
        assert_eq!(history.rota().people[5].may_cover[0].only, [own]);
        draft.set_all_posts_of_ticked(&start, &unit.id, highest);
        assert!(draft.rows[0].may_cover[0].only.is_empty() && draft.wants_a_look(&draft.rows[0]));
    }

    #[test]
    fn doctors_of_a_unit_are_guessed_for_all_its_posts_but_those_of_another_specialty() {
        let mut start = rota();
        start.units[0].name = "Maternity".to_owned();
        start.posts[1].name = "Duty obstetric anaesthetist".to_owned();
        let text = "Name\tGrade\tSpecialty\nJo Hay\tST4\tO&G\nIda Fox\tFY2\tO&G";
        let read = |start: &Rota| {
            let draft = PastePeopleDraft::of(start, text, at("07:00"));
            let only = |row: &PasteRow| row.may_cover[0].only.iter().map(ToString::to_string).collect::<Vec<_>>();
            (only(&draft.rows[0]), only(&draft.rows[1]), draft.to_check_count())
        };
        assert_eq!(read(&start), (vec!["sho".to_owned()], vec![], 0), "of the other no such post is in reach");
        let airway = CompetencyId::new("airway").unwrap();
        start.competencies.push(Competency { id: airway.clone(), name: "Obstetric anaesthesia".to_owned() });
        start.posts[1].requires = vec![airway];
        assert_eq!(read(&start), (vec![], vec![], 0), "a competency says already who may hold it");
    }

    #[test]
    fn whoever_would_count_nowhere_is_to_be_checked() {
        let text = "Name\tGrade\tSpecialty\nAnn Bell\tConsultant\tSurgery\nJo Hay\tConsultant\tA&E";
        let draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        let to_check: Vec<bool> = draft.rows.iter().map(|row| draft.wants_a_look(row)).collect();
        assert_eq!((to_check, draft.to_check_count()), (vec![true, false], 1));
        let mut no_units = rota();
        (no_units.units, no_units.posts, no_units.normals[0].staffing) = (Vec::new(), Vec::new(), Vec::new());
        let draft = PastePeopleDraft::of(&no_units, text, at("07:00"));
        assert_eq!(draft.to_check_count(), 0, "there is no unit to choose yet");
    }

    #[test]
    fn nobody_who_is_not_listed_is_changed() {
        let text = "Name\tGrade\tSpecialty\nDee Quill\tENP\tSurgery\nAnn Bell\tConsultant\tObstetrics";
        let mut draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        draft.ticked = [2, 3].into();
        draft.find = "cons".to_owned();
        assert_eq!((draft.ticked_and_listed(), draft.hidden()), ([3].into(), vec!["DQ".to_owned()]));
        let before = draft.rows[0].clone();
        assert_eq!(draft.common(|row| row.line), Some(3));
        let unit = &rota().units[0];
        draft.set_scope_of_ticked(&rota(), &unit.id, Some(&unit.tiers[2].id));
        draft.set_rules_of_ticked(Some(Rules::NewDeal));
        assert_eq!((&draft.rows[0], draft.rows[1].rules), (&before, Some(Rules::NewDeal)));
        draft.untick_hidden();
        assert_eq!((draft.ticked.clone(), draft.hidden()), ([3].into(), vec![]));
        draft.find = "quill".to_owned();
        draft.set_rules_of_ticked(None);
        assert_eq!(draft.rows[1].rules, Some(Rules::NewDeal), "the one that is ticked is hidden now");
    }

    #[test]
    fn rows_that_are_hidden_because_nothing_is_to_be_checked_are_not_changed() {
        let text = "Name\tGrade\tSpecialty\nAnn Bell\tConsultant\tA&E\nJo Hay\tDr";
        let mut draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        (draft.ticked, draft.only_to_check) = ([2, 3].into(), true);
        assert_eq!(draft.hidden(), ["AB"]);
        draft.set_rules_of_ticked(Some(Rules::Wtr));
        assert_eq!((draft.rows[0].rules, draft.rows[1].rules), (Some(Rules::Compensatory), Some(Rules::Wtr)));
        assert_eq!(draft.ticked_and_listed(), [3].into(), "what was set stays in sight");
    }

    #[test]
    fn an_fy2_works_as_an_sho_and_of_an_fy1_it_is_said_why_not() {
        let text = "Name\tGrade\tSpecialty\nAnn Bell\tFY2\tA&E\nJo Hay\tFY1\tA&E\nAl Burr\tFY1\tSurgery";
        let draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        let up_to = |at: usize| draft.rows[at].may_cover[0].up_to.as_ref().map(ToString::to_string);
        assert_eq!((up_to(0).as_deref(), up_to(1), up_to(2)), (Some("sho"), None, None));
        let why = |at: usize| draft.rows[at].unit_without_grade(&rota()).map(|unit| unit.name.clone());
        assert_eq!((why(0), why(1).as_deref(), why(2)), (None, Some("A&E"), None));
        assert_eq!(draft.above_grade(), None);
    }

    #[test]
    fn whoever_may_cover_above_the_grade_is_named_and_not_refused() {
        let text = "Name\tGrade\nDee Quill\tENP\nAnn Bell\tConsultant\nJo Hay\tFY2";
        let people = pasted(text, |draft, rota| {
            assert_eq!((draft.above_grade(), draft.to_check_count()), (None, 3), "nobody would count anywhere yet");
            draft.ticked = [2, 3, 4].into();
            let unit = &rota.units[0];
            draft.set_scope_of_ticked(rota, &unit.id, Some(&unit.tiers[2].id));
            let told = "DQ: A&E up to consultant is above the grade ENP; JH: A&E up to consultant is above the grade FY2. \
                        Check what they may cover.";
            assert_eq!((draft.above_grade().as_deref(), draft.to_check_count()), (Some(told), 2));
            draft.set_column(rota, 0, PasteColumn::Name, at("07:00"));
            assert_eq!(draft.above_grade().as_deref(), Some(told), "also when the columns are read again");
            let (title, lines) = draft.afterwards(rota, &Command::edit("paste", Vec::new())).not_done;
            assert_eq!(title, "2 people may cover above the grade: check");
            let each =
                ["DQ: A&E up to consultant is above the grade ENP", "JH: A&E up to consultant is above the grade FY2"];
            assert_eq!(lines, each, "each of them, once they have been added");
        });
        assert_eq!(people.len(), 3);
    }

    #[test]
    fn whose_contract_is_not_known_may_be_absent_until_somebody_says() {
        let text = "Name\tGrade\nAnn Bell\treg\nJo Hay\tDr\nAl Burr\tCons O&G\nSu Ray\tACP\nIda Fox\tDr";
        let people = pasted(text, |draft, _| {
            assert_eq!(draft.contract_asked_count(), 2);
            assert!(draft.rows[1].asks_contract() && draft.rows[4].asks_contract());
            draft.set_rules(6, Some(Rules::Compensatory));
        });
        let told: Vec<_> = people.iter().map(|p| (p.initials.as_str(), p.rules, p.usually)).collect();
        assert_eq!(
            told,
            [
                ("AB", Rules::NewDeal, Availability::NotKnown),
                ("JH", Rules::NewDeal, Availability::NotAvailable),
                ("AB2", Rules::Compensatory, Availability::NotKnown),
                ("SR", Rules::Wtr, Availability::NotKnown),
                ("IF", Rules::Compensatory, Availability::NotKnown),
            ]
        );
        assert_eq!(people[2].specialty, "O&G", "what stands beside the grade");
    }

    #[test]
    fn initials_that_clash_are_mended_in_their_row() {
        let text = "Initials\tName\nAB\tAnn Bell\nAB\tAl Burr\nKP\tKit Penn";
        let people = pasted(text, |draft, rota| {
            assert_eq!(draft.error_count(), 2);
            draft.set_initials(rota, 3, "A. Bu", at("07:00"));
            draft.set_initials(rota, 4, "KPE", at("07:00"));
            assert_eq!(draft.error_count(), 0);
            draft.set_column(rota, 1, PasteColumn::Name, at("07:00"));
        });
        assert_eq!(people.iter().map(|p| p.initials.as_str()).collect::<Vec<_>>(), ["AB", "ABu", "KPE"]);
    }

    #[test]
    fn a_row_that_cannot_be_taken_offers_a_way_out() {
        let text = "Initials\tName\tTel\tGrade\nAB\tAnn Bell\t07700 900123\tSHO\nAB\tAl Burr\t+44 7700 900123\tSHO\nAB3\tAda Bo\t\tSHO\n\
                    KP\tPereira\t\tSHO\nXX\tAnn Bell\t07700 900999\tSHO\nAB\tUna Xu\t\tSHO";
        let mut draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        let told = |draft: &PastePeopleDraft| -> Vec<String> {
            let remedy = |row: &PasteRow| match &row.remedy {
                Some(Remedy::Initials(initials)) => format!("use {initials}"),
                Some(Remedy::SomebodyElse) => "somebody else".to_owned(),
                None => String::new(),
            };
            let why = |row: &PasteRow| row.error.as_ref().map_or(String::new(), |error| error.text.clone());
            let row = |row: &PasteRow| {
                format!("{} | {} | {} | {}", row.initials, why(row), remedy(row), row.remarks.join("; "))
            };
            draft.rows.iter().map(row).collect()
        };
        assert_eq!(
            told(&draft),
            [
                "AB |  |  | ",
                "AB | initials AB are also in row 2 | use AB2 | ",
                "AB3 |  |  | ",
                "KP |  | somebody else | ",
                "XX | the same person as in row 2 | somebody else | ",
                "AB | initials AB are also in row 2 | use UX | ",
            ]
        );
        // Three cannot be taken, and the two who are new would count nowhere.
        assert_eq!((draft.to_check_count(), draft.new_count()), (5, 2));
        for line in [3, 5, 6, 7] {
            draft.take_remedy(&rota(), line, at("07:00"));
        }
        assert_eq!(
            told(&draft),
            [
                "AB |  |  | ",
                "AB2 |  |  | same telephone as AB",
                "AB3 |  |  | ",
                "KP2 |  |  | same name as KP",
                "XX |  |  | same name as AB",
                "UX |  |  | ",
            ]
        );
        assert_eq!(draft.to_check_count(), 6, "all are new now, and would count nowhere");
    }

    #[test]
    fn who_is_in_the_rota_as_in_the_rows_is_neither_to_check_nor_updated() {
        let mut rota = rota();
        rota.people[1].phone = "0412".to_owned();
        let update = |text: &str| {
            let mut draft = PastePeopleDraft::of(&rota, text, at("07:00"));
            draft.duplicates = PasteDuplicate::Update;
            draft
        };
        for phone in ["0412", "412", " 0412 "] {
            let draft = update(&format!("Initials\tName\tTelephone\nKP\tPereira\t{phone}"));
            assert_eq!((draft.existing_count(), draft.to_check_count(), draft.changed_count(&rota)), (1, 0, 0));
            assert_eq!(draft.main_words(&rota), "Add to the rota");
            assert_eq!(draft.errors(&rota)[0].text, "everybody is there already, as in these rows: nothing to update");
        }
        let both = update("Initials\tName\tTelephone\nKP\tPereira\t0412\nRS\tSethi\t2145");
        assert_eq!((both.to_check_count(), both.main_words(&rota).as_str()), (0, "Update 1 person"));
        let other = update("Initials\tName\tTelephone\nKP\tPereira\t0413");
        assert_eq!((other.to_check_count(), other.main_words(&rota).as_str()), (1, "Update 1 person"));
    }

    #[test]
    fn what_was_left_out_is_said_with_why() {
        let text = "Initials\tName\tGrade\nAB\tAnn Bell\tST4\nAB\tAl Burr\tST5\n\t\tConsultant\n\tConsultants\t\nKP\tPereira\t\nQQ\tVacant\tST3";
        let draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
        let command = env(|env| draft.command(&rota(), env)).unwrap();
        assert_eq!(
            draft.told(&command),
            "Added 1 person; 1 already there; 4 rows left out: AB (initials taken), row 4 (no name), Consultants (no name), 1 more"
        );
        assert_eq!(
            draft.left_out(),
            [
                "Row 3, Al Burr, ST5: initials AB are also in row 2",
                "Row 4, Consultant: no name and no initials",
                "Row 5, Consultants: “Consultants” is a heading, not a name",
                "Row 7, Vacant, ST3: “Vacant” is nobody’s name",
            ]
        );
    }

    #[test]
    fn lists_of_five_departments_are_read_as_they_are_written() {
        let read = |text: &str| -> Vec<String> {
            let draft = PastePeopleDraft::of(&rota(), text, at("07:00"));
            let row = |r: &PasteRow| match &r.error {
                Some(error) => format!("{}: {}", r.line, error.text),
                None => {
                    [&r.initials, &r.family, &r.given, &r.grade, &r.specialty, &r.phone].map(String::as_str).join("|")
                }
            };
            draft.rows.iter().map(row).chain(not_read(&draft.columns, &draft.header)).collect()
        };
        // A table with a title above it, semicolons, a bleep beside the telephone, and a blank line.
        let anaesthetics = "Anaesthetic department, rota August 2026;;;;\r\n;;;;\r\n\
            Surname, Forename;Job title;Bleep;Mobile;Notes\r\n\"Bell, Ann\";Consultant Anaesthetist;2145;7700900123;\r\n\
            ;;;;\r\n\"O'Brien, Mary-Jo (LTFT 80%)\";ST5+ Anaesthetics;2146;07700 900124;\"Mon; Tue\"\r\n";
        assert_eq!(
            read(anaesthetics),
            [
                "AB|Bell|Ann|Consultant Anaesthetist|Anaesthetics|07700900123",
                "MO|O'Brien|Mary-Jo (LTFT 80%)|ST5+ Anaesthetics|Anaesthetics|07700 900124",
                "Bleep",
                "Notes",
            ]
        );
        // Personnel records: titles, capitals, two telephones.
        let records = "Title\tLast Name\tFirst Name\tPosition\tDept\tTel No\tMobile No\n\
            Dr\tHAY\tAlan\tRegistrar\tO&G\t01603 286286\t07700 900200\nMiss\tRAY\tSue\tConsultant\tObs & Gynae\t\t07700 900201";
        assert_eq!(
            read(records),
            ["AH|HAY|Alan|Registrar|O&G|07700 900200", "SR|RAY|Sue|Consultant|O&G|07700 900201", "Title", "Tel No"]
        );
        // One column of names under headings of grades.
        let ward = "Doctor\nConsultants\nDr Jo Ford\nRegistrars\nBURR Al\nVacant\nUpdated 12/8 by JS";
        assert_eq!(
            read(ward),
            [
                "2: “Consultants” is a heading, not a name",
                "JF|Ford|Jo|||",
                "4: “Registrars” is a heading, not a name",
                "AB|BURR|Al|||",
                "6: “Vacant” is nobody’s name",
                "7: “Updated 12/8 by JS” is a note, not a name",
            ]
        );
        // No headings, names with a comma and no quotes.
        assert_eq!(read("Ford, Jo\nBurr, Al\nHay, Ida"), ["JF|Ford|Jo|||", "AB|Burr|Al|||", "IH|Hay|Ida|||"]);
        // Initials of given names beside the family name.
        assert_eq!(
            read("Surname,Initial,Grade,Team\nFord,J,SHO,paeds\nBurr,AK,Cons,Paediatrics"),
            ["JF|Ford|J|SHO|paeds|", "AB|Burr|AK|Cons|paeds|"]
        );
    }

    #[test]
    fn a_specialty_is_pasted_as_the_rota_has_it() {
        let mut rota = rota();
        rota.people[0].specialty = "Emergency medicine".to_owned();
        let text = "Name\tGrade\tSpecialty\nAnn Bell\tST4\tA&E\nAl Burr\tST4\tAnaesthesia\nJo Ford\tST4\tAnaesthetics\nSu Ray\tED Reg\t";
        let draft = PastePeopleDraft::of(&rota, text, at("07:00"));
        let written: Vec<&str> = draft.rows.iter().map(|row| row.specialty.as_str()).collect();
        assert_eq!(written, ["Emergency medicine", "Anaesthesia", "Anaesthesia", "Emergency medicine"]);
    }

    #[test]
    fn competencies_are_a_column_and_what_is_none_is_told() {
        let mut start = rota();
        let id = CompetencyId::new("resus").unwrap();
        start.competencies.push(crate::model::Competency { id: id.clone(), name: "Resus lead".to_owned() });
        let text = "Name\tSkills\nAnn Bell\tresus lead, Airway\nPereira\tResus lead";
        let mut draft = PastePeopleDraft::of(&start, text, at("07:00"));
        draft.duplicates = PasteDuplicate::Update;
        assert_eq!(draft.rows[0].unknown, ["Airway"]);
        let mut history = History::new(start);
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(history.rota().people[5].competencies, std::slice::from_ref(&id));
        assert_eq!(history.rota().people[1].competencies, [id], "somebody who was there has it too");
    }

    #[test]
    fn five_hundred_people_are_read_and_taken_in_one_step() {
        let row = |n: usize| format!("\nX{}\tFamily{n}, Given\tST4\tA&E", n % 26);
        let text = "Initials\tName\tGrade\tSpecialty".to_owned() + &(0..500).map(row).collect::<String>();
        let mut draft = PastePeopleDraft::of(&rota(), &text, at("07:00"));
        assert_eq!((draft.new_count(), draft.error_count()), (26, 474));
        draft.set_column(&rota(), 0, PasteColumn::Ignored, at("07:00"));
        assert_eq!((draft.new_count(), draft.error_count()), (500, 0), "initials are made and never clash");
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
        assert_eq!(empty.errors(&rota()).len(), 1);
    }
}
