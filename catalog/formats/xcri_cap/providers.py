"""Who offers the courses: what stands in a provider before the first of them."""

from itertools import takewhile
from typing import Any

from catalog.formats.xcri_cap.names import Names, local
from catalog.formats.xcri_cap.parts import Part
from catalog.formats.xcri_cap.texts import texts, words
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title


class Provider:
    """`element` is the provider, or the catalog itself where courses stand in it without one."""

    def __init__(self, element: Any, names: Names, reading: Reading) -> None:
        self.element = element
        self.status: str | None = element.get("recstatus")
        self._names = names
        part = Part(_before(element, "course"), names, "provider")
        titles = texts(reading, "provider/title", part.pop("title"), read_title)
        self._name = titles.get(reading.told.language) or next(iter(titles.values()), None)
        address = part.first("url", reading)
        self._url = words(address) if address is not None else None
        part.drop_rest(reading)
        self._reference: str | None = None
        self._is_asked = False

    def reference(self, reading: Reading) -> str | None:
        """Who that is to the catalogue; said once where it cannot be told."""
        if not self._is_asked:
            self._is_asked = True
            self._reference = reading.provider(self._name, self._url)
            if self._reference is None:
                hint = "give the provider a dc:title before its courses, or say whose listings they are"
                reading.warn("FIELD_MISSING", "the provider has no title", "provider/title", hint=hint)
        return self._reference

    def drop_rest(self, reading: Reading) -> None:
        """Counts what stands behind the last course."""
        part = Part(self.element, self._names, "provider")
        part.pop("course")
        part.drop_rest(reading)


def drop_around(element: Any, names: Names, reading: Reading) -> None:
    """Counts what the catalog says of itself before the first provider."""
    catalog = element.getparent()
    if catalog is None:
        return
    Part(_before(catalog, "provider"), names, "catalog").drop_rest(reading)


def _before(element: Any, name: str) -> list[Any]:
    """The children in front of the first of that name; what stands behind it may not have been read yet."""
    return list(takewhile(lambda child: local(child.tag) != name, element))
