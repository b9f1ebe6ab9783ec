//! How many steps lie between the rota on the screen and the one that the file holds.

/// Steps of the history, counted since the rota was opened.
#[derive(Debug, Clone, Default)]
pub(super) struct UnsavedSteps {
    /// Steps done, less those taken back.
    now: i64,
    /// How many there were at the last save.
    saved: i64,
    /// How many both have, once something else was done after steps of the file were taken back: those are in the file
    /// only, and no redo leads to them.
    common: Option<i64>,
    /// What an earlier run had done that the file does not hold.
    before: usize,
}

impl UnsavedSteps {
    /// Work of an earlier run, with so many changes that the file does not hold.
    pub(super) fn recovered(before: usize) -> Self {
        Self { before, ..Self::default() }
    }

    pub(super) fn done(&mut self) {
        if self.now < self.saved && self.common.is_none() {
            self.common = Some(self.now);
        }
        self.now += 1;
    }

    pub(super) fn undone(&mut self) {
        self.now -= 1;
        self.common = self.common.map(|common| common.min(self.now));
    }

    pub(super) fn redone(&mut self) {
        self.now += 1;
    }

    /// The file holds what is on the screen.
    pub(super) fn saved(&mut self) {
        *self = Self { now: self.now, saved: self.now, ..Self::default() };
    }

    /// Whether the rota is as it was opened, as far as its steps say.
    pub(super) fn is_at_start(&self) -> bool {
        self.now == 0
    }

    /// Whether anything was done since it was opened or saved, and not taken back.
    pub(super) fn any(&self) -> bool {
        self.now != self.saved || self.common.is_some()
    }

    /// Steps that only the file has, and steps that only the screen has.
    pub(super) fn count(&self) -> usize {
        let common = self.common.unwrap_or(self.now.min(self.saved));
        self.before + usize::try_from(self.now - common + self.saved - common).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps as letters: d done, u undone, r redone, S saved.
    fn count(steps: &str) -> usize {
        let mut unsaved = UnsavedSteps::default();
        for step in steps.chars() {
            match step {
                'd' => unsaved.done(),
                'u' => unsaved.undone(),
                'r' => unsaved.redone(),
                _ => unsaved.saved(),
            }
        }
        assert_eq!(unsaved.any(), unsaved.count() > 0, "{steps}");
        unsaved.count()
    }

    #[test]
    fn what_was_taken_back_counts_beside_what_was_done_instead() {
        for (steps, expected) in [
            ("", 0),
            ("dd", 2),
            ("ddu", 1),
            ("dddS", 0),
            ("dddSuu", 2),
            ("dddSuur", 1),
            ("dddSuurr", 0),
            ("dddSuuu", 3),
            ("dddSuuudd", 5),
            ("dddSud", 2),
            ("dddSuddd", 4),
            ("dddSuduu", 2),
            ("dddSudS", 0),
        ] {
            assert_eq!(count(steps), expected, "{steps}");
        }
    }

    #[test]
    fn work_of_an_earlier_run_counts_until_it_is_saved() {
        let mut unsaved = UnsavedSteps::recovered(5);
        unsaved.done();
        assert_eq!((unsaved.count(), unsaved.any()), (6, true));
        unsaved.saved();
        assert_eq!(unsaved.count(), 0);
    }
}
