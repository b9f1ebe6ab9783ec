//! A rota file with a record of each kind, for tests; `docs/file-format.md` has one like it.

pub(super) const SAMPLE: &str = r#"(
    format: "cover-rota",
    version: 1,
    // The next five are written by the program. A hand-written file may leave any of them out.
    document: "2f1c0000000000000000000000000001",          // 32 hex digits, given once, never changes
    revision: "9a070000000000000000000000000002",          // 32 hex digits, new at every save
    parents: ["77e10000000000000000000000000003"],         // the revision this one was made from; two after a merge
    saved: (at: "2016-04-20T15:05Z", by: "j.harris", app: "0.1.0"),
    rota: (
        title: "Walkout cover, 26 and 27 April 2016",
        hospital: "Example District General",
        region: "Norfolk and Suffolk",          // "" if none
        zone: "Europe/London",                  // IANA name; every date-time below is civil time there
        absent_group: "junior doctors",         // the words shown for staff expected to be absent
        windows: [
            (id: "w1", label: "Day 1", from: "2016-04-26T08:00", to: "2016-04-26T17:00", normal: "weekday"),
            (id: "w2", label: "Day 2", from: "2016-04-27T08:00", to: "2016-04-27T17:00", normal: "weekday"),
        ],
        competencies: [ (id: "resus", name: "Resus lead") ],
        units: [
            // tiers: lowest first. senior_from: a doctor who may cover this tier or above must be present ("" if none).
            // handovers: the times of day at which one person may hand over to another inside a window.
            (id: "ae", name: "A&E", tiers: [ (id: "sho", name: "SHO"), (id: "mg", name: "Middle grade"), (id: "cons", name: "Consultant") ],
             senior_from: "mg", handovers: ["13:00"], escalation: "No answer: ring 2140"),
        ],
        posts: [
            (id: "ae-mg", unit: "ae", name: "Majors middle grade", tier: "mg", bleep: "2145",
             requires: ["resus"], essential: true, exclusive: false, on_call: false, note: ""),
        ],
        normals: [
            // Normal staffing: who is there on a normal day. A window names the one it is compared with.
            // `to` at or before `from` runs past midnight. Lines of one post add up.
            // closed: units that do not open on such a day, so that nothing is promised or missed there.
            (id: "weekday", name: "Normal weekday", agreed_by: "Clinical lead", agreed_on: "2016-04-01", closed: [],
             staffing: [ (post: "ae-mg", from: "08:00", to: "17:00", count: 2) ]),
        ],
        people: [
            (id: "hg", initials: "HG", family: "Grant", given: "Helen", grade: "Consultant",
             specialty: "Emergency medicine", phone: "",
             rules: Compensatory,               // Wtr | Compensatory | Trainee2016 | Trainee2019 | NewDeal
             may_cover: [ (unit: "ae", up_to: "cons") ],
             competencies: ["resus"],
             usually: NotKnown,                 // Available | NotAvailable | NotKnown
             availability: [ (from: "2016-04-26T08:00", to: "2016-04-26T13:00", is: Available) ],
             duties: [ (from: "2016-04-25T20:00", to: "2016-04-26T08:00", kind: Resident, label: "Night on call") ]),
        ],
        sessions: [
            // Elective work that stops if any one of its team is taken for cover.
            (id: "s1", kind: Clinic, title: "Fracture clinic", specialty: "Orthopaedics",
             from: "2016-04-26T09:00", to: "2016-04-26T12:30", team: ["hg"],
             appointments: 14, inpatient: 0, day_case: 0, protected: false, state: Running, locked: false, note: ""),
        ],
        assignments: [
            (id: "a1", post: "ae-mg", person: "hg", from: "2016-04-26T08:00", to: "2016-04-26T13:00",
             status: Agreed, locked: false, note: ""),
        ],
        accepted: [], sign_offs: [], issued: [], log: [],     // 1.4; each may be left out
    ),
)
"#;
