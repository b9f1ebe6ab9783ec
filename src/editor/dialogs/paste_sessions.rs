//! The preview of clinics and lists pasted from a spreadsheet.

use crate::model::{Change, Command, Instant, Rota, Session, SessionId, SessionState, WindowId, words};

use super::super::dates::{base_day, day_at};
use super::super::env::Env;
use super::super::paste_columns::{choose_column, not_read_words};
use super::super::rows::numbered_rows;
use super::super::same_text::plain;
use super::super::selection::View;
use super::super::sessions_paste::{SessionColumn, SessionPasteRow, find_session_columns, read_session_rows};
use super::super::sessions_team::{Doctor, WrittenDoctor};
use super::draft::{Afterwards, CommandDraft, DialogDraft, add_words, left_out_words};
use super::field::{FieldError, Part};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PasteSessionsDraft {
    /// As pasted, or typed into the box.
    pub text: String,
    /// The rows are pasted into a box: nothing had been copied when the dialog was opened.
    pub has_box: bool,
    /// What each column of the text is.
    pub columns: Vec<SessionColumn>,
    /// The row that names the columns, from 0, if one does.
    pub heading: Option<usize>,
    /// What the columns are called there.
    pub header: Vec<String>,
    /// The rows below it, read with `columns`.
    pub rows: Vec<SessionPasteRow>,
    /// The names in the rows that fit nobody, or more than one person: whom each of them means is chosen here.
    pub doctors: Vec<WrittenDoctor>,
    /// The window shown: rows without a day are of its day.
    pub window: Option<WindowId>,
}

impl PasteSessionsDraft {
    /// The preview of `text`.
    pub fn of(rota: &Rota, text: &str, window: Option<&WindowId>, now: Instant) -> Self {
        let mut draft = Self { has_box: text.trim().is_empty(), window: window.cloned(), ..Self::default() };
        draft.set_text(rota, text, now);
        draft
    }

    /// Another text: all of it is read again.
    pub fn set_text(&mut self, rota: &Rota, text: &str, now: Instant) {
        let rows = numbered_rows(text);
        let found = find_session_columns(&rows);
        let header = found.heading.and_then(|at| rows.get(at)).map(|(_, cells)| cells.clone());
        text.clone_into(&mut self.text);
        self.columns = found.columns;
        self.heading = found.heading;
        self.header = header.unwrap_or_default();
        self.doctors.clear();
        self.read(rota, now);
    }

    /// Another column is chosen for a place: reads the rows again.
    pub fn set_column(&mut self, rota: &Rota, place: usize, column: SessionColumn, now: Instant) {
        choose_column(&mut self.columns, place, column);
        self.read(rota, now);
    }

    /// Whom a written name means: in all rows that have it.
    pub fn set_doctor(&mut self, rota: &Rota, name: &str, chosen: Option<&Doctor>, now: Instant) {
        for doctor in self.doctors.iter_mut().filter(|doctor| doctor.name == name) {
            doctor.chosen = chosen.cloned();
        }
        self.read(rota, now);
    }

    /// What is not read of the paste, one sentence each: columns, and the rows above that of the headings.
    pub fn not_read_words(&self) -> Vec<String> {
        not_read_words(&self.columns, &self.header, self.heading)
    }

    /// What the column of patients without a kind is called, if there is one.
    pub fn patients_column(&self) -> Option<String> {
        let at = self.columns.iter().position(|column| *column == SessionColumn::Patients)?;
        let name = self.header.get(at).map(|name| words::safe(name.trim()).into_owned());
        Some(name.unwrap_or_else(|| format!("Column {}", at + 1)))
    }

    /// New sessions of which no number of patients was read.
    pub fn without_patients(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new() && !row.has_patients).count()
    }

    /// New sessions that lack a doctor.
    pub fn without_doctor(&self) -> usize {
        self.rows.iter().filter(|row| row.lacks_doctor()).count()
    }

    fn read(&mut self, rota: &Rota, now: Instant) {
        let rows = numbered_rows(&self.text);
        let rows = rows.get(self.heading.map_or(0, |at| at + 1)..).unwrap_or_default();
        let window = self.window.as_ref().and_then(|id| rota.window(id)).or(rota.windows.first());
        let day = window.map(|window| day_at(rota.zone(), window.span.from));
        self.rows = read_session_rows(rota, rows, &self.columns, (day, base_day(rota, now)), &self.doctors);
        let mut doctors: Vec<WrittenDoctor> = Vec::new();
        for (row, name) in self.rows.iter().flat_map(|row| row.asked.iter().map(move |name| (row, name))) {
            let same = |doctor: &&WrittenDoctor| plain(&doctor.name) == plain(name);
            if let Some(at) = doctors.iter().position(|doctor| same(&doctor)) {
                doctors[at].rows.push(row.line);
            } else {
                let chosen = self.doctors.iter().find(same).and_then(|doctor| doctor.chosen.clone());
                doctors.push(WrittenDoctor { name: name.clone(), rows: vec![row.line], chosen });
            }
        }
        self.doctors = doctors;
    }

    /// How many rows become sessions, are there already, and cannot be taken.
    pub fn counts(&self) -> (usize, usize, usize) {
        let new = self.rows.iter().filter(|row| row.is_new()).count();
        let wrong = self.rows.iter().filter(|row| !row.errors.is_empty()).count();
        (new, self.rows.len() - new - wrong, wrong)
    }

    /// What the main button says: how many sessions it adds, and how many rows it leaves out.
    pub fn main_words(&self) -> String {
        let (new, _, wrong) = self.counts();
        add_words(new, "session", wrong)
    }

    /// The rows that will be left out, by name, such as "1 row left out: Skin clinic"; none if none is.
    pub fn left_out_words(&self) -> Option<String> {
        let left_out = self.rows.iter().filter(|row| !row.errors.is_empty());
        left_out_words(left_out.map(SessionPasteRow::called).collect())
    }

    /// What was done, said when it is: such as "Added 40 sessions; 1 row left out: Skin clinic".
    pub fn told(&self) -> String {
        let (new, there, _) = self.counts();
        let mut parts = vec![format!("Added {}", words::count(new as u64, "session"))];
        if self.without_doctor() > 0 {
            parts.push(format!("{} without a doctor", self.without_doctor()));
        }
        if there > 0 {
            parts.push(format!("{there} already there"));
        }
        parts.extend(self.left_out_words());
        parts.join("; ")
    }

    /// The rows that were left out, each in a line with why.
    pub fn left_out(&self) -> Vec<String> {
        let wrong = self.rows.iter().filter(|row| !row.errors.is_empty());
        let line = |row: &SessionPasteRow| {
            let title = words::safe(row.title.trim()).into_owned();
            let title = if title.is_empty() { title } else { format!(", {title}") };
            format!("Row {}{title}: {}", row.line, row.errors.join("; "))
        };
        wrong.map(line).collect()
    }
}

impl DialogDraft for PasteSessionsDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the pasted sessions")
    }

    /// What is wrong with all of it: nothing stands in the way of the rows that can be taken.
    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        let text = match self.counts() {
            (1.., _, _) => return Vec::new(),
            (0, 0, 0) => "copy rows of sessions in a spreadsheet first, then paste them here",
            (0, 0, _) => "no row can be added: mend the rows, or choose what the columns are",
            _ => "every session is in the rota already",
        };
        vec![FieldError::new(Part::Rows, text)]
    }

    fn take_rows(&mut self, rota: &Rota, text: &str, now: Instant) {
        self.set_text(rota, text, now);
    }
}

impl CommandDraft for PasteSessionsDraft {
    /// All of them are entered as running: nobody has told any patient anything here.
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        self.checked(rota)?;
        let mut changes = Vec::new();
        for row in self.rows.iter().filter(|row| row.is_new()) {
            let Some(span) = row.span else { continue };
            changes.push(Change::add(Session {
                id: SessionId::random(env.random()),
                kind: row.kind,
                title: row.title.clone(),
                specialty: row.specialty.clone(),
                span,
                team: row.team.clone(),
                appointments: row.appointments,
                inpatient: row.inpatient,
                day_case: row.day_case,
                protected: row.protected,
                state: SessionState::Running,
                locked: false,
                note: row.whole_note(),
            }));
        }
        Ok(Command::edit(format!("paste {}", words::count(changes.len() as u64, "session")), changes))
    }

    /// What was pasted is seen.
    fn afterwards(&self, _rota: &Rota, _command: &Command) -> Afterwards {
        Afterwards { view: Some(View::Sessions), ..Afterwards::pasted(self.told(), self.left_out()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota, window_id};
    use super::super::super::paste_columns::not_read;
    use super::super::super::tables::sessions_table;
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{History, PersonId};

    const CLINICS: &str = "Date\tClinic\tConsultant\tStart\tFinish\tBooked\tCancer\r\n\
        26/4\tFracture clinic\tHG\t09:00\t12:30\t14\t\r\n\
        \tBreast clinic\tDr Pereira; RS\t13:30:00\t17:00:00\t22\tyes\r\n\
        31/4\tENT clinic\tHG\t9\t12\t5\t\r\n\
        26/4\tSkin clinic\tXY, HG\t9\t12\tmany\t\r\n\
        26/4\tFRACTURE clinic\tHG\t9\t12:30\t14\t\r\n";

    fn draft(rota: &Rota, text: &str) -> PasteSessionsDraft {
        PasteSessionsDraft::of(rota, text, Some(&window_id()), at("07:00"))
    }

    fn unread(draft: &PasteSessionsDraft) -> Vec<String> {
        not_read(&draft.columns, &draft.header)
    }

    #[test]
    fn clinics_are_read_with_their_teams_and_what_is_wrong_is_named() {
        let rota = rota();
        let draft = draft(&rota, CLINICS);
        let told: Vec<String> = draft
            .rows
            .iter()
            .map(|row| {
                let when = row.span.map_or("?".to_owned(), |span| words::span(rota.zone(), span));
                let team: Vec<&str> = row.team.iter().map(PersonId::as_str).collect();
                format!("{} {} | {when} | {} | {}", row.line, row.title, team.join(" "), row.errors.join("; "))
            })
            .collect();
        assert_eq!(
            told,
            [
                "2 Fracture clinic | 09:00–12:30 Tue 26-Apr-2016 | hg | ",
                "3 Breast clinic | 13:30–17:00 Tue 26-Apr-2016 | kp rs | ",
                "4 ENT clinic | ? | hg | There is no 31 April",
                "5 Skin clinic | 09:00–12:00 Tue 26-Apr-2016 |  | nobody is called “XY”; appointments “many” is not a \
                 whole number",
                "6 FRACTURE clinic | 09:00–12:30 Tue 26-Apr-2016 | hg | the same session as in row 2",
            ]
        );
        assert_eq!(draft.counts(), (2, 0, 3));
        assert!(draft.rows[1].protected && !draft.rows[0].protected);
    }

    #[test]
    fn a_paste_is_one_step_and_all_of_it_runs() {
        let mut history = History::new(rota());
        let command = env(|env| draft(history.rota(), CLINICS).command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "paste 2 sessions");
        history.run(command).unwrap();
        let told: Vec<_> = history.rota().sessions.iter().map(|s| (s.appointments, s.state)).collect();
        assert_eq!(told, [(14, SessionState::Running), (22, SessionState::Running)]);
        let again = draft(history.rota(), CLINICS);
        assert_eq!(again.counts(), (0, 2, 3));
        assert_eq!(again.errors(history.rota())[0].text, "every session is in the rota already");
        history.undo();
        assert_eq!(*history.rota(), rota());
    }

    #[test]
    fn sessions_that_are_copied_can_be_pasted() {
        let mut history = History::new(rota());
        history.run(env(|env| draft(history.rota(), CLINICS).command(history.rota(), env)).unwrap()).unwrap();
        let ids: Vec<SessionId> = history.rota().sessions.iter().map(|s| s.id.clone()).collect();
        let text = sessions_table(history.rota(), &ids);
        assert_eq!(draft(history.rota(), &text).counts(), (0, 2, 0), "{text}");
        let elsewhere = draft(&rota(), &text);
        assert_eq!(elsewhere.counts(), (2, 0, 0));
        assert!(elsewhere.rows[1].protected);
    }

    #[test]
    fn numbers_of_patients_are_read_under_their_usual_headings_and_what_is_not_read_is_told() {
        let rota = rota();
        let patients = |heading: &str, kind: &str, title: &str, number: &str| {
            let text = format!("Clinic\tConsultant\tStart\tEnd\tType\t{heading}\n{title}\tHG\t9\t12\t{kind}\t{number}");
            let draft = draft(&rota, &text);
            assert_eq!((unread(&draft), draft.counts()), (Vec::new(), (1, 0, 0)), "{heading}");
            let row = &draft.rows[0];
            (row.appointments, row.inpatient, row.day_case, row.has_patients)
        };
        let usual = ["Pts", "Patients", "Pts booked", "No. booked", "Booked", "Numbers", "No. of patients", "Slots"];
        for heading in usual {
            assert_eq!(patients(heading, "", "Fracture clinic", "14"), (14, 0, 0, true), "{heading}");
            assert_eq!(patients(heading, "", "Hip list", "4"), (0, 4, 0, true), "{heading}");
        }
        for title in ["Theatre 3", "General surgery", "Trauma lists"] {
            assert_eq!(patients("Pts", "", title, "4"), (0, 4, 0, true), "{title}");
        }
        for title in ["Specialist nurse", "Surgery clinic", "Pre-assessment"] {
            assert_eq!(patients("Pts", "", title, "4"), (4, 0, 0, true), "{title}");
        }
        assert_eq!(patients("Pts", "Theatre", "Mr Hay", "4"), (0, 4, 0, true), "the kind goes before the title");
        assert_eq!(patients("Pts", "Clinic", "Waiting list", "4"), (4, 0, 0, true));
        assert_eq!(patients("Pts", "Day case", "Hernia list", "4"), (0, 0, 4, true));
        assert_eq!(patients("Pts", "", "Hip list", ""), (0, 0, 0, false), "not entered");
        assert_eq!(patients("Pts", "", "Hip list", "0"), (0, 0, 0, true));
        let both = draft(&rota, "Clinic\tDoctor\tStart\tEnd\tSlots\tBooked\tRoom\nEye clinic\tHG\t9\t12\t20\t14\t5");
        assert_eq!((both.rows[0].appointments, unread(&both)), (14, vec!["Slots".to_owned(), "Room".to_owned()]));
        let kinds = draft(&rota, "List\tDoctor\tStart\tEnd\tPts\tIP\tDC\nHip list\tHG\t9\t12\t9\t4\t5");
        assert_eq!((kinds.rows[0].inpatient, kinds.rows[0].day_case), (4, 5), "a number of its own kind goes before");
    }

    #[test]
    fn headings_may_stand_below_a_title() {
        let rota = rota();
        let text = format!("Clinics of Tuesday 26 April\t\t\n\n{CLINICS}");
        let found = draft(&rota, &text);
        assert_eq!((found.heading, found.counts(), unread(&found)), (Some(1), (2, 0, 3), Vec::new()));
        assert_eq!(found.rows[0].line, 4);
    }

    #[test]
    fn whoever_is_not_known_is_chosen_and_a_session_without_its_doctor_says_so() {
        let mut history = History::new(rota());
        let text = "Date\tClinic\tDoctor\tFrom\tTo\tNotes\n26/4\tEye clinic\tT Hay, HG\t9\t12\troom 2\n\
                    26/4\tEar clinic\tT. Hay\t9\t12\t\n26/4\tSkin clinic\tXY\t9\t12\t\n26/4\tHand clinic\t\t9\t12\t";
        let mut draft = draft(history.rota(), text);
        assert_eq!(draft.counts(), (1, 0, 3));
        let asked: Vec<_> = draft.doctors.iter().map(|d| (d.name.as_str(), d.rows.clone())).collect();
        assert_eq!(asked, [("T Hay", vec![2, 3]), ("XY", vec![4])]);
        let kp = history.rota().people[1].id.clone();
        draft.set_doctor(history.rota(), "T Hay", Some(&Doctor::Person(kp.clone())), at("07:00"));
        draft.set_doctor(history.rota(), "XY", Some(&Doctor::NotHere), at("07:00"));
        assert_eq!((draft.counts(), draft.doctors.len()), ((4, 0, 0), 2));
        assert_eq!(draft.told(), "Added 4 sessions; 2 without a doctor");
        history.run(env(|env| draft.command(history.rota(), env)).unwrap()).unwrap();
        let sessions = &history.rota().sessions;
        let told: Vec<_> = sessions.iter().map(|s| (s.team.len(), s.note.as_str())).collect();
        assert_eq!(told, [(2, "room 2"), (1, ""), (0, "Doctor not in the rota: XY"), (0, "")]);
        assert_eq!(sessions[1].team, [kp]);
    }

    #[test]
    fn columns_without_headings_are_chosen_by_hand() {
        let rota = rota();
        let mut draft = draft(&rota, "Fracture clinic\tHG\t27/4\t09:00-12:30\nENT clinic\tKP\t27/4\t13:30–17:00");
        assert_eq!(draft.counts(), (0, 0, 2));
        assert_eq!(draft.errors(&rota)[0].field.part, Part::Rows);
        draft.set_column(&rota, 3, SessionColumn::Times, at("07:00"));
        assert_eq!(draft.counts(), (2, 0, 0));
        assert_eq!(self::draft(&rota, "").errors(&rota).len(), 1);
    }
}
