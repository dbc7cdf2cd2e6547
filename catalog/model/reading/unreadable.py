"""What a parser says of a value that it cannot take."""


class Unreadable(ValueError):
    """The value says something, but not in a way that can be taken without guessing; its text says why.

    `code` is a documented one; most values are simply VALUE_UNREADABLE.
    """

    def __init__(self, message: str, code: str = "VALUE_UNREADABLE", hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
