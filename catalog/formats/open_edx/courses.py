"""Courses of course-discovery, and courses put together from lists of their runs."""

from typing import Any

from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import SCHEME, credential_ref, identifier
from catalog.formats.open_edx.providers import read_owners
from catalog.formats.open_edx.runs import published, read_runs
from catalog.model.reading.markup import read_markup, read_title

MOST_SKILLS = 50
REQUIREMENT_LENGTH = 2_000
_NO_PREREQUISITE = frozenset({"none", "none required", "no prerequisites", "no prerequisite", "n/a"})


def read_course(node: Fields) -> dict[str, Any] | None:
    """None for a draft."""
    if node.raw("draft") is True:
        node.reading.drop("courses that are drafts")
        return None
    key = node.text("key") or ""
    runs = published(node.objects("course_runs"))
    value = {
        "type": "credential",
        "kind": "COURSE",
        "ref": credential_ref(key) if key else None,
        "identifiers": [identifier(SCHEME, key), identifier("uuid", node.text("uuid"))],
        "url": node.url("marketing_url"),
        "title": node.line("title"),
        "summary": node.prose("short_description"),
        "description": node.prose("full_description"),
        **read_owners(node, "owners", "organizations", "authoring_organizations"),
        "skills": read_skills(node),
        **read_requirements(node),
        "weeklyHours": weekly_hours(node, runs),
        "offerings": read_runs(runs),
    }
    node.raw("course_run_statuses", "course_run_keys")
    node.end()
    return value


def read_run_list(runs: list[Fields], key: str) -> dict[str, Any] | None:
    """A course of which a file lists only the runs: named as its first run is. None where nobody may see any of them."""
    shown = published(runs)
    if not shown:
        return None
    first = shown[0]
    value = {
        "type": "credential",
        "kind": "COURSE",
        "ref": credential_ref(key) if key else None,
        "identifiers": [identifier(SCHEME, key)],
        "url": first.url("marketing_url"),
        "title": first.line("title", "name"),
        "summary": first.prose("short_description"),
        "description": first.prose("full_description"),
        **read_owners(first, "owners"),
        "weeklyHours": weekly_hours(first, shown),
    }
    if value["provider"] is None:
        value["provider"] = first.reading.provider(first.line("org"))
    return value | {"offerings": read_runs(shown)}


def read_skills(node: Fields) -> list[dict[str, Any]]:
    """By their names: each once, and no more than a Record takes."""
    names = [name for one in node.objects("skills") if (name := one.line("name"))] if _are_objects(node) else []
    names += [read_title(one)[0] for one in node.texts("skill_names")]
    found = list(dict.fromkeys(name for name in names if name))
    if len(found) > MOST_SKILLS:
        message = f"{len(found)} skills are named; the first {MOST_SKILLS} are taken"
        node.reading.warn("TOO_MANY", message, "skills")
    return [{"label": name} for name in found[:MOST_SKILLS]]


def _are_objects(node: Fields) -> bool:
    skills = node.raw("skills")
    return isinstance(skills, list) and all(isinstance(one, dict) for one in skills)


def read_requirements(node: Fields) -> dict[str, Any]:
    """The words as they are; only a plain none says that nothing is required."""
    text = node.text("prerequisites_raw")
    words, _ = read_markup(text) if text else ("", False)
    if words.lower().strip(" .") in _NO_PREREQUISITE:
        return {"requirementsStated": "NONE"}
    if len(words) > REQUIREMENT_LENGTH:
        node.reading.warn(
            "TEXT_SHORTENED", "prerequisites_raw is longer than a rule; it was cut", "prerequisites_raw", words
        )
        words = words[: REQUIREMENT_LENGTH - 1].rstrip() + "\u2026"
    return {"requirements": [{"kind": "PREREQUISITE", "rule": {"text": words}}] if words else None}


def weekly_hours(node: Fields, runs: list[Fields]) -> dict[str, float | None] | None:
    """min_effort and max_effort, where all runs that state them agree."""
    stated = {bounds for run in runs if (bounds := (run.number("min_effort"), run.number("max_effort"))) != (None, None)}
    if len(stated) != 1:
        if stated:
            node.reading.warn("VALUE_INVALID", "the runs state different efforts; none is taken", "weeklyHours")
        return None
    least, most = next(iter(stated))
    if least is not None and most is not None and least > most:
        message = f"min_effort {least:g} is greater than max_effort {most:g}; none is taken"
        node.reading.warn("VALUE_INVALID", message, "weeklyHours")
        return None
    return {"min": least, "max": most}
