"""Reads entries of frameworks: skills by scheme and code, occupations, sectors and programs by code."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.mapping import FRAMEWORK_WORDS
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Refused, language_map, some_text
from catalog.model.identity import slugify
from catalog.model.links.credential import LOCAL_SCHEME

_SCHEME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read_skill(value: Any) -> dict[str, Any]:
    """A mention of a skill: with its code where its framework has a name, else by its label. Raises Refused."""
    node = value if isinstance(value, Mapping) else {}
    name = node.get("ceterms:targetNodeName") or node.get("ceasn:competencyText")
    label, coded = language_map(name), find_code(value)
    if coded and not _is_made_up(*coded, label):
        return stated({"scheme": coded[0], "code": coded[1], "label": label})
    if not label:
        raise Refused("a competency that has neither a name nor a code")
    return {"label": label}


def find_code(value: Any) -> tuple[str, str] | None:
    """(scheme, code), where the entry has both."""
    node = value if isinstance(value, Mapping) else {}
    scheme, code = _scheme(node), node.get("ceterms:codedNotation")
    return (scheme, code) if scheme and isinstance(code, str) else None


def _scheme(node: Mapping[str, Any]) -> str | None:
    name = some_text(language_map(node.get("ceterms:frameworkName")))
    return None if not name else name if _SCHEME.fullmatch(name) else slugify(name)


def _is_made_up(scheme: str, code: str, label: Mapping[str, str]) -> bool:
    """Whether the code is only what a label makes by itself."""
    named = label.get("en") or next(iter(label.values()), "")
    return scheme == LOCAL_SCHEME and code == slugify(named)


def read_code(field: str, value: Any) -> str:
    """The code of an entry of the framework that `field` takes. Raises Refused for another framework's."""
    node = value if isinstance(value, Mapping) else {}
    code, framework = node.get("ceterms:codedNotation"), some_text(language_map(node.get("ceterms:frameworkName")))
    if not isinstance(code, str):
        raise Refused("an entry without a code")
    if not framework or not slugify(framework).startswith(FRAMEWORK_WORDS[field]):
        raise Refused(f"{code!r} is of the framework {framework or 'that has no name'!r}")
    return code
