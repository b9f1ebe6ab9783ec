//! The dialog in which two people swap what they hold.

use crate::checker::{Context, Gap, Obstacle, could};
use crate::model::{Assignment, Command, Person, PersonId, Rota, Span, Status, words};

use super::super::assign::{initials, post_name};
use super::super::env::Env;
use super::super::find_text::finds_person;
use super::super::people_ops::swap;
use super::super::same_text::is_same;
use super::draft::{CommandDraft, DialogDraft};
use super::field::{FieldError, Part};

/// With whom to swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwapDraft {
    pub person: PersonId,
    /// With whom, once chosen.
    pub with: Option<PersonId>,
    /// Initials or a name, to find them.
    pub find: String,
    /// What both hold in this time changes hands.
    pub span: Span,
}

impl SwapDraft {
    /// Nobody chosen yet.
    pub fn of(person: PersonId, span: Span) -> Self {
        Self { person, with: None, find: String::new(), span }
    }

    /// People who fit what is typed, those who hold something at that time first, at most twelve.
    pub fn matches<'a>(&self, rota: &'a Rota) -> Vec<&'a Person> {
        let others = rota.people.iter().filter(|p| p.id != self.person);
        let mut found: Vec<(bool, u8, &Person)> =
            others.filter_map(|p| Some((self.held(rota, &p.id).is_empty(), finds_person(p, &self.find)?, p))).collect();
        found.sort_by_key(|(idle, rank, _)| (*rank, *idle));
        found.into_iter().map(|(_, _, p)| p).take(12).collect()
    }

    /// Whom Enter chooses: whose initials are typed in full, else the only one who fits.
    pub fn found(&self, rota: &Rota) -> Option<PersonId> {
        let typed = self.find.trim();
        let found = self.matches(rota);
        let exact: Vec<&&Person> = found.iter().filter(|p| is_same(&p.initials, typed)).collect();
        let one = match (exact.as_slice(), found.as_slice()) {
            ([one], _) => Some(**one),
            ([], [one]) => Some(*one),
            _ => None,
        };
        one.filter(|_| !typed.is_empty()).map(|person| person.id.clone())
    }

    /// What somebody holds at that time, one sentence each.
    pub fn held(&self, rota: &Rota, person: &PersonId) -> Vec<String> {
        let mine = rota.assignments.iter().filter(|a| a.person == *person && a.status != Status::Declined);
        let part = |a: &Assignment| Some((a.post.clone(), a.span.overlap(self.span)?));
        mine.filter_map(part)
            .map(|(post, s)| format!("{}, {}", post_name(rota, &post), words::times(rota.zone(), s)))
            .collect()
    }

    /// Why what either would get in a swap with that person would not count, a line each; that both are on posts now
    /// is no reason, as they leave them.
    pub fn would_not_count(&self, ctx: &Context, person: &PersonId) -> Vec<String> {
        let rota = ctx.rota;
        let gaps = |of: &PersonId| -> Vec<Gap> {
            let held = rota.assignments.iter().filter(|a| a.person == *of && a.status != Status::Declined);
            held.filter_map(|a| Some(Gap { post: a.post.clone(), span: a.span.overlap(self.span)? })).collect()
        };
        let mut lines = Vec::new();
        for (of, to) in [(&self.person, person), (person, &self.person)] {
            for gap in gaps(of) {
                let obstacles = could(ctx, to, &gap).map(|candidate| candidate.obstacles).unwrap_or_default();
                let why: Vec<String> = obstacles.iter().filter_map(|obstacle| words_of(rota, obstacle)).collect();
                if !why.is_empty() {
                    let (who, post) = (initials(rota, to), post_name(rota, &gap.post));
                    lines.push(format!("{who} would not count on {post}: {}", why.join(", ")));
                }
            }
        }
        lines.dedup();
        lines
    }

    /// Such as `RS takes Resus MG, 08:00–13:00; KP takes no shift. Whatever changes hands becomes Proposed.`; none until it
    /// is chosen with whom.
    pub fn sentence(&self, rota: &Rota) -> Option<String> {
        let with = self.with.as_ref()?;
        let takes = |who: &PersonId, from: &PersonId| {
            let held = self.held(rota, from);
            let what = if held.is_empty() { "no shift".to_owned() } else { words::list(&held) };
            format!("{} takes {what}", initials(rota, who))
        };
        let (one, other) = (takes(with, &self.person), takes(&self.person, with));
        Some(format!("{one}; {other}. Whatever changes hands becomes Proposed."))
    }
}

impl DialogDraft for SwapDraft {
    /// Whoever is no longer listed is not swapped with unseen.
    fn settle(&mut self, rota: &Rota) {
        let listed = self.matches(rota);
        self.with.take_if(|with| !listed.iter().any(|person| person.id == *with));
    }

    fn errors(&self, _rota: &Rota) -> Vec<FieldError> {
        if self.with.is_none() { vec![FieldError::new(Part::With, "choose who to swap with")] } else { Vec::new() }
    }
}

impl CommandDraft for SwapDraft {
    fn command(&self, rota: &Rota, env: &mut Env<'_>) -> Result<Command, Vec<FieldError>> {
        let with = self.with.as_ref().ok_or_else(|| self.errors(rota))?;
        swap(rota, &self.person, with, self.span, env).map_err(|e| vec![FieldError::new(Part::With, e)])
    }
}

/// Why somebody would not count, in words; nothing about what a swap itself takes away.
fn words_of(rota: &Rota, obstacle: &Obstacle) -> Option<String> {
    Some(match obstacle {
        Obstacle::OnPost(_) => return None,
        Obstacle::NotAvailable(span) => format!("not available {}", words::times(rota.zone(), *span)),
        Obstacle::OutOfScope { up_to: Some(_) } => "not cleared for this post".to_owned(),
        Obstacle::OutOfScope { up_to: None } => "not cleared for this unit".to_owned(),
        Obstacle::Lacks(id) => {
            let known = rota.competencies.iter().find(|competency| competency.id == *id);
            format!("lacks {}", known.map_or("a competency".into(), |c| words::safe(&c.name)))
        }
        Obstacle::OnDuty(_) => "on duty".to_owned(),
        Obstacle::Declined(_) => "has declined it".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{person_id, rota, span, with};
    use super::super::super::testing::env;
    use super::*;
    use crate::model::{Availability, Available, MayCover};

    fn start() -> Rota {
        with(rota(), "a1", "mg", "kp", "08:00", "13:00", Status::Agreed)
    }

    #[test]
    fn who_holds_something_is_offered_first() {
        let draft =
            SwapDraft { person: person_id("hg"), with: None, find: String::new(), span: span("08:00", "17:00") };
        assert_eq!(draft.matches(&start())[0].initials, "KP");
        assert_eq!(draft.held(&start(), &person_id("kp")), ["Middle grade, 08:00–13:00"]);
        assert_eq!(draft.errors(&start())[0].field.part, Part::With);
        assert_eq!(draft.sentence(&start()), None);
        let chosen = SwapDraft { with: Some(person_id("kp")), ..draft };
        let told = "KP takes no shift; HG takes Middle grade, 08:00–13:00. Whatever changes hands becomes Proposed.";
        assert_eq!(chosen.sentence(&start()).as_deref(), Some(told));
        assert!(env(|env| chosen.command(&start(), env)).is_ok());
    }

    #[test]
    fn whole_initials_or_the_only_one_found_are_chosen_and_whoever_is_not_listed_is_not() {
        let mut rota = start();
        rota.people[2].initials = "KPX".to_owned();
        let mut draft = SwapDraft::of(person_id("hg"), span("08:00", "17:00"));
        let mut found = |typed: &str| {
            typed.clone_into(&mut draft.find);
            draft.found(&rota)
        };
        assert_eq!((found("kp"), found("KPX"), found("whit")), ["kp", "rs", "mw"].map(|id| Some(person_id(id))).into());
        assert_eq!((found("k"), found(""), found("hg")), (None, None, None), "two, all, and nobody but oneself");
        draft.find = "an".to_owned();
        draft.with = Some(person_id("an"));
        draft.settle(&rota);
        assert_eq!(draft.with, Some(person_id("an")));
        draft.find = "kp".to_owned();
        draft.settle(&rota);
        assert_eq!(draft.with, None);
    }

    #[test]
    fn who_would_not_count_after_a_swap_is_said_before() {
        let mut rota = with(start(), "a2", "cons", "hg", "08:00", "12:00", Status::Agreed);
        let cover =
            |up_to: usize| vec![MayCover::up_to(rota.units[0].id.clone(), rota.units[0].tiers[up_to].id.clone())];
        let both = (cover(2), cover(1));
        (rota.people[0].may_cover, rota.people[1].may_cover) = both;
        let not_free = Available { span: span("10:00", "11:00"), is: Availability::NotAvailable };
        rota.people[0].availability = vec![not_free];
        let draft =
            SwapDraft { person: person_id("hg"), with: None, find: String::new(), span: span("08:00", "17:00") };
        assert_eq!(
            draft.would_not_count(&Context::new(&rota), &person_id("kp")),
            [
                "KP would not count on Consultant: not cleared for this post",
                "HG would not count on Middle grade: not available 10:00–11:00"
            ]
        );
        rota.people[1].may_cover = rota.people[0].may_cover.clone();
        rota.people[0].availability.clear();
        assert!(draft.would_not_count(&Context::new(&rota), &person_id("kp")).is_empty());
    }
}
