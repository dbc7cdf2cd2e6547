"""What the publisher calls a course or presentation, as a ref that a Record can have."""

import hashlib
import re
from collections.abc import Iterable
from typing import Any

from catalog.formats.xcri_cap.parts import type_of
from catalog.formats.xcri_cap.texts import words

OWN = "internalID"
"""The type of identifier that is the publisher's own by its name."""
VALUE_LENGTH = 200
SCHEME_LENGTH = 50
_MARK = 8
COURSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
PRESENTATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LENGTH = {COURSE: 200, PRESENTATION: 100}
_NOT_TAKEN = {COURSE: re.compile(r"[^A-Za-z0-9._:/-]+"), PRESENTATION: re.compile(r"[^A-Za-z0-9._-]+")}
_NOT_IN_SCHEME = re.compile(r"[^a-z0-9._-]+")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


class Identity:
    """`plain` are identifiers without a type, `own` those of the type internalID, `others` those of any other type."""

    def __init__(self, elements: Iterable[Any]) -> None:
        self.plain: list[str] = []
        self.own: list[str] = []
        self.others: list[str] = []
        for element in elements:
            kind = type_of(element)
            value = words(element)
            if value and kind is None:
                self.plain.append(value)
            elif value and kind == OWN:
                self.own.append(value)
            elif value and kind:
                self.others.append(kind)

    def ref(self, form: re.Pattern[str]) -> str | None:
        """The first identifier that is a ref as it stands, else one made of the first; untyped ones come first."""
        candidates = [*self.plain, *self.own]
        fitting = next((one for one in candidates if form.fullmatch(one)), None)
        return fitting or (_made(candidates[0], form) if candidates else None)

    def identifiers(self, ref: str | None, owner: str | None) -> list[dict[str, str]]:
        """The identifiers that are not the ref itself. Those that are no addresses are unique to their owner only.

        An institution that uses `PG064` is not alone with it: the scheme names the owner.
        """
        found = [{"scheme": "url", "value": one} for one in self.plain if one != ref and _ADDRESS.fullmatch(one)]
        if owner:
            local = [*(one for one in self.plain if not _ADDRESS.fullmatch(one)), *self.own]
            scheme = _scheme(owner)
            found += [{"scheme": scheme, "value": one} for one in dict.fromkeys(local) if one != ref]
        return [one for one in found if len(one["value"]) <= VALUE_LENGTH]


def _made(text: str, form: re.Pattern[str]) -> str:
    """Readable, and with a mark that keeps apart what would look the same."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:_MARK]
    plain = _NOT_TAKEN[form].sub("-", text).lstrip("._:/-")[: _LENGTH[form] - _MARK - 1]
    return f"{plain.rstrip('-')}-{mark}" if plain else mark


def _scheme(owner: str) -> str:
    plain = "xcri-" + _NOT_IN_SCHEME.sub("-", owner.lower())
    if len(plain) <= SCHEME_LENGTH:
        return plain
    return f"{plain[: SCHEME_LENGTH - _MARK - 1]}-{hashlib.sha256(plain.encode()).hexdigest()[:_MARK]}"
