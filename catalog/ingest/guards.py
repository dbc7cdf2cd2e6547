"""What is too large a step for a machine to take alone: such a delivery is held until a person has looked."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from catalog.errors import CatalogError, Issue
from catalog.model.bulk import table_of
from catalog.model.source import Expected, Source
from catalog.model.tables import CommitRow, StatementRow, ThingRow
from catalog.model.vocabulary import ChangeKind, RecordType
from catalog.publishing.plan import Plan

STATEMENT = table_of(StatementRow).c
COMMIT = table_of(CommitRow).c
THING = table_of(ThingRow).c
FEWEST = 5
"""Withdrawals up to so many are never held."""
SHARE = 0.2
"""Of what a source states: the largest part of its credentials that may go at once."""
MOST_NAMED = 20


class RunHeld(CatalogError):
    """Nothing was written; `issues` say what a person should look at."""

    code = "RUN_HELD"

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        super().__init__("; ".join(issue.message for issue in issues))


@dataclass(frozen=True, slots=True)
class Guards:
    """The questions asked of one delivery of a source before it is written."""

    source: Source
    ask_expected: bool = True

    def ask(self, connection: Connection, plan: Plan) -> None:
        """Raises RunHeld."""
        issues = [*self._unexpected(plan.records), *self._shrinking(connection, plan)]
        if issues:
            raise RunHeld(issues)

    def _unexpected(self, records: int) -> list[Issue]:
        expected = self.source.expected
        if expected is None or expected.fits(records) or not self.ask_expected:
            return []
        message = f"the file has {records} records; its source expects {_shown(expected)}"
        return [Issue("COUNT_UNEXPECTED", message, "source.expected", hint=_HINT)]

    def _shrinking(self, connection: Connection, plan: Plan) -> list[Issue]:
        gone = sum(one is RecordType.CREDENTIAL for one in plan.absent)
        if gone <= FEWEST:
            return []
        said = _credentials_of(connection, self.source.key)
        if gone <= SHARE * said:
            return []
        message = f"{gone} of {said} credentials of this source would be withdrawn{_named(plan)}"
        return [Issue("WITHDRAWALS_MANY", message, "records", hint=_HINT)]


def _shown(expected: Expected) -> str:
    if expected.max is None:
        return f"at least {expected.min}"
    return f"{expected.min} to {expected.max}" if expected.min else f"at most {expected.max}"


def _named(plan: Plan) -> str:
    things = (one for one in plan.things if one.kind is ChangeKind.WITHDRAWN and one.type is RecordType.CREDENTIAL)
    names = sorted(one.slug for one in things)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f": {', '.join(names[:MOST_NAMED])}{more}" if names else ""


_HINT = "look at it with `catalog ingest show`, then `catalog ingest release` or `discard`"


def _credentials_of(connection: Connection, source: str) -> int:
    """How many credentials the source stated before this run, which has no commit yet."""
    joined = table_of(StatementRow).join(table_of(ThingRow), STATEMENT.thing == THING.id)
    committed = select(COMMIT.id)
    still = STATEMENT.until_commit.is_(None) | STATEMENT.until_commit.not_in(committed)
    stated = (STATEMENT.source == source, STATEMENT.since_commit.in_(committed), still)
    query = select(func.count()).select_from(joined).where(*stated, THING.type == RecordType.CREDENTIAL)
    return int(connection.execute(query).scalar_one())
