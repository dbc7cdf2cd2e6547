"""How much a record may hold in all, where each list alone would allow too much."""

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel


def bounded_parts(field: str, parts: Sequence[BaseModel] | None, most: int) -> None:
    """Raises ValueError naming the first list, however deep, of which all parts together have more than `most` items."""
    found: Counter[str] = Counter()
    for part in parts or ():
        _count(part, "", found)
    for path, count in found.items():
        if count > most:
            raise ValueError(f"{field}: {count} {path} in all; at most {most} are taken")


def _count(part: BaseModel, path: str, found: Counter[str]) -> None:
    for name, value in part:
        place = f"{path}.{name}" if path else name
        if isinstance(value, list):
            found[place] += len(value)
            for item in value:
                if isinstance(item, BaseModel):
                    _count(item, place, found)
        elif isinstance(value, BaseModel):
            _count(value, place, found)
