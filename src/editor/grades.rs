//! What a grade says, as hospital staff write it: which contract it goes with, how senior it is, and what is left over.

use crate::model::{Instant, Rota, Rules, Tier, TierId, Unit, Zone, words};

use super::dates::day_at;
use super::same_text::plain;
use super::specialties;

/// The kind of contract that a grade goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Contract {
    /// Doctors in training, and those employed as if they were: they may be absent.
    Trainee,
    /// Consultants and SAS doctors.
    Senior,
    /// Practitioners, nurses and others who are no doctors.
    Practitioner,
}

/// How senior a grade is, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Healthcare assistants and support workers.
    Support,
    /// Nurses, midwives, paramedics and physician associates: what they may cover the grade alone does not tell.
    Other,
    /// ENP, ACP.
    Practitioner,
    /// FY1, and foundation doctors of whom the year is not said.
    Foundation,
    /// FY2: they work at the grade of an SHO.
    SecondFoundation,
    /// SHO, CT, ST1 and ST2.
    Junior,
    /// Registrars and SAS doctors.
    Middle,
    Consultant,
}

/// What the words of a grade say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grade {
    /// None where the words tell nothing, or two things at once.
    pub contract: Option<Contract>,
    /// None where the words do not say.
    pub level: Option<Level>,
    /// What stands beside the grade, such as "O&G" in "Cons O&G"; empty without a grade.
    pub specialty: String,
    /// Locum, bank, agency or employed by the trust: whoever is of a trainee's grade need not be in training.
    pub is_casual: bool,
    /// Why nothing is to be guessed from it, in words that go after the grade; none where it is known and settles what
    /// people of it usually cover, and where there is no grade at all.
    pub doubt: Option<&'static str>,
}

/// The kinds of grade that people are listed by, most senior first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GradeKind {
    Consultant,
    Sas,
    Practitioner,
    Trainee,
    /// Healthcare assistants and support workers.
    Support,
    /// The words tell nothing, or two things at once.
    Other,
}

/// The kind of a grade as staff write it: `Cons` is a consultant, `reg` a trainee.
pub fn grade_kind(text: &str) -> GradeKind {
    let grade = read_grade(text);
    match (grade.contract, grade.level) {
        (Some(Contract::Senior), Some(Level::Consultant)) => GradeKind::Consultant,
        (Some(Contract::Senior), _) => GradeKind::Sas,
        (Some(Contract::Trainee), _) => GradeKind::Trainee,
        (_, Some(Level::Support)) => GradeKind::Support,
        (Some(Contract::Practitioner), _) | (None, Some(Level::Practitioner | Level::Other)) => GradeKind::Practitioner,
        (None, _) => GradeKind::Other,
    }
}

type Said = (Option<Contract>, Option<Level>);

const TRAINEE: Option<Contract> = Some(Contract::Trainee);
const SENIOR: Option<Contract> = Some(Contract::Senior);
const OTHER: Option<Contract> = Some(Contract::Practitioner);
const CONSULTANT: Said = (SENIOR, Some(Level::Consultant));
const SAS: Said = (SENIOR, Some(Level::Middle));
const REGISTRAR: Said = (TRAINEE, Some(Level::Middle));
const SHO: Said = (TRAINEE, Some(Level::Junior));
const FOUNDATION: Said = (TRAINEE, Some(Level::Foundation));
const SOME_TRAINEE: Said = (TRAINEE, None);
const PRACTITIONER: Said = (OTHER, Some(Level::Practitioner));
const OTHER_STAFF: Said = (OTHER, Some(Level::Other));
const SUPPORT: Said = (OTHER, Some(Level::Support));
const NOTHING: Said = (None, None);

/// Words that say something, longer turns first; each is of small letters and figures.
const TURNS: &[(&[&str], Said)] = &[
    (&["senior", "house", "officer"], SHO),
    (&["advanced", "clinical", "practitioner"], PRACTITIONER),
    (&["advanced", "nurse", "practitioner"], PRACTITIONER),
    (&["emergency", "nurse", "practitioner"], PRACTITIONER),
    (&["advanced", "practitioner"], PRACTITIONER),
    (&["locally", "employed", "doctor"], SOME_TRAINEE),
    (&["associate", "specialist"], SAS),
    (&["assoc", "specialist"], SAS),
    (&["assoc", "spec"], SAS),
    (&["spec", "dr"], SAS),
    (&["specialty", "dr"], SAS),
    (&["speciality", "dr"], SAS),
    (&["specialty", "doctor"], SAS),
    (&["speciality", "doctor"], SAS),
    (&["specialist", "doctor"], SAS),
    (&["sas", "doctor"], SAS),
    (&["staff", "grade"], SAS),
    (&["specialty", "registrar"], REGISTRAR),
    (&["speciality", "registrar"], REGISTRAR),
    (&["specialist", "registrar"], REGISTRAR),
    (&["senior", "registrar"], REGISTRAR),
    (&["senior", "clinical", "fellow"], REGISTRAR),
    (&["clinical", "fellow"], SHO),
    (&["trust", "grade"], SOME_TRAINEE),
    (&["trust", "doctor"], SOME_TRAINEE),
    (&["trust", "doc"], SOME_TRAINEE),
    (&["trust", "dr"], SOME_TRAINEE),
    (&["led"], SOME_TRAINEE),
    (&["house", "officer"], FOUNDATION),
    (&["foundation", "doctor"], FOUNDATION),
    (&["foundation", "trainee"], FOUNDATION),
    (&["core", "trainee"], SHO),
    (&["specialty", "trainee"], SOME_TRAINEE),
    (&["junior", "doctor"], SOME_TRAINEE),
    (&["resident", "doctor"], SOME_TRAINEE),
    (&["middle", "grade"], (None, Some(Level::Middle))),
    (&["physician", "associate"], OTHER_STAFF),
    (&["physicians", "associate"], OTHER_STAFF),
    (&["physician", "assistant"], OTHER_STAFF),
    (&["nurse", "practitioner"], PRACTITIONER),
    (&["staff", "nurse"], OTHER_STAFF),
    (&["charge", "nurse"], OTHER_STAFF),
    (&["healthcare", "assistant"], SUPPORT),
    (&["health", "care", "assistant"], SUPPORT),
    (&["healthcare", "support", "worker"], SUPPORT),
    (&["support", "worker"], SUPPORT),
    (&["consultant"], CONSULTANT),
    (&["cons"], CONSULTANT),
    (&["sas"], SAS),
    (&["specialist"], SAS),
    (&["registrar"], REGISTRAR),
    (&["reg"], REGISTRAR),
    (&["str"], REGISTRAR),
    (&["spr"], REGISTRAR),
    (&["sho"], SHO),
    (&["houseman"], FOUNDATION),
    (&["foundation"], FOUNDATION),
    (&["trainee"], SOME_TRAINEE),
    (&["junior"], SOME_TRAINEE),
    (&["resident"], SOME_TRAINEE),
    (&["acp"], PRACTITIONER),
    (&["enp"], PRACTITIONER),
    (&["anp"], PRACTITIONER),
    (&["annp"], PRACTITIONER),
    (&["nurse"], OTHER_STAFF),
    (&["sister"], OTHER_STAFF),
    (&["hca"], SUPPORT),
    (&["hcsw"], SUPPORT),
    (&["midwife"], OTHER_STAFF),
    (&["paramedic"], OTHER_STAFF),
    (&["physiotherapist"], OTHER_STAFF),
    (&["pharmacist"], OTHER_STAFF),
    // Titles and terms of employment tell nothing of the grade, and are no specialty either.
    (&["dr"], NOTHING),
    (&["doctor"], NOTHING),
    (&["locum"], NOTHING),
    (&["bank"], NOTHING),
    (&["agency"], NOTHING),
    (&["trust"], NOTHING),
    (&["locally", "employed"], NOTHING),
    (&["non", "training"], NOTHING),
    (&["acting"], NOTHING),
    (&["honorary"], NOTHING),
    (&["substantive"], NOTHING),
    (&["ltft"], NOTHING),
    (&["part", "time"], NOTHING),
    (&["full", "time"], NOTHING),
    (&["in"], NOTHING),
    (&["of"], NOTHING),
    (&["and"], NOTHING),
    (&["or"], NOTHING),
    (&["grade"], NOTHING),
    (&["senior"], NOTHING),
    (&["band"], NOTHING),
    (&["year"], NOTHING),
];

/// Turns that go with people who are employed by the hospital itself, at a trainee's grade or not.
const OWN_TERMS: &[&[&str]] = &[
    &["locum"],
    &["bank"],
    &["agency"],
    &["trust"],
    &["led"],
    &["locally", "employed"],
    &["clinical", "fellow"],
    &["non", "training"],
];

/// What a grade says. It has to be known as a whole, but for specialties and such words as "locum": of "Registrar clerk" or
/// "Student nurse" nothing is said.
pub(super) fn read_grade(text: &str) -> Grade {
    let named = named_in(text);
    match named.doubt {
        Some(NOT_KNOWN) => Grade { doubt: named.doubt, ..Grade::default() },
        _ => named,
    }
}

const NOT_KNOWN: &str = "is not a known grade";

/// What the grades say that a text names, whatever else stands in it: enough for a warning, and to tell a column of
/// grades, but never to say what somebody may cover.
pub(super) fn named_in(text: &str) -> Grade {
    let words = words_of(text);
    let plain: Vec<String> = words.iter().map(|word| plain(&text[word.clone()])).collect();
    let (mut contracts, mut levels) = (Vec::new(), Vec::new());
    let mut left: Vec<std::ops::Range<usize>> = Vec::new();
    let mut is_known = true;
    let mut at = 0;
    while at < plain.len() {
        let is_somebodys = at + 1 < plain.len() && is_possessive(&text[words[at].clone()]);
        let turn = || turn_at(&plain[at..]).or_else(|| year_at(&plain[at..]));
        let (length, said) = if is_somebodys { (0, NOTHING) } else { turn().unwrap_or((0, NOTHING)) };
        contracts.extend(said.0);
        levels.extend(said.1);
        // A figure alone is a year of training that was written apart, and no specialty.
        if length == 0 && !plain[at].bytes().all(|b| b.is_ascii_digit()) {
            is_known &= specialties::is_word_of_one(&plain[at]);
            left.push(words[at].clone());
        }
        at += length.max(1);
    }
    contracts.sort_unstable();
    contracts.dedup();
    let level = levels.into_iter().min();
    let told = !contracts.is_empty() || level.is_some();
    let is_of_two = contracts.len() > 1 && contracts.contains(&Contract::Practitioner);
    let doubt = match level {
        _ if plain.is_empty() => None,
        _ if !told || !is_known => Some(NOT_KNOWN),
        Some(Level::Support | Level::Other) => Some("does not say what may be covered"),
        _ if is_of_two => Some("says two grades"),
        None => Some("does not say how senior"),
        Some(_) => None,
    };
    let has = |turn: &&[&str]| plain.windows(turn.len()).any(|words| words.iter().zip(*turn).all(|(a, b)| a == b));
    Grade {
        is_casual: OWN_TERMS.iter().any(has),
        contract: if let [one] = contracts[..] { Some(one) } else { None },
        level,
        specialty: if told { joined(text, &left) } else { String::new() },
        doubt,
    }
}

/// Whether a word says whose something is, such as "Consultant's" before "secretary".
fn is_possessive(word: &str) -> bool {
    ["'s", "’s", "s'", "s’"].iter().any(|end| word.to_lowercase().ends_with(end))
}

/// Whether a post's name says another grade of its unit than the one it has, such as "Majors reg" of grade "SHO". Of a
/// grade that the unit has not got nothing better could be chosen.
pub(super) fn says_another_grade(name: &str, tier: &Tier, tiers: &[Tier]) -> bool {
    let of = |tier: &Tier| named_in(&tier.name).level;
    let (Some(said), Some(has)) = (named_in(name).level, of(tier)) else { return false };
    said != has && tiers.iter().any(|other| of(other) == Some(said))
}

/// Whether somebody of one grade usually works at the other: at the own one, at those below, and FY2s at that of an SHO.
pub(super) fn usually_works_at(own: Level, needed: Level) -> bool {
    needed <= own || own == Level::SecondFoundation && needed == Level::Junior
}

/// That somebody of this grade may cover the unit up to a tier above it, such as `A&E up to consultant is above the
/// grade ENP`; none where the words do not say so.
pub(super) fn above_grade(unit: &Unit, grade: &str, up_to: &TierId) -> Option<String> {
    let own = named_in(grade).level.filter(|level| *level < Level::Consultant)?;
    let tiers = unit.tiers.get(..=unit.tier_index(up_to)?)?;
    let is_above = |tier: &Tier| named_in(&tier.name).level.is_some_and(|needed| !usually_works_at(own, needed));
    let highest = tiers.last().filter(|_| tiers.iter().any(is_above))?;
    let (unit, tier) = (words::safe(&unit.name), words::safe(&highest.name));
    Some(format!("{unit} up to {} is above the grade {}", words::inside(&tier), words::safe(grade.trim())))
}

/// Whether a post is called after such a grade, among others, as "Newborn resuscitation, SHO or ANNP" is after an ANNP.
pub(super) fn names_grade(post: &str, grade: &str) -> bool {
    let (named, own) = (named_in(post).level, named_in(grade).level);
    named.is_some() && named == own
}

/// So many people are named of those who may cover above their grade.
const ABOVE_NAMED: usize = 12;

/// What is said before several people may cover above their grades, such as `KP: A&E up to consultant is above the grade
/// ENP. Check what they may cover.`; none for nobody.
pub(super) fn above_grade_told(above: &[String]) -> Option<String> {
    let mut named: Vec<String> = above.iter().take(ABOVE_NAMED).cloned().collect();
    if above.len() > ABOVE_NAMED {
        let rest = above.len() - ABOVE_NAMED;
        named.push(format!("and {rest} more {}", if rest == 1 { "person" } else { "people" }));
    }
    (!named.is_empty()).then(|| format!("{}. Check what they may cover.", named.join("; ")))
}

/// The first words as one of [`TURNS`]: how many, and what they say.
fn turn_at(words: &[String]) -> Option<(usize, Said)> {
    let is = |word: &String, wanted: &str| word == wanted || word.strip_suffix('s') == Some(wanted);
    let fits =
        |turn: &[&str]| turn.len() <= words.len() && turn.iter().zip(words).all(|(wanted, word)| is(word, wanted));
    TURNS.iter().find(|(turn, _)| fits(turn)).map(|(turn, said)| (turn.len(), *said))
}

/// A year of training, such as `ST4`, `CT 1`, `FY2` or `IMT`: how many words, and what they say.
fn year_at(words: &[String]) -> Option<(usize, Said)> {
    let first = words.first()?;
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let years = ["f", "fy", "st", "ct", "sst", "lat", "dct", "imt", "accs", "gpst", "cst"];
    if !years.contains(&letters) {
        return None;
    }
    let number = |word: &String| word.parse::<u32>().ok().filter(|year| (1..=9).contains(year));
    let own = first[letters.len()..].to_owned();
    let (length, year) = match (own.is_empty(), words.get(1).and_then(number)) {
        (false, _) => (1, number(&own)),
        (true, Some(year)) => (2, Some(year)),
        (true, None) => (1, None),
    };
    // "F" alone is no grade.
    let level = match (letters, year) {
        ("f", None) => return None,
        ("f" | "fy", Some(2)) => Level::SecondFoundation,
        ("f" | "fy", _) => Level::Foundation,
        ("st" | "sst" | "lat", Some(year)) if year >= 3 => Level::Middle,
        _ => Level::Junior,
    };
    Some((length, (TRAINEE, Some(level))))
}

/// Where the words are: letters, figures, and what joins them in names such as "A&E".
fn words_of(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_in = |c: char| c.is_alphanumeric() || matches!(c, '&' | '\'' | '’');
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, is_in(c)) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                words.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// The words that are left, with what stood between those that were neighbours.
fn joined(text: &str, left: &[std::ops::Range<usize>]) -> String {
    let mut out = String::new();
    let mut end = None;
    for word in left {
        if let Some(end) = end {
            let between: &str = &text[end..word.start];
            out.push_str(if between.chars().any(char::is_alphanumeric) { " " } else { between });
        }
        out.push_str(&text[word.clone()]);
        end = Some(word.end);
    }
    out
}

impl Grade {
    /// How senior somebody is of whom the grade alone settles what they usually cover; nobody else is guessed anything.
    pub(super) fn sure_level(&self) -> Option<Level> {
        self.level.filter(|_| self.doubt.is_none())
    }

    /// The contract as far as the grade alone tells it: of a locum or a trust doctor at a trainee's grade nobody knows it.
    pub(super) fn sure_contract(&self) -> Option<Contract> {
        self.contract.filter(|contract| !self.is_casual || *contract != Contract::Trainee)
    }
}

/// The working-time limits that go with a contract at that time.
pub(super) fn rules_of(contract: Contract, zone: Zone, at: Instant) -> Rules {
    match contract {
        Contract::Senior => Rules::Compensatory,
        Contract::Practitioner => Rules::Wtr,
        Contract::Trainee => {
            // The 2016 contract was brought in from October 2016, its changes from October 2019.
            let day = day_at(zone, at).format("%Y-%m-%d").to_string();
            match day.as_str() {
                day if day < "2016-10-05" => Rules::NewDeal,
                day if day < "2019-10-02" => Rules::Trainee2016,
                _ => Rules::Trainee2019,
            }
        }
    }
}

/// The moment that tells which contract was in force: the rota's first window, or now.
pub(super) fn moment_of(rota: &Rota, now: Instant) -> Instant {
    rota.windows.first().map_or(now, |window| window.span.from)
}

/// Up to which tier of the unit somebody of this grade and specialty would usually be cleared: only where the specialty
/// is the unit's own, and the tiers say how senior they are.
pub(super) fn usual_scope(unit: &Unit, level: Option<Level>, specialty: &str) -> Option<TierId> {
    let level = level.filter(|_| is_of(&unit.name, specialty))?;
    if level == Level::SecondFoundation {
        let of = |level| unit.tiers.iter().find(|tier| read_grade(&tier.name).level == Some(level));
        let tier = [level, Level::Junior, Level::Foundation].into_iter().find_map(of);
        return tier.map(|tier| tier.id.clone());
    }
    // Whether a foundation doctor may hold the place of a nurse practitioner is for somebody to say.
    let is_cleared = |needed: Level| if level == Level::Foundation { needed == level } else { needed <= level };
    let fits = |tier: &&Tier| read_grade(&tier.name).level.is_some_and(is_cleared);
    unit.tiers.iter().rev().find(fits).map(|tier| tier.id.clone())
}

/// Whether the unit is that of the specialty and has no grade at which somebody of this grade would usually work.
pub(super) fn has_no_grade_for(unit: &Unit, grade: &str, specialty: &str) -> bool {
    let level = read_grade(grade).sure_level();
    level.is_some() && is_of(&unit.name, specialty) && usual_scope(unit, level, specialty).is_none()
}

/// Specialties whose doctors work in a unit of another name.
const PLACES: &[&[&str]] = &[
    &["maternity", "O&G", "obs", "obstetrics", "labour ward"],
    &["neonatal", "neonatal unit"],
    &["paediatrics", "children", "children's ward"],
    &["acute medicine", "amu", "acute", "medicine", "general medicine", "medical"],
    &["surgery", "general surgery", "surgical"],
    &["orthopaedics", "trauma"],
];

/// Whether the unit is that of the specialty.
pub(super) fn is_of(unit: &str, specialty: &str) -> bool {
    let (unit, specialty) = (specialties::key(unit), specialties::key(specialty));
    if unit.is_empty() || specialty.is_empty() {
        return false;
    }
    let place = |text: &str| PLACES.iter().position(|words| words.iter().any(|word| specialties::key(word) == *text));
    unit == specialty || place(&unit).is_some_and(|of| place(&specialty) == Some(of))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, rota};
    use super::*;

    fn told(text: &str) -> String {
        let grade = read_grade(text);
        let contract = grade.contract.map_or("?".to_owned(), |c| format!("{c:?}"));
        let level = grade.level.map_or("?".to_owned(), |l| format!("{l:?}"));
        format!("{contract} {level} {}", grade.specialty).trim_end().to_owned()
    }

    #[test]
    fn grades_are_read_as_staff_write_them() {
        for text in ["reg", "Reg.", "Registrar", "StR", "SpR", "ST3", "ST 4", "ST8", "Registrars", "st3-5"] {
            assert_eq!(told(text), "Trainee Middle", "{text}");
        }
        for text in ["SHO", "SHOs", "CT", "CT1", "CT 2", "IMT", "IMT1", "ST1", "ST2", "Clinical fellow", "ACCS", "st"] {
            assert_eq!(told(text), "Trainee Junior", "{text}");
        }
        for text in ["FY1", "F1", "Foundation doctor", "House officer"] {
            assert_eq!(told(text), "Trainee Foundation", "{text}");
        }
        for text in ["FY2", "f2", "FY 2"] {
            assert_eq!(told(text), "Trainee SecondFoundation", "{text}");
        }
        for text in ["Trust grade", "trainee", "Resident doctor", "Junior doctor"] {
            assert_eq!(told(text), "Trainee ?", "{text}");
        }
        for text in ["SAS", "Specialty doctor", "Associate specialist", "Staff grade", "Speciality Doctors"] {
            assert_eq!(told(text), "Senior Middle", "{text}");
        }
        for text in ["Consultant", "cons", "Cons.", "Locum consultant", "CONSULTANTS"] {
            assert_eq!(told(text), "Senior Consultant", "{text}");
        }
        for text in ["ACP", "ENP", "Emergency nurse practitioner", "ANNP"] {
            assert_eq!(told(text), "Practitioner Practitioner", "{text}");
        }
        for text in ["Physician associate", "Staff nurse", "Sister, senior", "Staff nurse Band 5"] {
            assert_eq!(told(text), "Practitioner Other", "{text}");
        }
        for text in ["HCA", "Healthcare assistant", "Health care assistants", "Support worker"] {
            assert_eq!(told(text), "Practitioner Support", "{text}");
            assert_eq!(grade_kind(text), GradeKind::Support, "{text}");
        }
        assert_eq!(told("Middle grade"), "? Middle");
    }

    #[test]
    fn what_tells_nothing_or_two_things_is_not_guessed() {
        for text in
            ["Dr", "Dr.", "", "Locum", "F", "Doctor", "?", "Ward", "é", "GP", "staff", "associate", "Practitioner"]
        {
            assert_eq!(told(text), "? ?", "{text}");
        }
        assert_eq!(told("Nurse consultant"), "? Other");
        assert_eq!(told("Trainee ACP"), "? Practitioner");
    }

    #[test]
    fn what_people_may_cover_is_guessed_from_whole_known_grades_alone() {
        let mut unit = rota().units[0].clone();
        unit.tiers = tiers(&["ENP", "SHO", "Middle grade", "Consultant"]);
        let guessed = |grade: &str| {
            let read = read_grade(grade);
            let tier = usual_scope(&unit, read.sure_level(), "A&E").map_or("nothing".to_owned(), |t| t.to_string());
            format!("{grade}: {tier}{}", read.doubt.map(|why| format!(", {why}")).unwrap_or_default())
        };
        let table = "\
            ENP: enp
            Emergency Nurse Practitioner: enp
            ENP Band 7: enp
            Senior ENP (bank): enp
            Advanced clinical practitioner: enp
            SHO: sho
            Trust SHO: sho
            Locum SHO: sho
            FY2: sho
            ED reg: middle-grade
            Specialty doctor in Emergency Medicine: middle-grade
            Locum registrar: middle-grade
            ST4 (LTFT 80%): middle-grade
            Senior clinical fellow: middle-grade
            Consultant: consultant
            Locum consultant: consultant
            Honorary Consultant in Emergency Medicine: consultant
            Consultant in A&E: consultant
            Student nurse: nothing, is not a known grade
            Staff Nurse: nothing, does not say what may be covered
            Staff nurse Band 5: nothing, does not say what may be covered
            Sister, senior: nothing, does not say what may be covered
            Emergency nurse: nothing, does not say what may be covered
            Paramedic: nothing, does not say what may be covered
            Student paramedic: nothing, is not a known grade
            Physician associate: nothing, does not say what may be covered
            Anaesthesia associate: nothing, is not a known grade
            HCA: nothing, does not say what may be covered
            Assistant practitioner: nothing, is not a known grade
            Operating department practitioner: nothing, is not a known grade
            Practitioner: nothing, is not a known grade
            Student nurse practitioner: nothing, is not a known grade
            Trainee ENP: nothing, says two grades
            Nurse consultant: nothing, does not say what may be covered
            Consultant midwife: nothing, does not say what may be covered
            Consultant psychologist: nothing, is not a known grade
            Consultant's secretary: nothing, is not a known grade
            Consultant’s PA: nothing, is not a known grade
            Consultants' office: nothing, is not a known grade
            Consultant secretary: nothing, is not a known grade
            Registrar clerk: nothing, is not a known grade
            Registrar of births: nothing, is not a known grade
            Medical student: nothing, is not a known grade
            SHO rota manager: nothing, is not a known grade
            ENP lead (not clinical): nothing, is not a known grade
            ex-SHO: nothing, is not a known grade
            Retired consultant: nothing, is not a known grade
            Manager: nothing, is not a known grade
            Trainee: nothing, does not say how senior
            Dr: nothing, is not a known grade";
        for line in table.lines().map(str::trim) {
            let grade = line.split_once(": ").unwrap().0;
            assert_eq!(guessed(grade), line);
        }
        let groups = ["Consultant's secretary", "Registrar clerk", "Student nurse", "Medical student", "ex-SHO"];
        assert!(
            groups.iter().all(|grade| grade_kind(grade) == GradeKind::Other),
            "nor are they listed as what they name"
        );
    }

    #[test]
    fn nobody_employed_by_the_trust_is_taken_for_a_trainee() {
        for text in [
            "Trust doc (ex CT3, IMG)",
            "Trust doctor",
            "Trust SHO",
            "Trust grade registrar",
            "Clinical fellow",
            "Senior clinical fellow",
            "Clinical fellow (ST3)",
            "Locally employed doctor, ST4",
            "LED SHO",
            "Non-training registrar",
            "ex CT3",
        ] {
            assert_eq!(read_grade(text).sure_contract(), None, "{text}");
        }
        assert_eq!(read_grade("CT3").sure_contract(), Some(Contract::Trainee));
    }

    fn tiers(names: &[&str]) -> Vec<Tier> {
        let of = |name: &&str| Tier {
            id: TierId::new(&name.to_lowercase().replace(' ', "-")).unwrap(),
            name: (*name).into(),
        };
        names.iter().map(of).collect()
    }

    #[test]
    fn a_name_that_says_another_grade_is_noticed() {
        let tiers = tiers(&["SHO", "Middle grade", "Consultant", "SpR", "Doctors"]);
        let says = |name: &str, tier: &str, tiers: &[Tier]| {
            says_another_grade(name, tiers.iter().find(|one| one.name == tier).unwrap(), tiers)
        };
        for (name, tier) in [("Majors reg", "SHO"), ("SHO 2", "Middle grade"), ("ED Consultant", "SHO"), ("ST3", "SHO")]
        {
            assert!(says(name, tier, &tiers), "{name}, {tier}");
        }
        for (name, tier) in
            [("Majors reg", "Middle grade"), ("Registrar", "SpR"), ("Majors", "SHO"), ("SHO", "Doctors")]
        {
            assert!(!says(name, tier, &tiers), "{name}, {tier}");
        }
        assert!(!says("Minors ENP", "SHO", &tiers), "the unit has no such grade");
        assert!(says("Minors ENP", "SHO", &self::tiers(&["ENP", "SHO"])));
    }

    #[test]
    fn of_many_above_their_grades_the_first_are_named_and_the_rest_counted() {
        let told = |many: usize| above_grade_told(&vec!["KP".to_owned(); many]);
        assert_eq!(told(0), None);
        assert_eq!(told(2).as_deref(), Some("KP; KP. Check what they may cover."));
        let ends = |many: usize, end: &str| told(many).is_some_and(|text| text.ends_with(end));
        assert!(ends(ABOVE_NAMED + 1, "KP; and 1 more person. Check what they may cover."));
        assert!(ends(ABOVE_NAMED + 2, "KP; and 2 more people. Check what they may cover."));
    }

    #[test]
    fn what_is_above_a_grade_is_told() {
        let rota = rota();
        let unit = &rota.units[0];
        let told = |grade: &str, up_to: &str| above_grade(unit, grade, &TierId::new(up_to).unwrap());
        assert_eq!(told("ENP", "cons").as_deref(), Some("A&E up to consultant is above the grade ENP"));
        for grade in ["ENP", "ANNP", "HCA", "Nurse", "Physician associate", "FY1", "FY2", "SHO", "ST4", "SAS doctor"] {
            assert!(told(grade, "cons").is_some(), "{grade}");
        }
        assert!(told("ENP", "sho").is_some() && told("FY1", "sho").is_some() && told("SHO", "mg").is_some());
        assert!(told("FY2", "mg").is_some() && told("FY2", "sho").is_none(), "an FY2 works as an SHO");
        for (grade, up_to) in [("SHO", "sho"), ("ST4", "mg"), ("Consultant", "cons"), ("Dr", "cons"), ("", "cons")] {
            assert_eq!(told(grade, up_to), None, "{grade}");
        }
        let mut other = unit.clone();
        other.tiers[2].name = "Whoever decides".to_owned();
        assert!(above_grade(&other, "SHO", &TierId::new("cons").unwrap()).is_some(), "a grade below it is too");
        other.tiers.iter_mut().for_each(|tier| tier.name = "Doctor".to_owned());
        assert_eq!(above_grade(&other, "HCA", &TierId::new("cons").unwrap()), None, "grades that say nothing");
    }

    #[test]
    fn the_contract_of_a_locum_in_a_trainees_grade_is_not_guessed() {
        for text in ["locum reg", "Locum SHO", "Bank ST4", "agency registrar"] {
            assert_eq!(read_grade(text).sure_contract(), None, "{text}");
            assert_eq!(grade_kind(text), GradeKind::Trainee, "{text}");
        }
        assert_eq!(read_grade("Locum consultant").sure_contract(), Some(Contract::Senior));
        assert_eq!(read_grade("reg").sure_contract(), Some(Contract::Trainee));
    }

    #[test]
    fn what_stands_beside_a_grade_is_the_specialty() {
        assert_eq!(told("Cons O&G"), "Senior Consultant O&G");
        assert_eq!(told("ED reg"), "Trainee Middle ED");
        assert_eq!(told("ST4 (Trauma/Orthopaedics)"), "Trainee Middle Trauma/Orthopaedics");
        assert_eq!(told("Consultant in Emergency Medicine"), "Senior Consultant Emergency Medicine");
        assert_eq!(told("Acute ST4 Medicine"), "Trainee Middle Acute Medicine");
    }

    #[test]
    fn the_limits_of_a_trainee_are_those_of_the_time() {
        let told = |contract, day: &str| rules_of(contract, Zone::LONDON, at(day));
        assert_eq!(told(Contract::Trainee, "2016-04-26T08:00"), Rules::NewDeal);
        assert_eq!(told(Contract::Trainee, "2017-04-26T08:00"), Rules::Trainee2016);
        assert_eq!(told(Contract::Trainee, "2025-07-25T07:00"), Rules::Trainee2019);
        assert_eq!(told(Contract::Senior, "2025-07-25T07:00"), Rules::Compensatory);
        assert_eq!(told(Contract::Practitioner, "2025-07-25T07:00"), Rules::Wtr);
    }

    #[test]
    fn a_scope_is_only_guessed_in_the_unit_of_the_specialty() {
        let unit = rota().units[0].clone();
        let told = |grade: &str, specialty: &str| usual_scope(&unit, read_grade(grade).sure_level(), specialty);
        assert_eq!(told("Consultant", "Emergency medicine").unwrap().as_str(), "cons");
        assert_eq!(told("ST4", "ED").unwrap().as_str(), "mg");
        assert_eq!(told("ENP", "A&E"), None, "no grade of the unit is as junior");
        assert_eq!(told("FY2", "A&E").unwrap().as_str(), "sho", "an FY2 works as an SHO");
        assert_eq!(told("FY1", "A&E"), None, "an FY1 does not");
        assert_eq!(told("Consultant", "Anaesthetics"), None);
        assert_eq!(told("Consultant", ""), None);
        assert_eq!(told("Dr", "A&E"), None);
    }

    #[test]
    fn a_foundation_doctor_is_cleared_for_no_place_of_a_nurse_practitioner() {
        let mut unit = rota().units[0].clone();
        unit.tiers[0].name = "ENP".to_owned();
        let told = |grade: &str| usual_scope(&unit, read_grade(grade).sure_level(), "ED").map(|tier| tier.to_string());
        assert_eq!((told("FY1"), told("ENP"), told("SHO")), (None, Some("sho".into()), Some("sho".into())));
        assert_eq!((told("HCA"), told("FY2")), (None, None));
        unit.tiers[1].name = "SHO".to_owned();
        unit.tiers[2].name = "FY2".to_owned();
        let told = usual_scope(&unit, read_grade("FY2").sure_level(), "ED").map(|tier| tier.to_string());
        assert_eq!(told.as_deref(), Some("cons"), "the grade of its own goes before that of an SHO");
    }
}
