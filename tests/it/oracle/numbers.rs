//! The rota in plain numbers (places in its lists, minutes since 1970 in UTC), and what holds at one minute.

use std::cell::RefCell;

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;

use cover_rota::checker::{Code, Severity};
use cover_rota::model::{Availability, DutyKind, Rota, Rules, SessionState, Span, Status};

use super::Row;

pub(super) const HOUR: i64 = 60;
pub(super) const DAY: i64 = 24 * HOUR;

pub(super) struct Numbers<'a> {
    pub rota: &'a Rota,
    zone: Tz,
    /// Minutes by which the clock on the wall is ahead, by quarter of an hour from `first_quarter` on, as asked for.
    offsets: RefCell<Vec<Option<i64>>>,
    first_quarter: i64,
    pub windows: Vec<WindowN>,
    pub posts: Vec<PostN>,
    pub people: Vec<PersonN>,
    pub sessions: Vec<SessionN>,
    pub assignments: Vec<AssignmentN>,
    /// By window, then minute of the window.
    pub moments: Vec<Vec<Moment>>,
}

/// What holds at one minute of one window, by post.
pub(super) struct Moment {
    pub minute: i64,
    /// need(q, t)
    pub needs: Vec<u64>,
    /// Who counts there, judged under S_agreed; have(q, t) is how many.
    pub counting: Vec<Vec<usize>>,
    /// By unit, from the lowest tier up.
    pub tiers: Vec<Vec<TierFigures>>,
}

/// The figures of one tier of a unit at one minute.
pub(super) struct TierFigures {
    /// need_k
    pub need: u64,
    /// have_k
    pub have: u64,
    /// The shortage at this tier, that of higher tiers taken off.
    pub shortage: u64,
}

/// `[from, to)` in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub from: i64,
    pub to: i64,
}

pub(super) struct WindowN {
    pub at: Stretch,
    /// By unit.
    pub closed: Vec<bool>,
    /// By unit, the times of day at which nobody is normally there, on purpose.
    pub shut: Vec<Vec<(i64, i64)>>,
    /// Nobody has made these figures their own.
    pub example: bool,
    pub lines: Vec<LineN>,
}

/// A staffing line; times of day in minutes.
pub(super) struct LineN {
    pub post: usize,
    pub from: i64,
    pub to: i64,
    pub count: u64,
}

pub(super) struct PostN {
    pub unit: usize,
    /// 0 for the lowest.
    pub tier: usize,
    pub requires: Vec<usize>,
    pub essential: bool,
    pub exclusive: bool,
    pub on_call: bool,
    pub bleep: String,
}

pub(super) struct PersonN {
    pub rules: Rules,
    /// By unit.
    pub may_cover: Vec<Option<MayCoverN>>,
    pub competencies: Vec<usize>,
    pub usually: Availability,
    pub availability: Vec<(Stretch, Availability)>,
    pub duties: Vec<(Stretch, DutyKind)>,
}

/// What somebody may cover of one unit.
pub(super) struct MayCoverN {
    /// The highest tier.
    pub up_to: usize,
    /// These posts and no others, unless there are none.
    pub only: Vec<usize>,
}

pub(super) struct SessionN {
    pub at: Stretch,
    pub team: Vec<usize>,
    pub state: SessionState,
}

pub(super) struct AssignmentN {
    pub post: usize,
    pub person: usize,
    pub at: Stretch,
    pub status: Status,
}

impl Stretch {
    pub(super) fn holds(self, minute: i64) -> bool {
        self.from <= minute && minute < self.to
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        Self { from: span.from.0, to: span.to.0 }
    }
}

impl AssignmentN {
    /// Named on the post at this minute: any status but Declined.
    pub(super) fn stands_at(&self, minute: i64) -> bool {
        self.status != Status::Declined && self.at.holds(minute)
    }

    pub(super) fn is_agreed_at(&self, minute: i64) -> bool {
        self.status == Status::Agreed && self.at.holds(minute)
    }
}

fn place<T, I: PartialEq>(list: &[T], id_of: impl Fn(&T) -> &I, id: &I) -> usize {
    list.iter().position(|item| id_of(item) == id).expect("a sound rota refers to what is there")
}

impl<'a> Numbers<'a> {
    pub(super) fn of(rota: &'a Rota) -> Self {
        let unit = |id| place(&rota.units, |u| &u.id, id);
        let post = |id| place(&rota.posts, |p| &p.id, id);
        let person = |id| place(&rota.people, |p| &p.id, id);
        let tier = |u: usize, id| place(&rota.units[u].tiers, |t| &t.id, id);
        let competency = |id| place(&rota.competencies, |c| &c.id, id);
        let windows = rota.windows.iter().map(|window| {
            let normal = &rota.normals[place(&rota.normals, |n| &n.id, &window.normal)];
            WindowN {
                at: window.span.into(),
                closed: rota.units.iter().map(|u| normal.closed.contains(&u.id)).collect(),
                shut: rota
                    .units
                    .iter()
                    .map(|u| {
                        let shut = normal.shut.iter().filter(|shut| shut.unit == u.id);
                        shut.map(|s| (i64::from(s.from.minutes()), i64::from(s.to.minutes()))).collect()
                    })
                    .collect(),
                example: normal.example,
                lines: normal
                    .staffing
                    .iter()
                    .map(|line| LineN {
                        post: post(&line.post),
                        from: i64::from(line.from.minutes()),
                        to: i64::from(line.to.minutes()),
                        count: u64::from(line.count),
                    })
                    .collect(),
            }
        });
        let posts = rota.posts.iter().map(|p| PostN {
            unit: unit(&p.unit),
            tier: tier(unit(&p.unit), &p.tier),
            requires: p.requires.iter().map(competency).collect(),
            essential: p.essential || !p.requires.is_empty(),
            exclusive: p.exclusive,
            on_call: p.on_call,
            bleep: p.bleep.clone(),
        });
        let people = rota.people.iter().map(|p| PersonN {
            rules: p.rules,
            may_cover: (0..rota.units.len())
                .map(|u| {
                    let said = p.may_cover.iter().find(|m| m.unit == rota.units[u].id);
                    said.map(|m| MayCoverN { up_to: tier(u, &m.up_to), only: m.only.iter().map(post).collect() })
                })
                .collect(),
            competencies: p.competencies.iter().map(competency).collect(),
            usually: p.usually,
            availability: p.availability.iter().map(|a| (a.span.into(), a.is)).collect(),
            duties: p.duties.iter().map(|d| (d.span.into(), d.kind)).collect(),
        });
        let sessions = rota.sessions.iter().map(|s| SessionN {
            at: s.span.into(),
            team: s.team.iter().map(person).collect(),
            state: s.state,
        });
        let assignments = rota.assignments.iter().map(|a| AssignmentN {
            post: post(&a.post),
            person: person(&a.person),
            at: a.span.into(),
            status: a.status,
        });
        let mut numbers = Self {
            rota,
            zone: rota.zone().name().parse().expect("a zone's own name"),
            offsets: RefCell::default(),
            first_quarter: 0,
            windows: windows.collect(),
            posts: posts.collect(),
            people: people.collect(),
            sessions: sessions.collect(),
            assignments: assignments.collect(),
            moments: vec![],
        };
        numbers.first_quarter = numbers.first_minute().div_euclid(15) - 4 * DAY / 15;
        numbers.moments = (0..numbers.windows.len()).map(|w| numbers.moments_of(w)).collect();
        numbers
    }

    fn moments_of(&self, w: usize) -> Vec<Moment> {
        let window = self.windows[w].at;
        (window.from..window.to)
            .map(|minute| {
                let (needs, counting) = (self.needs(w, minute), self.counting(minute));
                let tiers = (0..self.unit_count()).map(|u| self.tiers_of(u, &needs, &counting)).collect();
                Moment { minute, needs, counting, tiers }
            })
            .collect()
    }

    fn tiers_of(&self, u: usize, needs: &[u64], counting: &[Vec<usize>]) -> Vec<TierFigures> {
        let tier_count = self.rota.units[u].tiers.len();
        let mut tiers: Vec<TierFigures> = (0..tier_count)
            .map(|k| {
                let need = self.posts_from(u, k).map(|q| needs[q]).sum();
                let have = self.posts_from(u, k).map(|q| counting[q].len() as u64).sum();
                TierFigures { need, have, shortage: 0 }
            })
            .collect();
        let short = |tier: &TierFigures| tier.need.saturating_sub(tier.have);
        for k in 0..tier_count {
            let above = tiers[k + 1..].iter().map(short).max().unwrap_or(0);
            tiers[k].shortage = short(&tiers[k]).saturating_sub(above);
        }
        tiers
    }

    /// The posts of the unit that are not on call, at tier `k` or above.
    pub(super) fn posts_from(&self, u: usize, k: usize) -> impl Iterator<Item = usize> {
        let posts = self.posts.iter().enumerate();
        posts.filter(move |(_, post)| post.unit == u && !post.on_call && post.tier >= k).map(|(q, _)| q)
    }

    pub(super) fn unit_count(&self) -> usize {
        self.rota.units.len()
    }

    /// What the clock on the wall shows, in minutes since 1970-01-01 00:00 by that clock.
    pub(super) fn wall_clock(&self, minute: i64) -> i64 {
        // No zone changes its clocks but on a quarter of an hour in UTC; a test looks at every minute.
        let quarter = minute.div_euclid(15);
        let place = usize::try_from(quarter - self.first_quarter).expect("not long before all that is known");
        let mut offsets = self.offsets.borrow_mut();
        if offsets.len() <= place {
            offsets.resize(place + 1, None);
        }
        minute + *offsets[place].get_or_insert_with(|| offset(self.zone, quarter * 15))
    }

    /// The first minute that the rota speaks of.
    fn first_minute(&self) -> i64 {
        let windows = self.windows.iter().map(|w| w.at.from);
        let duties = self.people.iter().flat_map(|p| p.duties.iter().map(|(at, _)| at.from));
        let sessions = self.sessions.iter().map(|s| s.at.from);
        windows.chain(duties).chain(sessions).chain(self.assignments.iter().map(|a| a.at.from)).min().unwrap_or(0)
    }

    pub(super) fn time_of_day(&self, minute: i64) -> i64 {
        self.wall_clock(minute).rem_euclid(DAY)
    }

    /// need(q, t) for every post, `t` inside the window.
    fn needs(&self, w: usize, minute: i64) -> Vec<u64> {
        let window = &self.windows[w];
        let time = self.time_of_day(minute);
        let mut needs = vec![0; self.posts.len()];
        for line in &window.lines {
            if line.holds(time) && !window.closed[self.posts[line.post].unit] {
                needs[line.post] += line.count;
            }
        }
        needs
    }

    /// Who counts on each post at this minute, in the order of the rota's people. Judged under S_agreed.
    pub(super) fn counting(&self, minute: i64) -> Vec<Vec<usize>> {
        let mut counting = vec![Vec::new(); self.posts.len()];
        for a in &self.assignments {
            if a.is_agreed_at(minute)
                && !counting[a.post].contains(&a.person)
                && self.why_not(a.person, a.post, minute).is_empty()
            {
                counting[a.post].push(a.person);
            }
        }
        for people in &mut counting {
            people.sort_unstable();
        }
        counting
    }

    /// (a) to (f): why somebody with an agreed assignment to the post does not count on it at this minute.
    pub(super) fn why_not(&self, person: usize, post: usize, minute: i64) -> Vec<Code> {
        let mut why = Vec::new();
        let on_call = self.posts[post].on_call;
        if !on_call && self.is_on_another_post(person, post, minute) {
            why.push(Code::Dbl1);
        }
        if self.is_not_available(person, minute) {
            why.push(Code::Avl1);
        }
        if !self.is_in_scope(person, post) {
            why.push(Code::Scp1);
        }
        if self.lacks_competency(person, post) {
            why.push(Code::Skl1);
        }
        if !on_call && self.is_in_running_session(person, minute) {
            why.push(Code::Ses1);
        }
        if !on_call && self.is_on_duty_at_work_or_elsewhere(person, minute) {
            why.push(Code::Dty1);
        }
        why
    }

    fn is_on_another_post(&self, person: usize, post: usize, minute: i64) -> bool {
        self.assignments
            .iter()
            .any(|a| a.is_agreed_at(minute) && a.person == person && a.post != post && !self.posts[a.post].on_call)
    }

    pub(super) fn is_not_available(&self, person: usize, minute: i64) -> bool {
        let person = &self.people[person];
        let said = |is| person.availability.iter().any(|(at, a)| *a == is && at.holds(minute));
        if said(Availability::NotAvailable) {
            true
        } else if said(Availability::NotKnown) || said(Availability::Available) {
            false
        } else {
            person.usually == Availability::NotAvailable
        }
    }

    /// Whether somebody may cover any post of the unit at that tier.
    pub(super) fn may_cover_all_of(&self, person: usize, unit: usize, tier: usize) -> bool {
        let said = &self.people[person].may_cover[unit];
        said.as_ref().is_some_and(|said| said.up_to >= tier && said.only.is_empty())
    }

    pub(super) fn is_in_scope(&self, person: usize, post: usize) -> bool {
        let said = &self.people[person].may_cover[self.posts[post].unit];
        said.as_ref().is_some_and(|said| {
            said.up_to >= self.posts[post].tier && (said.only.is_empty() || said.only.contains(&post))
        })
    }

    /// need_1 of a unit at a moment.
    pub(super) fn need_of_unit(&self, u: usize, moment: &Moment) -> u64 {
        self.posts_from(u, 0).map(|q| moment.needs[q]).sum()
    }

    /// Whether nobody is normally in the unit at this minute, on purpose.
    pub(super) fn is_shut(&self, w: usize, u: usize, minute: i64) -> bool {
        let time = self.time_of_day(minute);
        self.windows[w].shut[u].iter().any(|(from, to)| holds_time(*from, *to, time))
    }

    pub(super) fn lacks_competency(&self, person: usize, post: usize) -> bool {
        self.posts[post].requires.iter().any(|c| !self.people[person].competencies.contains(c))
    }

    /// Under S_agreed what is to be postponed still runs.
    pub(super) fn is_in_running_session(&self, person: usize, minute: i64) -> bool {
        self.sessions
            .iter()
            .any(|s| s.state != SessionState::Postponed && s.at.holds(minute) && s.team.contains(&person))
    }

    pub(super) fn is_on_duty_at_work_or_elsewhere(&self, person: usize, minute: i64) -> bool {
        let duties = &self.people[person].duties;
        duties.iter().any(|(at, kind)| *kind != DutyKind::OnCall && at.holds(minute))
    }

    /// Whether this is an assignment to a post that is not on call.
    pub(super) fn is_presence(&self, a: &AssignmentN) -> bool {
        !self.posts[a.post].on_call
    }

    /// Where an assignment is: each window that it overlaps, with the unit of its post.
    pub(super) fn places(&self, a: &AssignmentN) -> Vec<(usize, usize)> {
        let windows = self.windows.iter().enumerate().filter(|(_, window)| window.at.overlaps(a.at));
        windows.map(|(w, _)| (w, self.posts[a.post].unit)).collect()
    }

    pub(super) fn row(&self, code: Code, severity: Severity, window: Option<usize>, unit: Option<usize>) -> Row {
        Row {
            window: window.map(|w| self.rota.windows[w].id.to_string()),
            unit: unit.map(|u| self.rota.units[u].id.to_string()),
            code,
            severity,
            span: None,
            tier: None,
            posts: vec![],
            people: vec![],
            not_counted: vec![],
            sessions: vec![],
            need: None,
            have: None,
            have_if_agreed: None,
            short: None,
        }
    }

    pub(super) fn tier_name(&self, unit: usize, tier: usize) -> String {
        self.rota.units[unit].tiers[tier].id.to_string()
    }

    pub(super) fn post_names(&self, posts: impl IntoIterator<Item = usize>) -> Vec<String> {
        sorted(posts.into_iter().map(|q| self.rota.posts[q].id.to_string()))
    }

    pub(super) fn people_names(&self, people: impl IntoIterator<Item = usize>) -> Vec<String> {
        sorted(people.into_iter().map(|p| self.rota.people[p].id.to_string()))
    }

    pub(super) fn session_names(&self, sessions: impl IntoIterator<Item = usize>) -> Vec<String> {
        sorted(sessions.into_iter().map(|s| self.rota.sessions[s].id.to_string()))
    }
}

impl LineN {
    pub(super) fn holds(&self, time_of_day: i64) -> bool {
        holds_time(self.from, self.to, time_of_day)
    }
}

/// `to` at or before `from` runs past midnight.
fn holds_time(from: i64, to: i64, time_of_day: i64) -> bool {
    if from < to { from <= time_of_day && time_of_day < to } else { from <= time_of_day || time_of_day < to }
}

/// Minutes by which the clock on the wall is ahead of UTC.
pub(super) fn offset(zone: Tz, minute: i64) -> i64 {
    let utc = DateTime::from_timestamp(minute * 60, 0).expect("a year that chrono knows").naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()).div_euclid(60)
}

/// Names in one order, so that lists compare as sets.
pub(super) fn sorted(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn clocks_change_on_quarters_of_an_hour_only() {
    for (zone, year, month, day) in crate::random::DAYS {
        let zone: Tz = zone.parse().expect("a zone");
        let midnight = chrono::NaiveDate::from_ymd_opt(year, month, day).and_then(|d| d.and_hms_opt(0, 0, 0));
        let minute = midnight.expect("a day").and_utc().timestamp() / 60;
        for minute in minute - 3 * DAY..minute + 3 * DAY {
            assert_eq!(offset(zone, minute), offset(zone, minute.div_euclid(15) * 15), "{zone}, {minute}");
        }
    }
}
