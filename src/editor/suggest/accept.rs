//! Taking a proposal: all of it, what is ticked, or what concerns one unit; always one step in undo.

use std::sync::Arc;

use crate::model::{Assignment, PostId, Rota, Status, UnitId, words};
use crate::planner::{Objective, Plan, SuggestedChange};

use super::super::log::log_changes;
use super::super::selection::Selection;
use super::change_days::on_days;
use super::night_words::at_work_with;
use super::{Accept, Editor, Env, Known, Proposal, Stage};

impl Editor {
    /// Takes so much of the proposal into the rota, as Proposed.
    pub(in crate::editor) fn accept_suggested(&mut self, accept: &Accept, env: &Env<'_>) {
        let Some((proposal, doc)) = self.proposal().zip(self.doc.as_ref()) else { return };
        if proposal.state != doc.state() {
            // Every change of the rota is followed at once; should one not have been, nothing stale is applied.
            self.notice = Some("The rota has changed since: suggest again".to_owned());
            return;
        }
        let rota = doc.rota();
        let ticked = proposal.wanted(rota, accept);
        let part = proposal.plan.part(&proposal.items, &ticked);
        if part.is_empty() {
            self.notice = Some("Tick a change first".to_owned());
            return;
        }
        let (count, all) = (ticked.iter().filter(|ticked| **ticked).count(), proposal.items.len());
        let suggestions = words::count(all as u64, "suggestion");
        let label =
            if count == all { format!("accepted {suggestions}") } else { format!("accepted {count} of {suggestions}") };
        let mut log = session_log(rota, &part.postpone, &part.restore);
        let days = on_days(rota, &proposal.days_of(&ticked)).map(|days| format!(", {days}")).unwrap_or_default();
        let tired = at_work_with(proposal, &ticked);
        let mut more_said = days;
        if !tired.is_empty() {
            let said = format!("{} would be at work after a night on call", words::list(&tired));
            more_said = format!("{more_said}; {said}");
            log.push(format!("{said}: suggested cover"));
        }
        let more = if log.is_empty() { Vec::new() } else { vec![log_changes(rota, env, log)] };
        let command = part.command(rota, label, more);
        let rest = matches!(accept, Accept::Unit(_)).then(|| proposal.rest(&ticked));
        // What is left is proposed anew; as long as this step is being done, nothing is.
        let kept = self.suggestion.take();
        let chosen = self.chosen_assignments();
        if !self.command(command, env) {
            self.suggestion = kept;
            return;
        }
        // The next key is not meant for whoever came to stand under the ring.
        if matches!(self.selection, Selection::Cells(_)) && self.chosen_assignments() != chosen {
            self.choose(Selection::None);
        }
        if let Some(toast) = &mut self.toast {
            toast.text += &more_said;
        }
        if let Some((mut suggestion, rest)) = kept.zip(rest)
            && !rest.is_empty()
        {
            let stays = match &mut suggestion.stage {
                Stage::Proposal(proposal) => self.keep_the_rest(proposal, &rest),
                _ => false,
            };
            self.suggestion = stays.then_some(suggestion);
        }
    }

    /// Goes on with what was not taken: the rota that it leads to is still the one that was proven.
    fn keep_the_rest(&mut self, proposal: &mut Proposal, rest: &Plan) -> bool {
        let version = self.next_version();
        let Some(doc) = &self.doc else { return false };
        let now = doc.rota();
        let Ok(mut plan) = rest.rebased(&proposal.rota, now) else { return false };
        for (new, old) in plan.figures.iter_mut().zip(&proposal.plan.figures).take(Objective::PROVEN) {
            if new.value == old.value {
                *new = *old;
            }
        }
        proposal.state = doc.state();
        proposal.rota = Arc::new(now.clone());
        proposal.known = Known::of(now);
        proposal.items = plan.items(now);
        proposal.ticked = vec![true; proposal.items.len()];
        proposal.plan = Arc::new(plan);
        proposal.found = (Arc::clone(&proposal.plan), Arc::clone(&proposal.rota));
        (proposal.left_out, proposal.left_out_whys) = (0, Vec::new());
        proposal.look_again(version);
        true
    }

    /// Puts the proposal away.
    pub(in crate::editor) fn reject_suggested(&mut self) {
        let had = self.proposal().is_some_and(|proposal| !proposal.items.is_empty());
        self.drop_suggestion();
        if had {
            self.notice = Some("Suggestion rejected: nothing was changed".to_owned());
        }
    }
}

impl Proposal {
    /// What is taken, change by change.
    fn wanted(&self, rota: &Rota, accept: &Accept) -> Vec<bool> {
        let mut ticked = match accept {
            Accept::All => vec![true; self.items.len()],
            Accept::Ticked => self.ticked.clone(),
            Accept::Unit(unit) => {
                let of_unit = |item: &SuggestedChange| self.unit_of(rota, item).as_ref() == Some(unit);
                let chosen = self.items.iter().zip(&self.ticked).map(|(item, ticked)| *ticked && of_unit(item));
                chosen.collect()
            }
        };
        crate::planner::settle(&self.items, &mut ticked);
        ticked
    }

    /// The unit whose cover a change is about, or, of a session, whose people are in its team; none if nobody's are.
    pub fn unit_of(&self, rota: &Rota, item: &SuggestedChange) -> Option<UnitId> {
        let unit = |post: &PostId| rota.post(post).map(|post| post.unit.clone());
        let removed = |id| rota.assignment(id).and_then(|a| unit(&a.post));
        let added = item.added.and_then(|at| self.plan.assignments.get(at)).and_then(|a| unit(&a.post));
        let meanwhile = |id| {
            let session = rota.session(id)?;
            let is_theirs = |a: &&Assignment| {
                a.status != Status::Declined && session.team.contains(&a.person) && a.span.overlaps(session.span)
            };
            rota.assignments.iter().find(is_theirs).and_then(|a| unit(&a.post))
        };
        added
            .or_else(|| item.removed.iter().chain(&item.needs).find_map(removed))
            .or_else(|| item.postpone.iter().find_map(meanwhile))
    }

    /// The plan without what is ticked.
    fn rest(&self, ticked: &[bool]) -> Plan {
        let taken = self.plan.part(&self.items, ticked);
        let left: Vec<bool> = ticked.iter().map(|ticked| !ticked).collect();
        let rest = self.plan.part(&self.items, &left);
        Plan {
            assignments: rest.assignments,
            removed: rest.removed.into_iter().filter(|id| !taken.removed.contains(id)).collect(),
            postpone: rest.postpone.into_iter().filter(|id| !taken.postpone.contains(id)).collect(),
            restore: rest.restore,
            ..(*self.plan).clone()
        }
    }
}

/// What the log says of sessions that are moved.
fn session_log(rota: &Rota, postpone: &[crate::model::SessionId], restore: &[crate::model::SessionId]) -> Vec<String> {
    let entry = |id: &crate::model::SessionId, what: &str| {
        let session = rota.session(id)?;
        let protected = if session.protected { ", protected" } else { "" };
        Some(format!(
            "{}{protected}, {}, {what}: suggested cover",
            session.title,
            words::span(rota.zone(), session.span)
        ))
    };
    let postponed = postpone.iter().filter_map(|id| entry(id, "to postpone"));
    postponed.chain(restore.iter().filter_map(|id| entry(id, "running"))).collect()
}
