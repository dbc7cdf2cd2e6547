"""The application in one event loop, so that what it keeps between requests is kept."""

import json
from contextlib import contextmanager
from dataclasses import replace

import httpx
from anyio.from_thread import start_blocking_portal
from prometheus_client import CollectorRegistry

from catalog.app import make_finder, make_service
from catalog.http.endpoint import GraphQLEndpoint
from catalog.http.observing import Observer
from catalog.settings import Settings


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Log:
    """What would be a line of the log."""

    def __init__(self):
        self.lines = []

    def write(self, line):
        self.lines.append(json.loads(line))


class Asked:
    """An endpoint over a database, asked as over HTTP."""

    def __init__(self, database, index, now, **settings):
        self.clock = Clock(now)
        self.log = Log()
        self.registry = CollectorRegistry()
        self.settings = Settings(_env_file=None, search_url=str(index), **{"state_seconds": 0, **settings})
        service = make_service(self.settings, database, make_finder(self.settings))
        self.service = replace(service, clock=self.clock)
        self.endpoint = GraphQLEndpoint(self.service, self.settings, Observer(self.registry, self.log.write))

    @contextmanager
    def open(self):
        with start_blocking_portal() as portal:
            transport = httpx.ASGITransport(self.endpoint)
            client = httpx.AsyncClient(transport=transport, base_url="http://test")

            async def send(method, **options):
                return await client.request(method, "/graphql", **options)

            self.send = lambda method, **options: portal.call(lambda: send(method, **options))
            try:
                yield self
            finally:
                portal.call(client.aclose)
                self.endpoint.close()
                self.service.glances.close()

    def post(self, query, variables=None, headers=None, **more):
        body = {"query": query, **({"variables": variables} if variables else {}), **more}
        headers = {"content-type": "application/json", **(headers or {})}
        return self.send("POST", content=json.dumps(body), headers=headers)

    def get(self, query, variables=None, headers=None, **more):
        params = {"query": query, **({"variables": json.dumps(variables)} if variables else {}), **more}
        return self.send("GET", params={name: one for name, one in params.items() if one is not None}, headers=headers)

    def data(self, query, variables=None):
        body = self.post(query, variables).json()
        assert "errors" not in body, body["errors"]
        return body["data"]

    @property
    def cache(self):
        """How the last request was answered: `hit`, `miss` or `off`."""
        return self.log.lines[-1]["cache"]
