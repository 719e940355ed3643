"""The values at which a test of a field or a property turns: the constant itself, and its nearest neighbours."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, islice
from typing import TYPE_CHECKING

from scorewright.model.value_tests import Age, Day, Is, Known, Matches, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from scorewright.model.history import Scalar
    from scorewright.model.value_tests import Test

__all__ = ["around", "both_of", "distinct", "named", "plain"]


def plain(kind: str, values: Sequence[str] = ()) -> Iterator[Scalar]:
    """Values of a type that no test is likely to ask for."""
    if kind in {"choice", "choices"}:
        for text in values or ("Something else",):
            yield (text,) if kind == "choices" else text
    elif kind == "number":
        yield from (0, 7)
    elif kind == "yes_no":
        yield from (True, False)
    elif kind == "date":
        yield from ("2019-06-15", "2031-06-15")
    else:
        yield from ("Something else", "Zzyzx 7")


def around(test: Test, shown: datetime) -> Iterator[Scalar]:
    """Values on both sides of a test; ``shown`` is the wall clock's time now."""
    match test:
        case Is(values):
            for value in values:
                yield from _around_one(value)
        case Matches(mode, texts):
            for text in texts:
                yield from _around_text(text, mode)
        case Range(bounds):
            for edge in (bounds.least, bounds.most):
                if edge is not None:
                    yield from (edge, edge - 1, edge + 1)
        case Age(mode, duration):
            length = timedelta(seconds=duration.seconds) * (1 if mode == "within_next" else -1)
            yield from _around_date((shown + length).date())
            yield shown.date().isoformat()
        case Day(first, before):
            for day in (first, before):
                if day is not None:
                    yield from _around_date(date.fromisoformat(day[:10]))
        case Known():
            pass


def named(test: Test) -> Iterator[Scalar]:
    """The constants of a test, as they stand."""
    match test:
        case Is(values):
            yield from values
        case Matches(_, texts):
            yield from texts
        case _:
            pass


def _around_one(value: str | int | bool) -> Iterator[Scalar]:
    if isinstance(value, bool):
        yield from (value, not value)
    elif isinstance(value, int):
        yield from (value, value - 1, value + 1)
    else:
        yield from _around_text(value, "is")


def _around_text(text: str, mode: str) -> Iterator[str]:
    """The text, in another case, and with something before and behind it, as a word and inside one."""
    yield text
    yield text.swapcase()
    if mode in {"is", "starts_with"}:
        yield f"{text}ed"
        yield f"The {text}"
    elif mode == "ends_with":
        yield f"Un{text}"
        yield f"{text} too"
    else:
        yield f"Un{text}ed"
        yield f"The {text} here"
        yield f"{text}, {text}"
    yield text[:-1] if len(text) > 1 else f"{text}{text}"


def _around_date(day: date) -> Iterator[str]:
    for days in (0, -1, 1):
        yield (day + timedelta(days=days)).isoformat()


def distinct(values: Iterable[Scalar]) -> list[Scalar]:
    """Each value once, in the order given; ``True`` and ``1`` are two."""
    return list({(type(value).__name__, value): value for value in values}.values())


def both_of(tests: Sequence[Test]) -> Iterator[str]:
    """Texts in which two tests find what they look for: the first that fits counts, and not the other."""
    found = [test.texts[0] for test in tests if isinstance(test, Matches) and test.mode in _INSIDE]
    yield from (f"{one} {other}" for one, other in islice(combinations(dict.fromkeys(found), 2), _PAIRS))


_INSIDE = {"contains", "contains_word"}
_PAIRS = 6
"""Pairs of words that are put into one text."""
