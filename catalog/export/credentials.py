"""Credentials as flat rows and as JSON that stands for itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

from catalog.export.about import About, SourceUse
from catalog.export.items import Item
from catalog.export.tables import Cell, Table
from catalog.model.documents import Document
from catalog.model.render.rule import rule_of
from catalog.model.rule_text import render_text

SEPARATOR = "; "
CREDENTIAL_COLUMNS = (
    "slug", "title", "title_fr", "summary", "kind", "provider_term", "provider", "provider_slug", "partners", "lifecycle",
    "credit_status", "credit_value", "credit_unit", "total_hours_min", "total_hours_max", "instructional_hours_min",
    "instructional_hours_max", "stated_hours_min", "stated_hours_max", "weeks_min", "weeks_max", "languages", "skills",
    "occupations_noc_2021", "sectors", "themes", "audiences", "requirements_stated", "requirements", "usual_mode",
    "usual_price", "usual_price_currency", "url", "register_url", "reuse", "updated_at", "sources", "id",
)  # fmt: skip
OFFERING_COLUMNS = (
    "offering_ref", "offering_label", "run", "intake", "starts_earliest", "starts_latest", "starts_text", "ends_earliest",
    "ends_latest", "registration_opens_at", "registration_closes_at", "mode", "attendance", "places", "seats",
    "price", "price_currency", "price_text", "offering_weeks_min", "offering_weeks_max", "offering_languages",
    "offering_register_url", "offering_id",
)  # fmt: skip
STATE_COLUMNS = ("catalogue_revision", "licence")
NO_OFFERING: tuple[Cell, ...] = (None,) * len(OFFERING_COLUMNS)
OPENED = ("provider", "supersedes")
OPENED_LISTS = ("skills", "occupations", "sectors", "themes", "components")
OPENED_FIELDS = {"_text": "text", "_qualifiers": "qualifiers"}
NAMES = ("name", "title", "label")
"""Under which Documents of other types hold what they are called."""


def flat_table(about: About, items: Iterable[Item]) -> Table:
    """A row for each offering, and one for each credential that has none; each says of which state it is."""
    return Table("Credentials", (*CREDENTIAL_COLUMNS, *OFFERING_COLUMNS, *STATE_COLUMNS), _flat(about, items))


def _flat(about: About, items: Iterable[Item]) -> Iterator[Sequence[Cell]]:
    state = (about.revision, about.to_json()["licence"])
    for item in items:
        own = credential_cells(item)
        for offering in item.document["offerings"]:
            yield (*own, *offering_cells(offering, item.around), *state)
        if not item.document["offerings"]:
            yield (*own, *NO_OFFERING, *state)


def credential_cells(item: Item) -> tuple[Cell, ...]:
    own, around = item.document, item.around
    provider = around.get(own["provider"], {})
    credit, usual = own["credit"] or {}, own["usual"] or {}
    return (
        own["slug"],
        called(own["title"]),
        own["title"].get("fr"),
        called(own["summary"]),
        own["kind"],
        own["providerTerm"],
        called(provider.get("name")),
        provider.get("slug"),
        _joined(_partner(one, around) for one in own["partnerships"]),
        own["lifecycle"],
        credit.get("status"),
        _number(credit.get("value")),
        credit.get("unit"),
        *_bounds(own["totalHours"]),
        *_bounds(own["instructionalHours"]),
        *_bounds(own["statedHours"]),
        *_bounds(own["weeks"]),
        _joined(own["languages"]),
        _joined(name_of(one, around) for one in own["skills"]),
        _joined(_coded(one, around) for one in own["occupations"]),
        _joined(_coded(one, around) for one in own["sectors"]),
        _joined(_coded(one, around) for one in own["themes"]),
        _joined(own["audiences"]),
        own["requirementsStated"],
        _joined(one["original"] or said(one["rule"], around) for one in own["requirements"]),
        usual.get("mode"),
        *_money(usual.get("price")),
        own["url"],
        own["registerUrl"],
        own["reuse"],
        own["updatedAt"],
        _joined(f"{one['name']} <{one['url']}>" if one["url"] else one["name"] for one in item.sources),
        own["id"],
    )


def offering_cells(own: Mapping[str, Any], around: Mapping[str, Document]) -> tuple[Cell, ...]:
    starts, ends = own["startsOn"] or {}, own["endsOn"] or {}
    return (
        own["ref"],
        called(own["label"]) if isinstance(own["label"], dict) else own["label"],
        own["run"],
        own["intake"],
        starts.get("earliest"),
        starts.get("latest"),
        starts.get("text"),
        ends.get("earliest"),
        ends.get("latest"),
        own["registrationOpensAt"],
        own["registrationClosesAt"],
        own["mode"],
        _joined(own["attendance"]),
        _joined(_place(one, around) for one in own["places"]),
        own["seats"],
        *_money(own["price"]),
        _joined(one.get("text") for one in own["fees"]),
        *_bounds(own["weeks"]),
        _joined(own["languages"]),
        own["registerUrl"],
        own["id"],
    )


def about_table(about: About, more: Callable[[], Mapping[str, Cell]] = dict) -> Table:
    """`more` is asked for when the table is written: counts that are known only then."""
    return Table("About", ("what", "value"), _about(about, more))


def _about(about: About, more: Callable[[], Mapping[str, Cell]]) -> Iterator[Sequence[Cell]]:
    found = about.to_json()
    asked, notes = found.pop("asked"), found.pop("notes")
    yield from found.items()
    yield from ((f"asked: {name}", _shown(value)) for name, value in asked.items())
    yield from more().items()
    yield from (("note", one) for one in notes)


def sources_table(sources: Callable[[], Iterable[SourceUse]]) -> Table:
    """`sources` are asked for when the table is written: what comes before it has been read then."""
    rows = ((one.name, one.kind, one.url, one.count, one.key) for find in (sources,) for one in find())
    return Table("Sources", ("source", "kind", "url", "records", "key"), rows)


def open_document(item: Item) -> dict[str, Any]:
    """The Document as the API shows it, with the names of what it names, and its sources."""
    shown: dict[str, Any] = public(item.document)
    for name in OPENED:
        shown[name] = _named(shown[name], item.around)
    for name in OPENED_LISTS:
        shown[name] = [_named(one, item.around) for one in shown[name]]
    for run in (shown, *shown["offerings"], *([shown["usual"]] if shown["usual"] else [])):
        for partner in run.get("partnerships", ()):
            partner["institution"] = _named(partner["institution"], item.around)
        for place in run.get("places", ()):
            place["campus"] = _named(place["campus"], item.around)
    shown["sources"] = list(item.sources)
    return shown


def said(rule: Mapping[str, Any], around: Mapping[str, Document]) -> str:
    """A rule in words."""
    return render_text(rule_of(dict(rule)), lambda one: name_of(str(one), around) or "…")


def public(value: Any) -> Any:
    """Without what only feeds computed fields, and copied; of rules in words, and of conditions, that is what they say."""
    if isinstance(value, dict):
        shown = {key: public(one) for key, one in value.items() if not key.startswith("_") or key == "__typename"}
        return shown | {OPENED_FIELDS[key]: public(one) for key, one in value.items() if key in OPENED_FIELDS}
    return [public(one) for one in value] if isinstance(value, list) else value


def _named(one: str | None, around: Mapping[str, Document]) -> dict[str, Any] | None:
    if one is None:
        return None
    own = around.get(one, {})
    found = {"id": one, "slug": own.get("slug"), "name": next((own[name] for name in NAMES if own.get(name)), None)}
    return found | ({"code": own["code"]} if own.get("code") else {})


def called(texts: Mapping[str, str] | str | None) -> str | None:
    """English first."""
    if isinstance(texts, str):
        return texts or None
    return (texts.get("en") or next(iter(texts.values()))) if texts else None


def name_of(one: str | None, around: Mapping[str, Document]) -> str | None:
    own = around.get(one or "", {})
    return next((called(own[name]) for name in NAMES if own.get(name)), None)


def _coded(one: str, around: Mapping[str, Document]) -> str | None:
    return f"{around[one]['code']} {name_of(one, around) or ''}".strip() if one in around else None


def _partner(one: Mapping[str, Any], around: Mapping[str, Document]) -> str:
    name = name_of(one["institution"], around) or called(one["text"]) or ""
    return f"{name} ({one['role']})"


def _place(one: Mapping[str, Any], around: Mapping[str, Document]) -> str | None:
    campus = around.get(one["campus"] or "")
    if campus:
        return ", ".join(part for part in (called(campus["name"]), campus["city"]) if part)
    where: str | None = one["community"] or one["role"]
    return where


def _bounds(value: Mapping[str, Any] | None) -> tuple[Cell, Cell]:
    own = value or {}
    return _number(own.get("min")), _number(own.get("max"))


def _money(value: Mapping[str, Any] | None) -> tuple[Cell, Cell]:
    return (_number(value["amount"]), value["currency"]) if value else (None, None)


def _number(value: Any) -> Cell:
    """Decimals as numbers that spreadsheets add up; texts that are numbers, too."""
    if value is None or isinstance(value, int | float):
        return value
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(number)


def _joined(values: Iterable[str | None]) -> str | None:
    return SEPARATOR.join(one for one in values if one) or None


def _shown(value: Any) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else orjson.dumps(value).decode()
