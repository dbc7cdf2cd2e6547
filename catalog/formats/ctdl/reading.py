"""Values of JSON-LD as publishers write them: one or a list, plain text or a language map."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.mapping import UNKNOWN_LANGUAGE
from catalog.model.shapes import LANGUAGE

Node = Mapping[str, Any]
_TAG = re.compile(LANGUAGE.replace("$", r"\Z"))
_REGION = re.compile(r"-([a-z]{2})\b")


class Refused(ValueError):
    """One value that cannot be taken; its text says why."""

    def __init__(self, message: str, code: str = "VALUE_INVALID", hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def language_map(value: Any, plain: str = UNKNOWN_LANGUAGE) -> dict[str, str]:
    """Text by language; of several texts in a language the first. Text without a language is in `plain`."""
    found: dict[str, str] = {}
    for one in several(value):
        for language, text in _texts(one, plain):
            found.setdefault(language, text)
    return found


def all_texts(value: Any) -> list[str]:
    """Every text in a language map, whatever the language."""
    return [text for one in several(value) for _, text in _texts(one, UNKNOWN_LANGUAGE)]


def _texts(value: Any, plain: str) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(plain, value)] if value.strip() else []
    if not isinstance(value, Mapping):
        return []
    if "@value" in value:
        return _pair(value.get("@language", plain), value["@value"])
    return [pair for key, texts in value.items() for text in several(texts) for pair in _pair(key, text)]


def _pair(language: Any, text: Any) -> list[tuple[str, str]]:
    if not isinstance(text, str) or not text.strip():
        return []
    return [(read_tag(language) or UNKNOWN_LANGUAGE, text)]


def read_tag(language: Any) -> str | None:
    """A language tag with its region in capitals: `en-us` is en-US."""
    if not isinstance(language, str) or not _TAG.match(language):
        return None
    return _REGION.sub(lambda found: f"-{found[1].upper()}", language)


def some_text(texts: Mapping[str, str]) -> str | None:
    """One text: in the language nobody states, else English, else the first."""
    known = (texts.get(one) for one in (UNKNOWN_LANGUAGE, "en", *texts))
    return next((text for text in known if text), None)


def english_text(texts: Mapping[str, str]) -> str:
    """The English text, of whatever country; empty where there is none."""
    return texts.get("en") or next((text for key, text in texts.items() if key.startswith("en-")), "")


def targets(value: Any) -> list[str]:
    """The terms that alignment objects, or plain IRIs, point at."""
    found = [_target(one) for one in several(value)]
    return [one for one in found if isinstance(one, str)]


def _target(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    target = value.get("ceterms:targetNode", value.get("@id"))
    return target.get("@id") if isinstance(target, Mapping) else target


def names_of(value: Any) -> list[str]:
    """What alignment objects call what they point at, as far as they say."""
    named = [one for one in several(value) if isinstance(one, Mapping)]
    return [text for one in named for text in all_texts(one.get("ceterms:targetNodeName"))[:1]]


def types(node: Node) -> list[str]:
    return [one for one in several(node.get("@type")) if isinstance(one, str)]
