"""What was done to make each reference fast, as its documentation advises; printed with its figures."""

UVICORN = "one uvicorn process with uvloop and httptools, no access log"
STATIC = ("the Response is made once and returned again", UVICORN)
HAND_WRITTEN = (
    "sqlite3 without an ORM, one connection with its statement cache, one read transaction",
    "the catalogue's own statements: ids by keyset, then Documents by id, each parsed once a page",
    "no thread, no GraphQL, no checks; orjson",
    UVICORN,
)
STRAWBERRY = (
    "ParserCache and ValidationCache",
    "orjson in the router and for JSON columns",
    "selectinload for provider, skills and offerings: four statements a page",
    "a synchronous session without a thread in between",
    "enums, days, moments, decimals are plain strings; identifiers and fees are JSON columns",
    UVICORN,
)
GRAPHENE = (
    "all credentials are Python objects in memory before the first request; gc.freeze",
    "documents parsed and validated once; execute_sync, which looks for no awaitables",
    "attr_resolver instead of the default that also looks for dictionaries; no middleware",
    "enums, days, moments, decimals are plain strings; orjson; no thread",
    UVICORN,
)
POSTGRAPHILE = (
    "Node 22, GRAPHILE_ENV=production and NODE_ENV=production, node's own HTTP server",
    "Grafast's string output (outputDataAsString), 500 documents parsed and validated once",
    "no pgSettings, so no transaction for a read; prepared statements kept by the adaptor; 10 connections",
    "PgSimplifyInflectionPreset and plain lists in place of nested connections; no mutations, explain, watching, websockets",
    "an index for every foreign key and for the order of the list; VACUUM ANALYZE; slugs in collation C",
    "days, moments and decimals are text; languages, identifiers and fees are json columns that are passed on",
)
