"""Tests of one value as one operator with its values: what triggers, constraints and filters share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import Age, Day, Is, Known, Matches, Range
from scorewright_marketo.labels import TEXT_OPERATORS
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.conditions import Test

__all__ = ["plain", "test_operator"]


def test_operator(test: Test, path: KeyPath) -> tuple[str, tuple[str, ...]]:
    """A test as one operator with its values; refused where Marketo has none."""
    if isinstance(test, Is):
        return "is", tuple(_text(value) for value in test.values)
    if isinstance(test, Matches) and test.mode in TEXT_OPERATORS:
        return TEXT_OPERATORS[test.mode], tuple(map(plain, test.texts))
    if isinstance(test, Range):
        return _range(test)
    if isinstance(test, Known):
        return ("is not empty" if test.known else "is empty"), ()
    if isinstance(test, Age):
        if test.duration.seconds % 3_600:
            raise RefusedError(
                "condition-impossible",
                path,
                f"Marketo's filters count hours and days, and {test.duration} is no whole number of hours",
                "write whole hours",
            )
        word = {"within_last": "in past", "older_than": "in past before", "within_next": "in future"}[
            test.mode
        ]
        return word, (_span(test.duration.seconds),)
    if isinstance(test, Day):
        return _day(test)
    raise RefusedError(
        "condition-impossible",
        path,
        "Marketo's constraints know no endings and no whole words; a field of the person can be copied with marks around it, what an activity says cannot",
        "use contains or starts_with",
    )


def _range(test: Range) -> tuple[str, tuple[str, ...]]:
    lower, upper = test.bounds.lower, test.bounds.upper
    if lower is not None and upper is not None:
        least, most = test.bounds.least, test.bounds.most
        return "between", (str(least), str(most))
    if lower is not None:
        return ("at least" if lower.inclusive else "greater than"), (str(lower.number.value),)
    assert upper is not None
    return ("at most" if upper.inclusive else "less than"), (str(upper.number.value),)


def _day(test: Day) -> tuple[str, tuple[str, ...]]:
    if test.first is not None and test.before is not None:
        return "between", (test.first, test.before)
    return ("on or after", (test.first,)) if test.first is not None else ("before", (test.before or "",))


def _span(seconds: int) -> str:
    return f"{seconds // 86_400} days" if seconds % 86_400 == 0 else f"{seconds // 3_600} hours"


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else plain(str(value))


def plain(text: str) -> str:
    """A text as the language compares it: blanks at its ends do not count, and many are one."""
    return " ".join(text.split())
