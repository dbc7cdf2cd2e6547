"""Nodes of JSON-LD, whether a file has them as such or as microdata: properties by their names, each with all its values."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.formats.schema_org.vocabulary import Names

_SILENT = frozenset({"@context", "@type", "@id", "@graph", "@reverse", "@index", "additionalType"})
"""What says nothing of the thing itself."""
_CONFORMS = "conformsTo"


class Node:
    """Properties are taken one by one; what nobody took is left over."""

    def __init__(self, raw: Mapping[str, Any], names: Names) -> None:
        self.raw = raw
        self.names = names
        self._values: dict[str, list[Any]] = {}
        self._taken: set[str] = set()
        for key, value in raw.items():
            self._values.setdefault(names.local(key), []).extend(several(value))
        self.types = [names.local(one) for one in self._values.get("@type", ()) if isinstance(one, str)]
        self.id = next((whole_letters(one) for one in self._values.get("@id", ()) if isinstance(one, str)), None)

    def __contains__(self, name: str) -> bool:
        return bool(self._values.get(name))

    def take(self, name: str) -> list[Any]:
        """Every value of a property, each an object, a text, a number or a truth value."""
        self._taken.add(name)
        return self._values.get(name, [])

    def first(self, name: str) -> Any:
        return next(iter(self.take(name)), None)

    def peek(self, name: str) -> list[Any]:
        """The same, without having taken it."""
        return self._values.get(name, [])

    def names_stated(self) -> Iterator[str]:
        """Names of the properties that say something of the thing."""
        return (name for name in self._values if name not in _SILENT and not name.endswith(_CONFORMS))

    def left(self) -> Iterator[str]:
        return (name for name in self.names_stated() if name not in self._taken and self._values[name])


def several(value: Any) -> list[Any]:
    """The values of a property: one, a list, or a list or set as JSON-LD writes them out."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        inner = value.get("@list", value.get("@set"))
        return several(inner) if isinstance(inner, list) else [value]
    if not isinstance(value, list):
        return [value]
    flat: list[Any] = []
    for one in value:
        inner = one.get("@list", one.get("@set")) if isinstance(one, Mapping) else None
        flat += inner if isinstance(inner, list) else [one]
    return [one for one in flat if one is not None]


def text_of(value: Any) -> str | None:
    """A text or a number as text; None for an object, a list and an empty text."""
    if isinstance(value, Mapping):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return whole_letters(str(value)).strip() or None


def whole_letters(text: str) -> str:
    """Without halves of letters, which JSON can name but nothing can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_object(value: Any) -> bool:
    """Whether a value has properties of its own, and is not only a text with its language or type."""
    return isinstance(value, Mapping) and "@value" not in value
