//! A dossier as one page: it fetches nothing, runs nothing, and can be printed. The page forbids the browser both, so that no text
//! of the register could even if it were let through.

use std::io::Write;

use super::proof::Proof;
use super::{DossierError, Entry, Head, chart};
use crate::report::{ConcernReport, organisation_shown, quoted_of, untold};
use crate::text;

/// How it looks: the reader's own fonts and colours, light or dark as they have them.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 serif;max-width:44rem;margin:2rem auto;padding:0 1rem}\
h1,h2,h3,dt,figcaption,svg text{font-family:sans-serif}\
h2{border-top:1px solid;padding-top:1rem;margin-top:3rem}\
blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid}\
.source{font-size:.85rem;overflow-wrap:anywhere}\
.caveat,.notice{font-style:italic}\
dl{display:grid;grid-template-columns:9rem 1fr;gap:.2rem 1rem}dd{margin:0}\
svg{width:100%;fill:currentColor;font-size:12px}figure{margin:1rem 0}\
@media print{body{max-width:none;margin:0}h2{break-before:page}blockquote,figure{break-inside:avoid}}";

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
    writeln!(out, "<footer><p>{}.</p></footer>\n</body>\n</html>", escaped(head.credit))?;
    Ok(())
}

fn write_head(out: &mut dyn Write, head: &Head) -> Result<(), DossierError> {
    let title = escaped(&head.title);
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    )?;
    if let Some(notice) = head.notice {
        writeln!(out, "<p class=\"notice\">{}.</p>", escaped(notice))?;
    }
    list(out, &head.about())?;
    writeln!(out, "<h3>In figures</h3>")?;
    list(out, &head.summary.told())?;
    writeln!(out, "{}{}", chart::months(&head.summary.months), chart::weights(&head.summary))?;
    if head.summary.contents.len() > 1 {
        writeln!(out, "<h3>Projects</h3>\n<ul>")?;
        for project in &head.summary.contents {
            writeln!(out, "<li>{}: {}</li>", escaped(&project.reference), escaped(&project.told()))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<h3>How this was made, and how to read it</h3>")?;
    list(out, &head.method)?;
    writeln!(out, "<ul>")?;
    for file in &head.sources {
        writeln!(out, "<li class=\"source\">{}</li>", escaped(&file.told()))?;
    }
    for line in head.own() {
        writeln!(out, "<li>{}</li>", escaped(&line))?;
    }
    writeln!(out, "</ul>")?;
    Ok(())
}

fn list(out: &mut dyn Write, lines: &[String]) -> std::io::Result<()> {
    writeln!(out, "<ul>")?;
    for line in lines {
        writeln!(out, "<li>{}</li>", escaped(line))?;
    }
    writeln!(out, "</ul>")
}

fn write_entry(out: &mut dyn Write, head: &Head, entry: &Entry) -> Result<(), DossierError> {
    let project = &entry.project;
    writeln!(out, "<article>\n<h2>{}</h2>", escaped(project.title.as_deref().unwrap_or(&project.reference)))?;
    writeln!(out, "<p>{}, {}</p>", escaped(organisation_shown(&project.organisation)), escaped(&project.reference))?;
    if let Some(notice) = head.notice {
        writeln!(out, "<p class=\"notice\">{}.</p>", escaped(notice))?;
    }
    writeln!(out, "<h3>{}</h3>", escaped(&crate::report::concerns_counted(&project.concerns)))?;
    for (concern, proven) in project.concerns.iter().zip(&entry.proven) {
        write_concern(out, concern, proven)?;
    }
    writeln!(out, "<h3>Facts</h3>\n<dl>")?;
    for fact in &entry.facts {
        let beside = fact.beside.map(|words| format!(" ({})", escaped(words))).unwrap_or_default();
        writeln!(out, "<dt>{}</dt><dd>{}{beside}</dd>", escaped(fact.label), lines(&fact.value))?;
    }
    writeln!(out, "</dl>")?;
    if !entry.quotes.is_empty() {
        writeln!(out, "<h3>In its own words</h3>")?;
    }
    for quote in &entry.quotes {
        writeln!(out, "<p>{}:</p>\n<blockquote>{}</blockquote>", escaped(quote.field), lines(&quote.shown()))?;
        writeln!(out, "<p class=\"source\">{}</p>", escaped(&quote.citation))?;
    }
    if !project.cannot_tell.is_empty() {
        writeln!(out, "<h3>What the rules cannot tell</h3>\n<ul>")?;
        for (rules, why) in untold(&project.cannot_tell) {
            writeln!(out, "<li>{}: {}</li>", escaped(&rules), lines(why))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "<p class=\"source\">Cite the entry: {}</p>\n</article>", escaped(&entry.citation))?;
    Ok(())
}

fn write_concern(out: &mut dyn Write, concern: &ConcernReport, proven: &[Proof]) -> Result<(), DossierError> {
    let (told, said) = (concern.weight_told(), lines(&concern.statement));
    writeln!(out, "<p><strong>{}</strong> {told}: {said}</p>", concern.id)?;
    if let Some(told) = concern.dismissed.as_ref().map(|dismissed| dismissed.told(&concern.statement)) {
        writeln!(out, "<p>{}</p>", lines(&told))?;
    }
    for proof in proven {
        match &proof.words {
            Some(words) => writeln!(out, "<blockquote>{}</blockquote>", lines(words))?,
            None => writeln!(out, "<p>{}: nothing is published.</p>", escaped(proof.field))?,
        }
        writeln!(out, "<p class=\"source\">{}</p>", escaped(&proof.citation))?;
    }
    if let Some(told) = quoted_of(concern) {
        writeln!(out, "<p>{}</p>", escaped(&told))?;
    }
    writeln!(out, "<p class=\"caveat\">What this does not prove: {}</p>", lines(&concern.caveat))?;
    Ok(())
}

/// The lines of a text, each a line.
fn lines(words: &str) -> String {
    text::lines(words.trim()).map(escaped).collect::<Vec<_>>().join("<br>\n")
}

/// A safe line in which nothing is a tag, an entity or the end of a value.
fn escaped(line: &str) -> String {
    let mut written = String::with_capacity(line.len());
    for letter in text::safe(line).as_str().chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
    }
    written
}
