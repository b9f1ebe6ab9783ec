//! The list of windows: when the walkout is, and which normal day each is compared with.

use crate::model::{Change, Command, Normal, NormalId, Rota, Span, Window, WindowId};

use super::super::Editor;
use super::super::dates::{base_day, day_at, day_text};
use super::super::env::Env;
use super::Dialog;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part, SpanFields, YEAR, list_changes};
use super::moved::{MovedAlong, Moves};
use crate::exchange::dates_in_words;
use crate::model::{Instant, Properties};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowsDraft {
    /// The windows in order.
    pub rows: Vec<WindowRow>,
    /// What moves along with windows that begin on other days, once that has been asked.
    pub moves: Option<Moves>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRow {
    /// None if it is new.
    pub id: Option<WindowId>,
    /// Such as "Day 1".
    pub label: String,
    pub when: SpanFields,
    /// What it is compared with; none where the rota has no normal staffing yet.
    pub normal: Option<NormalId>,
}

impl WindowsDraft {
    /// As the rota has them; one empty row where it has none.
    pub fn of(rota: &Rota, now: Instant) -> Self {
        let row = |window: &Window| WindowRow {
            id: Some(window.id.clone()),
            label: window.label.clone(),
            when: SpanFields::of(rota.zone(), window.span),
            normal: Some(window.normal.clone()),
        };
        let mut draft = Self { rows: rota.windows.iter().map(row).collect(), moves: None };
        if draft.rows.is_empty() {
            let when = SpanFields::empty(base_day(rota, now));
            let normal = rota.normals.first().map(|n| n.id.clone());
            draft.rows.push(WindowRow { id: None, label: "Day 1".to_owned(), when, normal });
        }
        draft.see_from_above();
        draft
    }

    /// One more row: the day after the last, at the same times, compared with the same normal day.
    pub fn add_next(&mut self, rota: &Rota) {
        let mut row = self.rows.last().cloned().unwrap_or_default();
        row.id = None;
        row.label = format!("Day {}", self.rows.len() + 1);
        if let Ok(span) = row.when.read(rota.zone(), None) {
            let next = |at| day_at(rota.zone(), at).succ_opt().map(day_text).unwrap_or_default();
            row.when.from_day = next(span.from);
            if !row.when.to_day.trim().is_empty() {
                row.when.to_day = next(span.to);
            }
        }
        self.rows.push(row);
    }

    /// A day without a year is seen from the window above: all windows are of one walkout.
    pub fn see_from_above(&mut self) {
        let mut above = None;
        for row in &mut self.rows {
            row.when.base = above.unwrap_or(row.when.base);
            above = row.when.from_day().or(above);
        }
    }

    /// All that could go along with windows that are moved to other days.
    pub fn moved_along(&self, rota: &Rota) -> MovedAlong {
        self.read(rota).map_or_else(|_| MovedAlong::default(), |spans| MovedAlong::all(rota, &self.known(&spans)))
    }

    /// The windows that the rota has already, at their new times.
    fn known(&self, spans: &[Span]) -> Vec<(WindowId, Span)> {
        self.rows.iter().zip(spans).filter_map(|(row, span)| Some((row.id.clone()?, *span))).collect()
    }

    /// The same with the question of what moves along: where windows begin on other days, and something lies in them
    /// or the title names the old days. None once it has been asked.
    pub fn asks_what_moves(&self, rota: &Rota) -> Option<Self> {
        let spans = self.read(rota).ok().filter(|_| self.moves.is_none())?;
        let known = self.known(&spans);
        let day = |span: Span| day_at(rota.zone(), span.from);
        let is_moved = |(id, to): &(WindowId, Span)| rota.window(id).is_some_and(|from| day(from.span) != day(*to));
        if !known.iter().any(is_moved) {
            return None;
        }
        let title = &rota.properties.title;
        let mut after = rota.clone();
        after.windows.retain(|window| known.iter().any(|(id, _)| *id == window.id));
        for window in &mut after.windows {
            window.span = known.iter().find(|(id, _)| *id == window.id).map_or(window.span, |(_, span)| *span);
        }
        let renamed = dates_in_words(rota)
            .zip(dates_in_words(&after))
            .map_or_else(|| title.clone(), |(old, new)| title.replace(&old, &new));
        if MovedAlong::all(rota, &known).is_empty() && renamed == *title {
            return None;
        }
        Some(Self { moves: Some(Moves { title: renamed, ..Moves::USUAL }), ..self.clone() })
    }

    fn read(&self, rota: &Rota) -> Result<Vec<Span>, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut spans = Vec::new();
        let mut draft = self.clone();
        draft.see_from_above();
        for (i, row) in draft.rows.iter().enumerate() {
            match row.when.read(rota.zone(), Some(i.into())) {
                Ok(span) => spans.push(span),
                Err(wrong) => errors.extend(wrong),
            }
            if row.normal.is_none() && !rota.normals.is_empty() {
                errors.push(FieldError::in_row(i, Part::Normal, "choose the normal day to compare with"));
            }
        }
        if errors.is_empty()
            && let Some(first) = spans.first()
        {
            for (i, span) in spans.iter().enumerate() {
                let days = (span.from.0 - first.from.0).abs() / (24 * 60);
                if days > YEAR {
                    let text = format!("this is {days} days from the first day: write the year");
                    errors.push(FieldError::in_row(i, Part::FromDay, text));
                }
            }
        }
        if errors.is_empty() { Ok(spans) } else { Err(errors) }
    }
}

impl DialogDraft for WindowsDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to the walkout times")
    }

    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }
}

impl CommandDraft for WindowsDraft {
    /// Sign-offs of windows that go, go with them.
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let spans = self.read(rota)?;
        let mut changes = Vec::new();
        let mut first_normal = rota.normals.first().map(|normal| normal.id.clone());
        if first_normal.is_none() && !self.rows.is_empty() {
            let normal = Normal {
                id: NormalId::random(env.random()),
                name: "Normal day".to_owned(),
                agreed_by: String::new(),
                agreed_on: String::new(),
                closed: Vec::new(),
                shut: vec![],
                // Nobody has agreed what is entered in it.
                example: true,
                staffing: Vec::new(),
            };
            first_normal = Some(normal.id.clone());
            changes.push(Change::add(normal));
        }
        let moves = self.moves.clone().unwrap_or(Moves::USUAL);
        let along = MovedAlong::of(rota, &self.known(&spans), &moves);
        let title = moves.title.trim();
        if !title.is_empty() && title != rota.properties.title {
            changes.push(Change::Properties(Properties { title: title.to_owned(), ..rota.properties.clone() }));
        }
        let mut windows = Vec::new();
        for (row, span) in self.rows.iter().zip(spans) {
            let Some(normal) = row.normal.clone().or_else(|| first_normal.clone()) else { continue };
            let id = row.id.clone().unwrap_or_else(|| WindowId::random(env.random()));
            windows.push(Window { id, label: row.label.trim().to_owned(), span, normal });
        }
        // A day moved to before the others stands before them, for what comes next and for every list.
        windows.sort_by_key(|window| window.span);
        let kept = |id: &WindowId| windows.iter().any(|window| window.id == *id);
        if rota.sign_offs.iter().any(|sign_off| !kept(&sign_off.window)) {
            changes.push(Change::SignOffs(rota.sign_offs.iter().filter(|s| kept(&s.window)).cloned().collect()));
        }
        changes.extend(list_changes(&rota.windows, windows));
        changes.extend(along.changes());
        Ok(Command::edit("change the walkout times", changes))
    }

    fn asks_first(&self, rota: &Rota) -> Option<Dialog> {
        self.asks_what_moves(rota).map(|windows| Dialog::MovedDays(MovedDaysDraft { windows }))
    }
}

/// The question what moves along with windows that begin on other days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedDaysDraft {
    /// The windows as they were typed, with what moves along.
    pub windows: WindowsDraft,
}

impl DialogDraft for MovedDaysDraft {
    fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.windows.errors(rota)
    }

    /// Back to the times as they were typed.
    fn cancelled(&self, editor: &mut Editor) {
        editor.dialog = Some(Dialog::Windows(WindowsDraft { moves: None, ..self.windows.clone() }));
    }
}

impl CommandDraft for MovedDaysDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        self.windows.command(rota, env)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota, span, with};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{
        Availability, Available, History, Session, SessionId, SessionKind, SessionState, Status, words,
    };

    fn messages(rota: &Rota) -> Vec<String> {
        rota.windows.iter().map(|w| format!("{} {}", w.label, words::span(rota.zone(), w.span))).collect()
    }

    #[test]
    fn the_next_day_is_one_press() {
        let mut history = History::new(rota());
        let mut draft = WindowsDraft::of(history.rota(), at("08:00"));
        draft.add_next(history.rota());
        (draft.rows[1].when.to_day, draft.rows[1].when.to_time) = ("28/4".to_owned(), "07:00".to_owned());
        draft.add_next(history.rota());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(
            messages(history.rota()),
            [
                "Day 1 08:00–17:00 Tue 26-Apr-2016",
                "Day 2 08:00 Wed 27-Apr-2016 – 07:00 Thu 28-Apr-2016",
                "Day 3 08:00 Thu 28-Apr-2016 – 07:00 Fri 29-Apr-2016",
            ]
        );
        history.undo();
        assert_eq!(*history.rota(), rota());
    }

    #[test]
    fn a_day_that_is_moved_behind_another_stands_behind_it() {
        let mut history = History::new(rota());
        let mut draft = WindowsDraft::of(history.rota(), at("08:00"));
        draft.add_next(history.rota());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        let mut start = history.rota().clone();
        start.properties.title = "Walkout, 26 and 27 April 2016".to_owned();
        let mut history = History::new(start);
        let mut draft = WindowsDraft::of(history.rota(), at("08:00"));
        draft.rows[0].when.from_day = "10/5".to_owned();
        let asked = draft.asks_what_moves(history.rota()).unwrap();
        assert_eq!(
            asked.moves.as_ref().unwrap().title,
            "Walkout, 27 April and 10 May 2016",
            "two days, and none between"
        );
        let command = env(|env| asked.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(
            messages(history.rota()),
            ["Day 2 08:00–17:00 Wed 27-Apr-2016", "Day 1 08:00–17:00 Tue 10-May-2016"]
        );
    }

    #[test]
    fn the_first_window_of_an_empty_rota_brings_a_normal_day() {
        let mut history = History::new(Rota::empty());
        let mut draft = WindowsDraft::of(history.rota(), at("08:00"));
        assert_eq!(draft.errors(history.rota()).len(), 3, "nothing is typed yet");
        draft.rows[0].when = SpanFields {
            from_day: "26/4".into(),
            from_time: "8".into(),
            to_time: "17".into(),
            ..draft.rows[0].when.clone()
        };
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(messages(history.rota()), ["Day 1 08:00–17:00 Tue 26-Apr-2016"]);
        assert_eq!(history.rota().normals.len(), 1);
        assert!(history.rota().normals[0].example, "nobody has agreed what will be entered in it");
    }

    #[test]
    fn a_day_without_a_year_is_of_the_year_of_the_window_above() {
        let mut draft = WindowsDraft::of(&rota(), at("08:00"));
        draft.add_next(&rota());
        draft.rows[0].when.from_day = "24/11/2026".to_owned();
        draft.rows[1].when.from_day = "25/11".to_owned();
        draft.see_from_above();
        draft.rows[1].when.write_out();
        assert_eq!(draft.rows[1].when.from_day, "Wed 25-Nov-2026");
        assert_eq!(draft.errors(&rota()), []);
        draft.rows[1].when.from_day = "25/11/2015".to_owned();
        let errors = draft.errors(&rota());
        assert_eq!((errors[0].field.row, errors[0].field.part), (Some(1.into()), Part::FromDay));
        assert_eq!(errors[0].text, "this is 4017 days from the first day: write the year");
    }

    #[test]
    fn what_is_not_free_moves_along_unless_it_is_unticked_and_nobody_agrees_by_it() {
        let mut start = with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed);
        let window = start.windows[0].span;
        let said = |is, span| Available { span, is };
        start.people[0].availability = vec![said(Availability::NotAvailable, window)];
        start.people[1].availability = vec![said(Availability::Available, window)];
        start.people[2].availability = vec![said(Availability::NotAvailable, span("10:00", "12:00"))];
        let mut draft = WindowsDraft::of(&start, at("08:00"));
        draft.rows[0].when.from_day = "3/5".to_owned();
        draft.rows[0].when.to_time = "19".to_owned();
        let along = draft.moved_along(&start);
        assert_eq!(along.unavailable(&start).as_deref(), Some("2 people are unavailable: HG and RS"));
        assert_eq!(along.cover(&start).as_deref(), Some("1 block of cover: KP"));
        assert_eq!(along.stays().len(), 1, "{:?}", along.stays());
        let mut history = History::new(start.clone());
        history.run(env(|env| draft.command(&start, env)).unwrap()).unwrap();
        let after = history.rota().clone();
        let zone = after.zone();
        assert_eq!(after.people[0].availability, [said(Availability::NotAvailable, after.windows[0].span)]);
        assert_eq!(words::span(zone, after.people[2].availability[0].span), "10:00–12:00 Tue 03-May-2016");
        assert_eq!(after.people[1], start.people[1], "nobody said that they can come then");
        assert_eq!(words::span(zone, after.assignments[0].span), "08:00–13:00 Tue 03-May-2016");
        assert_eq!(after.assignments[0].status, Status::Proposed);
        history.undo();
        assert_eq!(*history.rota(), start);
        draft.moves = Some(Moves { unavailable: false, cover: false, ..Moves::USUAL });
        history.run(env(|env| draft.command(&start, env)).unwrap()).unwrap();
        assert_eq!((&history.rota().people, &history.rota().assignments), (&start.people, &start.assignments));
    }

    #[test]
    fn clinics_stay_on_their_days_unless_they_are_ticked_and_the_title_names_the_new_days() {
        let mut start = rota();
        start.properties.title = "Walkout, 26 April 2016".to_owned();
        let session = Session {
            id: SessionId::new("s1").unwrap(),
            title: "Fracture clinic".to_owned(),
            specialty: String::new(),
            kind: SessionKind::Clinic,
            span: start.windows[0].span,
            team: Vec::new(),
            appointments: 14,
            inpatient: 0,
            day_case: 0,
            state: SessionState::Running,
            protected: false,
            locked: false,
            note: String::new(),
        };
        start.sessions.push(session);
        let mut draft = WindowsDraft::of(&start, at("08:00"));
        assert_eq!(draft.asks_what_moves(&start), None, "nothing is moved");
        draft.rows[0].when.from_day = "3/5".to_owned();
        let asked = draft.asks_what_moves(&start).unwrap();
        assert_eq!(asked.moves.as_ref().unwrap().title, "Walkout, 3 May 2016");
        assert_eq!(asked.asks_what_moves(&start), None, "once");
        let mut history = History::new(start.clone());
        history.run(env(|env| asked.command(&start, env)).unwrap()).unwrap();
        assert_eq!(history.rota().properties.title, "Walkout, 3 May 2016");
        assert_eq!(history.rota().sessions, start.sessions);
        history.undo();
        let all = WindowsDraft { moves: Some(Moves { sessions: true, ..asked.moves.clone().unwrap() }), ..asked };
        history.run(env(|env| all.command(&start, env)).unwrap()).unwrap();
        assert_ne!(history.rota().sessions, start.sessions);
    }

    #[test]
    fn a_wrong_day_is_named_in_its_row() {
        let mut draft = WindowsDraft::of(&rota(), at("08:00"));
        draft.add_next(&rota());
        draft.rows[1].when.from_day = "31/4".to_owned();
        let errors = draft.errors(&rota());
        assert_eq!((errors[0].field.row, errors[0].field.part), (Some(1.into()), Part::FromDay));
    }
}
