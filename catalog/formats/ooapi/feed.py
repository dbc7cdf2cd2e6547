"""One file: first what is named by others, then listings, then offerings, and at last what is not taken."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.gathered import Gathered
from catalog.formats.ooapi.listings import ID_OF
from catalog.formats.ooapi.organizations import Organizations
from catalog.formats.ooapi.references import id_of, ref_of
from catalog.formats.ooapi.things import COURSE, OFFERING, ORGANIZATION, OTHER, PEOPLE, PROGRAM, SESSION, Thing, things
from catalog.model.reading.delivery import Reading

_PEOPLE_OF = frozenset({"coordinators", "consumers"})
"""What of an item is never sent back either."""
_INDEX = re.compile(r"\[[0-9]+\]")
COMPONENT = "component"


class Feed:
    """`read` once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.organizations = Organizations(reading)
        self.sessions: dict[str, Mapping[str, Any]] = {}
        self.gathered = Gathered(reading, self.organizations, self.sessions)

    def read(self, value: Any) -> None:
        """Raises Full."""
        found = self._sorted(value)
        for thing in found.get(ORGANIZATION, []):
            self.organizations.learn(thing.value)
        for thing in found.get(SESSION, []):
            self._learn_session(thing.value)
        for thing in found.get(ORGANIZATION, []):
            self._begin(thing)
            self.organizations.state(thing.value)
        for kind in (PROGRAM, COURSE):
            for thing in found.get(kind, []):
                self._begin(thing)
                self.gathered.add(kind, thing.value)
        self._offerings(found.get(OFFERING, []))
        self.gathered.keep()
        self.reading.row = 0
        self._others(found)

    def _sorted(self, value: Any) -> dict[str | None, list[Thing]]:
        found: dict[str | None, list[Thing]] = {}
        for thing in things(value):
            if thing.is_more:
                message = f"{thing.place} is not the last page of its collection"
                self.reading.warn("PAGES_MISSING", message, "hasNextPage", hint="send all pages in one file")
            else:
                found.setdefault(thing.kind if isinstance(thing.value, Mapping) else None, []).append(thing)
        return found

    def _begin(self, thing: Thing) -> None:
        item = {name: one for name, one in thing.value.items() if name not in _PEOPLE_OF}
        self.reading.begin(thing.place, item)

    def _learn_session(self, value: Mapping[str, Any]) -> None:
        identity = value.get("academicSessionId")
        if isinstance(identity, str):
            self.sessions.setdefault(identity, value)

    def _offerings(self, found: list[Thing]) -> None:
        """First what they carry inside them, so that it is known which listings the file has."""
        named: list[tuple[int, str, Mapping[str, Any]]] = []
        for thing in found:
            value = thing.value
            if value.get("offeringType") == COMPONENT or COMPONENT in value:
                self.reading.drop("componentOffering")
                continue
            self._begin(thing)
            kind = PROGRAM if value.get(PROGRAM) is not None else COURSE
            about = value.get(kind)
            ref = ref_of(id_of(about, ID_OF[kind]))
            if isinstance(about, Mapping) and "name" in about and not self.gathered.has(ref):
                self.gathered.add(kind, about)
            if ref is not None:
                named.append((self.reading.row, ref, value))
                continue
            message = "the offering does not say what it offers"
            self.reading.fail("FIELD_MISSING", message, kind, hint="give it a course or a program, by its id")
        for row, ref, value in named:
            self.reading.row = row
            self.gathered.attach(ref, value)

    def _others(self, found: Mapping[str | None, list[Thing]]) -> None:
        """People are not read at all; of other things only how many there are."""
        if found.get(PEOPLE):
            message = f"{len(found[PEOPLE])} people, or what they take part in, were not read"
            self.reading.warn("PEOPLE_DROPPED", message, "persons", hint="send no people: the catalogue has none")
        unread = [*found.get(OTHER, []), *([] if found.get(OFFERING) else found.get(SESSION, []))]
        for thing in unread:
            self.reading.drop(_INDEX.sub("", thing.place).lstrip("$.") or str(thing.kind))
        for thing in found.get(None, []):
            message = f"{thing.place} is nothing that the API knows"
            self.reading.fail("TYPE_UNKNOWN", message, hint="docs/FORMATS.md names what is taken")
