"""What is bought together counts its seats and hours once: programs with their components, offerings that share seats."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from catalog.model.vocabulary import ComponentRegistration
from catalog.search.columns.keys import key_of
from catalog.search.columns.ragged import Array, Rows
from catalog.search.narrowing.view import View


def counted_elsewhere(view: View, rows: Rows, cells: Array) -> set[tuple[int, int]]:
    """Pairs of cell and row: another row of the same cell has the same seats and hours already."""
    pairs = list(dict.fromkeys(_same(view)))
    if not pairs:
        return set()
    of: dict[int, set[int]] = defaultdict(set)
    wanted = np.isin(rows, list({one for pair in pairs for one in pair}))
    for row, cell in zip(rows[wanted].tolist(), cells[wanted].tolist(), strict=True):
        of[row].add(cell)
    return {(cell, part) for whole, part in pairs for cell in of[whole] & of[part]}


def _same(view: View) -> Iterator[tuple[int, int]]:
    """Rows of programs with rows of what is bought with them; of rows that share seats the first with each other one."""
    yield from _components(view)
    yield from _included(view)
    yield from _shared(view)


def _components(view: View) -> Iterator[tuple[int, int]]:
    """Of programs whose components are only taken together."""
    owned = view.credential_lists("components")
    together = view.credential("registration") == key_of(str(ComponentRegistration.TOGETHER))
    kept = together[owned.owners]
    if not kept.any():
        return
    places = _places(view, owned.values[kept], view.credential("id"))
    for program, component in zip(owned.owners[kept].tolist(), owned.values[kept].tolist(), strict=True):
        for place in places.get(component, ()):
            for whole in np.flatnonzero(view.owner == program).tolist():
                yield from ((whole, part) for part in np.flatnonzero(view.owner == place).tolist())


def _included(view: View) -> Iterator[tuple[int, int]]:
    yield from _named(view, "includes")


def _shared(view: View) -> Iterator[tuple[int, int]]:
    """Whichever stands first has them."""
    for one, other in _named(view, "seats_shared"):
        if one != other:
            yield min(one, other), max(one, other)


def _named(view: View, column: str) -> Iterator[tuple[int, int]]:
    """Rows that name other offerings, or a credential without saying which of its offerings."""
    owned = view.delivery_lists(column)
    if not len(owned.values):
        return
    rows = _places(view, owned.values, view.delivery("id"))
    credentials = _places(view, owned.values, view.credential("id"))
    for whole, key in zip(owned.owners.tolist(), owned.values.tolist(), strict=True):
        yield from ((whole, part) for part in rows.get(key, ()))
        for place in credentials.get(key, ()):
            yield from ((whole, part) for part in np.flatnonzero(view.owner == place).tolist())


def _places(view: View, keys: Iterable[int], ids: Array) -> dict[int, list[int]]:
    """Where the ids stand that these keys were made of."""
    names = {view.columns.texts[key].encode(): key for key in {int(one) for one in keys} if key in view.columns.texts}
    found: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(np.isin(ids, np.array(list(names), dtype=ids.dtype))).tolist():
        found[names[bytes(ids[place])]].append(place)
    return found
