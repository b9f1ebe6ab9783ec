//! `share`: the rota without what concerns nobody outside: see [`redacted`].

use super::format::{Choices, Document, Format, NotExported, Source};
use crate::checker::{Report, check};
use crate::file::{self, Header, Saved};
use crate::model::{Availability, Rota, Status, words};

pub(super) const FORMAT: Format = Format {
    name: "share",
    ending: "ron",
    title: "Copy to share",
    purpose: "A rota file to be looked at, with initials, grades, agreed shifts, sessions and times of other duties; it cannot be merged back",
    readers: "anybody who may see the rota: no names, telephone numbers, availability, notes, log or signatures, and nobody who has not agreed",
    choices: &[],
    is_folder: false,
    write,
};

/// Said in the title, where everybody sees it.
const SAID: &str = "copy to share, not to be merged back";

fn write(source: &Source<'_>, _: &Choices) -> Result<Vec<Document>, NotExported> {
    let copy = redacted(source.rota);
    let safer = looks_safer(source.rota, source.report, &check(&copy));
    if !safer.is_empty() {
        return Err(NotExported::LooksSafer(words::list(&safer)));
    }
    let saved = Saved { at: source.now, by: String::new(), app: env!("CARGO_PKG_VERSION").to_owned() };
    // A document of its own: nothing takes it for a version of this one.
    let mut revision = source.random.rotate_left(64);
    let header = Header::new_document(source.random).next(saved, &mut || {
        revision = revision.wrapping_add(1);
        revision
    });
    Ok(Document::only(file::write(&copy, &header)))
}

/// Initials and roles, and what was agreed: no names, telephone numbers, availability, labels of duties, notes, texts on
/// whom to ring, log, acceptances, signatures or issued versions, and nobody who has not agreed.
fn redacted(rota: &Rota) -> Rota {
    let mut copy = rota.clone();
    copy.properties.title = match rota.properties.title.as_str() {
        "" => words::capital(SAID),
        title => format!("{title} ({SAID})"),
    };
    for person in &mut copy.people {
        person.family.clear();
        person.given.clear();
        person.phone.clear();
        person.usually = Availability::NotKnown;
        person.availability.clear();
        person.duties.iter_mut().for_each(|duty| duty.label.clear());
    }
    copy.assignments.retain(|assignment| assignment.status == Status::Agreed);
    copy.assignments.iter_mut().for_each(|assignment| assignment.note.clear());
    // Whom to ring is free text, and may name people and their numbers.
    copy.units.iter_mut().for_each(|unit| unit.escalation.clear());
    copy.posts.iter_mut().for_each(|post| post.note.clear());
    copy.sessions.iter_mut().for_each(|session| session.note.clear());
    copy.normals.iter_mut().for_each(|normal| normal.agreed_by.clear());
    copy.accepted.clear();
    copy.sign_offs.clear();
    copy.issued.clear();
    copy.log.clear();
    copy
}

/// Where the copy has a better verdict than the rota: something that was left out had shown that it is not covered.
fn looks_safer(rota: &Rota, report: &Report, of_copy: &Report) -> Vec<String> {
    let both = report.units.iter().zip(&of_copy.units);
    let better = both.filter(|(was, is)| is.verdict < was.verdict).map(|(was, _)| was);
    let mut names: Vec<String> = better
        .filter_map(|it| rota.unit(&it.unit))
        .map(|unit| words::safe(&unit.name).into_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}
