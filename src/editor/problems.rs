//! The list of problems: what the checker found, in the order of what needs doing, with what says the same folded in.

use std::collections::BTreeMap;

use crate::checker::{
    Code, Finding, Report, Severity, UnitVerdict, Verdict, empty_places, folded_into, hint, needs_answer,
    not_compared_sentence,
};
use crate::model::{PersonId, PostId, Rota, Session, SessionState, Unit, UnitId, WindowId, words};

use super::Verb;
use super::action::{ProblemFilter, ProblemKind};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its place in the report.
    pub finding: usize,
    /// Its mark.
    pub kind: ProblemKind,
    /// Such as `A&E: 2 of 3 at middle grade or above`.
    pub title: String,
    /// When, which posts are unfilled, and who has still to agree; of what is no shortage what it says.
    pub text: String,
    /// Of a shortage the rest: who counts, and who does not and why. Shown when the pointer rests on it, and spoken.
    pub more: String,
    /// Somebody is missing, whatever they answer.
    pub is_gap: bool,
    /// Nobody is named for a post of it.
    pub is_empty: bool,
    /// Findings about the same post and time, by their places in the report.
    pub folded: Vec<usize>,
    /// Somebody has looked at it and accepted it.
    pub accepted: bool,
}

/// The list as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemList {
    /// Errors first, then what waits for an answer, warnings, infos; of each first where somebody is missing, else in
    /// the order of the report.
    pub problems: Vec<Problem>,
    /// Folded away at the end.
    pub accepted: Vec<Problem>,
    /// How many there are of each kind, whatever kind is shown.
    pub counts: Counts,
}

/// How many problems there are of each kind, accepted ones left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Short or broken whatever they answer.
    pub errors: usize,
    /// Until somebody agrees.
    pub to_agree: usize,
    pub warnings: usize,
    pub infos: usize,
}

impl Counts {
    pub fn all(self) -> usize {
        self.errors + self.to_agree + self.warnings + self.infos
    }

    pub fn of(self, kind: ProblemKind) -> usize {
        match kind {
            ProblemKind::All => self.all(),
            ProblemKind::Error => self.errors,
            ProblemKind::ToAgree => self.to_agree,
            ProblemKind::Warning => self.warnings,
            ProblemKind::Info => self.infos,
        }
    }
}

/// The list for a filter, with the window that is shown.
pub fn problem_list(
    rota: &Rota,
    report: &Report,
    filter: &ProblemFilter,
    shown: Option<&WindowId>,
    is_accepted: impl Fn(usize) -> bool,
) -> ProblemList {
    let folds = folded_into(rota, report, |finding| is_in(finding, filter, shown));
    let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (other, at) in folds.iter().enumerate() {
        if let Some(at) = at {
            into.entry(*at).or_default().push(other);
        }
    }
    let mut list = ProblemList::default();
    for (at, finding) in report.findings.iter().enumerate() {
        if folds[at].is_some() || !is_in(finding, filter, shown) {
            continue;
        }
        let kind = kind_of(finding, report);
        let accepted = finding.severity != Severity::Error && is_accepted(at);
        if !accepted {
            match kind {
                ProblemKind::Error | ProblemKind::All => list.counts.errors += 1,
                ProblemKind::ToAgree => list.counts.to_agree += 1,
                ProblemKind::Warning => list.counts.warnings += 1,
                ProblemKind::Info => list.counts.infos += 1,
            }
        }
        if filter.kind != ProblemKind::All && filter.kind != kind {
            continue;
        }
        let folded = into.get(&at).cloned().unwrap_or_default();
        let Words { title, text, more } = words_of(rota, finding, kind, filter.all_windows);
        let is_gap = kind == ProblemKind::Error && matches!(finding.code, Code::Cov1 | Code::Cov2);
        let problem = Problem {
            finding: at,
            kind,
            title,
            text,
            more,
            is_gap,
            is_empty: !empty_places(rota, finding).is_empty(),
            folded,
            accepted,
        };
        if accepted { list.accepted.push(problem) } else { list.problems.push(problem) }
    }
    // What nobody is named for first; then whoever is named and does not count. Of the same kind of shortage essential
    // posts and higher grades go first. Where nothing can be compared no answer helps, so that goes before what waits for
    // one.
    let order = |problem: &Problem| {
        let finding = &report.findings[problem.finding];
        let is_compared = finding.code != Code::Cov4;
        let rank = if is_compared { problem.kind } else { ProblemKind::Error };
        let (is_essential, below_highest) = weight(rota, finding);
        (rank, !is_compared, !problem.is_empty, !has_empty_row(finding), !is_essential, below_highest)
    };
    list.problems.sort_by_key(order);
    say_not_compared(rota, report, &mut list.problems);
    list.accepted.sort_by_key(|problem| problem.kind);
    list
}

/// What a shortage weighs among others of its kind: whether an essential post is short, and how many grades its unit has
/// above the highest that is.
fn weight(rota: &Rota, finding: &Finding) -> (bool, usize) {
    if !matches!(finding.code, Code::Cov1 | Code::Cov2 | Code::Cov3 | Code::Cov5) {
        return (false, 0);
    }
    let empty = empty_posts(rota, finding);
    let posts = if empty.is_empty() && finding.code == Code::Cov2 { finding.posts.iter().collect() } else { empty };
    let posts: Vec<_> = posts.into_iter().filter_map(|id| rota.post(id)).collect();
    let unit = finding.unit.as_ref().and_then(|id| rota.unit(id));
    let tiers = posts.iter().map(|post| &post.tier).chain(finding.tier.as_ref());
    let below = |unit: &Unit| tiers.filter_map(|tier| Some(unit.tiers.len() - unit.tier_index(tier)?)).min();
    (posts.iter().any(|post| post.is_essential()), unit.and_then(below).unwrap_or(0))
}

/// The first gap of a unit on a day says what of that day is not compared at all.
fn say_not_compared(rota: &Rota, report: &Report, problems: &mut [Problem]) {
    let is_part = |unit: &&UnitVerdict| unit.verdict == Verdict::Short && !unit.not_compared.is_empty();
    let mut parts: BTreeMap<(&WindowId, &UnitId), String> = report
        .units
        .iter()
        .filter(is_part)
        .map(|unit| ((&unit.window, &unit.unit), not_compared_sentence(rota, unit)))
        .collect();
    for problem in problems.iter_mut().filter(|problem| problem.is_gap) {
        let finding = &report.findings[problem.finding];
        let place = finding.window.as_ref().zip(finding.unit.as_ref());
        if let Some(sentence) = place.and_then(|place| parts.remove(&place)) {
            problem.text = format!("{} {sentence}.", problem.text);
        }
    }
}

fn is_in(finding: &Finding, filter: &ProblemFilter, shown: Option<&WindowId>) -> bool {
    let in_window = filter.all_windows || finding.window.is_none() || finding.window.as_ref() == shown;
    let in_unit = filter.unit.is_none() || finding.unit == filter.unit;
    in_window && in_unit
}

/// Whether a shortage is of more doctors than stand there and do not count: then somebody is simply missing.
pub fn has_empty_row(finding: &Finding) -> bool {
    let idle = finding.not_counted.iter().filter(|n| !n.why.is_empty()).count() as u64;
    matches!(finding.code, Code::Cov1 | Code::Cov2 | Code::Cov3 | Code::Cov5)
        && !finding.is_waiting()
        && finding.short.is_none_or(|short| u64::from(short) > idle)
}

/// What an answer can cure waits for it; the rest is what its severity says.
pub fn kind_of(finding: &Finding, report: &Report) -> ProblemKind {
    if needs_answer(finding, report) { ProblemKind::ToAgree } else { ProblemKind::of(finding.severity) }
}

/// What one line says.
struct Words {
    title: String,
    text: String,
    more: String,
}

/// That nobody has agreed the normal staffing, and where that is done.
pub(super) fn not_agreed() -> String {
    format!("Nobody has agreed the normal staffing: agree it in {}", where_to_agree())
}

/// The menu entry with which normal staffing is agreed.
pub(super) fn where_to_agree() -> String {
    let row = Verb::NormalStaffing.row();
    format!("{} > {}", row.group.menu().label(), row.label)
}

fn words_of(rota: &Rota, finding: &Finding, kind: ProblemKind, all_days: bool) -> Words {
    let unit = finding.unit.as_ref().and_then(|id| rota.unit(id));
    let unit_name = unit.map_or_else(String::new, |u| words::safe(&u.name).into_owned());
    let (Code::Cov1 | Code::Cov2, Some(span), Some(need), Some(have)) =
        (finding.code, finding.span, finding.need, finding.have)
    else {
        let title = finding.code.rule().title;
        let title =
            if unit_name.is_empty() { title.to_owned() } else { format!("{unit_name}: {}", words::inside(title)) };
        let text = without_years(finding.message.trim_end_matches('.'));
        let text = match finding.code {
            Code::Cov6 => not_agreed(),
            Code::Dat1 => hint(finding, rota).map_or(format!("{text}."), |hint| format!("{text}. {hint}.")),
            _ => {
                // What the title says already is not said again.
                let text = text
                    .strip_prefix(title.as_str())
                    .and_then(|rest| rest.strip_prefix(": "))
                    .map_or_else(|| text.clone(), words::capital);
                if text.ends_with('?') { text } else { format!("{text}.") }
            }
        };
        return Words { title, text, more: String::new() };
    };
    let at = finding.tier.as_ref().zip(unit).and_then(|(id, u)| u.tier_index(id).map(|at| (u, at)));
    let level = at.map_or_else(String::new, |(unit, at)| {
        let or_above = if at + 1 < unit.tiers.len() { " or above" } else { "" };
        format!(" at {}{or_above}", words::inside(&words::safe(&unit.tiers[at].name)))
    });
    let waits = kind == ProblemKind::ToAgree;
    let place = match (finding.code, finding.posts.first().and_then(|id| rota.post(id))) {
        (Code::Cov2, Some(post)) => format!("{unit_name}, {}", words::safe(&post.name)),
        _ => unit_name,
    };
    // What is empty and what waits are told by the mark and by the line below; the figures are those of the grid.
    let title = format!("{place}: {have} of {need}{level}");
    // The list of one day says which day it is; a gap over midnight has both days.
    let dated = without_years(&words::span(rota.zone(), span));
    let when = if all_days || dated.contains(" – ") { dated.clone() } else { words::times(rota.zone(), span) };
    let hint = hint(finding, rota).map(|hint| hint.trim_end_matches('.').to_owned());
    let names: Vec<String> = finding.people.iter().map(|id| super::assign::initials(rota, id)).collect();
    let names = if names.is_empty() { String::new() } else { format!(": {}", words::list(&names)) };
    let short = finding.short.unwrap_or_else(|| need.saturating_sub(have));
    let above = match need.saturating_sub(have).saturating_sub(short) {
        0 => String::new(),
        1 => " (one of those missing is at a higher grade)".to_owned(),
        above => format!(" ({above} of those missing are at a higher grade)"),
    };
    let empty = empty_posts(rota, finding);
    let all = if !waits && empty.len() > 1 {
        format!(" Unfilled: {}.", unfilled(rota, &empty, empty.len()))
    } else {
        String::new()
    };
    let counted = format!("{have} of {need}{level}{names}{above}, {dated}.{all}");
    let text = if waits || empty.is_empty() {
        format!("{when}.")
    } else {
        format!("{when}: {} unfilled.", unfilled(rota, &empty, 1))
    };
    // Who has still to agree stands on the card itself.
    match hint {
        Some(hint) if waits => {
            let stops = to_postpone(rota, finding).map_or_else(String::new, |stops| format!("; {stops}"));
            Words { title, text: format!("{when}: {hint}{stops}."), more: counted }
        }
        Some(hint) => Words { title, text, more: format!("{counted} {hint}.") },
        None => Words { title, text, more: counted },
    }
}

/// Such as `Fracture clinic to postpone`: the sessions of whoever is waited for that are still to be postponed.
fn to_postpone(rota: &Rota, finding: &Finding) -> Option<String> {
    let span = finding.span?;
    let is_awaited = |person: &PersonId| {
        finding.lacking.iter().any(|one| one.to_agree.contains(person) || one.to_postpone.contains(person))
    };
    let is_one = |session: &&Session| {
        session.state == SessionState::ToPostpone && session.span.overlaps(span) && session.team.iter().any(is_awaited)
    };
    let titles: Vec<String> =
        rota.sessions.iter().filter(is_one).map(|session| words::safe(&session.title).into_owned()).collect();
    match titles.len() {
        0 => None,
        1 | 2 => Some(format!("{} to postpone", words::list(&titles))),
        many => Some(format!("{many} sessions to postpone")),
    }
}

/// The posts of [`empty_places`], each once.
pub fn empty_posts<'a>(rota: &Rota, finding: &'a Finding) -> Vec<&'a PostId> {
    let mut posts: Vec<&PostId> = Vec::new();
    for lacking in empty_places(rota, finding) {
        if !posts.contains(&&lacking.post) {
            posts.push(&lacking.post);
        }
    }
    posts
}

/// Such as `Resus, Majors SHO and 2 more`: so many by name, the highest first.
fn unfilled(rota: &Rota, posts: &[&PostId], named: usize) -> String {
    let mut names: Vec<String> = posts.iter().take(named).map(|id| super::assign::post_name(rota, id)).collect();
    if names.len() < posts.len() {
        names.push(format!("{} more", posts.len() - names.len()));
    }
    words::list(&names)
}

/// The same without the years of its dates: `Tue 26-Apr` for `Tue 26-Apr-2016`.
fn without_years(text: &str) -> String {
    const YEAR: usize = 5;
    let is_year = |at: usize| {
        let year = text.get(at..at + YEAR);
        let month = at.checked_sub(4).and_then(|from| text.get(from..at));
        year.is_some_and(|year| year.starts_with('-') && year[1..].bytes().all(|byte| byte.is_ascii_digit()))
            && month.is_some_and(|month| month.starts_with('-') && month[1..].bytes().all(|b| b.is_ascii_alphabetic()))
            && !text[at + YEAR..].starts_with(|next: char| next.is_ascii_digit())
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices('-') {
        if at >= from && is_year(at) {
            out.push_str(&text[from..at]);
            from = at + YEAR;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// The next problem of a list after a finding, or the one before; none at the end. From nowhere: the first, or the last.
pub fn next_problem(list: &ProblemList, from: Option<usize>, forward: bool) -> Option<usize> {
    let all = &list.problems;
    let at = from.and_then(|f| all.iter().position(|p| p.finding == f || p.folded.contains(&f)));
    let next = match (at, forward) {
        (None, true) => 0,
        (None, false) => all.len().checked_sub(1)?,
        (Some(at), true) => at + 1,
        (Some(at), false) => at.checked_sub(1)?,
    };
    all.get(next).map(|p| p.finding)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, rota, span, window_id, with};
    use super::*;
    use crate::checker::check;
    use crate::model::{MayCover, SessionId, SessionKind, Status, TimeOfDay};

    fn able() -> Rota {
        let rota = with(fixture::able(), "a1", "cons", "hg", "08:00", "17:00", Status::Agreed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Agreed);
        with(rota, "a3", "mg", "rs", "10:00", "15:00", Status::Asked)
    }

    fn list(rota: &Rota, filter: &ProblemFilter, accepted: &[usize]) -> ProblemList {
        problem_list(rota, &check(rota), filter, Some(&window_id()), |at| accepted.contains(&at))
    }

    #[test]
    fn short_goes_before_to_agree_and_cov_2_is_folded_in() {
        let rota = able();
        let all = list(&rota, &ProblemFilter::default(), &[]);
        let cover: Vec<String> = all
            .problems
            .iter()
            .filter(|p| matches!(p.kind, ProblemKind::Error | ProblemKind::ToAgree))
            .map(|p| format!("{} | {} | {} | {}", p.title, p.text, p.more, p.folded.len()))
            .collect();
        assert_eq!(
            cover,
            [
                "A&E: 2 of 3 at middle grade or above | 15:00–17:00: Middle grade unfilled. | 2 of 3 at middle grade or above: HG and KP, 15:00–17:00 Tue 26-Apr. | 1",
                "A&E: 2 of 3 at middle grade or above | 10:00–15:00: RS asked. | 2 of 3 at middle grade or above: HG and KP, 10:00–15:00 Tue 26-Apr. | 1",
            ]
            .map(ToOwned::to_owned)
        );
    }

    #[test]
    fn what_is_not_compared_is_told_with_the_first_gap_and_before_what_waits() {
        let mut rota = able();
        rota.windows[0].span = span("08:00", "20:00");
        let all = list(&rota, &ProblemFilter::default(), &[]);
        let told: Vec<(Code, &str)> =
            all.problems.iter().map(|p| (check(&rota).findings[p.finding].code, p.text.as_str())).collect();
        let first = "15:00–17:00: Middle grade unfilled. Not compared 18:00–20:00: no normal staffing entered.";
        assert_eq!(told[0], (Code::Cov1, first), "{told:?}");
        let again = "A&E: normal staffing not entered 18:00–20:00 Tue 26-Apr, so cover cannot be checked.";
        assert_eq!(told[1], (Code::Cov1, "17:00–18:00: Middle grade unfilled."), "{told:?}");
        assert_eq!(told[2], (Code::Cov4, again), "{told:?}");
        assert_eq!(told[3].0, Code::Cov1, "what waits for an answer");
    }

    #[test]
    fn what_the_title_says_is_not_said_again() {
        let all = list(&able(), &ProblemFilter::default(), &[]);
        let after = all.problems.iter().find(|p| p.title == "A&E: walkout ends mid-shift").unwrap();
        assert_eq!(after.text, "Who covers Middle grade 17:00–18:00 Tue 26-Apr?");
        assert!(all.problems.iter().all(|p| !p.text.starts_with(&p.title)));
    }

    #[test]
    fn a_gap_over_midnight_has_both_days_and_many_posts_are_counted() {
        let mut rota = rota();
        rota.windows[0].span = span("08:00", "2016-04-27T08:00");
        for line in &mut rota.normals[0].staffing {
            (line.from, line.to) =
                (TimeOfDay::from_minutes(22 * 60).unwrap(), TimeOfDay::from_minutes(7 * 60).unwrap());
        }
        let all = list(&rota, &ProblemFilter::default(), &[]);
        assert!(all.problems[0].text.starts_with("22:00 Tue 26-Apr – 07:00 Wed 27-Apr: "), "{}", all.problems[0].text);
        let posts: Vec<&PostId> = rota.posts.iter().map(|post| &post.id).collect();
        assert_eq!(unfilled(&rota, &posts, 3), "SHO, Middle grade and Consultant");
        assert_eq!(unfilled(&rota, &posts, 1), "SHO and 2 more");
    }

    #[test]
    fn dates_on_a_card_have_no_year() {
        assert_eq!(without_years("on Tue 26-Apr-2016 and Wed 27-Apr-2016"), "on Tue 26-Apr and Wed 27-Apr");
        assert_eq!(
            without_years("bleep 020-7946-0123, 1-2016, é-Apr-20161"),
            "bleep 020-7946-0123, 1-2016, é-Apr-20161"
        );
    }

    #[test]
    fn who_waits_is_counted_as_the_verdict_counts_and_what_is_to_be_postponed_is_named() {
        let mut rota = able();
        rota.assignments[1].status = Status::Asked;
        rota.sessions.push(Session {
            team: vec![super::super::fixture::person_id("kp")],
            appointments: 24,
            state: SessionState::ToPostpone,
            ..Session::new(
                SessionId::new("s1").unwrap(),
                SessionKind::Clinic,
                "Colposcopy clinic",
                span("09:00", "10:00"),
            )
        });
        let report = check(&rota);
        let list = problem_list(&rota, &report, &ProblemFilter::default(), Some(&window_id()), |_| false);
        let waits: Vec<&str> =
            list.problems.iter().filter(|p| p.kind == ProblemKind::ToAgree).map(|p| p.text.as_str()).collect();
        assert!(waits.iter().any(|text| text.ends_with("KP asked; Colposcopy clinic to postpone.")), "{waits:?}");
        // From three two are missing, one of whom is asked.
        let messages: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        let both = "A&E, middle grade or above: 1 short and 1 to agree, 15:00–17:00";
        assert!(messages.iter().any(|message| message.starts_with(both)), "{messages:?}");
    }

    #[test]
    fn in_an_empty_unit_essential_posts_and_higher_grades_come_first() {
        let mut rota = rota();
        let tiers = rota.units[0].tiers.clone();
        // The lowest grade begins first and is short for longest, as a unit's minors are.
        for line in &mut rota.normals[0].staffing {
            line.from = TimeOfDay::from_minutes(9 * 60).unwrap();
        }
        let mut low = rota.normals[0].staffing[0].clone();
        low.post = rota.posts.iter().find(|post| post.tier == tiers[0].id).unwrap().id.clone();
        low.from = TimeOfDay::from_minutes(8 * 60).unwrap();
        low.count = 4;
        rota.normals[0].staffing.push(low);
        let order = |rota: &Rota| -> Vec<usize> {
            let report = check(rota);
            let all = list(rota, &ProblemFilter::default(), &[]);
            let short = all.problems.iter().filter(|p| p.is_gap).map(|p| &report.findings[p.finding]);
            short.filter_map(|f| rota.units[0].tier_index(f.tier.as_ref()?)).collect()
        };
        let all = order(&rota);
        assert!(all.len() > 2 && all.is_sorted_by(|a, b| a >= b), "the highest first: {all:?}");
        let lowest = rota.posts.iter().position(|post| post.tier == tiers[0].id).unwrap();
        rota.posts[lowest].essential = true;
        assert_eq!(order(&rota)[0], 0, "an essential post before all others");
    }

    #[test]
    fn what_is_empty_comes_first_and_what_waits_is_no_gap() {
        let mut rota = rota();
        let (unit, tiers) = (rota.units[0].id.clone(), rota.units[0].tiers.clone());
        for person in &mut rota.people {
            let up_to = tiers[2].id.clone();
            person.may_cover = vec![MayCover { unit: unit.clone(), up_to, only: Vec::new() }];
        }
        let mut line = rota.normals[0].staffing[0].clone();
        line.post = rota.posts.iter().find(|post| post.tier == tiers[0].id).unwrap().id.clone();
        line.count = 1;
        rota.normals[0].staffing.push(line);
        let rota = with(rota, "a1", "cons", "hg", "08:00", "17:00", Status::Proposed);
        let rota = with(rota, "a2", "mg", "kp", "08:00", "17:00", Status::Asked);
        let rota = with(rota, "a3", "sho", "an", "08:00", "17:00", Status::Proposed);
        let all = list(&rota, &ProblemFilter::default(), &[]);
        let cover: Vec<(ProblemKind, bool, &str)> = all
            .problems
            .iter()
            .filter(|p| matches!(p.kind, ProblemKind::Error | ProblemKind::ToAgree))
            .map(|p| (p.kind, p.is_empty, p.title.as_str()))
            .collect();
        assert_eq!(cover[0], (ProblemKind::Error, true, "A&E: 0 of 3 at middle grade or above"), "{cover:?}");
        assert!(cover[1..].iter().all(|(kind, ..)| *kind == ProblemKind::ToAgree), "{cover:?}");
        assert_eq!(all.counts.errors, 1);
        let cards = super::super::verdict_text::verdict_cards(&rota, &check(&rota));
        let sentence = &cards[0].sentence;
        assert!(sentence.starts_with("Tue 10:00–17:00 Middle grade. "), "{sentence}");
        assert!(sentence.ends_with(" AN, HG and KP to agree."), "{sentence}");
    }

    #[test]
    fn counts_are_of_all_and_the_list_of_one_kind() {
        let rota = able();
        let all = list(&rota, &ProblemFilter::default(), &[]);
        assert_eq!((all.counts.errors, all.counts.to_agree), (1, 1));
        let one = list(&rota, &ProblemFilter { kind: ProblemKind::ToAgree, ..ProblemFilter::default() }, &[]);
        assert_eq!(one.problems.len(), 1);
        assert_eq!(one.counts, all.counts);
        assert_eq!(all.counts.all(), all.problems.len());
    }

    #[test]
    fn what_is_accepted_is_folded_away_but_never_an_error() {
        let rota = able();
        let every: Vec<usize> = (0..check(&rota).findings.len()).collect();
        let all = list(&rota, &ProblemFilter::default(), &every);
        assert_eq!(all.counts.all(), 2, "the two errors stay");
        assert!(all.accepted.iter().all(|p| p.accepted) && !all.accepted.is_empty());
    }

    #[test]
    fn f8_goes_to_the_end_of_the_list() {
        let all = list(&able(), &ProblemFilter::default(), &[]);
        let order: Vec<usize> = all.problems.iter().map(|p| p.finding).collect();
        assert_eq!(next_problem(&all, None, true), Some(order[0]));
        assert_eq!(next_problem(&all, Some(order[0]), true), Some(order[1]));
        assert_eq!(next_problem(&all, Some(order[1]), false), Some(order[0]));
        assert_eq!(next_problem(&all, order.last().copied(), true), None);
        assert_eq!(next_problem(&all, Some(order[0]), false), None);
        assert_eq!(next_problem(&all, None, false), order.last().copied());
        assert_eq!(next_problem(&ProblemList::default(), Some(3), true), None);
    }
}
