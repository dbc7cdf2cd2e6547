"""Named places at which a writer is killed. The product knows nothing of them: its functions are wrapped in the writer.

A function that is renamed makes `set_trap` fail, so that no place is lost unseen.
"""

import os
import signal
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import event


@dataclass(frozen=True)
class Failpoint:
    """`moment` is before or after the function; for `commit` and `committed` the end of the transaction that it is in.

    `received` and `published` say what must be there afterwards; `kinds` are the databases on which the place is passed.
    """

    name: str
    module: str
    function: str
    moment: str = "after"
    call: int = 1
    rollback: bool = False
    received: bool = True
    published: bool = False
    kinds: tuple[str, ...] = ("sqlite", "postgresql")


APPLY, WRITING, BACK = "catalog.publishing.apply", "catalog.publishing.writing", "catalog.publishing.rollback"
RUN, PUBLISH, DECIDING = "catalog.ingest.run", "catalog.ingest.publish", "catalog.ingest.deciding"
COMPARING = "catalog.ingest.comparing"
DERIVED, COMMIT = "catalog.publishing.derived", "catalog.publishing.commit"

OF_FILES = (
    Failpoint("before the COMMIT of staging", RUN, "receive", "commit", received=False),
    Failpoint("after staging", RUN, "_receive"),
    Failpoint("after reading", RUN, "read_delivery"),
    Failpoint("after filling", COMPARING, "fill"),
    Failpoint("after planning", APPLY, "plan_apply"),
    Failpoint("after the run's row", WRITING, "write_run"),
    Failpoint("after statements", WRITING, "_write_statements"),
    Failpoint("after things", WRITING, "_write_things"),
    Failpoint("within derived rows", DERIVED, "insert_rows", call=3),
    Failpoint("after derived rows", WRITING, "write_derived"),
    Failpoint("after changes", WRITING, "announce"),
    Failpoint("after asking whether the plan holds", APPLY, "still_holds"),
    Failpoint("before the commit's number", WRITING, "number_commit", "before"),
    Failpoint("between number and commit row", COMMIT, "take_revision"),
    Failpoint("after the commit's number", WRITING, "number_commit"),
    Failpoint("after the delivery's end", PUBLISH, "end"),
    Failpoint("just before COMMIT", WRITING, "number_commit", "commit"),
    Failpoint("just after COMMIT", WRITING, "number_commit", "committed", published=True),
)
OF_ROLLBACKS = (
    Failpoint("rolling back: after planning", BACK, "_plan", rollback=True, received=False),
    Failpoint("rolling back: after statements", WRITING, "_write_statements", rollback=True, received=False),
    Failpoint("rolling back: after derived rows", WRITING, "write_derived", rollback=True, received=False),
    Failpoint("rolling back: after the commit's number", WRITING, "number_commit", rollback=True, received=False),
    Failpoint("rolling back: between the two deliveries", DECIDING, "end", rollback=True, received=False),
    Failpoint("rolling back: just before COMMIT", DECIDING, "receive", "commit", rollback=True, received=False),
    Failpoint(
        "rolling back: just after COMMIT", DECIDING, "receive", "committed", rollback=True, received=False, published=True
    ),
)
PLANNED_AHEAD = (*OF_FILES, *OF_ROLLBACKS)
LOCKED = (
    Failpoint("after the lock", APPLY, "lock_state"),
    *(one for one in PLANNED_AHEAD if one.function != "still_holds"),
)
"""Without asking whether the plan still holds: it is made with the lock in hand."""
BATCHES = "catalog.publishing.batches"
BATCHED = (
    Failpoint("batches: after planning the second", BATCHES, "plan_apply", call=2),
    Failpoint("batches: after the first", BATCHES, "write_content"),
    Failpoint("batches: within the second", WRITING, "_write_statements", call=2),
    Failpoint("batches: after derived rows of the third", WRITING, "write_derived", call=3),
    Failpoint("batches: after finding what was left out", BATCHES, "left_out"),
    Failpoint("batches: after asking whether the run holds", BATCHES, "run_still_holds", kinds=("postgresql",)),
    Failpoint("batches: after the run's row", BATCHES, "write_run"),
    Failpoint("batches: after confirmations", BATCHES, "write_confirmations"),
    Failpoint("batches: after the commit's number", BATCHES, "number_commit"),
    Failpoint("batches: after the delivery's end", PUBLISH, "end"),
    Failpoint("batches: just before COMMIT", BATCHES, "number_commit", "commit"),
    Failpoint("batches: just after COMMIT", BATCHES, "number_commit", "committed", published=True),
)
POINTS = {one.name: one for one in (*PLANNED_AHEAD, *LOCKED, *BATCHED)}


class Trap:
    """Open while the step at which the writer is to be killed is under way."""

    def __init__(self, step):
        self.step, self.is_open, self.passed, self.is_armed = step, False, 0, False

    def begin(self, step):
        self.is_open = step == self.step


def set_trap(point, database, trap):
    """Kills this process when it comes to the point, within the trap's step."""
    owner = import_module(point.module)
    original = getattr(owner, point.function)

    def trapped(*arguments, **more):
        if not trap.is_open:
            return original(*arguments, **more)
        trap.passed += 1
        if point.moment == "before" and trap.passed == point.call:
            die()
        result = original(*arguments, **more)
        if point.moment == "after" and trap.passed == point.call:
            die()
        trap.is_armed = True
        return result

    setattr(owner, point.function, trapped)
    if point.moment in ("commit", "committed"):
        moment = "commit" if point.moment == "commit" else "checkin"

        @event.listens_for(database.write, moment)
        def ended(*_):
            if trap.is_armed:
                die()


def set_trap_at_statement(number, database, trap):
    """Kills this process behind the n-th SQL statement that it writes with in the trap's step."""

    @event.listens_for(database.write, "after_cursor_execute")
    def executed(*_):
        if trap.is_open:
            trap.passed += 1
            if trap.passed == number:
                die()


def die():
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()
