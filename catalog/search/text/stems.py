"""Stems of English and French words, by the Snowball stemmers that tantivy carries; the same for index, query and marks."""

from functools import cache, lru_cache

import tantivy

LANGUAGES = {"en": "english", "fr": "french"}


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    name = LANGUAGES[language]
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.stemmer(name)).build()


@lru_cache(50_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    found = _stemmer(language).analyze(word)
    return found[0] if found else word


def same_stem(one: str, other: str) -> bool:
    return any(stem(one, language) == stem(other, language) for language in LANGUAGES)
