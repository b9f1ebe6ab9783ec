//! Normal staffing: who is there on a normal day, by post, from, to and count.

use crate::model::{Change, Command, Normal, NormalId, PostId, Rota, StaffingLine, UnitId};

use super::super::dates::parse_time;
use super::super::env::Env;
use super::super::rows::numbered_rows;
use super::field::{FieldError, read_count};

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormalDraft {
    /// None if it is new.
    pub id: Option<NormalId>,
    /// Such as "Normal weekday".
    pub name: String,
    /// Who agreed that this is normal.
    pub agreed_by: String,
    /// When, as written.
    pub agreed_on: String,
    /// Units that do not open on such a day.
    pub closed: Vec<UnitId>,
    /// The lines, in any order; those of one post add up. A line with nothing typed is left out.
    pub lines: Vec<LineRow>,
    /// Pasted rows that could not be read, and why.
    pub not_pasted: Vec<String>,
}

/// So many doctors on a post between two times of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// The post.
    pub post: PostId,
    /// As typed, such as "08:00".
    pub from: String,
    /// As typed; at or before `from` runs past midnight.
    pub to: String,
    /// As typed.
    pub count: String,
}

impl LineRow {
    fn of(line: &StaffingLine) -> Self {
        let (from, to) = (line.from.to_string(), line.to.to_string());
        Self { post: line.post.clone(), from, to, count: line.count.to_string() }
    }

    fn is_blank(&self) -> bool {
        [&self.from, &self.to, &self.count].iter().all(|text| text.trim().is_empty())
    }
}

impl NormalDraft {
    /// As the rota has it, or a new one.
    #[must_use]
    pub fn of(rota: &Rota, id: Option<&NormalId>) -> Self {
        let Some(normal) = id.and_then(|id| rota.normal(id)) else { return Self::default() };
        Self {
            id: Some(normal.id.clone()),
            name: normal.name.clone(),
            agreed_by: normal.agreed_by.clone(),
            agreed_on: normal.agreed_on.clone(),
            closed: normal.closed.clone(),
            lines: normal.staffing.iter().map(LineRow::of).collect(),
            not_pasted: Vec::new(),
        }
    }

    /// Whether something was edited: going to another kind of day would lose it.
    #[must_use]
    pub fn is_changed(&self, rota: &Rota) -> bool {
        *self != Self::of(rota, self.id.as_ref())
    }

    /// Whether it is still the example that a template brought.
    #[must_use]
    pub fn is_example(&self) -> bool {
        is_example(&self.name, &self.agreed_by)
    }

    /// One more line for a post, at the times of its last one, or of the whole draft's.
    pub fn add_line(&mut self, post: &PostId) {
        let like = self.lines.iter().rfind(|line| line.post == *post).or(self.lines.last());
        let (from, to) = like.map_or(("08:00".into(), "17:00".into()), |line| (line.from.clone(), line.to.clone()));
        let at = self.lines.iter().rposition(|line| line.post == *post).map_or(self.lines.len(), |at| at + 1);
        self.lines.insert(at, LineRow { post: post.clone(), from, to, count: "1".to_owned() });
    }

    /// Takes the lines and closed units of another normal day.
    pub fn copy_from(&mut self, rota: &Rota, other: &NormalId) {
        if let Some(other) = rota.normal(other) {
            self.closed.clone_from(&other.closed);
            self.lines = other.staffing.iter().map(LineRow::of).collect();
        }
    }

    /// Takes rows of a spreadsheet: post, from, to, count; or unit, post, from, to, count. The lines of the posts that
    /// are named are replaced.
    pub fn paste(&mut self, rota: &Rota, text: &str) {
        self.not_pasted.clear();
        let mut read = Vec::new();
        for (at, (number, cells)) in numbered_rows(text).into_iter().enumerate() {
            match read_line(rota, &cells) {
                Ok(line) => read.push(line),
                Err(_) if at == 0 && is_heading(&cells) => {}
                Err(why) => self.not_pasted.push(format!("line {number}: {why}")),
            }
        }
        self.lines.retain(|line| read.iter().all(|new| new.post != line.post));
        self.lines.extend(read);
    }

    /// What is wrong.
    #[must_use]
    pub fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }

    fn read(&self, rota: &Rota) -> Result<Vec<StaffingLine>, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut lines = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("name", "write what this kind of day is called"));
        }
        for (i, row) in self.lines.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            if rota.post(&row.post).is_none() {
                errors.push(FieldError::in_row(i, "post", "choose a post"));
            }
            let mut note = |field, text: String| errors.push(FieldError::in_row(i, field, text));
            let from = parse_time(&row.from).map_err(|e| note("from", e)).ok();
            let to = parse_time(&row.to).map_err(|e| note("to", e)).ok();
            let count = read_count(&row.count).map_err(|e| note("count", e)).ok();
            if let (Some((from, _)), Some((to, _)), Some(count)) = (from, to, count) {
                lines.push(StaffingLine { post: row.post.clone(), from, to, count });
            }
        }
        if errors.is_empty() { Ok(lines) } else { Err(errors) }
    }

    /// What OK does.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let staffing = self.read(rota)?;
        let before = self.id.as_ref().and_then(|id| rota.normal(id));
        let normal = Normal {
            id: self.id.clone().unwrap_or_else(|| NormalId::random(env.random())),
            name: self.name.trim().to_owned(),
            agreed_by: self.agreed_by.trim().to_owned(),
            agreed_on: self.agreed_on.trim().to_owned(),
            closed: self.closed.clone(),
            shut: before.map(|normal| normal.shut.clone()).unwrap_or_default(),
            example: before.is_some_and(|normal| normal.example),
            staffing,
        };
        Ok(match self.id {
            Some(_) => Command::edit(format!("change {}", normal.name), vec![Change::replace(normal)]),
            None => Command::edit(format!("add {}", normal.name), vec![Change::add(normal)]),
        })
    }
}

/// Whether normal staffing is still the example that a template brought.
#[must_use]
pub fn is_example(name: &str, agreed_by: &str) -> bool {
    [name, agreed_by].iter().any(|text| text.to_lowercase().contains("example"))
}

fn is_heading(cells: &[String]) -> bool {
    let last = cells.last().map(|cell| cell.trim().to_lowercase()).unwrap_or_default();
    ["count", "number", "doctors", "staff", "no", "no."].iter().any(|word| last.starts_with(word))
}

fn read_line(rota: &Rota, cells: &[String]) -> Result<LineRow, String> {
    let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
    let has_unit = cells.iter().rev().skip_while(|cell| cell.trim().is_empty()).count() >= 5;
    let (unit, first) = if has_unit { (cell(0), 1) } else { ("", 0) };
    let post = find_post(rota, unit, cell(first))?;
    let (from, _) = parse_time(cell(first + 1))?;
    let (to, _) = parse_time(cell(first + 2))?;
    let count = read_count(cell(first + 3))?;
    Ok(LineRow { post, from: from.to_string(), to: to.to_string(), count: count.to_string() })
}

/// The post of that name, in that unit if one is named.
fn find_post(rota: &Rota, unit: &str, name: &str) -> Result<PostId, String> {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    let unit_of = |id: &UnitId| rota.unit(id).map_or("", |unit| unit.name.as_str());
    let fits =
        |post: &&crate::model::Post| same(&post.name, name) && (unit.is_empty() || same(unit_of(&post.unit), unit));
    let mut found = rota.posts.iter().filter(fits);
    match (found.next(), found.count()) {
        (None, _) => Err(format!("there is no post \"{name}\"")),
        (Some(post), 0) => Ok(post.id.clone()),
        (Some(_), more) => Err(format!("{} posts are called \"{name}\": put the unit in a column before it", more + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    fn lines(draft: &NormalDraft) -> Vec<String> {
        draft.lines.iter().map(|l| format!("{} {}-{} {}", l.post, l.from, l.to, l.count)).collect()
    }

    #[test]
    fn rows_of_a_spreadsheet_replace_the_lines_of_their_posts() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id));
        draft.paste(
            &rota,
            "Post\tFrom\tTo\tCount\nmiddle grade\t8\t17\t3\nMatron\t8\t17\t1\nSHO\t20:00\t8\t2\nSHO\tx\t8\t2",
        );
        assert_eq!(lines(&draft), ["cons 08:00-17:00 1", "mg 08:00-17:00 3", "sho 20:00-08:00 2"]);
        assert_eq!(
            draft.not_pasted,
            ["line 3: there is no post \"Matron\"", "line 5: write the time as 08:00, 24-hour"]
        );
        draft.paste(&rota, "A&E,SHO,08:00,17:00,4");
        assert_eq!(lines(&draft).last().map(String::as_str), Some("sho 08:00-17:00 4"));
    }

    #[test]
    fn a_line_is_added_beside_its_post_and_a_blank_one_is_left_out() {
        let mut history = History::new(rota());
        let id = history.rota().normals[0].id.clone();
        let mut draft = NormalDraft::of(history.rota(), Some(&id));
        draft.add_line(&post_id("cons"));
        assert_eq!(lines(&draft)[1], "cons 08:00-17:00 1");
        draft.lines.push(LineRow { post: post_id("sho"), from: String::new(), to: String::new(), count: " ".into() });
        draft.lines[0].count = "2".to_owned();
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        let counts: Vec<u32> = history.rota().normals[0].staffing.iter().map(|line| line.count).collect();
        assert_eq!(counts, [2, 1, 1, 1]);
    }

    #[test]
    fn what_is_wrong_is_named_in_its_line_and_an_example_is_known() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, None);
        draft.add_line(&post_id("cons"));
        draft.lines[0].count = "many".to_owned();
        let told: Vec<_> = draft.errors(&rota).iter().map(|e| (e.field, e.row)).collect();
        assert_eq!(told, [("name", None), ("count", Some(0))]);
        draft.name = "Example weekday: edit to your unit".to_owned();
        assert!(draft.is_example());
        draft.copy_from(&rota, &rota.normals[0].id);
        assert_eq!(draft.lines.len(), 3);
    }
}
