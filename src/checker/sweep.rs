//! One unit in one window, swept from edge to edge: between two edges nothing that coverage depends on changes.

use super::context::{Context, Judged, Named, PersonIx, PostIx, TierIx, UnitIx, WindowIx};
use super::person::Why;
use super::spans;
use crate::model::{Instant, Span, Status};

/// Need and have of one unit in one window, step by step.
#[derive(Debug, Clone)]
pub struct Sweep {
    pub window: WindowIx,
    pub unit: UnitIx,
    /// Whether the unit is closed in this window.
    pub closed: bool,
    /// One more than there are steps.
    edges: Vec<Instant>,
    /// The unit's posts.
    posts: Vec<PostIx>,
    /// By step and then post: what it needs, and who counts under both judgements.
    at_posts: Vec<Cover>,
    /// By step and then tier: `need_k` and `have_k`, at the tier or above, on-call posts left out.
    at_tiers: Vec<TierCover>,
    tiers: usize,
    /// Who counts where, each person once a post and time, under both judgements; sorted.
    counted: [Vec<Counted>; 2],
}

/// Doctors wanted on one post, and there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cover {
    /// Doctors wanted.
    pub need: u32,
    /// Doctors who count: as it stands, and if all agree.
    pub have: [u32; 2],
}

/// Doctors wanted at one tier or above, and there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TierCover {
    /// `need_k`.
    pub need: u64,
    /// `have_k`: as it stands, and if all agree.
    pub have: [u64; 2],
    /// The shortage at this tier, what a higher one reports left out: as it stands, and if all agree.
    pub short: [u64; 2],
}

/// Somebody who counts on a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    pub post: PostIx,
    pub person: PersonIx,
    pub span: Span,
}

/// Somebody, and a time. Of many, each person's stand together: see [`people_of`].
pub type PersonTime = (PersonIx, Span);

/// The people, each once.
pub fn people_of(who: &[PersonTime]) -> impl Iterator<Item = PersonIx> {
    who.chunk_by(|a, b| a.0 == b.0).map(|one| one[0].0)
}

/// Which posts of a unit are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// One.
    Post(PostIx),
    /// All that are not on call, at that tier or above.
    From(TierIx),
}

impl On {
    /// Whether the post is among them.
    pub fn holds(self, ctx: &Context, post: PostIx) -> bool {
        match self {
            Self::Post(one) => one == post,
            Self::From(tier) => !ctx.posts[post].on_call && ctx.posts[post].tier >= tier,
        }
    }

    /// Of a list sorted by post the part that may be of those.
    fn part_of<T>(self, all: &[T], post: impl Fn(&T) -> PostIx) -> &[T] {
        match self {
            Self::Post(one) => {
                &all[all.partition_point(|item| post(item) < one)..all.partition_point(|item| post(item) <= one)]
            }
            Self::From(_) => all,
        }
    }
}

impl Sweep {
    /// Sweeps the unit through the window.
    pub fn new(ctx: &Context, window: WindowIx, unit: UnitIx) -> Self {
        let posts = ctx.units[unit].posts.clone();
        let tiers = ctx.units[unit].tiers;
        let closed = ctx.windows[window].closed[unit];
        let named = ctx.named(window, unit);
        let edges = edges(ctx, window, &posts, named);
        let counted = Judged::BOTH.map(|judged| counted(named, judged));
        let mut sweep = Self { window, unit, closed, edges, posts, at_posts: vec![], at_tiers: vec![], tiers, counted };
        sweep.at_posts = sweep.covers(ctx);
        sweep.at_tiers = sweep.tier_covers(ctx);
        sweep
    }

    /// How many steps there are.
    pub fn steps(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    /// When a step is.
    pub fn span(&self, step: usize) -> Span {
        Span::new(self.edges[step], self.edges[step + 1])
    }

    /// The unit's posts with their cover in a step, in the order of the rota.
    pub fn posts(&self, step: usize) -> impl Iterator<Item = (PostIx, Cover)> + '_ {
        let width = self.posts.len();
        self.posts.iter().copied().zip(self.at_posts[step * width..(step + 1) * width].iter().copied())
    }

    /// The cover of the unit's post at that place among its posts.
    pub fn post(&self, step: usize, place: usize) -> Cover {
        self.at_posts[step * self.posts.len() + place]
    }

    /// Whether some post has at some time more than it needs.
    pub fn has_spare(&self, judged: Judged) -> bool {
        self.at_posts.iter().any(|cover| cover.have[judged.ix()] > cover.need)
    }

    /// `need_k`, `have_k` and the shortage at tier k in a step.
    pub fn tier(&self, step: usize, tier: TierIx) -> TierCover {
        self.at_tiers[step * self.tiers + tier]
    }

    /// All tiers in a step, lowest first.
    pub fn tiers(&self, step: usize) -> &[TierCover] {
        &self.at_tiers[step * self.tiers..(step + 1) * self.tiers]
    }

    /// `need_1`: doctors wanted in the whole unit in a step.
    pub fn need(&self, step: usize) -> u64 {
        self.tiers(step).first().map_or(0, |lowest| lowest.need)
    }

    /// When nothing is normally entered for the unit, outside the hours in which it is shut; all of the window where
    /// nothing is entered at all. Never of a closed unit.
    pub fn not_compared(&self, ctx: &Context) -> Vec<Span> {
        if self.closed {
            return Vec::new();
        }
        let window = &ctx.windows[self.window];
        let nothing = self.runs(|step| (self.need(step) == 0).then_some(()));
        let nothing: Vec<Span> = nothing.into_iter().map(|(span, ())| span).collect();
        if nothing == [window.span] { nothing } else { spans::without(&nothing, &window.shut[self.unit]) }
    }

    /// Who counts, sorted by post, person and time.
    pub fn counted(&self, judged: Judged) -> &[Counted] {
        &self.counted[judged.ix()]
    }

    /// The longest stretches over which `key` says the same and says something.
    pub fn runs<K: PartialEq>(&self, key: impl Fn(usize) -> Option<K>) -> Vec<(Span, K)> {
        let mut runs: Vec<(Span, K)> = Vec::new();
        for step in 0..self.steps() {
            let Some(now) = key(step) else { continue };
            let span = self.span(step);
            match runs.last_mut() {
                Some((last, before)) if last.to == span.from && *before == now => last.to = span.to,
                _ => runs.push((span, now)),
            }
        }
        runs
    }

    /// Everybody who counts on one of the posts at some time in `span`, in the order of the rota, with those times.
    pub fn who_counts(&self, ctx: &Context, judged: Judged, span: Span, on: On) -> Vec<PersonTime> {
        let here = on.part_of(self.counted(judged), |counted| counted.post).iter();
        let here = here.filter(|counted| on.holds(ctx, counted.post));
        let mut who: Vec<PersonTime> =
            here.filter_map(|counted| Some((counted.person, counted.span.overlap(span)?))).collect();
        who.sort_unstable();
        who.dedup_by(|next, last| {
            let joins = next.0 == last.0 && next.1.from <= last.1.to;
            if joins {
                last.1.to = last.1.to.max(next.1.to);
            }
            joins
        });
        who
    }

    /// Everybody named on one of the posts who counts on none of them at some time in `span`, in the order of the rota,
    /// and why. As it stands, who has not agreed yet is here too, with what would stand against it besides; but where
    /// somebody is agreed on one of the posts, only that is looked at.
    pub fn who_does_not(&self, ctx: &Context, judged: Judged, span: Span, on: On) -> Vec<(PersonIx, Why, Status)> {
        let here = on.part_of(ctx.named(self.window, self.unit), |named| named.post).iter();
        let mut here: Vec<&Named> =
            here.filter(|named| named.span.overlaps(span) && on.holds(ctx, named.post)).collect();
        if here.iter().all(|named| named.counts(judged)) {
            return Vec::new();
        }
        here.sort_by_key(|named| named.person);
        let same = here.chunk_by(|a, b| a.person == b.person);
        let said = |one: &[&Named]| why_not(one, judged, span).map(|(why, status)| (one[0].person, why, status));
        same.filter_map(said).collect()
    }

    /// The steps in a span whose ends are edges.
    pub(super) fn steps_of(&self, span: Span) -> std::ops::Range<usize> {
        self.steps_in(span)
    }

    /// By step and then post.
    fn covers(&self, ctx: &Context) -> Vec<Cover> {
        let (steps, width) = (self.steps(), self.posts.len());
        let mut covers = vec![Cover::default(); steps * width];
        for (place, post) in self.posts.iter().enumerate() {
            for step in ctx.need(self.window, *post) {
                for at in self.steps_in(step.span) {
                    covers[at * width + place].need = step.count;
                }
            }
        }
        for judged in Judged::BOTH {
            for counted in self.counted(judged) {
                let Ok(place) = self.posts.binary_search(&counted.post) else { continue };
                for at in self.steps_in(counted.span) {
                    covers[at * width + place].have[judged.ix()] += 1;
                }
            }
        }
        covers
    }

    /// The steps of a span whose ends are edges.
    fn steps_in(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.edges.partition_point(|edge| *edge < span.from);
        let to = self.edges.partition_point(|edge| *edge < span.to);
        from..to
    }

    /// By step and then tier: summed from above.
    fn tier_covers(&self, ctx: &Context) -> Vec<TierCover> {
        let mut all = vec![TierCover::default(); self.steps() * self.tiers];
        for step in 0..self.steps() {
            let tiers = &mut all[step * self.tiers..(step + 1) * self.tiers];
            for (post, cover) in self.posts(step) {
                if !ctx.posts[post].on_call {
                    let tier = &mut tiers[ctx.posts[post].tier];
                    tier.need += u64::from(cover.need);
                    tier.have = [0, 1].map(|ix| tier.have[ix] + u64::from(cover.have[ix]));
                }
            }
            let mut above = TierCover::default();
            let mut reported = [0; 2];
            for tier in tiers.iter_mut().rev() {
                tier.need += above.need;
                tier.have = [0, 1].map(|ix| tier.have[ix] + above.have[ix]);
                above = *tier;
                let short = tier.have.map(|have| tier.need.saturating_sub(have));
                tier.short = [0, 1].map(|ix| short[ix].saturating_sub(reported[ix]));
                reported = [0, 1].map(|ix| short[ix].max(reported[ix]));
            }
        }
        all
    }
}

/// Every moment in the window at which need or cover of the unit may change.
fn edges(ctx: &Context, window: WindowIx, posts: &[PostIx], named: &[Named]) -> Vec<Instant> {
    let span = ctx.windows[window].span;
    let mut edges = vec![span.from, span.to];
    for post in posts {
        edges.extend(ctx.need(window, *post).iter().flat_map(|step| [step.span.from, step.span.to]));
    }
    edges.extend(named.iter().flat_map(|named| [named.span.from, named.span.to]));
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Who counts, one person once on a post however often entered there.
fn counted(named: &[Named], judged: Judged) -> Vec<Counted> {
    let here = named.iter().filter(|named| named.counts(judged));
    let mut all: Vec<Counted> =
        here.map(|named| Counted { post: named.post, person: named.person, span: named.span }).collect();
    all.sort_unstable();
    all.dedup_by(|next, last| {
        let joins = (next.post, next.person) == (last.post, last.person) && next.span.from <= last.span.to;
        if joins {
            last.span.to = last.span.to.max(next.span.to);
        }
        joins
    });
    all
}

/// Why one person, with those entries, does not count at some time in `span`, and how far they have agreed to what does
/// not count; nothing if there is no such time.
fn why_not(entries: &[&Named], judged: Judged, span: Span) -> Option<(Why, Status)> {
    match entries {
        // Mostly there is one entry: it counts or does not.
        [named] if named.counts(judged) || !named.span.overlaps(span) => return None,
        [named] => return Some((why_of(named, judged), named.status)),
        _ => {}
    }
    let times = |of: &dyn Fn(&Named) -> bool| {
        spans::union(entries.iter().filter(|named| of(named)).map(|named| named.span).collect())
    };
    let counts = times(&|named| named.counts(judged));
    let in_set = times(&|named| judged.counts(named.status));
    let mut found: Option<(Why, Status)> = None;
    for named in entries.iter().filter(|named| !named.counts(judged)) {
        let Some(here) = named.span.overlap(span) else { continue };
        let mut left = spans::gaps(here, &counts);
        let is_in_set = judged.counts(named.status);
        if !is_in_set {
            left = spans::without(&left, &in_set);
        }
        if !left.is_empty() {
            let (why, status) = found.unwrap_or((Why::default(), named.status));
            found = Some((why_of(named, judged).or(why), named.status.max(status)));
        }
    }
    found
}

/// What stands against one entry; of one that is not looked at yet, what would if all agree.
fn why_of(named: &Named, judged: Judged) -> Why {
    let is_in_set = judged.counts(named.status);
    named.why[if is_in_set { judged.ix() } else { Judged::IfAllAgree.ix() }]
}
