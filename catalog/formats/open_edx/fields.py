"""One object of a file: each property is asked for by its name, and what nobody asked for is counted as dropped."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urljoin

from catalog.formats.open_edx.feed import Feed
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.unreadable import Unreadable

T = TypeVar("T")
_URL = re.compile(r"https?://[^\s<>\"'\x00-\x1f\x7f]{1,990}")
_NOTHING: tuple[Any, ...] = (None, "", [], {})


class Fields:
    """`path` is what stands before the names in messages, such as `course_runs.`; `told` is what its texts are told of."""

    def __init__(self, reading: Feed, node: Mapping[str, Any], path: str = "") -> None:
        self.reading = reading
        self._node = node
        self._path = path
        self._asked: set[str] = set()

    def raw(self, *names: str) -> Any:
        """The first of these that says something."""
        self._asked.update(names)
        return next((value for name in names if (value := self._node.get(name)) not in _NOTHING), None)

    def text(self, *names: str) -> str | None:
        """A number is a text here; nothing else is."""
        value = self.raw(*names)
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self.refuse(names[0], "is no text", value)
        return None

    def number(self, *names: str) -> float | None:
        """Hours or weeks: not a 0, which says nothing of a course."""
        value = self.raw(*names)
        if value is None or value == 0:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1e6:  # noqa: PLR2004 - as Record
            self.refuse(names[0], "is no number of hours or weeks", value)
            return None
        return float(value)

    def objects(self, name: str) -> "list[Fields]":
        value = self.raw(name)
        if value is None:
            return []
        listed = value if isinstance(value, list) else [value]
        found = [one for one in listed if isinstance(one, Mapping)]
        if len(found) < len(listed):
            self.refuse(name, "is not a list of objects", value)
        return [Fields(self.reading, one, f"{self._path}{name}.") for one in found]

    def texts(self, name: str) -> list[str]:
        value = self.raw(name)
        listed = value if isinstance(value, list) else [value]
        return [one.strip() for one in listed if isinstance(one, str) and one.strip()]

    def line(self, *names: str) -> str | None:
        return self._short(names[0], self.text(*names), read_title)

    def prose(self, *names: str) -> str | None:
        return self._short(names[0], self.text(*names), read_markup)

    def take(self, name: str, parse: Callable[..., T], *more: Any) -> T | None:
        return self.reading.take(self._path + name, parse, self.text(name), *more)

    def url(self, *names: str) -> str | None:
        """A relative address begins with where the file came from; without that it is none."""
        text = self.text(*names)
        return self.reading.take(self._path + names[0], _read_url, text, self.reading.told.address) if text else None

    def refuse(self, name: str, message: str, value: Any = None) -> None:
        path = self._path + name
        self.reading.warn("VALUE_UNREADABLE", f"{path} {message}", path, value)

    def drop(self, name: str) -> None:
        """Something of this object that has no place in a Record."""
        self.reading.drop(self._path + name)

    def end(self) -> None:
        """Counts what nobody asked for and that says something."""
        for name, value in self._node.items():
            if name not in self._asked and value not in _NOTHING:
                self.drop(name)

    def _short(self, name: str, text: str | None, read: Callable[[str], tuple[str, bool]]) -> str | None:
        if text is None:
            return None
        short, cut = read(text)
        if cut:
            path = self._path + name
            self.reading.warn("TEXT_SHORTENED", f"{path} is longer than it can be; it was cut", path, text)
        return short or None


def _read_url(text: str, address: str | None) -> str:
    try:
        whole = urljoin(address, text) if address else text
    except ValueError:
        whole = ""
    if not _URL.fullmatch(whole):
        raise Unreadable(f"is no web address: {text[:60]!r}")
    return whole
