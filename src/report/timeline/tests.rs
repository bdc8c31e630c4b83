use super::*;
use crate::register::{OptOutState, Place, Release, ReleaseKind};

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn source(layout: Layout) -> Vec<Source> {
    vec![Source { file: "a file".to_owned(), sha256: String::new(), layout, date: None, lacks: Vec::new() }]
}

fn version(number: &str, start: &str, end: &str) -> Version {
    let mut version = Version::new(&format!("NIC-1-{number}"), "A TRUST", Place::line(0, 1));
    version.term = DateRange { start: date(start), end: date(end) };
    version
}

fn release(month: &str, kind: ReleaseKind) -> Release {
    Release {
        kind,
        id: None,
        organisation: None,
        dataset: "Births".into(),
        type_of_data: None,
        sensitivity: None,
        legal_basis: None,
        confidentiality: None,
        frequency: None,
        opt_outs: OptOutState::NotStated,
        opt_outs_as_published: None,
        month: date(month),
        place: Place::row(0, "DataReleases", 2),
    }
}

fn project(versions: Vec<Version>) -> Project {
    Project { reference: "NIC-1".to_owned(), versions }
}

fn of_uses(versions: Vec<Version>) -> Timeline {
    Timeline::new(&project(versions), &source(Layout::DataUsesRegister), date("2023-06")).unwrap()
}

fn drawn_at(timeline: &Timeline, width: usize, characters: Characters) -> String {
    let mut text = String::new();
    for line in timeline.lines(width) {
        let label = if line.kind == TimelineKind::Drawn { format!("{:9}", line.label) } else { String::new() };
        text.push_str(format!("{label}{}", line.text(characters)).trim_end());
        text.push('\n');
    }
    text
}

fn assert_drawn(name: &str, drawn: &str) {
    insta::with_settings!({ snapshot_path => "../../../tests/snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, drawn);
    });
}

/// Three versions with a gap, and files inside, outside and without a month.
fn eventful() -> Timeline {
    let mut first = version("v1.0", "2019-03-01", "2020-02-29");
    for _ in 0..12 {
        first.releases.push(release("2019-05", ReleaseKind::File));
    }
    first.releases.push(release("2020-07", ReleaseKind::File));
    first.releases.push(release("2019-08", ReleaseKind::SystemAccess));
    let mut second = version("v1.1", "2020-03-01", "2020-05-31");
    second.releases.push(release("", ReleaseKind::File));
    let mut third = version("v2.0", "2020-09-15", "2024-09-14");
    third.releases.push(release("2021-01", ReleaseKind::File));
    third.releases.push(release("2021-02", ReleaseKind::File));
    of_uses(vec![first, second, third])
}

#[test]
fn terms_gaps_and_files_stand_on_one_scale() {
    assert_drawn("timeline_80", &drawn_at(&eventful(), 80, Characters::Unicode));
    assert_drawn("timeline_60_ascii", &drawn_at(&eventful(), 60, Characters::Ascii));
    assert_drawn("timeline_40_ascii", &drawn_at(&eventful(), 40, Characters::Ascii));
}

#[test]
fn what_is_not_stated_is_drawn_as_unknown() {
    let mut versions = vec![version("v1", "2019-03-01", ""), version("v2", "", "2021-05-31"), version("v3", "", "")];
    versions.push(version("v4", "2021-01-01", "2020-01-01"));
    versions[0].releases.push(release("2018-01", ReleaseKind::File));
    assert_drawn("timeline_unknown_60", &drawn_at(&of_uses(versions), 60, Characters::Ascii));
}

#[test]
fn many_versions_and_slips_of_the_pen_leave_the_rest_readable() {
    let mut versions: Vec<Version> = (0..14)
        .map(|number| {
            version(&format!("v{number}.0"), &format!("{}-04-01", 2009 + number), &format!("{}-03-31", 2010 + number))
        })
        .collect();
    versions[13].term.end = date("2999-01-01");
    assert_drawn("timeline_many_60", &drawn_at(&of_uses(versions), 60, Characters::Ascii));
}

#[test]
fn a_page_gives_first_and_last_month_only() {
    let mut page = version("v", "2021-01", "2024-01");
    page.released = DateRange { start: date("2021-03"), end: date("2022-11") };
    let timeline = Timeline::new(&project(vec![page]), &source(Layout::Page2025), date("2022-11")).unwrap();
    assert_drawn("timeline_page_60", &drawn_at(&timeline, 60, Characters::Ascii));
}

#[test]
fn without_terms_and_months_there_is_none() {
    let mut version = version("v1", "", "");
    version.releases.push(release("", ReleaseKind::File));
    assert_eq!(Timeline::new(&project(vec![version.clone()]), &source(Layout::ReleaseRegister), date("2017-11")), None);
    assert_eq!(Timeline::new(&project(vec![version]), &source(Layout::DataUsesRegister), None), None);
}

#[test]
fn no_line_is_wider_than_its_width_and_their_number_stays() {
    let timeline = eventful();
    let count = timeline.lines(80).len();
    for width in 40..160 {
        let lines = timeline.lines(width);
        assert_eq!(lines.len(), count);
        for line in lines {
            let ascii = line.text(Characters::Ascii);
            let column = usize::from(LABEL) + ascii.len();
            assert!(line.kind == TimelineKind::Note || ascii.is_ascii(), "{ascii}");
            assert!(line.kind != TimelineKind::Drawn || column <= width, "{width}: {ascii}");
            assert!(line.kind != TimelineKind::Legend || ascii.len() <= 60, "{ascii}");
        }
    }
}

#[test]
fn terms_that_follow_each_other_leave_no_gap() {
    let timeline = of_uses(vec![version("v1", "2020-01-01", "2020-12-31"), version("v2", "2021-01-01", "2021-12")]);
    assert!(timeline.union.gaps().is_empty());
    let timeline = of_uses(vec![version("v1", "2020-01-01", "2020-12-30"), version("v2", "2021-01-01", "2021-12")]);
    let day = date("2020-12-31").unwrap();
    assert_eq!(timeline.union.gaps(), [(day, day)]);
}
