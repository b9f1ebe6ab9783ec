//! What the rules about people share: whom and which spell a finding blames, and so where it belongs.
//!
//! A people finding is given once for each window and unit in which the blamed spell has an assignment, so that every
//! verdict that relies on that person there sees it; a spell without one gives none. Where a rule speaks of many
//! spells (RST-3, HRS-2, HRS-3), the last of them that has an assignment in a window is blamed: it is the one that
//! would have to go, and one person does not fill the list with a line for each day.

use super::context::{Context, Judged, PersonIx};
use super::listed::Listed;
use super::work::Work;
use super::{Code, Finding, Severity};
use crate::model::{Instant, Rules, Span, words};

/// One person's work as a rule looks at it, under one judgement.
pub(super) struct Worker<'a> {
    pub ctx: &'a Context<'a>,
    pub person: PersonIx,
    pub rules: Rules,
    pub work: &'a Work,
}

impl<'a> Worker<'a> {
    /// The person's work, if it is known and anything can be blamed: without an assignment nothing has a place.
    pub(super) fn new(ctx: &'a Context<'a>, person: PersonIx, judged: Judged) -> Option<Self> {
        let facts = ctx.people.get(person)?;
        let work = facts.work(judged);
        let rules = facts.rules?;
        (!work.spells().is_empty() && !facts.assignments.is_empty()).then_some(Self { ctx, person, rules, work })
    }

    /// When the person works.
    pub(super) fn spells(&self) -> &'a [Span] {
        self.work.spells()
    }

    /// Error for doctors in training, whose contract forbids it; a warning for the others.
    pub(super) fn severity(&self) -> Severity {
        if self.rules.is_trainee() { Severity::Error } else { Severity::Warning }
    }

    /// "LR Rahman": initials and family name, made harmless.
    pub(super) fn name(&self) -> String {
        name(self.ctx, self.person)
    }

    /// Whether a spell has an assignment in a window, so that a finding about it belongs somewhere.
    pub(super) fn has_place(&self, spell: usize) -> bool {
        self.work.is_in_a_window(self.ctx, self.person, spell)
    }

    /// The last of those spells that a finding can blame.
    pub(super) fn last_with_place(&self, spells: std::ops::Range<usize>) -> Option<usize> {
        spells.rev().find(|spell| self.has_place(*spell))
    }

    /// The same among the spells that share a minute with `stretch`.
    pub(super) fn last_in(&self, stretch: Span) -> Option<usize> {
        let spells = self.spells();
        let from = spells.partition_point(|spell| spell.to <= stretch.from);
        let to = spells.partition_point(|spell| spell.from < stretch.to);
        self.last_with_place(from..to)
    }

    /// A finding for each window and unit of the blamed spell's assignments; with its sentence go the figures in it that
    /// its time does not say, in minutes.
    pub(super) fn blame(
        &self,
        spell: usize,
        span: Span,
        code: Code,
        severity: Severity,
        (message, measures): (&str, &[i64]),
        out: &mut Listed,
    ) {
        for (window, unit) in self.work.places(self.ctx, self.person, spell) {
            if !out.has_room(self.ctx, code, severity, window, unit) {
                continue;
            }
            let held = self.work.assignments(&self.ctx.people[self.person].assignments, spell);
            let here = held.filter(|held| {
                self.ctx.posts[held.post].unit == unit && self.ctx.windows[window].span.overlaps(held.span)
            });
            let finding = Finding { measures: measures.to_vec(), ..Finding::new(code, severity, message) };
            let finding = finding.at(self.ctx, window, unit).when(span);
            out.push(finding.people(self.ctx, [self.person]).assignments(self.ctx, here.map(|held| held.at)));
        }
    }

    /// A moment beside another: the time alone on the same day, else with its date.
    pub(super) fn beside(&self, at: Instant, other: Instant) -> String {
        let clock = self.ctx.clock();
        if words::date(clock, at) == words::date(clock, other) {
            words::time(clock, at)
        } else {
            words::moment(clock, at)
        }
    }
}

/// What a rule that looks at nothing but the person's work finds under both judgements, if anything: looked for once
/// only where the work is the same, and not where no assignment can be blamed.
pub(super) fn find_both(
    ctx: &Context,
    person: PersonIx,
    mut find: impl FnMut(Judged, &mut Listed),
) -> Option<[Listed; 2]> {
    if ctx.people[person].assignments.is_empty() {
        return None;
    }
    let (mut now, mut later) = (Listed::default(), Listed::default());
    find(Judged::Agreed, &mut now);
    if ctx.people[person].has_one_work() {
        later.clone_from(&now);
    } else {
        find(Judged::IfAllAgree, &mut later);
    }
    (!now.is_empty() || !later.is_empty()).then_some([now, later])
}

/// "LR Rahman": initials and family name, made harmless.
pub(super) fn name(ctx: &Context, person: PersonIx) -> String {
    let record = &ctx.rota.people[person];
    let who = ctx.who(person);
    if record.initials.trim().is_empty() || record.family.trim().is_empty() {
        return who.into_owned();
    }
    format!("{who} {}", words::safe(&record.family))
}
