//! The rota's own log: what was said and done, newest last.

use crate::model::{Change, LogEntry, Rota};

use super::env::Env;

/// So many entries are kept.
pub(super) const LOG_MAX: usize = 500;

/// The change that adds one entry.
pub(super) fn log_change(rota: &Rota, env: &Env<'_>, text: impl Into<String>) -> Change {
    log_changes(rota, env, [text.into()])
}

/// The change that adds several entries.
pub(super) fn log_changes(rota: &Rota, env: &Env<'_>, texts: impl IntoIterator<Item = String>) -> Change {
    let mut log = rota.log.clone();
    log.extend(texts.into_iter().map(|text| LogEntry { at: env.now, by: env.user.to_owned(), text }));
    let too_many = log.len().saturating_sub(LOG_MAX);
    log.drain(..too_many);
    Change::Log(log)
}

#[cfg(test)]
mod tests {
    use super::super::testing::env;
    use super::*;
    use crate::model::{Command, History};

    #[test]
    fn the_newest_500_are_kept_newest_last() {
        let mut history = History::new(Rota::empty());
        for i in 0..LOG_MAX + 2 {
            let change = env(|env| log_change(history.rota(), env, i.to_string()));
            history.run(Command::edit("x", vec![change])).unwrap();
        }
        let log = &history.rota().log;
        assert_eq!((log.len(), log[0].text.as_str(), log[499].text.as_str()), (500, "2", "501"));
        assert_eq!(log[0].by, "j.harris");
    }
}
