"""Listings of the seed files as Documents, without a database: what the writer is given, made from what the files state."""

import json
from uuid import NAMESPACE_URL, uuid5

from catalog.model.links import links
from catalog.model.links.credential import skill_slug
from catalog.model.record import content, parse_record
from catalog.model.render import Context, render
from tests.records import record
from tests.served import SEED


def seed_listings():
    """([(what the record states, its Document)], all Documents by id) of the credentials with title, provider and kind."""
    values = [one for path in SEED for one in json.loads(path.read_text()).get("records", ())]
    stated = {
        one["slug"]: one for one in values if one["type"] == "credential" and {"title", "provider", "kind"} <= one.keys()
    }
    records = {slug: parse_record(value) for slug, value in stated.items()}
    named = {one["slug"]: one for one in values if one["type"] == "institution" and {"slug", "name", "kind"} <= one.keys()}
    around = {identity("institution", slug): shown(parse_record(value)) for slug, value in named.items()}
    for made in records.values():
        for mention in made.skills or ():
            slug = skill_slug(mention)
            scheme, _, code = slug.partition(":")
            label = mention.label or {"en": code}
            value = {"type": "skill", "ref": slug, "scheme": scheme, "code": code, "labels": label}
            around.setdefault(identity("skill", slug), shown(record(value)))
        for code in made.occupations or ():
            value = {"type": "occupation", "ref": code, "scheme": "noc-2021", "code": code, "labels": {"en": code}}
            around.setdefault(identity("occupation", code), shown(record(value)))
    around |= {identity("credential", slug): shown(made) for slug, made in records.items()}
    return [(content(made), around[identity("credential", slug)]) for slug, made in records.items()], around


def identity(kind, slug):
    return str(uuid5(NAMESPACE_URL, f"{kind}/{slug}"))


def shown(made):
    slug = made.slug or made.ref
    targets = {one.key: identity(one.target_type.value, one.slug) for one in links(made)}
    runs = {one.ref: "test/seed" for one in getattr(made, "offerings", None) or ()}
    return render(made, Context(identity(made.type, slug), slug, targets, confirming=runs))
