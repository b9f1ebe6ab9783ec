//! Small nasty rotas, the same for the same seed.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use cover_rota::model::{
    Assignment, AssignmentId, Availability, Available, Competency, CompetencyId, Duty, DutyKind, Instant, MayCover,
    Normal, NormalId, Person, PersonId, Post, PostId, Properties, Rota, Rules, Session, SessionId, SessionKind,
    SessionState, ShutHours, Span, StaffingLine, Status, Tier, TierId, TimeOfDay, Unit, UnitId, Window, WindowId, Zone,
};

/// Splitmix64: small, and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
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
    pub(crate) fn from_to(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()).cast_signed()
    }

    /// `true` so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.from_to(1, 100) <= percent
    }

    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
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
pub(crate) const DAYS: [(&str, i32, u32, u32); 14] = [
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
    tricks: BTreeSet<Trick>,
}

/// What has to turn up often enough for the two checkers to be compared on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trick {
    ShutHours,
    ShutOverMidnight,
    ShutWhereNobodyIsNeeded,
    StaffedForPartOfTheDay,
    ExampleFigures,
    OnlyThesePosts,
    DisguisedName,
    SameTelephone,
    SplitDays,
    DayAndNight,
    LongDaysThenAnother,
    WindowOfADay,
}

/// All of them.
pub(crate) const TRICKS: [Trick; 12] = [
    Trick::ShutHours,
    Trick::ShutOverMidnight,
    Trick::ShutWhereNobodyIsNeeded,
    Trick::StaffedForPartOfTheDay,
    Trick::ExampleFigures,
    Trick::OnlyThesePosts,
    Trick::DisguisedName,
    Trick::SameTelephone,
    Trick::SplitDays,
    Trick::DayAndNight,
    Trick::LongDaysThenAnother,
    Trick::WindowOfADay,
];

/// The rota of that seed; always sound.
pub(crate) fn rota(seed: u64) -> Rota {
    made(seed).0
}

/// The rota of that seed, and what was done to make it nasty.
pub(crate) fn made(seed: u64) -> (Rota, BTreeSet<Trick>) {
    let mut dice = Dice::new(seed);
    let kind = match dice.from_to(0, 9) {
        0..=3 => Kind::Coverage,
        4..=6 => Kind::NearlyRight,
        _ => Kind::People,
    };
    let (zone, year, month, day) = if dice.chance(50) { DAYS[2] } else { *dice.pick(&DAYS) };
    let grain = *dice.pick(&[60, 60, 30, 15, 15, 5, 1]);
    let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
    let day = day.and_hms_opt(0, 0, 0).expect("midnight");
    let zone = Zone::named(zone).expect("a zone that chrono-tz knows");
    let mut maker = Maker { dice, kind, zone, day, grain, tricks: BTreeSet::new() };
    let rota = maker.rota();
    (rota, maker.tricks)
}

impl Maker {
    fn rota(&mut self) -> Rota {
        let competencies = self.competencies();
        let units = self.units();
        let posts = self.posts(&units, &competencies);
        let mut normals = self.normals(&units, &posts);
        let windows = self.windows(&normals);
        let mut people = self.people(&units, &posts, &competencies, &windows);
        self.disguise(&mut people);
        let sessions = self.sessions(&people, &windows);
        let mut assignments = self.assignments(&posts, &people, &windows);
        if self.kind == Kind::NearlyRight {
            self.fill(&units, &windows, &mut normals, &posts, &people, &mut assignments);
        }
        self.shut(&units, &mut normals);
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
            Unit { senior_from, ..Unit::new(id(UnitId::new, "u", u), format!("Unit {u}"), tiers) }
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
            let tier = self.dice.pick(&unit.tiers).id.clone();
            Post {
                bleep: (*self.dice.pick(&["", "21", "22", "23", "24", "25"])).to_owned(),
                requires,
                essential: self.dice.chance(if nasty { 30 } else { 10 }),
                exclusive: self.dice.chance(20),
                on_call,
                ..Post::new(id(PostId::new, "q", q), unit.id.clone(), tier, format!("Post {q}"))
            }
        });
        posts.collect()
    }

    fn normals(&mut self, units: &[Unit], posts: &[Post]) -> Vec<Normal> {
        let times = self.dice.times(1, 2);
        let normals = times.map(|n| {
            let closed = units.iter().filter(|_| self.dice.chance(6)).map(|u| u.id.clone()).collect();
            let example = self.plays(if self.kind == Kind::NearlyRight { 4 } else { 15 }, Trick::ExampleFigures);
            let times = if posts.is_empty() { 0..0 } else { self.dice.times(0, 6) };
            let staffing = times.map(|_| {
                let from = self.time_of_day();
                let to = if self.dice.chance(15) { from } else { self.time_of_day() };
                let count = *self.dice.pick(&[0, 1, 1, 1, 1, 1, 2, 2, 3]);
                StaffingLine { post: self.dice.pick(posts).id.clone(), from, to, count }
            });
            Normal {
                closed,
                example,
                staffing: staffing.collect(),
                ..Normal::new(id(NormalId::new, "n", n), format!("Normal {n}"))
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
            let is_a_day = self.plays(5, Trick::WindowOfADay);
            let minutes = match self.kind {
                _ if is_a_day => *self.dice.pick(&[1439, 1440, 1441, 1470, 1500, 1501]),
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

    fn people(
        &mut self,
        units: &[Unit],
        posts: &[Post],
        competencies: &[Competency],
        windows: &[Window],
    ) -> Vec<Person> {
        let low = i64::from(!self.dice.chance(2));
        let times = match self.kind {
            Kind::People => self.dice.times(1, 3),
            Kind::NearlyRight => self.dice.times(3, 6),
            Kind::Coverage => self.dice.times(low, 6),
        };
        let nasty = self.kind != Kind::NearlyRight;
        let people = times.map(|p| {
            let mut may_cover = Vec::new();
            for unit in units {
                let top = unit.tiers.last().expect("a unit has tiers");
                if self.dice.chance(if nasty { 85 } else { 97 }) {
                    let up_to =
                        if self.dice.chance(if nasty { 50 } else { 90 }) { top } else { self.dice.pick(&unit.tiers) };
                    let own: Vec<PostId> = posts.iter().filter(|q| q.unit == unit.id).map(|q| q.id.clone()).collect();
                    let only = if !own.is_empty() && self.plays(if nasty { 20 } else { 10 }, Trick::OnlyThesePosts) {
                        let left_out = self.dice.pick(&own).clone();
                        own.into_iter().filter(|q| *q != left_out || self.dice.chance(50)).collect()
                    } else {
                        vec![]
                    };
                    may_cover.push(MayCover { unit: unit.id.clone(), up_to: up_to.id.clone(), only });
                }
            }
            let skilled = if nasty { 60 } else { 97 };
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
                family: (*self.dice.pick(FAMILIES)).to_owned(),
                given: (*self.dice.pick(&["", "Ann", "Bob", "Cat", " Ann", "Dan", "Zoé"])).to_owned(),
                phone: (*self.dice.pick(&["", "", "", "2140", "ext. 214055", "01603 555101", "01603 555102"]))
                    .to_owned(),
                rules,
                may_cover,
                competencies,
                usually,
                availability,
                duties,
                ..somebody(&format!("p{p}"))
            }
        });
        people.collect()
    }

    /// Somebody may be entered twice, under a name that only looks otherwise, or with the same telephone.
    fn disguise(&mut self, people: &mut [Person]) {
        let [.., one, two] = people else { return };
        if self.plays(25, Trick::DisguisedName) {
            (two.family, two.given) = (one.family.clone(), one.given.clone());
            for _ in self.dice.times(1, 2) {
                let disguise = self.dice.pick(DISGUISES);
                disguise(&mut two.family, &mut two.given);
            }
        }
        if self.plays(8, Trick::SameTelephone) {
            "(01603) 555-103".clone_into(&mut one.phone);
            "01603555103".clone_into(&mut two.phone);
        }
    }

    /// Hours in which nobody is normally there: any, or just those for which nobody is entered.
    fn shut(&mut self, units: &[Unit], normals: &mut [Normal]) {
        for normal in normals {
            for unit in units {
                for _ in self.dice.times(0, 1) {
                    if self.plays(50, Trick::ShutHours) {
                        let (from, to) = (self.time_of_day(), self.time_of_day());
                        if to <= from {
                            self.tricks.insert(Trick::ShutOverMidnight);
                        }
                        normal.shut.push(ShutHours { unit: unit.id.clone(), from, to });
                    }
                }
                let times: Vec<_> = normal.staffing.iter().map(|line| (line.to, line.from)).collect();
                if !times.is_empty() && self.plays(40, Trick::ShutWhereNobodyIsNeeded) {
                    let (from, to) = *self.dice.pick(&times);
                    if from != to {
                        normal.shut.push(ShutHours { unit: unit.id.clone(), from, to });
                    }
                }
            }
        }
    }

    /// So often in a hundred, and then it is counted.
    fn plays(&mut self, percent: i64, trick: Trick) -> bool {
        let happens = self.dice.chance(percent);
        if happens {
            self.tricks.insert(trick);
        }
        happens
    }

    fn duties(&mut self, windows: &[Window]) -> Vec<Duty> {
        let kinds = [DutyKind::Resident, DutyKind::OnCall, DutyKind::Other];
        let mut duties = Vec::new();
        let few = match self.kind {
            Kind::Coverage => 2,
            Kind::NearlyRight => i64::from(self.dice.chance(10)),
            Kind::People => 3,
        };
        for _ in self.dice.times(0, few) {
            let (from, minutes) = (self.near(windows), self.hours(1, 14).max(1));
            duties.push(Duty { span: self.span(from, minutes), kind: *self.dice.pick(&kinds), label: String::new() });
        }
        if self.kind == Kind::People {
            for (from, minutes) in self.shifts(windows) {
                let kind = if self.dice.chance(85) { DutyKind::Resident } else { *self.dice.pick(&kinds) };
                duties.push(Duty { span: self.span(from, minutes), kind, label: String::new() });
            }
        }
        duties
    }

    /// Shifts, each with its beginning and its length.
    fn shifts(&mut self, windows: &[Window]) -> Vec<(i64, i64)> {
        match self.dice.from_to(0, 11) {
            0..=2 => self.split_days(windows),
            3 | 4 => self.day_and_night(windows),
            5 | 6 => self.long_days(windows),
            _ => self.rhythm(),
        }
    }

    /// A minute more, a minute less, or just so.
    fn about(&mut self, minutes: i64) -> i64 {
        minutes + *self.dice.pick(&[-1, 0, 0, 0, 1])
    }

    /// Days of two or three spells, that keep within a duty day or just do not.
    fn split_days(&mut self, windows: &[Window]) -> Vec<(i64, i64)> {
        self.tricks.insert(Trick::SplitDays);
        let mut shifts = Vec::new();
        let mut day = self.near(windows) - self.hours(0, 72);
        for _ in self.dice.times(1, 4) {
            let (spells, whole) = (self.dice.from_to(2, 3), *self.dice.pick(&[10, 13, 13, 13, 14, 16, 16, 17]) * 60);
            let (whole, break_) = (self.about(whole), self.hours(1, 3).max(1));
            let worked = (whole - break_ * (spells - 1)) / spells;
            for spell in 0..spells {
                let from = spell * (worked + break_);
                let to = if spell == spells - 1 { whole } else { from + worked };
                shifts.push((day + from, to - from));
            }
            day += whole + *self.dice.pick(&[7 * 60 + 59, 8 * 60, 10 * 60 + 59, 11 * 60, 14 * 60]);
        }
        shifts
    }

    /// A day, a rest about as long as it has to be, and a night.
    fn day_and_night(&mut self, windows: &[Window]) -> Vec<(i64, i64)> {
        self.tricks.insert(Trick::DayAndNight);
        let (day, length) = (self.near(windows) - self.hours(0, 24), self.hours(2, 12).max(1));
        let rest = *self.dice.pick(&[3 * 60, 4 * 60, 8 * 60, 11 * 60]);
        let night = day + length + self.about(rest);
        vec![(day, length), (night, self.hours(3, 13).max(1))]
    }

    /// As many long days in a row as may be, one more or less, and then another spell.
    fn long_days(&mut self, windows: &[Window]) -> Vec<(i64, i64)> {
        self.tricks.insert(Trick::LongDaysThenAnother);
        let mut shifts = Vec::new();
        let mut from = self.near(windows) - self.hours(0, 24 * 6);
        for _ in self.dice.times(3, 6) {
            let length = if self.dice.chance(5) { 10 * 60 } else { 12 * 60 };
            let length = self.about(length);
            shifts.push((from, length));
            from += length + *self.dice.pick(&[11 * 60, 12 * 60, 12 * 60, 14 * 60]);
        }
        let rest = *self.dice.pick(&[11 * 60, 24 * 60, 46 * 60, 48 * 60]);
        if let Some((from, length)) = shifts.last().copied() {
            shifts.push((from + length + self.about(rest), self.hours(1, 12).max(1)));
        }
        shifts
    }

    /// A run of shifts with a rhythm of its own, sometimes broken.
    fn rhythm(&mut self) -> Vec<(i64, i64)> {
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
            let (id, span) = (id(SessionId::new, "s", s), self.span(from, minutes));
            let session = Session::new(id, SessionKind::Clinic, format!("Session {s}"), span);
            let state = *self.dice.pick(&states);
            Session { team, appointments, inpatient, day_case, state, ..session }
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
            Kind::NearlyRight => i64::from(self.dice.chance(50)),
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
            for (from, minutes) in self.shifts(windows) {
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
        units: &[Unit],
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
            if self.dice.chance(90) {
                let (mut from, mut to) = (midnight, midnight);
                if self.plays(30, Trick::StaffedForPartOfTheDay) {
                    (from, to) = (self.time_of_day(), self.time_of_day());
                }
                if from != to && self.dice.chance(80) {
                    normal.shut = units.iter().map(|u| ShutHours { unit: u.id.clone(), from: to, to: from }).collect();
                }
                let times = self.dice.times(1, 2);
                normal.staffing = times
                    .map(|_| {
                        let post = self.dice.pick(posts).id.clone();
                        StaffingLine { post, from, to, count: 1 }
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
                if self.dice.chance(5) {
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

/// Somebody of whom nothing is known.
pub(crate) fn somebody(id: &str) -> Person {
    Person::new(PersonId::new(id).expect("letters and digits"), "")
}

const FAMILIES: &[&str] = &["", "Ash", "Birch", "ash", "Elm", "Fir", "Oak-Lea", "O'Yew", "Yew"];

/// Ways to write the same name (family, given) otherwise. The last three make it another's.
const DISGUISES: &[fn(&mut String, &mut String)] = &[
    std::mem::swap,
    |family, given| {
        *family = format!("{given} {family}");
        given.clear();
    },
    |family, _| *family = format!("Dr {family}"),
    |_, given| *given = format!("Prof. {given}"),
    |family, _| *family = family.to_uppercase(),
    |family, _| *family = family.replace('\'', "’"),
    |family, _| *family = family.replace('-', "\u{2011}"),
    |family, _| *family = family.replace('-', " "),
    |family, _| *family = format!("\u{a0}{family}  "),
    |family, _| *family = family.chars().flat_map(|c| [c, '\u{200b}']).collect(),
    |_, given| *given = given.replace('a', "\u{430}").replace('A', "\u{410}"),
    |family, _| *family = family.replace('m', "rn"),
    |family, _| *family = family.replace('B', "\u{412}"),
    |family, _| *family = family.replace("Fi", "\u{fb01}"),
    |family, _| *family = family.replace('A', "\u{ff21}"),
    |_, given| *given = given.replace('é', "e\u{301}"),
    |_, given| *given = given.replace('é', "e"),
    |family, _| family.push('e'),
    |_, given| *given = format!("{given} M"),
];

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

#[test]
fn each_trick_is_played_often_enough() {
    let played: Vec<Trick> = (0..500).flat_map(|seed| made(seed).1).collect();
    for trick in TRICKS {
        let times = played.iter().filter(|t| **t == trick).count();
        assert!(times >= 25, "{trick:?} in {times} of 500 random rotas");
    }
}
