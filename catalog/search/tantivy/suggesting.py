"""What could be typed next: names of credentials, skills, occupations and institutions, mixed."""

from collections.abc import Iterable, Sequence

import tantivy

from catalog.search.port import Suggested
from catalog.search.tantivy.reader import Opened
from catalog.search.tantivy.schema import LABEL
from catalog.search.text.edits import edits_allowed, words_within
from catalog.search.text.suggesting import CANDIDATES, MOST_ENDINGS, Candidate, best

Must = tantivy.Occur.Must


def suggest(opened: Opened, words: Sequence[str], limit: int) -> list[Suggested]:
    if not words:
        return []
    searcher, schema = opened.searcher, opened.index.schema
    *whole, last = words
    endings = [one for one, _ in sorted(searcher.terms_with_prefix(LABEL, last), key=lambda pair: -pair[1])]
    parts = [_any(schema, _or_meant(opened, word)) for word in whole]
    parts.append(_any(schema, endings[:MOST_ENDINGS] or _or_meant(opened, last)))
    query = tantivy.Query.boolean_query([(Must, one) for one in parts])
    found = [searcher.doc(address) for _, address in searcher.search(query, limit=CANDIDATES, count=False).hits]
    return best(_candidates(opened, found), words, limit)


def _or_meant(opened: Opened, word: str) -> list[str]:
    if opened.searcher.doc_freq(LABEL, word):
        return [word]
    return [one for one, _ in words_within(word, opened.vocabulary(), edits_allowed(word))] or [word]


def _any(schema: tantivy.Schema, words: list[str]) -> tantivy.Query:
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Should, tantivy.Query.term_query(schema, LABEL, word, "freq")) for word in words]
    )


def _candidates(opened: Opened, found: Iterable[tantivy.Document]) -> Iterable[Candidate]:
    for document in found:
        thing = str(document.get_first("thing"))
        uses = opened.count(tantivy.Query.term_query(opened.index.schema, "link", thing, "basic"))
        for shown in document.get_all("shown"):
            kind, _, text = str(shown).partition("\t")
            yield Candidate(Suggested(thing, kind, text), 1 if kind == "CREDENTIAL" else uses)
