"""Texts as they are compared: without capitals, diacritics or apostrophes, so that a plain keyboard finds every name.

SENĆOŦEN becomes sencoten, Tŝilhqot’in tsilhqotin, l'environnement environnement. What is shown is never folded.
"""

import re
import unicodedata

APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u02b9\u2032\u00b4`\u201b\u0294\u02c0\ua78c"
"""Also the glottal stops of Salishan and Wakashan spellings, which plain keyboards write as an apostrophe or not at all."""
LETTERS = {
    "ŧ": "t", "đ": "d", "ø": "o", "ł": "l", "ƚ": "l", "ɬ": "l", "ⱥ": "a", "ȼ": "c", "œ": "oe", "æ": "ae",
    "ß": "ss", "ə": "e", "θ": "th", "ɫ": "l", "ƛ": "tl", "λ": "l", "ı": "i", "ⱦ": "t", "ꝁ": "k", "χ": "x",
    "ɣ": "g", "ʷ": "w",
}  # fmt: skip
"""Letters that Unicode does not take apart into a plain letter and a mark."""
_ELISION = re.compile(
    rf"(?<![\w\u0300-\u036f])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[{re.escape(APOSTROPHES)}](?=[aeiouyhàâäéèêëîïôöùûü])"
)
_INITIALS = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
"""U.B.C. is UBC."""
_LETTERS = str.maketrans(LETTERS)
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES))
WORD = re.compile(r"[^\W_]+")
"""A word of a folded text: letters and digits."""


def fold(text: str) -> str:
    """The same for every way of typing a text; never longer than a few times its length."""
    lowered = text.lower()
    if "." in lowered:
        lowered = _INITIALS.sub(r"\1", lowered)
    if lowered.isascii():
        return _ELISION.sub("", lowered).replace("'", "").replace("`", "") if "'" in lowered or "`" in lowered else lowered
    opened = _ELISION.sub("", unicodedata.normalize("NFC", lowered)).translate(_NO_APOSTROPHES)
    apart = unicodedata.normalize("NFKD", opened).lower()  # signs such as ℠ come apart into capitals
    return "".join(one for one in apart if not unicodedata.combining(one)).translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    return WORD.findall(fold(text))
