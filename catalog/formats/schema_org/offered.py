"""How a listing is offered: how much work it is, its runs, and what usually holds."""

from typing import Any

from catalog.formats.schema_org.alternatives import as_alternatives
from catalog.formats.schema_org.nodes import Node, is_object, text_of
from catalog.formats.schema_org.runs import Run, read_run
from catalog.formats.schema_org.scope import Scope
from catalog.formats.schema_org.spans import agreed, read_span

MOST_RUNS = 200
_SHARED = ("mode", "attendance", "studyLoad", "fees")
"""What a course says of its runs holds for each of them, where none says anything of its own."""
Value = dict[str, Any]


def read_offered(node: Node, languages: list[str], title: dict[str, str], scope: Scope) -> Value:
    """statedHours, weeklyHours, weeks, registerUrl, usual and offerings."""
    required, passing = read_span(node, "timeRequired", scope), read_span(node, "timeToComplete", scope)
    runs = _runs(node, languages, title, scope)
    own = read_run(node, title, scope, is_own=False)
    node.take("offers")
    hours = required.hours or passing.hours or own.hours or agreed("hours", [one.hours for one in runs], scope)
    weekly = required.weekly_hours or passing.weekly_hours or own.weekly_hours
    usual, offerings = _placed(own, runs, node, scope)
    return {
        "statedHours": hours,
        "weeklyHours": weekly or agreed("weekly hours", [one.weekly_hours for one in runs], scope),
        "weeks": passing.weeks or required.weeks or (own.value["weeks"] if own.is_usual else None),
        "registerUrl": own.value["registerUrl"] if own.is_usual else None,
        "usual": _priced(usual),
        "offerings": [_priced(one) for one in offerings],
    }


def _runs(node: Node, languages: list[str], title: dict[str, str], scope: Scope) -> list[Run]:
    stated = [scope.node(one, node.names) for one in node.take("hasCourseInstance") if is_object(one)]
    if len(stated) > MOST_RUNS:
        message = f"there are {len(stated)} runs; the first {MOST_RUNS} are taken"
        scope.reading.warn("TOO_MANY", message, "offerings")
    runs = [read_run(one, title, scope) for one in stated[:MOST_RUNS]]
    for one in runs:
        if one.value["languages"] == languages:
            del one.value["languages"]
    return runs


def _placed(own: Run, runs: list[Run], node: Node, scope: Scope) -> tuple[Value, list[Value]]:
    """(usual, offerings). One run without dates or a name of its own is what usually holds; several are several."""
    usual = _said(own.value)
    if all(fee in [each for one in runs for each in one.value["fees"]] for fee in own.value["fees"]):
        usual.pop("fees", None)  # the course sums up what its runs cost
    for name in ("weeks", "registerUrl"):
        usual.pop(name, None)
    if not own.is_usual and not runs:
        return {}, [_said(own.value)]
    if not own.is_usual:
        message = "the dates of the course itself are left out, since it lists its runs"
        scope.reading.warn("VALUE_UNREADABLE", message, "offerings")
        usual = {name: usual[name] for name in _SHARED if name in usual}
    if is_free(node) and not any(one.value.get("fees") for one in (own, *runs)):
        usual["fees"] = [{"kind": "TUITION", "amount": {"amount": "0", "currency": scope.reading.told.currency}}]
    if len(runs) == 1 and runs[0].is_usual:
        return usual | _said(runs[0].value), []
    inherited = {name: usual[name] for name in _SHARED if name in usual and not any(one.value.get(name) for one in runs)}
    return usual, _distinct([inherited | _said(one.value) for one in runs], scope)


def _said(value: Value) -> Value:
    return {name: one for name, one in value.items() if one not in (None, "", [], {})}


def _priced(value: Value) -> Value:
    """With its offers as fees that may be added up."""
    return value | {"fees": as_alternatives(value["fees"])} if "fees" in value else value


def _distinct(offerings: list[Value], scope: Scope) -> list[Value]:
    """Each ref once: what is said twice is one run, and of two that differ the second is left out."""
    found: dict[str, Value] = {}
    kept: list[Value] = []
    for one in offerings:
        ref = one.get("ref")
        if ref is None or ref not in found:
            kept.append(one)
        elif found[ref] != one:
            message = f"two runs are called {ref!r}; the second is left out"
            scope.reading.warn("REF_DUPLICATE", message, "offerings", ref, "give each run an @id of its own")
        if ref:
            found.setdefault(ref, one)
    return kept


def is_free(node: Node) -> bool:
    """Whether it is said to be free for everybody."""
    return any(
        one is True or str(text_of(one)).rpartition("/")[2].lower() == "true" for one in node.take("isAccessibleForFree")
    )
