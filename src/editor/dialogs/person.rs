//! A person: name, scope by unit, competencies, availability and duties.

use crate::model::{
    Availability, Available, Change, Command, CompetencyId, Duty, DutyKind, MayCover, Person, PersonId, Post, PostId,
    Rota, Rules, TierId, UnitId, words,
};

use super::super::dates::base_day;
use super::super::env::Env;
use super::super::grades::{above_grade, moment_of, names_grade, read_grade, rules_of};
use super::super::people_names::spoken_name;
use super::super::possible_same::{Letters, called};
use super::super::same_text::is_same;
use super::super::selection::CellRange;
use super::super::{reach, specialties};
use super::draft::DialogDraft;
use super::field::{FieldError, List, Part, SpanFields};
use crate::model::Instant;

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
    /// They were chosen by hand: they do not follow the grade of somebody new.
    pub rules_chosen: bool,
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
    pub unit: UnitId,
    /// None: not at all.
    pub up_to: Option<TierId>,
    /// Only the posts in `only`, instead of all up to that tier.
    pub only_some: bool,
    /// The posts that are ticked.
    pub only: Vec<PostId>,
}

impl ScopeRow {
    /// The row of a unit that somebody may cover so far, or not at all.
    pub fn of(unit: UnitId, may: Option<&MayCover>) -> Self {
        let only = may.map(|cover| cover.only.clone()).unwrap_or_default();
        Self { unit, up_to: may.map(|cover| cover.up_to.clone()), only_some: !only.is_empty(), only }
    }

    /// The posts of the unit that the tier reaches, as they can be ticked.
    pub fn posts<'a>(&self, rota: &'a Rota) -> Vec<&'a Post> {
        let Some((unit, up_to)) = rota.unit(&self.unit).zip(self.up_to.as_ref()) else { return Vec::new() };
        let highest = unit.tier_index(up_to);
        let of_unit = rota.posts.iter().filter(|post| post.unit == self.unit);
        of_unit.filter(|post| unit.tier_index(&post.tier) <= highest).collect()
    }

    /// That it is above the grade, in a sentence that is to be checked; none where the grade says nothing of it.
    pub fn above_grade(&self, rota: &Rota, grade: &str) -> Option<String> {
        let unit = rota.unit(&self.unit)?;
        // Whoever a post is called after may hold it, whatever its grade: "SHO or ANNP".
        let is_above = |post: &&Post| self.only.contains(&post.id) && !names_grade(&post.name, grade);
        let highest = |post: &&Post| is_above(post).then(|| unit.tier_index(&post.tier)).flatten();
        let up_to = if self.only_some {
            self.posts(rota).iter().filter_map(highest).max().and_then(|at| unit.tiers.get(at)).map(|t| &t.id)
        } else {
            self.up_to.as_ref()
        };
        above_grade(unit, grade, up_to?)
    }

    /// Those of them that are ticked.
    fn ticked(&self, rota: &Rota) -> Vec<PostId> {
        let posts = self.posts(rota).into_iter().map(|post| &post.id);
        posts.filter(|id| self.only.contains(id)).cloned().collect()
    }
}

/// Availability over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailableRow {
    pub when: SpanFields,
    pub is: Availability,
}

/// Other work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    pub when: SpanFields,
    /// At work, on call from home, or elsewhere.
    pub kind: DutyKind,
    /// Such as "Night on call".
    pub label: String,
}

impl PersonDraft {
    /// As the rota has the person, or somebody new.
    pub fn of(rota: &Rota, id: Option<&PersonId>) -> Self {
        let person = id.and_then(|id| rota.person(id)).cloned().unwrap_or_else(|| Person::new(PersonId::random(0), ""));
        let scope = |unit: &crate::model::Unit| {
            ScopeRow::of(unit.id.clone(), person.may_cover.iter().find(|cover| cover.unit == unit.id))
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
            rules_chosen: false,
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

    /// Who has these initials already, in a sentence: told at once, and refused for somebody new.
    pub fn initials_taken(&self, rota: &Rota) -> Option<String> {
        let is_typed = !self.initials.trim().is_empty();
        let other = |p: &&Person| Some(&p.id) != self.id.as_ref() && is_same(&p.initials, &self.initials);
        let other = rota.people.iter().filter(|_| is_typed).find(other)?;
        let (initials, name) = (words::safe(self.initials.trim()), spoken_name(other));
        Some(format!("{initials} already belongs to {name}: choose other initials"))
    }

    /// What is worth a look before it is taken: whoever has the same telephone or the same name.
    pub fn remarks(&self, rota: &Rota) -> Vec<String> {
        let others = || rota.people.iter().filter(|p| Some(&p.id) != self.id.as_ref());
        let phone = others().find(|p| reach::share_phone(&p.phone, &self.phone));
        let is_named = !self.family.trim().is_empty();
        let name = others().find(|p| is_named && is_same(&p.family, &self.family) && is_same(&p.given, &self.given));
        let phone = phone.map(|p| format!("Same telephone as {}.", called(p)));
        let name = name.map(|p| self.same_name(p)).or_else(|| self.may_be(rota));
        self.odd_phone().into_iter().chain(phone).chain(name).collect()
    }

    /// A letter among the digits of the telephone number, as where O was typed for 0. Whole words, such as "ext" or "via
    /// switchboard", and letters before a number are as they should be.
    fn odd_phone(&self) -> Option<String> {
        let is_odd = |word: &&str| {
            let rest = word.trim_start_matches(|c: char| !c.is_ascii_digit());
            let begins = &word[..word.len() - rest.len()];
            let is_like_digits = !begins.is_empty() && begins.chars().all(|c| "oOlI".contains(c));
            rest.chars().any(char::is_alphabetic) || is_like_digits
        };
        let has_digit = self.phone.chars().any(|c| c.is_ascii_digit());
        let odd = self.phone.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty() && is_odd(word));
        let odd = odd.filter(|_| has_digit)?;
        Some(format!("The telephone number has a letter among its digits: “{}”. Is that right?", words::safe(odd)))
    }

    /// That somebody has the same name, and what tells two doctors of one name apart.
    fn same_name(&self, other: &Person) -> String {
        let given = if self.given.trim().is_empty() { "Tom" } else { self.given.trim() };
        let given = words::safe(given);
        format!(
            "Same name as {}. If this is another doctor, add a middle name or a word to the given name, such as “{given} \
             (surgery)”.",
            called(other)
        )
    }

    /// Who of the others may be the same person, in a sentence with both names.
    fn may_be(&self, rota: &Rota) -> Option<String> {
        let letters = Letters::of(&self.family, &self.given);
        let is_like =
            |p: &&Person| Some(&p.id) != self.id.as_ref() && letters.may_be(&Letters::of(&p.family, &p.given));
        let name = format!("{} {}", self.given.trim(), self.family.trim());
        rota.people.iter().find(is_like).map(|p| format!("{} may be {}.", words::safe(name.trim()), called(p)))
    }

    /// How others of the same specialty are entered, where it is typed in another way.
    pub fn spelled_otherwise(&self, rota: &Rota) -> Option<String> {
        let typed = self.specialty.trim();
        specialties::spelling_in(rota, typed).filter(|usual| !typed.is_empty() && usual != typed)
    }

    /// The limits that the grade goes with, where they are others than those that are set; a trainee's contract is left
    /// as it is.
    pub fn usual_rules(&self, rota: &Rota, now: Instant) -> Option<Rules> {
        let rules = rules_of(read_grade(&self.grade).sure_contract()?, rota.zone(), moment_of(rota, now));
        (rules != self.rules && !(rules.is_trainee() && self.rules.is_trainee())).then_some(rules)
    }

    /// The grade was typed: the limits of somebody new follow it until they are chosen by hand.
    pub fn follow_grade(&mut self, rota: &Rota, now: Instant) {
        if self.id.is_none() && !self.rules_chosen {
            self.rules = Rules::Wtr;
            self.rules = self.usual_rules(rota, now).unwrap_or(Rules::Wtr);
        }
    }

    fn read(&self, rota: &Rota) -> Result<(Vec<Available>, Vec<Duty>), Vec<FieldError>> {
        let zone = rota.zone();
        let mut errors = Vec::new();
        let initials = self.initials.trim();
        if initials.is_empty() {
            errors.push(FieldError::new(Part::Initials, "enter initials, e.g. KP"));
        } else if initials.chars().any(char::is_whitespace) || initials.ends_with(['?', '*']) || initials.contains('/')
        {
            errors
                .push(FieldError::new(Part::Initials, "letters and digits only, so that they can be typed into cells"));
        } else if let (None, Some(text)) = (&self.id, self.initials_taken(rota)) {
            errors.push(FieldError::new(Part::Initials, text));
        }
        if self.family.trim().is_empty() && self.given.trim().is_empty() {
            errors.push(FieldError::new(Part::Family, "enter a family name"));
        }
        for (i, row) in self.may_cover.iter().enumerate().filter(|(_, row)| row.up_to.is_some() && row.only_some) {
            if row.ticked(rota).is_empty() {
                let text = "tick at least one post, or choose all posts";
                errors.push(FieldError::in_row(List::Scope.row(i), Part::Only, text));
            }
        }
        let (mut availability, mut duties) = (Vec::new(), Vec::new());
        for (i, row) in self.availability.iter().enumerate().filter(|(_, row)| !row.when.is_blank()) {
            match row.when.read(zone, Some(List::Availability.row(i))) {
                Ok(span) => availability.push(Available { span, is: row.is }),
                Err(wrong) => errors.extend(wrong),
            }
        }
        let typed = |row: &DutyRow| !row.when.is_blank() || !row.label.trim().is_empty();
        for (i, row) in self.duties.iter().enumerate().filter(|(_, row)| typed(row)) {
            match row.when.read(zone, Some(List::Duties.row(i))) {
                Ok(span) => duties.push(Duty { span, kind: row.kind, label: row.label.trim().to_owned() }),
                Err(wrong) => errors.extend(wrong),
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
        Ok(Person {
            id: self.id.clone().unwrap_or_else(|| env.person_id()),
            initials: text(&self.initials),
            family: text(&self.family),
            given: text(&self.given),
            grade: text(&self.grade),
            specialty: text(&self.specialty),
            phone: text(&self.phone),
            rules: self.rules,
            may_cover: may_cover_of(rota, &self.may_cover),
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

impl DialogDraft for PersonDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to this person")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }
}

/// What the rows of a scope come to.
pub(in crate::editor) fn may_cover_of(rota: &Rota, rows: &[ScopeRow]) -> Vec<MayCover> {
    let cover = |row: &ScopeRow| {
        let up_to = MayCover::up_to(row.unit.clone(), row.up_to.clone()?);
        let only = if row.only_some { row.ticked(rota) } else { Vec::new() };
        Some(MayCover { only, ..up_to })
    };
    rows.iter().filter_map(cover).collect()
}

fn first_window(rota: &Rota, now: Instant) -> SpanFields {
    match rota.windows.first() {
        Some(window) => SpanFields::of(rota.zone(), window.span),
        None => SpanFields::empty(base_day(rota, now)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, person_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    #[test]
    fn no_telephone_is_nobodys_and_one_of_four_figures_is_somebodys() {
        let mut rota = rota();
        rota.people[0].phone = "0412".to_owned();
        let mut draft = PersonDraft::of(&rota, None);
        assert_eq!(draft.remarks(&rota), [""; 0]);
        draft.phone = "0412".to_owned();
        assert_eq!(draft.remarks(&rota), ["Same telephone as Grant (HG)."]);
    }

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
        let fields: Vec<Part> = draft.errors(&rota).iter().map(|e| e.field.part).collect();
        assert_eq!(fields, [Part::Initials, Part::Family]);
        draft.initials = "kp".to_owned();
        draft.family = "Power".to_owned();
        let taken = "kp already belongs to Pereira: choose other initials";
        assert_eq!(draft.initials_taken(&rota).as_deref(), Some(taken));
        assert_eq!(draft.errors(&rota)[0].text, taken);
        let mut there = PersonDraft::of(&rota, Some(&person_id("hg")));
        there.initials = "KP".to_owned();
        assert!(there.initials_taken(&rota).is_some() && there.errors(&rota).is_empty(), "told, not refused");
        draft.initials = "K P".to_owned();
        assert_eq!(draft.errors(&rota)[0].field.part, Part::Initials);
        draft.initials = "KPO".to_owned();
        let mut history = History::new(rota);
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "add KPO");
        history.run(command).unwrap();
        assert_eq!(history.rota().people.last().map(|p| p.family.as_str()), Some("Power"));
    }

    #[test]
    fn a_typed_grade_settles_the_limits_of_somebody_new_as_a_pasted_one_does() {
        let rota = rota();
        let mut draft = PersonDraft::of(&rota, None);
        for (grade, rules) in
            [("Cons", Rules::Compensatory), ("ST4", Rules::NewDeal), ("Dr", Rules::Wtr), ("SAS", Rules::Compensatory)]
        {
            grade.clone_into(&mut draft.grade);
            draft.follow_grade(&rota, at("07:00"));
            assert_eq!(draft.rules, rules, "{grade}");
        }
        (draft.rules, draft.rules_chosen) = (Rules::Wtr, true);
        draft.follow_grade(&rota, at("07:00"));
        assert_eq!(draft.rules, Rules::Wtr, "what was chosen stays");
        let mut there = PersonDraft::of(&rota, Some(&person_id("hg")));
        there.follow_grade(&rota, at("07:00"));
        assert_eq!((there.rules, there.usual_rules(&rota, at("07:00"))), (Rules::Wtr, Some(Rules::Compensatory)));
    }

    #[test]
    fn what_is_above_the_grade_is_told_and_not_refused() {
        let rota = rota();
        let mut draft = PersonDraft::of(&rota, Some(&person_id("hg")));
        let told = |draft: &PersonDraft| draft.may_cover[0].above_grade(&rota, &draft.grade);
        (draft.grade, draft.may_cover[0].up_to) = ("ENP".to_owned(), Some(rota.units[0].tiers[2].id.clone()));
        assert_eq!(told(&draft).as_deref(), Some("A&E up to consultant is above the grade ENP"));
        assert_eq!(draft.errors(&rota), [], "nobody is refused for it");
        draft.grade = "Consultant".to_owned();
        assert_eq!(told(&draft), None);
        draft.grade = "ST4".to_owned();
        draft.may_cover[0].only_some = true;
        draft.may_cover[0].only = vec![PostId::new("mg").unwrap()];
        assert_eq!(told(&draft), None, "only posts of the own grade");
    }

    #[test]
    fn somebody_may_cover_only_some_posts_of_a_unit() {
        let mut start = rota();
        start.people[0].may_cover =
            vec![MayCover::up_to(start.units[0].id.clone(), start.units[0].tiers[1].id.clone())];
        let mut draft = PersonDraft::of(&start, Some(&person_id("hg")));
        let names: Vec<&str> = draft.may_cover[0].posts(&start).iter().map(|post| post.id.as_str()).collect();
        assert_eq!(names, ["sho", "mg"], "those that the tier reaches");
        draft.may_cover[0].only_some = true;
        let errors = draft.errors(&start);
        assert_eq!((errors[0].field.row, errors[0].field.part), (Some(List::Scope.row(0)), Part::Only));
        draft.may_cover[0].only = vec![PostId::new("mg").unwrap(), PostId::new("cons").unwrap()];
        let person = env(|env| draft.person(&start, env)).unwrap();
        assert_eq!(person.may_cover[0].only, [PostId::new("mg").unwrap()]);
        start.people[0] = person.clone();
        let again = PersonDraft::of(&start, Some(&person_id("hg")));
        assert!(again.may_cover[0].only_some);
        assert_eq!(env(|env| again.person(&start, env)).unwrap(), person);
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
        let fields: Vec<_> = draft.errors(&rota).iter().map(|e| (e.field.row, e.field.part)).collect();
        let (said, duty) = (Some(List::Availability.row(0)), Some(List::Duties.row(0)));
        assert_eq!(fields, [(said, Part::ToTime), (duty, Part::FromDay), (duty, Part::FromTime), (duty, Part::ToTime)]);
        draft.availability[0].when.to_time = "12:00".to_owned();
        draft.duties.clear();
        let person = env(|env| draft.person(&rota, env)).unwrap();
        assert_eq!(words::span(rota.zone(), person.availability[0].span), "08:00–12:00 Tue 26-Apr-2016");
    }
}
