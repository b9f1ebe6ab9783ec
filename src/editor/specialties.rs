//! Specialties that are written in several ways: which spellings are one, and which is used in a rota already.

use std::collections::BTreeMap;

use crate::model::Rota;

/// Each specialty by its full name, with the other ways in which hospital staff write it, small letters and figures alone,
/// without "and", "of" and "department".
const SPELLINGS: &[(&str, &[&str])] = &[
    ("Emergency medicine", &["ed", "ae", "aande", "em", "emergency", "accidentemergency", "casualty"]),
    (
        "Obstetrics and gynaecology",
        &["og", "obsgynae", "obsgyn", "obsgynaecology", "obgyn", "obstetricsgynae", "obstetricsgynecology"],
    ),
    (
        "Anaesthetics",
        &["anaesthesia", "anaesthetic", "anaesthetist", "anaes", "anaesthesiology", "anesthetics", "anesthesia"],
    ),
    ("Paediatrics", &["paeds", "paediatric", "paediatrician", "pediatrics", "peds", "childhealth"]),
    ("Intensive care medicine", &["icm", "icu", "itu", "intensivecare", "intensivist", "criticalcare"]),
    (
        "Trauma and orthopaedics",
        &["to", "tando", "ortho", "orthopaedics", "orthopaedic", "orthopaedicsurgery", "traumaorthopaedicsurgery"],
    ),
    ("General surgery", &["gensurg", "gensurgery", "generalsurgeon"]),
    ("General medicine", &["genmed", "gim", "generalinternalmedicine"]),
    ("Acute medicine", &["acutemed", "aim", "acuteinternalmedicine"]),
    ("Neonatology", &["neonates", "neonatal", "neonatologist", "nicu", "scbu"]),
    ("Ear, nose and throat", &["ent", "otolaryngology"]),
    ("Psychiatry", &["psych", "psychiatrist"]),
    ("Oral and maxillofacial surgery", &["omfs", "maxfax", "maxillofacial", "maxillofacialsurgery"]),
    ("Geriatric medicine", &["geriatrics", "geriatrician", "elderlycare", "careelderly", "coe", "elderlymedicine"]),
    ("Radiology", &["radiologist", "imaging"]),
    ("Cardiology", &["cardiologist", "cardio"]),
    ("Gastroenterology", &["gastro", "gastroenterologist"]),
    ("Respiratory medicine", &["resp", "respiratory"]),
];

/// Words that stand in names of specialties and of those who practise them, beside those of [`SPELLINGS`].
const WORDS: &[&str] = &[
    "medicine",
    "medical",
    "physician",
    "surgery",
    "surgical",
    "surgeon",
    "general",
    "acute",
    "emergency",
    "trauma",
    "care",
    "critical",
    "intensive",
    "internal",
    "child",
    "children",
    "childrens",
    "maternity",
    "obstetric",
    "obstetrics",
    "obstetrician",
    "obs",
    "gynae",
    "gynaecology",
    "gynaecologist",
    "labour",
    "ward",
    "fetal",
    "maternal",
    "orthopaedic",
    "orthopaedics",
    "spinal",
    "hand",
    "oral",
    "maxillofacial",
    "ear",
    "nose",
    "throat",
    "geriatric",
    "elderly",
    "stroke",
    "oncology",
    "oncologist",
    "haematology",
    "haematologist",
    "renal",
    "nephrology",
    "nephrologist",
    "urology",
    "urologist",
    "neurology",
    "neurologist",
    "neurosurgery",
    "neurosurgeon",
    "vascular",
    "cardiac",
    "cardiothoracic",
    "thoracic",
    "plastic",
    "plastics",
    "breast",
    "colorectal",
    "upper",
    "lower",
    "gi",
    "hepatology",
    "hepatologist",
    "dermatology",
    "dermatologist",
    "rheumatology",
    "rheumatologist",
    "ophthalmology",
    "ophthalmologist",
    "endocrinology",
    "endocrine",
    "endocrinologist",
    "diabetes",
    "palliative",
    "rehabilitation",
    "infectious",
    "diseases",
    "microbiology",
    "microbiologist",
    "pathology",
    "pathologist",
    "histopathology",
    "histopathologist",
    "interventional",
    "genitourinary",
    "sexual",
    "health",
    "immunology",
    "immunologist",
    "allergy",
    "genetics",
    "respiratory",
    "cardiology",
    "pain",
    "dental",
    "unit",
    "department",
    "dept",
    "amu",
    "mau",
    "sau",
    "eau",
    "hdu",
    "picu",
    "urgent",
    "minor",
    "minors",
    "majors",
    "injuries",
    "resus",
    "the",
];

/// Whether a word, of small letters and figures, may stand in the name of a specialty, such as "surgery" or "og".
pub fn is_word_of_one(word: &str) -> bool {
    let is = |known: &&str| *known == word || word.strip_suffix('s') == Some(known);
    WORDS.iter().any(is) || named(word).is_some()
}

/// Whether a text is the name of a specialty, or of those who practise it, and of nothing else.
pub fn is_a_specialty(text: &str) -> bool {
    let plain = plain(text);
    let is_known = |word: &str| is_word_of_one(&self::plain(word));
    !plain.is_empty() && (named(&plain).is_some() || text.split_whitespace().all(is_known))
}

/// What two spellings of one specialty have in common; empty where there is none.
pub fn key(specialty: &str) -> String {
    let plain = plain(specialty);
    named(&plain).map_or(plain, |(name, _)| self::plain(name))
}

/// The full name of what a doctor of it is called, such as "Anaesthetics" for "Anaesthetist"; anything else unchanged.
pub fn of_a_doctor(text: &str) -> String {
    let plain = plain(text);
    let is_doctor = ["ist", "ician", "ists", "icians", "surgeon"].iter().any(|end| plain.ends_with(end));
    named(&plain).filter(|_| is_doctor).map_or_else(|| text.to_owned(), |(name, _)| (*name).to_owned())
}

/// How the specialty is mostly written in the rota; none where nobody is of it.
pub fn spelling_in(rota: &Rota, specialty: &str) -> Option<String> {
    let wanted = key(specialty);
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for written in rota.people.iter().map(|p| p.specialty.trim()).filter(|s| !s.is_empty() && key(s) == wanted) {
        *used.entry(written).or_default() += 1;
    }
    used.into_iter().max_by_key(|(_, times)| *times).map(|(written, _)| written.to_owned())
}

fn named(plain: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let is = |known: &str| known == plain || plain.strip_suffix('s') == Some(known);
    SPELLINGS.iter().find(|(name, others)| self::plain(name) == plain || others.iter().any(|other| is(other)))
}

/// Small letters and figures alone, without the words that are only sometimes there.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let all: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let left: String =
        all.iter().filter(|w| !["and", "of", "the", "department", "dept"].contains(*w)).copied().collect();
    if left.is_empty() { all.concat() } else { left }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::rota;
    use super::*;

    #[test]
    fn spellings_of_one_specialty_are_one() {
        for all in [
            &["ED", "A&E", "A & E", "EM", "Emergency Medicine", "Emergency department", "Accident and Emergency"][..],
            &["O&G", "Obs & gynae", "obs and gynae", "Obstetrics and gynaecology", "Obstetrics & Gynaecology"],
            &["Anaesthetics", "anaesthesia", "Anaes", "Department of Anaesthesia", "Anaesthetist", "Anaesthetists"],
            &["Paeds", "Paediatrics", "paediatric"],
            &["ICU", "ITU", "Intensive care medicine", "critical care"],
            &["T&O", "Orthopaedics", "Trauma and orthopaedics", "Trauma & Orthopaedics"],
            &["Renal", " renal "],
        ] {
            let keys: Vec<String> = all.iter().map(|text| key(text)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{all:?} are {keys:?}");
        }
        assert_ne!(key("Acute medicine"), key("General medicine"));
        assert_ne!(key("Surgery"), key("Orthopaedics"));
        assert_eq!((key(""), key(" - ")), (String::new(), String::new()));
        let all: Vec<String> = SPELLINGS.iter().flat_map(|(_, others)| others.iter().map(|o| key(o))).collect();
        assert!(all.iter().all(|key| SPELLINGS.iter().any(|(name, _)| plain(name) == *key)));
    }

    #[test]
    fn a_doctor_tells_the_specialty() {
        assert_eq!(of_a_doctor("Anaesthetist"), "Anaesthetics");
        assert_eq!(of_a_doctor("Paediatricians"), "Paediatrics");
        assert_eq!((of_a_doctor("ED"), of_a_doctor("Biologist")), ("ED".to_owned(), "Biologist".to_owned()));
    }

    #[test]
    fn the_spelling_of_most_is_the_one_that_is_used() {
        let mut rota = rota();
        for (person, specialty) in rota.people.iter_mut().zip(["ED", "A&E", "A&E", "Anaesthetics", ""]) {
            specialty.clone_into(&mut person.specialty);
        }
        assert_eq!(spelling_in(&rota, "emergency medicine").as_deref(), Some("A&E"));
        assert_eq!(spelling_in(&rota, "Renal"), None);
        assert_eq!(spelling_in(&rota, ""), None);
    }
}
