import pytest

from catalog.model.identity import part_id, slugify, thing_id
from catalog.model.vocabulary import RecordType


def test_ids_follow_from_who_named_a_thing_how():
    one = thing_id("pages/uvic", RecordType.CREDENTIAL, "fire-ecology")
    assert one == "466864fa-d683-5291-b659-64d87768bf06"
    assert one != thing_id("pages/ubc", RecordType.CREDENTIAL, "fire-ecology")
    assert part_id(one, "offering", "fall") != part_id(one, "campus", "fall")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Digital Marketing Bootcamp", "digital-marketing-bootcamp"),
        ("Women’s Trades & Co.", "womens-trades-co"),
        ("Éducation à l'enfance", "education-a-lenfance"),
        ("SENĆOŦEN", "sencoen"),
    ],
)
def test_slugs_are_readable(text, slug):
    assert slugify(text) == slug


def test_text_without_ascii_still_has_a_stable_slug():
    assert slugify("語") == slugify("語")
    assert slugify("語").startswith("n-")
