"""Documents that are too long, too deep, too wide or malformed."""

from tests.http.hostile.request import Hostile, document, limit, words

MEGABYTES_5 = 5_000_000


def make_documents() -> list[Hostile]:
    return [*_too_large(), *_malformed(), *_many(), *_literals()]


def _too_large() -> list[Hostile]:
    too_big = {"statuses": frozenset({413})}
    large = [
        document("10,000 aliases", "BODY_TOO_LARGE", "{" + words(10_000, "a@:__typename") + "}"),
        document("20,000 repeated fields", "BODY_TOO_LARGE", "{" + "__typename " * 20_000 + "}"),
        document("5 MB literal", "BODY_TOO_LARGE", '{credential(slug:"' + "a" * MEGABYTES_5 + '"){id}}'),
        document("5 MB block string", "BODY_TOO_LARGE", '{credential(slug:"""' + "a\n" * (MEGABYTES_5 // 3) + '"""){id}}'),
        document("a megabyte of comments", "BODY_TOO_LARGE", "#\n" * 400_000 + "{__typename}"),
        document("a megabyte of commas", "BODY_TOO_LARGE", "{__typename" + "," * 1_000_000 + "}"),
        document("50,000 deep, closed", "BODY_TOO_LARGE", "{a" * 50_000 + "}" * 50_000),
    ]
    return [Hostile(one.name, one.codes, one.body, **too_big) for one in large]


def _malformed() -> list[Hostile]:
    return [
        document("50,000 deep, open", "DOCUMENT_TOO_LARGE", "{" * 50_000),
        document("10,000 deep in the small", "DOCUMENT_TOO_DEEP", "{a" * 10_000),
        document("brackets of a list", "DOCUMENT_TOO_DEEP", "{nodes(ids:" + "[" * 2_000),
        document("brackets of a type", "DOCUMENT_TOO_DEEP", "query($a:" + "[" * 2_000),
        document("braces of an object", "DOCUMENT_TOO_DEEP", "{credentials(filter:" + "{a:" * 700),
        document("60 brackets, closed", "DOCUMENT_TOO_DEEP|GRAPHQL_VALIDATION_FAILED", "{a" * 60 + "}" * 60),
        document("closing brackets", "GRAPHQL_PARSE_FAILED", "}" * 2_000),
        document("closing before opening", "GRAPHQL_PARSE_FAILED", "}" * 800 + "{a" * 800),
        document("unterminated string", "GRAPHQL_PARSE_FAILED", '{credential(slug:"' + "a" * 30_000),
        document("unterminated block string", "GRAPHQL_PARSE_FAILED", '{credential(slug:"""' + "\n" * 30_000),
        document("NUL", "GRAPHQL_PARSE_FAILED", "{catalog\0{menus}}"),
        document("byte order mark inside", "", "{catalog\ufeff{menus}}"),
        document("lone surrogate as an escape", "GRAPHQL_PARSE_FAILED", r'{credential(slug:"\ud800"){id}}'),
        document("surrogates in wrong order", "GRAPHQL_PARSE_FAILED", r'{credential(slug:"\udc00\ud800"){id}}'),
        document("code point beyond the last", "GRAPHQL_PARSE_FAILED", r'{credential(slug:"\u{FFFFFFFFFFFF}"){id}}'),
        document("homoglyphs as names", "GRAPHQL_PARSE_FAILED", "{саtalog{menus}}"),
        document("type system definitions", "GRAPHQL_VALIDATION_FAILED", words(300, "type T@{a:Int}") + "{__typename}"),
        document("schema extension", "GRAPHQL_VALIDATION_FAILED", "extend type Query{hack:Int} {__typename}"),
        document("mutation", "GRAPHQL_VALIDATION_FAILED", "mutation{__typename}"),
        document("subscription", "GRAPHQL_VALIDATION_FAILED", "subscription{__typename}"),
    ]


def _many() -> list[Hostile]:
    repeated = "{catalog{" + "credentials " * 1_900 + "}}"
    return [
        document("1,000 aliases", "TOO_MANY_ALIASES", "{catalog{" + words(800, "a@:menus") + "}}"),
        document("1,000 aliases at the root", "TOO_MANY_ALIASES", "{" + words(800, "a@:__typename") + "}"),
        document("21 root fields", "TOO_MANY_ROOT_FIELDS", "{" + words(21, "a@:catalog{menus}") + "}"),
        document("1,900 repeated fields", "DOCUMENT_TOO_REPETITIVE", repeated),
        document(
            "2,000 tokens of one field", "DOCUMENT_TOO_WIDE|DOCUMENT_TOO_REPETITIVE", "{" + "__typename " * 2_100 + "}"
        ),
        document("4,000 directives", "DOCUMENT_TOO_LONG", "{__typename" + " @a" * 4_000 + "}"),
        document("300 directives", "TOO_MANY_DIRECTIVES", "{__typename" + " @skip(if:false)" * 300 + "}"),
        document(
            "100 unknown directives",
            "GRAPHQL_VALIDATION_FAILED",
            "{__typename" + "".join(f" @skiip{one}" for one in range(100)) + "}",
        ),
        document("600 variables", "GRAPHQL_VALIDATION_FAILED", "query(" + words(600, "$a@:ID") + "){__typename}"),
        document("600 variables of one name", "GRAPHQL_VALIDATION_FAILED", "query(" + "$a:ID " * 600 + "){__typename}"),
        document("800 arguments", "GRAPHQL_VALIDATION_FAILED", "{credentials(" + words(800, "a@:1") + "){totalCount}}"),
        document("800 equal arguments", "GRAPHQL_VALIDATION_FAILED", "{credentials(" + "first:1 " * 800 + "){totalCount}}"),
        document("operations, none named", "OPERATION_UNKNOWN", words(limit("operations"), "query a@{__typename}")),
        document("490 operations", "TOO_MANY_OPERATIONS", words(490, "query a@{__typename}")),
        document("operations without a name", "GRAPHQL_VALIDATION_FAILED", "{__typename}" * limit("operations")),
        document("800 operations without a name", "TOO_MANY_OPERATIONS", "{__typename}" * 800),
        document("operations of one name", "GRAPHQL_VALIDATION_FAILED", "query a{__typename}" * limit("operations")),
    ]


def _literals() -> list[Hostile]:
    return [
        document("100,000 digits", "DOCUMENT_TOO_LONG", "{credentials(first:" + "9" * 30_000 + "){totalCount}}"),
        document("400 digits", "GRAPHQL_VALIDATION_FAILED", "{credentials(first:" + "9" * 400 + "){totalCount}}"),
        document(
            "infinite float",
            "GRAPHQL_VALIDATION_FAILED|ARGUMENT_INVALID|",
            "{credentials(filter:{hours:{min:1e999}}){totalCount}}",
        ),
        document("huge decimal", "GRAPHQL_VALIDATION_FAILED", '{credentials(filter:{price:{min:"1e999999"}}){totalCount}}'),
        document("first of 2^31", "GRAPHQL_VALIDATION_FAILED", "{credentials(first:2147483648){totalCount}}"),
        document("first of -1", "PAGE_INVALID", "{credentials(first:-1){totalCount}}"),
        document("31 kB block string", "", '{credential(slug:"""' + "\n a" * 10_300 + '"""){id}}'),
        document("31 kB of quotes in a block", "", '{credential(slug:"""' + '\\"""' * 7_700 + ' """){id}}'),
        document("5,000 escapes", "", '{credential(slug:"' + r"\u0041" * 5_200 + '"){id}}'),
        document("31 kB comment", "", "{catalog{menus}}#" + "a" * 31_800),
        document("15,000 comments", "", "{catalog{menus" + "#\n" * 15_900 + "}}"),
        document("31,000 commas", "", "{catalog{menus" + "," * 31_900 + "}}"),
        document("2,400 list items", "PAGE_INVALID", "{nodes(ids:[" + "1 " * 2_400 + "]){id}}"),
        document("2,400 wrong list items", "GRAPHQL_VALIDATION_FAILED", "{nodes(ids:[" + "1.5 " * 2_400 + "]){id}}"),
    ]
