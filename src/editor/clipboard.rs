//! Cells as tab-separated text, both ways with spreadsheets.
//!
//! A cell is `KP`, `KP?` where asked, `KP*` where proposed, with times where it does not fill its slot:
//! `KP 10:30-11:15`. Several in one slot stand in one cell with ` / ` between them. Whatever is pasted is Proposed, in one
//! undo step; a cell that cannot be read is listed and what is there stays.
//!
//! Copied with headings it is for people to read: a first line says which rota, which day and as of when, then comes the
//! verdict of each unit, then a line with the times. Each other line begins with unit, post and bleep, and every cell says
//! who by name, how far agreed, that nobody is there, or that whoever is there does not count, and why. Where such a table
//! is pasted, what was added is left out again.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::checker::{CoverStep, NotCounted, UnitVerdict, Verdict, VerdictWords, reasons, spans};
use crate::model::{Instant, Person, PersonId, PostId, Rota, Span, Status, TimeOfDay, Zone, words};

use super::Document;
use super::assign::{NAMED_MAX, names};
use super::cells::{Edit, Sheet, initials, initials_as_entered, times};
use super::lanes::{Block, GridWindow, Lane};
use super::pieces::Pieces;
use super::place::Slots;
use super::refused::Refused;
use super::selection::{CellRange, GridRow};

/// The chosen cells as tab-separated text, a line for each lane.
pub fn copy(rota: &Rota, window: &GridWindow, slots: Slots, range: &CellRange) -> Option<String> {
    let rect = range.resolve(window)?;
    let columns: Vec<Span> = slots_of(slots, rect.span).collect();
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for row in &window.rows[rect.rows] {
        let lane = window.lane(row)?;
        let cells = columns.iter().map(|slot| cell_text(rota, lane, *slot));
        writer.write_record(cells).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// What stands before the cells where they are copied with headings.
const HEADINGS: [&str; 3] = ["Unit", "Post", "Bleep"];

/// What a cell says where somebody is normally there and nobody is entered.
const NOT_COVERED: &str = "NOT COVERED";
/// What it says where nobody is normally there, where that is not known, and where the unit does not open.
const IDLE: &str = "not normally staffed";
const NO_NORMAL: &str = "no normal staffing entered";
const CLOSED: &str = "closed";

/// What it says where somebody is there who does not count, and nobody is lacking.
const DOES_NOT_COUNT: &str = "DOES NOT COUNT";
/// What stands before both where what is shown is not current.
const WAS: &str = "was ";

/// The same for people to read: which rota, day and moment in a first line, the verdict of each unit, then a heading, and
/// before each lane its unit, post and bleep. Cells have names, how far they are agreed where they are not, and what is
/// not covered.
pub fn copy_with_headings(
    doc: &Document,
    window: &GridWindow,
    slots: Slots,
    range: &CellRange,
    now: Instant,
) -> Option<String> {
    let rota = doc.rota();
    let rect = range.resolve(window)?;
    let columns: Vec<Span> = slots_of(slots, rect.span).collect();
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for line in std::iter::once(first_line(rota, window, now)).chain(verdict_lines(doc, window)) {
        writer.write_record([harmless(&line)]).ok()?;
    }
    let times = columns.iter().map(|slot| rota.zone().time_of_day(slot.from).to_string());
    writer.write_record(HEADINGS.into_iter().map(str::to_owned).chain(times)).ok()?;
    for row in &window.rows[rect.rows] {
        let lane = window.lane(row)?;
        let post = rota.post(&row.post)?;
        let unit = rota.unit(&row.unit).map_or("", |unit| unit.name.as_str());
        let before = [unit, &post.name, &post.bleep].map(harmless);
        let told = Told {
            rota,
            cover: doc.coverage(&window.id, &row.unit),
            post: &row.post,
            was: if doc.is_current() { "" } else { WAS },
            idle: idle_words(window, row),
        };
        let cells = columns.iter().map(|slot| told.text(lane, *slot));
        writer.write_record(before.into_iter().chain(cells)).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// Such as `Walkout cover: 08:00–17:00 Tue 26-Apr-2016, as of 07:00 Mon 25-Apr-2016`.
fn first_line(rota: &Rota, window: &GridWindow, now: Instant) -> String {
    let title = rota.properties.title.trim();
    let title = if title.is_empty() { "Rota".into() } else { words::safe(title) };
    let zone = rota.zone();
    format!("{title}: {}, as of {}", words::span(zone, window.span), words::moment(zone, now))
}

/// The verdict of each unit of the day in the words of the verdict bar: `A&E: SHORT 4 h`, or `A&E: was SHORT 4 h (not
/// current)`. Where the figures that it is compared with are not agreed that is said too.
fn verdict_lines(doc: &Document, window: &GridWindow) -> Vec<String> {
    let (rota, report) = (doc.rota(), doc.report());
    let words = VerdictWords::new(rota, report);
    let line = |verdict: &UnitVerdict| {
        let name = words::safe(&rota.unit(&verdict.unit)?.name).into_owned();
        let mut pill = words.of(verdict);
        if verdict.is_example && verdict.verdict != Verdict::NoNormalStaffing {
            pill.push_str(", FIGURES NOT AGREED");
        }
        Some(if doc.is_current() { format!("{name}: {pill}") } else { format!("{name}: {WAS}{pill} (not current)") })
    };
    report.units.iter().filter(|verdict| verdict.window == window.id).filter_map(line).collect()
}

/// What is said of a lane's unit where nobody has to be.
fn idle_words(window: &GridWindow, row: &GridRow) -> &'static str {
    match window.units.iter().find(|unit| unit.id == row.unit) {
        Some(unit) if unit.closed => CLOSED,
        Some(unit) if unit.posts.iter().all(|post| post.peak == 0) => NO_NORMAL,
        _ => IDLE,
    }
}

/// What cells of one lane say.
struct Told<'a> {
    rota: &'a Rota,
    /// Need and have of the unit, step by step.
    cover: &'a [CoverStep],
    /// The lane's post.
    post: &'a PostId,
    /// What stands before what is not covered: nothing, or that it is not current.
    was: &'static str,
    /// What is said where nobody has to be.
    idle: &'static str,
}

impl Told<'_> {
    /// Who is there in a slot, by name, and when nobody is: such as `KP Pereira 10:00-10:40, proposed / NOT COVERED
    /// 10:40-11:00`.
    fn text(&self, lane: &Lane, slot: Span) -> String {
        let mut parts: Vec<(Span, String)> = Vec::new();
        for block in &lane.blocks {
            let Some(part) = block.span.overlap(slot) else { continue };
            parts.extend(self.stretches(block, part).into_iter().map(|(span, why)| {
                let who = self.who(block, span, slot);
                (span, why.map_or_else(|| who.clone(), |(what, why)| format!("{}{what} ({who}{WHY}{why})", self.was)))
            }));
        }
        for (times, was, what) in [(&lane.gaps, self.was, NOT_COVERED), (&lane.idle, "", self.idle)] {
            let here = spans::union(times.iter().filter_map(|span| span.overlap(slot)).collect());
            parts.extend(here.into_iter().map(|part| (part, format!("{was}{what}{}", self.when(part, slot)))));
        }
        parts.sort();
        harmless(&parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(BETWEEN))
    }

    fn when(&self, part: Span, slot: Span) -> String {
        if part == slot { String::new() } else { format!(" {}", ascii_times(self.rota.zone(), part)) }
    }

    fn who(&self, block: &Block, part: Span, slot: Span) -> String {
        let answer = match block.status {
            Status::Agreed => String::new(),
            status => format!(", {}", status.words()),
        };
        format!("{}{}{answer}", name_as_entered(self.rota, &block.person), self.when(part, slot))
    }

    /// The stretches of some of a block's time in which the same is said of it: nothing, or that the person does not count
    /// and why, as the report says it.
    fn stretches(&self, block: &Block, part: Span) -> Vec<(Span, Option<(&'static str, String)>)> {
        let mut said: Vec<(Span, Option<(&'static str, String)>)> = Vec::new();
        let mut add = |span: Span, why: Option<(&'static str, String)>| match said.last_mut() {
            Some((last, same)) if *same == why && last.to == span.from => last.to = span.to,
            _ => said.push((span, why)),
        };
        let mut from = part.from;
        for step in self.cover {
            let Some(here) = step.span.overlap(Span::new(from, part.to)) else { continue };
            if from < here.from {
                add(Span::new(from, here.from), None);
            }
            add(here, self.why_not(block, step));
            from = here.to;
        }
        if from < part.to {
            add(Span::new(from, part.to), None);
        }
        said
    }

    fn why_not(&self, block: &Block, step: &CoverStep) -> Option<(&'static str, String)> {
        let post = step.posts.iter().find(|post| post.post == *self.post)?;
        let is_theirs = |not: &&NotCounted| not.person == block.person && !not.why.is_empty();
        let not = post.not_counted.iter().find(is_theirs)?;
        let is_short = post.counts.len() < post.need as usize;
        Some((if is_short { NOT_COVERED } else { DOES_NOT_COUNT }, reasons(&not.why)))
    }
}

/// Initials and family name, as far as they are entered.
fn name_as_entered(rota: &Rota, id: &PersonId) -> String {
    let initials = initials_as_entered(rota, id);
    match rota.person(id) {
        Some(person) if !person.initials.trim().is_empty() => {
            format!("{initials} {}", person.family.trim()).trim().to_owned()
        }
        _ => initials,
    }
}

/// What stands between several in one cell.
const BETWEEN: &str = " / ";
/// What stands between whoever does not count and the reasons.
const WHY: &str = ": ";

/// The slots from the one that holds the span's first minute to the one that holds its last.
fn slots_of(slots: Slots, span: Span) -> impl Iterator<Item = Span> {
    (slots.index_at(span.from)..=slots.index_at(span.to.plus(-1))).map(move |index| slots.slot(index))
}

fn cell_text(rota: &Rota, lane: &Lane, slot: Span) -> String {
    let texts = lane.blocks.iter().filter_map(|block| {
        let part = block.span.overlap(slot)?;
        let sign = match block.status {
            Status::Proposed => "*",
            Status::Asked => "?",
            Status::Agreed | Status::Declined => "",
        };
        let who = initials_as_entered(rota, &block.person);
        let when = if part == slot { String::new() } else { format!(" {}", ascii_times(rota.zone(), part)) };
        Some(format!("{who}{sign}{when}"))
    });
    let text = texts.collect::<Vec<_>>().join(BETWEEN);
    harmless(&text)
}

/// A spreadsheet would take these for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

fn ascii_times(zone: Zone, span: Span) -> String {
    times(zone, span).replace('–', "-")
}

/// Puts tab-separated text on the grid from the topmost, first chosen cell on, as Proposed. An empty cell clears; one
/// cell alone goes on all chosen ones. Cells that mean nobody, or reach beyond the grid, are listed in the notes.
///
/// # Errors
/// [`Refused::NothingToPaste`], [`Refused::Gone`].
pub fn paste(sheet: &mut Sheet<'_>, slots: Slots, range: &CellRange, text: &str) -> Result<Edit, Refused> {
    let table = read_table(text);
    if table.len() <= 1 && table.iter().all(|row| row.len() <= 1 && row.iter().all(|cell| cell.trim().is_empty())) {
        return Err(Refused::NothingToPaste);
    }
    let (window, rect) = sheet.rect(range)?;
    let first_column = slots.index_at(rect.span.from);
    let mut target = Target { slots, sheet, notes: Notes::default(), placed: 0 };
    let lone = match table.as_slice() {
        [row] if row.len() == 1 => Some(&row[0]),
        _ => None,
    };
    let rows: Vec<GridRow> = match lone {
        Some(_) => window.rows[rect.rows.clone()].to_vec(),
        None => window.rows[rect.rows.start..].iter().take(table.len()).cloned().collect(),
    };
    let mut pieces = Pieces::new(target.sheet.rota, window, rows.iter().map(|row| row.post.clone()));
    let columns: Vec<Span> = slots_of(slots, rect.span).collect();
    // All is cleared first, so that somebody who is pasted one lane further down is not in the way of himself.
    let mut planned: Vec<(GridRow, PersonId, Span)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<(&str, Span)> = match lone {
            Some(cell) => columns.iter().map(|slot| (cell.as_str(), *slot)).collect(),
            None => (first_column..slots.len()).map(|at| slots.slot(at)).zip(&table[index]).map(flip).collect(),
        };
        for (cell, slot) in cells {
            let Some(found) = target.read_cell(cell, slot) else { continue };
            pieces.cut(row, slot, target.sheet.random);
            planned.extend(found.into_iter().map(|(person, span)| (row.clone(), person, span)));
        }
        if lone.is_none() {
            let beyond = table[index].iter().skip(slots.len() - first_column);
            target.notes.beyond(beyond);
        }
    }
    target.notes.beyond(table.iter().skip(if lone.is_some() { 1 } else { rows.len() }).flatten());
    let mut people: BTreeSet<PersonId> = BTreeSet::new();
    for (row, person, span) in planned {
        people.insert(person.clone());
        if pieces.place(&row, &person, span, target.sheet.random) {
            target.placed += 1;
        } else {
            target.notes.twice(&initials(target.sheet.rota, &person), &times(target.sheet.rota.zone(), span));
        }
    }
    let cells = words::count(target.placed as u64, "cell");
    let label = match people.len() {
        0 => format!("paste {cells}"),
        many if many > NAMED_MAX => format!("paste {cells}, {}", words::people(many)),
        _ => format!("paste {} into {cells}", names(target.sheet.rota, &people)),
    };
    Ok(pieces.finish(label, target.notes.lines()))
}

fn flip((slot, cell): (Span, &String)) -> (&str, Span) {
    (cell, slot)
}

/// Rows of cells; quoted cells as spreadsheets write them.
fn read_table(text: &str) -> Vec<Vec<String>> {
    let reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records = reader.into_records().filter_map(Result::ok);
    let table = records.map(|record| record.iter().map(|cell| cell.replace('\u{feff}', "")).collect()).collect();
    without_headings(table)
}

/// The cells alone of a table that was copied with headings: who is there, as a plain cell has it.
fn without_headings(mut table: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let has_headings = |row: &Vec<String>| row.len() > HEADINGS.len() && row.iter().zip(HEADINGS).all(|(a, b)| a == b);
    let is_line = |row: &Vec<String>| row.iter().skip(1).all(|cell| cell.trim().is_empty());
    let found = table.iter().position(has_headings);
    if let Some(at) = found.filter(|at| table[..*at].iter().skip(1).all(is_line)) {
        table.drain(..=at);
        for row in &mut table {
            row.drain(..HEADINGS.len().min(row.len()));
            for cell in row {
                *cell = without_words(cell);
            }
        }
    }
    table
}

/// A cell without how far somebody has agreed or why somebody does not count, and without what is said where nobody is.
fn without_words(cell: &str) -> String {
    let is_nobody = |part: &str| [NOT_COVERED, IDLE, NO_NORMAL, CLOSED].iter().any(|words| part.starts_with(words));
    let bare = |part: &str| {
        let answers = [Status::Proposed, Status::Asked].map(|status| format!(", {}", status.words()));
        answers.iter().find_map(|answer| part.strip_suffix(answer.as_str())).unwrap_or(part).to_owned()
    };
    let parts = cell.split(BETWEEN).map(|part| {
        let now = part.strip_prefix(WAS).filter(|now| now.starts_with(NOT_COVERED) || now.starts_with(DOES_NOT_COUNT));
        now.unwrap_or(part)
    });
    let who = parts.filter_map(|part| who_does_not_count(part).or_else(|| (!is_nobody(part)).then_some(part)));
    who.map(bare).collect::<Vec<_>>().join(BETWEEN)
}

/// Who is said not to count, as in `NOT COVERED (AL Lovell: on two posts at once)`.
fn who_does_not_count(part: &str) -> Option<&str> {
    let said = [NOT_COVERED, DOES_NOT_COUNT].iter().find_map(|words| part.strip_prefix(words))?;
    let (who, _) = said.strip_prefix(" (")?.strip_suffix(')')?.rsplit_once(WHY)?;
    Some(who)
}

struct Target<'s, 'a> {
    slots: Slots,
    sheet: &'s mut Sheet<'a>,
    notes: Notes,
    placed: usize,
}

/// What was not pasted, each thing once.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    /// Cells that reach beyond the grid.
    beyond: Vec<String>,
}

impl Notes {
    fn add(&mut self, line: String) {
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    fn beyond<'t>(&mut self, cells: impl Iterator<Item = &'t String>) {
        self.beyond.extend(cells.filter(|cell| !cell.trim().is_empty()).map(|cell| format!("\"{}\"", shortened(cell))));
    }

    /// A line each; all cells beyond the grid are one.
    fn lines(mut self) -> Vec<String> {
        const NAMED: usize = 6;
        if self.beyond.len() > NAMED {
            let more = self.beyond.len() - NAMED;
            self.beyond.truncate(NAMED);
            self.beyond.push(format!("{more} more"));
        }
        if !self.beyond.is_empty() {
            self.lines.push(format!("Outside the grid, not pasted: {}", words::list(&self.beyond)));
        }
        self.lines
    }

    fn twice(&mut self, who: &str, when: &str) {
        self.add(format!("{who} is already on that post, {when}"));
    }
}

impl Target<'_, '_> {
    /// Who the cell means and when, or nothing (and a note) if it cannot be read.
    fn read_cell(&mut self, cell: &str, slot: Span) -> Option<Vec<(PersonId, Span)>> {
        let mut found = Vec::new();
        if cell.trim().is_empty() {
            return Some(found);
        }
        let cell = cell.trim().strip_prefix('\'').unwrap_or(cell);
        if let Ok(one) = self.read_part(cell.trim(), slot) {
            return Some(vec![one]);
        }
        for part in cell.split(['/', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
            match self.read_part(part, slot) {
                Ok(one) => found.push(one),
                Err(why) => {
                    let when = times(self.sheet.rota.zone(), slot);
                    self.notes.add(format!("\"{}\" at {when}: {why}", shortened(part)));
                    return None;
                }
            }
        }
        Some(found)
    }

    fn read_part(&self, part: &str, slot: Span) -> Result<(PersonId, Span), Unread> {
        let (name, when) = match split_times(part) {
            Some((name, from, to)) => (name, Some((from, to))),
            None => (part, None),
        };
        let name = name.trim().trim_end_matches(['?', '*']).trim();
        let person = find_person(self.sheet.rota, name)?;
        let span = match when {
            None => slot,
            Some((from, to)) => self.span_in(slot, from, to).ok_or(Unread::OtherTimes)?,
        };
        Ok((person, span))
    }

    /// The part of the slot with these times of day, or, if they were copied from another hour, with times as far into
    /// this slot as those were into theirs.
    fn span_in(&self, slot: Span, from: TimeOfDay, to: TimeOfDay) -> Option<Span> {
        let zone = self.sheet.rota.zone();
        let into = |time: TimeOfDay| i64::from(time.minutes()).rem_euclid(self.slots.minutes);
        let find = |same: &dyn Fn(TimeOfDay, TimeOfDay) -> bool| {
            let minutes = |from: i64| (from..=slot.to.0).map(Instant);
            let start = minutes(slot.from.0).find(|at| same(zone.time_of_day(*at), from))?;
            let end = minutes(start.0 + 1).find(|at| same(zone.time_of_day(*at), to))?;
            Some(Span::new(start, end))
        };
        find(&|a, b| a == b).or_else(|| find(&|a, b| into(a) == into(b)))
    }
}

/// `KP 10:30-11:15` as its parts; en dashes and spaces around the dash are fine.
fn split_times(part: &str) -> Option<(&str, TimeOfDay, TimeOfDay)> {
    let dash = part.rfind(['-', '–'])?;
    let to = part[dash..].trim_start_matches(['-', '–']).trim().parse().ok()?;
    let before = part[..dash].trim_end();
    let start = before.len().checked_sub(5).filter(|at| before.is_char_boundary(*at))?;
    Some((&before[..start], before[start..].parse().ok()?, to))
}

/// Why a part of a cell is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum Unread {
    #[error("nobody has these initials")]
    Nobody,
    #[error("more than one person is called that")]
    Several,
    #[error("the times are not within this slot")]
    OtherTimes,
}

/// The one person with those initials, or that family name, or both.
pub(super) fn find_person(rota: &Rota, name: &str) -> Result<PersonId, Unread> {
    let same = |a: &str, b: &str| !b.trim().is_empty() && a.to_lowercase() == b.trim().to_lowercase();
    let by_initials = |p: &&Person| same(name, &p.initials);
    let by_name = |p: &&Person| {
        let full = [
            format!("{} {}", p.initials, p.family),
            format!("{} {}", p.given, p.family),
            p.full_name(),
            p.family.clone(),
        ];
        full.iter().any(|full| same(name, full))
    };
    let mut found: Vec<&Person> = rota.people.iter().filter(by_initials).collect();
    if found.is_empty() {
        found = rota.people.iter().filter(by_name).collect();
    }
    match found.as_slice() {
        [one] => Ok(one.id.clone()),
        [] => Err(Unread::Nobody),
        _ => Err(Unread::Several),
    }
}

fn shortened(cell: &str) -> String {
    const LETTERS_MAX: usize = 40;
    let cell = cell.trim();
    if cell.chars().count() <= LETTERS_MAX {
        return cell.to_owned();
    }
    cell.chars().take(LETTERS_MAX).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::super::fixture::{TestSheet, able, person, range, rota, span, with};
    use super::*;
    use crate::model::{Availability, Available};

    fn filled() -> Rota {
        let rota = with(able(), "a1", "cons", "hg", "08:00", "12:00", Status::Agreed);
        let rota = with(rota, "a2", "cons", "mw", "12:00", "17:00", Status::Asked);
        let rota = with(rota, "a3", "mg", "kp", "08:00", "10:40", Status::Proposed);
        with(rota, "a4", "mg", "rs", "10:45", "11:00", Status::Agreed)
    }

    #[test]
    fn a_cell_says_who_how_far_agreed_and_when_it_does_not_fill_its_slot() {
        let sheet = TestSheet::new(filled());
        let text = sheet.copied(&range("cons", 0, "08:00", "mg", 0, "13:00"));
        assert_snapshot!(text.replace('\t', "|"), @r###"
        HG|HG|HG|HG|MW?|MW?
        KP*|KP*|KP* 10:00-10:40 / RS 10:45-11:00|||
        "###);
    }

    #[test]
    fn rows_with_headings_say_what_they_are_and_paste_back_as_cells() {
        let mut sheet = TestSheet::new(filled());
        let range = range("cons", 0, "10:00", "mg", 0, "12:00");
        let text = sheet.with_headings(&range);
        assert_snapshot!(text.replace('\t', "|"), @r###"
        Rota: 08:00–17:00 Tue 26-Apr-2016, as of 07:00 Tue 26-Apr-2016
        A&E: SHORT 13 h 5 min, 7 h 40 min TO AGREE
        Unit|Post|Bleep|10:00|11:00|12:00
        A&E|Consultant|2145|HG Grant|HG Grant|MW Whitlock, asked
        A&E|Middle grade|2145|KP Pereira 10:00-10:40, proposed / NOT COVERED 10:40-10:45 / RS Sethi 10:45-11:00|NOT COVERED|NOT COVERED
        "###);
        let plain = sheet.copied(&range);
        assert!(sheet.paste(&range, &text).is_empty());
        assert_eq!(sheet.copied(&range).replace(['*', '?'], ""), plain.replace(['*', '?'], ""));
    }

    #[test]
    fn where_nobody_is_a_copy_with_headings_says_why() {
        let mut rota = rota();
        let sheet = TestSheet::new(rota.clone());
        let range = range("mg", 1, "08:00", "sho", 0, "11:00");
        let told =
            |sheet: &TestSheet| sheet.with_headings(&range).lines().skip(3).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            told(&sheet),
            [
                "A&E\tMiddle grade\t2145\tnot normally staffed\tnot normally staffed\tNOT COVERED\tNOT COVERED",
                "A&E\tSHO\t2145\tnot normally staffed\tnot normally staffed\tnot normally staffed\tnot normally staffed",
            ]
        );
        rota.normals[0].staffing.clear();
        let none = told(&TestSheet::new(rota.clone()));
        assert!(none.iter().all(|line| line.ends_with("\tno normal staffing entered")), "{none:?}");
    }

    #[test]
    fn a_copy_with_headings_says_who_does_not_count_and_the_verdict_and_pastes_back_without_both() {
        let rota = with(filled(), "a5", "cons", "mw", "08:00", "08:30", Status::Agreed);
        let mut rota = with(rota, "a6", "mg", "hg", "11:00", "13:00", Status::Agreed);
        let away = Available { span: span("08:00", "10:00"), is: Availability::NotAvailable };
        rota.people.iter_mut().find(|person| person.initials == "KP").unwrap().availability.push(away);
        let mut sheet = TestSheet::new(rota.clone());
        let range = range("cons", 0, "08:00", "mg", 0, "12:00");
        let text = sheet.with_headings(&range);
        assert_snapshot!(text.replace('\t', "|"), @r###"
        Rota: 08:00–17:00 Tue 26-Apr-2016, as of 07:00 Tue 26-Apr-2016
        A&E: SHORT 14 h 35 min, 5 h 40 min TO AGREE
        Unit|Post|Bleep|08:00|09:00|10:00|11:00|12:00
        A&E|Consultant|2145|HG Grant|HG Grant|HG Grant|NOT COVERED (HG Grant: on two posts at once)|MW Whitlock, asked
        A&E|Consultant|2145|MW Whitlock 08:00-08:30 / not normally staffed 08:30-09:00|not normally staffed|not normally staffed|not normally staffed|not normally staffed
        A&E|Middle grade|2145|NOT COVERED (KP Pereira, proposed: not available)|NOT COVERED (KP Pereira, proposed: not available)|KP Pereira 10:00-10:40, proposed / NOT COVERED 10:40-10:45 / RS Sethi 10:45-11:00|NOT COVERED (HG Grant: on two posts at once)|HG Grant
        "###);
        let plain = sheet.copied(&range);
        assert!(sheet.paste(&range, &text).is_empty());
        assert_eq!(sheet.copied(&range).replace(['*', '?'], ""), plain.replace(['*', '?'], ""));
        let is_here = |a: &&crate::model::Assignment| a.span.overlaps(span("08:00", "13:00"));
        assert!(sheet.rota().assignments.iter().filter(is_here).all(|a| a.status == Status::Proposed));
    }

    #[test]
    fn a_copy_with_headings_claims_nothing_where_nothing_is_compared_or_current() {
        let mut rota = with(filled(), "a5", "mg", "hg", "10:00", "12:00", Status::Agreed);
        let range = range("cons", 0, "09:00", "cons", 0, "10:00");
        let told = |doc: &Document| {
            let sheet = TestSheet::new(doc.rota().clone());
            let now = crate::editor::fixture::at("07:00");
            let text = copy_with_headings(doc, sheet.shown(), sheet.slots(60), &range, now).unwrap();
            text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut doc = Document::unsaved(rota.clone());
        doc.set_file_state(super::super::document::FileState::NotConfirmed(String::new()));
        let cell = "NOT COVERED (HG Grant: on two posts at once)";
        let lines = told(&doc);
        assert!(lines[0].starts_with("A&E: was SHORT ") && lines[0].ends_with(" (not current)"), "{lines:?}");
        assert!(lines[2].ends_with(&format!("\tHG Grant\twas {cell}")), "{lines:?}");
        assert_eq!(without_words(&format!("was {cell}")), "HG Grant");
        rota.normals[0].example = true;
        let lines = told(&Document::unsaved(rota.clone()));
        assert!(lines[0].starts_with("A&E: SHORT ") && lines[0].ends_with(", FIGURES NOT AGREED"), "{lines:?}");
        rota.normals[0].staffing.clear();
        let lines = told(&Document::unsaved(rota));
        assert!(lines[0].starts_with("A&E: NO NORMAL STAFFING"), "{lines:?}");
        assert!(lines[2].ends_with("\tHG Grant\tDOES NOT COUNT (HG Grant: on two posts at once)"), "{lines:?}");
    }

    #[test]
    fn what_is_pasted_is_proposed_and_what_cannot_be_read_is_listed() {
        let mut sheet = TestSheet::new(filled());
        let notes = sheet.paste(
            &range("cons", 0, "13:00", "cons", 0, "13:00"),
            "AN\tXY\tkp?\t\tPereira\r\nzz\tan 14:30-15:00\t\"AN\nRS 15:30–15:45\"\n",
        );
        assert_snapshot!(notes.join("\n"), @r###"
        "XY" at 14:00–15:00: nobody has these initials
        "zz" at 13:00–14:00: nobody has these initials
        Outside the grid, not pasted: "Pereira"
        "###);
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |HG   HG   HG   HG   MW?  AN*  MW?  KP*  ###  |
        mg   |KP*  KP*  KP*/###/RS###  ###  ###  ###/AN*AN*/RS*/AN*###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
    }

    #[test]
    fn one_cell_fills_the_selection() {
        let mut sheet = TestSheet::new(rota());
        assert!(sheet.paste(&range("mg", 0, "10:00", "mg", 0, "13:00"), "KP").is_empty());
        assert_snapshot!(sheet.drawn(60), @r###"
        cons |###  ###  ###  ###  ###  ###  ###  ###  ###  |
        mg   |###  ###  KP*  KP*  KP*  KP*  ###  ###  ###  |
        mg   |.    .    ###  ###  ###  ###  ###  ###  ###  |
        sho  |.    .    .    .    .    .    .    .    .    |
        "###);
        assert_eq!(sheet.rota().assignments.len(), 1, "touching pieces are one");
    }

    #[test]
    fn what_would_lie_beyond_the_grid_is_listed() {
        let mut sheet = TestSheet::new(rota());
        let notes = sheet.paste(&range("sho", 0, "16:00", "sho", 0, "16:00"), "KP\tRS\nHG");
        assert_snapshot!(notes.join("\n"), @r###"
        Outside the grid, not pasted: "RS" and "HG"
        "###);
    }

    #[test]
    fn two_people_of_one_name_are_told_apart_by_nobody_but_the_user() {
        let mut rota = rota();
        rota.people.push(person("kp2", "Patel"));
        rota.people[5].initials = "KP".to_owned();
        let mut sheet = TestSheet::new(rota);
        let notes = sheet.paste(&range("mg", 0, "10:00", "mg", 0, "10:00"), "KP\tPatel");
        assert_snapshot!(notes.join("\n"), @r###"
        "KP" at 10:00–11:00: more than one person is called that
        "###);
        assert_eq!(sheet.rota().assignments.len(), 1);
    }

    #[test]
    fn times_follow_their_slot_to_another_hour() {
        let mut sheet = TestSheet::new(filled());
        let text = sheet.copied(&range("mg", 0, "10:00", "mg", 0, "10:00"));
        sheet.paste(&range("cons", 0, "15:00", "cons", 0, "15:00"), &text);
        let spans: Vec<String> = sheet.spans_on("cons");
        assert_snapshot!(spans.join("\n"), @r###"
        hg 08:00–12:00 Agreed
        mw 12:00–15:00 Asked
        kp 15:00–15:40 Proposed
        rs 15:45–16:00 Proposed
        mw 16:00–17:00 Asked
        "###);
    }
}
