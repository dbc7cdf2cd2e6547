"""Who offers a course: the first owner leads, the others are named."""

from typing import Any

from catalog.formats.open_edx.fields import Fields


def read_owners(node: Fields, *names: str) -> dict[str, Any]:
    """`provider` and `partnerships`, of the first of these lists that says something."""
    owners = next((listed for name in names if (listed := node.objects(name))), [])
    named = [(owner, name) for owner in owners if (name := owner.line("name", "display_name", "key"))]
    for owner in owners:
        owner.raw("key", "uuid", "slug")
    provider = None
    if named:
        owner, name = named[0]
        homepage = owner.text("homepage_url")
        provider = node.reading.provider(name, homepage)
    found = {
        "provider": provider or node.reading.told.provider,
        "partnerships": [{"role": "CO_PROVIDER", "text": name} for _, name in named[1:]],
    }
    for owner in owners:
        owner.end()
    return found
