"""When one must be there: as stated, else as the required meetings say."""

from catalog.model.records.offering import Meeting, OfferingShape
from catalog.model.vocabulary import Attendance, Weekday

EVENING_FROM = "17:00"
WEEKEND = frozenset({Weekday.SAT, Weekday.SUN})


def attendance(run: OfferingShape) -> list[Attendance]:
    """Empty where neither is stated, or where a required meeting does not say its days or time."""
    if run.attendance:
        return run.attendance
    required = [_slots(meeting) for meeting in run.meetings or () if meeting.required is not False]
    if not required or set() in required:
        return []
    return sorted(set.union(*required))


def _slots(meeting: Meeting) -> set[Attendance]:
    """A day at a weekend is WEEKEND at any hour."""
    days = set(meeting.days or ())
    found = {Attendance.WEEKEND} if days & WEEKEND else set()
    if days - WEEKEND:
        if meeting.start_time is None:
            return set()
        found.add(Attendance.EVENING if meeting.start_time >= EVENING_FROM else Attendance.DAYTIME)
    return found
