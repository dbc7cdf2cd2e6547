"""Lengths, chunks and bodies that HTTP itself should not let through."""

from tests.http.hostile.request import JSON, UNCODED, Hostile

ASKED = b'{"query":"{__typename #%%SALT%%\\n}"}'
REFUSED = frozenset({400, 413, 414, 431})


def make_framing() -> list[Hostile]:
    def framed(name: str, body: bytes, *headers: tuple[str, str], codes: frozenset[str] = UNCODED) -> Hostile:
        return Hostile(name, codes, body, headers=(JSON, *headers), adds_length=False, statuses=REFUSED | {200})

    chunks = b"".join(b"1\r\n%c\r\n" % one for one in ASKED.replace(b"%%SALT%%", b"x") + b" " * 20_000) + b"0\r\n\r\n"
    chunked = ("transfer-encoding", "chunked")
    return [
        framed("length that is no number", ASKED, ("content-length", "many")),
        framed("negative length", ASKED, ("content-length", "-1")),
        framed("length of 30 digits", ASKED, ("content-length", "9" * 30), codes=UNCODED | {"BODY_TOO_LARGE"}),
        framed("length of 10 GB", ASKED, ("content-length", "10000000000"), codes=frozenset({"BODY_TOO_LARGE"})),
        framed("two lengths", ASKED, ("content-length", "10"), ("content-length", "20")),
        framed("length and chunks", b"0\r\n\r\n", ("content-length", "5"), chunked),
        framed("chunks of one byte", chunks, chunked, codes=frozenset()),
        framed("chunk of a huge size", b"ffffffffffffffffff\r\n", chunked),
        framed(
            "chunks of 5 MB",
            (b"10000\r\n" + b"a" * 65_536 + b"\r\n") * 80 + b"0\r\n\r\n",
            chunked,
            codes=frozenset({"BODY_TOO_LARGE"}),
        ),
        framed(
            "chunk extension of 60 kB",
            b"5;" + b"a" * 60_000 + b"\r\nhello\r\n0\r\n\r\n",
            chunked,
            codes=UNCODED | {"JSON_INVALID"},
        ),
        framed("folded header", b"", ("x-a", "b\r\n c"), ("content-length", "0"), codes=UNCODED | {"JSON_INVALID"}),
    ]
