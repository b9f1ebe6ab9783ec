//! `plan --json`: one object, its fields in the order of `docs/file-format.md`.

use serde::Serialize;

use crate::editor::releases::Releases;
use crate::file::{Faults, Opened, offset_date_time};
use crate::model::{AssignmentId, PostId, Rota, SessionId};
use crate::planner::{Gap, Plan};

use super::json::{self, text_of};

const FORMAT: &str = "cover-rota-plan";
const VERSION: u32 = 1;

#[derive(Serialize)]
struct PlanJson<'a> {
    format: &'static str,
    version: u32,
    sealed: Option<bool>,
    status: &'static str,
    seconds: f64,
    objectives: Vec<ObjectiveJson>,
    assignments: Vec<AssignmentJson<'a>>,
    removed: Vec<&'a str>,
    postpone: Vec<&'a str>,
    restore: Vec<&'a str>,
    gaps: Vec<GapJson<'a>>,
}

#[derive(Serialize)]
struct ObjectiveJson {
    name: &'static str,
    value: i64,
    bound: i64,
    proven: bool,
}

#[derive(Serialize)]
struct AssignmentJson<'a> {
    id: &'a str,
    post: &'a str,
    person: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
struct GapJson<'a> {
    window: &'a str,
    unit: &'a str,
    tier: &'a str,
    posts: Vec<&'a str>,
    from: String,
    to: String,
    short: u32,
    people: Vec<WhyNotJson<'a>>,
    releases: Vec<&'a str>,
    bottleneck: Option<&'a str>,
    /// There where the time ran out before anybody was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    reached: Option<bool>,
}

#[derive(Serialize)]
struct WhyNotJson<'a> {
    person: &'a str,
    why: Vec<&'static str>,
    text: &'a str,
}

/// The plan for the rota of a file, found in so many seconds.
pub(super) fn of_plan(opened: &Opened, plan: &Plan, seconds: f64) -> String {
    let rota = &opened.rota;
    let zone = rota.zone();
    let releases = Releases::of(rota);
    let json = PlanJson {
        format: FORMAT,
        version: VERSION,
        sealed: opened.sealed,
        status: if plan.is_optimal() { "optimal" } else { "feasible" },
        seconds: (seconds * 100.0).round() / 100.0,
        objectives: plan
            .figures
            .iter()
            .map(|f| ObjectiveJson { name: f.objective.name(), value: f.value, bound: f.bound, proven: f.is_proven })
            .collect(),
        assignments: plan
            .assignments
            .iter()
            .map(|a| AssignmentJson {
                id: a.id.as_str(),
                post: a.post.as_str(),
                person: a.person.as_str(),
                from: offset_date_time(a.span.from, zone),
                to: offset_date_time(a.span.to, zone),
            })
            .collect(),
        removed: plan.removed.iter().map(AssignmentId::as_str).collect(),
        postpone: plan.postpone.iter().map(SessionId::as_str).collect(),
        restore: plan.restore.iter().map(SessionId::as_str).collect(),
        gaps: plan.gaps.iter().map(|gap| gap_json(rota, gap, &releases)).collect(),
    };
    text_of(&json)
}

fn gap_json<'a>(rota: &Rota, gap: &'a Gap, releases: &Releases<'_>) -> GapJson<'a> {
    let people = gap.people.iter().map(|it| WhyNotJson {
        person: it.person.as_str(),
        why: it.reasons.iter().map(|reason| reason.code()).collect(),
        text: &it.text,
    });
    GapJson {
        window: gap.window.as_str(),
        unit: gap.unit.as_str(),
        tier: gap.tier.as_str(),
        posts: gap.posts.iter().map(PostId::as_str).collect(),
        from: offset_date_time(gap.span.from, rota.zone()),
        to: offset_date_time(gap.span.to, rota.zone()),
        short: gap.short,
        people: people.collect(),
        releases: releases.told(gap),
        bottleneck: gap.bottleneck.as_deref(),
        reached: (!gap.is_reached).then_some(false),
    }
}

/// What a file that cannot be read gives.
pub(super) fn of_faults(faults: &Faults) -> String {
    json::of_faults(FORMAT, VERSION, faults)
}
