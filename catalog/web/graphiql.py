"""GraphiQL, served from files of an installed package: the page needs nothing from outside."""

import base64
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import StorageError

PACKAGE = "graphene_django_graphiql_static"
ASSETS = {
    "graphiql.min.js": "c564de05b95d184e2c5ba5ceaf2635821f6bf92f2d5777b74d91004ff6b591d1",
    "graphiql.min.css": "c6cd4b83f01c5e1ff4975d77bc957184dce6dec0155fbf9cc4d9190eba8a7b9d",
    "react.production.min.js": "229bbf4d0e7488209564152c6723497f1ac3934136ca1684233d2fa88fa4146f",
    "react-dom.production.min.js": "9db33292007ab6c38527b39d5663e976a305564e19b2a5a8713ea2b2c00f505d",
}
"""SHA-256 of each file; the page carries them, so that a browser runs no other.

They are graphiql 2.4.7 and react 17.0.2 as npm has them, but for a last line end.
"""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


def routes() -> list[Route]:
    return [
        Route("/", _home),
        Route("/graphiql", _page),
        Route("/graphiql/start.js", _start),
        Route("/graphiql/{name}", _asset),
    ]


async def _home(_request: Request) -> Response:
    return RedirectResponse("/graphiql")


async def _page(_request: Request) -> Response:
    html = _own("graphiql.html")
    for name, hexdigest in ASSETS.items():
        html = html.replace(f"{{{name}}}", integrity(hexdigest))
    return HTMLResponse(html, headers=HEADERS)


async def _start(_request: Request) -> Response:
    return Response(_own("graphiql.js"), media_type="text/javascript", headers=HEADERS)


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response("not found", 404)
    return FileResponse(asset_path(name), headers={**HEADERS, "cache-control": "public, max-age=86400"})


def _own(name: str) -> str:
    return files("catalog.web").joinpath(name).read_text(encoding="utf-8")


def asset_path(name: str) -> Path:
    """Raises StorageError when the package is not installed. The package's own code is never imported."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise StorageError(f"the package {PACKAGE} is not installed", code="ASSET_MISSING")
    return Path(spec.origin).parent / "static" / PACKAGE / name


def integrity(hexdigest: str) -> str:
    """The same digest as a page writes it."""
    return "sha256-" + base64.b64encode(bytes.fromhex(hexdigest)).decode()
