"""Competencies of CTDL-ASN frameworks as skills."""

import re
from typing import Any

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.identity import find_ctid, own_names
from catalog.formats.ctdl.nodes import CTID, stated
from catalog.formats.ctdl.reading import Node, Refused, english_text, language_map, several, some_text, types
from catalog.formats.ctdl.taking import Taker
from catalog.model.identity import slugify
from catalog.model.links.credential import LOCAL_SCHEME

COMPETENCY = "ceasn:Competency"
FRAMEWORK = "ceasn:CompetencyFramework"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def read_competency(node: Node, graph: Graph) -> dict[str, Any]:
    """The value of a skill record. Raises Refused for a competency without an identity.

    Its label is the short one where there is one, else its text; a text that is no label becomes the description. Weights
    and the tree of the framework stay out.
    """
    own, identifiers = own_names(node)
    scheme, code = skill_names(node, graph) or (LOCAL_SCHEME, own.rpartition("/")[2])
    taker = Taker(node, graph)
    text = node.get("ceasn:competencyText") or node.get("ceterms:name")
    has_label = bool(language_map(node.get("ceasn:competencyLabel")))
    labels = taker.title("ceasn:competencyLabel") if has_label else taker.title("ceasn:competencyText", "ceterms:name")
    whole = language_map(text, graph.language)
    if has_label:
        taker.take("ceasn:competencyText", "ceterms:name")
    taker.end("ceasn:isPartOf", "ceasn:isTopChildOf", "ceasn:codedNotation")
    description = {} if whole == labels else whole
    value = {"type": "skill", "ref": own, "identifiers": identifiers, "scheme": scheme, "code": code}
    return stated({**value, "labels": labels, "description": description})


def skip_framework(node: Node, graph: Graph) -> None:
    """A framework is no record of its own: its name is the scheme of its competencies."""
    Taker(node, graph).end("ceasn:name", "ceasn:hasTopChild", "ceterms:name")


def skill_names(node: Node, graph: Graph) -> tuple[str, str] | None:
    """(scheme, code) of a competency, or of an entry that names its framework; None where either is missing."""
    if COMPETENCY in types(node):
        return _scheme(node, graph), _code(node)
    name = some_text(language_map(node.get("ceterms:frameworkName")))
    code = node.get("ceterms:codedNotation")
    if not name or not isinstance(code, str) or not _CODE.fullmatch(code):
        return None
    return (name if _CODE.fullmatch(name) else slugify(name)), code


def _scheme(node: Node, graph: Graph) -> str:
    """The framework's CTID, else the slug of its name."""
    for one in [*several(node.get("ceasn:isPartOf")), *several(node.get("ceasn:isTopChildOf"))]:
        framework = graph.node(one)
        try:
            return find_ctid(framework, one)
        except Refused:
            named = language_map(framework.get("ceasn:name") or framework.get("ceterms:name"))
            if name := english_text(named) or some_text(named):
                return slugify(name)
    return LOCAL_SCHEME


def _code(node: Node) -> str:
    """The competency's CTID, else its notation, else the end of its address, else a slug of its text."""
    stated_ctid, notation, identity = node.get("ceterms:ctid"), node.get("ceasn:codedNotation"), node.get("@id")
    if isinstance(stated_ctid, str) and CTID.fullmatch(stated_ctid):
        return stated_ctid.lower()
    if isinstance(notation, str) and _CODE.fullmatch(notation):
        return notation
    last = identity.rstrip("/").rpartition("/")[2] if isinstance(identity, str) else ""
    if found := CTID.search(last):
        return found[0].lower()
    text = some_text(language_map(node.get("ceasn:competencyText"))) or last
    return last if _CODE.fullmatch(last) else slugify(text)
