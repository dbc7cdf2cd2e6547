"""Answers one question: document, variables, cost, one read snapshot, execution."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson
from graphql import ExecutionResult, OperationType
from graphql.execution.values import get_variable_values
from sqlalchemy import Connection

from catalog.coverage.short_training import ShortTraining, read_short_training
from catalog.coverage.unmet import Unmet
from catalog.db.engine import Database
from catalog.db.glance import Glance
from catalog.db.transactions import deadline_check, read_snapshot
from catalog.errors import CatalogError, DeadlineExceeded, LimitExceeded, StorageError
from catalog.http.answers import NO_FACTS, Answer, Facts, Seen, Validity
from catalog.http.horizon import Horizon
from catalog.http.messages import HttpError, Question
from catalog.http.persisted import Persisted
from catalog.http.problems import show, show_request_error
from catalog.model.documents import Library
from catalog.model.state import State, read_state
from catalog.model.viewer import Viewer
from catalog.pathways.graph.keeper import GraphKeeper
from catalog.runtime.executor import Execution
from catalog.runtime.operation import Invalid, Operation, OperationStore
from catalog.runtime.private import holds_private, private_use, refuse_in_address
from catalog.schema.build import build_schema
from catalog.schema.context import RequestContext, Touch
from catalog.search.finder import Finder

VALIDATION = "GRAPHQL_VALIDATION_FAILED"
VARIABLES = "VARIABLES_INVALID"
EXECUTION = "EXECUTION_FAILED"
MOST_VARIABLE_ERRORS = 10
PRIVATE = frozenset({"profile", "held", "constraints", "near"})
"""What tells something about a person. What it was asked with is never kept."""


@dataclass(frozen=True, slots=True)
class GraphQLService:
    """Everything that answering needs; safe to call from several threads."""

    database: Database
    search: Finder
    store: OperationStore
    persisted: Persisted
    library: Library
    clock: Callable[[], datetime]
    request_seconds: float
    confirmation_days: int
    most_cost: int
    page_size: int
    glances: Glance
    graphs: GraphKeeper = field(default_factory=GraphKeeper)
    short_training: ShortTraining = field(default_factory=read_short_training)
    counts_unmet: bool = False
    horizon: Horizon = field(default_factory=Horizon)

    def look(self) -> Seen:
        """Where the catalogue is now. Raises StorageError."""
        with read_snapshot(self.database) as connection:
            return Seen(read_state(connection), self.search.state())

    def glance(self) -> tuple[tuple[int, int], str | None] | None:
        """Moves with whatever `look` would show anew; None where only looking helps."""
        version = self.glances.look()
        return None if version is None else (version, self.search.state())

    def answer(self, question: Question, viewer: Viewer) -> Answer:
        """Raises HttpError where the status must not depend on the media type, and StorageError."""
        try:
            if question.read_only:
                refuse_in_address(question.variables, PRIVATE)
            text = self.persisted.resolve(question)
            document = self.store.get(text)
            if isinstance(document, Invalid):
                return refused([show(error, VALIDATION) for error in document.errors])
            self.persisted.remember(question, text)
            operation = document.find_operation(question.operation_name)
            if operation is None:
                message = "say which operation: operationName"
                return refused([{"message": message, "extensions": {"code": "OPERATION_UNKNOWN"}}])
            return self._answer_operation(operation, question, viewer)
        except (HttpError, StorageError):
            raise
        except CatalogError as error:
            return refused([show_request_error(error)], status=503 if isinstance(error, DeadlineExceeded) else 400)

    def _answer_operation(self, operation: Operation, question: Question, viewer: Viewer) -> Answer:
        facts = Facts(operation.name, operation.hash)
        if build_schema().get_root_type(operation.node.operation) is None:
            return refused([{"message": "the schema has only queries", "extensions": {"code": VALIDATION}}], facts)
        if question.read_only and operation.node.operation is not OperationType.QUERY:
            raise HttpError(405, "only queries may be sent by GET", "METHOD_NOT_ALLOWED", {"allow": "POST"})
        variables = get_variable_values(
            build_schema(), operation.node.variable_definitions, question.variables, MOST_VARIABLE_ERRORS
        )
        if isinstance(variables, list):
            return refused([show(error, VARIABLES) for error in variables], facts)
        is_private = private_use(operation, PRIVATE).check(variables, in_address=question.read_only)
        is_private |= holds_private(question.variables, PRIVATE)
        execution = Execution(operation, variables, question.variables)
        if execution.cost > self.most_cost:
            operation.plans.clear()  # what is not answered need not be kept
            found = f"the operation can return {execution.cost} values; at most {self.most_cost} are allowed"
            message = f"{found}: ask for less, first of all a smaller `first`"
            raise LimitExceeded(message, code="COST_TOO_HIGH", cost=self._shown_cost(execution.cost))
        result, validity, unmet = self._execute(execution, viewer)
        is_kept = not (is_private or result.errors or operation.is_mutation or Touch.ELSEWHERE in validity.touched)
        told = replace(facts, cost=execution.cost, unmet=unmet)
        return self._executed(result, told, validity if is_kept else None)

    def _execute(self, execution: Execution, viewer: Viewer) -> tuple[ExecutionResult, Validity, tuple[Unmet, ...]]:
        deadline = time.monotonic() + self.request_seconds
        check = deadline_check(deadline, f"the request took longer than {self.request_seconds:g} seconds")
        with read_snapshot(self.database, deadline) as connection:
            state = read_state(connection)
            context = self.make_context(connection, state, viewer, deadline, check)
            with context.closing:
                result = execution.run(context, check)
            validity = self._validity(context, connection, state, context.moment)
            return result, validity, tuple(context.unmet or ())

    def make_context(
        self, connection: Connection, state: State, viewer: Viewer, deadline: float, check: Callable[[], None]
    ) -> RequestContext:
        """`check` raises DeadlineExceeded after `deadline`, a time.monotonic() value."""
        context = RequestContext(
            connection, state, self.clock(), viewer, self.search, self.library, self.confirmation_days, self.page_size
        )
        context.check, context.graphs, context.short_training = check, self.graphs, self.short_training
        context.seconds_left = lambda: deadline - time.monotonic()
        context.unmet = [] if self.counts_unmet else None
        return context

    def _validity(self, context: RequestContext, connection: Connection, state: State, now: datetime) -> Validity:
        is_timed = Touch.TIME in context.touched
        until = self.horizon.find(connection, state, now, self.confirmation_days) if is_timed else None
        return Validity(state, frozenset(context.touched), context.index_state, now, until)

    def _executed(self, result: ExecutionResult, facts: Facts, validity: Validity | None) -> Answer:
        errors = [show(error, _default_code(error)) for error in result.errors or ()]
        body: dict[str, Any] = {"errors": errors} if errors else {}
        assert facts.cost is not None, "whatever is executed was priced"
        body |= {"data": result.data, "extensions": {"cost": self._shown_cost(facts.cost)}}
        told = replace(facts, codes=codes_of(errors))
        return Answer(orjson.dumps(body), executed=True, facts=told, validity=validity)

    def _shown_cost(self, cost: int) -> dict[str, int]:
        return {"estimated": cost, "limit": self.most_cost}


def refused(errors: list[dict[str, Any]], facts: Facts | None = None, status: int = 400) -> Answer:
    told = facts or NO_FACTS
    told = Facts(told.operation, told.hash, told.cost, codes_of(errors))
    return Answer(orjson.dumps({"errors": errors}), executed=False, status=status, facts=told)


def codes_of(errors: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(error["extensions"]["code"] for error in errors))


def _default_code(error: Any) -> str:
    return EXECUTION if error.original_error is None else "INTERNAL_ERROR"
