"""Puts rows of several sheets together by the credential that they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from catalog.formats.template.columns import CREDENTIALS, FEES, MEETINGS, OF_CREDENTIAL, OFFERINGS
from catalog.formats.template.group import Group, GroupReader
from catalog.formats.template.runs import RunHeads, RunsReader
from catalog.formats.template.sheet import Head, Heads, Row, Sheet
from catalog.formats.template.values import read_code
from catalog.model.reading.delivery import Reading

EXAMPLE = "example-"
"""How the refs of the template's example begin: nobody publishes it by mistake."""


def read_groups(reading: Reading, sheets: Mapping[str, Sheet]) -> None:
    """One item of the delivery for each credential that any sheet speaks of."""
    groups: dict[str, Group] = {}
    twice: defaultdict[str, list[str]] = defaultdict(list)
    for row, ref in _refs(reading, sheets.get(CREDENTIALS), "ref"):
        group = groups.setdefault(ref, Group(ref))
        if group.credential is not None:
            twice[ref].append(row.place)
        group.credential = row
    for name in (OFFERINGS, FEES, MEETINGS):
        for row, ref in _refs(reading, sheets.get(name), "credential"):
            getattr(groups.setdefault(ref, Group(ref)), name.lower()).append(row)
    own, runs, fees, meetings = (_heads(sheets.get(name)) for name in (CREDENTIALS, OFFERINGS, FEES, MEETINGS))
    reader = GroupReader(reading, own, RunsReader(reading, RunHeads(runs, fees, meetings)))
    lost = lost_zeros(groups)
    for group in groups.values():
        if group.ref.lower().startswith(EXAMPLE):
            skip_example(reading, group.ref, group.place)
            continue
        reading.begin(group.place, group)
        for place in twice[group.ref]:
            reading.fail("REF_DUPLICATE", f"the ref {group.ref!r} stands twice", "ref", group.ref, place=place)
        if group.ref in lost:
            fail_lost_zero(reading, group.ref, lost[group.ref])
        else:
            reader.read(group)


def skip_example(reading: Reading, ref: str, place: str) -> None:
    """Says that a row of the example is no row of anybody."""
    hint = "write your own rows below, or over it"
    with reading.of_file():
        reading.warn("EXAMPLE_SKIPPED", f"{place}: {ref} is the template's example and is not published", hint=hint)


def lost_zeros(refs: Iterable[str]) -> dict[str, int]:
    """Numbers that are shorter than others of the same column which begin with 0, with the length that those have."""
    numbers = [one for one in refs if one.isdigit()]
    lengths = {len(one) for one in numbers if one.startswith("0")}
    if len(lengths) != 1:
        return {}
    (length,) = lengths
    return {one: length for one in numbers if len(one) < length}


def fail_lost_zero(reading: Reading, ref: str, length: int) -> None:
    """Says so of the item at hand."""
    hint = f"did you mean {ref.zfill(length)}? Format the column as text"
    message = f"the ref {ref!r} has fewer digits than others that begin with 0"
    reading.fail("LEADING_ZERO_LOST", message, "ref", ref, hint)


def _heads(sheet: Sheet | None) -> Heads | None:
    return sheet.heads if sheet else None


def _refs(reading: Reading, sheet: Sheet | None, column: str) -> Iterator[tuple[Row, str]]:
    """The rows of a sheet with the ref that each stands under."""
    if sheet is None:
        return
    head = sheet.heads.get(column)
    if head is None:
        with reading.of_file():
            reading.fail("COLUMN_MISSING", f"{sheet.name} needs the column {column}", column)
        return
    for row in sheet.rows:
        ref = _ref(reading, row, head)
        if ref is not None:
            yield row, ref


def _ref(reading: Reading, row: Row, head: Head) -> str | None:
    """None where it is missing or damaged. Of which credential such a part is nobody knows, so that it stops the file."""
    if head.column is not OF_CREDENTIAL:
        return read_code(reading, row, head)
    with reading.of_file():
        return read_code(reading, row, head, is_item=False)
