"""Some rows of the columns, looked at together; what several conditions ask for is fetched once."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from catalog.db.types import to_microseconds
from catalog.model.filter_sql import Moment
from catalog.search.columns.ragged import Array, Mask, Owned, Rows
from catalog.search.columns.table import Columns


@dataclass
class View:
    """`rows` of deliveries at a moment. Columns of credentials are fetched for each credential once."""

    columns: Columns
    rows: Rows
    moment: Moment
    _fetched: dict[str, Array] = field(default_factory=dict)
    _lists: dict[str, Owned] = field(default_factory=dict)

    @cached_property
    def _grouped(self) -> tuple[Array, Array]:
        numbers, places = np.unique(self.columns.take("delivery.credential", self.rows), return_inverse=True)
        return numbers, places

    @property
    def credentials(self) -> Rows:
        """The numbers of the credentials that the rows belong to, each once, rising."""
        return self._grouped[0]

    @property
    def owner(self) -> Rows:
        """For each row, the place of its credential in `credentials`."""
        return self._grouped[1]

    @property
    def now(self) -> int:
        return to_microseconds(self.moment.now)

    def delivery(self, name: str) -> Array:
        return self._fetch(f"delivery.{name}", self.rows)

    def delivery_lists(self, name: str) -> Owned:
        return self._fetch_lists(f"delivery.{name}", self.rows)

    def credential(self, name: str) -> Array:
        """For each of `credentials`."""
        return self._fetch(f"credential.{name}", self.credentials)

    def credential_lists(self, name: str) -> Owned:
        return self._fetch_lists(f"credential.{name}", self.credentials)

    def spread(self, of_credentials: Mask) -> Mask:
        """What holds for credentials, for each row."""
        spread: Mask = of_credentials[self.owner]
        return spread

    def _fetch(self, name: str, rows: Rows) -> Array:
        if name not in self._fetched:
            self._fetched[name] = self.columns.take(name, rows)
        return self._fetched[name]

    def _fetch_lists(self, name: str, rows: Rows) -> Owned:
        if name not in self._lists:
            self._lists[name] = self.columns.take_lists(name, rows)
        return self._lists[name]
