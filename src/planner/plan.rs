//! The finished plan: what changes, and what each objective came to.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::model::{Assignment, AssignmentId, Change, Command, Rota, SessionId, SessionState, Span, Status};

use super::components::Solution;
use super::desk::{Desk, WithReserve};
use super::draft::Draft;
use super::facts::{AssignmentFacts, Facts, Stays};
use super::figures::{after_on_call, longest_cover, values};
use super::gaps::{Gap, WhyNot, gaps};
use super::index::{AssignmentIx, PersonIx, PostIx};
use super::limits::{TooLarge, check_records, check_size};
use super::model::Model;
use super::objective::{Objective, Values};
use super::polish::polish;
use super::prices::{Bought, UnitPrice, bought, prices};
use super::scope::Scope;
use super::solve::solve;
use super::solver::Microlp;

/// What the planner proposes for one state of a rota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What was asked for.
    pub scope: Scope,
    /// All thirteen, in the order of importance.
    pub figures: Vec<Figure>,
    /// The figures of the rota before the plan.
    pub before: Values,
    /// New assignments, all Proposed, in the order of time.
    pub assignments: Vec<Assignment>,
    /// Proposed assignments that are dropped.
    pub removed: Vec<AssignmentId>,
    /// Sessions that are to be postponed and were not.
    pub postpone: Vec<SessionId>,
    /// Sessions that run after all.
    pub restore: Vec<SessionId>,
    /// What remains short, and why.
    pub gaps: Vec<Gap>,
    /// What each session that is to be postponed makes possible, in the order of the rota.
    pub bought: Vec<Bought>,
    /// The dearest hour of each unit that costs anything.
    pub prices: Vec<UnitPrice>,
}

/// What one objective came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    pub objective: Objective,
    /// In the plan.
    pub value: i64,
    /// No plan has less, the more important objectives being as good.
    pub bound: i64,
    /// Whether no plan has less.
    pub is_proven: bool,
}

/// Proposes cover for `rota` within `scope`, as long as `desk` allows.
///
/// # Errors
/// [`TooLarge`], if the rota is too large for that.
pub fn try_plan(rota: &Rota, scope: &Scope, desk: &dyn Desk) -> Result<Plan, TooLarge> {
    check_records(rota)?;
    let facts = Facts::new(rota, scope);
    check_size(&facts, scope)?;
    Ok(plan_of(&facts, scope, desk))
}

/// Proposes cover for a rota of any size.
pub fn plan(rota: &Rota, scope: &Scope, desk: &dyn Desk) -> Plan {
    plan_of(&Facts::new(rota, scope), scope, desk)
}

fn plan_of(facts: &Facts, scope: &Scope, desk: &dyn Desk) -> Plan {
    let as_it_is = Draft::as_it_is(facts);
    let before = values(facts, &as_it_is);
    let found = Model::new(facts, scope, desk).map(|mut model| {
        let solution = solve(facts, &mut model, &Microlp, &WithReserve::new(desk));
        let mut draft = Draft::of(facts, &model, &solution.values);
        // The reserve is left for the reasons.
        polish(facts, &model, &mut draft, &WithReserve::new(desk));
        (solution, draft)
    });
    let Some((solution, mut draft)) = found else { return plan_without_time(facts, scope, &as_it_is, before, desk) };
    let mut found = values(facts, &draft);
    // A finished search is right even where the rota looked better before, with proposals that nobody can keep.
    let mut can_be_kept = true;
    if !solution.has_ended && found.proven() >= before.proven() {
        can_be_kept = found.proven() == before.proven();
        (draft, found) = (as_it_is, before);
    }
    let always = always(facts, &draft);
    let unchanged = unchanged(facts, &draft);
    Plan {
        scope: scope.clone(),
        figures: figures(found, &bounds(&always, &solution), &always, can_be_kept),
        before,
        assignments: new_assignments(facts, &draft, &unchanged),
        removed: removed(facts, &unchanged),
        postpone: sessions(facts, &draft, |state, postponed| state == SessionState::Running && postponed),
        restore: sessions(facts, &draft, |state, postponed| state == SessionState::ToPostpone && !postponed),
        gaps: gaps(facts, scope, &draft, solution.has_ended, desk),
        bought: bought(facts, &draft),
        prices: prices(facts, &draft),
    }
}

/// The rota unchanged, where the time did not suffice to write the model.
fn plan_without_time(facts: &Facts, scope: &Scope, as_it_is: &Draft, before: Values, desk: &dyn Desk) -> Plan {
    let low = always(facts, as_it_is);
    Plan {
        scope: scope.clone(),
        figures: figures(before, &low, &low, false),
        before,
        assignments: Vec::new(),
        removed: Vec::new(),
        postpone: Vec::new(),
        restore: Vec::new(),
        gaps: gaps(facts, scope, as_it_is, false, desk),
        bought: Vec::new(),
        prices: Vec::new(),
    }
}

/// The bounds of the solution in the order of the objectives.
fn bounds(always: &Values, solution: &Solution) -> Values {
    Values::of(|objective| match objective {
        Objective::PeopleNotKnown | Objective::Changes => solution.bound[objective],
        _ if objective.has_to_be_proven() => solution.bound[objective],
        _ => always[objective],
    })
}

/// The figures that no plan can be below: those of what is kept.
pub(super) fn always(facts: &Facts, draft: &Draft) -> Values {
    let held = draft.held.iter().copied().filter(|h| h.kept.is_some()).collect();
    let of_kept = Draft { held, postponed: draft.postponed.clone() };
    let kept = facts.assignments.iter().filter(|a| a.kind == Stays::Kept).count() as i64;
    Values::of(|objective| match objective {
        Objective::AfterOnCall => after_on_call(facts, &of_kept),
        Objective::Handovers => kept,
        Objective::Unevenness => longest_cover(facts, &of_kept),
        _ => 0,
    })
}

/// A figure is proven when it has reached its bound and every figure before it is proven, in a plan that can be kept. A
/// figure of 0 after an unproven one is not: it may have to rise for something more important.
fn figures(values: Values, bounds: &Values, always: &Values, can_be_kept: bool) -> Vec<Figure> {
    let mut holds = true;
    let all = Objective::ALL.map(|objective| {
        let (value, low) = (values[objective], always[objective]);
        let bound = if holds { bounds[objective].max(low) } else { low };
        let is_proven = can_be_kept && holds && bound == value;
        holds = is_proven;
        Figure { objective, value, bound: bound.min(value), is_proven }
    });
    all.to_vec()
}

fn sessions(facts: &Facts, draft: &Draft, wanted: impl Fn(SessionState, bool) -> bool) -> Vec<SessionId> {
    let all = facts.sessions.entries().filter(|(at, s)| wanted(s.state, draft.postponed[*at]));
    all.map(|(at, _)| facts.rota.sessions[at].id.clone()).collect()
}

/// The Proposed assignments that the draft holds unchanged; of two equal ones, one.
fn unchanged(facts: &Facts, draft: &Draft) -> BTreeSet<AssignmentIx> {
    let held = draft.held.iter().filter(|h| h.kept.is_none()).map(|h| (h.person, h.post, h.span));
    let mut held: Vec<(PersonIx, PostIx, Span)> = held.collect();
    let mut stays = |a: &AssignmentFacts| {
        let at = held.iter().position(|h| *h == (a.person, a.post, a.span));
        at.map(|at| held.swap_remove(at)).is_some()
    };
    let loose = facts.assignments.entries().filter(|(_, a)| a.kind == Stays::Loose);
    loose.filter(|(_, a)| stays(a)).map(|(at, _)| at).collect()
}

fn removed(facts: &Facts, unchanged: &BTreeSet<AssignmentIx>) -> Vec<AssignmentId> {
    let loose = facts.assignments.entries().filter(|(at, a)| a.kind == Stays::Loose && !unchanged.contains(at));
    loose.map(|(at, _)| facts.rota.assignments[at].id.clone()).collect()
}

fn new_assignments(facts: &Facts, draft: &Draft, unchanged: &BTreeSet<AssignmentIx>) -> Vec<Assignment> {
    let there: BTreeSet<(PersonIx, PostIx, Span)> =
        unchanged.iter().map(|at| &facts.assignments[*at]).map(|a| (a.person, a.post, a.span)).collect();
    let taken: BTreeSet<&str> = facts.rota.assignments.iter().map(|a| a.id.as_str()).collect();
    let mut new: Vec<Assignment> = Vec::new();
    let mut held: Vec<_> = draft.held.iter().filter(|h| h.kept.is_none()).collect();
    held.sort_by_key(|h| (h.span.from, h.post, h.span.to, h.person));
    for held in held.into_iter().filter(|h| !there.contains(&(h.person, h.post, h.span))) {
        let (post, person) = (&facts.rota.posts[held.post].id, &facts.rota.people[held.person].id);
        let names = (0..).map(|n| derived(post.as_str(), person.as_str(), held.span, n));
        let Some(id) = names.take(64).find(|name| !taken.contains(name.as_str())) else { continue };
        let Ok(id) = AssignmentId::new(&id) else { continue };
        new.push(Assignment {
            id,
            post: post.clone(),
            person: person.clone(),
            span: held.span,
            status: Status::Proposed,
            locked: false,
            note: String::new(),
        });
    }
    new
}

/// An id that follows from post, person and time, so that the same plan is the same text.
fn derived(post: &str, person: &str, span: Span, n: u32) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(format!("{post} {person} {} {} {n}", span.from.0, span.to.0));
    digest.iter().take(8).fold("plan-".to_owned(), |mut id, byte| {
        _ = write!(id, "{byte:02x}");
        id
    })
}

impl Plan {
    /// Whether objectives 1 to 7 are proven.
    pub fn is_optimal(&self) -> bool {
        self.figures.iter().take(Objective::PROVEN).all(|figure| figure.is_proven)
    }

    /// What stays uncovered of the same post just before and just after a new assignment, and why its person does not
    /// do that too.
    pub fn why_no_more<'a>(&'a self, new: &'a Assignment) -> impl Iterator<Item = (Span, &'a WhyNot)> {
        let touches = |gap: &&Gap| gap.span.to == new.span.from || gap.span.from == new.span.to;
        let rest = self.gaps.iter().filter(touches).filter(|gap| gap.posts.contains(&new.post));
        rest.filter_map(|gap| Some((gap.span, gap.people.iter().find(|of| of.person == new.person)?)))
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.assignments.is_empty() && self.removed.is_empty() && self.postpone.is_empty() && self.restore.is_empty()
    }

    /// The figures in their order.
    pub fn values(&self) -> Values {
        let mut values = Values::default();
        self.figures.iter().for_each(|figure| values[figure.objective] = figure.value);
        values
    }

    /// All of it as one step in undo. `rota` is the one it was made for.
    pub fn command(&self, rota: &Rota, label: impl Into<String>) -> Command {
        let mut changes: Vec<Change> = self.removed.iter().map(|id| Change::remove::<Assignment>(id.clone())).collect();
        changes.extend(self.assignments.iter().cloned().map(Change::add));
        let states = [(&self.postpone, SessionState::ToPostpone), (&self.restore, SessionState::Running)];
        for (ids, state) in states {
            let sessions = ids.iter().filter_map(|id| rota.session(id)).cloned();
            changes.extend(sessions.map(|session| Change::replace(crate::model::Session { state, ..session })));
        }
        Command::edit(label, changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::testing;
    use crate::model::words;
    use crate::planner::NoDeadline;

    /// Who is proposed where and when, and the plan.
    fn proposed(drawn: &str) -> (Vec<String>, Plan) {
        let rota = testing::rota(drawn);
        let plan = plan(&rota, &Scope::everything(), &NoDeadline);
        let line = |a: &Assignment| {
            let (person, post) = (rota.person(&a.person).unwrap(), rota.post(&a.post).unwrap());
            format!("{} {} {}", person.initials, post.name, words::span(rota.zone(), a.span))
        };
        (plan.assignments.iter().map(line).collect(), plan)
    }

    #[test]
    fn a_day_and_a_night_are_never_proposed_to_one_person() {
        let (who, plan) = proposed(
            "unit A&E: Consultant
post Day: A&E Consultant
post Night: A&E Consultant
window 09:00-09:00
normal Day: 1 09:00-17:00
normal Night: 1 20:00-08:00
person AB: A&E up to Consultant
",
        );
        assert_eq!(who, ["AB Night 20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016"]);
        assert_eq!(plan.gaps.len(), 1);
        assert_eq!(plan.gaps[0].people[0].text, "AB would have too little rest");
    }

    #[test]
    fn a_piece_of_a_gap_says_why_its_person_does_no_more_of_it() {
        let (who, plan) = proposed(
            "unit A&E: Middle grade; handover 09:00; handover 20:00
post Majors: A&E Middle grade
window 07:00-07:00
normal Majors: 1 07:00-07:00
person CD: A&E up to Middle grade; not available 10:00-20:00
",
        );
        // One hour more in the morning would take the whole night.
        assert_eq!(
            who,
            ["CD Majors 07:00–09:00 Tue 26-Apr-2016", "CD Majors 20:00 Tue 26-Apr-2016 – 07:00 Wed 27-Apr-2016"]
        );
        assert!(plan.is_optimal());
        for new in &plan.assignments {
            let why: Vec<(Span, &str)> = plan.why_no_more(new).map(|(span, why)| (span, why.text.as_str())).collect();
            assert_eq!(
                why,
                [(plan.gaps[0].span, "CD is not available; CD would have too little rest; CD would work too long")]
            );
        }
    }

    #[test]
    fn whoever_is_at_work_is_not_the_one_to_ring() {
        let drawn = "unit A&E: Consultant
post Resus: A&E Consultant
post Home: A&E Consultant, on call
window 20:00-08:00
normal Resus: 1 20:00-08:00
normal Home: 1 20:00-08:00
person CD: A&E up to Consultant
";
        let night = "20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016";
        let (who, plan) = proposed(drawn);
        assert_eq!(who, [format!("CD Resus {night}")]);
        assert_eq!(plan.gaps[0].people[0].text, "CD is on Resus");
        let (who, _) = proposed(&format!("{drawn}CD on Home 20:00-08:00\n"));
        assert_eq!(who, [""; 0], "nor is whoever is rung proposed for work");
        let (who, plan) =
            proposed(&format!("{drawn}session Late clinic: CD; 20:00-21:00; protected; 4 appointments\n"));
        assert!(who.iter().all(|who| !who.contains("Home")), "{who:?}");
        assert!(plan.postpone.is_empty());
    }

    #[test]
    fn whoever_is_known_to_be_available_comes_before_who_is_busy_on_another_day() {
        let drawn = "unit A&E: SHO
post Majors: A&E SHO
window 08:00-12:00
window Wed 08:00-12:00
normal Majors: 1 08:00-12:00
person AB: A&E up to SHO; usually not known
person CD: A&E up to SHO; usually available
AB on Majors 08:00-12:00
";
        assert_eq!(proposed(drawn).0, ["CD Majors 08:00–12:00 Wed 27-Apr-2016"]);
    }

    #[test]
    fn whoever_is_asked_in_a_window_anyway_is_asked_about_the_rest_of_it() {
        let drawn = "unit A&E: SHO
post Majors: A&E SHO
window 08:00-14:00
normal Majors: 1 08:00-14:00
person CD: A&E up to SHO; usually not known
person AB: A&E up to SHO; usually not known
AB on Majors 08:00-10:00, asked
";
        let (who, plan) = proposed(drawn);
        assert_eq!(who, ["AB Majors 10:00–14:00 Tue 26-Apr-2016"]);
        let values = plan.values();
        assert_eq!([values[Objective::PeopleNotKnown], values[Objective::ShortStints]], [0, 0]);
    }

    #[test]
    fn nobody_comes_for_half_an_hour_that_is_not_a_gap_of_its_own() {
        let drawn = "unit A&E: SHO
post Majors: A&E SHO
post Minors: A&E SHO
window 08:00-17:00
normal Majors: 1 08:00-17:00
normal Minors: 1 12:00-12:30
person AB: A&E up to SHO
person CD: A&E up to SHO
";
        let (who, plan) = proposed(drawn);
        assert_eq!(who.len(), 2, "{who:?}");
        assert!(who.iter().any(|who| who.ends_with("Majors 08:00–17:00 Tue 26-Apr-2016")), "{who:?}");
        assert_eq!(plan.values()[Objective::ShortStints], 0, "the half hour on Minors is a gap of its own");
        let (_, plan) = proposed(&format!("{drawn}AB on Majors 08:00-12:00\nCD on Majors 12:30-17:00\n"));
        assert_eq!(plan.values()[Objective::ShortStints], 0, "it touches what somebody has already, or fills the gap");
    }

    #[test]
    fn one_doctor_in_two_records_is_proposed_once() {
        let (who, _) = proposed(
            "unit A&E: SHO
post Majors: A&E SHO
window 08:00-12:00
normal Majors: 2 08:00-12:00
person PO: O'Brien, Pat; A&E up to SHO
person PB: Pat, O’Brien; A&E up to SHO
",
        );
        assert_eq!(who.len(), 1, "{who:?}");
    }

    #[test]
    fn whoever_may_cover_only_some_posts_is_proposed_for_those_alone() {
        let (who, plan) = proposed(
            "unit A&E: SHO, Middle grade
post Majors: A&E SHO
post Resus: A&E SHO
window 08:00-12:00
normal Majors: 1 08:00-12:00
normal Resus: 1 08:00-12:00
person KP: A&E up to Middle grade, only Resus
person RS: A&E up to SHO; not available 08:00-12:00
",
        );
        assert_eq!(who, ["KP Resus 08:00–12:00 Tue 26-Apr-2016"]);
        let gap = &plan.gaps[0];
        assert!(gap.people[0].text.starts_with("KP may cover A&E only on Resus"), "{}", gap.people[0].text);
        assert_eq!(
            gap.releases.iter().map(|release| release.text.as_str()).collect::<Vec<_>>(),
            ["if RS were available"]
        );
    }
}
