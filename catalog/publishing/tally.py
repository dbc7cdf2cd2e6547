"""What a run in batches has come to so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from catalog.errors import Issue, Severity
from catalog.model.vocabulary import ChangeKind
from catalog.publishing.plan import Plan

MOST_ISSUES = 10_000
MOST_ERRORS = 100
"""Of one batch, told even where there is no more room."""
MOST_THINGS = 500
"""Of what changed, named one by one in what is told of the run."""


@dataclass
class Tally:
    """What a run came to so far."""

    records: int = 0
    changed: int = 0
    announced: int = 0
    withdrawn: int = 0
    kinds: dict[ChangeKind, int] = field(default_factory=dict)
    things: list[tuple[ChangeKind, str, tuple[str, ...]]] = field(default_factory=list)
    confirmations: list[tuple[str, date]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    is_refused: bool = False

    def add(self, plan: Plan) -> None:
        self.changed += len(plan.new_statements)
        self.announced += sum(one.kind is not None for one in plan.things)
        self.withdrawn += sum(one.kind is ChangeKind.WITHDRAWN for one in plan.things)
        self.confirmations += plan.confirmations
        for one in plan.things:
            if one.kind is not None:
                self.kinds[one.kind] = self.kinds.get(one.kind, 0) + 1
                if len(self.things) < MOST_THINGS:
                    self.things.append((one.kind, one.slug, one.changed_fields))

    def note(self, issues: Sequence[Issue]) -> None:
        """As many of them as anybody reads; that there was an error is never forgotten."""
        errors = [issue for issue in issues if issue.severity is Severity.ERROR]
        self.is_refused = self.is_refused or bool(errors)
        room = max(MOST_ISSUES - len(self.issues), 0)
        self.issues += issues[:room] if len(issues) <= room else [*errors, *issues][: max(room, MOST_ERRORS)]
