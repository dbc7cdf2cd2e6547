"""One feed from its first course to its last: identities, deletions, and what is sent back."""

import hashlib
import json
from typing import Any

from lxml import etree

from catalog.errors import Severity
from catalog.formats.xcri_cap.courses import DELETED, STATUSES, Course, record_of
from catalog.formats.xcri_cap.names import CAP_1_1, CAP_1_2, Names
from catalog.formats.xcri_cap.providers import Provider, drop_around
from catalog.formats.xcri_cap.stream import Broken, courses
from catalog.model.reading.delivery import Reading
from catalog.model.vocabulary import RecordType


class Feed:
    """`namespace` is that of the root."""

    def __init__(self, reading: Reading, namespace: str) -> None:
        self.reading = reading
        self.namespace = namespace
        self.names = Names(namespace if namespace in (CAP_1_2, CAP_1_1, "") else CAP_1_2)
        self.seen: dict[str, str] = {}
        self.named: set[tuple[str, str]] = set()

    def read(self, text: str) -> None:
        """`text` has no XML declaration. Raises Full."""
        self._check_root()
        provider: Provider | None = None
        is_first = True
        try:
            for found in courses(text):
                if provider is None or provider.element is not found.provider:
                    if is_first:
                        drop_around(found.provider, self.names, self.reading)
                        is_first = False
                    provider = Provider(found.provider, self.names, self.reading)
                elif found.course is None:
                    provider.drop_rest(self.reading)
                if found.course is not None:
                    self._course(found.course, provider)
        except Broken as error:
            hint = "send it again, whole" if error.code == "FILE_TRUNCATED" else None
            self.reading.row = 0
            self.reading.fail(error.code, str(error), hint=hint)
        self.reading.row = 0
        self.names.report(self.reading)

    def _check_root(self) -> None:
        hint = f"write <catalog xmlns={CAP_1_2!r}>"
        if not self.namespace:
            message = "catalog has no namespace; it was read as XCRI-CAP 1.2"
            self.reading.warn("NAMESPACE_MISSING", message, "catalog", hint=hint)
        elif self.namespace not in (CAP_1_2, CAP_1_1):
            message = f"catalog stands in the namespace {self.namespace}; it was read as XCRI-CAP 1.2"
            self.reading.warn("NAMESPACE_MIXED", message, "catalog", hint=hint)

    def _course(self, element: Any, provider: Provider) -> None:
        """The element is kept as text only where something is wrong with it."""
        delivery = self.reading.delivery
        count = len(delivery.places) + 1
        row = self.reading.begin(f"line {element.sourceline}, course {count}")
        before = len(delivery.issues)
        self._take(Course(element, self.names, provider.status), provider)
        if any(one.severity is Severity.ERROR for one in delivery.issues[before:]):
            delivery.items[row] = etree.tostring(element, encoding="unicode", with_tail=False)

    def _take(self, course: Course, provider: Provider) -> None:
        reading, ref = self.reading, course.ref
        if ref is None:
            hint = "give it a dc:identifier"
            reading.fail("REF_MISSING", "the course has no identifier", "course/identifier", hint=hint)
            return
        if course.status == DELETED:
            reading.gone(RecordType.CREDENTIAL, ref)
            return
        if course.status is not None and course.status not in STATUSES:
            reading.warn("VALUE_INVALID", "recstatus is 1, 2 or 3", "course@recstatus", course.status)
        record = record_of(reading, course, provider.reference(reading))
        mark = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
        if ref in self.seen:
            if self.seen[ref] != mark:
                message = f"two courses have the identifier {ref[:80]!r} and are not the same"
                reading.fail("REF_DUPLICATE", message, "course/identifier", ref)
            return
        self.seen[ref] = mark
        record["identifiers"] = [one for one in record["identifiers"] if self._is_own(one)]
        reading.keep(record)

    def _is_own(self, identifier: dict[str, str]) -> bool:
        """An identifier leads to one thing only: the second course that claims it does not get it."""
        key = identifier["scheme"], identifier["value"]
        if key in self.named:
            message = "another course has this identifier too; it stays with the first"
            self.reading.warn("IDENTIFIER_SHARED", message, "course/identifier", identifier["value"])
            return False
        self.named.add(key)
        return True
