//! Rota properties: title, hospital, region, zone, and the words for those expected to be absent.

use crate::model::{Change, Command, Instant, Properties, Rota, Span, Status, Zone};

use super::super::env::Env;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part, list_changes};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PropertiesDraft {
    /// As on the print.
    pub title: String,
    /// The hospital's name.
    pub hospital: String,
    /// Empty if none.
    pub region: String,
    /// IANA name.
    pub zone: String,
    /// The words shown for staff expected to be absent.
    pub absent_group: String,
}

impl PropertiesDraft {
    /// As the rota has them.
    pub fn of(rota: &Rota) -> Self {
        let p = &rota.properties;
        Self {
            title: p.title.clone(),
            hospital: p.hospital.clone(),
            region: p.region.clone(),
            zone: p.zone.name().to_owned(),
            absent_group: p.absent_group.clone(),
        }
    }

    /// Zones whose name holds what is typed, at most ten.
    pub fn zone_matches(&self) -> Vec<&'static str> {
        let typed = self.zone.trim().to_lowercase().replace(' ', "_");
        Zone::names().filter(|name| name.to_lowercase().contains(&typed)).take(10).collect()
    }
}

impl DialogDraft for PropertiesDraft {
    fn would_lose(&self) -> Option<&'static str> {
        Some("the changes to the rota’s properties")
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        match Zone::named(self.zone.trim()) {
            Some(_) => Vec::new(),
            None => vec![FieldError::new(Part::Zone, "no such time zone: write one such as Europe/London")],
        }
    }
}

impl CommandDraft for PropertiesDraft {
    /// With another zone, every time stays what the clock on the wall shows.
    fn command(&self, rota: &Rota, _env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let zone = Zone::named(self.zone.trim()).ok_or_else(|| self.errors(rota))?;
        let trimmed = |text: &str| text.trim().to_owned();
        let properties = Properties {
            title: trimmed(&self.title),
            hospital: trimmed(&self.hospital),
            region: trimmed(&self.region),
            zone,
            absent_group: trimmed(&self.absent_group),
        };
        let mut changes = vec![Change::Properties(properties)];
        if zone == rota.zone() {
            return Ok(Command::edit("change the rota's properties", changes));
        }
        changes.extend(rezoned(rota, rota.zone(), zone));
        // Whoever declined has declined the same time on the wall. Nobody is made to agree to anything.
        let is_asked = rota.assignments.iter().any(|a| a.status.is_asked_or_agreed());
        let again = if is_asked { ", shifts to be asked for again" } else { "" };
        Ok(Command::status(format!("set the time zone to {}{again}", zone.name()), changes))
    }
}

/// All times of the rota so that clocks in `new` show what clocks in `old` showed; who covers has to be asked again.
fn rezoned(rota: &Rota, old: Zone, new: Zone) -> Vec<Change> {
    let moved = |at: Instant| {
        let civil = old.civil(at);
        new.instant(civil.local, civil.later).unwrap_or_else(|_| new.instant_or_next(civil.local))
    };
    let span = |s: Span| Span::new(moved(s.from), moved(s.to));
    let mut after = rota.clone();
    after.windows.iter_mut().for_each(|w| w.span = span(w.span));
    after.sessions.iter_mut().for_each(|s| s.span = span(s.span));
    for assignment in &mut after.assignments {
        assignment.span = span(assignment.span);
        // It is another hour than the one that was agreed.
        if assignment.status != Status::Declined {
            assignment.status = Status::Proposed;
        }
    }
    for person in &mut after.people {
        person.availability.iter_mut().for_each(|a| a.span = span(a.span));
        person.duties.iter_mut().for_each(|d| d.span = span(d.span));
    }
    for issue in &mut after.issued {
        issue.assignments.iter_mut().for_each(|a| a.span = span(a.span));
    }
    let mut changes = list_changes(&rota.windows, after.windows);
    changes.extend(list_changes(&rota.people, after.people));
    changes.extend(list_changes(&rota.sessions, after.sessions));
    changes.extend(list_changes(&rota.assignments, after.assignments));
    changes.push(Change::Issued(after.issued));
    changes
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture;
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{History, words};

    #[test]
    fn another_zone_keeps_what_the_clock_shows_and_nobody_has_agreed_to_it() {
        let rota = fixture::with(fixture::rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed);
        let draft = PropertiesDraft { zone: "Europe/Paris".to_owned(), ..PropertiesDraft::of(&rota) };
        let mut history = History::new(rota);
        let command = env(|env| draft.command(history.rota(), env)).unwrap();
        history.run(command).unwrap();
        let rota = history.rota();
        assert_eq!(words::span(rota.zone(), rota.windows[0].span), "08:00–17:00 Tue 26-Apr-2016");
        assert_eq!(words::span(rota.zone(), rota.assignments[0].span), "08:00–13:00 Tue 26-Apr-2016");
        assert_eq!(rota.assignments[0].status, Status::Proposed);
    }

    #[test]
    fn a_zone_that_is_none_is_refused() {
        let draft = PropertiesDraft { zone: "London".to_owned(), ..PropertiesDraft::of(&Rota::empty()) };
        assert_eq!(draft.errors(&Rota::empty())[0].field.part, Part::Zone);
        assert!(draft.zone_matches().contains(&"Europe/London"));
        assert!(env(|env| draft.command(&Rota::empty(), env)).is_err());
    }
}
