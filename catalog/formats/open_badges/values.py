"""Values of badges as issuers write them: one or a list, plain text or by language."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.numbers import read_number
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language

Node = Mapping[str, Any]
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f]+")
MOST_ADDRESS = 1_000
GREATEST = 1e7


def several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def types_of(node: Node) -> frozenset[str]:
    return frozenset(one for one in several(node.get("type", node.get("@type"))) if isinstance(one, str))


def id_of(node: Node) -> str | None:
    """What the node is called; a blank node is called nothing outside its file."""
    value = node.get("id", node.get("@id"))
    plain = value.strip() if isinstance(value, str) else ""
    return plain if plain and not plain.startswith("_:") else None


def take_texts(reading: Reading, path: str, value: Any, language: str, *, line: bool = False) -> dict[str, str]:
    """The text by language, as a title is (`line`) or as prose. What is cut is warned of, what is no text is left out."""
    found: dict[str, str] = {}
    shorten: Callable[[str], tuple[str, bool]] = read_title if line else read_markup
    for name, text in (reading.take(path, _by_language, value, language) or {}).items():
        plain, is_cut = shorten(text)
        if is_cut:
            reading.warn("TEXT_SHORTENED", f"{path} is longer than is taken", path, text)
        if plain:
            found[name] = plain
    return found


def some_text(texts: Mapping[str, str]) -> str | None:
    return next(iter(texts.values()), None)


def _by_language(value: Any, language: str) -> dict[str, str]:
    """Of several texts in a language the first. Raises Unreadable."""
    together: dict[str, str] = {}
    for one in value if isinstance(value, list) else [value]:
        for name, text in _one_by_language(one, language).items():
            together.setdefault(name, text)
    return together


def _one_by_language(value: Any, language: str) -> dict[str, str]:
    if isinstance(value, str):
        return {language: value}
    if not isinstance(value, Mapping):
        raise Unreadable("is no text")
    if isinstance(value.get("@value"), str):
        named = value.get("@language")
        return {read_language(named) if isinstance(named, str) else language: value["@value"]}
    if not value or not all(isinstance(one, str) for one in value.values()):
        raise Unreadable("is no text by language")
    return {language if one in ("@none", "und") else read_language(one): text for one, text in value.items()}


def read_address(value: Any) -> str:
    """Raises Unreadable for what is no web address."""
    if isinstance(value, str) and len(value) <= MOST_ADDRESS and _ADDRESS.fullmatch(value.strip()):
        return value.strip()
    raise Unreadable("is no web address", hint="it begins with https://")


def read_amount(value: Any) -> float:
    """A number of something, as a number or in words. Raises Unreadable."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable("is no number")
    number = read_number(value) if isinstance(value, str) else value
    if not math.isfinite(number) or not 0 <= number <= GREATEST:
        raise Unreadable("is no number of anything")
    return float(number)


def read_tag(value: Any) -> str:
    """A language. Raises Unreadable."""
    if not isinstance(value, str):
        raise Unreadable("is no language", hint="write a BCP 47 tag, such as en or fr-CA")
    return read_language(value)
