"""The courses of a file one after another; whatever was read is let go of, so that memory does not grow with the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from catalog.formats.xcri_cap.names import local

PIECE = 32_768
LONGEST_TEXT = 1_000_000
"""Characters without another tag; a parser would hold them all."""
MOST_ELEMENTS = 50_000
"""Between two courses; a feed that has more is none."""
LONGEST_MESSAGE = 300
"""Longer ones quote names of elements."""
MOST_PROVIDERS = 50_000
_NOT_FINISHED = 77  # libxml2's XML_ERR_TAG_NOT_FINISHED


class Broken(Exception):
    """The file cannot be read any further."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Found:
    """`provider` is the element around the course, with what stood before it; `course` is None at its end."""

    provider: Any
    course: Any | None


def courses(text: str) -> Iterator[Found]:
    """Each course when it has been read, and each provider when it ends. `text` has no XML declaration.

    Raises Broken: XML_INVALID, FILE_TRUNCATED, ITEM_TOO_LARGE. Elements hold only until the next one is asked for.
    """
    source = _Pieces(text)
    count = providers = 0
    events = etree.iterparse(
        source,
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            count += 1
            if count > MOST_ELEMENTS:
                message = f"more than {MOST_ELEMENTS} elements stand in one course, or between two"
                raise Broken("ITEM_TOO_LARGE", message)
            found = _found(element)
            if found:
                providers += found.course is None
                if providers > MOST_PROVIDERS:
                    raise Broken("ITEM_TOO_LARGE", f"the file has more than {MOST_PROVIDERS} providers")
                yield found
                _forget(element)
                count = 0
    except etree.XMLSyntaxError as error:
        raise _broken(error, source) from None


def _found(element: Any) -> Found | None:
    """Courses and providers by their place, so that the provider inside a venue is none."""
    name = local(element.tag)
    parent = element.getparent()
    if name == "provider" and parent is not None and parent.getparent() is None:
        return Found(element, None)
    if name != "course" or parent is None:
        return None
    above = parent.getparent()
    is_listed = above is None or (above.getparent() is None and local(parent.tag) == "provider")
    return Found(parent, element) if is_listed else None


def _forget(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


class _Pieces:
    """The text as a file of UTF-8 that is encoded piece by piece."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._opened = 0
        self.is_spent = False

    def read(self, _size: int = -1) -> bytes:
        piece = self.text[self.at : self.at + PIECE]
        opens = piece.rfind("<")
        self._opened = self.at + opens if opens >= 0 else self._opened
        self.at += len(piece)
        self.is_spent = not piece
        if self.at - self._opened > LONGEST_TEXT:
            raise Broken("ITEM_TOO_LARGE", f"a tag, or the text behind one, has more than {LONGEST_TEXT} characters")
        return piece.encode("utf-8", "replace")


def _broken(error: etree.XMLSyntaxError, source: _Pieces) -> Broken:
    entry = None if error.lineno else next((one for one in error.error_log if one.line), None)
    message = f"{entry.message}, line {entry.line}" if entry else error.msg
    message = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}\u2026"
    is_cut = error.code == _NOT_FINISHED or not source.text.rstrip().endswith(">")
    if source.is_spent and is_cut:
        return Broken("FILE_TRUNCATED", f"the file ends in the middle: {message}")
    return Broken("XML_INVALID", f"the file is not well-formed XML: {message}")
