//! Gaps: where nobody is named for a place of a normal day, each counted once.
//!
//! One gap is one post over one stretch of one day that stays short whatever anybody answers; where people stand on all
//! posts and do not count, the grade. What touches is one gap, however many doctors are missing there. A shift that runs
//! on into the next day of the walkout is one gap too: its end is no gap of that day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::code::Code;
use super::finding::{Finding, Lacking, Report, UnitVerdict, Verdict};
use super::spell::DAY;
use super::verdict_words::{VerdictWords, stays_an_error};
use crate::model::{Post, PostId, Rota, Span, TierId, UnitId, WindowId};

/// One gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenGap<'a> {
    pub window: &'a WindowId,
    pub unit: &'a UnitId,
    pub place: Place<'a>,
    pub span: Span,
}

/// Where somebody is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place<'a> {
    /// On a post that stands empty, or where whoever is there does not count.
    Post(&'a PostId),
    /// At a grade, or above it.
    Grade(&'a TierId),
}

impl VerdictWords<'_> {
    /// The gaps of those units on those days, by day and time, the highest grade first.
    pub fn gaps<'b>(&'b self, verdicts: &'b [&'b UnitVerdict]) -> Vec<OpenGap<'b>> {
        let mut parts: BTreeMap<(&WindowId, &UnitId, Place<'_>), Vec<Span>> = BTreeMap::new();
        for unit in verdicts.iter().filter(|unit| unit.verdict == Verdict::Short) {
            let of_unit = [*unit];
            let is_cover = |finding: &&Finding| matches!(finding.code, Code::Cov1 | Code::Cov2);
            let all: Vec<&Finding> = self.findings(&of_unit).filter(is_cover).collect();
            // It may be short only once all agree, because somebody would be in two places.
            let lasts = all.iter().any(|finding| stays_an_error(finding));
            let is_open = |f: &&Finding| {
                if lasts { stays_an_error(f) || self.is_less_than_essential(f) } else { !f.is_waiting() }
            };
            for finding in all.into_iter().filter(is_open) {
                for (place, span) in places(self.rota(), finding) {
                    parts.entry((&unit.window, &unit.unit, place)).or_default().push(span);
                }
            }
        }
        let mut gaps: Vec<OpenGap<'_>> = Vec::new();
        for ((window, unit, place), spans) in parts {
            let spans = super::spans::union(spans);
            gaps.extend(spans.into_iter().map(|span| OpenGap { window, unit, place, span }));
        }
        self.join_shifts(&mut gaps);
        let day = |gap: &OpenGap<'_>| self.rota().windows.iter().position(|window| window.id == *gap.window);
        gaps.sort_by_cached_key(|gap| (day(gap), gap.span, Reverse(self.height(gap))));
        gaps
    }

    /// Adds the end of a shift to the gap of the day on which it begins, where that is a gap as well.
    fn join_shifts(&self, gaps: &mut Vec<OpenGap<'_>>) {
        gaps.sort_by_key(|gap| (gap.unit, gap.place, gap.span));
        let mut joined: Vec<OpenGap<'_>> = Vec::with_capacity(gaps.len());
        for gap in gaps.drain(..) {
            let before = joined.last_mut().filter(|before| {
                (before.unit, before.place) == (gap.unit, gap.place) && before.span.to == gap.span.from
            });
            match before.filter(|before| self.is_end_of_shift(before.window, &gap)) {
                Some(before) => before.span.to = gap.span.to,
                None => joined.push(gap),
            }
        }
        *gaps = joined;
    }

    /// Whether all of the gap is the end of a shift that is normally worked there and began on the day before.
    fn is_end_of_shift(&self, day_before: &WindowId, gap: &OpenGap<'_>) -> bool {
        let rota = self.rota();
        let is_there = |post: &PostId| match gap.place {
            Place::Post(own) => own == post,
            Place::Grade(tier) => rota.post(post).is_some_and(|post| post.unit == *gap.unit && post.tier == *tier),
        };
        let (edge, around) = (gap.span.from, Span::new(gap.span.from.plus(-DAY), gap.span.from.plus(DAY)));
        let normals = [day_before, gap.window].into_iter().filter_map(|day| rota.normal(&rota.window(day)?.normal));
        let mut lines = normals.flat_map(|normal| &normal.staffing).filter(|line| is_there(&line.post));
        lines.any(|line| {
            let shifts = rota.zone().daily_parts(around, line.from, line.to);
            let is_it = |shift: &Span| shift.from < edge && shift.covers(gap.span) && shift.minutes() < DAY;
            shifts.iter().any(is_it)
        })
    }

    /// Whether it says that a post which is not essential stays empty: no error, and a gap like any other.
    fn is_less_than_essential(&self, finding: &Finding) -> bool {
        let post = finding.posts.first().filter(|_| finding.code == Code::Cov2);
        let is_essential = post.and_then(|post| self.rota().post(post)).is_none_or(Post::is_essential);
        !is_essential && !finding.is_waiting()
    }

    /// The place of the gap's grade in its unit, from the lowest.
    fn height(&self, gap: &OpenGap<'_>) -> Option<usize> {
        let tier = match gap.place {
            Place::Post(post) => &self.rota().post(post)?.tier,
            Place::Grade(tier) => tier,
        };
        self.rota().unit(gap.unit)?.tier_index(tier)
    }
}

/// How many gaps there are, in those units on those days that are asked about.
pub fn count_gaps(rota: &Rota, report: &Report, is_asked: impl Fn(&UnitVerdict) -> bool) -> usize {
    let asked: Vec<&UnitVerdict> = report.units.iter().filter(|unit| is_asked(unit)).collect();
    VerdictWords::new(rota, report).gaps(&asked).len()
}

fn places<'a>(rota: &Rota, finding: &'a Finding) -> Vec<(Place<'a>, Span)> {
    let posts = empty_places(rota, finding).into_iter().map(|one| (Place::Post(&one.post), one.span));
    let posts: Vec<(Place<'_>, Span)> = posts.collect();
    if !posts.is_empty() {
        return posts;
    }
    let place = match (&finding.tier, finding.posts.first()) {
        (_, Some(post)) if finding.code == Code::Cov2 => Some(Place::Post(post)),
        (Some(tier), _) => Some(Place::Grade(tier)),
        (None, post) => post.map(Place::Post),
    };
    place.zip(finding.span).into_iter().collect()
}

/// Where somebody is still to be found in a shortage, highest tier first: on posts of its own tier, or of higher ones
/// where none of its own is empty. What is empty higher up is told there.
pub fn empty_places<'a>(rota: &Rota, finding: &'a Finding) -> Vec<&'a Lacking> {
    let empty: Vec<&Lacking> = finding.lacking.iter().filter(|lacking| lacking.empty > 0).collect();
    let is_own = |lacking: &&&Lacking| rota.post(&lacking.post).map(|post| &post.tier) == finding.tier.as_ref();
    let own: Vec<&Lacking> = empty.iter().filter(is_own).copied().collect();
    if own.is_empty() { empty } else { own }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::super::testing::rota;
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let rota = rota(text);
        let report = check(&rota);
        let all: Vec<&UnitVerdict> = report.units.iter().collect();
        let tell = |gap: &OpenGap<'_>| format!("{:?} {}", gap.place, crate::model::words::times(rota.zone(), gap.span));
        VerdictWords::new(&rota, &report).gaps(&all).iter().map(tell).collect()
    }

    const SHORT_AND_ON_CALL: &str = "
unit A&E: SHO, Consultant
post Ward: A&E SHO
post Home: A&E consultant, on call, essential
normal Ward: 1 08:00-17:00
normal Home: 1 08:00-17:00
";

    #[test]
    fn an_empty_essential_post_held_from_home_is_one_gap_more() {
        assert_eq!(told(SHORT_AND_ON_CALL).len(), 2);
        let rota = rota(SHORT_AND_ON_CALL);
        let report = check(&rota);
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), "SHORT 9 h, 1 POST");
        assert_eq!(count_gaps(&rota, &report, |_| true), 2);
        assert_eq!(count_gaps(&rota, &report, |_| false), 0);
    }

    #[test]
    fn a_night_over_the_change_of_day_is_one_gap() {
        let two_days = "
post Ward: A&E SHO
day Tue 00:00-00:00
day Wed 00:00-00:00
normal Ward: 1 20:00-08:00
normal Ward: 1 08:00-20:00
";
        let ward = |times: &[&str]| times.iter().map(|t| format!("Post(\"ward\") {t}")).collect::<Vec<_>>();
        let told = |held: &str| told(&format!("{two_days}{held}"));
        // The night from Tuesday to Wednesday alone.
        let days = "KP on Ward Tue 00:00-20:00\nRS on Ward Wed 08:00-20:00\nLT on Ward Wed 20:00-00:00\n";
        assert_eq!(told(days), ward(&["20:00–08:00"]));
        // With nobody at all each day is a gap of its own.
        assert_eq!(told(""), ward(&["00:00–00:00", "00:00–00:00"]));
        // What ends at midnight and begins again later are two.
        assert_eq!(told(&format!("{days}MI on Ward Wed 00:00-02:00\n")), ward(&["20:00–00:00", "02:00–08:00"]));
    }

    #[test]
    fn who_is_to_agree_on_a_post_held_from_home_stays_in_the_words() {
        let rota = rota(&format!("{SHORT_AND_ON_CALL}HB on Home 08:00-12:00, asked"));
        let report = check(&rota);
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), "SHORT 9 h, 1 POST, 1 TO AGREE");
    }

    #[test]
    fn where_no_hours_are_short_people_are_counted() {
        let text = format!("{SHORT_AND_ON_CALL}KP on Ward 08:00-17:00, asked");
        let rota = rota(&text);
        let report = check(&rota);
        assert_eq!(VerdictWords::new(&rota, &report).of(&report.units[0]), "SHORT 1 POST, 1 TO AGREE");
    }
}
