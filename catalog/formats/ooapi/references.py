"""Ids as refs, codes as identifiers."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.texts import as_list
from catalog.model.reading.delivery import Reading

LISTING = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_LENGTH = {LISTING: 200, PART: 100}
_NOT_TAKEN = {LISTING: re.compile(r"[^A-Za-z0-9._:/-]+"), PART: re.compile(r"[^A-Za-z0-9._-]+")}
_NOT_IN_SCHEME = re.compile(r"[^a-z0-9._-]+")
_VALUE = re.compile(r"[^\x00-\x1f\x7f<>]{1,200}")
_MARK = 8
SCHEME_LENGTH = 50
MOST = 20


def ref_of(value: Any, form: re.Pattern[str] = LISTING) -> str | None:
    """The id as it stands, else one that is made of it and stays the same; None where there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        return None
    text = str(value).strip()
    if form.fullmatch(text):
        return text
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_MARK]
    readable = _NOT_TAKEN[form].sub("-", text).lstrip("._:/-")[: _LENGTH[form] - _MARK - 1].rstrip("-")
    return f"{readable}-{mark}" if readable else mark


def id_of(value: Any, name: str) -> Any:
    """The id that a relation names, alone or as an object."""
    return value.get(name) if isinstance(value, Mapping) else value


def codes(value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(type, code) of primaryCode and otherCodes, each once."""
    found: dict[tuple[str, str], None] = {}
    for one in [*as_list(value.get("primaryCode")), *as_list(value.get("otherCodes"))]:
        if isinstance(one, Mapping) and isinstance(one.get("code"), str) and isinstance(one.get("codeType"), str):
            code = one["code"].strip()
            if code and code != "null":
                found[one["codeType"].strip().lower(), code] = None
    return list(found)


def identifiers(
    reading: Reading, value: Mapping[str, Any], ref: str, owner: str | None, original: Any = None
) -> list[dict[str, str]]:
    """A code is unique to its institution only, so the scheme names that; without one there is none.

    `original` is the id that the ref was made of: it is kept where it is not the ref itself.
    """
    if owner is None:
        return []
    own = str(original).strip()
    pairs = codes(value) if original is None or own == ref else [("id", own), *codes(value)]
    found: list[dict[str, str]] = []
    for kind, code in pairs:
        if not _VALUE.fullmatch(code):
            reading.warn("VALUE_UNREADABLE", "otherCodes.code cannot be an identifier", "otherCodes.code", code)
            continue
        found.append({"scheme": _scheme(f"ooapi-{kind}-{owner}"), "value": code})
    return found[:MOST]


def _scheme(name: str) -> str:
    plain = _NOT_IN_SCHEME.sub("-", name.lower())
    if len(plain) <= SCHEME_LENGTH:
        return plain
    return f"{plain[: SCHEME_LENGTH - _MARK - 1]}-{hashlib.sha256(plain.encode()).hexdigest()[:_MARK]}"
