"""Our own template: what its cells mean, in each of its three forms, and what spreadsheets do to them."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, time

import openpyxl
import pytest

from catalog.formats.template.columns import FLAT, LISTS, READ_ME, SHEETS
from catalog.formats.template.example import EXAMPLE_ROWS
from catalog.formats.template.read import read, recognises
from catalog.formats.template.write import write_rows
from catalog.formats.template.write_plain import flatten, write_csv, write_json
from catalog.formats.template.write_workbook import write_workbook
from catalog.ingest.filling import Filling, fill
from catalog.model.reading.content import ContentRefused, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content, parse_record
from catalog.publishing.manner import key_of
from tests.served import ROOT

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def fill_all(delivery, filling):
    """Fills every record of a delivery."""
    fill(delivery, range(len(delivery.records)), list(delivery.records), filling)


def midnight(year, month, day):
    """A date as spreadsheets keep it."""
    return datetime.combine(date(year, month, day), time())


TOLD = Told(provider="uni", time_zone="America/Vancouver")


def read_bytes(data, told=TOLD):
    found = open_content(data, told)
    assert recognises(found)
    return read(found, told)


def read_csv(text, told=TOLD):
    return read_bytes(text.encode() if isinstance(text, str) else text, told)


def read_json(told=TOLD, **sheets):
    return read_bytes(json.dumps({"format": "template/1", **sheets}).encode(), told)


def book(**sheets):
    """A workbook as a spreadsheet program saves it; each sheet a list of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read_book(told=TOLD, **sheets):
    return read_bytes(book(**sheets), told)


def codes(delivery):
    return [issue.code for issue in delivery.issues]


def only(delivery):
    assert delivery.issues == []
    (record,) = delivery.records
    return content(record)


def filled(delivery, before, *, complete=False):
    """The one record, put together with what was said before."""
    fill(
        delivery,
        range(len(delivery.records)),
        list(delivery.records),
        Filling({("credential", one["ref"]): one for one in before}, NOW, complete),
    )
    return only(delivery)


def everything():
    """The credentials of the seed, one of each ref: for what takes the time of a workbook."""
    return {key: one for before in seeded() for key, one in before.items()}


def seeded():
    for path in sorted((ROOT / "seed").glob("[0-9]*.json")):
        file = json.loads(path.read_text())
        language = file["source"].get("language", "en")
        listed = [one for one in file["records"] if one["type"] == "credential" and "ref" in one]
        yield {key_of(one): content(one) for one in (parse_record(one, language=language) for one in listed)}


WRITTEN = {
    "workbook": write_workbook,
    "csv": lambda rows: write_csv(flatten(rows)),
    "json": write_json,
}


@pytest.mark.parametrize("form", WRITTEN)
def test_what_is_written_out_is_read_as_the_same(form):
    before = everything()
    delivery = read_bytes(WRITTEN[form](write_rows(before.values(), "en")), Told())
    assert delivery.issues == []
    fill_all(delivery, Filling(before, NOW, complete=False))
    assert {key_of(one): content(one) for one in delivery.records} == before
    assert len(before) > 400


def test_most_cells_of_the_seed_can_be_edited():
    unchanged, cells = Counter(), Counter()
    for before in seeded():
        for sheet, rows in write_rows(before.values(), "en").items():
            for name, cell in (pair for row in rows for pair in row.items()):
                cells[sheet, name] += 1
                unchanged[sheet, name] += cell == "UNCHANGED"
    assert unchanged["Credentials", "skills"] == 0 < cells["Credentials", "skills"]
    assert unchanged["Offerings", "places"] == 0 < cells["Offerings", "places"]
    assert unchanged.total() < 0.05 * cells.total()


EVERY = {
    "Credentials": [
        {
            "ref": "C-001",
            "title": "Heat pumps",
            "title_fr": "Thermopompes",
            "kind": "micro-credential",
            "provider_term": "letter of proficiency",
            "summary": "First.\nSecond.",
            "url": "https://uni.example/c?id=1",
            "languages": "en; fr-CA",
            "records": "BADGE; letter",
            "badge": "YES",
            "total_hours": "40-45",
            "instructional_hours": 24,
            "independent_hours": "10+",
            "placement_hours": "up to 8",
            "stated_hours": "about a week",
            "weekly_hours": "7.5 | seven and a half",
            "weeks": "6",
            "credit_value": "1.5",
            "credit_unit": "CREDIT",
            "credit_status": "CREDIT",
            "skills": "reading a diagram; esco:S1.2 = sizing; esco:S3",
            "occupations": "72402; NOC 2021 00018",
            "sectors": "238220",
            "cip": "15.0501",
            "audiences": "EMPLOYED",
            "restriction": "PRIORITY",
            "restriction_text": "Trades first",
            "assessed": "YES",
            "assessment_methods": "test; portfolio",
            "requirements": "uni/c-000; two years of work",
            "components": "uni/a; uni/b",
            "valid_for": "P2Y",
        }
    ],
    "Offerings": [
        {"credential": "C-001", "ref": "usual", "mode": "blended", "attendance": "EVENING; WEEKEND"},
        {
            "credential": "C-001",
            "ref": "fall-2027",
            "label": "Fall 2027",
            "run": "CONFIRMED",
            "starts_on": "2027-09-13",
            "ends_on": "October 2027",
            "registration_opens": "2027-06-01",
            "registration_closes": "2027-08-31T16:00",
            "places": "uni#main; Sooke",
            "seats": "16",
            "waitlist_open": "YES",
            "contact": "Continuing studies",
        },
    ],
    "Fees": [
        {"credential": "C-001", "offering": "fall-2027", "kind": "TUITION", "amount": "$1,749.00", "residency": "DOMESTIC"},
        {"credential": "C-001", "offering": "fall-2027", "kind": "MATERIALS", "amount": "FREE", "optional": "NO"},
        {"credential": "C-001", "kind": "APPLICATION", "amount": 25.5, "currency": "usd", "due_on": "2027-08-01"},
    ],
    "Meetings": [
        {"credential": "C-001", "offering": "fall-2027", "kind": "CLASS", "days": "TUE; THU", "start_time": "6:30 pm",
         "end_time": "21:00", "every_weeks": 2, "required": "YES"},
    ],
}  # fmt: skip
EVERY_RECORD = {
    "type": "credential",
    "ref": "C-001",
    "provider": "uni",
    "title": {"en": "Heat pumps", "fr": "Thermopompes"},
    "kind": "MICRO_CREDENTIAL",
    "providerTerm": "letter of proficiency",
    "summary": {"en": "First.\nSecond."},
    "url": "https://uni.example/c?id=1",
    "languages": ["en", "fr-CA"],
    "records": ["BADGE", "LETTER"],
    "badge": "YES",
    "totalHours": {"min": 40, "max": 45, "basis": "STATED"},
    "instructionalHours": {"min": 24, "max": 24, "basis": "STATED"},
    "independentHours": {"min": 10, "basis": "STATED"},
    "placementHours": {"max": 8, "basis": "STATED"},
    "statedHours": {"text": "about a week", "basis": "STATED"},
    "weeklyHours": {"min": 7.5, "max": 7.5, "text": "seven and a half", "basis": "STATED"},
    "weeks": {"min": 6, "max": 6, "basis": "STATED"},
    "credit": {"value": 1.5, "unit": "CREDIT", "status": "CREDIT"},
    "skills": [
        {"label": {"en": "reading a diagram"}},
        {"scheme": "esco", "code": "S1.2", "label": {"en": "sizing"}},
        {"scheme": "esco", "code": "S3"},
    ],
    "occupations": ["72402", "00018"],
    "sectors": ["238220"],
    "cip": "15.0501",
    "audiences": ["EMPLOYED"],
    "restriction": {"kind": "PRIORITY", "text": "Trades first"},
    "assessed": "YES",
    "assessmentMethods": ["test", "portfolio"],
    "requirementsStated": "LISTED",
    "requirements": [
        {"kind": "PREREQUISITE", "rule": {"holds": "uni/c-000"}},
        {"kind": "PREREQUISITE", "rule": {"text": "two years of work"}},
    ],
    "components": ["uni/a", "uni/b"],
    "validFor": "P2Y",
    "usual": {
        "mode": "BLENDED",
        "attendance": ["EVENING", "WEEKEND"],
        "fees": [{"kind": "APPLICATION", "amount": {"amount": "25.50", "currency": "USD"}, "dueOn": "2027-08-01"}],
    },
    "offerings": [
        {
            "ref": "fall-2027",
            "label": "Fall 2027",
            "run": "CONFIRMED",
            "startsOn": {"earliest": "2027-09-13", "latest": "2027-09-13", "precision": "DAY"},
            "endsOn": {"earliest": "2027-10-01", "latest": "2027-10-31", "precision": "MONTH", "text": "October 2027"},
            "registrationWindows": [{"opensAt": "2027-06-01", "closesAt": "2027-08-31T16:00:00-07:00"}],
            "places": [{"role": "CLASS", "campus": "uni#main"}, {"role": "CLASS", "community": "Sooke"}],
            "seats": 16,
            "waitlist": {"open": True},
            "contact": "Continuing studies",
            "fees": [
                {"kind": "TUITION", "amount": {"amount": "1749.00", "currency": "CAD"}, "residency": "DOMESTIC"},
                {"kind": "MATERIALS", "amount": {"amount": "0", "currency": "CAD"}, "optional": False},
            ],
            "meetings": [
                {
                    "kind": "CLASS",
                    "days": ["TUE", "THU"],
                    "startTime": "18:30",
                    "endTime": "21:00",
                    "everyWeeks": 2,
                    "required": True,
                }
            ],
        }
    ],
}


def test_every_kind_of_cell():
    assert only(read_json(**EVERY)) == EVERY_RECORD


def test_the_three_forms_say_the_same():
    assert only(read_bytes(write_workbook(EVERY))) == EVERY_RECORD
    assert only(read_bytes(write_json(EVERY))) == EVERY_RECORD
    table = only(read_bytes(write_csv(flatten(EVERY))))
    run, usual = table["offerings"][0], table["usual"]
    assert table | {"offerings": [], "usual": {}} == EVERY_RECORD | {"offerings": [], "usual": {}}
    left_out = {"fees", "meetings"}
    assert {k: v for k, v in run.items() if k not in left_out} == {
        k: v for k, v in EVERY_RECORD["offerings"][0].items() if k not in left_out
    }
    assert run["fees"] == EVERY_RECORD["offerings"][0]["fees"][:1]
    assert usual == {"mode": "BLENDED", "attendance": ["EVENING", "WEEKEND"]}


BEFORE = EVERY_RECORD | {"plar": {"available": True}}


def test_a_missing_column_leaves_its_field_and_a_blank_cell_takes_it_away():
    found = filled(read_csv("ref,weeks,credit_value\nC-001,,\n"), [BEFORE])
    assert found == {k: v for k, v in BEFORE.items() if k != "weeks"} | {"credit": {"unit": "CREDIT", "status": "CREDIT"}}


def test_unchanged_leaves_a_field_as_it_was():
    assert filled(read_csv("ref,title,weeks,total_hours\nC-001, unchanged ,UNCHANGED,UNCHANGED\n"), [BEFORE]) == BEFORE


def test_none_is_said_in_words_and_a_blank_cell_does_not_say_it():
    assert only(read_csv("ref,title,requirements\na,A,none\n")) == {
        "type": "credential", "ref": "a", "provider": "uni", "title": {"en": "A"}, "requirementsStated": "NONE",
    }  # fmt: skip
    assert "requirementsStated" not in only(read_csv("ref,title,requirements\na,A,\n"))
    found = filled(read_csv("ref,title,requirements\nC-001,Heat pumps,\n"), [BEFORE])
    assert "requirements" not in found
    assert "requirementsStated" not in found
    found = filled(read_csv("ref,title,requirements\nC-001,Heat pumps,NONE\n"), [BEFORE])
    assert found["requirementsStated"] == "NONE"
    assert "requirements" not in found
    kept = filled(read_csv("ref,title,requirements\nC-001,Heat pumps,UNCHANGED\n"), [BEFORE])
    assert kept["requirements"] == BEFORE["requirements"]
    assert kept["requirementsStated"] == "LISTED"


def test_what_silence_about_requirements_means_is_kept():
    before = {"type": "credential", "ref": "a", "provider": "uni", "title": {"en": "A"}, "requirementsStated": "NOT_STATED"}
    for form in WRITTEN.values():
        assert filled(read_bytes(form(write_rows([before], "en"))), [before]) == before


def test_other_languages_have_columns_of_their_own():
    assert filled(read_csv("ref,title_fr\nC-001,Nouveau\n"), [BEFORE])["title"] == {"en": "Heat pumps", "fr": "Nouveau"}
    assert filled(read_csv("ref,title_fr\nC-001,\n,\n"), [BEFORE])["title"] == {"en": "Heat pumps"}
    french = read_csv("ref,title,title_en\na,Titre,Title\n", Told(language="fr"))
    assert only(french)["title"] == {"fr": "Titre", "en": "Title"}
    assert only(read_csv("ref,title,title_fr-CA\na,A,B\n"))["title"] == {"en": "A", "fr-CA": "B"}


def test_names_of_columns_and_sheets_are_known_however_they_are_written():
    found = read_book(credentials=[["Ref *", "Title", "Total hours"], ["a", "A", 5]])
    assert only(found)["totalHours"] == {"min": 5, "max": 5, "basis": "STATED"}


def test_delete_marks_a_credential_and_a_run():
    delivery = read_csv("ref,title,delete\na,A,yes\nb,B,NO\n")
    assert [(one.type, one.ref, delivery.places[one.row]) for one in delivery.gone] == [("credential", "a", "line 2")]
    assert [one.ref for one in delivery.records] == ["b"]
    rows = [["credential", "ref", "delete"], ["C-001", "fall-2027", True], ["C-001", "spring-2028", None]]
    found = filled(read_book(Offerings=rows), [BEFORE])
    assert [one["ref"] for one in found["offerings"]] == ["spring-2028"]


def test_delete_in_other_words_is_refused():
    delivery = read_csv("ref,title,delete\na,A,x\n")
    assert codes(delivery) == ["VALUE_NOT_ALLOWED"]
    assert (delivery.gone, delivery.records) == ([], [])
    assert codes(read_book(Offerings=[["credential", "ref", "mode", "delete"], ["a", None, "ONLINE", "YES"]])) == [
        "REF_MISSING"
    ]


RUNS = [
    {"ref": "old", "startsOn": {"earliest": "2024-01-08", "latest": "2024-01-08", "precision": "DAY"},
     "endsOn": {"earliest": "2024-02-08", "latest": "2024-02-08", "precision": "DAY"}},
    {"ref": "next", "startsOn": {"earliest": "2027-01-08", "latest": "2027-01-08", "precision": "DAY"}},
]  # fmt: skip


def with_runs(*runs):
    return {"type": "credential", "ref": "a", "provider": "uni", "title": {"en": "A"}, "offerings": list(runs)}


def refs(record):
    return [one["ref"] for one in record.get("offerings", [])]


def test_runs_that_ended_stay_and_others_go_only_where_a_source_is_complete():
    before = [with_runs(*RUNS)]
    for text in ("ref,title,offering_ref,offering_mode\na,A,new,ONLINE\n", "ref,title,offering_ref,offering_mode\na,A,,\n"):
        more = [one for one in ("new",) if one in text]
        assert refs(filled(read_csv(text), before)) == ["old", "next", *more]
        assert refs(filled(read_csv(text), before, complete=True)) == ["old", *more]
    assert refs(filled(read_csv("ref,title\na,A\n"), before, complete=True)) == ["old", "next"]
    fees = [["credential", "offering", "kind", "amount"], ["a", "next", "TUITION", "5"]]
    assert refs(filled(read_book(Fees=fees), before, complete=True)) == ["old", "next"]


def test_a_run_that_only_fees_name_must_be_known():
    fees = [["credential", "offering", "kind", "amount"], ["a", "nxet", "TUITION", "5"]]
    delivery = read_book(Fees=fees)
    fill(
        delivery,
        range(len(delivery.records)),
        list(delivery.records),
        Filling({("credential", "a"): with_runs(*RUNS)}, NOW, complete=False),
    )
    (issue,) = delivery.issues
    assert (issue.code, issue.value, issue.place, issue.row) == ("OFFERING_UNKNOWN", "nxet", "Fees row 2", 1)
    delivery = read_book(Fees=fees)
    fill_all(delivery, Filling({}, NOW, complete=False))
    assert codes(delivery) == ["OFFERING_UNKNOWN"]


def test_fees_leave_the_rest_of_a_run_as_it_is():
    before = with_runs({"ref": "next", "mode": "ONLINE", "fees": [{"kind": "MATERIALS"}], "meetings": [{"days": ["MON"]}]})
    before["usual"] = {"mode": "ONLINE", "weeks": {"min": 2, "max": 2, "basis": "STATED"}}
    fees = [["credential", "offering", "kind", "amount"], ["a", "next", "TUITION", "5"], ["a", None, "OTHER", "7"]]
    none = {"Offerings": [["credential", "ref", "mode", "weeks"]], "Meetings": [["credential", "offering", "days"]]}
    for others in ({}, none):
        found = filled(read_book(Fees=fees, **others), [before])
        assert found["offerings"] == [
            {
                "ref": "next",
                "mode": "ONLINE",
                "fees": [{"kind": "TUITION", "amount": {"amount": "5", "currency": "CAD"}}],
                "meetings": [{"days": ["MON"]}],
            }
        ]
        assert found["usual"] == before["usual"] | {
            "fees": [{"kind": "OTHER", "amount": {"amount": "7", "currency": "CAD"}}]
        }


def test_what_holds_for_every_run_can_be_taken_away():
    before = with_runs() | {"usual": {"mode": "ONLINE", "intake": "CONTINUOUS"}}
    rows = [["credential", "ref", "mode", "delete"], ["a", "USUAL", None, None]]
    assert filled(read_book(Offerings=rows), [before])["usual"] == {"intake": "CONTINUOUS"}
    rows[1][3] = "YES"
    assert "usual" not in filled(read_book(Offerings=rows), [before])
    assert filled(read_book(Offerings=[rows[0], ["a", "x", "ONLINE", None]]), [before])["usual"] == before["usual"]


def test_what_is_of_one_run_is_not_said_of_every_run():
    delivery = read_book(Offerings=[["credential", "ref", "starts_on", "seats"], ["a", "USUAL", "2027-01-08", 5]])
    assert codes(delivery) == ["FIELD_MISPLACED", "FIELD_MISPLACED"]
    assert {issue.path for issue in delivery.issues} == {"startsOn", "seats"}


def test_one_end_of_a_registration_window_leaves_the_other():
    window = {"opensAt": "2027-01-01", "closesAt": "2027-02-01"}
    before = [with_runs({"ref": "next", "registrationWindows": [window]})]
    found = filled(read_csv("ref,offering_ref,offering_registration_closes\na,next,2027-03-01\n"), before)
    assert found["offerings"][0]["registrationWindows"] == [window | {"closesAt": "2027-03-01"}]
    found = filled(read_csv("ref,offering_ref,offering_registration_closes\na,next,\n"), before)
    assert found["offerings"][0]["registrationWindows"] == [{"opensAt": "2027-01-01"}]
    head = "ref,offering_ref,offering_registration_opens,offering_registration_closes\n"
    assert filled(read_csv(head + "a,next,,\n"), before)["offerings"] == [{"ref": "next"}]
    assert filled(read_csv(head + "a,next,UNCHANGED,UNCHANGED\n"), before) == before[0]


def test_windows_that_the_template_cannot_hold_stay():
    windows = [{"audience": "YOUTH", "opensAt": "2027-01-01"}, {"closesAt": "2027-02-01"}]
    before = with_runs({"ref": "next", "registrationWindows": windows})
    for form in WRITTEN.values():
        assert filled(read_bytes(form(write_rows([before], "en"))), [before]) == before
    head = "ref,offering_ref,offering_registration_opens,offering_registration_closes\n"
    assert filled(read_csv(head + "a,next,,\n"), [before])["offerings"] == [{"ref": "next"}]


def dollars(amount, residency=None, kind="TUITION"):
    fee = {"kind": kind, "amount": {"amount": amount, "currency": "CAD"}}
    return fee | ({"residency": residency} if residency else {})


def test_a_table_speaks_of_tuition_and_leaves_other_fees():
    fees = [dollars("10", kind="MATERIALS"), dollars("100", "DOMESTIC"), dollars("300", "INTERNATIONAL")]
    before = [with_runs({"ref": "next", "fees": fees})]
    assert filled(read_csv("ref,offering_ref,tuition\na,next,100\n"), before) == before[0]
    found = filled(read_csv("ref,offering_ref,tuition\na,next,120\n"), before)["offerings"][0]["fees"]
    assert found == [dollars("120", "DOMESTIC"), dollars("300", "INTERNATIONAL"), dollars("10", kind="MATERIALS")]
    found = filled(read_csv("ref,offering_ref,tuition_international\na,next,\n"), before)["offerings"][0]["fees"]
    assert found == [dollars("100", "DOMESTIC"), dollars("10", kind="MATERIALS")]
    assert filled(read_csv("ref,offering_ref,tuition\na,next,UNCHANGED\n"), before) == before[0]


def test_tuition_for_everybody_is_not_added_to_tuition_for_residents():
    before = [with_runs({"ref": "next", "fees": [dollars("100")]})]
    found = filled(read_csv("ref,offering_ref,tuition\na,next,FREE\n"), before)
    assert found["offerings"][0]["fees"] == [dollars("0", "DOMESTIC")]


def test_fees_and_meetings_left_unchanged():
    before = with_runs({"ref": "next", "mode": "ONLINE", "fees": [dollars("5") | {"coveredFor": [{"audience": "ALL"}]}]})
    rows = write_rows([before], "en")
    assert rows["Fees"] == [{"credential": "a", "offering": "next", "kind": "UNCHANGED"}]
    fees = [["credential", "offering", "kind", "amount"], ["a", "next", "UNCHANGED", None], ["a", "next", "OTHER", "5"]]
    assert codes(read_book(Fees=fees)) == ["VALUE_NOT_ALLOWED"]
    assert codes(read_book(Fees=[fees[0], fees[2], fees[1]])) == ["VALUE_NOT_ALLOWED"]
    assert codes(read_book(Fees=[fees[0], ["a", "next", "TUITION", "UNCHANGED"]])) == ["VALUE_NOT_ALLOWED"]


def test_what_contradicts_what_was_said_before_is_named_and_nothing_is_lost():
    before = with_runs(RUNS[0] | {"mode": "ONLINE"})
    delivery = read_csv("ref,title,offering_ref,offering_starts_on\na,A,old,2027-01-08\n")
    fill(
        delivery,
        range(len(delivery.records)),
        list(delivery.records),
        Filling({("credential", "a"): before}, NOW, complete=False),
    )
    (issue,) = delivery.issues
    assert (issue.code, issue.row, issue.place, issue.path) == ("VALUE_INVALID", 1, "line 2", "offerings[0]")
    assert "end (2024-02-08) before its start (2027-01-08)" in issue.message
    assert "columns that the file does not have" in issue.hint


DAMAGED = {
    "letters lost": ("title", "Gestion d?entreprise", "LOSSY_ENCODING"),
    "letters lost twice": ("title", "T??ilhqot", "LOSSY_ENCODING"),
    "first letter lost": ("title", "The ?cole", "LOSSY_ENCODING"),
    "replacement": ("title", "Gestion d\ufffdentreprise", "LOSSY_ENCODING"),
    "dated": ("ref", "3-Mar", "CODE_BECAME_DATE"),
    "dated the other way": ("valid_for", "Mar-03", "CODE_BECAME_DATE"),
    "range dated": ("weeks", "8-Jun", "CODE_BECAME_DATE"),
    "exponent": ("ref", "1.2E+15", "CODE_BECAME_NUMBER"),
    "noc": ("occupations", "18", "LEADING_ZERO_LOST"),
    "old noc": ("occupations", "1241", "NOC_OUTDATED"),
    "cip": ("cip", "1.0101", "LEADING_ZERO_LOST"),
    "cip end": ("cip", "11.070", "LEADING_ZERO_LOST"),
    "comma": ("credit_value", "7,5", "DECIMAL_COMMA"),
    "comma hours": ("total_hours", "7,5", "DECIMAL_COMMA"),
    "comma amount": ("tuition", "749,50", "DECIMAL_COMMA"),
    "formula": ("title", "=A1", "CELL_FORMULA"),
    "error": ("title", "#N/A", "CELL_FORMULA"),
    "word": ("kind", "DIPLOM", "VALUE_NOT_ALLOWED"),
    "amount": ("tuition", "about $700", "VALUE_UNREADABLE"),
    "below zero": ("tuition", "-5", "VALUE_UNREADABLE"),
    "two days": ("offering_starts_on", "03/04/2027", "DATE_AMBIGUOUS"),
    "half a seat": ("offering_seats", "2.5", "VALUE_UNREADABLE"),
    "yes": ("offering_waitlist_open", "maybe", "VALUE_NOT_ALLOWED"),
    "down": ("total_hours", "45-40", "VALUE_UNREADABLE"),
    "address": ("url", "uni.example", "VALUE_INVALID"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_cell_is_named_with_its_place_and_value(name):
    column, cell, code = DAMAGED[name]
    head = dict.fromkeys(["ref", "title", "offering_ref", column])
    row = {"ref": "a", "title": "A", "offering_ref": "next"} | {column: cell}
    written = io.StringIO()
    csv.writer(written).writerows([list(head), [row[one] for one in head]])
    delivery = read_csv(written.getvalue())
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.value) == (code, "line 2", cell)
    assert issue.severity == "ERROR"
    assert delivery.records == []


FINE = {
    "title": ["Why? Because", "What?", "C++ & C#", "A = B"],
    "description": ["see https://uni.example/c?id=1", "uni.example/page?a=b"],
    "offering_ref": ["sep-26", "fall-2026", "1-2"],
    "offering_label": ["Mar-03"],
}


@pytest.mark.parametrize(("column", "cell"), [(column, cell) for column, cells in FINE.items() for cell in cells])
def test_what_only_looks_damaged_is_taken(column, cell):
    names = list(dict.fromkeys(["ref", "title", "offering_ref", column]))
    row = {"ref": "a", "title": "A", "offering_ref": "next"} | {column: cell}
    assert codes(read_csv(f"{','.join(names)}\n{','.join(row[one] for one in names)}\n")) == []


BOOK_DAMAGE = {
    "date": ("ref", midnight(2026, 3, 1), "CODE_BECAME_DATE"),
    "time": ("ref", time(10, 30), "CODE_BECAME_DATE"),
    "range": ("weeks", midnight(2026, 6, 8), "CODE_BECAME_DATE"),
    "digits": ("ref", 1234567890123456789, "CODE_BECAME_NUMBER"),
    "end": ("ref", 1.1, "CODE_BECAME_NUMBER"),
    "noc": ("occupations", 18, "LEADING_ZERO_LOST"),
    "formula": ("title", "=B1", "CELL_FORMULA"),
    "serial": ("confirmed_on", 46273, "VALUE_UNREADABLE"),
}


@pytest.mark.parametrize("name", BOOK_DAMAGE)
def test_a_damaged_cell_of_a_workbook(name):
    column, cell, code = BOOK_DAMAGE[name]
    names = list(dict.fromkeys(["ref", "title", column]))
    row = {"ref": "a", "title": "A"} | {column: cell}
    delivery = read_book(Credentials=[names, [row[one] for one in names]])
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.path) == (code, "Credentials row 2", column)


def test_cells_of_a_workbook_that_are_no_text():
    rows = [["ref", "title", "weeks", "occupations", "confirmed_on"], [1042, "A", 6.5, 72402, midnight(2026, 9, 1)]]
    delivery = read_book(Credentials=rows)
    assert only(delivery) == {
        "type": "credential", "ref": "1042", "provider": "uni", "title": {"en": "A"},
        "weeks": {"min": 6.5, "max": 6.5, "basis": "STATED"}, "occupations": ["72402"],
    }  # fmt: skip
    assert delivery.records[0].confirmed_on == date(2026, 9, 1)


def test_refs_that_lost_a_leading_zero():
    delivery = read_csv("ref,title\n00123,A\n45,B\n00042,C\nX,D\n")
    (issue,) = delivery.issues
    assert (issue.code, issue.value, issue.place) == ("LEADING_ZERO_LOST", "45", "line 3")
    assert "00045" in issue.hint
    delivery = read_book(Credentials=[["ref", "title"], ["00123", "A"], [45, "B"]])
    (issue,) = delivery.issues
    assert (issue.code, issue.place) == ("LEADING_ZERO_LOST", "Credentials row 3")
    assert codes(read_csv("ref,title\n123,A\n45,B\n")) == []


def test_lists_and_objects_are_no_cells():
    delivery = read_json(Credentials=[{"ref": "a", "title": ["A"], "skills": {"a": 1}}])
    assert codes(delivery) == ["VALUE_INVALID", "VALUE_INVALID"]
    assert [(issue.place, issue.path) for issue in delivery.issues] == [
        ("Credentials[0]", "title"),
        ("Credentials[0]", "skills"),
    ]


def test_unknown_and_double_columns_are_named_with_what_was_meant():
    delivery = read_csv("ref,titel,title,title,kind of day\na,A,A,A,x\n")
    found = [(issue.code, issue.path, issue.hint) for issue in delivery.issues]
    assert found == [
        ("COLUMN_UNKNOWN", "titel", "did you mean title?"),
        ("COLUMN_DUPLICATE", "title", None),
        ("COLUMN_UNKNOWN", "kind_of_day", "`catalog template` writes all columns; take out what is your own"),
    ]
    assert all(issue.row is None for issue in delivery.issues)


def test_sheets_that_are_missing_or_not_ours():
    delivery = read_book(Sheet1=[["ref", "title"], ["a", "A"]])
    assert codes(delivery) == ["SHEETS_UNKNOWN"]
    assert "Sheet1" in delivery.issues[0].message
    delivery = read_book(Credentials=[["ref", "title"], ["a", "A"]], Offering=[["x"]], Notes=[])
    assert [(issue.code, issue.severity, issue.hint) for issue in delivery.issues] == [
        ("SHEET_UNKNOWN", "WARNING", "did you mean Offerings?"),
        ("SHEET_UNKNOWN", "WARNING", None),
    ]
    assert len(delivery.records) == 1
    assert codes(read_book(Credentials=[["title"], ["A"]])) == ["COLUMN_MISSING"]
    assert codes(read_book(Credentials=[])) == ["NOTHING_FOUND"]


def test_parts_of_nobody_stop_the_file():
    rows = [["credential", "offering", "kind", "amount"], [None, "fall", "TUITION", "5"]]
    delivery = read_book(Credentials=[["ref", "title"], ["a", "A"]], Fees=rows)
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.row) == ("REF_MISSING", "Fees row 2", None)


def test_rows_without_a_ref():
    delivery = read_csv("ref,title\n,A\nb,B\n")
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.row) == ("REF_MISSING", "line 2", 1)
    assert [one.ref for one in delivery.records] == ["b"]


def test_a_run_without_a_ref_keeps_its_price():
    delivery = read_csv("ref,title,offering_starts_on,tuition\na,A,2027-01-08,100\na,,2027-05-08,200\n")
    first, second = only(delivery)["offerings"]
    assert (first["startsOn"]["earliest"], first["fees"]) == ("2027-01-08", [dollars("100", "DOMESTIC")])
    assert (second["startsOn"]["earliest"], second["fees"]) == ("2027-05-08", [dollars("200", "DOMESTIC")])


def test_ragged_rows():
    delivery = read_csv("ref,title,summary\na,A\nb,B,One, two\nc,C,,\n")
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.value) == ("ROW_RAGGED", "line 3", " two")
    assert [one.ref for one in delivery.records] == ["a", "c"]


def test_quotation_marks():
    delivery = read_csv('ref,title\na,"A\nb,B\nc,C\n')
    (issue,) = delivery.issues
    assert (issue.code, issue.place) == ("QUOTE_UNCLOSED", "line 2")
    assert only(read_csv('ref,title,summary\na,"The ""A""","two\nlines"\n'))["title"] == {"en": 'The "A"'}
    delivery = read_csv("ref,title\na," + "x" * 200_000 + "\n")
    assert (delivery.issues[0].code, delivery.issues[0].place) == ("CELL_TOO_LARGE", "line 2")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator):
    text = "ref,title,weeks\na,A,6\n".replace(",", separator)
    assert only(read_csv(text))["weeks"] == {"min": 6, "max": 6, "basis": "STATED"}
    assert only(read_csv(text.replace("\n", "\r\n").encode("utf-8-sig")))["title"] == {"en": "A"}


def test_encodings():
    data = "ref,title\na,Gestion d’entreprise à Québec\n".encode("cp1252")
    found = open_content(data, TOLD)
    assert [issue.code for issue in found.warnings] == ["ENCODING_GUESSED"]
    assert only(read(found, TOLD))["title"] == {"en": "Gestion d’entreprise à Québec"}
    assert only(read_csv("ref,title\na,É\n".encode("utf-16")))["title"] == {"en": "É"}


def test_rows_of_one_credential_that_stand_apart_or_differ():
    delivery = read_csv("ref,title\na,A\nb,B\na,A\n")
    assert [(issue.code, issue.place) for issue in delivery.issues] == [("REF_DUPLICATE", "line 4")]
    delivery = read_csv("ref,title,offering_ref\na,A,x\na,Other,y\n")
    assert [(issue.code, issue.place, issue.path) for issue in delivery.issues] == [("ROWS_DIFFER", "line 3", "title")]
    delivery = read_csv("ref,title,offering_ref\na,A,x\na,,x\n")
    assert [(issue.code, issue.place) for issue in delivery.issues] == [("REF_DUPLICATE", "line 3")]
    delivery = read_book(Credentials=[["ref", "title"], ["a", "A"], ["a", "B"]])
    assert [(issue.code, issue.place) for issue in delivery.issues] == [("REF_DUPLICATE", "Credentials row 3")]


def test_what_a_record_refuses_is_said_of_the_row_of_its_run():
    rows = [["credential", "ref", "starts_on", "ends_on"], ["a", "x", None, None], ["a", "y", "2027-05-01", "2027-04-01"]]
    delivery = read_book(Credentials=[["ref", "title"], ["a", "A"]], Offerings=rows)
    (issue,) = delivery.issues
    assert (issue.code, issue.place, issue.path, issue.row) == ("VALUE_INVALID", "Offerings row 3", "offerings[1]", 1)


@pytest.mark.parametrize("form", WRITTEN)
def test_the_example_is_never_published(form):
    delivery = read_bytes(WRITTEN[form](EXAMPLE_ROWS))
    assert set(codes(delivery)) == {"EXAMPLE_SKIPPED"}
    assert (delivery.records, delivery.gone) == ([], [])


def test_the_example_is_right(monkeypatch):
    monkeypatch.setattr("catalog.formats.template.grouping.EXAMPLE", "no such ref")
    assert codes(read_bytes(write_workbook(EXAMPLE_ROWS))) == []


def test_the_workbook_as_a_spreadsheet_program_opens_it():
    made = openpyxl.load_workbook(io.BytesIO(write_workbook(EXAMPLE_ROWS)))
    assert made.sheetnames == [READ_ME, *SHEETS, LISTS]
    assert made.sheetnames[1:] == ["Credentials", "Offerings", "Fees", "Meetings", "Lists"]
    for name, columns in SHEETS.items():
        sheet = made[name]
        assert [cell.value for cell in sheet[1] if "_fr" not in cell.value] == [one.name for one in columns]
        assert all(cell.comment for cell in sheet[1])
        places = {cell.value: cell.column_letter for cell in sheet[1]}
        text = {
            cell.value
            for cell in sheet[1]
            for group in sheet.column_dimensions.values()
            if group.min <= cell.column <= group.max and group.number_format == "@"
        }
        assert {"ref", "occupations", "cip", "weeks", "starts_on"} & places.keys() <= text
        assert not {"seats", "credit_value", "every_weeks"} & text
        choices = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
        for column in columns:
            place = places[column.name]
            if len(column.words) and str(column.cells) == "one of the words listed":
                cells = choices[f"{place}2:{place}1001"].removeprefix("Lists!").replace("$", "")
                assert [row[0].value for row in made[LISTS][cells]] == list(column.words), (name, column.name)


def test_every_column_of_the_table_is_read():
    head = ",".join(one.name for one in FLAT)
    assert codes(read_csv(f"{head}\n" + "a" + "," * (len(FLAT) - 1) + "\n")) == []


def repacked(data, **changes):
    """The workbook with other parts; a change of None takes one out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            name = part.filename
            change = changes.get(name.rpartition("/")[2].partition(".")[0], lambda kept: kept)
            if change is not None:
                new.writestr(name, change(old.read(name)))
    return file.getvalue()


SMALL = book(Credentials=[["ref", "title"], ["a", "A"]])
TEXTS = write_workbook(EXAMPLE_ROWS)
LETTERS = bytes(range(33, 127))


def renamed(data, more):
    """The workbook with its texts, and these after them, as a part that is called like a sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).replace(b"/xl/sharedStrings.xml", b"/xl/worksheets/sheet99.xml")
            is_texts = name == "xl/sharedStrings.xml"
            new.writestr("xl/worksheets/sheet99.xml" if is_texts else name, content + more if is_texts else content)
    return file.getvalue()


BOMBS = {
    "part packed too often": (lambda: repacked(SMALL, sheet1=lambda kept: kept + b" " * 30_000_000), "FILE_TOO_LARGE"),
    "texts": (lambda: repacked(TEXTS, sharedStrings=lambda kept: kept + LETTERS * 700_000), "FILE_TOO_LARGE"),
    "texts by another name": (lambda: renamed(TEXTS, LETTERS * 700_000), "FILE_TOO_LARGE"),
    "styles": (lambda: repacked(SMALL, styles=lambda kept: kept + LETTERS * 250_000), "FILE_TOO_LARGE"),
    "doctype": (lambda: repacked(SMALL, sheet1=lambda kept: b"<!DOCTYPE x>" + kept), "XML_DTD_FORBIDDEN"),
    "entity": (
        lambda: repacked(SMALL, workbook=lambda kept: kept.replace(b"<workbook", b'<!ENTITY a "b"><workbook', 1)),
        "XML_DTD_FORBIDDEN",
    ),
    "utf-16 doctype": (
        lambda: repacked(SMALL, sheet1=lambda _: '<?xml version="1.0"?><!DOCTYPE x><a/>'.encode("utf-16")),
        "XML_DTD_FORBIDDEN",
    ),
    "no xml": (lambda: repacked(SMALL, sheet1=lambda _: b"no xml at all"), "WORKBOOK_INVALID"),
    "broken off": (lambda: repacked(SMALL, sheet1=lambda kept: kept[:-60]), "WORKBOOK_INVALID"),
    "part missing": (lambda: repacked(SMALL, workbook=None), "WORKBOOK_INVALID"),
    "styles missing": (lambda: repacked(SMALL, styles=lambda _: b""), "WORKBOOK_INVALID"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_workbooks_that_are_refused(name):
    made, code = BOMBS[name]
    delivery = read_bytes(made())
    assert codes(delivery) == [code]
    assert delivery.records == []


def test_a_document_type_far_inside_a_part_is_refused():
    data = repacked(SMALL, sheet1=lambda kept: b'<?xml version="1.0"?><!--' + b"x" * 50_000 + b"--><!DOCTYPE x>" + kept)
    delivery = read_bytes(data)
    assert delivery.records == []
    assert codes(delivery) in (["XML_DTD_FORBIDDEN"], ["WORKBOOK_INVALID"])


def test_locked_truncated_and_old_workbooks():
    locked = bytearray(SMALL)
    for start in range(len(locked)):
        if locked[start : start + 4] == b"PK\x03\x04":
            locked[start + 6] |= 1
        if locked[start : start + 4] == b"PK\x01\x02":
            locked[start + 8] |= 1
    (issue,) = read_bytes(bytes(locked)).issues
    assert (issue.code, "password" in issue.message) == ("WORKBOOK_INVALID", True)
    with pytest.raises(ContentRefused) as refused:
        open_content(b"\xd0\xcf\x11\xe0" + bytes(600), TOLD)
    assert refused.value.issue.code == "FORMAT_UNKNOWN"
    for length in (30, len(SMALL) // 2, len(SMALL) - 10):
        found = open_content(SMALL[:length], TOLD)
        assert not recognises(found)
        assert codes(read(found, TOLD)) == ["FILE_TRUNCATED"]


def test_a_cell_at_the_far_end_of_a_sheet_takes_no_time():
    made = openpyxl.Workbook(write_only=False)
    sheet = made.active
    sheet.title = "Credentials"
    sheet.append(["ref", "title"])
    sheet.append(["a", "A"])
    sheet["XFD1048576"] = "far"
    file = io.BytesIO()
    made.save(file)
    delivery = read_bytes(file.getvalue())
    assert codes(delivery) == []
    assert [one.ref for one in delivery.records] == ["a"]


def test_lines_of_commas_take_no_memory():
    found = open_content(b"ref,title\na,A\n" + b",\n" * 100_000 + b"b,B\n", TOLD)
    tracemalloc.start()
    delivery = read(found, TOLD)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.ref for one in delivery.records] == ["a", "b"]
    assert peak < 2_000_000


def test_issues_end_somewhere():
    delivery = read_csv("ref,title,weeks\n" + "".join(f"r{one},A,7,5\n" for one in range(20_000)))
    assert codes(delivery)[-1] == "TOO_MANY_ISSUES"
    assert len(delivery.issues) == 10_001


def test_a_json_twin_may_say_who_sends_it():
    delivery = read_json(
        source={"key": "uni/x", "name": "Uni", "kind": "PROVIDER"}, Credentials=[{"ref": "a", "title": "A"}]
    )
    assert delivery.source.key == "uni/x"
    assert codes(read_json(source={"key": "K"}, Credentials=[])) == ["VALUE_INVALID"]
    assert codes(read_json(Credential=[])) == ["FIELD_UNKNOWN"]
    assert codes(read_json(Credentials={"ref": "a"})) == ["VALUE_INVALID"]
    assert codes(read_json()) == ["NOTHING_FOUND"]
