//! DAT-3: sessions that nobody has been entered for, or that no window touches.

use super::context::{Context, SessionIx};
use super::rule::{Check, Family, Found, Reach, Rule};
use super::{Code, Finding, Severity};
use crate::model::words;

/// So many sessions are named in the message, at most.
const NAMED_MAX: usize = 5;

pub(super) const RULE: Rule = Rule {
    code: Code::Dat3,
    family: Family::Rota,
    reach: Reach::Moment,
    worst: Severity::Info,
    severity: "info",
    title: "Sessions without a team, or outside all walkout times",
    why: "A session without a team can never be found to clash with cover, and one outside all walkout times has nothing to \
          do with the walkout: probably a wrong date.",
    source: "This program's way of finding clashes: through the team",
    example: "
session Eye list: nobody; 09:00-12:00
session Skin clinic: KP; Wed 09:00-12:00
info: 1 session has no team (Eye list 09:00–12:00 Tue 26-Apr-2016); 1 session is outside all walkout times (Skin clinic 09:00–12:00 Wed 27-Apr-2016)
",
    check: Check::Rota(check),
};

fn check(ctx: &Context, found: &mut Found) {
    let all = 0..ctx.sessions.len();
    let alone: Vec<SessionIx> = all.clone().filter(|at| ctx.sessions[*at].team.is_empty()).collect();
    let outside: Vec<SessionIx> = all.filter(|at| ctx.windows_in(ctx.sessions[*at].span).next().is_none()).collect();
    let mut parts = Vec::new();
    if !alone.is_empty() {
        parts.push(say(ctx, &alone, ["has no team", "have no team"]));
    }
    if !outside.is_empty() {
        parts.push(say(ctx, &outside, ["is outside all walkout times", "are outside all walkout times"]));
    }
    if !parts.is_empty() {
        let mut sessions = [alone, outside].concat();
        sessions.sort_unstable();
        sessions.dedup();
        found.tell(Finding::new(Code::Dat3, Severity::Info, parts.join("; ")).sessions(ctx, sessions));
    }
}

/// "2 sessions have no team (Eye list and Skin clinic)".
fn say(ctx: &Context, sessions: &[SessionIx], verbs: [&str; 2]) -> String {
    let name = |at: &SessionIx| format!("{} {}", ctx.session_name(*at), ctx.when(ctx.sessions[*at].span));
    let mut names: Vec<String> = sessions.iter().take(NAMED_MAX).map(name).collect();
    if sessions.len() > NAMED_MAX {
        names.push(format!("{} more", sessions.len() - NAMED_MAX));
    }
    let verb = verbs[usize::from(sessions.len() > 1)];
    format!("{} {verb} ({})", words::count(sessions.len() as u64, "session"), words::list(&names))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check_rule;
    use super::RULE;

    #[test]
    fn touching_a_window_is_outside_and_a_minute_in_it_is_not() {
        check_rule(&RULE, "session Eye list: KP; 07:00-08:01");
        check_rule(
            &RULE,
            "
session Eye list: KP; 07:00-08:00
session Ear list: KP; 17:00-18:00
info: 2 sessions are outside all walkout times (Eye list 07:00–08:00 Tue 26-Apr-2016 and Ear list 17:00–18:00 Tue 26-Apr-2016)
",
        );
    }
}
