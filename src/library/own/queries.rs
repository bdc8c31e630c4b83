//! What a person has searched for in the explorer.

use serde::{Deserialize, Serialize};

use super::{Kept, Own, OwnError};

/// How many queries are remembered; older ones are forgotten.
const MOST: usize = 200;

/// The file of queries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Queries {
    queries: Vec<String>,
}

impl Kept for Queries {
    const FILE: &'static str = "queries.json";
}

impl Own {
    /// The queries that were taken, each once, the newest last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn queries(&self) -> Result<Vec<String>, OwnError> {
        self.read::<Queries>().map(|file| file.queries)
    }

    /// Remembers a query as the newest.
    ///
    /// # Errors
    /// Where the folder cannot be written. What was there is there still.
    pub fn remember_query(&self, query: &str) -> Result<(), OwnError> {
        self.rewrite(|file: &mut Queries| add_query(&mut file.queries, query)).map(drop)
    }
}

/// Adds a query to those that are remembered: each stands there once, the newest last, and an empty one never.
pub fn add_query(queries: &mut Vec<String>, query: &str) {
    if query.trim().is_empty() {
        return;
    }
    queries.retain(|known| known != query);
    queries.push(query.to_owned());
    let surplus = queries.len().saturating_sub(MOST);
    queries.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_remembered_once_and_the_oldest_is_forgotten() {
        let mut queries = Vec::new();
        for query in ["a", "b", "a", "  "] {
            add_query(&mut queries, query);
        }
        assert_eq!(queries, ["b", "a"]);
        for number in 0..MOST {
            add_query(&mut queries, &number.to_string());
        }
        assert_eq!((queries.len(), queries[0].as_str()), (MOST, "0"));
        assert_eq!(queries[MOST - 1], (MOST - 1).to_string());
    }
}
