"""Words for how a thing is taught, when one attends, and in which language."""

import re

from catalog.model.reading.lines import one_line
from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LANGUAGE

_MODES = {
    "HYFLEX": "hyflex hybridflexible multiaccess",
    "BLENDED": "blended hybrid mixed mixedmode multimodal inpersonandonline onlineandinperson partonline partlyonline",
    "ONLINE_LIVE": "onlinelive liveonline onlinesynchronous synchronousonline synchronous virtualclassroom webinar"
    " livewebinar livestream onlinescheduled virtuallive livevirtual onlinerealtime realtimeonline virtualinstructorled",
    "ONLINE_ANYTIME": "onlineanytime anytimeonline onlineasynchronous asynchronousonline asynchronous selfpacedonline"
    " onlineselfpaced ondemand onlineondemand ondemandonline",
    "ONLINE": "online virtual distance distancelearning distanceeducation elearning remote web webbased onlineonly"
    " onlinecourse fullyonline entirelyonline 100online mooc",
    "IN_PERSON": "inperson onsite facetoface f2f campus oncampus classroom inclass presential offline campusbased",
    "WORKPLACE": "workplace onthejob workbased worksite inworkplace workintegrated",
}
_MODE_OF = {word: mode for mode, words in _MODES.items() for word in words.split()}
_SIGNS = re.compile(r"[\s().:,_\u2013\u2014%-]")
"""Between words for one mode. A slash, "or" and "&" are left: what they join may be a choice."""
_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri)days?|weekdays?"
_TIMES = {
    "DAY_BLOCK": r"(?:day ?/ ?block|day|block) (?:release|blocks?)|blocks?",
    "WEEKEND": r"(?:weekends?|saturdays?|sundays?)(?: (?:days?|daytime|mornings?|afternoons?))?",
    "EVENING": rf"(?:(?:{_WEEKDAYS}) )?(?:evenings?|nights?)",
    "DAYTIME": rf"(?:(?:{_WEEKDAYS}) )?(?:days?|day ?time|mornings?|afternoons?)|weekdays?",
    "ANYTIME": r"any ?time|self paced|customi[sz]ed|flexible",
}
_TIME_PATTERNS = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _TIMES.items()}
_IN_ORDER = ("DAYTIME", "EVENING", "WEEKEND", "DAY_BLOCK", "ANYTIME")
_BESIDE_TIMES = re.compile(
    r"\b(?:and|or|full|part|time|short|other|only|online|in|on|the|class|classes|courses?|sessions?|study|of|week)\b|[\s,;/&().]"
)
_LANGUAGES = {
    "en": "english anglais eng", "fr": "french fran\u00e7ais francais fra fre", "es": "spanish espa\u00f1ol spa",
    "de": "german deu ger", "zh": "chinese mandarin zho chi", "yue": "cantonese", "pa": "punjabi pan",
    "ja": "japanese jpn", "ko": "korean kor", "ar": "arabic ara", "pt": "portuguese por", "it": "italian ita",
    "nl": "dutch nld dut", "ru": "russian rus", "hi": "hindi hin", "tl": "tagalog tgl", "uk": "ukrainian ukr",
    "fa": "farsi persian fas per", "cy": "welsh cym wel",
}  # fmt: skip
_LANGUAGE_OF = {word: tag for tag, words in _LANGUAGES.items() for word in words.split()}
_NO_LANGUAGE = frozenset(["all", "any", "tba", "tbd", "non", "oth", "und", "mul", "mis", "zxx"])
"""Words of forms, and codes of ISO 639 that say there is no one language; some are also codes of small languages."""
_TAG = re.compile(LANGUAGE.strip("^$"))
LONGEST_TAG = 35
"""Characters that a tag of BCP 47 needs room for."""
REGION_LETTERS, SCRIPT_LETTERS = 2, 4


def read_mode(text: str) -> str:
    """A DeliveryMode. Raises Unreadable for words that we do not know, and for a choice of several."""
    words = _SIGNS.sub("", one_line(text, "a way of teaching").lower())
    mode = _MODE_OF.get(words) or _MODE_OF.get(words.removesuffix("delivery").removesuffix("learning"))
    if mode is None:
        raise Unreadable(f"is no way of teaching that we know: {text[:40]!r}", hint="one of " + ", ".join(_MODES))
    return mode


def read_attendance(text: str) -> list[str]:
    """Every Attendance that the words name. Raises Unreadable where there is none, or where they say anything else."""
    rest = re.sub(r"[_-]", " ", one_line(text, "times of the week").lower())
    found = set()
    for name, pattern in _TIME_PATTERNS.items():
        rest, count = pattern.subn(" ", rest)
        if count:
            found.add(name)
    if not found or _BESIDE_TIMES.sub("", rest):
        raise Unreadable(f"says no time of the week that we know: {text[:40]!r}", hint="one of " + ", ".join(_IN_ORDER))
    return [name for name in _IN_ORDER if name in found]


def read_language(text: str) -> str:
    """A language tag: `en_CA` is en-CA, `English` and `eng` are en. Raises Unreadable."""
    plain = one_line(text, "a language").replace("_", "-").lower()
    if plain in _LANGUAGE_OF:
        return _LANGUAGE_OF[plain]
    if len(plain) > LONGEST_TAG or plain in _NO_LANGUAGE or not _TAG.fullmatch(plain):
        hint = "write a BCP 47 tag, such as en or fr-CA"
        raise Unreadable(f"is no language that we know: {text[:40]!r}", hint=hint)
    primary, *others = plain.split("-")
    return "-".join([_LANGUAGE_OF.get(primary, primary), *map(_written, others)])


def _written(subtag: str) -> str:
    """As BCP 47 has it: regions in capitals, scripts with one."""
    if len(subtag) == REGION_LETTERS:
        return subtag.upper()
    return subtag.title() if len(subtag) == SCRIPT_LETTERS and subtag.isalpha() else subtag
