//! What somebody may cover, in words: used wherever a scope is shown.

use crate::model::{Person, PostId, Rota, TierId, UnitId, words};

use super::grades::is_of;
use super::other_specialty::{covers_all_of_another, specialty_of_person};

/// Such as `A&E up to middle grade`, or `Maternity up to registrar, only Duty obstetric anaesthetist`; nothing where the
/// unit or the tier is not there.
pub fn scope_words(rota: &Rota, unit: &UnitId, up_to: &TierId, only: &[PostId]) -> Option<String> {
    let unit = rota.unit(unit)?;
    let tier = unit.tiers.iter().find(|tier| tier.id == *up_to)?;
    let all = format!("{} up to {}", words::safe(&unit.name), words::inside(&words::safe(&tier.name)));
    if only.is_empty() {
        return Some(all);
    }
    let names: Vec<_> = only.iter().filter_map(|id| rota.post(id)).map(|post| words::safe(&post.name)).collect();
    Some(format!("{all}, only {}", words::list(&names)))
}

/// All that the person may cover, one unit after the other; empty where that is nothing. Of a unit in which the person's
/// specialty has posts of its own it is said that it is all posts, and of their own unit that some are another's.
pub fn may_cover_words(rota: &Rota, person: &Person) -> String {
    let all_posts = covers_all_of_another(rota, person);
    let scopes = person.may_cover.iter().filter_map(|may| {
        let text = scope_words(rota, &may.unit, &may.up_to, &may.only)?;
        let is_all = all_posts.iter().any(|unit| unit.id == may.unit);
        let is_own = || rota.unit(&may.unit).is_some_and(|unit| is_of(&unit.name, &specialty_of_person(person)));
        Some(match is_all {
            true if is_own() => format!("{text}, also posts of another specialty"),
            true => format!("{text}, all posts (another specialty’s unit)"),
            false => text,
        })
    });
    scopes.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{post_id, rota};
    use super::*;
    use crate::model::MayCover;

    #[test]
    fn a_scope_names_the_only_posts_it_is_for() {
        let rota = rota();
        let mut person = rota.people[0].clone();
        assert_eq!(may_cover_words(&rota, &person), "");
        let unit = &rota.units[0];
        person.may_cover = vec![MayCover::up_to(unit.id.clone(), unit.tiers[1].id.clone())];
        assert_eq!(may_cover_words(&rota, &person), "A&E up to middle grade");
        person.may_cover[0].only = vec![post_id("mg"), post_id("sho")];
        assert_eq!(may_cover_words(&rota, &person), "A&E up to middle grade, only Middle grade and SHO");
    }
}
