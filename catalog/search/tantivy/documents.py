"""Entries and labels as tantivy's documents, in JSON: the fastest way in."""

from collections.abc import Iterator

import orjson

from catalog.search.entry import FIELDS, OF_DELIVERY, Entry, Label
from catalog.search.tantivy.schema import FRENCH, LABEL, TITLE_WORDS, WORDS
from catalog.search.text.folding import fold


def row_documents(entry: Entry, first_row: int) -> Iterator[str]:
    """One for each delivery; their rows follow each other from `first_row`."""
    own = {name: [fold(text) for text in entry.texts[name]] for name in FIELDS if name != OF_DELIVERY}
    words = [text for texts in own.values() for text in texts]
    common = {"credential": entry.id, "link": list(entry.links), FRENCH: [fold(text) for text in entry.french], **own}
    common[TITLE_WORDS] = own["title"]
    for row, delivery in enumerate(entry.deliveries, start=first_row):
        place = [fold(text) for text in delivery.place]
        yield orjson.dumps({**common, "row": row, OF_DELIVERY: place, WORDS: [*words, *place]}).decode()


def label_document(label: Label) -> str:
    """What is shown stands beside it, with its kind first."""
    texts = [fold(text) for text in label.texts]
    return orjson.dumps({"thing": label.id, LABEL: texts, "shown": label.shown}).decode()
