//! Reading clinics and lists out of rows of a spreadsheet: which column is what, days and times, and who is in the team.

use chrono::NaiveDate;

use crate::model::{Person, PersonId, Rota, SessionKind, Span, words};

use super::dates::parse_day;
use super::dialogs::SpanFields;
use super::paste_columns::columns;

columns! {
    SessionColumn:
    Title "Session", Kind "Kind", Specialty "Specialty", Team "Team", Day "Day", From "From", To "To",
    Times "From and to", Appointments "Appointments", Inpatient "Inpatients", DayCase "Day cases",
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
    /// Outpatient appointments.
    pub appointments: u32,
    /// Inpatient operations.
    pub inpatient: u32,
    /// Day-case operations.
    pub day_case: u32,
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
    /// The first row names them.
    pub has_header: bool,
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
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
        "appointments" | "appts" | "patients" | "outpatients" | "outpatient" | "op" | "booked" => C::Appointments,
        "inpatient" | "inpatients" | "ip" | "inpatientoperations" | "operations" | "cases" => C::Inpatient,
        "daycase" | "daycases" | "dc" | "daycaseoperations" => C::DayCase,
        "protected" | "cancer" | "urgent" | "2ww" | "priority" => C::Protected,
        "note" | "notes" | "comment" | "comments" => C::Note,
        _ => return None,
    })
}

/// What the columns are: by their headings, else title, team, day, from, to, appointments in that order.
pub(super) fn find_session_columns(rows: &[(usize, Vec<String>)]) -> SessionColumns {
    use SessionColumn as C;
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let mut columns: Vec<C> = Vec::new();
    for heading in rows.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default() {
        columns.push(named(heading).filter(|column| !columns.contains(column)).unwrap_or(C::Ignored));
    }
    columns.resize(width, C::Ignored);
    if columns.iter().filter(|column| **column != C::Ignored).count() >= 2 {
        return SessionColumns { columns, has_header: true };
    }
    let usual = [C::Title, C::Team, C::Day, C::From, C::To, C::Appointments, C::Inpatient, C::DayCase];
    let columns = (0..width).map(|at| usual.get(at).copied().unwrap_or(C::Ignored)).collect();
    SessionColumns { columns, has_header: false }
}

/// The rows as sessions, on `day` where they name none. What is wrong with each is told in it.
pub(super) fn read_session_rows(
    rota: &Rota,
    rows: &[(usize, Vec<String>)],
    columns: &[SessionColumn],
    day: Option<NaiveDate>,
    base: NaiveDate,
) -> Vec<SessionPasteRow> {
    let mut read: Vec<SessionPasteRow> = Vec::new();
    for (line, cells) in rows {
        let cell = |column: SessionColumn| {
            let at = columns.iter().position(|c| *c == column);
            at.and_then(|at| cells.get(at)).map(|cell| cell.trim()).unwrap_or_default()
        };
        let mut row = read_row(rota, *line, &cell, day, base);
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
    day: Option<NaiveDate>,
    base: NaiveDate,
) -> SessionPasteRow {
    use SessionColumn as C;
    let mut errors = Vec::new();
    let title = cell(C::Title).split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        errors.push("no title".to_owned());
    }
    let span = read_span(rota, cell, day, base).map_err(|why| errors.push(why)).ok();
    let mut team = Vec::new();
    match read_team(rota, cell(C::Team)) {
        Ok(found) => team = found,
        Err(why) => errors.extend(why),
    }
    let mut count = |column: C| {
        let text = cell(column);
        let number = if matches!(text, "" | "-" | "–") { Ok(0) } else { text.parse::<u32>() };
        number.ok().filter(|number| *number <= crate::model::COUNT_MAX).unwrap_or_else(|| {
            let name = column.label().to_lowercase();
            errors.push(format!("{name} “{}” is not a whole number", words::safe(text)));
            0
        })
    };
    let (appointments, inpatient, day_case) = (count(C::Appointments), count(C::Inpatient), count(C::DayCase));
    let no = ["", "no", "n", "false", "0", "-", "routine"];
    SessionPasteRow {
        line,
        kind: kind_of(cell(C::Kind), &title, inpatient, day_case),
        title,
        specialty: cell(C::Specialty).to_owned(),
        span,
        team,
        appointments,
        inpatient,
        day_case,
        protected: !no.contains(&cell(C::Protected).to_lowercase().as_str()),
        note: cell(C::Note).to_owned(),
        is_there: false,
        errors,
    }
}

fn kind_of(text: &str, title: &str, inpatient: u32, day_case: u32) -> SessionKind {
    let has = |words: &[&str]| words.iter().any(|word| plain(text).contains(word) || plain(title).contains(word));
    if has(&["daycase", "daysurgery"]) || day_case > 0 && inpatient == 0 {
        SessionKind::DayCase
    } else if has(&["theatre"]) || inpatient > 0 {
        SessionKind::Theatre
    } else if text.is_empty() || has(&["clinic", "outpatient"]) {
        SessionKind::Clinic
    } else {
        SessionKind::Other
    }
}

/// When it is, in the words of the fields of a dialog.
fn read_span<'c>(
    rota: &Rota,
    cell: &impl Fn(SessionColumn) -> &'c str,
    day: Option<NaiveDate>,
    base: NaiveDate,
) -> Result<Span, String> {
    use SessionColumn as C;
    let typed = cell(C::Day);
    let day = match (typed, day) {
        ("", None) => return Err("no day: add a column with the day".to_owned()),
        ("", Some(day)) => day,
        (text, _) => parse_day(text, base).map_err(|why| why.to_string().trim_end_matches('.').to_owned())?,
    };
    let between = cell(C::Times);
    let both = between.split_once(['-', '–', '—']).or_else(|| between.split_once(" to "));
    let (from, to) = both.unwrap_or((cell(C::From), cell(C::To)));
    if from.trim().is_empty() || to.trim().is_empty() {
        return Err("no start and end: write them as 09:00 and 12:30".to_owned());
    }
    let seconds = |text: &str| {
        // A spreadsheet may show seconds, which are none.
        let text = text.trim();
        if text.len() == 8 { text.strip_suffix(":00").unwrap_or(text).to_owned() } else { text.to_owned() }
    };
    let mut when = SpanFields::empty(day);
    (when.from_day, when.from_time, when.to_time) = (super::dates::day_text(day), seconds(from), seconds(to));
    when.read(rota.zone(), None).map_err(|errors| {
        errors.into_iter().next().map_or_else(String::new, |error| error.text.trim_end_matches('.').to_owned())
    })
}

/// Everybody that a cell names: initials, or names; commas, semicolons, slashes, `+` and `and` stand between.
fn read_team(rota: &Rota, cell: &str) -> Result<Vec<PersonId>, Vec<String>> {
    let (mut team, mut wrong) = (Vec::new(), Vec::new());
    if cell.is_empty() {
        return Ok(team);
    }
    // "Grant, Helen" is one person, "HG, KP" are two.
    if let Ok(one) = who(rota, cell) {
        return Ok(vec![one]);
    }
    let cell = cell.replace(" and ", ",").replace('&', ",");
    for part in cell.split([',', ';', '/', '+', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        match who(rota, part) {
            Ok(id) if !team.contains(&id) => team.push(id),
            Ok(_) => {}
            Err(why) => wrong.push(why),
        }
    }
    if wrong.is_empty() { Ok(team) } else { Err(wrong) }
}

/// The one person with those initials, else of that name.
fn who(rota: &Rota, text: &str) -> Result<PersonId, String> {
    let words: Vec<String> = text.split_whitespace().map(|word| word.trim_matches('.').to_lowercase()).collect();
    let titles = ["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "mx"];
    let name = plain(&words.into_iter().filter(|word| !titles.contains(&word.as_str())).collect::<String>());
    let by_initials = |p: &&Person| plain(&p.initials) == name;
    let by_name = |p: &&Person| {
        let (family, given) = (plain(&p.family), plain(&p.given));
        !family.is_empty() && [family.clone(), format!("{given}{family}"), format!("{family}{given}")].contains(&name)
    };
    let mut found: Vec<&Person> = rota.people.iter().filter(by_initials).collect();
    if found.is_empty() {
        found = rota.people.iter().filter(by_name).collect();
    }
    match (name.is_empty(), found.as_slice()) {
        (false, [one]) => Ok(one.id.clone()),
        (true, _) | (_, []) => Err(format!("nobody is called “{}”", words::safe(text))),
        _ => Err(format!("more than one person is called “{}”", words::safe(text))),
    }
}
