"""Answers one question: store, variables, one read snapshot, execution."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationType
from graphql.execution.values import get_variable_values

from catalog.db.engine import Database
from catalog.db.transactions import read_snapshot
from catalog.errors import CatalogError, DeadlineExceeded, StorageError
from catalog.http.messages import Answer, HttpError, Question
from catalog.http.problems import show, show_request_error
from catalog.model.viewer import Viewer
from catalog.runtime.executor import execute
from catalog.runtime.operation import Invalid, Operation, OperationStore
from catalog.runtime.private import check_private
from catalog.schema.build import build_schema
from catalog.schema.context import RequestContext
from catalog.search.port import SearchEngine

VALIDATION = "GRAPHQL_VALIDATION_FAILED"
VARIABLES = "VARIABLES_INVALID"
EXECUTION = "EXECUTION_FAILED"
MOST_VARIABLE_ERRORS = 10
PRIVATE = frozenset({"profile", "held", "constraints", "near"})
"""What tells something about a person. Every answer is sent with no-store."""


@dataclass(frozen=True, slots=True)
class GraphQLService:
    """Everything that answering needs; safe to call from several threads."""

    database: Database
    search: SearchEngine
    store: OperationStore
    clock: Callable[[], datetime]
    request_seconds: float
    confirmation_days: int

    def answer(self, question: Question, viewer: Viewer) -> Answer:
        """Raises HttpError where the status must not depend on the media type, and StorageError."""
        try:
            document = self.store.get(question.query)
            if isinstance(document, Invalid):
                return _refused([show(error, VALIDATION) for error in document.errors])
            operation = document.find_operation(question.operation_name)
            if operation is None:
                return _refused(
                    [{"message": "say which operation: operationName", "extensions": {"code": "OPERATION_UNKNOWN"}}]
                )
            if build_schema().get_root_type(operation.node.operation) is None:
                return _refused([{"message": "the schema has only queries", "extensions": {"code": VALIDATION}}])
            _check_method(operation, question)
            variables = get_variable_values(
                build_schema(), operation.node.variable_definitions, question.variables, MOST_VARIABLE_ERRORS
            )
            if isinstance(variables, list):
                return _refused([show(error, VARIABLES) for error in variables])
            check_private(operation, PRIVATE, variables, in_address=question.read_only)
            return _executed(self._execute(operation, variables, question.variables, viewer))
        except (HttpError, StorageError):
            raise
        except CatalogError as error:
            return _refused([show_request_error(error)], status=503 if isinstance(error, DeadlineExceeded) else 400)

    def _execute(
        self, operation: Operation, variables: dict[str, Any], raw: dict[str, Any], viewer: Viewer
    ) -> ExecutionResult:
        deadline = time.monotonic() + self.request_seconds

        def check() -> None:
            if time.monotonic() > deadline:
                raise DeadlineExceeded(f"the request took longer than {self.request_seconds:g} seconds")

        with read_snapshot(self.database, deadline) as connection:
            context = RequestContext(connection, self.clock(), viewer, self.search, self.confirmation_days)
            return execute(operation, variables, context, check, raw)


def _check_method(operation: Operation, question: Question) -> None:
    if question.read_only and operation.node.operation is not OperationType.QUERY:
        raise HttpError(405, "only queries may be sent by GET", "METHOD_NOT_ALLOWED", {"allow": "POST"})


def _refused(errors: list[dict[str, Any]], status: int = 400) -> Answer:
    return Answer(orjson.dumps({"errors": errors}), executed=False, status=status)


def _executed(result: ExecutionResult) -> Answer:
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [show(error, _default_code(error)) for error in result.errors], **body}
    return Answer(orjson.dumps(body), executed=True)


def _default_code(error: GraphQLError) -> str:
    return EXECUTION if error.original_error is None else "INTERNAL_ERROR"
