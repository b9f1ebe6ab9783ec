//! Known hazards, what the program does about each, and the tests that prove it: the hazard log of Help and README.

/// A way to harm.
#[derive(Clone, Copy, Debug)]
pub struct Hazard {
    /// What could go wrong.
    pub harm: &'static str,
    /// What is done about it.
    pub done: &'static str,
    /// The tests that prove it.
    pub tests: &'static [&'static str],
}

/// All of them, the worst first.
pub const HAZARDS: &[Hazard] = &[
    Hazard {
        harm: "“Covered” where it is not",
        done: "Only Agreed counts, and only who is able, free and there; an empty or unreadable rota is never covered, nor are hours without normal staffing (unless the unit is shut then) and example staffing; a second checker, written apart, agrees on random rotas",
        tests: &[
            "second_checker",
            "an_empty_rota_is_not_covered",
            "nothing_is_promised_of_hours_that_nothing_is_compared_with",
            "nothing_is_promised_of_example_staffing",
            "waiting_says_who_and_never_begins_with_covered",
            "no_pill_of_another_verdict_begins_with_covered",
        ],
    },
    Hazard {
        harm: "A stale verdict",
        done: "Verdicts are in colour only while the file on disk is the one that was opened, which is looked at every five seconds; else, and when the disk has not answered for ten seconds, grey, with “was”; after an edit they are those of a full check",
        tests: &[
            "only_a_current_verdict_is_in_colour",
            "a_verdict_that_is_not_current_is_told_as_was",
            "after_every_edit_the_report_is_that_of_the_full_check",
            "the_file_is_looked_at_whatever_else_is_done",
            "a_look_that_is_not_answered_is_told_and_so_is_that_it_answers_again",
        ],
    },
    Hazard {
        harm: "A file changed by hand, or damaged",
        done: "A seal over the contents shows it, and so does a missing seal; no verdict counts as current until somebody has checked",
        tests: &[
            "a_wrong_seal_is_told_and_never_covered",
            "a_wrong_seal_is_not_current_until_it_is_confirmed",
            "every_truncation_is_noticed",
            "a_missing_seal_is_a_wrong_one_where_the_program_has_saved_the_file",
        ],
    },
    Hazard {
        harm: "Work lost unnoticed",
        done: "A save is complete or not made at all, and is read back; unsaved work is kept within five seconds, on a thread and a disk of its own, and called kept only once it has been read back; what is not saved or is discarded can be recovered for 7 days; what somebody else saved is never overwritten without asking",
        tests: &[
            "power_may_go_at_any_step",
            "whatever_fails_the_file_is_whole_and_saved_is_never_said_of_what_is_not",
            "unsaved_work_is_kept_while_the_share_does_not_answer",
            "kept_is_said_only_of_what_was_read_back",
            "what_is_not_saved_can_be_had_back_for_a_week",
            "what_somebody_else_wrote_is_not_overwritten_and_is_told",
            "recovered_work_goes_over_its_file_only_while_that_is_what_it_was",
        ],
    },
    Hazard {
        harm: "The wrong person",
        done: "Two people with the same name, however it is written, initials or telephone number on one day are flagged (DAT-1); initials that two share are asked about",
        tests: &[
            "one_name_at_once_is_an_error_and_after_each_other_a_warning",
            "the_same_initials_only_warn",
            "one_doctor_written_in_two_ways_has_one_name",
            "a_doctor_who_may_be_counted_twice_covers_nothing",
        ],
    },
    Hazard {
        harm: "The wrong bleep",
        done: "The bleep belongs to the post; one that an essential post lacks, or that two posts have at the same time, is flagged (CON-1)",
        tests: &["two_units_are_both_told", "a_bleep_handed_on_from_one_post_to_the_next_is_right"],
    },
    Hazard {
        harm: "The wrong date",
        done: "Days are shown as Tue 26-Apr-2016, times in 24 hours; anything typed that is not a day or a time is refused",
        tests: &[
            "a_span_names_its_date_once_if_it_can",
            "what_is_no_time_is_told_in_plain_words",
            "what_fields_show_reads_back_as_the_same_span",
        ],
    },
    Hazard {
        harm: "The clocks change",
        done: "Lengths are elapsed minutes; a time that does not exist is refused, the second of two is marked",
        tests: &[
            "rest_is_elapsed_time_when_the_clocks_change",
            "a_time_that_the_clocks_skip_is_refused",
            "the_second_of_two_hours_is_marked",
        ],
    },
    Hazard {
        harm: "Text cut off",
        done: "What is short or to agree is never hidden, its sentence wraps; a long name ends in “…” and is whole when pointed at and when spoken",
        tests: &[
            "what_is_not_covered_is_never_hidden",
            "a_long_sentence_takes_another_line_and_the_bar_grows",
            "a_low_window_has_one_line_a_card",
        ],
    },
    Hazard {
        harm: "Colour misread",
        done: "Each status is shape, word and colour; there is a high contrast theme",
        tests: &["marks_differ_without_colour", "edges_and_marks_can_be_seen", "text_can_be_read_on_its_ground"],
    },
    Hazard {
        harm: "Consent made by an edit",
        done: "Whatever is typed, pasted, moved or lengthened is Proposed; only the status action says Agreed, and the log has it. Letters that are not the whole initials of one person are entered by Enter and Tab alone; whose agreement an entry ends is named. Another name for a post, a unit or a competency asks whether it is the same; another job, or on call instead of present, is Proposed",
        tests: &[
            "any_sequence_can_be_taken_back_and_makes_no_consent",
            "pasting_what_was_copied_gives_the_same_cells_as_proposed",
            "of_a_mixed_selection_the_least_advanced_moves_on",
            "one_letter_over_an_agreed_shift_is_entered_by_nothing_but_enter",
            "another_name_asks_whether_it_is_the_same_and_another_job_is_proposed",
            "whoever_agreed_to_be_on_call_has_not_agreed_to_be_present_nor_the_other_way_round",
            "another_time_zone_makes_everything_proposed_and_says_so_first",
        ],
    },
    Hazard {
        harm: "A patient told by mistake",
        done: "Postponed asks once, a protected session for a reason, and both go into the log",
        tests: &["postponed_asks_once_and_protected_asks_why", "a_protected_session_asks_for_a_reason_and_logs_it"],
    },
    Hazard {
        harm: "Trusting the machine",
        done: "The program compares with what your unit entered, and nothing else; nothing compared with example staffing is covered until somebody says who agreed it and when; what is suggested is proposed and no more, with its price, and says why a gap remains; a warning is accepted by name and with a reason, an error never. A clinician signs the rota off",
        tests: &[
            "a_warning_is_accepted_with_a_reason_until_it_changes",
            "example_figures_become_ours_only_when_somebody_says_who_agreed_and_when",
            "nights_that_nobody_can_cover_say_why",
        ],
    },
];
