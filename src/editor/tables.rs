//! Rows as tab-separated text for a spreadsheet.

use crate::exchange::not_a_formula;
use crate::model::{PersonId, Rota, SessionId};

use super::assign::initials;
use super::dates::{day_at, day_text};

/// Sessions, with a heading.
pub(super) fn sessions_table(rota: &Rota, ids: &[SessionId]) -> String {
    let zone = rota.zone();
    let heading = [
        "State",
        "Session",
        "Specialty",
        "Team",
        "Day",
        "From",
        "To",
        "Appointments",
        "Inpatient",
        "Day case",
        "Protected",
    ];
    let row = |s: &crate::model::Session| {
        let team: Vec<String> = s.team.iter().map(|id| initials(rota, id)).collect();
        vec![
            s.state.words().to_owned(),
            s.title.clone(),
            s.specialty.clone(),
            team.join(", "),
            day_text(day_at(zone, s.span.from)),
            zone.time_of_day(s.span.from).to_string(),
            zone.time_of_day(s.span.to).to_string(),
            s.appointments.to_string(),
            s.inpatient.to_string(),
            s.day_case.to_string(),
            if s.protected { "yes" } else { "" }.to_owned(),
        ]
    };
    table(&heading, ids.iter().filter_map(|id| rota.session(id)).map(row))
}

/// People, with the heading that pasting understands.
pub(super) fn people_table(rota: &Rota, ids: &[PersonId]) -> String {
    let row = |p: &crate::model::Person| {
        vec![p.initials.clone(), p.full_name(), p.grade.clone(), p.specialty.clone(), p.phone.clone()]
    };
    let heading = ["Initials", "Name", "Grade", "Specialty", "Telephone"];
    table(&heading, ids.iter().filter_map(|id| rota.person(id)).map(row))
}

fn table(heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    let mut write = |cells: Vec<String>| writer.write_record(cells.into_iter().map(harmless)).is_ok();
    let mut all = write(heading.iter().map(|cell| (*cell).to_owned()).collect());
    for row in rows {
        all &= write(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    if all { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}

/// A cell that a spreadsheet would take for a formula begins with a quote; a telephone number stays one.
fn harmless(cell: String) -> String {
    let is_number = cell.strip_prefix('+').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == ' '));
    if is_number { cell } else { not_a_formula(&cell) }
}

#[cfg(test)]
mod tests {
    use super::super::dialogs::PastePeopleDraft;
    use super::super::fixture::{at, person_id, rota};
    use super::*;

    #[test]
    fn people_that_are_copied_can_be_pasted() {
        let mut rota = rota();
        rota.people[1].phone = "+44 7700 900123".to_owned();
        rota.people[1].given = "=HYPERLINK()".to_owned();
        let text = people_table(&rota, &[person_id("kp")]);
        assert_eq!(
            text,
            "Initials\tName\tGrade\tSpecialty\tTelephone\nKP\tPereira, =HYPERLINK()\tConsultant\t\t+44 7700 900123\n"
        );
        let draft = PastePeopleDraft::of(&rota, &text, at("07:00"));
        assert_eq!(draft.rows[0].existing, Some(person_id("kp")));
        assert_eq!(harmless("=1+1".to_owned()), "'=1+1");
    }
}
