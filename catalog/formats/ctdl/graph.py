"""A CTDL file as nodes by id. Nothing is ever fetched: of `@context` only its address is looked at."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

from catalog.errors import Issue
from catalog.formats.ctdl.mapping import SLUG_SCHEME
from catalog.formats.ctdl.nodes import CTID, CTID_SCHEME
from catalog.formats.ctdl.reading import Node, Refused, language_map, several, some_text
from catalog.model.shapes import REFERENCE

_UUID = re.compile(r"urn:uuid:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_CONTEXT = re.compile(r"https?://credreg\.(net|com)/ctdl(asn)?/")
_TERMS = "https://purl.org/ctdl/terms/"


class Graph:
    """The nodes of a file: `top` are those that stand by themselves, the others are known by their ids."""

    def __init__(self, top: list[dict[str, Any]]) -> None:
        self.top = top
        self.skipped: Counter[str] = Counter()
        self._known: dict[str, dict[str, Any]] = {}
        waiting: list[Any] = [*reversed(top)]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Mapping):
                self._learn(one)
                waiting += reversed(list(one.values()))
            elif isinstance(one, list):
                waiting += reversed(one)

    def _learn(self, node: Node) -> None:
        """What several places say of one node is put together; the first word counts."""
        if isinstance(node.get("@id"), str):
            known = self._known.setdefault(node["@id"], {})
            known |= {key: value for key, value in node.items() if key not in known}

    def node(self, value: Any) -> Node:
        """The node that a value is or names; an empty one where the file does not have it."""
        own = value if isinstance(value, Mapping) else {}
        identity = own.get("@id") if own else value
        known = self._known.get(identity, {}) if isinstance(identity, str) else {}
        return {**known, **own}

    def reference(self, value: Any) -> str | dict[str, str]:
        """Slug or CTID of what a value means. Raises Refused for what has neither."""
        node = self.node(value)
        slug = find_slug(node)
        if slug and REFERENCE.fullmatch(slug):
            return slug
        return {"scheme": CTID_SCHEME, "value": find_ctid(node, value)}

    def skip(self, name: str) -> None:
        """Notes a property that is not taken."""
        self.skipped[name] += 1


def find_ctid(node: Node, value: Any = None) -> str:
    """Raises Refused."""
    stated = node.get("ceterms:ctid")
    if isinstance(stated, str) and CTID.fullmatch(stated):
        return stated
    identity = node.get("@id", value)
    if isinstance(identity, str) and (found := CTID.search(identity)):
        return found[0]
    if isinstance(identity, str) and (urn := _UUID.fullmatch(identity)):
        return f"ce-{urn[1]}"
    raise Refused(f"{str(identity)[:80]!r} has no CTID")


def find_slug(node: Node) -> str | None:
    """The slug by which a catalogue like this one knows it."""
    return next((value for scheme, value in identifier_pairs(node) if scheme == SLUG_SCHEME), None)


def identifier_pairs(node: Node) -> list[tuple[str, str]]:
    """(name of the scheme, value) of every identifier that has both."""
    found: list[tuple[str, str]] = []
    for one in several(node.get("ceterms:identifier")):
        if isinstance(one, Mapping):
            name = some_text(language_map(one.get("ceterms:identifierTypeName")))
            value = one.get("ceterms:identifierValueCode")
            if name and isinstance(value, str):
                found.append((name, value))
    return found


def parse_graph(data: bytes) -> Graph | Issue:
    """The graph, or why the file is none."""
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_distinct, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        return Issue(
            "ENCODING_INVALID", f"the file is not UTF-8: byte {error.start} cannot be read", hint="save it as UTF-8"
        )
    except _KeyTwice as error:
        return Issue("KEY_DUPLICATE", f"the key {str(error)[:80]!r} stands twice in one object", field=str(error)[:80])
    except (ValueError, RecursionError) as error:
        return Issue("JSON_INVALID", f"the file is not JSON: {str(error)[:200]}")
    nodes = [
        one for one in several(value.get("@graph", value) if isinstance(value, dict) else value) if isinstance(one, dict)
    ]
    if not nodes or not _is_ctdl(value, nodes):
        return Issue(
            "FORMAT_UNKNOWN", "the file is no CTDL: no node has a type of ceterms", hint="it begins with its @context"
        )
    return Graph(nodes)


def _is_ctdl(value: Any, nodes: list[dict[str, Any]]) -> bool:
    contexts = several(value.get("@context")) if isinstance(value, dict) else []
    named = [one for one in contexts if isinstance(one, str)]
    if named and not any(_CONTEXT.match(one) for one in named):
        return False
    if any(isinstance(one, dict) and one.get("ceterms", _TERMS) != _TERMS for one in contexts):
        return False
    return any(isinstance(one, str) and one.startswith("ceterms:") for node in nodes for one in several(node.get("@type")))


class _KeyTwice(Exception):
    """Parsers would silently keep the last of two values."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _KeyTwice(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
