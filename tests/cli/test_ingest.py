"""`catalog ingest`, `catalog template` and `catalog rollover`, as somebody at an institution uses them."""

import csv
import json
import re

import openpyxl
import pytest

from catalog.cli.ingest.declaring import FORMATS
from catalog.ingest.formats import formats
from tests.commands import run
from tests.processes import environment

INSTITUTION = {
    "format": "record/1",
    "source": {"key": "gov/list", "name": "Government", "kind": "GOVERNMENT"},
    "records": [{"type": "institution", "ref": "uni", "slug": "uni", "name": "Uni", "kind": "OTHER"}],
}
NEW = ("--source", "uni/listing", "--name", "Uni listing", "--kind", "PROVIDER", "--owner", "uni")
KNOWN = ("--source", "uni/listing")


@pytest.fixture
def at(sqlite_url, tmp_path):
    """Calls the command line in a folder of its own, beside a catalogue that knows one institution."""
    env = environment(sqlite_url, tmp_path)

    def call(*arguments, expect=0):
        return run(list(map(str, arguments)), env, tmp_path, expect)

    (tmp_path / "institution.json").write_text(json.dumps(INSTITUTION))
    call("ingest", "institution.json")
    return call


def write(folder, text, name="uni.csv"):
    (folder / name).write_bytes(text.encode())
    return name


def some(count, weeks=6):
    return "ref,title,kind,weeks\n" + "".join(f"c{one},Course {one},COURSE,{weeks}\n" for one in range(count))


def run_of(text):
    return re.search(r"run ([0-9a-f]{8})", text)[1]


def newest(at):
    return at("ingest", "list").stdout.splitlines()[1].split()[0]


def test_a_new_source_says_who_it_is_and_later_only_its_key(at, tmp_path):
    write(tmp_path, some(2))
    done = at("ingest", "uni.csv", *KNOWN, expect=2)
    assert "SOURCE_UNKNOWN: the source uni/listing is new: say also --name and --kind" in done.stderr
    done = at("ingest", "uni.csv", expect=1)
    assert "SOURCE_MISSING: the file does not say who sends it" in done.stdout
    published = at("ingest", "uni.csv", *NEW).stdout
    assert published == f"uni.csv: 2 records: 2 created at revision 2 (run {newest(at)})\n"
    assert at("ingest", "uni.csv", *KNOWN).stdout == "uni.csv: 2 records: nothing changed\n"
    assert "'BLOG' is not one of" in at("ingest", "uni.csv", "--source", "x", "--kind", "BLOG", expect=2).stderr
    assert "ARGUMENT_INVALID" in at("ingest", "uni.csv", "--source", "Not A Key", *NEW[2:], expect=2).stderr
    assert "there is no format 'x'" in at("ingest", "uni.csv", *KNOWN, "--format", "x", expect=2).stderr
    assert (
        "'x' is not one of reject-all, reject-failed" in at("ingest", "uni.csv", *KNOWN, "--on-error", "x", expect=2).stderr
    )


def test_a_dry_run_tells_all_and_writes_nothing(at, tmp_path):
    write(tmp_path, some(2))
    at("ingest", "uni.csv", *NEW)
    write(tmp_path, some(3, weeks=7))
    done = at("ingest", "uni.csv", *KNOWN, "--dry-run").stdout.splitlines()
    assert done == [
        "uni.csv: 3 records would make: 1 created, 2 updated",
        "  created uni/course-2: kind, provider, ref, title, type, weeks",
        "  updated uni/course-0: weeks",
        "  updated uni/course-1: weeks",
        "    credential c0 weeks.max: 6.0 -> 7.0",
        "    credential c0 weeks.min: 6.0 -> 7.0",
        "    credential c1 weeks.max: 6.0 -> 7.0",
        "    credential c1 weeks.min: 6.0 -> 7.0",
    ]
    assert len(at("ingest", "list").stdout.splitlines()) == 3
    assert "uni.csv: 3 records: 1 created, 2 updated" in at("ingest", "uni.csv", *KNOWN).stdout


def test_what_is_wrong_is_named_and_long_lists_are_cut(at, tmp_path):
    write(tmp_path, some(250, weeks='"7,5"'))
    done = at("ingest", "uni.csv", *NEW, expect=1)
    lines = done.stdout.splitlines()
    assert lines[0] == "uni.csv: refused with 250 issues; nothing of it was published"
    assert lines[1] == (
        "  error: line 2 weeks: DECIMAL_COMMA: weeks has a decimal comma: '7,5' (write numbers with a point, such as 7.5)"
    )
    number = newest(at)
    assert lines[101:] == [f"  and 150 more issues; `catalog ingest show {number}` shows them"]
    assert len([one for one in at("ingest", "show", number).stdout.splitlines() if "DECIMAL_COMMA" in one]) == 250
    done = at("ingest", "uni.csv", *NEW, "--dry-run", expect=1)
    assert done.stdout.splitlines()[101:] == ["  and 150 more issues"]


def test_failed_rows_are_written_beside_the_file_and_sent_again(at, tmp_path):
    write(tmp_path, "ref,title,kind\na,A,COURSE\nb,B,DIPLOM\n")
    done = at("ingest", "uni.csv", *NEW, "--on-error", "reject-failed", expect=1)
    assert "uni.csv: 1 record: 1 created, 1 rejected at revision 2" in done.stdout
    assert "1 row that failed stands in uni.rejected.csv, with what is wrong" in done.stdout
    path = tmp_path / "uni.rejected.csv"
    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert (row["ref"], row["kind"], row["what_is_wrong"][:23]) == ("b", "DIPLOM", "kind: VALUE_NOT_ALLOWED")
    path.write_text(path.read_text().replace("DIPLOM,", "DIPLOMA,"))
    assert "1 record: 1 created" in at("ingest", "uni.rejected.csv", *KNOWN).stdout
    at("ingest", "uni.csv", *KNOWN, "--on-error", "reject-failed", "--rejected", "mine.csv", expect=1)
    assert (tmp_path / "mine.csv").exists()
    at("ingest", "uni.csv", *KNOWN, "--on-error", "reject-failed", "--dry-run", "--rejected", "dry.csv", expect=1)
    assert not (tmp_path / "dry.csv").exists()


def test_what_is_held_waits_for_a_person(at, tmp_path):
    write(tmp_path, some(20))
    at("ingest", "uni.csv", *NEW, "--complete")
    write(tmp_path, some(2))
    done = at("ingest", "uni.csv", *KNOWN, "--dry-run", expect=1)
    assert "uni.csv: would be held; nothing of it was published" in done.stdout
    done = at("ingest", "uni.csv", *KNOWN, expect=1)
    assert "WITHDRAWALS_MANY: 18 of 20 credentials of this source would be withdrawn: uni/course-10, " in done.stdout
    held = run_of(done.stdout)
    shown = at("ingest", "show", held).stdout
    assert "HELD for uni/listing, received " in shown
    assert "WITHDRAWALS_MANY" in shown
    assert "2 records: 18 withdrawn at revision 3" in at("ingest", "release", held).stdout
    assert "withdrawn: uni/course-19" in at("ingest", "show", held).stdout
    done = at("ingest", "release", held, expect=2)
    assert f"catalog: RUN_ENDED: run {held} is PUBLISHED: only what is HELD waits for a person" in done.stderr


def test_what_is_held_can_be_discarded(at, tmp_path):
    write(tmp_path, some(20))
    at("ingest", "uni.csv", *NEW, "--complete")
    write(tmp_path, some(2))
    held = run_of(at("ingest", "uni.csv", *KNOWN, expect=1).stdout)
    assert at("ingest", "discard", held).stdout == "uni.csv: discarded; its source may send a corrected file\n"
    assert "DISCARDED" in at("ingest", "list").stdout.splitlines()[1]
    assert "nothing changed" in at("ingest", "uni.csv", *KNOWN, "--part").stdout


def test_a_run_is_taken_back(at, tmp_path):
    write(tmp_path, some(2))
    at("ingest", "uni.csv", *NEW)
    write(tmp_path, some(2, weeks=7))
    at("ingest", "uni.csv", *KNOWN)
    taken = newest(at)
    done = at("ingest", "rollback", taken, "--dry-run").stdout
    assert done.splitlines()[0] == "would be rolled back: 2 updated"
    done = at("ingest", "rollback", taken).stdout
    assert done.splitlines()[0] == f"rolled back: 2 updated at revision 4 (run {newest(at)})"
    assert "  updated uni/course-0: weeks" in done
    assert at("ingest", "list", *KNOWN).stdout.splitlines()[2].split()[4] == "ROLLED_BACK"
    assert "nothing is inconsistent" in at("check").stdout
    first = at("ingest", "list", *KNOWN).stdout.splitlines()[-1].split()[0]
    write(tmp_path, some(2, weeks=8))
    at("ingest", "uni.csv", *KNOWN)
    done = at("ingest", "rollback", first, expect=1)
    assert "RUN_OVERTAKEN: uni/course-0 was changed since by a later run" in done.stderr


def test_names_that_mean_no_run(at):
    for command in ("show", "release", "discard", "rollback"):
        done = at("ingest", command, "12345678", expect=2)
        assert "RUN_UNKNOWN: '12345678' names no run; `catalog ingest list` shows them" in done.stderr


def test_a_list_without_anything(at):
    done = at("ingest", "list", "--source", "nobody", expect=2)
    assert (done.stdout, done.stderr) == ("", "catalog: SOURCE_UNKNOWN: no source has the key 'nobody'\n")


def test_help_and_a_file_that_is_not_there(at):
    done = at("ingest", "--help")
    usage = "FILE [OPTIONS] | list | show RUN | release RUN | discard RUN | rollback RUN"
    assert usage in " ".join(done.stdout.split())
    words = " ".join(done.stdout.split())
    assert "options follow FILE: `catalog ingest file --help` describes them" in words
    assert words.count("catalog ingest courses.xlsx --source") == 2
    done = at("ingest", "no.csv", expect=2)
    assert re.match(r"Usage: .*catalog ingest FILE \[OPTIONS\]\n", done.stderr)
    assert "does not exist" in done.stderr
    assert "there is no file 'lst'; did you mean `catalog ingest list`?" in at("ingest", "lst", expect=2).stderr
    for name in ("x.csv", "file"):
        shown = at("ingest", name, "--help").stdout
        assert "<reject-all|reject-" in shown


def test_the_help_names_every_format():
    assert tuple(one.name for one in formats()) == FORMATS


def test_an_owner_that_nobody_has_is_told_at_once(at, tmp_path):
    write(tmp_path, some(2))
    who = NEW[:-1]
    done = at("ingest", "uni.csv", *who, "unj", expect=2)
    assert "no institution has the slug 'unj'; did you mean uni?" in done.stderr
    assert "no institution has the slug 'elsewhere'\n" in at("ingest", "uni.csv", *who, "elsewhere", expect=2).stderr
    college = INSTITUTION["records"][0] | {"ref": "college", "slug": "college"}
    own = INSTITUTION | {"source": INSTITUTION["source"] | {"key": "uni/listing"}, "records": [college]}
    write(tmp_path, json.dumps(own), "own.json")
    assert "1 record: 1 created" in at("ingest", "own.json", *who, "college").stdout


def test_what_was_sent_is_listed_with_a_head_and_as_many_as_asked(at, tmp_path):
    write(tmp_path, some(2))
    at("ingest", "uni.csv", *NEW)
    lines = at("ingest", "list").stdout.splitlines()
    assert lines[0].split() == ["RUN", "RECEIVED", "STATE", "SOURCE", "FORMAT", "NAME"]
    assert re.fullmatch(r"[0-9a-f]{8}  \d{4}-\d\d-\d\d \d\d:\d\d UTC  PUBLISHED    uni/listing  template  uni.csv", lines[1])
    done = at("ingest", "list", "--most", "1")
    assert done.stdout.splitlines() == lines[:2]
    assert "there are older ones" in done.stderr


def test_what_is_withdrawn_ends_without_a_colon_and_the_rest_is_counted(at, tmp_path):
    write(tmp_path, some(600))
    done = at("ingest", "uni.csv", *NEW, "--complete", "--dry-run").stdout.splitlines()
    assert (len(done), done[-1]) == (52, "  and 550 more things")
    write(tmp_path, some(6))
    at("ingest", "uni.csv", *NEW, "--complete")
    assert "credential c0: new" in at("ingest", "show", newest(at)).stdout
    write(tmp_path, some(5))
    assert "  withdrawn uni/course-5\n" in at("ingest", "uni.csv", *KNOWN, "--dry-run").stdout + "\n"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_template_is_written_filled_and_sent(at, tmp_path, ending):
    name = f"template.{ending}"
    done = at("template", "--out", name).stdout
    assert "its rows are not sent" in done
    assert f"Then: catalog ingest {name} --source KEY --dry-run\n" in done
    assert "--name, --kind and --owner" in done
    done = at("ingest", name, *NEW)
    assert "EXAMPLE_SKIPPED" in done.stdout
    assert "0 records: nothing changed" in done.stdout
    write(tmp_path, some(3))
    at("ingest", "uni.csv", *NEW)
    done = at("template", "--source", "uni/listing", "--out", name).stdout
    assert done == f"{name}: 3 rows of uni/listing. Then: catalog ingest {name} --source uni/listing --dry-run\n"
    assert at("ingest", name, *KNOWN).stdout == f"{name}: 3 records: nothing changed\n"
    assert "SOURCE_UNKNOWN" in at("template", "--source", "nobody", "--out", name, expect=2).stderr
    assert "ends with none of .xlsx, .csv, .json" in at("template", "--out", "x.txt", expect=2).stderr


def test_a_term_is_copied_to_the_next(at, tmp_path):
    write(
        tmp_path,
        "ref,title,kind,offering_ref,offering_label,offering_starts_on\na,A,COURSE,fall-2026,Fall 2026,2026-09-08\n",
    )
    at("ingest", "uni.csv", *NEW)
    terms = ("--from", "Fall 2026", "--to", "Winter 2027")
    done = at("rollover", *KNOWN, *terms)
    assert done.stdout == (
        "next-term.xlsx: 1 offering of 1 credential; fill in the dates. "
        "Then: catalog ingest next-term.xlsx --source uni/listing --dry-run\n"
    )
    made = openpyxl.load_workbook(tmp_path / "next-term.xlsx")
    head = {cell.value: cell.column for cell in made["Offerings"][1]}
    row = made["Offerings"][2]
    assert [row[head[one] - 1].value for one in ("credential", "ref", "label", "starts_on")] == [
        "a", "winter-2027", "Winter 2027", None,
    ]  # fmt: skip
    row[head["starts_on"] - 1].value = "2027-01-11"
    made.save(tmp_path / "next-term.xlsx")
    assert "1 record: 1 updated" in at("ingest", "next-term.xlsx", *KNOWN).stdout
    done = at("rollover", *KNOWN, *terms)
    assert "a#winter-2027 is there already and was left as it is" in done.stdout
    assert "TERM_UNKNOWN" in at("rollover", *KNOWN, "--from", "Fall 1999", "--to", "x", expect=2).stderr
    assert "SOURCE_UNKNOWN" in at("rollover", "--source", "nobody", *terms, expect=2).stderr
