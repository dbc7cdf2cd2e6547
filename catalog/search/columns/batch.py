"""Columns of some entries, as a writer makes them: plain arrays by name, and the texts behind the keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from catalog.search.columns.keys import remembered_key_of
from catalog.search.columns.layout import CREDENTIAL, CREDENTIAL_LISTS, DELIVERY, DELIVERY_LISTS, TABLES
from catalog.search.columns.ragged import Array
from catalog.search.entry import Entry

OFFSETS = "/offsets"


@dataclass(frozen=True, slots=True)
class Batch:
    """`arrays` by `table.column`; a list column has a second array of offsets. Numbers of credentials count from 0."""

    arrays: Mapping[str, Array]
    texts: Mapping[int, str]

    @property
    def credentials(self) -> int:
        return len(self.arrays["credential.id"])

    @property
    def deliveries(self) -> int:
        return len(self.arrays["delivery.id"])


def make_batch(entries: Sequence[Entry]) -> Batch:
    texts: dict[int, str] = {}
    credentials = [one.facts for one in entries]
    deliveries = [{**delivery.facts, "credential": n} for n, one in enumerate(entries) for delivery in one.deliveries]
    arrays = _arrays("credential", credentials, CREDENTIAL, CREDENTIAL_LISTS, texts)
    arrays |= _arrays("delivery", deliveries, DELIVERY, DELIVERY_LISTS, texts)
    return Batch(arrays, texts)


def _arrays(
    table: str,
    rows: Sequence[Mapping[str, Any]],
    plain: Mapping[str, str],
    lists: Mapping[str, str],
    texts: dict[int, str],
) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name, kind in plain.items():
        values = [row[name] for row in rows]
        found[f"{table}.{name}"] = np.array(_numbers(values, kind, texts), dtype=kind)
    for name, kind in lists.items():
        own = [row[name] for row in rows]
        lengths = np.array([len(one) for one in own], dtype=np.int64)
        found[f"{table}.{name}{OFFSETS}"] = np.concatenate([[0], np.cumsum(lengths)])
        flat = [value for one in own for value in one]
        found[f"{table}.{name}"] = np.array(_numbers(flat, kind, texts), dtype=kind)
    return found


def _numbers(values: list[Any], kind: str, texts: dict[int, str]) -> list[Any]:
    """Texts of key columns become keys; what is a number stays."""
    if kind != "u8":
        return values
    numbers = [value if isinstance(value, int) else remembered_key_of(value) for value in values]
    texts.update((number, value) for number, value in zip(numbers, values, strict=True) if isinstance(value, str) and value)
    return numbers


def tail_of(batch: Batch, row: int) -> Batch:
    """The batch without its first rows, which end where a credential does."""
    number = int(batch.arrays["delivery.credential"][row])
    begins = {"credential": number, "delivery": row}
    arrays: dict[str, Array] = {}
    for table, (plain, lists) in TABLES.items():
        begin = begins[table]
        for name in plain:
            arrays[f"{table}.{name}"] = batch.arrays[f"{table}.{name}"][begin:]
        for name in lists:
            offsets = batch.arrays[f"{table}.{name}{OFFSETS}"][begin:]
            arrays[f"{table}.{name}"] = batch.arrays[f"{table}.{name}"][offsets[0] :]
            arrays[f"{table}.{name}{OFFSETS}"] = offsets - offsets[0]
    arrays["delivery.credential"] = arrays["delivery.credential"] - number
    return Batch(arrays, batch.texts)


def column_kinds() -> dict[str, str]:
    """Every array of a batch, by `table.column`."""
    found: dict[str, str] = {}
    for table, (plain, lists) in TABLES.items():
        found |= {f"{table}.{name}": kind for name, kind in (plain | lists).items()}
        found |= {f"{table}.{name}{OFFSETS}": "i8" for name in lists}
    return found


def check_batch(batch: Batch) -> None:
    """Raises ValueError where columns do not fit together: what was read from a file may be damaged."""
    rows = {"credential": batch.credentials, "delivery": batch.deliveries}
    for table, (plain, lists) in TABLES.items():
        for name in plain:
            _require(len(batch.arrays[f"{table}.{name}"]) == rows[table], f"{table}.{name} has another length")
        for name in lists:
            values, offsets = batch.arrays[f"{table}.{name}"], batch.arrays[f"{table}.{name}{OFFSETS}"]
            _require(len(offsets) == rows[table] + 1, f"{table}.{name} has another length")
            rises = offsets[0] == 0 and offsets[-1] == len(values) and bool(np.all(offsets[1:] >= offsets[:-1]))
            _require(rises, f"the lists of {table}.{name} overlap")
    owners = batch.arrays["delivery.credential"]
    inside = not len(owners) or (owners.min() >= 0 and owners.max() < batch.credentials)
    _require(bool(inside), "deliveries belong to no credential")


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 - a statement, as in assert
    if not holds:
        raise ValueError(what)
