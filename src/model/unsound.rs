//! What makes a rota unsound: an id twice, a reference to nothing, a span that is not one.
//!
//! The file reader refuses a file for these, and a [`super::Command`] that would bring one about is refused: there is
//! one place for the decision. How large a rota may be is in [`super::size`].

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, Found, TWICE};
use super::record::Record;
use super::rota::{Assignment, COUNT_MAX, Competency, Normal, Person, Post, Rota, Session, Unit, Window};
use super::size::{WINDOW_MINUTES_MAX, size_faults};
use super::{CompetencyId, NormalId, PersonId, PostId, TierId, UnitId, WindowId};

/// All faults of the rota, in the order of the file, at most [`super::FAULTS_MAX`].
pub fn faults(rota: &Rota) -> Vec<Fault> {
    let known = Known::of(rota);
    let mut found = Found::default();
    check_list(&rota.windows, &known, &mut found);
    check_list(&rota.competencies, &known, &mut found);
    check_list(&rota.units, &known, &mut found);
    check_list(&rota.posts, &known, &mut found);
    check_list(&rota.normals, &known, &mut found);
    check_list(&rota.people, &known, &mut found);
    check_list(&rota.sessions, &known, &mut found);
    check_list(&rota.assignments, &known, &mut found);
    history_faults(rota, &known, &mut found);
    size_faults(rota, &mut found);
    found.0
}

/// The ids that may be referred to.
pub(super) struct Known<'a> {
    windows: BTreeSet<&'a WindowId>,
    competencies: BTreeSet<&'a CompetencyId>,
    units: BTreeSet<&'a UnitId>,
    tiers: BTreeSet<(&'a UnitId, &'a TierId)>,
    /// With the unit of each.
    posts: BTreeMap<&'a PostId, &'a UnitId>,
    normals: BTreeSet<&'a NormalId>,
    people: BTreeSet<&'a PersonId>,
}

impl<'a> Known<'a> {
    pub(super) fn of(rota: &'a Rota) -> Self {
        Self {
            windows: rota.windows.iter().map(|w| &w.id).collect(),
            competencies: rota.competencies.iter().map(|c| &c.id).collect(),
            units: rota.units.iter().map(|u| &u.id).collect(),
            tiers: rota.units.iter().flat_map(|u| u.tiers.iter().map(move |t| (&u.id, &t.id))).collect(),
            posts: rota.posts.iter().map(|p| (&p.id, &p.unit)).collect(),
            normals: rota.normals.iter().map(|n| &n.id).collect(),
            people: rota.people.iter().map(|p| &p.id).collect(),
        }
    }
}

/// A record that can say what is wrong with it.
pub(super) trait Sound: Record {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found);
}

/// The faults of some records of one list, in their order.
pub(super) fn check_list<'a, T: Sound + 'a>(
    records: impl IntoIterator<Item = &'a T>,
    known: &Known<'_>,
    found: &mut Found,
) where
    T::Id: Ord,
{
    let mut seen = BTreeSet::new();
    for record in records {
        let at = path::<T>(record.id());
        if !seen.insert(record.id()) {
            found.add(&at, TWICE);
        }
        record.faults(&at, known, found);
    }
}

/// The path of a record, such as `people "hg"`.
pub(super) fn path<T: Record>(id: &T::Id) -> String {
    format!("{} \"{id}\"", T::LIST)
}

impl Sound for Window {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        found.span(at, self.span);
        if self.span.minutes() > WINDOW_MINUTES_MAX {
            found.add(at, "longer than 366 days: split it, best into single days");
        }
        if !known.normals.contains(&self.normal) {
            found.missing(at, "normal staffing", &self.normal);
        }
    }
}

impl Sound for Competency {
    fn faults(&self, _at: &str, _known: &Known<'_>, _found: &mut Found) {}
}

impl Sound for Unit {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        if self.tiers.is_empty() {
            found.add(at, "a unit needs at least one tier: add one");
        }
        let mut seen = BTreeSet::new();
        for tier in &self.tiers {
            if !seen.insert(&tier.id) {
                found.add(format!("{at}, tiers \"{}\"", tier.id), TWICE);
            }
        }
        if let Some(senior) = &self.senior_from
            && !known.tiers.contains(&(&self.id, senior))
        {
            found.missing(at, "tier of the unit", senior);
        }
    }
}

impl Sound for Post {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        if !known.units.contains(&self.unit) {
            found.missing(at, "unit", &self.unit);
        } else if !known.tiers.contains(&(&self.unit, &self.tier)) {
            found.missing(at, "tier of the unit", &self.tier);
        }
        for id in self.requires.iter().filter(|id| !known.competencies.contains(id)) {
            found.missing(at, "competency", id);
        }
    }
}

impl Sound for Normal {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        for id in self.closed.iter().filter(|id| !known.units.contains(id)) {
            found.missing(at, "unit", id);
        }
        for (i, hours) in self.shut.iter().enumerate().filter(|(_, hours)| !known.units.contains(&hours.unit)) {
            found.missing(format!("{at}, shut {}", i + 1), "unit", &hours.unit);
        }
        for (i, line) in self.staffing.iter().enumerate() {
            let at = format!("{at}, staffing {}", i + 1);
            if !known.posts.contains_key(&line.post) {
                found.missing(&at, "post", &line.post);
            }
            if line.count > COUNT_MAX {
                found.add(&at, format!("`count` is above {COUNT_MAX}: enter a smaller number"));
            }
        }
    }
}

impl Sound for Person {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        let mut seen = BTreeSet::new();
        for (i, cover) in self.may_cover.iter().enumerate() {
            let at = format!("{at}, may_cover {}", i + 1);
            if !known.units.contains(&cover.unit) {
                found.missing(&at, "unit", &cover.unit);
            } else if !known.tiers.contains(&(&cover.unit, &cover.up_to)) {
                found.missing(&at, "tier of the unit", &cover.up_to);
            }
            for post in cover.only.iter().filter(|post| known.posts.get(post) != Some(&&cover.unit)) {
                found.missing(&at, "post of the unit", post);
            }
            if !seen.insert(&cover.unit) {
                found.add(&at, format!("the unit \"{}\" is there twice: keep one", cover.unit));
            }
        }
        for id in self.competencies.iter().filter(|id| !known.competencies.contains(id)) {
            found.missing(at, "competency", id);
        }
        for (i, said) in self.availability.iter().enumerate() {
            found.span(format!("{at}, availability {}", i + 1), said.span);
        }
        for (i, duty) in self.duties.iter().enumerate() {
            found.span(format!("{at}, duties {}", i + 1), duty.span);
        }
    }
}

impl Sound for Session {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        found.span(at, self.span);
        let mut seen = BTreeSet::new();
        for id in &self.team {
            if !known.people.contains(id) {
                found.missing(at, "person", id);
            }
            if !seen.insert(id) {
                found.add(at, format!("the person \"{id}\" is in the team twice: keep one"));
            }
        }
        let counts = [("appointments", self.appointments), ("inpatient", self.inpatient), ("day_case", self.day_case)];
        for (name, _) in counts.into_iter().filter(|(_, count)| *count > COUNT_MAX) {
            found.add(at, format!("`{name}` is above {COUNT_MAX}: enter a smaller number"));
        }
    }
}

impl Sound for Assignment {
    fn faults(&self, at: &str, known: &Known<'_>, found: &mut Found) {
        found.span(at, self.span);
        if !known.posts.contains_key(&self.post) {
            found.missing(at, "post", &self.post);
        }
        if !known.people.contains(&self.person) {
            found.missing(at, "person", &self.person);
        }
    }
}

/// Sign-offs refer to units and windows; issued copies are kept as they were and refer to nothing.
fn history_faults(rota: &Rota, known: &Known<'_>, found: &mut Found) {
    for (i, sign_off) in rota.sign_offs.iter().enumerate() {
        let at = format!("sign_offs {}", i + 1);
        if !known.units.contains(&sign_off.unit) {
            found.missing(&at, "unit", &sign_off.unit);
        }
        if !known.windows.contains(&sign_off.window) {
            found.missing(&at, "window", &sign_off.window);
        }
    }
    for issue in &rota.issued {
        for assignment in &issue.assignments {
            found.span(format!("issued {}, assignments \"{}\"", issue.number, assignment.id), assignment.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fault::FAULTS_MAX;
    use super::super::time::Span;
    use super::*;
    use crate::model::{Instant, Properties, Tier};

    fn messages(rota: &Rota) -> Vec<String> {
        faults(rota).iter().map(ToString::to_string).collect()
    }

    fn unit(id: &str, tiers: &[&str]) -> Unit {
        Unit::new(
            UnitId::new(id).unwrap(),
            id.to_owned(),
            tiers.iter().map(|t| Tier { id: TierId::new(t).unwrap(), name: (*t).to_owned() }).collect(),
        )
    }

    #[test]
    fn an_empty_rota_is_sound() {
        assert_eq!(messages(&Rota::empty()), [] as [&str; 0]);
    }

    #[test]
    fn an_id_twice_and_a_unit_without_tiers_are_told() {
        let rota = Rota { units: vec![unit("ae", &[]), unit("ae", &["mg", "mg"])], ..Rota::empty() };
        assert_eq!(
            messages(&rota),
            [
                "units \"ae\": a unit needs at least one tier: add one",
                "units \"ae\": this id is there twice: give one of them another",
                "units \"ae\", tiers \"mg\": this id is there twice: give one of them another",
            ]
        );
    }

    #[test]
    fn a_window_wants_its_normal_staffing_and_some_length() {
        let window = Window {
            id: WindowId::new("w1").unwrap(),
            label: String::new(),
            span: Span::new(Instant(5), Instant(5)),
            normal: NormalId::new("weekday").unwrap(),
        };
        let rota = Rota { windows: vec![window], ..Rota::empty() };
        assert_eq!(
            messages(&rota),
            [
                "windows \"w1\": `from` is not before `to`: change one of them",
                "windows \"w1\": there is no normal staffing \"weekday\": add it, or name another",
            ]
        );
    }

    #[test]
    fn a_hundred_faults_are_enough() {
        let units = vec![unit("ae", &[]); 200];
        assert_eq!(messages(&Rota { units, ..Rota::empty() }).len(), FAULTS_MAX);
    }

    #[test]
    fn properties_alone_are_never_a_fault() {
        let properties = Properties { title: "\u{202e}".repeat(10_000), ..Rota::empty().properties };
        assert_eq!(messages(&Rota { properties, ..Rota::empty() }), [] as [&str; 0]);
    }

    #[test]
    fn only_some_posts_are_posts_of_that_unit_and_shut_hours_are_of_a_unit() {
        let mut rota = crate::model::Rota { units: vec![unit("ae", &["mg"]), unit("icu", &["mg"])], ..Rota::empty() };
        let post = |id: &str, unit: &str| {
            Post::new(PostId::new(id).unwrap(), UnitId::new(unit).unwrap(), TierId::new("mg").unwrap(), "")
        };
        rota.posts = vec![post("majors", "ae"), post("ward", "icu")];
        let mut cover = crate::model::MayCover::up_to(UnitId::new("ae").unwrap(), TierId::new("mg").unwrap());
        cover.only = vec![PostId::new("majors").unwrap()];
        rota.people = vec![Person {
            rules: crate::model::Rules::Wtr,
            may_cover: vec![cover],
            usually: crate::model::Availability::Available,
            ..Person::new(PersonId::new("hg").unwrap(), "")
        }];
        let at = |minutes| crate::model::TimeOfDay::from_minutes(minutes).unwrap();
        let shut = crate::model::ShutHours { unit: UnitId::new("icu").unwrap(), from: at(0), to: at(60) };
        rota.normals = vec![Normal { shut: vec![shut], ..Normal::new(NormalId::new("weekday").unwrap(), "") }];
        assert_eq!(messages(&rota), [] as [&str; 0]);
        rota.people[0].may_cover[0].only.push(PostId::new("ward").unwrap());
        rota.normals[0].shut[0].unit = UnitId::new("gone").unwrap();
        assert_eq!(
            messages(&rota),
            [
                "normals \"weekday\", shut 1: there is no unit \"gone\": add it, or name another",
                "people \"hg\", may_cover 1: there is no post of the unit \"ward\": add it, or name another",
            ]
        );
    }
}
