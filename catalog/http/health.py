"""Whether the process is alive, and whether it can answer."""

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catalog.db.engine import Database
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError
from catalog.model.state import read_state
from catalog.search.finder import Finder


async def healthz(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


class Readyz:
    """Ready when the database answers and has the newest schema. A missing index only takes search away."""

    def __init__(self, database: Database, search: Finder) -> None:
        self._database = database
        self._search = search

    async def handle(self, _request: Request) -> Response:
        try:
            state = await anyio.to_thread.run_sync(self._look)
        except CatalogError as error:
            return JSONResponse({"status": "not ready", "code": error.code, "message": error.message}, 503)
        return JSONResponse(state)

    def _look(self) -> dict[str, object]:
        with read_snapshot(self._database) as connection:
            require_newest(connection)
            revision = read_state(connection).revision
        position = self._search.position()
        return {"status": "ready", "revision": revision, "indexRevision": position.revision if position else None}
