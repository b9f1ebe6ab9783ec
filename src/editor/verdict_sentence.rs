//! The sentence beside each pill of the verdict bar: when, who, and how much more.

use std::collections::BTreeSet;

use crate::checker::{OpenGap, Place, UnitVerdict, Verdict, not_compared_sentence, would_be};
use crate::model::{Assignment, PersonId, Status, Window, words};

use super::assign::{names, post_name};
use super::problems::where_to_agree;
use super::verdict_text::Speak;

impl Speak<'_> {
    pub(super) fn sentence(self, verdict: Verdict, of_it: &[&UnitVerdict], all: &[&UnitVerdict]) -> String {
        let windows = all.len();
        match verdict {
            Verdict::Closed => "Closed that day.".to_owned(),
            Verdict::NoNormalStaffing => self.not_compared(of_it, &self.waiting(&would_wait(of_it), windows), false),
            Verdict::Covered => self.covered(of_it, windows),
            Verdict::IfAgreed => self.waiting(of_it, windows),
            Verdict::Errors => self.errors_and_waiting(of_it, all),
            Verdict::Short => self.short(of_it, all, false),
        }
    }

    /// Such as `Closed on Tue, but AN and KP are on its posts.`; none where nobody is there on a day on which the unit is
    /// closed.
    pub(super) fn closed_over(self, all: &[&UnitVerdict]) -> Option<String> {
        let mut days = Vec::new();
        let mut people = Vec::new();
        for verdict in all.iter().filter(|v| v.verdict == Verdict::Closed) {
            let Some(window) = self.rota.window(&verdict.window) else { continue };
            let of_unit = |a: &&Assignment| {
                a.status != Status::Declined
                    && a.span.overlaps(window.span)
                    && self.rota.post(&a.post).is_some_and(|post| post.unit == verdict.unit)
            };
            let there: Vec<_> = self.rota.assignments.iter().filter(of_unit).map(|a| &a.person).collect();
            if !there.is_empty() {
                days.push(self.day(window));
                people.extend(there);
            }
        }
        people.sort();
        people.dedup();
        let is = if people.len() == 1 { "is" } else { "are" };
        let who = names(self.rota, people);
        (!days.is_empty()).then(|| format!("Closed on {}, but {who} {is} on its posts.", words::list(&days)))
    }

    /// What is wrong, and who has not agreed: whoever mends the one has still to ask the others.
    fn errors_and_waiting(self, of_it: &[&UnitVerdict], all: &[&UnitVerdict]) -> String {
        let is_waiting = |it: &&&UnitVerdict| matches!(it.verdict, Verdict::Errors | Verdict::IfAgreed);
        let waiting: Vec<&UnitVerdict> = all.iter().filter(is_waiting).copied().collect();
        if self.words.awaited_of(&waiting).is_empty() {
            return self.errors(of_it);
        }
        format!("{} {}", self.errors(of_it), self.waiting_on(&waiting, all.len(), 1))
    }

    fn errors(self, of_it: &[&UnitVerdict]) -> String {
        let errors = self.words.errors(of_it);
        let first = errors.first().map_or_else(|| "See Problems".to_owned(), |f| f.message.clone());
        with_more(&[first], errors.len(), "")
    }

    /// Such as `Not compared 00:00–08:00: no normal staffing entered. RS is not asked yet.`: each thing once for all days
    /// of which it is said, then what is left to do, then where figures that nobody has agreed are agreed.
    fn not_compared(self, of_it: &[&UnitVerdict], waiting: &str, in_brief: bool) -> String {
        let mut said: Vec<String> = Vec::new();
        for verdict in of_it {
            let sentence = not_compared_sentence(self.rota, verdict);
            if !sentence.is_empty() && !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        said.truncate(2);
        for sentence in &mut said {
            sentence.push('.');
        }
        let wrong: Vec<&UnitVerdict> = of_it.iter().copied().filter(|unit| would_be(unit, Verdict::Errors)).collect();
        if !wrong.is_empty() {
            said.push(self.errors(&wrong));
        }
        if !waiting.is_empty() {
            said.push(waiting.to_owned());
        }
        if said.is_empty() && !of_it.is_empty() && !in_brief {
            said.push("No gaps against these figures.".to_owned());
        }
        said.extend(self.not_agreed(of_it, in_brief));
        if said.is_empty() { "Not compared: no normal staffing entered.".to_owned() } else { said.join(" ") }
    }

    /// That nobody has agreed the normal staffing, of which days where that is not all of them, and where it is agreed.
    fn not_agreed(self, of_it: &[&UnitVerdict], in_brief: bool) -> Option<String> {
        let of_them = || of_it.iter().filter(|verdict| verdict.is_example).filter_map(|v| self.rota.window(&v.window));
        of_them().next()?;
        if in_brief {
            return Some(format!("Agree them in {}", where_to_agree()));
        }
        let is_agreed = |window: &Window| self.rota.normal(&window.normal).is_some_and(|normal| !normal.example);
        let on = if self.rota.windows.iter().any(is_agreed) {
            let days: Vec<String> = of_them().map(|window| self.day(window)).collect();
            format!(" of {}", words::list(&days))
        } else {
            String::new()
        };
        Some(format!("Nobody has agreed the normal staffing{on}: agree it in {}", where_to_agree()))
    }

    /// The same with fewer days by name, and with how many more people there are.
    pub(super) fn not_compared_shorter(self, of_it: &[&UnitVerdict], windows: usize) -> Vec<String> {
        let waiting = would_wait(of_it);
        let whole = self.waiting(&waiting, windows);
        let shorter = if waiting.is_empty() { Vec::new() } else { self.waiting_shorter(&waiting, windows) };
        let in_full = shorter.iter().map(|waiting| self.not_compared(of_it, waiting, false));
        let brief = std::iter::once(&whole).chain(&shorter).map(|waiting| self.not_compared(of_it, waiting, true));
        in_full.chain(brief).collect()
    }

    /// Such as `Tue and Wed 08:00–17:00.`: what is covered has been agreed.
    fn covered(self, of_it: &[&UnitVerdict], windows: usize) -> String {
        let spans: Vec<&Window> = of_it.iter().filter_map(|v| self.rota.window(&v.window)).collect();
        let zone = self.rota.zone();
        let mut times: Vec<String> = spans.iter().map(|w| words::times(zone, w.span)).collect();
        times.dedup();
        if windows > 3 || times.len() != 1 {
            // Of a day and the night after it nobody would say that they are two days.
            if of_it.len() == windows && self.has_two_on_one_date() {
                return "Throughout the walkout.".to_owned();
            }
            let count = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
            let count = count.get(of_it.len()).map_or_else(|| of_it.len().to_string(), |word| (*word).to_owned());
            let all = if of_it.len() == windows { "All " } else { "" };
            let noun = if of_it.len() == 1 { "day" } else { "days" };
            return format!("{all}{count} {noun}.");
        }
        let days: Vec<String> = spans.iter().map(|w| self.day(w)).collect();
        format!("{} {}.", words::list(&days), times.concat())
    }

    /// Whether two of the walkout's days begin on one date: a day and a night.
    fn has_two_on_one_date(self) -> bool {
        let zone = self.rota.zone();
        let mut dates: Vec<_> = self.rota.windows.iter().map(|w| zone.civil(w.span.from).local.date()).collect();
        dates.sort_unstable();
        dates.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// Such as `Tue: CE is asked, RN is not asked yet. Orthopaedic list to postpone.`
    fn waiting(self, of_it: &[&UnitVerdict], windows: usize) -> String {
        if of_it.is_empty() {
            return String::new();
        }
        self.waiting_on(of_it, windows, 3)
    }

    /// The same with fewer days by name, and with how many more people there are.
    pub(super) fn waiting_shorter(self, of_it: &[&UnitVerdict], windows: usize) -> Vec<String> {
        let mut all: Vec<String> = (0..=3).rev().map(|days| self.waiting_on(of_it, windows, days)).collect();
        all.dedup();
        all.split_off(1.min(all.len()))
    }

    /// What waits on so many days by name, days of which the same is said together; whoever waits on the others is
    /// counted.
    fn waiting_on(self, of_it: &[&UnitVerdict], windows: usize, most: usize) -> String {
        let mut parts: Vec<(Vec<String>, String, Vec<&PersonId>)> = Vec::new();
        for verdict in of_it {
            let Some(window) = self.rota.window(&verdict.window) else { continue };
            let awaited = self.words.awaited_of(&[verdict]);
            let mut said = Vec::new();
            for (status, one, more) in
                [(Status::Asked, "is asked", "are asked"), (Status::Proposed, "is not asked yet", "are not asked yet")]
            {
                let names = self.names(&awaited.people(Some(status)));
                match names.len() {
                    0 => {}
                    1 => said.push(format!("{} {one}", names.concat())),
                    2 | 3 => said.push(format!("{} {more}", words::list(&names))),
                    count => said.push(format!("{count} {more}")),
                }
            }
            let (day, said) = (self.day(window), said.join(", "));
            if said.is_empty() {
                continue;
            }
            match parts.iter_mut().find(|(_, other, people)| *other == said && *people == awaited.people(None)) {
                Some((days, ..)) => days.push(day),
                None => parts.push((vec![day], said, awaited.people(None))),
            }
        }
        let most = most.min(parts.len());
        let named: BTreeSet<&PersonId> = parts[..most].iter().flat_map(|(.., people)| people).copied().collect();
        let others: BTreeSet<&PersonId> = parts[most..].iter().flat_map(|(.., people)| people).copied().collect();
        let more = others.difference(&named).count();
        let rest: Vec<String> = parts[most..].iter().flat_map(|(days, ..)| days.iter().cloned()).collect();
        let mut said: Vec<String> = Vec::new();
        for (days, text, _) in &parts[..most] {
            said.push(if windows > 1 { format!("{}: {text}", words::list(days)) } else { text.clone() });
        }
        match (rest.is_empty(), most, more) {
            (true, ..) => {}
            (false, 0, more) => said.push(format!("{more} to agree on {}", words::list(&rest))),
            (false, _, 0) => said.push(format!("The same people on {} too", words::list(&rest))),
            (false, _, more) => said.push(format!("{more} more to agree on {}", words::list(&rest))),
        }
        let awaited = self.words.awaited_of(of_it);
        let titles: Vec<String> = awaited.sessions().iter().map(|s| words::safe(&s.title).into_owned()).collect();
        match titles.len() {
            0 => {}
            // One says more by its name than by the number, which the pill has.
            1 => said.push(format!("{} to postpone", titles.concat())),
            2 if most > 0 => said.push(format!("{} to postpone", words::list(&titles))),
            _ => said.push(format!("{} to postpone", awaited.count_of_sessions())),
        }
        if said.is_empty() { "Answers awaited.".to_owned() } else { said.join(". ") + "." }
    }

    /// Such as `Tue 10:00–12:00 middle grade and 3 more gaps. AN and PD to agree, 2 clinics to postpone.`: how many hours
    /// wait for that says the pill.
    fn short(self, of_it: &[&UnitVerdict], all: &[&UnitVerdict], counts_only: bool) -> String {
        let gaps = self.words.gaps(of_it);
        let total = gaps.len();
        // One is named: where the others are say Problems and the grid.
        let text = |gap: &OpenGap<'_>| {
            let day = self.rota.window(gap.window).map_or_else(String::new, |window| self.day(window));
            format!("{day} {} {}", words::times(self.rota.zone(), gap.span), self.place(gap))
        };
        let texts: Vec<String> = gaps.iter().take(1).map(text).collect();
        let first = format!("{}{}", self.also_not_compared(of_it), with_more(&texts, total, "gap"));
        if !self.words.is_awaited(all) {
            return first.trim_end().to_owned();
        }
        let awaited = self.words.awaited_of(all);
        let mut names = self.names(&awaited.people(None));
        names.sort();
        let mut waits = match names.len() {
            0 => Vec::new(),
            1..=3 if !counts_only => vec![format!("{} to agree", words::list(&names))],
            people if counts_only => vec![format!("{people} to agree")],
            people => vec![format!("{people} people to agree")],
        };
        // Somebody who agreed may wait for a session to be postponed.
        match awaited.sessions().as_slice() {
            [] => {}
            [one] => waits.push(format!("{} to postpone", words::safe(&one.title))),
            _ => waits.push(format!("{} to postpone", awaited.count_of_sessions())),
        }
        let waits = if waits.is_empty() { "Answers awaited".to_owned() } else { waits.join(", ") };
        format!("{} {waits}.", first.trim_end()).trim_start().to_owned()
    }

    /// The same with those who are to agree counted, for a card with less room.
    pub(super) fn short_shorter(self, of_it: &[&UnitVerdict], all: &[&UnitVerdict]) -> Vec<String> {
        vec![self.short(of_it, all, true)]
    }

    /// Such as `Not compared Tue 17:00–08:00: no normal staffing entered. `: it stands first, because the pill says only
    /// that the unit is short.
    fn also_not_compared(self, of_it: &[&UnitVerdict]) -> String {
        let zone = self.rota.zone();
        let mut times: Vec<String> = Vec::new();
        let mut day = String::new();
        for verdict in of_it {
            let this = self.rota.window(&verdict.window).map_or_else(String::new, |window| self.day(window));
            for span in &verdict.not_compared {
                let prefix = if this == day { String::new() } else { format!("{this} ") };
                times.push(format!("{prefix}{}", words::times(zone, *span)));
                day.clone_from(&this);
            }
        }
        match times.as_slice() {
            [] => String::new(),
            [..] if times.len() <= 2 => format!("Not compared {}: no normal staffing entered. ", words::list(&times)),
            [first, ..] => {
                let more = times.len() - 1;
                format!("Not compared {first} and {more} more times: no normal staffing entered. ")
            }
        }
    }

    /// What a gap is called: its post, or its grade.
    fn place(self, gap: &OpenGap<'_>) -> String {
        match gap.place {
            Place::Post(post) => post_name(self.rota, post),
            Place::Grade(tier) => {
                let tiers = self.rota.unit(gap.unit).map_or(&[][..], |unit| &unit.tiers);
                let tier = tiers.iter().find(|other| other.id == *tier);
                tier.map_or_else(String::new, |tier| words::inside(&words::safe(&tier.name)))
            }
        }
    }
}

/// Those of which nothing is promised, and that would wait for an answer otherwise.
fn would_wait<'v>(of_it: &[&'v UnitVerdict]) -> Vec<&'v UnitVerdict> {
    of_it.iter().copied().filter(|unit| would_be(unit, Verdict::IfAgreed)).collect()
}

/// The parts, and how many more there are.
fn with_more(parts: &[String], total: usize, noun: &str) -> String {
    let shown = parts.len();
    let text = parts.join(", ");
    match total.saturating_sub(shown) {
        0 if text.is_empty() => String::new(),
        0 => format!("{text}."),
        more if noun.is_empty() => format!("{text} and {more} more."),
        more => format!("{text} and {more} more {noun}{}.", if more == 1 { "" } else { "s" }),
    }
}
