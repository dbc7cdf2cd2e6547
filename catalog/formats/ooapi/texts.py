"""Words of things: strings tagged with a language, as version 5 has them, or plain, as version 4 has them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from catalog.model.reading.delivery import Reading
from catalog.model.reading.markup import read_markup, read_title
from catalog.model.reading.unreadable import Unreadable
from catalog.model.reading.words import read_language

Cleaner = Callable[[str], tuple[str, bool]]


def texts(reading: Reading, path: str, value: Any, clean: Cleaner = read_markup) -> dict[str, str]:
    """By language; of several in one language the first."""
    found: dict[str, str] = {}
    for language, text in _tagged(reading, path, value):
        plain, is_cut = clean(text)
        if is_cut:
            reading.warn("TEXT_SHORTENED", f"{path} is too long; its beginning is taken", path, plain)
        if plain and found.setdefault(language, plain) != plain:
            message = f"{path} stands more than once in the language {language}; the first is taken"
            reading.warn("VALUE_REPEATED", message, path, plain)
    return found


def together(reading: Reading, path: str, values: list[Any]) -> dict[str, str]:
    """Several texts as paragraphs of one, by language, each once."""
    found: dict[str, dict[str, None]] = {}
    for value in values:
        for language, text in texts(reading, path, value).items():
            found.setdefault(language, {})[text] = None
    tagged = [{"language": language, "value": "\n\n".join(parts)} for language, parts in found.items()]
    return texts(reading, path, tagged)


def one_text(reading: Reading, path: str, value: Any, length: int) -> str | None:
    """What has no place for several languages: the text in the language of the source, else in English, else the first."""
    said = _one(reading, path, value, read_markup)
    if said is None or len(said) <= length:
        return said
    reading.warn("TEXT_SHORTENED", f"{path} is too long; its beginning is taken", path, said)
    return said[: length - 1].rsplit(" ", 1)[0] + "\u2026"


def one_line(reading: Reading, path: str, value: Any) -> str | None:
    """The same on one line of at most 300 characters."""
    return _one(reading, path, value, read_title)


def _one(reading: Reading, path: str, value: Any, clean: Cleaner) -> str | None:
    found: dict[str, str] = {}
    for language, text in _tagged(reading, path, value):
        if text.strip():
            found.setdefault(language, text)
    said = _preferred(found, reading.told.language)
    return next(iter(texts(reading, path, said, clean).values()), None) if said else None


def as_list(value: Any) -> list[Any]:
    """One value where several may stand, and nothing for null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def plain(reading: Reading, path: str, value: Any) -> str | None:
    """A word or number as text; a list or an object there is a warning."""
    if value is None or isinstance(value, str):
        return value.strip() or None if value else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    reading.warn("VALUE_UNREADABLE", f"{path} is no text", path)
    return None


def _tagged(reading: Reading, path: str, value: Any) -> Iterator[tuple[str, str]]:
    for one in as_list(value):
        if isinstance(one, str):
            yield reading.told.language, one
        elif isinstance(one, Mapping) and isinstance(one.get("value"), str):
            yield _language(reading, path, one.get("language")), one["value"]
        else:
            reading.warn("VALUE_UNREADABLE", f"{path} is no text of a language", path)


def _language(reading: Reading, path: str, value: Any) -> str:
    if not isinstance(value, str):
        return reading.told.language
    try:
        return read_language(value)
    except Unreadable as error:
        reading.warn(error.code, f"{path}.language {error}", f"{path}.language", value, error.hint)
        return reading.told.language


def _preferred(found: Mapping[str, str], wanted: str) -> str | None:
    for start in (wanted, "en"):
        for language, text in found.items():
            if language.partition("-")[0] == start.partition("-")[0]:
                return text
    return next(iter(found.values()), None)
