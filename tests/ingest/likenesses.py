"""Listings to compare, and what is proposed of a catalogue."""

from catalog.db.transactions import read_snapshot
from catalog.ingest.likeness.following import LikenessFollower
from catalog.ingest.likeness.listing import Listing
from catalog.ingest.likeness.proposals import LikenessState, load_proposals
from catalog.ingest.likeness.title_words import read_title
from catalog.model.documents import find_ids_by_slug, find_things
from catalog.model.viewer import Everything
from catalog.model.vocabulary import RecordType
from tests.conftest import NOW

NOTHING = {
    "bound": frozenset(),
    "languages": frozenset(),
    "skills": frozenset(),
    "occupations": frozenset(),
    "hours": {},
    "weeks": None,
    "credit": None,
    "credit_status": None,
    "summaries": {},
}


def listing(thing, title, **stated):
    """`title` in English, or by language; each is of an institution of its own unless `at` says whose."""
    titles = title if isinstance(title, dict) else {"en": title}
    words = {language: read_title(text) for language, text in titles.items()}
    institutions = frozenset(stated.pop("at", [f"institution of {thing}"]))
    kind = stated.pop("kind", "MICRO_CREDENTIAL")
    sets = {name: frozenset(value) if isinstance(value, list) else value for name, value in stated.items()}
    return Listing(
        id=thing, slug=thing, titles=words, title_hash=str(titles), kind=kind, institutions=institutions, **NOTHING | sets
    )


def followed(database, now=NOW):
    """What is proposed once everything is compared, as {slug, slug}."""
    LikenessFollower(database, lambda: now).follow()
    return proposed(database)


def proposed(database, state=LikenessState.PROPOSED):
    with read_snapshot(database) as connection:
        found = load_proposals(connection, state)
        things = {thing for one in found for thing in one.pair}
        slugs = find_things(connection, RecordType.CREDENTIAL, things, Everything())
    return {frozenset(slugs[thing] for thing in one.pair) for one in found}


def pairs(*lists):
    """Every pair of each list, as `followed` has them."""
    return {frozenset((one, other)) for own in lists for one in own for other in own if one < other}


def ids(database, *slugs):
    with read_snapshot(database) as connection:
        found = find_ids_by_slug(connection, RecordType.CREDENTIAL, slugs)
    return [found[slug] for slug in slugs]
