"""A reading that says once what holds for the whole of a file."""

from catalog.model.reading.delivery import Reading, Told


class Feed(Reading):
    """Collects what is found in one file."""

    def __init__(self, format_: str, told: Told) -> None:
        super().__init__(format_, told)
        self._said: set[tuple[str, str]] = set()

    def warn_once(self, code: str, message: str, path: str, hint: str) -> None:
        if (code, path) not in self._said:
            self._said.add((code, path))
            self.warn(code, message, path, hint=hint)
