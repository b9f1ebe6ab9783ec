//! What a rule is, where its findings go, and the list of all rules.

use super::code::Code;
use super::context::{Context, Judged, PersonIx, UnitIx, WindowIx};
use super::finding::{Finding, NotCounted, Severity};
use super::lacking::{self, Stretch};
use super::listed::Listed;
use super::person::Why;
use super::records::Held;
use super::sweep::Sweep;
use crate::model::{Span, Status};
use std::collections::BTreeSet;

/// One rule: plain facts, and the function that finds.
#[derive(Debug)]
pub struct Rule {
    /// Such as COV-1.
    pub code: Code,
    /// What its findings are about, and so where they are shown.
    pub family: Family,
    /// How far in time it looks.
    pub reach: Reach,
    /// The worst that a finding of it can be.
    pub worst: Severity,
    /// How bad its findings are, and when, in words.
    pub severity: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// Where the rule comes from.
    pub source: &'static str,
    /// A drawing or a small rota in words, with what the rule says of it; run as a test.
    pub example: &'static str,
    /// What it looks at, and the function.
    pub check: Check,
}

/// What the findings of a rule are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A unit against a normal day: shown by the gaps and figures of the grid, not by somebody's shift.
    Cover,
    /// Whether a person can be where the rota has them.
    Person,
    /// A person's hours and rest.
    Hours,
    /// How the work of a unit is handed over, relieved and reached.
    Unit,
    /// The rota's own times and sessions.
    Rota,
}

impl Family {
    /// Whether the findings are a person's, and are shown wherever that person is.
    pub const fn is_of_people(self) -> bool {
        matches!(self, Self::Person | Self::Hours)
    }
}

/// How far in time a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At what is there at one time.
    Moment,
    /// At a person's spells of work with the rest around them.
    Spells,
}

impl Code {
    /// The rule of that code: its title, reason, source and example are the help.
    pub fn rule(self) -> &'static Rule {
        // A test holds that the rules stand in the order of their codes.
        super::RULES[self as usize]
    }
}

/// What a rule looks at. After an edit only what was touched is looked at again.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One person: all that `ctx.people[person]` holds, and nobody else's.
    Person(fn(&Context, PersonIx, &mut Found)),
    /// People who share initials or a name: what they hold, and nobody else's.
    Namesakes(fn(&Context, &[PersonIx], &mut Found)),
    /// One unit in one window, with the work of everybody named there.
    Unit(fn(&Context, &Sweep, &mut Found)),
    /// One window: its units' sweeps, in the order of the rota.
    Window(fn(&Context, WindowIx, &[Sweep], &mut Found)),
    /// Windows, units, posts, normal staffing and sessions; never people or assignments.
    Rota(fn(&Context, &mut Found)),
}

/// An error that keeps a unit from being covered in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// As it stands, or if all agree.
    pub judged: Judged,
    pub window: WindowIx,
    pub unit: UnitIx,
    /// Whether it says that doctors are missing: COV-1, or COV-2 of an essential post.
    pub short: bool,
}

/// What rules have found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// To be shown.
    pub findings: Listed,
    /// What the verdicts are made of: always all of them, however many findings are listed.
    pub blocks: BTreeSet<Block>,
}

impl Found {
    /// Shows a finding. Its severity is taken as it is and blocks nothing: see [`Self::block`].
    pub fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Says that there is an error under `judged` in that unit and window.
    pub fn block(&mut self, judged: Judged, window: WindowIx, unit: UnitIx, short: bool) {
        self.blocks.insert(Block { judged, window, unit, short });
    }

    /// Whether one more such finding of an assignment of that status would be listed; if not, what it blocks is said
    /// here and there is no need to put it together. See [`Self::tell_by_status`].
    pub fn has_room_by_status(
        &mut self,
        ctx: &Context,
        status: Status,
        (code, window, unit): (super::Code, WindowIx, UnitIx),
    ) -> bool {
        let is_agreed = status == Status::Agreed;
        let severity = if is_agreed { Severity::Error } else { Severity::Warning };
        let has_room = self.findings.has_room(ctx, code, severity, window, unit);
        if !has_room {
            let judged: &[Judged] = if is_agreed { &Judged::BOTH } else { &[Judged::IfAllAgree] };
            for judged in judged {
                self.block(*judged, window, unit, false);
            }
        }
        has_room
    }

    /// A finding of one assignment that does not hang on any other: an error if the assignment is agreed, else a warning
    /// that says "becomes an error once agreed".
    pub fn tell_by_status(&mut self, ctx: &Context, status: Status, finding: Finding) {
        let judged: &[Judged] = if status == Status::Agreed { &Judged::BOTH } else { &[Judged::IfAllAgree] };
        self.tell_judged(ctx, judged, finding);
    }

    /// An error that there is under those judgements: shown as one if it is there as it stands, else as a warning that
    /// says "becomes an error once agreed".
    pub fn tell_judged(&mut self, ctx: &Context, judged: &[Judged], mut finding: Finding) {
        for judged in judged {
            self.block_errors(ctx, *judged, std::slice::from_ref(&finding));
        }
        if !judged.contains(&Judged::Agreed) {
            demote(&mut finding);
        }
        self.tell(finding);
    }

    /// Judges twice: as it stands, and if all agree. `find` gives what it finds as if everybody in that set had agreed.
    ///
    /// All that stands now is shown. What would stand only if all agree is shown with an error made a warning that
    /// says "becomes an error once agreed". Two findings are the same if they name the same and are at the same time.
    pub fn judge(&mut self, ctx: &Context, find: impl FnMut(Judged, &mut Listed)) {
        self.judge_by(ctx, find, same_key);
    }

    /// The same for a rule of which nothing but the person's assignments makes a difference between the two: where all are
    /// agreed it looks once.
    pub fn judge_held(&mut self, ctx: &Context, person: PersonIx, mut find: impl FnMut(Judged, &mut Listed)) {
        if ctx.people[person].assignments.iter().any(|held| held.status != Status::Agreed) {
            self.judge(ctx, find);
            return;
        }
        let mut now = Listed::default();
        find(Judged::Agreed, &mut now);
        for judged in Judged::BOTH {
            self.block_errors(ctx, judged, &now);
        }
        self.findings.append(now);
    }

    /// The same for a rule that speaks once of what it names: the time makes no difference.
    pub fn judge_once(&mut self, ctx: &Context, find: impl FnMut(Judged, &mut Listed)) {
        self.judge_by(ctx, find, names_same);
    }

    /// The same for a rule about one person's time: what it names and when make a finding, whichever assignments of
    /// the spell it points to.
    pub fn judge_time(&mut self, ctx: &Context, find: impl FnMut(Judged, &mut Listed)) {
        self.judge_by(ctx, find, |a, b| names_same(a, b) && a.span == b.span);
    }

    fn judge_by(
        &mut self,
        ctx: &Context,
        mut find: impl FnMut(Judged, &mut Listed),
        same: fn(&Finding, &Finding) -> bool,
    ) {
        let (mut now, mut later) = (Listed::default(), Listed::default());
        find(Judged::Agreed, &mut now);
        self.block_errors(ctx, Judged::Agreed, &now);
        find(Judged::IfAllAgree, &mut later);
        self.block_errors(ctx, Judged::IfAllAgree, &later);
        let told = Told::of(&now);
        let mut later = later.without(|finding| now.is_full_of(finding) || told.has(finding, same));
        later.each_mut(demote);
        self.findings.append(now);
        self.findings.append(later);
    }

    fn block_errors(&mut self, ctx: &Context, judged: Judged, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
            let window = finding.window.as_ref().and_then(|id| ctx.window_ix(id));
            let unit = finding.unit.as_ref().and_then(|id| ctx.unit_ix(id));
            if let (Some(window), Some(unit)) = (window, unit) {
                self.block(judged, window, unit, false);
            }
        }
    }
}

/// Findings by where they are, so that a like one is soon found.
struct Told<'a>(std::collections::BTreeMap<WhereFound<'a>, Vec<&'a Finding>>);

type WhereFound<'a> = (Option<&'a crate::model::WindowId>, Option<&'a crate::model::UnitId>);

impl<'a> Told<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut told = Self(std::collections::BTreeMap::new());
        for finding in findings {
            told.0.entry((finding.window.as_ref(), finding.unit.as_ref())).or_default().push(finding);
        }
        told
    }

    fn has(&self, finding: &Finding, same: fn(&Finding, &Finding) -> bool) -> bool {
        let there = self.0.get(&(finding.window.as_ref(), finding.unit.as_ref()));
        there.is_some_and(|there| there.iter().any(|other| same(finding, other)))
    }
}

/// What would be an error only if all agree is a warning that says so.
fn demote(finding: &mut Finding) {
    if finding.severity == Severity::Error {
        finding.severity = Severity::Warning;
        finding.blocks_if_agreed = true;
        finding.message.push_str("; becomes an error once agreed");
    }
}

/// Whether the two name the same.
fn names_same(a: &Finding, b: &Finding) -> bool {
    (a.code, &a.window, &a.unit, &a.tier) == (b.code, &b.window, &b.unit, &b.tier)
        && (&a.posts, &a.people, &a.sessions) == (&b.posts, &b.people, &b.sessions)
}

/// Whether the two name the same, are about the same assignments, and are at the same time.
fn same_key(a: &Finding, b: &Finding) -> bool {
    names_same(a, b) && a.span == b.span && a.assignments == b.assignments
}

/// So many posts, people, sessions and assignments are named by one finding, at most.
pub const NAMES_MAX: usize = 100;

/// A finding is put together from places, in any order: `finding(…).at(window, unit).people([…])`.
impl Finding {
    /// In that window and unit.
    pub fn at(mut self, ctx: &Context, window: WindowIx, unit: UnitIx) -> Self {
        self.window = Some(ctx.rota.windows[window].id.clone());
        self.unit = Some(ctx.rota.units[unit].id.clone());
        self
    }

    /// About one assignment of somebody in that window: its unit, post, person and id.
    pub fn of_held(self, ctx: &Context, person: PersonIx, held: &Held, window: WindowIx) -> Self {
        let unit = ctx.posts[held.post].unit;
        self.at(ctx, window, unit).posts(ctx, [held.post]).people(ctx, [person]).assignments(ctx, [held.at])
    }

    /// In that window, in no unit.
    pub fn in_window(mut self, ctx: &Context, window: WindowIx) -> Self {
        self.window = Some(ctx.rota.windows[window].id.clone());
        self
    }

    /// At that time.
    pub fn when(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Names those posts.
    pub fn posts(mut self, ctx: &Context, posts: impl IntoIterator<Item = usize>) -> Self {
        self.posts = posts.into_iter().take(NAMES_MAX).map(|post| ctx.rota.posts[post].id.clone()).collect();
        self
    }

    /// Names those people.
    pub fn people(mut self, ctx: &Context, people: impl IntoIterator<Item = PersonIx>) -> Self {
        self.people = people.into_iter().take(NAMES_MAX).map(|person| ctx.rota.people[person].id.clone()).collect();
        self
    }

    /// Names those who do not count.
    pub fn not_counted(mut self, ctx: &Context, people: impl IntoIterator<Item = (PersonIx, Why, Status)>) -> Self {
        let name = |(person, why, status): (PersonIx, Why, Status)| NotCounted {
            person: ctx.rota.people[person].id.clone(),
            why: why.codes(),
            status,
        };
        self.not_counted = people.into_iter().take(NAMES_MAX).map(name).collect();
        self
    }

    /// Names those sessions.
    pub fn sessions(mut self, ctx: &Context, sessions: impl IntoIterator<Item = usize>) -> Self {
        self.sessions =
            sessions.into_iter().take(NAMES_MAX).map(|session| ctx.rota.sessions[session].id.clone()).collect();
        self
    }

    /// Is about those assignments, by their places ([`Held::at`]).
    pub fn assignments(mut self, ctx: &Context, assignments: impl IntoIterator<Item = usize>) -> Self {
        self.assignments = assignments.into_iter().take(NAMES_MAX).map(|at| ctx.slots[at].id.clone()).collect();
        self
    }

    /// Says which posts lack somebody, and how many would still be missing if all agree.
    pub(super) fn lacking(mut self, ctx: &Context, lacking: &[Stretch], short_if_agreed: u64) -> Self {
        self.lacking = lacking::of_stretches(ctx, lacking);
        self.short_if_agreed = Some(u32::try_from(short_if_agreed).unwrap_or(u32::MAX));
        self
    }

    /// Doctors wanted, there, there if all agree, and missing.
    pub fn figures(mut self, need: u64, have: [u64; 2], short: u64) -> Self {
        let figure = |number: u64| Some(u32::try_from(number).unwrap_or(u32::MAX));
        (self.need, self.have, self.have_if_agreed) = (figure(need), figure(have[0]), figure(have[1]));
        self.short = figure(short);
        self
    }
}

/// Declares each rule's file and lists its `RULE`; in tests, each rule's example is run.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// All rules, in the order of `docs/checker.md`.
        pub static RULES: &[&rule::Rule] = &[$(&$module::RULE),*];

        #[cfg(test)]
        mod examples {
            $(
                #[test]
                fn $module() {
                    super::testing::check_rule(&super::$module::RULE, super::$module::RULE.example);
                }
            )*
        }
    };
}

pub(super) use rules;

#[cfg(test)]
mod tests {
    use crate::checker::{Code, RULES};

    #[test]
    fn every_code_has_one_rule_in_its_place_and_every_rule_its_words() {
        let codes: Vec<Code> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes, Code::ALL);
        for rule in RULES {
            for text in [rule.severity, rule.title, rule.why, rule.source, rule.example] {
                assert!(!text.trim().is_empty(), "{}", rule.code);
            }
        }
    }
}
