"""Tables of strangers: what a column is taken for is said, and nothing that is broken is read as if it were whole."""

import csv
import tracemalloc

import pytest

from catalog.errors import Severity
from catalog.formats.foreign_table import lines
from catalog.formats.foreign_table.cells import local_ref, unquoted
from catalog.formats.foreign_table.lines import LONGEST_ROW
from catalog.formats.foreign_table.read import FORMAT, read, recognises
from catalog.formats.foreign_table.synonyms import SYNONYMS, plain
from catalog.model.reading.content import Content, Kind, open_content
from catalog.model.reading.delivery import Told
from catalog.model.record import content
from tests.served import ROOT

TOLD = Told(provider="north-college")
SAMPLES = ROOT.parent / "shared" / "samples"
HEAD = "id,title,kind\n"


def delivered(text, told=TOLD):
    return read(Content(b"", Kind.TEXT, text), told)


def values(text, told=TOLD):
    return [content(one) for one in delivered(text, told).records]


def only(header, row, told=TOLD):
    """The one record of a table with an id, a title and these columns, and the issues that are no guesses."""
    got = delivered(f"id,title,kind,{header}\nA-1,Welding,COURSE,{row}\n", told)
    issues = [(one.code, one.path, one.place) for one in got.issues if one.code != "COLUMN_GUESSED"]
    assert len(got.records) == 1, got.issues
    return content(got.records[0]), issues


def errors(text):
    return [(one.code, one.place) for one in delivered(text).issues if one.severity is Severity.ERROR]


def codes(text):
    return [one.code for one in delivered(text).issues if one.code != "COLUMN_GUESSED"]


def test_a_whole_row():
    got = values(
        "Course Code,Course Title,Description,URL,Duration,Hours,Tuition,Language,Delivery Mode,NOC,CIP,Prerequisites\n"
        "WELD 101,Welding,Steel.,https://north.example/weld,6 weeks,40,$500,English,Online,72106,480508,Grade 10\n"
    )
    assert got == [
        {
            "type": "credential",
            "ref": local_ref("WELD 101"),
            "identifiers": [{"scheme": "code", "value": "WELD 101"}],
            "provider": "north-college",
            "title": {"en": "Welding"},
            "description": {"en": "Steel."},
            "kind": "COURSE",
            "url": "https://north.example/weld",
            "weeks": {"min": 6.0, "max": 6.0, "basis": "STATED"},
            "statedHours": {"min": 40.0, "max": 40.0, "basis": "STATED"},
            "languages": ["en"],
            "occupations": ["72106"],
            "cip": "48.0508",
            "requirements": [{"kind": "PREREQUISITE", "rule": {"text": "Grade 10"}}],
            "usual": {"mode": "ONLINE", "fees": [{"kind": "TUITION", "amount": {"amount": "500.00", "currency": "CAD"}}]},
        }
    ]


def test_every_guess_is_said():
    got = delivered("OFFICIALNAME,programid,Tuition,kind,room\nWelding,7,500,COURSE,B 12\n")
    assert [(one.code, one.severity, one.message) for one in got.issues] == [
        ("COLUMN_GUESSED", Severity.WARNING, "column 'OFFICIALNAME' was taken for title"),
        ("COLUMN_GUESSED", Severity.WARNING, "column 'programid' was taken for id"),
        ("COLUMN_GUESSED", Severity.WARNING, "column 'Tuition' was taken for tuition, its plain numbers for CAD"),
        ("COLUMN_GUESSED", Severity.WARNING, "column 'kind' was taken for kind"),
        ("FIELD_UNKNOWN", Severity.WARNING, "room is not taken; it stands there 1 times"),
    ]


@pytest.mark.parametrize(("field", "names"), SYNONYMS.items())
def test_a_synonym_is_written_as_it_is_compared(field, names):
    assert [plain(name) for name in names.split()] == names.split()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(delimiter):
    text = f'id{delimiter}title{delimiter}price\n1{delimiter}"A{delimiter}B"{delimiter}20\n'
    [got] = values(text)
    assert (got["title"], got["usual"]["fees"][0]["amount"]["amount"]) == (
        {"en": f"A{delimiter}B".replace("\t", " ")},
        "20.00",
    )


def test_commas_inside_do_not_make_a_table_of_commas():
    got = values("id;title;description\n1;Welding, basic;one, two, three\n2;Pipes, basic;one, two, three\n")
    assert [one["title"]["en"] for one in got] == ["Welding, basic", "Pipes, basic"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end):
    assert [one["ref"] for one in values(f'id,title{end}1,"A{end}B"{end}2,C{end}')] == ["1", "2"]


def test_titles_above_the_header():
    got = delivered("\n\nCourses of spring,,\nas of May,,\nid,title,kind\n1,Welding,COURSE\n")
    assert [(one["ref"], one["title"]) for one in map(content, got.records)] == [("1", {"en": "Welding"})]
    assert [(one.code, one.message) for one in got.issues if one.code == "ROWS_SKIPPED"] == [
        ("ROWS_SKIPPED", "2 rows above the header (line 5) are not taken")
    ]
    assert got.places == {1: "line 6"}


def test_a_header_that_comes_again():
    assert [one["ref"] for one in values(HEAD + "1,A,COURSE\n" + HEAD + "2,B,COURSE\n")] == ["1", "2"]
    assert codes(HEAD + "1,A,COURSE\n" + HEAD) == ["ROWS_SKIPPED"]


def test_of_two_columns_the_first_name_is_taken_and_the_other_named():
    got = delivered("name,officialname,programid,kind\nNorth,Welding,1,COURSE\n")
    assert content(got.records[0])["title"] == {"en": "Welding"}
    assert [one.message for one in got.issues if one.code == "COLUMN_AMBIGUOUS"] == [
        "column 'name' could be title too; 'officialname' was taken"
    ]


def test_an_id_and_a_code():
    [got] = values("ID,CODE,NAME,kind\n430,0438,Cisco,OTHER\n")
    assert (got["ref"], got["identifiers"]) == ("430", [{"scheme": "code", "value": "0438"}])


def test_an_address_is_an_id_where_there_is_no_other():
    [got] = values("Title,URL,kind\nWelding,https://north.example/w?a=1,COURSE\n")
    assert got["ref"].startswith("https-north-example-w-a-1-")
    assert got["identifiers"] == [{"scheme": "url", "value": "https://north.example/w?a=1"}]


def test_refs_of_different_ids_differ():
    assert local_ref("WELD-101") == "WELD-101"
    assert len({local_ref(one) for one in ("WELD 101", "WELD+101", "WELD%101", "WELD-101", "é", "è")}) == 6


def test_kind_is_what_the_table_says():
    assert values("id,course name\n1,A\n")[0]["kind"] == "COURSE"
    assert "kind" not in values("id,name\n1,A\n")[0]
    assert codes("id,name\n1,A\n") == ["FIELD_MISSING"]
    got, issues = (
        values("id,name,credential type\n1,A,Microcredential\n2,B,Guild letter\n"),
        codes("id,name,credential type\n2,B,Guild letter\n"),
    )
    assert [(one.get("kind"), one["providerTerm"]) for one in got] == [
        ("MICRO_CREDENTIAL", "Microcredential"),
        (None, "Guild letter"),
    ]
    assert issues == ["VALUE_UNREADABLE"]


def test_the_provider_of_each_row():
    got = delivered("id,title,institution,kind\n1,A,North College,COURSE\n2,B,North College,COURSE\n3,C,,COURSE\n", Told())
    assert [content(one).get("provider") for one in got.records] == ["north-college", "north-college", None]
    assert [content(one)["name"] for one in got.mentioned] == [{"en": "North College"}]


def test_nobody_says_who_offers_it():
    got = delivered("id,title,kind\n1,A,COURSE\n", Told())
    assert [(one.code, one.path) for one in got.issues if one.code == "FIELD_MISSING"] == [("FIELD_MISSING", "provider")]


@pytest.mark.parametrize(
    ("header", "row", "field", "value"),
    [
        ("total hours", "120", "totalHours", {"min": 120.0, "max": 120.0, "basis": "STATED"}),
        ("contact hours", "90", "instructionalHours", {"min": 90.0, "max": 90.0, "basis": "STATED"}),
        ("hours per week", "5", "weeklyHours", {"min": 5.0, "max": 5.0, "basis": "STATED"}),
        ("duration", "1.5 hours", "statedHours", {"min": 1.5, "max": 1.5, "basis": "STATED"}),
        ("length", "10", "weeks", {"text": "10", "basis": "STATED"}),
        ("weeks", "10", "weeks", {"min": 10.0, "max": 10.0, "basis": "STATED"}),
        ("cip", "52.0201", "cip", "52.0201"),
        ("prerequisites", "None", "requirementsStated", "NONE"),
        ("short description", "Short.", "summary", {"en": "Short."}),
        ("NOC 2021", "72106; 72400", "occupations", ["72106", "72400"]),
        ("langue", "français", "languages", ["fr"]),
    ],
)
def test_a_column(header, row, field, value):
    got, issues = only(header, row)
    assert (got[field], issues) == (value, [])


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("hours", "0", "VALUE_UNREADABLE"),
        ("hours", '"7,5"', "DECIMAL_COMMA"),
        ("cip", "10201", "LEADING_ZERO_LOST"),
        ("cip", "business", "VALUE_UNREADABLE"),
        ("noc", "2174", "NOC_OUTDATED"),
        ("url", "www.north.example", "VALUE_UNREADABLE"),
        ("language", "Klingonish speech", "VALUE_UNREADABLE"),
        ("delivery mode", "by owl", "VALUE_UNREADABLE"),
        ("weeks", "x" * 2_000, "VALUE_UNREADABLE"),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_with_a_warning(header, row, code):
    got, issues = only(header, row)
    assert got.keys() == {"type", "ref", "provider", "title", "kind", "providerTerm"}
    assert issues == [(code, header, "line 2")]


def test_dates_make_an_offering():
    got, issues = only("start date,end date,mode of delivery,cost", "2026-09-08,20261204T120000,In person,$80")
    assert got["offerings"] == [
        {
            "startsOn": {"earliest": "2026-09-08", "latest": "2026-09-08", "precision": "DAY"},
            "endsOn": {"earliest": "2026-12-04", "latest": "2026-12-04", "precision": "DAY"},
            "mode": "IN_PERSON",
            "fees": [{"kind": "TUITION", "amount": {"amount": "80.00", "currency": "CAD"}}],
        }
    ]
    assert ("usual" in got, issues) == (False, [])


def test_a_date_that_can_be_two_days():
    got, issues = only("start date", "03/04/2026")
    assert ("offerings" in got, issues) == (False, [("DATE_AMBIGUOUS", "start date", "line 2")])


def test_words_for_a_date_are_kept():
    got, issues = only("start date", "when the ice is gone")
    assert got["offerings"] == [{"startsOn": {"precision": "UNKNOWN", "text": "when the ice is gone"}}]
    assert issues == [("VALUE_UNREADABLE", "start date", "line 2")]


def test_fees_are_what_their_columns_say_and_no_total_is_added_to_its_parts():
    got, issues = only("tuition,fees,books materials cost,other costs,total cost", "4000,75,100,20,4195")
    assert [(one["kind"], one["amount"]["amount"]) for one in got["usual"]["fees"]] == [
        ("TUITION", "4000.00"),
        ("MANDATORY", "75.00"),
        ("MATERIALS", "100.00"),
        ("OTHER", "20.00"),
    ]
    assert issues == [("FIELD_UNKNOWN", "", None)]


def test_a_price_that_cannot_be_read_keeps_its_words():
    got, issues = only("cost", "ask the registrar")
    assert got["usual"] == {"fees": [{"kind": "TUITION", "text": "ask the registrar"}]}
    assert issues == [("VALUE_UNREADABLE", "cost", "line 2")]


def test_the_currency_of_a_row():
    got, _ = only("cost,currency", "9.99,AUD")
    assert got["usual"]["fees"] == [{"kind": "TUITION", "amount": {"amount": "9.99", "currency": "AUD"}}]
    got, issues = only("cost,currency", "9.99,kroner")
    assert got["usual"]["fees"] == [{"kind": "TUITION", "text": "9.99"}]
    assert issues == [("VALUE_UNREADABLE", "currency", "line 2")]


@pytest.mark.parametrize(("cell", "mode"), [("true", "ONLINE"), ("Yes", "ONLINE"), ("false", None)])
def test_a_column_that_says_only_whether_it_is_online(cell, mode):
    got, issues = only("online", cell)
    assert (got.get("usual", {}).get("mode"), issues) == (mode, [])


def test_what_is_deleted_is_gone():
    got = delivered("ID,NAME,ISDELETED,kind\n1,A,0,OTHER\n2,B,1,OTHER\n")
    assert [content(one)["ref"] for one in got.records] == ["1"]
    assert [(one.type, one.ref, one.row) for one in got.gone] == [("credential", "2", 2)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"Arabic, Spanish"', "Arabic, Spanish"),
        ('"""NCI"""', "NCI"),
        ('"a ""b"" c"', 'a "b" c'),
        ('"A" and "B"', '"A" and "B"'),
        ('"', '"'),
    ],
)
def test_cells_that_were_quoted_twice(cell, text):
    assert unquoted(cell) == text


def test_markup_and_long_texts():
    got, issues = only("description", f'"<p>One</p><script>x</script>{"word " * 5_000}"')
    assert got["description"]["en"].startswith("One\nword word") or got["description"]["en"].startswith("One\n word word")
    assert issues == [("TEXT_SHORTENED", "description", "line 2")]


def test_people_are_not_read():
    got = delivered("id,title,kind,instructor,contact email\n1,A,COURSE,Ann Example,ann@example.org\n")
    assert "Ann" not in repr(got.records) + repr(got.issues)
    assert "ann@" not in repr(got.records) + repr(got.issues)
    assert [one.field for one in got.issues if one.code == "FIELD_UNKNOWN"] == ["instructor", "contact email"]


def test_a_table_without_a_header_names_no_addresses():
    [issue] = delivered("Example,ann@example.org,6045550100\n").issues
    assert (issue.code, issue.message) == (
        "COLUMNS_UNKNOWN",
        "no column is known to be the title of a listing; the columns are: Example",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Department,Number,Prerequisites\nACMA,101,\n", ("COLUMNS_UNKNOWN", None)),
        ("title,colour\nA,red\n", ("COLUMNS_UNKNOWN", None)),
        ("id,title,Title\n1,A,B\n", ("COLUMNS_UNKNOWN", None)),
        ("CFItemType,fullStatement\nStandard,Add\n", ("TYPE_UNKNOWN", None)),
        ("name,External Identifier,Pathway Component Type\nA,1,Pathway\n", ("TYPE_UNKNOWN", None)),
        (HEAD, ("ROWS_EMPTY", None)),
        (HEAD + ",,\n" * 20_000, ("ROWS_EMPTY", None)),
        (",,,\n" * 1_000, ("ROWS_EMPTY", None)),
        ("just a line", ("ROWS_EMPTY", None)),
        (HEAD + "1,A\n", ("ROW_RAGGED", "line 2")),
        (HEAD + "1,A,COURSE,x\n", ("ROW_RAGGED", "line 2")),
        (HEAD + ",A,COURSE\n", ("REF_MISSING", "line 2")),
        (HEAD + '1,"A,COURSE\n2,B,COURSE\n', ("QUOTE_UNCLOSED", "lines 2 to 3")),
        (HEAD + '1,"A,COURSE\n2,"B",COURSE\n', ("QUOTE_UNCLOSED", "lines 2 to 3")),
        (HEAD + '1,"A" x,COURSE\n', ("QUOTE_UNCLOSED", "line 2")),
        (HEAD + "1,A,COURSE\n1,B,COURSE\n", ("REF_DUPLICATE", "line 3")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, expected):
    assert errors(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + '1,"A,COURSE\n' + "2,B,COURSE\n" * 1_000, ("QUOTE_UNCLOSED", "lines 2 to 182")),
        (HEAD + "1,A,COURSE\n" + "," * 3_000, ("ROW_TOO_LONG", "line 3")),
    ],
)
def test_a_row_that_does_not_end(monkeypatch, text, expected):
    monkeypatch.setattr(lines, "LONGEST_ROW", 2_000)
    assert errors(text) == [expected]


def test_the_headers_seen_are_named():
    [issue] = delivered("Department,Number,Prerequisites\nACMA,101,\n").issues
    assert (
        issue.message
        == "no column is known to be the title of a listing; the columns are: Department, Number, Prerequisites"
    )
    assert "catalog template" in issue.hint


def test_broken_rows_do_not_harm_the_others_and_can_be_sent_back():
    got = delivered(HEAD + "1,A,COURSE\n2,B\n3,C,COURSE,,\n4,D,COURSE,x\n5,E,COURSE\n")
    assert [content(one)["ref"] for one in got.records] == ["1", "3", "5"]
    failed = {number: got.items[number] for number in (2, 4)}
    assert failed == {2: {"id": "2", "title": "B"}, 4: {"id": "4", "title": "D", "kind": "COURSE"}}


def test_the_same_row_twice_is_one_record():
    got = delivered(HEAD + "1,A,COURSE\n1,A,COURSE\n")
    assert (len(got.records), [one.code for one in got.issues if one.severity is Severity.ERROR]) == (1, [])


def test_two_columns_of_one_name():
    got = delivered("id,title,kind,url,URL\n1,A,COURSE,https://a.example,https://b.example\n")
    assert "url" not in content(got.records[0])
    assert [one.message for one in got.issues if one.code == "COLUMN_DUPLICATE"] == [
        "2 columns are called 'url'; none of them is taken"
    ]


def test_a_row_far_below_blank_ones_is_read():
    got = delivered(HEAD + "1,A,COURSE\n" + ",,\n" * 25_000 + "2,B,COURSE\n,,\n")
    assert [(content(one)["ref"], got.places[row]) for one, row in zip(got.records, got.rows, strict=True)] == [
        ("1", "line 2"),
        ("2", "line 25003"),
    ]


def test_blank_rows_take_no_memory():
    text = HEAD + ",,\n" * 300_000
    tracemalloc.start()
    delivered(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000


def test_a_cell_of_a_million_characters():
    got = delivered("id,title,kind,description\n1,A,COURSE," + "x" * 1_000_000 + "\n2,B,COURSE,short\n")
    assert [content(one)["ref"] for one in got.records] == ["1", "2"]
    assert len(content(got.records[0])["description"]["en"]) <= 20_000
    assert csv.field_size_limit() >= LONGEST_ROW


def test_issues_end():
    got = delivered(HEAD + "1,A\n" * 10_500)
    assert (len(got.issues), got.issues[-1].code) == (10_001, "TOO_MANY_ISSUES")


@pytest.mark.parametrize(
    ("data", "answer"),
    [(b"id,title\n1,A\n", True), (b"id\ttitle\n", True), (b"a word", False), (b'{"a": 1}', False), (b"<a>,</a>", False)],
)
def test_recognised_by_content(data, answer):
    assert recognises(open_content(data, Told())) is answer


FILES = {
    "csv/d4ad__TBLINDUSTRYCREDENTIAL_DATA_TABLE.csv": (1777, 264, []),
    "csv/d4ad__nj-etpl-2021-03-earlier-rows-of-2021-04-programs.csv": (205, 0, []),
    "csv/d4ad__nj-etpl-2021-04.csv": (470, 0, []),
    "csv/d4ad__standardized_etpl_test.csv": (6, 0, []),
    "csv/tess__events_NCI.csv": (14, 0, []),
    "csv/tess__materials.csv": (0, 0, ["TYPE_UNKNOWN"]),
    "csv-bc/sfu-courses-prereq__1_sfu_courses.csv": (0, 0, ["COLUMNS_UNKNOWN"]),
    "ctdl-pathway/schema-development__Badgr_French_BA_in_Marketable_Skills.csv": (0, 0, ["TYPE_UNKNOWN"]),
    "ctdl-pathway/schema-development__badgr_TeachingExcellencePathway.csv": (0, 0, ["TYPE_UNKNOWN"]),
    "case/opensalt__test_items.csv": (0, 0, ["TYPE_UNKNOWN"]),
    "openedx-and-provider-json/course-discovery__degree_with_org_key_collision_csv_dict.csv": (1, 0, []),
    "openedx-and-provider-json/course-discovery__minimal_valid_course_loader_course_and_course_run_creation_csv_dict.csv": (
        1,
        0,
        [],
    ),
    "openedx-and-provider-json/course-discovery__valid_geolocation_csv_dict.csv": (0, 0, ["COLUMNS_UNKNOWN"]),
    "openedx-and-provider-json/course-discovery__valid_minimal_course_and_course_run_csv_dict.csv": (1, 0, []),
}


def sample(name):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("../shared/samples is not here")
    opened = open_content(path.read_bytes(), Told())
    assert recognises(opened)
    return read(opened, Told())


@pytest.mark.parametrize(("name", "expected"), FILES.items())
def test_a_sample(name, expected):
    got = sample(name)
    found = [one.code for one in got.issues if one.severity is Severity.ERROR]
    assert (got.format, len(got.records), len(got.gone), found) == (FORMAT, *expected)
    assert got.issues


def test_every_table_among_the_samples_is_expected():
    if not SAMPLES.exists():
        pytest.skip("../shared/samples is not here")
    assert {str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*.csv")} == FILES.keys()


def test_new_jersey():
    got = {
        one["ref"]: one
        for one in map(content, sample("csv/d4ad__nj-etpl-2021-03-earlier-rows-of-2021-04-programs.csv").records)
    }
    one = got["4608"]
    assert (one["title"]["en"], one["cip"], one["statedHours"]["max"]) == (
        "Law Enforcement & Public Safety",
        "43.0107",
        1200.0,
    )
    assert one["requirements"] == [
        {"kind": "PREREQUISITE", "rule": {"text": "High School Diploma required for certificate"}}
    ]
    assert [(fee["kind"], fee["amount"]["amount"]) for fee in one["usual"]["fees"]] == [
        ("TUITION", "4395.00"),
        ("MANDATORY", "0.00"),
        ("MATERIALS", "0.00"),
        ("EQUIPMENT", "0.00"),
        ("OTHER", "35.00"),
    ]
    assert not any({"kind", "languages", "provider"} & one.keys() for one in got.values())


def test_events_of_tess():
    got = sample("csv/tess__events_NCI.csv")
    third = content(got.records[2])
    assert third["title"] == {"en": "Introduction to Gadi"}
    assert third["statedHours"] == {"min": 1.3, "max": 1.3, "basis": "STATED"}
    assert third["offerings"][0]["fees"] == [{"kind": "TUITION", "amount": {"amount": "9.99", "currency": "AUD"}}]
    assert third["offerings"][0]["startsOn"]["earliest"] == "2022-03-03"
    assert [content(one)["ref"] for one in got.mentioned] == ["nci"]
    assert [one["offerings"][0].get("mode") for one in map(content, got.records)] == ["ONLINE"] * 2 + [None] + [
        "ONLINE"
    ] * 11
