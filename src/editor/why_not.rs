//! Who could not fill a gap, grouped by the reason that is quickest to lift.

use crate::checker::{Candidate, Obstacle};
use crate::model::{PersonId, PostId, Rota, words};

use super::assign::initials;

/// So many are named in a group; the rest are counted.
const NAMED_MAX: usize = 8;

/// People with the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyNot {
    /// Such as "On another post".
    pub title: String,
    pub people: Vec<PersonId>,
    /// Their initials, as far as they fit.
    pub text: String,
}

/// Which reason is told of somebody who has several: the first is the quickest to lift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    OnPost,
    OnDuty,
    Declined,
    Lacks,
    OutOfScope,
    NotAvailable,
}

impl Reason {
    fn of(obstacle: &Obstacle) -> Self {
        match obstacle {
            Obstacle::OnPost(_) => Self::OnPost,
            Obstacle::OnDuty(_) => Self::OnDuty,
            Obstacle::Declined(_) => Self::Declined,
            Obstacle::Lacks(_) => Self::Lacks,
            Obstacle::OutOfScope { .. } => Self::OutOfScope,
            Obstacle::NotAvailable(_) => Self::NotAvailable,
        }
    }
}

/// The groups, the quickest to lift first. Somebody with several reasons stands with the one that is hardest to lift.
pub fn why_not(rota: &Rota, post: &PostId, could_not: &[Candidate]) -> Vec<WhyNot> {
    let reason = |c: &Candidate| c.obstacles.iter().map(Reason::of).max();
    let mut reasons: Vec<Reason> = could_not.iter().filter_map(reason).collect();
    reasons.sort();
    reasons.dedup();
    let group = |wanted: Reason| {
        let people: Vec<PersonId> =
            could_not.iter().filter(|c| reason(c) == Some(wanted)).map(|c| c.person.clone()).collect();
        let mut names: Vec<String> = people.iter().take(NAMED_MAX).map(|id| initials(rota, id)).collect();
        if people.len() > NAMED_MAX {
            names.push(format!("and {} more", people.len() - NAMED_MAX));
        }
        WhyNot { title: title(rota, post, wanted), people, text: names.join(", ") }
    };
    reasons.into_iter().map(group).collect()
}

fn title(rota: &Rota, post: &PostId, reason: Reason) -> String {
    match reason {
        Reason::OnPost => "On another post".to_owned(),
        Reason::OnDuty => "On duty elsewhere".to_owned(),
        Reason::Declined => "Declined".to_owned(),
        Reason::Lacks => "Lacks what the post requires".to_owned(),
        Reason::NotAvailable => "Not available".to_owned(),
        Reason::OutOfScope => {
            let post = rota.post(post);
            let unit = post.and_then(|post| rota.unit(&post.unit));
            let tier = post.zip(unit).and_then(|(post, unit)| unit.tiers.iter().find(|tier| tier.id == post.tier));
            match (unit, tier) {
                (Some(unit), Some(tier)) => {
                    format!("May not cover {} at {}", words::safe(&unit.name), words::inside(&words::safe(&tier.name)))
                }
                _ => "May not cover it".to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{post_id, rota, span, with};
    use super::*;
    use crate::checker::{Gap, who_could};
    use crate::model::{Availability, Status};

    #[test]
    fn everybody_stands_once_with_the_hardest_reason() {
        let mut rota = with(rota(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        for person in &mut rota.people[..2] {
            let tier = rota.units[0].tiers[2].id.clone();
            person.may_cover = vec![crate::model::MayCover::up_to(rota.units[0].id.clone(), tier)];
        }
        rota.people[4].usually = Availability::NotAvailable;
        let gap = Gap { post: post_id("mg"), span: span("10:00", "12:00") };
        let all: Vec<Candidate> = who_could(&rota, &gap).into_iter().filter(|c| !c.obstacles.is_empty()).collect();
        let told: Vec<String> =
            why_not(&rota, &gap.post, &all).iter().map(|g| format!("{}: {}", g.title, g.text)).collect();
        assert_eq!(told, ["On another post: HG", "May not cover A&E at middle grade: RS, AN", "Not available: MW"]);
    }
}
