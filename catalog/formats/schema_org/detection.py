"""Tells by the first levels of a file's JSON, or by its being a page, that schema.org is to be looked for in it."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from catalog.formats.schema_org.graph import is_listing
from catalog.formats.schema_org.nodes import Node, several
from catalog.formats.schema_org.vocabulary import Names
from catalog.model.reading.content import HEAD, Content, Kind

DEPTH = 6
MOST_LOOKED_AT = 5_000
EACH = 50
"""Values of a list that are looked at."""
_PAGE = re.compile(r"<html[\s>]", re.IGNORECASE)
_FOREIGN = ("ceterms:", "ceasn:", "credreg.net", "purl.org/ctdl", "openbadges", "purl.imsglobal.org/spec/ob")


def is_page(content: Content) -> bool:
    """HTML; also as XHTML, which begins like any XML."""
    return content.kind is Kind.HTML or (content.kind is Kind.XML and bool(_PAGE.search(content.text[:HEAD])))


def holds_courses(value: Any) -> bool:
    """Whether the JSON is schema.org, has one of our types, and belongs to no vocabulary that has a format of its own."""
    level: list[tuple[Any, Names]] = [(value, Names())]
    looked, is_ours = 0, False
    for _ in range(DEPTH):
        below: list[tuple[Any, Names]] = []
        for one, names in level:
            looked += 1
            if looked > MOST_LOOKED_AT:
                return is_ours
            if isinstance(one, list):
                below += [(each, names) for each in one[:EACH]]
            elif isinstance(one, Mapping):
                if _is_foreign(one):
                    return False
                own = Names(one["@context"]) if "@context" in one else names
                is_ours = is_ours or (_says_schema_org(one, own) and is_listing(Node(one, own)))
                below += [(each, own) for each in islice(one.values(), EACH) if isinstance(each, list | Mapping)]
        level = below
    return is_ours


def _says_schema_org(node: Mapping[str, Any], names: Names) -> bool:
    """A plain `Course` without any context may be anybody's."""
    return names.is_stated or any("schema" in one for one in several(node.get("@type")) if isinstance(one, str))


def _is_foreign(node: Mapping[str, Any]) -> bool:
    words = [one for key in ("@context", "@type", "type") for one in several(node.get(key)) if isinstance(one, str)]
    return any(sign in word for word in words for sign in _FOREIGN)
