"""A static Starlette response: the bytes of the file BENCH_BODY, made into a Response once."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ANSWER = Response(Path(os.environ["BENCH_BODY"]).read_bytes(), media_type="application/json")


async def answer(_request: Request) -> Response:
    return ANSWER


app = Starlette(routes=[Route("/ready", answer)])
