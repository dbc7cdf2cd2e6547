"""Words for how a thing is taught, when one attends, and in which language."""

import re

from catalog.model.reading.unreadable import Unreadable
from catalog.model.shapes import LANGUAGE

_MODES = {
    "HYFLEX": "hyflex hybridflexible",
    "BLENDED": "blended hybrid mixed mixedmode multimodal inpersonandonline onlineandinperson onlineinperson partonline partlyonline",
    "ONLINE_LIVE": "onlinelive liveonline onlinesynchronous synchronousonline virtualclassroom synchronous webinar livestream "
    "onlinescheduled virtuallive",
    "ONLINE_ANYTIME": "onlineanytime onlineasynchronous asynchronousonline asynchronous selfpacedonline onlineselfpaced ondemand "
    "onlineondemand",
    "ONLINE": "online virtual distance distancelearning distanceeducation elearning remote web webbased onlineonly onlinecourse",
    "IN_PERSON": "inperson onsite facetoface f2f campus oncampus classroom inclass presential offline campusbased",
    "WORKPLACE": "workplace onthejob workbased worksite inworkplace workintegrated",
}
_MODE_OF = {word: mode for mode, words in _MODES.items() for word in words.split()}
_ATTENDANCE = {
    "DAYTIME": r"day(?:s|time)?|morning|afternoon|weekdays?",
    "EVENING": r"evenings?|nights?",
    "WEEKEND": r"weekends?|saturdays?|sundays?",
    "DAY_BLOCK": r"(?:day|block)[ -]?(?:release|blocks?)|block",
    "ANYTIME": r"any ?time|self[ -]?paced|customi[sz]ed|flexible",
}
_LANGUAGES = {
    "en": "english anglais eng", "fr": "french fran\u00e7ais francais fra fre", "es": "spanish espa\u00f1ol spa", "de": "german deu ger",
    "zh": "chinese mandarin zho chi", "yue": "cantonese", "pa": "punjabi pan", "ja": "japanese jpn", "ko": "korean kor",
    "ar": "arabic ara", "pt": "portuguese por", "it": "italian ita", "nl": "dutch nld dut", "ru": "russian rus", "hi": "hindi hin",
    "tl": "tagalog tgl", "uk": "ukrainian ukr", "fa": "farsi persian fas per", "cy": "welsh cym wel",
}  # fmt: skip
_LANGUAGE_OF = {word: tag for tag, words in _LANGUAGES.items() for word in words.split()}
_TAG = re.compile(LANGUAGE.replace("$", r"\Z"))


def read_mode(text: str) -> str:
    """A DeliveryMode. Raises Unreadable for words that we do not know."""
    plain = re.sub(r"[^a-z0-9]", "", text.lower())
    mode = _MODE_OF.get(plain) or _MODE_OF.get(plain.removesuffix("delivery").removesuffix("learning"))
    if mode is None:
        raise Unreadable(f"is no way of teaching that we know: {text[:40]!r}", hint="one of " + ", ".join(_MODES))
    return mode


def read_attendance(text: str) -> list[str]:
    """Every Attendance that the words name. Raises Unreadable where there is none."""
    found = [name for name, pattern in _ATTENDANCE.items() if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)]
    if "DAY_BLOCK" in found and "DAYTIME" in found:
        found.remove("DAYTIME")
    if not found:
        raise Unreadable(f"says no time of the week that we know: {text[:40]!r}", hint="one of " + ", ".join(_ATTENDANCE))
    return found


def read_language(text: str) -> str:
    """A language tag: `en_CA` is en-CA, `English` and `eng` are en. Raises Unreadable."""
    plain = text.strip().lower()
    if plain in _LANGUAGE_OF:
        return _LANGUAGE_OF[plain]
    primary, _, rest = text.strip().replace("_", "-").partition("-")
    tag = f"{primary.lower()}-{rest}" if rest else primary.lower()
    if _TAG.match(tag):
        return _LANGUAGE_OF.get(primary.lower(), primary.lower()) + (f"-{rest}" if rest else "")
    raise Unreadable(f"is no language that we know: {text[:40]!r}", hint="write a BCP 47 tag, such as en or fr-CA")
