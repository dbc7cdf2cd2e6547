"""A CTDL file as nodes by id. Nothing is ever fetched: what the file does not hold stays unknown."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.formats.ctdl.envelopes import Placed
from catalog.formats.ctdl.identity import URL_SCHEME, find_address, find_ctid, find_slug
from catalog.formats.ctdl.nodes import CTID_SCHEME
from catalog.formats.ctdl.reading import Node, Refused, several
from catalog.model.reading.delivery import Reading
from catalog.model.shapes import REFERENCE


class Graph:
    """The nodes of a file: `top` are those that stand by themselves, the others are known by their ids."""

    def __init__(self, top: Iterable[Placed], reading: Reading) -> None:
        self.top = list(top)
        self.reading = reading
        self.language = reading.told.language
        self.owner: str | None = None
        self.kept: dict[str, Any] = {}
        """What was made of a node, by its id, where many name it."""
        self._known: dict[str, dict[str, Any]] = {}
        waiting: list[Any] = [one.node for one in reversed(self.top)]
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

    def enter(self, placed: Placed) -> None:
        """Begins a node as the next item of the reading."""
        self.reading.begin(placed.place, placed.node)
        self.language = placed.language or self.reading.told.language
        self.owner = placed.owner

    def node(self, value: Any) -> Node:
        """The node that a value is or names; an empty one where the file does not have it."""
        own = value if isinstance(value, Mapping) else {}
        identity = own.get("@id") if own else value
        known = self._known.get(identity, {}) if isinstance(identity, str) else {}
        return {**known, **own} if len(own) > 1 else known or own

    def nodes(self, value: Any) -> list[Node]:
        return [self.node(one) for one in several(value)]

    def reference(self, value: Any) -> str | dict[str, str]:
        """Slug, CTID or address of what a value means. Raises Refused for what has none of them."""
        node = self.node(value)
        slug = find_slug(node)
        if slug and REFERENCE.fullmatch(slug):
            return slug
        try:
            return {"scheme": CTID_SCHEME, "value": find_ctid(node, value)}
        except Refused:
            address = find_address(node, value)
            if address is None:
                raise
            return {"scheme": URL_SCHEME, "value": address}

    def skip(self, name: str) -> None:
        """Notes a property that is not taken."""
        self.reading.drop(name)

    def refuse(self, name: str, error: Refused) -> None:
        """Says that a value of a property is left out."""
        self.reading.warn(error.code, f"{name[:80]} {error}", name[:80], hint=error.hint)
