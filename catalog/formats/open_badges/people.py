"""Says, once for a file, that there were people in it and that nothing of them was read."""

from catalog.model.reading.delivery import Reading

CODE = "PEOPLE_DROPPED"


def drop_people(reading: Reading, message: str) -> None:
    """The message names nobody. It is a warning: what the badge is still holds."""
    if not any(issue.code == CODE for issue in reading.delivery.issues):
        reading.warn(CODE, message, hint="send definitions (Achievement, BadgeClass), not what somebody received")
