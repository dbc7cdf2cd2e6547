"""Entries and labels as documents of Meilisearch, and back to columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isnan, nan
from typing import Any

from catalog.search.columns.batch import Batch, make_batch
from catalog.search.columns.layout import CREDENTIAL, DELIVERY
from catalog.search.entry import OF_DELIVERY, Delivery, Entry, Label, hash_of
from catalog.search.meilisearch.settings import FOLDED, FRENCH, STEMS, TIERS, attribute
from catalog.search.text.edits import SHORTEST_KNOWN
from catalog.search.text.folding import words_of
from catalog.search.text.stems import stem

FLOATS = frozenset(name for table in (CREDENTIAL, DELIVERY) for name, kind in table.items() if kind == "f8")


def row_documents(entry: Entry) -> Iterator[dict[str, Any]]:
    """One for each delivery; its id is the credential's with a number, so that fewer deliveries leave none behind."""
    common = {name: [" ".join(words_of(text)) for text in own] for name, own in entry.texts.items()}
    french = [" ".join(stem(word, "fr") for word in words_of(text)) for text in entry.french]
    stamp = str(entry.facts["hash"])
    facts = _written(entry.facts)
    for number, delivery in enumerate(entry.deliveries):
        texts = common | {OF_DELIVERY: [" ".join(words_of(text)) for text in delivery.place]}
        yield {
            "id": f"{entry.id}_{number}",
            "credential": entry.id,
            "stamp": stamp,
            "link": list(entry.links),
            "facts": {"credential": facts, "delivery": _written(delivery.facts)},
            FRENCH: french,
            **_tiers(texts),
        }


def _tiers(texts: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tier, fields in TIERS.items():
        own = [text for name in fields for text in texts[name] if text]
        found[attribute(FOLDED, tier)] = own
        found[attribute(STEMS, tier)] = [" ".join(stem(word, "en") for word in text.split()) for text in own]
    return found


def _written(facts: Mapping[str, Any]) -> dict[str, Any]:
    """NaN is null in JSON, and whole numbers beyond 2^53 are texts."""
    return {name: None if isinstance(value, float) and isnan(value) else _safe(value) for name, value in facts.items()}


def _safe(value: Any) -> Any:
    if isinstance(value, list):
        return [_safe(one) for one in value]
    return f"#{value}" if isinstance(value, int) and abs(value) > 2**53 else value


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: nan if value is None and name in FLOATS else _whole(value) for name, value in facts.items()}


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value[1:]) if isinstance(value, str) and value.startswith("#") else value


def batch_of(documents: Iterable[Mapping[str, Any]]) -> tuple[Batch, list[str]]:
    """Columns of whole credentials, and the ids of their rows in order."""
    by_credential: dict[str, list[Mapping[str, Any]]] = {}
    for document in documents:
        by_credential.setdefault(document["credential"], []).append(document)
    entries: list[Entry] = []
    ids: list[str] = []
    for one, own in by_credential.items():
        own.sort(key=lambda document: int(document["id"].rpartition("_")[2]))
        deliveries = [Delivery(_read(document["facts"]["delivery"]), ()) for document in own]
        entries.append(Entry(one, {}, (), deliveries, _read(own[0]["facts"]["credential"])))
        ids += [document["id"] for document in own]
    return make_batch(entries), ids


def label_stamp(label: Label) -> str:
    return str(hash_of(label.shown))


def label_documents(label: Label) -> Iterator[dict[str, Any]]:
    common = {"thing": label.id, "kind": label.kind, "stamp": label_stamp(label)}
    for number, text in enumerate(label.texts):
        yield {"id": f"{label.id}_{number}", "shown": text, "label": " ".join(words_of(text)), **common}


def known_words(entries: Iterable[Entry]) -> set[str]:
    """Words without digits, as somebody may have meant them. Ids of Meilisearch take ASCII only, as folded words are."""
    words = {word for entry in entries for text in _all_texts(entry) for word in words_of(text)}
    return {word for word in words if len(word) >= SHORTEST_KNOWN and word.isalpha() and word.isascii()}


def _all_texts(entry: Entry) -> Iterator[str]:
    for own in (*entry.texts.values(), *(delivery.place for delivery in entry.deliveries)):
        yield from own
