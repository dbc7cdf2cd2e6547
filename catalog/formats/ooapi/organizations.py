"""Organizations as institutions, and whose listing a course or program is."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.ooapi.properties import Properties
from catalog.formats.ooapi.references import id_of, identifiers, ref_of
from catalog.formats.ooapi.texts import one_line, plain, texts
from catalog.model.identity import slugify
from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_title

UNITS = frozenset({"department", "faculty", "branch", "academy", "school"})
"""Parts of an institution, which are none themselves."""
ROOT = "root"
MOST_LEVELS = 20


class Organizations:
    """The organizations of a file by their ids. Institutions that the file describes are stated, others named."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Mapping[str, Any]] = {}
        self._roots: list[str] = []
        self._stated: dict[str, str] = {}

    def learn(self, value: Any) -> None:
        """Any organization, also one that stands inside a course."""
        identity = value.get("organizationId") if isinstance(value, Mapping) else None
        if not isinstance(identity, str) or identity in self._known:
            return
        self._known[identity] = value
        if value.get("organizationType") == ROOT:
            self._roots.append(identity)

    def state(self, value: Mapping[str, Any]) -> None:
        """An institution of its own; nothing where the sender speaks for one institution, which is known already."""
        reading = self._reading
        kind = plain(reading, "organizationType", value.get("organizationType"))
        if kind in UNITS or reading.told.provider:
            reading.drop(f"organization ({kind})" if kind in UNITS else "organization")
            return
        original = value.get("organizationId")
        ref = ref_of(original)
        if ref is None:
            message = "the organization has no id"
            reading.fail("REF_MISSING", message, "organizationId", hint="give it an organizationId")
            return
        record = _record(reading, value, ref)
        if record["slug"] is None:
            reading.fail("FIELD_MISSING", "the organization has no name", "name")
        elif isinstance(original, str) and original not in self._stated and reading.keep(record):
            self._stated[original] = record["slug"]

    def provider(self, value: Mapping[str, Any]) -> str | None:
        """The reference of the institution at the top of what `organization` names, else of the file's only root."""
        reading = self._reading
        if reading.told.provider:
            return reading.told.provider
        named = value.get("organization")
        self.learn(named)
        identity = id_of(named, "organizationId")
        if identity is None and len(self._roots) == 1:
            identity = self._roots[0]
        top = self._top(identity) if isinstance(identity, str) else None
        if top is not None and top in self._stated:
            return self._stated[top]
        found = self._known.get(top) if top is not None else None
        reference = reading.provider(_name(reading, found), _link(found)) if found else None
        if reference is None:
            message = "the file does not say whose listing it is: organization is missing, or no organization of the file"
            reading.warn("FIELD_MISSING", message, "organization", identity, "say whose listings they are")
        return reference

    def _top(self, identity: str) -> str:
        for _ in range(MOST_LEVELS):
            parent = id_of(self._known.get(identity, {}).get("parent"), "organizationId")
            if not isinstance(parent, str) or parent not in self._known:
                break
            identity = parent
        return identity


def _record(reading: Reading, value: Mapping[str, Any], ref: str) -> dict[str, Any]:
    name = _name(reading, value)
    slug = slugify(name) if name else None
    own = Properties(value)
    record: dict[str, Any] = {
        "type": "institution",
        "ref": ref,
        "slug": slug,
        "name": texts(reading, "name", own.pop("name"), read_title),
        "shortName": one_line(reading, "shortName", own.pop("shortName")),
        "kind": "NOT_STATED",
        "url": own.address(reading, "link"),
        "identifiers": identifiers(reading, value, ref, slug),
    }
    own.skip("organizationId", "organizationType", "primaryCode", "otherCodes", "parent")
    own.drop_rest(reading, "organization")
    return record


def _name(reading: Reading, value: Mapping[str, Any]) -> str | None:
    return one_line(reading, "name", value.get("name"))


def _link(value: Mapping[str, Any]) -> str | None:
    link = value.get("link")
    return link if isinstance(link, str) else None
