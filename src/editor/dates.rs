//! Days and times as people type them: `26/4`, `26-Apr`, `+2d`, `Wed`; `8`, `0830`, `5pm`.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use thiserror::Error;

use crate::model::{Instant, Rota, Skipped, TimeOfDay, YEARS, Zone};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A time that runs backwards on the clock, such as 20:00 to 08:00, is taken for a night up to so many minutes; beyond
/// that the two times may have been mixed up.
pub const NIGHT_MAX: i64 = 13 * 60;

/// Why what is typed is no day, no time, or no moment: how to write it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    #[error("write the day as 26/4, 26-Apr or 26/04/2016, or as +2d")]
    Day,
    /// Such as `31 February`.
    #[error("There is no {0}.")]
    NoSuchDay(String),
    /// The day has another name than the one typed.
    #[error("{} is a {}", .0.format("%d-%b-%Y"), .0.format("%A"))]
    OtherWeekday(NaiveDate),
    #[error("the year has to be {} to {}", YEARS.start(), YEARS.end())]
    Year,
    #[error("write the time as 08:00, 24-hour")]
    Time,
    #[error("midnight is written 00:00")]
    Midnight,
    #[error("the clocks go forward over {0} that night: choose another time")]
    Skipped(TimeOfDay),
}

/// What stands beside a field is text.
impl From<DateError> for String {
    fn from(error: DateError) -> Self {
        error.to_string()
    }
}

/// The day that `text` means, seen from `base`: a day without a year is the nearest one, `+2d` counts from `base`,
/// and a weekday alone is the first on or after it.
///
/// # Errors
/// [`DateError`].
pub fn parse_day(text: &str, base: NaiveDate) -> Result<NaiveDate, DateError> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(DateError::Day);
    }
    if let Some(day) = relative_day(&text, base) {
        return in_range(day);
    }
    let mut parts: Vec<&str> = text.split(['/', '-', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let weekday = parts.first().and_then(|part| weekday(part));
    if let Some(weekday) = weekday {
        parts.remove(0);
        if parts.is_empty() {
            let ahead = (7 + weekday.num_days_from_monday() - base.weekday().num_days_from_monday()) % 7;
            return in_range(base + Days::new(u64::from(ahead)));
        }
    }
    let day =
        calendar_day(&parts, base).ok_or_else(|| no_such_day(&parts).map_or(DateError::Day, DateError::NoSuchDay))?;
    let day = in_range(day)?;
    match weekday {
        Some(weekday) if weekday != day.weekday() => Err(DateError::OtherWeekday(day)),
        _ => Ok(day),
    }
}

fn in_range(day: NaiveDate) -> Result<NaiveDate, DateError> {
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(DateError::Year) }
}

fn relative_day(text: &str, base: NaiveDate) -> Option<NaiveDate> {
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-' | '−'))?;
    let count = text[sign.len_utf8()..].trim();
    let count: u64 = count.strip_suffix('d').unwrap_or(count).trim().parse().ok()?;
    if sign == '+' { base.checked_add_days(Days::new(count)) } else { base.checked_sub_days(Days::new(count)) }
}

fn weekday(text: &str) -> Option<Weekday> {
    if text.len() < 3 || !text.bytes().all(|b| b.is_ascii_lowercase()) || MONTHS.contains(&text) {
        return None;
    }
    text.parse().ok().or_else(|| (text == "tues").then_some(Weekday::Tue))
}

fn calendar_day(parts: &[&str], base: NaiveDate) -> Option<NaiveDate> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    match parts {
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month_of(month)?, number(day)?)
        }
        [day, month, year] => {
            let year = i32::try_from(number(year)?).ok()?;
            let year = if year < 100 { 2000 + year } else { year };
            NaiveDate::from_ymd_opt(year, month_of(month)?, number(day)?)
        }
        [day, month] => nearest(number(day)?, month_of(month)?, base),
        [day] if day.len() <= 2 => {
            let this = NaiveDate::from_ymd_opt(base.year(), base.month(), number(day)?)?;
            if this >= base { Some(this) } else { this.checked_add_months(chrono::Months::new(1)) }
        }
        _ => None,
    }
}

/// Such as `31 February`, where that is what was typed.
fn no_such_day(parts: &[&str]) -> Option<String> {
    let (day, month, year) = match parts {
        [year, month, day] if year.len() == 4 => (day, month, Some(*year)),
        [day, month, year] => (day, month, Some(*year)),
        [day, month] => (day, month, None),
        _ => return None,
    };
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = month_of(month).filter(|month| (1..=12).contains(month))?;
    // A leap year has every day that any year has.
    let is_sometimes = NaiveDate::from_ymd_opt(2024, month, day).is_some();
    let name = NaiveDate::from_ymd_opt(2024, month, 1)?.format("%B");
    match year.filter(|_| is_sometimes) {
        Some(year) if year.bytes().all(|b| b.is_ascii_digit()) => Some(format!("{day} {name} {year}")),
        Some(_) => None,
        None if is_sometimes => Some(format!("{day} {name} in these years")),
        None => Some(format!("{day} {name}")),
    }
}

fn month_of(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let letters = text.get(..3)?;
    let full = ["january", "february", "march", "april", "may", "june", "july", "august", "september"];
    let is_month =
        |i: usize| text.len() == 3 || full.get(i).is_some_and(|f| f.starts_with(text)) || i > 8 || text == "sept";
    MONTHS.iter().position(|month| *month == letters).filter(|i| is_month(*i)).and_then(|i| u32::try_from(i + 1).ok())
}

/// The day and month in the year that brings it nearest to `base`.
fn nearest(day: u32, month: u32, base: NaiveDate) -> Option<NaiveDate> {
    let years = [base.year() - 1, base.year(), base.year() + 1];
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.min_by_key(|candidate| (*candidate - base).num_days().abs())
}

/// The time of day that `text` means, and whether it asks for the later one in an hour that happens twice.
///
/// # Errors
/// [`DateError`].
pub fn parse_time(text: &str) -> Result<(TimeOfDay, bool), DateError> {
    let mut text = text.trim().to_lowercase();
    let mut later = false;
    for mark in ["(second)", "second", "later"] {
        if let Some(rest) = text.strip_suffix(mark) {
            later = true;
            text = rest.trim_end().to_string();
            break;
        }
    }
    if ["24:00", "2400", "24.00", "24"].contains(&text.as_str()) {
        return Err(DateError::Midnight);
    }
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim().to_owned(), Some(false)),
        (_, Some(rest)) => (rest.trim().to_owned(), Some(true)),
        _ => (text, None),
    };
    let digits: String = text.chars().filter(|c| !matches!(c, ':' | '.' | 'h')).collect();
    let (hours, minutes) = match text.split_once([':', '.', 'h']) {
        Some((hours, minutes)) if minutes.len() == 2 && (1..=2).contains(&hours.len()) => (hours, minutes),
        None if (1..=2).contains(&digits.len()) => (text.as_str(), "0"),
        None if digits.len() == 3 && text.is_char_boundary(1) => text.split_at(1),
        None if digits.len() == 4 && text.is_char_boundary(2) => text.split_at(2),
        _ => return Err(DateError::Time),
    };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let (hours, minutes) = number(hours).zip(number(minutes)).ok_or(DateError::Time)?;
    let hours = match half {
        Some(_) if !(1..=12).contains(&hours) => return Err(DateError::Time),
        Some(afternoon) => hours % 12 + if afternoon { 12 } else { 0 },
        None => hours,
    };
    if hours > 23 || minutes > 59 {
        return Err(DateError::Time);
    }
    Ok((TimeOfDay::from_minutes(hours * 60 + minutes).ok_or(DateError::Time)?, later))
}

/// The time of day that `text` means as the end of a stretch: there 24:00 can only be the end of the day.
///
/// # Errors
/// How to write it.
pub fn parse_end(text: &str) -> Result<TimeOfDay, DateError> {
    match parse_time(text) {
        Err(DateError::Midnight) => TimeOfDay::from_minutes(0).ok_or(DateError::Midnight),
        read => read.map(|(time, _)| time),
    }
}

/// The civil moment of a day and a time of day.
pub fn civil(day: NaiveDate, time: TimeOfDay) -> NaiveDateTime {
    let minutes = u32::from(time.minutes());
    day.and_time(NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default())
}

/// The moment of a typed day and time.
///
/// # Errors
/// [`DateError::Skipped`].
pub fn instant(zone: Zone, day: NaiveDate, time: TimeOfDay, later: bool) -> Result<Instant, DateError> {
    zone.instant(civil(day, time), later).map_err(|Skipped| DateError::Skipped(time))
}

/// The civil day at `at`.
pub fn day_at(zone: Zone, at: Instant) -> NaiveDate {
    zone.civil(at).local.date()
}

/// The day that typed days are seen from: the first window's, or today.
pub fn base_day(rota: &Rota, now: Instant) -> NaiveDate {
    day_at(rota.zone(), rota.windows.first().map_or(now, |window| window.span.from))
}

/// A day as fields show it, such as `Tue 26-Apr-2016`.
pub fn day_text(day: NaiveDate) -> String {
    day.format("%a %d-%b-%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        let base = NaiveDate::from_ymd_opt(2016, 4, 26).unwrap();
        parse_day(text, base).map_or_else(String::from, |day| day.format("%Y-%m-%d").to_string())
    }

    fn time(text: &str) -> String {
        parse_time(text).map_or_else(String::from, |(time, later)| format!("{time}{}", if later { "+" } else { "" }))
    }

    #[test]
    fn a_day_is_read_however_it_is_typed() {
        for text in [
            "27/4",
            "27/04/2016",
            "27-Apr",
            "27 april 2016",
            "27.4.16",
            "2016-04-27",
            "+1d",
            "+1",
            "Wed",
            "Wed 27-Apr-2016",
            "27",
            " 27/4 ",
        ] {
            assert_eq!(day(text), "2016-04-27", "{text}");
        }
        assert_eq!(day("-1d"), "2016-04-25");
        assert_eq!(day("2"), "2016-05-02", "a day alone is ahead");
        assert_eq!(day("31/12"), "2015-12-31", "the nearest year");
        assert_eq!(day("1 Sept"), "2016-09-01");
        assert_eq!(day("tue"), "2016-04-26");
    }

    #[test]
    fn a_day_that_is_none_is_refused_with_a_hint() {
        for text in ["", "x", "26/4/2016/1", "1/2/3/4", "+", "26-Avr", "۲۶/۴", "+99999999999999999999"] {
            assert_eq!(day(text), DateError::Day.to_string(), "{text}");
        }
        assert_eq!(day("31/4"), "There is no 31 April.");
        assert_eq!(day("31/2"), "There is no 31 February.");
        assert_eq!(day("29/2/2015"), "There is no 29 February 2015.");
        assert_eq!(day("Wed 26-Apr-2016"), "26-Apr-2016 is a Tuesday");
        assert_eq!(day("26/4/1999"), "the year has to be 2000 to 2100");
        assert_eq!(day("+99999d"), "the year has to be 2000 to 2100");
    }

    #[test]
    fn a_time_is_read_however_it_is_typed() {
        for text in ["8", "08", "8:00", "0800", "800", "08.00", "8am", "08:00 am"] {
            assert_eq!(time(text), "08:00", "{text}");
        }
        assert_eq!([time("5pm"), time("12am"), time("12pm"), time("17h30")], ["17:00", "00:00", "12:00", "17:30"]);
        assert_eq!(time("01:30 (second)"), "01:30+");
        assert_eq!(time("24:00"), "midnight is written 00:00");
        for text in ["", "25", "8:60", "13pm", "8:5", "x", "08:00:00", "é8"] {
            assert_eq!(time(text), DateError::Time.to_string(), "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_refused() {
        let night = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
        let error = instant(Zone::LONDON, night, "01:30".parse().unwrap(), false).unwrap_err();
        assert_eq!(error.to_string(), "the clocks go forward over 01:30 that night: choose another time");
    }
}
