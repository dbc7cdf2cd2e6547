"""What stands in a CASE file: a framework, its items, and what else there is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.case.identity import Node

DOCUMENT = ("CFDocument", "document")
ITEMS = ("CFItems", "items")
SINGLE = ("CFItem",)
"""What answers to a question for one item call it."""
_NAMES = frozenset({"identifier", "sourcedId", "uri"})
_PARTS = (*DOCUMENT, *ITEMS, *SINGLE)


@dataclass(slots=True)
class Package:
    """`items` are (place, item); `others` counts the properties that hold no items."""

    document: Node = field(default_factory=dict)
    items: list[tuple[str, Any]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def is_item(node: Any) -> bool:
    if not isinstance(node, Mapping) or "$schema" in node:
        return False
    return ("fullStatement" in node or "CFItemTypeURI" in node) and bool(_NAMES & node.keys())


def is_document(node: Any) -> bool:
    return isinstance(node, Mapping) and "CFPackageURI" in node and "$schema" not in node


def is_association(node: Any) -> bool:
    return isinstance(node, Mapping) and {"associationType", "originNodeURI", "destinationNodeURI"} <= node.keys()


def is_package(value: Any) -> bool:
    if not isinstance(value, Mapping) or "$schema" in value:
        return False
    if isinstance(value.get("CFDocument"), Mapping) or isinstance(value.get("CFItems"), list):
        return True
    if is_item(value.get("CFItem")):
        return True
    items = value.get("items")
    return isinstance(value.get("document"), Mapping) and isinstance(items, list) and any(map(is_item, items[:5]))


def open_packages(value: Any) -> Iterator[Package]:
    """The framework of the file, or each of several; items that stand alone are a package without a framework."""
    if isinstance(value, list):
        placed = [(f"$[{index}]", one) for index, one in enumerate(value)]
        yield from (_package(one, place) for place, one in placed if is_package(one))
        lone = [(place, one) for place, one in placed if not is_package(one)]
        if lone:
            yield Package(items=lone)
    elif is_package(value):
        yield _package(value, "$")
    elif is_item(value):
        yield Package(items=[("$", value)])
    elif is_document(value):
        yield Package(document=value)


def _package(value: Node, place: str) -> Package:
    package = Package()
    for name in DOCUMENT:
        if isinstance(value.get(name), Mapping):
            package.document = value[name]
            break
    for name in (*ITEMS, *SINGLE):
        found = value.get(name)
        if isinstance(found, list):
            package.items += [(f"{place}.{name}[{index}]", one) for index, one in enumerate(found)]
        elif isinstance(found, Mapping):
            package.items.append((f"{place}.{name}", found))
    for name, other in value.items():
        if name not in _PARTS:
            package.others[name] += max(1, len(other)) if isinstance(other, list) else 1
    return package
