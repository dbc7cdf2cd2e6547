"""What learners call it when and how something is taught, in English and French."""

from typing import Any

from catalog.model.vocabulary import Attendance, DeliveryMode, StudyLoad

MODE_WORDS = {
    DeliveryMode.IN_PERSON: "in person, on campus, face to face, en personne",
    DeliveryMode.ONLINE: "online, distance, remote, virtual, en ligne, à distance",
    DeliveryMode.ONLINE_LIVE: "online, live online, distance, remote, virtual, en ligne, à distance",
    DeliveryMode.ONLINE_ANYTIME: "online, self-paced, distance, remote, virtual, en ligne, à distance",
    DeliveryMode.BLENDED: "blended, hybrid, partly online, hybride",
    DeliveryMode.HYFLEX: "hyflex, hybrid, online or in person, hybride",
    DeliveryMode.WORKPLACE: "workplace, on the job, en milieu de travail",
}
ATTENDANCE_WORDS = {
    Attendance.DAYTIME: "daytime, weekdays, jour",
    Attendance.EVENING: "evening, evenings, night, after work, soir, soirée",
    Attendance.WEEKEND: "weekend, weekends, saturday, sunday, fin de semaine",
    Attendance.DAY_BLOCK: "full days, day block, intensive",
    Attendance.ANYTIME: "anytime, flexible, self-paced, à votre rythme",
}
LOAD_WORDS = {
    StudyLoad.PART_TIME: "part-time, part time, temps partiel",
    StudyLoad.FULL_TIME: "full-time, full time, temps plein",
}


def teaching_words(run: dict[str, Any]) -> list[str]:
    """Of an offering's or a `usual` part of a Document."""
    found = [MODE_WORDS[run["mode"]]] if run["mode"] else []
    found += [ATTENDANCE_WORDS[Attendance(one)] for one in run["attendance"]]
    return found + ([LOAD_WORDS[run["studyLoad"]]] if run.get("studyLoad") else [])
