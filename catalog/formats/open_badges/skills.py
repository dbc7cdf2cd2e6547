"""Alignments as mentions of skills: by scheme and code where the framework is named, else by name."""

import re
from collections.abc import Mapping
from typing import Any

from catalog.formats.open_badges.mapping import SKILL_TARGETS
from catalog.formats.open_badges.values import Node, several, some_text, take_texts
from catalog.model.identity import slugify
from catalog.model.reading.delivery import Reading

MOST_SKILLS = 50
CTID_SCHEME = "ctid"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_CTID = re.compile(rf"ce-{_UUID}")
_LAST = re.compile(rf"[/:#=]((?:ce-)?{_UUID})/?\Z", re.IGNORECASE)
_TAKEN = frozenset(
    {"type", "@type", "id", "@id", "targetName", "name", "targetCode", "targetFramework", "targetType", "targetUrl", "url"}
)


def read_skills(reading: Reading, alignments: Any, language: str) -> list[dict[str, Any]]:
    """Each once; the first 50."""
    found: dict[Any, dict[str, Any]] = {}
    for one in several(alignments):
        skill = _skill(reading, one, language)
        if skill:
            found.setdefault(_key(skill), skill)
    if len(found) > MOST_SKILLS:
        reading.warn("TOO_MANY", f"is aligned with {len(found)} skills; the first {MOST_SKILLS} are taken", "alignment")
    return list(found.values())[:MOST_SKILLS]


def _key(skill: Mapping[str, Any]) -> tuple[str, str]:
    label = some_text(skill.get("label", {})) or ""
    return str(skill.get("scheme", "")).lower(), str(skill.get("code") or slugify(label)).lower()


def _skill(reading: Reading, value: Any, language: str) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        reading.warn("VALUE_UNREADABLE", "alignment is no object", "alignment", value)
        return None
    target = value.get("targetType")
    if not isinstance(target, str | None) or target not in SKILL_TARGETS:
        reading.drop(f"alignment of the type {target}")
        return None
    for name in value:
        if name not in _TAKEN:
            reading.drop(f"alignment.{name}")
    named = value.get("targetName", value.get("name"))
    label = take_texts(reading, "alignment.targetName", named, language, line=True)
    coded = _coded(value)
    if coded:
        return {**coded, "label": label}
    if not label:
        reading.warn("FIELD_MISSING", "an alignment has neither a name nor a code of a named framework", "alignment")
        return None
    if value.get("targetCode") is not None:
        reading.drop("alignment.targetCode")
    return {"label": label}


def _coded(node: Node) -> dict[str, str] | None:
    code = _code(node)
    if code is None:
        return None
    framework = node.get("targetFramework")
    if isinstance(framework, str) and framework.strip():
        return {"scheme": framework if _CODE.fullmatch(framework) else slugify(framework), "code": code}
    return {"scheme": CTID_SCHEME, "code": code} if _CTID.fullmatch(code) else None


def _code(node: Node) -> str | None:
    """The code that is stated; else the id in which the target's address ends, as CASE, CTDL and ESCO make them."""
    stated = node.get("targetCode")
    if isinstance(stated, str) and _CODE.fullmatch(stated.strip()):
        return stated.strip()
    for address in (stated, node.get("targetUrl", node.get("url"))):
        found = _LAST.search(address) if isinstance(address, str) else None
        if found:
            return found[1].lower()
    return None
