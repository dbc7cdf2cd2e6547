"""The export routes in one event loop, so that limits and places are counted as in a server."""

from contextlib import contextmanager
from dataclasses import replace

import httpx
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from catalog.http.exports import Exports
from tests.export.asking import exporter


class Asker:
    def __init__(self, portal, app):
        self._portal = portal
        self._app = app

    async def _send(self, method, path, address, options):
        transport = httpx.ASGITransport(self._app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    def begin(self, path, *, method="GET", address="127.0.0.1", **options):
        """The answer as a future."""
        return self._portal.start_task_soon(self._send, method, f"/export/{path}", address, options)

    def get(self, path, **options):
        return self.begin(path, **options).result(20)


@contextmanager
def exporting(served, *, seconds=60, per_minute=100_000, bundles=None, clock=None, exports=Exports):
    """`clock` in place of the service's own."""
    service = replace(served.service, clock=clock or served.service.clock)
    made = exports(service, exporter(served), seconds, per_minute, bundles)
    with start_blocking_portal() as portal:
        yield Asker(portal, Starlette(routes=made.routes()))


def problem(answer, status):
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"
    (error,) = answer.json()["errors"]
    return error["extensions"]


def refused(answer):
    """Code and argument of a 400."""
    found = problem(answer, 400)
    return found["code"], found.get("argument")
