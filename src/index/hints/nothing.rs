//! What is said where nothing is found: whether that is so because nothing is there, or because nothing is published of it.

use super::{Hint, Hinting};
use crate::index::query::{Fields, Listed, Node, Test, WordsNode};
use crate::index::runs::plain;
use crate::index::{ProjectId, SearchError};

/// How many values are named of those that there are.
const VALUES: usize = 4;

/// How many words are told one by one.
const WORDS: usize = 5;

impl Hinting<'_> {
    /// Looks at each part that finds nothing by itself, and at the words together.
    pub(super) fn nothing(&mut self, parts: &[Node]) -> Result<(), SearchError> {
        for part in parts {
            if self.count_part(part)? > 0 {
                continue;
            }
            match part {
                Node::Value(test) => self.by_value(test),
                Node::Concern(rules) => {
                    let unsure = self.count_part(&Node::Unsure(rules.clone()))?;
                    if let ([rule], true) = (rules.as_slice(), unsure > 0) {
                        let all = self.evaluation.index.len();
                        let told = format!("it cannot be told of {unsure} of {all} projects");
                        self.hints.push(Hint { told, query: Some(format!("unsure:{rule}")) });
                    }
                }
                Node::Words(words) if words.fields != Fields::Any => self.anywhere(words)?,
                _ => {}
            }
        }
        self.together(parts)
    }

    /// What is not published of any project, and which values there are.
    fn by_value(&mut self, test: &Test) {
        let values = &self.evaluation.index.values;
        if !values.is_published(test) {
            let told = format!("this edition does not publish {}, so nothing is known of it", test.asks());
            self.hints.push(Hint { told, query: None });
            return;
        }
        // Organisations, datasets and legal bases are too many to be named.
        let Test::Listed(
            listed @ (Listed::TypeOfData | Listed::Sensitivity | Listed::Access | Listed::OrganisationType),
            _,
        ) = test
        else {
            return;
        };
        let mut names: Vec<(usize, &str)> = values.names(*listed).map(|name| (0, name)).collect();
        for project in (0..self.evaluation.index.len()).filter_map(|row| u32::try_from(row).ok()) {
            for number in values.listed(ProjectId(project), *listed) {
                if let Some((projects, _)) = names.get_mut(number as usize) {
                    *projects += 1;
                }
            }
        }
        names.sort_by_key(|(projects, _)| std::cmp::Reverse(*projects));
        let told: Vec<&str> = names.iter().take(VALUES).map(|(_, name)| *name).collect();
        let more = if names.len() > VALUES { format!(" and {} more", names.len() - VALUES) } else { String::new() };
        self.hints.push(Hint { told: format!("the values here are {}{more}", told.join(", ")), query: None });
    }

    /// Words that stand nowhere in their field can stand elsewhere.
    fn anywhere(&mut self, words: &WordsNode) -> Result<(), SearchError> {
        let Some(before) = self.query.get(..words.written.start) else { return Ok(()) };
        let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '(' | '-');
        let from = before.char_indices().rev().find(|(_, letter)| is_end(*letter));
        let from = from.map_or(0, |(at, letter)| at + letter.len_utf8());
        let Some(written) = self.query.get(words.written.clone()) else { return Ok(()) };
        if !before[from..].ends_with(':') {
            return Ok(());
        }
        let query = self.with(from..words.written.end, written);
        let found = self.count(&query)?;
        if found > 0 {
            self.hints.push(Hint { told: format!("{found} in any text or name"), query: Some(query) });
        }
        Ok(())
    }

    /// All words must stand in a project: which of them stand how often, and what the others find without those that stand nowhere.
    fn together(&mut self, parts: &[Node]) -> Result<(), SearchError> {
        let words: Vec<&WordsNode> = parts.iter().filter_map(plain).collect();
        if words.len() < 2 || words.len() != parts.len() {
            return Ok(());
        }
        let mut counted = Vec::new();
        for (node, part) in words.into_iter().zip(parts) {
            let written = self.query.get(node.written.clone()).unwrap_or_default();
            counted.push((written, self.count_part(part)?));
        }
        // Of many words those that stand nowhere say most.
        let named = counted.iter().filter(|(_, found)| counted.len() <= WORDS || *found == 0);
        let each: Vec<String> = named.map(|(written, found)| format!("{written} {found}")).collect();
        if !each.is_empty() {
            let told = format!("all words must stand in a project; alone they find: {}", each.join(", "));
            self.hints.push(Hint { told, query: None });
        }
        let known: Vec<&str> = counted.iter().filter(|(_, found)| *found > 0).map(|(written, _)| *written).collect();
        let without = known.join(" ");
        let found = if known.len() < counted.len() && !known.is_empty() { self.count(&without)? } else { 0 };
        if found > 0 {
            self.hints.push(Hint { told: format!("{found} with the other words"), query: Some(without) });
        } else if known.len() > 1 {
            let any = known.join(" OR ");
            let found = self.count(&any)?;
            self.hints.push(Hint { told: format!("{found} with any of the words"), query: Some(any) });
        }
        Ok(())
    }
}
