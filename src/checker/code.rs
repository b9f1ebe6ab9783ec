//! The rules' codes, in the order of `docs/checker.md`.

use std::fmt;

macro_rules! codes {
    ($($variant:ident $text:literal $name:literal),* $(,)?) => {
        /// The code of a rule. Ordered as in `docs/checker.md`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the rule's own file says what each is")]
        pub enum Code { $($variant),* }

        impl Code {
            /// All codes in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Such as "COV-1".
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Such as "short-of-normal".
            pub const fn rule_name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

codes! {
    Cov1 "COV-1" "short-of-normal",
    Cov2 "COV-2" "post-not-covered",
    Cov3 "COV-3" "no-senior",
    Cov4 "COV-4" "no-normal-staffing",
    Cov6 "COV-6" "example-staffing",
    Cov5 "COV-5" "could-move",
    Dbl1 "DBL-1" "double-booked",
    Dbl2 "DBL-2" "same-post-twice",
    Avl1 "AVL-1" "not-available",
    Scp1 "SCP-1" "out-of-scope",
    Skl1 "SKL-1" "lacks-competency",
    Ses1 "SES-1" "session-still-running",
    Ses2 "SES-2" "session-cannot-run",
    Dty1 "DTY-1" "duty-clash",
    Exc1 "EXC-1" "exclusive-post-shared",
    Rst1 "RST-1" "short-rest",
    Rst2 "RST-2" "after-on-call",
    Rst3 "RST-3" "weekly-rest",
    Rst4 "RST-4" "rest-after-nights",
    Hrs1 "HRS-1" "long-spell",
    Hrs2 "HRS-2" "hours-in-7-days",
    Hrs3 "HRS-3" "runs",
    Brk1 "BRK-1" "break-uncovered",
    Hnd1 "HND-1" "no-handover",
    Edg1 "EDG-1" "need-outlasts-window",
    Con1 "CON-1" "bleep",
    Dat1 "DAT-1" "same-person-twice",
    Dat2 "DAT-2" "windows",
    Dat3 "DAT-3" "session",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
