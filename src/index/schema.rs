//! The fields that tantivy indexes, and how it cuts text: by our own words, without stems.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::SearchField;
use crate::text;

/// The name under which tantivy knows our words.
const ANALYZER: &str = "words";

/// The schema: one field of text for each that can be searched; nothing is stored.
pub(super) fn schema() -> Schema {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(ANALYZER).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::default().set_indexing_options(indexing);
    let mut builder = Schema::builder();
    for field in SearchField::ALL {
        builder.add_text_field(field.key(), options.clone());
    }
    builder.build()
}

/// tantivy's field for one of ours: they stand in the same order.
pub(super) fn field(field: SearchField) -> Field {
    let at = SearchField::ALL.iter().position(|known| *known == field).unwrap_or_default();
    Field::from_field_id(u32::try_from(at).unwrap_or_default())
}

/// The tokenizers; tantivy keeps their names only, so they are registered at every opening.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::new();
    manager.register(ANALYZER, TextAnalyzer::builder(OurWords).build());
    manager
}

/// Our words as a tokenizer.
#[derive(Debug, Clone, Copy)]
struct OurWords;

/// A stream of our words.
struct OurWordsStream<'a> {
    words: text::Words<'a>,
    token: Token,
}

impl Tokenizer for OurWords {
    type TokenStream<'a> = OurWordsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> OurWordsStream<'a> {
        OurWordsStream { words: text::words(text), token: Token::default() }
    }
}

impl TokenStream for OurWordsStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(range) = self.words.next_into(&mut self.token.text) else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = range.start;
        self.token.offset_to = range.end;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
