"""Turns errors into what a client may see; everything else stays inside, in the log."""

import traceback
from typing import Any

import structlog
from graphql import GraphQLError, GraphQLSyntaxError
from sqlalchemy.exc import DBAPIError

from catalog.db.transactions import translate
from catalog.errors import CatalogError

INTERNAL = "INTERNAL_ERROR"
INTERNAL_MESSAGE = "Internal error"
LOGGED_FRAMES = 8


def code_of(error: GraphQLError, default: str) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    original = known(error.original_error)
    if isinstance(original, CatalogError):
        return original.code
    return default if original is None or isinstance(original, GraphQLError) else INTERNAL


def known(error: BaseException | None) -> BaseException | None:
    """A database error in the catalogue's own words, where it has any."""
    return translate(error) if isinstance(error, DBAPIError) else error


def show(error: GraphQLError, default: str) -> dict[str, Any]:
    """One entry of `errors`, always with a code; `default` is for what graphql-core itself found wrong."""
    code = code_of(error, default)
    original = known(error.original_error)
    extensions: dict[str, Any] = {"code": code}
    message = error.message
    if code == INTERNAL:
        message = INTERNAL_MESSAGE
        log_failure("resolver failed", original, path=error.path)
    elif isinstance(original, CatalogError):
        message = original.message
        extensions |= original.details
    shown: dict[str, Any] = {"message": message, "extensions": extensions}
    if error.locations:
        shown["locations"] = [{"line": one.line, "column": one.column} for one in error.locations]
    if error.path:
        shown["path"] = error.path
    return shown


def log_failure(event: str, error: BaseException | None, **more: Any) -> None:
    """What failed and where, never with its message: that may quote a document or a learner's variables."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    where = [f"{frame.filename.rpartition('catalog/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-LOGGED_FRAMES:]]
    structlog.get_logger().error(event, kind=type(error).__name__, where=where, **more)


def show_request_error(error: CatalogError) -> dict[str, Any]:
    return {"message": error.message, "extensions": {"code": error.code, **error.details}}
