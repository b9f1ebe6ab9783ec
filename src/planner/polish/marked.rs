//! Of plans with the same figures the one that leaves posts empty that are essential only for the competency that they
//! require, rather than posts that somebody marked as essential.
//!
//! For each proposal on a post of the first kind: its person goes to a marked post with an empty place, or to somebody
//! else's post, who then goes to the marked one, where every figure of the whole plan stays as good. Which chains of three
//! and more people would do the same is not looked for.

use super::super::cover::Cover;
use super::super::draft::{Draft, Held};
use super::super::figures::values;
use super::super::index::PostIx;
use super::super::objective::Values;
use super::{LocalSearch, Move};
use crate::model::Span;

/// So many whole plans are counted: each takes as long as the plan is large. Counted, so that the plan is the same on every
/// machine.
const PLANS_MAX: usize = 400;

impl LocalSearch<'_> {
    /// Fills empty places of marked posts with whoever is proposed for a post that only requires a competency, where that
    /// changes no figure.
    pub(super) fn fill_marked(&mut self) {
        let facts = self.facts;
        let is_marked = |post: &PostIx| facts.rota.posts[*post].essential;
        let marked: Vec<PostIx> = facts.posts.keys().filter(is_marked).collect();
        let mut lesser: Vec<Held> = self.people.iter().flatten().copied().collect();
        lesser.retain(|held| facts.posts[held.post].essential && !is_marked(&held.post));
        if lesser.is_empty() || marked.is_empty() {
            return;
        }
        lesser.sort_by_key(|held| (held.post, held.span, held.person));
        let mut plans = 0;
        let (mut now, mut holes) = self.figures_and_holes(&marked);
        for held in lesser {
            let empty: Vec<PostIx> =
                marked.iter().copied().filter(|post| is_empty_in(&holes, *post, held.span)).collect();
            for moves in self.ways_to(held, &empty) {
                if self.is_over() || plans >= PLANS_MAX {
                    return;
                }
                self.tries += 1;
                let Some(was) = self.moved(&moves) else { continue };
                plans += 1;
                let (then, holes_then) = self.figures_and_holes(&marked);
                if then <= now {
                    (now, holes) = (then, holes_then);
                    break;
                }
                self.put_back(was);
            }
        }
    }

    /// Each way to have an empty place of one of these posts filled and the proposal's place left empty.
    fn ways_to(&self, held: Held, empty: &[PostIx]) -> Vec<Vec<Move>> {
        let from_home = |post: PostIx| self.facts.posts[post].on_call;
        let empty = || empty.iter().copied().filter(|post| from_home(*post) == from_home(held.post));
        let direct = empty().map(|post| vec![Move::to_post(held, post)]);
        let mut others: Vec<Held> = self.people.iter().flatten().copied().collect();
        others.retain(|other| {
            other.span == held.span && other.person != held.person && from_home(other.post) == from_home(held.post)
        });
        others.sort_by_key(|other| (other.post, other.person));
        let by_way_of =
            |other: Held| empty().map(move |post| vec![Move::to_post(other, post), Move::to_post(held, other.post)]);
        direct.chain(others.iter().copied().filter(|other| other.post != held.post).flat_map(by_way_of)).collect()
    }

    /// Every figure of the plan, and when each of these posts lacks somebody.
    fn figures_and_holes(&self, posts: &[PostIx]) -> (Values, Vec<(PostIx, Vec<Span>)>) {
        let kept = self.kept.iter().copied();
        let mut held: Vec<Held> = kept.chain(self.people.iter().flatten().copied()).collect();
        held.sort();
        let draft = Draft { held, postponed: self.postponed.clone() };
        let cover = Cover::new(self.facts, &draft);
        (values(self.facts, &draft), posts.iter().map(|post| (*post, cover.holes(*post))).collect())
    }
}

/// Whether the post lacks somebody in part of that time.
fn is_empty_in(holes: &[(PostIx, Vec<Span>)], post: PostIx, span: Span) -> bool {
    holes.iter().any(|(of, holes)| *of == post && holes.iter().any(|hole| hole.overlaps(span)))
}

#[cfg(test)]
mod tests {
    use crate::checker::testing;
    use crate::planner::{NoDeadline, Objective, Scope, plan};

    /// Who is proposed where, with the figure of the most important objective and what would close the gaps.
    fn proposed(drawn: &str, marked: &str) -> (Vec<String>, i64, Vec<String>) {
        let mut rota = testing::rota(drawn);
        for post in &mut rota.posts {
            post.essential = post.name == marked;
        }
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        assert!(plan.is_optimal());
        let line = |a: &crate::model::Assignment| {
            let (person, post) = (rota.person(&a.person).unwrap(), rota.post(&a.post).unwrap());
            format!("{} {} {}", person.initials, post.name, crate::model::words::times(rota.zone(), a.span))
        };
        let releases = plan.gaps.iter().flat_map(|gap| &gap.releases).map(|release| release.text.clone()).collect();
        (plan.assignments.iter().map(line).collect(), plan.values()[Objective::EssentialShort], releases)
    }

    const MATERNITY: &str = "unit Maternity: SHO, Registrar
post Caesareans: Maternity Registrar, needs delivery
post Ward: Maternity Registrar, needs delivery
window 08:00-17:00
normal Caesareans: 1 08:00-13:00
normal Ward: 1 08:00-13:00
person BL: Maternity up to Registrar; can delivery
";

    #[test]
    fn a_post_that_somebody_marked_is_filled_before_one_that_only_needs_a_competency() {
        for (marked, other) in [("Ward", "Caesareans"), ("Caesareans", "Ward")] {
            let (who, short, releases) = proposed(MATERNITY, marked);
            assert_eq!(who, [format!("BL {marked} 08:00–13:00")], "not {other}");
            assert_eq!((short, releases), (5 * 60, vec![]));
        }
    }

    #[test]
    fn whoever_may_not_hold_the_marked_post_takes_the_place_of_somebody_who_may() {
        let drawn = "unit Maternity: SHO, Registrar
post Caesareans: Maternity Registrar, needs delivery
post Ward: Maternity Registrar, needs delivery
post Triage: Maternity Registrar, needs delivery
window 08:00-13:00
normal Caesareans: 1 08:00-13:00
normal Ward: 1 08:00-13:00
normal Triage: 1 08:00-13:00
person AB: Maternity up to Registrar, only Caesareans and Triage; can delivery
person BL: Maternity up to Registrar, only Ward and Triage; can delivery
";
        let (mut who, ..) = proposed(drawn, "Ward");
        who.sort();
        assert_eq!(who.len(), 2);
        assert_eq!(who[1], "BL Ward 08:00–13:00", "{who:?}");
    }

    #[test]
    fn nothing_more_important_is_given_for_it() {
        // The caesareans are needed for longer: to leave them empty would cost more.
        let longer = MATERNITY.replace("normal Caesareans: 1 08:00-13:00", "normal Caesareans: 1 08:00-17:00");
        let (who, short, releases) = proposed(&longer, "Ward");
        assert_eq!((who, short), (vec!["BL Caesareans 08:00–17:00".to_owned()], 5 * 60));
        assert_eq!(releases, ["if BL were moved from Caesareans, which nobody marked as essential"]);
    }
}
