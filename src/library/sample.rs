//! The embedded sample register: real facts, and summaries of the texts in our own words.

use crate::register::Register;

/// About forty projects of two published files, with their facts, places and file counts as published.
const SAMPLE: &str = include_str!("../../assets/sample.json");

/// Reads the embedded sample.
///
/// # Errors
/// Only if the embedded file is no register, which a test rules out.
pub fn sample() -> Result<Register, serde_json::Error> {
    serde_json::from_str(SAMPLE)
}
