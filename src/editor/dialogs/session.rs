//! A session: elective work that stops if any one of its team is taken for cover.

use crate::model::{
    Change, Command, Person, PersonId, Rota, Session, SessionId, SessionKind, SessionState, WindowId, words,
};

use super::super::dates::base_day;
use super::super::env::Env;
use super::super::find_text::finds_person;
use super::super::log::log_change;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part, SpanFields, read_count};
use crate::model::Instant;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDraft {
    /// None if it is new.
    pub id: Option<SessionId>,
    /// Clinic, theatre list, …
    pub kind: SessionKind,
    /// Such as "Fracture clinic".
    pub title: String,
    /// Such as "Orthopaedics".
    pub specialty: String,
    pub when: SpanFields,
    /// Everybody without whom it cannot run.
    pub team: Vec<PersonId>,
    /// Initials or a name, to add to the team.
    pub add_to_team: String,
    /// Outpatient appointments, as typed.
    pub appointments: String,
    /// Inpatient operations, as typed.
    pub inpatient: String,
    /// Day-case operations, as typed.
    pub day_case: String,
    /// Must not be postponed if there is any other way.
    pub protected: bool,
    /// Whether it runs.
    pub state: SessionState,
    /// Why a protected session does not run; kept in the log.
    pub reason: String,
    /// Keeps the planner's hands off it.
    pub locked: bool,
    /// Free text.
    pub note: String,
}

impl SessionDraft {
    /// As the rota has it, or a new one on the day of the window shown.
    pub fn of(rota: &Rota, id: Option<&SessionId>, window: Option<&WindowId>, now: Instant) -> Self {
        let zone = rota.zone();
        if let Some(session) = id.and_then(|id| rota.session(id)) {
            return Self {
                id: Some(session.id.clone()),
                kind: session.kind,
                title: session.title.clone(),
                specialty: session.specialty.clone(),
                when: SpanFields::of(zone, session.span),
                team: session.team.clone(),
                add_to_team: String::new(),
                appointments: session.appointments.to_string(),
                inpatient: session.inpatient.to_string(),
                day_case: session.day_case.to_string(),
                protected: session.protected,
                state: session.state,
                reason: String::new(),
                locked: session.locked,
                note: session.note.clone(),
            };
        }
        let mut when = SpanFields::empty(base_day(rota, now));
        if let Some(window) = window.and_then(|id| rota.window(id)) {
            when.from_day = SpanFields::of(zone, window.span).from_day;
        }
        Self {
            id: None,
            kind: SessionKind::Clinic,
            title: String::new(),
            specialty: String::new(),
            when,
            team: Vec::new(),
            add_to_team: String::new(),
            appointments: "0".to_owned(),
            inpatient: "0".to_owned(),
            day_case: "0".to_owned(),
            protected: false,
            state: SessionState::Running,
            reason: String::new(),
            locked: false,
            note: String::new(),
        }
    }

    /// People who fit what is typed and are not in the team yet, at most eight.
    pub fn team_matches<'a>(&self, rota: &'a Rota) -> Vec<&'a Person> {
        let typed = self.add_to_team.trim();
        if typed.is_empty() {
            return Vec::new();
        }
        let free = rota.people.iter().filter(|p| !self.team.contains(&p.id));
        let mut found: Vec<(u8, &Person)> = free.filter_map(|p| Some((finds_person(p, typed)?, p))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, p)| p).take(8).collect()
    }

    /// Puts the first match into the team.
    pub fn take_first_match(&mut self, rota: &Rota) {
        if let Some(id) = self.team_matches(rota).first().map(|p| p.id.clone()) {
            self.team.push(id);
            self.add_to_team.clear();
        }
    }

    /// Whether a reason has to be given: a protected session is put off that was not so before.
    pub fn asks_reason(&self, rota: &Rota) -> bool {
        let before = self.id.as_ref().and_then(|id| rota.session(id)).map_or(SessionState::Running, |s| s.state);
        self.protected && self.state != SessionState::Running && self.state > before
    }
}

impl DialogDraft for SessionDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to this session")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.title.trim().is_empty() {
            errors.push(FieldError::new(Part::Title, "write what the session is called"));
        }
        errors.extend(self.when.read(rota.zone(), None).err().unwrap_or_default());
        if !self.add_to_team.trim().is_empty() {
            errors.push(FieldError::new(Part::AddToTeam, "choose one of the people below, or clear this"));
        }
        for (part, text) in [
            (Part::Appointments, &self.appointments),
            (Part::Inpatient, &self.inpatient),
            (Part::DayCase, &self.day_case),
        ] {
            if let Err(why) = read_count(text) {
                errors.push(FieldError::new(part, why.to_string()));
            }
        }
        if self.asks_reason(rota) && self.reason.trim().is_empty() {
            errors.push(FieldError::new(
                Part::Reason,
                "it is protected: write why it cannot run; this is kept in the log",
            ));
        }
        errors
    }
}

impl CommandDraft for SessionDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let errors = self.errors(rota);
        let (true, Ok(span)) = (errors.is_empty(), self.when.read(rota.zone(), None)) else { return Err(errors) };
        let count = |text: &str| read_count(text).unwrap_or_default();
        let session = Session {
            id: self.id.clone().unwrap_or_else(|| SessionId::random(env.random())),
            kind: self.kind,
            title: self.title.trim().to_owned(),
            specialty: self.specialty.trim().to_owned(),
            span,
            team: self.team.clone(),
            appointments: count(&self.appointments),
            inpatient: count(&self.inpatient),
            day_case: count(&self.day_case),
            protected: self.protected,
            state: self.state,
            locked: self.locked,
            note: self.note.trim().to_owned(),
        };
        let verb = if self.id.is_some() { "change" } else { "add" };
        let label = format!("{verb} {}", words::safe(&session.title));
        let mut changes = Vec::new();
        if self.asks_reason(rota) {
            let text = format!("{}, protected, {}: {}", session.title, self.state.words(), self.reason.trim());
            changes.push(log_change(rota, env, text));
        }
        changes.push(if self.id.is_some() { Change::replace(session) } else { Change::add(session) });
        Ok(Command::edit(label, changes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota, window_id};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::History;

    fn clinic(rota: &Rota) -> SessionDraft {
        let mut draft = SessionDraft::of(rota, None, Some(&window_id()), at("07:00"));
        draft.title = "Fracture clinic".to_owned();
        draft.when.from_time = "9".to_owned();
        draft.when.to_time = "12:30".to_owned();
        draft.appointments = "14".to_owned();
        draft
    }

    #[test]
    fn a_new_session_is_on_the_day_shown_with_its_team() {
        let mut history = History::new(rota());
        let mut draft = clinic(history.rota());
        draft.add_to_team = "nwo".to_owned();
        assert_eq!(draft.errors(history.rota())[0].field.part, Part::AddToTeam);
        draft.take_first_match(history.rota());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        assert_eq!(command.label, "add Fracture clinic");
        history.run(command).unwrap();
        let session = &history.rota().sessions[0];
        assert_eq!((session.appointments, session.team[0].as_str()), (14, "an"));
        assert_eq!(words::span(history.rota().zone(), session.span), "09:00–12:30 Tue 26-Apr-2016");
        let again = SessionDraft::of(history.rota(), Some(&session.id), None, at("07:00"));
        let same = env(|env| again.command(history.rota(), env)).unwrap();
        assert_eq!(history.run(same), Ok(None), "nothing was changed");
    }

    #[test]
    fn a_protected_session_asks_for_a_reason_and_logs_it() {
        let mut history = History::new(rota());
        let mut draft = clinic(history.rota());
        draft.protected = true;
        draft.state = SessionState::Postponed;
        assert_eq!(draft.errors(history.rota())[0].field.part, Part::Reason);
        draft.reason = "no anaesthetist".to_owned();
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(history.rota().log[0].text, "Fracture clinic, protected, postponed: no anaesthetist");
    }

    #[test]
    fn every_wrong_field_is_named() {
        let draft = SessionDraft { title: String::new(), appointments: "x".into(), ..clinic(&rota()) };
        let fields: Vec<Part> = draft.errors(&rota()).iter().map(|e| e.field.part).collect();
        assert_eq!(fields, [Part::Title, Part::Appointments]);
    }
}
