"""How far the proposals are level with the change log."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from catalog.ingest.likeness.scoring import SCORING_FORMAT
from catalog.model.bulk import table_of, upsert_rows
from catalog.model.state import State
from catalog.model.tables import FollowerRow

FOLLOWER = table_of(FollowerRow).c
NAME = "likeness"


@dataclass(frozen=True, slots=True)
class Reached:
    """`format` is that of the scoring that compared."""

    epoch: str
    revision: int
    format: int

    def leads_to(self, state: State) -> bool:
        """Whether what changed since is enough to come from here to there; else all is compared anew."""
        return self.epoch == state.epoch and self.revision <= state.revision and self.format == SCORING_FORMAT


def reached_at(state: State) -> Reached:
    return Reached(state.epoch, state.revision, SCORING_FORMAT)


def find_reached(connection: Connection, *, locked: bool = False) -> Reached | None:
    """`locked` keeps every other worker from moving it until the transaction ends."""
    query = select(FOLLOWER.epoch, FOLLOWER.revision, FOLLOWER.format).where(FOLLOWER.name == NAME)
    row = connection.execute(query.with_for_update() if locked else query).first()
    return Reached(*row) if row else None


def move_to(connection: Connection, reached: Reached) -> None:
    values = {"epoch": reached.epoch, "revision": reached.revision, "format": reached.format}
    upsert_rows(connection, FollowerRow, [{"name": NAME, **values}])
