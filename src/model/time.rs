//! Time: instants in whole minutes, half-open spans, and civil time through the rota's zone.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Timelike};
use thiserror::Error;

/// The civil years a rota may speak of.
pub const YEARS: RangeInclusive<i32> = 2000..=2100;

/// A moment, in whole minutes since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The moment so many elapsed minutes later (earlier if negative).
    pub const fn plus(self, minutes: i64) -> Self {
        Self(self.0 + minutes)
    }

    /// Elapsed minutes from here to `later`; negative if that is earlier.
    pub const fn minutes_until(self, later: Self) -> i64 {
        later.0 - self.0
    }

    /// The same moment as civil time in UTC.
    pub fn utc(self) -> NaiveDateTime {
        DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::minutes(self.0)
    }

    /// The moment at which clocks in UTC show `civil`; seconds are dropped.
    pub fn from_utc(civil: NaiveDateTime) -> Self {
        Self(civil.and_utc().timestamp().div_euclid(60))
    }
}

/// A stretch of time `[from, to)`. What a rota holds is never empty: see [`crate::model::faults`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first minute of it.
    pub from: Instant,
    /// The first minute after it.
    pub to: Instant,
}

impl Span {
    /// The span from `from` to `to`.
    pub const fn new(from: Instant, to: Instant) -> Self {
        Self { from, to }
    }

    /// Elapsed minutes, 0 if it is empty.
    pub fn minutes(self) -> i64 {
        self.from.minutes_until(self.to).max(0)
    }

    /// Whether no minute lies in it.
    pub fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// Whether `at` lies in it.
    pub fn contains(self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether every minute of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        other.is_empty() || self.from <= other.from && other.to <= self.to
    }

    /// Whether the two share a minute.
    pub fn overlaps(self, other: Self) -> bool {
        self.overlap(other).is_some()
    }

    /// The minutes that both hold, if any.
    pub fn overlap(self, other: Self) -> Option<Self> {
        let both = Self::new(self.from.max(other.from), self.to.min(other.to));
        (!both.is_empty()).then_some(both)
    }

    /// From the earliest beginning to the latest end of them; nothing of none.
    pub fn around(spans: impl IntoIterator<Item = Self>) -> Option<Self> {
        spans.into_iter().reduce(|a, b| Self::new(a.from.min(b.from), a.to.max(b.to)))
    }

    /// What is left of it without `other`: before and after, each where not empty.
    pub fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let cut = self.overlap(other).unwrap_or(Self::new(self.to, self.to));
        [Self::new(self.from, cut.from), Self::new(cut.to, self.to)].into_iter().filter(|s| !s.is_empty())
    }
}

/// A text is not a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a time of day is written HH:MM, 00:00 to 23:59")]
pub struct NoTimeOfDay;

/// A time of day by the clock on the wall, `00:00` to `23:59`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The time so many minutes after `00:00`, if that is before 24:00.
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes < 24 * 60 { Some(Self(minutes)) } else { None }
    }

    /// The time of day that clocks show at `civil`.
    pub fn of(civil: NaiveDateTime) -> Self {
        Self(u16::try_from(civil.hour() * 60 + civil.minute()).unwrap_or(0))
    }

    /// Minutes after `00:00`, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// Whether this time of day lies in `[from, to)`, running past midnight where `to` is at or before `from`.
    pub fn is_within(self, from: Self, to: Self) -> bool {
        if from < to { from <= self && self < to } else { self >= from || self < to }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = NoTimeOfDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.as_bytes();
        if digits.len() != 5 || digits[2] != b':' {
            return Err(NoTimeOfDay);
        }
        let two = |i: usize| match (digits[i], digits[i + 1]) {
            (a @ b'0'..=b'9', b @ b'0'..=b'9') => Ok(u16::from(a - b'0') * 10 + u16::from(b - b'0')),
            _ => Err(NoTimeOfDay),
        };
        let (hours, minutes) = (two(0)?, two(3)?);
        if hours < 24 && minutes < 60 { Ok(Self(hours * 60 + minutes)) } else { Err(NoTimeOfDay) }
    }
}

/// A civil time in some zone, and whether it is the later of two that read the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// What the clock on the wall shows.
    pub local: NaiveDateTime,
    /// `true` only in an hour that happens twice, the second time.
    pub later: bool,
}

/// The clocks went forward over this civil time: it does not exist in the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the clocks go forward over this time")]
pub struct Skipped;

/// A time zone by its IANA name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);
    /// Where this program was born.
    pub const LONDON: Self = Self(chrono_tz::Tz::Europe__London);

    /// The zone of that IANA name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Its IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// All zone names, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Minutes by which civil time is ahead of UTC at `at`.
    pub fn offset_minutes(self, at: Instant) -> i64 {
        i64::from(self.0.offset_from_utc_datetime(&at.utc()).fix().local_minus_utc()).div_euclid(60)
    }

    /// What clocks in the zone show at `at`.
    pub fn civil(self, at: Instant) -> Civil {
        let local = at.utc() + TimeDelta::minutes(self.offset_minutes(at));
        let later = match self.0.from_local_datetime(&local) {
            MappedLocalTime::Ambiguous(_, later) => Instant::from_utc(later.naive_utc()) == at,
            _ => false,
        };
        Civil { local, later }
    }

    /// The moment at which clocks in the zone show `local`: the earlier one in an hour that happens twice, unless
    /// `later` asks for the other. `later` changes nothing where there is one only.
    ///
    /// # Errors
    /// [`Skipped`] where the clocks go forward over that time.
    pub fn instant(self, local: NaiveDateTime, later: bool) -> Result<Instant, Skipped> {
        match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(at) => Ok(Instant::from_utc(at.naive_utc())),
            MappedLocalTime::Ambiguous(a, b) => {
                let (first, second) = if a <= b { (a, b) } else { (b, a) };
                Ok(Instant::from_utc(if later { second } else { first }.naive_utc()))
            }
            MappedLocalTime::None => Err(Skipped),
        }
    }

    /// The moment at which clocks show `local`, or, where they go forward over it, the first moment after that.
    pub fn instant_or_next(self, local: NaiveDateTime) -> Instant {
        // A zone that moved over the date line skipped a whole day.
        (0..=24 * 60)
            .find_map(|minutes| self.instant(local + TimeDelta::minutes(minutes), false).ok())
            .unwrap_or_else(|| Instant::from_utc(local))
    }

    /// The moment the civil day `date` begins.
    pub fn midnight(self, date: NaiveDate) -> Instant {
        self.instant_or_next(date.and_hms_opt(0, 0, 0).unwrap_or_default())
    }

    /// The time of day that clocks in the zone show at `at`.
    pub fn time_of_day(self, at: Instant) -> TimeOfDay {
        TimeOfDay::of(at.utc() + TimeDelta::minutes(self.offset_minutes(at)))
    }

    /// `span` cut where the clocks change: each part with the minutes by which civil time is ahead of UTC in it.
    pub fn steady_parts(self, span: Span) -> Vec<(Span, i64)> {
        let mut parts = Vec::with_capacity(1);
        let mut from = span.from;
        while from < span.to {
            let offset = self.offset_minutes(from);
            let to = self.next_change(from, span.to, offset);
            parts.push((Span::new(from, to), offset));
            from = to;
        }
        parts
    }

    /// The first moment after `from`, and at most `end`, at which the offset is no longer `offset`.
    fn next_change(self, from: Instant, end: Instant, offset: i64) -> Instant {
        // No zone changes its clocks twice in six hours, so a step of that length cannot jump over two changes.
        const STEP_MINUTES: i64 = 6 * 60;
        let mut same = from;
        while same < end {
            let probe = Instant(same.0 + STEP_MINUTES).min(end);
            if self.offset_minutes(probe) == offset {
                same = probe;
                continue;
            }
            let (mut low, mut high) = (same.0, probe.0);
            while high - low > 1 {
                let middle = i64::midpoint(low, high);
                if self.offset_minutes(Instant(middle)) == offset { low = middle } else { high = middle }
            }
            return Instant(high);
        }
        end
    }

    /// The parts of `span` at which the time of day lies in `[from, to)`, in order; touching parts are one.
    ///
    /// In the hour that happens twice, both times count.
    pub fn daily_parts(self, span: Span, from: TimeOfDay, to: TimeOfDay) -> Vec<Span> {
        daily_parts(self.steady_parts(span), from, to)
    }
}

/// The same of a stretch that is cut where the clocks change.
pub(super) fn daily_parts(steady_parts: Vec<(Span, i64)>, from: TimeOfDay, to: TimeOfDay) -> Vec<Span> {
    const DAY: i64 = 24 * 60;
    let (start, end) = (i64::from(from.0), i64::from(to.0));
    let length = if start < end { end - start } else { DAY - start + end };
    let mut parts: Vec<Span> = Vec::new();
    for (steady, offset) in steady_parts {
        let mut day = (steady.from.0 + offset).div_euclid(DAY) - 1;
        while day * DAY + start - offset < steady.to.0 {
            let begin = Instant(day * DAY + start - offset);
            if let Some(part) = steady.overlap(Span::new(begin, begin.plus(length))) {
                match parts.last_mut() {
                    Some(last) if last.to == part.from => last.to = part.to,
                    _ => parts.push(part),
                }
            }
            day += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    fn tod(text: &str) -> TimeOfDay {
        text.parse().unwrap()
    }

    fn london(text: &str) -> Instant {
        Zone::LONDON.instant(at(text), false).unwrap()
    }

    #[test]
    fn a_time_of_day_is_five_characters() {
        assert_eq!(tod("00:00").minutes(), 0);
        assert_eq!(tod("23:59").to_string(), "23:59");
        for bad in ["24:00", "9:00", "09:60", "0900", "09:00 ", "+9:00", "٠٩:٠٠", ""] {
            assert!(bad.parse::<TimeOfDay>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_line_at_or_past_midnight_wraps() {
        assert!(tod("23:00").is_within(tod("20:00"), tod("08:00")));
        assert!(tod("07:59").is_within(tod("20:00"), tod("08:00")));
        assert!(!tod("08:00").is_within(tod("20:00"), tod("08:00")));
        assert!(tod("03:00").is_within(tod("08:00"), tod("08:00")), "the same time twice is the whole day");
    }

    #[test]
    fn civil_time_round_trips_through_the_hour_that_happens_twice() {
        let first = Zone::LONDON.instant(at("2026-10-25T01:30"), false).unwrap();
        let second = Zone::LONDON.instant(at("2026-10-25T01:30"), true).unwrap();
        assert_eq!(first.minutes_until(second), 60);
        assert_eq!(Zone::LONDON.civil(first), Civil { local: at("2026-10-25T01:30"), later: false });
        assert_eq!(Zone::LONDON.civil(second), Civil { local: at("2026-10-25T01:30"), later: true });
    }

    #[test]
    fn the_hour_that_the_clocks_skip_does_not_exist() {
        assert_eq!(Zone::LONDON.instant(at("2026-03-29T01:30"), false), Err(Skipped));
        assert_eq!(Zone::LONDON.instant_or_next(at("2026-03-29T01:30")), london("2026-03-29T02:00"));
    }

    #[test]
    fn a_whole_day_that_a_zone_skips_ends_where_the_next_begins() {
        let apia = Zone::named("Pacific/Apia").unwrap();
        let next = apia.instant(at("2011-12-31T00:00"), false).unwrap();
        assert_eq!(apia.instant_or_next(at("2011-12-30T00:00")), next);
        assert_eq!(apia.midnight(at("2011-12-30T12:00").date()), next);
        assert_eq!(apia.instant(at("2011-12-29T23:59"), false), Ok(next.plus(-1)));
    }

    #[test]
    fn the_night_the_clocks_go_back_has_one_hour_more() {
        let night = Span::new(london("2026-10-24T20:00"), london("2026-10-25T08:00"));
        assert_eq!(night.minutes(), 13 * 60);
        let parts = Zone::LONDON.daily_parts(night, tod("01:00"), tod("02:00"));
        assert_eq!(parts.iter().map(|p| p.minutes()).sum::<i64>(), 120);
    }

    #[test]
    fn daily_parts_agree_with_every_minute_looked_at_alone() {
        let span = Span::new(london("2026-10-23T05:00"), london("2026-10-27T05:00"));
        for (from, to) in [("08:00", "17:00"), ("20:00", "08:00"), ("01:15", "01:45"), ("00:00", "00:00")] {
            let parts = Zone::LONDON.daily_parts(span, tod(from), tod(to));
            for minute in span.from.0..span.to.0 {
                let at = Instant(minute);
                let expected = Zone::LONDON.time_of_day(at).is_within(tod(from), tod(to));
                assert_eq!(parts.iter().any(|p| p.contains(at)), expected, "{from}-{to} {:?}", at.utc());
            }
        }
    }

    #[test]
    fn without_leaves_both_ends() {
        let span = |a, b| Span::new(Instant(a), Instant(b));
        assert_eq!(span(0, 10).without(span(3, 5)).collect::<Vec<_>>(), [span(0, 3), span(5, 10)]);
        assert_eq!(span(0, 10).without(span(0, 5)).collect::<Vec<_>>(), [span(5, 10)]);
        assert_eq!(span(0, 10).without(span(20, 30)).collect::<Vec<_>>(), [span(0, 10)]);
        assert_eq!(span(0, 10).without(span(-1, 30)).count(), 0);
    }
}
