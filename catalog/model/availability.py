"""What a learner is told of a credential's status, so that nothing old is taken for open."""

from catalog.model.vocabulary import OfferingStatus

SENTENCES: dict[str, dict[OfferingStatus, str]] = {
    "en": {
        OfferingStatus.OPEN: "Open for registration.",
        OfferingStatus.WAITLIST: "Full; the waitlist is open.",
        OfferingStatus.UPCOMING: "Announced; registration is not open yet, or no source says when.",
        OfferingStatus.FULL: "Full.",
    },
    "fr": {
        OfferingStatus.OPEN: "Inscriptions ouvertes.",
        OfferingStatus.WAITLIST: "Complet; la liste d\u2019attente est ouverte.",
        OfferingStatus.UPCOMING: "Annoncé; les inscriptions ne sont pas ouvertes, ou aucune source ne dit quand.",
        OfferingStatus.FULL: "Complet.",
    },
}
NOTHING_OPEN = {
    "en": "Nothing is known to be open; {confirmed}; ask the provider.",
    "fr": "Rien n\u2019est ouvert à notre connaissance; {confirmed}; renseignez-vous auprès de l\u2019établissement.",
}
CONFIRMED = {
    "en": ("last confirmed {when}", "no source says when it was last confirmed"),
    "fr": ("dernière confirmation : {when}", "aucune source ne dit quand cela a été confirmé"),
}


def availability_text(status: OfferingStatus, last_confirmed: str | None, language: str) -> str:
    """`last_confirmed` is a year, a month or a day as far as it is known: 2021, 2021-02 or 2021-02-09."""
    primary = language.split("-", maxsplit=1)[0]
    spoken = primary if primary in SENTENCES else "en"
    if sentence := SENTENCES[spoken].get(status):
        return sentence
    known, unknown = CONFIRMED[spoken]
    confirmed = known.format(when=last_confirmed[:4]) if last_confirmed else unknown
    return NOTHING_OPEN[spoken].format(confirmed=confirmed)
