"""The schema of the embedded index. Texts are folded before they come here; what is left is cutting and stemming."""

from pathlib import Path

import tantivy

from catalog.search.entry import FIELDS
from catalog.search.text.stems import LANGUAGES

WORDS = "words"
"""Every word of a delivery as it stands, for phrases, unfinished words, exclusions and typing errors."""
FRENCH = "french"
TITLE_WORDS = "title_words"
LABEL = "label"
FOLDED, ENGLISH_STEMS, FRENCH_STEMS = "catalog_folded", "catalog_en", "catalog_fr"
LONGEST_TOKEN = 80
HEAP_BYTES = 128_000_000
THREADS = 2


def build_schema() -> tantivy.Schema:
    """Two kinds of document: rows, one for each delivery, and labels, one for each thing that can be suggested."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    builder.add_text_field("credential", tokenizer_name="raw", index_option="basic", stored=True)
    builder.add_text_field("link", tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=ENGLISH_STEMS, index_option="freq")
    builder.add_text_field(TITLE_WORDS, tokenizer_name=FOLDED, index_option="freq")
    builder.add_text_field(FRENCH, tokenizer_name=FRENCH_STEMS, index_option="freq")
    builder.add_text_field(WORDS, tokenizer_name=FOLDED, index_option="position")
    builder.add_text_field("thing", tokenizer_name="raw", index_option="basic", stored=True)
    builder.add_text_field(LABEL, tokenizer_name=FOLDED, index_option="freq")
    builder.add_text_field("shown", tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def _analyzer(language: str | None) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.remove_long(LONGEST_TOKEN))
    return (builder.filter(tantivy.Filter.stemmer(LANGUAGES[language])) if language else builder).build()


def open_index(path: Path) -> tantivy.Index:
    index = tantivy.Index(build_schema(), path=str(path))
    for name, language in ((FOLDED, None), (ENGLISH_STEMS, "en"), (FRENCH_STEMS, "fr")):
        index.register_tokenizer(name, _analyzer(language))
    return index
