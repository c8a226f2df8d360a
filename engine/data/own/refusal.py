"""Why files cannot be read, as a code and numbers: words come from `refusal.<code>`."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, int], None]  # done, total; may raise Cancelled


class Cancelled(Exception):
    """Raised by a report when nobody waits for the result any longer."""


class Refusal(ValueError):
    """Files that cannot become samples: what was given, what was expected, and where."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{k}={v!r}" for k, v in numbers.items()))
        self.code, self.numbers = code, numbers
        self.form = ""  # as which files were read, once that is known

    def __reduce__(self) -> tuple[object, ...]:  # it travels between processes
        return _again, (self.code, self.numbers)


def _again(code: str, numbers: dict[str, object]) -> Refusal:
    return Refusal(code, **numbers)


def silent(done: int, total: int) -> None:
    """A report that nobody reads."""
