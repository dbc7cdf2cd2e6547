"""What it takes to earn a badge: the page that says it, and the words as a requirement that a person decides on."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.open_badges.values import id_of, read_address, several, some_text, take_texts
from catalog.model.reading.delivery import Reading
from catalog.model.rule import TEXT_LENGTH

_TAKEN = frozenset({"id", "@id", "type", "@type", "narrative"})


def read_criteria(reading: Reading, value: Any, language: str) -> dict[str, Any]:
    """`url` and `requirements`."""
    url: str | None = None
    told: list[str] = []
    for one in several(value):
        address, narrative = _criterion(one)
        if address is not None:
            url = url or reading.take("criteria.id", read_address, address)
        if narrative is not None:
            told += filter(None, [some_text(take_texts(reading, "criteria.narrative", narrative, language))])
        for name in one if isinstance(one, Mapping) else ():
            if name not in _TAKEN:
                reading.drop(f"criteria.{name}")
    return {"url": url, "requirements": _requirements(reading, "\n\n".join(told))}


def _criterion(value: Any) -> tuple[Any, Any]:
    """(address, narrative)."""
    if isinstance(value, Mapping):
        return id_of(value), value.get("narrative")
    is_address = isinstance(value, str) and value.strip().startswith(("http://", "https://"))
    return (value, None) if is_address else (None, value)


def _requirements(reading: Reading, text: str) -> list[dict[str, Any]]:
    if len(text) > TEXT_LENGTH:
        reading.warn("TEXT_SHORTENED", "criteria.narrative is longer than is taken", "criteria.narrative", text)
        text = text[: TEXT_LENGTH - 1].rsplit(" ", 1)[0] + "\u2026"
    if not text:
        return []
    return [{"kind": "PREREQUISITE", "at": "COMPLETION", "rule": {"text": text}, "original": text}]
