"""Reads entries of frameworks: skills by scheme and code, occupations, sectors and programs by code."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ctdl.competencies import skill_names
from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.mapping import FRAMEWORK_WORDS
from catalog.formats.ctdl.nodes import stated
from catalog.formats.ctdl.reading import Refused, language_map, some_text
from catalog.model.identity import slugify
from catalog.model.links.credential import LOCAL_SCHEME
from catalog.model.reading.markup import read_title
from catalog.model.reading.occupations import read_noc
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LINE_LENGTH

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def read_skill(value: Any, graph: Graph) -> dict[str, Any]:
    """A mention of a skill: with its code where its framework has a name, else by its label. Raises Refused."""
    node = value if isinstance(value, Mapping) else {}
    name = node.get("ceterms:targetNodeName") or node.get("ceasn:competencyLabel") or node.get("ceasn:competencyText")
    texts, coded = language_map(name, graph.language), skill_names(node, graph)
    label = {key: text if len(text) <= LINE_LENGTH else read_title(text)[0] for key, text in texts.items()}
    if coded and not _is_made_up(*coded, label):
        return stated({"scheme": coded[0], "code": coded[1], "label": label})
    if not label:
        raise Refused("a competency that has neither a name nor a code")
    return {"label": label}


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _is_made_up(scheme: str, code: str, label: Mapping[str, str]) -> bool:
    """Whether the code is only what a label makes by itself."""
    named = label.get("en") or next(iter(label.values()), "")
    return scheme == LOCAL_SCHEME and code == slugify(named)


def read_code(field: str, value: Any) -> str:
    """The code of an entry of the framework that `field` takes. Raises Refused for another framework's."""
    node = value if isinstance(value, Mapping) else {}
    code, framework = node.get("ceterms:codedNotation"), some_text(language_map(node.get("ceterms:frameworkName")))
    if not isinstance(code, str) or not code.strip():
        raise Refused("an entry without a code")
    if not framework or not slugify(framework).startswith(FRAMEWORK_WORDS[field]):
        raise Refused(f"{code[:40]!r} is of the framework {(framework or 'that has no name')[:60]!r}")
    if field == "occupations":
        try:
            return read_noc(code)
        except Unreadable as error:
            raise Refused(str(error), error.code, error.hint) from None
    if not _CODE.fullmatch(code.strip()):
        raise Refused(f"{code[:40]!r} is no code")
    return code.strip()
