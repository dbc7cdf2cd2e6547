"""Everything that a file says of one credential, from whichever sheets."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.formats.template.columns import USUAL
from catalog.formats.template.runs import Runs, RunsReader
from catalog.formats.template.sheet import Heads, Row
from catalog.formats.template.values import covered_path, is_deleted, read_row
from catalog.model.reading.delivery import Cover, Reading
from catalog.model.vocabulary import RecordType

_IN_RUN = re.compile(r"offerings\[(\d+)\]")


@dataclass(slots=True)
class Group:
    """The rows about one ref."""

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


class GroupReader:
    """Makes one record of a group, with what the file speaks of. `heads` is None where no sheet is of credentials."""

    def __init__(self, reading: Reading, heads: Heads | None, runs: RunsReader) -> None:
        self._reading = reading
        self._heads = heads
        self._runs = runs
        paths = {covered_path(head, reading.told.language) for head in (heads or {}).values() if head.column.path}
        self._fields = frozenset(paths | ({"requirementsStated"} if "requirements" in paths else set()))

    def read(self, group: Group) -> None:
        """Keeps the record of a group, or says what is wrong with it."""
        before = len(self._reading.delivery.issues)
        if group.credential and is_deleted(self._reading, group.credential, self._heads or {}):
            self._reading.gone(RecordType.CREDENTIAL, group.ref)
            return
        values, kept = self._row(group.credential)
        runs = self._runs.read(group.offerings, group.fees, group.meetings)
        if len(self._reading.delivery.issues) > before:
            return  # what was said of a row is enough
        offerings = [one for ref, one in runs.found.items() if ref != USUAL]
        record = {"type": "credential", "ref": group.ref, "provider": self._reading.told.provider, **values}
        record |= {"usual": runs.found.get(USUAL), "offerings": offerings}
        speaks = self._runs.fields or None
        cover = Cover(self._fields - kept, speaks, frozenset(runs.gone), runs.untouched)
        self._reading.keep(record, cover)
        self._name_places(before, runs)

    def _row(self, row: Row | None) -> tuple[dict[str, Any], frozenset[str]]:
        if row is None or self._heads is None:
            return {}, self._fields
        values, kept = read_row(self._reading, row, self._heads)
        if "requirements" in values:
            values["requirementsStated"] = "LISTED" if values["requirements"] else "NONE"
        return values, kept | ({"requirementsStated"} if "requirements" in kept else frozenset())

    def _name_places(self, before: int, runs: Runs) -> None:
        """Says of what is wrong inside a run where that run stands."""
        issues = self._reading.delivery.issues
        places = [place for ref, place in runs.places.items() if ref != USUAL]
        for index in range(before, len(issues)):
            found = _IN_RUN.match(issues[index].path)
            place = places[int(found[1])] if found else None
            if issues[index].path.startswith("usual"):
                place = runs.places.get(USUAL)
            if place:
                issues[index] = replace(issues[index], place=place)
