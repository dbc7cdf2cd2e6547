"""The achievementType as a kind of credential, both ways; what the kind does not say whole is the provider's term."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.open_badges.mapping import FALLBACK_KIND, KIND_OF_TYPE, PLAIN_TYPES, TYPE_OF_KIND
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_kind(reading: Reading, value: Any) -> dict[str, str]:
    """`kind`, and `providerTerm` where there is one. Only what says so is a micro-credential."""
    if value is None:
        return {"kind": FALLBACK_KIND}
    if not isinstance(value, str) or not value.strip():
        reading.warn("VALUE_UNREADABLE", "achievementType is no word", "achievementType", value)
        return {"kind": FALLBACK_KIND}
    plain = value.strip()
    if plain not in KIND_OF_TYPE and not plain.startswith("ext:"):
        reading.warn("VALUE_UNREADABLE", "achievementType is none that we know", "achievementType", plain)
    term = {} if plain in PLAIN_TYPES else {"providerTerm": _words(plain)}
    return {"kind": KIND_OF_TYPE.get(plain, FALLBACK_KIND), **term}


def type_of(document: Mapping[str, Any]) -> str:
    """The achievementType: that of the provider's term where it is one of this kind, else that of the kind."""
    kind, term = document["kind"], document["providerTerm"]
    named = _TYPE_OF_WORDS.get(term or "")
    return named if named and KIND_OF_TYPE[named] == kind else TYPE_OF_KIND.get(kind, "Achievement")


def _words(name: str) -> str:
    """`BachelorDegree` as Bachelor degree."""
    first, *more = _HUMPS.split(read_title(name.removeprefix("ext:"))[0])
    return " ".join([first, *(one.lower() for one in more)])


_TYPE_OF_WORDS = {_words(one): one for one in KIND_OF_TYPE if one not in PLAIN_TYPES}
