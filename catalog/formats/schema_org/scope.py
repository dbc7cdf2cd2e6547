"""What is known while one file is read: its nodes, what its addresses begin with, and where its issues go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urljoin

from catalog.formats.schema_org.graph import Graph
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.vocabulary import Names, primary
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.shapes import LINE_LENGTH

T = TypeVar("T")
LONGEST_ADDRESS = 1_000


@dataclass(slots=True)
class Scope:
    """`language` is that of a page, `base` the address that its relative addresses begin with."""

    reading: Reading
    graph: Graph
    base: str | None = None
    language: str | None = None
    pointers: dict[str, dict[str, str]] = field(default_factory=dict)
    """How records of the file are referred to, by @id and by address."""

    def node(self, value: Any, names: Names) -> Node:
        return self.graph.node(value, names)

    def prose(self, path: str, node: Node, name: str) -> dict[str, str] | None:
        return self._texts(path, node, name, read_markup)

    def title(self, path: str, node: Node, name: str) -> dict[str, str] | None:
        return self._texts(path, node, name, read_title)

    def line(self, path: str, value: Any) -> str | None:
        """One text on one line."""
        text = text_of(value)
        return None if text is None else self._shortened(path, text, read_title) or None

    def lines(self, path: str, node: Node, name: str) -> list[str]:
        """What each value says, objects by their name."""
        found = [self.line(path, self.label(one, node.names)) for one in node.take(name)]
        return [one for one in found if one]

    def label(self, value: Any, names: Names) -> Any:
        """A text as it is; an object's name, but never a person's."""
        if not is_object(value):
            return value
        node = self.node(value, names)
        told = (node.first(name) for name in ("name", "targetName", "audienceType", "educationalRole", "text"))
        return next((one for one in told if text_of(one)), None)

    def address(self, path: str, node: Node, name: str) -> str | None:
        """The first web address of a property."""
        for one in node.take(name):
            stated = text_of(one.get("@id", one.get("url"))) if is_object(one) else text_of(one)
            if stated is None:
                continue
            found = self.absolute(stated)
            if found:
                return found
            self.reading.warn("VALUE_UNREADABLE", f"{path} is no web address", path, stated)
        return None

    def absolute(self, address: str) -> str | None:
        """A web address made whole; None for one that begins with nothing."""
        try:
            whole = urljoin(self.base, address.strip()) if self.base else address.strip()
        except ValueError:
            return None
        is_web = whole.startswith(("http://", "https://")) and len(whole) <= LONGEST_ADDRESS
        return whole if is_web and not any(one in whole for one in " <>\"'\n\t") and whole.isprintable() else None

    def parse(self, path: str, parser: Callable[..., T], value: Any, *more: Any) -> T | None:
        """What a parser makes of a text or number; None, with a warning, for what it cannot take."""
        text = text_of(value)
        if text is None:
            self.refuse(path, value)
            return None
        return self.reading.take(path, parser, text, *more)

    def refuse(self, path: str, value: Any) -> None:
        """An object where a text was expected."""
        if value not in (None, "", [], {}):
            self.reading.warn("VALUE_UNREADABLE", f"{path} has another shape than was expected", path, value)

    def leave(self, node: Node, prefix: str = "") -> None:
        """Counts what nobody took."""
        for name in node.left():
            self.reading.drop(prefix + name)

    def capped(self, path: str, values: Iterable[T], most: int) -> list[T]:
        """As many as a record takes, each once."""
        found: list[T] = []
        for one in values:
            if one not in found[-most:]:
                found.append(one)
        if len(found) > most:
            self.reading.warn("TOO_MANY", f"{path} has {len(found)} values; the first {most} are taken", path)
        return found[:most]

    def _texts(self, path: str, node: Node, name: str, read: Callable[[str], tuple[str, bool]]) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for one in node.take(name):
            value = self.label(one, node.names)
            text = text_of(value)
            if text is None:
                self.refuse(path, one)
                continue
            own = primary(value.get("@language")) if isinstance(value, Mapping) else None
            language = own or node.names.language or self.language or self.reading.told.language
            if language not in found and (plain := self._shortened(path, text, read)):
                found[language] = plain
        return found or None

    def _shortened(self, path: str, text: str, read: Callable[[str], tuple[str, bool]]) -> str:
        plain, cut = read(text)
        if cut:
            limit = LINE_LENGTH if read is read_title else 20_000
            self.reading.warn("TEXT_SHORTENED", f"{path} is longer than {limit} characters; it was shortened", path, text)
        return plain
