"""One row of a stranger's table as a record of a credential."""

from typing import Any

from catalog.formats.foreign_table.cells import (
    identifier,
    local_ref,
    read_amount,
    read_cip,
    read_kind,
    read_nocs,
    read_table_date,
    read_url,
    read_yes,
    unquoted,
)
from catalog.formats.foreign_table.columns import Columns
from catalog.formats.foreign_table.fees import read_fees
from catalog.model.reading.delivery import Reading
from catalog.model.reading.lengths import Length, read_length
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language, read_mode

MOST_SHORT = 1_000
"""Characters of a cell that is no prose."""
REQUIREMENT_LENGTH = 2_000
HOURS = ("statedHours", "totalHours", "instructionalHours", "weeklyHours")
_NO_PREREQUISITE = frozenset({"none", "none required", "no prerequisites", "no prerequisite", "aucun", "aucune"})


class Listing:
    """The cells of one row by the field that they were taken for."""

    def __init__(self, reading: Reading, columns: Columns, cells: list[str], kind: str | None) -> None:
        self._reading = reading
        self._columns = columns
        self._cells = cells
        self._kind = kind

    def text(self, field: str) -> str:
        """Empty where the column or what stands in it is missing."""
        index = self._columns.of.get(field)
        return "" if index is None else unquoted(self._cells[index])

    def ref(self) -> str | None:
        """Of the id, else the code, else the address."""
        found = next((text for name in ("id", "code", "url") if (text := self.text(name))), None)
        return local_ref(found) if found else None

    def is_deleted(self) -> bool:
        return bool(self._take("deleted", read_yes))

    def value(self, ref: str) -> dict[str, Any]:
        """The record as JSON; what no cell states is null or empty."""
        run = {"mode": self._mode(), "fees": read_fees(self._reading, self._columns, self.text)}
        zone = self._reading.told.time_zone
        dates = {f"{name}sOn": self._date(name, zone) for name in ("start", "end")}
        dated = any(dates.values())
        language = self._take("language", read_language)
        return {
            "type": "credential",
            "ref": ref,
            "identifiers": self._identifiers(ref),
            "url": self._take("url", read_url),
            "provider": self._reading.provider(self._line("provider") or None),
            "title": self._line("title"),
            "summary": self._prose("summary"),
            "description": self._prose("description"),
            **self._kinds(),
            **self._lengths(),
            "languages": [language] if language else None,
            "cip": self._take("cip", read_cip),
            "occupations": self._take("noc", read_nocs),
            **self._requirements(),
            "offerings": [dates | run] if dated else None,
            "usual": None if dated else run,
        }

    def _take(self, field: str, parse: Any, *more: Any) -> Any:
        text = self.text(field)
        if not text:
            return None
        name = self._columns.name(field)
        if len(text) > MOST_SHORT:
            self._reading.warn("VALUE_UNREADABLE", f"{name} has {len(text)} characters; {field} is short", name, text)
            return None
        return self._reading.take(name, parse, text, *more)

    def _line(self, field: str) -> str:
        text = self.text(field)
        return self._told_if(*read_title(text), field) if text else ""

    def _prose(self, field: str) -> str:
        text = self.text(field)
        return self._told_if(*read_markup(text), field) if text else ""

    def _told_if(self, text: str, cut: bool, field: str) -> str:  # noqa: FBT001 - what read_title hands on
        if cut:
            name = self._columns.name(field)
            self._reading.warn("TEXT_SHORTENED", f"{name} is longer than a {field} can be; it was cut", name, text)
        return text

    def _identifiers(self, ref: str) -> list[dict[str, str] | None]:
        """What the ref does not say already."""
        texts = [(name, text) for name in ("id", "code") if (text := self.text(name)) and text != ref]
        if not any(self.text(name) for name in ("id", "code")):
            texts.append(("url", self.text("url")))
        return [identifier(name, text) for name, text in texts]

    def _kinds(self) -> dict[str, Any]:
        """Words for a kind that we do not know are kept as the provider's term."""
        words = self.text("kind")
        if not words:
            return {"kind": self._kind}
        return {"kind": self._take("kind", read_kind), "providerTerm": self._line("kind")}

    def _lengths(self) -> dict[str, Any]:
        length: Length = self._take("duration", read_length) or Length()
        found: dict[str, Any] = {"statedHours": length.hours, "weeklyHours": length.weekly_hours, "weeks": length.weeks}
        for field in (*HOURS, "weeks"):
            stated = self._take(field, read_amount)
            if stated is not None:
                found[field] = {"min": stated, "max": stated}
        return found

    def _date(self, field: str, zone: str | None) -> Any:
        found = self._take(field, read_table_date, zone)
        if found and found.get("precision") == "UNKNOWN":
            name = self._columns.name(field)
            self._reading.warn("VALUE_UNREADABLE", f"{name} names no date; its words are kept", name, found["text"])
        return found

    def _mode(self) -> str | None:
        """A table that only says whether it is online says no more than that."""
        mode: str | None = self._take("mode", read_mode)
        return mode or ("ONLINE" if self._take("online", _read_online) else None)

    def _requirements(self) -> dict[str, Any]:
        words = self._prose("prerequisites")
        if words.lower().strip(" .") in _NO_PREREQUISITE:
            return {"requirementsStated": "NONE"}
        if len(words) > REQUIREMENT_LENGTH:
            words = self._told_if(words[: REQUIREMENT_LENGTH - 1].rstrip() + "\u2026", True, "prerequisites")
        return {"requirements": [{"kind": "PREREQUISITE", "rule": {"text": words}}] if words else None}


def _read_online(text: str) -> bool:
    try:
        return read_yes(text)
    except Unreadable:
        return read_mode(text).startswith("ONLINE")
