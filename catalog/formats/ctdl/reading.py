"""Values of JSON-LD as publishers write them: one or a list, plain text or a language map."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.mapping import UNKNOWN_LANGUAGE
from catalog.model.shapes import LANGUAGE

Node = Mapping[str, Any]


class Refused(ValueError):
    """One value that cannot be taken; its text says why."""


def several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def language_map(value: Any) -> dict[str, str]:
    """Text by language; of several texts in a language the first. Text without a language is `und`."""
    found: dict[str, str] = {}
    for one in several(value):
        for language, text in _texts(one):
            found.setdefault(language, text)
    return found


def all_texts(value: Any) -> list[str]:
    """Every text in a language map, whatever the language."""
    return [text for one in several(value) for _, text in _texts(one)]


def _texts(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(UNKNOWN_LANGUAGE, value)] if value.strip() else []
    if not isinstance(value, Mapping):
        return []
    if "@value" in value:
        return _pair(value.get("@language"), value["@value"])
    return [pair for key, texts in value.items() for text in several(texts) for pair in _pair(key, text)]


def _pair(language: Any, text: Any) -> list[tuple[str, str]]:
    if not isinstance(text, str) or not text.strip():
        return []
    is_tag = isinstance(language, str) and re.fullmatch(LANGUAGE, language)
    return [(language if is_tag else UNKNOWN_LANGUAGE, text)]


def some_text(texts: Mapping[str, str]) -> str | None:
    """One text: in the language nobody states, else English, else the first."""
    known = (texts.get(one) for one in (UNKNOWN_LANGUAGE, "en", *texts))
    return next((text for text in known if text), None)


def targets(value: Any) -> list[str]:
    """The terms that alignment objects, or plain IRIs, point at."""
    found = [one.get("ceterms:targetNode", one.get("@id")) if isinstance(one, Mapping) else one for one in several(value)]
    return [one for one in found if isinstance(one, str)]


def types(node: Node) -> list[str]:
    return [one for one in several(node.get("@type")) if isinstance(one, str)]
