//! Every plan that the page permits, and the best of them.
//!
//! For every choice of sessions, every set of proposals that one person could have; person by person they are put
//! together, and those that fill the same places are one from then on. Nothing is left out because it looks bad.

use std::collections::{BTreeMap, BTreeSet};

use super::count::{after_nights, changes, holes, not_known, short_stints};
use super::hours::Stretch;
use super::page::{Held, Page, overlap};

/// So many sets and sums are looked at; a hospital with more is not for this.
const WORK_MAX: usize = 12_000;

/// The best in the order of the page: objectives 1 to 12.
pub(super) type Best = [i64; 12];

/// One place that is filled or not: a post, or a senior in a unit, over stretches that the same proposals fill.
struct Column {
    /// The most that may be proposed there.
    cap: u8,
    /// More than this makes no difference.
    full: u8,
}

/// What one person, or several of one name, could have.
struct Option_ {
    /// What is added to each column.
    fills: Vec<(usize, u8)>,
    /// Objectives 8 to 12 of it.
    costs: [i64; 5],
}

struct Table<'a> {
    page: &'a Page<'a>,
    /// All proposals there could be.
    all: Vec<Held>,
    /// Where the proposal fills what: column, and how much.
    columns: Vec<Column>,
    fills: Vec<Vec<(usize, u8)>>,
    /// For each unit and stretch between edges, the columns of the unit's posts and of a senior.
    slices: Vec<Slice>,
    work: usize,
}

struct Slice {
    from: i64,
    minutes: i64,
    unit: usize,
    /// Post, and its column if anybody can be proposed there.
    posts: Vec<(usize, Option<usize>)>,
    senior: Option<usize>,
}

/// The best there is; nothing if there is too much to try.
type Known = BTreeMap<(Vec<usize>, Vec<bool>), Vec<Vec<Held>>>;

pub(super) fn best(page: &Page) -> Option<Best> {
    let sessions = page.rota.sessions.len();
    let choices: Vec<(bool, bool)> = (0..sessions).map(|s| page.choices(s)).collect();
    let mut best: Option<Best> = None;
    let mut work = 0;
    let mut known: Known = BTreeMap::new();
    for mask in 0_u32..1 << sessions {
        let postponed: Vec<bool> = (0..sessions).map(|s| mask >> s & 1 == 1).collect();
        if !choices.iter().zip(&postponed).all(|((may_be, may_run), off)| if *off { *may_be } else { *may_run })
            || !page.may_run_together(&postponed)
        {
            continue;
        }
        let mut table = Table::new(page, &postponed);
        table.work = work;
        let found = table.best(&postponed, &mut known)?;
        work = table.work;
        best = match (best, found) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    Some(best.expect("the rota without proposals is a plan"))
}

impl<'a> Table<'a> {
    fn new(page: &'a Page<'a>, postponed: &[bool]) -> Self {
        let mut all: BTreeSet<Held> = BTreeSet::new();
        for unit in 0..page.rota.units.len() {
            let pieces = page.pieces(unit);
            for post in (0..page.posts.len()).filter(|post| page.posts[*post].unit == unit) {
                for time in pieces.iter().filter(|time| page.asked_for(post, **time)) {
                    all.extend((0..page.rota.people.len()).map(|person| Held { person, post, time: *time }));
                }
            }
        }
        // One that runs from cut to cut is the same as its pieces.
        let is_whole = |loose: &&Held| {
            let cuts = page.cuts(page.posts[loose.post].unit);
            let gap = |at: i64| !page.windows.iter().any(|w| w.0 <= at && at < w.1);
            !cuts.contains(&loose.time.0)
                || !cuts.contains(&loose.time.1)
                || gap(loose.time.0)
                || cuts.range(loose.time.0..loose.time.1).any(|at| gap(*at))
        };
        all.extend(page.loose.iter().filter(is_whole));
        // Where nobody is needed, nobody is proposed.
        let edges = page.edges();
        let is_wanted = |held: &Held| {
            let inside = edges.iter().filter(|at| held.time.0 <= **at && **at < held.time.1);
            let mut inside = inside.filter(|at| page.windows.iter().any(|w| w.0 <= **at && **at < w.1));
            inside.all(|at| page.most_needed(held.post, *at) > 0)
        };
        all.retain(is_wanted);
        let mut all: Vec<Held> = all.into_iter().filter(|held| page.may_be(*held, postponed)).collect();
        all.sort_by_key(|held| (held.person, held.time, held.post));
        let mut table = Self { page, fills: vec![vec![]; all.len()], all, columns: vec![], slices: vec![], work: 0 };
        table.add_slices(postponed);
        table
    }

    fn add_slices(&mut self, postponed: &[bool]) {
        let page = self.page;
        // Proposals, whether it is for a senior: column.
        let mut known: BTreeMap<(Vec<usize>, Option<usize>), usize> = BTreeMap::new();
        for pair in page.edges().windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if !page.windows.iter().any(|w| w.0 <= from && from < w.1) {
                continue;
            }
            let kept = page.kept_at(from, postponed);
            for unit in 0..page.rota.units.len() {
                let here: Vec<usize> = (0..page.posts.len()).filter(|post| page.posts[*post].unit == unit).collect();
                let mut posts = Vec::new();
                for post in here {
                    let who = (0..self.all.len()).filter(|n| self.all[*n].post == post);
                    let who: Vec<usize> = who.filter(|n| overlap(self.all[*n].time, (from, to))).collect();
                    let free = page.most_needed(post, from) - kept.get(&post).map_or(0, |k| k.len() as i64);
                    let cap = u8::try_from(free.max(0)).unwrap();
                    posts.push((post, self.column(&mut known, &who, Some(post), cap, u8::MAX)));
                }
                let who = (0..self.all.len()).filter(|n| {
                    let held = self.all[*n];
                    let post = &page.posts[held.post];
                    post.unit == unit && !post.on_call && page.is_senior(held.person, unit)
                });
                let who: Vec<usize> = who.filter(|n| overlap(self.all[*n].time, (from, to))).collect();
                let senior = self.column(&mut known, &who, None, u8::MAX, 1);
                self.slices.push(Slice { from, minutes: to - from, unit, posts, senior });
            }
        }
    }

    fn column(
        &mut self,
        known: &mut BTreeMap<(Vec<usize>, Option<usize>), usize>,
        who: &[usize],
        post: Option<usize>,
        cap: u8,
        full: u8,
    ) -> Option<usize> {
        if who.is_empty() {
            return None;
        }
        let at = *known.entry((who.to_vec(), post)).or_insert_with(|| {
            self.columns.push(Column { cap, full });
            for n in who {
                self.fills[*n].push((self.columns.len() - 1, 1));
            }
            self.columns.len() - 1
        });
        self.columns[at].cap = self.columns[at].cap.min(cap);
        Some(at)
    }

    /// The outer nothing: too much to try. The inner: no plan has these sessions.
    #[allow(clippy::option_option, reason = "the two nothings are told apart above")]
    fn best(&mut self, postponed: &[bool], known: &mut Known) -> Option<Option<Best>> {
        let page = self.page;
        let people = page.rota.people.len();
        let holes = holes(page, postponed);
        let mut reached: BTreeMap<Vec<u8>, [i64; 5]> = BTreeMap::from([(vec![0; self.columns.len()], [0; 5])]);
        for person in 0..people {
            let group: Vec<usize> = (0..people).filter(|other| page.same_name(person, *other)).collect();
            if group[0] != person {
                continue;
            }
            let mine: Vec<bool> = (0..postponed.len())
                .filter(|s| page.teams[*s].iter().any(|p| group.contains(p)))
                .map(|s| postponed[s])
                .collect();
            let sets = match known.entry((group.clone(), mine)) {
                std::collections::btree_map::Entry::Occupied(sets) => sets.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(sets_of(page, &self.all, &group, postponed, &mut self.work)?)
                }
            };
            let options: Vec<Option_> = sets.iter().filter_map(|set| self.option(set, &group, &holes)).collect();
            let mut next: BTreeMap<Vec<u8>, [i64; 5]> = BTreeMap::new();
            for (state, costs) in &reached {
                self.work += options.len();
                if self.work > WORK_MAX {
                    return None;
                }
                for option in &options {
                    let mut sum = state.clone();
                    let mut fits = true;
                    for (column, by) in &option.fills {
                        let Column { cap, full } = self.columns[*column];
                        sum[*column] = (sum[*column] + by).min(full);
                        fits &= full == 1 || sum[*column] <= cap;
                    }
                    if fits {
                        let total = std::array::from_fn(|n| costs[n] + option.costs[n]);
                        let best = next.entry(sum).or_insert(total);
                        *best = total.min(*best);
                    }
                }
            }
            reached = next;
        }
        let judged = self.judge(postponed);
        let best = reached.iter().map(|(state, costs)| {
            let seven = judged(state);
            std::array::from_fn(|n| if n < 7 { seven[n] } else { costs[n - 7] })
        });
        Some(best.min())
    }

    /// What the set fills, if there is room for it, and objectives 8 to 12 of these people.
    fn option(&self, set: &[Held], group: &[usize], holes: &[Vec<Stretch>]) -> Option<Option_> {
        let mut fills: BTreeMap<usize, u8> = BTreeMap::new();
        for held in set {
            let n = self.all.binary_search_by_key(&(held.person, held.time, held.post), |h| (h.person, h.time, h.post));
            for (column, by) in &self.fills[n.ok()?] {
                *fills.entry(*column).or_default() += by;
            }
        }
        if fills.iter().any(|(column, by)| self.columns[*column].full != 1 && *by > self.columns[*column].cap) {
            return None;
        }
        let page = self.page;
        let mut costs = [0; 5];
        for person in group {
            let mut mine: Vec<Held> = page.kept.iter().copied().filter(|k| k.person == *person).collect();
            let new = joined(set, *person);
            costs[1] += not_known(page, &new, *person);
            costs[2] += short_stints(page, &new, holes);
            mine.extend(new);
            costs[0] += after_nights(page, &mine, *person);
            let of_others = page.loose.iter().filter(|l| l.person != *person).count() as i64;
            costs[3] += changes(page, &mine) - of_others;
            costs[4] += mine.len() as i64;
        }
        Some(Option_ { fills: fills.into_iter().collect(), costs })
    }

    /// Objectives 1 to 7 of what fills the columns.
    fn judge(&self, postponed: &[bool]) -> impl Fn(&Vec<u8>) -> [i64; 7] {
        let page = self.page;
        let mut fixed = [0; 7];
        for (s, session) in page.rota.sessions.iter().enumerate() {
            if postponed[s] && session.state != cover_rota::model::SessionState::Postponed {
                let operations = i64::from(session.inpatient + session.day_case);
                fixed[5] += operations;
                fixed[6] += i64::from(session.appointments);
                fixed[2] += if session.protected { operations + i64::from(session.appointments) } else { 0 };
            }
        }
        let kept: Vec<_> = self.slices.iter().map(|slice| page.kept_at(slice.from, postponed)).collect();
        let posts = page.posts.len();
        // For each slice and window: need of each post.
        let needs: Vec<Vec<Vec<i64>>> = self
            .slices
            .iter()
            .map(|slice| {
                let windows = (0..page.windows.len())
                    .filter(|w| page.windows[*w].0 <= slice.from && slice.from < page.windows[*w].1);
                windows.map(|w| (0..posts).map(|post| page.need(w, post, slice.from)).collect()).collect()
            })
            .collect();
        move |state: &Vec<u8>| {
            let mut values = fixed;
            for ((slice, kept), needs) in self.slices.iter().zip(&kept).zip(&needs) {
                let has = |post: usize, column: Option<usize>| {
                    kept.get(&post).map_or(0, |k| k.len() as i64) + column.map_or(0, |c| i64::from(state[c]))
                };
                let unit = &page.rota.units[slice.unit];
                for need in needs {
                    let mut worst = 0;
                    for tier in 0..unit.tiers.len() {
                        let above = slice
                            .posts
                            .iter()
                            .filter(|(post, _)| !page.posts[*post].on_call && page.posts[*post].tier >= tier);
                        worst = worst.max(above.map(|(post, column)| need[*post] - has(*post, *column)).sum::<i64>());
                    }
                    values[3] += worst * slice.minutes;
                    for (post, column) in &slice.posts {
                        let place = if page.posts[*post].essential { 0 } else { 4 };
                        values[place] += (need[*post] - has(*post, *column)).max(0) * slice.minutes;
                    }
                    let present = || slice.posts.iter().filter(|(post, _)| !page.posts[*post].on_call);
                    let wanted = unit.senior_from.is_some() && present().any(|(post, _)| need[*post] > 0);
                    let kept_senior = present().any(|(post, _)| {
                        kept.get(post).is_some_and(|who| who.iter().any(|p| page.is_senior(*p, slice.unit)))
                    });
                    if wanted && !kept_senior && slice.senior.is_none_or(|c| state[c] == 0) {
                        values[1] += slice.minutes;
                    }
                }
            }
            values
        }
    }
}

/// Touching proposals of one post as one.
fn joined(set: &[Held], person: usize) -> Vec<Held> {
    let mut mine: Vec<Held> = set.iter().copied().filter(|h| h.person == person).collect();
    mine.sort_by_key(|h| (h.post, h.time));
    mine.chunk_by(|a, b| a.post == b.post && a.time.1 == b.time.0)
        .map(|chunk| Held { time: (chunk[0].time.0, chunk[chunk.len() - 1].time.1), ..chunk[0] })
        .collect()
}

/// Every set of proposals that these people, who have one name, could have: nothing if too many.
fn sets_of(page: &Page, all: &[Held], group: &[usize], postponed: &[bool], work: &mut usize) -> Option<Vec<Vec<Held>>> {
    let of_group: Vec<Held> = all.iter().copied().filter(|held| group.contains(&held.person)).collect();
    let mut sets: Vec<Vec<Held>> = vec![vec![]];
    for held in of_group {
        let more: Vec<Vec<Held>> = sets
            .iter()
            .filter(|set| !set.iter().any(|other| Page::clash(*other, held)))
            .map(|set| set.iter().copied().chain([held]).collect())
            .collect();
        *work += more.len();
        if *work > WORK_MAX {
            return None;
        }
        sets.extend(more);
    }
    sets.retain(|set| !group.iter().any(|person| page.is_too_much(*person, set, postponed)));
    Some(sets)
}
