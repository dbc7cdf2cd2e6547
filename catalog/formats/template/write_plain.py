"""The template as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.formats.template.cell import Cell, guarded, says, text_of
from catalog.formats.template.columns import CREDENTIALS, FEES, FLAT, FLAT_PREFIX, OFFERINGS, USUAL
from catalog.formats.template.sheets import JSON_FORMAT
from catalog.formats.template.values import UNCHANGED
from catalog.formats.template.write_workbook import columns_of

BOM = "\ufeff"
"""Spreadsheets take a CSV without it for the encoding of the machine."""
_SIMPLE = frozenset({"credential", "offering", "kind", "amount", "residency", "currency"})
_DOMESTIC, _INTERNATIONAL = "tuition", "tuition_international"


def write_json(
    rows: Mapping[str, Sequence[Mapping[str, Cell]]],
    source: Mapping[str, Any] | None = None,
    heads: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """A list of rows for each sheet that has any, all with the same keys; with `heads` also with those."""
    sheets = {name: _even(own, (heads or {}).get(name, ())) for name, own in rows.items() if own}
    value = {"format": JSON_FORMAT, **({"source": source} if source else {}), **sheets}
    return json.dumps(value, ensure_ascii=False, indent=1, default=text_of).encode()


def _even(rows: Sequence[Mapping[str, Cell]], heads: Sequence[str]) -> list[dict[str, Cell]]:
    names = dict.fromkeys([*heads, *(name for row in rows for name in row)])
    return [{name: row.get(name) for name in names} for row in rows]


def write_csv(rows: Sequence[Mapping[str, Cell]], names: Sequence[str] | None = None) -> bytes:
    """One table in UTF-8, its columns in the order of the template; with `names` only those."""
    columns = columns_of(FLAT, rows, names)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        cells = [row.get(column.name) for column in columns]
        writer.writerow(["" if cell is None else guarded(cell) for cell in cells])
    return (BOM + text.getvalue()).encode()


def flatten(rows: Mapping[str, Sequence[Mapping[str, Cell]]]) -> list[dict[str, Cell]]:
    """The rows of the sheets as one table: one for each run, the credential's own cells in the first.

    Fees other than tuition have no columns there and stay as they are. Tuition that is no plain amount says UNCHANGED.
    """
    found: list[dict[str, Cell]] = []
    runs_of: dict[Cell, list[dict[str, Cell]]] = {}
    fees: dict[tuple[Cell, Cell], list[Mapping[str, Cell]]] = {}
    for fee in rows[FEES]:
        fees.setdefault((fee["credential"], fee.get("offering") or USUAL), []).append(fee)
    for one in rows[OFFERINGS]:
        runs_of.setdefault(one["credential"], []).append(_run(one, fees.get((one["credential"], one["ref"]), [])))
    own = {one["ref"]: one for one in rows[CREDENTIALS]}
    for ref in dict.fromkeys([*own, *runs_of]):
        credential: Mapping[str, Cell] = own.get(ref, {"ref": ref})
        runs: list[dict[str, Cell]] = runs_of.get(ref, [{}])
        found += [{**(credential if index == 0 else {"ref": ref}), **run} for index, run in enumerate(runs)]
    return found


OF_RUNS = tuple(column.name for column in FLAT if column.name == "ref" or column.name.startswith((FLAT_PREFIX, "tuition")))
"""The columns of a table that speaks of runs only: what is said of their credentials stays as it is."""


def _run(offering: Mapping[str, Cell], fees: Sequence[Mapping[str, Cell]]) -> dict[str, Cell]:
    own = {f"{FLAT_PREFIX}{name}": cell for name, cell in offering.items() if name != "credential"}
    prices: dict[str, Cell] = {}
    for fee in fees:
        if says(fee["kind"], UNCHANGED):
            return own | {_DOMESTIC: UNCHANGED, _INTERNATIONAL: UNCHANGED}
        if fee["kind"] == "TUITION":
            name = _INTERNATIONAL if fee.get("residency") == "INTERNATIONAL" else _DOMESTIC
            prices[name] = fee["amount"] if name not in prices and _is_plain(fee) else UNCHANGED
    return own | prices


def _is_plain(fee: Mapping[str, Cell]) -> bool:
    """Whether its amount and who pays it are all that is said of a fee."""
    known = set(fee) <= _SIMPLE and fee.get("residency") in ("DOMESTIC", "INTERNATIONAL")
    return known and fee.get("currency", "CAD") == "CAD" and "amount" in fee
