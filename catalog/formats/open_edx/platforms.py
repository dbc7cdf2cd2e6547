"""Courses and programs as MITx Online and xPRO list them: built on Open edX, with lists of their own."""

from collections.abc import Mapping
from typing import Any

from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.keys import SCHEME, credential_ref, identifier
from catalog.formats.open_edx.programs import program_kind
from catalog.formats.open_edx.runs import published, read_runs
from catalog.model.reading.lengths import Length, read_length
from catalog.model.reading.words import read_mode

MOST_NODES = 1_000


def read_platform_course(node: Fields) -> dict[str, Any] | None:
    return _read(node, {"kind": "COURSE", "offerings": read_runs(published(node.objects("courseruns")))})


def read_platform_program(node: Fields, courses: Mapping[Any, str]) -> dict[str, Any] | None:
    """`courses` gives the readable id of each course and program of the file by its number."""
    components = _required(node, courses) + [key for one in node.objects("courses") if (key := one.text("readable_id"))]
    found = [identifier(SCHEME, key) for key in dict.fromkeys(components)]
    kind = program_kind(node, node.text("certificate_type"))
    return _read(node, kind | {"components": [one for one in found if one]})


def readable_ids(nodes: list[Any]) -> dict[Any, str]:
    """Of what a file holds, by kind and number: programs and courses are numbered apart."""
    found: dict[Any, str] = {}
    for node in nodes:
        if isinstance(node, Mapping) and isinstance(node.get("readable_id"), str) and isinstance(node.get("id"), int):
            found["course" if "courseruns" in node else "program", node["id"]] = node["readable_id"]
    return found


def _read(node: Fields, more: dict[str, Any]) -> dict[str, Any] | None:
    key = node.text("readable_id") or ""
    page = next(iter(node.objects("page")), None)
    if page is not None and page.raw("live") is False:
        node.reading.drop("pages that are not live")
        return None
    effort: Length = node.take("time_commitment", read_length) or Length()
    length: Length = node.take("duration", read_length) or Length()
    mode = node.take("format", read_mode)
    value = {
        "type": "credential",
        "ref": credential_ref(key) if key else None,
        "identifiers": [identifier(SCHEME, key)],
        "url": node.url("url") or (page.url("page_url") if page else None),
        "provider": node.reading.told.provider,
        "title": node.line("title"),
        "description": node.prose("description") or (page.prose("description") if page else None),
        "weeklyHours": _bounds(node, "weekly_hours") or effort.weekly_hours,
        "statedHours": effort.hours or length.hours,
        "weeks": _bounds(node, "weeks") or length.weeks,
        **more,
    }
    if value.get("offerings"):
        value["offerings"] = [one | {"mode": mode} for one in value["offerings"]]
    else:
        value["usual"] = {"mode": mode}
    if page:
        page.end()
    node.raw("id")
    node.end()
    return value


def _bounds(node: Fields, name: str) -> dict[str, float | None] | None:
    least, most = node.number(f"min_{name}"), node.number(f"max_{name}")
    if least is not None and most is not None and least > most:
        node.refuse(f"min_{name}", f"({least:g}) is greater than max_{name} ({most:g})")
        return None
    return {"min": least, "max": most} if least or most else None


def _required(node: Fields, courses: Mapping[Any, str]) -> list[str]:
    """The courses and programs of a tree in which all are required; a choice is no list of parts, and is left out."""
    found: list[str] = []
    waiting = [node.raw("req_tree")]
    for _ in range(MOST_NODES):
        if not waiting:
            break
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
            continue
        data = one.get("data") if isinstance(one, Mapping) else None
        if not isinstance(data, Mapping):
            continue
        if data.get("node_type") == "operator" and data.get("operator") != "all_of":
            node.reading.drop("choices in req_tree")
            continue
        found += _named(node, data, courses)
        waiting.append(one.get("children"))
    return found


def _named(node: Fields, data: Mapping[str, Any], courses: Mapping[Any, str]) -> list[str]:
    for kind, name in (("course", "course"), ("program", "required_program")):
        number = data.get(name)
        if number is None:
            continue
        if isinstance(number, int) and (kind, number) in courses:
            return [courses[kind, number]]
        node.refuse("req_tree", f"names the {kind} {str(number)[:20]}, which the file does not have", str(number))
    return []
