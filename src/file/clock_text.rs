//! Date-times as the file writes them: civil time in the rota's zone, and UTC for what the program notes.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use thiserror::Error;

use crate::model::{Instant, YEARS, Zone};

use super::fault::shown;

/// What is wrong with a date-time: the text as it may stand in a message, and why it is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text} {why}")]
pub(super) struct TimeFault {
    text: String,
    why: WhyNoTime,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
enum WhyNoTime {
    #[error("is not a date and time: write YYYY-MM-DDTHH:MM")]
    Form,
    #[error("has seconds: write whole minutes, YYYY-MM-DDTHH:MM")]
    Seconds,
    #[error("is not within the years {} to {}: correct it", YEARS.start(), YEARS.end())]
    Years,
    #[error("is a day that is not in the calendar: correct it")]
    NoSuchDay,
    #[error("has no time of day, 00:00 to 23:59: correct it")]
    NoTimeOfDay,
    #[error("does not exist in {}, the clocks go forward over it: give a time that does", .0.name())]
    Skipped(Zone),
    #[error("has an offset, which is allowed only in an hour that happens twice: remove it")]
    NeedlessOffset,
    #[error("has an offset that {} does not have then: write {first} or {second}", zone.name())]
    OtherOffset { zone: Zone, first: String, second: String },
    #[error("is noted in UTC and ends in Z: write {}Z", .0.format("%Y-%m-%dT%H:%M"))]
    NotUtc(NaiveDateTime),
}

impl WhyNoTime {
    fn of(self, text: &str) -> TimeFault {
        TimeFault { text: shown(text), why: self }
    }
}

/// The civil date-time and the offset behind it, if any.
struct LocalAndOffset<'a> {
    local: NaiveDateTime,
    offset: &'a str,
}

/// The moment that `text` names in `zone`, or what is wrong with it. Without a zone only its form is judged, and the
/// answer is `None`.
pub(super) fn parse_civil(text: &str, zone: Option<Zone>) -> Result<Option<Instant>, TimeFault> {
    let LocalAndOffset { local, offset } = parse_parts(text)?;
    let Some(zone) = zone else { return Ok(None) };
    let skipped = |_| WhyNoTime::Skipped(zone).of(text);
    let earlier = zone.instant(local, false).map_err(skipped)?;
    let later = zone.instant(local, true).map_err(skipped)?;
    if offset.is_empty() {
        return Ok(Some(earlier));
    }
    if earlier == later {
        return Err(WhyNoTime::NeedlessOffset.of(text));
    }
    let (first, second) = (offset_text(zone, earlier), offset_text(zone, later));
    match offset {
        _ if offset == first => Ok(Some(earlier)),
        _ if offset == second => Ok(Some(later)),
        _ => Err(WhyNoTime::OtherOffset { zone, first, second }.of(text)),
    }
}

/// The moment that `text` names in UTC, with its `Z`.
pub(super) fn parse_utc(text: &str) -> Result<Instant, TimeFault> {
    let LocalAndOffset { local, offset } = parse_parts(text)?;
    if offset == "Z" { Ok(Instant::from_utc(local)) } else { Err(WhyNoTime::NotUtc(local).of(text)) }
}

/// Civil time in `zone`, with the offset only where the hour happens twice and the later one is meant.
pub(super) fn civil_text(at: Instant, zone: Zone) -> String {
    let civil = zone.civil(at);
    let offset = if civil.later { offset_text(zone, at) } else { String::new() };
    format!("{}{offset}", digits(civil.local))
}

/// UTC with its `Z`.
pub(super) fn utc_text(at: Instant) -> String {
    format!("{}Z", digits(at.utc()))
}

/// Civil time in `zone` with its offset, always: `2016-04-26T10:00+01:00`.
pub fn offset_date_time(at: Instant, zone: Zone) -> String {
    format!("{}{}", digits(zone.civil(at).local), offset_text(zone, at))
}

fn digits(local: NaiveDateTime) -> String {
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", local.year(), local.month(), local.day(), local.hour(), local.minute())
}

fn offset_text(zone: Zone, at: Instant) -> String {
    let minutes = zone.offset_minutes(at);
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn parse_parts(text: &str) -> Result<LocalAndOffset<'_>, TimeFault> {
    let fault = |why: WhyNoTime| why.of(text);
    let bytes = text.as_bytes();
    let is_form = bytes.len() >= 16
        && bytes[..16].iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            10 => *b == b'T',
            13 => *b == b':',
            _ => b.is_ascii_digit(),
        });
    if !is_form {
        let digits = text.trim_start_matches(['+', '-']).bytes().take_while(u8::is_ascii_digit).count();
        return Err(fault(if digits > 4 { WhyNoTime::Years } else { WhyNoTime::Form }));
    }
    let offset = &text[16..];
    if offset.starts_with(':') {
        return Err(fault(WhyNoTime::Seconds));
    }
    if !(offset.is_empty() || offset == "Z" || offset.len() == 6 && offset.starts_with(['+', '-'])) {
        return Err(fault(WhyNoTime::Form));
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let year = i32::try_from(number(0, 4)).unwrap_or(i32::MAX);
    if !YEARS.contains(&year) {
        return Err(fault(WhyNoTime::Years));
    }
    let date = NaiveDate::from_ymd_opt(year, number(5, 7), number(8, 10));
    let date = date.ok_or_else(|| fault(WhyNoTime::NoSuchDay))?;
    let local = date.and_hms_opt(number(11, 13), number(14, 16), 0);
    let local = local.ok_or_else(|| fault(WhyNoTime::NoTimeOfDay))?;
    Ok(LocalAndOffset { local, offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london(text: &str) -> Result<Option<Instant>, TimeFault> {
        parse_civil(text, Some(Zone::LONDON))
    }

    fn fault(text: &str) -> String {
        london(text).unwrap_err().to_string()
    }

    #[test]
    fn civil_times_come_back_as_they_were_written() {
        for text in ["2016-04-26T08:00", "2000-01-01T00:00", "2100-12-31T23:59", "2026-10-25T01:30+00:00"] {
            assert_eq!(civil_text(london(text).unwrap().unwrap(), Zone::LONDON), text);
        }
    }

    #[test]
    fn the_earlier_offset_is_read_and_not_written() {
        let at = london("2026-10-25T01:30+01:00").unwrap().unwrap();
        assert_eq!(civil_text(at, Zone::LONDON), "2026-10-25T01:30");
        assert_eq!(offset_date_time(at, Zone::LONDON), "2026-10-25T01:30+01:00");
        assert_eq!(at.minutes_until(london("2026-10-25T01:30+00:00").unwrap().unwrap()), 60);
    }

    #[test]
    fn what_is_no_time_is_told_in_plain_words() {
        insta::assert_snapshot!(
            [
                "2016-04-26", "2016-04-26 08:00", "2016-04-26T08:00:00", "2016-04-26T24:00", "2016-02-30T08:00",
                "1999-12-31T23:59", "2101-01-01T00:00", "262142-01-01T00:00", "+262142-01-01T00:00", "2016-04-26T08:00Z",
                "2016-04-26T08:00+01:00", "2026-03-29T01:30", "2026-10-25T01:30+02:00", "2026-10-25T01:30-00:00",
                "2016-04-26T08:0٠", "",
            ]
            .map(fault)
            .join("\n"),
            @r#"
            "2016-04-26" is not a date and time: write YYYY-MM-DDTHH:MM
            "2016-04-26 08:00" is not a date and time: write YYYY-MM-DDTHH:MM
            "2016-04-26T08:00:00" has seconds: write whole minutes, YYYY-MM-DDTHH:MM
            "2016-04-26T24:00" has no time of day, 00:00 to 23:59: correct it
            "2016-02-30T08:00" is a day that is not in the calendar: correct it
            "1999-12-31T23:59" is not within the years 2000 to 2100: correct it
            "2101-01-01T00:00" is not within the years 2000 to 2100: correct it
            "262142-01-01T00:00" is not within the years 2000 to 2100: correct it
            "+262142-01-01T00:00" is not within the years 2000 to 2100: correct it
            "2016-04-26T08:00Z" has an offset, which is allowed only in an hour that happens twice: remove it
            "2016-04-26T08:00+01:00" has an offset, which is allowed only in an hour that happens twice: remove it
            "2026-03-29T01:30" does not exist in Europe/London, the clocks go forward over it: give a time that does
            "2026-10-25T01:30+02:00" has an offset that Europe/London does not have then: write +01:00 or +00:00
            "2026-10-25T01:30-00:00" has an offset that Europe/London does not have then: write +01:00 or +00:00
            "2016-04-26T08:0٠" is not a date and time: write YYYY-MM-DDTHH:MM
            "" is not a date and time: write YYYY-MM-DDTHH:MM
            "#
        );
    }

    #[test]
    fn noted_times_are_utc() {
        assert_eq!(utc_text(parse_utc("2016-04-20T15:05Z").unwrap()), "2016-04-20T15:05Z");
        assert!(parse_utc("2016-04-20T15:05").unwrap_err().to_string().ends_with("write 2016-04-20T15:05Z"));
    }

    #[test]
    fn without_a_zone_only_the_form_is_judged() {
        assert_eq!(parse_civil("2026-03-29T01:30", None), Ok(None));
        assert!(parse_civil("2026-03-29", None).is_err());
    }
}
