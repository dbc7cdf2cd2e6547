"""An element as what stands in it: each child is taken once, and what nobody took is counted."""

from collections.abc import Iterable
from typing import Any

from catalog.formats.xcri_cap.names import Names, local
from catalog.model.reading.delivery import Reading

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Part:
    """`children` is the element, or some of its children; `path` is how issues name it, such as `course`."""

    def __init__(self, children: Iterable[Any], names: Names, path: str) -> None:
        self.path = path
        self._children: dict[str, list[Any]] = {}
        self._strange: list[str] = []
        for child in children:
            name = names.of(child)
            if name is not None:
                self._children.setdefault(name, []).append(child)
            elif isinstance(child.tag, str):
                self._strange.append(local(child.tag))

    def pop(self, name: str) -> list[Any]:
        return self._children.pop(name, [])

    def first(self, name: str, reading: Reading) -> Any | None:
        """The only one; more of it are counted as not taken."""
        found = self.pop(name)
        for _ in found[1:]:
            reading.drop(f"{self.path}/{name} (more than one)")
        return found[0] if found else None

    def drop_rest(self, reading: Reading) -> None:
        for name, found in self._children.items():
            for element in found:
                if len(element) or (element.text or "").strip() or element.attrib:
                    reading.drop(f"{self.path}/{name}")
        for name in self._strange:
            reading.drop(f"{self.path}/{name}")


def type_of(element: Any) -> str | None:
    """The local name of `xsi:type`."""
    stated = element.get(XSI_TYPE)
    return stated.rpartition(":")[2].strip() or None if stated else None
