"""Plain graphene over objects in memory, executed by graphql-core.

Tuning: a document is parsed and validated once; attr_resolver instead of the default that also looks for dictionaries;
execute_sync, which looks for no awaitables; no middleware; enums, days, moments and decimals are plain strings; nothing is
read while answering; orjson; gc.freeze once everything is loaded; no thread between the server and the executor.
"""

import base64
import gc
import os
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import Any

import graphene
import orjson
from graphql import DocumentNode, execute_sync, parse, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.references.graphene_in_memory.things import read_credentials
from bench.references.graphene_in_memory.types import CredentialConnection, CredentialEdge, PageInfo, Plain

EPOCH = os.environ["BENCH_EPOCH"]
CREDENTIALS = read_credentials(os.environ["BENCH_DATABASE"])


def to_cursor(slug: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([EPOCH, slug])).decode().rstrip("=")


def read_page(_root: Any, _info: Any, first: int, after: str | None = None) -> Any:
    begin = 0
    if after is not None:
        slug = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))[1]
        begin = bisect_right(CREDENTIALS, slug, key=attrgetter("slug"))
    shown = CREDENTIALS[begin : begin + first]
    edges = [CredentialEdge(cursor=to_cursor(one.slug), node=one) for one in shown]
    info = PageInfo(has_next_page=begin + first < len(CREDENTIALS), end_cursor=edges[-1].cursor if edges else None)
    return CredentialConnection(edges=edges, page_info=info)


class Query(Plain):
    credentials = graphene.Field(
        CredentialConnection, first=graphene.Int(required=True), after=graphene.String(), resolver=read_page
    )


SCHEMA = graphene.Schema(query=Query).graphql_schema


@lru_cache(maxsize=1_000)
def read_document(text: str) -> DocumentNode:
    document = parse(text)
    if errors := validate(SCHEMA, document):
        raise errors[0]
    return document


async def answer(request: Request) -> Response:
    question = orjson.loads(await request.body())
    result = execute_sync(SCHEMA, read_document(question["query"]), variable_values=question["variables"])
    body = {"data": result.data} if not result.errors else {"data": result.data, "errors": [str(e) for e in result.errors]}
    return Response(orjson.dumps(body), media_type="application/json")


async def ready(_request: Request) -> Response:
    return Response()


app = Starlette(routes=[Route("/graphql", answer, methods=["POST"]), Route("/ready", ready)])
gc.collect()
gc.freeze()
