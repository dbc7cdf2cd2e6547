"""A plan behind its link: as a page, and as a calendar. What the link does not hold is read as it is now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.model.documents import load_documents
from catalog.model.viewer import Anonymous
from catalog.model.vocabulary import OfferingRun
from catalog.pathways.plans.links import LinkedStep, LinkInvalid, read_link
from catalog.schema.fields import pick_language
from catalog.web.plan_calendar import Entry, write_calendar

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
CALENDAR = "text/calendar; charset=utf-8"
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Plans:
    """Reads its own snapshot for each request."""

    database: Database
    clock: Callable[[], datetime]
    limiters: list[CapacityLimiter] = field(default_factory=list)

    def routes(self) -> list[Route]:
        return [Route("/plans/{link}.ics", self.calendar), Route("/plans/{link}", self.page)]

    async def calendar(self, request: Request) -> Response:
        return await self._answer(request, self._calendar)

    async def page(self, request: Request) -> Response:
        return await self._answer(request, _page)

    async def _answer(self, request: Request, show: Callable[[str, list[Entry]], Response]) -> Response:
        link = request.path_params["link"]
        try:
            steps = read_link(link)
        except LinkInvalid as error:
            return PlainTextResponse(f"This link {error}. Ask for the plan again.\n", 404, HEADERS)
        return await to_thread.run_sync(self._show, link, steps, show, limiter=self._limiter())

    def _show(self, link: str, steps: list[LinkedStep], show: Callable[[str, list[Entry]], Response]) -> Response:
        with read_snapshot(self.database) as connection:
            entries = _entries(connection, steps)
        if not entries:
            return PlainTextResponse("Nothing of this plan can be shown any more. Ask for a new one.\n", 404, HEADERS)
        return show(link, entries)

    def _limiter(self) -> CapacityLimiter:
        """Few at once: whoever asks for pages must not keep the API from answering."""
        if not self.limiters:
            self.limiters.append(CapacityLimiter(AT_ONCE))
        return self.limiters[0]

    def _calendar(self, _link: str, entries: list[Entry]) -> Response:
        headers = HEADERS | {"content-disposition": 'attachment; filename="plan.ics"'}
        return Response(write_calendar(entries, self.clock()), media_type=CALENDAR, headers=headers)


def _entries(connection: Connection, steps: list[LinkedStep]) -> list[Entry]:
    """Steps whose credential can still be shown."""
    documents = load_documents(connection, [one.credential for one in steps], Anonymous())
    providers = load_documents(connection, [one["provider"] for one in documents.values() if "provider" in one], Anonymous())
    return [
        _entry(one, documents[one.credential], providers)
        for one in steps
        if documents.get(one.credential, {}).get("__typename") == "Credential"
    ]


def _entry(step: LinkedStep, document: dict[str, Any], providers: dict[str, Any]) -> Entry:
    offering = next((own for own in document["offerings"] if own["id"] == step.offering), None)
    provider = providers.get(document["provider"], {})
    url = (offering or {}).get("registerUrl") or document["registerUrl"] or document["url"]
    title = pick_language(document["title"], None) or document["slug"]
    return Entry(step, title, pick_language(provider.get("name"), None) or "", url, offering, _changed(step, offering))


def _changed(step: LinkedStep, offering: dict[str, Any] | None) -> str | None:
    """What has become of it since it was planned."""
    if step.offering is None:
        return "Nothing dated could be got into when this was planned: these days follow from its usual length."
    if offering is None:
        return "This offering is not listed any more."
    if offering["run"] in (OfferingRun.CANCELLED, OfferingRun.POSTPONED):
        return f"This offering was {str(offering['run']).lower()}."
    earliest, latest = (offering["startsOn"] or {}).get("earliest"), (offering["startsOn"] or {}).get("latest")
    planned = date.fromordinal(step.starts).isoformat()
    if earliest and latest and not earliest <= planned <= latest:
        return f"It was moved: it now starts on {earliest}."
    return None


def _page(link: str, entries: list[Entry]) -> Response:
    rows = "".join(map(_row, entries))
    return HTMLResponse(PAGE.format(rows=rows, link=escape(link)), headers=HEADERS)


def _row(one: Entry) -> str:
    starts, ends = date.fromordinal(one.step.starts), date.fromordinal(one.step.ends)
    days = f"{starts.day} {starts:%B %Y} to {ends.day} {ends:%B %Y}"
    note = f'<p class="note">{escape(one.changed)}</p>' if one.changed else ""
    name = escape(one.title)
    title = f'<a href="{escape(one.url)}" rel="noreferrer">{name}</a>' if one.url else name
    return f"<li><h2>{title}</h2><p>{escape(one.provider)}</p><p>{days}</p>{note}</li>"


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Micro-credential plan</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }}
h1 {{ font-size: 1.6rem; }}
h2 {{ font-size: 1.1rem; margin: 0; }}
ol {{ padding-left: 1.5rem; }}
li {{ margin: 0 0 1.25rem; padding-left: .5rem; }}
li p {{ margin: .15rem 0; }}
.note {{ color: #5a4a00; background: #fff6d6; padding: .25rem .5rem; border-left: 3px solid #b38f00; }}
a {{ color: #0b57a4; }}
.calendar {{ display: inline-block; padding: .5rem 1rem; border: 1px solid #0b57a4; border-radius: .25rem; text-decoration: none; }}
</style>
<main>
<h1>Micro-credential plan</h1>
<p>Titles, providers and addresses are as the catalogue has them now; days are as they were planned. Check with the provider before you register.</p>
<p><a class="calendar" href="/plans/{link}.ics">Add to a calendar</a></p>
<ol>{rows}</ol>
</main>
</html>
"""  # noqa: E501 - a page
