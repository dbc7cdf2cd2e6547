"""An object whose properties are taken one by one; what nobody took is counted."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.texts import plain
from catalog.model.reading.delivery import Reading

_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,900}")


class Properties:
    """Nothing is taken twice."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self._left = dict(value)

    def pop(self, *names: str) -> Any:
        """The first that is stated; of the others nothing is left either."""
        found = [self._left.pop(name, None) for name in names]
        return next((one for one in found if one is not None), None)

    def skip(self, *names: str) -> None:
        """Properties that were looked at elsewhere."""
        for name in names:
            self._left.pop(name, None)

    def address(self, reading: Reading, name: str) -> str | None:
        """A web address."""
        said = plain(reading, name, self._left.pop(name, None))
        if said and not _ADDRESS.fullmatch(said):
            message = f"{name} is no web address: {said[:60]!r}"
            reading.warn("VALUE_UNREADABLE", message, name, said, "write it with https://")
            return None
        return said

    def drop_rest(self, reading: Reading, kind: str) -> None:
        """Counts what is left and says something."""
        for name, value in self._left.items():
            if value not in (None, "", [], {}):
                reading.drop(f"{kind}.{name}")
