"""Keys of Open edX, such as course-v1:MITx+15.071x+1T2019, as ids of a Record."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}")
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_RUN = re.compile(r"(?:course-v1:)?([^+/]+)([+/])([^+/]+)[+/][^+/]+")
LONGEST_IDENTIFIER = 200
SCHEME = "open-edx"


def credential_ref(key: str) -> str:
    """The key with `-` for `+`; where other signs stand in it, letters and digits with a short hash of the whole."""
    plain = key.replace("+", "-")
    return plain if _REF.fullmatch(plain) else _hashed(key)


def run_ref(key: str) -> str:
    """The same for a run, whose ref takes neither `:` nor `/`."""
    plain = re.sub(r"[+:/]", "-", key)
    return plain if _PART.fullmatch(plain) else _hashed(key)


def identifier(scheme: str, value: str | None) -> dict[str, str] | None:
    fits = value is not None and len(value) <= LONGEST_IDENTIFIER and value.isprintable() and not re.search("[<>]", value)
    return {"scheme": scheme, "value": str(value)} if fits else None


def course_of(run: Mapping[str, Any]) -> str | None:
    """The key of the course that a run is of."""
    course, org, number = run.get("course"), run.get("org"), run.get("number")
    if isinstance(course, str) and course:
        return course
    if isinstance(org, str) and isinstance(number, str) and org and number:
        return f"{org}+{number}"
    key = run.get("key")
    found = _RUN.fullmatch(key) if isinstance(key, str) else None
    return f"{found[1]}+{found[3]}" if found else None


def _hashed(key: str) -> str:
    letters = re.sub(r"[^A-Za-z0-9]+", "-", key[:400]).strip("-")[:60].strip("-")
    code = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
    return f"{letters}-{code}" if letters else f"n-{code}"
