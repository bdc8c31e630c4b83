use proptest::prelude::*;

use super::*;

fn organisation(name: &str) -> Key {
    Names::built_in().organisation_key(name)
}

fn dataset(name: &str) -> Key {
    Names::built_in().dataset_key(name)
}

#[test]
fn spellings_of_one_organisation_are_one() {
    for spellings in [
        &[
            "NHS ENGLAND",
            "NHS England",
            "NHS  England ",
            "NHS ENGLAND - X26",
            "NHS England \u{2013} X26",
            "NHS England (NHSE)",
        ][..],
        &[
            "KING'S COLLEGE LONDON",
            "King\u{2019}s College London",
            "Kings College London",
            "KING\u{2018}S COLLEGE LONDON (KCL)",
        ],
        &["DR. FOSTER LIMITED", "Dr Foster Ltd", "DR FOSTER LTD."],
        &["Northgate Public Services (UK) Limited", "NORTHGATE PUBLIC SERVICES (UK) LTD"],
        &["AstraZeneca plc", "ASTRAZENECA P.L.C.", "AstraZeneca Public Limited Company"],
        &["NHS FYLDE & WYRE CCG", "NHS FYLDE AND WYRE CCG"],
        &["NHS BIRMINGHAM CROSSCITY CCG", "NHS Birmingham Cross City CCG"],
        &["NHS NEWBURY\u{a0}AND\u{a0} DISTRICT CCG", "NHS Newbury and District CCG"],
        &["PUBLIC HEALTH ENGLAND (PHE)", "Public Health England"],
        &["NHS BLOOD AND TRANSPLANT (NHSBT)", "NHS Blood & Transplant"],
        &["SOUTHEND-ON-SEA BOROUGH COUNCIL", "Southend on Sea Borough Council"],
        &[
            "NHS South West London ICB - 36L",
            "NHS South West London ICB",
            "NHS South West London Integrated Care Board",
        ],
        &["Uni\u{ad}versity of York", "University of York\u{200b}", "University of York"],
    ] {
        for spelling in spellings {
            assert_eq!(organisation(spelling), organisation(spellings[0]), "{spelling} and {}", spellings[0]);
        }
    }
}

#[test]
fn different_organisations_stay_apart() {
    for names in [
        &["NHS Liverpool CCG", "University of Liverpool", "Liverpool City Council", "NHS Liverpool"][..],
        &["NHS Sussex", "NHS Surrey and Sussex", "NHS Sussex ICB", "NHS Surrey Heartlands ICB", "NHS East Sussex CCG"],
        &["NHS Bradford City CCG", "NHS Bradford Districts CCG", "NHS Bradford District and Craven CCG"],
        &["University College London", "UCL Institute of Education (IOE)", "UNIVERSITY COLLEGE LONDON HOSPITALS"],
        &["Ernst and Young LLP", "Ernst and Young Limited", "Ernst and Young", "Ernst and Young plc"],
        &["NHS Digital", "NHS England", "Health and Social Care Information Centre"],
        &["Public Health England", "UK Health Security Agency", "Office for Health Improvement and Disparities"],
        &["Southend-on-Sea Borough Council (Unitary)", "Southend-on-Sea Borough Council"],
        &["NHS Central London (Westminster) CCG", "NHS Central London CCG", "NHS West London CCG"],
        &["A Trust - North", "A Trust - South", "A Trust"],
        &["A Trust 1 1", "A Trust 11"],
        &["A study - 2016", "A study - 2017", "A study"],
        &["S & Y LTD", "SANDY LTD", "S AND Y"],
        &["B AND A", "BANDA", "B & A LTD"],
        &["X UN LTD", "X UNLIMITED", "XUN"],
        &["A and B C", "AB and C", "AB and C and"],
        &["Cambridge University Hospitals NHS Foundation Trust", "Addenbrooke's Hospital", "University of Cambridge"],
    ] {
        let keys: std::collections::BTreeSet<Key> = names.iter().map(|name| organisation(name)).collect();
        assert_eq!(keys.len(), names.len(), "{names:?}");
    }
}

#[test]
fn spellings_of_one_dataset_are_one() {
    for spellings in [
        &[
            "Hospital Episode Statistics Admitted Patient Care",
            "Hospital Episode Statistics Admitted Patient Care (HES APC)",
        ][..],
        &[
            "Hospital Episode Statistics Accident and Emergency",
            "Hospital Episode Statistics Accident and Emergency (HES A and E)",
            "HOSPITAL EPISODE STATISTICS ACCIDENT & EMERGENCY (HES A&E)",
        ],
        &["Local Provider Data - Demand For service", "Local Provider Data - Demand for Service"],
        &["Maternity Services Dataset", "Maternity Services Data Set", "Maternity Services Data-Set (MSDS)"],
        &["Mental Health Services Data Set (MHSDS) v5.0", "Mental Health Services Dataset_v5.0"],
        &["HES:Civil Registration (Deaths) bridge", "HES-Civil Registration (Deaths) Bridge"],
        &["Emergency Care Data Set (ECDS)", "Emergency Care Data Set"],
    ] {
        for spelling in spellings {
            assert_eq!(dataset(spelling), dataset(spellings[0]), "{spelling} and {}", spellings[0]);
        }
    }
}

#[test]
fn different_datasets_stay_apart() {
    for names in [
        &[
            "Office for National Statistics Mortality Data",
            "Office for National Statistics Mortality Data (linkable to HES)",
            "Bridge file: Hospital Episode Statistics to Mortality Data from the Office of National Statistics",
        ][..],
        &["Patient Reported Outcome Measures", "Patient Reported Outcome Measures (Linkable to HES)"],
        &["MHSDS", "MHSDS v1.5", "MHSDS v5.0", "MHSDS v5.01", "MHSDS v50", "MHSDS v6"],
        &["Civil Registration (Deaths)", "Civil Registration (Births)", "Civil Registration"],
        &["Civil Registrations of Death", "Civil Registrations of Death - Secondary Care Cut"],
        &[
            "Standard Monthly Extract : SUS PbR A&E",
            "Standard Monthly Extract : SUS PbR OP",
            "Bespoke Monthly Extract : SUS PbR A&E",
        ],
        &["Cohort wave (IV)", "Cohort wave (V)", "Cohort wave"],
        &["Registry - 15C", "Registry"],
        &["Data +", "Data"],
    ] {
        let keys: std::collections::BTreeSet<Key> = names.iter().map(|name| dataset(name)).collect();
        assert_eq!(keys.len(), names.len(), "{names:?}");
    }
}

#[test]
fn names_without_letters_are_not_all_one() {
    assert_ne!(organisation("-"), organisation("..."));
    assert_ne!(organisation("?"), organisation(""));
}

#[test]
fn two_codes_are_two_bodies() {
    assert_eq!(ods_code("NHS England \u{2013} x26").as_deref(), Some("X26"));
    assert_eq!((ods_code("NHS ABC - North"), ods_code("NHS ABC"), ods_code(" - X26")), (None, None, None));
    let shown = |names: &Names, published: &[&str]| -> Vec<Vec<String>> {
        let groups = names.group(Kind::Organisation, published.iter().map(|name| (*name, 1)));
        let keys: std::collections::BTreeSet<&Key> = groups.iter().map(|group| &group.key).collect();
        assert_eq!(keys.len(), groups.len());
        groups.iter().map(|group| group.spellings.iter().map(|spelling| spelling.name.clone()).collect()).collect()
    };
    let names = Names::built_in();
    let two = ["NHS ABC - 01A", "NHS Abc - 01B", "NHS ABC", "nhs abc - 01a"];
    assert_eq!(shown(names, &two), [vec!["NHS ABC - 01A", "nhs abc - 01a"], vec!["NHS Abc - 01B"], vec!["NHS ABC"]]);
    assert_eq!(shown(names, &["NHS ABC - 01A", "NHS ABC"]), [["NHS ABC - 01A", "NHS ABC"]]);
    let list =
        "[[alias]]\nkind = \"organisation\"\nnames = [\"NHS ABC - 01A\", \"NHS ABC - 01B\"]\nreason = \"renumbered\"";
    assert_eq!(shown(&Names::with(list).unwrap(), &two).len(), 1);
}

#[test]
fn the_spelling_published_most_is_shown() {
    let published =
        [("NHS ENGLAND", 2), ("Other", 9), ("NHS England", 3), ("NHS ENGLAND - X26", 1), ("NHS ENGLAND", 1)];
    let groups = Names::built_in().group(Kind::Organisation, published);
    let shown: Vec<(&str, Vec<(&str, u64)>)> = groups
        .iter()
        .map(|group| {
            let spellings = group.spellings.iter().map(|spelling| (spelling.name.as_str(), spelling.count));
            (group.name.as_str(), spellings.collect())
        })
        .collect();
    // Three times each: the first stays first.
    assert_eq!(
        shown,
        [
            ("NHS ENGLAND", vec![("NHS ENGLAND", 3), ("NHS England", 3), ("NHS ENGLAND - X26", 1)]),
            ("Other", vec![("Other", 9)])
        ]
    );
}

/// Words as names have them.
fn word() -> impl Strategy<Value = String> {
    "[A-Za-z]{2,9}".prop_filter("no word that the rules know", |word| {
        !["ltd", "and", "plc"].contains(&word.to_lowercase().as_str())
    })
}

proptest! {
    #[test]
    fn typography_never_parts_a_name(words in prop::collection::vec(word(), 1..6), upper: bool, mark in "[-,.:_/]", space in "[ \u{a0}\u{2002}\t]{1,3}") {
        let plain = words.join(" ");
        let dressed = words.join(&format!("{mark}{space}"));
        let dressed = if upper { dressed.to_uppercase() } else { dressed };
        // What a dash and space introduce can be a code: letters alone are none.
        prop_assert_eq!(organisation(&plain), organisation(&dressed));
        prop_assert_eq!(dataset(&plain), dataset(&dressed));
    }

    #[test]
    fn an_acronym_of_all_words_says_nothing(words in prop::collection::vec("[A-Z][a-z]{5,9}", 2..6)) {
        let acronym: String = words.iter().filter_map(|word| word.chars().next()).collect();
        let name = words.join(" ");
        prop_assert_eq!(dataset(&name), dataset(&format!("{name} ({acronym})")));
        prop_assert_eq!(organisation(&name), organisation(&format!("{name} ({acronym}) - X26")));
    }

    #[test]
    fn other_words_part_names(one in prop::collection::vec("[a-z]{2,8}", 1..5), two in prop::collection::vec("[a-z]{2,8}", 1..5)) {
        let (first, second) = (one.join(" "), two.join(" "));
        prop_assume!(one.concat() != two.concat());
        prop_assume!(![&one, &two].iter().any(|words| words.iter().any(|word| word == "ltd")));
        prop_assert_ne!(dataset(&first), dataset(&second));
        prop_assert_ne!(organisation(&first), organisation(&second));
    }

    #[test]
    fn any_text_has_a_key_and_case_does_not_matter(name in ".{0,60}") {
        let _ = organisation(&name);
        let ascii: String = name.chars().filter(char::is_ascii).collect();
        prop_assert_eq!(organisation(&ascii), organisation(&ascii.to_uppercase()));
        prop_assert_eq!(dataset(&ascii), dataset(&ascii.to_uppercase()));
    }
}

proptest! {
    #[test]
    fn what_stands_around_and_is_never_run_together(
        one in ("[a-z]{1,3}", "[a-z]{1,3}"),
        two in ("[a-z]{1,3}", "[a-z]{1,3}"),
        sign in prop::sample::select(vec![" & ", "&", " and ", " AND "]),
    ) {
        let name = |(left, right): &(String, String), sign: &str| format!("{left}{sign}{right}");
        let glued = format!("{}and{}", one.0, one.1);
        prop_assert_eq!(organisation(&name(&one, sign)), organisation(&name(&one, " and ")));
        prop_assert_ne!(organisation(&name(&one, sign)), organisation(&glued));
        prop_assert_ne!(dataset(&name(&one, sign)), dataset(&glued));
        if one != two && ![&one.0, &one.1, &two.0, &two.1].iter().any(|word| ["and", "ltd", "plc"].contains(&word.as_str())) {
            prop_assert_ne!(organisation(&name(&one, sign)), organisation(&name(&two, " and ")));
        }
    }
}
