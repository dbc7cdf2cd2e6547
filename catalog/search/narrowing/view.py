"""Some rows of the columns, looked at together; what several conditions ask for is fetched once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from catalog.db.types import to_microseconds
from catalog.model.filter_sql import Moment
from catalog.search.columns.ragged import Array, Mask, Owned, Rows
from catalog.search.columns.table import Columns


@dataclass
class View:
    """`rows` of deliveries, rising, at a moment. Columns of credentials are fetched for each credential once."""

    columns: Columns
    rows: Rows
    moment: Moment
    of: "tuple[View, Mask] | None" = None
    """The view that this one holds some rows of, and which."""
    _fetched: dict[str, Array] = field(default_factory=dict)
    _lists: dict[str, Owned] = field(default_factory=dict)

    @cached_property
    def _begins(self) -> Mask:
        """Whether a row is the first one of its credential: rows of one stand beside each other."""
        numbers = self.delivery("credential")
        begins = np.empty(len(numbers), dtype=np.bool_)
        begins[:1] = True
        np.not_equal(numbers[1:], numbers[:-1], out=begins[1:])
        return begins

    @cached_property
    def credentials(self) -> Rows:
        """The numbers of the credentials that the rows belong to, each once, rising."""
        numbers: Rows = self.delivery("credential")[self._begins]
        return numbers

    @cached_property
    def owner(self) -> Rows:
        """For each row, the place of its credential in `credentials`."""
        return np.cumsum(self._begins) - 1

    @property
    def now(self) -> int:
        return to_microseconds(self.moment.now)

    def narrow(self, kept: Mask) -> "View":
        """Some of the rows; what was fetched of them is not fetched again."""
        if kept.all():
            return self
        return View(self.columns, self.rows[kept], self.moment, (self, kept))

    def delivery(self, name: str) -> Array:
        column = f"delivery.{name}"
        if column not in self._fetched:
            known = self._of_whole(column)
            self._fetched[column] = self.columns.take(column, self.rows) if known is None else known
        return self._fetched[column]

    def delivery_lists(self, name: str) -> Owned:
        return self._fetch_lists(f"delivery.{name}", self.rows)

    def credential(self, name: str) -> Array:
        """For each of `credentials`."""
        column = f"credential.{name}"
        if column not in self._fetched:
            self._fetched[column] = self.columns.take(column, self.credentials)
        return self._fetched[column]

    def credential_lists(self, name: str) -> Owned:
        return self._fetch_lists(f"credential.{name}", self.credentials)

    def worked_out(self, name: str, work: Callable[["View"], Array]) -> Array:
        """What is worked out of columns for each row, once."""
        key = f"worked out {name}"
        if key not in self._fetched:
            known = self._of_whole(key)
            self._fetched[key] = work(self) if known is None else known
        return self._fetched[key]

    def spread(self, of_credentials: Mask) -> Mask:
        """What holds for credentials, for each row."""
        spread: Mask = of_credentials[self.owner]
        return spread

    def find_fetched(self, name: str) -> Array | None:
        return self._fetched.get(name)

    def _of_whole(self, name: str) -> Array | None:
        """From the view that this one is part of, where that has it."""
        if self.of is None:
            return None
        whole, kept = self.of
        known = whole.find_fetched(name)
        return None if known is None else known[kept]

    def _fetch_lists(self, name: str, rows: Rows) -> Owned:
        if name not in self._lists:
            self._lists[name] = self.columns.take_lists(name, rows)
        return self._lists[name]
