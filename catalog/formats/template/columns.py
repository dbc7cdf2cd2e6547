"""The columns of every sheet: the one list that reading, writing, help and documentation follow."""

from catalog.formats.template.cell import YES
from catalog.formats.template.column import Cells, Column, words
from catalog.model.vocabulary import (
    Attendance,
    Audience,
    ComponentRegistration,
    CredentialKind,
    CreditBasis,
    CreditStatus,
    CreditUnit,
    DeliveryMode,
    EarnBy,
    FeeDue,
    FeeKind,
    FeePer,
    Intake,
    Lifecycle,
    MeetingKind,
    OfferingRun,
    OpenTo,
    RecordOfLearning,
    Residency,
    Restriction,
    Reuse,
    Selection,
    Stated,
    StudyLoad,
    Tax,
    Visibility,
    Weekday,
)

CREDENTIALS, OFFERINGS, FEES, MEETINGS, LISTS, READ_ME = "Credentials", "Offerings", "Fees", "Meetings", "Lists", "Read me"
USUAL = "USUAL"
"""In place of an offering's ref: what holds for every run."""
NONE, FREE = "NONE", "FREE"

_C = Column
CREDENTIAL_COLUMNS = (
    _C("ref", "ref", Cells.CODE, "your own id of the credential; it never changes"),
    _C("title", "title", Cells.LINE, "as learners read it", is_text=True),
    _C("provider", "provider", Cells.CODE, "slug of the institution; absent: the one that the file is sent for"),
    _C("kind", "kind", Cells.WORD, "what it is", words(CredentialKind)),
    _C("provider_term", "providerTerm", Cells.LINE, "your own word for it, such as letter of proficiency"),
    _C("summary", "summary", Cells.PROSE, "one or two sentences", is_text=True),
    _C("description", "description", Cells.PROSE, "what one learns and for whom it is", is_text=True),
    _C("url", "url", Cells.ADDRESS, "its page"),
    _C("register_url", "registerUrl", Cells.ADDRESS, "where one registers"),
    _C("lifecycle", "lifecycle", Cells.WORD, "whether it is still given", words(Lifecycle)),
    _C("languages", "languages", Cells.CODES, "in which it is taught, as BCP 47 tags such as en or fr"),
    _C("records", "records", Cells.WORDS, "what one gets", words(RecordOfLearning)),
    _C("badge", "badge", Cells.WORD, "whether a digital badge is issued", words(Stated)),
    _C("total_hours", "totalHours", Cells.BOUNDS, "all hours of work"),
    _C("instructional_hours", "instructionalHours", Cells.BOUNDS, "hours with an instructor"),
    _C("independent_hours", "independentHours", Cells.BOUNDS, "hours on one's own"),
    _C("placement_hours", "placementHours", Cells.BOUNDS, "hours of practicum or placement"),
    _C("stated_hours", "statedHours", Cells.BOUNDS, "hours of which your page does not say which they are"),
    _C("weekly_hours", "weeklyHours", Cells.BOUNDS, "hours in a week"),
    _C("weeks", "weeks", Cells.BOUNDS, "from beginning to end"),
    _C("credit_value", "credit.value", Cells.NUMBER, "how much credit"),
    _C("credit_unit", "credit.unit", Cells.WORD, "of which kind", words(CreditUnit)),
    _C("credit_per", "credit.per", Cells.WORD, "for the whole, or for each course", words(CreditBasis)),
    _C("credit_status", "credit.status", Cells.WORD, "whether it carries credit", words(CreditStatus)),
    _C("credit_text", "credit.text", Cells.LINE, "credit in words"),
    _C("skills", "skills", Cells.SKILLS, "what one can do afterwards"),
    _C("occupations", "occupations", Cells.CODES, "NOC 2021, five digits"),
    _C("sectors", "sectors", Cells.CODES, "NAICS"),
    _C("sector_text", "sectorText", Cells.LINE, "the sector in words"),
    _C("cip", "cip", Cells.CODE, "Classification of Instructional Programs, such as 11.0701"),
    _C("themes", "themes", Cells.CODES, "slugs of themes"),
    _C("audiences", "audiences", Cells.WORDS, "for whom it is meant", words(Audience)),
    _C("audience_text", "audienceText", Cells.PROSE, "for whom, in words"),
    _C("restriction", "restriction.kind", Cells.WORD, "whether only they may take it", words(Restriction)),
    _C("restriction_text", "restriction.text", Cells.PROSE, "the restriction in words"),
    _C("assessed", "assessed", Cells.WORD, "whether learning is assessed", words(Stated)),
    _C("assessment_methods", "assessmentMethods", Cells.LINES, "how"),
    _C("requirements", "requirements", Cells.RULES, "what must be held or done before"),
    _C("components", "components", Cells.CODES, "references of the parts that it is made of"),
    _C("registration", "registration", Cells.WORD, "how one registers for the parts", words(ComponentRegistration)),
    _C("earn_by", "earnBy", Cells.WORDS, "how it can be earned", words(EarnBy)),
    _C("valid_for", "validFor", Cells.CODE, "how long it is valid, such as P2Y"),
    _C("visibility", "visibility", Cells.WORD, "who sees it", words(Visibility)),
    _C("reuse", "reuse", Cells.WORD, "whether others may show it", words(Reuse)),
    _C("confirmed_on", "confirmedOn", Cells.DAY, "when somebody last looked whether all this is right"),
)
OFFERING_COLUMNS = (
    _C("label", "label", Cells.LINE, "your own name of the run, such as Fall cohort"),
    _C("run", "run", Cells.WORD, "whether it will take place", words(OfferingRun)),
    _C("intake", "intake", Cells.WORD, "how learners come in", words(Intake)),
    _C("starts_on", "startsOn", Cells.DATE, "first day"),
    _C("ends_on", "endsOn", Cells.DATE, "last day"),
    _C("registration_opens", "registrationWindows.opensAt", Cells.MOMENT, "from when one can register"),
    _C("registration_closes", "registrationWindows.closesAt", Cells.MOMENT, "until when, the whole day included"),
    _C("time_zone", "timeZone", Cells.CODE, "such as America/Vancouver; absent: that of the campus"),
    _C("weeks", "weeks", Cells.BOUNDS, "from beginning to end"),
    _C("complete_within", "completeWithin", Cells.CODE, "the longest one may take, such as P6M"),
    _C("study_load", "studyLoad", Cells.WORD, "full or part time", words(StudyLoad)),
    _C("mode", "mode", Cells.WORD, "how it is taught", words(DeliveryMode)),
    _C("attendance", "attendance", Cells.WORDS, "when one attends", words(Attendance)),
    _C("places", "places", Cells.PLACES, "where it is taught"),
    _C("open_to", "openTo", Cells.WORD, "from where learners may come", words(OpenTo)),
    _C("languages", "languages", Cells.CODES, "where they differ from the credential's"),
    _C("seats", "seats", Cells.COUNT, "how many there are"),
    _C("min_enrolment", "minEnrolment", Cells.COUNT, "how many it takes for the run to go ahead"),
    _C("waitlist_open", "waitlist.open", Cells.YES_NO, "whether there is a waiting list one can join"),
    _C("selection", "selection", Cells.WORD, "how seats are given", words(Selection)),
    _C("register_url", "registerUrl", Cells.ADDRESS, "where one registers for this run"),
    _C("apply_url", "applyUrl", Cells.ADDRESS, "where one applies"),
    _C("contact", "contact", Cells.LINE, "an office, never a person"),
    _C("note", "note", Cells.PROSE, "anything else"),
)
OF_CREDENTIAL = _C("credential", "", Cells.CODE, "ref of the credential")
OF_OFFERING = _C("offering", "", Cells.CODE, f"ref of the offering; {USUAL} or blank: what holds for every run")
OFFERING_REF = _C("ref", "ref", Cells.CODE, f"your own id of the run; {USUAL}: what holds for every run")
DELETE = _C("delete", "", Cells.YES_NO, f"{YES}: it is no longer offered. Leaving the row out does not say so")
NOT_OF_USUAL = frozenset({"label", "run", "startsOn", "endsOn", "registrationWindows", "timeZone", "seats", "minEnrolment",
                          "waitlist", "note"})  # fmt: skip
FEE_COLUMNS = (
    _C("kind", "kind", Cells.WORD, "what it is for", words(FeeKind)),
    _C("amount", "amount", Cells.AMOUNT, f"without signs and commas; {FREE} where there is nothing to pay"),
    _C("amount_max", "amountMax", Cells.AMOUNT, "where it is a range"),
    _C("currency", "currency", Cells.CODE, "absent: CAD"),
    _C("per", "per", Cells.WORD, "what it is counted by; absent: a total", words(FeePer)),
    _C("residency", "residency", Cells.WORD, "who pays it; absent: everybody", words(Residency)),
    _C("optional", "optional", Cells.YES_NO, "whether one can do without"),
    _C("due", "due", Cells.WORD, "when it is due", words(FeeDue)),
    _C("due_on", "dueOn", Cells.DAY, "on which day"),
    _C("refundable_until", "refundableUntil", Cells.DAY, "until when it is given back"),
    _C("tax", "tax", Cells.WORD, "whether tax is in it", words(Tax)),
    _C("pay_to", "payTo", Cells.LINE, "to whom, where not to you"),
    _C("text", "text", Cells.LINE, "the fee in words"),
)
MEETING_COLUMNS = (
    _C("kind", "kind", Cells.WORD, "what sort of meeting", words(MeetingKind)),
    _C("days", "days", Cells.WORDS, "days of the week", words(Weekday)),
    _C("start_time", "startTime", Cells.TIME, "from"),
    _C("end_time", "endTime", Cells.TIME, "until"),
    _C("starts_on", "startsOn", Cells.DAY, "first time, where it is not that of the run"),
    _C("ends_on", "endsOn", Cells.DAY, "last time"),
    _C("every_weeks", "everyWeeks", Cells.COUNT, "2: every other week"),
    _C("campus", "campus", Cells.CODE, "where, as institution#campus"),
    _C("required", "required", Cells.YES_NO, "whether one must be there"),
)
FLAT_PREFIX = "offering_"
FLAT_PRICES = (
    _C("tuition", "", Cells.AMOUNT, f"tuition in all for a domestic learner, or {FREE}"),
    _C("tuition_international", "", Cells.AMOUNT, "tuition in all for an international learner"),
)
SHEETS = {
    CREDENTIALS: (*CREDENTIAL_COLUMNS, DELETE),
    OFFERINGS: (OF_CREDENTIAL, OFFERING_REF, *OFFERING_COLUMNS, DELETE),
    FEES: (OF_CREDENTIAL, OF_OFFERING, *FEE_COLUMNS),
    MEETINGS: (OF_CREDENTIAL, OF_OFFERING, *MEETING_COLUMNS),
}
FLAT = (
    *CREDENTIAL_COLUMNS,
    DELETE,
    Column(f"{FLAT_PREFIX}ref", "ref", OFFERING_REF.cells, OFFERING_REF.help),
    *(
        Column(FLAT_PREFIX + one.name, one.path, one.cells, f"of the run: {one.help}", one.words, one.is_text)
        for one in OFFERING_COLUMNS
    ),
    *FLAT_PRICES,
)
"""The columns of the CSV: one row for each run, or one for a credential without any."""
REJECTED = "what_is_wrong"
"""The column that rejected rows come back with; whoever sends them again need not take it out."""
