//! A library of two editions of our own making.

use std::path::Path;

use outflow::index::Index;
use outflow::library::Library;

use super::uses::{Agreement, write_edition};

/// August and September 2026: one agreement left, one came, two were amended, and one name reads otherwise everywhere.
pub(crate) fn library(folder: &Path) -> Library {
    let before = vec![
        Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "Yes", "Jul-26"),
        Agreement::new("DARS-NIC-2-BBBBB-v1.0", "MARSH COLLEGE").file("F2", "No", "Jul-26"),
        Agreement::new("DARS-NIC-3-CCCCC-v1.0", "OLD MILL CCG"),
        Agreement::new("DARS-NIC-4-DDDDD-v1.0", "EVENFIELD"),
        Agreement::new("DARS-NIC-5-EEEEE-v1.0", "EVENFIELD"),
    ];
    let mut after = before.clone();
    after[0].objectives = after[0].objectives.replace("the days", "the hours of every night");
    "date:2031-01-31".clone_into(&mut after[0].end);
    "Yes".clone_into(&mut after[1].files[0].1);
    "ODDFIELD".clone_into(&mut after[3].organisation);
    "ODDFIELD".clone_into(&mut after[4].organisation);
    after[2] = Agreement::new("DARS-NIC-6-FFFFF-v1.0", "NEW MILL ICB");
    let mut newer = after[0].clone();
    "DARS-NIC-1-AAAAA-v2.0".clone_into(&mut newer.reference);
    "Health and Social Care Act 2012 - s261(5)(d)".clone_into(&mut newer.basis);
    after.push(newer);
    let library = Library::at(folder.join("library"));
    for (month, agreements) in [("august2026", before), ("september2026", after)] {
        library.publish(&[write_edition(folder, month, &agreements)], None, &mut |_| {}).unwrap();
    }
    library
}

/// An edition with what the others say of it.
pub(crate) fn open(library: &Library, slug: &str) -> Index {
    let edition = library.open(Some(slug)).unwrap();
    edition.lay_over(library).unwrap();
    edition.index
}
