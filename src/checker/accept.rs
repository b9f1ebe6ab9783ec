//! Acceptance of warnings and infos: void as soon as the finding says anything else.

use super::Code;
use super::finding::{Finding, NotCounted, Severity};
use crate::model::names::name_key;
use crate::model::{Acceptance, Rota, Span, Status, words};
use std::collections::BTreeMap;

/// Whether somebody may accept the finding: never an error.
pub fn can_be_accepted(finding: &Finding) -> bool {
    finding.severity != Severity::Error
}

/// What an acceptance's `about` says of the finding: all that it names and its figures, never its sentence, so that an
/// acceptance outlives a better word.
///
/// Ids of assignments are left out: the same entry typed again is the same matter. Times are in UTC, so that the text
/// does not hang on the rota's zone.
pub fn acceptance_key(finding: &Finding) -> String {
    let mut parts = vec![format!("{:?}", finding.severity).to_lowercase()];
    let mut add = |name: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            parts.push(format!("{name} {}", ids.join(",")));
        }
    };
    add("window", finding.window.iter().map(ToString::to_string).collect());
    add("unit", finding.unit.iter().map(ToString::to_string).collect());
    add("tier", finding.tier.iter().map(ToString::to_string).collect());
    add("posts", finding.posts.iter().map(ToString::to_string).collect());
    add("people", finding.people.iter().map(ToString::to_string).collect());
    add("not counted", finding.not_counted.iter().map(not_counted).collect());
    add("sessions", finding.sessions.iter().map(ToString::to_string).collect());
    add("at", finding.span.iter().map(|span| utc(*span)).collect());
    let figures = [finding.need, finding.have, finding.have_if_agreed, finding.short];
    add("figures", figures.into_iter().flatten().map(|figure| figure.to_string()).collect());
    add("measures", finding.measures.iter().map(ToString::to_string).collect());
    parts.join(" | ")
}

fn not_counted(who: &NotCounted) -> String {
    [who.person.to_string()].into_iter().chain(who.why.iter().map(ToString::to_string)).collect::<Vec<_>>().join(" ")
}

fn utc(span: Span) -> String {
    let text = |at: crate::model::Instant| at.utc().format("%Y-%m-%dT%H:%MZ").to_string();
    format!("{}/{}", text(span.from), text(span.to))
}

/// The acceptance that holds for the finding, if there is one.
pub fn acceptance<'a>(finding: &Finding, rota: &'a Rota) -> Option<&'a Acceptance> {
    let mut of_code = rota.accepted.iter().filter(|accepted| accepted.code == finding.code.as_str()).peekable();
    if !can_be_accepted(finding) || of_code.peek().is_none() {
        return None;
    }
    let about = acceptance_key(finding);
    of_code.find(|accepted| accepted.about == about)
}

/// All acceptances of a rota, to be looked up for many findings.
#[derive(Debug)]
pub struct Acceptances<'a>(BTreeMap<(&'a str, &'a str), &'a Acceptance>);

impl<'a> Acceptances<'a> {
    /// Those of the rota.
    pub fn new(rota: &'a Rota) -> Self {
        // Of two that say the same the first holds.
        let all = rota.accepted.iter().rev();
        Self(all.map(|accepted| ((accepted.code.as_str(), accepted.about.as_str()), accepted)).collect())
    }

    /// The one that holds for the finding, if there is one.
    pub fn of(&self, finding: &Finding) -> Option<&'a Acceptance> {
        let first = (finding.code.as_str(), "");
        let has_code = self.0.range(first..).next().is_some_and(|((code, _), _)| *code == finding.code.as_str());
        if !has_code || !can_be_accepted(finding) {
            return None;
        }
        self.0.get(&(finding.code.as_str(), acceptance_key(finding).as_str())).copied()
    }
}

/// Whether somebody has accepted the finding as it is.
pub fn is_accepted(finding: &Finding, rota: &Rota) -> bool {
    acceptance(finding, rota).is_some()
}

/// Who is named but does not count, and why, in one line, or what tells two people of one name apart; nothing if there is
/// nothing to say.
///
/// "AN does not count: still has a clinic or list; RS asked".
pub fn hint(finding: &Finding, rota: &Rota) -> Option<String> {
    if finding.code == Code::Dat1 && is_of_one_name(finding, rota) {
        return Some(ONE_NAME.to_owned());
    }
    let say = |not: &NotCounted| {
        let who = match rota.person(&not.person) {
            Some(person) if !person.initials.trim().is_empty() => words::safe(&person.initials).into_owned(),
            Some(person) => words::safe(&person.full_name()).into_owned(),
            None => not.person.to_string(),
        };
        match asked(not.status) {
            Some(status) if not.why.is_empty() => format!("{who} {status}"),
            Some(status) => format!("{who} {status}, {}", reasons(&not.why)),
            None => format!("{who} does not count: {}", reasons(&not.why)),
        }
    };
    let said: Vec<String> = finding.not_counted.iter().map(say).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// What to do where two records have the same name.
const ONE_NAME: &str = "If these are two doctors, add a middle name or a word to one given name, such as “Tom (surgery)”; if they \
                        are one, remove either record";

/// Whether two of those that the finding names have the same name, however it is written.
fn is_of_one_name(finding: &Finding, rota: &Rota) -> bool {
    let mut keys: Vec<String> = finding.people.iter().filter_map(|id| rota.person(id)).filter_map(name_key).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    keys.len() < all
}

/// Why somebody does not count, in words: `on two posts at once, not available`.
pub fn reasons(why: &[Code]) -> String {
    why.iter().map(|code| reason(*code)).collect::<Vec<_>>().join(", ")
}

fn reason(code: Code) -> &'static str {
    match code {
        Code::Dbl1 => "on two posts at once",
        Code::Avl1 => "not available",
        Code::Scp1 => "not cleared for this",
        Code::Skl1 => "missing a competency",
        Code::Ses1 => "still has a clinic or list",
        Code::Dty1 => "on duty elsewhere",
        other => other.rule().title,
    }
}

/// How far somebody who has not agreed has been asked.
const fn asked(status: Status) -> Option<&'static str> {
    match status {
        Status::Proposed => Some("not asked yet"),
        Status::Asked => Some("asked"),
        Status::Agreed | Status::Declined => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::check;
    use crate::checker::testing::rota;
    use crate::model::Instant;

    const SHORT: &str = "
post Majors: A&E SHO
session Fracture clinic: AN; 08:00-09:00
         |08  09  |
Majors 3 |KP      |
         |AN  RS? |
";

    fn accepted(mut rota: Rota, finding: &Finding) -> Rota {
        rota.accepted.push(Acceptance {
            code: finding.code.to_string(),
            about: acceptance_key(finding),
            by: "j.harris".to_owned(),
            at: Instant(0),
            reason: "known".to_owned(),
        });
        rota
    }

    #[test]
    fn a_warning_is_accepted_until_it_changes_and_an_error_never() {
        let rota = rota(SHORT);
        let report = check(&rota);
        let find = |rota: &Rota, code| check(rota).findings.into_iter().find(|f| f.code == code).unwrap();
        let warning = find(&rota, Code::Cov2);
        let rota = accepted(rota, &warning);
        assert!(is_accepted(&warning, &rota));
        let error = report.findings.iter().find(|f| f.code == Code::Cov1).unwrap();
        assert!(!is_accepted(error, &accepted(rota.clone(), error)));
        let mut changed = rota.clone();
        changed.assignments[0].span.to = changed.assignments[0].span.from.plus(30);
        assert!(!is_accepted(&find(&changed, Code::Cov2), &changed));
        let mut retyped = rota;
        retyped.assignments[0].id = crate::model::AssignmentId::new("other").unwrap();
        assert!(is_accepted(&find(&retyped, Code::Cov2), &retyped));
    }

    #[test]
    fn an_acceptance_outlives_a_better_word_and_not_another_figure() {
        let rota = rota(
            "session Clinic: KP; 08:00-09:00; 14 appointments\npost Majors: A&E SHO\nKP on Majors 08:00-17:00, asked",
        );
        let find = |rota: &Rota| check(rota).findings.into_iter().find(|f| f.code == Code::Ses1).unwrap();
        let rota = accepted(rota.clone(), &find(&rota));
        let reworded = Finding { message: "in other words".to_owned(), ..find(&rota) };
        assert!(is_accepted(&reworded, &rota) && Acceptances::new(&rota).of(&reworded).is_some());
        let mut more = rota.clone();
        more.sessions[0].appointments = 15;
        assert!(!is_accepted(&find(&more), &more) && Acceptances::new(&more).of(&find(&more)).is_none());
    }

    #[test]
    fn two_doctors_of_one_name_are_told_apart_by_what_the_hint_says() {
        let mut rota = rota(
            "
post Majors: A&E middle grade
post Resus: A&E middle grade
person JS: Smith, John
person JS2: Smith, John; initials JO
JS on Majors 08:00-12:00
JS2 on Resus 11:00-17:00
",
        );
        let told = |rota: &Rota| {
            let report = check(rota);
            let of_names = report.findings.iter().filter(|finding| finding.code == Code::Dat1);
            of_names.map(|finding| hint(finding, rota)).collect::<Vec<_>>()
        };
        assert!(told(&rota).iter().flatten().next().is_some_and(|hint| hint.contains("“Tom (surgery)”")));
        for given in ["John (surgery)", "John Paul", "John P"] {
            rota.people[1].given = given.to_owned();
            assert_eq!(told(&rota), [], "{given}");
        }
        rota.people[1].given = "Dr John".to_owned();
        assert_eq!(told(&rota).len(), 1, "a title is no name");
    }

    #[test]
    fn the_hint_says_who_does_not_count_and_why() {
        let rota = rota(SHORT);
        let report = check(&rota);
        let hints: Vec<String> = report.findings.iter().filter_map(|finding| hint(finding, &rota)).collect();
        assert_eq!(hints[..2], ["AN does not count: still has a clinic or list", "RS asked"]);
    }

    #[test]
    fn who_has_agreed_to_a_part_of_it_is_told_with_what_is_not_agreed() {
        let rota = rota(
            "
post Majors: A&E SHO
         |08  09  |
Majors 3 |KP  KP  |
         |HG  HG? |
         |RS* RS  |
",
        );
        let hints: Vec<String> = check(&rota).findings.iter().filter_map(|finding| hint(finding, &rota)).collect();
        assert_eq!(hints[0], "HG asked; RS not asked yet");
        assert!(hints.iter().all(|hint| !hint.contains(": ;") && !hint.ends_with(": ")), "{hints:?}");
    }
}
