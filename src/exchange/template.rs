//! Start templates: rota files that the program carries, and what makes them fit another first day.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::file::{Faults, read};
use crate::model::{Instant, NormalId, Rota, Span, Window, Zone};

/// A rota to begin with.
#[derive(Debug)]
pub struct Template {
    /// Its file's name without the ending.
    pub name: &'static str,
    /// As the start page calls it.
    pub title: &'static str,
    /// What is in it, in a few words.
    pub about: &'static str,
    /// Whether its windows may be moved to another first day.
    pub is_movable: bool,
    text: &'static str,
}

macro_rules! templates {
    ($($name:literal $title:literal $about:literal $is_movable:literal),* $(,)?) => {
        &[$(Template {
            name: $name,
            title: $title,
            about: $about,
            is_movable: $is_movable,
            text: include_str!(concat!("../../assets/templates/", $name, ".ron")),
        }),*]
    };
}

impl Template {
    /// All of them, the one to begin with first.
    pub const ALL: &'static [Self] = templates![
        "walkout-2016" "Two days, 26 and 27 April 2016" "08:00–17:00, or another first day. A&E and Maternity." true,
        "five-days" "Five days" "24 hours each, 07:00–07:00. A&E, Maternity and Neonatal." true,
        "one-day" "One day" "24 hours, 07:00–07:00. Choose the day. A&E and Maternity." true,
        "empty" "Empty" "Your own walkout times, units and posts." false,
    ];

    /// The template of that name, if there is one.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|template| template.name == name)
    }

    /// What it is for: the first sentence of its file.
    pub fn summary(&self) -> &'static str {
        self.text.lines().next().and_then(|line| line.strip_prefix("// ")).unwrap_or_default()
    }

    /// The rota as the template has it.
    ///
    /// # Errors
    /// The template's faults; a test sees to it that there are none.
    pub fn rota(&self) -> Result<Rota, Faults> {
        read(self.text.as_bytes()).map(|opened| opened.rota)
    }

    /// The rota with its first window on another day: the same times of day, each day with its own normal staffing.
    ///
    /// # Errors
    /// As [`Self::rota`].
    pub fn rota_from(&self, first_day: NaiveDate) -> Result<Rota, Faults> {
        let mut rota = self.rota()?;
        if self.is_movable {
            move_to(&mut rota, first_day);
        }
        Ok(rota)
    }
}

/// Moves all windows by whole days, so that the earliest begins on that day.
fn move_to(rota: &mut Rota, first_day: NaiveDate) {
    let zone = rota.zone();
    let Some(first) = rota.windows.iter().map(|window| window.span.from).min() else { return };
    let days = first_day - civil_date(zone, first);
    let (weekday, weekend) = normals_by_day(rota);
    for window in &mut rota.windows {
        window.span = Span::new(moved(zone, window.span.from, days), moved(zone, window.span.to, days));
        let normal = if is_weekend(civil_date(zone, window.span.from)) { &weekend } else { &weekday };
        if let Some(normal) = normal {
            window.normal = normal.clone();
        }
    }
    if let (Some(words), Some((before, _))) = (dates_in_words(rota), rota.properties.title.rsplit_once(", ")) {
        rota.properties.title = format!("{before}, {words}");
    }
}

/// The same time of day so many days later; where the clocks skip it, the first time after.
fn moved(zone: Zone, at: Instant, days: TimeDelta) -> Instant {
    zone.instant_or_next(zone.civil(at).local + days)
}

fn civil_date(zone: Zone, at: Instant) -> NaiveDate {
    zone.civil(at).local.date()
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The normal staffing of a weekday and of a weekend day: that of a window on such a day, else the one of that name.
fn normals_by_day(rota: &Rota) -> (Option<NormalId>, Option<NormalId>) {
    let find = |weekend: bool, name: &str| {
        let windows = rota.windows.iter();
        let of_window =
            windows.filter(|w| is_weekend(civil_date(rota.zone(), w.span.from)) == weekend).map(|w| &w.normal);
        let of_name = rota.normals.iter().map(|normal| &normal.id).filter(|id| id.as_str() == name);
        of_window.chain(of_name).next().cloned()
    };
    (find(false, "weekday"), find(true, "weekend"))
}

/// From the first day to the last, such as `25 to 30 July 2025`; a single window is one day.
pub fn dates_in_words(rota: &Rota) -> Option<String> {
    let zone = rota.zone();
    let first = civil_date(zone, rota.windows.iter().map(|window| window.span.from).min()?);
    let last = match rota.windows.len() {
        1 => first,
        _ => civil_date(zone, rota.windows.iter().map(|window| window.span.to).max()?),
    };
    let words = |date: NaiveDate, format: &str| date.format(format).to_string();
    let end = words(last, "%-d %B %Y");
    let is_one_date = |window: &Window| civil_date(zone, window.span.from) == civil_date(zone, window.span.to);
    // What lies between two days that are apart is not of the walkout.
    let is_next = first.succ_opt() == Some(last);
    let are_apart = rota.windows.len() == 2 && rota.windows.iter().all(is_one_date) && !is_next;
    let between = if are_apart { "and" } else { "to" };
    Some(if first == last {
        end
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {} {end}", first.day(), if is_next { "and" } else { between })
    } else if first.year() == last.year() {
        format!("{} {between} {end}", words(first, "%-d %B"))
    } else {
        format!("{} {between} {end}", words(first, "%-d %B %Y"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{StaffingLine, TimeOfDay, words};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn messages(name: &str, first_day: &str) -> Vec<String> {
        let rota = Template::named(name).unwrap().rota_from(date(first_day)).unwrap();
        let windows = rota.windows.iter().map(|w| format!("{} {}", words::span(rota.zone(), w.span), w.normal));
        std::iter::once(rota.properties.title.clone()).chain(windows).collect()
    }

    #[test]
    fn a_template_says_the_hours_of_its_days() {
        for template in Template::ALL.iter().filter(|template| template.is_movable) {
            let rota = template.rota().unwrap();
            let times = words::times(rota.zone(), rota.windows[0].span);
            assert!(template.about.contains(&times), "{}: {times}", template.name);
        }
    }

    #[test]
    fn every_template_opens_and_says_what_it_is_for() {
        for template in Template::ALL {
            let rota = template.rota().unwrap_or_else(|faults| panic!("{}: {faults}", template.name));
            assert!(!rota.properties.title.is_empty() && !template.summary().is_empty(), "{}", template.name);
            assert!(!template.is_movable || !rota.windows.is_empty());
            assert!(rota.normals.iter().all(|normal| normal.example), "nobody has agreed to {}", template.name);
        }
        assert!(Template::named("nothing").is_none());
    }

    #[test]
    fn a_moved_template_keeps_its_times_and_each_day_its_own_normal_staffing() {
        assert_eq!(
            messages("five-days", "2027-01-29"),
            [
                "Five-day walkout cover, 29 January to 3 February 2027",
                "07:00 Fri 29-Jan-2027 – 07:00 Sat 30-Jan-2027 weekday",
                "07:00 Sat 30-Jan-2027 – 07:00 Sun 31-Jan-2027 weekend",
                "07:00 Sun 31-Jan-2027 – 07:00 Mon 01-Feb-2027 weekend",
                "07:00 Mon 01-Feb-2027 – 07:00 Tue 02-Feb-2027 weekday",
                "07:00 Tue 02-Feb-2027 – 07:00 Wed 03-Feb-2027 weekday",
            ]
        );
        assert_eq!(
            messages("one-day", "2027-03-28"),
            ["Walkout cover, 28 March 2027", "07:00 Sun 28-Mar-2027 – 07:00 Mon 29-Mar-2027 weekend"]
        );
    }

    /// Units with the windows in which there is a moment at which nobody is normally there, and none is said to be.
    fn not_compared(rota: &Rota) -> Vec<String> {
        let zone = rota.zone();
        let holds = |from: TimeOfDay, to: TimeOfDay, at: TimeOfDay| {
            if from < to { (from..to).contains(&at) } else { at >= from || at < to }
        };
        let mut found = Vec::new();
        for (window, unit) in rota.windows.iter().flat_map(|w| rota.units.iter().map(move |u| (w, u))) {
            let normal = rota.normal(&window.normal).unwrap();
            let of_unit = |line: &&StaffingLine| rota.post(&line.post).is_some_and(|p| p.unit == unit.id && !p.on_call);
            let lines: Vec<_> = normal.staffing.iter().filter(of_unit).collect();
            let said = |at: Instant| {
                let at = zone.time_of_day(at);
                normal.shut.iter().any(|hours| hours.unit == unit.id && holds(hours.from, hours.to, at))
                    || lines.iter().any(|line| line.count > 0 && holds(line.from, line.to, at))
            };
            if !(window.span.from.0..window.span.to.0).map(Instant).all(said) {
                found.push(format!("{} {}", window.id, unit.id));
            }
        }
        found
    }

    #[test]
    fn every_hour_of_a_template_is_compared_with_something_or_shut() {
        for template in Template::ALL {
            for day in ["2026-11-24", "2026-11-28"] {
                let rota = template.rota_from(date(day)).unwrap();
                assert_eq!(not_compared(&rota), [""; 0], "{} from {day}", template.name);
            }
        }
    }

    #[test]
    fn moving_a_template_to_its_own_day_changes_nothing() {
        for (name, day) in [("five-days", "2025-07-25"), ("walkout-2016", "2016-04-26")] {
            let template = Template::named(name).unwrap();
            assert_eq!(template.rota_from(date(day)), template.rota());
        }
    }

    #[test]
    fn the_two_days_can_be_others() {
        assert_eq!(
            messages("walkout-2016", "2026-11-24"),
            [
                "Walkout cover, 24 and 25 November 2026",
                "08:00–17:00 Tue 24-Nov-2026 weekday",
                "08:00–17:00 Wed 25-Nov-2026 weekday",
            ]
        );
        assert!(messages("walkout-2016", "2026-11-30")[0].ends_with(", 30 November to 1 December 2026"));
        assert_eq!(messages("empty", "2026-11-24"), ["Walkout cover"], "what has no windows stays");
    }
}
