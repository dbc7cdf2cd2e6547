"""Microdata of a page as nodes, so that they are read like JSON-LD."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

MOST_PIECES, MOST_LETTERS = 20_000, 40_000
"""Of the text of one property."""
_HREF, _SRC = ("a", "area", "link"), ("audio", "embed", "iframe", "img", "source", "track", "video")
_STATED = {"meta": "content", "data": "value", "meter": "value", "object": "data", "time": "datetime"}


@dataclass(slots=True)
class _Walk:
    """`pieces` are all texts of the page so far: the text of an element is what stands between its begin and its end."""

    items: list[dict[str, Any]] = field(default_factory=list)
    open_items: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)


def read_microdata(root: Any) -> list[dict[str, Any]]:
    """The items of a page that are not the value of another; `itemref` is not followed. One walk over the page."""
    walk = _Walk()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            _begin(element, walk)
        else:
            _end(element, walk)
    return walk.items


def _begin(element: Any, walk: _Walk) -> None:
    walk.begins.append(len(walk.pieces))
    if element.text and element.tag not in ("script", "style", "template"):
        walk.pieces.append(element.text)
    if element.get("itemscope") is None:
        return
    item: dict[str, Any] = {"@type": (element.get("itemtype") or "").split()}
    if element.get("itemid"):
        item["@id"] = element.get("itemid").strip()
    owner = walk.open_items[-1] if walk.open_items else None
    names = (element.get("itemprop") or "").split()
    if owner is None or not names:
        walk.items.append(item)
    else:
        for name in names:
            _add(owner, name, item)
    walk.open_items.append(item)


def _end(element: Any, walk: _Walk) -> None:
    begin = walk.begins.pop()
    if element.get("itemscope") is not None:
        walk.open_items.pop()
    elif walk.open_items and element.get("itemprop"):
        value = _value(element, walk.pieces, begin)
        for name in element.get("itemprop").split():
            _add(walk.open_items[-1], name, value)
    if element.tail:
        walk.pieces.append(element.tail)


def _add(item: dict[str, Any], name: str, value: Any) -> None:
    if name[:1] != "@" and value != "":
        item.setdefault(name, []).append(value)


def _value(element: Any, pieces: list[str], begin: int) -> str:
    tag = element.tag
    if tag in _HREF or tag in _SRC:
        return (element.get("href" if tag in _HREF else "src") or "").strip()
    stated = element.get(_STATED[tag]) if tag in _STATED else element.get("content")
    return stated.strip() if stated is not None else " ".join(_text(pieces, begin).split())


def _text(pieces: list[str], begin: int) -> str:
    return "".join(_some(pieces[begin : begin + MOST_PIECES]))


def _some(pieces: list[str]) -> Iterator[str]:
    letters = 0
    for one in pieces:
        yield one[: MOST_LETTERS - letters]
        letters += len(one)
        if letters >= MOST_LETTERS:
            return
