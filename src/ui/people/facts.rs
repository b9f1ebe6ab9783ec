//! What every list of people asks of each person: posts and sessions held, what is wrong, and availability.

use std::collections::BTreeMap;

use crate::checker::{Finding, Severity};
use crate::editor::{Document, PeopleFilter};
use crate::model::{Assignment, PersonId, Rota, Session, Status};

/// What the people of a rota hold, in the order of the rota.
pub struct Held<'a> {
    rota: &'a Rota,
    /// The assignments of each person, Declined left out.
    pub assignments: Vec<Vec<&'a Assignment>>,
    /// The sessions that each person has a part in.
    pub sessions: Vec<Vec<&'a Session>>,
    places: BTreeMap<&'a PersonId, usize>,
}

impl<'a> Held<'a> {
    /// What everybody of a rota holds.
    pub fn of(rota: &'a Rota) -> Self {
        let places: BTreeMap<&PersonId, usize> =
            rota.people.iter().enumerate().map(|(at, person)| (&person.id, at)).collect();
        let mut assignments = vec![Vec::new(); rota.people.len()];
        for assignment in rota.assignments.iter().filter(|a| a.status != Status::Declined) {
            if let Some(at) = places.get(&assignment.person) {
                assignments[*at].push(assignment);
            }
        }
        let mut sessions = vec![Vec::new(); rota.people.len()];
        for session in &rota.sessions {
            for at in session.team.iter().filter_map(|id| places.get(id)) {
                sessions[*at].push(session);
            }
        }
        Self { rota, assignments, sessions, places }
    }

    /// The worst that these findings say of each person.
    pub fn worst<'f>(&self, findings: impl Iterator<Item = &'f Finding>) -> Vec<Option<Severity>> {
        let mut worst: Vec<Option<Severity>> = vec![None; self.assignments.len()];
        for finding in findings {
            for place in finding.people.iter().filter_map(|id| self.places.get(id)) {
                let before = &mut worst[*place];
                *before = Some(before.map_or(finding.severity, |b| b.min(finding.severity)));
            }
        }
        worst
    }

    /// The standing of one person of whom this is the worst that is said.
    pub fn standing(&self, at: usize, worst: Option<Severity>) -> Standing {
        let held = &self.assignments[at];
        Standing {
            on_the_rota: held.iter().any(|a| self.rota.windows.iter().any(|w| w.span.overlaps(a.span))),
            to_agree: held.iter().any(|a| matches!(a.status, Status::Proposed | Status::Asked)),
            worst,
            ..Standing::default()
        }
    }
}

/// What the rules about people find, accepted findings and notes left out.
pub fn findings(doc: &Document) -> impl Iterator<Item = &Finding> {
    let findings = doc.report().findings.iter().enumerate();
    let counts = |(at, finding): &(usize, &Finding)| {
        finding.code.rule().family.is_of_people() && finding.severity != Severity::Info && !doc.is_accepted(*at)
    };
    findings.filter(counts).map(|(_, finding)| finding)
}

/// What the filters ask of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// On a post in some of the walkout times.
    pub on_the_rota: bool,
    /// On a post that is not agreed yet.
    pub to_agree: bool,
    /// Free in some of the walkout times that the list is about.
    pub free: bool,
    /// Not available in all of a walkout day that the list is about.
    pub away: bool,
    /// The worst that is said of the person.
    pub worst: Option<Severity>,
}

impl Standing {
    /// Whether the filter shows the person.
    pub fn passes(&self, filter: PeopleFilter) -> bool {
        match filter {
            PeopleFilter::All => true,
            PeopleFilter::OnTheRota => self.on_the_rota,
            PeopleFilter::WithProblems => self.worst.is_some(),
            PeopleFilter::ToAgree => self.to_agree,
            PeopleFilter::Free => self.free,
            PeopleFilter::NotAvailable => self.away,
        }
    }
}

/// What a sentence about a person ends with, if anything is wrong.
pub fn worst_words(worst: Option<Severity>) -> Option<&'static str> {
    match worst? {
        Severity::Error => Some("has an error"),
        Severity::Warning => Some("has a warning"),
        Severity::Info => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::fixture::{rota, with};

    #[test]
    fn who_holds_what_and_has_still_to_agree() {
        let rota = with(rota(), "a1", "mg", "kp", "09:00", "12:00", Status::Asked);
        let rota = with(rota, "a2", "mg", "kp", "13:00", "17:00", Status::Declined);
        let held = Held::of(&rota);
        let at = rota.people.iter().position(|person| person.id.as_str() == "kp").unwrap();
        assert_eq!(held.assignments[at].iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a1"]);
        let standing = held.standing(at, None);
        assert!(standing.passes(PeopleFilter::OnTheRota) && standing.passes(PeopleFilter::ToAgree));
        assert!(!standing.passes(PeopleFilter::WithProblems) && !standing.passes(PeopleFilter::Free));
        let warned = held.standing(at, Some(Severity::Warning));
        assert!(warned.passes(PeopleFilter::WithProblems));
        assert_eq!(worst_words(warned.worst), Some("has a warning"));
    }
}
