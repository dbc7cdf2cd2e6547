"""What a person is told of a delivery: what happened to it, every issue, and what it changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from catalog.errors import Issue, Severity
from catalog.ingest.differences import Difference
from catalog.ingest.submissions import SubmissionState
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.apply import Applied

MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """`applied` is None when nothing of the delivery was published; `rejected` is the file of what could not be taken."""

    name: str
    state: SubmissionState
    run: str | None = None
    source: str | None = None
    format: str | None = None
    records: int = 0
    applied: Applied | None = None
    issues: tuple[Issue, ...] = ()
    differences: tuple[Difference, ...] = ()
    rejected: bytes | None = None
    rejected_rows: Sequence[int] = field(default_factory=tuple)

    @property
    def is_refused(self) -> bool:
        return self.applied is None

    @property
    def is_held(self) -> bool:
        return self.state is SubmissionState.HELD

    @property
    def withdrawn(self) -> list[str]:
        """Slugs of what is no longer offered."""
        things = self.applied.things if self.applied else ()
        return sorted(slug for kind, slug, _ in things if kind is ChangeKind.WITHDRAWN)

    def to_json(self) -> dict[str, Any]:
        """As it is kept: the first thousand issues, those that stop something before those that do not."""
        kinds = self.applied.kinds if self.applied else {}
        ordered = sorted(self.issues, key=lambda one: one.severity is not Severity.ERROR)
        return {
            "records": self.records,
            "issues": [issue.to_json() for issue in ordered[:MOST_KEPT]],
            "issueCount": len(self.issues),
            "differences": [asdict(one) for one in self.differences],
            "kinds": {str(kind): kinds[kind] for kind in ChangeKind if kind in kinds},
            "confirmed": self.applied.confirmed if self.applied else 0,
            "withdrawn": self.withdrawn[:MOST_KEPT],
            "revision": self.applied.revision if self.applied else None,
            "rejectedRows": list(self.rejected_rows),
        }


def issues_of(report: Mapping[str, Any]) -> list[Issue]:
    """The issues of a kept report."""
    return [Issue(**{**one, "severity": Severity(one["severity"])}) for one in report["issues"]]


def differences_of(report: Mapping[str, Any]) -> list[Difference]:
    """The differences of a kept report."""
    return [Difference(**one) for one in report["differences"]]


def in_file_order(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """As a person goes through the file; what concerns all of it comes first."""
    return tuple(sorted(issues, key=lambda one: (one.row or 0, one.path)))
