"""What must be met before: words stay words, and a course of the same file is named as such."""

import re
from typing import Any

from catalog.formats.schema_org.identity import global_id
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.vocabulary import AWARDS
from catalog.model.reading.markup import read_markup
from catalog.model.rule import TEXT_LENGTH

MOST_REQUIREMENTS = 20
_NONE = re.compile(
    r"none|no (?:pre-?requisites?|prior \w+|experience)(?: (?:is |are )?(?:required|needed|necessary))?", re.IGNORECASE
)
_PROPERTIES = ("coursePrerequisites", "programPrerequisites")


def read_requirements(node: Node, scope: Scope) -> dict[str, Any]:
    """requirements; requirementsStated is NONE only where the source says in words that there are none."""
    names = _PROPERTIES if AWARDS.intersection(node.types) else (*_PROPERTIES, "competencyRequired")
    values = [(name, one) for name in names for one in node.take(name)]
    stated = [text for _, one in values if (text := text_of(one))]
    if stated and len(stated) == len(values) and all(_NONE.fullmatch(one.strip(" .!")) for one in stated):
        return {"requirementsStated": "NONE"}
    found = [one for _, value in values if (one := _requirement(value, node, scope))]
    return {"requirements": scope.capped("requirements", found, MOST_REQUIREMENTS)}


def _requirement(value: Any, node: Node, scope: Scope) -> dict[str, Any] | None:
    pointer = find_listing(value, node, scope)
    if pointer:
        return {"kind": "PREREQUISITE", "rule": {"holds": pointer}}
    stated = text_of(scope.label(value, node.names))
    plain, cut = read_markup(stated) if stated else ("", False)
    if not plain:
        scope.reading.warn("VALUE_UNREADABLE", "a prerequisite says nothing in words", "requirements")
        return None
    if cut or len(plain) > TEXT_LENGTH:
        scope.reading.warn(
            "TEXT_SHORTENED", f"a prerequisite is longer than {TEXT_LENGTH} characters", "requirements", plain
        )
        plain = plain[: TEXT_LENGTH - 1] + "…"
    return {"kind": "PREREQUISITE", "rule": {"text": plain}, "original": plain}


def find_listing(value: Any, node: Node, scope: Scope) -> dict[str, str] | None:
    """How a record of the same file is referred to, if the value is or names one."""
    if is_object(value):
        named = scope.node(value, node.names)
        addresses = [one for each in named.peek("url") if (one := text_of(each))]
        keys = [global_id(named.id, scope), *(scope.absolute(one) for one in addresses)]
    else:
        text = text_of(value)
        keys = [global_id(text, scope)]
    return next((scope.pointers[one] for one in keys if one and one in scope.pointers), None)
