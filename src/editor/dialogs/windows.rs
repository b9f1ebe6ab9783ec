//! The list of windows: when the walkout is, and which normal day each is compared with.

use crate::model::{Change, Command, Normal, NormalId, Rota, Span, Window, WindowId};

use super::super::dates::{base_day, day_at, day_text};
use super::super::env::Env;
use super::field::{FieldError, SpanFields, list_changes};
use crate::model::Instant;

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowsDraft {
    /// The windows in order.
    pub rows: Vec<WindowRow>,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRow {
    /// None if it is new.
    pub id: Option<WindowId>,
    /// Such as "Day 1".
    pub label: String,
    /// When.
    pub when: SpanFields,
    /// What it is compared with; none where the rota has no normal staffing yet.
    pub normal: Option<NormalId>,
}

impl WindowsDraft {
    /// As the rota has them; one empty row where it has none.
    #[must_use]
    pub fn of(rota: &Rota, now: Instant) -> Self {
        let row = |window: &Window| WindowRow {
            id: Some(window.id.clone()),
            label: window.label.clone(),
            when: SpanFields::of(rota.zone(), window.span),
            normal: Some(window.normal.clone()),
        };
        let mut draft = Self { rows: rota.windows.iter().map(row).collect() };
        if draft.rows.is_empty() {
            let when = SpanFields::empty(base_day(rota, now));
            let normal = rota.normals.first().map(|n| n.id.clone());
            draft.rows.push(WindowRow { id: None, label: "Day 1".to_owned(), when, normal });
        }
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

    /// What is wrong.
    #[must_use]
    pub fn errors(&self, rota: &Rota) -> Vec<FieldError> {
        self.read(rota).err().unwrap_or_default()
    }

    fn read(&self, rota: &Rota) -> Result<Vec<Span>, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut spans = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            match row.when.read(rota.zone(), Some(i)) {
                Ok(span) => spans.push(span),
                Err(wrong) => errors.extend(wrong),
            }
            if row.normal.is_none() && !rota.normals.is_empty() {
                errors.push(FieldError::in_row(i, "normal", "choose the normal day to compare with"));
            }
        }
        if errors.is_empty() { Ok(spans) } else { Err(errors) }
    }

    /// What OK does. Sign-offs of windows that go, go with them.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
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
                staffing: Vec::new(),
            };
            first_normal = Some(normal.id.clone());
            changes.push(Change::add(normal));
        }
        let mut windows = Vec::new();
        for (row, span) in self.rows.iter().zip(spans) {
            let Some(normal) = row.normal.clone().or_else(|| first_normal.clone()) else { continue };
            let id = row.id.clone().unwrap_or_else(|| WindowId::random(env.random()));
            windows.push(Window { id, label: row.label.trim().to_owned(), span, normal });
        }
        let kept = |id: &WindowId| windows.iter().any(|window| window.id == *id);
        if rota.sign_offs.iter().any(|sign_off| !kept(&sign_off.window)) {
            changes.push(Change::SignOffs(rota.sign_offs.iter().filter(|s| kept(&s.window)).cloned().collect()));
        }
        changes.extend(list_changes(&rota.windows, windows));
        Ok(Command::edit("change the windows", changes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{at, rota};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{History, words};

    fn told(rota: &Rota) -> Vec<String> {
        rota.windows.iter().map(|w| format!("{} {}", w.label, words::span(rota.zone(), w.span))).collect()
    }

    #[test]
    fn the_next_day_is_one_press() {
        let mut history = History::new(rota());
        let mut draft = WindowsDraft::of(history.rota(), at("08:00"));
        draft.add_next(history.rota());
        draft.rows[1].when.to_time = "07:00".to_owned();
        draft.add_next(history.rota());
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        assert_eq!(
            told(history.rota()),
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
        assert_eq!(told(history.rota()), ["Day 1 08:00–17:00 Tue 26-Apr-2016"]);
        assert_eq!(history.rota().normals.len(), 1);
    }

    #[test]
    fn a_wrong_day_is_named_in_its_row() {
        let mut draft = WindowsDraft::of(&rota(), at("08:00"));
        draft.add_next(&rota());
        draft.rows[1].when.from_day = "31/4".to_owned();
        let errors = draft.errors(&rota());
        assert_eq!((errors[0].row, errors[0].field), (Some(1), "from_day"));
    }
}
