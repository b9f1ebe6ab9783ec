//! Sessions that run on paper and cannot: of these nothing can be promised.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{NotExported, Source};
use crate::checker::Code;
use crate::model::{Assignment, PersonId, Rota, SessionId, Span, Status, words};

/// The sessions that run although somebody of the team cannot be there, each with who that is.
pub(super) fn cannot_run<'a>(source: &Source<'a>) -> Result<BTreeMap<&'a SessionId, String>, NotExported> {
    // Of findings that are not listed nothing can be promised.
    if source.report.is_shortened {
        return Err(NotExported::TooManyProblems);
    }
    let rota = source.rota;
    let mut missing: BTreeMap<&SessionId, BTreeSet<&str>> = BTreeMap::new();
    for finding in source.report.findings.iter().filter(|it| matches!(it.code, Code::Ses1 | Code::Ses2)) {
        let who = finding.people.iter().filter_map(|id| rota.person(id)).map(|person| person.initials.as_str());
        let who: Vec<&str> = who.collect();
        for session in &finding.sessions {
            missing.entry(session).or_default().extend(&who);
        }
    }
    let mut work: BTreeMap<&PersonId, Vec<Span>> = BTreeMap::new();
    // Also of whoever has only been proposed: an answer must not come after the patients.
    for it in rota.assignments.iter().filter(|it| it.status != Status::Declined && !is_on_call(rota, it)) {
        work.entry(&it.person).or_default().push(it.span);
    }
    for session in &rota.sessions {
        let is_needed = |id: &&PersonId| work.get(id).is_some_and(|all| all.iter().any(|it| it.overlaps(session.span)));
        for person in session.team.iter().filter(is_needed).filter_map(|id| rota.person(id)) {
            missing.entry(&session.id).or_default().insert(&person.initials);
        }
    }
    let who = |initials: BTreeSet<&str>| words::list(&initials.into_iter().map(words::safe).collect::<Vec<_>>());
    Ok(missing.into_iter().map(|(session, initials)| (session, who(initials))).collect())
}

fn is_on_call(rota: &Rota, assignment: &Assignment) -> bool {
    rota.post(&assignment.post).is_some_and(|post| post.on_call)
}
