"""Hours of work apart from weeks that pass, as courses and their runs state them."""

from typing import Any

from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.scope import Scope
from catalog.model.reading.lengths import Length, read_length
from catalog.model.shapes import LINE_LENGTH

Span = dict[str, Any]


def read_span(node: Node, name: str, scope: Scope) -> Length:
    """The first length of time that a property states; words that name no length stay words."""
    for one in node.take(name):
        value = scope.node(one, node.names).first("value") if is_object(one) else one
        text = text_of(value)
        if text is None:
            scope.refuse(name, one)
            continue
        return scope.reading.take(name, read_length, text) or Length()
    return Length()


def read_workload(node: Node, scope: Scope) -> Length:
    """Work only: words without a number are words about the work, not about weeks. What cannot be read keeps its words."""
    found = read_span(node, "courseWorkload", scope)
    if found.weeks is None and (found.hours or found.weekly_hours):
        return found
    text = next((text for one in node.peek("courseWorkload") if (text := text_of(one))), None)
    if text is None or len(text) > LINE_LENGTH:
        return Length(found.hours, found.weekly_hours)
    if found.hours or found.weekly_hours:
        return found
    return Length(hours={"text": text}, weeks=found.weeks if found.weeks and "min" in found.weeks else None)


def agreed(path: str, values: list[Span | None], scope: Scope) -> Span | None:
    """What all runs that say it say alike; None, with a warning, where they differ."""
    different: list[Span] = []
    for one in values:
        if one and one not in different:
            different.append(one)
        if len(different) > 1:
            scope.reading.warn("VALUE_UNREADABLE", f"the runs state different {path}; none is taken", path)
            return None
    return different[0] if different else None
