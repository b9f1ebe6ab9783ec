//! The words of the rota: dates, times, lengths and counts as the user reads them, and names made harmless.

use std::borrow::Cow;

use chrono::{Datelike, Timelike};

use super::clock::Clock;
use super::time::{Civil, Instant, Span};

/// So many letters of a name are shown in a message, at most.
const NAME_LETTERS_MAX: usize = 80;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The civil date at `at`, such as `Tue 26-Apr-2016`.
pub fn date(clock: impl Into<Clock>, at: Instant) -> String {
    date_of(clock.into().civil(at))
}

fn date_of(civil: Civil) -> String {
    let mut text = String::with_capacity(15);
    push_date(&mut text, civil);
    text
}

// Messages are full of times: they are put together letter by letter, which costs a fraction of formatting them.

fn push_date(text: &mut String, civil: Civil) {
    push_day(text, civil);
    text.push('-');
    match u32::try_from(civil.local.year()) {
        Ok(year @ 1000..=9999) => {
            push_two_digits(text, year / 100);
            push_two_digits(text, year % 100);
        }
        _ => text.push_str(&civil.local.year().to_string()),
    }
}

fn push_day(text: &mut String, civil: Civil) {
    text.push_str(WEEKDAYS[civil.local.weekday().num_days_from_monday() as usize]);
    text.push(' ');
    push_two_digits(text, civil.local.day());
    text.push('-');
    text.push_str(MONTHS[civil.local.month0() as usize]);
}

fn push_time(text: &mut String, civil: Civil) {
    push_two_digits(text, civil.local.hour());
    text.push(':');
    push_two_digits(text, civil.local.minute());
    if civil.later {
        text.push_str(" (second)");
    }
}

/// A number below 100, with a 0 before it where it is below 10.
fn push_two_digits(text: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        text.push(char::from(b'0' + (digit % 10) as u8));
    }
}

/// The civil date at `at` without its year, such as `Tue 26-Apr`.
pub fn day(clock: impl Into<Clock>, at: Instant) -> String {
    day_of(clock.into().civil(at))
}

fn day_of(civil: Civil) -> String {
    let mut text = String::with_capacity(10);
    push_day(&mut text, civil);
    text
}

/// The time of day at `at`, such as `10:00`; in an hour that happens twice the later one is marked.
pub fn time(clock: impl Into<Clock>, at: Instant) -> String {
    time_of(clock.into().civil(at))
}

fn time_of(civil: Civil) -> String {
    let mut text = String::with_capacity(5);
    push_time(&mut text, civil);
    text
}

/// Time and date, such as `08:00 Tue 26-Apr-2016`.
pub fn moment(clock: impl Into<Clock>, at: Instant) -> String {
    let civil = clock.into().civil(at);
    let mut text = String::with_capacity(21);
    push_moment(&mut text, civil);
    text
}

fn push_moment(text: &mut String, civil: Civil) {
    push_time(text, civil);
    text.push(' ');
    push_date(text, civil);
}

/// The times alone, such as `10:00–12:00`.
pub fn times(clock: impl Into<Clock>, span: Span) -> String {
    let mut text = String::with_capacity(13);
    push_times(&mut text, clock, span);
    text
}

/// The same at the end of a text.
pub fn push_times(text: &mut String, clock: impl Into<Clock>, span: Span) {
    let clock = clock.into();
    push_time(text, clock.civil(span.from));
    text.push('–');
    push_time(text, clock.civil(span.to));
}

/// The times as they are told where there is room: as [`times`], but of the hour that happens twice in whole words, such
/// as `01:00 to the second 01:00 (after the clocks go back)`.
pub fn times_told(clock: impl Into<Clock>, span: Span) -> String {
    let clock = clock.into();
    let (first, last) = (clock.civil(span.from), clock.civil(span.to));
    if !first.later && !last.later {
        return times(clock, span);
    }
    let told = |civil: Civil| {
        let time = time_of(Civil { later: false, ..civil });
        if civil.later { format!("the second {time}") } else { time }
    };
    format!("{} to {} (after the clocks go back)", told(first), told(last))
}

/// The times of what is told to somebody who looks at `beside`: `10:00–12:00`, and of what begins on another day with
/// its date, without the year: `20:00 Mon 25-Apr – 08:00 Tue 26-Apr`.
pub fn times_beside(clock: impl Into<Clock>, span: Span, beside: Span) -> String {
    let clock = clock.into();
    let [looked_at, first, last] = [beside.from, span.from, span.to.plus(-1)].map(|at| clock.civil(at).local.date());
    if first == looked_at {
        return times(clock, span);
    }
    if first == last {
        return format!("{} {}", times(clock, span), day(clock, span.from));
    }
    let moment = |at: Instant| format!("{} {}", time(clock, at), day(clock, at));
    format!("{} – {}", moment(span.from), moment(span.to))
}

/// When, with the date: `10:00–12:00 Tue 26-Apr-2016`, or with both dates where it runs past midnight.
pub fn span(clock: impl Into<Clock>, span: Span) -> String {
    let mut text = String::with_capacity(48);
    push_span(&mut text, clock, span);
    text
}

/// The same without the year: `10:00–12:00 Tue 26-Apr`.
pub fn span_in_days(clock: impl Into<Clock>, span: Span) -> String {
    let mut text = String::with_capacity(40);
    push_span_with(&mut text, clock.into(), span, push_day);
    text
}

/// As [`span`], at the end of a text.
pub fn push_span(text: &mut String, clock: impl Into<Clock>, span: Span) {
    push_span_with(text, clock.into(), span, push_date);
}

fn push_span_with(text: &mut String, clock: Clock, span: Span, push_date: fn(&mut String, Civil)) {
    let push_moment = |text: &mut String, civil: Civil| {
        push_time(text, civil);
        text.push(' ');
        push_date(text, civil);
    };
    let (first, last) = (clock.civil(span.from), clock.civil(span.to));
    let (first_day, last_day) = (first.local.date(), last.local.date());
    let ends_at_midnight = last.local.num_seconds_from_midnight() == 0 && last_day.pred_opt() == Some(first_day);
    if first_day == last_day || ends_at_midnight {
        push_time(text, first);
        text.push('–');
        push_time(text, last);
        text.push(' ');
        push_date(text, first);
    } else {
        push_moment(text, first);
        text.push_str(" – ");
        push_moment(text, last);
    }
}

/// A length such as `8 h 30 min`, `2 h` or `45 min`.
pub fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A number with its noun: `1 appointment`, `14 appointments`.
pub fn count(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `1 person`, `12 people`.
pub fn people(number: usize) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

/// Names in one sentence: `KP`, `KP and RS`, `KP, RS and AN`.
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// With a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The name as it stands inside a sentence: `Middle grade` becomes `middle grade`, `SHO` and `Staff Nurse` stay.
pub fn inside(name: &str) -> String {
    let is_capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    if name.split_whitespace().skip(1).any(is_capitalised) {
        return name.to_owned();
    }
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// The text with nothing in it that could reorder, hide or break a line: such letters become `�`, and what is longer
/// than 80 letters ends in `…`.
pub fn safe(text: &str) -> Cow<'_, str> {
    safe_up_to(text, NAME_LETTERS_MAX)
}

/// The same with another limit, for a line of its own.
pub fn safe_up_to(text: &str, letters_max: usize) -> Cow<'_, str> {
    if text.len() <= letters_max && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let is_long = text.len() > letters_max && text.chars().nth(letters_max).is_some();
    if !is_long && !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let shown = if is_long { letters_max.saturating_sub(1) } else { letters_max };
    let letters = text.chars().take(shown).map(|letter| if is_harmful(letter) { '\u{fffd}' } else { letter });
    Cow::Owned(letters.chain(is_long.then_some('…')).collect())
}

/// Controls, line breaks, and everything invisible that turns the direction of writing or joins letters.
fn is_harmful(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Who did something; none where the system had no name for them.
pub fn who(name: &str) -> Option<Cow<'_, str>> {
    // So it stands in files that were saved where the system named no user.
    Some(name.trim()).filter(|name| !["", "unknown"].contains(name)).map(safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;
    use chrono::NaiveDateTime;

    fn at(text: &str, later: bool) -> Instant {
        Zone::LONDON.instant(NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap(), later).unwrap()
    }

    fn text_of(from: &str, to: &str) -> String {
        span(Zone::LONDON, Span::new(at(from, false), at(to, false)))
    }

    #[test]
    fn a_span_names_its_date_once_if_it_can() {
        assert_eq!(text_of("2016-04-26T10:00", "2016-04-26T12:00"), "10:00–12:00 Tue 26-Apr-2016");
        assert_eq!(text_of("2016-04-26T20:00", "2016-04-27T00:00"), "20:00–00:00 Tue 26-Apr-2016");
        assert_eq!(text_of("2016-04-26T20:00", "2016-04-27T08:00"), "20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016");
        assert_eq!(text_of("2016-04-26T00:00", "2016-04-28T00:00"), "00:00 Tue 26-Apr-2016 – 00:00 Thu 28-Apr-2016");
    }

    #[test]
    fn times_of_another_day_have_their_date() {
        let day = Span::new(at("2016-04-26T08:00", false), at("2016-04-26T17:00", false));
        let beside = |from: &str, to: &str| times_beside(Zone::LONDON, Span::new(at(from, false), at(to, false)), day);
        assert_eq!(beside("2016-04-26T10:00", "2016-04-26T12:00"), "10:00–12:00");
        assert_eq!(beside("2016-04-26T20:00", "2016-04-27T08:00"), "20:00–08:00");
        assert_eq!(beside("2016-04-25T20:00", "2016-04-26T08:00"), "20:00 Mon 25-Apr – 08:00 Tue 26-Apr");
        assert_eq!(beside("2016-04-25T20:00", "2016-04-26T00:00"), "20:00–00:00 Mon 25-Apr");
        assert_eq!(beside("2016-04-27T08:00", "2016-04-27T12:00"), "08:00–12:00 Wed 27-Apr");
    }

    #[test]
    fn the_second_of_two_hours_is_marked() {
        assert_eq!(time(Zone::LONDON, at("2026-10-25T01:30", false)), "01:30");
        assert_eq!(time(Zone::LONDON, at("2026-10-25T01:30", true)), "01:30 (second)");
        let [first, second] = [false, true].map(|later| at("2026-10-25T01:00", later));
        let told = |from: Instant, to: Instant| times_told(Zone::LONDON, Span::new(from, to));
        assert_eq!(told(first, second), "01:00 to the second 01:00 (after the clocks go back)");
        assert_eq!(told(second, second.plus(30)), "the second 01:00 to the second 01:30 (after the clocks go back)");
        assert_eq!(told(second, second.plus(120)), "the second 01:00 to 03:00 (after the clocks go back)");
        assert_eq!(told(first, first.plus(30)), "01:00–01:30");
    }

    #[test]
    fn lengths_counts_and_lists() {
        assert_eq!([length(0), length(45), length(120), length(510)], ["0 min", "45 min", "2 h", "8 h 30 min"]);
        assert_eq!([count(1_u32, "doctor"), count(0_u32, "doctor")], ["1 doctor", "0 doctors"]);
        assert_eq!([list(&["KP"]), list(&["KP", "RS", "AN"])], ["KP", "KP, RS and AN"]);
        assert_eq!([inside("Middle grade"), inside("SHO"), inside("")], ["middle grade", "SHO", ""]);
        assert_eq!([inside("Staff Nurse"), inside("Labour ward SHO")], ["Staff Nurse", "labour ward SHO"]);
    }

    #[test]
    fn a_hostile_name_is_shown_harmless() {
        assert_eq!(safe("Grant"), "Grant");
        assert_eq!(safe("a\u{202e}b\nc\0"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(safe(&"é".repeat(80)), "é".repeat(80));
        let long = safe(&"x".repeat(10_000)).into_owned();
        assert_eq!((long.chars().count(), long.ends_with("x…")), (80, true));
    }
}
