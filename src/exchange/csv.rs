//! `csv`: every shift in a row of its own, for spreadsheets and other programs.

use super::format::{Choices, Document, Format, NotExported, Source};
use super::shifts::{Shift, as_of, date, errors_of, time};
use super::table::Table;
use crate::model::words;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    ending: "csv",
    title: "Shifts as a table (CSV)",
    purpose: "Every shift in a row of its own, whatever its status, for a spreadsheet or another program",
    readers: "whoever works on the rota: it has everybody's name, and no telephone numbers",
    choices: &[],
    is_folder: false,
    write,
};

const HEADINGS: [&str; 23] = [
    "Hospital", "Unit", "Grade of post", "Post", "On call", "Bleep", "Initials", "Family name", "Given name", "Grade",
    "Specialty", "From date", "From", "To date", "To", "Minutes", "Status", "Errors", "Locked", "Note", "Shift", "Person",
    "As of",
];

#[allow(clippy::unnecessary_wraps, reason = "formats that can fail have the same shape")]
fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    Ok(Document::only(table(source).csv()))
}

/// All shifts.
fn table(source: &Source<'_>) -> Table {
    let rota = source.rota;
    let errors = errors_of(source.report);
    let mut table = Table::new(&HEADINGS);
    for Shift { assignment, post, unit, tier, person } in Shift::all(rota) {
        let span = assignment.span;
        let codes: Vec<&str> = errors.get(&assignment.id).into_iter().flatten().map(|code| code.as_str()).collect();
        table.rows.push(vec![
            rota.properties.hospital.as_str().into(),
            unit.name.as_str().into(),
            tier.map_or("", |tier| tier.name.as_str()).into(),
            post.name.as_str().into(),
            yes(post.on_call).into(),
            post.bleep.as_str().into(),
            person.initials.as_str().into(),
            person.family.as_str().into(),
            person.given.as_str().into(),
            person.grade.as_str().into(),
            person.specialty.as_str().into(),
            date(rota, span.from).into(),
            time(rota, span.from).into(),
            date(rota, span.to).into(),
            time(rota, span.to).into(),
            u64::try_from(span.minutes()).unwrap_or_default().into(),
            words::capital(assignment.status.words()).into(),
            codes.join(" ").into(),
            yes(assignment.locked).into(),
            assignment.note.as_str().into(),
            assignment.id.as_str().into(),
            person.id.as_str().into(),
            as_of(source).into(),
        ]);
    }
    table
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}
