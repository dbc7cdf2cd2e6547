"""`catalog likeness`: listings of different institutions that may be the same."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from sqlalchemy import Connection

from catalog.cli.choices import chosen
from catalog.cli.settings import opened, read_settings
from catalog.cli.telling import kinds, published_at
from catalog.db.migrate import require_newest
from catalog.db.transactions import read_snapshot
from catalog.errors import ArgumentInvalid, CatalogError, printable
from catalog.ingest.likeness.deciding import ZONE, find_proposal
from catalog.ingest.likeness.deciding import accept as accept_pair
from catalog.ingest.likeness.deciding import reject as reject_pair
from catalog.ingest.likeness.position import find_reached
from catalog.ingest.likeness.proposals import LikenessState, Pair, Proposal, load_proposals, pair_of
from catalog.ingest.likeness.wording import in_words
from catalog.model.documents import Document, find_ids_by_slug, find_things, load_documents
from catalog.model.state import read_state
from catalog.model.viewer import Anonymous, Everything
from catalog.model.vocabulary import RecordType
from catalog.opening import make_clock

app = typer.Typer(no_args_is_help=True, help="Listings of different institutions that may be the same; a person decides.")
ONE = typer.Argument(help="slug of a credential")
OTHER = typer.Argument(help="slug of the other")
BY = typer.Option(help="the office or role that decides, such as 'Articulation office'; no person's name is kept")
LONGEST_BY = 200
TOLD = ("kind", "statedHours", "instructionalHours", "totalHours", "weeks", "url")


@app.command("list")
def show(
    state: Annotated[
        LikenessState,
        typer.Option(
            help="what waits for a decision, or what was decided", case_sensitive=False, parser=chosen(LikenessState)
        ),
    ] = LikenessState.PROPOSED,
    most: Annotated[int, typer.Option(help="how many", min=1, max=1_000)] = 50,
) -> None:
    """Show pairs, the likeliest first, with score and reasons."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        require_newest(connection)
        found = load_proposals(connection, state)
        slugs = find_things(connection, RecordType.CREDENTIAL, (thing for one in found for thing in one.pair), Everything())
        waiting = _not_compared(connection)
    for one in found[:most]:
        typer.echo(printable(f"{one.score:.2f}  {' = '.join(slugs.get(thing, thing) for thing in one.pair)}"))
        typer.echo(printable(f"      {'; '.join(map(in_words, one.reasons))}"))
        if decision := _decision(one):
            typer.echo(printable(f"      {decision}"))
    if len(found) > most:
        typer.echo(f"and {len(found) - most} more", err=True)
    if not found:
        typer.echo(f"nothing is {state.lower()}", err=True)
    if waiting:
        typer.echo("the worker has not compared everything yet; `catalog work` does", err=True)


@app.command("show")
def show_one(
    one: Annotated[str, ONE],
    other: Annotated[str, OTHER],
) -> None:
    """Show a pair: both listings, and what speaks for and against."""
    with opened(read_settings()) as database, read_snapshot(database) as connection:
        require_newest(connection)
        proposal = find_proposal(connection, _pair(connection, one, other))
        documents = load_documents(connection, proposal.pair, Anonymous())
        names = load_documents(connection, (own["provider"] for own in documents.values()), Anonymous())
    for thing in proposal.pair:
        for line in _told(documents[thing], names) if thing in documents else ("no longer published",):
            typer.echo(printable(line))
    typer.echo(f"score {proposal.score:.2f}")
    for reason in proposal.reasons:
        typer.echo(printable(f"  {reason.share:.2f} x {reason.weight:.2f}  {reason.code}: {in_words(reason)}"))
    typer.echo(printable(f"proposed on {proposal.proposed_at.astimezone(ZONE):%Y-%m-%d}"))
    if decision := _decision(proposal):
        typer.echo(printable(decision))


@app.command("accept")
def accept(
    credentials: Annotated[list[str], typer.Argument(help="slugs of two or more credentials that are the same")],
    by: Annotated[str, BY],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be published, and write nothing")] = False,
) -> None:
    """Publish that credentials are the same, together with what is reviewed as the same as one of them."""
    settings = read_settings()
    with opened(settings) as database:
        with read_snapshot(database, primary=True) as connection:
            require_newest(connection)
            things = _things(connection, credentials)
        done = accept_pair(database, things, _office(by), make_clock(settings), dry_run=dry_run)
    would = "would be: " if dry_run else ""
    typer.echo(
        printable(f"{would}{' = '.join(done.slugs)}: {kinds(done.applied)}{published_at(done.applied, names_run=False)}")
    )
    for pair in done.implied:
        typer.echo(printable(f"  also the same by this, though not proposed: {' = '.join(pair)}"))
    if not dry_run:
        typer.echo(f"to take it back: catalog ingest rollback {done.applied.run[:8]}")


@app.command("reject")
def reject(
    one: Annotated[str, ONE],
    other: Annotated[str, OTHER],
    by: Annotated[str, BY],
) -> None:
    """Decide that two are not the same; they are not proposed again unless one of their titles changes."""
    settings = read_settings()
    with opened(settings) as database:
        with read_snapshot(database, primary=True) as connection:
            require_newest(connection)
            pair = _pair(connection, one, other)
        reject_pair(database, pair, _office(by), make_clock(settings))
    typer.echo(printable(f"{one} and {other} are not the same"))


def _pair(connection: Connection, one: str, other: str) -> Pair:
    return pair_of(*_things(connection, (one, other)))


def _things(connection: Connection, slugs: Sequence[str]) -> list[str]:
    """Their ids, each once. Raises CatalogError (LIKENESS_UNKNOWN) for a slug that leads to nothing."""
    known = find_ids_by_slug(connection, RecordType.CREDENTIAL, slugs)
    unknown = next((slug for slug in slugs if slug not in known), None)
    if unknown is not None:
        raise CatalogError(f"no credential has the slug {unknown[:80]!r}", code="LIKENESS_UNKNOWN")
    things = list(dict.fromkeys(known[slug] for slug in slugs))
    if len(things) < 2:  # noqa: PLR2004 - one alone is like nobody
        raise ArgumentInvalid("name two credentials or more", argument="credentials")
    return things


def _office(by: str) -> str:
    """What is published beside the decision."""
    said = by.strip()
    if not said or len(said) > LONGEST_BY or "@" in said:
        raise ArgumentInvalid(
            f"--by names an office or a role in at most {LONGEST_BY} characters, no address", argument="by"
        )
    return said


def _not_compared(connection: Connection) -> bool:
    state, reached = read_state(connection), find_reached(connection)
    return state.revision > 0 and (reached is None or (reached.epoch, reached.revision) != (state.epoch, state.revision))


def _decision(one: Proposal) -> str | None:
    if one.decided_at is None:
        return None
    told = f"by {one.decided_by} on {one.decided_at.astimezone(ZONE):%Y-%m-%d}"
    return (
        f"decided before under another title, {told}"
        if one.state is LikenessState.PROPOSED
        else f"{one.state.lower()} {told}"
    )


def _told(document: Document, names: dict[str, Document]) -> Iterator[str]:
    provider = names.get(document["provider"], {}).get("name") or {}
    title = document["title"]
    yield f"{document['slug']}: {title.get('en') or next(iter(title.values()))}"
    yield f"  provider: {provider.get('en') or next(iter(provider.values()), 'not known')}"
    for name in TOLD:
        value = document[name]
        if isinstance(value, dict):
            value = value["text"] or " to ".join(f"{value[end]:g}" for end in ("min", "max") if value[end] is not None)
        if value:
            yield f"  {name}: {value}"
    summary = document["summary"] or {}
    if summary:
        yield f"  summary: {summary.get('en') or next(iter(summary.values()))}"
