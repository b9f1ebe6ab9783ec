//! What would close a gap that a plan leaves, where one thing would do it: which of it is named. The window and the command
//! line say the same.

use std::collections::BTreeMap;

use crate::model::{PersonId, Rota};
use crate::planner::{Gap, Release};

use super::grades::{Contract, Level, is_of, read_grade, usually_works_at};
use super::other_specialty::{posts_of_specialty, specialty_of_person};
use super::specialties::is_a_specialty;

/// So many releases are named for one gap (`docs/planner.md`, section 5).
const NAMED_MAX: usize = 4;

/// Says what would close the gaps of a plan for a rota.
pub struct Releases<'a> {
    rota: &'a Rota,
    /// How senior the doctors are by their own grades; whoever has no doctor's grade is not in it.
    doctors: BTreeMap<&'a PersonId, Level>,
}

impl<'a> Releases<'a> {
    /// For the gaps of a plan for that rota.
    pub fn of(rota: &'a Rota) -> Self {
        let doctor = |person: &'a crate::model::Person| {
            let grade = read_grade(&person.grade);
            let is_doctor =
                |level: &Level| *level >= Level::Foundation && grade.contract != Some(Contract::Practitioner);
            Some((&person.id, grade.level.filter(is_doctor)?))
        };
        Self { rota, doctors: rota.people.iter().filter_map(doctor).collect() }
    }

    /// What to name, such as "if RS were available". That somebody be cleared for a grade is said only of doctors who are
    /// of that grade or above by their own, and not of those whose specialty is known and is another than the unit's.
    pub fn told<'g>(&self, gap: &'g Gap) -> Vec<&'g str> {
        let named = gap.releases.iter().filter(|release| self.is_sensible(gap, release));
        named.take(NAMED_MAX).map(|release| release.text.as_str()).collect()
    }

    fn is_sensible(&self, gap: &Gap, release: &Release) -> bool {
        let Some(clears) = &release.clears else { return true };
        let Some(own) = self.doctors.get(&release.person) else { return false };
        if self.is_of_another(gap, release) {
            return false;
        }
        let tier = self.rota.unit(&gap.unit).and_then(|unit| unit.tiers.iter().find(|tier| tier.id == *clears));
        match tier.and_then(|tier| read_grade(&tier.name).level) {
            Some(needed) => usually_works_at(*own, needed),
            None => *own == Level::Consultant,
        }
    }

    /// Whether the specialty of the person and that of the unit are both known, and differ; not where the person may cover
    /// some of the unit already, or a post of the gap is meant for that specialty.
    fn is_of_another(&self, gap: &Gap, release: &Release) -> bool {
        let person_and_unit = self.rota.person(&release.person).zip(self.rota.unit(&gap.unit));
        person_and_unit.is_some_and(|(person, unit)| {
            let specialty = specialty_of_person(person);
            let are_known = [specialty.as_ref(), unit.name.as_str()].into_iter().all(is_a_specialty);
            let own = posts_of_specialty(self.rota, unit, &specialty).unwrap_or_default();
            let covers_some = person.may_cover.iter().any(|may| may.unit == unit.id);
            let is_meant = covers_some || own.iter().any(|post| gap.posts.contains(&post.id));
            are_known && !is_of(&unit.name, &specialty) && !is_meant
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{person, rota};
    use super::*;
    use crate::model::{Availability, MayCover};
    use crate::planner::{NoDeadline, Scope, plan};

    #[test]
    fn whoever_is_away_goes_before_whoever_is_not_cleared_and_nurses_are_not_named_for_it() {
        let mut rota = rota();
        rota.normals[0].staffing.retain(|line| line.post.as_str() == "cons");
        let (unit, tiers) = (rota.units[0].id.clone(), rota.units[0].tiers.clone());
        let staff = [("mm", "Midwife"), ("cb", "Staff nurse"), ("so", "SHO"), ("ec", "Consultant"), ("dr", "")];
        rota.people = staff
            .iter()
            .map(|(id, grade)| crate::model::Person { grade: (*grade).to_owned(), ..person(id, id) })
            .collect();
        for one in &mut rota.people {
            one.may_cover.clear();
            one.usually = Availability::Available;
        }
        let mut away = person("ak", "Khan");
        away.usually = Availability::NotAvailable;
        away.may_cover = vec![MayCover::up_to(unit, tiers[2].id.clone())];
        rota.people.push(away);
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let told: Vec<_> = plan.gaps.iter().map(|gap| Releases::of(&rota).told(gap)).collect();
        assert_eq!(told[0], ["if AK were available", "if EC were cleared for A&E consultant"], "{told:?}");
    }

    #[test]
    fn a_doctor_of_another_specialty_is_not_named_for_a_unit() {
        let mut rota = rota();
        rota.normals[0].staffing.retain(|line| line.post.as_str() == "cons");
        rota.units[0].name = "Maternity".to_owned();
        let staff = [("sb", "Consultant psychiatrist", ""), ("ob", "Consultant", "O&G"), ("dr", "Consultant", "")];
        rota.people = staff
            .iter()
            .map(|(id, grade, specialty)| {
                let (grade, specialty) = ((*grade).to_owned(), (*specialty).to_owned());
                crate::model::Person { grade, specialty, may_cover: Vec::new(), ..person(id, id) }
            })
            .collect();
        let told = |rota: &Rota| {
            let plan = plan(rota, &Scope::everything(), &NoDeadline);
            let told = Releases::of(rota).told(&plan.gaps[0]).into_iter().map(str::to_owned);
            told.collect::<Vec<_>>()
        };
        let cleared = |who: &str, unit: &str| format!("if {who} were cleared for {unit} consultant");
        assert_eq!(told(&rota), [cleared("OB", "Maternity"), cleared("DR", "Maternity")]);
        // Of a unit whose specialty nobody knows nobody is left out.
        rota.units[0].name = "Block 7".to_owned();
        assert_eq!(told(&rota).len(), 3);
    }
}
