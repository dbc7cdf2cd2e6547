"""What is bought together counts its seats and hours once: programs with their components, offerings that share seats."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import isnan

import numpy as np

from catalog.model.vocabulary import ComponentRegistration
from catalog.search.columns.keys import key_of
from catalog.search.columns.ragged import Array, Rows
from catalog.search.narrowing.view import View

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Of cells: rows whose seats, or whose hours, another row of the cell brings already; and seats counted too often."""

    seats: frozenset[Pair] = frozenset()
    """Cell and row."""
    hours: frozenset[Pair] = frozenset()
    again: Mapping[int, float] = field(default_factory=dict)
    """By cell: seats of pools that several of its rows draw from, for each of these but one."""


@dataclass
class Together:
    """The rows of a view that have anything to do with each other."""

    view: View

    def elsewhere(self, rows: Rows, cells: Array) -> Elsewhere:
        """`cells` says for each of `rows` in which cell it stands."""
        wholes, pools = self._all_wholes, self._all_pools
        if not (wholes or pools):
            return Elsewhere()
        told = {one for pair in wholes for one in pair} | {one for first, second, _ in pools for one in (first, second)}
        of: dict[int, set[int]] = defaultdict(set)
        wanted = np.isin(rows, list(told))
        for row, cell in zip(rows[wanted].tolist(), cells[wanted].tolist(), strict=True):
            of[row].add(cell)
        seats, hours = self._counted_in_wholes(wholes, of)
        shared, again = self._counted_in_pools(pools, of)
        return Elsewhere(frozenset(seats | shared), frozenset(hours), again)

    @cached_property
    def _all_wholes(self) -> list[Pair]:
        return list(self._wholes())

    @cached_property
    def _all_pools(self) -> list[tuple[int, int, float]]:
        return list(self._pools())

    def _counted_in_wholes(self, wholes: Iterable[Pair], of: Mapping[int, set[int]]) -> tuple[set[Pair], set[Pair]]:
        """A whole brings the seats, or hours, of its parts only where it states its own."""
        stated, known = self._has_seats, self._hours_known
        seats, hours = set(), set()
        for whole, part in wholes:
            both = of[whole] & of[part]
            if stated[whole]:
                seats |= {(cell, part) for cell in both if (cell, whole) not in seats}
            if known[self.view.owner[whole]]:
                hours |= {(cell, part) for cell in both if (cell, whole) not in hours}
        return seats, hours

    @cached_property
    def _has_seats(self) -> Array:
        """States them, and is not cancelled."""
        return ~np.isnan(self.view.delivery("seats")) & ~self.view.delivery("cancelled")

    @cached_property
    def _hours_known(self) -> Array:
        return np.equal(self.view.credential("hours_min"), self.view.credential("hours_max"))

    def _counted_in_pools(
        self, pools: Iterable[tuple[int, int, float]], of: Mapping[int, set[int]]
    ) -> tuple[set[Pair], dict[int, float]]:
        """Rows that draw from one pool, directly or through others: its seats count once.

        Of a pool whose seats nobody states, all seats of the offerings are taken for its own, and those of the first count.
        """
        stated = self._has_seats
        linked: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        for first, second, seats in pools:
            for cell in of[first] & of[second] if stated[first] and stated[second] else ():
                linked[cell].append((first, second, seats))
        dropped: set[Pair] = set()
        again: dict[int, float] = defaultdict(float)
        for cell, own in linked.items():
            joined: dict[int, int] = {}
            for first, second, seats in own:
                one, other = _root(joined, first), _root(joined, second)
                if one == other:
                    continue
                joined[max(one, other)] = min(one, other)
                if isnan(seats):
                    dropped.add((cell, max(first, second)))
                else:
                    again[cell] += seats
        return dropped, again

    def _wholes(self) -> Iterator[Pair]:
        """Rows of programs that are only taken whole with rows of their components; offerings with what they include."""
        found = dict.fromkeys((*self._components(), *self._included()))
        yield from (pair for pair in found if pair[::-1] not in found or pair[0] < pair[1])

    def _components(self) -> Iterator[Pair]:
        owned = self.view.credential_lists("components")
        together = self.view.credential("registration") == key_of(str(ComponentRegistration.TOGETHER))
        kept = together[owned.owners]
        if not kept.any():
            return
        places = self._places(owned.values[kept], self.view.credential("id"))
        for program, component in zip(owned.owners[kept].tolist(), owned.values[kept].tolist(), strict=True):
            for place in places.get(component, ()):
                yield from ((whole, part) for whole in self._rows_of(program) for part in self._rows_of(place))

    def _included(self) -> Iterator[Pair]:
        owned = self.view.delivery_lists("includes")
        for whole, named in self._named(owned.owners, owned.values):
            yield from ((whole, part) for part in named)

    def _pools(self) -> Iterator[tuple[int, int, float]]:
        """Two rows that draw from one pool, and its seats: whoever names it shares it, and so do all that are named."""
        owned, numbers = self.view.delivery_lists("seats_shared"), self.view.delivery_lists("pools")
        seats = self.view.delivery_lists("pool_seats")
        drawing: dict[Pair, dict[int, None]] = defaultdict(dict)
        has: dict[Pair, float] = {}
        named = self._named(owned.owners, owned.values)
        for (row, others), number, shared in zip(named, numbers.values.tolist(), seats.values.tolist(), strict=True):
            drawing[row, number] |= dict.fromkeys([row, *others])
            has[row, number] = shared
        for pool, rows in drawing.items():
            yield from ((first, second, has[pool]) for first, second in combinations(rows, 2))

    def _named(self, owners: Rows, keys: Array) -> Iterator[tuple[int, list[int]]]:
        """Rows with the rows that they name: offerings, or all of a credential where none of its offerings is named."""
        if not len(keys):
            return
        rows = self._places(keys, self.view.delivery("id"))
        credentials = self._places(keys, self.view.credential("id"))
        for row, key in zip(owners.tolist(), keys.tolist(), strict=True):
            whole = [one for place in credentials.get(key, ()) for one in self._rows_of(place)]
            yield row, [*rows.get(key, ()), *whole]

    def _rows_of(self, place: int) -> range:
        """Rows of one credential stand beside each other."""
        return range(int(self._begins[place]), int(self._begins[place + 1]))

    @cached_property
    def _begins(self) -> Rows:
        return np.searchsorted(self.view.owner, np.arange(len(self.view.credentials) + 1))

    def _places(self, keys: Iterable[int], ids: Array) -> dict[int, list[int]]:
        """Where the ids stand that these keys were made of."""
        texts = self.view.columns.texts
        names = {texts[key].encode(): key for key in {int(one) for one in keys} if key in texts}
        found: dict[int, list[int]] = defaultdict(list)
        for place in np.flatnonzero(np.isin(ids, np.array(list(names), dtype=ids.dtype))).tolist():
            found[names[bytes(ids[place])]].append(place)
        return found


def _root(joined: Mapping[int, int], one: int) -> int:
    while one in joined:
        one = joined[one]
    return one
