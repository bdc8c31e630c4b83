//! A dossier as Markdown: every text of the register is written so that it shows as it is, and makes no mark-up of its own.

use std::io::Write;

use super::proof::Proof;
use super::{DossierError, Entry, Head};
use crate::report::{ConcernReport, organisation_shown, quoted_of, untold};
use crate::text;

/// From so many months on, files are told by year.
const MONTHS: usize = 24;

/// Writes a dossier.
pub(super) fn write(
    out: &mut dyn Write,
    head: &Head,
    entries: impl Iterator<Item = Result<Entry, DossierError>>,
) -> Result<(), DossierError> {
    write_head(out, head)?;
    for entry in entries {
        write_entry(out, head, &entry?)?;
    }
    writeln!(out, "\n---\n\n{}.", escaped(head.credit))?;
    Ok(())
}

fn write_head(out: &mut dyn Write, head: &Head) -> Result<(), DossierError> {
    writeln!(out, "# {}\n", escaped(&head.title))?;
    if let Some(notice) = head.notice {
        writeln!(out, "**{}.**\n", escaped(notice))?;
    }
    for line in head.about() {
        writeln!(out, "- {}", escaped(&line))?;
    }
    writeln!(out, "\n## In figures\n")?;
    for line in head.summary.told() {
        writeln!(out, "- {}", escaped(&line))?;
    }
    let by_month = files_by_month(head);
    if !by_month.is_empty() {
        writeln!(
            out,
            "- {}",
            escaped(&format!("Files by month, as far as months are told: {}.", by_month.join(", ")))
        )?;
    }
    if head.summary.contents.len() > 1 {
        writeln!(out, "\n## Projects\n")?;
        for project in &head.summary.contents {
            writeln!(out, "- {}: {}", escaped(&project.reference), escaped(&project.told()))?;
        }
    }
    writeln!(out, "\n## How this was made, and how to read it\n")?;
    for line in &head.method {
        writeln!(out, "- {}", escaped(line))?;
    }
    for file in &head.sources {
        writeln!(out, "- {}", escaped(&file.told()))?;
    }
    for line in head.own() {
        writeln!(out, "- {}", escaped(&line))?;
    }
    Ok(())
}

/// Files by month, or by year where months would be too many.
fn files_by_month(head: &Head) -> Vec<String> {
    let months = &head.summary.months;
    if months.len() < MONTHS {
        return months.iter().map(|month| format!("{} {}", month.month, month.files)).collect();
    }
    let mut years: Vec<(i16, usize)> = Vec::new();
    for month in months {
        match years.last_mut() {
            Some((year, files)) if *year == month.month.year() => *files += month.files,
            _ => years.push((month.month.year(), month.files)),
        }
    }
    years.into_iter().map(|(year, files)| format!("{year} {files}")).collect()
}

fn write_entry(out: &mut dyn Write, head: &Head, entry: &Entry) -> Result<(), DossierError> {
    let project = &entry.project;
    writeln!(out, "\n---\n\n## {}\n", escaped(project.title.as_deref().unwrap_or(&project.reference)))?;
    writeln!(out, "{}, {}\n", escaped(organisation_shown(&project.organisation)), escaped(&project.reference))?;
    if let Some(notice) = head.notice {
        writeln!(out, "*{}.*\n", escaped(notice))?;
    }
    writeln!(out, "### {}\n", escaped(&crate::report::concerns_counted(&project.concerns)))?;
    for (concern, proven) in project.concerns.iter().zip(&entry.proven) {
        write_concern(out, concern, proven)?;
    }
    writeln!(out, "### Facts\n")?;
    for fact in &entry.facts {
        let label = if fact.label.is_empty() { String::new() } else { format!("{}: ", fact.label) };
        let beside = fact.beside.map(|words| format!(" ({words})")).unwrap_or_default();
        writeln!(out, "- {label}{}{}", joined(&fact.value), escaped(&beside))?;
    }
    if !entry.quotes.is_empty() {
        writeln!(out, "\n### In its own words")?;
    }
    for quote in &entry.quotes {
        writeln!(out, "\n{}:\n", escaped(quote.field))?;
        write_quote(out, &quote.shown())?;
        writeln!(out, "\n{}", escaped(&quote.citation))?;
    }
    if !project.cannot_tell.is_empty() {
        writeln!(out, "\n### What the rules cannot tell\n")?;
        for (rules, why) in untold(&project.cannot_tell) {
            writeln!(out, "- {}: {}", escaped(&rules), joined(why))?;
        }
    }
    writeln!(out, "\nCite the entry: {}", escaped(&entry.citation))?;
    Ok(())
}

fn write_concern(out: &mut dyn Write, concern: &ConcernReport, proven: &[Proof]) -> Result<(), DossierError> {
    writeln!(out, "**{}** {}: {}\n", concern.id, concern.weight_told(), joined(&concern.statement))?;
    if let Some(told) = concern.dismissed.as_ref().map(|dismissed| dismissed.told(&concern.statement)) {
        writeln!(out, "{}\n", joined(&told))?;
    }
    for proof in proven {
        match &proof.words {
            Some(words) => write_quote(out, words)?,
            None => writeln!(out, "{}: nothing is published.", escaped(proof.field))?,
        }
        writeln!(out, "\n{}\n", escaped(&proof.citation))?;
    }
    if let Some(told) = quoted_of(concern) {
        writeln!(out, "{}\n", escaped(&told))?;
    }
    writeln!(out, "What this does not prove: {}\n", joined(&concern.caveat))?;
    Ok(())
}

/// A quotation: each of its lines a line, and its paragraphs apart.
fn write_quote(out: &mut dyn Write, words: &str) -> std::io::Result<()> {
    let lines: Vec<String> = text::lines(words.trim()).map(|line| escaped(line.trim())).collect();
    for (at, line) in lines.iter().enumerate() {
        let goes_on = lines.get(at + 1).is_some_and(|next| !next.is_empty());
        match line.as_str() {
            "" => writeln!(out, ">")?,
            // Two spaces keep the line's end.
            line if goes_on => writeln!(out, "> {line}  ")?,
            line => writeln!(out, "> {line}")?,
        }
    }
    Ok(())
}

/// The lines of a text as one.
fn joined(words: &str) -> String {
    text::lines(words).map(escaped).collect::<Vec<_>>().join(" ")
}

/// A safe line in which every sign that Markdown could take for mark-up stands for itself.
fn escaped(line: &str) -> String {
    let safe = text::safe(line);
    let safe = safe.as_str();
    let mut written = String::with_capacity(safe.len());
    let start = safe.len() - safe.trim_start().len();
    let digits = safe[start..].bytes().take_while(u8::is_ascii_digit).count();
    for (at, letter) in safe.char_indices() {
        let marks_up = matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&');
        // What would be a heading, a list, a rule or the second row of a table where a line begins.
        let begins = at == start && matches!(letter, '#' | '+' | '-' | '=' | '|' | ':');
        let behind = safe[at + letter.len_utf8()..].chars().next();
        let numbers =
            digits > 0 && at == start + digits && matches!(letter, '.' | ')') && behind.is_none_or(char::is_whitespace);
        if marks_up || begins || numbers {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_text_makes_no_mark_up() {
        assert_eq!(escaped("a *b* <i>_c_ [d](e) & `f`"), r"a \*b\* \<i\>\_c\_ \[d\](e) \& \`f\`");
        let starts = [" # x", "1. y", "2) z", "- w", "3.5 v"].map(escaped);
        assert_eq!(starts, [r" \# x", r"1\. y", r"2\) z", r"\- w", "3.5 v"]);
        assert_eq!([":--|--", "|-|-|", "a | b"].map(escaped), [r"\:--|--", r"\|-|-|", "a | b"]);
        assert_eq!(escaped("a\u{1b}[31m\u{202e}b"), "a\u{241b}\\[31m\u{fffd}b");
    }

    #[test]
    fn lines_of_a_quotation_stay_lines() {
        let mut out = Vec::new();
        write_quote(&mut out, "one\ntwo\n\n* three").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "> one  \n> two\n>\n> \\* three\n");
    }
}
