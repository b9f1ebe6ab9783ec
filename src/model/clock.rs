//! The clocks of a rota, read often: around its days they mostly do not change, and civil time is then a sum.

use chrono::NaiveDateTime;

use super::time::{Civil, Instant, Span, TimeOfDay, Zone, daily_parts};

const DAY: i64 = 24 * 60;

/// So much time around what is asked about is known too: rests, nights on call and lines that run past the end.
const AROUND: i64 = 10 * DAY;

/// So much of what is asked about is looked at, at most.
const LOOKED_AT_MAX: i64 = 60 * DAY;

/// No zone puts its clocks back by so much: what is longer after a change shows no time for a second time.
const PUT_BACK_MAX: i64 = 2 * DAY;

/// A zone, and a stretch of time in which its clocks are known not to change. It says the same as the zone, sooner.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    zone: Zone,
    steady: Option<Steady>,
}

/// A stretch of time in which civil time is ahead of UTC by the same minutes, and no time is shown for a second time.
#[derive(Debug, Clone, Copy)]
pub struct Steady {
    span: Span,
    offset: i64,
}

impl Steady {
    /// The longest such stretch around `span`.
    pub fn around(zone: Zone, span: Span) -> Option<Self> {
        let to = span.to.min(span.from.plus(LOOKED_AT_MAX));
        let around = Span::new(span.from.plus(-AROUND), to.plus(AROUND));
        let parts = zone.steady_parts(around).into_iter();
        let parts = parts.map(|(part, offset)| (Span::new(part.from.plus(PUT_BACK_MAX), part.to), offset));
        let longest = parts.filter(|(part, _)| !part.is_empty()).max_by_key(|(part, _)| part.minutes());
        longest.map(|(span, offset)| Self { span, offset })
    }
}

impl From<Zone> for Clock {
    fn from(zone: Zone) -> Self {
        Self { zone, steady: None }
    }
}

impl Clock {
    /// The zone's clock with what is known of it.
    pub fn new(zone: Zone, steady: Option<Steady>) -> Self {
        Self { zone, steady }
    }

    /// What clocks in the zone show at `at`.
    pub fn civil(self, at: Instant) -> Civil {
        match self.steady {
            Some(steady) if steady.span.contains(at) => Civil { local: at.plus(steady.offset).utc(), later: false },
            _ => self.zone.civil(at),
        }
    }

    /// As [`Zone::instant_or_next`].
    pub fn instant_or_next(self, local: NaiveDateTime) -> Instant {
        let steadily = self.steady.map(|steady| (steady.span, Instant::from_utc(local).plus(-steady.offset)));
        match steadily {
            Some((span, at)) if span.contains(at) => at,
            _ => self.zone.instant_or_next(local),
        }
    }

    /// As [`Zone::steady_parts`].
    pub fn steady_parts(self, span: Span) -> Vec<(Span, i64)> {
        match self.steady {
            Some(steady) if !span.is_empty() && steady.span.covers(span) => vec![(span, steady.offset)],
            _ => self.zone.steady_parts(span),
        }
    }

    /// As [`Zone::daily_parts`].
    pub fn daily_parts(self, span: Span, from: TimeOfDay, to: TimeOfDay) -> Vec<Span> {
        daily_parts(self.steady_parts(span), from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_says_at_every_minute_what_its_zone_says() {
        for (zone, changes) in [
            (Zone::LONDON, ["2026-10-25T01:00", "2026-03-29T01:00"]),
            (Zone::named("Pacific/Apia").unwrap(), ["2011-12-30T10:00", "2012-04-01T14:00"]),
            (Zone::named("Australia/Lord_Howe").unwrap(), ["2026-04-04T15:00", "2026-10-03T15:30"]),
        ] {
            for change in changes {
                let at = NaiveDateTime::parse_from_str(change, "%Y-%m-%dT%H:%M").unwrap();
                let at = Instant::from_utc(at);
                for days in [-13, -5, 0, 1, 5, 9] {
                    let span = Span::new(at.plus(days * DAY), at.plus(days * DAY + 600));
                    let clock = Clock::new(zone, Steady::around(zone, span));
                    assert!(clock.steady.is_some(), "{zone:?} {change} {days}");
                    for minute in (at.0 - 3 * DAY..at.0 + 3 * DAY).step_by(5) {
                        let at = Instant(minute);
                        assert_eq!(clock.civil(at), zone.civil(at), "{zone:?} {:?}", at.utc());
                        assert_eq!(clock.instant_or_next(at.utc()), zone.instant_or_next(at.utc()), "{:?}", at.utc());
                    }
                    let week = Span::new(at.plus(-3 * DAY), at.plus(4 * DAY));
                    assert_eq!(clock.steady_parts(week), zone.steady_parts(week));
                    assert_eq!(clock.steady_parts(span), zone.steady_parts(span));
                }
            }
        }
    }
}
