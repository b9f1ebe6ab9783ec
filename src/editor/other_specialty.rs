//! Doctors of a specialty that works in units of others, such as the anaesthetist of a labour ward: the posts there that
//! are theirs.

use crate::model::{Post, Rota, Unit, words};

use super::dialogs::ScopeRow;
use super::grades::is_of;
use super::same_text::plain;
use super::specialties;

/// Specialties with posts of their own in other units: what they are called, and how words begin in the names of those
/// posts and of the competencies that they need.
const WITH_OWN_POSTS: &[(&[&str], &[&str])] = &[
    (&["Anaesthetics"], &["anaesth", "anesth", "anaes"]),
    (&["Paediatrics", "Neonatology"], &["paed", "pediatr", "child", "neonat", "newborn", "nicu"]),
];

/// The posts that are meant for somebody of this specialty in a unit of another; none where the specialty has no posts in
/// units of others, or the unit is its own. Of a unit without such a post the list is empty.
pub fn posts_of_specialty<'a>(rota: &'a Rota, unit: &Unit, specialty: &str) -> Option<Vec<&'a Post>> {
    let key = specialties::key(specialty);
    let is_named = |name: &&str| specialties::key(name) == key;
    let (_, beginnings) = WITH_OWN_POSTS.iter().find(|(names, _)| names.iter().any(is_named))?;
    let says_so = |text: &str| {
        text.split_whitespace().any(|word| beginnings.iter().any(|beginning| plain(word).starts_with(beginning)))
    };
    if is_of(&unit.name, specialty) || says_so(&unit.name) {
        return None;
    }
    let is_theirs = |post: &&Post| {
        let needs = rota.competencies.iter().filter(|competency| post.requires.contains(&competency.id));
        post.unit == unit.id && (says_so(&post.name) || needs.into_iter().any(|needed| says_so(&needed.name)))
    };
    Some(rota.posts.iter().filter(is_theirs).collect())
}

/// Only the posts of the specialty, where it has some that the scope reaches.
pub(super) fn keep_to_own_posts(rota: &Rota, scope: &mut ScopeRow, specialty: &str) {
    let reached: Vec<_> = scope.posts(rota).into_iter().map(|post| post.id.clone()).collect();
    let own = rota.unit(&scope.unit).and_then(|unit| posts_of_specialty(rota, unit, specialty)).unwrap_or_default();
    scope.only = own.into_iter().map(|post| post.id.clone()).filter(|id| reached.contains(id)).collect();
    scope.only_some = !scope.only.is_empty();
}

/// Whether somebody of this specialty may cover all posts of a unit that is another's.
pub(super) fn covers_other_posts(rota: &Rota, scope: &ScopeRow, specialty: &str) -> bool {
    let unit = rota.unit(&scope.unit).filter(|_| scope.up_to.is_some() && !scope.only_some);
    unit.is_some_and(|unit| posts_of_specialty(rota, unit, specialty).is_some())
}

/// What is said of that.
pub(super) fn all_of_another(unit: &Unit) -> String {
    format!("all posts of {}, not only those of the specialty", words::safe(&unit.name))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rota;
    use super::*;
    use crate::model::{Competency, CompetencyId};

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
        assert_eq!((told("O&G"), told("Surgery"), told("")), (None, None, None));
        rota.units[0].name = "Neonatal unit".to_owned();
        assert_eq!(posts_of_specialty(&rota, &rota.units[0], "Paediatrics"), None, "it is their own");
    }
}
