//! Small nasty rotas, the same for the same seed.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, Instant, MayCover,
    Normal, NormalId, Person, PersonId, Post, PostId, Properties, Rota, Rules, Session, SessionId, SessionKind,
    SessionState, Span, StaffingLine, Status, Tier, TierId, TimeOfDay, Unit, UnitId, Window, WindowId, Zone,
};

/// Splitmix64: small, and the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    #[allow(clippy::wrong_self_convention, reason = "a number from low to high")]
    pub fn from_to(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()).cast_signed()
    }

    /// `true` so many times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.from_to(1, 100) <= percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let last = i64::try_from(list.len()).expect("a short list") - 1;
        &list[usize::try_from(self.from_to(0, last)).expect("not negative")]
    }

    fn times(&mut self, low: i64, high: i64) -> std::ops::Range<i64> {
        0..self.from_to(low, high)
    }
}

/// What a rota is meant to try out most.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Short windows, many clashes.
    Coverage,
    /// As a walkout is, nearly right: so that there are covered ones too.
    NearlyRight,
    /// Few people over many days.
    People,
}

/// Zone, and a day on or beside which the clocks change there (or not).
pub const DAYS: [(&str, i32, u32, u32); 14] = [
    ("Europe/London", 2026, 3, 29),
    ("Europe/London", 2026, 10, 25),
    ("Europe/London", 2026, 4, 26),
    ("Europe/London", 2016, 4, 26),
    ("Europe/London", 2016, 3, 27),
    ("Europe/London", 2016, 10, 30),
    ("Australia/Lord_Howe", 2026, 4, 5),
    ("Australia/Lord_Howe", 2026, 10, 4),
    ("America/St_Johns", 2026, 11, 1),
    ("Asia/Kathmandu", 2026, 5, 5),
    ("Africa/Cairo", 2026, 10, 30),
    ("America/Santiago", 2026, 9, 6),
    ("Pacific/Apia", 2011, 12, 30),
    ("UTC", 2026, 6, 1),
];

struct Maker {
    dice: Dice,
    kind: Kind,
    zone: Zone,
    /// The civil midnight that times are counted from.
    day: NaiveDateTime,
    /// Times are multiples of so many minutes, mostly.
    grain: i64,
}

/// The rota of that seed; always sound.
pub fn rota(seed: u64) -> Rota {
    let mut dice = Dice::new(seed);
    let kind = match dice.from_to(0, 9) {
        0..=4 => Kind::Coverage,
        5..=7 => Kind::NearlyRight,
        _ => Kind::People,
    };
    let (zone, year, month, day) = if dice.chance(50) { DAYS[2] } else { *dice.pick(&DAYS) };
    let grain = *dice.pick(&[60, 60, 30, 15, 15, 5, 1]);
    let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
    let day = day.and_hms_opt(0, 0, 0).expect("midnight");
    let zone = Zone::named(zone).expect("a zone that chrono-tz knows");
    Maker { dice, kind, zone, day, grain }.rota()
}

impl Maker {
    fn rota(&mut self) -> Rota {
        let competencies = self.competencies();
        let units = self.units();
        let posts = self.posts(&units, &competencies);
        let mut normals = self.normals(&units, &posts);
        let windows = self.windows(&normals);
        let people = self.people(&units, &competencies, &windows);
        let sessions = self.sessions(&people, &windows);
        let mut assignments = self.assignments(&posts, &people, &windows);
        if self.kind == Kind::NearlyRight {
            self.fill(&windows, &mut normals, &posts, &people, &mut assignments);
        }
        let properties = Properties { title: "Random".to_owned(), zone: self.zone, ..Rota::empty().properties };
        Rota {
            properties,
            windows,
            competencies,
            units,
            posts,
            normals,
            people,
            sessions,
            assignments,
            ..Rota::empty()
        }
    }

    /// The instant so many minutes by the wall clock after the first midnight.
    fn at(&mut self, minutes: i64) -> Instant {
        let later = self.dice.chance(50);
        let local = self.day + TimeDelta::minutes(minutes);
        self.zone.instant(local, later).unwrap_or_else(|_| self.zone.instant_or_next(local))
    }

    /// A span of wall clock times, at least a minute long.
    fn span(&mut self, from: i64, minutes: i64) -> Span {
        let from_at = self.at(from);
        let to = self.at(from + minutes);
        Span::new(from_at, to.max(from_at.plus(1)))
    }

    /// So many hours, on the grain but for a few.
    fn hours(&mut self, low: i64, high: i64) -> i64 {
        let grain = if self.dice.chance(5) { 1 } else { self.grain };
        self.dice.from_to(low * 60 / grain, high * 60 / grain) * grain
    }

    fn time_of_day(&mut self) -> TimeOfDay {
        let minutes = self.hours(0, 23);
        TimeOfDay::from_minutes(u16::try_from(minutes).expect("under a day")).expect("under a day")
    }

    fn competencies(&mut self) -> Vec<Competency> {
        let times = self.dice.times(0, 2);
        times.map(|i| Competency { id: id(CompetencyId::new, "c", i), name: format!("Skill {i}") }).collect()
    }

    fn units(&mut self) -> Vec<Unit> {
        let low = i64::from(!self.dice.chance(3));
        let times = self.dice.times(low, 2);
        let units = times.map(|u| {
            let tiers: Vec<Tier> = self
                .dice
                .times(1, 3)
                .map(|t| Tier { id: id(TierId::new, "t", t), name: format!("Tier {t}") })
                .collect();
            let senior_from = self.dice.chance(40).then(|| self.dice.pick(&tiers).id.clone());
            Unit {
                id: id(UnitId::new, "u", u),
                name: format!("Unit {u}"),
                tiers,
                senior_from,
                handovers: vec![],
                escalation: String::new(),
            }
        });
        units.collect()
    }

    fn posts(&mut self, units: &[Unit], competencies: &[Competency]) -> Vec<Post> {
        if units.is_empty() {
            return vec![];
        }
        let nasty = self.kind != Kind::NearlyRight;
        let low = i64::from(!self.dice.chance(2));
        let times = self.dice.times(low, if self.kind == Kind::People { 3 } else { 5 });
        let posts = times.map(|q| {
            let unit = self.dice.pick(units);
            let on_call = self.dice.chance(20);
            let requires = if !competencies.is_empty() && self.dice.chance(25) {
                vec![self.dice.pick(competencies).id.clone()]
            } else {
                vec![]
            };
            Post {
                id: id(PostId::new, "q", q),
                unit: unit.id.clone(),
                name: format!("Post {q}"),
                tier: self.dice.pick(&unit.tiers).id.clone(),
                bleep: (*self.dice.pick(&["", "21", "22", "23", "24", "25"])).to_owned(),
                requires,
                essential: self.dice.chance(if nasty { 30 } else { 10 }),
                exclusive: self.dice.chance(20),
                on_call,
                note: String::new(),
            }
        });
        posts.collect()
    }

    fn normals(&mut self, units: &[Unit], posts: &[Post]) -> Vec<Normal> {
        let times = self.dice.times(1, 2);
        let normals = times.map(|n| {
            let closed = units.iter().filter(|_| self.dice.chance(6)).map(|u| u.id.clone()).collect();
            let times = if posts.is_empty() { 0..0 } else { self.dice.times(0, 6) };
            let staffing = times.map(|_| {
                let from = self.time_of_day();
                let to = if self.dice.chance(15) { from } else { self.time_of_day() };
                let count = *self.dice.pick(&[0, 1, 1, 1, 1, 1, 2, 2, 3]);
                StaffingLine { post: self.dice.pick(posts).id.clone(), from, to, count }
            });
            Normal {
                id: id(NormalId::new, "n", n),
                name: format!("Normal {n}"),
                agreed_by: String::new(),
                agreed_on: String::new(),
                closed,
                shut: vec![],
                example: false,
                staffing: staffing.collect(),
            }
        });
        normals.collect()
    }

    fn windows(&mut self, normals: &[Normal]) -> Vec<Window> {
        let low = i64::from(!self.dice.chance(2));
        let times = match self.kind {
            Kind::People => self.dice.times(1, 5),
            _ => self.dice.times(low, 3),
        };
        let mut next = 0;
        let windows = times.map(|w| {
            let from = if self.dice.chance(60) { next } else { self.hours(-12, 48) };
            let minutes = match self.kind {
                Kind::People => self.hours(1, 6),
                _ if self.dice.chance(8) => self.hours(20, 30),
                _ => self.hours(1, 10),
            }
            .max(1);
            next = match self.dice.from_to(0, 3) {
                0 => from + minutes,
                1 => from + 24 * 60,
                2 => from + 48 * 60,
                _ => from + self.hours(0, 30),
            };
            let normal = self.dice.pick(normals).id.clone();
            Window { id: id(WindowId::new, "w", w), label: String::new(), span: self.span(from, minutes), normal }
        });
        windows.collect()
    }

    /// Wall clock minutes after the first midnight, in or near a window.
    fn near(&mut self, windows: &[Window]) -> i64 {
        let base = if windows.is_empty() {
            0
        } else {
            let at = self.dice.pick(windows).span.from;
            (self.zone.civil(at).local - self.day).num_minutes()
        };
        if self.dice.chance(30) { base } else { base + self.hours(-6, 9) }
    }

    fn people(&mut self, units: &[Unit], competencies: &[Competency], windows: &[Window]) -> Vec<Person> {
        let low = i64::from(!self.dice.chance(2));
        let times = match self.kind {
            Kind::People => self.dice.times(1, 3),
            _ => self.dice.times(low, 6),
        };
        let nasty = self.kind != Kind::NearlyRight;
        let people = times.map(|p| {
            let mut may_cover = Vec::new();
            for unit in units {
                let top = unit.tiers.last().expect("a unit has tiers");
                if self.dice.chance(85) {
                    let up_to = if self.dice.chance(50) { top } else { self.dice.pick(&unit.tiers) };
                    may_cover.push(MayCover::up_to(unit.id.clone(), up_to.id.clone()));
                }
            }
            let skilled = if nasty { 60 } else { 90 };
            let competencies =
                competencies.iter().filter(|_| self.dice.chance(skilled)).map(|c| c.id.clone()).collect();
            let usually = *self.dice.pick(&[
                Availability::Available,
                Availability::NotKnown,
                Availability::NotKnown,
                if nasty { Availability::NotAvailable } else { Availability::Available },
            ]);
            let spoken = if nasty { self.dice.times(0, 3) } else { 0..0 };
            let availability = spoken.map(|_| {
                let (from, minutes) = (self.near(windows), self.hours(1, 12).max(1));
                let all = [Availability::Available, Availability::NotKnown, Availability::NotAvailable];
                Available { span: self.span(from, minutes), is: *self.dice.pick(&all) }
            });
            let availability = availability.collect();
            let duties = self.duties(windows);
            let rules = *self.dice.pick(&Rules::ALL);
            Person {
                id: id(PersonId::new, "p", p),
                initials: (*self.dice.pick(&["", "AA", "BB", "CC", "DD", "EE", "aa ", "FF", "GG", "HH"])).to_owned(),
                family: (*self.dice.pick(&["", "Ash", "Birch", "ash", "Elm", "Fir", "Oak", "Yew"])).to_owned(),
                given: (*self.dice.pick(&["", "Ann", "Bob", "Cat", " Ann", "Dan"])).to_owned(),
                grade: String::new(),
                specialty: String::new(),
                phone: String::new(),
                rules,
                may_cover,
                competencies,
                usually,
                availability,
                duties,
            }
        });
        people.collect()
    }

    fn duties(&mut self, windows: &[Window]) -> Vec<Duty> {
        let kinds = [DutyKind::Resident, DutyKind::OnCall, DutyKind::Other];
        let mut duties = Vec::new();
        let few = match self.kind {
            Kind::Coverage => 2,
            Kind::NearlyRight => i64::from(self.dice.chance(20)),
            Kind::People => 3,
        };
        for _ in self.dice.times(0, few) {
            let (from, minutes) = (self.near(windows), self.hours(1, 14).max(1));
            duties.push(Duty { span: self.span(from, minutes), kind: *self.dice.pick(&kinds), label: String::new() });
        }
        if self.kind == Kind::People {
            for (from, minutes) in self.shifts() {
                let kind = if self.dice.chance(85) { DutyKind::Resident } else { *self.dice.pick(&kinds) };
                duties.push(Duty { span: self.span(from, minutes), kind, label: String::new() });
            }
        }
        duties
    }

    /// A run of shifts with a rhythm of its own, sometimes broken.
    fn shifts(&mut self) -> Vec<(i64, i64)> {
        let mut shifts = Vec::new();
        let mut from = self.hours(-24 * 12, 24);
        let (mut length, mut rest) = (self.hours(4, 15), self.hours(5, 50));
        for _ in self.dice.times(0, 14) {
            shifts.push((from, length.max(1)));
            from += length.max(1) + rest;
            if self.dice.chance(25) {
                length = self.hours(2, 26);
            }
            if self.dice.chance(25) {
                rest = *self.dice.pick(&[7 * 60, 8 * 60, 10 * 60 + 59, 11 * 60, 23 * 60, 24 * 60, 46 * 60, 48 * 60]);
            }
            if self.dice.chance(10) {
                rest = self.hours(0, 60);
            }
        }
        shifts
    }

    fn sessions(&mut self, people: &[Person], windows: &[Window]) -> Vec<Session> {
        let times = match self.kind {
            Kind::Coverage => self.dice.times(0, 4),
            Kind::NearlyRight => self.dice.times(0, 1),
            Kind::People => self.dice.times(0, 2),
        };
        let sessions = times.map(|s| {
            let (from, minutes) = (self.near(windows), self.hours(1, 6).max(1));
            let team = people.iter().filter(|_| self.dice.chance(35)).map(|p| p.id.clone()).collect();
            let states = [SessionState::Running, SessionState::ToPostpone, SessionState::Postponed];
            let mut count = || u32::try_from(self.dice.from_to(0, 20)).expect("not negative");
            let (appointments, inpatient, day_case) = (count(), count(), count());
            Session {
                id: id(SessionId::new, "s", s),
                kind: SessionKind::Clinic,
                title: format!("Session {s}"),
                specialty: String::new(),
                span: self.span(from, minutes),
                team,
                appointments,
                inpatient,
                day_case,
                protected: false,
                state: *self.dice.pick(&states),
                locked: false,
                note: String::new(),
            }
        });
        sessions.collect()
    }

    fn status(&mut self) -> Status {
        use Status::{Agreed, Asked, Declined, Proposed};
        *self.dice.pick(&[Agreed, Agreed, Agreed, Agreed, Asked, Proposed, Declined])
    }

    fn assignments(&mut self, posts: &[Post], people: &[Person], windows: &[Window]) -> Vec<Assignment> {
        if posts.is_empty() || people.is_empty() {
            return vec![];
        }
        let many = match self.kind {
            Kind::Coverage => 12,
            Kind::NearlyRight => 2,
            Kind::People => 6,
        };
        let mut assignments = Vec::new();
        for _ in self.dice.times(0, many) {
            let (from, minutes) = (self.near(windows), self.hours(1, 10).max(1));
            let span = self.span(from, minutes);
            let (post, person) = (self.dice.pick(posts).id.clone(), self.dice.pick(people).id.clone());
            push(&mut assignments, post, person, span, self.status());
        }
        if self.kind == Kind::People {
            let own = self.dice.pick(posts).id.clone();
            let person = self.dice.pick(people).id.clone();
            for (from, minutes) in self.shifts() {
                let post = if self.dice.chance(80) { own.clone() } else { self.dice.pick(posts).id.clone() };
                let span = self.span(from, minutes);
                let status = if self.dice.chance(70) { Status::Agreed } else { self.status() };
                push(&mut assignments, post, person.clone(), span, status);
            }
        }
        assignments
    }

    /// Puts people where a normal day has them, mostly, and staffs each unit for most of the time.
    fn fill(
        &mut self,
        windows: &[Window],
        normals: &mut [Normal],
        posts: &[Post],
        people: &[Person],
        assignments: &mut Vec<Assignment>,
    ) {
        if posts.is_empty() || people.is_empty() {
            return;
        }
        let midnight = TimeOfDay::from_minutes(0).expect("a time of day");
        for normal in normals.iter_mut() {
            for line in &mut normal.staffing {
                line.count = line.count.min(1);
            }
            if self.dice.chance(80) {
                let times = self.dice.times(1, 2);
                normal.staffing = times
                    .map(|_| {
                        let post = self.dice.pick(posts).id.clone();
                        StaffingLine { post, from: midnight, to: midnight, count: 1 }
                    })
                    .collect();
            }
        }
        let status = self.status();
        for window in windows {
            let normal = normals.iter().find(|n| n.id == window.normal).expect("the window's own");
            let first = self.dice.from_to(0, 5);
            for (i, line) in normal.staffing.iter().enumerate() {
                let by_turns = usize::try_from(first).expect("not negative") + i;
                let status = if self.dice.chance(85) { Status::Agreed } else { status };
                let post = if self.dice.chance(95) { line.post.clone() } else { self.dice.pick(posts).id.clone() };
                let mut span = window.span;
                if self.dice.chance(10) {
                    span.from = span.from.plus(self.grain);
                }
                if span.is_empty() || self.dice.chance(4) {
                    continue;
                }
                if self.dice.chance(20) && span.minutes() > 1 {
                    let middle = span.from.plus(self.dice.from_to(1, span.minutes() - 1));
                    let person = self.dice.pick(people).id.clone();
                    push(assignments, post.clone(), person, Span::new(middle, span.to), status);
                    span.to = middle;
                }
                push(assignments, post, people[by_turns % people.len()].id.clone(), span, status);
            }
        }
    }
}

fn push(assignments: &mut Vec<Assignment>, post: PostId, person: PersonId, span: Span, status: Status) {
    let id = id(AssignmentId::new, "a", i64::try_from(assignments.len()).expect("few"));
    assignments.push(Assignment { id, post, person, span, status, locked: false, note: String::new() });
}

fn id<I, E: std::fmt::Debug>(new: impl Fn(&str) -> Result<I, E>, prefix: &str, number: i64) -> I {
    new(&format!("{prefix}{number}")).expect("letters and digits")
}

#[test]
fn random_rotas_are_sound_and_the_same_again() {
    for seed in 0..500 {
        let made = rota(seed);
        assert_eq!(cover_rota::model::faults(&made), [], "seed {seed}");
        assert_eq!(made, rota(seed), "seed {seed}");
    }
}
