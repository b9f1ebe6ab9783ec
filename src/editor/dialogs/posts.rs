//! Posts: one with all its fields, or several new ones quickly.

use crate::model::{Change, Command, CompetencyId, Instant, Normal, Post, PostId, Rota, TierId, UnitId, words};

use super::super::env::Env;
use super::super::grades::says_another_grade;
use super::super::posts_paste::{PostColumn, PostColumns, find_post_columns, find_tier};
use super::super::rows::numbered_rows;
use super::super::same_text::is_same;
use super::Dialog;
use super::consent::with_posts_to_ask_again;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part};
use super::needed::{named, with_figures_to_agree};
use super::new_posts::{FiguresOf, NewPostsDraft, agreed_for};
use super::normal::lapsed;
use super::other_name::{Meant, OtherNameDraft, Typed};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostDraft {
    pub id: PostId,
    /// The unit it belongs to.
    pub unit: UnitId,
    /// As on the grid.
    pub name: String,
    /// One of the unit's tiers.
    pub tier: Option<TierId>,
    /// As typed.
    pub bleep: String,
    /// What whoever holds it must be able to do.
    pub requires: Vec<CompetencyId>,
    /// Marked essential.
    pub essential: bool,
    /// Whoever holds it may do nothing else at the same time.
    pub exclusive: bool,
    /// Held from home.
    pub on_call: bool,
    /// Free text.
    pub note: String,
    /// What was said of another name.
    pub meant: Option<Meant>,
}

impl PostDraft {
    /// As the rota has it.
    pub fn of(rota: &Rota, id: &PostId) -> Option<Self> {
        let post = rota.post(id)?.clone();
        Some(Self {
            id: post.id,
            unit: post.unit,
            name: post.name,
            tier: Some(post.tier),
            bleep: post.bleep,
            requires: post.requires,
            essential: post.essential,
            exclusive: post.exclusive,
            on_call: post.on_call,
            note: post.note,
            meant: None,
        })
    }

    /// What its unit no longer needs where a post that is normally staffed becomes one that is held from home; none if
    /// nothing is lost by it.
    pub fn no_longer_needed(&self, rota: &Rota) -> Option<String> {
        let before = rota.post(&self.id).filter(|post| self.on_call && !post.on_call)?;
        let staffed = |normal: &&Normal| normal.staffing.iter().any(|line| line.post == self.id && line.count > 0);
        let days: Vec<_> = rota.normals.iter().filter(staffed).map(|normal| words::safe(&normal.name)).collect();
        let unit = rota.unit(&before.unit).map_or("", |unit| unit.name.as_str());
        (!days.is_empty()).then(|| {
            let (post, unit) = (words::safe(&before.name), words::safe(unit));
            format!(
                "{post} is staffed in {}. On call from home, {unit} no longer needs anybody here for it.",
                words::list(&days)
            )
        })
    }

    fn typed(&self) -> Typed<'_> {
        Typed { name: &self.name, meant: self.meant.as_ref() }
    }

    /// That the name says another grade than the one chosen.
    pub fn other_grade(&self, rota: &Rota) -> Option<String> {
        other_grade(rota, Some(&self.unit), &self.name, self.tier.as_ref())
    }
}

impl DialogDraft for PostDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to this post")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let is_renamed = || rota.post(&self.id).is_some_and(|was| !is_same(&was.name, &self.name));
        if self.name.trim().is_empty() {
            errors.push(FieldError::new(Part::Name, "enter a name"));
        } else if let (true, Some(wrong)) = (is_renamed(), name_taken(rota, &self.unit, &self.name)) {
            errors.push(FieldError::new(Part::Name, wrong));
        }
        match rota.unit(&self.unit) {
            None => errors.push(FieldError::new(Part::Unit, "choose a unit")),
            Some(unit) if self.tier.as_ref().is_none_or(|tier| unit.tier_index(tier).is_none()) => {
                errors.push(FieldError::new(Part::Grade, "choose one of the unit's grades"));
            }
            Some(_) => {}
        }
        errors
    }
}

impl CommandDraft for PostDraft {
    fn command(&self, rota: &Rota, _env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let errors = self.errors(rota);
        let (true, Some(tier)) = (errors.is_empty(), self.tier.clone()) else { return Err(errors) };
        let post = Post {
            id: self.id.clone(),
            unit: self.unit.clone(),
            name: self.name.trim().to_owned(),
            tier,
            bleep: self.bleep.trim().to_owned(),
            requires: self.requires.clone(),
            essential: self.essential,
            exclusive: self.exclusive,
            on_call: self.on_call,
            note: self.note.trim().to_owned(),
        };
        let is_other_work =
            rota.post(&self.id).is_some_and(|was| was.on_call != post.on_call || self.typed().is_another(&was.name));
        let mut command = Command::edit(format!("change {}", post.name), vec![Change::replace(post)]);
        if is_other_work {
            command = with_posts_to_ask_again(rota, command, &[&self.id]);
        }
        Ok(with_figures_to_agree(rota, command))
    }

    fn asks_first(&self, rota: &Rota) -> Option<Dialog> {
        let question = OtherNameDraft::of_post(rota, rota.post(&self.id)?, &self.typed(), self.clone().into())?;
        self.errors(rota).is_empty().then_some(Dialog::OtherName(question))
    }
}

/// What is wrong with a name that another post of the unit has.
fn name_taken(rota: &Rota, unit: &UnitId, name: &str) -> Option<String> {
    let is_taken = rota.posts.iter().any(|post| post.unit == *unit && is_same(&post.name, name));
    let unit = rota.unit(unit).map_or("", |unit| unit.name.as_str());
    is_taken.then(|| format!("{} has another post of this name", words::safe(unit)))
}

fn other_grade(rota: &Rota, unit: Option<&UnitId>, name: &str, tier: Option<&TierId>) -> Option<String> {
    let tiers = &rota.unit(unit?)?.tiers;
    let tier = tiers.iter().find(|one| Some(&one.id) == tier)?;
    says_another_grade(name, tier, tiers).then(|| {
        let (name, tier) = (words::safe(name.trim()), words::safe(&tier.name));
        format!("“{name}” is entered as {tier}, but its name says another grade. Check the grade.")
    })
}

/// The draft of several new posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddPostsDraft {
    /// The unit they belong to.
    pub unit: Option<UnitId>,
    /// One row each; rows without a name are left out.
    pub rows: Vec<NewPostRow>,
    /// What was understood of rows that were pasted, one sentence each.
    pub pasted: Vec<String>,
    /// What was said of figures that were agreed without the posts: nobody is normally on them, or they lapse.
    pub(super) figures: Option<FiguresOf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPostRow {
    /// As on the grid.
    pub name: String,
    /// One of the unit's tiers.
    pub tier: Option<TierId>,
    /// As typed.
    pub bleep: String,
    /// Marked essential.
    pub essential: bool,
    /// Held from home.
    pub on_call: bool,
}

impl AddPostsDraft {
    /// One empty row, in the unit chosen or the only one.
    pub fn of(rota: &Rota, unit: Option<UnitId>) -> Self {
        let unit = unit.or_else(|| rota.units.first().map(|unit| unit.id.clone()));
        Self { unit, rows: vec![NewPostRow::default()], pasted: Vec::new(), figures: None }
    }

    /// One more empty row with the tier of the last.
    pub fn add_row(&mut self) {
        let tier = self.rows.last().and_then(|row| row.tier.clone());
        self.rows.push(NewPostRow { tier, ..NewPostRow::default() });
    }

    /// Rows from a spreadsheet: name, tier, bleep, or as their headings say.
    pub fn paste(&mut self, rota: &Rota, text: &str) {
        let unit = self.unit.as_ref().and_then(|id| rota.unit(id));
        let tiers = unit.map(|unit| unit.tiers.as_slice()).unwrap_or_default();
        self.rows.retain(|row| !row.name.trim().is_empty());
        let rows = numbered_rows(text);
        let PostColumns { columns, heading } = find_post_columns(&rows, tiers);
        let names: Vec<&str> = columns.iter().flatten().map(|column| column.name()).collect();
        let below = heading.map_or(0, |at| at + 1);
        let read = rows.len() - below;
        let header = match below {
            0 => String::new(),
            1 => "; the first row has the headings".to_owned(),
            many => format!("; the headings are below {}, not read", words::count(many as u64 - 1, "other row")),
        };
        self.pasted = vec![format!("{} read: {}{header}.", words::count(read as u64, "row"), names.join(", "))];
        for (line, cells) in rows.iter().skip(below) {
            let cell = |wanted: PostColumn| {
                let at = columns.iter().position(|column| *column == Some(wanted));
                at.and_then(|at| cells.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
            };
            let named = cell(PostColumn::Tier);
            let tier = find_tier(tiers, &named).map(|tier| tier.id.clone());
            if tier.is_none() && !named.is_empty() {
                let unit = unit.map_or("the unit", |unit| unit.name.as_str());
                let text = format!("Row {line}: “{named}” is not a grade of {unit}: choose one.");
                self.pasted.push(words::safe(&text).into_owned());
            }
            let (name, bleep) = (cell(PostColumn::Name), cell(PostColumn::Bleep));
            self.rows.push(NewPostRow { name, tier, bleep, ..NewPostRow::default() });
        }
        if self.rows.is_empty() {
            self.rows.push(NewPostRow::default());
        }
    }

    /// That the name of the row says another grade than the one chosen.
    pub fn other_grade(&self, rota: &Rota, row: usize) -> Option<String> {
        let row = self.rows.get(row)?;
        other_grade(rota, self.unit.as_ref(), &row.name, row.tier.as_ref())
    }

    /// The rows with a name, each with its place.
    fn named(&self) -> impl Iterator<Item = (usize, &NewPostRow)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.name.trim().is_empty())
    }
}

impl DialogDraft for AddPostsDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the new posts")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let Some(unit) = self.unit.as_ref().and_then(|id| rota.unit(id)) else {
            return vec![FieldError::new(Part::Unit, "choose a unit")];
        };
        let mut errors = Vec::new();
        if self.named().next().is_none() {
            errors.push(FieldError::in_row(0, Part::Name, "enter a name"));
        }
        for (i, row) in self.named() {
            if row.tier.as_ref().is_none_or(|tier| unit.tier_index(tier).is_none()) {
                errors.push(FieldError::in_row(i, Part::Grade, "choose one of the unit's grades"));
            }
            if self.rows[..i].iter().any(|above| is_same(&above.name, &row.name)) {
                errors.push(FieldError::in_row(i, Part::Name, "one above has the same name"));
            } else if let Some(wrong) = name_taken(rota, &unit.id, &row.name) {
                errors.push(FieldError::in_row(i, Part::Name, wrong));
            }
        }
        errors
    }

    fn take_rows(&mut self, rota: &Rota, text: &str, _now: Instant) {
        self.paste(rota, text);
    }
}

impl CommandDraft for AddPostsDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let errors = self.errors(rota);
        let (true, Some(unit)) = (errors.is_empty(), self.unit.clone()) else { return Err(errors) };
        let mut changes = Vec::new();
        for (_, row) in self.named() {
            let Some(tier) = row.tier.clone() else { continue };
            changes.push(Change::add(Post {
                id: PostId::random(env.random()),
                unit: unit.clone(),
                name: row.name.trim().to_owned(),
                tier,
                bleep: row.bleep.trim().to_owned(),
                requires: Vec::new(),
                essential: row.essential,
                exclusive: false,
                on_call: row.on_call,
                note: String::new(),
            }));
        }
        let mut label = format!("add {}", words::count(changes.len() as u64, "post"));
        if self.figures == Some(FiguresOf::ToAgreeAgain) {
            let normals = agreed_for(rota, &unit);
            label = format!("{label}: the figures of {} have to be agreed again", named(&normals));
            changes.extend(normals.into_iter().map(|normal| Change::replace(lapsed(normal.clone()))));
        }
        Ok(Command::edit(label, changes))
    }

    fn asks_first(&self, rota: &Rota) -> Option<Dialog> {
        let unit = self.unit.as_ref().filter(|_| self.figures.is_none() && self.errors(rota).is_empty())?;
        let posts = self.named().map(|(_, row)| words::safe(row.name.trim()).into_owned()).collect();
        NewPostsDraft::of(rota, unit, posts, self.clone().into()).map(Dialog::NewPosts)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    #[test]
    fn a_post_whose_name_says_another_grade_is_told() {
        let rota = rota();
        let mut draft = PostDraft::of(&rota, &post_id("mg")).unwrap();
        assert_eq!(draft.other_grade(&rota), None);
        draft.tier = TierId::new("sho").ok();
        let told = "“Middle grade” is entered as SHO, but its name says another grade. Check the grade.";
        assert_eq!(draft.other_grade(&rota).as_deref(), Some(told));
        let mut draft = AddPostsDraft::of(&rota, None);
        draft.rows[0].name = "Majors reg".to_owned();
        assert_eq!(draft.other_grade(&rota, 0), None, "no grade is chosen yet");
        draft.rows[0].tier = TierId::new("sho").ok();
        assert!(draft.other_grade(&rota, 0).unwrap().starts_with("“Majors reg” is entered as SHO"));
        draft.rows[0].name = "Minors ENP".to_owned();
        assert_eq!(draft.other_grade(&rota, 0), None, "the unit has no grade for an ENP");
    }

    #[test]
    fn a_post_that_is_normally_staffed_says_what_is_lost_when_it_is_held_from_home() {
        let rota = rota();
        let mut draft = PostDraft::of(&rota, &post_id("mg")).unwrap();
        assert_eq!(draft.no_longer_needed(&rota), None);
        draft.on_call = true;
        let told = draft.no_longer_needed(&rota).unwrap();
        assert!(told.ends_with("On call from home, A&E no longer needs anybody here for it."), "{told}");
    }

    #[test]
    fn several_posts_come_from_a_spreadsheet_in_one_step() {
        let mut history = History::new(rota());
        let mut draft = AddPostsDraft::of(history.rota(), None);
        draft.paste(history.rota(), "Minors\t2152\tsho\r\nResus\t2141\tConsultant\n");
        draft.add_row();
        assert_eq!(draft.errors(history.rota()), []);
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "add 2 posts");
        history.run(command).unwrap();
        let told: Vec<_> =
            history.rota().posts[3..].iter().map(|p| (p.name.as_str(), p.bleep.as_str(), p.tier.as_str())).collect();
        assert_eq!(told, [("Minors", "2152", "sho"), ("Resus", "2141", "cons")]);
    }

    #[test]
    fn pasted_columns_are_told_apart_and_headings_are_no_post() {
        let read = |text: &str| {
            let mut draft = AddPostsDraft::of(&rota(), None);
            draft.paste(&rota(), text);
            let tier = |row: &NewPostRow| row.tier.as_ref().map_or("-".to_owned(), ToString::to_string);
            let row = |row: &NewPostRow| format!("{}|{}|{}", row.name, tier(row), row.bleep);
            (draft.rows.iter().map(row).collect::<Vec<_>>(), draft.pasted)
        };
        let (rows, told) = read("ICU consultant\tConsultant\t9001");
        assert_eq!(rows, ["ICU consultant|cons|9001"]);
        assert_eq!(told, ["1 row read: name, grade, bleep."]);
        // Grades in the words of a pasted staff list; the unit's middle grade is a registrar's place.
        assert_eq!(read("Majors\treg\t9001\nResus\tcons\t9002").0, ["Majors|mg|9001", "Resus|cons|9002"]);
        let (rows, told) = read("Bleep\tName\tTier\n9001\tResus\tconsultants\n\tMinors\tWizard");
        assert_eq!(rows, ["Resus|cons|9001", "Minors|-|"]);
        assert_eq!(told[0], "2 rows read: bleep, name, grade; the first row has the headings.");
        assert!(told[1].starts_with("Row 3: “Wizard” is not a grade of"), "{told:?}");
        let (rows, told) = read("Posts of A&E, August\t\t\nBleep\tName\tTier\n9001\tResus\tconsultants");
        assert_eq!(rows, ["Resus|cons|9001"], "a title above the headings is no post");
        assert_eq!(told, ["1 row read: bleep, name, grade; the headings are below 1 other row, not read."]);
        assert_eq!(read("Resus\nMinors").0, ["Resus|-|", "Minors|-|"]);
        assert_eq!(read("Resus\t2152").0, ["Resus|-|2152"]);
    }

    #[test]
    fn a_post_needs_a_name_and_a_tier_of_its_unit() {
        let rota = rota();
        let mut draft = PostDraft::of(&rota, &post_id("mg")).unwrap();
        assert_eq!(draft.errors(&rota), []);
        draft.name = " ".to_owned();
        draft.tier = TierId::new("elsewhere").ok();
        let fields: Vec<Part> = draft.errors(&rota).iter().map(|e| e.field.part).collect();
        assert_eq!(fields, [Part::Name, Part::Grade]);
        let mut added = AddPostsDraft::of(&rota, None);
        assert_eq!(added.errors(&rota)[0].text, "enter a name");
        added.paste(&rota, "Minors\tsho\nminors\tsho\nConsultant\tconsultant");
        let wrong: Vec<String> = added.errors(&rota).into_iter().map(|e| e.text).collect();
        assert_eq!(wrong, ["one above has the same name", "A&E has another post of this name"]);
    }
}
