"""Turns what pydantic says into an issue that names path and field in the words of the Record."""

from difflib import get_close_matches
from typing import Any

from catalog.errors import Issue
from catalog.model.shapes import field_names

VALUE_LENGTH = 80
PATH_LENGTH = 200
MESSAGE_LENGTH = 600
"""Longer ones quote what was sent."""
_CODES = {
    "extra_forbidden": ("FIELD_UNKNOWN", "is not a field of this record"),
    "missing": ("FIELD_MISSING", "is required here"),
    "enum": ("VALUE_NOT_ALLOWED", None),
    "literal_error": ("VALUE_NOT_ALLOWED", None),
    "union_tag_invalid": ("TYPE_UNKNOWN", None),
    "union_tag_not_found": ("TYPE_MISSING", "has no type"),
    "too_long": ("TOO_MANY", None),
    "string_too_long": ("TEXT_TOO_LONG", None),
}


def to_issue(detail: Any, row: int | None) -> Issue:
    """One pydantic error detail as an Issue; the value is shortened and never a whole record."""
    location = list(detail["loc"])[1:]  # the first part is the record's type, by which the shape was chosen
    path = _path(location)
    code, message = _CODES.get(detail["type"], ("VALUE_INVALID", None))
    near = get_close_matches(str(location[-1]), sorted(field_names()), 1) if code == "FIELD_UNKNOWN" else []
    return Issue(
        code=code,
        message=f"{path or 'the record'} {message or _sentence(detail['msg'])}",
        path=path,
        row=row,
        field=str(location[0]) if location else "type",
        value=_shown(detail.get("input")),
        hint=_hint(code, near),
    )


def _hint(code: str, near: list[str]) -> str | None:
    if near:
        return f"did you mean {near[0]}?"
    return "`catalog export-schema` writes record.schema.json" if code == "FIELD_UNKNOWN" else None


def _path(location: list[int | str]) -> str:
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif not part.startswith(("function-", "lax-or-strict", "constrained-", "tagged-union")):
            text += f".{part}" if text else part
    return text[:PATH_LENGTH]


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    text = text if len(text) <= MESSAGE_LENGTH else text[: MESSAGE_LENGTH - 1] + "…"
    return text if text.startswith(("is ", "has ", "must ", "needs ", "states ", "says ")) else f"is refused: {text}"


def _shown(value: Any) -> str | None:
    if isinstance(value, dict | list) or value is None:
        return None
    text = str(value)
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "…"
