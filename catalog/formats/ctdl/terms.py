"""Gives every term one spelling: `ceterms:name`, whether a file writes it with its prefix, bare, or as a whole address."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.reading import several

MOST_DEPTH = 100
_NAMESPACES = {
    "purl.org/ctdl/terms/": "ceterms:",
    "purl.org/ctdlasn/terms/": "ceasn:",
    "schema.org/": "schema:",
    "www.w3.org/2004/02/skos/core#": "skos:",
}
_CONCEPT = re.compile(r"https?://(?:purl\.org|credreg\.net)/ctdl(?:asn)?/(?:vocabs|terms)/([A-Za-z]+)/([A-Za-z0-9]+)")
_TERM = re.compile(r"https?://(" + "|".join(re.escape(one) for one in _NAMESPACES) + r")([A-Za-z][A-Za-z0-9]*)")
_VOCABULARY = re.compile(
    r"https?://(?:[a-z0-9.]+\.)?(?:purl\.org|credreg\.net|schema\.org|w3\.org|w3id\.org|dublincore\.org|xmlns\.com)/"
)
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9]*")
Prefixes = Mapping[str, str]


def is_too_deep(value: Any) -> bool:
    """Whether it is nested deeper than any CTDL; looks at each value once."""
    level: list[Any] = [value]
    for _ in range(MOST_DEPTH):
        level = [child for one in level for child in _children(one)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [one for one in found if isinstance(one, dict | list)]


def own_prefixes(context: Any) -> dict[str, str]:
    """Prefixes that the file declares for addresses of its own; those of vocabularies stay as they are."""
    declared = [one for one in several(context) if isinstance(one, dict)]
    pairs = [(key, value) for one in declared for key, value in one.items() if isinstance(value, str)]
    return {key: value for key, value in pairs if value.startswith(("http://", "https://")) and not _VOCABULARY.match(value)}


def normalised(value: Any, prefixes: Prefixes) -> Any:
    """The same with one spelling for each term; `value` is at most MOST_DEPTH deep."""
    if isinstance(value, list):
        return [normalised(one, prefixes) for one in value]
    if isinstance(value, str):
        return _text(value, prefixes)
    if not isinstance(value, dict):
        return value
    is_bare = _is_bare(value)
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key != "@context":
            found.setdefault(_key(key, is_bare=is_bare), normalised(one, prefixes))
    if is_bare:
        found["@type"] = [f"ceterms:{one}" for one in several(value["@type"])]
    return found


def _is_bare(node: dict[str, Any]) -> bool:
    """Whether the node trusts its context for the prefix of its type, and so of its properties."""
    named = several(node.get("@type"))
    return bool(named) and all(isinstance(one, str) and _BARE.fullmatch(one) for one in named)


def _key(key: str, *, is_bare: bool) -> str:
    if found := _TERM.fullmatch(key):
        return _NAMESPACES[found[1]] + found[2]
    return f"ceterms:{key}" if is_bare and _BARE.fullmatch(key) else key.strip()


def _text(text: str, prefixes: Prefixes) -> str:
    if text.startswith("http"):
        if found := _CONCEPT.fullmatch(text):
            return f"{found[1]}:{found[2]}"
        found = _TERM.fullmatch(text)
        return _NAMESPACES[found[1]] + found[2] if found else text
    prefix, colon, rest = text.partition(":")
    return prefixes[prefix] + rest if colon and prefix in prefixes else text
