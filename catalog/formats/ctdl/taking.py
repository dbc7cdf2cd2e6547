"""Takes the properties of a node one by one, each held to what a Record can carry; what nobody took is left over."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from catalog.formats.ctdl.graph import Graph
from catalog.formats.ctdl.reading import Node, Refused, language_map, several, some_text, targets
from catalog.model.cleaning import clean_text
from catalog.model.reading.days import read_day
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.shapes import LINE_LENGTH, PARAGRAPH_LENGTH

T = TypeVar("T")
NOTE_LENGTH = 2_000
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f]+")
LONGEST_ADDRESS = 1_000
_NAMING = ("@id", "@type", "@context", "ceterms:ctid")


class Taker:
    """Of one node; `path` is what it is called in issues, such as `ceterms:estimatedCost.`."""

    def __init__(self, node: Node, graph: Graph, path: str = "") -> None:
        self.node = node
        self.graph = graph
        self.path = path
        self._left = dict(node)

    def take(self, *names: str) -> Any:
        """The value of the first of these properties that stands there; the others count as taken too."""
        found = [self._left.pop(name, None) for name in names]
        return next((one for one in found if one is not None), None)

    def each(self, name: str, read: Callable[[Any], T], most: int = 100) -> list[T]:
        """What each value of a property reads as; what is refused is told and left out."""
        found: list[T] = []
        values = several(self.take(name))
        for one in values[:most]:
            try:
                found.append(read(one))
            except Refused as error:
                self.refuse(name, error)
            except (KeyError, TypeError, AttributeError, ValueError):
                self.refuse(name, Refused("has another shape than CTDL gives it"))
        if len(values) > most:
            self.refuse(name, Refused(f"has {len(values)} values; the first {most} are taken", "TOO_MANY"))
        return found

    def title(self, *names: str) -> dict[str, str]:
        return self._texts(names, LINE_LENGTH)

    def prose(self, *names: str) -> dict[str, str]:
        return self._texts(names, PARAGRAPH_LENGTH)

    def line(self, name: str) -> str | None:
        """One text of at most 300 characters, in whatever language."""
        return self.fitted(name, some_text(language_map(self.take(name))), LINE_LENGTH)

    def note(self, name: str) -> str | None:
        return self.fitted(name, some_text(language_map(self.take(name))), NOTE_LENGTH)

    def address(self, name: str) -> str | None:
        """The first of the web addresses; others are told."""
        found = targets(self.take(name))
        good = [one for one in found if len(one) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(one)]
        if len(found) > len(good):
            self.refuse(name, Refused(f"is no web address: {found[0][:60]!r}", "VALUE_UNREADABLE"))
        if len(good) > 1:
            self.refuse(name, Refused(f"has {len(good)} addresses; the first is taken"))
        return good[0] if good else None

    def day(self, name: str) -> str | None:
        value = self.take(name)
        if value is not None and not isinstance(value, str):
            self.refuse(name, Refused("is no day", "VALUE_UNREADABLE"))
            return None
        found = self.graph.reading.take(self.path + name, read_day, value, self.graph.reading.told.time_zone)
        return found.isoformat() if found else None

    def refuse(self, name: str, error: Refused) -> None:
        self.graph.refuse(self.path + name, error)

    def end(self, *seen: str) -> None:
        """Counts what nobody took; `seen` names what needs no word."""
        for name in self._left:
            if name not in _NAMING and name not in seen:
                self.graph.skip(self.path + name)

    def _texts(self, names: tuple[str, ...], limit: int) -> dict[str, str]:
        texts = language_map(self.take(*names), self.graph.language)
        fitted = {key: self.fitted(names[0], text, limit) for key, text in texts.items()}
        return {key: text for key, text in fitted.items() if text}

    def fitted(self, name: str, text: str | None, limit: int) -> str | None:
        """The text, shortened where it is too long, with a warning; None for one that is only markup."""
        if text is None or not clean_text(text[:limit]):
            return None
        if len(text) <= limit:
            return text
        short, is_cut = (read_title if limit == LINE_LENGTH else read_markup)(text)
        if is_cut or len(short) > limit:
            short = short[:limit]
            self.refuse(name, Refused(f"has {len(text)} characters; at most {limit} are kept", "TEXT_SHORTENED"))
        return short or None
