"""Documents that clients name by their hash: those that somebody listed, and those that clients sent before."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from catalog.errors import RequestError
from catalog.http.messages import Question
from catalog.runtime.operation import hash_of

MOST_CHARACTERS = 4_000_000  # of documents that clients registered, with what an entry takes besides its text
ENTRY = 400
LOOK_SECONDS = 1.0  # how long a change of the list may take to be seen


class Persisted:
    """Automatic persisted queries, as Apollo and urql speak them, and the list of operations that may be asked.

    Where only listed operations are allowed, clients register nothing.
    """

    def __init__(self, load_listed: Callable[[], dict[str, str]], *, only_listed: bool) -> None:
        self._load_listed = load_listed
        self._only_listed = only_listed
        self._listed: dict[str, str] = {}
        self._looked_at: float | None = None
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def resolve(self, question: Question) -> str:
        """The text of the document.

        Raises RequestError: PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_MISMATCH, OPERATION_NOT_LISTED.
        """
        if question.query is None:
            return self._find(question.hash or "")
        digest = hash_of(question.query) if question.hash or self._only_listed else None
        if question.hash and question.hash != digest:
            raise RequestError("the hash is not the SHA-256 of the query", code="PERSISTED_QUERY_MISMATCH")
        if self._only_listed and digest not in self._list():
            raise RequestError("only listed operations are answered", code="OPERATION_NOT_LISTED")
        return question.query

    def find_at_once(self, question: Question) -> str | None:
        """The text where it is known without reading anything or hashing much; None leaves it to `resolve`."""
        if question.query is not None and not self._only_listed:
            return None if question.hash else question.query
        digest = hash_of(question.query) if question.query is not None else question.hash or ""
        if question.hash and question.hash != digest:
            return None
        with self._lock:
            if digest in self._sent:  # nothing is sent where only listed operations are answered
                return self._sent[digest]
            is_fresh = self._looked_at is not None and monotonic() - self._looked_at < LOOK_SECONDS
            return self._listed.get(digest) if is_fresh else None

    def remember(self, question: Question, text: str) -> None:
        """Keeps a valid document that came with its hash."""
        if not question.hash or self._only_listed:
            return
        with self._lock:
            if question.hash not in self._sent:
                self._sent[question.hash] = text
                self._characters += len(text) + ENTRY
            self._sent.move_to_end(question.hash)
            while self._characters > MOST_CHARACTERS:
                _, forgotten = self._sent.popitem(last=False)
                self._characters -= len(forgotten) + ENTRY

    def _find(self, digest: str) -> str:
        with self._lock:
            text = self._sent.get(digest)
        if text is None:
            text = self._list().get(digest)
        if text is None:
            raise RequestError("PersistedQueryNotFound", code="PERSISTED_QUERY_NOT_FOUND")
        return text

    def _list(self) -> dict[str, str]:
        now = monotonic()
        with self._lock:
            if self._looked_at is not None and now - self._looked_at < LOOK_SECONDS:
                return self._listed
        listed = self._load_listed()
        with self._lock:
            self._listed, self._looked_at = listed, now
        return listed
