"""What a source sends, step by step: every file writes its number into everything that it states.

A step makes exactly one commit, so that the number of a source's commits says which step comes next; each third step
takes the one before it back.
"""

import json
from datetime import date, timedelta

from catalog.model.record import RECORD_FORMAT

TAKES_BACK = 3
CREDENTIALS = 6
ALWAYS = CREDENTIALS - 1
DAYS = 300
"""So many days the confirmations move at most: none may be after today."""
SOURCES = ("test/one", "test/two")


def is_rollback(step):
    return step % TAKES_BACK == 0


def name_of(source, step):
    """Of the file of a step; no two sources send one of the same name."""
    return f"{source.rpartition('/')[2]}-{step}.json"


def marker_after(step):
    """The number that everything of the source bears after this step: that of the last file, unless it was taken back."""
    return step - 2 if is_rollback(step) else step


def credentials_after(step):
    """How many are offered after this step."""
    return ALWAYS + marker_after(step) % 2


def delivery(source, step):
    """The file of a step as bytes."""
    own = source.rpartition("/")[2]
    records = [_institution(own, step), *(_credential(own, number, step) for number in range(ALWAYS + step % 2))]
    declared = {"key": source, "name": f"Feed of {own}", "kind": "PROVIDER", "complete": True}
    return json.dumps({"format": RECORD_FORMAT, "source": declared, "records": records}).encode()


def _institution(own, step):
    """Its content never changes: only that somebody has looked again."""
    day = date(2025, 1, 1) + timedelta(days=step % DAYS)
    campus = {"ref": "main", "name": "Main", "city": "Victoria", "timeZone": "America/Vancouver"}
    names = {"type": "institution", "ref": own, "slug": own, "name": f"University {own}", "kind": "PUBLIC_UNIVERSITY"}
    return {**names, "campuses": [campus], "confirmedOn": day.isoformat()}


def _credential(own, number, step):
    record = {
        "type": "credential",
        "ref": f"c{number}",
        "slug": f"{own}/c{number}" if number != 1 else f"{own}/c1-{step % 3}",
        "provider": own,
        "title": f"Marker {step}",
        "kind": "MICRO_CREDENTIAL",
        "totalHours": {"min": step, "max": step},
        "identifiers": [{"scheme": f"code-{own}", "value": f"{number}"}],
        "skills": [{"label": f"Skill {own} {step // TAKES_BACK}"}],
        "occupations": [],
        "offerings": [
            {"ref": "fall", "startsOn": "2091-09-08", "places": [{"campus": f"{own}#main"}]},
            {"ref": f"run-{step % 3}", "startsOn": "2092-01-08", "mode": "ONLINE"},
        ],
    }
    if number == 2:
        record["requirements"] = [{"kind": "PREREQUISITE", "rule": {"holds": f"{own}/c0"}}]
    return record
