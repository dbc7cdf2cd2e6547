"""Public money to providers: which rows an award pays for, and how much of it a cell can be said to have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from catalog.model.vocabulary import Allocation, AwardPurpose
from catalog.search.columns.ragged import Rows
from catalog.search.narrowing.view import View

CANADIAN = "CAD"
BUYS_SEATS = frozenset({AwardPurpose.DELIVERY, AwardPurpose.SEATS})


@dataclass(frozen=True, slots=True)
class Award:
    """`amount` in Canadian dollars; None: not stated. `covers` are credentials, or single offerings of theirs."""

    id: str
    funder: str
    amount: Decimal | None
    is_shared: bool
    seats: int | None
    """Where the award bought seats, and says how many."""
    covers: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Awards:
    by_id: Mapping[str, Award] = field(default_factory=dict)

    def rows_of(self, view: View) -> dict[str, Rows]:
        """The rows of a view that each award pays for; those that pay for none of it are left out."""
        if not self.by_id:
            return {}
        credentials = {one.decode(): place for place, one in enumerate(view.credential("id").tolist())}
        by_credential = _by_owner(view)
        offerings = view.delivery("id")
        found: dict[str, Rows] = {}
        for award in self.by_id.values():
            rows: list[int] = []
            for credential, offering in award.covers:
                own = by_credential(credentials[credential]) if credential in credentials else ()
                rows += [row for row in own if offering is None or offerings[row].decode() == offering]
            if rows:
                found[award.id] = np.array(sorted(set(rows)), dtype=np.int64)
        return found


def _by_owner(view: View) -> Any:
    begins = np.searchsorted(view.owner, np.arange(len(view.credentials) + 1))  # rows of one credential stand together
    return lambda place: range(int(begins[place]), int(begins[place + 1]))


def read_awards(documents: Iterable[Mapping[str, Any]]) -> Awards:
    """From Documents of the type FundingAward."""
    return Awards({one["id"]: _award(one) for one in documents})


def _award(document: Mapping[str, Any]) -> Award:
    amount, purpose = document["amount"], document["purpose"]
    buys = purpose is not None and AwardPurpose(purpose) in BUYS_SEATS
    return Award(
        document["id"],
        document["funder"],
        Decimal(amount["amount"]) if amount and amount["currency"] == CANADIAN else None,
        document["allocation"] == Allocation.SHARED_NOT_SPLIT,
        document["seatsFunded"] if buys else None,
        tuple((one["credential"], one["offering"]) for one in document["covers"]),
    )
