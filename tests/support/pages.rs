//! Pages of every generation, written from a list of projects, so that what is read can be compared with what was
//! written.

use std::fmt::Write;

/// The shapes in which pages are in circulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// 2016 and 2017: the reference inside the block, the text last.
    Of2016,
    /// 2018 to 2020.
    Of2018,
    /// 2021 to 2024.
    Of2021,
    /// The same, where the labels of the datasets and of the text are lost.
    Of2021WithoutLabels,
    /// 2025 on.
    Of2025,
}

impl Shape {
    pub(crate) const ALL: [Self; 5] =
        [Self::Of2016, Self::Of2018, Self::Of2021, Self::Of2021WithoutLabels, Self::Of2025];
}

/// What a page says of a project, as far as every shape can hold it. What is empty is left out of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) reference: String,
    pub(crate) title: String,
    pub(crate) opt_outs: String,
    pub(crate) legal_basis: String,
    pub(crate) type_of_data: String,
    pub(crate) sensitivity: String,
    /// Years of the first and the last release.
    pub(crate) years: Option<(u16, u16)>,
    pub(crate) access: String,
    pub(crate) datasets: Vec<String>,
    pub(crate) objectives: Vec<String>,
}

/// A page of an organisation.
pub(crate) fn page(shape: Shape, organisation: &str, projects: &[Written]) -> String {
    let mut page = "NHS Digital Data Release Register - reformatted\n".to_owned();
    let end = if matches!(shape, Shape::Of2016 | Shape::Of2018) { "" } else { " projects" };
    line(&mut page, "", &format!("{organisation}{end}"));
    if shape == Shape::Of2025 {
        for project in projects {
            line(&mut page, "- ", &project.title);
        }
    }
    if !matches!(shape, Shape::Of2016 | Shape::Of2018) {
        page.push_str(
            "7 data files in total were disseminated unsafely (information about files used safely is missing).\n",
        );
    }
    for project in projects {
        match shape {
            Shape::Of2016 => block_of_2016(&mut page, project, &ORDER_OF_2016),
            Shape::Of2018 => block_of_2018(&mut page, project),
            Shape::Of2021 => block_of_2021(&mut page, project, true),
            Shape::Of2021WithoutLabels => block_of_2021(&mut page, project, false),
            Shape::Of2025 => block_of_2025(&mut page, project),
        }
    }
    if shape == Shape::Of2016 {
        page.push_str("Source: NHS Digital.\n");
    }
    page
}

/// The parts of a block of 2016 in the order in which the pages print them: opt-outs, basis, format, how often, when,
/// identifier, data, text.
pub(crate) const ORDER_OF_2016: [char; 8] = ['o', 'b', 'f', 'h', 'w', 'i', 'd', 't'];

/// A page of 2016 with its parts in another order.
pub(crate) fn page_in_order(order: &[char], organisation: &str, projects: &[Written]) -> String {
    let mut page = format!("NHS Digital Data Release Register - reformatted\n{organisation}\n");
    for project in projects {
        block_of_2016(&mut page, project, order);
    }
    page + "Source: NHS Digital.\n"
}

fn block_of_2016(page: &mut String, project: &Written, order: &[char]) {
    for part in order {
        match part {
            'o' => line(page, "Opt outs honoured: ", &project.opt_outs),
            'b' => line(page, "Basis: ", &project.legal_basis),
            'f' => {
                let format = [project.type_of_data.as_str(), project.sensitivity.as_str()].join(" ");
                line(page, "Format: ", format.trim());
            }
            'h' => line(page, "How often: ", &project.access),
            'w' => {
                if let Some((first, last)) = project.years {
                    line(page, "When: ", &format!("04/{first} — 11/{last}"));
                }
            }
            'i' => line(page, "HSCIC Id: ", &project.reference),
            'd' => project.datasets.iter().for_each(|name| line(page, "Data: ", name)),
            _ => {
                for (number, text) in project.objectives.iter().enumerate() {
                    if number == 0 {
                        page.push_str("Project info\n");
                    }
                    line(page, if number == 0 { "Objective: " } else { "" }, text);
                }
            }
        }
    }
}

fn block_of_2018(page: &mut String, project: &Written) {
    head(page, project);
    line(page, "Opt outs honoured: ", &project.opt_outs);
    line(page, "Sensitive: ", &project.sensitivity);
    if let Some((first, last)) = project.years {
        line(page, "When: ", &format!("{first}/04 — {last}/11."));
    }
    line(page, "Repeats: ", &project.access);
    line(page, "Legal basis: ", &project.legal_basis);
    line(page, "Categories: ", &project.type_of_data);
    list(page, project, "• ", true);
    text(page, project, true);
}

fn block_of_2021(page: &mut String, project: &Written, has_labels: bool) {
    head(page, project);
    line(page, "Type of data: ", &project.type_of_data);
    line(page, "Opt outs honoured: ", &project.opt_outs);
    line(page, "Legal basis: ", &project.legal_basis);
    page.push_str("Purposes: No (Academic)\n");
    line(page, "Sensitive: ", &project.sensitivity);
    when(page, project, '—');
    line(page, "Access method: ", &project.access);
    page.push_str("Data-controller type:\nSublicensing allowed: No\n");
    let numbered = Written {
        datasets: project.datasets.iter().zip(1..).map(|(name, number)| format!("{number}. {name}")).collect(),
        ..project.clone()
    };
    list(page, &numbered, "", has_labels);
    text(page, project, has_labels);
}

fn block_of_2025(page: &mut String, project: &Written) {
    head(page, project);
    if !project.opt_outs.is_empty() {
        line(page, "Opt outs honoured: ", &format!("{} (Excuses: Section 251 NHS Act 2006)", project.opt_outs));
    }
    line(page, "Legal basis: ", &project.legal_basis);
    page.push_str("Purposes: No (Academic)\n");
    line(page, "Sensitive: ", &project.sensitivity);
    when(page, project, '–');
    line(page, "Access method: ", &project.access);
    page.push_str("Sublicensing allowed: No\nAGD/predecessor discussions: minutes.pdf\n");
    list(page, project, "- ", true);
    line(page, "Type of data: ", &project.type_of_data);
    text(page, project, true);
}

fn head(page: &mut String, project: &Written) {
    line(page, "", &format!("{} — {}", project.title, project.reference));
}

fn when(page: &mut String, project: &Written, dash: char) {
    if let Some((first, last)) = project.years {
        line(page, "When:", &format!("DSA runs {first}-01 {dash} {last}-12 {first}.04 — {last}.11."));
    }
}

fn list(page: &mut String, project: &Written, mark: &str, has_label: bool) {
    if has_label && !project.datasets.is_empty() {
        page.push_str("Datasets:\n");
    }
    for name in &project.datasets {
        line(page, mark, name);
    }
}

fn text(page: &mut String, project: &Written, has_label: bool) {
    if has_label && !project.objectives.is_empty() {
        page.push_str("Objectives:\n");
    }
    for text in &project.objectives {
        line(page, "", text);
    }
}

fn line(page: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(page, "{label}{value}");
    }
}

/// A page as a browser saves it, in one of several forms.
pub(crate) fn as_html(text: &str, form: &str) -> String {
    let mut html =
        String::from("<!DOCTYPE html>\n<html><head><title>Register</title><style>p{}</style></head><body>\n");
    for line in text.replace('&', "&amp;").lines().filter(|line| !line.is_empty()) {
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("• "));
        let label = line.split_once(':').filter(|(label, _)| label.len() < 30 && !label.contains([',', '—']));
        let markup = match (item, label, form) {
            (Some(item), _, _) if form != "br" => format!("<ul><li>{item}</li></ul>\n"),
            (None, Some((label, value)), "dl") => format!("<dl><dt>{label}:</dt>\n<dd>{}</dd></dl>\n", value.trim()),
            (None, Some((label, value)), "table") => {
                format!("<table><tr><th>{label}:</th><td>{}</td></tr></table>\n", value.trim())
            }
            (None, Some((label, value)), "nbsp") => {
                let label = label.replace(' ', "&nbsp;");
                format!("<p><b>{label}:</b>&nbsp;{}</p>\n", value.trim())
            }
            (None, None, "h") if line.contains(" — ") => format!("<h2>{line}</h2>\n"),
            (None, None, "nbsp") => format!("<div>{}</div>\n", line.replace(" — ", "&nbsp;&mdash;&nbsp;")),
            (_, _, "br") => format!("{line}<br/>\n"),
            _ => format!("<p>{line}</p>\n"),
        };
        html.push_str(&markup);
    }
    html + "<script>document.write('<p>Objectives:</p>')</script></body></html>\n"
}

/// A text in the encoding that old browsers save in. What it does not have is lost, as it is there.
pub(crate) fn as_windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        '\u{2022}' => 0x95,
        letter => u8::try_from(letter).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}
