"""Words that say little here, in English and French."""

from functools import cache

from catalog.search.text.stems import stem

# fmt: off
EMPTY_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "become", "becoming", "by", "can", "do", "does", "for",
    "from", "get", "have", "how", "i", "if", "in", "into", "is", "it", "like", "me", "my", "near",
    "of", "on", "or", "our", "that", "the", "their", "there", "these", "they", "this", "to", "want", "was",
    "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your", "am", "need",
    "should", "could", "looking", "find", "any", "some", "about", "after", "au", "aux", "avec", "ce", "ces", "comment",
    "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "je", "la", "le", "les", "leur",
    "ma", "mes", "mon", "ou", "par", "pas", "pour", "que", "qui", "sa", "ses", "son", "sur", "un",
    "une", "vers",
})
"""Say nothing of what is sought: left out, unless there is nothing else."""
COMMON_WORDS = frozenset({
    "course", "courses", "class", "classes", "program", "programs", "programme", "programmes", "training",
    "train", "certificate", "certificates", "certification",
    "credential", "credentials",
    "microcredential", "microcredentials", "micro",
    "learn", "learning", "study", "studies", "school", "education", "job", "jobs", "career",
    "careers", "skill", "skills", "work", "short", "bc", "cours", "formation", "formations",
    "certificat", "apprendre",
})
# fmt: on
"""Nearly everything here could be called by them: they help, but nothing is left out for lack of them."""


@cache
def common_stems() -> frozenset[str]:
    return frozenset(stem(word, "en") for word in COMMON_WORDS)


def only_looks_common(word: str) -> bool:
    """It says something, but its stem says little: `programming` is not about every program."""
    return word not in COMMON_WORDS and stem(word, "en") in common_stems()
