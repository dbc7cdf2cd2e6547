"""Everything that a file says of one credential, from whichever sheets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.template.cell import text_of
from catalog.formats.template.cells import read_cell
from catalog.formats.template.columns import NOT_OF_USUAL, USUAL, YES
from catalog.formats.template.sheet import Head, Row
from catalog.formats.template.values import UNCHANGED, covered_path, read_row
from catalog.model.reading.delivery import Cover, Reading
from catalog.model.reading.unreadable import Unreadable
from catalog.model.vocabulary import RecordType

Heads = Mapping[str, Head]


@dataclass(slots=True)
class Group:
    """The rows about one ref; a sheet that the file does not have is None in `heads`."""

    ref: str
    credential: Row | None = None
    offerings: list[Row] = field(default_factory=list)
    fees: list[Row] = field(default_factory=list)
    meetings: list[Row] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it is spoken of first."""
        first = self.credential or next(iter((*self.offerings, *self.fees, *self.meetings)), None)
        return first.place if first else ""


@dataclass(frozen=True, slots=True)
class SheetHeads:
    """The columns of each sheet that a file has."""

    credentials: Heads | None = None
    offerings: Heads | None = None
    fees: Heads | None = None
    meetings: Heads | None = None


class GroupReader:
    """Makes one record of a group, with what the file speaks of."""

    def __init__(self, reading: Reading, heads: SheetHeads) -> None:
        self._reading = reading
        self._heads = heads
        self._language = reading.told.language
        self._fields = frozenset(self._paths(heads.credentials))
        self._offering_fields = frozenset(self._paths(heads.offerings)) | self._part_fields()

    def _paths(self, heads: Heads | None) -> set[str]:
        paths = {covered_path(head, self._language) for head in (heads or {}).values() if head.column.path}
        paths = {"registrationWindows" if path.startswith("registrationWindows.") else path for path in paths}
        return paths | ({"requirementsStated"} if "requirements" in paths else set())

    def _part_fields(self) -> set[str]:
        sheets = {"fees": self._heads.fees, "meetings": self._heads.meetings}
        return {name for name, heads in sheets.items() if heads is not None}

    def read(self, group: Group) -> None:
        """Keeps the record of a group, or says what is wrong with it."""
        issues = len(self._reading.delivery.issues)
        cells = group.credential.cells if group.credential else {}
        if str(cells.get("delete", "")).upper() in (YES, "TRUE"):
            self._reading.gone(RecordType.CREDENTIAL, group.ref)
            return
        values, kept = self._row(group.credential, self._heads.credentials)
        requirements = values.get("requirements")
        if requirements is not None:
            values["requirementsStated"] = "LISTED" if requirements else "NONE"
        offerings, gone, untouched = self._offerings(group)
        usual = offerings.pop(USUAL, None)
        if len(self._reading.delivery.issues) > issues:
            return  # what was said of a row is enough
        fields = {"ref": group.ref, "provider": self._reading.told.provider, **values}
        record = {"type": "credential", **fields, "usual": usual, "offerings": list(offerings.values())}
        speaks = self._offering_fields if offerings or gone or usual is not None else None
        cover = Cover(self._covered(kept), speaks or None, frozenset(gone), untouched)
        self._reading.keep(record, cover)

    def _covered(self, kept: frozenset[str]) -> frozenset[str]:
        held = kept | {"requirementsStated"} if "requirements" in kept else kept
        return self._fields - held

    def _row(self, row: Row | None, heads: Heads | None) -> tuple[dict[str, Any], frozenset[str]]:
        if row is None or heads is None:
            return {}, self._fields
        return read_row(self._reading, row, heads, self._language)

    def _offerings(self, group: Group) -> tuple[dict[str, dict[str, Any]], set[str], dict[str, frozenset[str]]]:
        """The offerings by ref, what holds for every run among them; refs marked as gone; fields left as they were."""
        found: dict[str, dict[str, Any]] = {}
        gone: set[str] = set()
        untouched: dict[str, frozenset[str]] = {}
        for row in group.offerings:
            ref = self._code(row, self._heads.offerings, "ref")
            if str(row.cells.get("delete", "")).upper() in (YES, "TRUE"):
                gone.add(ref or "")
                continue
            values, kept = read_row(self._reading, row, self._heads.offerings or {}, self._language)
            name = ref or f"row {len(found)}"
            if name in found:
                self._reading.fail("REF_DUPLICATE", f"the offering {name} stands twice", "ref", name, place=row.place)
            found[name] = _offering(values, ref, self._misplaced(row))
            untouched |= {name: kept} if kept else {}
        for name, heads, rows in (
            ("fees", self._heads.fees, group.fees),
            ("meetings", self._heads.meetings, group.meetings),
        ):
            for row in rows:
                of = self._code(row, heads, "offering") or USUAL
                offering = found.setdefault(of, {} if of == USUAL else {"ref": of})
                if row.cells.get("kind") == UNCHANGED:
                    untouched[of] = untouched.get(of, frozenset()) | {name}
                    continue
                values, _ = read_row(self._reading, row, heads or {}, self._language)
                offering.setdefault(name, []).append(_fee(values) if name == "fees" else values)
        return found, gone, untouched

    def _code(self, row: Row, heads: Heads | None, name: str) -> str | None:
        cell, head = row.cells.get(name), (heads or {}).get(name)
        if cell is None or head is None:
            return None
        try:
            return str(read_cell(head.column, cell, self._reading.told))
        except Unreadable as error:
            self._reading.fail(error.code, f"{name} {error}", name, text_of(cell), error.hint, place=row.place)
            return None

    def _misplaced(self, row: Row) -> Callable[[str], None]:
        def say(name: str) -> None:
            message = f"{name} is of one run, not of every run"
            self._reading.fail("FIELD_MISPLACED", message, name, place=row.place, hint="give the run a row of its own")

        return say


def _offering(values: dict[str, Any], ref: str | None, misplaced: Callable[[str], None]) -> dict[str, Any]:
    window = values.pop("registrationWindows", None)
    offering = {**values, "registrationWindows": [window]} if window else dict(values)
    if ref != USUAL:
        return offering if ref is None else {**offering, "ref": ref}
    for name in offering:
        if name in NOT_OF_USUAL:
            misplaced(name)
    return {name: value for name, value in offering.items() if name not in NOT_OF_USUAL and name != "ref"}


def _fee(values: dict[str, Any]) -> dict[str, Any]:
    """Amounts with their currency."""
    currency = values.pop("currency", None) or "CAD"
    fee = dict(values)
    for name in ("amount", "amountMax"):
        if name in fee:
            fee[name] = {"amount": fee[name], "currency": str(currency).upper()}
    return fee
