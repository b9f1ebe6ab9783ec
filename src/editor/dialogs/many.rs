//! What changes many people at once is asked about before it is done, with the name of each.

use std::collections::BTreeSet;

use crate::model::{Assignment, AssignmentId, Command, Person, PersonId, Rota, Status, words};

use super::super::assign::sentence;
use super::super::env::Env;
use super::super::refused::Refused;
use super::super::surnames::Surnames;
use super::super::{people_ops, status};
use super::draft::DialogDraft;

/// What is to be done to many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManyWhat {
    /// Whoever has these blocks has agreed to them.
    Agreed(Vec<AssignmentId>),
    /// The same, where only a part of a block was chosen.
    AgreedToMore(Vec<AssignmentId>),
    /// Whoever is under trainee rules is not available in any window.
    TraineesUnavailable,
}

/// The question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyDraft {
    /// What is to be done.
    pub what: ManyWhat,
    /// Such as "Mark 3 people as agreed?".
    pub title: String,
    /// What the button says.
    pub main: &'static str,
    /// A sentence about it.
    pub about: &'static str,
    /// A line for each person, or for each of their blocks.
    pub lines: Vec<String>,
}

impl ManyDraft {
    /// What is asked; none where one person at most is changed by what was chosen, and nothing has to be asked.
    pub fn of(rota: &Rota, what: ManyWhat) -> Option<Self> {
        match &what {
            ManyWhat::Agreed(ids) | ManyWhat::AgreedToMore(ids) => {
                let is_more = matches!(what, ManyWhat::AgreedToMore(_));
                let all = ids.iter().filter_map(|id| rota.assignment(id)).filter(|a| a.status != Status::Agreed);
                let all: Vec<_> = all.collect();
                let people: BTreeSet<&PersonId> = all.iter().map(|a| &a.person).collect();
                let one = all.first().and_then(|a| rota.person(&a.person)).filter(|_| people.len() == 1);
                let who =
                    one.map_or_else(|| words::people(people.len()), |p| words::safe(p.initials.trim()).into_owned());
                let title = format!("Mark {who} as agreed?");
                let surnames = Surnames::of(&rota.people);
                let lines = all.iter().map(|a| asked_line(rota, &surnames, a)).collect();
                let about = if is_more {
                    "More than the chosen times will be marked. Have they said yes to all of this?"
                } else {
                    "Have they said yes to these times?"
                };
                (people.len() > 1 || is_more && !people.is_empty()).then_some(Self {
                    what,
                    title,
                    main: "Mark as agreed",
                    about,
                    lines,
                })
            }
            ManyWhat::TraineesUnavailable => {
                let trainees: Vec<&Person> = people_ops::trainees(rota).collect();
                let title = match trainees.len() {
                    1 => "Mark 1 trainee unavailable?".to_owned(),
                    many => format!("Mark all {many} trainees unavailable?"),
                };
                let lines = trainees.iter().map(|person| named(person)).collect();
                let about = "On all days of the walkout:";
                (!trainees.is_empty()).then_some(Self { what, title, main: "Mark unavailable", about, lines })
            }
        }
    }

    /// What the button does.
    ///
    /// # Errors
    /// One sentence: why not.
    pub fn command(&self, rota: &Rota, env: &Env<'_>) -> Result<Command, Refused> {
        match &self.what {
            ManyWhat::Agreed(ids) | ManyWhat::AgreedToMore(ids) => {
                status::set_status(rota, ids, Status::Agreed, env).ok_or(Refused::AlreadyAgreed)
            }
            ManyWhat::TraineesUnavailable => people_ops::trainees_not_available(rota),
        }
    }
}

impl DialogDraft for ManyDraft {}

/// The block, and where others have the same family name the person's whole name: such as `TE, Majors SHO, 08:00–12:00 Tue
/// 26-Apr-2016 (Evans, Tom, ST4)`.
fn asked_line(rota: &Rota, surnames: &Surnames, assignment: &Assignment) -> String {
    let line = sentence(rota, assignment);
    let person = rota.person(&assignment.person).filter(|person| surnames.beside(person).is_some());
    person.map_or(line.clone(), |person| {
        let parts = [person.full_name(), person.grade.clone()];
        let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        format!("{line} ({})", words::safe(&parts.join(", ")))
    })
}

/// Such as `KP Keith Pereira, Associate specialist`.
fn named(person: &Person) -> String {
    let name = format!("{} {}", person.initials.trim(), person.full_name());
    let parts = [name.trim(), person.grade.trim()];
    words::safe(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{assignment_id, rota, with};
    use super::*;
    use crate::model::Rules;

    #[test]
    fn more_than_one_person_is_asked_about_by_name() {
        let rota = with(rota(), "a1", "mg", "kp", "08:00", "12:00", Status::Proposed);
        let rota = with(rota, "a2", "mg", "kp", "13:00", "17:00", Status::Asked);
        let rota = with(rota, "a3", "mg", "rs", "08:00", "17:00", Status::Asked);
        let rota = with(rota, "a4", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let ask =
            |ids: &[&str]| ManyDraft::of(&rota, ManyWhat::Agreed(ids.iter().map(|id| assignment_id(id)).collect()));
        assert_eq!(ask(&["a1", "a2"]), None, "one person");
        assert_eq!(ask(&["a3", "a4"]), None, "HG has agreed already");
        let both = ask(&["a1", "a3", "a4"]).unwrap();
        assert_eq!(both.title, "Mark 2 people as agreed?");
        assert_eq!(
            both.lines,
            ["KP, Middle grade, 08:00–12:00 Tue 26-Apr-2016", "RS, Middle grade, 08:00–17:00 Tue 26-Apr-2016"]
        );
        let mut alike = rota.clone();
        alike.people[2].family = alike.people[1].family.clone();
        alike.people[2].given = "Ravi".to_owned();
        let ids = vec![assignment_id("a1"), assignment_id("a3")];
        assert_eq!(
            ManyDraft::of(&alike, ManyWhat::Agreed(ids)).unwrap().lines,
            [
                "KP, Middle grade, 08:00–12:00 Tue 26-Apr-2016 (Pereira, Consultant)",
                "RS, Middle grade, 08:00–17:00 Tue 26-Apr-2016 (Pereira, Ravi, Consultant)",
            ]
        );
    }

    #[test]
    fn trainees_are_named() {
        let mut rota = rota();
        assert_eq!(ManyDraft::of(&rota, ManyWhat::TraineesUnavailable), None);
        rota.people[1].rules = Rules::Trainee2016;
        rota.people[2].rules = Rules::NewDeal;
        let asked = ManyDraft::of(&rota, ManyWhat::TraineesUnavailable).unwrap();
        assert_eq!(asked.title, "Mark all 2 trainees unavailable?");
        assert_eq!(asked.lines, ["KP Pereira, Consultant", "RS Sethi, Consultant"]);
    }
}
