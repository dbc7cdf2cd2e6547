"""The schema of the embedded index and how words are cut."""

from pathlib import Path

import tantivy

ANALYZER = "catalog"
BOOSTS: dict[str, float] = {"title": 4.0, "skills": 2.0, "provider": 1.5, "body": 1.0}
LONGEST_TOKEN = 80


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in BOOSTS:
        builder.add_text_field(name, stored=False, tokenizer_name=ANALYZER)
    return builder.build()


def build_analyzer() -> tantivy.TextAnalyzer:
    """Words in lower case without diacritics, so that SENCOTEN finds SENĆOŦEN where ASCII has the letter."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_TOKEN))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .build()
    )


def open_index(path: Path) -> tantivy.Index:
    index = tantivy.Index(build_schema(), path=str(path))
    index.register_tokenizer(ANALYZER, build_analyzer())
    return index
