"""Words of titles that are not of their subject, in English and French, folded."""

from enum import StrEnum


class Tier(StrEnum):
    """How far into its subject a title says that it goes."""

    INTRODUCTORY = "INTRODUCTORY"
    INTERMEDIATE = "INTERMEDIATE"
    ADVANCED = "ADVANCED"


# fmt: off
SILENT = frozenset(word for words in (
    "a an and as at by for from in into of on or the to with your",
    "au aux avec d dans de des du en et la le les l par pour sur un une",
    "attestation award achievement badge certificat certificate certification citation completion cours course credential",
    "diploma diplome formation letter proficiency program programme skill skills statement training",
    "micro microcertificate microcredential microcredentials microcredit microcredits microprogram",
    "bc blended enligne evening fulltime inperson online parttime weekend",
) for word in words.split())
"""Kind, delivery and little words: kinds are compared by themselves, and what is taught online may be the same."""
COUNTED = frozenset(word for words in (
    "book class grade level module part phase series stage step tier unit volume year",
    "annee etape niveau partie tome volet",
) for word in words.split())
"""What a number, a letter or a number in words counts."""
NUMBERS = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5",
}
FORMS = frozenset(word for words in (
    "assistant bridging capstone challenge exam examination instructor lab laboratory practicum prep preparation",
    "recertification refresher renewal requalification teacher trainer tutor upgrade upgrading",
    "adjoint adjointe aide examen instructeur laboratoire renouvellement",
) for word in words.split())
"""What makes another thing of a subject: an exam in it, a refresher of it, its instructors or their assistants."""
TIERS = {word: tier for tier, words in {
    Tier.INTRODUCTORY:
        "introduction introductory intro basic basics beginner beginners elementary essentials fundamental fundamentals "
        "foundation foundations foundational primer starter "
        "debutant elementaire fondement fondements fondamentaux initiation",
    Tier.INTERMEDIATE: "intermediate intermediaire",
    Tier.ADVANCED: "advance advanced enhanced expert higher avance avancee perfectionnement superieur",
}.items() for word in words.split()}
# fmt: on
