"""What is taught as skills, and occupations: by scheme and code where the source names both."""

import re
from collections.abc import Iterator
from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.vocabulary import AWARDS
from catalog.model.identity import slugify
from catalog.model.reading.occupations import read_noc

MOST_SKILLS, MOST_OCCUPATIONS = 50, 20
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ESCO = "data.europa.eu/esco"
_NOC = re.compile(r"\b(?:noc|cnp)\b|national[ -]occupational[ -]classification", re.IGNORECASE)
_EDITION = re.compile(r"2006|2011|2016|2021")
Code = tuple[str, str]


def read_skills(node: Node, scope: Scope) -> list[dict[str, Any]]:
    """`teaches`, what an award demands, and of `about` the terms that have a scheme and a code."""
    names = ("teaches", "competencyRequired") if AWARDS.intersection(node.types) else ("teaches",)
    found = [_skill(one, node, scope) for name in names for one in node.take(name)]
    coded = [one for one in node.take("about") if is_object(one) and "CategoryCode" not in scope.node(one, node.names).types]
    found += [_skill(one, node, scope) for one in coded if find_code(scope.node(one, node.names))]
    if any(not is_object(one) or not find_code(scope.node(one, node.names)) for one in coded):
        scope.reading.drop("about")
    return scope.capped("skills", (one for one in found if one), MOST_SKILLS)


def _skill(value: Any, node: Node, scope: Scope) -> dict[str, Any] | None:
    if not is_object(value):
        text = scope.line("skills", value)
        return {"label": text} if text else None
    term = scope.node(value, node.names)
    code = find_code(term)
    label = scope.title("skills", term, "name") or scope.title("skills", term, "targetName")
    if code:
        return {"scheme": code[0], "code": code[1]} | ({"label": label} if label else {})
    if label:
        return {"label": label}
    scope.reading.warn("VALUE_UNREADABLE", "a skill has neither a name nor a code with its scheme", "skills")
    return None


def find_code(term: Node) -> Code | None:
    """(scheme, code), where a term has both in a form that a record takes."""
    stated = next((text for name in ("termCode", "codeValue") for one in term.peek(name) if (text := text_of(one))), None)
    scheme = _scheme(term)
    code = (stated or "").rstrip("/").rpartition("/")[2]
    return (scheme, code) if scheme and _CODE.fullmatch(code) else None


def _scheme(term: Node) -> str | None:
    """The set's name; of an address, its host and path."""
    text = next(iter(_set_names(term)), None)
    if text is None or _CODE.fullmatch(text):
        return text
    if _ESCO in text:
        return "esco"
    return slugify(re.sub(r"^https?://(?:www\.)?", "", text)) if "://" in text else slugify(text)


def _set_names(term: Node) -> Iterator[str]:
    for name in ("inDefinedTermSet", "inCodeSet"):
        for one in term.peek(name):
            inner = Node(one, term.names) if is_object(one) else None
            texts = [*inner.peek("name"), *inner.peek("url"), inner.id] if inner else [one]
            yield from (text for each in texts if (text := text_of(each)))


def read_occupations(node: Node, scope: Scope) -> list[str]:
    """Codes of NOC 2021, where the source says that they are of NOC; what else is named is told."""
    values = node.take("occupationalCategory")
    values = values + [
        one for one in node.peek("about") if is_object(one) and "CategoryCode" in scope.node(one, node.names).types
    ]
    found = [code for one in values if (code := _occupation(one, node, scope))]
    return scope.capped("occupations", dict.fromkeys(found), MOST_OCCUPATIONS)


def _occupation(value: Any, node: Node, scope: Scope) -> str | None:
    term = scope.node(value, node.names) if is_object(value) else None
    code = text_of(next(iter([*term.peek("codeValue"), *term.peek("termCode")]), None)) if term else text_of(value)
    named = " ".join(_set_names(term)) if term else code or ""
    if code is None or not _NOC.search(named.replace("_", "-")):
        shown = code or (scope.line("occupations", scope.label(value, node.names)) if term else None)
        scope.reading.warn("VALUE_UNREADABLE", "occupationalCategory is not said to be a code of NOC", "occupations", shown)
        return None
    edition = _EDITION.search(named) if term else None
    found: str | None = scope.reading.take("occupations", read_noc, f"{edition[0]} {code}" if edition else code)
    return found
