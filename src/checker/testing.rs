//! Rules are tested by drawings and small rotas in words, which are shown as help too.
//!
//! A drawing has a column a quarter of an hour, so an hour is four columns, on Tue 26-Apr-2016 in London:
//! ```text
//!                    |08  09  10  11  |
//! A&E middle grade 2 |KP  KP  KP  KP  |
//!                    |RS  RS? .   RS  |
//!                         ^^^^ error: what the rule says of this hour
//! ```
//! A lane is named by its unit and tier, or by a declared post, with the number normally there; lanes without a name
//! belong to the post above. A name lasts until the next one, `.` is nobody; `?` asked, `*` proposed, `/` declined.
//!
//! Lines in words, before or without a drawing, each on its own (`A&E: SHO, Middle grade, Consultant` is there if no
//! unit is declared; times are of Tuesday unless a day, `Wed` or `3-May`, stands before them):
//! ```text
//! zone Europe/London
//! day 08:00-17:00                       day Wed 07:00-07:00, weekend
//! unit ICU: Registrar, Consultant; senior from Consultant; handover 13:00
//! post Resus: A&E consultant, essential, exclusive, on call, bleep 2145, needs Airway
//! normal Resus: 1 08:00-17:00           normal weekend Resus: 2 08:00-17:00
//! closed ICU                            closed weekend ICU
//! shut ICU: 22:00-08:00                 example                      example weekend
//! person KP: Grant, Helen; Trainee2016; A&E up to SHO, only Majors and Resus; ICU never; can Airway; usually not known;
//!     (on one line) not available 08:00-09:00; on duty Mon 20:00-08:00; on call 20:00-08:00; elsewhere 09:00-10:00
//! session Fracture clinic: KP, RS; 09:00-12:30; 14 appointments; 2 inpatient; 1 day case; to postpone; protected
//! KP on Resus Mon 20:00-08:00, asked
//! error: what the rule says                   warning: …           info: …
//! ```
//! Somebody only named may cover everything, is available, and has no trainee's limits.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::context::Context;
use super::finding::{Finding, Severity};
use super::rule::{Found, Rule};
use super::{order, scope};
use crate::model::{
    Instant, NormalId, PostId, Rota, Span, StaffingLine, Status, TimeOfDay, Window, WindowId, Zone, faults,
};

mod words;

/// Columns of a drawing in an hour.
const COLUMNS_AN_HOUR: usize = 4;

/// Runs the rule on the drawing and compares what it says with what is drawn.
///
/// # Panics
/// Where the rule says anything else: at another place, in other words, more or less.
#[track_caller]
pub fn check_rule(rule: &Rule, drawing: &str) {
    let drawn = Drawing::parse(drawing);
    let ctx = Context::new(&drawn.rota);
    let mut found = Found::default();
    let sweeps = scope::sweeps(&ctx);
    scope::all(&ctx).for_each(|scope| scope::run_rule(&ctx, &sweeps, scope, rule, &mut found));
    let findings = order::sorted(&ctx, found.findings.into_vec()).1;
    let said: Vec<String> = findings.iter().map(|finding| drawn.line(finding)).collect();
    assert!(
        said == drawn.expected,
        "{} does not say what is drawn.\n--- drawn ---\n{}\n--- said ---\n{}\n",
        rule.code,
        drawn.with(&drawn.expected),
        drawn.with(&said)
    );
    for finding in &findings {
        assert_eq!(finding.code, rule.code, "a rule speaks under its own code");
        assert!(finding.severity >= rule.worst, "{}: a finding is worse than the rule says", rule.code);
    }
}

/// The rota that a drawing or some words tell.
///
/// # Panics
/// Where they cannot be read or tell an unsound rota.
#[track_caller]
pub fn rota(drawing: &str) -> Rota {
    Drawing::parse(drawing).rota
}

/// A drawing that was read.
struct Drawing {
    rota: Rota,
    /// The lines that are not expectations.
    base: Vec<String>,
    expected: Vec<String>,
    /// The first moment drawn, and the column it stands at.
    start: Option<(Instant, usize)>,
    end: Instant,
    /// The post of the lane above.
    lane_post: Option<PostId>,
}

impl Drawing {
    #[track_caller]
    fn parse(text: &str) -> Self {
        let mut drawing = Self {
            rota: Rota::empty(),
            base: Vec::new(),
            expected: Vec::new(),
            start: None,
            end: Instant(0),
            lane_post: None,
        };
        let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        // The zone comes first, because every time is read in it; windows know their normal day once it is declared.
        for line in &lines {
            if let Some(name) = line.strip_prefix("zone ") {
                drawing.rota.properties.zone = Zone::named(name).unwrap_or_else(|| panic!("no zone {name}"));
            }
        }
        if !lines.iter().any(|line| line.starts_with("unit ")) {
            drawing.unit("A&E: SHO, Middle grade, Consultant");
        }
        for line in lines {
            drawing.line_in(line);
        }
        drawing.finish();
        let faults = faults(&drawing.rota);
        assert!(faults.is_empty(), "the drawing is unsound: {faults:?}");
        drawing
    }

    #[track_caller]
    fn line_in(&mut self, line: &str) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('^') || ["error: ", "warning: ", "info: "].iter().any(|word| line.starts_with(word)) {
            self.expected.push(line.to_owned());
            return;
        }
        self.base.push(line.to_owned());
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "zone" => {}
            "day" | "window" => self.window(rest),
            "unit" => self.unit(rest),
            "post" => self.post(rest),
            "normal" => self.normal(rest),
            "closed" => self.closed(rest),
            "shut" => self.shut(rest),
            "example" => self.normal_of(if rest.is_empty() { "weekday" } else { rest }).example = true,
            "person" => self.person(rest),
            "session" => self.session(rest),
            _ if line.contains('|') && trimmed.starts_with('|') && self.start.is_none() => self.header(line),
            _ if line.contains('|') => self.lane(line),
            _ if rest.starts_with("on ") => self.assignment(word, &rest[3..]),
            _ => panic!("what is this line? {line}"),
        }
    }

    fn header(&mut self, line: &str) {
        let bar = column(line, line.find('|').unwrap());
        let cells: Vec<char> = line.chars().skip(bar + 1).take_while(|c| *c != '|').collect();
        let hour: i64 = cells[..2].iter().collect::<String>().parse().expect("the header begins with an hour");
        let start = self.at("Tue", "00:00").plus(hour * 60);
        self.start = Some((start, bar + 1));
        self.end = start.plus(minutes_of(cells.len()));
    }

    fn lane(&mut self, line: &str) {
        let (label, cells) = line.split_once('|').unwrap();
        if !label.trim().is_empty() {
            self.lane_post = Some(self.lane_label(label.trim()));
        }
        let post = self.lane_post.clone().expect("the first lane has a name");
        let (start, _) = self.start.expect("a drawing begins with its hours");
        let cells: Vec<char> = cells.chars().take_while(|c| *c != '|').collect();
        let minutes = |column: usize| start.plus(minutes_of(column));
        let mut marks: Vec<(usize, String)> = Vec::new();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_whitespace()) {
            match marks.last_mut() {
                Some((from, mark)) if *from + mark.chars().count() == at => mark.push(*cell),
                _ => marks.push((at, cell.to_string())),
            }
        }
        let mut open: Option<(String, Span)> = None;
        for (at, (from, mark)) in marks.iter().enumerate() {
            let to = marks.get(at + 1).map_or(cells.len(), |next| next.0);
            let span = Span::new(minutes(*from), minutes(to));
            match &mut open {
                Some((last, joined)) if last == mark => joined.to = span.to,
                _ => {
                    if let Some((mark, span)) = open.replace((mark.clone(), span)) {
                        self.hold(&post, &mark, span);
                    }
                }
            }
        }
        if let Some((mark, span)) = open {
            self.hold(&post, &mark, span);
        }
    }

    /// Enters what one mark of a lane says: nothing for `.`, else somebody with a status.
    fn hold(&mut self, post: &PostId, mark: &str, span: Span) {
        let status = match mark.chars().last() {
            Some('?') => Status::Asked,
            Some('*') => Status::Proposed,
            Some('/') => Status::Declined,
            _ => Status::Agreed,
        };
        let initials = mark.trim_end_matches(['?', '*', '/']);
        if mark != "." {
            self.assign(initials, post.clone(), span, status);
        }
    }

    fn lane_label(&mut self, label: &str) -> PostId {
        let (name, count) = match label.rsplit_once(' ') {
            Some((name, count)) if count.parse::<u32>().is_ok() => (name.trim(), count.parse().unwrap()),
            _ => (label, 0),
        };
        if !self.rota.posts.iter().any(|post| post.name == name) {
            self.post(&format!("{name}: {name}"));
        }
        let post = self.named_post(name);
        if count > 0 {
            let (start, _) = self.start.expect("a drawing begins with its hours");
            let zone = self.rota.zone();
            let (from, to) = (zone.time_of_day(start), zone.time_of_day(self.end));
            self.normal_of("weekday").staffing.push(StaffingLine { post: post.clone(), from, to, count });
        }
        post
    }

    fn window(&mut self, text: &str) {
        let (span, normal) = text.split_once(", ").unwrap_or((text, "weekday"));
        let span = self.span(span);
        self.add_window(span, normal);
    }

    fn add_window(&mut self, span: Span, normal: &str) {
        self.normal_of(normal);
        let number = self.rota.windows.len() + 1;
        self.rota.windows.push(Window {
            id: WindowId::new(&format!("w{number}")).unwrap(),
            label: format!("Day {number}"),
            span,
            normal: NormalId::new(normal).unwrap(),
        });
    }

    /// What is drawn is a window unless windows are told, and a rota in words has one from 08:00 to 17:00.
    fn finish(&mut self) {
        if self.rota.windows.is_empty() {
            let span = self.start.map(|(start, _)| Span::new(start, self.end));
            let span = span.unwrap_or_else(|| self.span("08:00-17:00"));
            self.add_window(span, "weekday");
        }
    }

    /// `[DAY ]FROM-[DAY ]TO`; without its day, `to` is the next time that clocks show it.
    fn span(&self, text: &str) -> Span {
        let split = |text: &str| -> (Option<String>, String) {
            text.trim()
                .rsplit_once(' ')
                .map_or((None, text.trim().to_owned()), |(d, t)| (Some(d.to_owned()), t.to_owned()))
        };
        // A day such as `3-May` has a dash too: the times are around the last one with a colon before it.
        let dash = text.match_indices('-').find(|(at, _)| text[..*at].contains(':')).expect("FROM-TO").0;
        let ((day, from), (last, to)) = (split(&text[..dash]), split(&text[dash + 1..]));
        let day = day.unwrap_or_else(|| "Tue".to_owned());
        let start = self.at(&day, &from);
        let end = match last {
            Some(last) => self.at(&last, &to),
            None if to > from => self.at(&day, &to),
            None => {
                let next = date(&day).succ_opt().unwrap();
                self.rota.zone().instant(civil(next, &to), false).unwrap()
            }
        };
        Span::new(start, end)
    }

    fn at(&self, day: &str, time: &str) -> Instant {
        self.rota.zone().instant(civil(date(day), time), false).expect("the clocks skip this time")
    }

    /// The finding as a line below the drawing, or in words where it cannot be drawn.
    fn line(&self, finding: &Finding) -> String {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let text = format!("{severity}: {}", finding.message);
        match (self.start, finding.span) {
            (Some((start, column)), Some(span)) if Span::new(start, self.end).covers(span) => {
                let columns = |minutes: i64| minutes as usize * COLUMNS_AN_HOUR / 60;
                let before = column + columns(start.minutes_until(span.from));
                format!("{}{} {text}", " ".repeat(before), "^".repeat(columns(span.minutes()).max(1)))
            }
            _ => text,
        }
    }

    fn with(&self, findings: &[String]) -> String {
        [self.base.clone(), findings.to_vec()].concat().join("\n")
    }
}

/// Minutes that so many columns are.
fn minutes_of(columns: usize) -> i64 {
    i64::try_from(columns * 60 / COLUMNS_AN_HOUR).unwrap()
}

fn column(line: &str, byte: usize) -> usize {
    line[..byte].chars().count()
}

/// `Mon` to `Sun` of the week from Mon 25-Apr-2016, or `3-May`, or `25-Oct-2026`.
fn date(day: &str) -> NaiveDate {
    let monday = NaiveDate::from_ymd_opt(2016, 4, 25).unwrap();
    let of_week = monday.iter_days().take(7).find(|date| date.format("%a").to_string() == day);
    of_week.unwrap_or_else(|| {
        let text = if day.matches('-').count() == 1 { format!("{day}-{}", monday.year()) } else { day.to_owned() };
        NaiveDate::parse_from_str(&text, "%d-%b-%Y").unwrap_or_else(|_| panic!("what day is {day}?"))
    })
}

fn civil(date: NaiveDate, time: &str) -> NaiveDateTime {
    let time: TimeOfDay = time.parse().unwrap_or_else(|_| panic!("what time is {time}?"));
    date.and_hms_opt(u32::from(time.minutes() / 60), u32::from(time.minutes() % 60), 0).unwrap()
}

/// An id made from a name.
fn slug(name: &str) -> String {
    let letters = name.to_lowercase().chars().filter(|c| *c != '&').collect::<String>();
    letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checker::short_of_normal::RULE;

    /// Whether the check of the drawing fails.
    fn fails(drawing: &str) -> bool {
        std::panic::catch_unwind(|| check_rule(&RULE, drawing)).is_err()
    }

    #[test]
    fn wrong_place_wrong_words_too_many_and_too_few_all_fail() {
        let lanes = "
                   |08  09  |
A&E middle grade 1 |KP  .   |
";
        let right = "error: A&E, middle grade or above: 1 short, 09:00–10:00 Tue 26-Apr-2016 (need 1, have 0); unfilled: A&E middle grade";
        let drawn = |column: usize, text: &str| format!("{}^^^^ {text}\n", " ".repeat(column));
        assert!(!fails(&format!("{lanes}{}", drawn(24, right))));
        assert!(fails(&format!("{lanes}{}", drawn(20, right))));
        assert!(fails(&format!("{lanes}{}", drawn(24, &right.replace("error", "warning")))));
        assert!(fails(&format!("{lanes}{}{}", drawn(24, right), drawn(24, right))));
        assert!(fails(lanes));
    }

    #[test]
    fn a_drawing_is_the_rota_it_looks_like() {
        let rota = rota(
            "
                   |22  23  00  |
A&E middle grade 1 |KP  KP? .   |
                   |    RS  AN/ |
",
        );
        let told: Vec<String> = rota
            .assignments
            .iter()
            .map(|a| format!("{} {} {:?}", a.person, crate::model::words::times(rota.zone(), a.span), a.status))
            .collect();
        assert_eq!(
            told,
            ["kp 22:00–23:00 Agreed", "kp 23:00–00:00 Asked", "rs 23:00–00:00 Agreed", "an 00:00–01:00 Declined"]
        );
    }
}
