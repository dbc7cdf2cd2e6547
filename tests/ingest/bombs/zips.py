"""Archives that are small and say much, or say what is not so."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

ZEROS = 10_000_000_000
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a0 "lol">' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10)
) + "]>"  # fmt: skip
NAMES = '<row r="1"><c r="A1" t="inlineStr"><is><t>ref</t></is></c><c r="B1" t="inlineStr"><is><t>title</t></is></c></row>'


def parts(**changed: bytes | str) -> dict[str, bytes | str]:
    """A workbook with a sheet Credentials; `changed` are its sheet, strings, workbook or types."""
    link = f'<Relationship Id="r%d" Type="{OFFICE}/%s" Target="%s"/>'
    return {
        "[Content_Types].xml": changed.get("types", TYPES),
        "_rels/.rels": RELATIONS.format(link % (1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changed.get(
            "workbook",
            f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Credentials" sheetId="1" r:id="r1"/></sheets></workbook>',
        ),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            link % (1, "worksheet", "worksheets/sheet1.xml") + link % (2, "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": changed.get("sheet", SHEET % NAMES),
        "xl/sharedStrings.xml": changed.get("strings", f'<?xml version="1.0"?><sst xmlns="{MAIN}"/>'),
    }


def packed(found: Mapping[str, bytes | str], level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return out.getvalue()


def repeated(head: bytes, unit: bytes, tail: bytes, size: int) -> tuple[bytes, int]:
    """(deflated, its size) of head, as many units as make up `size` and tail, without packing each of them."""
    block = unit * max(1_000_000 // len(unit), 1)
    count = max((size - len(head) - len(tail)) // len(block), 1)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(tail) + packer.flush()
    return first + middle * count + last, len(head) + len(block) * count + len(tail)


def with_part(name: str, deflated: bytes, size: int, crc: int = 0) -> bytes:
    """A workbook whose part `name` is these deflated bytes, and which says that they are `size` bytes."""
    found = parts()
    key = next(one for one in found if one.endswith(name))
    del found[key]
    out = io.BytesIO(packed(found))
    with zipfile.ZipFile(out, "a") as archive:
        at = archive.start_dir
        out.seek(at)
        shown = min(size, 0xFFFFFFFF)
        extra = struct.pack("<HHQQ", 1, 16, size, len(deflated)) if size > shown else b""
        head = struct.pack(
            "<4sHHHHHIIIHH", b"PK\x03\x04", 45, 0, 8, 0, 33, crc,
            0xFFFFFFFF if extra else len(deflated), 0xFFFFFFFF if extra else shown, len(key), len(extra),
        )  # fmt: skip
        out.write(head + key.encode() + extra + deflated)
        archive.start_dir = out.tell()
        part = zipfile.ZipInfo(key)
        part.compress_type, part.header_offset, part.CRC = zipfile.ZIP_DEFLATED, at, crc
        part.compress_size, part.file_size = len(deflated), size
        archive.filelist.append(part)
        archive.NameToInfo[key] = part
        archive._didModify = True
    return out.getvalue()


def zeros(name: str, said: int | None = None) -> bytes:
    """10 GB of zeros in one part; `said` is what the archive calls their size."""
    deflated, size = repeated(b"", b"\0", b"", ZEROS)
    return with_part(name, deflated, size if said is None else said)


def rows(size: int, unit: bytes, said: int | None = None) -> bytes:
    head, tail = (one.encode() for one in SHEET.split("%s"))
    deflated, whole = repeated(head + NAMES.encode(), unit, tail, size)
    return with_part("sheet1.xml", deflated, whole if said is None else said)


def nested_archive() -> bytes:
    inner = packed({"0": b"\0" * 10_000_000})
    for _ in range(6):
        inner = packed({str(number): inner for number in range(10)})
    return inner


def nested_in_a_workbook() -> bytes:
    return packed({**parts(), "xl/media/1.zip": nested_archive()})


def many_parts(count: int) -> bytes:
    return packed({**parts(), **{f"xl/media/{number}.xml": b"" for number in range(count)}})


def overlapping() -> bytes:
    """Many names for the same bytes."""
    deflated, size = repeated(b"", b"\0", b"", 400_000_000)
    data = bytearray(with_part("sheet1.xml", deflated, size))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    directory = bytes(data[start:end])
    last = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"sheet1.xml", b"%06d.xml" % number) for number in range(1_500))
    entries = struct.unpack_from("<H", data, end + 10)[0] + 1_500
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, len(directory) + len(more), start, 0)
    return bytes(data[:end]) + more + tail


ARCHIVES = {
    "a zip of 10 GB of zeros as a sheet": lambda: zeros("sheet1.xml"),
    "10 GB of zeros, called 1,000 bytes": lambda: zeros("sheet1.xml", 1_000),
    "10 GB of zeros as texts, called 1,000 bytes": lambda: zeros("sharedStrings.xml", 1_000),
    "10 GB of zeros as the workbook, called 1,000 bytes": lambda: zeros("workbook.xml", 1_000),
    "10 GB of zeros as types, called 1,000 bytes": lambda: zeros("[Content_Types].xml", 1_000),
    "10 GB of rows": lambda: rows(ZEROS, b"<row/>"),
    "10 GB of rows, called 1,000,000 bytes": lambda: rows(ZEROS, b"<row/>", 1_000_000),
    "390 MB of empty rows": lambda: rows(390_000_000, b"<row/>"),
    "390 MB of empty rows, badly packed": lambda: rows_badly_packed(b"<row/>"),
    "390 MB of cells in one row, badly packed": lambda: rows_badly_packed(b"<c/>", b"<row>"),
    "4 MB of cells in one row": lambda: rows(4_000_000, b"<c/>"),
    "a row far away": lambda: packed(parts(sheet=SHEET % (NAMES + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))),
    "rows far away": lambda: packed(
        parts(sheet=SHEET % (NAMES + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'))
    ),
    "a cell in a column that is none": lambda: packed(parts(sheet=SHEET % '<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>')),
    "deep elements in a sheet": lambda: packed(parts(sheet=SHEET % (NAMES + "<a>" * 100_000))),
    "55 MB of texts": lambda: packed(
        parts(strings=f'<?xml version="1.0"?><sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 3_000_000}</sst>'), 1
    ),
    "laughs in a sheet": lambda: packed(
        parts(sheet=(SHEET % "<row>&a9;</row>").replace("<worksheet", f"{LAUGHS}<worksheet"))
    ),
    "laughs in texts, UTF-16": lambda: packed(
        parts(strings=f'<?xml version="1.0"?>{LAUGHS}<sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'.encode("utf-16"))
    ),
    "laughs behind much space": lambda: packed(
        parts(sheet=(SHEET % "<row>&a9;</row>").replace("<worksheet", f"{' ' * 100_000}{LAUGHS}<worksheet"))
    ),
    "laughs in the types": lambda: packed(parts(types=TYPES.replace("<Types", f"{LAUGHS}<Types"))),
    "archives in archives": nested_archive,
    "archives in a workbook": nested_in_a_workbook,
    "50,000 parts": lambda: many_parts(50_000),
    "1,900 parts": lambda: many_parts(1_900),
    "parts that overlap": overlapping,
    "a workbook cut in the middle": lambda: packed(parts())[:-200],
    "a beginning only": lambda: b"PK\x03\x04" + b"\0" * 64_000_000,
    "64 MB that are no archive": lambda: b"PK\x03\x04" + b"PK\x05\x06" * 16_000_000,
}


def rows_badly_packed(unit: bytes, before: bytes = b"") -> bytes:
    """Rows packed only forty times, so that no rule about how tightly they are packed speaks against them."""
    filler = "".join(f"<!--{number * 2_654_435_761 % 2**32:08x}-->" for number in range(1_500)).encode()
    head, tail = (one.encode() for one in SHEET.split("%s"))
    deflated, whole = repeated(head + NAMES.encode() + before, unit * 150_000 + filler, tail, 390_000_000)
    return with_part("sheet1.xml", deflated, whole)
