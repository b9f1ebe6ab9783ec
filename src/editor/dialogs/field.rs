//! What drafts have in common: a field that is wrong, a stretch of time as typed, and turning a list into changes.

use chrono::NaiveDate;
use thiserror::Error;

use crate::model::{COUNT_MAX, Change, ListChange, Record, Span, Zone, words};

use super::super::dates::{DateError, NIGHT_MAX, day_at, day_text, instant, parse_day, parse_time};

/// Days that are further apart were hardly meant: a year was left out, or is wrong.
pub(super) const YEAR: i64 = 366;

/// What is wrong with one field, shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Field,
    /// One sentence, with what to do.
    pub text: String,
}

/// A field of a dialog: the same for the draft that finds something wrong in it and for the form that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The row of a list, if the field is in one.
    pub row: Option<Row>,
    pub part: Part,
}

/// What of a dialog, or of a row of it, a field is for. A test holds each to a draft that makes errors of it and a form
/// that shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is called as its field is on the screen")]
pub enum Part {
    AddToTeam,
    AgreedBy,
    AgreedOn,
    Appointments,
    Count,
    Day,
    DayCase,
    Family,
    FirstDay,
    From,
    FromDay,
    FromTime,
    Grade,
    /// The list of a unit's grades as a whole.
    Grades,
    Handovers,
    Initials,
    Inpatient,
    Name,
    Normal,
    /// Pasted rows that could not be read.
    NotPasted,
    /// Only some posts of a unit.
    Only,
    /// Whom it is for.
    People,
    Reason,
    /// The pasted rows as a whole.
    Rows,
    SeniorFrom,
    Time,
    Times,
    Title,
    To,
    ToDay,
    ToTime,
    Unit,
    UntilDay,
    UntilTime,
    /// What becomes of them.
    What,
    With,
    Zone,
}

/// One of a dialog's lists: two lists of one dialog may have fields of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum List {
    /// The only list of its dialog, or its first.
    #[default]
    Main,
    /// What a person may cover, unit by unit.
    Scope,
    /// When a person is available.
    Availability,
    /// A person's other duties.
    Duties,
    /// Hours in which nobody normally works in a unit.
    Shut,
}

/// A row of one of a dialog's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub list: List,
    /// Which row of it, from 0.
    pub at: usize,
}

impl From<usize> for Row {
    fn from(at: usize) -> Self {
        Self { list: List::Main, at }
    }
}

impl List {
    pub fn row(self, at: usize) -> Row {
        Row { list: self, at }
    }
}

impl FieldError {
    /// An error of a field that is there once.
    pub fn new(part: Part, text: impl Into<String>) -> Self {
        Self { field: Field { row: None, part }, text: text.into() }
    }

    /// An error of a field in a row.
    pub fn in_row(row: impl Into<Row>, part: Part, text: impl Into<String>) -> Self {
        Self { field: Field { row: Some(row.into()), part }, text: text.into() }
    }
}

/// A stretch of time as typed: days as `26/4`, `26/04/2016`, `26-Apr`, `+2d`; times as `8`, `08:00`, `0800`.
///
/// Errors are of the parts [`Part::FromDay`], [`Part::FromTime`], [`Part::ToDay`] and [`Part::ToTime`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpanFields {
    /// The day it begins.
    pub from_day: String,
    pub from_time: String,
    /// The day it ends; empty means the same day, or the next where the time is not later.
    pub to_day: String,
    pub to_time: String,
    /// The day that typed days are seen from.
    pub base: NaiveDate,
}

impl SpanFields {
    /// Empty fields.
    pub fn empty(base: NaiveDate) -> Self {
        Self { base, ..Self::default() }
    }

    /// A span as fields show it.
    pub fn of(zone: Zone, span: Span) -> Self {
        let (from, to) = (day_at(zone, span.from), day_at(zone, span.to));
        let (start, end) = (zone.time_of_day(span.from), zone.time_of_day(span.to));
        let implied = from.succ_opt() == Some(to) && (end == start || end < start && span.minutes() <= NIGHT_MAX);
        let to_day = if from == to || implied { String::new() } else { day_text(to) };
        Self {
            from_day: day_text(from),
            from_time: words::time(zone, span.from),
            to_day,
            to_time: words::time(zone, span.to),
            base: from,
        }
    }

    /// The day it begins, if that is one.
    pub fn from_day(&self) -> Option<NaiveDate> {
        parse_day(&self.from_day, self.base).ok()
    }

    /// Writes the days out as they are understood, such as `Wed 25-Nov-2026`.
    pub fn write_out(&mut self) {
        let from = self.from_day();
        if let Some(day) = from {
            self.from_day = day_text(day);
        }
        if let Ok(day) = parse_day(&self.to_day, from.unwrap_or(self.base)) {
            self.to_day = day_text(day);
        }
    }

    /// The day on which the time would end, where it has to be asked whether it goes on overnight: such as
    /// `Wed 27-Apr-2016`.
    pub fn overnight(&self, zone: Zone) -> Option<String> {
        let next = day_text(self.from_day()?.succ_opt()?);
        let asked = self.to_day.trim().is_empty() && self.read(zone, None).is_err();
        (asked && Self { to_day: next.clone(), ..self.clone() }.read(zone, None).is_ok()).then_some(next)
    }

    /// Whether nothing has been typed.
    pub fn is_blank(&self) -> bool {
        [&self.from_day, &self.from_time, &self.to_day, &self.to_time].iter().all(|text| text.trim().is_empty())
    }

    /// The span, and the day it ends as it was understood.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn read(&self, zone: Zone, row: Option<Row>) -> Result<Span, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |part, error: DateError| {
            errors.push(FieldError { field: Field { row, part }, text: error.to_string() });
        };
        let from_day = parse_day(&self.from_day, self.base).map_err(|e| note(Part::FromDay, e)).ok();
        let from_time = parse_time(&self.from_time).map_err(|e| note(Part::FromTime, e)).ok();
        let to_day = match self.to_day.trim() {
            "" => None,
            typed => Some(parse_day(typed, from_day.unwrap_or(self.base)).map_err(|e| note(Part::ToDay, e))),
        };
        let to_time = parse_time(&self.to_time).map_err(|e| note(Part::ToTime, e)).ok();
        let (Some(from_day), Some((from_time, from_later)), Some((to_time, to_later))) = (from_day, from_time, to_time)
        else {
            return Err(errors);
        };
        let to_day = match to_day {
            None => {
                let next = to_time < from_time || to_time == from_time && !to_later;
                if next { from_day.succ_opt().unwrap_or(from_day) } else { from_day }
            }
            Some(Ok(day)) => day,
            Some(Err(())) => return Err(errors),
        };
        let one = |part, text| vec![FieldError { field: Field { row, part }, text }];
        let from = instant(zone, from_day, from_time, from_later).map_err(|e| one(Part::FromTime, e.to_string()))?;
        let to = instant(zone, to_day, to_time, to_later).map_err(|e| one(Part::ToTime, e.to_string()))?;
        if from >= to {
            return Err(one(Part::ToTime, "this is not after the beginning: change one of them".to_owned()));
        }
        let span = Span::new(from, to);
        if self.to_day.trim().is_empty() && to_time < from_time && span.minutes() > NIGHT_MAX {
            let (length, until) = (words::length(span.minutes()), day_text(to_day));
            let text = format!(
                "This is {length}: overnight until {} {}? Then enter {until} as the day it ends",
                to_day.format("%a"),
                words::time(zone, to)
            );
            return Err(one(Part::ToTime, text));
        }
        let days = span.minutes() / (24 * 60);
        if days > YEAR {
            return Err(one(Part::ToDay, format!("this is {days} days after the beginning: write the year")));
        }
        Ok(span)
    }
}

/// What is typed is no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("write a whole number, 0 to {COUNT_MAX}")]
pub(super) struct NoCount;

/// A count as typed; empty means 0.
pub(super) fn read_count(text: &str) -> Result<u32, NoCount> {
    let text = text.trim();
    let count = if text.is_empty() { Ok(0) } else { text.parse::<u32>().map_err(|_| ()) };
    count.ok().filter(|count| *count <= COUNT_MAX).ok_or(NoCount)
}

/// The changes that turn one list of records into another, keeping its order.
pub(super) fn list_changes<T: Record>(old: &[T], new: Vec<T>) -> Vec<Change>
where
    Change: From<ListChange<T>>,
{
    let mut changes: Vec<Change> = Vec::new();
    let mut now: Vec<&T::Id> = Vec::new();
    for record in old {
        if new.iter().any(|n| n.id() == record.id()) {
            now.push(record.id());
        } else {
            changes.push(ListChange::<T>::Remove(record.id().clone()).into());
        }
    }
    let mut now: Vec<T::Id> = now.into_iter().cloned().collect();
    for (place, record) in new.into_iter().enumerate() {
        match now.iter().position(|id| id == record.id()) {
            None => {
                now.insert(place.min(now.len()), record.id().clone());
                changes.push(ListChange::Insert(place, record).into());
            }
            Some(at) => {
                if at != place {
                    let id = now.remove(at);
                    now.insert(place, id.clone());
                    changes.push(ListChange::<T>::Move(id, place).into());
                }
                if !old.contains(&record) {
                    changes.push(ListChange::Replace(record).into());
                }
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Command, Competency, CompetencyId, History, Rota};

    fn fields(from_day: &str, from_time: &str, to_day: &str, to_time: &str) -> SpanFields {
        let text = ToOwned::to_owned;
        SpanFields {
            from_day: text(from_day),
            from_time: text(from_time),
            to_day: text(to_day),
            to_time: text(to_time),
            base: NaiveDate::from_ymd_opt(2016, 4, 26).unwrap(),
        }
    }

    fn name(part: Part) -> &'static str {
        match part {
            Part::FromDay => "from_day",
            Part::FromTime => "from_time",
            Part::ToDay => "to_day",
            Part::ToTime => "to_time",
            other => panic!("{other:?}"),
        }
    }

    fn text_of(fields: &SpanFields) -> String {
        match fields.read(Zone::LONDON, None) {
            Ok(span) => words::span(Zone::LONDON, span),
            Err(errors) => {
                errors.iter().map(|e| format!("{}: {}", name(e.field.part), e.text)).collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn a_span_without_its_second_day_ends_the_same_day_or_the_next() {
        assert_eq!(text_of(&fields("26/4", "8", "", "17")), "08:00–17:00 Tue 26-Apr-2016");
        assert_eq!(text_of(&fields("26/4", "20", "", "8")), "20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016");
        assert_eq!(text_of(&fields("26/4", "7", "", "7")), "07:00 Tue 26-Apr-2016 – 07:00 Wed 27-Apr-2016");
        assert_eq!(text_of(&fields("26/4", "8", "+1d", "8")), "08:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016");
    }

    #[test]
    fn times_the_wrong_way_round_ask_whether_it_is_overnight() {
        assert_eq!(
            text_of(&fields("26/4", "12:30", "", "9")),
            "to_time: This is 20 h 30 min: overnight until Wed 09:00? Then enter Wed 27-Apr-2016 as the day it ends"
        );
        assert_eq!(fields("26/4", "12:30", "", "9").overnight(Zone::LONDON).as_deref(), Some("Wed 27-Apr-2016"));
        for (from, to) in [("18", "17"), ("17", "10")] {
            assert!(text_of(&fields("26/4", from, "", to)).contains("overnight until Wed"), "{from}–{to}");
        }
        assert_eq!(text_of(&fields("26/4", "17", "27/4", "10")), "17:00 Tue 26-Apr-2016 – 10:00 Wed 27-Apr-2016");
        for (from, to) in [("20", "8"), ("19", "8"), ("7", "7"), ("8", "17")] {
            assert!(fields("26/4", from, "", to).read(Zone::LONDON, None).is_ok(), "{from}–{to}");
            assert_eq!(fields("26/4", from, "", to).overnight(Zone::LONDON), None);
        }
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        assert_eq!(
            text_of(&fields("x", "y", "", "")),
            "from_day: write the day as 26/4, 26-Apr or 26/04/2016, or as +2d; \
             from_time: write the time as 08:00, 24-hour; to_time: write the time as 08:00, 24-hour"
        );
        assert_eq!(
            text_of(&fields("26/4", "8", "25/4", "9")),
            "to_time: this is not after the beginning: change one of them"
        );
    }

    #[test]
    fn days_are_written_out_as_they_are_understood() {
        let mut when = fields("24/11/2026", "8", "25/11", "17");
        when.write_out();
        assert_eq!((when.from_day.as_str(), when.to_day.as_str()), ("Tue 24-Nov-2026", "Wed 25-Nov-2026"));
        when.from_day = "x".to_owned();
        when.to_day.clear();
        when.write_out();
        assert_eq!((when.from_day.as_str(), when.to_day.as_str()), ("x", ""));
        assert_eq!(
            text_of(&fields("26/4/2016", "8", "26/4/2026", "17")),
            "to_day: this is 3652 days after the beginning: write the year"
        );
    }

    #[test]
    fn what_fields_show_reads_back_as_the_same_span() {
        for (from_day, from_time, to_day, to_time) in [
            ("26/4", "8", "", "17"),
            ("26/4", "20", "", "8"),
            ("26/4", "17", "27/4", "10"),
            ("26/4", "8", "28/4", "7"),
            ("25/10/2026", "01:30 (second)", "", "3"),
            ("24/10/2026", "20", "25/10/2026", "01:30 (second)"),
            ("25/10/2026", "01:30", "", "01:30 (second)"),
        ] {
            let span = fields(from_day, from_time, to_day, to_time).read(Zone::LONDON, None).unwrap();
            assert_eq!(SpanFields::of(Zone::LONDON, span).read(Zone::LONDON, None), Ok(span), "{from_day} {from_time}");
        }
    }

    #[test]
    fn a_list_is_brought_to_its_new_order() {
        let competency = |id: &str| Competency { id: CompetencyId::new(id).unwrap(), name: id.to_owned() };
        let before: Vec<_> = ["a", "b", "c", "d"].map(competency).to_vec();
        for after in [vec!["d", "a"], vec![], vec!["x", "c", "y", "b", "a", "d"], vec!["a", "b", "c", "d"]] {
            let mut after: Vec<_> = after.into_iter().map(competency).collect();
            if let Some(first) = after.first_mut() {
                first.name = "changed".to_owned();
            }
            let rota = Rota { competencies: before.clone(), ..Rota::empty() };
            let mut history = History::new(rota);
            let changes = list_changes(&before, after.clone());
            history.run(Command::edit("x", changes)).unwrap();
            assert_eq!(history.rota().competencies, after);
        }
    }
}
