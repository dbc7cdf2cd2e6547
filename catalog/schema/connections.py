"""Connections: pages of things, all alike but for what their nodes are."""

from typing import Any

import graphene

from catalog.schema.fields import DocumentType, Plain, Relation, one
from catalog.schema.relations.totals import total_count


def connection_of(name: str, node: Any, noun: str) -> tuple[Any, Any]:
    """The types `<name>Connection` and `<name>Edge`; `node` is the graphene type or where it stands."""
    edge = type(
        f"{name}Edge",
        (DocumentType,),
        {
            "__doc__": f"{noun[0].upper()}{noun[1:]} in a page.",
            "cursor": Plain(graphene.String, required=True),
            "node": Relation(node, many=one("node"), required=True),
        },
    )
    page = type(
        f"{name}Connection",
        (DocumentType,),
        {
            "__doc__": f"A page of a list; each edge holds {noun}.",
            "edges": Plain(graphene.List(graphene.NonNull(edge)), required=True),
            "page_info": Plain("catalog.schema.shapes.PageInfo", required=True),
            "total_count": Relation(graphene.Int, many=total_count, required=True),
        },
    )
    return page, edge
