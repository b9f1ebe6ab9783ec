//! The posts of the specialty in a unit of another, ticked where somebody is cleared for the unit.

use crate::model::{Post, PostId, Rota, TierId, Unit, words};

use super::super::other_specialty::{posts_of_specialty, reaches_another};
use super::person::ScopeRow;

/// The posts of the specialty that the scope reaches; none where it has none of its own in the unit, or the unit is its
/// own and no post of another is in reach.
pub(in crate::editor) fn own_posts(rota: &Rota, scope: &ScopeRow, specialty: &str) -> Vec<PostId> {
    let reached = scope.posts(rota);
    let own = rota.unit(&scope.unit).and_then(|unit| own_in_reach(rota, unit, scope, specialty)).unwrap_or_default();
    let is_reached = |post: &&Post| reached.iter().any(|other| other.id == post.id);
    own.into_iter().filter(is_reached).map(|post| post.id.clone()).collect()
}

/// All posts of the specialty in the unit; none where it has none of its own, or the unit is its own and no post of another
/// is in reach.
fn own_in_reach<'a>(rota: &'a Rota, unit: &Unit, scope: &ScopeRow, specialty: &str) -> Option<Vec<&'a Post>> {
    let own = posts_of_specialty(rota, unit, specialty)?;
    reaches_another(unit, specialty, scope.posts(rota), &own).then_some(own)
}

/// Only the posts of the specialty, where it has some that the scope reaches.
pub(in crate::editor) fn keep_to_own_posts(rota: &Rota, scope: &mut ScopeRow, specialty: &str) {
    scope.only = own_posts(rota, scope, specialty);
    scope.only_some = !scope.only.is_empty();
}

/// What may be covered of a unit was set for one person: where the specialty has posts of its own there, those are ticked,
/// unless somebody has chosen before, having seen them.
pub fn tick_own_posts(rota: &Rota, scope: &mut ScopeRow, was: Option<&TierId>, specialty: &str) {
    let before = ScopeRow { up_to: was.cloned(), ..scope.clone() };
    if scope.up_to.is_some() && !scope.only_some && own_posts(rota, &before, specialty).is_empty() {
        keep_to_own_posts(rota, scope, specialty);
    }
}

/// That all posts of a unit of another specialty may be covered, in a sentence to be checked; none where the specialty has
/// no posts of its own there.
pub fn all_of_another_told(rota: &Rota, scope: &ScopeRow, specialty: &str) -> Option<String> {
    let unit = unit_in_full(rota, scope)?;
    let own = own_in_reach(rota, unit, scope, specialty)?;
    let (unit, specialty) = (words::safe(&unit.name), words::safe(specialty));
    (!own.is_empty()).then(|| format!("All posts of {unit}, not only those of {specialty}: check it."))
}

/// Whether somebody of this specialty may cover all posts of a unit that is another's, or in which some are.
pub(in crate::editor) fn covers_other_posts(rota: &Rota, scope: &ScopeRow, specialty: &str) -> bool {
    unit_in_full(rota, scope).is_some_and(|unit| own_in_reach(rota, unit, scope, specialty).is_some())
}

/// The unit of the scope, where it is not for some of its posts alone.
fn unit_in_full<'a>(rota: &'a Rota, scope: &ScopeRow) -> Option<&'a Unit> {
    rota.unit(&scope.unit).filter(|_| scope.up_to.is_some() && !scope.only_some)
}

/// What is said of that.
pub(in crate::editor) fn all_of_another(unit: &Unit) -> String {
    format!("all posts of {}, not only those of the specialty", words::safe(&unit.name))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{able, post_id};
    use super::*;

    #[test]
    fn where_one_person_is_cleared_for_a_unit_of_another_the_posts_of_the_specialty_are_ticked() {
        let mut rota = able();
        rota.units[0].name = "Maternity".to_owned();
        rota.posts[2].name = "Duty obstetric anaesthetist".to_owned();
        let tiers = &rota.units[0].tiers;
        let mut scope = ScopeRow::of(rota.units[0].id.clone(), None);
        let set = |scope: &mut ScopeRow, tier: usize| {
            let was = scope.up_to.replace(tiers[tier].id.clone());
            tick_own_posts(&rota, scope, was.as_ref(), "Anaesthetics");
        };
        set(&mut scope, 1);
        assert!(!scope.only_some, "none of them is up to there");
        assert!(all_of_another_told(&rota, &scope, "Anaesthetics").is_some());
        set(&mut scope, 2);
        assert_eq!((scope.only_some, &scope.only), (true, &vec![post_id("cons")]));
        assert_eq!(all_of_another_told(&rota, &scope, "Anaesthetics"), None);
        scope.only_some = false;
        let told = "All posts of Maternity, not only those of Anaesthetics: check it.";
        assert_eq!(all_of_another_told(&rota, &scope, "Anaesthetics").as_deref(), Some(told));
        set(&mut scope, 2);
        assert!(!scope.only_some, "all posts were chosen since");
        let mut own = ScopeRow::of(rota.units[0].id.clone(), None);
        own.up_to = Some(tiers[1].id.clone());
        tick_own_posts(&rota, &mut own, None, "O&G");
        assert!(!own.only_some, "the anaesthetist is not in reach");
        own.up_to = Some(tiers[2].id.clone());
        tick_own_posts(&rota, &mut own, Some(&tiers[1].id), "O&G");
        assert_eq!(
            (own.only_some, &own.only),
            (true, &vec![post_id("sho"), post_id("mg")]),
            "all but the anaesthetist"
        );
        own.only_some = false;
        let told = "All posts of Maternity, not only those of O&G: check it.";
        assert_eq!(all_of_another_told(&rota, &own, "O&G").as_deref(), Some(told));
    }
}
