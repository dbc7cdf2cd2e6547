"""How much a record may hold in all, where each list alone would allow too much."""

from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel


def bounded_parts(field: str, parts: Sequence[BaseModel] | None, most: int) -> None:
    """Raises ValueError naming the first list of which all parts together have more than `most` items."""
    found: Counter[str] = Counter()
    for part in parts or ():
        found.update({name: len(value) for name, value in part if isinstance(value, list)})
    for name, count in found.items():
        if count > most:
            raise ValueError(f"{field}: {count} {name} in all; at most {most} are taken")
