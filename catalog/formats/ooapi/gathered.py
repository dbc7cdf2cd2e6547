"""Listings of a file by their ids, waiting for their offerings until all of it has been looked at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.formats.ooapi.listings import ID_OF, record_of
from catalog.formats.ooapi.offerings import FIELDS, offering_of
from catalog.formats.ooapi.organizations import Organizations
from catalog.formats.ooapi.references import ref_of
from catalog.model.reading.delivery import Cover, Reading

OFFERINGS_ALONE = Cover(frozenset(), FIELDS)
"""What a record speaks of whose listing is not in the file."""


@dataclass(slots=True)
class Listing:
    """`value` is what the file said; what is only offered has none."""

    row: int
    record: dict[str, Any]
    value: Mapping[str, Any] | None = None
    offerings: dict[str, dict[str, Any]] = field(default_factory=dict)


class Gathered:
    """`sessions` are the academic sessions of the file by their ids."""

    def __init__(self, reading: Reading, organizations: Organizations, sessions: Mapping[str, Mapping[str, Any]]) -> None:
        self._reading = reading
        self._organizations = organizations
        self._sessions = sessions
        self._listings: dict[str, Listing] = {}

    def has(self, ref: str | None) -> bool:
        return ref in self._listings

    def add(self, kind: str, value: Mapping[str, Any]) -> None:
        """A program or course of the item at hand, with the offerings inside it."""
        reading, name = self._reading, ID_OF[kind]
        ref = ref_of(value.get(name))
        if ref is None:
            reading.fail("REF_MISSING", f"the {kind} has no id", name, hint=f"give it a {name}")
            return
        known = self._listings.get(ref)
        if known is not None:
            if known.value != value:
                message = f"two listings have the id {ref[:80]!r} and are not the same"
                reading.fail("REF_DUPLICATE", message, name, ref)
            return
        record = record_of(reading, kind, value, ref, self._organizations.provider(value))
        self._listings[ref] = Listing(reading.row, record, value)
        inside = value.get("offerings")
        for index, one in enumerate(inside if isinstance(inside, list) else []):
            if isinstance(one, Mapping):
                self.attach(ref, one)
            else:
                reading.warn("TYPE_UNKNOWN", f"offerings[{index}] is no object", "offerings")

    def attach(self, ref: str, value: Mapping[str, Any]) -> None:
        """An offering of the item at hand to the listing with that ref."""
        reading = self._reading
        offering = offering_of(reading, value, self._sessions)
        listing = self._listings.setdefault(ref, Listing(reading.row, {"type": "credential", "ref": ref}))
        key = offering["ref"] or f"#{len(listing.offerings)}"
        if listing.offerings.setdefault(key, offering) != offering:
            message = f"two offerings have the id {key!r} and are not the same"
            reading.fail("REF_DUPLICATE", message, "offeringId", key)

    def keep(self) -> None:
        """Where the file only has offerings of something, the rest of it stays as it was."""
        stated = [one for listing in self._listings.values() for one in listing.record.get("identifiers", [])]
        counts = Counter((one["scheme"], one["value"]) for one in stated)
        for listing in self._listings.values():
            self._reading.row = listing.row
            unique = [one for one in listing.record.get("identifiers", []) if self._is_own(one, counts)]
            cover = OFFERINGS_ALONE if listing.value is None else None
            offered = {"identifiers": unique, "offerings": list(listing.offerings.values())}
            self._reading.keep(listing.record | offered, cover)

    def _is_own(self, identifier: Mapping[str, str], counts: Counter[tuple[str, str]]) -> bool:
        """An identifier leads to one thing only."""
        if counts[identifier["scheme"], identifier["value"]] == 1:
            return True
        message = "several listings have this code; it identifies none of them"
        self._reading.warn("IDENTIFIER_SHARED", message, "otherCodes", identifier["value"])
        return False
