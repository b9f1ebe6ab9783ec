//! Doctors of a specialty that works in units of others, such as the anaesthetist of a labour ward: the posts there that
//! are theirs; and the other way round the posts of a unit that are not those of its own doctors.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::{MayCover, Person, PersonId, Post, PostId, Rota, Unit, words};

use super::grades::{is_of, read_grade};
use super::same_text::plain;
use super::specialties;

/// Specialties with posts of their own in other units: what they are called, and how words begin in the names of those
/// posts and of the competencies that they need.
const WITH_OWN_POSTS: &[(&[&str], &[&str])] = &[
    (&["Anaesthetics"], &["anaesth", "anesth", "anaes"]),
    (&["Paediatrics", "Neonatology"], &["paed", "pediatr", "child", "neonat", "newborn", "nicu"]),
];

/// What those are called who practise a specialty ends so: a paediatrician, a neonatologist.
const WHO_PRACTISES: &[&str] = &["ist", "ists", "ian", "ians"];

/// The specialty as it is entered; where it is not, as the grade says it: "Cons anaesthetist" is of Anaesthetics.
pub fn specialty_of<'a>(specialty: &'a str, grade: &str) -> Cow<'a, str> {
    match specialty.trim() {
        "" => Cow::Owned(specialties::of_a_doctor(&read_grade(grade).specialty)),
        entered => Cow::Borrowed(entered),
    }
}

/// The same of somebody in the rota.
pub fn specialty_of_person(person: &Person) -> Cow<'_, str> {
    specialty_of(&person.specialty, &person.grade)
}

/// Said of somebody who may hold a post only by being cleared for all posts of a unit in which their specialty has posts
/// of its own, and this is none of them: `of another specialty (Anaesthetics)`.
pub fn of_another_specialty(rota: &Rota, person: &Person, post: &PostId) -> Option<String> {
    let unit = rota.unit(&rota.post(post)?.unit)?;
    let may = person.may_cover.iter().find(|may| may.unit == unit.id)?;
    let specialty = specialty_of_person(person);
    let own = posts_beyond(rota, unit, may, &specialty)?;
    (!own.iter().any(|own| own.id == *post)).then(|| format!("of another specialty ({})", words::safe(&specialty)))
}

/// Everybody with the posts for which they are of another specialty: others go before them.
pub fn taken_last(rota: &Rota) -> BTreeSet<(PersonId, PostId)> {
    let mut last = BTreeSet::new();
    for person in &rota.people {
        for (unit, own) in units_of_others(rota, person) {
            let others = rota.posts.iter().filter(|post| post.unit == unit.id && own.iter().all(|it| it.id != post.id));
            last.extend(others.map(|post| (person.id.clone(), post.id.clone())));
        }
    }
    last
}

/// The units of which somebody may cover all posts although their specialty has posts of its own there.
pub fn covers_all_of_another<'a>(rota: &'a Rota, person: &Person) -> Vec<&'a Unit> {
    units_of_others(rota, person).into_iter().map(|(unit, _)| unit).collect()
}

/// The same units, each with the posts there that are of the person's specialty.
fn units_of_others<'a>(rota: &'a Rota, person: &Person) -> Vec<(&'a Unit, Vec<&'a Post>)> {
    let specialty = specialty_of_person(person);
    let told = |may: &MayCover| {
        let unit = rota.unit(&may.unit)?;
        Some((unit, posts_beyond(rota, unit, may, &specialty)?))
    };
    person.may_cover.iter().filter_map(told).collect()
}

/// The posts of the specialty in a unit of another of which all posts may be covered; none where it has no such posts. In
/// the specialty's own unit none where no post of another is in reach either.
fn posts_beyond<'a>(rota: &'a Rota, unit: &Unit, may: &MayCover, specialty: &str) -> Option<Vec<&'a Post>> {
    let own = posts_of_specialty(rota, unit, specialty).filter(|own| may.only.is_empty() && !own.is_empty())?;
    let highest = unit.tier_index(&may.up_to);
    let reached = rota.posts.iter().filter(|post| post.unit == unit.id && unit.tier_index(&post.tier) <= highest);
    reaches_another(unit, specialty, reached, &own).then_some(own)
}

/// Whether posts that are reached go beyond those of the specialty. In a unit of another they may do so any day.
pub(super) fn reaches_another<'a>(
    unit: &Unit,
    specialty: &str,
    reached: impl IntoIterator<Item = &'a Post>,
    own: &[&Post],
) -> bool {
    !is_of(&unit.name, specialty) || reached.into_iter().any(|post| own.iter().all(|other| other.id != post.id))
}

/// The posts that are meant for somebody of this specialty in a unit of another; none where the specialty has no posts in
/// units of others. Of a unit without such a post the list is empty. In the specialty's own unit all posts but those that
/// are plainly another's; none where everybody who may hold those needs a competency anyway.
pub fn posts_of_specialty<'a>(rota: &'a Rota, unit: &Unit, specialty: &str) -> Option<Vec<&'a Post>> {
    if is_of(&unit.name, specialty) {
        let of_unit = || rota.posts.iter().filter(|post| post.unit == unit.id);
        let is_another = |post: &&Post| is_plainly_of_another(unit, &post.name, specialty);
        let is_open = of_unit().filter(is_another).any(|post| post.requires.is_empty());
        return is_open.then(|| of_unit().filter(|post| !is_another(post)).collect());
    }
    let key = specialties::key(specialty);
    let is_named = |name: &&str| specialties::key(name) == key;
    let (_, beginnings) = WITH_OWN_POSTS.iter().find(|(names, _)| names.iter().any(is_named))?;
    let says_so = |text: &str| text.split_whitespace().any(|word| begins(word, beginnings));
    if says_so(&unit.name) {
        return None;
    }
    let is_theirs = |post: &&Post| {
        let needs = rota.competencies.iter().filter(|competency| post.requires.contains(&competency.id));
        post.unit == unit.id && (says_so(&post.name) || needs.into_iter().any(|needed| says_so(&needed.name)))
    };
    Some(rota.posts.iter().filter(is_theirs).collect())
}

fn begins(word: &str, beginnings: &[&str]) -> bool {
    let word = plain(word);
    beginnings.iter().any(|beginning| word.starts_with(beginning))
}

/// Whether a post of a unit is another specialty's by its name alone, such as "Duty obstetric anaesthetist" in Maternity.
/// "Paediatric" before the name of a specialty, or in an emergency department, only says how old the patients are.
fn is_plainly_of_another(unit: &Unit, post: &str, specialty: &str) -> bool {
    let key = specialties::key(specialty);
    WITH_OWN_POSTS.iter().any(|(names, beginnings)| {
        let is_own = names.iter().any(|name| specialties::key(name) == key);
        let is_there = unit.name.split_whitespace().any(|word| begins(word, beginnings));
        let (says_so, rest): (Vec<&str>, Vec<&str>) =
            post.split_whitespace().partition(|word| begins(word, beginnings));
        let names_them = says_so.iter().any(|word| WHO_PRACTISES.iter().any(|end| plain(word).ends_with(end)));
        let is_age = names.contains(&"Paediatrics")
            && (is_of(&unit.name, "Emergency medicine") || rest.iter().any(|word| specialties::is_a_specialty(word)));
        !is_own && !is_there && !says_so.is_empty() && (names_them || !is_age)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::super::fixture::{able, person_id, post_id, rota, span};
    use super::super::scope_words::may_cover_words;
    use super::super::suggest::SuggestFor;
    use super::*;
    use crate::checker::Gap;
    use crate::model::{Competency, CompetencyId};
    use crate::planner::{NoDeadline, plan};

    /// The unit is Maternity, with a registrar for its middle grade; the consultant is the anaesthetist.
    fn maternity() -> Rota {
        let mut rota = able();
        rota.units[0].name = "Maternity".to_owned();
        rota.posts[2].name = "Duty obstetric anaesthetist".to_owned();
        rota.people[0].grade = "Cons anaesthetist".to_owned();
        rota
    }

    #[test]
    fn a_specialty_that_is_not_entered_is_that_of_the_grade() {
        assert_eq!(specialty_of("", "Cons anaesthetist"), "Anaesthetics");
        assert_eq!(specialty_of(" O&G ", "Cons anaesthetist"), "O&G");
        assert_eq!(specialty_of("", "Consultant"), "");
    }

    #[test]
    fn whoever_is_of_another_specialty_comes_after_their_equals_and_is_said_to_be() {
        let mut rota = maternity();
        let told = |rota: &Rota, post: &str| -> Vec<String> {
            let gap = Gap { post: post_id(post), span: span("08:00", "17:00") };
            let could = Document::unsaved(rota.clone()).who_could(&gap);
            could.iter().map(|c| format!("{}: {}", c.person, c.text)).collect()
        };
        let other = "hg: Free, postpones nothing; of another specialty (Anaesthetics)";
        assert_eq!(told(&rota, "mg").last().unwrap(), other);
        assert_eq!(told(&rota, "cons")[0], "hg: Free, postpones nothing", "the post of the specialty");
        let words = "Maternity up to consultant, all posts (another specialty’s unit)";
        assert_eq!(may_cover_words(&rota, &rota.people[0]), words);
        let gap = SuggestFor::Gap(Gap { post: post_id("mg"), span: span("08:00", "10:00") });
        let planned = |rota: &Rota| plan(rota, &gap.scope(rota), &NoDeadline).assignments.remove(0).person;
        // The others are consultants too: HG would be taken first, as the first in the rota.
        assert_eq!(planned(&rota), person_id("kp"));
        // Whoever is cleared for the post by name was meant.
        rota.people[0].may_cover[0].only = vec![post_id("mg")];
        assert_eq!(told(&rota, "mg")[0], "hg: Free, postpones nothing");
        assert_eq!(planned(&rota), person_id("hg"));
        assert_eq!(covers_all_of_another(&rota, &rota.people[0]).len(), 0);
    }

    #[test]
    fn in_their_own_unit_doctors_come_last_for_a_post_that_is_plainly_another_specialtys() {
        let mut rota = maternity();
        rota.people[0].grade = "Consultant".to_owned();
        rota.people[0].specialty = "O&G".to_owned();
        let other = "of another specialty (O&G)".to_owned();
        let told = |rota: &Rota, post: &str| of_another_specialty(rota, &rota.people[0], &post_id(post));
        assert_eq!((told(&rota, "cons"), told(&rota, "mg")), (Some(other), None));
        let words = "Maternity up to consultant, also posts of another specialty";
        assert_eq!(may_cover_words(&rota, &rota.people[0]), words);
        let gap = SuggestFor::Gap(Gap { post: post_id("cons"), span: span("08:00", "10:00") });
        let planned = |rota: &Rota| plan(rota, &gap.scope(rota), &NoDeadline).assignments.remove(0).person;
        assert_eq!(planned(&rota), person_id("kp"), "HG would be taken first, as the first in the rota");
        let mut junior = rota.clone();
        junior.people[0].may_cover[0].up_to = rota.units[0].tiers[1].id.clone();
        assert_eq!(may_cover_words(&junior, &junior.people[0]), "Maternity up to middle grade", "not in reach");
        let needs = CompetencyId::new("airway").unwrap();
        rota.competencies.push(Competency { id: needs.clone(), name: "Obstetric anaesthesia".to_owned() });
        rota.posts[2].requires = vec![needs];
        assert_eq!(told(&rota, "cons"), None, "a competency says already who may hold it");
        assert_eq!(may_cover_words(&rota, &rota.people[0]), "Maternity up to consultant");
    }

    #[test]
    fn a_post_is_plainly_of_another_specialty_by_name() {
        let of = |unit: &str, post: &str, specialty: &str| {
            let mut rota = rota();
            rota.units[0].name = unit.to_owned();
            is_plainly_of_another(&rota.units[0], post, specialty)
        };
        for post in
            ["Duty obstetric anaesthetist", "Labour ward anaesthetic registrar", "Neonatal SHO", "Paediatrician"]
        {
            assert!(of("Maternity", post, "O&G"), "{post}");
        }
        assert!(!of("Maternity", "Labour ward registrar", "O&G"));
        for post in ["Paediatric A&E registrar", "Children’s A&E SHO", "Children and resus", "Children"] {
            assert!(!of("A&E", post, "ED"), "{post}");
        }
        assert!(!of("Surgery", "Paediatric surgery registrar", "General surgery"));
        assert!(!of("Neonatal unit", "Consultant paediatrician", "Neonatology"), "their own");
    }

    #[test]
    fn posts_of_a_specialty_are_known_by_name_or_competency() {
        let mut rota = rota();
        let newborn = CompetencyId::new("newborn").unwrap();
        rota.competencies.push(Competency { id: newborn.clone(), name: "Newborn life support".to_owned() });
        rota.units[0].name = "Maternity".to_owned();
        rota.posts[1].name = "Duty obstetric anaesthetist".to_owned();
        rota.posts[2].requires = vec![newborn];
        let (one, two) = (rota.posts[1].name.as_str(), rota.posts[2].name.as_str());
        let told = |specialty: &str| {
            let posts = posts_of_specialty(&rota, &rota.units[0], specialty)?;
            Some(posts.into_iter().map(|post| post.name.as_str()).collect::<Vec<_>>())
        };
        assert_eq!((told("Anaesthetics"), told("anaes")), (Some(vec![one]), Some(vec![one])));
        assert_eq!((told("Paediatrics"), told("Neonatal")), (Some(vec![two]), Some(vec![two])));
        assert_eq!(
            (told("O&G"), told("Surgery"), told("")),
            (Some(vec!["SHO", two]), None, None),
            "all but the anaesthetist’s"
        );
        rota.units[0].name = "Neonatal unit".to_owned();
        assert_eq!(posts_of_specialty(&rota, &rota.units[0], "Paediatrics"), None, "it is their own");
    }
}
