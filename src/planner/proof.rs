//! How good a plan is, in words: proven best, or how much better another might be.

use crate::model::words;

use super::objective::Objective;
use super::plan::Plan;

impl Plan {
    /// Without a full stop: `Proven best: …`, or `Best so far; up to 93 h more might be covered`; `of` names what was
    /// asked for, where that is not everything.
    pub fn proof(&self, of: Option<&str>) -> String {
        let proven = &self.figures[..Objective::PROVEN.min(self.figures.len())];
        let Some(open) = proven.iter().find(|figure| !figure.is_proven) else {
            let of = of.map(|of| format!(" for {of} only,")).unwrap_or_default();
            return format!(
                "Proven best{of} with these handovers: nothing covers more, or covers as much and postpones less"
            );
        };
        let most = (open.value - open.bound).max(0);
        let hours = || words::length(most);
        let more = match open.objective {
            _ if most == 0 => return "Best so far; it is not proven that nothing is better".to_owned(),
            Objective::SeniorMissing => format!("up to {} more might have a senior", hours()),
            Objective::Operations => {
                format!("up to {} more might go ahead", words::count(most.unsigned_abs(), "operation"))
            }
            Objective::Appointments => {
                format!("up to {} more might go ahead", words::count(most.unsigned_abs(), "appointment"))
            }
            Objective::ProtectedPostponed => {
                format!("up to {} more might go ahead", words::count(most.unsigned_abs(), "protected patient"))
            }
            _ => format!("up to {} more might be covered", hours()),
        };
        format!("Best so far; {more}")
    }
}

#[cfg(test)]
mod tests {
    use crate::checker::testing;
    use crate::planner::{NoDeadline, Scope, plan};

    #[test]
    fn what_is_not_proven_says_how_much_more_there_might_be() {
        let rota = testing::rota("person KP: A&E up to SHO\n          |08  09  |\nA&E SHO 2 |.   .   |\n");
        let mut plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let proven = "with these handovers: nothing covers more, or covers as much and postpones less";
        assert_eq!(plan.proof(None), format!("Proven best {proven}"));
        assert_eq!(plan.proof(Some("Tue 26-Apr")), format!("Proven best for Tue 26-Apr only, {proven}"));
        let mut open = |n: usize, value: i64| {
            let figure = plan.figures[n];
            plan.figures[n] = crate::planner::Figure { value, bound: 0, is_proven: false, ..figure };
            let proof = plan.proof(None);
            plan.figures[n] = figure;
            proof
        };
        assert_eq!(open(3, 93 * 60), "Best so far; up to 93 h more might be covered");
        assert_eq!(open(1, 60), "Best so far; up to 1 h more might have a senior");
        assert_eq!(open(5, 1), "Best so far; up to 1 operation more might go ahead");
        assert_eq!(open(6, 0), "Best so far; it is not proven that nothing is better");
    }
}
