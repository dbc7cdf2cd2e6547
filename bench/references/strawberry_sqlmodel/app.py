"""strawberry on FastAPI, reading SQLModel rows with selectinload.

Tuning: ParserCache and ValidationCache (strawberry's documentation), orjson for request, response and JSON columns (the
router's decode_json and encode_json), selectinload for all three relationships: four statements a page, and no more.
"""

import base64
import os
from typing import Any

import orjson
import strawberry
from fastapi import FastAPI
from sqlalchemy.orm import selectinload
from sqlmodel import Session, create_engine, select
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.fastapi import GraphQLRouter

from bench.references.strawberry_sqlmodel.models import Credential as CredentialRow
from bench.references.strawberry_sqlmodel.shown import credential
from bench.references.strawberry_sqlmodel.types import CredentialConnection, CredentialEdge, PageInfo

EPOCH = os.environ["BENCH_EPOCH"]
ENGINE = create_engine(
    f"sqlite:///{os.environ['BENCH_DATABASE']}", json_deserializer=orjson.loads, connect_args={"check_same_thread": False}
)
RELATED = tuple(selectinload(one) for one in (CredentialRow.provider, CredentialRow.skills, CredentialRow.offerings))


def to_cursor(slug: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([EPOCH, slug])).decode().rstrip("=")


@strawberry.type
class Query:
    @strawberry.field
    def credentials(self, first: int, after: str | None = None) -> CredentialConnection:
        query = select(CredentialRow).options(*RELATED).order_by(CredentialRow.slug).limit(first + 1)
        if after is not None:
            query = query.where(
                CredentialRow.slug > orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))[1]
            )
        with Session(ENGINE) as session:
            found = session.exec(query).all()
            edges = [CredentialEdge(cursor=to_cursor(one.slug), node=credential(one)) for one in found[:first]]
        info = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return CredentialConnection(edges=edges, page_info=info)


class Router(GraphQLRouter[None, None]):
    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


schema = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache])
app = FastAPI()
app.include_router(Router(schema), prefix="/graphql")


@app.get("/ready")
def ready() -> dict[str, Any]:
    return {}
