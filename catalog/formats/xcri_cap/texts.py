"""Words of elements: with XHTML inside or without, by language."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree

from catalog.formats.xcri_cap.names import local
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "br", "section", "dt", "dd"}
)
_HIDDEN = frozenset({"script", "style"})
_SPACE = re.compile(r"\s+")

Cleaner = Callable[[str], tuple[str, bool]]


def words(element: Any) -> str:
    """All text in an element. Inside XHTML its paragraphs are lines; plain text keeps its own."""
    if not len(element):
        return (element.text or "").strip()
    said: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        name = local(node.tag).lower()
        if event == "start" and name in _HIDDEN:
            walker.skip_subtree()
        elif event == "start":
            said.append(_SPACE.sub(" ", node.text or ""))
        else:
            said.append("\n" if name in _BLOCKS else "")
            said.append(_SPACE.sub(" ", node.tail or "") if node is not element else "")
    return "".join(said).strip()


def line(reading: Reading, path: str, element: Any | None) -> str | None:
    """One line of at most 300 characters."""
    return _cleaned(reading, path, words(element), read_title) if element is not None else None


def texts(reading: Reading, path: str, elements: Iterable[Any], clean: Cleaner) -> dict[str, str]:
    """By language; of several in one language the first."""
    found: dict[str, str] = {}
    for element in elements:
        text = _cleaned(reading, path, words(element), clean)
        language = language_of(reading, element)
        if text and found.setdefault(language, text) != text:
            message = f"{path} stands more than once in the language {language}; the first is taken"
            reading.warn("VALUE_REPEATED", message, path, text)
    return found


def joined(reading: Reading, path: str, elements: Iterable[Any]) -> dict[str, str]:
    """By language, everything that is said in it, each paragraph once."""
    found: dict[str, dict[str, None]] = {}
    for element in elements:
        if text := words(element):
            found.setdefault(language_of(reading, element), {})[text] = None
    said = {language: _cleaned(reading, path, "\n\n".join(parts), read_markup) for language, parts in found.items()}
    return {language: text for language, text in said.items() if text}


def paragraph(reading: Reading, path: str, text: str, length: int) -> str:
    """Plain text of at most `length` characters."""
    plain = _cleaned(reading, path, text, read_markup)
    if len(plain) <= length:
        return plain
    reading.warn("TEXT_SHORTENED", f"{path} is too long; its beginning is taken", path, plain)
    return plain[: length - 1].rsplit(" ", 1)[0] + "\u2026"


def language_of(reading: Reading, element: Any) -> str:
    """What the element or one around it says of itself, else the language of the source."""
    node = element
    while node is not None:
        if stated := node.get(_LANGUAGE):
            try:
                return read_language(stated)
            except Unreadable as error:
                reading.warn(error.code, f"xml:lang {error}", "xml:lang", stated, error.hint)
                break
        node = node.getparent()
    return reading.told.language


def _cleaned(reading: Reading, path: str, text: str, clean: Cleaner) -> str:
    plain, is_cut = clean(text)
    if is_cut:
        reading.warn("TEXT_SHORTENED", f"{path} is too long; its beginning is taken", path, plain)
    return plain
