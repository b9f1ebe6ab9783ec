//! Hours typed with initials: `RS 14:00-15:30`, `TO 8am-0930`, `KP 10:30-11:15 / RS`. They are entered as they are typed,
//! once, or not at all.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::model::{Instant, PersonId, Rota, Span, TimeOfDay, Zone, words};

use super::clipboard::{Unread, find_person};
use super::dates::{DateError, NIGHT_MAX, day_at, day_text, instant, parse_time};

/// Why nothing is entered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum NotTyped {
    #[error("Nobody is called “{0}”")]
    Nobody(String),
    #[error("More than one person is called “{0}”")]
    Several(String),
    /// As typed, and an end that such a start can have.
    #[error("“{0}” has one time only: type when it starts and when it ends, such as {0}-{1}")]
    OneTime(String, &'static str),
    #[error("“{0}” is not a time: {1}")]
    NoTime(String, DateError),
    #[error("{0}")]
    Skipped(DateError),
    /// As typed, how long it would be overnight, and until when.
    #[error(
        "{times} ends before it starts; overnight it would be {length}, until {until}. Type the earlier time first"
    )]
    Backwards { times: String, length: String, until: String },
    /// Such as "RS 14:00–15:30", and the chosen hours.
    #[error("{typed} is outside the chosen hours, {chosen}: choose cells at that time first")]
    Outside { typed: String, chosen: String },
}

/// Who is typed, and when; everybody without hours of their own has all of the chosen hours, and stands first: whoever
/// has hours goes over them.
pub(super) fn read(rota: &Rota, day: Span, chosen: Span, text: &str) -> Result<Vec<(PersonId, Span)>, NotTyped> {
    let mut all = Vec::new();
    for part in text.split(['/', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, hours) = match split(part) {
            None if has_time(part) => return Err(one_time(without_end(part))),
            None => (part, None),
            Some((name, from, to)) => {
                let time = |text: &str| parse_time(text).map_err(|why| NotTyped::NoTime(shown(text), why));
                (name, Some((time(from)?, time(to)?)))
            }
        };
        let name = name.trim().trim_end_matches(['?', '*']).trim();
        let person = find_person(rota, name).map_err(|why| match why {
            Unread::Several => NotTyped::Several(shown(name)),
            _ => NotTyped::Nobody(shown(name)),
        })?;
        let span = match hours {
            None => chosen,
            Some((from, to)) => Hours { zone: rota.zone(), name, from, to }.span(day, chosen)?,
        };
        all.push((hours.is_some(), person, span));
    }
    all.sort_by_key(|(has_hours, ..)| *has_hours);
    Ok(all.into_iter().map(|(_, person, span)| (person, span)).collect())
}

/// What of those hours is outside the day shown, to be said after what was entered, such as "; 17:00–20:00 is outside the
/// walkout times, where nothing is checked"; empty if none is.
pub(super) fn outside(rota: &Rota, day: Span, typed: &[(PersonId, Span)]) -> String {
    let mut told: Vec<String> = Vec::new();
    let parts: BTreeSet<Span> = typed.iter().flat_map(|(_, span)| span.without(day)).collect();
    for part in parts {
        let mut unchecked = vec![part];
        for window in &rota.windows {
            unchecked = unchecked.into_iter().flat_map(|part| part.without(window.span)).collect();
            if let Some(there) = part.overlap(window.span) {
                told.push(format!("{} is on {}", words::times(rota.zone(), there), words::safe(&window.label)));
            }
        }
        let text = |part: Span| {
            format!("{} is outside the walkout times, where nothing is checked", words::times(rota.zone(), part))
        };
        told.extend(unchecked.into_iter().map(text));
    }
    told.into_iter().fold(String::new(), |said, text| said + "; " + &text)
}

fn shown(text: &str) -> String {
    words::safe(text).into_owned()
}

/// `KP 10:30 - 11:15` as its three parts.
fn split(part: &str) -> Option<(&str, &str, &str)> {
    let (before, to) = part.rsplit_once(['-', '–', '—']).or_else(|| part.rsplit_once(" to "))?;
    let (before, to) = (before.trim_end(), to.trim());
    // The time has a space in it where it is "8 am" or "01:30 (second)".
    let starts = before.rmatch_indices(char::is_whitespace).take(2).map(|(at, space)| at + space.len());
    let start = starts.into_iter().find(|start| begins_with_digit(&before[*start..]))?;
    (!to.is_empty()).then(|| (before[..start].trim_end(), &before[start..], to))
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn has_time(part: &str) -> bool {
    part.split_whitespace().skip(1).any(begins_with_digit)
}

/// One time is not enough, with an end that it could have; or it is none.
fn one_time(part: &str) -> NotTyped {
    let start = part.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    let typed = start.into_iter().map(|start| &part[start..]).find(|rest| begins_with_digit(rest)).unwrap_or(part);
    match parse_time(typed) {
        Ok((from, _)) => NotTyped::OneTime(shown(part), end_after(from)),
        Err(why) => NotTyped::NoTime(shown(typed), why),
    }
}

/// When a day, an evening or a night that starts then may well end.
fn end_after(from: TimeOfDay) -> &'static str {
    match from.minutes() / 60 {
        ..17 => "17:00",
        17..19 => "22:00",
        _ => "08:00",
    }
}

fn without_end(part: &str) -> &str {
    part.trim_end_matches(['-', '–', '—', ' '])
}

/// Hours of the clock as typed; of a time that asks for it the later one, in an hour that happens twice.
#[derive(Clone, Copy)]
struct Hours<'a> {
    zone: Zone,
    name: &'a str,
    from: (TimeOfDay, bool),
    to: (TimeOfDay, bool),
}

impl Hours<'_> {
    /// When that is: of the moments within the day shown at which the clock says so, those that are nearest to the
    /// chosen hours, which they have to overlap or touch.
    fn span(self, day: Span, chosen: Span) -> Result<Span, NotTyped> {
        let ((from, _), (to, to_later)) = (self.from, self.to);
        let overnight = to < from || to == from && !to_later;
        let mut fitting: Vec<Span> = Vec::new();
        let mut skipped = None;
        let last = day_at(self.zone, day.to);
        let mut date = Some(day_at(self.zone, day.from));
        while let Some(first) = date.filter(|date| *date <= last) {
            let until = if overnight { first.succ_opt().unwrap_or(first) } else { first };
            match (self.moments(first, self.from), self.moments(until, self.to)) {
                (Ok(starts), Ok(ends)) => {
                    let all = starts.into_iter().flat_map(|start| ends.map(|end| Span { from: start, to: end }));
                    fitting.extend(all.filter(|span| span.from < span.to));
                }
                (Err(why), _) | (_, Err(why)) => skipped = Some(why),
            }
            date = first.succ_opt();
        }
        let typed = format!("{} {from}–{to}", shown(self.name));
        if let Some(span) = fitting.first().filter(|span| to < from && span.minutes() > NIGHT_MAX) {
            let length = words::length(span.minutes());
            let until = format!("{to} {}", day_text(day_at(self.zone, span.to)));
            return Err(NotTyped::Backwards { times: typed, length, until });
        }
        let touches = |span: &Span| span.from <= chosen.to && chosen.from <= span.to && span.overlaps(day);
        let is_asked_for = |span: &Span| touches(span) && (to != from || to_later || chosen.covers(*span));
        let apart = |span: &Span| (span.from.0 - chosen.from.0).abs() + (span.to.0 - chosen.to.0).abs();
        match fitting.into_iter().filter(is_asked_for).min_by_key(apart) {
            Some(span) => Ok(span),
            None => Err(skipped.map_or_else(
                || NotTyped::Outside { typed, chosen: words::times(self.zone, chosen) },
                NotTyped::Skipped,
            )),
        }
    }

    /// The moments at which the clock says so that day: two in the hour that happens twice, else the same one twice.
    fn moments(self, day: chrono::NaiveDate, (time, later): (TimeOfDay, bool)) -> Result<[Instant; 2], DateError> {
        Ok([instant(self.zone, day, time, later)?, instant(self.zone, day, time, true)?])
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{rota, span};
    use super::*;

    /// What is typed over some hours of a day comes to.
    fn over(day: Span, chosen: Span, text: &str) -> String {
        let rota = rota();
        match read(&rota, day, chosen, text) {
            Ok(all) => {
                let one = |(person, span): (PersonId, Span)| format!("{person} {}", words::span(rota.zone(), span));
                all.into_iter().map(one).collect::<Vec<_>>().join("; ")
            }
            Err(why) => why.to_string(),
        }
    }

    fn typed(text: &str) -> String {
        over(span("08:00", "17:00"), span("10:00", "12:00"), text).replace(" Tue 26-Apr-2016", "")
    }

    #[test]
    fn hours_are_read_as_anywhere_else() {
        for text in ["KP 10:30-11:45", "kp 1030–1145", "KP? 10.30 - 11.45", "KP 10:30 to 11:45", "KP 10:30am-11:45 am"]
        {
            assert_eq!(typed(text), "kp 10:30–11:45", "{text}");
        }
        assert_eq!(typed("kp 8am-1030"), "kp 08:00–10:30", "it overlaps the chosen hours");
        assert_eq!(typed("kp 12-14"), "kp 12:00–14:00", "it touches the chosen hours");
        assert_eq!(typed("kp 11-18:30"), "kp 11:00–18:30");
        assert_eq!(typed("kp 10:30-11:15 / rs"), "rs 10:00–12:00; kp 10:30–11:15");
    }

    #[test]
    fn hours_that_cannot_be_meant_are_refused_with_what_is_wrong() {
        insta::assert_snapshot!(
            [
                "RS 14:00-15:30", "KP 12:00-10:30", "KP 11:00-10:30", "KP 11:00-11:00", "KP 20:00-08:00", "KP 10:30-25:00",
                "KP 25:00", "KP 10:75", "KP 2500-", "KP 24:00", "KP 18:00", "KP 21", "KP 8xm-09:30", "KP 10:30", "KP 10:30-", "KP 22:00-24:00", "zz 10:00-11:00", "KP 10:30-11:15 / zz",
            ]
            .map(typed)
            .join("\n"),
            @r#"
        RS 14:00–15:30 is outside the chosen hours, 10:00–12:00: choose cells at that time first
        KP 12:00–10:30 ends before it starts; overnight it would be 22 h 30 min, until 10:30 Wed 27-Apr-2016. Type the earlier time first
        KP 11:00–10:30 ends before it starts; overnight it would be 23 h 30 min, until 10:30 Wed 27-Apr-2016. Type the earlier time first
        KP 11:00–11:00 is outside the chosen hours, 10:00–12:00: choose cells at that time first
        KP 20:00–08:00 is outside the chosen hours, 10:00–12:00: choose cells at that time first
        “25:00” is not a time: write the time as 08:00, 24-hour
        “25:00” is not a time: write the time as 08:00, 24-hour
        “10:75” is not a time: write the time as 08:00, 24-hour
        “2500” is not a time: write the time as 08:00, 24-hour
        “24:00” is not a time: midnight is written 00:00
        “KP 18:00” has one time only: type when it starts and when it ends, such as KP 18:00-22:00
        “KP 21” has one time only: type when it starts and when it ends, such as KP 21-08:00
        “8xm” is not a time: write the time as 08:00, 24-hour
        “KP 10:30” has one time only: type when it starts and when it ends, such as KP 10:30-17:00
        “KP 10:30” has one time only: type when it starts and when it ends, such as KP 10:30-17:00
        “24:00” is not a time: midnight is written 00:00
        Nobody is called “zz”
        Nobody is called “zz”
        "#
        );
    }

    #[test]
    fn a_night_is_typed_as_such() {
        let night = span("2016-04-26T17:00", "2016-04-27T08:00");
        assert_eq!(over(night, night, "kp 20-8"), "kp 20:00 Tue 26-Apr-2016 – 08:00 Wed 27-Apr-2016");
        let late = span("2016-04-27T01:00", "2016-04-27T03:00");
        assert_eq!(over(night, late, "kp 1:30-2"), "kp 01:30–02:00 Wed 27-Apr-2016");
        let day = span("2016-04-26T07:00", "2016-04-27T07:00");
        assert_eq!(over(day, day, "kp 7-7"), "kp 07:00 Tue 26-Apr-2016 – 07:00 Wed 27-Apr-2016");
    }

    #[test]
    fn in_the_nights_of_the_clock_change_the_chosen_hours_say_which_is_meant() {
        let night = span("2016-10-29T20:00", "2016-10-30T08:00");
        let at = |from: i64| Span::new(night.from.plus(from * 60), night.from.plus((from + 1) * 60));
        // 01:00 is five and six hours after 20:00.
        let first = over(night, at(5), "kp 1:00-1:30");
        assert_eq!(first, "kp 01:00–01:30 Sun 30-Oct-2016");
        let second = over(night, at(6), "kp 1:00-1:30");
        assert_eq!(second, "kp 01:00 (second)–01:30 (second) Sun 30-Oct-2016");
        assert_eq!(over(night, at(5), "kp 1:00 (second)-1:30 (second)"), second);
        let spring = span("2016-03-26T20:00", "2016-03-27T08:00");
        let gone = over(spring, spring, "kp 01:30-03:00");
        assert_eq!(gone, "the clocks go forward over 01:30 that night: choose another time");
    }
}
