"""Cleans text that publishers send: no markup, one Unicode form, every letter of every orthography kept."""

import re
import unicodedata
from html import unescape

import nh3

MOST_PASSES = 5
_BLOCK_END = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|li|h[1-6]|tr))\s*>", re.IGNORECASE)
_TAGS = (
    r"a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button"
    r"|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt"
    r"|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header"
    r"|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|math|menu|meta"
    r"|meter|nav|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt"
    r"|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg"
    r"|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr"
)
_LONE_LESS_THAN = re.compile(rf"<(?!/?(?:{_TAGS})(?:[\s/][^<>]*)?>|!--)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_SPACE_AROUND_LINE = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean_text(value: str) -> str:
    """Plain text in NFC with markup removed; paragraphs become line breaks. Cleaning twice changes nothing.

    NFC composes what has a composed form and leaves letters such as hən̓q̓əmin̓əm̓ as they are; nothing is transliterated.
    """
    text = _CONTROL.sub("", unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n"))
    for _ in range(MOST_PASSES):
        plain = _without_markup(text)
        if plain == text:
            break
        text = plain
    else:
        text = text.replace("<", "").replace("&", "")  # markup nested this deep inside entities is an attack, not a text
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", _CONTROL.sub("", text)))
    return _BLANK_LINES.sub("\n\n", _SPACE_AROUND_LINE.sub("\n", text)).strip()


def clean_line(value: str) -> str:
    """The same on one line, for titles and names."""
    return _SPACES.sub(" ", clean_text(value).replace("\n", " ")).strip()


def _without_markup(text: str) -> str:
    """Only what is written as a whole HTML tag is markup: "Grades <B are not accepted" is a sentence."""
    if "<" not in text and "&" not in text:
        return text
    text = _LONE_LESS_THAN.sub("&lt;", text)
    return unescape(nh3.clean(_BLOCK_END.sub("\n", text), tags=set(), clean_content_tags={"script", "style"}))
