//! Reading clinics and lists out of rows of a spreadsheet: which column is what, days and times, and who is in the team.

use chrono::NaiveDate;
use thiserror::Error;

use crate::model::{PersonId, Rota, SessionKind, Span, words};

use super::dates::parse_day;
use super::dialogs::SpanFields;
use super::paste_columns::{HEADINGS_WITHIN, columns};
use super::same_text::plain;
use super::sessions_team::{WrittenDoctor, read_team};

columns! {
    SessionColumn:
    Title "Session", Kind "Kind", Specialty "Specialty", Team "Team", Day "Day", From "From", To "To",
    Times "From and to", Patients "Patients", Appointments "Appointments", Inpatient "Inpatients", DayCase "Day cases",
    Protected "Protected", Note "Note"
}

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionPasteRow {
    /// The line in the pasted text, from 1.
    pub line: usize,
    /// Clinic, theatre list, …
    pub kind: SessionKind,
    /// Such as "Fracture clinic".
    pub title: String,
    /// Such as "Orthopaedics".
    pub specialty: String,
    /// When; none where it could not be read.
    pub span: Option<Span>,
    /// Everybody without whom it cannot run.
    pub team: Vec<PersonId>,
    /// The names that fit nobody, or more than one person, whether or not it was chosen since whom they mean.
    pub asked: Vec<String>,
    /// Those of them who are not in the rota: the session is taken without, and its note says so.
    pub not_here: Vec<String>,
    /// Outpatient appointments.
    pub appointments: u32,
    /// Inpatient operations.
    pub inpatient: u32,
    /// Day-case operations.
    pub day_case: u32,
    /// Some number of patients was written.
    pub has_patients: bool,
    /// Must not be postponed if there is any other way.
    pub protected: bool,
    /// Free text.
    pub note: String,
    /// The rota has it already: it is left out.
    pub is_there: bool,
    /// Why the row cannot be taken; it is left out.
    pub errors: Vec<String>,
}

impl SessionPasteRow {
    /// Whether it becomes a session.
    pub fn is_new(&self) -> bool {
        self.errors.is_empty() && !self.is_there
    }

    /// Whether it is taken without somebody who is written in it, or without anybody.
    pub fn lacks_doctor(&self) -> bool {
        self.is_new() && (self.team.is_empty() || !self.not_here.is_empty())
    }

    /// Its note, with whoever is written in its row and is not in the rota.
    pub(super) fn whole_note(&self) -> String {
        let names: Vec<_> = self.not_here.iter().map(|name| words::safe(name)).collect();
        let lacks = (!names.is_empty()).then(|| format!("Doctor not in the rota: {}", words::list(&names)));
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        note.into_iter().chain(lacks).collect::<Vec<_>>().join("; ")
    }

    /// What the row is called in a message: its title, else its number.
    pub(super) fn called(&self) -> String {
        let title = words::safe(self.title.trim());
        if title.is_empty() { format!("row {}", self.line) } else { title.into_owned() }
    }

    /// Whether both are the same session.
    pub fn is_twin(&self, other: &Self) -> bool {
        self.title.to_lowercase() == other.title.to_lowercase()
            && self.span == other.span
            && same_team(&self.team, &other.team)
    }
}

/// What the columns of pasted rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SessionColumns {
    /// One for each column.
    pub columns: Vec<SessionColumn>,
    /// The row that names them, if one does; rows above it are no sessions.
    pub heading: Option<usize>,
}

/// The column that a heading names.
fn named(heading: &str) -> Option<SessionColumn> {
    use SessionColumn as C;
    Some(match plain(heading).as_str() {
        "session" | "title" | "name" | "clinic" | "clinicname" | "list" | "sessionname" | "description" => C::Title,
        "kind" | "type" | "sessiontype" => C::Kind,
        "specialty" | "speciality" | "department" | "dept" | "service" => C::Specialty,
        "team" | "doctor" | "doctors" | "staff" | "consultant" | "clinician" | "clinicians" | "who" | "surgeon"
        | "initials" => C::Team,
        "day" | "date" | "sessiondate" | "clinicdate" => C::Day,
        "from" | "start" | "starts" | "starttime" | "begin" | "begins" => C::From,
        "to" | "end" | "ends" | "endtime" | "finish" | "until" => C::To,
        "time" | "times" | "hours" => C::Times,
        "appointments" | "appts" | "outpatients" | "outpatient" | "op" => C::Appointments,
        "patients" | "pts" | "booked" | "ptsbooked" | "patientsbooked" | "bookedpts" | "bookedpatients"
        | "nobooked" | "numberbooked" | "totalbooked" | "numbers" | "noofpatients" | "numberofpatients"
        | "nopatients" | "noofpts" | "numberofpts" | "nopts" | "totalpatients" | "listsize" | "slots" | "noofslots"
        | "slotsbooked" => C::Patients,
        "inpatient" | "inpatients" | "ip" | "inpatientoperations" | "operations" | "cases" => C::Inpatient,
        "daycase" | "daycases" | "dc" | "daycaseoperations" => C::DayCase,
        "protected" | "cancer" | "urgent" | "2ww" | "priority" => C::Protected,
        "note" | "notes" | "comment" | "comments" => C::Note,
        _ => return None,
    })
}

/// What the columns are: by their headings, wherever they stand, else title, team, day, from, to, patients in that order.
pub(super) fn find_session_columns(rows: &[(usize, Vec<String>)]) -> SessionColumns {
    use SessionColumn as C;
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    for (at, (_, cells)) in rows.iter().enumerate().take(HEADINGS_WITHIN) {
        let mut columns = by_headings(cells);
        if columns.iter().filter(|column| **column != C::Ignored).count() >= 2 {
            columns.resize(width, C::Ignored);
            return SessionColumns { columns, heading: Some(at) };
        }
    }
    let number = if width > 6 { C::Appointments } else { C::Patients };
    let usual = [C::Title, C::Team, C::Day, C::From, C::To, number, C::Inpatient, C::DayCase];
    let columns = (0..width).map(|at| usual.get(at).copied().unwrap_or(C::Ignored)).collect();
    SessionColumns { columns, heading: None }
}

/// Of two columns of one kind the first is read, but how many are booked before how many could be.
fn by_headings(cells: &[String]) -> Vec<SessionColumn> {
    use SessionColumn as C;
    let could_be = |heading: &String| matches!(plain(heading).as_str(), "slots" | "noofslots");
    let are_booked = |heading: &String| named(heading) == Some(C::Patients) && !could_be(heading);
    let is_less = |heading: &String| could_be(heading) && cells.iter().any(are_booked);
    let mut columns: Vec<C> = Vec::new();
    for heading in cells {
        let column = named(heading).filter(|column| !columns.contains(column) && !is_less(heading));
        columns.push(column.unwrap_or(C::Ignored));
    }
    columns
}

/// The rows as sessions, on `day` where they name none, with the `doctors` that were chosen by hand. What is wrong with
/// each is told in it.
pub(super) fn read_session_rows(
    rota: &Rota,
    rows: &[(usize, Vec<String>)],
    columns: &[SessionColumn],
    (day, base): (Option<NaiveDate>, NaiveDate),
    doctors: &[WrittenDoctor],
) -> Vec<SessionPasteRow> {
    let mut read: Vec<SessionPasteRow> = Vec::new();
    for (line, cells) in rows {
        let cell = |column: SessionColumn| {
            let at = columns.iter().position(|c| *c == column);
            at.and_then(|at| cells.get(at)).map(|cell| cell.trim()).unwrap_or_default()
        };
        let mut row = read_row(rota, *line, &cell, (day, base), doctors);
        let twin = read.iter().find(|other| row.errors.is_empty() && other.errors.is_empty() && other.is_twin(&row));
        if let Some(twin) = twin {
            row.errors.push(format!("the same session as in row {}", twin.line));
        }
        row.is_there = rota
            .sessions
            .iter()
            .any(|s| plain(&s.title) == plain(&row.title) && Some(s.span) == row.span && same_team(&s.team, &row.team));
        read.push(row);
    }
    read
}

fn same_team(one: &[PersonId], other: &[PersonId]) -> bool {
    one.len() == other.len() && one.iter().all(|id| other.contains(id))
}

fn read_row<'c>(
    rota: &Rota,
    line: usize,
    cell: &impl Fn(SessionColumn) -> &'c str,
    (day, base): (Option<NaiveDate>, NaiveDate),
    doctors: &[WrittenDoctor],
) -> SessionPasteRow {
    use SessionColumn as C;
    let mut errors = Vec::new();
    let title = cell(C::Title).split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        errors.push("no title".to_owned());
    }
    let span = read_span(rota, cell, day, base).map_err(|why| errors.push(why.to_string())).ok();
    let team = read_team(rota, cell(C::Team), doctors);
    errors.extend(team.asked.iter().filter(|(name, _)| team.open.contains(name)).map(|(_, why)| why.to_string()));
    let is_written = |column: C| !matches!(cell(column), "" | "-" | "–");
    let counted = [C::Appointments, C::Inpatient, C::DayCase];
    let has_kind = counted.into_iter().any(is_written);
    let usual = patients_are(cell(C::Kind), &title);
    let mut count = |column: C| {
        let is_usual = !has_kind && column == usual.unwrap_or(C::Appointments);
        let text = if is_usual { cell(C::Patients) } else { cell(column) };
        let number = if matches!(text, "" | "-" | "–") { Ok(0) } else { text.parse::<u32>() };
        number.ok().filter(|number| *number <= crate::model::COUNT_MAX).unwrap_or_else(|| {
            let name = column.label().to_lowercase();
            errors.push(format!("{name} “{}” is not a whole number", words::safe(text)));
            0
        })
    };
    let [appointments, inpatient, day_case] = counted.map(&mut count);
    let no = ["", "no", "n", "false", "0", "-", "routine"];
    SessionPasteRow {
        line,
        kind: kind_of(cell(C::Kind), usual, inpatient, day_case),
        title,
        specialty: cell(C::Specialty).to_owned(),
        span,
        team: if team.open.is_empty() { team.people } else { Vec::new() },
        asked: team.asked.into_iter().map(|(name, _)| name).collect(),
        not_here: team.not_here,
        appointments,
        inpatient,
        day_case,
        has_patients: has_kind || is_written(C::Patients),
        protected: !no.contains(&cell(C::Protected).to_lowercase().as_str()),
        note: cell(C::Note).to_owned(),
        is_there: false,
        errors,
    }
}

/// What patients are where nothing but the kind of session and its title tells.
fn patients_are(kind: &str, title: &str) -> Option<SessionColumn> {
    use SessionColumn as C;
    let told = |text: &str| {
        let all: Vec<String> = text.split_whitespace().map(plain).collect();
        let has = |wanted: &[&str]| all.iter().any(|word| wanted.contains(&word.as_str()));
        let together = plain(text);
        if together.contains("clinic") || together.contains("outpatient") {
            Some(C::Appointments)
        } else if together.contains("daycase") || together.contains("daysurgery") {
            Some(C::DayCase)
        } else if together.contains("theatre") || has(&["list", "lists", "surgery", "operating", "inpatient"]) {
            Some(C::Inpatient)
        } else {
            None
        }
    };
    told(kind).or_else(|| told(title))
}

fn kind_of(text: &str, usual: Option<SessionColumn>, inpatient: u32, day_case: u32) -> SessionKind {
    match usual {
        _ if plain(text) == "other" && inpatient + day_case == 0 => SessionKind::Other,
        Some(SessionColumn::DayCase) => SessionKind::DayCase,
        _ if day_case > 0 && inpatient == 0 => SessionKind::DayCase,
        Some(SessionColumn::Inpatient) => SessionKind::Theatre,
        _ if inpatient > 0 => SessionKind::Theatre,
        None if !text.is_empty() => SessionKind::Other,
        _ => SessionKind::Clinic,
    }
}

/// Why a row does not say when its session is: words without a full stop.
#[derive(Debug, Error)]
enum NoSpan {
    #[error("no day: add a column with the day")]
    Day,
    #[error("no start and end: write them as 09:00 and 12:30")]
    Times,
    /// What a dialog says of the same times.
    #[error("{}", .0.trim_end_matches('.'))]
    Wrong(String),
}

/// When it is, in the words of the fields of a dialog.
fn read_span<'c>(
    rota: &Rota,
    cell: &impl Fn(SessionColumn) -> &'c str,
    day: Option<NaiveDate>,
    base: NaiveDate,
) -> Result<Span, NoSpan> {
    use SessionColumn as C;
    let typed = cell(C::Day);
    let day = match (typed, day) {
        ("", None) => return Err(NoSpan::Day),
        ("", Some(day)) => day,
        (text, _) => parse_day(text, base).map_err(|why| NoSpan::Wrong(why.to_string()))?,
    };
    let between = cell(C::Times);
    let both = between.split_once(['-', '–', '—']).or_else(|| between.split_once(" to "));
    let (from, to) = both.unwrap_or((cell(C::From), cell(C::To)));
    if from.trim().is_empty() || to.trim().is_empty() {
        return Err(NoSpan::Times);
    }
    let seconds = |text: &str| {
        // A spreadsheet may show seconds, which are none.
        let text = text.trim();
        if text.len() == 8 { text.strip_suffix(":00").unwrap_or(text).to_owned() } else { text.to_owned() }
    };
    let mut when = SpanFields::empty(day);
    (when.from_day, when.from_time, when.to_time) = (super::dates::day_text(day), seconds(from), seconds(to));
    when.read(rota.zone(), None)
        .map_err(|errors| NoSpan::Wrong(errors.into_iter().next().map_or_else(String::new, |error| error.text)))
}
