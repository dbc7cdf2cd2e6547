"""A request's context outside a server, as exports take it."""

import time
from contextlib import contextmanager

from catalog.db.transactions import read_snapshot
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous


@contextmanager
def context_of(served, check=lambda: None):
    with read_snapshot(served.database) as connection:
        state = read_state(connection)
        context = served.service.make_context(connection, state, Anonymous(), time.monotonic() + 60, check)
        with context.closing:
            yield context
