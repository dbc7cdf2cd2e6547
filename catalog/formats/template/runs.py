"""The runs of one credential, put together from the rows about them in several sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.template.cell import says, text_of
from catalog.formats.template.cells import read_cell
from catalog.formats.template.columns import NOT_OF_USUAL, USUAL
from catalog.formats.template.sheet import Heads, Row
from catalog.formats.template.values import UNCHANGED, covered_path, is_deleted, read_row
from catalog.model.reading.delivery import Reading
from catalog.model.reading.unreadable import Unreadable

ITS_REF = "ref"
"""Untouched, it says that the file has no row for the run itself: only one that is known already can be meant."""


@dataclass(frozen=True, slots=True)
class RunHeads:
    """The columns of the sheets about runs, None for a sheet that the file does not have.

    `prices` are the parts of fees that a table without a sheet for them speaks of.
    """

    offerings: Heads | None = None
    fees: Heads | None = None
    meetings: Heads | None = None
    prices: frozenset[str] = frozenset()

    def fields(self, language: str) -> frozenset[str]:
        """Of runs themselves: the paths that have a column."""
        return frozenset(covered_path(head, language) for head in (self.offerings or {}).values() if head.column.path)

    def parts(self) -> frozenset[str]:
        """Of what runs consist of."""
        fees = frozenset[str]() if self.fees is None else self.prices or {"fees"}
        return frozenset(fees | (set() if self.meetings is None else {"meetings"}))


@dataclass(slots=True)
class Runs:
    """By ref, or by place where a run has none; what holds for every run is among them as USUAL."""

    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    untouched: dict[str, frozenset[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    left: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether a row says that a part of a run stays as it was, by run and part."""


class RunsReader:
    """Reads the rows about the runs of one credential after the other."""

    def __init__(self, reading: Reading, heads: RunHeads) -> None:
        self._reading = reading
        self._heads = heads
        self._own = heads.fields(reading.told.language)
        self.fields = self._own | heads.parts()

    def read(self, offerings: Sequence[Row], fees: Sequence[Row], meetings: Sequence[Row]) -> Runs:
        """What is wrong with a row is said of its place."""
        runs = Runs()
        for row in offerings:
            self._run(runs, row)
        for row in fees:
            self._part(runs, "fees", self._heads.fees or {}, row)
        for row in meetings:
            self._part(runs, "meetings", self._heads.meetings or {}, row)
        for (run, path), is_left in runs.left.items():
            runs.untouched[run] |= {path} if is_left else set()
        return runs

    def _run(self, runs: Runs, row: Row) -> None:
        heads = self._heads.offerings or {}
        ref = self._ref(row, heads, "ref")
        name = ref or row.place
        if name in runs.found or name in runs.gone:
            self._fail(row, "REF_DUPLICATE", f"the offering {name} stands twice", "ref", name)
        if is_deleted(self._reading, row, heads):
            if ref is None:
                self._fail(row, "REF_MISSING", "the row to delete has no ref", "ref")
            runs.gone.add(name)
            return
        values, kept = read_row(self._reading, row, heads)
        runs.untouched[name] = kept
        runs.places[name] = row.place
        runs.found[name] = _with_window(values)
        if ref == USUAL:
            del runs.found[name]["ref"]
            self._refuse_misplaced(row, runs.found[name])

    def _part(self, runs: Runs, name: str, heads: Heads, row: Row) -> None:
        of = self._ref(row, heads, "offering") or USUAL
        if of not in runs.found:
            if of in runs.gone:
                self._fail(row, "REF_UNKNOWN", f"the offering {of} is to be deleted", "offering", of)
            runs.found[of] = {} if of == USUAL else {"ref": of}
            runs.untouched[of] = self.fields | {ITS_REF}
            runs.places[of] = row.place
        path = f"{name}.{row.cells['residency']}" if name == "fees" and self._heads.prices else name
        runs.untouched[of] -= {path} if ITS_REF in runs.untouched[of] else set()
        is_left = says(row.cells.get("kind"), UNCHANGED)
        if runs.left.setdefault((of, path), is_left) is not is_left:
            self._fail(row, "VALUE_NOT_ALLOWED", f"{UNCHANGED} stands beside other {name} of the same run", "kind")
        if is_left:
            return
        values, kept = read_row(self._reading, row, heads)
        if kept:
            message, hint = f"{UNCHANGED} stands for all {name} of a run", f"write {UNCHANGED} as the kind of one row"
            self._fail(row, "VALUE_NOT_ALLOWED", message, "kind", UNCHANGED, hint)
        runs.found[of].setdefault(name, []).append(_fee(values) if name == "fees" else values)

    def _ref(self, row: Row, heads: Heads, name: str) -> str | None:
        cell, head = row.cells.get(name), heads.get(name)
        if cell is None or head is None:
            return None
        try:
            ref = str(read_cell(head.column, cell, self._reading.told))
        except Unreadable as error:
            self._fail(row, error.code, f"{name} {error}", name, text_of(cell), error.hint)
            return None
        return USUAL if ref.upper() == USUAL else ref

    def _refuse_misplaced(self, row: Row, offering: Mapping[str, Any]) -> None:
        for name in offering:
            if name in NOT_OF_USUAL:
                message, hint = f"{name} is of one run, not of every run", "give the run a row of its own"
                self._fail(row, "FIELD_MISPLACED", message, name, hint=hint)

    def _fail(self, row: Row, code: str, message: str, path: str, value: Any = None, hint: str | None = None) -> None:
        self._reading.fail(code, message, path, value, hint, row.place)


def _with_window(values: Mapping[str, Any]) -> dict[str, Any]:
    window = values.get("registrationWindows")
    return {**values, "registrationWindows": [window]} if window else dict(values)


def _fee(values: Mapping[str, Any]) -> dict[str, Any]:
    """Amounts with their currency."""
    fee = {name: value for name, value in values.items() if name != "currency"}
    currency = str(values.get("currency") or "CAD").upper()
    for name in ("amount", "amountMax"):
        if name in fee:
            fee[name] = {"amount": fee[name], "currency": currency}
    return fee
