"""Documents for the tests of formats: of the seed, and of one record among a few things that it can name."""

import json

from sqlalchemy import text

from catalog.model.links import links
from catalog.model.record import parse_record
from catalog.model.render import Context, render
from catalog.model.vocabulary import RecordType
from tests.records import record

POOL = {
    "institution": ["uni", "college", "council"],
    "credential": ["uni/basics", "uni/award", "college/course"],
    "skill": ["esco:s1", "local:seo"],
    "occupation": ["21231", "72310"],
    "sector": ["61", "113_115"],
    "theme": ["health"],
}
CAMPUS = {"ref": "main", "name": "Main Campus", "city": "Nelson", "latitude": 49.5, "longitude": -117.28}


def identity(kind, slug):
    place = [*POOL].index(kind) * 10 + POOL[kind].index(slug)
    return f"00000000-0000-4000-8000-{place:012d}"


OWN_ID = "11111111-1111-4111-8111-111111111111"


def thing(kind, slug):
    code = slug.rpartition(":")[2]
    if kind == "institution":
        made = record(
            {
                "type": kind,
                "ref": slug,
                "slug": slug,
                "name": slug.title(),
                "kind": "PUBLIC_COLLEGE",
                "url": f"https://{slug}.example",
                "campuses": [CAMPUS],
            }
        )
    elif kind == "credential":
        named = "COURSE" if slug == "college/course" else "MICRO_CREDENTIAL"
        made = record({"type": kind, "ref": code, "slug": slug, "title": f"The {slug}", "kind": named, "provider": "uni"})
    else:
        scheme = slug.partition(":")[0] if kind == "skill" else "test"
        made = record({"type": kind, "ref": code, "scheme": scheme, "code": code, "labels": {"en": code}})
    return render(made, Context(identity(kind, slug), slug, targets(made)))


def targets(made):
    return {one.key: identity(one.target_type.value, one.slug) for one in links(made)}


AROUND = {identity(kind, slug): None for kind, slugs in POOL.items() for slug in slugs}
AROUND |= {identity(kind, slug): thing(kind, slug) for kind, slugs in POOL.items() for slug in slugs}


def document_of(value):
    """(the record, its Document) of a credential that names nothing but things of the pool."""
    basics = {
        "type": "credential",
        "ref": "it",
        "slug": "uni/it",
        "provider": "uni",
        "title": "It",
        "kind": "MICRO_CREDENTIAL",
    }
    made = parse_record(basics | value)
    assert not isinstance(made, list), made
    confirming = {one.ref: "test/uni" for one in made.offerings or ()}
    return made, render(made, Context(OWN_ID, "uni/it", targets(made), confirming=confirming))


def seed_documents(database):
    with database.read.connect() as connection:
        rows = connection.execute(text("select id, body from document")).all()
    return {row[0]: json.loads(row[1]) for row in rows}


def seed_records(database):
    """The published record of every credential, by id."""
    query = "select v.thing, v.record from version v join thing t on t.id = v.thing and t.version = v.version where t.type = :type"
    with database.read.connect() as connection:
        rows = connection.execute(text(query), {"type": RecordType.CREDENTIAL.value}).all()
    return {row[0]: json.loads(row[1]) for row in rows}
