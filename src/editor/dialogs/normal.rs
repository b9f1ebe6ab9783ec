//! Normal staffing: who is there on a normal day, by post, from, to and count.

use chrono::{Days, NaiveDate};
use thiserror::Error;

use crate::model::names::letters_of;
use crate::model::{
    Change, Command, Instant, Normal, NormalId, PostId, Rota, ShutHours, StaffingLine, TimeOfDay, Unit, UnitId, words,
};

use super::super::assign::said;
use super::super::dates::{DateError, day_at, day_text, parse_day, parse_end, parse_time};
use super::super::env::Env;
use super::super::rows::numbered_rows;
use super::super::same_text::is_same;
use super::super::selection::Selection;
use super::Dialog;
use super::draft::{Afterwards, At, CommandDraft, DialogDraft, left_out_words};
use super::field::{FieldError, List, NoCount, Part, read_count};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormalDraft {
    /// None if it is new.
    pub id: Option<NormalId>,
    /// Such as "Normal weekday".
    pub name: String,
    /// Who agreed that this is normal.
    pub agreed_by: String,
    /// When, as typed.
    pub agreed_on: String,
    /// Figures that nobody has made their own yet.
    pub example: bool,
    /// Somebody has said that the figures are theirs now: OK makes them so, with who agreed and when.
    pub are_ours: bool,
    /// The figures are no longer the ones that were agreed: they are an example until they are agreed again.
    pub lapsed: bool,
    /// Nobody can have agreed to anything after this day; typed days are seen from it.
    pub today: NaiveDate,
    /// Units that do not open on such a day.
    pub closed: Vec<UnitId>,
    /// Hours in which nobody normally works in a unit, on purpose.
    pub shut: Vec<ShutRow>,
    /// The lines, in any order; those of one post add up. A line with nothing typed is left out.
    pub lines: Vec<LineRow>,
    /// Lines that were taken away here, each with its place: they can be put back until OK.
    pub taken_lines: Vec<(usize, LineRow)>,
    /// The same for hours in which nobody works.
    pub taken_shut: Vec<(usize, ShutRow)>,
    /// Pasted rows that could not be read: OK waits until they are read, or left out by name.
    pub not_pasted: Vec<UnreadRow>,
    /// Those that were left out by name.
    pub left_out: Vec<UnreadRow>,
    /// The rows of the last paste that were read, to know the same sheet again.
    pub last_read: Vec<Vec<String>>,
    /// The unit that the keyboard begins in, until it has done so.
    pub begin_in: Option<UnitId>,
    /// The lines that came with an example, and were not pasted over.
    pub example_lines: Vec<LineRow>,
}

/// A pasted row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRow {
    /// Its line in the pasted text, from 1.
    pub row: usize,
    /// The post or the unit that it is of; empty where it has none that is known.
    pub of: String,
    /// Why not, in a sentence without its row.
    pub why: String,
    cells: Vec<String>,
}

impl UnreadRow {
    /// Such as `Row 2: there is no post "Maternty SHO"`, or `Row 10, Labour ward registrar: write the time as 08:00,
    /// 24-hour`.
    pub fn text(&self) -> String {
        format!("{}: {}", words::capital(&self.named()), words::safe(&self.why))
    }

    /// Such as `row 10, Labour ward registrar`.
    fn named(&self) -> String {
        let of = words::safe(&self.of);
        if of.is_empty() { format!("row {}", self.row) } else { format!("row {}, {of}", self.row) }
    }
}

/// Hours in which nobody normally works in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutRow {
    pub unit: UnitId,
    /// As typed, such as "22:00".
    pub from: String,
    /// As typed; before `from` runs past midnight.
    pub to: String,
}

impl ShutRow {
    fn of(hours: &ShutHours) -> Self {
        Self { unit: hours.unit.clone(), from: hours.from.to_string(), to: hours.to.to_string() }
    }

    /// Such as `22:00–08:00`, as typed.
    pub fn text(&self) -> String {
        words::safe(&format!("{}–{}", self.from.trim(), self.to.trim())).into_owned()
    }

    fn is_blank(&self) -> bool {
        self.from.trim().is_empty() && self.to.trim().is_empty()
    }

    fn times(&self) -> Option<(TimeOfDay, TimeOfDay)> {
        Some((parse_time(&self.from).ok()?.0, parse_end(&self.to).ok()?))
    }
}

/// So many doctors on a post between two times of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
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

    /// Such as `08:00–17:00, 2 doctors`, as typed.
    pub fn text(&self) -> String {
        let doctors = if self.count.trim() == "1" { "doctor" } else { "doctors" };
        words::safe(&format!("{}–{}, {} {doctors}", self.from.trim(), self.to.trim(), self.count.trim())).into_owned()
    }

    fn is_blank(&self) -> bool {
        [&self.from, &self.to, &self.count].iter().all(|text| text.trim().is_empty())
    }

    /// As it is understood, however it is typed.
    fn figure(&self) -> String {
        let (from, to) = (time_as_understood(&self.from), end_as_understood(&self.to));
        format!("{} {from}–{to} {}", self.post, count_as_understood(&self.count))
    }
}

fn time_as_understood(text: &str) -> String {
    parse_time(text).map_or_else(|_| text.to_owned(), |(time, _)| time.to_string())
}

fn end_as_understood(text: &str) -> String {
    parse_end(text).map_or_else(|_| text.to_owned(), |time| time.to_string())
}

fn count_as_understood(text: &str) -> String {
    read_count(text).map_or_else(|_| text.to_owned(), |count| count.to_string())
}

/// The lines of figures that are an example.
fn example_lines(normal: &Normal) -> Vec<LineRow> {
    if normal.example { normal.staffing.iter().map(LineRow::of).collect() } else { Vec::new() }
}

impl NormalDraft {
    /// As the rota has it, or a new one.
    pub fn of(rota: &Rota, id: Option<&NormalId>, today: NaiveDate) -> Self {
        // Figures that nobody has entered yet nobody has agreed either.
        let Some(normal) = id.and_then(|id| rota.normal(id)) else {
            return Self { today, example: true, ..Self::default() };
        };
        Self {
            id: Some(normal.id.clone()),
            name: normal.name.clone(),
            agreed_by: normal.agreed_by.clone(),
            agreed_on: iso_day(&normal.agreed_on).map_or_else(|| normal.agreed_on.clone(), day_text),
            example: normal.example,
            are_ours: false,
            lapsed: false,
            today,
            closed: normal.closed.clone(),
            shut: normal.shut.iter().map(ShutRow::of).collect(),
            lines: normal.staffing.iter().map(LineRow::of).collect(),
            taken_lines: Vec::new(),
            taken_shut: Vec::new(),
            not_pasted: Vec::new(),
            left_out: Vec::new(),
            last_read: Vec::new(),
            begin_in: None,
            example_lines: example_lines(normal),
        }
    }

    /// That one, else that of the window shown, else the first; whoever came from a unit goes on at that unit.
    pub(super) fn asked(at: &At<'_>, id: Option<NormalId>) -> Self {
        let shown = at.editor.window.as_ref().and_then(|id| at.rota.window(id)).map(|window| window.normal.clone());
        let id = id.or(shown).or_else(|| at.rota.normals.first().map(|normal| normal.id.clone()));
        let begin_in = if let Selection::Unit(unit) = &at.editor.selection { Some(unit.clone()) } else { None };
        Self { begin_in, ..Self::of(at.rota, id.as_ref(), day_at(at.rota.zone(), at.now)) }
    }

    /// Whether something was edited: going to another kind of day would lose it.
    pub fn is_changed(&self, rota: &Rota) -> bool {
        // A line that was added and taken away again is no change.
        let (taken_lines, taken_shut) = (self.taken_lines.clone(), self.taken_shut.clone());
        let as_it_was = Self::of(rota, self.id.as_ref(), self.today);
        *self != Self { begin_in: self.begin_in.clone(), taken_lines, taken_shut, ..as_it_was }
    }

    /// Whether OK leaves it an example.
    pub fn is_example(&self) -> bool {
        (self.example || self.lapsed) && !self.are_ours
    }

    /// Says that the figures are ours, or that they are an example.
    pub fn set_ours(&mut self, are_ours: bool) {
        self.are_ours = are_ours;
        self.example |= !are_ours;
    }

    /// Who agreed the figures that the rota has, and when, such as `Clinical lead on Mon 11-Apr-2016`; none where
    /// nobody has said so.
    pub fn agreement(&self, rota: &Rota) -> Option<String> {
        let normal = self.id.as_ref().and_then(|id| rota.normal(id)).filter(|normal| is_agreed(normal))?;
        let on = iso_day(&normal.agreed_on).map_or_else(|| normal.agreed_on.clone(), day_text);
        let said = [normal.agreed_by.trim(), on.trim()];
        Some(said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" on "))
    }

    /// All that is compared with, each line as it is understood, in an order of its own.
    fn figures(&self) -> Vec<String> {
        let lines = self.lines.iter().filter(|row| count_as_understood(&row.count) != "0");
        let mut figures: Vec<String> = lines
            .map(LineRow::figure)
            .chain(self.closed.iter().map(|unit| format!("{unit} closed")))
            .chain(self.shut.iter().filter(|row| !row.is_blank()).map(|row| {
                let (from, to) = (time_as_understood(&row.from), end_as_understood(&row.to));
                format!("{} shut {from}–{to}", row.unit)
            }))
            .collect();
        figures.sort();
        figures
    }

    /// How many lines are still those of the example, before anybody says that the figures are theirs: such as
    /// `14 of 17 lines are still the example’s: check them.`; none where nothing is left of it.
    pub fn still_example(&self) -> Option<String> {
        if !self.example {
            return None;
        }
        let mut left: Vec<String> = self.example_lines.iter().map(LineRow::figure).collect();
        let lines: Vec<&LineRow> = self.lines.iter().filter(|row| !row.is_blank()).collect();
        let is_still = |row: &&&LineRow| {
            let at = left.iter().position(|figure| *figure == row.figure());
            at.map(|at| left.swap_remove(at)).is_some()
        };
        let (still, all) = (lines.iter().filter(is_still).count(), lines.len());
        match (still, all) {
            (0, _) => None,
            (1, 1) => Some("The only line is still the example’s: check it.".to_owned()),
            (1, all) => Some(format!("1 of {all} lines is still the example’s: check it.")),
            (still, all) => Some(format!("{still} of {all} lines are still the example’s: check them.")),
        }
    }

    /// Writes the day out as it is understood, such as `Wed 25-Nov-2026`.
    pub fn write_out(&mut self) {
        if let Ok(day) = self.agreed_day() {
            self.agreed_on = day_text(day);
        }
    }

    /// The day of the agreement: of a day without a year the nearest, which may be one to come.
    fn agreed_day(&self) -> Result<NaiveDate, DateError> {
        parse_day(self.agreed_on.trim(), self.today)
    }

    /// Why a day to come is none of an agreement. Nobody is taken to mean another year than the nearest.
    fn still_to_come(&self, day: NaiveDate) -> String {
        let today = day_text(self.today);
        let has_year = parse_day(self.agreed_on.trim(), self.today - Days::new(366)) == Ok(day);
        if has_year {
            format!("this day is still to come: today is {today}")
        } else {
            format!(
                "{} is still to come: write a day up to today, {today}; one of an earlier year with its year",
                day_text(day)
            )
        }
    }

    /// One more stretch of hours in which nobody normally works in the unit; its place.
    pub fn add_shut(&mut self, unit: &UnitId) -> usize {
        let at = self.shut.iter().rposition(|row| row.unit == *unit).map_or(self.shut.len(), |at| at + 1);
        self.shut.insert(at, ShutRow { unit: unit.clone(), from: String::new(), to: String::new() });
        at
    }

    /// The posts that have staff within hours in which nobody is said to work: they count all the same.
    pub fn staffed_while_shut<'a>(&self, rota: &'a Rota, row: &ShutRow) -> Vec<&'a str> {
        let Some(shut) = row.times() else { return Vec::new() };
        let clashes = |line: &&LineRow| {
            let times = parse_time(&line.from).ok().zip(parse_end(&line.to).ok());
            times.is_some_and(|((from, _), to)| overlap((from, to), shut))
                && read_count(&line.count).is_ok_and(|count| count > 0)
        };
        let mut names: Vec<&str> = Vec::new();
        for line in self.lines.iter().filter(clashes) {
            let post = rota.post(&line.post).filter(|post| post.unit == row.unit && !post.on_call);
            if let Some(post) = post.filter(|post| !names.contains(&post.name.as_str())) {
                names.push(&post.name);
            }
        }
        names
    }

    /// One more line for a post, at the times of its last one, or of the whole draft's; its place.
    pub fn add_line(&mut self, post: &PostId) -> usize {
        let like = self.lines.iter().rfind(|line| line.post == *post).or(self.lines.last());
        let (from, to) = like.map_or(("08:00".into(), "17:00".into()), |line| (line.from.clone(), line.to.clone()));
        let at = self.lines.iter().rposition(|line| line.post == *post).map_or(self.lines.len(), |at| at + 1);
        self.lines.insert(at, LineRow { post: post.clone(), from, to, count: "1".to_owned() });
        at
    }

    /// Takes a line away; it can be put back.
    pub fn take_line(&mut self, at: usize) {
        take(&mut self.lines, at, &mut self.taken_lines);
    }

    /// Puts a line back that was taken away, where it was.
    pub fn put_back_line(&mut self, taken: usize) {
        put_back(&mut self.lines, taken, &mut self.taken_lines);
    }

    /// Takes hours away in which nobody works; they can be put back.
    pub fn take_shut(&mut self, at: usize) {
        take(&mut self.shut, at, &mut self.taken_shut);
    }

    /// Puts such hours back, where they were.
    pub fn put_back_shut(&mut self, taken: usize) {
        put_back(&mut self.shut, taken, &mut self.taken_shut);
    }

    /// Takes the lines, closed units and shut hours of another normal day. Example figures stay an example.
    pub fn copy_from(&mut self, rota: &Rota, other: &NormalId) {
        if let Some(other) = rota.normal(other) {
            self.example |= other.example;
            self.are_ours &= !other.example;
            self.closed.clone_from(&other.closed);
            self.shut = other.shut.iter().map(ShutRow::of).collect();
            self.lines = other.staffing.iter().map(LineRow::of).collect();
            self.example_lines = example_lines(other);
            self.taken_lines.clear();
            self.taken_shut.clear();
        }
    }

    /// Takes rows of a spreadsheet: post, from, to, count; or unit, post, from, to, count; or unit, "nobody", from, to.
    /// The lines of the posts that are named are replaced, and the hours in which nobody works in a unit. Rows that an
    /// earlier paste left unread stay so, but where they are pasted again, mended, alone or with the whole sheet.
    pub fn paste(&mut self, rota: &Rota, text: &str) {
        let rows = numbered_rows(text);
        let is_there = |old: &Vec<String>| rows.iter().any(|(_, cells)| cells == old);
        if !self.last_read.is_empty() && self.last_read.iter().all(is_there) {
            self.not_pasted.clear();
            self.left_out.clear();
        }
        self.last_read.clear();
        let mut read = Vec::new();
        let mut shut: Vec<ShutRow> = Vec::new();
        for (at, (row, cells)) in rows.into_iter().enumerate() {
            match read_line(rota, &cells) {
                Ok(PastedRow::Staff(line)) => read.push(line),
                Ok(PastedRow::Nobody(row)) => shut.push(row),
                Err(_) if at == 0 && is_heading(&cells) => continue,
                Err(why) => {
                    let unread = UnreadRow { row, of: named_in(rota, &cells), why: why.to_string(), cells };
                    self.not_pasted.retain(|old| !corrects(&unread.cells, &old.cells));
                    if !self.not_pasted.contains(&unread) {
                        self.not_pasted.push(unread);
                    }
                    continue;
                }
            }
            self.not_pasted.retain(|old| !corrects(&cells, &old.cells));
            self.last_read.push(cells);
        }
        self.shut.retain(|row| shut.iter().all(|new| new.unit != row.unit));
        self.taken_shut.retain(|(_, row)| shut.iter().all(|new| new.unit != row.unit));
        self.shut.extend(shut);
        self.lines.retain(|line| read.iter().all(|new| new.post != line.post));
        self.example_lines.retain(|line| read.iter().all(|new| new.post != line.post));
        self.taken_lines.retain(|(_, line)| read.iter().all(|new| new.post != line.post));
        self.lines.extend(read);
    }

    /// Goes on without a row that could not be read.
    pub fn leave_out(&mut self, at: usize) {
        if at < self.not_pasted.len() {
            self.left_out.push(self.not_pasted.remove(at));
        }
    }

    /// What was not done, said when the rest is: such as `1 row left out: row 2 (there is no post "SHO")`.
    pub fn told_left_out(&self) -> String {
        let name = |row: &UnreadRow| format!("{} ({})", row.named(), words::safe(&row.why));
        left_out_words(self.left_out.iter().map(name).collect()).unwrap_or_default()
    }

    fn read(&self, rota: &Rota) -> Result<(Vec<StaffingLine>, Vec<ShutHours>), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut lines = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new(Part::Name, "enter a name for this kind of day"));
        }
        if let Some(text) = self.who_is_wrong(rota) {
            errors.push(FieldError::new(Part::AgreedBy, text));
        }
        errors.extend(self.read_agreed_on(rota).err());
        if let Some(first) = self.not_pasted.first() {
            let text = format!("{} could not be read: correct it and paste it again, or leave it out", first.named());
            errors.push(FieldError::new(Part::NotPasted, text));
        }
        for (i, row) in self.lines.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            if rota.post(&row.post).is_none() {
                errors.push(FieldError::in_row(i, Part::From, "choose a post"));
            }
            let mut note = |part, text: String| errors.push(FieldError::in_row(i, part, text));
            let from = parse_time(&row.from).map_err(|e| note(Part::From, e.into())).ok();
            let to = parse_end(&row.to).map_err(|e| note(Part::To, e.into())).ok();
            let count = read_count(&row.count).map_err(|e| note(Part::Count, e.to_string())).ok();
            if let (Some((from, _)), Some(to), Some(count)) = (from, to, count) {
                lines.push(StaffingLine { post: row.post.clone(), from, to, count });
            }
        }
        let mut shut = Vec::new();
        for (i, row) in self.shut.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            let mut note = |part, text: String| errors.push(FieldError::in_row(List::Shut.row(i), part, text));
            let from = parse_time(&row.from).map_err(|e| note(Part::From, e.into())).ok();
            let to = parse_end(&row.to).map_err(|e| note(Part::To, e.into())).ok();
            match from.zip(to) {
                Some(((from, _), to)) if from == to => {
                    note(Part::To, "this is the whole day: tick “Closed on this kind of day” instead".to_owned());
                }
                Some(((from, _), to)) => shut.push(ShutHours { unit: row.unit.clone(), from, to }),
                None => {}
            }
        }
        if errors.is_empty() { Ok((lines, shut)) } else { Err(errors) }
    }

    /// Whether it has to be said who agreed, and when: it was not said before, or is said otherwise now.
    fn must_say(&self, rota: &Rota) -> bool {
        let before = Self::of(rota, self.id.as_ref(), self.today);
        let is_other = self.agreed_by != before.agreed_by || self.agreed_on != before.agreed_on;
        let is_blank = self.agreed_by.trim().is_empty() && self.agreed_on.trim().is_empty();
        !self.is_example() && (self.are_ours || is_other && !is_blank)
    }

    /// Somebody has to be named: one letter, or none, is nobody.
    fn who_is_wrong(&self, rota: &Rota) -> Option<&'static str> {
        let letters = self.agreed_by.chars().filter(|letter| letter.is_alphabetic()).count();
        match (self.must_say(rota), letters, self.agreed_by.trim()) {
            (false, ..) | (true, 2.., _) => None,
            (true, _, "") => Some("write who agreed these figures"),
            (true, ..) => Some("write a name or a role, such as Clinical lead"),
        }
    }

    /// The day of the agreement as the file has it. What was there before and is no day stays as it was written.
    fn read_agreed_on(&self, rota: &Rota) -> Result<String, FieldError> {
        let wrong = |text: String| Err(FieldError::new(Part::AgreedOn, text));
        let typed = self.agreed_on.trim();
        if self.is_example() {
            return Ok(String::new());
        }
        let before = Self::of(rota, self.id.as_ref(), self.today).agreed_on;
        match self.agreed_day() {
            Ok(day) if day > self.today && (self.are_ours || typed != before.trim()) => wrong(self.still_to_come(day)),
            Ok(day) => Ok(day.format("%Y-%m-%d").to_string()),
            Err(_) if typed.is_empty() && self.must_say(rota) => {
                wrong("write the day on which they were agreed".to_owned())
            }
            Err(_) if typed.is_empty() || typed == before.trim() => Ok(typed.to_owned()),
            Err(why) => wrong(why.into()),
        }
    }
}

impl DialogDraft for NormalDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to normal staffing")
    }

    fn holds_nothing_new(&self, _opened: &Dialog, rota: &Rota) -> bool {
        !self.is_changed(rota)
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }

    fn take_rows(&mut self, rota: &Rota, text: &str, _now: Instant) {
        self.paste(rota, text);
        self.settle(rota);
    }

    /// Figures that differ from those that were agreed have to be agreed again; put back, they are agreed as before.
    fn settle(&mut self, rota: &Rota) {
        let before = Self::of(rota, self.id.as_ref(), self.today);
        let lapsed = self.agreement(rota).is_some() && self.figures() != before.figures();
        if lapsed == self.lapsed {
            return;
        }
        self.lapsed = lapsed;
        self.are_ours = false;
        if lapsed {
            self.agreed_by.clear();
            self.agreed_on.clear();
        } else {
            self.example = before.example;
            (self.agreed_by, self.agreed_on) = (before.agreed_by, before.agreed_on);
        }
    }
}

impl CommandDraft for NormalDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let mut draft = self.clone();
        draft.settle(rota);
        let (staffing, shut) = draft.read(rota)?;
        let example = draft.is_example();
        let normal = Normal {
            id: self.id.clone().unwrap_or_else(|| NormalId::random(env.random())),
            name: self.name.trim().to_owned(),
            // Nobody agreed to an example.
            agreed_by: if example { String::new() } else { draft.agreed_by.trim().to_owned() },
            agreed_on: draft.read_agreed_on(rota).unwrap_or_default(),
            closed: self.closed.clone(),
            shut,
            example,
            staffing,
        };
        Ok(match self.id {
            Some(_) if (draft.example || draft.lapsed) && draft.are_ours => {
                let label = format!("make {} our own figures", normal.name);
                Command::edit(label, vec![Change::replace(normal)])
            }
            Some(_) if draft.lapsed => {
                let label = format!("change {}: its figures have to be agreed again", normal.name);
                Command::edit(label, vec![Change::replace(normal)])
            }
            Some(_) => Command::edit(format!("change {}", normal.name), vec![Change::replace(normal)]),
            None => Command::edit(format!("add {}", normal.name), vec![Change::add(normal)]),
        })
    }

    fn afterwards(&self, _rota: &Rota, command: &Command) -> Afterwards {
        if self.left_out.is_empty() {
            return Afterwards::default();
        }
        let said = format!("{}; {}", said(&command.label), self.told_left_out());
        Afterwards::pasted(said, self.left_out.iter().map(UnreadRow::text).collect())
    }
}

/// Whether somebody is written down who agreed the figures, or when.
pub(super) fn is_agreed(normal: &Normal) -> bool {
    !normal.example && [&normal.agreed_by, &normal.agreed_on].iter().any(|text| !text.trim().is_empty())
}

/// A normal day with other figures than before: what was agreed was agreed for those.
pub(in crate::editor) fn to_agree_again(before: &Normal, after: Normal) -> Normal {
    if !is_agreed(before) || *before == after { after } else { lapsed(after) }
}

/// A normal day that is an example until somebody agrees to it.
pub(super) fn lapsed(normal: Normal) -> Normal {
    Normal { example: true, agreed_by: String::new(), agreed_on: String::new(), ..normal }
}

/// The day, where it is written as files have it.
fn iso_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

/// Whether two stretches of the day have a minute in common; each runs past midnight where it ends at or before its start.
fn overlap(one: (TimeOfDay, TimeOfDay), other: (TimeOfDay, TimeOfDay)) -> bool {
    let holds = |(from, to): (TimeOfDay, TimeOfDay), at: TimeOfDay| {
        if from < to { (from..to).contains(&at) } else { at >= from || at < to }
    };
    holds(one, other.0) || holds(other, one.0)
}

fn is_heading(cells: &[String]) -> bool {
    let last = cells.last().map(|cell| cell.trim().to_lowercase()).unwrap_or_default();
    ["count", "number", "doctors", "staff", "no", "no."].iter().any(|word| last.starts_with(word))
}

/// What a pasted row says.
enum PastedRow {
    Staff(LineRow),
    Nobody(ShutRow),
}

/// Takes a row out of a list and keeps it with its place.
fn take<T>(rows: &mut Vec<T>, at: usize, taken: &mut Vec<(usize, T)>) {
    if at < rows.len() {
        taken.push((at, rows.remove(at)));
    }
}

/// Puts a row back that was taken out, where it was.
fn put_back<T>(rows: &mut Vec<T>, at: usize, taken: &mut Vec<(usize, T)>) {
    if at < taken.len() {
        let (place, row) = taken.remove(at);
        rows.insert(place.min(rows.len()), row);
    }
}

/// Why a pasted row is not read.
#[derive(Debug, Error)]
enum NotRead {
    #[error("there is no unit \"{0}\"")]
    NoUnit(String),
    #[error("there is no post \"{0}\"")]
    NoPost(String),
    #[error("{count} posts are called \"{name}\": put the unit in a column before it")]
    Posts { name: String, count: usize },
    #[error(transparent)]
    Time(#[from] DateError),
    #[error(transparent)]
    Count(#[from] NoCount),
}

/// The post or the unit that a row is of, where there is one of that name.
fn named_in(rota: &Rota, cells: &[String]) -> String {
    let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
    if says_nobody(cell(1)) {
        return find_unit(rota, cell(0)).map_or(String::new(), |unit| unit.name.clone());
    }
    let (unit, first) = place_of_post(cells);
    let post = find_post(rota, unit, cell(first)).ok().and_then(|id| rota.post(&id));
    post.map_or(String::new(), |post| post.name.clone())
}

/// Whether a cell says that nobody works there.
fn says_nobody(cell: &str) -> bool {
    ["nobody", "shut", "closed"].contains(&cell.to_lowercase().as_str())
}

fn find_unit<'a>(rota: &'a Rota, name: &str) -> Result<&'a Unit, NotRead> {
    let same = rota.units.iter().find(|unit| is_same(&unit.name, name));
    let found = same.or_else(|| rota.units.iter().find(|unit| is_written_so(&unit.name, name)));
    found.ok_or_else(|| NotRead::NoUnit(name.to_owned()))
}

/// The unit that a row names, if it names one, and which cell has the post.
fn place_of_post(cells: &[String]) -> (&str, usize) {
    let has_unit = cells.iter().rev().skip_while(|cell| cell.trim().is_empty()).count() >= 5;
    if has_unit { (cells.first().map_or("", |cell| cell.trim()), 1) } else { ("", 0) }
}

fn read_line(rota: &Rota, cells: &[String]) -> Result<PastedRow, NotRead> {
    let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
    if says_nobody(cell(1)) {
        let unit = find_unit(rota, cell(0))?.id.clone();
        let (from, to) = (parse_time(cell(2))?.0, parse_end(cell(3))?);
        return Ok(PastedRow::Nobody(ShutRow { unit, from: from.to_string(), to: to.to_string() }));
    }
    let (unit, first) = place_of_post(cells);
    let post = find_post(rota, unit, cell(first))?;
    let (from, _) = parse_time(cell(first + 1))?;
    let to = parse_end(cell(first + 2))?;
    let count = read_count(cell(first + 3))?;
    Ok(PastedRow::Staff(LineRow { post, from: from.to_string(), to: to.to_string(), count: count.to_string() }))
}

/// The post of that name, in that unit if one is named.
fn find_post(rota: &Rota, unit: &str, name: &str) -> Result<PostId, NotRead> {
    let unit_of = |id: &UnitId| rota.unit(id).map_or("", |unit| unit.name.as_str());
    let is_in = |id: &UnitId| unit.is_empty() || is_written_so(unit_of(id), unit);
    let of_unit = || rota.posts.iter().filter(|post| is_in(&post.unit));
    let mut found: Vec<_> = of_unit().filter(|post| is_same(&post.name, name)).collect();
    if found.is_empty() {
        found = of_unit().filter(|post| is_written_so(&post.name, name)).collect();
    }
    match found[..] {
        [] => Err(NotRead::NoPost(name.to_owned())),
        [post] => Ok(post.id.clone()),
        _ => Err(NotRead::Posts { name: name.to_owned(), count: found.len() }),
    }
}

/// Whether both are one name, however it is written: with another apostrophe, other capitals or other blanks.
fn is_written_so(name: &str, typed: &str) -> bool {
    let typed = letters_of(typed);
    !typed.is_empty() && letters_of(name) == typed
}

/// Whether a pasted row is another that could not be read, mended in one cell: a name is nearly the same still.
fn corrects(row: &[String], unread: &[String]) -> bool {
    let filled = |cells: &[String]| cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |at| at + 1);
    let width = filled(row);
    if width != filled(unread) {
        return false;
    }
    let is_other = |at: &usize| !is_same(&row[*at], &unread[*at]);
    let mut other = (0..width).filter(is_other);
    // From, to and count stand last; before them are names.
    let is_figure = |at: usize| at + 3 >= width;
    match (other.next(), other.next()) {
        (None, _) => true,
        (Some(at), None) => is_figure(at) || is_nearly(&letters_of(&row[at]), &letters_of(&unread[at])),
        _ => false,
    }
}

/// Whether two names begin and end alike, for at least half of the longer.
fn is_nearly(one: &str, other: &str) -> bool {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
    let before = alike(&mut one.chars().zip(other.chars()));
    let behind = alike(&mut one.chars().rev().zip(other.chars().rev()));
    2 * (before + behind) >= one.chars().count().max(other.chars().count())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{post_id, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    /// 20-Apr-2016.
    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2016, 4, 20).unwrap()
    }

    fn not_read(draft: &NormalDraft) -> Vec<String> {
        draft.not_pasted.iter().map(UnreadRow::text).collect()
    }

    fn lines(draft: &NormalDraft) -> Vec<String> {
        draft.lines.iter().map(|l| format!("{} {}-{} {}", l.post, l.from, l.to, l.count)).collect()
    }

    #[test]
    fn rows_of_a_spreadsheet_replace_the_lines_of_their_posts() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id), today());
        draft.paste(
            &rota,
            "Post\tFrom\tTo\tCount\nmiddle grade\t8\t17\t3\nMatron\t8\t17\t1\nSHO\t20:00\t8\t2\nSHO\tx\t8\t2",
        );
        assert_eq!(lines(&draft), ["cons 08:00-17:00 1", "mg 08:00-17:00 3", "sho 20:00-08:00 2"]);
        assert_eq!(
            not_read(&draft),
            ["Row 3: there is no post \"Matron\"", "Row 5, SHO: write the time as 08:00, 24-hour"]
        );
        draft.paste(&rota, "A&E,SHO,08:00,17:00,4");
        assert_eq!(lines(&draft).last().map(String::as_str), Some("sho 08:00-17:00 4"));
    }

    #[test]
    fn a_pasted_row_that_cannot_be_read_is_left_out_by_name_or_nothing_is_done() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id), today());
        draft.paste(&rota, "Consultant\t8\t17\t2\nMatron\t8\t17\t1");
        let refused = env(|env| draft.command(&rota, env)).unwrap_err();
        assert_eq!(
            refused.iter().map(|error| error.text.as_str()).collect::<Vec<_>>(),
            ["row 2 could not be read: correct it and paste it again, or leave it out"]
        );
        draft.paste(&rota, "SHO\t8\t17\t1");
        assert_eq!(not_read(&draft), ["Row 2: there is no post \"Matron\""], "other rows do not take its place");
        draft.leave_out(0);
        assert_eq!(draft.errors(&rota), []);
        assert_eq!(draft.told_left_out(), "1 row left out: row 2 (there is no post \"Matron\")");
    }

    #[test]
    fn the_same_sheet_pasted_again_takes_the_place_of_what_was_not_read() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id), today());
        let sheet = "Consultant\t8\t17\t2\nMidle grade\t8\t17\t1";
        for _ in 0..2 {
            draft.paste(&rota, sheet);
            assert_eq!(draft.not_pasted.len(), 1);
        }
        draft.paste(&rota, &sheet.replace("Midle", "Middle"));
        assert_eq!((draft.not_pasted.len(), draft.errors(&rota)), (0, vec![]));
    }

    #[test]
    fn names_of_posts_and_units_are_the_same_however_they_are_written() {
        let mut rota = rota();
        rota.posts[1].name = "Children’s A&E middle grade".to_owned();
        rota.units[0].name = "Children’s A&E".to_owned();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id), today());
        draft.paste(&rota, "children's  A&E Middle grade\t8\t17\t3\nchildren's a&e\tSHO\t8\t17\t1");
        assert_eq!(not_read(&draft), [""; 0]);
        draft.paste(&rota, "Children`s A & E\tnobody\t22\t8");
        assert_eq!((not_read(&draft), draft.shut.len()), (vec![], 1));
    }

    #[test]
    fn a_corrected_row_pasted_alone_takes_the_place_of_the_one_that_was_not_read() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, Some(&rota.normals[0].id), today());
        draft.paste(&rota, "Midle grade\t8\t17\t2\nSHO\tx\t17\t1\nMatron\t8\t17\t1");
        assert_eq!(draft.not_pasted.len(), 3);
        draft.paste(&rota, "Midddle grade\t8\t17\t2");
        assert_eq!(draft.not_pasted.len(), 3, "still wrong, and told once");
        draft.paste(&rota, "Middle grade\t8\t17\t2\nSHO\t9\t17\t1");
        assert_eq!(not_read(&draft), ["Row 3: there is no post \"Matron\""]);
    }

    #[test]
    fn a_line_is_added_beside_its_post_and_a_blank_one_is_left_out() {
        let mut history = History::new(rota());
        let id = history.rota().normals[0].id.clone();
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
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
    fn what_is_wrong_is_named_in_its_line() {
        let rota = rota();
        let mut draft = NormalDraft::of(&rota, None, today());
        draft.add_line(&post_id("cons"));
        draft.lines[0].count = "many".to_owned();
        let told: Vec<_> = draft.errors(&rota).iter().map(|e| (e.field.part, e.field.row)).collect();
        assert_eq!(told, [(Part::Name, None), (Part::Count, Some(0.into()))]);
        draft.copy_from(&rota, &rota.normals[0].id);
        assert_eq!(draft.lines.len(), 3);
    }

    fn example() -> Rota {
        let mut rota = rota();
        rota.normals[0].example = true;
        rota
    }

    fn done(history: &mut History, draft: &NormalDraft) -> String {
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        let label = command.label.clone();
        history.run(command).unwrap();
        label
    }

    #[test]
    fn example_figures_become_ours_only_when_somebody_says_who_agreed_and_when() {
        let mut history = History::new(example());
        let id = history.rota().normals[0].id.clone();
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
        draft.name = "Our weekday".to_owned();
        draft.lines[0].count = "3".to_owned();
        draft.agreed_by = "Clinical lead".to_owned();
        done(&mut history, &draft);
        let normal = &history.rota().normals[0];
        assert!(normal.example && normal.agreed_by.is_empty(), "figures that are edited are still nobody's");
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
        draft.are_ours = true;
        draft.agreed_by = " ".to_owned();
        let told: Vec<Part> = draft.errors(history.rota()).iter().map(|e| e.field.part).collect();
        assert_eq!(told, [Part::AgreedBy, Part::AgreedOn]);
        draft.agreed_by = "Clinical lead".to_owned();
        draft.agreed_on = "11/4".to_owned();
        draft.write_out();
        assert_eq!(draft.agreed_on, "Mon 11-Apr-2016");
        let before = history.rota().clone();
        assert_eq!(done(&mut history, &draft), "make Our weekday our own figures");
        let normal = &history.rota().normals[0];
        assert_eq!((normal.example, normal.agreed_on.as_str()), (false, "2016-04-11"));
        assert_eq!(NormalDraft::of(history.rota(), Some(&id), today()).agreed_on, "Mon 11-Apr-2016");
        history.undo();
        assert_eq!(*history.rota(), before);
    }

    #[test]
    fn new_figures_are_nobodys_until_somebody_says_who_agreed_and_when() {
        let mut history = History::new(rota());
        let mut draft = NormalDraft { name: "Weekend".to_owned(), ..NormalDraft::of(history.rota(), None, today()) };
        draft.add_line(&history.rota().posts[0].id);
        done(&mut history, &draft);
        assert!(history.rota().normals[1].example);
        history.undo();
        draft.set_ours(true);
        let told: Vec<Part> = draft.errors(history.rota()).iter().map(|e| e.field.part).collect();
        assert_eq!(told, [Part::AgreedBy, Part::AgreedOn]);
        (draft.agreed_by, draft.agreed_on) = ("Clinical lead".to_owned(), "11/4".to_owned());
        assert_eq!(done(&mut history, &draft), "add Weekend");
        assert!(!history.rota().normals[1].example);
    }

    #[test]
    fn a_day_of_agreement_that_is_still_to_come_is_refused_and_never_taken_for_a_year_before() {
        let mut draft =
            NormalDraft { agreed_by: "Clinical lead".to_owned(), ..NormalDraft::of(&rota(), None, today()) };
        draft.are_ours = true;
        let mut read = |typed: &str| {
            typed.clone_into(&mut draft.agreed_on);
            draft.read_agreed_on(&rota())
        };
        assert_eq!(read("11/4"), Ok("2016-04-11".to_owned()));
        assert_eq!(read("20/4"), Ok("2016-04-20".to_owned()), "today");
        assert_eq!(read("1/12"), Ok("2015-12-01".to_owned()), "the nearest");
        let told = "Thu 21-Apr-2016 is still to come: write a day up to today, Wed 20-Apr-2016; one of an earlier year with \
                    its year";
        assert_eq!(read("21/4"), Err(FieldError::new(Part::AgreedOn, told)));
        assert!(read("1/9").is_err(), "no year is guessed");
        let to_come = Err(FieldError::new(Part::AgreedOn, "this day is still to come: today is Wed 20-Apr-2016"));
        assert_eq!(read("21/4/2016"), to_come);
        assert!(read("+2d").is_err() && read("tue").is_err());
    }

    #[test]
    fn whoever_makes_figures_their_own_is_told_how_many_lines_are_still_the_examples() {
        let rota = example();
        let id = rota.normals[0].id.clone();
        let mut draft = NormalDraft::of(&rota, Some(&id), today());
        assert_eq!(draft.still_example().as_deref(), Some("3 of 3 lines are still the example’s: check them."));
        draft.set_ours(true);
        draft.lines[0].from = "0800".to_owned();
        assert_eq!(draft.still_example().as_deref(), Some("3 of 3 lines are still the example’s: check them."));
        draft.lines[0].count = "2".to_owned();
        assert_eq!(draft.still_example().as_deref(), Some("2 of 3 lines are still the example’s: check them."));
        draft.paste(&rota, "Middle grade\t08:00\t17:00\t1\nNo such post\t08:00\t17:00\t1");
        draft.leave_out(0);
        assert_eq!(draft.still_example(), None, "pasted lines are nobody’s example, and the other was edited");
        let mut pasted = NormalDraft::of(&rota, Some(&id), today());
        pasted.paste(&rota, "Middle grade\t08:00\t17:00\t1\nNo such post\t08:00\t17:00\t1");
        pasted.leave_out(0);
        assert_eq!(pasted.still_example().as_deref(), Some("1 of 2 lines is still the example’s: check it."));
        let mut ours = rota.clone();
        ours.normals[0].example = false;
        assert_eq!(NormalDraft::of(&ours, Some(&id), today()).still_example(), None);
    }

    #[test]
    fn figures_copied_from_an_example_are_an_example_with_its_shut_hours() {
        let mut rota = example();
        let unit = rota.units[0].id.clone();
        let hours = |from: &str, to: &str| (from.parse().unwrap(), to.parse().unwrap());
        let (from, to) = hours("22:00", "08:00");
        rota.normals[0].shut = vec![ShutHours { unit, from, to }];
        let mut draft = NormalDraft { name: "Weekend".to_owned(), ..NormalDraft::of(&rota, None, today()) };
        assert!(draft.is_example(), "nobody has agreed figures that are new");
        draft.copy_from(&rota, &rota.normals[0].id);
        let mut history = History::new(rota);
        done(&mut history, &draft);
        let new = &history.rota().normals[1];
        assert!(new.example && new.name == "Weekend");
        assert_eq!(new.shut, history.rota().normals[0].shut);
    }

    #[test]
    fn hours_in_which_nobody_works_are_typed_pasted_and_judged() {
        let mut history = History::new(rota());
        let id = history.rota().normals[0].id.clone();
        let unit = history.rota().units[0].id.clone();
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
        draft.add_shut(&unit);
        assert_eq!(draft.errors(history.rota()), [], "a blank row is left out");
        draft.shut[0] = ShutRow { unit: unit.clone(), from: "8".to_owned(), to: "08:00".to_owned() };
        let errors = draft.errors(history.rota());
        assert_eq!((errors[0].field.row, errors[0].field.part), (Some(List::Shut.row(0)), Part::To));
        draft.shut[0].to = "x".to_owned();
        assert_eq!(draft.errors(history.rota())[0].text, "write the time as 08:00, 24-hour");
        draft.paste(history.rota(), "a&e\tNobody\t22:00\t8\nWard\tnobody\t22:00\t8");
        assert_eq!(not_read(&draft), ["Row 2: there is no unit \"Ward\""]);
        draft.leave_out(0);
        assert_eq!(draft.staffed_while_shut(history.rota(), &draft.shut[0]), [""; 0]);
        let early = ShutRow { unit, from: "17:30".to_owned(), to: "8".to_owned() };
        assert_eq!(draft.staffed_while_shut(history.rota(), &early), ["Middle grade"], "10:00–18:00");
        done(&mut history, &draft);
        let shut = &history.rota().normals[0].shut;
        assert_eq!(shut.iter().map(|h| format!("{}–{}", h.from, h.to)).collect::<Vec<_>>(), ["22:00–08:00"]);
    }

    #[test]
    fn twenty_four_hours_is_the_end_of_a_day_typed_or_pasted_and_never_its_start() {
        let mut history = History::new(rota());
        let id = history.rota().normals[0].id.clone();
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
        draft
            .paste(history.rota(), "Consultant\t08:00\t24:00\t1\nMiddle grade\t24:00\t8\t1\nA&E\tnobody\t22:00\t24:00");
        assert_eq!(not_read(&draft), ["Row 2, Middle grade: midnight is written 00:00"]);
        draft.leave_out(0);
        draft.lines[0].to = "2400".to_owned();
        draft.add_shut(&history.rota().units[0].id.clone());
        (draft.shut[1].from, draft.shut[1].to) = ("20:00".to_owned(), "24:00".to_owned());
        done(&mut history, &draft);
        let normal = &history.rota().normals[0];
        let ends: Vec<_> = normal.staffing.iter().map(|line| line.to.to_string()).collect();
        assert_eq!(ends, ["00:00", "18:00", "00:00"]);
        assert!(normal.shut.iter().all(|hours| hours.to.to_string() == "00:00"));
        let mut draft = NormalDraft::of(history.rota(), Some(&id), today());
        draft.lines[0].from = "24:00".to_owned();
        assert_eq!(draft.errors(history.rota())[0].text, "midnight is written 00:00");
    }

    #[test]
    fn a_day_of_agreement_that_is_none_is_refused_and_old_words_stay() {
        let mut start = rota();
        start.normals[0].agreed_by = "Clinical lead".to_owned();
        start.normals[0].agreed_on = "spring 2015".to_owned();
        let mut draft = NormalDraft::of(&start, Some(&start.normals[0].id), today());
        assert_eq!(draft.errors(&start), []);
        draft.agreed_on = "31/4".to_owned();
        assert_eq!(draft.errors(&start)[0].field.part, Part::AgreedOn);
    }
}
