"""Documents of pathways and menus."""

from typing import Any

from catalog.model.identity import part_id
from catalog.model.records.menu import MenuRecord, MenuSection
from catalog.model.records.pathway import PathwayLimit, PathwayPart, PathwayRecord
from catalog.model.records.uniqueness import placed_refs
from catalog.model.render.context import Context, plain
from catalog.model.render.offering import partnerships
from catalog.model.render.rule import render_optional_rule
from catalog.model.vocabulary import RecordType


def render_pathway(record: PathwayRecord, context: Context) -> dict[str, Any]:
    parts = zip(placed_refs(record.parts), record.parts or (), strict=True)
    return {
        "__typename": "Pathway",
        "id": context.id,
        "slug": context.slug,
        "url": record.url,
        "title": record.title or {},
        "summary": record.summary,
        "award": context.target(RecordType.CREDENTIAL, record.award),
        "owner": context.target(RecordType.INSTITUTION, record.owner),
        "parts": [_part(ref, part, context) for ref, part in parts],
        "limits": [_limit(limit, context) for limit in record.limits or ()],
        "validFrom": record.valid_from and record.valid_from.isoformat(),
        "validTo": record.valid_to and record.valid_to.isoformat(),
        "illustration": bool(record.illustration),
    }


def _part(ref: str, part: PathwayPart, context: Context) -> dict[str, Any]:
    return {
        "id": part_id(context.id, "part", ref),
        "ref": ref,
        "title": part.title,
        "order": part.order and str(part.order),
        "pick": plain(part.pick),
        "within": part.within,
        "mayShare": part.may_share,
        "items": context.several(RecordType.CREDENTIAL, part.items),
        "unlisted": part.unlisted,
        "rule": render_optional_rule(part.rule, context.targets),
    }


def _limit(limit: PathwayLimit, context: Context) -> dict[str, Any]:
    return {
        "kind": str(limit.kind),
        "unit": limit.unit and str(limit.unit),
        "min": limit.min,
        "max": limit.max,
        "except": context.several(RecordType.CREDENTIAL, limit.except_),
        "text": limit.text,
    }


def render_menu(record: MenuRecord, context: Context) -> dict[str, Any]:
    sections = zip(placed_refs(record.sections), record.sections or (), strict=True)
    return {
        "__typename": "Menu",
        "id": context.id,
        "slug": context.slug,
        "url": record.url,
        "title": record.title or {},
        "summary": record.summary,
        "owner": context.target(RecordType.INSTITUTION, record.owner),
        "partners": partnerships(record.partnerships, context),
        "award": context.target(RecordType.CREDENTIAL, record.award),
        "illustration": bool(record.illustration),
        "sections": [_section(ref, section, context) for ref, section in sections],
        "window": plain(record.window),
    }


def _section(ref: str, section: MenuSection, context: Context) -> dict[str, Any]:
    return {
        "id": part_id(context.id, "section", ref),
        "ref": ref,
        "title": section.title,
        "pick": plain(section.pick),
        "items": context.several(RecordType.CREDENTIAL, section.items),
    }
